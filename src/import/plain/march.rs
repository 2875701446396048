//! Which of many possible marks call the notes: those that march with them.
//!
//! Notes are called in their order: behind a call of one note comes another of it, or one of the next; some notes may
//! have lost their calls. Among all such marches the one that scores best is taken, so that a page number that looks well cannot
//! spoil the rest. Marks that hardly can be anything else may leap over many notes.

/// A mark that may call a note: one mark may have several steps, where several notes have its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Which of the marks, in the order of the text.
    pub mark: usize,
    /// Which of the notes, in their order.
    pub note: usize,
    /// How well it looks where it stands.
    pub score: i32,
}

/// How far a march may go in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gait<'a> {
    /// Over a few notes; over as many as it likes only to one of these, in order, where a numbering starts again.
    Close(&'a [usize]),
    /// Over as many as it likes.
    Leaping,
}

/// How many notes further a step goes at most, where it does not leap.
const STRIDE: usize = 5;

/// What a note without a call costs.
const SKIP: i32 = 3;

/// What several cost together.
const LEAP: i32 = 6;

/// What a second call of the same note costs: it must look better than by chance.
const AGAIN: i32 = 3;

/// The best march.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct March {
    /// The steps taken: indices, in order.
    pub taken: Vec<usize>,
    /// Their score, less what is missing.
    pub score: i32,
}

/// A march so far: its score and its last step.
type End = Option<(i32, usize)>;

/// The best march through steps, sorted by their marks, over `notes` notes.
pub(super) fn best(steps: &[Step], notes: usize, gait: Gait) -> March {
    // ends[n]: the best march so far that ends on note n.
    let mut ends: Vec<End> = vec![None; notes];
    let mut before: Vec<Option<usize>> = vec![None; steps.len()];
    let mut highest = Highest::new(if gait == Gait::Close(&[]) { 0 } else { notes });
    let mut first = 0;
    for of_mark in steps.chunk_by(|a, b| a.mark == b.mark) {
        // A mark calls one note: its steps do not see each other.
        let reached: Vec<End> = of_mark.iter().map(|step| reach(&ends, &highest, step.note, gait)).collect();
        for (i, (step, reached)) in (first..).zip(of_mark.iter().zip(reached)) {
            let Some((score, from)) = reached else { continue };
            let score = score + step.score;
            if ends[step.note].is_none_or(|(best, _)| score > best) {
                ends[step.note] = Some((score, i));
                before[i] = (from != usize::MAX).then_some(from);
                highest.raise(step.note, (score, i));
            }
        }
        first += of_mark.len();
    }
    let Some((score, end)) = ends.iter().flatten().copied().max().filter(|(score, _)| *score > 0) else {
        return March::default();
    };
    let mut taken: Vec<usize> = std::iter::successors(Some(end), |i| before[*i]).collect();
    taken.reverse();
    March { taken, score }
}

/// The best way to come to a note: from one of those close before it, itself, or from afar.
fn reach(ends: &[End], highest: &Highest, note: usize, gait: Gait) -> End {
    let end = |back: usize| note.checked_sub(back).and_then(|n| ends[n]);
    let start = |back: usize| (note + 1 == back).then_some((0, usize::MAX));
    let afar = match gait {
        Gait::Close(starts) if starts.binary_search(&note).is_err() => None,
        Gait::Close(_) | Gait::Leaping => {
            let best = note.checked_sub(2).map(|n| highest.up_to(n));
            best.map(|end| end.filter(|(score, _)| *score > 0).unwrap_or((0, usize::MAX)))
        }
    };
    let near = (1..=STRIDE).map(|back| (end(back).or(start(back)), SKIP * (back as i32 - 1)));
    let ways = near.chain([(end(0), AGAIN), (afar, LEAP)]);
    let ways = ways.filter_map(|(way, cost)| way.map(|(score, from)| (score - cost, from)));
    // Of equal ways the shortest.
    ways.reduce(|best, way| if way.0 > best.0 { way } else { best })
}

/// The highest end among the first notes: a tree over ends that only rise (Fenwick's).
struct Highest(Vec<End>);

impl Highest {
    fn new(notes: usize) -> Highest {
        Highest(vec![None; notes])
    }

    fn raise(&mut self, note: usize, end: (i32, usize)) {
        let mut at = note + 1;
        while let Some(slot) = self.0.get_mut(at - 1) {
            if slot.is_none_or(|(best, _)| best < end.0) {
                *slot = Some(end);
            }
            at += at & at.wrapping_neg();
        }
    }

