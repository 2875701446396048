//! The headings of the pages of a book, as they stand there.

use crate::import::html::tree::{Id, Tree};
use crate::import::letters::letters;

/// A heading of a page, or a line under one in an `hgroup`.
#[derive(Debug)]
pub(super) struct Heading {
    /// Its node, and the rank of it in reading order.
    pub id: Id,
    pub rank: u32,
    /// Its level on the page; 0 for a line under a heading.
    pub level: u8,
    /// Its letters and figures.
    pub letters: String,
    /// Whether words stand between the heading before it, or the start of its page, and it.
    pub apart: bool,
}

/// The headings of all pages, and the ranks of the words that belong to none, both in reading order.
pub(super) fn survey(tree: &Tree) -> (Vec<Heading>, Vec<u32>) {
    let (mut headings, mut words): (Vec<Heading>, Vec<u32>) = (Vec::new(), Vec::new());
    for page in &tree.pages {
        let mut apart = false;
        let mut inside: Option<Id> = None;
        let mut in_head = false;
        for id in tree.within(*page) {
            inside = inside.filter(|outer| tree.contains(*outer, id));
            let name = tree.name(id);
            in_head |= name == "head";
            in_head &= name != "body";
            if inside.is_some() || in_head {
                continue;
            }
            let under = name == "p" && parent_name(tree, id) == "hgroup";
            if let Some(level) = level(name).or(under.then_some(0)) {
                let letters = letters(&said(tree, id));
                headings.push(Heading { id, rank: tree.rank(id), level, letters, apart });
                (inside, apart) = (Some(id), false);
            } else if tree.words(id).is_some_and(|w| !w.trim().is_empty()) {
                words.push(tree.rank(id));
                apart = true;
            }
        }
    }
    (headings, words)
}

/// The level that the name of an element gives a heading.
pub(super) fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The name of what a node stands in.
pub(super) fn parent_name(tree: &Tree, id: Id) -> &str {
    tree.node(id).parent.map_or("", |parent| tree.name(parent))
}

/// The words of a heading, without the notes that it calls; what is nothing else is its number, and what is in a picture
/// is told by the words for it.
fn said(tree: &Tree, heading: Id) -> String {
    let said = without_calls(tree, heading);
    if said.chars().any(char::is_alphanumeric) {
        return said;
    }
    let words = tree.text_of(heading);
    if words.chars().any(char::is_alphanumeric) {
        return words;
    }
    tree.within(heading).filter_map(|id| tree.attribute(id, "alt")).collect()
}

fn without_calls(tree: &Tree, heading: Id) -> String {
    let is_call = |id: Id| {
        let words = tree.text_of(id);
        let label = words.trim().trim_matches(['[', ']', '(', ')', '{', '}']);
        tree.name(id) == "a"
            && tree.attribute(id, "href").is_some()
            && (label.chars().all(|c| !c.is_alphabetic()) || label.len() == 1)
    };
    let mut said = String::new();
    let mut call = None;
    for id in tree.within(heading) {
        call = call.filter(|call| tree.contains(*call, id)).or_else(|| is_call(id).then_some(id));
        if let (None, Some(words)) = (call, tree.words(id)) {
            said.push_str(words);
        }
    }
    said
}

/// Whether two nodes stand on one page.
pub(super) fn same_page(tree: &Tree, a: Id, b: Id) -> bool {
    let page = |id| tree.pages.partition_point(|page| tree.rank(*page) <= tree.rank(id));
    page(a) == page(b)
}
