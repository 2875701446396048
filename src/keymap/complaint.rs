//! What is wrong with a keymap, said so that its writer can mend it.

use std::fmt;

use super::key::{Code, Key, printable};
use super::sequence::Sequence;
use super::table::{NOTHING, Table};
use crate::command::Command;

/// One mistake in a keymap file: where it is, what it is, what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file, as it is to be shown.
    pub file: String,
    /// The line, from 1; none when it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// What is said of a command that there is not.
pub(super) fn unknown_command(name: &str) -> String {
    let names = Command::all().map(Command::name).chain([NOTHING]);
    let tail = did_you_mean(nearest(name, names));
    let tail = tail.unwrap_or_else(|| "`ibid keys --default` shows them all".to_owned());
    format!("no command is called `{}`; {tail}", shown(name))
}

/// What is said of a key that there is not.
pub(super) fn unknown_key(name: &str) -> String {
    let (modifiers, _) = name.rsplit_once('-').map_or(("", name), |(held, _)| name.split_at(held.len() + 1));
    let names: Vec<String> = Code::names().map(|code| format!("{modifiers}{code}")).collect();
    let near = nearest(name, names.iter().map(String::as_str).filter(|name| name.parse::<Key>().is_ok()));
    // `gg`, as vim writes it; and a blank, which here parts two keys.
    let spaced = match name.chars().collect::<Vec<_>>()[..] {
        [' '] => Some("Space".to_owned()),
        [one, two] => Some(format!("{one} {two}")).filter(|keys| keys.parse::<Sequence>().is_ok()),
        _ => None,
    };
    let tail = did_you_mean(near.or(spaced.as_deref()));
    let tail = tail.unwrap_or_else(|| "keys are written like `g`, `Space`, `Ctrl-f`, `Shift-Tab`".to_owned());
    format!("no key is called `{}`; {tail}", shown(name))
}

/// What is said of a table that there is not.
pub(super) fn unknown_table(name: &str) -> String {
    let tail = match nearest(name, Table::all().map(Table::name)) {
        Some(near) => format!("did you mean [{near}]?"),
        None => {
            let names: Vec<_> = Table::all().map(|table| table.to_string()).collect();
            format!("the tables are {}", names.join(", "))
        }
    };
    format!("there is no table [{}]; {tail}", shown(name))
}

/// What is said of a preset that there is not.
pub(super) fn unknown_preset(name: &str, presets: &[&str]) -> String {
    let tail = did_you_mean(nearest(name, presets.iter().copied()));
    let tail = tail.unwrap_or_else(|| format!("the presets are: {}", presets.join(", ")));
    format!("no preset is called `{}`; {tail}", shown(name))
}

/// What is said of a key that belongs to no table.
pub(super) fn stray(name: &str) -> String {
    let tail = did_you_mean(nearest(name, ["preset"]));
    let tail = tail.unwrap_or_else(|| "write it under [any], [reading] or another".to_owned());
    format!("`{}` stands above the first table; {tail}", shown(name))
}

fn did_you_mean(name: Option<&str>) -> Option<String> {
    name.map(|name| format!("did you mean `{name}`?"))
}

/// More of a name than this tells a person nothing.
const LONGEST_SHOWN: usize = 40;

/// Words from the file, fit for a message: short, on one line, nothing in them that a terminal would obey.
pub(super) fn shown(text: &str) -> String {
    let clean = |c: char| if printable(c) { c.to_string() } else { c.escape_unicode().to_string() };
    let mut shown: String = text.chars().take(LONGEST_SHOWN).map(clean).collect();
    if text.chars().nth(LONGEST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The name that was probably meant: the nearest one, if no more than a third of it is mistyped.
fn nearest<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > LONGEST_SHOWN {
        return None;
    }
    let name = name.to_lowercase();
    among
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= length / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_short_and_harmless() {
        assert_eq!(shown("line-dwn"), "line-dwn");
        assert_eq!(shown("it's \"é\" \\"), "it's \"é\" \\");
        assert_eq!(shown("a\u{1b}[31m\n\u{202e}b"), "a\\u{1b}[31m\\u{a}\\u{202e}b");
        assert_eq!(shown(&"x".repeat(1000)), format!("{}…", "x".repeat(40)));
    }

    #[test]
    fn the_nearest_name_is_near() {
        #[track_caller]
        fn check(name: &str, near: Option<&str>) {
            assert_eq!(nearest(name, ["line-down", "line-up", "quit", "help"]), near, "{name}");
        }
        check("line-dwn", Some("line-down"));
        check("Line-Down", Some("line-down"));
        check("linedown", Some("line-down"));
        check("qiut", Some("quit"));
        check("up", None);
        check("contents", None);
        check(&"line-down".repeat(9), None);
    }
}
