//! Block quotations of scraped texts, which have lost their indent.
//!
//! What is left of them: a bare paragraph behind one that leads up to it, with a colon or without any stop; one that goes
//! on in small letters; and one that closes with the mark of a note behind a quotation that has none yet.

use super::paragraphs::Paragraph;
use super::scopes::Call;
use crate::document::Kind;

/// A paragraph that breaks off without a stop is at least so long; a shorter one is a line of its own.
const LEAD: usize = 40;

/// A paragraph that is shorter than this is no quotation: in small letters it leads on between two of them.
const LINK: usize = 40;

/// Finds the quotations among paragraphs that are one line each. `marks` are in the order of the text.
pub(super) fn mark(paragraphs: &mut [Paragraph], marks: &[Call]) {
    let mut marks = marks.iter().rev().peekable();
    // Where the words end before a mark that closes the paragraph.
    let mut closing: Vec<Option<usize>> = vec![None; paragraphs.len()];
    for (i, paragraph) in paragraphs.iter().enumerate().rev() {
        if let Some(last) = marks.next_if(|m| m.paragraph == i) {
            let closes = paragraph.text[last.range.end..].trim().is_empty();
            closing[i] = closes.then_some(last.range.start);
        }
        while marks.next_if(|m| m.paragraph == i).is_some() {}
    }
    for i in 1..paragraphs.len() {
        let (before, here) = (&paragraphs[i - 1], &paragraphs[i]);
        if here.kind != Kind::Paragraph || !matches!(before.kind, Kind::Paragraph | Kind::Quotation) {
            continue;
        }
        let words = &before.text[..closing[i - 1].unwrap_or(before.text.len())];
        let goes_on = starts_small(&here.text) && !here.is_shorter(LINK);
        // A word or two behind a colon are rather an item of a list.
        let enough = !here.is_shorter(LINK) || closing[i].is_some();
        let led_up = closing[i - 1].is_none() && leads_up(words, before) && is_bare(&here.text) && enough;
        let quoting = before.kind == Kind::Quotation && before.depth == 1 && closing[i - 1].is_none();
        let closes =
            quoting && closing[i].is_some() && is_bare(&here.text) && !here.text.contains(['“', '"', '«']);
        if goes_on || led_up || closes {
            paragraphs[i].kind = Kind::Quotation;
            paragraphs[i].depth = 1;
        }
    }
}

/// Whether a paragraph leads up to a quotation: with a colon, or by breaking off.
fn leads_up(words: &str, paragraph: &Paragraph) -> bool {
    let Some(last) = words.trim_end().chars().next_back() else { return false };
    let breaks_off = last.is_alphabetic() || last == ',';
    let said = paragraph.kind == Kind::Paragraph;
    said && (last == ':' || breaks_off && (!paragraph.is_shorter(LEAD) || starts_small(words)))
}

/// Whether a paragraph has no sign of its own: no quotation mark, bullet or number before it.
fn is_bare(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let enumerates =
        ["First", "Firstly", "One ", "Erstens", "Premièrement"].iter().any(|word| text.starts_with(word));
    let numbered = matches!(first, '(' | '*' | '-' | '•' | '–') || first.is_ascii_digit();
    !matches!(first, '“' | '"' | '‘' | '«' | '„' | '「') && !numbered && !enumerates
}

fn starts_small(text: &str) -> bool {
    let mut letters = text.trim_start_matches(['…', '.', ' ', '[']).chars();
    letters.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::{lines, marks, paragraphs, scopes::Calls, shape::Shape};
    use super::*;

    const SAID: &str =
        "The keeper, who had written little else in all his years at the station, wrote in the log";

    fn check(text: &str, notes: u32, quoted: &[usize]) {
        let lines = lines::split(text);
        let mut formed = paragraphs::form(&lines, Shape::Unwrapped { spaced: false }, &Default::default());
        let mut marks = Vec::new();
        formed.iter().enumerate().for_each(|(i, p)| marks::find(i, p, &mut marks));
        marks.retain(|m| m.label.plain().is_some_and(|n| n <= notes));
        let call = |m: marks::Mark| Call {
            paragraph: m.paragraph,
            range: m.range,
            printed: m.printed,
            calls: Calls::Missing,
        };
        let calls: Vec<Call> = marks.into_iter().map(call).collect();
        mark(&mut formed, &calls);
        let got: Vec<usize> = (0..formed.len()).filter(|i| formed[*i].kind == Kind::Quotation).collect();
        assert_eq!(got, quoted, "{text}");
    }

    #[test]
    fn quotations_are_led_up_to() {
        check(
            &format!("{SAID}:\nThe wind is from the north and the sea is high.\nHe said no more."),
            0,
            &[1],
        );
        check(
            &format!("{SAID}\nthat the wind was from the north and the sea was high.\nHe said no more."),
            0,
            &[1],
        );
        check(&format!("{SAID}\nThe wind is from the north.1\nHe said “no more.”2"), 2, &[1]);
        check(
            &format!(
                "{SAID}:\nthe wind is from the north and the sea is high;\nand to\nthe board it is not, which is nearer and never wet."
            ),
            0,
            &[1, 3],
        );
    }

    #[test]
    fn a_second_paragraph_may_close_a_quotation() {
        check(
            &format!(
                "{SAID}:\nThe wind is high, and it comes from the north.\nNobody came.1\nHe came down.2"
            ),
            2,
            &[1, 2],
        );
    }

    #[test]
    fn other_paragraphs_are_the_authors() {
        check(&format!("{SAID} of it.\nThe wind is from the north.\nHe said no more."), 0, &[]);
        check(&format!("{SAID}:\n“The wind is from the north.”\n(1) the lamp\n1. The oil"), 0, &[]);
        check("The Last Winter\nThe wind is from the north.", 0, &[]);
    }
}
