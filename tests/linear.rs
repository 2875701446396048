//! Reading line by line, for speech and braille: the real program in a real terminal that it does not paint.

#[allow(dead_code, reason = "each test binary uses its part of it")]
mod common {
    pub mod grammar;
    pub mod pty;
}

use common::pty::{Session, Stage};
use std::process::{Command, Stdio};

const TEXT: &str = "# A Title\n\nOpening words.[^1]\n\n## First\n\nOne, then two.\n\n[^1]: A note.\n";

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().expect("a folder"));
        std::fs::write(home.0.path().join("a.md"), TEXT).expect("a text");
        home
    }

    fn text(&self) -> String {
        self.0.path().join("a.md").display().to_string()
    }

    fn folders(&self) -> Vec<(String, String)> {
        let path = |name: &str| self.0.path().join(name.to_lowercase()).display().to_string();
        ["CONFIG", "DATA", "STATE"].iter().map(|name| (format!("IBID_{name}_DIR"), path(name))).collect()
    }

    fn read(&self) -> Session {
        let stage = Stage::of(["ibid", "--linear", &self.text()]);
        self.folders().into_iter().fold(stage, |stage, (name, value)| stage.env(&name, value)).start()
    }
}

#[test]
fn one_reads_on_where_one_left_and_nothing_is_painted() {
    let home = Home::new();
    let mut first = home.read();
    first
        .shows("Title: A Title")
        .keys("Enter")
        .shows("Opening words.[1]")
        .keys("\"f\" Enter")
        .shows("Note 1: A note.");
    first.keys("\"a an opening\" Enter").shows("saved").keys("\"q\" Enter");
    assert_eq!(first.shell(), 0);
    let written = String::from_utf8_lossy(&first.bytes()).into_owned();
    assert!(!written.contains('\u{1b}'), "{written:?}");
    let mut second = home.read();
    second.shows("Opening words.[1]").keys("\"]\" Enter").shows("Section 1: First");
    // Killed, it is still where it was.
    drop(second);
    let mut third = home.read();
    third.shows("Section 1: First").keys("\"/two\" Enter").shows("Match 1 of 1").keys("\"q\" Enter");
    assert_eq!(third.shell(), 0);
}

#[test]
fn without_a_terminal_all_of_it_is_printed_with_its_notes_in_place() {
    let home = Home::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    command.args(["--linear", &home.text()]).envs(home.folders()).stdin(Stdio::null());
    let printed = command.output().expect("the program runs");
    let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
    assert_eq!(
        printed,
        "Title: A Title\n\nOpening words.[1]\n\nNote 1: A note.\n\nSection 1: First\n\nOne, then two.\n\n"
    );
}
