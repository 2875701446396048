//! A page as a tree: nodes in one flat list that know each other by number. Nothing here calls itself, so a tree may be
//! as deep as it likes; dropping it is dropping two lists.

use html5ever::{Attribute, LocalName, QualName, ns};
use std::num::NonZeroU32;
use std::ops::Range;

/// How many nodes are few.
const FEW: usize = 128;

/// A node, by its number from 1: so a neighbour that may be missing takes no more room than one that is there. A page
/// made to fill the memory has millions of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::import) struct Id(NonZeroU32);

impl Id {
    /// The node that comes after `before` others.
    fn after(before: usize) -> Id {
        // Sources of four thousand million nodes do not fit in memory.
        Id(NonZeroU32::MIN.saturating_add(u32::try_from(before).unwrap_or(u32::MAX)))
    }

    /// Where it is in the list of nodes.
    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a node is.
#[derive(Clone, Debug)]
pub(in crate::import) enum Data {
    /// The root of a page.
    Page,
    /// Words: bytes of [`Tree::text`], of which there are fewer than four thousand million.
    Text(Range<u32>),
    /// An element.
    Element(LocalName, Vec<Attribute>),
}

/// A node and its neighbours.
#[derive(Clone, Debug)]
pub(in crate::import) struct Node {
    /// What it is.
    pub data: Data,
    /// The line of its source, from 1.
    pub line: u32,
    /// What it stands in.
    pub parent: Option<Id>,
    /// The node before it under the same parent.
    pub previous: Option<Id>,
    /// The node behind it under the same parent.
    pub next: Option<Id>,
    /// Its first child.
    pub first: Option<Id>,
    /// Its last child.
    pub last: Option<Id>,
}

/// One or more pages.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Tree {
    nodes: Vec<Node>,
    text: String,
    /// The roots of the pages, in order.
    pub pages: Vec<Id>,
    /// For each node its place in reading order, and the place of the last node in it; see [`Self::seal`].
    order: Vec<Range<u32>>,
}

/// A step of a walk through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Step {
    /// Into a node.
    Enter(Id),
    /// Out of it, all that is in it being behind.
    Leave(Id),
}

impl Tree {
    /// Adds a node that stands nowhere yet.
    pub fn add(&mut self, mut data: Data, line: u32) -> Id {
        if let Data::Element(_, attributes) = &mut data {
            attributes.shrink_to_fit();
        }
        let id = Id::after(self.nodes.len());
        let (parent, previous, next, first, last) = (None, None, None, None, None);
        self.nodes.push(Node { data, line, parent, previous, next, first, last });
        id
    }

    /// Adds words that stand nowhere yet.
    pub fn add_text(&mut self, words: &str, line: u32) -> Id {
        let start = self.text_end();
        self.text.push_str(words);
        self.add(Data::Text(start..self.text_end()), line)
    }

    /// Puts words behind the last child of `parent`. Words behind words of the same line become one node with them.
    pub fn append_text(&mut self, parent: Id, words: &str, line: u32) {
        let (start, last) = (self.text_end(), self.node(parent).last);
        self.text.push_str(words);
        let end = self.text_end();
        if let Some(Node { data: Data::Text(range), line: last, .. }) = last.map(|last| self.node_mut(last))
            && (range.end, *last) == (start, line)
        {
            range.end = end;
            return;
        }
        let id = self.add(Data::Text(start..end), line);
        self.append(parent, id);
    }

