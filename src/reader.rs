//! The state machine: what is read, where, and in which mode.
//!
//! ```text
//! in       command                                   to
//! Reading  contents, bookmarks, recent, report       List of that kind
//! Reading  concordance                               List of its lines, or Prompt for the pattern
//! Reading  search, go to, label                      Prompt, which carries the place it began at
//! Reading  open a note / select                      Note / Select
//! List     accept / leave                            Reading at the choice (a leap) / what was beneath
//! List     rename, filter                            Prompt over the list
//! Prompt   accept / leave                            Reading at the match (a leap) / where it began
//! Note     follow / leave                            Note, or Reading at the place (a leap) / Reading, unmoved
//! Select   copy, highlight / leave                   Reading, or the note it began in
//! any      help / leave                              Help over it / what was beneath
//! ```
//!
//! There are two kinds of moves and no third: a *step* sets the place; a *leap* first leaves it on the stack of places to
//! come back to. The place is the first byte of the top line, and only moving changes it: a new size, a new measure or
//! an opened note do not.
//!
//! [`update`](fn@update) is pure: what it wants done it returns as [`Effect`]s, each with all it needs. No file, clock, thread or
//! terminal is known here.

mod choosing;
mod concordance;
mod event;
pub mod frame;
mod gloss;
mod goto;
pub mod help;
pub mod highlights;
pub mod jumps;
pub mod linear;
pub mod list;
mod moving;
mod options;
pub mod pointer;
pub mod prompt;
pub mod rail;
mod reloading;
pub mod searching;
pub mod selection;
pub mod settings;
mod text;
mod turning;
mod typesetting;
pub mod update;

use crate::document::{Document, Position};
use crate::keymap::Key;
use crate::keymap::Keymap;
use crate::layout::aside::{self, Aside};
use crate::layout::page::Notes;
use crate::layout::spread::{Shape, Sheet, Spread};
use crate::layout::{Galley, LineId, Style, marks};
use crate::shelf::{Colour, Shelf};
use crate::theme::{self, Theme};
use std::rc::Rc;
use std::sync::Arc;

pub use event::{Effect, Event};
pub use frame::{Frame, Size};
pub use highlights::Highlights;
pub use jumps::Jumps;
pub use list::List;
pub use options::{Columns, MEASURE, NotesPlace, Options};
pub use pointer::{Hit, Pointer};
pub use prompt::Prompt;
pub use searching::Search;
pub use selection::Selection;
pub use settings::Settings;
pub use text::Text;
pub use update::update;

/// What one can choose on a page with [`Tab`](crate::command::Command::NextReference).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A reference, an index into [`Document::references`].
    Reference(usize),
    /// A link, an index into [`Document::spans`].
    Link(usize),
}

/// What the reader is doing. Each mode carries what it needs; leaving it drops it.
#[derive(Debug)]
pub enum Mode {
    /// Reading the text.
    Reading,
    /// Reading a note in the pane, from the line that holds `top` on.
    Note {
        /// The note.
        note: usize,
        /// The first line shown.
        top: Position,
    },
    /// Selecting words, in the text or in the note pane.
    Select(Selection),
    /// Choosing from a list.
    List(List),
    /// Typing a line.
    Prompt(Prompt),
    /// Looking at the keys of the mode beneath, from row `top` on.
    Help {
        /// What is beneath.
        over: Box<Mode>,
        /// The first row shown.
        top: usize,
    },
}

/// A line at the foot that stands until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Something to know.
    Said(String),
    /// Something that went wrong.
    Failed(String),
}

/// Keys that were typed and wait for more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The beginning of a sequence.
    pub keys: Vec<Key>,
    /// A count.
    pub count: Option<u32>,
    /// A command that waits for its letter.
    pub letter: Option<crate::command::Command>,
}

/// Something that can be taken with one key or left.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What the foot says.
    pub words: String,
    /// What taking it means.
    pub gift: Gift,
}

/// What an offer gives.
#[derive(Clone, Debug)]
pub enum Gift {
    /// The place another device is at.
    Place(Position),
    /// The marks of a text that looks like this one under another name; the shell holds them.
    Marks,
}

