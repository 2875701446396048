//! The letters of a text and nothing else: what is left of it when it is wrapped, quoted, hyphenated, set in italics or
//! encoded in another way.
//!
//! Case, accents and ligatures are folded; blanks, quotes, dashes, marks of emphasis and raised figures are left out.
//! Each letter is a byte, that of an ideograph or a syllable two: they say more. Letters beyond ASCII are told by a hash,
//! so two that differ can rarely look alike, never the other way round.

use std::ops::Range;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// How many letters lie between two that the way back is kept for.
const STEP: usize = 64;

/// The letters of a text, with the way back.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    bytes: Vec<u8>,
    /// Letters, and the bytes of the text in which they begin: of every [`STEP`]th or the next that begins a character.
    steps: Vec<(u32, u32)>,
}

impl Letters {
    /// The letters of a text.
    pub fn of(text: &str) -> Letters {
        let mut letters = Letters { bytes: Vec::with_capacity(text.len()), steps: vec![(0, 0)] };
        let mut due = STEP;
        for (at, c) in text.char_indices() {
            if letters.bytes.len() >= due {
                letters.steps.push((letters.bytes.len() as u32, at as u32));
                due = letters.bytes.len() + STEP;
            }
            fold(c, &mut letters.bytes);
        }
        letters
    }

    /// The letters, one a byte.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of `text`, which these are the letters of, that the character behind a letter has; past the last
    /// letter, the end of the text.
    pub fn source(&self, text: &str, letter: usize) -> Range<usize> {
        let step = self.steps.partition_point(|s| s.0 as usize <= letter).saturating_sub(1);
        let (mut count, from) = self.steps.get(step).map_or((0, 0), |s| (s.0 as usize, s.1 as usize));
        let mut folded = Vec::with_capacity(4);
        for (at, c) in text[from..].char_indices() {
            folded.clear();
            fold(c, &mut folded);
            count += folded.len();
            if count > letter {
                return from + at..from + at + c.len_utf8();
            }
        }
        text.len()..text.len()
    }
}

/// The letters of a few words.
pub fn letters(words: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(words.len());
    words.chars().for_each(|c| fold(c, &mut out));
    out
}

/// Whether a character is a mark on the letter before it.
pub fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// Appends the letters of a character: none of a blank or a sign, several of a ligature.
fn fold(c: char, out: &mut Vec<u8>) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c as u8),
        'A'..='Z' => out.push(c.to_ascii_lowercase() as u8),
        '\0'..='\u{7f}' => {}
        // A raised figure is the mark of a note that was not recognised.
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => {}
        c => decompose_compatible(c, |part| match part {
            'a'..='z' | '0'..='9' => out.push(part as u8),
            'A'..='Z' => out.push(part.to_ascii_lowercase() as u8),
            _ if is_combining_mark(part) || !part.is_alphanumeric() => {}
            _ => part.to_lowercase().filter(|&c| !is_combining_mark(c)).for_each(|c| beyond(c, out)),
        }),
    }
}

/// Appends what tells a letter beyond ASCII from others: bytes that no ASCII letter has.
fn beyond(c: char, out: &mut Vec<u8>) {
    let hash = (c as u32).wrapping_mul(0x9e37_79b1);
    out.push(0x80 | (hash >> 25) as u8);
    if c >= '\u{2e80}' {
        out.push(0x80 | (hash >> 18) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_compositor_changes_changes_no_letter() {
        for (one, other) in [
            ("the two camps", "the\ntwo  camps"),
            ("\"Better,\" he said", "“Better,” he said"),
            ("1942-1945 - a war", "1942–1945—a war"),
            ("Le\u{301}on", "Léon"),
            ("ﬁne", "fine"),
            ("intelli-\ngence", "intelligence"),
            ("co\u{ad}operate", "CO-OPERATE"),
            ("a *word* set _off_", "a word set off"),
            ("the end.[^3]", "the end.³3"),
            ("Ὀδυσσεύς", "ὀδυσσεύς"),
        ] {
            assert_eq!(letters(one), letters(other), "{one} / {other}");
        }
        for (one, other) in
            [("the lamp", "the lamb"), ("二十年", "二十月"), ("мир", "мор"), ("p. 182", "p. 183")]
        {
            assert_ne!(letters(one), letters(other), "{one} / {other}");
        }
        assert_eq!(letters("二十年").len(), 6);
    }

    proptest! {
        #[test]
        fn every_letter_knows_its_character(text in "[a-zA-Zéﬃß二 “.\n\u{301}\u{ad}³]{0,300}") {
            let all = Letters::of(&text);
            prop_assert_eq!(all.bytes(), letters(&text));
            let mut last = 0;
            for i in 0..all.bytes().len() {
                let source = all.source(&text, i);
                prop_assert!(source.start >= last && source.end > source.start);
                let mut folded = Vec::new();
                text[source.clone()].chars().for_each(|c| fold(c, &mut folded));
                prop_assert!(folded.contains(&all.bytes()[i]));
                last = source.start;
            }
            prop_assert_eq!(all.source(&text, all.bytes().len()), text.len()..text.len());
        }
    }
}
