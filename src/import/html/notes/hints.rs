//! Notes that a page shows where one points at their numbers: `<sup title="See Keeper, p. 12.">1</sup>`. Their words are
//! brought into the tree as those of notes inside the sentence are, before anybody looks for notes.

use super::signs;
use crate::import::html::names;
use crate::import::html::tree::{Data, Id, Tree, attribute};
use html5ever::LocalName;
use std::collections::{HashMap, HashSet};

/// How many words a note has at least; fewer say what a link is for.
const WORDS: usize = 3;

/// The longest number that is pointed at, in bytes, with its brackets.
const LABEL: usize = 12;

/// How far outwards and inwards from an element something says that it calls a note.
const NEAR: usize = 4;

/// Puts the notes behind their numbers.
pub(in crate::import::html) fn unfold(tree: &mut Tree) {
    let hints = hints(tree);
    if hints.is_empty() {
        return;
    }
    for (id, label, words) in hints {
        let line = tree.node(id).line;
        let mut add = |name: &str, class: &str, words: &str| {
            let class = attribute("class", class);
            let element = tree.add(Data::Element(LocalName::from(name), vec![class]), line);
            tree.append_text(element, words, line);
            tree.insert_before(id, element);
        };
        add("label", "sidenote-label", &label);
        add("span", "inline-note", &words);
        tree.detach(id);
    }
    tree.seal();
}

/// The elements that hold nothing but a number, with it and the note that they show.
fn hints(tree: &Tree) -> Vec<(Id, String, String)> {
    let mut hints: Vec<(Id, String, String)> = Vec::new();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for id in tree.pages.iter().flat_map(|page| tree.within(*page)) {
        let Some(words) = tree.attribute(id, "title").filter(|words| is_note(words)) else { continue };
        let Some(label) = tree.short(id, LABEL).filter(|label| is_label(label)) else { continue };
        let nested = hints.last().is_some_and(|(last, ..)| tree.contains(*last, id));
        if matches!(tree.name(id), "sup" | "a" | "span") && !nested && is_set_apart(tree, id, &label) {
            // "View footnote 1", "View footnote 2": what but counts says nothing.
            *alike.entry(words.replace(|c: char| c.is_ascii_digit(), "")).or_default() += 1;
            hints.push((id, signs::shown(&label), words.to_owned()));
        }
    }
    hints.retain(|(_, _, words)| alike[&words.replace(|c: char| c.is_ascii_digit(), "")] == 1);
    if hints.is_empty() {
        return hints;
    }
    let names = |id| [tree.attribute(id, "id"), tree.attribute(id, "name")];
    let targets: HashSet<&str> =
        tree.pages.iter().flat_map(|page| tree.within(*page)).flat_map(names).flatten().collect();
    // Where a link leads to the note itself, that is read.
    let leads = |id: &Id| {
        let around = tree.ancestors(*id).take(NEAR).chain(tree.within(*id).take(NEAR));
        around.filter_map(|id| tree.attribute(id, "href")).any(|href| {
            href.contains("://") || href.split_once('#').is_some_and(|(_, name)| targets.contains(name))
        })
    };
    hints.retain(|(id, ..)| !leads(id));
    hints
}

/// Whether the words that are shown are a note: they are more than a few, or those of a script without blanks.
fn is_note(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    let way = ["footnote", "note", "fußnote", "back", "top"].iter().any(|last| lower.ends_with(last));
    words.split_whitespace().count() >= WORDS && !way
        || words.chars().filter(|c| !c.is_ascii()).count() > WORDS * 3
}

/// Whether words are a number, a sign or one letter.
fn is_label(words: &str) -> bool {
    let label = signs::bare(words);
    signs::is_label(words)
        && (label.chars().count() == 1 || label.chars().all(|c| c.is_numeric() || !c.is_alphanumeric()))
}

/// Whether an element is raised, in square brackets, or says that it calls a note.
fn is_set_apart(tree: &Tree, id: Id, label: &str) -> bool {
    let outwards = tree.ancestors(id).take(NEAR).take_while(|id| !names::is_block(tree.name(*id)));
    let mut around = outwards.chain(tree.within(id).take(NEAR));
    label.trim_start().starts_with('[')
        || around.any(|id| tree.name(id) == "sup" || signs::says_call(tree, id))
}
