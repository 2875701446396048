//! Where the pages of the printed book begin: marks that the text keeps, but does not show.

use super::plan::{Plan, Why};
use super::tree::{Id, Tree};

/// Classes of what shows the number of a page.
const CLASSES: &[&str] = &[
    "pagenum",
    "pageno",
    "page-number",
    "pagenumber",
    "page_number",
    "page-num",
    "pagebreak",
    "page-break",
    "epub-pagebreak",
    "pginternal-page",
    "newpage",
    "pb",
    "folio",
    "calibre_pb",
];

/// The longest label of a page, in bytes, with its brackets.
const LONGEST: usize = 24;

/// Finds the beginnings of pages.
pub(super) fn find(tree: &Tree, plan: &mut Plan) {
    for id in tree.pages.clone().into_iter().flat_map(|page| tree.within(page)) {
        let said = tree.has(id, "epub:type", &["pagebreak"]) || tree.has(id, "role", &["doc-pagebreak"]);
        let named = matches!(tree.name(id), "span" | "a" | "div" | "p" | "small" | "sup")
            && tree.has(id, "class", CLASSES);
        if !said && !named || plan.left_out.contains_key(&id) {
            continue;
        }
        let words = tree.text_of(id);
        let words = words.trim();
        if words.len() > LONGEST
            || tree.ancestors(id).skip(1).take(4).any(|outer| plan.pages.contains_key(&outer))
        {
            continue;
        }
        if let Some(label) = label(tree, id, words) {
            plan.pages.insert(id, label);
            plan.left_out.insert(id, Why::Silent);
        }
    }
}

/// What a page is called: by its words, else by what it says of itself.
fn label(tree: &Tree, id: Id, words: &str) -> Option<String> {
    let said = ["title", "aria-label", "value"].into_iter().filter_map(|name| tree.attribute(id, name));
    let inner = tree
        .within(id)
        .take(4)
        .filter_map(|inner| tree.attribute(inner, "id").or(tree.attribute(inner, "name")));
    let words = (!words.is_empty()).then_some(words);
    let candidates: Vec<&str> = words.into_iter().chain(said).chain(inner).collect();
    candidates.into_iter().find_map(number)
}

/// The number in `[Pg 12]`, `Page_xiv`, `p. 3`.
fn number(words: &str) -> Option<String> {
    let part = words.split(|c: char| !c.is_alphanumeric()).rfind(|part| !part.is_empty())?;
    let digits = part.trim_start_matches(|c: char| c.is_alphabetic());
    let roman = !part.is_empty() && part.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    match () {
        () if roman => Some(part.to_owned()),
        () if !digits.is_empty() && digits.len() <= 6 && digits.starts_with(char::is_numeric) => {
            Some(digits.to_owned())
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_labels() {
        for (words, label) in [
            ("[Pg 12]", Some("12")),
            ("Page_xiv", Some("xiv")),
            ("page12", Some("12")),
            ("{3}", Some("3")),
            ("p. 7", Some("7")),
            ("chapter", None),
            ("", None),
        ] {
            assert_eq!(number(words).as_deref(), label, "{words}");
        }
    }
}
