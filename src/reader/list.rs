//! A list to choose from: contents, bookmarks, recent texts, the report, the settings, the lines of a concordance.

use super::settings::{self, Setting};
use super::{Effect, Mode, State, Text};
use crate::apparatus;
use crate::document::Position;
use crate::document::anchor::Found;
use crate::document::clean::excerpt;
use crate::export::report;
use crate::search::concordance::Concordance;
use crate::search::fold::{Case, pattern};
use crate::shelf::{self, Draft, Id};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The sections and the notes.
    Contents,
    /// Bookmarks and marks.
    Bookmarks,
    /// The texts read lately.
    Recent,
    /// What the import recognised, changed and doubted.
    Report,
    /// The settings in force.
    Settings,
    /// The places that cite a note.
    Citing,
    /// The matches of a search.
    Concordance,
    /// What is amiss with notes, numbers and letters.
    Check,
}

impl Kind {
    /// What stands at the head of the list.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::Contents => "Contents",
            Kind::Bookmarks => "Bookmarks",
            Kind::Recent => "Read lately",
            Kind::Report => "What was recognised",
            Kind::Settings => "Settings",
            Kind::Citing => "Cited by",
            Kind::Concordance => "Concordance",
            Kind::Check => "What looks amiss",
        }
    }

    /// What is said of an empty list.
    pub const fn empty(self) -> &'static str {
        match self {
            Kind::Contents => "this text has no sections",
            Kind::Bookmarks => "no bookmarks yet",
            Kind::Recent => "nothing was read yet",
            Kind::Report => "nothing to report",
            Kind::Settings => "no settings",
            Kind::Citing => "nothing cites this note",
            Kind::Concordance => "no match",
            Kind::Check => "nothing is amiss",
        }
    }
}

/// Where an item leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To a place in the text or a note.
    Place(Position),
    /// To a note, with the text left where it is.
    Note(usize),
    /// To another text.
    Text(String),
    /// To the next value of a setting.
    Setting(Setting),
    /// Nowhere: it is there to be read.
    Nowhere,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub words: String,
    /// What stands at its right: a place, a date, a value.
    pub aside: String,
    /// How far it is indented.
    pub level: u8,
    /// Where it leads.
    pub goal: Goal,
    /// The record it stands for, if it can be renamed and deleted.
    pub id: Option<Id>,
}

impl Item {
    /// A row that leads somewhere.
    pub fn new(words: impl Into<String>, aside: impl Into<String>, goal: Goal) -> Item {
        Item { words: words.into(), aside: aside.into(), level: 0, goal, id: None }
    }
}

/// What a list holds.
#[derive(Debug)]
pub enum Rows {
    /// Rows that are made beforehand.
    Items(Vec<Item>),
    /// Lines that are made when they are shown.
    Lines(Concordance),
}

/// A list, and what it lies over.
#[derive(Debug)]
pub struct List {
    /// What is listed.
    pub kind: Kind,
    /// All it holds.
    pub rows: Rows,
    /// The words every item shown has in it.
    pub filter: String,
    /// The chosen row among those shown.
    pub at: usize,
    /// What is beneath.
    pub over: Box<Mode>,
}

impl List {
    /// All items; none where the rows are lines.
    pub fn items(&self) -> &[Item] {
        match &self.rows {
            Rows::Items(items) => items,
            Rows::Lines(_) => &[],
        }
    }

    /// The items that pass the filter.
    pub fn shown(&self) -> impl Iterator<Item = &Item> + '_ {
        let words = pattern(&self.filter, Case::Fold);
        self.items().iter().filter(move |item| {
            let line = pattern(&format!("{} {}", item.words, item.aside), Case::Fold);
            words.split_whitespace().all(|w| line.contains(w))
        })
    }

    /// How many rows pass the filter.
    pub fn count(&self) -> usize {
        match &self.rows {
            Rows::Items(_) => self.shown().count(),
            Rows::Lines(concordance) => concordance.lines(),
        }
    }

    /// Shows only the rows that hold these words.
    pub fn set_filter(&mut self, text: &Text, words: String) {
        if let Rows::Lines(concordance) = &mut self.rows {
            concordance.arrange(&text.document, &text.index, concordance.sort(), &words);
        }
        self.filter = words;
        self.at = 0;
    }

    /// The chosen item.
    pub fn chosen(&self) -> Option<&Item> {
        self.shown().nth(self.at)
    }

    /// Moves the choice; it stays within the list.
    pub fn move_by(&mut self, rows: i64) {
        let last = self.count().saturating_sub(1);
        self.at = (self.at as i64).saturating_add(rows).clamp(0, last as i64) as usize;
    }
}

