//! Words as they are compared: without case, accents and apostrophes; and the small words of the languages of notes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word without case and accents, apostrophes alike, letters with a stroke as those without.
pub(super) fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)) {
        match c {
            '‘' | '’' | 'ʼ' => folded.push('\''),
            '‐' | '‑' => folded.push('-'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            c => folded.extend(c.to_lowercase().filter(|&c| !is_combining_mark(c))),
        }
    }
    folded
}

/// Characters that stand inside a word without being seen: soft hyphen, zero-width space, joiners.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character belongs to a script that is written without blanks between words.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// A word that a title may begin with in one note and lack in the next: *The Literature of Harlem*, "Literature of
/// Harlem" (Chicago drops the article in short titles).
pub(super) fn is_article(folded: &str) -> bool {
    ["the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los", "las"]
        .contains(&folded)
        || ["il", "lo", "gli", "l", "de", "het", "een", "o", "os", "as"].contains(&folded)
}

/// A word that stays small in the capitals of an English title.
pub(super) fn is_minor(folded: &str) -> bool {
    is_article(folded)
        || [
            "of", "and", "in", "on", "to", "for", "with", "by", "from", "at", "or", "as", "into", "nor",
            "but",
        ]
        .contains(&folded)
        || ["und", "von", "zur", "zum", "im", "et", "du", "des", "en", "y", "del", "e", "di", "i", "v", "vs"]
            .contains(&folded)
}

/// A word of titles that many works share: without an author *Sämtliche Werke* says nothing.
pub(super) fn is_collective(folded: &str) -> bool {
    const WORDS: [&str; 34] = [
        "works",
        "collected",
        "complete",
        "selected",
        "letters",
        "poems",
        "essays",
        "papers",
        "writings",
        "speeches",
        "memoirs",
        "diary",
        "diaries",
        "journal",
        "autobiography",
        "life",
        "history",
        "report",
        "reports",
        "edition",
        "introduction",
        "preface",
        "samtliche",
        "saemtliche",
        "gesammelte",
        "werke",
        "schriften",
        "briefe",
        "oeuvres",
        "completes",
        "lettres",
        "opera",
        "omnia",
        "opere",
    ];
    WORDS.contains(&folded)
}

/// A particle of a name: *van der Meer*, *de Gaulle*, *ibn Khaldun*.
pub(super) fn is_particle(folded: &str) -> bool {
    ["von", "van", "der", "den", "de", "du", "des", "la", "le", "di", "da", "del", "della", "dos", "do", "af"]
        .contains(&folded)
        || [
            "al", "el", "ibn", "bin", "ben", "zu", "zur", "zum", "ter", "ten", "y", "st", "d", "o", "av",
            "vom",
        ]
        .contains(&folded)
}

/// A word that joins two authors or two works.
pub(super) fn is_and(folded: &str) -> bool {
    ["and", "&", "und", "et", "y", "и", "och", "og"].contains(&folded)
}

/// The beginning of a date: months of the commoner languages, seasons.
pub(super) fn is_month(folded: &str) -> bool {
    const STEMS: [&str; 17] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "spring",
        "summer", "autumn", "fall", "winter",
    ];
    const NAMES: [&str; 28] = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "sept",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "marz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "juin",
        "juillet",
        "aout",
        "decembre",
    ];
    STEMS.contains(&folded) || NAMES.contains(&folded)
}

/// Whether a figure may be a year of print or of a letter.
pub(super) fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1400..=2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_calls_the_same_word_is_the_same() {
        for (word, folded) in [
            ("North", "north"),
            ("Éditions", "editions"),
            ("d’Ablancourt", "d'ablancourt"),
            ("Straße", "strasse"),
            ("ΤΆΔΕ", "ταδε"),
            ("co\u{ad}op", "coop"),
            ("Там", "там"),
        ] {
            assert_eq!(fold(word), folded);
        }
    }

    #[test]
    fn pages_are_not_years() {
        assert!(is_year("1953") && !is_year("183") && !is_year("1002a") && !is_year("2749"));
    }
}
