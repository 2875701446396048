//! A work as a note names it: authors, title, the facts of its publication, the pages.

use super::field::{Field, fields, is_given};
use super::name::{self, Name};
use super::token::{Shape, Token};
use super::word::{is_minor, is_year};
use std::ops::Range;

/// The most authors and the most titles of one work.
const MOST: usize = 8;

/// A work named in a note.
#[derive(Clone, Debug, Default)]
pub(super) struct Citation {
    /// The bytes of the work's words: without the signal before them and the pages behind.
    pub range: Range<usize>,
    /// Who wrote it, as far as names can be told.
    pub authors: Vec<Name>,
    /// Its titles in folded words: the one set apart, or the first; behind it the others set apart, and what follows
    /// a colon.
    pub titles: Vec<Vec<Box<str>>>,
    /// Whether its title stands in quotation marks, as those of articles do.
    pub article: bool,
    /// Whether year or publisher stand beside the title. A work named without them has been named with them before,
    /// or needs no naming.
    pub full: bool,
    /// Its last pages, as printed.
    pub pages: Option<Range<usize>>,
    /// All that stands in it between commas.
    pub fields: Vec<Field>,
}

/// Reads the work that a clause names; `None` if it is prose. Where the authors are known (*Id.*, a title), the clause
/// begins with the title.
pub(super) fn read(tokens: &[Token], clause: &Range<usize>, known: Option<&[Name]>) -> Option<Citation> {
    let (fields, locators) = fields(tokens, clause);
    let marked = (0..fields.len()).find(|&i| fields[i].marked && !is_quotation(&fields, i));
    let title = match (marked, known) {
        (Some(marked), _) => marked,
        (None, Some(_)) => 0,
        (None, None) => unmarked_title(&fields),
    };
    let full = fields.iter().skip(1).any(Field::is_imprint) || bracketed_year(&tokens[clause.clone()]);
    let behind = authors_behind(tokens, &fields, title);
    if !is_evident(tokens, &fields, marked, full, !locators.is_empty(), !behind.is_empty()) {
        return None;
    }
    let mut authors = match known {
        Some(known) => known.to_vec(),
        None => authors_before(&fields, title),
    };
    if authors.is_empty() {
        authors = if behind.is_empty() {
            fields[title].name_before_colon(tokens).unwrap_or_default()
        } else {
            behind
        };
    }
    authors.truncate(MOST);
    // From the names before the title on; in prose, from the title.
    let leading = fields[..title].iter().rev().take_while(|f| f.names.is_some() || f.small == 0).count();
    let start = match leading {
        0 => fields[title].title_at_end(tokens).unwrap_or(fields[title].tokens.start),
        _ => fields[title - leading].tokens.start,
    };
    let end = match locators.last() {
        Some((at, last)) if tokens[last.end..clause.end].iter().all(|t| t.shape == Shape::Sign) => *at,
        _ => clause.end,
    };
    let others = fields[title + 1..].iter().filter(|f| f.marked).map(|f| f.title(tokens, 0));
    let titles = std::iter::once(fields[title].title(tokens, start))
        .chain(fields[title].title_behind_colon(tokens))
        .chain(others)
        .filter(|title| !title.is_empty());
    Some(Citation {
        range: trim(&tokens[start..end.max(start)]),
        authors,
        titles: titles.take(MOST).collect(),
        article: fields[title].quoted,
        full,
        pages: locators.last().map(|(_, l)| l.shown.clone()),
        fields,
    })
}

impl Citation {
    /// Whether both name one work: no two authors, and one title the beginning of the other.
    pub fn same(&self, other: &Citation) -> bool {
        let authors = match (self.authors.first(), other.authors.first()) {
            (Some(a), Some(b)) => a.may_be(b),
            _ => true,
        };
        match (self.titles.first(), other.titles.first()) {
            (Some(a), Some(b)) => authors && (a.starts_with(b) || b.starts_with(a)),
            _ => false,
        }
    }
}

/// Whether these fields name a work. In words that read like prose a title must be set apart, or end them with its
/// year behind; elsewhere a year, a title, an author or a page will do.
fn is_evident(
    tokens: &[Token],
    fields: &[Field],
    marked: Option<usize>,
    full: bool,
    located: bool,
    authored: bool,
) -> bool {
    let Some(first) = fields.first() else { return false };
    let unmarked = || fields.iter().filter(|f| !f.marked);
    let words: usize = unmarked().map(|f| f.words.len()).sum();
    let small: usize = unmarked().map(|f| f.small).sum();
    if words > 4 && small * 5 > words * 3 {
        marked.is_some() && (full || located) || full && first.title_at_end(tokens).is_some()
    } else {
        let named = first.names.is_some() && fields.len() > 1;
        full || marked.is_some() || named || authored || located
    }
}

