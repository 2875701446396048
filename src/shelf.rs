//! What is kept between sittings: the bookmarks, marks and highlights of one text, and the place where it was left.
//!
//! A [`Shelf`] is a set of records that only grows. Every device appends to files of its own; the shelf of a text is the
//! union of them all, in whatever order they come. Of the versions of one thing the highest `(v, device)` is in force,
//! so all devices that hold the same records show the same shelf, and what lost is still there.
//!
//! Nothing here knows a file, a clock or a thread: `shell::store` reads and writes, and stamps what is new.

pub mod base32;
pub mod colour;
pub mod draft;
pub mod id;
pub mod identity;
pub mod item;
pub mod json;
pub mod known;
pub mod place;
pub mod record;
pub mod sheet;

pub use colour::Colour;
pub use draft::{Draft, Refusal, Stamp};
pub use id::Id;
pub use identity::{Identity, Sketch, identity, overlap};
pub use item::Item;
pub use place::Place;
pub use record::{Kind, Record};
pub use sheet::Sheet;

use record::{Del, Put, Seen};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// The union of all records of one text. Merging is commutative, associative and idempotent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    things: BTreeMap<Id, BTreeSet<Version>>,
    seen: BTreeMap<String, Arc<Seen>>,
    others: BTreeSet<Box<str>>,
}

/// One version of one thing. Their order is total: the greatest is in force.
#[derive(Clone, Debug)]
pub struct Version {
    /// The device that wrote it.
    pub device: Arc<str>,
    /// What it says.
    pub change: Change,
}

/// What a version says of its thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is this.
    Put(Arc<Put>),
    /// It is gone.
    Del(Del),
}

impl Change {
    /// The thing.
    pub fn id(&self) -> &Id {
        match self {
            Change::Put(put) => &put.id,
            Change::Del(del) => &del.id,
        }
    }

    /// The version.
    pub fn v(&self) -> u64 {
        match self {
            Change::Put(put) => put.v,
            Change::Del(del) => del.v,
        }
    }

    /// What it is; `None` if it is gone.
    pub fn put(&self) -> Option<&Put> {
        match self {
            Change::Put(put) => Some(put),
            Change::Del(_) => None,
        }
    }

    /// The record that says it.
    pub fn record(&self) -> Record {
        match self {
            Change::Put(put) => Record::Put(Arc::clone(put)),
            Change::Del(del) => Record::Del(del.clone()),
        }
    }
}

impl Ord for Version {
    /// By version, then by device. Two versions that agree in both (a device that could not lock its file) are told by
    /// what they say, so that every reader chooses alike.
    fn cmp(&self, other: &Version) -> Ordering {
        let rank = |v: &Version| matches!(v.change, Change::Del(_));
        let said = |v: &Version| v.change.record().line(0).unwrap_or_default();
        (self.change.v(), &self.device)
            .cmp(&(other.change.v(), &other.device))
            .then_with(|| rank(self).cmp(&rank(other)))
            .then_with(|| {
                if self.change == other.change { Ordering::Equal } else { said(self).cmp(&said(other)) }
            })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Version) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Version) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

impl fmt::Debug for Shelf {
    /// Only how much there is: what somebody marks and writes does not belong in a log or a crash report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (things, seen, others) = (self.things.len(), self.seen.len(), self.others.len());
        write!(f, "Shelf {{ things: {things}, seen: {seen}, others: {others} }}")
    }
}

impl Shelf {
    /// Puts a record of a device on the shelf. Whether it was not there before.
    pub fn add(&mut self, device: &Arc<str>, record: Record) -> bool {
        let change = match record {
            Record::File(_) => return false,
            Record::Seen(seen) => {
                let line = json::line(&seen).unwrap_or_default();
                return self.seen.insert(line, Arc::new(seen)).is_none();
            }
            Record::Other(line) => return self.others.insert(line),
            Record::Put(put) => Change::Put(put),
            Record::Del(del) => Change::Del(del),
        };
        let version = Version { device: Arc::clone(device), change };
        self.things.entry(version.change.id().clone()).or_default().insert(version)
    }

