//! A place that outlives edits: the words it stands on, the words around it, and where it was.
//!
//! Kept in the sense of the W3C's TextQuoteSelector and TextPositionSelector. A place is found again by its words; where
//! they cannot be told from others, or are gone, it is *detached*: never put on the wrong words.

mod letters;
mod nearness;
mod seeds;
mod seeker;

pub(super) use letters::Letters;
pub use seeker::Seeker;

use super::{Document, Position};
use letters::letters;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// How many characters are kept on either side of the words.
pub const CONTEXT: usize = 32;

/// How many are kept at most, where fewer do not tell the words from others.
const MOST_CONTEXT: usize = 240;

/// How many further characters are kept once those that tell the words from others are.
const MARGIN: usize = 24;

/// How many characters of a range are kept whole; of a longer one the head and the tail are.
pub const WHOLE: usize = 4000;

/// How many characters of a longer range make its head, and how many its tail.
const ENDS: (usize, usize) = (2000, 400);

/// A range of a text, as it is kept on disk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// The words themselves; of a range over [`WHOLE`] characters, its first ones.
    pub exact: String,
    /// The last words of a range of which `exact` holds only the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tail: String,
    /// The characters before them.
    #[serde(default)]
    pub prefix: String,
    /// The characters behind them.
    #[serde(default)]
    pub suffix: String,
    /// What told the words from others.
    #[serde(default, skip_serializing_if = "Tells::is_unknown")]
    pub tells: Tells,
    /// Where they stood: bytes of the document's text.
    #[serde(default)]
    pub pos: (usize, usize),
    /// The title of the section they stood in.
    #[serde(default)]
    pub sec: String,
    /// How much of the body stood before them, from 0 to 1.
    #[serde(default)]
    pub frac: f64,
    /// What the text was known by (see `shelf`), so that `pos` can be trusted at once.
    #[serde(default)]
    pub text: String,
}

/// What told words from all others in the text they were taken from. Words that stood there once can be trusted wherever
/// they stand now; of others a twin may be left when they are gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tells {
    /// They stood there once.
    Words,
    /// What is kept before them and what is kept behind them, each for itself.
    Sides,
    /// What is kept before them.
    Before,
    /// What is kept behind them.
    Behind,
    /// Nothing that is kept.
    Nothing,
    /// Nobody has looked: an anchor that was written by hand, or by an early ibid.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Tells {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    const fn is_unknown(&self) -> bool {
        matches!(self, Tells::Unknown)
    }

    /// What is known of a part of the words.
    const fn of_a_part(self) -> Tells {
        match self {
            Tells::Words => Tells::Unknown,
            other => other,
        }
    }
}

/// Where an anchor leads in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// To its words.
    Attached(Position),
    /// Its words are gone or cannot be told from others; this is about where they stood.
    Detached(Position),
}

impl Found {
    /// The place, sure or not.
    pub const fn position(self) -> Position {
        match self {
            Found::Attached(at) | Found::Detached(at) => at,
        }
    }
}

impl Anchor {
    /// An anchor for a range of `document`, which is known by `identity`: a highlight. [`Anchor::find_range`] finds both
    /// its ends again.
    pub fn new(document: &Document, range: Range<usize>, identity: &str) -> Anchor {
        Anchor::of_words(document, range, identity).told(document)
    }

    /// The same without a look through the text for words like these.
    fn of_words(document: &Document, range: Range<usize>, identity: &str) -> Anchor {
        let text = document.text();
        let words = &text[range.clone()];
        let (exact, tail) = match words.char_indices().nth(WHOLE) {
            None => (words, ""),
            Some(_) => (&words[..forward(words, 0, ENDS.0)], &words[backward(words, words.len(), ENDS.1)..]),
        };
        let at = Position::at(range.start);
        let mut anchor = Anchor {
            exact: exact.to_owned(),
            tail: tail.to_owned(),
            pos: (range.start, range.end),
            sec: document.section_at(at).map_or_else(String::new, |s| document.section_title(s).to_owned()),
            frac: document.progress(at),
            text: identity.to_owned(),
            ..Anchor::default()
        };
        anchor.look_round(document, CONTEXT, CONTEXT);
        anchor
    }

    /// An anchor for a place: its words are those from there to the end of the sentence, at most about 80 characters.
    pub fn of_place(document: &Document, at: Position, identity: &str) -> Anchor {
        Anchor::in_passing(document, at, identity).told(document)
    }

    /// The same for a place that the next one will replace, made without a look through the text.
    pub fn in_passing(document: &Document, at: Position, identity: &str) -> Anchor {
        let text = document.text();
        let block = document.blocks().get(document.block_at(at));
        let end = block.map_or(text.len(), |b| b.range.end).max(at.byte());
        let rest = &text[at.byte()..end];
        let mut stop = 0;
        for (count, (i, c)) in rest.char_indices().enumerate() {
            stop = i + c.len_utf8();
            let sentence =
                matches!(c, '.' | '!' | '?' | '。') && rest[stop..].starts_with([' ', '\n', '”', '"']);
            if (sentence && count >= 24) || (count >= 80 && c == ' ') || count >= 120 {
                break;
            }
        }
        Anchor::of_words(document, at.byte()..at.byte() + stop, identity)
    }

