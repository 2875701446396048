//! A text with its notes taken out of it, and the marks that call them.

use super::hyphens::Hyphens;
use super::inplace::{self, InPlace};
use super::label::Label;
use super::lines::Line;
use super::marks::{self, Mark};
use super::notelist::{self, NoteList, Origin};
use super::opener::{Style, opener};
use super::pages;
use super::paragraphs::{self, Paragraph};
use super::refusal;
use super::series::{self, Place};
use super::shape::{self, Shape};
use super::wording;
use std::collections::BTreeSet;
use std::ops::Range;

/// More than this between two lists is text: the lists do not stand together. In bytes.
const TITLE: usize = 120;

/// A shorter line was not broken off. In bytes.
const BROKEN: usize = 45;

/// No more lines stand between two lists that stand together.
const TITLES: usize = 4;

/// So many notes that are not guessed leave no room for guesses.
const MANY: usize = 3;

/// How often lists are refused before only those are taken that were found good.
const ROUNDS: usize = 4;

/// A text with its notes taken out of it.
#[derive(Debug)]
pub(super) struct Scopes<'a> {
    /// Its paragraphs without the notes.
    pub paragraphs: Vec<Paragraph<'a>>,
    /// Its lists of notes, in order.
    pub lists: Vec<NoteList>,
    /// Its notes that stand in sentences, in order.
    pub in_place: Vec<InPlace>,
    /// The marks that call a note, in the order of the text, and what else stands in it for a mark.
    pub calls: Vec<Call>,
}

impl Scopes<'_> {
    /// Whether a mark stands in a part of a paragraph.
    pub fn calls_in(&self, paragraph: usize, range: &Range<usize>) -> bool {
        let after = self.calls.partition_point(|c| (c.paragraph, c.range.end) <= (paragraph, range.start));
        self.calls.get(after).is_some_and(|c| c.paragraph == paragraph && c.range.start < range.end)
    }

    /// Adds what stands in the text for a mark.
    pub fn add(&mut self, calls: impl IntoIterator<Item = Call>) {
        self.calls.extend(calls);
        sort(&mut self.calls);
    }
}

/// A mark that calls a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// Its bytes there.
    pub range: Range<usize>,
    /// What is printed of its label.
    pub printed: Range<usize>,
    /// What it is.
    pub calls: Calls,
}

/// What a mark calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calls {
    /// A note of a list.
    Note(Place),
    /// A note that stands in the text, the one of this number: its mark, or itself.
    InPlace(usize),
    /// A note that is missing.
    Missing,
    /// Nothing: a note that stands in the text, whose mark stands elsewhere, or a sidenote.
    Nothing,
    /// Nothing: a page of the printed book begins here.
    Page,
}

/// Takes the notes out of a text. Its first `front` lines are kept apart from each other.
pub(super) fn read<'a>(lines: &[Line<'a>], shape: Shape, hyphens: &Hyphens, front: usize) -> Scopes<'a> {
    let mut refused: BTreeSet<usize> = (0..front).collect();
    let signed = |i: &usize| opener(lines[*i].text).is_some_and(|o| o.style == Style::Sign);
    let signs: Vec<usize> = (0..lines.len()).filter(signed).collect();
    let mut rounds = ROUNDS;
    // Where the lists start that were guessed and found called, in the last round.
    let mut borne_out: BTreeSet<usize> = BTreeSet::new();
    loop {
        let mut lists = notelist::find(lines, shape, &refused);
        if rounds == 0 {
            lists.retain(|l| !l.origin.is_guess() || borne_out.contains(&l.lines.start));
        }
        let mut plain: Vec<NoteList> = Vec::new();
        // Others show how this text keeps its notes: then those that are only guessed are just lists.
        let others = lists.iter().filter(|l| !l.origin.is_guess());
        if others.clone().any(|l| l.origin == Origin::Headed)
            || others.map(|l| l.notes.len()).sum::<usize>() >= MANY
        {
            let kept: BTreeSet<Style> =
                lists.iter().filter(|l| !l.origin.is_guess()).map(|l| l.style).collect();
            let alike = |l: &NoteList| l.style.is_strong() && kept.contains(&l.style);
            plain = lists.extract_if(.., |l| l.origin.is_guess() && !alike(l)).collect();
        }
        let paragraphs = text(lines, (shape, hyphens), front, &lists);
        let mut marks: Vec<Mark> = Vec::new();
        if !lists.is_empty() || paragraphs.iter().any(|p| p.text.contains("[Footnote")) {
            paragraphs.iter().enumerate().for_each(|(i, p)| marks::find(i, p, &mut marks));
        }
        let starts: Vec<usize> = lists.iter().map(|l| lines[l.lines.start].number).collect();
        let called = series::pair(&lists, &starts, &together(lines, &lists), &marks);
        let before = refused.len();
        refusal::refuse(&lists, &marks, &called, &signs, &mut refused);
        if refused.len() == before {
            // Notes may stand in what looked like a list.
            plain.iter().for_each(|list| refusal::add(list, &mut refused));
        }
        if rounds > 0 && refused.len() > before {
            rounds -= 1;
            let kept = lists.iter().map(|l| l.lines.start).filter(|start| !refused.contains(start));
            borne_out = kept.collect();
            continue;
        }
        let in_place = inplace::find(&paragraphs);
        let mut calls = calls_in_place(&in_place, &marks, &called);
        calls.extend(marks.into_iter().zip(called).filter_map(|(mark, called)| {
            let Mark { paragraph, range, printed, .. } = mark;
            let calls = called?.map_or(Calls::Missing, Calls::Note);
            Some(Call { paragraph, range, printed, calls })
        }));
        sort(&mut calls);
        return with_pages(Scopes { paragraphs, lists, in_place, calls });
    }
}

