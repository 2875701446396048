//! What is kept about one text, and how it is added to.
//!
//! What is on the disk is read again before anything is written, so that two windows do not take the same number. What
//! could not be saved stays in memory and is tried again with whatever is kept next.

use super::backup;
use super::bad;
use super::base::Base;
use super::binder::{Binder, read_place};
use super::complaint::Complaint;
use super::disk::Lock;
use super::lock::{PATIENCE, hold};
use super::names::{PLACE, docid_of};
use super::news::{News, Receipt, Unsaved};
use super::pen::Pen;
use super::reason::Reason;
use super::stamp::{now, stamp};
use crate::document::anchor::Anchor;
use crate::shelf::record::{Footing, Put, Record, Seen};
use crate::shelf::{Draft, Place, Shelf, place};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How long a place waits for another window: there will be a next one.
const HASTE: Duration = Duration::from_millis(20);

/// What is kept about one text.
pub struct Drawer {
    base: Arc<Base>,
    /// The folder that is written to.
    home: Binder,
    /// Further folders of the same text: two devices that met it apart have made two.
    also: Vec<Binder>,
    pen: Pen,
    /// The text as it is now.
    text: Seen,
    shelf: Arc<Shelf>,
    /// Made, but not on the disk.
    unsaved: Vec<Record>,
    /// Saved by this device, and gone from the disk since.
    gone: Vec<Record>,
    /// Whether something that was read has gone, and it has not been found out yet what.
    is_shaken: bool,
    /// Whether the place was kept in this sitting.
    is_placed: bool,
    /// Where this device left the text.
    own: Option<Place>,
    /// The numbers of the other devices' places, as the reader has been told of them.
    met: BTreeMap<String, u64>,
}

impl Drawer {
    /// A drawer for a text in the folder `home`, which need not be there, and in further ones. Nothing is read yet.
    pub(super) fn new(base: Arc<Base>, text: Seen, home: PathBuf, also: Vec<PathBuf>) -> Drawer {
        Drawer {
            base,
            home: Binder::new(home),
            also: also.into_iter().map(Binder::new).collect(),
            pen: Pen::default(),
            text,
            shelf: Arc::default(),
            unsaved: Vec::new(),
            gone: Vec::new(),
            is_shaken: false,
            is_placed: false,
            own: None,
            met: BTreeMap::new(),
        }
    }

    /// Reads all that is there. Returns the place of another device, if one has read on, and what is not well. Nothing
    /// is written but copies of what is damaged.
    pub(super) fn load(&mut self) -> (Option<Place>, Vec<Complaint>) {
        let disk = Arc::clone(&self.base.disk);
        let mut complaints = Vec::new();
        let mut places = Vec::new();
        for binder in std::iter::once(&mut self.home).chain(&mut self.also) {
            let reread = binder.reread(&*disk, &mut self.shelf);
            complaints.extend(bad::complaints(&self.base, binder.path(), reread));
            let (found, unread) = binder.places(&*disk);
            complaints
                .extend(unread.into_iter().map(|(path, reason)| Complaint::Unreadable { path, reason }));
            places.extend(found);
            if self.base.barred.is_none() {
                binder.sweep(&*disk, SystemTime::now());
            }
        }
        (self.meet(places), complaints)
    }

    /// Takes this device's place out of those found, and returns another's if that has read on.
    fn meet(&mut self, places: Vec<Place>) -> Option<Place> {
        let mut latest: BTreeMap<String, Place> = BTreeMap::new();
        for place in places {
            let is_later = latest.get(&place.device).is_none_or(|held| held.n < place.n);
            if is_later {
                latest.insert(place.device.clone(), place);
            }
        }
        self.own = self.base.known_device().and_then(|device| latest.remove(&*device));
        let others: Vec<Place> = latest.into_values().collect();
        let known = self.own.iter().flat_map(|own| own.met.clone());
        self.met = known.chain(others.iter().map(|place| (place.device.clone(), place.n))).collect();
        place::elsewhere(self.own.as_ref(), &others).cloned()
    }

