//! XML as books have it: mostly well formed, with HTML's entities in it, sometimes broken off.
//!
//! Entities are those of XML and HTML; what a document type declares is never looked at, so nothing expands and no file
//! is opened. Trees are flat lists, so no depth is too deep.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// How many attributes of an element are read.
const MOST_ATTRIBUTES: usize = 1024;

/// How far up an end tag looks for its start.
const NEAR: usize = 256;

/// How many nodes the words of an element may come from.
const LONGEST_WORDS: usize = 512;

/// What comes next in a source.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// A tag opens; its name and its attributes, by their names as they are written.
    Open(&'a str, Vec<(&'a str, Cow<'a, str>)>),
    /// A tag closes.
    Close(&'a str),
    /// Words.
    Words(Cow<'a, str>),
}

/// Tells a source piece by piece. Ends where the source is no XML; whether the tags match is not looked at.
pub(super) fn read(source: &str, mut tell: impl FnMut(Piece)) {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => open(&tag, &mut tell),
            Ok(Event::Empty(tag)) => {
                open(&tag, &mut tell);
                tell(Piece::Close(tag.name().0));
            }
            Ok(Event::End(tag)) => tell(Piece::Close(tag.name().0)),
            Ok(Event::Text(text)) => tell(Piece::Words(Cow::Borrowed(&text))),
            Ok(Event::CData(text)) => tell(Piece::Words(Cow::Borrowed(&text))),
            Ok(Event::GeneralRef(entity)) => {
                let character = entity.resolve_char_ref().ok().flatten().map(|c| c.to_string());
                let known = character.or_else(|| resolve_predefined_entity(&entity).map(str::to_owned));
                tell(Piece::Words(known.unwrap_or_else(|| format!("&{};", &*entity)).into()));
            }
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) | Err(_) => return,
        }
    }
}

/// Whether a source is XML: every tag closed by its own.
pub(super) fn is_sound(source: &str) -> bool {
    let mut reader = Reader::from_str(source);
    reader.config_mut().allow_dangling_amp = true;
    let mut open = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                open += 1;
                if !tag.attributes().with_checks(false).take(MOST_ATTRIBUTES).all(|a| a.is_ok()) {
                    return false;
                }
            }
            Ok(Event::End(_)) => open -= 1,
            Ok(Event::Eof) => return open == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Whether a source says that it is XML, or XHTML.
pub(super) fn is_declared(source: &str) -> bool {
    let head = &source[..source.floor_char_boundary(1024)];
    head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml")
        || head.contains("www.w3.org/1999/xhtml")
}

fn open(tag: &BytesStart, tell: &mut impl FnMut(Piece)) {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).take(MOST_ATTRIBUTES).flatten();
    let attributes = attributes.map(|a| {
        let raw: String = a.value.into_owned();
        let value = unescape(&raw).ok().map(Cow::into_owned).unwrap_or(raw);
        (a.key.0, Cow::Owned(value))
    });
    tell(Piece::Open(tag.name().0, attributes.collect()));
}

/// The part of a name behind its prefix: `title` of `dc:title`.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A document, each element before what is in it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// An element, or words.
#[derive(Debug)]
struct Node {
    /// The name without its prefix, in small letters; empty for words.
    name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    words: Box<str>,
    /// The node behind all that is in it.
    end: usize,
}

impl Tree {
    /// Reads a document as far as it goes.
    pub fn read(source: &str) -> Tree {
        let mut tree = Tree::default();
        let mut open: Vec<usize> = Vec::new();
        read(source, |piece| match piece {
            Piece::Open(name, attributes) => {
                open.push(tree.nodes.len());
                let attributes = attributes.into_iter().map(|(k, v)| (k.into(), v.into())).collect();
                tree.push(&local(name).to_lowercase(), attributes, "");
            }
            Piece::Close(name) => {
                let name = local(name).to_lowercase();
                let near = open.len().saturating_sub(NEAR);
                let start = open[near..].iter().rposition(|i| *tree.nodes[*i].name == *name);
                if let Some(start) = start {
                    let end = tree.nodes.len();
                    open.drain(near + start..).for_each(|i| tree.nodes[i].end = end);
                }
            }
            Piece::Words(words) => tree.push("", Vec::new(), &words),
        });
        let end = tree.nodes.len();
        open.into_iter().for_each(|i| tree.nodes[i].end = end);
        tree
    }

