//! From a source to a tree, with a watch on the tokens.
//!
//! The tokenizer hands every tag to the watch before the builder of the tree sees it. The builder is quadratic in the
//! depth of what is open, and elements of formatting that are never closed breed in every paragraph; so tags that would
//! open something deeper than [`DEEPEST`] are not passed on (their words are), and formatting that breeds is closed. Of
//! the attributes only those pass that are asked for later: a tag may have a hundred thousand of them.

use super::sink::Sink;
use super::tree::{Id, Tree};
use html5ever::interface::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};
use std::cell::Cell;
use std::collections::HashMap;
use std::convert::Infallible;

/// How many elements may be open in each other; pages made by people have thirty.
pub(super) const DEEPEST: usize = 256;

/// How many elements may come of nothing (that is, of formatting not closed) before it is closed for them.
const BRED: usize = 4096;

/// The longest value of an attribute that is kept, in bytes.
pub(super) const LONGEST_VALUE: usize = 16 * 1024;

/// The attributes that are asked for.
pub(super) const KEPT: &[&str] = &[
    "alt",
    "alttext",
    "aria-hidden",
    "aria-label",
    "aria-level",
    "charset",
    "cite",
    "class",
    "colspan",
    "content",
    "data-fn",
    "data-footnote-backref",
    "data-footnote-ref",
    "data-footnotes",
    "data-label",
    "dir",
    "encoding",
    "epub:type",
    "for",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "onclick",
    "property",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "src",
    "start",
    "style",
    "title",
    "type",
    "value",
    "xml:id",
    "xml:lang",
];

/// Elements that are opened again in every block until they are closed.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that have no end tag.
pub(super) const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Reads a page and adds it to a tree; `numbered` if the lines of its source mean something. Returns how many tags were left out because they stood too deep.
pub(super) fn parse(tree: &mut Tree, source: &str, numbered: bool) -> usize {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Sink::new(std::mem::take(tree)), options);
    let mut watch = Watch {
        builder,
        source: source.as_bytes(),
        xml: is_xml(source),
        skipped_until: internal_subset(source),
        line: u32::from(numbered),
        counted: if numbered { 0 } else { source.len() },
        tag: None,
        keeping: false,
        state: None,
        open: Cell::new(0),
        passed: 0,
        bred: BRED,
        plain: false,
        left_out: HashMap::new(),
        flattened: 0,
    };
    let emitter = Passing(CallbackEmitter::new(&mut watch));
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    watch.pass(Token::EOFToken);
    watch.builder.end();
    let flattened = watch.flattened;
    *tree = html5ever::interface::TreeSink::finish(watch.builder.sink);
    flattened
}

/// Whether a source is XHTML, where `<title/>` is a whole element.
fn is_xml(source: &str) -> bool {
    let head = &source[..source.floor_char_boundary(1024)];
    let start = head.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<?xml")
        || head.contains("http://www.w3.org/1999/xhtml") && !head.contains("<!DOCTYPE html>")
}

/// Where the declarations inside a document type end; 0 if there are none. They can hold entities that stand for
/// millions of others, and nothing that is for reading.
fn internal_subset(source: &str) -> usize {
    let head = &source[..source.floor_char_boundary(4096)];
    let Some(start) = head.find("<!DOCTYPE") else { return 0 };
    match head[start..].find(['[', '>']).map(|i| start + i) {
        Some(at) if head[at..].starts_with('[') => source[at..].find("]>").map_or(0, |i| at + i + 2),
        _ => 0,
    }
}

/// Stands between tokenizer and builder.
struct Watch<'a> {
    builder: TreeBuilder<Id, Sink>,
    source: &'a [u8],
    xml: bool,
    skipped_until: usize,
    line: u32,
    counted: usize,
    tag: Option<Tag>,
    /// Whether the attribute that was named last is kept.
    keeping: bool,
    state: Option<State>,
    /// At most how many elements are open; counted exactly when it comes near the limit.
    open: Cell<usize>,
    passed: usize,
    bred: usize,
    /// Whether formatting is passed on no more.
    plain: bool,
    left_out: HashMap<LocalName, usize>,
    flattened: usize,
}

/// Counts what is open in the builder, exactly.
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = Id;

    fn trace_handle(&self, _: &Id) {
        self.0.set(self.0.get() + 1);
    }
}

