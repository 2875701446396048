//! The folder of a text, as it was read last: the sheets of all devices, and the places where they left it.

use super::disk::{Disk, LEFTOVER, Stat};
use super::names::{device_of, is_place, is_sheet};
use super::reason::Reason;
use crate::shelf::sheet::Health;
use crate::shelf::{Id, Place, Sheet, Shelf};
use std::collections::BTreeMap;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The longest file of a place that is read, in bytes.
const LONGEST_PLACE: u64 = 64 * 1024;

/// From when on a file that was being written is taken to be left over.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// A folder of a text.
#[derive(Debug)]
pub struct Binder {
    path: PathBuf,
    leaves: BTreeMap<String, Option<Leaf>>,
}

/// What is remembered of a file of records.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    stat: Stat,
    /// The number of its next line.
    pub next: u64,
    /// Whether its first line says who writes it.
    pub headed: bool,
    /// The version of the format it is in.
    pub major: u32,
}

/// What was read again.
#[derive(Debug, Default)]
pub struct Reread {
    /// The files that have changed.
    pub files: Vec<(PathBuf, Result<Told, Reason>)>,
    /// Whether there is anything that was not on the shelf.
    pub is_more: bool,
    /// Whether something that had been read is not there any more.
    pub is_less: bool,
}

/// What a file of records says of itself.
#[derive(Debug)]
pub struct Told {
    /// How many records it has.
    pub records: usize,
    /// The version of the format it is in.
    pub major: u32,
    /// What is wrong with it.
    pub health: Health,
}