    fn text_end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// A node.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id.index()]
    }

    /// A node, to be changed.
    pub fn node_mut(&mut self, id: Id) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    /// Puts a node behind the last child of another.
    pub fn append(&mut self, parent: Id, child: Id) {
        self.detach(child);
        let last = self.node(parent).last;
        let node = self.node_mut(child);
        (node.parent, node.previous) = (Some(parent), last);
        match last {
            Some(last) => self.node_mut(last).next = Some(child),
            None => self.node_mut(parent).first = Some(child),
        }
        self.node_mut(parent).last = Some(child);
    }

    /// Puts a node before another, under the same parent.
    pub fn insert_before(&mut self, sibling: Id, child: Id) {
        self.detach(child);
        let Node { parent, previous, .. } = *self.node(sibling);
        let Some(parent) = parent else { return };
        let node = self.node_mut(child);
        (node.parent, node.previous, node.next) = (Some(parent), previous, Some(sibling));
        self.node_mut(sibling).previous = Some(child);
        match previous {
            Some(previous) => self.node_mut(previous).next = Some(child),
            None => self.node_mut(parent).first = Some(child),
        }
    }

    /// Puts a part of the words of a text node into an element that stands nowhere yet, and that between what is left of
    /// the words. `range` is bytes of the words; what stands before it stays in the node.
    pub fn wrap(&mut self, text: Id, range: Range<usize>, element: Id) {
        let Node { data: Data::Text(words), line, parent: Some(parent), next, .. } = self.node(text).clone()
        else {
            return;
        };
        let at =
            |byte: usize| words.start + u32::try_from(byte).unwrap_or(u32::MAX).min(words.end - words.start);
        let (start, end) = (at(range.start), at(range.end));
        let inner = self.add(Data::Text(start..end), line);
        let rest = self.add(Data::Text(end..words.end), line);
        self.node_mut(text).data = Data::Text(words.start..start);
        self.append(element, inner);
        for node in [element, rest] {
            match next {
                Some(next) => self.insert_before(next, node),
                None => self.append(parent, node),
            }
        }
    }

    /// Takes a node, with all that is in it, out of the tree.
    pub fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = *self.node(id);
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.node_mut(previous).next = next,
            None => self.node_mut(parent).first = next,
        }
        match next {
            Some(next) => self.node_mut(next).previous = previous,
            None => self.node_mut(parent).last = previous,
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Puts all children of one node behind the last child of another.
    pub fn adopt(&mut self, from: Id, to: Id) {
        while let Some(child) = self.node(from).first {
            self.append(to, child);
        }
    }

    /// Forgets on which lines the nodes stand: a book, whose pages each begin at the first, has no lines of its own.
    pub fn forget_lines(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.line = 0);
    }

    /// Says on which lines the nodes stand in another text than that of the page: `lines` has one for each line of it.
    pub fn number_lines(&mut self, lines: &[u32]) {
        for node in &mut self.nodes {
            node.line = lines.get((node.line as usize).saturating_sub(1)).copied().unwrap_or(node.line);
        }
    }

    /// Numbers the nodes in reading order, once the trees are complete.
    pub fn seal(&mut self) {
        let mut order = vec![0..0; self.nodes.len()];
        let mut next = 0;
        for page in &self.pages {
            for step in self.walk(*page) {
                match step {
                    Step::Enter(id) => {
                        order[id.index()].start = next;
                        next += 1;
                    }
                    Step::Leave(id) => order[id.index()].end = next,
                }
            }
        }
        self.order = order;
    }

    /// Where a node comes in reading order.
    pub fn rank(&self, id: Id) -> u32 {
        self.order[id.index()].start
    }

    /// The places in reading order of a node and all that is in it.
    pub fn span(&self, id: Id) -> Range<u32> {
        self.order[id.index()].clone()
    }

    /// Whether a node is another or stands in it.
    pub fn contains(&self, outer: Id, inner: Id) -> bool {
        self.order[outer.index()].contains(&self.rank(inner))
    }

    /// The walk through a node and all that is in it.
    pub fn walk(&self, root: Id) -> Walk<'_> {
        Walk { tree: self, root, next: Some(Step::Enter(root)) }
    }

    /// The nodes in a node, itself first, in reading order.
    pub fn within(&self, root: Id) -> impl Iterator<Item = Id> + '_ {
        self.walk(root).filter_map(|step| match step {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
    }

    /// The nodes from one on in reading order, to the end of its page.
    pub fn onward(&self, from: Id) -> impl Iterator<Item = Id> + '_ {
        let behind = |id: Id| self.ancestors(id).find_map(|outer| self.node(outer).next);
        std::iter::successors(Some(from), move |id| self.node(*id).first.or_else(|| behind(*id)))
    }

    /// The children of a node.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.node(id).first, |child| self.node(*child).next)
    }

    /// A node and what it stands in, outwards.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.node(*id).parent)
    }

    /// What stands before a node in the same element, backwards from it.
    pub fn before(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.node(id).previous, |id| self.node(*id).previous)
    }

    /// What stands behind a node in the same element, onwards from it.
    pub fn behind(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.node(id).next, |id| self.node(*id).next)
    }

    /// The name of an element; empty for words and pages.
    pub fn name(&self, id: Id) -> &str {
        match &self.node(id).data {
            Data::Element(name, _) => name,
            Data::Page | Data::Text(_) => "",
        }
    }

    /// The words of a text node.
    pub fn words(&self, id: Id) -> Option<&str> {
        match &self.node(id).data {
            Data::Text(range) => Some(&self.text[range.start as usize..range.end as usize]),
            Data::Page | Data::Element(..) => None,
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match &self.node(id).data {
            Data::Element(_, attributes) => {
                attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
            }
            Data::Page | Data::Text(_) => None,
        }
    }

    /// Whether a list of words in an attribute (`class`, `role`, `epub:type`) has one of `wanted`.
    pub fn has(&self, id: Id, attribute: &str, wanted: &[&str]) -> bool {
        self.attribute(id, attribute).is_some_and(|value| {
            value.split_ascii_whitespace().any(|word| wanted.iter().any(|w| w.eq_ignore_ascii_case(word)))
        })
    }

    /// The words in a node if they are few: at most `limit` bytes, in few nodes.
    pub fn short(&self, id: Id, limit: usize) -> Option<String> {
        let mut words = String::new();
        for (count, id) in self.within(id).enumerate() {
            words.push_str(self.words(id).unwrap_or_default());
            if words.len() > limit || count > FEW {
                return None;
            }
        }
        Some(words)
    }

    /// All the words in a node, as they stand.
    pub fn text_of(&self, id: Id) -> String {
        self.within(id).filter_map(|id| self.words(id)).collect()
    }
}

