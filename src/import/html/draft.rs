//! A block as it is collected. What it is can be told only at its end: short lines that are broken are verse, long ones
//! paragraphs.

use crate::document::builder::Builder;
use crate::document::{Kind, Mark};
use crate::import::{Scribe, seam};

/// Blanks that fold to one. A no-break space is none of them.
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// The longest line, in characters, that a broken line of verse has; and the longest that they have on the average.
const LONGEST_LINE: usize = 80;
const USUAL_LINE: usize = 56;

/// How many calls may stand alone in a span that is none.
const FEW_CALLS: usize = 8;

/// A piece of a block.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// Words, as they stand in the source.
    Words(String),
    /// A span begins.
    Open(Mark),
    /// The span that began last ends.
    Close,
    /// A note is called: by what is printed, and by its key.
    Call(String, String),
    /// A line ends.
    Break,
    /// A page of the printed book begins.
    Page(String),
    /// A cell of a table ends.
    Cell,
}

/// What has been collected of a block.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
    /// How many of the marks are open in the pieces.
    opened: usize,
    line: usize,
    worded: bool,
}

/// Of what sort a block is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    /// Its kind, unless its lines say otherwise.
    pub kind: Kind,
    /// How many quotations and lists it stands in.
    pub depth: u8,
    /// What its line ends mean.
    pub lines: Lines,
}

/// What the line ends of a block mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// Verse if they are short, else paragraphs.
    Unknown,
    /// Verse.
    Verse,
    /// What they say; the block is of the kind it is said to be.
    Exact,
}

impl Draft {
    /// Whether nothing that shows has been collected.
    pub fn is_empty(&self) -> bool {
        !self.worded
    }

    /// Adds words that stand in a line of the source, from 1.
    pub fn words(&mut self, words: &str, line: u32) {
        let blank = words.trim_matches(BLANKS).is_empty();
        if !self.worded && blank && self.pieces.is_empty() {
            return;
        }
        self.begin(line);
        self.worded |= !blank;
        match self.pieces.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    /// Adds the call of a note.
    pub fn call(&mut self, label: &str, key: &str, line: u32) {
        self.begin(line);
        self.worded = true;
        self.pieces.push(Piece::Call(label.to_owned(), key.to_owned()));
    }

    /// Adds the beginning of a page of the printed book.
    pub fn page(&mut self, label: &str, line: u32) {
        self.begin(line);
        self.pieces.push(Piece::Page(label.to_owned()));
    }

    /// Ends a line.
    pub fn line_break(&mut self) {
        self.pieces.push(Piece::Break);
    }

    /// Ends a line unless it is empty.
    pub fn line_end(&mut self) {
        let blank = |words: &str| words.trim_matches(BLANKS).is_empty();
        let last = self.pieces.iter().rev().find(|p| !matches!(p, Piece::Words(words) if blank(words)));
        if last.is_some_and(|piece| *piece != Piece::Break) {
            self.line_break();
        }
    }

    /// Ends a cell of a table.
    pub fn cell(&mut self, line: u32) {
        self.begin(line);
        self.pieces.push(Piece::Cell);
    }

    /// Begins a span. It goes on in the next block if it does not end in this one.
    pub fn open(&mut self, mark: Mark) {
        if self.opened == self.marks.len() && !self.pieces.is_empty() {
            self.pieces.push(Piece::Open(mark.clone()));
            self.opened += 1;
        }
        self.marks.push(mark);
    }

    /// Ends the span that began last.
    pub fn close(&mut self) {
        if self.opened == self.marks.len() && self.opened > 0 {
            // A span of nothing, or of a few calls, leaves nothing: there may be a million in one block.
            let calls = self.pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Call(..)));
            let last = self.pieces.len() - calls.take(FEW_CALLS).count();
            match last.checked_sub(1).map(|last| &self.pieces[last]) {
                Some(Piece::Open(_)) => drop(self.pieces.remove(last - 1)),
                _ => self.pieces.push(Piece::Close),
            }
            self.opened -= 1;
        }
        self.marks.pop();
    }

    fn begin(&mut self, line: u32) {
        if !self.worded {
            self.line = line as usize;
        }
        for mark in &self.marks[self.opened..] {
            self.pieces.push(Piece::Open(mark.clone()));
        }
        self.opened = self.marks.len();
    }

    /// Writes what has been collected as one or more blocks and begins anew.
    pub fn write(&mut self, scribe: &mut Scribe<'_>, sort: Sort) {
        let pieces = std::mem::take(&mut self.pieces);
        (self.opened, self.worded) = (0, false);
        if pieces.is_empty() {
            return;
        }
        scribe.line(self.line);
        let builder = &mut scribe.builder;
        let Sort { kind, depth, lines: ends } = sort;
        match kind {
            Kind::Code => code(builder, pieces, depth),
            Kind::Table => {
                builder.open(kind, depth);
                put(builder, Ends::Rows, ends).all(&pieces);
                builder.close();
            }
            Kind::Paragraph | Kind::Quotation | Kind::Verse | Kind::Item(_) => {
                lines(builder, &pieces, kind, depth, ends)
            }
            Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Heading(_) | Kind::Break => {
                builder.open(kind, depth);
                put(builder, Ends::Blanks, ends).all(&pieces);
                builder.close();
            }
        }
    }
}

