//! Where things stand on the screen: shared by the machine, which must know what a page holds, and the view.

use super::State;

/// The size of the terminal, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Cells in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The smallest terminal one can read in.
pub const LEAST: Size = Size { columns: 20, rows: 6 };

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its left cell.
    pub x: u16,
    /// Its top row.
    pub y: u16,
    /// Its width.
    pub columns: u16,
    /// Its height.
    pub rows: u16,
}

/// The parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The running head, where there is room for one.
    pub head: Option<Area>,
    /// The text with the notes at its foot; a list or the help stands here too.
    pub text: Area,
    /// The note pane under the text, its rule included.
    pub pane: Option<Area>,
    /// The scroll rail at the right edge, while a search is live.
    pub rail: Option<Area>,
    /// The line at the foot.
    pub status: Area,
}

impl State {
    /// Whether the terminal is too small to read in.
    pub fn is_cramped(&self) -> bool {
        self.size.columns < LEAST.columns || self.size.rows < LEAST.rows
    }

    /// The parts of the screen.
    pub fn frame(&self) -> Frame {
        let Size { columns, rows } = self.size;
        let margin = if columns < 30 { 0 } else { 1 };
        let measure = self.options.measure.min(columns.saturating_sub(2 * margin)).max(1);
        let x = columns.saturating_sub(measure) / 2;
        // A head from eight rows, air under it and over the foot where it costs the text little.
        let head = u16::from(rows >= 8);
        let above = head + u16::from(rows >= 16);
        let below = 1 + u16::from(rows >= 22);
        let body = rows.saturating_sub(above + below);
        let area = |y, rows| Area { x, y, columns: measure, rows };
        let pane = self.open_note_rows(measure, body);
        let text = area(above, body - pane);
        Frame {
            head: (head > 0).then(|| area(0, 1)),
            text,
            rail: self.rail(text, body),
            pane: (pane > 0).then(|| area(above + text.rows, pane)),
            status: area(rows.saturating_sub(1), 1),
        }
    }

    /// Where the text stands, as wide as the terminal: for what is better read in long lines.
    pub fn breadth(&self) -> Area {
        let margin = u16::from(self.size.columns >= 30);
        Area { x: margin, columns: self.size.columns.saturating_sub(2 * margin), ..self.frame().text }
    }

    /// The rows the pane takes: its rule and the note, at most half of the page.
    fn open_note_rows(&self, measure: u16, body: u16) -> u16 {
        let Some((note, _)) = self.pane() else { return 0 };
        // Before the text is set to a new measure there is nothing to count; the next frame is right.
        if self.text.galley.style().measure != measure {
            return (body / 2).min(3);
        }
        let start = crate::document::Position::at(self.document().notes()[note].range.start);
        // Three lines of text stay in sight.
        let most = (body / 2).max(2).min(body.saturating_sub(3));
        let rows = self.text.galley.rows_from(self.document(), start).take(usize::from(most)).count() as u16;
        (rows + 1 + self.gloss_rows(note)).min(most)
    }

    /// The rows in the pane that say what the note stands for.
    pub fn gloss_rows(&self, note: usize) -> u16 {
        u16::from(self.text.standings.get(note).is_some_and(Option::is_some))
    }

    /// The lines of the note that the pane shows.
    pub fn pane_lines(&self) -> u16 {
        let (Some(pane), Some((note, _))) = (self.frame().pane, self.pane()) else { return 0 };
        // On the smallest pane the note goes before its gloss.
        let lines = pane.rows.saturating_sub(1);
        if lines > 1 { lines - self.gloss_rows(note) } else { lines }
    }
}
