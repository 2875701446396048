//! What stands between two lines that become one.

/// The blank between a line and the next: none inside Han or kana, behind a soft hyphen, a dash or the hyphen of a
/// compound; else a space. No hyphen is ever taken away: whether it was the printer's cannot be known.
pub(super) fn between(before: &str, after: &str) -> &'static str {
    let mut back = before.chars().rev();
    let (Some(last), Some(next)) = (back.next(), after.chars().next()) else { return " " };
    let tight = match last {
        '\u{ad}' => true,
        '-' | '—' => {
            let attached = back.next().is_some_and(|c| !c.is_whitespace());
            attached && next.is_alphanumeric() && !(last == '-' && goes_on_alone(after))
        }
        last => is_cjk(last) && is_cjk(next),
    };
    if tight { "" } else { " " }
}

/// Characters that are written without blanks between words: Han, kana, their punctuation and full-width forms.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{30ff}' | '\u{31c0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
}

/// "two- and three-masted": a hyphen that hangs before one of these words stays apart.
fn goes_on_alone(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or_default();
    ["and", "or", "to", "und", "oder", "bis", "et", "ou", "e", "o", "y"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_as_they_were_parted() {
        for (before, after, seam) in [
            ("the keeper", "wrote", " "),
            ("well-", "known", ""),
            ("two-", "and three-masted", " "),
            ("a friend--", "the best", ""),
            ("a pause -", "then more", " "),
            ("one—", "two", ""),
            ("co\u{ad}", "operate", ""),
            ("管仲夷吾", "者，颍上人也", ""),
            ("者，", "颍上人也", ""),
            ("한국어는", "띄어쓴다", " "),
            ("管仲", "and", " "),
            ("", "word", " "),
        ] {
            assert_eq!(between(before, after), seam, "{before} | {after}");
        }
    }
}
