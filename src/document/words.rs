//! Words and sentences: by what a text is selected and quoted.
//!
//! Unicode's rules (UAX #29) find both. What they cannot know, that `Mr.` and `p.` end no sentence, is added here. A very
//! long paragraph is looked at around the place that is asked for, so that no key costs more than a few pages.

use super::{Block, Document, Kind, Position};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How far a paragraph is looked at on either side of a place for a sentence, in bytes. No sentence is longer.
const SENTENCE: usize = 8 * 1024;

/// The same for a word. A longer one is gone through in pieces.
const WORD: usize = 512;

/// A word, or the signs between two words. Blanks belong to neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it has a letter or a figure.
    pub is_word: bool,
}

impl Document {
    /// The word or signs at a place: those that hold it, else those that end there, else the next; `None` where the flow
    /// of the place has none.
    pub fn token_at(&self, at: Position) -> Option<Token> {
        let tokens = self.tokens(self.around(at, WORD));
        let byte = at.byte();
        let next = tokens.partition_point(|t| t.range.end <= byte);
        let holds = tokens.get(next).filter(|t| t.range.start <= byte);
        let ends = next.checked_sub(1).map(|i| &tokens[i]).filter(|t| t.range.end == byte);
        let here = holds.or(ends).or(tokens.get(next)).or(tokens.last()).cloned();
        here.or_else(|| self.token_after(at)).or_else(|| self.token_before(at))
    }

    /// The next word or signs that start behind a place, in the flow of the place.
    pub fn token_after(&self, at: Position) -> Option<Token> {
        let flow = self.flow_at(at);
        let first = self.block_at(at);
        for block in self.blocks.get(first..)?.iter().take_while(|b| b.range.start < flow.end) {
            let mut from = at.byte().max(block.range.start);
            loop {
                let window = self.around_in(block, from, WORD);
                let behind = |t: &Token| t.range.start > at.byte() || block.range.start > at.byte();
                if let Some(token) = self.tokens(window.clone()).into_iter().find(behind) {
                    return Some(token);
                }
                if window.end <= from || window.end >= block.range.end {
                    break;
                }
                from = window.end;
            }
        }
        None
    }

    /// The word or signs that start next before a place, in the flow of the place.
    pub fn token_before(&self, at: Position) -> Option<Token> {
        let flow = self.flow_at(at);
        let last = self.block_at(at);
        let blocks = self.blocks.get(..=last)?.iter().rev();
        for block in blocks.take_while(|b| b.range.start >= flow.start) {
            let mut to = at.byte().min(block.range.end);
            loop {
                let window = self.around_in(block, to, WORD);
                let before = |t: &Token| t.range.start < at.byte();
                if let Some(token) = self.tokens(window.clone()).into_iter().rfind(before) {
                    return Some(token);
                }
                if window.start >= to || window.start <= block.range.start {
                    break;
                }
                to = window.start;
            }
        }
        None
    }

    /// The sentence a place is in, without the blanks around it. A heading is a sentence, and so is a row of a table.
    pub fn sentence_at(&self, at: Position) -> Range<usize> {
        let window = self.around(at, SENTENCE);
        let kind = self.blocks.get(self.block_at(at)).map_or(Kind::Paragraph, |b| b.kind);
        let sentences = sentences(&self.text[window.clone()], kind);
        let inside = at.byte().saturating_sub(window.start);
        let here = sentences.partition_point(|s| s.end <= inside).min(sentences.len().saturating_sub(1));
        // Behind its last letter one is still in a sentence, until the next one begins.
        let here = match sentences.get(here) {
            Some(next) if next.start > inside => here.saturating_sub(1),
            _ => here,
        };
        sentences.get(here).map_or(at.byte()..at.byte(), |s| window.start + s.start..window.start + s.end)
    }

    /// The block of a place, or as much of it as lies within `reach`.
    fn around(&self, at: Position, reach: usize) -> Range<usize> {
        self.blocks.get(self.block_at(at)).map_or(0..0, |block| self.around_in(block, at.byte(), reach))
    }

    /// As much of a block as lies within `reach` of a byte, cut at blanks where there are any.
    fn around_in(&self, block: &Block, byte: usize, reach: usize) -> Range<usize> {
        let Range { start, end } = block.range;
        let byte = byte.clamp(start, end);
        let from = if byte - start > reach { self.behind_blank(byte - reach, byte, reach) } else { start };
        let to = if end - byte > reach { self.behind_blank(byte + reach, end, reach) } else { end };
        from..to
    }

