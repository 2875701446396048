//! A document as one small page of HTML: whole, with nothing to fetch, for browsers, screen readers and other programs.
//!
//! Notes and their calls have the roles of DPUB-ARIA. What a note stands for is written behind it as a link back, so
//! that nobody takes it for words of the note.

mod inline;
mod notes;

use super::labels::Labels;
use super::markup;
use super::nesting::{Container, Nesting};
use crate::apparatus::Standing;
use crate::document::{Block, Document, Kind};
use std::ops::Range;

/// The deepest heading of HTML.
const DEEPEST: u8 = 6;

/// How the page looks: a measure, notes a little smaller, their labels before them, calls raised without moving lines.
const STYLE: &str = include_str!("html/style.css");

/// Languages that are written from right to left.
const LEFTWARD: &[&str] = &["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"];

/// A document as a page of HTML; `standings` is what its notes stand for.
pub fn html(document: &Document, standings: &[Option<Standing>]) -> String {
    let labels = Labels::of(document);
    let mut calls = vec![Vec::new(); document.notes().len()];
    for (i, reference) in document.references().iter().enumerate() {
        if let Some(note) = reference.note {
            calls[note].push(i);
        }
    }
    let (nesting, tags, out) = (Nesting::default(), Vec::new(), head(document));
    let mut page = Page { document, labels: &labels, standings, calls, nesting, tags, out };
    page.blocks(0..document.blocks().partition_point(|b| b.range.start < document.body().end), None);
    page.notes();
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
}

/// All that stands before the text.
fn head(document: &Document) -> String {
    let meta = document.meta();
    let (lang, direction) = match meta.language.as_deref() {
        None => (String::new(), "auto"),
        Some(tag) => {
            let leftward = tag.split('-').next().is_some_and(|language| LEFTWARD.contains(&language));
            (format!(" lang=\"{}\"", markup::attribute(tag)), if leftward { "rtl" } else { "ltr" })
        }
    };
    let title = markup::text(meta.title.as_deref().unwrap_or_default());
    let name = |name: &str, value: &str| {
        format!("<meta name=\"{name}\" content=\"{}\">\n", markup::attribute(value))
    };
    let authors: String = meta.authors.iter().map(|author| name("author", author)).collect();
    let source = meta.source.iter().map(|source| name("citation_journal_title", source)).collect::<String>();
    format!(
        "<!DOCTYPE html>\n<html{lang} dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"ibid\">\n<title>{title}</title>\n\
         {authors}{source}<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
}

struct Page<'a> {
    document: &'a Document,
    labels: &'a Labels,
    standings: &'a [Option<Standing>],
    /// For each note the references that call it.
    calls: Vec<Vec<usize>>,
    nesting: Nesting,
    /// What closes the containers that are open.
    tags: Vec<&'static str>,
    out: String,
}

impl Page<'_> {
    /// Writes blocks; those of a note end with what stands behind it.
    fn blocks(&mut self, blocks: Range<usize>, note: Option<usize>) {
        let document = self.document;
        let last = blocks.end.saturating_sub(1);
        for i in blocks {
            let block = &document.blocks()[i];
            self.contain(block);
            let first = document.references().partition_point(|r| r.at.byte() < block.range.start);
            let words = inline::write(document, block, self.labels, first);
            let behind = note.filter(|_| i == last).map(|note| self.behind(note)).unwrap_or_default();
            let (open, close) = tags(block, note.is_some());
            match block.kind {
                Kind::Break => {
                    let beside = inline::beside(document, block, self.labels, first);
                    self.out.push_str(&format!("<hr>{beside}\n"));
                }
                // The line end behind the tag is not read.
                Kind::Code => self.out.push_str(&format!("<pre>\n{words}</pre>\n")),
                Kind::Table => self.out.push_str(&table(&words)),
                Kind::Source
                | Kind::Title
                | Kind::Subtitle
                | Kind::Author
                | Kind::Heading(_)
                | Kind::Paragraph
                | Kind::Quotation
                | Kind::Verse
                | Kind::Item(_) => self.out.push_str(&format!("{open}{words}{behind}{close}\n")),
            }
            if !behind.is_empty() && matches!(block.kind, Kind::Break | Kind::Code | Kind::Table) {
                self.out.push_str(&format!("<p>{}</p>\n", behind.trim_start()));
            }
        }
        self.close(0);
    }

    /// Closes and opens the quotations and lists that a block stands in.
    fn contain(&mut self, block: &Block) {
        let step = self.nesting.step(block.kind, block.depth);
        self.close(step.kept + usize::from(step.goes_on));
        for (i, container) in step.opened.iter().enumerate() {
            if i == 0 && step.goes_on {
                // The list stays open.
                self.out.push_str("</li>\n<li>");
                continue;
            }
            let (open, close) = match container {
                Container::Quotation => ("<blockquote>\n".to_owned(), "</blockquote>\n"),
                Container::Item(None) => ("<ul>\n<li>".to_owned(), "</li>\n</ul>\n"),
                Container::Item(Some(1)) => ("<ol>\n<li>".to_owned(), "</li>\n</ol>\n"),
                Container::Item(Some(number)) => (format!("<ol start=\"{number}\">\n<li>"), "</li>\n</ol>\n"),
            };
            self.out.push_str(&open);
            self.tags.push(close);
        }
    }

    fn close(&mut self, kept: usize) {
        let kept = kept.min(self.tags.len());
        self.tags.drain(kept..).rev().for_each(|close| self.out.push_str(close));
    }
}

/// The tags around the words of a block. In notes nothing is a heading.
fn tags(block: &Block, in_note: bool) -> (String, String) {
    let class = |name: &str| (format!("<p class=\"{name}\">"), "</p>".to_owned());
    match block.kind {
        Kind::Title if !in_note => ("<h1>".to_owned(), "</h1>".to_owned()),
        Kind::Heading(level) if !in_note => {
            let level = level.saturating_add(1).min(DEEPEST);
            (format!("<h{level}>"), format!("</h{level}>"))
        }
        Kind::Source => class("source"),
        Kind::Subtitle => ("<p class=\"subtitle\" role=\"doc-subtitle\">".to_owned(), "</p>".to_owned()),
        Kind::Author => class("author"),
        Kind::Verse => class("verse"),
        Kind::Title
        | Kind::Heading(_)
        | Kind::Paragraph
        | Kind::Quotation
        | Kind::Item(_)
        | Kind::Code
        | Kind::Table
        | Kind::Break => ("<p>".to_owned(), "</p>".to_owned()),
    }
}

/// A table, from its words: rows end in `\n`, cells in `\t`.
fn table(words: &str) -> String {
    let row = |row: &str, cell: &str| {
        let cells = row.split('\t').map(|words| format!("<{cell}>{words}</{cell}>"));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let (head, body) = words.split_once('\n').unwrap_or((words, ""));
    let head = row(head, "th");
    let body: String = body.split('\n').filter(|r| !r.is_empty()).map(|r| row(r, "td")).collect();
    format!("<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n")
}
