//! The headings of a plain text, told by their shape.
//!
//! A heading is short, stands apart, and prose follows it. It is labelled (`Chapter 4`, `II.`, `2.3. Title`), has a name
//! that headings have (`Introduction`), is set in capitals, or written Like a Title and ends without a stop.

use super::names;
use super::paragraphs::{self, Paragraph};
use super::rank::{self, Rank};
use super::shape::{self, Shape};
use super::wording;
use crate::document::Kind;
use std::collections::{HashMap, HashSet};

/// Longer lines are no headings, in columns.
const LONGEST: usize = 100;

/// Prose behind a heading is at least so long, in columns.
const PROSE: usize = 100;

/// More headings than this one after the other are a table of contents, the last ones aside.
const CHAIN: usize = 4;

/// What is said so often is no heading but a speaker.
const OFTEN: usize = 3;

/// Finds the headings behind the first `front` paragraphs.
pub(super) fn mark(paragraphs: &mut [Paragraph], front: usize, shape: Shape, english: bool) {
    let mut ranks: Vec<Option<Rank>> = vec![None; front];
    ranks.extend((front..paragraphs.len()).map(|i| rank(paragraphs, i, front, shape, english)));
    drop_speakers(paragraphs, &mut ranks);
    drop_contents(paragraphs, &mut ranks);
    drop_unfollowed(paragraphs, &mut ranks);
    let mut present: Vec<Rank> = ranks.iter().flatten().copied().filter(|r| *r != Rank::Named).collect();
    present.sort_unstable();
    present.dedup();
    for (i, rank) in ranks.iter().enumerate() {
        let Some(rank) = *rank else { continue };
        let before = i.checked_sub(1).filter(|b| ranks[*b].is_some());
        let labelled = before.is_some_and(|b| rank::is_bare(&paragraphs[b].text) && !paragraphs[b].joins);
        if labelled && matches!(rank, Rank::Bare | Rank::Named) {
            // `CHAPTER IV` and, below it, its title.
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

/// The rank of a paragraph that has the shape of a heading.
fn rank(paragraphs: &[Paragraph], i: usize, front: usize, shape: Shape, english: bool) -> Option<Rank> {
    let here = &paragraphs[i];
    let set =
        matches!(here.kind, Kind::Paragraph | Kind::Verse) || here.kind == Kind::Quotation && here.depth == 1;
    if !set || wording::columns(&here.text, LONGEST) > LONGEST || here.lines().count() > 3 {
        return None;
    }
    let apart = i == front || shape.is_unwrapped() || here.blanks > 0;
    if !apart || is_aside(&here.text) {
        return None;
    }
    let text = here.text.replace('\n', " ");
    if let Some(rank) = rank::rank(&text) {
        return Some(rank);
    }
    let before = i.checked_sub(1).map(|b| &paragraphs[b]);
    let sentence = |p: &Paragraph| shape::ends_sentence(&p.text) && !p.text.ends_with(':');
    let free = before
        .is_none_or(|b| b.kind != Kind::Paragraph || i == front || sentence(b) || b.is_shorter(LONGEST));
    let titled = wording::is_titled(&text, english) && here.lines().nth(1).is_none();
    let bare = wording::is_capitals(&text) && !text.ends_with([',', ';']) || titled;
    (free && bare && !wording::is_date(&text)).then_some(Rank::Bare)
}

/// Whether the first of these paragraphs names who wrote the others.
fn is_by_line(paragraphs: &[Paragraph]) -> bool {
    let text = &paragraphs[0].text;
    !wording::is_capitals(text) && names::is_name(text, &paragraphs[1..])
}

/// Whether a line is a remark in brackets, an item, part of a table, or a notice of copyright.
fn is_aside(text: &str) -> bool {
    let bracketed = [('[', ']'), ('［', '］')].iter().any(|(open, close)| {
        let inner = text.strip_prefix(*open).and_then(|t| t.strip_suffix(*close));
        inner.is_some_and(|t| !t.contains(*close))
    });
    bracketed || paragraphs::is_item(text) || text.contains(paragraphs::COLUMN) || text.contains('©')
}

/// Takes out what recurs without a label: the speakers of a dialogue.
fn drop_speakers(paragraphs: &[Paragraph], ranks: &mut [Option<Rank>]) {
    let mut said: HashMap<&str, usize> = HashMap::new();
    for (paragraph, _) in paragraphs.iter().zip(&*ranks).filter(|(_, r)| **r == Some(Rank::Bare)) {
        *said.entry(&paragraph.text).or_default() += 1;
    }
    for (paragraph, rank) in paragraphs.iter().zip(ranks) {
        if *rank == Some(Rank::Bare) && said.get(&*paragraph.text).is_some_and(|n| *n >= OFTEN) {
            *rank = None;
        }
    }
}

/// Takes out tables of contents: long runs of headings, but for the last and its label, and those with a page number
/// that come again without it.
fn drop_contents(paragraphs: &[Paragraph], ranks: &mut [Option<Rank>]) {
    let mut first = 0;
    for run in ranks.chunk_by_mut(|a, b| a.is_some() == b.is_some()) {
        let last = first + run.len() - 1;
        if run[0].is_some() && run.len() > CHAIN {
            let label = usize::from(rank::is_bare(&paragraphs[last - 1].text));
            let table = run.len() - 1 - label;
            run[..table].fill(None);
        }
        first = last + 1;
    }
    let key = |p: &Paragraph| p.text.to_lowercase().trim_end_matches(|c: char| !c.is_alphabetic()).to_owned();
    let mut later: HashSet<String> = HashSet::new();
    for (paragraph, rank) in paragraphs.iter().zip(ranks).rev().filter(|(_, r)| r.is_some()) {
        let paged = paragraph.text.ends_with(|c: char| c.is_ascii_digit());
        if !later.insert(key(paragraph)) && paged {
            *rank = None;
        }
    }
}

/// Takes out bare headings without prose behind them, and labels with a row of a table of contents.
fn drop_unfollowed(paragraphs: &[Paragraph], ranks: &mut [Option<Rank>]) {
    for i in (0..ranks.len()).rev() {
        let Some(rank) = ranks[i] else { continue };
        let followed = paragraphs.get(i + 1).is_some_and(|next| {
            let row =
                next.text.contains(paragraphs::COLUMN) && next.text.ends_with(|c: char| c.is_ascii_digit());
            let prose = matches!(next.kind, Kind::Verse | Kind::Quotation | Kind::Code)
                || wording::columns(&next.text, PROSE) >= PROSE;
            // Below a label may stand a name, and then the prose.
            !row && (prose || rank != Rank::Bare || ranks[i + 1].is_some())
        });
        if !followed {
            ranks[i] = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    const PROSE: &str = "The keeper of the light climbed the stair at the same hour every evening, and every evening \
        he counted the steps as if one of them might have gone in the night, which it never had.";

    /// Checks which lines are headings, and their levels, in a scraped text with prose below each.
    fn check(lines: &[&str], told: &[(u8, &str)]) {
        let text = lines.iter().fold(PROSE.to_owned(), |text, line| format!("{text}\n{line}\n{PROSE}"));
        let lines = split(&text);
        let shape = Shape::of(&lines);
        let mut formed = paragraphs::form(&lines, shape);
        mark(&mut formed, 0, shape, true);
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
            &["Part One", "Chapter 1: The Stair", "The Lower Steps", "Chapter 2: The Lamp", "II."],
            &[
                (1, "Part One"),
                (2, "Chapter 1: The Stair"),
                (3, "The Lower Steps"),
                (2, "Chapter 2: The Lamp"),
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
        let mut formed = paragraphs::form(&lines, Shape::Unwrapped { spaced: true });
        formed.extend(paragraphs::form(&split(PROSE), Shape::Unwrapped { spaced: true }));
        mark(&mut formed, 0, Shape::Unwrapped { spaced: true }, true);
        let kinds: Vec<bool> = formed.iter().map(|p| matches!(p.kind, Kind::Heading(_))).collect();
        assert_eq!(kinds, [false, false, false, false, false, false, true, false]);
    }
}
