//! A line as the graphemes that are painted, from left to right: the one place where bytes become cells. What is painted
//! and where a place stands on the screen are read off the same list, so that they cannot disagree.

use super::bidi::{self, Levels};
use super::ink::{Ink, Light, Lights, Role};
use super::set::{Line, SetBlock};
use super::width::{advance, cells, fitting, measured, width};
use super::{Galley, LineId, marks};
use crate::document::clean::{Place, clean, is_safe};
use crate::document::{Document, Kind, Mark, Reference, Span};
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A grapheme, the mark of a reference, or blanks that only the page has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// The bytes that it shows; none if it is a mark or blank.
    pub bytes: Range<usize>,
    /// What is painted. Nothing in it is of zero width by itself or may not reach a terminal.
    pub text: Cow<'a, str>,
    /// The cells that takes.
    pub cells: u16,
    /// How it looks.
    pub ink: Ink,
    /// The reference, an index into the document's, if it is the mark of one.
    pub mark: Option<usize>,
}

impl<'a> Glyph<'a> {
    /// Something that shows none of the text.
    fn beside(at: usize, text: impl Into<Cow<'a, str>>, ink: Ink) -> Glyph<'a> {
        let text = text.into();
        Glyph { bytes: at..at, cells: width(&text), text, ink, mark: None }
    }

    fn blank(at: usize, cells: u16) -> Glyph<'a> {
        Glyph { cells, ..Glyph::beside(at, " ".repeat(usize::from(cells)), Ink::default()) }
    }
}

/// The glyphs of a line, from its left margin on.
pub fn glyphs<'a>(
    document: &'a Document,
    galley: &'a Galley,
    id: LineId,
    lights: &Lights<'_>,
) -> Vec<Glyph<'a>> {
    measured(galley.style().ambiguous, || laid(document, galley, id, lights))
}

fn laid<'a>(document: &'a Document, galley: &'a Galley, id: LineId, lights: &Lights<'_>) -> Vec<Glyph<'a>> {
    let block = &document.blocks()[galley.block_index(id)];
    let line = galley.line(document, id);
    let touching = |s: &&Span| s.range.start < line.range.end && line.range.start < s.range.end;
    let spans = document.spans_in(&block.range).iter().filter(touching).collect();
    // The first row of a table is its head.
    let first_row =
        || document.text()[block.range.clone()].find('\n').map_or(block.range.end, |i| block.range.start + i);
    let head = block.kind == Kind::Table && line.range.start < first_row();
    let writer = Writer { document, galley, lights, kind: block.kind, spans, line, head };
    let lead = writer.lead();
    let text = writer.text(galley.block_of(document, id));
    let start = line.range.start;
    let leftward = line.levels.as_ref().is_some_and(|levels| levels.leftward);
    let mut out = Vec::with_capacity(text.len() + lead.len() + 1);
    let lead_cells: u16 = lead.iter().map(|g| g.cells).sum();
    if leftward {
        let cells: u16 = text.iter().map(|g| g.cells).sum();
        out.push(Glyph::blank(start, galley.style().measure.saturating_sub(line.indent + cells)));
        out.extend(text);
        out.extend(lead);
    } else {
        out.push(Glyph::blank(start, line.indent.saturating_sub(lead_cells)));
        out.extend(lead);
        out.extend(text);
    }
    out
}

struct Writer<'a, 'l> {
    document: &'a Document,
    galley: &'a Galley,
    lights: &'l Lights<'l>,
    kind: Kind,
    /// The spans that touch the line.
    spans: Vec<&'a Span>,
    line: &'a Line,
    /// Whether it is the head of a table.
    head: bool,
}

