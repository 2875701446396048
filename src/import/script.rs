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
    }
}
