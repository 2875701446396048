//! What names a note: a number, a letter, a sign, or a page and what stands on it.
//!
//! The same label may be printed in many ways, `[12]`, `（一二）`, `⑫`: what is compared is its value.

use super::words;
use crate::import::script;

/// Longer ones are words, in bytes.
pub(super) const LONGEST: usize = 40;

/// Words that stand before the number in a label: `[Note 3]`, `[FN#3]`, `（註一）`.
const WORDS: &str = "\
    footnote|foot-note|foot note|endnote|note|fn|n|nb|fußnote|fussnote|anmerkung|anm|nota|註|注|註釋|注释|脚注|訳注|原注";

/// Signs that call a note.
const SIGNS: &str = "*†‡§¶#‖|";

/// What names a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Label {
    /// `12`, `一二`, `⑫`; and `12a`, `12:3`, where the page comes first: then the second number is not 0.
    Number(u32, u32),
    /// `A`, `AA`, `iv`: its letters, five bits each.
    Letters(u32),
    /// `*`, `††`: which and how many.
    Sign(char, u8),
    /// A note without a label, or whose label was lost.
    Unnamed,
}

/// What kind of label it is: each kind has a numbering of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// Numbers, with or without something on a page.
    Number,
    /// Letters.
    Letters,
    /// Signs.
    Sign,
    /// No label.
    Unnamed,
}

impl Label {
    /// The label of a plain number.
    pub const fn number(number: u32) -> Label {
        Label::Number(number, 0)
    }

    /// What kind it is of.
    pub const fn kind(self) -> Kind {
        match self {
            Label::Number(..) => Kind::Number,
            Label::Letters(_) => Kind::Letters,
            Label::Sign(..) => Kind::Sign,
            Label::Unnamed => Kind::Unnamed,
        }
    }

    /// The number, where it is one and no more.
    pub const fn plain(self) -> Option<u32> {
        match self {
            Label::Number(number, 0) => Some(number),
            Label::Number(..) | Label::Letters(_) | Label::Sign(..) | Label::Unnamed => None,
        }
    }

    /// Whether a numbering starts with it.
    pub fn is_first(self) -> bool {
        match self {
            Label::Number(number, _) => number == 1,
            Label::Letters(letters) => letters == 1 || letters == u32::from(b'i' - b'a' + 1),
            Label::Sign(_, count) => count == 1,
            Label::Unnamed => true,
        }
    }

    /// How many places later in one numbering another stands, if it stands later.
    pub fn distance(self, later: Label) -> Option<u32> {
        match (self, later) {
            (Label::Number(a, 0), Label::Number(b, 0)) => b.checked_sub(a).filter(|d| *d > 0),
            (Label::Number(a, i), Label::Number(b, j)) => ((a, i) < (b, j)).then_some(1),
            (Label::Letters(a), Label::Letters(b)) => {
                let single = |l: u32| l < 32;
                let (a, b) = (a, if single(a) || !single(b) { b } else { 0 });
                if single(b) { b.checked_sub(a).filter(|d| *d > 0) } else { (a < b).then_some(1) }
            }
            (Label::Sign(..), Label::Sign(..)) => Some(1),
            _ => None,
        }
    }

    /// What stands inside the brackets of a mark, or before the words of a note.
    pub fn read(text: &str) -> Option<Label> {
        if text.len() > LONGEST {
            return None;
        }
        let bare = text.trim_matches(|c: char| c == '_' || c.is_whitespace());
        Label::bare(bare).or_else(|| {
            let end = bare.find(|c: char| c.is_numeric() || is_kanji(c)).unwrap_or(0);
            let word = bare[..end].trim_end_matches(['.', ' ', '\n', '_', '#', '-']).to_lowercase();
            (words::has(WORDS, &word)).then(|| Label::bare(&bare[end..])).flatten()
        })
    }

    fn bare(text: &str) -> Option<Label> {
        let first = text.chars().next()?;
        if SIGNS.contains(first) {
            let count = text.chars().count();
            return (count <= 5 && text.chars().all(|c| c == first))
                .then_some(Label::Sign(first, count as u8));
        }
        if first.is_ascii_alphabetic() {
            return letters(text).map(Label::Letters);
        }
        if let Some(number) = circled(first) {
            return (text.len() == first.len_utf8()).then_some(Label::number(number));
        }
        let end = text.find(|c: char| digit(c).is_none()).unwrap_or(text.len());
        let number = digits(&text[..end]).or_else(|| kanji(text).filter(|_| end == 0))?;
        let rest = if end == 0 { "" } else { &text[end..] };
        let mut more = rest.chars();
        match (more.next(), more.as_str()) {
            (None, _) => Some(Label::number(number)),
            (Some(letter), "") if letter.is_ascii_lowercase() => {
                Some(Label::Number(number, u32::from(letter) - u32::from('a') + 1))
            }
            (Some(':'), place) => digits(place).map(|place| Label::Number(number, place)),
            _ => None,
        }
    }
}

