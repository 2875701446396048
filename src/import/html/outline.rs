//! Title and headings: which heading is the title of the whole, which levels the others have.

use super::head::{Head, letters, one_line};
use super::names;
use super::plan::{Plan, Why};
use super::tree::{Id, Step, Tree};
use crate::document::Kind;

/// How many blocks behind the title may name the author, or be the second title.
const NEAR_TITLE: usize = 6;

/// The longest line that names an author, in characters.
const LONGEST_NAME: usize = 160;

/// A heading of the text.
struct Heading {
    id: Id,
    level: u8,
    words: String,
}

/// Gives headings their levels and finds the title. Returns the title where no heading shows it.
pub(super) fn outline(tree: &Tree, plan: &mut Plan, head: &Head) -> Option<String> {
    let headings = headings(tree, plan);
    let title = title(&headings, head);
    if let Some(at) = title {
        let heading = &headings[at];
        if !split(tree, plan, heading, head) {
            plan.headed.insert(heading.id, Kind::Title);
        }
        beside_title(tree, plan, heading.id);
        // What stands large above the title, and in the head beside it, is the site or the book.
        let known: Vec<String> = head.titles.iter().skip(1).map(|t| letters(t)).collect();
        for above in headings[..at].iter().filter(|h| h.level == 1 && known.contains(&letters(&h.words))) {
            plan.headed.insert(above.id, Kind::Source);
        }
    }
    levels(plan, headings.iter().enumerate().filter(|(i, _)| Some(*i) != title).map(|(_, h)| h));
    if title.is_some() { None } else { head.titles.first().cloned() }
}

/// Gives the headings of a book their levels; the one that is the title of the book is that. Whether there is one.
pub(super) fn of_book(tree: &Tree, plan: &mut Plan, title: Option<&str>) -> bool {
    let headings = headings(tree, plan);
    let wanted = title.map(letters).filter(|t| !t.is_empty());
    let found = headings.iter().position(|h| Some(letters(&h.words)) == wanted);
    // A chapter may be called after the book; the title stands before the chapters.
    let found = found.filter(|at| *at == 0);
    if let Some(at) = found {
        plan.headed.insert(headings[at].id, Kind::Title);
    }
    levels(plan, headings.iter().enumerate().filter(|(i, _)| Some(*i) != found).map(|(_, h)| h));
    found.is_some()
}

/// The headings that part the text: not those in quotations, lists and tables, and none without words.
fn headings(tree: &Tree, plan: &Plan) -> Vec<Heading> {
    let mut headings = Vec::new();
    for page in &tree.pages {
        let mut inside = 0_usize;
        let holds = |id: Id| match tree.name(id) {
            "blockquote" | "li" | "dd" | "dt" | "figure" => true,
            "table" => !plan.layout.contains(&id),
            _ => false,
        };
        let mut walk = tree.walk(*page);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if gone(tree, plan, id) {
                        walk.jump(id);
                    } else if let Some(level) = names::heading(tree, id) {
                        let words = words(tree, plan, id);
                        if inside == 0 && !words.is_empty() {
                            headings.push(Heading { id, level, words });
                        }
                        walk.jump(id);
                    }
                    inside += usize::from(holds(id));
                }
                Step::Leave(id) => inside -= usize::from(holds(id)),
            }
        }
    }
    headings
}

fn gone(tree: &Tree, plan: &Plan, id: Id) -> bool {
    plan.left_out.contains_key(&id)
        || plan.lifted.contains(&id)
        || plan.calls.contains_key(&id)
        || names::is_unread(tree.name(id))
}

/// The words of a block that will be shown, on one line.
fn words(tree: &Tree, plan: &Plan, id: Id) -> String {
    let mut words = String::new();
    let mut walk = tree.walk(id);
    while let Some(step) = walk.next() {
        let Step::Enter(inner) = step else { continue };
        if gone(tree, plan, inner) && inner != id {
            walk.jump(inner);
        } else if tree.name(inner) == "br" || names::is_block(tree.name(inner)) {
            words.push(' ');
        } else if let Some(text) = tree.words(inner) {
            words.push_str(text);
        }
        if words.len() > 64 * 1024 {
            break;
        }
    }
    one_line(&words)
}

