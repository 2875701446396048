//! What is amiss with the notes: those that lack their other half, numbers that do not count, pointers to nothing.

use super::finding::{Finding, FindingKind};
use super::numbering::Numbering;
use super::{Candidate, Standing, slips};
use crate::document::clean::excerpt;
use crate::document::report::ProblemKind;
use crate::document::{Document, Position};
use std::collections::{BTreeMap, HashSet};

/// How much of a note is shown.
const SHOWN: usize = 80;

/// The most numbers missing in one place before they are told as a range.
const FEW: u32 = 3;

/// Looks over notes, numbers and letters. `standings` is what [`super::resolve`] found in the same document. First
/// what the notes lack, in the order of the text, then the slips.
pub fn check(document: &Document, standings: &[Option<Standing>]) -> Vec<Finding> {
    let mut found = reported(document);
    let numbering = Numbering::of(document);
    let doubled: HashSet<String> =
        found.iter().filter(|f| f.kind == FindingKind::DoubledNumber).map(|f| f.text.clone()).collect();
    numbers(document, &numbering, &doubled, &mut found);
    references(document, &numbering, &mut found);
    found.extend(
        standings
            .iter()
            .enumerate()
            .filter_map(|(note, standing)| unclear(document, note, standing.as_ref()?)),
    );
    found.sort_by_key(|f| f.at);
    found.extend(slips::slips(document));
    found
}

/// What the import has found already, with its lines.
fn reported(document: &Document) -> Vec<Finding> {
    let finding = |problem: &crate::document::report::Problem| {
        let kind = match problem.kind {
            ProblemKind::ReferenceWithoutNote => FindingKind::ReferenceWithoutNote,
            ProblemKind::NoteWithoutReference => FindingKind::NoteWithoutReference,
            ProblemKind::DoubledNote => FindingKind::DoubledNumber,
            ProblemKind::Damaged | ProblemKind::UnreadMarkup => return None,
        };
        Some(Finding { line: problem.line, ..Finding::new(kind, problem.at, problem.text.clone()) })
    };
    document.report().problems.iter().filter_map(finding).collect()
}

/// Numbers that come twice, are missing, or stand behind a higher one.
fn numbers(document: &Document, numbering: &Numbering, doubled: &HashSet<String>, found: &mut Vec<Finding>) {
    let start = |note: usize| Position::at(document.notes()[note].range.start);
    let mut scopes: BTreeMap<usize, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
    let mut highest: BTreeMap<usize, u32> = BTreeMap::new();
    for note in 0..document.notes().len() {
        let Some(number) = numbering.number(note) else { continue };
        let (scope, label) = (numbering.scope(note), &*document.notes()[note].label);
        let highest = highest.entry(scope).or_insert(number);
        let same = scopes.entry(scope).or_default().entry(number).or_default();
        if !same.is_empty() && !doubled.contains(label) {
            found.push(Finding::new(FindingKind::DoubledNumber, start(note), label));
        } else if number < *highest {
            found.push(Finding::new(FindingKind::OutOfOrder, start(note), label));
        }
        *highest = number.max(*highest);
        same.push(note);
    }
    for scope in scopes.values() {
        let pairs: Vec<(u32, u32, usize)> = std::iter::once(&0)
            .chain(scope.keys())
            .zip(scope)
            .map(|(&last, (&next, notes))| (last, next, notes[0]))
            .filter(|(last, next, _)| last + 1 < *next)
            .collect();
        // Labels that skip as often as not are pages or paragraphs, not a count.
        if pairs.len() * 4 > scope.len() {
            continue;
        }
        for (last, next, note) in pairs {
            match next - last - 1 {
                missing @ ..=FEW => {
                    found.extend((next - missing..next).map(|number| {
                        Finding::new(FindingKind::SkippedNumber, start(note), number.to_string())
                    }))
                }
                _ => {
                    let range = format!("{}–{}", last + 1, next - 1);
                    found.push(Finding::new(FindingKind::SkippedNumber, start(note), range));
                }
            }
        }
    }
}

