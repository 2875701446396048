//! What holds for whatever is looked for in whatever text.

use super::fold::{self, Case};
use super::*;
use crate::document::{Kind, builder::Builder, report::Format};
use proptest::prelude::*;

const LETTERS: &str = "[a-dA-DsS éßÆﬁœ“”’—\u{ad}\u{301}\u{a0}\u{200b}日]{0,24}";

/// The same without letters that stand for two: a capital half of one is found by an expression only.
const SINGLE: &str = "[a-dA-DsS é“”’—\u{ad}\u{301}\u{a0}\u{200b}日]{0,24}";

fn document(blocks: &[String]) -> Document {
    let mut b = Builder::new(Format::Text, "UTF-8");
    for (at, block) in blocks.iter().enumerate() {
        let kind = if at % 2 == 0 { Kind::Paragraph } else { Kind::Verse };
        b.block(kind, 0, block);
    }
    b.finish()
}

fn find(document: &Document, pattern: &str, regular: bool) -> Vec<Range<usize>> {
    Index::default().find(document, &Query { pattern: pattern.to_owned(), regular }).unwrap()
}

/// The plainest search there is: every letter folded by itself, each byte of that with the letter it came from.
fn naive(document: &Document, pattern: &str) -> Vec<Range<usize>> {
    let (text, needle) = (document.text(), fold::pattern(pattern, Case::Fold));
    let edge = |at: usize| !document.blocks().iter().any(|b| b.range.contains(&at));
    let (mut folded, mut from) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let one = match c {
            '\n' if edge(at) => "\n".to_owned(),
            c if c.is_whitespace() => " ".to_owned(),
            c => fold::pattern(&c.to_string(), Case::Fold),
        };
        if one == " " && (folded.is_empty() || folded.ends_with([' ', '\n'])) {
            continue;
        }
        from.extend(std::iter::repeat_n(at..at + c.len_utf8(), one.len()));
        folded.push_str(&one);
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut free = 0;
    for (at, _) in folded.char_indices().filter(|_| !needle.is_empty()) {
        let beside = free <= at && found.last().is_none_or(|last| last.end <= from[at].start);
        if beside && folded[at..].starts_with(&needle) {
            free = at + needle.len();
            found.push(from[at].start..whole(text, from[free - 1].end));
        }
    }
    found
}

proptest! {
    #[test]
    fn a_search_finds_what_the_plainest_one_finds(
        blocks in prop::collection::vec(LETTERS, 1..4),
        pattern in "[a-ds](( |[a-ds'\"-]){0,2}[a-ds])?",
    ) {
        let document = document(&blocks);
        prop_assert_eq!(find(&document, &pattern, false), naive(&document, &pattern));
    }

    #[test]
    fn a_plain_pattern_finds_the_same_as_an_expression(
        blocks in prop::collection::vec(SINGLE, 1..4),
        pattern in "[a-dA-DsS]{1,2}( [a-ds]{1,2})?",
    ) {
        let document = document(&blocks);
        prop_assert_eq!(find(&document, &pattern, false), find(&document, &regex::escape(&pattern), true));
    }

    /// Matches are whole characters, in order, and lie beside each other.
    #[test]
    fn matches_do_not_overlap(
        blocks in prop::collection::vec(LETTERS, 1..4),
        pattern in "\\PC{1,3}",
        regular in any::<bool>(),
    ) {
        let document = document(&blocks);
        let found = Index::default().find(&document, &Query { pattern, regular }).unwrap_or_default();
        prop_assert!(found.iter().all(|m| m.start < m.end && document.text().get(m.clone()).is_some()));
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    /// What is typed as it stands in the text is found where it stands.
    #[test]
    fn words_of_the_text_are_found_in_it(block in LETTERS, from in any::<prop::sample::Index>(), many in 0usize..6) {
        let document = document(&[block]);
        let text = document.text();
        let letters: Vec<Range<usize>> = text
            .char_indices()
            .filter(|(_, c)| c.is_alphabetic())
            .map(|(at, c)| at..at + c.len_utf8())
            .collect();
        if letters.is_empty() {
            return Ok(());
        }
        let from = from.index(letters.len());
        let (start, end) = (letters[from].start, letters[(from + many).min(letters.len() - 1)].end);
        let typed = &text[start..end];
        let found = find(&document, typed, false);
        prop_assert!(found.iter().any(|m| m.start < end && start < m.end), "{typed:?} in {text:?}: {found:?}");
    }
}
