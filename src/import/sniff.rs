//! What a source is, by what is in it; its name is a hint.

use super::epub;
use crate::document::report::Format;

/// What a book is called.
pub(super) const EPUB: &str = "EPUB";

/// What any other archive of its kind is called.
pub(super) const ZIP: &str = "a ZIP archive";

/// Formats that begin with bytes of their own: where, which, and what they are called.
const CONTAINERS: &[(usize, &[u8], &str)] = &[
    (30, b"mimetypeapplication/epub+zip", EPUB),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file that is no text"),
    (30, b"[Content_Types].xml", "an Office file that is no Word document"),
    (0, b"PK\x03\x04", ZIP),
    (0, b"%PDF-", "PDF"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
    (0, b"AT&TFORM", "DjVu"),
    (60, b"BOOKMOBI", "a Kindle book"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"\x89PNG", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
];

/// Endings of the names of Markdown files.
const MARKDOWN_NAMES: &[&str] = &["md", "markdown", "mdown", "mkd", "mdwn", "rmd", "qmd"];

/// Endings of the names of plain texts: in one of those a `#` before a line may be a comment.
const TEXT_NAMES: &[&str] = &["txt", "text", "asc", "log"];

/// Endings of the names of HTML files.
const HTML_NAMES: &[&str] = &["html", "htm", "xhtml", "xht", "shtml"];

/// Tags that what is called HTML has, even where it is but a piece of a page.
const TAGS: &[&str] = &[
    "<p", "<div", "<h1", "<h2", "<title", "<article", "<section", "<br", "<meta", "<ul", "<table", "<span",
    "<a ",
];

/// How far the features of Markdown are looked for.
const HEAD: usize = 512 * 1024;

/// What a source is called that is no stream of characters, if it is one of those one meets.
pub(super) fn container(bytes: &[u8]) -> Option<&'static str> {
    let found =
        CONTAINERS.iter().find(|(at, magic, _)| bytes.get(*at..).is_some_and(|b| b.starts_with(magic)));
    let name = found.map(|(_, _, name)| *name)?;
    Some(if bytes.starts_with(b"PK") && epub::is_book(bytes) { EPUB } else { name })
}

/// Whether a file is called a book, be it one or not.
pub(super) fn is_called_book(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("epub"))
}

