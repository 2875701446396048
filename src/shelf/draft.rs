//! What a reader wants kept, before it has a version, an id and a date.
//!
//! A draft says only what was asked. The record is made against the shelf as it stands on the disk at that moment, so
//! that two windows on one text do not take the same version.

use super::id::Id;
use super::record::{Del, Footing, Kind, LONGEST, Put, Record};
use super::{Colour, Shelf};
use crate::document::anchor::Anchor;
use serde_json::Map;
use std::sync::Arc;

/// What is to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    /// A new bookmark.
    Bookmark {
        /// Where.
        at: Anchor,
        /// What it is to be called; may be empty.
        label: String,
    },
    /// The mark under a letter, set or moved.
    Mark {
        /// `a` to `z`.
        name: char,
        /// Where.
        at: Anchor,
    },
    /// Words set off.
    Highlight {
        /// Which.
        at: Anchor,
        /// In what colour.
        colour: Colour,
        /// What the reader has to say about them; may be empty.
        note: String,
    },
    /// Another colour for a highlight.
    Recolour {
        /// What.
        id: Id,
        /// Its colour from now on.
        colour: Colour,
    },
    /// Another comment on something.
    Comment {
        /// What.
        id: Id,
        /// What is said of it from now on; empty takes the comment away.
        note: String,
    },
    /// Another label for something.
    Rename {
        /// What.
        id: Id,
        /// Its label from now on.
        label: String,
    },
    /// Something taken away.
    Delete {
        /// What.
        id: Id,
    },
    /// Something taken away brought back as it was.
    Restore {
        /// What.
        id: Id,
    },
}

/// What the outside gives to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// An id that was never given before; used if the record is about something new.
    pub id: Id,
    /// The time in RFC 3339.
    pub at: String,
}

/// Why no record can be made of a draft. It would be no use to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It was deleted, perhaps in another window.
    #[error("it is gone: deleted elsewhere")]
    Gone,
    /// Its line would be over [`LONGEST`].
    #[error("too long to keep")]
    TooLong,
    /// A mark is one of a–z.
    #[error("a mark is a letter from a to z")]
    NotALetter,
}

