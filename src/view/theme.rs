//! What ink looks like: the terminal's own colours, and attributes that say the same without any.

use crate::layout::ink::{Ink, Light, Role};
use ratatui::style::{Color, Modifier, Style};

/// The one colour that sets things apart. Cyan is legible on the dark and on the light grounds of the usual palettes.
const ACCENT: Color = Color::Cyan;

/// The colour of what was found; legible on both grounds, as yellow is not.
const FOUND: Color = Color::Magenta;

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

/// Something that went wrong.
pub fn alarm() -> Style {
    Style::new().fg(Color::Red).add_modifier(Modifier::BOLD)
}
