//! Where words may be parted by a hyphen: by TeX's patterns, and by a list of our own of what they part badly.

use hypher::Lang;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The list; it says itself how it is written.
const LIST: &str = include_str!("hyphens.txt");

/// Letters that stand on either line at least; a lone pair looks lost.
const LEAST: usize = 3;

/// Shorter words are not parted, in letters.
const SHORTEST: usize = 6;

/// The hyphenation patterns for a language tag.
pub fn patterns(language: Option<&str>) -> Option<Lang> {
    let code = language?.split(['-', '_']).next()?.to_ascii_lowercase();
    Lang::from_iso(code.as_bytes().try_into().ok()?)
}

/// Where a piece of text without blanks may be parted, as byte offsets into it. Where the author set a soft hyphen, only
/// there.
pub fn places(piece: &str, language: Option<Lang>) -> Vec<usize> {
    let Some(language) = language.filter(|_| !piece.contains('\u{ad}')) else { return Vec::new() };
    let letter = |c: char| c.is_alphabetic();
    let Some(start) = piece.find(letter) else { return Vec::new() };
    let word = piece[start..].trim_end_matches(|c| !letter(c));
    // Names are not parted, nor what holds a hyphen, an apostrophe or a figure, nor short words. In German every noun
    // has its capital.
    let small = match language {
        Lang::German => word.chars().skip(1).all(|c| !c.is_uppercase()),
        _ => !word.chars().any(char::is_uppercase),
    };
    if !small || !word.chars().all(letter) || word.chars().count() < SHORTEST {
        return Vec::new();
    }
    let known = LISTED.get(&code(language)).and_then(|list| list.places(word));
    let mut places = known.unwrap_or_else(|| by_patterns(word, language));
    let letters = |part: &str| part.chars().count();
    places.retain(|&at| letters(&word[..at]) >= LEAST && letters(&word[at..]) >= LEAST);
    places.into_iter().map(|at| start + at).collect()
}

fn by_patterns(word: &str, language: Lang) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    for syllable in hypher::hyphenate(word, language) {
        at += syllable.len();
        places.push(at);
    }
    places.pop();
    places
}

/// What is listed for a language.
#[derive(Debug, Default)]
struct Listed {
    /// Words, and where they are parted.
    words: HashMap<String, Vec<usize>>,
    /// Second halves of compounds, which are parted before them and nowhere else.
    halves: HashSet<&'static str>,
    /// The bytes of the longest of these.
    longest: usize,
}

impl Listed {
    /// Where a listed word is parted; `None` if the list has nothing to say of it.
    fn places(&self, word: &str) -> Option<Vec<usize>> {
        // No listed word is longer, so that time stays linear.
        let listed = || self.words.get(&word.to_lowercase()).cloned();
        let whole = if word.len() <= LONGEST { listed() } else { None };
        whole.or_else(|| self.joint(word).map(|at| vec![at]))
    }

    /// Where the second half of a compound begins. One before which hardly anything stands is none.
    fn joint(&self, word: &str) -> Option<usize> {
        let first = word.char_indices().nth(LEAST)?.0;
        let from = word.len().saturating_sub(self.longest).max(first);
        let mut at = (from..word.len()).filter(|&at| word.is_char_boundary(at));
        at.find(|&at| self.halves.contains(&word[at..]))
    }
}

/// No word of the list has more bytes.
const LONGEST: usize = 64;

static LISTED: LazyLock<HashMap<[u8; 2], Listed>> = LazyLock::new(|| read(LIST));

/// Reads the list; its test sees to its being well written.
fn read(text: &'static str) -> HashMap<[u8; 2], Listed> {
    let mut languages: HashMap<[u8; 2], Listed> = HashMap::new();
    let mut code = *b"en";
    for line in text.lines().map(|line| line.split('#').next().unwrap_or("").trim()) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            code = name.as_bytes().try_into().unwrap_or(code);
            continue;
        }
        let listed = languages.entry(code).or_default();
        for entry in line.split_whitespace() {
            if let Some(half) = entry.strip_prefix('-') {
                listed.longest = listed.longest.max(half.len());
                listed.halves.insert(half);
                continue;
            }
            let mut at = 0;
            let parts = entry.split('-').map(|part| {
                at += part.len();
                at
            });
            let mut places: Vec<usize> = parts.collect();
            places.pop();
            listed.words.insert(entry.replace('-', ""), places);
        }
    }
    languages
}

