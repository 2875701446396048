//! The table of contents brought to the pages: it says which of their headings head a chapter and how deep, and it
//! heads what has no heading of its own.
//!
//! Pages write one heading in several (`IV` above `Of Ideas`), or give the table another (`Chapter 4. Of Ideas`), or
//! none; levels are chosen for their looks. So a line of the table is sought among the headings behind the place that
//! it leads to, by its letters and figures.

use super::contents::{Line, Target};
use super::openings;
use crate::import::html::tree::{Data, Id, Tree};
use crate::import::letters::letters;
use html5ever::LocalName;
use std::collections::{HashMap, HashSet};

/// How many headings behind its place a line is sought among.
const NEAR: usize = 6;

/// A book whose table finds fewer of its headings than one in so many is not headed by it.
const FEWEST: usize = 4;

/// How many nodes of a page are looked through for something that shows.
const SHOWN: usize = 1000;

/// Where the places of a book are in its tree.
#[derive(Debug)]
pub(super) struct Places {
    pages: HashMap<String, Id>,
    parts: HashMap<(Id, String), Id>,
}

impl Places {
    /// The places that `targets` name; `paths` are the members that the pages of the tree were, in their order.
    pub fn of<'a>(tree: &Tree, paths: &[String], targets: impl Iterator<Item = &'a Target>) -> Places {
        let pages: HashMap<String, Id> = paths.iter().cloned().zip(tree.pages.iter().copied()).collect();
        // A page may have a million names: those are kept that something leads to.
        let mut wanted: HashMap<Id, HashSet<&str>> = HashMap::new();
        for target in targets.filter(|target| !target.part.is_empty()) {
            if let Some(page) = pages.get(&target.path) {
                wanted.entry(*page).or_default().insert(&target.part);
            }
        }
        let mut parts = HashMap::new();
        for (page, wanted) in wanted {
            for id in tree.within(page) {
                for name in ["id", "xml:id", "name"] {
                    if let Some(part) = tree.attribute(id, name).filter(|part| wanted.contains(part)) {
                        parts.entry((page, part.to_owned())).or_insert(id);
                    }
                }
            }
        }
        Places { pages, parts }
    }

    /// The node a target means; its page where the part is missing.
    pub fn find(&self, target: &Target) -> Option<Id> {
        let page = *self.pages.get(&target.path)?;
        Some(self.parts.get(&(page, target.part.clone())).copied().unwrap_or(page))
    }
}

/// A heading of a page, or a line under one in an `hgroup`.
#[derive(Debug)]
struct Heading {
    id: Id,
    rank: u32,
    /// Its level on the page; 0 for a line under a heading.
    level: u8,
    /// Its letters and figures.
    letters: String,
    /// Whether words stand between the heading before it, or the start of its page, and it.
    apart: bool,
}

/// What a line of the table comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// These headings, by number, which are one.
    Headings(std::ops::Range<usize>),
    /// Nothing: it is to be put before this node.
    Nothing(Id),
}