    /// The highest end on the notes up to `note`.
    fn up_to(&self, note: usize) -> End {
        let (mut at, mut best) = ((note + 1).min(self.0.len()), None);
        while at > 0 {
            best = best.max(self.0[at - 1]);
            at -= at & at.wrapping_neg();
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn steps(steps: &[(usize, i32)]) -> Vec<Step> {
        let step =
            |(mark, (number, score)): (usize, &(usize, i32))| Step { mark, note: number - 1, score: *score };
        steps.iter().enumerate().map(step).collect()
    }

    /// Checks which of the steps, given as number and score, are taken.
    fn check(told: &[(usize, i32)], last: usize, taken: &[usize]) {
        let fit: Vec<(usize, i32)> = told.iter().copied().filter(|(n, _)| *n <= last).collect();
        assert_eq!(best(&steps(&fit), last, Gait::Close(&[])).taken, taken, "{told:?}");
    }

    #[test]
    fn marks_march_with_the_notes() {
        check(&[], 3, &[]);
        check(&[(1, 4), (2, 4), (3, 4)], 3, &[0, 1, 2]);
        // 7 and 3 stand out of line.
        check(&[(7, 4), (1, 4), (3, 1), (2, 4), (3, 4)], 7, &[1, 3, 4]);
        // Note 2 has lost its call.
        check(&[(1, 4), (3, 4), (4, 4)], 4, &[0, 1, 2]);
        // Two have: one mark alone does not make up for them, but several do.
        check(&[(1, 4), (4, 4)], 4, &[0]);
        check(&[(1, 4), (4, 4), (5, 4), (6, 4)], 6, &[0, 1, 2, 3]);
        check(&[(1, 4), (8, 4), (9, 4), (10, 4), (11, 4)], 11, &[0]);
        // One note is called twice, but not by chance.
        check(&[(1, 4), (1, 4), (2, 4)], 2, &[0, 1, 2]);
        check(&[(1, 4), (1, 1), (2, 4)], 2, &[0, 2]);
        // A bad mark bridges what would else break off.
        check(&[(1, 4), (2, -1), (3, 4)], 3, &[0, 1, 2]);
        check(&[(9, 4)], 3, &[]);
    }

    #[test]
    fn sure_marks_leap() {
        let taken = |told: &[(usize, i32)]| best(&steps(told), 20, Gait::Leaping).taken;
        assert_eq!(taken(&[(1, 4), (2, 4), (9, 4), (10, 4), (11, 4)]), [0, 1, 2, 3, 4]);
        assert_eq!(taken(&[(7, 4), (8, 4), (9, 4)]), [0, 1, 2]);
        // One out of line is passed over.
        assert_eq!(taken(&[(1, 4), (15, 4), (2, 4), (3, 4), (4, 4)]), [0, 2, 3, 4]);
    }

    #[test]
    fn where_a_numbering_starts_again_others_may_leap() {
        let told = steps(&[(1, 4), (2, 4), (8, 4), (9, 4), (10, 4)]);
        assert_eq!(best(&told, 10, Gait::Close(&[])).taken, [0, 1]);
        assert_eq!(best(&told, 10, Gait::Close(&[0, 7])).taken, [0, 1, 2, 3, 4]);
        assert_eq!(best(&told, 10, Gait::Close(&[0, 6])).taken, [0, 1]);
    }

    #[test]
    fn a_mark_calls_one_of_the_notes_with_its_label() {
        let twice = [
            Step { mark: 0, note: 0, score: 4 },
            Step { mark: 0, note: 1, score: 4 },
            Step { mark: 1, note: 0, score: 4 },
            Step { mark: 1, note: 1, score: 4 },
        ];
        assert_eq!(best(&twice, 2, Gait::Close(&[])).taken, [0, 3]);
    }

    proptest! {
        #[test]
        fn every_march_is_in_order(told in prop::collection::vec((1..8usize, -2..5i32), 0..40), leaping: bool) {
            let gait = if leaping { Gait::Leaping } else { Gait::Close(&[]) };
            let steps = steps(&told);
            let march = best(&steps, 7, gait);
            prop_assert!(march.taken.windows(2).all(|w| w[0] < w[1]));
            let notes: Vec<usize> = march.taken.iter().map(|i| steps[*i].note).collect();
            let most = if leaping { 7 } else { STRIDE as i64 };
            prop_assert!(notes.windows(2).all(|w| (0..=most).contains(&(w[1] as i64 - w[0] as i64))));
            prop_assert!(leaping || notes.first().is_none_or(|n| *n < STRIDE));
            // The score is what the steps say.
            let sum: i32 = march.taken.iter().map(|i| steps[*i].score).sum();
            prop_assert!(march.score <= sum);
        }
    }
}
