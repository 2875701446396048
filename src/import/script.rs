//! Words above and below the line.

/// Words as they stand above the line, or below it, where every one of their characters can.
pub(super) fn moved(words: &str, below: bool) -> String {
    const PLAIN: &str = "0123456789+-=()−";
    let moved = if below {
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋"
    } else {
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻"
    };
    let one = |c| PLAIN.chars().position(|p| p == c).and_then(|i| moved.chars().nth(i));
    words.chars().map(one).collect::<Option<String>>().unwrap_or_else(|| words.to_owned())
}

/// The figure that one above the line stands for.
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

/// Words with the figures that stand above the line put on it.
pub(super) fn lowered(words: &str) -> String {
    words.chars().map(|c| raised(c).and_then(|figure| char::from_digit(figure, 10)).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_moved_and_words_are_not() {
        for (words, below, told) in
            [("12", false, "¹²"), ("2", true, "₂"), ("−6", false, "⁻⁶"), ("th", false, "th")]
        {
            assert_eq!(moved(words, below), told);
        }
        assert_eq!(lowered("⁰¹²³⁴⁵⁶⁷⁸⁹ a₁"), "0123456789 a₁");
    }
}
