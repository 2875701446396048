//! How a short line is written: in capitals, Like a Title, as a date.

use super::words;
use crate::import::seam;

/// The beginnings of the names of months, in lower case.
const MONTHS: &str = "jan|feb|fév|mar|mär|apr|avr|may|mai|jun|jui|jul|aug|aoû|sep|oct|okt|nov|dec|dez|déc";

/// Words that stay small in a title.
const SMALL: &str = "\
    a|an|the|of|in|on|at|by|for|to|and|or|nor|but|as|vs|via|from|with|into|over|upon|onto|than|that|when|\
    under|after|about|among|between|before|behind|within|without|through|toward|towards|against|during|\
    is|are|was|its|their|his|her|de|la|von|der|des|und|du|le|s";

/// A title in Han or kana is no longer than this, in columns.
const LONGEST_HAN: usize = 50;

/// Whether a line is set in capitals; `McMILLAN` is.
pub(super) fn is_capitals(text: &str) -> bool {
    if text.chars().filter(|c| c.is_uppercase()).count() < 3 {
        return false;
    }
    let small = |word: &str| word.strip_prefix("Mc").unwrap_or(word).contains(char::is_lowercase);
    !text.split(|c: char| !c.is_alphabetic()).any(small)
}

/// Whether a line is written like a title. In English its words have capitals; elsewhere the first must do.
pub(super) fn is_titled(text: &str, english: bool) -> bool {
    let opened = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if text.ends_with(['.', ',', ';', ':', '!', '…', '-', '—', '。', '，', '；', '：']) || opened.is_empty()
    {
        return false;
    }
    if opened.chars().all(|c| seam::is_cjk(c) || !c.is_alphabetic()) {
        return opened.chars().any(seam::is_cjk) && columns(text, LONGEST_HAN) <= LONGEST_HAN;
    }
    // A number before the title is an address or a year: `12 King Street`.
    let letters = opened.trim_start_matches(|c: char| !c.is_alphabetic());
    let words = letters.split(|c: char| c.is_whitespace() || c == '-');
    let words = words.map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    let words = words.filter(|w| !w.is_empty() && !words::has(SMALL, w));
    let (all, capital) = words.fold((0, 0), |(all, capital), word| {
        (all + 1, capital + usize::from(!word.starts_with(char::is_lowercase)))
    });
    let enough = if english { capital * 4 >= all * 3 } else { text.split_whitespace().count() <= 10 };
    letters.starts_with(char::is_uppercase) && enough
}

/// Whether a word in lower case begins like the name of a month.
pub(super) fn is_month(lower: &str) -> bool {
    words::entries(MONTHS).any(|month| lower.starts_with(month))
}

/// Whether a line is a year in roman figures: `MDCCLXIX.`
pub(super) fn is_roman_year(text: &str) -> bool {
    roman(text.trim_end_matches('.')).is_some_and(|year| (1400..2100).contains(&year))
}

/// The value of roman figures, in capitals and well formed.
pub(super) fn roman(figures: &str) -> Option<u32> {
    const FIGURES: [(&str, u32); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut number) = (figures, 0);
    for (figure, value) in FIGURES {
        let most = if figure.len() == 1 && !matches!(figure, "D" | "L" | "V") { 4 } else { 1 };
        let mut count = 0;
        while let Some(behind) = rest.strip_prefix(figure).filter(|_| count < most) {
            (rest, number, count) = (behind, number + value, count + 1);
        }
    }
    (rest.is_empty() && number > 0).then_some(number)
}

/// Whether a line is a date: figures and at most a month, a day of the week and small words.
pub(super) fn is_date(text: &str) -> bool {
    let mut figures = false;
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let dated = words.clone().count() <= 6
        && words.all(|word| {
            let number = word.bytes().all(|b| b.is_ascii_digit());
            figures |= number;
            let lower = word.to_lowercase();
            number
                || lower.ends_with("day")
                || ["of", "the", "de", "th", "st", "nd"].contains(&&*lower)
                || is_month(&lower)
        });
    dated && figures
}

/// The columns a text takes, counted up to a little over `limit`.
pub(super) fn columns(text: &str, limit: usize) -> usize {
    if text.len() <= limit && text.is_ascii() {
        return text.len();
    }
    text.chars().take(limit + 1).map(|c| if seam::is_cjk(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_by_their_capitals() {
        for (text, english, titled) in [
            ("The Keeper of the Northern Light", true, true),
            ("214 Mill Lane, 1805–1811", true, true),
            ("A Quarrel over Fog", true, true),
            ("The keeper of the northern light", true, false),
            ("Der letzte Wärter des nördlichen Lichts", false, true),
            ("Building a Culture of Openness?", true, true),
            ("The Keeper.", true, false),
            ("管晏列傳", true, true),
            ("", true, false),
            ("1947", true, false),
        ] {
            assert_eq!(is_titled(text, english), titled, "{text}");
        }
    }

    #[test]
    fn capitals_are_told() {
        for (text, capitals) in [
            ("THE LAMP", true),
            ("8.1. ANGAS McMILLAN AND GIPPSLAND.", true),
            ("THE Lamp", false),
            ("A", false),
            ("1947", false),
        ] {
            assert_eq!(is_capitals(text), capitals, "{text}");
        }
    }

    #[test]
    fn dates_are_told_by_their_months() {
        for (text, date) in [
            ("12 May 1931", true),
            ("Tuesday, March 3rd", false),
            ("February 12, 2004", true),
            ("1908.", true),
            ("Chapter 12", false),
            ("May", false),
        ] {
            assert_eq!(is_date(text), date, "{text}");
        }
        assert!(is_roman_year("MDCCLXIX."));
        assert!(!is_roman_year("MILD"));
    }
}
