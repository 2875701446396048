//! The concordance: opened, sorted, and a line of it gone to.

use super::list::{Kind, Rows};
use super::prompt::Kind as Asking;
use super::{Effect, List, Mode, Search, State};
use crate::document::Position;
use crate::search::Query;
use crate::search::concordance::{Concordance, MOST_SORTED, Sort};

impl State {
    /// The concordance of the pattern. Without a pattern, or with one that finds nothing, or where a concordance stands
    /// already, one is asked for first.
    pub(super) fn concordance(&mut self) -> Vec<Effect> {
        let stands = matches!(&self.mode, Mode::List(list) if matches!(list.rows, Rows::Lines(_)));
        if stands {
            return self.ask_search(Asking::Concordance, false);
        }
        let query = if self.search.query.pattern.is_empty() {
            self.search.history.last().cloned()
        } else {
            Some(self.search.query.clone())
        };
        if let Some(query) = query {
            self.look_for(query.clone(), self.focus());
            if self.search.failure().is_none() {
                return self.open_concordance(query);
            }
        }
        self.ask_search(Asking::Concordance, false)
    }

    /// Looks for `query` and lists what is found, the line nearest to here chosen. It takes the place of another.
    pub(super) fn open_concordance(&mut self, query: Query) -> Vec<Effect> {
        let here = self.focus();
        self.look_for(query, here);
        if let Some(words) = self.search.failure() {
            return self.fail(words);
        }
        let Search { query, matches, current, .. } = &self.search;
        let at = current.unwrap_or(0);
        let concordance = Concordance::new(&self.text.document, query.clone(), matches.clone());
        if let Mode::List(List { rows: Rows::Lines(_), over, .. }) = &mut self.mode {
            self.mode = std::mem::replace(over, Mode::Reading);
        }
        self.open_rows(Kind::Concordance, Rows::Lines(concordance), at);
        Vec::new()
    }

    /// Sorts the lines by the next thing in turn; the chosen one stays chosen.
    pub(super) fn sort(&mut self) -> Vec<Effect> {
        let Mode::List(list) = &mut self.mode else { return Vec::new() };
        let Rows::Lines(concordance) = &mut list.rows else {
            return self.fail("this list has one order only");
        };
        let chosen = concordance.found(list.at);
        let sort = concordance.sort().next();
        concordance.arrange(&self.text.document, &self.text.index, sort, &list.filter);
        list.at = (0..concordance.lines()).find(|&line| concordance.found(line) == chosen).unwrap_or(0);
        let words = match concordance.sort() {
            Sort::Place if sort != Sort::Place => {
                return self.fail(format!("more than {MOST_SORTED} lines are not sorted; filter them first"));
            }
            sorted => sorted.name(),
        };
        self.say(words);
        Vec::new()
    }

    /// Goes to the match of the chosen line: a leap that leaves the list together with the place.
    pub(super) fn accept_line(&mut self, list: List) -> Vec<Effect> {
        let Rows::Lines(concordance) = &list.rows else { return Vec::new() };
        let Some(found) = concordance.found(list.at) else {
            self.mode = Mode::List(list);
            return Vec::new();
        };
        let at = Position::at(concordance.matches()[found].start);
        self.search.query = concordance.query().clone();
        self.search.matches = concordance.matches().clone();
        self.search.current = Some(found);
        self.leave_list(list);
        self.land(at);
        let words = self.search.told();
        self.say(words);
        Vec::new()
    }
}
