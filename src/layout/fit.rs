//! Optimal fit: the line ends of a paragraph chosen together, so that no line is much shorter than its neighbours.
//!
//! After Knuth and Plass, *Breaking Paragraphs into Lines* (1981), for ragged text in whole cells: the cost of a line is
//! the square of the cells it leaves empty, and penalties for what a reader stumbles over.

use super::fragments::Fragment;
use std::ops::Range;

/// A line that ends in a hyphen costs as much as one between four and five cells short: of a hundred lines about ten do.
const HYPHEN: i64 = 20;

/// Two such lines in a row.
const LADDER: i64 = 180;

/// A last line shorter than a sixth of the measure.
const WIDOW: i64 = 60;

/// A last line that is the end of a parted word: worse than any line a word too short.
const ORPHAN: i64 = 900;

/// How the last line is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// It may end anywhere, though not after one short word.
    Free,
    /// It is to be as long as the others: titles.
    Even,
}

/// Chooses the lines of `fragments`, each a range of them, for a measure in cells, of which the first line has `indent`
/// less. Where a fragment is wider than the measure it stands alone on its line.
pub fn lines(fragments: &[Fragment], measure: u16, indent: u16, last: Last) -> Vec<Range<usize>> {
    let n = fragments.len();
    if n == 0 {
        return Vec::new();
    }
    let (measure, indent) = (i64::from(measure.max(1)), i64::from(indent));
    // Where the last word begins: a break inside it would leave a piece of it alone on the last line.
    let last_word = fragments.iter().rposition(|f| !f.hyphen && f.range.end < fragments[n - 1].range.end);
    let last_word = last_word.map_or(0, |i| i + 1);
    // best[j]: the least cost of lines that end before fragment j, and where the last of them begins.
    let mut best: Vec<(i64, usize)> = vec![(i64::MAX, 0); n + 1];
    best[0] = (0, 0);
    for j in 1..=n {
        let tail = &fragments[j - 1];
        let hyphen = tail.hyphen && j < n;
        let mut width = i64::from(tail.width) + i64::from(hyphen);
        let mut i = j - 1;
        loop {
            let alone = i + 1 == j;
            let room = if i == 0 { measure - indent } else { measure };
            if width > measure && !alone {
                break;
            }
            let before = best[i].0;
            if before < i64::MAX && (width <= room || alone) {
                let cost = before
                    + line_cost(room - width, j == n, last, measure)
                    + if hyphen { HYPHEN } else { 0 }
                    + if hyphen && i > 0 && fragments[i - 1].hyphen { LADDER } else { 0 }
                    + if j == n && i > last_word { ORPHAN } else { 0 };
                if cost < best[j].0 {
                    best[j] = (cost, i);
                }
            }
            if i == 0 {
                break;
            }
            i -= 1;
            width += i64::from(fragments[i].width) + i64::from(fragments[i].space);
        }
    }
    let mut ends = Vec::new();
    let mut j = n;
    while j > 0 {
        ends.push(best[j].1..j);
        j = best[j].1;
    }
    ends.reverse();
    ends
}

fn line_cost(slack: i64, is_last: bool, last: Last, measure: i64) -> i64 {
    let slack = slack.max(0);
    match (is_last, last) {
        (false, _) | (true, Last::Even) => slack * slack,
        (true, Last::Free) if slack > measure * 5 / 6 => WIDOW,
        (true, Last::Free) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fragments::{Rules, fragments};
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, measure: u16) -> Vec<Fragment> {
        fragments(
            text,
            0..text.len(),
            Rules { hyphens: None, measure, whole: &[], references: &[], mark: &|_| 0 },
        )
    }

    fn widths(fragments: &[Fragment], lines: &[Range<usize>]) -> Vec<i64> {
        let width = |l: &Range<usize>| {
            let sum: u16 = fragments[l.clone()].iter().map(|f| f.width + f.space).sum();
            i64::from(sum - fragments[l.end - 1].space)
        };
        lines.iter().map(width).collect()
    }

    #[test]
    fn lines_are_chosen_together() {
        // Greedy sets "aaa bb" / "cc" / "ddddd"; the best way leaves less room at the ends.
        let text = "aaa bb cc ddddd";
        let f = cut(text, 6);
        let set: Vec<&str> = lines(&f, 6, 0, Last::Free)
            .iter()
            .map(|l| &text[f[l.start].range.start..f[l.end - 1].range.end])
            .collect();
        assert_eq!(set, ["aaa", "bb cc", "ddddd"]);
    }

    #[test]
    fn the_last_line_is_never_a_piece_of_a_word() {
        let text = "It was enough to be getting on with for the beginning.";
        let hyphens = super::super::hyphens::patterns(Some("en"));
        for measure in 20..60 {
            let rules = Rules { hyphens, measure, whole: &[], references: &[], mark: &|_| 0 };
            let f = fragments(text, 0..text.len(), rules);
            let last = lines(&f, measure, 0, Last::Free).pop().map(|l| f[l.start].range.start);
            assert!(last.is_some_and(|at| text[..at].ends_with(' ') || at == 0), "at {measure}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_measure_and_no_word_is_lost(
            text in "[a-z]{1,12}( [a-z]{1,12}){0,80}", measure in 12u16..80,
        ) {
            let f = cut(&text, measure);
            let set = lines(&f, measure, 0, Last::Free);
            prop_assert_eq!(set.first().map(|l| l.start), Some(0));
            prop_assert_eq!(set.last().map(|l| l.end), Some(f.len()));
            prop_assert!(set.windows(2).all(|w| w[0].end == w[1].start));
            prop_assert!(widths(&f, &set).iter().all(|&w| w <= i64::from(measure)));
        }

        /// textwrap's optimal fit is the oracle: without its last-line and hyphen terms the sums of squares agree.
        #[test]
        fn as_good_as_textwrap(text in "[a-z]{1,9}( [a-z]{1,9}){5,60}", measure in 12u16..80) {
            let f = cut(&text, measure);
            let plain = textwrap::wrap_algorithms::Penalties {
                nline_penalty: 0, overflow_penalty: 1_000_000, short_last_line_fraction: 6,
                short_last_line_penalty: WIDOW as usize, hyphen_penalty: 0,
            };
            let oracle = textwrap::wrap_algorithms::wrap_optimal_fit(&f, &[f64::from(measure)], &plain);
            let oracle = oracle.expect("no overflow").iter().map(|l| l.len()).scan(0, |at, n| {
                let from = *at;
                *at += n;
                Some(from..*at)
            }).collect::<Vec<_>>();
            let squares = |set: &[Range<usize>]| -> i64 {
                let w = widths(&f, set);
                let inner: i64 = w[..w.len() - 1].iter().map(|w| (i64::from(measure) - w).pow(2)).sum();
                inner + line_cost(i64::from(measure) - w[w.len() - 1], true, Last::Free, i64::from(measure))
            };
            prop_assert!(squares(&lines(&f, measure, 0, Last::Free)) <= squares(&oracle));
        }
    }
}