/// Heads the pages as the table says; `book` is what the book is called. The tree is to be sealed, and is sealed again.
pub(super) fn apply(tree: &mut Tree, places: &Places, lines: &[Line], book: Option<&str>) {
    let (headings, words) = survey(tree);
    let mut lines: Vec<(&Line, Id)> =
        lines.iter().filter_map(|l| Some((l, places.find(&l.target)?))).collect();
    lines.dedup_by(|a, b| a.1 == b.1 && a.0.title == b.0.title);
    let found = find(tree, &lines, &headings, &words);
    let matched = found.iter().filter(|f| matches!(f, Found::Headings(_))).count();
    let true_headings = headings.iter().filter(|h| (1..=3).contains(&h.level)).count();
    let useful = matched * FEWEST >= true_headings;
    let book = book.map(letters).filter(|book| !book.is_empty());
    // All is found out before anything is changed: the first of two at one place comes first.
    let mut set: HashSet<Id> = HashSet::new();
    let plain: Vec<Option<Vec<Id>>> = lines
        .iter()
        .zip(&found)
        .map(|((line, place), found)| match found {
            Found::Nothing(_) => openings::spelled(tree, *place, &letters(&line.title))
                .filter(|lines| lines.iter().all(|id| set.insert(*id))),
            Found::Headings(range) => {
                set.extend(headings[range.clone()].iter().map(|heading| heading.id));
                None
            }
        })
        .collect();
    let openings = lines.iter().zip(found.iter().zip(&plain)).filter_map(|((_, place), (found, plain))| {
        let title = match (found, plain) {
            (Found::Headings(range), _) => headings[range.start].id,
            (Found::Nothing(_), Some(lines)) => *lines.first()?,
            (Found::Nothing(_), None) => return None,
        };
        let above = openings::above(tree, page_of(tree, title)?, *place, title, book.as_deref());
        (!above.is_empty() && above.iter().all(|id| set.insert(*id))).then_some((title, above))
    });
    let openings: Vec<(Id, Vec<Id>)> = openings.collect();
    let is_title_page =
        |place| book.as_deref().is_some_and(|book| openings::spelled(tree, place, book).is_some());
    let gaps: Vec<Option<Gap>> = found
        .iter()
        .zip(&plain)
        .map(|(found, plain)| match found {
            // The table says `Title Page` where the title stands.
            Found::Nothing(node) if plain.is_none() && !is_title_page(*node) => gap(tree, *node),
            Found::Nothing(_) | Found::Headings(_) => None,
        })
        .collect();
    if useful {
        let moved: HashSet<Id> = openings.iter().flat_map(|(_, above)| above).copied().collect();
        set_levels(tree, &headings, &levels_of(&lines, &found), &moved, book.as_deref());
    }
    for (((line, _), found), (plain, gap)) in lines.iter().zip(&found).zip(plain.iter().zip(gaps)) {
        match (found, plain, gap) {
            (Found::Headings(range), ..) => {
                let ids: Vec<Id> = headings[range.clone()].iter().map(|heading| heading.id).collect();
                spell_out(tree, &ids, &line.title);
                merge(tree, &ids);
            }
            (Found::Nothing(_), Some(ids), _) => {
                rename(tree, ids[0], name_of(line.level));
                merge(tree, ids);
            }
            (Found::Nothing(_), None, Some(gap)) => insert(tree, gap, line),
            (Found::Nothing(_), None, None) => {}
        }
    }
    for (title, above) in openings {
        put_behind(tree, title, &above);
    }
    tree.seal();
}

