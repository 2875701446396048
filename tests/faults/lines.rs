//! Lines that a sync tool, a merge, a power cut, a later version or somebody else has had a hand in.

use crate::{Window, folder, home, id, labels, open, set, sheet};
use ibid::shell::store::Complaint;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// 65: what sync tools, merges and conversions make of the files.
#[test]
fn all_readable_lines_are_merged() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    let file = sheet(home.path());
    let lines = fs::read_to_string(&file).unwrap();
    let (head, put) = lines.trim_end().rsplit_once('\n').unwrap();
    let like = |new: &str, label: &str| put.replace(&id(put), new).replace("one", label);
    let write = |name: &str, content: String| fs::write(folder(home.path()).join(name), content).unwrap();
    let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
    write(
        &format!("{stem}.sync-conflict-20260923-101500-7.jsonl"),
        format!("{head}\n{}\n", like("c", "conflict")),
    );
    write("bert (conflicted copy).jsonl", format!("\u{feff}{}\n", lines.replace('\n', "\r\n")));
    write("carl.jsonl", format!("<<<<<<< a\n{head}\n=======\n{}\n>>>>>>> b\n", like("d", "merged")));
    let opened = open(home.path());
    assert_eq!(labels(&opened.shelf), set(&["one", "conflict", "merged"]));
    let markers = Complaint::Markers { path: folder(home.path()).join("carl.jsonl") };
    assert_eq!(opened.complaints, [markers]);
}

/// 66: good lines are loaded, bad ones copied aside once, and the file is left as it is.
#[test]
fn damage_is_said_and_kept_aside() {
    let home = home();
    let window = Window::open(home.path());
    ["one", "two", "three"].iter().for_each(|label| drop(window.keep(label).unwrap()));
    let file = sheet(home.path());
    let lines = fs::read_to_string(&file).unwrap();
    let damaged = lines.replace("\"label\":\"two\"", "\"label:\"two\"") + "\0\0\0\n{\"n\":6,\"t\":\"pu";
    fs::write(&file, &damaged).unwrap();
    for _ in 0..2 {
        let opened = open(home.path());
        assert_eq!(labels(&opened.shelf), set(&["one", "three"]));
        let [Complaint::Damaged { lines: 2, loaded: 3, kept: Some(kept), .. }] = &opened.complaints[..]
        else {
            panic!("{:?}", opened.complaints)
        };
        let aside = fs::read_to_string(kept).unwrap();
        assert!(aside.contains("\"label:\"two\"") && aside.contains('\0'), "{aside}");
        assert_eq!(fs::read_dir(home.path().join("state/bad")).unwrap().count(), 1);
    }
    Window::open(home.path()).keep("four").unwrap();
    assert!(fs::read_to_string(&file).unwrap().starts_with(&damaged));
    assert_eq!(labels(&open(home.path()).shelf), set(&["one", "three", "four"]));
}

/// 66: an empty file is no damage, and is begun anew.
#[test]
fn an_empty_file_is_begun_anew() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    fs::write(sheet(home.path()), "").unwrap();
    assert_eq!(open(home.path()).complaints, []);
    Window::open(home.path()).keep("two").unwrap();
    assert!(
        fs::read_to_string(sheet(home.path())).unwrap().starts_with("{\"ibid\":1,\"n\":1,\"t\":\"file\"")
    );
    assert_eq!(labels(&open(home.path()).shelf), set(&["two"]));
}

/// 67: what a later version wrote is kept byte for byte, and a file in its format is not written to.
#[test]
fn what_a_later_version_wrote_stays() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    let file = sheet(home.path());
    let odd = "{\"n\":4,\"t\":\"fold\",  \"x\":1.50,\"y\":123456789012345678901234567890}\n";
    let before = fs::read_to_string(&file).unwrap() + odd;
    fs::write(&file, &before).unwrap();
    Window::open(home.path()).keep("two").unwrap();
    assert!(fs::read_to_string(&file).unwrap().starts_with(&before));
    let newer = before.replace("\"ibid\":1", "\"ibid\":2");
    fs::write(&file, &newer).unwrap();
    Window::open(home.path()).keep("three").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
    let opened = open(home.path());
    assert_eq!(opened.complaints, [Complaint::Newer { path: file.clone() }]);
    assert_eq!(labels(&opened.shelf), set(&["one", "three"]));
    let beside = file.to_string_lossy().replace(".jsonl", "-2.jsonl");
    assert!(Path::new(&beside).exists());
}

/// 39: state that somebody else has made up.
#[test]
fn hostile_state_is_read_in_bounds() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    let mut lines = fs::read_to_string(sheet(home.path())).unwrap();
    lines += &format!("{{\"n\":4,\"note\":\"{}\"}}\n", "x".repeat(50_000_000));
    lines += "{\"n\":5,\"t\":\"put\",\"id\":\"../../x\",\"v\":1,\"kind\":\"mark\",\"a\":{\"exact\":\"\"}}\n";
    lines += "{\"n\":6,\"t\":\"put\",\"id\":\"esc\",\"v\":1,\"kind\":\"bookmark\",\"label\":\"\u{1b}]0;x\",\"a\":{\"exact\":\"\"}}\n";
    lines += &"[".repeat(60_000);
    fs::write(folder(home.path()).join("mallory.jsonl"), lines).unwrap();
    let start = Instant::now();
    let opened = open(home.path());
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    // A control character that stands raw in JSON makes the line unreadable; an id that is no id is not understood.
    assert_eq!(labels(&opened.shelf), set(&["one"]));
    assert!(
        opened.complaints.iter().any(|c| matches!(c, Complaint::Long { lines: 1, .. })),
        "{:?}",
        opened.complaints
    );
}
