//! One sitting: wait for what happens, let the machine answer, do what it asks for, draw.
//!
//! The loop blocks until something happens: an idle reader costs nothing. Keys that came while it was busy are all
//! answered before the next frame is drawn.

mod changed;
mod performing;

use super::House;
use super::painter::Depth;
use super::signals::{self, LastWords, Signal};
use super::store::{Keeper, LAST_WORDS, News, Offer, Source, Unsaved};
use super::terminal::{self, Input, Terminal};
use super::trouble::{Exit, Trouble};
use super::watch::{Reread, Stamp};
use super::{abilities, keys, texts};
use crate::document::anchor::Anchor;
use crate::document::clean::excerpt;
use crate::document::{Document, Position};
use crate::reader::list::{Goal, Item};
use crate::reader::settings::{self, Change};
use crate::reader::{Event, Gift, Message, Options, Pointer, Size, State, Text, update};
use crate::{reader, shelf, view};
use changed::Lookout;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

/// What the loop waits for.
enum Moment {
    Input(Input),
    Signal(Signal),
    News(News),
    /// The editor has ended, well or not.
    Edited(bool),
    Reread(Reread),
}

impl From<Input> for Moment {
    fn from(input: Input) -> Moment {
        Moment::Input(input)
    }
}

impl From<Signal> for Moment {
    fn from(signal: Signal) -> Moment {
        Moment::Signal(signal)
    }
}

/// What stays while texts come and go.
#[derive(Clone)]
struct Desk<'a> {
    house: &'a House,
    /// The keeper of the text that is open, shared with the threads that may say the last words.
    keeper: Arc<Mutex<Option<Keeper>>>,
    listener: Sender<Moment>,
    /// How one reads where nothing is settled.
    options: Options,
}

/// What stands between the machine and the world while a text is read.
struct Session<'a> {
    desk: Desk<'a>,
    source: Source,
    /// Whether it is remembered as the text read last.
    is_remembered: bool,
    lookout: Lookout,
    state: State,
    keeper: Keeper,
    offer: Option<Offer>,
    /// The place that the keeper was told last.
    kept: Option<Position>,
    /// What the settings of this text are kept under.
    docid: String,
    /// What was settled and is not on the disk.
    unsettled: Vec<Change>,
}

/// Reads a document on the terminal until the reader leaves.
///
/// # Errors
/// When the terminal cannot be had.
pub fn sit(house: &House, source: Source, document: Document, seen: Option<Stamp>) -> Result<Exit, Trouble> {
    let (listener, moments) = mpsc::channel();
    let desk = Desk { house, keeper: Arc::default(), listener, options: abilities::options() };
    let flushed = Arc::clone(&desk.keeper);
    let last_words = LastWords::new(move || {
        let keeper = flushed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(keeper) = keeper {
            // What is not on the disk by then cannot be helped.
            let _ = keeper.flush(LAST_WORDS);
        }
    });
    let no_terminal = |error: std::io::Error| {
        Trouble::new(Exit::Usage, "the terminal", error, "use `ibid print` to read without one")
    };
    signals::install_panic_hook(last_words.clone());
    signals::watch(desk.listener.clone(), last_words.clone()).map_err(no_terminal)?;
    terminal::events(desk.listener.clone()).map_err(no_terminal)?;
    let depth = Depth::detect(|name| std::env::var(name).ok());
    let mut terminal = Terminal::enter(depth).map_err(no_terminal)?;
    let mut session = Session::open(desk, source, document, seen, size_of(&terminal))?;
    if session.run(&mut terminal, &moments).is_err() {
        // A terminal that takes no more frames is gone.
        signals::hang_up(&last_words);
    }
    // What failed is told by the farewell.
    let _ = session.leave();
    drop(terminal);
    session.farewell();
    Ok(Exit::Done)
}

