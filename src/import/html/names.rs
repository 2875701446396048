//! What the names of elements, roles and classes mean.

use super::tree::{Id, Tree};
use crate::document::Mark;

/// Whether an element begins on a line of its own.
pub(in crate::import) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "listing"
            | "xmp"
            | "plaintext"
            | "optgroup"
            | "option"
    )
}

/// Whether an element holds nothing that is for reading.
pub(in crate::import) fn is_unread(name: &str) -> bool {
    matches!(
        name,
        "annotation"
            | "annotation-xml"
            | "applet"
            | "area"
            | "audio"
            | "base"
            | "button"
            | "canvas"
            | "datalist"
            | "embed"
            | "frame"
            | "frameset"
            | "head"
            | "iframe"
            | "input"
            | "link"
            | "map"
            | "meta"
            | "meter"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "param"
            | "progress"
            | "rp"
            | "script"
            | "select"
            | "source"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "track"
            | "video"
    )
}

/// How an element of this name sets its words apart, whatever else it says.
pub(in crate::import) fn plain_mark(name: &str) -> Option<Mark> {
    match name {
        "em" | "i" | "cite" | "dfn" | "var" => Some(Mark::Emphasis),
        "strong" | "b" => Some(Mark::Strong),
        "code" | "kbd" | "tt" | "samp" => Some(Mark::Code),
        "s" | "del" | "strike" => Some(Mark::Struck),
        _ => None,
    }
}

/// How an element sets its words apart.
pub(super) fn mark(tree: &Tree, id: Id) -> Option<Mark> {
    match tree.name(id) {
        "a" => {
            let address = tree.attribute(id, "href")?.trim();
            let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
            let remote = ["http", "https", "mailto"].iter().any(|s| s.eq_ignore_ascii_case(scheme));
            remote.then(|| Mark::Link(address.into()))
        }
        "span" => {
            let style = tree.attribute(id, "style")?.to_ascii_lowercase();
            let said = |name: &str, values: &[&str]| {
                let value =
                    style.split(';').filter_map(|d| d.split_once(':')).find(|(n, _)| n.trim() == name);
                value.is_some_and(|(_, v)| values.contains(&v.trim()))
            };
            match () {
                () if said("font-style", &["italic", "oblique"]) => Some(Mark::Emphasis),
                () if said("font-weight", &["bold", "bolder", "600", "700", "800"]) => Some(Mark::Strong),
                () => None,
            }
        }
        name => plain_mark(name),
    }
}

/// The level of a heading.
pub(super) fn heading(tree: &Tree, id: Id) -> Option<u8> {
    match tree.name(id) {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ if tree.has(id, "role", &["heading"]) => {
            let said = tree.attribute(id, "aria-level").and_then(|level| level.trim().parse().ok());
            Some(said.unwrap_or(2).clamp(1, 6))
        }
        _ => None,
    }
}

/// Classes and types of verse.
const VERSE: &[&str] = &[
    "poem",
    "poetry",
    "poetry-container",
    "verse",
    "stanza",
    "linegroup",
    "lg",
    "line-block",
    "lineblock",
    "z3998:poem",
    "z3998:verse",
    "z3998:song",
    "z3998:hymn",
    "poemtext",
    "versus",
    "strophe",
];

/// Whether what is in an element is verse.
pub(super) fn is_verse(tree: &Tree, id: Id) -> bool {
    tree.has(id, "class", VERSE) || tree.has(id, "epub:type", VERSE)
}

/// How far a line of verse is set in, by the classes of the people who make Gutenberg's books: `i2`, `indent4`.
pub(super) fn indent(tree: &Tree, id: Id) -> usize {
    let classes = tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace();
    let steps =
        classes.filter_map(|c| c.strip_prefix("indent").or(c.strip_prefix('i'))?.parse::<usize>().ok());
    steps.max().unwrap_or(0).min(40)
}
