//! Which references stand on a stretch of text, and how many cells they take: one rule for those who break lines, who
//! paint them, who place the cursor and who choose among them.

use super::width::width;
use super::{Galley, LineId, Style};
use crate::document::{Document, Position, Reference};
use std::ops::Range;

/// Whether a place begins a block, a kept line or a cell: a reference there has no grapheme to follow and leads.
pub fn begins(text: &str, start: usize) -> bool {
    start == 0 || matches!(text.as_bytes()[start - 1], b'\n' | b'\t')
}

/// The references that stand on a stretch: those behind one of its graphemes, and those that lead it.
pub fn on<'a>(document: &'a Document, stretch: &Range<usize>) -> &'a [Reference] {
    let all = document.references_in(stretch);
    if begins(document.text(), stretch.start) {
        all
    } else {
        &all[all.partition_point(|r| r.at.byte() <= stretch.start)..]
    }
}

/// The cells that references take side by side: two at one place are parted by a comma.
pub fn cells(references: &[Reference], of: impl Fn(&Reference) -> u16) -> u16 {
    let mut last = None;
    references.iter().map(|r| of(r) + u16::from(last.replace(r.at) == Some(r.at))).sum()
}

/// The cells by which a note's text hangs beside the figure it is printed with.
pub fn hang(figure: &str, measure: u16) -> u16 {
    (width(figure).max(2) + 1).min(measure / 2)
}

/// The cells of one reference.
pub fn cells_of(document: &Document, style: Style, reference: &Reference) -> u16 {
    width(&style.figure(document.mark_of(reference)))
}

/// The line on which a reference at `at` is painted: that of the grapheme it follows.
pub fn line(document: &Document, galley: &Galley, at: Position) -> Option<LineId> {
    let id = galley.line_at(document, at)?;
    let starts = galley.line(document, id).range.start == at.byte();
    if starts && !begins(document.text(), at.byte()) {
        galley.line_at(document, document.position(at.byte() - 1))
    } else {
        Some(id)
    }
}
