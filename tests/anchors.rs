//! Marks in a text that is edited: found again where their words are, or said to be detached; hardly ever put on other
//! words. Prints what came of how many. The edits are made by chance that is the same every time.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells its figures"
)]

mod common;
#[path = "anchors/copy.rs"]
mod copy;
#[path = "anchors/edits.rs"]
mod edits;
#[path = "anchors/revisions.rs"]
mod revisions;

use copy::Copy;
use edits::{Chance, Edit};
use ibid::document::anchor::{Anchor, Found, Seeker};
use ibid::document::{Document, Kind};
use ibid::import::{Options, import};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Texts that lie beside the project, if they do.
const SHARED: [&str; 3] =
    ["essay/essay.txt", "texts/explorers-stars-txt/10840.txt", "texts/kanan-sjis-txt/51918_ruby_73651.txt"];

/// A mark, the words it stands on, and whether it is a place or covers all of them.
struct Mark {
    anchor: Anchor,
    words: Vec<usize>,
    is_range: bool,
}

/// What became of marks.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// On their words.
    right: usize,
    /// Places among these that are not on the first of the words that are left.
    late: usize,
    /// On other words.
    wrong: usize,
    /// Detached, the words being gone or changed.
    detached: usize,
    /// Detached, though the words are there.
    missed: usize,
    /// Marks whose words are there, whole.
    whole: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.late += other.late;
        self.wrong += other.wrong;
        self.detached += other.detached;
        self.missed += other.missed;
        self.whole += other.whole;
    }

    fn marks(&self) -> usize {
        self.right + self.wrong + self.detached + self.missed
    }

    fn row(&self, name: &str) {
        let part = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        println!(
            "{name:<22.22} {:>7} {:>8.2}% {:>8.2}% {:>8.2}% {:>8.2}% {:>7.3}% {:>9.2}%",
            self.marks(),
            part(self.right, self.marks()),
            part(self.late, self.marks()),
            part(self.detached, self.marks()),
            part(self.missed, self.marks()),
            part(self.wrong, self.marks()),
            part(self.whole - self.missed, self.whole),
        );
    }
}

fn head(what: &str) {
    println!(
        "\n{what:<22} {:>7} {:>9} {:>9} {:>9} {:>9} {:>8} {:>10}",
        "marks", "right", "late", "detached", "missed", "wrong", "of whole"
    );
}

fn texts() -> Vec<(String, Document)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = ["text/essay.md", "tests/texts/scraped.txt"].map(|name| (name.to_owned(), root.join(name)));
    let shared = SHARED.iter().filter_map(|name| Some(((*name).to_owned(), common::shared(name)?)));
    own.into_iter()
        .chain(shared)
        .map(|(name, path)| {
            let bytes = std::fs::read(path).unwrap();
            let document = import(&bytes, &name, &Options::default()).unwrap();
            (name, document)
        })
        .collect()
}

/// Marks of every kind all over a text.
fn marks(
    copy: &Copy,
    document: &Document,
    places: &HashMap<usize, Range<usize>>,
    chance: &mut Chance,
    count: usize,
) -> Vec<Mark> {
    let words: Vec<usize> = copy.paragraphs.iter().flat_map(|p| p.words.iter().map(|w| w.id)).collect();
    let marks = (0..count).filter_map(|i| {
        let from = chance.number(words.len());
        let start = places.get(&words[from])?.start;
        if i % 2 == 0 {
            let anchor = Anchor::of_place(document, document.position(start), "old");
            let end = start + anchor.exact.len();
            let covered =
                words[from..].iter().copied().take_while(|id| places.get(id).is_none_or(|p| p.start < end));
            return Some(Mark { words: covered.collect(), anchor, is_range: false });
        }
        let length = [1, 2, 3, 5, 8, 12, 20, 40, 100, 300, 900][chance.number(11)];
        let covered = words[from..(from + length).min(words.len())].to_vec();
        let end = places.get(covered.last()?)?.end;
        Some(Mark { anchor: Anchor::new(document, start..end, "old"), words: covered, is_range: true })
    });
    marks.collect()
}