/// Which heading is the title.
fn title(headings: &[Heading], head: &Head) -> Option<usize> {
    let known: Vec<String> = head.titles.iter().map(|t| letters(t)).collect();
    let site = head.site.as_deref().map(letters);
    let rank = |heading: &Heading| {
        let words = letters(&heading.words);
        if Some(&words) == site.as_ref() {
            return None;
        }
        known.iter().position(|t| *t == words)
    };
    let ones: Vec<usize> = (0..headings.len()).filter(|i| headings[*i].level == 1).collect();
    // The name of a site stands as a heading on each of its pages; the title is the heading that the head names first.
    let named = (0..headings.len()).filter_map(|i| rank(&headings[i]).map(|r| (r, i))).min();
    let starts = |heading: &Heading| {
        let words = letters(&heading.words);
        known.iter().any(|t| {
            t.len() > 3
                && (words.starts_with(t.as_str()) || t.starts_with(&words) && words.len() * 2 > t.len())
        })
    };
    match (named, &*ones) {
        (Some((0, at)), _) => Some(at),
        (Some((_, at)), _) if headings[at].level == 1 => Some(at),
        (_, [one]) => Some(*one),
        (_, [first, ..]) if starts(&headings[*first]) => Some(*first),
        (_, many) => many
            .iter()
            .copied()
            .find(|i| starts(&headings[*i]))
            .or(named.map(|(_, at)| at))
            .or_else(|| headings.iter().position(|h| many.is_empty() && starts(h)).filter(|at| *at == 0)),
    }
}

/// "On Liberty. By John Stuart Mill": a heading that goes on behind the title that is known. Whether it was split.
fn split(tree: &Tree, plan: &mut Plan, heading: &Heading, head: &Head) -> bool {
    if tree.within(heading.id).any(|id| plan.calls.contains_key(&id)) {
        return false;
    }
    let Some(title) = head.titles.first().map(|t| letters(t)).filter(|t| !t.is_empty()) else { return false };
    let mut count = 0;
    let wanted = title.chars().count();
    let end = heading.words.char_indices().find(|(_, c)| {
        count += if c.is_alphanumeric() { c.to_lowercase().count() } else { 0 };
        count == wanted
    });
    let Some(end) = end.map(|(i, c)| i + c.len_utf8()) else { return false };
    if letters(&heading.words[..end]) != title {
        return false;
    }
    let rest = heading.words[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = rest.to_lowercase();
    let by = ["by ", "von ", "par ", "di ", "de ", "por "].iter().any(|by| lower.starts_with(by));
    let author = head.authors.iter().any(|a| !a.is_empty() && letters(rest) == letters(a));
    if rest.is_empty() || !(by || author) {
        return false;
    }
    let name = heading.words[..end].to_owned();
    plan.before.insert(heading.id, vec![(Kind::Title, name), (Kind::Author, rest.to_owned())]);
    plan.left_out.insert(heading.id, Why::Silent);
    true
}

/// Finds the second title and the author beside the title, by their classes.
fn beside_title(tree: &Tree, plan: &mut Plan, title: Id) {
    let scope = tree.ancestors(title).skip(1).find(|id| !matches!(tree.name(*id), "hgroup")).unwrap_or(title);
    let behind =
        tree.within(scope).filter(|id| tree.rank(*id) > tree.rank(title) && !tree.contains(title, *id));
    let mut blocks = 0;
    let mut found = Vec::new();
    for id in behind.take(256) {
        if gone(tree, plan, id) {
            continue;
        }
        if !matches!(tree.name(id), "p" | "div" | "h2" | "h3" | "h4" | "address" | "span") {
            continue;
        }
        if tree.name(id) != "span" {
            blocks += 1;
        }
        if blocks > NEAR_TITLE {
            break;
        }
        let said = |names: &[&str]| {
            tree.has(id, "class", names)
                || tree.has(id, "role", names)
                || tree.has(id, "itemprop", names)
                || tree.has(id, "epub:type", names)
        };
        let kind = match () {
            () if said(&["subtitle", "doc-subtitle", "sub-title", "tagline"]) => Kind::Subtitle,
            () if said(&["author", "authors", "byline", "p-author"]) && tree.name(id) != "span" => {
                Kind::Author
            }
            () => continue,
        };
        let words = words(tree, plan, id);
        let simple = tree.children(id).all(|c| !names::is_block(tree.name(c)));
        if !words.is_empty() && words.chars().count() <= LONGEST_NAME && simple {
            found.push((id, kind));
        }
    }
    plan.headed.extend(found);
}

/// The highest level that occurs becomes 1.
fn levels<'a>(plan: &mut Plan, headings: impl Iterator<Item = &'a Heading>) {
    let headings: Vec<&Heading> = headings
        .filter(|h| !matches!(plan.headed.get(&h.id), Some(Kind::Subtitle | Kind::Author | Kind::Source)))
        .collect();
    let highest = headings.iter().map(|h| h.level).min().unwrap_or(1);
    for heading in headings {
        plan.headed.insert(heading.id, Kind::Heading(heading.level - highest + 1));
    }
}
