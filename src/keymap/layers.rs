//! What several keymap files come to: one laid over another, and what each mode then answers to.
//!
//! The rules are stated for people at the head of `keymap.toml`; this is where they are kept.

use std::collections::HashMap;

use super::file::Entry;
use super::key::Key;
use super::table::{Table, tables};
use crate::command::{Command, Context};

/// The commands that every mode but a prompt has a key for, whatever a user's file says.
const NEVER_WITHOUT_A_KEY: [Command; 2] = [Command::Quit, Command::Help];

/// An entry that cannot be typed, because its keys begin with those of another.
pub(super) struct Clash {
    pub(super) longer: Entry,
    pub(super) shorter: Entry,
}

/// What a mode answers to. No entry of it is the beginning of another, so every key is decided as it arrives.
pub(super) struct Mode {
    pub(super) live: Vec<Entry>,
    pub(super) clashes: Vec<Clash>,
    /// The commands that the user's file left without a key, and that have their built-in ones back.
    pub(super) lost: Vec<Command>,
}

impl Mode {
    /// The user's file laid over the built-in ones, the topmost first, as a mode sees them.
    pub(super) fn new(user: &[Entry], built_in: &[&[Entry]], context: Context) -> Self {
        let mode = Self::laid(&[&[user], built_in].concat(), context);
        let bare = |command: &Command| context != Context::Prompt && mode.keys_of(*command).next().is_none();
        let lost: Vec<_> = NEVER_WITHOUT_A_KEY.into_iter().filter(bare).collect();
        if lost.is_empty() {
            return mode;
        }
        let default = Self::laid(built_in, context);
        let back = lost.iter().flat_map(|command| default.keys_of(*command));
        let back: Vec<_> = back.map(|entry| Entry { table: Table::Of(context), ..entry.clone() }).collect();
        Self { lost, ..Self::laid(&[&[&back, user], built_in].concat(), context) }
    }

    /// Of several entries for the same keys the first counts, going by layers and then by tables. The
    /// order stays, so that a user's own key for a command is named before the built-in one.
    fn laid(layers: &[&[Entry]], context: Context) -> Self {
        let mut decided: HashMap<&[Key], &Entry> = HashMap::new();
        let mut bound = Vec::new();
        let places = layers.iter().flat_map(|layer| tables(context).iter().map(move |table| (layer, table)));
        for (layer, table) in places {
            for entry in layer.iter().filter(|entry| entry.table == *table) {
                let means_something = entry.command.is_none_or(|command| command.applies(context));
                if means_something && !decided.contains_key(&*entry.keys) {
                    decided.insert(&entry.keys, entry);
                    bound.extend(entry.command.map(|_| entry));
                }
            }
        }
        let beginning = |entry: &Entry| {
            let mut beginnings =
                (1..entry.keys.len()).filter_map(|length| decided.get(&entry.keys[..length]));
            beginnings.find(|shorter| shorter.command.is_some()).copied()
        };
        let mut mode = Self { live: Vec::new(), clashes: Vec::new(), lost: Vec::new() };
        for entry in bound {
            match beginning(entry) {
                Some(shorter) => mode.clashes.push(Clash { longer: entry.clone(), shorter: shorter.clone() }),
                None => mode.live.push(entry.clone()),
            }
        }
        mode
    }

    fn keys_of(&self, command: Command) -> impl Iterator<Item = &Entry> {
        self.live.iter().filter(move |entry| entry.command == Some(command))
    }
}
