//! Lists that were taken for notes and are none: what calls them, and how, does not bear them out.

use super::label::{Kind, Label};
use super::look;
use super::marks::{Mark, System};
use super::notelist::{NoteList, Origin};
use super::opener::Style;
use super::series::Place;
use std::collections::BTreeSet;

/// Of a list that is guessed and has no more notes than this, each must be called.
const SHORT: usize = 5;

/// A list of more notes than this is not called in order by chance.
const LONG: usize = 12;

/// How a list is called, or several that are judged as one.
#[derive(Clone, Debug, Default)]
struct Calling {
    /// How many notes it has, and how many of them are called.
    notes: usize,
    called: usize,
    /// How often.
    all: usize,
    /// How often by figures that stand behind letters.
    weak: usize,
    /// How often by what hardly can be anything but a mark.
    strong: usize,
    /// The first paragraph that does.
    first: Option<usize>,
    /// Whether others do.
    spread: bool,
}

impl Calling {
    /// How each list is called.
    fn of(lists: &[NoteList], marks: &[Mark], called: &[Option<Option<Place>>]) -> Vec<Calling> {
        let mut answered: Vec<Vec<bool>> = lists.iter().map(|l| vec![false; l.notes.len()]).collect();
        let mut all: Vec<Calling> =
            lists.iter().map(|l| Calling { notes: l.notes.len(), ..Calling::default() }).collect();
        for (mark, (list, note)) in marks.iter().zip(called).filter_map(|(m, c)| Some((m, c.flatten()?))) {
            let once = !std::mem::replace(&mut answered[list][note], true);
            all[list].count(mark, once);
        }
        all
    }

    fn count(&mut self, mark: &Mark, once: bool) {
        self.called += usize::from(once);
        self.all += 1;
        self.weak += usize::from(mark.system == System::Glued && mark.score < look::CLOSE);
        self.strong += usize::from(mark.system.is_strong());
        self.spread |= *self.first.get_or_insert(mark.paragraph) != mark.paragraph;
    }

    /// Adds how another list is called.
    fn add(&mut self, other: &Calling) {
        self.spread |= other.spread || self.first.is_some() && other.first.is_some();
        self.first = self.first.or(other.first);
        self.notes += other.notes;
        self.called += other.called;
        self.all += other.all;
        self.weak += other.weak;
        self.strong += other.strong;
    }

    /// Whether half of the notes are called.
    fn is_half(&self) -> bool {
        self.called * 2 >= self.notes
    }

    /// Whether it makes sure that a guess is right.
    fn bears_out(&self) -> bool {
        // A note is called once; what is called over and over are the figures of names and of code. They stand behind
        // letters, but where nearly all of a long list are called in order, letters may do.
        let whole = self.notes > LONG && self.called * 10 >= self.notes * 9;
        let once = self.all * 2 <= self.called * 3 && (whole || self.weak * 2 <= self.all);
        // A short list may be called by chance; what is counted in one place only is a formula.
        let least = if self.notes <= SHORT { self.notes * 3 } else { self.notes * 2 };
        once && self.called * 3 >= least && self.spread
    }
}

/// How the guessed lists are called that are judged as one: those below rules, and those that count on where another
/// ended. Each list with its sum.
fn sums(lists: &[NoteList], callings: &[Calling]) -> Vec<Calling> {
    let mut sums = callings.to_vec();
    let mut ruled = Calling::default();
    let mut chain = 0;
    for (i, list) in lists.iter().enumerate() {
        match list.origin {
            Origin::Ruled => ruled.add(&callings[i]),
            Origin::Guessed if list.notes.iter().take(1).any(|n| !n.label.is_first()) => {
                sums[chain].add(&callings[i]);
            }
            Origin::Guessed => chain = i,
            Origin::Headed | Origin::Works | Origin::Titled | Origin::Named | Origin::Seen => {}
        }
    }
    for (i, list) in lists.iter().enumerate() {
        match list.origin {
            Origin::Ruled => sums[i] = ruled.clone(),
            Origin::Guessed if list.notes.iter().take(1).any(|n| !n.label.is_first()) => {
                sums[i] = sums[chain].clone();
            }
            Origin::Guessed => chain = i,
            Origin::Headed | Origin::Works | Origin::Titled | Origin::Named | Origin::Seen => {}
        }
    }
    sums
}

/// Adds to those refused the lists that nothing calls, and nothing else says that they are any. Each of `marks` has what
/// it calls in `called`. The lines `signs` open with one: where most are items of lists, all are.
pub(super) fn refuse(
    lists: &[NoteList],
    marks: &[Mark],
    called: &[Option<Option<Place>>],
    signs: &[usize],
    refused: &mut BTreeSet<usize>,
) {
    let notes = lists.iter().filter(|l| l.style == Style::Sign).map(|l| l.notes.len()).sum::<usize>();
    if notes > 0 && notes * 2 < signs.len() {
        refused.extend(signs);
    }
    let letters_count = letters_count(lists);
    let worded = |list: &NoteList| {
        let lettered = || list.notes.iter().all(|n| n.label.kind() == Kind::Letters);
        list.origin == Origin::Seen && !letters_count && lettered()
    };
    let callings = Calling::of(lists, marks, called);
    let sums = sums(lists, &callings);
    let mut doubted: Vec<&NoteList> = Vec::new();
    for ((list, calling), sum) in lists.iter().zip(&callings).zip(&sums) {
        let enough = match list.origin {
            Origin::Seen if worded(list) => false,
            // Signs before the lines under a heading are as often those of a list.
            Origin::Headed if list.style == Style::Sign => calling.called > 0,
            Origin::Works => calling.called > 0,
            Origin::Headed | Origin::Named => true,
            Origin::Seen if list.style == Style::Sign => calling.called == calling.notes,
            Origin::Seen | Origin::Titled => calling.is_half(),
            Origin::Ruled => calling.is_half() && (sum.bears_out() || calling.strong * 2 >= calling.all),
            Origin::Guessed => sum.bears_out(),
        };
        if !enough {
            doubted.push(list);
        }
    }
    // Where a plain list was taken for notes, what calls others may stand in it: they are asked again without it.
    let plain = |list: &NoteList| list.origin.is_guess() && !list.style.is_strong();
    let first = doubted.iter().any(|list| plain(list));
    for list in doubted.into_iter().filter(|list| !first || plain(list)) {
        add(list, refused);
    }
}

/// Adds a list to those refused: the lines above its first note, and those that open one.
pub(super) fn add(list: &NoteList, refused: &mut BTreeSet<usize>) {
    let opening = list.notes.first().map_or(list.lines.end, |n| n.lines.start);
    refused.extend(list.lines.start..opening);
    refused.extend(list.notes.iter().map(|n| n.lines.start));
}

/// Whether the letters that label notes count. Those that never do are words: `[UK] Unspecified stuff.`
fn letters_count(lists: &[NoteList]) -> bool {
    let seen = lists.iter().filter(|l| l.origin == Origin::Seen);
    let labels = seen.flat_map(|l| l.notes.iter().map(|n| n.label));
    let letters: Vec<Label> = labels.filter(|label| label.kind() == Kind::Letters).collect();
    let single = |l: &Label| matches!(l, Label::Letters(letter) if *letter < 32);
    letters.iter().any(|l| l.is_first())
        || letters.windows(2).any(|two| two.iter().all(single) && two[0].distance(two[1]) == Some(1))
}
