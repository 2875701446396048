//! From what a reader types to the places it stands at.
//!
//! Text and pattern are folded alike, so `leon` finds `Léon`. What is typed with care means itself: a capital makes the
//! whole pattern mind capitals, an accent asks for that accent; both are checked at the hit, in the real text. Regular
//! expressions are those of the `regex` crate, which are linear in the text.

pub mod fold;

use crate::document::Document;
use crate::document::clean::{Class, class};
use fold::{Case, Folded};
use std::cell::OnceCell;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most memory a compiled expression may take, in bytes.
const EXPRESSION_BYTES: usize = 1 << 20;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What was typed.
    pub pattern: String,
    /// Whether it is a regular expression.
    pub regular: bool,
}

/// A pattern that cannot be searched for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// The expression breaks a rule; the words are the parser's, on one line.
    #[error("{0}")]
    Syntax(String),
    /// The expression would grow too large.
    #[error("the pattern is too large")]
    TooLarge,
}

/// The folded copies of one document, made when they are first needed.
#[derive(Debug, Default)]
pub struct Index {
    folded: OnceCell<Folded>,
    cased: OnceCell<Folded>,
}

impl Index {
    /// All matches in a document, in order, none overlapping another. The index must have been used with no other.
    pub fn find(&self, document: &Document, query: &Query) -> Result<Vec<Range<usize>>, QueryError> {
        if query.pattern.is_empty() {
            return Ok(Vec::new());
        }
        let found = if query.regular {
            self.regular(document, &query.pattern)?
        } else {
            self.literal(document, query)
        };
        Ok(found.into_iter().map(|m| whole(document.text(), m)).collect())
    }

    fn literal(&self, document: &Document, query: &Query) -> Vec<Range<usize>> {
        let folded = self.folded.get_or_init(|| Folded::new(document, Case::Fold));
        let needle = fold::pattern(&query.pattern, Case::Fold);
        if needle.is_empty() {
            return Vec::new();
        }
        let care = Care::of(&query.pattern);
        let finder = memchr::memmem::Finder::new(needle.as_bytes());
        let (text, mut from, mut found) = (folded.text(), 0, Vec::new());
        while let Some(at) = finder.find(&text.as_bytes()[from..]).map(|i| from + i) {
            let range = folded.source(at..at + needle.len());
            if care.accepts(&document.text()[range.clone()]) {
                found.push(range);
                from = at + needle.len();
            } else {
                // What was refused may overlap one that is not.
                from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        found
    }

    fn regular(&self, document: &Document, pattern: &str) -> Result<Vec<Range<usize>>, QueryError> {
        let folded = self.cased.get_or_init(|| Folded::new(document, Case::Keep));
        let expression = regex::RegexBuilder::new(&folded_expression(pattern))
            .case_insensitive(!has_literal_capital(pattern))
            .multi_line(true)
            .size_limit(EXPRESSION_BYTES)
            .dfa_size_limit(EXPRESSION_BYTES)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => QueryError::TooLarge,
                other => QueryError::Syntax(short(&other.to_string())),
            })?;
        let hits = expression.find_iter(folded.text()).filter(|m| !m.is_empty());
        Ok(hits.map(|m| folded.source(m.range())).collect())
    }
}

/// The last line of the parser's words says what is wrong; the ones above it draw a picture.
fn short(message: &str) -> String {
    let last =
        message.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("the pattern is not well formed");
    last.trim().trim_start_matches("error: ").to_owned()
}

/// A match may not end between a letter and its accents.
fn whole(text: &str, mut range: Range<usize>) -> Range<usize> {
    for c in text[range.end..].chars() {
        match class(c) {
            Class::Combining | Class::Variation => range.end += c.len_utf8(),
            _ => break,
        }
    }
    range
}

/// Folds the literal letters of an expression as the text is folded, capitals kept; escapes stay.
fn folded_expression(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    let mut class = 0_usize;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                out.extend(chars.next());
            }
            c if c.is_ascii() => {
                match c {
                    '[' => class += 1,
                    ']' => class = class.saturating_sub(1),
                    _ => {}
                }
                out.push(c);
            }
            // What folds to several letters stays one thing to repeat.
            c => match fold::pattern(c.encode_utf8(&mut [0; 4]), Case::Keep) {
                // A class holds single letters.
                many if many.chars().count() > 1 && class > 0 => out.push(c),
                many if many.chars().count() > 1 => out.push_str(&format!("(?:{})", regex::escape(&many))),
                one => out.push_str(&regex::escape(&one)),
            },
        }
    }
    out
}

