//! Themes: which colours the page is dyed with.
//!
//! The view paints with few inks and never says a colour: text on its ground, what is quiet, what is set apart, what was
//! found, what went wrong, and the marks of highlights. A theme gives each of these a colour, or leaves it to the
//! terminal. Meaning never hangs on it: whatever a colour says, an attribute or a sign says too.

mod file;

use std::sync::Arc;

pub use file::{all, read};

/// The colour of an ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Whatever the terminal has for its text, or for its ground.
    #[default]
    Terminal,
    /// One of the sixteen colours that a terminal's user chooses, 0 to 15.
    Ansi(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// What a page is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ink {
    /// What lies behind the text.
    Ground,
    /// Running text.
    Text,
    /// The running head, the foot, rules.
    Quiet,
    /// References, the names of keys, what a note stands for.
    Accent,
    /// Matches of a search.
    Found,
    /// What went wrong.
    Alarm,
    /// What lies behind a highlight of the first, second, third and fourth colour.
    Mark(Mark),
}

/// The colours of highlights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// The first.
    Yellow,
    /// The second.
    Green,
    /// The third.
    Blue,
    /// The fourth.
    Pink,
}

impl Ink {
    /// Every ink.
    pub const ALL: [Ink; 10] = [
        Ink::Ground,
        Ink::Text,
        Ink::Quiet,
        Ink::Accent,
        Ink::Found,
        Ink::Alarm,
        Ink::Mark(Mark::Yellow),
        Ink::Mark(Mark::Green),
        Ink::Mark(Mark::Blue),
        Ink::Mark(Mark::Pink),
    ];

    /// What it is called in a file of themes.
    pub const fn name(self) -> &'static str {
        match self {
            Ink::Ground => "ground",
            Ink::Text => "text",
            Ink::Quiet => "quiet",
            Ink::Accent => "accent",
            Ink::Found => "found",
            Ink::Alarm => "alarm",
            Ink::Mark(Mark::Yellow) => "yellow",
            Ink::Mark(Mark::Green) => "green",
            Ink::Mark(Mark::Blue) => "blue",
            Ink::Mark(Mark::Pink) => "pink",
        }
    }

    const fn index(self) -> usize {
        match self {
            Ink::Ground => 0,
            Ink::Text => 1,
            Ink::Quiet => 2,
            Ink::Accent => 3,
            Ink::Found => 4,
            Ink::Alarm => 5,
            Ink::Mark(mark) => 6 + mark as usize,
        }
    }
}

/// A theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// What it is called.
    pub name: Arc<str>,
    inks: [Colour; Ink::ALL.len()],
}

impl Theme {
    fn new(name: &str, inks: [Colour; Ink::ALL.len()]) -> Theme {
        Theme { name: name.into(), inks }
    }

    /// The colour of an ink.
    pub const fn colour(&self, ink: Ink) -> Colour {
        self.inks[ink.index()]
    }
}

impl Default for Theme {
    /// The terminal's own colours. Cyan and magenta are legible on the dark and on the light grounds of the usual
    /// palettes, as yellow is not.
    fn default() -> Theme {
        let [text, ground] = [Colour::Terminal; 2];
        let marks = [11, 10, 12, 13].map(Colour::Ansi);
        let [accent, found, alarm] = [6, 5, 1].map(Colour::Ansi);
        Theme::new(
            "terminal",
            [ground, text, Colour::Terminal, accent, found, alarm, marks[0], marks[1], marks[2], marks[3]],
        )
    }
}

/// The themes that ibid carries: the terminal's own colours first, then those with colours of their own, in which text
/// and every ink that is read stand out from the ground, and text from the marks, by 7:1 at least (the enhanced
/// contrast of WCAG 2.2, 1.4.6).
pub fn carried() -> Vec<Theme> {
    let rgb = |hex: u32| Colour::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8);
    let fixed = |name, inks: [u32; Ink::ALL.len()]| Theme::new(name, inks.map(rgb));
    vec![
        Theme::default(),
        //                      ground    text      quiet     accent    found     alarm     the four marks
        fixed(
            "light",
            [
                0xfc_fc_fa, 0x1f_1f_1f, 0x55_55_55, 0x00_54_5f, 0x84_10_6a, 0xa0_00_12, 0xff_e9_9a,
                0xc8_ec_c0, 0xc9_e2_fb, 0xfb_d3_e4,
            ],
        ),
        fixed(
            "dark",
            [
                0x18_1a_1b, 0xdb_d8_d0, 0xa8_a6_9e, 0x86_cf_cf, 0xe6_a8_e0, 0xff_9b_94, 0x4a_3d_00,
                0x1c_44_1f, 0x15_3c_5c, 0x54_20_3e,
            ],
        ),
        fixed(
            "sepia",
            [
                0xf4_ec_d8, 0x3a_2a_1c, 0x58_47_36, 0x0b_4b_50, 0x79_0f_5c, 0x8c_10_10, 0xf2_d5_80,
                0xc6_de_ac, 0xbf_d6_e4, 0xee_c2_cc,
            ],
        ),
        fixed(
            "contrast",
            [
                0x00_00_00, 0xff_ff_ff, 0xd8_d8_d8, 0x7d_f9_ff, 0xff_b3_fd, 0xff_a5_9c, 0x5c_48_00,
                0x00_52_1c, 0x00_40_7a, 0x6b_12_49,
            ],
        ),
    ]
}

/// How far two colours stand apart, from 1 to 21 (the contrast ratio of WCAG 2.2).
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let channel = |c: u8| match f64::from(c) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    let luminance = |[r, g, b]: [u8; 3]| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(colour: Colour) -> [u8; 3] {
        match colour {
            Colour::Rgb(r, g, b) => [r, g, b],
            Colour::Terminal | Colour::Ansi(_) => panic!("{colour:?} is the user's to choose"),
        }
    }

    #[test]
    fn fixed_colours_stand_out_from_their_ground() {
        for theme in carried().iter().skip(1) {
            let of = |ink| theme.colour(ink);
            for ink in Ink::ALL.into_iter().skip(1) {
                // Text lies on marks; everything else lies on the ground.
                let (above, below) = match ink {
                    Ink::Mark(_) => (of(Ink::Text), of(ink)),
                    Ink::Ground | Ink::Text | Ink::Quiet | Ink::Accent | Ink::Found | Ink::Alarm => {
                        (of(ink), of(Ink::Ground))
                    }
                };
                let contrast = contrast(rgb(above), rgb(below));
                assert!(contrast >= 7.0, "{} on {}: {contrast:.2}", ink.name(), theme.name);
            }
        }
    }

    #[test]
    fn black_and_white_are_as_far_apart_as_can_be() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([119; 3], [255; 3]) - 4.48).abs() < 0.01);
    }

    #[test]
    fn inks_are_in_their_places() {
        for (i, ink) in Ink::ALL.into_iter().enumerate() {
            assert_eq!(ink.index(), i, "{}", ink.name());
        }
    }
}
