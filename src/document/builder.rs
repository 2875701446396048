//! The only door to a [`Document`]: importers tell it what they find, in the order of the source.
//!
//! It keeps the invariants: blocks, spans and references lie on grapheme edges, in order, inside their block; prose
//! holds single spaces; nothing that may not reach a terminal gets in; the notes stand behind the body wherever the
//! source has them; every reference knows its note.

use super::clean::{self, Cleaner, Place};
use super::report::{Change, ChangeKind, Format, Problem, ProblemKind};
use super::{Block, Document, Kind, Mark, Meta, Note, Page, Position, Reference, Report, Section, Span};
use std::collections::{HashMap, HashSet};

/// The longest label, in characters, that is printed as it is where it is a word.
const LONGEST_MARK: usize = 8;

/// Collects a document. Text goes to the body, or to the note that is open.
#[derive(Debug, Default)]
pub struct Builder {
    body: Flow,
    notes: Flow,
    note: Option<usize>,
    found: Vec<Found>,
    by_key: HashMap<Box<str>, usize>,
    line: usize,
    meta: Meta,
    report: Report,
    /// Changes and problems whose place lies among the notes: it moves when the body's length is known.
    late: Vec<Late>,
}

/// A note as it is being collected.
#[derive(Debug)]
struct Found {
    label: Box<str>,
    blocks: std::ops::Range<usize>,
    line: usize,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Late {
    Change(usize),
    Problem(usize),
}

/// One of the two streams of text.
#[derive(Debug, Default)]
struct Flow {
    text: String,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    /// How many of the spans belong to blocks that are closed.
    settled: usize,
    references: Vec<(usize, Box<str>, Box<str>, usize)>,
    pages: Vec<(usize, Box<str>)>,
    open: Option<Block>,
    nested: Vec<(usize, Mark)>,
    cleaner: Cleaner,
}

impl Builder {
    /// Starts a document that was read as `format` in `encoding`.
    pub fn new(format: Format, encoding: &str) -> Builder {
        Builder {
            report: Report { format, encoding: encoding.to_owned(), ..Report::default() },
            ..Builder::default()
        }
    }

    /// What the text says of itself, to be filled in. A title that no block shows is put before the text by
    /// [`Self::finish`].
    pub fn meta(&mut self) -> &mut Meta {
        &mut self.meta
    }

    /// Says which line of the source, from 1, comes next.
    pub fn line(&mut self, line: usize) {
        self.line = line;
    }

    /// Starts a block that stands in `depth` quotations and lists; one that is open is closed.
    pub fn open(&mut self, kind: Kind, depth: u8) {
        self.close();
        let flow = self.flow();
        if !flow.text.is_empty() {
            flow.text.push('\n');
        }
        let start = flow.text.len();
        flow.cleaner = Cleaner::default();
        flow.open = Some(Block { kind, depth, range: start..start });
    }

    /// Ends the block. One without text leaves nothing behind; its references go to the block before it.
    pub fn close(&mut self) {
        while !self.flow().nested.is_empty() {
            self.close_span();
        }
        let flow = self.flow();
        let Some(mut block) = flow.open.take() else { return };
        // The last cell of a table may be empty but for a reference.
        let blanks: &[char] = match block.kind {
            Kind::Code => &[],
            Kind::Table => &[' ', '\n'],
            _ => &[' ', '\n', '\t'],
        };
        let kept = flow.text.trim_end_matches(blanks).len();
        flow.text.truncate(kept.max(block.range.start));
        let mut end = flow.text.len();
        if end == block.range.start {
            flow.text.truncate(end.saturating_sub(1));
            end = flow.text.len();
        } else {
            block.range.end = end;
            flow.blocks.push(block);
        }
        // Its own spans alone: a text has as many spans as blocks, and to look through all at each end would not do.
        let own = flow.spans.split_off(flow.settled);
        let own = own.into_iter().map(|s| Span { range: s.range.start..s.range.end.min(end), ..s });
        flow.spans.extend(own.filter(|s| s.range.start < s.range.end));
        flow.settled = flow.spans.len();
        for (at, ..) in flow.references.iter_mut().rev().take_while(|r| r.0 > end) {
            *at = end;
        }
        for (at, _) in flow.pages.iter_mut().rev().take_while(|p| p.0 > end) {
            *at = end;
        }
    }

