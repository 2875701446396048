//! Whole texts imported, and what was recognised held against what a person counted.
//!
//! Some of the texts are not ours and stand beside the project, not in it: where they are missing, their tests say so.

// Helpers of tests may do what tests may.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "import/score.rs"]
mod score;

use ibid::document::report::{ChangeKind, Format};
use ibid::document::{Document, Kind};
use ibid::import::{Options, import};
use regex::Regex;
use score::{Score, score};
use serde_json::Value;
use std::path::PathBuf;

const PERFECT: Score = Score { title: true, sections: 1.0, notes: 1.0, references: 1.0 };

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of texts that are not part of the project; says so where it is missing.
fn shared(folder: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("IBID_SHARED").map_or_else(|| project().join("../shared"), PathBuf::from);
    let folder = shared.join(folder);
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn read(path: PathBuf) -> Vec<u8> {
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn json(path: PathBuf) -> Value {
    serde_json::from_slice(&read(path)).unwrap()
}

/// A text and the truth counted for it.
fn truth(folder: PathBuf) -> (Document, Value, Vec<u8>) {
    let truth = json(folder.join("truth.json"));
    let name = truth["file"].as_str().unwrap().to_owned();
    let bytes = read(folder.join(&name));
    let document = import(&bytes, &name, &Options::default()).unwrap();
    (document, truth, bytes)
}

/// The lines of the source on which blocks of a kind start.
fn lines_of(document: &Document, source: &str, kind: Kind) -> Vec<u64> {
    let blocks = document.blocks().iter().filter(|b| b.kind == kind);
    let start =
        |b: &ibid::document::Block| document.text()[b.range.clone()].chars().take(40).collect::<String>();
    let line = |words: String| source.lines().position(|l| l.starts_with(&words)).map_or(0, |i| i as u64 + 1);
    blocks.map(start).map(line).collect()
}

fn numbers(list: &Value) -> Vec<u64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// Checks what is special to a scraped text: its series, its block quotations and what was left of its page.
fn check_scraped(document: &Document, truth: &Value, source: &str) {
    assert_eq!(document.report().format, Format::Text);
    assert_eq!(document.meta().source.as_deref(), truth["source"].as_str());
    assert_eq!(lines_of(document, source, Kind::Quotation), numbers(&truth["quotations"]));
    let dropped = document.report().changes.iter().filter(|c| c.kind == ChangeKind::Dropped);
    assert_eq!(dropped.map(|c| c.line as u64).collect::<Vec<_>>(), numbers(&truth["dropped"]));
    assert_eq!(document.report().problems, []);
}

/// How many paragraphs stand before the first heading.
fn opening(document: &Document) -> u64 {
    let blocks = document.blocks().iter().take_while(|b| !matches!(b.kind, Kind::Heading(_)));
    blocks.filter(|b| b.kind == Kind::Paragraph).count() as u64
}

/// The characters of a scraped source that are to be shown: all but the figures of its notes and what was dropped.
fn characters_to_show(source: &str, truth: &Value) -> String {
    let dropped: Vec<u64> =
        truth["dropped"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    let rows = |list: &str, line: u64| {
        let rows = truth[list]["list"].as_array().unwrap().iter();
        rows.filter(move |r| r[1].as_u64() == Some(line)).cloned().collect::<Vec<_>>()
    };
    let headings: Vec<&str> =
        truth["sections"]["optional"].as_array().unwrap().iter().map(|h| h.as_str().unwrap()).collect();
    let mut shown = String::new();
    for (i, line) in source.lines().enumerate() {
        let number = i as u64 + 1;
        if dropped.contains(&number) || headings.contains(&line) {
            continue;
        }
        let mut line = line.to_owned();
        for row in rows("refs", number) {
            let (label, before) = (row[0].as_str().unwrap(), row[3].as_str().unwrap());
            line = line.replacen(&format!("{before}{label}"), before, 1);
        }
        for row in rows("notes", number) {
            line = line.replacen(&format!("{}. ", row[0].as_str().unwrap()), "", 1);
        }
        shown.extend(line.chars().filter(|c| !c.is_whitespace()));
    }
    shown
}

fn characters(document: &Document) -> String {
    document.text().chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_essay_is_recognised() {
    let Some(folder) = shared("essay") else { return };
    let (document, truth, bytes) = truth(folder);
    let source = String::from_utf8(bytes).unwrap();
    assert_eq!(score(&document, &truth), PERFECT);
    check_scraped(&document, &truth, &source);
    assert_eq!(Some(opening(&document)), truth["opening_paragraphs"].as_u64());
    assert_eq!(document.meta().language.as_deref(), truth["language"].as_str());
    for (reference, row) in document.references().iter().zip(truth["refs"]["list"].as_array().unwrap()) {
        assert_eq!(document.before(reference.at, 28), row[3].as_str().unwrap());
        assert_eq!(document.after(reference.at, 16), row[4].as_str().unwrap());
    }
    assert_eq!(characters(&document), characters_to_show(&source, &truth));
}

#[test]
fn the_sample_is_recognised() {
    let folder = project().join("tests/texts");
    let source = String::from_utf8(read(folder.join("scraped.txt"))).unwrap();
    let truth = json(folder.join("scraped.json"));
    let document = import(source.as_bytes(), "scraped.txt", &Options::default()).unwrap();
    check_scraped(&document, &truth, &source);
    assert_eq!(document.meta().title.as_deref(), truth["title"].as_str());
    let sections: Vec<&str> = (0..document.sections().len()).map(|s| document.section_title(s)).collect();
    assert_eq!(Value::from(sections), truth["sections"]);
    assert_eq!(document.notes().len() as u64, truth["notes"].as_u64().unwrap());
    assert_eq!(Some(opening(&document)), truth["paragraphs_opening"].as_u64());
    let references = document.references().iter();
    let told = references.map(|r| (&*r.label, r.note, document.before(r.at, 20))).collect::<Vec<_>>();
    let wanted = truth["references"].as_array().unwrap().iter().enumerate();
    let wanted = wanted.map(|(i, r)| (r["label"].as_str().unwrap(), Some(i), r["before"].as_str().unwrap()));
    assert_eq!(told, wanted.collect::<Vec<_>>());
}

/// The sample in another dress: its lines broken, its paragraphs parted or set in, its notes marked otherwise.
#[test]
fn the_sample_is_recognised_in_any_dress() {
    let plain = String::from_utf8(read(project().join("tests/texts/scraped.txt"))).unwrap();
    let wanted = recognised(&plain);
    let bracketed = |text: &str| {
        let glued = Regex::new(r"(\p{L}|”|\D[.,])(\d)( |$)").unwrap();
        let (body, notes) = text.split_once("\nNOTES\n").unwrap();
        let body: Vec<_> = body.lines().map(|line| glued.replace_all(line, "$1[$2]$3")).collect();
        (body.join("\n"), notes.to_owned())
    };
    let opener = Regex::new(r"(?m)^(\d)\. ").unwrap();
    let (body, notes) = bracketed(&plain);
    let raised = |text: &str, mark: &str| {
        let figures = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        let mark = Regex::new(mark).unwrap();
        let raise = |c: &regex::Captures| figures.chars().nth(c[1].parse().unwrap()).unwrap().to_string();
        mark.replace_all(text, raise).into_owned()
    };
    let apart = |text: &str| text.replace('\n', "\n\n");
    for (dress, text) in [
        ("blank lines", apart(&plain)),
        ("carriage returns", plain.replace('\n', "\r\n")),
        ("no heading over the notes", plain.replace("\nNOTES\n", "\n")),
        ("a rule over the notes", plain.replace("\nNOTES\n", "\n-----\n")),
        ("no dots", opener.replace_all(&plain, "$1 ").into_owned()),
        ("round brackets in the list", opener.replace_all(&plain, "$1) ").into_owned()),
        ("brackets", format!("{body}\nNotes\n{}", opener.replace_all(&notes, "[$1] "))),
        (
            "raised figures",
            format!("{}\nNotes\n{}", raised(&body, r"\[(\d)\]"), raised(&notes, r"(?m)^(\d)\. ")),
        ),
        ("broken lines", broken(&plain, "", true)),
        ("broken lines, paragraphs set in", broken(&plain, "   ", false)),
    ] {
        assert_eq!(recognised(&text), wanted, "{dress}");
    }
}

/// What a text was recognised to be.
#[derive(Debug, PartialEq)]
struct Recognised {
    title: Option<String>,
    sections: Vec<String>,
    notes: Vec<String>,
    /// The note of each, and the word before it.
    references: Vec<(Option<usize>, String)>,
}

fn recognised(text: &str) -> Recognised {
    let document = import(text.as_bytes(), "a.txt", &Options::default()).unwrap();
    let words = |range: &std::ops::Range<usize>| document.text()[range.clone()].to_owned();
    let word = |at| document.before(at, 40).rsplit(' ').next().unwrap_or_default().to_owned();
    Recognised {
        title: document.meta().title.clone(),
        sections: document.sections().iter().map(|s| words(&s.title)).collect(),
        notes: document.notes().iter().map(|n| words(&n.range)).collect(),
        references: document.references().iter().map(|r| (r.note, word(r.at))).collect(),
    }
}

/// A text of one line a paragraph with its lines broken to 66 characters. Prose opens with `indent`, short lines stand
/// apart, and so do all if `apart`.
fn broken(text: &str, indent: &str, apart: bool) -> String {
    let mut broken = String::new();
    for line in text.lines() {
        let short = line.chars().count() < 60;
        let note = line.starts_with(|c: char| c.is_ascii_digit());
        let blank = if apart || short && !note { "\n" } else { "" };
        let indent = if short || note { "" } else { indent };
        let options = textwrap::Options::new(66).initial_indent(indent);
        broken.push_str(&format!(
            "{blank}{}\n{}",
            textwrap::fill(line, options),
            if short { blank } else { "" }
        ));
    }
    broken
}

#[test]
fn scraped_articles_are_recognised() {
    let Some(folder) = shared("texts") else { return };
    for slug in ["frus-foundation-scraped-txt", "frus-history-ch11-12-superscript-txt"] {
        let (document, truth, _) = truth(folder.join(slug));
        assert_eq!(score(&document, &truth), PERFECT, "{slug}");
    }
    // A text without notes has none, though it counts its theses.
    let (document, truth, _) = truth(folder.join("doctorow-nonotes-txt"));
    let Score { title, notes, references, .. } = score(&document, &truth);
    assert_eq!((title, notes, references), (true, 1.0, 1.0));
}

/// Books as their transcribers left them: each marks and keeps its notes in another way.
#[test]
fn transcribed_books_are_recognised() {
    let Some(folder) = shared("texts") else { return };
    for (slug, least) in [
        // Letters that start again below every few paragraphs; its truth counts neither preface nor index.
        ("benezet-guinea-txt", 0.88),
        ("explorers-stars-txt", 0.9),
        ("loeben-lorelei-cp1252-txt", 1.0),
        ("lucian-moon-txt", 0.9),
        ("maint-guide-de-utf16-txt", 0.9),
        // Its truth leaves the parts of the introduction open.
        ("mill-liberty-latin1-txt", 0.8),
        ("toynbee-turkey-txt", 1.0),
    ] {
        let (document, truth, _) = truth(folder.join(slug));
        let score = score(&document, &truth);
        assert_eq!(Score { sections: 1.0, ..score }, PERFECT, "{slug}");
        assert!(score.sections >= least, "{slug}: {}", score.sections);
    }
}

#[test]
fn books_are_recognised() {
    let Some(folder) = shared("texts") else { return };
    for slug in ["hume-enquiry-epub", "israelsailing-he-epub"] {
        let (document, truth, _) = truth(folder.join(slug));
        assert_eq!(score(&document, &truth), PERFECT, "{slug}");
        assert_eq!(document.report().format, Format::Epub);
        assert_eq!(document.report().problems, [], "{slug}");
    }
}

#[test]
fn an_article_in_markdown_is_recognised() {
    let Some(folder) = shared("texts/balter-clouds-md") else { return };
    let (document, truth, _) = truth(folder);
    assert_eq!(score(&document, &truth), PERFECT);
    assert_eq!(document.report().format, Format::Markdown);
    assert_eq!(document.report().problems, []);
}

/// Where a truth has what no reader of HTML should give: letters that lead back from a note before its words, and, where a
/// note stands in its sentence, the note's own words behind its call.
fn without_chrome(mut truth: Value) -> Value {
    for row in truth["notes"]["list"].as_array_mut().unwrap() {
        if let Some(words) = row[2].as_str().and_then(|w| w.strip_prefix("a b ")).map(str::to_owned) {
            row[2] = words.into();
        }
    }
    for row in truth["refs"]["list"].as_array_mut().unwrap() {
        if row[0]
            .as_str()
            .is_some_and(|label| label.starts_with("marginnote:") || label.starts_with("sidenote:"))
        {
            row[4] = "".into();
        }
    }
    truth
}

#[test]
fn pages_in_html_are_recognised() {
    let Some(folder) = shared("texts") else { return };
    for slug in ["balter-clouds-pandoc-html", "mill-liberty-html", "tufte-css-html", "wikipedia-mozilla-html"]
    {
        let (document, truth, _) = truth(folder.join(slug));
        assert_eq!(score(&document, &without_chrome(truth)), PERFECT, "{slug}");
        assert_eq!(document.report().format, Format::Html);
        assert_eq!(document.report().problems, [], "{slug}");
    }
}

/// A call in the HTML of a case that is followed by a colon is a definition which that renderer took for text, since no
/// blank line stands before it; GitHub's, which is the measure here, takes it for a definition.
fn calls(html: &str) -> usize {
    html.match_indices("<sup class=\"footnote-reference\">")
        .filter(|(i, _)| html[*i..].split_once("</sup>").is_some_and(|(_, rest)| !rest.starts_with(':')))
        .count()
}

#[test]
fn the_cases_of_a_footnote_specification_agree() {
    let Some(folder) = shared("texts/md-footnote-cases") else { return };
    for case in json(folder.join("cases.json")).as_array().unwrap() {
        let markdown = case["markdown"].as_str().unwrap();
        let document = import(markdown.as_bytes(), "case.md", &Options::default()).unwrap();
        let labels: Vec<&str> = document.notes().iter().map(|n| &*n.label).collect();
        let definitions: Vec<&str> =
            case["definitions"].as_array().unwrap().iter().map(|d| d.as_str().unwrap()).collect();
        assert_eq!(labels, definitions, "{markdown}");
        assert_eq!(document.references().len(), calls(case["html"].as_str().unwrap()), "{markdown}");
        assert!(document.references().iter().all(|r| r.note.is_some()), "{markdown}");
    }
}

#[test]
#[ignore = "an outlook, not a test: cargo test --test import -- --ignored --nocapture"]
fn outlook() {
    let Some(folder) = shared("texts") else { return };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|f| f.join("truth.json").is_file() && !f.join("cases.json").is_file())
    {
        let slug = folder.file_name().unwrap().to_string_lossy().into_owned();
        let truth = json(folder.join("truth.json"));
        let name = truth["file"].as_str().unwrap();
        let start = std::time::Instant::now();
        match import(&read(folder.join(name)), name, &Options::default()) {
            Ok(document) => {
                let Score { title, sections, notes, references } = score(&document, &truth);
                let report = document.report();
                println!(
                    "{slug:38} {:8} {:12} {:4} title {} sections {sections:.3} notes {notes:.3} refs {references:.3} in {:?}",
                    report.format.name(),
                    report.encoding,
                    document.meta().language.as_deref().unwrap_or("-"),
                    u8::from(title),
                    start.elapsed(),
                );
                if std::env::var("IBID_DUMP").is_ok_and(|d| slug.contains(&d)) {
                    for block in document.blocks() {
                        println!(
                            "{:?}/{} {}",
                            block.kind,
                            block.depth,
                            &document.text()[block.range.clone()]
                        );
                    }
                    println!("{:#?}", report.problems);
                    println!("{:#?}", report.changes);
                }
            }
            Err(error) => println!("{slug:38} {error}"),
        }
    }
}
