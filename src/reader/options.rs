//! How one would like to read.

use crate::layout::{Ambiguous, Bidi, Figures, Spacing, Style};

/// The measure of a page, in cells, unless told otherwise: what print has found readable.
pub const MEASURE: u16 = 66;

/// Where the notes that are cited on the page stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesPlace {
    /// At its foot.
    #[default]
    Foot,
    /// In the margin, beside the lines that cite them; at the foot where the terminal has no room for a margin.
    Margin,
    /// Nowhere.
    Off,
}

impl NotesPlace {
    /// How it is told.
    pub fn words(self) -> &'static str {
        match self {
            NotesPlace::Foot => "notes at the foot",
            NotesPlace::Margin => "notes in the margin",
            NotesPlace::Off => "notes off",
        }
    }
}

/// How many pages stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// One.
    #[default]
    One,
    /// Two, as in an open book; one where the terminal has no room for two.
    Two,
}

/// How one would like to read. A terminal that has no room for something gives what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The measure, in cells.
    pub measure: u16,
    /// Where the notes stand.
    pub notes: NotesPlace,
    /// How references look.
    pub figures: Figures,
    /// Whether lines are filled to the measure.
    pub justify: bool,
    /// Whether words may be parted at the end of a line.
    pub hyphenate: bool,
    /// How paragraphs are told apart.
    pub spacing: Spacing,
    /// The lines of a page that stand on the next one again.
    pub overlap: u16,
    /// How many pages stand side by side.
    pub columns: Columns,
    /// The cells of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Who reorders lines that run from right to left.
    pub bidi: Bidi,
    /// The theme, an index into [`State::themes`](super::State::themes).
    pub theme: usize,
    /// Whether the contents stand beside the text, where the terminal has room for them.
    pub panel: bool,
    /// Whether the mouse is ours; else it is the terminal's, to select with.
    pub mouse: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            measure: MEASURE,
            notes: NotesPlace::default(),
            figures: Figures::default(),
            justify: false,
            hyphenate: true,
            spacing: Spacing::default(),
            overlap: 0,
            columns: Columns::default(),
            ambiguous: Ambiguous::default(),
            bidi: Bidi::default(),
            theme: 0,
            panel: false,
            mouse: false,
        }
    }
}

impl Options {
    /// What a text is set by at a measure.
    pub fn style(&self, measure: u16) -> Style {
        Style {
            measure: measure.max(1),
            figures: self.figures,
            hyphenate: self.hyphenate,
            justify: self.justify,
            spacing: self.spacing,
            ambiguous: self.ambiguous,
            bidi: self.bidi,
        }
    }
}
