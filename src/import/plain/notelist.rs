//! The lists that hold the notes of a plain text, and single notes that stand in it.
//!
//! What makes a list: a heading over it; the word *Footnote* in every note; labels in brackets, or signs, that were seen
//! in the text before; or the sequence alone, which is no more than a guess. In every list the sequence rules: only the
//! next label opens a note. So a line of a note that happens to start with a figure stays what it is.

use super::label::Label;
use super::lines::Line;
use super::named;
use super::opener::{Opener, Style, opener};
use super::paragraphs;
use super::seen::Seen;
use super::shape::{self, Shape};
use super::words;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many lines may stand between the heading of a list and its first note.
const LEAD: usize = 4;

/// How many lines a note may have: paragraphs, or lines broken to a width.
const REACH: (usize, usize) = (12, 120);

/// How many notes a list must have to be taken for one by its sequence alone.
const LEAST_GUESSED: usize = 3;

/// How many lists are guessed, the last ones of the text.
const MOST_GUESSED: usize = 200;

/// So many blank lines end a list.
const GAP: u32 = 3;

/// What stands above a list of notes, in lower case.
const HEADINGS: &str = "\
    notes|note|footnotes|footnote|foot notes|endnotes|end notes|references|notes and references|\
    references and notes|notes & references|anmerkungen|anmerkung|fußnoten|fussnoten|endnoten|\
    notes de bas de page|note a piè di pagina|notas|notas al pie|noten|voetnoten|noter|fotnoter|\
    przypisy|примечания|сноски|註|注|註釋|注释|注釈|脚注|尾注";

/// What a list is taken for one by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A heading.
    Headed,
    /// The word in every note.
    Named,
    /// Labels that were seen before.
    Seen,
    /// Its sequence: only what calls it makes sure.
    Guessed,
}

/// A list of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteList {
    /// What it is taken for one by.
    pub origin: Origin,
    /// How its labels stand before the notes.
    pub style: Style,
    /// The lines it takes, heading included.
    pub lines: Range<usize>,
    /// Its notes, in order.
    pub notes: Vec<Body>,
}

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

/// The lists of a text, in order; none starts on a line of those `refused`.
pub(super) fn find(lines: &[Line], shape: Shape, refused: &BTreeSet<usize>) -> Vec<NoteList> {
    let mut lists: Vec<NoteList> = Vec::new();
    let mut seen = Seen::default();
    let mut at = 0;
    while at < lines.len() {
        let text = lines[at].text;
        let follows = lists.last().is_some_and(|l| l.lines.end == at);
        let list = if refused.contains(&at) {
            None
        } else if is_heading(text) {
            let last = lists.iter().rev().find(|l| l.origin == Origin::Headed).and_then(|l| l.notes.last());
            headed(lines, at, last.map(|n| n.label), shape)
                .filter(|l| !refused.contains(&l.notes[0].lines.start))
        } else if seen.names(text).is_some() {
            named(lines, at, follows, &seen)
        } else if let Some(found) = opener(text) {
            let apart = at == 0 || follows || lines[at].blanks > 0;
            let again = lists.last().is_some_and(|l| {
                follows && l.origin == Origin::Headed && l.style == found.style && found.style.is_strong()
            });
            if again && found.label.is_first() {
                // The notes of the next chapter, under the same heading.
                Some(collect(lines, at, Origin::Headed, shape, &seen))
            } else if found.style.may_be_seen() && apart && seen.has(&found, at) {
                let origin = if found.style == Style::Named { Origin::Named } else { Origin::Seen };
                Some(collect(lines, at, origin, shape, &seen))
            } else {
                let guessed = found.label.is_first()
                    && found.style != Style::Sign
                    && (apart || !found.style.is_strong());
                guessed
                    .then(|| collect(lines, at, Origin::Guessed, shape, &seen))
                    .filter(|l| l.notes.len() >= LEAST_GUESSED)
            }
        } else {
            None
        };
        let Some(list) = list else {
            seen.look(lines, at);
            at += 1;
            continue;
        };
        if list.origin == Origin::Guessed && !list.style.is_strong() {
            // Perhaps no more than a plain list, and text.
            list.lines.clone().for_each(|line| seen.look(lines, line));
        }
        at = list.lines.end;
        list.notes.iter().for_each(|note| seen.forget(list.style, note.label));
        lists.push(with_rule(lines, list, lists.last().map_or(0, |l| l.lines.end)));
    }
    let guessed = lists.iter().filter(|l| l.origin == Origin::Guessed).count();
    let mut passed = guessed.saturating_sub(MOST_GUESSED);
    lists.retain(|l| {
        let kept = l.origin != Origin::Guessed || passed == 0;
        passed -= usize::from(!kept);
        kept
    });
    lists
}

