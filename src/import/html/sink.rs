//! Where the builder of the ecosystem puts its nodes: our flat tree.

use super::tree::{Data, Id, Tree};
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// A tree under construction.
#[derive(Debug)]
pub(super) struct Sink {
    tree: RefCell<Tree>,
    page: Id,
    line: Cell<u32>,
    /// How many elements were made, of tags and otherwise.
    pub made: Cell<usize>,
    /// Elements of other vocabularies: SVG and MathML.
    foreign: RefCell<HashMap<Id, Namespace>>,
}

/// The name of an element as the builder asks for it.
#[derive(Debug)]
pub(super) struct Name(Namespace, LocalName);

impl Sink {
    /// Goes on with a tree by a page.
    pub fn new(mut tree: Tree) -> Sink {
        let page = tree.add(Data::Page, 1);
        tree.pages.push(page);
        let (line, made, foreign) = (Cell::new(1), Cell::new(0), RefCell::default());
        Sink { tree: RefCell::new(tree), page, line, made, foreign }
    }

    /// Says in which line of the source, from 1, the next nodes stand.
    pub fn at_line(&self, line: u32) {
        self.line.set(line);
    }

    fn node(&self, child: NodeOrText<Id>) -> Id {
        match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(words) => self.tree.borrow_mut().add_text(&words, self.line.get()),
        }
    }
}

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0
    }

    fn local_name(&self) -> &LocalName {
        &self.1
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        self.page
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        let space = self.foreign.borrow().get(target).cloned().unwrap_or(ns!(html));
        match &self.tree.borrow().node(*target).data {
            Data::Element(name, _) => Name(space, name.clone()),
            Data::Page | Data::Text(_) => Name(space, LocalName::default()),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let id = self.tree.borrow_mut().add(Data::Element(name.local, attributes), self.line.get());
        if name.ns != ns!(html) {
            self.foreign.borrow_mut().insert(id, name.ns);
        }
        self.made.set(self.made.get() + 1);
        id
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.tree.borrow_mut().add_text("", self.line.get())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.tree.borrow_mut().add_text("", self.line.get())
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        match child {
            NodeOrText::AppendNode(id) => self.tree.borrow_mut().append(*parent, id),
            NodeOrText::AppendText(words) => {
                self.tree.borrow_mut().append_text(*parent, &words, self.line.get());
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        if self.tree.borrow().node(*element).parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let child = self.node(child);
        self.tree.borrow_mut().insert_before(*sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        if let Data::Element(_, own) = &mut self.tree.borrow_mut().node_mut(*target).data {
            for attribute in attributes {
                if own.iter().all(|a| a.name != attribute.name) {
                    own.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        self.tree.borrow_mut().adopt(*node, *new_parent);
    }

    fn allow_declarative_shadow_roots(&self, _: &Id) -> bool {
        false
    }
}