    /// The first place behind a blank from `from` on; without one near, and before `to`, the next letter.
    fn behind_blank(&self, mut from: usize, to: usize, reach: usize) -> usize {
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let limit = self.position(to.min(from + reach / 2)).byte().max(from);
        self.text[from..limit].find([' ', '\n']).map_or(limit, |i| from + i + 1)
    }

    fn tokens(&self, range: Range<usize>) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        for (i, piece) in self.text[range.clone()].split_word_bound_indices() {
            if piece.chars().all(|c| c.is_whitespace() || c == '\u{200b}') {
                continue;
            }
            let at = range.start + i;
            let is_word = piece.contains(char::is_alphanumeric);
            match tokens.last_mut() {
                // Signs that touch are one.
                Some(last) if !is_word && !last.is_word && last.range.end == at => {
                    last.range.end = at + piece.len();
                }
                _ => tokens.push(Token { range: at..at + piece.len(), is_word }),
            }
        }
        tokens
    }
}

/// The sentences of a block, without the blanks around them.
fn sentences(text: &str, kind: Kind) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at + piece.trim_end().len();
        let start = end.min(at + (piece.len() - piece.trim_start().len()));
        if start == end {
            continue;
        }
        match sentences.last_mut() {
            Some(last) if goes_on(&text[last.clone()], &text[last.end..start], &text[start..end], kind) => {
                last.end = end;
            }
            _ => sentences.push(start..end),
        }
    }
    sentences
}

/// Whether a sentence that was taken to end goes on behind a gap.
fn goes_on(before: &str, gap: &str, after: &str, kind: Kind) -> bool {
    if gap.contains('\n') {
        // The lines of a poem run on; those of a table and of code do not.
        return kind == Kind::Verse && !before.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', '…']);
    }
    let next = after.chars().find(|c| c.is_alphanumeric());
    // `“What?” he said.`
    if after.starts_with(char::is_lowercase) {
        return true;
    }
    let Some(stem) = before.strip_suffix('.') else { return false };
    let word =
        stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '-' | '–')).next();
    let word = word.unwrap_or_default();
    let lower = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    NEVER_LAST.contains(&lower.as_str())
        // An initial; but `I` ends sentences too.
        || (initial && (word != "I" || next.is_some_and(char::is_numeric)))
        || (next.is_some_and(char::is_numeric) && BEFORE_FIGURES.contains(&lower.as_str()))
}

/// What may stand between the end of a sentence and its full stop's other side.
const CLOSERS: &[char] = &['”', '’', '"', '\'', ')', ']', '»', '“'];

/// Abbreviations that another word follows.
const NEVER_LAST: [&str; 54] = [
    "mr", "mrs", "ms", "messrs", "dr", "prof", "st", "ste", "mme", "mlle", "mm", "rev", "hon", "gen", "col",
    "capt", "lt", "sgt", "gov", "sen", "rep", "pres", "adm", "maj", "cf", "e.g", "i.e", "viz", "vs", "ed",
    "eds", "trans", "vol", "vols", "pp", "nos", "fig", "figs", "chap", "sec", "op", "loc", "hrsg", "bd",
    "bde", "vgl", "bzw", "z.b", "d.h", "u.a", "hr", "fr", "éd", "trad",
];

