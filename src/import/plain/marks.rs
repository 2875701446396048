//! What in a text may be the mark of a note, and how well it looks.
//!
//! Every place is told, whether there is a note for it or not; which of them call notes is for
//! [`series`](super::series) to say.

use super::label::{self, Kind, Label};
use super::look;
use super::opener::{Bracket, Style};
use super::paragraphs::Paragraph;
use crate::import::script;
use std::ops::Range;

/// How a text marks its notes: the surest way first, the weakest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum System {
    /// Raised figures: `camp.¹`, `camp^1`
    Raised,
    /// Labels in brackets: `camp.[1]`, `camp.^[1]`, `camp {18a}`, `camp（一）`
    Bracketed(Bracket),
    /// Figures in circles: `camp①`
    Circled,
    /// Signs: `camp.*`
    Starred,
    /// Figures glued to a word or its punctuation: `camp.1`
    Glued,
}

impl System {
    /// Whether a mark of it that has a note hardly can be anything else.
    pub const fn is_strong(self) -> bool {
        match self {
            System::Bracketed(bracket) => bracket.is_strong(),
            System::Circled => true,
            System::Raised | System::Starred | System::Glued => false,
        }
    }

    /// Whether notes that open in a style look like its marks.
    pub fn is_like(self, style: Style) -> bool {
        match self {
            System::Bracketed(bracket) => style == Style::Bracketed(bracket),
            System::Raised => style == Style::Raised,
            System::Circled => style == Style::Circled,
            System::Starred => style == Style::Sign,
            System::Glued => false,
        }
    }

    /// Whether its marks may leap over several notes that nothing calls.
    pub const fn leaps(self) -> bool {
        self.is_strong() || matches!(self, System::Raised)
    }
}

/// A place that may be the mark of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// The line of the source it stands on, or a line before that.
    pub line: usize,
    /// Its bytes there.
    pub range: Range<usize>,
    /// What is printed of its label.
    pub printed: Range<usize>,
    /// The label.
    pub label: Label,
    /// How it marks.
    pub system: System,
    /// How well it looks.
    pub score: i32,
}

/// Adds what may be marks in a paragraph, in order.
pub(super) fn find(index: usize, paragraph: &Paragraph, found: &mut Vec<Mark>) {
    let first = found.len();
    in_text(&paragraph.text, paragraph.line, found);
    for mark in &mut found[first..] {
        mark.paragraph = index;
        mark.line = paragraph.line_at(mark.range.start);
    }
}

/// Adds what may be marks in a text that starts on a line of the source.
pub(super) fn in_text(text: &str, line: usize, found: &mut Vec<Mark>) {
    let mut add = |range: Range<usize>, printed: Range<usize>, label, system, score: Option<i32>| {
        let paragraph = 0;
        if let (Some(label), Some(score)) = (label, score) {
            found.push(Mark { paragraph, line, range, printed, label, system, score });
        }
    };
    let mut at = 0;
    // The signs that opened an emphasis and wait for their end.
    let mut opened = 0_usize;
    // Nearly all of a text is letters and blanks.
    let next =
        |at: usize| text.as_bytes()[at..].iter().position(|b| !(b.is_ascii_alphabetic() || *b == b' '));
    while let Some(passed) = next(at) {
        at += passed;
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        at = match c {
            '0'..='9' => {
                let run = run(text, at, |c| c.is_ascii_digit());
                figures(text, run.clone(), &mut add);
                run.end
            }
            '*' | '†' | '‡' | '§' | '¶' | '#' => {
                let run = run(text, at, |other| other == c);
                let (before, after) = (&text[..run.start], &text[run.end..]);
                if let Some(score) = look::starred(before, after, &mut opened) {
                    let label = Label::read(&text[run.clone()]);
                    add(run.clone(), run.clone(), label, System::Starred, Some(score));
                }
                run.end
            }
            _ if script::raised(c).is_some() => {
                let run = run(text, at, |c| script::raised(c).is_some());
                let label = label::digits(&text[run.clone()]).map(Label::number);
                add(run.clone(), run.clone(), label, System::Raised, look::raised(&text[..run.start]));
                run.end
            }
            _ if label::circled(c).is_some() => {
                let label = label::circled(c).map(Label::number);
                add(at..end, at..end, label, System::Circled, Some(3));
                end
            }
            _ => match Bracket::opened(c).and_then(|bracket| bracketed(text, at, bracket)) {
                Some(mark) => {
                    let end = mark.range.end;
                    add(mark.range, mark.printed, Some(mark.label), mark.system, Some(mark.score));
                    end
                }
                None => end,
            },
        };
    }
}

