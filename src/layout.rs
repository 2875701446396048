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
mod set;
pub mod spread;
pub mod width;

use crate::document::{Document, Kind, Position};
use hypher::Lang;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

pub use set::{Line, SetBlock};

/// A block longer than this is set in pieces, so that one endless paragraph does not cost what it holds.
const PIECE_BYTES: usize = 64 * 1024;

/// How note references look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    /// Superscript figures, `⁹`.
    #[default]
    Superscript,
    /// Figures in brackets, `[9]`, for terminals and ears that lack the others.
    Brackets,
}

/// How a new paragraph is told from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// By an empty row.
    #[default]
    Spaced,
    /// By its first line, which is indented, as in most books.
    Indented,
}

/// The cells of characters that are narrow in the West and wide in East Asia: `—`, `“`, `§`, `…`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// One.
    #[default]
    Narrow,
    /// Two, as terminals that are set up for Chinese, Japanese or Korean text show them.
    Wide,
}

/// Who brings lines that run from right to left, or both ways, into the order in which they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// We do: most terminals show characters in the order in which they come.
    #[default]
    Ours,
    /// The terminal does.
    Terminal,
}

/// What a document is set by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Cells in a full line.
    pub measure: u16,
    /// How references look.
    pub figures: Figures,
    /// Whether words may be parted.
    pub hyphenate: bool,
    /// Whether the lines of paragraphs are filled to the measure; else they are ragged.
    pub justify: bool,
    /// How paragraphs are told apart.
    pub spacing: Spacing,
    /// The cells of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Who reorders lines that run from right to left.
    pub bidi: Bidi,
}

impl Style {
    /// The style of the screen at a measure.
    pub fn at(measure: u16) -> Style {
        Style {
            measure: measure.max(1),
            figures: Figures::default(),
            hyphenate: true,
            justify: false,
            spacing: Spacing::default(),
            ambiguous: Ambiguous::default(),
            bidi: Bidi::default(),
        }
    }

    /// What is printed for a note that is marked `mark`.
    pub fn figure<'a>(&self, mark: &'a str) -> Cow<'a, str> {
        let digits = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit());
        match self.figures {
            Figures::Superscript if digits => {
                mark.bytes().map(|b| SUPERSCRIPTS[usize::from(b - b'0')]).collect()
            }
            // Signs are raised by their shape.
            Figures::Superscript if mark.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '‖')) => {
                mark.into()
            }
            Figures::Superscript | Figures::Brackets => format!("[{mark}]").into(),
        }
    }
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

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

/// A block, or a part of a very long one.
#[derive(Debug)]
struct Piece {
    block: usize,
    range: Range<usize>,
    set: OnceCell<SetBlock>,
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
        let mut pieces = Vec::with_capacity(document.blocks().len());
        for (block, b) in document.blocks().iter().enumerate() {
            for range in cut(document.text(), b) {
                pieces.push(Piece { block, range, set: OnceCell::new() });
            }
        }
        Galley { style, hyphens, pieces }
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
        if joined { 0 } else { gap(&document.blocks()[a], &document.blocks()[b]) }
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
fn gap(above: &crate::document::Block, below: &crate::document::Block) -> u16 {
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
        _ => 1,
    }
}

