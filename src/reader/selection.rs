//! Words being selected: two ends, of which one moves, and the unit by which both are filled up.
//!
//! The ends are places; what lies between them is derived. A selection stays in the text or in the note it began in.

use super::moving::Scroll;
use super::{Effect, Mode, State, Target};
use crate::document::{Document, Position, Token};
use crate::export::citation;
use crate::export::quote::quote;
use crate::layout::spread::Sheet;
use crate::layout::{Galley, LineId, ink};
use std::ops::Range;

/// More than this is not copied, in bytes: terminals drop what is longer, some without a word.
pub const MOST_COPIED: usize = 100_000;

/// More steps than this are not taken for one key, whatever its count: who selects that much goes by pages.
const MOST_STEPS: u64 = 2000;

/// By what is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Words, and the signs between them.
    Word,
    /// Sentences.
    Sentence,
    /// Lines as they are set.
    Line,
}

impl Unit {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Unit::Word => "word",
            Unit::Sentence => "sentence",
            Unit::Line => "line",
        }
    }

    const fn next(self) -> Unit {
        match self {
            Unit::Word => Unit::Sentence,
            Unit::Sentence => Unit::Line,
            Unit::Line => Unit::Word,
        }
    }
}

/// A selection, and what it lies over: the text or the note pane.
#[derive(Debug)]
pub struct Selection {
    /// By what is selected.
    pub unit: Unit,
    /// The end that stays.
    pub from: Position,
    /// The end that moves.
    pub to: Position,
    /// What is beneath.
    pub over: Box<Mode>,
}

impl Selection {
    /// The bytes that are selected.
    pub fn range(&self, document: &Document, galley: &Galley) -> Range<usize> {
        let (first, last) = (self.from.min(self.to), self.from.max(self.to));
        let of = |at| unit(document, galley, at, self.unit);
        of(first).start..of(last).end.max(of(first).start)
    }

    /// The place of the moving end: of the first grapheme that is selected, or of the last.
    pub fn end(&self, document: &Document, galley: &Galley) -> Position {
        let range = self.range(document, galley);
        if self.to < self.from {
            return document.position(range.start);
        }
        document.position(range.end.saturating_sub(1).max(range.start))
    }
}

/// The unit that holds a place.
fn unit(document: &Document, galley: &Galley, at: Position, unit: Unit) -> Range<usize> {
    let nothing = at.byte()..at.byte();
    match unit {
        Unit::Word => document.token_at(at).map_or(nothing, |t| t.range),
        Unit::Sentence => document.sentence_at(at),
        Unit::Line => galley.line_at(document, at).map_or(nothing, |id| line(document, galley, id)),
    }
}

