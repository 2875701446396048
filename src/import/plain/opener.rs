//! The number that opens a note at the start of a line.

/// How a number stands before a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `1. Text`
    Dot,
    /// `1) Text`
    Round,
    /// `[1] Text`, `^[1] Text`
    Square,
    /// `1 Text`
    Bare,
    /// `¹ Text`
    Raised,
}

/// The number a line opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opener {
    /// Its value.
    pub number: usize,
    /// How it stands there.
    pub style: Style,
    /// The byte at which the words begin.
    pub words: usize,
}

/// The number that a line opens with, if it may open a note.
pub(super) fn opener(text: &str) -> Option<Opener> {
    let square = text.strip_prefix('[').or_else(|| text.strip_prefix("^["));
    let inner = square.unwrap_or(text);
    let end = inner.find(|c: char| !c.is_ascii_digit() && raised(c).is_none()).unwrap_or(inner.len());
    let (digits, rest) = inner.split_at(end);
    let number = number(digits)?;
    let (style, rest) = match rest.chars().next() {
        Some(']') if square.is_some() => (Style::Square, &rest[1..]),
        _ if square.is_some() => return None,
        _ if !digits.is_ascii() => (Style::Raised, rest.strip_prefix('.').unwrap_or(rest)),
        Some('.') => (Style::Dot, &rest[1..]),
        Some(')') => (Style::Round, &rest[1..]),
        Some(c) if c.is_whitespace() => (Style::Bare, rest),
        _ => return None,
    };
    let words = rest.trim_start();
    // `1.5 million` and `1.e4` open nothing; `1.See` has lost a blank.
    let parted = words.len() < rest.len() || style == Style::Raised || words.starts_with(char::is_uppercase);
    let opens = if words.is_empty() { style != Style::Bare } else { parted };
    opens.then(|| Opener { number, style, words: text.len() - words.len() })
}

/// The number that up to four figures spell, raised ones or others, not both.
pub(super) fn number(digits: &str) -> Option<usize> {
    let mut number = 0;
    for c in digits.chars() {
        let digit = if digits.is_ascii() { c.to_digit(10)? } else { raised(c)? };
        number = number * 10 + digit as usize;
        if number == 0 || number > 9999 {
            return None;
        }
    }
    (number > 0).then_some(number)
}

/// The figure that a raised one stands for.
pub(super) const fn raised(c: char) -> Option<u32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(c as u32 - '⁰' as u32),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_nothing() {
        for text in ["1.5 million", "1,000 men", "[1", "[x] y", "0. zero", "12345. much", "1", "1st", "one"] {
            assert_eq!(opener(text), None, "{text}");
        }
        assert_eq!(opener("24.See").map(|o| o.words), Some(3));
        assert_eq!(opener("1.").map(|o| o.style), Some(Style::Dot));
    }
}