/// Figures on their own: glued to a word, or behind a caret, or torn out of their brackets.
fn figures(
    text: &str,
    run: Range<usize>,
    add: &mut impl FnMut(Range<usize>, Range<usize>, Option<Label>, System, Option<i32>),
) {
    let (before, digits, after) = (&text[..run.start], &text[run.clone()], &text[run.end..]);
    let label = |digits| label::digits(digits).map(Label::number);
    if let Some(word) = before.strip_suffix('^') {
        let score = look::raised(word).filter(|_| !after.starts_with(|c: char| c.is_alphanumeric()));
        return add(run.start - 1..run.end, run, label(digits), System::Raised, score);
    }
    // `731]Word`, `army. [27`
    let torn = System::Bracketed(Bracket::Square);
    let opens = before.strip_suffix('[');
    if after.starts_with(']') && opens.is_none() {
        let near = before.floor_char_boundary(before.len().saturating_sub(12));
        let opened = before[near..].rfind(['[', ']']).is_some_and(|i| before[near + i..].starts_with('['));
        let lost = !opened && !before.ends_with(|c: char| !c.is_whitespace());
        return add(run.start..run.end + 1, run, label(digits), torn, lost.then_some(look::LOST));
    }
    if let Some(before) = opens {
        let near = &after[..after.floor_char_boundary(24)];
        let closed = near.find(['[', ']']).is_some_and(|i| near[i..].starts_with(']'));
        let lost = after.starts_with([' ', '\n']) && !closed || after.is_empty();
        let lost = lost && before.ends_with(|c: char| !c.is_alphanumeric());
        return add(run.start - 1..run.end, run, label(digits), torn, lost.then_some(look::LOST));
    }
    let glued = |cut: usize, score| {
        (run.start + cut..run.end, run.start + cut..run.end, label(&digits[cut..]), System::Glued, score)
    };
    let (range, printed, label, system, score) = match look::overlong(before, digits) {
        Some(cut) => glued(cut, look::torn(after)),
        None => glued(0, look::glued(before, digits, after)),
    };
    add(range, printed, label, system, score);
}

/// The mark whose bracket opens at a place.
fn bracketed(text: &str, at: usize, bracket: Bracket) -> Option<Mark> {
    let (left, right) = bracket.ends();
    let start = at + left.len_utf8();
    let reach = text.floor_char_boundary(start + label::LONGEST);
    let close = start + text[start..reach].find(right)?;
    let label = Label::read(&text[start..close])?;
    let end = close + right.len_utf8();
    // Dumps of DocBook set a caret before the bracket; a line end may part them.
    let before = &text[..at];
    let caret = before.trim_end_matches([' ', '\n']).strip_suffix('^');
    let caret = caret.filter(|b| bracket == Bracket::Square && !b.ends_with('^'));
    let score =
        look::bracketed(caret.unwrap_or(before), &text[end..], bracket, label.kind() == Kind::Letters)?;
    let inner = &text[start..close];
    let blank = |c: char| c == '_' || c.is_whitespace();
    let from = start + (inner.len() - inner.trim_start_matches(blank).len());
    let printed = from..from + inner.trim_matches(blank).len();
    let range = caret.map_or(at, str::len)..end;
    let system = System::Bracketed(bracket);
    Some(Mark { paragraph: 0, line: 0, range, printed, label, system, score })
}

/// The run of characters of a kind that starts at a place.
fn run(text: &str, start: usize, of: impl Fn(char) -> bool) -> Range<usize> {
    start..text[start..].find(|c| !of(c)).map_or(text.len(), |end| start + end)
}
