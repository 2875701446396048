//! What is read through pandoc: which texts those are, what pandoc is asked, and what becomes of its answer.

use super::{ImportError, Options, encoding, pandoc, sniff};
use crate::document::Document;
use crate::document::report::{Foreign, Format};
use memchr::memmem;
use std::borrow::Cow;

/// How far from either end of a file its marks are looked for, in bytes.
const HEAD: usize = 64 * 1024;

/// Endings of names. They decide only where nothing in the text does.
const ENDINGS: &[(&str, Foreign)] = &[
    ("tex", Foreign::Latex),
    ("latex", Foreign::Latex),
    ("ltx", Foreign::Latex),
    ("org", Foreign::Org),
    ("rst", Foreign::Rst),
    ("rest", Foreign::Rst),
    ("fb2", Foreign::Fb2),
    ("dbk", Foreign::Docbook),
    ("ipynb", Foreign::Ipynb),
    ("mediawiki", Foreign::Mediawiki),
    ("wiki", Foreign::Mediawiki),
    ("textile", Foreign::Textile),
    ("muse", Foreign::Muse),
];

/// What pandoc has to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand<'a> {
    /// The format of the text.
    pub format: Foreign,
    /// The text, in UTF-8 unless its format has bytes of its own.
    pub text: Cow<'a, [u8]>,
}

/// What pandoc has to be asked about a source; nothing if ibid reads it itself, or if it is no text.
pub fn errand<'a>(bytes: &'a [u8], name: &str, options: &Options) -> Option<Errand<'a>> {
    // No option makes characters of what is none.
    if let Some(format) = binary(bytes) {
        return Some(Errand { format, text: Cow::Borrowed(bytes) });
    }
    let said = match options.format {
        Some(Format::Foreign(format)) => Some(format),
        Some(Format::Text | Format::Markdown | Format::Html | Format::Epub) => return None,
        None => None,
    };
    if sniff::container(bytes).is_some() {
        return None;
    }
    let decoded = encoding::decode(bytes, options.encoding.as_deref()).ok()?;
    let format = said.or_else(|| format(&decoded.text, name))?;
    let text = match decoded.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    };
    Some(Errand { format, text })
}

/// Brings what pandoc made of a text to a document.
///
/// # Errors
/// When it cannot be used.
pub fn answer(errand: &Errand, json: &[u8], options: &Options) -> Result<Document, ImportError> {
    pandoc::read(json, Format::Foreign(errand.format), options.language.as_deref())
}

/// The format that a text is in, if it is one that is read through pandoc.
pub(super) fn format(text: &str, name: &str) -> Option<Foreign> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let line = |begins: &[&str]| head.lines().any(|l| begins.iter().any(|b| l.trim_start().starts_with(b)));
    if head.trim_start().starts_with("<?xml") || head.trim_start().starts_with("<!DOCTYPE ") {
        let root = |name: &str| head.contains(&format!("<{name}"));
        if root("FictionBook") {
            return Some(Foreign::Fb2);
        }
        if head.contains("docbook.org/ns/docbook") || head.contains("//DTD DocBook") {
            return Some(Foreign::Docbook);
        }
        if root("article") && (head.contains("//NLM//DTD") || head.contains("jats.nlm.nih.gov")) {
            return Some(Foreign::Jats);
        }
    }
    if line(&["\\documentclass", "\\begin{document}"]) && !line(&["```", "~~~"]) {
        return Some(Foreign::Latex);
    }
    if line(&["#+TITLE:", "#+title:"]) {
        return Some(Foreign::Org);
    }
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let named = ENDINGS.iter().find(|(end, _)| *end == ending).map(|(_, format)| *format)?;
    // A page of the web is one under whatever name.
    (!sniff::is_html(text, name)).then_some(named)
}

/// The format that bytes are in which are no characters: a word processor writes the parts of its archive in any order,
/// so their names are looked for where an archive lists them, at its end.
pub(super) fn binary(bytes: &[u8]) -> Option<Foreign> {
    if bytes.starts_with(b"{\\rtf") {
        return Some(Foreign::Rtf);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    if bytes.get(30..).is_some_and(|b| b.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text")) {
        return Some(Foreign::Odt);
    }
    let listed = &bytes[bytes.len().saturating_sub(HEAD)..];
    memmem::find(listed, b"word/document.xml").map(|_| Foreign::Docx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_text_decides_and_its_name_helps() {
        for (text, name, told) in [
            ("\\documentclass{article}\n\\begin{document}", "a.txt", Some(Foreign::Latex)),
            ("```\n\\documentclass{article}\n```\n", "a.md", None),
            ("In LaTeX \\documentclass comes first.", "a.txt", None),
            ("\\section{A}", "chapter.tex", Some(Foreign::Latex)),
            ("#+TITLE: A\n* B", "-", Some(Foreign::Org)),
            ("* A\n", "a.org", Some(Foreign::Org)),
            ("A\n=\n", "a.RST", Some(Foreign::Rst)),
            ("<?xml version=\"1.0\"?>\n<FictionBook xmlns=\"\">", "a", Some(Foreign::Fb2)),
            (
                "<?xml version=\"1.0\"?>\n<article xmlns=\"http://docbook.org/ns/docbook\">",
                "a",
                Some(Foreign::Docbook),
            ),
            ("<!DOCTYPE html><html>", "a.wiki", None),
            ("A text.", "a.txt", None),
            ("A text.", "example.org/notes", None),
        ] {
            assert_eq!(format(text, name), told, "{text} {name}");
        }
    }

    #[test]
    fn archives_are_known_by_their_lists() {
        let archive = |parts: &[u8]| [b"PK\x03\x04".as_slice(), &[0; 26], parts].concat();
        for (bytes, told) in [
            (archive(b"_rels/.rels ... word/document.xml PK\x05\x06"), Some(Foreign::Docx)),
            (archive(b"mimetypeapplication/vnd.oasis.opendocument.textPK"), Some(Foreign::Odt)),
            (archive(b"mimetypeapplication/epub+zip"), None),
            (archive(b"a.txt"), None),
            (b"{\\rtf1 a}".to_vec(), Some(Foreign::Rtf)),
            (b"A text".to_vec(), None),
        ] {
            assert_eq!(binary(&bytes), told);
            let errand = errand(&bytes, "a", &Options::default());
            assert_eq!(errand.map(|e| (e.format, e.text.into_owned())), told.map(|f| (f, bytes)));
        }
    }

    #[test]
    fn pandoc_is_asked_in_its_own_encoding() {
        let options = Options { encoding: Some("latin1".to_owned()), ..Options::default() };
        let asked = errand(b"\\section{\xc9t\xe9}", "a.tex", &options).unwrap();
        assert_eq!(*asked.text, *"\\section{Été}".as_bytes());
        let text = Options { format: Some(Format::Text), ..Options::default() };
        assert_eq!(errand(b"\\section{A}", "a.tex", &text), None);
        let said = Options { format: Some(Format::Foreign(Foreign::Rst)), ..Options::default() };
        assert_eq!(errand(b"A text", "a.txt", &said).map(|e| e.format), Some(Foreign::Rst));
    }
}
