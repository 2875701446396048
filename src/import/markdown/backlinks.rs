//! Places that converters from the web lose: `camp.[1](https://…#fn1)` and, at the end, `1. A note. [↩](https://…#fnref1)`
//! still say what leads where, but nothing is called `fn1` any more. A link that leads back stands at an end of its note,
//! and the note has the label of its call; so they find each other, and get their places back.

use crate::import::letters::letters;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

/// Signs that call notes.
const SIGNS: [char; 5] = ['*', '†', '‡', '§', '¶'];

/// The events of a text, each with its bytes.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// A link to a place that is not there.
#[derive(Debug)]
struct Lost {
    /// The event that begins it.
    event: usize,
    /// The name of the place.
    place: String,
    /// Its words.
    label: String,
    /// The first event of the block it stands in, and the number of the item that the block is in.
    block: usize,
    item: Option<u64>,
    /// Whether no words stand before it in its block, and whether none stand behind it.
    first: bool,
    last: bool,
}

/// Gives the links between calls and notes the places they lead to, where these are lost.
pub(super) fn restore(events: &mut Events) {
    let lost = lost(events);
    let (back, calls): (Vec<&Lost>, Vec<&Lost>) = lost.iter().partition(|link| link.leads_back());
    let calls = calls.into_iter().filter(|link| is_label(&link.label));
    // The places that calls of one label lead to, in their order, and the calls that lead to one place.
    let mut called: HashMap<String, VecDeque<&str>> = HashMap::new();
    let mut callers: HashMap<&str, Vec<&Lost>> = HashMap::new();
    for call in calls {
        let callers = callers.entry(&call.place).or_default();
        if callers.is_empty() {
            called.entry(bare(&call.label)).or_default().push_back(&call.place);
        }
        callers.push(call);
    }
    // What is put before an event, and the links that lead somewhere again.
    let mut places: Vec<(usize, &str)> = Vec::new();
    let mut found: Vec<&Lost> = Vec::new();
    for block in back.chunk_by(|a, b| a.block == b.block) {
        let label = block[0].item.map_or_else(|| bare(&block[0].label), |number| number.to_string());
        let Some(place) = called.get_mut(&label).and_then(VecDeque::pop_front) else { continue };
        places.push((block[0].block, place));
        let callers = callers.remove(place).unwrap_or_default();
        places.extend(callers.iter().zip(block).map(|(call, back)| (call.event, &*back.place)));
        found.extend(callers.iter().chain(block));
    }
    for link in &found {
        lead(events, link);
    }
    places.sort_by_key(|(event, _)| *event);
    let mut places = places.into_iter().peekable();
    let mut restored = Events::with_capacity(events.len() + places.len());
    for (i, event) in std::mem::take(events).into_iter().enumerate() {
        while let Some((_, name)) = places.next_if(|(event, _)| *event == i) {
            let at = event.1.start;
            let name = name.replace('&', "&amp;").replace('"', "&quot;");
            restored.push((Event::InlineHtml(format!("<span id=\"{name}\"></span>").into()), at..at));
        }
        restored.push(event);
    }
    *events = restored;
}

impl Lost {
    /// Whether it leads back to a call: a label or an arrow before a note, an arrow behind it.
    fn leads_back(&self) -> bool {
        let arrow = !self.label.chars().any(char::is_alphanumeric);
        self.first && (arrow || is_label(&self.label)) || self.last && arrow
    }
}

/// Whether words are the label of a note.
pub(super) fn is_label(words: &str) -> bool {
    let label = words.trim_matches(|c: char| c.is_whitespace() || "[](){}^\\".contains(c));
    let length = label.chars().count();
    let figures = (1..=4).contains(&length) && label.chars().all(char::is_numeric);
    let signs = (1..=3).contains(&length) && label.chars().all(|c| SIGNS.contains(&c));
    figures || signs || length == 1 && label.chars().all(char::is_alphabetic)
}

/// The letters of a label, or its signs.
fn bare(label: &str) -> String {
    let bare = letters(label);
    if bare.is_empty() { label.chars().filter(|c| !"[](){}^ ".contains(*c)).collect() } else { bare }
}

