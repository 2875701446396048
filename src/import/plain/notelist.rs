//! The lists that hold the notes of a plain text, and single notes that stand in it.
//!
//! What makes a list: a heading over it; the word *Footnote* in every note; labels in brackets, or signs, that were seen
//! in the text before; or the sequence alone, which is no more than a guess.

use super::bodies::{self, Body};
use super::label::Label;
use super::lines::Line;
use super::listhead;
use super::named;
use super::opener::{Opener, Style, opener};
use super::paragraphs;
use super::seen::Seen;
use super::shape::Shape;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many lines may stand between the heading of a list and its first note.
const LEAD: usize = 4;

/// How many notes a list must have to be taken for one by its sequence alone.
pub(super) const LEAST_GUESSED: usize = 3;

/// A note that parts a list may be so many times longer than others.
const LONG: usize = 4;

/// How many lists are guessed, the last ones of the text.
const MOST_GUESSED: usize = 200;

/// What a list is taken for one by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A heading.
    Headed,
    /// A heading that lists of works have, too: only what calls it makes sure.
    Works,
    /// The title of a chapter, behind a list with a heading: only what calls it makes sure.
    Titled,
    /// The word in every note.
    Named,
    /// Labels that were seen before.
    Seen,
    /// A rule, and its sequence: only what calls it makes sure.
    Ruled,
    /// Its sequence: only what calls it makes sure.
    Guessed,
}

impl Origin {
    /// Whether something stands over the list.
    pub const fn is_headed(self) -> bool {
        match self {
            Origin::Headed | Origin::Works | Origin::Titled => true,
            Origin::Named | Origin::Seen | Origin::Ruled | Origin::Guessed => false,
        }
    }

    /// Whether the sequence alone speaks for the list, and perhaps a rule.
    pub const fn is_guess(self) -> bool {
        match self {
            Origin::Ruled | Origin::Guessed => true,
            Origin::Headed | Origin::Works | Origin::Titled | Origin::Named | Origin::Seen => false,
        }
    }
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

/// The lists of a text, in order; none starts on a line of those `refused`.
pub(super) fn find(lines: &[Line], shape: Shape, refused: &BTreeSet<usize>) -> Vec<NoteList> {
    let mut finder = Finder { lines, shape, refused, seen: Seen::default(), lists: Vec::new() };
    let mut at = 0;
    while at < lines.len() {
        at = match finder.list(at) {
            Some(list) => finder.keep(list),
            None => {
                finder.seen.look(lines, at);
                at + 1
            }
        };
    }
    let mut lists = finder.lists;
    let guessed = lists.iter().filter(|l| l.origin == Origin::Guessed).count();
    let mut passed = guessed.saturating_sub(MOST_GUESSED);
    lists.retain(|l| {
        let kept = l.origin != Origin::Guessed || passed == 0;
        passed -= usize::from(!kept);
        kept
    });
    lists
}

/// Goes over a text for its lists.
struct Finder<'a, 'b> {
    lines: &'b [Line<'a>],
    shape: Shape,
    refused: &'b BTreeSet<usize>,
    /// What the lines so far have called.
    seen: Seen,
    /// The lists so far.
    lists: Vec<NoteList>,
}

impl Finder<'_, '_> {
    /// The list that starts on a line.
    fn list(&self, at: usize) -> Option<NoteList> {
        let (lines, shape, seen) = (self.lines, self.shape, &self.seen);
        let text = lines[at].text;
        if self.refused.contains(&at) {
            return None;
        }
        if listhead::is_heading(text) {
            let last = self.lists.iter().rev().find(|l| l.origin.is_headed());
            let last = last.and_then(|l| l.notes.last()).map(|n| n.label);
            return headed(lines, at, last, shape)
                .filter(|l| !self.refused.contains(&l.notes[0].lines.start));
        }
        if let Some(list) = self.titled(at) {
            return Some(list);
        }
        let before = self.lists.last().filter(|l| l.lines.end == at);
        if seen.names(&lines[at], at).is_some() {
            return bodies::named(lines, at, before.is_some(), seen);
        }
        let found = opener(text)?;
        // A label with nothing behind or below it is the number of a page.
        let below = || shape.is_unwrapped() || lines.get(at + 1).is_some_and(|l| l.blanks == 0);
        if found.words == text.len() && !below() {
            return None;
        }
        let apart = at == 0 || before.is_some() || lines[at].blanks > 0;
        let again = before
            .is_some_and(|l| l.origin == Origin::Headed && l.style == found.style && found.style.is_strong());
        if again && found.label.is_first() {
            // The notes of the next chapter, under the same heading.
            return Some(bodies::collect(lines, at, Origin::Headed, shape, seen));
        }
        if found.style.may_be_seen() && apart && seen.has(&found, at) {
            let origin = if found.style == Style::Named { Origin::Named } else { Origin::Seen };
            return Some(bodies::collect(lines, at, origin, shape, seen));
        }
        // Where the last guess ended, another may count on.
        let last = self.lists.last().filter(|l| l.origin.is_guess() && l.style == found.style);
        let last = last.and_then(|l| l.notes.last()).map(|n| n.label);
        let goes_on = last.is_some_and(|last| last.distance(found.label) == Some(1));
        let opens = found.label.is_first() || goes_on;
        let guessed = opens && found.style != Style::Sign && (apart || !found.style.is_strong());
        let ruled = at > 0 && paragraphs::is_rule(lines[at - 1].text);
        let origin = if ruled { Origin::Ruled } else { Origin::Guessed };
        guessed
            .then(|| bodies::collect(lines, at, origin, shape, seen))
            .filter(|l| ruled || l.notes.len() >= LEAST_GUESSED)
    }

