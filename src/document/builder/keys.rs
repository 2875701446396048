//! What importers know notes by: each key is kept once, and is a number from then on.

use std::collections::HashMap;

/// The keys of notes, and the notes that bear them.
#[derive(Debug, Default)]
pub(super) struct Keys {
    numbers: HashMap<Box<str>, usize>,
    notes: Vec<Option<usize>>,
}

impl Keys {
    /// The number of a key.
    pub fn id(&mut self, key: &str) -> usize {
        if let Some(id) = self.numbers.get(key) {
            return *id;
        }
        let id = self.notes.len();
        self.numbers.insert(key.into(), id);
        self.notes.push(None);
        id
    }

    /// Gives the key of a number to a note; says no where another note has it.
    pub fn give(&mut self, id: usize, note: usize) -> bool {
        let free = self.notes[id].is_none();
        self.notes[id].get_or_insert(note);
        free
    }

    /// The note that bears the key of a number.
    pub fn note(&self, id: usize) -> Option<usize> {
        self.notes[id]
    }
}
