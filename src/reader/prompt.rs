//! A line being typed: a search, a place to go to, a label, a filter.

use super::highlights::Remark;
use super::{Effect, Mode, Search, State, goto};
use crate::document::Position;
use crate::document::anchor::Anchor;
use crate::document::clean::{Place, clean};
use crate::search::Query;
use crate::shelf::{Draft, Id};
use tui_input::{Input, InputRequest};

/// The longest line that is taken, in characters.
const LONGEST: usize = 1000;

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A pattern; as it is typed, the search goes to its first match.
    Search,
    /// A pattern whose matches are to be listed.
    Concordance,
    /// Where to go.
    GoTo,
    /// The label of a new bookmark at this place.
    Label(Position),
    /// The new label of a bookmark.
    Rename(Id),
    /// The comment on a highlight.
    Comment(Remark),
    /// The words by which a list is filtered.
    Filter,
}

/// A line, and what to return to.
#[derive(Debug)]
pub struct Prompt {
    /// What is being typed.
    pub kind: Kind,
    /// The line and its cursor.
    pub input: Input,
    /// Whether the pattern is a regular expression.
    pub regular: bool,
    /// The place where it began.
    pub began: Position,
    /// What is beneath.
    pub over: Box<Mode>,
    /// The place of a match in a note, shown in the pane while one types.
    pub preview: Option<Position>,
    /// The search as it was before.
    before: Box<Search>,
    /// How far back in the history one is, and what was typed before going there.
    back: usize,
    typed: Query,
    /// The line as it was given.
    given: String,
}

impl Kind {
    /// Whether it is a pattern that is typed.
    pub fn is_pattern(&self) -> bool {
        match self {
            Kind::Search | Kind::Concordance => true,
            Kind::GoTo | Kind::Label(_) | Kind::Rename(_) | Kind::Comment(_) | Kind::Filter => false,
        }
    }
}

impl Prompt {
    /// The line as it was before anything was typed.
    pub(super) fn given(&self) -> &str {
        &self.given
    }
}

impl State {
    /// Starts to type a line over the mode one is in.
    pub(super) fn ask(&mut self, kind: Kind, line: &str) {
        let over = Box::new(std::mem::replace(&mut self.mode, Mode::Reading));
        let before = Box::new(self.search.clone());
        self.mode = Mode::Prompt(Prompt {
            kind,
            input: Input::new(line.to_owned()),
            regular: false,
            began: self.place,
            over,
            preview: None,
            before,
            back: 0,
            typed: Query::default(),
            given: line.to_owned(),
        });
    }

    /// Starts a search: the line is empty, nothing is lit.
    pub(super) fn ask_search(&mut self, kind: Kind, backward: bool) -> Vec<Effect> {
        self.ask(kind, "");
        self.search.backward = backward;
        self.search.put_out();
        self.search.query = Query::default();
        self.search.error = None;
        vec![Effect::Prepare { regular: false }]
    }

    /// One request to the line that is being typed.
    pub(super) fn edit(&mut self, request: InputRequest) {
        let Mode::Prompt(prompt) = &mut self.mode else { return };
        if matches!(request, InputRequest::InsertChar(_)) && prompt.input.value().chars().count() >= LONGEST {
            return;
        }
        let changed = prompt.input.handle(request).is_some_and(|c| c.value);
        if changed {
            prompt.back = 0;
            self.follow_typing();
        }
    }

    /// Text that was pasted, on one line.
    pub(super) fn paste(&mut self, text: &str) {
        let line = clean(text, Place::Line).into_owned();
        let Mode::Prompt(prompt) = &mut self.mode else { return };
        let room = LONGEST.saturating_sub(prompt.input.value().chars().count());
        for c in line.trim_end().chars().take(room) {
            prompt.input.handle(InputRequest::InsertChar(c));
        }
        prompt.back = 0;
        self.follow_typing();
    }

    /// Keeps search or filter true to the line as it is typed.
    fn follow_typing(&mut self) {
        let Mode::Prompt(prompt) = &mut self.mode else { return };
        let (line, began) = (prompt.input.value().to_owned(), prompt.began);
        match prompt.kind {
            Kind::Search => {
                let query = Query { pattern: line, regular: prompt.regular };
                self.look_for(query, began);
                self.preview_match();
            }
            Kind::Concordance => {
                let query = Query { pattern: line, regular: prompt.regular };
                self.look_for(query, began);
            }
            Kind::Filter => {
                if let Mode::List(list) = &mut *prompt.over {
                    list.set_filter(&self.text, line);
                }
            }
            Kind::GoTo | Kind::Label(_) | Kind::Rename(_) | Kind::Comment(_) => {}
        }
    }

    /// Shows the first match while the pattern is typed; without one, the place where the search began.
    fn preview_match(&mut self) {
        let current = self.search.current_match().map(|m| Position::at(m.start));
        let in_note = current.and_then(|at| self.document().note_at(at));
        let cited = in_note.and_then(|note| self.document().citations(note).map(|r| r.at).next());
        let Mode::Prompt(prompt) = &mut self.mode else { return };
        let began = prompt.began;
        prompt.preview = None;
        self.place = began;
        if let Some(at) = if in_note.is_some() { cited } else { current }
            && !self.shows(at)
            && self.document().note_at(at).is_none()
        {
            self.place = self.line_start(at);
        }
        if let (Some(at), Some(_)) = (current, in_note) {
            let top = self.line_start(at);
            if let Mode::Prompt(prompt) = &mut self.mode {
                prompt.preview = Some(top);
            }
        }
    }

