//! The only hand that writes to the terminal while the reader runs.
//!
//! A frame is one write of UTF-8 text and of these sequences, no others: a cursor address, colours and modifiers,
//! erasing to the end of the row and of the screen, showing and hiding the cursor, the brackets of a synchronised
//! update. What the page may contain is decided elsewhere; here every symbol is looked at once more, and one that may
//! not reach a terminal becomes `□`. The terminal is never asked anything. Between two frames a text may go to its
//! clipboard, encoded so that nothing in it can be anything else.

mod brush;
mod canvas;
mod colour;
mod glyph;
mod look;

use std::io::{self, Write};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};

pub use colour::Depth;

use brush::Brush;
use canvas::Canvas;
use glyph::{Glyph, TOFU};
use look::Look;

/// The largest screen that is painted; a terminal that claims more gets its upper left part.
const LARGEST: Size = Size { width: 1000, height: 500 };

/// A ratatui backend that gathers a frame and writes what it changes, at once.
///
/// It keeps its own picture of the screen, beside ratatui's: so it can write a few unchanged cells where that is
/// shorter than an address, repair the cells that a wide emoji may have run over, and paint all of it again without
/// asking anybody.
pub struct Painter<W: Write> {
    out: W,
    depth: Depth,
    canvas: Canvas,
    brush: Brush,
    /// The next frame begins by emptying the screen.
    afresh: bool,
    /// Where the cursor belongs, and whether it is to be seen.
    cursor: Position,
    visible: bool,
    /// Where the cursor is seen now.
    shown: Option<Position>,
}

impl<W: Write> Painter<W> {
    /// A painter that writes to `out`, for a terminal of that size in columns and rows; its first frame empties the
    /// screen.
    pub fn new(out: W, depth: Depth, size: Size) -> Self {
        Self {
            out,
            depth,
            canvas: Canvas::new(within_bounds(size)),
            brush: Brush::new(),
            afresh: true,
            cursor: Position::ORIGIN,
            visible: false,
            shown: None,
        }
    }

    /// Takes another size, in columns and rows, and begins with an empty screen.
    pub fn resize(&mut self, size: Size) {
        self.canvas = Canvas::new(within_bounds(size));
        self.afresh = true;
    }

    /// Trusts nothing that the terminal shows: the next frame paints the whole screen.
    pub fn repaint(&mut self) {
        self.canvas.distrust();
        self.afresh = true;
    }

    /// What is written to.
    pub fn out(&self) -> &W {
        &self.out
    }

    /// As [`out`](Self::out), to be changed.
    pub fn out_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Puts a text on the terminal's clipboard (OSC 52). It moves neither the cursor nor the look.
    ///
    /// # Errors
    /// When the terminal does not take it.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut sequence = String::new();
        // A string takes every write.
        let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
        self.out.write_all(sequence.as_bytes()).and_then(|()| self.out.flush())
    }

    /// Takes in one cell, or as much of it as its row has room for.
    fn take(&mut self, at: Position, cell: &Cell) {
        let size = self.canvas.size;
        if at.x >= size.width || at.y >= size.height {
            return;
        }
        let room = size.width - at.x;
        let look = Look::of(cell, self.depth);
        let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
        if let Some(glyph) = Glyph::new(symbol, look).filter(|glyph| glyph.width <= room) {
            return self.canvas.set(at, glyph);
        }
        // ratatui passes over the columns that it thinks the symbol fills. (It takes one byte to be one column, and
        // minds being asked about a control character.)
        let columns = if symbol.len() == 1 { 1 } else { symbol.cell_width().clamp(1, room) };
        self.canvas.set(at, Glyph::plain(TOFU, look));
        (1..columns).for_each(|next| self.canvas.set(Position { x: at.x + next, ..at }, Glyph::BLANK));
    }

    fn paint(&mut self) {
        let afresh = std::mem::take(&mut self.afresh);
        if afresh {
            self.brush.wipe();
        }
        self.canvas.paint(&mut self.brush);
        let cursor = self.visible.then_some(self.cursor);
        if let Some(at) = cursor
            && (!self.brush.is_dry() || self.shown != cursor)
        {
            self.brush.move_to(at, &[]);
        }
        if afresh || cursor.is_some() != self.shown.is_some() {
            self.brush.sequence(if self.visible { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
        self.shown = cursor;
    }
}

fn within_bounds(size: Size) -> Size {
    Size { width: size.width.min(LARGEST.width), height: size.height.min(LARGEST.height) }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        content.for_each(|(x, y, cell)| self.take(Position { x, y }, cell));
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.visible = true;
        Ok(())
    }

    /// Where the cursor was last told to stand; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let (wanted, size) = (position.into(), self.canvas.size);
        let within = |at: u16, size: u16| at.min(size.saturating_sub(1));
        self.cursor = Position { x: within(wanted.x, size.width), y: within(wanted.y, size.height) };
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let (start, cursor) = (Position::ORIGIN, self.cursor);
        let (row, past_cursor) = (Position { x: 0, ..cursor }, Position { x: cursor.x + 1, ..cursor });
        let (next_row, end) =
            (Position { x: 0, y: cursor.y + 1 }, Position { x: 0, y: self.canvas.size.height });
        let (from, to) = match region {
            ClearType::All => {
                self.resize(self.canvas.size);
                return Ok(());
            }
            ClearType::AfterCursor => (cursor, end),
            ClearType::BeforeCursor => (start, past_cursor),
            ClearType::CurrentLine => (row, next_row),
            ClearType::UntilNewLine => (cursor, next_row),
        };
        self.canvas.blank(self.canvas.cells(from, to));
        Ok(())
    }

    /// The size that was given, not the one that the terminal has by now.
    fn size(&self) -> io::Result<Size> {
        Ok(self.canvas.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.canvas.size, pixels: Size::ZERO })
    }

    /// Writes the frame, in one piece; nothing at all if the terminal shows it already. After an error nothing is
    /// known of the screen, and the next frame paints all of it.
    fn flush(&mut self) -> io::Result<()> {
        self.brush.begin();
        self.paint();
        if self.brush.is_dry() {
            return Ok(());
        }
        let written = self.out.write_all(self.brush.finish()).and_then(|()| self.out.flush());
        if written.is_err() {
            self.repaint();
        }
        written
    }
}
