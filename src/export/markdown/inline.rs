//! What stands inside a block, in Markdown: words, emphasis, code, links and calls of notes.

use super::escape::{Around, Class, can_close, can_open, class, escape};
use super::link;
use crate::document::{Block, Document, Kind, Mark, Reference};
use crate::export::labels::Labels;
use crate::export::markup;
use crate::export::weave::{Piece, pieces};

/// How a span is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Dress {
    /// Between two of these: `*`, `**`, `~~`.
    Marks(&'static str),
    /// Between the tags of an element of HTML, where marks would not be read as such.
    Tags(&'static str),
    /// Between runs of so many backticks.
    Ticks(usize),
    /// As a link to an address, written as it has to be.
    Link(String),
    /// Between angles: an address that is its own text.
    Angles,
}

/// A span: the tokens that open and close it, and how it is written.
#[derive(Debug)]
struct Spanned<'a> {
    mark: &'a Mark,
    open: usize,
    close: usize,
    dress: Dress,
}

/// A piece of a block, parted where lines end.
#[derive(Debug)]
enum Token<'a> {
    /// Words on one line.
    Words(&'a str),
    /// A line end that is the author's.
    Break,
    /// A line end that stands for a blank.
    Soft,
    /// The end of a cell.
    Cell,
    Open(usize),
    Close(usize),
    /// The call of a note, as it is written.
    Call(String),
    /// A page of the printed book begins.
    Page(&'a str),
}

/// The lines of a block that is written as a `kind`; those of a table are its rows, whose cells are parted by tabs.
pub(super) fn lines(document: &Document, block: &Block, kind: Kind, labels: &Labels) -> Vec<String> {
    let mut inline = Inline { kind, tokens: Vec::new(), spans: Vec::new() };
    inline.take(pieces(document, block), labels);
    if matches!(kind, Kind::Paragraph | Kind::Quotation) {
        inline.soften();
    }
    inline.place();
    inline.dress();
    inline.write()
}

/// What stands beside a block of which the words are written otherwise: the pages that begin with it, and the notes that
/// it calls with the pages that begin in it.
pub(super) fn beside(document: &Document, block: &Block, labels: &Labels) -> [String; 2] {
    let mut beside = [String::new(), String::new()];
    let mut side = 0;
    for piece in pieces(document, block) {
        match piece {
            Piece::Call(call) => beside[1].push_str(&written(call, labels)),
            Piece::Page(page) => beside[side].push_str(&page_break(&page.label)),
            Piece::Words(_) | Piece::Open(..) | Piece::Close(_) => side = 1,
        }
    }
    beside
}

/// The call of a note.
fn written(call: &Reference, labels: &Labels) -> String {
    let label = call.note.map_or_else(|| labels.unanswered(&call.label), |n| labels.note(n));
    format!("[^{label}]")
}

/// The place where a page of the printed book begins. Markdown has no sign for it.
fn page_break(label: &str) -> String {
    let label = markup::attribute(label).replace('|', "&#124;");
    format!("<span role=\"doc-pagebreak\" aria-label=\"{label}\"></span>")
}

struct Inline<'a> {
    kind: Kind,
    tokens: Vec<Token<'a>>,
    spans: Vec<Spanned<'a>>,
}

impl<'a> Inline<'a> {
    /// Takes the pieces of the block. No link stands in a link: of two the outer one is kept.
    fn take(&mut self, pieces: Vec<Piece<'a>>, labels: &Labels) {
        let (mut open, mut linked) = (Vec::new(), false);
        for piece in pieces {
            match piece {
                Piece::Words(words) => self.words(words),
                Piece::Open(_, Mark::Link(_)) if linked => open.push(None),
                Piece::Open(_, mark) => {
                    linked |= matches!(mark, Mark::Link(_));
                    open.push(Some(self.spans.len()));
                    self.tokens.push(Token::Open(self.spans.len()));
                    self.spans.push(Spanned { mark, open: 0, close: 0, dress: Dress::Angles });
                }
                Piece::Close(_) => {
                    if let Some(span) = open.pop().flatten() {
                        linked &= !matches!(self.spans[span].mark, Mark::Link(_));
                        self.tokens.push(Token::Close(span));
                    }
                }
                Piece::Call(call) => {
                    // The line end of a heading becomes a blank, and a call has no blank before it.
                    let heading = matches!(self.kind, Kind::Heading(_));
                    let ends = heading && matches!(self.tokens.last(), Some(Token::Break));
                    self.tokens
                        .insert(self.tokens.len() - usize::from(ends), Token::Call(written(call, labels)));
                }
                Piece::Page(page) => self.tokens.push(Token::Page(&page.label)),
            }
        }
    }

