//! A screenful: rows of text and, as in print, the notes they cite at its foot.
//!
//! A page fills as a printer's does: each row brings the notes it cites, and the page ends where both no longer fit. One
//! note takes at most a third of the page and all together, with their rule, at most half, so that text always stands.

use super::{Galley, LineId, Row, marks};
use crate::document::{Document, Position};

/// A row whose notes do not fit is put off to the next page, as long as that leaves no more than this part of the page
/// empty; else its notes are cut.
const EMPTY_PART: u16 = 5;

/// A page is made shorter for the sake of its last line by at most this part of its text.
const KEPT_PART: usize = 3;

/// A page is not made shorter than this.
const LEAST_ROWS: usize = 3;

/// What stands at the foot of a page.
#[derive(Clone, Copy, Debug)]
pub enum Notes<'a> {
    /// Nothing.
    Off,
    /// The notes that the page cites; a note for which this is true has one more row, that says what it stands for.
    Foot(&'a [bool]),
}

/// A screenful of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows of text.
    pub rows: Vec<Row>,
    /// The notes under them.
    pub foot: Foot,
    /// Where the next page starts; `None` when this one ends the text.
    pub next: Option<Position>,
}

/// The notes at the foot of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foot {
    /// The notes that stand there, as they are first cited.
    pub notes: Vec<Footnote>,
    /// The notes that are cited on the page too, and have no room.
    pub waiting: Vec<usize>,
}

/// A note at the foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Its index in the document.
    pub note: usize,
    /// How many of its rows are shown.
    pub rows: u16,
    /// Whether it has more.
    pub cut: bool,
    /// Whether a row says what it stands for.
    pub gloss: bool,
}

impl Foot {
    /// The rows it takes, its rule included.
    pub fn height(&self) -> u16 {
        if self.is_empty() {
            0
        } else {
            1 + self.notes.iter().map(|n| n.rows + u16::from(n.gloss)).sum::<u16>()
        }
    }

    /// The note on a row of the foot, its rule being row 0.
    pub fn note_on(&self, row: u16) -> Option<usize> {
        let mut end = 1;
        self.notes.iter().find_map(|n| {
            end += n.rows + u16::from(n.gloss);
            (row > 0 && row < end).then_some(n.note)
        })
    }

    /// Whether no note is cited on the page.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.waiting.is_empty()
    }

    /// The foot with further notes, each of at most `most` rows, all within `room` rows.
    fn with(&self, notes: &[usize], lengths: &mut Lengths<'_>, most: u16, room: u16) -> Foot {
        let mut foot = self.clone();
        for &note in notes {
            foot.add(note, lengths.of(note), most, room);
        }
        foot
    }

    /// Adds a note of `full` rows and perhaps a gloss, of which `most` may be shown, within `room` rows for the whole
    /// foot. A gloss stands only under a note that is whole.
    fn add(&mut self, note: usize, (full, gloss): (u16, bool), most: u16, room: u16) {
        let left = room.saturating_sub(self.height().max(1));
        match most.min(left) {
            0 => self.waiting.push(note),
            // Once one had to wait, the later ones wait behind it.
            _ if !self.waiting.is_empty() => self.waiting.push(note),
            rows => self.notes.push(Footnote {
                note,
                rows: rows.min(full),
                cut: rows < full,
                gloss: gloss && full < rows,
            }),
        }
    }
}

