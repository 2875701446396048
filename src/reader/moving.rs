//! Steps and leaps, by line, page, paragraph and section; in the text, the pane, a list and the help.

use super::jumps::Spot;
use super::{Effect, Message, Mode, State};
use crate::document::Position;
use crate::layout::spread::Sheet;

/// How far a scroll goes; negative is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scroll {
    Lines(i64),
    Halves(i64),
    Pages(i64),
}

impl State {
    /// A step: sets the place.
    pub(super) fn step(&mut self, place: Position) {
        self.place = place;
        self.resume = None;
        self.drop_hidden_choice();
    }

    /// What is chosen is on the screen, or nothing is.
    pub(super) fn drop_hidden_choice(&mut self) {
        if self.chosen.is_some_and(|target| !self.shows_target(target)) {
            self.chosen = None;
        }
    }

    /// A leap: leaves the place on the stack, then sets it. A place in a note opens the note where it is cited.
    pub(super) fn leap(&mut self, to: Position) {
        self.jumps.leave(self.spot(), None);
        self.land(to);
    }

    /// Brings a place to the top line, or opens the note it is in.
    pub(super) fn land(&mut self, to: Position) {
        self.chosen = None;
        self.resume = None;
        match self.document().note_at(to) {
            None => {
                self.mode = Mode::Reading;
                self.place = self.line_start(to);
            }
            Some(note) => {
                let cited = self.document().citations(note).map(|r| r.at).next();
                self.mode = Mode::Note { note, top: self.line_start(to) };
                if let Some(at) = cited.filter(|&at| self.document().note_at(at).is_none() && !self.shows(at))
                {
                    self.place = self.line_start(at);
                }
            }
        }
    }

    /// Where one is, to come back to.
    pub(super) fn spot(&self) -> Spot {
        self.spot_in(&self.mode)
    }

    /// Where one is in a mode, which need not be the topmost.
    pub(super) fn spot_in(&self, mode: &Mode) -> Spot {
        let note = match *mode {
            Mode::Note { top, .. } => Some(top),
            Mode::Reading | Mode::Select(_) | Mode::List(_) | Mode::Prompt(_) | Mode::Help { .. } => None,
        };
        Spot { place: self.place, note }
    }

    fn return_to(&mut self, spot: Spot) {
        let note = spot.note.and_then(|top| Some((self.document().note_at(top)?, top)));
        self.mode = note.map_or(Mode::Reading, |(note, top)| Mode::Note { note, top });
        self.step(spot.place);
    }

    /// A leap that stays put if the place is on the screen already.
    pub(super) fn leap_unless_shown(&mut self, to: Position) {
        if self.shows(to) && self.document().note_at(to).is_none() {
            self.jumps.leave(self.spot(), None);
            self.mode = Mode::Reading;
            self.chosen = None;
        } else {
            self.leap(to);
        }
    }

    /// Scrolls whatever has the focus.
    pub(super) fn scroll(&mut self, by: Scroll) {
        let height = i64::from(self.frame().text.rows.max(1));
        let rows = |by| match by {
            Scroll::Lines(n) => n,
            Scroll::Halves(n) => n * (height / 2).max(1),
            Scroll::Pages(n) => n * (height - 1).max(1),
        };
        match &mut self.mode {
            Mode::Reading => match by {
                Scroll::Pages(n) => self.turn(n),
                Scroll::Halves(_) => self.scroll_half(rows(by)),
                Scroll::Lines(n) => self.scroll_text(n),
            },
            Mode::Note { .. } => self.scroll_note(by),
            Mode::Select(_) => self.select_lines(by),
            Mode::List(list) => list.move_by(rows(by)),
            Mode::Help { top, .. } => *top = top.saturating_add_signed(rows(by) as isize),
            Mode::Prompt(_) => {}
        }
        self.bound_help();
    }

    fn scroll_note(&mut self, by: Scroll) {
        let Mode::Note { note, top } = self.mode else { return };
        let (document, galley) = (&self.text.document, &self.text.galley);
        let rows = self.pane_lines().max(1);
        let half = i64::from(rows / 2).max(1);
        let sheet = Sheet::single(document, galley, rows);
        let on = |at: Position| sheet.open(at).next();
        let back = |at: Position| Some(sheet.before(at)).filter(|&before| before < at);
        let to = match by {
            Scroll::Pages(n) => {
                let turn = |at: Position| if n > 0 { on(at) } else { back(at) };
                (0..n.unsigned_abs()).try_fold(top, |at, i| turn(at).or((i > 0).then_some(at)))
            }
            Scroll::Lines(n) if n < 0 => {
                galley.starts_before(document, top).take(n.unsigned_abs() as usize).last()
            }
            Scroll::Halves(n) if n < 0 => {
                galley.starts_before(document, top).take((n * half).unsigned_abs() as usize).last()
            }
            Scroll::Lines(n) => self.note_line_on(note, top, rows, n),
            Scroll::Halves(n) => self.note_line_on(note, top, rows, n * half),
        };
        let down = match by {
            Scroll::Lines(n) | Scroll::Halves(n) | Scroll::Pages(n) => n > 0,
        };
        match to {
            Some(top) => self.mode = Mode::Note { note, top },
            None => self.say(if down { "the note ends here" } else { "the note starts here" }),
        }
    }

