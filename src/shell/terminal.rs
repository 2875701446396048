//! The terminal while the reader has it: entered once, left once, however the program ends.
//!
//! Standard output is the terminal. It is asked for its size when it is entered and when it says that it has another;
//! no sequence that it would answer is ever written.

mod input;
mod tty;

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use nix::unistd::{Pid, getpgid, getppid, getsid};
use ratatui::Frame;
use ratatui::layout::Size;
use rustix::process::{Signal, kill_current_process_group};

use super::painter::{Depth, Painter};
use crate::layout::Ambiguous;
use crate::layout::width::measured;

pub use input::{Input, events, take_text};
pub use tty::restore;
pub(in crate::shell) use tty::{restore_within_handler, size};

/// The reader's hold on the terminal; dropping it gives the terminal back as it was found.
pub struct Terminal {
    screen: ratatui::Terminal<Painter<tty::Screen>>,
    /// The columns that the last frame gave ambiguous characters.
    ambiguous: Ambiguous,
}

impl Terminal {
    /// Takes the terminal: raw mode, the alternate screen, pastes told apart from keys, no cursor until a frame
    /// places one.
    ///
    /// # Errors
    /// When standard output is no terminal, or one that cannot be set up; it is left as it was.
    pub fn enter(depth: Depth) -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is not a terminal"));
        }
        tty::enter()?;
        let painter = Painter::new(tty::Screen, depth, tty::size());
        Ok(Self { screen: ratatui::Terminal::new(painter)?, ambiguous: Ambiguous::default() })
    }

    /// The size that the next frame will have, in columns and rows.
    pub fn size(&self) -> Size {
        // The painter knows its size and cannot fail to tell it.
        self.screen.size().unwrap_or_default()
    }

    /// Shows what `page` draws, in one write that holds the changes only. The cursor is shown where `page` places it,
    /// and hidden if it places none.
    ///
    /// # Errors
    /// When the terminal does not take the frame, because it is gone: see [`hang_up`](super::signals::hang_up).
    pub fn draw(&mut self, page: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        measured(self.ambiguous, || self.screen.draw(page)).map(drop)
    }

    /// Takes it that the terminal gives ambiguous characters so many columns. Where that is news, the next frame is painted
    /// whole.
    ///
    /// # Errors
    /// None that the painter makes.
    pub fn reckon(&mut self, ambiguous: Ambiguous) -> io::Result<()> {
        if std::mem::replace(&mut self.ambiguous, ambiguous) != ambiguous {
            self.screen.clear()?;
        }
        Ok(())
    }

    /// Gives the terminal to another program, the keyboard and what it interrupts by included, until it is taken back.
    pub fn lend(&mut self) {
        input::pause();
        LENT.store(true, Ordering::SeqCst);
        restore();
    }

    /// Takes back a terminal that was lent. The next frame is painted whole, in the size that the terminal has by then.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn take_back(&mut self) -> io::Result<()> {
        let taken = self.resume();
        LENT.store(false, Ordering::SeqCst);
        input::go_on();
        taken
    }

    /// Stops with the program that the terminal is lent to, which has stopped already.
    pub fn stop_with_borrower(&mut self) {
        stop();
    }

    /// Puts a text on the terminal's clipboard, which is that of the machine one sits at, be ibid run far away. Whether
    /// the terminal has taken it cannot be known.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.backend_mut().copy(text)
    }

    /// Takes the size that the terminal said it has now; the next frame is painted whole.
    pub fn resize(&mut self, size: Size) {
        self.screen.backend_mut().resize(size);
    }

    /// Trusts nothing on the screen: the next frame is painted whole.
    pub fn repaint(&mut self) {
        self.screen.backend_mut().repaint();
    }

    /// Takes the mouse from the terminal, or leaves it to it; see the reader's setting.
    pub fn heed_mouse(&mut self, heed: bool) {
        tty::heed_mouse(heed);
    }

    /// Gives the terminal back to the shell, stops, and takes it again when the shell lets the program go on. Where
    /// no shell would, nothing stops. The next frame is painted whole, in the size that the terminal has by then.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        stop();
        self.resume()
    }

    /// Takes the terminal again, whatever became of it while the program was stopped; as [`suspend`](Self::suspend)
    /// does, and as must be done when the program was stopped without being asked.
    ///
    /// # Errors
    /// When the terminal cannot be taken.
    pub fn resume(&mut self) -> io::Result<()> {
        tty::enter()?;
        match tty::size() {
            size if size == self.size() => self.repaint(),
            size => self.resize(size),
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Whether another program has the terminal.
static LENT: AtomicBool = AtomicBool::new(false);

/// Whether another program has the terminal: what its keys send is meant for it.
pub(in crate::shell) fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}

/// How often the program was told to go on after a stop.
static CONTINUED: AtomicUsize = AtomicUsize::new(0);

/// To be called whenever SIGCONT has been received.
pub(in crate::shell) fn note_continued() {
    CONTINUED.fetch_add(1, Ordering::SeqCst);
}

/// Stops the job as the terminal's own Ctrl-Z does: this process and those that it was started with. It cannot be by
/// SIGTSTP, which is caught here; and SIGSTOP would stop even a program that no shell is there to wake, for ever.
fn stop() {
    let before = CONTINUED.load(Ordering::SeqCst);
    let _ = kill_current_process_group(Signal::TTOU);
    // The signal may reach another thread first, and this one is not to go on before all of them have stopped. Time
    // spent stopped counts.
    let patience = Duration::from_millis(if is_job() { 1000 } else { 50 });
    let began = Instant::now();
    while CONTINUED.load(Ordering::SeqCst) == before && began.elapsed() < patience {
        thread::sleep(Duration::from_millis(2));
    }
}

/// Whether a shell has certainly made this process part of a job, which it can stop and wake; one that was not started
/// by the shell itself, but by a script, may be in a job all the same.
fn is_job() -> bool {
    let own = |of: Option<Pid>| Some((getsid(of).ok()?, getpgid(of).ok()?));
    // Zero stands for a session or a parent that this process may not see, as from inside a container.
    let seen = |(session, group): &(Pid, Pid)| session.as_raw() > 0 && group.as_raw() > 0;
    let parent = Some(getppid()).filter(|parent| parent.as_raw() > 0);
    let shell = parent.and_then(|parent| own(Some(parent))).filter(seen);
    let (Some((session, group)), Some((shell_session, shell_group))) = (own(None).filter(seen), shell) else {
        return false;
    };
    session == shell_session && group != shell_group
}
