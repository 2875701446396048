//! A book taken out of its archive: its pages in reading order, and what it says of itself. What is missing is made up
//! for as far as it can be: a book without a package is all its pages.

use super::archive::{Archive, LONGEST_MEMBER};
use super::contents::Contents;
use super::package::{self, Leaf, Package};
use super::path;
use crate::import::{address, encoding};
use std::collections::HashSet;

/// The member that every book has: it names the package.
pub(super) const CONTAINER: &str = "META-INF/container.xml";

/// How long a container, a package or a table of contents may be, in bytes.
const LONGEST_PAPER: usize = 2 << 20;

/// How many elements and attributes a book may have; a long one has some hundred thousand. Each takes many times its own
/// length.
const MOST_MARKUP: usize = 1_000_000;

/// Files that say a book is locked, and how the lock is called.
const LOCKS: &[(&str, &str)] = &[
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe ADEPT"),
    ("META-INF/encryption.xml", "encryption"),
];

/// A book.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// What it says of itself.
    pub package: Package,
    /// What it lists of itself.
    pub contents: Contents,
    /// Its pages.
    pub sheets: Vec<Sheet>,
    /// What is wrong with its archive: a member and what of it.
    pub faults: Vec<(String, String)>,
}

/// A page of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its member.
    pub path: String,
    /// Its source, as far as it goes.
    pub source: String,
    /// Why it does not go all the way, if so.
    pub damage: Option<String>,
    /// Whether it is read on to.
    pub linear: bool,
}

/// Why a book cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// It is locked, by what.
    Locked(&'static str),
    /// It is beyond repair, in which way.
    Broken(String),
}

impl Book {
    /// Takes a book out of its archive.
    pub fn open(bytes: &[u8]) -> Result<Book, Closed> {
        let archive = Archive::open(bytes).map_err(Closed::Broken)?;
        let mut book = Book { package: package_of(&archive), ..Book::default() };
        let (nav, ncx) = (book.package.nav.as_deref(), book.package.ncx.as_deref());
        book.contents = contents_of(&archive, nav, ncx);
        let locked = locked(&archive);
        if book.package.spine.is_empty() {
            book.package.spine = all_pages(&archive);
        }
        for leaf in &book.package.spine {
            match sheet(&archive, leaf) {
                _ if locked.contains(&leaf.path) => {
                    book.faults.push((leaf.path.clone(), "a page that is encrypted".to_owned()));
                }
                Some(sheet) => book.sheets.push(sheet),
                None => book.faults.push((leaf.path.clone(), "a page that is missing".to_owned())),
            }
        }
        if book.sheets.is_empty() {
            let lock = LOCKS.iter().find(|(file, _)| archive.find(file).is_some());
            return Err(match lock {
                Some((_, lock)) if !locked.is_empty() => Closed::Locked(lock),
                _ => Closed::Broken("there is no page in it".to_owned()),
            });
        }
        let of_archive = archive.faults.iter().map(|(name, what)| (name.clone(), (*what).to_owned()));
        book.faults.splice(0..0, of_archive);
        book.add_linked(&archive);
        book.cut();
        Ok(book)
    }

    /// Ends the page in which the book has had its markup.
    fn cut(&mut self) {
        let mut left = MOST_MARKUP;
        for sheet in &mut self.sheets {
            let source = sheet.source.as_bytes();
            let opens =
                |at: usize| source[at] == b'=' || !matches!(source.get(at + 1), Some(b'/' | b'!' | b'?'));
            let mut markup = memchr::memchr2_iter(b'<', b'=', source).filter(|at| opens(*at));
            left -= markup.by_ref().take(left).count();
            if let Some(next) = markup.next() {
                // What is cut off begins with a tag: a half of one would be shown.
                let end = memchr::memrchr(b'<', &source[..=next]).unwrap_or(next);
                sheet.source.truncate(end);
                sheet.damage = Some(format!("the book has more than {MOST_MARKUP} elements and attributes"));
            }
        }
    }