    /// Keeps so many characters before and behind the words.
    fn look_round(&mut self, document: &Document, before: usize, behind: usize) {
        let (text, (start, end)) = (document.text(), self.pos);
        self.prefix = text[backward(text, start, before)..start].to_owned();
        self.suffix = text[end..forward(text, end, behind)].to_owned();
    }

    /// Keeps so much to either side that the words can be told from others like them, and notes whether they can.
    fn told(mut self, document: &Document) -> Anchor {
        let text = document.letters().bytes();
        let is_once = |words: &[u8]| memchr::memmem::find_iter(text, words).take(2).count() == 1;
        let words = letters(&self.exact);
        if !words.is_empty() && is_once(&words) {
            self.tells = Tells::Words;
            return self;
        }
        let (least, most) = (CONTEXT, MOST_CONTEXT);
        // It grows by halves, so that a text is looked through no more than six times for a side.
        let steps = || std::iter::successors(Some(least), |n| Some(n + n / 2)).take_while(|n| *n <= most);
        let source = document.text();
        let (start, end) =
            (self.pos.0, if self.tail.is_empty() { self.pos.1 } else { self.pos.0 + self.exact.len() });
        let before = steps().find(|&n| is_once(&letters(&source[backward(source, start, n)..end])));
        let behind = steps().find(|&n| is_once(&letters(&source[start..forward(source, end, n)])));
        let far = |n: Option<usize>| n.map_or(most, |n| (n + MARGIN).min(most));
        self.tells = match (before, behind) {
            (Some(_), Some(_)) => Tells::Sides,
            (Some(_), None) => Tells::Before,
            (None, Some(_)) => Tells::Behind,
            (None, None) => Tells::Nothing,
        };
        self.look_round(document, far(before), far(behind));
        self
    }

    /// The words of the range, the middle of a very long one left out.
    pub fn quote(&self) -> Cow<'_, str> {
        if self.tail.is_empty() {
            Cow::Borrowed(&self.exact)
        } else {
            Cow::Owned(format!("{} […] {}", self.exact, self.tail))
        }
    }

    /// The bytes that the words of the anchor cover in a text that is known by `identity` and may have been edited;
    /// `None` if they are gone or cannot be told from others. [`Anchor::find`] then says about where they stood.
    /// For several anchors in one text use a [`Seeker`].
    pub fn find_range(&self, document: &Document, identity: &str) -> Option<Range<usize>> {
        Seeker::new(document, identity).range(self)
    }

    /// Where the anchor leads in a text that is known by `identity` and may have been edited. For several anchors in one
    /// text use a [`Seeker`].
    pub fn find(&self, document: &Document, identity: &str) -> Found {
        Seeker::new(document, identity).place(self)
    }
}

/// The byte `count` characters before another, or the start of the text.
fn backward(text: &str, from: usize, count: usize) -> usize {
    text[..from].char_indices().rev().take(count).last().map_or(from, |(at, _)| at)
}

