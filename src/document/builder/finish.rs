//! What is known of a document only when all of it has come: where the notes stand, which note a reference calls, the
//! sections, the numbers of the notes.

use super::Builder;
use super::flow::Call;
use crate::document::clean::{self, Place};
use crate::document::report::{Format, Problem, ProblemKind};
use crate::document::{Block, Document, Kind, Note, Page, Position, Reference, Section, Span};
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

/// The longest label, in characters, that is printed as it is where it is a word.
const LONGEST_MARK: usize = 8;

impl Builder {
    /// Moves the places that were told among the notes to where the notes stand. A block may have lost the blanks at its
    /// end since: no place is behind the text it was told of.
    fn settle_places(&mut self, shift: usize) {
        let (body, notes) = (self.body.text.len(), self.notes.text.len());
        let settle = |at: &mut Position, late: bool| {
            let byte = if late { at.byte().min(notes) + shift } else { at.byte().min(body) };
            *at = Position::at(byte);
        };
        let mut late = std::mem::take(&mut self.late.changes).into_iter().peekable();
        for (i, change) in self.report.changes.iter_mut().enumerate() {
            settle(&mut change.at, late.next_if_eq(&i).is_some());
        }
        let mut late = std::mem::take(&mut self.late.problems).into_iter().peekable();
        for (i, problem) in self.report.problems.iter_mut().enumerate() {
            settle(&mut problem.at, late.next_if_eq(&i).is_some());
        }
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
        let moved = |range: Range<usize>| range.start + shift..range.end + shift;
        let notes = self.found.iter_mut().map(|found| {
            let range = &self.notes.blocks[found.blocks.clone()];
            let range = moved(range[0].range.start..range[range.len() - 1].range.end);
            Note { label: found.label.clone(), mark: std::mem::take(&mut found.label), range }
        });
        let notes: Vec<Note> = notes.collect();
        blocks.extend(self.notes.blocks.drain(..).map(|b| Block { range: moved(b.range), ..b }));
        spans.extend(self.notes.spans.drain(..).map(|s| Span { range: moved(s.range), ..s }));
        spans.sort_by_key(|s| (s.range.start, Reverse(s.range.end)));
        let mut references = Vec::with_capacity(self.body.calls.len() + self.notes.calls.len());
        for (flow, shift) in [(&mut self.body, 0), (&mut self.notes, shift)] {
            for Call { at, label, key, line } in flow.calls.drain(..) {
                let note = self.keys.note(key);
                let at = Position::at(at + shift);
                if note.is_none() {
                    let (kind, text) = (ProblemKind::ReferenceWithoutNote, label.to_string());
                    self.report.problems.push(Problem { kind, line, text, at });
                }
                references.push(Reference { at, note, label });
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
            letters: OnceLock::new(),
        };
        let page = |(at, label)| Page { label, at: document.position(at) };
        document.pages = pages.into_iter().map(page).collect();
        number(&mut document);
        describe(&mut document);
        document
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
