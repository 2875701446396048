use super::*;
use crate::document::{Marker, builder::Builder, report::Format};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn essay(paragraphs: &[String]) -> Document {
    let mut b = Builder::new(Format::Text, "UTF-8");
    b.block(Kind::Title, 0, "A Title: With Two Halves");
    for (i, words) in paragraphs.iter().enumerate() {
        match i % 7 {
            3 => b.block(Kind::Heading(1), 0, "A Heading"),
            5 => b.block(Kind::Item(Marker::Bullet), 1, words),
            _ => {}
        }
        b.open(if i % 4 == 2 { Kind::Quotation } else { Kind::Paragraph }, u8::from(i % 4 == 2));
        b.text(words);
        b.reference(&(i + 1).to_string(), &(i + 1).to_string());
        b.text(" And on.");
        // The first note is cited again and again.
        b.reference("1", "1");
    }
    for (i, words) in paragraphs.iter().enumerate() {
        b.open_note(&(i + 1).to_string(), &(i + 1).to_string());
        b.text(words);
        b.close_note();
    }
    b.finish()
}

pub(super) fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-zé]{1,14}( [a-z日“]{1,14}){0,60}\\.", 1..12)
}

fn lines(galley: &Galley, document: &Document) -> Vec<(LineId, Line)> {
    let rows = galley.rows_from(document, Position::at(0));
    rows.filter_map(|r| match r {
        Row::Line(id) => Some((id, galley.line(document, id).clone())),
        Row::Blank => None,
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_line_is_wider_than_the_measure(words in paragraphs(), measure in 4u16..90) {
        let document = essay(&words);
        let galley = Galley::new(&document, Style::at(measure));
        for (id, _) in lines(&galley, &document) {
            let runs = ink::runs(&document, &galley, id, &ink::Lights::default());
            let total: u16 = runs.iter().map(|r| width::width(&r.text)).sum();
            prop_assert!(total <= measure, "{total} > {measure}: {:?}", runs);
        }
    }

    #[test]
    fn every_letter_stands_on_one_line(words in paragraphs(), measure in 8u16..90) {
        let document = essay(&words);
        let galley = Galley::new(&document, Style::at(measure));
        let set: String = lines(&galley, &document).iter()
            .map(|(_, l)| &document.text()[l.range.clone()]).collect::<String>()
            .split_whitespace().collect();
        let source: String = document.text()[document.body()].split_whitespace().collect();
        prop_assert_eq!(set, source);
    }

    #[test]
    fn justified_lines_fill_the_measure_or_stay_as_they_are(words in paragraphs(), measure in 8u16..90) {
        let document = essay(&words);
        let ragged = Galley::new(&document, Style::at(measure));
        let justified = Galley::new(&document, Style { justify: true, ..Style::at(measure) });
        for ((id, a), (_, b)) in lines(&ragged, &document).into_iter().zip(lines(&justified, &document)) {
            prop_assert_eq!(&a.range, &b.range);
            let painted = |galley| -> String {
                let runs = ink::runs(&document, galley, id, &ink::Lights::default());
                runs.into_iter().map(|r| r.text).collect()
            };
            let (a, filled) = (painted(&ragged), painted(&justified));
            if b.gaps.is_empty() {
                prop_assert_eq!(a, filled);
                continue;
            }
            let right = match document.blocks()[justified.block_index(id)].kind {
                Kind::Quotation => measure.min(40) / 10,
                _ => 0,
            };
            prop_assert_eq!(width::width(&filled), measure - right.min(measure / 3), "{}", filled);
            prop_assert!(a.split_whitespace().eq(filled.split_whitespace()));
            prop_assert!(!filled.trim_start().contains("    "), "a gap of four cells");
        }
    }

    /// The cell that a place is said to stand in is the one it is painted in, whatever was done to the line.
    #[test]
    fn places_stand_where_they_are_painted(
        words in prop::collection::vec("[a-zéשלם()]{1,9}( [a-z日שבת“]{1,9}){0,40}\\.", 1..6),
        measure in 8u16..70, justify: bool,
    ) {
        let document = essay(&words);
        let galley = Galley::new(&document, Style { justify, ..Style::at(measure) });
        for (id, line) in lines(&galley, &document) {
            let painted: String =
                ink::runs(&document, &galley, id, &ink::Lights::default()).into_iter().map(|r| r.text).collect();
            prop_assert!(width::width(&painted) <= measure);
            for (i, g) in document.text()[line.range.clone()].grapheme_indices(true) {
                let at = Position::at(line.range.start + i);
                let column = ink::column(&document, &galley, id, at);
                let there = width::fitting(&painted, column).len();
                let shown = painted[there..].graphemes(true).next();
                let bracket = matches!(g, "(" | ")");
                prop_assert!(shown == Some(g) || bracket && matches!(shown, Some("(" | ")")), "{g} in {painted}");
            }
        }
    }

    #[test]
    fn backward_is_forward_reversed(words in paragraphs(), measure in 8u16..90) {
        let document = essay(&words);
        let galley = Galley::new(&document, Style::at(measure));
        let all: Vec<Row> = galley.rows_from(&document, Position::at(0)).collect();
        let Some(Row::Line(last)) = all.last().copied() else { panic!("no rows") };
        let end = Position::at(galley.line(&document, last).range.start);
        let mut back: Vec<Row> = galley.rows_before(&document, end).collect();
        back.reverse();
        prop_assert_eq!(&back[..], &all[..all.len() - 1]);
    }
}

/// The rows of a document, parted by bars.
fn rows(document: &Document, style: Style) -> String {
    let galley = Galley::new(document, style);
    let row = |row| match row {
        Row::Blank => String::new(),
        Row::Line(id) => {
            ink::runs(document, &galley, id, &ink::Lights::default()).iter().map(|r| &*r.text).collect()
        }
    };
    galley.rows_from(document, Position::at(0)).map(row).collect::<Vec<String>>().join("|")
}

#[test]
fn first_lines_are_indented_where_no_empty_row_parts_paragraphs() {
    let mut b = Builder::new(Format::Text, "UTF-8");
    b.block(Kind::Heading(1), 0, "Heading");
    b.block(Kind::Paragraph, 0, "one two three");
    b.block(Kind::Paragraph, 0, "four five six");
    b.block(Kind::Quotation, 1, "seven eight");
    b.block(Kind::Paragraph, 0, "nine");
    let document = b.finish();
    let show = |spacing| rows(&document, Style { spacing, ..Style::at(10) });
    assert_eq!(show(Spacing::Spaced), "Heading||one two|three||four five|six|| seven| eight||nine");
    assert_eq!(show(Spacing::Indented), "Heading||one two|three| four five|six|| seven| eight||nine");
}

#[test]
fn a_term_stands_directly_above_what_it_means() {
    let mut b = Builder::new(Format::Text, "UTF-8");
    for (term, meaning) in [("lamp", "light"), ("wick", "cotton")] {
        b.open(Kind::Paragraph, 0);
        b.open_span(Mark::Strong);
        b.text(term);
        b.close();
        b.block(Kind::Paragraph, 1, meaning);
    }
    b.block(Kind::Paragraph, 0, "oil");
    b.block(Kind::Paragraph, 1, "whale");
    assert_eq!(rows(&b.finish(), Style::at(20)), "lamp|  light||wick|  cotton||oil||  whale");
}

#[test]
fn lines_that_run_from_right_to_left_are_shown_so() {
    let show = |text: &str, style: Style| -> String {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.open(Kind::Paragraph, 0);
        b.text(text);
        b.reference("1", "1");
        b.open_note("1", "1");
        b.text("הערה");
        b.close_note();
        let document = b.finish();
        let galley = Galley::new(&document, style);
        let lines = lines(&galley, &document);
        let note = galley.line_at(&document, Position::at(document.notes()[0].range.start)).expect("a line");
        let ids = lines.into_iter().map(|(id, _)| id).chain([note]);
        let painted = |id| {
            ink::runs(&document, &galley, id, &ink::Lights::default()).into_iter().map(|r| r.text).collect()
        };
        ids.map(painted).collect::<Vec<String>>().join("|")
    };
    let style = Style::at(16);
    // From the right: the words, the mark after the last; figures and Latin words keep their order; brackets open
    // towards what they hold.
    assert_eq!(show("שלום (עולם) 1948 abc", style), "1948 (םלוע) םולש|            abc¹|         הרעה ¹");
    let theirs = Style { bidi: Bidi::Terminal, ..style };
    assert!(show("שלום (עולם) 1948 abc", theirs).starts_with("שלום (עולם) 1948|abc¹"));
}

#[test]
fn an_endless_paragraph_is_set_in_pieces() {
    let document = essay(&["word and word. ".repeat(40_000)]);
    let galley = Galley::new(&document, Style::at(66));
    let middle = Position::at(300_000);
    assert_eq!(galley.rows_from(&document, middle).take(30).count(), 30);
    assert_eq!(galley.rows_before(&document, middle).take(30).count(), 30);
    assert!(galley.pieces.iter().filter(|p| p.set.get().is_some()).count() <= 3);
}
