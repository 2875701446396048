//! An essay is one text; everything else is a range over it.
//!
//! A [`Document`] holds a single string, body first and then the notes, and sorted lists of ranges over it: blocks,
//! spans, references, sections, notes, pages. A place is a byte offset into that string, so bookmarks, matches, selections and
//! the reading place are the same kind of thing and compare with `<`.
//!
//! Nothing here knows a file, a screen or a width. A document is made by its [`builder::Builder`] alone and never
//! changes afterwards.

pub mod anchor;
pub mod builder;
pub mod clean;
mod pages;
pub mod report;
mod words;

use anchor::Letters;
use std::ops::Range;
use std::sync::OnceLock;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

pub use pages::Page;
pub use report::Report;
pub use words::Token;

/// A place in a document: a byte offset into its text, on the edge of a grapheme. Its order is reading order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(usize);

impl Position {
    /// The byte offset into [`Document::text`].
    pub const fn byte(self) -> usize {
        self.0
    }

    /// A place known to lie on a grapheme edge; from anywhere else use [`Document::position`].
    pub(crate) const fn at(byte: usize) -> Position {
        Position(byte)
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The book, series or site the text stands in; printed above the title.
    Source,
    /// The title of the whole text.
    Title,
    /// Its second title.
    Subtitle,
    /// A line that names the author or authors.
    Author,
    /// The heading of a section; 1 is the highest level.
    Heading(u8),
    /// A paragraph of prose.
    Paragraph,
    /// A paragraph of a block quotation.
    Quotation,
    /// Verse: its line ends (`\n`) are the author's.
    Verse,
    /// The first block of an item of a list; its further blocks are paragraphs of the same depth.
    Item(Marker),
    /// Preformatted text: line ends and spaces are kept.
    Code,
    /// A table: rows end in `\n`, cells are parted by `\t`, the first row is its head.
    Table,
    /// A break between parts, `* * *`.
    Break,
}

/// What stands before an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// The number of the item.
    Number(u64),
}

/// A paragraph-like range of the text. Blocks do not overlap; one `\n` that belongs to none parts each from the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// How many quotations and lists it stands in.
    pub depth: u8,
    /// Its bytes.
    pub range: Range<usize>,
}

/// A run of text set apart inside a block. Spans are sorted by their start and may nest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its bytes.
    pub range: Range<usize>,
    /// How it is set apart.
    pub mark: Mark,
}

/// How a span is set apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Emphasis, usually italics.
    Emphasis,
    /// Strong emphasis, usually bold.
    Strong,
    /// Words of a machine.
    Code,
    /// Text struck out.
    Struck,
    /// A link; the string is its address, cleaned.
    Link(Box<str>),
}

/// A mark in the text that calls a note. It has no width: it stands beside the text, after the grapheme before `at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands.
    pub at: Position,
    /// The note it calls, an index into [`Document::notes`]; `None` if the text has no such note.
    pub note: Option<usize>,
    /// The label as the source prints it.
    pub label: Box<str>,
}

/// A heading and the text up to the next heading of whatever level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The bytes of the heading.
    pub title: Range<usize>,
    /// 1 is the highest level.
    pub level: u8,
    /// Heading and text.
    pub range: Range<usize>,
}

/// A note: one or more blocks behind the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The label as the source prints it.
    pub label: Box<str>,
    /// What stands for it on the page: the label if every label is a figure or a sign, else its number.
    pub mark: Box<str>,
    /// The bytes of its blocks.
    pub range: Range<usize>,
}

/// What a text says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title, on one line.
    pub title: Option<String>,
    /// The second title.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The book, series or site it stands in.
    pub source: Option<String>,
    /// A BCP 47 tag, lower case: `en`, `de`, `zh-hant`.
    pub language: Option<String>,
}

/// How one speaks of a place without naming a byte: section and paragraph, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locator {
    /// The section, from 1; 0 before the first heading.
    pub section: usize,
    /// The paragraph of the section, from 1; 0 on the heading itself.
    pub paragraph: usize,
}

