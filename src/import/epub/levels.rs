//! How deep the headings of a book stand, by its table of contents.

use super::contents::Line;
use super::edits::{name_of, rename};
use super::headings::Found;
use super::openings;
use super::survey::{Heading, same_page};
use crate::import::html::tree::{Id, Tree};
use std::collections::{HashMap, HashSet};

/// The levels that the table gives to headings, by their number; `None` for one that is a part of another.
pub(super) struct Levels(HashMap<usize, Option<u8>>);

impl Levels {
    /// The levels of the headings that the lines of the table were found to mean.
    pub fn of(lines: &[(&Line, Id)], found: &[Found]) -> Levels {
        let mut levels = HashMap::new();
        for ((line, _), found) in lines.iter().zip(found) {
            if let Found::Headings(range) = found {
                levels.extend(range.clone().skip(1).map(|later| (later, None)));
                levels.insert(range.start, Some(line.level));
            }
        }
        Levels(levels)
    }

    /// Gives every heading its level, but those that are moved; `book` is what the book is called, in letters. What the table does not know stands below what it knows, or is no heading of a
    /// section: a line above another heading, the name of the book once more, or one of the small ones, which are often set
    /// for their looks.
    pub fn set(&self, tree: &mut Tree, headings: &[Heading], moved: &HashSet<Id>, book: Option<&str>) {
        let levels = &self.0;
        let mut in_use = [false; 8];
        headings.iter().for_each(|heading| in_use[usize::from(heading.level)] = true);
        // Below the third level, those count that have all levels above them.
        let deepest = |page: u8| (3.max(page)..7).find(|level| !in_use[usize::from(*level) + 1]).unwrap_or(6);
        // The last heading that the table knows: its level on the page and in the table.
        let mut known: Option<(u8, u8)> = None;
        for (i, heading) in headings.iter().enumerate() {
            if heading.level == 0 || moved.contains(&heading.id) {
                continue;
            }
            let next = headings.get(i + 1).filter(|next| !next.apart && same_page(tree, heading.id, next.id));
            let above = next.and_then(|next| Some((next, levels.get(&(i + 1)).copied()??)));
            let name = match (levels.get(&i), known, above) {
                (Some(None), ..) => continue,
                (Some(Some(level)), ..) => {
                    known = Some((heading.level, *level));
                    name_of(*level)
                }
                (None, _, Some((next, level))) => {
                    let part = openings::heads_part(&tree.text_of(heading.id), &tree.text_of(next.id));
                    if part { name_of(level) } else { "p".into() }
                }
                (None, Some(_), None) if book == Some(&*heading.letters) => "p".into(),
                (None, Some((page, table)), None) if heading.level <= deepest(page).max(3).max(page + 1) => {
                    name_of(table + heading.level.saturating_sub(page))
                }
                (None, Some(_), None) => "p".into(),
                (None, None, None) => continue,
            };
            rename(tree, heading.id, name);
        }
    }
}
