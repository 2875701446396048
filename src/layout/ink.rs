//! A line as runs of text, each with its ink: what it is and what lies on it, not yet what colour that is.

use super::marks;
use super::width::{advance, width};
use super::{Galley, LineId};
use crate::document::{Document, Kind, Mark, Position, Reference, Span};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What a run of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// The title of the text.
    Title,
    /// Source, subtitle, author.
    Front,
    /// A heading.
    Heading,
    /// A block quotation.
    Quotation,
    /// Words of a machine among others.
    Code,
    /// The mark of a note in the text.
    Reference,
    /// What stands before a line: a bullet, the mark of a note, the name of a column.
    Lead,
}

/// What lies on a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Light {
    /// Nothing.
    #[default]
    None,
    /// A match of the search.
    Match,
    /// The match one is at.
    Current,
    /// The chosen reference or link.
    Chosen,
    /// Selected.
    Selected,
    /// Highlighted, in the how manieth colour.
    Highlight(u8),
}

/// How a run is to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ink {
    /// What it is.
    pub role: Role,
    /// What lies on it.
    pub light: Light,
    /// Emphasised: italics.
    pub emphasis: bool,
    /// Strongly emphasised: bold.
    pub strong: bool,
    /// Struck out.
    pub struck: bool,
    /// Part of a link.
    pub link: bool,
}

/// Text of one ink. Nothing in it is of zero width by itself or may not reach a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Its ink.
    pub ink: Ink,
}

/// A stretch of the text that is highlighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shade {
    /// Its bytes.
    pub range: Range<usize>,
    /// The how manieth colour it has.
    pub colour: u8,
    /// Whether there is a comment on it.
    pub remarked: bool,
}

impl Shade {
    /// The same stretches in order, none over another: where several lie, the one that begins last is seen.
    pub fn apart(mut shades: Vec<Shade>) -> Vec<Shade> {
        shades.sort_by_key(|shade| (shade.range.start, std::cmp::Reverse(shade.range.end)));
        let mut apart: Vec<Shade> = Vec::with_capacity(shades.len());
        // Those that were covered before their end, the innermost last.
        let mut open: Vec<Shade> = Vec::new();
        let mut put = |shade: Shade| {
            if !shade.range.is_empty() {
                apart.push(shade);
            }
        };
        let mut at = 0;
        for shade in shades {
            while let Some(under) = open.pop_if(|under| under.range.end <= shade.range.start) {
                put(Shade { range: at.max(under.range.start)..under.range.end, ..under });
                at = at.max(under.range.end);
            }
            if let Some(under) = open.last() {
                put(Shade { range: at.max(under.range.start)..shade.range.start, ..under.clone() });
            }
            at = at.max(shade.range.start);
            open.push(shade);
        }
        while let Some(under) = open.pop() {
            put(Shade { range: at.max(under.range.start)..under.range.end, ..under });
            at = at.max(under.range.end);
        }
        apart
    }

    /// Those of `shades`, which are in order and apart, that touch some bytes.
    pub fn touching<'a>(shades: &'a [Shade], range: &Range<usize>) -> &'a [Shade] {
        let first = shades.partition_point(|shade| shade.range.end <= range.start);
        let last = shades.partition_point(|shade| shade.range.start < range.end);
        &shades[first..last.max(first)]
    }
}

/// What is lit on the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lights<'a> {
    /// The matches of the search, in order.
    pub matches: &'a [Range<usize>],
    /// The one of them one is at.
    pub current: Option<usize>,
    /// The chosen reference: its index in the document.
    pub reference: Option<usize>,
    /// The note that it calls: its figure is lit with it.
    pub note: Option<usize>,
    /// The chosen link: its bytes.
    pub link: Option<&'a Range<usize>>,
    /// What is selected. The marks of notes in it are not: they are not copied with it.
    pub selected: Option<&'a Range<usize>>,
    /// What is highlighted, in order and apart.
    pub shades: &'a [Shade],
}

