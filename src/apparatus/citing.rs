//! Who cites a work again.

use super::citation::{self, Citation};
use super::{Standing, clause, pointer, token};
use crate::document::Document;
use std::ops::Range;

/// The notes that cite again a work named in a note, or one that the note stands for: those that stand for it, and
/// those that name it themselves. In the order of the document, the note itself left out.
pub fn citing(document: &Document, standings: &[Option<Standing>], note: usize) -> Vec<usize> {
    let all: Vec<Vec<Citation>> = (0..document.notes().len()).map(|n| named(document, n)).collect();
    let (home, text) = match standings.get(note).and_then(Option::as_ref) {
        Some(Standing::One { note, text, .. }) => (*note, Some(text.clone())),
        Some(Standing::Several(_) | Standing::Unresolved) => return Vec::new(),
        None => (note, None),
    };
    let meant = |c: &&Citation| text.as_ref().is_none_or(|text| touch(text, &c.range));
    let works: Vec<&Citation> = all.get(home).into_iter().flatten().filter(meant).collect();
    let names = |n: usize, text: Option<&Range<usize>>| {
        let here = |c: &&Citation| text.is_none_or(|text| touch(text, &c.range));
        all[n].iter().filter(here).any(|c| works.iter().any(|w| w.same(c)))
    };
    let again = |&other: &usize| match standings.get(other).and_then(Option::as_ref) {
        Some(Standing::One { note: there, text: at, .. }) => {
            let same = *there == home && text.as_ref().is_none_or(|text| touch(text, at));
            same || names(*there, Some(at)) || names(other, None)
        }
        Some(Standing::Several(_) | Standing::Unresolved) | None => names(other, None) || other == home,
    };
    (0..all.len()).filter(|&other| other != note).filter(again).collect()
}

/// The works that a note names itself.
fn named(document: &Document, note: usize) -> Vec<Citation> {
    let mut found = Vec::new();
    for tokens in token::blocks(document, &document.notes()[note].range) {
        for clause in clause::split(&tokens) {
            if pointer::find(&tokens, clause.tokens.start, clause.tokens.end).is_none() {
                found.extend(citation::read(&tokens, &clause.tokens, None));
            }
        }
    }
    found
}

fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, tests};
    use super::*;

    fn check(notes: &[&str], note: usize, expected: &[usize]) {
        let document = tests::document(notes);
        let found: Vec<usize> =
            citing(&document, &resolve(&document), note - 1).iter().map(|n| n + 1).collect();
        assert_eq!(found, expected, "{notes:?}");
    }

    #[test]
    fn the_notes_that_cite_a_work_again_are_found() {
        let notes = [
            "Milovan Djilas, *Conversations with Stalin*, 1962, p. 132.",
            "Ibid., p. 182.",
            "Robert C. North, *Moscow*, 1953.",
            "Djilas, op. cit., p. 9; North, *Moscow*, 1953, p. 3.",
            "Milovan Djilas, *Conversations with Stalin*, 1962, p. 1.",
            "Djilas, *Conversations*, p. 2.",
            "Stalin was ill at that time.",
        ];
        check(&notes, 1, &[2, 4, 5, 6]);
        check(&notes, 2, &[1, 4, 5, 6]);
        check(&notes, 3, &[4]);
        check(&notes, 7, &[]);
        check(&["Autobiography, p. 190.", "Ibid., p. 242.", "Autobiography, pp. 246, 247."], 1, &[2, 3]);
        check(&["The parties differed on this.", "See note 1 above."], 1, &[2]);
    }
}
