//! Tells key by key what a reader sees: `journey(text, (80, 24)).keys("] ] Tab Enter").shows("…")`.
//!
//! The machine and the view are the real ones; only the shell is played: what is to be kept is kept in memory.

use ibid::document::Document;
use ibid::keymap::{Key, Keymap};
use ibid::reader::{Effect, Event, Options, Size, State, Text, list, settings, update};
use ibid::shelf::{Id, Shelf, Stamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::rc::Rc;
use std::sync::Arc;

/// A reader being driven.
pub struct Journey {
    pub state: State,
    pub effects: Vec<Effect>,
    shelf: Shelf,
    kept: usize,
    full: bool,
}

/// Opens a document in a terminal of `(columns, rows)`.
pub fn journey(document: Document, size: (u16, u16)) -> Journey {
    with_keys(document, size, Keymap::default())
}

/// The same with a keymap of one's own.
pub fn with_keys(document: Document, (columns, rows): (u16, u16), keymap: Keymap) -> Journey {
    let text = Text::new(document, "journey".to_owned(), "a text".to_owned());
    let size = Size { columns, rows };
    let place = ibid::document::Position::default();
    let state = State::new(text, place, size, Options::default(), Rc::new(keymap));
    Journey { state, effects: Vec::new(), shelf: Shelf::default(), kept: 0, full: false }
}

impl Journey {
    /// Presses keys, named as in a keymap and parted by blanks; `"quoted"` words are typed letter by letter.
    pub fn keys(mut self, keys: &str) -> Journey {
        let mut rest = keys.trim();
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix('"') {
                let (words, after) = quoted.split_once('"').expect("a closing quote");
                for c in words.chars() {
                    self.press(&if c == ' ' { "Space".to_owned() } else { c.to_string() });
                }
                rest = after.trim_start();
            } else {
                let (key, after) = rest.split_once(' ').unwrap_or((rest, ""));
                self.press(key);
                rest = after.trim_start();
            }
        }
        self
    }

    fn press(&mut self, key: &str) {
        let key: Key = key.parse().unwrap_or_else(|_| panic!("{key} is no key"));
        self.send(Event::Key(key));
    }

    /// Sends an event and plays the shell.
    pub fn send(&mut self, event: Event) {
        let effects = update(&mut self.state, event);
        for effect in effects {
            if let Effect::Keep(draft) = &effect {
                self.kept += 1;
                let id = Id::try_from(format!("id{:024}", self.kept)).expect("an id");
                let stamp = Stamp { id, at: "2026-01-02T03:04:05Z".to_owned() };
                let record = self.shelf.record(draft, &stamp).expect("a record");
                self.shelf.add(&"here".into(), record);
                let shelf = Arc::new(self.shelf.clone());
                self.send(if self.full {
                    Event::Unkept(shelf, "disk full".to_owned())
                } else {
                    Event::Kept(shelf)
                });
            }
            if effect == Effect::Settings {
                let state = &self.state;
                let rows = settings::items(&state.settings, &state.options, &state.themes);
                self.send(Event::Listed(list::Kind::Settings, rows));
            }
            self.effects.push(effect);
        }
    }

    /// From now on nothing can be saved.
    pub fn full_disk(mut self, full: bool) -> Journey {
        self.full = full;
        self
    }

    /// Gives the terminal another size.
    pub fn resize(mut self, columns: u16, rows: u16) -> Journey {
        self.send(Event::Resized(Size { columns, rows }));
        self
    }

    /// The screen as text, blanks at the ends of rows left out.
    pub fn screen(&self) -> String {
        let buffer = self.buffer().0;
        let row = |y| {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (ibid::layout::width::width(symbol)).max(1);
            }
            line.trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The painted cells and the cell of the cursor.
    pub fn buffer(&self) -> (Buffer, (u16, u16)) {
        let Size { columns, rows } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = ibid::view::paint(&mut buffer, &self.state);
        (buffer, (cursor.x, cursor.y))
    }

    /// The screen, its cursor and the runs of cells that are not plain: what a snapshot keeps.
    pub fn dump(&self) -> String {
        let (buffer, (x, y)) = self.buffer();
        let mut out = format!("{}\n\ncursor {x},{y}\n", self.screen());
        for row in 0..buffer.area.height {
            let style = |x: u16| (buffer[(x, row)].fg, buffer[(x, row)].modifier, buffer[(x, row)].bg);
            let mut from = 0;
            while from < buffer.area.width {
                let to =
                    (from..buffer.area.width).find(|&x| style(x) != style(from)).unwrap_or(buffer.area.width);
                let (colour, modifier, ground) = style(from);
                let blank = (from..to).all(|x| buffer[(x, row)].symbol() == " ");
                let lies = ground != Color::Reset;
                let plain = colour == Color::Reset && modifier.is_empty() && !lies;
                if !plain && (!blank || lies || modifier.contains(Modifier::REVERSED)) {
                    let on = if lies { format!(" on {ground:?}") } else { String::new() };
                    out.push_str(&format!("{row}: {from}..{to} {colour:?} {modifier:?}{on}\n"));
                }
                from = to;
            }
        }
        out
    }

    /// The words on the screen, line ends and margins folded.
    pub fn words(&self) -> String {
        self.screen().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The screen shows these words, wherever its lines end.
    #[track_caller]
    pub fn shows(self, words: &str) -> Journey {
        assert!(self.words().contains(words), "the screen does not show {words:?}:\n{}", self.screen());
        self
    }

    /// The screen does not show them.
    #[track_caller]
    pub fn hides(self, words: &str) -> Journey {
        assert!(!self.words().contains(words), "the screen shows {words:?}:\n{}", self.screen());
        self
    }

    /// The last row shows these words.
    #[track_caller]
    pub fn foot(self, words: &str) -> Journey {
        let screen = self.screen();
        let foot = screen.lines().last().unwrap_or("");
        assert!(foot.contains(words), "the foot does not show {words:?}:\n{screen}");
        self
    }

    /// The words right at the cursor.
    #[track_caller]
    pub fn cursor_on(self, words: &str) -> Journey {
        let (buffer, (x, y)) = self.buffer();
        let rest: String = (x..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
        assert!(rest.starts_with(words), "the cursor is on {rest:?}, not on {words:?}:\n{}", self.screen());
        self
    }

    /// The top line of text begins with these words.
    #[track_caller]
    pub fn top(self, words: &str) -> Journey {
        let rest = &self.state.document().text()[self.state.place.byte()..];
        assert!(
            rest.starts_with(words),
            "the top is {:?}, not {words:?}",
            rest.chars().take(60).collect::<String>()
        );
        self
    }

    /// Looks at the state.
    pub fn check(self, look: impl FnOnce(&Journey)) -> Journey {
        look(&self);
        self
    }
}
