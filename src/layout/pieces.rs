//! The pieces a document is set in: its blocks, and the parts of those that are very long.

use super::set::SetBlock;
use crate::document::{Block, Document, Kind};
use std::cell::OnceCell;
use std::ops::Range;

/// A block longer than this is set in pieces, so that one endless paragraph does not cost what it holds.
const PIECE_BYTES: usize = 64 * 1024;

/// A block, or a part of a very long one.
#[derive(Debug)]
pub(super) struct Piece {
    /// The index of the block.
    pub(super) block: usize,
    pub(super) range: Range<usize>,
    /// Its lines, once they were asked for.
    pub(super) set: OnceCell<SetBlock>,
}

/// The pieces of a document, in reading order; none is set.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let blocks = document.blocks().iter().enumerate();
    let piece = |block| move |range| Piece { block, range, set: OnceCell::new() };
    blocks.flat_map(|(i, block)| cut(document.text(), block).into_iter().map(piece(i))).collect()
}

/// A block in pieces of about [`PIECE_BYTES`]: prose cut behind sentences where there are any, kept lines between two of
/// them. A table stays whole, for its columns are measured together.
fn cut(text: &str, block: &Block) -> Vec<Range<usize>> {
    let range = &block.range;
    let mut pieces = Vec::new();
    let mut from = range.start;
    let lines = match block.kind {
        Kind::Table => return vec![range.clone()],
        Kind::Code | Kind::Verse => true,
        Kind::Source
        | Kind::Title
        | Kind::Subtitle
        | Kind::Author
        | Kind::Heading(_)
        | Kind::Paragraph
        | Kind::Quotation
        | Kind::Item(_)
        | Kind::Break => false,
    };
    while range.end - from > PIECE_BYTES {
        let limit = text.floor_char_boundary(from + PIECE_BYTES);
        let part = &text[from..limit];
        let half = part.len() / 2;
        // The end of a kept line goes to the piece before it, which drops it.
        let line = part.rfind('\n').map(|i| i + 1).filter(|&i| lines && i > half);
        let sentence = part.rfind(". ").map(|i| i + 2).filter(|&i| i > half);
        let word = || part.rfind([' ', '\n']).map(|i| i + 1).filter(|&i| i > half);
        // Without a blank, cut before a letter that nothing combines with.
        let letter = || {
            part.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map(|(i, _)| i).filter(|&i| i > half)
        };
        let to = from + line.or(sentence).or_else(word).or_else(letter).unwrap_or(part.len());
        pieces.push(from..to);
        from = to;
    }
    pieces.push(from..range.end);
    pieces
}
