//! The stored records looked over. Nothing is changed.

use super::base::Base;
use super::binder::read_place;
use super::names::{is_place, is_sheet};
use super::reason::Reason;
use crate::shelf::sheet::Health;
use crate::shelf::{Record, Sheet};
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// What a file of ibid holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub path: PathBuf,
    /// Records that are understood.
    pub good: usize,
    /// Records that a later ibid understands.
    pub unknown: usize,
    /// What is wrong with the others.
    pub health: Health,
    /// Why it could not be read, if it could not.
    pub unread: Option<Reason>,
}

impl Checked {
    /// Whether something in it is lost or cannot be read. What was never confirmed, and what a merge has left between the
    /// records, is no harm.
    pub fn is_damaged(&self) -> bool {
        let health = &self.health;
        self.unread.is_some() || !health.damaged.is_empty() || health.long > 0 || !health.missing.is_empty()
    }
}

/// Looks over all files of records and places.
///
/// # Errors
/// If the folder of the texts is there and cannot be listed.
pub fn verify(base: &Base) -> Result<Vec<Checked>, Reason> {
    let docs = base.folders.docs();
    let mut checked = Vec::new();
    let texts = match base.disk.names(&docs) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(checked),
        texts => texts?,
    };
    for folder in texts.iter().filter(|name| !name.starts_with('.')).map(|name| docs.join(name)) {
        for name in base.disk.names(&folder).unwrap_or_default() {
            let path = folder.join(&name);
            if is_sheet(&name) {
                checked.push(sheet(base, path));
            } else if is_place(&name) {
                let read = read_place(&*base.disk, &path);
                checked.push(Checked { good: usize::from(read.is_ok()), unread: read.err(), ..none(path) });
            }
        }
    }
    Ok(checked)
}

fn sheet(base: &Base, path: PathBuf) -> Checked {
    match read(base, &path) {
        Ok(sheet) => {
            let unknown = sheet.records.iter().filter(|r| matches!(r, Record::Other(_))).count();
            Checked { good: sheet.records.len() - unknown, unknown, health: sheet.health, ..none(path) }
        }
        Err(e) => Checked { unread: Some(e.into()), ..none(path) },
    }
}

fn read(base: &Base, path: &Path) -> std::io::Result<Sheet> {
    Sheet::read(BufReader::new(base.disk.read(path)?))
}

fn none(path: PathBuf) -> Checked {
    Checked { path, good: 0, unknown: 0, health: Health::default(), unread: None }
}
