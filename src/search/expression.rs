//! Regular expressions: made ready for a folded text, kept small, and explained where they are wrong.

use super::QueryError;
use super::fold::{self, Case};
use regex::{Regex, RegexBuilder};

/// The most memory a compiled expression may take, in bytes.
const BYTES: usize = 1 << 20;

/// An expression that finds in a text folded in everything but case what `pattern` means. It minds case when a capital
/// was typed.
///
/// # Errors
/// When the pattern breaks a rule, with the place, or would grow too large.
pub(super) fn compile(pattern: &str) -> Result<Regex, QueryError> {
    RegexBuilder::new(&folded(pattern))
        .case_insensitive(!has_literal_capital(pattern))
        .multi_line(true)
        .size_limit(BYTES)
        .dfa_size_limit(BYTES)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => QueryError::TooLarge,
            _ => explained(pattern),
        })
}

/// What is wrong with a pattern, and where in what was typed.
fn explained(pattern: &str) -> QueryError {
    use regex_syntax::Error::{Parse, Translate};
    let (words, span) = match regex_syntax::Parser::new().parse(pattern) {
        Err(Parse(error)) => (error.kind().to_string(), Some(*error.span())),
        Err(Translate(error)) => (error.kind().to_string(), Some(*error.span())),
        // It was well formed before it was folded; this has not been seen.
        _ => ("the pattern is not well formed".to_owned(), None),
    };
    let at = span.map_or(0, |span| span.start.offset);
    // What stands in the parser's brackets is for programmers.
    let words = words.split(" (").next().unwrap_or("").to_owned();
    QueryError::Syntax { words, at }
}

/// Folds the literal letters of an expression as the text is folded, capitals kept; escapes stay.
fn folded(pattern: &str) -> String {
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
