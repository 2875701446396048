//! What is left out of notes and around their calls: the ways back, the labels, the brackets.

use super::{Found, NEAR, near, printed, short, signs, unit};
use crate::import::html::links::Links;
use crate::import::html::names;
use crate::import::html::plan::{Plan, Why};
use crate::import::html::tree::{Id, Tree};
use std::collections::HashSet;

/// Leaves out of a note what leads back from it, and its own label. `calls` is all that calls a note, be it this one:
/// notes may call each other, and lead back no less.
pub(super) fn body(
    tree: &Tree,
    links: &Links,
    plan: &mut Plan,
    calls: &HashSet<Id>,
    note: &Found,
    label: &str,
) {
    let homes: HashSet<Id> = note.calls.iter().take(256).flat_map(|(unit, _)| near(tree, *unit)).collect();
    let mut left_out = Vec::new();
    for part in &note.body.parts {
        for id in tree.within(*part) {
            let back = match tree.name(id) {
                "a" => {
                    let to = links.from(id).map(|l| l.to).filter(|to| homes.contains(to));
                    let home = to.is_some();
                    let call = to.is_some_and(|to| !names::is_block(tree.name(to)));
                    let words = || short(tree, id);
                    signs::says_back(tree, id)
                        || home
                            && words().is_some_and(|w| {
                                call || w.is_empty() || signs::is_label(&w) || signs::is_back_sign(&w)
                            })
                        || links.from(id).is_some_and(|l| tree.rank(l.to) < tree.rank(id))
                            && words().is_some_and(|w| signs::is_back_sign(&w))
                }
                "" => false,
                _ => id != *part && signs::says_back(tree, id) && short(tree, id).is_some(),
            };
            let call = || tree.ancestors(id).take(NEAR).any(|outer| calls.contains(&outer));
            if back && !call() {
                left_out.push(if tree.name(id) == "a" { unit(tree, id) } else { id });
            }
        }
    }
    for id in left_out {
        plan.left_out.insert(id, Why::Silent);
        leave_out_brackets(tree, plan, id, &[('[', ']'), ('(', ')')]);
        // "(1, 2)", each leading back: what is around them goes with them.
        for outer in tree.ancestors(id).skip(1).take(4) {
            if names::is_block(tree.name(outer))
                || short(tree, outer).is_none()
                || has_letters(tree, plan, outer)
            {
                break;
            }
            plan.left_out.insert(outer, Why::Silent);
        }
    }
    // Where the label is told apart, it is not among the words.
    if tree.attribute(note.body.head, "data-label").is_some() {
        return;
    }
    for part in &note.body.parts {
        if head(tree, plan, *part, label) {
            break;
        }
    }
    if let Some(part) = note.body.parts.last() {
        tail(tree, plan, *part);
    }
    frame(tree, plan, &note.body.parts);
}

/// Takes the brackets off a note that stands in them, a blank behind the first, as Gutenberg's hands print notes.
fn frame(tree: &Tree, plan: &mut Plan, parts: &[Id]) {
    let shown: Vec<Id> = parts.iter().flat_map(|part| shown(tree, plan, *part)).collect();
    let words = |plan: &Plan, id: Id| {
        let (head, tail) = plan.trimmed.get(&id).copied().unwrap_or_default();
        let words = tree.words(id).unwrap_or_default();
        (head, words.get(head..words.len().saturating_sub(tail)).unwrap_or_default())
    };
    let texts =
        || shown.iter().map(|id| (*id, words(plan, *id))).filter(|(_, (_, words))| !words.trim().is_empty());
    let (Some((first, (head, opened))), Some((last, (_, closed)))) = (texts().next(), texts().next_back())
    else {
        return;
    };
    let inner = opened.trim_start().strip_prefix('[').filter(|inner| inner.starts_with(char::is_whitespace));
    let (Some(inner), true) = (inner, closed.trim_end().ends_with(']')) else { return };
    let mut depth = 0;
    let mut ends = texts().flat_map(|(_, (_, words))| words.trim_end().chars()).filter(|c| {
        depth += i32::from(*c == '[') - i32::from(*c == ']');
        *c == ']' && depth == 0
    });
    if ends.nth(1).is_some() {
        return;
    }
    let (opened, closed) =
        (opened.len() - inner.trim_start().len(), closed.len() - closed.trim_end().len() + 1);
    plan.trimmed.entry(first).or_default().0 = head + opened;
    plan.trimmed.entry(last).or_default().1 += closed;
}

