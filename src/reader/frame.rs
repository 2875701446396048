//! Where things stand on the screen: shared by the machine, which must know what a page holds, and the view.

use super::{Columns, NotesPlace, State};
use crate::layout::{Bidi, Figures};

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

/// The cells between the text and its margin.
const MARGIN_GAP: u16 = 3;

/// A margin narrower than this holds no notes; nor is it wider than that.
const MARGIN: std::ops::RangeInclusive<u16> = 32..=40;

/// The least measure of a page that has another beside it.
const LEAST_PAGE: u16 = 34;

/// The cells between two pages that lie open.
const GUTTER: std::ops::RangeInclusive<u16> = 4..=8;

/// Contents narrower than this say too little; nor are they wider than that.
const PANEL: std::ops::RangeInclusive<u16> = 22..=36;

/// The cells between the contents and the text, a rule among them.
const PANEL_GAP: u16 = 3;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The contents beside the text.
    pub panel: Option<Area>,
    /// The running head, where there is room for one.
    pub head: Option<Area>,
    /// All between head and foot: a list or the help stands here.
    pub body: Area,
    /// The text with the notes at its foot; of two pages that lie open, the first.
    pub text: Area,
    /// The second of two pages that lie open: at the right, in what is read from left to right.
    pub right: Option<Area>,
    /// The margin for notes.
    pub margin: Option<Area>,
    /// The note pane under the text, its rule included.
    pub pane: Option<Area>,
    /// The scroll rail at the right edge, while a search is live.
    pub rail: Option<Area>,
    /// The line at the foot.
    pub status: Area,
}

/// How the columns of the screen are shared out.
enum Shares {
    Page { measure: u16 },
    Margin { measure: u16, margin: u16 },
    Spread { measure: u16, gutter: u16 },
}

impl Shares {
    fn measure(&self) -> u16 {
        match self {
            Shares::Page { measure } | Shares::Margin { measure, .. } | Shares::Spread { measure, .. } => {
                *measure
            }
        }
    }

    fn whole(&self) -> u16 {
        match self {
            Shares::Page { measure } => *measure,
            Shares::Margin { measure, margin } => measure + MARGIN_GAP + margin,
            Shares::Spread { measure, gutter } => 2 * measure + gutter,
        }
    }
}

impl State {
    /// Whether the screen is laid out from right to left, as the text is read, and we are to see to it.
    pub fn leftward(&self) -> bool {
        self.text.leftward && self.options.bidi == Bidi::Ours
    }

