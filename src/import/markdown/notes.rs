//! Notes taken out of the running text: definitions wherever they stand, and notes written in place, `^[…]`.

use super::inplace;
use super::piece::{self, Piece, Placed};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// What a note is called by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Label<'a> {
    /// Its label, `[^label]`.
    Named(CowStr<'a>),
    /// Nothing: it was written in place, and is one of so many.
    InPlace(usize),
}

/// A note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Definition<'a> {
    /// What it is called by.
    pub label: Label<'a>,
    /// The byte at which it begins.
    pub at: usize,
    /// Which of the pieces of notes are its own.
    pub pieces: Range<usize>,
}

/// A text with its notes taken out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts<'a> {
    /// The running text.
    pub body: Vec<Placed<'a>>,
    /// The pieces of all notes.
    pub noted: Vec<Placed<'a>>,
    /// The notes, as they come.
    pub notes: Vec<Definition<'a>>,
}

/// Takes the notes out of the events of a text.
pub(super) fn part<'a>(text: &'a str, events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> Parts<'a> {
    let mut sorter = Sorter { text, ..Sorter::default() };
    events.for_each(|(event, range)| sorter.sort(event, range));
    let mut parts = sorter.parts;
    inplace::lift(text, &mut parts);
    parts.notes.sort_by_key(|n| n.at);
    parts
}

impl<'a> Parts<'a> {
    /// The pieces of a note.
    pub fn of(&self, note: &Definition) -> &[Placed<'a>] {
        &self.noted[note.pieces.clone()]
    }
}

/// Sorts events to the text or to the note that they belong to.
#[derive(Default)]
struct Sorter<'a> {
    text: &'a str,
    parts: Parts<'a>,
    /// The notes that are open, each with the first of its pieces; one may stand in another's quotation.
    open: Vec<(usize, usize)>,
    /// The pieces of the notes that are open.
    held: Vec<Placed<'a>>,
    adoption: Adoption,
    /// Whether a block of code is open: there nothing calls a note.
    code: bool,
    /// The run of words that has come so far.
    run: Option<Run>,
}

/// Words that come one after the other.
struct Run {
    /// The byte from which calls that nothing answers have not been looked for.
    from: usize,
    /// The byte at which they end.
    end: usize,
}

impl<'a> Sorter<'a> {
    fn sort(&mut self, event: Event<'a>, range: Range<usize>) {
        if !matches!(event, Event::Text(_)) {
            self.tell_unanswered();
        }
        if !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.run = None;
        }
        if let Some(note) = self.adoption.begins(&event, &range) {
            self.open.push((note, self.held.len()));
        }
        let grown = self.adoption.ends(&event);
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.open.push((self.parts.notes.len(), self.held.len()));
                let label = Label::Named(label);
                self.parts.notes.push(Definition { label, at: range.start, pieces: 0..0 });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let empty = self.close().filter(|note| self.parts.notes[*note].pieces.is_empty());
                let next_line = self.text[range.clone()].trim_end_matches(' ').matches('\n').count() <= 1;
                self.adoption.offer(empty.filter(|_| next_line), range.end);
            }
            Event::Text(words) if self.code => self.lines(piece::words(words), range),
            Event::Text(words) => self.words(piece::words(words), range),
            Event::SoftBreak => {
                let end = self.text.get(range.clone()).filter(|end| *end == "\n");
                self.words(Cow::Borrowed(end.unwrap_or("\n")), range);
            }
            event => {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => self.code = true,
                    Event::End(TagEnd::CodeBlock) => self.code = false,
                    _ => {}
                }
                let piece = Piece::of(event).map(|piece| (piece, range.start));
                self.target().extend(piece);
            }
        }
        if grown {
            self.close();
        }
    }

    /// Closes the note that was opened last.
    fn close(&mut self) -> Option<usize> {
        let (note, from) = self.open.pop()?;
        let first = self.parts.noted.len();
        self.parts.noted.extend(self.held.drain(from..));
        self.parts.notes[note].pieces = first..self.parts.noted.len();
        Some(note)
    }

    /// Where the next piece goes.
    fn target(&mut self) -> &mut Vec<Placed<'a>> {
        if self.open.is_empty() { &mut self.parts.body } else { &mut self.held }
    }

    fn words(&mut self, words: Cow<'a, str>, range: Range<usize>) {
        let text = self.text;
        let run = self.run.is_some();
        match self.target().last_mut() {
            Some((Piece::Words(before), at)) if run && !is_escaped(text, range.start) => {
                piece::join(before, words, text.get(*at..range.end));
            }
            _ => self.target().push((Piece::Words(words), range.start)),
        }
        let from = self.run.as_ref().map_or(range.start, |run| run.from);
        self.run = Some(Run { from, end: range.end });
    }

    fn lines(&mut self, lines: Cow<'a, str>, range: Range<usize>) {
        let text = self.text;
        match self.target().last_mut() {
            Some((Piece::Lines(before), at)) => piece::join(before, lines, text.get(*at..range.end)),
            _ => self.target().push((Piece::Lines(lines), range.start)),
        }
    }

    /// Tells what the words of the last line call in vain.
    fn tell_unanswered(&mut self) {
        let Some(run) = &mut self.run else { return };
        let words = std::mem::replace(&mut run.from, run.end)..run.end;
        let mut found =
            unanswered(self.text, words).map(|(at, label)| (Piece::Unanswered(label), at)).peekable();
        if found.peek().is_some() {
            self.run = None;
            self.target().extend(found);
        }
    }
}

