//! A line of a concordance set into cells: where it stands, the words before, the match, the words after.
//!
//! The matches of all lines begin in the same cell, whatever the width of the letters before them.

use super::Bidi;
use super::bidi::{self, Side};
use super::width::{ellipsis, fitting, width};
use crate::document::clean::{Place, clean};
use crate::document::{Document, Position};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The cells between the name of a place and the words.
const GAP: u16 = 2;

/// The cells that a match may take before the words to its right have less room than those to its left.
const MATCH: u16 = 12;

/// Below this width lines do not say where they stand.
const NAMED: u16 = 36;

/// The columns of a concordance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    name: u16,
    side: u16,
    room: u16,
    bidi: Bidi,
}

/// A line, its blanks included: the four put side by side, from the left, take at most the width of the concordance. What is
/// read from right to left has the words after the match at its left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where it stands: `§2 ¶5`, `note 9`.
    pub name: String,
    /// The words at the left of the match, up to its first cell.
    pub left: String,
    /// The match.
    pub found: String,
    /// The words at its right.
    pub right: String,
}

impl Columns {
    /// The columns for lines of `width` cells, whichever matches of the document they show. `bidi` tells who brings what runs
    /// from right to left into order.
    pub fn new(document: &Document, columns: u16, bidi: Bidi) -> Columns {
        let name = if columns < NAMED { 0 } else { longest_name(document).min(columns / 4) + GAP };
        let room = columns.saturating_sub(name);
        Columns { name, side: room.saturating_sub(MATCH.min(room / 3)) / 2, room, bidi }
    }

    /// A match as a line.
    pub fn line(&self, document: &Document, found: &Range<usize>) -> Line {
        let (start, end) = (Position::at(found.start), Position::at(found.end));
        // Some letters take no cell; more than these are not looked at.
        let letters = |room: u16| usize::from(room) + 40;
        let name = match self.name {
            0 => String::new(),
            cells => padded(&ellipsis(&document.name_of(start), cells - GAP), cells),
        };
        let before = one_line(document.before(start, letters(self.side)));
        let before = tail(&before, self.side);
        let room = self.room.saturating_sub(self.side);
        let found = document.text()[found.clone()].chars().take(4 * letters(room)).collect::<String>();
        let found = ellipsis(&one_line(&found), room).into_owned();
        let room = room.saturating_sub(width(&found));
        let after = one_line(document.after(end, letters(room)));
        let after = head(&after, room);
        let side = bidi::side(&[before, &found, after].concat(), self.bidi);
        let shown = |words| bidi::shown_from(side, words, self.bidi);
        let (left, cells, right) = match side {
            Side::Left => (before, self.side, after),
            // The same seen in a mirror: matches begin, at their right, in one cell.
            Side::Right => (after, room, before),
        };
        let gap = usize::from(cells.saturating_sub(width(left)));
        let left = format!("{:gap$}{}", "", shown(left));
        Line { name, left, right: shown(right).into_owned(), found: shown(&found).into_owned() }
    }
}

/// The cells of the longest name that a place of a document has.
fn longest_name(document: &Document) -> u16 {
    let paragraphs = document.sections().iter().map(|section| {
        let blocks = &document.blocks()[document.blocks_in(&section.range)];
        blocks.iter().filter(|block| block.counts()).count()
    });
    let sections = document.sections().len();
    let most = paragraphs.max().unwrap_or_else(|| document.blocks().len());
    let notes = document.notes().iter().map(|note| width(&note.mark)).max();
    let text = width(&match sections {
        0 => format!("¶{most}"),
        _ => format!("§{sections} ¶{most}"),
    });
    text.max("title".len() as u16).max(notes.map_or(0, |mark| mark + "note ".len() as u16))
}

fn padded(text: &str, cells: u16) -> String {
    let gap = usize::from(cells.saturating_sub(width(text)));
    format!("{text}{:gap$}", "")
}

fn one_line(text: &str) -> String {
    clean(text, Place::Line).replace(['\n', '\t'], " ")
}

/// As much of the end of a text as fits, cut at a word where there are any.
fn tail(text: &str, room: u16) -> &str {
    let mut used = 0;
    let fits = |(_, letter): &(usize, &str)| {
        used += super::width::cells(letter);
        used <= room
    };
    let from = text.grapheme_indices(true).rev().take_while(fits).last().map_or(text.len(), |(at, _)| at);
    let rest = &text[from..];
    // Scripts without blanks are cut at a letter.
    match rest.find(' ') {
        Some(blank) if from > 0 && !text[..from].ends_with(' ') => rest[blank..].trim_start(),
        _ => rest,
    }
}

/// As much of the start of a text as fits, cut at a word where there are any.
fn head(text: &str, room: u16) -> &str {
    let start = fitting(text, room);
    match start.rfind(' ') {
        Some(blank) if start.len() < text.len() && !text[start.len()..].starts_with(' ') => &start[..blank],
        _ => start.trim_end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Paragraph, 0, text);
        b.finish()
    }

    fn check(text: &str, found: &str, columns: u16, expected: &str) {
        let document = document(text);
        let at = document.text().find(found).unwrap();
        let line = Columns::new(&document, columns, Bidi::Ours).line(&document, &(at..at + found.len()));
        assert_eq!([line.name, line.left, "<".into(), line.found, ">".into(), line.right].concat(), expected);
    }

    #[test]
    fn words_are_cut_whole_on_either_side() {
        let text = "They were not supposed to have resigned from the camp of socialism by then.";
        check(text, "camp", 40, "¶1       from the <camp> of socialism by");
        check(text, "camp", 30, " from the <camp> of socialism by");
        check(text, "They", 40, "¶1                <They> were not supposed");
        check("日本語の本は日本の本である。", "本の", 30, "語の本は日<本の>本である。");
        check("אבג דהו, (זחט) יכל", "זחט", 24, "        לכי (<טחז>) ,והד");
        // Emoji in the other order are not joined to one.
        check("אא👩👩\u{200d}", "👩👩\u{200d}", 12, "    <👩👩>אא");
        check("une e\u{301}tude du co\u{ad}op", "tude", 30, "     une e\u{301}<tude> du coop");
    }

    proptest! {
        /// The match begins in one cell and the line ends within its width, whatever the letters.
        #[test]
        fn lines_are_aligned(text in "[a-zé日\u{301}\u{ad}\u{200d}👩א ]{1,80}", from in 0usize..80, columns in 12u16..120) {
            let document = document(&text);
            let letters: Vec<usize> = document.text().grapheme_indices(true).map(|(at, _)| at).collect();
            prop_assume!(!letters.is_empty());
            let at = letters[from % letters.len()];
            let end = letters.get(from % letters.len() + 2).copied().unwrap_or(document.text().len());
            let set = Columns::new(&document, columns, Bidi::Ours);
            let line = set.line(&document, &(at..end));
            let begins = match bidi::side(&[&*line.left, &line.found, &line.right].concat(), Bidi::Ours) {
                Side::Left => width(&line.left),
                Side::Right => set.room - width(&line.left) - width(&line.found),
            };
            prop_assert_eq!(begins, set.side);
            prop_assert!(width(&line.name) + width(&line.left) + width(&line.found) + width(&line.right) <= columns);
        }
    }
}
