//! EPUB 2 and 3: a ZIP archive of XHTML pages, with a package that says what they are and in which order they stand.
//!
//! The book is taken out of its [`archive`] into memory, and no more of it than its pages and papers; its [`headings`]
//! are made to agree with its table of [`contents`]; the rest is what any page of HTML goes through.

mod archive;
mod book;
mod contents;
mod edits;
mod headings;
mod levels;
mod openings;
mod package;
mod pages;
mod path;
mod places;
mod survey;

use super::html::{self, Page};
use super::xml::{self, Piece, Tree};
use super::{ImportError, language};
use crate::document::Document;
use crate::document::builder::Builder;
use crate::document::report::{ChangeKind, Format, ProblemKind};
use archive::Archive;
use book::{Book, Closed, Sheet};
use memchr::memmem;
use package::Package;
use places::Places;
use std::collections::HashSet;

/// The longest alternative words of a cover that only say that it is one, in words; those of its title and authors aside.
const PLAIN_COVER: usize = 3;

/// How many links of a table of contents are looked at.
const MOST_LINKS: usize = 10_000;

/// How much of a page that may be a cover or a table of contents is looked at, in bytes.
const SHORT: usize = 256 << 10;

/// How much of a book its language is guessed from, in bytes.
const SAMPLE: usize = 16 << 10;

/// Whether bytes are an archive that is a book, whatever its type is called and wherever that stands.
pub(super) fn is_book(bytes: &[u8]) -> bool {
    memmem::find(bytes, book::CONTAINER.as_bytes()).is_some()
        && Archive::open(bytes).is_ok_and(|archive| archive.find(book::CONTAINER).is_some())
}

/// Brings a book to a document. `said` is its language, if it does not say so itself.
///
/// # Errors
/// When it is locked, or nothing of it can be read.
pub(super) fn read(bytes: &[u8], said: Option<&str>) -> Result<Document, ImportError> {
    let mut book = Book::open(bytes).map_err(|closed| match closed {
        Closed::Locked(lock) => ImportError::Locked(lock),
        Closed::Broken(why) => ImportError::Broken(why),
    })?;
    let mut builder = Builder::new(Format::Epub, "UTF-8");
    for (member, fault) in &book.faults {
        builder.problem(ProblemKind::Damaged, &told(member, fault));
    }
    let sheets = std::mem::take(&mut book.sheets);
    let sheets = in_order(&book, sheets, &mut builder);
    let meta = builder.meta();
    let package = &book.package;
    (meta.title, meta.subtitle) = (package.title.clone(), package.subtitle.clone());
    (meta.authors, meta.source) = (package.authors.clone(), package.series.clone());
    let language = package.language.as_deref().or(said).map(str::to_owned);
    meta.language = language.or_else(|| guessed(&sheets)).map(|tag| tag.to_ascii_lowercase());
    let paths: Vec<String> = sheets.iter().map(|sheet| sheet.path.clone()).collect();
    let page = |sheet: Sheet| {
        let damage = sheet.damage.map(|why| told(&sheet.path, &why));
        Page { path: sheet.path, text: sheet.source, damage }
    };
    let pages: Vec<Page> = sheets.into_iter().map(page).collect();
    Ok(html::read_pages(builder, pages, |tree| {
        let lines = book.contents.pages.iter().chain(&book.contents.chapters);
        let places = Places::of(tree, &paths, lines.map(|line| &line.target));
        pages::apply(tree, &places, &book.contents.pages);
        headings::apply(tree, &places, &book.contents.chapters, book.package.title.as_deref());
    }))
}

fn told(member: &str, fault: &str) -> String {
    if member.is_empty() { fault.to_owned() } else { format!("{member}: {fault}") }
}

