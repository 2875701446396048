//! ibid's own files: the only code that touches them.
//!
//! ```text
//! data   README
//!        docs/<slug>--<docid>/<device>.jsonl        bookmarks: appended to by one device, under a lock
//!        docs/<slug>--<docid>/<device>~<rand>.jsonl the same, when the lock could not be had
//!        docs/<slug>--<docid>/<device>.pos.json     the place, replaced whole
//! state  device   lock/<docid>   last.json   backups/<day>.jsonl   settings.json   bad/   never leaves the machine
//! ```
//!
//! The promise: what was said to be saved is on the disk and stays there, whatever dies; what could not be saved is said.
//! Nothing is written about a text before the first thing about it is kept.
//!
//! ```text
//! let store = Store::new(Folders::from_env());
//! let opened = store.open(&shelf::identity(document.text()), &source, title);
//! let keeper = Keeper::start(opened.drawer, move |news| events.send(news.into()))?;
//! keeper.place(anchor);  keeper.keep(draft);   // as the reader moves and marks; anchors bear the identity's hash
//! keeper.flush(LAST_WORDS)                     // on suspend, signals and at the end, from any thread
//! ```

mod append;
mod backup;
mod bad;
mod base;
mod binder;
mod catalogue;
pub mod complaint;
mod device;
pub mod disk;
pub mod drawer;
#[cfg(test)]
mod faulty;
pub mod folders;
pub mod keeper;
mod lock;
mod merge;
mod names;
pub mod news;
mod owner;
mod pen;
pub mod reason;
pub mod recent;
mod replace;
mod settled;
pub mod source;
mod stamp;
mod verify;

pub use backup::{RestoreError, Restored};
pub use complaint::Complaint;
pub use drawer::Drawer;
pub use folders::Folders;
pub use keeper::Keeper;
pub use merge::{MergeError, Merged};
pub use news::{News, Receipt, Unsaved};
pub use reason::Reason;
pub use recent::Recent;
pub use source::Source;
pub use verify::Checked;

use crate::document::anchor::Anchor;
use crate::reader::settings::{Change, Settings};
use crate::shelf::identity::{Identity, NORM};
use crate::shelf::known::{Verdict, recognise};
use crate::shelf::record::Seen;
use crate::shelf::{Place, Shelf};
use base::Base;
use disk::{Disk, Local};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long the last words of a program may take.
pub const LAST_WORDS: Duration = Duration::from_millis(500);

/// ibid's own files.
#[derive(Clone)]
pub struct Store {
    base: Arc<Base>,
}

/// What is kept about a text that was opened.
pub struct Opened {
    /// Its bookmarks and marks.
    pub shelf: Arc<Shelf>,
    /// Where this device left it.
    pub place: Option<Place>,
    /// Where another device left it, if that has read on since the two agreed: to be offered, never to be taken.
    pub elsewhere: Option<Place>,
    /// A text that this one may be a moved and edited copy of: to be asked, and given to [`Keeper::carry`].
    pub offer: Option<Offer>,
    /// What is not well, each to be said once.
    pub complaints: Vec<Complaint>,
    /// What is settled for it and for all texts.
    pub settings: Settings,
    /// What its settings are kept under.
    pub docid: String,
    /// To be given to [`Keeper::start`].
    pub drawer: Drawer,
}

/// A text much like the one that was opened, whose marks could be carried over.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its title; may be empty.
    pub title: String,
    /// Where it lay.
    pub source: Source,
    /// What stands on its shelf.
    pub shelf: Arc<Shelf>,
    /// Where it was left.
    pub place: Option<Anchor>,
}

impl Store {
    /// The files in these folders. Without folders there is a store that finds nothing and says why it saves nothing.
    pub fn new(folders: Option<Folders>) -> Store {
        Store::with_disk(folders, Arc::new(Local))
    }

    /// The same on another file system: the tests' failing one.
    pub fn with_disk(folders: Option<Folders>, disk: Arc<dyn Disk>) -> Store {
        Store { base: Arc::new(Base::new(disk, folders, device::host())) }
    }

