//! The notes of a list: where each of them begins, and where it ends.
//!
//! In every list the sequence rules: only the next label opens a note. So a line of a note that happens to start with a
//! figure stays what it is.

use super::label::Label;
use super::lines::Line;
use super::listhead;
use super::look;
use super::marks;
use super::named;
use super::notelist::{LEAST_GUESSED, NoteList, Origin};
use super::opener::{Opener, Style, opener};
use super::seen::Seen;
use super::shape::{self, Shape};
use std::ops::Range;

/// How many lines a note may have: paragraphs, or lines broken to a width.
const REACH: (usize, usize) = (12, 120);

/// So many blank lines end a list.
pub(super) const GAP: u32 = 3;

/// A note of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// What it is called by.
    pub label: Label,
    /// That as it is printed.
    pub printed: Box<str>,
    /// Its lines.
    pub lines: Range<usize>,
    /// The byte of the first line at which its words begin.
    pub words: usize,
    /// The byte of the last line at which they end, where it is not the line's.
    pub end: Option<usize>,
}

impl Body {
    fn new(at: usize, opener: &Opener) -> Body {
        let Opener { label, printed, words, .. } = *opener;
        Body { label, printed: printed.into(), lines: at..at + 1, words, end: None }
    }
}

/// The list of notes from here on that say what they are. One that stands in the middle of a paragraph is left there, unless the
/// text has called it.
pub(super) fn named(lines: &[Line], first: usize, follows: bool, seen: &Seen) -> Option<NoteList> {
    let mut notes: Vec<Body> = Vec::new();
    let mut at = first;
    while let Some(found) = lines.get(at).and_then(|l| seen.names(l, at)) {
        let apart = at == 0 || at > first || follows || lines[at].blanks > 0 || seen.calls(found.label, at);
        let (last, end) = named::close(lines, at, &found);
        let rest = end.map_or("", |end| &lines[last].text[end + 1..]);
        if !apart || rest.contains(char::is_alphanumeric) {
            break;
        }
        let (label, words) = letter_behind(&found, notes.last(), lines[at].text);
        let printed =
            if label == found.label { found.printed } else { &lines[at].text[words - 2..words - 1] };
        notes.push(Body { label, printed: printed.into(), lines: at..last + 1, words, end });
        at = last + 1;
    }
    (!notes.is_empty()).then_some(NoteList {
        // A label with its note in one pair of brackets says less than a word does.
        origin: if named::opens(lines[first].text).is_some() { Origin::Named } else { Origin::Seen },
        style: Style::Named,
        lines: first..at,
        notes,
    })
}

/// `[Footnote: M Text]` behind the note `L`: the letter is its label.
fn letter_behind(found: &named::Named, before: Option<&Body>, text: &str) -> (Label, usize) {
    let words = &text[found.words..];
    let mut first = words.split(' ');
    let letter = first.next().filter(|w| found.label == Label::Unnamed && w.len() == 1).and_then(Label::read);
    match (letter, before) {
        (Some(label), Some(before)) if before.label.distance(label) == Some(1) && words.len() > 2 => {
            (label, found.words + 2)
        }
        _ => (found.label, found.words),
    }
}

/// The notes from the one that the line at `first` opens.
pub(super) fn collect(lines: &[Line], first: usize, origin: Origin, shape: Shape, seen: &Seen) -> NoteList {
    let mut notes: Vec<Body> = Vec::new();
    let mut next = opener(lines[first].text).map(|o| (first, o));
    let style = next.as_ref().map_or(Style::Bare, |(_, o)| o.style);
    while let Some((at, found)) = next.take() {
        if let Some(last) = notes.last_mut() {
            last.lines.end = at;
        }
        notes.push(Body::new(at, &found));
        next = match origin {
            Origin::Seen | Origin::Named => next_seen(lines, at, &found, notes.len(), shape, seen),
            Origin::Headed | Origin::Works | Origin::Titled | Origin::Ruled | Origin::Guessed => {
                next_counted(lines, at, found.label, style, origin, shape)
            }
        };
    }
    let mut end = first;
    if let Some(last) = notes.last_mut() {
        end = end_of_last(lines, last.lines.start, shape);
        last.lines.end = end;
    }
    NoteList { origin, style, lines: first..end, notes }
}

/// How many lines a note of a text of this shape may have.
pub(super) const fn reach(shape: Shape) -> usize {
    match shape {
        Shape::Unwrapped { .. } => REACH.0,
        Shape::Wrapped { .. } => REACH.1,
    }
}

