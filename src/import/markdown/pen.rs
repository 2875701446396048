//! The block that is being written: its words, and the blanks between them that wait to see what follows.

use super::lines::Lines;
use crate::document::builder::{Builder, Key};
use crate::document::{Document, Kind, Mark};
use crate::import::{Scribe, script, seam};

/// Blanks that fold to one.
const BLANKS: [char; 3] = [' ', '\t', '\n'];

/// Who opened a span, and has to close it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Opener {
    Markdown,
    Html(String),
}

/// Writes words into the block that is open.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    scribe: Scribe<'a>,
    lines: &'a Lines,
    /// The byte of the source from which places count.
    base: usize,
    /// The block that is open.
    block: Option<Kind>,
    spans: Vec<Opener>,
    /// The last character of the block; `\n` behind a line end, `\t` behind a cell.
    last: Option<char>,
    /// Whether a blank waits: it falls away between a call and the stop behind it.
    blank: bool,
    called: bool,
    /// Whether words are raised above the line (or, if true, put below it).
    script: Option<bool>,
}

impl<'a> Pen<'a> {
    /// A pen whose places are bytes of the source from `base` on.
    pub fn new(scribe: Scribe<'a>, lines: &'a Lines, base: usize) -> Pen<'a> {
        let (block, spans, last, script) = (None, Vec::new(), None, None);
        Pen { scribe, lines, base, block, spans, last, blank: false, called: false, script }
    }

    /// The document.
    pub fn finish(self) -> Document {
        self.scribe.finish()
    }

    /// The builder, for all that is not words of a block; `at` is the place it concerns.
    pub fn builder(&mut self, at: usize) -> &mut Builder {
        self.scribe.line(self.lines.line(self.base + at));
        &mut self.scribe.builder
    }

    /// The block that is open.
    pub fn block(&self) -> Option<Kind> {
        self.block
    }

    /// Whether nothing has been written into the block.
    pub fn is_new(&self) -> bool {
        self.last.is_none()
    }

    /// Opens a block.
    pub fn open(&mut self, kind: Kind, depth: u8, at: usize) {
        self.close();
        self.builder(at).open(kind, depth);
        self.block = Some(kind);
    }

    /// Closes the block.
    pub fn close(&mut self) {
        if self.block.take().is_some() {
            self.scribe.builder.close();
        }
        self.spans.clear();
        (self.last, self.blank, self.called, self.script) = (None, false, false, None);
    }

    /// Writes words, the blank behind them as late as can be.
    pub fn words(&mut self, words: &str) {
        let mut inner = words.trim_matches(BLANKS);
        // A blank before a call and no blank behind it: `word [^1].`
        if self.called && words.starts_with(['.', ',', ';', ':', '!', '?', ')', ']', '”', '’']) {
            self.blank = false;
        }
        let before = &words[..words.len() - words.trim_start_matches(BLANKS).len()];
        self.blank |= !before.is_empty() && (before != "\n" || !self.joins(inner.chars().next()));
        self.called &= words.is_empty();
        if inner.is_empty() {
            return;
        }
        self.flush();
        if self.block == Some(Kind::Verse) && self.last.is_none_or(|last| last == '\n') {
            // Markdown takes away the spaces before a line: who sets verse in writes `&nbsp;`.
            let line = inner.trim_start_matches('\u{a0}');
            self.scribe.builder.text(&" ".repeat(inner[..inner.len() - line.len()].chars().count()));
            inner = line;
        }
        for line in parted(inner) {
            match self.script {
                Some(below) => self.scribe.builder.text(&script::moved(line, below)),
                None => self.scribe.builder.text(line),
            }
        }
        self.last = inner.chars().next_back().or(self.last);
        self.blank = words.ends_with(BLANKS);
    }

    /// Writes lines of code as they are.
    pub fn code(&mut self, words: &str) {
        self.scribe.builder.text(words);
    }

    /// The end of a line that is none of the author's, before words that begin with `next`: a blank, but not between Han.
    pub fn soft_break(&mut self, next: Option<char>) {
        self.blank |= !self.joins(next);
    }

    /// Whether no blank stands between the last character and one on the next line.
    fn joins(&self, next: Option<char>) -> bool {
        self.last.is_some_and(seam::is_cjk) && next.is_some_and(seam::is_cjk)
    }

    /// The end of a line that is to be kept. A row of a table is a line, and so is a heading.
    pub fn line_break(&mut self) {
        self.called = false;
        match self.block {
            None => {}
            Some(Kind::Table | Kind::Title | Kind::Heading(_)) => self.blank = true,
            Some(_) => {
                self.scribe.builder.line_break();
                (self.last, self.blank) = (Some('\n'), false);
            }
        }
    }

    /// Starts a row of a table that is not the first.
    pub fn row(&mut self) {
        self.scribe.builder.line_break();
        (self.last, self.blank) = (Some('\n'), false);
    }

    /// Starts a cell of a table.
    pub fn cell(&mut self) {
        if self.last == Some('\t') {
            self.scribe.builder.cell();
        }
    }

    /// Ends a cell of a table.
    pub fn end_cell(&mut self) {
        (self.last, self.blank) = (Some('\t'), false);
    }

    /// A blank, if words follow.
    pub fn blank(&mut self) {
        self.blank = true;
    }

    /// Raises words above the line, or puts them below it, until they are put back.
    pub fn script(&mut self, below: Option<bool>) {
        self.script = below;
    }

    /// A page of the printed book begins.
    pub fn page(&mut self, label: &str, at: usize) {
        self.flush();
        self.builder(at).page(label);
    }

    /// A call of a note.
    pub fn call<'k>(&mut self, label: &str, key: impl Into<Key<'k>>, at: usize) {
        self.builder(at).reference(label, key);
        self.called = true;
    }

    /// Opens a span of Markdown.
    pub fn open_span(&mut self, mark: Mark) {
        self.span(mark, Opener::Markdown);
    }

    /// Closes the span that Markdown opened last, and what HTML opened in it and forgot.
    pub fn close_span(&mut self) {
        while let Some(opener) = self.spans.pop() {
            self.scribe.builder.close_span();
            if opener == Opener::Markdown {
                break;
            }
        }
    }

    /// Opens a span by a tag.
    pub fn open_tag(&mut self, name: &str, mark: Mark) {
        self.span(mark, Opener::Html(name.to_owned()));
    }

    /// Closes the span of a tag, if it is the innermost.
    pub fn close_tag(&mut self, name: &str) {
        if self.spans.pop_if(|s| *s == Opener::Html(name.to_owned())).is_some() {
            self.scribe.builder.close_span();
        }
    }

    fn span(&mut self, mark: Mark, opener: Opener) {
        self.flush();
        self.scribe.builder.open_span(mark);
        self.spans.push(opener);
    }

    fn flush(&mut self) {
        if std::mem::take(&mut self.blank) && self.last.is_some_and(|c| !matches!(c, '\n' | '\t')) {
            self.scribe.builder.text(" ");
        }
    }
}

/// Words parted at the line ends that stand between Han; the others are blanks.
fn parted(words: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', words.as_bytes()).filter(|at| {
        words[..*at].chars().next_back().is_some_and(seam::is_cjk)
            && words[at + 1..].chars().next().is_some_and(seam::is_cjk)
    });
    let mut from = 0;
    ends.chain([words.len()]).map(move |end| &words[std::mem::replace(&mut from, end + 1)..end])
}
