//! The running head and the foot.

use super::{clear, put, put_right, theme};
use crate::command::{Command, Context};
use crate::document::Position;
use crate::document::clean::excerpt;
use crate::layout::bidi::{Side, cell_before, shown, shown_from};
use crate::layout::width::{ellipsis, fitting, width};
use crate::layout::{Bidi, wrapped};
use crate::reader::frame::Area;
use crate::reader::prompt::Kind;
use crate::reader::update::minutes;
use crate::reader::{Message, Mode, Prompt, State};
use crate::search::QueryError;
use ratatui::buffer::Buffer;
use ratatui::layout::Position as Cell;
use ratatui::style::Style;

/// The row from which a regular expression may take two: above it there must be a page.
const ROWS_FOR_TWO: u16 = 7;

/// Cells between the two halves of the head, so that they are not read as one.
const HEAD_GAP: u16 = 4;

/// The head: the text at the left, the section at the right.
pub fn head(buffer: &mut Buffer, state: &State, area: Area) {
    let document = &state.text.document;
    let section = document.section_at(state.place).map(|s| excerpt(document.section_title(s), 120));
    let section = section.unwrap_or_default();
    // On its title page a text needs no head.
    if section.is_empty() && state.place == Position::default() {
        return;
    }
    let room = area.columns.saturating_sub(HEAD_GAP);
    let title = short_title(state.text.title(), room.saturating_sub(width(&section)));
    let (a, b) = (width(&title), width(&section));
    // Each has half; what one leaves over the other takes.
    let left = a.min((room / 2).max(room.saturating_sub(b)));
    let bidi = state.options.bidi;
    let title = ellipsis(&title, left);
    let section = ellipsis(&section, room.saturating_sub(left));
    let (left, right) = (shown(&title, bidi), shown(&section, bidi));
    let (left, right) = if state.leftward() { (right, left) } else { (left, right) };
    put(buffer, area, &left, theme::quiet());
    put_right(buffer, area, &right, theme::quiet());
}

/// A title that is too long for its room is told by its first half, as printers do.
fn short_title(title: &str, room: u16) -> String {
    let title = excerpt(title, 120);
    match title.split_once(':') {
        Some((first, _)) if width(&title) > room => first.trim_end().to_owned(),
        _ => title,
    }
}

/// The foot: what is typed, what was said, or what keys there are; at the right the place. Returns the cell of the
/// cursor if a line is being typed.
pub fn foot(buffer: &mut Buffer, state: &State, area: Area) -> Option<Cell> {
    if let Mode::Prompt(prompt) = &state.mode {
        return Some(typed(buffer, state, prompt, area));
    }
    let place = place(state, area.columns);
    let end = put_right(buffer, area, &place, theme::quiet());
    let room = Area { columns: end.saturating_sub(area.x + 2), ..area };
    let pending = pending(state);
    if !pending.is_empty() {
        put(buffer, room, &pending, theme::key());
    } else if let Some(why) = state.unsaved.as_ref().or(state.unplaced.as_ref()) {
        let words = format!("NOT SAVED: {why}  ");
        let words = shown_from(Side::Left, &ellipsis(&words, area.columns), state.options.bidi).into_owned();
        clear(buffer, Area { columns: width(&words).min(area.columns), ..area });
        put(buffer, area, &words, theme::alarm());
    } else if let Some(message) = &state.message {
        let (words, style) = match message {
            Message::Said(words) => (words, Style::new()),
            Message::Failed(words) => (words, theme::alarm()),
        };
        told(buffer, words, style, state.options.bidi, (room, area));
    } else if let Some(offer) = &state.offer {
        let key = state.keymap.keys_for(Context::Reading, Command::TakeOffer);
        let words = format!("{} — press {}", offer.words, key.first().map_or("o", String::as_str));
        told(buffer, &words, theme::key(), state.options.bidi, (room, area));
    } else {
        hint(buffer, state, room);
    }
    None
}

/// A message. One that is longer than its room takes the whole foot, and rows above it: nothing of it is cut off.
fn told(buffer: &mut Buffer, words: &str, style: Style, bidi: Bidi, (room, area): (Area, Area)) {
    if width(words) <= room.columns {
        put(buffer, room, &shown_from(Side::Left, words, bidi), style);
        return;
    }
    let lines = wrapped(words, area.columns);
    let first = lines.len().saturating_sub(usize::from(area.y));
    let lines = &lines[first..];
    for (line, y) in lines.iter().zip(area.y + 1 - lines.len() as u16..) {
        let row = Area { y, ..area };
        clear(buffer, row);
        put(buffer, row, &shown_from(Side::Left, line, bidi), style);
    }
}