    /// A whole block of plain words.
    pub fn block(&mut self, kind: Kind, depth: u8, text: &str) {
        self.open(kind, depth);
        self.text(text);
        self.close();
    }

    /// Adds text to the open block (opens a paragraph if there is none). Blanks fold to one space except in code and
    /// at the start of a line of verse; tabs become spaces except in code.
    pub fn text(&mut self, text: &str) {
        if self.flow().open.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.open(Kind::Paragraph, 0);
        }
        let line = self.line;
        let flow = self.flow();
        let start = flow.text.len();
        let mut cleaned = String::with_capacity(text.len());
        let hidden = flow.cleaner.push(&mut cleaned, text, Place::Body);
        flow.append(&cleaned);
        if hidden > 0 {
            let why = match hidden {
                1 => "a character that may not reach a terminal".to_owned(),
                n => format!("{n} characters that may not reach a terminal"),
            };
            self.record(ChangeKind::Hidden, line, text, why, start);
        }
    }

    /// A line end inside a block that is to be kept.
    pub fn line_break(&mut self) {
        self.flow().keep('\n');
    }

    /// What parts two cells of a row of a table.
    pub fn cell(&mut self) {
        self.flow().keep('\t');
    }

    /// Starts a span; spans nest.
    pub fn open_span(&mut self, mark: Mark) {
        let mark = match mark {
            Mark::Link(address) => Mark::Link(clean::clean(&address, Place::Name).into()),
            other => other,
        };
        let flow = self.flow();
        flow.nested.push((flow.text.len(), mark));
    }

    /// Ends the span that was opened last.
    pub fn close_span(&mut self) {
        let flow = self.flow();
        let Some((start, mark)) = flow.nested.pop() else { return };
        // A span that opened before its block's first letter starts with the letter.
        let start = start.max(flow.open.as_ref().map_or(start, |b| b.range.start));
        let end = flow.text.len();
        if start < end {
            flow.spans.push(Span { range: start..end, mark });
        }
    }

    /// A reference at this place. `label` is what the source prints; `key` names the note among all notes.
    pub fn reference(&mut self, label: &str, key: &str) {
        let line = self.line;
        let flow = self.flow();
        // Beside the word: a blank before the mark stays between the words, not between word and mark. Behind a block
        // that is closed, its end is the place: code may end in blanks.
        let floor = flow.open.as_ref().map_or(flow.text.len(), |b| b.range.start);
        let at = floor + flow.text[floor..].trim_end_matches(' ').len();
        let label = clean::clean(label, Place::Line).into();
        flow.references.push((at, label, key.into(), line));
    }

    /// Says that a page of the printed book begins here. One without a label is none.
    pub fn page(&mut self, label: &str) {
        let label = clean::clean(label.trim(), Place::Line);
        if !label.is_empty() {
            let flow = self.flow();
            flow.pages.push((flow.text.len(), label.into()));
        }
    }