    fn push(&mut self, name: &str, attributes: Vec<(Box<str>, Box<str>)>, words: &str) {
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { name: name.into(), attributes, words: words.into(), end });
    }

    /// All elements of a name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Element<'a>> + 'a {
        self.named(0..self.nodes.len(), name)
    }

    fn named<'a>(
        &'a self,
        range: std::ops::Range<usize>,
        name: &'a str,
    ) -> impl Iterator<Item = Element<'a>> + 'a {
        range.filter(move |i| *self.nodes[*i].name == *name).map(|at| Element { tree: self, at })
    }
}

/// An element of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    at: usize,
}

impl<'a> Element<'a> {
    /// Its name without a prefix, in small letters; empty for words.
    pub fn name(self) -> &'a str {
        &self.node().name
    }

    /// An attribute, by its name without a prefix.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.node().attributes.iter().find(|(key, _)| local(key) == name).map(|(_, value)| &**value)
    }

    /// What stands directly in it, words too.
    pub fn children(self) -> impl Iterator<Item = Element<'a>> {
        let next = move |at: usize| (at < self.node().end).then_some(Element { tree: self.tree, at });
        std::iter::successors(next(self.at + 1), move |child| next(child.node().end))
    }

    /// The elements of a name that stand directly in it.
    pub fn children_named(self, name: &str) -> impl Iterator<Item = Element<'a>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// All elements of a name in it, however deep.
    pub fn all(self, name: &'a str) -> impl Iterator<Item = Element<'a>> {
        self.tree.named(self.at + 1..self.node().end, name)
    }

    /// The elements of a name in it, however deep, each with how many of the name `around` in this one it stands in.
    pub fn nested(self, name: &'a str, around: &'a str) -> impl Iterator<Item = (Element<'a>, usize)> {
        let mut open: Vec<usize> = Vec::new();
        self.inside().filter_map(move |element| {
            while open.last().is_some_and(|end| *end <= element.at) {
                open.pop();
            }
            let depth = open.len();
            if element.name() == around {
                open.push(element.node().end);
            }
            (element.name() == name).then_some((element, depth))
        })
    }

    /// All elements in it, however deep, before it all that it holds.
    pub fn inside(self) -> impl Iterator<Item = Element<'a>> {
        let tree = self.tree;
        (self.at + 1..self.node().end).map(move |at| Element { tree, at }).filter(|e| !e.name().is_empty())
    }

    /// The words in it, on one line; they end after [`LONGEST_WORDS`] nodes.
    pub fn words(self) -> String {
        let words = self.tree.nodes[self.at..self.node().end].iter().take(LONGEST_WORDS);
        let words: String = words.map(|n| &*n.words).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words in it, on one line, those of each element apart.
    pub fn words_apart(self) -> String {
        let words = self.tree.nodes[self.at..self.node().end].iter().take(LONGEST_WORDS);
        words.flat_map(|n| n.words.split_whitespace()).collect::<Vec<_>>().join(" ")
    }

    fn node(self) -> &'a Node {
        &self.tree.nodes[self.at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_books_have_is_read() {
        let tree = Tree::read(
            "<?xml version='1.0'?><!DOCTYPE p [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><?x y?><!-- c -->\
             <dc:P opf:Role='a&amp;b' x='q&r'>a&nbsp;&#8212;&e; &lt; AT&T<![CDATA[<i>&amp;]]><br/><b>c\n d</b></dc:P>",
        );
        let p = tree.all("p").next().unwrap();
        assert_eq!((p.attribute("Role"), p.attribute("x")), (Some("a&b"), Some("q&r")));
        assert_eq!(p.words(), "a —&e; < AT&T<i>&amp;c d");
        assert_eq!(p.children().filter(|c| !c.name().is_empty()).count(), 2);
    }

    #[test]
    fn what_is_broken_goes_as_far_as_it_goes() {
        for (source, words) in [
            ("<a><b>x</b>y", "x y"),
            ("<a><b>x</a>y</b>", "x"),
            ("<a></c>x<b>y</b></a>", "x y"),
            ("<a>x<b", "x"),
            ("<a>x<!-- y", "x"),
            ("<a>x</a", "x"),
            ("<a b=c d>x</a>", "x"),
        ] {
            let tree = Tree::read(source);
            let a = tree.all("a").next().unwrap();
            let said = a.words();
            assert_eq!(said.replace(' ', ""), words.replace(' ', ""), "{source}");
        }
    }

    #[test]
    fn no_depth_is_too_deep() {
        let deep = "<a>".repeat(20_000) + "x" + &"</b>".repeat(20_000);
        let tree = Tree::read(&deep);
        assert_eq!(tree.all("a").count(), 20_000);
        assert_eq!(tree.all("a").last().unwrap().words(), "x");
    }
}
