//! A copy of a text in which whatever a reader would call the same is the same, with the way back.
//!
//! Case, accents, ligatures, quotes, dashes, blanks and line ends are folded, soft hyphens and other zero-width
//! characters dropped. Most characters stay as they are, so the way back is kept only for those that do not.

use crate::document::Document;
use crate::document::clean::{Class, class};
use std::ops::Range;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Whether capitals are folded too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `A` is `a`.
    Fold,
    /// `A` is not `a`.
    Keep,
}

/// A folded text. Blocks are parted by `\n`, which nothing else becomes.
#[derive(Debug)]
pub struct Folded {
    text: String,
    changes: Vec<Change>,
}

/// A character whose folding is none, several characters, or one of another length.
#[derive(Clone, Copy, Debug)]
struct Change {
    folded: u32,
    source: u32,
    folded_bytes: u8,
    source_bytes: u8,
}

impl Folded {
    /// The folded copy of a document's text.
    pub fn new(document: &Document, case: Case) -> Folded {
        let source = document.text();
        let mut folded = Folded { text: String::with_capacity(source.len()), changes: Vec::new() };
        let mut from = 0;
        for block in document.blocks() {
            folded.stretch(source, from..block.range.start, case, true);
            folded.stretch(source, block.range.clone(), case, false);
            from = block.range.end;
        }
        folded.stretch(source, from..source.len(), case, true);
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the source that a range of the folded text stands for: whole characters.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        self.way().source(range)
    }

    /// Where the character at a byte of the source stands in the folded text; one that was dropped, where it would.
    pub fn place(&self, source: usize) -> usize {
        let passed = self.changes.partition_point(|c| c.source as usize <= source);
        match passed.checked_sub(1).map(|i| self.changes[i]) {
            None => source,
            Some(c) if source < c.source_end() => c.folded as usize,
            Some(c) => c.folded_end() + source - c.source_end(),
        }
    }

    /// The way back to the source, for ranges that are asked for in their order.
    pub fn way(&self) -> Way<'_> {
        Way { folded: self, passed: 0 }
    }

    fn stretch(&mut self, source: &str, range: Range<usize>, case: Case, between: bool) {
        let mut at = range.start;
        for c in source[range].chars() {
            let before = self.text.len();
            match c {
                'a'..='z' | '0'..='9' | ',' | '.' => self.text.push(c),
                '\n' if between => self.text.push('\n'),
                _ => fold(c, case, &mut self.text),
            }
            let (made, taken) = (self.text.len() - before, c.len_utf8());
            // `ß` and `ss` are of one length, but two letters cannot stand for half of one.
            let several = taken > 1 && self.text[before..].chars().nth(1).is_some();
            if made != taken || several {
                self.changes.push(Change {
                    folded: before as u32,
                    source: at as u32,
                    folded_bytes: made as u8,
                    source_bytes: taken as u8,
                });
            }
            at += taken;
        }
    }

    /// How many changes lie at or before a byte of the folded text, `from` of which are known to.
    fn passed(&self, from: usize, folded: usize) -> usize {
        let rest = &self.changes[from..];
        let mut reach = 1;
        while rest.get(reach - 1).is_some_and(|c| c.folded as usize <= folded) {
            reach *= 2;
        }
        let (sure, most) = (reach / 2, (reach - 1).min(rest.len()));
        from + sure + rest[sure..most].partition_point(|c| c.folded as usize <= folded)
    }

    /// The start of the character that made a byte of the folded text.
    fn before(&self, folded: usize, passed: usize) -> usize {
        // Dropped characters share their place with what follows them: the match starts behind them.
        match passed.checked_sub(1).map(|i| self.changes[i]) {
            None => folded,
            Some(c) if folded < c.folded_end() => c.source as usize,
            Some(c) => c.source_end() + folded - c.folded_end(),
        }
    }

    /// The end of the character that made a byte of the folded text.
    fn after(&self, folded: usize, passed: usize) -> usize {
        let (source, base) = match passed.checked_sub(1).map(|i| self.changes[i]) {
            None => (folded, 0),
            Some(c) if folded < c.folded_end() => return c.source_end(),
            Some(c) => (c.source_end() + folded - c.folded_end(), c.folded_end()),
        };
        // Unchanged characters are as long as their folding: find the end of this one.
        let tail = &self.text[base..];
        let offset = folded - base;
        let mut end = offset + 1;
        while !tail.is_char_boundary(end) {
            end += 1;
        }
        source + (end - offset)
    }
}

impl Change {
    fn folded_end(self) -> usize {
        self.folded as usize + usize::from(self.folded_bytes)
    }

    fn source_end(self) -> usize {
        self.source as usize + usize::from(self.source_bytes)
    }
}

/// The way from a folded text back to its source. It remembers how far it has come, so that many matches cost one walk.
#[derive(Debug)]
pub struct Way<'a> {
    folded: &'a Folded,
    passed: usize,
}

