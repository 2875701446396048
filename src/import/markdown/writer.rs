//! The structure that the parser found, told to the builder piece by piece.

use super::commands;
use super::front::Front;
use super::notes::{Definition, Label, is_escaped};
use super::outline::{self, Outline};
use super::pen::Pen;
use super::piece::{Piece, Placed, Start};
use super::raw::{self, Part};
use super::verse;
use crate::document::builder::Key;
use crate::document::report::{ChangeKind, ProblemKind};
use crate::document::{Document, Kind, Mark, Marker};
use crate::import::BREAK;
use crate::import::html::names;
use pulldown_cmark::{BlockQuoteKind, TagEnd};
use std::iter::Peekable;
use std::vec;

/// Why commands are left out.
const FOR_PAGES: &str = "for a program that makes pages";

/// How many pieces ahead a word is looked for.
const NEAR: usize = 8;

/// What a block stands in.
#[derive(Clone, Copy, Debug)]
enum Container {
    Quotation,
    /// An item; its mark waits for its first block.
    Item(Option<Marker>),
}

/// Writes pieces of Markdown.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pen: Pen<'a>,
    /// The source, to which the places of the pieces belong.
    text: &'a str,
    containers: Vec<Container>,
    lists: Vec<Option<u64>>,
    /// Whether the block is one of lines, each behind a bar.
    barred: bool,
    /// The raw HTML of a block, as far as it has come.
    html: String,
    /// Whether notes have labels of their own.
    named: bool,
    /// What was left out of the text, and where, in order.
    left_out: Peekable<vec::IntoIter<(usize, &'a str)>>,
}

