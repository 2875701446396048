//! Which of many possible marks call the notes: those that march with them.
//!
//! Notes are called in their order: behind a call of note *k* comes another of *k*, or one of *k + 1*; one note may have
//! lost its call. Among all such marches the one that scores best is taken, so that a page number that looks well cannot
//! spoil the rest.

/// A mark that may call a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The number it shows.
    pub number: usize,
    /// How well it looks where it stands.
    pub score: i32,
}

/// What a note without a call costs.
const SKIP: i32 = 3;

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

/// The best march through steps that stand in the order of the text, for notes `first` to `last`.
pub(super) fn best(steps: &[Step], first: usize, last: usize) -> March {
    if last < first {
        return March::default();
    }
    // ends[k]: the best march so far that ends on note first + k: its score and its last step.
    let mut ends: Vec<Option<(i32, usize)>> = vec![None; last - first + 1];
    let mut before: Vec<Option<usize>> = vec![None; steps.len()];
    for (i, step) in steps.iter().enumerate().filter(|(_, s)| (first..=last).contains(&s.number)) {
        let k = step.number - first;
        let end = |back: usize| k.checked_sub(back).and_then(|k| ends[k]);
        let start = |back: usize| (k + 1 == back).then_some((0, usize::MAX));
        let ways = [(end(1).or(start(1)), 0), (end(2).or(start(2)), SKIP), (end(0), AGAIN)];
        let way = ways.iter().filter_map(|(way, cost)| way.map(|(score, from)| (score - cost, from)));
        let Some((score, from)) = way.max_by_key(|(score, _)| *score) else { continue };
        let score = score + step.score;
        if ends[k].is_none_or(|(best, _)| score > best) {
            ends[k] = Some((score, i));
            before[i] = (from != usize::MAX).then_some(from);
        }
    }
    let Some((score, end)) = ends.iter().flatten().copied().max().filter(|(score, _)| *score > 0) else {
        return March::default();
    };
    let mut taken: Vec<usize> = std::iter::successors(Some(end), |i| before[*i]).collect();
    taken.reverse();
    March { taken, score }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks which of the steps, given as number and score, are taken.
    fn check(steps: &[(usize, i32)], last: usize, taken: &[usize]) {
        let steps: Vec<Step> =
            steps.iter().map(|(number, score)| Step { number: *number, score: *score }).collect();
        assert_eq!(best(&steps, 1, last).taken, taken, "{steps:?}");
    }

    #[test]
    fn marks_march_with_the_notes() {
        check(&[], 3, &[]);
        check(&[(1, 4), (2, 4), (3, 4)], 3, &[0, 1, 2]);
        // 7 and 3 stand out of line.
        check(&[(7, 4), (1, 4), (3, 1), (2, 4), (3, 4)], 7, &[1, 3, 4]);
        // Note 2 has lost its call.
        check(&[(1, 4), (3, 4), (4, 4)], 4, &[0, 1, 2]);
        // Two have: nothing jumps.
        check(&[(1, 4), (4, 4)], 4, &[0]);
        // One note is called twice, but not by chance.
        check(&[(1, 4), (1, 4), (2, 4)], 2, &[0, 1, 2]);
        check(&[(1, 4), (1, 1), (2, 4)], 2, &[0, 2]);
        // A bad mark bridges what would else break off.
        check(&[(1, 4), (2, -1), (3, 4)], 3, &[0, 1, 2]);
        check(&[(9, 4)], 3, &[]);
    }

    proptest! {
        #[test]
        fn every_march_is_in_order(steps in prop::collection::vec((1..8usize, -2..5i32), 0..40)) {
            let steps: Vec<Step> = steps.into_iter().map(|(number, score)| Step { number, score }).collect();
            let march = best(&steps, 1, 6);
            prop_assert!(march.taken.windows(2).all(|w| w[0] < w[1]));
            let numbers: Vec<usize> = march.taken.iter().map(|i| steps[*i].number).collect();
            prop_assert!(numbers.windows(2).all(|w| (0..=2).contains(&(w[1] as i64 - w[0] as i64))));
            prop_assert!(numbers.first().is_none_or(|n| *n <= 2));
        }
    }
}
