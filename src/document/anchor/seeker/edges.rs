//! Where words begin and end to the byte, when it is known about where they are.

use super::super::Anchor;
use super::super::letters::{is_mark, letters};
use super::super::nearness::matched;
use super::candidates::Candidate;
use super::sought::Sought;
use super::{LEAD, Seeker};
use memchr::memmem;
use std::ops::Range;

/// How far from the others words may stand that were parted from them, in letters.
const NEARBY: usize = 120;

impl Seeker<'_> {
    /// The range from the first to the last of the words that are left, where some were edited: from the first letter of
    /// a word that is mostly the one it was to the last letter of such a word. Words that were parted from the others by
    /// new ones still count if they stand nearby beside what stood beside them.
    pub(super) fn settle(&self, sought: &Sought, c: &Candidate) -> Range<usize> {
        if c.edits == 0 {
            return c.range.clone();
        }
        let (text, all) = (self.document.text(), self.letters().bytes());
        let matched = matched(&sought.words, &all[c.range.clone()]);
        let mut kept: Option<(Range<usize>, Range<usize>)> = None;
        for word in self.words(text, &c.range) {
            let within = word.start.max(c.range.start)..word.end.min(c.range.end);
            let same = matched[within.start - c.range.start..within.end - c.range.start].iter().flatten();
            if same.clone().count() * 5 >= word.len() * 3
                && let (Some(&first), Some(&last)) = (same.clone().next(), same.last())
            {
                let (place, of) = kept.get_or_insert((word.clone(), first..last + 1));
                place.end = word.end;
                of.end = last + 1;
            }
        }
        let Some((mut place, of)) = kept else { return c.range.clone() };
        let is_long = |words: &[u8]| words.len() > LEAD;
        if of.start > 0 {
            let left: Vec<u8> = sought.left.iter().take(2 * LEAD).rev().copied().collect();
            let (words, from) = (&sought.words[..of.start], place.start.saturating_sub(NEARBY));
            let found = memmem::rfind(&all[from..place.start], &[&left, words].concat());
            let found = found.map(|at| at + left.len());
            let found =
                found.or_else(|| memmem::rfind(&all[from..place.start], words).filter(|_| is_long(words)));
            place.start = found.map_or(place.start, |at| from + at);
        }
        if of.end < sought.words.len() {
            let right = &sought.right[..sought.right.len().min(2 * LEAD)];
            let (words, to) = (&sought.words[of.end..], (place.end + NEARBY).min(all.len()));
            let found = memmem::find(&all[place.end..to], &[words, right].concat());
            let found = found.or_else(|| memmem::find(&all[place.end..to], words).filter(|_| is_long(words)));
            place.end += found.map_or(0, |at| at + words.len());
        }
        place
    }

    /// The words that letters stand in, each by its own letters.
    fn words(&self, text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut words: Vec<Range<usize>> = Vec::new();
        let source = |letter: usize| self.letters().source(text, letter);
        let mut start = range.start;
        while start > 0 && !is_parted(text, source(start - 1).end, source(start).start) {
            start -= 1;
        }
        let mut last = source(start);
        let mut letter = start + 1;
        while letter < self.letters().bytes().len() {
            let next = source(letter);
            if is_parted(text, last.end, next.start) && next != last {
                words.push(start..letter);
                start = letter;
                if letter >= range.end {
                    return words;
                }
            }
            last = next;
            letter += 1;
        }
        words.push(start..letter);
        words
    }

    /// Where words begin whose first letter is known: the signs before it that belong to them count.
    pub(super) fn start(&self, anchor: &Anchor, letter: usize) -> usize {
        let text = self.document.text();
        let first = self.letters().source(text, letter).start;
        let signs: Vec<char> = anchor.exact.chars().take_while(|&c| is_sign(c)).collect();
        first - signs_along(signs.into_iter().rev(), text[..first].chars().rev())
    }

    /// Where words end whose last letter is the one before `letter`.
    pub(super) fn end(&self, anchor: &Anchor, letter: usize) -> usize {
        let text = self.document.text();
        let words = if anchor.tail.is_empty() { &anchor.exact } else { &anchor.tail };
        let last = self.letters().source(text, letter.saturating_sub(1)).end;
        // A mark on the last letter is part of it.
        let marks = text[last..].chars().take_while(|&c| is_mark(c));
        let last = last + marks.map(char::len_utf8).sum::<usize>();
        let signs: Vec<char> = words.chars().rev().take_while(|&c| is_sign(c)).collect();
        last + signs_along(signs.into_iter().rev(), text[last..].chars())
    }
}

/// Whether a character is no letter.
pub(super) fn is_sign(c: char) -> bool {
    letters(c.encode_utf8(&mut [0; 4])).is_empty()
}

/// How many bytes of a text are the signs that stood there, a quotation mark or a dash of another sort among them. Blanks
/// count only between signs.
fn signs_along(signs: impl Iterator<Item = char>, text: impl Iterator<Item = char>) -> usize {
    let mut text = text.peekable();
    let (mut passed, mut length) = (0, 0);
    for sign in signs {
        if sign.is_whitespace() {
            while let Some(blank) = text.next_if(|c| c.is_whitespace()) {
                passed += blank.len_utf8();
            }
        } else if let Some(c) = text.next_if(|&c| sort(c) == sort(sign)) {
            passed += c.len_utf8();
            length = passed;
        } else {
            break;
        }
    }
    length
}

/// A sign that stands for all that one compositor sets for another.
const fn sort(sign: char) -> char {
    match sign {
        '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '\'' => {
            '"'
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

/// Whether two letters, the first ending and the second beginning at a byte, are of two words: blanks part them, and an
/// ideograph or a syllable is a word of its own.
fn is_parted(text: &str, end: usize, start: usize) -> bool {
    let is_own = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
    end < start && text[end..start].contains(char::is_whitespace)
        || is_own(text[start..].chars().next())
        || is_own(text[..end].chars().next_back())
}