    /// Takes words, parted where lines and cells end.
    fn words(&mut self, words: &'a str) {
        let mut rest = words;
        while let Some(at) = rest.find(['\n', '\t']) {
            self.line(&rest[..at]);
            self.tokens.push(if rest.as_bytes()[at] == b'\n' { Token::Break } else { Token::Cell });
            rest = &rest[at + 1..];
        }
        self.line(rest);
    }

    fn line(&mut self, words: &'a str) {
        if !words.is_empty() {
            self.tokens.push(Token::Words(words));
        }
    }

    /// A paragraph in which every line end is kept would be read as verse: one of its blanks becomes a line end that
    /// is not.
    fn soften(&mut self) {
        if !self.tokens.iter().any(|t| matches!(t, Token::Break)) {
            return;
        }
        for at in 0..self.tokens.len() {
            let Token::Words(words) = self.tokens[at] else { continue };
            let letters = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
            let parts = |at: usize| {
                letters(words[..at].chars().next_back()) && letters(words[at + 1..].chars().next())
            };
            if let Some(blank) = words.match_indices(' ').map(|(at, _)| at).find(|at| parts(*at)) {
                let parted = [Token::Words(&words[..blank]), Token::Soft, Token::Words(&words[blank + 1..])];
                self.tokens.splice(at..=at, parted);
                return;
            }
        }
    }

