//! One of the two streams of text that a builder fills: the body, or the notes.

use crate::document::clean::Cleaner;
use crate::document::{Block, Kind, Mark, Span};

/// A mark in the text that calls a note.
#[derive(Debug)]
pub(super) struct Call {
    /// The byte of the stream it stands behind.
    pub at: usize,
    /// What is printed.
    pub label: Box<str>,
    /// What the importer knows the note by, as a number.
    pub key: usize,
    /// The line of the source.
    pub line: usize,
}

/// Text as it comes, and the ranges over it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub text: String,
    pub blocks: Vec<Block>,
    pub spans: Vec<Span>,
    /// How many of the spans belong to blocks that are closed.
    pub settled: usize,
    pub calls: Vec<Call>,
    pub pages: Vec<(usize, Box<str>)>,
    pub open: Option<Block>,
    pub nested: Vec<(usize, Mark)>,
    pub cleaner: Cleaner,
}

impl Flow {
    /// Appends cleaned text, folding blanks as the open block wants it.
    pub fn append(&mut self, text: &str) {
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
    pub fn pages(&self) -> impl Iterator<Item = (usize, Box<str>)> {
        self.pages.iter().map(|(at, label)| {
            let next = self.blocks.partition_point(|b| b.range.end <= *at);
            let start = self.blocks.get(next).map_or(self.text.len(), |b| b.range.start.max(*at));
            let rest = &self.text[start..];
            (start + rest.len() - rest.trim_start_matches([' ', '\n', '\t']).len(), label.clone())
        })
    }

    pub fn keep(&mut self, c: char) {
        if self.open.is_none() {
            return;
        }
        if !matches!(self.open, Some(Block { kind: Kind::Code, .. })) {
            let start = self.open.as_ref().map_or(0, |b| b.range.start);
            let kept = self.text.trim_end_matches(' ').len();
            self.text.truncate(kept.max(start));
            let end = self.text.len();
            self.calls.iter_mut().rev().take_while(|c| c.at > end).for_each(|c| c.at = end);
        }
        self.text.push(c);
    }
}
