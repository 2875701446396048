//! What is changed in the tree of a book for the sake of its headings.

use super::contents::Line;
use super::survey::{level, parent_name};
use crate::import::html::tree::{Data, Id, Tree};
use html5ever::LocalName;

/// How many nodes of a page are looked through for something that shows.
const SHOWN: usize = 1000;

/// Gives an element another name.
pub(super) fn rename(tree: &mut Tree, id: Id, name: LocalName) {
    if let Data::Element(old, _) = &mut tree.node_mut(id).data {
        *old = name;
    }
}

/// The name of a heading of a level.
pub(super) fn name_of(level: u8) -> LocalName {
    LocalName::from(format!("h{}", level.clamp(1, 6)))
}

/// Puts the lines above a title behind it, as plain ones: they are of its section.
pub(super) fn put_behind(tree: &mut Tree, title: Id, above: &[Id]) {
    let (parent, next) = (tree.node(title).parent, tree.node(title).next);
    for id in above {
        if level(tree.name(*id)).is_some() {
            rename(tree, *id, "p".into());
        }
        match (next, parent) {
            (Some(next), _) => tree.insert_before(next, *id),
            (None, Some(parent)) => tree.append(parent, *id),
            (None, None) => {}
        }
    }
}

/// Puts the words of a title in the place of the picture of them.
pub(super) fn spell_out(tree: &mut Tree, headings: &[Id], title: &str) {
    let Some(first) = headings.first() else { return };
    if headings.iter().any(|id| tree.text_of(*id).chars().any(char::is_alphanumeric)) {
        return;
    }
    while let Some(child) = tree.node(*first).first {
        tree.detach(child);
    }
    let words = tree.add_text(title, tree.node(*first).line);
    tree.append(*first, words);
}

/// Makes one heading of several: the words of the later go behind those of the first.
pub(super) fn merge(tree: &mut Tree, headings: &[Id]) {
    let Some((first, later)) = headings.split_first() else { return };
    for heading in later {
        let line = tree.node(*heading).line;
        let said = tree.text_of(*first);
        let colon = said.trim_end().ends_with(char::is_alphanumeric);
        let seam = tree.add_text(if colon { ": " } else { " " }, line);
        tree.append(*first, seam);
        tree.adopt(*heading, *first);
        tree.detach(*heading);
    }
}

/// A place between two nodes: what it stands in, and what it stands before.
pub(super) type Gap = (Id, Option<Id>);

/// The gap before a node for a heading: outside of what is a paragraph; at the top of the page if the node is the page.
/// A page of nothing has none.
pub(super) fn gap(tree: &Tree, node: Id) -> Option<Gap> {
    let holds =
        |name: &str| matches!(name, "" | "body" | "div" | "section" | "article" | "main" | "blockquote");
    let gap = match tree.name(node) {
        "" | "html" => {
            let body = tree.within(node).find(|id| tree.name(*id) == "body")?;
            (body, tree.node(body).first)
        }
        name if holds(name) => (node, tree.node(node).first),
        _ => {
            let outer = tree.ancestors(node).find(|id| holds(parent_name(tree, *id)))?;
            (tree.node(outer).parent?, Some(outer))
        }
    };
    let shows = |id| tree.words(id).map_or(tree.name(id) == "img", |words| !words.trim().is_empty());
    tree.within(gap.0).take(SHOWN).any(shows).then_some(gap)
}

/// Puts the heading of a line of the table into a gap.
pub(super) fn insert(tree: &mut Tree, (parent, before): Gap, line: &Line) {
    let source = tree.node(parent).line;
    let heading = tree.add(Data::Element(name_of(line.level), Vec::new()), source);
    let words = tree.add_text(&line.title, source);
    tree.append(heading, words);
    match before {
        Some(before) => tree.insert_before(before, heading),
        None => tree.append(parent, heading),
    }
}
