//! Finds the words of anchors in a text that may have been edited.
//!
//! What is compared are [`Letters`]: wrapping, quotes, dashes, hyphens, accents, case and marks of emphasis make no
//! difference. Words that stand as they stood come first, then words with some letters wrong. Whatever stands in the text
//! must answer for itself by the words around it, the more so the less its own words tell, and must lead all others by a
//! margin: if none does, the anchor is detached. All of it is linear in the text and bounded for each anchor.

mod candidates;
mod edges;
mod sought;

use super::letters::Letters;
use super::nearness;
use super::seeds::{SEED, Seeds};
use super::{Anchor, Found};
use crate::document::{Document, Position};
use candidates::Verdict;
use edges::is_sign;
use memchr::memmem;
use sought::Sought;
use std::cell::OnceCell;
use std::ops::Range;

/// From here on words are their own witness, in letters.
const LONG: usize = 24;

/// By how many letters a place must lead the next.
const LEAD: usize = 8;

/// Of a long passage every so many letters a row is looked up.
const ROWS: usize = 4 * SEED;

/// How many letters may have been put in before such a row.
const REACH: usize = 2000;

/// Finds anchors in one text. What it makes of the text it makes when first needed, and keeps.
pub struct Seeker<'a> {
    document: &'a Document,
    identity: &'a str,
    seeds: OnceCell<Seeds>,
}

