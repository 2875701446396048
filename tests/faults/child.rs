//! Processes that the tests start: this same program, told by its environment what to do instead.

use crate::{folders, kill};
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs one of the children below in a process of its own.
pub fn start(name: &str, home: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child::child", "--nocapture", "--test-threads=1"]);
    command
        .env("IBID_FAULT_CHILD", name)
        .env("IBID_FAULT_HOME", home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Not a test: what runs in the processes that the tests start.
#[test]
fn child() {
    let Ok(name) = std::env::var("IBID_FAULT_CHILD") else { return };
    let home = PathBuf::from(std::env::var_os("IBID_FAULT_HOME").unwrap());
    match name.as_str() {
        "keeps for ever" => kill::keeps_for_ever(&home),
        "may write little" => folders::may_write_little(&home),
        "has an odd umask" => folders::has_an_odd_umask(&home),
        other => panic!("{other}"),
    }
}

/// Says something to the parent, on a line of its own: the harness has begun one.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n= {line}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
}

/// What a child said, the line at which it was killed left out.
pub fn said(mut out: impl BufRead) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        if let Some(said) = line.strip_prefix("= ").and_then(|line| line.strip_suffix('\n')) {
            lines.push(said.to_owned());
        }
        line.clear();
    }
    lines
}
