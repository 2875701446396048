//! The lines of a concordance in the place of the text, as wide as the terminal, aligned on the match.

use super::{lists, put, put_right, row, theme};
use crate::layout::Bidi;
use crate::layout::bidi::{Side, shown, shown_from};
use crate::layout::concordance::Columns;
use crate::layout::ink::{Ink, Light};
use crate::layout::width::{ellipsis, width};
use crate::reader::frame::Area;
use crate::reader::{List, State};
use crate::search::concordance::{Concordance, Row};
use ratatui::buffer::Buffer;
use ratatui::layout::Position as Cell;
use ratatui::style::Style;

/// Paints a concordance with its title; returns the cell in which the chosen match begins.
pub fn paint(buffer: &mut Buffer, state: &State, list: &List, concordance: &Concordance, area: Area) -> Cell {
    title(buffer, list, concordance, state.options.bidi, area);
    let (gap, rows) = lists::window(area);
    if concordance.lines() == 0 {
        let words = format!("nothing with {}", list.filter);
        let words = shown_from(Side::Left, &words, state.options.bidi);
        put(buffer, row(area, gap), &words, theme::quiet());
        return Cell::new(area.x, area.y);
    }
    let document = &state.text.document;
    let columns = Columns::new(document, area.columns.saturating_sub(1), state.options.bidi);
    let top = lists::top(concordance.row_of(list.at), rows, concordance.rows());
    let mut cursor = Cell::new(area.x, area.y + gap);
    for (y, at) in (top..concordance.rows()).take(rows).enumerate() {
        let here = row(area, gap + y as u16);
        match concordance.row(at) {
            Row::Part(part) => {
                let title = crate::document::clean::excerpt(part.title(document), 200);
                let title = ellipsis(&title, here.columns);
                put(buffer, here, &shown(&title, state.options.bidi), theme::heading());
            }
            Row::Line(line) => {
                let Some(found) = concordance.found(line).map(|found| &concordance.matches()[found]) else {
                    continue;
                };
                let chosen = line == list.at;
                let set = columns.line(document, found);
                let style = if chosen { theme::chosen() } else { Style::new() };
                if chosen {
                    put(buffer, here, &" ".repeat(usize::from(here.columns)), style);
                }
                let lit = |light| theme::style(Ink { light, ..Ink::default() });
                // On the row that is chosen, and reversed, the match stands upright.
                let lit = if chosen { theme::found_in_chosen() } else { lit(Light::Match) };
                let quiet = if chosen { style } else { theme::quiet() };
                let mut x = here.x;
                let mut write = |words: &str, style| {
                    let columns = (here.x + here.columns).saturating_sub(x);
                    let from = std::mem::replace(&mut x, 0);
                    x = put(buffer, Area { x: from, columns, ..here }, words, style);
                    from
                };
                write(&set.name, quiet);
                write(&set.left, style);
                let begins = write(&set.found, lit);
                write(&set.right, style);
                if chosen {
                    cursor = Cell::new(begins, here.y);
                }
            }
        }
    }
    cursor
}

/// The line on a row of the screen.
pub fn line_on(list: &List, concordance: &Concordance, area: Area, y: u16) -> Option<usize> {
    let (gap, rows) = lists::window(area);
    let row = usize::from(y.checked_sub(area.y + gap)?);
    let at = lists::top(concordance.row_of(list.at), rows, concordance.rows()) + row;
    match (row < rows && at < concordance.rows()).then(|| concordance.row(at))? {
        Row::Line(line) => Some(line),
        Row::Part(_) => None,
    }
}

/// What is listed at the left; which line, of how many, in what order at the right.
fn title(buffer: &mut Buffer, list: &List, concordance: &Concordance, bidi: Bidi, area: Area) {
    let (lines, all) = (concordance.lines(), concordance.matches().len());
    let counter = match lines {
        0 => String::new(),
        _ if lines < all => format!("{} of {lines}, {all} in all", list.at + 1),
        _ => format!("{} of {lines}", list.at + 1),
    };
    let sorted = format!("{counter} · {}", concordance.sort().name());
    let aside = if width(&sorted) + 20 > area.columns { counter } else { sorted };
    let end = put_right(buffer, area, &aside, theme::quiet());
    let room = Area { columns: end.saturating_sub(area.x + 2), ..area };
    let title = format!("{}: {}", list.kind.title(), concordance.query().pattern);
    put(buffer, room, &shown_from(Side::Left, &ellipsis(&title, room.columns), bidi), theme::heading());
}
