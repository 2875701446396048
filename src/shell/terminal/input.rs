//! Keys and pastes, as they come from the terminal.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEvent, KeyEventKind, MouseEvent};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use rustix::stdio::{dup2_stdin, stdin};

use super::tty;

/// What the terminal tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or is held.
    Key(KeyEvent),
    /// A text was pasted, as it is: nothing in it is a command.
    Paste(String),
    /// The mouse was used; only told while the reader has it.
    Mouse(MouseEvent),
}

impl Input {
    fn of(event: Event) -> Option<Self> {
        match event {
            // Some terminals also tell when a key is let go.
            Event::Key(key) if key.kind == KeyEventKind::Release => None,
            Event::Key(key) => Some(Self::Key(key)),
            Event::Paste(text) => Some(Self::Paste(text)),
            // A size that comes together with a key is forgotten here; the signal itself is heard elsewhere.
            Event::Resize(..) => None,
            Event::Mouse(mouse) => Some(Self::Mouse(mouse)),
            Event::FocusGained | Event::FocusLost => None,
        }
    }
}

/// Takes what standard input holds, a text to be read, and puts the keyboard in its place.
///
/// # Errors
/// When there is no terminal to read keys from; standard input is then as it was.
pub fn take_text() -> io::Result<File> {
    let keyboard = File::options().read(true).write(true).open("/dev/tty")?;
    let text = io::stdin().as_fd().try_clone_to_owned()?;
    dup2_stdin(keyboard)?;
    Ok(text.into())
}

/// Starts the thread that waits for input and sends it on, for as long as anybody listens.
///
/// # Errors
/// When standard input is no terminal (see [`take_text`]), or there is no thread to read it.
pub fn events<T: From<Input> + Send + 'static>(listener: Sender<T>) -> io::Result<()> {
    if !io::stdin().is_terminal() {
        return Err(io::Error::other("standard input is not a terminal"));
    }
    // Opens the keyboard now, so that what is wrong with it is an error and not a silent program.
    event::poll(Duration::ZERO)?;
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        while let Some(event) = next() {
            if let Some(input) = Input::of(event)
                && listener.send(input.into()).is_err()
            {
                return;
            }
        }
    })?;
    Ok(())
}

/// Whether the keyboard is not ours at the moment. Whoever reads it holds this.
static PAUSED: Mutex<bool> = Mutex::new(false);
static GOES_ON: Condvar = Condvar::new();

/// From now on nothing is read, until [`go_on`]: what is typed is for another program.
pub(super) fn pause() {
    *PAUSED.lock().unwrap_or_else(PoisonError::into_inner) = true;
}

/// The keyboard is ours again.
pub(super) fn go_on() {
    *PAUSED.lock().unwrap_or_else(PoisonError::into_inner) = false;
    GOES_ON.notify_all();
}

/// Reads while the keyboard is ours; waits until it is.
fn reading<T>(read: impl FnOnce() -> T) -> T {
    let paused = PAUSED.lock().unwrap_or_else(PoisonError::into_inner);
    let _ours = GOES_ON.wait_while(paused, |paused| *paused).unwrap_or_else(PoisonError::into_inner);
    read()
}

/// Waits for the next event; there is none when the terminal is gone, which ends the program elsewhere.
///
/// crossterm is called when there is something to read, not to wait for it: it would read a terminal that is gone over
/// and over, as fast as it can. And it hears of input only when it arrives, so it forgets keys that come together with
/// a new size, or more than it takes at once, until the next key is pressed.
fn next() -> Option<Event> {
    loop {
        // What cannot be read is about one event; the next may be well.
        if let Some(event) = reading(|| is_ready().then(event::read)).and_then(Result::ok) {
            return Some(event);
        }
        let keyboard = stdin();
        let mut waiting = [PollFd::new(&keyboard, PollFlags::IN)];
        let _ = retry_on_intr(|| poll(&mut waiting, None));
        if waiting[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) {
            return None;
        }
        if !reading(is_ready) {
            tty::nudge();
            // Where that does not help, at least no time is burnt.
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn is_ready() -> bool {
    event::poll(Duration::ZERO).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn a_key_is_heard_once() {
        let key = |kind| KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, kind);
        assert_eq!(Input::of(Event::Key(key(KeyEventKind::Release))), None);
        for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
            assert_eq!(Input::of(Event::Key(key(kind))), Some(Input::Key(key(kind))));
        }
    }
}