impl std::fmt::Display for Locator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.section, self.paragraph) {
            (0, 0) => f.write_str("title"),
            (0, p) => write!(f, "¶{p}"),
            (s, 0) => write!(f, "§{s}"),
            (s, p) => write!(f, "§{s} ¶{p}"),
        }
    }
}

/// A text with its structure and what its import had to say. See the module.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: String,
    body: usize,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    references: Vec<Reference>,
    sections: Vec<Section>,
    notes: Vec<Note>,
    pages: Vec<Page>,
    meta: Meta,
    report: Report,
    /// Made when first asked for.
    letters: OnceLock<Letters>,
}

impl Document {
    /// The whole text: the body and, behind it, the notes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the body.
    pub fn body(&self) -> Range<usize> {
        0..self.body
    }

    /// All blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The headed sections, in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The notes, in the order of the source.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The references, in order.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// All spans, by their start.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// What the text says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What its import recognised, changed and doubted.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Its letters, by which anchors are found again.
    pub(crate) fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::of(&self.text))
    }

    /// The place at a byte, moved back to the edge of its grapheme; past the end, the end.
    pub fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let block = self.blocks.get(self.block_at(Position(byte)));
        let Some(block) = block.filter(|b| b.range.start < byte && byte < b.range.end) else {
            return Position(byte);
        };
        let (text, start) = (&self.text[block.range.clone()], block.range.start);
        let mut cursor = GraphemeCursor::new(byte - start, text.len(), true);
        match cursor.is_boundary(text, 0) {
            Ok(false) => Position(start + cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)),
            _ => Position(byte),
        }
    }

    /// The index of the block a place is in; between two blocks the later one; past the last the last.
    /// 0 for a document without blocks.
    pub fn block_at(&self, at: Position) -> usize {
        let after = self.blocks.partition_point(|b| b.range.end <= at.byte());
        // A place at the very end of a block (`end == at`) still belongs to it: the reference behind its last word.
        let before = after.saturating_sub(1);
        match self.blocks.get(before) {
            Some(b) if after > 0 && b.range.end == at.byte() => before,
            _ => after.min(self.blocks.len().saturating_sub(1)),
        }
    }

    /// The blocks that lie in a range of bytes.
    pub fn blocks_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.blocks.partition_point(|b| b.range.start < range.start);
        let last = self.blocks.partition_point(|b| b.range.start < range.end);
        first..last.max(first)
    }

    /// The part of the text that is read on as one: the body, or the note, a place is in.
    pub fn flow_at(&self, at: Position) -> Range<usize> {
        match self.note_at(at) {
            Some(note) => self.notes[note].range.clone(),
            None => self.body(),
        }
    }

    /// The section a place is in, an index into [`Self::sections`]; `None` before the first heading and in notes.
    pub fn section_at(&self, at: Position) -> Option<usize> {
        if at.byte() > self.body {
            return None;
        }
        self.sections.partition_point(|s| s.range.start <= at.byte()).checked_sub(1)
    }

    /// The note a place is in, an index into [`Self::notes`].
    pub fn note_at(&self, at: Position) -> Option<usize> {
        if at.byte() < self.body || self.notes.is_empty() {
            return None;
        }
        let note = self.notes.partition_point(|n| n.range.start <= at.byte()).checked_sub(1)?;
        (at.byte() <= self.notes[note].range.end).then_some(note)
    }

    /// Where reading stops when one goes from section to section: the start, then each heading.
    pub fn stops(&self) -> impl DoubleEndedIterator<Item = Position> + '_ {
        let opening = self.sections.first().is_none_or(|s| s.range.start > 0).then_some(Position(0));
        opening.into_iter().chain(self.sections.iter().map(|s| Position(s.range.start)))
    }

    /// The references that stand in `range`, those at its end included.
    pub fn references_in(&self, range: &Range<usize>) -> &[Reference] {
        let first = self.references.partition_point(|r| r.at.byte() < range.start);
        let last = self.references.partition_point(|r| r.at.byte() <= range.end);
        &self.references[first..last.max(first)]
    }

    /// The spans that touch a block, found from the block itself: spans never cross the edge of one.
    pub fn spans_in(&self, block: &Range<usize>) -> &[Span] {
        let first = self.spans.partition_point(|s| s.range.start < block.start);
        let last = self.spans.partition_point(|s| s.range.start < block.end);
        &self.spans[first..last.max(first)]
    }

    /// The references that call a note, in order.
    pub fn citations(&self, note: usize) -> impl Iterator<Item = &Reference> + '_ {
        self.references.iter().filter(move |r| r.note == Some(note))
    }

    /// What is printed for a reference: the mark of its note, or its own label where there is none.
    pub fn mark_of<'a>(&'a self, reference: &'a Reference) -> &'a str {
        reference.note.and_then(|n| self.notes.get(n)).map_or(&reference.label, |n| &n.mark)
    }

    /// Section and paragraph of a place in the body. Items, verse, quotations and code count as paragraphs.
    pub fn locator(&self, at: Position) -> Locator {
        let section = self.section_at(at);
        let start = section.map_or(0, |s| self.sections[s].range.start);
        let here = self.block_at(at);
        let first = self.blocks.partition_point(|b| b.range.start < start);
        let paragraph =
            self.blocks[first..(here + 1).min(self.blocks.len())].iter().filter(|b| b.counts()).count();
        Locator { section: section.map_or(0, |s| s + 1), paragraph }
    }

    /// What a place is called: its locator, or the note it is in.
    pub fn name_of(&self, at: Position) -> String {
        match self.note_at(at) {
            Some(note) => format!("note {}", self.notes[note].mark),
            None => self.locator(at).to_string(),
        }
    }

    /// Where a paragraph starts; `section` and `paragraph` from 1, section 0 is the opening. Paragraph 0 is the heading.
    pub fn find(&self, locator: Locator) -> Option<Position> {
        let range = match locator.section.checked_sub(1) {
            Some(s) => self.sections.get(s)?.range.clone(),
            None => 0..self.sections.first().map_or(self.body, |s| s.range.start),
        };
        match locator.paragraph.checked_sub(1) {
            None => Some(Position(range.start)),
            Some(n) => {
                let block = self.blocks[self.blocks_in(&range)].iter().filter(|b| b.counts()).nth(n)?;
                Some(Position(block.range.start))
            }
        }
    }

    /// How much of the body lies before a place, from 0 to 1.
    pub fn progress(&self, at: Position) -> f64 {
        if self.body == 0 { 0.0 } else { at.byte().min(self.body) as f64 / self.body as f64 }
    }

    /// The words of a range of bytes, as `wc` counts them.
    pub fn words(&self, range: Range<usize>) -> usize {
        self.text[range].split_whitespace().count()
    }

    /// The text just before a place, up to `limit` graphemes, not crossing the edge of its block.
    pub fn before(&self, at: Position, limit: usize) -> &str {
        let Some(block) = self.blocks.get(self.block_at(at)) else { return "" };
        let text = &self.text[block.range.start.min(at.byte())..at.byte()];
        let start = text.grapheme_indices(true).rev().take(limit).last().map_or(text.len(), |(i, _)| i);
        &text[start..]
    }

    /// The text just after a place, up to `limit` graphemes, not crossing the edge of its block.
    pub fn after(&self, at: Position, limit: usize) -> &str {
        let Some(block) = self.blocks.get(self.block_at(at)) else { return "" };
        let text = &self.text[at.byte()..block.range.end.max(at.byte())];
        let end = text.grapheme_indices(true).nth(limit).map_or(text.len(), |(i, _)| i);
        &text[..end]
    }

    /// The title of a section on one line.
    pub fn section_title(&self, section: usize) -> &str {
        self.sections.get(section).map_or("", |s| &self.text[s.title.clone()])
    }
}

impl Block {
    /// Whether it is counted as a paragraph when a place is named.
    pub fn counts(&self) -> bool {
        match self.kind {
            Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Heading(_) | Kind::Break => {
                false
            }
            Kind::Paragraph | Kind::Quotation | Kind::Verse | Kind::Item(_) | Kind::Code | Kind::Table => {
                true
            }
        }
    }
}
