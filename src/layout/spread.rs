//! What lies open: one page, or two side by side as in a book; and how one turns from one to the next and back.

use super::page::{Notes, Page};
use super::{Galley, LineId};
use crate::document::{Document, Position};
use std::ops::Range;

/// The rows of a page and what stands at its foot.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// Its rows, those of the notes included.
    pub rows: u16,
    /// The notes at its foot.
    pub notes: Notes<'a>,
}

/// What spreads are made of.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The text.
    pub document: &'a Document,
    /// It, set to the measure of a page.
    pub galley: &'a Galley,
    /// The first page.
    pub left: Shape<'a>,
    /// The page beside it.
    pub right: Option<Shape<'a>>,
}

/// One page or two that lie open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// The first page.
    pub left: Page,
    /// The page beside it, which is empty where the text ends with the first.
    pub right: Option<Page>,
}

impl<'a> Sheet<'a> {
    /// A single page without notes.
    pub fn single(document: &'a Document, galley: &'a Galley, rows: u16) -> Sheet<'a> {
        Sheet { document, galley, left: Shape { rows, notes: Notes::Off }, right: None }
    }

    /// The spread that starts with the line that holds `top`.
    pub fn open(&self, top: Position) -> Spread {
        let fill =
            |top, shape: Shape<'_>| Page::fill(self.document, self.galley, top, shape.rows, shape.notes);
        let left = fill(top, self.left);
        let right = self.right.map(|shape| left.next.map_or_else(Page::default, |top| fill(top, shape)));
        Spread { left, right }
    }

    /// The top of the spread before the one that starts at `at`: the farthest line whose spread still reaches it, so
    /// that no line is skipped.
    pub fn before(&self, at: Position) -> Position {
        self.farthest(at, |top| self.open(top).next().is_none_or(|next| next >= at))
    }

    /// The top of the spread that ends with the line that holds `at`.
    pub fn ending(&self, at: Position) -> Position {
        self.farthest(at, |top| self.open(top).next().is_none_or(|next| next > at))
    }

    /// The farthest line back from `at` for which `reaches` still holds, at most a spread away.
    fn farthest(&self, at: Position, reaches: impl Fn(Position) -> bool) -> Position {
        let here = self.galley.starts_from(self.document, at).next().unwrap_or(at);
        let rows = usize::from(self.left.rows) + self.right.map_or(0, |shape| usize::from(shape.rows));
        let back: Vec<Position> = self.galley.starts_before(self.document, at).take(rows).collect();
        back.into_iter().rev().find(|&top| reaches(top)).unwrap_or(here)
    }
}

impl Spread {
    /// The pages, the first one first.
    pub fn pages(&self) -> impl DoubleEndedIterator<Item = &Page> {
        std::iter::once(&self.left).chain(&self.right)
    }

    /// Where the next spread starts; `None` when this one ends the text.
    pub fn next(&self) -> Option<Position> {
        self.left.next.and_then(|next| self.right.as_ref().map_or(Some(next), |right| right.next))
    }

    /// The page a line is on, the first being 0, and its row there.
    pub fn find(&self, id: LineId) -> Option<(usize, u16)> {
        self.pages().enumerate().find_map(|(i, page)| Some((i, page.row_of(id)?)))
    }

    /// The bytes its lines show, from the first to the last.
    pub fn range(&self, document: &Document, galley: &Galley) -> Range<usize> {
        let mut ranges = self.pages().map(|page| page.range(document, galley)).filter(|r| !r.is_empty());
        let first = ranges.next().unwrap_or_default();
        first.start..ranges.next_back().map_or(first.end, |last| last.end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{essay, paragraphs};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn two_pages_skip_no_line(words in paragraphs(), measure in 20u16..60, rows in 4u16..30, less in 0u16..3) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(measure));
            let notes = Notes::Foot(&[true; 64]);
            let right = Some(Shape { rows: rows - less, notes: Notes::Off });
            let sheet = Sheet { document: &document, galley: &galley, left: Shape { rows, notes }, right };
            let all: Vec<Position> = galley.starts_from(&document, Position::at(0)).collect();
            let (mut seen, mut tops, mut top) = (Vec::new(), Vec::new(), Some(Position::at(0)));
            while let Some(at) = top {
                let spread = sheet.open(at);
                for page in spread.pages() {
                    seen.extend(page.lines().map(|id| Position::at(galley.line(&document, id).range.start)));
                }
                tops.push(at);
                top = spread.next();
                prop_assert!(top.is_none_or(|next| next > at));
            }
            prop_assert_eq!(&seen, &all);
            let mut at = tops.pop().unwrap_or_default();
            while at > Position::at(0) {
                let back = sheet.before(at);
                prop_assert!(back < at && sheet.open(back).next().is_none_or(|next| next >= at));
                at = back;
            }
        }
    }
}
