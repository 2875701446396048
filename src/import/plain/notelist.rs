//! The lists that hold the notes of a plain text.
//!
//! The evidence is the sequence: a list starts at 1 (or goes on from the list before it), and only the next number opens
//! a note. So a line of a note that happens to start with a figure stays what it is.

use super::lines::Line;
use super::opener::{Opener, Style, opener};
use super::shape::{self, Shape};
use super::words;
use std::ops::Range;

/// How many lines may stand between the heading of a list and its first note.
const LEAD: usize = 4;

/// How many lines a note may have: paragraphs, or lines broken to a width.
const REACH: (usize, usize) = (12, 120);

/// How many notes a list without a heading must have to be taken for one.
const LEAST_UNHEADED: usize = 3;

/// How many lists without a heading are looked at, the last ones of the text.
const MOST_UNHEADED: usize = 16;

/// So many blank lines end a list.
const GAP: u32 = 3;

/// What stands above a list of notes, in lower case.
const HEADINGS: &str = "\
    notes|note|footnotes|footnote|foot notes|endnotes|end notes|references|notes and references|\
    references and notes|notes & references|anmerkungen|anmerkung|fußnoten|fussnoten|endnoten|\
    notes de bas de page|note a piè di pagina|notas|notas al pie|noten|voetnoten|noter|fotnoter|\
    przypisy|примечания|сноски|註|注|註釋|注释|注釈|脚注|尾注";

/// A list of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteList {
    /// Whether a heading says that it is one. If none does, only references can.
    pub headed: bool,
    /// The lines it takes, heading included.
    pub lines: Range<usize>,
    /// Its notes; each number is greater than the one before.
    pub notes: Vec<Body>,
}

/// A note of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// Its number.
    pub number: usize,
    /// Its lines.
    pub lines: Range<usize>,
    /// The byte of the first line at which its words begin.
    pub words: usize,
}

/// The lists of a text, in order. One without a heading is no more than a guess.
pub(super) fn find(lines: &[Line], shape: Shape) -> Vec<NoteList> {
    let mut lists: Vec<NoteList> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let list = if is_heading(lines[at].text) {
            let last = lists.iter().rev().find(|l| l.headed).and_then(|l| l.notes.last());
            headed(lines, at, last.map_or(0, |n| n.number), shape)
        } else {
            let first = opener(lines[at].text).is_some_and(|o| o.number == 1);
            first.then(|| collect(lines, at, false, shape)).filter(|l| l.notes.len() >= LEAST_UNHEADED)
        };
        at = list.as_ref().map_or(at + 1, |l| l.lines.end);
        lists.extend(list);
    }
    let unheaded = lists.iter().filter(|l| !l.headed).count();
    let mut passed = unheaded.saturating_sub(MOST_UNHEADED);
    lists.retain(|l| {
        let kept = l.headed || passed == 0;
        passed -= usize::from(!kept);
        kept
    });
    lists
}

/// The list under a heading; words may stand between the heading and its first note.
fn headed(lines: &[Line], heading: usize, last: usize, shape: Shape) -> Option<NoteList> {
    let lead = heading + 1..lines.len().min(heading + 1 + LEAD);
    let first = lead.into_iter().find(|i| {
        opener(lines[*i].text).is_some_and(|o| o.number == 1 || last > 0 && o.number == last + 1)
    })?;
    let list = collect(lines, first, true, shape);
    // With words between, the heading belongs to them and the list stands for itself.
    let start = if first == heading + 1 { heading } else { first };
    Some(NoteList { lines: start..list.lines.end, ..list })
}

/// The notes from the one that the line at `first` opens.
fn collect(lines: &[Line], first: usize, headed: bool, shape: Shape) -> NoteList {
    let mut notes: Vec<Body> = Vec::new();
    let mut next = opener(lines[first].text).map(|o| (first, o));
    let style = next.as_ref().map(|(_, o)| o.style);
    while let Some((at, found)) = next.take() {
        if let Some(last) = notes.last_mut() {
            last.lines.end = at;
        }
        notes.push(Body { number: found.number, lines: at..at + 1, words: found.words });
        next = follower(lines, at, found.number, style, headed, shape);
    }
    let mut end = first;
    if let Some(last) = notes.last_mut() {
        end = end_of_last(lines, last.lines.start, shape);
        last.lines.end = end;
    }
    NoteList { headed, lines: first..end, notes }
}