/// The reader. See the module.
#[derive(Debug)]
pub struct State {
    /// What is read.
    pub text: Text,
    /// The first byte of the top line.
    pub place: Position,
    /// What the reader is doing.
    pub mode: Mode,
    /// The places leaps left.
    pub jumps: Jumps,
    /// Where the eye goes on, behind what was on the screen before it moved.
    pub resume: Option<Position>,
    /// The tops of the pages that were turned, the last one last.
    turned: Vec<Position>,
    /// The chosen reference or link.
    pub chosen: Option<Target>,
    /// The search and its matches.
    pub search: Search,
    /// Bookmarks, marks and highlights; taken by [`State::put_shelf`].
    pub shelf: Arc<Shelf>,
    /// Where the highlights lie.
    pub highlights: Highlights,
    /// How one reads: what is settled, and what is built in where nothing is.
    pub options: Options,
    /// What is settled, for this text and for all.
    pub settings: Settings,
    /// What holds where nothing is settled.
    built_in: Options,
    /// The themes there are; the first is the terminal's own.
    pub themes: Rc<[Theme]>,
    /// The terminal.
    pub size: Size,
    /// The keys in force.
    pub keymap: Rc<Keymap>,
    /// Keys that wait for more.
    pub pending: Pending,
    /// What the foot says until the next key.
    pub message: Option<Message>,
    /// Why a bookmark or mark could not be saved; it stays until it is.
    pub unsaved: Option<String>,
    /// Why the place could not be saved; it stays until it is.
    pub unplaced: Option<String>,
    /// What is offered.
    pub offer: Option<Offer>,
    /// A note and which of several works it is taken to stand for.
    candidate: Option<(usize, usize)>,
    /// The link whose address the foot shows: the same key again opens it.
    link_shown: Option<usize>,
    /// The colour of the next highlight.
    colour: Colour,
    /// What was highlighted by the last command: the next one may be about it.
    just_made: Option<std::ops::Range<usize>>,
    /// What was deleted from the list of bookmarks, the last one last.
    deleted: Vec<crate::shelf::Id>,
    /// A later state of the text, which waits until nothing lies over this one.
    changed: Option<Box<Text>>,
    /// Where one was put when the words at the top were gone from a later state of the text, and those words.
    adrift: Option<(Position, crate::document::anchor::Anchor)>,
}

impl State {
    /// The reader at `place` in `text`.
    pub fn new(text: Text, place: Position, size: Size, options: Options, keymap: Rc<Keymap>) -> State {
        let mut state = State {
            text,
            place,
            mode: Mode::Reading,
            jumps: Jumps::default(),
            resume: None,
            turned: Vec::new(),
            chosen: None,
            search: Search::default(),
            shelf: Arc::default(),
            highlights: Highlights::default(),
            options,
            settings: Settings::default(),
            built_in: options,
            themes: theme::carried().into(),
            size,
            keymap,
            pending: Pending::default(),
            message: None,
            unsaved: None,
            unplaced: None,
            offer: None,
            candidate: None,
            link_shown: None,
            colour: Colour::default(),
            just_made: None,
            deleted: Vec::new(),
            changed: None,
            adrift: None,
        };
        state.set();
        state
    }

    /// Takes the settings that were written down, and the themes that they may name.
    pub fn settled(mut self, settings: Settings, themes: Rc<[Theme]>) -> State {
        self.options = settings.over(self.built_in, &themes);
        (self.settings, self.themes) = (settings, themes);
        self.set();
        self
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.text.document
    }

    /// The theme in force.
    pub fn theme(&self) -> &Theme {
        &self.themes[self.options.theme.min(self.themes.len() - 1)]
    }