    /// Starts a note: blocks go to it until [`Self::close_note`]. Of two with one key the first is found by it.
    pub fn open_note(&mut self, label: &str, key: &str) {
        self.close();
        self.close_note();
        let index = self.found.len();
        let blocks = self.notes.blocks.len();
        self.found.push(Found {
            label: clean::clean(label, Place::Line).into(),
            blocks: blocks..blocks,
            line: self.line,
        });
        self.note = Some(index);
        match self.by_key.entry(key.into()) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(index);
            }
            std::collections::hash_map::Entry::Occupied(_) => {
                self.problem(ProblemKind::DoubledNote, label);
            }
        }
    }

    /// Ends the note; what follows belongs to the body. A note without words is kept, with a dash for its text.
    pub fn close_note(&mut self) {
        let Some(index) = self.note else { return };
        self.close();
        if self.notes.blocks.len() == self.found[index].blocks.start {
            self.block(Kind::Paragraph, 0, "—");
        }
        self.found[index].blocks.end = self.notes.blocks.len();
        self.note = None;
    }

    /// Records that something of the source was changed.
    pub fn change(&mut self, kind: ChangeKind, text: &str, why: &str) {
        let (line, at) = (self.line, self.flow().text.len());
        self.record(kind, line, text, why.to_owned(), at);
    }

    /// Records that something is doubtful.
    pub fn problem(&mut self, kind: ProblemKind, text: &str) {
        let (line, at) = (self.line, Position::at(self.flow().text.len()));
        if self.note.is_some() {
            self.late.push(Late::Problem(self.report.problems.len()));
        }
        self.report.problems.push(Problem { kind, line, text: clean::excerpt(text, 300), at });
    }

    /// Moves the places that were told among the notes to where the notes stand. A block may have lost the blanks at its
    /// end since: no place is behind the text it was told of.
    fn settle_places(&mut self, shift: usize) {
        let (body, notes) = (self.body.text.len(), self.notes.text.len());
        let late: HashSet<Late> = self.late.drain(..).collect();
        let settle = |at: &mut Position, told: Late| {
            let byte = if late.contains(&told) { at.byte().min(notes) + shift } else { at.byte().min(body) };
            *at = Position::at(byte);
        };
        let (changes, problems) = (&mut self.report.changes, &mut self.report.problems);
        changes.iter_mut().enumerate().for_each(|(i, change)| settle(&mut change.at, Late::Change(i)));
        problems.iter_mut().enumerate().for_each(|(i, problem)| settle(&mut problem.at, Late::Problem(i)));
    }

    /// The document.
    pub fn finish(mut self) -> Document {
        self.close();
        self.close_note();
        let body = self.body.text.len();
        let shift = if self.notes.text.is_empty() || body == 0 { body } else { body + 1 };
        self.settle_places(shift);
        let pages = self.body.pages().chain(self.notes.pages().map(|(at, label)| (at + shift, label)));
        let pages: Vec<(usize, Box<str>)> = pages.collect();
        let mut text = std::mem::take(&mut self.body.text);
        if shift > body {
            text.push('\n');
        }
        text.push_str(&self.notes.text);
        let mut blocks = std::mem::take(&mut self.body.blocks);
        let mut spans = std::mem::take(&mut self.body.spans);
        let moved = |range: std::ops::Range<usize>| range.start + shift..range.end + shift;
        let notes = self.found.iter().map(|found| {
            let range = &self.notes.blocks[found.blocks.clone()];
            let range = moved(range[0].range.start..range[range.len() - 1].range.end);
            Note { label: found.label.clone(), mark: found.label.clone(), range }
        });
        let notes: Vec<Note> = notes.collect();
        blocks.extend(self.notes.blocks.iter().map(|b| Block { range: moved(b.range.clone()), ..b.clone() }));
        spans.extend(self.notes.spans.iter().map(|s| Span { range: moved(s.range.clone()), ..s.clone() }));
        spans.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
        let mut references = Vec::new();
        for (flow, shift) in [(&self.body, 0), (&self.notes, shift)] {
            for (at, label, key, line) in &flow.references {
                let note = self.by_key.get(key).copied();
                let at = Position::at(at + shift);
                if note.is_none() {
                    let (kind, line, text) = (ProblemKind::ReferenceWithoutNote, *line, label.to_string());
                    self.report.problems.push(Problem { kind, line, text, at });
                }
                references.push(Reference { at, note, label: label.clone() });
            }
        }
        let mut cited = vec![false; notes.len()];
        references.iter().filter_map(|r| r.note).for_each(|n| cited[n] = true);
        for (note, found) in
            notes.iter().zip(&self.found).zip(&cited).filter(|(_, cited)| !**cited).map(|(n, _)| n)
        {
            let at = Position::at(note.range.start);
            let (kind, line, text) = (ProblemKind::NoteWithoutReference, found.line, note.label.to_string());
            self.report.problems.push(Problem { kind, line, text, at });
        }
        self.report.problems.sort_by_key(|p| p.line);
        self.report.changes.sort_by_key(|c| c.line);
        let sections = sections(&blocks, body);
        let mut document = Document {
            text,
            body,
            blocks,
            spans,
            references,
            sections,
            notes,
            pages: Vec::new(),
            meta: self.meta,
            report: self.report,
            letters: std::sync::OnceLock::new(),
        };
        let page = |(at, label)| Page { label, at: document.position(at) };
        document.pages = pages.into_iter().map(page).collect();
        number(&mut document);
        describe(&mut document);
        document
    }

    fn flow(&mut self) -> &mut Flow {
        if self.note.is_some() { &mut self.notes } else { &mut self.body }
    }

    fn record(&mut self, kind: ChangeKind, line: usize, text: &str, why: String, at: usize) {
        if self.note.is_some() {
            self.late.push(Late::Change(self.report.changes.len()));
        }
        let text = clean::excerpt(text, 300);
        self.report.changes.push(Change { kind, line, text, why, at: Position::at(at) });
    }
}

