//! One block, set to a measure.

use super::bidi::{self, Levels, Sides};
use super::fit::{self, Last};
use super::fragments::{Fragment, Rules, fragments};
use super::justify::{Blank, Filler, Gap};
use super::marks;
use super::width::{advance, width};
use super::{Bidi, Spacing, Style};
use crate::document::{Block, Document, Kind, Mark, Marker, Position, Reference};
use hypher::Lang;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The bytes it shows.
    pub range: Range<usize>,
    /// Empty cells before it, the lead's included.
    pub indent: u16,
    /// What is printed at the end of the indent: a bullet, a number, the mark of a note, the head of a table's cell.
    pub lead: Option<Box<str>>,
    /// Whether a hyphen is set behind it.
    pub hyphen: bool,
    /// The gaps between its words that are widened to fill it.
    pub gaps: Box<[Gap]>,
    /// The directions of its graphemes, if any runs from right to left.
    pub levels: Option<Box<Levels>>,
}

/// A block as it is set.
#[derive(Clone, Debug, Default)]
pub struct SetBlock {
    /// Its lines; there is at least one.
    pub lines: Vec<Line>,
    /// Where the columns of a table that fits start, and how each is aligned; empty for anything else.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The cell it starts at.
    pub start: u16,
    /// Its width in cells.
    pub width: u16,
    /// Whether it holds figures, which are aligned on the right.
    pub figures: bool,
}

/// Cells between two columns.
const GUTTER: u16 = 3;

/// Cells by which the other cells of a row stand further in than its first, where each has a line.
const RECORD: u16 = 2;

/// Cells by which what is turned over stands further in.
const TURN: u16 = 4;

/// Cells by which the first line of a paragraph is indented where no empty row parts it from the one before.
const FIRST: u16 = 3;

/// What stands at either side of a stretch of text, in cells.
#[derive(Clone, Copy)]
struct Frame {
    indent: u16,
    right: u16,
    /// What the first line has more of indent.
    first: u16,
}

impl Frame {
    fn at(indent: u16) -> Frame {
        Frame { indent, right: 0, first: 0 }
    }
}

struct Setter<'a> {
    document: &'a Document,
    references: &'a [Reference],
    /// The spans of code in the block.
    whole: Vec<Range<usize>>,
    style: Style,
    hyphens: Option<Lang>,
}

/// Whether the block behind this one goes on as it does: two paragraphs of one flow, neither deeper than the other.
pub fn runs_on(document: &Document, index: usize) -> bool {
    let [a, b] = &document.blocks()[index..=index + 1] else { return false };
    let flow = |block: &Block| document.flow_at(Position::at(block.range.start));
    a.kind == Kind::Paragraph && b.kind == Kind::Paragraph && a.depth == b.depth && flow(a) == flow(b)
}

/// Sets `range`, a block or, with `rest`, a later part of one.
pub fn set(
    document: &Document,
    index: usize,
    range: Range<usize>,
    rest: bool,
    style: Style,
    hyphens: Option<Lang>,
) -> SetBlock {
    let block = &document.blocks()[index];
    let follows = style.spacing == Spacing::Indented && index > 0 && runs_on(document, index - 1);
    let code = document.spans_in(&block.range).iter().filter(|s| s.mark == Mark::Code);
    let whole = code.map(|s| s.range.clone()).collect();
    let setter = Setter { document, references: document.references_in(&range), whole, style, hyphens };
    let step = style.measure.min(40) / 10;
    let nest = |depth: u8| (u16::from(depth) * step).min(style.measure / 3);
    let note = document
        .note_at(Position::at(range.start))
        .map(|n| (style.figure(&document.notes()[n].mark).into_owned(), document.notes()[n].range.start));
    // A note's text hangs beside its mark.
    let hang = note.as_ref().map_or(0, |(mark, _)| marks::hang(mark, style.measure));
    let mut lines = match block.kind {
        Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Break => {
            setter.centred(range.clone())
        }
        Kind::Heading(_) => setter.even(range.clone(), hang + nest(block.depth)),
        Kind::Paragraph => {
            let indent = hang + nest(block.depth);
            let first = if rest || !follows { 0 } else { FIRST.min(style.measure / 8) };
            setter.prose(range.clone(), Frame { indent, right: 0, first })
        }
        Kind::Quotation => {
            let right = nest(block.depth.max(1));
            setter.prose(range.clone(), Frame { indent: hang + right, right, first: 0 })
        }
        Kind::Item(marker) => {
            let indent = hang + nest(block.depth.max(1));
            let mut lines = setter.prose(range.clone(), Frame { indent, right: 0, first: 0 });
            if let Some(first) = lines.first_mut().filter(|_| !rest) {
                first.lead = Some(match marker {
                    Marker::Bullet => "• ".into(),
                    Marker::Number(n) => format!("{n}. ").into(),
                });
            }
            lines
        }
        Kind::Verse => setter.verse(range.clone(), hang + nest(block.depth.max(1))),
        Kind::Code => setter.code(range.clone(), hang + nest(block.depth.max(1))),
        Kind::Table => {
            let mut set = setter.table(range.clone(), hang + nest(block.depth));
            setter.direct(&range, block.kind, &mut set.lines);
            return set;
        }
    };
    if let (Some((mark, start)), Some(first)) = (note, lines.first_mut())
        && range.start == start
    {
        let own = first.lead.take().unwrap_or_default();
        first.lead = Some(format!("{mark} {own}").into());
    }
    setter.direct(&range, block.kind, &mut lines);
    SetBlock { lines, columns: Vec::new() }
}