    /// What is kept, what could not be saved included.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Where this device left the text.
    pub fn own_place(&self) -> Option<&Place> {
        self.own.as_ref()
    }

    /// Makes the record that a draft asks for, and saves it with all that is not saved yet.
    pub fn keep(&mut self, draft: &Draft) -> News {
        let lock = self.lock_and_refresh(PATIENCE);
        match self.shelf.record(draft, &stamp()) {
            Ok(record) => self.take(record),
            Err(refusal) => return News::Refused(refusal),
        }
        News::Kept(self.save(lock))
    }

    /// Puts what is in force on the shelf of another text on this one, and saves it. Both texts have it from now on.
    ///
    /// # Errors
    /// What could not be saved, and why.
    pub fn carry(&mut self, other: &Shelf) -> Result<Receipt, Unsaved> {
        let lock = self.lock_and_refresh(PATIENCE);
        for item in other.items() {
            let Some(version) = other.history(item.id).next_back() else { continue };
            if self.shelf.history(item.id).all(|ours| ours.change != version.change) {
                self.take(version.change.record());
            }
        }
        self.save(lock)
    }

    /// Puts again what was in force once and is gone. Returns how much that was.
    ///
    /// # Errors
    /// What could not be saved, and why.
    pub(super) fn bring_back(&mut self, puts: Vec<Arc<Put>>) -> Result<usize, Unsaved> {
        let lock = self.lock_and_refresh(PATIENCE);
        let mut back = 0;
        for put in puts {
            if let Some(record) = self.shelf.again(&put, &now()) {
                self.take(record);
                back += 1;
            }
        }
        if back > 0 {
            self.save(lock)?;
        }
        Ok(back)
    }

    /// Has what was in force before a change written down, once a day.
    pub(super) fn back_up(&self, before: &Shelf) {
        backup::back_up(&self.base, self.home.path(), before);
    }

    /// Tries again to save what is not saved; `None` if there is nothing.
    pub fn retry(&mut self) -> Option<Result<Receipt, Unsaved>> {
        if self.unsaved.is_empty() {
            return None;
        }
        let lock = self.lock_and_refresh(PATIENCE);
        Some(self.save(lock))
    }

    /// Keeps the place where the text is being read. With that the reader has left the places of other devices that were
    /// offered when the text was opened.
    ///
    /// # Errors
    /// Why it has not reached the disk.
    pub fn place(&mut self, at: Anchor) -> Result<(), Reason> {
        // The text must be known again by more than its place; and what has gone from the disk is noticed here too.
        let lock = self.lock_and_refresh(HASTE);
        self.write(&[], lock.is_some())?;
        let device = self.base.device();
        let file = self.home.path().join(format!("{device}{PLACE}"));
        // Another window on this device may have moved it.
        let there = read_place(&*self.base.disk, &file).ok();
        let a = Footing::from(at);
        let is_there = there.as_ref().is_some_and(|there| there.is_at(&a) && there.path == self.text.path);
        // The first place of a sitting is written in any case: by its date the text counts as read lately.
        if is_there && self.is_placed {
            return Ok(());
        }
        let last = there.iter().chain(&self.own).map(|place| place.n).max().unwrap_or(0);
        let kept_path =
            there.iter().chain(&self.own).map(|p| p.path.clone()).find(|p| !p.is_empty()).unwrap_or_default();
        let place = Place {
            device: device.to_string(),
            n: if is_there { last } else { last.saturating_add(1) },
            a,
            // What came through a pipe does not make one forget where the text lies.
            path: if self.text.path.is_empty() { kept_path } else { self.text.path.clone() },
            title: self.text.title.clone(),
            met: self.met.clone(),
            at: now(),
            extra: there.map(|there| there.extra).unwrap_or_default(),
            ..Place::default()
        };
        let bytes = place.file().map_err(|e| Reason::Other(e.to_string()))?;
        self.base.replace(&file, bytes.as_bytes())?;
        self.own = Some(place);
        self.is_placed = true;
        Ok(())
    }