    /// What points to a line from the side at which it begins.
    pub fn pointer(&self) -> &'static str {
        match (self.options.figures, self.leftward()) {
            (Figures::Superscript, false) => "›",
            (Figures::Superscript, true) => "‹",
            (Figures::Brackets, false) => ">",
            (Figures::Brackets, true) => "<",
        }
    }

    /// Whether the terminal is too small to read in.
    pub fn is_cramped(&self) -> bool {
        self.size.columns < LEAST.columns || self.size.rows < LEAST.rows
    }

    /// The cells of a row that may be written in.
    fn row_room(&self) -> u16 {
        self.size.columns.saturating_sub(if self.size.columns < 30 { 0 } else { 2 })
    }

    /// What of them is left to the text, its margin, a second page.
    fn room(&self) -> u16 {
        self.row_room() - self.panel_columns().map_or(0, |columns| columns + PANEL_GAP)
    }

    /// The cells that the contents take, if they are wanted and the terminal has room for them beside the measure.
    fn panel_columns(&self) -> Option<u16> {
        let rest = self.row_room().saturating_sub(self.options.measure + PANEL_GAP).min(*PANEL.end());
        (self.options.panel && PANEL.contains(&rest)).then_some(rest)
    }

    /// Why the contents cannot stand beside the text now, if they are wanted and cannot.
    pub(super) fn no_panel(&self) -> Option<String> {
        let needed = self.options.measure + PANEL_GAP + PANEL.start() + 2;
        (self.options.panel && self.panel_columns().is_none())
            .then(|| format!("the contents need {needed} columns"))
    }

    /// Two pages, if the terminal has room for them.
    fn two_pages(&self) -> Option<Shares> {
        let each = (self.room().saturating_sub(*GUTTER.start()) / 2).min(self.options.measure);
        let gutter = self.room().saturating_sub(2 * each).min(*GUTTER.end());
        (each >= LEAST_PAGE.min(self.options.measure)).then_some(Shares::Spread { measure: each, gutter })
    }

    /// A page with a margin, if the terminal has room for one beside the measure.
    fn page_with_margin(&self) -> Option<Shares> {
        let measure = self.options.measure.min(self.room());
        let margin = (self.room() - measure).saturating_sub(MARGIN_GAP).min(*MARGIN.end());
        MARGIN.contains(&margin).then_some(Shares::Margin { measure, margin })
    }

    fn shares(&self) -> Shares {
        let spread = match self.options.columns {
            Columns::Two => self.two_pages(),
            Columns::One => None,
        };
        let margin = || match self.options.notes {
            NotesPlace::Margin => self.page_with_margin(),
            NotesPlace::Foot | NotesPlace::Off => None,
        };
        let page = || Shares::Page { measure: self.options.measure.min(self.room()).max(1) };
        spread.or_else(margin).unwrap_or_else(page)
    }

    /// Why notes cannot stand in the margin now, if they cannot.
    pub(super) fn no_margin(&self) -> Option<String> {
        match self.shares() {
            Shares::Spread { .. } => Some("two pages leave no margin".to_owned()),
            Shares::Page { .. } | Shares::Margin { .. } if self.page_with_margin().is_some() => None,
            Shares::Page { .. } | Shares::Margin { .. } => {
                let needed = self.options.measure + MARGIN_GAP + MARGIN.start() + 2;
                Some(format!("a margin needs {needed} columns"))
            }
        }
    }

    /// Why two pages cannot lie open now, if they cannot.
    pub(super) fn no_spread(&self) -> Option<String> {
        let least = LEAST_PAGE.min(self.options.measure);
        let needed = 2 * least + GUTTER.start() + 2;
        self.two_pages().is_none().then(|| format!("two pages need {needed} columns"))
    }

    /// The parts of the screen.
    pub fn frame(&self) -> Frame {
        let Size { columns, rows } = self.size;
        let shares = self.shares();
        let measure = shares.measure();
        let beside = self.panel_columns().map_or(0, |panel| panel + PANEL_GAP);
        let x = beside + (columns - beside).saturating_sub(shares.whole()) / 2;
        // A head from eight rows, air under it and over the foot where it costs the text little.
        let head = u16::from(rows >= 8);
        let above = head + u16::from(rows >= 16);
        let below = 1 + u16::from(rows >= 22);
        let body = rows.saturating_sub(above + below);
        let whole = |y, rows| Area { x, y, columns: shares.whole(), rows };
        let pane = self.open_note_rows(measure, body);
        // Of two pages the pane takes the end of the second, and the first stays as it is.
        let over_pane = body - pane;
        let last = match shares {
            Shares::Page { .. } | Shares::Margin { .. } => x,
            Shares::Spread { gutter, .. } => x + measure + gutter,
        };
        // What is read from right to left has its first page at the right, and its margin at the left.
        let side = |from: u16, columns: u16| {
            if self.leftward() { 2 * x + shares.whole() - from - columns } else { from }
        };
        let page = |x, rows| Area { x: side(x, measure), y: above, columns: measure, rows };
        let right = (last > x).then(|| page(last, over_pane));
        let margin = match shares {
            Shares::Margin { margin, .. } => {
                let x = side(x + measure + MARGIN_GAP, margin);
                Some(Area { x, y: above, columns: margin, rows: over_pane })
            }
            Shares::Page { .. } | Shares::Spread { .. } => None,
        };
        let panel = self.panel_columns().map(|columns| Area { x: 1, y: above, columns, rows: body });
        Frame {
            panel,
            head: (head > 0).then(|| whole(0, 1)),
            body: whole(above, body),
            text: page(x, if right.is_some() { body } else { over_pane }),
            right,
            margin,
            rail: self.rail(whole(above, over_pane), body),
            pane: (pane > 0).then(|| Area { y: above + over_pane, rows: pane, ..page(last, 0) }),
            status: whole(rows.saturating_sub(1), 1),
        }
    }

    /// Where the text stands, as wide as the terminal: for what is better read in long lines.
    pub fn breadth(&self) -> Area {
        let margin = u16::from(self.size.columns >= 30);
        Area { x: margin, columns: self.size.columns.saturating_sub(2 * margin), ..self.frame().body }
    }

    /// The rows the pane takes: its rule and the note, at most half of the page.
    fn open_note_rows(&self, measure: u16, body: u16) -> u16 {
        let Some((note, _)) = self.pane() else { return 0 };
        // Before the text is set to a new measure there is nothing to count; the next frame is right.
        if self.text.galley.style().measure != measure {
            return (body / 2).min(3);
        }
        let start = crate::document::Position::at(self.document().notes()[note].range.start);
        // Three lines of text stay in sight; on the smallest screens two, so that the note has as many.
        let most = (body / 2).max(3).min(body.saturating_sub(if body < 6 { 2 } else { 3 }));
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
