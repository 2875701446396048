//! What text browsers print around a page: `[7]` before the words of each link, and at the end the list of the links.
//!
//! Lynx, Links and ELinks do it. The numbers count the links of the page, in order, whatever notes the page has itself;
//! taken for notes, they would hide those.

use crate::document::report::ChangeKind;
use crate::import::Scribe;

/// Why the list of the links is left out.
pub(super) const WHY: &str = "links that a text browser listed";

/// What may stand between the lines of the list.
const SHELVES: [&str; 2] = ["Visible links", "Hidden links"];

/// Fewer links show nothing.
const LEAST: usize = 2;

/// So many links in a row may have no words in the page.
const SKIPPED: usize = 8;

/// A page as a text browser printed it, without the numbers of its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The text, line by line what it was.
    pub text: String,
    /// The line on which the list of links begins, from 1.
    pub list: usize,
    /// How many numbers were taken out.
    pub links: usize,
}

/// Takes the numbers of links out of a text, if it ends with their list and they stand as a browser sets them.
pub(super) fn read(text: &str) -> Option<Page> {
    let start = start_of_list(text)?;
    let (body, list) = text.split_at(start);
    let count = count(list)?;
    let mut page = Page { text: String::with_capacity(text.len()), list: 0, links: 0 };
    page.list = body.bytes().filter(|b| *b == b'\n').count() + 1;
    let mut expected = 1;
    // How many stand behind words, as the marks of notes do.
    let mut behind = 0;
    let mut rest = body;
    while let Some((before, number, after)) = next_number(rest) {
        let ahead = after.chars().next().is_some_and(|c| !c.is_whitespace() && !".,;:)".contains(c));
        page.text.push_str(before);
        if number == expected || ahead && (expected..=(expected + SKIPPED).min(count)).contains(&number) {
            page.links += 1;
            behind += usize::from(!ahead);
            expected = number + 1;
        } else {
            page.text.push_str(&rest[before.len()..rest.len() - after.len()]);
        }
        rest = after;
    }
    page.text.push_str(rest);
    page.text.push_str(list);
    (page.links >= LEAST && page.links * 2 >= count && behind * 4 <= page.links).then_some(page)
}

/// Where the last line stands that may be the heading of the list.
fn start_of_list(text: &str) -> Option<usize> {
    ["\nReferences\n", "\nReferences\r\n"].iter().filter_map(|line| text.rfind(line)).max().map(|i| i + 1)
}

/// The last number of a list that holds nothing but links.
fn count(list: &str) -> Option<usize> {
    let mut count = 0;
    for line in list.lines().skip(1).map(str::trim).filter(|l| !l.is_empty()) {
        if SHELVES.contains(&line.trim_end_matches(':')) {
            continue;
        }
        let (number, address) = line.split_once(". ")?;
        let (scheme, place) = address.trim_start().split_once(':')?;
        let lettered = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'));
        let addressed = (2..20).contains(&scheme.len()) && lettered;
        // Numbers may be missing: those of links that lead nowhere.
        let number = number.parse().ok().filter(|n| (count + 1..=count + SKIPPED).contains(n))?;
        if !addressed || place.starts_with(' ') {
            return None;
        }
        count = number;
    }
    (count >= LEAST).then_some(count)
}

/// The next number in brackets: what stands before it, and what behind.
fn next_number(text: &str) -> Option<(&str, usize, &str)> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'[', &text.as_bytes()[from..])?;
        let inner = &text[at + 1..];
        let end = inner.bytes().take(6).position(|b| !b.is_ascii_digit()).unwrap_or(0);
        if end > 0 && inner[end..].starts_with(']') {
            return Some((&text[..at], inner[..end].parse().ok()?, &inner[end + 1..]));
        }
        from = at + 1;
    }
}

impl Page {
    /// Says what was left out.
    pub fn tell(&self, scribe: &mut Scribe) {
        let why = format!("numbers that a text browser gave to links: {}", self.links);
        scribe.line(self.list);
        scribe.builder.change(ChangeKind::Dropped, "[1]", why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "References\n\n   1. https://example.org/oil\n   2. file:///tmp/a.html#n1\n";

    #[test]
    fn the_numbers_of_links_are_taken_out() {
        let page = read(&format!("The [1]oil was cold.[2][1] So he slept.\n\n{LIST}")).unwrap();
        assert_eq!(page.text, format!("The oil was cold.[1] So he slept.\n\n{LIST}"));
        assert_eq!((page.list, page.links), (3, 2));
        let shelves =
            LIST.replace("\n\n", "\n\n   Visible links\n").replace("   2.", "\n   Hidden links:\n   2.");
        assert!(read(&format!("The [1]oil was [2]cold.\n\n{shelves}")).is_some());
    }

    #[test]
    fn notes_are_no_links() {
        for text in [
            // Behind the words, as notes are called.
            format!("The oil[1] was cold.[2]\n\n{LIST}"),
            format!("The oil was cold.\n\n{LIST}"),
            format!("The [1]oil was [2]cold.\n\n{LIST}So he said."),
            "The [1]oil was [2]cold.\n\nReferences\n\n1. Smith: On Oil.\n2. Brown: On Cold.\n".to_owned(),
        ] {
            assert_eq!(read(&text), None, "{text}");
        }
    }
}
