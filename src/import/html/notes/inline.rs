//! Notes that stand inside the sentence they belong to: Tufte's sidenotes and margin notes, LaTeXML's footnotes, those of
//! some blogs.

use super::bodies::Body;
use super::{Found, signs};
use crate::import::html::names;
use crate::import::html::plan::{Plan, Why};
use crate::import::html::tree::{Id, Tree};

/// Classes of a note inside a sentence.
const NOTES: &[&str] = &[
    "sidenote",
    "marginnote",
    "margin-note",
    "side-note",
    "sidenote-content",
    "marginnote-content",
    "inline-footnote",
    "inline-note",
    "footnote-inline",
    "ltx_note",
    "modern-footnotes-footnote__note",
    "footnote_tooltip",
    "tufte-sidenote",
    "gutternote",
];

/// Classes of what stands before such a note to show or hide it.
const TOGGLES: &[&str] = &[
    "margin-toggle",
    "sidenote-number",
    "sidenote-toggle",
    "marginnote-ind",
    "modern-footnotes-footnote",
    "footnote_plugin_tooltip_text",
    "sidenote-label",
];

/// What is printed for a note that has no number.
const UNNUMBERED: &str = "⊕";

/// Finds the notes inside sentences. What calls them is the place where they stand.
pub(super) fn find(tree: &Tree, plan: &mut Plan) -> Vec<Found> {
    let mut found = Vec::new();
    let mut number = 0;
    let ids: Vec<Id> = tree.pages.iter().flat_map(|page| tree.within(*page)).collect();
    // Where the notes stand at the end as well, what shows them in the sentence says them twice.
    let listed = ids.iter().any(|id| tree.has(*id, "class", &["footnote_plugin_text"]));
    for id in ids {
        if listed && tree.has(id, "class", &["footnote_tooltip"]) {
            plan.left_out.insert(id, Why::Silent);
        }
        if plan.left_out.contains_key(&id) || !is_note(tree, id) {
            continue;
        }
        let toggle = toggle(tree, id);
        let said = toggle
            .and_then(|t| tree.short(t, 80))
            .map(|w| signs::bare(&w).to_owned())
            .filter(|w| !w.is_empty());
        if let Some(toggle) = toggle {
            plan.left_out.insert(toggle, Why::Silent);
        }
        let mark = tree.children(id).find(|c| tree.has(*c, "class", &["ltx_note_mark"]));
        let said = said
            .or_else(|| mark.and_then(|m| tree.short(m, 80)).map(|w| w.trim().to_owned()))
            .filter(|w| !w.is_empty());
        let margin =
            tree.has(id, "class", &["marginnote", "margin-note", "marginnote-content", "gutternote"]);
        let label = match said {
            Some(said) => said,
            None if margin => UNNUMBERED.to_owned(),
            None => {
                number += 1;
                number.to_string()
            }
        };
        let content = tree.within(id).find(|c| tree.has(*c, "class", &["ltx_note_content"])).unwrap_or(id);
        for inner in tree
            .within(id)
            .filter(|i| tree.has(*i, "class", &["ltx_note_mark", "ltx_tag_note", "ltx_note_type"]))
        {
            plan.left_out.insert(inner, Why::Silent);
        }
        let body = Body {
            head: id,
            parts: vec![content],
            said: true,
            named: true,
            work: false,
            small: true,
            worded: true,
        };
        found.push(Found { body, label: label.clone(), calls: vec![(id, label)] });
    }
    found
}

fn is_note(tree: &Tree, id: Id) -> bool {
    let name = tree.name(id);
    let named = tree.has(id, "class", NOTES) || matches!(name, "d-footnote" | "dt-fn");
    // A block of its own in the margin, without anything that shows it, is a heading at the side or an aside.
    let inline = !names::is_block(name) || toggle(tree, id).is_some();
    let nested = tree.node(id).parent.is_some_and(|p| tree.has(p, "class", NOTES));
    named
        && inline
        && !nested
        && tree.within(id).take(4096).any(|i| tree.words(i).is_some_and(|w| !w.trim().is_empty()))
}

/// What stands before a note to show or hide it.
fn toggle(tree: &Tree, id: Id) -> Option<Id> {
    let mut before = tree.node(id).previous;
    for _ in 0..6 {
        let node = before?;
        if tree.words(node).is_some_and(|w| !w.trim().is_empty()) {
            return None;
        }
        let inner = std::iter::successors(Some(node), |id| tree.node(*id).last).take(4);
        if let Some(found) =
            inner.into_iter().find(|i| tree.has(*i, "class", TOGGLES) && tree.name(*i) != "input")
        {
            return Some(found);
        }
        before = tree.node(node).previous;
    }
    None
}