    /// The line of a note `many` on; its last line stays at the foot of the pane.
    fn note_line_on(&self, note: usize, top: Position, rows: u16, many: i64) -> Option<Position> {
        let (document, galley) = (&self.text.document, &self.text.galley);
        let end = document.position(document.notes()[note].range.end.saturating_sub(1));
        let last = Sheet::single(document, galley, rows).ending(end);
        let starts = galley.starts_from(document, top).skip(1);
        starts.take(many.unsigned_abs() as usize).take_while(|&at| at <= last).last()
    }

    /// Start or end of the whole: of the text, the list, the help.
    pub(super) fn go_to_edge(&mut self, end: bool) {
        match &mut self.mode {
            Mode::Reading | Mode::Note { .. } => {
                let to = if end { self.top_of_end(self.document().body().end) } else { Position::at(0) };
                self.leap(to);
            }
            Mode::Select(_) => self.select_edge(end),
            Mode::List(list) => list.move_by(if end { i64::MAX } else { i64::MIN }),
            Mode::Help { top, .. } => *top = if end { usize::MAX } else { 0 },
            Mode::Prompt(_) => {}
        }
        self.bound_help();
    }

    /// Start or end of the section, or of the note in the pane.
    pub(super) fn go_to_section_edge(&mut self, end: bool) {
        if let Mode::Note { note, .. } = self.mode {
            let range = self.document().notes()[note].range.clone();
            self.mode = Mode::Note { note, top: Position::at(range.start) };
            if end {
                self.scroll_note(Scroll::Lines(i64::from(u16::MAX)));
            }
            return;
        }
        let document = self.document();
        let range = match document.section_at(self.place) {
            Some(s) => document.sections()[s].range.clone(),
            None => 0..document.sections().first().map_or(document.body().end, |s| s.range.start),
        };
        let to = if end {
            self.top_of_end(range.end).max(Position::at(range.start))
        } else {
            Position::at(range.start)
        };
        if to != self.place {
            self.leap(to);
        }
    }

    /// Next or previous section, or note in the pane.
    pub(super) fn by_sections(&mut self, by: i64) {
        if let Mode::Note { note, .. } = self.mode {
            let last = self.document().notes().len() as i64 - 1;
            let to = (note as i64).saturating_add(by);
            if (0..=last).contains(&to) {
                self.open_note(to as usize);
            } else {
                self.say(if by > 0 { "this is the last note" } else { "this is the first note" });
            }
            return;
        }
        let here = self.place;
        let stops: Vec<Position> = self.document().stops().collect();
        let many = by.unsigned_abs() as usize - 1;
        // Going back from within a section leads to its start first, as in every reader.
        let to = if by > 0 {
            stops.iter().filter(|&&at| at > here).nth(many).or(stops.last().filter(|&&at| at > here))
        } else {
            stops.iter().rev().filter(|&&at| at < here).nth(many).or(stops.first().filter(|&&at| at < here))
        };
        match to.copied() {
            Some(at) => self.leap(at),
            None => self.say(if by > 0 { "this is the last section" } else { "the text starts here" }),
        }
    }

    /// Next or previous paragraph.
    pub(super) fn by_paragraphs(&mut self, by: i64) {
        if matches!(self.mode, Mode::Select(_)) {
            return self.select_paragraphs(by);
        }
        let document = self.document();
        let blocks = &document.blocks()[document.blocks_in(&document.body())];
        // The title is where one comes to before the first paragraph.
        let title = blocks.first().filter(|b| !b.counts());
        let starts = title.into_iter().chain(blocks.iter().filter(|b| b.counts()));
        let starts: Vec<usize> = starts.map(|b| b.range.start).collect();
        let here = self.place.byte();
        let index = if by > 0 {
            let next = starts.partition_point(|&s| s <= here);
            (next + by as usize - 1).min(starts.len().saturating_sub(1)).max(next)
        } else {
            starts.partition_point(|&s| s < here).max(1).saturating_sub(by.unsigned_abs() as usize)
        };
        match starts.get(index).copied().filter(|&s| s != here) {
            Some(at) => self.step(Position::at(at)),
            None => self.say(if by > 0 { "this is the last paragraph" } else { "the text starts here" }),
        }
    }

    /// Back or forward through the places that leaps left.
    pub(super) fn travel(&mut self, by: i64) {
        let mut list = None;
        for _ in 0..by.unsigned_abs() {
            let here = self.spot();
            let jump = if by < 0 { self.jumps.back(here) } else { self.jumps.forward(here) };
            let Some(jump) = jump else {
                self.say(if by < 0 { "there is no place to go back to" } else { "there is no place ahead" });
                return;
            };
            self.return_to(jump.spot);
            list = jump.list;
        }
        if let Some(list) = list {
            self.mode = Mode::List(list);
            self.refresh_bookmarks();
        }
    }

    /// To the place before the last leap, and back again.
    pub(super) fn toggle_place(&mut self) {
        match self.jumps.swap(self.spot()) {
            Some(spot) => self.return_to(spot),
            None => self.say("there is no place to go back to"),
        }
    }

    /// Keeps the help within its lines.
    pub(super) fn bound_help(&mut self) {
        let rows = self.frame().text.rows;
        if let Mode::Help { over, top } = &mut self.mode {
            let lines = super::update::help_lines(&self.keymap, over, self.size.columns).len();
            *top = (*top).min(lines.saturating_sub(usize::from(rows)));
        }
    }

    /// A line at the foot until the next key.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.message = Some(Message::Said(words.into()));
    }

    /// A line at the foot about something that went wrong.
    pub(super) fn fail(&mut self, words: impl Into<String>) -> Vec<Effect> {
        self.message = Some(Message::Failed(words.into()));
        Vec::new()
    }
}
