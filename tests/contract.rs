//! What scripts rely on: every command, the shape of its JSON to the last field, and how the program ends.

// Helpers of tests may do what tests may.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;

use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A home of ibid's own, so that no test sees another's marks.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        Home(TempDir::new().unwrap())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
        for name in ["IBID_CONFIG_DIR", "IBID_DATA_DIR", "IBID_STATE_DIR"] {
            command.env(name, self.0.path().join(name));
        }
        command.args(args).current_dir(self.0.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The JSON a command prints; nothing goes to the standard error.
#[track_caller]
fn told(args: &[&str]) -> Value {
    let output = Home::new().run(args);
    assert!(output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"))
}

/// What a value has to be.
enum Is {
    Text,
    MaybeText,
    Count,
    MaybeCount,
    Texts,
    Counts,
    List(&'static [(&'static str, Is)]),
    MaybeObject(&'static [(&'static str, Is)]),
    OneOf(&'static [&'static str]),
}

/// Checks that an object has the fields that the contract names, and each is what it has to be.
#[track_caller]
fn check(value: &Value, fields: &[(&str, Is)], place: &str) {
    let object = value.as_object().unwrap_or_else(|| panic!("{place} is no object: {value}"));
    for (name, is) in fields {
        let place = format!("{place}.{name}");
        let Some(field) = object.get(*name) else { panic!("{place} is missing") };
        let all = |what: fn(&Value) -> bool| field.as_array().is_some_and(|list| list.iter().all(what));
        let right = match is {
            Is::Text => field.is_string(),
            Is::MaybeText => field.is_string() || field.is_null(),
            Is::Count => field.is_u64(),
            Is::MaybeCount => field.is_u64() || field.is_null(),
            Is::Texts => all(Value::is_string),
            Is::Counts => all(Value::is_u64),
            Is::OneOf(words) => field.as_str().is_some_and(|word| words.contains(&word)),
            Is::List(fields) => {
                let list = field.as_array().unwrap_or_else(|| panic!("{place} is no list"));
                list.iter().enumerate().for_each(|(i, one)| check(one, fields, &format!("{place}[{i}]")));
                true
            }
            Is::MaybeObject(fields) => {
                if !field.is_null() {
                    check(field, fields, &place);
                }
                true
            }
        };
        assert!(right, "{place} is {field}");
    }
}

const NOTE: &[(&str, Is)] = &[
    ("label", Is::Text),
    ("text", Is::Text),
    ("references", Is::Counts),
    (
        "stands_for",
        Is::MaybeObject(&[
            ("note", Is::Count),
            ("via", Is::Counts),
            ("text", Is::Text),
            ("pages", Is::MaybeText),
        ]),
    ),
    ("candidates", Is::List(&[("note", Is::Count), ("text", Is::Text)])),
];

/// What stands at a place of the text.
const PLACED: &[(&str, Is)] = &[
    ("label", Is::Text),
    ("note", Is::MaybeCount),
    ("section", Is::MaybeCount),
    ("before", Is::Text),
    ("after", Is::Text),
];