impl<'a> Session<'a> {
    /// Opens a document at the place where it was left, with what is kept about it.
    fn open(
        desk: Desk<'a>,
        source: Source,
        document: Document,
        seen: Option<Stamp>,
        size: Size,
    ) -> Result<Session<'a>, Trouble> {
        let identity = shelf::identity(document.text());
        let name = texts::name(&source);
        let title = document.meta().title.clone().unwrap_or_else(|| name.clone());
        let opened = desk.house.store.open(&identity, &source, &title);
        let find = |anchor: &Anchor| anchor.find(&document, &identity.hash).position();
        let place = opened.place.as_ref().map_or(Position::default(), |p| find(&p.a.anchor));
        let elsewhere =
            opened.elsewhere.as_ref().map(|e| (find(&e.a.anchor), e)).filter(|(at, _)| *at != place);
        let offered = match (elsewhere, &opened.offer) {
            (Some((at, elsewhere)), _) => {
                let words = format!("{} is at {}%", excerpt(&elsewhere.device, 30), elsewhere.percent());
                Some(reader::Offer { words, gift: Gift::Place(at) })
            }
            (None, Some(offer)) => {
                let words = format!("looks like “{}”: take its marks", excerpt(&offer.title, 24));
                Some(reader::Offer { words, gift: Gift::Marks })
            }
            (None, None) => None,
        };
        let ours = desk.house.complaints.iter().map(ToString::to_string);
        let complaints: Vec<String> = ours.chain(opened.complaints.iter().map(ToString::to_string)).collect();
        let message = match &complaints[..] {
            [] if document.text().is_empty() => Some(Message::Said("this text is empty".to_owned())),
            [] => None,
            [one] => Some(Message::Failed(one.clone())),
            [first, more @ ..] => Some(Message::Failed(format!("{first} (and {} more)", more.len()))),
        };
        let text = Text::new(document, identity.hash, name);
        let state = State::new(text, place, size, desk.options, desk.house.keymap.clone());
        let mut state = state.settled(opened.settings, Rc::clone(&desk.house.themes));
        state.put_shelf(opened.shelf);
        state.offer = offered;
        state.message = message;
        let tell = desk.listener.clone();
        let keeper = Keeper::start(opened.drawer, move |news| {
            // Nobody listens any more when the program is about to end.
            let _ = tell.send(Moment::News(news));
        });
        let keeper =
            keeper.map_err(|reason| Trouble::new(Exit::Own, "bookmarks", reason, "close other programs"))?;
        *desk.keeper.lock().unwrap_or_else(PoisonError::into_inner) = Some(keeper.clone());
        let (docid, unsettled) = (opened.docid, Vec::new());
        Ok(Session {
            lookout: Lookout::new(&source, seen, desk.house, &desk.listener),
            desk,
            source,
            is_remembered: false,
            state,
            keeper,
            offer: opened.offer,
            kept: None,
            docid,
            unsettled,
        })
    }

    fn run(&mut self, terminal: &mut Terminal, moments: &Receiver<Moment>) -> std::io::Result<()> {
        loop {
            // Told before the page is shown: a place that was seen is a place that is kept.
            self.keep_place();
            terminal.reckon(self.state.options.ambiguous)?;
            terminal.heed_mouse(self.state.options.mouse);
            terminal.draw(|frame| view::draw(frame, &self.state))?;
            // Written behind the page, which has not waited for it.
            self.keep_text();
            self.keep_settings();
            // The sender lives in this session: there is always another moment to wait for.
            let Ok(first) = moments.recv() else { return Ok(()) };
            for moment in std::iter::once(first).chain(moments.try_iter()) {
                let Some(event) = self.event(moment, terminal)? else { continue };
                for effect in update(&mut self.state, event) {
                    if !self.perform(effect, terminal, moments)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// What a moment means to the machine, if anything.
    fn event(&mut self, moment: Moment, terminal: &mut Terminal) -> std::io::Result<Option<Event>> {
        Ok(match moment {
            Moment::Input(Input::Key(key)) => {
                self.lookout.glance();
                keys::key(key).map(Event::Key)
            }
            Moment::Input(Input::Paste(text)) => Some(Event::Pasted(text)),
            Moment::Input(Input::Mouse(mouse)) => self.pointed(mouse).map(Event::Pointed),
            Moment::Signal(Signal::Resize(size)) => {
                terminal.resize(size);
                Some(Event::Resized(Size { columns: size.width, rows: size.height }))
            }
            Moment::Signal(Signal::Suspend) => {
                self.suspend(terminal)?;
                Some(Event::Resized(size_of(terminal)))
            }
            Moment::Signal(Signal::Continue) => {
                terminal.resume()?;
                self.lookout.look();
                Some(Event::Resized(size_of(terminal)))
            }
            // Heard only while an editor is waited for.
            Moment::Edited(_) => None,
            Moment::News(News::Kept(Ok(receipt))) => Some(Event::Kept(receipt.shelf)),
            Moment::News(News::Kept(Err(unsaved))) => {
                Some(Event::Unkept(Arc::clone(&unsaved.shelf), unsaved.reason.to_string()))
            }
            Moment::News(News::Refused(why)) => Some(Event::Said(Message::Failed(why.to_string()))),
            Moment::News(News::Placed(kept)) => Some(Event::Placed(kept.map_err(|why| why.to_string()))),
            Moment::News(News::Changed(shelf)) => Some(Event::Shelved(shelf)),
            Moment::Reread(reread) => self.reread(reread),
        })
    }

    /// What the mouse did, if it means anything.
    fn pointed(&self, mouse: MouseEvent) -> Option<Pointer> {
        match mouse.kind {
            MouseEventKind::ScrollDown => Some(Pointer::Wheel(1)),
            MouseEventKind::ScrollUp => Some(Pointer::Wheel(-1)),
            MouseEventKind::Down(MouseButton::Left) => {
                view::hit(&self.state, mouse.column, mouse.row).map(Pointer::Pressed)
            }
            _ => None,
        }
    }

    /// An event that the shell itself brings about; it asks for nothing more.
    fn tell(&mut self, event: Event) {
        let effects = update(&mut self.state, event);
        debug_assert!(effects.is_empty(), "the shell's own events have no effects: {effects:?}");
    }

    /// Remembers once that this is the text read last. Why that could not be is told by the keeper in its own time.
    fn keep_text(&mut self) {
        if !std::mem::replace(&mut self.is_remembered, true) {
            let _ = self.desk.house.store.set_last(&self.source);
        }
    }

    /// Writes down what was settled. What could not be written is told once, and tried again with the next change.
    fn keep_settings(&mut self) {
        if self.unsettled.is_empty() {
            return;
        }
        match self.desk.house.store.settle(&self.docid, &self.unsettled) {
            Ok(()) => self.unsettled.clear(),
            Err(why) => self.tell(Event::Said(Message::Failed(format!("settings are not kept: {why}")))),
        }
    }

    /// Has the place kept if it has moved.
    fn keep_place(&mut self) {
        if self.kept != Some(self.state.place) {
            self.kept = Some(self.state.place);
            let text = &self.state.text;
            self.keeper.place(Anchor::in_passing(&text.document, self.state.place, &text.identity));
        }
    }

    /// Everything to the disk, before the program stops or another text is opened.
    fn leave(&mut self) -> Result<(), Unsaved> {
        self.keep_place();
        self.keeper.flush(LAST_WORDS)
    }

    /// What is still not saved when the reader has left is said on the screen that stays.
    fn farewell(&self) {
        use std::io::Write;
        if let Err(unsaved) = self.keeper.flush(LAST_WORDS)
            && !unsaved.records.is_empty()
        {
            let mut out = std::io::stderr().lock();
            let _ = writeln!(out, "ibid: not saved: {}; these are lost:", unsaved.reason);
            for item in unsaved.shelf.items().iter().filter(|i| mentions(&unsaved.records, i.id)) {
                let _ = writeln!(out, "  {}", item.title(70));
            }
        }
    }

    /// The settings, and where things are kept.
    fn settings(&self) -> Vec<Item> {
        let mut items = settings::items(&self.state.settings, &self.state.options, &self.state.themes);
        items.extend(self.desk.house.files().into_iter().map(|(name, path, aside)| {
            Item::new(format!("{name:<14}{}", excerpt(&path.to_string_lossy(), 200)), aside, Goal::Nowhere)
        }));
        items
    }
}

fn mentions(records: &[shelf::Record], id: &shelf::Id) -> bool {
    records.iter().any(|record| match record {
        shelf::Record::Put(put) => put.id == *id,
        shelf::Record::File(_) | shelf::Record::Seen(_) | shelf::Record::Del(_) | shelf::Record::Other(_) => {
            false
        }
    })
}

fn size_of(terminal: &Terminal) -> Size {
    let size = terminal.size();
    Size { columns: size.width, rows: size.height }
}
