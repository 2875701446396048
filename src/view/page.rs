//! The page: lines of text, the notes at their foot or in the margin, the note pane.

use super::{put, put_right, row, theme};
use crate::document::Position;
use crate::layout::bidi::{Side, shown, side};
use crate::layout::ink::{self, Lights};
use crate::layout::page::Foot;
use crate::layout::spread::Spread;
use crate::layout::width::ellipsis;
use crate::layout::{Galley, LineId, Row};
use crate::reader::frame::{Area, Frame};
use crate::reader::highlights::colour_of;
use crate::reader::{State, Target};
use ratatui::buffer::Buffer;
use ratatui::layout::Position as Cell;
use std::ops::Range;

/// Paints the pages with the notes at their foot or in the margin; returns the cell of the focus if it is on one.
pub fn paint(buffer: &mut Buffer, state: &State, frame: &Frame) -> Option<Cell> {
    let spread = state.spread();
    let selected = state.selected();
    let lights = lights(state, selected.as_ref());
    let areas = [Some(frame.text), frame.right];
    for (page, area) in spread.pages().zip(areas.into_iter().flatten()) {
        for (y, line) in page.rows.iter().enumerate() {
            if let Row::Line(id) = line {
                paint_line(buffer, state, *id, row(area, y as u16), &lights);
            }
        }
        paint_foot(buffer, state, &page.foot, area, &lights);
    }
    if let (Some(area), Some(narrow)) = (frame.margin, &state.text.aside) {
        paint_margin(buffer, state, narrow, area, &lights);
    }
    paint_resume(buffer, state, &spread, &areas);
    let (line, column) = focus(state)?;
    let (page, y) = spread.find(line)?;
    Some(cell(areas[page]?, y, column))
}

/// Marks the line where the eye goes on, unless it is the first.
fn paint_resume(buffer: &mut Buffer, state: &State, spread: &Spread, areas: &[Option<Area>; 2]) {
    let line = state.resume.and_then(|at| state.text.galley.line_at(&state.text.document, at));
    let Some((page, y)) = line.and_then(|line| spread.find(line)).filter(|found| *found != (0, 0)) else {
        return;
    };
    let Some(area) = areas[page].map(|area| row(area, y)) else { return };
    // Beside the letter of a highlight, if there is one.
    let [near, far] = beside(buffer, state, area);
    let free = |x: &u16| buffer[(*x, area.y)].symbol() == " ";
    if let Some(x) = far.filter(free).or(near) {
        put(buffer, Area { x, columns: 1, ..area }, state.pointer(), theme::key());
    }
}

/// The two cells beside a page where its lines begin, the nearer first, as far as the screen has them.
fn beside(buffer: &Buffer, state: &State, area: Area) -> [Option<u16>; 2] {
    let at = |far: u16| {
        if state.leftward() {
            Some(area.x + area.columns + far - 1).filter(|x| *x < buffer.area.right())
        } else {
            area.x.checked_sub(far)
        }
    };
    [at(1), at(2)]
}

/// The line and the cell of it where the focus is.
fn focus(state: &State) -> Option<(LineId, u16)> {
    let (document, galley) = (&state.text.document, &state.text.galley);
    let at = state.focus();
    match state.chosen.filter(|&target| state.target_at(target) == at) {
        Some(target @ Target::Reference(i)) => {
            let line = state.target_line(target)?;
            Some((line, ink::column_of_mark(document, galley, line, i)))
        }
        Some(Target::Link(_)) | None => {
            let line = galley.line_at(document, at)?;
            Some((line, ink::column(document, galley, line, at)))
        }
    }
}

fn cell(area: Area, row: u16, column: u16) -> Cell {
    Cell::new((area.x + column).min(area.x + area.columns.saturating_sub(1)), area.y + row)
}

