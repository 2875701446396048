//! The commands that print: their words and their JSON are the contract with scripts.

mod common;

use serde_json::Value;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn run(args: &[&str]) -> Output {
    let home = TempDir::new().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    for name in ["IBID_CONFIG_DIR", "IBID_DATA_DIR", "IBID_STATE_DIR"] {
        command.env(name, home.path().join(name));
    }
    command.args(args).stdin(Stdio::null()).output().expect("the program runs")
}

fn words(args: &[&str]) -> String {
    String::from_utf8(run(args).stdout).expect("UTF-8")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&words(args)).expect("JSON")
}

fn sample() -> String {
    common::own("scraped.txt").to_string_lossy().into_owned()
}

#[test]
fn inspect_tells_all_that_the_contract_names() {
    let told = json(&["inspect", &sample(), "--json"]);
    for field in [
        "schema",
        "file",
        "format",
        "encoding",
        "language",
        "title",
        "subtitle",
        "authors",
        "source",
        "words",
        "sections",
        "notes",
        "references",
        "changes",
        "problems",
    ] {
        assert!(told.get(field).is_some(), "{field}");
    }
    assert_eq!(told["schema"], 1);
    assert_eq!(told["file"], "scraped.txt");
    assert_eq!(told["format"], "text");
    assert_eq!(told["language"], "en");
    assert_eq!(told["sections"].as_array().map(Vec::len), Some(3));
    for field in ["level", "title", "words", "paragraphs", "quotations"] {
        assert!(told["sections"][0].get(field).is_some(), "{field}");
    }
    let (third, last) = (&told["notes"][2], &told["notes"][5]);
    assert_eq!(third["label"], "3");
    assert_eq!(third["text"], "Ibid., p. 12.");
    assert_eq!(third["references"], serde_json::json!([2]));
    assert_eq!(
        (third["stands_for"]["note"].as_u64(), third["stands_for"]["pages"].as_str()),
        (Some(1), Some("12"))
    );
    assert_eq!(
        (last["stands_for"]["note"].as_u64(), last["candidates"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
    let reference = &told["references"][0];
    assert_eq!((reference["label"].as_str(), reference["note"].as_u64()), (Some("1"), Some(0)));
    assert!(reference["before"].as_str().is_some_and(|b| b.chars().count() <= 28 && b.ends_with("pair.")));
    assert!(reference["after"].as_str().is_some_and(|a| a.chars().count() <= 16));
    assert_eq!(told["changes"][0]["kind"], "dropped");
    assert_eq!(told["changes"][0]["line"], 25);
}

#[test]
fn find_counts_in_text_and_notes() {
    let told = json(&["find", "herve", &sample(), "--json"]);
    assert_eq!(told["pattern"], "herve");
    let (count, text, notes) = (told["count"].as_u64(), told["in_text"].as_u64(), told["in_notes"].as_u64());
    assert!(count > Some(0) && count == text.zip(notes).map(|(a, b)| a + b));
    let first = &told["matches"][0];
    assert_eq!(first["match"], "Hervé");
    assert!(["in", "section", "note", "before", "after"].iter().all(|f| first.get(f).is_some()));
    let in_notes = json(&["find", "ibid", &sample(), "--in", "notes", "--json"]);
    assert_eq!((in_notes["count"].as_u64(), in_notes["matches"][0]["in"].as_str()), (Some(1), Some("notes")));
    assert_eq!(run(&["find", "ibid", &sample(), "--in", "text"]).status.code(), Some(1));
    // One match a line, aligned on the match.
    let lines = words(&["find", "Penhallow", &sample()]);
    let column = |line: &str| line.find("Penhallow").map(|at| line[..at].chars().count());
    let columns: std::collections::BTreeSet<_> = lines.lines().map(column).collect();
    assert!(lines.lines().count() > 1 && columns.len() == 1, "{lines}");
    // Each says where it stands: the section and paragraph, or the note.
    assert!(
        lines.lines().all(|l| l.starts_with(['§', '¶']) || l.starts_with("note ") || l.starts_with("title"))
    );
    assert!(lines.lines().any(|l| l.starts_with("note ")), "{lines}");
}

#[test]
fn the_text_is_printed_to_a_measure_with_its_notes_where_one_wants_them() {
    for width in ["30", "66", "100"] {
        let printed = words(&["print", &sample(), "--width", width]);
        let widest = printed.lines().map(|l| usize::from(ibid::layout::width::width(l))).max();
        assert!(widest <= width.parse().ok(), "{widest:?} > {width}");
        assert!(!printed.contains('\u{1b}'));
    }
    let foot = words(&["print", &sample()]);
    let end = words(&["print", &sample(), "--notes", "end"]);
    let none = words(&["print", &sample(), "--notes", "none"]);
    let rules = |text: &str| text.lines().filter(|l| l.starts_with("────")).count();
    assert!(rules(&foot) > 1 && rules(&end) == 1 && rules(&none) == 0);
    assert!(foot.contains("¹ ") && !none.contains("Ibid."));
    let section = words(&["print", &sample(), "--section", "2"]);
    assert!(section.lines().count() < foot.lines().count() / 2);
    insta::assert_snapshot!("printed", foot);
}

#[test]
fn the_notes_are_looked_over() {
    let clean = run(&["check", &sample()]);
    assert_eq!(clean.status.code(), Some(0), "{}", String::from_utf8_lossy(&clean.stdout));
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("broken.md");
    std::fs::write(&file, "One.[^1] Two.[^1]\n\n[^1]: Ann Smith, *Tides*, 1901.\n[^3]: Never cited.\n")
        .expect("a text");
    let file = file.to_string_lossy();
    assert_eq!(run(&["check", &file]).status.code(), Some(1));
    let told = json(&["check", &file, "--json"]);
    let kinds: Vec<&str> =
        told["check"].as_array().expect("a list").iter().filter_map(|f| f["kind"].as_str()).collect();
    assert!(kinds.contains(&"note-without-reference"), "{kinds:?}");
}

#[test]
fn keys_completions_and_the_manual_come_from_their_tables() {
    assert_eq!(words(&["keys", "--default"]), include_str!("../keymap.toml"));
    assert!(words(&["keys"]).contains("\"page-down\""));
    assert!(words(&["completions", "bash"]).contains("_ibid"));
    let manual = words(&["man"]);
    for command in ["print", "inspect", "find", "notes", "marks", "recent", "keys", "guide", "check"] {
        assert!(manual.contains(command), "{command}");
    }
}

#[test]
fn the_notes_of_the_original_stand_for_what_its_truth_says() {
    let Some(essay) = common::shared("essay/essay.txt") else { return };
    let told = json(&["inspect", &essay.to_string_lossy(), "--json"]);
    let stands: Vec<(usize, u64, Vec<u64>)> = told["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .enumerate()
        .filter_map(|(i, n)| {
            let via =
                n["stands_for"]["via"].as_array()?.iter().filter_map(|v| Some(v.as_u64()? + 1)).collect();
            Some((i + 1, n["stands_for"]["note"].as_u64()? + 1, via))
        })
        .collect();
    assert_eq!(stands, [(3, 2, vec![]), (6, 5, vec![]), (9, 8, vec![]), (10, 8, vec![9])]);
}
