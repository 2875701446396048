//! What importers know notes by: each key is kept once, and is a number from then on.

use std::collections::HashMap;

/// What an importer knows a note by, among all of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// Its name.
    Name(&'a str),
    /// Its number among the notes that have no name. A text may have a million.
    Number(usize),
}

impl<'a> From<&'a str> for Key<'a> {
    fn from(name: &'a str) -> Key<'a> {
        Key::Name(name)
    }
}

impl<'a> From<&'a String> for Key<'a> {
    fn from(name: &'a String) -> Key<'a> {
        Key::Name(name)
    }
}

/// The keys of notes, and the notes that bear them.
#[derive(Debug, Default)]
pub(super) struct Keys {
    names: HashMap<Box<str>, usize>,
    numbers: HashMap<usize, usize>,
    notes: Vec<Option<usize>>,
}

impl Keys {
    /// The number of a key among all.
    pub fn id(&mut self, key: Key) -> usize {
        let next = self.notes.len();
        let id = match key {
            Key::Number(number) => *self.numbers.entry(number).or_insert(next),
            Key::Name(name) => match self.names.get(name) {
                Some(id) => *id,
                None => *self.names.entry(name.into()).or_insert(next),
            },
        };
        if id == next {
            self.notes.push(None);
        }
        id
    }

    /// Gives the key of this number to a note; says no where another note has it.
    pub fn give(&mut self, id: usize, note: usize) -> bool {
        let free = self.notes[id].is_none();
        self.notes[id].get_or_insert(note);
        free
    }

    /// The note that bears the key of this number.
    pub fn note(&self, id: usize) -> Option<usize> {
        self.notes[id]
    }
}
