//! A note cut into clauses: each names a work, points back, or is prose.
//!
//! Works are parted by `;`, by `and` or `or` behind a year or a page, by "see also" and its kin, and by the end of a
//! sentence, where what stands before it is complete: full stops stand inside citations as often as between them.

use super::locator;
use super::pointer;
use super::signal;
use super::token::{Shape, Token};
use super::word::{is_and, is_minor, is_month, is_year};
use std::ops::Range;

/// How a clause hangs together with the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// It is the first of its block.
    Start,
    /// `;`
    Semicolon,
    /// `and`, `or`.
    And,
    /// The end of a sentence, or a signal in the middle of one.
    Sentence,
}

/// A part of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its tokens, the signal left out.
    pub tokens: Range<usize>,
    /// How it is joined.
    pub join: Join,
    /// Whether a signal introduces it: `See`, `Cf.`, `Vgl.`
    pub signal: bool,
}

/// Abbreviations that do not end a sentence, beside single letters and words of a locator.
const ABBREVIATIONS: [&str; 78] = [
    "ed", "eds", "trans", "transl", "rev", "repr", "vol", "vols", "no", "nos", "pp", "ff", "cf", "cp", "ch",
    "chap", "chaps", "sec", "sect", "pt", "art", "col", "cols", "fol", "fols", "bk", "lib", "cap", "st",
    "dr", "mr", "mrs", "ms", "prof", "gen", "jr", "sr", "co", "inc", "ltd", "bros", "univ", "dept", "doc",
    "docs", "cong", "sess", "stat", "app", "bd", "bde", "hrsg", "hg", "aufl", "vgl", "anm", "nr", "jg",
    "verl", "usw", "bzw", "ges", "etc", "vs", "rept", "ser", "ibid", "id", "op", "cit", "loc", "гл", "стр",
    "см", "ред", "изд", "пер", "соч",
];

/// Cuts a block into clauses.
pub(super) fn split(tokens: &[Token]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut left = Left::at(tokens, 0, Join::Start);
    let mut at = 0;
    while at < tokens.len() {
        let edge = if tokens[at].plain() && at >= left.start { left.edge(tokens, at) } else { None };
        match edge {
            Some((next, join)) => {
                clauses.extend(left.clause(tokens, at));
                left = Left::at(tokens, next, join);
                // The signal that parts is the first word of what it introduces.
                at = next.max(left.start);
            }
            None => at = left.take(tokens, at),
        }
    }
    clauses.extend(left.clause(tokens, at));
    clauses
}

/// What has been read of a clause.
struct Left {
    join: Join,
    signal: bool,
    /// Its first token behind the signals.
    start: usize,
    words: usize,
    small: usize,
    marked: bool,
    pointer: bool,
    located: bool,
    /// The token behind the last year, locator or bracket with a year in it.
    closed: Option<usize>,
}

impl Left {
    /// A clause of which nothing has been read but its signals.
    fn at(tokens: &[Token], from: usize, join: Join) -> Left {
        let start = signal::skip(tokens, from);
        let signal = tokens[from..start].iter().any(|t| t.shape == Shape::Word);
        let (words, small, marked, pointer, located, closed) = (0, 0, false, false, false, None);
        Left { join, signal, start, words, small, marked, pointer, located, closed }
    }

    /// The clause, if it has a word.
    fn clause(&self, tokens: &[Token], end: usize) -> Option<Clause> {
        let range = self.start.min(end)..end;
        let worded = tokens[range.clone()].iter().any(|t| t.shape != Shape::Sign);
        worded.then_some(Clause { tokens: range, join: self.join, signal: self.signal })
    }

    /// Whether the clause ends at a token: where the next begins, and how they are joined.
    fn edge(&self, tokens: &[Token], at: usize) -> Option<(usize, Join)> {
        let token = &tokens[at];
        let next = tokens.get(at + 1)?;
        if token.is(';') {
            // `Zheng; 2018`: some put the year behind a semicolon.
            let year = is_year(&next.folded) && self.closed.is_none();
            return (!year).then_some((at + 1, Join::Semicolon));
        }
        if token.shape == Shape::Sign {
            let begins =
                || signal::at(tokens, at + 1).is_some() || pointer::at(tokens, at + 1, true).is_some();
            let closed = self.named() && self.closed_at(tokens, at);
            let over = self.pointer || closed || self.prose() || self.marked && prose_follows(tokens, at + 1);
            let ends =
                sentence_ends(tokens, at) && (begins() || over && locator::at(tokens, at + 1).is_none());
            return ends.then_some((at + 1, Join::Sentence));
        }
        let joins = is_and(&token.folded) || matches!(&*token.folded, "or" | "oder" | "ou" | "или");
        if joins && self.named() && self.closed_at(tokens, at) {
            let begins = next.capital || next.run > 0 || signal::at(tokens, at + 1).is_some();
            let more = is_month(&next.folded) || locator::at(tokens, at + 1).is_some();
            return (begins && !more).then_some((at + 1, Join::And));
        }
        let strong = at > self.start && signal::is_strong(token);
        if strong && (!token.capital || tokens[at - 1].is('.')) {
            let first = tokens.get(signal::skip(tokens, at))?;
            let begins = first.capital || first.run > 0 || pointer::at(tokens, at + 1, true).is_some();
            return begins.then_some((at, Join::Sentence));
        }
        None
    }

