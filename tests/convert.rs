//! What is converted and opened again is the same text: the same sections, notes and references, and the same words.

// Helpers of tests may do what tests may.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "convert/any.rs"]
mod any;
mod common;

use ibid::apparatus;
use ibid::document::report::Format;
use ibid::document::{Document, Kind, Position};
use ibid::export::html::html;
use ibid::export::markdown::markdown;
use ibid::import::{Options, import};
use proptest::prelude::*;
use regex::Regex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A call: its note, its section, and the words before and behind.
type Called = (usize, Option<usize>, String, String);

/// A document as it has to come back, whatever form it took in between.
#[derive(Debug, Default, PartialEq)]
struct Told {
    title: Option<String>,
    authors: Vec<String>,
    source: Option<String>,
    /// Title and level, the highest being 1.
    sections: Vec<(String, u8)>,
    notes: Vec<String>,
    /// The note, the section, and the words before and behind.
    references: Vec<Called>,
    /// The running text.
    text: Vec<String>,
    /// The letters of each mark.
    marks: BTreeMap<String, String>,
    pages: Vec<(String, String)>,
}

/// Words with every blank a space: what sets verse in may come back as another blank. A call that no note answers is
/// words in Markdown, `[^9]`: those are left out on either side.
fn words(text: &str) -> String {
    static CALL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[\^[^\[\]]*\]").unwrap());
    CALL.replace_all(text, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words, or what stands for none in a note.
fn or_dash(words: String) -> String {
    if words.is_empty() { "—".to_owned() } else { words }
}

/// What there is to tell of a document; of what stands around its calls only where it can be told exactly.
fn tell(document: &Document, near: bool) -> Told {
    let meta = document.meta();
    let text = |range: &std::ops::Range<usize>| words(&document.text()[range.clone()]);
    let top = document.sections().iter().map(|s| s.level).min().unwrap_or(1);
    let running = |kind: Kind| {
        !matches!(kind, Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Break)
    };
    let body = document.blocks().iter().filter(|b| b.range.start < document.body().end && running(b.kind));
    let exact = |at: Position| near && !is_moved(document, at);
    Told {
        title: meta.title.clone(),
        authors: meta.authors.clone(),
        source: meta.source.clone(),
        sections: document.sections().iter().map(|s| (text(&s.title), (s.level - top + 1).min(5))).collect(),
        // A note of nothing but blanks may come back as the dash that stands for no words.
        notes: document.notes().iter().map(|n| text(&n.range)).map(or_dash).collect(),
        references: document
            .references()
            .iter()
            .filter_map(|r| {
                let (before, after) = if exact(r.at) { beside(document, r.at) } else { Default::default() };
                Some((r.note?, document.section_at(r.at), before, after))
            })
            .collect(),
        text: body.map(|b| text(&b.range)).filter(|t| !t.is_empty()).collect(),
        marks: if near { marks(document) } else { BTreeMap::new() },
        pages: document
            .pages()
            .iter()
            .map(|p| {
                (p.label.to_string(), if exact(p.at) { beside(document, p.at).1 } else { String::new() })
            })
            .collect(),
    }
}

/// The last words before a place and the first behind it. They are cut when their blanks are folded, for a line of verse
/// may lose its indent.
fn beside(document: &Document, at: Position) -> (String, String) {
    let (before, after) = (words(document.before(at, 80)), words(document.after(at, 80)));
    let skipped = before.chars().count().saturating_sub(28);
    (before.chars().skip(skipped).collect(), after.chars().take(16).collect())
}

/// Whether what stands at a place stands beside it when it comes back. Markdown cannot call a note in code, nor begin a
/// page there: it does so behind it. And the rows of a table come back equally long.
fn is_moved(document: &Document, at: Position) -> bool {
    matches!(document.blocks()[document.block_at(at)].kind, Kind::Code | Kind::Break | Kind::Table)
}

/// Whether a document may be held to the places of what stands in it.
fn is_near(document: &Document) -> bool {
    document.references().iter().all(|r| r.note.is_some())
        && !document.pages().iter().any(|p| is_moved(document, p.at))
}

/// The letters that each mark sets apart. Two spans that touch or overlap count as one.
fn marks(document: &Document) -> BTreeMap<String, String> {
    let mut told: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for span in document.spans() {
        let (until, letters) = told.entry(format!("{:?}", span.mark)).or_default();
        let fresh = span.range.start.max(*until)..span.range.end.max(*until);
        *until = fresh.end;
        letters.extend(document.text()[fresh].split_whitespace());
    }
    told.into_iter().map(|(mark, (_, letters))| (mark, letters)).filter(|(_, l)| !l.is_empty()).collect()
}

fn through_markdown(document: &Document) -> (String, Document) {
    let written = markdown(document);
    let read = import(written.as_bytes(), "converted.md", &Options::default()).unwrap();
    assert_eq!(read.report().format, Format::Markdown);
    (written, read)
}

/// The texts that are part of the project, and those beside it, as far as they can be read.
fn texts() -> Vec<(PathBuf, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("text/essay.md"), root.join("text/guide.md"), common::own("scraped.txt")];
    if let Some(shared) = common::shared("texts") {
        for folder in std::fs::read_dir(shared).unwrap().map(|e| e.unwrap().path()).filter(|f| f.is_dir()) {
            files.extend(std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()));
        }
    }
    files.extend(common::shared("essay/essay.txt"));
    files.sort();
    let known = |f: &PathBuf| f.extension().is_some_and(|e| e != "json") && !f.ends_with("SOURCE.txt");
    let read = |file: PathBuf| {
        let document = import(&std::fs::read(&file).unwrap(), &file.to_string_lossy(), &Options::default());
        Some((file, document.ok()?))
    };
    files.into_iter().filter(known).filter_map(read).collect()
}

