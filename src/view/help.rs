//! The help screen.

use super::{put, row, theme};
use crate::layout::width::{ellipsis, width};
use crate::reader::frame::Area;
use crate::reader::help::{Cell, GUTTER, help};
use crate::reader::update::help_columns;
use crate::reader::{Mode, State};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

/// Paints the keys of the mode beneath from row `top` on; returns the cell of the first.
pub fn paint(
    buffer: &mut Buffer,
    state: &State,
    over: &Mode,
    top: usize,
    area: Area,
) -> ratatui::layout::Position {
    let columns = help_columns(state.size.columns);
    let help = help(&state.keymap, over.context(), columns);
    let count = help.rows.first().map_or(1, Vec::len) as u16;
    let wide = (help.column * count).saturating_sub(GUTTER).min(columns);
    let x = state.size.columns.saturating_sub(wide) / 2;
    for (y, cells) in help.rows.iter().skip(top).take(usize::from(area.rows)).enumerate() {
        for (c, cell) in cells.iter().enumerate() {
            let x = x + help.column * c as u16;
            let area = Area {
                x,
                columns: (help.column - GUTTER).min(state.size.columns.saturating_sub(x)),
                ..row(area, y as u16)
            };
            match cell {
                Cell::Title(title) => {
                    put(buffer, area, title, theme::heading());
                }
                Cell::Keys { keys, does } => {
                    put(buffer, area, keys, theme::key());
                    // In their column while they fit there whole; else right behind the keys.
                    let column = help.keys + 2;
                    let fits = column + width(does) <= area.columns;
                    let indent = if fits { column } else { width(keys) + 2 }.min(area.columns);
                    let words = Area { x: area.x + indent, columns: area.columns - indent, ..area };
                    put(buffer, words, &ellipsis(does, words.columns), Style::new());
                }
                Cell::Empty => {}
            }
        }
    }
    ratatui::layout::Position::new(x, area.y)
}
