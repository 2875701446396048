//! What one cell shows: the last gate before the terminal, and how far terminals can be trusted with it.

use ratatui::buffer::CellWidth;
use unicode_properties::UnicodeEmoji;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::look::Look;
use crate::document::clean;
use crate::layout::width::cells;

/// What stands for a symbol that may not reach a terminal.
pub(super) const TOFU: char = '□';

/// A grapheme in its look, over one column or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    text: Text,
    /// In columns; 0 where the glyph before it goes on.
    pub width: u16,
    pub look: Look,
}

/// Nearly every glyph is a single character, which costs no allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Char(char),
    Cluster(Box<str>),
}

/// Whether terminals agree on how many columns a glyph takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// All of them do.
    Sure,
    /// One column; two where the terminal is set up for East Asian text.
    Ambiguous,
    /// Emoji and clusters: anything from one column up to this many.
    Doubtful(u16),
}

impl Glyph {
    /// An empty cell of an empty screen.
    pub const BLANK: Self = Self { text: Text::Char(' '), width: 1, look: Look::PLAIN };

    /// What stands in the columns of a wide glyph after its first.
    pub const COVERED: Self = Self { text: Text::Char(' '), width: 0, look: Look::PLAIN };

    /// The glyph of one character that is known to be safe and one column wide.
    pub fn plain(character: char, look: Look) -> Self {
        let look = if character == ' ' { look.on_blank() } else { look };
        Self { text: Text::Char(character), width: 1, look }
    }

    /// The glyph of a cell's symbol, unless it may not reach a terminal.
    pub fn new(symbol: &str, look: Look) -> Option<Self> {
        if !is_safe(symbol) {
            return None;
        }
        let mut characters = symbol.chars();
        // As wide as the page takes it to be, on terminals that give ambiguous characters two columns.
        let width = || symbol.cell_width().max(cells(symbol));
        match (characters.next(), characters.next()) {
            (Some(only @ ' '..='~'), None) => Some(Self::plain(only, look)),
            (Some(only), None) => Some(Self { text: Text::Char(only), width: width(), look }),
            _ => Some(Self { text: Text::Cluster(symbol.into()), width: width(), look }),
        }
    }

    pub fn is_ascii(&self) -> bool {
        matches!(self.text, Text::Char(c) if c.is_ascii())
    }

    pub fn is_space(&self) -> bool {
        self.text == Text::Char(' ')
    }

    pub fn write(&self, bytes: &mut Vec<u8>) {
        match &self.text {
            Text::Char(c) => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
            Text::Cluster(cluster) => bytes.extend(cluster.bytes()),
        }
    }

    pub fn trust(&self) -> Trust {
        match &self.text {
            Text::Char(c) if c.is_ascii() => Trust::Sure,
            Text::Char(c) if c.is_emoji_char() => Trust::Doubtful(2),
            // Many a terminal also gives two columns to é, ω or ж.
            Text::Char(c) if *c < '\u{500}' || c.width() != c.width_cjk() => Trust::Ambiguous,
            Text::Char(_) => Trust::Sure,
            // Where a cluster is not understood, each of its characters may be shown by itself.
            Text::Cluster(cluster) => {
                let most = cluster.chars().map(|c| c.width_cjk().unwrap_or_default().max(1)).sum::<usize>();
                Trust::Doubtful(u16::try_from(most).unwrap_or(u16::MAX))
            }
        }
    }
}

/// Whether a cell's symbol may reach a terminal: one grapheme of visible characters, of a bounded size.
fn is_safe(symbol: &str) -> bool {
    // Some syllables of Indic scripts take three columns, a few four.
    const WIDEST: u16 = 4;
    clean::is_safe(symbol)
        && (symbol.len() == 1
            || symbol.graphemes(true).nth(1).is_none() && (1..=WIDEST).contains(&symbol.cell_width()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_symbols_pass() {
        for symbol in [
            "a",
            " ",
            "é",
            "e\u{301}",
            "“",
            "中",
            "한",
            "각",
            "क्षि",
            "ﷺ",
            "👩\u{200d}🚀",
            "👍🏽",
            "❤\u{fe0f}",
            "🇫🇷",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "\u{a0}",
            "\u{3000}",
            "ｶﾞ",
            "□",
        ] {
            assert!(is_safe(symbol), "{symbol:?} should pass");
        }
    }

    #[test]
    fn nothing_else_does() {
        let flood = format!("a{}", "\u{301}".repeat(9));
        let family = format!("👩{}", "\u{200d}👩".repeat(20));
        let cases = [
            "",
            "\0",
            "\t",
            "\n",
            "\x1b",
            "\x7f",
            "\u{9b}",
            "\u{85}",
            "ab",
            "a\x1b",
            "\x1b[31m",
            "\u{301}",
            "\u{200d}",
            "\u{fe0f}",
            "\u{200b}",
            "\u{ad}",
            "\u{2060}",
            "\u{feff}",
            "\u{202e}",
            "a\u{202e}",
            "\u{2066}",
            "\u{200e}",
            "\u{61c}",
            "\u{34f}",
            "a\u{34f}",
            "\u{3164}",
            "\u{115f}",
            "\u{e000}",
            "\u{10ffff}",
            "\u{fdd0}",
            "\u{378}",
            "\u{2028}",
            "\u{2029}",
            "\u{e0041}",
            "a\u{e0041}",
            "🏴\u{e0067}",
            "🏴\u{e007f}",
            "a\u{fe00}",
            "中\u{e0100}",
            "\u{fff9}",
            &flood,
            &family,
        ];
        for symbol in cases {
            assert!(!is_safe(symbol), "{symbol:?} should not pass");
        }
    }

    #[test]
    fn trust_is_kept_for_what_all_terminals_agree_on() {
        let cases = [
            ("a", Trust::Sure),
            ("č", Trust::Ambiguous),
            ("ḍ", Trust::Sure),
            ("中", Trust::Sure),
            ("、", Trust::Sure),
            ("“", Trust::Ambiguous),
            ("ж", Trust::Ambiguous),
            ("─", Trust::Ambiguous),
            ("🦀", Trust::Doubtful(2)),
            ("e\u{301}", Trust::Doubtful(2)),
            ("👩\u{200d}🚀", Trust::Doubtful(5)),
            ("❤\u{fe0f}", Trust::Doubtful(2)),
        ];
        for (symbol, trust) in cases {
            assert_eq!(Glyph::new(symbol, Look::PLAIN).map(|glyph| glyph.trust()), Some(trust), "{symbol}");
        }
    }
}
