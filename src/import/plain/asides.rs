//! Sidenotes: what stood in the margin of the printed book, in brackets that say so: `[Sidenote: The king is wroth.]`
//!
//! Nothing calls them. Each is set apart above the paragraph it was printed beside, so that it tears no sentence.

use super::inplace;
use super::paragraphs::Paragraph;
use super::scopes::{Call, Calls, Scopes};
use crate::document::Kind;
use std::collections::BTreeMap;
use std::ops::Range;

/// What opens one, in lower case.
const OPENERS: [&str; 4] = ["[sidenote:", "[side-note:", "[side note:", "[marginal note:"];

/// A sidenote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aside {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// Its words there, without brackets.
    pub words: Range<usize>,
}

/// The sidenotes of a text, by the paragraph above which each is set.
pub(super) type Asides = BTreeMap<usize, Vec<Aside>>;

/// Takes the sidenotes out of their paragraphs.
pub(super) fn lift(scopes: &mut Scopes) -> Asides {
    let mut asides = Asides::new();
    let mut calls: Vec<Call> = Vec::new();
    // The paragraphs in whose blocks the last one and this one stand.
    let (mut last, mut head) = (0, 0);
    for i in 0..scopes.paragraphs.len() {
        if !scopes.paragraphs[i].joins {
            (last, head) = (head, i);
        }
        let text = &*scopes.paragraphs[i].text;
        // What calls a note inside one would be lost.
        let found: Vec<_> = find(text).into_iter().filter(|(range, _)| !scopes.calls_in(i, range)).collect();
        let length: usize = found.iter().map(|(range, _)| range.len()).sum();
        // One that stands by itself may still stand in the middle of a sentence.
        if length > 0 && length == text.len() && is_torn(&scopes.paragraphs, i) {
            (scopes.paragraphs[i].joins, scopes.paragraphs[i + 1].joins) = (true, true);
            head = last;
        }
        for (range, words) in found {
            asides.entry(head).or_default().push(Aside { paragraph: i, words });
            let printed = range.start..range.start;
            calls.push(Call { paragraph: i, range, printed, calls: Calls::Nothing });
        }
    }
    scopes.add(calls);
    asides
}

/// The sidenotes in a text, and their words.
fn find(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'[', &text.as_bytes()[from..]).map(|at| from + at) {
        from = at + 1;
        let Some(opener) = opener(&text[at..]) else { continue };
        // Where one does not end, none behind it does.
        let Some(close) = inplace::close(text, at + opener) else { break };
        found.push((at..close + 1, at + opener..close));
        from = close + 1;
    }
    found
}

/// How many bytes open a sidenote at the start of a text.
fn opener(text: &str) -> Option<usize> {
    let starts = |opener: &&&str| text.get(..opener.len()).is_some_and(|t| t.eq_ignore_ascii_case(opener));
    OPENERS.iter().find(starts).map(|opener| opener.len())
}

/// Whether a sentence goes on over a paragraph.
fn is_torn(paragraphs: &[Paragraph], i: usize) -> bool {
    let Some([before, _, after]) = i.checked_sub(1).and_then(|b| paragraphs.get(b..b + 3)) else {
        return false;
    };
    let open = before.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'));
    let prose = before.kind == Kind::Paragraph && after.kind == Kind::Paragraph;
    prose && open && after.text.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sidenotes_say_what_they_are() {
        for (text, told) in [
            ("[Sidenote: The king.] He came.", vec![" The king."]),
            ("He [SIDENOTE: 1521 [April].] came [Side-note: Here.]", vec![" 1521 [April].", " Here."]),
            ("[Sidenotes are set apart.] [Side] [Sidenote: open", vec![]),
        ] {
            let words: Vec<_> = find(text).into_iter().map(|(_, words)| &text[words]).collect();
            assert_eq!(words, told, "{text}");
        }
    }
}
