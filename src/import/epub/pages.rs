//! The list of the printed book's pages brought to the places that it names.

use super::contents::Line;
use super::places::Places;
use crate::import::html::tree::{Data, Id, Tree};
use html5ever::{Attribute, LocalName, QualName, ns};

/// Marks where each page begins, unless the place says so itself. The tree is to be sealed, and is sealed again.
pub(super) fn apply(tree: &mut Tree, places: &Places, pages: &[Line]) {
    for page in pages {
        let Some(place) = places.find(&page.target) else { continue };
        if is_break(tree, place) {
            name(tree, place, &page.title);
            continue;
        }
        let line = tree.node(place).line;
        let mark = tree.add(Data::Element("span".into(), Vec::new()), line);
        name(tree, mark, &page.title);
        match tree.name(place) {
            "" | "html" | "body" => {
                let body = tree.within(place).find(|id| tree.name(*id) == "body").unwrap_or(place);
                match tree.node(body).first {
                    Some(first) => tree.insert_before(first, mark),
                    None => tree.append(body, mark),
                }
            }
            _ => tree.insert_before(place, mark),
        }
    }
    tree.seal();
}

fn is_break(tree: &Tree, id: Id) -> bool {
    tree.has(id, "epub:type", &["pagebreak"]) || tree.has(id, "role", &["doc-pagebreak"])
}

/// Says of an element that a page begins there, and which.
fn name(tree: &mut Tree, id: Id, label: &str) {
    if let Data::Element(_, attributes) = &mut tree.node_mut(id).data {
        attributes.retain(|a| !matches!(&*a.name.local, "epub:type" | "title" | "aria-label"));
        for (key, value) in [("epub:type", "pagebreak"), ("title", label)] {
            attributes.push(Attribute {
                name: QualName::new(None, ns!(), LocalName::from(key)),
                value: value.into(),
            });
        }
    }
}
