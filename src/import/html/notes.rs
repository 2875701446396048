//! The notes of a text and what calls them.
//!
//! The text of a link proves nothing, `1` may be a page. A link calls a note if its target begins a small block that
//! links back to it, or one that is called a note by role, class or name; or if the link itself says so. Notes that stand
//! inside the sentence are found by their classes.

mod bodies;
mod hints;
mod inline;
mod lines;
mod printed;
mod signs;
mod tidy;
mod unlinked;

#[cfg(test)]
mod tests;

use super::links::{Link, Links};
use super::names;
use super::plan::{Call, Note, Plan};
use super::tree::{Id, Tree};
use bodies::{Bodies, Body};
use std::collections::{HashMap, HashSet};

pub(super) use signs::is_title;

/// Puts into a tree what its page leaves unsaid of its notes: those that show where one points at their numbers, those that
/// are lines of one block, those that no link leads to.
pub(super) fn prepare(tree: &mut Tree) {
    hints::unfold(tree);
    lines::part(tree);
    unlinked::link(tree);
}

/// Whether a node stands in a list of notes.
pub(super) fn are_in(tree: &Tree, id: Id) -> bool {
    let around = tree.ancestors(id).skip(1).take(NEAR);
    around.take_while(|id| tree.name(*id) != "body").any(|id| signs::is_plural(tree, id))
}

/// How far outwards from a link its own name is looked for.
const NEAR: usize = 5;

/// The most bytes that a label may have with what is around it.
const LABEL: usize = 80;

/// A link that may call a note.
struct Candidate {
    link: Link,
    /// The link with what belongs to it: the `<sup>` around it.
    unit: Id,
    label: String,
    body: Body,
    /// Whether the link says that it calls a note.
    says: bool,
    /// Whether it says so by its role, which leaves no doubt.
    role: bool,
    /// Whether it is set apart as calls are: raised, in brackets, or a sign.
    raised: bool,
    /// Whether its note leads back to it.
    mutual: bool,
    /// Whether its label is more than a number or a sign.
    keyed: bool,
}

/// Finds the notes of a tree and puts them, and what calls them, into the plan.
pub(super) fn find(tree: &Tree, links: &Links, plan: &mut Plan) {
    let mut found = inline::find(tree, plan);
    let candidates = candidates(tree, links, plan);
    let accepted = accepted(tree, candidates);

    let mut by_head: HashMap<Id, usize> = HashMap::new();
    let mut units: Vec<(Id, usize)> = Vec::new();
    for candidate in accepted {
        let head = candidate.body.head;
        let index = *by_head.entry(head).or_insert_with(|| {
            found.push(Found {
                body: candidate.body.clone(),
                label: candidate.label.clone(),
                calls: Vec::new(),
            });
            found.len() - 1
        });
        found[index].calls.push((candidate.unit, candidate.label));
        units.push((candidate.unit, index));
    }
    bodies::add_uncalled(tree, links, &mut found);
    found.sort_by_key(|note| tree.rank(note.body.head));
    bodies::extend(tree, &mut found);
    write(tree, links, plan, found);
    unanswered(tree, links, plan);
}

/// The calls that say what they are, but lead to nothing: no note answers them.
fn unanswered(tree: &Tree, links: &Links, plan: &mut Plan) {
    for link in &links.broken {
        let unit = unit(tree, *link);
        let outwards = tree.ancestors(*link).take_while(|id| tree.contains(unit, *id));
        let says = outwards.into_iter().any(|id| signs::says_role_of_call(tree, id));
        let Some(label) = short(tree, *link).filter(|_| says) else { continue };
        let label = signs::shown(&label);
        if signs::is_key(&label) || signs::is_label(&label) {
            let key = format!("no note {label}");
            plan.calls.insert(unit, Call { label, key });
        }
    }
}

/// A note that was found.
struct Found {
    body: Body,
    label: String,
    /// The units that call it, and their labels.
    calls: Vec<(Id, String)>,
}