    /// The notes of the next chapter, under its title and the same heading.
    fn titled(&self, at: usize) -> Option<NoteList> {
        let before = self.lists.last().filter(|l| l.origin.is_headed())?;
        let first = (at - before.lines.end <= bodies::reach(self.shape))
            .then(|| listhead::chapter(self.lines, at, before.style))??;
        let list = bodies::collect(self.lines, first, Origin::Titled, self.shape, &self.seen);
        Some(NoteList { lines: at..list.lines.end, ..list })
    }

    /// Keeps a list. Returns the line behind it.
    fn keep(&mut self, list: NoteList) -> usize {
        if list.origin.is_headed() {
            self.close(&list);
        }
        if list.origin.is_guess() && !list.style.is_strong() {
            // Perhaps no more than a plain list, and text.
            list.lines.clone().for_each(|line| self.seen.look(self.lines, line));
        }
        let end = list.lines.end;
        list.notes.iter().for_each(|note| self.seen.forget(list.style, note.label));
        if self.goes_on(&list) {
            self.join(list);
            return end;
        }
        self.lists.push(with_rule(self.lines, list, self.lists.last().map_or(0, |l| l.lines.end)));
        end
    }

    /// Whether a guess counts on where the last one ended, and nothing between calls it: one long note parts them.
    fn goes_on(&self, list: &NoteList) -> bool {
        let last = self.lists.last().filter(|l| l.origin.is_guess() && list.origin == Origin::Guessed);
        let (Some(last), Some(first)) = (last, list.notes.first()) else { return false };
        let next = last.notes.last().is_some_and(|n| n.label.distance(first.label) == Some(1));
        let between = &self.lines[last.lines.end..list.lines.start];
        next && between.len() <= bodies::reach(self.shape) * LONG && !bodies::calls(between, first.label)
    }

    /// Adds a list to the last one; what stands between belongs to a note of that.
    fn join(&mut self, list: NoteList) {
        let Some(last) = self.lists.last_mut() else { return };
        if let Some(note) = last.notes.last_mut() {
            note.lines.end = list.lines.start;
        }
        last.lines.end = list.lines.end;
        last.notes.extend(list.notes);
    }

