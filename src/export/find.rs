//! A concordance: every match with the words either side.

use super::SCHEMA;
use crate::document::{Document, Position};
use crate::layout::width::width;
use serde::Serialize;
use std::fmt::Write;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

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

/// All matches of a pattern.
#[derive(Debug, Serialize)]
pub struct Concordance<'a> {
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
    #[serde(skip)]
    at: Position,
}

/// The matches of a pattern that lie in `scope`.
pub fn concordance<'a>(
    document: &'a Document,
    pattern: &'a str,
    found: &[Range<usize>],
    scope: Scope,
) -> Concordance<'a> {
    let note = |m: &Range<usize>| document.note_at(Position::at(m.start));
    let in_notes = found.iter().filter(|m| note(m).is_some()).count();
    let in_text = found.len() - in_notes;
    let wanted = |m: &&Range<usize>| match scope {
        Scope::All => true,
        Scope::Text => note(m).is_none(),
        Scope::Notes => note(m).is_some(),
    };
    let matches: Vec<Match> = found
        .iter()
        .filter(wanted)
        .map(|m| {
            let at = Position::at(m.start);
            Match {
                r#in: if note(m).is_some() { "notes" } else { "text" },
                section: document.section_at(at),
                note: note(m),
                before: document.before(at, CONTEXT),
                r#match: &document.text()[m.clone()],
                after: document.after(Position::at(m.end), CONTEXT),
                at,
            }
        })
        .collect();
    Concordance { schema: SCHEMA, pattern, count: matches.len(), in_text, in_notes, matches }
}

impl Concordance<'_> {
    /// How many matches there are in the scope.
    pub fn count(&self) -> usize {
        self.count
    }

    /// One match a line, aligned on the match, in `columns` cells.
    pub fn lines(&self, document: &Document, columns: u16) -> String {
        let places: Vec<String> = self
            .matches
            .iter()
            .map(|m| match m.note {
                Some(n) => format!("note {}", document.notes()[n].mark),
                None => document.locator(m.at).to_string(),
            })
            .collect();
        let label = places.iter().map(|p| width(p)).max().unwrap_or(0);
        let side = columns.saturating_sub(label + 2 + 12).max(20) / 2;
        let mut out = String::new();
        for (m, place) in self.matches.iter().zip(&places) {
            let before = tail(&one_line(m.before), side);
            let gap = usize::from(side.saturating_sub(width(&before)));
            let room = columns.saturating_sub(label + 2 + side);
            let rest = one_line(&format!("{}{}", m.r#match, m.after));
            let rest = crate::layout::width::fitting(&rest, room);
            let pad = usize::from(label.saturating_sub(width(place)));
            let _ = writeln!(out, "{place}{:pad$}  {:gap$}{before}{}", "", "", rest.trim_end());
        }
        out
    }
}

fn one_line(text: &str) -> String {
    let text = crate::document::clean::clean(text, crate::document::clean::Place::Line);
    text.replace(['\n', '\t'], " ")
}

/// As much of the end of a text as fits, cut at a word where there are any.
fn tail(text: &str, room: u16) -> String {
    let mut rest = text;
    while width(rest) > room {
        // Scripts without blanks are cut at a letter.
        let letter = || rest.graphemes(true).next().map_or("", |g| &rest[g.len()..]);
        rest = rest.find(' ').map_or_else(letter, |i| rest[i..].trim_start());
    }
    rest.to_owned()
}
