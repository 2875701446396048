//! A page that is XML, brought to the same tree as HTML. XML has no elements that close or open themselves, so
//! `<title/>` is a whole element here, and a paragraph ends where it says.

use super::tokens::{DEEPEST, KEPT, LONGEST_VALUE};
use super::tree::{Data, Id, Tree};
use crate::import::xml::{self, Piece};
use html5ever::{Attribute, LocalName, QualName, ns};

/// Nothing in a book has a line of its source: its pages each begin at the first.
const NO_LINE: u32 = 0;

/// Reads a page and adds it to a tree, as far as it is XML. Returns how many elements were left out as too deep.
pub(super) fn parse(tree: &mut Tree, source: &str) -> usize {
    let page = tree.add(Data::Page, NO_LINE);
    tree.pages.push(page);
    let mut open: Vec<(Id, Box<str>)> = Vec::new();
    let (mut too_deep, mut deeper) = (0, 0_usize);
    xml::read(source, |piece| {
        let parent = open.last().map_or(page, |(id, _)| *id);
        match piece {
            Piece::Open(..) if open.len() == DEEPEST => {
                too_deep += 1;
                deeper += 1;
            }
            Piece::Open(name, attributes) => {
                let kept = attributes.into_iter().filter(|(key, _)| KEPT.contains(key));
                let attributes = kept.map(|(key, value)| Attribute {
                    name: QualName::new(None, ns!(), LocalName::from(key)),
                    value: value[..value.floor_char_boundary(LONGEST_VALUE)].into(),
                });
                let element = LocalName::from(xml::local(name).to_ascii_lowercase());
                let id = tree.add(Data::Element(element, attributes.collect()), NO_LINE);
                tree.append(parent, id);
                open.push((id, name.into()));
            }
            Piece::Close(_) if deeper > 0 => deeper -= 1,
            Piece::Close(name) => {
                if open.last().is_some_and(|(_, open)| **open == *name) {
                    open.pop();
                }
            }
            Piece::Words(words) => tree.append_text(parent, &words, NO_LINE),
        }
    });
    too_deep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_its_tags_say() {
        let mut tree = Tree::default();
        let source = "<?xml version='1.0'?>\n<h:html><h:head><h:title/></h:head>\n<body><p epub:type='a b'>x<p>y</p></p>\
                      <a id='x'/>z&nbsp;<![CDATA[<b>]]></body></h:html>";
        assert_eq!(parse(&mut tree, source), 0);
        let told = |id| match &tree.node(id).data {
            Data::Element(name, _) => format!("<{name}>"),
            Data::Text(_) => tree.words(id).unwrap_or_default().trim_matches('\n').to_owned(),
            Data::Page => String::new(),
        };
        let page = tree.pages[0];
        let told: Vec<String> = tree.within(page).map(told).filter(|t| !t.is_empty()).collect();
        assert_eq!(
            told,
            ["<html>", "<head>", "<title>", "<body>", "<p>", "x", "<p>", "y", "<a>", "z\u{a0}<b>"]
        );
        let p = tree.within(page).find(|id| tree.name(*id) == "p").unwrap();
        assert!(tree.has(p, "epub:type", &["b"]));
    }

    #[test]
    fn what_is_too_deep_is_flattened() {
        let mut tree = Tree::default();
        let source = "<a>".repeat(1000) + "x" + &"</a>".repeat(1000) + "y";
        assert_eq!(parse(&mut tree, &source), 744);
        assert_eq!(tree.text_of(tree.pages[0]), "xy");
        assert_eq!(tree.within(tree.pages[0]).count(), 259);
    }
}
