//! Headings and rules that have nothing left beneath them once notes and contents are taken out of the text.

use super::contents::{self, CONTENTS};
use super::names;
use super::notes;
use super::plan::{Plan, Why};
use super::tree::{Id, Step, Tree};

/// The level of what stands for a heading without being one.
const DEEPEST: usize = 7;

/// What one meets in a text, in order, as far as it matters here.
enum Met {
    /// A heading, and whether it is one of notes or contents.
    Heading(Id, bool),
    Rule(Id),
    Lifted,
    Words,
}

/// Leaves out headings above notes and contents, and the rules that parted these from the text.
pub(super) fn leave_out(tree: &Tree, plan: &mut Plan) {
    for page in &tree.pages {
        let met = met(tree, plan, *page);
        // Headings that stand above each other and say the same: "Notes", "Footnotes".
        let mut headings: Vec<(Id, bool)> = Vec::new();
        let mut rule = None;
        // Whether one is among notes: what heads a part of them ("Chapter 1") goes with them.
        let mut among = false;
        let mut lifted = (false, false);
        for met in met.iter().map(Some).chain([None]) {
            match met {
                Some(Met::Words) => {
                    // What little stands behind notes is not what their heading is above.
                    if lifted.0 {
                        let titles = headings.iter().filter(|(_, titles)| *titles);
                        plan.left_out.extend(titles.map(|(id, _)| (*id, Why::Silent)));
                        lifted.0 = false;
                    }
                    headings.clear();
                    (rule, among) = (None, false);
                }
                Some(Met::Lifted) => lifted = (true, true),
                Some(Met::Rule(id)) => {
                    let above = rule.replace(*id).filter(|_| lifted.1);
                    plan.left_out.extend(above.map(|id| (id, Why::Silent)));
                    lifted.1 = false;
                }
                Some(Met::Heading(..)) | None => {
                    let above = if lifted.1 { rule.take() } else { None };
                    plan.left_out.extend(above.map(|id| (id, Why::Silent)));
                    // A rule parts notes from the text, be it above their heading.
                    rule = rule.filter(|_| matches!(met, Some(Met::Heading(_, true))));
                    if lifted.0 {
                        for (id, titles) in headings.drain(..) {
                            among |= titles || notes::are_in(tree, id);
                            if among {
                                plan.left_out.insert(id, Why::Silent);
                            }
                        }
                    }
                    if let Some(Met::Heading(id, titles)) = met {
                        // Of those before only the last can be one of another kind.
                        headings.pop_if(|(_, titles)| !*titles);
                        headings.push((*id, *titles));
                    }
                    lifted = (false, false);
                }
            }
        }
        put_back(tree, plan, &met);
    }
}

/// Puts back what heads the parts of a chapter of notes if one of the parts stays: "References" above "Citations", which
/// are notes, and "Sources", which are none.
fn put_back(tree: &Tree, plan: &mut Plan, met: &[Met]) {
    // For each level whether a deeper heading that stays follows before the next one that is as high.
    let mut stays = [false; DEEPEST + 1];
    let mut next_is_heading = false;
    for met in met.iter().rev() {
        let Met::Heading(id, _) = met else {
            next_is_heading = false;
            continue;
        };
        let level = names::heading(tree, *id).map_or(DEEPEST, usize::from);
        let notes = || tree.short(*id, 80).is_some_and(|words| notes::is_title(&words));
        if stays[level] && next_is_heading && notes() {
            plan.left_out.remove(id);
        }
        let kept = !plan.left_out.contains_key(id) && level < DEEPEST;
        stays[..level].iter_mut().for_each(|stays| *stays |= kept);
        stays[level..].fill(false);
        next_is_heading = true;
    }
}

fn met(tree: &Tree, plan: &Plan, page: Id) -> Vec<Met> {
    let mut met = Vec::new();
    let mut walk = tree.walk(page);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if let Some(why) = plan.left_out.get(&id) {
            // What is left out right under "Contents" were they, be it called so or not.
            let under = || matches!(met.last(), Some(Met::Heading(id, _)) if heads_contents(tree, *id));
            if *why == Why::Told(CONTENTS) || matches!(why, Why::Told(_)) && under() {
                met.push(Met::Lifted);
            }
            walk.jump(id);
        } else if plan.calls.contains_key(&id) && !plan.lifted.contains(&id) {
            met.push(Met::Words);
            walk.jump(id);
        } else if plan.lifted.contains(&id) {
            met.push(Met::Lifted);
            walk.jump(id);
        } else if names::is_unread(tree.name(id)) {
            walk.jump(id);
        } else if tree.name(id) == "hr" {
            met.push(Met::Rule(id));
        } else if names::heading(tree, id).is_some() || is_label(tree, id) {
            met.push(Met::Heading(id, is_title(tree, id)));
            walk.jump(id);
        } else if tree.words(id).is_some_and(|w| !w.trim().is_empty()) || tree.name(id) == "img" {
            met.push(Met::Words);
        }
    }
    met
}

/// Whether a block that is no heading stands for one.
fn is_label(tree: &Tree, id: Id) -> bool {
    let block =
        matches!(tree.name(id), "p" | "div" | "li" | "dt" | "summary" | "legend" | "center" | "caption");
    block && is_title(tree, id) && !tree.within(id).any(|inner| names::heading(tree, inner).is_some())
}

/// Whether a block says "Contents".
fn heads_contents(tree: &Tree, id: Id) -> bool {
    tree.short(id, 80).is_some_and(|words| contents::is_title(&words))
}

/// Whether a block says "Notes", or "Contents".
fn is_title(tree: &Tree, id: Id) -> bool {
    let Some(words) = tree.short(id, 80) else { return false };
    notes::is_title(&words) || contents::is_title(&words)
}
