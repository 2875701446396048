//! A range of the text as it goes to a clipboard or into a note of one's own.

use crate::document::clean::{Place, clean};
use crate::document::{Document, Kind, Position};
use std::ops::Range;

/// The words of a range: paragraphs on one line each and parted by an empty one, verse, code and tables with their line
/// ends; without soft hyphens and whatever else cannot be seen. Note marks stand beside the text and are not in it.
pub fn quote(document: &Document, range: &Range<usize>) -> String {
    let mut quoted = String::new();
    let mut last: Option<Kind> = None;
    let first = document.block_at(Position::at(range.start));
    for block in document.blocks()[first.min(document.blocks().len())..].iter() {
        let part = block.range.start.max(range.start)..block.range.end.min(range.end);
        if block.range.start >= range.end {
            break;
        }
        if part.is_empty() {
            continue;
        }
        let lines = document.text()[part].lines().map(line);
        let words = lines.collect::<Vec<_>>().join("\n");
        let words = words.trim_matches(['\n', ' ']);
        if words.is_empty() {
            continue;
        }
        if let Some(last) = last {
            let list = matches!((last, block.kind), (Kind::Item(_), Kind::Item(_)));
            quoted.push_str(if list { "\n" } else { "\n\n" });
        }
        quoted.push_str(words);
        last = Some(block.kind);
    }
    quoted
}

/// One line of it; the cells of a table stay parted by tabs.
fn line(line: &str) -> String {
    line.split('\t').map(|cell| clean(cell, Place::Line)).collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{builder::Builder, report::Format};
    use proptest::prelude::*;

    fn document() -> Document {
        let mut b = Builder::new(Format::Markdown, "UTF-8");
        b.block(Kind::Heading(1), 0, "Oil");
        b.open(Kind::Paragraph, 0);
        b.text("The keeper co\u{ad}operated.");
        b.reference("1", "1");
        b.text(" He wrote.");
        b.close();
        b.open(Kind::Verse, 0);
        b.text("One line");
        b.line_break();
        b.text("and another");
        b.close();
        b.block(Kind::Item(crate::document::Marker::Bullet), 1, "lamp");
        b.block(Kind::Item(crate::document::Marker::Bullet), 1, "wick");
        b.open_note("1", "1");
        b.text("A note.");
        b.close_note();
        b.finish()
    }

    #[test]
    fn paragraphs_are_parted_and_nothing_unseen_comes_with_them() {
        let d = document();
        let body = d.body();
        let all = "Oil\n\nThe keeper cooperated. He wrote.\n\nOne line\nand another\n\nlamp\nwick";
        assert_eq!(quote(&d, &body), all);
        let from = d.text().find("keeper").unwrap();
        let to = d.text().find("and another").unwrap() + 3;
        assert_eq!(quote(&d, &(from..to)), "keeper cooperated. He wrote.\n\nOne line\nand");
        let note = d.notes()[0].range.clone();
        assert_eq!(quote(&d, &note), "A note.");
        assert_eq!(quote(&d, &(3..4)), "");
        assert_eq!(quote(&Document::default(), &(0..0)), "");
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_ever_quoted(text in any::<String>()) {
            let mut b = Builder::new(Format::Text, "UTF-8");
            b.block(Kind::Code, 0, &text);
            let d = b.finish();
            let quoted = quote(&d, &(0..d.text().len()));
            let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            prop_assert_eq!(quoted.chars().find(|&c| odd(c)), None);
        }
    }
}
