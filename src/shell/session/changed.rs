//! The file of the text that is open has changed.

use super::{Moment, Session};
use crate::document::Document;
use crate::reader::{Event, Message, Text};
use crate::shelf::Identity;
use crate::shell::store::{Keeper, Source};
use crate::shell::watch::{Reread, Stamp, Watch};
use crate::shell::{House, texts};
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// How often a key that was pressed is a reason to look at the file: where nothing tells of changes, it is the only one.
const PAUSE: Duration = Duration::from_secs(1);

/// What watches the file of the text, if it lies in one.
pub(super) struct Lookout {
    watch: Option<Watch>,
    looked: Instant,
}

impl Lookout {
    /// For a text that was read when its file had the stamp `seen`.
    pub(super) fn new(
        source: &Source,
        seen: Option<Stamp>,
        house: &House,
        listener: &Sender<Moment>,
    ) -> Lookout {
        let watch = match (source, seen) {
            (Source::File(path), Some(seen)) => {
                let tell = listener.clone();
                // Nobody listens any more when the program is about to end.
                Watch::start(path.clone(), seen, house.options.clone(), move |reread| {
                    let _ = tell.send(Moment::Reread(reread));
                })
            }
            (Source::File(_) | Source::Carried(_) | Source::Piped, _) => None,
        };
        Lookout { watch, looked: Instant::now() }
    }

    /// A key was pressed: a moment to look, if the last look is some time ago.
    pub(super) fn glance(&mut self) {
        if self.looked.elapsed() > PAUSE {
            self.look();
        }
    }

    /// Has a look now.
    pub(super) fn look(&mut self) {
        self.looked = Instant::now();
        if let Some(watch) = &self.watch {
            watch.look();
        }
    }
}

impl Session<'_> {
    /// What it means to the machine that the file has changed, if anything.
    pub(super) fn reread(&mut self, reread: Reread) -> Option<Event> {
        match reread {
            Reread::Lost(why) => {
                let words = format!("{}: {why}; the text stays as it was read", texts::name(&self.source));
                Some(Event::Said(Message::Failed(words)))
            }
            // Only what is no word has changed: line ends, or the date.
            Reread::Text(document, identity) if document.text() == self.state.text.document.text() => {
                debug_assert_eq!(identity.hash, self.state.text.identity);
                None
            }
            Reread::Text(document, identity) => Some(self.change(*document, identity)),
        }
    }

    /// From now on bookmarks and places are kept for the text as it is now.
    fn change(&mut self, document: Document, identity: Identity) -> Event {
        // Another keeper would drop what is not saved yet.
        if let Err(unsaved) = self.leave()
            && !unsaved.records.is_empty()
        {
            let words = format!("{}; the text is reloaded when its bookmarks are saved", unsaved.reason);
            return Event::Said(Message::Failed(words));
        }
        let name = texts::name(&self.source);
        let title = document.meta().title.clone().unwrap_or_else(|| name.clone());
        let opened = self.desk.house.store.open(&identity, &self.source, &title);
        let tell = self.desk.listener.clone();
        let keeper = Keeper::start(opened.drawer, move |news| {
            let _ = tell.send(Moment::News(news));
        });
        let keeper = match keeper {
            Ok(keeper) => keeper,
            Err(why) => return Event::Said(Message::Failed(format!("not reloaded: {why}"))),
        };
        *self.desk.keeper.lock().unwrap_or_else(PoisonError::into_inner) = Some(keeper.clone());
        self.keeper = keeper;
        self.kept = None;
        self.docid = opened.docid;
        self.state.put_shelf(opened.shelf);
        Event::Reloaded(Box::new(Text::new(document, identity.hash, name)))
    }
}