/// The number that up to four figures spell, all of one kind.
pub(super) fn digits(text: &str) -> Option<u32> {
    let first = text.chars().next()?;
    let kind = |c: char| (c.is_ascii_digit(), script::raised(c).is_some());
    let number = text.chars().try_fold(0, |number, c| {
        let digit = digit(c).filter(|_| kind(c) == kind(first))?;
        Some(number * 10 + digit).filter(|n| (1..=9999).contains(n))
    })?;
    Some(number)
}

/// The figure a character stands for.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| script::raised(c)).or_else(|| match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    })
}

/// The number in a circle, in brackets of its own, or with its own stop.
pub(super) const fn circled(c: char) -> Option<u32> {
    match c {
        '①'..='⑳' => Some(c as u32 - '①' as u32 + 1),
        '⑴'..='⒇' => Some(c as u32 - '⑴' as u32 + 1),
        '㉑'..='㉟' => Some(c as u32 - '㉑' as u32 + 21),
        '㊱'..='㊿' => Some(c as u32 - '㊱' as u32 + 36),
        '❶'..='❿' => Some(c as u32 - '❶' as u32 + 1),
        _ => None,
    }
}

/// A number in Han figures, figure by figure (`一〇三`) or with tens and hundreds (`百三`, `二十一`).
fn kanji(text: &str) -> Option<u32> {
    let (mut number, mut figures, mut placed) = (0, 0, false);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                let figure = "〇一二三四五六七八九".chars().position(|k| k == c || (k == '〇' && c == '○'));
                figures = figures * 10 + u32::try_from(figure?).ok()?;
                continue;
            }
        };
        placed = true;
        number += figures.max(1) * unit;
        figures = 0;
        if number > 9999 {
            return None;
        }
    }
    let number = if placed { number + figures } else { figures };
    (text.chars().count() <= 6 && (1..=9999).contains(&number)).then_some(number)
}

fn is_kanji(c: char) -> bool {
    "〇一二三四五六七八九十百○".contains(c)
}

/// One or two letters, one several times (`AAA`), or a small roman number; capitals and small letters are the same.
fn letters(text: &str) -> Option<u32> {
    let alike = text.len() <= 5 && text.bytes().all(|b| text.starts_with(char::from(b)));
    let roman = text.len() <= 6 && text.bytes().all(|b| b"ivxlc".contains(&b));
    let alphabetic = text.bytes().all(|b| b.is_ascii_alphabetic());
    let pack = |packed, b: u8| packed << 5 | u32::from(b.to_ascii_lowercase() - b'a' + 1);
    (alphabetic && (text.len() <= 2 || alike || roman)).then(|| text.bytes().fold(0, pack))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_any_dress() {
        for (text, label) in [
            ("12", Some(Label::number(12))),
            ("１２", Some(Label::number(12))),
            ("¹²", Some(Label::number(12))),
            ("⑫", Some(Label::number(12))),
            ("一二", Some(Label::number(12))),
            ("十二", Some(Label::number(12))),
            ("一〇三", Some(Label::number(103))),
            ("二百一", Some(Label::number(201))),
            ("註一", Some(Label::number(1))),
            ("Note 3", Some(Label::number(3))),
            ("Endnote\n52:1", Some(Label::Number(52, 1))),
            ("FN#12", Some(Label::number(12))),
            ("fn-12", Some(Label::number(12))),
            ("n 12", Some(Label::number(12))),
            ("18a", Some(Label::Number(18, 1))),
            ("_A_", Some(Label::Letters(1))),
            ("a", Some(Label::Letters(1))),
            ("AA", Some(Label::Letters(33))),
            ("CCC", Some(Label::Letters((3 * 32 + 3) * 32 + 3))),
            ("viii", Some(Label::Letters(((22 * 32 + 9) * 32 + 9) * 32 + 9))),
            ("**", Some(Label::Sign('*', 2))),
            ("0", None),
            ("12345", None),
            ("1²", None),
            ("sic", None),
            ("abc", None),
            ("1917–1920", None),
            ("Smith 3", None),
            ("", None),
        ] {
            assert_eq!(Label::read(text), label, "{text}");
        }
    }

    #[test]
    fn labels_follow_each_other() {
        let distance = |a, b| Label::read(a).unwrap().distance(Label::read(b).unwrap());
        for (a, b, told) in [
            ("1", "2", Some(1)),
            ("1", "4", Some(3)),
            ("2", "2", None),
            ("17", "18a", Some(1)),
            ("18b", "18a", None),
            ("18b", "20", Some(1)),
            ("A", "B", Some(1)),
            ("Z", "AA", Some(1)),
            ("AA", "BB", Some(1)),
            ("B", "A", None),
            ("*", "†", Some(1)),
            ("1", "B", None),
        ] {
            assert_eq!(distance(a, b), told, "{a} {b}");
        }
    }
}
