//! The folder of another device merged into this one: what is not here yet is added, in files of their own.
//!
//! Nothing of the other folder is written, and no file that is here. What was there is the same whichever of two devices
//! merges the other, in whatever order and however often.

use super::base::Base;
use super::binder::Binder;
use super::disk::make_folders;
use super::names::{PLACE, SHEET, device_of, is_sheet};
use super::reason::Reason;
use crate::shelf::record::{Header, MAJOR, Record};
use crate::shelf::{Id, Sheet, Shelf, base32};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The longest file that is looked at, in bytes.
const LONGEST: u64 = 1 << 30;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Texts that something is kept about there.
    pub texts: usize,
    /// Bookmarks, marks and highlights that were not here.
    pub new: usize,
    /// Versions of such as were here.
    pub changed: usize,
    /// Records that were here already.
    pub known: usize,
    /// Reading places taken over.
    pub places: usize,
    /// Lines that could not be read.
    pub unreadable: usize,
}

/// Why nothing, or not everything, was merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// It is no data folder of ibid.
    #[error("ibid keeps nothing in this folder")]
    NotOurs,
    /// It is the folder that it would be merged into.
    #[error("this is the folder that is in use")]
    Same,
    /// Something there could not be read.
    #[error("it could not be read: {0}")]
    Unread(Reason),
    /// Something here could not be written.
    #[error("not merged: {0}")]
    Unwritten(Reason),
}

/// Merges the data folder `from`.
///
/// # Errors
/// See [`MergeError`]; what was merged before it is merged.
pub fn merge(base: &Base, from: &Path) -> Result<Merged, MergeError> {
    if let Some(reason) = &base.barred {
        return Err(MergeError::Unwritten(reason.clone()));
    }
    let docs = if from.join("docs").is_dir() { from.join("docs") } else { from.to_owned() };
    let same = |a: &Path, b: &Path| a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
    if same(&docs, &base.folders.docs()) {
        return Err(MergeError::Same);
    }
    let folders = base.disk.names(&docs).map_err(|e| MergeError::Unread(e.into()))?;
    let is_of_a_text =
        |name: &String| !name.starts_with('.') && name.contains("--") && docs.join(name).is_dir();
    let folders: Vec<String> = folders.into_iter().filter(is_of_a_text).collect();
    if folders.is_empty() && docs == from {
        return Err(MergeError::NotOurs);
    }
    let mut merged = Merged { texts: folders.len(), ..Merged::default() };
    for name in folders {
        text(base, &docs.join(&name), &base.folders.docs().join(&name), &mut merged)?;
    }
    Ok(merged)
}

/// Merges what is kept about one text.
fn text(base: &Base, from: &Path, to: &Path, merged: &mut Merged) -> Result<(), MergeError> {
    let mut here = Arc::<Shelf>::default();
    let unread = |e: std::io::Error| MergeError::Unread(e.into());
    Binder::new(to.to_owned()).reread(&*base.disk, &mut here).map_err(unread)?;
    let mut fresh: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let mut whole: Vec<(String, Vec<u8>)> = Vec::new();
    for name in base.disk.names(from).map_err(unread)?.into_iter().filter(|name| is_sheet(name)) {
        let mut bytes = Vec::new();
        let source = base.disk.read(&from.join(&name)).map_err(unread)?;
        source.take(LONGEST).read_to_end(&mut bytes).map_err(unread)?;
        let sheet = Sheet::read(BufReader::new(&*bytes)).map_err(unread)?;
        merged.unreadable += sheet.health.damaged.len() + sheet.health.long;
        let device = Id::try_from(sheet.device).map_or_else(|_| device_of(&name), String::from);
        let writer: Arc<str> = device.as_str().into();
        let mut later = Vec::new();
        for record in sheet.records {
            let id = match &record {
                Record::Put(put) => Some(put.id.clone()),
                Record::Del(del) => Some(del.id.clone()),
                Record::File(_) | Record::Seen(_) | Record::Other(_) => None,
            };
            let was_here = id.as_ref().map(|id| here.history(id).next().is_some());
            if !Arc::make_mut(&mut here).add(&writer, record.clone()) {
                merged.known += 1;
                continue;
            }
            match was_here {
                Some(false) => merged.new += 1,
                Some(true) => merged.changed += 1,
                None => {}
            }
            later.push(record);
        }
        let is_beyond_us = sheet.major > MAJOR || later.iter().any(|r| matches!(r, Record::Other(_)));
        if is_beyond_us && !later.is_empty() {
            // What a later ibid has written is kept as it is, numbers and all.
            whole.push((device, bytes));
        } else {
            fresh.entry(device).or_default().append(&mut later);
        }
    }
    for (device, records) in fresh.into_iter().filter(|(_, records)| !records.is_empty()) {
        let header = Record::File(Header { device: device.clone() });
        let mut lines = String::new();
        for (n, record) in (1..).zip(std::iter::once(&header).chain(&records)) {
            lines += &record.line(n).map_err(|e| MergeError::Unwritten(Reason::Other(e.to_string())))?;
            lines.push('\n');
        }
        whole.push((device, lines.into_bytes()));
    }
    for (device, bytes) in whole {
        // Named by what it holds: merged again, it is there.
        let digest = base32::encode(&Sha256::digest(&bytes)[..8]);
        write(base, to, &format!("{device}~{digest}{SHEET}"), &bytes)?;
    }
    places(base, from, to, merged)
}

/// Takes over the places of the other devices that are later than those that are here.
fn places(base: &Base, from: &Path, to: &Path, merged: &mut Merged) -> Result<(), MergeError> {
    let (theirs, unread) = Binder::new(from.to_owned()).places(&*base.disk);
    merged.unreadable += unread.len();
    let (ours, _) = Binder::new(to.to_owned()).places(&*base.disk);
    let mut held: BTreeMap<String, u64> = BTreeMap::new();
    for place in ours {
        let n = held.entry(place.device).or_default();
        *n = place.n.max(*n);
    }
    for place in theirs {
        let is_later = held.get(&place.device).is_none_or(|n| *n < place.n);
        // Where this device is, it knows itself.
        if !is_later || base.known_device().is_some_and(|own| *own == *place.device) {
            continue;
        }
        held.insert(place.device.clone(), place.n);
        let bytes = place.file().map_err(|e| MergeError::Unwritten(Reason::Other(e.to_string())))?;
        write(base, to, &format!("{}{PLACE}", place.device), bytes.as_bytes())?;
        merged.places += 1;
    }
    Ok(())
}

fn write(base: &Base, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), MergeError> {
    let file: PathBuf = folder.join(name);
    let written = make_folders(&*base.disk, folder).and_then(|()| base.replace(&file, bytes));
    written.and_then(|()| base.sync_names(folder)).map_err(|e| MergeError::Unwritten(e.into()))
}