/// The list with the rule over it, if there is one.
fn with_rule(lines: &[Line], list: NoteList, from: usize) -> NoteList {
    let above = list.lines.start.checked_sub(1).filter(|i| *i >= from);
    match above.filter(|i| paragraphs::is_rule(lines[*i].text)) {
        Some(start) => NoteList { lines: start..list.lines.end, ..list },
        None => list,
    }
}

/// The list under a heading; words may stand between the heading and its first note.
fn headed(lines: &[Line], heading: usize, last: Option<Label>, shape: Shape) -> Option<NoteList> {
    let lead = heading + 1..lines.len().min(heading + 1 + LEAD);
    let goes_on = |label: Label| last.is_some_and(|last| last.distance(label) == Some(1));
    let first = lead.into_iter().find(|i| {
        let opens = |o: Opener| o.style.is_strong() || o.label.is_first() || goes_on(o.label);
        named::opens(lines[*i].text).is_some() || opener(lines[*i].text).is_some_and(opens)
    })?;
    let list = match named::opens(lines[first].text) {
        Some(_) => named(lines, first, true, &Seen::default())?,
        None => collect(lines, first, Origin::Headed, shape, &Seen::default()),
    };
    // With words between, the heading belongs to them and the list stands for itself.
    let start = if first == heading + 1 { heading } else { first };
    Some(NoteList { lines: start..list.lines.end, origin: Origin::Headed, ..list })
}

/// The notes from here on that say what they are. One that stands in the middle of a paragraph is left there, unless the
/// text has called it.
fn named(lines: &[Line], first: usize, follows: bool, seen: &Seen) -> Option<NoteList> {
    let mut notes: Vec<Body> = Vec::new();
    let mut at = first;
    while let Some(found) = lines.get(at).and_then(|l| seen.names(l.text)) {
        let apart = at == 0 || at > first || follows || lines[at].blanks > 0 || seen.calls(found.label);
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
        origin: Origin::Named,
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
fn collect(lines: &[Line], first: usize, origin: Origin, shape: Shape, seen: &Seen) -> NoteList {
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
            Origin::Headed | Origin::Guessed => next_counted(lines, at, found.label, style, origin, shape),
        };
    }
    let mut end = first;
    if let Some(last) = notes.last_mut() {
        end = end_of_last(lines, last.lines.start, shape);
        last.lines.end = end;
    }
    NoteList { origin, style, lines: first..end, notes }
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
    let headed = origin == Origin::Headed;
    let reach = if shape.is_unwrapped() { REACH.0 } else { REACH.1 };
    let mut skipped = None;
    for (i, line) in lines.iter().enumerate().skip(at + 1).take(reach) {
        if is_heading(line.text) || !shape.is_unwrapped() && line.blanks >= GAP {
            break;
        }
        let Some(found) = opener(line.text) else { continue };
        // A dot may be lost where a heading vouches for the list.
        let alike = found.style == style || headed && found.style == Style::Bare;
        // Brackets hold nothing else at the start of a paragraph.
        let apart = line.blanks > 0 || shape.is_unwrapped();
        let sure = headed && found.style == style && style.is_strong() && apart;
        match label.distance(found.label) {
            Some(1) if alike => return Some((i, found)),
            _ if sure && label.kind() == found.label.kind() && !found.label.is_first() => {
                return Some((i, found));
            }
            Some(2) if alike && skipped.is_none() => skipped = Some((i, found)),
            // The numbers start again: the notes of another chapter.
            None if found.label.is_first() && (!headed || sure) => break,
            _ => {}
        }
    }
    skipped
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
    let mut gap = lines[end..].iter().take(REACH.0 * 2).take_while(|l| l.blanks < GAP && !is_heading(l.text));
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
    let indent = lines[at].indent;
    let hangs = lines.get(at + 1).is_some_and(|l| l.blanks == 0 && l.indent > indent);
    let belongs = |pair: &&[Line]| {
        let (before, line) = (&pair[0], &pair[1]);
        match line.blanks {
            0 => {
                !next(line)
                    && !is_heading(line.text)
                    && shape::is_full(before.end(), line.text, width - width / 6)
            }
            n => hangs && n < GAP && line.indent > indent,
        }
    };
    at + 1 + lines[at..].windows(2).take_while(belongs).count()
}

