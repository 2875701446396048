//! What one settles by keys, and that it holds: on the screen, in the list, on the disk.

#[allow(dead_code, reason = "each test binary uses its part of it")]
mod common {
    pub mod grammar;
    pub mod journey;
    pub mod pty;
}

use common::journey::{Journey, journey};
use common::pty::Stage;
use ibid::import::{Options, import};
use ibid::reader::Effect;
use ibid::reader::settings::{Change, Scope};
use std::process::Command;

const TEXT: &str = "# A Title\n\nFirst words of a text that is long enough to be set in more than one line, whatever the measure.[^1]\n\n[^1]: A note.\n";

fn reader() -> Journey {
    let document = import(TEXT.as_bytes(), "a.md", &Options::default()).expect("a text");
    journey(document, (80, 24))
}

/// What was to be written down.
fn settled(journey: &Journey) -> Vec<Change> {
    let settled = |effect: &Effect| match effect {
        Effect::Settle(change) => Some(change.clone()),
        _ => None,
    };
    journey.effects.iter().filter_map(settled).collect()
}

fn change(scope: Scope, name: &str, value: Option<&str>) -> Change {
    Change { scope, name: name.to_owned(), value: value.map(str::to_owned) }
}

#[test]
fn what_a_key_changes_holds_for_all_texts() {
    let journey = reader().keys("c + +").foot("70 columns");
    assert_eq!(
        settled(&journey),
        [
            change(Scope::All, "theme", Some("light")),
            change(Scope::All, "measure", Some("68")),
            change(Scope::All, "measure", Some("70")),
        ]
    );
}

#[test]
fn reading_on_settles_nothing() {
    assert_eq!(settled(&reader().keys("j k Tab Enter Esc t Esc ?").resize(40, 12)), []);
}

#[test]
fn settings_are_changed_in_their_list() {
    reader()
        .keys(": \"settings\" Enter")
        .shows("measure 66 columns in a line default")
        .shows("theme terminal colours default")
        .keys("Enter")
        .shows("measure 72 columns in a line all texts")
        .keys("p Enter")
        .shows("measure 80 columns in a line this text")
        // This text goes its own way now, all others do not.
        .check(|j| {
            assert_eq!(
                settled(j),
                [
                    change(Scope::All, "measure", Some("72")),
                    change(Scope::Text, "measure", Some("72")),
                    change(Scope::Text, "measure", Some("80")),
                ]
            );
        })
        .keys("d")
        .shows("measure 72 columns in a line all texts")
        .keys("d")
        .shows("measure 66 columns in a line default")
        .keys("d")
        .foot("this is the default already")
        .keys("Esc t p")
        .foot("only a setting can be one of this text alone");
}

#[test]
fn a_setting_is_changed_under_a_filter_as_well() {
    reader()
        .keys(": \"settings\" Enter / \"hyph\" Enter Enter")
        .shows("hyphenate off")
        .check(|j| assert!(!j.state.options.hyphenate));
}

#[test]
fn settings_outlive_the_sitting() {
    let home = tempfile::tempdir().expect("a folder");
    let (one, two) = (home.path().join("one.md"), home.path().join("two.md"));
    std::fs::write(&one, TEXT).expect("a text");
    std::fs::write(&two, TEXT.replace("First", "Other")).expect("a text");
    let folders: Vec<(String, String)> = ["CONFIG", "DATA", "STATE"]
        .iter()
        .map(|name| (format!("IBID_{name}_DIR"), home.path().join(name.to_lowercase()).display().to_string()))
        .collect();
    let read = |file: &std::path::Path, keys: &str, shown: &str| {
        let stage = Stage::of(["ibid", &file.display().to_string()]);
        let stage = folders.iter().fold(stage, |stage, (name, value)| stage.env(name, value.clone()));
        let mut session = stage.start();
        session.shows("A Title").keys(keys).shows(shown).keys("Esc q");
        assert_eq!(session.shell(), 0);
    };
    read(&one, ": \"settings\" Enter Enter p Enter", "80");
    read(&one, ": \"settings\" Enter", "this text");
    read(&two, ": \"settings\" Enter", "all texts");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    let told = command.arg("settings").arg(&one).envs(folders.clone()).output().expect("it runs");
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.contains("measure        80           this text"), "{told}");
    assert!(told.contains("settings and locks"), "{told}");
}
