//! What must still be done when the program ends without being asked, and the time it has.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::panic::contained;
use crate::shell::terminal;

/// How long the last words may take before the program ends without them.
const FOR_WORDS: Duration = Duration::from_millis(500);

/// How long after that a terminal which is slow to take what it is sent may hold up the end.
const FOR_TERMINAL: Duration = Duration::from_secs(1);

/// Said once, by whichever ending comes first: that what the reader has not yet on disk be written there.
#[derive(Clone)]
pub struct LastWords(Arc<Mutex<Words>>);

struct Words {
    unsaid: Option<Box<dyn FnOnce() + Send>>,
    /// Whether they came to their end.
    said: bool,
}

impl LastWords {
    /// They are said on whatever thread ends the program, and have half a second; so they may try for a lock that
    /// another thread will never give back.
    pub fn new(words: impl FnOnce() + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Words { unsaid: Some(Box::new(words)), said: false })))
    }

    /// Says them, or waits while another thread does. Answers whether they came to their end.
    fn say(&self) -> bool {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(unsaid) = words.unsaid.take() {
            words.said = contained(unsaid).is_ok();
        }
        words.said
    }

    /// Says them, gives the terminal back, and dies as `die` does, which is told whether the words were said. If that
    /// takes too long, it dies in the middle.
    pub(super) fn then(&self, die: impl Fn(bool) + Send + Sync + 'static) -> ! {
        let die = Arc::new(die);
        let overdue = Arc::clone(&die);
        // Where there can be no thread to watch over the time, nobody does.
        let _ = thread::Builder::new().name("end".to_owned()).spawn(move || {
            thread::sleep(FOR_WORDS);
            if !terminal::restore_within_handler() {
                thread::sleep(FOR_TERMINAL);
            }
            overdue(false);
        });
        let said = self.say();
        terminal::restore();
        die(said);
        std::process::abort()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn they_are_said_once() {
        let times = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&times);
        let words = LastWords::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| assert!(words.clone().say())))));
        assert_eq!(times.load(Ordering::SeqCst), 1);
    }
}