/// Whether a node has words that are not left out.
fn has_letters(tree: &Tree, plan: &Plan, id: Id) -> bool {
    let mut walk = tree.walk(id);
    while let Some(step) = walk.next() {
        let crate::import::html::tree::Step::Enter(id) = step else { continue };
        if plan.left_out.contains_key(&id) {
            walk.jump(id);
        } else if tree.words(id).is_some_and(|w| w.chars().any(char::is_alphanumeric)) {
            return true;
        }
    }
    false
}

/// The words of a part that are not left out, in order.
fn shown(tree: &Tree, plan: &Plan, part: Id) -> Vec<Id> {
    let mut words = Vec::new();
    let mut walk = tree.walk(part);
    while let Some(step) = walk.next() {
        let crate::import::html::tree::Step::Enter(id) = step else { continue };
        if plan.left_out.contains_key(&id) || names::is_unread(tree.name(id)) {
            walk.jump(id);
        } else if tree.words(id).is_some_and(|w| !w.trim().is_empty()) {
            words.push(id);
        }
        if words.len() > 4096 {
            break;
        }
    }
    words
}

/// Takes the label off the head of a note. Returns whether the note has words.
fn head(tree: &Tree, plan: &mut Plan, part: Id, label: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c == '\u{a0}';
    let mut labelled = false;
    let mut opened = false;
    for id in shown(tree, plan, part).into_iter().take(6) {
        let words = tree.words(id).unwrap_or_default();
        let mut rest =
            words.trim_start_matches(|c: char| blank(c) || matches!(c, '^' | '↑' | '↩' | '\u{fe0e}'));
        if !labelled {
            let open = rest.trim_start_matches(['[', '(', '［', '（', '〔', '{']);
            let inner = open.trim_start_matches(blank);
            let bare = printed::behind_label(inner, label).filter(|_| !label.is_empty());
            let after = bare.and_then(|b| b.chars().next());
            match bare {
                // "1 May": only a label that is set off, or stands in an element of its own, is one.
                Some(bare)
                    if after.is_none()
                        || open.len() < rest.len()
                        || after.is_some_and(|c| matches!(c, '.' | ')' | ']' | ':')) =>
                {
                    labelled = true;
                    rest = bare;
                }
                Some(bare)
                    if after.is_some_and(char::is_whitespace) && !label.chars().all(char::is_alphabetic) =>
                {
                    labelled = true;
                    rest = bare;
                }
                _ if open.is_empty() => {
                    opened = true;
                    rest = open;
                }
                _ => {}
            }
        }
        if labelled || opened || has_gone(plan, tree, part, id) {
            rest = rest.trim_start_matches(|c: char| {
                blank(c) || matches!(c, '.' | ')' | ']' | '］' | '）' | '〕' | '}' | ':')
            });
        }
        let cut = words.len() - rest.len();
        if cut > 0 {
            plan.trimmed.entry(id).or_default().0 = cut;
        }
        if !rest.trim().is_empty() {
            return true;
        }
    }
    false
}

/// Whether something was left out of a part before a node.
fn has_gone(plan: &Plan, tree: &Tree, part: Id, before: Id) -> bool {
    for id in tree.within(part).take(64) {
        if id == before {
            return false;
        }
        let page = plan.pages.contains_key(&id);
        if plan.left_out.contains_key(&id) && tree.words(id).is_none() && !page {
            return true;
        }
    }
    false
}

