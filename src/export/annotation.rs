//! Marks as W3C Web Annotations, in JSON-LD: for programs that know nothing of ibid.
//!
//! Each is anchored twice, as the model advises: by its words and their neighbours (TextQuoteSelector), and by the
//! characters of the text from start to end (TextPositionSelector). The text is that of `ibid convert --to json`; one
//! character is one code point. What was not found in the text is anchored by its words alone.

use super::marks::{Mark, Marks};
use crate::document::Document;
use crate::document::anchor::CONTEXT;
use serde_json::{Value, json};
use std::ops::Range;

/// The context that gives every name its meaning.
const CONTEXT_IRI: &str = "http://www.w3.org/ns/anno.jsonld";

/// The marks of a document as an AnnotationCollection of one page. `source` is the IRI of the text, `docid` what it is
/// known by.
pub fn collection(document: &Document, marks: &Marks, source: &str, docid: &str) -> Value {
    let points = Points::new(document.text(), marks.all());
    let items: Vec<Value> =
        marks.all().iter().map(|mark| annotation(document, mark, source, docid, &points)).collect();
    let title = document.meta().title.as_deref().unwrap_or_default();
    let mut collection = json!({
        "@context": CONTEXT_IRI,
        "id": format!("ibid:marks/{docid}"),
        "type": "AnnotationCollection",
        "generator": {
            "id": "ibid:reader",
            "type": "Software",
            "name": concat!("ibid ", env!("CARGO_PKG_VERSION")),
        },
        "total": items.len(),
        "first": {
            "id": format!("ibid:marks/{docid}/1"),
            "type": "AnnotationPage",
            "partOf": format!("ibid:marks/{docid}"),
            "startIndex": 0,
            "items": items,
        },
    });
    if !title.is_empty() {
        collection["label"] = title.into();
    }
    collection
}

fn annotation(document: &Document, mark: &Mark, source: &str, docid: &str, points: &Points) -> Value {
    let highlight = mark.kind == "highlight";
    let comment = mark.comment.trim();
    let motivation = match (highlight, comment.is_empty()) {
        (true, true) => "highlighting",
        (_, false) => "commenting",
        (false, true) => "bookmarking",
    };
    let [exact, prefix, suffix] = &mark.kept;
    let selectors = match &mark.range {
        Some(range) => {
            let (before, behind) = neighbours(document.text(), range);
            let quote = quote(&document.text()[range.clone()], before, behind);
            let position = json!({
                "type": "TextPositionSelector",
                "start": points.of(range.start),
                "end": points.of(range.end),
            });
            vec![quote, position]
        }
        None => vec![quote(exact, prefix, suffix)],
    };
    let mut target = json!({ "type": "SpecificResource", "source": source, "selector": selectors });
    let mut annotation = json!({
        "id": format!("ibid:mark/{docid}/{}", mark.id),
        "type": "Annotation",
        "motivation": motivation,
    });
    if is_date(&mark.created) {
        annotation["created"] = mark.created.as_str().into();
    }
    let body = |value: &str, purpose: &str| json!({ "type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose });
    let mut bodies = Vec::new();
    bodies.extend((!comment.is_empty()).then(|| body(comment, "commenting")));
    bodies.extend((!mark.label.trim().is_empty()).then(|| body(mark.label.trim(), "describing")));
    bodies.extend(mark.name.map(|name| body(&name.to_string(), "tagging")));
    if !bodies.is_empty() {
        annotation["body"] = bodies.into();
    }
    if let Some(colour) = mark.colour {
        target["styleClass"] = colour.into();
        let style = format!(".{colour} {{ background-color: {colour}; }}");
        annotation["stylesheet"] = json!({ "type": "CssStylesheet", "value": style });
    }
    annotation["target"] = target;
    annotation
}

fn quote(exact: &str, prefix: &str, suffix: &str) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix })
}

/// The characters before and behind a range, as many as anchors keep.
fn neighbours<'a>(text: &'a str, range: &Range<usize>) -> (&'a str, &'a str) {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    let from = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(i, _)| i);
    let to = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(i, _)| i);
    (&before[from..], &behind[..to])
}

/// How many code points stand before the ends of marks, counted in one walk through the text.
struct Points(Vec<(usize, usize)>);

impl Points {
    fn new(text: &str, marks: &[Mark]) -> Points {
        let ranges = marks.iter().filter_map(|mark| mark.range.as_ref());
        let mut bytes: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
        bytes.sort_unstable();
        bytes.dedup();
        let (mut at, mut count) = (0, 0);
        let counted = bytes.into_iter().map(|byte| {
            count += text[at..byte].chars().count();
            at = byte;
            (byte, count)
        });
        Points(counted.collect())
    }

    fn of(&self, byte: usize) -> usize {
        self.0.binary_search_by_key(&byte, |(byte, _)| *byte).map_or(0, |i| self.0[i].1)
    }
}

/// Whether it is a date and time with its zone, as the model asks for: `2026-01-02T03:04:05Z`.
fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00Z"
}
