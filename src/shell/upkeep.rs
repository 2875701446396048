//! What is done about all that is kept, whatever text it is about: `ibid marks --merge`, `--verify`, `--restore`.

use super::commands::write;
use super::store::{Checked, MergeError, Reason, RestoreError, Store};
use super::trouble::{Exit, Trouble};
use crate::document::clean::{Place, clean};
use std::path::Path;

/// Merges the data folder of another device.
///
/// # Errors
/// When the folder is none, or what was to be merged could not be read or written.
pub fn merge(store: &Store, folder: &Path) -> Result<Exit, Trouble> {
    let name = folder.to_string_lossy();
    let merged = store.merge(folder).map_err(|error| {
        let (exit, next) = match &error {
            MergeError::NotOurs => (Exit::Input, "name the folder that holds `docs`"),
            MergeError::Same => (Exit::Usage, "name another device's folder"),
            MergeError::Unread(_) => (Exit::Input, "check the name and its permissions"),
            MergeError::Unwritten(_) => (Exit::Own, "what was merged so far is kept; run it again"),
        };
        Trouble::new(exit, &name, error, next)
    })?;
    if merged.unreadable > 0 {
        super::warn(&format!(
            "{}: {} could not be read; the rest is merged",
            clean(&name, Place::Name),
            many(merged.unreadable, "record")
        ));
    }
    write(format!(
        "{}: {} new, {} changed, {} here before; {} taken over\n",
        many(merged.texts, "text"),
        many(merged.new, "mark"),
        merged.changed,
        many(merged.known, "record"),
        many(merged.places, "reading place"),
    ))
}

/// Looks over the stored records.
///
/// # Errors
/// When their folder cannot be listed.
pub fn verify(store: &Store) -> Result<Exit, Trouble> {
    let checked = store.verify().map_err(|reason: Reason| {
        Trouble::new(Exit::Own, "the data folder", reason, "check its permissions")
    })?;
    let mut out = String::new();
    for file in &checked {
        out += &format!("{}: {}\n", clean(&file.path.to_string_lossy(), Place::Name), told(file));
    }
    let good: usize = checked.iter().map(|file| file.good).sum();
    let damaged = checked.iter().filter(|file| file.is_damaged()).count();
    let end = match damaged {
        0 => "nothing is damaged".to_owned(),
        n => format!("{} damaged; nothing was changed", many(n, "file")),
    };
    out += &format!("{}, {}: {end}\n", many(checked.len(), "file"), many(good, "good record"));
    let printed = write(out)?;
    Ok(if damaged == 0 { printed } else { Exit::Own })
}

/// What a file holds, in words.
fn told(file: &Checked) -> String {
    if let Some(reason) = &file.unread {
        return format!("not read: {reason}");
    }
    let health = &file.health;
    let missing: u64 =
        health.missing.iter().map(|gap| gap.end().saturating_sub(*gap.start()).saturating_add(1)).sum();
    let others = [
        (health.damaged.len() as u64, "unreadable"),
        (health.long as u64, "too long"),
        (missing, "missing"),
        (file.unknown as u64, "of a later ibid"),
        (health.torn as u64, "never finished"),
        (health.markers as u64, "left by a merge"),
    ];
    let others = others.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}"));
    format!("{} good{}", file.good, others.collect::<String>())
}

/// Brings a backup back.
///
/// # Errors
/// When there is none, or it cannot be read, or what it holds not be saved.
pub fn restore(store: &Store, day: Option<&str>) -> Result<Exit, Trouble> {
    let restored = store.restore(day).map_err(|error| {
        let (exit, next) = match &error {
            RestoreError::None => (Exit::Findings, "one is made before the first change of a day".to_owned()),
            RestoreError::NoSuchDay(days) if days.is_empty() => (Exit::Usage, "there is none yet".to_owned()),
            RestoreError::NoSuchDay(days) => (Exit::Usage, format!("there are those of {}", days.join(", "))),
            RestoreError::Failed(_) => (Exit::Own, "what was brought back so far is kept".to_owned()),
        };
        Trouble::new(exit, "backups", error, next)
    })?;
    write(format!(
        "{}: {} brought back, {} there\n",
        restored.day,
        many(restored.back, "mark"),
        restored.there
    ))
}

fn many(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