impl Setter<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        &self.document.text()[range.clone()]
    }

    /// Tells lines that run from right to left so.
    fn direct(&self, range: &Range<usize>, kind: Kind, lines: &mut [Line]) {
        if self.style.bidi == Bidi::Ours && bidi::runs_left(self.text(range)) {
            let sides = match kind {
                Kind::Code => Sides::Left,
                Kind::Table => Sides::Together,
                Kind::Source
                | Kind::Title
                | Kind::Subtitle
                | Kind::Author
                | Kind::Heading(_)
                | Kind::Paragraph
                | Kind::Quotation
                | Kind::Verse
                | Kind::Item(_)
                | Kind::Break => Sides::Each,
            };
            bidi::direct(self.document.text(), range, sides, lines);
        }
    }

    fn mark(&self, reference: &Reference) -> u16 {
        marks::cells_of(self.document, self.style, reference)
    }

    fn room(&self, indents: u16) -> u16 {
        self.style.measure.saturating_sub(indents).max(1)
    }

    fn fragments(&self, range: Range<usize>, room: u16) -> Vec<Fragment> {
        let hyphens = if room < 16 { None } else { self.hyphens };
        self.cut(range, room, hyphens)
    }

    fn cut(&self, range: Range<usize>, room: u16, hyphens: Option<Lang>) -> Vec<Fragment> {
        let (whole, references) = (&self.whole, self.references);
        let rules = Rules { hyphens, measure: room, whole, references, mark: &|r| self.mark(r) };
        fragments(self.document.text(), range, rules)
    }

    /// The stretches between the line ends that are to be kept.
    fn stretches(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut from = range.start;
        for (i, _) in self.text(&range).match_indices('\n') {
            out.push(from..range.start + i);
            from = range.start + i + 1;
        }
        if from < range.end || out.is_empty() {
            out.push(from..range.end);
        }
        out
    }

    /// Adds the lines of a stretch; of prose they are justified if that is wanted.
    fn filled(&self, stretch: Range<usize>, frame: Frame, last: Last, fill: bool, out: &mut Vec<Line>) {
        let room = self.room(frame.indent + frame.right);
        let fragments = self.fragments(stretch.clone(), room);
        if fragments.is_empty() {
            out.push(Line { range: stretch, indent: frame.indent, ..Line::default() });
        }
        let mut filler = Filler::default();
        for line in fit::lines(&fragments, room, frame.first, last) {
            let first = if line.start == 0 { frame.first } else { 0 };
            let pieces = &fragments[line.clone()];
            let (begin, end) = (&fragments[line.start], &fragments[line.end - 1]);
            let hyphen = end.hyphen && line.end < fragments.len();
            let gaps = if fill && line.end < fragments.len() {
                self.gaps(pieces, room - first, hyphen, &mut filler)
            } else {
                Box::default()
            };
            let range = begin.range.start..end.range.end;
            out.push(Line { range, indent: frame.indent + first, hyphen, gaps, ..Line::default() });
        }
    }

    /// The gaps that fill a line of these pieces.
    fn gaps(&self, pieces: &[Fragment], room: u16, hyphen: bool, filler: &mut Filler) -> Box<[Gap]> {
        let mut blanks = Vec::new();
        let mut cell = 0;
        for (i, piece) in pieces.iter().enumerate() {
            // A piece may hold blanks of its own, which keep what they part together: those stay as they are.
            cell += piece.width;
            if i + 1 < pieces.len() {
                if piece.space == 1 {
                    blanks.push(Blank { at: piece.range.end, cell });
                }
                cell += piece.space;
            }
        }
        let slack = room.saturating_sub(cell + u16::from(hyphen));
        filler.fill(&blanks, slack)
    }

    fn prose(&self, range: Range<usize>, frame: Frame) -> Vec<Line> {
        let mut lines = Vec::new();
        for stretch in self.stretches(range.clone()) {
            let first = if stretch.start == range.start { frame.first } else { 0 };
            self.filled(stretch, Frame { first, ..frame }, Last::Free, self.style.justify, &mut lines);
        }
        lines
    }

    /// Lines of about one length: the narrowest setting that takes no more lines.
    fn even(&self, range: Range<usize>, indent: u16) -> Vec<Line> {
        let set = |room: u16| {
            let mut lines = Vec::new();
            for stretch in self.stretches(range.clone()) {
                let fragments = self.cut(stretch, room, None);
                for line in fit::lines(&fragments, room, 0, Last::Even) {
                    let range = fragments[line.start].range.start..fragments[line.end - 1].range.end;
                    lines.push(Line { range, indent, ..Line::default() });
                }
            }
            lines
        };
        let widest = set(self.room(indent));
        let shown = widest.iter().map(|l| self.text(&l.range).len()).sum::<usize>();
        if widest.len() < 2 || shown > 400 {
            return widest;
        }
        let (mut low, mut high) = (self.room(indent) / 2, self.room(indent));
        while low + 1 < high {
            let middle = (low + high) / 2;
            if set(middle).len() > widest.len() { low = middle } else { high = middle }
        }
        set(high)
    }

    /// Lines in the middle of the measure. A title in two halves parts between them rather than anywhere.
    fn centred(&self, range: Range<usize>) -> Vec<Line> {
        let mut lines = self.even(range.clone(), 0);
        let colon = self.text(&range).find(": ").map(|i| range.start + i + 1);
        if let Some(colon) = colon.filter(|_| lines.len() > 1) {
            let mut halves = self.even(range.start..colon, 0);
            halves.extend(self.even(colon + 1..range.end, 0));
            if halves.len() <= lines.len() {
                lines = halves;
            }
        }
        for line in &mut lines {
            let wide = self.width(&line.range);
            line.indent = self.style.measure.saturating_sub(wide) / 2;
        }
        lines
    }

    /// The cells of a stretch on one line, its references included.
    fn width(&self, range: &Range<usize>) -> u16 {
        width(self.text(range)) + marks::cells(marks::on(self.document, range), |r| self.mark(r))
    }

    /// Verse keeps its lines; one that is too long turns over, further in.
    fn verse(&self, range: Range<usize>, indent: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        for stretch in self.stretches(range) {
            let text = self.text(&stretch);
            let own = text.len() - text.trim_start_matches(' ').len();
            let indent = (indent + own as u16).min(self.style.measure / 2);
            let turned = (indent + TURN).min(self.style.measure / 2);
            let first = lines.len();
            // Set to the narrower measure of the turned lines only if the line turns at all.
            let inner = stretch.start + own..stretch.end;
            self.filled(inner.clone(), Frame::at(indent), Last::Free, false, &mut lines);
            if lines.len() > first + 1 {
                lines.truncate(first);
                self.filled(inner, Frame::at(turned), Last::Free, false, &mut lines);
                lines[first].indent = indent;
            }
        }
        lines
    }

    /// Code keeps its lines and blanks; what is too long is turned over, further in, behind a blank if one is near.
    fn code(&self, range: Range<usize>, indent: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        for stretch in self.stretches(range) {
            let text = self.text(&stretch);
            let own = width(&text[..text.len() - text.trim_start_matches(' ').len()]);
            let turned =
                indent.saturating_add(own).saturating_add(TURN).min(indent.max(self.style.measure / 2));
            let mut line = Line { range: stretch.start..stretch.start, indent, ..Line::default() };
            // The cells used, and where a word last began, with the cells before it.
            let (mut used, mut word) = (0, (stretch.start, 0));
            for (i, g) in text.grapheme_indices(true) {
                let at = stretch.start + i;
                let mut wide = advance(used, g);
                while used + wide > self.room(line.indent) && at > line.range.start {
                    let room = self.room(line.indent);
                    let near = word.0 > line.range.start && word.1 > room / 2 && g != " ";
                    let (end, kept) = if near { word } else { (at, used) };
                    lines.push(Line { range: line.range.start..end, ..line });
                    line = Line { range: end..end, indent: turned, ..Line::default() };
                    used -= kept;
                    wide = advance(used, g);
                }
                used += wide;
                if matches!(g, " " | "\t") {
                    word = (at + g.len(), used);
                }
            }
            lines.push(Line { range: line.range.start..stretch.end, ..line });
        }
        lines
    }

    /// A table is aligned while it fits; else each row is a record, one cell a line under the name of its column.
    fn table(&self, range: Range<usize>, indent: u16) -> SetBlock {
        let rows: Vec<Vec<Range<usize>>> =
            self.stretches(range).into_iter().map(|row| self.cells_of(row)).collect();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut columns = Vec::with_capacity(count);
        let mut start = 0;
        for c in 0..count {
            let column = rows.iter().filter_map(|r| r.get(c));
            let wide = column.clone().map(|cell| self.width(cell)).max().unwrap_or(0);
            let figures =
                rows.len() > 1 && rows[1..].iter().filter_map(|r| r.get(c)).all(|r| self.is_figure(r));
            columns.push(Column { start, width: wide, figures });
            start += wide + GUTTER;
        }
        if start.saturating_sub(GUTTER) <= self.room(indent) {
            let line = |r: &Vec<Range<usize>>| {
                let range = r[0].start..r[r.len() - 1].end;
                Line { range, indent, ..Line::default() }
            };
            return SetBlock { lines: rows.iter().map(line).collect(), columns };
        }
        let mut lines = Vec::new();
        let (head, body) = rows.split_first().map_or((&[][..], &[][..]), |(h, b)| (&h[..], b));
        let widest = head.iter().map(|h| width(self.text(h))).max().unwrap_or(0);
        // The cells behind the first of a row stand further in, so that one sees where a row begins.
        let inner = RECORD.min(self.style.measure / 20);
        let label = (inner + widest + 2).min(self.style.measure * 2 / 5);
        for row in body {
            for (c, cell) in row.iter().enumerate() {
                let first = lines.len();
                self.filled(cell.clone(), Frame::at(indent + label), Last::Free, false, &mut lines);
                let name = head.get(c).map_or("", |h| self.text(h));
                let before = if c > 0 { inner } else { 0 };
                let name = super::width::ellipsis(name, label.saturating_sub(before + 2)).into_owned();
                let pad = usize::from(label.saturating_sub(before + width(&name) + 2));
                lines[first].lead =
                    Some(format!("{:before$}{name}: {:pad$}", "", "", before = usize::from(before)).into());
            }
        }
        if body.is_empty() {
            head.iter()
                .for_each(|h| self.filled(h.clone(), Frame::at(indent), Last::Free, false, &mut lines));
        }
        SetBlock { lines, columns: Vec::new() }
    }

    fn cells_of(&self, row: Range<usize>) -> Vec<Range<usize>> {
        let mut from = row.start;
        let mut out = Vec::new();
        for (i, _) in self.text(&row).match_indices('\t') {
            out.push(from..row.start + i);
            from = row.start + i + 1;
        }
        out.push(from..row.end);
        out
    }

    fn is_figure(&self, cell: &Range<usize>) -> bool {
        let text = self.text(cell);
        text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
    }
}
