//! Something that is amiss with the notes, or looks amiss with a word.

use crate::document::Position;

/// How much a finding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The notes do not fit together.
    Apparatus,
    /// A word looks like a slip of scanning; it may be right all the same.
    Slip,
}

impl Class {
    /// The word for it in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Apparatus => "apparatus",
            Class::Slip => "slip",
        }
    }
}

/// What is amiss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// A reference without a note.
    ReferenceWithoutNote,
    /// A note that nothing cites.
    NoteWithoutReference,
    /// A number that two notes bear.
    DoubledNumber,
    /// A number that no note bears, between two that notes bear.
    SkippedNumber,
    /// A note, or the first reference to one, behind a higher number.
    OutOfOrder,
    /// A note that may stand for several works.
    SeveralCandidates,
    /// A note that points back to nothing that can be told.
    Unresolved,
    /// Two words run together.
    RunTogether,
    /// A letter read as another.
    Misread,
    /// Two years run together.
    YearsTogether,
    /// Letters of two alphabets in one word.
    MixedAlphabets,
    /// A blank before a sign that follows its word.
    StrayBlank,
}

impl FindingKind {
    /// The word for it in JSON; where an import tells of the same thing, the same word.
    pub const fn name(self) -> &'static str {
        match self {
            FindingKind::ReferenceWithoutNote => "reference-without-note",
            FindingKind::NoteWithoutReference => "note-without-reference",
            FindingKind::DoubledNumber => "doubled-note",
            FindingKind::SkippedNumber => "skipped-number",
            FindingKind::OutOfOrder => "out-of-order",
            FindingKind::SeveralCandidates => "several-candidates",
            FindingKind::Unresolved => "unresolved",
            FindingKind::RunTogether => "run-together",
            FindingKind::Misread => "misread",
            FindingKind::YearsTogether => "years-together",
            FindingKind::MixedAlphabets => "mixed-alphabets",
            FindingKind::StrayBlank => "stray-blank",
        }
    }

    /// How much it says.
    pub const fn class(self) -> Class {
        match self {
            FindingKind::ReferenceWithoutNote
            | FindingKind::NoteWithoutReference
            | FindingKind::DoubledNumber
            | FindingKind::SkippedNumber
            | FindingKind::OutOfOrder
            | FindingKind::SeveralCandidates
            | FindingKind::Unresolved => Class::Apparatus,
            FindingKind::RunTogether
            | FindingKind::Misread
            | FindingKind::YearsTogether
            | FindingKind::MixedAlphabets
            | FindingKind::StrayBlank => Class::Slip,
        }
    }
}

/// One thing that is amiss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it says.
    pub class: Class,
    /// What it is.
    pub kind: FindingKind,
    /// Where in the document it is.
    pub at: Position,
    /// The line of the source, from 1; 0 where it is not known.
    pub line: usize,
    /// The words in question.
    pub text: String,
    /// What may be right.
    pub suggestion: Option<String>,
}

impl Finding {
    pub(super) fn new(kind: FindingKind, at: Position, text: impl Into<String>) -> Finding {
        Finding { class: kind.class(), kind, at, line: 0, text: text.into(), suggestion: None }
    }
}
