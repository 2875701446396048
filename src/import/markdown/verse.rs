//! How one knows verse in Markdown: by its lines.

use super::piece::{Piece, Placed};
use pulldown_cmark::TagEnd;

/// Whether every line of a paragraph begins with a bar, as pandoc has its verse, and none ends with one, as rows of tables
/// do.
pub(super) fn is_barred(paragraph: &[Placed]) -> bool {
    let mut lines = 0;
    let mut new = true;
    for (piece, _) in paragraph {
        match piece {
            Piece::End(TagEnd::Paragraph) => break,
            Piece::Words(words) => {
                for (i, line) in words.split('\n').enumerate() {
                    new |= i > 0;
                    let bar = line == "|" || line.starts_with("| ");
                    if new && !bar || line.len() > 1 && line.ends_with('|') {
                        return false;
                    }
                    lines += usize::from(new);
                    new = false;
                }
            }
            Piece::Break => return false,
            _ if new => return false,
            _ => {}
        }
    }
    lines > 1
}

/// Whether every line of a paragraph ends in a hard break.
pub(super) fn is_broken(paragraph: &[Placed]) -> bool {
    let (mut breaks, mut broken) = (0, false);
    for (piece, _) in paragraph {
        match piece {
            Piece::End(TagEnd::Paragraph) => break,
            Piece::Break => (breaks, broken) = (breaks + 1, true),
            Piece::Tag(tag) if tag.starts_with("<br") => (breaks, broken) = (breaks + 1, true),
            Piece::Words(words) => {
                // Behind a tag that breaks the line, its end is no other.
                let line = words.strip_prefix('\n').filter(|_| broken).unwrap_or(words);
                if line.contains('\n') {
                    return false;
                }
                broken = false;
            }
            _ => broken = false,
        }
    }
    breaks > 0
}
