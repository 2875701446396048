//! Words that were broken at the end of a line, and whose hyphen is the printer's.
//!
//! That cannot be known from the line alone. It is taken for so where the text has the word elsewhere in one piece, and
//! nowhere with a hyphen in the middle of a line; else the hyphen stays.

use super::lines::Line;
use std::collections::HashMap;

/// The words of a text that were broken at line ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hyphens {
    /// In lower case and in one piece; how often the text has each so, and how often with its hyphen.
    words: HashMap<String, (usize, usize)>,
}

impl Hyphens {
    /// Looks for broken words in the lines of a text, and for the same words whole.
    pub fn of(lines: &[Line]) -> Hyphens {
        let mut words = HashMap::new();
        for pair in lines.windows(2).filter(|pair| pair[1].blanks == 0) {
            if let Some((left, right)) = parts(pair[0].text, pair[1].text) {
                words.insert(join(left, right), (0, 0));
            }
        }
        if words.is_empty() {
            return Hyphens::default();
        }
        let mut hyphens = Hyphens { words };
        for line in lines {
            hyphens.count(line.text);
        }
        hyphens
    }

    /// Whether the word that two lines part has lost nothing but its wholeness: then the hyphen goes.
    pub fn is_printers(&self, before: &str, after: &str) -> bool {
        let word = || parts(before, after).map(|(left, right)| join(left, right));
        !self.words.is_empty()
            && before.ends_with('-')
            && word()
                .and_then(|word| self.words.get(&word))
                .is_some_and(|(whole, parted)| *whole > 0 && *parted == 0)
    }

    fn count(&mut self, line: &str) {
        for word in line.split(|c: char| !c.is_alphabetic() && c != '-') {
            // The last word of a line may be one of the broken ones itself.
            let parted = word.trim_matches('-').contains('-');
            let key = match (parted, word.bytes().all(|b| b.is_ascii_lowercase())) {
                (false, true) => self.words.get_mut(word),
                _ => self.words.get_mut(&word.replace('-', "").to_lowercase()),
            };
            match key {
                Some((_, count)) if parted => *count += 1,
                Some((count, _)) if !word.ends_with('-') => *count += 1,
                Some(_) | None => {}
            }
        }
    }
}

/// The two parts of a word that is broken between two lines, by a single hyphen and into small letters.
fn parts<'a>(before: &'a str, after: &'a str) -> Option<(&'a str, &'a str)> {
    let left = before.strip_suffix('-').filter(|l| !l.ends_with('-'))?;
    let start = left.char_indices().rev().take(40).take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    // `man-of-war`: a word of several hyphens keeps them all.
    let compound = left[..start].ends_with('-') || after[end..].starts_with('-');
    (end > 0 && after.starts_with(char::is_lowercase) && !compound).then(|| (&left[start..], &after[..end]))
}

fn join(left: &str, right: &str) -> String {
    format!("{left}{right}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn a_hyphen_is_the_printers_where_the_word_stands_whole() {
        for (text, printers) in [
            ("the light-\nhouse stood; a lighthouse stands", true),
            ("the light-\nhouse stood; a light-house stands", false),
            ("the Light-\nhouse stood; lighthouse, light-house", false),
            ("the light-\nhouse stood", false),
            ("the light-\nHouse stood; a lighthouse stands", false),
            ("the light--\nhouse stood; a lighthouse stands", false),
            ("the man-of-\nwar stood; a manofwar, a ofwar", false),
            ("Die Leucht-\ntürme; viele Leuchttürme", true),
        ] {
            let lines = split(text);
            assert_eq!(Hyphens::of(&lines).is_printers(lines[0].text, lines[1].text), printers, "{text}");
        }
    }
}
