//! What is looked for: the letters of an anchor's words and of what stood around them.

use super::super::letters::letters;
use super::super::{Anchor, Tells};

/// The letters of the end of a range that is looked for by its ends.
const END: usize = 96;

/// How many letters of the neighbourhood help to find words that were edited.
pub(super) const HELP: usize = 48;

/// What is looked for, in letters.
pub(super) struct Sought {
    pub(super) words: Vec<u8>,
    /// What stood before them, the nearest first.
    pub(super) left: Vec<u8>,
    /// What stood behind them, the nearest first.
    pub(super) right: Vec<u8>,
    pub(super) tells: Tells,
    pub(super) section: String,
    /// How much of the text stood before them.
    pub(super) fraction: f64,
}

impl Sought {
    /// For an anchor as it is kept.
    pub(super) fn new(anchor: &Anchor) -> Sought {
        let mut left = letters(&anchor.prefix);
        left.reverse();
        Sought {
            words: letters(&anchor.exact),
            left,
            right: letters(if anchor.tail.is_empty() { &anchor.suffix } else { "" }),
            tells: anchor.tells,
            section: anchor.sec.clone(),
            fraction: anchor.frac,
        }
    }

    /// The first of the words, the others being what stands behind them.
    pub(super) fn head(&self) -> Sought {
        let half = (self.words.len() / 2).min(END);
        let (head, rest) = self.words.split_at(half);
        let right = rest.iter().chain(&self.right).take(HELP).copied().collect();
        Sought {
            words: head.to_vec(),
            left: self.left.clone(),
            right,
            tells: self.tells.of_a_part(),
            section: self.section.clone(),
            fraction: self.fraction,
        }
    }

    /// The last of the words, the others being what stands before them.
    pub(super) fn tail(anchor: &Anchor, sought: &Sought) -> Sought {
        let words = if anchor.tail.is_empty() { sought.words.clone() } else { letters(&anchor.tail) };
        let half = (words.len() / 2).min(END);
        let (rest, tail) = words.split_at(words.len() - half);
        let left = rest.iter().rev().chain(if anchor.tail.is_empty() { &sought.left[..] } else { &[] });
        Sought {
            words: tail.to_vec(),
            left: left.take(HELP).copied().collect(),
            right: letters(&anchor.suffix),
            tells: sought.tells.of_a_part(),
            section: sought.section.clone(),
            fraction: sought.fraction,
        }
    }
}
