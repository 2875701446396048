//! The quotations and lists that blocks stand in, told from their depth and kind.

use crate::document::{Kind, Marker};

/// The most quotations and lists in each other that are written.
const DEEPEST: usize = 32;

/// What a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A quotation.
    Quotation,
    /// An item of a list, with its number if it is numbered.
    Item(Option<u64>),
}

/// What is open around the block before, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Nesting(Vec<Container>);

/// From the block before to this one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// How many containers stay open.
    pub kept: usize,
    /// Those that open in them, the outermost first.
    pub opened: Vec<Container>,
    /// Whether the first of those is the next item of the list in which an item ends here.
    pub goes_on: bool,
}

impl Container {
    /// Whether an item is the next of a list behind this one.
    fn precedes(self, next: Container) -> bool {
        match (self, next) {
            (Container::Item(None), Container::Item(None)) => true,
            (Container::Item(Some(last)), Container::Item(Some(next))) => last.checked_add(1) == Some(next),
            (Container::Item(_) | Container::Quotation, Container::Item(_) | Container::Quotation) => false,
        }
    }
}

impl Nesting {
    /// Goes on to a block of this kind that stands in `depth` quotations and lists. What is not told is taken for a
    /// quotation.
    pub fn step(&mut self, kind: Kind, depth: u8) -> Step {
        let depth = usize::from(depth).min(DEEPEST);
        let (kept, opened) = match kind {
            Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Heading(_) => (0, Vec::new()),
            Kind::Paragraph | Kind::Verse | Kind::Code | Kind::Table | Kind::Break => self.within(depth),
            Kind::Quotation if self.0.get(depth.max(1) - 1) == Some(&Container::Quotation) => {
                self.within(depth.max(1))
            }
            Kind::Quotation => self.within_then(depth, Container::Quotation),
            Kind::Item(Marker::Bullet) => self.within_then(depth, Container::Item(None)),
            Kind::Item(Marker::Number(number)) => self.within_then(depth, Container::Item(Some(number))),
        };
        let goes_on = self.0.get(kept).zip(opened.first()).is_some_and(|(last, next)| last.precedes(*next));
        self.0.truncate(kept);
        self.0.extend(&opened);
        Step { kept, opened, goes_on }
    }

    /// How many are open.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    fn within(&self, depth: usize) -> (usize, Vec<Container>) {
        let kept = self.0.len().min(depth);
        (kept, vec![Container::Quotation; depth - kept])
    }

    fn within_then(&self, depth: usize, innermost: Container) -> (usize, Vec<Container>) {
        let (kept, mut opened) = self.within(depth.max(1) - 1);
        opened.push(innermost);
        (kept, opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_in_quotations_and_lists() {
        use Container::{Item, Quotation};
        let number = |n| Kind::Item(Marker::Number(n));
        let bullet = Kind::Item(Marker::Bullet);
        let mut nesting = Nesting::default();
        for (kind, depth, kept, opened, goes_on) in [
            (Kind::Paragraph, 0, 0, vec![], false),
            (Kind::Quotation, 0, 0, vec![Quotation], false),
            (Kind::Quotation, 2, 1, vec![Quotation], false),
            (Kind::Quotation, 1, 1, vec![], false),
            (bullet, 1, 0, vec![Item(None)], false),
            (bullet, 1, 0, vec![Item(None)], true),
            (number(9), 2, 1, vec![Item(Some(9))], false),
            (Kind::Paragraph, 2, 2, vec![], false),
            (number(10), 2, 1, vec![Item(Some(10))], true),
            (number(1), 2, 1, vec![Item(Some(1))], false),
            (Kind::Quotation, 1, 0, vec![Quotation], false),
            (bullet, 3, 1, vec![Quotation, Item(None)], false),
            (Kind::Heading(1), 1, 0, vec![], false),
        ] {
            assert_eq!(nesting.step(kind, depth), Step { kept, opened, goes_on }, "{kind:?} {depth}");
        }
    }
}