impl Page {
    /// The page of `height` rows that starts with the line that holds `top`.
    pub fn fill(document: &Document, galley: &Galley, top: Position, height: u16, notes: Notes<'_>) -> Page {
        let mut page = Page::default();
        // What stands at the foot up to each row.
        let mut feet = Vec::new();
        let mut lengths = Lengths { document, galley, notes, limit: height, known: Vec::new() };
        for row in galley.rows_from(document, top) {
            let used = page.rows.len() as u16;
            let brought = page.brought_by(document, galley, row, notes);
            let mut foot = page.foot.with(&brought, &mut lengths, (height / 3).max(1), height / 2);
            if used + 1 + foot.height() > height {
                let empty = height.saturating_sub(used + page.foot.height());
                let put_off = brought.is_empty() || empty == 0 || (used > 0 && empty <= height / EMPTY_PART);
                // Else the row is shown with as much of its notes as there is room for.
                foot = page.foot.with(&brought, &mut lengths, height, height.saturating_sub(used + 1));
                // A rule over no note at all says nothing, where the page is long enough without the row.
                let bare = foot.notes.is_empty() && usize::from(used) >= LEAST_ROWS;
                if put_off || bare || used + 1 + foot.height() > height {
                    page.next = galley.start_of(document, row).or_else(|| page.following(document, galley));
                    break;
                }
            }
            feet.push((foot.notes.len(), foot.waiting.len()));
            page.foot = foot;
            page.rows.push(row);
        }
        if let Some((rows, next)) = page.better_end(document, galley) {
            page.rows.truncate(rows);
            page.next = Some(next);
            let (notes, waiting) = rows.checked_sub(1).map_or((0, 0), |last| feet[last]);
            page.foot.notes.truncate(notes);
            page.foot.waiting.truncate(waiting);
        }
        while page.rows.last() == Some(&Row::Blank) {
            page.rows.pop();
        }
        page
    }

    /// The rows to keep and the line to go on with, where the page would end under a heading, behind the first line of a
    /// paragraph or before its last one, and could end a little earlier.
    fn better_end(&self, document: &Document, galley: &Galley) -> Option<(usize, Position)> {
        let mut next = galley.line_at(document, self.next?)?;
        let least = (self.rows.len() - self.rows.len() / KEPT_PART).max(LEAST_ROWS);
        for kept in (least..=self.rows.len()).rev() {
            let Row::Line(last) = self.rows[kept - 1] else { continue };
            if galley.may_part(document, last, next) {
                let at = galley.line(document, next).range.start;
                return (kept < self.rows.len()).then_some((kept, Position::at(at)));
            }
            next = last;
        }
        None
    }

    /// The notes a row cites that do not stand at the foot yet, as it cites them.
    fn brought_by(&self, document: &Document, galley: &Galley, row: Row, notes: Notes<'_>) -> Vec<usize> {
        let (Row::Line(id), Notes::Foot(_)) = (row, notes) else { return Vec::new() };
        let mut brought = Vec::new();
        for note in cited(document, galley, id) {
            let foot = &self.foot;
            let known = foot.notes.iter().any(|n| n.note == note) || foot.waiting.contains(&note);
            if !known && !brought.contains(&note) {
                brought.push(note);
            }
        }
        brought
    }

    /// Where the text goes on behind the page.
    fn following(&self, document: &Document, galley: &Galley) -> Option<Position> {
        let last = self.lines().next_back()?;
        let at = Position::at(galley.line(document, last).range.start);
        galley.starts_from(document, at).nth(1)
    }

    /// The lines of the page.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = LineId> + '_ {
        self.rows.iter().filter_map(|row| match row {
            Row::Line(id) => Some(*id),
            Row::Blank => None,
        })
    }

    /// The row a line is painted in, if it is on the page.
    pub fn row_of(&self, id: LineId) -> Option<u16> {
        self.rows.iter().position(|row| *row == Row::Line(id)).map(|row| row as u16)
    }

    /// The bytes its lines show, from the first to the last.
    pub fn range(&self, document: &Document, galley: &Galley) -> std::ops::Range<usize> {
        let ends = (self.lines().next(), self.lines().next_back());
        match ends {
            (Some(first), Some(last)) => {
                galley.line(document, first).range.start..galley.line(document, last).range.end
            }
            _ => 0..0,
        }
    }
}

/// The notes a line cites, as it cites them.
pub(super) fn cited<'a>(
    document: &'a Document,
    galley: &Galley,
    id: LineId,
) -> impl Iterator<Item = usize> + 'a {
    marks::on(document, &galley.line(document, id).range).iter().filter_map(|r| r.note)
}

/// The rows of notes and whether a gloss stands under them, counted once.
struct Lengths<'a> {
    document: &'a Document,
    galley: &'a Galley,
    notes: Notes<'a>,
    limit: u16,
    known: Vec<(usize, u16)>,
}