    /// Puts all that stands on another shelf of the same text on this one.
    pub fn merge(&mut self, other: &Shelf) {
        for (id, versions) in &other.things {
            self.things.entry(id.clone()).or_default().extend(versions.iter().cloned());
        }
        self.seen.extend(other.seen.iter().map(|(line, seen)| (line.clone(), Arc::clone(seen))));
        self.others.extend(other.others.iter().cloned());
    }

    /// Whether nothing was ever put here.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty() && self.seen.is_empty() && self.others.is_empty()
    }

    /// The text as it was seen, by whatever device, in no order that means anything.
    pub fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.seen.values().map(|seen| &**seen)
    }

    /// The lines that a later version of ibid understands.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.others.iter().map(|line| &**line)
    }

    /// Every version of everything, what lost and what was taken away included.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.things.values().flatten()
    }

    /// All versions of a thing, the one in force last.
    pub fn history(&self, id: &Id) -> impl DoubleEndedIterator<Item = &Version> {
        self.things.get(id).into_iter().flatten()
    }

    /// Whether a version stands here.
    pub fn holds(&self, version: &Version) -> bool {
        self.things.get(version.change.id()).is_some_and(|versions| versions.contains(version))
    }
}

#[cfg(test)]
mod tests {
    use super::record::tests::{any_id, any_put};
    use super::*;
    use proptest::prelude::*;

    fn any_record() -> impl Strategy<Value = Record> {
        let del = (any_id(), 1..5_u64)
            .prop_map(|(id, v)| Record::Del(Del { id, v, at: String::new(), extra: serde_json::Map::new() }));
        let seen = "[ab]".prop_map(|text| Record::Seen(Seen { text, ..Seen::default() }));
        prop_oneof![4 => any_put().prop_map(|put| Record::Put(put.into())), 2 => del, 1 => seen, 1 => "[xy]".prop_map(|o| Record::Other(o.into()))]
    }

    fn any_records() -> impl Strategy<Value = Vec<(String, Record)>> {
        prop::collection::vec(("[pq]", any_record()), 0..12)
    }

    fn shelf(records: &[(String, Record)]) -> Shelf {
        let mut shelf = Shelf::default();
        for (device, record) in records {
            shelf.add(&device.as_str().into(), record.clone());
        }
        shelf
    }

    fn merged(a: &Shelf, b: &Shelf) -> Shelf {
        let mut both = a.clone();
        both.merge(b);
        both
    }

    proptest! {
        #[test]
        fn merging_is_commutative_associative_and_idempotent(a in any_records(), b in any_records(), c in any_records()) {
            let (a, b, c) = (shelf(&a), shelf(&b), shelf(&c));
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &a), a.clone());
            let ids = |shelf: &Shelf| shelf.items().iter().map(|i| (i.id.clone(), i.label.to_owned())).collect::<Vec<_>>();
            prop_assert_eq!(ids(&merged(&a, &b)), ids(&merged(&b, &a)));
        }

        #[test]
        fn the_order_of_the_records_means_nothing(records in any_records(), seed in any::<u64>()) {
            let mut shuffled = records.clone();
            shuffled.sort_by_key(|(device, record)| {
                seed.wrapping_mul(record.line(0).map_or(1, |l| l.len() as u64 + 7)) ^ device.len() as u64
            });
            prop_assert_eq!(shelf(&records), shelf(&shuffled));
        }

        #[test]
        fn nothing_put_is_lost(records in any_records()) {
            let shelf = shelf(&records);
            for (device, record) in records {
                let (Record::Put(_) | Record::Del(_)) = &record else { continue };
                let kept = shelf.versions().any(|v| *v.device == *device && v.change.record() == record);
                prop_assert!(kept);
            }
        }

        #[test]
        fn versions_are_in_a_total_order(a in any_put(), b in any_put(), c in any_put()) {
            let version = |put| Version { device: "p".into(), change: Change::Put(Arc::new(put)) };
            let mut sorted = [version(a), version(b), version(c)];
            sorted.sort();
            prop_assert!(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
            prop_assert_eq!(sorted[0] == sorted[1], sorted[1] == sorted[0]);
        }
    }
}
