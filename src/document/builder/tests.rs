//! What the builder keeps, whatever it is told.

use super::*;
use crate::document::{Document, Locator, Marker};
use proptest::prelude::*;

fn small() -> Document {
    let mut b = Builder::new(Format::Text, "UTF-8");
    b.block(Kind::Title, 0, "A  Title");
    b.block(Kind::Paragraph, 0, "Opening.");
    b.block(Kind::Heading(1), 0, "First");
    b.open(Kind::Paragraph, 0);
    b.text("One \n two ");
    b.reference("1", "1");
    b.text(" three ");
    b.close();
    b.open_note("1", "1");
    b.text("Ibid.");
    b.close_note();
    b.open(Kind::Item(Marker::Bullet), 1);
    b.text("four");
    b.reference("9", "9");
    b.finish()
}

#[test]
fn notes_stand_behind_the_body() {
    let d = small();
    assert_eq!(d.text(), "A Title\nOpening.\nFirst\nOne two three\nfour\nIbid.");
    assert_eq!(&d.text()[d.body()], "A Title\nOpening.\nFirst\nOne two three\nfour");
    assert_eq!(&d.text()[d.notes()[0].range.clone()], "Ibid.");
    assert_eq!(d.meta().title.as_deref(), Some("A Title"));
}

#[test]
fn a_reference_stands_beside_its_word() {
    let d = small();
    assert_eq!(d.before(d.references()[0].at, 3), "two");
    assert_eq!(d.after(d.references()[0].at, 6), " three");
    assert_eq!(d.references()[0].note, Some(0));
    assert_eq!(d.references()[1].note, None);
    assert_eq!(d.report().problems[0].kind, ProblemKind::ReferenceWithoutNote);
}

#[test]
fn places_have_locators_and_back() {
    let d = small();
    let at = Position::at(d.text().find("two").unwrap());
    let locator = d.locator(at);
    assert_eq!(locator.to_string(), "§1 ¶1");
    assert_eq!(d.find(locator).map(Position::byte), d.text().find("One"));
    assert_eq!(d.find(Locator { section: 0, paragraph: 1 }).map(Position::byte), d.text().find("Opening"));
    assert_eq!(d.find(Locator { section: 2, paragraph: 1 }), None);
    assert_eq!(d.stops().map(Position::byte).collect::<Vec<_>>(), [0, d.text().find("First").unwrap()]);
}

#[test]
fn references_behind_a_closed_block_stand_at_its_end() {
    let mut b = Builder::new(Format::Text, "UTF-8");
    b.block(Kind::Code, 0, "x ");
    b.open(Kind::Heading(1), 0);
    b.reference("1", "1");
    b.close();
    b.reference("2", "2");
    let places: Vec<usize> = b.finish().references().iter().map(|r| r.at.byte()).collect();
    assert_eq!(places, [2, 2]);
}

#[test]
fn named_notes_are_numbered_as_they_are_cited() {
    let mut b = Builder::new(Format::Markdown, "UTF-8");
    for label in ["second", "first"] {
        b.open_note(label, label);
        b.text(label);
        b.close_note();
    }
    b.open(Kind::Paragraph, 0);
    b.text("x");
    b.reference("first", "first");
    b.text("y");
    b.reference("second", "second");
    let d = b.finish();
    assert_eq!(d.notes().iter().map(|n| &*n.mark).collect::<Vec<_>>(), ["2", "1"]);
}

#[test]
fn labels_of_pages_are_printed() {
    for (label, mark) in [("a", "a"), ("note 1", "note1"), ("*", "*"), ("a name too long", "1")] {
        let mut b = Builder::new(Format::Html, "UTF-8");
        b.open_note(label, "1");
        b.text("x");
        assert_eq!(&*b.finish().notes()[0].mark, mark);
    }
}

