//! How many cells a text takes: one rule for everything, summed over graphemes as they are painted.
//!
//! Of some characters (`—`, `“`, `§`, `…`) only the terminal knows whether they take one cell or two. What is measured
//! and painted for it is therefore done within [`measured`]; outside of it they take one.

use super::Ambiguous;
use std::cell::Cell;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

thread_local! {
    /// The cells of ambiguous characters in the work that is being done.
    static AMBIGUOUS: Cell<Ambiguous> = const { Cell::new(Ambiguous::Narrow) };
}

/// Does some work for a terminal that gives ambiguous characters so many cells.
pub fn measured<T>(ambiguous: Ambiguous, work: impl FnOnce() -> T) -> T {
    /// Puts back what was, whatever becomes of the work.
    struct Before(Ambiguous);
    impl Drop for Before {
        fn drop(&mut self) {
            AMBIGUOUS.set(self.0);
        }
    }
    let _before = Before(AMBIGUOUS.replace(ambiguous));
    work()
}

/// The cells one grapheme takes: 0, 1 or 2. Characters that are never sent to a terminal take none.
pub fn cells(grapheme: &str) -> u16 {
    match grapheme.as_bytes() {
        [] => 0,
        [b' '..=b'~'] => 1,
        [_] => 0,
        _ if matches!(
            grapheme,
            "\u{ad}" | "\u{200b}" | "\u{2060}" | "\u{200d}" | "\u{200c}" | "\u{feff}"
        ) =>
        {
            0
        }
        _ => {
            // Half-width sound marks extend a grapheme, yet every terminal gives them a cell of their own.
            let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
            let wide = match AMBIGUOUS.get() {
                Ambiguous::Narrow => grapheme.width(),
                Ambiguous::Wide => grapheme.width_cjk(),
            };
            (wide.min(2) + sound_marks).min(2) as u16
        }
    }
}

/// How far apart the stops of the tab are in code.
const TAB: u16 = 4;

/// The cells a grapheme of code takes where `used` cells of its line are taken.
pub fn advance(used: u16, grapheme: &str) -> u16 {
    if grapheme == "\t" { TAB - used % TAB } else { cells(grapheme) }
}

/// The cells a text takes on one line.
pub fn width(text: &str) -> u16 {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return text.len().min(u16::MAX as usize) as u16;
    }
    text.graphemes(true).fold(0, |sum: u16, g| sum.saturating_add(cells(g)))
}

/// As much of the start of a text as fits into `room` cells.
pub fn fitting(text: &str, room: u16) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += cells(grapheme);
        if used > room {
            return &text[..at];
        }
    }
    text
}

/// A text cut to `room` cells; what is cut off is said by `…`.
pub fn ellipsis(text: &str, room: u16) -> std::borrow::Cow<'_, str> {
    if width(text) <= room {
        return text.into();
    }
    match room {
        0 => "".into(),
        // Not behind a comma: what is cut off is more than a pause.
        _ => format!("{}…", fitting(text, room - 1).trim_end_matches([' ', ',', ';', ':', '-'])).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::clean::{Place, clean};
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    #[test]
    fn widths_are_those_of_the_painted_cells() {
        for (text, cells) in [
            ("abc", 3),
            ("Léon", 4),
            ("日本", 4),
            ("👨‍👩‍👧‍👦", 2),
            ("👍🏽", 2),
            ("❤️", 2),
            ("co\u{ad}op", 4),
            ("a\u{200b}b", 2),
            ("“—…”", 4),
            ("ｶﾞ", 2),
            ("🇫🇷", 2),
            ("☎\u{fe0f}", 2),
            ("1\u{fe0f}\u{20e3}", 2),
            ("e\u{301}", 1),
            ("한국", 4),
            ("ａ", 2),
            ("שלום", 4),
            ("שָׁלוֹם", 4),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn ambiguous_characters_take_what_the_terminal_gives_them() {
        for (text, narrow, wide) in
            [("“—…”", 4, 8), ("§ 12", 4, 5), ("¹", 1, 2), ("abc", 3, 3), ("日本", 4, 4)]
        {
            assert_eq!(width(text), narrow, "{text}");
            assert_eq!(measured(Ambiguous::Wide, || width(text)), wide, "{text}");
        }
        assert_eq!(measured(Ambiguous::Wide, || measured(Ambiguous::Narrow, || width("—")) + width("—")), 3);
        assert_eq!(width("—"), 1, "it holds within the work alone");
    }

    #[test]
    fn cut_texts_say_so() {
        assert_eq!(ellipsis("one two", 7), "one two");
        assert_eq!(ellipsis("one two", 5), "one…");
        assert_eq!(ellipsis("one, two", 5), "one…");
        assert_eq!(ellipsis("日本語", 5), "日本…");
        assert_eq!(ellipsis("日本語", 4), "日…");
    }

    proptest! {
        #[test]
        fn a_grapheme_is_as_wide_as_ratatui_paints_it(text in "\\PC{0,8}") {
            for g in clean(&text, Place::Line).graphemes(true) {
                prop_assert_eq!(cells(g), g.cell_width().min(2), "{:?}", g);
            }
        }
    }
}
