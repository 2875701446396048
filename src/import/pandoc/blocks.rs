//! Blocks of pandoc's tree.

use super::node::{self, Node, array};
use super::{Container, Walk};
use crate::document::report::ChangeKind;
use crate::document::{Kind, Mark, Marker};
use crate::import::BREAK;
use serde_json::Value;

/// The longest line of verse, in characters.
const VERSE: usize = 70;

impl<'a> Walk<'a> {
    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &'a [Value]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Value) {
        let node = Node::of(block);
        match node.name {
            "Para" if self.outline.is_title(block) => {
                self.open(Kind::Title);
                self.inlines(node.list());
                self.scribe.builder.close();
            }
            "Para" | "Plain" => self.paragraph(node.list()),
            "Header" if self.outline.is_echo(block) => {}
            "Header" => self.heading(block, node.parts(2)),
            "BlockQuote" => self.within(Container::Quotation, node.list()),
            "BulletList" => {
                for item in node.list() {
                    self.within(Container::Item(Some(Marker::Bullet)), array(item));
                }
            }
            "OrderedList" => {
                let start = node.parts(0).first().and_then(Value::as_u64).unwrap_or(1);
                for (number, item) in (start..).zip(node.parts(1)) {
                    self.within(Container::Item(Some(Marker::Number(number))), array(item));
                }
            }
            "DefinitionList" => node.list().iter().for_each(|entry| self.definition(array(entry))),
            "LineBlock" => {
                self.open(Kind::Verse);
                for (i, line) in node.list().iter().enumerate() {
                    if i > 0 {
                        self.scribe.builder.line_break();
                    }
                    self.inlines(array(line));
                }
                self.scribe.builder.close();
            }
            "CodeBlock" => {
                self.open(Kind::Code);
                self.scribe.builder.text(node.text_at(1));
                self.scribe.builder.close();
            }
            "RawBlock" => self.raw(node.text_at(0), node.text_at(1)),
            "HorizontalRule" => {
                self.open(Kind::Break);
                self.scribe.builder.text(BREAK);
                self.scribe.builder.close();
            }
            "Table" => self.table(&node),
            "Figure" => {
                self.blocks(node.parts(2));
                self.blocks(array(node.parts(1).get(1).unwrap_or(&Value::Null)));
            }
            "Div" => self.blocks(node.parts(1)),
            "Null" => {}
            _ => {
                self.open_paragraph();
                self.scribe.builder.text(&node::words(block));
                self.scribe.builder.close();
            }
        }
    }

    /// What is not for readers: markup of another format, given through.
    pub(super) fn raw(&mut self, format: &str, words: &str) {
        if !words.trim().is_empty() {
            self.scribe.builder.change(ChangeKind::Dropped, words, format!("raw {format}, not for reading"));
        }
    }

    fn within(&mut self, container: Container, blocks: &'a [Value]) {
        self.containers.push(container);
        self.blocks(blocks);
        self.containers.pop();
    }

    fn paragraph(&mut self, inlines: &'a [Value]) {
        if is_verse(inlines) && !matches!(self.containers.last(), Some(Container::Item(Some(_)))) {
            self.open(Kind::Verse);
        } else {
            self.open_paragraph();
        }
        self.inlines(inlines);
        self.scribe.builder.close();
    }

    /// Opens what a paragraph is where it stands.
    fn open_paragraph(&mut self) {
        let kind = match self.containers.last_mut() {
            Some(Container::Item(marker)) => marker.take().map_or(Kind::Paragraph, Kind::Item),
            Some(Container::Quotation) => Kind::Quotation,
            Some(Container::Meaning) | None => Kind::Paragraph,
        };
        self.open(kind);
    }

    /// Only in the running text, and in no quotation or list, a heading is one.
    fn heading(&mut self, heading: &'a Value, inlines: &'a [Value]) {
        if self.containers.is_empty() && !self.in_note {
            self.open(self.outline.kind(heading));
        } else {
            self.open_paragraph();
            self.scribe.builder.open_span(Mark::Strong);
        }
        self.inlines(inlines);
        self.scribe.builder.close();
    }

    /// A term, and what it is said to mean.
    fn definition(&mut self, entry: &'a [Value]) {
        let part = |index: usize| array(entry.get(index).unwrap_or(&Value::Null));
        self.open_paragraph();
        self.scribe.builder.open_span(Mark::Strong);
        self.inlines(part(0));
        self.scribe.builder.close();
        part(1).iter().for_each(|meaning| self.within(Container::Meaning, array(meaning)));
    }
}

/// Whether a paragraph is verse: three short lines or more, all of which the author has broken.
fn is_verse(inlines: &[Value]) -> bool {
    let is = |value: &Value, name| Node::of(value).name == name;
    let breaks = inlines.iter().filter(|v| is(v, "LineBreak")).count();
    breaks >= 2
        && !inlines.iter().any(|v| is(v, "SoftBreak"))
        && inlines.split(|v| is(v, "LineBreak")).all(|line| {
            line.iter().map(|inline| node::words(inline).chars().count() + 1).sum::<usize>() <= VERSE
        })
}