/// Writes lines of code as they are, but for the line ends around them.
fn code(builder: &mut Builder, mut pieces: Vec<Piece>, depth: u8) {
    if let Some(Piece::Words(last)) = pieces.iter_mut().rfind(|p| matches!(p, Piece::Words(_))) {
        last.truncate(last.trim_end().len());
    }
    builder.open(Kind::Code, depth);
    let mut first = true;
    for piece in pieces {
        match piece {
            Piece::Words(words) => {
                let words = words.replace("\r\n", "\n");
                builder.text(if first { words.trim_start_matches('\n') } else { &words });
                first = false;
            }
            Piece::Break | Piece::Cell => builder.text("\n"),
            Piece::Call(label, key) => builder.reference(&label, &key),
            Piece::Page(label) => builder.page(&label),
            Piece::Open(mark) => builder.open_span(mark),
            Piece::Close => builder.close_span(),
        }
    }
    builder.close();
}

/// Writes prose or verse, as its lines would have it. Two line ends part paragraphs, and stanzas.
fn lines(builder: &mut Builder, pieces: &[Piece], kind: Kind, depth: u8, ends: Lines) {
    if ends == Lines::Exact {
        return exact_lines(builder, pieces, kind, depth);
    }
    let lines: Vec<&[Piece]> = pieces.split(|p| *p == Piece::Break).collect();
    let lengths: Vec<usize> = lines.iter().map(|line| length(line)).filter(|length| *length > 0).collect();
    let short = lengths.iter().all(|length| *length <= LONGEST_LINE)
        && lengths.iter().sum::<usize>() <= USUAL_LINE * lengths.len();
    let verse = lengths.len() > 1 && (ends == Lines::Verse || short);
    let mut marks: Vec<Mark> = Vec::new();
    let mut kind = if verse { Kind::Verse } else { kind };
    let mut open = false;
    let mut pending: Vec<&Piece> = Vec::new();
    for line in lines {
        if length(line) == 0 {
            // An empty line ends a stanza; the calls and span ends in it belong to the line before.
            pending.extend(line);
            if open {
                put_silent(builder, &mut marks, &mut pending);
                builder.close();
                open = false;
            }
            continue;
        }
        if open && verse {
            builder.line_break();
        } else {
            if open {
                builder.close();
            }
            builder.open(kind, depth);
            marks.iter().for_each(|mark| builder.open_span(mark.clone()));
            open = true;
            // The number of an item stands before its first line alone.
            kind = if let Kind::Item(_) = kind { Kind::Paragraph } else { kind };
        }
        put_silent(builder, &mut marks, &mut pending);
        Put::new(builder, if verse { Ends::Lines } else { Ends::Blanks }).all(line);
        track(&mut marks, line);
    }
    if !open && !pending.is_empty() {
        builder.open(kind, depth);
        open = true;
    }
    put_silent(builder, &mut marks, &mut pending);
    if open {
        builder.close();
    }
}

/// Writes lines as they are.
fn exact_lines(builder: &mut Builder, pieces: &[Piece], kind: Kind, depth: u8) {
    builder.open(kind, depth);
    for (i, line) in pieces.split(|piece| *piece == Piece::Break).enumerate() {
        if i > 0 {
            builder.line_break();
        }
        Put::exact(builder, Ends::Lines).all(line);
    }
    builder.close();
}

/// Writes pieces without words that were waiting for a block to stand in.
fn put_silent(builder: &mut Builder, marks: &mut Vec<Mark>, pending: &mut Vec<&Piece>) {
    let pieces: Vec<Piece> = pending.drain(..).filter(|p| !matches!(p, Piece::Words(_))).cloned().collect();
    Put::new(builder, Ends::Blanks).all(&pieces);
    track(marks, &pieces);
}

/// Keeps account of the spans that are open behind pieces.
fn track(marks: &mut Vec<Mark>, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Open(mark) => marks.push(mark.clone()),
            Piece::Close => {
                marks.pop();
            }
            Piece::Words(_) | Piece::Call(..) | Piece::Break | Piece::Page(_) | Piece::Cell => {}
        }
    }
}

