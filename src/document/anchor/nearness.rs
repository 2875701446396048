//! How near two rows of letters are: Myers' bit-parallel distance, and how far two neighbourhoods agree.

/// The longest pattern, in letters: a word of the machine holds a column of the table.
pub const LONGEST: usize = 128;

/// How far apart two rows of letters may run before they count as different, in letters.
const BAND: usize = 16;

/// How much a letter too few, too many or another takes from the agreement of a neighbourhood.
const PRICE: usize = 2;

/// From how far below its best an agreement does not recover.
const DROP: usize = 24;

/// Letters that are looked for, with some wrong.
pub struct Pattern {
    masks: Box<[u128; 256]>,
    len: usize,
}

/// Where the first letter of a pattern may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Anywhere: what stands before it costs nothing.
    Free,
    /// At the first letter of the text.
    Fixed,
}

impl Pattern {
    /// At most [`LONGEST`] letters; further ones are not looked at.
    pub fn new(letters: impl Iterator<Item = u8>) -> Pattern {
        let mut masks = Box::new([0; 256]);
        let mut len = 0;
        for letter in letters.take(LONGEST) {
            masks[usize::from(letter)] |= 1 << len;
            len += 1;
        }
        Pattern { masks, len }
    }

    /// For each letter of a text, how many edits make the pattern of what ends there. (G. Myers, A fast bit-vector
    /// algorithm for approximate string matching, 1999, in Hyyrö's form.)
    pub fn distances(&self, text: impl Iterator<Item = u8>, start: Start) -> Vec<usize> {
        if self.len == 0 {
            return Vec::new();
        }
        let last = 1_u128 << (self.len - 1);
        let (mut up, mut down) = (u128::MAX, 0_u128);
        let mut distance = self.len;
        let edge = u128::from(start == Start::Fixed);
        text.map(|letter| {
            let equal = self.masks[usize::from(letter)];
            let diagonal = (((equal & up).wrapping_add(up)) ^ up) | equal | down;
            let right = down | !(diagonal | up);
            let left = diagonal & up;
            if right & last != 0 {
                distance += 1;
            }
            if left & last != 0 {
                distance -= 1;
            }
            let (right, left) = (right << 1 | edge, left << 1);
            up = left | !(diagonal | right);
            down = right & diagonal;
            distance
        })
        .collect()
    }
}

/// For each letter of a text the letter of a pattern that it is, where as few edits as can be make one of the other. What
/// agrees by chance at either end, more being wrong there than right, counts as nothing.
pub fn matched(pattern: &[u8], text: &[u8]) -> Vec<Option<usize>> {
    let width = text.len() + 1;
    let mut cost = vec![0_usize; width * (pattern.len() + 1)];
    for i in 0..=pattern.len() {
        for j in 0..=text.len() {
            cost[i * width + j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let same = cost[(i - 1) * width + j - 1] + usize::from(pattern[i - 1] != text[j - 1]);
                    same.min(cost[(i - 1) * width + j] + 1).min(cost[i * width + j - 1] + 1)
                }
            };
        }
    }
    // From the end: the letters as they are paired, and the stretch in which most agree for what does not.
    let (mut i, mut j) = (pattern.len(), text.len());
    let mut matched = vec![None; text.len()];
    let (mut sum, mut best) = (0_isize, 0);
    let (mut begun, mut stretch) = (j, j..j);
    while i > 0 && j > 0 {
        let here = cost[i * width + j];
        let is_same = pattern[i - 1] == text[j - 1];
        if here == cost[(i - 1) * width + j - 1] + usize::from(!is_same) {
            (i, j) = (i - 1, j - 1);
            matched[j] = is_same.then_some(i);
        } else if here == cost[(i - 1) * width + j] + 1 {
            i -= 1;
        } else {
            j -= 1;
        }
        let agrees = matched.get(j).is_some_and(|m| *m == Some(i));
        sum += if agrees { 1 } else { -1 };
        if sum < 0 {
            (sum, begun) = (0, j);
        } else if sum > best {
            (best, stretch) = (sum, j..begun);
        }
    }
    matched[..stretch.start].fill(None);
    matched[stretch.end..].fill(None);
    matched
}

/// How far a neighbourhood that was kept agrees with one that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Letters that agree from the near edge on, less the price of those that do not.
    pub letters: usize,
    /// How many edits make all of one out of the other; `None` if they part on the way.
    pub edits: Option<usize>,
}

