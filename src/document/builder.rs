//! The only door to a [`Document`](super::Document): importers tell it what they find, in the order of the source.
//!
//! It keeps the invariants: blocks, spans and references lie on grapheme edges, in order, inside their block; prose
//! holds single spaces; nothing that may not reach a terminal gets in; the notes stand behind the body wherever the
//! source has them; every reference knows its note.

mod finish;
mod flow;
mod keys;
#[cfg(test)]
mod tests;

use super::clean::{self, Cleaner, Place};
use super::report::{Change, ChangeKind, Format, Problem, ProblemKind};
use super::{Block, Kind, Mark, Meta, Position, Report, Span};
use flow::{Call, Flow};
use keys::Keys;

pub use keys::Key;
use std::borrow::Cow;
use std::ops::Range;

/// Collects a document. Text goes to the body, or to the note that is open.
#[derive(Debug, Default)]
pub struct Builder {
    body: Flow,
    notes: Flow,
    note: Option<usize>,
    found: Vec<Found>,
    keys: Keys,
    line: usize,
    meta: Meta,
    report: Report,
    late: Late,
}

/// A note as it is being collected.
#[derive(Debug)]
struct Found {
    label: Box<str>,
    blocks: Range<usize>,
    line: usize,
}

/// Changes and problems, each by its index, whose place lies among the notes: it moves when the body's length is known.
#[derive(Debug, Default)]
struct Late {
    changes: Vec<usize>,
    problems: Vec<usize>,
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
        for Call { at, .. } in flow.calls.iter_mut().rev().take_while(|c| c.at > end) {
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
                1 => "a character that may not reach a terminal".into(),
                n => format!("{n} characters that may not reach a terminal").into(),
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
    pub fn reference<'k>(&mut self, label: &str, key: impl Into<Key<'k>>) {
        let (line, key) = (self.line, self.keys.id(key.into()));
        let flow = self.flow();
        // Beside the word: a blank before the mark stays between the words, not between word and mark. Behind a block
        // that is closed, its end is the place: code may end in blanks.
        let floor = flow.open.as_ref().map_or(flow.text.len(), |b| b.range.start);
        let at = floor + flow.text[floor..].trim_end_matches(' ').len();
        let label = clean::clean(label, Place::Line).into();
        let call = Call { at, label, key, line };
        self.flow().calls.push(call);
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
    pub fn open_note<'k>(&mut self, label: &str, key: impl Into<Key<'k>>) {
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
        let key = self.keys.id(key.into());
        if !self.keys.give(key, index) {
            self.problem(ProblemKind::DoubledNote, label);
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
    pub fn change(&mut self, kind: ChangeKind, text: &str, why: impl Into<Cow<'static, str>>) {
        let (line, at) = (self.line, self.flow().text.len());
        self.record(kind, line, text, why.into(), at);
    }

    /// Records that something is doubtful.
    pub fn problem(&mut self, kind: ProblemKind, text: &str) {
        let (line, at) = (self.line, Position::at(self.flow().text.len()));
        if self.note.is_some() {
            self.late.problems.push(self.report.problems.len());
        }
        self.report.problems.push(Problem { kind, line, text: clean::excerpt(text, 300), at });
    }

    fn flow(&mut self) -> &mut Flow {
        if self.note.is_some() { &mut self.notes } else { &mut self.body }
    }

    fn record(&mut self, kind: ChangeKind, line: usize, text: &str, why: Cow<'static, str>, at: usize) {
        if self.note.is_some() {
            self.late.changes.push(self.report.changes.len());
        }
        let text = clean::excerpt(text, 300);
        self.report.changes.push(Change { kind, line, text, why, at: Position::at(at) });
    }
}