/// How many characters a line shows.
fn length(pieces: &[Piece]) -> usize {
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(&**words),
        Piece::Open(_) | Piece::Close | Piece::Call(..) | Piece::Break | Piece::Page(_) | Piece::Cell => None,
    });
    let (mut count, mut blank) = (0, true);
    for c in words.flat_map(str::chars) {
        let is_blank = BLANKS.contains(&c) || c == '\u{a0}';
        count += usize::from(!is_blank || !blank);
        blank = is_blank;
    }
    count - usize::from(blank && count > 0)
}

/// What a line end in the source comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// A blank.
    Blanks,
    /// It has been dealt with; no-break spaces at the start of the line set it in.
    Lines,
    /// A row of a table.
    Rows,
}

/// What puts pieces into a block whose line ends mean this or that.
fn put(builder: &mut Builder, ends: Ends, lines: Lines) -> Put<'_> {
    match lines {
        Lines::Exact => Put::exact(builder, ends),
        Lines::Unknown | Lines::Verse => Put::new(builder, ends),
    }
}

/// Puts the pieces of a line into the block that is open.
struct Put<'a> {
    builder: &'a mut Builder,
    ends: Ends,
    last: Option<char>,
    blank: Option<char>,
    /// Whether a blank that stands before the mark of a note may be none: `word [1], next`.
    called: bool,
    /// Whether all blanks are meant.
    exact: bool,
}

impl<'a> Put<'a> {
    fn new(builder: &'a mut Builder, ends: Ends) -> Put<'a> {
        Put { builder, ends, last: None, blank: None, called: false, exact: false }
    }

    fn exact(builder: &'a mut Builder, ends: Ends) -> Put<'a> {
        Put { exact: true, ..Put::new(builder, ends) }
    }

    fn all(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => self.words(words),
                Piece::Open(mark) => {
                    self.flush(None);
                    self.builder.open_span(mark.clone());
                }
                Piece::Close => self.builder.close_span(),
                Piece::Call(label, key) => {
                    self.builder.reference(label, key);
                    self.called = !self.exact;
                }
                Piece::Page(label) => self.builder.page(label),
                Piece::Break => match self.ends {
                    Ends::Rows => {
                        self.builder.line_break();
                        (self.last, self.blank) = (None, None);
                    }
                    Ends::Blanks | Ends::Lines => self.blank = Some(' '),
                },
                Piece::Cell => {
                    self.builder.cell();
                    (self.last, self.blank) = (None, None);
                }
            }
        }
    }

    fn words(&mut self, words: &str) {
        let mut words = words;
        if self.ends == Ends::Lines && self.last.is_none() {
            words = words.trim_start_matches(BLANKS);
            let rest = words.trim_start_matches('\u{a0}');
            self.builder.text(&" ".repeat(words[..words.len() - rest.len()].chars().count()));
            words = rest;
        }
        let inner = words.trim_matches(BLANKS);
        let before = &words[..words.len() - words.trim_start_matches(BLANKS).len()];
        if !before.is_empty() {
            self.called = false;
            self.blank = Some(if before.contains('\n') && self.blank.is_none() { '\n' } else { ' ' });
        }
        let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return };
        // "word [1], next": a blank before the mark of a note does not part the word from its comma.
        if self.called
            && before.is_empty()
            && matches!(first, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’')
        {
            self.blank = None;
        }
        self.flush(Some(first));
        if inner.is_ascii() || !inner.contains('\n') {
            self.builder.text(inner);
        } else {
            self.builder.text(&joined(inner));
        }
        self.last = Some(last);
        self.called = false;
        let after = &words[words.trim_end_matches(BLANKS).len()..];
        if !after.is_empty() {
            self.blank = Some(if after.contains('\n') { '\n' } else { ' ' });
        }
    }

    /// Writes the blank that waits, unless it is the line end between two characters that are written without one.
    fn flush(&mut self, next: Option<char>) {
        let Some(blank) = self.blank.take() else { return };
        let Some(last) = self.last else { return };
        if !(blank == '\n' && seam::is_cjk(last) && next.is_some_and(seam::is_cjk)) {
            self.builder.text(" ");
        }
    }
}

/// Words whose lines are joined: without a blank where both sides are written without one.
fn joined(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for line in words.split('\n') {
        let line = line.trim_matches(BLANKS);
        let (last, next) = (out.chars().next_back(), line.chars().next());
        if let (Some(last), Some(next)) = (last, next)
            && !(seam::is_cjk(last) && seam::is_cjk(next))
        {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}