/// The two letters by which a language is listed.
fn code(language: Lang) -> [u8; 2] {
    match language {
        Lang::English => *b"en",
        Lang::German => *b"de",
        Lang::French => *b"fr",
        Lang::Italian => *b"it",
        Lang::Latin => *b"la",
        Lang::Spanish => *b"es",
        Lang::Russian => *b"ru",
        Lang::Dutch => *b"nl",
        Lang::Portuguese => *b"pt",
        Lang::Polish => *b"pl",
        Lang::Swedish => *b"sv",
        _ => *b"  ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, words: &[&str]) {
        for word in words {
            let whole = word.replace('|', "");
            let mut parted = whole.clone();
            for at in places(&whole, patterns(Some(language))).into_iter().rev() {
                parted.insert(at, '|');
            }
            assert_eq!(parted, *word, "{language}");
        }
    }

    #[test]
    fn words_are_parted_by_syllables_names_are_not() {
        check("en", &["dis|so|lu|tion", "resources", "Vladimirov", "(com|mit|ment),", "after"]);
        check("en", &["don’tcare", "well-known", "abc123def"]);
        check("de", &["Gesell|schaft", "gesell|schaft", "Welt|an|schau|ung", "UNESCO", "GmbHGesellschaft"]);
        check("fr", &["lit|té|ra|ture", "révo|lu|tion|naire", "Constantine"]);
        check("it", &["rivo|lu|zione", "cono|scenza", "straor|di|na|rio"]);
        check("la", &["con|sti|tu|tio", "phi|lo|so|phia", "post|quam"]);
        check("ru", &["рево|лю|ция", "госу|дар|ствен|ный", "подъ|езд"]);
    }

    #[test]
    fn compounds_are_parted_between_their_halves() {
        check("en", &["single|handed", "business|like", "news|letter", "trouble|shooting", "rights|holder"]);
        check("en", &["under|standing", "straight|forward", "chat|room", "story|line", "“business|person”,"]);
        // What only looks like one.
        check("en", &["mas|cu|line", "har|ness", "cloth|ing", "unlike", "spread|ing", "sur|veyed"]);
    }

    #[test]
    fn what_sounds_otherwise_as_a_noun_is_not_parted() {
        check("en", &["present", "projects", "produce"]);
    }

    #[test]
    fn the_list_is_well_written() {
        let mut seen = HashSet::new();
        let mut language = "";
        for line in LIST.lines().map(|line| line.split('#').next().unwrap_or("").trim()) {
            if line.starts_with('[') {
                language = line.trim_matches(['[', ']']);
                assert!(patterns(Some(language)).is_some_and(|l| code(l) == language.as_bytes()), "{line}");
                continue;
            }
            for entry in line.split_whitespace() {
                let whole = entry.replace('-', "");
                assert!(!language.is_empty() && seen.insert((language, whole.clone())), "twice: {entry}");
                assert!(whole.len() <= LONGEST && whole.chars().all(char::is_lowercase), "{entry}");
                if let Some(half) = entry.strip_prefix('-') {
                    assert!(!half.contains('-') && half.len() >= 4, "{entry}");
                } else {
                    // A word that is parted so anyway need not be listed.
                    let language = patterns(Some(language)).expect("a language");
                    let joint = LISTED[&code(language)].joint(&whole).map(|at| vec![at]);
                    let mut anyway = joint.unwrap_or_else(|| by_patterns(&whole, language));
                    anyway.retain(|&at| at >= LEAST && whole.len() - at >= LEAST);
                    assert_ne!(places(&whole, Some(language)), anyway, "{entry}");
                }
            }
        }
        assert!(seen.len() > 50);
    }

    #[test]
    fn endless_words_cost_what_they_hold() {
        let word = "handed".repeat(20_000);
        assert_eq!(places(&word, patterns(Some("en"))), [word.len() - "handed".len()]);
    }
}
