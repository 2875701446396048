//! The ways in which the program is ended, or stopped, from outside or by its own fault.
//!
//! By default every one of them would leave the terminal raw, on the alternate screen, without a cursor, and the
//! place unsaved. Here a signal that ends the program, a terminal that is gone, and a panic on any thread all come to
//! the same: the last words are said, the terminal is given back, and the program ends as it would have.

mod abort;
mod last_words;
mod panic;

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::thread;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{getpid, kill_process};
use rustix::stdio::{dup2_stdin, stdout};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::terminal;

pub use last_words::LastWords;
pub use panic::{contained, install_panic_hook};

/// What the loop is told of signals. Those that end the program are dealt with before it would hear of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Give the terminal back and stop.
    Suspend,
    /// The program was stopped and goes on: the terminal is in whatever state it was left.
    Continue,
    /// The terminal has another size, in columns and rows.
    Resize(Size),
}

/// Starts to listen: to signals, and for the terminal's hanging up. A program that is to end says its last words,
/// gives the terminal back and dies by the signal that it was sent; by SIGHUP where the terminal is gone.
///
/// # Errors
/// When a signal or a thread cannot be had.
pub fn watch<T: From<Signal> + Send + 'static>(listener: Sender<T>, last_words: LastWords) -> io::Result<()> {
    // A file that may grow no further is an error of the write, and no reason to die.
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    watch_terminal(last_words.clone())?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            // Nobody listens any more when the program is about to end by itself.
            let _ = match signal {
                SIGTSTP => listener.send(Signal::Suspend.into()),
                SIGWINCH => listener.send(Signal::Resize(terminal::size()).into()),
                SIGCONT => {
                    terminal::note_continued();
                    listener.send(Signal::Continue.into())
                }
                // Meant for the program that has the terminal.
                SIGINT | SIGQUIT if terminal::is_lent() => Ok(()),
                deadly => end(deadly, &last_words),
            };
        }
    })?;
    Ok(())
}

/// Has [`Signal::Resize`] told once more. Signals are told in the order of their numbers, and this one has a high number:
/// when it is heard, every interrupt that was sent before has been dealt with.
pub fn tell_size() {
    let _ = kill_process(getpid(), rustix::process::Signal::WINCH);
}

/// Waits until the terminal is gone, asking for nothing that it could send.
fn watch_terminal(last_words: LastWords) -> io::Result<()> {
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || {
        let out = stdout();
        loop {
            let mut terminal = [PollFd::new(&out, PollFlags::empty())];
            match poll(&mut terminal, None) {
                Err(Errno::INTR) => {}
                Ok(_) if terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
                    hang_up(&last_words);
                }
                // Not every system can watch every terminal; SIGHUP is heard in any case.
                _ => return,
            }
        }
    })?;
    Ok(())
}

/// Ends the program because the terminal is gone, as when a frame could not be written.
pub fn hang_up(last_words: &LastWords) -> ! {
    end(SIGHUP, last_words)
}

fn end(signal: i32, last_words: &LastWords) -> ! {
    silence_keyboard();
    last_words.then(move |_| drop(emulate_default_handler(signal)))
}

/// Puts something that never speaks in the place of standard input. crossterm, when it is reading at the moment in which
/// the terminal goes, reads on and on as fast as it can.
fn silence_keyboard() {
    if let Ok((silence, voice)) = io::pipe() {
        let _ = dup2_stdin(silence);
        std::mem::forget(voice);
    }
}