/// Whether a line is the heading of a list of notes.
fn is_heading(text: &str) -> bool {
    // Cheap first: every line of the text is asked.
    if text.len() > 60 {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words::has(HEADINGS, &bare)
        || ["notes for ", "notes to ", "notes on chapter"].iter().any(|start| bare.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::Origin::{Guessed, Headed, Named, Seen};
    use super::*;

    /// What it is by, the lines it takes, and label and first word of each note.
    type Told<'a> = (Origin, Range<usize>, &'a [(&'static str, &'static str)]);

    /// Checks the lists of a text.
    fn check(text: &str, told: &[Told]) {
        let lines = split(text);
        let lists = find(&lines, Shape::of(&lines), &BTreeSet::new());
        let first = |b: &Body| {
            let text = &lines[b.lines.start].text[b.words..];
            (b.printed.to_string(), text.split(' ').next().unwrap_or_default())
        };
        let got: Vec<_> =
            lists.iter().map(|l| (l.origin, l.lines.clone(), l.notes.iter().map(first).collect())).collect();
        let notes = |notes: &[(&str, &'static str)]| {
            notes.iter().map(|(l, w)| ((*l).to_owned(), *w)).collect::<Vec<_>>()
        };
        let told: Vec<_> = told.iter().map(|(o, l, n)| (*o, l.clone(), notes(n))).collect();
        assert_eq!(got, told, "{text}");
    }

    #[test]
    fn a_list_is_a_sequence_from_one() {
        check(
            "Text.\nNOTES\n1. One.\n2. Two.\nWe use cookies.",
            &[(Headed, 1..4, &[("1", "One."), ("2", "Two.")])],
        );
        check("Text.\nFootnotes:\n[1] One.\n[2] Two.", &[(Headed, 1..4, &[("1", "One."), ("2", "Two.")])]);
        check("Anmerkungen\n1) Eins\n2) Zwei", &[(Headed, 0..3, &[("1", "Eins"), ("2", "Zwei")])]);
        check("Notes\n¹ One\n².Two", &[(Headed, 0..3, &[("¹", "One"), ("²", "Two")])]);
        check("NOTES\nNo list follows.", &[]);
        check("NOTES\n2. Two.\n3. Three.", &[]);
    }

    #[test]
    fn only_the_next_number_opens_a_note() {
        check(
            "NOTES\n1. One.\n1712. A year.\n9. A chapter.\n2. Two.\n4 Four.",
            &[(Headed, 0..6, &[("1", "One."), ("2", "Two."), ("4", "Four.")])],
        );
    }

    #[test]
    fn a_list_without_heading_is_a_guess() {
        check(
            "Text.\n1. One.\n2. Two.\n3. Three.\nText.",
            &[(Guessed, 1..4, &[("1", "One."), ("2", "Two."), ("3", "Three.")])],
        );
        check("Text.\n1. One.\n2. Two.\nText.", &[]);
    }

    #[test]
    fn notes_stand_below_the_paragraph_that_calls_them() {
        check(
            "One[1] and[2].\n\n[1] Uno.\n[2] Due.\n\nThree[3].\n\n[3] Tre.\n\nText.",
            &[(Seen, 1..3, &[("1", "Uno."), ("2", "Due.")]), (Seen, 4..5, &[("3", "Tre.")])],
        );
        check("One* and two.†\n\n* Uno.\n† Due.\n\nText.", &[(Seen, 1..3, &[("*", "Uno."), ("†", "Due.")])]);
        check("One {18a}\n\n{18a}  Uno.\n\nText.", &[(Seen, 1..2, &[("18a", "Uno.")])]);
        check("* One\n* Two\n\n[30] opens a page.\n\n[1] What nobody called.", &[]);
        check("One[1]\n[1] goes on.", &[]);
    }

    #[test]
    fn notes_may_say_what_they_are() {
        check(
            "One[A].\n\n[Footnote A: Uno.]\n\n[Footnote: B Due.]\n\nText.",
            &[(Named, 1..3, &[("A", "Uno.]"), ("B", "Due.]")])],
        );
        check("One.*\n\n*[Footnote.] Uno.\n\nText.", &[(Named, 1..2, &[("*", "Uno.")])]);
        // One in the middle of a paragraph is left there, unless it was called before.
        check("One said\n[Footnote: he lied.] this.", &[]);
        check("One said[1]\n[Footnote 1: He lied.]\nthis.", &[(Named, 1..2, &[("1", "He")])]);
    }

    #[test]
    fn lists_may_follow_chapters() {
        check(
            "NOTES\n1. One.\n2. Two.\nChapter\nNOTES\n1. One again.",
            &[(Headed, 0..3, &[("1", "One."), ("2", "Two.")]), (Headed, 4..6, &[("1", "One")])],
        );
        check(
            "NOTES\n1. One.\n2. Two.\nChapter\nNOTES\n3. Three.",
            &[(Headed, 0..3, &[("1", "One."), ("2", "Two.")]), (Headed, 4..6, &[("3", "Three.")])],
        );
    }

    #[test]
    fn broken_lines_belong_to_their_note() {
        let wide = "which goes on over the end of its line until it is broken off there by\n";
        let text = format!(
            "{wide}{wide}{wide}\nFOOTNOTES:\n\n[1] One {wide}    {wide}\n[2] Two {wide}    {wide}\n    Still two.\n\nText."
        );
        check(&text, &[(Headed, 3..9, &[("1", "One"), ("2", "Two")])]);
    }
}
