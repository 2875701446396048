//! The file of the text has changed: what stands on a place is carried to where its words are now.

use super::{Effect, Gift, Mode, Offer, State, Target, Text};
use crate::document::anchor::{Anchor, Found, Seeker};
use crate::document::{Document, Position};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// A later state of the text that is read, and the way to it.
struct Later<'a> {
    before: &'a Document,
    seeker: Seeker<'a>,
}

impl Later<'_> {
    /// Where the words at a place are now, or about where they were.
    fn at(&self, place: Position) -> Position {
        self.find(&Anchor::of_place(self.before, place, "")).position()
    }

    fn find(&self, anchor: &Anchor) -> Found {
        self.seeker.place(anchor)
    }
}

impl State {
    /// Reads a later state of the text as soon as nothing lies over it: what is being chosen, typed or selected is
    /// finished first.
    pub(super) fn reload(&mut self) {
        let is_free = matches!(self.mode, Mode::Reading | Mode::Note { .. });
        if let Some(text) = self.changed.take_if(|_| is_free) {
            self.change(*text);
        }
    }

    fn change(&mut self, text: Text) {
        let detached = |state: &State, text: &Text| {
            let found = state.shelf.found(&text.document, &text.identity);
            found.iter().filter(|(_, found)| matches!(found, Found::Detached(_))).count()
        };
        let lost = detached(self, &text).saturating_sub(detached(self, &self.text));
        let before = std::mem::replace(&mut self.text, text);
        let later =
            Later { before: &before.document, seeker: Seeker::new(&self.text.document, &self.text.identity) };

        // A save in two halves must not lose the place: where the words were gone, those before count.
        let kept = self.adrift.take().filter(|(at, _)| *at == self.place);
        let top = kept.map_or_else(|| Anchor::of_place(later.before, self.place, ""), |(_, anchor)| anchor);
        let found = later.find(&top);
        let is_adrift = matches!(found, Found::Detached(_));
        let mode = match std::mem::replace(&mut self.mode, Mode::Reading) {
            Mode::Note { note, top } => later.note(&before, note, top),
            other => other,
        };
        let chosen = self.chosen.take().and_then(|target| later.target(&before, &self.text, target));
        let current = self.search.current_match().map(|m| later.at(Position::at(m.start)));
        self.jumps.carry(|place| later.at(place));
        if let Some(Offer { gift: Gift::Place(place), .. }) = &mut self.offer {
            *place = later.at(*place);
        }
        drop(later);

        self.place = found.position();
        self.adrift = is_adrift.then_some((self.place, top));
        self.mode = mode;
        self.chosen = chosen;
        self.candidate = None;
        self.link_shown = None;
        if !self.search.matches.is_empty() {
            // They are the former text's.
            self.search.matches = Rc::default();
            self.look_for(self.search.query.clone(), self.place);
            let is_current = |m: &Range<usize>| current.is_some_and(|at| at.byte() == m.start);
            self.search.current = self.search.matches.iter().position(is_current);
        }
        self.put_shelf(Arc::clone(&self.shelf));
        self.set();
        let mut words = format!("reloaded: {} has changed", self.text.name);
        if is_adrift {
            words += "; the words at the top are gone";
        }
        match lost {
            0 => {}
            1 => words += "; the words of 1 mark are not found",
            n => words += &format!("; the words of {n} marks are not found"),
        }
        self.say(words);
    }

    /// A later state of the text has come.
    pub(super) fn changed(&mut self, text: Box<Text>) -> Vec<Effect> {
        self.changed = Some(text);
        Vec::new()
    }
}

impl Later<'_> {
    /// The pane, if its note is still one.
    fn note(&self, before: &Text, note: usize, top: Position) -> Mode {
        let Some(was) = before.document.notes().get(note) else { return Mode::Reading };
        let document = self.seeker.document();
        let anchor = Anchor::of_place(self.before, Position::at(was.range.start), "");
        let Found::Attached(start) = self.find(&anchor) else { return Mode::Reading };
        match document.note_at(start) {
            Some(note) => {
                let top = Some(self.at(top)).filter(|top| document.note_at(*top) == Some(note));
                let first = Position::at(document.notes()[note].range.start);
                Mode::Note { note, top: top.unwrap_or(first) }
            }
            None => Mode::Reading,
        }
    }

    /// The reference or link that was chosen, if there is one where it was.
    fn target(&self, before: &Text, after: &Text, target: Target) -> Option<Target> {
        match target {
            Target::Reference(i) => {
                let was = before.document.references().get(i)?;
                let at = self.at(was.at);
                let is = |r: &crate::document::Reference| r.at == at && r.label == was.label;
                after.document.references().iter().position(is).map(Target::Reference)
            }
            Target::Link(_) => None,
        }
    }
}