    /// An earlier or later pattern.
    pub(super) fn recall(&mut self, earlier: bool) {
        let history = self.search.history.clone();
        let Mode::Prompt(prompt) = &mut self.mode else { return };
        if !prompt.kind.is_pattern() {
            return;
        }
        let back = if earlier { (prompt.back + 1).min(history.len()) } else { prompt.back.saturating_sub(1) };
        if back == prompt.back {
            return;
        }
        if prompt.back == 0 {
            prompt.typed = Query { pattern: prompt.input.value().to_owned(), regular: prompt.regular };
        }
        prompt.back = back;
        let query = if back == 0 { prompt.typed.clone() } else { history[history.len() - back].clone() };
        prompt.input = Input::new(query.pattern);
        prompt.regular = query.regular;
        self.follow_typing();
    }

    /// Regular expression or plain words.
    pub(super) fn toggle_regular(&mut self) -> Vec<Effect> {
        let Mode::Prompt(prompt) = &mut self.mode else { return Vec::new() };
        if !prompt.kind.is_pattern() {
            return Vec::new();
        }
        prompt.regular = !prompt.regular;
        self.follow_typing();
        vec![Effect::Prepare { regular: true }]
    }

    /// Gives the line up: everything is as it was.
    pub(super) fn leave_prompt(&mut self) {
        let Mode::Prompt(prompt) = std::mem::replace(&mut self.mode, Mode::Reading) else { return };
        self.mode = *prompt.over;
        match prompt.kind {
            Kind::Search | Kind::Concordance => {
                let history = std::mem::take(&mut self.search.history);
                self.search = Search { history, ..*prompt.before };
                self.place = prompt.began;
            }
            Kind::Filter => {
                if let Mode::List(list) = &mut self.mode {
                    list.set_filter(&self.text, prompt.given);
                }
            }
            Kind::GoTo | Kind::Label(_) | Kind::Rename(_) | Kind::Comment(_) => {}
        }
    }

    /// Takes the line.
    pub(super) fn accept_prompt(&mut self) -> Vec<Effect> {
        let Mode::Prompt(prompt) = std::mem::replace(&mut self.mode, Mode::Reading) else {
            return Vec::new();
        };
        let line = prompt.input.value().trim().to_owned();
        let over = *prompt.over;
        match prompt.kind {
            Kind::Search => {
                self.mode = over;
                self.accept_search(
                    prompt.input.value().to_owned(),
                    prompt.regular,
                    prompt.began,
                    *prompt.before,
                )
            }
            Kind::Concordance => {
                self.mode = over;
                self.accept_pattern(prompt.input.value().to_owned(), prompt.regular, *prompt.before)
            }
            Kind::GoTo => {
                self.mode = over;
                goto::go(self, &line)
            }
            Kind::Label(at) => {
                self.mode = over;
                let at = Anchor::of_place(self.document(), at, &self.text.identity);
                vec![Effect::Keep(Draft::Bookmark { at, label: line })]
            }
            Kind::Rename(id) => {
                self.mode = over;
                vec![Effect::Keep(Draft::Rename { id, label: line })]
            }
            Kind::Comment(remark) => {
                self.mode = over;
                self.keep_comment(remark, line)
            }
            Kind::Filter => {
                self.mode = over;
                Vec::new()
            }
        }
    }

    fn accept_search(
        &mut self,
        pattern: String,
        regular: bool,
        began: Position,
        before: Search,
    ) -> Vec<Effect> {
        self.place = began;
        let backward = self.search.backward;
        if pattern.is_empty() {
            // Enter alone: the last pattern again.
            let history = std::mem::take(&mut self.search.history);
            let last = history.last().cloned();
            self.search = Search { history, backward, ..before };
            let Some(last) = last else { return self.fail("nothing was searched for yet") };
            self.look_for(last, Position::at(began.byte() + 1));
        } else {
            self.look_for(Query { pattern, regular }, began);
        }
        if self.search.error.is_none() {
            self.search.remember();
        }
        if let Some(words) = self.search.failure() {
            return self.fail(words);
        }
        self.show_match(true);
        let words = self.search.told();
        self.say(words);
        Vec::new()
    }

    /// Lists what a pattern finds; `Enter` alone lists the last one's.
    fn accept_pattern(&mut self, pattern: String, regular: bool, before: Search) -> Vec<Effect> {
        let query = if pattern.is_empty() {
            self.search.history.last().cloned()
        } else {
            Some(Query { pattern, regular })
        };
        let Some(query) = query else {
            let history = std::mem::take(&mut self.search.history);
            self.search = Search { history, ..before };
            return self.fail("nothing was searched for yet");
        };
        let effects = self.open_concordance(query);
        if self.search.error.is_none() {
            self.search.remember();
        }
        effects
    }
}
