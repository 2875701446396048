//! Small files that stand for large ones: what they take of the memory, whatever they say of themselves.

use crate::binder::{Book, Member, bind, member, page, stored};
use crate::child;
use ibid::document::Document;
use ibid::document::report::ProblemKind;
use ibid::import::{Options, import};
use std::fs;

const MIB: usize = 1 << 20;

/// The most memory that a file of at most ten mebibytes may take, in KiB.
const MOST: u64 = 300 << 10;

/// A book of three pages that say one thing over and over, more than is read of any book.
fn filled(what: &str) -> Vec<u8> {
    let body = what.repeat((30 * MIB) / what.len());
    Book::of(&["1.xhtml", "2.xhtml", "3.xhtml"].map(|name| (name, body.as_str()))).bind()
}

/// One whose every repetition has its number.
fn numbered(what: impl Fn(usize) -> String) -> Vec<u8> {
    let body: String = (0..1_000_000).map(what).collect();
    Book::of(&[("1.xhtml", &body[..body.len().min(30 * MIB)])]).bind()
}

/// Weighs what reading a book takes, in a process of its own.
#[track_caller]
fn check(name: &str, bytes: &[u8]) {
    assert!(bytes.len() < 10 * MIB);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bomb.epub");
    fs::write(&file, bytes).unwrap();
    let weighed = child::run("weigh", &file);
    let peak: u64 = child::said(&weighed, "peak").parse().unwrap();
    let (words, time) = (child::said(&weighed, "words"), child::said(&weighed, "ms"));
    println!(
        "{name:12} {:>5} KiB packed, {words:>9} bytes of text, {:>4} MiB at most, {time:>6} ms",
        bytes.len() >> 10,
        peak >> 10
    );
    match peak {
        0 => println!("skipped: this system does not tell how much memory a process has had"),
        peak => assert!(peak <= MOST, "{name}: {} MiB", peak >> 10),
    }
}

/// 25, 36: what is packed a thousand to one is read as far as a book may go.
#[test]
fn words_without_end_fit_in_the_memory() {
    check("words", &filled("a b c d "));
}

/// 23, 25: an entity is a character like any other, and not a node of the tree.
#[test]
fn entities_without_end_fit_in_the_memory() {
    check("entities", &filled("a&amp;&#27;"));
}

/// 22, 25: attributes that nobody asks for take no room, and those that somebody does are counted.
#[test]
fn attributes_without_end_fit_in_the_memory() {
    check("attributes", &filled(&format!("<i {}/>", "a='' class='' ".repeat(500))));
}

/// 25: elements take many times their own length, and are counted.
#[test]
fn elements_without_end_fit_in_the_memory() {
    check("elements", &filled("a<br/>"));
}

/// 25, 28: the rest of what a book may be filled with. `cargo test --release --test hostile bombs -- --ignored --nocapture`
#[test]
#[ignore = "a minute and more; run it for the figures"]
fn whatever_a_book_is_filled_with_fits_in_the_memory() {
    for what in [
        "a",
        "<i/>",
        "<b>",
        "<p>a</p>",
        "<p>a<b>b</b></p>",
        "<ul><li>a</li></ul>",
        "<table><tr><td>a</td></tr></table>",
        "<![CDATA[x]]>",
        "a<!---->",
        "<h1>a</h1>",
        "<p>a<br>",
        "<p>a<b>&",
        "<img src='x' alt='y'/>",
        "<hr/>",
        "<p>a<br/>b</p>",
        "<p>a<i></i></p>",
    ] {
        check(what, &filled(what));
    }
    check("ids", &numbered(|i| format!("<i id='{i}'/>")));
    check("links", &numbered(|i| format!("<a id='{i}' href='#{i}'>1</a>")));
    check("links out", &numbered(|i| format!("<a href='{i}.html#x'>1</a>")));
    check("pages", &numbered(|i| format!("<span epub:type='pagebreak' title='{i}'/>")));
    let note = |i| {
        format!(
            "<p>a<a epub:type='noteref' href='#{i}'>1</a></p><aside epub:type='footnote' id='{i}'>b</aside>"
        )
    };
    check("notes", &numbered(note));
}

