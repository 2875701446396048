//! Where in a work: `p. 182`, `pp. 193–195`, `p. 183 note`, `VII, 269`, `vol. 2, page 46`, `S. 5 ff.`, `第25页`.

use super::token::{Shape, Token};
use super::word::{is_and, is_year};
use std::ops::Range;

/// A place in a work, as a note prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Locator {
    /// The token behind it.
    pub end: usize,
    /// Its bytes without the word for "page": `182`, `193–195`, `VII, 269`, `vol. 2, page 46`.
    pub shown: Range<usize>,
    /// Whether no word says what its first figure counts.
    bare: bool,
    /// Whether it ends in an abbreviation: `5 ff.`
    short: bool,
}

/// The most parts of a locator, and the most figures of a part.
const MOST: usize = 24;

/// Words for a page: what follows them is a page and needs no word of its own.
const PAGES: [&str; 14] =
    ["p", "pp", "pg", "pgs", "pag", "page", "pages", "s", "seite", "seiten", "с", "стр", "at", "第"];

/// Words for the other parts of a work. A number of a series or a file is no part: it belongs to the name.
const PARTS: [&str; 45] = [
    "vol",
    "vols",
    "volume",
    "bd",
    "band",
    "bde",
    "t",
    "tome",
    "tom",
    "т",
    "book",
    "bk",
    "bks",
    "lib",
    "ch",
    "chs",
    "chap",
    "chaps",
    "chapter",
    "chapters",
    "chapitre",
    "cap",
    "capitulo",
    "capitulos",
    "kap",
    "kapitel",
    "гл",
    "§",
    "sec",
    "sect",
    "section",
    "pt",
    "part",
    "col",
    "cols",
    "fol",
    "fols",
    "l",
    "line",
    "lines",
    "art",
    "para",
    "paras",
    "rn",
    "stanza",
];

/// Words behind a figure that make it the number of an edition: `3. Aufl.`
const EDITIONS: [&str; 12] = [
    "aufl",
    "auflage",
    "ausg",
    "ausgabe",
    "uberarb",
    "uberarbeitete",
    "erw",
    "erweiterte",
    "verb",
    "verbesserte",
    "ed",
    "edition",
];

/// Abbreviations and words that trail a figure: `40 ff.`, `183 note`.
const TRAILERS: [&str; 8] = ["f", "ff", "sq", "sqq", "seq", "note", "notes", "passim"];

/// The locator that begins at a token.
pub(super) fn at(tokens: &[Token], at: usize) -> Option<Locator> {
    let mut found = unit(tokens, at)?;
    // `vol. 2, p. 46`, `Book I., ch. 193`, `VII, 269`: one locator of several parts.
    for _ in 0..MOST {
        let signs = tokens[found.end..].iter().take_while(|t| t.is(',') || t.is('.')).count();
        let Some(next) = unit(tokens, found.end + signs) else { break };
        found = Locator { shown: found.shown.start..next.shown.end, bare: found.bare, ..next };
    }
    if found.short && tokens.get(found.end).is_some_and(|t| t.is('.')) {
        found.shown.end = tokens[found.end].range.end;
        found.end += 1;
    }
    Some(found)
}

