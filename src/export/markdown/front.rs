//! What a text says of itself, in YAML before its Markdown begins.

use crate::document::{Block, Document, Kind};

/// The longest value, in bytes, and the most authors: who reads front matter looks at so many kilobytes and no more.
const LONGEST: usize = 4000;
const MOST: usize = 200;

/// The front matter of a document. It always says a title, if only an empty one: so a program sees what it has before
/// it, and a person where the title goes.
pub(super) fn front(document: &Document) -> String {
    let meta = document.meta();
    let mut out = format!("---\ntitle: {}\n", quoted(fitting(&meta.title).unwrap_or_default()));
    for (name, value) in [("subtitle", &meta.subtitle), ("source", &meta.source), ("lang", &meta.language)] {
        if let Some(value) = fitting(value) {
            out.push_str(&format!("{name}: {}\n", quoted(value)));
        }
    }
    let authors = authors(document);
    if !authors.is_empty() {
        out.push_str("author:\n");
        authors.iter().for_each(|name| out.push_str(&format!("  - {}\n", quoted(name))));
    }
    out.push_str("---\n");
    out
}

/// Whether a block is shown by the front matter alone, and need not be written again. One that calls a note is.
pub(super) fn shows(document: &Document, block: &Block) -> bool {
    let text = document.text()[block.range.clone()].replace('\n', " ");
    let meta = document.meta();
    let told = match block.kind {
        Kind::Source => fitting(&meta.source) == Some(&text),
        Kind::Subtitle => fitting(&meta.subtitle) == Some(&text),
        Kind::Author => {
            let authors = authors(document);
            let told = letters(&text);
            let told = told.strip_prefix("by").unwrap_or(&told);
            let names = |name: &String| letters(name) == told || letters(&format!("by {name}")) == told;
            !told.is_empty() && (names(&authors.join(" ")) || authors.iter().any(names))
        }
        Kind::Title
        | Kind::Heading(_)
        | Kind::Paragraph
        | Kind::Quotation
        | Kind::Verse
        | Kind::Item(_)
        | Kind::Code
        | Kind::Table
        | Kind::Break => false,
    };
    told && document.references_in(&block.range).is_empty()
}

/// The authors; where they are not known one by one, the lines that name them.
fn authors(document: &Document) -> Vec<String> {
    let mut authors = document.meta().authors.clone();
    if authors.is_empty() {
        let lines = document.blocks().iter().filter(|b| b.kind == Kind::Author);
        authors = lines.map(|b| document.text()[b.range.clone()].replace('\n', " ")).collect();
    }
    authors.retain(|a| !a.trim().is_empty() && a.len() <= LONGEST);
    authors.truncate(MOST);
    if authors.iter().map(String::len).sum::<usize>() > LONGEST { Vec::new() } else { authors }
}

fn fitting(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|v| !v.trim().is_empty() && v.len() <= LONGEST)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A string of YAML. What is in a document holds no control characters.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