/// Compares two neighbourhoods from their near edge on. Of `found` as much counts as `kept` has.
pub fn agreement(kept: &[u8], found: &[u8]) -> Agreement {
    if found.starts_with(kept) {
        return Agreement { letters: kept.len(), edits: Some(0) };
    }
    let width = found.len();
    let far = usize::MAX / 2;
    let mut row: Vec<usize> = (0..=width).map(|j| if j <= BAND { j } else { far }).collect();
    let mut best = 0;
    for (i, letter) in (1_usize..).zip(kept) {
        let (from, to) = (i.saturating_sub(BAND).max(1), (i + BAND).min(width));
        let mut corner = row[from - 1];
        row[from - 1] = if from == 1 && i <= BAND { i } else { far };
        let mut least = row[from - 1];
        for j in from..=to {
            let above = row[j];
            let same = corner + usize::from(found[j - 1] != *letter);
            row[j] = same.min(above.saturating_add(1)).min(row[j - 1].saturating_add(1));
            corner = above;
            least = least.min(row[j]);
        }
        let agreed = i.saturating_sub(least.saturating_mul(PRICE));
        best = best.max(agreed);
        if agreed + DROP < best || least > BAND {
            return Agreement { letters: best, edits: None };
        }
    }
    Agreement { letters: best, edits: row.iter().min().copied().filter(|&edits| edits < far) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The distances as they are defined.
    fn plain(pattern: &[u8], text: &[u8], start: Start) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut last = Vec::new();
        for (j, letter) in text.iter().enumerate() {
            let mut corner = column[0];
            column[0] = if start == Start::Fixed { j + 1 } else { 0 };
            for i in 1..=pattern.len() {
                let same = corner + usize::from(pattern[i - 1] != *letter);
                corner = column[i];
                column[i] = same.min(column[i] + 1).min(column[i - 1] + 1);
            }
            last.push(column[pattern.len()]);
        }
        last
    }

    proptest! {
        #[test]
        fn the_distances_are_the_defined_ones(pattern in "[abc]{1,128}", text in "[abc]{0,200}") {
            for start in [Start::Free, Start::Fixed] {
                let found = Pattern::new(pattern.bytes()).distances(text.bytes(), start);
                prop_assert_eq!(found, plain(pattern.as_bytes(), text.as_bytes(), start));
            }
        }

        #[test]
        fn an_agreement_is_never_more_than_there_is(kept in "[ab]{0,60}", found in "[ab]{0,80}") {
            let agreement = agreement(kept.as_bytes(), found.as_bytes());
            prop_assert!(agreement.letters <= kept.len());
            let least = plain(kept.as_bytes(), found.as_bytes(), Start::Fixed).into_iter().min();
            if let (Some(edits), Some(least)) = (agreement.edits, least) {
                prop_assert!(edits >= least.min(kept.len()));
            }
        }
    }

    #[test]
    fn letters_are_matched_in_their_order() {
        for (pattern, text, picture) in [
            ("lamp", "lamp", "lamp"),
            ("lamp", "lump", "..mp"),
            ("lamp", "lap", "lap"),
            ("lamp", "clamps", ".lamp."),
            ("ab", "", ""),
        ] {
            let found = matched(pattern.as_bytes(), text.as_bytes());
            let drawn = found.iter().map(|m| m.map_or('.', |i| char::from(pattern.as_bytes()[i])));
            assert_eq!(drawn.collect::<String>(), picture, "{pattern} {text}");
        }
    }

    #[test]
    fn neighbourhoods_agree_as_far_as_they_do() {
        for (kept, found, letters, edits) in [
            ("thelightwentout", "thelightwentoutatlast", 15, Some(0)),
            ("thelightwentout", "thelihgtwentout", 11, Some(2)),
            ("thelightwentout", "thelight", 8, Some(7)),
            ("", "thelight", 0, Some(0)),
            ("thelight", "", 0, Some(8)),
            ("thelightwentout", "zzzzzzzzzzzzzzzzzzz", 0, Some(15)),
            (
                "thelightwentoutandthekeeperwroteitdown",
                "thelightwentout1234567890qwxvbnmuq1234567890",
                15,
                None,
            ),
        ] {
            let agreed = agreement(kept.as_bytes(), found.as_bytes());
            assert_eq!((agreed.letters, agreed.edits), (letters, edits), "{kept} {found}");
        }
    }
}