impl<'a> Writer<'a> {
    /// A writer of a `text` that has these notes.
    pub fn new(pen: Pen<'a>, text: &'a str, notes: &[Definition]) -> Writer<'a> {
        let named = notes.iter().any(|n| matches!(n.label, Label::Named(_)));
        Writer {
            pen,
            text,
            containers: Vec::new(),
            lists: Vec::new(),
            barred: false,
            html: String::new(),
            named,
            left_out: Vec::new().into_iter().peekable(),
        }
    }

    /// Says what has been left out of the text, and where, in order.
    pub fn leave_out(&mut self, fences: Vec<(usize, &'a str)>) {
        self.left_out = fences.into_iter().peekable();
    }

    /// Writes the running text.
    pub fn body(&mut self, pieces: &[Placed], outline: &Outline, front: &Front) {
        self.write(pieces, Some((outline, front)));
        self.tell_left_out(usize::MAX);
    }

    /// Tells what has been left out before a place.
    fn tell_left_out(&mut self, at: usize) {
        while let Some((at, words)) = self.left_out.next_if(|(fence, _)| *fence < at) {
            self.pen.builder(at).change(ChangeKind::Dropped, words, FOR_PAGES);
        }
    }

    /// Writes a note that has these pieces.
    pub fn note(&mut self, note: &Definition, pieces: &[Placed]) {
        let label = self.printed(&note.label);
        let builder = self.pen.builder(note.at);
        match &note.label {
            Label::Named(name) => builder.open_note(&label, &name.to_lowercase()),
            Label::InPlace(number) => {
                builder.open_note(&label, Key::Number(*number));
                let words = pieces.iter().find_map(|(piece, _)| piece.words()).unwrap_or_default();
                builder.change(ChangeKind::Moved, words, "a note in the running text");
            }
        }
        self.write(pieces, None);
        self.pen.builder(note.at).close_note();
    }

    /// The document.
    pub fn finish(self) -> Document {
        self.pen.finish()
    }

    /// Writes pieces. Only in the running text headings are headings: there they have an outline.
    fn write(&mut self, pieces: &[Placed], outline: Option<(&Outline, &Front)>) {
        for (i, (piece, at)) in pieces.iter().enumerate() {
            let (at, rest) = (*at, &pieces[i + 1..]);
            if outline.is_some() {
                self.tell_left_out(at);
            }
            match piece {
                Piece::Words(words) => self.text(words, rest, at),
                // The end of the last line is that of the block.
                Piece::Lines(words) => self.pen.code(words.strip_suffix('\n').unwrap_or(words)),
                Piece::Code(words) => {
                    self.open_span(Mark::Code, at);
                    self.pen.words(words);
                    self.pen.close_span();
                }
                Piece::Html(html) => self.html.push_str(html),
                Piece::Tag(html) => self.raw(html, at),
                Piece::Break => self.pen.line_break(),
                Piece::Rule => {
                    let depth = self.depth();
                    self.pen.builder(at).block(Kind::Break, depth, BREAK);
                }
                Piece::Call(label) => self.call(&Label::Named(label.clone()), at),
                Piece::Inline(number) => self.call(&Label::InPlace(*number), at),
                Piece::Unanswered(label) => {
                    self.pen.builder(at).problem(ProblemKind::ReferenceWithoutNote, label);
                }
                Piece::Start(Start::Heading(level)) => match outline {
                    Some((outline, _)) if self.containers.is_empty() => {
                        self.pen.open(outline.kind(i, *level), 0, at);
                    }
                    _ => self.strong(rest, at),
                },
                Piece::End(TagEnd::Heading(_)) => {
                    let title = self.pen.block() == Some(Kind::Title);
                    self.pen.close();
                    if let Some((_, front)) = outline.filter(|_| title) {
                        front.write_below_title(self.pen.builder(at));
                    }
                }
                Piece::Start(start) => self.start(start, rest, at),
                Piece::End(end) => self.end(*end, at),
            }
        }
        self.pen.close();
    }

    /// Writes words, without what stands in them for other programs.
    fn text(&mut self, words: &str, rest: &[Placed], at: usize) {
        let (words, commands) = commands::strip(words, is_escaped(self.text, at));
        for command in commands {
            self.pen.builder(at).change(ChangeKind::Dropped, command, FOR_PAGES);
        }
        let words = if ends_heading(rest) { outline::without_name(&words) } else { &*words };
        if self.barred {
            return self.lines(words, at);
        }
        let inner = words.strip_suffix('\n');
        self.words(inner.unwrap_or(words), at);
        if inner.is_some() {
            let next = rest.iter().take(NEAR).find_map(|(piece, _)| piece.words());
            self.pen.soft_break(next.and_then(|words| words.chars().next()));
        }
    }

    /// Writes lines that stand each behind a bar; one of nothing else ends a stanza.
    fn lines(&mut self, words: &str, at: usize) {
        for (i, line) in words.split('\n').enumerate() {
            let begins = i > 0 || self.pen.is_new();
            match line.strip_prefix("| ").filter(|_| begins) {
                Some(line) => {
                    if !self.pen.is_new() {
                        self.pen.line_break();
                    }
                    let words = line.trim_start_matches(' ');
                    self.pen.words(&"\u{a0}".repeat(line.len() - words.len()));
                    self.pen.words(words);
                }
                None if begins => self.pen.open(Kind::Verse, self.depth(), at),
                None => self.pen.words(line),
            }
        }
    }

    fn start(&mut self, start: &Start, rest: &[Placed], at: usize) {
        match start {
            Start::Paragraph | Start::Heading(_) => self.open_paragraph(rest, at),
            Start::Quotation(alert) => {
                self.pen.close();
                self.containers.push(Container::Quotation);
                if let Some(alert) = alert {
                    self.strong(&[], at);
                    self.pen.words(called(*alert));
                    self.pen.close();
                }
            }
            Start::Term => self.strong(rest, at),
            Start::Meaning => {
                self.pen.close();
                self.containers.push(Container::Item(None));
            }
            Start::List(first) => {
                self.pen.close();
                self.lists.push(*first);
            }
            Start::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        Marker::Number(*number - 1)
                    }
                    Some(None) | None => Marker::Bullet,
                };
                self.containers.push(Container::Item(Some(marker)));
            }
            Start::Code => self.pen.open(Kind::Code, self.depth(), at),
            Start::Table => self.pen.open(Kind::Table, self.depth(), at),
            Start::Row => self.pen.row(),
            Start::Cell => self.pen.cell(),
            Start::Emphasis => self.open_span(Mark::Emphasis, at),
            Start::Strong => self.open_span(Mark::Strong, at),
            Start::Struck => self.open_span(Mark::Struck, at),
            Start::Link(address) => self.open_span(Mark::Link((**address).into()), at),
            Start::Image(address) => {
                self.words("[", at);
                let mut inside =
                    rest.iter().take(NEAR).take_while(|(piece, _)| *piece != Piece::End(TagEnd::Image));
                if !inside.any(|(piece, _)| piece.words().is_some()) {
                    // Without a description, what it is called.
                    self.words(address.rsplit('/').find(|part| !part.is_empty()).unwrap_or("image"), at);
                }
            }
        }
    }

    fn end(&mut self, end: TagEnd, at: usize) {
        match end {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Table | TagEnd::DefinitionListTitle => {
                self.pen.close();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition => {
                self.pen.close();
                self.containers.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => self.pen.end_cell(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => self.pen.close_span(),
            TagEnd::Image => self.words("]", at),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.raw(&html, at);
                self.pen.close();
            }
            _ => {}
        }
    }

    /// Writes raw HTML.
    fn raw(&mut self, html: &str, at: usize) {
        raw::parts(html).into_iter().for_each(|part| self.html(&part, at));
    }

    /// Writes a part of raw HTML: its words, and what its tags do to them.
    fn html(&mut self, part: &Part, at: usize) {
        let (name, closes, tag) = match part {
            Part::Words(words) => return self.words(&raw::decode(words), at),
            Part::Hidden(words) => {
                let why = if words.starts_with("<!") { "a comment" } else { "not for reading" };
                return self.pen.builder(at).change(ChangeKind::Dropped, words, why);
            }
            Part::Tag(name, closes, tag) => (&**name, *closes, *tag),
        };
        match (name, names::plain_mark(name)) {
            ("br", _) => self.pen.line_break(),
            ("img", _) => {
                if let Some(words) = raw::attribute(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
                    self.words(&format!("[{}]", raw::decode(words)), at);
                }
            }
            ("span", _) if raw::attribute(tag, "role") == Some("doc-pagebreak") => {
                let label = raw::attribute(tag, "aria-label").or_else(|| raw::attribute(tag, "title"));
                self.pen.page(&raw::decode(label.unwrap_or_default()), at);
            }
            ("sup" | "sub", _) => self.pen.script((!closes).then_some(name == "sub")),
            ("td" | "th", _) => self.pen.blank(),
            (name, Some(_)) if closes => self.pen.close_tag(name),
            (name, Some(mark)) => {
                self.ensure(at);
                self.pen.open_tag(name, mark);
            }
            ("hr", _) => self.pen.close(),
            (name, None) if names::is_block(name) => self.pen.close(),
            (_, None) => {}
        }
    }

    /// Writes words; those of a tight item open it.
    fn words(&mut self, words: &str, at: usize) {
        if !words.trim().is_empty() {
            self.ensure(at);
        }
        if self.pen.block().is_some() {
            self.pen.words(words);
        }
    }

    fn call(&mut self, label: &Label, at: usize) {
        self.ensure(at);
        let printed = self.printed(label);
        match label {
            // Labels do not mind capitals.
            Label::Named(name) => self.pen.call(&printed, &name.to_lowercase(), at),
            Label::InPlace(number) => self.pen.call(&printed, Key::Number(*number), at),
        }
    }

    fn open_span(&mut self, mark: Mark, at: usize) {
        self.ensure(at);
        self.pen.open_span(mark);
    }

    fn ensure(&mut self, at: usize) {
        if self.pen.block().is_none() {
            self.open_paragraph(&[], at);
        }
    }

    /// Opens a paragraph that stands out from those below it.
    fn strong(&mut self, rest: &[Placed], at: usize) {
        self.open_paragraph(rest, at);
        self.pen.open_span(Mark::Strong);
    }

    /// Opens what a paragraph is where it stands; `rest` are its pieces.
    fn open_paragraph(&mut self, rest: &[Placed], at: usize) {
        self.barred = verse::is_barred(rest);
        let kind = match self.containers.last_mut() {
            Some(Container::Item(marker)) if marker.is_some() => {
                marker.take().map_or(Kind::Paragraph, Kind::Item)
            }
            _ if self.barred || verse::is_broken(rest) => Kind::Verse,
            Some(Container::Quotation) => Kind::Quotation,
            Some(Container::Item(_)) | None => Kind::Paragraph,
        };
        self.pen.open(kind, self.depth(), at);
    }

    fn depth(&self) -> u8 {
        u8::try_from(self.containers.len()).unwrap_or(u8::MAX)
    }

    /// What is printed for a note. One written in place has no label; where all are such, their numbers are as good.
    fn printed(&self, label: &Label) -> String {
        match label {
            Label::Named(label) => label.to_string(),
            Label::InPlace(_) if self.named => String::new(),
            Label::InPlace(number) => number.to_string(),
        }
    }
}

/// What is printed above an alert.
fn called(alert: BlockQuoteKind) -> &'static str {
    match alert {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}

fn ends_heading(rest: &[Placed]) -> bool {
    matches!(rest.first(), Some((Piece::End(TagEnd::Heading(_)), _)))
}
