//! Headings that signs make: a line of `=`, `-` or another sign below them, as long as they are, or `== signs ==` at both
//! ends, as wikis have them.
//!
//! Each sign below is a level of its own, in the order in which they first come; a sign over the heading as well makes it
//! another level. Signs at the ends are counted.

use super::lines::Line;
use super::paragraphs;
use std::collections::{BTreeMap, BTreeSet};

/// A heading is no longer, in characters.
const LONGEST: usize = 140;

/// A line below a heading is at least so long, in characters.
const SHORTEST: usize = 3;

/// How much longer or shorter than its heading it may be, in characters.
const CARELESS: usize = 3;

/// The headings of a text that signs make.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Underlines {
    /// The level of each, by its line in the source, from 1.
    pub levels: BTreeMap<usize, u8>,
    /// The lines of signs below and over them, by their place among the lines of the text.
    rules: BTreeSet<usize>,
}

impl Underlines {
    /// Finds them.
    pub fn find(lines: &[Line]) -> Underlines {
        let mut found = Underlines::default();
        let mut styles: Vec<(char, bool)> = Vec::new();
        for at in 0..lines.len() {
            if let Some((level, _)) = flanked(lines[at].text) {
                found.levels.insert(lines[at].number, level);
                continue;
            }
            let Some((sign, length)) = sign(lines[at].text).filter(|_| at > 0 && lines[at].blanks == 0)
            else {
                continue;
            };
            let heading = &lines[at - 1];
            let width = heading.text.chars().count();
            // A line of signs is as long as what it stands below; one of a table is not, or stands below columns.
            let alike = width.abs_diff(length) <= CARELESS
                && lines[at].indent.abs_diff(heading.indent) <= CARELESS as u32;
            let words =
                heading.text.contains(char::is_alphanumeric) && !heading.text.contains(paragraphs::COLUMN);
            if !alike || !words || width > LONGEST {
                continue;
            }
            let above = at.checked_sub(2).filter(|_| heading.blanks == 0);
            let over =
                above.is_some_and(|a| sign_of(lines[a].text) == Some(sign) && !found.rules.contains(&a));
            if above.is_some() && !over {
                continue;
            }
            let level = styles.iter().position(|style| *style == (sign, over)).unwrap_or_else(|| {
                styles.push((sign, over));
                styles.len() - 1
            });
            found.levels.insert(heading.number, (level + 1).min(6) as u8);
            found.rules.insert(at);
            found.rules.extend(above.filter(|_| over));
        }
        found
    }

    /// The lines without those of signs, and without the signs at their ends; what stands below one stands apart.
    pub fn without_rules<'a>(&self, lines: &[Line<'a>]) -> Vec<Line<'a>> {
        let mut kept = Vec::with_capacity(lines.len());
        let mut blanks = 0;
        for (i, line) in lines.iter().enumerate() {
            if self.rules.contains(&i) {
                blanks = line.blanks.max(1);
                continue;
            }
            let title = flanked(line.text).map(|(_, title)| title);
            kept.push(Line { blanks: line.blanks.max(blanks), text: title.unwrap_or(line.text), ..*line });
            blanks = u32::from(title.is_some());
        }
        kept
    }

    /// Leaves what stands in the first lines of the source to others: they are the title. The levels close up.
    pub fn behind(mut self, line: usize) -> BTreeMap<usize, u8> {
        let levels = self.levels.split_off(&(line + 1));
        let present: BTreeSet<u8> = levels.values().copied().collect();
        let closed = |level: u8| (present.range(..level).count() + 1) as u8;
        levels.into_iter().map(|(line, level)| (line, closed(level))).collect()
    }
}

/// How many signs stand at both ends of a heading, and what stands between: `== The Stair ==`, `==The Stair==`
fn flanked(text: &str) -> Option<(u8, &str)> {
    let inner = text.trim_start_matches('=');
    let count = text.len() - inner.len();
    let title = inner.trim_end_matches('=');
    let words = title.trim();
    let parted = title.starts_with(' ') && title.ends_with(' ');
    let alike = inner.len() - title.len() == count && (count > 1 || parted);
    let heading = (1..=6).contains(&count) && alike && text.len() <= LONGEST;
    (heading && words.starts_with(char::is_alphanumeric) && !words.contains("=="))
        .then_some((count as u8, words))
}

/// The sign that a line is made of, and how often it stands there.
fn sign(text: &str) -> Option<(char, usize)> {
    let sign = sign_of(text)?;
    let count = text.chars().count();
    (count >= SHORTEST).then_some((sign, count))
}

fn sign_of(text: &str) -> Option<char> {
    let sign = text.chars().next().filter(|c| "=-~^\"'*+#_`:.─═—".contains(*c))?;
    text.chars().all(|c| c == sign).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn check(text: &str, told: &[(usize, u8)], left: usize) {
        let lines = split(text);
        let found = Underlines::find(&lines);
        let kept = found.without_rules(&lines);
        assert_eq!(found.levels.into_iter().collect::<Vec<_>>(), told, "{text}");
        assert_eq!(kept.len(), left, "{text}");
    }

    #[test]
    fn a_line_of_signs_below_makes_a_heading() {
        check("The Stair\n=========\n\nHe climbed.\n\nThe Log\n-------\nHe wrote.\n", &[(1, 1), (6, 2)], 4);
        check("=========\nThe Stair\n=========\n\nThe Log\n=======\n", &[(2, 1), (5, 2)], 2);
        check("The Stair\n~~~~~~~~~~~\n", &[(1, 1)], 1);
    }

    #[test]
    fn signs_at_both_ends_make_a_heading() {
        check("== The Stair ==\nHe climbed.\n\n=== The Log ===\nHe wrote.\n", &[(1, 2), (4, 3)], 4);
        check("==The Stair==\n", &[(1, 2)], 1);
        check("= a =b= or a == b\n=strong=\n== The Stair =\n=====\n", &[], 4);
    }

    #[test]
    fn other_lines_of_signs_are_left() {
        for text in [
            "The keeper climbed the stair.\n---\n",
            "He climbed\nthe stair.\n----------\n",
            "Oil      40\n-----------\nWicks    12\n",
            "He climbed.\n\n-----------\n\nHe slept.\n",
            "Yes\n--\n",
            "----------\n==========\n",
        ] {
            check(text, &[], split(text).len());
        }
    }

    #[test]
    fn the_levels_below_a_title_close_up() {
        let lines = split("The Light\n=========\n\nThe Stair\n---------\n\nThe Lamp\n~~~~~~~~\n");
        let levels = Underlines::find(&lines).behind(1);
        assert_eq!(levels.into_iter().collect::<Vec<_>>(), [(4, 1), (7, 2)]);
    }
}
