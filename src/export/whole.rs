//! All that is known of a document, with its text: what `inspect` tells, and the text as ranges over one string.

use super::inspect::{Inspection, inspect};
use crate::apparatus::Standing;
use crate::document::{Document, Kind, Mark, Marker};
use serde::Serialize;

/// A whole document. Places count the characters (code points) of `text`, as Python does.
#[derive(Debug, Serialize)]
pub struct Whole<'a> {
    #[serde(flatten)]
    inspection: Inspection<'a>,
    /// The running text and, behind it, the notes.
    text: &'a str,
    /// Where the running text ends.
    body: usize,
    blocks: Vec<Block>,
    spans: Vec<Span<'a>>,
    /// Where each of the references stands.
    places: Vec<usize>,
}

/// A paragraph or the like.
#[derive(Debug, Serialize)]
struct Block {
    kind: &'static str,
    start: usize,
    end: usize,
    /// How many quotations and lists it stands in.
    depth: u8,
    /// The level of a heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    /// The number of an item that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    /// The note it belongs to.
    note: Option<usize>,
}

/// Words set apart.
#[derive(Debug, Serialize)]
struct Span<'a> {
    mark: &'static str,
    start: usize,
    end: usize,
    /// Where a link goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

/// All of a document that came from `file`, and what its notes stand for.
pub fn whole<'a>(document: &'a Document, standings: &'a [Option<Standing>], file: &'a str) -> Whole<'a> {
    let characters = Characters::of(document.text());
    let at = |byte: usize| characters.before(byte);
    let blocks = document.blocks().iter().map(|b| {
        let (kind, level, number) = name(b.kind);
        let note = document.note_at(document.position(b.range.start));
        Block { kind, start: at(b.range.start), end: at(b.range.end), depth: b.depth, level, number, note }
    });
    let spans = document.spans().iter().map(|s| {
        let (mark, address) = mark(&s.mark);
        Span { mark, start: at(s.range.start), end: at(s.range.end), address }
    });
    let mut inspection = inspect(document, standings, file);
    for (told, page) in inspection.pages.iter_mut().zip(document.pages()) {
        told.at = Some(at(page.at.byte()));
    }
    Whole {
        inspection,
        text: document.text(),
        body: at(document.body().end),
        blocks: blocks.collect(),
        spans: spans.collect(),
        places: document.references().iter().map(|r| at(r.at.byte())).collect(),
    }
}

/// What a kind is called, and its level or number.
fn name(kind: Kind) -> (&'static str, Option<u8>, Option<u64>) {
    match kind {
        Kind::Source => ("source", None, None),
        Kind::Title => ("title", None, None),
        Kind::Subtitle => ("subtitle", None, None),
        Kind::Author => ("author", None, None),
        Kind::Heading(level) => ("heading", Some(level), None),
        Kind::Paragraph => ("paragraph", None, None),
        Kind::Quotation => ("quotation", None, None),
        Kind::Verse => ("verse", None, None),
        Kind::Item(Marker::Bullet) => ("item", None, None),
        Kind::Item(Marker::Number(number)) => ("item", None, Some(number)),
        Kind::Code => ("code", None, None),
        Kind::Table => ("table", None, None),
        Kind::Break => ("break", None, None),
    }
}

/// What a mark is called, and the address of a link.
fn mark(mark: &Mark) -> (&'static str, Option<&str>) {
    match mark {
        Mark::Emphasis => ("emphasis", None),
        Mark::Strong => ("strong", None),
        Mark::Code => ("code", None),
        Mark::Struck => ("struck", None),
        Mark::Link(address) => ("link", Some(address)),
    }
}

/// How many characters stand before a byte: counted once at every so many bytes, and from there.
struct Characters<'a> {
    text: &'a str,
    counted: Vec<usize>,
}

impl<'a> Characters<'a> {
    const STEP: usize = 1024;

    fn of(text: &'a str) -> Characters<'a> {
        let starts = |bytes: &[u8]| bytes.iter().filter(|b| (**b as i8) >= -0x40).count();
        let mut counted = vec![0];
        let mut sum = 0;
        for chunk in text.as_bytes().chunks(Self::STEP) {
            sum += starts(chunk);
            counted.push(sum);
        }
        Characters { text, counted }
    }

    fn before(&self, byte: usize) -> usize {
        let step = byte / Self::STEP;
        let from = self.text.floor_char_boundary(step * Self::STEP);
        // A character that begins before the step was counted with what lies before it.
        let straddles = usize::from(from < step * Self::STEP);
        self.counted[step] + self.text[from..byte].chars().count() - straddles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::Builder;
    use crate::document::report::Format;

    #[test]
    fn places_count_characters() {
        let text = "aé管👩".repeat(900);
        let characters = Characters::of(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(characters.before(byte), count);
        }
        assert_eq!(characters.before(text.len()), 3600);
    }

    #[test]
    fn the_text_is_one_string_and_all_else_ranges_over_it() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Heading(2), 0, "Été");
        b.open(Kind::Item(Marker::Number(3)), 1);
        b.text("one ");
        b.open_span(Mark::Link("a.org".into()));
        b.text("two");
        b.close_span();
        b.reference("1", "1");
        b.open_note("1", "1");
        b.text("note");
        b.close_note();
        let document = b.finish();
        let told = serde_json::to_value(whole(&document, &[None], "a.txt")).unwrap();
        assert_eq!(told["text"], "Été\none two\nnote");
        assert_eq!(told["body"], 11);
        assert_eq!(
            told["blocks"],
            serde_json::json!([
                {"kind": "heading", "start": 0, "end": 3, "depth": 0, "level": 2, "note": null},
                {"kind": "item", "start": 4, "end": 11, "depth": 1, "number": 3, "note": null},
                {"kind": "paragraph", "start": 12, "end": 16, "depth": 0, "note": 0},
            ])
        );
        assert_eq!(
            told["spans"],
            serde_json::json!([{"mark": "link", "start": 8, "end": 11, "address": "a.org"}])
        );
        assert_eq!((&told["places"], &told["schema"]), (&serde_json::json!([11]), &serde_json::json!(1)));
    }
}
