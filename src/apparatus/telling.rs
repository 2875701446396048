//! What a note stands for, in words.

use super::{Candidate, Standing};
use crate::document::Document;
use crate::document::clean::excerpt;

/// The most of a note's own pages that is told, in characters.
const PAGES: usize = 40;

/// The least of a work's words that is told.
const WORK: usize = 12;

impl Standing {
    /// The way there, the work, and the pages that the note itself prints: `9 → 8: Djilas, Conversations [183]`. Of
    /// several works the one numbered `candidate`, from 0, and how many there are. It is the work's words that are cut
    /// where all takes more than `room` characters.
    pub fn words(&self, document: &Document, candidate: usize, room: usize) -> String {
        let mark = |note: usize| &*document.notes()[note].mark;
        let (before, text, behind) = match self {
            Standing::One { text, pages, .. } => {
                let chain: Vec<&str> = self.chain().map(mark).collect();
                let pages = pages.as_ref().map_or_else(String::new, |p| format!(" [{}]", excerpt(p, PAGES)));
                (format!("{}: ", chain.join(" → ")), text, pages)
            }
            Standing::Several(candidates) => {
                let Some(Candidate { note, text }) = candidates.get(candidate) else { return String::new() };
                let (at, of) = (candidate + 1, candidates.len());
                (format!("{at} of {of} it may be, {}: ", mark(*note)), text, String::new())
            }
            Standing::Unresolved => return "what it stands for cannot be told".to_owned(),
        };
        // One more for the `…`.
        let taken = before.chars().count() + behind.chars().count() + 1;
        let work = excerpt(&document.text()[text.clone()], room.saturating_sub(taken).max(WORK));
        format!("{before}{work}{behind}")
    }

    /// The same for all it may stand for, one after the other.
    pub fn all_words<'a>(
        &'a self,
        document: &'a Document,
        room: usize,
    ) -> impl Iterator<Item = String> + use<'a> {
        (0..self.choices().max(1)).map(move |candidate| self.words(document, candidate, room))
    }

    /// How many works it may stand for.
    pub fn choices(&self) -> usize {
        match self {
            Standing::One { .. } => 1,
            Standing::Several(candidates) => candidates.len(),
            Standing::Unresolved => 0,
        }
    }
}
