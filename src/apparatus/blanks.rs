//! Blanks before signs that follow their word.

use super::finding::FindingKind;
use super::slips::Slip;
use std::collections::HashMap;

/// Signs that follow their word without a blank, and those that do not. A text that parts them often does so by rule,
/// as French does.
#[derive(Default)]
pub(super) struct Blanks {
    tight: HashMap<char, u32>,
    stray: HashMap<char, Vec<(usize, String)>>,
    last: String,
}

impl Blanks {
    /// Reads a word with the blank behind it, which begins at `at`.
    pub fn read(&mut self, chunk: &str, at: usize) {
        let word = chunk.trim_end();
        let mut signs = word.chars();
        match (signs.next(), signs.next()) {
            (Some(sign @ (':' | ';' | ',' | '?' | '!')), None) => {
                if self.last.ends_with(char::is_alphanumeric) {
                    self.stray.entry(sign).or_default().push((at, format!("{} {sign}", self.last)));
                }
            }
            _ => {
                let sign = word.chars().next_back().unwrap_or(' ');
                *self.tight.entry(sign).or_default() += 1;
            }
        }
        word.clone_into(&mut self.last);
        if chunk.ends_with('\n') {
            self.last.clear();
        }
    }

    /// The signs that stand apart, if those of their kind seldom do.
    pub fn stray(self, found: &mut Vec<Slip>) {
        for (sign, places) in self.stray {
            if places.len() as u32 * 20 <= self.tight.get(&sign).copied().unwrap_or(0) {
                found.extend(places.into_iter().map(|(at, text)| Slip {
                    at,
                    kind: FindingKind::StrayBlank,
                    right: Some(text.replacen(' ', "", 1)),
                    text,
                }));
            }
        }
    }
}
