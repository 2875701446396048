//! A list in the place of the text.

use super::{put, put_right, row, theme};
use crate::layout::bidi::{Side, shown, shown_from};
use crate::layout::width::{ellipsis, width};
use crate::reader::frame::Area;
use crate::reader::{List, State};
use ratatui::buffer::Buffer;
use ratatui::layout::Position as Cell;
use ratatui::style::Style;

/// Rows of fewer cells are short.
const NARROW: u16 = 30;

/// Paints a list with its title; returns the cell of the chosen row. Of a text that is read from right to left its entries
/// begin at the right.
pub fn paint(buffer: &mut Buffer, state: &State, list: &List, area: Area) -> Cell {
    let (bidi, leftward) = (state.options.bidi, state.leftward());
    let title = list.kind.title();
    put(buffer, area, title, theme::heading());
    let items: Vec<_> = list.shown().collect();
    let counter = match (items.len(), list.items().len()) {
        (0, _) => String::new(),
        (shown, all) if shown < all => format!("{} of {shown}, {all} in all", list.at + 1),
        (shown, _) => format!("{} of {shown}", list.at + 1),
    };
    // Where both have no room, what is listed is said.
    if width(title) + 2 + width(&counter) <= area.columns {
        put_right(buffer, area, &counter, theme::quiet());
    }
    let (gap, rows) = window(area);
    if items.is_empty() {
        let words = if list.filter.is_empty() {
            list.kind.empty().to_owned()
        } else {
            format!("nothing with {}", list.filter)
        };
        put(buffer, row(area, gap), &shown_from(Side::Left, &words, bidi), theme::quiet());
        return Cell::new(area.x, area.y);
    }
    let top = top(list.at, rows, items.len());
    let mut cursor = Cell::new(area.x, area.y + gap);
    for (y, (i, item)) in items.iter().enumerate().skip(top).take(rows).enumerate() {
        let line = row(area, gap + y as u16);
        let chosen = i == list.at;
        let style = if chosen { theme::chosen() } else { Style::new() };
        if chosen {
            cursor =
                Cell::new(if leftward { line.x + line.columns.saturating_sub(1) } else { line.x }, line.y);
            put(buffer, line, &" ".repeat(usize::from(line.columns)), style);
        }
        // What stands aside gives way where it would take more than a third of a short row.
        let aside = if line.columns < NARROW && width(&item.aside) > line.columns / 3 {
            "".into()
        } else {
            ellipsis(&item.aside, line.columns / 2)
        };
        let indent = 1 + 2 * u16::from(item.level).min(line.columns / 8);
        let room = line.columns.saturating_sub(indent + width(&aside) + 2);
        let words = if width(&item.words) > room {
            ellipsis(&closed_up(&item.words), room).into_owned()
        } else {
            item.words.clone()
        };
        let (words, aside) = (shown(&words, bidi), shown(&aside, bidi));
        let aside_style = if chosen { style } else { theme::quiet() };
        let inner = Area { x: line.x + 1, columns: line.columns.saturating_sub(2), ..line };
        if leftward {
            put_right(buffer, Area { columns: line.columns.saturating_sub(indent), ..line }, &words, style);
            put(buffer, inner, &aside, aside_style);
        } else {
            put(buffer, Area { x: line.x + indent, columns: room, ..line }, &words, style);
            put_right(buffer, inner, &aside, aside_style);
        }
    }
    cursor
}

/// Words that stand in columns, without the blanks that only align them.
fn closed_up(words: &str) -> String {
    words.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// The rows of an area that the title of a list takes, and those left to its entries.
pub fn window(area: Area) -> (u16, usize) {
    let gap = if area.rows > 6 { 2 } else { 1 };
    (gap, usize::from(area.rows.saturating_sub(gap).max(1)))
}

/// The entry on a row of the screen.
pub fn item_on(list: &List, area: Area, y: u16) -> Option<usize> {
    let (gap, rows) = window(area);
    let shown = list.shown().count();
    let row = usize::from(y.checked_sub(area.y + gap)?);
    Some(top(list.at, rows, shown) + row).filter(|item| row < rows && *item < shown)
}

/// The row at the top of a list of `all` where `rows` are shown: the chosen one stands in the middle of a long list, as
/// far as its ends allow.
pub fn top(chosen: usize, rows: usize, all: usize) -> usize {
    chosen.saturating_sub(rows / 2).min(all.saturating_sub(rows))
}
