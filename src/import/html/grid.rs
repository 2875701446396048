//! The cells of a table, some of which go over several columns or rows.

/// How many columns of a table are minded.
const MOST_COLUMNS: usize = 64;

/// Where one is in a table, and which of its columns are taken by cells of the rows above.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: usize,
    column: usize,
    /// For each column, how many further rows its last cell goes down.
    taken: Vec<usize>,
    /// How many cells the last one goes on to the right.
    wide: usize,
}

impl Grid {
    /// Begins a row; whether it follows another.
    pub fn row(&mut self) -> bool {
        (self.column, self.wide) = (0, 0);
        self.rows += 1;
        self.rows > 1
    }

    /// Begins a cell of so many columns and rows; how many cells part it from the last one.
    pub fn cell(&mut self, columns: usize, rows: usize) -> usize {
        let first = self.column == 0;
        let passed = self.wide + self.pass();
        let columns = columns.clamp(1, MOST_COLUMNS);
        for column in self.column..(self.column + columns).min(MOST_COLUMNS) {
            if column >= self.taken.len() {
                self.taken.push(0);
            }
            self.taken[column] = rows.saturating_sub(1);
        }
        self.column += 1;
        self.wide = columns - 1;
        passed + usize::from(!first)
    }

    /// Ends a row; how many cells it has beyond the last one.
    pub fn row_ends(&mut self) -> usize {
        self.wide + self.pass()
    }

    /// Passes by the columns that are taken; how many.
    fn pass(&mut self) -> usize {
        self.column += std::mem::take(&mut self.wide);
        let start = self.column;
        while let Some(rows) = self.taken.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
        }
        self.column - start
    }
}