/// The pages in the order they are read: those beside the order behind the others. The cover and the tables of contents
/// are set aside and told.
fn in_order(book: &Book, all: Vec<Sheet>, builder: &mut Builder) -> Vec<Sheet> {
    let (covers, tables) = (book.pointed_out("cover"), book.pointed_out("toc"));
    let mut sheets = Vec::new();
    for sheet in all {
        let is_table = tables.contains(&sheet.path.as_str()) && is_list_of_links(&sheet.source);
        let (words, why) = match &*sheet.path {
            path if book.package.nav.as_deref() == Some(path) || is_table => {
                (words_of(&sheet.source).0, "the table of contents")
            }
            path if covers.contains(&path) || sheets.is_empty() && looks_like_cover(&sheet) => {
                match words_of(&sheet.source) {
                    (words, pictures) if words.split_whitespace().count() <= PLAIN_COVER => {
                        // What a picture shows is worth reading, unless it is only called a cover.
                        if described(&pictures, &book.package) > PLAIN_COVER {
                            sheets.push(sheet);
                            continue;
                        }
                        (
                            if pictures.is_empty() { words } else { format!("{words} [{pictures}]") },
                            "the cover",
                        )
                    }
                    (words, _) => (words, "the cover"),
                }
            }
            _ => {
                sheets.push(sheet);
                continue;
            }
        };
        if !words.trim().is_empty() {
            builder.change(ChangeKind::Dropped, words.trim(), why);
        }
    }
    sheets.sort_by_key(|sheet| !sheet.linear);
    sheets
}

/// How many words for a cover say more than whose it is: `Cover of On Lamps by Ann Keeper` says nothing.
fn described(pictures: &str, package: &Package) -> usize {
    let lower = |words: &str| words.to_lowercase();
    let names = package.title.iter().chain(&package.subtitle).chain(&package.authors).map(|name| lower(name));
    let known = names.collect::<Vec<_>>().join(" ");
    let known: HashSet<&str> = known.split(|c: char| !c.is_alphanumeric()).collect();
    let pictures = lower(pictures);
    let words = pictures.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !known.contains(word)).count()
}

/// Whether a page is a cover though nothing in the book's papers says so: a picture that is called one, and no words.
fn looks_like_cover(sheet: &Sheet) -> bool {
    let called = |name: &str| name.to_ascii_lowercase().contains("cover");
    if sheet.source.len() > SHORT / 16 || !words_of(&sheet.source).0.trim().is_empty() {
        return false;
    }
    let tree = Tree::read(&sheet.source);
    let names =
        |picture| ["src", "href", "alt"].into_iter().filter_map(move |n| xml::Element::attribute(picture, n));
    let mut names = tree.all("img").chain(tree.all("image")).flat_map(names).peekable();
    names.peek().is_some() && (called(&sheet.path) || names.any(called))
}

/// The words of a page, and those that stand for its pictures.
fn words_of(source: &str) -> (String, String) {
    let tree = Tree::read(&source[..source.floor_char_boundary(SHORT)]);
    let words = tree.all("body").map(xml::Element::words_apart).next().unwrap_or_default();
    let pictures = tree.all("img").filter_map(|img| img.attribute("alt")).collect::<Vec<_>>().join(" ");
    (words, pictures)
}

/// Whether most words of a page are links.
fn is_list_of_links(source: &str) -> bool {
    let tree = Tree::read(&source[..source.floor_char_boundary(SHORT)]);
    let count = |words: String| words.split_whitespace().count();
    let all = count(tree.all("body").map(xml::Element::words_apart).next().unwrap_or_default());
    tree.all("a").take(MOST_LINKS).map(|a| count(a.words())).sum::<usize>() * 2 >= all
}

/// The language that the first pages of a book seem to be in.
fn guessed(sheets: &[Sheet]) -> Option<String> {
    let mut sample = String::new();
    for sheet in sheets.iter().filter(|sheet| sheet.linear) {
        if sample.len() > SAMPLE {
            break;
        }
        xml::read(&sheet.source[..sheet.source.floor_char_boundary(SAMPLE)], |piece| {
            if let Piece::Words(words) = piece {
                sample.push_str(&words);
            }
        });
    }
    language::guess(&sample).map(str::to_owned)
}
