//! The data folder travels: two devices' folders merged, copies that sync tools make, records looked over and brought back.

use crate::{LONG, Window, at, folder, home, labels, open, set, sheet};
use ibid::shelf::Draft;
use ibid::shell::store::{Folders, MergeError, Merged, News, RestoreError, Store};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn store(home: &Path) -> Store {
    Store::new(Some(Folders::under(home)))
}

fn merge(from: &Path, to: &Path) -> Merged {
    store(to).merge(&from.join("data")).unwrap()
}

/// Every file under a folder with what it holds.
fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(all(&path));
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

fn ids(home: &Path) -> Vec<ibid::shelf::Id> {
    open(home).shelf.items().iter().map(|item| item.id.clone()).collect()
}

impl Window {
    fn does(&self, draft: Draft) {
        self.keeper.keep(draft);
        assert!(matches!(self.news.recv_timeout(LONG).unwrap(), News::Kept(Ok(_))));
    }
}

/// 59, 60, 65: what two devices have kept apart is on both, and merged again nothing is added.
#[test]
fn two_devices_are_merged_with_nothing_lost() {
    let (anna, bert) = (home(), home());
    let (one, two) = (Window::open(anna.path()), Window::open(bert.path()));
    one.keep("anna's").unwrap();
    two.keep("bert's").unwrap();
    two.keeper.place(at(9));
    two.keeper.flush(LONG).unwrap();
    let before = all(bert.path());
    let merged = merge(bert.path(), anna.path());
    assert_eq!((merged.texts, merged.new, merged.changed, merged.places, merged.unreadable), (1, 1, 0, 1, 0));
    assert_eq!(all(bert.path()), before, "nothing is written there");
    assert_eq!(labels(&open(anna.path()).shelf), set(&["anna's", "bert's"]));
    assert!(open(anna.path()).elsewhere.is_some(), "where bert is, is offered");
    let files = all(anna.path());
    let again = merge(bert.path(), anna.path());
    assert_eq!((again.new, again.changed, again.places, again.known > 0), (0, 0, 0, true));
    assert_eq!(all(anna.path()), files);
    merge(anna.path(), bert.path());
    assert_eq!(open(bert.path()).shelf, open(anna.path()).shelf);
    // A later deletion travels, and is not undone by the older copy.
    one.does(Draft::Delete { id: ids(anna.path())[0].clone() });
    assert_eq!(merge(anna.path(), bert.path()).changed, 1);
    merge(bert.path(), anna.path());
    assert_eq!(labels(&open(anna.path()).shelf), labels(&open(bert.path()).shelf));
    assert_eq!(open(anna.path()).shelf.items().len(), 1);
}

/// 67: what a later ibid wrote comes over byte for byte.
#[test]
fn what_a_later_ibid_wrote_is_merged_as_it_is() {
    let (anna, bert) = (home(), home());
    Window::open(anna.path()).keep("anna's").unwrap();
    Window::open(bert.path()).keep("bert's").unwrap();
    let file = sheet(bert.path());
    let mut lines = fs::read_to_string(&file).unwrap();
    lines += "{\"n\":4,\"t\":\"fold\",\"deep\":[1,{\"x\":1.50}]}\n";
    fs::write(&file, &lines).unwrap();
    for _ in 0..2 {
        merge(bert.path(), anna.path());
        let copies = all(anna.path()).into_values().filter(|bytes| *bytes == lines.as_bytes()).count();
        assert_eq!(copies, 1);
    }
    assert!(open(anna.path()).complaints.is_empty());
    assert_eq!(labels(&open(anna.path()).shelf), set(&["anna's", "bert's"]));
}

#[test]
fn what_is_no_folder_of_ibid_is_not_merged() {
    let (anna, other) = (home(), home());
    Window::open(anna.path()).keep("anna's").unwrap();
    let merge = |from: &Path| store(anna.path()).merge(from);
    assert_eq!(merge(other.path()), Err(MergeError::NotOurs));
    assert!(matches!(merge(&other.path().join("nowhere")), Err(MergeError::Unread(_))));
    assert_eq!(merge(&anna.path().join("data")), Err(MergeError::Same));
    assert_eq!(merge(&anna.path().join("data/docs")), Err(MergeError::Same));
}

/// 65: copies that sync tools, merges and old disks make are read, wherever they put their words.
#[test]
fn conflict_copies_are_read_under_any_name() {
    for copy in [
        "NAME.sync-conflict-20260923-101500-ABCDEFG.jsonl",
        "NAME (Bert's conflicted copy 2026-09-23).jsonl",
        "NAME.jsonl.orig",
        "NAME.jsonl~",
        "NAME_REMOTE_4711.jsonl",
        "NAME.JSONL",
    ] {
        let home = home();
        let window = Window::open(home.path());
        window.keep("one").unwrap();
        let file = sheet(home.path());
        let device = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let other = fs::read_to_string(&file).unwrap().replace("\"one\"", "\"other\"");
        let id = ids(home.path())[0].to_string();
        fs::write(folder(home.path()).join(copy.replace("NAME", &device)), other.replace(&id, "by-bert"))
            .unwrap();
        let opened = open(home.path());
        assert_eq!((labels(&opened.shelf), opened.complaints), (set(&["one", "other"]), vec![]), "{copy}");
        window.keep("two").unwrap();
        assert_eq!(labels(&open(home.path()).shelf), set(&["one", "other", "two"]), "{copy}");
    }
}