    /// Reads what other windows and devices have written since. Whether anything has changed.
    pub fn refresh(&mut self) -> bool {
        let mut is_changed = false;
        let disk = Arc::clone(&self.base.disk);
        for binder in std::iter::once(&mut self.home).chain(&mut self.also) {
            // A folder that cannot be read now is as it was: what is in memory stays.
            if let Ok(reread) = binder.reread(&*disk, &mut self.shelf) {
                self.is_shaken |= reread.is_less;
                is_changed |= reread.is_more;
            }
        }
        if self.is_shaken {
            self.rebuild();
            is_changed = true;
        }
        is_changed
    }

    /// Something that was read has gone: a folder was deleted, an old copy brought back. What this device had saved, it
    /// saves again; what others wrote is theirs to keep.
    fn rebuild(&mut self) {
        let mut fresh = Arc::<Shelf>::default();
        for binder in std::iter::once(&mut self.home).chain(&mut self.also) {
            *binder = Binder::new(binder.path().to_owned());
            if binder.reread(&*self.base.disk, &mut fresh).is_err() {
                return;
            }
        }
        let device = self.base.device();
        let ours = self.shelf.versions().filter(|v| v.device == device && !fresh.holds(v));
        let ours = ours.map(|v| v.change.record()).filter(|record| !self.unsaved.contains(record));
        let seen = self.shelf.seen().filter(|seen| fresh.seen().all(|other| other != *seen));
        self.gone = ours.chain(seen.cloned().map(Record::Seen)).collect();
        for record in self.gone.iter().chain(&self.unsaved) {
            Arc::make_mut(&mut fresh).add(&device, record.clone());
        }
        self.shelf = fresh;
        self.pen.rename();
        self.is_shaken = false;
    }

    /// The lock under which this device writes about this text, if it can be had, and what is on the disk by then.
    fn lock_and_refresh(&mut self, patience: Duration) -> Option<Lock> {
        if self.base.barred.is_some() {
            return None;
        }
        let folder = self.home.path().file_name().unwrap_or_default().to_string_lossy();
        let lock = hold(&*self.base.disk, &self.base.folders.lock(&docid_of(&folder)), patience);
        self.base.remember_device();
        self.refresh();
        lock
    }

    fn take(&mut self, record: Record) {
        Arc::make_mut(&mut self.shelf).add(&self.base.device(), record.clone());
        self.unsaved.push(record);
    }

    fn save(&mut self, lock: Option<Lock>) -> Result<Receipt, Unsaved> {
        let records = std::mem::take(&mut self.unsaved);
        let written = self.write(&records, lock.is_some());
        let shelf = Arc::clone(&self.shelf);
        match written {
            Ok(()) => Ok(Receipt { records, shelf }),
            Err(reason) => {
                self.unsaved.clone_from(&records);
                Err(Unsaved { records, shelf, reason })
            }
        }
    }

    /// Writes records after all that must be there with them.
    fn write(&mut self, records: &[Record], is_locked: bool) -> Result<(), Reason> {
        if let Some(reason) = &self.base.barred {
            return Err(reason.clone());
        }
        let introduction = self.introduction();
        let lines: Vec<Record> = introduction.iter().chain(&self.gone).chain(records).cloned().collect();
        if lines.is_empty() {
            return Ok(());
        }
        self.pen.write(&self.base, &mut self.home, &lines, is_locked)?;
        self.gone.clear();
        if let Some(seen) = introduction {
            Arc::make_mut(&mut self.shelf).add(&self.base.device(), seen);
        }
        Ok(())
    }

    /// The record by which the text is known again, if it is not there yet.
    fn introduction(&self) -> Option<Record> {
        let now_known = |seen: &Seen| {
            (&seen.text, seen.norm, &seen.path) == (&self.text.text, self.text.norm, &self.text.path)
        };
        if self.text.text.is_empty() || self.shelf.seen().any(now_known) {
            return None;
        }
        Some(Record::Seen(Seen { at: now(), ..self.text.clone() }))
    }
}

#[cfg(test)]
mod tests;
