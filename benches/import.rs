//! How fast texts as they are read are brought to documents; hostile ones are measured by the bench `growth`.

// Helpers of tests may do what tests may.
#![allow(clippy::unwrap_used)]

#[path = "../tests/epub/binder.rs"]
mod binder;

use divan::Bencher;
use divan::counter::BytesCount;
use ibid::document::report::Format;
use ibid::import::{Options, import};

const MIB: usize = 1 << 20;

fn main() {
    divan::main();
}

/// A book broken to a width, with chapters and notes as transcribers set them.
fn book(notes: bool) -> String {
    let prose = "The keeper of the light climbed the stair at the same hour every evening,\n\
        and every evening he counted the steps, as if one of them might have gone\n\
        in the night, which it never had; and then he came down to write the log.\n\n";
    let mut text = String::with_capacity(4 * MIB + 1000);
    let mut number = 0;
    while text.len() < 4 * MIB {
        text.push_str(&format!("CHAPTER {number}\n\n\n"));
        for _ in 0..60 {
            text.push_str(prose);
            if notes {
                number = number % 9000 + 1;
                text.push_str(&format!(
                    "So it is said,[{number}] and so it was.\n\n[Footnote {number}: Of old.]\n\n"
                ));
            }
        }
        number += 1;
    }
    text
}

fn read(bencher: Bencher<'_, '_>, text: &str, format: Format) {
    let options = Options { format: Some(format), ..Options::default() };
    bencher.counter(BytesCount::new(text.len())).bench(|| import(text.as_bytes(), "-", &options));
}

#[divan::bench(args = [false, true], sample_count = 5)]
fn plain_book_with_notes(bencher: Bencher<'_, '_>, notes: bool) {
    read(bencher, &book(notes), Format::Text);
}

/// An essay of one line a paragraph, its numbers glued to the words.
#[divan::bench(sample_count = 5)]
fn scraped_essay(bencher: Bencher<'_, '_>) {
    let essay = include_str!("../tests/texts/scraped.txt");
    let (body, notes) = essay.split_once("\nNOTES\n").unwrap_or((essay, ""));
    let mut text = body.to_owned();
    while text.len() < 4 * MIB {
        text.push('\n');
        text.push_str(body);
    }
    read(bencher, &format!("{text}\nNOTES\n{notes}"), Format::Text);
}

/// A book of EPUB 3 in forty chapters, with its notes, if any, in a page of their own.
fn bound(notes: bool) -> (usize, Vec<u8>) {
    let prose = "The <em>keeper</em> of the light climbed the stair at the same hour every evening, and every evening he \
        counted the steps, as if one of them might have gone in the night, which it never had.";
    let (mut pages, mut list, mut lines, mut number) = (Vec::new(), String::new(), String::new(), 0);
    for chapter in 1..=40 {
        let mut body = format!("<section epub:type='chapter'><h2>Chapter {chapter}</h2>");
        while body.len() < MIB / 10 {
            body.push_str(&format!("<p class='calibre1'>{prose}"));
            if notes {
                number += 1;
                body.push_str(&format!(
                    "<a epub:type='noteref' id='r{number}' href='notes.xhtml#n{number}'>{number}</a>"
                ));
                list.push_str(&format!(
                    "<li id='n{number}' epub:type='endnote'><p>Of old. <a href='{chapter}.xhtml#r{number}' \
                     epub:type='backlink'>↩</a></p></li>"
                ));
            }
            body.push_str("</p>\n");
        }
        lines.push_str(&format!("<li><a href='{chapter}.xhtml'>Chapter {chapter}</a></li>"));
        pages.push((format!("{chapter}.xhtml"), body + "</section>", false));
    }
    if notes {
        let list = format!("<section epub:type='endnotes'><h2>Notes</h2><ol>{list}</ol></section>");
        pages.push(("notes.xhtml".to_owned(), list, false));
    }
    let length = pages.iter().map(|(_, body, _)| body.len()).sum();
    let book = binder::Book { pages, ..binder::Book::default() };
    (length, book.nav(&format!("<nav epub:type='toc'><ol>{lines}</ol></nav>")).bind())
}

/// The bytes are those of the pages as they are unpacked.
#[divan::bench(args = [false, true], sample_count = 5)]
fn epub_with_notes(bencher: Bencher<'_, '_>, notes: bool) {
    let (length, book) = bound(notes);
    let options = Options::default();
    bencher.counter(BytesCount::new(length)).bench(|| import(&book, "a.epub", &options));
}
