//! What was recognised in a text, in words a person can read: on a page, not in a wall. What is long is told by its
//! beginning and its number, unless all of it is wanted.

use super::report::{self, Group, count};
use crate::apparatus::Standing;
use crate::document::clean::excerpt;
use crate::document::{Document, Kind};
use std::fmt::Write;

/// How many of a kind are listed.
const SECTIONS: usize = 24;
const NOTES: usize = 8;
const ENTRIES: usize = 4;

/// How much of a text is quoted, in characters.
const QUOTED: usize = 72;

/// What was recognised in a document that came from `file`. With `all`, everything is listed.
pub fn summary(document: &Document, standings: &[Option<Standing>], file: &str, all: bool) -> String {
    let mut summary = Summary { document, standings, all, out: String::new() };
    summary.head(file);
    summary.sections();
    summary.notes();
    summary.rest();
    for group in report::groups(document) {
        summary.group(&group);
    }
    summary.out
}

struct Summary<'a> {
    document: &'a Document,
    standings: &'a [Option<Standing>],
    all: bool,
    out: String,
}

impl Summary<'_> {
    fn line(&mut self, words: &str) {
        // A string takes whatever is written.
        let _ = writeln!(self.out, "{}", words.trim_end());
    }

    /// Lists what there is of something, or its beginning and how many follow.
    fn list<T>(&mut self, most: usize, things: &[T], tell: impl Fn(&Self, &T) -> String) {
        let shown = if self.all || things.len() <= most { things.len() } else { most - 1 };
        for thing in &things[..shown] {
            let line = tell(self, thing);
            self.line(&line);
        }
        if shown < things.len() {
            self.line(&format!("    … and {} more", things.len() - shown));
        }
    }

    fn head(&mut self, file: &str) {
        let meta = self.document.meta();
        self.line(file);
        self.line(&format!("  {}", meta.title.as_deref().unwrap_or("(no title was found)")));
        for words in meta.subtitle.iter() {
            self.line(&format!("  {words}"));
        }
        if !meta.authors.is_empty() {
            self.line(&format!("  by {}", meta.authors.join(", ")));
        }
        for words in meta.source.iter() {
            self.line(&format!("  in {words}"));
        }
        self.line(&format!("  {}", report::read_as(self.document)));
        let words = self.document.words(0..self.document.text().len());
        self.line(&format!("  {}", count(words, "word", "words")));
    }

    fn sections(&mut self) {
        let document = self.document;
        let sections: Vec<usize> = (0..document.sections().len()).collect();
        self.line(&format!("\n{}", count(sections.len(), "section", "sections")));
        self.list(SECTIONS, &sections, |_, &i| {
            let section = &document.sections()[i];
            let blocks = &document.blocks()[document.blocks_in(&section.range)];
            let paragraphs = blocks.iter().filter(|b| b.counts()).count();
            let words = document.words(section.title.end..section.range.end);
            let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)).min(6));
            format!(
                "  §{:<3} {indent}{}  ({}, {})",
                i + 1,
                excerpt(document.section_title(i), QUOTED),
                count(paragraphs, "paragraph", "paragraphs"),
                count(words, "word", "words")
            )
        });
    }

    fn notes(&mut self) {
        let document = self.document;
        let (notes, references) = (document.notes(), document.references());
        if notes.is_empty() && references.is_empty() {
            return self.line("\nno notes");
        }
        let mut cited = vec![0_usize; notes.len()];
        references.iter().filter_map(|r| r.note).for_each(|n| cited[n] += 1);
        let often: Vec<usize> = (0..notes.len()).filter(|n| cited[*n] > 1).collect();
        let references = count(references.len(), "reference", "references");
        self.line(&format!("\n{}, {references}", count(notes.len(), "note", "notes")));
        if let (Some(first), Some(last)) = (notes.first(), notes.last()) {
            let (first, last) = (excerpt(&first.label, 20), excerpt(&last.label, 20));
            let notes = if notes.len() == 1 { first } else { format!("{first} to {last}") };
            self.line(&format!("  labelled {notes}"));
        }
        if !often.is_empty() {
            self.line(&format!("  cited more than once: {}", count(often.len(), "note", "notes")));
            self.list(NOTES, &often, |_, &n| {
                format!("    {}  {} times", excerpt(&notes[n].mark, 20), cited[n])
            });
        }
        let pointing: Vec<usize> =
            (0..notes.len()).filter(|n| self.standings.get(*n).is_some_and(Option::is_some)).collect();
        if !pointing.is_empty() {
            self.line(&format!(
                "  standing for a work named elsewhere: {}",
                count(pointing.len(), "note", "notes")
            ));
            self.list(NOTES, &pointing, |summary, &n| summary.standing(n));
        }
    }

    /// What a note stands for.
    fn standing(&self, note: usize) -> String {
        let standing = self.standings.get(note).and_then(Option::as_ref);
        let told: Vec<String> =
            standing.map_or_else(Vec::new, |s| s.all_words(self.document, QUOTED).collect());
        let stands =
            if told.is_empty() { "something that cannot be told".to_owned() } else { told.join("; ") };
        format!("    {} → {stands}", excerpt(&self.document.notes()[note].mark, 20))
    }

    /// What else there is.
    fn rest(&mut self) {
        let blocks = self.document.blocks();
        let of = |is: fn(Kind) -> bool| blocks.iter().filter(|b| is(b.kind)).count();
        let kinds = [
            (of(|k| k == Kind::Quotation), "paragraph of quotation", "paragraphs of quotation"),
            (of(|k| k == Kind::Verse), "stanza of verse", "stanzas of verse"),
            (of(|k| matches!(k, Kind::Item(_))), "item of a list", "items of lists"),
            (of(|k| k == Kind::Table), "table", "tables"),
            (of(|k| k == Kind::Code), "block of code", "blocks of code"),
            (self.document.pages().len(), "page of the printed book", "pages of the printed book"),
        ];
        let there = kinds.into_iter().filter(|(n, ..)| *n > 0);
        let there: Vec<String> = there.map(|(n, one, many)| count(n, one, many)).collect();
        if !there.is_empty() {
            self.line(&format!("\n{}", there.join(", ")));
        }
    }

    fn group(&mut self, group: &Group) {
        let times =
            if group.entries.len() == 1 { String::new() } else { format!(" ({})", group.entries.len()) };
        self.line(&format!("\n{}: {}{times}", group.class, group.why));
        self.list(ENTRIES, &group.entries, |_, entry| {
            let line = if entry.line == 0 { String::new() } else { format!("line {}", entry.line) };
            format!("  {line:<11} {}", excerpt(&entry.text, QUOTED))
        });
    }
}
