//! Words that look like slips of scanning in this very text.
//!
//! Every rule weighs a word against the text's own words and against common English, and keeps silent where either
//! speaks for it. The rules that need English are asked only of a text that reads like it.

use super::blanks::Blanks;
use super::finding::{Finding, FindingKind};
use super::glyphs::at_sight;
use super::token::{Shape, cut};
use super::vocabulary::{is_common, knows};
use crate::document::{Document, Kind};
use std::collections::HashMap;

/// What a scanner puts (first) for what is printed (second).
const CONFUSIONS: [(&str, &str); 28] = [
    ("f", "t"),
    ("t", "f"),
    ("h", "b"),
    ("b", "h"),
    ("rn", "m"),
    ("m", "rn"),
    ("l", "i"),
    ("i", "l"),
    ("c", "e"),
    ("e", "c"),
    ("ii", "n"),
    ("n", "ii"),
    ("ri", "n"),
    ("n", "ri"),
    ("cl", "d"),
    ("d", "cl"),
    ("vv", "w"),
    ("u", "n"),
    ("n", "u"),
    ("li", "h"),
    ("h", "li"),
    ("tl", "d"),
    ("o", "e"),
    ("l", "t"),
    ("t", "l"),
    ("1", "l"),
    ("1", "i"),
    ("0", "o"),
];

/// Beginnings that run on into a word by right: *counteroffensive*.
const BEGINNINGS: [&str; 8] =
    ["counter", "inter", "super", "through", "straight", "school", "master", "foster"];

/// Ends that are run on by right: *respectability*, *businessperson*.
const ENDS: [&str; 10] =
    ["ability", "things", "master", "masters", "fellow", "fellows", "worthy", "people", "person", "stricken"];

/// The shortest words, in letters, that are looked at: to be misread; to be two; each of the two.
const MISREAD: usize = 5;
const TWO: usize = 14;
const EACH: usize = 6;

/// The longest word that is looked at, in bytes; what is longer is no word.
const LONGEST: usize = 40;

/// How often a word must stand in the text to speak for itself, and for a neighbour in spelling.
const FREQUENT: u32 = 3;

/// A slip: where it stands, what it is, and what may be right.
pub(super) struct Slip {
    pub at: usize,
    pub kind: FindingKind,
    pub text: String,
    pub right: Option<String>,
}

/// The slips of a text, in its order.
pub(super) fn slips(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    let (mut words, mut blanks) = (Words::default(), Blanks::default());
    for block in document.blocks() {
        if matches!(block.kind, Kind::Code | Kind::Table | Kind::Break) {
            continue;
        }
        let mut at = block.range.start;
        // Words of an address are nobody's slips.
        for chunk in document.text()[block.range.clone()].split_inclusive([' ', '\n']) {
            if !is_address(chunk) {
                words.read(chunk, at, &mut found);
                blanks.read(chunk, at);
            }
            at += chunk.len();
        }
    }
    words.run_together(&mut found);
    words.misread(&mut found);
    blanks.stray(&mut found);
    found.sort_by_key(|slip| slip.at);
    let finding = |slip: Slip| Finding {
        suggestion: slip.right,
        ..Finding::new(slip.kind, document.position(slip.at), slip.text)
    };
    found.into_iter().map(finding).collect()
}

fn is_address(chunk: &str) -> bool {
    let inner_dot = |(at, _): (usize, &str)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        letter(chunk[..at].chars().next_back()) && letter(chunk[at + 1..].chars().next())
    };
    chunk.contains("://") || chunk.contains(['@', '\\', '_', '=']) || chunk.match_indices('.').any(inner_dot)
}

/// A word of the text, by its small letters.
#[derive(Default)]
struct Word {
    count: u32,
    /// How often it begins with a small letter; names never do.
    small: u32,
    /// Where it first stands by itself, not beside a hyphen, and as what.
    alone: Option<(usize, Box<str>)>,
}