/// A link that may call a note, as long as one has not looked where it leads.
struct Rough {
    link: Link,
    unit: Id,
    label: String,
    says: bool,
    /// Whether it says so by its role, which leaves no doubt.
    role: bool,
    raised: bool,
    keyed: bool,
}

/// Whether a link is set apart as calls are: raised, in brackets, or a sign.
fn is_raised(tree: &Tree, link: Id, unit: Id, label: &str) -> bool {
    let around = tree.ancestors(link).take(NEAR).take_while(|id| !names::is_block(tree.name(*id)));
    around.into_iter().any(|id| tree.name(id) == "sup")
        || tree.within(link).take(8).any(|id| tree.name(id) == "sup")
        || label.starts_with(['[', '(', '［', '（', '〔'])
        || label.starts_with(printed::is_raised)
        || tree.short(unit, LABEL).is_some_and(|words| words.trim_start().starts_with('['))
        || tidy::is_in_brackets(tree, unit)
        || signs::bare(label).chars().all(|c| !c.is_alphanumeric())
        || is_cited(tree, link)
}

/// Whether a link is one of those that stand in brackets together: `[1, 2]`.
fn is_cited(tree: &Tree, link: Id) -> bool {
    let Some(around) = tree.node(link).parent.filter(|id| matches!(tree.name(*id), "cite" | "span")) else {
        return false;
    };
    let words = |id: Option<Id>| id.and_then(|id| tree.words(id)).unwrap_or_default().trim();
    words(tree.node(around).first).starts_with('[') && words(tree.node(around).last).ends_with(']')
}

