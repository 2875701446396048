//! Title and headings: which heading is the title of the whole, which levels the others have.

use super::byline;
use super::head::{Head, one_line};
use super::names;
use super::plan::{Plan, Why};
use super::title_page;
use super::tree::{Id, Step, Tree};
use crate::document::{Kind, Meta};
use crate::import::letters::letters;

/// How many blocks behind the title may name the author, or be the second title.
pub(super) const NEAR_TITLE: usize = 6;

/// The longest line that is a title, or names an author, in characters.
pub(super) const LONGEST_NAME: usize = 160;

/// A heading of the text.
pub(super) struct Heading {
    /// Where it is.
    pub id: Id,
    /// Its level, from 1.
    pub level: u8,
    /// What it says, on one line.
    pub words: String,
}

/// Gives headings their levels and finds the title. Returns the title where no heading shows it, and the authors that are
/// named beside it.
pub(super) fn outline(tree: &Tree, plan: &mut Plan, head: &Head) -> (Option<String>, Vec<String>) {
    let mut authors = Vec::new();
    let headings = headings(tree, plan);
    let mut title = title(&headings, head);
    let named =
        title.is_some_and(|at| head.titles.iter().any(|t| letters(t) == letters(&headings[at].words)));
    let line = if named { None } else { title_line(tree, plan, &headings, head) };
    if let Some(line) = line {
        plan.headed.insert(line, Kind::Title);
        authors = byline::beside(tree, plan, line);
        title = None;
    } else if let Some(at) = title {
        let heading = &headings[at];
        if !split(tree, plan, heading, head) {
            plan.headed.insert(heading.id, Kind::Title);
        }
        authors = byline::beside(tree, plan, heading.id);
        // What stands large above the title, and in the head beside it, is the site or the book.
        let known: Vec<String> = head.titles.iter().skip(1).map(|t| letters(t)).collect();
        for above in headings[..at].iter().filter(|h| h.level == 1 && known.contains(&letters(&h.words))) {
            plan.headed.insert(above.id, Kind::Source);
        }
        byline::headings(tree, plan, &headings[at..], head);
    }
    levels(plan, headings.iter().enumerate().filter(|(i, _)| Some(*i) != title).map(|(_, h)| h));
    let shown = title.is_some() || line.is_some();
    (if shown { None } else { head.titles.first().cloned() }, authors)
}

/// Gives the lines of a page that was made by ibid the kinds that they had. Returns the title where no heading shows it.
pub(super) fn of_own(tree: &Tree, plan: &mut Plan, head: &Head) -> Option<String> {
    for id in tree.pages.iter().flat_map(|page| tree.within(*page)).filter(|id| tree.name(*id) == "p") {
        let kinds = [("source", Kind::Source), ("subtitle", Kind::Subtitle), ("author", Kind::Author)];
        let kind = kinds.into_iter().find(|(class, _)| tree.has(id, "class", &[class]));
        plan.headed.extend(kind.map(|(_, kind)| (id, kind)));
    }
    let headings = headings(tree, plan);
    let (titles, others): (Vec<&Heading>, Vec<&Heading>) = headings.iter().partition(|h| h.level == 1);
    plan.headed.extend(titles.iter().map(|heading| (heading.id, Kind::Title)));
    let highest = others.iter().map(|heading| heading.level).min().unwrap_or(1);
    plan.headed.extend(others.iter().map(|h| (h.id, Kind::Heading(h.level - highest + 1))));
    if titles.is_empty() { head.titles.first().cloned() } else { None }
}

/// Classes of a line that is the title, though it is no heading: those of Word, of LibreOffice and Google, of TeX.
const TITLE_LINES: &[&str] = &[
    "title",
    "msotitle",
    "titlehead",
    "maintitle",
    "doctitle",
    "document-title",
    "entry-title",
    "post-title",
];

