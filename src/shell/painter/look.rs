//! How a cell is drawn, and the shortest sequence that leads a terminal from one look to the next.

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::Depth;
use crate::view::theme::SIXTEEN;

/// Colours and modifiers of a cell, as far as they are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The modifiers that are painted, each with the code that sets it and the one that takes it back. Nothing blinks on
/// a page, and nothing is written that cannot be seen.
const CODES: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Those that show where no letter stands.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl Look {
    /// What `CSI m` sets.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The look of a cell on a terminal of that depth. Where two colours fall together, both are given up: text in
    /// the colour of its ground cannot be read.
    pub fn of(cell: &Cell, depth: Depth) -> Self {
        let (fg, bg) = (named(depth.reduce(cell.fg)), named(depth.reduce(cell.bg)));
        let (fg, bg) = if fg == bg { (Color::Reset, Color::Reset) } else { (fg, bg) };
        let painted = CODES.iter().fold(Modifier::empty(), |all, (one, ..)| all | *one);
        Self { fg, bg, modifier: cell.modifier & painted }
    }

    /// What of this look can be seen on a blank.
    pub fn on_blank(self) -> Self {
        let modifier = self.modifier & ON_BLANKS;
        Self { fg: if modifier.is_empty() { Color::Reset } else { self.fg }, modifier, ..self }
    }

    /// Writes what turns `from` into this look: the changes alone, or a reset and everything, whichever is shorter.
    pub fn write_after(self, from: Self, bytes: &mut Vec<u8>) {
        if self == from {
            return;
        }
        if self == Self::PLAIN {
            bytes.extend(b"\x1b[m");
            return;
        }
        let mut changes = Codes::default();
        self.list_changes(from, &mut changes);
        let mut afresh = Codes(vec![b'0']);
        self.list_changes(Self::PLAIN, &mut afresh);
        let shorter = if afresh.0.len() < changes.0.len() { afresh } else { changes };
        bytes.extend(b"\x1b[");
        bytes.extend(shorter.0);
        bytes.push(b'm');
    }

    fn list_changes(self, from: Self, codes: &mut Codes) {
        // Bold and dim are taken back by the same code, so whichever of them stays is set again.
        let weight = Modifier::BOLD | Modifier::DIM;
        let lighter = !(from.modifier & weight).difference(self.modifier).is_empty();
        let kept = if lighter { from.modifier.difference(weight) } else { from.modifier };
        if lighter {
            codes.add(22);
        }
        for (modifier, _, off) in CODES {
            if kept.contains(modifier) && !self.modifier.contains(modifier) {
                codes.add(off);
            }
        }
        for (modifier, on, _) in CODES {
            if self.modifier.contains(modifier) && !kept.contains(modifier) {
                codes.add(on);
            }
        }
        if self.fg != from.fg {
            codes.add_colour(self.fg, 30);
        }
        if self.bg != from.bg {
            codes.add_colour(self.bg, 40);
        }
    }
}

/// Codes of one sequence, parted by semicolons.
#[derive(Default)]
struct Codes(Vec<u8>);

impl Codes {
    fn add(&mut self, code: u8) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        // A vector takes every write.
        let _ = write!(self.0, "{code}");
    }

    /// `base` is 30 for letters, 40 for their ground.
    fn add_colour(&mut self, colour: Color, base: u8) {
        match colour {
            Color::Indexed(n @ 0..8) => self.add(base + n),
            Color::Indexed(n @ 8..16) => self.add(base + 60 + n - 8),
            Color::Indexed(n) => [base + 8, 5, n].into_iter().for_each(|code| self.add(code)),
            Color::Rgb(r, g, b) => [base + 8, 2, r, g, b].into_iter().for_each(|code| self.add(code)),
            _ => self.add(base + 9),
        }
    }
}

/// One name for each colour: the sixteen by their number.
fn named(colour: Color) -> Color {
    (0..).zip(SIXTEEN).find(|(_, known)| *known == colour).map_or(colour, |(n, _)| Color::Indexed(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(fg: Color, bg: Color, modifier: Modifier) -> Look {
        let mut cell = Cell::default();
        (cell.fg, cell.bg, cell.modifier) = (fg, bg, modifier);
        Look::of(&cell, Depth::True)
    }

    #[test]
    fn only_what_changes_is_written() {
        let plain = Look::PLAIN;
        let bold = look(Color::Reset, Color::Reset, Modifier::BOLD);
        let dim = look(Color::Reset, Color::Reset, Modifier::DIM);
        let red = look(Color::Red, Color::Reset, Modifier::BOLD);
        let loud = look(Color::Rgb(1, 2, 3), Color::Indexed(99), Modifier::all());
        let slanted = look(Color::Rgb(1, 2, 3), Color::Indexed(99), Modifier::ITALIC);
        let cases = [
            (plain, plain, ""),
            (plain, bold, "\x1b[1m"),
            (bold, dim, "\x1b[0;2m"),
            (bold, red, "\x1b[31m"),
            (red, bold, "\x1b[39m"),
            (red, plain, "\x1b[m"),
            (plain, loud, "\x1b[1;2;3;4;7;9;38;2;1;2;3;48;5;99m"),
            (loud, slanted, "\x1b[22;24;27;29m"),
            (loud, bold, "\x1b[0;1m"),
        ];
        for (from, to, expected) in cases {
            let mut bytes = Vec::new();
            to.write_after(from, &mut bytes);
            assert_eq!(String::from_utf8_lossy(&bytes), expected, "{from:?} -> {to:?}");
        }
    }

    #[test]
    fn no_text_stands_in_the_colour_of_its_ground() {
        assert_eq!(look(Color::Black, Color::Indexed(0), Modifier::empty()), Look::PLAIN);
        assert_eq!(look(Color::Reset, Color::Reset, Modifier::HIDDEN | Modifier::SLOW_BLINK), Look::PLAIN);
    }

    #[test]
    fn a_blank_shows_neither_its_colour_nor_its_weight() {
        assert_eq!(look(Color::Red, Color::Reset, Modifier::BOLD | Modifier::ITALIC).on_blank(), Look::PLAIN);
        let bar = look(Color::Red, Color::Reset, Modifier::REVERSED);
        assert_eq!(bar.on_blank(), bar);
    }
}
