//! Where the places that the papers of a book name are in the tree of its pages.

use super::contents::Target;
use crate::import::html::tree::{Id, Tree};
use std::collections::{HashMap, HashSet};

/// Where the places of a book are in its tree.
#[derive(Debug)]
pub(super) struct Places {
    pages: HashMap<String, Id>,
    parts: HashMap<(Id, String), Id>,
}

impl Places {
    /// The places that `targets` name; `paths` are the members that the pages of the tree were, in their order.
    pub fn of<'a>(tree: &Tree, paths: &[String], targets: impl Iterator<Item = &'a Target>) -> Places {
        let pages: HashMap<String, Id> = paths.iter().cloned().zip(tree.pages.iter().copied()).collect();
        // A page may have a million names: those are kept that something leads to.
        let mut wanted: HashMap<Id, HashSet<&str>> = HashMap::new();
        for target in targets.filter(|target| !target.part.is_empty()) {
            if let Some(page) = pages.get(&target.path) {
                wanted.entry(*page).or_default().insert(&target.part);
            }
        }
        let mut parts = HashMap::new();
        for (page, wanted) in wanted {
            for id in tree.within(page) {
                for name in ["id", "xml:id", "name"] {
                    if let Some(part) = tree.attribute(id, name).filter(|part| wanted.contains(part)) {
                        parts.entry((page, part.to_owned())).or_insert(id);
                    }
                }
            }
        }
        Places { pages, parts }
    }

    /// The node a target means; its page where the part is missing.
    pub fn find(&self, target: &Target) -> Option<Id> {
        let page = *self.pages.get(&target.path)?;
        Some(self.parts.get(&(page, target.part.clone())).copied().unwrap_or(page))
    }
}