/// Paints the pane: a rule that names the note, and its lines.
pub fn paint_pane(buffer: &mut Buffer, state: &State, area: Area) -> Option<Cell> {
    let (note, top) = state.pane()?;
    let (document, galley) = (&state.text.document, &state.text.galley);
    let shown = usize::from(state.pane_lines());
    let mut rows = galley.rows_from(document, top);
    let selected = state.selected();
    let lights = lights(state, selected.as_ref());
    for (y, line) in rows.by_ref().take(shown).enumerate() {
        if let Row::Line(id) = line {
            paint_line(buffer, state, id, row(area, y as u16 + 1), &lights);
        }
    }
    let more = rows.next().is_some();
    drop(rows);
    let name = format!("─── Note {} ", document.notes()[note].mark);
    let x = put(buffer, area, &name, theme::heading());
    let rest = usize::from((area.x + area.columns).saturating_sub(x));
    put(buffer, Area { x, columns: rest as u16, ..area }, &"─".repeat(rest), theme::quiet());
    if more {
        put_right(buffer, area, " more ↓ ──", theme::quiet());
    }
    if shown + 1 < usize::from(area.rows) {
        paint_gloss(buffer, state, note, row(area, area.rows - 1));
    }
    let (line, column) = focus(state)?;
    let y = galley.rows_from(document, top).take(shown).position(|r| r == Row::Line(line))?;
    Some(cell(area, 1 + y as u16, column))
}

/// The notes the page cites, under a short rule; a long one is cut with `…`.
fn paint_foot(buffer: &mut Buffer, state: &State, foot: &Foot, area: Area, lights: &Lights<'_>) {
    if foot.is_empty() {
        return;
    }
    let (document, galley) = (&state.text.document, &state.text.galley);
    let mut y = area.rows.saturating_sub(foot.height());
    let rule = usize::from((area.columns / 4).max(4));
    let more = match foot.waiting.len() {
        0 => String::new(),
        waiting => format!("+{waiting} more"),
    };
    let (left, right) = ("─".repeat(rule), more);
    let (left, right) = if state.leftward() { (right, left) } else { (left, right) };
    put(buffer, row(area, y), &left, theme::quiet());
    put_right(buffer, row(area, y), &right, theme::quiet());
    y += 1;
    for footnote in &foot.notes {
        let start = Position::at(document.notes()[footnote.note].range.start);
        let rows = galley.rows_from(document, start).take(usize::from(footnote.rows));
        for line in rows {
            if let Row::Line(id) = line {
                paint_line(buffer, state, id, row(area, y), lights);
            }
            y += 1;
        }
        if footnote.cut {
            cut(buffer, state, footnote.note, row(area, y - 1));
        }
        if footnote.gloss {
            paint_gloss(buffer, state, footnote.note, row(area, y));
            y += 1;
        }
    }
}

/// The notes beside the lines that cite them.
fn paint_margin(buffer: &mut Buffer, state: &State, narrow: &Galley, area: Area, lights: &Lights<'_>) {
    let document = &state.text.document;
    let aside = state.aside();
    for side in &aside.notes {
        let start = Position::at(document.notes()[side.note].range.start);
        let mut y = side.row;
        for line in narrow.rows_from(document, start).take(usize::from(side.rows)) {
            if let Row::Line(id) = line {
                paint_line_of(buffer, state, narrow, id, row(area, y), lights);
            }
            y += 1;
        }
        if side.cut {
            cut(buffer, state, side.note, row(area, y - 1));
        }
        for words in state.gloss_in(side.note, area.columns).iter().take(usize::from(side.gloss)) {
            put_gloss(buffer, state, side.note, words, row(area, y));
            y += 1;
        }
    }
    if !aside.waiting.is_empty() {
        let words = format!("+{} more", aside.waiting.len());
        put_right(buffer, row(area, area.rows - 1), &words, theme::quiet());
    }
}

/// What a note stands for, under its text and set off from it.
fn paint_gloss(buffer: &mut Buffer, state: &State, note: usize, area: Area) {
    let columns = area.columns - state.note_indent(note, area.columns);
    if let Some(words) = state.gloss(note, columns) {
        put_gloss(buffer, state, note, &ellipsis(&words, columns), area);
    }
}

