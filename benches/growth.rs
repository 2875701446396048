//! Whether importing a text of twice the length takes twice the time: every pattern that has cost programs more, in
//! every format, at two sizes, as a table. `cargo bench --bench growth [WORD…]`, the words being what a pattern or its
//! format has in it; the last column should stay below 2.3.
//!
//! The time is that of the processor, not of the clock on the wall, and the best of several runs of each size: others
//! may be at work on the machine. Each run is a process of its own, as a reader's is: one that has read a text before uses
//! its memory again, but only blocks under 32 MiB of it (glibc), and so does the smaller text alone a favour.

// What is measured here is printed.
#![allow(clippy::print_stdout)]

use ibid::document::report::Format;
use ibid::import::{Options, import};
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::process::Command;
use std::time::Duration;

const MIB: usize = 1 << 20;

/// The first argument of a process that runs one import.
const ONCE: &str = "--once";

/// How long one pattern may keep the table waiting.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often each size is run at most, and at least.
const RUNS: std::ops::RangeInclusive<usize> = 2..=12;

/// The most that twice the text may take.
const BOUND: f64 = 2.3;

const PATTERNS: [&str; 51] = [
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
    "a.1 ",
    "a[1]\n\n[1] a\n\n",
    "a[A]\n\n[Footnote A: a]\n\n",
    "[Footnote ",
    "a [Footnote: ",
    "a* \n\n* a\n\n",
    "※［＃［＃",
    "CONTENTS\n\nA B\n\n",
    "a\n: b\n\n",
    "| a\n",
    "::: a\n",
    "> [!NOTE]\n\n",
    "[1](#a) ",
    "[1](#a)\n\n1. [1](#b) a\n\n",
    "[1](#a)[a]{#b}",
];

/// The time that this thread has had of a processor.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// What one import of a text takes.
fn time(text: &str, format: Format) -> Duration {
    let options = Options { format: Some(format), ..Options::default() };
    let began = worked();
    let document = black_box(import(black_box(text.as_bytes()), "-", &options));
    let taken = worked() - began;
    drop(document);
    taken
}

/// The text of a pattern.
fn hostile(pattern: &str, mib: usize) -> String {
    pattern.repeat(mib * MIB / pattern.len())
}

/// What one import takes in a process of its own, which is this program again.
fn time_apart(pattern: &str, mib: usize, format: Format) -> Duration {
    let program = std::env::current_exe().expect("this program");
    let asked = [ONCE, format.name(), pattern, &mib.to_string()];
    let told = Command::new(program).args(asked).output().expect("a process").stdout;
    let nanoseconds = String::from_utf8_lossy(&told).trim().parse().expect("a time");
    Duration::from_nanos(nanoseconds)
}

/// Answers [`time_apart`].
fn once(format: &str, pattern: &str, mib: &str) {
    let format = Format::named(format).expect("a format");
    let text = hostile(pattern, mib.parse().expect("a number"));
    println!("{}", time(&text, format).as_nanos());
}

/// What a text and one of twice its length take at best. They take turns until their ratio is as it should be, or for
/// so many runs.
fn times(pattern: &str, format: Format) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    let mut spent = Duration::ZERO;
    for run in 1..=*RUNS.end() {
        best.0 = best.0.min(time_apart(pattern, 2, format));
        if best.0 > PATIENCE {
            break;
        }
        let taken = time_apart(pattern, 4, format);
        best.1 = best.1.min(taken);
        spent += taken;
        if run >= *RUNS.start() && (ratio(best) <= BOUND || spent > PATIENCE) {
            break;
        }
    }
    best
}

fn ratio((half, whole): (Duration, Duration)) -> f64 {
    whole.as_secs_f64() / half.as_secs_f64()
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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, format, pattern, mib] = &*arguments
        && first == ONCE
    {
        return once(format, pattern, mib);
    }
    let words: Vec<&String> = arguments.iter().filter(|word| !word.starts_with("--")).collect();
    let formats = [Format::Text, Format::Markdown, Format::Html];
    if words.is_empty() {
        println!("{:10} {:>8} {:>8}", "ordinary", "MiB", "MB/s");
        for (format, mib) in formats.into_iter().flat_map(|format| [1, 4, 10].map(|mib| (format, mib))) {
            let text = ordinary(format, mib * MIB);
            let best = (0..*RUNS.start() + 1).map(|_| time(&text, format)).min().unwrap_or_default();
            let rate = text.len() as f64 / 1e6 / best.as_secs_f64();
            println!("{:10} {mib:>8} {rate:>8.1}", format.name());
        }
        println!();
    }
    println!("{:10} {:36} {:>8} {:>8} {:>6}", "hostile", "pattern", "2 MiB", "4 MiB", "ratio");
    let mut over = 0;
    for (format, pattern) in formats.into_iter().flat_map(|format| PATTERNS.map(|pattern| (format, pattern)))
    {
        let name = pattern.escape_debug().to_string();
        if !words.is_empty()
            && !words.iter().any(|word| name.contains(&**word) || format.name().contains(&**word))
        {
            continue;
        }
        let (half, whole) = times(pattern, format);
        let ratio = ratio((half, whole));
        let mark = if ratio > BOUND { " <" } else { "" };
        over += usize::from(ratio > BOUND);
        let (half, whole) = (half.as_millis(), whole.as_millis());
        println!("{:10} {name:36} {half:>6}ms {whole:>6}ms {ratio:>6.2}{mark}", format.name());
    }
    println!("{over} over {BOUND}");
}
