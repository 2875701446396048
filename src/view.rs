//! From a state to a screen of cells. It reads the state and changes nothing: the compiler sees to it.
//!
//! With `shell::painter` the only floor that knows ratatui.

mod concordance;
mod help;
mod hit;
mod lists;
mod page;
mod panel;
mod rail;
mod status;
pub mod theme;

pub use hit::hit;

use crate::layout::width::{cells, measured, width};
use crate::reader::frame::Area;
use crate::reader::list::Rows;
use crate::reader::{List, Mode, State};
use ratatui::buffer::Buffer;
use ratatui::layout::Position as Cell;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Draws the reader, and puts the terminal's cursor where the focus is: screen readers follow it.
pub fn draw(frame: &mut ratatui::Frame<'_>, state: &State) {
    let cursor = paint(frame.buffer_mut(), state);
    frame.set_cursor_position(cursor);
}

/// Paints the reader into a buffer of the terminal's size and returns the cell of the focus.
pub fn paint(buffer: &mut Buffer, state: &State) -> Cell {
    let ink = || if state.is_cramped() { cramped(buffer, state) } else { inked(buffer, state) };
    let cursor = measured(state.options.ambiguous, ink);
    theme::dye(buffer, state.theme());
    cursor
}

/// Paints the reader in inks that have no colour yet.
fn inked(buffer: &mut Buffer, state: &State) -> Cell {
    let frame = state.frame();
    let mut cursor = Cell::new(frame.text.x, frame.text.y);
    if let Some(head) = frame.head {
        status::head(buffer, state, head);
    }
    match covering(&state.mode) {
        Some(Mode::List(list)) => {
            cursor = match &list.rows {
                Rows::Items(_) => lists::paint(buffer, state, list, frame.body),
                Rows::Lines(lines) => concordance::paint(buffer, state, list, lines, state.breadth()),
            }
        }
        Some(Mode::Help { over, top }) => cursor = help::paint(buffer, state, over, *top, frame.body),
        _ => {
            let at = page::paint(buffer, state, &frame);
            cursor = at.unwrap_or(cursor);
        }
    }
    if let Some(area) = frame.rail {
        rail::paint(buffer, state, area);
    }
    if let Some(area) = frame.panel {
        panel::paint(buffer, state, area);
    }
    if let Some(pane) = frame.pane {
        let at = page::paint_pane(buffer, state, pane);
        cursor = at.filter(|_| state.in_pane()).unwrap_or(cursor);
    }
    // Under what takes the whole breadth of the screen the foot does, too.
    let foot = match covering(&state.mode) {
        Some(Mode::List(List { rows: Rows::Lines(_), .. })) => {
            Area { rows: 1, y: frame.status.y, ..state.breadth() }
        }
        _ => frame.status,
    };
    status::foot(buffer, state, foot).unwrap_or(cursor)
}

/// The list or help that covers the text, under a prompt too.
fn covering(mode: &Mode) -> Option<&Mode> {
    match mode {
        Mode::List(_) | Mode::Help { .. } => Some(mode),
        Mode::Prompt(prompt) => covering(&prompt.over),
        Mode::Reading | Mode::Note { .. } | Mode::Select(_) => None,
    }
}

/// A terminal one cannot read in says so as far as it can.
fn cramped(buffer: &mut Buffer, state: &State) -> Cell {
    let (columns, rows) = (state.size.columns, state.size.rows);
    let least = crate::reader::frame::LEAST;
    let words = ["too small".to_owned(), format!("{columns}×{rows}; needs {}×{}", least.columns, least.rows)];
    for (y, line) in words.iter().enumerate().take(usize::from(rows)) {
        put(buffer, Area { x: 0, y: y as u16, columns, rows: 1 }, line, Style::new());
    }
    Cell::new(0, 0)
}

/// Writes a text into the first row of an area, cut to it, and returns the cell behind it.
fn put(buffer: &mut Buffer, area: Area, text: &str, style: Style) -> u16 {
    let mut x = area.x;
    let end = area.x.saturating_add(area.columns).min(buffer.area.right());
    if area.y >= buffer.area.bottom() {
        return x;
    }
    for grapheme in text.graphemes(true) {
        let wide = cells(grapheme);
        if wide == 0 {
            continue;
        }
        if x + wide > end {
            break;
        }
        buffer[(x, area.y)].set_symbol(grapheme).set_style(style);
        for behind in x + 1..x + wide {
            buffer[(behind, area.y)].reset();
            buffer[(behind, area.y)].set_style(style);
        }
        x += wide;
    }
    x
}

/// Writes a text at the right end of an area's first row and returns the cell before it.
fn put_right(buffer: &mut Buffer, area: Area, text: &str, style: Style) -> u16 {
    let wide = width(text).min(area.columns);
    let x = area.x + area.columns - wide;
    put(buffer, Area { x, columns: wide, ..area }, text, style);
    x
}

/// Takes away what stands in an area, its ink too: a new style is only laid over an old one.
fn clear(buffer: &mut Buffer, area: Area) {
    let bounds = buffer.area;
    for y in area.y..area.y.saturating_add(area.rows).min(bounds.bottom()) {
        (area.x..area.x.saturating_add(area.columns).min(bounds.right()))
            .for_each(|x| buffer[(x, y)].reset());
    }
}

/// The rows of an area, one by one.
fn row(area: Area, row: u16) -> Area {
    Area { y: area.y + row, rows: 1, ..area }
}
