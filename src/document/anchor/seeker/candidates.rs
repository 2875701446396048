//! The places where words may be, and which of them is theirs.

use super::super::nearness::{Agreement, Pattern, Start, agreement};
use super::super::seeds::{SEED, Seeds};
use super::super::{CONTEXT, MARGIN, Tells};
use super::sought::{HELP, Sought};
use super::{LEAD, LONG, Seeker};
use crate::document::Position;
use memchr::memmem;
use std::ops::Range;

/// How many places with the very words are weighed. Words that stand more often need all that was kept around them.
const PLACES: usize = 256;

/// How many places with much the same words are weighed.
const NEAR_PLACES: usize = 12;

/// How far from where they were words may be, in parts of the text, to be told by their place from others.
const NEAR: f64 = 0.03;

/// What a wrong letter in the words costs, in letters.
const PRICE: usize = 3;

/// The largest part of the words, one in so many letters, that may be wrong.
const WRONG: usize = 5;

/// A place where the words may be.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) range: Range<usize>,
    pub(super) edits: usize,
    left: Agreement,
    right: Agreement,
}

/// What came of weighing candidates.
pub(super) enum Verdict {
    /// It is there.
    There(Range<usize>),
    /// It is in one of several places that cannot be told apart.
    Tied,
    /// It is in none of them.
    Nowhere,
}