impl State {
    /// Opens a list over the mode one is in.
    pub(super) fn open_list(&mut self, kind: Kind, items: Vec<Item>, at: usize) {
        if items.is_empty() {
            return self.say(kind.empty());
        }
        self.open_rows(kind, Rows::Items(items), at);
    }

    /// Opens a list of whatever rows over the mode one is in.
    pub(super) fn open_rows(&mut self, kind: Kind, rows: Rows, at: usize) {
        let over = Box::new(std::mem::replace(&mut self.mode, Mode::Reading));
        self.mode = Mode::List(List { kind, rows, filter: String::new(), at, over });
    }

    pub(super) fn open_contents(&mut self) {
        let document = self.document();
        let share = |at: Position| format!("{:.0}%", document.progress(at) * 100.0);
        let mut items = Vec::new();
        for at in document.stops() {
            let section = document.section_at(at);
            let words = match section {
                Some(s) => excerpt(document.section_title(s), 200),
                None => excerpt(self.text.title(), 200),
            };
            let level = section.map_or(0, |s| document.sections()[s].level.saturating_sub(1));
            items.push(Item { level, ..Item::new(words, share(at), Goal::Place(at)) });
        }
        let here =
            items.iter().rposition(|i| matches!(i.goal, Goal::Place(at) if at <= self.place)).unwrap_or(0);
        if !document.notes().is_empty() {
            let count = match document.notes().len() {
                1 => "1 note".to_owned(),
                n => format!("{n} notes"),
            };
            items.push(Item::new("Notes", count, Goal::Note(0)));
        }
        self.open_list(Kind::Contents, items, here);
    }

    pub(super) fn open_bookmarks(&mut self) {
        let items = self.bookmark_items();
        let here =
            items.iter().position(|i| matches!(i.goal, Goal::Place(at) if at >= self.place)).unwrap_or(0);
        self.open_list(Kind::Bookmarks, items, here);
    }

    pub(super) fn bookmark_items(&self) -> Vec<Item> {
        let document = self.document();
        let item = |(entry, found): &(shelf::Item<'_>, Found)| {
            let at = found.position();
            let place = document.name_of(at);
            let lost = matches!(found, Found::Detached(_));
            let place = if lost { format!("{place}?  words not found") } else { place };
            let (words, aside) = match (entry.name, entry.colour()) {
                (_, Some(colour)) => {
                    // What was said of the words stands before them, as a label stands for them.
                    let comment = excerpt(entry.note, 200);
                    let gap = if comment.is_empty() { "" } else { "  " };
                    let words = format!("{comment}{gap}“{}”", entry.excerpt(200));
                    (words, format!("{}  {place}", colour.name()))
                }
                (Some(name), None) => (format!("'{name} {}", entry.title(200)), place),
                (None, None) => (entry.title(200), place),
            };
            Item { id: Some(entry.id.clone()), ..Item::new(words, aside, Goal::Place(at)) }
        };
        self.shelf.found(document, &self.text.identity).iter().map(item).collect()
    }

    pub(super) fn open_report(&mut self) {
        let document = self.document();
        let mut items = vec![Item::new(report::read_as(document), "", Goal::Nowhere)];
        for found in report::recognised(document) {
            items.push(Item::new(found.words, document.name_of(found.at), Goal::Place(found.at)));
        }
        for group in report::groups(document) {
            // What happened many times for one reason stands under the reason; each row says what became of it, so that
            // one can filter by it.
            let many = group.entries.len() > 1;
            if let Some(first) = group.entries.first().filter(|_| many) {
                let words = format!("{}: {}", group.class, group.why);
                items.push(Item::new(words, group.entries.len().to_string(), Goal::Place(first.at)));
            }
            for entry in group.entries {
                let text = excerpt(&entry.text, 200);
                let words = if many { text } else { format!("{}: {}: {text}", group.class, group.why) };
                let line = if entry.line == 0 { String::new() } else { format!("line {}", entry.line) };
                let class = if many { format!("{} ", group.class) } else { String::new() };
                let aside = format!("{class}{line}");
                let level = u8::from(many);
                items.push(Item { level, ..Item::new(words, aside.trim(), Goal::Place(entry.at)) });
            }
        }
        self.open_list(Kind::Report, items, 0);
    }

    /// What `ibid check` finds, each a place to go to.
    pub(super) fn open_check(&mut self) {
        let document = self.document();
        let item = |finding: apparatus::Finding| {
            let right = finding.suggestion.map_or_else(String::new, |s| format!(" → {s}"));
            let words = excerpt(&format!("{}: {}{right}", finding.kind.name(), finding.text), 300);
            Item::new(words, document.name_of(finding.at), Goal::Place(finding.at))
        };
        let items = apparatus::check(document, &self.text.standings).into_iter().map(item).collect();
        self.open_list(Kind::Check, items, 0);
    }