impl Lights<'_> {
    fn at(&self, byte: usize) -> Light {
        if self.selected.is_some_and(|s| s.contains(&byte)) {
            return Light::Selected;
        }
        if self.link.is_some_and(|l| l.contains(&byte)) {
            return Light::Chosen;
        }
        let first = self.matches.partition_point(|m| m.end <= byte);
        match self.matches.get(first) {
            Some(m) if m.contains(&byte) && self.current == Some(first) => Light::Current,
            Some(m) if m.contains(&byte) => Light::Match,
            _ => match Shade::touching(self.shades, &(byte..byte + 1)) {
                [shade, ..] => Light::Highlight(shade.colour),
                [] => Light::None,
            },
        }
    }
}

/// A line as runs, from its left margin on; blanks of the indent are a run of their own.
pub fn runs(document: &Document, galley: &Galley, id: LineId, lights: &Lights<'_>) -> Vec<Run> {
    let block = &document.blocks()[galley.block_index(id)];
    let set = galley.block_of(document, id);
    let line = galley.line(document, id);
    let mut pen = Pen::default();
    let lead = line.lead.as_deref().unwrap_or("");
    pen.blank(line.indent.saturating_sub(width(lead)));
    // A lead wider than its indent (a long name of a column) is cut: no line is wider than the measure.
    let lead = super::width::fitting(lead, line.indent);
    let called = lights.note.is_some_and(|note| document.notes()[note].range.start == line.range.start);
    let light = if called { Light::Chosen } else { Light::None };
    let figure = lead.trim_end_matches(' ');
    pen.put(figure, Ink { role: Role::Lead, light, ..Ink::default() });
    pen.put(&lead[figure.len()..], Ink { role: Role::Lead, ..Ink::default() });
    let touching = |s: &&Span| s.range.start < line.range.end && line.range.start < s.range.end;
    let spans = document.spans_in(&block.range).iter().filter(touching).collect();
    // The first row of a table is its head.
    let first_row =
        || document.text()[block.range.clone()].find('\n').map_or(block.range.end, |i| block.range.start + i);
    let head = block.kind == Kind::Table && line.range.start < first_row();
    let writer = Writer { document, galley, lights, kind: block.kind, spans, role: role(block.kind), head };
    if set.columns.is_empty() {
        writer.write(&line.range, &mut pen);
    } else {
        let mut at = 0;
        let text = &document.text()[line.range.clone()];
        let mut from = line.range.start;
        for (cell, column) in text.split('\t').zip(&set.columns) {
            let range = from..from + cell.len();
            from = range.end + 1;
            let mut inner = Pen::default();
            writer.write(&range, &mut inner);
            let wide = inner.width();
            let aligned = if column.figures { column.width.saturating_sub(wide) } else { 0 };
            let before = column.start.saturating_sub(at) + aligned;
            pen.blank(before);
            at += before + wide;
            pen.runs.append(&mut inner.runs);
        }
    }
    if line.hyphen && !document.text()[line.range.clone()].ends_with('-') {
        let ink = pen.runs.last().map_or(Ink::default(), |r| r.ink);
        pen.put("-", ink);
    }
    pen.runs
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

struct Writer<'a> {
    document: &'a Document,
    galley: &'a Galley,
    lights: &'a Lights<'a>,
    kind: Kind,
    /// The spans that touch the line.
    spans: Vec<&'a Span>,
    role: Role,
    /// Whether it is the head of a table.
    head: bool,
}