const INSPECTION: &[(&str, Is)] = &[
    ("schema", Is::Count),
    ("file", Is::Text),
    ("format", Is::Text),
    ("encoding", Is::Text),
    ("language", Is::MaybeText),
    ("title", Is::MaybeText),
    ("subtitle", Is::MaybeText),
    ("authors", Is::Texts),
    ("source", Is::MaybeText),
    ("words", Is::Count),
    (
        "sections",
        Is::List(&[
            ("level", Is::Count),
            ("title", Is::Text),
            ("words", Is::Count),
            ("paragraphs", Is::Count),
            ("quotations", Is::Count),
        ]),
    ),
    ("notes", Is::List(NOTE)),
    ("references", Is::List(PLACED)),
    ("pages", Is::List(PLACED)),
    (
        "changes",
        Is::List(&[
            ("kind", Is::OneOf(&["dropped", "moved", "repaired", "hidden"])),
            ("line", Is::Count),
            ("text", Is::Text),
            ("why", Is::Text),
        ]),
    ),
    ("problems", Is::List(&[("kind", Is::Text), ("line", Is::Count), ("text", Is::Text)])),
];

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Checks that what is named by a number is there, and names it back.
fn check_indices(told: &Value) {
    let (notes, references) = (list(told, "notes"), list(told, "references"));
    let within =
        |value: &Value, of: usize| value.is_null() || value.as_u64().is_some_and(|i| (i as usize) < of);
    for (i, reference) in references.iter().enumerate() {
        assert!(
            within(&reference["note"], notes.len())
                && within(&reference["section"], list(told, "sections").len())
        );
        assert!(reference["before"].as_str().is_some_and(|b| b.chars().count() <= 28 * 4));
        if let Some(note) = reference["note"].as_u64() {
            assert!(list(&notes[note as usize], "references").contains(&json!(i)), "reference {i}");
        }
    }
    for (i, note) in notes.iter().enumerate() {
        for reference in list(note, "references") {
            assert_eq!(references[reference.as_u64().unwrap() as usize]["note"], json!(i));
        }
        let work = &note["stands_for"];
        let passed = list(work, "via").iter().chain(list(note, "candidates").iter().map(|c| &c["note"]));
        assert!(within(&work["note"], notes.len()) && passed.into_iter().all(|n| within(n, notes.len())));
        let of = |note: &Value| notes[note.as_u64().unwrap() as usize]["text"].as_str().unwrap().to_owned();
        if let Some(words) = work["text"].as_str() {
            assert!(of(&work["note"]).contains(words), "note {i} stands for {words}");
        }
        assert!(work.is_null() || list(note, "candidates").is_empty(), "note {i}");
    }
}

/// The texts of the tests, the two that ibid carries, and those beside the project.
fn texts() -> Vec<String> {
    let mut texts = vec![
        "ibid:essay".to_owned(),
        "ibid:guide".to_owned(),
        common::own("scraped.txt").to_string_lossy().into_owned(),
    ];
    if let Some(shared) = common::shared("texts") {
        let mut folders: Vec<PathBuf> =
            std::fs::read_dir(shared).unwrap().map(|e| e.unwrap().path()).collect();
        folders.sort();
        for folder in folders {
            let Ok(truth) = std::fs::read(folder.join("truth.json")) else { continue };
            let truth: Value = serde_json::from_slice(&truth).unwrap();
            texts.extend(truth["file"].as_str().map(|f| folder.join(f).to_string_lossy().into_owned()));
        }
    }
    texts
}

#[test]
fn inspect_tells_every_field_of_every_text() {
    for text in texts() {
        let output = Home::new().run(&["inspect", &text, "--json"]);
        // A format that is not read yet is refused as one.
        if code(&output) == 3 {
            println!("{text}: {}", String::from_utf8_lossy(&output.stderr));
            continue;
        }
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        check(&told, INSPECTION, "inspect");
        assert_eq!(told["schema"], 1);
        check_indices(&told);
        let notes: Value =
            serde_json::from_slice(&Home::new().run(&["notes", &text, "--json"]).stdout).unwrap();
        check(&notes, &[("schema", Is::Count), ("notes", Is::List(NOTE))], "notes");
        assert_eq!(notes["notes"], told["notes"], "{text}");
        assert!(!out(&Home::new().run(&["inspect", &text])).is_empty());
    }
}

#[test]
fn convert_writes_each_form() {
    let home = Home::new();
    let text = common::own("scraped.txt").to_string_lossy().into_owned();
    let told = told(&["convert", &text, "--to", "json"]);
    check(&told, INSPECTION, "convert");
    check(
        &told,
        &[
            ("text", Is::Text),
            ("body", Is::Count),
            ("places", Is::Counts),
            ("pages", Is::List(&[("label", Is::Text), ("at", Is::Count)])),
            (
                "blocks",
                Is::List(&[
                    ("kind", Is::Text),
                    ("start", Is::Count),
                    ("end", Is::Count),
                    ("depth", Is::Count),
                    ("note", Is::MaybeCount),
                ]),
            ),
            ("spans", Is::List(&[("mark", Is::Text), ("start", Is::Count), ("end", Is::Count)])),
        ],
        "convert",
    );
    let characters: Vec<char> = told["text"].as_str().unwrap().chars().collect();
    let sections: Vec<String> = list(&told, "blocks")
        .iter()
        .filter(|b| b["kind"] == "heading")
        .map(|b| {
            characters[b["start"].as_u64().unwrap() as usize..b["end"].as_u64().unwrap() as usize]
                .iter()
                .collect()
        })
        .collect();
    assert_eq!(
        json!(sections),
        list(&told, "sections").iter().map(|s| s["title"].clone()).collect::<Value>()
    );
    for (form, begins, holds) in
        [("markdown", "---\ntitle: ", "[^1]: "), ("html", "<!DOCTYPE html>", "doc-endnotes")]
    {
        let printed = out(&home.run(&["convert", &text, "--to", form]));
        assert!(printed.starts_with(begins) && printed.contains(holds), "{form}");
        // The same in a file, over what was there.
        let file = home.file("out", "before");
        let output = home.run(&["convert", &text, "--to", form, "-o", &file]);
        assert_eq!((code(&output), &*out(&output)), (0, ""));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), printed);
    }
}

