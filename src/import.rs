//! Bytes and a name in, a [`Document`] out.
//!
//! Import never fails on words: what is doubtful becomes plain text and a problem, what is left out becomes a change.
//! Only bytes that are no text at all, a name of an encoding that does not exist, and formats that have no importer are
//! errors. Nothing here opens a file.

mod address;
mod encoding;
mod epub;
mod foreign;
mod html;
mod language;
mod letters;
mod markdown;
mod pandoc;
mod plain;
mod scribe;
mod script;
mod seam;
mod sniff;
mod xml;

use crate::document::Document;
use crate::document::report::{Foreign, Format};
use encoding::Repair;
use scribe::Scribe;

pub use foreign::{Errand, answer, errand};

/// What stands for a break between parts, whatever the source has there.
const BREAK: &str = "* * *";

/// What the reader said of the text, over what would be detected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The format to read it as.
    pub format: Option<Format>,
    /// The encoding to read it in, by any label that browsers know.
    pub encoding: Option<String>,
    /// Its language, a BCP 47 tag; what the text says of itself goes before.
    pub language: Option<String>,
    /// Why the markup of a format that pandoc reads is to be shown as it is written: pandoc cannot be asked.
    pub unread: Option<String>,
}

/// Why a source could not be brought to a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More than a tenth of it are control characters or bad bytes.
    #[error(
        "not a text ({odd} of {of} characters are control characters or bad bytes); was another file meant?"
    )]
    NotText {
        /// How many of its characters are none of a text.
        odd: usize,
        /// How many characters it has.
        of: usize,
    },
    /// No encoding has this name.
    #[error("no encoding is called `{0}`; try utf-8, windows-1252, shift_jis, gb18030, koi8-r …")]
    UnknownEncoding(String),
    /// A format that is recognised but not read.
    #[error("this is {0}, which ibid does not read; convert it to plain text or Markdown first")]
    Unsupported(&'static str),
    /// A book that whoever sold it keeps from being read; how the lock is called.
    #[error("this EPUB is locked ({0}), and ibid opens no locks; read it where it was bought")]
    Locked(&'static str),
    /// A book of which nothing can be read, and why.
    #[error("this EPUB cannot be read: {0}; a sound copy may help")]
    Broken(String),
    /// A format that is read through pandoc, which was not asked.
    #[error("this is {}, which ibid reads through pandoc, and that is not installed; see https://pandoc.org/installing", .0.title())]
    NeedsPandoc(Foreign),
    /// Pandoc's answer is none.
    #[error("what pandoc answers cannot be used: {0}")]
    Answer(String),
}

/// Brings a source to a document. `name` is what its file is called, which is a hint at its format and no more.
pub fn import(bytes: &[u8], name: &str, options: &Options) -> Result<Document, ImportError> {
    if let Some(format) = foreign::binary(bytes) {
        return Err(ImportError::NeedsPandoc(format));
    }
    let language = options.language.as_deref();
    let is_called_book = sniff::is_called_book(name) && options.format.is_none();
    match (sniff::container(bytes), options.format) {
        (_, Some(Format::Epub)) | (Some(sniff::EPUB), None) => return epub::read(bytes, language),
        // What is wrong with a broken book says more than that it is an archive.
        (Some(sniff::ZIP), _) if is_called_book => return epub::read(bytes, language),
        (Some(container), _) => return Err(ImportError::Unsupported(container)),
        (None, _) => {}
    }
    let decoded = encoding::decode(bytes, options.encoding.as_deref())?;
    let text = &*decoded.text;
    let (odd, of) = text.chars().fold((0, 0), |(odd, of), c| (odd + usize::from(is_odd(c)), of + 1));
    if odd * 10 > of && is_called_book {
        return Err(ImportError::Broken("it is no ZIP archive".to_owned()));
    }
    if odd * 10 > of {
        return Err(ImportError::NotText { odd, of });
    }
    let format = match options.format {
        Some(format) => format,
        None if sniff::is_html(text, name) => Format::Html,
        None => foreign::format(text, name).map_or_else(|| sniff::prose(text, name), Format::Foreign),
    };
    let (repairs, unread) = (&*decoded.repairs, options.unread.as_deref());
    let source = Source { text, encoding: decoded.encoding, language, repairs, unread };
    match format {
        Format::Text => Ok(plain::read(&source)),
        Format::Markdown => Ok(markdown::read(&source)),
        Format::Html => Ok(html::read(&source)),
        Format::Epub => epub::read(bytes, language),
        Format::Foreign(format) if format.is_legible() && unread.is_some() => Ok(plain::read(&source)),
        Format::Foreign(format) => Err(ImportError::NeedsPandoc(format)),
    }
}

/// A text on its way into a document: what every importer is given.
#[derive(Debug)]
struct Source<'a> {
    text: &'a str,
    encoding: &'static str,
    language: Option<&'a str>,
    repairs: &'a [Repair],
    /// Why markup is shown as it is written.
    unread: Option<&'a str>,
}

