//! The works named so far, found by their authors' names and by the words their titles begin with.

use super::citation::Citation;
use super::field::{Field, is_given, words};
use super::name::Name;
use super::word::is_collective;
use std::collections::HashMap;

/// The most works kept under one key. Where there are more, a short citation tells nothing.
const MOST: usize = 9;

/// The works named so far.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    works: Vec<Work>,
    by_key: HashMap<Box<str>, Vec<usize>>,
}

/// A work, and where it is named.
#[derive(Debug)]
pub(super) struct Work {
    /// The note that names it: the first full naming in its scope.
    pub note: usize,
    /// How that note names it.
    pub citation: Citation,
    scope: usize,
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// The scope in which an author's name alone must have a work; `None` for any.
    pub scope: Option<usize>,
    /// Whether the work must have been named in full: so where nothing but brevity says that it was named before.
    pub full: bool,
}

impl Catalogue {
    /// Enters a work named in a note. One that was named before in the same scope stays where it was named, unless it
    /// is named more fully now.
    pub fn enter(&mut self, note: usize, scope: usize, citation: Citation) {
        let keys = keys(&citation);
        let known = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied();
        let known = known.filter(|&work| self.works[work].citation.same(&citation)).max();
        let work = known.unwrap_or(self.works.len());
        match known.map(|known| &mut self.works[known]) {
            Some(old) if old.citation.full && (old.scope == scope || !citation.full) => {}
            Some(old) if old.scope == scope && !citation.full => {}
            Some(old) => *old = Work { note, scope, citation },
            None => self.works.push(Work { note, scope, citation }),
        }
        for key in keys {
            let under = self.by_key.entry(key).or_default();
            if under.len() <= MOST && !under.contains(&work) {
                under.push(work);
            }
        }
    }

    /// A work by its number in the answers.
    pub fn work(&self, work: usize) -> &Work {
        &self.works[work]
    }

    /// The works that a short citation may mean: `North`, `North, Moscow`, `Noveyshaya istoriya Kitaya`. All its words
    /// must find their place in one.
    pub fn meant(&self, short: &[Field], wanted: Wanted) -> Vec<usize> {
        let Some((first, rest)) = short.split_first() else { return Vec::new() };
        let rest = if rest.is_empty() { rest } else { &rest[usize::from(is_given(short, 1))..] };
        let mut found = Vec::new();
        if let Some(names) = first.names.as_deref().filter(|_| !first.marked) {
            found.extend(self.by(names, &words(rest), wanted));
        }
        let marked = first.marked && rest.is_empty();
        found.extend(self.called(&words(short), marked, wanted));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The works of these authors, of a title that begins with these words.
    pub fn by(&self, names: &[Name], title: &[Box<str>], wanted: Wanted) -> Vec<usize> {
        let Some(name) = names.first() else { return Vec::new() };
        let author = |work: &Work| names.iter().all(|n| work.citation.authors.iter().any(|a| a.may_be(n)));
        if title.is_empty() {
            let here = |work: &Work| wanted.scope.is_none_or(|scope| work.scope == scope) && author(work);
            return self.under(&name.surname, wanted, here);
        }
        let titled = |work: &Work| author(work) && work.citation.titles.iter().any(|t| t.starts_with(title));
        self.under(&format!("{}, {}", name.surname, title[0]), wanted, titled)
    }

    /// The works of a title that begins with these words. One word is enough if it is set apart, or the whole title.
    pub fn called(&self, title: &[Box<str>], marked: bool, wanted: Wanted) -> Vec<usize> {
        match title {
            words if words.iter().all(|w| is_collective(w)) => Vec::new(),
            [] => Vec::new(),
            [word] => self.under(&format!("{word} …"), wanted, |work| {
                work.citation.titles.iter().any(|t| t.starts_with(title) && (marked || t.len() == 1))
            }),
            [one, two, ..] => self.under(&format!("{one} {two}"), wanted, |work| {
                work.citation.titles.iter().any(|t| t.starts_with(title))
            }),
        }
    }

    fn under(&self, key: &str, wanted: Wanted, right: impl Fn(&Work) -> bool) -> Vec<usize> {
        let works = self.by_key.get(key).map_or(&[][..], Vec::as_slice);
        if works.len() > MOST {
            return Vec::new();
        }
        let right = |w: &&usize| (self.works[**w].citation.full || !wanted.full) && right(&self.works[**w]);
        works.iter().filter(right).copied().collect()
    }
}

/// The keys of a work: each author; each author with the first word of each title; the first word and the first two
/// words of each title.
fn keys(citation: &Citation) -> Vec<Box<str>> {
    let mut keys: Vec<Box<str>> = citation.authors.iter().map(|a| a.surname.clone()).collect();
    for title in &citation.titles {
        let Some(first) = title.first() else { continue };
        keys.extend(citation.authors.iter().map(|a| format!("{}, {first}", a.surname).into()));
        keys.push(format!("{first} …").into());
        keys.extend(title.get(1).map(|second| format!("{first} {second}").into()));
    }
    keys
}