/// The locator that begins at a token in the midst of a citation. A bare figure begins one between signs only: `37th
/// Congress`, `14 J. Internet L.`, `3. Aufl.` and `No. 31` hold none.
pub(super) fn inside(tokens: &[Token], at: usize) -> Option<Locator> {
    let found = self::at(tokens, at)?;
    let sign = |t: &Token| t.shape == Shape::Sign && !t.is('-') && !t.is('/');
    // The 4 of `6.4` and the 1 of `Internet L. 1` stand behind no sign.
    let inner = |b: usize| {
        let last = b.checked_sub(1).map(|l| &tokens[l]).filter(|_| tokens[b].is('.'));
        last.is_some_and(|l| match l.shape {
            Shape::Figure => tokens[b].range.end == tokens[at].range.start,
            Shape::Word => l.capital && l.folded.len() == 1,
            Shape::Sign => false,
        })
    };
    let before =
        at.checked_sub(1).is_none_or(|b| tokens[b].run != tokens[at].run || sign(&tokens[b]) && !inner(b));
    let series = tokens[..at].iter().rev().find(|t| !t.is('.'));
    let named = series.is_some_and(|t| matches!(&*t.folded, "no" | "nos" | "nr" | "№"));
    let behind = tokens.get(found.end);
    let parted = before && behind.is_none_or(sign);
    let word = tokens.get(found.end + 1).filter(|_| behind.is_some_and(|b| b.is('.')));
    let edition = word.is_some_and(|w| EDITIONS.contains(&&*w.folded));
    if found.bare {
        return (parted && !edition && !named).then_some(found);
    }
    // `Internet L. 1` is a journal.
    let letter = tokens[at].capital && tokens[at].folded.len() == 1;
    (!letter || at == 0 || tokens[at - 1].shape != Shape::Word).then_some(found)
}

/// The locator that a pointer governs: the first in the fields behind it, before the sentence ends. Here `viii` is a
/// page too.
pub(super) fn behind(tokens: &[Token], from: usize) -> Option<Locator> {
    let first = tokens.get(from)?;
    // Of `III, 4` it is not all.
    let more = || tokens.get(from + 2).is_some_and(|t| t.shape == Shape::Figure);
    let small = first.shape == Shape::Word
        && roman(first)
        && tokens.get(from + 1).is_none_or(|t| t.is('.') || t.is(',') && !more());
    if small {
        return Some(Locator { end: from + 1, shown: first.range.clone(), bare: true, short: false });
    }
    // `Ebd., Anm. 3` is a note of the work, not its page.
    if let Some(end) = footnote(tokens, from) {
        let shown = first.range.start..tokens[end - 1].range.end;
        return Some(Locator { end, shown, bare: false, short: false });
    }
    let sentence = tokens[from..].iter().enumerate().take_while(|(_, t)| !t.is(';')).map(|(i, _)| from + i);
    let sentence = sentence.take_while(|&i| i == from || !super::clause::sentence_ends(tokens, i - 1));
    at(tokens, from).or_else(|| sentence.filter(|&i| tokens[i].plain()).find_map(|i| inside(tokens, i)))
}

/// One word for a part with its figures, or bare figures.
fn unit(tokens: &[Token], at: usize) -> Option<Locator> {
    let first = tokens.get(at)?;
    let page = first.shape != Shape::Sign && PAGES.contains(&&*first.folded);
    if page || PARTS.contains(&&*first.folded) {
        // `p,87` and `p.87` are scanned as often as `p. 87`; `§§ 5` doubles its sign.
        let gap = tokens[at + 1..].iter().take(2).take_while(|t| t.is('.') || t.is(',') || t.is('§')).count();
        let number = at + 1 + gap;
        let initial = |t: &Token| t.capital && t.folded.len() == 1;
        // `U.S.C.` are initials, not a page of roman figures.
        tokens.get(number).filter(|t| figure(t, true) && !(initial(first) && initial(t)))?;
        let found = figures(tokens, number, true);
        let start = if page { found.shown.start } else { first.range.start };
        return Some(Locator { shown: start..found.shown.end, ..found });
    }
    let bare = match first.shape {
        Shape::Figure => !is_year(&first.folded) && first.folded.len() < 5,
        // A lone roman figure is as likely an initial: a number must follow, `I, 491`.
        Shape::Word => {
            let parted = tokens.get(at + 1).is_some_and(|t| t.is(',') || t.is(':'));
            let number = tokens.get(at + 2).is_some_and(|t| t.shape == Shape::Figure);
            roman(first) && first.capital && (first.folded.len() > 1 || parted && number)
        }
        Shape::Sign => false,
    };
    bare.then(|| figures(tokens, at, false))
}

