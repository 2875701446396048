//! What stands between two commas of a citation: an author, a title, a place and a year.

use super::clause::sentence_ends;
use super::locator::{self, Locator};
use super::name::{self, Name};
use super::token::{Shape, Token};
use super::word::{is_article, is_minor, is_month, is_year};
use std::ops::Range;

/// A part of a citation.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its words and figures, folded.
    pub words: Vec<Box<str>>,
    /// The names it consists of, if it consists of names.
    pub names: Option<Vec<Name>>,
    /// Whether it is set apart, in italics or quotation marks.
    pub marked: bool,
    /// Whether in quotation marks.
    pub quoted: bool,
    /// How many of its words are neither capitals nor the small words of titles.
    pub small: usize,
    /// Its tokens, from the first that counts.
    pub tokens: Range<usize>,
    year: bool,
}

/// The houses that show that a citation is full where it has no year.
const HOUSES: [&str; 10] = [
    "press",
    "verlag",
    "publishers",
    "publishing",
    "editions",
    "editore",
    "uitgeverij",
    "издательство",
    "изд",
    "forlag",
];

/// Cuts a clause into fields, and finds its locators, each with its first token. Brackets belong to the field they
/// stand in and say nothing of its words.
pub(super) fn fields(tokens: &[Token], clause: &Range<usize>) -> (Vec<Field>, Vec<(usize, Locator)>) {
    let mut cuts = Vec::new();
    let mut locators = Vec::new();
    let mut from = clause.start + name::inverted(&tokens[clause.clone()]).unwrap_or(0);
    cuts.push(clause.start..from);
    let (mut at, mut run) = (from, None);
    while at < clause.end {
        let token = &tokens[at];
        if token.depth > 0 {
            at += 1;
            continue;
        }
        if run.is_some_and(|run| run != token.run) {
            cuts.push(from..at);
            from = at;
        }
        run = Some(token.run);
        if let Some(found) = locator::inside(&tokens[..clause.end], at).filter(|_| token.run == 0) {
            cuts.push(from..at);
            from = found.end;
            locators.push((at, found));
            (at, run) = (from, None);
            continue;
        }
        at += 1;
        if token.run == 0 && (token.is(',') || sentence_ends(&tokens[..clause.end], at - 1)) {
            cuts.push(from..at);
            (from, run) = (at, None);
        }
    }
    cuts.push(from..clause.end);
    (cuts.into_iter().filter_map(|cut| Field::of(tokens, cut)).collect(), locators)
}

/// The words of all fields, as a title.
pub(super) fn words(fields: &[Field]) -> Vec<Box<str>> {
    headless(fields.iter().flat_map(|f| f.words.iter().cloned()).collect())
}

/// Whether the second field gives the first names of the first: `North, Robert C., Title`.
pub(super) fn is_given(fields: &[Field], at: usize) -> bool {
    let (Some(first), Some(field)) = (fields.first(), fields.get(at).filter(|_| at == 1)) else {
        return false;
    };
    let surname = first.names.as_ref().is_some_and(|n| n.len() == 1 && n[0].given.is_empty());
    let initials = field.words.iter().filter(|w| w.chars().count() == 1).count();
    surname && (initials == field.words.len() || field.names.is_some() && initials > 0)
}

impl Field {
    /// The field of these tokens; `None` if no word stands in it, or only `ed.` and the like.
    fn of(tokens: &[Token], cut: Range<usize>) -> Option<Field> {
        let start = cut.clone().find(|&i| tokens[i].shape != Shape::Sign || tokens[i].run > 0)?;
        let inside: Vec<&Token> = tokens[start..cut.end].iter().filter(|t| t.depth == 0).collect();
        let words = || inside.iter().filter(|t| t.shape != Shape::Sign);
        if words().all(|t| name::is_beside(&t.folded) || t.reads("et")) {
            return None;
        }
        let marked = words().any(|t| t.run > 0);
        Some(Field {
            words: words().map(|t| t.folded.clone()).collect(),
            names: if marked { None } else { name::names(&inside) },
            marked,
            quoted: words().any(|t| t.quoted),
            small: words().filter(|t| t.shape == Shape::Word && !t.capital && !is_minor(&t.folded)).count(),
            year: words().any(|t| is_year(&t.folded)),
            tokens: start..cut.end,
        })
    }

    /// Whether it gives year and place, or the publisher: `1972`, `London 1911`, `Stanford University Press`.
    pub fn is_imprint(&self) -> bool {
        !self.marked && (self.year && self.small == 0 || self.words.iter().any(|w| HOUSES.contains(&&**w)))
    }

