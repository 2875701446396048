//! The words that stand for what a terminal does not show: pictures and formulas.

use super::tree::{Id, Tree};

/// Ends of names of files with pictures.
const ENDINGS: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp"];

/// What stands for a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alternative<'a> {
    /// The formula that is pictured, as its author typed it.
    Formula(&'a str),
    /// The character that is pictured: it stands between the words as if it were typed.
    Sign(&'a str),
    /// What the picture shows, in brackets.
    Caption(String),
}

/// What stands for a picture, if its page says so.
pub(super) fn alternative(tree: &Tree, id: Id) -> Option<Alternative<'_>> {
    let alt = tree.attribute(id, "alt").unwrap_or_default().trim();
    let first = alt.chars().next()?;
    if alt.starts_with("{\\displaystyle") || tree.has(id, "class", &["tex", "latex", "math"]) {
        return Some(Alternative::Formula(bare(alt)));
    }
    if alt.chars().count() <= 2 && !first.is_alphanumeric() {
        return Some(Alternative::Sign(alt));
    }
    let ending = alt.rsplit_once('.').map(|(_, ending)| ending);
    let named = ending.is_some_and(|ending| ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(ending)));
    (!named).then(|| Alternative::Caption(format!("[{alt}]")))
}

/// A formula as its author typed it, if the page says how.
pub(super) fn formula(tree: &Tree, id: Id) -> Option<String> {
    let annotation = |i: &Id| {
        tree.name(*i) == "annotation" && tree.has(*i, "encoding", &["application/x-tex", "text/x-tex"])
    };
    let typed = match tree.attribute(id, "alttext") {
        Some(typed) => typed.to_owned(),
        None => tree.text_of(tree.within(id).find(annotation)?),
    };
    Some(bare(&typed).to_owned()).filter(|typed| !typed.is_empty())
}

/// A formula without what only says how large it is to be.
fn bare(typed: &str) -> &str {
    let typed = typed.trim();
    let inner = typed.strip_prefix("{\\displaystyle").and_then(|t| t.strip_suffix('}'));
    inner.unwrap_or(typed.strip_prefix("\\displaystyle").unwrap_or(typed)).trim()
}