impl Flow {
    /// Appends cleaned text, folding blanks as the open block wants it.
    fn append(&mut self, text: &str) {
        let Some(block) = &self.open else { return };
        let start = block.range.start;
        if block.kind == Kind::Code {
            self.text.push_str(text);
            return;
        }
        let verse = block.kind == Kind::Verse;
        let mut rest = text;
        // A word at a time: nearly all of a text is letters.
        while let Some(at) = memchr::memchr3(b'\n', b'\t', b' ', rest.as_bytes()) {
            self.text.push_str(&rest[..at]);
            let blank = self.text.len() == start || self.text.ends_with([' ', '\n', '\t']);
            let indent = || {
                let line = self.text[start..].trim_end_matches(' ');
                verse && rest[at..].starts_with(' ') && (line.is_empty() || line.ends_with('\n'))
            };
            if !blank || indent() {
                self.text.push(' ');
            }
            rest = &rest[at + 1..];
        }
        self.text.push_str(rest);
    }

    /// The pages, each moved to the first letter behind it; past the last letter, the end.
    fn pages(&self) -> impl Iterator<Item = (usize, Box<str>)> {
        self.pages.iter().map(|(at, label)| {
            let next = self.blocks.partition_point(|b| b.range.end <= *at);
            let start = self.blocks.get(next).map_or(self.text.len(), |b| b.range.start.max(*at));
            let rest = &self.text[start..];
            (start + rest.len() - rest.trim_start_matches([' ', '\n', '\t']).len(), label.clone())
        })
    }

    fn keep(&mut self, c: char) {
        if self.open.is_none() {
            return;
        }
        if !matches!(self.open, Some(Block { kind: Kind::Code, .. })) {
            let start = self.open.as_ref().map_or(0, |b| b.range.start);
            let kept = self.text.trim_end_matches(' ').len();
            self.text.truncate(kept.max(start));
            let end = self.text.len();
            self.references.iter_mut().rev().take_while(|r| r.0 > end).for_each(|r| r.0 = end);
        }
        self.text.push(c);
    }
}

/// The sections of the body: each heading and what follows it up to the next.
fn sections(blocks: &[Block], body: usize) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for block in blocks.iter().filter(|b| b.range.start < body) {
        if let Kind::Heading(level) = block.kind {
            if let Some(last) = sections.last_mut() {
                last.range.end = block.range.start;
            }
            sections.push(Section { title: block.range.clone(), level, range: block.range.start..body });
        }
    }
    sections
}

/// Gives each note the mark it is printed with. Labels that are figures or signs are printed as they are; where one is
/// a name, all notes are numbered as they are first cited, as every Markdown renderer does.
fn number(document: &mut Document) {
    let printed = match document.report.format {
        // Labels of pages and books are what stands on the page: `a`, `note 1`.
        Format::Html | Format::Epub | Format::Foreign(_) => true,
        Format::Text | Format::Markdown => false,
    };
    let printable = |label: &str| {
        !label.is_empty()
            && (label.bytes().all(|b| b.is_ascii_digit())
                || label.chars().count() <= 3 && !label.chars().any(|c| c.is_lowercase())
                || printed && label.chars().filter(|c| !c.is_whitespace()).count() <= LONGEST_MARK)
    };
    if document.notes.iter().all(|n| printable(&n.label)) {
        // A mark is one word, which no line end parts.
        for note in document.notes.iter_mut().filter(|n| n.label.contains(char::is_whitespace)) {
            note.mark = note.label.split_whitespace().collect::<String>().into();
        }
        return;
    }
    let mut order: Vec<usize> = document.references.iter().filter_map(|r| r.note).collect();
    order.extend(0..document.notes.len());
    let mut numbers = vec![0; document.notes.len()];
    let mut next = 1;
    for note in order {
        if numbers[note] == 0 {
            numbers[note] = next;
            next += 1;
        }
    }
    for (note, number) in document.notes.iter_mut().zip(numbers) {
        note.mark = number.to_string().into();
    }
}

