//! The annotations that ibid writes, held against the rules of the W3C's Web Annotation Data Model.

use ibid::document::Document;
use ibid::document::anchor::Anchor;
use ibid::export::annotation::collection;
use ibid::export::marks::marks;
use ibid::import::{Options, import};
use ibid::shelf::{Colour, Draft, Id, Shelf, Stamp};
use proptest::prelude::*;
use serde_json::Value;

const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// Whether a value is an IRI: a scheme, a colon, and nothing that no IRI has.
fn is_iri(value: &Value) -> bool {
    let Some(iri) = value.as_str() else { return false };
    let Some((scheme, rest)) = iri.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !rest.is_empty()
        && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// `2026-01-02T03:04:05Z`: an xsd:dateTime with its zone (3.3.1).
fn is_date(value: &Value) -> bool {
    value.as_str().is_some_and(|date| {
        date.len() == 20
            && date.ends_with('Z')
            && date.char_indices().all(|(i, c)| match i {
                4 | 7 => c == '-',
                10 => c == 'T',
                13 | 16 => c == ':',
                19 => c == 'Z',
                _ => c.is_ascii_digit(),
            })
    })
}

/// A collection and its page (5.1, 5.2): returns the annotations.
#[track_caller]
fn check_collection(collection: &Value) -> &[Value] {
    assert_eq!(collection["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert!(is_iri(&collection["id"]), "{collection}");
    assert_eq!(collection["type"], "AnnotationCollection");
    let page = &collection["first"];
    assert!(is_iri(&page["id"]) && page["id"] != collection["id"], "{page}");
    assert_eq!(page["type"], "AnnotationPage");
    assert_eq!(page["partOf"], collection["id"]);
    assert_eq!(page["startIndex"], 0);
    let items = page["items"].as_array().expect("a list");
    assert_eq!(collection["total"], items.len());
    items
}

/// One annotation (3.1 to 3.3, 4.1, 4.2.4, 4.2.5) on a text.
#[track_caller]
fn check_annotation(annotation: &Value, text: &str) {
    assert!(is_iri(&annotation["id"]), "{annotation}");
    assert_eq!(annotation["type"], "Annotation");
    assert!(MOTIVATIONS.contains(&annotation["motivation"].as_str().expect("a motivation")));
    assert!(annotation.get("created").is_none_or(is_date), "{annotation}");
    for body in annotation.get("body").and_then(Value::as_array).into_iter().flatten() {
        assert_eq!(body["type"], "TextualBody");
        assert!(body["value"].as_str().is_some_and(|value| !value.is_empty()));
        assert_eq!(body["format"], "text/plain");
        assert!(MOTIVATIONS.contains(&body["purpose"].as_str().expect("a purpose")));
    }
    let target = &annotation["target"];
    assert_eq!(target["type"], "SpecificResource");
    assert!(is_iri(&target["source"]), "{target}");
    if let Some(class) = target.get("styleClass") {
        let style = &annotation["stylesheet"];
        assert_eq!(style["type"], "CssStylesheet");
        let class = format!(".{} ", class.as_str().expect("a name"));
        assert!(style["value"].as_str().is_some_and(|value| value.starts_with(&class)), "{style}");
    }
    let selectors = target["selector"].as_array().expect("selectors");
    let words = &selectors[0];
    assert_eq!(words["type"], "TextQuoteSelector");
    let [exact, prefix, suffix] =
        ["exact", "prefix", "suffix"].map(|name| words[name].as_str().expect("words"));
    assert!(!exact.is_empty());
    let Some(position) = selectors.get(1) else { return };
    assert_eq!(position["type"], "TextPositionSelector");
    let [start, end] = ["start", "end"].map(|name| position[name].as_u64().expect("a number") as usize);
    assert!(start < end);
    // The two selectors choose the same words, counted in code points; the end is not included.
    let chars: Vec<char> = text.chars().collect();
    let stretch = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    assert_eq!(stretch(start, end), exact);
    assert!(stretch(0, start).ends_with(prefix) && stretch(end, chars.len()).starts_with(suffix));
}

fn text(words: &str) -> Document {
    import(words.as_bytes(), "text.md", &Options::default()).expect("a text")
}

/// A shelf told by drafts.
fn shelf(drafts: &[Draft]) -> Shelf {
    let mut shelf = Shelf::default();
    for (i, draft) in drafts.iter().enumerate() {
        let id = Id::try_from(format!("id{i}")).expect("an id");
        let stamp = Stamp { id, at: "2026-01-02T03:04:05Z".to_owned() };
        let record = shelf.record(draft, &stamp).expect("a record");
        shelf.add(&"here".into(), record);
    }
    shelf
}

fn anchor(document: &Document, words: &str) -> Anchor {
    let at = document.text().find(words).expect("the words");
    Anchor::new(document, at..at + words.len(), "known")
}

const LOG: &str = "---\ntitle: Das Öllicht\n---\n\nDer Wärter führte das Buch — täglich.[^1] Niemand las es.\n\n[^1]: Ebd., S. 9.\n";

#[test]
fn what_is_marked_is_annotated_by_the_rules_of_the_model() {
    let document = text(LOG);
    let gone = Anchor { exact: "Words that are gone".to_owned(), ..Anchor::default() };
    let highlight = |words: &str, note: &str| Draft::Highlight {
        at: anchor(&document, words),
        colour: Colour::Green,
        note: note.to_owned(),
    };
    let shelf = shelf(&[
        highlight("Wärter führte", ""),
        highlight("Niemand las es", "Why\u{1b}[31m not?\n\nHe did."),
        highlight("Ebd.", ""),
        Draft::Bookmark { at: anchor(&document, "Niemand"), label: "here".to_owned() },
        Draft::Mark { name: 'x', at: anchor(&document, "täglich") },
        Draft::Highlight { at: gone, colour: Colour::Pink, note: String::new() },
    ]);
    let marks = marks(&document, &shelf, "known");
    let collection = collection(&document, &marks, "file:///home/anna/%C3%96l.md", "abc");
    assert_eq!(collection["label"], "Das Öllicht");
    let items = check_collection(&collection);
    assert_eq!(items.len(), 6);
    items.iter().for_each(|item| check_annotation(item, document.text()));
    let told = |i: usize| {
        let words = items[i]["target"]["selector"][0]["exact"].as_str().unwrap_or_default();
        (items[i]["motivation"].as_str().unwrap_or_default(), words)
    };
    let mut all: Vec<_> = (0..6).map(told).collect();
    all.sort_unstable();
    assert_eq!(
        all,
        [
            ("bookmarking", "Niemand"),
            ("bookmarking", "täglich"),
            ("commenting", "Niemand las es"),
            ("highlighting", "Ebd."),
            ("highlighting", "Words that are gone"),
            ("highlighting", "Wärter führte"),
        ]
    );
    let commented = items.iter().find(|item| item["motivation"] == "commenting").expect("a comment");
    assert_eq!(commented["body"][0]["value"], "Why␛[31m not?\n\nHe did.");
    assert_eq!(commented["target"]["styleClass"], "green");
    let lost = items.iter().find(|item| item["target"]["selector"].as_array().is_some_and(|s| s.len() == 1));
    assert_eq!(lost.map(|item| &item["target"]["selector"][0]["exact"]), Some(&"Words that are gone".into()));
}

#[test]
fn a_shelf_with_nothing_on_it_is_a_collection_of_nothing() {
    let document = text("Words.\n");
    let marks = marks(&document, &Shelf::default(), "known");
    assert!(check_collection(&collection(&document, &marks, "ibid:text/abc", "abc")).is_empty());
}

#[test]
fn quotations_come_with_their_places_and_comments_ready_for_a_paper() {
    let document = text(
        "---\ntitle: The *Log*\nauthor: Ann Smith\n---\n\n# Oil\n\nHe wrote it *twice*. Nobody read it.[^1]\n\n[^1]: A note_of_sorts.\n",
    );
    let gone =
        Anchor { exact: "Words that are gone".to_owned(), sec: "Wind".to_owned(), ..Anchor::default() };
    let highlight =
        |at: Anchor, note: &str| Draft::Highlight { at, colour: Colour::Blue, note: note.to_owned() };
    let shelf = shelf(&[
        highlight(anchor(&document, "He wrote it twice."), "So he *says*.\nTwice.\n\nBut why?"),
        Draft::Bookmark { at: anchor(&document, "Nobody read"), label: "the reader".to_owned() },
        highlight(anchor(&document, "A note_of_sorts."), ""),
        highlight(gone, ""),
    ]);
    let marks = marks(&document, &shelf, "known");
    let expected = "\
# Marks in *The \\*Log\\**

Ann Smith

## Oil

> He wrote it twice.
>
> — §1 ¶1 · blue

So he \\*says\\*.  
Twice.

But why?

> Nobody read …
>
> — §1 ¶1

**the reader**

## Notes

> A note\\_of\\_sorts.
>
> — §1 ¶1, note 1 · blue

## Not found in this text any more

> Words that are gone
>
> — in “Wind” · blue
";
    assert_eq!(marks.markdown(&document, "log.md"), expected);
    // What is printed is read again as what it was.
    let again = text(&marks.markdown(&document, "log.md"));
    assert!(again.text().contains("So he *says*."), "{}", again.text());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_are_annotated_by_the_rules(words in "[a-zé日👩 ]{1,40}", from in 0..40_usize, length in 1..20_usize, note in any::<String>()) {
        let document = text(&format!("Start {words} end. Another sentence."));
        let all = document.text();
        let start = document.position(from.min(all.len() - 1)).byte();
        let end = document.position((start + length).min(all.len())).byte();
        prop_assume!(start < end && !all[start..end].trim().is_empty());
        let at = Anchor::new(&document, start..end, "known");
        let shelf = shelf(&[Draft::Highlight { at, colour: Colour::Yellow, note }]);
        let marks = marks(&document, &shelf, "known");
        let collection = collection(&document, &marks, "ibid:text/abc", "abc");
        let items = check_collection(&collection);
        prop_assert_eq!(items.len(), 1);
        check_annotation(&items[0], document.text());
    }
}