    /// Notes where each span opens and closes.
    fn place(&mut self) {
        for (at, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Open(span) => self.spans[*span].open = at,
                Token::Close(span) => self.spans[*span].close = at,
                Token::Words(_)
                | Token::Break
                | Token::Soft
                | Token::Cell
                | Token::Call(_)
                | Token::Page(_) => {}
            }
        }
    }

    /// Chooses how each span is written.
    fn dress(&mut self) {
        let mut around: Vec<char> = Vec::new();
        for at in 0..self.tokens.len() {
            match self.tokens[at] {
                Token::Open(span) => {
                    self.spans[span].dress = self.dress_of(span, &around);
                    around.extend(self.sign(span));
                }
                Token::Close(span) => {
                    if self.sign(span).is_some() {
                        around.pop();
                    }
                }
                Token::Words(_)
                | Token::Break
                | Token::Soft
                | Token::Cell
                | Token::Call(_)
                | Token::Page(_) => {}
            }
        }
    }

    /// The character that marks a span, if it is marked by one.
    fn sign(&self, span: usize) -> Option<char> {
        match self.spans[span].dress {
            Dress::Marks(marks) => marks.chars().next(),
            Dress::Tags(_) | Dress::Ticks(_) | Dress::Link(_) | Dress::Angles => None,
        }
    }

    /// How a span is written that stands in others which are marked by these characters.
    fn dress_of(&self, span: usize, around: &[char]) -> Dress {
        let (marks, tags): (&[&'static str], _) = match self.spans[span].mark {
            Mark::Emphasis => (&["*", "_"], "em"),
            Mark::Strong => (&["**", "__"], "strong"),
            Mark::Struck => (&["~~"], "s"),
            Mark::Code => return self.code(span),
            Mark::Link(address) => {
                return match self.inside(span) {
                    [Token::Words(words)] if *words == &**address && link::is_plain(address) => Dress::Angles,
                    _ => Dress::Link(link::destination(address, self.kind == Kind::Table)),
                };
            }
        };
        let fits = marks.iter().find(|marks| self.fits(span, marks, around));
        fits.map_or(Dress::Tags(tags), |marks| Dress::Marks(marks))
    }

    /// Whether marks are read as they are meant: they can open here and close there, stand in no span that is marked
    /// alike, and touch no marks with which they would run together.
    fn fits(&self, span: usize, marks: &str, around: &[char]) -> bool {
        let sign = marks.chars().next();
        let Spanned { open, close, .. } = self.spans[span];
        let touches = |at: Option<usize>| match at.and_then(|at| self.tokens.get(at)) {
            // One that opens later is not dressed yet, and will mind this one.
            Some(Token::Open(other) | Token::Close(other)) => *other < span && self.sign(*other) == sign,
            Some(
                Token::Words(_) | Token::Break | Token::Soft | Token::Cell | Token::Call(_) | Token::Page(_),
            )
            | None => false,
        };
        let neighbours = [open.checked_sub(1), Some(open + 1), close.checked_sub(1), Some(close + 1)];
        let in_word = sign == Some('*');
        // At most three signs are open around: no two of them are alike.
        !around.iter().any(|other| Some(*other) == sign)
            && !neighbours.into_iter().any(touches)
            && can_open(self.before(open), self.after(open), in_word)
            && can_close(self.before(close), self.after(close), in_word)
    }

    /// Code stands between backticks unless there is more in it than words, or it touches other code.
    fn code(&self, span: usize) -> Dress {
        let before = self.spans[span].open.checked_sub(1).map(|at| &self.tokens[at]);
        let ticks = |other: &usize| matches!(self.spans[*other].dress, Dress::Ticks(_));
        let touches = matches!(before, Some(Token::Close(other)) if ticks(other));
        match self.inside(span) {
            [Token::Words(words)] if !(touches || self.kind == Kind::Table && words.contains('|')) => {
                let run = |n: &usize| !words.split(|c| c != '`').any(|run| run.len() == *n);
                (1..).find(run).map_or(Dress::Tags("code"), Dress::Ticks)
            }
            _ => Dress::Tags("code"),
        }
    }

    fn inside(&self, span: usize) -> &[Token<'a>] {
        &self.tokens[self.spans[span].open + 1..self.spans[span].close]
    }

    /// The class of the character before a token, as it will be written.
    fn before(&self, at: usize) -> Class {
        match at.checked_sub(1).map(|at| &self.tokens[at]) {
            None | Some(Token::Break | Token::Soft | Token::Cell) => Class::Blank,
            Some(Token::Words(words)) => words.chars().next_back().map_or(Class::Blank, class),
            Some(Token::Open(_) | Token::Close(_) | Token::Call(_) | Token::Page(_)) => Class::Punctuation,
        }
    }

    /// The class of the character behind a token. A line end that is kept is written as a backslash.
    fn after(&self, at: usize) -> Class {
        match self.tokens.get(at + 1) {
            None | Some(Token::Cell | Token::Soft) => Class::Blank,
            Some(Token::Words(words)) => words.chars().next().map_or(Class::Blank, class),
            Some(Token::Break | Token::Open(_) | Token::Close(_) | Token::Call(_) | Token::Page(_)) => {
                Class::Punctuation
            }
        }
    }

    fn write(&self) -> Vec<String> {
        // The rows of a table are lines, and a heading has one.
        let hard = !matches!(self.kind, Kind::Table | Kind::Heading(_));
        let mut lines = Vec::new();
        let mut line = String::new();
        for (at, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Words(words) => self.write_words(&mut line, words, at),
                Token::Break => {
                    line.push_str(if hard { "\\" } else { "" });
                    lines.push(std::mem::take(&mut line));
                }
                Token::Soft => lines.push(std::mem::take(&mut line)),
                Token::Cell => line.push('\t'),
                Token::Call(call) => line.push_str(call),
                Token::Page(label) => line.push_str(&page_break(label)),
                Token::Open(span) => match &self.spans[*span].dress {
                    Dress::Marks(marks) => line.push_str(marks),
                    Dress::Tags(name) => line.push_str(&format!("<{name}>")),
                    Dress::Ticks(ticks) => line.push_str(&"`".repeat(*ticks)),
                    // Behind the call of a note the brackets of a link would be taken for its own.
                    Dress::Link(_) if line.ends_with(']') => line.push_str("<span></span>["),
                    Dress::Link(_) => line.push('['),
                    Dress::Angles => line.push('<'),
                },
                Token::Close(span) => match &self.spans[*span].dress {
                    Dress::Marks(marks) => line.push_str(marks),
                    Dress::Tags(name) => line.push_str(&format!("</{name}>")),
                    Dress::Ticks(ticks) => line.push_str(&"`".repeat(*ticks)),
                    Dress::Link(destination) => line.push_str(&format!("]({destination})")),
                    Dress::Angles => line.push('>'),
                },
            }
        }
        lines.push(line);
        lines
    }

    fn write_words(&self, line: &mut String, words: &str, at: usize) {
        let before = at.checked_sub(1).map(|at| &self.tokens[at]);
        if let Some(Token::Open(span)) = before {
            match self.spans[*span].dress {
                // A blank on either side keeps backticks apart, and is not read.
                Dress::Ticks(_) if words.starts_with('`') || words.ends_with('`') => {
                    return line.push_str(&format!(" {words} "));
                }
                Dress::Ticks(_) | Dress::Angles => return line.push_str(words),
                Dress::Marks(_) | Dress::Tags(_) | Dress::Link(_) => {}
            }
        }
        let heading = matches!(self.kind, Kind::Heading(_));
        let starts_line = line.is_empty() && !heading && self.kind != Kind::Table;
        // Only verse has lines that are set in.
        let inner = if line.is_empty() { words.trim_start_matches(' ') } else { words };
        line.push_str(&"&nbsp;".repeat(words.len() - inner.len()));
        let around = Around {
            starts_line,
            follows_call: matches!(before, Some(Token::Call(_))),
            before_bracket: self.opens_bracket(at + 1),
            in_heading: heading,
            in_cell: self.kind == Kind::Table,
        };
        escape(line, inner, around);
    }

    /// Whether a token is written with a bracket first.
    fn opens_bracket(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            Some(Token::Call(_)) => true,
            Some(Token::Open(span)) => matches!(self.spans[*span].dress, Dress::Link(_)),
            Some(
                Token::Words(_) | Token::Break | Token::Soft | Token::Cell | Token::Close(_) | Token::Page(_),
            )
            | None => false,
        }
    }
}
