//! Writes what was recognised: paragraphs with the marks in them, and the notes.

use super::BREAK;
use super::aozora::Aozora;
use super::asides::{Aside, Asides};
use super::bodies::Body;
use super::emphasis::{self, Habits, Turn};
use super::hyphens::Hyphens;
use super::inplace::InPlace;
use super::lines::Line;
use super::paragraphs::{self, Paragraph};
use super::scopes::{Call, Calls, Scopes};
use super::series::Place;
use super::shape::Shape;
use crate::document::report::ChangeKind;
use crate::document::{Kind, Mark};
use crate::import::Scribe;
use std::borrow::Cow;
use std::iter::Peekable;

/// Longer paragraphs are nothing that is known by its words alone, in bytes.
const SHORT: usize = 400;

/// Paragraphs that stand for a picture of which nothing is said.
const PICTURES: [&str; 3] = ["[Illustration]", "[Illustration.]", "[Illustration: ]"];

/// Writes a text.
pub(super) struct Writer<'a, 'b> {
    /// Where to.
    pub scribe: &'a mut Scribe<'b>,
    /// How it sets words apart.
    pub habits: Habits,
    /// How it marks its paragraphs.
    pub shape: Shape,
    /// The words that were broken at its line ends.
    pub hyphens: &'a Hyphens,
}

impl Writer<'_, '_> {
    /// Writes the paragraphs with what they call.
    pub fn body(&mut self, scopes: &Scopes, asides: &Asides) {
        let mut calls = scopes.calls.iter().peekable();
        for (i, paragraph) in scopes.paragraphs.iter().enumerate() {
            self.scribe.line(paragraph.line);
            if PICTURES.contains(&&*paragraph.text) {
                self.scribe.builder.change(ChangeKind::Dropped, &paragraph.text, "the place of a picture");
                continue;
            }
            for aside in asides.get(&i).into_iter().flatten() {
                self.aside(&scopes.paragraphs[aside.paragraph], aside);
            }
            if paragraph.joins {
                self.scribe.builder.text(" ");
            } else {
                self.scribe.builder.open(paragraph.kind, paragraph.depth);
            }
            match paragraph.kind {
                Kind::Break => self.scribe.builder.text(BREAK),
                _ => self.paragraph(paragraph, i, &mut calls),
            }
        }
        self.scribe.builder.close();
    }

    /// Writes a sidenote, set apart.
    fn aside(&mut self, paragraph: &Paragraph, aside: &Aside) {
        let words = paragraph.text[aside.words.clone()].trim().replace('\n', " ");
        self.scribe.line(paragraph.line_at(aside.words.start));
        self.scribe.builder.change(ChangeKind::Repaired, &words, "a sidenote, set above its paragraph");
        self.scribe.builder.open(Kind::Paragraph, 0);
        self.scribe.builder.open_span(Mark::Emphasis);
        self.paragraph(&Paragraph::plain(words, paragraph.line), 0, &mut std::iter::empty().peekable());
        self.scribe.builder.close_span();
        self.scribe.builder.close();
    }

