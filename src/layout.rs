//! From a document to lines of cells.
//!
//! A [`Galley`] is a document set to a measure. It sets a block when it is first asked for, so a long book costs what is
//! seen of it, and is thrown away whole when the measure changes. Every scroll, page and landing is made of two walks:
//! [`Galley::rows_from`] a place and [`Galley::rows_before`] it.
//!
//! It knows cells and bytes, never a terminal or a file.

pub mod aside;
pub mod bidi;
pub mod concordance;
pub mod fit;
pub mod fragments;
mod glyphs;
mod hyphens;
pub mod ink;
mod justify;
pub mod marks;
pub mod page;
mod pieces;
mod set;
pub mod spread;
mod style;
pub mod width;

use crate::document::{Block, Document, Kind, Mark, Position};
use hypher::Lang;
use pieces::Piece;

pub use set::{Line, SetBlock};
pub use style::{Ambiguous, Bidi, Figures, Spacing, Style};

/// A row of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// An empty row between blocks.
    Blank,
    /// A line of text.
    Line(LineId),
}

/// Names a line of a galley.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineId {
    piece: usize,
    line: usize,
}

/// A document set to a measure; see the module.
#[derive(Debug)]
pub struct Galley {
    style: Style,
    hyphens: Option<Lang>,
    pieces: Vec<Piece>,
}

impl Galley {
    /// An unset galley for `document`.
    pub fn new(document: &Document, style: Style) -> Galley {
        let language = document.meta().language.as_deref().or(Some("en"));
        let hyphens = if style.hyphenate { hyphens::patterns(language) } else { None };
        Galley { style, hyphens, pieces: pieces::pieces(document) }
    }

    /// What the document is set by.
    pub fn style(&self) -> Style {
        self.style
    }

    /// The line of a row.
    pub fn line(&self, document: &Document, id: LineId) -> &Line {
        &self.set(document, id.piece).lines[id.line]
    }

    /// The set block a line belongs to.
    pub fn block_of(&self, document: &Document, id: LineId) -> &SetBlock {
        self.set(document, id.piece)
    }

    /// The index of the block a line belongs to.
    pub fn block_index(&self, id: LineId) -> usize {
        self.pieces[id.piece].block
    }

    /// The line a place is in; `None` in an empty document.
    pub fn line_at(&self, document: &Document, at: Position) -> Option<LineId> {
        let after = self.pieces.partition_point(|p| p.range.start <= at.byte());
        let piece = after.saturating_sub(1);
        let past = self.pieces.get(piece)?.range.end < at.byte() && after < self.pieces.len();
        let piece = if past { after } else { piece };
        let lines = &self.set(document, piece).lines;
        let line = lines.partition_point(|l| l.range.start <= at.byte()).saturating_sub(1);
        Some(LineId { piece, line })
    }

    /// The rows from the line that holds `at` to the end of the body or of the note it is in.
    pub fn rows_from<'a>(&'a self, document: &'a Document, at: Position) -> impl Iterator<Item = Row> + 'a {
        let end = document.flow_at(at).end;
        let mut next = self.line_at(document, at);
        let mut blanks = 0;
        std::iter::from_fn(move || {
            let id = next?;
            if blanks > 0 {
                blanks -= 1;
                return Some(Row::Blank);
            }
            next = self.after(document, id).filter(|n| self.pieces[n.piece].range.start < end);
            blanks = next.map_or(0, |n| self.gap(document, id, n));
            Some(Row::Line(id))
        })
    }

    /// The rows before the line that holds `at`, nearest first, back to the start of the body or of its note.
    pub fn rows_before<'a>(&'a self, document: &'a Document, at: Position) -> impl Iterator<Item = Row> + 'a {
        let start = document.flow_at(at).start;
        let mut last = self.line_at(document, at);
        let mut blanks = 0;
        let mut pending = None;
        std::iter::from_fn(move || {
            if blanks > 0 {
                blanks -= 1;
                return Some(Row::Blank);
            }
            if let Some(id) = pending.take() {
                last = Some(id);
                return Some(Row::Line(id));
            }
            let id = last?;
            let Some(previous) =
                self.before(document, id).filter(|p| self.pieces[p.piece].range.start >= start)
            else {
                last = None;
                return None;
            };
            blanks = self.gap(document, previous, id);
            if blanks > 0 {
                pending = Some(previous);
                blanks -= 1;
                return Some(Row::Blank);
            }
            last = Some(previous);
            Some(Row::Line(previous))
        })
    }

