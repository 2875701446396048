//! What looks like a heading and is none: lines of title pages and tables of contents, speakers, half-titles, what no
//! prose follows.

use super::contents::Contents;
use super::headings::{LONGEST, Text};
use super::paragraphs::{self, Paragraph};
use super::rank::{self, Rank};
use super::wording;
use crate::document::Kind;
use crate::import::letters::letters;
use std::collections::{HashMap, HashSet};

/// Prose behind a heading is at least so long, in columns.
const PROSE: usize = 100;

/// More headings than this one after the other are a table of contents, the last ones aside.
const CHAIN: usize = 4;

/// What is said so often is no heading but a speaker.
const OFTEN: usize = 3;

/// How far the title pages of a book go, in paragraphs.
const TITLE_PAGES: usize = 60;

impl Text<'_> {
    /// Takes out of the ranks of the paragraphs those that are no headings.
    pub fn sift(&self, ranks: &mut [Option<Rank>]) {
        self.drop_title_pages(ranks);
        self.drop_out_of_order(ranks);
        self.drop_speakers(ranks);
        self.drop_contents(ranks);
        self.drop_unfollowed(ranks);
        self.drop_index(ranks);
        self.drop_half_title(ranks);
    }

    /// Takes the lines of title pages out of a book: what stands before its first labelled heading.
    fn drop_title_pages(&self, ranks: &mut [Option<Rank>]) {
        let first = ranks.iter().take(TITLE_PAGES).position(|r| r.is_some_and(|r| r != Rank::Bare));
        let contents = |p: &Paragraph| {
            self.known.contents.and_then(Contents::first).is_some_and(|first| first.start <= p.line)
        };
        let table = self.paragraphs.iter().take(TITLE_PAGES).position(contents);
        let Some(first) = first.into_iter().chain(table).min().filter(|_| self.known.book) else { return };
        ranks[..first].fill(None);
    }

    /// Takes out roman numbers that do not count: a chapter one has a second.
    fn drop_out_of_order(&self, ranks: &mut [Option<Rank>]) {
        let numbers = |i: usize| rank::roman(&self.words[i]).map(|n| (i, n));
        let found: Vec<(usize, u32)> =
            (0..ranks.len()).filter(|i| ranks[*i] == Some(Rank::Chapter)).filter_map(numbers).collect();
        let mut last = 0;
        for (k, (i, number)) in found.iter().enumerate() {
            let next = found.get(k + 1).map(|(_, n)| *n);
            let starts = *number == 1 && next == Some(2);
            if *number == last + 1 && last > 0 || starts || *number == last + 2 && last > 1 {
                last = *number;
            } else {
                ranks[*i] = None;
            }
        }
    }

    /// Takes out what recurs without a label: the speakers of a dialogue.
    fn drop_speakers(&self, ranks: &mut [Option<Rank>]) {
        let mut said: HashMap<&str, usize> = HashMap::new();
        for (words, _) in self.words.iter().zip(&*ranks).filter(|(_, r)| **r == Some(Rank::Bare)) {
            *said.entry(words).or_default() += 1;
        }
        for (words, rank) in self.words.iter().zip(ranks) {
            if *rank == Some(Rank::Bare) && said.get(&**words).is_some_and(|n| *n >= OFTEN) {
                *rank = None;
            }
        }
    }

    /// Takes out tables of contents: long runs of headings, but for the last and its label, and those with a page number
    /// that come again without it.
    fn drop_contents(&self, ranks: &mut [Option<Rank>]) {
        let mut first = 0;
        for run in ranks.chunk_by_mut(|a, b| a.is_some() == b.is_some()) {
            let last = first + run.len() - 1;
            if run[0].is_some() && run.len() > CHAIN {
                let label = usize::from(rank::is_bare(&self.words[last - 1]));
                let table = run.len() - 1 - label;
                run[..table].fill(None);
            }
            first = last + 1;
        }
        let key = |text: &str| text.to_lowercase().trim_end_matches(|c: char| !c.is_alphabetic()).to_owned();
        let mut later: HashSet<String> = HashSet::new();
        for (i, rank) in ranks.iter_mut().enumerate().rev().filter(|(_, r)| r.is_some()) {
            // `Chapter 4` ends with its own number.
            let paged =
                self.words[i].ends_with(|c: char| c.is_ascii_digit()) && !rank::is_bare(&self.words[i]);
            // What stands below an entry is another entry, set in.
            let entry = self
                .paragraphs
                .get(i + 1)
                .is_some_and(|p| p.kind == Kind::Quotation && rank::is_labelled(&p.text));
            if !later.insert(key(&self.words[i])) && (paged || entry) {
                *rank = None;
            }
        }
    }

    /// Takes out bare headings without prose behind them, and labels with a row of a table of contents.
    fn drop_unfollowed(&self, ranks: &mut [Option<Rank>]) {
        for i in (0..ranks.len()).rev() {
            let Some(rank) = ranks[i] else { continue };
            let sure = rank != Rank::Bare || self.known.contents.is_some_and(|c| c.lists(&self.words[i]));
            let followed = self.paragraphs.get(i + 1).is_some_and(|next| {
                let row = next.text.contains(paragraphs::COLUMN)
                    && next.text.ends_with(|c: char| c.is_ascii_digit());
                let prose = matches!(next.kind, Kind::Verse | Kind::Quotation | Kind::Code | Kind::Item(_))
                    || wording::columns(&next.text, PROSE) >= PROSE;
                // Below a label may stand a name, and then the prose.
                !row && (prose && !is_signature(&self.words[i], next) || sure || ranks[i + 1].is_some())
            });
            if !followed {
                ranks[i] = None;
            }
        }
    }

    /// Takes out the letters over the parts of an index: behind its heading nothing bare or short is one.
    fn drop_index(&self, ranks: &mut [Option<Rank>]) {
        let mut inside = false;
        for (words, rank) in self.words.iter().zip(ranks).filter(|(_, r)| r.is_some()) {
            let index = words.trim_end_matches('.').to_uppercase();
            let opens = index == "INDEX" || index.starts_with("INDEX OF ") || index == "REGISTER";
            let labelled = rank.is_some_and(|r| matches!(r, Rank::Part | Rank::Decimal(_) | Rank::Named));
            inside = opens || inside && !labelled && words.len() < LONGEST / 4;
            if inside && !opens {
                *rank = None;
            }
        }
    }

    /// Takes out the title where it stands once more, right above the first chapter.
    fn drop_half_title(&self, ranks: &mut [Option<Rank>]) {
        let Some(title) = self.paragraphs.iter().position(|p| p.kind == Kind::Title) else { return };
        let is_half = |i: &usize| {
            ranks[*i] == Some(Rank::Bare)
                && ranks.get(i + 1).is_some_and(Option::is_some)
                && letters(&self.words[*i]) == letters(&self.words[title])
        };
        if let Some(half) = (title + 1..ranks.len()).find(is_half) {
            ranks[half] = None;
        }
    }
}

/// Whether a line signs what stands before it: a name, and below it a place and a date.
fn is_signature(text: &str, next: &Paragraph) -> bool {
    let short = text.split_whitespace().count() <= 4;
    short && next.kind == Kind::Verse && next.lines().last().is_some_and(wording::is_date)
}