/// The bytes of a line, without the blanks at its ends.
fn line(document: &Document, galley: &Galley, id: LineId) -> Range<usize> {
    let range = galley.line(document, id).range.clone();
    let text = &document.text()[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..(range.start + text.trim_end().len()).max(start)
}

impl State {
    /// `v`: begins to select at the focus; again, selects by the next unit.
    pub(super) fn select(&mut self) {
        if let Mode::Select(selection) = &mut self.mode {
            selection.unit = selection.unit.next();
            return self.follow_end();
        }
        let target = self.focused();
        if self.document().text()[target.clone()].trim().is_empty() {
            return self.say("there are no words here");
        }
        let document = self.document();
        let last = document.position(target.end.saturating_sub(1).max(target.start));
        let place = |at| document.token_at(at).map_or(at, |t: Token| Position::at(t.range.start));
        let (from, to) = (place(Position::at(target.start)), place(last));
        let over = Box::new(std::mem::replace(&mut self.mode, Mode::Reading));
        self.chosen = None;
        self.mode = Mode::Select(Selection { unit: Unit::Word, from, to, over });
        self.follow_end();
    }

    /// The words at the focus: the chosen link, the current match if it is on the screen, else one word.
    fn focused(&self) -> Range<usize> {
        let at = self.focus();
        if let Some(Target::Link(i)) = self.chosen {
            return self.document().spans()[i].range.clone();
        }
        let matched = self.search.current_match().filter(|m| m.start == at.byte() && !m.is_empty());
        matched.cloned().unwrap_or_else(|| self.document().token_at(at).map_or(0..0, |t| t.range))
    }

    /// What is selected.
    pub fn selected(&self) -> Option<Range<usize>> {
        match &self.mode {
            Mode::Select(selection) => Some(selection.range(self.document(), &self.text.galley)),
            // A prompt or the help may lie over it.
            Mode::Prompt(prompt) => match &*prompt.over {
                Mode::Select(selection) => Some(selection.range(self.document(), &self.text.galley)),
                Mode::Reading | Mode::Note { .. } | Mode::List(_) | Mode::Prompt(_) | Mode::Help { .. } => {
                    None
                }
            },
            Mode::Reading | Mode::Note { .. } | Mode::List(_) | Mode::Help { .. } => None,
        }
    }

    /// What `y`, `Y` and `!` act on: the selection, else the current match, else the sentence at the focus.
    pub(super) fn quotable(&self) -> Range<usize> {
        if let Some(range) = self.selected() {
            return range;
        }
        let at = self.focus();
        let matched = self.search.current_match().filter(|m| m.start == at.byte() && self.chosen.is_none());
        matched.cloned().unwrap_or_else(|| self.document().sentence_at(at))
    }

    /// `o`: the other end moves from now on.
    pub(super) fn swap_ends(&mut self) {
        if let Mode::Select(selection) = &mut self.mode {
            std::mem::swap(&mut selection.from, &mut selection.to);
            self.follow_end();
        }
    }

    /// Moves the end `by` steps; each finds the next place from the last, and stays where there is none.
    fn move_end(&mut self, by: i64, step: impl Fn(&Document, &Galley, &Selection) -> Option<Position>) {
        for _ in 0..by.unsigned_abs().min(MOST_STEPS) {
            let Mode::Select(selection) = &mut self.mode else { return };
            let to = step(&self.text.document, &self.text.galley, selection);
            match to.filter(|to| *to != selection.to) {
                Some(to) => selection.to = to,
                None => break,
            }
        }
        self.follow_end();
    }

    /// On or back by the unit.
    pub(super) fn select_units(&mut self, by: i64) {
        self.move_end(by, |document, galley, selection| {
            let here = unit(document, galley, selection.to, selection.unit);
            let token = if by > 0 {
                token_from(document, here.end, selection.to)
            } else {
                document.token_before(Position::at(here.start))
            }?;
            Some(Position::at(token.range.start))
        });
    }

    /// On or back by words, past the signs between them.
    pub(super) fn select_words(&mut self, by: i64) {
        self.move_end(by, |document, _, selection| {
            let step = |at| if by > 0 { document.token_after(at) } else { document.token_before(at) };
            let mut token = step(selection.to);
            while let Some(t) = &token {
                if t.is_word {
                    break;
                }
                token = step(Position::at(t.range.start));
            }
            token.map(|t| Position::at(t.range.start))
        });
    }

    /// To the end of the sentence or, from there, of the next; to its start or that of the one before.
    pub(super) fn select_sentences(&mut self, by: i64) {
        self.move_end(by, |document, _, selection| {
            edge(document, selection.to, by > 0, |at| document.sentence_at(at))
        });
    }

    /// The same by paragraphs.
    pub(super) fn select_paragraphs(&mut self, by: i64) {
        self.move_end(by, |document, _, selection| {
            edge(document, selection.to, by > 0, |at| {
                let block = document.blocks().get(document.block_at(at));
                block.map_or(at.byte()..at.byte(), |b| b.range.clone())
            })
        });
    }

    /// To the start or the end of the line.
    pub(super) fn select_line_edge(&mut self, end: bool) {
        self.move_end(1, |document, galley, selection| {
            let line = line(document, galley, galley.line_at(document, selection.to)?);
            Some(token_within(document, &line, end))
        });
    }

    /// To the start or the end of the text or the note.
    pub(super) fn select_edge(&mut self, end: bool) {
        self.move_end(1, |document, _, selection| {
            Some(token_within(document, &document.flow_at(selection.to), end))
        });
    }

    /// Down or up by lines, in the same column as far as there is one.
    pub(super) fn select_lines(&mut self, by: Scroll) {
        let rows = if self.in_pane() { self.pane_lines() } else { self.frame().text.rows };
        let rows = i64::from(rows.max(1));
        let lines = match by {
            Scroll::Lines(n) => n,
            Scroll::Halves(n) => n * (rows / 2).max(1),
            Scroll::Pages(n) => n * (rows - 1).max(1),
        };
        self.move_end(1, |document, galley, selection| {
            let here = galley.line_at(document, selection.to)?;
            let column = ink::column(document, galley, here, selection.to);
            let many = lines.unsigned_abs() as usize;
            let start = if lines < 0 {
                galley.starts_before(document, selection.to).take(many).last()
            } else {
                galley.starts_from(document, selection.to).skip(1).take(many).last()
            }?;
            let there = galley.line_at(document, start)?;
            // The word at that column: the nearest of the line if it is shorter.
            let at = ink::place_at(document, galley, there, column)?;
            document.token_at(at).map(|token| Position::at(token.range.start))
        });
    }

    /// Scrolls the text or the pane so that the moving end is on the screen.
    fn follow_end(&mut self) {
        let Mode::Select(selection) = &self.mode else { return };
        let (document, galley) = (&self.text.document, &self.text.galley);
        let end = selection.end(document, galley);
        if self.shows(end) {
            return;
        }
        let pane = match *selection.over {
            Mode::Note { note, top } => Some((note, top)),
            Mode::Reading | Mode::List(_) | Mode::Prompt(_) | Mode::Select(_) | Mode::Help { .. } => None,
        };
        let (top, sheet) = match pane {
            Some((_, top)) => (top, Sheet::single(document, galley, self.pane_lines().max(1))),
            None => (self.place, self.sheet()),
        };
        let to = if end < top { self.line_start(end) } else { sheet.ending(end) };
        match pane {
            None => self.step(to),
            Some((note, _)) => {
                if let Mode::Select(selection) = &mut self.mode {
                    *selection.over = Mode::Note { note, top: to };
                }
            }
        }
    }

    /// `y`: the selection, or the sentence at the focus, to the clipboard; a selection has then done its work.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let range = self.quotable();
        let words = quote(self.document(), &range);
        let said = format!("copied {}", counted(&words));
        self.take_away(words, said)
    }

    /// `Y`: the same with its source, in the style that the keymap asks for.
    pub(super) fn copy_cited(&mut self) -> Vec<Effect> {
        let range = self.quotable();
        let words = quote(self.document(), &range);
        let note = self.document().note_at(Position::at(range.start));
        let source = citation::Source {
            document: self.document(),
            standings: &self.text.standings,
            chosen: note.and_then(|note| self.chosen_candidate(note)),
            name: &self.text.name,
        };
        let style = self.keymap.citation();
        let cited = citation::cited(source, &range, style);
        self.take_away(cited, format!("copied {} with their source ({})", counted(&words), style.name()))
    }

    /// Leaves the selection and has a text copied.
    pub(super) fn take_away(&mut self, words: String, said: String) -> Vec<Effect> {
        if words.is_empty() {
            return self.fail("there are no words here");
        }
        if words.len() > MOST_COPIED {
            let kilobytes = words.len() / 1000;
            return self.fail(format!("{kilobytes} KB are too much for a clipboard; select less"));
        }
        self.leave_selection();
        self.say(said);
        vec![Effect::Copy(words)]
    }

    /// Back to what lies beneath the selection.
    pub(super) fn leave_selection(&mut self) {
        match std::mem::replace(&mut self.mode, Mode::Reading) {
            Mode::Select(selection) => self.mode = *selection.over,
            other => self.mode = other,
        }
    }
}