/// The words of the text.
#[derive(Default)]
struct Words {
    words: HashMap<String, Word>,
    /// What stands with a hyphen inside, by its letters alone: the form, and how often.
    hyphened: HashMap<String, (String, u32)>,
    common: u32,
    all: u32,
}

impl Words {
    /// Reads the words of a stretch that begins at `start`; what can be seen by itself is found at once.
    fn read(&mut self, text: &str, start: usize, found: &mut Vec<Slip>) {
        for token in cut(text, start) {
            if token.shape == Shape::Sign {
                continue;
            }
            let form = &text[token.range.start - start..token.range.end - start];
            found.extend(at_sight(form).map(|(kind, right)| {
                let (at, text) = (token.range.start, form.to_owned());
                Slip { at, kind, text, right }
            }));
            let plain = form.replace(['‐', '‑'], "-").replace('’', "'").replace('\u{ad}', "");
            let plain = plain.strip_suffix("'s").unwrap_or(&plain);
            let parts: Vec<&str> = plain.split('-').collect();
            for part in &parts {
                let small = part.to_lowercase();
                self.all += 1;
                self.common += u32::from(is_common(&small));
                let word = self.words.entry(small).or_default();
                word.count += 1;
                word.small += u32::from(part.starts_with(char::is_lowercase));
                if parts.len() == 1 {
                    word.alone.get_or_insert_with(|| (token.range.start, plain.into()));
                }
            }
            for pair in parts.windows(2) {
                let letters = pair.concat().to_lowercase();
                self.hyphened.entry(letters).or_insert_with(|| (pair.join("-"), 0)).1 += 1;
            }
        }
    }

    /// Whether the text reads like English: two words in five are common ones.
    fn english(&self) -> bool {
        self.common * 5 >= self.all * 2
    }

    /// Words that are two: the text has them with a hyphen more often, or both halves are words and long enough that
    /// no one compound of English looks like it.
    fn run_together(&self, found: &mut Vec<Slip>) {
        let english = self.english();
        for (small, word) in &self.words {
            let Some((at, form)) = word.alone.as_ref().filter(|_| small.chars().all(char::is_alphabetic))
            else {
                continue;
            };
            let hyphened =
                self.hyphened.get(small).filter(|(_, n)| *n >= 2 * word.count && !is_common(small));
            let right = match hyphened {
                Some((right, _)) if small.chars().count() >= EACH => Some(right.clone()),
                _ if english && word.count < FREQUENT => self.halves(small, form),
                _ => None,
            };
            found.extend(right.map(|right| Slip {
                at: *at,
                kind: FindingKind::RunTogether,
                text: form.to_string(),
                right: Some(right),
            }));
        }
    }

    /// The two words that a long word consists of. What ends in a participle wants a hyphen.
    fn halves(&self, small: &str, form: &str) -> Option<String> {
        // `SocketAddress` is run together on purpose.
        let camel = form.chars().skip(1).any(char::is_uppercase);
        if !(TWO..=LONGEST).contains(&form.len()) || !form.is_ascii() || camel || knows(small) {
            return None;
        }
        let word = |part: &str| knows(part) || self.words.contains_key(part);
        (EACH..=small.len() - EACH).find_map(|at| {
            let (first, second) = small.split_at(at);
            let right =
                word(first) && word(second) && !BEGINNINGS.contains(&first) && !ENDS.contains(&second);
            let join = if second.ends_with("ing") || second.ends_with("ed") { '-' } else { ' ' };
            right.then(|| format!("{}{join}{}", &form[..at], &form[at..]))
        })
    }

