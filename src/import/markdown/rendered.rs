//! Notes that are links, as converters from the web leave them: `camp[\[1\]](#Footnote_1)` and, in a list,
//! `[↩](#FNanchor_1)`. What leads where is known best where pages are read; so such a text is rendered as the page that
//! it was.

use super::backlinks::{self, Events};
use super::divisions;
use super::front::Front;
use super::lines::Lines;
use crate::import::letters::letters;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset, html};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::{self, Write};
use std::ops::Range;

/// Attributes that pandoc puts behind words are no longer, in bytes.
const ATTRIBUTES: usize = 300;

/// The label of a note is no longer, with its brackets, in bytes.
const LABEL: usize = 16;

/// Signs that call notes.
const SIGNS: [char; 5] = ['*', '†', '‡', '§', '¶'];

/// A page, and what is to be known of its source.
pub(super) struct Rendered {
    /// The page.
    pub page: String,
    /// For each of its lines the line of the source that it comes from, from 1.
    pub lines: Vec<u32>,
}

/// Renders the text behind front matter, if links in it may call notes and nothing else does.
pub(super) fn render(source: &str, options: Options, front: &Front) -> Option<Rendered> {
    let (above, text) = source.split_at(front.end);
    if !may_call(text) || !has_calls(Parser::new_ext(text, options)) {
        return None;
    }
    let text = without_fences(text);
    let text = plain(&text);
    let pandoc = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_SUPERSCRIPT | Options::ENABLE_SUBSCRIPT;
    let options = options | pandoc;
    let (lines, above) = (Lines::of(&text), above.matches('\n').count());
    let line = Cell::new(1);
    let mut out = Out { page: String::with_capacity(text.len() * 2), lines: Vec::new(), line: &line };
    let parser = Parser::new_ext(&text, options).into_offset_iter();
    let mut events: Events = TextMergeWithOffset::new(parser).collect();
    out.head(front, &events).ok()?;
    backlinks::restore(&mut events);
    let events = events.into_iter().map(|(event, range)| {
        line.set(u32::try_from(above + lines.line(range.start)).unwrap_or(u32::MAX));
        event
    });
    html::write_html_fmt(&mut out, events).ok()?;
    Some(Rendered { page: out.page, lines: out.lines })
}

/// Whether there is something like a link whose words are a label, at a glance: nearly all texts have none.
fn may_call(text: &str) -> bool {
    let mut links = memchr::memmem::find_iter(text.as_bytes(), b"](").map(|at| {
        let words = &text[text.ceil_char_boundary(at.saturating_sub(LABEL))..at];
        (words.rsplit('[').next().unwrap_or_default(), &text[at..])
    });
    let mut tags = memchr::memmem::find_iter(text.as_bytes(), b"</a>").map(|at| {
        let tag = &text[text.ceil_char_boundary(at.saturating_sub(ATTRIBUTES))..at];
        (tag.rsplit('>').next().unwrap_or_default(), tag)
    });
    let leads = |address: &str| address[..address.floor_char_boundary(ATTRIBUTES)].contains('#');
    links.any(|(words, link)| is_label(words) && leads(link))
        || tags.any(|(words, tag)| is_label(words) && leads(tag))
}

/// Whether a link leads to a place by a label of a note. A text with notes of its own needs no others.
fn has_calls<'a>(events: impl Iterator<Item = Event<'a>>) -> bool {
    let mut label: Option<String> = None;
    let mut calls = false;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => return false,
            Event::Start(Tag::Link { dest_url, .. }) => label = dest_url.contains('#').then(String::new),
            Event::InlineHtml(tag) if tag.starts_with("<a ") && tag.contains('#') => {
                label = Some(String::new())
            }
            Event::Text(words) => {
                if let Some(label) = &mut label {
                    label.push_str(&words);
                }
            }
            Event::End(TagEnd::Link) => calls |= label.take().is_some_and(|label| is_label(&label)),
            Event::InlineHtml(tag) if &*tag == "</a>" => {
                calls |= label.take().is_some_and(|label| is_label(&label));
            }
            _ => {}
        }
    }
    calls
}

/// Whether words are the label of a note.
pub(super) fn is_label(words: &str) -> bool {
    let label = words.trim_matches(|c: char| c.is_whitespace() || "[](){}^\\".contains(c));
    let length = label.chars().count();
    let figures = (1..=4).contains(&length) && label.chars().all(char::is_numeric);
    let signs = (1..=3).contains(&length) && label.chars().all(|c| SIGNS.contains(&c));
    figures || signs || length == 1 && label.chars().all(char::is_alphabetic)
}

/// A text without the attributes that pandoc gives words, `[words]{.class}`: of them only places to lead to are for a page.
/// Its lines stay.
fn plain(text: &str) -> Cow<'_, str> {
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

/// A text whose divisions are places to lead to, if they are named, and nothing else.
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

/// A page as it is written.
struct Out<'a> {
    page: String,
    lines: Vec<u32>,
    /// The line of the source that is being written.
    line: &'a Cell<u32>,
}

impl Out<'_> {
    /// Writes what the front matter says, and the title where no heading does.
    fn head(&mut self, front: &Front, events: &Events) -> fmt::Result {
        let metas = [("citation_title", &front.title), ("og:site_name", &front.source)];
        let said = metas.into_iter().filter_map(|(name, said)| Some((name, said.as_ref()?)));
        for (name, said) in said.chain(front.authors.iter().map(|author| ("author", author))) {
            write!(self, "<meta name=\"{name}\" content=\"{}\">", escaped(said))?;
        }
        self.write_str("<body>")?;
        if let Some(title) = &front.title
            && !backlinks::headings(events).any(|heading| heading == letters(title))
        {
            write!(self, "<h1>{}</h1>", escaped(title))?;
        }
        self.write_str("\n")
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\n', " ")
}

impl fmt::Write for Out<'_> {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        for line in words.split_inclusive('\n') {
            if self.page.is_empty() || self.page.ends_with('\n') {
                self.lines.push(self.line.get());
            }
            self.page.push_str(line);
        }
        Ok(())
    }
}
