//! What a text is known by: its words, whatever file they lie in.
//!
//! The text is normalised first, so that line ends, re-wrapping, soft hyphens and the form in which accents are encoded
//! make no other text of it. What is written here is frozen under [`NORM`]: a change needs the next number.

use super::base32;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// The version of the normalisation and of the sketch; kept beside every hash.
pub const NORM: u32 = 1;

/// What a text is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `sha256:` and 64 hexadecimal digits of the normalised text. What [`Anchor::text`] holds.
    ///
    /// [`Anchor::text`]: crate::document::anchor::Anchor::text
    pub hash: String,
    /// The first 128 bits of the hash in 26 characters: the name of a folder.
    pub docid: String,
    /// Bytes of the normalised text.
    pub len: u64,
    /// By which edited copies of the text are known again.
    pub sketch: Sketch,
}

/// A picture of a text, small enough for a line of JSON, by which two texts can be compared without either.
///
/// Its words in runs of three are hashed and dealt into 96 bins; two characters stand for the least hash of each bin.
/// Two texts share about as many bins as runs of words (one-permutation min-hash).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sketch(String);

/// How many numbers make a sketch. The standard error of [`overlap`] is 0.05 at most.
const BINS: usize = 96;

/// How many words make a run: one mended word touches three of them.
const RUN: usize = 3;

