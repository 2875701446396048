//! What stands inside a block, in HTML.

use crate::document::{Block, Document, Kind, Mark, Page, Reference};
use crate::export::labels::Labels;
use crate::export::markup;
use crate::export::weave::{Piece, pieces};

/// The words of a block with its spans, calls and pages. Kept line ends are `<br>`, but those of code and tables stay.
/// `first` is the number of the first call in it among all of the document.
pub(super) fn write(document: &Document, block: &Block, labels: &Labels, first: usize) -> String {
    let mut out = String::new();
    let mut closing: Vec<&'static str> = Vec::new();
    let mut call = first;
    for piece in pieces(document, block) {
        match piece {
            Piece::Words(words) => out.push_str(&lines(words, block.kind, out.is_empty())),
            Piece::Open(_, mark) => {
                let (open, close) = tags(mark, closing.contains(&"</a>"));
                out.push_str(&open);
                closing.push(close);
            }
            Piece::Close(_) => out.push_str(closing.pop().unwrap_or_default()),
            Piece::Call(reference) => {
                call += 1;
                out.push_str(&called(document, reference, labels, call));
            }
            Piece::Page(page) => out.push_str(&begun(page)),
        }
    }
    out
}

/// What stands beside the words of a block, the calls and the beginnings of pages, without them.
pub(super) fn beside(document: &Document, block: &Block, labels: &Labels, first: usize) -> String {
    let mut call = first;
    let beside = |piece| match piece {
        Piece::Page(page) => Some(begun(page)),
        Piece::Call(reference) => {
            call += 1;
            Some(called(document, reference, labels, call))
        }
        Piece::Words(_) | Piece::Open(..) | Piece::Close(_) => None,
    };
    pieces(document, block).into_iter().filter_map(beside).collect()
}

/// Where a page of the printed book begins.
fn begun(page: &Page) -> String {
    format!("<span role=\"doc-pagebreak\" aria-label=\"{}\"></span>", markup::attribute(&page.label))
}

/// Words on their lines; the spaces by which a line of verse is set in are kept.
fn lines(words: &str, kind: Kind, starts: bool) -> String {
    let words = markup::text(words);
    if matches!(kind, Kind::Code | Kind::Table) {
        return words;
    }
    let mut out = String::with_capacity(words.len());
    for (i, line) in words.split('\n').enumerate() {
        out.push_str(if i > 0 { "<br>\n" } else { "" });
        let inner = if i > 0 || starts { line.trim_start_matches(' ') } else { line };
        out.push_str(&"&nbsp;".repeat(line.len() - inner.len()));
        out.push_str(inner);
    }
    out
}

/// The call of a note. One that no note answers calls what is not there.
fn called(document: &Document, reference: &Reference, labels: &Labels, number: usize) -> String {
    let name = match reference.note {
        Some(note) => format!("note-{}", labels.note(note)),
        None => format!("no-note-{}", labels.unanswered(&reference.label)),
    };
    let (name, mark) = (markup::attribute(&name), markup::text(document.mark_of(reference)));
    format!("<sup><a id=\"call-{number}\" href=\"#{name}\" role=\"doc-noteref\">{mark}</a></sup>")
}

/// The tags of a span. No link stands in a link, and none does anything but lead somewhere.
fn tags(mark: &Mark, in_link: bool) -> (String, &'static str) {
    let plain = |name: &str| format!("<{name}>");
    match mark {
        Mark::Emphasis => (plain("em"), "</em>"),
        Mark::Strong => (plain("strong"), "</strong>"),
        Mark::Code => (plain("code"), "</code>"),
        Mark::Struck => (plain("s"), "</s>"),
        Mark::Link(_) if in_link => (plain("span"), "</span>"),
        Mark::Link(address) if leads(address) => {
            (format!("<a href=\"{}\">", markup::attribute(address)), "</a>")
        }
        Mark::Link(address) => (format!("<span title=\"{}\">", markup::attribute(address)), "</span>"),
    }
}

/// Whether an address leads somewhere, and not to the notes of this page, whose names are its own.
fn leads(address: &str) -> bool {
    let ours = ["#note-", "#call-", "#no-note-"].iter().any(|name| address.starts_with(name));
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let named = scheme.filter(|s| s.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c)));
    !ours && named.is_none_or(|s| ["http", "https", "mailto", "ftp"].contains(&&*s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_somewhere_and_do_nothing() {
        for (address, leads_on) in [
            ("https://a.org/b:c", true),
            ("mailto:a@b.org", true),
            ("chapter.html#x", true),
            ("#x", true),
            ("#note-1", false),
            ("javascript:alert(1)", false),
            ("JavaScript:alert(1)", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(leads(address), leads_on, "{address}");
        }
    }
}
