//! What a clause of a note means, for the note itself and for those that look back at it.

use super::clause::Join;
use super::name::Name;
use super::{Candidate, Standing};
use crate::document::Document;
use std::ops::Range;

/// The most notes remembered on the way to a work, so that a chain without end stays cheap.
const LONGEST: usize = 64;

/// The most works offered for one note.
pub(super) const MOST: usize = 9;

/// What a clause means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// It names a work itself.
    Named(Range<usize>),
    /// It means a work that another note names.
    Again {
        /// The note that names it.
        note: usize,
        /// The notes passed on the way.
        via: Vec<usize>,
        /// The work's words.
        text: Range<usize>,
    },
    /// It may mean any of these.
    Doubtful(Vec<Candidate>),
    /// It points back, but where to cannot be told.
    Lost,
    /// It points to a place of the text itself, which names no work.
    Elsewhere,
}

/// A clause that names a work or means one.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// What it means.
    pub meaning: Meaning,
    /// The authors of the work, for an *idem* that follows.
    pub authors: Vec<Name>,
    /// The pages that the clause prints.
    pub pages: Option<Range<usize>>,
    /// How the clause is joined to the one before it.
    pub join: Join,
    /// Whether a signal introduces it.
    pub signal: bool,
}

impl Said {
    /// What a clause means, before it is known how the clause is joined.
    pub fn new(meaning: Meaning, authors: Vec<Name>, pages: Option<Range<usize>>) -> Said {
        Said { meaning, authors, pages, join: Join::Start, signal: false }
    }

    /// A pointer to nothing that can be told.
    pub fn lost() -> Said {
        Said::new(Meaning::Lost, Vec::new(), None)
    }

    /// What it is for another note that looks at it in note `at`.
    pub fn seen_from(&self, at: usize) -> Said {
        let meaning = match &self.meaning {
            Meaning::Named(text) => Meaning::Again { note: at, via: Vec::new(), text: text.clone() },
            Meaning::Again { note, via, text } => {
                let via = std::iter::once(at).chain(via.iter().copied()).take(LONGEST).collect();
                Meaning::Again { note: *note, via, text: text.clone() }
            }
            Meaning::Elsewhere => Meaning::Lost,
            unclear => unclear.clone(),
        };
        Said::new(meaning, self.authors.clone(), None)
    }

    /// Any of what a note says.
    pub fn any_of(at: usize, said: &[Said]) -> Said {
        let mut offered = Vec::new();
        for said in said {
            match &said.meaning {
                Meaning::Named(text) => offered.push(Candidate { note: at, text: text.clone() }),
                Meaning::Again { note, text, .. } => {
                    offered.push(Candidate { note: *note, text: text.clone() })
                }
                Meaning::Doubtful(several) => offered.extend(several.iter().cloned()),
                Meaning::Elsewhere => {}
                Meaning::Lost => return Said::lost(),
            }
        }
        offered.sort_by_key(|c| c.text.start);
        offered.dedup();
        offered.truncate(MOST);
        let meaning = if offered.is_empty() { Meaning::Lost } else { Meaning::Doubtful(offered) };
        Said::new(meaning, Vec::new(), None)
    }

    /// What the note that begins with it stands for.
    pub fn standing(&self, document: &Document) -> Option<Standing> {
        match &self.meaning {
            Meaning::Named(_) | Meaning::Elsewhere => None,
            Meaning::Again { note, via, text } => Some(Standing::One {
                note: *note,
                via: via.clone(),
                text: text.clone(),
                pages: self.pages.clone().map(|p| document.text()[p].to_owned()),
            }),
            Meaning::Doubtful(several) => Some(Standing::Several(several.clone())),
            Meaning::Lost => Some(Standing::Unresolved),
        }
    }
}
