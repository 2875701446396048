//! The painter's own picture of the screen, and which of its cells the terminal does not show yet.

use std::ops::Range;

use ratatui::layout::{Position, Size};

use super::brush::Brush;
use super::glyph::Glyph;

/// Glyphs in rows; a wide one covers the cells after its first.
pub(super) struct Canvas {
    pub size: Size,
    glyphs: Vec<Glyph>,
    /// For each cell, whether the terminal shows something else.
    stale: Vec<bool>,
}

impl Canvas {
    /// An empty canvas over an empty screen.
    pub fn new(size: Size) -> Self {
        let cells = usize::from(size.width) * usize::from(size.height);
        Self { size, glyphs: vec![Glyph::BLANK; cells], stale: vec![false; cells] }
    }

    /// The cells of the rows from `from` up to `to`, which is left out.
    pub fn cells(&self, from: Position, to: Position) -> Range<usize> {
        let index = |at: Position| usize::from(at.y) * usize::from(self.size.width) + usize::from(at.x);
        index(from)..index(to).min(self.glyphs.len())
    }

    /// Puts a glyph in its place, which must have room for it. A wide one that it cuts in two leaves blanks.
    pub fn set(&mut self, at: Position, glyph: Glyph) {
        let at = self.cells(at, at).start;
        if self.glyphs[at] == glyph {
            return;
        }
        // ratatui may clear the right half of what it has just drawn.
        if self.glyphs[at].width == 0 && glyph.is_space() {
            return;
        }
        let end = at + usize::from(glyph.width);
        self.cut(at);
        self.cut(end);
        self.replace(at, glyph);
        self.glyphs[at + 1..end].fill(Glyph::COVERED);
        self.stale[at + 1..end].fill(false);
    }

    /// Leaves no glyph standing across the left edge of a cell.
    fn cut(&mut self, at: usize) {
        if self.glyphs.get(at).is_none_or(|glyph| glyph.width > 0) {
            return;
        }
        let first = self.glyphs[..at].iter().rposition(|glyph| glyph.width > 0).unwrap_or(0);
        let rest = self.glyphs[at..].iter().take_while(|glyph| glyph.width == 0).count();
        (first..at + rest).for_each(|cell| self.replace(cell, Glyph::BLANK));
    }

    /// Clears some cells, so that the terminal has to be told.
    pub fn blank(&mut self, cells: Range<usize>) {
        for at in cells {
            if self.glyphs[at] != Glyph::BLANK {
                self.replace(at, Glyph::BLANK);
            }
        }
    }

    /// Takes it that the terminal's screen is empty.
    pub fn distrust(&mut self) {
        for (glyph, stale) in self.glyphs.iter().zip(&mut self.stale) {
            *stale = glyph.width > 0 && *glyph != Glyph::BLANK;
        }
    }

    fn replace(&mut self, at: usize, glyph: Glyph) {
        self.glyphs[at] = glyph;
        self.stale[at] = true;
    }

    /// Paints what is stale; then nothing is.
    pub fn paint(&mut self, brush: &mut Brush) {
        let columns = usize::from(self.size.width.max(1));
        for (y, (row, stale)) in (0..).zip(self.glyphs.chunks(columns).zip(self.stale.chunks_mut(columns))) {
            if let Some(last) = stale.iter().rposition(|stale| *stale) {
                paint_row(brush, y, row, &stale[..=last]);
                stale.fill(false);
            }
        }
    }
}

/// Paints what is stale in a row, and what a glyph of doubtful width may have been written over.
fn paint_row(brush: &mut Brush, y: u16, row: &[Glyph], stale: &[bool]) {
    // An erased tail costs three bytes.
    const ERASING: usize = 3;
    let columns = u16::try_from(row.len()).unwrap_or(u16::MAX);
    let blank_from = row.iter().rposition(|glyph| *glyph != Glyph::BLANK).map_or(0, |last| last + 1);
    // Up to `wet` some terminal may show something else; what stands between `done` and the brush is as it should be.
    let (mut wet, mut done) = (0, 0);
    for (x, glyph) in (0..).zip(row) {
        let here = usize::from(x);
        if glyph.width == 0 || !(here < wet || stale.get(here).is_some_and(|stale| *stale)) {
            continue;
        }
        let at = Position { x, y };
        if here >= blank_from && wet.max(stale.len()).min(row.len()) > here + ERASING {
            brush.move_to(at, &row[done..here]);
            return brush.wipe_row_end();
        }
        wet = wet.max(usize::from(brush.put(glyph, at, &row[done..here], columns)));
        done = here + usize::from(glyph.width);
    }
}

#[cfg(test)]
mod tests {
    use super::super::look::Look;
    use super::*;

    const SIZE: Size = Size { width: 10, height: 1 };

    fn canvas(symbols: &[(u16, &str)]) -> Canvas {
        let mut canvas = Canvas::new(SIZE);
        write(&mut canvas, symbols);
        canvas.stale.fill(false);
        canvas
    }

    fn write(canvas: &mut Canvas, symbols: &[(u16, &str)]) {
        for (x, symbol) in symbols {
            canvas.set(Position { x: *x, y: 0 }, Glyph::new(symbol, Look::PLAIN).expect("a safe symbol"));
        }
    }

    fn painted(canvas: &mut Canvas) -> String {
        let mut brush = Brush::new();
        brush.begin();
        canvas.paint(&mut brush);
        String::from_utf8_lossy(brush.finish())
            .replace("\x1b[?2026h", "")
            .replace("\x1b[?2026l", "")
            .replace('\x1b', "^")
    }

    #[test]
    fn a_few_cells_are_cheaper_than_an_address() {
        let text = [(0, "a"), (1, "b"), (2, "c"), (3, "d"), (4, "e")];
        let mut canvas = canvas(&text);
        write(&mut canvas, &[(0, "x"), (4, "y")]);
        assert_eq!(painted(&mut canvas), "^[Hxbcdy");
        assert_eq!(painted(&mut canvas), "");
    }

    #[test]
    fn a_tail_is_erased_when_that_is_shorter() {
        let text: Vec<_> = (0..10).map(|x| (x, "a")).collect();
        let blanks = |from| (from..10).map(|x| (x, " ")).collect::<Vec<_>>();
        for (from, bytes) in [(5, "^[1;6H^[K"), (7, "^[1;8H   ")] {
            let mut canvas = canvas(&text);
            write(&mut canvas, &blanks(from));
            assert_eq!(painted(&mut canvas), bytes);
        }
    }

    #[test]
    fn wide_glyphs_leave_nothing_of_themselves() {
        let mut cut_left = canvas(&[(2, "中"), (4, "b")]);
        write(&mut cut_left, &[(2, "a")]);
        assert_eq!(painted(&mut cut_left), "^[1;3Ha ");
        let mut cut_right = canvas(&[(2, "中"), (4, "b")]);
        write(&mut cut_right, &[(3, "a")]);
        assert_eq!(painted(&mut cut_right), "^[1;3H a");
        let mut pushed = canvas(&[(2, "中"), (4, "b")]);
        write(&mut pushed, &[(1, "文")]);
        assert_eq!(painted(&mut pushed), "^[1;2H文 ");
    }

    #[test]
    fn cells_after_a_doubtful_glyph_are_repaired() {
        let mut canvas = canvas(&[(0, "a"), (1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]);
        write(&mut canvas, &[(0, "👩\u{200d}🚀")]);
        assert_eq!(painted(&mut canvas), "^[H  ^[H👩\u{200d}🚀^[1;3Hbcd");
    }
}
