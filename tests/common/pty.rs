//! A program in a terminal of its own, told as a story:
//!
//! ```ignore
//! Session::start(["ibid", "essay.md"], (80, 24)).shows("Chapter I").keys("] ] Tab Enter").shows("Ibid.");
//! ```
//!
//! It runs as a job of a small shell, which leads the session and outlives it: so it can be stopped as by any shell,
//! and what it leaves behind can be looked at. [`Stage::alone`] does without the shell.
#![allow(dead_code, reason = "every test program uses a part of it")]

mod film;
mod keys;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, Signal, kill_process};

use film::{Film, Reel};

/// How long a story waits for what it says will happen.
const PATIENCE: Duration = Duration::from_secs(5);

/// The shell: reports whenever it has the terminal, and lets the job go on when it is told `fg`. (A shell whose job died
/// of SIGINT would die of it too.)
const SHELL: &str = r#"set -m; trap : INT; "$@"; status=$?; n=1; echo "[shell 1: $status]"
while read word && [ "$word" = fg ]; do fg >/dev/null; status=$?; n=$((n+1)); echo "[shell $n: $status]"; done"#;

/// What there is before the curtain rises: a program, its environment, the terminal's size.
pub struct Stage {
    argv: Vec<OsString>,
    script: String,
    /// Whether the script outlives the program.
    led: bool,
    variables: Vec<(String, String)>,
    folder: PathBuf,
    size: (u16, u16),
}

impl Stage {
    /// A program with its arguments; `ibid` is the one that is being tested. Of the environment it gets the path and
    /// what it is given.
    pub fn of<A: Into<OsString>>(argv: impl IntoIterator<Item = A>) -> Self {
        let mut argv: Vec<OsString> = argv.into_iter().map(Into::into).collect();
        if argv.first().is_some_and(|program| program == "ibid") {
            argv[0] = env!("CARGO_BIN_EXE_ibid").into();
        }
        let variables = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("HOME", "/nonexistent")];
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            argv,
            script: SHELL.to_owned(),
            led: true,
            variables: variables.map(own).into(),
            folder: std::env::current_dir().expect("a folder to be in"),
            size: (80, 24),
        }
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the folder that it is started in.
    pub fn within(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = folder.into();
        self
    }

    /// Sets the size of the terminal in columns and rows.
    pub fn size(mut self, size: (u16, u16)) -> Self {
        self.size = size;
        self
    }

    /// The shell starts the program in the background.
    pub fn in_background(mut self) -> Self {
        self.script = self.script.replace("\"$@\";", "\"$@\" &");
        self
    }

    /// No shell: the program leads its session itself. `prelude` is done first: `trap '' HUP;` for instance.
    pub fn alone(mut self, prelude: &str) -> Self {
        self.script = format!("{prelude} exec \"$@\"");
        self.led = false;
        self
    }

    /// Begins.
    pub fn start(self) -> Session {
        let pair = native_pty_system().openpty(pty_size(self.size)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new("sh");
        command.cwd(&self.folder);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        self.variables.iter().for_each(|(name, value)| command.env(name, value));
        command.args(["-c", &self.script, "sh"]);
        command.args(&self.argv);
        let found = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let film = Arc::new(Film::new(self.size));
        let reader = film.clone().record(pair.master.try_clone_reader().expect("a reader"));
        let writer = pair.master.take_writer().expect("a writer");
        let terminal = Terminal { writer, reader, master: pair.master };
        Session { child, terminal: Some(terminal), film, found, led: self.led, reports: 0 }
    }
}

/// A running program, its keyboard and its screen.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    terminal: Option<Terminal>,
    film: Arc<Film>,
    found: String,
    /// Whether a shell leads the session.
    led: bool,
    /// How often the shell has reported.
    reports: usize,
}

struct Terminal {
    writer: Box<dyn Write + Send>,
    reader: JoinHandle<()>,
    master: Box<dyn MasterPty + Send>,
}

/// How a program that led its own session ended.
#[derive(Debug)]
pub struct Ending {
    /// Its exit code, unless a signal ended it.
    pub code: Option<u32>,
    /// The signal, as the system calls it.
    pub signal: Option<String>,
    /// Processor time that it used in all, to a hundredth of a second.
    pub cpu: Duration,
}

impl Session {
    /// Starts a program in a terminal of so many columns and rows.
    pub fn start<A: Into<OsString>>(argv: impl IntoIterator<Item = A>, size: (u16, u16)) -> Self {
        Stage::of(argv).size(size).start()
    }