/// Lets a link lead into its own text.
fn lead(events: &mut Events, link: &Lost) {
    if let (Event::Start(Tag::Link { dest_url, .. }), _) = &mut events[link.event] {
        *dest_url = format!("#{}", link.place).into();
    }
    let length = events[link.event..].iter().position(|(event, _)| *event == Event::End(TagEnd::Link));
    if let Some(behind) = length.map(|end| link.event + end + 1) {
        drop_stars(events, link.event, behind);
        if link.first && link.last {
            join_paragraphs(events, behind);
        }
    }
}

/// Drops the stars around a link that were to make it strong and, the words behind it being too near, do not.
fn drop_stars(events: &mut Events, link: usize, behind: usize) {
    let Some(before) = link.checked_sub(1) else { return };
    if let (Some((Event::Text(stars), _)), Some((Event::Text(words), _))) =
        (events.get(before), events.get(behind))
        && !stars.is_empty()
        && stars.chars().all(|c| c == '*')
        && let Some(rest) = words.strip_prefix(&**stars)
    {
        let rest = rest.to_owned();
        events[before].0 = Event::Text("".into());
        events[behind].0 = Event::Text(rest.into());
    }
}

/// Joins a paragraph that ends at an event with the next: a label in a paragraph of its own is that of the next one.
fn join_paragraphs(events: &mut Events, end: usize) {
    if let Some([(end @ Event::End(TagEnd::Paragraph), _), (start @ Event::Start(Tag::Paragraph), _)]) =
        events.get_mut(end..end + 2)
    {
        (*end, *start) = (Event::Text("".into()), Event::Text(" ".into()));
    }
}

/// The links of a text that lead to places which are not there.
fn lost(events: &Events) -> Vec<Lost> {
    let there = places(events);
    let mut lost: Vec<Lost> = Vec::new();
    let mut items: Vec<Option<u64>> = Vec::new();
    let (mut block, mut empty, mut inside) = (0, true, false);
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let place = dest_url.split_once('#').map_or("", |(_, place)| place);
                if !place.is_empty() && !there.contains(place) && !there.contains(&*letters(place)) {
                    let (place, item) = (place.to_owned(), items.last().copied().flatten());
                    let label = String::new();
                    lost.push(Lost { event: i, place, label, block, item, first: empty, last: true });
                    inside = true;
                } else {
                    empty = false;
                }
            }
            Event::End(TagEnd::Link) => inside = false,
            Event::Text(words) | Event::Code(words) => match lost.last_mut() {
                Some(link) if inside => link.label.push_str(words),
                _ if words.chars().all(|c| c.is_whitespace() || "^↑*_".contains(c)) => {}
                _ => {
                    empty = false;
                    let ended = lost.iter_mut().rev().take_while(|l| l.block == block && l.last);
                    ended.for_each(|link| link.last = false);
                }
            },
            Event::Start(Tag::List(first)) => items.push(first.map(|first| first.wrapping_sub(1))),
            Event::End(TagEnd::List(_)) => drop(items.pop()),
            Event::Start(tag) => {
                if matches!(tag, Tag::Item)
                    && let Some(Some(number)) = items.last_mut()
                {
                    *number = number.wrapping_add(1);
                }
                if !is_inline(tag) {
                    (block, empty) = (i + 1, true);
                }
            }
            _ => {}
        }
    }
    lost
}

fn is_inline(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
    )
}

/// The names of the places that are there: those of elements, and the headings as they are named everywhere, in letters.
fn places(events: &Events) -> HashSet<String> {
    let mut places: HashSet<String> = headings(events).collect();
    for (event, _) in events {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                for name in ["id=\"", "name=\""] {
                    let named = html.split(name).skip(1).filter_map(|rest| rest.split('"').next());
                    places.extend(named.map(str::to_owned));
                }
            }
            Event::Start(Tag::Heading { id: Some(id), .. }) => drop(places.insert(id.to_string())),
            _ => {}
        }
    }
    places
}

/// The headings, in letters.
pub(super) fn headings(events: &Events) -> impl Iterator<Item = String> {
    let parts = events.split(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. }))).skip(1);
    parts.map(|part| {
        let words = part.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
        let words = words.filter_map(|(event, _)| match event {
            Event::Text(words) | Event::Code(words) => Some(letters(words)),
            _ => None,
        });
        words.collect()
    })
}
