//! Plain text: as it was typed, printed to a file, or scraped off a page.
//!
//! Nothing in it says what it is; the evidence is gathered step by step. First the frame and the residue of web pages are
//! set aside, then the shape of the lines tells the paragraphs, notes are found by what they say they are and by the
//! sequence of their labels, the marks that call them by marching with it, and last title, headings and quotations by
//! what stands around them. What is not
//! recognised stays a paragraph: nothing is lost.

mod aozora;
mod asides;
mod bodies;
mod browser;
mod by_hand;
mod contents;
mod emphasis;
mod gutenberg;
mod headings;
mod hyphens;
mod inplace;
mod items;
mod label;
mod lines;
mod listhead;
mod look;
mod march;
mod marks;
mod named;
mod names;
mod notelist;
mod opener;
mod pages;
mod paragraphs;
mod quotations;
pub(in crate::import) mod rank;
mod refusal;
mod residue;
mod scopes;
mod seen;
mod series;
mod shape;
mod sieve;
#[cfg(test)]
mod tests;
mod title;
mod underlines;
mod wording;
mod words;
mod writer;

use super::{BREAK, Scribe, Source};
use crate::document::report::{ChangeKind, Format};
use crate::document::{Document, Kind};
use aozora::Aozora;
use contents::Contents;
use emphasis::Habits;
use gutenberg::Book;
use headings::Known;
use hyphens::Hyphens;
use lines::Line;
use paragraphs::Paragraph;
use scopes::Scopes;
use shape::Shape;
use std::borrow::Cow;
use std::collections::BTreeMap;
use underlines::Underlines;
use writer::Writer;

pub(super) use by_hand::rewritten;

/// Brings a plain text to a document.
pub(super) fn read(source: &Source) -> Document {
    let aozora = aozora::read(source.text);
    let page = if aozora.is_none() { browser::read(source.text) } else { None };
    let text = page.as_ref().map(|p| &*p.text).or(aozora.as_ref().map(|a| &*a.text));
    let mut all = lines::split(text.unwrap_or(source.text));
    let links =
        all.split_off(page.as_ref().map_or(all.len(), |p| all.partition_point(|l| l.number < p.list)));
    let book = gutenberg::find(&all);
    let framed = match (&aozora, &book) {
        (Some(aozora), _) => 0..all.partition_point(|l| l.number < aozora.colophon),
        (None, Some(book)) => book.lines.clone(),
        (None, None) => 0..all.len(),
    };
    let kept = residue::trim(&all[framed.clone()]);
    let kept = framed.start + kept.start..framed.start + kept.end;
    let lines = match &aozora {
        Some(aozora) => Cow::Owned(
            all[kept.clone()].iter().filter(|l| !aozora.legend.contains(&l.number)).copied().collect(),
        ),
        None => Cow::Borrowed(&all[kept.clone()]),
    };
    let underlines = Underlines::find(&lines);
    let lines =
        if underlines.levels.is_empty() { lines } else { Cow::Owned(underlines.without_rules(&lines)) };

    let shape = Shape::of(&lines);
    let hyphens = Hyphens::of(&lines);
    let front = match (&aozora, &book) {
        (Some(aozora), _) => aozora.front(&lines),
        (None, Some(_)) => 0,
        (None, None) => title::extent(&lines, shape),
    };
    let mut scopes = scopes::read(&lines, shape, &hyphens, front);
    let asides = asides::lift(&mut scopes);
    let language = source.language(book.as_ref().and_then(|b| b.language));
    let contents = Contents::find(&lines);
    let declared = aozora.as_ref().map_or_else(BTreeMap::new, |a| a.headings.clone());
    let underlined = underlines.behind(front.checked_sub(1).map_or(0, |last| lines[last].number));
    let known = Known {
        shape,
        english: language.as_deref().is_none_or(|l| l == "en"),
        book: book.is_some(),
        contents: contents.as_ref(),
        declared: &declared,
        underlined: &underlined,
    };
    let shown = recognise(&mut scopes, front, known, book.as_ref(), aozora.as_ref());

    let mut scribe = Scribe::new(Format::Text, source);
    scribe.builder.meta().language = language;
    drop_block(&mut scribe, &all[..framed.start], gutenberg::WHY);
    drop_lines(&mut scribe, &all[framed.start..kept.start]);
    introduce(&mut scribe, &scopes.paragraphs, book.as_ref(), shown);
    let habits = Habits::of(scopes.paragraphs.iter().map(|p| &*p.text));
    let mut writer = Writer { scribe: &mut scribe, habits, shape, hyphens: &hyphens };
    writer.body(&scopes, &asides);
    if let Some(aozora) = &aozora {
        writer.colophon(&all, aozora);
    }
    writer.notes(&lines, &scopes);
    if let Some(page) = &page {
        page.tell(&mut scribe);
        drop_block(&mut scribe, &links, browser::WHY);
    }
    match aozora {
        Some(aozora) => aozora.tell(&mut scribe),
        None => {
            drop_lines(&mut scribe, &all[kept.end..framed.end]);
            drop_block(&mut scribe, &all[framed.end..], gutenberg::WHY);
        }
    }
    scribe.finish()
}

/// Says what each paragraph is. Returns whether the title of the book is among them.
fn recognise(
    scopes: &mut Scopes,
    front: usize,
    known: Known,
    book: Option<&Book>,
    aozora: Option<&Aozora>,
) -> bool {
    let words = writer::bare(scopes);
    let paragraphs = &mut scopes.paragraphs;
    title::mark(paragraphs, front, known.shape);
    if aozora.is_some() {
        title::mark_declared(paragraphs, front);
    }
    let shown = book.is_some_and(|book| title::mark_known(paragraphs, book));
    headings::mark(paragraphs, &words, front, known);
    if known.shape.is_unwrapped() && aozora.is_none() {
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
    scribe.builder.change(ChangeKind::Dropped, &words.join(" "), why);
}