/// The line that opens the note after `number`; if there is none, the one after that, for lists have gaps.
fn follower(
    lines: &[Line],
    at: usize,
    number: usize,
    style: Option<Style>,
    headed: bool,
    shape: Shape,
) -> Option<(usize, Opener)> {
    let reach = if shape.is_unwrapped() { REACH.0 } else { REACH.1 };
    let mut skipped = None;
    for (i, line) in lines.iter().enumerate().skip(at + 1).take(reach) {
        if is_heading(line.text) || !shape.is_unwrapped() && line.blanks >= GAP {
            break;
        }
        let Some(found) = opener(line.text) else { continue };
        // A dot may be lost where a heading vouches for the list.
        let alike = Some(found.style) == style || headed && found.style == Style::Bare;
        match found.number {
            n if alike && n == number + 1 => return Some((i, found)),
            n if alike && n == number + 2 && skipped.is_none() => skipped = Some((i, found)),
            1 if !headed => break,
            _ => {}
        }
    }
    skipped
}

/// Where the last note ends: with its line, or with the lines that were broken off it.
fn end_of_last(lines: &[Line], at: usize, shape: Shape) -> usize {
    let Shape::Wrapped { width, .. } = shape else { return at + 1 };
    let indent = lines[at].indent;
    let hangs = lines.get(at + 1).is_some_and(|l| l.blanks == 0 && l.indent > indent);
    let belongs = |pair: &&[Line]| {
        let (before, line) = (&pair[0], &pair[1]);
        match line.blanks {
            0 => !is_heading(line.text) && shape::is_full(before.end(), line.text, width - width / 6),
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
    use super::*;

    /// Whether headed, the lines it takes, and number and first word of each note.
    type Told<'a> = (bool, Range<usize>, &'a [(usize, &'a str)]);

    /// Checks the lists of a text.
    fn check(text: &str, told: &[Told]) {
        let lines = split(text);
        let lists = find(&lines, Shape::of(&lines));
        let first = |b: &Body| {
            let text = &lines[b.lines.start].text[b.words..];
            (b.number, text.split(' ').next().unwrap_or_default())
        };
        let got: Vec<_> =
            lists.iter().map(|l| (l.headed, l.lines.clone(), l.notes.iter().map(first).collect())).collect();
        let told: Vec<_> = told.iter().map(|(h, l, n)| (*h, l.clone(), n.to_vec())).collect();
        assert_eq!(got, told, "{text}");
    }

    #[test]
    fn a_list_is_a_sequence_from_one() {
        check(
            "Text.\nNOTES\n1. One.\n2. Two.\nWe use cookies.",
            &[(true, 1..4, &[(1, "One."), (2, "Two.")])],
        );
        check("Text.\nFootnotes:\n[1] One.\n[2] Two.", &[(true, 1..4, &[(1, "One."), (2, "Two.")])]);
        check("Anmerkungen\n1) Eins\n2) Zwei", &[(true, 0..3, &[(1, "Eins"), (2, "Zwei")])]);
        check("Notes\n¹ One\n².Two", &[(true, 0..3, &[(1, "One"), (2, "Two")])]);
        check("NOTES\nNo list follows.", &[]);
        check("NOTES\n2. Two.\n3. Three.", &[]);
    }

    #[test]
    fn only_the_next_number_opens_a_note() {
        check(
            "NOTES\n1. One.\n1712. A year.\n9. A chapter.\n2. Two.\n4 Four.",
            &[(true, 0..6, &[(1, "One."), (2, "Two."), (4, "Four.")])],
        );
    }

    #[test]
    fn a_list_without_heading_is_a_guess() {
        check(
            "Text.\n1. One.\n2. Two.\n3. Three.\nText.",
            &[(false, 1..4, &[(1, "One."), (2, "Two."), (3, "Three.")])],
        );
        check("Text.\n1. One.\n2. Two.\nText.", &[]);
    }

    #[test]
    fn lists_may_follow_chapters() {
        check(
            "NOTES\n1. One.\n2. Two.\nChapter\nNOTES\n1. One again.",
            &[(true, 0..3, &[(1, "One."), (2, "Two.")]), (true, 4..6, &[(1, "One")])],
        );
        check(
            "NOTES\n1. One.\n2. Two.\nChapter\nNOTES\n3. Three.",
            &[(true, 0..3, &[(1, "One."), (2, "Two.")]), (true, 4..6, &[(3, "Three.")])],
        );
    }

    #[test]
    fn broken_lines_belong_to_their_note() {
        let wide = "which goes on over the end of its line until it is broken off there by\n";
        let text = format!(
            "{wide}{wide}{wide}\nFOOTNOTES:\n\n[1] One {wide}    {wide}\n[2] Two {wide}    {wide}\n    Still two.\n\nText."
        );
        check(&text, &[(true, 3..9, &[(1, "One"), (2, "Two")])]);
    }
}
