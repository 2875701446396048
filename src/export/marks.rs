//! Bookmarks, marks and highlights, with where each stands in the text as it is now.

use super::SCHEMA;
use super::citation::{escaped, locator, quotation};
use super::quote::quote;
use crate::document::anchor::Found;
use crate::document::clean::{Place, clean, excerpt};
use crate::document::{Document, Position};
use crate::shelf::{Item, Shelf};
use serde::Serialize;
use std::fmt::Write;
use std::ops::Range;

/// What stands on the shelf of a text, in reading order.
#[derive(Debug, Serialize)]
pub struct Marks {
    schema: u32,
    marks: Vec<Mark>,
}

/// A bookmark, mark or highlight. What others may have written is clean.
#[derive(Debug, Serialize)]
pub struct Mark {
    /// What it is: `bookmark`, `mark`, `highlight`, or a kind of a later version.
    pub kind: String,
    /// The letter of a mark.
    pub name: Option<char>,
    /// The name of a highlight's colour.
    pub colour: Option<&'static str>,
    /// What the reader calls it.
    pub label: String,
    /// The words it stands on: those of the text if they were found there, else those that were kept.
    pub quote: String,
    /// The section, an index into the document's.
    pub section: Option<usize>,
    /// What its place is called.
    pub place: String,
    /// How much of the text stands before it.
    pub percent: f64,
    /// When it was made, in RFC 3339.
    pub created: String,
    /// `attached` to its words, or `detached` because they are gone or cannot be told from others.
    pub state: &'static str,
    /// What the reader has to say about it.
    pub comment: String,
    /// By what it is known among the records.
    #[serde(skip)]
    pub id: String,
    /// The bytes that it covers, if its words were found.
    #[serde(skip)]
    pub range: Option<Range<usize>>,
    /// The words that were kept, and those before and behind them.
    #[serde(skip)]
    pub kept: [String; 3],
    /// The title of the section in which it was made.
    #[serde(skip)]
    pub stood_in: String,
}

/// What stands on the shelf of a document that is known by `identity`.
pub fn marks(document: &Document, shelf: &Shelf, identity: &str) -> Marks {
    let own = |text: &str| clean(text, Place::Body).into_owned();
    let mark = |(item, found): (Item<'_>, Found)| {
        let at = found.position();
        let range = item.anchor.find_range(document, identity).filter(|range| !range.is_empty());
        let attached = matches!(found, Found::Attached(_));
        let quoted = range.clone().filter(|_| attached).map(|range| quote(document, &range));
        Mark {
            kind: excerpt(&String::from(item.kind.clone()), 40),
            name: item.name.filter(char::is_ascii_alphanumeric),
            colour: item.colour().map(|colour| colour.name()),
            label: own(item.label),
            quote: quoted.unwrap_or_else(|| own(&item.anchor.quote())),
            section: document.section_at(at),
            place: document.name_of(at),
            percent: (document.progress(at) * 1000.0).round() / 10.0,
            created: excerpt(item.created, 40),
            state: if attached { "attached" } else { "detached" },
            comment: own(item.note),
            id: item.id.as_str().to_owned(),
            range: range.filter(|_| attached),
            kept: [&item.anchor.exact, &item.anchor.prefix, &item.anchor.suffix].map(|words| own(words)),
            stood_in: excerpt(&item.anchor.sec, 200),
        }
    };
    Marks { schema: SCHEMA, marks: shelf.found(document, identity).into_iter().map(mark).collect() }
}

impl Marks {
    /// All of them, in reading order.
    pub fn all(&self) -> &[Mark] {
        &self.marks
    }

