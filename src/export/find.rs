//! A concordance: every match with the words either side, as JSON and as the lines that the reader shows.

use super::SCHEMA;
use crate::document::clean::excerpt;
use crate::document::{Document, Position};
use crate::layout::Bidi;
use crate::layout::concordance::{Columns, Line};
use crate::search::Query;
use crate::search::concordance::{Concordance, Row};
use serde::Serialize;
use std::ops::Range;

/// Graphemes of context in JSON, on either side.
const CONTEXT: usize = 40;

/// Where to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// In the text and in the notes.
    #[default]
    All,
    /// In the text, titles and headings included.
    Text,
    /// In the notes.
    Notes,
}

impl Scope {
    /// Whether a match lies in it.
    pub fn holds(self, document: &Document, found: &Range<usize>) -> bool {
        let in_notes = document.note_at(Position::at(found.start)).is_some();
        match self {
            Scope::All => true,
            Scope::Text => !in_notes,
            Scope::Notes => in_notes,
        }
    }
}

/// The matches of a pattern that lie in a scope.
#[derive(Debug)]
pub struct Found<'a> {
    document: &'a Document,
    concordance: Concordance,
    in_text: usize,
    in_notes: usize,
}

/// What is found, as JSON.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    schema: u32,
    pattern: &'a str,
    count: usize,
    in_text: usize,
    in_notes: usize,
    matches: Vec<Match<'a>>,
}

#[derive(Debug, Serialize)]
struct Match<'a> {
    r#in: &'static str,
    section: Option<usize>,
    note: Option<usize>,
    before: &'a str,
    r#match: &'a str,
    after: &'a str,
}

/// What is written between and around the words of a line.
#[derive(Clone, Copy, Debug)]
pub struct Dress {
    /// Whether the sections stand as headings over their lines.
    pub headings: bool,
    /// Whether headings and matches stand out, as a terminal can show it.
    pub lit: bool,
    /// Who brings what runs from right to left into order.
    pub bidi: Bidi,
}

impl<'a> Found<'a> {
    /// Of all matches of `query` in a document those that lie in `scope`.
    pub fn new(
        document: &'a Document,
        query: Query,
        mut found: Vec<Range<usize>>,
        scope: Scope,
    ) -> Found<'a> {
        let in_notes = found.iter().filter(|m| Scope::Notes.holds(document, m)).count();
        let in_text = found.len() - in_notes;
        found.retain(|m| scope.holds(document, m));
        Found { document, concordance: Concordance::new(document, query, found.into()), in_text, in_notes }
    }

    /// How many matches there are in the scope.
    pub fn count(&self) -> usize {
        self.concordance.lines()
    }

    /// For programs.
    pub fn told(&self) -> Told<'_> {
        let document = self.document;
        let one = |m: &Range<usize>| {
            let at = Position::at(m.start);
            let note = document.note_at(at);
            Match {
                r#in: if note.is_some() { "notes" } else { "text" },
                section: document.section_at(at),
                note,
                before: document.before(at, CONTEXT),
                r#match: &document.text()[m.clone()],
                after: document.after(Position::at(m.end), CONTEXT),
            }
        };
        Told {
            schema: SCHEMA,
            pattern: &self.concordance.query().pattern,
            count: self.count(),
            in_text: self.in_text,
            in_notes: self.in_notes,
            matches: self.concordance.matches().iter().map(one).collect(),
        }
    }

    /// For people: one match a line, aligned on the match, in `columns` cells.
    pub fn lines(&self, columns: u16, dress: Dress) -> String {
        let set = Columns::new(self.document, columns, dress.bidi);
        let lit = |words: &str| if dress.lit { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() };
        let mut out = String::new();
        for row in 0..self.concordance.rows() {
            let line = match self.concordance.row(row) {
                Row::Part(part) if dress.headings => lit(&excerpt(part.title(self.document), 200)),
                Row::Part(_) => continue,
                Row::Line(line) => {
                    let Some(found) = self.concordance.found(line) else { continue };
                    let found = &self.concordance.matches()[found];
                    let Line { name, left, found, right } = set.line(self.document, found);
                    format!("{name}{left}{}{right}", lit(&found))
                }
            };
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}
