//! The colours of highlights, as they are kept: by name. How they look is the theme's business.

/// The colour of a highlight. Each has a letter, which tells it where there are no colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// The first, and what a colour of a later version is taken for.
    #[default]
    Yellow,
    /// The second.
    Green,
    /// The third.
    Blue,
    /// The fourth.
    Pink,
}

impl Colour {
    /// Every colour, in the order in which one goes through them.
    pub const ALL: [Colour; 4] = [Colour::Yellow, Colour::Green, Colour::Blue, Colour::Pink];

    /// The name under which it is kept, and told.
    pub const fn name(self) -> &'static str {
        match self {
            Colour::Yellow => "yellow",
            Colour::Green => "green",
            Colour::Blue => "blue",
            Colour::Pink => "pink",
        }
    }

    /// The colour that is kept under a name.
    pub fn named(name: &str) -> Colour {
        Colour::ALL.into_iter().find(|colour| colour.name() == name).unwrap_or_default()
    }

    /// The next one; after the last the first.
    pub const fn next(self) -> Colour {
        Colour::ALL[(self as usize + 1) % Colour::ALL.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_known_by_name_and_gone_through_in_turn() {
        let mut colour = Colour::default();
        for known in Colour::ALL {
            assert_eq!(colour, known);
            assert_eq!(Colour::named(known.name()), known);
            colour = colour.next();
        }
        assert_eq!(colour, Colour::Yellow);
        assert_eq!(Colour::named("ultramarine"), Colour::Yellow);
        let mut letters = Colour::ALL.map(|c| c.name().as_bytes()[0]);
        letters.sort_unstable();
        assert!(letters.windows(2).all(|w| w[0] != w[1]), "told apart by their letters");
    }
}
