//! Which files in the folder of a text are ours, whatever a sync tool, a merge or an old disk has made of their names.

/// How the files of records end.
pub const SHEET: &str = ".jsonl";

/// How the files of places end.
pub const PLACE: &str = ".pos.json";

/// Whether a file holds records: `anna.jsonl`, `anna.sync-conflict-….jsonl`, `anna (conflicted copy).jsonl`,
/// `anna.jsonl.orig`, `anna.jsonl~`, `ANNA.JSONL`.
pub fn is_sheet(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains(SHEET) && !is_unfinished(&name)
}

/// Whether a file holds a place: `anna.pos.json`, `anna.pos.sync-conflict-….json`, `anna.pos (conflicted copy).json`.
pub fn is_place(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let behind = name.find(".pos").map(|at| &name[at..]);
    behind.is_some_and(|rest| rest.contains(".json") && !rest.contains(SHEET)) && !is_unfinished(&name)
}

/// What is still being written, by us or by a sync tool.
fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".tmp")
}

/// The device that a file is named by: `anna-7k2q` of `anna-7k2q~x81f.jsonl` and of `anna-7k2q.sync-conflict-….jsonl`.
pub fn device_of(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let end = name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    name[..end.unwrap_or(name.len())].to_owned()
}

/// The identity that a folder of a text is named by: of `on-style--06c1… (conflicted copy)`, too.
pub fn docid_of(folder: &str) -> String {
    let name = folder.to_ascii_lowercase();
    let docid = name.rsplit_once("--").map_or(&*name, |(_, docid)| docid);
    docid.chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_all_sorts_are_ours() {
        for (name, sheet, place) in [
            ("anna-7k2q.jsonl", true, false),
            ("anna-7k2q~k81f.jsonl", true, false),
            ("anna-7k2q.sync-conflict-20260923-101500-ABCDEFG.jsonl", true, false),
            ("anna-7k2q (Bert's conflicted copy 2026-09-23).jsonl", true, false),
            ("anna-7k2q.jsonl.orig", true, false),
            ("anna-7k2q.jsonl~", true, false),
            ("ANNA-7K2Q.JSONL", true, false),
            ("anna-7k2q.pos.json", false, true),
            ("anna-7k2q.pos.sync-conflict-20260923-101500-ABCDEFG.json", false, true),
            ("anna-7k2q.pos (conflicted copy).json", false, true),
            ("ANNA-7K2Q.POS.JSON", false, true),
            (".anna-7k2q.pos.json.0123.tmp", false, false),
            ("~syncthing~anna-7k2q.jsonl.tmp", false, false),
            (".syncthing.anna-7k2q.jsonl.tmp", false, false),
            ("notes.txt", false, false),
            ("README", false, false),
        ] {
            assert_eq!((is_sheet(name), is_place(name)), (sheet, place), "{name}");
            if sheet || place {
                assert_eq!(device_of(name), "anna-7k2q");
            }
        }
        for folder in ["on-style--06c1x", "On-Style--06C1X", "on-style--06c1x (conflicted copy)", "06c1x"] {
            assert_eq!(docid_of(folder), "06c1x", "{folder}");
        }
    }
}
