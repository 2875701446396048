//! What becomes of a text between two readings.

use super::copy::{Copy, Paragraph, Word};
use ibid::document::Kind;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// Chance that is the same every time (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    pub fn number(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.number(times) == 0
    }
}

/// A kind of edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edit {
    /// A letter in one word of fifteen.
    Typos,
    /// Some words put in, one place in forty.
    Inserted,
    /// Some words taken out, one place in forty.
    Deleted,
    /// Other words for some, one in twenty.
    Replaced,
    /// One sentence in ten taken out.
    Sentences,
    /// One paragraph in three moved anywhere.
    Moved,
    /// The sections in another order.
    Reordered,
    /// Broken at other places, with hyphens.
    Hyphens,
    /// Curly quotes, dashes, ligatures, a heading in capitals.
    Typography,
    /// Accents as marks of their own.
    Decomposed,
    /// Signs of emphasis and marks of notes in the text.
    Marked,
    /// One paragraph in three cut in two or joined to the next.
    Parted,
    /// One section in three taken out, and one paragraph in six.
    Cut,
    /// One paragraph in three a second time elsewhere.
    Twice,
    /// One paragraph in five written anew in words that the text knows.
    Rewritten,
    /// A little of everything.
    All,
}

impl Edit {
    pub const EACH: [Edit; 16] = [
        Edit::Typos,
        Edit::Inserted,
        Edit::Deleted,
        Edit::Replaced,
        Edit::Sentences,
        Edit::Moved,
        Edit::Reordered,
        Edit::Hyphens,
        Edit::Typography,
        Edit::Decomposed,
        Edit::Marked,
        Edit::Parted,
        Edit::Cut,
        Edit::Twice,
        Edit::Rewritten,
        Edit::All,
    ];

    /// Edits a copy. Returns the words whose letters are not what they were.
    pub fn apply(self, copy: &mut Copy, chance: &mut Chance) -> HashSet<usize> {
        let mut touched = HashSet::new();
        match self {
            Edit::Typos => each(copy, |word| {
                if chance.once_in(15) && slip(&mut word.text, chance) {
                    touched.insert(word.id);
                }
            }),
            Edit::Inserted => insert(copy, chance, 40),
            Edit::Deleted => delete(copy, chance, 40),
            Edit::Replaced => replace(copy, chance, 20),
            Edit::Sentences => sentences(copy, chance),
            Edit::Moved => moved(copy, chance),
            Edit::Reordered => reorder(copy, chance),
            Edit::Hyphens => each(copy, |word| hyphenate(word, chance)),
            Edit::Typography => typography(copy),
            Edit::Decomposed => each(copy, |word| word.text = word.text.nfd().collect()),
            Edit::Marked => mark(copy, chance),
            Edit::Parted => part(copy, chance),
            Edit::Cut => cut(copy, chance),
            Edit::Twice => twice(copy, chance),
            Edit::Rewritten => rewrite(copy, chance),
            Edit::All => {
                for edit in [Edit::Typos, Edit::Replaced, Edit::Moved, Edit::Parted, Edit::Typography] {
                    touched.extend(edit.apply(copy, chance));
                }
                insert(copy, chance, 150);
                delete(copy, chance, 150);
                mark(copy, chance);
            }
        }
        touched
    }
}

fn each(copy: &mut Copy, mut edit: impl FnMut(&mut Word)) {
    copy.paragraphs.iter_mut().flat_map(|p| &mut p.words).for_each(&mut edit);
}

/// Some words of the text itself, which are the likeliest to mislead.
fn some_words(copy: &mut Copy, chance: &mut Chance, count: usize) -> Vec<Word> {
    let paragraph = chance.number(copy.paragraphs.len());
    let words = &copy.paragraphs[paragraph].words;
    let from = chance.number(words.len());
    let some: Vec<Word> = words.iter().skip(from).take(count).cloned().collect();
    some.into_iter().map(|word| Word { id: copy.word("").id, ..word }).collect()
}

/// Mends or makes one slip: a letter too few, too many, another, or two that change places.
fn slip(word: &mut String, chance: &mut Chance) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.number(letters.len());
    if letters.len() < 4 || !letters[at].is_alphabetic() {
        return false;
    }
    match chance.number(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = char::from(b'a' + chance.number(26) as u8),
        _ => letters.swap(at, at.saturating_sub(1)),
    }
    *word = letters.into_iter().collect();
    true
}

fn insert(copy: &mut Copy, chance: &mut Chance, times: usize) {
    for p in 0..copy.paragraphs.len() {
        let mut at = 0;
        while at < copy.paragraphs[p].words.len() {
            if chance.once_in(times) {
                let count = 1 + chance.number(8);
                let words = some_words(copy, chance, count);
                copy.paragraphs[p].words.splice(at..at, words);
                at += count;
            }
            at += 1;
        }
    }
}

fn delete(copy: &mut Copy, chance: &mut Chance, times: usize) {
    for paragraph in &mut copy.paragraphs {
        let mut left = 0;
        paragraph.words.retain(|_| {
            if left == 0 && chance.once_in(times) {
                left = 1 + chance.number(6);
            }
            let stays = left == 0;
            left = left.saturating_sub(1);
            stays
        });
    }
}

