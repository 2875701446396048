//! Highlights: where they lie on the text as it is now, making them, colouring them, commenting on them.

use super::list::Kind as Listed;
use super::prompt::Kind as Asking;
use super::{Effect, Mode, State};
use crate::document::anchor::{Anchor, Seeker};
use crate::document::{Document, Position};
use crate::layout::ink::Shade;
use crate::shelf::{Colour, Draft, Id, Shelf};
use std::ops::Range;

/// Where the highlights lie. Made anew whenever the shelf or the text changes.
#[derive(Debug, Default)]
pub struct Highlights {
    /// Those that were found, by their start.
    found: Vec<(Range<usize>, Id)>,
    /// What the page is painted with.
    shades: Vec<Shade>,
}

impl Highlights {
    /// The highlights of a shelf, on a document that is known by `identity`.
    pub fn of(shelf: &Shelf, document: &Document, identity: &str) -> Highlights {
        let mut found = Vec::new();
        let mut shades = Vec::new();
        let seeker = Seeker::new(document, identity);
        for item in shelf.items() {
            let Some(colour) = item.colour() else { continue };
            let Some(range) = seeker.range(item.anchor).filter(|r| !r.is_empty()) else {
                continue;
            };
            shades.push(Shade {
                range: range.clone(),
                colour: colour as u8,
                remarked: !item.note.is_empty(),
            });
            found.push((range, item.id.clone()));
        }
        found.sort_by_key(|(range, _)| range.start);
        Highlights { found, shades: Shade::apart(shades) }
    }

    /// What the page is painted with: in order, none over another.
    pub fn shades(&self) -> &[Shade] {
        &self.shades
    }

    /// The highlight of exactly these bytes.
    fn exactly(&self, range: &Range<usize>) -> Option<&Id> {
        self.found.iter().rfind(|(found, _)| found == range).map(|(_, id)| id)
    }

    /// The shortest highlight that a place is in.
    fn at(&self, at: Position) -> Option<&(Range<usize>, Id)> {
        self.found.iter().filter(|(range, _)| range.contains(&at.byte())).min_by_key(|(range, _)| range.len())
    }
}

/// What a comment is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A highlight that there is.
    On(Id),
    /// Words that become a highlight with it.
    New(Range<usize>),
}

impl State {
    /// Takes what is on the shelf.
    pub fn put_shelf(&mut self, shelf: std::sync::Arc<Shelf>) {
        self.shelf = shelf;
        self.highlights = Highlights::of(&self.shelf, &self.text.document, &self.text.identity);
    }

    /// The highlight that the next command would act on: that of the selection, the one just made, the one at the focus;
    /// else the words that would become one.
    fn remarkable(&self) -> Remark {
        if let Some(range) = self.selected() {
            let known = self.highlights.exactly(&range).cloned();
            return known.map_or(Remark::New(range), Remark::On);
        }
        let just_made = self.just_made.as_ref().and_then(|range| self.highlights.exactly(range));
        let here = || self.highlights.at(self.focus()).map(|(_, id)| id);
        let range = self.quotable();
        match just_made.or_else(here).or_else(|| self.highlights.exactly(&range)) {
            Some(id) => Remark::On(id.clone()),
            None => Remark::New(range),
        }
    }

    /// `!`: highlights the selection or the sentence at the focus; what is highlighted gets the next colour.
    pub(super) fn highlight(&mut self) -> Vec<Effect> {
        if let Some(id) = self.listed_highlight() {
            return self.recolour(id);
        }
        match self.remarkable() {
            Remark::On(id) => {
                self.leave_selection();
                self.recolour(id)
            }
            Remark::New(range) => self.make_highlight(range, String::new()),
        }
    }

    fn recolour(&mut self, id: Id) -> Vec<Effect> {
        let Some(colour) = self.shelf.get(&id).and_then(|item| item.colour()) else {
            return self.fail("only a highlight has a colour");
        };
        self.colour = colour.next();
        vec![Effect::Keep(Draft::Recolour { id, colour: self.colour })]
    }

