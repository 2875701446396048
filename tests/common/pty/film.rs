//! What a terminal is sent, recorded and shown.

use std::io::Read;
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// All that a terminal is sent, and how it looks by now.
pub struct Film {
    reel: Mutex<Reel>,
    grown: Condvar,
    /// Nothing more is taken from the terminal.
    pub stalled: AtomicBool,
    /// Recording ends with the next thing that is sent.
    pub cut: AtomicBool,
}

/// The recording, and the screen by now.
pub struct Reel {
    pub bytes: Vec<u8>,
    pub emulator: vt100::Parser,
}

impl Reel {
    /// Gives the screen another size.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.emulator.screen_mut().set_size(side(rows), side(columns));
    }

    /// The rows of the screen.
    pub fn lines(&self) -> Vec<String> {
        let screen = self.emulator.screen();
        screen.rows(0, screen.size().1.get()).collect()
    }
}

impl Film {
    /// Of a screen of so many columns and rows.
    pub fn new((columns, rows): (u16, u16)) -> Self {
        let reel = Reel { bytes: Vec::new(), emulator: vt100::Parser::new(side(rows), side(columns), 0) };
        Self { reel: Mutex::new(reel), grown: Condvar::new(), stalled: false.into(), cut: false.into() }
    }

    /// Records all that comes, on a thread of its own.
    pub fn record(self: Arc<Self>, mut from: Box<dyn Read + Send>) -> JoinHandle<()> {
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                if self.cut.load(Ordering::SeqCst) {
                    return;
                }
                let mut reel = self.reel();
                reel.bytes.extend(&buffer[..read]);
                reel.emulator.process(&buffer[..read]);
                self.grown.notify_all();
                drop(reel);
                while self.stalled.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(1));
                }
            }
        })
    }

    /// What there is by now.
    pub fn reel(&self) -> MutexGuard<'_, Reel> {
        self.reel.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something is so, but no longer than `patience`. Answers whether it is.
    pub fn wait(&self, patience: Duration, until: impl Fn(&Reel) -> bool) -> bool {
        let waited = self.grown.wait_timeout_while(self.reel(), patience, |reel| !until(reel));
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

fn side(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length).unwrap_or(NonZeroU16::MIN)
}
