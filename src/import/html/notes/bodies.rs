//! Which nodes make a note: from the target of a link to the block, or the blocks, that it begins.

use super::{Found, signs};
use crate::import::html::links::Links;
use crate::import::html::names;
use crate::import::html::tree::{Data, Id, Tree};
use std::collections::{HashMap, HashSet};

/// How many characters may stand in a note before the target of its link: a label, a bracket.
const HEAD: usize = 12;

/// How many nodes may stand there.
const NODES: usize = 256;

/// The longest note that nothing calls a note, in characters.
const SMALL: usize = 4000;

/// How many blocks without a name of their own may belong to one note.
const FURTHER: usize = 8;

/// The nodes of a note.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// The element by which it is known.
    pub head: Id,
    /// The nodes that hold its words.
    pub parts: Vec<Id>,
    /// Whether it says by role or type that it is a note.
    pub said: bool,
    /// Whether it, or what it stands in, has "note" in its name.
    pub named: bool,
    /// Whether it is an entry in a list of works.
    pub work: bool,
    /// Whether it is as short as notes are, and has no headings.
    pub small: bool,
    /// Whether it has words of its own.
    pub worded: bool,
}

impl Body {
    /// Whether a node stands in the note.
    pub fn holds(&self, tree: &Tree, id: Id) -> bool {
        tree.contains(self.head, id) || self.parts.iter().any(|part| tree.contains(*part, id))
    }
}

/// Finds the bodies of notes; what is found once is remembered.
pub(super) struct Bodies<'a> {
    tree: &'a Tree,
    /// The places, sorted, of all blocks that may begin a note.
    pub starts: Vec<u32>,
    /// The places, in order, of headings and what stands for one, and whether they stand above notes.
    titles: Vec<(u32, bool)>,
    found: HashMap<Id, Option<Body>>,
}

