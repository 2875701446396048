//! Reading without a screen: a line is typed, and words come back. For speech, for braille, for slow lines.
//!
//! The same letters as on the screen do the same things where they can. One is always at a paragraph; nothing is said
//! by its place, its colour or its shape.

use super::goto::{Order, order};
use super::list::Kind;
use super::update::minutes;
use crate::apparatus::Standing;
use crate::document::anchor::Anchor;
use crate::document::clean::excerpt;
use crate::document::{Document, Locator, Position};
use crate::export::spoken;
use crate::search::{Index, Query};
use crate::shelf::Draft;
use std::ops::Range;

/// What can be typed.
const HELP: &str = "\
Enter alone: the next paragraph. b: the one before.
f: the notes of this paragraph. 3: note 3. F: notes always read in their place, or on request.
] and [: next and previous section. < and >: start and end. t: contents. s2, s2.5, 40%: go there.
/words: search. n and N: next and previous match. i: where am I. a and a label: bookmark.
r: this paragraph again. ?: this help. q: quit; everything is saved.";

/// A text being read line by line.
#[derive(Debug)]
pub struct Linear {
    document: Document,
    standings: Vec<Option<Standing>>,
    index: Index,
    identity: String,
    /// The block one is at.
    at: usize,
    /// Whether notes are read behind every paragraph that calls them.
    notes: bool,
    matches: Vec<Range<usize>>,
}

/// What comes back.
#[derive(Debug, Default)]
pub struct Answer {
    /// What is to be said.
    pub words: String,
    /// What is to be kept.
    pub keep: Option<Draft>,
    /// Whether one is done.
    pub quit: bool,
}

impl Linear {
    /// Begins at a place. `identity` is what the text is known by.
    pub fn new(document: Document, place: Position, identity: String) -> Linear {
        let standings = crate::apparatus::resolve(&document);
        let at = document.block_at(place);
        Linear {
            document,
            standings,
            index: Index::default(),
            identity,
            at,
            notes: false,
            matches: Vec::new(),
        }
    }

    /// What is read.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Where one is.
    pub fn place(&self) -> Position {
        let start = self.document.blocks().get(self.at).map_or(0, |b| b.range.start);
        self.document.position(start)
    }

    /// The words at the place where one begins.
    pub fn begin(&self) -> String {
        if self.document.blocks().is_empty() { "This text is empty.".to_owned() } else { self.here() }
    }

    /// Does what a typed line asks for.
    pub fn take(&mut self, line: &str) -> Answer {
        let line = line.trim();
        if let Some(pattern) = line.strip_prefix('/') {
            return say(self.search(pattern));
        }
        if let Some(label) = line.strip_prefix("a ").or((line == "a").then_some("")) {
            let at = Anchor::of_place(&self.document, self.place(), &self.identity);
            let keep = Some(Draft::Bookmark { at, label: label.trim().to_owned() });
            return Answer { keep, ..Answer::default() };
        }
        say(match line {
            "" => return say(self.step(1)),
            "b" => self.step(-1),
            "r" => self.here(),
            "f" => self.notes_here(),
            "F" => {
                self.notes = !self.notes;
                if self.notes { "Notes are read in their place." } else { "Notes are read on request: f." }
                    .to_owned()
            }
            "]" => self.section(1),
            "[" => self.section(-1),
            "<" => self.go(Position::default()),
            ">" => self.go(self.document.position(self.document.body().end.saturating_sub(1))),
            "t" => self.contents(),
            "n" => self.match_after(true),
            "N" => self.match_after(false),
            "i" => self.where_am_i(),
            "?" => HELP.to_owned(),
            "q" => return Answer { quit: true, ..Answer::default() },
            other => match order(other.trim_start_matches(':')) {
                Some(Order::Quit) => return Answer { quit: true, ..Answer::default() },
                Some(order) => self.follow(order),
                None => not_understood(other),
            },
        })
    }

    fn follow(&mut self, order: Order) -> String {
        match order {
            Order::Note(mark) => {
                match self.document.notes().iter().position(|n| *n.mark == *mark || *n.label == *mark) {
                    Some(note) => spoken::note(&self.document, &self.standings, note),
                    None => not_understood(&mark),
                }
            }
            Order::Place(locator) => match self.document.find(locator) {
                Some(at) => self.go(at),
                None => format!("There is no {locator}."),
            },
            Order::Page(label) => match self.document.page_called(&label) {
                Some(at) => self.go(at),
                None => format!("There is no page {label}."),
            },
            Order::Percent(percent) => {
                let byte = self.document.body().end as f64 * percent / 100.0;
                self.go(self.document.position(byte as usize))
            }
            Order::List(Kind::Contents) => self.contents(),
            Order::Open(_) | Order::List(_) => {
                "That needs the screen; leave with q and open it by its name.".to_owned()
            }
            Order::Quit => String::new(),
        }
    }

    /// The paragraph one is at, with its notes if they are wanted in place.
    fn here(&self) -> String {
        let mut words = spoken::block(&self.document, self.at);
        if self.notes {
            for note in spoken::called(&self.document, self.at) {
                words.push('\n');
                words.push_str(&spoken::note(&self.document, &self.standings, note));
            }
        }
        words
    }

    fn go(&mut self, at: Position) -> String {
        self.at = self.document.block_at(at);
        self.here()
    }

    fn step(&mut self, by: isize) -> String {
        let body = self.document.blocks_in(&self.document.body());
        match self.at.checked_add_signed(by).filter(|at| body.contains(at)) {
            Some(at) => {
                self.at = at;
                self.here()
            }
            None if by > 0 => "This is the end of the text.".to_owned(),
            None => "This is the start of the text.".to_owned(),
        }
    }

    fn section(&mut self, by: isize) -> String {
        let here = self.place();
        let mut stops = self.document.stops();
        let found = if by > 0 { stops.find(|at| *at > here) } else { stops.rfind(|at| *at < here) };
        drop(stops);
        match found {
            Some(at) => self.go(at),
            None if by > 0 => "This is the last section.".to_owned(),
            None => "This is the start of the text.".to_owned(),
        }
    }

    fn notes_here(&self) -> String {
        let notes = spoken::called(&self.document, self.at);
        if notes.is_empty() {
            return "This paragraph calls no note.".to_owned();
        }
        let notes = notes.into_iter().map(|note| spoken::note(&self.document, &self.standings, note));
        notes.collect::<Vec<_>>().join("\n")
    }

    fn contents(&self) -> String {
        let count = self.document.sections().len();
        if count == 0 {
            return "This text has no sections.".to_owned();
        }
        let row = |s: usize| format!("s{}: {}", s + 1, excerpt(self.document.section_title(s), 200));
        (0..count).map(row).collect::<Vec<_>>().join("\n")
    }

    fn search(&mut self, pattern: &str) -> String {
        if !pattern.is_empty() {
            let query = Query { pattern: pattern.to_owned(), regular: false };
            self.matches = self.index.find(&self.document, &query).unwrap_or_default();
        }
        let count = self.matches.len();
        if count == 0 {
            return "No match.".to_owned();
        }
        let found = self.match_after(true);
        format!("{count} {}.\n{found}", if count == 1 { "match" } else { "matches" })
    }

    /// The next match behind this paragraph, or the one before it; past the last the first again.
    fn match_after(&mut self, forward: bool) -> String {
        let Some(block) = self.document.blocks().get(self.at).map(|b| b.range.clone()) else {
            return String::new();
        };
        let (count, around) = match self.matches.len() {
            0 => return "No match; type / and what to look for.".to_owned(),
            n if forward => {
                let at = self.matches.partition_point(|m| m.start < block.end);
                (n, (at % n, at == n))
            }
            n => {
                let at = self.matches.partition_point(|m| m.start < block.start);
                (n, ((at + n - 1) % n, at == 0))
            }
        };
        let (at, wrapped) = around;
        let place = self.document.position(self.matches[at].start);
        let name = self.document.name_of(place);
        let again = if wrapped { ", from the other end" } else { "" };
        let words = match self.document.note_at(place) {
            Some(note) => {
                self.at = self.document.block_at(place);
                spoken::note(&self.document, &self.standings, note)
            }
            None => self.go(place),
        };
        format!("Match {} of {count}, {name}{again}.\n{words}", at + 1)
    }

    fn where_am_i(&self) -> String {
        let at = self.place();
        let progress = self.document.progress(at);
        let left = self.document.words(at.byte().min(self.document.body().end)..self.document.body().end);
        let name = match self.document.locator(at) {
            Locator { section: 0, paragraph } => format!("Before the first section, paragraph {paragraph}"),
            Locator { section, paragraph } => {
                let title = excerpt(self.document.section_title(section - 1), 200);
                format!("Section {section}, {title}, paragraph {paragraph}")
            }
        };
        let name = if self.document.note_at(at).is_some() { self.document.name_of(at) } else { name };
        format!("{name}. {:.0} per cent, {}.", progress * 100.0, minutes(left.div_ceil(230)))
    }
}

fn say(words: String) -> Answer {
    Answer { words, ..Answer::default() }
}

fn not_understood(line: &str) -> String {
    format!("{}: not understood; ? tells what can be typed.", excerpt(line, 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Options, import};

    const TEXT: &str = "\
# A Title

Opening words.

## First

One,[^1] then two.

## Second

The last words, by Léon.

[^1]: Ann Author, *A Book*, 1950, a book of words.
";

    /// Types lines and looks at what the last one brings.
    fn check(lines: &[&str], words: &str) {
        let document = import(TEXT.as_bytes(), "a.md", &Options::default()).unwrap();
        let mut linear = Linear::new(document, Position::default(), "x".to_owned());
        let said = lines.iter().map(|line| linear.take(line).words).last();
        assert_eq!(said.as_deref(), Some(words), "{lines:?}");
    }

    #[test]
    fn one_reads_by_typing_lines() {
        for (lines, words) in [
            (&[""][..], "Opening words."),
            (&["", "b"], "Title: A Title"),
            (&["b"], "This is the start of the text."),
            (&["]"], "Section 1: First"),
            (&["]", "]", "["], "Section 1: First"),
            (&["]", ""], "One,[1] then two."),
            (&["]", "", "f"], "Note 1: Ann Author, A Book, 1950, a book of words."),
            (&["f"], "This paragraph calls no note."),
            (&["F", "]", ""], "One,[1] then two.\nNote 1: Ann Author, A Book, 1950, a book of words."),
            (&["1"], "Note 1: Ann Author, A Book, 1950, a book of words."),
            (&[":1"], "Note 1: Ann Author, A Book, 1950, a book of words."),
            (&["7"], "7: not understood; ? tells what can be typed."),
            (&["s2"], "Section 2: Second"),
            (&["s2.1"], "The last words, by Léon."),
            (&["s9"], "There is no §9."),
            (&[">", ""], "This is the end of the text."),
            (&["t"], "s1: First\ns2: Second"),
            (&["/leon"], "1 match.\nMatch 1 of 1, §2 ¶1.\nThe last words, by Léon."),
            (&["/words", "n"], "Match 2 of 3, §2 ¶1.\nThe last words, by Léon."),
            (
                &["/words", "n", "n"],
                "Match 3 of 3, note 1.\nNote 1: Ann Author, A Book, 1950, a book of words.",
            ),
            (&["/words", "n", "n", "n"], "Match 1 of 3, ¶1, from the other end.\nOpening words."),
            (
                &["/words", "N"],
                "Match 3 of 3, note 1, from the other end.\nNote 1: Ann Author, A Book, 1950, a book of words.",
            ),
            (&["/nonsense"], "No match."),
            (&["n"], "No match; type / and what to look for."),
            (&["s2.1", "i"], "Section 2, Second, paragraph 1. 67 per cent, 1 min left."),
            (&["nonsense please"], "nonsense please: not understood; ? tells what can be typed."),
            (&[":open x"], "That needs the screen; leave with q and open it by its name."),
        ] {
            check(lines, words);
        }
    }

    #[test]
    fn it_ends_and_marks_when_asked() {
        let document = import(TEXT.as_bytes(), "a.md", &Options::default()).unwrap();
        let mut linear = Linear::new(document, Position::default(), "x".to_owned());
        linear.take("");
        let kept = linear.take("a the opening").keep;
        assert!(matches!(kept, Some(Draft::Bookmark { label, .. }) if label == "the opening"));
        assert!(linear.take("q").quit && linear.take(":q").quit && !linear.take("").quit);
        let empty = Linear::new(Document::default(), Position::default(), String::new());
        assert_eq!(empty.begin(), "This text is empty.");
    }

    #[test]
    fn nothing_typed_makes_it_panic_on_an_empty_text() {
        let mut linear = Linear::new(Document::default(), Position::default(), String::new());
        for line in [
            "", "b", "r", "f", "F", "]", "[", "<", ">", "t", "/x", "n", "N", "i", "?", "1", "s1", "40%", "p1",
        ] {
            let _ = linear.take(line);
        }
    }
}
