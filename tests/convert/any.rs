//! Documents of every kind, as importers could build them.

use ibid::document::builder::Builder;
use ibid::document::report::Format;
use ibid::document::{Document, Kind, Mark, Marker};
use proptest::prelude::*;

/// What stands in a block.
#[derive(Clone, Debug)]
enum Inline {
    Words(String),
    Break,
    Cell,
    Open(u8),
    Close,
    Call(u8),
    Page(u8),
}

/// A block: its kind, its depth and what is in it.
type Block = (Kind, u8, Vec<Inline>);

fn inline() -> impl Strategy<Value = Inline> {
    let awkward = prop::sample::select(vec![
        "# a",
        "1. ",
        "2) b",
        "- c",
        "+ ",
        "> ",
        "---",
        "===",
        "* * *",
        "*",
        "_",
        "**a**",
        "__",
        "~",
        "~~x~~",
        "`",
        "``` ",
        "[",
        "]",
        "[^1]",
        "[^1]: ",
        "](b)",
        "![",
        "^[c]",
        "<b>",
        "</b>",
        "<!-- ",
        "&amp;",
        "&",
        "\\",
        "|",
        "a | b",
        ": ",
        "!",
        "(",
        ")",
        "{#a}",
        "{{< a >}}",
        "{: .a}",
        "\\index{a}",
        "|-|-|",
        "snake_case",
        "€",
        "„",
        "“",
        "’",
        "5 < 6",
        "http://a.org/b_c",
        "www.a.org",
        "a\u{a0}b",
        "管仲",
        "é",
        "—",
        " ",
        ". ",
    ]);
    prop_oneof![
        4 => "[a-zA-Z,. ]{1,9}".prop_map(Inline::Words),
        4 => awkward.prop_map(|w| Inline::Words(w.to_owned())),
        1 => Just(Inline::Break),
        1 => Just(Inline::Cell),
        2 => (0..6u8).prop_map(Inline::Open),
        2 => Just(Inline::Close),
        2 => (0..9u8).prop_map(Inline::Call),
        1 => (0..4u8).prop_map(Inline::Page),
    ]
}

fn kind(headings: bool) -> impl Strategy<Value = Kind> {
    let heading = if headings { Kind::Heading as fn(u8) -> Kind } else { |_| Kind::Paragraph };
    prop_oneof![
        3 => Just(Kind::Paragraph),
        2 => Just(Kind::Quotation),
        1 => Just(Kind::Verse),
        1 => Just(Kind::Item(Marker::Bullet)),
        1 => (1..12u64).prop_map(|n| Kind::Item(Marker::Number(n))),
        1 => Just(Kind::Code),
        1 => Just(Kind::Table),
        1 => Just(Kind::Break),
        1 => (1..4u8).prop_map(heading),
    ]
}

fn block(headings: bool) -> impl Strategy<Value = Block> {
    (kind(headings), 0..3u8, prop::collection::vec(inline(), 1..9))
}

fn write(b: &mut Builder, blocks: &[Block]) {
    for (kind, depth, pieces) in blocks {
        if *kind == Kind::Break {
            b.block(Kind::Break, *depth, "* * *");
            continue;
        }
        b.open(*kind, if matches!(kind, Kind::Heading(_)) { 0 } else { *depth });
        let (mut open, mut words) = (0, false);
        // Code that is nothing but blanks says nothing.
        let blank = |piece: &Inline| !matches!(piece, Inline::Words(text) if !text.trim().is_empty());
        if *kind == Kind::Code && pieces.iter().all(blank) {
            b.text("x");
        }
        for piece in pieces {
            match piece {
                Inline::Words(text) => {
                    words |= !text.trim().is_empty();
                    b.text(text);
                }
                // No block begins with a line end.
                Inline::Break if !words => {}
                // The lines of code are in its words.
                Inline::Break if *kind == Kind::Code => b.text("\n"),
                Inline::Break => b.line_break(),
                Inline::Cell if *kind == Kind::Table => b.cell(),
                Inline::Cell => b.text(" "),
                Inline::Open(_) if *kind == Kind::Code => {}
                Inline::Open(n) => {
                    open += 1;
                    b.open_span(match n {
                        0 | 1 => Mark::Emphasis,
                        2 => Mark::Strong,
                        3 => Mark::Struck,
                        4 => Mark::Code,
                        _ => Mark::Link("https://a.org/b_(c)?d=e&f;".into()),
                    });
                }
                Inline::Close if open > 0 => {
                    open -= 1;
                    b.close_span();
                }
                Inline::Close => {}
                Inline::Call(n) => b.reference(&(n % 5).to_string(), &n.to_string()),
                // In code a page can begin nowhere but before it.
                Inline::Page(_) if *kind == Kind::Code => {}
                Inline::Page(n) => b.page(&n.to_string()),
            }
        }
        b.close();
    }
}

/// A document with a title, headings, blocks in each other, spans that nest, notes whose labels come again, and calls
/// that no note answers.
pub fn document() -> impl Strategy<Value = Document> {
    let notes = prop::collection::vec((0..7u8, prop::collection::vec(block(false), 1..4)), 0..6);
    (any::<bool>(), prop::collection::vec(block(true), 1..9), notes).prop_map(|(titled, blocks, notes)| {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.meta().language = Some("en".to_owned());
        if titled {
            b.meta().authors = vec!["A \"B\" C".to_owned(), "D\\E: F".to_owned()];
            b.block(Kind::Source, 0, "The Journal");
            b.block(Kind::Title, 0, "A *Title* {#of} 1.");
            b.block(Kind::Subtitle, 0, "And another");
            b.block(Kind::Author, 0, "By A \"B\" C, D\\E: F");
        }
        b.block(Kind::Paragraph, 0, "Opening.");
        write(&mut b, &blocks);
        for (key, blocks) in &notes {
            b.open_note(&(key % 5).to_string(), &key.to_string());
            write(&mut b, blocks);
            b.close_note();
        }
        b.finish()
    })
}