impl Binder {
    /// The folder at `path`, which need not be there, with nothing read yet.
    pub fn new(path: PathBuf) -> Binder {
        Binder { path, leaves: BTreeMap::new() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is known of a file: `None` if there is none, `Some(None)` if it could not be read.
    pub fn leaf(&self, name: &str) -> Option<Option<Leaf>> {
        self.leaves.get(name).copied()
    }

    /// Puts all records that are new since the last time on the shelf.
    ///
    /// # Errors
    /// If the folder cannot be listed; a folder that is not there is empty. What cannot be read is in [`Reread`].
    pub fn reread(&mut self, disk: &dyn Disk, shelf: &mut Arc<Shelf>) -> io::Result<Reread> {
        let names = match disk.names(&self.path) {
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
            names => names?,
        };
        let names: Vec<String> = names.into_iter().filter(|name| is_sheet(name)).collect();
        let mut reread = Reread::default();
        self.leaves.retain(|name, leaf| {
            let stays = names.contains(name);
            reread.is_less |= !stays && leaf.is_some();
            stays
        });
        for name in names {
            let path = self.path.join(&name);
            let before = self.leaves.get(&name).copied().flatten();
            let stat = disk.stat(&path);
            if stat.as_ref().is_ok_and(|stat| before.is_some_and(|leaf| leaf.stat == *stat)) {
                continue;
            }
            let read = stat.and_then(|stat| Ok((stat, Sheet::read(BufReader::new(disk.read(&path)?))?)));
            let (leaf, told) = match read {
                Ok((stat, sheet)) => {
                    // What is no name is not shown to anybody as one.
                    let named = Id::try_from(sheet.device).map(String::from).unwrap_or_default();
                    let grown = |leaf: Leaf| leaf.stat.file == stat.file && leaf.stat.len <= stat.len;
                    reread.is_less |= before.is_some_and(|leaf| !grown(leaf));
                    let headed = !named.is_empty();
                    let leaf = Leaf { stat, next: sheet.next, headed, major: sheet.major };
                    let device: Arc<str> = if headed { named.into() } else { device_of(&name).into() };
                    let told =
                        Told { records: sheet.records.len(), major: sheet.major, health: sheet.health };
                    for record in sheet.records {
                        reread.is_more |= Arc::make_mut(shelf).add(&device, record);
                    }
                    (Some(leaf), Ok(told))
                }
                Err(e) => (None, Err(e.into())),
            };
            self.leaves.insert(name, leaf);
            reread.files.push((path, told));
        }
        Ok(reread)
    }

    /// Remembers that this program has appended lines to a file, the header among them, under its lock.
    pub fn appended(&mut self, disk: &dyn Disk, name: &str, next: u64, major: u32) {
        match disk.stat(&self.path.join(name)) {
            Ok(stat) => {
                self.leaves.insert(name.to_owned(), Some(Leaf { stat, next, headed: true, major }));
            }
            // It will be read again.
            Err(_) => drop(self.leaves.remove(name)),
        }
    }

    /// The places where devices have left the text, several of one device if a sync tool made copies; and the files
    /// that could not be read.
    pub fn places(&self, disk: &dyn Disk) -> (Vec<Place>, Vec<(PathBuf, Reason)>) {
        let (mut places, mut bad) = (Vec::new(), Vec::new());
        let names = disk.names(&self.path).unwrap_or_default();
        for name in names.iter().filter(|name| is_place(name)) {
            let path = self.path.join(name);
            match read_place(disk, &path) {
                Ok(mut place) => {
                    if Id::try_from(place.device.clone()).is_err() {
                        place.device = device_of(name);
                    }
                    places.push(place);
                }
                Err(reason) => bad.push((path, reason)),
            }
        }
        (places, bad)
    }

    /// Removes what a save that was cut short left lying a day ago or more.
    pub fn sweep(&self, disk: &dyn Disk, now: SystemTime) {
        let names = disk.names(&self.path).unwrap_or_default();
        for name in names.iter().filter(|name| name.starts_with('.') && name.ends_with(LEFTOVER)) {
            let path = self.path.join(name);
            let age = disk.stat(&path).ok().and_then(|stat| now.duration_since(stat.changed).ok());
            if age.is_some_and(|age| age > STALE) {
                let _ = disk.remove(&path);
            }
        }
    }
}

/// Reads the file of a place.
///
/// # Errors
/// Why it could not be read; [`Reason::Other`] if it is damaged.
pub fn read_place(disk: &dyn Disk, file: &Path) -> Result<Place, Reason> {
    let mut bytes = Vec::new();
    disk.read(file)?.take(LONGEST_PLACE).read_to_end(&mut bytes)?;
    Place::read(&bytes).ok_or_else(|| Reason::Other("damaged".into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::scratch;
    use std::fs;

    const HEADER: &str = "{\"ibid\":1,\"n\":1,\"t\":\"file\",\"device\":\"anna-7k2q\"}\n";

    fn put(n: u64, id: &str) -> String {
        format!(
            "{{\"n\":{n},\"t\":\"put\",\"id\":\"{id}\",\"v\":1,\"kind\":\"bookmark\",\"a\":{{\"exact\":\"{id}\"}}}}\n"
        )
    }

    fn ids(shelf: &Shelf) -> String {
        shelf.items().iter().map(|item| item.id.as_str()).collect()
    }

    #[test]
    fn all_files_of_all_devices_are_read() {
        let home = scratch();
        let write = |name: &str, lines: String| fs::write(home.path().join(name), lines).unwrap();
        write("anna-7k2q.jsonl", format!("{HEADER}{}", put(2, "a")));
        write("anna-7k2q~k81f.jsonl", format!("{HEADER}{}", put(2, "b")));
        write(
            "anna-7k2q.sync-conflict-20260923-101500-ABCDEFG.jsonl",
            format!("{HEADER}{}{}", put(2, "a"), put(3, "c")),
        );
        write("bert-x.jsonl", put(1, "d"));
        write("notes.txt", put(1, "e"));
        let (mut shelf, mut binder) = (Arc::<Shelf>::default(), Binder::new(home.path().into()));
        let reread = binder.reread(&Local, &mut shelf).unwrap();
        assert_eq!((ids(&shelf).as_str(), reread.files.len(), reread.is_less), ("abcd", 4, false));
        let devices: Vec<_> = shelf.items().iter().map(|item| item.device.to_owned()).collect();
        assert_eq!(devices, ["anna-7k2q", "anna-7k2q", "anna-7k2q", "bert-x"]);
    }

    #[test]
    fn only_what_has_changed_is_read_again() {
        let home = scratch();
        let file = home.path().join("anna-7k2q.jsonl");
        let (mut shelf, mut binder) = (Arc::<Shelf>::default(), Binder::new(home.path().into()));
        let mut reread = |lines: Option<String>, shelf: &mut Arc<Shelf>| {
            match lines {
                Some(lines) => fs::write(&file, lines).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            let reread = binder.reread(&Local, shelf).unwrap();
            let next = binder.leaf("anna-7k2q.jsonl").flatten().map(|leaf| leaf.next);
            (reread.files.len(), reread.is_less, next)
        };
        assert_eq!(reread(Some(format!("{HEADER}{}", put(2, "a"))), &mut shelf), (1, false, Some(3)));
        let more = format!("{HEADER}{}{}", put(2, "a"), put(3, "b"));
        assert_eq!(reread(Some(more), &mut shelf), (1, false, Some(4)));
        assert_eq!(ids(&shelf), "ab");
        assert_eq!(reread(Some(HEADER.into()), &mut shelf), (1, true, Some(2)));
        assert_eq!(reread(None, &mut shelf), (0, true, None));
    }

    #[test]
    fn a_folder_that_is_not_there_is_empty() {
        let mut binder = Binder::new("/nonexistent/x".into());
        assert!(binder.reread(&Local, &mut Arc::default()).unwrap().files.is_empty());
        assert_eq!(binder.places(&Local), (vec![], vec![]));
    }

    #[test]
    fn what_was_left_lying_is_swept_up_after_a_day() {
        let home = scratch();
        fs::write(home.path().join(".anna.pos.json.0123.tmp"), "x").unwrap();
        fs::write(home.path().join("anna.jsonl"), "").unwrap();
        let binder = Binder::new(home.path().into());
        binder.sweep(&Local, SystemTime::now());
        assert_eq!(Local.names(home.path()).unwrap().len(), 2);
        binder.sweep(&Local, SystemTime::now() + STALE * 2);
        assert_eq!(Local.names(home.path()).unwrap(), ["anna.jsonl"]);
    }
}
