//! The table of contents brought to the pages: it says which of their headings head a chapter and how deep, and it
//! heads what has no heading of its own.
//!
//! Pages write one heading in several (`IV` above `Of Ideas`), or give the table another (`Chapter 4. Of Ideas`), or
//! none; levels are chosen for their looks. So a line of the table is sought among the headings behind the place that
//! it leads to, by its letters and figures.

use super::contents::Line;
use super::edits::{self, Gap};
use super::levels::Levels;
use super::openings;
use super::places::Places;
use super::survey::{Heading, same_page, survey};
use crate::import::html::tree::{Id, Tree};
use crate::import::letters::letters;
use std::collections::HashSet;

/// How many headings behind its place a line is sought among.
const NEAR: usize = 6;

/// A book whose table finds fewer of its headings than one in so many is not headed by it.
const FEWEST: usize = 4;

/// What a line of the table comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// These headings, by number, which are one.
    Headings(std::ops::Range<usize>),
    /// Nothing: it is to be put before this node.
    Nothing(Id),
}

/// Heads the pages as the table says; `book` is what the book is called. The tree is to be sealed, and is sealed again.
pub(super) fn apply(tree: &mut Tree, places: &Places, lines: &[Line], book: Option<&str>) {
    let (headings, words) = survey(tree);
    let mut lines: Vec<(&Line, Id)> =
        lines.iter().filter_map(|l| Some((l, places.find(&l.target)?))).collect();
    lines.dedup_by(|a, b| a.1 == b.1 && a.0.title == b.0.title);
    let found = find(tree, &lines, &headings, &words);
    let matched = found.iter().filter(|f| matches!(f, Found::Headings(_))).count();
    let true_headings = headings.iter().filter(|h| (1..=3).contains(&h.level)).count();
    let useful = matched * FEWEST >= true_headings;
    let book = book.map(letters).filter(|book| !book.is_empty());
    // All is found out before anything is changed: the first of two at one place comes first.
    let mut set: HashSet<Id> = HashSet::new();
    let plain: Vec<Option<Vec<Id>>> = lines
        .iter()
        .zip(&found)
        .map(|((line, place), found)| match found {
            Found::Nothing(_) => openings::spelled(tree, *place, &letters(&line.title))
                .filter(|lines| lines.iter().all(|id| set.insert(*id))),
            Found::Headings(range) => {
                set.extend(headings[range.clone()].iter().map(|heading| heading.id));
                None
            }
        })
        .collect();
    let openings = lines.iter().zip(found.iter().zip(&plain)).filter_map(|((_, place), (found, plain))| {
        let title = match (found, plain) {
            (Found::Headings(range), _) => headings[range.start].id,
            (Found::Nothing(_), Some(lines)) => *lines.first()?,
            (Found::Nothing(_), None) => return None,
        };
        let above = openings::above(tree, tree.ancestors(title).last()?, *place, title, book.as_deref());
        (!above.is_empty() && above.iter().all(|id| set.insert(*id))).then_some((title, above))
    });
    let openings: Vec<(Id, Vec<Id>)> = openings.collect();
    let is_title_page =
        |place| book.as_deref().is_some_and(|book| openings::spelled(tree, place, book).is_some());
    let gaps: Vec<Option<Gap>> = found
        .iter()
        .zip(&plain)
        .map(|(found, plain)| match found {
            // The table says `Title Page` where the title stands.
            Found::Nothing(node) if plain.is_none() && !is_title_page(*node) => edits::gap(tree, *node),
            Found::Nothing(_) | Found::Headings(_) => None,
        })
        .collect();
    if useful {
        let moved: HashSet<Id> = openings.iter().flat_map(|(_, above)| above).copied().collect();
        Levels::of(&lines, &found).set(tree, &headings, &moved, book.as_deref());
    }
    for (((line, _), found), (plain, gap)) in lines.iter().zip(&found).zip(plain.iter().zip(gaps)) {
        match (found, plain, gap) {
            (Found::Headings(range), ..) => {
                let ids: Vec<Id> = headings[range.clone()].iter().map(|heading| heading.id).collect();
                edits::spell_out(tree, &ids, &line.title);
                edits::merge(tree, &ids);
            }
            (Found::Nothing(_), Some(ids), _) => {
                edits::rename(tree, ids[0], edits::name_of(line.level));
                edits::merge(tree, ids);
            }
            (Found::Nothing(_), None, Some(gap)) => edits::insert(tree, gap, line),
            (Found::Nothing(_), None, None) => {}
        }
    }
    for (title, above) in openings {
        edits::put_behind(tree, title, &above);
    }
    tree.seal();
}