/// 65: so is a folder that a sync tool has given another name.
#[test]
fn a_conflict_copy_of_a_folder_is_read() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    let first = folder(home.path());
    let name = format!("{} (conflicted copy)", first.file_name().unwrap().to_str().unwrap());
    let other = fs::read_to_string(sheet(home.path())).unwrap().replace("\"one\"", "\"other\"");
    let other = other.replace(ids(home.path())[0].as_str(), "by-bert");
    fs::create_dir(first.with_file_name(&name)).unwrap();
    fs::write(first.with_file_name(&name).join("bert.jsonl"), other).unwrap();
    assert_eq!(labels(&open(home.path()).shelf), set(&["one", "other"]));
}

/// 65, 66: the records are looked over, and nothing is changed.
#[test]
fn looking_over_counts_and_changes_nothing() {
    let home = home();
    let window = Window::open(home.path());
    (0..4).for_each(|i| drop(window.keep(&format!("number {i}")).unwrap()));
    window.keeper.place(at(9));
    window.keeper.flush(LONG).unwrap();
    drop(window);
    let damaged = |home: &Path| store(home).verify().unwrap().iter().filter(|file| file.is_damaged()).count();
    assert_eq!(damaged(home.path()), 0);
    let file = sheet(home.path());
    let whole = fs::read_to_string(&file).unwrap();
    let odd =
        whole.replacen("\"id\":\"", "\"id:\"", 1) + "<<<<<<< HEAD\r\n{\"t\":\"fold\"}\r\n{\"n\":7,\"t\":\"pu";
    fs::write(&file, odd).unwrap();
    let before = all(home.path());
    let checked = store(home.path()).verify().unwrap();
    let told = checked.iter().find(|checked| checked.path == file).unwrap();
    let health = &told.health;
    assert_eq!((told.good, told.unknown, health.damaged.len(), health.markers, health.torn), (4, 1, 1, 1, 1));
    assert_eq!(all(home.path()), before);
    fs::write(&file, whole.lines().filter(|line| !line.contains("number 1")).collect::<Vec<_>>().join("\n"))
        .unwrap();
    assert_eq!(damaged(home.path()), 1, "a record is missing");
}

/// 73: what was deleted is brought back from the last backup, as new records.
#[test]
fn what_was_deleted_is_brought_back() {
    let home = home();
    assert_eq!(store(home.path()).restore(None), Err(RestoreError::None));
    let window = Window::open(home.path());
    window.keep("one").unwrap();
    // The first change that anything was in force before: a backup is made of it.
    window.keep("two").unwrap();
    window.keeper.flush(LONG).unwrap();
    let lines = fs::read_to_string(sheet(home.path())).unwrap();
    for id in ids(home.path()) {
        window.does(Draft::Delete { id });
    }
    assert!(open(home.path()).shelf.items().is_empty());
    let restored = store(home.path()).restore(None).unwrap();
    assert_eq!((restored.back, restored.there), (1, 0));
    assert_eq!(labels(&open(home.path()).shelf), set(&["one"]));
    let restored = store(home.path()).restore(Some(&restored.day)).unwrap();
    assert_eq!((restored.back, restored.there), (0, 1));
    assert!(fs::read_to_string(sheet(home.path())).unwrap().starts_with(&lines), "added, not rewritten");
    // And can be undone.
    Window::open(home.path()).does(Draft::Delete { id: ids(home.path())[0].clone() });
    assert!(open(home.path()).shelf.items().is_empty());
    assert!(
        matches!(store(home.path()).restore(Some("2001-01-01")), Err(RestoreError::NoSuchDay(days)) if days.len() == 1)
    );
}

/// 69, 73: and so is what was in a folder that is gone.
#[test]
fn a_lost_folder_is_brought_back() {
    let home = home();
    let window = Window::open(home.path());
    ["one", "two", "three"].iter().for_each(|label| drop(window.keep(label).unwrap()));
    drop(window);
    fs::remove_dir_all(home.path().join("data")).unwrap();
    assert_eq!(store(home.path()).restore(None).unwrap().back, 1);
    assert_eq!(labels(&open(home.path()).shelf), set(&["one"]));
}

