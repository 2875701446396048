//! What went wrong, in words for a person: where, what, and what to do next.

use crate::document::clean::{Place, clean};
use crate::import::ImportError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::ExitCode;

/// How the program ends. The numbers are the contract with scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Nothing was found, or something that should not be there was.
    Findings = 1,
    /// It was called wrongly.
    Usage = 2,
    /// The input could not be read, or is not a text.
    Input = 3,
    /// ibid's own files could not be read or written.
    Own = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// An error as it reaches a person. Its words are one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    exit: Exit,
    place: String,
    what: String,
    next: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)?;
        if self.next.is_empty() { Ok(()) } else { write!(f, "; {}", self.next) }
    }
}

impl Trouble {
    /// Something went wrong at `place`; `next` is what to do, or empty.
    pub fn new(exit: Exit, place: &str, what: impl fmt::Display, next: impl fmt::Display) -> Trouble {
        let clean = |text: &str| clean(text, Place::Name).into_owned();
        Trouble { exit, place: clean(place), what: clean(&what.to_string()), next: clean(&next.to_string()) }
    }

    /// What is wrong, without where and without what to do.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The code the program ends with.
    pub const fn exit(&self) -> Exit {
        self.exit
    }

    /// A source that could not be read.
    pub fn reading(path: &Path, error: &io::Error) -> Trouble {
        // As it was typed, as near as can be told: from the working folder.
        let here = std::env::current_dir().ok();
        let path = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
        let (what, next): (String, &str) = match error.kind() {
            ErrorKind::NotFound if is_address(path) => {
                ("ibid reads files, not addresses".into(), "save the page first")
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                ("there is no such file".into(), "check the name")
            }
            ErrorKind::PermissionDenied => ("it may not be read".into(), "check its permissions"),
            ErrorKind::IsADirectory => ("this is a folder".into(), "name a file in it"),
            ErrorKind::FileTooLarge => ("it is too large".into(), "ibid reads texts up to 1 GB"),
            ErrorKind::InvalidInput => ("it is not a regular file".into(), "name a text"),
            _ => (error.to_string(), "try again"),
        };
        Trouble::new(Exit::Input, &path.to_string_lossy(), what, next)
    }

    /// A source that is no text.
    pub fn importing(name: &str, error: &ImportError) -> Trouble {
        let exit = match error {
            ImportError::UnknownEncoding(_) => Exit::Usage,
            ImportError::NotText { .. }
            | ImportError::Unsupported(_)
            | ImportError::Locked(_)
            | ImportError::Broken(_)
            | ImportError::NeedsPandoc(_)
            | ImportError::Answer(_) => Exit::Input,
        };
        let words = error.to_string();
        let (what, next) = words.split_once("; ").unwrap_or((&words, ""));
        Trouble::new(exit, name, what, next)
    }

    /// A file that could not be written.
    pub fn writing(path: &Path, error: &io::Error) -> Trouble {
        let (what, next): (String, &str) = match error.kind() {
            ErrorKind::NotFound => ("there is no such folder".into(), "make it first"),
            ErrorKind::PermissionDenied => ("it may not be written".into(), "check its permissions"),
            ErrorKind::IsADirectory => ("this is a folder".into(), "name a file in it"),
            ErrorKind::StorageFull => ("the disk is full".into(), "nothing was changed"),
            _ => (error.to_string(), "nothing was changed"),
        };
        Trouble::new(Exit::Findings, &path.to_string_lossy(), what, next)
    }

    /// Standard output did not take what was printed.
    pub fn printing(error: &io::Error) -> Trouble {
        Trouble::new(Exit::Findings, "standard output", error, "not everything was printed")
    }
}

/// Whether what was named as a file is an address of the web.
fn is_address(path: &Path) -> bool {
    path.starts_with("http:") || path.starts_with("https:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_told_by_what_it_was_taken_for() {
        for (path, kind, expected) in [
            ("essay.md", ErrorKind::NotFound, "essay.md: there is no such file; check the name"),
            ("essay.md/2", ErrorKind::NotADirectory, "essay.md/2: there is no such file; check the name"),
            ("http:.md", ErrorKind::NotFound, "http:.md: there is no such file; check the name"),
            (
                "https://example.org/essay",
                ErrorKind::NotFound,
                "https://example.org/essay: ibid reads files, not addresses; save the page first",
            ),
        ] {
            let error = Trouble::reading(Path::new(path), &io::Error::from(kind));
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn errors_are_one_clean_line() {
        let path = Path::new("a\u{1b}[31m\nb.txt");
        let error = Trouble::reading(path, &io::Error::from(ErrorKind::NotFound));
        assert_eq!(error.to_string(), "a\\x1b[31m\\nb.txt: there is no such file; check the name");
        assert_eq!(error.exit(), Exit::Input);
        let error = Trouble::importing("x.bin", &ImportError::NotText { odd: 9, of: 10 });
        assert_eq!(
            error.to_string(),
            "x.bin: not a text (9 of 10 characters are control characters or bad bytes); was another file meant?"
        );
    }
}