    /// One mark a line: its place, its letter or colour, its label or words, its comment.
    pub fn lines(&self) -> String {
        let mut out = String::new();
        let wide = self.marks.iter().map(|m| m.place.chars().count()).max().unwrap_or(0);
        let sign = |mark: &Mark| match (mark.name, mark.colour) {
            (Some(name), _) => format!("'{name}"),
            (None, Some(colour)) => colour.to_owned(),
            (None, None) => String::new(),
        };
        let signs = self.marks.iter().map(|m| sign(m).len()).max().unwrap_or(0).max(2);
        for mark in &self.marks {
            let words = match (mark.colour, mark.label.trim().is_empty()) {
                (Some(_), _) => format!("“{}”", excerpt(&mark.quote, 80)),
                (None, true) => excerpt(&mark.quote, 80),
                (None, false) => excerpt(&mark.label, 80),
            };
            let comment = excerpt(&mark.comment, 200);
            let comment = if comment.is_empty() { comment } else { format!("  {comment}") };
            let lost = if mark.state == "detached" { "  (its words are not found)" } else { "" };
            let (place, percent, sign) = (&mark.place, mark.percent, sign(mark));
            let _ = writeln!(out, "{place:<wide$}  {percent:>5.1}%  {sign:<signs$}  {words}{comment}{lost}");
        }
        if self.marks.is_empty() {
            out.push_str("no bookmarks yet\n");
        }
        out
    }

    /// The quotations with their locators and comments, by section, in Markdown: ready for a paper. `name` is what the
    /// text is called where it has no title.
    pub fn markdown(&self, document: &Document, name: &str) -> String {
        let meta = document.meta();
        let title = escaped(&excerpt(meta.title.as_deref().unwrap_or(name), 300));
        let mut out = format!("# Marks in *{title}*\n");
        if !meta.authors.is_empty() {
            let authors: Vec<String> = meta.authors.iter().map(|a| escaped(&excerpt(a, 200))).collect();
            let _ = write!(out, "\n{}\n", authors.join(", "));
        }
        let (found, lost): (Vec<&Mark>, Vec<&Mark>) =
            self.marks.iter().partition(|mark| mark.range.is_some());
        let mut heading = None;
        for mark in found {
            let Some(range) = &mark.range else { continue };
            let in_note = document.note_at(Position::at(range.start)).is_some();
            let under = if in_note { Some("Notes") } else { mark.section.map(|s| document.section_title(s)) };
            if under != heading {
                let words = under.map_or_else(|| title.clone(), |title| escaped(&excerpt(title, 200)));
                let _ = write!(out, "\n## {words}\n");
                heading = under;
            }
            out.push_str(&entry(mark, &locator(document, range)));
        }
        if !lost.is_empty() {
            out.push_str("\n## Not found in this text any more\n");
        }
        for mark in lost {
            let stood = if mark.stood_in.is_empty() {
                String::new()
            } else {
                format!("in “{}”", escaped(&mark.stood_in))
            };
            out.push_str(&entry(mark, &stood));
        }
        out
    }
}

/// A quotation, where it stands, and what was said of it.
fn entry(mark: &Mark, place: &str) -> String {
    // A bookmark stands at the beginning of words that go on.
    let cut = mark.colour.is_none() && !mark.quote.ends_with(['.', '!', '?', '…', '”', '"', '’', '。']);
    let mut out = format!("\n{}{}\n", quotation(&mark.quote), if cut { " …" } else { "" });
    let name = mark.name.map(|name| format!("mark {name}"));
    let signs: Vec<&str> =
        [Some(place).filter(|p| !p.is_empty()), mark.colour, name.as_deref()].into_iter().flatten().collect();
    if !signs.is_empty() {
        let _ = write!(out, ">\n> — {}\n", signs.join(" · "));
    }
    if !mark.label.trim().is_empty() {
        let _ = write!(out, "\n**{}**\n", escaped(&excerpt(&mark.label, 300)));
    }
    for paragraph in mark.comment.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let lines: Vec<String> = paragraph.lines().map(|line| escaped(&excerpt(line, usize::MAX))).collect();
        let _ = write!(out, "\n{}\n", lines.join("  \n"));
    }
    out
}
