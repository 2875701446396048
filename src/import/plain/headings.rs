//! The headings of a plain text, told by their shape.
//!
//! A heading is short, stands apart, and prose follows it. It is labelled (`Chapter 4`, `II.`, `2.3. Title`), has a name
//! that headings have (`Introduction`), is set in capitals, or written Like a Title and ends without a stop.

use super::contents::{self, Contents};
use super::items;
use super::names;
use super::paragraphs::{self, Paragraph};
use super::rank::{self, Rank};
use super::shape::{self, Shape};
use super::wording;
use super::words;
use crate::document::Kind;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Longer lines are no headings, in columns.
pub(super) const LONGEST: usize = 100;

/// The name of a chapter that is not written like a title is shorter, in columns.
const NAME: usize = 60;

/// Lines that end a text and open nothing, in lower case.
const ENDS: &str = "the end|end|finis|fin|ende|eof|fine|конец|完|終|了|-30-";

/// Words of a printer on a title page, in capitals.
const IMPRINT: &str = "PRINTED|REPRINTED|PUBLISHED|PUBLISHERS|COPYRIGHT|PRICE";

/// So many underlined headings show that the text underlines them all.
const SEVERAL: usize = 3;

/// What is known of a text when its headings are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    /// How it marks its paragraphs.
    pub shape: Shape,
    /// Whether it is in English, whose titles have capitals.
    pub english: bool,
    /// Whether it is a book with title pages.
    pub book: bool,
    /// Its table of contents.
    pub contents: Option<&'a Contents>,
    /// The headings that it declares: their lines, from 1, and levels. If it does, it has no others.
    pub declared: &'a BTreeMap<usize, u8>,
    /// Those that are underlined. If there are several, there are no others.
    pub underlined: &'a BTreeMap<usize, u8>,
}

/// Finds the headings behind the first `front` paragraphs. `words` are the paragraphs without marks and signs.
pub(super) fn mark(paragraphs: &mut [Paragraph], words: &[Cow<str>], front: usize, known: Known) {
    if !known.declared.is_empty() {
        for paragraph in paragraphs {
            if let Some(level) = known.declared.get(&paragraph.line) {
                (paragraph.kind, paragraph.depth) = (Kind::Heading(*level), 0);
            }
        }
        return;
    }
    let text = Text { paragraphs, words, known };
    let mut ranks: Vec<Option<Rank>> = vec![None; front];
    ranks.extend((front..paragraphs.len()).map(|i| text.rank(i, front)));
    text.sift(&mut ranks);
    let mut present: Vec<Rank> = ranks.iter().flatten().copied().filter(|r| *r != Rank::Named).collect();
    present.sort_unstable();
    present.dedup();
    let numbered = are_titled(&ranks, words);
    for (i, rank) in ranks.iter().enumerate() {
        let Some(rank) = *rank else { continue };
        let before = i.checked_sub(1).filter(|b| ranks[*b].is_some());
        let label = |b: usize| rank::is_bare(&words[b]) || numbered && rank::roman(&words[b]).is_some();
        let labelled = before.is_some_and(|b| label(b) && !paragraphs[b].joins);
        if labelled && matches!(rank, Rank::Bare | Rank::Named) {
            // `CHAPTER IV`, or `IV`, and below it its title.
            paragraphs[i].joins = true;
            paragraphs[i].kind = paragraphs[i - 1].kind;
        } else if before.is_some() && rank == Rank::Bare && is_by_line(&paragraphs[i..]) {
            paragraphs[i].kind = Kind::Author;
        } else {
            let level = present.iter().position(|r| *r == rank).unwrap_or(0) + 1;
            paragraphs[i].kind = Kind::Heading(level.min(6) as u8);
        }
        paragraphs[i].depth = 0;
    }
}

/// Whether the roman numbers of a text stand over the titles of its chapters, and not below.
fn are_titled(ranks: &[Option<Rank>], words: &[Cow<str>]) -> bool {
    let numbers = |i: &usize| ranks[*i] == Some(Rank::Chapter) && rank::roman(&words[*i]).is_some();
    let (all, titled) = (0..ranks.len()).filter(numbers).fold((0, 0), |(all, titled), i| {
        (all + 1, titled + usize::from(ranks.get(i + 1) == Some(&Some(Rank::Bare))))
    });
    titled > 1 && titled * 4 >= all * 3
}

