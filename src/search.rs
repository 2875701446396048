//! From what a reader types to the places it stands at.
//!
//! Text and pattern are folded alike, so `leon` finds `Léon`. What is typed with care means itself: a capital makes the
//! whole pattern mind capitals, an accent asks for that accent; both are checked at the hit, in the real text. Regular
//! expressions are those of the `regex` crate, which are linear in the text.

mod care;
pub mod concordance;
mod expression;
pub mod fold;
#[cfg(test)]
mod properties;

use crate::document::Document;
use crate::document::clean::{Class, class};
use care::Care;
use fold::{Case, Folded};
use std::ops::Range;
use std::sync::OnceLock;

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
    #[error("{words}")]
    Syntax {
        /// What is wrong.
        words: String,
        /// Where in the pattern, in bytes.
        at: usize,
    },
    /// The expression would grow too large.
    #[error("the pattern is too large")]
    TooLarge,
    /// There are more matches than were asked for.
    #[error("more than {0} matches")]
    TooMany(usize),
}

/// The folded copies of one document, made when they are first needed. They can be made on another thread than the one
/// that searches: who comes while they are being made waits for them.
#[derive(Debug, Default)]
pub struct Index {
    folded: OnceLock<Folded>,
    cased: OnceLock<Folded>,
}

impl Index {
    /// All matches in a document, in order, none overlapping another. The index must have been used with no other.
    ///
    /// # Errors
    /// When the pattern is a regular expression and not well formed, or too large.
    pub fn find(&self, document: &Document, query: &Query) -> Result<Vec<Range<usize>>, QueryError> {
        self.find_up_to(usize::MAX, document, query)
    }

    /// The same, if there are no more than `most`: what a single letter finds in a library helps nobody, and takes time.
    ///
    /// # Errors
    /// As [`Self::find`], and when there are more.
    pub fn find_up_to(
        &self,
        most: usize,
        document: &Document,
        query: &Query,
    ) -> Result<Vec<Range<usize>>, QueryError> {
        if query.pattern.is_empty() {
            return Ok(Vec::new());
        }
        let sought = most.saturating_add(1);
        let found = if query.regular {
            self.regular(sought, document, &query.pattern)?
        } else {
            self.literal(sought, document, &query.pattern)
        };
        if found.len() > most {
            return Err(QueryError::TooMany(most));
        }
        Ok(found)
    }

    /// Makes the copy that a search will want, ahead of it.
    pub fn prepare(&self, document: &Document, regular: bool) {
        if regular {
            self.cased(document)
        } else {
            self.folded(document)
        };
    }

    /// The copy in which case is folded too.
    fn folded(&self, document: &Document) -> &Folded {
        self.folded.get_or_init(|| Folded::new(document, Case::Fold))
    }

    fn cased(&self, document: &Document) -> &Folded {
        self.cased.get_or_init(|| Folded::new(document, Case::Keep))
    }

    fn literal(&self, most: usize, document: &Document, pattern: &str) -> Vec<Range<usize>> {
        let needle = fold::pattern(pattern, Case::Fold);
        if needle.is_empty() {
            return Vec::new();
        }
        let folded = self.folded(document);
        let mut way = folded.way();
        let care = Care::of(pattern);
        let finder = memchr::memmem::Finder::new(needle.as_bytes());
        let (text, mut from, mut found) = (folded.text(), 0, Vec::new());
        let mut last = 0;
        while let Some(at) = finder.find(&text.as_bytes()[from..]).map(|i| from + i) {
            let range = way.source(at..at + needle.len());
            // Half of a `ß` is found as the whole of it, but not twice.
            if last <= range.start && care.accepts(&document.text()[range.clone()]) {
                last = whole(document.text(), range.end);
                found.push(range.start..last);
                if found.len() == most {
                    break;
                }
                from = at + needle.len();
            } else {
                // What was refused may overlap one that is not.
                from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        found
    }

    fn regular(
        &self,
        most: usize,
        document: &Document,
        pattern: &str,
    ) -> Result<Vec<Range<usize>>, QueryError> {
        let expression = expression::compile(pattern)?;
        let folded = self.cased(document);
        let mut way = folded.way();
        let hits = expression.find_iter(folded.text()).filter(|m| !m.is_empty());
        let mut last = 0;
        let whole = |m: regex::Match<'_>| {
            let range = way.source(m.range());
            let beside = last <= range.start;
            last = last.max(whole(document.text(), range.end));
            beside.then_some(range.start..last)
        };
        Ok(hits.filter_map(whole).take(most).collect())
    }
}

/// Where a match that ends at `end` ends as a whole: not between a letter and its accents.
fn whole(text: &str, mut end: usize) -> usize {
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    for c in text[end..].chars() {
        match class(c) {
            Class::Combining | Class::Variation => end += c.len_utf8(),
            _ => break,
        }
    }
    end
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
        check("ss", false, &["ß", "ss"]);
        check("strasse", false, &["Straße", "strasse"]);
        check("über", false, &["Über"]);
        check("blum. The", false, &[]);
        check("nobody", false, &[]);
        check("leON", false, &[]);
    }

    #[test]
    fn a_letter_that_stands_for_two_is_found_once() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Paragraph, 0, "œsS日œsßßﬁa");
        let document = b.finish();
        for (pattern, regular) in [("s", false), ("s", true)] {
            let query = Query { pattern: pattern.to_owned(), regular };
            let found = Index::default().find(&document, &query).expect(pattern);
            let found: Vec<&str> = found.into_iter().map(|m| &document.text()[m]).collect();
            assert_eq!(found, ["s", "S", "s", "ß", "ß"], "{regular}");
        }
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

    /// Fault 18: among them those that would grow too large.
    #[test]
    fn bad_expressions_are_explained_on_one_line() {
        let find = |pattern: &str| {
            Index::default().find(&document(), &Query { pattern: pattern.to_owned(), regular: true })
        };
        assert_eq!(find("a(b").unwrap_err().to_string(), "unclosed group");
        assert!(find(&format!("{}a", "(".repeat(5000))).is_err());
        assert_eq!(find("a{1000}{1000}{1000}"), Err(QueryError::TooLarge));
        assert!(find("(a+)+$").is_ok());
        let few = |most| {
            let query = Query { pattern: "leon".to_owned(), regular: false };
            Index::default().find_up_to(most, &document(), &query).map(|found| found.len())
        };
        assert_eq!((few(4), few(3)), (Ok(4), Err(QueryError::TooMany(3))));
    }
}
