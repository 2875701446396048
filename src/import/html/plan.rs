//! What is to become of the nodes of a tree: found out first, by several readers, and then carried out in one walk.

use super::tree::Id;
use crate::document::Kind;
use std::collections::{HashMap, HashSet};

/// What is to become of the nodes that are not simply written.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What is left out, with all that is in it.
    pub left_out: HashMap<Id, Why>,
    /// What calls a note.
    pub calls: HashMap<Id, Call>,
    /// The notes, in the order of the text.
    pub notes: Vec<Note>,
    /// The nodes that are parts of notes.
    pub lifted: HashSet<Id>,
    /// Bytes to be left out at the start and at the end of words.
    pub trimmed: HashMap<Id, (usize, usize)>,
    /// What the page hides, and is written all the same: it is too much to be an ornament.
    pub unhidden: HashSet<Id>,
    /// Tables that only lay out a page.
    pub layout: HashSet<Id>,
    /// Blocks that are headings, titles, names of authors.
    pub headed: HashMap<Id, Kind>,
    /// Blocks that are written before a node.
    pub before: HashMap<Id, Vec<(Kind, String)>>,
    /// Whether line ends stand where they are meant to, as in a page that was made by ibid.
    pub exact: bool,
    /// Where a page of the printed book begins, and its label.
    pub pages: HashMap<Id, String>,
}

/// Why something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It goes without saying: scripts, buttons, the marks that lead back from a note.
    Silent,
    /// For this reason, which is told.
    Told(&'static str),
}

/// The call of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// What is printed.
    pub label: String,
    /// What its note is known by.
    pub key: String,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// What is printed before it.
    pub label: String,
    /// What it is known by.
    pub key: String,
    /// The nodes that hold its words, in order.
    pub parts: Vec<Id>,
}
