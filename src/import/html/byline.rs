//! Who wrote a text, and what it is called besides, as its page says right beside the title.

use super::head::Head;
use super::names;
use super::outline::{Heading, LONGEST_NAME, NEAR_TITLE, gone, words};
use super::plan::Plan;
use super::tree::{Id, Step, Tree};
use crate::document::Kind;
use crate::import::letters::letters;

/// Classes and types of the second title.
const SUBTITLES: &[&str] = &["subtitle", "doc-subtitle", "sub-title", "tagline"];

/// Classes and types of what names the authors.
const AUTHORS: &[&str] = &["author", "authors", "byline", "p-author", "ltx_authors"];

/// Classes of what else a title page says, when and with whose help: no part of the text, though it may be set as headings.
const IMPRINT: &[&str] = &[
    "date",
    "pubdate",
    "edition",
    "releaseinfo",
    "version",
    "editor",
    "collab",
    "othercredit",
    "affiliation",
];

/// Classes of what is the name of one author and nothing else.
const NAMES: &[&str] = &["author", "p-author", "ltx_personname", "personname"];

/// How many nodes behind the title are looked at.
const NODES: usize = 1024;

/// The most words of a name.
const NAME: usize = 6;

/// Finds the second title, the authors and the date beside the title, by their classes. Returns the names of the authors.
pub(super) fn beside(tree: &Tree, plan: &mut Plan, title: Id) -> Vec<String> {
    // A title may be wrapped by itself, and its author by himself.
    let wrapped = |id: &Id| {
        tree.name(*id) == "hgroup" || tree.children(*id).filter(|c| is_shown(tree, *c)).nth(1).is_none()
    };
    let scope = tree.ancestors(title).skip(1).find(|id| !wrapped(id)).unwrap_or(title);
    let behind =
        tree.within(scope).filter(|id| tree.rank(*id) > tree.rank(title) && !tree.contains(title, *id));
    let (mut blocks, mut found, mut names) = (0, Vec::new(), Vec::new());
    for id in behind.take(NODES) {
        let name = tree.name(id);
        // Behind it, names are those of whoever revised the text, or spoke of it.
        if matches!(name, "table" | "ul" | "ol" | "dl" | "article") {
            break;
        }
        if gone(tree, plan, id) || !matches!(name, "p" | "div" | "h2" | "h3" | "h4" | "address" | "span") {
            continue;
        }
        let said = |names: &[&str]| {
            ["class", "role", "itemprop", "epub:type"].into_iter().any(|value| tree.has(id, value, names))
        };
        let simple = tree.children(id).all(|c| !names::is_block(tree.name(c)));
        // What only holds others is no line.
        blocks += usize::from(name != "span" && simple);
        if blocks > NEAR_TITLE {
            break;
        }
        let kind = match () {
            () if said(SUBTITLES) => Kind::Subtitle,
            () if said(AUTHORS) || said(NAMES) => Kind::Author,
            () if said(IMPRINT) && names::heading(tree, id).is_some() => Kind::Paragraph,
            () => continue,
        };
        let words = words(tree, plan, id);
        if words.is_empty() || words.chars().count() > LONGEST_NAME || !simple {
            continue;
        }
        if kind == Kind::Author {
            names.extend(names_in(tree, id));
        }
        if name != "span" {
            found.push((id, kind));
        }
        // There may be many authors, and where they work.
        blocks = 0;
    }
    plan.headed.extend(found);
    // What the text was taken from stands right above its title.
    let above = tree.before(title).take(4).find(|id| is_shown(tree, *id));
    let source = |id: &Id| tree.has(*id, "class", &["source", "journal-title"]) && tree.name(*id) == "p";
    plan.headed.extend(above.filter(source).map(|id| (id, Kind::Source)));
    let mut seen = Vec::new();
    names.retain(|name| {
        let letters = letters(name);
        let fresh = !letters.is_empty() && !seen.contains(&letters);
        seen.push(letters);
        fresh
    });
    names
}

/// The names in what names authors: each that is told apart, or else what is no more than a name.
fn names_in(tree: &Tree, id: Id) -> Vec<String> {
    let apart = tree.within(id).skip(1).filter(|inner| tree.has(*inner, "class", NAMES));
    let names: Vec<String> = apart.filter_map(|inner| name(tree, inner)).collect();
    if names.is_empty() { name(tree, id).into_iter().collect() } else { names }
}

