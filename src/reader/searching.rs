//! The search: its matches, the one it is at, and going from one to the next.

use super::{Effect, Mode, State};
use crate::document::Position;
use crate::search::{Query, QueryError};
use std::ops::Range;
use std::rc::Rc;

/// How many patterns are remembered.
const HISTORY: usize = 100;

/// The most matches that are shown: all of a letter in 10 MB, and what one frame has time for.
const MOST: usize = 2_000_000;

/// A search and its matches.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What is looked for.
    pub query: Query,
    /// Every match in text and notes, in order.
    pub matches: Rc<[Range<usize>]>,
    /// The match one is at.
    pub current: Option<usize>,
    /// Whether `n` goes backward.
    pub backward: bool,
    /// Why the pattern cannot be searched for.
    pub error: Option<QueryError>,
    /// Earlier patterns, the last one last.
    pub history: Vec<Query>,
}

impl Search {
    /// The match one is at.
    pub fn current_match(&self) -> Option<&Range<usize>> {
        self.matches.get(self.current?)
    }

    /// The counter at the foot: `3/17`.
    pub fn counter(&self) -> String {
        match (self.current, self.matches.len()) {
            (_, 0) => "no match".to_owned(),
            (Some(at), n) => format!("{}/{n}", at + 1),
            (None, 1) => "1 match".to_owned(),
            (None, n) => format!("{n} matches"),
        }
    }

    /// What the foot says at a match: `camp  3/17`.
    pub(super) fn told(&self) -> String {
        format!("{}  {}", self.query.pattern, self.counter())
    }

    /// Why there is nothing to go to, if there is nothing.
    pub(super) fn failure(&self) -> Option<String> {
        match &self.error {
            Some(error) => Some(format!("{}: {error}", self.query.pattern)),
            None if self.matches.is_empty() => Some(format!("no match for {}", self.query.pattern)),
            None => None,
        }
    }

    /// Puts the matches out; the pattern stands.
    pub(super) fn put_out(&mut self) {
        self.matches = Rc::default();
        self.current = None;
    }

    pub(super) fn remember(&mut self) {
        let query = self.query.clone();
        self.history.retain(|q| *q != query);
        self.history.push(query);
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }
}

impl State {
    /// Looks for `query` and stops at the first match from `from` on (or back), past the end from the other end.
    pub(super) fn look_for(&mut self, query: Query, from: Position) {
        // What was looked for last need not be looked for again.
        if self.search.matches.is_empty() || self.search.query != query {
            let found = self.text.index.find_up_to(MOST, &self.text.document, &query);
            self.search.error = found.as_ref().err().cloned();
            self.search.matches = found.unwrap_or_default().into();
            self.search.query = query;
        }
        let search = &mut self.search;
        search.current = match (search.matches.len(), search.backward) {
            (0, _) => None,
            (n, false) => Some(search.matches.partition_point(|m| m.start < from.byte()) % n),
            (n, true) => Some((search.matches.partition_point(|m| m.start < from.byte()) + n - 1) % n),
        };
    }

    /// `n` and `N`: the next match, `by` of them on; past the last from the first again, and says so.
    pub(super) fn next_match(&mut self, by: i64) -> Vec<Effect> {
        if self.search.query.pattern.is_empty() {
            return self.fail("nothing was searched for yet");
        }
        if self.search.matches.is_empty() {
            // They were put out; the pattern still stands.
            self.look_for(self.search.query.clone(), self.focus());
            self.search.current = None;
        }
        if let Some(words) = self.search.failure() {
            return self.fail(words);
        }
        let count = self.search.matches.len() as i64;
        let by = if self.search.backward { -by } else { by };
        let here = self.focus();
        let on_match = self.search.current_match().is_some_and(|m| m.start == here.byte());
        let on_match = on_match || self.in_pane_of_match();
        let from = if on_match {
            self.search.current.unwrap_or(0) as i64
        } else {
            // Away from the last match, the next one is the next from here.
            let next = self.search.matches.partition_point(|m| m.start < here.byte()) as i64;
            if by > 0 { next - 1 } else { next }
        };
        let to = from + by;
        let at = to.rem_euclid(count) as usize;
        self.search.current = Some(at);
        self.show_match(!on_match);
        let wrapped = if to >= count {
            "  from the top again"
        } else if to < 0 {
            "  from the end again"
        } else {
            ""
        };
        let words = format!("{}{wrapped}", self.search.told());
        self.say(words);
        Vec::new()
    }

    fn in_pane_of_match(&self) -> bool {
        let Mode::Note { note, .. } = self.mode else { return false };
        self.search
            .current_match()
            .is_some_and(|m| self.document().note_at(Position::at(m.start)) == Some(note))
    }

    /// Brings the current match onto the screen; one that is there already stays where it stands. Searching is one leap
    /// to come back from, however many matches one looks at.
    pub(super) fn show_match(&mut self, leap: bool) {
        let Some(at) = self.search.current_match().map(|m| Position::at(m.start)) else { return };
        self.chosen = None;
        if leap {
            self.jumps.leave(self.spot(), None);
        }
        if self.document().note_at(at).is_none() {
            self.mode = Mode::Reading;
        }
        if !self.shows(at) {
            self.land(at);
        }
    }
}
