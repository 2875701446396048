//! No other file is opened than the one that is named, and nothing comes from the network: shown by a fence around the
//! process that ends it if it tries, and by the list of what the program has asked the system for.

use crate::tempting::{self, Reader};
use crate::{child, program};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a child could raise its fence; where it could not, that is said.
fn fenced(output: &std::process::Output) -> bool {
    let said = child::said(output, "fence");
    if said != "up" {
        println!("skipped: this system lets no process give up its rights ({said})");
    }
    said == "up"
}

/// 23, 27, 29: whatever a document names, importing it asks the system for memory and nothing else.
#[test]
fn importing_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (i, (ending, reader, bytes)) in tempting::documents().into_iter().enumerate() {
        if reader == Reader::Pandoc {
            continue;
        }
        let file = folder.path().join(format!("{i}.{ending}"));
        fs::write(&file, bytes).unwrap();
        let output = child::run("import behind the fence", &file);
        assert!(output.status.success(), "{ending}: {output:?}");
        if !fenced(&output) {
            return;
        }
        let words: usize = child::said(&output, "words").parse().unwrap();
        assert!(words > 0, "{ending}");
    }
}

/// 23, 29: and the fence holds.
#[test]
fn who_opens_a_file_behind_the_fence_dies() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, "a").unwrap();
    for (task, raised) in [("open behind the fence", "fence: up"), ("connect offline", "fence: up")] {
        let output = child::run(task, &file);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !said.contains(raised) {
            println!("skipped: this system lets no process give up its rights");
            continue;
        }
        assert!(!output.status.success() && !said.contains("survived"), "{task}: {output:?}");
    }
}

/// 29: the program itself, and pandoc where it asks it, do without the network whatever they read.
#[test]
fn the_program_needs_no_network() {
    let folder = tempfile::tempdir().unwrap();
    for (i, (ending, _, bytes)) in tempting::documents().into_iter().enumerate() {
        let file = folder.path().join(format!("{i}.{ending}"));
        fs::write(&file, bytes).unwrap();
        let output = child::run("inspect offline", &file);
        assert!(output.status.success(), "{ending}: {output:?}");
        if !fenced(&output) {
            return;
        }
        assert_eq!(child::said(&output, "exit"), "0", "{ending}: {output:?}");
    }
}

/// 23, 27, 29: the program opens the same files for a document that names others as for one that names none.
#[test]
fn the_program_opens_the_file_that_is_named_and_no_other() {
    if Command::new("strace").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: strace is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("text");
    fs::create_dir(&inner).unwrap();
    for bait in ["bait.txt", "text/bait.txt"] {
        fs::write(folder.path().join(bait), "bait").unwrap();
    }
    // What is asked for of the system for one document, by its ending.
    let watched = |ending: &str, bytes: &[u8]| {
        let file = inner.join(format!("essay.{ending}"));
        fs::write(&file, bytes).unwrap();
        asked(folder.path(), &file)
    };
    for (ending, reader, bytes) in tempting::innocent() {
        let Some(usual) = watched(ending, &bytes) else { return };
        assert!(usual.iter().any(|call| call.contains("essay.")), "{ending}: {usual:?}");
        if reader == Reader::Ibid {
            assert!(
                !usual.iter().any(|call| call.contains("passwd") || call.starts_with("connect")),
                "{usual:?}"
            );
        }
        for (_, _, bytes) in tempting::documents().into_iter().filter(|(other, ..)| *other == ending) {
            let Some(asked) = watched(ending, &bytes) else { return };
            let more: Vec<_> = asked.difference(&usual).collect();
            assert!(more.is_empty(), "{ending}: {more:?}");
        }
    }
}

/// The files and connections that the program and its children ask for to inspect a file, each once: call and name.
/// Nothing where processes may not be watched here.
fn asked(home: &Path, file: &Path) -> Option<BTreeSet<String>> {
    let list = home.join("asked");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-e", "trace=%file,%network", "-e", "signal=none", "-s", "4096", "-o"])
        .arg(&list);
    program::at(&mut command, home).args(["inspect", "--json"]).arg(file);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let lines = fs::read_to_string(&list).unwrap_or_default();
    if lines.is_empty() {
        println!("skipped: strace may not watch here: {}", String::from_utf8_lossy(&output.stderr).trim());
        return None;
    }
    assert!(output.status.success(), "{output:?}");
    // `123 openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3`: what is numbered by process or time is left out.
    let call = |line: &str| {
        let (_, call) = line.split_once(' ')?;
        let (name, rest) = call.trim_start().split_once('(')?;
        let named = rest.split('"').nth(1).unwrap_or(rest.split([',', ')']).next()?);
        let named: String = named.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        (!name.starts_with("<...")).then(|| format!("{name} {named}"))
    };
    Some(lines.lines().filter_map(call).collect())
}
