//! The last way out: SIGABRT, which a panic within a panic ends in, a stack that overflows, and `abort` itself.
#![allow(unsafe_code)]

use std::io;

use rustix::stdio::stderr;
use signal_hook::consts::SIGABRT;
use signal_hook::low_level::emulate_default_handler;

use super::terminal;

/// Said after the terminal has been given back. Nothing can be saved any more; what is saved, was before.
const FAREWELL: &[u8] =
    b"ibid: internal error: aborted; your bookmarks are saved, your place as it was two seconds ago\n";

/// Has the terminal given back when the program aborts, which it then does.
///
/// On a stack that overflowed, the handler of the standard library aborts, and this one runs where that one does: on
/// the thread's alternate stack, though it does not ask for it.
pub(super) fn restore_on_abort() -> io::Result<()> {
    let last_rites = || {
        if terminal::restore_within_handler() {
            let _ = rustix::io::write(stderr(), FAREWELL);
        }
        // `abort` would end the program after this; somebody else's signal would not.
        let _ = emulate_default_handler(SIGABRT);
    };
    // SAFETY: a signal handler may call nothing that could find a lock held or the heap half changed. This one calls
    // tcgetpgrp, getpgrp, tcsetattr, poll, write, sigaction and kill, each a system call, and reads two statics that
    // are set once or atomically. It neither allocates nor panics.
    unsafe { signal_hook::low_level::register(SIGABRT, last_rites) }?;
    Ok(())
}
