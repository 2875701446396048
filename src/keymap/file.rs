//! Reads a keymap file: text in; entries, the preset asked for and complaints out.
//!
//! Never fails and never panics: a mistaken entry is complained of and left out. What several files come
//! to when one is laid over another is not decided here.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::citation::Citation;
use super::complaint::{
    stray, unknown_citation, unknown_command, unknown_key, unknown_preset, unknown_table,
};
use super::key::{Key, UnknownKey};
use super::sequence::Sequence;
use super::table::{NOTHING, Table, interrupt, interrupt_key};
use crate::command::{Command, Context};
use crate::complaint::{Complaint, shown};

/// The presets by name; each is a keymap file of its own.
const PRESETS: &[(&str, &str)] = &[("less", include_str!("less.toml"))];

/// A longer file is no keymap, and is not worth the time that it would take.
const MOST_BYTES: usize = 64 * 1024;

/// The parser limits how deep keys go, and how deep values, but not the product, which is dropped by
/// recursion.
const MOST_BRACES: usize = 16;

/// Longer sequences are slips; nobody types them.
const MOST_KEYS: usize = 5;

/// One line of a keymap: these keys, in this table, are this command.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) table: Table,
    pub(super) keys: Sequence,
    /// None takes the keys away.
    pub(super) command: Option<Command>,
    /// The line of the user's file; none for what is built in.
    pub(super) line: Option<usize>,
}

/// What a keymap file says.
#[derive(Default)]
pub(super) struct Sheet {
    /// In the order of the file.
    pub(super) entries: Vec<Entry>,
    /// The text of the preset that it asks for.
    pub(super) preset: Option<&'static str>,
    /// The style of citation that it asks for.
    pub(super) citation: Option<Citation>,
}

/// The entries of a file that is part of the program; that it is without mistakes is for a test to say.
pub(super) fn built_in(text: &str) -> Vec<Entry> {
    let mut entries = read("", text).0.entries;
    entries.iter_mut().for_each(|entry| entry.line = None);
    entries
}

/// Reads a file, which complaints call `name`. If it is no TOML at all, nothing in it counts.
pub(super) fn read(name: &str, text: &str) -> (Sheet, Vec<Complaint>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(name, text);
    if let Some(reason) = no_keymap(text) {
        let message = format!("{reason}, so it is not read; the default keys stay");
        reader.complaints.push(Complaint { file: name.to_owned(), line: None, message });
        return (reader.sheet, reader.complaints);
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    // What is written twice leaves the rest of the file readable; any other error does not.
    let (doubled, broken): (Vec<_>, Vec<_>) =
        errors.iter().partition(|error| error.message() == "duplicate key");
    if let Some(error) = broken.first() {
        let at = error.span().map_or(0, |span| span.start);
        let reason = error.message();
        reader.complain(at, format!("this is not TOML: {reason}; the default keys stay until it is mended"));
        return (reader.sheet, reader.complaints);
    }
    for error in doubled {
        reader.doubled(text, error.span().unwrap_or_default());
    }
    reader.root(root.get_ref());
    reader.complaints.sort_by_key(|complaint| complaint.line);
    (reader.sheet, reader.complaints)
}

/// What shows, before any parsing, that a text is no keymap.
fn no_keymap(text: &str) -> Option<String> {
    if text.len() > MOST_BYTES {
        return Some(format!("longer than {} KiB", MOST_BYTES / 1024));
    }
    (text.matches('{').count() > MOST_BRACES).then(|| format!("more than {MOST_BRACES} braces"))
}

struct Reader<'a> {
    name: &'a str,
    /// Where the lines end, so that a place becomes a line number quickly.
    line_ends: Vec<usize>,
    /// The line on which a table bound these keys.
    bound: HashMap<(Table, Sequence), usize>,
    sheet: Sheet,
    complaints: Vec<Complaint>,
}

impl<'a> Reader<'a> {
    fn new(name: &'a str, text: &str) -> Self {
        let line_ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { name, line_ends, bound: HashMap::new(), sheet: Sheet::default(), complaints: Vec::new() }
    }

    fn line(&self, at: usize) -> usize {
        self.line_ends.partition_point(|end| *end < at) + 1
    }

    fn complain(&mut self, at: usize, message: String) {
        let line = Some(self.line(at));
        self.complaints.push(Complaint { file: self.name.to_owned(), line, message });
    }

