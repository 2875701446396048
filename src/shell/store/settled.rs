//! What was settled by keys: one small file in the state folder, replaced whole.
//!
//! ```text
//! {"ibid":1,"all":{"theme":"sepia"},"texts":{"<docid>":{"at":"2026-…","set":{"measure":"50"}}}}
//! ```
//!
//! Two windows may write it: each reads it again, under a lock, before it changes its one entry.

use super::base::Base;
use super::lock::{PATIENCE, hold};
use super::reason::Reason;
use super::stamp::now;
use crate::reader::settings::{Change, Layer, Scope, Settings};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 << 20;

/// Of how many texts settings are kept; beyond that the ones settled longest ago are forgotten.
const MOST_TEXTS: usize = 1000;

#[derive(Default, Serialize, Deserialize)]
struct Sheet {
    #[serde(default)]
    ibid: u32,
    #[serde(default)]
    all: Layer,
    #[serde(default)]
    texts: BTreeMap<String, Text>,
    /// Fields of a later version.
    #[serde(flatten)]
    extra: Map<String, Value>,
}

#[derive(Default, Serialize, Deserialize)]
struct Text {
    #[serde(default)]
    at: String,
    #[serde(default)]
    set: Layer,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

/// What is settled for all texts and for the one that is kept under `docid`; nothing where that cannot be read.
pub fn settings(base: &Base, docid: &str) -> Settings {
    let mut sheet = read(base).unwrap_or_default();
    Settings { all: sheet.all, text: sheet.texts.remove(docid).unwrap_or_default().set }
}

/// Writes changes down.
///
/// # Errors
/// Why they have not reached the disk.
pub fn settle(base: &Base, docid: &str, changes: &[Change]) -> Result<(), Reason> {
    if let Some(reason) = &base.barred {
        return Err(reason.clone());
    }
    let _lock = hold(&*base.disk, &base.folders.lock("settings"), PATIENCE);
    let mut sheet = match read(base) {
        Ok(sheet) => sheet,
        Err(error) if error.kind() == ErrorKind::NotFound => Sheet::default(),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            // It is set aside, for a person to look at.
            base.disk.rename(&file(base), &file(base).with_extension("json.unread"))?;
            Sheet::default()
        }
        Err(error) => return Err(error.into()),
    };
    sheet.ibid = sheet.ibid.max(crate::shelf::record::MAJOR);
    for change in changes {
        let layer = match change.scope {
            Scope::All => &mut sheet.all,
            Scope::Text => {
                let text = sheet.texts.entry(docid.to_owned()).or_default();
                text.at = now();
                &mut text.set
            }
        };
        match &change.value {
            Some(value) => layer.insert(change.name.clone(), value.clone()),
            None => layer.remove(&change.name),
        };
    }
    sheet.texts.retain(|_, text| !text.set.is_empty() || !text.extra.is_empty());
    while sheet.texts.len() > MOST_TEXTS {
        let oldest = sheet.texts.iter().min_by(|a, b| a.1.at.cmp(&b.1.at)).map(|(docid, _)| docid.clone());
        oldest.and_then(|docid| sheet.texts.remove(&docid));
    }
    let bytes = serde_json::to_vec_pretty(&sheet).map_err(|e| Reason::Other(e.to_string()))?;
    Ok(base.replace(&file(base), &bytes)?)
}

/// Where they are written down.
pub fn file(base: &Base) -> PathBuf {
    base.folders.state.join("settings.json")
}

fn read(base: &Base) -> io::Result<Sheet> {
    let mut bytes = Vec::new();
    base.disk.read(&file(base))?.take(LARGEST).read_to_end(&mut bytes)?;
    serde_json::from_slice(&bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::{Fault, Faulty, scratch};
    use crate::shell::store::folders::Folders;
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    fn base(home: &Path) -> Base {
        Base::new(Arc::new(Local), Some(Folders::under(home)), "anna".to_owned())
    }

    fn change(scope: Scope, name: &str, value: Option<&str>) -> Change {
        Change { scope, name: name.to_owned(), value: value.map(str::to_owned) }
    }

    #[test]
    fn what_is_settled_is_found_again() {
        let home = scratch();
        settle(&base(home.path()), "one", &[change(Scope::All, "theme", Some("sepia"))]).unwrap();
        settle(&base(home.path()), "one", &[change(Scope::Text, "measure", Some("50"))]).unwrap();
        let one = settings(&base(home.path()), "one");
        assert_eq!((one.all["theme"].as_str(), one.text["measure"].as_str()), ("sepia", "50"));
        let two = settings(&base(home.path()), "two");
        assert_eq!((two.all.len(), two.text.len()), (1, 0));
        settle(&base(home.path()), "one", &[change(Scope::Text, "measure", None)]).unwrap();
        assert!(!fs::read_to_string(file(&base(home.path()))).unwrap().contains("one"));
    }

    #[test]
    fn what_a_later_version_settled_stays() {
        let home = scratch();
        let base = base(home.path());
        fs::create_dir_all(&base.folders.state).unwrap();
        let later =
            r#"{"ibid":7,"all":{"ligatures":"on"},"texts":{"x":{"at":"","set":{},"why":1}},"more":[1]}"#;
        fs::write(file(&base), later).unwrap();
        settle(&base, "one", &[change(Scope::All, "theme", Some("dark"))]).unwrap();
        let kept = fs::read_to_string(file(&base)).unwrap();
        for words in ["\"ibid\": 7", "ligatures", "\"why\": 1", "\"more\"", "dark"] {
            assert!(kept.contains(words), "{words} in {kept}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_set_aside() {
        let home = scratch();
        let base = base(home.path());
        fs::create_dir_all(&base.folders.state).unwrap();
        fs::write(file(&base), "{\"all\":").unwrap();
        assert_eq!(settings(&base, "one"), Settings::default());
        settle(&base, "one", &[change(Scope::All, "theme", Some("dark"))]).unwrap();
        assert_eq!(settings(&base, "one").all.len(), 1);
        let aside = base.folders.state.join("settings.json.unread");
        assert_eq!(fs::read_to_string(aside).unwrap(), "{\"all\":");
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_settled() {
        let home = scratch();
        settle(&base(home.path()), "one", &[change(Scope::All, "theme", Some("sepia"))]).unwrap();
        for call in 1.. {
            let faulty = Arc::new(Faulty::new(call, Fault::Full));
            let base = Base::new(faulty.clone(), Some(Folders::under(home.path())), "anna".to_owned());
            let told = settle(&base, "one", &[change(Scope::All, "measure", Some("50"))]);
            let kept = settings(&self::base(home.path()), "one").all;
            assert_eq!(kept.get("theme").map(String::as_str), Some("sepia"), "call {call}");
            assert!(told.is_err() || kept.contains_key("measure"));
            if !faulty.struck() {
                break;
            }
        }
    }
}
