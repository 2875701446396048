//! Numbers as people type them, where they may call a note, or begin one: `[1]`, `¹`, `(1)`, and one that is glued to the
//! word before it.

use crate::import::script;
use std::ops::Range;

/// The longest word before a raised number whose power it may be: `km`, `x`.
const UNIT: usize = 2;

/// How a number in the text may call a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// It is raised.
    Raised,
    /// It is typed with raised digits.
    Typed,
    /// It stands in square brackets.
    Bracketed,
    /// It stands in round brackets, as numbers of things do.
    Rounded,
    /// It stands behind a word, without a blank.
    Glued,
}

impl Style {
    /// All of them, the surest last.
    pub const ALL: [Style; 5] = [Style::Glued, Style::Rounded, Style::Bracketed, Style::Typed, Style::Raised];

    /// Whether numbers are often printed so that call nothing.
    pub fn is_doubtful(self) -> bool {
        match self {
            Style::Rounded | Style::Glued => true,
            Style::Raised | Style::Typed | Style::Bracketed => false,
        }
    }
}

/// A number in words, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    pub range: Range<usize>,
    pub number: u32,
    pub style: Style,
}

/// The numbers in words that may call notes. `before` is what stands before the words in their block.
pub(super) fn numbers(before: &str, words: &str) -> Vec<Printed> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = words[at..].find(is_digit).map(|i| at + i) {
        let run = &words[start..];
        let raised = !run.starts_with(|c: char| c.is_ascii_digit());
        let end = run
            .find(|c: char| !is_digit(c) || c.is_ascii_digit() == raised)
            .map_or(words.len(), |i| start + i);
        at = end;
        found.extend(number(if start == 0 { before } else { &words[..start] }, words, start..end, raised));
    }
    found
}

fn number(before: &str, words: &str, range: Range<usize>, raised: bool) -> Option<Printed> {
    let value = value(&words[range.clone()])?;
    let (last, next) = (before.chars().next_back(), words[range.end..].chars().next());
    let whole = |style| {
        let range = range.start.checked_sub(1)?..range.end + 1;
        Some(Printed { range, number: value, style })
    };
    let own = |style| Some(Printed { range: range.clone(), number: value, style });
    match (last, next) {
        _ if raised => (!is_power(before)).then(|| own(Style::Typed))?,
        (Some('['), Some(']')) => whole(Style::Bracketed),
        (Some('('), Some(')')) => whole(Style::Rounded),
        (Some(last), next) if is_glued(before, last) && next.is_none_or(ends) => own(Style::Glued),
        _ => None,
    }
}

/// Whether a number stands at the end of a word or behind its stop, and not in a larger number.
fn is_glued(before: &str, last: char) -> bool {
    let inner = before.chars().rev().nth(1);
    match last {
        '.' | ',' | ':' | ';' => inner.is_some_and(|c| !c.is_ascii_digit() && !c.is_whitespace()),
        '!' | '?' | '”' | '’' | '"' | '\'' | ')' | ']' | '»' => true,
        last => last.is_alphabetic() && inner.is_some_and(char::is_alphabetic),
    }
}

/// Whether a character can stand behind the number of a note.
fn ends(next: char) -> bool {
    next.is_whitespace() || matches!(next, '.' | ',' | ';' | ':' | ')' | '”' | '"' | '—')
}

/// The number that words begin with as a note does: `[1] `, `1. `, `(1) `, `¹`.
pub(super) fn label(words: &str) -> Option<u32> {
    let typed = words.len() - words.trim_start_matches(is_raised).len();
    if typed > 0 {
        return value(&words[..typed]);
    }
    let open = words.starts_with(['[', '(']);
    let rest = words.trim_start_matches(['[', '(']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest[..digits].parse().ok()?;
    let after = rest[digits..].chars().next();
    let closed = match after {
        Some(']') => open,
        Some(')' | '.') => rest[digits + 1..].starts_with(char::is_whitespace),
        _ => false,
    };
    closed.then_some(number)
}

/// Whether a number raised behind words is no mark but a power of theirs, or stands before what it belongs to: `5 km`,
/// `x`, and `C` behind it.
pub(super) fn is_power(before: &str) -> bool {
    let words = before.trim_end();
    let unit = words.chars().rev().take(UNIT + 1).take_while(|c| c.is_alphanumeric()).count();
    words.is_empty()
        || words.ends_with(|c: char| c.is_ascii_digit())
        || words.ends_with(char::is_alphabetic) && (unit <= UNIT || words.len() < before.len())
}

/// Whether a character is a digit, be it on the line or above it.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_raised(c)
}

/// Whether a character is a digit above the line.
pub(super) fn is_raised(c: char) -> bool {
    script::raised(c).is_some()
}

/// What stands behind the label of a note that words begin with, on the line or above it.
pub(super) fn behind_label<'a>(words: &'a str, label: &str) -> Option<&'a str> {
    let raised = words.len() - words.trim_start_matches(is_raised).len();
    words
        .strip_prefix(label)
        .or((raised > 0 && script::lowered(&words[..raised]) == label).then_some(&words[raised..]))
}

/// The value of digits, on the line or above it; none that is too large for a note.
fn value(digits: &str) -> Option<u32> {
    let few = digits.chars().count() <= 4;
    few.then(|| script::lowered(digits).parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_what_is_around_them() {
        let found = |words: &str| {
            let found = numbers("", words).into_iter();
            found.map(|p| (words[p.range].to_owned(), p.number, p.style)).collect::<Vec<_>>()
        };
        for (words, marks) in [
            ("one[1] two [12].", &[("[1]", 1, Style::Bracketed), ("[12]", 12, Style::Bracketed)][..]),
            ("word¹ and²⁰; 5 km² x³", &[("¹", 1, Style::Typed), ("²⁰", 20, Style::Typed)]),
            ("one (1), of 1849.", &[("(1)", 1, Style::Rounded)]),
            (
                "camp.1 state.”10 In archives,5 too",
                &[("1", 1, Style::Glued), ("10", 10, Style::Glued), ("5", 5, Style::Glued)],
            ),
            ("3.5 and 1,400 and p. 87, F-16, 1949. 12345678901", &[]),
            ("", &[]),
        ] {
            let marks: Vec<_> = marks.iter().map(|(w, n, s)| ((*w).to_owned(), *n, *s)).collect();
            assert_eq!(found(words), marks, "{words}");
        }
    }

    #[test]
    fn labels_are_set_off() {
        for (words, number) in [
            ("[1] See", Some(1)),
            ("12. See", Some(12)),
            ("(3) See", Some(3)),
            ("⁴ See", Some(4)),
            ("¹²See", Some(12)),
            ("1 May", None),
            ("1.5 m", None),
            ("See", None),
        ] {
            assert_eq!(label(words), number, "{words}");
        }
    }
}