/// A text that was edited.
struct Edited<'a> {
    seeker: Seeker<'a>,
    /// Where each word stands, by its number and in their order.
    by_id: HashMap<usize, Range<usize>>,
    places: Vec<(Range<usize>, usize)>,
    /// The words whose letters are not what they were.
    touched: HashSet<usize>,
    /// The last word that was there before.
    old: usize,
}

fn weigh(mark: &Mark, text: &Edited) -> Tally {
    let left: Vec<&Range<usize>> = mark.words.iter().filter_map(|id| text.by_id.get(id)).collect();
    let is_in_a_row = left.windows(2).all(|two| two[0].end <= two[1].start && two[1].start - two[0].end < 3);
    let is_whole = left.len() == mark.words.len()
        && is_in_a_row
        && mark.words.iter().all(|id| !text.touched.contains(id));
    let found = if mark.is_range {
        text.seeker.range(&mark.anchor)
    } else {
        match text.seeker.place(&mark.anchor) {
            Found::Attached(at) => Some(at.byte()..at.byte()),
            Found::Detached(_) => None,
        }
    };
    let is_right = |found: &Range<usize>| {
        if !mark.is_range {
            return left.iter().any(|word| word.start <= found.start && found.start < word.end);
        }
        // On more of its own words than not, new ones among them or not, and on hardly any others that were there before.
        let from = text.places.partition_point(|(place, _)| place.end <= found.start);
        let covered = text.places[from..].iter().take_while(|(place, _)| place.start < found.end);
        let old = covered.map(|(_, id)| *id).filter(|id| *id <= text.old);
        let (own, others): (Vec<usize>, Vec<usize>) = old.partition(|id| mark.words.contains(id));
        own.len() * 2 >= left.len() && own.len() >= others.len() * 9
    };
    let mut tally = Tally { whole: usize::from(is_whole), ..Tally::default() };
    match found {
        Some(found) if is_right(&found) => {
            tally.right = 1;
            tally.late = usize::from(left.first().is_none_or(|first| found.start >= first.end));
        }
        Some(_) => tally.wrong = 1,
        None if is_whole => tally.missed = 1,
        None => tally.detached = 1,
    }
    tally
}

#[test]
fn marks_stay_on_their_words_or_say_that_they_do_not() {
    let mut by_edit: Vec<(Edit, Tally)> = Edit::EACH.iter().map(|e| (*e, Tally::default())).collect();
    let mut by_text = Vec::new();
    for (name, document) in texts() {
        let original = Copy::of(&document);
        let (old, old_places) = original.set();
        let mut chance = Chance::new(original.len() as u64);
        let marks = marks(&original, &old, &old_places, &mut chance, 250);
        let mut of_text = Tally::default();
        for (edit, tally) in &mut by_edit {
            let mut copy = original.clone();
            let touched = edit.apply(&mut copy, &mut chance);
            let (new, places) = copy.set();
            let mut sorted: Vec<(Range<usize>, usize)> =
                places.iter().map(|(id, p)| (p.clone(), *id)).collect();
            sorted.sort_by_key(|(place, _)| place.start);
            let seeker = Seeker::new(&new, "new");
            let edited = Edited { seeker, by_id: places, places: sorted, touched, old: original.len() };
            for mark in &marks {
                let one = weigh(mark, &edited);
                tally.add(one);
                of_text.add(one);
            }
        }
        by_text.push((name, of_text));
    }
    head("edit");
    let mut all = Tally::default();
    for (edit, tally) in &by_edit {
        tally.row(&format!("{edit:?}"));
        all.add(*tally);
    }
    head("text");
    by_text.iter().for_each(|(name, tally)| tally.row(name));
    all.row("all");
    assert!(all.wrong * 1000 <= all.marks(), "more than one in a thousand is wrong");
    assert!(
        (all.right + all.detached) * 100 >= all.marks() * 99,
        "less than 99 in a hundred are right or honestly detached"
    );
    assert!(
        (all.whole - all.missed) * 100 >= all.whole * 97,
        "less than 97 in a hundred of those whose words are there are found"
    );
}

