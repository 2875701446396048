//! What lies under a cell of the screen: painting, read backwards.

use super::{concordance, covering, lists, panel};
use crate::document::{Mark, Position};
use crate::layout::{LineId, Row, ink, marks};
use crate::reader::frame::{Area, Frame};
use crate::reader::list::Rows;
use crate::reader::{Hit, Mode, State, Target};

/// How many cells beside a reference, which is small, still count as it.
const NEAR: u16 = 1;

/// What lies under a cell; `None` where nothing does that could be taken.
pub fn hit(state: &State, x: u16, y: u16) -> Option<Hit> {
    if state.is_cramped() {
        return None;
    }
    let frame = state.frame();
    match covering(&state.mode) {
        Some(Mode::List(list)) => {
            let item = match &list.rows {
                Rows::Items(_) => lists::item_on(list, frame.body, y),
                Rows::Lines(lines) => concordance::line_on(list, lines, state.breadth(), y),
            };
            item.map(Hit::Item)
        }
        Some(_) => None,
        None => {
            let stop =
                frame.panel.filter(|area| holds(*area, x, y)).map(|area| panel::stop_on(state, area, y));
            stop.map_or_else(
                || in_pane(state, &frame, x, y).or_else(|| on_page(state, &frame, x, y)),
                |stop| stop.map(Hit::Stop),
            )
        }
    }
}

fn holds(area: Area, x: u16, y: u16) -> bool {
    (area.x..area.x + area.columns).contains(&x) && (area.y..area.y + area.rows).contains(&y)
}

/// On the pages, at their feet, in the margin.
fn on_page(state: &State, frame: &Frame, x: u16, y: u16) -> Option<Hit> {
    if let Some(area) = frame.margin.filter(|area| holds(*area, x, y)) {
        return state.aside().note_on(y - area.y).map(Hit::Note);
    }
    let spread = state.spread();
    let areas = [Some(frame.text), frame.right];
    // A mark may stand at the very edge of the page.
    let wide = |area: Area| Area { columns: area.columns + NEAR, ..area };
    let (page, area) =
        spread.pages().zip(areas.into_iter().flatten()).find(|(_, area)| holds(wide(*area), x, y))?;
    let row = y - area.y;
    let foot = area.rows - page.foot.height();
    match page.rows.get(usize::from(row)) {
        Some(Row::Line(id)) => on_line(state, *id, x - area.x),
        Some(Row::Blank) => None,
        None => page.foot.note_on(row.checked_sub(foot)?).map(Hit::Note),
    }
}

/// In the note pane.
fn in_pane(state: &State, frame: &Frame, x: u16, y: u16) -> Option<Hit> {
    let area = frame.pane.filter(|area| holds(*area, x, y))?;
    let (note, top) = state.pane()?;
    // Its rule names it.
    let Some(row) = (y - area.y).checked_sub(1) else { return Some(Hit::Note(note)) };
    let shown = usize::from(state.pane_lines());
    match state.text.galley.rows_from(&state.text.document, top).take(shown).nth(usize::from(row))? {
        Row::Line(id) => on_line(state, id, x - area.x).filter(|hit| matches!(hit, Hit::Target(_))),
        Row::Blank => None,
    }
}

/// On a line: a reference, else a link, else the text itself.
fn on_line(state: &State, id: LineId, x: u16) -> Option<Hit> {
    let (document, galley) = (&state.text.document, &state.text.galley);
    let line = galley.line(document, id).range.clone();
    let of = |reference: usize| {
        let from = ink::column_of_mark(document, galley, id, reference);
        let wide = marks::cells_of(document, galley.style(), &document.references()[reference]);
        (from, from + wide)
    };
    let first = document.references().partition_point(|r| r.at.byte() < line.start);
    let here = marks::on(document, &line);
    let references =
        (first..document.references().len()).take_while(|i| document.references()[*i].at.byte() <= line.end);
    let near = references
        .filter(|i| here.contains(&document.references()[*i]))
        .map(|i| (i, of(i)))
        .map(|(i, (from, to))| (i, if x < from { from - x } else { (x + 1).saturating_sub(to) }))
        .min_by_key(|(_, far)| *far)
        .filter(|(_, far)| *far <= NEAR);
    if let Some((reference, _)) = near {
        return Some(Hit::Target(Target::Reference(reference)));
    }
    let block = &document.blocks()[galley.block_index(id)].range;
    let column = |byte: usize| ink::column(document, galley, id, Position::at(byte));
    let link = document.spans_in(block).iter().find(|span| {
        let (from, to) = (span.range.start.max(line.start), span.range.end.min(line.end));
        let (a, b) = (column(from), column(to));
        matches!(span.mark, Mark::Link(_)) && from < to && (a.min(b)..a.max(b)).contains(&x)
    });
    match link.and_then(|link| document.spans().iter().position(|span| std::ptr::eq(span, link))) {
        Some(link) => Some(Hit::Target(Target::Link(link))),
        None => Some(Hit::Text),
    }
}