/// First references that stand behind one to a higher number of their scope.
fn references(document: &Document, numbering: &Numbering, found: &mut Vec<Finding>) {
    let mut cited = vec![false; document.notes().len()];
    let mut highest: BTreeMap<usize, u32> = BTreeMap::new();
    for reference in document.references() {
        let Some(note) = reference.note.filter(|_| reference.at.byte() <= document.body().end) else {
            continue;
        };
        let Some(number) = numbering.number(note) else { continue };
        let highest = highest.entry(numbering.scope(note)).or_insert(0);
        if number < *highest && !cited[note] {
            found.push(Finding::new(FindingKind::OutOfOrder, reference.at, &*reference.label));
        }
        cited[note] = true;
        *highest = number.max(*highest);
    }
}

/// A note that points to several works, or to none.
fn unclear(document: &Document, note: usize, standing: &Standing) -> Option<Finding> {
    let range = &document.notes()[note].range;
    let shown = excerpt(&document.text()[range.clone()], SHOWN);
    let finding = |kind| {
        Finding::new(kind, Position::at(range.start), format!("{}. {shown}", document.notes()[note].label))
    };
    match standing {
        Standing::One { .. } => None,
        Standing::Unresolved => Some(finding(FindingKind::Unresolved)),
        Standing::Several(all) => {
            let words = |c: &Candidate| excerpt(&document.text()[c.text.clone()], SHOWN);
            let all: Vec<String> = all.iter().map(words).collect();
            Some(Finding { suggestion: Some(all.join("; or: ")), ..finding(FindingKind::SeveralCandidates) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, tests};
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};

    fn told(document: &Document) -> Vec<String> {
        let show = |f: Finding| format!("{}: {}", f.kind.name(), f.text);
        check(document, &resolve(document)).into_iter().map(show).collect()
    }

    fn check_notes(notes: &[&str], expected: &[&str]) {
        assert_eq!(told(&tests::document(notes)), expected, "{notes:?}");
    }

    #[test]
    fn numbers_that_do_not_count_are_found() {
        check_notes(&["[1] One.", "[2] Two.", "[3] Three."], &[]);
        check_notes(&["[1] a", "[2] b", "[3] c", "[5] d", "[6] e"], &["skipped-number: 4"]);
        check_notes(&["[1] a", "[2] b", "[3] c", "[13] d", "[14] e"], &["skipped-number: 4–12"]);
        check_notes(&["[1] a", "[2] b", "[2] c", "[3] d"], &["doubled-note: 2"]);
        check_notes(&["[1] a", "[3] b", "[2] c", "[4] d"], &["out-of-order: 2", "out-of-order: 2"]);
        check_notes(&["[1] a", "[2] b", "[1] c", "[2] d"], &[]);
        check_notes(&["[17] a", "[21] b", "[30] c", "[44] d"], &[]);
        check_notes(&["[A] a", "[B] b", "[A] c"], &[]);
    }

    #[test]
    fn pointers_to_nothing_and_to_several_are_found() {
        check_notes(&["Ibid., p. 4."], &["unresolved: 1. Ibid., p. 4."]);
        let several = tests::document(&["Djilas, *Talks*, 1962, and North, *Moscow*, 1953.", "Ibid."]);
        let found = check(&several, &resolve(&several));
        assert_eq!(found[0].suggestion.as_deref(), Some("Djilas, Talks, 1962; or: North, Moscow, 1953"));
    }

    #[test]
    fn halves_without_the_other_are_found_with_their_lines() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.line(3);
        b.open(Kind::Paragraph, 0);
        b.text("One");
        b.reference("7", "7");
        b.line(9);
        b.open_note("8", "8");
        b.text("Eight.");
        b.close_note();
        let found = check(&b.finish(), &[None]);
        let shown: Vec<(&str, usize)> = found.iter().map(|f| (f.kind.name(), f.line)).collect();
        assert_eq!(shown, [("reference-without-note", 3), ("note-without-reference", 9)]);
    }
}