impl Way<'_> {
    /// The bytes of the source that a range of the folded text stands for: whole characters. No range may begin before
    /// the last one.
    pub fn source(&mut self, range: Range<usize>) -> Range<usize> {
        self.passed = self.folded.passed(self.passed, range.start);
        let start = self.folded.before(range.start, self.passed);
        if range.is_empty() {
            return start..start;
        }
        let last = range.end - 1;
        let end = self.folded.after(last, self.folded.passed(self.passed, last));
        start..end.max(start)
    }
}

/// A pattern, folded as a text is.
pub fn pattern(pattern: &str, case: Case) -> String {
    let mut out = String::with_capacity(pattern.len());
    pattern.chars().for_each(|c| fold(c, case, &mut out));
    out
}

/// Appends the folding of one character. A blank behind a blank is dropped.
fn fold(c: char, case: Case, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(cased(c, case)),
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '`' | '´' | '‹' | '›' => out.push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
        'ß' => out.push_str("ss"),
        'ẞ' => out.push_str(if case == Case::Fold { "ss" } else { "SS" }),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'þ' => out.push_str("th"),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        'Æ' | 'Œ' | 'Ø' | 'Ł' | 'Đ' | 'Ð' | 'Þ' => {
            let from = out.len();
            c.to_lowercase().for_each(|c| fold(c, case, out));
            if case == Case::Keep {
                out[from..].make_ascii_uppercase();
            }
        }
        c if c.is_whitespace() => {
            if !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
        }
        c if c.is_ascii() => out.push(c),
        c => match class(c) {
            Class::Break
            | Class::Joiner
            | Class::Variation
            | Class::Combining
            | Class::Tag
            | Class::Invisible => {}
            _ => decompose_compatible(c, |part| {
                if part.is_whitespace() {
                    if !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                } else if !is_combining_mark(part) {
                    match case {
                        Case::Keep => out.push(part),
                        Case::Fold => {
                            part.to_lowercase().filter(|&c| !is_combining_mark(c)).for_each(|c| out.push(c))
                        }
                    }
                }
            }),
        },
    }
}

fn cased(c: char, case: Case) -> char {
    match case {
        Case::Fold => c.to_ascii_lowercase(),
        Case::Keep => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Paragraph, 0, text);
        b.block(Kind::Paragraph, 0, "next");
        b.finish()
    }

    #[test]
    fn what_a_reader_calls_the_same_is_the_same() {
        for (text, folded) in [
            ("Léon Blum", "leon blum"),
            ("Straße", "strasse"),
            ("Æsop’s œuvre", "aesop's oeuvre"),
            ("1942–1945", "1942-1945"),
            ("“two\u{a0}camps”", "\"two camps\""),
            ("e\u{301}tude", "etude"),
            ("ﬁne", "fine"),
            ("co\u{ad}operate", "cooperate"),
            ("pay\u{200b}pal", "paypal"),
            ("ὈΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(pattern(text, Case::Fold), folded);
        }
        for (text, folded) in [("Léon", "Leon"), ("ÆTHER", "AETHER"), ("Þing", "THing"), ("Øre", "Ore")] {
            assert_eq!(pattern(text, Case::Keep), folded);
        }
    }

    #[test]
    fn every_match_leads_back_to_whole_characters() {
        for (text, needle, found) in [
            ("der Straße lang", "strasse", "Straße"),
            ("der Straße lang", "asse", "aße"),
            ("mit Straßen", "sen", "ßen"),
            ("“Better Léon Blum”", "leon b", "Léon B"),
            ("a co\u{ad}op", "coop", "co\u{ad}op"),
            ("日本語の本", "本語", "本語"),
        ] {
            let document = document(text);
            let folded = Folded::new(&document, Case::Fold);
            let at = folded.text().find(needle).expect(needle);
            assert_eq!(&document.text()[folded.source(at..at + needle.len())], found);
        }
    }

    #[test]
    fn blocks_stay_apart() {
        let document = document("the last words");
        assert!(!Folded::new(&document, Case::Fold).text().contains("words next"));
    }

    proptest! {
        #[test]
        fn the_way_back_is_monotone_and_on_characters(text in "[a-zA-ZéßÆ日“”—…ﬃ\u{ad}\u{301}ﬁ \u{a0}]{0,60}") {
            let document = document(&text);
            let folded = Folded::new(&document, Case::Fold);
            let edges: Vec<usize> = folded.text().char_indices().map(|(i, _)| i).collect();
            let mut last = 0;
            for (i, &from) in edges.iter().enumerate() {
                let to = edges.get(i + 1).copied().unwrap_or(folded.text().len());
                let source = folded.source(from..to);
                prop_assert!(source.start >= last && source.start < source.end);
                prop_assert!(document.text().is_char_boundary(source.start));
                prop_assert!(document.text().is_char_boundary(source.end));
                last = source.start;
            }
        }
    }
}
