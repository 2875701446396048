//! Panics: one on any thread ends the program, in order; one that is expected ends nothing.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rustix::stdio::stderr;

use super::abort;
use super::last_words::LastWords;

/// The exit code of a program that panicked, as Rust itself has it.
const EXIT_CODE: i32 = 101;

/// How much of a panic is told, in characters.
const LONGEST: usize = 200;

thread_local! {
    /// The message of the panic that is being contained on this thread, if one is.
    static CONTAINED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Makes every panic say the last words, give the terminal back, tell in one line on standard error what happened, and
/// end the program with exit code 101; unless it is [`contained`]. An abort, be it a panic within a panic or a stack that overflows, gives the
/// terminal back and ends it by SIGABRT.
pub fn install_panic_hook(last_words: LastWords) {
    // Without it an abort would leave the terminal as it is: worse, but no reason not to start.
    let _ = abort::restore_on_abort();
    std::panic::set_hook(Box::new(move |panic| {
        let message = describe(panic);
        let contained =
            CONTAINED.try_with(|slot| slot.borrow_mut().as_mut().map(|slot| slot.clone_from(&message)));
        if !matches!(contained, Ok(Some(()))) {
            end(&message, &last_words);
        }
    }));
}

/// Does work that may panic, and answers what the panic said. For code that is fed by strangers, such as importers:
/// the hook that ends the program passes over it.
///
/// # Errors
/// The panic's message, cleaned and in one line.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CONTAINED.replace(Some(String::new()));
    let result = catch_unwind(AssertUnwindSafe(work));
    let message = CONTAINED.replace(outer);
    result.map_err(|_| message.unwrap_or_default())
}

fn end(message: &str, last_words: &LastWords) -> ! {
    static ENDING: AtomicBool = AtomicBool::new(false);
    if ENDING.swap(true, Ordering::SeqCst) {
        // Another thread is at it already.
        loop {
            thread::park();
        }
    }
    let message = message.to_owned();
    last_words.then(move |saved| {
        // Not through the standard library, whose lock may be held by a thread that waits for this one.
        let _ = rustix::io::write(stderr(), farewell(&message, saved).as_bytes());
        std::process::exit(EXIT_CODE)
    })
}

/// The one line that is said in the end.
fn farewell(message: &str, saved: bool) -> String {
    let comfort =
        if saved { "your place and bookmarks are saved" } else { "your last place may not be saved" };
    let head = "ibid: internal error: ";
    let message = shortened(message, LONGEST - head.len() - "; ".len() - comfort.len());
    format!("{head}{message}; {comfort}\n")
}

/// What the panic says and where, in characters that any terminal may be sent.
fn describe(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or("unknown");
    let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
    let clean: String = shortened(said, LONGEST / 2).chars().flat_map(shown).collect();
    clean + &place
}

/// A character, or its code if it may not be shown.
fn shown(character: char) -> impl Iterator<Item = char> {
    let quoted = matches!(character, '\'' | '"' | '\\');
    let (plain, escaped) =
        if quoted { (Some(character), None) } else { (None, Some(character.escape_debug())) };
    plain.into_iter().chain(escaped.into_iter().flatten())
}

fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some(_) => text.chars().take(longest.saturating_sub(1)).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farewell_is_one_short_clean_line() {
        let long = "é".repeat(500);
        for saved in [true, false] {
            let line = farewell(&long, saved);
            assert_eq!(line.trim_end().chars().count(), LONGEST);
            assert!(line.ends_with("saved\n"), "{line}");
        }
        let said: String = "it's \x1b[31mred\n\u{202e}\u{9b}é".chars().flat_map(shown).collect();
        assert_eq!(said, "it's \\u{1b}[31mred\\n\\u{202e}\\u{9b}é");
    }
}
