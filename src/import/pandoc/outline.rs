//! Which heading is the title, and how deep the others are.

use super::node::{Node, array};
use crate::document::Kind;
use serde_json::Value;

/// How many blocks may stand before a title.
const BEFORE: usize = 2;

/// The headings of a text at a glance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline<'a> {
    /// The heading that is the title.
    title: Option<&'a Value>,
    /// The highest level of the other headings.
    top: u64,
}

impl<'a> Outline<'a> {
    /// The outline of a text; one that is titled already has no title among its headings.
    pub fn of(blocks: &'a [Value], titled: bool) -> Outline<'a> {
        let mut headings = Vec::new();
        collect(blocks, &mut headings, &mut 0);
        let first = headings.first().filter(|(level, before, _)| {
            !titled && *level == 1 && *before <= BEFORE && headings.iter().filter(|h| h.0 == 1).count() == 1
        });
        let title = first.map(|(_, _, block)| *block);
        let others = headings.iter().skip(usize::from(title.is_some()));
        Outline { title, top: others.map(|(level, ..)| *level).min().unwrap_or(1) }
    }

    /// What a heading is.
    pub fn kind(&self, heading: &'a Value) -> Kind {
        match self.title.is_some_and(|title| std::ptr::eq(title, heading)) {
            true => Kind::Title,
            false => {
                let level = level(heading).saturating_sub(self.top) + 1;
                Kind::Heading(u8::try_from(level).unwrap_or(u8::MAX))
            }
        }
    }
}

fn level(heading: &Value) -> u64 {
    Node::of(heading).part(0).as_u64().unwrap_or(1)
}

/// The headings that stand in nothing but divisions: level, how many blocks stand before it, and the heading.
fn collect<'a>(blocks: &'a [Value], headings: &mut Vec<(u64, usize, &'a Value)>, before: &mut usize) {
    for block in blocks {
        let node = Node::of(block);
        match node.name {
            "Header" => headings.push((level(block), *before, block)),
            "Div" => collect(array(node.part(1)), headings, before),
            _ => *before += 1,
        }
    }
}
