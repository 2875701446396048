//! Where short rows of letters stand in a text: the beginnings of what may be the words that are looked for.

/// How long a row is. Words with one letter wrong in ten nearly always hold one of them whole.
pub const SEED: usize = 8;

/// Every so many letters of the text a row is remembered: of any eleven letters that stand in it, eight are.
const STRIDE: usize = 4;

/// How many places of one row are told. A row that stands more often tells nothing.
const PLACES: usize = 32;

/// How many rows that only look alike are passed over to find them.
const STEPS: usize = 4 * PLACES;

/// The rows of a text.
#[derive(Debug)]
pub struct Seeds {
    /// By what a row hashes to: its last place, counted from 1; 0 if it stands nowhere.
    last: Vec<u32>,
    /// By place: the place before it of a row that hashes to the same.
    before: Vec<u32>,
}

impl Seeds {
    /// The rows of a text.
    pub fn of(letters: &[u8]) -> Seeds {
        let places = letters.len() / STRIDE + 1;
        let mut seeds =
            Seeds { last: vec![0; places.next_power_of_two().max(256)], before: Vec::with_capacity(places) };
        for row in letters.windows(SEED).step_by(STRIDE) {
            let bucket = seeds.bucket(row);
            seeds.before.push(seeds.last[bucket]);
            seeds.last[bucket] = seeds.before.len() as u32;
        }
        seeds
    }

    /// Some of the places where a row stands in `letters`, which these are the rows of; none if it stands in too many.
    pub fn places(&self, letters: &[u8], row: &[u8]) -> Vec<usize> {
        let mut places = Vec::new();
        let mut next = self.last[self.bucket(row)];
        for _ in 0..STEPS {
            let Some(place) = (next as usize).checked_sub(1) else { return places };
            let at = place * STRIDE;
            if letters[at..].starts_with(row) {
                places.push(at);
            }
            next = self.before[place];
        }
        if places.len() > PLACES { Vec::new() } else { places }
    }

    fn bucket(&self, row: &[u8]) -> usize {
        let hash = row.iter().fold(0_u64, |sum, &b| (sum ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        (hash >> 20) as usize & (self.last.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eleven_letters_are_always_found(text in "[a-z]{40,400}", at in 0..30_usize) {
            let letters = text.as_bytes();
            let seeds = Seeds::of(letters);
            let rows = letters[at..at + SEED + STRIDE - 1].windows(SEED).enumerate();
            let found = rows.flat_map(|(i, row)| {
                seeds.places(letters, row).into_iter().map(move |place| place as i64 - i as i64)
            });
            prop_assert!(found.into_iter().any(|place| place == at as i64));
        }
    }

    #[test]
    fn what_stands_everywhere_stands_nowhere() {
        let letters = "ab".repeat(10_000);
        assert!(Seeds::of(letters.as_bytes()).places(letters.as_bytes(), b"abababab").is_empty());
        assert!(Seeds::of(b"").places(b"", b"abababab").is_empty());
    }
}