/// The words of the first line of an element, if they can be a name: `By Ann Keeper` is one, with a date it is none.
fn name(tree: &Tree, id: Id) -> Option<String> {
    let mut words = String::new();
    let mut walk = tree.walk(id);
    while let Some(step) = walk.next() {
        let Step::Enter(inner) = step else { continue };
        match tree.name(inner) {
            "br" => break,
            "sup" => walk.jump(inner),
            _ => words.push_str(tree.words(inner).unwrap_or_default()),
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let first =
        words.split_once([' ', ':']).filter(|(by, _)| matches!(&*by.to_lowercase(), "by" | "von" | "par"));
    let name = first.map_or(&*words, |(_, name)| name).trim_matches(|c: char| c.is_whitespace() || c == ',');
    let few = (1..=NAME).contains(&name.split(' ').count());
    let plain = !name.contains(|c: char| c.is_numeric() || matches!(c, '@' | ':' | '|' | '/' | ','));
    (few && plain && name.starts_with(|c: char| !c.is_lowercase()) && !name.is_empty())
        .then(|| name.to_owned())
}

/// Whether a node is an element, or words that show.
fn is_shown(tree: &Tree, id: Id) -> bool {
    tree.words(id).is_none_or(|words| !words.trim().is_empty())
}

/// "By", "Ann B.": headings that stand one below the other right behind the title and name the author.
pub(super) fn headings(tree: &Tree, plan: &mut Plan, headings: &[Heading], head: &Head) {
    let authors: Vec<String> = head.authors.iter().map(|author| letters(author)).collect();
    for pair in headings.windows(2) {
        let [above, heading] = pair else { continue };
        let own = letters(&heading.words);
        let by = ["by", "von", "par", "di", "de", "por"].into_iter().find(|by| own.starts_with(by));
        let name = by.map_or(&*own, |by| &own[by.len()..]);
        let author = authors.iter().any(|a| !a.is_empty() && (*a == own || a == name));
        let between = (tree.span(above.id).end, tree.rank(heading.id));
        if !(author || by == Some(&*own)) || words_between(tree, plan, above.id, between) {
            return;
        }
        plan.headed.insert(heading.id, Kind::Author);
    }
}

/// Whether there is anything to read between two places that follow each other closely.
fn words_between(tree: &Tree, plan: &Plan, above: Id, (from, to): (u32, u32)) -> bool {
    let root = tree.ancestors(above).find(|id| tree.span(*id).end >= to).unwrap_or(above);
    let mut walk = tree.walk(root);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if tree.rank(id) >= to {
            return false;
        }
        if tree.span(id).end <= from || gone(tree, plan, id) {
            walk.jump(id);
        } else if tree.rank(id) >= from && tree.words(id).is_some_and(|w| !w.trim().is_empty()) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::document::report::Format;
    use crate::import::{Options, import, show};

    #[test]
    fn authors_are_named_beside_the_title() {
        for (producer, text, authors, told) in [
            (
                "DocBook",
                "<title>The Lamp</title><div class=titlepage><div><div><h2 class=title>The Lamp</h2></div><div><div class=authorgroup><div class=author><h3 class=author>
                 <span class=firstname>Ann</span> <span class=surname>Keeper</span></h3><div class=affiliation><span class=orgname>Oil</span></div></div>
                 <div class=author><h3 class=author>Ben Wick</h3></div><div class=othercredit><h3 class=othercredit>Cy Flint</h3></div></div></div></div><hr></div>
                 <h2>One</h2><p>a",
                &["Ann Keeper", "Ben Wick"][..],
                &["Title The Lamp", "Author Ann Keeper", "Paragraph Oil", "Author Ben Wick", "Paragraph Cy Flint", "Break * * *", "Heading(1) One", "Paragraph a"][..],
            ),
            (
                "LaTeXML",
                "<h1 class='ltx_title ltx_title_document'>The Lamp</h1><div class=ltx_authors><span class='ltx_creator ltx_role_author'><span class=ltx_personname>Ann Keeper<sup>1</sup><br>Oil</span></span>
                 <span class='ltx_creator ltx_role_author'><span class=ltx_personname>Ben Wick</span></span></div><div class=ltx_abstract><h6 class=ltx_title>Abstract</h6><p>a</div><h2>One</h2><p>b",
                &["Ann Keeper", "Ben Wick"],
                &["Title The Lamp", "Author Ann Keeper¹ Oil Ben Wick", "Heading(1) Abstract", "Paragraph a", "Heading(1) One", "Paragraph b"],
            ),
            (
                "Asciidoctor",
                "<div id=header><h1>The Lamp</h1><div class=details><span id=author class=author>Ann Keeper</span></div></div><h2>One</h2><p>a",
                &["Ann Keeper"],
                &["Title The Lamp", "Paragraph Ann Keeper", "Heading(1) One", "Paragraph a"],
            ),
            (
                "pandoc, old",
                "<title>The Lamp</title><h1 class=title>The Lamp</h1><h2 class=author>Ann Keeper</h2><h3 class=date>May 1, 2020</h3><h1>One</h1><p>a",
                &["Ann Keeper"],
                &["Title The Lamp", "Author Ann Keeper", "Paragraph May 1, 2020", "Heading(1) One", "Paragraph a"],
            ),
            (
                "those who revised it are none",
                "<h1>The Lamp</h1><table><tr><td>1.0<td><span class=author>Ben Wick</span></table><h2>One</h2><p>a",
                &[],
                &["Title The Lamp", "Table 1.0\tBen Wick", "Heading(1) One", "Paragraph a"],
            ),
            (
                "a line that says more than a name names none",
                "<h1>The Lamp</h1><p class=byline>By Ann B., 1 May 2020</p><h2>One</h2><p>a",
                &[],
                &["Title The Lamp", "Author By Ann B., 1 May 2020", "Heading(1) One", "Paragraph a"],
            ),
        ] {
            let options = Options { format: Some(Format::Html), ..Options::default() };
            let document = import(text.as_bytes(), "a.html", &options).unwrap();
            assert_eq!(show(&document), told, "{producer}");
            assert_eq!(document.meta().authors, authors, "{producer}");
        }
    }
}