fn replace(copy: &mut Copy, chance: &mut Chance, times: usize) {
    for p in 0..copy.paragraphs.len() {
        for at in 0..copy.paragraphs[p].words.len() {
            if chance.once_in(times)
                && let Some(word) = some_words(copy, chance, 1).pop()
            {
                copy.paragraphs[p].words[at] = word;
            }
        }
    }
}

fn sentences(copy: &mut Copy, chance: &mut Chance) {
    for paragraph in &mut copy.paragraphs {
        let mut stays = !chance.once_in(10);
        paragraph.words.retain(|word| {
            let stayed = stays;
            if word.text.ends_with(['.', '?', '!']) {
                stays = !chance.once_in(10);
            }
            stayed
        });
    }
}

fn moved(copy: &mut Copy, chance: &mut Chance) {
    for _ in 0..copy.paragraphs.len() / 3 {
        let paragraph = copy.paragraphs.remove(chance.number(copy.paragraphs.len()));
        copy.paragraphs.insert(chance.number(copy.paragraphs.len() + 1), paragraph);
    }
}

/// The paragraphs by sections, what stands before the first heading first.
fn sections(copy: &mut Copy) -> Vec<Vec<Paragraph>> {
    let mut sections = vec![Vec::new()];
    for paragraph in std::mem::take(&mut copy.paragraphs) {
        if matches!(paragraph.kind, Kind::Heading(_)) {
            sections.push(Vec::new());
        }
        if let Some(section) = sections.last_mut() {
            section.push(paragraph);
        }
    }
    sections
}

fn reorder(copy: &mut Copy, chance: &mut Chance) {
    let mut sections = sections(copy);
    for i in (1..sections.len()).rev() {
        sections.swap(i, chance.number(i + 1));
    }
    copy.paragraphs = sections.concat();
}

fn hyphenate(word: &mut Word, chance: &mut Chance) {
    let letters: Vec<char> = word.text.chars().collect();
    if letters.len() > 6 && letters.iter().all(|c| c.is_alphabetic()) && chance.once_in(6) {
        let (start, end) = letters.split_at(3);
        let hyphen = ["- ", "-", "\u{ad}"][chance.number(3)];
        word.text = start.iter().chain(hyphen.chars().collect::<Vec<_>>().iter()).chain(end).collect();
    }
}

fn typography(copy: &mut Copy) {
    for paragraph in &mut copy.paragraphs {
        let is_heading = matches!(paragraph.kind, Kind::Heading(_));
        for word in &mut paragraph.words {
            let swapped = word.text.chars().map(|c| match c {
                '"' => '“',
                '“' | '”' => '"',
                '’' => '\'',
                '\'' => '’',
                '—' => '-',
                '-' => '–',
                c => c,
            });
            let text: String = swapped.collect();
            word.text = text.replace("fi", "ﬁ").replace("...", "…");
            if is_heading {
                word.text = word.text.to_uppercase();
            }
        }
    }
}

fn mark(copy: &mut Copy, chance: &mut Chance) {
    let mut note = 0;
    each(copy, |word| {
        if chance.once_in(30) {
            word.text = format!("*{}*", word.text);
        } else if chance.once_in(60) {
            note += 1;
            word.text = format!("{}[{note}]", word.text);
        }
    });
}

fn part(copy: &mut Copy, chance: &mut Chance) {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for mut paragraph in std::mem::take(&mut copy.paragraphs) {
        let is_prose = paragraph.kind == Kind::Paragraph;
        let last = paragraphs.last_mut().filter(|last| is_prose && last.kind == Kind::Paragraph);
        match (last, chance.number(6)) {
            (Some(last), 0) => last.words.append(&mut paragraph.words),
            (_, 1) if is_prose && paragraph.words.len() > 2 => {
                let words = paragraph.words.split_off(1 + chance.number(paragraph.words.len() - 1));
                let kind = paragraph.kind;
                paragraphs.extend([paragraph, Paragraph { kind, words }]);
            }
            _ => paragraphs.push(paragraph),
        }
    }
    copy.paragraphs = paragraphs;
}

fn cut(copy: &mut Copy, chance: &mut Chance) {
    let sections = sections(copy);
    let kept = sections.into_iter().filter(|_| !chance.once_in(3)).collect::<Vec<_>>();
    copy.paragraphs = kept.into_iter().flatten().filter(|_| !chance.once_in(6)).collect();
}

fn twice(copy: &mut Copy, chance: &mut Chance) {
    for _ in 0..copy.paragraphs.len() / 3 {
        let Paragraph { kind, words } = copy.paragraphs[chance.number(copy.paragraphs.len())].clone();
        let words = words.into_iter().map(|word| Word { id: copy.word("").id, ..word }).collect();
        copy.paragraphs.insert(chance.number(copy.paragraphs.len() + 1), Paragraph { kind, words });
    }
}

fn rewrite(copy: &mut Copy, chance: &mut Chance) {
    for p in 0..copy.paragraphs.len() {
        if chance.once_in(5) {
            let length = copy.paragraphs[p].words.len();
            let mut words = Vec::new();
            while words.len() < length {
                let count = 1 + chance.number(4);
                words.extend(some_words(copy, chance, count));
                if copy.paragraphs.iter().all(|p| p.words.is_empty()) {
                    break;
                }
            }
            copy.paragraphs[p].words = words;
        }
    }
}