/// A block in pieces of about [`PIECE_BYTES`]: prose cut behind sentences where there are any, kept lines between two of
/// them. A table stays whole, for its columns are measured together.
fn cut(text: &str, block: &crate::document::Block) -> Vec<Range<usize>> {
    let range = &block.range;
    let mut pieces = Vec::new();
    let mut from = range.start;
    let lines = match block.kind {
        Kind::Table => return vec![range.clone()],
        Kind::Code | Kind::Verse => true,
        Kind::Source
        | Kind::Title
        | Kind::Subtitle
        | Kind::Author
        | Kind::Heading(_)
        | Kind::Paragraph
        | Kind::Quotation
        | Kind::Item(_)
        | Kind::Break => false,
    };
    while range.end - from > PIECE_BYTES {
        let mut limit = from + PIECE_BYTES;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let part = &text[from..limit];
        let half = part.len() / 2;
        // The end of a kept line goes to the piece before it, which drops it.
        let line = part.rfind('\n').map(|i| i + 1).filter(|&i| lines && i > half);
        let sentence = part.rfind(". ").map(|i| i + 2).filter(|&i| i > half);
        let word = || part.rfind([' ', '\n']).map(|i| i + 1).filter(|&i| i > half);
        // Without a blank, cut before a letter that nothing combines with.
        let letter = || {
            part.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map(|(i, _)| i).filter(|&i| i > half)
        };
        let to = from + line.or(sentence).or_else(word).or_else(letter).unwrap_or(part.len());
        pieces.push(from..to);
        from = to;
    }
    pieces.push(from..range.end);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Marker, builder::Builder, report::Format};
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    pub(super) fn essay(paragraphs: &[String]) -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Title, 0, "A Title: With Two Halves");
        for (i, words) in paragraphs.iter().enumerate() {
            match i % 7 {
                3 => b.block(Kind::Heading(1), 0, "A Heading"),
                5 => b.block(Kind::Item(Marker::Bullet), 1, words),
                _ => {}
            }
            b.open(if i % 4 == 2 { Kind::Quotation } else { Kind::Paragraph }, u8::from(i % 4 == 2));
            b.text(words);
            b.reference(&(i + 1).to_string(), &(i + 1).to_string());
            b.text(" And on.");
            // The first note is cited again and again.
            b.reference("1", "1");
        }
        for (i, words) in paragraphs.iter().enumerate() {
            b.open_note(&(i + 1).to_string(), &(i + 1).to_string());
            b.text(words);
            b.close_note();
        }
        b.finish()
    }

    pub(super) fn paragraphs() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-zé]{1,14}( [a-z日“]{1,14}){0,60}\\.", 1..12)
    }

    fn lines(galley: &Galley, document: &Document) -> Vec<(LineId, Line)> {
        let rows = galley.rows_from(document, Position::at(0));
        rows.filter_map(|r| match r {
            Row::Line(id) => Some((id, galley.line(document, id).clone())),
            Row::Blank => None,
        })
        .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_line_is_wider_than_the_measure(words in paragraphs(), measure in 4u16..90) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(measure));
            for (id, _) in lines(&galley, &document) {
                let runs = ink::runs(&document, &galley, id, &ink::Lights::default());
                let total: u16 = runs.iter().map(|r| width::width(&r.text)).sum();
                prop_assert!(total <= measure, "{total} > {measure}: {:?}", runs);
            }
        }

        #[test]
        fn every_letter_stands_on_one_line(words in paragraphs(), measure in 8u16..90) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(measure));
            let set: String = lines(&galley, &document).iter()
                .map(|(_, l)| &document.text()[l.range.clone()]).collect::<String>()
                .split_whitespace().collect();
            let source: String = document.text()[document.body()].split_whitespace().collect();
            prop_assert_eq!(set, source);
        }

        #[test]
        fn justified_lines_fill_the_measure_or_stay_as_they_are(words in paragraphs(), measure in 8u16..90) {
            let document = essay(&words);
            let ragged = Galley::new(&document, Style::at(measure));
            let justified = Galley::new(&document, Style { justify: true, ..Style::at(measure) });
            for ((id, a), (_, b)) in lines(&ragged, &document).into_iter().zip(lines(&justified, &document)) {
                prop_assert_eq!(&a.range, &b.range);
                let painted = |galley| -> String {
                    let runs = ink::runs(&document, galley, id, &ink::Lights::default());
                    runs.into_iter().map(|r| r.text).collect()
                };
                let (a, filled) = (painted(&ragged), painted(&justified));
                if b.gaps.is_empty() {
                    prop_assert_eq!(a, filled);
                    continue;
                }
                let right = match document.blocks()[justified.block_index(id)].kind {
                    Kind::Quotation => measure.min(40) / 10,
                    _ => 0,
                };
                prop_assert_eq!(width::width(&filled), measure - right.min(measure / 3), "{}", filled);
                prop_assert!(a.split_whitespace().eq(filled.split_whitespace()));
                prop_assert!(!filled.trim_start().contains("    "), "a gap of four cells");
            }
        }

        /// The cell that a place is said to stand in is the one it is painted in, whatever was done to the line.
        #[test]
        fn places_stand_where_they_are_painted(
            words in prop::collection::vec("[a-zéשלם()]{1,9}( [a-z日שבת“]{1,9}){0,40}\\.", 1..6),
            measure in 8u16..70, justify: bool,
        ) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style { justify, ..Style::at(measure) });
            for (id, line) in lines(&galley, &document) {
                let painted: String =
                    ink::runs(&document, &galley, id, &ink::Lights::default()).into_iter().map(|r| r.text).collect();
                prop_assert!(width::width(&painted) <= measure);
                for (i, g) in document.text()[line.range.clone()].grapheme_indices(true) {
                    let at = Position::at(line.range.start + i);
                    let column = ink::column(&document, &galley, id, at);
                    let there = width::fitting(&painted, column).len();
                    let shown = painted[there..].graphemes(true).next();
                    let bracket = matches!(g, "(" | ")");
                    prop_assert!(shown == Some(g) || bracket && matches!(shown, Some("(" | ")")), "{g} in {painted}");
                }
            }
        }

        #[test]
        fn backward_is_forward_reversed(words in paragraphs(), measure in 8u16..90) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(measure));
            let all: Vec<Row> = galley.rows_from(&document, Position::at(0)).collect();
            let Some(Row::Line(last)) = all.last().copied() else { panic!("no rows") };
            let end = Position::at(galley.line(&document, last).range.start);
            let mut back: Vec<Row> = galley.rows_before(&document, end).collect();
            back.reverse();
            prop_assert_eq!(&back[..], &all[..all.len() - 1]);
        }
    }

    #[test]
    fn figures_are_raised_or_bracketed() {
        let up = Style::at(66);
        let down = Style { figures: Figures::Brackets, ..up };
        assert_eq!(up.figure("12"), "¹²");
        assert_eq!(up.figure("*"), "*");
        assert_eq!(up.figure("A"), "[A]");
        assert_eq!(down.figure("12"), "[12]");
    }

    #[test]
    fn first_lines_are_indented_where_no_empty_row_parts_paragraphs() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Heading(1), 0, "Heading");
        b.block(Kind::Paragraph, 0, "one two three");
        b.block(Kind::Paragraph, 0, "four five six");
        b.block(Kind::Quotation, 1, "seven eight");
        b.block(Kind::Paragraph, 0, "nine");
        let document = b.finish();
        let show = |spacing| {
            let galley = Galley::new(&document, Style { spacing, ..Style::at(10) });
            let rows = galley.rows_from(&document, Position::at(0));
            let row = |row| match row {
                Row::Blank => String::new(),
                Row::Line(id) => ink::runs(&document, &galley, id, &ink::Lights::default())
                    .iter()
                    .map(|r| &*r.text)
                    .collect(),
            };
            rows.map(row).collect::<Vec<String>>().join("|")
        };
        assert_eq!(show(Spacing::Spaced), "Heading||one two|three||four five|six|| seven| eight||nine");
        assert_eq!(show(Spacing::Indented), "Heading||one two|three| four five|six|| seven| eight||nine");
    }

    #[test]
    fn lines_that_run_from_right_to_left_are_shown_so() {
        let show = |text: &str, style: Style| -> String {
            let mut b = Builder::new(Format::Text, "UTF-8");
            b.open(Kind::Paragraph, 0);
            b.text(text);
            b.reference("1", "1");
            b.open_note("1", "1");
            b.text("הערה");
            b.close_note();
            let document = b.finish();
            let galley = Galley::new(&document, style);
            let lines = lines(&galley, &document);
            let note =
                galley.line_at(&document, Position::at(document.notes()[0].range.start)).expect("a line");
            let ids = lines.into_iter().map(|(id, _)| id).chain([note]);
            let painted = |id| {
                ink::runs(&document, &galley, id, &ink::Lights::default())
                    .into_iter()
                    .map(|r| r.text)
                    .collect()
            };
            ids.map(painted).collect::<Vec<String>>().join("|")
        };
        let style = Style::at(16);
        // From the right: the words, the mark after the last; figures and Latin words keep their order; brackets open
        // towards what they hold.
        assert_eq!(show("שלום (עולם) 1948 abc", style), "1948 (םלוע) םולש|            abc¹|         הרעה ¹");
        let theirs = Style { bidi: Bidi::Terminal, ..style };
        assert!(show("שלום (עולם) 1948 abc", theirs).starts_with("שלום (עולם) 1948|abc¹"));
    }

    #[test]
    fn an_endless_paragraph_is_set_in_pieces() {
        let document = essay(&["word and word. ".repeat(40_000)]);
        let galley = Galley::new(&document, Style::at(66));
        let middle = Position::at(300_000);
        assert_eq!(galley.rows_from(&document, middle).take(30).count(), 30);
        assert_eq!(galley.rows_before(&document, middle).take(30).count(), 30);
        assert!(galley.pieces.iter().filter(|p| p.set.get().is_some()).count() <= 3);
    }
}