/// The identity of a text: `Document::text`, notes included.
pub fn identity(text: &str) -> Identity {
    let text = normalise(text);
    let digest = Sha256::digest(text.as_bytes());
    let mut hash = String::from("sha256:");
    for byte in digest {
        // Writing to a `String` cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    let docid = base32::encode(&digest[..16]);
    Identity { hash, docid, len: text.len() as u64, sketch: Sketch::new(&text) }
}

/// How much of their words two texts share, from 0 to 1: runs of three words in both over runs in either.
pub fn overlap(a: &Sketch, b: &Sketch) -> f64 {
    if a.0.len() != BINS * 2 || b.0.len() != BINS * 2 {
        return 0.0;
    }
    let bins = a.0.as_bytes().chunks(2).zip(b.0.as_bytes().chunks(2));
    bins.filter(|(a, b)| a == b).count() as f64 / BINS as f64
}

/// NFC; each run of white space is one space, none at either end; soft hyphens and zero-width characters are dropped.
fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().filter(|&c| !is_dropped(c)).nfc() {
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// A fixed list and not a Unicode property: the next Unicode version must not make another text of a text.
const fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl Sketch {
    fn new(text: &str) -> Sketch {
        let words: Vec<u64> = words(text).map(hash).collect();
        let mut least = [None::<u32>; BINS];
        for run in words.windows(RUN.min(words.len()).max(1)) {
            let run = mix(run.iter().fold(0, |sum: u64, word| sum.wrapping_mul(0x100_0000_01b3) ^ word));
            let bin = ((run >> 32) as usize * BINS) >> 32;
            let rank = run as u32;
            least[bin] = Some(least[bin].map_or(rank, |l| l.min(rank)));
        }
        if words.is_empty() {
            return Sketch::default();
        }
        // A short text leaves bins empty; each borrows from the next full one, and the distance is mixed in, so that
        // two texts agree on it only if they agree on what is missing.
        let filled = |bin: usize| {
            (0..BINS).find_map(|far| {
                let rank = least[(bin + far) % BINS]?;
                Some(mix(u64::from(rank) << 8 | far as u64))
            })
        };
        let two = |value: u64| {
            base32::encode(&(value as u16 & 0xffc0).to_be_bytes()).chars().take(2).collect::<String>()
        };
        Sketch((0..BINS).filter_map(filled).map(two).collect())
    }
}

/// Runs of letters and figures; in scripts that set no spaces each character is a word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.chars().next()?;
        let end = if is_unspaced(first) {
            first.len_utf8()
        } else {
            rest.find(|c: char| !c.is_alphanumeric() || is_unspaced(c)).unwrap_or(rest.len())
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// Han, kana and what stands among them.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// FNV-1a: the same on every machine and in every version of the standard library.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
const fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// `count` words that are told by `seed`: a text long enough to be sketched.
    fn prose(seed: u64, count: usize) -> Vec<String> {
        (0..count).map(|i| base32::encode(&mix(seed << 32 | i as u64).to_be_bytes()[..4])).collect()
    }

    fn like(a: &[String], b: &[String]) -> f64 {
        overlap(&identity(&a.join(" ")).sketch, &identity(&b.join(" ")).sketch)
    }

    /// What [`overlap`] guesses, counted.
    fn counted(a: &[String], b: &[String]) -> f64 {
        let runs = |w: &[String]| w.windows(RUN).map(<[String]>::to_vec).collect::<BTreeSet<_>>();
        let (a, b) = (runs(a), runs(b));
        a.intersection(&b).count() as f64 / a.union(&b).count() as f64
    }

    #[test]
    fn the_same_words_are_the_same_text() {
        let id = identity("Léon wrote to the office.\n\nNobody read it.");
        assert_eq!(
            id,
            identity("  Le\u{301}on wrote\r\nto the of\u{ad}fice. Nobody\u{a0}read \u{200b}it.\n")
        );
        assert_eq!(id.len, "Léon wrote to the office. Nobody read it.".len() as u64);
        assert_ne!(id.hash, identity("Leon wrote to the office. Nobody read it.").hash);
    }

    #[test]
    fn the_identity_is_frozen() {
        let id = identity("The lamp was lit at dusk, and the keeper wrote it down.");
        assert_eq!(id.hash, "sha256:68ea44280a614a8dc5b5079a158f05e235228c94273ff3e83ccba4bd23c0f579");
        assert_eq!((id.docid.as_str(), id.len), ("d3n48a0ac558vhdn0yd1b3r5w8", 55));
        let sketch = concat!(
            "90b0nv3jpkr6m75mfawgcgpwxjqfj60vqm1q1vmyg2czvdbp1yj303d6rfbys8w5prv2qvxtq0czsxb5frstjvdr0c24zwbq",
            "fy2aeqd7ee9dqeqnyyzpgptmefpz7c48avv6y2gns5kt97j7ncrrq617qs8n3fxtr5s72wf2v4d3efsjptsg5xmdmjejbspn",
        );
        assert_eq!(id.sketch, Sketch(sketch.into()));
    }

    #[test]
    fn overlap_is_near_the_counted_one() {
        let whole = prose(1, 3000);
        for edits in [0, 20, 100, 300, 1000] {
            let mut edited = whole.clone();
            (0..edits).for_each(|i| edited[i * 3000 / edits.max(1)] = format!("edit{i}"));
            let (guess, truth) = (like(&whole, &edited), counted(&whole, &edited));
            assert!((guess - truth).abs() < 0.15, "{edits} edits: {guess} for {truth}");
        }
        assert!(like(&whole, &prose(2, 3000)) < 0.05);
        assert!((like(&whole, &whole) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn short_texts_are_told_apart_too() {
        let (short, other) = (prose(1, 40), prose(2, 40));
        let mended = [&short[..39], &["mended".to_owned()]].concat();
        assert!(like(&short, &mended) > 0.6 && like(&short, &other) < 0.1);
        assert!(like(&prose(1, 2), &prose(1, 2)) > 0.9);
        assert!(like(&[], &[]) < f64::EPSILON, "nothing is like nothing");
    }

    #[test]
    fn unspaced_scripts_have_words() {
        assert_eq!(
            words("老人說。“No, 二十年”").collect::<Vec<_>>(),
            ["老", "人", "說", "No", "二", "十", "年"]
        );
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in "[a-z \u{e9}e\u{301}\u{ad}\u{a0}\u{200b}\n\u{1100}\u{1161}]{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
