//! Which file a record is written to, and when it may be called written.
//!
//! Each device writes `<device>.jsonl`, under a lock because it may have several windows. Where that file will not do
//! (another window holds the lock, it is a link, the disk failed on it), the record goes to a file of this process alone.

use super::append::{Failure, append};
use super::base::Base;
use super::binder::Binder;
use super::disk::make_folders;
use super::names::SHEET;
use super::reason::Reason;
use super::stamp::random;
use crate::shelf::base32;
use crate::shelf::record::{Header, MAJOR, Record};
use std::collections::BTreeSet;

/// What writes into the folder of a text.
#[derive(Debug, Default)]
pub struct Pen {
    /// The name of the file of this process alone, once it has one.
    overflow: Option<String>,
    /// Files on which the disk failed: whatever it says of them later, it is not believed.
    distrusted: BTreeSet<String>,
    /// Whether the names of the files are known to be on the disk.
    is_named: bool,
}

impl Pen {
    /// Appends records and returns when they are on the disk. `is_locked`: whether the file of the device may be used.
    ///
    /// # Errors
    /// Why they are not.
    pub fn write(
        &mut self,
        base: &Base,
        home: &mut Binder,
        records: &[Record],
        is_locked: bool,
    ) -> Result<(), Reason> {
        let main = self.main(base, home).filter(|_| is_locked);
        let names = main.into_iter().chain(self.overflow.clone());
        let names: Vec<String> = names.filter(|name| !self.distrusted.contains(name)).collect();
        for name in names {
            match self.write_to(base, home, &name, records) {
                Err(reason) if reason.is_of_the_file() => {
                    // Do not litter: one file of our own is enough, unless it is full or not to be trusted any more.
                    let is_spent = reason == Reason::TooLarge || self.distrusted.contains(&name);
                    if self.overflow.as_ref() == Some(&name) && !is_spent {
                        return Err(reason);
                    }
                }
                written => return written,
            }
        }
        // A file that never failed, and that no other process knows the name of.
        let name = format!("{}~{}{SHEET}", base.device(), base32::encode(&random().to_be_bytes()));
        self.overflow = Some(name.clone());
        self.write_to(base, home, &name, records)
    }

    /// Forgets that the names of the files are on the disk: their folder was deleted.
    pub fn rename(&mut self) {
        self.is_named = false;
    }

    fn write_to(
        &mut self,
        base: &Base,
        home: &mut Binder,
        name: &str,
        records: &[Record],
    ) -> Result<(), Reason> {
        let leaf = home.leaf(name).flatten();
        let header = Record::File(Header { device: base.device().to_string() });
        let header = leaf.is_none_or(|leaf| !leaf.headed).then_some(&header);
        let mut next = leaf.map_or(1, |leaf| leaf.next);
        let mut lines = String::new();
        for record in header.into_iter().chain(records) {
            lines += &record.line(next).map_err(|e| Reason::Other(e.to_string()))?;
            lines.push('\n');
            next = next.saturating_add(1);
        }
        make_folders(&*base.disk, home.path())?;
        match append(&*base.disk, &home.path().join(name), &lines) {
            Ok(()) => {}
            Err(Failure::Unwritten(reason)) => return Err(reason),
            Err(Failure::Unsure(reason)) => {
                self.distrusted.insert(name.to_owned());
                return Err(reason);
            }
        }
        // A file is found again only when its name, and those of the folders above it, are on the disk as well.
        if leaf.is_none() || !self.is_named {
            base.sync_names(home.path())?;
            self.is_named = true;
        }
        home.appended(&*base.disk, name, next, MAJOR);
        Ok(())
    }

    /// The file that only this device writes. A later version of ibid may have begun one that is not ours to write to.
    fn main(&self, base: &Base, home: &Binder) -> Option<String> {
        let device = base.device();
        let first = std::iter::once(format!("{device}{SHEET}"));
        let names = first.chain((2..100).map(|n| format!("{device}-{n}{SHEET}")));
        let is_newer = |name: &String| home.leaf(name).flatten().is_some_and(|leaf| leaf.major > MAJOR);
        let is_unread = |name: &String| home.leaf(name).is_some_and(|leaf| leaf.is_none());
        let mut names = names.filter(|name| !is_newer(name));
        names.next().filter(|name| !is_unread(name))
    }
}