/// The first token at or behind `byte`, and behind `at` in any case.
fn token_from(document: &Document, byte: usize, at: Position) -> Option<Token> {
    let behind = Position::at(byte.saturating_sub(1).max(at.byte()));
    document.token_after(document.position(behind.byte()).max(at))
}

/// The first or the last token of a range.
fn token_within(document: &Document, range: &Range<usize>, last: bool) -> Position {
    let token = if last {
        document.token_before(Position::at(range.end)).filter(|t| t.range.start >= range.start)
    } else {
        document.token_at(Position::at(range.start))
    };
    token.map_or(Position::at(range.start), |t| Position::at(t.range.start))
}

/// The last token of what `of` finds around a place, or of what comes next if one is there already; going back, the
/// first.
fn edge(
    document: &Document,
    at: Position,
    on: bool,
    of: impl Fn(Position) -> Range<usize>,
) -> Option<Position> {
    let here = token_within(document, &of(at), on);
    if (on && here > at) || (!on && here < at) {
        return Some(here);
    }
    let beyond = if on { document.token_after(at) } else { document.token_before(at) }?;
    Some(token_within(document, &of(Position::at(beyond.range.start)), on))
}

/// How many words, told as one says it.
pub(super) fn counted(words: &str) -> String {
    match words.split_whitespace().count() {
        1 => "1 word".to_owned(),
        n => format!("{n} words"),
    }
}
