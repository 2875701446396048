//! Which heading or line is the title, and how deep the headings are.

use super::node::{self, Node, array};
use crate::document::Kind;
use serde_json::Value;

/// How many blocks may stand before a title.
const BEFORE: usize = 2;

/// The lines of a title page: no more, and none longer, in characters.
const LINES: usize = 6;
const LONGEST: usize = 120;

/// The headings of a text at a glance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline<'a> {
    /// The heading that is the title, or the line.
    title: Option<&'a Value>,
    /// A heading that says the title once more.
    echo: Option<&'a Value>,
    /// The highest level of the other headings.
    top: u64,
}

impl<'a> Outline<'a> {
    /// The outline of a text. Where the file names its `title`, no heading is one.
    pub fn of(blocks: &'a [Value], title: Option<&str>) -> Outline<'a> {
        let mut headings = Vec::new();
        collect(blocks, &mut headings, &mut 0);
        let first = headings.first().filter(|(level, before, _)| {
            *level == 1 && *before <= BEFORE && headings.iter().filter(|h| h.0 == 1).count() == 1
        });
        let first = first.map(|(_, _, block)| *block);
        let (titled, echo) = match title {
            Some(title) => (None, first.filter(|block| node::words(block) == title)),
            None => (first, None),
        };
        let others = headings.iter().skip(usize::from(titled.or(echo).is_some()));
        let top = others.map(|(level, ..)| *level).min().unwrap_or(1);
        let title = titled.or_else(|| line(blocks).filter(|_| title.is_none()));
        Outline { title, echo, top }
    }

    /// Whether a block is a line that is the title.
    pub fn is_title(&self, block: &Value) -> bool {
        self.title.is_some_and(|title| std::ptr::eq(title, block))
    }

    /// Whether a heading says what the title has said.
    pub fn is_echo(&self, heading: &Value) -> bool {
        self.echo.is_some_and(|echo| std::ptr::eq(echo, heading))
    }

    /// What a heading is.
    pub fn kind(&self, heading: &'a Value) -> Kind {
        if self.is_title(heading) {
            Kind::Title
        } else {
            let level = level(heading).saturating_sub(self.top) + 1;
            Kind::Heading(u8::try_from(level).unwrap_or(u8::MAX))
        }
    }
}

/// The first of the lines of a title page, which stand before the first heading: some formats keep no more of a title
/// than its place.
fn line(blocks: &[Value]) -> Option<&Value> {
    let heading = blocks.iter().position(|b| Node::of(b).name == "Header")?;
    let short = |block: &Value| {
        let words = node::words(block);
        Node::of(block).name == "Para"
            && words.chars().nth(LONGEST).is_none()
            && !words.ends_with(['.', ':', ';', ','])
    };
    let page = (1..=LINES).contains(&heading) && blocks[..heading].iter().all(short);
    blocks.first().filter(|_| page)
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