#[test]
fn convert_never_writes_over_what_it_reads() {
    let home = Home::new();
    let words = "One.[^1]\n\n[^1]: Two.\n";
    let text = home.file("a.md", words);
    for name in [&*text, "./a.md", "a.md"] {
        let output = home.run(&["convert", &text, "--to", "html", "-o", name]);
        assert_eq!(code(&output), 2);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            said,
            format!(
                "ibid: {name}: this is the text itself; name another file: what was read is never written over\n"
            )
        );
    }
    assert_eq!(std::fs::read_to_string(&text).unwrap(), words);
    let nowhere = home.run(&["convert", &text, "--to", "html", "-o", "nowhere/a.html"]);
    assert_eq!(code(&nowhere), 1);
    assert_eq!(
        String::from_utf8(nowhere.stderr).unwrap(),
        "ibid: nowhere/a.html: there is no such folder; make it first\n"
    );
}

#[test]
fn find_tells_every_field() {
    let text = common::own("scraped.txt").to_string_lossy().into_owned();
    for (pattern, more) in [("the", &[][..]), ("h.rv.", &["--regex"]), ("ibid", &["--in", "notes"])] {
        let args: Vec<&str> =
            ["find", pattern, &text, "--json"].into_iter().chain(more.iter().copied()).collect();
        let found = told(&args);
        check(
            &found,
            &[
                ("schema", Is::Count),
                ("pattern", Is::Text),
                ("count", Is::Count),
                ("in_text", Is::Count),
                ("in_notes", Is::Count),
                (
                    "matches",
                    Is::List(&[
                        ("in", Is::OneOf(&["text", "notes"])),
                        ("section", Is::MaybeCount),
                        ("note", Is::MaybeCount),
                        ("before", Is::Text),
                        ("match", Is::Text),
                        ("after", Is::Text),
                    ]),
                ),
            ],
            "find",
        );
        assert_eq!(found["count"], json!(list(&found, "matches").len()), "{pattern}");
    }
}

#[test]
fn check_and_marks_tell_every_field() {
    let home = Home::new();
    let file =
        home.file("a.md", "One.[^1] Two.[^7]\n\n[^1]: Ann Smith, *Tides*, 1901.\n[^3]: Never cited.\n");
    let found = told(&["check", &file, "--json"]);
    check(
        &found,
        &[
            ("schema", Is::Count),
            (
                "check",
                Is::List(&[
                    ("class", Is::OneOf(&["apparatus", "slip"])),
                    ("kind", Is::Text),
                    ("line", Is::Count),
                    ("text", Is::Text),
                    ("suggestion", Is::MaybeText),
                ]),
            ),
        ],
        "check",
    );
    assert!(!list(&found, "check").is_empty());
    check(
        &told(&["marks", &file, "--json"]),
        &[
            ("schema", Is::Count),
            (
                "marks",
                Is::List(&[
                    ("kind", Is::Text),
                    ("label", Is::MaybeText),
                    ("quote", Is::Text),
                    ("section", Is::MaybeCount),
                    ("percent", Is::Count),
                    ("created", Is::Text),
                    ("state", Is::OneOf(&["attached", "detached"])),
                    ("comment", Is::MaybeText),
                ]),
            ),
        ],
        "marks",
    );
}

