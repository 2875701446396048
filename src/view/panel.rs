//! The contents beside the text.

use super::{put, put_right, row, theme};
use crate::document::clean::excerpt;
use crate::layout::bidi::shown;
use crate::layout::width::ellipsis;
use crate::reader::State;
use crate::reader::frame::Area;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

/// Paints the sections, the one that is read marked and in bold, and a rule between them and the text.
pub fn paint(buffer: &mut Buffer, state: &State, area: Area) {
    let document = &state.text.document;
    let rule = Area { x: area.x + area.columns + 1, columns: 1, ..area };
    (0..area.rows).for_each(|y| {
        put(buffer, row(rule, y), "│", theme::quiet());
    });
    let top = top(state, area);
    for (y, (i, at)) in (0..area.rows).zip(document.stops().enumerate().skip(top)) {
        let section = document.section_at(at);
        let title = section.map_or_else(|| state.text.title(), |s| document.section_title(s));
        let level = section.map_or(0, |s| document.sections()[s].level.saturating_sub(1));
        let here = i == current(state);
        let line = row(area, y);
        let indent = 2 + 2 * u16::from(level).min(4);
        let columns = line.columns - indent;
        let style = if here { theme::heading() } else { Style::new() };
        let excerpt = excerpt(title, 200);
        let words = shown(&ellipsis(&excerpt, columns), state.options.bidi).into_owned();
        let sign = if here { state.pointer() } else { "" };
        if state.leftward() {
            put_right(buffer, line, sign, theme::key());
            put_right(buffer, Area { columns, ..line }, &words, style);
        } else {
            put(buffer, line, sign, theme::key());
            put(buffer, Area { x: line.x + indent, columns, ..line }, &words, style);
        }
    }
}

/// The stop on a row of the screen.
pub fn stop_on(state: &State, area: Area, y: u16) -> Option<usize> {
    let row = y.checked_sub(area.y).filter(|row| *row < area.rows)?;
    let stop = top(state, area) + usize::from(row);
    (stop < state.text.document.stops().count()).then_some(stop)
}

/// The stop at which one reads.
fn current(state: &State) -> usize {
    state.text.document.stops().take_while(|at| *at <= state.place).count().saturating_sub(1)
}

/// The stop in the first row: the current one stands in the middle of long contents.
fn top(state: &State, area: Area) -> usize {
    super::lists::top(current(state), usize::from(area.rows), state.text.document.stops().count())
}
