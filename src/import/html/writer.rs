//! Carries out a plan: one walk through the pages for the text, one through each note.

use super::draft::{Draft, Lines, Sort};
use super::grid::Grid;
use super::lists::Lists;
use super::names;
use super::pictures::{self, Alternative};
use super::plan::{Plan, Why};
use super::tree::{Data, Id, Step, Tree};
use crate::document::report::{ChangeKind, ProblemKind};
use crate::document::{Kind, Mark, Marker};
use crate::import::{BREAK, Scribe, script};

/// What an element changes for what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    depth: u8,
    quoted: bool,
    code: bool,
    verse: bool,
    heading: Option<Kind>,
    table: bool,
    /// Whether words are raised above the line, or (true) put below it.
    script: Option<bool>,
}

/// What has to be done at the end of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Nothing,
    Block,
    Span,
    Strong,
    Item,
    Words(&'static str),
    Line,
    List,
    Row,
    Cell,
}

/// Writes the nodes of a tree into a document.
pub(super) struct Writer<'a, 's> {
    tree: &'a Tree,
    plan: &'a Plan,
    scribe: &'a mut Scribe<'s>,
    draft: Draft,
    state: State,
    ends: Vec<(End, State)>,
    lists: Lists,
    marker: Option<Marker>,
    table: Grid,
    /// Whether the walk is in a note.
    noted: bool,
    /// The line of the source, from 1.
    line: u32,
    /// What stands for pictures at the head of a note: they are shown behind its words.
    pictures: Vec<String>,
}

impl<'a, 's> Writer<'a, 's> {
    /// A writer for a tree and what is to become of it.
    pub fn new(tree: &'a Tree, plan: &'a Plan, scribe: &'a mut Scribe<'s>) -> Writer<'a, 's> {
        let state = State::default();
        let (draft, ends, lists) = (Draft::default(), Vec::new(), Lists::default());
        Writer {
            tree,
            plan,
            scribe,
            draft,
            state,
            ends,
            lists,
            marker: None,
            table: Grid::default(),
            noted: false,
            pictures: Vec::new(),
            line: 1,
        }
    }

    /// Writes a page, all but its notes.
    pub fn page(&mut self, page: Id) {
        self.walk(page);
        self.block_ends();
    }

    /// Says that what was written last does not go as far as it should.
    pub fn damaged(&mut self, how: &str) {
        self.scribe.builder.problem(ProblemKind::Damaged, how);
    }

    /// Writes all the notes.
    pub fn notes(&mut self) {
        self.noted = true;
        for note in &self.plan.notes {
            if let Some(first) = note.parts.first() {
                self.scribe.line(self.tree.node(*first).line as usize);
            }
            self.scribe.builder.open_note(&note.label, &note.key);
            for part in &note.parts {
                self.walk(*part);
                self.block_ends();
            }
            for picture in self.pictures.drain(..) {
                self.scribe.builder.block(Kind::Paragraph, 0, &picture);
            }
            self.scribe.builder.close_note();
        }
    }