/// Whether a text is an HTML page: it begins as one, or it is called one and has tags.
pub(super) fn is_html(text: &str, name: &str) -> bool {
    let head = &text[..text.floor_char_boundary(4096)];
    let head = head.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let begins = |head: &str| {
        ["<!doctype html", "<html", "<head>", "<body>", "<body "].iter().any(|tag| head.starts_with(tag))
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let named = ending.is_some_and(|e| HTML_NAMES.contains(&&*e));
    begins(&head)
        || (head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html")
        // What a browser saved may have a comment before all.
        || head.starts_with("<!--") && head.split_once("-->").is_some_and(|(_, rest)| begins(rest.trim_start()))
        || named && TAGS.iter().any(|tag| head.contains(tag))
}

/// Whether a text is Markdown or plain.
pub(super) fn prose(text: &str, name: &str) -> Format {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let named = |names: &[&str]| ending.as_deref().is_some_and(|e| names.contains(&e));
    let head = &text[..text.floor_char_boundary(HEAD)];
    if named(MARKDOWN_NAMES) || has_front_matter(text) || has_markup(head, named(TEXT_NAMES)) {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// Whether a text begins with a block of `key: value` lines between two `---`.
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.lines().take(200);
    lines.next().is_some_and(|l| l.trim_end() == "---")
        && lines
            .take_while(|l| !l.trim().is_empty())
            .try_fold(false, |keys, line| match line.trim_end() {
                "---" | "..." => Err(keys),
                line => Ok(keys || line.split_once(':').is_some_and(|(key, _)| is_word(key))),
            })
            .is_err_and(|keys| keys)
}

/// Whether a text has what only Markdown has: a definition of a note, or headings together with other marks; without
/// them several headings do, where the name does not say that it is a plain text.
fn has_markup(text: &str, plain: bool) -> bool {
    let (mut headings, mut marks) = (0_usize, 0_usize);
    let mut after_blank = true;
    for line in text.lines() {
        if is_definition(line) {
            return true;
        }
        headings += usize::from(after_blank && is_heading(line));
        marks += usize::from(line.starts_with("```") || line.contains("](") || is_strong(line));
        after_blank = line.trim().is_empty();
    }
    headings >= 2 && !plain || headings > 0 && marks > 0
}

/// `[^label]: …`, indented by three at most.
fn is_definition(line: &str) -> bool {
    let rest = line.trim_start_matches(' ');
    let label = rest.strip_prefix("[^").and_then(|r| r.split_once("]:"));
    line.len() - rest.len() <= 3 && label.is_some_and(|(label, _)| is_word(label) && !label.contains(']'))
}

/// `# …`, not indented: that may be a comment in code.
fn is_heading(line: &str) -> bool {
    let title = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ') && !title.trim().is_empty()
}

/// `**words**`: other runs of stars are rules.
fn is_strong(line: &str) -> bool {
    let opened = line.split_once("**").map(|(_, rest)| rest).filter(|rest| !rest.starts_with(['*', ' ']));
    opened
        .and_then(|rest| rest.split_once("**"))
        .is_some_and(|(words, _)| words.contains(char::is_alphanumeric))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_the_format() {
        for (text, name, format) in [
            ("Just a line.", "a.txt", Format::Text),
            ("Just a line.", "a.MD", Format::Markdown),
            ("Words.[^1]\n\n[^1]: A note.\n", "a.txt", Format::Markdown),
            ("Words.[^1]\n", "a.txt", Format::Text),
            ("---\ntitle: A\n---\nText\n", "-", Format::Markdown),
            ("---\n\nA rule: and words.\n---\n", "-", Format::Text),
            ("---\nno key\n---\n", "-", Format::Text),
            ("# One\n\ntext\n\n## Two\n", "-", Format::Markdown),
            ("# One\n\n[a](b)\n", "-", Format::Markdown),
            ("# a comment\n# and another\nls\n", "-", Format::Text),
            ("So:\n\n   # a comment\n\n   # another, **too**\n", "-", Format::Text),
            ("# a comment\nls\n\n# and another\nls\n", "a.txt", Format::Text),
            ("# One\n\n**text**\n\n## Two\n", "a.txt", Format::Markdown),
            ("*** START OF A BOOK ***\n\n# a comment\n\n*** END ***\n", "a.txt", Format::Text),
            ("#no heading\n\n#!/bin/sh\n", "-", Format::Text),
            ("", "", Format::Text),
        ] {
            assert_eq!(prose(text, name), format, "{text}");
        }
    }

    #[test]
    fn other_formats_are_named() {
        assert_eq!(container(b"%PDF-1.7"), Some("PDF"));
        let epub = [&b"PK\x03\x04"[..], &[0; 26], b"mimetypeapplication/epub+zip"].concat();
        assert_eq!(container(&epub), Some("EPUB"));
        assert_eq!(container(b"PK\x03\x04rest"), Some("a ZIP archive"));
        assert_eq!(container(b"Plain."), None);
        for (text, name, html) in [
            ("\n<!DOCTYPE html><title>x</title>", "-", true),
            ("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">", "-", true),
            ("<!-- saved from url=(0014)about:internet -->\n<HTML>", "-", true),
            ("The tag <html> begins a page.", "-", false),
            ("<p>A piece of a page.", "a.HTM", true),
            ("<p align=center>\n\n# A title\n", "a.md", false),
            ("No tags, whatever it is called.", "a.html", false),
        ] {
            assert_eq!(is_html(text, name), html, "{text}");
        }
    }
}
