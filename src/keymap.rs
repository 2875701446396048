//! The keymap: keys in, commands out; and the same map read backwards, for help and for `ibid keys`.
//!
//! The built-in `keymap.toml`, a preset if one is asked for, and the user's file are laid over one
//! another. What is wrong in the user's file is complained of, and the rest counts. There is no second
//! list of keys anywhere.

mod citation;
mod complaint;
mod file;
mod key;
mod layers;
mod sequence;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

pub use citation::Citation;
use file::Entry;
pub use key::{Code, Key, Modifiers, UnknownKey};
use layers::{Clash, Mode};
pub use sequence::Sequence;
use table::{NOTHING, Table, interrupt, interrupt_key};

use crate::command::{Command, Context, Group};
use crate::complaint::Complaint;

/// The built-in `keymap.toml`, which is also the template for the user's.
pub const DEFAULT: &str = include_str!("../keymap.toml");

/// What the keys typed so far come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This command.
    Command(Command),
    /// The beginning of a sequence: the next key decides.
    Pending,
    /// Nothing. In a prompt a key that types a character then types it.
    Unbound,
}

/// A line of help: keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The heading it stands under.
    pub group: Group,
    /// The keys that do it, the foremost first.
    pub keys: Vec<String>,
    /// What it does in that mode.
    pub does: &'static str,
    /// The command itself.
    pub command: Command,
}

/// The keys in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// By context: what can be typed there, in the order of the commands. No keys are the beginning of others.
    modes: [Vec<(Sequence, Command)>; Context::ALL.len()],
    /// The style of what is copied with its source.
    citation: Citation,
}

impl Default for Keymap {
    /// The built-in keys.
    fn default() -> Self {
        Self::read(None).0
    }
}

impl Keymap {
    /// The built-in keys with the user's file laid over them: its name for complaints, and its text. It
    /// cannot fail: what is mistaken is complained of and left out.
    pub fn read(user: Option<(&str, &str)>) -> (Self, Vec<Complaint>) {
        let name = user.map_or("", |(name, _)| name);
        let (sheet, mut complaints) = user.map(|(name, text)| file::read(name, text)).unwrap_or_default();
        let preset = sheet.preset.map(file::built_in).unwrap_or_default();
        let default = file::built_in(DEFAULT);
        let modes = Context::ALL.map(|context| Mode::new(&sheet.entries, &[&preset, &default], context));
        for (line, message) in wrong_with(&modes) {
            complaints.push(Complaint { file: name.to_owned(), line, message });
        }
        // By line, and what is about the whole file last.
        complaints.sort_by_key(|complaint| complaint.line.unwrap_or(usize::MAX));
        let binding = |entry: Entry| Some((entry.keys, entry.command?));
        let modes = modes.map(|mode| {
            let mut bindings: Vec<_> = mode.live.into_iter().filter_map(binding).collect();
            bindings.sort_by_key(|(_, command)| *command);
            bindings
        });
        (Self { modes, citation: sheet.citation.unwrap_or_default() }, complaints)
    }

    /// The style in which a quotation is copied with its source.
    pub fn citation(&self) -> Citation {
        self.citation
    }

    /// What these keys, typed one after the other, come to in a mode. No clock is needed: no sequence begins
    /// another, so the last key always decides.
    pub fn lookup(&self, context: Context, keys: &[Key]) -> Lookup {
        let Some(last) = keys.last() else { return Lookup::Unbound };
        match self.mode(context).iter().find(|(bound, _)| bound.starts_with(keys)) {
            Some((bound, command)) if bound.len() == keys.len() => Lookup::Command(*command),
            // Even in the middle of a sequence.
            _ if *last == interrupt_key() => Lookup::Command(interrupt(context)),
            Some(_) => Lookup::Pending,
            None => Lookup::Unbound,
        }
    }

    /// The keys for a command in a mode: the user's own first, then the preset's, then the built-in ones,
    /// each in the order of its file. The first is the one to name where there is room for one.
    pub fn keys_for(&self, context: Context, command: Command) -> Vec<String> {
        let bound = self.mode(context).iter().filter(|(_, bound)| *bound == command);
        bound.map(|(keys, _)| keys.to_string()).collect()
    }