    /// The pages that the book points out as being something: `cover`, `toc`.
    pub fn pointed_out(&self, kind: &str) -> Vec<&str> {
        let landmarks =
            self.contents.landmarks.iter().filter(|(k, target)| k == kind && target.part.is_empty());
        let guide = self.package.guide.iter().filter(|(k, _)| k == kind).map(|(_, path)| path.as_str());
        landmarks.map(|(_, target)| target.path.as_str()).chain(guide).collect()
    }

    /// Adds the pages that others lead to though they stand in no order: notes, mostly.
    fn add_linked(&mut self, archive: &Archive) {
        let mut known: HashSet<String> = self.sheets.iter().map(|s| s.path.clone()).collect();
        known.extend(self.package.nav.iter().chain(&self.package.ncx).cloned());
        let mut next = 0;
        while let Some(sheet) = self.sheets.get(next) {
            let linked = links(&sheet.source).filter_map(|href| address::link(&sheet.path, href));
            let linked: Vec<String> =
                linked.filter(|(_, part)| !part.is_empty()).map(|(path, _)| path).collect();
            for path in linked {
                if path::is_page(&path) && known.insert(path.clone()) {
                    self.sheets.extend(self::sheet(archive, &Leaf { path, linear: false }));
                }
            }
            next += 1;
        }
    }
}

/// The values of `href` in a source, as they stand.
fn links(source: &str) -> impl Iterator<Item = &str> {
    source.split(" href=").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next().filter(|href| href.len() < 1024)
    })
}

fn package_of(archive: &Archive) -> Package {
    let container = paper(archive, CONTAINER).unwrap_or_default();
    let named = package::packages(&container).into_iter();
    let lying = archive.names().iter().filter(|name| name.to_ascii_lowercase().ends_with(".opf")).cloned();
    named.chain(lying).find_map(|at| Some(Package::read(&paper(archive, &at)?, &at))).unwrap_or_default()
}

/// The table of contents: that of EPUB 3, unless that of EPUB 2 says more.
fn contents_of(archive: &Archive, nav: Option<&str>, ncx: Option<&str>) -> Contents {
    let read = |at: Option<&str>, of: fn(&str, &str) -> Contents| {
        at.and_then(|at| Some(of(&paper(archive, at)?, at))).unwrap_or_default()
    };
    let (mut contents, older) = (read(nav, Contents::of_nav), read(ncx, Contents::of_ncx));
    if contents.chapters.len() < older.chapters.len() {
        contents.chapters = older.chapters;
    }
    if contents.pages.is_empty() {
        contents.pages = older.pages;
    }
    contents
}

/// The members that are encrypted, fonts aside.
fn locked(archive: &Archive) -> HashSet<String> {
    let encryption = paper(archive, "META-INF/encryption.xml").unwrap_or_default();
    package::protection(&encryption)
}

/// Every member that is a page, in the order of the archive.
fn all_pages(archive: &Archive) -> Vec<Leaf> {
    let pages = archive.names().iter().filter(|name| path::is_page(name));
    pages.map(|name| Leaf { path: name.clone(), linear: true }).collect()
}

fn paper(archive: &Archive, name: &str) -> Option<String> {
    archive.read(name, LONGEST_PAPER).map(|part| decode(part.bytes))
}

fn sheet(archive: &Archive, leaf: &Leaf) -> Option<Sheet> {
    let part = archive.read(&leaf.path, LONGEST_MEMBER)?;
    Some(Sheet {
        path: leaf.path.clone(),
        source: decode(part.bytes),
        damage: part.damage,
        linear: leaf.linear,
    })
}

/// XML in the encoding that it declares, or is in.
fn decode(bytes: Vec<u8>) -> String {
    // Nearly all of it is UTF-8 as it stands, and needs no copy.
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') && !text.contains('\0') => return text,
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let head = &bytes[..bytes.len().min(256)];
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let value =
        declaration.and_then(|d| d.split("encoding").nth(1)).map(|d| d.trim_start_matches([' ', '=']));
    let label =
        value.and_then(|v| v.split(['"', '\'']).nth(1)).filter(|_| std::str::from_utf8(&bytes).is_err());
    let decoded = encoding::decode(&bytes, label).or_else(|_| encoding::decode(&bytes, None));
    decoded.map(|decoded| decoded.text.into_owned()).unwrap_or_default()
}
