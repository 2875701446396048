//! The contents of a page: its headings once more, as a list of links to them.

use super::links::Links;
use super::measures::{Measured, Measures};
use super::names;
use super::tree::{Id, Tree};
use crate::import::letters::letters;

/// Why the contents of a page are left out.
pub(super) const CONTENTS: &str = "table of contents; the headings make one";

/// What stands above a list of contents.
const TITLES: &[&str] = &[
    "contents",
    "table of contents",
    "contents of this page",
    "on this page",
    "inhalt",
    "inhaltsverzeichnis",
    "table des matières",
    "sommaire",
    "índice",
    "indice",
    "содержание",
    "оглавление",
    "目次",
    "目录",
];

/// The longest entry, in bytes.
const ENTRY: usize = 240;

/// How many links to headings make contents.
const ENTRIES: usize = 4;

/// Whether words are what stands above a list of contents.
pub(super) fn is_title(words: &str) -> bool {
    let words = words.trim().trim_end_matches([':', '.']).to_lowercase();
    TITLES.contains(&&*words)
}

/// Whether a list is the contents of the page: nearly all of it links to headings.
pub(super) fn lists_headings(tree: &Tree, links: &Links, measured: &Measured, id: Id) -> bool {
    let Measures { words, linked, .. } = measured.of(tree, id);
    let listed = matches!(tree.name(id), "ul" | "ol" | "table" | "dl" | "div" | "section" | "p" | "aside");
    if !listed || words == 0 || linked * 10 < words * 6 {
        return false;
    }
    let named =
        tree.has(id, "class", &["toc", "table-of-contents", "contents", "mw-toc", "mini-toc", "minitoc"])
            || follows_contents_title(tree, id)
            || tree.has(id, "id", &["toc", "TOC", "contents", "table-of-contents"]);
    let (mut entries, mut others) = (0, 0);
    for inner in tree.within(id).take(4096).filter(|i| tree.name(*i) == "a").take(512) {
        let heads = links.from(inner).is_some_and(|link| {
            let around = tree.ancestors(link.to).take(4).any(|t| names::heading(tree, t).is_some());
            let inside = tree.within(link.to).take(6).any(|t| names::heading(tree, t).is_some());
            around || inside || heads_next(tree, link.to) || holds_heading(tree, link.to, inner)
        });
        // The number of the page beside the entry is a link as well.
        let number =
            || tree.short(inner, 8).is_some_and(|w| w.trim().chars().all(|c| c.is_ascii_alphanumeric()));
        if heads {
            entries += 1
        } else if !(entries > 0 && number()) {
            others += 1
        }
    }
    entries >= ENTRIES && others * 4 <= entries || named && entries > 0 && others <= entries
}

/// Whether what stands right above is the heading of contents.
fn follows_contents_title(tree: &Tree, id: Id) -> bool {
    let blank = |id: Id| tree.words(id).is_some_and(|w| w.trim().is_empty());
    let above = tree.before(id).take(4).find(|id| !blank(*id));
    above.is_some_and(|id| tree.short(id, 40).is_some_and(|words| is_title(&words)))
}

/// How far in a part of a page its heading may stand, behind the ways to other parts.
const PART: usize = 96;

/// Whether the first heading in a part of a page says what a link to that part says.
fn holds_heading(tree: &Tree, part: Id, link: Id) -> bool {
    let heading = tree.within(part).take(PART).find(|id| names::heading(tree, *id).is_some());
    let words = |id: Id| tree.short(id, ENTRY).map(|words| letters(&words));
    heading.is_some_and(|heading| words(heading).is_some_and(|w| !w.is_empty() && Some(w) == words(link)))
}

/// Whether a heading is what follows an empty anchor, be it in the same block or the last thing of the one before.
fn heads_next(tree: &Tree, anchor: Id) -> bool {
    let blank = |id: Id| tree.words(id).is_some_and(|w| w.trim().is_empty());
    let mut at = anchor;
    for _ in 0..8 {
        let Some(next) = tree.node(at).next.or_else(|| tree.node(at).parent.and_then(|p| tree.node(p).next))
        else {
            return false;
        };
        if !blank(next) {
            // It may be the first thing in a part of the page.
            let inwards =
                std::iter::successors(Some(next), |id| tree.children(*id).find(|inner| !blank(*inner)));
            return inwards.take(4).any(|id| names::heading(tree, id).is_some());
        }
        at = next;
    }
    false
}
