//! The bytes of one frame, written with the fewest that lead the terminal from what it was told last.

use ratatui::layout::Position;

use super::glyph::{Glyph, Trust};
use super::look::Look;

/// The brackets of a synchronised update: a terminal that knows them shows the frame at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Knows where the terminal's cursor stands and which look it writes with, and writes what must change.
pub(super) struct Brush {
    bytes: Vec<u8>,
    look: Look,
    /// Where the next glyph would fall; `None` when that is not certain.
    at: Option<Position>,
    /// By how many columns some terminal may have run ahead of `at` since the cursor was placed.
    drift: u16,
}

impl Brush {
    /// A brush for a terminal that writes plainly, its cursor anywhere.
    pub fn new() -> Self {
        Self { bytes: Vec::new(), look: Look::PLAIN, at: None, drift: 0 }
    }

    /// Begins a frame; what the terminal has learnt from the one before is kept in mind.
    pub fn begin(&mut self) {
        self.bytes.clear();
        self.bytes.extend(BEGIN);
    }

    /// Whether nothing has been written since the frame began.
    pub fn is_dry(&self) -> bool {
        self.bytes.len() == BEGIN.len()
    }

    /// All of the frame, from its first byte to its last.
    pub fn finish(&mut self) -> &[u8] {
        self.bytes.extend(END);
        &self.bytes
    }

    /// Writes a sequence that moves neither the cursor nor the look.
    pub fn sequence(&mut self, sequence: &[u8]) {
        self.bytes.extend(sequence);
    }

    /// Empties the screen, whatever look and place the terminal was left with.
    pub fn wipe(&mut self) {
        self.bytes.extend(b"\x1b[m\x1b[2J");
        (self.look, self.at, self.drift) = (Look::PLAIN, None, 0);
    }

    /// Empties the row from the cursor on.
    pub fn wipe_row_end(&mut self) {
        Look::PLAIN.write_after(self.look, &mut self.bytes);
        self.look = Look::PLAIN;
        self.bytes.extend(b"\x1b[K");
    }

    /// Moves to `to`. `skipped` are the glyphs between the cursor and there, when it stands before them in the same
    /// row: a few of them are written again if that is shorter than an address.
    pub fn move_to(&mut self, to: Position, skipped: &[Glyph]) {
        if self.at == Some(to) && self.drift == 0 {
            return;
        }
        let address = match (to.x, to.y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, y) => format!("\x1b[{}H", y + 1),
            (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let behind =
            self.at.is_some_and(|at| at.y == to.y && usize::from(to.x.saturating_sub(at.x)) == skipped.len());
        let cheap = (1..address.len()).contains(&skipped.len())
            && skipped.iter().all(|glyph| glyph.is_ascii() && self.look_for(glyph) == self.look);
        if behind && cheap && self.drift == 0 {
            skipped.iter().for_each(|glyph| glyph.write(&mut self.bytes));
        } else {
            self.bytes.extend(address.into_bytes());
        }
        (self.at, self.drift) = (Some(to), 0);
    }

    /// Writes a glyph at `to`, in a row of `columns`. Answers the column up to which some terminal may have written.
    pub fn put(&mut self, glyph: &Glyph, to: Position, skipped: &[Glyph], columns: u16) -> u16 {
        let trust = glyph.trust();
        // A run of ambiguous letters stays whole, and what follows it is addressed anew: to address each of them
        // would make a page of Russian five times as long.
        let in_run = trust == Trust::Ambiguous && self.at == Some(to);
        if !in_run {
            self.move_to(to, skipped);
        }
        self.take_up(self.look_for(glyph));
        if glyph.width > 1 && matches!(trust, Trust::Doubtful(_)) {
            // Where it takes fewer, nothing old may be left in the others.
            self.bytes.extend((0..glyph.width).map(|_| b' '));
            self.at = None;
            self.move_to(to, &[]);
        }
        glyph.write(&mut self.bytes);
        self.drift += match trust {
            Trust::Sure => 0,
            Trust::Ambiguous => 1,
            Trust::Doubtful(most) => most.saturating_sub(glyph.width),
        };
        let end = to.x + glyph.width;
        // Past the last column, where the cursor waits is every terminal's own affair.
        let certain = end < columns && !matches!(trust, Trust::Doubtful(_));
        self.at = certain.then_some(Position { x: end, y: to.y });
        end.saturating_add(self.drift)
    }

    /// The look in which a glyph is to be written: on a blank, whatever cannot be seen may stay as it is.
    fn look_for(&self, glyph: &Glyph) -> Look {
        if glyph.is_space() && self.look.on_blank() == glyph.look { self.look } else { glyph.look }
    }

    fn take_up(&mut self, look: Look) {
        look.write_after(self.look, &mut self.bytes);
        self.look = look;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: u16 = 80;

    fn put_all(brush: &mut Brush, symbols: &[&str]) -> String {
        brush.begin();
        let mut to = Position { x: 0, y: 4 };
        for symbol in symbols {
            let glyph = Glyph::new(symbol, Look::PLAIN).expect("a safe symbol");
            brush.put(&glyph, to, &[], COLUMNS);
            to.x += glyph.width;
        }
        String::from_utf8_lossy(&brush.finish()[BEGIN.len()..])
            .replace("\x1b[?2026l", "")
            .replace('\x1b', "^")
    }

    #[test]
    fn what_follows_an_uncertain_glyph_is_addressed_anew() {
        let cases: [(&[&str], &str); 6] = [
            (&["a", "ḍ", "中", "b"], "^[5Haḍ中b"),
            (&["“", "a"], "^[5H“^[5;2Ha"),
            (&["д", "а", " ", "н"], "^[5Hда^[5;3H н"),
            (&["e\u{301}", "e\u{301}", "a"], "^[5He\u{301}^[5;2He\u{301}^[5;3Ha"),
            (&["🦀", "a"], "^[5H  ^[5H🦀^[5;3Ha"),
            (&["─", "─", "─", "┐"], "^[5H───┐"),
        ];
        for (symbols, bytes) in cases {
            assert_eq!(put_all(&mut Brush::new(), symbols), bytes, "{symbols:?}");
        }
    }

    #[test]
    fn it_is_told_how_far_a_terminal_may_have_written() {
        let mut brush = Brush::new();
        let reach = |brush: &mut Brush, symbol: &str, x| {
            brush.put(
                &Glyph::new(symbol, Look::PLAIN).expect("a safe symbol"),
                Position { x, y: 0 },
                &[],
                COLUMNS,
            )
        };
        assert_eq!(reach(&mut brush, "a", 3), 4);
        assert_eq!(reach(&mut brush, "д", 4), 6);
        assert_eq!(reach(&mut brush, "а", 5), 8);
        assert_eq!(reach(&mut brush, "b", 6), 7);
        assert_eq!(reach(&mut brush, "👩\u{200d}🚀", 10), 15);
    }
}