/// Whether a field set apart is quoted words rather than a title: a sentence, beside a title in italics or behind the
/// author.
fn is_quotation(fields: &[Field], at: usize) -> bool {
    let other = || fields.iter().enumerate().any(|(i, f)| i != at && f.marked && !f.quoted);
    fields[at].is_sentence() && (at > 1 && fields[0].names.is_some() || other())
}

/// The field that holds the title, where none is set apart: the first behind the authors.
fn unmarked_title(fields: &[Field]) -> usize {
    let named = fields.first().is_some_and(|f| f.names.is_some());
    match (1..fields.len()).find(|&i| !is_given(fields, i)) {
        Some(next) if named && !fields[next].is_dated() && !fields[next].is_imprint() => next,
        _ => 0,
    }
}

/// The authors named before the title.
fn authors_before(fields: &[Field], title: usize) -> Vec<Name> {
    let authors = (0..title).filter(|&i| !is_given(fields, i)).filter_map(|i| fields[i].names.as_ref());
    authors.flatten().cloned().collect()
}

/// The authors named behind the title: `"The Turkish Ideal," by Tekin Alp`.
fn authors_behind(tokens: &[Token], fields: &[Field], title: usize) -> Vec<Name> {
    let (Some(title), Some(next)) = (fields.get(title), fields.get(title + 1)) else { return Vec::new() };
    let behind = &tokens[title.tokens.end..next.tokens.end];
    let by = behind.iter().position(|t| t.plain() && matches!(&*t.folded, "by" | "von" | "par"));
    let person = by.map(|by| behind[by + 1..].iter().filter(|t| t.depth == 0).collect::<Vec<_>>());
    person.and_then(|person| name::names(&person)).unwrap_or_default()
}

/// Whether a bracket holds facts of publication: `(London, 1911: Spon)`, `(1990)`, `(June 1938)`.
fn bracketed_year(tokens: &[Token]) -> bool {
    tokens.split(|t| t.depth == 0 || t.run > 0).any(|bracket| {
        let small = bracket.iter().filter(|t| t.shape == Shape::Word && !t.capital && !is_minor(&t.folded));
        bracket.iter().any(|t| is_year(&t.folded)) && small.count() <= 2
    })
}

/// The bytes of tokens without the signs at their ends that belong to nothing.
fn trim(tokens: &[Token]) -> Range<usize> {
    let kept = |t: &Token| t.shape != Shape::Sign || t.run > 0 || t.is('(') || t.is(')');
    let start = tokens.iter().find(|t| kept(t)).or(tokens.first()).map_or(0, |t| t.range.start);
    start..tokens.iter().rfind(|t| kept(t)).map_or(start, |t| t.range.end)
}

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    fn check(text: &str, expected: &str) {
        let tokens = token::read(text);
        let shown = read(&tokens, &(0..tokens.len()), None).map_or("prose".to_owned(), |c| {
            let authors: Vec<&str> = c.authors.iter().map(|a| &*a.surname).collect();
            let titles: Vec<String> = c.titles.iter().map(|t| t.join(" ")).collect();
            let pages = c.pages.map_or("", |p| &text[p]);
            let full = if c.full { "full" } else { "short" };
            format!("{full}: {}; {}; {pages}", authors.join(", "), titles.join(" / "))
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn works_are_read() {
        check(
            "Milovan Djilas, Conversations with Stalin, Harcourt, Brace and World, 1962, p. 132.",
            "full: djilas; conversations with stalin; 132",
        );
        check(
            "Richard C. Thornton, China: The Struggle for Power, 1917—1972, Indiana University Press, 1973, pp. 193–195.",
            "full: thornton; china the struggle for power / struggle for power; 193–195",
        );
        check(
            "O. Vladimirov and V. Ryazantsev, Stranitsy biografii (“Pages”), Moscow, 1969.",
            "full: vladimirov, ryazantsev; stranitsy biografii; ",
        );
        check(
            "Khrushchev Remembers: The Last Testament, Little, Brown & Co., 1974, pp. 239–244.",
            "full: remembers; khrushchev remembers the last testament / last testament; 239–244",
        );
        check(
            "“Die Bagdadbahn,” by Dr. Paul Rohrbach (Berlin, 1911), pp. 43, 44.",
            "full: rohrbach; bagdadbahn; 43, 44",
        );
        check("North, Robert C., Moscow and Peking, Stanford, 1953.", "full: north; moscow and peking; ");
        check("North, p. 183 note.", "short: ; north; 183 note");
        check("Stalin apparently refers to a visit in Moscow in 1945 of a delegation.", "prose");
        check("The legendary ancestor of the Turkish race.", "prose");
    }
}