    /// Words that stand once, are not English, and are one confusion away from a word that is, or that the text has
    /// often. Names are left alone.
    fn misread(&self, found: &mut Vec<Slip>) {
        if !self.english() {
            return;
        }
        let better = |other: &str| {
            let own = self.words.get(other).is_some_and(|w| w.small >= FREQUENT);
            own || is_common(other)
        };
        for (small, word) in &self.words {
            let long = small.chars().count() >= MISREAD && small.len() <= LONGEST;
            let looked_at = long && word.count == 1 && word.small == 1 && !knows(small);
            let Some((at, form)) = word.alone.as_ref().filter(|_| looked_at) else { continue };
            let others = CONFUSIONS.iter().flat_map(|(put, printed)| {
                let other =
                    move |(at, _): (usize, &str)| [&small[..at], printed, &small[at + put.len()..]].concat();
                small.match_indices(put).map(other)
            });
            found.extend(others.into_iter().find(|other| better(other)).map(|right| Slip {
                at: *at,
                kind: FindingKind::Misread,
                text: form.to_string(),
                right: Some(right),
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::texts;
    use super::*;
    use crate::document::{builder::Builder, report::Format};

    fn found(text: &str) -> Vec<String> {
        let mut b = Builder::new(Format::Text, "UTF-8");
        text.lines().filter(|l| !l.trim().is_empty()).for_each(|line| b.block(Kind::Paragraph, 0, line));
        let show = |f: Finding| format!("{} → {}", f.text, f.suggestion.unwrap_or_default());
        slips(&b.finish()).into_iter().map(show).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        let english = "The party and the people of the country were not at all of one opinion about the war.";
        assert_eq!(found(&format!("{english}\n{text}")), expected, "{text}");
    }

    #[test]
    fn slips_are_found() {
        check("Mao Tse-tung and Mao Tse-tung’s men, or Mao Tsetung.", &["Tsetung → Tse-tung"]);
        check("The sympathy of the Englishspeaking peoples.", &["Englishspeaking → English-speaking"]);
        check("He took nofice of it.", &["nofice → notice"]);
        check("Special Region: 19421945, in l9l7.", &["19421945 → 1942–1945", "l9l7 → 1917"]);
        check("The wor1d is round.", &["wor1d → world"]);
        check("Мoсква is a city.", &["Мoсква → Москва"]);
        check("He took notice; he spoke.\nOne: two, or: three.", &[]);
    }

    #[test]
    fn what_is_right_is_left_alone() {
        check("A counteroffensive of straightforward respectability.", &[]);
        check("Hooks and goats, boars and cheeks, a convoy, a trench.", &[]);
        check("See http://www.example.org/intelligencegathering or mail nofice@example.org.", &[]);
        check("On 20100728 nothing happened in room 1942.", &[]);
        check("The TV-программа was long.", &[]);
    }

    #[test]
    fn a_blank_is_stray_only_where_the_text_is_tight() {
        let tight = "one: two. ".repeat(20);
        check(&format!("{tight}\nStalin remarked : no."), &["remarked : → remarked:"]);
        check("Stalin : non. Truman : oui. Tito : non.", &[]);
    }

    #[test]
    fn the_slips_of_the_essay_are_found() {
        let Some(shared) = texts::shared() else { return };
        let found = found(&texts::text(&shared.join("essay/essay.txt")));
        println!("the essay: {found:#?}");
        for slip in
            ["Englishspeaking", "intelligencegathering", "nofice", "Tsetung", "19421945", "remarked :"]
        {
            assert!(found.iter().any(|f| f.starts_with(slip)), "{slip}");
        }
        assert!(found.len() <= 6 + 5);
    }

    #[test]
    fn other_texts_have_few() {
        let Some(shared) = texts::shared() else { return };
        for file in [
            "benezet-guinea-txt/11489.txt",
            "explorers-stars-txt/10840.txt",
            "lucian-moon-txt/10430.txt",
            "mill-liberty-latin1-txt/34901-8.txt",
            "toynbee-turkey-txt/10145.txt",
            "frus-foundation-scraped-txt/foundation.txt",
            "frus-history-ch11-12-superscript-txt/frus-ch11-12.txt",
            "doctorow-nonotes-txt/11077.txt",
        ] {
            let text = texts::text(&shared.join("texts").join(file));
            let words = text.split_whitespace().count();
            let found = found(&text.replace("\r\n", "\n"));
            println!("{file}: {} slips in {words} words: {}", found.len(), found.join("; "));
            assert!(found.len() <= 5 + words / 4000, "{file}");
        }
    }
}