    /// Reads the token at `at`, or the locator or pointer that begins there; returns what comes next.
    fn take(&mut self, tokens: &[Token], at: usize) -> usize {
        let token = &tokens[at];
        if token.depth > 0 {
            if is_year(&token.folded) || token.is(')') && self.closed_at(tokens, at) {
                self.closed = Some(at + 1);
            }
            return at + 1;
        }
        if token.run > 0 {
            self.marked = true;
            return at + 1;
        }
        if let Some(found) = pointer::at(tokens, at, at == self.start) {
            self.pointer = true;
            // Its full stop may end the sentence too.
            return found.end - usize::from(tokens[found.end - 1].is('.'));
        }
        if let Some(found) = locator::inside(tokens, at) {
            (self.closed, self.located) = (Some(found.end), true);
            return found.end;
        }
        match token.shape {
            Shape::Word => {
                self.words += 1;
                self.small += usize::from(!token.capital && !is_minor(&token.folded));
            }
            Shape::Figure if is_year(&token.folded) => self.closed = Some(at + 1),
            Shape::Figure | Shape::Sign => {}
        }
        at + 1
    }

    /// Whether it can be all of a citation: a name and a year alone have their title behind them.
    fn named(&self) -> bool {
        self.marked || self.words >= 3 || self.located
    }

    /// Whether it is closed just before a token.
    fn closed_at(&self, tokens: &[Token], at: usize) -> bool {
        let closed = |c: usize| tokens[c..at].iter().all(|t| t.depth > 0 || t.shape == Shape::Sign);
        self.closed.is_some_and(|c| c <= at && closed(c))
    }

    /// Whether it reads like prose: mostly small words, and nothing of a citation.
    fn prose(&self) -> bool {
        !self.marked && self.closed.is_none() && self.words >= 5 && self.small * 5 > self.words * 2
    }
}

/// Whether a full stop (or its like) at a token ends a sentence.
pub(super) fn sentence_ends(tokens: &[Token], at: usize) -> bool {
    let stop = tokens[at].is('.') || tokens[at].is('?') || tokens[at].is('!');
    let Some(next) = tokens.get(at + 1).filter(|_| stop && at > 0) else { return false };
    let begins = next.capital || next.run > 0 && next.run != tokens[at].run;
    let before = &tokens[at - 1];
    let letters = before.folded.chars().count();
    let short = before.shape == Shape::Word && (letters == 1 || ABBREVIATIONS.contains(&&*before.folded));
    begins && !(tokens[at].is('.') && short && before.range.end == tokens[at].range.start)
}

/// Whether a sentence of prose begins at a token: most of its first words are small.
fn prose_follows(tokens: &[Token], at: usize) -> bool {
    let words = || {
        tokens[at..].iter().take_while(|t| t.plain() && !t.is('.')).filter(|t| t.shape == Shape::Word).take(8)
    };
    words().count() > 4
        && words().filter(|t| !t.capital && !is_minor(&t.folded)).count() * 2 > words().count()
}

#[cfg(test)]
mod tests {
    use super::super::token::read;
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let tokens = read(text);
        let show = |c: &Clause| {
            let range = tokens[c.tokens.start].range.start..tokens[c.tokens.end - 1].range.end;
            text[range].trim_end_matches([',', '.']).to_owned()
        };
        split(&tokens).iter().map(show).collect()
    }

    #[test]
    fn notes_are_cut_between_works_and_not_inside_them() {
        for (text, clauses) in [
            (
                "For the period, see Komintern i Vostok, Moscow, 1969; particularly the entries. See also Richard C. \
                 Thornton, The Comintern, 1969, and Robert C. North, Moscow, 1953.",
                vec![
                    "For the period",
                    "Komintern i Vostok, Moscow, 1969",
                    "particularly the entries",
                    "Richard C. Thornton, The Comintern, 1969",
                    "Robert C. North, Moscow, 1953",
                ],
            ),
            (
                "Ibid., p. 182. Stalin apparently refers to a visit.",
                vec!["Ibid., p. 182", "Stalin apparently refers to a visit"],
            ),
            (
                "Milovan Djilas, Conversations, Harcourt, Brace and World, 1962, p. 132.",
                vec!["Milovan Djilas, Conversations, Harcourt, Brace and World, 1962, p. 132"],
            ),
            ("Bosman, page 337. Barbot, page 335.", vec!["Bosman, page 337", "Barbot, page 335"]),
            (
                "Фенухин В. И. Конфликты в России. М., 2002. С. 54–55.",
                vec!["Фенухин В. И. Конфликты в России. М., 2002. С. 54–55"],
            ),
            (
                "He was quite wrong about that matter. Djilas, Conversations, 1962.",
                vec!["He was quite wrong about that matter", "Djilas, Conversations, 1962"],
            ),
            (
                "Smith, J. (1990). Title of the book. London: Press.",
                vec!["Smith, J. (1990). Title of the book. London: Press"],
            ),
            ("Vgl. ebd., S. 5; Müller, a.a.O., S. 7.", vec!["ebd., S. 5", "Müller, a.a.O., S. 7"]),
            ("Letter, May 1, 1861, and April 2, 1861", vec!["Letter, May 1, 1861, and April 2, 1861"]),
        ] {
            assert_eq!(parts(text), clauses, "{text}");
        }
    }
}
