//! Every mode at three sizes, kept as pictures in text. `cargo insta review`, or INSTA_UPDATE=always, takes new ones.

mod common;

use common::journey::journey;
use ibid::document::Document;
use ibid::import::{Options, import};

fn sample() -> Document {
    let bytes = std::fs::read(common::own("scraped.txt")).expect("the sample");
    import(&bytes, "scraped.txt", &Options::default()).expect("a text")
}

/// A text with everything that Markdown can hold.
const EVERYTHING: &str = "\
---
title: A Title
subtitle: And a second
author: Ann Author
---

Opening with *emphasis*, **strong**, `code`, ~~struck~~ and a [link](https://example.org).[^1]

## Lists

1. One
2. Two, long enough to be broken over two lines of a measure of any common width, and hung.
   - nested

> A quotation, set in from both sides, which should be plain to see at any width.[^long]

## Verse and tables

O Rose thou art sick.  
The invisible worm,  
That flies in the night  

| Name | Year | What |
|------|-----:|------|
| Log  | 1881 | a book of days at sea, kept by lamplight |
| Oil  |   62 | gallons |

```
fn main() {
    let x = 1;
}
```

* * *

The end.

[^1]: A note.
[^long]: A long note. It says the same thing many times over. It says the same thing many times over. It says the same
    thing many times over. It says the same thing many times over. It says the same thing many times over.

    And a second paragraph.
";

fn everything() -> Document {
    import(EVERYTHING.as_bytes(), "everything.md", &Options::default()).expect("a text")
}

#[test]
fn every_mode_at_three_sizes() {
    let modes = [
        ("title", ""),
        ("page", "] Space"),
        ("chosen", "Tab Tab"),
        ("note", "2 Enter"),
        ("contents", "] t"),
        ("bookmarks", "a \"first\" Enter ] m x a Enter B"),
        ("renaming", "a \"first\" Enter B r"),
        ("filtering", "t / \"no\""),
        ("searching", "/ \"the\""),
        ("searched", "/ \"the\" Enter n"),
        ("concordance", "/ \"the\" Enter & 9 j"),
        ("concordance-by-right", "& \"penhallow\" Enter s s"),
        ("wrong-expression", "/ Ctrl-r \"a(\""),
        ("go-to", ": \"s2\""),
        ("selecting", ": \"s1.1\" Enter v v l"),
        (
            "highlighted",
            ": \"s1.1\" Enter v w w ! / \"anything\" Enter ! ! C \"so?\" Enter Esc : \"s1.2\" Enter v v ! ! !",
        ),
        ("highlights", ": \"s1.1\" Enter v w w ! ! C \"so it says\" Enter a Enter m x } ! ! ! B"),
        ("commenting", ": \"s1.1\" Enter v w w C \"why\""),
        ("label", "a \"here\""),
        ("report", ": \"report\" Enter"),
        ("help", "?"),
        ("waiting", "1 2"),
        ("end", ">"),
    ];
    for (columns, rows) in [(80, 24), (100, 30), (40, 12)] {
        for (name, keys) in modes {
            let screen = journey(sample(), (columns, rows)).keys(keys).dump();
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        }
    }
}

#[test]
fn everything_markdown_holds_at_three_widths() {
    for columns in [80, 50, 30] {
        let screen = journey(everything(), (columns, 70)).dump();
        insta::assert_snapshot!(format!("everything-{columns}"), screen);
    }
}

#[test]
fn the_smallest_screens() {
    for (columns, rows) in [(20, 6), (19, 6), (20, 5), (1, 1)] {
        let screen = journey(sample(), (columns, rows)).keys("Tab").dump();
        insta::assert_snapshot!(format!("smallest-{columns}x{rows}"), screen);
    }
}