impl<'a> Seeker<'a> {
    /// For anchors in `document`, which is known by `identity`.
    pub fn new(document: &'a Document, identity: &'a str) -> Seeker<'a> {
        Seeker { document, identity, seeds: OnceCell::new() }
    }

    /// The text.
    pub const fn document(&self) -> &'a Document {
        self.document
    }

    /// Where the first of an anchor's words stand.
    pub fn place(&self, anchor: &Anchor) -> Found {
        if self.stands(anchor) {
            return Found::Attached(Position::at(anchor.pos.0));
        }
        let sought = Sought::new(anchor);
        let found = if sought.words.is_empty() {
            self.between(anchor, &sought).map(|range| range.start)
        } else {
            let found = self.whole_or(&sought, || self.seek(&sought.head()));
            found.map(|range| self.start(anchor, range.start))
        };
        match found {
            Some(at) => Found::Attached(self.document.position(at)),
            None => Found::Detached(self.about(anchor, &sought)),
        }
    }

    /// The bytes that an anchor's words cover, from the first to the last; `None` if either end is not to be found.
    pub fn range(&self, anchor: &Anchor) -> Option<Range<usize>> {
        if self.stands(anchor) {
            return Some(anchor.pos.0..anchor.pos.1);
        }
        let sought = Sought::new(anchor);
        if sought.words.is_empty() {
            return self.between(anchor, &sought);
        }
        let tail = Sought::tail(anchor, &sought);
        let found = self.whole_or(&sought, || {
            let (head, tail) = (self.seek(&sought.head())?, self.seek(&tail)?);
            let is_in_order = head.end <= tail.end && head.start <= tail.start;
            let range = Some(head.start..tail.end).filter(|_| is_in_order)?;
            self.holds(anchor, &sought, &range).then_some(range)
        })?;
        let start = self.document.position(self.start(anchor, found.start)).byte();
        Some(start..self.end(anchor, found.end).max(start))
    }

    /// Whether what lies between two ends that were found is still the passage: most of the words that are known stand there
    /// in their order, and hardly any that are not. Of those that are not known the length must do.
    fn holds(&self, anchor: &Anchor, sought: &Sought, range: &Range<usize>) -> bool {
        let source = |letter: usize| self.letters().source(self.document.text(), letter);
        let length = source(range.end.saturating_sub(1)).end.saturating_sub(source(range.start).start);
        let was = anchor.pos.1.saturating_sub(anchor.pos.0);
        if !anchor.tail.is_empty() && length.abs_diff(was) * 10 > was {
            return false;
        }
        let within = &self.letters().bytes()[range.clone()];
        let rows = sought.words.chunks(ROWS).map(|chunk| &chunk[..chunk.len().min(SEED)]);
        let (mut all, mut kept, mut foreign) = (0, 0, 0);
        // The last row that was found: where it is and where it was.
        let mut last = (0, 0);
        for (was, row) in (0..).step_by(ROWS).zip(rows) {
            all += 1;
            let expected = (last.0 + was - last.1).min(within.len());
            let found = if within[expected..].starts_with(row) {
                Some(expected)
            } else {
                let reach = within.len().min(expected + REACH);
                memmem::find(&within[last.0..reach], row).map(|at| last.0 + at)
            };
            if let Some(at) = found {
                let (is, was_before) = (at - last.0, was - last.1);
                kept += 1;
                // Where several rows are gone, what stands in their place is taken for something else.
                foreign += if was_before > 2 * ROWS { is } else { is.saturating_sub(was_before) };
                last = (at, was);
            }
        }
        if anchor.tail.is_empty() {
            let (is, was) = (within.len() - last.0, sought.words.len() - last.1);
            foreign += if was > 2 * ROWS { is } else { is.saturating_sub(was) };
        }
        foreign * 10 <= within.len() && kept * 2 > all
    }

    /// Whether the text is the one the anchor was made in, and the words stand where they stood.
    fn stands(&self, anchor: &Anchor) -> bool {
        let (start, end) = anchor.pos;
        let words = self.document.text().get(start..end);
        self.identity == anchor.text
            && words.is_some_and(|words| {
                if anchor.tail.is_empty() {
                    words == anchor.exact
                } else {
                    words.starts_with(&anchor.exact) && words.ends_with(&anchor.tail)
                }
            })
    }

    fn letters(&self) -> &Letters {
        self.document.letters()
    }

    /// The letters of the words, all of them if they are few enough, else what `ends` makes of them.
    fn whole_or(&self, sought: &Sought, ends: impl Fn() -> Option<Range<usize>>) -> Option<Range<usize>> {
        if sought.words.len() > nearness::LONGEST {
            return ends();
        }
        match self.weigh(sought) {
            Verdict::There(range) => Some(range),
            // Half of the words stand wherever all of them do.
            Verdict::Tied => None,
            Verdict::Nowhere if sought.words.len() < 2 * LONG => None,
            Verdict::Nowhere => ends(),
        }
    }

    fn seek(&self, sought: &Sought) -> Option<Range<usize>> {
        match self.weigh(sought) {
            Verdict::There(range) => Some(range),
            Verdict::Tied | Verdict::Nowhere => None,
        }
    }

    /// Words without a letter, a row of stars or a picture: they stand between what stood on both sides.
    fn between(&self, anchor: &Anchor, sought: &Sought) -> Option<Range<usize>> {
        let words = anchor.exact.trim();
        if words.is_empty() || sought.left.len() + sought.right.len() < LONG {
            return None;
        }
        let sides: Vec<u8> = sought.left.iter().rev().chain(&sought.right).copied().collect();
        let mut places = memmem::find_iter(self.letters().bytes(), &sides);
        let (at, None) = (places.next()? + sought.left.len(), places.next()) else { return None };
        let text = self.document.text();
        let from = match at.checked_sub(1) {
            Some(before) => self.letters().source(text, before).end,
            None => 0,
        };
        let to = self.letters().source(text, at).start;
        // Of several like signs the letters do not tell which: what stood between them and the letters does.
        let before = &anchor.prefix[anchor.prefix.trim_end_matches(is_sign).len()..];
        let behind = &anchor.suffix[..anchor.suffix.len() - anchor.suffix.trim_start_matches(is_sign).len()];
        let lead = before.trim_start().len();
        let whole = format!("{before}{}{behind}", anchor.exact);
        let start = from + text.get(from..to)?.find(whole.trim())? + lead;
        Some(start..start + anchor.exact.trim_end().len()).filter(|range| text[range.clone()].trim() == words)
    }

    /// About where the words stood: where what stood behind or before them is, else in their section if that is still
    /// there, else as far into the text.
    fn about(&self, anchor: &Anchor, sought: &Sought) -> Position {
        let (document, text) = (self.document, self.letters().bytes());
        let once = |words: &[u8]| {
            let mut places = memmem::find_iter(text, words);
            let first = places.next().filter(|_| words.len() >= 2 * LEAD)?;
            places.next().is_none().then_some(first)
        };
        let left: Vec<u8> = sought.left.iter().rev().copied().collect();
        if let Some(letter) = once(&sought.right).or_else(|| once(&left).map(|at| at + left.len())) {
            return document.position(self.letters().source(document.text(), letter).start);
        }
        let by_fraction =
            document.position((document.body().end as f64 * anchor.frac.clamp(0.0, 1.0)) as usize);
        let section = document.sections().iter().find(|s| document.text()[s.title.clone()] == anchor.sec);
        match section {
            Some(s) if !anchor.sec.is_empty() && !s.range.contains(&by_fraction.byte()) => {
                Position::at(s.range.start)
            }
            _ => by_fraction,
        }
    }
}
