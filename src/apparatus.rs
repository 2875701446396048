//! What the notes stand for: *ibid.*, *op. cit.*, short titles and their kin, resolved to the work they mean; who
//! cites a work again; and what is amiss with notes, numbers and letters.
//!
//! A note is cut into clauses, a clause names a work or points back, and one walk through the notes, in the order of
//! their numbers, gives each its standing. A wrong answer is worse than none: where one meaning cannot be told,
//! several are offered, and where none can, that is said. Nothing here changes the printed note.

mod blanks;
mod catalogue;
mod check;
mod citation;
mod citing;
mod clause;
mod field;
mod finding;
mod glyphs;
mod locator;
mod meaning;
mod name;
mod numbering;
mod pointer;
#[cfg(test)]
mod properties;
mod resolution;
mod signal;
mod slips;
mod telling;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod texts;
mod token;
mod vocabulary;
mod word;

use crate::document::Document;
use std::ops::Range;

pub use check::check;
pub use citing::citing;
pub use finding::{Class, Finding, FindingKind};

/// What a note stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One work.
    One {
        /// The note that names it.
        note: usize,
        /// The notes passed on the way there, the nearest first; of a very long way, the beginning.
        via: Vec<usize>,
        /// The work's words in that note, in bytes of the document's text.
        text: Range<usize>,
        /// The pages that the note itself prints: `182`, `183 note`, `VII, 269`, `vol. 2, p. 46`.
        pages: Option<String>,
    },
    /// One of several works; which cannot be told.
    Several(Vec<Candidate>),
    /// It points back, but where to cannot be told.
    Unresolved,
}

/// A work that a note may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The note that names it.
    pub note: usize,
    /// The work's words in that note, in bytes of the document's text.
    pub text: Range<usize>,
}

impl Standing {
    /// The notes from this one to the work: those on the way, then the one that names it. Empty if there is no one way.
    pub fn chain(&self) -> impl Iterator<Item = usize> + '_ {
        let (via, note) = match self {
            Standing::One { note, via, .. } => (via.as_slice(), Some(*note)),
            Standing::Several(_) | Standing::Unresolved => (&[][..], None),
        };
        via.iter().copied().chain(note)
    }
}

/// What each note stands for; `None` for a note that stands for nothing but itself.
pub fn resolve(document: &Document) -> Vec<Option<Standing>> {
    resolution::Resolution::of(document)
}
