//! What ink looks like. The page is painted with a few named colours, each standing for an ink, and with attributes that
//! say the same without any; at the end [`dye`] gives the inks the colours of the theme.

use crate::layout::ink::{Ink, Light, Role};
use crate::theme::{self, Colour, Theme};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// Stands for the ink that sets things apart.
const ACCENT: Color = Color::Cyan;

/// Stands for the ink of what was found.
const FOUND: Color = Color::Magenta;

/// Stands for the ink of what went wrong.
const ALARM: Color = Color::Red;

/// Stand for the marks of highlights, in their order.
const MARKS: [(Color, theme::Mark); 4] = [
    (Color::LightYellow, theme::Mark::Yellow),
    (Color::LightGreen, theme::Mark::Green),
    (Color::LightBlue, theme::Mark::Blue),
    (Color::LightMagenta, theme::Mark::Pink),
];

/// Stands for text on such a mark.
const ON_MARK: Color = Color::Black;

/// The sixteen colours of a terminal, in their order: each is named by its number.
pub const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// Gives a painted page the colours of a theme.
pub fn dye(buffer: &mut Buffer, theme: &Theme) {
    let colour = |ink| match theme.colour(ink) {
        Colour::Terminal => Color::Reset,
        Colour::Ansi(n) => SIXTEEN.get(usize::from(n)).copied().unwrap_or_default(),
        Colour::Rgb(r, g, b) => Color::Rgb(r, g, b),
    };
    let (text, quiet, ground) =
        (colour(theme::Ink::Text), colour(theme::Ink::Quiet), colour(theme::Ink::Ground));
    for cell in &mut buffer.content {
        cell.fg = match cell.fg {
            ACCENT => colour(theme::Ink::Accent),
            FOUND => colour(theme::Ink::Found),
            ALARM => colour(theme::Ink::Alarm),
            // The terminal's own text might not be legible on a mark, of whose colour nothing is known.
            ON_MARK if text == Color::Reset => ON_MARK,
            ON_MARK => text,
            // What is dim in the terminal's colours has a colour of its own in others.
            Color::Reset if cell.modifier.contains(Modifier::DIM) && quiet != Color::Reset => {
                cell.modifier.remove(Modifier::DIM);
                quiet
            }
            Color::Reset => text,
            other => other,
        };
        let mark = MARKS.iter().find(|(stands, _)| *stands == cell.bg);
        cell.bg = match mark {
            Some((_, mark)) => colour(theme::Ink::Mark(*mark)),
            None if cell.bg == Color::Reset => ground,
            None => cell.bg,
        };
    }
}

/// The style of a run of text.
pub fn style(ink: Ink) -> Style {
    let mut style = match ink.role {
        Role::Text | Role::Quotation => Style::new(),
        Role::Title | Role::Heading => Style::new().add_modifier(Modifier::BOLD),
        Role::Front => Style::new().add_modifier(Modifier::ITALIC),
        Role::Code => Style::new().fg(ACCENT).add_modifier(Modifier::BOLD),
        Role::Reference => Style::new().fg(ACCENT).add_modifier(Modifier::BOLD),
        Role::Lead => Style::new().fg(ACCENT),
    };
    if ink.emphasis {
        // Emphasis in what is in italics by itself stands upright.
        style = match ink.role {
            Role::Front => style.remove_modifier(Modifier::ITALIC),
            _ => style.add_modifier(Modifier::ITALIC),
        };
    }
    if ink.strong {
        style = style.add_modifier(Modifier::BOLD);
    }
    if ink.struck {
        style = style.add_modifier(Modifier::CROSSED_OUT);
    }
    if ink.link {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    match ink.light {
        Light::None => style,
        // Neither bold nor underlined: told from a match without any colour.
        Light::Selected => {
            let plain = Modifier::BOLD | Modifier::UNDERLINED;
            style.remove_modifier(plain).add_modifier(Modifier::REVERSED).fg(Color::Reset)
        }
        // Underlined as well, for where there are no colours; which of them it is, a letter in the margin says.
        Light::Highlight(nth) => {
            let mark = MARKS.get(usize::from(nth)).map_or(MARKS[0].0, |(stands, _)| *stands);
            style.add_modifier(Modifier::UNDERLINED).fg(ON_MARK).bg(mark)
        }
        Light::Match => style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD).fg(FOUND),
        // Reversed without a colour of its own: legible on any ground.
        Light::Current | Light::Chosen => {
            style.add_modifier(Modifier::REVERSED | Modifier::BOLD).fg(Color::Reset)
        }
    }
}

/// The running head, the foot, rules, and what stands aside.
pub fn quiet() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

/// What a note stands for: set off from the note by colour, and by the arrow before it.
pub fn gloss() -> Style {
    Style::new().fg(ACCENT)
}

/// The headings of lists and help.
pub fn heading() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// Names of keys.
pub fn key() -> Style {
    Style::new().fg(ACCENT)
}

/// The chosen row of a list.
pub fn chosen() -> Style {
    Style::new().add_modifier(Modifier::REVERSED)
}

/// What was found, on the chosen row of a concordance: its ground is what the row's letters are.
pub fn found_in_chosen() -> Style {
    Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
}

/// On the scroll rail: the page, where matches are, and the match one is at.
pub fn rail(page: bool, found: bool, current: bool) -> Style {
    match (current, found, page) {
        (true, _, _) => Style::new().fg(FOUND).add_modifier(Modifier::BOLD),
        (false, true, _) => Style::new().fg(FOUND),
        (false, false, true) => Style::new(),
        (false, false, false) => quiet(),
    }
}

/// Something that went wrong.
pub fn alarm() -> Style {
    Style::new().fg(ALARM).add_modifier(Modifier::BOLD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn a_theme_dyes_inks_and_ground() {
        let themes = theme::carried();
        let dyed = |theme: &Theme, style: Style| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
            buffer[(0, 0)].set_style(style);
            dye(&mut buffer, theme);
            buffer[(0, 0)].clone()
        };
        let own = dyed(&themes[0], quiet());
        assert_eq!((own.fg, own.bg, own.modifier), (Color::Reset, Color::Reset, Modifier::DIM));
        assert_eq!(dyed(&themes[0], key()).fg, Color::Cyan);
        let light = &themes[1];
        let Colour::Rgb(r, g, b) = light.colour(theme::Ink::Quiet) else { panic!("a fixed colour") };
        let grey = dyed(light, quiet());
        assert_eq!((grey.fg, grey.modifier), (Color::Rgb(r, g, b), Modifier::empty()));
        assert_ne!(grey.bg, Color::Reset);
        // Reversed, text and ground change places, whatever they are.
        let chosen = dyed(light, chosen());
        assert_eq!(chosen.fg, dyed(light, Style::new()).fg);
        assert!(chosen.modifier.contains(Modifier::REVERSED));
    }
}
