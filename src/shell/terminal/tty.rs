//! The terminal as a device: how it was found, how the reader has it, and the way back from anywhere.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::process::getpgrp;
use rustix::stdio::stdout;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr};

/// The alternate screen; no line wrap, so that a glyph which the terminal takes to be wider stays in its row; pastes
/// in brackets; no cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l";

/// All of that taken back, and a frame that was cut short; in the last row, for terminals with one screen only.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[999H\x1b[?1049l";

/// Presses of the mouse and its wheel are told, in figures that know no largest screen; and no more.
const HEED_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";

/// The mouse is the terminal's again, which selects with it.
const LEAVE_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// The modes in which the terminal was found, once for the life of the program.
static FOUND: OnceLock<Termios> = OnceLock::new();

/// Whether the terminal is the reader's. Whoever turns this off has to give it back.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is to be the reader's while the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Held while something is written, so that no frame follows the leaving.
static TURN: Mutex<()> = Mutex::new(());

/// Takes the terminal, again if need be. From the background this stops the program until it is in the foreground.
pub(super) fn enter() -> io::Result<()> {
    let found = match FOUND.get() {
        Some(found) => found,
        None => {
            let now = tcgetattr(stdout())?;
            FOUND.get_or_init(|| now)
        }
    };
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    // Before the first change, so that whatever ends the program from here on takes it back.
    ENTERED.store(true, Ordering::SeqCst);
    let entered = retry_on_intr(|| tcsetattr(stdout(), OptionalActions::Now, &raw(found)))
        .and_then(|()| write_all(ENTER, None))
        .and_then(|()| if MOUSE.load(Ordering::SeqCst) { write_all(HEED_MOUSE, None) } else { Ok(()) })
        .map_err(io::Error::from);
    drop(turn);
    if entered.is_err() {
        restore();
    }
    entered
}

/// Takes the mouse from the terminal, or gives it back: now, if the reader has the terminal, and whenever it takes it.
pub(super) fn heed_mouse(heed: bool) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if MOUSE.swap(heed, Ordering::SeqCst) != heed && ENTERED.load(Ordering::SeqCst) {
        // A terminal that does not take it will not take the next frame either, which is where that is told.
        let _ = write_all(if heed { HEED_MOUSE } else { LEAVE_MOUSE }, None);
    }
}

/// Has the terminal tell again that there is something to read, as it does when its modes are set.
pub(super) fn nudge() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = FOUND.get().filter(|_| ENTERED.load(Ordering::SeqCst)) {
        let _ = tcsetattr(stdout(), OptionalActions::Now, &raw(found));
    }
}

fn raw(found: &Termios) -> Termios {
    let mut raw = found.clone();
    raw.make_raw();
    raw
}

/// Gives the terminal back as it was found, if the reader has it: from any thread, at any time, as often as one
/// likes. Nothing is painted afterwards. A slow terminal is waited for; one that is gone is no concern.
pub fn restore() {
    let _turn = patient_turn();
    give_back(None);
}

/// What [`restore`] does, for a signal handler, which may not wait for anybody's turn: only system calls and atomics.
/// Answers whether there was anything to give back.
pub(in crate::shell) fn restore_within_handler() -> bool {
    const PATIENCE: Timespec = Timespec { tv_sec: 2, tv_nsec: 0 };
    give_back(Some(&PATIENCE))
}

fn give_back(patience: Option<&Timespec>) -> bool {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return false;
    }
    // In the background the modes are the shell's, and setting them would stop the program.
    let ours = tcgetpgrp(stdout()).map_or(true, |group| group == getpgrp());
    if let Some(found) = FOUND.get().filter(|_| ours) {
        let _ = tcsetattr(stdout(), OptionalActions::Now, found);
    }
    if MOUSE.load(Ordering::SeqCst) {
        let _ = write_all(LEAVE_MOUSE, patience);
    }
    let _ = write_all(LEAVE, patience);
    true
}

/// Waits a little for a frame that is being written; one that the terminal does not take is not waited for.
fn patient_turn() -> Option<MutexGuard<'static, ()>> {
    for _ in 0..50 {
        match TURN.try_lock() {
            Ok(turn) => return Some(turn),
            Err(TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(2)),
        }
    }
    None
}

/// The terminal's size in columns and rows; 80 × 24 where it does not know.
pub(in crate::shell) fn size() -> Size {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => Size::new(80, 24),
    }
}

/// Where frames go. Once the terminal has been given back they go nowhere.
pub(super) struct Screen;

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        if ENTERED.load(Ordering::SeqCst) {
            write_all(bytes, None)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes all the bytes, unless the terminal takes none for as long as `patience`.
fn write_all(mut bytes: &[u8], patience: Option<&Timespec>) -> rustix::io::Result<()> {
    let mut full = patience.is_some();
    while !bytes.is_empty() {
        if full && wait_for_room(patience)? == 0 {
            return Err(Errno::TIMEDOUT);
        }
        match rustix::io::write(stdout(), bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            // Somebody has told the terminal not to block.
            Err(Errno::AGAIN) => full = true,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn wait_for_room(patience: Option<&Timespec>) -> rustix::io::Result<usize> {
    let out = stdout();
    retry_on_intr(|| poll(&mut [PollFd::new(&out, PollFlags::OUT)], patience))
}
