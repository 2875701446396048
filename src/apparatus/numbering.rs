//! How the notes are numbered: in one row, anew in every chapter, or by letters and signs that begin again on every
//! page; and so which note stands before which.
//!
//! Figures that go back to 1 begin a chapter, and nothing leads over that edge. Letters and signs go back to their
//! first on every page: there the note before is the last one of the page before, unless a heading parts the two.
//! Where the label before is missing, nothing stands before: what was lost cannot be known.

use crate::document::Document;
use std::collections::{HashMap, HashSet};

/// The order of the notes.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    places: Vec<Place>,
    order: Vec<usize>,
    numbered: HashMap<(usize, u32), Vec<usize>>,
}

/// Where a note stands.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    scope: usize,
    number: Option<u32>,
    rank: usize,
    before: Option<usize>,
}

/// What a label is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Figure(u32),
    Letter(u32),
    Sign,
}

/// What bears a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbered {
    /// One note, before the one that asks.
    Before(usize),
    /// One note that is not before it.
    Behind,
    /// Several notes, or none.
    Unclear,
}

impl Numbering {
    /// Reads the labels of a document's notes.
    pub fn of(document: &Document) -> Numbering {
        let notes = document.notes();
        let labels: Vec<Label> = notes.iter().map(|n| Label::of(&n.label)).collect();
        let marks: Option<Vec<u32>> = notes.iter().map(|n| Label::of(&n.mark).figure()).collect();
        let distinct = notes.iter().map(|n| &n.label).collect::<HashSet<_>>().len() == notes.len();
        let mut numbering = Numbering { places: vec![Place::default(); notes.len()], ..Numbering::default() };
        match marks.filter(|_| distinct) {
            Some(marks) => numbering.count(&marks, &labels),
            None => numbering.walk(&labels, &sections(document)),
        }
        for (rank, &note) in numbering.order.iter().enumerate() {
            numbering.places[note].rank = rank;
        }
        numbering
    }

    /// The notes in the order of their numbers, which is that of reading.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The scope of a note: notes of one number stand in different ones.
    pub fn scope(&self, note: usize) -> usize {
        self.places[note].scope
    }

    /// The number by which the text speaks of a note, if it has one.
    pub fn number(&self, note: usize) -> Option<u32> {
        self.places[note].number
    }

    /// The note that stands before a note, if that can be told.
    pub fn before(&self, note: usize) -> Option<usize> {
        self.places[note].before
    }

    /// What bears a number, as `note` speaks of it: in its own scope.
    pub fn numbered(&self, note: usize, number: u32) -> Numbered {
        match self.numbered.get(&(self.places[note].scope, number)).map(Vec::as_slice) {
            Some(&[found]) if self.places[found].rank < self.places[note].rank => Numbered::Before(found),
            Some(&[_]) => Numbered::Behind,
            _ => Numbered::Unclear,
        }
    }

    /// Notes in one row. Where labels are names, the marks count them as they are cited; if the source has them in
    /// another order, its author may have thought of that one. The text speaks of a note by its label all the same, if
    /// any label is a figure.
    fn count(&mut self, marks: &[u32], labels: &[Label]) {
        self.order = (0..marks.len()).collect();
        self.order.sort_by_key(|&note| marks[note]);
        let named = labels.iter().all(|l| l.figure().is_none());
        let mut last = None;
        for &note in &self.order {
            let number = if named { Some(marks[note]) } else { labels[note].figure() };
            let marked = |note: usize| labels[note].figure() != Some(marks[note]);
            let before = last.filter(|&last: &usize| {
                let next = marks[last].checked_add(1) == Some(marks[note]);
                next && (last + 1 == note || !marked(last) && !marked(note))
            });
            self.places[note] = Place { number, before, ..Place::default() };
            if let Some(number) = number {
                self.numbered.entry((0, number)).or_default().push(note);
            }
            last = Some(note);
        }
    }

