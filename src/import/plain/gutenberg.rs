//! What Project Gutenberg puts before and behind its books, and what it says of them there.

use super::lines::Line;
use super::words;
use std::ops::Range;

/// Why the frame is left out.
pub(super) const WHY: &str = "frame of Project Gutenberg";

/// How many lines a header may have, and a footer.
const HEADER: usize = 200;
const SMALL_PRINT: usize = 700;
const FOOTER: usize = 600;

/// How many lines a transcriber's note may have, and how far before the footer one begins.
const REMARKS: usize = 80;

/// How those who made the file begin to name themselves.
const CREDITS: &str =
    "Produced by|E-text prepared by|Etext prepared by|This eBook was p|This etext was p|Transcribed";

/// The names of languages in a header.
const LANGUAGES: &[(&str, &str)] = &[
    ("English", "en"),
    ("French", "fr"),
    ("German", "de"),
    ("Italian", "it"),
    ("Spanish", "es"),
    ("Portuguese", "pt"),
    ("Latin", "la"),
    ("Dutch", "nl"),
    ("Polish", "pl"),
    ("Swedish", "sv"),
    ("Finnish", "fi"),
    ("Russian", "ru"),
    ("Greek", "el"),
    ("Chinese", "zh"),
    ("Japanese", "ja"),
];

/// A book in its frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Book {
    /// The lines between header and footer.
    pub lines: Range<usize>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The tag of its language.
    pub language: Option<&'static str>,
}

/// The book in these lines, if they are one of Project Gutenberg's.
pub(super) fn find(lines: &[Line]) -> Option<Book> {
    let Some(start) = lines.iter().take(HEADER).position(|l| is_marker(l.text, "START OF")) else {
        return find_old(lines);
    };
    // The marker may go on over a line end.
    let closed = lines[start..].iter().take(3).position(|l| l.text.ends_with("***"));
    let mut first = start + 1 + closed.unwrap_or(0);
    if lines.get(first).is_some_and(|l| words::entries(CREDITS).any(|c| l.text.starts_with(c))) {
        first += 1 + lines[first + 1..].iter().take_while(|l| l.blanks == 0).count();
    }
    while let Some(count) = transcribers_note(&lines[first.min(lines.len())..]) {
        first += count;
    }
    let tail = lines.len().saturating_sub(FOOTER).max(first);
    let is_end = |l: &Line| is_marker(l.text, "END OF") || l.text.starts_with("End of") && names_it(l.text);
    let last = lines[tail..].iter().position(is_end).map_or(lines.len(), |i| tail + i);
    let from = last.saturating_sub(REMARKS).max(first);
    let remark = (from..last).find(|i| lines[*i].blanks > 0 && is_transcribers(lines[*i].text));
    let last = remark.unwrap_or(last);
    let header = &lines[..start];
    let language = field(header, "Language:");
    Some(Book {
        lines: first..last,
        title: field(header, "Title:"),
        author: field(header, "Author:"),
        language: LANGUAGES.iter().find(|(name, _)| language.as_deref() == Some(name)).map(|(_, tag)| *tag),
    })
}

/// The book behind a header of the last century: it ends with the small print, and its first line names the book.
fn find_old(lines: &[Line]) -> Option<Book> {
    let small_print =
        |l: &Line| l.text.starts_with("*END") && l.text.to_ascii_lowercase().contains("small print");
    let head = &lines[..lines.len().min(SMALL_PRINT)];
    let named = head.iter().position(|l| names_it(l.text))?;
    let first = head.iter().rposition(small_print)? + 1;
    let tail = lines.len().saturating_sub(FOOTER).max(first);
    let is_end = |l: &Line| l.text.to_ascii_lowercase().starts_with("end of") && names_it(l.text);
    let last = lines[tail..].iter().position(is_end).map_or(lines.len(), |i| tail + i);
    let (title, author) = announced(lines[named].text);
    Some(Book { lines: first..last, title, author, language: None })
}

/// Title and author in `The Project Gutenberg Etext of Title, by Author`.
fn announced(text: &str) -> (Option<String>, Option<String>) {
    let name = text.split_once(" of ").map(|(_, rest)| rest.trim().trim_end_matches('*').trim());
    let Some(name) = name.filter(|n| !n.is_empty()) else { return (None, None) };
    let parts = name.rsplit_once(", by ").or_else(|| name.rsplit_once(" by "));
    match parts {
        Some((title, author)) => (Some(title.trim().to_owned()), Some(author.trim().to_owned())),
        None => (Some(name.to_owned()), None),
    }
}

/// How many lines a note of the transcriber takes that these begin with: to its bracket, or to a blank line.
fn transcribers_note(lines: &[Line]) -> Option<usize> {
    let first = lines.first().filter(|l| is_transcribers(l.text))?;
    let paragraph = 1 + lines[1..].iter().take_while(|l| l.blanks == 0).count();
    let closed = lines.iter().take(REMARKS).position(|l| l.text.ends_with(']')).map(|i| i + 1);
    Some(closed.filter(|_| first.text.starts_with('[')).unwrap_or(paragraph))
}

fn is_transcribers(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let word = bare.get(..16).unwrap_or(bare).to_ascii_lowercase();
    word.starts_with("transcriber's no")
        || word.starts_with("transcribers not")
        || bare.starts_with("Transcriber’s No")
}

fn is_marker(text: &str, words: &str) -> bool {
    text.starts_with("***") && names_it(text) && text.trim_start_matches(['*', ' ']).starts_with(words)
}

fn names_it(text: &str) -> bool {
    text.to_ascii_lowercase().contains("project gutenberg")
}

/// What stands behind a word of the header, with the lines on which it goes on.
fn field(header: &[Line], name: &str) -> Option<String> {
    let at = header.iter().position(|l| l.text.starts_with(name))?;
    let mut value = header[at].text[name.len()..].trim().to_owned();
    for line in header[at + 1..].iter().take_while(|l| l.blanks == 0 && l.indent > 0) {
        value.push(' ');
        value.push_str(line.text);
    }
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn a_book_is_taken_out_of_its_frame() {
        let text = "The Project Gutenberg EBook of X\n\nTitle: X, and\n       More\n\nAuthor: A. Writer\n\n\
            Language: German\n\n***START OF THE PROJECT GUTENBERG EBOOK X AND\nMORE***\n\nProduced by\nsomebody\n\n\
            X\n\nText.\n\nEnd of Project Gutenberg's X\n\n*** END OF THIS PROJECT GUTENBERG EBOOK X ***\nLicence";
        let book = find(&split(text)).unwrap();
        assert_eq!(
            book,
            Book {
                lines: 9..11,
                title: Some("X, and More".to_owned()),
                author: Some("A. Writer".to_owned()),
                language: Some("de"),
            }
        );
        assert_eq!(find(&split("A text about Project Gutenberg.")), None);
        let text = "***The Project Gutenberg Etext of The Lamp, by Anna Keeper***\n\nCopyright laws\n\n\
            *END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\nThe Lamp\n\nText.\n\n\
            End of the Project Gutenberg Etext of The Lamp\n";
        let book = find(&split(text)).unwrap();
        assert_eq!(
            (book.lines, book.title.as_deref(), book.author.as_deref()),
            (3..5, Some("The Lamp"), Some("Anna Keeper"))
        );
        let text = "*** START OF PROJECT GUTENBERG X ***\n\n[Transcriber's Note: Spelling\n\nwas kept.]\n\nText.\n\n\
            Transcriber's Notes:\n\nMore.\n\n*** END OF PROJECT GUTENBERG X ***";
        assert_eq!(find(&split(text)).unwrap().lines, 3..4);
    }
}
