//! Keys as people write them: one value for each key that a terminal can tell apart.
//!
//! Knows neither the terminal library nor any command. `Key::new` is the only door, so that two spellings
//! of a key are equal.

use crate::complaint::printable;
use std::fmt;
use std::str::FromStr;

/// What stands on the key itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A key that types this character.
    Char(char),
    /// A function key, from 1.
    F(u8),
    /// Enter, also called Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with Shift it is the terminal's "back tab".
    Tab,
    /// Backspace.
    Backspace,
    /// Delete, forward.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
}

/// The keys with names: each code, the name it is shown by, and others it answers to.
const NAMED: &[(Code, &str, &[&str])] = &[
    (Code::Enter, "Enter", &["Return"]),
    (Code::Esc, "Esc", &["Escape"]),
    (Code::Tab, "Tab", &[]),
    (Code::Backspace, "Backspace", &["BS"]),
    (Code::Delete, "Delete", &["Del"]),
    (Code::Insert, "Insert", &["Ins"]),
    (Code::Home, "Home", &[]),
    (Code::End, "End", &[]),
    (Code::PageUp, "PageUp", &["PgUp"]),
    (Code::PageDown, "PageDown", &["PgDown", "PgDn"]),
    (Code::Up, "Up", &[]),
    (Code::Down, "Down", &[]),
    (Code::Left, "Left", &[]),
    (Code::Right, "Right", &[]),
    (Code::Char(' '), "Space", &[]),
];

/// Control characters that a terminal sends for two keys alike.
const TWINS: &[(char, Code)] = &[('i', Code::Tab), ('m', Code::Enter), ('[', Code::Esc)];

/// No keyboard that a terminal knows has more function keys.
const LAST_FUNCTION_KEY: u8 = 24;

impl Code {
    /// The names by which keys are shown, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(_, name, _)| *name)
    }

    fn named(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            return (printable(only) && !only.is_whitespace()).then_some(Self::Char(only));
        }
        if let Some(number) = name.strip_prefix(['F', 'f']).and_then(|number| number.parse().ok()) {
            return (1..=LAST_FUNCTION_KEY).contains(&number).then_some(Self::F(number));
        }
        let answers = |(_, shown, others): &&(Self, &str, &[&str])| {
            shown.eq_ignore_ascii_case(name) || others.iter().any(|other| other.eq_ignore_ascii_case(name))
        };
        NAMED.iter().find(answers).map(|(code, ..)| *code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (NAMED.iter().find(|(code, ..)| code == self), self) {
            (Some((_, name, _)), _) => f.write_str(name),
            (None, Self::Char(c)) => write!(f, "{c}"),
            (None, Self::F(number)) => write!(f, "F{number}"),
            // Every other code stands in `NAMED`; what it is called here would do as well.
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

/// The keys held down with another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Modifiers {
    /// Control.
    pub ctrl: bool,
    /// Alt, also called Meta or Option.
    pub alt: bool,
    /// Shift, where the key does not already say so, as `G` does.
    pub shift: bool,
}

impl Modifiers {
    /// Takes one modifier off the front of a key's name: `Ctrl-x` leaves `x`, while `-` is a key.
    fn strip<'a>(&mut self, name: &'a str) -> Option<&'a str> {
        let (modifier, rest) = name.split_once('-').filter(|(_, rest)| !rest.is_empty())?;
        match modifier.to_ascii_lowercase().as_str() {
            "ctrl" | "control" | "c" => self.ctrl = true,
            "alt" | "meta" | "a" | "m" => self.alt = true,
            "shift" | "s" => self.shift = true,
            _ => return None,
        }
        Some(rest)
    }
}

/// One key, with what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: Code,
    modifiers: Modifiers,
}

impl Key {
    /// The key, in the one form it has however the terminal or a person spelt it: Shift with a letter is the
    /// capital, Ctrl with a letter has no capitals, `Ctrl-i` is Tab, `Ctrl-m` Enter and `Ctrl-[` Esc.
    pub fn new(code: Code, modifiers: Modifiers) -> Self {
        let Modifiers { mut ctrl, alt, mut shift } = modifiers;
        let code = match code {
            Code::Char(c) if ctrl => {
                shift &= c.is_alphabetic();
                let c = sole(c.to_lowercase()).unwrap_or(c);
                match TWINS.iter().find(|(twin, _)| *twin == c && !shift) {
                    Some((_, code)) => {
                        ctrl = false;
                        *code
                    }
                    None => Code::Char(c),
                }
            }
            Code::Char(c) => {
                let capital = sole(c.to_uppercase()).filter(|_| shift);
                shift = false;
                Code::Char(capital.unwrap_or(c))
            }
            other => other,
        };
        Self { code, modifiers: Modifiers { ctrl, alt, shift } }
    }

