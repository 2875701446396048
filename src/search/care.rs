//! What a pattern was typed with care for: a capital and an accent mean themselves.

use super::fold::{self, Case};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a pattern asks of the words it finds, beyond being the same when folded.
pub(super) struct Care {
    letters: Vec<Letter>,
    capitals: bool,
    accents: bool,
    /// The pattern, folded but for case.
    cased: String,
}

/// A letter and the accents on it.
#[derive(PartialEq, Eq)]
struct Letter {
    base: String,
    accents: String,
}

impl Care {
    /// Reads a pattern.
    pub(super) fn of(pattern: &str) -> Care {
        let letters = letters(pattern);
        let accents = letters.iter().any(|l| !l.accents.is_empty());
        let cased = letters.iter().map(|l| l.base.as_str()).collect::<String>().trim().to_owned();
        Care { letters, capitals: pattern.chars().any(char::is_uppercase), accents, cased }
    }

    /// Whether words of the text, the same as the pattern when folded, have what was asked for.
    pub(super) fn accepts(&self, text: &str) -> bool {
        if !self.capitals && !self.accents {
            return true;
        }
        // Most words are plain: their folding is themselves, and they have no accents.
        if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return !self.accents && text == self.cased;
        }
        if self.capitals && fold::pattern(text, Case::Keep).trim() != self.cased {
            return false;
        }
        if !self.accents {
            return true;
        }
        let there = letters(text);
        there.len() == self.letters.len()
            && self
                .letters
                .iter()
                .zip(&there)
                .all(|(typed, found)| typed.accents.is_empty() || typed.accents == found.accents)
    }
}

/// The letters of a text with their accents, folded but for case.
fn letters(text: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    for c in text.nfd() {
        if is_combining_mark(c) {
            if let Some(last) = out.last_mut() {
                last.accents.push(c);
            }
            continue;
        }
        let base = fold::pattern(c.encode_utf8(&mut [0; 4]), Case::Keep);
        let blank = c.is_whitespace();
        if blank && out.last().is_none_or(|l| l.base == " ") {
            continue;
        }
        if blank || !base.is_empty() {
            out.push(Letter { base: if blank { " ".to_owned() } else { base }, accents: String::new() });
        }
    }
    out
}