fn has_literal_capital(pattern: &str) -> bool {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                // `\pL`, `\p{Lu}` name a class.
                Some('p' | 'P') => {
                    if chars.clone().next() == Some('{') {
                        chars.by_ref().find(|&c| c == '}');
                    } else {
                        chars.next();
                    }
                }
                _ => continue,
            },
            c if c.is_uppercase() => return true,
            _ => {}
        }
    }
    false
}

/// What a pattern was typed with care for.
struct Care {
    letters: Vec<Letter>,
    capitals: bool,
    accents: bool,
}

/// A letter and the accents on it.
#[derive(PartialEq, Eq)]
struct Letter {
    base: String,
    accents: String,
}

impl Care {
    fn of(pattern: &str) -> Care {
        let letters = letters(pattern);
        let accents = letters.iter().any(|l| !l.accents.is_empty());
        Care { letters, capitals: pattern.chars().any(char::is_uppercase), accents }
    }

    fn accepts(&self, text: &str) -> bool {
        if !self.capitals && !self.accents {
            return true;
        }
        if self.capitals && fold::pattern(text, Case::Keep).trim() != self.cased() {
            return false;
        }
        if !self.accents {
            return true;
        }
        let there = letters(text);
        there.len() == self.letters.len()
            && self
                .letters
                .iter()
                .zip(&there)
                .all(|(typed, found)| typed.accents.is_empty() || typed.accents == found.accents)
    }

    fn cased(&self) -> String {
        let whole: String = self.letters.iter().map(|l| l.base.as_str()).collect();
        whole.trim().to_owned()
    }
}

/// The letters of a text with their accents, folded but for case.
fn letters(text: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    for c in text.nfd() {
        if is_combining_mark(c) {
            if let Some(last) = out.last_mut() {
                last.accents.push(c);
            }
            continue;
        }
        let base = fold::pattern(c.encode_utf8(&mut [0; 4]), Case::Keep);
        let blank = c.is_whitespace();
        if blank && out.last().is_none_or(|l| l.base == " ") {
            continue;
        }
        if blank || !base.is_empty() {
            out.push(Letter { base: if blank { " ".to_owned() } else { base }, accents: String::new() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, builder::Builder, report::Format};

    fn document() -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Paragraph, 0, "Better, they said, than Léon Blum. Leon is not Léon, nor is LEON.");
        b.block(
            Kind::Paragraph,
            0,
            "The “two hostile camps” of 1942–1945, a modus\u{a0}vivendi; Stalin’s and STALIN’S.",
        );
        b.block(Kind::Paragraph, 0, "Über Straße, uber strasse.");
        b.finish()
    }

    fn check(pattern: &str, regular: bool, expected: &[&str]) {
        let document = document();
        let query = Query { pattern: pattern.to_owned(), regular };
        let found = Index::default().find(&document, &query).expect(pattern);
        let found: Vec<&str> = found.into_iter().map(|m| &document.text()[m]).collect();
        assert_eq!(found, expected, "{pattern:?}");
    }

    #[test]
    fn plain_patterns() {
        check("leon", false, &["Léon", "Leon", "Léon", "LEON"]);
        check("leon blum", false, &["Léon Blum"]);
        check("Leon", false, &["Léon", "Leon", "Léon"]);
        check("Léon", false, &["Léon", "Léon"]);
        check("léon", false, &["Léon", "Léon"]);
        check("\"two hostile camps\"", false, &["“two hostile camps”"]);
        check("1942-1945", false, &["1942–1945"]);
        check("modus vivendi", false, &["modus\u{a0}vivendi"]);
        check("stalin's", false, &["Stalin’s", "STALIN’S"]);
        check("Stalin's", false, &["Stalin’s"]);
        check("strasse", false, &["Straße", "strasse"]);
        check("über", false, &["Über"]);
        check("blum. The", false, &[]);
        check("nobody", false, &[]);
        check("leON", false, &[]);
    }

    #[test]
    fn expressions() {
        check("l[eé]on", true, &["Léon", "Leon", "Léon", "LEON"]);
        check(r"L\S+ Blum", true, &["Léon Blum"]);
        check(r"\d{4}-\d{4}", true, &["1942–1945"]);
        check(r"camps.*blum", true, &[]);
        check(r"x*", true, &[]);
        check(r"[æ]", true, &[]);
    }

    #[test]
    fn bad_expressions_are_explained_on_one_line() {
        let find = |pattern: &str| {
            Index::default().find(&document(), &Query { pattern: pattern.to_owned(), regular: true })
        };
        assert_eq!(find("a(b").unwrap_err().to_string(), "unclosed group");
        assert!(find(&format!("{}a", "(".repeat(5000))).is_err());
        assert_eq!(find("a{1000}{1000}{1000}"), Err(QueryError::TooLarge));
        assert!(find("(a+)+$").is_ok());
    }
}
