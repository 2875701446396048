//! How many colours a terminal has, and the nearest of them to the one that a theme asks for.

use ratatui::style::Color;

/// What a terminal can do with colour; bold, italics and the like are painted at every depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// No colour at all: `NO_COLOR`, `TERM=dumb`, the glass terminals of old.
    Mono,
    /// The sixteen colours that every colour terminal has, in the user's own shades.
    Ansi16,
    /// The table of 256: the sixteen, a cube of 6 × 6 × 6, 24 greys.
    Ansi256,
    /// Red, green and blue as they are.
    True,
}

impl Depth {
    /// Reads the depth out of the environment, which `variable` looks up: `NO_COLOR` before all, then what
    /// `TERM` is known for, then what `COLORTERM` claims, unless `TERM` shows that the claim was inherited.
    #[must_use]
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let given = |name| variable(name).filter(|value| !value.is_empty());
        if given("NO_COLOR").is_some() {
            return Self::Mono;
        }
        let term = given("TERM").unwrap_or_default();
        let by_term = match term.as_str() {
            "" | "dumb" | "unknown" => return Self::Mono,
            // The console maps whatever it is given to its sixteen.
            "linux" => return Self::Ansi16,
            name if name.ends_with("-mono") || name.ends_with("-m") => return Self::Mono,
            name if name.starts_with("vt1") || name.starts_with("vt2") => Self::Mono,
            name if name.ends_with("-direct") => Self::True,
            name if name.contains("256color") => Self::Ansi256,
            _ => Self::Ansi16,
        };
        // GNU screen passes on the variable of the terminal around it, but not the colours; tmux passes on both.
        let inherited = term.starts_with("screen") && given("TMUX").is_none();
        match given("COLORTERM").as_deref() {
            Some("truecolor" | "24bit") if !inherited => Self::True,
            _ => by_term,
        }
    }

    /// The colour that this depth has for the one asked for.
    #[must_use]
    pub fn reduce(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::Mono, _) => Color::Reset,
            (Self::Ansi16, Color::Rgb(r, g, b)) => Color::Indexed(nearest([r, g, b], 0..16)),
            (Self::Ansi16, Color::Indexed(n @ 16..)) => Color::Indexed(nearest(shade(n), 0..16)),
            // The sixteen are the user's to choose, so only the fixed part of the table is compared with.
            (Self::Ansi256, Color::Rgb(r, g, b)) => Color::Indexed(nearest([r, g, b], 16..256)),
            (_, kept) => kept,
        }
    }
}

/// The entry of the table, among `candidates`, that looks most like `wanted`.
fn nearest(wanted: [u8; 3], candidates: std::ops::Range<u16>) -> u8 {
    let distance =
        |n: &u8| -> u32 { shade(*n).iter().zip(wanted).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    candidates.filter_map(|n| u8::try_from(n).ok()).min_by_key(distance).unwrap_or_default()
}

/// Red, green and blue of an entry of the table of 256; the sixteen as xterm has them from the factory.
fn shade(n: u8) -> [u8; 3] {
    const SIXTEEN: [[u8; 3]; 16] = [
        [0, 0, 0],
        [205, 0, 0],
        [0, 205, 0],
        [205, 205, 0],
        [0, 0, 238],
        [205, 0, 205],
        [0, 205, 205],
        [229, 229, 229],
        [127, 127, 127],
        [255, 0, 0],
        [0, 255, 0],
        [255, 255, 0],
        [92, 92, 255],
        [255, 0, 255],
        [0, 255, 255],
        [255, 255, 255],
    ];
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match n {
        0..16 => SIXTEEN[usize::from(n)],
        16..232 => [36, 6, 1].map(|place| STEPS[usize::from((n - 16) / place % 6)]),
        232.. => [8 + 10 * (n - 232); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{self, Colour, Ink};

    #[test]
    fn the_environment_tells_the_depth() {
        let cases: &[(&[(&str, &str)], Depth)] = &[
            (&[], Depth::Mono),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], Depth::Mono),
            (&[("TERM", "vt100")], Depth::Mono),
            (&[("TERM", "linux"), ("COLORTERM", "truecolor")], Depth::Ansi16),
            (&[("TERM", "xterm")], Depth::Ansi16),
            (&[("TERM", "screen"), ("COLORTERM", "truecolor")], Depth::Ansi16),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor")], Depth::Ansi256),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor"), ("TMUX", "/tmp/t,1,0")], Depth::True),
            (&[("TERM", "xterm-256color")], Depth::Ansi256),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "24bit")], Depth::True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Depth::Ansi256),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Depth::Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Ansi256),
        ];
        for (variables, depth) in cases {
            let lookup = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Depth::detect(lookup), *depth, "{variables:?}");
        }
    }

    #[test]
    fn colours_come_down_to_their_neighbours() {
        let cases = [
            (Depth::True, Color::Rgb(1, 2, 3), Color::Rgb(1, 2, 3)),
            (Depth::Ansi256, Color::Rgb(255, 255, 255), Color::Indexed(231)),
            (Depth::Ansi256, Color::Rgb(96, 0, 1), Color::Indexed(52)),
            (Depth::Ansi256, Color::Rgb(9, 9, 9), Color::Indexed(232)),
            (Depth::Ansi256, Color::Indexed(99), Color::Indexed(99)),
            (Depth::Ansi16, Color::Rgb(250, 5, 5), Color::Indexed(9)),
            (Depth::Ansi16, Color::Indexed(16), Color::Indexed(0)),
            (Depth::Ansi16, Color::LightBlue, Color::LightBlue),
            (Depth::Ansi16, Color::Reset, Color::Reset),
            (Depth::Mono, Color::Red, Color::Reset),
        ];
        for (depth, wanted, had) in cases {
            assert_eq!(depth.reduce(wanted), had, "{wanted:?} at {depth:?}");
        }
    }

    /// With fewer colours the fixed themes are still read: text on its ground as in print, the rest well enough.
    #[test]
    fn themes_stay_legible_with_fewer_colours() {
        let shown = |depth: Depth, colour| match (colour, depth) {
            (Colour::Rgb(r, g, b), depth) => match depth.reduce(Color::Rgb(r, g, b)) {
                Color::Indexed(n) => shade(n),
                other => panic!("{other:?}"),
            },
            (Colour::Terminal | Colour::Ansi(_), _) => panic!("the user's to choose"),
        };
        for theme in theme::carried().iter().skip(1) {
            for (depth, text, rest) in [(Depth::Ansi256, 7.0, 5.5), (Depth::Ansi16, 7.0, 3.0)] {
                let of = |ink| shown(depth, theme.colour(ink));
                for (ink, least) in [
                    (Ink::Text, text),
                    (Ink::Quiet, rest),
                    (Ink::Accent, rest),
                    (Ink::Found, rest),
                    (Ink::Alarm, rest),
                ] {
                    let contrast = theme::contrast(of(ink), of(Ink::Ground));
                    assert!(contrast >= least, "{} {} at {depth:?}: {contrast:.2}", theme.name, ink.name());
                }
            }
        }
    }
}
