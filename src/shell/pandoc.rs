//! Pandoc, asked for what it makes of a file.
//!
//! It is run without a shell and in its sandbox, so that it opens no other file and fetches nothing. The text goes in
//! and the answer comes out through pipes; it has so long to think and so much to say.

use crate::document::clean::excerpt;
use std::io::{self, ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is said of one that takes longer.
const TOO_LONG: &str = "it took too long";

/// The longest answer, in bytes.
const LONGEST: u64 = 256 << 20;

/// How much of its complaints is read, in bytes.
const COMPLAINTS: u64 = 64 << 10;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// There is no such program.
    NotInstalled,
    /// It could not, or would not: why, in a few words.
    Failed(String),
}

/// What comes out of a pipe, when all of it has come.
type Pipe = Receiver<io::Result<Vec<u8>>>;

/// What pandoc makes of a text in a format that it calls `from`: its tree, as JSON.
///
/// # Errors
/// When there is no pandoc, or it does not give an answer.
pub(super) fn ask(from: &str, text: &[u8]) -> Result<Vec<u8>, NoAnswer> {
    ask_program("pandoc", from, text, PATIENCE)
}

fn ask_program(program: &str, from: &str, text: &[u8], patience: Duration) -> Result<Vec<u8>, NoAnswer> {
    let mut command = Command::new(program);
    command.args(["--sandbox", "--to=json", &format!("--from={from}")]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => NoAnswer::NotInstalled,
        _ => NoAnswer::Failed(error.to_string()),
    })?;
    // Whatever happens, it does not go on running.
    let mut child = Running(child);
    let (Some(stdin), Some(stdout), Some(stderr)) =
        (child.0.stdin.take(), child.0.stdout.take(), child.0.stderr.take())
    else {
        return Err(NoAnswer::Failed("it has no pipes".to_owned()));
    };
    let (answer, complaints) = (collect(stdout, LONGEST), collect(stderr, COMPLAINTS));
    let until = Instant::now() + patience;
    thread::scope(|scope| {
        // It may stop reading when it has seen enough, or when it fails: then its complaint says so.
        scope.spawn(move || {
            let mut stdin = stdin;
            let _ = stdin.write_all(text);
        });
        let answered = child.answer(&answer, &complaints, until);
        if answered.is_err() {
            // This also ends the writing.
            child.stop();
        }
        answered
    })
}

/// Reads all that comes out of a pipe, up to a limit, in a thread of its own. What comes after is not waited for.
fn collect(pipe: impl Read + Send + 'static, limit: u64) -> Pipe {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.take(limit).read_to_end(&mut bytes);
        // Nobody waits any more: that is no error.
        let _ = send.send(read.map(|_| bytes));
    });
    receive
}

fn wait(pipe: &Pipe, until: Instant) -> Result<Vec<u8>, NoAnswer> {
    match pipe.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(NoAnswer::Failed(error.to_string())),
        Err(RecvTimeoutError::Timeout) => Err(NoAnswer::Failed(TOO_LONG.to_owned())),
        Err(RecvTimeoutError::Disconnected) => Err(NoAnswer::Failed("it could not be read".to_owned())),
    }
}

/// The first line of what it complained of.
fn first_line(complaints: &[u8]) -> String {
    let complaints = String::from_utf8_lossy(complaints);
    let line = complaints.lines().map(str::trim).find(|line| !line.is_empty());
    line.map_or_else(|| "it does not say why".to_owned(), |line| excerpt(line, 200))
}

/// A program that is stopped when nobody needs it.
struct Running(Child);

impl Running {
    /// What it answers, if it does so in time.
    fn answer(&mut self, answer: &Pipe, complaints: &Pipe, until: Instant) -> Result<Vec<u8>, NoAnswer> {
        let (answer, complaints) = (wait(answer, until)?, wait(complaints, until)?);
        // It has said all, but it may not have ended.
        let status = loop {
            match self.0.try_wait().map_err(|error| NoAnswer::Failed(error.to_string()))? {
                Some(status) => break status,
                None if Instant::now() < until => thread::sleep(Duration::from_millis(5)),
                None => return Err(NoAnswer::Failed(TOO_LONG.to_owned())),
            }
        };
        match status.success() {
            true if answer.len() as u64 >= LONGEST => {
                Err(NoAnswer::Failed("its answer is too long".to_owned()))
            }
            true => Ok(answer),
            false => Err(NoAnswer::Failed(first_line(&complaints))),
        }
    }

    fn stop(&mut self) {
        // One that has ended cannot be stopped, and need not be.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A program that does as a script says; it stands for pandoc.
    #[cfg(unix)]
    fn program(folder: &tempfile::TempDir, script: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.path().join("pandoc");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn without_pandoc_that_is_said() {
        let nowhere = ask_program("/nowhere/pandoc", "docx", b"", PATIENCE);
        assert_eq!(nowhere, Err(NoAnswer::NotInstalled));
    }

    #[cfg(unix)]
    #[test]
    fn it_answers_or_says_why_not_in_time() {
        let big = vec![b'x'; 1 << 20];
        for (script, seconds, told) in [
            ("cat", 60, Ok(big.clone())),
            // It does not read, complains at length, and fails.
            ("echo >&2; echo '  bad  docx' >&2; yes >&2 | head -c 100000; exit 3", 60, Err("bad docx")),
            ("exit 1", 60, Err("it does not say why")),
            ("exec sleep 60", 1, Err("it took too long")),
            ("exec >&-; exec sleep 60", 1, Err("it took too long")),
            ("exec >&- 2>&-; exec sleep 60", 1, Err("it took too long")),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let pandoc = program(&folder, script);
            let began = Instant::now();
            let answer = ask_program(&pandoc.to_string_lossy(), "docx", &big, Duration::from_secs(seconds));
            assert_eq!(answer, told.map_err(|why| NoAnswer::Failed(why.to_owned())), "{script}");
            assert!(began.elapsed() < Duration::from_secs(30), "{script}");
        }
    }
}