impl<'a> Bodies<'a> {
    /// For a tree.
    pub fn new(tree: &'a Tree) -> Bodies<'a> {
        let is_title = |id| tree.short(id, 80).is_some_and(|words| signs::is_title(&words));
        let label = |id| matches!(tree.name(id), "p" | "summary" | "legend" | "center") && is_title(id);
        let above = tree.pages.iter().flat_map(|page| tree.within(*page));
        let above = above.filter(|id| names::heading(tree, *id).is_some() || label(*id));
        let titles = above.map(|id| (tree.rank(id), is_title(id))).collect();
        Bodies { tree, starts: Vec::new(), titles, found: HashMap::new() }
    }

    /// The block that a target is or stands in; none for headings, and for what is no block but the page.
    pub fn block(&self, target: Id) -> Option<Id> {
        let block = self.tree.ancestors(target).find(|id| match &self.tree.node(*id).data {
            Data::Page => true,
            Data::Element(name, _) => names::is_block(name),
            Data::Text(_) => false,
        })?;
        match &self.tree.node(block).data {
            Data::Element(name, _) => {
                let no_note = names::heading(self.tree, block).is_some() && !self.is_label(block)
                    || matches!(&**name, "body" | "html" | "nav" | "main" | "article" | "header" | "figure");
                (!no_note).then_some(block)
            }
            // A whole page is a note where each note has a page of its own.
            Data::Page => (block == target).then_some(block),
            Data::Text(_) => None,
        }
    }

    /// Whether a heading among notes holds nothing but the label of one, as those of Texinfo do.
    fn is_label(&self, heading: Id) -> bool {
        self.tree.short(heading, HEAD).is_some_and(|words| signs::is_label(&words))
            && self.tree.ancestors(heading).take(4).any(|id| signs::is_named(self.tree, id))
    }

    /// The note that begins with a target in a block.
    pub fn body(&mut self, target: Id, block: Id) -> Option<Body> {
        if let Some(body) = self.found.get(&target) {
            return body.clone();
        }
        let body = self.make(target, block);
        self.found.insert(target, body.clone());
        body
    }

    fn make(&self, target: Id, block: Id) -> Option<Body> {
        let tree = self.tree;
        if !self.heads(block, target) {
            return None;
        }
        let head = self.widen(target, block);
        let parts = parts(tree, head);
        let around: Vec<Id> = tree
            .ancestors(head)
            .take(5)
            .take_while(|id| !matches!(tree.name(*id), "body" | "main" | "article"))
            .collect();
        let said = around.first().is_some_and(|id| signs::says_note(tree, *id))
            || signs::says_note(tree, target)
            || around.iter().any(|id| signs::says_list(tree, *id));
        let work = around.iter().take(3).any(|id| signs::is_work(tree, *id));
        let named = said
            || self.is_under_title(head)
            || around.iter().any(|id| signs::is_named(tree, *id))
            || tree
                .ancestors(target)
                .take_while(|id| tree.contains(head, *id))
                .any(|id| signs::is_named(tree, id));
        let mut count = 0;
        let mut headed = false;
        let mut letters = 0;
        for id in parts.iter().flat_map(|part| tree.within(*part)) {
            if let Some(words) = tree.words(id) {
                count += words.len();
                letters += words.chars().filter(|c| c.is_alphanumeric()).count();
            }
            headed |= names::heading(tree, id).is_some();
            if count > SMALL * 4 {
                break;
            }
        }
        let small = count <= SMALL && !headed;
        if headed && !said && !named {
            return None;
        }
        Some(Body {
            head,
            parts,
            said,
            named,
            work,
            small,
            worded: said || letters > if named { 0 } else { 4 },
        })
    }

    /// Whether the last heading before a node is one of notes.
    fn is_under_title(&self, id: Id) -> bool {
        let before = self.titles.partition_point(|(rank, _)| *rank < self.tree.rank(id));
        before.checked_sub(1).is_some_and(|last| self.titles[last].1)
    }

    /// Whether a target stands at the head of a block.
    fn heads(&self, block: Id, target: Id) -> bool {
        let mut count = 0;
        for id in self.tree.within(block).take(NODES) {
            if id == target {
                return true;
            }
            count += self.tree.words(id).map_or(0, |w| w.trim().chars().count());
            if count > HEAD {
                return false;
            }
        }
        false
    }

    /// From a paragraph to the item, the aside, the `div` that is the whole note.
    fn widen(&self, target: Id, block: Id) -> Id {
        let tree = self.tree;
        let mut head = match tree.name(block) {
            "td" | "th" => tree.ancestors(block).find(|id| tree.name(*id) == "tr").unwrap_or(block),
            _ => block,
        };
        loop {
            if matches!(tree.name(head), "li" | "dd" | "dt" | "aside" | "tr" | "")
                || signs::says_note(tree, head)
                || signs::is_work(tree, head)
            {
                return head;
            }
            let Some(parent) = tree.node(head).parent else { return head };
            let wide = matches!(
                tree.name(parent),
                "li" | "dd" | "aside" | "div" | "section" | "blockquote" | "td" | "tr"
            ) && !signs::is_plural(tree, parent)
                && self.starts_in(parent) <= 1
                && self.heads(parent, target)
                && !tree.children(parent).any(|c| names::heading(tree, c).is_some() || tree.name(c) == "hr");
            // A `div` that only lays out a page holds whatever is in it.
            let one = |parent: Id| {
                matches!(tree.name(parent), "li" | "dd" | "aside" | "td" | "tr")
                    || signs::is_named(tree, parent)
                    || tree.children(parent).filter(|c| names::is_block(tree.name(*c))).take(2).count() == 1
            };
            if !wide || !one(parent) {
                return head;
            }
            head = parent;
        }
    }

    /// How many blocks that may begin a note stand in a node.
    fn starts_in(&self, id: Id) -> usize {
        let range = self.tree.span(id);
        let first = self.starts.partition_point(|rank| *rank < range.start);
        let last = self.starts.partition_point(|rank| *rank < range.end);
        last - first
    }
}

/// The nodes that hold the words of the note at `head`.
fn parts(tree: &Tree, head: Id) -> Vec<Id> {
    match tree.name(head) {
        "dt" => {
            let own =
                tree.behind(head).take_while(|id| tree.name(*id) != "dt").filter(|id| tree.name(*id) == "dd");
            let mut parts = vec![head];
            parts.extend(own);
            parts
        }
        "tr" => tree.children(head).filter(|id| matches!(tree.name(*id), "td" | "th")).collect(),
        "table" => tree.within(head).filter(|id| matches!(tree.name(*id), "td" | "th")).take(8).collect(),
        _ if names::heading(tree, head).is_some() => {
            let following = tree.behind(head);
            let own = |id: &Id| names::heading(tree, *id).is_none() && tree.name(*id) != "hr";
            following.take_while(own).collect()
        }
        _ => vec![head],
    }
}

/// Adds the notes that nothing calls: those that say what they are, and the brothers of called ones.
pub(super) fn add_uncalled(tree: &Tree, links: &Links, found: &mut Vec<Found>) {
    let bodies =
        found.iter().flat_map(|note| std::iter::once(note.body.head).chain(note.body.parts.iter().copied()));
    let mut known: HashSet<Id> = bodies.collect();
    let mut numbers: HashMap<Id, usize> = HashMap::new();
    let mut lists: Vec<(Id, String)> = Vec::new();
    let mut last = None;
    let mut unnamed: HashMap<Id, usize> = HashMap::new();
    for note in found.iter().filter(|note| !note.calls.is_empty()) {
        let head = note.body.head;
        let Some(list) = tree.node(head).parent else { continue };
        if note.body.named || note.body.work {
            if last.replace(list) != Some(list) {
                lists.push((list, tree.name(head).to_owned()));
            }
        } else if tree.name(head) == "li" {
            *unnamed.entry(list).or_default() += 1;
        }
    }
    // A list most of whose items are notes is a list of notes.
    for (list, called) in unnamed {
        let items = tree.children(list).filter(|item| tree.name(*item) == "li").count();
        if called > 1 && called * 2 > items {
            lists.push((list, "li".to_owned()));
        }
    }
    lists.sort();
    lists.dedup();
    let mut heads: Vec<Id> = Vec::new();
    for (list, name) in lists {
        let brother = |id: &Id| {
            tree.name(*id) == name
                && match &*name {
                    "li" => true,
                    _ => {
                        (signs::is_named(tree, *id) || signs::is_work(tree, *id))
                            && (tree.attribute(*id, "id").is_some() || name == "aside")
                    }
                }
        };
        heads.extend(tree.children(list).filter(brother));
    }
    heads.extend(tree.pages.iter().flat_map(|page| tree.within(*page)).filter(|id| {
        let single = tree.has(*id, "role", &["doc-footnote", "doc-endnote"])
            || tree.has(*id, "epub:type", &["footnote", "endnote", "rearnote"]);
        single && matches!(tree.name(*id), "aside" | "li" | "div" | "p" | "section" | "dd")
            || tree.name(*id) == "li" && is_listed(tree, *id)
    }));
    for head in heads {
        let inside = tree.ancestors(head).any(|id| known.contains(&id))
            || links.to(head).any(|l| known.contains(&l.to));
        if inside || !known.insert(head) {
            continue;
        }
        let parts = parts(tree, head);
        let words = parts.iter().map(|part| tree.text_of(*part)).collect::<Vec<_>>().join(" ");
        let listed = is_listed(tree, head) && tree.attribute(head, "id").is_some();
        if words.trim().is_empty() && !listed {
            continue;
        }
        if let Some(list) = tree.node(head).parent.filter(|_| !numbers.contains_key(&head)) {
            let brothers = tree.children(list).filter(|c| tree.name(*c) == tree.name(head));
            numbers.extend(brothers.zip(1..));
        }
        let mut heard = words.split_whitespace();
        let work = signs::is_work(tree, head);
        let own = tree.within(head).take(16).find(|id| tree.has(*id, "class", &["label", "ltx_tag_bibitem"]));
        let own = own.filter(|_| work).and_then(|own| tree.short(own, 40)).filter(|own| signs::is_key(own));
        let is_label = |w: &&str| {
            let key = work && w.starts_with('[') && w.ends_with(']') && signs::is_key(w);
            key || tree.name(head) != "li" && signs::is_label(w) && !w.starts_with(char::is_alphabetic)
        };
        let first = heard.next();
        let said = ["data-label", "value"].into_iter().find_map(|name| tree.attribute(head, name));
        let own = own.or(said.filter(|said| signs::is_key(said)).map(str::to_owned));
        let label = match (first.filter(is_label), heard.next()) {
            _ if own.is_some() => own.unwrap_or_default(),
            (Some(label), Some(_)) => label.to_owned(),
            _ => numbers.get(&head).copied().unwrap_or(1).to_string(),
        };
        let body = Body { head, parts, said: true, named: true, work: false, small: true, worded: true };
        found.push(Found { body, label, calls: Vec::new() });
    }
}

/// How many nodes, blanks among them, may stand between the heading of a part of notes and the first of them.
const FEW_BETWEEN: usize = 6;

/// Whether an item stands in the list of what says that it holds notes.
fn is_listed(tree: &Tree, item: Id) -> bool {
    let list = tree.node(item).parent.filter(|list| matches!(tree.name(*list), "ol" | "ul"));
    list.is_some_and(|list| {
        signs::says_list(tree, list)
            || tree.node(list).parent.is_some_and(|outer| signs::says_list(tree, outer))
    })
}

/// Adds to notes that are paragraphs the further paragraphs that stand between them and the next note.
pub(super) fn extend(tree: &Tree, found: &mut [Found]) {
    let calls: Vec<u32> = {
        let mut calls: Vec<u32> =
            found.iter().flat_map(|n| n.calls.iter().map(|(unit, _)| tree.rank(*unit))).collect();
        calls.sort_unstable();
        calls
    };
    let heads: HashSet<Id> = found.iter().map(|n| n.body.head).collect();
    for note in found.iter_mut() {
        let head = note.body.head;
        let block = tree.name(head);
        if !matches!(block, "p" | "div" | "blockquote") {
            continue;
        }
        let listed = tree
            .node(head)
            .parent
            .is_some_and(|list| signs::is_named(tree, list) || signs::says_list(tree, list));
        let mut further = Vec::new();
        let mut next = tree.node(head).next;
        let mut closed = false;
        for _ in 0..NODES {
            let Some(id) = next else {
                // The last of a list: what is set as it is belongs to it, unless the text is set so too.
                let class = |id: Id| tree.attribute(id, "class").filter(|class| !class.is_empty());
                let callers = note.calls.iter().take(FURTHER).flat_map(|(unit, _)| tree.ancestors(*unit));
                let own = class(head).filter(|_| callers.into_iter().all(|id| class(id) != class(head)));
                closed = own.is_some() && further.iter().all(|id| class(*id) == own);
                break;
            };
            next = tree.node(id).next;
            if heads.contains(&id) || signs::is_work(tree, id) {
                closed = true;
                break;
            }
            match tree.name(id) {
                "" if tree.words(id).is_some_and(|w| w.trim().is_empty()) => {}
                "p" | "blockquote" | "ul" | "ol" | "pre" | "table" | "div" => further.push(id),
                // The notes of the next chapter, under its name.
                _ if names::heading(tree, id).is_some() => {
                    let behind = std::iter::successors(next, |id| tree.node(*id).next).take(FEW_BETWEEN);
                    let mut shown = behind.filter(|id| tree.words(*id).is_none_or(|w| !w.trim().is_empty()));
                    closed = shown
                        .find(|id| names::heading(tree, *id).is_none())
                        .is_some_and(|id| heads.contains(&id));
                    break;
                }
                _ => break,
            }
            if further.len() > FURTHER {
                break;
            }
        }
        let holds_head = |id: &Id| tree.within(*id).any(|inner| heads.contains(&inner));
        let (Some(first), Some(last)) = (further.first(), further.last()) else { continue };
        let (first, last) = (tree.rank(*first), tree.span(*last).end);
        let called = calls.partition_point(|c| *c < first) < calls.partition_point(|c| *c < last);
        if further.len() <= FURTHER && (listed || closed && !called) && !further.iter().any(holds_head) {
            note.body.parts.extend(further);
        }
    }
}
