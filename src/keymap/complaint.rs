//! What is wrong with a keymap, in words.

use super::citation::Citation;
use super::key::{Code, Key};
use super::sequence::Sequence;
use super::table::{NOTHING, Table};
use crate::command::Command;
use crate::complaint::{did_you_mean, nearest, shown};

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

/// What is said of a style of citation that there is not.
pub(super) fn unknown_citation(name: &str) -> String {
    let names = Citation::ALL.map(Citation::name);
    let tail = did_you_mean(nearest(name, names));
    let tail = tail.unwrap_or_else(|| format!("the styles are: {}", names.join(", ")));
    format!("no style of citation is called `{}`; {tail}", shown(name))
}

/// What is said of a key that belongs to no table.
pub(super) fn stray(name: &str) -> String {
    let tail = did_you_mean(nearest(name, ["preset", "citation"]));
    let tail = tail.unwrap_or_else(|| "write it under [any], [reading] or another".to_owned());
    format!("`{}` stands above the first table; {tail}", shown(name))
}