/// A text whose headings are looked for.
pub(super) struct Text<'a> {
    /// Its paragraphs.
    pub paragraphs: &'a [Paragraph<'a>],
    /// Their words, without marks and signs.
    pub words: &'a [Cow<'a, str>],
    /// What else is known of it.
    pub known: Known<'a>,
}

impl Text<'_> {
    /// The rank of a paragraph that has the shape of a heading, or that the table of contents lists.
    fn rank(&self, i: usize, front: usize) -> Option<Rank> {
        let here = &self.paragraphs[i];
        let text = &*self.words[i];
        let set = here.kind == Kind::Verse
            || here.kind == Kind::Paragraph && here.depth == 0
            || here.kind == Kind::Quotation && here.depth == 1;
        if !set || text.is_empty() || wording::columns(text, LONGEST) > LONGEST || here.lines().count() > 3 {
            return None;
        }
        let apart = i == front || self.known.shape.is_unwrapped() || here.blanks > 0;
        if !apart || is_aside(text) || is_end(text) {
            return None;
        }
        let underlined = self.known.underlined.get(&here.line);
        if self.known.underlined.len() >= SEVERAL {
            return underlined.map(|level| Rank::Underlined(*level));
        }
        let text = text.replace('\n', " ");
        if let Some(contents) = self.known.contents {
            if contents.holds(here.line) {
                return None;
            }
            if contents.lists(&text) && contents.first().is_some_and(|first| here.line >= first.end) {
                return Some(rank::listed(&text));
            }
        }
        let complete = self.known.contents.is_some_and(Contents::is_complete);
        if underlined.is_some() && !complete {
            return Some(rank::rank(&text).unwrap_or(Rank::Bare));
        }
        if let Some(rank) = rank::rank(&text) {
            let deeper = self.known.contents.is_some_and(|contents| contents.is_deeper(&text));
            return (!complete || deeper || !matches!(rank, Rank::Decimal(_))).then_some(rank);
        }
        let before = i.checked_sub(1).map(|b| &self.paragraphs[b]);
        if i > front && rank::is_bare(&self.words[i - 1]) && is_name_of_chapter(&text) {
            return Some(Rank::Bare);
        }
        let sentence = |p: &Paragraph| shape::ends_sentence(&p.text) && !p.text.ends_with(':');
        let free = before
            .is_none_or(|b| b.kind != Kind::Paragraph || i == front || sentence(b) || b.is_shorter(LONGEST));
        let titled = wording::is_titled(&text, self.known.english) && here.lines().nth(1).is_none();
        let bare = wording::is_capitals(&text) && !text.ends_with([',', ';']) || titled;
        (free && bare && !complete && !wording::is_date(&text)).then_some(Rank::Bare)
    }
}

/// Whether a line below the bare label of a chapter is its name, which need not be written Like a Title.
fn is_name_of_chapter(text: &str) -> bool {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let open = bare.len() == text.len() && wording::columns(text, NAME) < NAME;
    let ended = bare.ends_with(|c: char| ".,;:!?—-\"”’'".contains(c));
    wording::is_titled(bare, true) || open && !ended && text.starts_with(char::is_uppercase)
}

/// Whether the first of these paragraphs names who wrote the others.
fn is_by_line(paragraphs: &[Paragraph]) -> bool {
    let text = &paragraphs[0].text;
    !wording::is_capitals(text) && names::is_name(text, &paragraphs[1..])
}

