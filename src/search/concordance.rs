//! A concordance: all matches of a search, by place or by the words beside them.
//!
//! It holds numbers of matches and nothing of their words, so that a hundred thousand lines are as quickly opened as ten;
//! what a line says is read from the document when it is painted.

use super::fold::{self, Case, Folded};
use super::{Index, Query};
use crate::document::{Document, Position};
use std::ops::Range;
use std::rc::Rc;

/// The most lines that are sorted by their words; more than that nobody reads, and sorting them would be felt.
pub const MOST_SORTED: usize = 250_000;

/// How far the words beside a match are looked at, in bytes: to sort by them, to filter by them.
const SORTED_BY: usize = 64;
const FILTERED_BY: usize = 96;

/// What the lines are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// As they stand in the text, grouped by section.
    #[default]
    Place,
    /// By the words to the left, the nearest first.
    Left,
    /// By the words to the right.
    Right,
}

impl Sort {
    /// The next in turn.
    pub const fn next(self) -> Sort {
        match self {
            Sort::Place => Sort::Left,
            Sort::Left => Sort::Right,
            Sort::Right => Sort::Place,
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Sort::Place => "by place",
            Sort::Left => "by the words to the left",
            Sort::Right => "by the words to the right",
        }
    }
}

/// A part of the text under which lines are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands before the first heading.
    Opening,
    /// A section, by its index in the document.
    Section(usize),
    /// The notes.
    Notes,
}

impl Part {
    fn of(document: &Document, found: &Range<usize>) -> Part {
        let at = Position::at(found.start);
        match (document.note_at(at), document.section_at(at)) {
            (Some(_), _) => Part::Notes,
            (None, Some(section)) => Part::Section(section),
            (None, None) => Part::Opening,
        }
    }

    /// Its heading, on one line of the source.
    pub fn title(self, document: &Document) -> &str {
        match self {
            Part::Opening => document.meta().title.as_deref().unwrap_or("Opening"),
            Part::Section(section) => document.section_title(section),
            Part::Notes => "Notes",
        }
    }
}

/// A row of a concordance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The heading of the lines that follow.
    Part(Part),
    /// A line, by its number among those shown, from 0.
    Line(usize),
}

/// All matches of a search, in the order one asks for.
#[derive(Clone, Debug, Default)]
pub struct Concordance {
    query: Query,
    matches: Rc<[Range<usize>]>,
    sort: Sort,
    /// The matches shown, by their number.
    shown: Vec<u32>,
    /// The headings of the parts; only by place.
    headings: Vec<Heading>,
}

/// Where a part begins.
#[derive(Clone, Copy, Debug)]
struct Heading {
    row: usize,
    line: usize,
    part: Part,
}

impl Concordance {
    /// The matches of `query` by place. They are those that [`Index::find`] gave, or some of them, in their order.
    pub fn new(document: &Document, query: Query, matches: Rc<[Range<usize>]>) -> Concordance {
        let shown = (0..matches.len() as u32).collect();
        let mut concordance = Concordance { query, matches, shown, ..Concordance::default() };
        concordance.group(document);
        concordance
    }

    /// Sorts anew, and shows only the lines that hold each of the words of `filter`. Too many lines stay by place.
    pub fn arrange(&mut self, document: &Document, index: &Index, sort: Sort, filter: &str) {
        let folded = index.folded(document);
        let words = fold::pattern(filter, Case::Fold);
        self.shown = (0..self.matches.len() as u32).collect();
        if !words.trim().is_empty() {
            self.shown.retain(|&found| {
                let line = Beside::new(folded, &self.matches[found as usize], FILTERED_BY).line;
                words.split_whitespace().all(|word| line.contains(word))
            });
        }
        self.sort = if self.shown.len() > MOST_SORTED { Sort::Place } else { sort };
        let beside = |found: &u32| Beside::new(folded, &self.matches[*found as usize], SORTED_BY);
        match self.sort {
            Sort::Place => {}
            Sort::Left => self.shown.sort_by_cached_key(|found| beside(found).left()),
            Sort::Right => self.shown.sort_by_cached_key(|found| beside(found).right()),
        }
        self.group(document);
    }

    fn group(&mut self, document: &Document) {
        self.headings.clear();
        if self.sort != Sort::Place {
            return;
        }
        let part = |found: &u32| Part::of(document, &self.matches[*found as usize]);
        let mut line = 0;
        while let Some(here) = self.shown.get(line).map(part) {
            self.headings.push(Heading { row: line + self.headings.len(), line, part: here });
            // Parts follow each other: the lines of this one are those up to the next.
            line += self.shown[line..].partition_point(|found| part(found) == here);
        }
    }