/// A count or a sequence that waits for its next key.
fn pending(state: &State) -> String {
    let pending = &state.pending;
    let mut words = pending.count.map_or_else(String::new, |n| n.to_string());
    for key in &pending.keys {
        words.push_str(&key.to_string());
    }
    if pending.letter.is_some() {
        words.push_str(" …");
    }
    words
}

/// Section and paragraph, percentage, minutes; less where there is less room.
fn place(state: &State, columns: u16) -> String {
    let document = &state.text.document;
    let at = state.place;
    let ended = state.spread().next().is_none();
    // Only the end is all of it.
    let percent = if ended { 100.0 } else { (document.progress(at) * 100.0).round().min(99.0) };
    let percent = format!("{percent}%");
    let locator = document.locator(at).to_string();
    match columns {
        0..24 => percent,
        24..44 => format!("{locator} · {percent}"),
        _ => format!("{locator} · {percent} · {}", minutes(if ended { 0 } else { state.minutes_left() })),
    }
}

/// By what is selected, and how much.
fn selected(state: &State) -> Option<String> {
    let Mode::Select(selection) = &state.mode else { return None };
    let words = state.document().words(state.selected()?);
    Some(format!("by {}: {words} word{}", selection.unit.name(), if words == 1 { "" } else { "s" }))
}

/// The keys one needs next, as many as fit.
fn hint(buffer: &mut Buffer, state: &State, area: Area) {
    let context = state.mode.context();
    let commands: &[(Command, &str)] = match &state.mode {
        Mode::Reading if state.chosen.is_some() => {
            &[(Command::Open, "open"), (Command::NextReference, "next"), (Command::Leave, "let go")]
        }
        Mode::Reading if state.search.current.is_some() => {
            &[(Command::NextMatch, "next"), (Command::PreviousMatch, "previous"), (Command::Leave, "done")]
        }
        // The page is to be read: it says only where help is.
        Mode::Reading if state.place == Position::default() => {
            &[(Command::PageDown, "page"), (Command::NextReference, "note"), (Command::Help, "all keys")]
        }
        Mode::Reading => &[],
        Mode::Note { note, .. } if state.gloss_rows(*note) > 0 => {
            &[(Command::Leave, "close"), (Command::Open, "follow"), (Command::NextSection, "next note")]
        }
        Mode::Note { .. } => {
            &[(Command::Leave, "close"), (Command::LineDown, "scroll"), (Command::NextSection, "next note")]
        }
        Mode::Select(_) => &[
            (Command::Copy, "copy"),
            (Command::CopyCited, "cite"),
            (Command::Highlight, "highlight"),
            (Command::Select, "unit"),
            (Command::SwapEnds, "other end"),
            (Command::Leave, "leave"),
        ],
        Mode::List(list) if list.kind == crate::reader::list::Kind::Bookmarks => &[
            (Command::Accept, "go"),
            (Command::Rename, "rename"),
            (Command::Delete, "delete"),
            (Command::Leave, "close"),
        ],
        Mode::List(list) if list.kind == crate::reader::list::Kind::Settings => &[
            (Command::Accept, "change"),
            (Command::ForThisText, "this text"),
            (Command::Delete, "default"),
            (Command::Leave, "close"),
        ],
        Mode::List(list) if list.kind == crate::reader::list::Kind::Concordance => &[
            (Command::Accept, "go"),
            (Command::Sort, "sort"),
            (Command::Filter, "filter"),
            (Command::Leave, "close"),
        ],
        Mode::List(_) => &[(Command::Accept, "go"), (Command::Filter, "filter"), (Command::Leave, "close")],
        Mode::Help { .. } => &[(Command::LineDown, "scroll"), (Command::Leave, "close")],
        Mode::Prompt(_) => &[],
    };
    let mut x = area.x;
    if let Some(words) = selected(state) {
        x = put(buffer, area, &words, Style::new()) + 3;
    }
    for (command, words) in commands {
        let keys = state.keymap.keys_for(context, *command);
        let Some(key) = keys.first() else { continue };
        let wide = width(key) + 1 + width(words);
        if x + wide > area.x + area.columns {
            break;
        }
        let room = Area { x, columns: (area.x + area.columns).saturating_sub(x), ..area };
        x = put(buffer, room, key, theme::key());
        let room = Area { x: x + 1, columns: (area.x + area.columns).saturating_sub(x + 1), ..area };
        x = put(buffer, room, words, theme::quiet()) + 3;
    }
}

