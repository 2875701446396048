//! The pages of the printed book, where the source names them: they are what one cites.

use super::{Document, Position};

/// Where a page of the printed book begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What is printed on it: `12`, `xii`, `A-3`.
    pub label: Box<str>,
    /// Where it begins.
    pub at: Position,
}

impl Document {
    /// The pages of the printed book, in reading order; empty where the source does not name them.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The page of the printed book on which a place is. A note stands on the page that begins in or before it among
    /// the notes; where these name none, on that of its first reference. `None` before the first page.
    pub fn page_at(&self, at: Position) -> Option<&Page> {
        let Some(note) = self.note_at(at) else { return self.last_page(0, at) };
        let among = self.notes.first().map_or(0, |n| n.range.start);
        let cited = || self.references.iter().find(|r| r.note == Some(note) && r.at.byte() <= self.body);
        self.last_page(among, at).or_else(|| self.last_page(0, cited()?.at))
    }

    /// Where the page with a label begins; capitals are not minded. Of several the first.
    pub fn page_called(&self, label: &str) -> Option<Position> {
        let label = label.to_lowercase();
        self.pages.iter().find(|p| p.label.to_lowercase() == label).map(|p| p.at)
    }

    /// The last page that begins in the bytes from `floor` to `at`.
    fn last_page(&self, floor: usize, at: Position) -> Option<&Page> {
        let after = self.pages.partition_point(|p| p.at <= at);
        self.pages[..after].last().filter(|p| p.at.byte() >= floor)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::builder::Builder;
    use crate::document::report::Format;
    use crate::document::{Document, Kind, Position};

    /// Pages begin inside a paragraph, between two, before the first word, before a note, in one, and at the end.
    fn book() -> Document {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.page("ix");
        b.open(Kind::Paragraph, 0);
        b.text("One two");
        b.page("1");
        b.text(" three");
        b.reference("1", "1");
        b.close();
        b.page("2");
        b.block(Kind::Paragraph, 0, "four");
        b.reference("2", "2");
        b.open_note("1", "1");
        b.text("five");
        b.close_note();
        b.open_note("2", "2");
        b.page("90");
        b.text("six seve");
        b.page("91");
        b.text("\u{301}n");
        b.close_note();
        b.page("3");
        b.page("");
        b.finish()
    }

    #[test]
    fn pages_begin_at_their_first_word() {
        let book = book();
        let starts: Vec<_> = book.pages().iter().map(|p| (&*p.label, &book.text()[p.at.byte()..])).collect();
        let rest = "One two three\nfour\nfive\nsix sevén".replace('é', "e\u{301}");
        let from = |word: &str| &rest[rest.find(word).unwrap()..];
        let end = &rest[rest.find("\nfive").unwrap()..];
        assert_eq!(
            starts,
            [
                ("ix", from("One")),
                ("1", from("three")),
                ("2", from("four")),
                ("3", end),
                ("90", from("six")),
                ("91", from("e\u{301}n")),
            ]
        );
    }

    #[test]
    fn a_place_is_on_the_page_that_began_last() {
        let book = book();
        let page = |word: &str| {
            let at = Position::at(book.text().find(word).unwrap());
            book.page_at(at).map_or("", |p| &p.label)
        };
        for (word, label) in [
            ("One", "ix"),
            ("two", "ix"),
            ("three", "1"),
            ("four", "2"),
            ("five", "1"),
            ("six", "90"),
            ("n", "ix"),
            ("e\u{301}n", "91"),
        ] {
            assert_eq!(page(word), label, "{word}");
        }
        assert_eq!(book.page_called("IX"), Some(Position::at(0)));
        assert_eq!(book.page_called("17"), None);
    }
}