impl Watch<'_> {
    fn locate(&mut self, byte: usize) {
        let byte = byte.min(self.source.len());
        if byte > self.counted {
            self.line += memchr::memchr_iter(b'\n', &self.source[self.counted..byte]).count() as u32;
            self.counted = byte;
        }
        self.builder.sink.at_line(self.line);
    }

    fn pass(&mut self, token: Token) {
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => {}
            TokenSinkResult::Script(_) => self.state = Some(State::Data),
            TokenSinkResult::Plaintext => self.state = Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => self.state = Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => self.state = Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                self.state = Some(State::ScriptData);
            }
        }
    }

    fn end_tag(&mut self, name: LocalName) {
        let (kind, attrs) = (TagKind::EndTag, Vec::new());
        self.pass(Token::TagToken(Tag {
            kind,
            name,
            self_closing: false,
            attrs,
            had_duplicate_attributes: false,
        }));
    }

    fn start(&mut self, tag: Tag) {
        let void = VOID.contains(&&*tag.name);
        let formatting = FORMATTING.contains(&&*tag.name);
        if !void && self.is_deep() || self.plain && formatting {
            *self.left_out.entry(tag.name).or_default() += 1;
            self.flattened += usize::from(!self.plain || !formatting);
            return;
        }
        let (name, whole) = (tag.name.clone(), tag.self_closing && self.xml && !void);
        self.passed += 1;
        self.open.set(self.open.get() + 1);
        self.pass(Token::TagToken(tag));
        if whole {
            self.end_tag(name);
            self.state = None;
        }
        self.stop_breeding();
    }

    fn end(&mut self, name: LocalName) {
        if let Some(count) = self.left_out.get_mut(&name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        self.end_tag(name);
    }

    /// Whether one more element would stand too deep.
    fn is_deep(&self) -> bool {
        if self.open.get() >= DEEPEST {
            let count = Count(Cell::new(0));
            self.builder.trace_handles(&count);
            self.open.set(count.0.get());
        }
        self.open.get() >= DEEPEST
    }

    /// Closes all formatting once more elements were made of it than of tags.
    fn stop_breeding(&mut self) {
        let made = self.builder.sink.made.get();
        if made <= self.passed * 2 + self.bred {
            return;
        }
        self.bred = made.saturating_sub(self.passed * 2) + BRED;
        self.plain = true;
        for name in FORMATTING {
            let before = self.builder.sink.made.get();
            for _ in 0..DEEPEST {
                self.end_tag(LocalName::from(*name));
            }
            self.passed += self.builder.sink.made.get() - before;
        }
    }
}

fn text(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&String::from_utf8_lossy(bytes))
}

fn name(bytes: &[u8]) -> LocalName {
    LocalName::from(&*String::from_utf8_lossy(bytes))
}

impl Callback<Infallible, usize> for &mut Watch<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        if span.start < self.skipped_until {
            return None;
        }
        match event {
            CallbackEvent::OpenStartTag { name: tag } => {
                self.locate(span.start);
                let (kind, name, attrs) = (TagKind::StartTag, name(tag), Vec::new());
                self.tag =
                    Some(Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false });
            }
            CallbackEvent::AttributeName { name } => {
                self.keeping = false;
                let kept = KEPT.iter().find(|kept| kept.as_bytes() == name);
                if let (Some(tag), Some(kept)) = (&mut self.tag, kept) {
                    // Of two with one name the first counts.
                    self.keeping = tag.attrs.iter().all(|a| &*a.name.local != *kept);
                    if self.keeping {
                        let name = QualName::new(None, ns!(), LocalName::from(*kept));
                        tag.attrs.push(Attribute { name, value: StrTendril::new() });
                    }
                }
            }
            CallbackEvent::AttributeValue { value } => {
                let last = self.tag.as_mut().and_then(|tag| tag.attrs.last_mut());
                if let Some(attribute) = last.filter(|_| self.keeping) {
                    attribute.value = text(&value[..value.len().min(LONGEST_VALUE)]);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = self.tag.take() {
                    tag.self_closing = self_closing;
                    self.start(tag);
                }
            }
            CallbackEvent::EndTag { name: tag } => {
                self.locate(span.start);
                self.end(name(tag));
            }
            CallbackEvent::String { value } => {
                self.locate(span.start);
                for (i, part) in value.split(|b| *b == 0).enumerate() {
                    if i > 0 {
                        self.pass(Token::NullCharacterToken);
                    }
                    self.pass(Token::CharacterTokens(text(part)));
                }
            }
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                let name = Some(name).filter(|n| !n.is_empty()).map(text);
                let (public_id, system_id) = (public_identifier.map(text), system_identifier.map(text));
                let doctype = html5ever::tokenizer::Doctype { name, public_id, system_id, force_quirks };
                self.pass(Token::DoctypeToken(doctype));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// The emitter of the tokenizer, which lets the builder say how to go on behind a tag.
struct Passing<'w, 'a>(CallbackEmitter<&'w mut Watch<'a>, Infallible, usize>);

impl ForwardingEmitter for Passing<'_, '_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let _ = self.0.emit_current_tag();
        self.0.callback_mut().state.take()
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        let watch = self.0.callback_mut();
        watch.xml || watch.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
