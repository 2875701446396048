//! Notes written in place: `^[…]`, which may hold brackets, links and code, and go over several lines.

use super::notes::{Definition, Label, Parts, is_escaped};
use super::piece::{self, Piece, Placed};
use std::ops::Range;

/// A bracket that is open in a paragraph.
struct Bracket {
    piece: usize,
    byte: usize,
    depth: usize,
    note: bool,
}

/// Takes the notes written in place out of the text and out of other notes, and appends them to the notes.
pub(super) fn lift<'a>(text: &str, parts: &mut Parts<'a>) {
    let mut number = 0;
    let found = spans(text, &parts.body);
    if !found.is_empty() {
        let body = std::mem::take(&mut parts.body);
        parts.body = without(body, found, parts, &mut number);
    }
    // A note may hold a note written in place; what that one holds stays its words, or depth would cost time.
    for note in 0..parts.notes.len() {
        let pieces = parts.of(&parts.notes[note]);
        let found = spans(text, pieces);
        if !found.is_empty() {
            let kept = without(pieces.to_vec(), found, parts, &mut number);
            let first = parts.noted.len();
            parts.noted.extend(kept);
            parts.notes[note].pieces = first..parts.noted.len();
        }
    }
}

/// Pieces without the notes in place that stand in `spans`; these are numbered on and appended to the notes.
fn without<'a>(
    pieces: Vec<Placed<'a>>,
    spans: Vec<Span>,
    parts: &mut Parts<'a>,
    number: &mut usize,
) -> Vec<Placed<'a>> {
    let mut spans = spans.into_iter().peekable();
    let mut kept = Vec::with_capacity(pieces.len());
    let mut inside: Option<Definition> = None;
    for (i, (piece, at)) in pieces.into_iter().enumerate() {
        let Piece::Words(words) = &piece else {
            inside.as_ref().map_or(&mut kept, |_| &mut parts.noted).push((piece, at));
            continue;
        };
        let mut from = 0;
        let put = |to: &mut Vec<Placed<'a>>, range: Range<usize>| {
            if !range.is_empty() {
                to.push((Piece::Words(piece::part(words, range.clone())), at + range.start));
            }
        };
        while let Some(span) = spans.peek() {
            match inside.take() {
                None if span.start.0 == i => {
                    put(&mut kept, from..span.start.1 - 2);
                    *number += 1;
                    kept.push((Piece::Inline(*number), at));
                    from = span.start.1;
                    let first = parts.noted.len();
                    inside = Some(Definition { label: Label::InPlace(*number), at, pieces: first..first });
                }
                Some(note) if span.end.0 == i => {
                    put(&mut parts.noted, from..span.end.1);
                    from = span.end.1 + 1;
                    parts.notes.push(Definition { pieces: note.pieces.start..parts.noted.len(), ..note });
                    spans.next();
                }
                open => {
                    inside = open;
                    break;
                }
            }
        }
        put(inside.as_ref().map_or(&mut kept, |_| &mut parts.noted), from..words.len());
    }
    kept
}

/// From behind `^[` to before its `]`: piece and byte of each.
struct Span {
    start: (usize, usize),
    end: (usize, usize),
}

/// The outermost notes written in place. Brackets must close in the paragraph, and inside the emphasis, they open in.
fn spans(text: &str, pieces: &[Placed]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<Bracket> = Vec::new();
    let mut depth = 0_usize;
    for (i, (piece, at)) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => {
                let literal = usize::from(is_escaped(text, *at));
                for byte in memchr::memchr2_iter(b'[', b']', words.as_bytes()).filter(|byte| *byte >= literal)
                {
                    match words.as_bytes()[byte] {
                        b'[' => {
                            let note = words[literal..byte].ends_with('^');
                            open.push(Bracket { piece: i, byte: byte + 1, depth, note });
                        }
                        _ => close(&mut open, &mut spans, (i, byte)),
                    }
                }
            }
            Piece::Start(start) if start.is_inline() => depth += 1,
            Piece::End(end) if piece::is_inline(*end) => {
                depth = depth.saturating_sub(1);
                while open.last().is_some_and(|b| b.depth > depth) {
                    open.pop();
                }
            }
            Piece::Start(_) | Piece::End(_) => {
                open.clear();
                depth = 0;
            }
            Piece::Lines(_)
            | Piece::Code(_)
            | Piece::Html(_)
            | Piece::Tag(_)
            | Piece::Break
            | Piece::Rule
            | Piece::Call(_)
            | Piece::Inline(_)
            | Piece::Unanswered(_) => {}
        }
    }
    spans
}

fn close(open: &mut Vec<Bracket>, spans: &mut Vec<Span>, end: (usize, usize)) {
    let Some(bracket) = open.pop().filter(|b| b.note) else { return };
    let start = (bracket.piece, bracket.byte);
    // Of notes in notes the outermost is taken.
    while spans.last().is_some_and(|inner| inner.start > start) {
        spans.pop();
    }
    spans.push(Span { start, end });
}

#[cfg(test)]
mod tests {
    use super::super::notes::tests::check;

    #[test]
    fn notes_written_in_place_are_lifted_out() {
        check("x^[one] y^[two] z", "x<1> y<2> z", &[("1", "one"), ("2", "two")]);
        check("x^[a [b] `c]`\nd [e](f)] y", "x<1> y", &[("1", "a [b] `c]` d e")]);
        check("x^[out ^[in] out] y", "x<1> y", &[("1", "out <2> out"), ("2", "in")]);
        check("*x^[one]* y^[*two*]", "x<1> y<2>", &[("1", "one"), ("2", "two")]);
        check("[^a]: x^[one]\n\ny[^a]", "y<a>", &[("a", "x<1>"), ("1", "one")]);
    }

    #[test]
    fn what_is_no_note_in_place_stays() {
        for text in ["x^[one", "x\\^[one]", "x^\\[one]", "*x^[one* two]", "x^[one\n\ntwo]", "x^ [one]"] {
            let plain = text.replace("\n\n", "").replace(['\\', '*'], "").replace('\n', " ");
            check(text, &plain, &[]);
        }
        check("`x^[one]`", "`x^[one]`", &[]);
    }
}