/// Figures joined by dashes, commas and `and`, with what may trail them: `183 note`, `5 n. 12`, `40 ff.`, `passim`.
fn figures(tokens: &[Token], at: usize, keyed: bool) -> Locator {
    let token = |at: usize| tokens.get(at);
    let counts = |at: usize| token(at).is_some_and(|t| figure(t, keyed));
    let reads = |at: usize, words: &[&str]| token(at).is_some_and(|t| words.contains(&&*t.folded));
    let mut found = Locator { end: at + 1, shown: tokens[at].range.clone(), bare: !keyed, short: false };
    for _ in 0..MOST {
        let end = found.end;
        let Some(next) = token(end) else { break };
        let joined = matches!(&*next.folded, "-" | "," | "/" | ":" | "*") || is_and(&next.folded);
        // `vol. 3, 1972`: a comma before a year leaves the locator.
        let year = next.is(',') && token(end + 1).is_some_and(|t| is_year(&t.folded));
        let mut short = false;
        found.end = if joined && counts(end + 1) && !year {
            end + 2
        } else if next.is(',') && token(end + 1).is_some_and(|t| is_and(&t.folded)) && counts(end + 2) {
            end + 3
        } else if let Some(behind) = footnote(tokens, end) {
            behind
        } else if reads(end, &["et"]) && reads(end + 1, &["seq", "passim"]) {
            short = true;
            end + 2
        } else if TRAILERS.contains(&&*next.folded) {
            short = !next.folded.starts_with(['n', 'p']);
            end + 1
        } else if next.folded.starts_with(['页', '頁', 'ペ']) {
            return Locator { end: end + 1, ..found };
        } else {
            break;
        };
        (found.short, found.shown.end) = (short, tokens[found.end - 1].range.end);
    }
    found
}

/// `n. 12` behind a page is a note of the work cited.
fn footnote(tokens: &[Token], at: usize) -> Option<usize> {
    let word = tokens.get(at).filter(|t| matches!(&*t.folded, "n" | "nn" | "fn" | "anm" | "note"))?;
    let dot = usize::from(tokens.get(at + 1)?.is('.'));
    let number = tokens.get(at + 1 + dot).filter(|t| t.depth == word.depth)?;
    (number.shape == Shape::Figure).then_some(at + 2 + dot)
}

/// Whether a token counts something: `182`, `55a`, `S16288`; behind a word for a part also `xii`.
fn figure(token: &Token, keyed: bool) -> bool {
    match token.shape {
        Shape::Figure => true,
        Shape::Word => token.folded.bytes().any(|b| b.is_ascii_digit()) || (keyed && roman(token)),
        Shape::Sign => false,
    }
}

fn roman(token: &Token) -> bool {
    token.folded.len() <= 8 && token.folded.bytes().all(|b| b"ivxlcdm".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::super::token::read;
    use super::*;

    #[test]
    fn locators_are_read() {
        for (text, shown) in [
            ("p. 182.", Some("182")),
            ("pp. 193–195.", Some("193–195")),
            ("p. 183 note.", Some("183 note")),
            ("VII, 269", Some("VII, 269")),
            ("XI, 220. The remark", Some("XI, 220")),
            ("vol. 2, page 46", Some("vol. 2, page 46")),
            ("Book I., ch. 193", Some("Book I., ch. 193")),
            ("at 645", Some("645")),
            ("S. 5 ff.", Some("5 ff.")),
            ("S. 5 f., mit Anm. 3", Some("5 f.")),
            ("С. 54–55.", Some("54–55")),
            ("第25页。", Some("25")),
            ("2:35–36", Some("2:35–36")),
            ("27, 36, 37", Some("27, 36, 37")),
            ("40 n. 12", Some("40 n. 12")),
            ("p. 12 et seq.", Some("12 et seq.")),
            ("p.87", Some("87")),
            ("xii, 4", None),
            ("1972", None),
            ("I went", None),
            ("page by page", None),
            ("§ 552a (West)", Some("§ 552a")),
            ("U.S.C. § 6722", None),
        ] {
            let tokens = read(text);
            let found = at(&tokens, 0).map(|l| &text[l.shown]);
            assert_eq!(found, shown, "{text}");
        }
    }
}
