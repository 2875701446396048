//! The numbers of a printed book's pages where they stand in its text: `[30]`, `{30}`, `[Pg 30]`, or on a line of their
//! own: `Page 30`, `- 30 -`.
//!
//! They look like the marks of notes; what tells them apart is that no note answers them and that they count, one by
//! one, over the whole text.

use super::label;
use super::march::{self, Gait, Step};
use super::paragraphs::Paragraph;
use std::collections::BTreeMap;
use std::ops::Range;

/// So many numbers that count one by one are pages; with the word for it, fewer do.
const LEAST: usize = 6;
const LEAST_NAMED: usize = 2;

/// Words before the number of a page, in lower case.
const WORDS: [&str; 8] = ["pg.", "pg", "page", "p.", "p", "seite", "s.", "str."];

/// The number of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// All of it, brackets included.
    pub range: Range<usize>,
    /// The number.
    pub printed: Range<usize>,
}

/// How a text shows its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Square,
    Curly,
    Named,
    Line,
}

/// A line that is no more than the number of a page is no longer, in bytes.
const LINE: usize = 24;

/// The numbers of pages in these paragraphs; `taken` says of a place that something else stands there.
pub(super) fn find(paragraphs: &[Paragraph], taken: impl Fn(usize, &Range<usize>) -> bool) -> Vec<Page> {
    let mut forms: BTreeMap<Form, Vec<(Page, u32)>> = BTreeMap::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text = &*paragraph.text;
        let line = on_a_line(text).filter(|_| !taken(i, &(0..text.len())));
        if let Some((printed, number)) = line.and_then(|p| Some((p.clone(), label::digits(&text[p])?))) {
            let page = Page { paragraph: i, range: 0..text.len(), printed };
            forms.entry(Form::Line).or_default().push((page, number));
        }
        for at in memchr::memchr2_iter(b'[', b'{', text.as_bytes()) {
            let Some((form, range, printed)) = read(text, at) else { continue };
            let number = label::digits(&text[printed.clone()]).filter(|_| !taken(i, &range));
            if let Some(number) = number {
                forms.entry(form).or_default().push((Page { paragraph: i, range, printed }, number));
            }
        }
    }
    let mut pages: Vec<Page> = forms.into_iter().flat_map(|(form, found)| counting(form, found)).collect();
    pages.sort_by_key(|p| (p.paragraph, p.range.start));
    pages
}

/// The number in a text that is no more than that of a page: `Page 30`, `- 30 -`
fn on_a_line(text: &str) -> Option<Range<usize>> {
    if text.len() > LINE {
        return None;
    }
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |end| start + end);
    let (word, rest) = (text[..start].trim().to_lowercase(), text[end..].trim());
    let dash = |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—'));
    let named = rest.is_empty() && WORDS.contains(&&*word) || dash(&word) && dash(rest);
    named.then_some(start..end)
}

/// The number in brackets that open at a place.
fn read(text: &str, at: usize) -> Option<(Form, Range<usize>, Range<usize>)> {
    let square = text.as_bytes()[at] == b'[';
    let start = at + 1;
    let reach = text.floor_char_boundary(start + 12);
    let end = start + text[start..reach].find(if square { ']' } else { '}' })?;
    let inner = &text[start..end];
    let digits = inner.find(|c: char| c.is_ascii_digit())?;
    let word = inner[..digits].trim().to_lowercase();
    let form = match (&*word, square) {
        ("", true) => Form::Square,
        ("", false) => Form::Curly,
        (word, _) if WORDS.contains(&word) => Form::Named,
        _ => return None,
    };
    let printed = start + digits..start + inner.trim_end().len();
    Some((form, at..end + 1, printed))
}

/// Those numbers that count, if nearly all do.
fn counting(form: Form, found: Vec<(Page, u32)>) -> Vec<Page> {
    let Some(first) = found.iter().map(|(_, n)| *n).min() else { return Vec::new() };
    let last = found.iter().map(|(_, n)| *n).max().unwrap_or(first);
    let step =
        |(mark, (_, number)): (usize, &(Page, u32))| Step { mark, note: (number - first) as usize, score: 4 };
    let steps: Vec<Step> = found.iter().enumerate().map(step).collect();
    let march = march::best(&steps, (last - first) as usize + 1, Gait::Leaping);
    let next =
        march.taken.windows(2).filter(|w| (1..=2).contains(&(steps[w[1]].note - steps[w[0]].note))).count();
    let least = if form == Form::Named { LEAST_NAMED } else { LEAST };
    let taken = march.taken.len();
    let counts = taken >= least
        && taken * 5 >= found.len() * 4
        && (form == Form::Named || (next + 1) * 4 >= taken * 3);
    if !counts {
        return Vec::new();
    }
    let mut found: Vec<Option<Page>> = found.into_iter().map(|(page, _)| Some(page)).collect();
    march.taken.into_iter().filter_map(|i| found[i].take()).collect()
}

/// Joins what the number of a page on a line of its own has torn: the paragraph before it breaks off, and the one behind
/// goes on.
pub(super) fn mend(paragraphs: &mut [Paragraph], pages: &[Page]) {
    for page in pages {
        let i = page.paragraph;
        let Some([before, here, after]) = i.checked_sub(1).and_then(|b| paragraphs.get_mut(b..b + 3)) else {
            continue;
        };
        let alone = here.text.len() == page.range.len();
        let open = before.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'));
        if alone && before.kind == after.kind && open && after.text.starts_with(char::is_lowercase) {
            (here.joins, after.joins) = (true, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{lines, shape::Shape};
    use super::*;

    /// Checks which of the numbers in a text are pages.
    fn check(text: &str, told: &[&str]) {
        let shape = Shape::Unwrapped { spaced: false };
        let formed = super::super::paragraphs::form(&lines::split(text), shape, &Default::default());
        let pages = find(&formed, |_, _| false);
        let got: Vec<_> = pages.iter().map(|p| &formed[p.paragraph].text[p.printed.clone()]).collect();
        assert_eq!(got, told, "{text}");
    }

    #[test]
    fn pages_count_one_by_one() {
        check(
            "[29]\nThe keeper [30] climbed.\n[31] He came [32] down [33] and\n[34] went [1805] home [35].",
            &["29", "30", "31", "32", "33", "34", "35"],
        );
        check("{1} a {2} b {3} c {4} d {5} e {6}", &["1", "2", "3", "4", "5", "6"]);
        check("a [Pg 7] b [Pg 9] c", &["7", "9"]);
        check("a {p. 7} b {p. 8} c", &["7", "8"]);
        let lines = |line: fn(usize) -> String| {
            (7..14).map(|n| format!("He climbed.\n{}\n", line(n))).collect::<String>()
        };
        let told = ["7", "8", "9", "10", "11", "12", "13"];
        check(&lines(|n| format!("Page {n}")), &told);
        check(&lines(|n| format!("- {n} -")), &told);
        check(&lines(|n| format!("Part {n}")), &[]);
        check("Page 7\nHe climbed.\nPage 3", &[]);
    }

    #[test]
    fn other_numbers_are_no_pages() {
        check("[1] and [2] and [1] and [2] and [7] and [3] and [5]", &[]);
        check("[10] and [200] and [300] and [444] and [500] and [600]", &[]);
        check("[1] and [2]", &[]);
        check("H_{2} and [sic] and [Pg]", &[]);
    }
}