    /// Whether it begins as a date does.
    pub fn is_dated(&self) -> bool {
        self.words.first().is_some_and(|w| is_month(w) || w.starts_with(char::is_numeric))
    }

    /// Whether it is quoted words rather than a title: most of them small, and many.
    pub fn is_sentence(&self) -> bool {
        self.quoted && self.words.len() > 5 && self.small * 2 > self.words.len()
    }

    /// The words of its title, the leading article left out, from a token on.
    pub fn title(&self, tokens: &[Token], start: usize) -> Vec<Box<str>> {
        let inside = start.clamp(self.tokens.start, self.tokens.end)..self.tokens.end;
        let words = tokens[inside].iter().filter(|t| t.depth == 0 && t.shape != Shape::Sign);
        headless(words.map(|t| t.folded.clone()).collect())
    }

    /// The words behind a colon: a title in its own right, by which a work is sometimes cited.
    pub fn title_behind_colon(&self, tokens: &[Token]) -> Option<Vec<Box<str>>> {
        self.colon(tokens).map(|colon| self.title(tokens, colon + 1))
    }

    /// The author before a colon, in the German manner: `Max Weber: Wirtschaft und Gesellschaft`.
    pub fn name_before_colon(&self, tokens: &[Token]) -> Option<Vec<Name>> {
        let colon = self.colon(tokens).filter(|_| !self.marked)?;
        let name: Vec<&Token> = tokens[self.tokens.start..colon].iter().filter(|t| t.depth == 0).collect();
        name::names(&name).filter(|names| names.iter().all(|n| !n.given.is_empty()))
    }

    /// Where a title begins that ends a field of prose: "is contained in The World Socialist System".
    pub fn title_at_end(&self, tokens: &[Token]) -> Option<usize> {
        let titled = |t: &&Token| t.capital || t.shape != Shape::Word || is_minor(&t.folded);
        let run = tokens[self.tokens.clone()].iter().rev().take_while(titled).count();
        let start = (self.tokens.end - run..self.tokens.end).find(|&i| tokens[i].capital)?;
        let capitals = tokens[start..self.tokens.end].iter().filter(|t| t.capital).count();
        (self.small >= 3 && capitals >= 2 && start > self.tokens.start).then_some(start)
    }

    /// The name that ends it: "as Djilas".
    pub fn name_at_end(&self, tokens: &[Token]) -> Option<Vec<Name>> {
        let mut words: Vec<&Token> = tokens[self.tokens.clone()].iter().filter(|t| t.plain()).collect();
        let named = |t: &&&Token| t.capital && !name::is_opening(t) || t.is('.') || t.is(',');
        let name = words.iter().rev().take_while(named).count();
        name::names(&words.split_off(words.len() - name))
    }

    fn colon(&self, tokens: &[Token]) -> Option<usize> {
        self.tokens.clone().find(|&i| tokens[i].is(':'))
    }
}

/// Title words without the article they begin with.
fn headless(mut words: Vec<Box<str>>) -> Vec<Box<str>> {
    let articles = words.iter().take_while(|w| is_article(w)).count();
    if articles < words.len() {
        words.drain(..articles);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::token::read;
    use super::*;

    fn check(text: &str, expected: &str) {
        let tokens = read(text);
        let (fields, locators) = fields(&tokens, &(0..tokens.len()));
        let fields = fields.iter().map(|f| {
            let mark = if f.marked { "*" } else { "" };
            let name = if f.names.is_some() { "@" } else { "" };
            format!("{mark}{name}{}", f.words.join(" "))
        });
        let places = locators.iter().map(|(_, l)| format!("={}", &text[l.shown.clone()]));
        assert_eq!(fields.chain(places).collect::<Vec<_>>().join(" | "), expected);
    }

    #[test]
    fn citations_are_cut_into_fields() {
        check(
            "Robert C. North, “Moscow, Peking,” Stanford (a gloss), 1953, p. 182.",
            "@robert c north | *moscow peking | @stanford | 1953 | =182",
        );
        check(
            "M. I. Sladkovsky, ed., Noveyshaya istoriya, Moscow",
            "@m i sladkovsky | noveyshaya istoriya | @moscow",
        );
        check("14 J. Internet L. 1 (2010)", "14 j internet l 1");
        check(
            "Белов В. И. Конфликты в России. М., 2002. С. 54.",
            "@белов в и | конфликты в россии | м | 2002 | =54",
        );
        check("Burnett, Letters, VII, 269", "@burnett | @letters | =VII, 269");
        check("Miscellaneous No. 31 (1916), p. 253", "miscellaneous no 31 | =253");
    }
}
