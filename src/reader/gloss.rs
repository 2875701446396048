//! What a note stands for, as it is told and followed; and who cites it.

use super::list::{Goal, Item, Kind};
use super::{Effect, Mode, State};
use crate::apparatus::{self, Candidate, Standing};
use crate::document::Position;
use crate::document::clean::excerpt;
use crate::layout::bidi::{self, Side};
use crate::layout::width::ellipsis;
use crate::layout::{marks, wrapped};

/// The rows that what a note stands for may take in the margin.
const MARGIN_ROWS: usize = 3;

impl State {
    /// What stands under a note that stands for another: the way there and the work. It is told after an arrow, for
    /// meaning never hangs on colour alone; it takes at most `columns` cells or so.
    pub fn gloss(&self, note: usize, columns: u16) -> Option<String> {
        let standing = self.text.standings.get(note)?.as_ref()?;
        let room = usize::from(columns.saturating_sub(2));
        let words = standing.words(self.document(), self.candidate(note), room);
        let arrow = match bidi::side(&words, self.options.bidi) {
            Side::Left => "→",
            Side::Right => "←",
        };
        Some(format!("{arrow} {words}"))
    }

    /// Which of the works that a note may stand for has been chosen for it, if one has.
    pub(super) fn chosen_candidate(&self, note: usize) -> Option<usize> {
        self.candidate.filter(|(of, _)| *of == note).map(|(_, at)| at)
    }

    /// The same in the lines that it takes in the margin, a few at most.
    pub fn gloss_in(&self, note: usize, columns: u16) -> Vec<String> {
        let room = columns.saturating_sub(self.note_indent(note, columns));
        let Some(words) = self.gloss(note, room * MARGIN_ROWS as u16) else { return Vec::new() };
        let lines = wrapped(&words, room);
        let (shown, rest) = lines.split_at(lines.len().min(MARGIN_ROWS - 1));
        let rest = Some(rest.join(" ")).filter(|rest| !rest.is_empty());
        let last = rest.map(|rest| ellipsis(&rest, room).into_owned());
        shown.iter().map(|&line| line.to_owned()).chain(last).collect()
    }

    /// The cells by which the text of a note hangs beside its mark.
    pub fn note_indent(&self, note: usize, columns: u16) -> u16 {
        marks::hang(&self.text.galley.style().figure(&self.document().notes()[note].mark), columns)
    }

    /// Which of the works that a note may stand for it is taken to mean.
    fn candidate(&self, note: usize) -> usize {
        self.chosen_candidate(note).unwrap_or(0)
    }

    /// Goes to the work that a note stands for, in the note that names it.
    pub(super) fn follow_standing(&mut self, note: usize) -> Vec<Effect> {
        let (note, text) = match self.text.standings.get(note).and_then(Option::as_ref) {
            Some(Standing::One { note, text, .. }) => (*note, text.start),
            Some(Standing::Several(candidates)) => match candidates.get(self.candidate(note)) {
                Some(Candidate { note, text }) => (*note, text.start),
                None => return Vec::new(),
            },
            Some(Standing::Unresolved) => return self.fail("what this note stands for cannot be told"),
            None => return self.fail("this note points to nothing that can be followed"),
        };
        self.follow_to_note(note);
        let at = self.document().position(text);
        if !self.shows(at) {
            self.mode = Mode::Note { note, top: self.line_start(at) };
        }
        Vec::new()
    }

    /// The next work that the open note may stand for.
    pub(super) fn next_candidate(&mut self) {
        let Mode::Note { note, .. } = self.mode else { return };
        match self.text.standings.get(note).and_then(Option::as_ref).map(Standing::choices) {
            Some(0) => self.say("what it stands for cannot be told"),
            Some(1) => self.say("it can stand for one work only"),
            Some(many) => self.candidate = Some((note, (self.candidate(note) + 1) % many)),
            None => self.say("this note stands for itself"),
        }
    }

    /// The places that cite the open note, and the notes that cite its works again.
    pub(super) fn open_citing(&mut self) {
        let Mode::Note { note, .. } = self.mode else { return };
        let document = self.document();
        let mut items: Vec<Item> = document
            .citations(note)
            .map(|r| {
                let words = format!("…{}{}", document.before(r.at, 50), document.after(r.at, 30));
                Item::new(excerpt(&words, 200), document.name_of(r.at), Goal::Place(r.at))
            })
            .collect();
        for again in apparatus::citing(document, &self.text.standings, note) {
            let range = document.notes()[again].range.clone();
            let words = excerpt(&document.text()[range.clone()], 200);
            items.push(Item::new(
                words,
                document.name_of(Position::at(range.start)),
                Goal::Place(Position::at(range.start)),
            ));
        }
        self.open_list(Kind::Citing, items, 0);
    }
}