/// An attribute of an element.
pub(in crate::import) fn attribute(name: &str, value: &str) -> Attribute {
    Attribute { name: QualName::new(None, ns!(), LocalName::from(name)), value: value.into() }
}

/// The walk through a part of a tree.
#[derive(Debug)]
pub(in crate::import) struct Walk<'a> {
    tree: &'a Tree,
    root: Id,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Goes on behind a node just entered, without what is in it. Its leaving is still told.
    pub fn jump(&mut self, entered: Id) {
        self.next = Some(Step::Leave(entered));
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => Some(self.tree.node(id).first.map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) if id == self.root => None,
            Step::Leave(id) => {
                let node = self.tree.node(id);
                node.next.map(Step::Enter).or(node.parent.map(Step::Leave))
            }
        };
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_moved_and_walked() {
        let mut tree = Tree::default();
        let page = tree.add(Data::Page, 1);
        tree.pages.push(page);
        let [a, b, c] = ["a", "b", "c"].map(|words| tree.add_text(words, 1));
        let box_ = tree.add(Data::Element("p".into(), Vec::new()), 1);
        tree.append(page, a);
        tree.append(page, c);
        tree.insert_before(c, b);
        assert_eq!(tree.text_of(page), "abc");
        tree.append(page, box_);
        tree.append(box_, a);
        assert_eq!(tree.text_of(page), "bca");
        let other = tree.add(Data::Page, 1);
        tree.adopt(page, other);
        assert_eq!((tree.text_of(page), tree.text_of(other)), (String::new(), "bca".to_owned()));
    }
}
