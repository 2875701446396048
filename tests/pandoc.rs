//! Texts that pandoc reads, and ibid through it. Where pandoc is not installed, the tests that need it say so.

// Helpers of tests may do what tests may.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const TEXT: &str = "---\ntitle: The Lamps\nauthor: A. Keeper\nlang: en\n---\n\n# One\n\nLit at dusk.[^1] *Again*.[^2]\n\n\
                    > Quoted.\n\n# Two\n\nOut.[^3]\n\n[^1]: Ann Smith, *Tides*, 1901.\n[^2]: Ibid., p. 2.\n[^3]: Last.\n";

fn ibid(home: &TempDir, args: &[&str], pandoc: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    for name in ["IBID_CONFIG_DIR", "IBID_DATA_DIR", "IBID_STATE_DIR"] {
        command.env(name, home.path().join(name));
    }
    if !pandoc {
        command.env("PATH", home.path().join("nothing"));
    }
    command.args(args).stdin(Stdio::null()).output().unwrap()
}

/// Writes the text in a format, if pandoc is here to write it.
fn written(home: &TempDir, format: &str, ending: &str) -> Option<String> {
    let file = home.path().join(format!("lamps.{ending}"));
    let mut command = Command::new("pandoc");
    command.args(["--standalone", "--from=markdown", &format!("--to={format}"), "-o"]).arg(&file);
    let Ok(mut child) = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn() else {
        println!("skipped: pandoc is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(TEXT.as_bytes()).unwrap();
    if !child.wait().unwrap().success() {
        println!("skipped: this pandoc does not write {format}");
        return None;
    }
    Some(file.to_string_lossy().into_owned())
}

#[test]
fn what_pandoc_reads_ibid_reads_through_it() {
    let home = TempDir::new().unwrap();
    for (format, ending, told_as) in [
        ("docx", "docx", "docx"),
        ("odt", "odt", "odt"),
        ("latex", "tex", "latex"),
        ("org", "org", "org"),
        ("rst", "rst", "rst"),
        ("fb2", "fb2", "fb2"),
        ("docbook", "dbk", "docbook"),
        ("mediawiki", "mediawiki", "mediawiki"),
    ] {
        let Some(file) = written(&home, format, ending) else { continue };
        let output = ibid(&home, &["inspect", &file, "--json"], true);
        let told: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{format}: {}", String::from_utf8_lossy(&output.stderr)));
        assert_eq!(told["format"], told_as);
        let list = |name: &str, field: &str| -> Vec<String> {
            let list = told[name].as_array().unwrap().iter();
            list.map(|one| one[field].as_str().unwrap_or_default().replace('\u{a0}', " ")).collect()
        };
        let sections = list("sections", "title");
        assert!(sections.ends_with(&["One".to_owned(), "Two".to_owned()]), "{format}: {sections:?}");
        let notes = ["Ann Smith, Tides, 1901.", "Ibid., p. 2.", "Last."];
        assert_eq!(list("notes", "text"), notes, "{format}");
        let before = list("references", "before");
        assert!(
            before[0].ends_with("dusk.") && before[1].ends_with("Again.") && before[2].ends_with("Out."),
            "{before:?}"
        );
        assert_eq!(told["notes"][1]["stands_for"]["note"], 0, "{format}");
        if ["docx", "latex", "org", "rst", "fb2"].contains(&format) {
            assert_eq!(told["title"], "The Lamps", "{format}");
        }
    }
}

#[test]
fn rich_text_is_read() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("a.txt");
    std::fs::write(&file, r"{\rtf1\ansi One.{\super\chftn{\footnote\pard\plain\chftn  A note.}} Two.\par}")
        .unwrap();
    if written(&home, "rtf", "rtf").is_none() {
        return;
    }
    let output = ibid(&home, &["inspect", &file.to_string_lossy(), "--json"], true);
    // A pandoc of before 2.14.2 does not read it, and says so.
    if output.status.code() == Some(3) {
        assert!(String::from_utf8_lossy(&output.stderr).contains("which pandoc could not read"));
        return;
    }
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["format"], told["notes"].as_array().map(Vec::len)), (&Value::from("rtf"), Some(1)));
}

#[test]
fn without_pandoc_it_is_named() {
    let home = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    };
    let docx = file("a.docx", b"PK\x03\x04 ... word/document.xml ...");
    let output = ibid(&home, &["print", &docx], false);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        format!(
            "ibid: {docx}: this is a Word document, which ibid reads through pandoc, and that is not installed; \
             see https://pandoc.org/installing\n"
        )
    );
    // What a person can read as it is written is shown so.
    let tex = file("a.tex", b"\\section{One}\n\nLit at dusk.\\footnote{A note.}\n");
    let output = ibid(&home, &["inspect", &tex, "--json"], false);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["format"], &told["problems"][0]["kind"]), (&"text".into(), &"unread-markup".into()));
    let why = told["problems"][0]["text"].as_str().unwrap();
    assert_eq!(why, "this is a LaTeX text, shown as it is written: pandoc, which reads it, is not installed");
}

#[test]
fn what_pandoc_cannot_read_is_said() {
    let home = TempDir::new().unwrap();
    if written(&home, "docx", "docx").is_none() {
        return;
    }
    let path = home.path().join("a.docx");
    std::fs::write(&path, b"PK\x03\x04 ... word/document.xml ...").unwrap();
    let output = ibid(&home, &["print", &path.to_string_lossy()], true);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), said.lines().count()), (Some(3), 1), "{said}");
    assert!(said.contains("this is a Word document, which pandoc could not read: "), "{said}");
}

/// No text makes pandoc open another file.
#[test]
fn no_other_file_is_opened() {
    let home = TempDir::new().unwrap();
    if written(&home, "latex", "tex").is_none() {
        return;
    }
    let secret = home.path().join("secret.tex");
    std::fs::write(&secret, "the secret words").unwrap();
    let including = format!("\\documentclass{{article}}\n\\input{{{}}}\nWords.\n", secret.display());
    let file = home.path().join("a.tex");
    std::fs::write(&file, including).unwrap();
    let output = ibid(&home, &["print", &file.to_string_lossy()], true);
    assert!(
        Path::new(&secret).exists() && !String::from_utf8_lossy(&output.stdout).contains("the secret words")
    );
}