impl<'a> Writer<'a, '_> {
    /// What stands before the text: at its right, if that runs to the left.
    fn lead(&self) -> Vec<Glyph<'a>> {
        let Some(lead) = self.line.lead.as_deref() else { return Vec::new() };
        let start = self.line.range.start;
        // A lead wider than its indent (a long name of a column) is cut: no line is wider than the measure.
        let lead = fitting(lead, self.line.indent);
        let figure = lead.trim_end_matches(' ');
        let note = self.lights.note.map(|note| self.document.notes()[note].range.start);
        let light = if note == Some(start) { Light::Chosen } else { Light::None };
        let ink = Ink { role: Role::Lead, light, ..Ink::default() };
        let plain = Ink { light: Light::None, ..ink };
        if self.line.levels.as_ref().is_some_and(|levels| levels.leftward) {
            let blanks = &lead[figure.len()..];
            return vec![
                Glyph::beside(start, blanks, plain),
                Glyph::beside(start, bidi::turned(figure), ink),
            ];
        }
        vec![Glyph::beside(start, figure, ink), Glyph::beside(start, &lead[figure.len()..], plain)]
    }

    /// The text: of a table that fits, cell by cell.
    fn text(&self, set: &SetBlock) -> Vec<Glyph<'a>> {
        let range = &self.line.range;
        if set.columns.is_empty() {
            return self.ordered(range);
        }
        let leftward = self.line.levels.as_ref().is_some_and(|levels| levels.leftward);
        let mut out = Vec::new();
        let (mut from, mut at) = (range.start, 0);
        for (cell, column) in self.document.text()[range.clone()].split('\t').zip(&set.columns) {
            let cell = from..from + cell.len();
            from = cell.end + 1;
            let glyphs = self.ordered(&cell);
            let wide: u16 = glyphs.iter().map(|g| g.cells).sum();
            if leftward {
                // The first column stands at the right, and all are flush there: text with its beginning, figures with
                // their units.
                out.splice(
                    0..0,
                    glyphs.into_iter().chain([Glyph::blank(cell.start, column.start.saturating_sub(at))]),
                );
                at = column.start + wide;
                continue;
            }
            let aligned = if column.figures { column.width.saturating_sub(wide) } else { 0 };
            let before = column.start.saturating_sub(at) + aligned;
            out.push(Glyph::blank(cell.start, before));
            at += before + wide;
            out.extend(glyphs);
        }
        out
    }

    /// A stretch of the line in the order in which it is shown.
    fn ordered(&self, range: &Range<usize>) -> Vec<Glyph<'a>> {
        let mut glyphs = self.read(range);
        let text = &self.document.text()[range.clone()];
        if self.line.hyphen && range.end == self.line.range.end && !text.ends_with('-') {
            let ink = glyphs.last().map_or(Ink::default(), |g| g.ink);
            glyphs.push(Glyph::beside(range.end, "-", ink));
        }
        match &self.line.levels {
            Some(levels) => self.reordered(glyphs, levels),
            None => glyphs,
        }
    }

    fn reordered(&self, glyphs: Vec<Glyph<'a>>, levels: &Levels) -> Vec<Glyph<'a>> {
        let mut each = Vec::with_capacity(glyphs.len());
        for glyph in &glyphs {
            // What shows none of the text goes with what it follows.
            let own = (!glyph.bytes.is_empty()).then(|| levels.at(glyph.bytes.start - self.line.range.start));
            each.push(own.or(each.last().copied()).unwrap_or(levels.at(0)));
        }
        let mut glyphs: Vec<Option<Glyph<'_>>> = glyphs.into_iter().map(Some).collect();
        let shown = bidi::order(&each).into_iter().filter_map(|i| Some((each[i], glyphs[i].take()?)));
        shown.map(|(level, glyph)| Glyph { text: bidi::mirrored(glyph.text, level), ..glyph }).collect()
    }

    /// A stretch of the line in the order in which it is read.
    fn read(&self, range: &Range<usize>) -> Vec<Glyph<'a>> {
        let text = &self.document.text()[range.clone()];
        let mut out = Vec::with_capacity(text.len());
        let mut references = marks::on(self.document, range).iter().peekable();
        let mut here = Vec::new();
        while references.peek().is_some_and(|r| r.at.byte() <= range.start) {
            here.extend(references.next());
        }
        self.mark(&mut here, &mut out);
        for (i, grapheme) in text.grapheme_indices(true) {
            let at = range.start + i;
            let bytes = at..at + grapheme.len();
            if grapheme == "\t" {
                let used = out.iter().map(|g| g.cells).sum();
                out.push(Glyph { bytes: bytes.clone(), ..Glyph::blank(at, advance(used, grapheme)) });
            } else if cells(grapheme) > 0 {
                let (text, wide) = match self.more(at) {
                    0 => (shown(grapheme), cells(grapheme)),
                    more => (" ".repeat(usize::from(more) + 1).into(), cells(grapheme) + more),
                };
                out.push(Glyph { bytes: bytes.clone(), text, cells: wide, ink: self.ink(at), mark: None });
            }
            while references.peek().is_some_and(|r| r.at.byte() <= bytes.end) {
                here.extend(references.next());
            }
            self.mark(&mut here, &mut out);
        }
        out
    }

    /// The cells by which a blank is widened.
    fn more(&self, at: usize) -> u16 {
        let gaps = &self.line.gaps;
        gaps.binary_search_by_key(&at, |gap| gap.at).map_or(0, |i| u16::from(gaps[i].more))
    }

    fn mark(&self, here: &mut Vec<&Reference>, out: &mut Vec<Glyph<'a>>) {
        for (i, reference) in here.drain(..).enumerate() {
            let index = self.document.references().partition_point(|r| r.at < reference.at) + i;
            let light = if self.lights.reference == Some(index) { Light::Chosen } else { Light::None };
            let ink = Ink { role: Role::Reference, light, ..Ink::default() };
            let at = reference.at.byte();
            if i > 0 {
                out.push(Glyph::beside(at, ",", ink));
            }
            let figure = self.galley.style().figure(self.document.mark_of(reference)).into_owned();
            out.push(Glyph { mark: Some(index), ..Glyph::beside(at, figure, ink) });
        }
    }

    fn ink(&self, at: usize) -> Ink {
        let mut ink = Ink { role: role(self.kind), light: self.lights.at(at), ..Ink::default() };
        for span in self.spans.iter().take_while(|s| s.range.start <= at).filter(|s| at < s.range.end) {
            match span.mark {
                // Emphasis within emphasis stands upright.
                Mark::Emphasis => ink.emphasis = !ink.emphasis,
                Mark::Strong => ink.strong = true,
                Mark::Code if self.kind == Kind::Code => {}
                Mark::Code => ink.role = Role::Code,
                Mark::Struck => ink.struck = true,
                Mark::Link(_) => ink.link = true,
            }
        }
        ink.strong |= self.head;
        ink
    }
}

fn role(kind: Kind) -> Role {
    match kind {
        Kind::Title => Role::Title,
        Kind::Source | Kind::Subtitle | Kind::Author | Kind::Break => Role::Front,
        Kind::Heading(_) => Role::Heading,
        Kind::Quotation | Kind::Verse => Role::Quotation,
        // A block of code is set apart by its place.
        Kind::Paragraph | Kind::Item(_) | Kind::Table | Kind::Code => Role::Text,
    }
}

/// A grapheme without the zero-width characters that only the layout needs.
fn shown(grapheme: &str) -> Cow<'_, str> {
    if is_safe(grapheme) { grapheme.into() } else { clean(grapheme, Place::Line) }
}
