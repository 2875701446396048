//! What was in force before the first change of a day, in one file that never leaves the machine, and bringing it back.
//!
//! ```text
//! {"ibid":1,"n":1,"t":"file","device":"anna-7k2q"}
//! {"n":2,"t":"folder","name":"on-style--06c1…"}      the records below are of this text
//! {"n":3,"t":"seen",…}  {"n":4,"t":"put",…}
//! ```
//!
//! Fifteen days and twelve months are kept. Bringing back adds: what is gone is put again under a new version, and what is
//! there stays as it is.

use super::base::Base;
use super::binder::Binder;
use super::drawer::Drawer;
use super::reason::Reason;
use super::stamp::now;
use crate::shelf::record::{Header, Put, Record, Seen};
use crate::shelf::{Shelf, json};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many days are kept, and how many months.
const KEPT: (usize, usize) = (15, 12);

/// The largest backup that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// What came of bringing a backup back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Of which day it is.
    pub day: String,
    /// What was gone and is there again.
    pub back: usize,
    /// What was there.
    pub there: usize,
}

/// Why nothing was brought back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// There is no backup.
    #[error("there is no backup yet")]
    None,
    /// There is none of that day.
    #[error("there is no backup of that day")]
    NoSuchDay(Vec<String>),
    /// It cannot be read, or the records cannot be written.
    #[error("{0}")]
    Failed(Reason),
}

/// Which text the records that follow are of.
#[derive(Serialize, Deserialize)]
struct Folder {
    #[serde(default)]
    n: u64,
    t: String,
    name: String,
}

/// Writes down what was in force before a change, if none was made today before. `changed` is the folder in which it was
/// made, `before` what stood there. It is no matter if that fails: the records themselves are on the disk.
pub fn back_up(base: &Base, changed: &Path, before: &Shelf) {
    let folder = base.folders.state.join("backups");
    let today = folder.join(format!("{}.jsonl", &now()[..10]));
    if base.barred.is_some() || base.disk.stat(&today).is_ok() {
        return;
    }
    let mut lines = Vec::new();
    let device = base.device().to_string();
    lines.extend(Record::File(Header { device }).line(1));
    let docs = base.folders.docs();
    for name in base.disk.names(&docs).unwrap_or_default().iter().filter(|name| !name.starts_with('.')) {
        let mut shelf = Arc::<Shelf>::default();
        let shelf = if docs.join(name) == changed {
            before
        } else {
            let _ = Binder::new(docs.join(name)).reread(&*base.disk, &mut shelf);
            &*shelf
        };
        write_text(name, shelf, &mut lines);
    }
    if lines.len() < 2 {
        return;
    }
    let bytes = lines.join("\n") + "\n";
    if base.replace(&today, bytes.as_bytes()).is_ok() {
        prune(base, &folder);
    }
}

/// The lines about one text, none if nothing is in force there.
fn write_text(name: &str, shelf: &Shelf, lines: &mut Vec<String>) {
    let items = shelf.items();
    if items.is_empty() {
        return;
    }
    let n = lines.len() as u64 + 1;
    lines.extend(json::line(&Folder { n, t: "folder".to_owned(), name: name.to_owned() }));
    let seen = shelf.seen().map(|seen| Record::Seen(seen.clone()));
    let puts = items.iter().filter_map(|item| Some(shelf.history(item.id).next_back()?.change.record()));
    for record in seen.chain(puts) {
        lines.extend(record.line(lines.len() as u64 + 1));
    }
}

/// The days of which there are backups, the latest last.
fn days(base: &Base) -> Vec<String> {
    let names = base.disk.names(&base.folders.state.join("backups")).unwrap_or_default();
    let day = |name: &String| {
        let day = name.strip_suffix(".jsonl")?;
        let is_day = day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        is_day.then(|| day.to_owned())
    };
    names.iter().filter_map(day).collect()
}

/// Removes the backups that are neither among the last days nor the last of one of the last months.
fn prune(base: &Base, folder: &Path) {
    let days = days(base);
    let is_last_of_month = |i: usize| days.get(i + 1).is_none_or(|next| next[..7] != days[i][..7]);
    let months: Vec<usize> = (0..days.len()).filter(|&i| is_last_of_month(i)).collect();
    let kept_months = &months[months.len().saturating_sub(KEPT.1)..];
    for (i, day) in days.iter().enumerate() {
        if i + KEPT.0 < days.len() && !kept_months.contains(&i) {
            let _ = base.disk.remove(&folder.join(format!("{day}.jsonl")));
        }
    }
}

