//! The scroll rail: where the page stands in the text, and where the matches of a search are.
//!
//! It stands only while a search is live. A match in a note counts where the note is first cited: that is where one
//! meets it.

use super::frame::{Area, Size};
use super::{Mode, State};
use crate::document::Position;
use std::ops::Range;

/// What one row of the rail stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notch {
    /// A part of the page on the screen.
    pub page: bool,
    /// A match, or several.
    pub found: bool,
    /// The match one is at.
    pub current: bool,
}

/// The fewest rows in which a rail says anything.
const LEAST: u16 = 4;

impl State {
    /// Where the rail stands: at the right edge, the text and the pane beside it, a blank between. Where there is no
    /// room for both there is none, nor where something covers the text.
    pub(super) fn rail(&self, text: Area, body: u16) -> Option<Area> {
        let Size { columns, .. } = self.size;
        let room = text.x + text.columns + 1 < columns && body >= LEAST;
        let live = !self.search.matches.is_empty() && self.page_is_seen();
        (room && live).then(|| Area { x: columns - 1, y: text.y, columns: 1, rows: body })
    }

    /// Whether the page is on the screen, whatever is typed or read under it.
    fn page_is_seen(&self) -> bool {
        let mut mode = &self.mode;
        loop {
            match mode {
                Mode::Reading | Mode::Note { .. } | Mode::Select(_) => return true,
                Mode::List(_) | Mode::Help { .. } => return false,
                Mode::Prompt(prompt) => mode = &prompt.over,
            }
        }
    }

    /// The rows of a rail of this height.
    pub fn notches(&self, rows: u16) -> Vec<Notch> {
        let document = self.document();
        let body = document.body().end.max(1);
        let row_of = |byte: usize| (byte.min(body - 1) * usize::from(rows) / body).min(usize::from(rows) - 1);
        let mut notches = vec![Notch::default(); usize::from(rows)];
        let end = self.spread().next().map_or(body, Position::byte).max(self.place.byte() + 1);
        notches[row_of(self.place.byte())..=row_of(end - 1)].iter_mut().for_each(|notch| notch.page = true);
        let matches = &self.search.matches;
        // However many there are, each row is asked for its first one only.
        let mut next = 0;
        while let Some(found) = matches.get(next).filter(|found| found.start < document.body().end) {
            let row = row_of(found.start);
            notches[row].found = true;
            next +=
                matches[next..].partition_point(|m| m.start < document.body().end && row_of(m.start) == row);
        }
        let current = self.search.current_match();
        if let Some(found) = current.filter(|found| found.start < document.body().end) {
            notches[row_of(found.start)].current = true;
        }
        let in_notes = &matches[next..];
        if in_notes.is_empty() {
            return notches;
        }
        let holds = |note: &Range<usize>| {
            let first = in_notes.partition_point(|m| m.start < note.start);
            in_notes.get(first).is_some_and(|m| m.start < note.end)
        };
        let current = current.and_then(|found| document.note_at(Position::at(found.start)));
        let mut met = vec![false; document.notes().len()];
        for reference in document.references().iter().filter(|r| r.at.byte() <= document.body().end) {
            let Some(note) = reference.note.filter(|&note| !std::mem::replace(&mut met[note], true)) else {
                continue;
            };
            let notch = &mut notches[row_of(reference.at.byte())];
            notch.found |= holds(&document.notes()[note].range);
            notch.current |= current == Some(note);
        }
        notches
    }
}