    /// Where the lines from `at` on start; the first is the line that holds it.
    pub fn starts_from<'a>(
        &'a self,
        document: &'a Document,
        at: Position,
    ) -> impl Iterator<Item = Position> + 'a {
        self.rows_from(document, at).filter_map(move |row| self.start_of(document, row))
    }

    /// Where the lines before `at` start, nearest first.
    pub fn starts_before<'a>(
        &'a self,
        document: &'a Document,
        at: Position,
    ) -> impl Iterator<Item = Position> + 'a {
        self.rows_before(document, at).filter_map(move |row| self.start_of(document, row))
    }

    /// The first place of a row of text.
    pub fn start_of(&self, document: &Document, row: Row) -> Option<Position> {
        match row {
            Row::Blank => None,
            Row::Line(id) => Some(Position::at(self.line(document, id).range.start)),
        }
    }

    /// Whether a page may end between two neighbouring lines: not under a heading, and neither the first nor the last line
    /// of a paragraph stands by itself, nor the head of a table or its last row.
    pub fn may_part(&self, document: &Document, first: LineId, second: LineId) -> bool {
        let (a, b) = (&self.pieces[first.piece], &self.pieces[second.piece]);
        match document.blocks()[a.block].kind {
            Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Heading(_) => false,
            // Its lines stand by themselves.
            Kind::Code | Kind::Break => true,
            Kind::Paragraph | Kind::Quotation | Kind::Verse | Kind::Item(_) | Kind::Table
                if a.block != b.block =>
            {
                true
            }
            Kind::Paragraph | Kind::Quotation | Kind::Verse | Kind::Item(_) | Kind::Table => {
                let range = &document.blocks()[a.block].range;
                let begins = self.line(document, first).range.start <= range.start;
                let ends = self.after(document, second).is_none_or(|n| self.pieces[n.piece].block != b.block);
                !begins && !ends
            }
        }
    }

    fn set(&self, document: &Document, piece: usize) -> &SetBlock {
        let Piece { block, range, set } = &self.pieces[piece];
        set.get_or_init(|| {
            let rest = range.start > document.blocks()[*block].range.start;
            let set = || set::set(document, *block, range.clone(), rest, self.style, self.hyphens);
            width::measured(self.style.ambiguous, set)
        })
    }

    fn after(&self, document: &Document, id: LineId) -> Option<LineId> {
        if id.line + 1 < self.set(document, id.piece).lines.len() {
            return Some(LineId { line: id.line + 1, ..id });
        }
        (id.piece + 1 < self.pieces.len()).then_some(LineId { piece: id.piece + 1, line: 0 })
    }

    fn before(&self, document: &Document, id: LineId) -> Option<LineId> {
        if id.line > 0 {
            return Some(LineId { line: id.line - 1, ..id });
        }
        let piece = id.piece.checked_sub(1)?;
        Some(LineId { piece, line: self.set(document, piece).lines.len() - 1 })
    }

    /// The empty rows between two neighbouring lines.
    fn gap(&self, document: &Document, first: LineId, second: LineId) -> u16 {
        let (a, b) = (self.pieces[first.piece].block, self.pieces[second.piece].block);
        let joined = a == b || self.style.spacing == Spacing::Indented && set::runs_on(document, a);
        if joined { 0 } else { gap(document, &document.blocks()[a], &document.blocks()[b]) }
    }
}

/// A text of one line broken into lines of at most `columns` cells, as the page breaks them: for messages.
pub fn wrapped(text: &str, columns: u16) -> Vec<&str> {
    let rules = fragments::Rules {
        hyphens: None,
        measure: columns.max(1),
        whole: &[],
        references: &[],
        mark: &|_| 0,
    };
    let pieces = fragments::fragments(text, 0..text.len(), rules);
    let lines = fit::lines(&pieces, columns, 0, fit::Last::Free);
    lines.iter().map(|l| &text[pieces[l.start].range.start..pieces[l.end - 1].range.end]).collect()
}

/// The empty rows between two blocks.
fn gap(document: &Document, above: &Block, below: &Block) -> u16 {
    match (above.kind, below.kind) {
        (Kind::Title, Kind::Subtitle) => 0,
        (
            Kind::Title | Kind::Subtitle | Kind::Author | Kind::Source,
            Kind::Author | Kind::Subtitle | Kind::Title,
        ) => 1,
        (Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author, _) => 2,
        (Kind::Heading(_), _) => 1,
        (_, Kind::Heading(1)) => 2,
        (Kind::Item(_), Kind::Item(_)) => 0,
        (Kind::Paragraph, Kind::Paragraph)
            if u16::from(above.depth) + 1 == u16::from(below.depth) && is_term(document, above) =>
        {
            0
        }
        _ => 1,
    }
}

/// Whether a paragraph stands out whole, as a term does above what it means.
fn is_term(document: &Document, block: &Block) -> bool {
    let mut spans = document.spans_in(&block.range).iter();
    spans.any(|s| s.mark == Mark::Strong && s.range == block.range)
}

#[cfg(test)]
mod tests;