    /// Finds what is kept about a text. Nothing is written, but copies of damaged lines.
    pub fn open(&self, text: &Identity, source: &Source, title: &str) -> Opened {
        let (folders, known): (Vec<_>, Vec<_>) =
            catalogue::texts(&*self.base.disk, &self.base.folders.docs()).into_iter().unzip();
        let path = source.key();
        let (mut ours, like) = match recognise(text, &path, &known) {
            Verdict::Same(which) => (which.into_iter().map(|i| folders[i].clone()).collect(), None),
            Verdict::Like(i) => (Vec::new(), Some((&folders[i], &known[i].seen))),
            Verdict::New => (Vec::new(), None),
        };
        if ours.is_empty() {
            ours.push(self.folder_for(text, title));
        }
        let home: PathBuf = ours.remove(0);
        let name = home.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let docid = name.rsplit("--").next().unwrap_or_default().to_owned();
        let seen = Seen {
            text: text.hash.clone(),
            norm: NORM,
            path,
            title: title.to_owned(),
            len: text.len,
            sketch: text.sketch.clone(),
            ..Seen::default()
        };
        let mut drawer = Drawer::new(Arc::clone(&self.base), seen, home, ours);
        let (elsewhere, unwell) = drawer.load();
        let mut complaints: Vec<Complaint> = self.complaints().collect();
        complaints.extend(unwell);
        Opened {
            shelf: Arc::clone(drawer.shelf()),
            place: drawer.own_place().cloned(),
            elsewhere,
            offer: like.and_then(|(folder, seen)| self.offer(folder.clone(), seen)),
            complaints,
            settings: settled::settings(&self.base, &docid),
            docid,
            drawer,
        }
    }

    fn folder_for(&self, text: &Identity, title: &str) -> PathBuf {
        self.base.folders.docs().join(format!("{}--{}", device::slug(title, 40, "text"), text.docid))
    }

    /// What is kept about another text; `None` if there is nothing to carry over.
    fn offer(&self, folder: PathBuf, seen: &[Seen]) -> Option<Offer> {
        let seen = seen.last()?.clone();
        let (title, source) = (seen.title.clone(), Source::from_key(&seen.path));
        let mut drawer = Drawer::new(Arc::clone(&self.base), seen, folder, Vec::new());
        let (elsewhere, _) = drawer.load();
        let place = drawer.own_place().or(elsewhere.as_ref()).map(|place| place.a.anchor.clone());
        let shelf = Arc::clone(drawer.shelf());
        (place.is_some() || !shelf.items().is_empty()).then_some(Offer { title, source, shelf, place })
    }

    /// What is not well whatever text is opened.
    fn complaints(&self) -> impl Iterator<Item = Complaint> {
        let data = &self.base.folders.data;
        let reason = Reason::Other("it is not a folder".to_owned());
        let no_folder =
            (data.exists() && !data.is_dir()).then(|| Complaint::Unreadable { path: data.clone(), reason });
        let open = owner::is_open(data).then(|| Complaint::Open { path: data.clone() });
        self.base.barred.clone().map(Complaint::NotSaving).into_iter().chain(no_folder).chain(open)
    }

    /// The texts read on any device, the latest first.
    pub fn recent(&self) -> Vec<Recent> {
        recent::recent(&self.base)
    }

    /// Writes down what was settled, for all texts or for the one whose settings are kept under `docid`.
    ///
    /// # Errors
    /// Why it has not reached the disk.
    pub fn settle(&self, docid: &str, changes: &[Change]) -> Result<(), Reason> {
        settled::settle(&self.base, docid, changes)
    }

    /// The text read last on this device.
    pub fn last(&self) -> Option<Source> {
        recent::last(&self.base)
    }

    /// Merges the data folder of another device into this one. Nothing is written there.
    ///
    /// # Errors
    /// See [`MergeError`].
    pub fn merge(&self, from: &Path) -> Result<Merged, MergeError> {
        merge::merge(&self.base, from)
    }

    /// Looks over the stored records. Nothing is changed.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn verify(&self) -> Result<Vec<Checked>, Reason> {
        verify::verify(&self.base)
    }

    /// Brings back what was in force on a day, `2026-09-23`, or when the last backup was made, and is gone.
    ///
    /// # Errors
    /// See [`RestoreError`].
    pub fn restore(&self, day: Option<&str>) -> Result<Restored, RestoreError> {
        backup::restore(&self.base, day)
    }

    /// Remembers the text read last. What came through a pipe is no such text, and leaves the former one.
    ///
    /// # Errors
    /// Why it has not reached the disk.
    pub fn set_last(&self, source: &Source) -> Result<(), Reason> {
        recent::set_last(&self.base, source)
    }
}

#[cfg(test)]
mod tests;