/// Writes a line of what a note stands for beneath its text, from the side on which that begins.
fn put_gloss(buffer: &mut Buffer, state: &State, note: usize, words: &str, area: Area) {
    let indent = state.note_indent(note, area.columns);
    let columns = area.columns - indent;
    let words = shown(words, state.options.bidi);
    if note_begins_right(state, note) {
        put_right(buffer, Area { columns, ..area }, &words, theme::gloss());
    } else {
        put(buffer, Area { x: area.x + indent, columns, ..area }, &words, theme::gloss());
    }
}

/// Whether the lines of a note begin at the right.
fn note_begins_right(state: &State, note: usize) -> bool {
    let document = &state.text.document;
    side(&document.text()[document.notes()[note].range.clone()], state.options.bidi) == Side::Right
}

/// Ends a row of a note with `…`, behind its last letter where there is room.
fn cut(buffer: &mut Buffer, state: &State, note: usize, area: Area) {
    let end = area.x + area.columns;
    let inked = |x: &u16| buffer[(*x, area.y)].symbol() != " ";
    if note_begins_right(state, note) {
        let last = (area.x..end).find(inked).unwrap_or(area.x);
        put(buffer, Area { x: last.saturating_sub(1).max(area.x), columns: 1, ..area }, "…", theme::key());
        return;
    }
    let last = (area.x..end).rev().find(inked).unwrap_or(area.x);
    // In the place of a comma or a hyphen; else behind the last letter, or in its place where the line is full.
    let open = matches!(buffer[(last, area.y)].symbol(), "," | ";" | ":" | "-" | "–" | "—");
    let x = if open || last + 1 >= end { last } else { last + 1 };
    put(buffer, Area { x, columns: 1, ..area }, "…", theme::key());
}

fn paint_line(buffer: &mut Buffer, state: &State, id: LineId, area: Area, lights: &Lights<'_>) {
    paint_line_of(buffer, state, &state.text.galley, id, area, lights);
}

fn paint_line_of(
    buffer: &mut Buffer,
    state: &State,
    galley: &Galley,
    id: LineId,
    area: Area,
    lights: &Lights<'_>,
) {
    let mut x = area.x;
    mark_beside(buffer, state, galley, id, area);
    for run in ink::runs(&state.text.document, galley, id, lights) {
        let columns = (area.x + area.columns).saturating_sub(x);
        x = put(buffer, Area { x, columns, ..area }, &run.text, theme::style(run.ink));
    }
}

/// Says in the margin which colour lies on a line: by its letter, a capital where there is a comment.
fn mark_beside(buffer: &mut Buffer, state: &State, galley: &Galley, id: LineId, area: Area) {
    let range = &galley.line(&state.text.document, id).range;
    let Some(shade) = ink::Shade::touching(state.highlights.shades(), range).first() else { return };
    // A blank parts it from the text where the margin has one.
    let [near, far] = beside(buffer, state, area);
    let Some(x) = far.or(near) else { return };
    let letter = &colour_of(shade).name()[..1];
    let letter = if shade.remarked { letter.to_uppercase() } else { letter.to_owned() };
    put(buffer, Area { x, columns: 1, ..area }, &letter, theme::quiet());
}

fn lights<'a>(state: &'a State, selected: Option<&'a Range<usize>>) -> Lights<'a> {
    let (reference, link) = match state.chosen {
        Some(Target::Reference(i)) => (Some(i), None),
        Some(Target::Link(i)) => (None, Some(&state.text.document.spans()[i].range)),
        None => (None, None),
    };
    Lights {
        matches: &state.search.matches,
        current: state.search.current,
        reference,
        note: reference.and_then(|i| state.text.document.references()[i].note),
        link,
        selected,
        shades: state.highlights.shades(),
    }
}
