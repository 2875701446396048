//! Lines that run from right to left, or both ways: the order in which their graphemes are shown.
//!
//! Most terminals show characters in the order in which they come, so Hebrew and Arabic have to be reordered for them
//! (UAX #9), line by line. Those that reorder by themselves would undo it: VTE (GNOME Terminal, Tilix, Ptyxis) since 0.58,
//! Konsole, mlterm, mintty and Apple's Terminal. Neither way are the letters of Arabic joined by us: that is the font's.
//!
//! What is meant for other programs, for speech or for braille stays in the order in which it is read: pipes, `--linear`.

use super::Bidi;
use super::set::Line;
use super::width::width;
use crate::document::Document;
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

/// How the lines of a block find the side on which they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Each stretch as most of its letters run.
    Each,
    /// All as most letters of the block run: the columns of a table are the same in every row.
    Together,
    /// All at the left: code.
    Left,
}

/// Tells the lines of a block the directions of their graphemes.
pub fn direct(text: &str, block: &Range<usize>, sides: Sides, lines: &mut [Line]) {
    let together = sides == Sides::Together && leftward(&text[block.clone()]);
    let mut lines = lines.iter_mut().peekable();
    let mut from = block.start;
    for stretch in text[block.clone()].split('\n') {
        let end = from + stretch.len();
        let leftward = match sides {
            Sides::Each => leftward(stretch),
            Sides::Together => together,
            Sides::Left => false,
        };
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

/// A grapheme as it is shown at a level: brackets open towards their text, and what would join an emoji to its neighbour
/// in the other order is gone.
pub fn mirrored(grapheme: Cow<'_, str>, level: Level) -> Cow<'_, str> {
    let joins = grapheme.ends_with('\u{200d}') && !grapheme.starts_with(is_leftward);
    if level.is_rtl() && joins {
        return grapheme.trim_end_matches('\u{200d}').to_owned().into();
    }
    let mut chars = grapheme.chars();
    let mirror = match (chars.next(), chars.next()) {
        (Some(c), None) if level.is_rtl() => unicode_bidi_mirroring::get_mirrored(c),
        _ => None,
    };
    mirror.map_or(grapheme, |c| c.to_string().into())
}

/// The side at which lines begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// As in the West.
    Left,
    /// As in Hebrew and Arabic.
    Right,
}

/// The side at which a text begins: the right if most of its letters run from there, and we are to see to it.
pub fn side(text: &str, bidi: Bidi) -> Side {
    let right = bidi == Bidi::Ours && runs_left(text) && leftward(text);
    if right { Side::Right } else { Side::Left }
}

/// A text of one line as it is to be painted, unless the terminal brings it into order.
pub fn shown(text: &str, bidi: Bidi) -> Cow<'_, str> {
    shown_from(side(text, bidi), text, bidi)
}

/// The same of a text that begins at a side whatever stands in it: a message, a line that is being typed, a part of a
/// line.
pub fn shown_from(side: Side, text: &str, bidi: Bidi) -> Cow<'_, str> {
    let base = match side {
        Side::Left => Level::ltr(),
        Side::Right => Level::rtl(),
    };
    match bidi {
        Bidi::Ours if runs_left(text) || side == Side::Right => {
            ordered(text, base).into_iter().map(|(_, grapheme)| grapheme).collect::<String>().into()
        }
        Bidi::Ours | Bidi::Terminal => text.into(),
    }
}

/// How much of a document tells which way it is read, in bytes.
const TELLING: usize = 4096;

/// Whether a document is read from right to left: if most letters of its beginning are.
pub fn reads_left(document: &Document) -> bool {
    let body = &document.text()[document.body()];
    leftward(&body[..body.floor_char_boundary(TELLING)])
}

/// The cell at which the cursor stands before the grapheme at a byte of a text that is shown from the left: in
/// what runs from right to left it stands on the letter that comes next.
pub fn cell_before(text: &str, byte: usize, bidi: Bidi) -> u16 {
    if bidi == Bidi::Terminal || !runs_left(text) || byte >= text.len() {
        return width(text.get(..byte).unwrap_or(text));
    }
    let graphemes = ordered(text, Level::ltr());
    let before = graphemes.iter().take_while(|(at, _)| *at != byte);
    before.map(|(_, grapheme)| width(grapheme)).sum()
}

/// The graphemes of a text of one line in the order in which they are shown, each with its byte.
fn ordered(text: &str, base: Level) -> Vec<(usize, Cow<'_, str>)> {
    let info = ParagraphBidiInfo::new(text, Some(base));
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let levels: Vec<Level> =
        graphemes.iter().map(|(at, _)| info.levels.get(*at).copied().unwrap_or(base)).collect();
    let show = |i: usize| (graphemes[i].0, mirrored(graphemes[i].1.into(), levels[i]));
    order(&levels).into_iter().map(show).collect()
}

/// What stands before a line, as it stands at the right of one that runs from right to left.
pub fn turned(lead: &str) -> String {
    let level = |g: &str| {
        if g.chars().any(|c| c.is_alphanumeric() && !is_leftward(c)) {
            Level::new(2).unwrap_or(Level::rtl())
        } else {
            Level::rtl()
        }
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
        for (text, shown_as, from_left) in [
            ("שלום (abc) 12", "12 (abc) םולש", "םולש (abc) 12"),
            ("שלום עולם (abc)", "(abc) םלוע םולש", "םלוע םולש (abc)"),
            ("to שלום (now)", "to םולש (now)", "to םולש (now)"),
            ("plain", "plain", "plain"),
        ] {
            assert_eq!(shown(text, Bidi::Ours), shown_as);
            assert_eq!(shown_from(Side::Left, text, Bidi::Ours), from_left);
            assert_eq!(shown(text, Bidi::Terminal), text);
            assert_eq!(shown_from(Side::Left, text, Bidi::Terminal), text);
        }
    }

    #[test]
    fn the_cursor_of_a_typed_line_stands_at_what_comes_next() {
        // Shown as `to םולש x`.
        let line = "to שלום x";
        for (before, cell) in [("", 0), ("to ", 6), ("to ש", 5), ("to שלו", 3), ("to שלום", 7), (line, 9)]
        {
            assert_eq!(cell_before(line, before.len(), Bidi::Ours), cell, "behind {before:?}");
        }
        assert_eq!(cell_before(line, "to ש".len(), Bidi::Terminal), 4);
    }

    #[test]
    fn leads_are_turned_whole() {
        assert_eq!(turned("12. "), " .12");
        assert_eq!(turned("[9] "), " [9]");
        assert_eq!(turned("¹² "), " ¹²");
        assert_eq!(turned("• "), " •");
        assert_eq!(turned("שנה: "), " :הנש");
    }
}
