//! What an import has to say of its work, in the words of a person: what was recognised, what was done to the text and
//! why, and what is doubtful. `ibid inspect` prints it, and the reader lists it.

use crate::document::clean::excerpt;
use crate::document::report::{Change, ChangeKind, Problem, ProblemKind};
use crate::document::{Block, Document, Kind, Position};
use std::collections::HashMap;

/// Something that was recognised, with the place where it is, or where the first of its kind is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// What it is: `title: The Lamps of Penhallow`, `12 notes`.
    pub words: String,
    /// Where.
    pub at: Position,
}

/// What was found or done for one reason, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What became of it: `left out`, `doubtful`.
    pub class: &'static str,
    /// Why, or what is doubtful about it.
    pub why: String,
    /// Each time that it happened.
    pub entries: Vec<Entry>,
}

/// One thing that was changed or is doubted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The words it is about.
    pub text: String,
    /// The line of the source, from 1; 0 where it has none.
    pub line: usize,
    /// Where it is, or was.
    pub at: Position,
}

/// What a document was read as: format, encoding and language, as they were found or said to be.
pub fn read_as(document: &Document) -> String {
    let report = document.report();
    let language = match &document.meta().language {
        Some(tag) => format!("language {tag}"),
        None => "language not known".to_owned(),
    };
    format!("read as {}, {}, {language}", report.format.title(), report.encoding)
}

/// What was recognised in a document.
pub fn recognised(document: &Document) -> Vec<Recognised> {
    let blocks = document.blocks();
    let mut all = Vec::new();
    let mut add = |words: String, at: usize| all.push(Recognised { words, at: document.position(at) });
    for block in blocks {
        let words = || excerpt(&document.text()[block.range.clone()], 200);
        match block.kind {
            Kind::Source => add(format!("stands in: {}", words()), block.range.start),
            Kind::Title => add(format!("title: {}", words()), block.range.start),
            Kind::Subtitle => add(format!("second title: {}", words()), block.range.start),
            Kind::Author => add(format!("by: {}", words()), block.range.start),
            Kind::Heading(_)
            | Kind::Paragraph
            | Kind::Quotation
            | Kind::Verse
            | Kind::Item(_)
            | Kind::Code
            | Kind::Table
            | Kind::Break => {}
        }
    }
    let mut several = |list: &[usize], one: &str, many: &str| {
        if let Some(first) = list.first() {
            add(count(list.len(), one, many), *first);
        }
    };
    let of =
        |is: fn(&Block) -> bool| blocks.iter().filter(|b| is(b)).map(|b| b.range.start).collect::<Vec<_>>();
    let sections: Vec<usize> = document.sections().iter().map(|s| s.range.start).collect();
    let notes: Vec<usize> = document.notes().iter().map(|n| n.range.start).collect();
    let references: Vec<usize> = document.references().iter().map(|r| r.at.byte()).collect();
    let pages: Vec<usize> = document.pages().iter().map(|p| p.at.byte()).collect();
    several(&sections, "section", "sections");
    several(&notes, "note", "notes");
    several(&references, "reference to a note", "references to notes");
    several(&of(|b| b.kind == Kind::Quotation), "paragraph of quotation", "paragraphs of quotation");
    several(&of(|b| b.kind == Kind::Verse), "stanza of verse", "stanzas of verse");
    several(&of(|b| matches!(b.kind, Kind::Item(_))), "item of a list", "items of lists");
    several(&of(|b| b.kind == Kind::Table), "table", "tables");
    several(&of(|b| b.kind == Kind::Code), "block of code", "blocks of code");
    several(&pages, "page of the printed book", "pages of the printed book");
    all
}

/// What was changed and what is doubtful, by what became of it and why.
pub fn groups(document: &Document) -> Vec<Group> {
    let report = document.report();
    let mut groups = Groups::default();
    for kind in [ChangeKind::Dropped, ChangeKind::Moved, ChangeKind::Repaired, ChangeKind::Hidden] {
        for Change { text, why, line, at, .. } in report.changes.iter().filter(|c| c.kind == kind) {
            groups.add(class(kind), why, Entry { text: text.clone(), line: *line, at: *at });
        }
    }
    for Problem { kind, text, line, at } in &report.problems {
        groups.add(DOUBTFUL, doubt(*kind), Entry { text: text.clone(), line: *line, at: *at });
    }
    groups.all
}

/// Groups as they come, and where each is.
#[derive(Default)]
struct Groups {
    all: Vec<Group>,
    places: HashMap<(&'static str, String), usize>,
}

impl Groups {
    fn add(&mut self, class: &'static str, why: &str, entry: Entry) {
        let place = *self.places.entry((class, why.to_owned())).or_insert(self.all.len());
        if place == self.all.len() {
            self.all.push(Group { class, why: why.to_owned(), entries: Vec::new() });
        }
        self.all[place].entries.push(entry);
    }
}

/// What is said of a problem.
const DOUBTFUL: &str = "doubtful";

/// What is said of a change.
const fn class(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Dropped => "left out",
        ChangeKind::Moved => "moved to the notes",
        ChangeKind::Repaired => "repaired",
        ChangeKind::Hidden => "hidden",
    }
}

/// What is doubtful about a problem.
const fn doubt(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::ReferenceWithoutNote => "a reference that no note answers",
        ProblemKind::NoteWithoutReference => "a note that nothing cites",
        ProblemKind::DoubledNote => "a second note with the same label",
        ProblemKind::Damaged => "a part that could not be read",
        ProblemKind::UnreadMarkup => "markup that was not read",
    }
}

/// A number and what it counts.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(n)) }
}

/// A number with its thousands parted: 11,821.
fn grouped(n: usize) -> String {
    let figures = n.to_string();
    let lead = figures.len() % 3;
    let mut out = figures[..lead].to_owned();
    for group in figures.as_bytes()[lead..].chunks(3) {
        if !out.is_empty() {
            out.push(',');
        }
        out.extend(group.iter().map(|b| char::from(*b)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::Builder;
    use crate::document::report::Format;

    #[test]
    fn what_happened_for_one_reason_stands_together() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.line(1);
        b.block(Kind::Title, 0, "Lamps");
        b.change(ChangeKind::Dropped, "Skip to main content", "web page residue");
        b.line(3);
        b.change(ChangeKind::Repaired, "caf", "1 damaged character");
        b.block(Kind::Paragraph, 0, "One.");
        b.reference("7", "7");
        b.line(9);
        b.change(ChangeKind::Dropped, "We use cookies", "web page residue");
        let document = b.finish();
        let told: Vec<_> = groups(&document)
            .into_iter()
            .map(|g| (g.class, g.why, g.entries.iter().map(|e| e.line).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            told,
            [
                ("left out", "web page residue".to_owned(), vec![1, 9]),
                ("repaired", "1 damaged character".to_owned(), vec![3]),
                ("doubtful", "a reference that no note answers".to_owned(), vec![3]),
            ]
        );
        let told: Vec<_> = recognised(&document).into_iter().map(|r| (r.words, r.at.byte())).collect();
        assert_eq!(told, [("title: Lamps".to_owned(), 0), ("1 reference to a note".to_owned(), 10)]);
    }

    #[test]
    fn thousands_are_parted() {
        for (n, told) in [
            (0, "0 words"),
            (1, "1 word"),
            (999, "999 words"),
            (1234, "1,234 words"),
            (1234567, "1,234,567 words"),
        ] {
            assert_eq!(count(n, "word", "words"), told);
        }
    }
}
