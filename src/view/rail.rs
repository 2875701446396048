//! The scroll rail at the right edge of the screen.

use super::{put, row, theme};
use crate::reader::State;
use crate::reader::frame::Area;
use crate::reader::rail::Notch;
use ratatui::buffer::Buffer;

/// Paints the rail: a thin line for the text, a thick one for the page on the screen, an arm where matches are, a wedge
/// for the match one is at. All of it can be told without colour.
pub fn paint(buffer: &mut Buffer, state: &State, area: Area) {
    for (y, Notch { page, found, current }) in state.notches(area.rows).into_iter().enumerate() {
        let sign = match (current, page, found) {
            (true, _, _) => "◄",
            (false, true, true) => "┫",
            (false, true, false) => "┃",
            (false, false, true) => "┤",
            (false, false, false) => "│",
        };
        put(buffer, row(area, y as u16), sign, theme::rail(page, found, current));
    }
}
