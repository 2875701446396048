//! Plain text: as it was typed, printed to a file, or scraped off a page.
//!
//! Nothing in it says what it is; the evidence is gathered step by step. First the frame and the residue of web pages are
//! set aside, then the shape of the lines tells the paragraphs, notes are found by what they say they are and by the
//! sequence of their labels, the marks that call them by marching with it, and last title, headings and quotations by
//! what stands around them. What is not
//! recognised stays a paragraph: nothing is lost.

mod gutenberg;
mod headings;
mod label;
mod lines;
mod look;
mod march;
mod marks;
mod named;
mod names;
mod notelist;
mod opener;
mod paragraphs;
mod quotations;
mod rank;
mod residue;
mod scopes;
mod series;
mod shape;
mod title;
mod wording;
mod words;

use super::{BREAK, Scribe, Source};
use crate::document::report::{ChangeKind, Format};
use crate::document::{Document, Kind};
use gutenberg::Book;
use lines::Line;
use notelist::Body;
use paragraphs::Paragraph;
use scopes::{Call, Scopes};
use series::Place;
use shape::Shape;

/// Brings a plain text to a document.
pub(super) fn read(source: &Source) -> Document {
    let all = lines::split(source.text);
    let book = gutenberg::find(&all);
    let framed = book.as_ref().map_or(0..all.len(), |b| b.lines.clone());
    let kept = residue::trim(&all[framed.clone()]);
    let kept = framed.start + kept.start..framed.start + kept.end;
    let lines = &all[kept.clone()];

    let shape = Shape::of(lines);
    let front = if book.is_some() { 0 } else { title::extent(lines, shape) };
    let mut scopes = scopes::read(lines, shape, front);
    let language = source.language(book.as_ref().and_then(|b| b.language));
    let shown = recognise(&mut scopes, front, shape, book.as_ref(), language.as_deref());

    let mut scribe = Scribe::new(Format::Text, source);
    scribe.builder.meta().language = language;
    drop_block(&mut scribe, &all[..framed.start], gutenberg::WHY);
    drop_lines(&mut scribe, &all[framed.start..kept.start]);
    introduce(&mut scribe, &scopes.paragraphs, book.as_ref(), shown);
    write_body(&mut scribe, &scopes);
    for (i, list) in scopes.lists.iter().enumerate() {
        for (j, note) in list.notes.iter().enumerate() {
            write_note(&mut scribe, lines, note, &key((i, j)), shape);
        }
    }
    scribe.builder.close_note();
    drop_lines(&mut scribe, &all[kept.end..framed.end]);
    drop_block(&mut scribe, &all[framed.end..], gutenberg::WHY);
    scribe.finish()
}

/// Says what each paragraph is. Returns whether the title of the book is among them.
fn recognise(
    scopes: &mut Scopes,
    front: usize,
    shape: Shape,
    book: Option<&Book>,
    language: Option<&str>,
) -> bool {
    let paragraphs = &mut scopes.paragraphs;
    title::mark(paragraphs, front, shape);
    let shown = book.is_some_and(|book| title::mark_known(paragraphs, book));
    headings::mark(paragraphs, front, shape, language.is_none_or(|l| l == "en"));
    if shape.is_unwrapped() {
        quotations::mark(paragraphs, &scopes.calls);
    }
    shown
}

/// Writes what the text says of itself.
fn introduce(scribe: &mut Scribe, paragraphs: &[Paragraph], book: Option<&Book>, shown: bool) {
    let by_line = paragraphs.iter().filter(|p| p.kind == Kind::Author).map(|p| &*p.text);
    let lines: Vec<&str> = match book.and_then(|b| b.author.as_deref()) {
        Some(author) => vec![author],
        None => by_line.collect(),
    };
    let mut authors: Vec<String> = Vec::new();
    for author in lines.into_iter().flat_map(names::split) {
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    scribe.builder.meta().authors = authors;
    if let Some(title) = book.and_then(|b| b.title.as_deref()).filter(|_| !shown) {
        scribe.builder.block(Kind::Title, 0, title);
    }
}

fn write_body(scribe: &mut Scribe, scopes: &Scopes) {
    let mut calls = scopes.calls.iter().peekable();
    for (i, paragraph) in scopes.paragraphs.iter().enumerate() {
        scribe.line(paragraph.line);
        if paragraph.joins {
            scribe.builder.text(" ");
        } else {
            scribe.builder.open(paragraph.kind, paragraph.depth);
        }
        if paragraph.kind == Kind::Break {
            scribe.builder.text(BREAK);
            continue;
        }
        let mut at = 0;
        while let Some(call) = calls.next_if(|call| call.paragraph == i) {
            write_words(scribe, paragraph.kind, before(&paragraph.text, at, call));
            let key = call.note.map_or_else(|| "missing".to_owned(), key);
            scribe.builder.reference(&paragraph.text[call.printed.clone()], &key);
            at = call.range.end;
        }
        write_words(scribe, paragraph.kind, &paragraph.text[at..]);
    }
    scribe.builder.close();
}

/// The words between a place and a mark. A blank before a mark parts the words around it, not a word and its stop.
fn before<'a>(text: &'a str, at: usize, call: &Call) -> &'a str {
    let words = &text[at..call.range.start];
    match text[call.range.end..].chars().next() {
        Some(next) if !next.is_whitespace() && !next.is_alphanumeric() => words.trim_end_matches(' '),
        _ => words,
    }
}

/// Writes words; the line ends of verse stay.
fn write_words(scribe: &mut Scribe, kind: Kind, words: &str) {
    if kind != Kind::Verse {
        return scribe.builder.text(words);
    }
    for (i, line) in words.split('\n').enumerate() {
        if i > 0 {
            scribe.builder.line_break();
        }
        scribe.builder.text(line);
    }
}

fn write_note(scribe: &mut Scribe, lines: &[Line], note: &Body, key: &str, shape: Shape) {
    let mut lines = lines[note.lines.clone()].to_vec();
    if let (Some(end), Some(last)) = (note.end, lines.last_mut()) {
        last.text = &last.text[..end];
    }
    let Some(first) = lines.first_mut() else { return };
    first.text = first.text.get(note.words..).unwrap_or_default();
    first.blanks = 0;
    // A label may stand on a line of its own.
    let bare = usize::from(first.text.is_empty());
    scribe.line(first.number);
    scribe.builder.open_note(&note.printed, key);
    let margin = lines.iter().skip(1).map(|l| l.indent).min().unwrap_or(0);
    for paragraph in paragraphs::form(&lines[bare..], shape.with_margin(margin)) {
        scribe.line(paragraph.line);
        scribe.builder.open(paragraph.kind, paragraph.depth);
        write_words(scribe, paragraph.kind, &paragraph.text);
    }
    scribe.builder.close_note();
}

/// Names a note among all, whose labels may come again.
fn key((list, note): Place) -> String {
    format!("{list}:{note}")
}

/// Records lines that are left out, one by one.
fn drop_lines(scribe: &mut Scribe, lines: &[Line]) {
    for line in lines {
        scribe.line(line.number);
        scribe.builder.change(ChangeKind::Dropped, line.text, residue::WHY);
    }
}

/// Records lines that are left out, as one.
fn drop_block(scribe: &mut Scribe, lines: &[Line], why: &str) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let words: Vec<&str> = lines.iter().take(12).map(|l| l.text).collect();
    scribe.line(first.number);
    let why = format!("{why}, lines {} to {}", first.number, last.number);
    scribe.builder.change(ChangeKind::Dropped, &words.join(" "), &why);
}
