//! A note cut into words, figures and signs; each knows whether it is set apart as a title is, and how deep it stands
//! in brackets.

use super::word::{fold, is_han, is_invisible};
use crate::document::{Block, Document, Kind, Mark};
use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, with the apostrophes and hyphens between them; perhaps digits among them.
    Word,
    /// Digits alone.
    Figure,
    /// Any other character that is not a blank.
    Sign,
}

/// A word, a figure or a sign.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes in the text of the document.
    pub range: Range<usize>,
    /// What it is made of.
    pub shape: Shape,
    /// How it is compared.
    pub folded: Box<str>,
    /// Whether it begins with a capital, or with a letter of a script that has none.
    pub capital: bool,
    /// The run of italics or of quotation it stands in, from 1; 0 in plain words.
    pub run: u32,
    /// Whether that run is a quotation.
    pub quoted: bool,
    /// How many brackets it stands in; a bracket counts itself.
    pub depth: u16,
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.shape == Shape::Sign && self.folded.starts_with(sign)
    }

    /// Whether it is this word, folded.
    pub fn reads(&self, word: &str) -> bool {
        self.shape != Shape::Sign && &*self.folded == word
    }

    /// Whether it stands in running words, outside brackets, titles and quotations.
    pub fn plain(&self) -> bool {
        self.depth == 0 && self.run == 0
    }
}

/// The tokens of the blocks of prose in a note, block by block.
pub(super) fn blocks(document: &Document, note: &Range<usize>) -> Vec<Vec<Token>> {
    let blocks = &document.blocks()[document.blocks_in(note)];
    let prose = |b: &&Block| !matches!(b.kind, Kind::Code | Kind::Table | Kind::Break);
    blocks.iter().filter(prose).map(|b| block(document, &b.range)).collect()
}

/// The tokens of one block.
fn block(document: &Document, range: &Range<usize>) -> Vec<Token> {
    let mut tokens = cut(&document.text()[range.clone()], range.start);
    let mut runs = 0;
    for span in document.spans_in(range).iter().filter(|s| s.mark == Mark::Emphasis) {
        runs += 1;
        let first = tokens.partition_point(|t| t.range.start < span.range.start);
        let last = tokens.partition_point(|t| t.range.start < span.range.end);
        // A note set in italics from end to end sets nothing apart.
        if first < last && last - first < tokens.len() {
            tokens[first..last].iter_mut().for_each(|t| t.run = runs);
        }
    }
    quotations(&mut tokens, runs);
    brackets(&mut tokens);
    tokens
}

/// The tokens of a text without spans.
#[cfg(test)]
pub(super) fn read(text: &str) -> Vec<Token> {
    let mut tokens = cut(text, 0);
    quotations(&mut tokens, 0);
    brackets(&mut tokens);
    tokens
}

/// Cuts text that begins at `start` of the document.
pub(super) fn cut(text: &str, start: usize) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((from, first)) = chars.next() {
        if first.is_whitespace() || is_invisible(first) {
            continue;
        }
        let mut to = from + first.len_utf8();
        if first.is_alphanumeric() {
            while let Some(&(at, c)) = chars.peek() {
                let joins = match c {
                    '\'' | '’' | '‘' | 'ʼ' | '-' | '‐' | '‑' => {
                        let before = text[..at].chars().next_back();
                        let after = text[at + c.len_utf8()..].chars().next();
                        before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)
                    }
                    c => is_letter(c) && is_han(c) == is_han(first),
                };
                if !joins {
                    break;
                }
                to = at + c.len_utf8();
                chars.next();
            }
        }
        let word = &text[from..to];
        let shape = match first {
            c if !c.is_alphanumeric() => Shape::Sign,
            _ if word.chars().all(|c| c.is_numeric() && !is_han(c)) => Shape::Figure,
            _ => Shape::Word,
        };
        let folded = match shape {
            Shape::Sign => sign(first).to_string(),
            Shape::Word | Shape::Figure => fold(word),
        };
        let capital = first.is_alphabetic() && !first.is_lowercase();
        let range = start + from..start + to;
        tokens.push(Token { range, shape, folded: folded.into(), capital, run: 0, quoted: false, depth: 0 });
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_invisible(c) || unicode_normalization::char::is_combining_mark(c)
}

/// Signs of one meaning as one sign.
fn sign(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '，' | '、' => ',',
        '。' | '．' => '.',
        '：' => ':',
        '；' => ';',
        '（' | '［' | '〔' | '【' | '[' | '{' => '(',
        '）' | '］' | '〕' | '】' | ']' | '}' => ')',
        c => c,
    }
}

/// Marks what stands between quotation marks; an outer pair hides an inner one. A mark without its fellow is nothing.
fn quotations(tokens: &mut [Token], mut runs: u32) {
    let mut open: Option<(char, usize)> = None;
    for at in 0..tokens.len() {
        let mark = match tokens[at].shape {
            Shape::Sign => tokens[at].folded.chars().next().unwrap_or(' '),
            Shape::Word | Shape::Figure => continue,
        };
        match open {
            Some((opening, from)) if closes(opening, mark) => {
                runs += 1;
                for token in &mut tokens[from..=at] {
                    (token.run, token.quoted) = (runs, true);
                }
                open = None;
            }
            // A second opening mark of the kind says that the first was never closed.
            Some((opening, _)) if opening != mark => {}
            _ if matches!(mark, '“' | '„' | '«' | '»' | '"' | '‘' | '‹' | '《' | '〈' | '「' | '『') =>
            {
                open = Some((mark, at));
            }
            _ => {}
        }
    }
}

fn closes(opening: char, mark: char) -> bool {
    match opening {
        '“' => mark == '”',
        '„' => matches!(mark, '“' | '”'),
        '«' => mark == '»',
        '»' => mark == '«',
        '"' => mark == '"',
        '‘' => mark == '’',
        '‹' => mark == '›',
        '《' => mark == '》',
        '〈' => mark == '〉',
        '「' => mark == '」',
        '『' => mark == '』',
        _ => false,
    }
}

/// Counts brackets, those alone that have their fellow.
fn brackets(tokens: &mut [Token]) {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.is('(') {
            open.push(at);
        } else if token.is(')') {
            pairs.extend(open.pop().map(|from| (from, at)));
        }
    }
    let mut steps = vec![0_i32; tokens.len() + 1];
    for (from, to) in pairs {
        steps[from] += 1;
        steps[to + 1] -= 1;
    }
    let mut depth = 0;
    for (token, step) in tokens.iter_mut().zip(steps) {
        depth += step;
        token.depth = depth.clamp(0, i32::from(u16::MAX)) as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let tokens = read(text);
        let show =
            |t: &Token| format!("{}{}{}", t.folded, "'".repeat(t.run as usize), "+".repeat(t.depth as usize));
        tokens.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn notes_are_cut_into_words_figures_and_signs() {
        for (text, tokens) in [
            ("See North, p. 183.", "see north , p . 183 ."),
            ("pp. 193–195", "pp . 193 - 195"),
            ("Mao Tse-tung’s", "mao tse-tung's"),
            ("a.a.O.", "a . a . o ."),
            ("第5页。", "第 5 页 ."),
            ("A (b [c] d", "a ( b (+ c+ )+ d"),
            ("“Title,” 5", "“' title' ,' ”' 5"),
            ("x “never closed, “Title” 5", "x “ never closed , “' title' ”' 5"),
        ] {
            assert_eq!(shown(text), tokens);
        }
    }
}