/// The byte `count` characters behind another, or the end of the text.
fn forward(text: &str, from: usize, count: usize) -> usize {
    text[from..].char_indices().nth(count).map_or(text.len(), |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};
    use proptest::prelude::*;

    fn text(paragraphs: &[&str]) -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        paragraphs.iter().for_each(|p| b.block(Kind::Paragraph, 0, p));
        b.finish()
    }

    const FIRST: &str =
        "The keeper wrote his log by lamplight. He wrote it twice, once for the board and once for himself.";
    const SECOND: &str = "Nobody at the board read either of them until the winter the light went out.";

    fn anchored(at: &str) -> Anchor {
        let d = text(&[FIRST, SECOND]);
        Anchor::of_place(&d, Position::at(d.text().find(at).unwrap()), "sha256:one")
    }

    fn check(anchor: &Anchor, paragraphs: &[&str], expected: Option<&str>) {
        let d = text(paragraphs);
        match (anchor.find(&d, "sha256:two"), expected) {
            (Found::Attached(at), Some(words)) => assert!(d.text()[at.byte()..].starts_with(words)),
            (Found::Detached(_), None) => {}
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn an_edit_above_does_not_move_it() {
        check(&anchored("Nobody"), &["A new first paragraph.", FIRST, SECOND], Some("Nobody"));
        check(&anchored("He wrote"), &["A.", FIRST, SECOND], Some("He wrote it twice"));
    }

    #[test]
    fn words_that_were_mended_are_found_between_their_neighbours() {
        let mended = FIRST.replace("twice", "thrice");
        check(&anchored("He wrote"), &[&mended, SECOND], Some("He wrote it thrice"));
    }

    #[test]
    fn words_that_are_gone_are_detached() {
        check(&anchored("Nobody"), &[FIRST], None);
        check(&anchored("Nobody"), &["Quite another text, about something else."], None);
    }

    #[test]
    fn one_of_two_like_places_is_told_by_its_neighbours_or_not_at_all() {
        let d = text(&["Alpha says: the light went out.", "Beta says: the light went out."]);
        let at = d.text().rfind("the light").unwrap();
        let anchor = Anchor::of_place(&d, Position::at(at), "one");
        check(
            &anchor,
            &["New.", "Alpha says: the light went out.", "Beta says: the light went out."],
            Some("the light"),
        );
        let moved = text(&["New.", "Alpha says: the light went out.", "Beta says: the light went out."]);
        assert_eq!(anchor.find(&moved, "x").position().byte(), moved.text().rfind("the light").unwrap());
        check(&anchor, &["Gamma: the light went out.", "Delta: the light went out."], None);
    }

    #[test]
    fn an_unchanged_text_needs_no_search() {
        let d = text(&["same", "same", "same"]);
        let anchor = Anchor::of_place(&d, Position::at(5), "id");
        assert_eq!(anchor.find(&d, "id"), Found::Attached(Position::at(5)));
    }

    #[test]
    fn a_range_has_two_ends() {
        let word = |i: usize| ["lamp", "log", "winter", "board", "sea", "keeper", "light"][i * i % 7];
        let long: Vec<String> = (0..400).map(|i| format!("{} {i} {}", word(i), word(i + 3))).collect();
        let paragraphs: Vec<String> = long.chunks(40).map(|words| words.join(", ")).collect();
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        let d = text(&paragraphs);
        let moved = text(&[&[SECOND], &paragraphs[..]].concat());
        for (from, to) in [(" 7 ", " 9 "), (" 30 ", " 90 "), (" 20 ", " 390 ")] {
            let at = |number: &str| d.text().find(number).unwrap() + 1;
            let range = at(from)..at(to) + to.len() - 2;
            let anchor = Anchor::new(&d, range.clone(), "sha256:one");
            assert_eq!(anchor.quote().chars().count() < range.len(), range.len() > WHOLE);
            assert_eq!(anchor.find_range(&d, "sha256:one"), Some(range.clone()));
            let expected = range.start + SECOND.len() + 1..range.end + SECOND.len() + 1;
            assert_eq!(anchor.find_range(&moved, "sha256:two"), Some(expected));
            assert_eq!(anchor.find_range(&text(&[FIRST, SECOND]), "sha256:two"), None);
            let half = text(&paragraphs[..1]);
            assert_eq!(anchor.find_range(&half, "sha256:two").is_some(), to == " 9 ");
        }
    }

    proptest! {
        #[test]
        fn no_anchor_and_no_text_is_too_odd(
            parts in prop::array::uniform4("[aeé二 .“*]{0,60}|(the lamp ){0,40}"),
            tail in prop::option::of("[ae ]{0,40}"),
            pos in any::<(u16, u16)>(),
            frac in any::<f64>(),
            paragraphs in prop::collection::vec("[aeé二 .“*]{0,80}|(the lamp ){0,60}", 0..5),
            tells in prop::sample::select(vec![Tells::Words, Tells::Sides, Tells::Nothing, Tells::Unknown]),
        ) {
            let document = text(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
            let [exact, prefix, suffix, sec] = parts;
            let pos = (pos.0.into(), pos.1.into());
            let anchor =
                Anchor { exact, prefix, suffix, sec, tail: tail.unwrap_or_default(), pos, frac, tells, ..Anchor::default() };
            for identity in ["", "other"] {
                let at = anchor.find(&document, identity).position().byte();
                prop_assert!(document.text().is_char_boundary(at));
                if let Some(range) = anchor.find_range(&document, identity) {
                    prop_assert!(document.text().get(range).is_some());
                }
            }
        }

        #[test]
        fn an_anchor_finds_its_own_words(
            words in "([a-c]{1,3} ){40,120}", from in 0..60_usize, length in 1..60_usize, added in "([d-f]{2} ){0,30}",
        ) {
            let before = text(&[&words]);
            let range = from..(from + length).min(before.text().len());
            prop_assume!(from < before.text().len() && !before.text()[range.clone()].trim().is_empty());
            let anchor = Anchor::new(&before, range.clone(), "before");
            prop_assert_eq!(anchor.find_range(&before, "before"), Some(range.clone()));
            // Found by its words it may be detached, but never on others.
            let after = text(&[&added, &words]);
            if let Some(found) = anchor.find_range(&after, "after") {
                let letters = |t: &str| letters::letters(t);
                prop_assert_eq!(letters(&after.text()[found]), letters(&before.text()[range]));
            }
        }
    }
}