/// The text in another format, in lines of at most 72 characters where the format has lines.
fn written(copy: &Copy, format: &str) -> String {
    let mut out = String::new();
    for paragraph in copy.paragraphs.iter().filter(|p| !p.words.is_empty()) {
        let words: Vec<String> = paragraph.words.iter().map(|w| escaped(&w.text, format)).collect();
        let (before, after) = match (format, paragraph.kind) {
            ("html", Kind::Heading(_)) => ("<h2>", "</h2>\n"),
            ("html", _) => ("<p>", "</p>\n"),
            ("md", Kind::Heading(_)) => ("## ", "\n\n"),
            _ => ("", "\n\n"),
        };
        let is_heading = matches!(paragraph.kind, Kind::Heading(_));
        let mut column = 0;
        out += before;
        for word in &words {
            if column > 0 {
                let is_full = column + word.chars().count() >= 72 && !is_heading;
                out.push(if is_full { '\n' } else { ' ' });
                column = if is_full { 0 } else { column + 1 };
            }
            out += word;
            column += word.chars().count();
        }
        out += after;
    }
    out
}

/// A word as it must be written in a format to stand for itself.
fn escaped(word: &str, format: &str) -> String {
    match format {
        "html" => word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        "md" => word
            .chars()
            .flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] })
            .collect(),
        _ => word.to_owned(),
    }
}

/// 94: the same text read as plain text, Markdown and HTML.
#[test]
fn marks_stay_on_their_words_in_another_format() {
    let mut all = Tally::default();
    head("format");
    for format in ["txt", "md", "html"] {
        let mut of_format = Tally::default();
        for (_, document) in texts().into_iter().take(2) {
            let original = Copy::of(&document);
            let (old, old_places) = original.set();
            let mut chance = Chance::new(7);
            let marks = marks(&original, &old, &old_places, &mut chance, 250);
            let source = written(&original, format);
            let new = import(source.as_bytes(), &format!("copy.{format}"), &Options::default()).unwrap();
            let by_id = original.places(&new);
            assert!(
                by_id.len() * 100 > original.len() * 95,
                "{format}: {} of {}",
                by_id.len(),
                original.len()
            );
            let mut places: Vec<(Range<usize>, usize)> =
                by_id.iter().map(|(id, p)| (p.clone(), *id)).collect();
            places.sort_by_key(|(place, _)| place.start);
            let seeker = Seeker::new(&new, "new");
            let edited = Edited { seeker, by_id, places, touched: HashSet::new(), old: original.len() };
            marks.iter().for_each(|mark| of_format.add(weigh(mark, &edited)));
        }
        of_format.row(format);
        all.add(of_format);
    }
    assert!(all.wrong * 1000 <= all.marks(), "more than one in a thousand is wrong");
    assert!((all.whole - all.missed) * 100 >= all.whole * 99, "less than 99 in a hundred are found");
}

/// `IBID_REVISIONS` names a folder of texts in several revisions (see `anchors/revisions.rs`).
#[test]
fn marks_stay_on_their_words_in_real_revisions() {
    let Some(folder) = std::env::var_os("IBID_REVISIONS") else {
        println!("skipped: IBID_REVISIONS names no folder of revisions");
        return;
    };
    let mut all = 0;
    println!(
        "{:<14} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6}",
        "revisions", "marks", "right", "alike", "detached", "missed", "wrong"
    );
    for (name, pairs) in revisions::collections(folder.as_ref()) {
        let mut tally = revisions::Tally::default();
        pairs.iter().for_each(|(old, new)| tally.add(old, new));
        let revisions::Tally { right, alike, detached, missed, wrong, .. } = tally;
        let marks = right + alike + detached + missed + wrong;
        println!("{name:<14} {marks:>8} {right:>8} {alike:>8} {detached:>8} {missed:>8} {wrong:>6}");
        tally.samples.iter().step_by(1 + tally.samples.len() / 20).for_each(|sample| println!("  {sample}"));
        all += marks;
        assert!(wrong * 1000 <= marks, "{name}: more than one in a thousand is wrong");
    }
    assert!(all > 0, "no text stands there in two revisions");
}