    /// The lines of help for a mode: every command that has a key there, the commonest first.
    pub fn help(&self, context: Context) -> Vec<HelpLine> {
        let line = |command: Command| {
            let does = command.does_in(context)?;
            let keys = self.keys_for(context, command);
            (!keys.is_empty()).then_some(HelpLine { group: command.group(), keys, does, command })
        };
        Command::all().filter_map(line).collect()
    }

    /// The keys in force, mode by mode, as a keymap file: read as the user's, it gives this map again.
    pub fn to_toml(&self) -> String {
        let default = Self::default();
        let mut toml = String::from("# The keys in force, mode by mode.\n");
        if self.citation != Citation::default() {
            let _ = writeln!(toml, "\ncitation = \"{}\"", self.citation.name());
        }
        for context in Context::ALL {
            let bound = self.mode(context);
            let width = bound.iter().map(|(keys, _)| quoted(keys).chars().count()).max().unwrap_or_default();
            let _ = writeln!(toml, "\n{}", Table::Of(context));
            for (keys, command) in bound {
                let _ = writeln!(toml, "{:width$} = \"{}\"", quoted(keys), command.name());
            }
            // What the mode would have from elsewhere, and has not.
            let mut known: HashSet<_> = bound.iter().map(|(keys, _)| keys).collect();
            let inherited = if context == Context::Note { self.mode(Context::Reading) } else { &[] };
            for (keys, command) in default.mode(context).iter().chain(inherited) {
                if command.applies(context) && known.insert(keys) {
                    let _ = writeln!(toml, "{:width$} = \"{NOTHING}\"", quoted(keys));
                }
            }
        }
        toml
    }

    /// A text about ibid, with `{{line-down}}` and its like replaced by the keys in force: the foremost
    /// key in the first mode where the command means something. A command without a key is named in
    /// brackets; what names no command stays as it is.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let named = after.split_once("}}").and_then(|(name, after)| Some((Command::named(name)?, after)));
            let (key, after) = match named {
                Some((command, after)) => (self.foremost(command), after),
                None => ("{{".to_owned(), after),
            };
            filled.push_str(before);
            filled.push_str(&key);
            rest = after;
        }
        filled + rest
    }

    fn foremost(&self, command: Command) -> String {
        let contexts =
            [Context::Reading, Context::Select, Context::List, Context::Prompt, Context::Note, Context::Help];
        let context = contexts.into_iter().find(|context| command.applies(*context));
        let key = context.and_then(|context| self.keys_for(context, command).into_iter().next());
        key.unwrap_or_else(|| format!("[{}: no key]", command.name()))
    }

    fn mode(&self, context: Context) -> &[(Sequence, Command)] {
        &self.modes[context as usize]
    }
}

/// What is wrong with the layers as they lie, each mistake named once however many modes it shows in.
fn wrong_with(modes: &[Mode; Context::ALL.len()]) -> Vec<(Option<usize>, String)> {
    let mut out_of_reach = BTreeMap::new();
    let mut lost: BTreeMap<Command, Vec<String>> = BTreeMap::new();
    for (context, mode) in Context::ALL.into_iter().zip(modes) {
        for Clash { longer, shorter } in &mode.clashes {
            let (long, short) = (&longer.keys, &shorter.keys);
            let (table, name) = (shorter.table, shorter.command.map_or(NOTHING, Command::name));
            let why = format!("`{long}` cannot be typed, because `{short}` by itself is `{name}` in {table}");
            // A built-in sequence gives way to the user's shorter one without a word.
            if longer.line.is_some() {
                out_of_reach.entry(longer.line).or_insert(format!("{why}; unbind that or choose other keys"));
            }
        }
        for command in &mode.lost {
            lost.entry(*command).or_default().push(Table::Of(context).to_string());
        }
    }
    let lost = lost.into_iter().map(|(command, tables)| {
        let (name, tables) = (command.name(), tables.join(", "));
        (None, format!("no key was left for `{name}` in {tables}; its default keys are back"))
    });
    out_of_reach.into_iter().chain(lost).collect()
}

/// Keys as TOML writes them.
fn quoted(keys: &Sequence) -> String {
    format!("\"{}\"", keys.to_string().replace('\\', "\\\\").replace('"', "\\\""))
}