fn find(tree: &Tree, lines: &[(&Line, Id)], headings: &[Heading], words: &[u32]) -> Vec<Found> {
    // A place may stand inside the heading that it means.
    let from = |id: Id| {
        let after = headings.partition_point(|h| h.rank < tree.rank(id));
        match after.checked_sub(1) {
            Some(before) if tree.contains(headings[before].id, id) => before,
            _ => after,
        }
    };
    let starts: Vec<usize> = lines.iter().map(|(_, id)| from(*id)).collect();
    // For each line where the next begins that begins elsewhere.
    let mut nexts = vec![headings.len(); lines.len()];
    for i in (1..lines.len()).rev() {
        nexts[i - 1] = if starts[i] == starts[i - 1] { nexts[i] } else { starts[i] };
    }
    let mut taken = vec![false; headings.len()];
    let mut found: Vec<Option<Found>> = Vec::new();
    for ((line, id), (start, next)) in lines.iter().zip(starts.iter().copied().zip(nexts)) {
        let next = Some(next).filter(|next| *next > start);
        let page = tree.pages.partition_point(|page| tree.rank(*page) <= tree.rank(*id));
        let end = tree.pages.get(page).map_or(headings.len(), |page| from(*page));
        let end = next.unwrap_or(end).min(end).min(start + NEAR).max(start);
        let title = letters(&line.title);
        let run = (start..end).find_map(|i| spelled(&title, headings, i..end)).or_else(|| {
            (start..end)
                .find(|i| headings[*i].level > 0 && alike(&title, &headings[*i].letters))
                .map(|i| i..i + 1)
        });
        let run = run.filter(|run| taken[run.clone()].iter().all(|taken| !taken));
        if let Some(run) = &run {
            taken[run.clone()].iter_mut().for_each(|taken| *taken = true);
        }
        found.push(run.map(Found::Headings));
    }
    let found = found.into_iter().zip(lines).map(|(found, (_, id))| {
        found.unwrap_or_else(|| {
            // A heading that stands where the line leads is what it means, whatever it says.
            let start = from(*id);
            let here =
                headings.get(start).filter(|h| h.level > 0 && !taken[start] && same_page(tree, h.id, *id));
            let between = here.map(|h| {
                words.partition_point(|w| *w < h.rank) - words.partition_point(|w| *w < tree.rank(*id))
            });
            if between == Some(0) {
                taken[start] = true;
                Found::Headings(start..start + 1)
            } else {
                Found::Nothing(*id)
            }
        })
    });
    found.collect()
}

/// The headings, from the first of `range` on, that together spell a title.
fn spelled(
    title: &str,
    headings: &[Heading],
    range: std::ops::Range<usize>,
) -> Option<std::ops::Range<usize>> {
    let (start, mut rest) = (range.start, title);
    for i in range {
        let heading = &headings[i];
        if i > start && heading.apart || i == start && heading.level == 0 || heading.letters.is_empty() {
            return None;
        }
        rest = rest.strip_prefix(&*heading.letters)?;
        if rest.is_empty() {
            return Some(start..i + 1);
        }
    }
    None
}

/// Whether one of title and heading is the other with a number or a second title.
fn alike(title: &str, heading: &str) -> bool {
    let (short, long) = if title.len() < heading.len() { (title, heading) } else { (heading, title) };
    short.chars().count() >= 3
        && (long.ends_with(short) || long.starts_with(short) && short.len() * 2 >= long.len())
}