impl Writer<'_> {
    fn write(&self, range: &Range<usize>, pen: &mut Pen) {
        let text = &self.document.text()[range.clone()];
        let mut references = marks::on(self.document, range).iter().peekable();
        let base = pen.width();
        let mut here = Vec::new();
        while references.peek().is_some_and(|r| r.at.byte() <= range.start) {
            here.extend(references.next());
        }
        self.mark(&mut here, pen);
        for (i, grapheme) in text.grapheme_indices(true) {
            let at = range.start + i;
            if grapheme == "\t" {
                pen.blank(advance(pen.width() - base, grapheme));
            } else if super::width::cells(grapheme) > 0 {
                let ink = self.ink(at);
                pen.put(&shown(grapheme), ink);
            }
            while references.peek().is_some_and(|r| r.at.byte() <= at + grapheme.len()) {
                here.extend(references.next());
            }
            self.mark(&mut here, pen);
        }
    }

    fn mark(&self, here: &mut Vec<&Reference>, pen: &mut Pen) {
        for (i, reference) in here.drain(..).enumerate() {
            let chosen = self
                .lights
                .reference
                .is_some_and(|r| std::ptr::eq(&self.document.references()[r], reference));
            let light = if chosen { Light::Chosen } else { Light::None };
            let ink = Ink { role: Role::Reference, light, ..Ink::default() };
            if i > 0 {
                pen.put(",", ink);
            }
            pen.put(&self.galley.style().figure(self.document.mark_of(reference)), ink);
        }
    }

    fn ink(&self, at: usize) -> Ink {
        let mut ink = Ink { role: self.role, light: self.lights.at(at), ..Ink::default() };
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

/// A grapheme without the zero-width characters that only the layout needs.
fn shown(grapheme: &str) -> std::borrow::Cow<'_, str> {
    if crate::document::clean::is_safe(grapheme) {
        return grapheme.into();
    }
    crate::document::clean::clean(grapheme, crate::document::clean::Place::Line)
}

#[derive(Default)]
struct Pen {
    runs: Vec<Run>,
}

impl Pen {
    fn put(&mut self, text: &str, ink: Ink) {
        match self.runs.last_mut() {
            Some(last) if last.ink == ink => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.runs.push(Run { text: text.to_owned(), ink }),
        }
    }

    fn blank(&mut self, cells: u16) {
        self.put(&" ".repeat(usize::from(cells)), Ink::default());
    }

    fn width(&self) -> u16 {
        self.runs.iter().map(|r| width(&r.text)).sum()
    }
}

/// The cell of a line, from its left margin, where a place is painted; past its end the cell behind it.
pub fn column(document: &Document, galley: &Galley, id: LineId, at: Position) -> u16 {
    let line = galley.line(document, id);
    let end = at.byte().clamp(line.range.start, line.range.end);
    let columns = &galley.block_of(document, id).columns;
    let text = &document.text()[line.range.start..end];
    // In a table one counts from the start of the cell.
    let cell = text.matches('\t').count();
    let (start, from) = match columns.get(cell) {
        Some(column) => (column.start, line.range.start + text.rfind('\t').map_or(0, |i| i + 1)),
        None => (line.indent, line.range.start),
    };
    let text = &document.text()[from..end];
    let used = text.graphemes(true).fold(0, |used, g| used + advance(used, g));
    let before = marks::on(document, &(from..line.range.end));
    let before = &before[..before.partition_point(|r| r.at.byte() < at.byte())];
    start + used + marks::cells(before, |r| marks::cells_of(document, galley.style(), r))
}

/// The cell of a line where a reference, an index into the document's, is painted.
pub fn column_of_mark(document: &Document, galley: &Galley, id: LineId, reference: usize) -> u16 {
    let all = document.references();
    let at = all[reference].at;
    let first = all.partition_point(|r| r.at < at);
    let beside = marks::cells(&all[first..reference], |r| marks::cells_of(document, galley.style(), r));
    column(document, galley, id, at) + beside + u16::from(reference > first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shades_apart_cover_the_same_bytes_and_the_last_begun_is_seen(given in prop::collection::vec((0..40_usize, 1..15_usize), 0..8)) {
            let shade = |(i, &(start, length)): (usize, &(usize, usize))| {
                Shade { range: start..start + length, colour: i as u8, remarked: false }
            };
            let given: Vec<Shade> = given.iter().enumerate().map(shade).collect();
            let apart = Shade::apart(given.clone());
            prop_assert!(apart.windows(2).all(|w| w[0].range.end <= w[1].range.start));
            prop_assert!(apart.iter().all(|s| !s.range.is_empty()));
            for byte in 0..60 {
                let over: Vec<&Shade> = given.iter().filter(|s| s.range.contains(&byte)).collect();
                let seen = Shade::touching(&apart, &(byte..byte + 1));
                prop_assert_eq!(seen.len(), usize::from(!over.is_empty()));
                if let [seen] = seen {
                    let last = over.iter().map(|s| s.range.start).max();
                    let begins = over.iter().find(|s| s.colour == seen.colour).map(|s| s.range.start);
                    prop_assert_eq!(begins, last);
                }
            }
        }
    }
}
