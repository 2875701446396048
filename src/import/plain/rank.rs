//! What a heading says of its rank: `Part One`, `Chapter 4`, `II.`, `2.3. Title`, `Introduction`.

use super::shape;
use super::wording;
use super::words;

/// The word of a part, and of a chapter, in lower case; a number follows it.
const PARTS: &str = "part|book|volume|teil|buch|partie|livre|parte|libro|liber|часть";
const CHAPTERS: &str = "\
    chapter|chap|kapitel|chapitre|capitolo|capítulo|caput|глава|section|sect|subsect|abschnitt|letter|\
    lecture|essay|canto|act|scene|appendix|anhang|annexe|anexo|appendice|hoofdstuk|rozdział";

/// Numbers in words.
const NUMBERS: &str =
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|the";

/// Names that headings have, in lower case.
const NAMES: &str = "\
    introduction|introductory|preface|foreword|prologue|epilogue|conclusion|conclusions|contents|\
    table of contents|abstract|summary|acknowledgements|acknowledgments|bibliography|references|appendix|\
    dedication|postscript|afterword|background|discussion|einleitung|vorwort|nachwort|schluss|inhalt|\
    inhaltsverzeichnis|anhang|avant-propos|préface|conclusione|introduzione|prefazione|introducción|\
    prólogo|conclusión|введение|предисловие|заключение|содержание|序|序言|前言|序章|はじめに|おわりに|結論|结论|目錄|目录|目次";

/// Where a heading stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Rank {
    /// What is underlined: its level.
    Underlined(u8),
    /// `Part One`
    Part,
    /// `Chapter 4`, `II.`
    Chapter,
    /// `2.3.`: how many numbers.
    Decimal(u8),
    /// Nothing but its words.
    Bare,
    /// A name that headings have: as high as any.
    Named,
}

/// The rank of a line that is a heading by its label or its name alone.
pub(in crate::import) fn rank(text: &str) -> Option<Rank> {
    let text = text.trim();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if words::has(NAMES, &bare) {
        return Some(Rank::Named);
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let kind = first.trim_end_matches(['.', ':']).to_lowercase();
    let number = words.next().unwrap_or_default();
    let numbered = is_number(number) && text.starts_with(char::is_uppercase);
    let sentence = text.ends_with(['.', ',', ';'])
        && !wording::is_capitals(text)
        && words.count() > 6
        && !(numbered && number.ends_with(':'));
    if sentence {
        return None;
    }
    match () {
        () if words::has(PARTS, &kind) && numbered => Some(Rank::Part),
        () if words::has(CHAPTERS, &kind) && numbered => Some(Rank::Chapter),
        () if roman(text).is_some() => Some(Rank::Chapter),
        () if first.starts_with('第') => ordinal(first),
        () => decimal(first, text),
    }
}

/// `第三章`
fn ordinal(first: &str) -> Option<Rank> {
    match first.chars().skip(1).find(|c| !"一二三四五六七八九十百〇0123456789".contains(*c))? {
        '章' | '回' | '節' | '节' | '話' | '话' => Some(Rank::Chapter),
        '部' | '編' | '编' | '卷' | '篇' => Some(Rank::Part),
        _ => None,
    }
}

/// `2.3. Title`, `4. Title`.
fn decimal(first: &str, text: &str) -> Option<Rank> {
    let numbers: Vec<&str> = first.trim_end_matches('.').split('.').collect();
    let figures = numbers.iter().all(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    let title = text[first.len()..].trim_start();
    let titled = title.starts_with(char::is_uppercase) && !shape::ends_sentence(title);
    match numbers.len() {
        1 if !first.ends_with('.') => None,
        1 => (figures && (titled && wording::is_titled(title, true) || is_loud(title)))
            .then_some(Rank::Decimal(1)),
        n => (figures && (titled || wording::is_capitals(title))).then_some(Rank::Decimal(n.min(9) as u8)),
    }
}

/// Whether a title is written in capitals, and more than their first word is.
fn is_loud(title: &str) -> bool {
    wording::is_capitals(title) && title.len() > 5
}

/// The rank of a line that a table of contents lists: its number says it, whatever follows.
pub(super) fn listed(text: &str) -> Rank {
    let first = text.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
    let numbers = first.split('.').count();
    let mut parts = first.split('.');
    let lead = parts.next().is_some_and(|p| p.len() == 1 || p.bytes().all(|b| b.is_ascii_digit()));
    let figures = parts.all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    match rank(text) {
        Some(rank) => rank,
        None if numbers > 1 && lead && figures => Rank::Decimal(numbers.min(9) as u8),
        None => Rank::Bare,
    }
}

/// Whether a line begins as a labelled heading does, whatever follows.
pub(super) fn is_labelled(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let bare = first.trim_end_matches(['.', ':', ')']);
    let word = bare.to_lowercase();
    words::has(CHAPTERS, &word)
        || words::has(PARTS, &word)
        || is_roman(bare)
        || first.len() > bare.len() && bare.starts_with(|c: char| c.is_ascii_digit())
        || bare.len() <= 8 && bare.contains('.')
}

/// `CHAPTER IV.`, without a title.
pub(in crate::import) fn is_bare(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let kind = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    words::has(CHAPTERS, &kind) && words.next().is_some_and(is_number) && words.next().is_none()
}

fn is_number(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let figures = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    figures || is_roman(&word.to_uppercase()) || word.len() == 1 || words::has(NUMBERS, &word.to_lowercase())
}

/// The number of a line that is a roman number below a hundred and no more.
pub(super) fn roman(text: &str) -> Option<u32> {
    wording::roman(text.trim().trim_end_matches('.')).filter(|number| *number <= 100)
}

fn is_roman(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|b| b"IVXLC".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_the_rank() {
        for (text, told) in [
            ("PART ONE", Some(Rank::Part)),
            ("Chapter 12: The Statute, 1992–2002", Some(Rank::Chapter)),
            ("CHAP. IV.", Some(Rank::Chapter)),
            ("XIV", Some(Rank::Chapter)),
            ("1.2. The Lower Steps", Some(Rank::Decimal(2))),
            ("1. The Lower Steps", Some(Rank::Decimal(1))),
            ("1. THE LOWER STEPS.", Some(Rank::Decimal(1))),
            ("  XIV. ", Some(Rank::Chapter)),
            ("Introduction.", Some(Rank::Named)),
            ("Chapter 2: Of the Stair, and of What the Keeper Counted on It.", Some(Rank::Chapter)),
            ("Chapter 2 tells of the stair, and of what the keeper counted on it.", None),
            ("第三章　管晏列傳", Some(Rank::Chapter)),
            ("The Lower Steps", None),
            ("12 King Street", None),
            ("1. the oil was cold", None),
            ("part of the oil", None),
            ("Part 1 of the oil was cold, and the keeper had to warm it.", None),
        ] {
            assert_eq!(rank(text), told, "{text}");
        }
        for (text, number) in
            [("XIV.", Some(14)), ("IX", Some(9)), ("XLII", Some(42)), ("IIX", None), ("MDC", None)]
        {
            assert_eq!(roman(text), number, "{text}");
        }
        for (text, told) in [
            ("4.1. control", Rank::Decimal(2)),
            ("5.15.1. manpage.1.ex", Rank::Decimal(3)),
            ("A.2. debian/symbols", Rank::Decimal(2)),
            ("manpage.1.ex", Rank::Bare),
            ("Chapter 1", Rank::Chapter),
        ] {
            assert_eq!(listed(text), told, "{text}");
        }
        assert!(is_bare("CHAPTER IV."));
        assert!(!is_bare("Chapter 1: The Stair"));
    }
}