/// A note without words takes the block on the very next line: who writes `[^a]:` and a list below it means so.
#[derive(Debug, Default)]
struct Adoption {
    /// The note, and the byte at which it ends.
    offered: Option<(usize, usize)>,
    /// Whether the block is being taken, and how much of it is open.
    taking: bool,
    depth: usize,
}

impl Adoption {
    /// Says that a note without words ended at a byte.
    fn offer(&mut self, note: Option<usize>, end: usize) {
        self.offered = note.filter(|_| !self.taking).map(|note| (note, end));
    }

    /// The note that takes the block which an event begins.
    fn begins(&mut self, event: &Event, range: &Range<usize>) -> Option<usize> {
        let (note, end) = self.offered.take()?;
        let block = matches!(event, Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)));
        self.taking = block && end == range.start;
        self.taking.then_some(note)
    }

    /// Whether an event ends what is taken.
    fn ends(&mut self, event: &Event) -> bool {
        match event {
            Event::Start(_) if self.taking => self.depth += 1,
            Event::End(_) if self.taking => self.depth -= 1,
            _ => return false,
        }
        self.taking = self.depth > 0;
        !self.taking
    }
}

/// The labels `[^…]` in a run of text, which the parser found no note for, and where they stand.
fn unanswered(text: &str, words: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let source = &text[words.clone()];
    memchr::memmem::find_iter(source.as_bytes(), b"[^").filter_map(move |i| {
        let escaped = text[..words.start + i].ends_with('\\');
        let rest = &source[i + 2..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']'))?;
        let label = &rest[..end];
        (!escaped && !label.is_empty() && rest[end..].starts_with(']')).then_some((words.start + i, label))
    })
}

/// Whether the piece that begins at a byte stands behind a backslash.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].last() == Some(&b'\\')
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    /// The words of pieces, with calls as `<label>`, `<n>` and `<?label>`.
    pub fn words(pieces: &[Placed]) -> String {
        let told = pieces.iter().map(|(piece, _)| match piece {
            Piece::Words(words) => words.replace('\n', " "),
            Piece::Lines(words) => words.clone().into_owned(),
            Piece::Code(words) => format!("`{words}`"),
            Piece::Call(label) => format!("<{label}>"),
            Piece::Inline(number) => format!("<{number}>"),
            Piece::Unanswered(label) => format!("<?{label}>"),
            _ => String::new(),
        });
        told.collect()
    }

    pub fn check(text: &str, body: &str, notes: &[(&str, &str)]) {
        let events = Parser::new_ext(text, Options::ENABLE_FOOTNOTES).into_offset_iter();
        let parts = part(text, events);
        let label = |note: &Definition| match &note.label {
            Label::Named(label) => label.to_string(),
            Label::InPlace(number) => number.to_string(),
        };
        let got: Vec<_> = parts.notes.iter().map(|n| (label(n), words(parts.of(n)))).collect();
        let told: Vec<_> = notes.iter().map(|(l, w)| ((*l).to_owned(), (*w).to_owned())).collect();
        assert_eq!((&*words(&parts.body), got), (body, told), "{text}");
    }

    #[test]
    fn definitions_leave_the_text() {
        check("x[^a]\n\n[^a]: one\n[^b]: two\n\ny[^B]", "x<a>y<B>", &[("a", "one"), ("b", "two")]);
        check("> x[^a]\n>\n> [^a]: one\n\ny", "x<a>y", &[("a", "one")]);
        check(
            "x[^a]\n\n[^a]: one\n\n    > [^b]: two[^a]\n\n    three",
            "x<a>",
            &[("a", "onethree"), ("b", "two<a>")],
        );
    }

    #[test]
    fn a_note_without_words_takes_the_next_block() {
        check("x[^a]\n\n[^a]:\n * one\n * two\n\ny", "x<a>y", &[("a", "onetwo")]);
        check("x[^a]\n\n[^a]:\n\n * one\n", "x<a>one", &[("a", "")]);
    }

    #[test]
    fn calls_without_note_stay_and_are_told() {
        check("x[^a] y", "x[^a] y<?a>", &[]);
        check("x\\[^a] `[^b]` [^c d] [^]", "x[^a] `[^b]` [^c d] [^]", &[]);
        check("```\nx[^a] y^[one]\n```\n", "x[^a] y^[one]\n", &[]);
    }
}
