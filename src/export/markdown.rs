//! A document as Markdown that one can correct by hand, and that reads back as the same text.
//!
//! Notes are `[^label]` with a label of their own each, as like the printed one as can be. A paragraph is a line.
//! Where the marks of Markdown would not be read as they are meant, the tags of HTML stand for them.

mod escape;
mod front;
mod inline;
mod link;
mod prefix;

use super::labels::Labels;
use crate::document::{Block, Document, Kind};
use prefix::{Before, Prefix};
use std::ops::Range;

/// The deepest heading of Markdown.
const DEEPEST: u8 = 6;

/// The spaces by which the further lines of a note are set in.
const INDENT: &str = "    ";

/// A document as Markdown.
pub fn markdown(document: &Document) -> String {
    let labels = Labels::of(document);
    let mut page =
        Page { document, labels: &labels, prefix: Prefix::default(), title: None, out: String::new() };
    page.out.push_str(&front::front(document));
    page.title();
    page.blocks(0..document.blocks().partition_point(|b| b.range.start < document.body().end), "");
    for (i, note) in document.notes().iter().enumerate() {
        page.prefix = Prefix::default();
        page.out.push_str(&format!("\n[^{}]: ", labels.note(i)));
        page.blocks(document.blocks_in(&note.range), INDENT);
    }
    page.out
}

struct Page<'a> {
    document: &'a Document,
    labels: &'a Labels,
    prefix: Prefix,
    /// The block that is written as the title.
    title: Option<usize>,
    out: String,
}

impl Page<'_> {
    /// Finds the title, and writes it if no block shows it. Any other block that calls itself one is a paragraph.
    fn title(&mut self) {
        self.title = self.document.blocks().iter().position(|b| b.kind == Kind::Title);
        if let (None, Some(title)) = (self.title, &self.document.meta().title) {
            let mut words = String::new();
            let around = escape::Around { in_heading: true, ..escape::Around::default() };
            escape::escape(&mut words, title, around);
            self.out.push_str(&format!("\n# {words}\n"));
        }
    }

    /// Writes blocks, each line of all but the first behind `indent`.
    fn blocks(&mut self, blocks: Range<usize>, indent: &str) {
        let document = self.document;
        // The first line of a note stands behind its label.
        let mut started = !indent.is_empty();
        for i in blocks {
            let block = &document.blocks()[i];
            if front::shows(document, block) {
                continue;
            }
            let kind = self.kind(i);
            let beside = match kind {
                Kind::Code | Kind::Break => inline::beside(document, block, self.labels),
                Kind::Source
                | Kind::Title
                | Kind::Subtitle
                | Kind::Author
                | Kind::Heading(_)
                | Kind::Paragraph
                | Kind::Quotation
                | Kind::Verse
                | Kind::Item(_)
                | Kind::Table => Default::default(),
            };
            let mut write = |kind, lines: &[String]| {
                let before = self.prefix.before(kind, block.depth);
                Lines { out: &mut self.out, indent, before, started: std::mem::take(&mut started) }
                    .write(lines);
            };
            // Beside a block in which nothing can stand, it stands in a paragraph without words: its calls go to the
            // block before it, its pages begin with the next.
            let [ahead, behind] = beside;
            if !ahead.is_empty() {
                write(Kind::Paragraph, &[ahead]);
            }
            let words = || inline::lines(document, block, kind, self.labels);
            write(
                kind,
                &match kind {
                    Kind::Code => code(&document.text()[block.range.clone()]),
                    Kind::Table => table(&words()),
                    Kind::Break => vec!["* * *".to_owned()],
                    Kind::Heading(level) => {
                        let marks = "#".repeat(usize::from(level.clamp(1, DEEPEST)));
                        vec![format!("{marks} {}", words().join(" "))]
                    }
                    Kind::Source
                    | Kind::Title
                    | Kind::Subtitle
                    | Kind::Author
                    | Kind::Paragraph
                    | Kind::Quotation
                    | Kind::Verse
                    | Kind::Item(_) => words(),
                },
            );
            if !behind.is_empty() {
                write(Kind::Paragraph, &[behind]);
            }
        }
    }

    /// What a block is written as; a title is a heading above all others. In notes nothing is a heading.
    fn kind(&self, block: usize) -> Kind {
        let Block { kind, range, .. } = &self.document.blocks()[block];
        let body = range.start < self.document.body().end;
        match kind {
            Kind::Title if self.title == Some(block) => Kind::Heading(1),
            Kind::Heading(level) if body => Kind::Heading(level.saturating_add(1)),
            Kind::Title | Kind::Heading(_) | Kind::Source | Kind::Subtitle | Kind::Author => Kind::Paragraph,
            Kind::Paragraph
            | Kind::Quotation
            | Kind::Verse
            | Kind::Item(_)
            | Kind::Code
            | Kind::Table
            | Kind::Break => *kind,
        }
    }
}

/// Where the lines of one block go.
struct Lines<'a> {
    out: &'a mut String,
    indent: &'a str,
    before: Before,
    /// Whether the first line is begun already.
    started: bool,
}

impl Lines<'_> {
    /// Writes lines, parted from the block before.
    fn write(self, lines: &[String]) {
        let Lines { out, indent, before, mut started } = self;
        if let (false, Some(blank)) = (started, &before.blank) {
            out.push_str(format!("{indent}{blank}").trim_end());
            out.push('\n');
        }
        for (i, words) in lines.iter().enumerate() {
            let start = out.len();
            if !std::mem::take(&mut started) {
                out.push_str(indent);
            }
            out.push_str(if i == 0 { &before.first } else { &before.next });
            if words.is_empty() {
                out.truncate(start + out[start..].trim_end_matches(' ').len());
            }
            out.push_str(words);
            out.push('\n');
        }
    }
}

/// Lines as they are, between fences longer than any they hold.
fn code(text: &str) -> Vec<String> {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let lines = text.split('\n').map(str::to_owned);
    std::iter::once(fence.clone()).chain(lines).chain([fence]).collect()
}

/// A table; its head is as wide as its widest row, since readers cut off what stands beyond it.
fn table(rows: &[String]) -> Vec<String> {
    let width = rows.iter().map(|row| row.matches('\t').count() + 1).max().unwrap_or(1);
    let line = |row: &str| format!("| {} |", row.split('\t').map(str::trim).collect::<Vec<_>>().join(" | "));
    let (head, rest) = rows.split_first().map_or(("", rows), |(head, rest)| (&**head, rest));
    let missing = width - (head.matches('\t').count() + 1);
    let head = line(&format!("{head}{}", "\t".repeat(missing)));
    let rule = line(&vec!["---"; width].join("\t"));
    [head, rule].into_iter().chain(rest.iter().map(|row| line(row))).collect()
}
