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

/// How a list is called.
#[derive(Clone, Debug, Default)]
struct Calling {
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
    fn count(&mut self, mark: &Mark) {
        self.all += 1;
        self.weak += usize::from(mark.system == System::Glued && mark.score < look::CLOSE);
        self.strong += usize::from(mark.system.is_strong());
        self.spread |= *self.first.get_or_insert(mark.paragraph) != mark.paragraph;
    }

    /// How several lists are called.
    fn together<'a>(all: impl Iterator<Item = &'a Calling>) -> Calling {
        all.fold(Calling::default(), |sum, one| Calling {
            all: sum.all + one.all,
            weak: sum.weak + one.weak,
            strong: sum.strong + one.strong,
            spread: sum.spread || one.spread || sum.first.is_some() && one.first.is_some(),
            first: sum.first.or(one.first),
        })
    }

    /// Whether it makes sure that a list of so many notes, of which `called` are called, is one.
    fn bears_out(&self, called: usize, notes: usize) -> bool {
        // A note is called once; what is called over and over are the figures of names and of code.
        let once = self.all * 2 <= called * 3 && self.weak * 2 <= self.all;
        // A short list may be called by chance; what is counted in one place only is a formula.
        let least = if notes <= SHORT { notes * 3 } else { notes * 2 };
        once && called * 3 >= least && self.spread
    }
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
    let mut answered: Vec<Vec<bool>> = lists.iter().map(|l| vec![false; l.notes.len()]).collect();
    let mut calls: Vec<Calling> = vec![Calling::default(); lists.len()];
    for (mark, (list, note)) in marks.iter().zip(called).filter_map(|(m, c)| Some((m, c.flatten()?))) {
        answered[list][note] = true;
        calls[list].count(mark);
    }
    let count = |answered: &[bool]| answered.iter().filter(|a| **a).count();
    let ruled = || lists.iter().zip(&calls).zip(&answered).filter(|((l, _), _)| l.origin == Origin::Ruled);
    let (called, notes) = ruled().fold((0, 0), |(c, n), (_, a)| (c + count(a), n + a.len()));
    let rules_part_notes = Calling::together(ruled().map(|((_, c), _)| c)).bears_out(called, notes);
    let mut doubted: Vec<&NoteList> = Vec::new();
    for ((list, answered), calling) in lists.iter().zip(&answered).zip(&calls) {
        let count = count(answered);
        let enough = match list.origin {
            Origin::Seen if worded(list) => false,
            // Signs before the lines under a heading are as often those of a list.
            Origin::Headed if list.style == Style::Sign => count > 0,
            Origin::Headed | Origin::Named => true,
            Origin::Seen if list.style == Style::Sign => count == answered.len(),
            Origin::Seen | Origin::Titled => count * 2 >= answered.len(),
            Origin::Ruled => {
                count * 2 >= answered.len() && (rules_part_notes || calling.strong * 2 >= calling.all)
            }
            Origin::Guessed => calling.bears_out(count, answered.len()),
        };
        if !enough {
            doubted.push(list);
        }
    }
    // Where a plain list was taken for notes, what calls others may stand in it: they are asked again without it.
    let plain = |list: &NoteList| list.origin.is_guess() && !list.style.is_strong();
    let first = doubted.iter().any(|list| plain(list));
    for list in doubted.into_iter().filter(|list| !first || plain(list)) {
        let opening = list.notes.first().map_or(list.lines.end, |n| n.lines.start);
        refused.extend(list.lines.start..opening);
        refused.extend(list.notes.iter().map(|n| n.lines.start));
    }
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