/// Fills what the meta data lack from the blocks that show it.
fn describe(document: &mut Document) {
    let line = |kind| {
        let block = document.blocks.iter().find(|b| b.kind == kind)?;
        Some(document.text[block.range.clone()].replace('\n', " "))
    };
    let (title, subtitle, source) = (line(Kind::Title), line(Kind::Subtitle), line(Kind::Source));
    let meta = &mut document.meta;
    meta.title = title.or(meta.title.take());
    meta.subtitle = subtitle.or(meta.subtitle.take());
    meta.source = source.or(meta.source.take());
    // What came in by the side door, without being shown, is cleaned here.
    let fields = [&mut meta.title, &mut meta.subtitle, &mut meta.source, &mut meta.language];
    for text in fields.into_iter().flatten().chain(&mut meta.authors) {
        *text = clean::clean(text, Place::Line).into_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Locator, Marker};
    use proptest::prelude::*;

    fn small() -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Title, 0, "A  Title");
        b.block(Kind::Paragraph, 0, "Opening.");
        b.block(Kind::Heading(1), 0, "First");
        b.open(Kind::Paragraph, 0);
        b.text("One \n two ");
        b.reference("1", "1");
        b.text(" three ");
        b.close();
        b.open_note("1", "1");
        b.text("Ibid.");
        b.close_note();
        b.open(Kind::Item(Marker::Bullet), 1);
        b.text("four");
        b.reference("9", "9");
        b.finish()
    }

    #[test]
    fn notes_stand_behind_the_body() {
        let d = small();
        assert_eq!(d.text(), "A Title\nOpening.\nFirst\nOne two three\nfour\nIbid.");
        assert_eq!(&d.text()[d.body()], "A Title\nOpening.\nFirst\nOne two three\nfour");
        assert_eq!(&d.text()[d.notes()[0].range.clone()], "Ibid.");
        assert_eq!(d.meta().title.as_deref(), Some("A Title"));
    }

    #[test]
    fn a_reference_stands_beside_its_word() {
        let d = small();
        assert_eq!(d.before(d.references()[0].at, 3), "two");
        assert_eq!(d.after(d.references()[0].at, 6), " three");
        assert_eq!(d.references()[0].note, Some(0));
        assert_eq!(d.references()[1].note, None);
        assert_eq!(d.report().problems[0].kind, ProblemKind::ReferenceWithoutNote);
    }

    #[test]
    fn places_have_locators_and_back() {
        let d = small();
        let at = Position::at(d.text().find("two").unwrap());
        let locator = d.locator(at);
        assert_eq!(locator.to_string(), "§1 ¶1");
        assert_eq!(d.find(locator).map(Position::byte), d.text().find("One"));
        assert_eq!(
            d.find(Locator { section: 0, paragraph: 1 }).map(Position::byte),
            d.text().find("Opening")
        );
        assert_eq!(d.find(Locator { section: 2, paragraph: 1 }), None);
        assert_eq!(d.stops().map(Position::byte).collect::<Vec<_>>(), [0, d.text().find("First").unwrap()]);
    }

    #[test]
    fn references_behind_a_closed_block_stand_at_its_end() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Code, 0, "x ");
        b.open(Kind::Heading(1), 0);
        b.reference("1", "1");
        b.close();
        b.reference("2", "2");
        let places: Vec<usize> = b.finish().references().iter().map(|r| r.at.byte()).collect();
        assert_eq!(places, [2, 2]);
    }

    #[test]
    fn named_notes_are_numbered_as_they_are_cited() {
        let mut b = Builder::new(Format::Markdown, "UTF-8");
        for label in ["second", "first"] {
            b.open_note(label, label);
            b.text(label);
            b.close_note();
        }
        b.open(Kind::Paragraph, 0);
        b.text("x");
        b.reference("first", "first");
        b.text("y");
        b.reference("second", "second");
        let d = b.finish();
        assert_eq!(d.notes().iter().map(|n| &*n.mark).collect::<Vec<_>>(), ["2", "1"]);
    }

    #[test]
    fn labels_of_pages_are_printed() {
        for (label, mark) in [("a", "a"), ("note 1", "note1"), ("*", "*"), ("a name too long", "1")] {
            let mut b = Builder::new(Format::Html, "UTF-8");
            b.open_note(label, "1");
            b.text("x");
            assert_eq!(&*b.finish().notes()[0].mark, mark);
        }
    }

    #[test]
    fn no_place_is_told_behind_the_text() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.open(Kind::Paragraph, 0);
        b.text("x ");
        b.change(ChangeKind::Dropped, "y", "why");
        b.problem(ProblemKind::Damaged, "y");
        b.close();
        let d = b.finish();
        assert_eq!(
            (d.report().changes[0].at.byte(), d.report().problems[0].at.byte(), d.text()),
            (1, 1, "x")
        );
    }

    #[test]
    fn verse_keeps_its_indents() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.open(Kind::Verse, 1);
        b.text("  O rose");
        b.line_break();
        b.text("    thou  art sick");
        assert_eq!(b.finish().text(), "  O rose\n    thou art sick");
    }

    /// What an importer may do, in any order.
    #[derive(Clone, Debug)]
    enum Step {
        Open(u8),
        Text(String),
        Break,
        Span,
        EndSpan,
        Reference(u8),
        Note(u8),
        EndNote,
        Page,
        Close,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            any::<u8>().prop_map(Step::Open),
            "[ a-zé\u{301}\u{1b}\u{ad}\n\t👩\u{200d}]{0,12}".prop_map(Step::Text),
            Just(Step::Break),
            Just(Step::Span),
            Just(Step::EndSpan),
            (0..4u8).prop_map(Step::Reference),
            (0..4u8).prop_map(Step::Note),
            Just(Step::EndNote),
            Just(Step::Page),
            Just(Step::Close),
        ]
    }

    proptest! {
        #[test]
        fn the_invariants_hold_whatever_the_importer_does(steps in prop::collection::vec(step(), 0..60)) {
            let mut b = Builder::new(Format::Text, "UTF-8");
            for step in steps {
                match step {
                    Step::Open(n) => b.open(match n % 6 {
                        0 => Kind::Heading(1), 1 => Kind::Verse, 2 => Kind::Code, 3 => Kind::Table, 4 => Kind::Title,
                        _ => Kind::Paragraph,
                    }, n % 3),
                    Step::Text(t) => b.text(&t),
                    Step::Break => b.line_break(),
                    Step::Span => b.open_span(Mark::Emphasis),
                    Step::EndSpan => b.close_span(),
                    Step::Reference(n) => b.reference(&n.to_string(), &n.to_string()),
                    Step::Note(n) => b.open_note(&n.to_string(), &n.to_string()),
                    Step::EndNote => b.close_note(),
                    Step::Page => b.page("1"),
                    Step::Close => b.close(),
                }
            }
            let d = b.finish();
            prop_assert!(d.blocks().windows(2).all(|w| w[0].range.end < w[1].range.start));
            prop_assert!(d.blocks().iter().all(|b| b.range.start < b.range.end));
            prop_assert!(d.references().windows(2).all(|w| w[0].at <= w[1].at));
            prop_assert!(d.pages().windows(2).all(|w| w[0].at <= w[1].at));
            prop_assert!(d.pages().iter().all(|p| d.position(p.at.byte()) == p.at));
            prop_assert!(d.notes().windows(2).all(|w| w[0].range.end < w[1].range.start));
            for span in d.spans() {
                let block = &d.blocks()[d.block_at(Position::at(span.range.start))].range;
                prop_assert!(block.start <= span.range.start && span.range.end <= block.end);
                prop_assert!(d.text().is_char_boundary(span.range.start) && d.text().is_char_boundary(span.range.end));
            }
            for r in d.references() {
                if !d.blocks().is_empty() {
                    let block = &d.blocks()[d.block_at(r.at)].range;
                    prop_assert!(block.start <= r.at.byte() && r.at.byte() <= block.end);
                }
            }
            let escaped = d.text().contains('\x1b');
            prop_assert!(!escaped);
            for byte in 0..=d.text().len() {
                let at = d.position(byte);
                prop_assert!(at.byte() <= byte && d.text().is_char_boundary(at.byte()));
            }
        }
    }
}