/// The line before all headings that is the title: by its class, or because the head says the same.
fn title_line(tree: &Tree, plan: &Plan, headings: &[Heading], head: &Head) -> Option<Id> {
    let known = head.titles.first().map(|t| letters(t));
    let end = headings.first().map_or(u32::MAX, |first| tree.rank(first.id));
    let mut lines = 0;
    for page in tree.pages.iter().take(1) {
        let mut walk = tree.walk(*page);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if tree.rank(id) >= end || lines >= NEAR_TITLE {
                return None;
            }
            if gone(tree, plan, id) {
                walk.jump(id);
                continue;
            }
            if !matches!(tree.name(id), "p" | "div" | "center")
                || tree.children(id).any(|c| names::is_block(tree.name(c)))
            {
                continue;
            }
            let words = words(tree, plan, id);
            if words.is_empty() {
                continue;
            }
            lines += 1;
            let short = words.chars().count() <= LONGEST_NAME;
            if short && (tree.has(id, "class", TITLE_LINES) || Some(letters(&words)) == known) {
                return Some(id);
            }
            walk.jump(id);
        }
    }
    None
}

/// Gives the headings of a book their levels, but for those of its title page. Whether that shows its title.
pub(super) fn of_book(tree: &Tree, plan: &mut Plan, meta: &Meta) -> bool {
    let headings = headings(tree, plan);
    let found = title_page::find(tree, plan, meta);
    let chapters: Vec<&Heading> = headings.iter().filter(|h| !plan.headed.contains_key(&h.id)).collect();
    levels(plan, chapters.into_iter());
    found
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

/// Whether nothing in a node will be shown where it stands.
pub(super) fn gone(tree: &Tree, plan: &Plan, id: Id) -> bool {
    plan.left_out.contains_key(&id)
        || plan.lifted.contains(&id)
        || plan.calls.contains_key(&id)
        || names::is_unread(tree.name(id))
}

/// The words of a block that will be shown, on one line.
pub(super) fn words(tree: &Tree, plan: &Plan, id: Id) -> String {
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

/// The highest level becomes 1; so does that of a heading above which none is higher, be it as deep as an abstract's.
fn levels<'a>(plan: &mut Plan, headings: impl Iterator<Item = &'a Heading>) {
    let mut highest = u8::MAX;
    for heading in headings {
        let named = plan.headed.get(&heading.id);
        if !matches!(named, Some(Kind::Subtitle | Kind::Author | Kind::Source | Kind::Paragraph)) {
            highest = highest.min(heading.level);
            plan.headed.insert(heading.id, Kind::Heading(heading.level - highest + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::report::Format;
    use crate::import::{Options, import, show};

    #[test]
    fn titles_and_headings_are_found() {
        for (what, text, told) in [
            (
                "a line that is the title by its class",
                "<p class=title>The Lamp<p class=subtitle>A tale<h1>One</h1><p>a<h1>Two</h1><p>b",
                &[
                    "Title The Lamp",
                    "Subtitle A tale",
                    "Heading(1) One",
                    "Paragraph a",
                    "Heading(1) Two",
                    "Paragraph b",
                ][..],
            ),
            (
                "a line that says what the head says",
                "<title>The Lamp</title><p align=center>The Lamp<h1>One</h1><p>a",
                &["Title The Lamp", "Heading(1) One", "Paragraph a"],
            ),
            (
                "no line behind the first heading",
                "<title>The Lamp</title><h1>One</h1><p>The Lamp<p class=title>b",
                &["Title One", "Paragraph The Lamp", "Paragraph b"],
            ),
            (
                "headings by their role",
                "<div role=heading aria-level=1>The Lamp</div><div role=heading aria-level=3>One</div><p>a<p role=heading>Two<p>b",
                &["Title The Lamp", "Heading(1) One", "Paragraph a", "Heading(1) Two", "Paragraph b"],
            ),
            (
                "headings that name the author",
                "<meta name=author content='Ann B.'><h1>The Lamp</h1><h3>By</h3><h2>ANN B.</h2><p>a<h2>Ann B.</h2><p>b",
                &[
                    "Title The Lamp",
                    "Author By",
                    "Author ANN B.",
                    "Paragraph a",
                    "Heading(1) Ann B.",
                    "Paragraph b",
                ],
            ),
            (
                "a title and an author, each in its wrapping",
                "<div><div><div><h2 class=title>The Lamp</h2></div></div><div><div class=author><h3 class=author>Ann B.</h3></div></div><hr></div><title>The Lamp</title><h2>One</h2><p>a",
                &["Title The Lamp", "Author Ann B.", "Break * * *", "Heading(1) One", "Paragraph a"],
            ),
        ] {
            let options = Options { format: Some(Format::Html), ..Options::default() };
            let document = import(text.as_bytes(), "a.html", &options).unwrap();
            assert_eq!(show(&document), told, "{what}");
        }
    }
}
