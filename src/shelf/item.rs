//! What is in force on a shelf, as a list shows it.

use super::id::Id;
use super::record::Kind;
use super::{Colour, Shelf, Version};
use crate::document::anchor::{Anchor, Found, Seeker};
use crate::document::{Document, clean};
use std::collections::{BTreeMap, BTreeSet};

/// A bookmark, mark or highlight in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<'a> {
    /// By which it is renamed, deleted, brought back.
    pub id: &'a Id,
    /// What it is.
    pub kind: &'a Kind,
    /// The letter of a mark.
    pub name: Option<char>,
    /// What the reader called it, as it was written; may be empty. [`Item::title`] is clean.
    pub label: &'a str,
    /// What the reader had to say, as it was written; may be empty.
    pub note: &'a str,
    /// The name of its colour, as it was written; [`Item::colour`] knows it.
    colour: &'a str,
    /// Where it stands.
    pub anchor: &'a Anchor,
    /// When it was first put, or a mark set. RFC 3339, if nobody has had a hand in it.
    pub created: &'a str,
    /// The device that wrote it last.
    pub device: &'a str,
}

impl<'a> Item<'a> {
    /// What a version says there is; `history` are all versions of the thing.
    fn new(version: &'a Version, history: &'a BTreeSet<Version>) -> Option<Item<'a>> {
        let put = version.change.put()?;
        let first = history.iter().find_map(|v| v.change.put()).unwrap_or(put);
        // Setting a mark again makes a new mark of it; a new label makes no new bookmark.
        let created = if put.kind == Kind::Mark { put } else { first };
        Some(Item {
            id: &put.id,
            kind: &put.kind,
            name: put.name.chars().next(),
            label: &put.label,
            note: &put.note,
            colour: &put.colour,
            anchor: &put.a.anchor,
            created: &created.at,
            device: &version.device,
        })
    }

    /// The colour of a highlight; nothing else has one.
    pub fn colour(&self) -> Option<Colour> {
        (*self.kind == Kind::Highlight).then(|| Colour::named(self.colour))
    }

    /// The words it stands on, on one clean line of at most `limit` characters.
    pub fn excerpt(&self, limit: usize) -> String {
        clean::excerpt(&self.anchor.exact, limit)
    }

    /// What it is called, on one clean line: its label, else its words.
    pub fn title(&self, limit: usize) -> String {
        if self.label.trim().is_empty() { self.excerpt(limit) } else { clean::excerpt(self.label, limit) }
    }
}

impl Shelf {
    /// What is in force, in the order of the places it was put at. See [`Shelf::found`] for a text that was edited.
    pub fn items(&self) -> Vec<Item<'_>> {
        // Marks under one letter have one id; should others have come in, the last put of the letter holds.
        let mut slots = BTreeMap::new();
        for versions in self.things.values() {
            let Some(version) = versions.last() else { continue };
            let Some(item) = Item::new(version, versions) else { continue };
            let letter = item.name.filter(|_| *item.kind == Kind::Mark);
            let slot = slots.entry((letter, letter.is_none().then_some(item.id))).or_insert((version, item));
            if slot.0 < version {
                *slot = (version, item);
            }
        }
        in_order(slots.into_values().map(|(_, item)| item))
    }

    /// What is in force, with where each thing stands in a text known by `identity`, in reading order.
    pub fn found(&self, document: &Document, identity: &str) -> Vec<(Item<'_>, Found)> {
        let seeker = Seeker::new(document, identity);
        let find = |item: Item<'_>| seeker.place(item.anchor);
        let mut found: Vec<_> = self.items().into_iter().map(|item| (item, find(item))).collect();
        found.sort_by_key(|(_, found)| found.position());
        found
    }

    /// The thing under an id, if it is in force.
    pub fn get(&self, id: &Id) -> Option<Item<'_>> {
        let versions = self.things.get(id)?;
        Item::new(versions.last()?, versions)
    }

    /// The mark under a letter.
    pub fn mark(&self, name: char) -> Option<Item<'_>> {
        self.items().into_iter().find(|item| *item.kind == Kind::Mark && item.name == Some(name))
    }

    /// What was taken away, as it last was: it can be brought back.
    pub fn deleted(&self) -> Vec<Item<'_>> {
        let is_put = |version: &&Version| version.change.put().is_some();
        let gone = self.things.values().filter(|versions| !versions.last().as_ref().is_some_and(is_put));
        in_order(gone.filter_map(|versions| Item::new(versions.iter().rfind(is_put)?, versions)))
    }
}

fn in_order<'a>(items: impl Iterator<Item = Item<'a>>) -> Vec<Item<'a>> {
    let mut items: Vec<Item> = items.collect();
    items.sort_by_key(|item| (item.anchor.pos, item.id));
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::Builder;
    use crate::document::report::Format;
    use crate::shelf::Record;

    const FIRST: &str = "The keeper wrote his log by lamplight, twice.";
    const SECOND: &str = "Nobody at the board read either of them until the light went out.";

    fn document(paragraphs: &[&str]) -> Document {
        let mut builder = Builder::new(Format::Text, "UTF-8");
        paragraphs.iter().for_each(|p| builder.block(crate::document::Kind::Paragraph, 0, p));
        builder.finish()
    }

    fn shelf(lines: &[String]) -> Shelf {
        let mut shelf = Shelf::default();
        for line in lines {
            shelf.add(&"anna".into(), Record::read(line.as_bytes()).unwrap().record);
        }
        shelf
    }

    fn put(id: &str, v: u64, rest: &str, document: &Document, words: &str) -> String {
        let at = document.position(document.text().find(words).unwrap());
        let anchor = serde_json::to_string(&Anchor::of_place(document, at, "one")).unwrap();
        format!(r#"{{"t":"put","id":"{id}","v":{v},"a":{anchor},"at":"day {v}",{rest}}}"#)
    }

    #[test]
    fn they_stand_in_the_order_of_the_text_as_it_is_now() {
        let before = document(&[FIRST, SECOND]);
        let shelf = shelf(&[
            put("a", 1, r#""kind":"bookmark""#, &before, "Nobody"),
            put("b", 1, r#""kind":"bookmark","label":" the\nlog ""#, &before, "The keeper"),
        ]);
        let titles = |items: Vec<Item>| items.iter().map(|i| i.title(12)).collect::<Vec<_>>();
        assert_eq!(titles(shelf.items()), ["the log", "Nobody at th…"]);
        let after = document(&[SECOND, FIRST]);
        let found = shelf.found(&after, "two");
        assert!(found.iter().all(|(_, found)| matches!(found, Found::Attached(_))));
        assert_eq!(titles(found.iter().map(|(item, _)| *item).collect()), ["Nobody at th…", "the log"]);
    }

    #[test]
    fn of_two_marks_under_one_letter_the_last_put_holds() {
        let text = document(&[FIRST, SECOND]);
        let shelf = shelf(&[
            put("mark-x", 1, r#""kind":"mark","name":"x""#, &text, "Nobody"),
            put("by-hand", 2, r#""kind":"mark","name":"x""#, &text, "The keeper"),
            put("c", 1, r#""kind":"pebble","name":"x""#, &text, "The keeper"),
        ]);
        assert_eq!(shelf.mark('x').map(|i| i.id.as_str()), Some("by-hand"));
        assert_eq!(shelf.items().len(), 2, "a kind of a later version is shown as well");
    }
}