/// The line that opens the note after a label; if there is none, the one after that, for lists have gaps.
fn next_counted<'a>(
    lines: &[Line<'a>],
    at: usize,
    label: Label,
    style: Style,
    origin: Origin,
    shape: Shape,
) -> Option<(usize, Opener<'a>)> {
    let headed = origin.is_headed();
    let mut skipped = None;
    // The numbers may start again: the notes of another chapter, or items inside this note.
    let mut restart: Option<Label> = None;
    for (i, line) in lines.iter().enumerate().skip(at + 1).take(reach(shape)) {
        if listhead::is_heading(line.text) || !shape.is_unwrapped() && line.blanks >= GAP {
            break;
        }
        if headed && listhead::chapter(lines, i, style).is_some() {
            break;
        }
        let Some(found) = opener(line.text) else { continue };
        // A dot may be lost where a heading vouches for the list.
        let alike = found.style == style || headed && found.style == Style::Bare;
        // Brackets hold nothing else at the start of a paragraph.
        let apart = line.blanks > 0 || shape.is_unwrapped();
        let sure = headed && found.style == style && style.is_strong() && apart;
        let again = found.label.is_first() && (!headed || sure);
        if restart.is_some_and(|r| r.distance(found.label) == Some(1)) && found.style == style {
            restart = Some(found.label);
        }
        match label.distance(found.label) {
            Some(1) if alike => {
                // What calls the next note is the text, and no longer this note.
                let text = origin.is_guess() && calls(&lines[at + 1..i], found.label);
                return (restart != Some(found.label) && !text).then_some((i, found));
            }
            _ if sure && label.kind() == found.label.kind() && !found.label.is_first() => {
                return Some((i, found));
            }
            Some(2) if alike && skipped.is_none() => skipped = Some((i, found)),
            None if again && restart.is_some() => break,
            None if again => restart = Some(found.label),
            _ => {}
        }
    }
    skipped
}

/// Whether a mark with a label stands in some lines, and looks well.
pub(super) fn calls(lines: &[Line], label: Label) -> bool {
    let mut marks = Vec::new();
    lines.iter().any(|line| {
        marks.clear();
        marks::in_text(line.text, line.number, &mut marks);
        marks.iter().any(|mark| mark.label == label && mark.score > look::LOST)
    })
}

/// The line that opens the note after one whose label was seen: the next line, or the next in number, if it had been
/// called before the list began; then what stands between belongs to the note.
fn next_seen<'a>(
    lines: &[Line<'a>],
    at: usize,
    before: &Opener,
    notes: usize,
    shape: Shape,
    seen: &Seen,
) -> Option<(usize, Opener<'a>)> {
    let follows = |found: &Opener| found.style == before.style && seen.has(found, at);
    let open = |i: usize| opener(lines.get(i)?.text).map(|found| (i, found));
    let end = end_of_last(lines, at, shape);
    // The very next line may open a note that nothing calls, if its number is the next.
    let next = |found: &Opener| {
        found.style == before.style
            && before.label.plain().is_some()
            && before.label.distance(found.label) == Some(1)
    };
    if let Some(found) = open(end).filter(|(_, found)| follows(found) || next(found)) {
        return Some(found);
    }
    // A note of several paragraphs inside a list of several notes. Of signs one tells nothing about the next.
    if before.style == Style::Sign {
        return None;
    }
    let mut gap =
        lines[end..].iter().take(REACH.0 * 2).take_while(|l| l.blanks < GAP && !listhead::is_heading(l.text));
    let next = gap.position(|l| opener(l.text).is_some_and(|o| before.label.distance(o.label) == Some(1)))?;
    open(end + next).filter(|(_, found)| notes >= LEAST_GUESSED && follows(found))
}

/// Where the last note ends: with its line, or with the lines that were broken off it.
fn end_of_last(lines: &[Line], at: usize, shape: Shape) -> usize {
    let Shape::Wrapped { width, .. } = shape else { return at + 1 };
    let this = opener(lines[at].text).filter(|o| o.style.is_strong());
    // The next note may stand close below.
    let next = |line: &Line| {
        let (Some(this), Some(found)) = (this, opener(line.text)) else { return false };
        found.style == this.style && this.label.distance(found.label) == Some(1)
    };
    // What goes on behind a blank line hangs as the first lines of the note do.
    let hang = lines.get(at + 1).filter(|l| l.blanks == 0 && l.indent > lines[at].indent).map(|l| l.indent);
    let hangs = |i: usize| {
        let below = |line: &Line| hang.is_some_and(|hang| line.indent >= hang);
        below(&lines[i]) && lines.get(i + 1).is_none_or(|next| next.blanks > 0 || below(next))
    };
    let belongs = |i: &usize| {
        let (before, line) = (&lines[i - 1], &lines[*i]);
        match line.blanks {
            0 => {
                !next(line)
                    && !listhead::is_heading(line.text)
                    && shape::is_full(before.end(), line.text, width - width / 6)
            }
            n => n < GAP && hangs(*i),
        }
    };
    at + 1 + (at + 1..lines.len()).take_while(belongs).count()
}
