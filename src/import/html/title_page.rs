//! The title page of a book: which of its first lines are the title, the second title and the names of the authors, as
//! the book's papers tell them. Books set them as headings, or as plain lines.

use super::names;
use super::plan::{Plan, Why};
use super::tree::{Id, Tree};
use crate::document::{Kind, Meta};
use crate::import::letters::letters;

/// How many lines are looked at.
const MOST_LINES: usize = 48;

/// How many nodes are looked through for them.
const NEAR: usize = 4096;

/// How many lines a title is set in at most.
const MOST_PARTS: usize = 3;

/// The longest line, in bytes.
const LONGEST_LINE: usize = 400;

/// What stands before the name of an author.
const BY: [&str; 10] = ["by", "von", "par", "di", "de", "por", "av", "af", "door", "written by"];

/// A block of words near the beginning of a book.
#[derive(Debug)]
struct Line {
    id: Id,
    page: usize,
    words: String,
    letters: String,
    is_heading: bool,
}

/// Finds the lines of the title page. Whether the title is among them.
pub(super) fn find(tree: &Tree, plan: &mut Plan, meta: &Meta) -> bool {
    let Some(title) = meta.title.as_deref().map(letters).filter(|title| !title.is_empty()) else {
        return false;
    };
    let subtitle = meta.subtitle.as_deref().map(letters).unwrap_or_default();
    let lines = lines(tree, plan);
    let whole = format!("{title}{subtitle}");
    let spells = |start: usize| {
        let mut said = String::new();
        lines[start..].iter().take(MOST_PARTS).position(|line| {
            said.push_str(&line.letters);
            said == title || said == whole
        })
    };
    let is_name = |at: usize| {
        let line = &lines[at];
        let second = !subtitle.is_empty() && line.letters == subtitle || is_subtitle(tree, line.id);
        second || names_author(&lines, at, meta)
    };
    // A chapter may be called after the book: the title stands before the chapters.
    let chapters =
        (0..lines.len()).find(|at| lines[*at].is_heading && spells(*at).is_none() && !is_name(*at));
    let front = ..chapters.unwrap_or(lines.len());
    let headed = lines[front].iter().enumerate().filter(|(_, line)| line.is_heading).map(|(at, _)| at);
    let plain = lines[front].iter().enumerate().filter(|(_, line)| !line.is_heading).map(|(at, _)| at);
    let Some((first, parts)) = headed.chain(plain).find_map(|at| Some((at, spells(at)?))) else {
        return false;
    };
    let (page, mut named) = (lines[first].page, false);
    for (at, line) in lines[front].iter().enumerate() {
        let kind = match at {
            at if at == first => Kind::Title,
            at if at > first && at <= first + parts => Kind::Subtitle,
            _ if line.page == page && names_author(&lines, at, meta) => Kind::Author,
            at if line.page == page
                && at > first
                && (line.letters == subtitle || is_subtitle(tree, line.id)) =>
            {
                Kind::Subtitle
            }
            // The title once more, above the imprint or the text.
            _ if line.is_heading && (line.letters == title || line.letters == whole) => Kind::Paragraph,
            _ => continue,
        };
        match kind {
            // `BY`, `Ann Keeper and`, `Ben Wick`: one line says it, unless a note is called there.
            Kind::Author if !tree.within(line.id).any(|id| plan.calls.contains_key(&id)) => {
                if !std::mem::replace(&mut named, true) {
                    plan.before.insert(line.id, vec![(kind, meta.authors.join(", "))]);
                }
                plan.left_out.insert(line.id, Why::Silent);
            }
            kind => drop(plan.headed.insert(line.id, kind)),
        }
    }
    if parts == 0 && lines[first].letters == whole && whole != title {
        let said = [(Kind::Title, &meta.title), (Kind::Subtitle, &meta.subtitle)];
        let said = said.into_iter().filter_map(|(kind, words)| Some((kind, words.clone()?)));
        plan.before.insert(lines[first].id, said.collect());
        plan.left_out.insert(lines[first].id, Why::Silent);
    }
    true
}

/// The first lines of a book: blocks that hold no other block.
fn lines(tree: &Tree, plan: &Plan) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let nodes =
        tree.pages.iter().enumerate().flat_map(|(page, root)| tree.within(*root).map(move |id| (page, id)));
    let mut gone = None;
    for (page, id) in nodes.take(NEAR) {
        gone = gone.filter(|gone| tree.contains(*gone, id));
        if gone.is_none() && (plan.left_out.contains_key(&id) || names::is_unread(tree.name(id))) {
            gone = Some(id);
        }
        let known = gone.is_some() || lines.last().is_some_and(|line| tree.contains(line.id, id));
        if known || tree.words(id).is_none_or(|words| words.trim().is_empty()) {
            continue;
        }
        let Some(block) = tree.ancestors(id).find(|id| names::is_block(tree.name(*id))) else { continue };
        let simple = !tree.within(block).skip(1).any(|id| names::is_block(tree.name(id)));
        let Some(words) = tree.short(block, LONGEST_LINE).filter(|_| simple) else { continue };
        let is_heading = names::heading(tree, block).is_some();
        lines.push(Line { id: block, page, letters: letters(&words), words, is_heading });
        if lines.len() == MOST_LINES {
            break;
        }
    }
    lines
}

fn is_subtitle(tree: &Tree, id: Id) -> bool {
    tree.has(id, "class", &["subtitle"]) || tree.has(id, "epub:type", &["subtitle"])
}

/// Whether a line names authors, or says `by` above one that does.
fn names_author(lines: &[Line], at: usize, meta: &Meta) -> bool {
    let words = lines[at].words.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    let bare = lower.trim_end_matches(':');
    if BY.contains(&bare) {
        return lines.get(at + 1).is_some_and(|next| is_author(&next.words, meta));
    }
    let named = BY.iter().find_map(|by| lower.strip_prefix(by)?.strip_prefix([' ', ':']));
    is_author(&words, meta) || named.is_some_and(|name| is_author(name, meta))
}

/// Whether words are the name of an author (`Keeper, Ann` is `Ann Keeper`), or the names of all.
fn is_author(words: &str, meta: &Meta) -> bool {
    let parts = |name: &str| {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "and");
        let mut parts: Vec<String> = words.map(str::to_lowercase).collect();
        parts.sort();
        parts
    };
    let said = parts(words);
    let all = meta.authors.join(" ");
    !said.is_empty() && meta.authors.iter().chain([&all]).any(|name| parts(name) == said)
}