    /// Keeps a new highlight in the colour that was used last.
    fn make_highlight(&mut self, range: Range<usize>, note: String) -> Vec<Effect> {
        if self.document().text()[range.clone()].trim().is_empty() {
            return self.fail("there are no words here");
        }
        self.leave_selection();
        let at = Anchor::new(self.document(), range.clone(), &self.text.identity);
        self.just_made = Some(range);
        vec![Effect::Keep(Draft::Highlight { at, colour: self.colour, note })]
    }

    /// The comment on a highlight, in one line; words that are none yet become one with it.
    pub(super) fn comment(&mut self) {
        let remark = match self.listed_highlight() {
            Some(id) => Remark::On(id),
            None => self.remarkable(),
        };
        self.ask_comment(remark);
    }

    /// Asks for the comment on a highlight, beginning with the one that there is.
    pub(super) fn ask_comment(&mut self, remark: Remark) {
        let line = match &remark {
            Remark::On(id) => self.shelf.get(id).map_or_else(String::new, |item| item.note.to_owned()),
            Remark::New(range) if self.document().text()[range.clone()].trim().is_empty() => {
                self.fail("there are no words here");
                return;
            }
            Remark::New(_) => String::new(),
        };
        // The line shows it on one line; the editor has it as it is.
        let shown = crate::document::clean::excerpt(&line, usize::MAX);
        self.ask(Asking::Comment(remark), &shown);
    }

    /// Keeps a comment that was typed.
    pub(super) fn keep_comment(&mut self, remark: Remark, note: String) -> Vec<Effect> {
        match remark {
            Remark::On(id) => {
                self.leave_selection();
                vec![Effect::Keep(Draft::Comment { id, note })]
            }
            Remark::New(range) => self.make_highlight(range, note),
        }
    }

    /// Has the comment that is being typed, or that of the chosen highlight, written in the editor.
    pub(super) fn edit_outside(&mut self) -> Vec<Effect> {
        if let Some(id) = self.listed_highlight() {
            self.ask_comment(Remark::On(id));
        }
        let Mode::Prompt(prompt) = &self.mode else { return self.fail("only highlights have comments") };
        let typed = prompt.input.value();
        match &prompt.kind {
            Asking::Comment(remark) => {
                // One that was written in several lines keeps them, as long as the line has not been touched.
                let kept = match remark {
                    Remark::On(id) if typed == prompt.given() => {
                        self.shelf.get(id).map(|i| i.note.to_owned())
                    }
                    Remark::On(_) | Remark::New(_) => None,
                };
                vec![Effect::Edit(kept.unwrap_or_else(|| typed.to_owned()))]
            }
            Asking::Search
            | Asking::Concordance
            | Asking::GoTo
            | Asking::Label(_)
            | Asking::Rename(_)
            | Asking::Filter => Vec::new(),
        }
    }

    /// What came back from the editor.
    pub(super) fn take_edited(&mut self, edited: Result<String, String>) -> Vec<Effect> {
        let Mode::Prompt(prompt) = &self.mode else { return Vec::new() };
        let Asking::Comment(remark) = &prompt.kind else { return Vec::new() };
        let remark = remark.clone();
        self.leave_prompt();
        match edited {
            Ok(note) => {
                let note = crate::document::clean::clean(&note, crate::document::clean::Place::Body);
                self.keep_comment(remark, note.trim().to_owned())
            }
            Err(why) => self.fail(why),
        }
    }

    /// The highlight that is chosen in the list of bookmarks.
    fn listed_highlight(&self) -> Option<Id> {
        let Mode::List(list) = &self.mode else { return None };
        let id = list.chosen().filter(|_| list.kind == Listed::Bookmarks)?.id.clone()?;
        self.shelf.get(&id).is_some_and(|item| item.colour().is_some()).then_some(id)
    }

    /// What is said of the highlight at the focus, if there is one.
    pub(super) fn remark_here(&self) -> Option<String> {
        let (_, id) = self.highlights.at(self.focus())?;
        let item = self.shelf.get(id)?;
        let colour = item.colour().unwrap_or_default().name();
        let comment = crate::document::clean::excerpt(item.note, 300);
        Some(if comment.is_empty() { colour.to_owned() } else { format!("{colour}: {comment}") })
    }
}

/// The colour that a shade is of.
pub fn colour_of(shade: &Shade) -> Colour {
    Colour::ALL.get(usize::from(shade.colour)).copied().unwrap_or_default()
}