fn candidates(tree: &Tree, links: &Links, plan: &Plan) -> Vec<Candidate> {
    let mut bodies = Bodies::new(tree);
    let mut starts: Vec<u32> = Vec::new();
    let mut rough = Vec::new();
    for link in &links.all {
        if plan.calls.contains_key(&link.from) || signs::says_back(tree, link.from) {
            continue;
        }
        let Some(label) = short(tree, link.from) else { continue };
        let unit = unit(tree, link.from);
        let units = || tree.ancestors(link.from).take_while(|id| tree.contains(unit, *id));
        let says = units().any(|id| signs::says_call(tree, id));
        let role = units().any(|id| signs::says_role_of_call(tree, id));
        let raised = is_raised(tree, link.from, unit, &label);
        let keyed = !(says || signs::is_label(&label));
        if signs::is_back_sign(&label) || keyed && !(raised && signs::is_key(&label)) {
            continue;
        }
        if let Some(block) = bodies.block(link.to).filter(|block| role || !tree.contains(*block, link.from)) {
            starts.push(tree.rank(block));
            rough.push((Rough { link: *link, unit, label, says, role, raised, keyed }, block));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    bodies.starts = starts;
    let mut candidates = Vec::new();
    for (Rough { link, unit, label, says, role, raised, keyed }, block) in rough {
        let Some(body) = bodies.body(link.to, block) else { continue };
        if tree.contains(body.head, link.from) && !(role && body.said) {
            continue;
        }
        let mutual =
            near(tree, link.from).into_iter().any(|id| links.to(id).any(|back| body.holds(tree, back.from)));
        candidates.push(Candidate { link, unit, label, body, says, role, raised, mutual, keyed });
    }
    candidates
}

/// The candidates that do call notes.
fn accepted(tree: &Tree, candidates: Vec<Candidate>) -> Vec<Candidate> {
    // Where two blocks lead to each other, the one that is called a note is the note, else the later one.
    let sure = |c: &Candidate| {
        c.body.said
            || c.body.named && (c.mutual || c.raised || c.says)
            || c.body.work && c.raised
            || c.says && c.mutual
    };
    let heads: HashSet<Id> = candidates.iter().filter(|c| sure(c)).map(|c| c.body.head).collect();
    let ranges: Vec<(u32, Id)> = {
        let mut ranges: Vec<_> = heads.iter().map(|head| (tree.rank(*head), *head)).collect();
        ranges.sort_unstable();
        ranges
    };
    let in_note = |id: Id| {
        let before = ranges.partition_point(|(rank, _)| *rank <= tree.rank(id));
        before.checked_sub(1).is_some_and(|i| tree.contains(ranges[i].1, id))
    };
    let raised: HashSet<Id> =
        candidates.iter().filter(|c| c.mutual && (c.raised || c.says)).map(|c| c.body.head).collect();
    let later = |c: &Candidate| tree.rank(c.link.from) < tree.rank(c.body.head);
    let is_call = |c: &Candidate| {
        if !c.body.worded || c.keyed && !(c.body.work || c.mutual && c.body.named) {
            return false;
        }
        if c.role && c.body.said {
            return true;
        }
        // "See note 36": a link to a note that others call.
        let aside = !c.mutual && !c.raised && !c.says && raised.contains(&c.body.head);
        if heads.contains(&c.body.head) && !aside && (sure(c) || c.mutual || c.raised || c.says) {
            return !in_note(c.link.from) || later(c);
        }
        if c.says {
            return c.body.small && !in_note(c.link.from);
        }
        c.mutual && c.body.small && later(c) && !in_note(c.link.from) && !aside
    };
    candidates.into_iter().filter(|c| is_call(c)).collect()
}

/// The words of a link, if there are few of them.
fn short(tree: &Tree, id: Id) -> Option<String> {
    tree.short(id, LABEL).map(|words| words.trim().to_owned())
}

/// What belongs to a link: the elements around it that hold no other words.
fn unit(tree: &Tree, link: Id) -> Id {
    let Some(own) = short(tree, link) else { return link };
    let mut unit = link;
    for outer in tree.ancestors(link).skip(1).take(NEAR) {
        let name = tree.name(outer);
        if name.is_empty() || names::is_block(name) {
            break;
        }
        let Some(words) = short(tree, outer) else { break };
        if !is_bracketed(&words, &own) {
            break;
        }
        unit = outer;
    }
    unit
}

/// Whether words are a label and nothing else but one pair of brackets, or none, around it.
fn is_bracketed(words: &str, label: &str) -> bool {
    let Some((before, after)) = words.split_once(label) else { return false };
    const PAIRS: &[(&str, &str)] =
        &[("", ""), ("[", "]"), ("(", ")"), ("{", "}"), ("［", "］"), ("（", "）"), ("〔", "〕")];
    PAIRS.contains(&(before.trim(), after.trim()))
}

/// The nodes by whose names a note can lead back to a call: itself, what it stands in, and empty anchors before it.
fn near(tree: &Tree, link: Id) -> Vec<Id> {
    let mut near = Vec::new();
    for id in tree.ancestors(link).take(NEAR) {
        near.push(id);
        let mut before = tree.node(id).previous;
        for _ in 0..3 {
            let Some(id) = before else { break };
            if tree.words(id).is_some_and(|w| !w.trim().is_empty()) {
                break;
            }
            near.push(id);
            before = tree.node(id).previous;
        }
        if names::is_block(tree.name(id)) {
            break;
        }
    }
    near.extend(tree.within(link).skip(1).take(8));
    near
}

fn write(tree: &Tree, links: &Links, plan: &mut Plan, found: Vec<Found>) {
    let calls: HashSet<Id> = found.iter().flat_map(|note| note.calls.iter().map(|(unit, _)| *unit)).collect();
    for (number, note) in found.into_iter().enumerate() {
        let key = number.to_string();
        let label = signs::shown(note.calls.first().map_or(&note.label, |(_, label)| label));
        tidy::body(tree, links, plan, &calls, &note, &label);
        for (unit, label) in &note.calls {
            plan.calls.insert(*unit, Call { label: signs::shown(label), key: key.clone() });
        }
        plan.lifted.insert(note.body.head);
        plan.lifted.extend(&note.body.parts);
        plan.notes.push(Note { label, key, parts: note.body.parts });
    }
    tidy::calls(tree, plan);
}
