//! Lists that are open, and how they count.

use super::tree::{Id, Tree};
use crate::document::Marker;

/// How many items a list has at most that is numbered backwards; beyond it, it is numbered as it comes.
const LONGEST: usize = 100_000;

/// The lists that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<List>);

#[derive(Clone, Copy, Debug)]
struct List {
    /// The number of the next item, if it has one.
    next: Option<i64>,
    step: i64,
}

impl Lists {
    /// Opens a list.
    pub fn open(&mut self, tree: &Tree, id: Id) {
        self.0.push(List::of(tree, id));
    }

    /// Closes the innermost list.
    pub fn close(&mut self) {
        self.0.pop();
    }

    /// What stands before an item of the innermost list.
    pub fn item(&mut self, tree: &Tree, id: Id) -> Marker {
        let said = tree.attribute(id, "value").and_then(|v| v.trim().parse().ok());
        let list = self.0.last_mut();
        match list.and_then(|list| said.or(list.next).map(|number| (number, list))) {
            Some((number, list)) => {
                list.next = Some(number.saturating_add(list.step));
                Marker::Number(number.max(0) as u64)
            }
            None => Marker::Bullet,
        }
    }
}

impl List {
    fn of(tree: &Tree, id: Id) -> List {
        if tree.name(id) != "ol" {
            return List { next: None, step: 1 };
        }
        let start = tree.attribute(id, "start").and_then(|v| v.trim().parse().ok());
        if tree.attribute(id, "reversed").is_none() {
            return List { next: Some(start.unwrap_or(1)), step: 1 };
        }
        let items = tree.children(id).filter(|c| tree.name(*c) == "li").take(LONGEST).count();
        List { next: Some(start.unwrap_or(items as i64)), step: -1 }
    }
}
