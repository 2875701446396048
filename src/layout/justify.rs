//! Lines filled to the measure by widening the gaps between their words.
//!
//! In whole cells a gap can only be twice or three times as wide as its neighbour, so it matters where the wide ones fall:
//! over each other they run down the page as rivers. Each line therefore takes the spread of its gaps that meets least
//! with those of the line above. A line that would need a gap of more than three cells stays ragged.

use std::ops::Range;

/// The widest gap, in cells.
const WIDEST: u16 = 3;

/// A gap that is widened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The byte of its blank.
    pub at: usize,
    /// The cells it is given beside its own.
    pub more: u8,
}

/// A gap of a line before it is filled: the byte of its blank and the cell it starts at. It is one cell wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The byte.
    pub at: usize,
    /// The cell, from the start of the line.
    pub cell: u16,
}

/// Fills the lines of a paragraph, one after the other.
#[derive(Debug, Default)]
pub struct Filler {
    /// The cells of the gaps in the line above.
    above: Vec<Range<u16>>,
}

impl Filler {
    /// The gaps of the next line, which is `slack` cells short; none if it stays as it is.
    pub fn fill(&mut self, blanks: &[Blank], slack: u16) -> Box<[Gap]> {
        let count = blanks.len() as u16;
        if slack > count * (WIDEST - 1) {
            self.above = cells(blanks, &vec![0; blanks.len()]);
            return Box::default();
        }
        let best = (0..blanks.len().max(1)).map(|phase| spread(count, slack, phase as u16));
        let best = best.min_by_key(|more| self.meetings(&cells(blanks, more))).unwrap_or_default();
        self.above = cells(blanks, &best);
        let widened = blanks.iter().zip(best).filter(|(_, more)| *more > 0);
        widened.map(|(blank, more)| Gap { at: blank.at, more: more as u8 }).collect()
    }

    /// How much these gaps lie under those of the line above: wide under wide weighs most.
    fn meetings(&self, gaps: &[Range<u16>]) -> u32 {
        let mut sum = 0;
        let mut above = self.above.iter().peekable();
        for gap in gaps {
            while above.next_if(|a| a.end <= gap.start).is_some() {}
            if let Some(a) = above.peek() {
                let shared = gap.end.min(a.end).saturating_sub(gap.start.max(a.start));
                sum += u32::from(shared * shared);
            }
        }
        sum
    }
}

/// The cells that each of `count` gaps is given of `slack`: as even as can be, the wider ones spread from `phase` on.
fn spread(count: u16, slack: u16, phase: u16) -> Vec<u16> {
    let Some(each) = slack.checked_div(count) else { return Vec::new() };
    let wider = u32::from(slack % count);
    let (n, phase) = (u32::from(count), u32::from(phase));
    let step = |i: u32| (i + phase) * wider / n;
    (0..n).map(|i| each + (step(i + 1) - step(i)) as u16).collect()
}

/// The cells of the gaps once they are widened.
fn cells(blanks: &[Blank], more: &[u16]) -> Vec<Range<u16>> {
    let mut shift = 0;
    let mut gap = |(blank, more): (&Blank, &u16)| {
        let start = blank.cell + shift;
        shift += more;
        start..start + 1 + more
    };
    blanks.iter().zip(more).map(&mut gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_gaps_keep_from_under_each_other() {
        let blanks: Vec<Blank> = [4, 9, 14, 19].map(|cell| Blank { at: usize::from(cell), cell }).into();
        let mut filler = Filler::default();
        let first = filler.fill(&blanks, 1);
        let second = filler.fill(&blanks, 1);
        assert_eq!((first.len(), second.len()), (1, 1));
        assert_ne!(first, second);
    }

    #[test]
    fn a_line_too_short_stays_ragged() {
        let blanks = [Blank { at: 4, cell: 4 }];
        assert_eq!(Filler::default().fill(&blanks, 3), [].into());
        assert_eq!(Filler::default().fill(&blanks, 2), [Gap { at: 4, more: 2 }].into());
        assert_eq!(Filler::default().fill(&[], 1), [].into());
    }

    proptest! {
        #[test]
        fn what_is_spread_is_the_slack(count in 1u16..40, slack in 0u16..80, phase in 0u16..40) {
            let spread = spread(count, slack, phase);
            prop_assert_eq!(spread.iter().sum::<u16>(), slack);
            let (least, most) = (spread.iter().min(), spread.iter().max());
            prop_assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1));
        }
    }
}