/// Takes signs that lead back, but are no links, off the tail of a note.
fn tail(tree: &Tree, plan: &mut Plan, part: Id) {
    let Some(last) = shown(tree, plan, part).pop() else { return };
    let blanks = tree.within(part).filter(|id| tree.rank(*id) > tree.rank(last) && tree.words(*id).is_some());
    let blanks: Vec<Id> = blanks.filter(|id| !plan.left_out.contains_key(id)).collect();
    plan.left_out.extend(blanks.into_iter().map(|id| (id, Why::Silent)));
    let words = tree.words(last).unwrap_or_default();
    let kept = words.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '↩' | '↑' | '⤴' | '\u{fe0e}' | '\u{a0}' | '⏎')
    });
    let trimmed = plan.trimmed.entry(last).or_default();
    trimmed.1 = (words.len() - kept.len()).min(words.len() - trimmed.0);
}

/// Brackets that stand around a call or the way back.
const BRACKETS: &[(char, char)] = &[('[', ']'), ('［', '］'), ('〔', '〕'), ('{', '}')];

/// What stands in brackets around a node: the words before it and how many bytes of them the bracket leaves, the words
/// behind it and how many the bracket takes.
fn brackets(tree: &Tree, id: Id, pairs: &[(char, char)]) -> Option<[(Id, usize); 2]> {
    let (before, after) = (tree.node(id).previous?, tree.node(id).next?);
    let (left, right) = (tree.words(before)?.trim_end(), tree.words(after)?);
    let inner = right.trim_start();
    let (open, close) = pairs.iter().find(|(o, c)| left.ends_with(*o) && inner.starts_with(*c))?;
    let gone = right.len() - inner.len() + close.len_utf8();
    Some([(before, left.len() - open.len_utf8()), (after, gone)])
}

/// Whether a node stands in square brackets.
pub(super) fn is_in_brackets(tree: &Tree, id: Id) -> bool {
    brackets(tree, id, BRACKETS).is_some()
}

/// Leaves out the brackets around a node.
fn leave_out_brackets(tree: &Tree, plan: &mut Plan, id: Id, pairs: &[(char, char)]) {
    let Some([(before, kept), (after, gone)]) = brackets(tree, id, pairs) else { return };
    let length = |id| tree.words(id).unwrap_or_default().len();
    let trimmed = plan.trimmed.entry(before).or_default();
    trimmed.1 = length(before) - kept.max(trimmed.0);
    let trimmed = plan.trimmed.entry(after).or_default();
    trimmed.0 = gone.min(length(after) - trimmed.1);
}

/// Leaves out what is around calls: brackets beside them, commas between them.
pub(super) fn calls(tree: &Tree, plan: &mut Plan) {
    let units: Vec<Id> = plan.calls.keys().copied().collect();
    for unit in units {
        leave_out_brackets(tree, plan, unit, BRACKETS);
        // Between calls that are raised together stand commas; they call nothing.
        let raised =
            tree.node(unit).parent.filter(|p| matches!(tree.name(*p), "sup" | "small" | "span" | "cite"));
        if let Some(raised) = raised {
            let texts: Vec<Id> =
                tree.children(raised).filter(|c| tree.words(*c).is_some()).take(64).collect();
            let only_stops = |id: &Id| {
                tree.words(*id).is_some_and(|w| {
                    w.chars().all(|c| {
                        c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']' | '-' | '–' | '(' | ')' | '·')
                    })
                })
            };
            let alone = tree.children(raised).take(64).all(|c| {
                tree.words(c).is_some() || plan.calls.contains_key(&c) || tree.node(c).first.is_none()
            });
            if alone && texts.iter().all(only_stops) {
                for id in texts {
                    plan.left_out.insert(id, Why::Silent);
                }
            }
        }
    }
}