    /// Presses keys: names parted by blanks (`Esc`, `Shift-Tab`, `Ctrl-o`, `Alt-Left`, `]`), text in double quotes.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys::split(keys) {
            self.send(&keys::bytes_of(&key));
            if key == "Esc" {
                // Together with what follows it would be another key.
                thread::sleep(Duration::from_millis(30));
            }
        }
        self
    }

    /// Pastes, as a terminal does that marks what is pasted.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
        self
    }

    fn send(&mut self, bytes: &[u8]) {
        let terminal = self.terminal.as_mut().expect("a terminal that has not been hung up");
        terminal.writer.write_all(bytes).expect("the terminal takes keys");
    }

    /// Waits until the screen shows a text, which stands in one line.
    #[track_caller]
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let shown = self.film.wait(PATIENCE, |reel| reel.lines().iter().any(|line| line.contains(text)));
        assert!(shown, "the screen should show {text:?} and shows:\n{}", self.screen());
        self
    }

    /// Waits until no line of the screen shows a text any longer.
    #[track_caller]
    pub fn hides(&mut self, text: &str) -> &mut Self {
        let hidden = self.film.wait(PATIENCE, |reel| !reel.lines().iter().any(|line| line.contains(text)));
        assert!(hidden, "the screen should not show {text:?} and shows:\n{}", self.screen());
        self
    }

    /// Waits until nothing has been written for a twentieth of a second.
    pub fn settles(&mut self) -> &mut Self {
        let mut before = usize::MAX;
        while before != self.bytes().len() {
            before = self.bytes().len();
            thread::sleep(Duration::from_millis(50));
        }
        self
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.film.reel().lines().join("\n")
    }

    /// Looks at the screen more closely: colours, the cursor, modes.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.film.reel().emulator.screen())
    }

    /// Everything that was written so far, by the program and by the shell.
    pub fn bytes(&self) -> Vec<u8> {
        self.film.reel().bytes.clone()
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        self.film.reel().resize(size);
        let terminal = self.terminal.as_ref().expect("a terminal that has not been hung up");
        terminal.master.resize(pty_size(size)).expect("the terminal takes another size");
        self
    }

    /// The modes of the terminal, in words, to be compared with those in which the program found it.
    pub fn modes(&self) -> String {
        modes(self.terminal.as_ref().expect("a terminal that has not been hung up").master.as_ref())
    }

    /// The modes of the terminal before anything ran in it.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Sends the program a signal.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.program(), signal).expect("the program runs");
        self
    }

    /// Waits until the shell has the terminal for the next time. Answers the status that it was given: an exit code,
    /// or 128 and the number of the signal that ended or stopped the program.
    #[track_caller]
    pub fn shell(&mut self) -> u32 {
        self.reports += 1;
        let head = format!("[shell {}: ", self.reports);
        let status = |reel: &Reel| {
            let written = String::from_utf8_lossy(&reel.bytes);
            let (_, rest) = written.split_once(&head)?;
            rest.split_once(']')?.0.parse().ok()
        };
        let told = self.film.wait(PATIENCE, |reel| status(reel).is_some());
        assert!(told, "the shell should have the terminal, which shows:\n{}", self.screen());
        status(&self.film.reel()).expect("it was there")
    }

    /// Processor time that programs of the shell have used, to a hundredth of a second.
    pub fn cpu(&self) -> Duration {
        let shell = self.child.process_id().expect("the shell runs");
        clock(&stat(shell).expect("the shell runs"), [13, 14])
    }

    /// The terminal takes nothing more of what it is sent, as over a line that hangs.
    pub fn stall(&mut self) -> &mut Self {
        self.film.stalled.store(true, Ordering::SeqCst);
        self
    }

    /// Takes the terminal away, as when its window is closed.
    pub fn hang_up(&mut self) {
        let Terminal { writer, reader, master } = self.terminal.take().expect("a terminal is hung up once");
        // Reading holds it open, until there is something to read.
        self.film.cut.store(true, Ordering::SeqCst);
        if let Some(name) = master.tty_name()
            && let Ok(line) = open(name, OFlags::WRONLY | OFlags::NOCTTY, Mode::empty())
        {
            let _ = rustix::io::write(line, b" ");
        }
        reader.join().expect("the reader reads");
        drop((writer, master));
    }

    /// Waits until a program without a shell has ended.
    #[track_caller]
    pub fn ends(&mut self) -> Ending {
        assert!(!self.led, "the shell outlives the program: ask the shell");
        let process = self.child.process_id().expect("a process");
        let began = Instant::now();
        let last = loop {
            match stat(process) {
                Some(fields) if fields[0] != "Z" => {
                    assert!(began.elapsed() < PATIENCE, "the program should have ended:\n{}", self.screen());
                    thread::sleep(Duration::from_millis(1));
                }
                last => break last.expect("nobody else has waited for it"),
            }
        };
        let status = self.child.wait().expect("it has ended");
        let signal = status.signal().map(str::to_owned);
        Ending { code: signal.is_none().then_some(status.exit_code()), signal, cpu: clock(&last, [11, 12]) }
    }

    fn program(&self) -> Pid {
        let leader = self.child.process_id().expect("a process");
        let id = if self.led {
            let children = std::fs::read_to_string(format!("/proc/{leader}/task/{leader}/children"));
            children.expect("the shell runs").split_whitespace().next().and_then(|id| id.parse().ok())
        } else {
            i32::try_from(leader).ok()
        };
        id.and_then(Pid::from_raw).expect("the program runs")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the system tells of a process after its name: its state first. None, if there is no such process.
fn stat(process: u32) -> Option<Vec<String>> {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(line.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect())
}

/// The sum of two of these fields, which count hundredths of a second.
fn clock(stat: &[String], fields: [usize; 2]) -> Duration {
    fields.iter().map(|field| Duration::from_millis(10 * stat[*field].parse().unwrap_or(0))).sum()
}

fn modes(terminal: &dyn MasterPty) -> String {
    format!("{:?}", terminal.get_termios().expect("a terminal has modes"))
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
