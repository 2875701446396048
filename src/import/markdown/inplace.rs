//! Notes written in place: `^[…]`, which may hold brackets, links and code, and go over several lines.

use super::notes::{Definition, Label, Piece, Placed, is_escaped};
use pulldown_cmark::{Event, TagEnd};

/// A bracket that is open in a paragraph.
struct Bracket {
    piece: usize,
    byte: usize,
    depth: usize,
    note: bool,
}

/// Takes the notes written in place out of pieces, numbers them on, and appends them to `notes`.
pub(super) fn lift<'a>(
    text: &str,
    pieces: Vec<Placed<'a>>,
    notes: &mut Vec<Definition<'a>>,
    number: &mut usize,
) -> Vec<Placed<'a>> {
    let spans = spans(text, &pieces);
    if spans.is_empty() {
        return pieces;
    }
    let mut spans = spans.into_iter().peekable();
    let mut kept = Vec::with_capacity(pieces.len());
    let mut inside: Option<Definition> = None;
    for (i, (piece, at)) in pieces.into_iter().enumerate() {
        let Piece::Text(words) = &piece else {
            inside.as_mut().map_or(&mut kept, |note| &mut note.pieces).push((piece, at));
            continue;
        };
        let mut from = 0;
        let push = |to: &mut Vec<Placed<'a>>, part: &str, at| {
            if !part.is_empty() {
                to.push((Piece::Text(part.to_owned()), at));
            }
        };
        while let Some(span) = spans.peek() {
            match &mut inside {
                None if span.start.0 == i => {
                    push(&mut kept, &words[from..span.start.1 - 2], at + from);
                    *number += 1;
                    kept.push((Piece::Inline(*number), at));
                    from = span.start.1;
                    inside = Some(Definition { label: Label::InPlace(*number), at, pieces: Vec::new() });
                }
                Some(note) if span.end.0 == i => {
                    push(&mut note.pieces, &words[from..span.end.1], at + from);
                    from = span.end.1 + 1;
                    notes.extend(inside.take());
                    spans.next();
                }
                _ => break,
            }
        }
        push(inside.as_mut().map_or(&mut kept, |note| &mut note.pieces), &words[from..], at + from);
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
            Piece::Text(words) => {
                let mut caret = false;
                let literal = is_escaped(text, *at);
                for (byte, c) in words.char_indices().skip(usize::from(literal)) {
                    match c {
                        '[' => open.push(Bracket { piece: i, byte: byte + 1, depth, note: caret }),
                        ']' => close(&mut open, &mut spans, (i, byte)),
                        _ => {}
                    }
                    caret = c == '^';
                }
            }
            Piece::Event(Event::Start(tag)) if is_inline(tag.to_end()) => depth += 1,
            Piece::Event(Event::End(tag)) if is_inline(*tag) => {
                depth = depth.saturating_sub(1);
                while open.last().is_some_and(|b| b.depth > depth) {
                    open.pop();
                }
            }
            Piece::Event(Event::Start(_) | Event::End(_)) => {
                open.clear();
                depth = 0;
            }
            Piece::Event(_) | Piece::Code(_) | Piece::Inline(_) | Piece::Unanswered(_) => {}
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

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
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
            let plain = text.replace(['\\', '*', '\n'], "");
            check(text, &plain, &[]);
        }
        check("`x^[one]`", "`x^[one]`", &[]);
    }
}