    /// Writes the words of a paragraph, with its marks and what is set apart in it.
    fn paragraph<'c>(
        &mut self,
        paragraph: &Paragraph,
        index: usize,
        calls: &mut Peekable<impl Iterator<Item = &'c Call>>,
    ) {
        let text = &*paragraph.text;
        let turns = match paragraph.kind {
            Kind::Code => Vec::new(),
            _ => emphasis::turns(text, self.habits),
        };
        let mut turns = turns.into_iter().peekable();
        let mut open = 0_usize;
        let mut at = 0;
        while let Some(call) = calls.next_if(|call| call.paragraph == index) {
            while let Some(turn) = turns.next_if(|turn| turn.at < call.range.end) {
                // A sign inside the mark is part of it; the one that it opens or closes is not lost.
                let inside = turn.at >= call.range.start;
                let words = if inside { at..at } else { at..turn.at };
                self.words(paragraph.kind, &text[words.clone()]);
                at = if inside { at } else { turn.at + 1 };
                self.turn(turn, &mut open);
            }
            let words = before(text, at, call);
            self.words(paragraph.kind, words);
            self.call(call, text);
            at = call.range.end;
        }
        for turn in turns {
            self.words(paragraph.kind, &text[at..turn.at]);
            at = turn.at + 1;
            self.turn(turn, &mut open);
        }
        self.words(paragraph.kind, &text[at..]);
    }

    fn call(&mut self, call: &Call, text: &str) {
        let printed = &text[call.printed.clone()];
        let builder = &mut self.scribe.builder;
        match call.calls {
            Calls::Note(place) => builder.reference(printed, &key(place)),
            Calls::InPlace(note) => builder.reference(printed, &in_place(note)),
            Calls::Missing => builder.reference(printed, "missing"),
            Calls::Nothing => {}
            Calls::Page => builder.page(printed),
        }
    }

    fn turn(&mut self, turn: Turn, open: &mut usize) {
        match turn.opens {
            Some(mark) => {
                self.scribe.builder.open_span(mark);
                *open += 1;
            }
            None if *open > 0 => {
                self.scribe.builder.close_span();
                *open -= 1;
            }
            None => {}
        }
    }

    /// Writes words; the line ends of verse stay.
    fn words(&mut self, kind: Kind, words: &str) {
        if kind != Kind::Verse {
            return self.scribe.builder.text(words);
        }
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 {
                self.scribe.builder.line_break();
            }
            self.scribe.builder.text(line);
        }
    }

    /// Writes the notes in the order of the source: list by list, and between them those that stood in the text.
    pub fn notes(&mut self, lines: &[Line], scopes: &Scopes) {
        let mut in_place = scopes.in_place.iter().enumerate().peekable();
        for (i, list) in scopes.lists.iter().enumerate() {
            let first = lines[list.lines.start].number;
            while let Some((j, note)) = in_place.next_if(|(_, note)| note.line < first) {
                self.note_in_place(note, j, &scopes.paragraphs);
            }
            for (j, note) in list.notes.iter().enumerate() {
                self.note(lines, note, &key((i, j)));
            }
        }
        for (j, note) in in_place {
            self.note_in_place(note, j, &scopes.paragraphs);
        }
        self.scribe.builder.close_note();
    }

    fn note_in_place(&mut self, note: &InPlace, index: usize, paragraphs: &[Paragraph]) {
        let text = &*paragraphs[note.paragraph].text;
        let words = text[note.words.clone()].to_owned();
        self.scribe.line(note.line);
        self.scribe.builder.open_note(&text[note.printed.clone()], &in_place(index));
        self.scribe.builder.change(ChangeKind::Moved, &words, "a note in the running text");
        self.scribe.builder.open(Kind::Paragraph, 0);
        self.paragraph(&Paragraph::plain(words, note.line), 0, &mut std::iter::empty().peekable());
        self.scribe.builder.close_note();
    }

    fn note(&mut self, lines: &[Line], note: &Body, key: &str) {
        let mut lines = lines[note.lines.clone()].to_vec();
        if let (Some(end), Some(last)) = (note.end, lines.last_mut()) {
            last.text = &last.text[..end];
        }
        let Some(first) = lines.first_mut() else { return };
        first.text = first.text.get(note.words..).unwrap_or_default();
        first.blanks = 0;
        // A label may stand on a line of its own.
        let bare = usize::from(first.text.is_empty());
        self.scribe.line(first.number);
        self.scribe.builder.open_note(&note.printed, key);
        let margin = lines.iter().skip(1).map(|l| l.indent).min().unwrap_or(0);
        let shape = self.shape.with_margin(margin);
        for paragraph in paragraphs::form(&lines[bare..], shape, self.hyphens) {
            self.scribe.line(paragraph.line);
            self.scribe.builder.open(paragraph.kind, paragraph.depth);
            self.paragraph(&paragraph, 0, &mut std::iter::empty().peekable());
        }
        self.scribe.builder.close_note();
    }

    /// Writes, behind the text, where it comes from and what the file says of its notation.
    pub fn colophon(&mut self, lines: &[Line], aozora: &Aozora) {
        let colophon = lines.iter().filter(|l| l.number >= aozora.colophon);
        let legend =
            lines.iter().filter(|l| aozora.legend.contains(&l.number) && !paragraphs::is_rule(l.text));
        for lines in [colophon.collect::<Vec<_>>(), legend.collect()] {
            let Some(first) = lines.first() else { continue };
            self.scribe.line(first.number);
            self.scribe.builder.block(Kind::Break, 0, BREAK);
            self.scribe.builder.open(Kind::Verse, 0);
            for (i, line) in lines.iter().enumerate() {
                if i > 0 {
                    self.scribe.builder.line_break();
                }
                self.scribe.builder.text(line.text);
            }
            self.scribe.builder.close();
        }
    }
}

/// The words of each paragraph without marks and signs, where they are few; of a long one all but a mark that closes it.
pub(super) fn bare<'a>(scopes: &Scopes<'a>) -> Vec<Cow<'a, str>> {
    let mut calls = scopes.calls.iter().peekable();
    let mut bare = Vec::with_capacity(scopes.paragraphs.len());
    for (i, paragraph) in scopes.paragraphs.iter().enumerate() {
        let mut text = paragraph.text.clone();
        let mut marks: Vec<&Call> = Vec::new();
        while let Some(call) = calls.next_if(|call| call.paragraph == i) {
            marks.push(call);
        }
        if text.len() <= SHORT {
            for call in marks.iter().rev() {
                text.to_mut().replace_range(call.range.clone(), "");
            }
            if text.contains(['_', '=']) {
                text = text.replace(['_', '='], "").into();
            }
            if !marks.is_empty() {
                text = text.trim().to_owned().into();
            }
        }
        bare.push(text);
    }
    bare
}

/// The words between a place and a mark. A blank before a mark parts the words around it, not a word and its stop.
fn before<'a>(text: &'a str, at: usize, call: &Call) -> &'a str {
    let words = text.get(at..call.range.start).unwrap_or_default();
    match text[call.range.end..].chars().next() {
        Some(next) if !next.is_whitespace() && !next.is_alphanumeric() => words.trim_end_matches(' '),
        _ => words,
    }
}

/// Names a note that stood in the text.
fn in_place(note: usize) -> String {
    format!("in place {note}")
}

/// Names a note among all, whose labels may come again.
fn key((list, note): Place) -> String {
    format!("{list}:{note}")
}