    /// What TOML itself finds written twice: of a key the first counts, of a table both halves do.
    fn doubled(&mut self, text: &str, span: Range<usize>) {
        let name = shown(text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']));
        let header = text.get(..span.start).is_some_and(|before| before.trim_end().ends_with('['));
        let message = if header {
            format!("the table [{name}] is begun a second time; join the two")
        } else {
            format!("`{name}` is written a second time in this table; the first one counts")
        };
        self.complain(span.start, message);
    }

    fn root(&mut self, root: &DeTable<'_>) {
        for (name, value) in in_order(root) {
            let at = name.span().start;
            let name = name.get_ref().as_ref();
            match (value.get_ref(), Table::named(name)) {
                (value, _) if name == "preset" => self.preset(at, value),
                (value, _) if name == "citation" => self.citation(at, value),
                (DeValue::Table(entries), Some(table)) => {
                    for (keys, value) in in_order(entries) {
                        let at = keys.span().start;
                        if let Err(message) = self.entry(table, at, keys.get_ref(), value.get_ref()) {
                            self.complain(at, message);
                        }
                    }
                }
                (DeValue::Table(_), None) => self.complain(at, unknown_table(name)),
                (_, Some(_)) => {
                    self.complain(at, format!("`{name}` is a table; write [{name}] above its keys"))
                }
                (_, None) => self.complain(at, stray(name)),
            }
        }
    }

    fn preset(&mut self, at: usize, value: &DeValue<'_>) {
        let Some(name) = value.as_str() else {
            return self.complain(at, "`preset` needs a name in quotes, as in preset = \"less\"".to_owned());
        };
        match PRESETS.iter().find(|(preset, _)| *preset == name) {
            Some((_, text)) => self.sheet.preset = Some(text),
            None => {
                let names: Vec<_> = PRESETS.iter().map(|(preset, _)| *preset).collect();
                self.complain(at, unknown_preset(name, &names));
            }
        }
    }

    fn citation(&mut self, at: usize, value: &DeValue<'_>) {
        let Some(name) = value.as_str() else {
            return self
                .complain(at, "`citation` needs a name in quotes, as in citation = \"markdown\"".to_owned());
        };
        match Citation::named(name) {
            Some(style) => self.sheet.citation = Some(style),
            None => self.complain(at, unknown_citation(name)),
        }
    }

    fn entry(&mut self, table: Table, at: usize, written: &str, value: &DeValue<'_>) -> Result<(), String> {
        if matches!(written, "preset" | "citation") {
            return Err(format!("`{written}` belongs above the first table"));
        }
        let keys: Sequence = written.parse().map_err(|UnknownKey(name)| unknown_key(&name))?;
        if keys.len() > MOST_KEYS {
            return Err(format!("a sequence has at most {MOST_KEYS} keys"));
        }
        let Some(name) = value.as_str() else {
            return Err(format!(
                "`{keys}` needs the name of a command in quotes, as in \"{keys}\" = \"help\""
            ));
        };
        let command = match name {
            NOTHING => None,
            name => Some(Command::named(name).ok_or_else(|| unknown_command(name))?),
        };
        may_bind(table, &keys, command)?;
        let line = self.line(at);
        match self.bound.entry((table, keys.clone())) {
            Slot::Vacant(slot) => slot.insert(line),
            Slot::Occupied(first) => {
                let (written, first) = (shown(written), first.get());
                return Err(format!("`{written}` is the same key as on line {first}; the first one counts"));
            }
        };
        self.sheet.entries.push(Entry { table, keys, command, line: Some(line) });
        Ok(())
    }
}

/// Whether these keys may be this command in this table, by themselves; what other entries say is not asked.
fn may_bind(table: Table, keys: &[Key], command: Option<Command>) -> Result<(), String> {
    let prompt = table == Table::Of(Context::Prompt);
    let interrupts = table.contexts().all(|context| command == Some(interrupt(context)));
    let middle = keys.split_last().is_some_and(|(_, before)| before.contains(&interrupt_key()));
    // To take a sequence away takes nothing from the key itself.
    let frees = keys.len() > 1 && command.is_none();
    if middle || keys.contains(&interrupt_key()) && !interrupts && !frees {
        let does = if prompt { "leaves a prompt" } else { "quits" };
        return Err(format!("`{}` always {does}; it can be nothing else", interrupt_key()));
    }
    match keys.first().and_then(|key| key.types()) {
        Some(c) if prompt => {
            return Err(format!("`{}` types itself in a prompt; it can be nothing else", Key::from(c)));
        }
        Some(c @ '1'..='9') => return Err(format!("`{c}` begins a count; it can be nothing else")),
        _ => {}
    }
    match command {
        Some(command) if !table.contexts().any(|context| command.applies(context)) => {
            let places = Context::ALL.into_iter().filter(|context| command.applies(*context));
            let places: Vec<_> = places.map(|context| Table::Of(context).to_string()).collect();
            Err(format!(
                "`{}` means nothing in {table}; it belongs in {}",
                command.name(),
                places.join(" or ")
            ))
        }
        _ => Ok(()),
    }
}

/// The parser sorts by name; people read from the top.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}
