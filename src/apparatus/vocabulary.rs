//! The commoner words of English, so that a word can be told from the slip of one.
//!
//! `words.txt` holds in its first part the words that several English books of the public domain share; in its second
//! words that are right though they look like a slip of one (*hooks* beside *books*), and names of nations. What regular
//! endings make of a word is not listed.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<[HashSet<&str>; 2]> = LazyLock::new(|| {
    let (common, others) = include_str!("words.txt").split_once("\n\n").unwrap_or_default();
    [common, others].map(|part| part.split_whitespace().collect())
});

/// Endings, and what may stand in their place in the word that has them not.
const ENDINGS: [(&str, &[&str]); 32] = [
    ("'s", &[""]),
    ("ies", &["y"]),
    ("es", &["", "e"]),
    ("s", &[""]),
    ("ied", &["y"]),
    ("ed", &["", "e"]),
    ("ing", &["", "e"]),
    ("ily", &["y"]),
    ("ly", &["", "le"]),
    ("ers", &["", "e"]),
    ("er", &["", "e"]),
    ("ors", &["e", ""]),
    ("or", &["e", ""]),
    ("est", &["", "e"]),
    ("ness", &[""]),
    ("less", &[""]),
    ("ful", &[""]),
    ("able", &["", "e"]),
    ("ation", &["e", ""]),
    ("ations", &["e", ""]),
    ("ion", &["e", ""]),
    ("ions", &["e", ""]),
    ("ment", &[""]),
    ("ments", &[""]),
    ("ity", &["", "e"]),
    ("al", &["", "e"]),
    ("ally", &["", "al"]),
    ("ive", &["e", ""]),
    ("ism", &[""]),
    ("ist", &[""]),
    ("ists", &[""]),
    ("en", &["", "e"]),
];

/// Whether a word in small letters is a common one, as it stands.
pub(super) fn is_common(word: &str) -> bool {
    WORDS[0].contains(word)
}

/// Whether a word in small letters is known, or made of a known one by a regular ending.
pub(super) fn knows(word: &str) -> bool {
    let listed = |word: &str| WORDS.iter().any(|part| part.contains(word));
    listed(word) || stems(word).any(|stem| listed(&stem))
}

/// What a word may be without its ending: `gathering` → `gather`, `running` → `run`.
fn stems(word: &str) -> impl Iterator<Item = String> + '_ {
    let cut = |(ending, others): &(&str, &'static [&'static str])| {
        let stem = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3)?;
        Some((stem.to_owned(), *others))
    };
    ENDINGS.iter().filter_map(cut).flat_map(|(stem, others)| {
        let mut letters = stem.chars().rev();
        let twice = letters.next() == letters.next();
        let single = twice.then(|| stem.chars().take(stem.chars().count() - 1).collect::<String>());
        others.iter().map(move |other| format!("{stem}{other}")).chain(single).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_with_their_endings() {
        for word in ["notice", "noticed", "gathering", "speaking", "running", "hooks", "happily", "unify"] {
            assert!(knows(word), "{word}");
        }
        for word in ["nofice", "clalms", "tung", "englishspeaking"] {
            assert!(!knows(word), "{word}");
        }
    }

    #[test]
    fn the_list_is_in_order() {
        let parts: Vec<&str> = include_str!("words.txt").split("\n\n").collect();
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(|part| part.split_whitespace().is_sorted()));
    }
}