    /// What was looked for.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// All matches, shown or not, in order.
    pub fn matches(&self) -> &Rc<[Range<usize>]> {
        &self.matches
    }

    /// What the lines are sorted by.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// How many lines are shown.
    pub fn lines(&self) -> usize {
        self.shown.len()
    }

    /// How many rows they take with the headings of their parts.
    pub fn rows(&self) -> usize {
        self.shown.len() + self.headings.len()
    }

    /// The match that a line shows: its number among all.
    pub fn found(&self, line: usize) -> Option<usize> {
        self.shown.get(line).map(|&found| found as usize)
    }

    /// The row on which a line stands.
    pub fn row_of(&self, line: usize) -> usize {
        line + self.headings.partition_point(|heading| heading.line <= line)
    }

    /// What stands on a row.
    pub fn row(&self, row: usize) -> Row {
        let passed = self.headings.partition_point(|heading| heading.row <= row);
        match passed.checked_sub(1).map(|last| &self.headings[last]) {
            Some(heading) if heading.row == row => Row::Part(heading.part),
            _ => Row::Line(row - passed),
        }
    }
}

/// A match in the folded text, with the words beside it up to the edge of its block.
struct Beside<'a> {
    line: &'a str,
    found: Range<usize>,
}

impl<'a> Beside<'a> {
    /// The words up to `reach` bytes to either side.
    fn new(folded: &'a Folded, found: &Range<usize>, reach: usize) -> Beside<'a> {
        let text = folded.text();
        let found = folded.place(found.start)..folded.place(found.end);
        let from = text.floor_char_boundary(found.start.saturating_sub(reach));
        let from = text[from..found.start].rfind('\n').map_or(from, |edge| from + edge + 1);
        let to = text.ceil_char_boundary(found.end.saturating_add(reach).min(text.len()));
        let to = text[found.end..to].find('\n').map_or(to, |edge| found.end + edge);
        Beside { line: &text[from..to], found: found.start - from..found.end - from }
    }

    /// The words to the right, in order, by which lines are sorted.
    fn right(&self) -> String {
        words(&self.line[self.found.end..]).collect::<Vec<_>>().join(" ")
    }

    /// The words to the left, the nearest first.
    fn left(&self) -> String {
        let words: Vec<&str> = words(&self.line[..self.found.start]).collect();
        words.into_iter().rev().collect::<Vec<_>>().join(" ")
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};

    fn document() -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Paragraph, 0, "A camp stood.");
        b.block(Kind::Heading(1), 0, "Camps");
        b.open(Kind::Paragraph, 0);
        b.text("The Érable camp zealously, an old camp Ärmel");
        b.reference("1", "1");
        b.text(" and the camp above.");
        b.open_note("1", "1");
        b.text("No camp.");
        b.close_note();
        b.finish()
    }

    fn told(concordance: &Concordance, document: &Document) -> String {
        let row = |row| match concordance.row(row) {
            Row::Part(part) => format!("[{}]", part.title(document)),
            Row::Line(line) => {
                assert_eq!(concordance.row_of(line), row);
                let found = &concordance.matches()[concordance.found(line).unwrap()];
                document.before(Position::at(found.start), 4).trim().to_owned()
            }
        };
        (0..concordance.rows()).map(row).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lines_are_grouped_sorted_and_filtered() {
        let (document, index) = (document(), Index::default());
        let query = Query { pattern: "camp".to_owned(), regular: false };
        let matches: Rc<[_]> = index.find(&document, &query).unwrap().into();
        let mut concordance = Concordance::new(&document, query, matches);
        assert_eq!(told(&concordance, &document), "[Opening] A [Camps]  ble old the [Notes] No");
        for (sort, filter, expected) in [
            (Sort::Left, "", " A ble No old the"),
            (Sort::Right, "", "No the old  A ble"),
            (Sort::Right, "OLD erable", "the old ble"),
            (Sort::Place, "stood", "[Opening] A"),
            (Sort::Place, "nowhere", ""),
        ] {
            concordance.arrange(&document, &index, sort, filter);
            assert_eq!(told(&concordance, &document), expected, "{sort:?} {filter:?}");
        }
    }
}