    /// A key by itself, nothing held down.
    pub fn plain(code: Code) -> Self {
        Self::new(code, Modifiers::default())
    }

    /// A key with Ctrl held down.
    pub fn ctrl(code: Code) -> Self {
        Self::new(code, Modifiers { ctrl: true, ..Modifiers::default() })
    }

    /// What stands on the key.
    pub fn code(self) -> Code {
        self.code
    }

    /// What is held down with it.
    pub fn modifiers(self) -> Modifiers {
        self.modifiers
    }

    /// The character that the key types in a prompt, if it types one.
    pub fn types(self) -> Option<char> {
        match self.code {
            Code::Char(c) if self.modifiers == Modifiers::default() => Some(c),
            _ => None,
        }
    }
}

impl From<char> for Key {
    fn from(c: char) -> Self {
        Self::plain(Code::Char(c))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Modifiers { ctrl, alt, shift } = self.modifiers;
        for (held, name) in [(ctrl, "Ctrl-"), (alt, "Alt-"), (shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        self.code.fmt(f)
    }
}

/// A name by which no key goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey(
    /// The name as it was written.
    pub String,
);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let mut modifiers = Modifiers::default();
        let mut name = text;
        while let Some(rest) = modifiers.strip(name) {
            name = rest;
        }
        if name.eq_ignore_ascii_case("BackTab") {
            return Ok(Self::new(Code::Tab, Modifiers { shift: true, ..modifiers }));
        }
        let code = Code::named(name).ok_or_else(|| UnknownKey(text.to_owned()))?;
        Ok(Self::new(code, modifiers))
    }
}

fn sole(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_spelling_has_one_key_and_one_name() {
        #[track_caller]
        fn check(text: &str, shown: &str) {
            let key: Key = text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!(key.to_string(), shown, "{text}");
            assert_eq!(shown.parse(), Ok(key), "{shown}");
        }
        for same in "g G < > - + = ? ' ` \" \\ é ß Space F1 F24 Enter Esc Tab Delete Insert End Up".split(' ')
        {
            check(same, same);
        }
        for same in "Ctrl-f Ctrl-- Alt-b Alt-B Ctrl-h Ctrl-Alt-Left Shift-Left".split(' ') {
            check(same, same);
        }
        check("ctrl-F", "Ctrl-f");
        check("C-f", "Ctrl-f");
        check("CONTROL-f", "Ctrl-f");
        check("Ctrl-Shift-F", "Ctrl-Shift-f");
        check("M-x", "Alt-x");
        check("A-S-x", "Alt-X");
        check("Alt-Ctrl-x", "Ctrl-Alt-x");
        check("Shift-g", "G");
        check("S-é", "É");
        check("Shift-ß", "ß");
        check("Shift-?", "?");
        check("Shift-Space", "Space");
        check("Shift-tab", "Shift-Tab");
        check("BackTab", "Shift-Tab");
        check("Ctrl-i", "Tab");
        check("Ctrl-I", "Tab");
        check("Ctrl-m", "Enter");
        check("Ctrl-[", "Esc");
        check("Ctrl-Alt-m", "Alt-Enter");
        check("Ctrl-Shift-i", "Ctrl-Shift-i");
        check("pagedown", "PageDown");
        check("PgDn", "PageDown");
        check("Return", "Enter");
        check("f12", "F12");
    }

    #[test]
    fn what_is_no_key_is_named_in_the_error() {
        for text in
            ["", " ", "gg", "--", "Ctrl-", "Hyper-x", "F0", "F25", "Pagdown", "\u{1b}", "\u{202e}", "\u{301}"]
        {
            assert_eq!(text.parse::<Key>(), Err(UnknownKey(text.to_owned())));
        }
    }

    #[test]
    fn only_a_plain_character_types_itself() {
        assert_eq!(Key::from('q').types(), Some('q'));
        assert_eq!(Key::from(' ').types(), Some(' '));
        assert_eq!(Key::ctrl(Code::Char('q')).types(), None);
        assert_eq!(Key::plain(Code::Enter).types(), None);
    }

    fn codes() -> impl Strategy<Value = Code> {
        let named: Vec<Code> = NAMED.iter().map(|(code, ..)| *code).collect();
        prop_oneof![
            proptest::sample::select(named),
            (1..=LAST_FUNCTION_KEY).prop_map(Code::F),
            any::<char>()
                .prop_filter("printable", |c| printable(*c) && !c.is_whitespace())
                .prop_map(Code::Char),
        ]
    }

    proptest! {
        #[test]
        fn a_key_is_normal_once_made_and_reads_back_as_shown(code in codes(), held in any::<[bool; 3]>()) {
            let [ctrl, alt, shift] = held;
            let key = Key::new(code, Modifiers { ctrl, alt, shift });
            prop_assert_eq!(Key::new(key.code(), key.modifiers()), key);
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
}
