//! The texts read lately, and the one read last.

use super::base::Base;
use super::binder::Binder;
use super::reason::Reason;
use super::source::Source;
use crate::shelf::Place;
use crate::shelf::json;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::time::SystemTime;

/// A text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Its title; may be empty.
    pub title: String,
    /// Where it lay.
    pub source: Source,
    /// How far it was read, from 0 to 100.
    pub percent: u8,
    /// When it was left; 1970 if that cannot be read.
    pub at: SystemTime,
    /// The device that it was read on, if it was not this one: the source is a path there.
    pub device: Option<String>,
}

/// What the state folder says of the text read last.
#[derive(Serialize, Deserialize)]
struct Last {
    ibid: u32,
    path: String,
}

/// The texts read on any device, the latest first. Of a text that was read on several, what this device has to say.
pub fn recent(base: &Base) -> Vec<Recent> {
    let docs = base.folders.docs();
    let device = base.known_device();
    let is_here = |place: &Place| device.as_ref().is_some_and(|device| **device == *place.device);
    let names = base.disk.names(&docs).unwrap_or_default();
    let places = names.iter().filter_map(|name| {
        let (places, _) = Binder::new(docs.join(name)).places(&*base.disk);
        places.into_iter().max_by_key(|place| (is_here(place), place.at.clone(), place.n))
    });
    let mut recent: Vec<Recent> = places
        .map(|place| Recent {
            percent: place.percent(),
            source: Source::from_key(&place.path),
            at: humantime::parse_rfc3339_weak(&place.at).unwrap_or(SystemTime::UNIX_EPOCH),
            device: (!is_here(&place)).then(|| place.device.clone()),
            title: place.title,
        })
        .collect();
    recent.sort_by_key(|text| std::cmp::Reverse(text.at));
    recent
}

/// The text read last on this device.
pub fn last(base: &Base) -> Option<Source> {
    let mut bytes = Vec::new();
    base.disk
        .read(&base.folders.state.join("last.json"))
        .ok()?
        .take(64 * 1024)
        .read_to_end(&mut bytes)
        .ok()?;
    let last: Last = serde_json::from_slice(&bytes).ok()?;
    Some(Source::from_key(&last.path)).filter(|source| *source != Source::Piped)
}

/// Remembers the text read last. What came through a pipe cannot be read again.
///
/// # Errors
/// Why it has not reached the disk.
pub fn set_last(base: &Base, source: &Source) -> Result<(), Reason> {
    if let Some(reason) = &base.barred {
        return Err(reason.clone());
    }
    if *source == Source::Piped || last(base).as_ref() == Some(source) {
        return Ok(());
    }
    let line = json::line(&Last { ibid: crate::shelf::record::MAJOR, path: source.key() });
    let line = line.map_err(|e| Reason::Other(e.to_string()))? + "\n";
    Ok(base.replace(&base.folders.state.join("last.json"), line.as_bytes())?)
}
