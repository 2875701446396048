//! A file of themes: `themes.toml`, written by the user and only ever read.
//!
//! ```toml
//! [evening]
//! ground = "#1d1b26"
//! text = "#d9d4c7"
//! accent = "bright-cyan"     # one of the terminal's sixteen
//! quiet = "terminal"         # what is not named is the terminal's own as well
//! ```

use super::{Colour, Ink, Theme, carried};
use crate::complaint::{Complaint, did_you_mean, nearest, shown};
use toml::de::{DeTable, DeValue};

/// The most themes that are taken from a file, and the longest file, in bytes.
const MOST: usize = 64;
const MOST_BYTES: usize = 64 * 1024;

/// The sixteen colours by the names of their kind.
const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/// The themes of a file that complaints call `name`, and what is wrong in it; what is not wrong counts. A theme called
/// like a carried one takes its place.
pub fn read(name: &str, text: &str) -> (Vec<Theme>, Vec<Complaint>) {
    let mut reader = Reader { name, text, complaints: Vec::new() };
    let themes = reader.themes();
    (themes, reader.complaints)
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    complaints: Vec<Complaint>,
}

impl Reader<'_> {
    fn themes(&mut self) -> Vec<Theme> {
        if self.text.len() > MOST_BYTES {
            let message = format!("longer than {} KiB, so it is not read", MOST_BYTES / 1024);
            self.complaints.push(Complaint { file: self.name.to_owned(), line: None, message });
            return Vec::new();
        }
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let root = match DeTable::parse(text) {
            Ok(root) => root,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.complain(at, format!("this is not TOML: {}; no theme is read from it", error.message()));
                return Vec::new();
            }
        };
        let mut tables: Vec<_> = root.get_ref().iter().collect();
        tables.sort_by_key(|(name, _)| name.span().start);
        let mut themes = Vec::new();
        for (name, value) in tables.into_iter().take(MOST) {
            let at = name.span().start;
            match value.get_ref() {
                DeValue::Table(inks) => themes.push(self.theme(name.get_ref(), inks)),
                _ => self.complain(
                    at,
                    format!(
                        "`{}` stands above the first theme; write [a-name] over it",
                        shown(name.get_ref())
                    ),
                ),
            }
        }
        themes
    }

    fn theme(&mut self, name: &str, table: &DeTable<'_>) -> Theme {
        let mut theme = Theme { name: shown(name).into(), ..Theme::default() };
        for (ink, value) in table.iter() {
            let at = ink.span().start;
            let known = Ink::ALL.into_iter().find(|known| known.name() == ink.get_ref());
            let colour = value.get_ref().as_str().and_then(colour);
            match (known, colour) {
                (Some(known), Some(colour)) => theme.inks[known.index()] = colour,
                (Some(_), None) => {
                    let said = value
                        .get_ref()
                        .as_str()
                        .map_or_else(|| "this".to_owned(), |s| format!("`{}`", shown(s)));
                    self.complain(at, format!("{said} is no colour; write \"#rrggbb\", \"cyan\", \"bright-cyan\" or \"terminal\""));
                }
                (None, _) => self.complain(at, unknown_ink(ink.get_ref())),
            }
        }
        theme
    }

    fn complain(&mut self, at: usize, message: String) {
        let line =
            self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1;
        self.complaints.push(Complaint { file: self.name.to_owned(), line: Some(line), message });
        self.complaints.sort_by_key(|complaint| complaint.line);
    }
}

fn unknown_ink(name: &str) -> String {
    let names = || Ink::ALL.into_iter().map(Ink::name);
    let tail = did_you_mean(nearest(name, names()));
    let tail = tail.unwrap_or_else(|| format!("the inks are {}", names().collect::<Vec<_>>().join(", ")));
    format!("no ink is called `{}`; {tail}", shown(name))
}

