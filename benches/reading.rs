//! What a reader waits for, on the study edition repeated to 1 MB and 10 MB. Compare the rows with each other, not with
//! those of another machine.

use divan::{Bencher, black_box};
use ibid::document::{Document, Position};
use ibid::import::{Options, import};
use ibid::layout::page::{Notes, Page};
use ibid::layout::spread::{Shape, Sheet};
use ibid::layout::{Galley, Style};
use ibid::search::concordance::{Concordance, Sort};
use ibid::search::{Index, Query};

const MEGABYTES: [usize; 2] = [1, 10];

fn main() {
    divan::main();
}

fn source(megabytes: usize) -> String {
    let essay = include_str!("../text/essay.md");
    let body = essay.split("\n[^1]:").next().unwrap_or(essay);
    let notes = &essay[body.len()..];
    let mut text = body.to_owned();
    while text.len() < megabytes << 20 {
        text.push_str(body.rsplit("---\n").next().unwrap_or(""));
    }
    text.push_str(notes);
    text
}

fn document(megabytes: usize) -> Document {
    import(source(megabytes).as_bytes(), "essay.md", &Options::default()).expect("a text")
}

#[divan::bench(args = MEGABYTES, sample_count = 5)]
fn import_markdown(bencher: Bencher<'_, '_>, megabytes: usize) {
    let text = source(megabytes);
    bencher.bench(|| import(text.as_bytes(), "essay.md", &Options::default()));
}

/// A page of prose with a note in each paragraph, as pandoc would write it.
fn page(megabytes: usize) -> String {
    let essay = include_str!("../text/essay.md");
    let body = essay.rsplit("---\n").next().unwrap_or(essay).split("\n[^1]:").next().unwrap_or(essay);
    let (mut text, mut notes, mut number) =
        (String::from("<!doctype html><title>Essay</title><h1>Essay</h1>"), String::new(), 0);
    while text.len() + notes.len() < megabytes << 20 {
        for paragraph in body.split("\n\n").map(|p| p.replace(['<', '>', '&'], " ")) {
            number += 1;
            text += &format!(
                "<p>{paragraph}<a href=\"#fn{number}\" id=\"fnref{number}\" role=\"doc-noteref\"><sup>{number}</sup></a></p>\n"
            );
            notes += &format!(
                "<li id=\"fn{number}\"><p>Ibid., p. <em>{number}</em>.<a href=\"#fnref{number}\" role=\"doc-backlink\">↩</a></p></li>\n"
            );
        }
    }
    format!("{text}<section role=\"doc-endnotes\"><ol>{notes}</ol></section>")
}

#[divan::bench(args = MEGABYTES, sample_count = 5)]
fn import_html(bencher: Bencher<'_, '_>, megabytes: usize) {
    let text = page(megabytes);
    bencher.bench(|| import(text.as_bytes(), "essay.html", &Options::default()));
}

#[divan::bench(args = MEGABYTES)]
fn first_page(bencher: Bencher<'_, '_>, megabytes: usize) {
    let document = document(megabytes);
    let middle = Position::default();
    bencher.bench(|| {
        let galley = Galley::new(&document, Style::at(66));
        Page::fill(&document, &galley, black_box(middle), 40, Notes::Foot(&[]))
    });
}

#[divan::bench(args = MEGABYTES)]
fn resize_in_the_middle(bencher: Bencher<'_, '_>, megabytes: usize) {
    let document = document(megabytes);
    let middle = document.position(document.body().end / 2);
    bencher.bench(|| {
        let galley = Galley::new(&document, Style::at(40));
        Page::fill(&document, &galley, black_box(middle), 40, Notes::Foot(&[]))
    });
}

#[divan::bench(args = MEGABYTES)]
fn page_back(bencher: Bencher<'_, '_>, megabytes: usize) {
    let document = document(megabytes);
    let galley = Galley::new(&document, Style::at(66));
    let middle = document.position(document.body().end / 2);
    let left = Shape { rows: 40, notes: Notes::Foot(&[]) };
    let sheet = Sheet { document: &document, galley: &galley, left, right: None };
    bencher.bench_local(|| sheet.before(black_box(middle)));
}

#[divan::bench(args = MEGABYTES, sample_count = 10)]
fn first_search(bencher: Bencher<'_, '_>, megabytes: usize) {
    let document = document(megabytes);
    let query = Query { pattern: "leon blum".to_owned(), regular: false };
    bencher.bench(|| Index::default().find(&document, &query));
}

#[divan::bench(args = MEGABYTES)]
fn next_letter_of_a_search(bencher: Bencher<'_, '_>, megabytes: usize) {
    let document = document(megabytes);
    let index = Index::default();
    let query = Query { pattern: "khrushchev".to_owned(), regular: false };
    let _ = index.find(&document, &query);
    bencher.bench_local(|| index.find(&document, &query));
}

/// The patterns that find the most in 10 MB: what typing the first letter of one costs. `re ` goes before expressions.
#[divan::bench(args = ["e", "E", "é", "th", "re e", "re E", "re \\w"], sample_count = 5)]
fn first_letter_of_a_search(bencher: Bencher<'_, '_>, pattern: &str) {
    let document = document(10);
    let index = Index::default();
    let words = pattern.strip_prefix("re ");
    let query = Query { pattern: words.unwrap_or(pattern).to_owned(), regular: words.is_some() };
    index.prepare(&document, query.regular);
    bencher.bench_local(|| index.find(&document, &query));
}

/// A concordance of a hundred thousand lines and more, opened and sorted.
#[divan::bench(args = ["the", "of"], sample_count = 5)]
fn sort_a_concordance(bencher: Bencher<'_, '_>, pattern: &str) {
    let document = document(10);
    let index = Index::default();
    let query = Query { pattern: pattern.to_owned(), regular: false };
    let found: std::rc::Rc<[_]> = index.find(&document, &query).unwrap_or_default().into();
    bencher.bench_local(|| {
        let mut concordance = Concordance::new(&document, query.clone(), found.clone());
        concordance.arrange(&document, &index, Sort::Left, "");
        concordance.lines()
    });
}

/// Setting every line of the text, which reading never does.
#[divan::bench(args = [1], sample_count = 5)]
fn set_everything(bencher: Bencher<'_, '_>, megabytes: usize) {
    let document = document(megabytes);
    bencher.bench(|| {
        let galley = Galley::new(&document, Style::at(66));
        galley.rows_from(&document, Position::default()).count()
    });
}