    /// Notes whose labels come again, or are no figures.
    fn walk(&mut self, labels: &[Label], sections: &[Option<usize>]) {
        self.order = (0..labels.len()).collect();
        let (mut scope, mut figure, mut letter, mut sign) = (0, None, None, None);
        let page = |last: Option<usize>, note: usize| last.filter(|&last| sections[last] == sections[note]);
        for (note, label) in labels.iter().enumerate() {
            let before = match *label {
                Label::Figure(number) => {
                    let last = figure.replace((note, number));
                    let doubled = last.is_some_and(|(_, last)| last == number);
                    if last.is_some()
                        && (number == 1 || !doubled && self.numbered.contains_key(&(scope, number)))
                    {
                        scope += 1;
                    }
                    let earlier = number.checked_sub(1).and_then(|n| self.numbered.get(&(scope, n)));
                    let before = match (last, earlier.map(Vec::as_slice)) {
                        _ if doubled => None,
                        (Some((last, n)), Some(_)) if n + 1 == number => Some(last),
                        (_, Some(&[only])) => Some(only),
                        _ => None,
                    };
                    self.numbered.entry((scope, number)).or_default().push(note);
                    before
                }
                Label::Letter(number) => match letter.replace((note, number)) {
                    Some((last, n)) if n + 1 == number => Some(last),
                    Some((last, _)) if number == 1 => page(Some(last), note),
                    _ => None,
                },
                Label::Sign => page(sign.replace(note), note),
            };
            self.places[note] = Place { scope, number: label.figure(), before, ..Place::default() };
        }
    }
}

impl Label {
    fn of(label: &str) -> Label {
        if let Some(number) = decimal(label).or_else(|| kanji(label)) {
            return Label::Figure(number);
        }
        let mut letters = label.chars();
        match letters.next() {
            Some(first) if first.is_ascii_alphabetic() && letters.clone().all(|c| c == first) => {
                // Behind `Z` comes `AA`.
                let round = letters.count() as u32;
                Label::Letter(round * 26 + u32::from(first.to_ascii_lowercase() as u8 - b'a') + 1)
            }
            _ => Label::Sign,
        }
    }

    fn figure(self) -> Option<u32> {
        match self {
            Label::Figure(number) => Some(number),
            Label::Letter(_) | Label::Sign => None,
        }
    }
}

/// Digits of any kind: `12`, `¹²`, `１２`.
fn decimal(label: &str) -> Option<u32> {
    use unicode_normalization::UnicodeNormalization;
    let digits: String = label.nfkc().collect();
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// Chinese figures, by place (`二〇`) or with their tens (`二十一`).
fn kanji(label: &str) -> Option<u32> {
    let digit = |c| "〇一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32);
    let (mut total, mut last) = (0_u32, None);
    for c in label.chars() {
        match (c, digit(c)) {
            ('十', _) => {
                total = total.checked_add(last.unwrap_or(1))?.checked_mul(10)?;
                last = None;
            }
            (_, Some(digit)) => last = Some(last.unwrap_or(0_u32).checked_mul(10)?.checked_add(digit)?),
            _ => return None,
        }
    }
    (!label.is_empty()).then_some(total.checked_add(last.unwrap_or(0))?)
}

/// The section in which each note is first cited.
fn sections(document: &Document) -> Vec<Option<usize>> {
    let mut sections = vec![None; document.notes().len()];
    for reference in document.references().iter().rev() {
        if let Some(note) = reference.note {
            sections[note] = document.section_at(reference.at);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};

    /// Notes with these labels; `#` is a heading.
    fn check(labels: &str, before: &str) {
        let mut b = Builder::new(Format::Text, "UTF-8");
        for (key, label) in labels.split(' ').enumerate() {
            if label == "#" {
                b.block(Kind::Heading(1), 0, "Chapter");
                continue;
            }
            b.open(Kind::Paragraph, 0);
            b.text("word");
            b.reference(label, &key.to_string());
            b.open_note(label, &key.to_string());
            b.text("Note.");
            b.close_note();
        }
        let numbering = Numbering::of(&b.finish());
        let show = |note| numbering.before(note).map_or("-".to_owned(), |n| n.to_string());
        let shown: Vec<String> = (0..numbering.places.len()).map(show).collect();
        assert_eq!(shown.join(" "), before, "{labels}");
    }

    #[test]
    fn the_note_before_is_found_or_not() {
        check("1 2 3", "- 0 1");
        check("1 2 4", "- 0 -");
        check("3 2 1", "1 2 -");
        check("1 2 1 2", "- 0 - 2");
        check("1 2 2 3", "- 0 - 2");
        check("1 2 3 2 3", "- 0 1 - 3");
        check("1 4 41 5", "- - - 1");
        check("A B A B", "- 0 1 2");
        check("A B # A B", "- 0 - 2");
        check("A C", "- -");
        check("* * # *", "- 0 -");
        check("1 * 2", "- - 0");
        check("smith jones", "- 0");
        check("一 二 三", "- 0 1");
        check("¹ ²", "- 0");
    }

    #[test]
    fn chinese_figures_are_read() {
        assert_eq!(
            ["一", "一〇", "十", "二十一", "四〇", "x"].map(kanji),
            [Some(1), Some(10), Some(10), Some(21), Some(40), None]
        );
    }
}
