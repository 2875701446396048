//! Inlines of pandoc's tree.

use super::node::{self, Node};
use super::{Quotes, Walk};
use crate::document::{Kind, Mark};
use crate::import::{script, seam};
use serde_json::Value;

impl<'a> Walk<'a> {
    /// Writes inlines.
    pub(super) fn inlines(&mut self, inlines: &'a [Value]) {
        for (i, inline) in inlines.iter().enumerate() {
            self.inline(inline, &inlines[..i], &inlines[i + 1..]);
        }
    }

    fn inline(&mut self, inline: &'a Value, before: &[Value], after: &[Value]) {
        let node = Node::of(inline);
        match node.name {
            "Str" | "MetaString" => self.words(node.text()),
            "Space" => self.scribe.builder.text(" "),
            "SoftBreak" => {
                let last = before.last().and_then(|v| node::words(v).chars().next_back());
                let next = after.first().and_then(|v| node::words(v).chars().next());
                let han = last.is_some_and(seam::is_cjk) && next.is_some_and(seam::is_cjk);
                self.scribe.builder.text(if han { "" } else { " " });
            }
            "LineBreak" => match self.kind {
                Kind::Table | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Heading(_) => {
                    self.scribe.builder.text(" ");
                }
                Kind::Source
                | Kind::Paragraph
                | Kind::Quotation
                | Kind::Verse
                | Kind::Item(_)
                | Kind::Code
                | Kind::Break => self.scribe.builder.line_break(),
            },
            "Emph" | "Underline" => self.span(Mark::Emphasis, node.list()),
            "Strong" => self.span(Mark::Strong, node.list()),
            "Strikeout" => self.span(Mark::Struck, node.list()),
            "SmallCaps" => self.inlines(node.list()),
            "Superscript" | "Subscript" => self.script(node.list(), node.name == "Subscript"),
            "Quoted" => {
                let Quotes([open, close, single_open, single_close]) = self.quotes;
                let single = Node::of(node.part(0)).name == "SingleQuote";
                self.scribe.builder.text(if single { single_open } else { open });
                self.inlines(node.parts(1));
                self.scribe.builder.text(if single { single_close } else { close });
            }
            "Cite" | "Span" => self.inlines(node.parts(1)),
            // Mathematics stand as they are written for TeX.
            "Code" | "Math" => {
                self.scribe.builder.open_span(Mark::Code);
                self.scribe.builder.text(node.text_at(1));
                self.scribe.builder.close_span();
            }
            "RawInline" => self.raw(node.text_at(0), node.text_at(1)),
            "Link" => {
                let address = node.parts(2).first().and_then(Value::as_str).unwrap_or_default();
                self.span(Mark::Link(address.into()), node.parts(1));
            }
            "Image" => {
                let address = node.parts(2).first().and_then(Value::as_str).unwrap_or_default();
                self.scribe.builder.text("[");
                if node::words(node.part(1)).is_empty() {
                    // Without a description, what it is called.
                    self.scribe.builder.text(address.rsplit('/').find(|p| !p.is_empty()).unwrap_or("image"));
                } else {
                    self.inlines(node.parts(1));
                }
                self.scribe.builder.text("]");
            }
            "Note" => {
                self.notes.push(inline.get("c").unwrap_or(&Value::Null));
                let label = self.notes.len().to_string();
                self.scribe.builder.reference(&label, &label);
            }
            _ => self.scribe.builder.text(&node::words(inline)),
        }
    }

    /// Words. Pandoc sets lines of verse in with spaces that do not break.
    fn words(&mut self, words: &str) {
        if self.kind == Kind::Verse && words.starts_with('\u{a0}') {
            let inner = words.trim_start_matches('\u{a0}');
            self.scribe.builder.text(&" ".repeat((words.len() - inner.len()) / '\u{a0}'.len_utf8()));
            self.scribe.builder.text(inner);
        } else {
            self.scribe.builder.text(words)
        }
    }

    fn span(&mut self, mark: Mark, inlines: &'a [Value]) {
        self.scribe.builder.open_span(mark);
        self.inlines(inlines);
        self.scribe.builder.close_span();
    }

    /// Words above or below the line; what is more than words stands on it.
    fn script(&mut self, inlines: &'a [Value], below: bool) {
        if inlines.iter().all(|v| matches!(Node::of(v).name, "Str" | "Space")) {
            let words = inlines.iter().map(node::words).collect::<Vec<_>>().join(" ");
            self.scribe.builder.text(&script::moved(words.trim(), below));
        } else {
            self.inlines(inlines)
        }
    }
}
