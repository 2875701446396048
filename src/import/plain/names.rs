//! Whether a line is the name of a person.

use super::paragraphs::Paragraph;
use super::words;

/// How much of a text is asked whether it uses the words of a name as words.
const SAMPLE: usize = 16 * 1024;

/// What stands before the name of an author.
const BY: &str = "by|von|par|por|di|door|av";

/// Small words inside names.
const PARTICLES: &str = "de|di|da|del|della|von|van|der|den|du|la|le|y|e|und|and|et|bin";

/// What stands behind "by …" in a line that names an author.
pub(super) fn after_by(text: &str) -> Option<&str> {
    let (by, name) = text.split_once(char::is_whitespace)?;
    let name = name.trim();
    (is_by(by) && is_named(name)).then_some(name)
}

/// Whether a line is the word before a name and no more.
pub(super) fn is_by(text: &str) -> bool {
    words::has(BY, &text.trim_end_matches(':').to_lowercase())
}

/// Whether a line names an author behind "by", be it with one name only. Above a title it may be one: `By Night`.
pub(super) fn is_by_line(text: &str) -> bool {
    let single = |name: &str| name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    text.split_once(char::is_whitespace)
        .is_some_and(|(by, name)| is_by(by) && (single(name) || is_named(name)))
}

/// Whether a line has the form of a name, and the text behind it does not use its last word as a word.
pub(super) fn is_name(text: &str, body: &[Paragraph]) -> bool {
    let Some(last) = text.split_whitespace().next_back().filter(|_| is_named(text)) else { return false };
    let initial = |w: &str| w.ends_with('.') && w.chars().count() == 2;
    text.split_whitespace().any(initial) || is_unused(last, body)
}

/// Whether a line, close below a title that had room for it, is a name: the text may speak of whoever wrote it, but
/// never uses the name as a word.
pub(super) fn is_name_below(text: &str, body: &[Paragraph]) -> bool {
    let last = text.split_whitespace().next_back().filter(|_| is_named(text));
    last.is_some_and(|last| !is_word(&last.to_lowercase(), body))
}

/// Whether a text has a word in small letters.
fn is_word(word: &str, body: &[Paragraph]) -> bool {
    let mut left = SAMPLE;
    for paragraph in body {
        let text = &paragraph.text[..paragraph.text.floor_char_boundary(left)];
        if text.split(|c: char| !c.is_alphabetic()).any(|other| other == word) {
            return true;
        }
        left -= text.len();
    }
    false
}

/// The names that a line of authors holds.
pub(super) fn split(text: &str) -> Vec<String> {
    let (by, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let names = if is_by(by) { name } else { text };
    let names =
        mailless(names).trim_end_matches(['.', ',']).replace(" & ", " and ").replace(", and ", " and ");
    names.split(" and ").map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect()
}

/// Whether a line is a name with a mail address behind it: `Anna Keeper <anna@example.org>`
pub(super) fn is_addressed(text: &str) -> bool {
    mailless(text).len() < text.len() && is_named(mailless(text))
}

/// A name without its address.
fn mailless(text: &str) -> &str {
    let address = text.split_once('<').filter(|(_, rest)| rest.ends_with('>') && rest.contains('@'));
    address.map_or(text, |(name, _)| name.trim_end())
}

/// Two to eight words with capitals, particles aside, and nothing that no name has.
fn is_named(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |w: &&str| {
        words::has(PARTICLES, w)
            || w.starts_with(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | ','))
    };
    let possessive = text.contains("’s ") || text.contains("'s ");
    let full = |w: &&str| w.chars().nth(1).is_some_and(char::is_alphabetic);
    (2..=8).contains(&words.len())
        && words.iter().all(is_part)
        && !possessive
        && words.last().is_some_and(full)
}

/// A text hardly ever names its own author, and never in small letters.
fn is_unused(word: &str, body: &[Paragraph]) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let small = word.to_lowercase();
    let mut left = SAMPLE;
    let mut found = 0;
    for paragraph in body {
        let text = &paragraph.text[..paragraph.text.floor_char_boundary(left)];
        for other in text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() == word.len()) {
            found += usize::from(other == word) + 2 * usize::from(other == small && small != word);
        }
        left -= text.len();
        if found > 1 || left == 0 {
            break;
        }
    }
    found <= 1
}

#[cfg(test)]
mod tests {
    use super::super::{lines, paragraphs, shape::Shape};
    use super::*;

    #[test]
    fn names_are_told_from_titles() {
        let body = "The foreign policy of Russia was not the policy of Russia before the war.";
        let lines = lines::split(body);
        let body = paragraphs::form(&lines, Shape::of(&lines), &Default::default());
        for (text, name) in [
            ("Aaron W. Marrs", true),
            ("Joshua Botts", true),
            ("Ludwig van Beethoven", true),
            ("Foreign Policy", false),
            ("Soviet Russia", false),
            ("Stalin’s Heirs", false),
            ("The 30–Year Line", false),
            ("Sources of the Dispute", false),
            ("Aristotle", false),
        ] {
            assert_eq!(is_name(text, &body), name, "{text}");
        }
    }

    #[test]
    fn authors_are_named_behind_by() {
        assert_eq!(after_by("By Anna Keeper"), Some("Anna Keeper"));
        assert_eq!(after_by("BY ANNA KEEPER"), Some("ANNA KEEPER"));
        assert_eq!(after_by("by the light of the moon"), None);
        assert_eq!(split("by Anna Keeper and Otto Lamp"), ["Anna Keeper", "Otto Lamp"]);
        assert_eq!(split("by Lucian"), ["Lucian"]);
        assert_eq!(split("Anna Keeper <anna@example.org>"), ["Anna Keeper"]);
        assert!(split("BY").is_empty());
        for (text, told) in [("by Lucian", true), ("BY", false), ("by night he", false), ("Bynight", false)] {
            assert_eq!(is_by_line(text), told, "{text}");
        }
    }
}
