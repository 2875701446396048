//! The walk through the notes that finds what each stands for.

use super::catalogue::{Catalogue, Wanted};
use super::citation::{self, Citation};
use super::clause::{self, Clause, Join};
use super::field::{self, Field};
use super::locator;
use super::meaning::{MOST, Meaning, Said};
use super::name::Name;
use super::numbering::{Numbered, Numbering};
use super::pointer::{self, Pointer, Sense};
use super::token::{self, Shape, Token};
use super::{Candidate, Standing};
use crate::document::Document;

/// A note in which no citation is found is taken for one as a whole if it has no more words: `5 U.S.C.A. § 552a`.
const FEW: usize = 14;

/// The walk, and what it has found so far.
pub(super) struct Resolution<'a> {
    document: &'a Document,
    numbering: Numbering,
    catalogue: Catalogue,
    /// What each note says; most say one thing, and there may be many notes.
    said: Vec<Box<[Said]>>,
}

impl<'a> Resolution<'a> {
    /// Walks through the notes in the order of their numbers.
    pub fn of(document: &'a Document) -> Vec<Option<Standing>> {
        let (numbering, catalogue) = (Numbering::of(document), Catalogue::default());
        let said = vec![Box::default(); document.notes().len()];
        let mut walk = Resolution { document, numbering, catalogue, said };
        for at in 0..document.notes().len() {
            let note = walk.numbering.order()[at];
            walk.said[note] = walk.note(note).into();
        }
        walk.said.iter().map(|said| said.first().and_then(|first| first.standing(document))).collect()
    }

