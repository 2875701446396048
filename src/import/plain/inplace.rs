//! Notes that stand in the sentence that calls them: `Smith [Footnote: Later a judge.] and …`
//!
//! The note is its own mark, unless its label was printed before the words it belongs to.

use super::label::Label;
use super::named;
use super::paragraphs::Paragraph;
use std::ops::Range;

/// Brackets are not matched over more, in bytes.
const REACH: usize = 16 * 1024;

/// A note in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InPlace {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// The line of the source, as near as is known.
    pub line: usize,
    /// All of it, brackets included.
    pub range: Range<usize>,
    /// Its label, [`Label::Unnamed`] for most.
    pub label: Label,
    /// The label as it is printed.
    pub printed: Range<usize>,
    /// Its words.
    pub words: Range<usize>,
}

/// The notes that stand in sentences.
pub(super) fn find(paragraphs: &[Paragraph]) -> Vec<InPlace> {
    let mut found = Vec::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text = &*paragraph.text;
        let mut from = 0;
        while let Some(at) = memchr::memchr(b'[', &text.as_bytes()[from..]).map(|at| from + at) {
            from = at + 1;
            let Some(named) = named::opens(&text[at..]) else { continue };
            let Some(close) = close(text, at + named.words) else {
                // Nothing behind it can close what it opened, either.
                break;
            };
            let printed =
                text[at..].find(named.printed).map_or(at..at, |p| at + p..at + p + named.printed.len());
            found.push(InPlace {
                paragraph: i,
                line: paragraph.line_at(at),
                range: at..close + 1,
                label: named.label,
                printed,
                words: at + named.words..close,
            });
            from = close + 1;
        }
    }
    found
}

/// The byte of the bracket that closes what was opened before `from`.
pub(super) fn close(text: &str, from: usize) -> Option<usize> {
    let mut depth = 1_usize;
    for (i, byte) in text.bytes().enumerate().skip(from).take(REACH) {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{lines, paragraphs, shape::Shape};
    use super::*;

    #[test]
    fn notes_may_stand_in_their_sentence() {
        let text = "Smith [Footnote: Later a judge [1901].] and Brown[Footnote 2: A clerk.] came.\nOpen [Footnote: for ever";
        let formed =
            paragraphs::form(&lines::split(text), Shape::Unwrapped { spaced: false }, &Default::default());
        let found = find(&formed);
        let told: Vec<_> = found
            .iter()
            .map(|n| {
                let text = &formed[n.paragraph].text;
                (
                    &text[..n.range.start][n.range.start.saturating_sub(6)..],
                    &text[n.printed.clone()],
                    &text[n.words.clone()],
                )
            })
            .collect();
        assert_eq!(told, [("Smith ", "", "Later a judge [1901]."), (" Brown", "2", "A clerk.")]);
    }
}
