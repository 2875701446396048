//! Bookmarks and marks, with where each stands in the text as it is now.

use super::SCHEMA;
use crate::document::Document;
use crate::document::anchor::Found;
use crate::shelf::Shelf;
use serde::Serialize;
use std::fmt::Write;

/// The bookmarks and marks of a text, in reading order.
#[derive(Debug, Serialize)]
pub struct Marks {
    schema: u32,
    marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
struct Mark {
    kind: String,
    name: Option<char>,
    label: String,
    quote: String,
    section: Option<usize>,
    place: String,
    percent: f64,
    created: String,
    state: &'static str,
    comment: String,
}

/// What stands on the shelf of a document that is known by `identity`.
pub fn marks(document: &Document, shelf: &Shelf, identity: &str) -> Marks {
    let mark = |(item, found): (crate::shelf::Item<'_>, Found)| {
        let at = found.position();
        Mark {
            kind: String::from(item.kind.clone()),
            name: item.name,
            label: item.label.to_owned(),
            quote: item.anchor.exact.clone(),
            section: document.section_at(at),
            place: document.name_of(at),
            percent: (document.progress(at) * 1000.0).round() / 10.0,
            created: item.created.to_owned(),
            state: match found {
                Found::Attached(_) => "attached",
                Found::Detached(_) => "detached",
            },
            comment: item.note.to_owned(),
        }
    };
    Marks { schema: SCHEMA, marks: shelf.found(document, identity).into_iter().map(mark).collect() }
}

impl Marks {
    /// One mark a line: its place, its letter, its label or its words.
    pub fn lines(&self) -> String {
        let mut out = String::new();
        let wide = self.marks.iter().map(|m| m.place.chars().count()).max().unwrap_or(0);
        for mark in &self.marks {
            let name = mark.name.map_or_else(|| "  ".to_owned(), |n| format!("'{n}"));
            let words = if mark.label.is_empty() { &mark.quote } else { &mark.label };
            let words = crate::document::clean::excerpt(words, 80);
            let lost = if mark.state == "detached" { "  (its words are not found)" } else { "" };
            let _ = writeln!(out, "{:<wide$}  {:>5.1}%  {name}  {words}{lost}", mark.place, mark.percent);
        }
        if self.marks.is_empty() {
            out.push_str("no bookmarks yet\n");
        }
        out
    }
}
