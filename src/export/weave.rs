//! A block taken apart into what every written form is made of: words, where spans open and close, and where notes are
//! called.

use crate::document::{Block, Document, Kind, Mark, Page, Reference};
use std::cmp::Reverse;
use std::ops::Range;

/// A piece of a block. Spans open and close like brackets: what opened last closes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words, as they stand in the document.
    Words(&'a str),
    /// A span opens; the number counts the spans of the block as they open.
    Open(usize, &'a Mark),
    /// The span of this number closes.
    Close(usize),
    /// A note is called.
    Call(&'a Reference),
    /// A page of the printed book begins.
    Page(&'a Page),
}

/// The pieces of a block. A span neither begins nor ends in blanks, and none crosses the edge of a cell, nor a link the
/// call of a note: it is closed there and opened again behind it.
pub(super) fn pieces<'a>(document: &'a Document, block: &Block) -> Vec<Piece<'a>> {
    let pages = document.pages();
    let first = pages.partition_point(|p| p.at.byte() < block.range.start);
    let last = pages.partition_point(|p| p.at.byte() <= block.range.end);
    let mut weaver = Weaver {
        document,
        at: block.range.start,
        calls: document.references_in(&block.range),
        pages: &pages[first..last.max(first)],
        open: Vec::new(),
        next: 0,
        pieces: Vec::new(),
    };
    for (range, mark) in spans(document, block) {
        weaver.close_before(range.start);
        weaver.open(range, mark);
    }
    weaver.close_before(usize::MAX);
    weaver.advance(block.range.end);
    weaver.stand();
    weaver.pieces
}

/// The spans of a block as they open, without blanks at their ends, cut where cells end and where notes are called in
/// links.
fn spans<'a>(document: &'a Document, block: &Block) -> Vec<(Range<usize>, &'a Mark)> {
    let mut spans: Vec<_> = document.spans_in(&block.range).iter().enumerate().collect();
    // Of two over the same words the one that is listed later was opened first.
    spans.sort_by_key(|(index, span)| (span.range.start, Reverse(span.range.end), Reverse(*index)));
    let mut cut = Vec::new();
    let mut link = 0;
    for (index, span) in spans {
        let range = span.range.start..span.range.end.min(block.range.end);
        if matches!(span.mark, Mark::Link(_)) {
            link = link.max(range.end);
        }
        let mut edges = vec![range.start];
        if block.kind == Kind::Table {
            let cells = document.text()[range.clone()].match_indices(['\t', '\n']);
            edges.extend(cells.map(|(at, _)| range.start + at));
        }
        if range.end <= link {
            let calls = document.references_in(&range).iter().map(|r| r.at.byte());
            edges.extend(calls.filter(|at| range.start < *at && *at < range.end));
        }
        edges.push(range.end);
        edges.sort_unstable();
        for part in edges.windows(2) {
            let words = &document.text()[part[0]..part[1]];
            let led = words.len() - words.trim_start().len();
            if !words.trim().is_empty() {
                let start = part[0] + led;
                cut.push((start..start + words.trim().len(), index, &span.mark));
            }
        }
    }
    cut.sort_by_key(|(range, index, _)| (range.start, Reverse(range.end), Reverse(*index)));
    cut.into_iter().map(|(range, _, mark)| (range, mark)).collect()
}

struct Weaver<'a> {
    document: &'a Document,
    /// How far the block is written.
    at: usize,
    /// The calls that are to come.
    calls: &'a [Reference],
    /// The pages that are to begin.
    pages: &'a [Page],
    /// The spans that are open: their numbers and where they end.
    open: Vec<(usize, usize)>,
    next: usize,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Weaver<'a> {
    /// Opens a span, which ends at the latest with the one it stands in.
    fn open(&mut self, range: Range<usize>, mark: &'a Mark) {
        let end = self.open.last().map_or(range.end, |(_, outer)| range.end.min(*outer));
        if range.start >= end {
            return;
        }
        self.advance(range.start);
        self.stand();
        self.open.push((self.next, end));
        self.pieces.push(Piece::Open(self.next, mark));
        self.next += 1;
    }

    /// Closes every span that ends at a place or before it.
    fn close_before(&mut self, place: usize) {
        while let Some((number, end)) = self.open.pop_if(|(_, end)| *end <= place) {
            self.advance(end);
            self.pieces.push(Piece::Close(number));
        }
    }

    /// Writes words up to a place, with the notes that are called among them. One that is called at the place itself
    /// waits: it stands behind a span that ends there, and before one that begins.
    fn advance(&mut self, place: usize) {
        loop {
            let call = self.calls.first().map(|c| c.at.byte());
            let page = self.pages.first().map(|p| p.at.byte());
            let Some(next) = call.into_iter().chain(page).min().filter(|next| *next < place) else { break };
            self.words(next);
            self.stand();
        }
        self.words(place);
    }

    /// Writes what stands at this place beside the text: the notes that are called, then the page that begins.
    fn stand(&mut self) {
        while let Some((call, rest)) = self.calls.split_first().filter(|(c, _)| c.at.byte() <= self.at) {
            self.pieces.push(Piece::Call(call));
            self.calls = rest;
        }
        while let Some((page, rest)) = self.pages.split_first().filter(|(p, _)| p.at.byte() <= self.at) {
            self.pieces.push(Piece::Page(page));
            self.pages = rest;
        }
    }

    fn words(&mut self, end: usize) {
        if self.at < end {
            self.pieces.push(Piece::Words(&self.document.text()[self.at..end]));
            self.at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::Builder;
    use crate::document::report::Format;

    fn told(document: &Document) -> String {
        let tell = |piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Open(n, _) => format!("<{n}>"),
            Piece::Close(n) => format!("</{n}>"),
            Piece::Call(call) => format!("^{}", call.label),
            Piece::Page(page) => format!("|{}|", page.label),
        };
        pieces(document, &document.blocks()[0]).into_iter().map(tell).collect()
    }

    #[test]
    fn spans_open_and_close_like_brackets() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.open(Kind::Paragraph, 0);
        b.reference("0", "0");
        b.open_span(Mark::Emphasis);
        b.open_span(Mark::Strong);
        b.text("one ");
        b.close_span();
        b.text(" two");
        b.reference("1", "1");
        b.text(" ");
        b.page("12");
        b.text("three");
        b.close_span();
        b.reference("2", "2");
        b.reference("3", "3");
        b.open_span(Mark::Code);
        b.text(".");
        assert_eq!(told(&b.finish()), "^0<0><1>one</1> two^1 |12|three</0>^2^3<2>.</2>");
    }

    #[test]
    fn no_span_crosses_the_edge_of_a_cell() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.open(Kind::Table, 0);
        b.open_span(Mark::Emphasis);
        b.text("a");
        b.cell();
        b.text("b");
        b.reference("1", "1");
        b.line_break();
        b.text("c");
        b.close_span();
        b.text("d");
        assert_eq!(told(&b.finish()), "<0>a</0>\t<1>b</1>^1\n<2>c</2>d");
    }
}
