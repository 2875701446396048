//! A label for every note that no other note has, as like the printed one as can be.

use crate::document::Document;
use std::collections::{HashMap, HashSet};

/// The longest label that is kept, in characters.
const LONGEST: usize = 60;

/// The labels of a document's notes, and of the calls that no note answers.
#[derive(Debug)]
pub(super) struct Labels {
    notes: Vec<String>,
    unanswered: HashMap<Box<str>, String>,
}

impl Labels {
    /// The labels of a document. Where numbering restarts, the second 1 becomes `1-2`, the third `1-3`.
    pub fn of(document: &Document) -> Labels {
        let mut given = Given::default();
        let printed: Vec<String> = document.notes().iter().map(|n| fit(&n.label)).collect();
        // A label that stands alone stays; only those that come again have to give way to all others.
        let mut first = HashSet::new();
        let keeps: Vec<bool> = printed.iter().map(|l| !l.is_empty() && first.insert(fold(l))).collect();
        given.taken = first;
        let unique =
            |(label, keeps): (&String, bool)| if keeps { label.clone() } else { given.another(label) };
        let notes = printed.iter().zip(keeps).map(unique).collect();
        let mut unanswered = HashMap::new();
        for call in document.references().iter().filter(|r| r.note.is_none()) {
            if !unanswered.contains_key(&call.label) {
                let label = fit(&call.label);
                let free = !label.is_empty() && given.taken.insert(fold(&label));
                unanswered.insert(call.label.clone(), if free { label } else { given.another(&label) });
            }
        }
        Labels { notes, unanswered }
    }

    /// The label of a note.
    pub fn note(&self, note: usize) -> &str {
        self.notes.get(note).map_or("", String::as_str)
    }

    /// The label of a call that no note answers. No note has it.
    pub fn unanswered(&self, printed: &str) -> &str {
        self.unanswered.get(printed).map_or("", String::as_str)
    }
}

/// The labels that are given away, as they are compared, and how far each was counted.
#[derive(Default)]
struct Given {
    taken: HashSet<String>,
    counts: HashMap<String, usize>,
}

impl Given {
    /// A label like this one that nobody has.
    fn another(&mut self, label: &str) -> String {
        // A label that cannot be kept is a number; one that is another's is counted on.
        let (mut number, stem) = if label.is_empty() { (0, String::new()) } else { (1, format!("{label}-")) };
        let key = fold(&stem);
        number = self.counts.get(&key).copied().unwrap_or(number);
        loop {
            number += 1;
            let new = format!("{stem}{number}");
            if self.taken.insert(fold(&new)) {
                self.counts.insert(key, number);
                return new;
            }
        }
    }
}

/// A label as it is compared: capitals do not count, and neither do the forms that only one case has, such as ß and ς.
fn fold(label: &str) -> String {
    label.to_uppercase().to_lowercase()
}

/// What of a printed label can stand in `[^…]` and in an address: letters, figures, and the signs that printers use.
fn fit(label: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '†' | '‡' | '§' | '¶' | '‖');
    let whole = label.chars().map(|c| if c == ' ' { '-' } else { c });
    whole.filter(|c| fits(*c)).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::Builder;
    use crate::document::report::Format;

    #[test]
    fn no_two_notes_have_one_label() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.text("x");
        b.reference("9", "nowhere");
        b.reference("2", "nowhere");
        for (i, label) in ["1", "2", "1", "1-2", "A", "a", "*", "*", "", "my note", "1"].iter().enumerate() {
            b.open_note(label, &i.to_string());
            b.text("x");
            b.close_note();
        }
        let document = b.finish();
        let labels = Labels::of(&document);
        let told: Vec<&str> = (0..11).map(|n| labels.note(n)).collect();
        assert_eq!(told, ["1", "2", "1-3", "1-2", "A", "a-2", "3", "4", "5", "my-note", "1-4"]);
        assert_eq!((labels.unanswered("9"), labels.unanswered("2")), ("9", "2-2"));
    }
}
