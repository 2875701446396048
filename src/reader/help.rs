//! The help screen: the keys of a mode, printed from the keymap in force, in as many columns as fit.

use crate::command::{Context, Group};
use crate::keymap::{HelpLine, Keymap};
use crate::layout::width::width;

/// A cell of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The heading of a group.
    Title(&'static str),
    /// Keys and what they do.
    Keys {
        /// The keys, the first first.
        keys: String,
        /// What they do.
        does: &'static str,
    },
    /// Nothing.
    Empty,
}

/// The help as rows of cells.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Cells that the keys take.
    pub keys: u16,
    /// Cells that a column takes, its gutter included.
    pub column: u16,
}

/// Cells between two columns.
pub const GUTTER: u16 = 2;

/// The help for a context, in `columns` cells. Two keys a command are enough to remember; where one key each makes room
/// for another column, one is.
pub fn help(keymap: &Keymap, context: Context, columns: u16) -> Help {
    let lines = keymap.help(context);
    let cells = |keys: usize| cells(&lines, keys);
    let (two, one) = (set(cells(2), columns), set(cells(1), columns));
    let count = |help: &Help| help.rows.first().map_or(0, Vec::len);
    if count(&one) > count(&two) || two.column > columns + GUTTER { one } else { two }
}

/// The lines in groups, with at most `most` keys each.
fn cells(lines: &[HelpLine], most: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut group: Option<Group> = None;
    for line in lines {
        if group != Some(line.group) {
            if group.is_some() {
                cells.push(Cell::Empty);
            }
            cells.push(Cell::Title(line.group.title()));
            group = Some(line.group);
        }
        let keys = line.keys.iter().take(most).cloned().collect::<Vec<_>>().join(" ");
        cells.push(Cell::Keys { keys, does: line.does });
    }
    cells
}

/// Cells in as many columns as fit, read down and then across.
fn set(cells: Vec<Cell>, columns: u16) -> Help {
    let widest = |of: fn(&Cell) -> u16| cells.iter().map(of).max().unwrap_or(0);
    let keys = widest(|cell| match cell {
        Cell::Keys { keys, .. } => width(keys),
        Cell::Title(_) | Cell::Empty => 0,
    });
    let words = widest(|cell| match cell {
        Cell::Keys { does, .. } => width(does),
        Cell::Title(_) | Cell::Empty => 0,
    });
    let column = keys + 2 + words + GUTTER;
    let count = usize::from((columns + GUTTER) / column.max(1)).max(1);
    let mut height = cells.len().div_ceil(count).max(1);
    let flow = loop {
        let flow = flow(&cells, height);
        if flow.len() <= height * count {
            break flow;
        }
        height += 1;
    };
    let at = |row: usize, c: usize| flow.get(c * height + row).cloned().unwrap_or(Cell::Empty);
    let rows = (0..height).map(|row| (0..count).map(|c| at(row, c)).collect()).collect();
    Help { rows, keys, column }
}

/// The cells down columns of `height`: no title at the foot of one, no gap at its head.
fn flow(cells: &[Cell], height: usize) -> Vec<Cell> {
    let mut flow: Vec<Cell> = Vec::new();
    for cell in cells {
        let row = flow.len() % height;
        match cell {
            Cell::Title(_) if row == height - 1 && height > 2 => flow.push(Cell::Empty),
            Cell::Empty if row == 0 => continue,
            Cell::Title(_) | Cell::Empty | Cell::Keys { .. } => {}
        }
        flow.push(cell.clone());
    }
    flow
}
