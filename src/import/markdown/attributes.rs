//! What pandoc gives words and divisions, `[words]{#place .class}` and `::: {#place}`: of it only the places that links lead
//! to are for a page.

use super::divisions;
use std::borrow::Cow;
use std::ops::Range;

/// Attributes are no longer, in bytes.
const ATTRIBUTES: usize = 300;

/// A text without attributes; the places that they name are elements. Its lines stay.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    match without_fences(text) {
        Cow::Borrowed(text) => without_spans(text),
        Cow::Owned(text) => Cow::Owned(without_spans(&text).into_owned()),
    }
}

/// A text whose words have none.
fn without_spans(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // What is put in the place of which bytes.
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Where the words open that the last bracket closed, and those that the last link has.
    let (mut span, mut link) = (None, None);
    for at in 0..bytes.len() {
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        match bytes[at] {
            b'[' if !escaped => open.push(at),
            b']' if !escaped => {
                span = open.pop();
                if bytes.get(at + 1) == Some(&b'(') {
                    link = span;
                }
            }
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => open.clear(),
            b'{' if at > 0 && matches!(bytes[at - 1], b']' | b')') => {
                let Some(attributes) = attributes(&text[at + 1..]) else { continue };
                let (place, lines) = (place(attributes), "\n".repeat(attributes.matches('\n').count()));
                let end = at + attributes.len() + 2;
                match (bytes[at - 1], span, link) {
                    (b']', Some(start), _) => {
                        edits.extend([(start..start + 1, place), (at - 1..end, lines)]);
                    }
                    (b')', _, Some(start)) => edits.extend([(start..start, place), (at..end, lines)]),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (range, words) in edits {
        out.push_str(&text[done..range.start.max(done)]);
        out.push_str(&words);
        done = range.end.max(done);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The attributes at the start of a text, up to their brace.
fn attributes(text: &str) -> Option<&str> {
    let end = text[..text.floor_char_boundary(ATTRIBUTES)].find(['{', '}'])?;
    (text.starts_with(['#', '.']) && text[end..].starts_with('}')).then_some(&text[..end])
}

/// A text whose divisions have none, and no fences.
fn without_fences(text: &str) -> Cow<'_, str> {
    let fences = divisions::fences(text);
    if fences.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for fence in fences {
        out.push_str(&text[done..fence.start]);
        out.push_str(&text[fence.clone()].split_once('{').map(|(_, rest)| place(rest)).unwrap_or_default());
        done = fence.end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The place that attributes name, as a page has it; nothing if they name none.
fn place(attributes: &str) -> String {
    let name = attributes.strip_prefix('#').and_then(|rest| rest.split([' ', '\n', '}']).next());
    let name = name.filter(|name| !name.contains(['"', '<', '>', '&']));
    name.map(|name| format!("<span id=\"{name}\"></span>")).unwrap_or_default()
}
