//! Names of authors: `Robert C. North`, `North`, `M. I. Sladkovsky`, `Marx and Engels`, `Фенухин В. И.`

use super::token::{Shape, Token};
use super::word::{is_and, is_han, is_minor, is_particle};

/// The most words a name has; more is a title or a body of men.
const WORDS: usize = 5;

/// Words about a person or about what he did, beside the name.
const BESIDE: [&str; 34] = [
    "dr",
    "prof",
    "rev",
    "sir",
    "mr",
    "mrs",
    "ms",
    "miss",
    "lord",
    "lady",
    "gen",
    "col",
    "jr",
    "sr",
    "ii",
    "iii",
    "phd",
    "ed",
    "eds",
    "editor",
    "editors",
    "hrsg",
    "hg",
    "trans",
    "transl",
    "translator",
    "dir",
    "comp",
    "red",
    "ред",
    "al",
    "mme",
    "mlle",
    "ubers",
];

/// The name of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The name that short citations use, folded.
    pub surname: Box<str>,
    /// The other names or initials, folded; particles left out.
    pub given: Vec<Box<str>>,
}

impl Name {
    /// Whether both may be one person: one surname, and first names that do not contradict each other. Two authors of
    /// one surname are told apart by the first name (Turabian, shortened notes).
    pub fn may_be(&self, other: &Name) -> bool {
        let agree = |a: &str, b: &str| {
            let initial = a.chars().count() == 1 || b.chars().count() == 1;
            if initial { a.chars().next() == b.chars().next() } else { a == b }
        };
        self.surname == other.surname
            && match (self.given.first(), other.given.first()) {
                (Some(a), Some(b)) => agree(a, b),
                _ => true,
            }
    }
}

/// Whether a word tells what a person did, or stands beside a name: `ed.`, `Hrsg.`, `Dr.`
pub(super) fn is_beside(folded: &str) -> bool {
    BESIDE.contains(&folded)
}

/// The names in a run of tokens, if it holds nothing but names.
pub(super) fn names(tokens: &[&Token]) -> Option<Vec<Name>> {
    tokens.split(|t| !t.capital && is_and(&t.folded)).map(name).collect()
}

/// How many tokens a surname takes with the initials behind it, where a title follows without a comma: `Фенухин В. И.
/// Конфликты` (GOST R 7.0.5). In Latin letters `Robert C. North` is no such thing.
pub(super) fn inverted(tokens: &[Token]) -> Option<usize> {
    let surname =
        tokens.first().filter(|t| t.plain() && t.capital && t.shape == Shape::Word && !is_initial(t))?;
    let initials =
        tokens[1..].chunks_exact(2).take_while(|pair| is_initial(&pair[0]) && pair[1].is('.')).count();
    let end = 1 + 2 * initials;
    let cyrillic = surname.folded.chars().all(|c| matches!(c, '\u{400}'..='\u{52f}'));
    (initials > 0 && cyrillic && end < tokens.len()).then_some(end)
}

fn name(tokens: &[&Token]) -> Option<Name> {
    let mut words = Vec::new();
    for token in tokens {
        match token.shape {
            Shape::Figure => return None,
            Shape::Sign
                if token.is('.') || token.is(',') || token.is(':') && words.len() == tokens.len() - 1 => {}
            Shape::Sign => return None,
            Shape::Word if is_beside(&token.folded) => {}
            Shape::Word if token.folded.bytes().any(|b| b.is_ascii_digit()) || is_opening(token) => {
                return None;
            }
            Shape::Word if token.capital || is_particle(&token.folded) => words.push(*token),
            Shape::Word => return None,
        }
    }
    let plain: Vec<&Token> = words.into_iter().filter(|t| t.capital && !small(t)).collect();
    if plain.len() > WORDS {
        return None;
    }
    let last_first = plain.len() > 1 && plain[1..].iter().all(|t| is_initial(t)) && !is_initial(plain[0]);
    let (surname, given) = if last_first { plain.split_first()? } else { plain.split_last()? };
    if is_initial(surname) {
        return None;
    }
    Some(Name { surname: surname.folded.clone(), given: given.iter().map(|t| t.folded.clone()).collect() })
}

/// A word that is no part of a name though it begins with a capital: `As Djilas`, `The Times`.
pub(super) fn is_opening(token: &Token) -> bool {
    is_minor(&token.folded) && !is_particle(&token.folded) && token.folded.len() > 1
}

/// A particle that begins with a capital, as at the start of a note: `De Gaulle`. A single letter is an initial.
fn small(token: &Token) -> bool {
    is_particle(&token.folded) && !is_initial(token)
}

fn is_initial(token: &Token) -> bool {
    let mut letters = token.folded.chars();
    token.capital && letters.next().is_some_and(|c| !is_han(c)) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::token::read;
    use super::*;

    #[test]
    fn names_are_told_from_titles() {
        for (text, shown) in [
            ("North", Some("north")),
            ("Robert C. North", Some("north, robert c")),
            ("M. I. Sladkovsky", Some("sladkovsky, m i")),
            ("Фенухин В. И.", Some("фенухин, в и")),
            ("Ludwig van Beethoven", Some("beethoven, ludwig")),
            ("De Gaulle", Some("gaulle")),
            ("O. Vladimirov and V. Ryazantsev", Some("vladimirov, o + ryazantsev, v")),
            ("Howard ZINN", Some("zinn, howard")),
            ("Dr. Paul Rohrbach, ed.", Some("rohrbach, paul")),
            ("Conversations with Stalin", None),
            ("Noveyshaya istoriya Kitaya", None),
            ("The Near East", None),
            ("37th Congress", None),
            ("A. B.", None),
        ] {
            let tokens = read(text);
            let show = |n: Name| {
                if n.given.is_empty() {
                    n.surname.to_string()
                } else {
                    format!("{}, {}", n.surname, n.given.join(" "))
                }
            };
            let tokens: Vec<&Token> = tokens.iter().collect();
            let found = names(&tokens).map(|n| n.into_iter().map(show).collect::<Vec<_>>().join(" + "));
            assert_eq!(found.as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn first_names_tell_two_authors_apart() {
        let one = |text: &str| {
            let tokens = read(text);
            names(&tokens.iter().collect::<Vec<_>>()).unwrap().remove(0)
        };
        assert!(one("R. North").may_be(&one("Robert C. North")));
        assert!(one("North").may_be(&one("Robert C. North")));
        assert!(!one("W. Moor").may_be(&one("Francis Moor")));
    }
}
