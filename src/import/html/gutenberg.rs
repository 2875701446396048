//! What Project Gutenberg puts before and behind its books.

use super::names;
use super::plan::{Plan, Why};
use super::tree::{Data, Id, Tree};

/// Why it is left out.
const FRAME: &str = "frame of Project Gutenberg";

/// Classes of what stands around its books.
const BOILERPLATE: &[&str] = &["pg-boilerplate", "pgheader", "pgfooter", "pg-header", "pg-footer"];

/// Sets what stood in the margin of a printed book above the paragraph it stands in: it tears the sentence, and nothing
/// calls it. Elsewhere what is called a sidenote is a note.
pub(super) fn set_apart_sidenotes(tree: &mut Tree) {
    let nodes = || tree.pages.iter().flat_map(|page| tree.within(*page));
    let its = |id: Id| {
        tree.has(id, "class", BOILERPLATE)
            || tree.has(id, "id", BOILERPLATE)
            || tree.words(id).is_some_and(|words| words.contains("PROJECT GUTENBERG EBOOK"))
    };
    let sidenotes: Vec<(Id, Id)> = nodes()
        .filter(|id| tree.name(*id) == "span" && tree.has(*id, "class", &["sidenote"]))
        .filter_map(|id| Some((id, tree.ancestors(id).find(|outer| tree.name(*outer) == "p")?)))
        .collect();
    if sidenotes.is_empty() || !nodes().any(its) {
        return;
    }
    for (sidenote, paragraph) in sidenotes {
        let line = tree.node(sidenote).line;
        let [apart, set] = ["p", "em"].map(|name| tree.add(Data::Element(name.into(), Vec::new()), line));
        tree.insert_before(paragraph, apart);
        tree.append(apart, set);
        tree.adopt(sidenote, set);
        tree.detach(sidenote);
    }
    tree.seal();
}

/// Leaves the frame out of all pages: what stands before the book, behind it, and the pages behind its end.
pub(super) fn leave_out(tree: &Tree, plan: &mut Plan) {
    let (mut begun, mut ended) = (false, false);
    for page in &tree.pages {
        if ended {
            plan.left_out.insert(*page, Why::Told(FRAME));
        } else {
            (begun, ended) = page_of(tree, plan, *page, begun);
        }
    }
}

/// Leaves out what Project Gutenberg puts before and behind its books. `begun` is whether the book began in an earlier
/// page; returns whether it has begun and whether it has ended in this one.
fn page_of(tree: &Tree, plan: &mut Plan, page: Id, begun: bool) -> (bool, bool) {
    let mut ended = false;
    for id in tree.within(page) {
        let says = |names: &[&str]| tree.has(id, "class", names) || tree.has(id, "id", names);
        if says(BOILERPLATE) {
            plan.left_out.insert(id, Why::Told(FRAME));
            ended |= says(&["pgfooter", "pg-footer"]);
        }
    }
    let start = marker(tree, page, "START OF", 0);
    if let Some(start) = start {
        // All that stands before it, at each depth.
        for outer in tree.ancestors(start).take_while(|id| tree.name(*id) != "body") {
            let before = tree.before(outer);
            for id in before {
                plan.left_out.entry(id).or_insert(Why::Told(FRAME));
            }
        }
        plan.left_out.entry(start).or_insert(Why::Told(FRAME));
    }
    let begun = begun || start.is_some();
    let end = if begun { marker(tree, page, "END OF", start.map_or(0, |id| tree.rank(id))) } else { None };
    if let Some(end) = end {
        for outer in tree.ancestors(end).take_while(|id| tree.name(*id) != "body") {
            for id in tree.behind(outer) {
                plan.left_out.entry(id).or_insert(Why::Told(FRAME));
            }
        }
        let last = tree.before(end).take(4).find(|id| !head_of(tree, *id).trim().is_empty());
        let last = last.filter(|id| {
            let words = head_of(tree, *id);
            words.trim_start().starts_with("End of") && words.contains("Project Gutenberg")
        });
        for id in last.into_iter().chain([end]) {
            plan.left_out.entry(id).or_insert(Why::Told(FRAME));
        }
    }
    (begun, ended || end.is_some())
}

/// The block that says `*** START OF THE PROJECT GUTENBERG EBOOK … ***`, or where it ends, behind a place.
fn marker(tree: &Tree, page: Id, mark: &str, behind: u32) -> Option<Id> {
    tree.within(page).find_map(|id| {
        let words = tree.words(id)?;
        if !words.contains("***") || tree.rank(id) < behind {
            return None;
        }
        let block = tree.ancestors(id).find(|block| names::is_block(tree.name(*block)))?;
        let words = head_of(tree, block).to_ascii_uppercase();
        let says = words.contains(mark) && words.contains("PROJECT GUTENBERG EBOOK");
        (says && !matches!(tree.name(block), "body" | "html")).then_some(block)
    })
}

/// The first words of a node.
fn head_of(tree: &Tree, id: Id) -> String {
    let mut words = String::new();
    for text in tree.within(id).take(256).filter_map(|id| tree.words(id)) {
        words.push_str(&text[..text.floor_char_boundary(1024)]);
        if words.len() > 1024 {
            break;
        }
    }
    words
}