    /// What the pages on the screen are made of.
    pub fn sheet(&self) -> Sheet<'_> {
        let frame = self.frame();
        let notes = match self.options.notes {
            NotesPlace::Off => Notes::Off,
            NotesPlace::Margin if frame.margin.is_some() => Notes::Off,
            NotesPlace::Foot | NotesPlace::Margin => Notes::Foot(&self.text.glosses),
        };
        // The page over the open note has none at its foot.
        let last = if frame.pane.is_some() { Notes::Off } else { notes };
        let left = Shape { rows: frame.text.rows, notes: if frame.right.is_some() { notes } else { last } };
        let right = frame.right.map(|area| Shape { rows: area.rows, notes: last });
        Sheet { document: self.document(), galley: &self.text.galley, left, right }
    }

    /// The page on the screen, or the two of them.
    pub fn spread(&self) -> Spread {
        self.spread_at(self.place)
    }

    /// The notes in the margin of the page, where they stand there.
    pub fn aside(&self) -> Aside {
        let (Some(area), Some(narrow)) = (self.frame().margin, &self.text.aside) else {
            return Aside::default();
        };
        let page = self.spread().left;
        let gloss = |note| self.gloss_in(note, area.columns).len() as u16;
        aside::beside(self.document(), (&self.text.galley, narrow), &page, area.rows, gloss)
    }

    /// The note pane, if there is one: the note and the first line of it that is shown.
    pub fn pane(&self) -> Option<(usize, Position)> {
        let mut mode = &self.mode;
        loop {
            match mode {
                // A list and the help cover text and pane alike.
                Mode::Reading | Mode::List(_) | Mode::Help { .. } => return None,
                Mode::Note { note, top } => return Some((*note, *top)),
                Mode::Select(selection) => mode = &selection.over,
                Mode::Prompt(prompt) => match prompt.preview {
                    Some(at) => return self.document().note_at(at).map(|note| (note, at)),
                    None => mode = &prompt.over,
                },
            }
        }
    }

    /// Whether what has the focus stands in the note pane.
    pub fn in_pane(&self) -> bool {
        match &self.mode {
            Mode::Note { .. } => true,
            Mode::Select(selection) => matches!(*selection.over, Mode::Note { .. }),
            Mode::Reading | Mode::List(_) | Mode::Prompt(_) | Mode::Help { .. } => false,
        }
    }

    /// The focus: the chosen reference or link, else the current match if it is on the screen, else the first word of
    /// the top line; in the pane, the first word of its top line. In a selection, its moving end.
    pub fn focus(&self) -> Position {
        if let Mode::Select(selection) = &self.mode {
            return selection.end(self.document(), &self.text.galley);
        }
        // In the pane only what is chosen there counts.
        let open = self.pane().map(|(note, _)| note);
        let chosen = self.chosen.map(|target| self.target_at(target));
        let chosen = chosen.filter(|&at| self.document().note_at(at) == open);
        let matched = || {
            let at = self.search.current_match().map(|m| Position::at(m.start))?;
            self.shows(at).then_some(at)
        };
        chosen.or_else(matched).unwrap_or_else(|| match self.pane() {
            Some((_, top)) => self.line_start(top),
            None => self.line_start(self.place),
        })
    }

    /// Whether a place is on the screen, in the text or in the pane.
    pub fn shows(&self, at: Position) -> bool {
        let document = self.document();
        match (document.note_at(at), self.pane()) {
            (Some(note), Some((open, top))) if note == open => {
                let rows = self.pane_lines();
                let line = self.text.galley.line_at(document, at);
                self.text
                    .galley
                    .rows_from(document, top)
                    .take(usize::from(rows))
                    .any(|r| line.is_some_and(|line| r == crate::layout::Row::Line(line)))
            }
            (Some(_), _) => false,
            (None, _) => {
                let line = self.text.galley.line_at(document, at);
                line.is_some_and(|line| self.spread().find(line).is_some())
            }
        }
    }

    /// Whether a target is on the screen, in the text or in the pane.
    fn shows_target(&self, target: Target) -> bool {
        let at = self.target_at(target);
        match self.target_line(target).map(|line| self.text.galley.line(self.document(), line).range.start) {
            Some(start) if self.document().note_at(at).is_none() => self.shows(Position::at(start)),
            _ => self.shows(at),
        }
    }

    /// The line on which a target is painted.
    pub fn target_line(&self, target: Target) -> Option<LineId> {
        let at = self.target_at(target);
        match target {
            Target::Reference(_) => marks::line(self.document(), &self.text.galley, at),
            Target::Link(_) => self.text.galley.line_at(self.document(), at),
        }
    }

    /// Where a target stands.
    pub fn target_at(&self, target: Target) -> Position {
        match target {
            Target::Reference(i) => self.document().references()[i].at,
            Target::Link(i) => Position::at(self.document().spans()[i].range.start),
        }
    }

    /// The minutes the rest of the text takes a steady reader (230 words a minute; Brysbaert 2019 found 238 for English
    /// non-fiction, and notes slow one down).
    pub fn minutes_left(&self) -> usize {
        let left = (1.0 - self.document().progress(self.place)) * self.text.words as f64;
        (left / 230.0).ceil() as usize
    }

    /// The first place of the line that holds `at`.
    fn line_start(&self, at: Position) -> Position {
        self.text.galley.starts_from(self.document(), at).next().unwrap_or(at)
    }

    /// Sets the text anew if what it is set by has changed. The place stays.
    fn set(&mut self) {
        let frame = self.frame();
        let style = self.options.style(frame.text.columns);
        if style != self.text.galley.style() {
            self.text.galley = Galley::new(&self.text.document, style);
        }
        // In lines as short as a margin's, filling them would tear holes.
        let narrow = frame.margin.map(|area| Style { justify: false, ..self.options.style(area.columns) });
        if narrow != self.text.aside.as_ref().map(Galley::style) {
            self.text.aside = narrow.map(|style| Galley::new(&self.text.document, style));
        }
    }
}
