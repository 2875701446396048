//! Notes taken out of the running text: definitions wherever they stand, and notes written in place, `^[…]`.

use super::inplace;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// A piece of the text, or what stands in it for a note.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// What the parser saw, words aside.
    Event(Event<'a>),
    /// Words. A piece of them begins anew behind a backslash: its first character means itself.
    Text(String),
    /// Lines of a block of code.
    Code(String),
    /// A call of the note that was written at this place: its number among those.
    Inline(usize),
    /// The label of a call that no note answers; its words stand in the text.
    Unanswered(&'a str),
}

impl Piece<'_> {
    /// The words of the piece, if it has some.
    pub fn words(&self) -> Option<&str> {
        match self {
            Piece::Text(words) => Some(words),
            Piece::Event(Event::Code(words)) => Some(words),
            Piece::Event(_) | Piece::Code(_) | Piece::Inline(_) | Piece::Unanswered(_) => None,
        }
    }
}

/// A piece and the byte at which it begins.
pub(super) type Placed<'a> = (Piece<'a>, usize);

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
    /// Its pieces.
    pub pieces: Vec<Placed<'a>>,
}

/// A text with its notes taken out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts<'a> {
    /// The running text.
    pub body: Vec<Placed<'a>>,
    /// The notes, as they come.
    pub notes: Vec<Definition<'a>>,
}

/// Takes the notes out of the events of a text.
pub(super) fn part<'a>(text: &'a str, events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> Parts<'a> {
    let mut sorter = Sorter { text, ..Sorter::default() };
    events.for_each(|(event, range)| sorter.sort(event, range));
    let mut parts = sorter.parts;
    let body = std::mem::take(&mut parts.body);
    let mut lifted = 0;
    parts.body = inplace::lift(text, body, &mut parts.notes, &mut lifted);
    // A note may hold a note written in place; what that one holds stays its words, or depth would cost time.
    for note in 0..parts.notes.len() {
        let pieces = std::mem::take(&mut parts.notes[note].pieces);
        parts.notes[note].pieces = inplace::lift(text, pieces, &mut parts.notes, &mut lifted);
    }
    parts.notes.sort_by_key(|n| n.at);
    parts
}

impl<'a> Parts<'a> {
    fn target(&mut self, note: Option<usize>) -> &mut Vec<Placed<'a>> {
        match note {
            Some(note) => &mut self.notes[note].pieces,
            None => &mut self.body,
        }
    }
}

/// Sorts events to the text or to the note that they belong to.
#[derive(Default)]
struct Sorter<'a> {
    text: &'a str,
    parts: Parts<'a>,
    /// The notes that are open; one may stand in another's quotation.
    open: Vec<usize>,
    adoption: Adoption,
    /// Whether a block of code is open: there nothing calls a note.
    code: bool,
    /// The run of words that has come so far, and the note it is in.
    words: Option<(Range<usize>, Option<usize>)>,
}

impl<'a> Sorter<'a> {
    fn sort(&mut self, event: Event<'a>, range: Range<usize>) {
        let mother = self.adoption.take(&event, &range);
        let note = mother.or(self.open.last().copied());
        if !matches!(event, Event::Text(_)) {
            self.end_words();
        }
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.open.push(self.parts.notes.len());
                let label = Label::Named(label);
                self.parts.notes.push(Definition { label, at: range.start, pieces: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let empty = self.open.pop().filter(|note| self.parts.notes[*note].pieces.is_empty());
                let next_line = self.text[range.clone()].trim_end_matches(' ').matches('\n').count() <= 1;
                self.adoption.offer(empty.filter(|_| next_line), range.end);
            }
            Event::Text(words) if self.code => self.code(&words, note, range.start),
            Event::Text(words) => self.words(words, note, range),
            event => {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => self.code = true,
                    Event::End(TagEnd::CodeBlock) => self.code = false,
                    _ => {}
                }
                self.parts.target(note).push((Piece::Event(event), range.start));
            }
        }
    }

    fn words(&mut self, words: CowStr<'a>, note: Option<usize>, range: Range<usize>) {
        match self.parts.target(note).last_mut() {
            Some((Piece::Text(before), _)) if !is_escaped(self.text, range.start) => before.push_str(&words),
            _ => self.parts.target(note).push((Piece::Text(words.into_string()), range.start)),
        }
        match &mut self.words {
            Some((words, _)) => words.end = range.end,
            none => *none = Some((range, note)),
        }
    }

    fn code(&mut self, words: &str, note: Option<usize>, at: usize) {
        match self.parts.target(note).last_mut() {
            Some((Piece::Code(before), _)) => before.push_str(words),
            _ => self.parts.target(note).push((Piece::Code(words.to_owned()), at)),
        }
    }

    /// Ends a run of words, and tells what it calls in vain.
    fn end_words(&mut self) {
        let Some((words, note)) = self.words.take() else { return };
        let found = unanswered(self.text, words).map(|(at, label)| (Piece::Unanswered(label), at));
        self.parts.target(note).extend(found);
    }
}

/// A note without words takes the block on the very next line: who writes `[^a]:` and a list below it means so.
#[derive(Debug, Default)]
struct Adoption {
    offered: Option<(usize, usize)>,
    mother: Option<usize>,
    depth: usize,
}

impl Adoption {
    fn offer(&mut self, note: Option<usize>, end: usize) {
        self.offered = note.map(|note| (note, end));
    }

    /// The note that takes this event.
    fn take(&mut self, event: &Event, range: &Range<usize>) -> Option<usize> {
        let offered = self.offered.take().filter(|(_, end)| *end == range.start).map(|(note, _)| note);
        if self.mother.is_none()
            && matches!(event, Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)))
        {
            self.mother = offered;
        }
        let mother = self.mother?;
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        if self.depth == 0 {
            self.mother = None;
        }
        Some(mother)
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
            Piece::Text(words) | Piece::Code(words) => words.clone(),
            Piece::Event(Event::Code(words)) => format!("`{words}`"),
            Piece::Event(Event::FootnoteReference(label)) => format!("<{label}>"),
            Piece::Event(Event::SoftBreak) => " ".to_owned(),
            Piece::Event(_) => String::new(),
            Piece::Inline(number) => format!("<{number}>"),
            Piece::Unanswered(label) => format!("<?{label}>"),
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
        let got: Vec<_> = parts.notes.iter().map(|n| (label(n), words(&n.pieces))).collect();
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
