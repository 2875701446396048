//! What was recognised in a text.

use super::SCHEMA;
use crate::apparatus::Standing;
use crate::document::{Document, Kind};
use serde::Serialize;

/// Characters of running text told before a reference.
const BEFORE: usize = 28;

/// And behind it.
const AFTER: usize = 16;

/// The whole of what was recognised.
#[derive(Debug, Serialize)]
pub struct Inspection<'a> {
    schema: u32,
    file: &'a str,
    format: &'static str,
    encoding: &'a str,
    language: Option<&'a str>,
    title: Option<&'a str>,
    subtitle: Option<&'a str>,
    authors: &'a [String],
    source: Option<&'a str>,
    words: usize,
    sections: Vec<Section<'a>>,
    notes: Vec<Note<'a>>,
    references: Vec<Reference<'a>>,
    pub(super) pages: Vec<Page<'a>>,
    changes: Vec<Change<'a>>,
    problems: Vec<Problem<'a>>,
}

#[derive(Debug, Serialize)]
struct Section<'a> {
    level: u8,
    title: &'a str,
    words: usize,
    paragraphs: usize,
    quotations: usize,
}

/// A note with where it is cited.
#[derive(Debug, Serialize)]
pub struct Note<'a> {
    label: &'a str,
    text: &'a str,
    references: Vec<usize>,
    stands_for: Option<Work<'a>>,
    candidates: Vec<Candidate<'a>>,
}

/// The work that a note stands for.
#[derive(Debug, Serialize)]
struct Work<'a> {
    note: usize,
    via: &'a [usize],
    text: &'a str,
    pages: Option<&'a str>,
}

/// A work that a note may stand for.
#[derive(Debug, Serialize)]
struct Candidate<'a> {
    note: usize,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Reference<'a> {
    label: &'a str,
    note: Option<usize>,
    section: Option<usize>,
    before: &'a str,
    after: &'a str,
}

/// Where a page of the printed book begins.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    label: &'a str,
    /// The place itself, where the text is told as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    note: Option<usize>,
    section: Option<usize>,
    before: &'a str,
    after: &'a str,
}

#[derive(Debug, Serialize)]
struct Change<'a> {
    kind: &'static str,
    line: usize,
    text: &'a str,
    why: &'a str,
}

#[derive(Debug, Serialize)]
struct Problem<'a> {
    kind: &'static str,
    line: usize,
    text: &'a str,
}

/// What was recognised in a document that came from `file`, and what its notes stand for.
pub fn inspect<'a>(
    document: &'a Document,
    standings: &'a [Option<Standing>],
    file: &'a str,
) -> Inspection<'a> {
    let (meta, report) = (document.meta(), document.report());
    let sections = document.sections().iter().map(|s| {
        let blocks = &document.blocks()[document.blocks_in(&s.range)];
        let quotation = |kind| matches!(kind, Kind::Quotation | Kind::Verse);
        Section {
            level: s.level,
            title: &document.text()[s.title.clone()],
            words: document.words(s.title.end..s.range.end),
            paragraphs: blocks.iter().filter(|b| b.counts() && !quotation(b.kind)).count(),
            quotations: blocks.iter().filter(|b| quotation(b.kind)).count(),
        }
    });
    let references = document.references().iter().map(|r| Reference {
        label: &r.label,
        note: r.note,
        section: document.section_at(r.at),
        before: document.before(r.at, BEFORE),
        after: document.after(r.at, AFTER),
    });
    let pages = document.pages().iter().map(|p| Page {
        label: &p.label,
        at: None,
        note: document.note_at(p.at),
        section: document.section_at(p.at),
        before: document.before(p.at, BEFORE),
        after: document.after(p.at, AFTER),
    });
    let changes = report.changes.iter();
    let problems = report.problems.iter();
    Inspection {
        schema: SCHEMA,
        file,
        format: report.format.name(),
        encoding: &report.encoding,
        language: meta.language.as_deref(),
        title: meta.title.as_deref(),
        subtitle: meta.subtitle.as_deref(),
        authors: &meta.authors,
        source: meta.source.as_deref(),
        words: document.words(0..document.text().len()),
        sections: sections.collect(),
        notes: notes(document, standings),
        references: references.collect(),
        pages: pages.collect(),
        changes: changes
            .map(|c| Change { kind: c.kind.name(), line: c.line, text: &c.text, why: &c.why })
            .collect(),
        problems: problems.map(|p| Problem { kind: p.kind.name(), line: p.line, text: &p.text }).collect(),
    }
}

/// The notes with where each is cited and what it stands for.
fn notes<'a>(document: &'a Document, standings: &'a [Option<Standing>]) -> Vec<Note<'a>> {
    let words = |range: &std::ops::Range<usize>| &document.text()[range.clone()];
    let note = |(i, n): (usize, &'a crate::document::Note)| {
        let standing = standings.get(i).and_then(Option::as_ref);
        let stands_for = match standing {
            Some(Standing::One { note, via, text, pages }) => {
                Some(Work { note: *note, via, text: words(text), pages: pages.as_deref() })
            }
            Some(Standing::Several(_) | Standing::Unresolved) | None => None,
        };
        let candidates = match standing {
            Some(Standing::Several(works)) => {
                works.iter().map(|c| Candidate { note: c.note, text: words(&c.text) }).collect()
            }
            Some(Standing::One { .. } | Standing::Unresolved) | None => Vec::new(),
        };
        Note { label: &n.label, text: words(&n.range), references: Vec::new(), stands_for, candidates }
    };
    let mut notes: Vec<Note> = document.notes().iter().enumerate().map(note).collect();
    for (i, reference) in document.references().iter().enumerate() {
        if let Some(note) = reference.note {
            notes[note].references.push(i);
        }
    }
    notes
}

/// The notes alone, as `ibid notes --json` gives them.
#[derive(Debug, Serialize)]
pub struct Notes<'a> {
    schema: u32,
    notes: Vec<Note<'a>>,
}

/// The notes of a document.
pub fn notes_only<'a>(document: &'a Document, standings: &'a [Option<Standing>]) -> Notes<'a> {
    Notes { schema: SCHEMA, notes: notes(document, standings) }
}
