//! Tables of pandoc's tree.

use super::Walk;
use super::node::{Node, array};
use crate::document::Kind;
use serde_json::Value;

impl<'a> Walk<'a> {
    /// Writes a table: its caption as a paragraph, then its rows.
    pub(super) fn table(&mut self, table: &Node<'a>) {
        let rows = rows(table);
        // Until 2.10 a caption was inlines, and the table had five parts.
        match table.list() {
            [_, caption, _, _, _, _, ..] => self.blocks(array(array(caption).get(1).unwrap_or(&Value::Null))),
            [caption, _, _, _, _] if !array(caption).is_empty() => {
                self.open(Kind::Paragraph);
                self.inlines(array(caption));
                self.scribe.builder.close();
            }
            _ => {}
        }
        self.open(Kind::Table);
        for (i, row) in rows.iter().filter(|row| !row.is_empty()).enumerate() {
            if i > 0 {
                self.scribe.builder.line_break();
            }
            for (j, cell) in row.iter().enumerate() {
                if j > 0 {
                    self.scribe.builder.cell();
                }
                self.cell(cell);
            }
        }
        self.scribe.builder.close();
    }

    /// Writes the words of a cell on one line, whatever blocks they stand in.
    fn cell(&mut self, blocks: &'a [Value]) {
        for (i, block) in blocks.iter().enumerate() {
            self.scribe.builder.text(if i > 0 { " " } else { "" });
            let node = Node::of(block);
            match node.name {
                "Para" | "Plain" => self.inlines(node.list()),
                "Header" => self.inlines(node.parts(2)),
                "LineBlock" | "BulletList" => node.list().iter().for_each(|part| self.cell(array(part))),
                "BlockQuote" => self.cell(node.list()),
                "OrderedList" => node.parts(1).iter().for_each(|item| self.cell(array(item))),
                "Div" => self.cell(node.parts(1)),
                "CodeBlock" => self.scribe.builder.text(node.text_at(1)),
                _ => self.scribe.builder.text(&super::node::words(block)),
            }
        }
    }
}

/// The rows of a table: the blocks of each cell of each.
fn rows<'a>(table: &Node<'a>) -> Vec<Vec<&'a [Value]>> {
    let part = |value: &'a Value, index: usize| array(array(value).get(index).unwrap_or(&Value::Null));
    let cell = |cell: &'a Value| array(array(cell).get(4).unwrap_or(&Value::Null));
    let row = |row: &'a Value| part(row, 1).iter().map(cell).collect::<Vec<_>>();
    if let [_, _, _, head, rows] = table.list() {
        let old = |row: &'a Value| array(row).iter().map(array).collect::<Vec<_>>();
        return std::iter::once(old(head)).chain(array(rows).iter().map(old)).collect();
    }
    let mut all: Vec<Vec<_>> = part(table.part(3), 1).iter().map(row).collect();
    for body in table.parts(4) {
        all.extend(part(body, 2).iter().chain(part(body, 3)).map(row));
    }
    all.extend(part(table.part(5), 1).iter().map(row));
    all
}
