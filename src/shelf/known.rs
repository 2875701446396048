//! Whether a text is one that was read before: by its words, else by where it lies and how much it is like what lay there.
//!
//! Neither alone would do. A path is given to another text, words are mended, a file is moved: each program that goes by
//! one of them loses its readers' notes to the others.

use super::identity::{Identity, NORM, overlap};
use super::record::Seen;

/// From here on what lies at the same path is the same text, edited.
const EDITED: f64 = 0.5;

/// From here on a text elsewhere is worth a question.
const MOVED: f64 = 0.8;

/// A text that was read before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The identity that its folder is named by.
    pub docid: String,
    /// As what it was seen.
    pub seen: Vec<Seen>,
}

/// What a text is, beside those that are known.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// One or more of them, by index: word for word, or edited. More than one where two devices met it apart.
    Same(Vec<usize>),
    /// New, but much like one of them, by index: perhaps moved and edited. Only the reader can tell.
    Like(usize),
    /// New.
    New,
}

/// Which of the known texts a text is. `path` is where it lies; empty if nowhere.
pub fn recognise(text: &Identity, path: &str, known: &[Known]) -> Verdict {
    let which = |test: &dyn Fn(&Known) -> bool| -> Vec<usize> {
        known.iter().enumerate().filter(|(_, k)| test(k)).map(|(i, _)| i).collect()
    };
    let exact =
        which(&|k| k.docid == text.docid || k.seen.iter().any(|s| s.norm == NORM && s.text == text.hash));
    if !exact.is_empty() {
        return Verdict::Same(exact);
    }
    let likeness = |k: &Known| {
        let alike = |s: &Seen| if s.norm == NORM { overlap(&s.sketch, &text.sketch) } else { 0.0 };
        k.seen.iter().map(alike).fold(0.0, f64::max)
    };
    let edited =
        which(&|k| !path.is_empty() && k.seen.iter().any(|s| s.path == path) && likeness(k) >= EDITED);
    if !edited.is_empty() {
        return Verdict::Same(edited);
    }
    let all = known.iter().enumerate().map(|(i, k)| (likeness(k), i));
    match all.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((likeness, i)) if likeness >= MOVED => Verdict::Like(i),
        _ => Verdict::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::identity;

    fn prose(from: usize, edits: usize) -> String {
        let word = |i: usize| if i % 1000 < edits { format!("new{i}") } else { format!("word{i}") };
        (from..from + 1000).map(word).collect::<Vec<_>>().join(" ")
    }

    fn known(text: &str, path: &str) -> Known {
        let id = identity(text);
        let seen =
            Seen { text: id.hash, norm: NORM, path: path.into(), sketch: id.sketch, ..Seen::default() };
        Known { docid: id.docid, seen: vec![seen] }
    }

    #[test]
    fn a_text_is_known_by_its_words_and_its_path() {
        let all = [known(&prose(0, 0), "/a"), known(&prose(5000, 0), "/b")];
        for (text, path, verdict) in [
            (prose(0, 0), "/a", Verdict::Same(vec![0])),
            (prose(0, 0), "/moved", Verdict::Same(vec![0])),
            (prose(0, 0), "", Verdict::Same(vec![0])),
            (prose(0, 0), "/b", Verdict::Same(vec![0])),
            (prose(0, 200), "/a", Verdict::Same(vec![0])),
            (prose(0, 200), "/moved", Verdict::New),
            (prose(0, 20), "/moved", Verdict::Like(0)),
            (prose(0, 20), "", Verdict::Like(0)),
            (prose(0, 700), "/a", Verdict::New),
            (prose(9000, 0), "/a", Verdict::New),
        ] {
            assert_eq!(recognise(&identity(&text), path, &all), verdict, "{path}");
        }
    }

    #[test]
    fn two_devices_that_met_a_text_apart_have_one_text() {
        let (old, new) = (known(&prose(0, 0), "/a"), known(&prose(0, 20), "/b"));
        let both = Known { seen: [old.seen.clone(), new.seen.clone()].concat(), ..old };
        assert_eq!(recognise(&identity(&prose(0, 20)), "/b", &[both, new]), Verdict::Same(vec![0, 1]));
    }

    #[test]
    fn texts_of_another_normalisation_are_not_compared() {
        let mut other = known(&prose(0, 0), "/a");
        other.docid = "elsewhere".into();
        other.seen[0].norm = NORM + 1;
        assert_eq!(recognise(&identity(&prose(0, 0)), "/a", &[other]), Verdict::New);
    }

    #[test]
    fn empty_texts_at_one_path_are_one_and_like_no_other() {
        assert_eq!(recognise(&identity(""), "/a", &[known("", "/a")]), Verdict::Same(vec![0]));
        assert_eq!(recognise(&identity("word"), "/a", &[known("", "/a")]), Verdict::New);
    }
}