/// Reads `#rrggbb`, the name of one of the sixteen, or `terminal`.
fn colour(text: &str) -> Option<Colour> {
    if text == "terminal" {
        return Some(Colour::Terminal);
    }
    if let Some(hex) = text.strip_prefix('#') {
        let plain = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let [_, r, g, b] = u32::from_str_radix(hex, 16).ok().filter(|_| plain)?.to_be_bytes();
        return Some(Colour::Rgb(r, g, b));
    }
    let (name, first) = match text.strip_prefix("bright-") {
        Some(name) => (name, 8),
        None => (text, 0),
    };
    NAMES.iter().position(|known| *known == name).map(|i| Colour::Ansi(first + i as u8))
}

/// The themes to choose from: those that ibid carries, and the user's.
pub fn all(users: Vec<Theme>) -> Vec<Theme> {
    let mut themes = carried();
    for theme in users {
        match themes.iter_mut().find(|known| known.name == theme.name) {
            Some(known) => *known = theme,
            None => themes.push(theme),
        }
    }
    themes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        read("themes.toml", text).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_theme_says_what_differs_from_the_terminals_colours() {
        let (themes, complaints) = read(
            "themes.toml",
            "[evening]\nground = \"#1D1b26\"\naccent = \"bright-cyan\"\nquiet = \"white\"\n",
        );
        assert_eq!(complaints, []);
        let theme = &themes[0];
        assert_eq!(&*theme.name, "evening");
        assert_eq!(theme.colour(Ink::Ground), Colour::Rgb(0x1d, 0x1b, 0x26));
        assert_eq!(theme.colour(Ink::Accent), Colour::Ansi(14));
        assert_eq!(theme.colour(Ink::Quiet), Colour::Ansi(7));
        assert_eq!(theme.colour(Ink::Text), Colour::Terminal);
        assert_eq!(theme.colour(Ink::Alarm), Theme::default().colour(Ink::Alarm));
    }

    #[test]
    fn mistakes_are_told_and_the_rest_counts() {
        let text = "ground = 1\n[a]\ngrund = \"#000000\"\ntext = \"#12345\"\nfound = 3\nquiet = \"gray50\"\nalarm = \"red\"\n";
        assert_eq!(
            complaints(text),
            [
                "themes.toml:1: `ground` stands above the first theme; write [a-name] over it",
                "themes.toml:3: no ink is called `grund`; did you mean `ground`?",
                "themes.toml:4: `#12345` is no colour; write \"#rrggbb\", \"cyan\", \"bright-cyan\" or \"terminal\"",
                "themes.toml:5: this is no colour; write \"#rrggbb\", \"cyan\", \"bright-cyan\" or \"terminal\"",
                "themes.toml:6: `gray50` is no colour; write \"#rrggbb\", \"cyan\", \"bright-cyan\" or \"terminal\"",
            ]
        );
        assert_eq!(read("", text).0[0].colour(Ink::Alarm), Colour::Ansi(1));
        assert_eq!(
            complaints("[a\n"),
            ["themes.toml:1: this is not TOML: unclosed table, expected `]`; no theme is read from it"]
        );
        assert_eq!(
            complaints("[a]\nwhatever = \"red\"\n"),
            [
                "themes.toml:2: no ink is called `whatever`; the inks are ground, text, quiet, accent, found, alarm, yellow, green, blue, pink"
            ]
        );
        assert_eq!(complaints(""), [""; 0]);
    }

    #[test]
    fn a_theme_of_ones_own_may_take_the_place_of_a_carried_one() {
        let (users, _) = read("", "[sepia]\nground = \"#ffffff\"\n[mine]\n");
        let themes = all(users);
        assert_eq!(themes.len(), carried().len() + 1);
        let sepia = themes.iter().find(|t| &*t.name == "sepia").unwrap();
        assert_eq!(sepia.colour(Ink::Ground), Colour::Rgb(255, 255, 255));
        assert_eq!(themes.last().map(|t| &*t.name), Some("mine"));
    }
}
