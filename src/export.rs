//! Clean forms of what is in a document, for other programs and for paper: Markdown, HTML, JSON, and lines of text.
//!
//! Strings in, strings out; who writes them where is the shell's business. Field names are those of the contract with
//! scripts: changing one is changing the program's outside.

pub mod annotation;
pub mod check;
pub mod citation;
pub mod find;
pub mod html;
pub mod inspect;
mod labels;
pub mod markdown;
pub mod marks;
mod markup;
mod nesting;
pub mod print;
pub mod quote;
pub mod report;
pub mod spoken;
pub mod summary;
mod weave;
pub mod whole;

/// The version of every JSON form.
pub const SCHEMA: u32 = 1;

/// JSON as ibid prints it: indented, one line end at the end. Nothing in it acts on a terminal, for a document holds no
/// control characters and JSON escapes what file names may.
pub fn json<T: serde::Serialize>(value: &T) -> String {
    // These forms hold strings, numbers and lists: they cannot fail to serialise.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