impl Seeker<'_> {
    /// Where the words are, if that is sure: the very words first, then words much like them.
    pub(super) fn weigh(&self, sought: &Sought) -> Verdict {
        match self.judge(sought, self.exact(sought)) {
            Verdict::Nowhere => self.judge(sought, self.near(sought)),
            verdict => verdict,
        }
    }

    /// The places with the very words.
    fn exact(&self, sought: &Sought) -> Vec<Candidate> {
        let text = self.letters().bytes();
        let len = sought.words.len();
        let mut places: Vec<usize> = memmem::find_iter(text, &sought.words).take(PLACES + 1).collect();
        if places.len() > PLACES {
            let whole: Vec<u8> =
                sought.left.iter().rev().chain(&sought.words).chain(&sought.right).copied().collect();
            places = memmem::find_iter(text, &whole).take(2).map(|at| at + sought.left.len()).collect();
        }
        places.into_iter().map(|at| self.candidate(sought, at..at + len, 0)).collect()
    }

    /// The places with much the same words: where rows of letters that stood in the words or around them stand in the
    /// same order.
    fn near(&self, sought: &Sought) -> Vec<Candidate> {
        let text = self.letters().bytes();
        let wrong = (sought.words.len() / WRONG).max(1);
        if sought.words.len() <= 2 * wrong {
            return Vec::new();
        }
        let seeds = self.seeds.get_or_init(|| Seeds::of(text));
        let left = &sought.left[..sought.left.len().min(HELP)];
        let right = &sought.right[..sought.right.len().min(HELP)];
        let whole: Vec<u8> = left.iter().rev().chain(&sought.words).chain(right).copied().collect();
        // Where the words would begin, by each row.
        let mut begins: Vec<i64> = Vec::new();
        for (i, row) in whole.windows(SEED).enumerate() {
            let begin = left.len() as i64 - i as i64;
            begins.extend(seeds.places(text, row).into_iter().map(|at| at as i64 + begin));
        }
        begins.sort_unstable();
        let mut groups: Vec<&[i64]> = begins.chunk_by(|a, b| b - a <= wrong as i64).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        let pattern = Pattern::new(sought.words.iter().copied());
        let back = Pattern::new(sought.words.iter().rev().copied());
        let mut found: Vec<Candidate> = Vec::new();
        for group in groups.into_iter().take(NEAR_PLACES) {
            let [first, ..] = group else { continue };
            let last = group.last().unwrap_or(first);
            let clip = |at: i64| at.clamp(0, text.len() as i64) as usize;
            let slack = (wrong + SEED) as i64;
            let window = clip(first - slack)..clip(last + sought.words.len() as i64 + slack);
            let distances = pattern.distances(text[window.clone()].iter().copied(), Start::Free);
            let Some((at, &edits)) = distances.iter().enumerate().min_by_key(|(_, edits)| **edits) else {
                continue;
            };
            if edits > wrong {
                continue;
            }
            let end = window.start + at + 1;
            let start = self.begin(&back, sought, end, edits);
            if found.iter().all(|c| c.range.start.max(start) >= c.range.end.min(end)) {
                found.push(self.candidate(sought, start..end, edits));
            }
        }
        found
    }

    /// Where words that end at a letter begin: of the places that are equally near, one that begins a word.
    fn begin(&self, back: &Pattern, sought: &Sought, end: usize, edits: usize) -> usize {
        let letters = self.letters();
        let longest = sought.words.len() + edits;
        let before = letters.bytes()[end.saturating_sub(longest)..end].iter().rev().copied();
        let distances = back.distances(before, Start::Fixed);
        let Some(least) = distances.iter().min() else { return end };
        let starts: Vec<usize> =
            (0..distances.len()).filter(|&i| distances[i] == *least).map(|i| end - i - 1).collect();
        let text = self.document.text();
        let begins_word = |&&at: &&usize| {
            let source = letters.source(text, at);
            !text[..source.start].ends_with(char::is_alphanumeric)
        };
        starts.iter().find(begins_word).or(starts.first()).copied().unwrap_or(end)
    }

    fn candidate(&self, sought: &Sought, range: Range<usize>, edits: usize) -> Candidate {
        let text = self.letters().bytes();
        let from = range.start.saturating_sub(sought.left.len() + LEAD);
        let before: Vec<u8> = text[from..range.start].iter().rev().copied().collect();
        let to = (range.end + sought.right.len() + LEAD).min(text.len());
        let left = agreement(&sought.left, &before);
        let right = agreement(&sought.right, &text[range.end..to]);
        Candidate { range, edits, left, right }
    }

    fn judge(&self, sought: &Sought, mut candidates: Vec<Candidate>) -> Verdict {
        let score = |c: &Candidate| {
            (sought.words.len() + c.left.letters + c.right.letters).saturating_sub(PRICE * c.edits)
        };
        candidates.sort_by_key(|c| std::cmp::Reverse(score(c)));
        let Some(best) = candidates.first() else { return Verdict::Nowhere };
        let rivals: Vec<&Candidate> = candidates.iter().filter(|c| score(c) + LEAD > score(best)).collect();
        let one = match rivals[..] {
            [one] => one,
            _ => match self.by_place(sought, &rivals) {
                Some(one) => one,
                None => return Verdict::Tied,
            },
        };
        if self.is_sure(sought, one, candidates.len() == 1) {
            Verdict::There(self.settle(sought, one))
        } else {
            Verdict::Nowhere
        }
    }

    /// Of places that the words do not tell apart, the same passage twice, the one that alone is in the section, or else the
    /// one that alone is near where the words were.
    fn by_place<'c>(&self, sought: &Sought, rivals: &[&'c Candidate]) -> Option<&'c Candidate> {
        let mut here = rivals.iter().filter(|c| self.section(c.range.start) == sought.section);
        if let (Some(one), None) = (here.next(), here.next())
            && !sought.section.is_empty()
        {
            return Some(one);
        }
        let far = |c: &Candidate| {
            let at = self.letters().source(self.document.text(), c.range.start).start;
            (self.document.progress(Position::at(at)) - sought.fraction).abs()
        };
        let mut by_distance: Vec<(f64, &Candidate)> = rivals.iter().map(|c| (far(c), *c)).collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
        match by_distance[..] {
            [(near, one), (next, _), ..] if near < NEAR && next > 3.0 * near + NEAR => Some(one),
            _ => None,
        }
    }

    /// Whether a place may be trusted, though it were the only one: the right one may be gone.
    fn is_sure(&self, sought: &Sought, c: &Candidate, is_alone: bool) -> bool {
        let around = c.left.letters + c.right.letters;
        let most = c.left.letters.max(c.right.letters);
        let whole = |side: &Agreement, kept: &[u8]| side.edits == Some(0) && kept.len() >= 2 * LEAD;
        let (left, right) = (whole(&c.left, &sought.left), whole(&c.right, &sought.right));
        let few = (sought.left.len() + sought.right.len()) / LONG;
        let nearly = matches!((c.left.edits, c.right.edits), (Some(l), Some(r)) if l + r <= few);
        let witnessed = most >= 2 * LEAD || (c.left.letters >= LEAD && c.right.letters >= LEAD);
        let is_exact = c.edits == 0;
        // Words whose twins have other neighbours close by: a little of both sides tells.
        let is_plain = sought.left.len().max(sought.right.len()) <= CONTEXT + MARGIN;
        let between = is_exact
            && is_plain
            && sought.words.len() < LONG
            && c.left.letters.min(c.right.letters) >= LEAD
            && around >= LONG;
        match sought.tells {
            Tells::Words if is_exact && sought.words.len() >= LONG => true,
            Tells::Words if is_exact => witnessed,
            Tells::Words => {
                let long = sought.words.len() >= 2 * LONG && c.edits * 2 * WRONG <= sought.words.len();
                witnessed || (long && is_alone)
            }
            Tells::Sides => left || right || between || (nearly && around > 0),
            Tells::Before => left || (nearly && around > 0),
            Tells::Behind => right || (nearly && around > 0),
            Tells::Nothing => left && right && self.section(c.range.start) == sought.section,
            // What somebody wrote by hand has no more than its words.
            Tells::Unknown if sought.left.is_empty() && sought.right.is_empty() => is_exact && is_alone,
            Tells::Unknown if is_exact && sought.words.len() >= LONG => is_alone || witnessed,
            Tells::Unknown => witnessed,
        }
    }

    /// The title of the section that a letter stands in.
    pub(super) fn section(&self, letter: usize) -> &str {
        let at = self.letters().source(self.document.text(), letter).start;
        self.document.section_at(Position::at(at)).map_or("", |s| self.document.section_title(s))
    }
}
