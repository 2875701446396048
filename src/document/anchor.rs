//! A place that outlives edits: the words it stands on, the words around it, and where it was.
//!
//! Kept in the sense of the W3C's TextQuoteSelector and TextPositionSelector. A place is found again by its words; where
//! they cannot be told from others, or are gone, it is *detached*: never put on the wrong words.

use super::{Document, Position};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// How many characters are kept on either side of the words.
pub const CONTEXT: usize = 32;

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
        let text = document.text();
        let back =
            text[..range.start].char_indices().rev().take(CONTEXT).last().map_or(range.start, |(i, _)| i);
        let on = text[range.end..].char_indices().nth(CONTEXT).map_or(text.len(), |(i, _)| range.end + i);
        let at = Position::at(range.start);
        let words = &text[range.clone()];
        let (exact, tail) = match words.char_indices().nth(WHOLE) {
            None => (words, ""),
            Some(_) => {
                let head = words.char_indices().nth(ENDS.0).map_or(words.len(), |(i, _)| i);
                let tail = words.char_indices().rev().nth(ENDS.1 - 1).map_or(0, |(i, _)| i);
                (&words[..head], &words[tail..])
            }
        };
        Anchor {
            exact: exact.to_owned(),
            tail: tail.to_owned(),
            prefix: text[back..range.start].to_owned(),
            suffix: text[range.end..on].to_owned(),
            pos: (range.start, range.end),
            sec: document.section_at(at).map_or_else(String::new, |s| document.section_title(s).to_owned()),
            frac: document.progress(at),
            text: identity.to_owned(),
        }
    }

    /// An anchor for a place: its words are those from there to the end of the sentence, at most about 80 characters.
    pub fn of_place(document: &Document, at: Position, identity: &str) -> Anchor {
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
        Anchor::new(document, at.byte()..at.byte() + stop, identity)
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
    pub fn find_range(&self, document: &Document, identity: &str) -> Option<Range<usize>> {
        let Found::Attached(at) = self.find(document, identity) else { return None };
        let text = document.text();
        let last = if self.tail.is_empty() { &self.exact } else { &self.tail };
        let length = self.pos.1.saturating_sub(self.pos.0).max(self.exact.len());
        let from = at.byte();
        let within = &text.as_bytes()[from..(from + length + length / 5 + 40).min(text.len())];
        let end = memchr::memmem::rfind(within, last.as_bytes())? + last.len();
        Some(from..from + end)
    }

    /// Where the anchor leads in a text that is known by `identity` and may have been edited.
    pub fn find(&self, document: &Document, identity: &str) -> Found {
        let text = document.text();
        let (start, end) = self.pos;
        if self.text == identity && text.get(start..end).is_some_and(|t| t == self.exact) {
            return Found::Attached(Position::at(start));
        }
        if let Some(at) = self.by_words(document) {
            return Found::Attached(document.position(at));
        }
        Found::Detached(self.about(document))
    }

    /// The words alone if they stand once, else with the words around them, else the best by a clear margin.
    fn by_words(&self, document: &Document) -> Option<usize> {
        let text = document.text();
        if self.exact.trim().is_empty() {
            return None;
        }
        let hits: Vec<usize> =
            memchr::memmem::find_iter(text.as_bytes(), self.exact.as_bytes()).take(1000).collect();
        match hits[..] {
            [] => return self.by_context(text),
            // Short words need a witness: "Linus" must not come to stand on another Linus.
            [one] if self.exact.chars().count() >= 20 => return Some(one),
            _ => {}
        }
        let score = |at: usize| {
            let end = at + self.exact.len();
            let sides = shared_back(&text[..at], &self.prefix) + shared_on(&text[end..], &self.suffix);
            let near = 1.0 - (document.progress(Position::at(at)) - self.frac).abs();
            sides as f64 + near
        };
        let mut scored: Vec<(f64, usize)> = hits.iter().map(|&at| (score(at), at)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let enough = (self.prefix.chars().count() + self.suffix.chars().count()) as f64 * 0.35;
        match scored[..] {
            // No witness on either side: only an unchanged text could tell them apart.
            [(best, _), _, ..] if best < enough.min(12.0) => None,
            [(best, at), (second, _), ..] => (best >= second + 4.0).then_some(at),
            [(best, at)] => (best >= enough.min(12.0)).then_some(at),
            [] => None,
        }
    }

    /// The words were mended: they stand between what stood before and behind them, if that is still one place.
    fn by_context(&self, text: &str) -> Option<usize> {
        let once = |words: &str| {
            let mut hits = memchr::memmem::find_iter(text.as_bytes(), words.as_bytes());
            let first = hits.next()?;
            hits.next().is_none().then_some(first)
        };
        if self.prefix.chars().count() < 16 || self.suffix.chars().count() < 16 {
            return None;
        }
        let start = once(&self.prefix)? + self.prefix.len();
        let end = once(&self.suffix)?;
        let length = self.exact.len();
        (start <= end && (end - start).abs_diff(length) <= length / 5 + 4).then_some(start)
    }

    /// About where the words stood: in their section if it is still there, else as far into the text.
    fn about(&self, document: &Document) -> Position {
        let by_fraction =
            document.position((document.body().end as f64 * self.frac.clamp(0.0, 1.0)) as usize);
        let section = document.sections().iter().find(|s| document.text()[s.title.clone()] == self.sec);
        match section {
            Some(s) if !self.sec.is_empty() && !s.range.contains(&by_fraction.byte()) => {
                Position::at(s.range.start)
            }
            _ => by_fraction,
        }
    }
}

/// How many characters two texts share at their ends.
fn shared_back(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count()
}

/// How many characters two texts share at their starts.
fn shared_on(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};

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
        let long: Vec<String> = (0..40).map(|i| format!("{FIRST} That was day {i}.")).collect();
        let paragraphs: Vec<&str> = long.iter().map(String::as_str).collect();
        let d = text(&paragraphs);
        let moved = text(&[&[SECOND], &paragraphs[..]].concat());
        for (from, to) in [("by lamplight", " He wrote"), ("log", "."), ("day 3", "day 38")] {
            let start = d.text().find(from).unwrap();
            let range = start..start + d.text()[start..].find(to).unwrap();
            let anchor = Anchor::new(&d, range.clone(), "sha256:one");
            assert!(anchor.quote().chars().count() <= WHOLE);
            let expected = range.start + SECOND.len() + 1..range.end + SECOND.len() + 1;
            assert_eq!(anchor.find_range(&d, "sha256:one"), Some(range), "{from}");
            let found = anchor.find_range(&moved, "sha256:two");
            assert!(found.is_none() || found == Some(expected), "{from}");
        }
    }
}
