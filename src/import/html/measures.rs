//! How much stands in each element of a page: words, those of links, and prose.

use super::names;
use super::plan::Plan;
use super::tree::{Id, Step, Tree};
use std::collections::HashMap;
use std::ops::Range;

/// How many characters make a paragraph that is prose rather than a label.
const PARAGRAPH: usize = 80;

/// How much stands in an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measures {
    /// Characters, blanks left out.
    pub words: usize,
    /// Those of links.
    pub linked: usize,
    /// Those of paragraphs that are prose, links left out.
    pub prose: usize,
}

/// How much stands in every element: sums in reading order, so that the measure of any part is a difference.
pub(super) struct Measured {
    sums: Vec<Measures>,
    notes: Vec<u32>,
    titles: Vec<u32>,
    quotations: Vec<Range<u32>>,
    /// The prose of all pages.
    pub prose: usize,
}

impl Measured {
    /// Measures the pages.
    pub fn new(tree: &Tree, plan: &Plan) -> Measured {
        let mut texts: Vec<(u32, Option<Id>, bool, usize)> = Vec::new();
        let mut own: HashMap<Id, usize> = HashMap::new();
        let (mut notes, mut titles, mut quotations) = (Vec::new(), Vec::new(), Vec::new());
        let mut last = 0;
        for page in &tree.pages {
            let mut blocks: Vec<Id> = Vec::new();
            let mut linked: Option<Id> = None;
            let mut walk = tree.walk(*page);
            while let Some(step) = walk.next() {
                match step {
                    Step::Enter(id) => {
                        last = tree.rank(id) + 1;
                        let name = tree.name(id);
                        if plan.lifted.contains(&id) {
                            notes.push(tree.rank(id));
                            walk.jump(id);
                        } else if names::is_unread(name) {
                            walk.jump(id);
                        }
                        match name {
                            "a" if linked.is_none() => linked = Some(id),
                            "blockquote" | "figure" => quotations.push(tree.span(id)),
                            _ => {}
                        }
                        if names::heading(tree, id) == Some(1) {
                            titles.push(tree.rank(id));
                        }
                        if names::is_block(name) {
                            blocks.push(id);
                        }
                        if let Some(words) = tree.words(id) {
                            let count = words.chars().filter(|c| !c.is_whitespace()).count();
                            let block = blocks.last().copied();
                            if let Some(block) = block {
                                *own.entry(block).or_default() += count;
                            }
                            texts.push((tree.rank(id), block, linked.is_some(), count));
                        }
                    }
                    Step::Leave(id) => {
                        if linked == Some(id) {
                            linked = None;
                        }
                        if blocks.last() == Some(&id) {
                            blocks.pop();
                        }
                    }
                }
            }
        }
        let mut sums = vec![Measures::default(); last as usize + 1];
        for (rank, block, linked, count) in texts {
            let sum = &mut sums[rank as usize + 1];
            sum.words = count;
            if linked {
                sum.linked = count;
            } else if block.is_some_and(|b| own[&b] >= PARAGRAPH) {
                sum.prose = count;
            }
        }
        for i in 1..sums.len() {
            let before = sums[i - 1];
            let sum = &mut sums[i];
            sum.words += before.words;
            sum.linked += before.linked;
            sum.prose += before.prose;
        }
        let prose = sums.last().map_or(0, |s| s.prose);
        Measured { sums, notes, titles, quotations, prose }
    }

    /// How much stands in an element.
    pub fn of(&self, tree: &Tree, id: Id) -> Measures {
        let span = tree.span(id);
        let at = |rank: u32| self.sums.get(rank as usize).or(self.sums.last()).copied().unwrap_or_default();
        let (before, after) = (at(span.start), at(span.end));
        Measures {
            words: after.words - before.words,
            linked: after.linked - before.linked,
            prose: after.prose - before.prose,
        }
    }

    /// Whether a note stands in an element.
    pub fn holds_notes(&self, tree: &Tree, id: Id) -> bool {
        among(&self.notes, tree.span(id)) > 0
    }

    /// How many headings of the highest level stand in an element.
    pub fn titles(&self, tree: &Tree, id: Id) -> usize {
        among(&self.titles, tree.span(id))
    }

    /// Whether an element stands in a quotation or beside a picture.
    pub fn in_quotation(&self, tree: &Tree, id: Id) -> bool {
        let rank = tree.rank(id);
        let before = self.quotations.partition_point(|q| q.start <= rank);
        before.checked_sub(1).is_some_and(|i| self.quotations[i].contains(&rank))
    }
}

/// How many of sorted places lie in a range.
fn among(places: &[u32], range: Range<u32>) -> usize {
    places.partition_point(|p| *p < range.end) - places.partition_point(|p| *p < range.start)
}