/// The key that leads to the editor.
fn editor(state: &State) -> String {
    let keys = state.keymap.keys_for(Context::Prompt, Command::Editor);
    keys.first().map_or_else(String::new, |key| format!("{key}: in the editor"))
}

/// The line that is being typed, with what it is at its left and what it found at its right.
fn typed(buffer: &mut Buffer, state: &State, prompt: &Prompt, area: Area) -> Cell {
    let (name, aside, alarm) = match &prompt.kind {
        Kind::Search | Kind::Concordance => {
            let sign = match (prompt.regular, state.search.backward) {
                (false, _) if prompt.kind == Kind::Concordance => "&",
                (true, _) if area.columns < 44 => "re/",
                (true, _) => "regular expression: ",
                (false, false) => "/",
                (false, true) => "?",
            };
            let aside = match (&state.search.error, prompt.input.value().is_empty()) {
                (Some(error), _) => error.to_string(),
                (None, true) => String::new(),
                (None, false) => state.search.counter(),
            };
            (sign, aside, state.search.error.is_some())
        }
        Kind::GoTo => (":", "12 · s2 · s2.5 · 40% · open FILE".to_owned(), false),
        Kind::Label(at) => ("bookmark: ", state.text.document.name_of(*at), false),
        Kind::Rename(_) => ("new label: ", String::new(), false),
        Kind::Comment(_) => ("comment: ", editor(state), false),
        Kind::Filter => ("filter: ", String::new(), false),
    };
    let line = prompt.input.value();
    if prompt.regular && area.y >= ROWS_FOR_TWO {
        return expression(buffer, state, prompt, (name, &aside), area);
    }
    let x = put(buffer, area, name, theme::key());
    // The line has the room it needs before what stands aside.
    let room = (area.x + area.columns).saturating_sub(x);
    let left = room.saturating_sub(width(line) + 3);
    let style = if alarm { theme::alarm() } else { theme::quiet() };
    let aside = shown(&ellipsis(&aside, left), state.options.bidi).into_owned();
    let room = room.saturating_sub(if aside.is_empty() { 1 } else { width(&aside) + 2 }).max(1);
    put_right(buffer, area, &aside, style);
    written(buffer, state, prompt, Area { x, columns: room, ..area }).0
}

/// A regular expression takes two rows, so that under it stands what it finds, or what is wrong with it and where.
fn expression(
    buffer: &mut Buffer,
    state: &State,
    prompt: &Prompt,
    (name, aside): (&str, &str),
    area: Area,
) -> Cell {
    let above = Area { y: area.y - 1, ..area };
    clear(buffer, above);
    let x = put(buffer, above, name, theme::key());
    let room = Area { x, columns: (area.x + area.columns).saturating_sub(x).max(1), ..above };
    let (cursor, start) = written(buffer, state, prompt, room);
    let Some(error) = &state.search.error else {
        put_right(buffer, area, aside, theme::quiet());
        return cursor;
    };
    let QueryError::Syntax { words, at } = error else {
        put_right(buffer, area, &ellipsis(aside, area.columns), theme::alarm());
        return cursor;
    };
    let before = prompt.input.value().get(start..*at).unwrap_or("");
    let x = (x + width(before)).min(area.x + area.columns - 1);
    put(buffer, Area { x, columns: 1, ..area }, "^", theme::alarm());
    // The words stand where there is more room for them.
    let (left, right) = ((x - area.x).saturating_sub(1), (area.x + area.columns - x).saturating_sub(2));
    if width(words) <= right || right >= left {
        put(buffer, Area { x: x + 2, columns: right, ..area }, &ellipsis(words, right), theme::alarm());
    } else {
        put_right(buffer, Area { columns: left, ..area }, &ellipsis(words, left), theme::alarm());
    }
    cursor
}

/// Writes the line that is being typed; one that is longer than its room is shown around the cursor. Returns the cell of
/// the cursor, and the byte of the line that is shown first.
fn written(buffer: &mut Buffer, state: &State, prompt: &Prompt, area: Area) -> (Cell, usize) {
    let line = prompt.input.value();
    let before: String = line.chars().take(prompt.input.cursor()).collect();
    let mut start = 0;
    while width(&before[start..]) >= area.columns {
        start += before[start..].chars().next().map_or(1, char::len_utf8);
    }
    let line = fitting(&line[start..], area.columns);
    put(buffer, area, &shown_from(Side::Left, line, state.options.bidi), Style::new());
    let cell = cell_before(line, before.len() - start, state.options.bidi);
    (Cell::new(area.x + cell, area.y), start)
}
