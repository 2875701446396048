//! Lines that run from right to left, or both ways: the order in which their graphemes are shown.
//!
//! Most terminals show characters in the order in which they come, so Hebrew and Arabic have to be reordered for them
//! (UAX #9), line by line. Those that reorder by themselves would undo it: VTE (GNOME Terminal, Tilix, Ptyxis) since 0.58,
//! Konsole, mlterm, mintty and Apple's Terminal. Neither way are the letters of Arabic joined by us: that is the font's.

use super::set::Line;
use std::borrow::Cow;
use std::ops::Range;
use unicode_bidi::{BidiClass, BidiInfo, Level, ParagraphBidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

/// The directions of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    /// Whether its paragraph runs from right to left, and so stands at the right.
    pub leftward: bool,
    /// The level of each of its bytes.
    levels: Box<[Level]>,
}

impl Levels {
    /// The level of the grapheme that begins at a byte of the line.
    pub fn at(&self, byte: usize) -> Level {
        let base = if self.leftward { Level::rtl() } else { Level::ltr() };
        self.levels.get(byte).copied().unwrap_or(base)
    }
}

/// Whether anything in a text runs from right to left.
pub fn runs_left(text: &str) -> bool {
    // Nothing below Hebrew does; the first two bytes tell.
    text.bytes().any(|b| b >= 0xd6) && text.chars().any(is_leftward)
}

fn is_leftward(c: char) -> bool {
    c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
}

/// Whether a paragraph is to be read from right to left: if most of its letters are. (UAX #9 looks at the first letter
/// alone, for want of the rest; a Hebrew paragraph may well begin with a Latin name.)
fn leftward(paragraph: &str) -> bool {
    let mut balance = 0_i64;
    for c in paragraph.chars() {
        match bidi_class(c) {
            BidiClass::L => balance -= 1,
            BidiClass::R | BidiClass::AL => balance += 1,
            _ => {}
        }
    }
    balance > 0
}

/// Tells the lines of a block the directions of their graphemes. Of what is `code` the lines begin at the left.
pub fn direct(text: &str, block: &Range<usize>, code: bool, lines: &mut [Line]) {
    let mut lines = lines.iter_mut().peekable();
    let mut from = block.start;
    for stretch in text[block.clone()].split('\n') {
        let end = from + stretch.len();
        let leftward = !code && leftward(stretch);
        if leftward || runs_left(stretch) {
            let base = if leftward { Level::rtl() } else { Level::ltr() };
            let info = ParagraphBidiInfo::new(stretch, Some(base));
            while let Some(line) = lines.next_if(|line| line.range.start <= end) {
                let bytes = line.range.start.saturating_sub(from)..line.range.end.saturating_sub(from);
                let levels = info.levels.get(bytes).unwrap_or(&[]).into();
                line.levels = Some(Box::new(Levels { leftward, levels }));
            }
        } else {
            while lines.next_if(|line| line.range.start <= end).is_some() {}
        }
        from = end + 1;
    }
}

/// The order from left to right in which things of these levels are shown.
pub fn order(levels: &[Level]) -> Vec<usize> {
    BidiInfo::reorder_visual(levels)
}

/// A grapheme as it is shown at a level: brackets open towards their text.
pub fn mirrored(grapheme: Cow<'_, str>, level: Level) -> Cow<'_, str> {
    let mut chars = grapheme.chars();
    let mirror = match (chars.next(), chars.next()) {
        (Some(c), None) if level.is_rtl() => unicode_bidi_mirroring::get_mirrored(c),
        _ => None,
    };
    mirror.map_or(grapheme, |c| c.to_string().into())
}

/// A text of one line, as it is shown.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !runs_left(text) {
        return text.into();
    }
    let base = if leftward(text) { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(base));
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let levels: Vec<Level> =
        graphemes.iter().map(|(at, _)| info.levels.get(*at).copied().unwrap_or(base)).collect();
    order(&levels).into_iter().map(|i| mirrored(graphemes[i].1.into(), levels[i])).collect::<String>().into()
}

/// What stands before a line, as it stands at the right of one that runs from right to left.
pub fn turned(lead: &str) -> String {
    let level = |g: &str| match g.chars().any(char::is_alphanumeric) {
        true => Level::new(2).unwrap_or(Level::rtl()),
        false => Level::rtl(),
    };
    let graphemes: Vec<&str> = lead.graphemes(true).collect();
    let levels: Vec<Level> = graphemes.iter().map(|g| level(g)).collect();
    order(&levels).into_iter().map(|i| mirrored(graphemes[i].into(), levels[i])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_runs_as_most_of_its_letters_do() {
        for (text, expected) in [
            ("שלום עולם", true),
            ("NASA שלחה חללית", true),
            ("The word שלום is Hebrew.", false),
            ("1948", false),
            ("مرحبا", true),
        ] {
            assert_eq!(leftward(text), expected, "{text}");
        }
        assert!(runs_left("a שa") && !runs_left("日本語 “a”"));
    }

    #[test]
    fn a_line_by_itself_is_shown_as_it_is_read() {
        assert_eq!(shown("שלום (abc) 12"), "12 (abc) םולש");
        assert_eq!(shown("to שלום (now)"), "to םולש (now)");
        assert_eq!(shown("plain"), "plain");
    }

    #[test]
    fn leads_are_turned_whole() {
        assert_eq!(turned("12. "), " .12");
        assert_eq!(turned("[9] "), " [9]");
        assert_eq!(turned("¹² "), " ¹²");
        assert_eq!(turned("• "), " •");
    }
}