    /// What a note says.
    fn note(&mut self, note: usize) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        let mut named: Vec<Citation> = Vec::new();
        let mut words = 0;
        for tokens in token::blocks(self.document, &self.document.notes()[note].range) {
            words += tokens.iter().filter(|t| t.shape != Shape::Sign).count();
            for clause in clause::split(&tokens) {
                match pointer::find(&tokens, clause.tokens.start, clause.tokens.end) {
                    Some(found) => {
                        said.extend(self.pointing(note, &tokens, &clause, found, &said, &mut named))
                    }
                    None => said.extend(self.naming(note, &tokens, &clause, None, &mut named)),
                }
            }
        }
        // Only now: no work is named shortly and in full by one note.
        let scope = self.numbering.scope(note);
        named.into_iter().for_each(|citation| self.catalogue.enter(note, scope, citation));
        if said.is_empty() && words <= FEW {
            let meaning = Meaning::Named(self.document.notes()[note].range.clone());
            said.push(Said::new(meaning, Vec::new(), None));
        }
        said
    }

    /// A clause that names a work, in full or shortly; the authors are given where *Id.* stands for them.
    fn naming(
        &self,
        note: usize,
        tokens: &[Token],
        clause: &Clause,
        authors: Option<&[Name]>,
        named: &mut Vec<Citation>,
    ) -> Option<Said> {
        let citation = citation::read(tokens, &clause.tokens, authors)?;
        let wanted = Wanted { scope: Some(self.numbering.scope(note)), full: true };
        let short = match (citation.full, authors) {
            (true, _) => Vec::new(),
            (false, None) => self.catalogue.meant(&citation.fields, wanted),
            (false, Some(authors)) => self.catalogue.by(authors, &field::words(&citation.fields), wanted),
        };
        let meaning = self.one_of(&short).unwrap_or_else(|| {
            // A work that one note names twice is one work.
            let twice = named
                .iter()
                .rev()
                .take(MOST)
                .find(|earlier| earlier.same(&citation))
                .map(|earlier| earlier.range.clone());
            Meaning::Named(twice.unwrap_or(citation.range.clone()))
        });
        let said = Said {
            authors: citation.authors.clone(),
            ..Said::new(meaning, Vec::new(), citation.pages.clone())
        };
        if matches!(said.meaning, Meaning::Named(_)) {
            named.push(citation);
        }
        Some(Said { join: clause.join, signal: clause.signal, ..said })
    }

    /// A clause that points back.
    fn pointing(
        &self,
        note: usize,
        tokens: &[Token],
        clause: &Clause,
        pointer: Pointer,
        said: &[Said],
        named: &mut Vec<Citation>,
    ) -> Option<Said> {
        // What a pointer governs ends with its clause.
        let tokens = &tokens[..clause.tokens.end];
        let (fields, places) = field::fields(tokens, &(clause.tokens.start..pointer.start));
        let behind = pointer::behind(tokens, pointer.end);
        let pages = locator::behind(tokens, behind).or_else(|| places.into_iter().last().map(|p| p.1));
        let pages = pages.map(|p| p.shown);
        let work = said.iter().rfind(|s| s.meaning != Meaning::Elsewhere);
        let last = || work.cloned().unwrap_or_else(|| self.before(note));
        let found = match pointer.sense {
            Sense::Elsewhere => Said::new(Meaning::Elsewhere, Vec::new(), None),
            Sense::Author if pointer::titled(tokens, pointer.end) => {
                let titled = Clause { tokens: behind..clause.tokens.end, ..clause.clone() };
                return self.naming(note, tokens, &titled, Some(&last().authors), named);
            }
            Sense::Author => self.author(note, last()),
            // `Jones, "A Chapter," ibid., 40`: another work in the book named last.
            Sense::Before if fields.iter().any(|f| f.marked && !f.is_sentence()) => {
                let whole = Clause { tokens: clause.tokens.start..pointer.start, ..clause.clone() };
                return self.naming(note, tokens, &whole, None, named);
            }
            // Prose in front of *ibid.* is no part of the citation.
            Sense::Before if fields.first().is_none_or(|f| f.names.is_none()) => last(),
            Sense::Before => self.written_by(&fields, last()),
            Sense::Place if fields.is_empty() => last(),
            Sense::Place | Sense::Work | Sense::Article => self.cited(note, tokens, &fields, pointer.sense),
            Sense::Note(number) => self.numbered(note, number, &fields),
        };
        Some(Said { pages, join: clause.join, signal: clause.signal, ..found })
    }

    /// What the note before a note ends with, seen from that note. Chicago 14.34: *ibid.* is the single work of the
    /// note before; where it has several, the last stands for itself only if a `;` and no "see also" parts it.
    fn before(&self, note: usize) -> Said {
        let Some(before) = self.numbering.before(note) else { return Said::lost() };
        let said = &self.said[before];
        match said.split_last() {
            None => Said::lost(),
            Some((only, [])) => only.seen_from(before),
            Some((last, rest)) => {
                let plain = last.join == Join::Semicolon && !last.signal;
                let sure = matches!(last.meaning, Meaning::Named(_) | Meaning::Again { .. });
                let same = rest.iter().all(|s| s.meaning == last.meaning);
                if sure && (plain || same) { last.seen_from(before) } else { Said::any_of(before, said) }
            }
        }
    }

    /// A note by its number: its one work, or the work of the author named with it, or all that it says.
    fn numbered(&self, note: usize, number: u32, fields: &[Field]) -> Said {
        let found = match self.numbering.numbered(note, number) {
            Numbered::Before(found) => found,
            Numbered::Behind => return Said::new(Meaning::Elsewhere, Vec::new(), None),
            Numbered::Unclear => return Said::lost(),
        };
        let said = &self.said[found];
        if !fields.is_empty() {
            let right: Vec<Said> = said.iter().map(|s| self.written_by(fields, s.seen_from(found))).collect();
            let mut right = right.into_iter().filter(|s| s.meaning != Meaning::Lost);
            return right.next().filter(|_| right.next().is_none()).unwrap_or_else(Said::lost);
        }
        match &**said {
            [only] => only.seen_from(found),
            _ => {
                let text = self.document.notes()[found].range.clone();
                Said::new(Meaning::Again { note: found, via: Vec::new(), text }, Vec::new(), None)
            }
        }
    }

    /// A work by the author named last.
    fn author(&self, note: usize, last: Said) -> Said {
        let wanted = Wanted { scope: Some(self.numbering.scope(note)), full: false };
        let found = self.catalogue.by(&last.authors, &[], wanted);
        let mut meaning = self.one_of(&found).unwrap_or(Meaning::Lost);
        if let Meaning::Again { note: named, via, .. } = &mut meaning {
            via.extend(self.numbering.before(note).filter(|before| before != named));
        }
        Said::new(meaning, last.authors, None)
    }

    /// A work that `op. cit.` means behind these words.
    fn cited(&self, note: usize, tokens: &[Token], fields: &[Field], sense: Sense) -> Said {
        let near = Wanted { scope: Some(self.numbering.scope(note)), full: false };
        let far = Wanted { scope: None, ..near };
        let named = || fields.last().and_then(|f| f.name_at_end(tokens)).unwrap_or_default();
        let mut found = self.catalogue.meant(fields, near);
        if found.is_empty() {
            found = self.catalogue.meant(fields, far);
        }
        if found.is_empty() {
            found = self.catalogue.by(&named(), &[], far);
        }
        let articles: Vec<usize> =
            found.iter().copied().filter(|&w| self.catalogue.work(w).citation.article).collect();
        if sense == Sense::Article && articles.len() == 1 {
            found = articles;
        }
        let authors = match *found {
            [only] => self.catalogue.work(only).citation.authors.clone(),
            _ => Vec::new(),
        };
        Said::new(self.one_of(&found).unwrap_or(Meaning::Lost), authors, None)
    }

    /// `said`, if the words in front of the pointer are words of its work: its authors' surnames, or all that stands
    /// before the first comma.
    fn written_by(&self, fields: &[Field], said: Said) -> Said {
        let (Some(field), Meaning::Named(text) | Meaning::Again { text, .. }) =
            (fields.first(), &said.meaning)
        else {
            return said;
        };
        let words = token::cut(&self.document.text()[text.clone()], 0);
        let has = |word: &str| words.iter().any(|w| w.folded.trim_end_matches("'s") == word);
        let right = match &field.names {
            Some(names) => names.iter().all(|n| has(&n.surname)),
            None => field.words.iter().all(|w| has(w)),
        };
        if right { said } else { Said::lost() }
    }

    /// The meaning of a clause that may mean these works.
    fn one_of(&self, works: &[usize]) -> Option<Meaning> {
        let work = |&work: &usize| self.catalogue.work(work);
        match works {
            [] => None,
            [only] => {
                let (note, text) = (work(only).note, work(only).citation.range.clone());
                Some(Meaning::Again { note, via: Vec::new(), text })
            }
            several => {
                let mut several: Vec<Candidate> = several
                    .iter()
                    .map(work)
                    .map(|w| Candidate { note: w.note, text: w.citation.range.clone() })
                    .collect();
                several.sort_by_key(|c| c.text.start);
                several.truncate(MOST);
                Some(Meaning::Doubtful(several))
            }
        }
    }
}
