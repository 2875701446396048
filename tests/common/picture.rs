//! A screen as SVG, cell by cell, from the buffer the view paints.

use ibid::layout::width::cells;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// The size of a cell in the picture, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);

/// The air around the screen.
const MARGIN: f32 = 12.0;

const PAPER: &str = "#161719";
const INK: &str = "#d8d8d8";

fn colour(colour: Color, default: &str) -> String {
    match colour {
        Color::Reset => default,
        Color::Black => "#1d1f21",
        Color::Red => "#cc6666",
        Color::Green => "#b5bd68",
        Color::Yellow => "#f0c674",
        Color::Blue => "#81a2be",
        Color::Magenta => "#b294bb",
        Color::Cyan => "#8abeb7",
        _ => default,
    }
    .to_owned()
}

/// The picture of a screen; `words` says what it shows for those who cannot see it.
pub fn svg(buffer: &Buffer, words: &str) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (w, h) = (f32::from(columns) * CELL.0 + 2.0 * MARGIN, f32::from(rows) * CELL.1 + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','SFMono-Regular',Menlo,Consolas,monospace\" font-size=\"14\" \
         xml:space=\"preserve\">\n",
        escaped(words)
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let first = &buffer[(x, y)];
            let (mut text, mut end) = (String::new(), x);
            // Runs of ASCII in one style are one element; anything else is placed on its own cell.
            while end < columns {
                let cell = &buffer[(end, y)];
                let same = cell.fg == first.fg && cell.bg == first.bg && cell.modifier == first.modifier;
                let plain = cell.symbol().is_ascii();
                if end > x && (!same || !plain || !first.symbol().is_ascii()) {
                    break;
                }
                text.push_str(cell.symbol());
                end += cells(cell.symbol()).max(1);
            }
            run(&mut out, first, &text, (x, y), end - x);
            x = end;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn run(out: &mut String, cell: &ratatui::buffer::Cell, text: &str, (x, y): (u16, u16), wide: u16) {
    let (left, top) = (MARGIN + f32::from(x) * CELL.0, MARGIN + f32::from(y) * CELL.1);
    let width = f32::from(wide) * CELL.0;
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let (mut ink, mut paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
    if reversed {
        std::mem::swap(&mut ink, &mut paper);
    }
    if paper != PAPER {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{paper}\"/>",
            CELL.1
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (modifier, words) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::DIM, " opacity=\"0.6\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if cell.modifier.contains(modifier) {
            style.push_str(words);
        }
    }
    let base = top + CELL.1 * 0.75;
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{base:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{style}>{}</text>",
        escaped(text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