#[test]
fn every_text_comes_back_from_markdown() {
    for (file, document) in texts() {
        let (written, read) = through_markdown(&document);
        if document.meta().language.is_some() {
            assert_eq!(read.meta().language, document.meta().language, "{}", file.display());
        }
        let near = is_near(&document);
        let (told, again) = (tell(&document, near), tell(&read, near));
        if told != again {
            if let Ok(folder) = std::env::var("IBID_DUMP") {
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                let out = Path::new(&folder);
                std::fs::write(out.join(format!("{name}.md")), &written).unwrap();
                std::fs::write(out.join(format!("{name}.1")), format!("{told:#?}")).unwrap();
                std::fs::write(out.join(format!("{name}.2")), format!("{again:#?}")).unwrap();
                println!("{} differs", file.display());
                continue;
            }
            panic!("{} does not come back", file.display());
        }
    }
}

fn through_html(document: &Document) -> Document {
    let written = html(document, &apparatus::resolve(document));
    let read = import(written.as_bytes(), "converted.html", &Options::default()).unwrap();
    assert_eq!(read.report().format, Format::Html);
    read
}

#[test]
fn every_text_comes_back_from_html() {
    for (file, document) in texts() {
        let near = is_near(&document);
        let (told, again) = (tell(&document, near), tell(&through_html(&document), near));
        let place = file.display();
        assert_eq!((&told.title, &told.sections), (&again.title, &again.sections), "{place}");
        assert_eq!(told.notes, again.notes, "{place}");
        assert_eq!(told.references, again.references, "{place}");
        assert_eq!(told.text, again.text, "{place}");
        assert_eq!(told, again, "{place}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_document_comes_back_from_markdown(document in any::document()) {
        let (written, read) = through_markdown(&document);
        let near = is_near(&document);
        prop_assert_eq!(tell(&document, near), tell(&read, near), "{}", written);
    }

    #[test]
    fn any_document_comes_back_from_html(document in any::document()) {
        let near = is_near(&document);
        let written = html(&document, &apparatus::resolve(&document));
        prop_assert_eq!(tell(&document, near), tell(&through_html(&document), near), "{}", written);
    }
}
