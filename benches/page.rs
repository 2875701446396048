//! How even the page is: a table of figures, the same on every machine. `cargo bench --bench page [FILE]...`
//!
//! Lines of paragraphs are counted, their last ones left out. `slack²` is the mean of the squares of the cells that lines
//! leave empty (what optimal fit makes small), `of greedy` that figure in parts of greedy breaking's, `hyphens` how many
//! lines in a hundred end in a hyphen that the text does not have, `row` the longest run of such lines.

#![allow(clippy::print_stdout, reason = "a table is printed")]

#[path = "../tests/common/raggedness.rs"]
mod raggedness;

use ibid::document::Document;
use ibid::import::{Options, import};
use raggedness::Raggedness;
use std::io::Write;
use std::process::{Command, Stdio};

const MEASURES: [u16; 3] = [40, 66, 80];

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    if files.is_empty() {
        table("the study edition", include_bytes!("../text/essay.md"), "essay.md");
    }
    for file in files {
        match std::fs::read(&file) {
            Ok(bytes) => table(&file, &bytes, &file),
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn table(title: &str, bytes: &[u8], name: &str) {
    let document = match import(bytes, name, &Options::default()) {
        Ok(document) => document,
        Err(error) => return println!("{title}: {error}"),
    };
    println!(
        "\n{title}\n{:34} {:>7} {:>6} {:>9} {:>8} {:>4}",
        "", "lines", "slack²", "of greedy", "hyphens", "row"
    );
    for measure in MEASURES {
        let paragraphs = raggedness::paragraphs(&document);
        let greedy = raggedness::greedy(&paragraphs, measure);
        let mut rows = vec![
            ("ibid", Some(raggedness::ours(&document, measure))),
            ("ibid without hyphens", Some(raggedness::ours_without_hyphens(&document, measure))),
            ("greedy, as fold -s", Some(greedy)),
            ("textwrap, first fit", Some(raggedness::textwrap(&paragraphs, measure, false))),
            ("textwrap, optimal fit", Some(raggedness::textwrap(&paragraphs, measure, true))),
        ];
        rows.push(("w3m -dump", w3m(&document, measure)));
        println!("at {measure} columns");
        for (who, found) in rows {
            row(who, found, greedy);
        }
    }
}

fn row(who: &str, found: Option<Raggedness>, greedy: Raggedness) {
    match found {
        Some(Raggedness { lines, squares, hyphens, ladder }) => println!(
            "  {who:32} {lines:>7} {squares:>6.1} {:>9.2} {hyphens:>8.1} {ladder:>4}",
            squares / greedy.squares
        ),
        None => println!("  {who:32} not measured: it is not installed"),
    }
}

/// What w3m makes of the paragraphs, where it is installed.
fn w3m(document: &Document, measure: u16) -> Option<Raggedness> {
    let escape = |p: &String| format!("<p>{}\n", p.replace('&', "&amp;").replace('<', "&lt;"));
    let html: String = raggedness::paragraphs(document).iter().map(escape).collect();
    let html = format!("<meta charset=utf-8>{html}");
    // It leaves the last column of a terminal empty.
    let columns = (measure + 1).to_string();
    let mut child = Command::new("w3m")
        .args(["-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", &columns])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let writer = std::thread::spawn(move || input.write_all(html.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    Some(raggedness::dumped(&String::from_utf8_lossy(&output.stdout), measure))
}
