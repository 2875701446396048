//! Notes that are links, as converters from the web leave them: `camp[\[1\]](#Footnote_1)` and, in a list,
//! `[↩](#FNanchor_1)`. What leads where is known best where pages are read; so such a text is rendered as the page that
//! it was.

use super::attributes;
use super::backlinks::{self, Events, is_label};
use super::front::Front;
use super::lines::Lines;
use crate::import::letters::letters;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset, html};
use std::cell::Cell;
use std::fmt::{self, Write};

/// The label of a note is no longer, with its brackets, in bytes.
const LABEL: usize = 16;

/// An address is looked at no further, in bytes.
const ADDRESS: usize = 300;

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
    let text = attributes::without(text);
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
        let tag = &text[text.ceil_char_boundary(at.saturating_sub(ADDRESS))..at];
        (tag.rsplit('>').next().unwrap_or_default(), tag)
    });
    let leads = |address: &str| address[..address.floor_char_boundary(ADDRESS)].contains('#');
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