#[test]
fn no_place_is_told_behind_the_text() {
    let mut b = Builder::new(Format::Text, "UTF-8");
    b.open(Kind::Paragraph, 0);
    b.text("x ");
    b.change(ChangeKind::Dropped, "y", "why");
    b.problem(ProblemKind::Damaged, "y");
    b.close();
    let d = b.finish();
    assert_eq!((d.report().changes[0].at.byte(), d.report().problems[0].at.byte(), d.text()), (1, 1, "x"));
}

#[test]
fn verse_keeps_its_indents() {
    let mut b = Builder::new(Format::Text, "UTF-8");
    b.open(Kind::Verse, 1);
    b.text("  O rose");
    b.line_break();
    b.text("    thou  art sick");
    assert_eq!(b.finish().text(), "  O rose\n    thou art sick");
}

/// What an importer may do, in any order.
#[derive(Clone, Debug)]
enum Step {
    Open(u8),
    Text(String),
    Break,
    Span,
    EndSpan,
    Reference(u8),
    Note(u8),
    EndNote,
    Page,
    Close,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<u8>().prop_map(Step::Open),
        "[ a-zé\u{301}\u{1b}\u{ad}\n\t👩\u{200d}]{0,12}".prop_map(Step::Text),
        Just(Step::Break),
        Just(Step::Span),
        Just(Step::EndSpan),
        (0..4u8).prop_map(Step::Reference),
        (0..4u8).prop_map(Step::Note),
        Just(Step::EndNote),
        Just(Step::Page),
        Just(Step::Close),
    ]
}

proptest! {
    #[test]
    fn the_invariants_hold_whatever_the_importer_does(steps in prop::collection::vec(step(), 0..60)) {
        let mut b = Builder::new(Format::Text, "UTF-8");
        for step in steps {
            match step {
                Step::Open(n) => b.open(match n % 6 {
                    0 => Kind::Heading(1), 1 => Kind::Verse, 2 => Kind::Code, 3 => Kind::Table, 4 => Kind::Title,
                    _ => Kind::Paragraph,
                }, n % 3),
                Step::Text(t) => b.text(&t),
                Step::Break => b.line_break(),
                Step::Span => b.open_span(Mark::Emphasis),
                Step::EndSpan => b.close_span(),
                Step::Reference(n) => b.reference(&n.to_string(), &n.to_string()),
                Step::Note(n) => b.open_note(&n.to_string(), &n.to_string()),
                Step::EndNote => b.close_note(),
                Step::Page => b.page("1"),
                Step::Close => b.close(),
            }
        }
        let d = b.finish();
        prop_assert!(d.blocks().windows(2).all(|w| w[0].range.end < w[1].range.start));
        prop_assert!(d.blocks().iter().all(|b| b.range.start < b.range.end));
        prop_assert!(d.references().windows(2).all(|w| w[0].at <= w[1].at));
        prop_assert!(d.pages().windows(2).all(|w| w[0].at <= w[1].at));
        prop_assert!(d.pages().iter().all(|p| d.position(p.at.byte()) == p.at));
        prop_assert!(d.notes().windows(2).all(|w| w[0].range.end < w[1].range.start));
        for span in d.spans() {
            let block = &d.blocks()[d.block_at(Position::at(span.range.start))].range;
            prop_assert!(block.start <= span.range.start && span.range.end <= block.end);
            prop_assert!(d.text().is_char_boundary(span.range.start) && d.text().is_char_boundary(span.range.end));
        }
        for r in d.references() {
            if !d.blocks().is_empty() {
                let block = &d.blocks()[d.block_at(r.at)].range;
                prop_assert!(block.start <= r.at.byte() && r.at.byte() <= block.end);
            }
        }
        let escaped = d.text().contains('\x1b');
        prop_assert!(!escaped);
        for byte in 0..=d.text().len() {
            let at = d.position(byte);
            prop_assert!(at.byte() <= byte && d.text().is_char_boundary(at.byte()));
        }
    }
}
