//! What a page says of itself in its head: title, author, language, the site it stands on.

use super::tree::{Id, Tree};
use crate::import::letters::letters;

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// What its title may be, the surest first.
    pub titles: Vec<String>,
    /// What the site is called.
    pub site: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The tag of its language.
    pub language: Option<String>,
    /// Whether it was made by ibid, and means what it says.
    pub own: bool,
}

/// What parts the title of a page from the name of its site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " / ", " • ", " ‹ "];

/// Reads the head of a page.
pub(super) fn read(tree: &Tree, page: Id) -> Head {
    let mut head = Head::default();
    let mut named: Vec<(u8, String)> = Vec::new();
    let mut title = None;
    for id in tree.within(page) {
        match tree.name(id) {
            "html" => {
                let said = ["lang", "xml:lang"].into_iter().find_map(|name| tree.attribute(id, name));
                head.language = said.map(str::trim).filter(|l| is_language(l)).map(str::to_owned);
            }
            "title" if title.is_none() => title = Some(one_line(&tree.text_of(id))),
            "meta" => {
                let name =
                    ["name", "property", "http-equiv"].into_iter().find_map(|name| tree.attribute(id, name));
                let content = one_line(tree.attribute(id, "content").unwrap_or_default());
                if content.is_empty() {
                    continue;
                }
                match name.unwrap_or_default().to_ascii_lowercase().as_str() {
                    "citation_title" | "dc.title" | "dcterms.title" => named.push((0, content)),
                    "og:title" => named.push((1, content)),
                    "twitter:title" => named.push((2, content)),
                    "og:site_name" | "application-name" | "citation_journal_title" => {
                        head.site = head.site.or(Some(content))
                    }
                    "author" | "citation_author" | "dc.creator" | "dcterms.creator" | "article:author"
                        if !content.contains("://") && !head.authors.contains(&content) =>
                    {
                        head.authors.push(content);
                    }
                    "generator" => head.own = content == "ibid",
                    "content-language" | "dc.language"
                        if head.language.is_none() && is_language(&content) =>
                    {
                        head.language = Some(content);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    named.sort_by_key(|(rank, _)| *rank);
    if let Some((title, author)) = title.as_deref().and_then(gutenberg) {
        head.titles.push(title);
        if head.authors.is_empty() {
            head.authors.extend(author);
        }
        title_parts(&mut head, named, None);
    } else {
        title_parts(&mut head, named, title);
    }
    head
}

fn title_parts(head: &mut Head, named: Vec<(u8, String)>, title: Option<String>) {
    for whole in named.into_iter().map(|(_, whole)| whole).chain(title).filter(|t| !t.is_empty()) {
        let parts = parts(&whole);
        let site = head.site.as_deref().map(letters);
        let own: Vec<&str> = parts.iter().copied().filter(|p| site.as_deref() != Some(&letters(p))).collect();
        if let Some(first) = own.first().filter(|_| own.len() < parts.len() || parts.len() > 1) {
            head.titles.push((*first).to_owned());
        }
        head.titles.push(whole.clone());
        head.titles.extend(own.iter().skip(1).map(|p| (*p).to_owned()));
    }
    let mut seen = Vec::new();
    head.titles.retain(|title| {
        let letters = letters(title);
        let fresh = !letters.is_empty() && !seen.contains(&letters);
        seen.push(letters);
        fresh
    });
}

/// A title in parts, where it names the site as well.
fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).take(8).collect()
}

/// Title and author as Project Gutenberg writes them: `The Project Gutenberg eBook of TITLE, by AUTHOR.`
fn gutenberg(title: &str) -> Option<(String, Option<String>)> {
    let lower = title.to_ascii_lowercase();
    if !lower.contains("project gutenberg") {
        return None;
    }
    let mut rest = title;
    for prefix in
        ["the project gutenberg ebook of ", "the project gutenberg e-book of ", "project gutenberg's "]
    {
        if lower.starts_with(prefix) {
            rest = &title[prefix.len()..];
        }
    }
    let end = rest.to_ascii_lowercase().find("project gutenberg").unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '—' | '-' | '.' | ',' | 'A' | 'a')
    });
    let (title, author) = match rest.rsplit_once(", by ").or_else(|| rest.rsplit_once(" by ")) {
        Some((title, author)) => (title, Some(author.trim().to_owned())),
        None => (rest, None),
    };
    (!title.trim().is_empty()).then(|| (title.trim().to_owned(), author))
}

fn is_language(tag: &str) -> bool {
    (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Words on one line.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::parse;
    use super::*;

    #[test]
    fn titles_are_told_from_sites() {
        for (head, titles, authors) in [
            (
                "<title>Mozilla - Wikipedia</title>",
                &["Mozilla", "Mozilla - Wikipedia", "Wikipedia"][..],
                &[][..],
            ),
            (
                "<meta property=og:site_name content='The Site'><title>The Site | A text</title><meta name=author content='Ann B'>",
                &["A text", "The Site | A text"],
                &["Ann B"],
            ),
            (
                "<title>\n The Project Gutenberg eBook of On Liberty, by John Stuart Mill.\n</title>",
                &["On Liberty"],
                &["John Stuart Mill"],
            ),
            ("<title>Walden | Project Gutenberg</title>", &["Walden"], &[]),
            (
                "<title>Plain</title><meta name=citation_title content='Plain words'>",
                &["Plain words", "Plain"],
                &[],
            ),
        ] {
            let mut tree = Tree::default();
            parse(&mut tree, head, true);
            let head = read(&tree, tree.pages[0]);
            assert_eq!(
                (head.titles, head.authors),
                (
                    titles.iter().map(|t| t.to_string()).collect(),
                    authors.iter().map(|a| a.to_string()).collect()
                )
            );
        }
    }
}