    /// Gives what stands between two lists of notes, and is no text of its own, to the last note of the first.
    fn close(&mut self, next: &NoteList) {
        let Some(last) = self.lists.last_mut().filter(|l| l.origin.is_headed()) else { return };
        let between = last.lines.end..next.lines.start;
        let first = next.notes.first().map_or(Label::Unnamed, |n| n.label);
        let title = |at: usize| listhead::is_title(self.lines, at, self.shape);
        let gap = |at: usize| self.lines[at].blanks >= bodies::GAP;
        if between.len() <= bodies::reach(self.shape)
            && !between.clone().any(|at| gap(at) || title(at))
            && !bodies::calls(&self.lines[between.clone()], first)
        {
            last.lines.end = between.end;
            if let Some(note) = last.notes.last_mut() {
                note.lines.end = between.end;
            }
        }
        // What stood between the heading and the first note was a title, too.
        if next.origin == Origin::Titled && last.origin == Origin::Headed {
            let heading = (last.lines.start.saturating_sub(LEAD)..last.lines.start)
                .rev()
                .find(|at| listhead::is_heading(self.lines[*at].text));
            let lead = heading
                .filter(|h| listhead::chapter(self.lines, h + 1, last.style) == Some(last.lines.start));
            last.lines.start = lead.unwrap_or(last.lines.start);
        }
    }
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
        Some(_) => bodies::named(lines, first, true, &Seen::default())?,
        None => bodies::collect(lines, first, Origin::Headed, shape, &Seen::default()),
    };
    let origin = if listhead::may_be_of_works(lines[heading].text) { Origin::Works } else { Origin::Headed };
    // With words between, the heading belongs to them and the list stands for itself.
    let start = if first == heading + 1 { heading } else { first };
    Some(NoteList { lines: start..list.lines.end, origin, ..list })
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::Origin::{Guessed, Headed, Named, Ruled, Seen, Titled};
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
    fn the_notes_of_chapters_may_stand_under_their_titles() {
        check(
            "Text.\n\nNOTES\n\nCHAPTER I\n\n1. One.\n2. Two.\n\nThe Stair\n\n1. Three.",
            &[(Headed, 1..5, &[("1", "One."), ("2", "Two.")]), (Titled, 5..7, &[("1", "Three.")])],
        );
        // What stands between two lists is the end of the last note.
        check(
            "NOTES TO CHAPTER I\n\n[1] One,\n\nand more of it.\n\nNOTES TO CHAPTER II\n\n[1] Two.",
            &[(Headed, 0..3, &[("1", "One,")]), (Headed, 3..5, &[("1", "Two.")])],
        );
        // Here it is a text, which calls the next.
        check(
            "NOTES TO CHAPTER I\n\n[1] One.\n\nHe climbed.[1]\n\nNOTES TO CHAPTER II\n\n[1] Two.",
            &[(Headed, 0..2, &[("1", "One.")]), (Headed, 3..5, &[("1", "Two.")])],
        );
    }

    #[test]
    fn a_list_may_stand_below_a_rule() {
        check("Text.\n\n-----\n\n1. One.\n\nText.", &[(Ruled, 1..3, &[("1", "One.")])]);
        check("Text.\n\n-----\n\n2. Two.\n\nText.", &[]);
    }

    #[test]
    fn items_may_stand_inside_a_note() {
        check(
            "-----\n(1) One.\n(2) Two.\n(3) Three:\n(1) a log, and\n(2) a lamp.\n(4) Four.",
            &[(Ruled, 0..7, &[("1", "One."), ("2", "Two."), ("3", "Three:"), ("4", "Four.")])],
        );
        // Here the numbers start again.
        check(
            "-----\n(1) One.\n(2) Two.\n-----\n(1) One.\n(2) Two.\n(3) Three.",
            &[
                (Ruled, 0..3, &[("1", "One."), ("2", "Two.")]),
                (Ruled, 3..7, &[("1", "One."), ("2", "Two."), ("3", "Three.")]),
            ],
        );
    }

    #[test]
    fn a_guess_may_count_on() {
        let text = "Text.\n".repeat(20);
        let (first, second) = ("1. One.\n2. Two.\n3. Three.\n", "4. Four.\n5. Five.\n6. Six.");
        let three = [("1", "One."), ("2", "Two."), ("3", "Three.")];
        let more = [("4", "Four."), ("5", "Five."), ("6", "Six.")];
        let all = [three, more].concat();
        check(&format!("{first}Text.\n{second}"), &[(Guessed, 0..7, &all)]);
        check(&format!("{first}{text}{second}"), &[(Guessed, 0..26, &all)]);
        // What calls the next is text.
        check(
            &format!("{first}{text}He climbed.4\n{second}"),
            &[(Guessed, 0..3, &three), (Guessed, 24..27, &more)],
        );
        check(&format!("{first}{text}5. Five.\n6. Six.\n7. Seven."), &[(Guessed, 0..3, &three)]);
    }

    #[test]
    fn a_label_alone_is_a_page() {
        let wide = "which goes on over the end of its line until it is broken off there by\n";
        check(&format!("{wide}{wide}it.[7]\n\n[7]\n\n{wide}{wide}"), &[]);
        check(&format!("{wide}{wide}it.[7]\n\n[7]\nSeven.\n\n{wide}{wide}"), &[(Seen, 3..4, &[("7", "")])]);
    }

    #[test]
    fn paragraphs_that_open_with_an_indent_do_not_hang_below_a_note() {
        let wide = "which goes on over the end of its line until it is broken off there by\n";
        let text = format!(
            "{wide}{wide}of it.[1]\n\n[1] One {wide}    of it.\n\n  The text {wide}{wide}of it.\n\n  And more {wide}{wide}"
        );
        check(&text, &[(Seen, 3..5, &[("1", "One")])]);
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
