//! Whether importing a text of twice the length takes twice the time: every pattern that has cost programs more, in
//! every format, at two sizes, as a table. `cargo bench --bench growth`; the last column should stay below 2.3.

// What is measured here is printed.
#![allow(clippy::print_stdout)]

use ibid::document::report::Format;
use ibid::import::{Options, import};
use std::hint::black_box;
use std::time::{Duration, Instant};

const MIB: usize = 1 << 20;

/// How long one pattern may keep the table waiting.
const PATIENCE: Duration = Duration::from_secs(60);

const PATTERNS: [&str; 36] = [
    "a",
    "\n",
    "a\n",
    "1. a\n",
    "- ",
    "> ",
    ">",
    "# a\n",
    "*a **b ",
    "_a ",
    "[",
    "](",
    "[^a]",
    "[^a]: ",
    "^[a]",
    "^[",
    "`",
    "|a",
    "|-|\n",
    "~~a ",
    "---\n",
    "<a ",
    "<!-- ",
    "&amp;",
    "&#1;",
    "\r",
    "NOTES\n1. a.1\n",
    "[1 ",
    "<div>",
    "<b>",
    "<ul><li>",
    "<table><tr><td>",
    "</p>",
    "<a href=\"#n\">1</a>",
    "<p id=n>a<sup><a href=#n>1</a></sup>",
    "<svg><a>",
];

fn time(text: &str, format: Format) -> Duration {
    let options = Options { format: Some(format), ..Options::default() };
    let run = || {
        let began = Instant::now();
        let _ = black_box(import(black_box(text.as_bytes()), "-", &options));
        began.elapsed()
    };
    run().min(run())
}

/// An ordinary text of a format.
fn ordinary(format: Format, bytes: usize) -> String {
    let (head, paragraph, foot) = match format {
        Format::Html => (
            "<!DOCTYPE html><html><body><h1>A</h1>",
            "<p>The <em>keeper</em> of the light climbed the stair at the same hour every evening, and counted the steps, as if one of them might have gone in the night.</p>\n",
            "</body></html>",
        ),
        Format::Text | Format::Markdown | Format::Epub | Format::Foreign(_) => (
            "",
            "The *keeper* of the light climbed the stair at the same hour every evening, and counted the steps, as if one of them might have gone in the night.\n\n",
            "",
        ),
    };
    format!("{head}{}{foot}", paragraph.repeat(bytes / paragraph.len()))
}

fn main() {
    println!("{:10} {:>8} {:>8}", "ordinary", "MiB", "MB/s");
    for format in [Format::Text, Format::Markdown, Format::Html] {
        for mib in [1, 4, 10] {
            let text = ordinary(format, mib * MIB);
            let rate = text.len() as f64 / 1e6 / time(&text, format).as_secs_f64();
            println!("{:10} {mib:>8} {rate:>8.1}", format.name());
        }
    }
    println!("\n{:10} {:36} {:>8} {:>8} {:>6}", "hostile", "pattern", "2 MiB", "4 MiB", "ratio");
    for format in [Format::Text, Format::Markdown, Format::Html] {
        for pattern in PATTERNS {
            let of = |mib: usize| time(&pattern.repeat(mib * MIB / pattern.len()), format);
            let half = of(2);
            let whole = if half > PATIENCE { Duration::MAX } else { of(4) };
            let ratio = whole.as_secs_f64() / half.as_secs_f64();
            let mark = if ratio > 2.3 { " <" } else { "" };
            let name = pattern.escape_debug().to_string();
            println!(
                "{:10} {name:36} {:>7}ms {:>7}ms {ratio:>6.2}{mark}",
                format.name(),
                half.as_millis(),
                whole.as_millis()
            );
        }
    }
}