/// Brings back what was in force on a day, or on the last of which there is a backup, and is gone.
///
/// # Errors
/// See [`RestoreError`]; what was brought back before it stays.
pub fn restore(base: &Arc<Base>, day: Option<&str>) -> Result<Restored, RestoreError> {
    let days = days(base);
    let day = match day {
        None => days.last().ok_or(RestoreError::None)?,
        Some(day) => match days.iter().find(|d| *d == day) {
            Some(day) => day,
            None => return Err(RestoreError::NoSuchDay(days)),
        },
    };
    let file = base.folders.state.join("backups").join(format!("{day}.jsonl"));
    let mut bytes = Vec::new();
    let read = base.disk.read(&file).and_then(|source| source.take(LARGEST).read_to_end(&mut bytes));
    read.map_err(|e| RestoreError::Failed(e.into()))?;
    let mut restored = Restored { day: day.clone(), ..Restored::default() };
    for (folder, seen, puts) in texts(&bytes) {
        let home: PathBuf = base.folders.docs().join(folder);
        let mut drawer = Drawer::new(Arc::clone(base), seen.unwrap_or_default(), home, Vec::new());
        drawer.load();
        let all = puts.len();
        let back = drawer.bring_back(puts).map_err(|unsaved| RestoreError::Failed(unsaved.reason))?;
        restored.back += back;
        restored.there += all - back;
    }
    Ok(restored)
}

/// What a backup holds, text by text: as what it was seen last, and what was in force.
fn texts(bytes: &[u8]) -> Vec<(String, Option<Seen>, Vec<Arc<Put>>)> {
    let mut texts: Vec<(String, Option<Seen>, Vec<Arc<Put>>)> = Vec::new();
    for line in bytes.split(|&b| b == b'\n') {
        let Some(read) = Record::read(line) else { continue };
        match (read.record, texts.last_mut()) {
            (Record::Other(line), _) => {
                let folder = serde_json::from_str(&line).ok().filter(|f: &Folder| f.t == "folder");
                // A name, and nothing that leads elsewhere.
                let is_plain = |f: &Folder| !f.name.starts_with('.') && !f.name.contains(['/', '\\']);
                texts.extend(folder.filter(is_plain).map(|folder| (folder.name, None, Vec::new())));
            }
            (Record::Seen(seen), Some((_, last, _))) => *last = Some(seen),
            (Record::Put(put), Some((_, _, puts))) => puts.push(put),
            (Record::File(_) | Record::Seen(_) | Record::Put(_) | Record::Del(_), _) => {}
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::Folders;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::scratch;
    use std::fs;

    #[test]
    fn the_last_days_and_months_are_kept() {
        let home = scratch();
        let base = Base::new(Arc::new(Local), Some(Folders::under(home.path())), "anna".to_owned());
        let folder = home.path().join("state/backups");
        fs::create_dir_all(&folder).unwrap();
        for month in 1..=9 {
            for day in 1..=9 {
                for year in [2024, 2025] {
                    fs::write(folder.join(format!("{year}-0{month}-0{day}.jsonl")), "").unwrap();
                }
            }
        }
        fs::write(folder.join("my-notes.txt"), "").unwrap();
        prune(&base, &folder);
        let days = days(&base);
        assert_eq!(days.len(), KEPT.0 + KEPT.1 - 2, "two of the last days are the last of their months");
        assert_eq!((days[0].as_str(), days.last().unwrap().as_str()), ("2024-07-09", "2025-09-09"));
        assert!(days.contains(&"2025-08-04".to_owned()) && !days.contains(&"2025-08-03".to_owned()));
        assert!(folder.join("my-notes.txt").exists());
    }

    #[test]
    fn no_backup_is_too_odd() {
        for odd in [
            &b"\xff\n{\"n\":2,\"t\":\"folder\"}\n"[..],
            b"{\"n\":2,\"t\":\"folder\",\"name\":\"../../etc\"}\n{\"n\":2,\"t\":\"folder\",\"name\":\"..\"}\n",
            b"{\"t\":\"put\",\"id\":\"x\",\"kind\":\"mark\",\"a\":{\"exact\":\"y\"}}",
        ] {
            assert!(texts(odd).is_empty());
        }
    }
}
