//! The links inside a text: from an `<a href="#…">` to the element of that name, in the same page or in another one.

use super::tree::{Data, Id, Step, Tree};
use crate::import::address;
use std::collections::HashMap;

/// A link and the node it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The `<a>`.
    pub from: Id,
    /// Its target.
    pub to: Id,
}

/// All links inside a text.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// In reading order.
    pub all: Vec<Link>,
    /// The links whose target is not there.
    pub broken: Vec<Id>,
    /// The links that lead to a node, by their place in `all`; of very many the first.
    to: HashMap<Id, Vec<usize>>,
    /// Where the link that starts from a node stands in `all`.
    from: HashMap<Id, usize>,
}

/// How many links to one node are remembered.
const REMEMBERED: usize = 64;

impl Links {
    /// Finds the links between the pages of a tree; `paths` says where each page stands, in their order.
    pub fn find(tree: &Tree, paths: &[&str]) -> Links {
        let mut targets: HashMap<(usize, &str), Vec<Id>> = HashMap::new();
        let mut anchors = Vec::new();
        let mut scripted = Vec::new();
        let mut canonical = vec![None; tree.pages.len()];
        for (page, root) in tree.pages.iter().enumerate() {
            for step in tree.walk(*root) {
                let Step::Enter(id) = step else { continue };
                let Data::Element(name, _) = &tree.node(id).data else { continue };
                let own = tree.attribute(id, "name").filter(|_| &**name == "a");
                let names = [tree.attribute(id, "id"), tree.attribute(id, "xml:id"), own];
                let mut last = None;
                for name in names.into_iter().flatten().filter(|n| !n.is_empty()) {
                    if last != Some(name) {
                        targets.entry((page, name)).or_default().push(id);
                    }
                    last = Some(name);
                }
                // A link that a script follows names its target there.
                let called = tree.attribute(id, "onclick").and_then(quoted).filter(|_| &**name == "a");
                match (&**name, tree.attribute(id, "href")) {
                    ("a", href) if called.is_some() && href.is_none_or(|h| !h.contains('#')) => {
                        scripted.extend(called.map(|target| (page, id, target)));
                    }
                    ("a", Some(href)) => anchors.push((page, id, href.trim())),
                    ("link", Some(href)) if tree.has(id, "rel", &["canonical"]) => {
                        canonical[page] = Some(href.trim())
                    }
                    _ => {}
                }
            }
        }
        let own = if paths.is_empty() { own_address(&anchors, &targets) } else { None };
        let pages: HashMap<&str, usize> = paths.iter().enumerate().map(|(i, path)| (*path, i)).collect();
        let mut links = Links::default();
        for (page, from, href) in anchors {
            let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
            let there = match path {
                "" => Some(page),
                path if canonical[page] == Some(path) || own == Some(path) => Some(page),
                _ => paths
                    .get(page)
                    .and_then(|own| address::link(own, href))
                    .and_then(|(path, _)| pages.get(&*path).copied()),
            };
            let Some(there) = there else { continue };
            let plain = address::decoded(fragment);
            let found = [fragment, &plain].into_iter().find_map(|name| targets.get(&(there, name)));
            let to = match found {
                // Names are given twice by mistake: the first behind the link is meant, for notes follow their calls.
                Some(nodes) => {
                    let behind = nodes.partition_point(|n| tree.rank(*n) <= tree.rank(from));
                    nodes.get(behind).or(nodes.last()).copied()
                }
                None if fragment.is_empty() && there != page => tree.pages.get(there).copied(),
                None => None,
            };
            match to {
                Some(to) => links.all.push(Link { from, to }),
                None if !fragment.is_empty() => links.broken.push(from),
                None => {}
            }
        }
        for (page, from, target) in scripted {
            if let Some(to) = targets.get(&(page, target)).and_then(|nodes| nodes.first()) {
                links.all.push(Link { from, to: *to });
            }
        }
        links.all.sort_by_key(|link| tree.rank(link.from));
        links.index();
        links
    }

    fn index(&mut self) {
        for (at, link) in self.all.iter().enumerate() {
            let list = self.to.entry(link.to).or_default();
            if list.len() < REMEMBERED {
                list.push(at);
            }
            self.from.insert(link.from, at);
        }
    }

    /// The links that lead to a node.
    pub fn to(&self, id: Id) -> impl Iterator<Item = Link> + '_ {
        self.to.get(&id).into_iter().flatten().map(|at| self.all[*at])
    }

    /// The link that starts from a node.
    pub fn from(&self, id: Id) -> Option<Link> {
        self.from.get(&id).map(|at| self.all[*at])
    }
}

/// The address by which a page links to places in itself, where it says more than their names: of the addresses whose
/// places are all found in it the one that most links have.
fn own_address<'a>(
    anchors: &[(usize, Id, &'a str)],
    targets: &HashMap<(usize, &str), Vec<Id>>,
) -> Option<&'a str> {
    let mut counts: HashMap<&str, (usize, bool)> = HashMap::new();
    for (page, _, href) in anchors {
        let Some((path, name)) = href.split_once('#').filter(|(path, _)| !path.is_empty()) else { continue };
        let found =
            targets.contains_key(&(*page, name)) || targets.contains_key(&(*page, &*address::decoded(name)));
        let (count, all) = counts.entry(path).or_insert((0, true));
        *count += 1;
        *all &= found;
    }
    let own = || counts.iter().filter(|(_, (_, all))| *all);
    let (path, (most, _)) = own().max_by_key(|(_, (count, _))| *count)?;
    (own().filter(|(_, (count, _))| count == most).count() == 1).then_some(*path)
}

/// The first words in quotation marks of a script.
fn quoted(script: &str) -> Option<&str> {
    let start = script.find(['\'', '"'])?;
    let quote = &script[start..=start];
    script[start + 1..].split(quote).next().filter(|name| !name.is_empty())
}