/// Whether a line is a remark in brackets, an item, part of a table, or the printer's.
fn is_aside(text: &str) -> bool {
    let bracketed = [('[', ']'), ('［', '］')].iter().any(|(open, close)| {
        let inner = text.strip_prefix(*open).and_then(|t| t.strip_suffix(*close));
        inner.is_some_and(|t| !t.contains(*close))
    });
    let capitals = |word: &str| words::has(IMPRINT, word);
    let imprint = text.split(|c: char| !c.is_alphabetic()).any(capitals);
    // `[Illustration. …`, and what a bracket closes that a reader of the text added.
    let added = text.trim_start_matches('[').starts_with("Illustration") || text.ends_with([']', '］']);
    bracketed
        || added
        || imprint
        || items::is_bulleted(text)
        || text.contains(paragraphs::COLUMN) && !contents::is_heading(text)
        || text.contains('©')
        || wording::is_roman_year(text)
}

/// Whether a line ends a text.
fn is_end(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase();
    words::has(ENDS, &bare)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    const PROSE: &str = "The keeper of the light climbed the stair at the same hour every evening, and every evening \
        he counted the steps as if one of them might have gone in the night, which it never had.";

    fn mark_alone(formed: &mut [Paragraph], shape: Shape) {
        let words: Vec<Cow<str>> = formed.iter().map(|p| p.text.clone()).collect();
        let declared = BTreeMap::new();
        let known = Known {
            shape,
            english: true,
            book: false,
            contents: None,
            declared: &declared,
            underlined: &declared,
        };
        mark(formed, &words, 0, known);
    }

    /// Checks which lines are headings, and their levels, in a scraped text with prose below each.
    fn check(lines: &[&str], told: &[(u8, &str)]) {
        let text = lines.iter().fold(PROSE.to_owned(), |text, line| format!("{text}\n{line}\n{PROSE}"));
        let lines = split(&text);
        let shape = Shape::of(&lines);
        let mut formed = paragraphs::form(&lines, shape, &Default::default());
        mark_alone(&mut formed, shape);
        let got: Vec<_> = formed
            .iter()
            .filter_map(|p| match p.kind {
                Kind::Heading(level) => Some((level, &*p.text)),
                _ => None,
            })
            .collect();
        assert_eq!(got, told);
    }

    #[test]
    fn headings_have_a_shape() {
        let headings = [
            "The Keeper of the Northern Light",
            "Building a Culture of Openness?",
            "214 Mill Lane, 1805–1811",
            "“Storm” and Its Meaning",
            "THE LAST WINTER",
            "Introduction",
        ];
        check(&headings, &headings.map(|h| (1, h)));
    }

    #[test]
    fn other_short_lines_are_no_headings() {
        check(
            &[
                "He wrote:",
                "12 May 1931",
                "and to",
                "(2) the papers were safe;",
                "It was cold.",
                "She said nothing",
            ],
            &[],
        );
        check(&["Friend"; 4], &[]);
    }

    #[test]
    fn labels_have_levels() {
        check(
            &[
                "Part One",
                "Chapter 1: The Stair",
                "The Lower Steps",
                "Chapter 2: The Lamp",
                "I.",
                "II.",
                "XL.",
            ],
            &[
                (1, "Part One"),
                (2, "Chapter 1: The Stair"),
                (3, "The Lower Steps"),
                (2, "Chapter 2: The Lamp"),
                (2, "I."),
                (2, "II."),
            ],
        );
        check(
            &["1. The Stair", "1.1. The Lower Steps", "2. The Lamp"],
            &[(1, "1. The Stair"), (2, "1.1. The Lower Steps"), (1, "2. The Lamp")],
        );
    }

    #[test]
    fn a_table_of_contents_has_no_headings() {
        let contents = "CONTENTS\n\nTHE STAIR\n\nTHE LAMP\n\nTHE WIND\n\nTHE SEA\n\nTHE END\n\nTHE STAIR";
        let lines = split(contents);
        let mut formed = paragraphs::form(&lines, Shape::Unwrapped { spaced: true }, &Default::default());
        formed.extend(paragraphs::form(
            &split(PROSE),
            Shape::Unwrapped { spaced: true },
            &Default::default(),
        ));
        mark_alone(&mut formed, Shape::Unwrapped { spaced: true });
        let kinds: Vec<bool> = formed.iter().map(|p| matches!(p.kind, Kind::Heading(_))).collect();
        assert_eq!(kinds, [false, false, false, false, false, false, true, false]);
    }
}
