//! What a document is set by: the measure, and how figures, paragraphs and lines are to look.

use std::borrow::Cow;

/// How note references look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    /// Superscript figures, `⁹`.
    #[default]
    Superscript,
    /// Figures in brackets, `[9]`, for terminals and ears that lack the others.
    Brackets,
}

/// How a new paragraph is told from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// By an empty row.
    #[default]
    Spaced,
    /// By its first line, which is indented, as in most books.
    Indented,
}

/// The cells of characters that are narrow in the West and wide in East Asia: `—`, `“`, `§`, `…`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// One.
    #[default]
    Narrow,
    /// Two, as terminals that are set up for Chinese, Japanese or Korean text show them.
    Wide,
}

/// Who brings lines that run from right to left, or both ways, into the order in which they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// We do: most terminals show characters in the order in which they come.
    #[default]
    Ours,
    /// The terminal does.
    Terminal,
}

/// What a document is set by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Cells in a full line.
    pub measure: u16,
    /// How references look.
    pub figures: Figures,
    /// Whether words may be parted.
    pub hyphenate: bool,
    /// Whether the lines of paragraphs are filled to the measure; else they are ragged.
    pub justify: bool,
    /// How paragraphs are told apart.
    pub spacing: Spacing,
    /// The cells of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Who reorders lines that run from right to left.
    pub bidi: Bidi,
}

impl Style {
    /// The style of the screen at a measure.
    pub fn at(measure: u16) -> Style {
        Style {
            measure: measure.max(1),
            figures: Figures::default(),
            hyphenate: true,
            justify: false,
            spacing: Spacing::default(),
            ambiguous: Ambiguous::default(),
            bidi: Bidi::default(),
        }
    }

    /// What is printed for a note that is marked `mark`.
    pub fn figure<'a>(&self, mark: &'a str) -> Cow<'a, str> {
        let digits = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit());
        match self.figures {
            Figures::Superscript if digits => {
                mark.bytes().map(|b| SUPERSCRIPTS[usize::from(b - b'0')]).collect()
            }
            // Signs are raised by their shape.
            Figures::Superscript if mark.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '‖')) => {
                mark.into()
            }
            Figures::Superscript | Figures::Brackets => format!("[{mark}]").into(),
        }
    }
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_raised_or_bracketed() {
        let up = Style::at(66);
        let down = Style { figures: Figures::Brackets, ..up };
        assert_eq!(up.figure("12"), "¹²");
        assert_eq!(up.figure("*"), "*");
        assert_eq!(up.figure("A"), "[A]");
        assert_eq!(down.figure("12"), "[12]");
    }
}
