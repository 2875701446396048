//! A line as runs of text, each with its ink: what it is and what lies on it, not yet what colour that is.

use super::glyphs::{Glyph, glyphs};
use super::{Galley, LineId};
use crate::document::{Document, Position};
use std::ops::Range;

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
    /// What lies on the grapheme that begins at a byte.
    pub fn at(&self, byte: usize) -> Light {
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
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs(document, galley, id, lights) {
        match runs.last_mut() {
            Some(last) if last.ink == glyph.ink => last.text.push_str(&glyph.text),
            _ if glyph.text.is_empty() => {}
            _ => runs.push(Run { text: glyph.text.into_owned(), ink: glyph.ink }),
        }
    }
    runs
}

/// The cell of a line, from its left margin, where a place is painted; past its end the cell behind it.
pub fn column(document: &Document, galley: &Galley, id: LineId, at: Position) -> u16 {
    let line = galley.line(document, id);
    let shows = |glyph: &Glyph<'_>| glyph.bytes.end > at.byte().max(line.range.start);
    let glyphs = glyphs(document, galley, id, &Lights::default());
    let mut cell = 0;
    // Of what is shown from that place on, what is read first.
    let (mut found, mut ends) = (None, (None, 0));
    for glyph in &glyphs {
        if !glyph.bytes.is_empty() {
            if shows(glyph) && found.is_none_or(|(start, _)| glyph.bytes.start < start) {
                found = Some((glyph.bytes.start, cell));
            }
            ends.0 = ends.0.or(Some(cell));
        }
        cell += glyph.cells;
        ends.1 = cell;
    }
    match (found, line.levels.as_ref().is_some_and(|levels| levels.leftward)) {
        (Some((_, cell)), _) => cell,
        (None, true) => ends.0.unwrap_or(ends.1).saturating_sub(1),
        (None, false) => ends.1,
    }
}

/// The place on a line that is painted nearest to a cell, blanks apart; `None` where there are only blanks.
pub fn place_at(document: &Document, galley: &Galley, id: LineId, column: u16) -> Option<Position> {
    let glyphs = glyphs(document, galley, id, &Lights::default());
    let mut cell = 0;
    let mut nearest: Option<(u16, usize)> = None;
    for glyph in &glyphs {
        let last = cell + glyph.cells.saturating_sub(1);
        let far = cell.saturating_sub(column).max(column.saturating_sub(last));
        let inked = !glyph.bytes.is_empty() && !glyph.text.trim().is_empty();
        if inked && nearest.is_none_or(|(least, _)| far < least) {
            nearest = Some((far, glyph.bytes.start));
        }
        cell += glyph.cells;
    }
    nearest.map(|(_, byte)| Position::at(byte))
}

/// The cell of a line where a reference, an index into the document's, is painted.
pub fn column_of_mark(document: &Document, galley: &Galley, id: LineId, reference: usize) -> u16 {
    let mut cell = 0;
    for glyph in glyphs(document, galley, id, &Lights::default()) {
        if glyph.mark == Some(reference) {
            break;
        }
        cell += glyph.cells;
    }
    cell
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