fn read(members: &[Member]) -> Document {
    import(&bind(members), "book.epub", &Options::default()).unwrap()
}

fn damages(document: &Document) -> Vec<&str> {
    let problems = document.report().problems.iter();
    problems.filter(|p| p.kind == ProblemKind::Damaged).map(|p| p.text.as_str()).collect()
}

/// 25, 36: what does not fit is left out, and the message names the limit; what comes before it is read.
#[test]
fn the_limit_that_was_met_is_named() {
    let book = |body: &str| Book::of(&[("1.xhtml", "<p>First.</p>"), ("2.xhtml", body)]).members();
    for (filling, damage) in [
        (format!("<!--{}-->", " ".repeat(33 * MIB)), "OEBPS/2.xhtml: it is longer than 32 MiB"),
        ("<i/>".repeat(1_000_001), "OEBPS/2.xhtml: the book has more than 1000000 elements and attributes"),
    ] {
        let document = read(&book(&format!("<p>Second.</p>{filling}<p>Third.</p>")));
        assert_eq!(document.text(), "First.\nSecond.");
        assert_eq!(damages(&document), [damage]);
    }
    // Three pages that each may be so long are together longer than a book may be.
    let page = format!("<p>Words.</p><!--{}-->", " ".repeat(25 * MIB));
    let pages = ["1.xhtml", "2.xhtml", "3.xhtml", "4.xhtml"].map(|name| (name, page.as_str()));
    let document = read(&Book::of(&pages).members());
    assert_eq!(document.text(), "Words.\nWords.\nWords.");
    let full = "the book is longer than 64 MiB";
    assert_eq!(damages(&document), ["OEBPS/3.xhtml", "OEBPS/4.xhtml"].map(|page| format!("{page}: {full}")));
}

/// 25: papers that are too long are read as far as they go, archives in the archive not at all, and of members no more
/// than a book may have.
#[test]
fn papers_and_members_have_their_limits() {
    let sound = || Book::of(&[("1.xhtml", "<h1>One</h1><p>First words.</p>")]).members();
    let mut members = sound();
    let package = members.iter_mut().find(|m| m.name.ends_with(b"content.opf")).unwrap();
    package.bytes.extend(vec![b' '; 80 * MIB]);
    members.push(stored("inner.zip", bind(&sound())));
    members.push(member("inner.epub", bind(&sound())));
    members.push(member("picture.png", vec![0; 80 * MIB]));
    members.push(member("OEBPS/loose.xhtml", page("<p>loose</p>")));
    let document = read(&members);
    assert_eq!(document.text(), "One\nFirst words.");
    assert_eq!(damages(&document), [""; 0]);
    let mut members = sound();
    members.extend((0..10_000).map(|i| stored(&format!("{i}"), "")));
    let error = import(&bind(&members), "book.epub", &Options::default()).unwrap_err();
    let wanted = "this EPUB cannot be read: it has more than 10000 members; a sound copy may help";
    assert_eq!(error.to_string(), wanted);
}

/// 25, 26: members that lie over each other (the bomb of Fifield) are each a member, and counted as they are unpacked.
#[test]
fn members_that_overlap_are_counted_one_by_one() {
    let long = page(&format!("<p>Words.</p><!--{}-->", " ".repeat(20 * MIB)));
    let names: Vec<String> = (0..1000).map(|i| format!("{i}.xhtml")).collect();
    let pages: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let mut members = Book::of(&pages).members();
    // The first page is the body of all others.
    let first = members.iter().position(|m| m.name == b"OEBPS/0.xhtml").unwrap();
    members[first].bytes = long.into_bytes();
    for member in &mut members[first + 1..] {
        member.over = Some(first);
    }
    let document = read(&members);
    assert_eq!(document.text(), "Words.\nWords.\nWords.\nWords.");
    assert_eq!(damages(&document).len(), 1000 - 3);
}