/// Abbreviations that go on if a figure follows, and words that end sentences else.
const BEFORE_FIGURES: [&str; 30] = [
    "p", "no", "n", "ch", "art", "s", "t", "f", "ff", "l", "ll", "v", "ca", "c", "nr", "jg", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "par", "col",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{builder::Builder, report::Format};
    use proptest::prelude::*;

    fn document(paragraphs: &[&str]) -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        paragraphs.iter().for_each(|p| b.block(Kind::Paragraph, 0, p));
        b.finish()
    }

    #[test]
    fn sentences_end_where_they_end() {
        for cut in [
            "One sentence.|Another one!|A third?",
            "Mr. North wrote to Dr. E. H. Carr in London.|He never answered.",
            "See p. 12.|The rest is lost.",
            "Compare vol. 2, p. 46, and No. 5 of the series.|It says No.|It means it.",
            "“What?” he said.|“Nothing.”|She left.",
            "He was older than I.|They knew it.",
            "The U.S. position was plain.|It held.",
            "In Sept. 1914 the war was six weeks old.",
            "It cost 3.50 or more . . . much more.|Nobody paid.",
            "Vgl. Bd. 3, S. 12.|Der Satz ist neu.",
            "M. Blum parla.|Mme. Blum se tut.",
            "他写日志。|没有人读。",
            "No full stop at all",
        ] {
            let text = cut.replace('|', if cut.contains('。') { "" } else { " " });
            let found: Vec<&str> = sentences(&text, Kind::Paragraph).into_iter().map(|s| &text[s]).collect();
            assert_eq!(found.join("|"), cut);
        }
        let verse = "O Rose thou art sick.\nThe invisible worm,\nThat flies in the night";
        assert_eq!(sentences(verse, Kind::Verse).len(), 2);
        assert_eq!(sentences("a\tb\nc\td", Kind::Table).len(), 2);
    }

    #[test]
    fn words_and_signs_are_gone_through_from_paragraph_to_paragraph() {
        let d = document(&["“Don’t stop,” she said.", "* * *", "Léon—and 日本."]);
        let mut at = Position(0);
        let mut seen = vec![d.text()[d.token_at(at).unwrap().range].to_owned()];
        while let Some(token) = d.token_after(at) {
            seen.push(d.text()[token.range.clone()].to_owned());
            at = Position(token.range.start);
        }
        let expected = [
            "“", "Don’t", "stop", ",”", "she", "said", ".", "*", "*", "*", "Léon", "—", "and", "日", "本",
            ".",
        ];
        assert_eq!(seen, expected);
        let mut back = vec![d.text()[d.token_at(at).unwrap().range].to_owned()];
        while let Some(token) = d.token_before(at) {
            back.push(d.text()[token.range.clone()].to_owned());
            at = Position(token.range.start);
        }
        back.reverse();
        assert_eq!(back, expected);
    }

    #[test]
    fn behind_its_last_letter_a_place_is_in_its_sentence_and_at_its_word() {
        let d = document(&["One came. Two went.", "Three."]);
        let at = |byte| d.text()[d.sentence_at(Position(byte))].to_owned();
        assert_eq!([at(0), at(9)], ["One came."; 2]);
        assert_eq!([at(10), at(18), at(19)], ["Two went."; 3]);
        assert_eq!(d.text()[d.token_at(Position(3)).unwrap().range], *"One");
        assert_eq!(d.text()[d.token_at(Position(10)).unwrap().range], *"Two");
        assert_eq!(document(&[]).token_at(Position(0)), None);
        assert_eq!(document(&[]).sentence_at(Position(0)), 0..0);
    }

    #[test]
    fn an_endless_paragraph_costs_no_more_than_its_neighbourhood() {
        let d = document(&[&"word, and ".repeat(200_000)]);
        let begun = std::time::Instant::now();
        for i in 0..50 {
            let at = d.position(i * 39_000);
            assert!(d.sentence_at(at).len() <= 3 * SENTENCE);
            assert!(d.token_after(at).is_some());
        }
        assert!(begun.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_word_without_end_is_gone_through_on_and_back() {
        let d = document(&[&format!("One {} end.", "x".repeat(5000))]);
        let (mut at, mut steps) = (Position(0), 0);
        while let Some(token) = d.token_after(at) {
            assert!(token.range.start > at.byte());
            (at, steps) = (Position(token.range.start), steps + 1);
        }
        assert_eq!(&d.text()[at.byte()..], ".");
        assert!(steps < 100);
        while let Some(token) = d.token_before(at) {
            assert!(token.range.start < at.byte());
            at = Position(token.range.start);
        }
        assert_eq!(at, Position(0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_place_has_its_word_and_its_sentence(paragraphs in prop::collection::vec("\\PC{0,40}", 1..4), at in 0..200_usize) {
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            let d = document(&paragraphs);
            let at = d.position(at);
            let sentence = d.sentence_at(at);
            prop_assert!(d.text().get(sentence).is_some());
            if let Some(token) = d.token_at(at) {
                prop_assert!(!d.text()[token.range].is_empty());
            }
            if let Some(token) = d.token_after(at) {
                prop_assert!(token.range.start > at.byte());
            }
            if let Some(token) = d.token_before(at) {
                prop_assert!(token.range.start < at.byte());
            }
        }
    }
}
