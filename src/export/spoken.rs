//! A text as it is read aloud, or under the fingers: one line a paragraph, with what print says by its looks said in words.

use super::quote::quote;
use crate::apparatus::{Candidate, Standing};
use crate::document::clean::excerpt;
use crate::document::{Document, Kind, Marker, Position};
use std::fmt::Write;

/// A block in words: what it is where that is not plain, its text on one line (verse, code and tables keep theirs), and
/// `[3]` where a note is called.
pub fn block(document: &Document, index: usize) -> String {
    let Some(block) = document.blocks().get(index) else { return String::new() };
    let mut words = String::new();
    let mut from = block.range.start;
    for reference in document.references_in(&block.range) {
        // A reference at the edge of two blocks belongs to the first.
        if document.block_at(reference.at) == index {
            words.push_str(&quote(document, &(from..reference.at.byte())));
            blank_after(document, from, reference.at.byte(), &mut words);
            let _ = write!(words, "[{}]", document.mark_of(reference));
            let next = document.text()[reference.at.byte()..block.range.end].chars().next();
            if next.is_some_and(char::is_whitespace) {
                words.push(' ');
            }
            from = reference.at.byte();
        }
    }
    words.push_str(&quote(document, &(from..block.range.end)));
    match block.kind {
        Kind::Title => format!("Title: {words}"),
        Kind::Subtitle => format!("Subtitle: {words}"),
        Kind::Author => format!("By: {words}"),
        Kind::Source => format!("In: {words}"),
        Kind::Heading(_) => {
            let section = document.section_at(Position::at(block.range.start)).map_or(0, |s| s + 1);
            format!("Section {section}: {words}")
        }
        Kind::Paragraph => words,
        Kind::Quotation => format!("Quotation: {words}"),
        Kind::Verse => format!("Verse:\n{words}"),
        Kind::Item(Marker::Bullet) => format!("Item: {words}"),
        Kind::Item(Marker::Number(n)) => format!("Item {n}: {words}"),
        Kind::Code => format!("Code:\n{words}"),
        Kind::Table => format!("Table:\n{}", words.replace('\t', " | ")),
        Kind::Break => "Break.".to_owned(),
    }
}

/// Puts back the blank that a quotation has trimmed from its end.
fn blank_after(document: &Document, from: usize, to: usize, words: &mut String) {
    if !words.is_empty() && document.text()[from..to].ends_with(' ') {
        words.push(' ');
    }
}

/// A note in words, with what it stands for.
pub fn note(document: &Document, standings: &[Option<Standing>], note: usize) -> String {
    let Some(printed) = document.notes().get(note) else { return String::new() };
    let text = quote(document, &printed.range).replace("\n\n", "\n");
    let mark = |note: usize| &document.notes()[note].mark;
    let work = |range: &std::ops::Range<usize>| excerpt(&document.text()[range.clone()], 300);
    let stands = match standings.get(note).and_then(Option::as_ref) {
        None => String::new(),
        Some(Standing::One { note, text, .. }) => {
            format!(" Stands for note {}: {}.", mark(*note), work(text))
        }
        Some(Standing::Several(candidates)) => {
            let works = candidates
                .iter()
                .map(|Candidate { note, text }| format!("note {}: {}", mark(*note), work(text)))
                .collect::<Vec<_>>();
            format!(" May stand for {}.", works.join("; or "))
        }
        Some(Standing::Unresolved) => " What it stands for cannot be told.".to_owned(),
    };
    format!("Note {}: {text}{stands}", printed.mark)
}

/// The notes that a block calls, in order, each once.
pub fn called(document: &Document, index: usize) -> Vec<usize> {
    let Some(block) = document.blocks().get(index) else { return Vec::new() };
    let here = document.references_in(&block.range).iter();
    let mut notes: Vec<usize> =
        here.filter(|r| document.block_at(r.at) == index).filter_map(|r| r.note).collect();
    let mut seen = std::collections::HashSet::new();
    notes.retain(|note| seen.insert(*note));
    notes
}

/// The whole text; the notes behind the paragraphs that call them, or not at all.
pub fn whole(document: &Document, standings: &[Option<Standing>], notes: bool) -> String {
    let mut out = String::new();
    for index in document.blocks_in(&document.body()) {
        let _ = writeln!(out, "{}\n", block(document, index));
        for called in if notes { called(document, index) } else { Vec::new() } {
            let _ = writeln!(out, "{}\n", note(document, standings, called));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apparatus::resolve;
    use crate::import::{Options, import};

    const TEXT: &str = "\
# A Title

One[^1] and another,[^2] then on.[^1]

## First

> Quoted.

- lamp
- wick

Last  \nof it

[^1]: Ann Author, *A Book*, 1950, p. 3.
[^2]: Ibid., p. 4.
";

    #[test]
    fn what_print_shows_is_said() {
        let document = import(TEXT.as_bytes(), "a.md", &Options::default()).unwrap();
        let standings = resolve(&document);
        let lines: Vec<String> = whole(&document, &standings, true).lines().map(str::to_owned).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|l| !l.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "Title: A Title",
                "One[1] and another,[2] then on.[1]",
                "Note 1: Ann Author, A Book, 1950, p. 3.",
                "Note 2: Ibid., p. 4. Stands for note 1: Ann Author, A Book, 1950.",
                "Section 1: First",
                "Quotation: Quoted.",
                "Item: lamp",
                "Item: wick",
                "Verse:",
                "Last",
                "of it",
            ]
        );
        assert!(!whole(&document, &standings, false).contains("Ibid"));
        assert_eq!(block(&document, 99), "");
        assert_eq!(note(&document, &standings, 99), "");
    }
}