    /// Goes where the chosen item leads.
    pub(super) fn accept_item(&mut self) -> Vec<Effect> {
        let Mode::List(list) = std::mem::replace(&mut self.mode, Mode::Reading) else { return Vec::new() };
        if matches!(list.rows, Rows::Lines(_)) {
            return self.accept_line(list);
        }
        match list.chosen().map(|item| item.goal.clone()) {
            Some(Goal::Place(at)) => {
                let told = match list.kind {
                    Kind::Report | Kind::Citing | Kind::Check => true,
                    Kind::Contents | Kind::Bookmarks | Kind::Recent | Kind::Settings | Kind::Concordance => {
                        false
                    }
                };
                let words = list.chosen().filter(|_| told).map(|item| item.words.clone());
                self.leave_list(list);
                self.land(at);
                // A finding that its row had no room for is told whole at the foot.
                if let Some(words) = words {
                    self.say(words);
                }
                Vec::new()
            }
            Some(Goal::Note(note)) => {
                self.open_note(note);
                Vec::new()
            }
            Some(Goal::Text(path)) => vec![Effect::Open(path)],
            Some(Goal::Setting(setting)) => {
                self.mode = Mode::List(list);
                self.turn_setting(setting);
                Vec::new()
            }
            Some(Goal::Nowhere) | None => {
                self.mode = Mode::List(list);
                Vec::new()
            }
        }
    }

    /// Leaves the place for a leap from a list: from what lay beneath it, a note in the pane included. One comes back
    /// to both.
    pub(super) fn leave_list(&mut self, list: List) {
        let spot = self.spot_in(&list.over);
        self.jumps.leave(spot, Some(list));
    }

    /// Deletes the chosen bookmark; it can be brought back.
    pub(super) fn delete_item(&mut self) -> Vec<Effect> {
        let Mode::List(list) = &self.mode else { return Vec::new() };
        if let Some(Goal::Setting(setting)) = list.chosen().map(|item| &item.goal) {
            let changes = self.unsettle(*setting);
            self.refresh_settings();
            return changes.into_iter().map(Effect::Settle).collect();
        }
        let Some(id) = list.chosen().and_then(|i| i.id.clone()) else {
            return self.fail("this entry cannot be deleted");
        };
        self.deleted.push(id.clone());
        vec![Effect::Keep(Draft::Delete { id })]
    }

    /// Brings back what was deleted last.
    pub(super) fn restore_item(&mut self) -> Vec<Effect> {
        match self.deleted.pop() {
            Some(id) => vec![Effect::Keep(Draft::Restore { id })],
            None => self.fail("nothing was deleted"),
        }
    }

    /// Makes the chosen setting one of this text alone, or again one of all texts.
    pub(super) fn settle_item(&mut self) -> Vec<Effect> {
        let Mode::List(list) = &self.mode else { return Vec::new() };
        let Some(Goal::Setting(setting)) = list.chosen().map(|item| &item.goal) else {
            return self.fail("only a setting can be one of this text alone");
        };
        let changes = self.settle_for_text(*setting);
        self.refresh_settings();
        changes.into_iter().map(Effect::Settle).collect()
    }

    /// Makes the rows of an open list of settings anew; what the shell has added stays beneath them.
    pub(super) fn refresh_settings(&mut self) {
        let items = settings::items(&self.settings, &self.options, &self.themes);
        if let Mode::List(List { kind: Kind::Settings, rows: Rows::Items(rows), .. }) = &mut self.mode {
            rows.splice(..rows.len().min(items.len()), items);
        }
    }

    /// Makes an open list of bookmarks anew after the shelf has changed.
    pub(super) fn refresh_bookmarks(&mut self) {
        if open_bookmarks(&mut self.mode).is_none() {
            return;
        }
        let items = self.bookmark_items();
        if let Some(list) = open_bookmarks(&mut self.mode) {
            list.rows = Rows::Items(items);
            list.move_by(0);
        }
    }
}

/// The list of bookmarks, if it is open, be it under a prompt or the help.
fn open_bookmarks(mode: &mut Mode) -> Option<&mut List> {
    match mode {
        Mode::List(list) => match list.kind {
            Kind::Bookmarks => Some(list),
            Kind::Contents
            | Kind::Recent
            | Kind::Report
            | Kind::Settings
            | Kind::Citing
            | Kind::Check
            | Kind::Concordance => open_bookmarks(&mut list.over),
        },
        Mode::Prompt(prompt) => open_bookmarks(&mut prompt.over),
        Mode::Help { over, .. } => open_bookmarks(over),
        Mode::Reading | Mode::Note { .. } | Mode::Select(_) => None,
    }
}