    fn walk(&mut self, root: Id) {
        let mut walk = self.tree.walk(root);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if !self.enter(id, id == root) {
                        walk.jump(id);
                    }
                }
                Step::Leave(_) => self.leave(),
            }
        }
    }

    /// Enters a node; whether what is in it is to be walked through.
    fn enter(&mut self, id: Id, root: bool) -> bool {
        let before = self.state;
        let (end, inside) = self.begin(id, root);
        self.ends.push((end, before));
        inside
    }

    fn begin(&mut self, id: Id, root: bool) -> (End, bool) {
        self.line = self.tree.node(id).line;
        for (kind, words) in self.plan.before.get(&id).into_iter().flatten() {
            self.block_ends();
            self.scribe.line(self.line as usize);
            self.scribe.builder.block(*kind, 0, words);
        }
        if let Some(label) = self.plan.pages.get(&id) {
            self.draft.page(label, self.line);
        }
        if self.plan.unhidden.contains(&id) {
            let words = self.tree.text_of(id);
            self.scribe.line(self.line as usize);
            self.scribe.builder.change(ChangeKind::Hidden, &words, "hidden on the page, shown here");
        }
        if let Some(why) = self.plan.left_out.get(&id) {
            self.leave_out(id, *why);
            return (End::Nothing, false);
        }
        // A note that stands in its sentence is its own call.
        if let Some(call) = self.plan.calls.get(&id).filter(|_| !(root && self.noted)) {
            self.draft.call(&call.label, &call.key, self.line);
            return (End::Nothing, false);
        }
        if !root && self.plan.lifted.contains(&id) {
            return (End::Nothing, false);
        }
        match &self.tree.node(id).data {
            Data::Page => (End::Nothing, true),
            Data::Text(_) => {
                self.words(id);
                (End::Nothing, false)
            }
            Data::Element(name, _) if names::is_unread(name) => (End::Nothing, false),
            Data::Element(name, _) if &**name == "math" => (End::Nothing, !self.formula(id)),
            Data::Element(name, _) if root && self.noted && names::is_block(name) => {
                self.block_ends();
                (End::Block, true)
            }
            Data::Element(name, _) => (self.element(id, name), true),
        }
    }

    fn leave_out(&mut self, id: Id, why: Why) {
        if let Why::Told(why) = why {
            let words = self.tree.text_of(id);
            if !words.trim().is_empty() {
                self.scribe.line(self.tree.node(id).line as usize);
                self.scribe.builder.change(ChangeKind::Dropped, &words, why);
            }
        }
    }

    fn words(&mut self, id: Id) {
        let Some(words) = self.tree.words(id) else { return };
        let (head, tail) = self.plan.trimmed.get(&id).copied().unwrap_or_default();
        let words = words.get(head..words.len().saturating_sub(tail)).unwrap_or_default();
        match self.state.script {
            Some(below) => self.draft.words(&script::moved(words, below), self.line),
            None => self.draft.words(words, self.line),
        }
    }

    /// Begins an element; what is to be done at its end.
    fn element(&mut self, id: Id, name: &str) -> End {
        let block = names::is_block(name);
        if block && self.state.heading.is_some() {
            self.draft.words(" ", self.line);
            return End::Words(" ");
        }
        if block && self.state.table {
            return self.in_table(id, name);
        }
        if block && self.state.verse && self.is_line(id) {
            self.draft.line_end();
            self.set_in(id);
            return End::Line;
        }
        if block {
            self.block_ends();
            if names::is_verse(self.tree, id) {
                self.state.verse = true;
            }
            return self.block(id, name);
        }
        match name {
            "br" if self.state.table => self.draft.words(" ", self.line),
            "br" => self.draft.line_break(),
            "wbr" if self.state.heading.is_some() => {}
            "wbr" => self.draft.words("\u{200b}", self.line),
            "hr" => {
                self.block_ends();
                self.scribe.line(self.line as usize);
                self.scribe.builder.block(Kind::Break, 0, BREAK);
            }
            "img" => self.picture(id),
            "sup" | "sub" => self.state.script = Some(name == "sub"),
            "q" => {
                self.draft.words("“", self.line);
                return End::Words("”");
            }
            "rt" => {
                self.draft.words("《", self.line);
                return End::Words("》");
            }
            _ => {
                if self.state.verse {
                    self.set_in(id);
                }
                if let Some(mark) =
                    names::mark(self.tree, id).filter(|m| !self.state.code || matches!(m, Mark::Link(_)))
                {
                    self.draft.open(mark);
                    return End::Span;
                }
            }
        }
        End::Nothing
    }

    /// Begins an element that stands on a line of its own.
    fn block(&mut self, id: Id, name: &str) -> End {
        if let Some(kind) = self.plan.headed.get(&id) {
            self.state.heading = Some(*kind);
            return End::Block;
        }
        match name {
            "blockquote" => {
                self.state.depth = self.state.depth.saturating_add(1);
                self.state.quoted = true;
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.state.depth = self.state.depth.saturating_add(1);
                self.state.quoted = false;
                self.lists.open(self.tree, id);
                return End::List;
            }
            "li" => {
                self.marker = Some(self.lists.item(self.tree, id));
                self.state.depth = self.state.depth.max(1);
                return End::Item;
            }
            "dt" => {
                self.draft.open(Mark::Strong);
                return End::Strong;
            }
            "dd" => self.state.depth = self.state.depth.saturating_add(1),
            "pre" | "listing" | "xmp" | "plaintext" => self.state.code = true,
            "table" if !self.plan.layout.contains(&id) => {
                self.state.table = true;
                self.table = Grid::default();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.draft.open(Mark::Strong);
                return End::Strong;
            }
            _ => {}
        }
        End::Block
    }

    /// Begins a block inside a table of data, where a block is a blank.
    fn in_table(&mut self, id: Id, name: &str) -> End {
        match name {
            "caption" => {
                self.block_ends();
                self.state.table = false;
                return End::Block;
            }
            "tr" => {
                if self.table.row() {
                    self.draft.line_break();
                }
                return End::Row;
            }
            "td" | "th" => {
                let said =
                    |name| self.tree.attribute(id, name).and_then(|v| v.trim().parse().ok()).unwrap_or(1);
                let (columns, rows) = (said("colspan"), said("rowspan"));
                (0..self.table.cell(columns, rows)).for_each(|_| self.draft.cell(self.line));
                return End::Cell;
            }
            _ => self.draft.words(" ", self.line),
        }
        End::Words(" ")
    }

    /// Whether a block in verse is no more than one line of it.
    fn is_line(&self, id: Id) -> bool {
        let inner = |id| self.tree.children(id).all(|c| !names::is_block(self.tree.name(c)));
        let named = self.tree.has(id, "class", &["line", "verse", "l", "verseline", "poetry-line", "vers"]);
        let stanza = self.tree.node(id).parent.is_some_and(|p| {
            self.tree.has(p, "class", &["stanza", "strophe", "linegroup", "lg", "line-block", "lineblock"])
        });
        matches!(self.tree.name(id), "div" | "p" | "li") && (named || stanza) && inner(id)
    }

    fn set_in(&mut self, id: Id) {
        let indent = names::indent(self.tree, id);
        if indent > 0 {
            self.draft.words(&"\u{a0}".repeat(indent), self.line);
        }
    }

    /// Writes a formula as its author typed it, where the page says how. Whether it does.
    fn formula(&mut self, id: Id) -> bool {
        let typed = pictures::formula(self.tree, id);
        typed.inspect(|typed| self.typed(typed)).is_some()
    }

    fn typed(&mut self, formula: &str) {
        self.draft.open(Mark::Code);
        self.draft.words(formula, self.line);
        self.draft.close();
    }

    /// Writes the words that stand for a picture.
    fn picture(&mut self, id: Id) {
        match pictures::alternative(self.tree, id) {
            Some(Alternative::Formula(typed)) => self.typed(typed),
            Some(Alternative::Sign(sign)) => self.draft.words(sign, self.line),
            Some(Alternative::Caption(words)) if self.noted && self.draft.is_empty() => {
                self.pictures.push(words);
            }
            Some(Alternative::Caption(words)) => self.draft.words(&words, self.line),
            None => {}
        }
    }

    fn leave(&mut self) {
        let Some((end, before)) = self.ends.pop() else { return };
        match end {
            End::Nothing => {}
            End::Block => self.block_ends(),
            End::Span => self.draft.close(),
            End::Strong => {
                self.draft.close();
                self.block_ends();
            }
            End::Item => {
                self.block_ends();
                self.marker = None;
            }
            End::Words(words) => self.draft.words(words, self.line),
            End::Line => self.draft.line_end(),
            End::List => {
                self.block_ends();
                self.lists.close();
            }
            End::Cell => {}
            End::Row => (0..self.table.row_ends()).for_each(|_| self.draft.cell(self.line)),
        }
        self.state = before;
    }

    /// Writes the block that has been collected.
    fn block_ends(&mut self) {
        let State { depth, quoted, code, verse, heading, table, .. } = self.state;
        let kind = match (heading, self.marker) {
            (Some(kind), _) if !self.noted => kind,
            _ if code => Kind::Code,
            _ if table => Kind::Table,
            (_, Some(marker)) => Kind::Item(marker),
            _ if quoted => Kind::Quotation,
            _ => Kind::Paragraph,
        };
        if !self.draft.is_empty() && matches!(kind, Kind::Item(_)) {
            self.marker = None;
        }
        let (kind, lines) = match (self.plan.exact, kind) {
            (true, Kind::Paragraph | Kind::Quotation) if verse => (Kind::Verse, Lines::Exact),
            (true, kind) => (kind, Lines::Exact),
            (false, kind) => (kind, if verse { Lines::Verse } else { Lines::Unknown }),
        };
        self.draft.write(self.scribe, Sort { kind, depth, lines });
    }
}