impl Lengths<'_> {
    fn of(&mut self, note: usize) -> (u16, bool) {
        let gloss = match self.notes {
            Notes::Off => false,
            Notes::Foot(glosses) => glosses.get(note).copied().unwrap_or(false),
        };
        if let Some((_, rows)) = self.known.iter().find(|(n, _)| *n == note) {
            return (*rows, gloss);
        }
        let start = Position::at(self.document.notes()[note].range.start);
        // One more than could ever be shown tells that it is cut.
        let rows =
            self.galley.rows_from(self.document, start).take(usize::from(self.limit) + 1).count() as u16;
        self.known.push((note, rows));
        (rows, gloss)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::spread::{Shape, Sheet};
    use super::super::tests::{essay, paragraphs};
    use super::*;
    use crate::document::Kind;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn paging_on_and_back_skips_no_line(words in paragraphs(), measure in 12u16..80, height in 4u16..40) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(measure));
            let all: Vec<Position> = galley.starts_from(&document, Position::at(0)).collect();
            let shown = |page: &Page| -> Vec<Position> {
                page.lines().map(|id| Position::at(galley.line(&document, id).range.start)).collect()
            };
            let (mut seen, mut tops, mut top) = (Vec::new(), Vec::new(), Some(Position::at(0)));
            while let Some(at) = top {
                let page = Page::fill(&document, &galley, at, height, Notes::Foot(&[true; 64]));
                prop_assert!(!page.rows.is_empty());
                prop_assert!(page.rows.len() as u16 + page.foot.height() <= height);
                prop_assert!(page.foot.height() <= height / 2);
                seen.extend(shown(&page));
                tops.push(at);
                top = page.next;
                prop_assert!(top.is_none_or(|t| t > at));
            }
            prop_assert_eq!(&seen, &all);
            // Back from the last: each page reaches the one it came from.
            let mut at = *tops.last().unwrap();
            let left = Shape { rows: height, notes: Notes::Foot(&[true; 64]) };
            let sheet = Sheet { document: &document, galley: &galley, left, right: None };
            while at > Position::at(0) {
                let back = sheet.before(at);
                prop_assert!(back < at);
                prop_assert!(sheet.open(back).next().is_none_or(|n| n >= at), "a line is skipped");
                at = back;
            }
        }

        #[test]
        fn every_cited_note_stands_at_the_foot_or_is_counted(words in paragraphs(), height in 6u16..40) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(60));
            let mut top = Some(Position::at(0));
            while let Some(at) = top {
                let page = Page::fill(&document, &galley, at, height, Notes::Foot(&[true; 64]));
                let mut notes: Vec<usize> = page.lines().flat_map(|id| cited(&document, &galley, id)).collect();
                notes.sort_unstable();
                notes.dedup();
                let mut told: Vec<usize> = page.foot.notes.iter().map(|n| n.note).collect();
                told.extend(&page.foot.waiting);
                told.sort_unstable();
                prop_assert_eq!(told, notes);
                top = page.next;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_heading_and_no_line_stands_alone(words in paragraphs(), measure in 20u16..80, height in 24u16..50) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(measure));
            let kind = |at: Position| document.blocks()[document.block_at(at)].kind;
            let mut top = Some(Position::at(0));
            while let Some(at) = top {
                let page = Page::fill(&document, &galley, at, height, Notes::Off);
                top = page.next;
                let (Some(last), Some(next)) = (page.lines().next_back(), page.next) else { break };
                let last = galley.line(&document, last).range.clone();
                prop_assert!(!matches!(kind(Position::at(last.start)), Kind::Heading(_) | Kind::Title));
                let block = &document.blocks()[document.block_at(next)].range;
                if block.contains(&last.start) {
                    prop_assert!(last.start > block.start, "a first line alone at the foot of a page");
                    let rest = galley.starts_from(&document, next).take_while(|p| p.byte() < block.end);
                    prop_assert!(rest.count() > 1, "a last line alone at the top of a page");
                }
            }
        }
    }

    #[test]
    fn a_long_note_is_cut_and_leaves_half_the_page_to_the_text() {
        let document = essay(&["a long note ".repeat(200)]);
        let galley = Galley::new(&document, Style::at(60));
        let at = document.references()[0].at;
        let page = Page::fill(&document, &galley, at, 20, Notes::Foot(&[]));
        assert_eq!(page.foot.notes, [Footnote { note: 0, rows: 6, cut: true, gloss: false }]);
        assert!(Page::fill(&document, &galley, at, 20, Notes::Off).foot.is_empty());
    }
}
