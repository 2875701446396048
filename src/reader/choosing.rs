//! References and links: choosing them, opening the notes behind them.

use super::{Effect, Mode, State, Target};
use crate::document::{Mark, Position};
use crate::layout::marks;
use std::ops::Range;

impl State {
    /// The references and links in a range of the text, in order.
    fn targets(&self, range: &Range<usize>) -> Vec<Target> {
        let document = self.document();
        let all = document.references();
        // What follows the last grapheme before the range is painted there.
        let leads = marks::begins(document.text(), range.start);
        let first = all.partition_point(|r| r.at.byte() < range.start + usize::from(!leads));
        let mut found: Vec<Target> = (first..all.len())
            .take_while(|&i| all[i].at.byte() <= range.end)
            .map(Target::Reference)
            .collect();
        let spans = document.spans();
        let first = spans.partition_point(|s| s.range.start < range.start);
        let links = (first..spans.len()).take_while(|&i| spans[i].range.start < range.end);
        found.extend(links.filter(|&i| matches!(spans[i].mark, Mark::Link(_))).map(Target::Link));
        found.sort_by_key(|&t| self.target_at(t));
        found
    }

    /// The bytes on the screen that can hold a target: of the pane if it has the focus, else of the page.
    fn visible(&self) -> Range<usize> {
        match self.mode {
            Mode::Note { note, .. } => self.document().notes()[note].range.clone(),
            _ => self.spread().range(self.document(), &self.text.galley),
        }
    }

    /// Chooses the next reference or link, `by` of them on, the first from the top; past the last on the screen the page
    /// moves on.
    pub(super) fn choose(&mut self, by: i64) {
        for _ in 0..by.unsigned_abs() {
            let visible = self.visible();
            let targets = self.targets(&visible);
            let here = self.chosen.and_then(|c| targets.iter().position(|&t| t == c));
            let next = match (here, by > 0) {
                (None, true) => targets.first(),
                (None, false) => targets.last(),
                (Some(i), true) => targets.get(i + 1),
                (Some(i), false) => i.checked_sub(1).map(|i| &targets[i]),
            };
            if let Some(&target) = next {
                self.chosen = Some(target);
                self.show_in_pane(target);
            } else if matches!(self.mode, Mode::Note { .. }) {
                return self.say("nothing more to choose in this note");
            } else if !self.choose_off_screen(by > 0, &visible) {
                return self.say(if by > 0 { "no reference further on" } else { "no reference before" });
            }
        }
    }

    /// Chooses the nearest target off the screen and turns to it.
    fn choose_off_screen(&mut self, on: bool, visible: &Range<usize>) -> bool {
        let body = self.document().body();
        let beyond = if on { visible.end..body.end } else { 0..visible.start.saturating_sub(1) };
        if beyond.is_empty() {
            return false;
        }
        let targets = self.targets(&beyond);
        let Some(&target) = (if on { targets.first() } else { targets.last() }) else { return false };
        let at = self.target_at(target);
        // The next page if it is there; a farther one is a leap.
        let next = if on { self.spread().next() } else { self.top_before(self.place) };
        let line = self.target_line(target);
        match next.filter(|&top| line.is_some_and(|line| self.spread_at(top).find(line).is_some())) {
            Some(top) => self.step(top),
            None => {
                self.leap(at);
                let words = format!("on to {}", self.document().name_of(at));
                self.say(words);
            }
        }
        self.chosen = Some(target);
        true
    }

    /// Brings a target in the pane onto the lines that are shown.
    fn show_in_pane(&mut self, target: Target) {
        let at = self.target_at(target);
        if let Mode::Note { note, .. } = self.mode
            && !self.shows(at)
        {
            self.mode = Mode::Note { note, top: self.line_start(at) };
        }
    }

    /// Opens a note in the pane. From one note to another is a leap.
    pub(super) fn follow_to_note(&mut self, note: usize) {
        if matches!(self.mode, Mode::Note { .. }) {
            self.jumps.leave(self.spot(), None);
        }
        self.open_note(note);
    }

    /// Shows a note in the pane.
    pub(super) fn open_note(&mut self, note: usize) {
        let start = Position::at(self.document().notes()[note].range.start);
        self.chosen = self.chosen.filter(|c| matches!(c, Target::Reference(_)));
        self.mode = Mode::Note { note, top: start };
    }

    /// `Enter`: note `count`, or the chosen reference or link, or the first note cited on the screen.
    pub(super) fn open(&mut self, count: Option<u32>) -> Vec<Effect> {
        if let Some(number) = count {
            return match self.note_called(&number.to_string()) {
                Some(note) => {
                    self.follow_to_note(note);
                    Vec::new()
                }
                None => self.fail(format!("there is no note {number}")),
            };
        }
        match (self.chosen, &self.mode) {
            (Some(Target::Link(i)), _) => self.open_link(i),
            (Some(Target::Reference(i)), mode) if !self.is_source_of(i, mode) => self.open_reference(i),
            (_, &Mode::Note { note, .. }) => self.follow_standing(note),
            _ => {
                let targets = self.targets(&self.visible());
                let first = targets.into_iter().find(|t| matches!(t, Target::Reference(_)));
                match first {
                    Some(Target::Reference(i)) => {
                        self.chosen = first;
                        self.open_reference(i)
                    }
                    _ => self.fail("no note is cited on this screen"),
                }
            }
        }
    }

    /// Whether the chosen reference is the one that led to the open note, rather than one within it.
    fn is_source_of(&self, reference: usize, mode: &Mode) -> bool {
        let at = self.document().references()[reference].at;
        match mode {
            Mode::Note { note, .. } => self.document().note_at(at) != Some(*note),
            _ => false,
        }
    }

    fn open_reference(&mut self, reference: usize) -> Vec<Effect> {
        let reference = &self.document().references()[reference];
        match reference.note {
            Some(note) => {
                self.follow_to_note(note);
                Vec::new()
            }
            None => {
                let words = format!("the text has no note {}", reference.label);
                self.fail(words)
            }
        }
    }

    /// A link shows its whole address first; the same key again opens it.
    fn open_link(&mut self, span: usize) -> Vec<Effect> {
        let Mark::Link(address) = &self.document().spans()[span].mark else { return Vec::new() };
        let address = address.to_string();
        if self.link_shown == Some(span) {
            self.link_shown = None;
            return vec![Effect::Follow(address)];
        }
        self.link_shown = Some(span);
        self.say(format!("{address} (again: open it)"));
        Vec::new()
    }

    /// The note that is printed as `mark`. Where a number is used again in each chapter, the one cited nearest to here,
    /// in this section first.
    pub(super) fn note_called(&self, mark: &str) -> Option<usize> {
        let document = self.document();
        let named = document.notes().iter().enumerate().filter(|(_, n)| *n.mark == *mark).map(|(i, _)| i);
        let section = document.section_at(self.place);
        named.min_by_key(|&note| {
            let cited = document.citations(note).map(|r| r.at).next();
            let elsewhere = cited.is_none_or(|at| document.section_at(at) != section);
            (elsewhere, cited.map_or(usize::MAX, |at| at.byte().abs_diff(self.place.byte())))
        })
    }
}
