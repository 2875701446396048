//! What the text has called so far: a line may open a note because its label was seen before.

use super::label::Label;
use super::lines::Line;
use super::look;
use super::marks::{self, Mark, System};
use super::named;
use super::opener::{Bracket, Opener, Style};
use std::collections::HashMap;

/// A sign, or a label in round brackets, calls a note no more lines below.
const NEAR: usize = 150;

/// The labels in the text so far that no note has answered yet.
#[derive(Default)]
pub(super) struct Seen {
    labels: HashMap<(Style, Label), Sight>,
    found: Vec<Mark>,
}

/// How a label was seen.
#[derive(Clone, Copy, Debug)]
struct Sight {
    /// The line, the last one.
    line: usize,
    /// Whether a mark ever was whole, with both its brackets.
    whole: bool,
}

impl Seen {
    /// Looks at the marks of a line.
    pub fn look(&mut self, lines: &[Line], at: usize) {
        self.found.clear();
        marks::in_text(lines[at].text, at, &mut self.found);
        for mark in &self.found {
            let style = match mark.system {
                System::Starred => Style::Sign,
                System::Bracketed(_) if matches!(mark.label, Label::Sign(..)) => Style::Sign,
                System::Bracketed(bracket) => Style::Bracketed(bracket),
                System::Raised => Style::Raised,
                System::Circled => Style::Circled,
                System::Glued => continue,
            };
            // Round brackets hold much else: there a mark must stand as one does, close to its word.
            if !style.is_strong() && mark.score < look::CLOSE {
                continue;
            }
            let whole = mark.score > look::LOST;
            let sight = Sight { line: at, whole };
            let seen = self.labels.entry((style, mark.label)).or_insert(sight);
            *seen = Sight { whole: whole || seen.whole, ..sight };
        }
    }

    /// Whether the label that opens a line was seen, a sign not long ago.
    pub fn has(&self, opener: &Opener, at: usize) -> bool {
        let seen = self.labels.get(&(opener.style, opener.label));
        let lasting = opener.style.is_strong() && opener.style != Style::Sign;
        let near = |seen: &Sight| lasting || at - seen.line <= NEAR;
        opener.style == Style::Named || seen.is_some_and(near)
    }

    /// Whether the text has called a label, in brackets, or as a sign not long before a line.
    pub fn calls(&self, label: Label, at: usize) -> bool {
        let seen = |style, near: bool| {
            self.labels
                .get(&(style, label))
                .is_some_and(|seen: &Sight| seen.whole && (!near || at - seen.line <= NEAR))
        };
        seen(Style::Sign, true) || seen(Style::Bracketed(Bracket::Square), false)
    }

    /// The note that a line opens with and that says what it is, by a word or by a label that was seen.
    pub fn names<'a>(&self, line: &Line<'a>, at: usize) -> Option<named::Named<'a>> {
        named::opens(line.text)
            .or_else(|| named::within(line.text).filter(|found| self.calls(found.label, at)))
    }

    /// Forgets a label: a note has answered it.
    pub fn forget(&mut self, style: Style, label: Label) {
        self.labels.remove(&(style, label));
    }
}