impl Shelf {
    /// The record that does what a draft asks, on this shelf. It is not added.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn record(&self, draft: &Draft, stamp: &Stamp) -> Result<Record, Refusal> {
        let put = |put| Record::Put(Arc::new(put));
        let new = |id: Id, kind| self.new_put(id, kind, stamp);
        let record = match draft {
            Draft::Bookmark { at, label } => put(Put {
                label: label.clone(),
                a: Footing::from(at.clone()),
                ..new(stamp.id.clone(), Kind::Bookmark)
            }),
            Draft::Mark { name, .. } if !name.is_ascii_lowercase() => return Err(Refusal::NotALetter),
            Draft::Mark { name, at } => put(Put {
                name: name.to_string(),
                a: Footing::from(at.clone()),
                ..new(Id::of_mark(*name), Kind::Mark)
            }),
            Draft::Highlight { at, colour, note } => put(Put {
                colour: colour.name().to_owned(),
                note: note.clone(),
                a: Footing::from(at.clone()),
                ..new(stamp.id.clone(), Kind::Highlight)
            }),
            Draft::Recolour { id, colour } => {
                put(Put { colour: colour.name().to_owned(), ..self.next_put(id, stamp)? })
            }
            Draft::Comment { id, note } => put(Put { note: note.clone(), ..self.next_put(id, stamp)? }),
            Draft::Rename { id, label } => put(Put { label: label.clone(), ..self.next_put(id, stamp)? }),
            Draft::Delete { id } => {
                self.last_put(id).ok_or(Refusal::Gone)?;
                let (id, v, at) = (id.clone(), self.next(id), stamp.at.clone());
                Record::Del(Del { id, v, at, extra: Map::new() })
            }
            Draft::Restore { id } => {
                let last = self.last_put(id).ok_or(Refusal::Gone)?;
                put(Put { v: self.next(id), at: stamp.at.clone(), ..last.clone() })
            }
        };
        let fits = record.line(u64::MAX).is_ok_and(|line| line.len() < LONGEST);
        if fits { Ok(record) } else { Err(Refusal::TooLong) }
    }

    /// The record that puts again what is gone; `None` if it is there.
    pub fn again(&self, put: &Put, at: &str) -> Option<Record> {
        let is_gone = self.get(&put.id).is_none();
        let again = || Put { v: self.next(&put.id).max(put.v), at: at.to_owned(), ..put.clone() };
        is_gone.then(|| Record::Put(Arc::new(again())))
    }

    /// Something new with nothing said of it yet.
    fn new_put(&self, id: Id, kind: Kind, stamp: &Stamp) -> Put {
        Put {
            v: self.next(&id),
            id,
            kind,
            name: String::new(),
            label: String::new(),
            colour: String::new(),
            a: Footing::default(),
            note: String::new(),
            at: stamp.at.clone(),
            extra: Map::new(),
        }
    }

    /// Something that is in force, under its next version.
    fn next_put(&self, id: &Id, stamp: &Stamp) -> Result<Put, Refusal> {
        let put = self.last_put(id).filter(|_| self.get(id).is_some()).ok_or(Refusal::Gone)?;
        Ok(Put { v: self.next(id), at: stamp.at.clone(), ..put.clone() })
    }

    /// One more than the highest version seen.
    fn next(&self, id: &Id) -> u64 {
        self.history(id).next_back().map_or(1, |last| last.change.v().saturating_add(1))
    }

    fn last_put(&self, id: &Id) -> Option<&Put> {
        self.history(id).rev().find_map(|version| version.change.put())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shelf on one device, told step by step.
    #[derive(Default)]
    struct Told {
        shelf: Shelf,
        steps: u32,
    }

    impl Told {
        fn step(&mut self, draft: Draft) -> Result<Id, Refusal> {
            self.steps += 1;
            let id = Id::try_from(format!("id-{}", self.steps)).unwrap();
            let record = self.shelf.record(&draft, &Stamp { id, at: format!("day {}", self.steps) })?;
            let id = match &record {
                Record::Put(put) => put.id.clone(),
                Record::Del(del) => del.id.clone(),
                other => panic!("{other:?}"),
            };
            self.shelf.add(&"anna".into(), record);
            Ok(id)
        }

        fn shows(&self, expected: &[&str]) {
            let told = |i: &crate::shelf::Item| format!("{} {} {}", i.title(20), i.anchor.pos.0, i.created);
            assert_eq!(self.shelf.items().iter().map(told).collect::<Vec<_>>(), expected);
        }
    }

    fn at(byte: usize) -> Anchor {
        Anchor { exact: format!("words {byte}"), pos: (byte, byte + 1), ..Anchor::default() }
    }

    fn bookmark(byte: usize, label: &str) -> Draft {
        Draft::Bookmark { at: at(byte), label: label.into() }
    }

    #[test]
    fn a_bookmark_is_made_renamed_deleted_and_brought_back() {
        let mut told = Told::default();
        let late = told.step(bookmark(9, "late")).unwrap();
        told.step(bookmark(3, "")).unwrap();
        told.shows(&["words 3 3 day 2", "late 9 day 1"]);
        told.step(Draft::Rename { id: late.clone(), label: "later".into() }).unwrap();
        told.shows(&["words 3 3 day 2", "later 9 day 1"]);
        told.step(Draft::Delete { id: late.clone() }).unwrap();
        told.shows(&["words 3 3 day 2"]);
        assert_eq!(told.shelf.deleted()[0].label, "later");
        assert_eq!(told.step(Draft::Rename { id: late.clone(), label: "x".into() }), Err(Refusal::Gone));
        told.step(Draft::Restore { id: late.clone() }).unwrap();
        told.shows(&["words 3 3 day 2", "later 9 day 1"]);
        assert_eq!(told.shelf.history(&late).map(|v| v.change.v()).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(told.shelf.deleted(), []);
    }

    #[test]
    fn a_highlight_is_coloured_and_commented_on_and_keeps_both_when_it_is_brought_back() {
        let mut told = Told::default();
        let draft = Draft::Highlight { at: at(3), colour: Colour::Green, note: String::new() };
        let id = told.step(draft).unwrap();
        let is = |told: &Told, colour, note: &str| {
            let item = told.shelf.get(&id).unwrap();
            assert_eq!((item.colour(), item.note, item.anchor.pos.0), (Some(colour), note, 3));
        };
        is(&told, Colour::Green, "");
        told.step(Draft::Comment { id: id.clone(), note: "so?".into() }).unwrap();
        told.step(Draft::Recolour { id: id.clone(), colour: Colour::Blue }).unwrap();
        is(&told, Colour::Blue, "so?");
        told.step(Draft::Delete { id: id.clone() }).unwrap();
        let recolour = Draft::Recolour { id: id.clone(), colour: Colour::Pink };
        assert_eq!(told.step(recolour), Err(Refusal::Gone));
        told.step(Draft::Restore { id: id.clone() }).unwrap();
        is(&told, Colour::Blue, "so?");
        assert_eq!(told.shelf.get(&id).unwrap().created, "day 1");
    }

    #[test]
    fn the_last_put_of_a_letter_is_the_mark() {
        let mut told = Told::default();
        told.step(Draft::Mark { name: 'x', at: at(9) }).unwrap();
        told.step(Draft::Mark { name: 'x', at: at(3) }).unwrap();
        told.shows(&["words 3 3 day 2"]);
        assert_eq!(told.shelf.mark('x').unwrap().anchor, &at(3));
        assert_eq!(told.shelf.mark('y'), None);
        assert_eq!(told.step(Draft::Mark { name: 'X', at: at(3) }), Err(Refusal::NotALetter));
    }

    #[test]
    fn what_was_never_there_is_gone_and_what_is_too_long_refused() {
        let mut told = Told::default();
        let id = Id::of_mark('q');
        assert_eq!(told.step(Draft::Delete { id: id.clone() }), Err(Refusal::Gone));
        assert_eq!(told.step(Draft::Restore { id }), Err(Refusal::Gone));
        assert_eq!(told.step(bookmark(1, &"x".repeat(LONGEST))), Err(Refusal::TooLong));
        assert_eq!(told.step(bookmark(1, &"\u{200b}".repeat(LONGEST / 5))), Err(Refusal::TooLong));
    }

    #[test]
    fn a_later_deletion_wins_over_a_label_given_elsewhere() {
        let mut anna = Told::default();
        let id = anna.step(bookmark(1, "first")).unwrap();
        let mut bert = anna.shelf.clone();
        let stamp = Stamp { id: id.clone(), at: String::new() };
        let renamed = bert.record(&Draft::Rename { id: id.clone(), label: "bert".into() }, &stamp).unwrap();
        bert.add(&"bert".into(), renamed);
        anna.step(Draft::Rename { id: id.clone(), label: "anna".into() }).unwrap();
        anna.step(Draft::Delete { id: id.clone() }).unwrap();
        anna.shelf.merge(&bert);
        bert.merge(&anna.shelf);
        assert_eq!((anna.shelf.get(&id), bert.get(&id)), (None, None));
        assert_eq!(bert.history(&id).count(), 4, "the loser stays");
    }

    #[test]
    fn what_a_later_version_said_of_it_survives_a_new_label() {
        let mut shelf = Shelf::default();
        let line = r#"{"n":2,"t":"put","id":"p","v":7,"kind":"pebble","a":{"exact":"x","page":"iv"},"at":"t","hue":"sea"}"#;
        shelf.add(&"bert".into(), Record::read(line.as_bytes()).unwrap().record);
        let id = Id::try_from("p".to_owned()).unwrap();
        let stamp = Stamp { id: id.clone(), at: String::new() };
        let line = shelf.record(&Draft::Rename { id, label: "l".into() }, &stamp).unwrap().line(1).unwrap();
        for kept in [r#""v":8"#, r#""kind":"pebble""#, r#""page":"iv""#, r#""hue":"sea""#, r#""label":"l""#] {
            assert!(line.contains(kept), "{line}");
        }
    }
}