/// What the notes in sentences stand for: each for itself, unless its label was printed before in its paragraph.
fn calls_in_place(notes: &[InPlace], marks: &[Mark], called: &[Option<Option<Place>>]) -> Vec<Call> {
    let mut calls = Vec::new();
    for (i, note) in notes.iter().enumerate() {
        let InPlace { paragraph, range, printed, .. } = note.clone();
        let first = marks.partition_point(|m| m.paragraph < paragraph);
        let here = marks[first..].iter().zip(&called[first..]).take_while(|(m, _)| m.paragraph == paragraph);
        let before = here.filter(|(m, called)| {
            m.range.end <= range.start
                && m.label == note.label
                && m.system.is_strong()
                && !matches!(called, Some(Some(_)))
        });
        let mark = before.last().filter(|_| note.label != Label::Unnamed);
        if let Some((mark, _)) = mark {
            let (range, printed) = (mark.range.clone(), mark.printed.clone());
            calls.push(Call { paragraph, range, printed, calls: Calls::InPlace(i) });
        }
        let own = if mark.is_some() { Calls::Nothing } else { Calls::InPlace(i) };
        calls.push(Call { paragraph, range, printed, calls: own });
    }
    calls
}

/// Puts calls in the order of the text; what stands inside another is none.
fn sort(calls: &mut Vec<Call>) {
    calls.sort_by_key(|c| (c.paragraph, c.range.start));
    calls.dedup_by(|b, a| a.paragraph == b.paragraph && b.range.start < a.range.end);
}

/// Finds the numbers of pages among what calls nothing.
fn with_pages(mut scopes: Scopes) -> Scopes {
    let found = pages::find(&scopes.paragraphs, |paragraph, range| scopes.calls_in(paragraph, range));
    pages::mend(&mut scopes.paragraphs, &found);
    let call = |p: pages::Page| Call {
        paragraph: p.paragraph,
        range: p.range,
        printed: p.printed,
        calls: Calls::Page,
    };
    scopes.add(found.into_iter().map(call));
    scopes
}

/// Which lists stand with the list before them: nothing but titles between.
fn together(lines: &[Line], lists: &[NoteList]) -> Vec<bool> {
    let with_before = |i: usize| {
        let before = i.checked_sub(1)?;
        let between = lines.get(lists[before].lines.end..lists[i].lines.start)?;
        let stops = |l: &Line| shape::ends_sentence(l.text) && !wording::is_capitals(l.text);
        let length: usize = between.iter().take(TITLES + 1).map(|l| l.text.len()).sum();
        Some(between.len() <= TITLES && length <= TITLE && !between.last().is_some_and(stops))
    };
    (0..lists.len()).map(|i| with_before(i) == Some(true)).collect()
}

/// The paragraphs of what is no note.
fn text<'a>(
    lines: &[Line<'a>],
    (shape, hyphens): (Shape, &Hyphens),
    front: usize,
    lists: &[NoteList],
) -> Vec<Paragraph<'a>> {
    let mut paragraphs = Vec::new();
    for line in &lines[..front] {
        paragraphs.extend(paragraphs::form(
            std::slice::from_ref(line),
            Shape::Unwrapped { spaced: false },
            hyphens,
        ));
    }
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len() - front);
    let mut at = front;
    // The list that was left out last.
    let mut gap: Option<&NoteList> = None;
    for list in lists {
        // The rule above a list may be the last line in front of the text.
        keep(&mut kept, lines, at..list.lines.start.max(at), gap, shape);
        if at < list.lines.start || gap.is_none() {
            gap = Some(list);
        }
        at = list.lines.end;
    }
    keep(&mut kept, lines, at..lines.len(), gap, shape);
    paragraphs.extend(paragraphs::form(&kept, shape, hyphens));
    paragraphs
}

/// Keeps lines of the text, behind a list that was left out.
fn keep<'a>(
    kept: &mut Vec<Line<'a>>,
    lines: &[Line<'a>],
    these: Range<usize>,
    gap: Option<&NoteList>,
    shape: Shape,
) {
    let [first, rest @ ..] = &lines[these] else { return };
    let blanks = match gap {
        // A note that stands in the middle of a sentence does not part it.
        Some(list) if !shape.is_unwrapped() && !list.origin.is_headed() && is_torn(kept, first) => 0,
        Some(list) => {
            first.blanks.max(lines[list.lines.start].blanks).max(u32::from(list.origin.is_headed()))
        }
        None => first.blanks,
    };
    kept.push(Line { blanks, ..*first });
    kept.extend_from_slice(rest);
}

/// Whether a sentence goes on in a line.
fn is_torn(before: &[Line], line: &Line) -> bool {
    let open = |l: &Line| l.text.len() > BROKEN && !shape::ends_sentence(l.text);
    before.last().is_some_and(open) && line.text.starts_with(char::is_lowercase)
}
