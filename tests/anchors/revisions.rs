//! Marks over the revisions that people really made of a text, where a folder of them is at hand.
//!
//! Each folder in it is a text collection, each folder in that a revision, in the order of their names; what has the same
//! path in two that follow each other is a text and its edited copy. What the editor did is not known: a diff of the words
//! tells what is still there, so a moved paragraph counts as gone, and a mark that follows it as one found elsewhere.

use ibid::document::Document;
use ibid::document::anchor::{Anchor, Found, Seeker};
use ibid::import::{Options, import};
use similar::{Algorithm, DiffTag, TextDiff, capture_diff_slices};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What became of the marks of a collection.
#[derive(Default)]
pub struct Tally {
    /// On the words that the diff says are theirs.
    pub right: usize,
    /// On words that are the same or nearly so where the diff sees others: they were changed or moved, or stand there
    /// as well.
    pub alike: usize,
    /// On others.
    pub wrong: usize,
    /// Detached, and the diff has not kept all of the words.
    pub detached: usize,
    /// Detached, though it has.
    pub missed: usize,
    /// Those on others, to be looked at.
    pub samples: Vec<String>,
}

/// How much of the words must be the same so that they are taken for changed ones.
const ALIKE: f32 = 0.7;

/// The collections in a folder, each with the pairs of texts that follow each other.
pub fn collections(folder: &Path) -> Vec<(String, Vec<(PathBuf, PathBuf)>)> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut all = Vec::new();
    for collection in entries(folder) {
        let revisions: Vec<PathBuf> = entries(&collection);
        let mut pairs = Vec::new();
        for two in revisions.windows(2) {
            for old in files(&two[0]) {
                let new = two[1].join(old.strip_prefix(&two[0]).unwrap());
                if new.is_file() {
                    pairs.push((old, new));
                }
            }
        }
        all.push((name(&collection), pairs));
    }
    all
}

/// What a folder holds, figures in names counted as figures: 1.11 stands behind 1.8.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let key = |path: &PathBuf| {
        let name = path.to_string_lossy().into_owned();
        let figures = name.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u64>().ok());
        (figures.collect::<Vec<_>>(), name)
    };
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    found.sort_by_cached_key(key);
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
}

impl Tally {
    /// Puts marks all over the old text and looks for them in the new one.
    pub fn add(&mut self, old: &Path, new: &Path) {
        let read = |path: &Path| {
            let bytes = fs::read(path).unwrap();
            import(&bytes, &path.to_string_lossy(), &Options::default()).ok()
        };
        let (Some(old), Some(new)) = (read(old), read(new)) else { return };
        if old.text() == new.text() {
            return;
        }
        let (before, after) = (words(&old), words(&new));
        let kept = kept(&old, &before, &new, &after);
        let seeker = Seeker::new(&new, "new");
        for from in (0..before.len()).step_by(23) {
            let place = Anchor::of_place(&old, old.position(before[from].start), "old");
            let found = match seeker.place(&place) {
                Found::Attached(at) => Some(at.byte()..at.byte() + 1),
                Found::Detached(_) => None,
            };
            self.weigh(&place, found, &new, &kept[from..=from], &after);
            let to = (from + [1, 3, 8, 20, 60][from % 5]).min(before.len());
            let range = Anchor::new(&old, before[from].start..before[to - 1].end, "old");
            self.weigh(&range, seeker.range(&range), &new, &kept[from..to], &after);
        }
    }

    /// `kept` tells for each word of the mark which word of the new text it is.
    fn weigh(
        &mut self,
        anchor: &Anchor,
        found: Option<Range<usize>>,
        new: &Document,
        kept: &[Option<usize>],
        after: &[Range<usize>],
    ) {
        let left: Vec<usize> = kept.iter().flatten().copied().collect();
        let is_whole = left.len() == kept.len() && left.windows(2).all(|two| two[1] == two[0] + 1);
        let Some(found) = found else {
            *(if is_whole { &mut self.missed } else { &mut self.detached }) += 1;
            return;
        };
        let first = after.partition_point(|word| word.end <= found.start);
        let count = after[first..].iter().take_while(|word| word.start < found.end).count();
        let covered = first..first + count;
        let own = left.iter().filter(|word| covered.contains(word)).count();
        let meant = letters(&anchor.exact, 60);
        let here = letters(&new.text()[found.start..], meant.chars().count());
        if own > 0 && own * 2 >= left.len() {
            self.right += 1;
        } else if TextDiff::from_chars(&here, &meant).ratio() >= ALIKE {
            self.alike += 1;
        } else {
            self.wrong += 1;
            self.samples.push(format!("{meant:?}\n  -> {here:?}"));
        }
    }
}

/// The letters and figures of a text, as many as are asked for.
fn letters(text: &str, count: usize) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).take(count).collect()
}

fn words(document: &Document) -> Vec<Range<usize>> {
    let text = document.text();
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| start(word)..start(word) + word.len()).collect()
}

/// For each of the old words which of the new ones it is, by a diff.
fn kept(
    old: &Document,
    before: &[Range<usize>],
    new: &Document,
    after: &[Range<usize>],
) -> Vec<Option<usize>> {
    let of = |document: &'_ Document, words: &[Range<usize>]| -> Vec<String> {
        words.iter().map(|word| document.text()[word.clone()].to_owned()).collect()
    };
    let mut kept = vec![None; before.len()];
    let (before, after) = (of(old, before), of(new, after));
    for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
        if op.tag() == DiffTag::Equal {
            op.old_range().zip(op.new_range()).for_each(|(from, to)| kept[from] = Some(to));
        }
    }
    kept
}