fn run(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    let folders = [("IBID_CONFIG_DIR", "config"), ("IBID_DATA_DIR", "data"), ("IBID_STATE_DIR", "state")];
    command.args(args).envs(folders.map(|(name, folder)| (name, home.join(folder)))).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&home.display().to_string(), "HOME");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn the_commands_say_what_they_did() {
    let (anna, bert) = (home(), home());
    Window::open(anna.path()).keep("anna's").unwrap();
    Window::open(bert.path()).keep("bert's").unwrap();
    let from = bert.path().join("data").display().to_string();
    let (code, out, _) = run(anna.path(), &["marks", "--merge", &from]);
    // What the two say of the text itself is the same if they said it in the same second.
    let new = "1 text: 1 mark new, 0 changed, ";
    assert!(code == Some(0) && out.starts_with(new), "{out}");
    let (code, out, _) = run(anna.path(), &["marks", "--merge", &from]);
    let again = "1 text: 0 marks new, 0 changed, 2 records here before; 0 reading places taken over\n";
    assert_eq!((code, &*out), (Some(0), again));
    let (code, out, _) = run(anna.path(), &["marks", "--verify"]);
    assert_eq!((code, out.lines().last()), (Some(0), Some("2 files, 3 good records: nothing is damaged")));
    let (code, out, err) = run(anna.path(), &["marks", "--restore"]);
    assert_eq!((code, &*out), (Some(1), ""));
    assert_eq!(err, "ibid: backups: there is no backup yet; one is made before the first change of a day\n");
    let (code, _, err) = run(anna.path(), &["marks", "--merge", "/nonexistent"]);
    assert_eq!(code, Some(3), "{err}");
    assert_eq!(run(anna.path(), &["marks", "--verify", "--restore"]).0, Some(2));
    fs::write(sheet(anna.path()), "{\"n\":1,\"t\":\"file\",\"device\":\"x\"}\nwhat is this\n").unwrap();
    let (code, out, _) = run(anna.path(), &["marks", "--verify"]);
    assert_eq!(code, Some(4), "{out}");
    assert!(out.contains(": 0 good, 1 unreadable\n"), "{out}");
}

/// What a device does to the text.
#[derive(Clone, Debug)]
enum Deed {
    Bookmark(u8),
    Mark(char),
    Delete(prop::sample::Index),
    Rename(prop::sample::Index, u8),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => any::<u8>().prop_map(Deed::Bookmark),
        1 => prop::char::range('a', 'c').prop_map(Deed::Mark),
        1 => any::<prop::sample::Index>().prop_map(Deed::Delete),
        1 => any::<(prop::sample::Index, u8)>().prop_map(|(i, n)| Deed::Rename(i, n)),
    ];
    prop::collection::vec(deed, 0..6)
}

fn act(home: &Path, deeds: &[Deed]) {
    let window = Window::open(home);
    for deed in deeds {
        let ids = ids(home);
        let draft = match deed {
            Deed::Bookmark(n) => Draft::Bookmark { at: at(4), label: format!("label {n}") },
            Deed::Mark(name) => Draft::Mark { name: *name, at: at(9) },
            Deed::Delete(_) | Deed::Rename(..) if ids.is_empty() => continue,
            Deed::Delete(i) => Draft::Delete { id: i.get(&ids).clone() },
            Deed::Rename(i, n) => Draft::Rename { id: i.get(&ids).clone(), label: format!("label {n}") },
        };
        window.does(draft);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// 60: folders merge as shelves do: in whatever order, from whichever side, however often.
    #[test]
    fn merging_folders_is_commutative_and_idempotent(a in deeds(), b in deeds(), c in deeds(), later in deeds()) {
        let homes = [home(), home(), home()];
        let [anna, bert, carl] = [0, 1, 2].map(|i| homes[i].path());
        for (home, deeds) in [(anna, &a), (bert, &b), (carl, &c)] {
            // Every device has something, so that there is a folder.
            Window::open(home).keep("first").unwrap();
            act(home, deeds);
        }
        merge(bert, anna);
        act(anna, &later);
        merge(carl, bert);
        merge(anna, carl);
        // Twice round, everybody has everything.
        for (from, to) in [(anna, bert), (bert, carl), (carl, anna), (anna, bert), (bert, carl), (carl, anna)] {
            merge(from, to);
        }
        let shelf = |home| open(home).shelf;
        prop_assert_eq!(shelf(anna), shelf(bert));
        prop_assert_eq!(shelf(bert), shelf(carl));
        let before = [anna, bert, carl].map(all);
        for (from, to) in [(bert, anna), (anna, carl), (carl, bert)] {
            let merged = merge(from, to);
            prop_assert_eq!((merged.new, merged.changed, merged.unreadable), (0, 0, 0));
        }
        prop_assert_eq!([anna, bert, carl].map(all), before);
        prop_assert!([anna, bert, carl].iter().all(|home| open(home).complaints.is_empty()));
    }
}