#[test]
fn it_ends_as_it_says() {
    let home = Home::new();
    let text = home.file("a.md", "# A\n\nOne.[^1]\n\n[^1]: Two.\n");
    let broken = home.file("b.md", "One.[^1] Two.[^7]\n\n[^1]: Three.\n[^3]: Four.\n");
    let binary = home.file("c.bin", [1_u8, 2, 3, 4, 5, 6, 7, 8].repeat(100));
    let odd = home.file("d.txt", b"A NUL \0 and a bad byte \xff do not make a file a binary, by no means.\n");
    for (args, ends) in [
        (vec!["print", &text], 0),
        (vec![&text], 0),
        (vec!["print", &odd], 0),
        (vec!["inspect", &text], 0),
        (vec!["check", &text], 0),
        (vec!["check", &broken], 1),
        (vec!["find", "one", &text], 0),
        (vec!["find", "nothing of the kind", &text], 1),
        (vec!["find", "(", "--regex", &text], 2),
        (vec!["notes", &text], 0),
        (vec!["marks", &text], 0),
        (vec!["recent"], 0),
        (vec!["recent", "7"], 2),
        (vec!["convert", &text, "--to", "markdown"], 0),
        (vec!["convert", &text, "--to", "docx"], 2),
        (vec!["convert", &text], 2),
        (vec!["keys"], 0),
        (vec!["keys", "--default"], 0),
        (vec!["completions", "fish"], 0),
        (vec!["completions", "klingon"], 2),
        (vec!["man"], 0),
        (vec!["guide"], 0),
        (vec!["--linear", &text], 0),
        (vec!["print", &text, "--section", "9"], 2),
        (vec!["print", &text, "--encoding", "klingon"], 2),
        (vec!["print", &text, "--format", "klingon"], 2),
        (vec!["print", &text, "--no-such-thing"], 2),
        (vec!["print", "no such file"], 3),
        (vec!["print", &binary], 3),
        (vec!["print", "/"], 3),
    ] {
        let output = home.run(&args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(code(&output), ends, "{args:?}: {said}");
        if ends >= 2 {
            let line =
                said.strip_prefix("ibid: ").is_some_and(|rest| rest.contains(": ") && rest.ends_with('\n'));
            assert!(line && said.lines().count() == 1, "{args:?}: {said}");
        }
    }
}

#[test]
fn standard_input_is_a_text() {
    let home = Home::new();
    let mut child = home.command(&["inspect", "-", "--json"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"# A\n\nOne.[^1]\n\n[^1]: Two.\n").unwrap();
    let told: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    check(&told, INSPECTION, "inspect -");
    assert_eq!((&told["format"], &told["title"]), (&json!("markdown"), &json!("A")));
}

#[test]
fn what_was_said_of_a_text_is_heeded_and_told() {
    let home = Home::new();
    let file = home.file("a.txt", b"# caf\xe9 *x*\n\nUn mot.\n");
    let args = ["inspect", &file, "--json", "--encoding", "latin1", "--lang", "fr", "--format", "markdown"];
    let output = home.run(&args);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["format"], &told["title"]), (&json!("markdown"), &json!("café x")));
    assert_eq!((&told["encoding"], &told["language"]), (&json!("windows-1252"), &json!("fr")));
    let words = out(&home.run(&args.iter().copied().filter(|a| *a != "--json").collect::<Vec<_>>()));
    assert!(words.contains("windows-1252"), "{words}");
}

/// Every command that is promised is there, and the manual names it.
#[test]
fn every_command_is_there() {
    let home = Home::new();
    let manual = out(&home.run(&["man"]));
    let help = out(&home.run(&["--help"]));
    for command in COMMANDS {
        assert!(help.lines().any(|l| l.trim_start().starts_with(command)), "{command}");
        assert!(manual.contains(command), "{command}");
        assert_eq!(code(&home.run(&[command, "--help"])), 0, "{command}");
    }
    assert!(Path::new(env!("CARGO_BIN_EXE_ibid")).exists());
}

const COMMANDS: &[&str] = &[
    "guide",
    "print",
    "inspect",
    "check",
    "find",
    "notes",
    "marks",
    "recent",
    "convert",
    "settings",
    "keys",
    "completions",
    "man",
];
