//! What a word shows by itself: two years run together, a letter in a year, letters of two alphabets.

use super::finding::FindingKind;
use super::word::is_year;

/// Cyrillic letters and the Latin ones they look like, in the same order.
const CYRILLIC: &str = "аеорсухіАВЕКМНОРСТХ";
const LATIN: &str = "aeopcyxiABEKMHOPCTX";

/// The slip that a word shows by itself, and what may be right.
pub(super) fn at_sight(word: &str) -> Option<(FindingKind, Option<String>)> {
    if word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit()) {
        let (first, second) = word.split_at(4);
        let years = is_year(first) && is_year(second) && first < second;
        return years.then(|| (FindingKind::YearsTogether, Some(format!("{first}–{second}"))));
    }
    if word.len() == 4
        && word.bytes().any(|b| b.is_ascii_digit())
        && !word.bytes().all(|b| b.is_ascii_digit())
    {
        let year = word.replace(['l', 'I'], "1").replace(['O', 'o'], "0");
        return is_year(&year).then_some((FindingKind::Misread, Some(year)));
    }
    word.split('-').any(is_mixed).then(|| (FindingKind::MixedAlphabets, one_alphabet(word)))
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, 'A'..='z' | '\u{c0}'..='\u{24f}')
}

fn is_mixed(word: &str) -> bool {
    word.chars().any(is_cyrillic) && word.chars().any(is_latin)
}

/// The word in the alphabet that most of its letters are of, if each of the others has its like there.
fn one_alphabet(word: &str) -> Option<String> {
    let latin =
        word.chars().filter(|&c| is_latin(c)).count() > word.chars().filter(|&c| is_cyrillic(c)).count();
    let (from, to) = if latin { (CYRILLIC, LATIN) } else { (LATIN, CYRILLIC) };
    let like = |c: char| from.chars().zip(to.chars()).find(|(f, _)| *f == c).map_or(c, |(_, t)| t);
    let word: String = word.chars().map(like).collect();
    (!word.split('-').any(is_mixed)).then_some(word)
}