/// Puts the lines above a title behind it, as plain ones: they are of its section.
fn put_behind(tree: &mut Tree, title: Id, above: &[Id]) {
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

fn page_of(tree: &Tree, id: Id) -> Option<Id> {
    tree.ancestors(id).last()
}

fn rename(tree: &mut Tree, id: Id, name: LocalName) {
    if let Data::Element(old, _) = &mut tree.node_mut(id).data {
        *old = name;
    }
}

/// The headings of all pages, and the ranks of the words that belong to none, both in reading order.
fn survey(tree: &Tree) -> (Vec<Heading>, Vec<u32>) {
    let (mut headings, mut words): (Vec<Heading>, Vec<u32>) = (Vec::new(), Vec::new());
    for page in &tree.pages {
        let mut apart = false;
        let mut inside: Option<Id> = None;
        let mut in_head = false;
        for id in tree.within(*page) {
            inside = inside.filter(|outer| tree.contains(*outer, id));
            let name = tree.name(id);
            in_head |= name == "head";
            in_head &= name != "body";
            if inside.is_some() || in_head {
                continue;
            }
            let under = name == "p" && parent_name(tree, id) == "hgroup";
            if let Some(level) = level(name).or(under.then_some(0)) {
                let letters = letters(&said(tree, id));
                headings.push(Heading { id, rank: tree.rank(id), level, letters, apart });
                (inside, apart) = (Some(id), false);
            } else if tree.words(id).is_some_and(|w| !w.trim().is_empty()) {
                words.push(tree.rank(id));
                apart = true;
            }
        }
    }
    (headings, words)
}

fn find(tree: &Tree, lines: &[(&Line, Id)], headings: &[Heading], words: &[u32]) -> Vec<Found> {
    // A place may stand inside the heading that it means.
    let from = |id: Id| {
        let after = headings.partition_point(|h| h.rank < tree.rank(id));
        match after.checked_sub(1) {
            Some(before) if tree.contains(headings[before].id, id) => before,
            _ => after,
        }
    };
    let starts: Vec<usize> = lines.iter().map(|(_, id)| from(*id)).collect();
    // For each line where the next begins that begins elsewhere.
    let mut nexts = vec![headings.len(); lines.len()];
    for i in (1..lines.len()).rev() {
        nexts[i - 1] = if starts[i] == starts[i - 1] { nexts[i] } else { starts[i] };
    }
    let mut taken = vec![false; headings.len()];
    let mut found: Vec<Option<Found>> = Vec::new();
    for ((line, id), (start, next)) in lines.iter().zip(starts.iter().copied().zip(nexts)) {
        let next = Some(next).filter(|next| *next > start);
        let page = tree.pages.partition_point(|page| tree.rank(*page) <= tree.rank(*id));
        let end = tree.pages.get(page).map_or(headings.len(), |page| from(*page));
        let end = next.unwrap_or(end).min(end).min(start + NEAR).max(start);
        let title = letters(&line.title);
        let run = (start..end).find_map(|i| spelled(&title, headings, i..end)).or_else(|| {
            (start..end)
                .find(|i| headings[*i].level > 0 && alike(&title, &headings[*i].letters))
                .map(|i| i..i + 1)
        });
        let run = run.filter(|run| taken[run.clone()].iter().all(|taken| !taken));
        if let Some(run) = &run {
            taken[run.clone()].iter_mut().for_each(|taken| *taken = true);
        }
        found.push(run.map(Found::Headings));
    }
    let found = found.into_iter().zip(lines).map(|(found, (_, id))| {
        found.unwrap_or_else(|| {
            // A heading that stands where the line leads is what it means, whatever it says.
            let start = from(*id);
            let here =
                headings.get(start).filter(|h| h.level > 0 && !taken[start] && same_page(tree, h.id, *id));
            let between = here.map(|h| {
                words.partition_point(|w| *w < h.rank) - words.partition_point(|w| *w < tree.rank(*id))
            });
            if between == Some(0) {
                taken[start] = true;
                Found::Headings(start..start + 1)
            } else {
                Found::Nothing(*id)
            }
        })
    });
    found.collect()
}

/// The headings, from the first of `range` on, that together spell a title.
fn spelled(
    title: &str,
    headings: &[Heading],
    range: std::ops::Range<usize>,
) -> Option<std::ops::Range<usize>> {
    let (start, mut rest) = (range.start, title);
    for i in range {
        let heading = &headings[i];
        if i > start && heading.apart || i == start && heading.level == 0 || heading.letters.is_empty() {
            return None;
        }
        rest = rest.strip_prefix(&*heading.letters)?;
        if rest.is_empty() {
            return Some(start..i + 1);
        }
    }
    None
}

/// Whether one of title and heading is the other with a number or a second title.
fn alike(title: &str, heading: &str) -> bool {
    let (short, long) = if title.len() < heading.len() { (title, heading) } else { (heading, title) };
    short.chars().count() >= 3
        && (long.ends_with(short) || long.starts_with(short) && short.len() * 2 >= long.len())
}

/// Puts the words of a title in the place of the picture of them.
fn spell_out(tree: &mut Tree, headings: &[Id], title: &str) {
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
fn merge(tree: &mut Tree, headings: &[Id]) {
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
type Gap = (Id, Option<Id>);

/// The gap before a node for a heading: outside of what is a paragraph; at the top of the page if the node is the page.
/// A page of nothing has none.
fn gap(tree: &Tree, node: Id) -> Option<Gap> {
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

fn insert(tree: &mut Tree, (parent, before): Gap, line: &Line) {
    let source = tree.node(parent).line;
    let heading = tree.add(Data::Element(name_of(line.level), Vec::new()), source);
    let words = tree.add_text(&line.title, source);
    tree.append(heading, words);
    match before {
        Some(before) => tree.insert_before(before, heading),
        None => tree.append(parent, heading),
    }
}

/// The levels that the table gives to headings, by their number; `None` for one that is a part of another.
type Levels = HashMap<usize, Option<u8>>;

fn levels_of(lines: &[(&Line, Id)], found: &[Found]) -> Levels {
    let mut levels = Levels::new();
    for ((line, _), found) in lines.iter().zip(found) {
        if let Found::Headings(range) = found {
            levels.extend(range.clone().skip(1).map(|later| (later, None)));
            levels.insert(range.start, Some(line.level));
        }
    }
    levels
}

/// Gives every heading its level. What the table does not know stands below what it knows, or is no heading of a
/// section: a line above another heading, the name of the book once more, or one of the small ones, which are often set
/// for their looks.
fn set_levels(
    tree: &mut Tree,
    headings: &[Heading],
    levels: &Levels,
    moved: &HashSet<Id>,
    book: Option<&str>,
) {
    let mut in_use = [false; 8];
    headings.iter().for_each(|heading| in_use[usize::from(heading.level)] = true);
    // Below the third level, those count that have all levels above them.
    let deepest = |page: u8| (3.max(page)..7).find(|level| !in_use[usize::from(*level) + 1]).unwrap_or(6);
    // The last heading that the table knows: its level on the page and in the table.
    let mut known: Option<(u8, u8)> = None;
    for (i, heading) in headings.iter().enumerate() {
        if heading.level == 0 || moved.contains(&heading.id) {
            continue;
        }
        let next = headings.get(i + 1).filter(|next| !next.apart && same_page(tree, heading.id, next.id));
        let above = next.and_then(|next| Some((next, levels.get(&(i + 1)).copied()??)));
        let name = match (levels.get(&i), known, above) {
            (Some(None), ..) => continue,
            (Some(Some(level)), ..) => {
                known = Some((heading.level, *level));
                name_of(*level)
            }
            (None, _, Some((next, level))) => {
                let part = openings::heads_part(&tree.text_of(heading.id), &tree.text_of(next.id));
                if part { name_of(level) } else { "p".into() }
            }
            (None, Some(_), None) if book == Some(&*heading.letters) => "p".into(),
            (None, Some((page, table)), None) if heading.level <= deepest(page).max(3).max(page + 1) => {
                name_of(table + heading.level.saturating_sub(page))
            }
            (None, Some(_), None) => "p".into(),
            (None, None, None) => continue,
        };
        rename(tree, heading.id, name);
    }
}

fn name_of(level: u8) -> LocalName {
    LocalName::from(format!("h{}", level.clamp(1, 6)))
}

fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn parent_name(tree: &Tree, id: Id) -> &str {
    tree.node(id).parent.map_or("", |parent| tree.name(parent))
}

fn same_page(tree: &Tree, a: Id, b: Id) -> bool {
    let page = |id| tree.pages.partition_point(|page| tree.rank(*page) <= tree.rank(id));
    page(a) == page(b)
}

/// The words of a heading, without the notes that it calls; what is nothing else is its number, and what is in a picture
/// is told by the words for it.
fn said(tree: &Tree, heading: Id) -> String {
    let said = without_calls(tree, heading);
    if said.chars().any(char::is_alphanumeric) {
        return said;
    }
    let words = tree.text_of(heading);
    if words.chars().any(char::is_alphanumeric) {
        return words;
    }
    tree.within(heading).filter_map(|id| tree.attribute(id, "alt")).collect()
}

fn without_calls(tree: &Tree, heading: Id) -> String {
    let is_call = |id: Id| {
        let words = tree.text_of(id);
        let label = words.trim().trim_matches(['[', ']', '(', ')', '{', '}']);
        tree.name(id) == "a"
            && tree.attribute(id, "href").is_some()
            && (label.chars().all(|c| !c.is_alphabetic()) || label.len() == 1)
    };
    let mut said = String::new();
    let mut call = None;
    for id in tree.within(heading) {
        call = call.filter(|call| tree.contains(*call, id)).or_else(|| is_call(id).then_some(id));
        if let (None, Some(words)) = (call, tree.words(id)) {
            said.push_str(words);
        }
    }
    said
}
