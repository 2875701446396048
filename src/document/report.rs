//! What an import recognised, changed and doubted. Nothing that was on the page is lost silently.

mod foreign;

use super::Position;
use std::borrow::Cow;

pub use foreign::Foreign;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// An EPUB book.
    Epub,
    /// A format that pandoc reads.
    Foreign(Foreign),
}

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        let own = [Format::Text, Format::Markdown, Format::Html, Format::Epub];
        own.into_iter().chain(Foreign::ALL.map(Format::Foreign))
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Format> {
        Format::all().find(|format| format.name() == name)
    }

    /// What a person calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Epub => "an EPUB book",
            Format::Foreign(format) => format.title(),
        }
    }

    /// The word for it in JSON and in options.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Epub => "epub",
            Format::Foreign(format) => format.name(),
        }
    }
}

/// What happened to something that was on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// A line left out.
    Dropped,
    /// A note lifted out of the running text.
    Moved,
    /// Bytes or encodings put right.
    Repaired,
    /// Characters that may not reach a terminal.
    Hidden,
}

impl ChangeKind {
    /// The word for it in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            ChangeKind::Dropped => "dropped",
            ChangeKind::Moved => "moved",
            ChangeKind::Repaired => "repaired",
            ChangeKind::Hidden => "hidden",
        }
    }
}

/// One thing that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The line of the source, from 1; 0 where it has none.
    pub line: usize,
    /// The words it happened to, cleaned.
    pub text: String,
    /// Why, in a few words; of a text with many changes mostly the same.
    pub why: Cow<'static, str>,
    /// Where in the document it was, as near as can be told.
    pub at: Position,
}

/// What is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A reference without a note.
    ReferenceWithoutNote,
    /// A note that nothing cites.
    NoteWithoutReference,
    /// Two notes with one label.
    DoubledNote,
    /// A part of the source that could not be read.
    Damaged,
    /// Markup that is shown as it is written, for want of what reads it.
    UnreadMarkup,
}

impl ProblemKind {
    /// The word for it in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            ProblemKind::ReferenceWithoutNote => "reference-without-note",
            ProblemKind::NoteWithoutReference => "note-without-reference",
            ProblemKind::DoubledNote => "doubled-note",
            ProblemKind::Damaged => "damaged",
            ProblemKind::UnreadMarkup => "unread-markup",
        }
    }
}

/// One thing that is doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The line of the source, from 1; 0 where it has none.
    pub line: usize,
    /// The words in question.
    pub text: String,
    /// Where in the document it is.
    pub at: Position,
}

/// What an import has to say of its work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What the source was read as.
    pub format: Format,
    /// The encoding it was read in, by its WHATWG name.
    pub encoding: String,
    /// What was changed, in the order of the text.
    pub changes: Vec<Change>,
    /// What is doubtful, in the order of the text.
    pub problems: Vec<Problem>,
}