impl Source<'_> {
    /// The language of the text: what it says itself, what the reader says, what it looks like.
    fn language(&self, declared: Option<&str>) -> Option<String> {
        let said = declared.or(self.language).or_else(|| language::guess(self.text));
        said.map(str::to_ascii_lowercase)
    }
}

/// Whether a character belongs to no text: controls that are not blanks, and what stands for a bad byte.
fn is_odd(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER || c.is_control() && !c.is_whitespace()
}

/// Each block on a line, for tests: the note it belongs to, its kind, its depth if it has one, and its words with `{n}`
/// where a note is called.
#[cfg(test)]
fn show(document: &Document) -> Vec<String> {
    let show = |block: &crate::document::Block| {
        let range = block.range.clone();
        let mut words = document.text()[range.clone()].to_owned();
        for call in document.references_in(&range).iter().rev() {
            words.insert_str(call.at.byte() - range.start, &format!("{{{}}}", call.label));
        }
        let start = document.position(range.start);
        let note =
            document.note_at(start).map_or_else(String::new, |n| format!("{}: ", document.notes()[n].label));
        let depth = if block.depth > 0 { format!("/{}", block.depth) } else { String::new() };
        format!("{note}{:?}{depth} {words}", block.kind)
    };
    document.blocks().iter().map(show).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::report::ChangeKind;
    use proptest::prelude::*;

    fn read(bytes: &[u8], name: &str) -> Document {
        import(bytes, name, &Options::default()).unwrap()
    }

    #[test]
    fn an_empty_source_is_an_empty_document() {
        for name in ["a.txt", "a.md"] {
            for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf"] {
                let document = read(bytes, name);
                assert_eq!((document.text(), document.blocks().len()), ("", 0));
            }
        }
    }

    #[test]
    fn errors_say_what_and_what_next() {
        let error = |bytes: &[u8], options: &Options| import(bytes, "x", options).unwrap_err().to_string();
        assert_eq!(
            error(b"\x01\x02\x03text", &Options::default()),
            "not a text (3 of 7 characters are control characters or bad bytes); was another file meant?"
        );
        assert_eq!(
            error(b"%PDF-1.4 ...", &Options::default()),
            "this is PDF, which ibid does not read; convert it to plain text or Markdown first"
        );
        let book = |bytes: &[u8]| import(bytes, "a.EPUB", &Options::default()).unwrap_err().to_string();
        assert_eq!(
            book(b"\x01\x02\x03text"),
            "this EPUB cannot be read: it is no ZIP archive; a sound copy may help"
        );
        let broken = book(b"PK\x03\x04 and no more");
        assert!(broken.starts_with("this EPUB cannot be read: "), "{broken}");
        let options = Options { encoding: Some("klingon".to_owned()), ..Options::default() };
        assert_eq!(
            error(b"x", &options),
            "no encoding is called `klingon`; try utf-8, windows-1252, shift_jis, gb18030, koi8-r …"
        );
    }

    #[test]
    fn a_bad_byte_makes_no_binary() {
        let document = read("Été.\nOne \u{0} and \u{fffd}.\n".replace('\u{fffd}', "?").as_bytes(), "a.txt");
        assert_eq!(document.text(), "Été.\nOne ␀ and ?.");
        let document = read(b"\xc3\xa9 and \xff more words\nand a last line", "a.txt");
        let change = &document.report().changes[0];
        assert_eq!((change.kind, change.line), (ChangeKind::Repaired, 1));
        assert_eq!(change.why, "1 damaged character (not UTF-8), shown as \u{fffd}");
    }

    #[test]
    fn what_the_reader_says_is_heeded() {
        let said = |format, encoding: &str, language: &str| Options {
            format,
            encoding: Some(encoding.to_owned()),
            language: Some(language.to_owned()),
            unread: None,
        };
        let document =
            import(b"# caf\xe9 *x*", "a.txt", &said(Some(Format::Markdown), "latin1", "DE")).unwrap();
        assert_eq!(show(&document), ["Title café x"]);
        assert_eq!(document.meta().language.as_deref(), Some("de"));
        assert_eq!(document.report().encoding, "windows-1252");
        let document = import(b"<html> *x*", "a.md", &said(Some(Format::Text), "utf-8", "en")).unwrap();
        assert_eq!(show(&document), ["Paragraph <html> *x*"]);
        let text = b"---\nlang: fr\n---\nx";
        let document = import(text, "a.md", &said(None, "utf-8", "en")).unwrap();
        assert_eq!(document.meta().language.as_deref(), Some("fr"));
    }

    /// Patterns that have cost other programs quadratic time (faults 20 and 24). No clock here: were one quadratic, one would
    /// notice; `benches/growth.rs` has the clock.
    #[test]
    fn hostile_texts_are_read() {
        let patterns = [
            "a",
            "\n",
            "a\n",
            "1. a\n",
            "NOTES\n",
            "NOTES\n1. a.1\n",
            "a.1 ",
            "[1] ",
            ">",
            "> ",
            "- ",
            "*a **b ",
            "[",
            "^[",
            "[^a]: ",
            "[^a]",
            "^[a]",
            "`",
            "<a ",
            "<!-- ",
            "|a",
            "# a\n",
            "A Title\n\n",
            "\u{301}",
            "&amp;",
            "\r",
            "---\n",
            "A B\n\nC D\n\n",
            "http://",
            "](",
            "  \n a  \n",
            "[Footnote 1: a\n\n",
            "[Footnote 1]: a\n",
            "a [Footnote: ",
            "a[A]\n\n[Footnote A: a]\n\n",
            "{1} a\n\n",
            "a* \n\n* a\n\n",
            "a[1]\n\n[1] a\n\n",
            "[1]\n\n",
            "a[1] b[2]\n\nNOTES\n[1] a\n[2] b\n\n",
            "1]",
            "[1 ",
            "（一）",
            "【一】管\n",
            "①",
            "^ [",
            "［＃",
            "※［＃［＃",
            "《",
            "底本：\n",
            "_a ",
            "_a_ ",
            "=a /b *c _d ",
            "a-\nb ab ",
            "CONTENTS\n\nA B\n\n",
            "I.\n\nII.\n\n",
            "<div>",
            "<b>",
            "<p><b>",
            "<table>",
            "<table><tr><td>",
            "<table><b>",
            "<a><table>",
            "<svg><p>",
            "<math>",
            "<template>",
            "<ul><li>",
            "<select>",
            "<ruby><rt>",
            "<font><p>x</b>",
            "<b><p></b>",
            "</p>",
            "<td>",
            "<script>",
            "<br>",
            "<pre>\n",
            "<h1>a",
            "<li>a",
            "<dt>a<dd>b",
            "<sup><a href=#a>1</a></sup>",
            "<li id=a><a href=#a>^</a>",
            "<p id=a>1<a href=#a>1</a>",
            "<a id=a href=#a>1</a>",
            "<div class=footnotes><p id=a><a href=#a>1</a>",
            "<nav><a href=#a>b</a>",
            "<ul><li><a href=#a>b</a>",
            "<span class=sidenote>a",
            "<aside role=doc-footnote>a",
            "<h1 id=a>b</h1><a href=#a>1</a>",
            "<hr>",
            "a\n: b\n\n",
            "| a\n",
            "::: a\n",
            "::: {#a}\n:::\n",
            "> [!NOTE]\n\n",
            "[1](#a) ",
            "[1](#a)\n\n1. a [↩](#b)\n\n",
            "[1](#a)[[a]{#b}",
        ];
        for pattern in patterns {
            let text = pattern.repeat(40_000 / pattern.len());
            for format in [Format::Text, Format::Markdown, Format::Html] {
                let options = Options { format: Some(format), ..Options::default() };
                assert!(import(text.as_bytes(), "x", &options).is_ok(), "{pattern:?}");
            }
        }
    }

    #[test]
    fn what_made_it_panic_once() {
        for text in ["---\n\n[1] ［＃大見出し］底本：\n"] {
            for format in [Format::Text, Format::Markdown, Format::Html] {
                check_invariants(text.as_bytes(), format);
            }
        }
    }

    fn check_invariants(bytes: &[u8], format: Format) {
        let options = Options { format: Some(format), ..Options::default() };
        let Ok(document) = import(bytes, "x", &options) else { return };
        assert!(document.references().windows(2).all(|w| w[0].at <= w[1].at));
        assert!(document.notes().windows(2).all(|w| w[0].range.end < w[1].range.start));
        for reference in document.references() {
            assert!(reference.note.is_none_or(|note| note < document.notes().len()));
        }
        let report = document.report();
        assert!(
            report
                .changes
                .iter()
                .map(|c| c.at)
                .chain(report.problems.iter().map(|p| p.at))
                .all(|at| { at.byte() <= document.text().len() })
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            check_invariants(&bytes, Format::Text);
            check_invariants(&bytes, Format::Markdown);
            check_invariants(&bytes, Format::Html);
        }

        #[test]
        fn no_words_make_it_panic(
            words in prop::collection::vec(
                prop_oneof![
                    "[A-Za-z .,0-9\u{b9}é管]{0,8}",
                    prop::sample::select(vec![
                        "\n", "\n\n", "\n    ", "NOTES\n", "1. ", "2. ", "[1]", ".1 ", "[^1]", "\n[^1]: ", "^[", "]", "> ",
                        "# ", "- ", "* * *", "|", "\n|-|\n", "`", "```\n", "*", "**", "<br>", "<!--", "-->", "<b>", "&lt;",
                        "  \n", "\\", "---\n", "title: x\n", "*** START OF PROJECT GUTENBERG\n", "by ", "“", "”", ":\n",
                        "[Footnote", " 1: ", " A: ", "[A]", "{1}", "{1a}", "(1)", "†", "\n* ", "*\n\n", "^[1]", "（一）", "【一】",
                        "①", "_", "=", "-\na", "CONTENTS\n", "I.\n\n", "［＃", "］", "《", "》", "底本：\n", "［＃大見出し］", "※", "[Footnote: x]", "*[Footnote.] ", "[1 ", "1] ", "\n[1] ",
                        "[1](#a)", "[[1]](x#b)", "[↩](#b)", "{#a}", "{.b}", "\n::: ", ":::\n", "\n: ", "\n| ", "[!NOTE]\n",
                        "<a href=\"#a\">1</a>", "<span id=\"b\"></span>", "~", "^1^",
                    ]).prop_map(str::to_owned),
                ],
                0..60,
            ),
        ) {
            let text = words.concat();
            check_invariants(text.as_bytes(), Format::Text);
            check_invariants(text.as_bytes(), Format::Markdown);
            check_invariants(text.as_bytes(), Format::Html);
        }

        #[test]
        fn no_tags_make_it_panic(
            words in prop::collection::vec(
                prop_oneof![
                    "[a-z .0-9é管]{0,6}",
                    prop::sample::select(vec![
                        "<p>", "<p id=a>", "<p id=b>", "</p>", "<div>", "<div class=footnotes>", "</div>", "<ol>", "</ol>", "<li id=a>",
                        "<li>", "<a href=#a id=b>", "<a href=#b>", "<a href=#fn1>", "</a>", "1", "[1]", "↩", "<sup>", "</sup>", "<b>",
                        "</b>", "<table>", "<tr>", "<td>", "<td colspan=3>", "</table>", "<caption>", "<h1>", "</h1>", "<h2 id=b>",
                        "</h2>", "<hr>", "<br>", "<pre>", "</pre>", "<blockquote>", "<span class=sidenote>", "<span class=pagenum>", "</span>",
                        "<aside role=doc-footnote id=fn1>", "</aside>", "<label class=margin-toggle>", "<dl>", "<dt id=a>", "<dd>", "<nav>",
                        "</nav>", "<svg>", "<template>", "<title>", "</title>", "<div class=poem>", "<img alt=x>", "<q>", "<ruby>", "<rt>",
                        "<section role=doc-endnotes>", "&#27;", "&amp;", "<main>", "<form>", "<select>", "<math>", "\n",
                    ]).prop_map(str::to_owned),
                ],
                0..60,
            ),
        ) {
            check_invariants(words.concat().as_bytes(), Format::Html);
        }
    }
}
