//! The items of lists: lines that open with a bullet, or with numbers that follow each other.
//!
//! A bullet that is nothing else needs no more than a second one. A dash may open what someone says, a figure a heading;
//! they make a list where lines hang below them.

use super::lines::Line;
use super::paragraphs;
use crate::document::Marker;
use std::ops::Range;

/// What is set in farther behind its list does not belong to it, in columns.
const FARTHEST: u32 = 8;

/// The line that opens an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The line, an index into those of the text.
    pub line: usize,
    /// What stands before its words.
    pub marker: Marker,
    /// The byte of the line at which they begin.
    pub words: usize,
    /// How many lists it stands in, from 1.
    pub level: u8,
}

/// What opens an item, as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A bullet that is nothing else.
    Bullet(char),
    /// A dash, a plus or a small o.
    Dash(char),
    /// A number, and what stands behind it.
    Number(u64, char),
}

impl Sign {
    /// Whether it goes on where another was.
    fn follows(self, before: Sign) -> bool {
        match (before, self) {
            (Sign::Number(a, stop), Sign::Number(b, other)) => stop == other && a + 1 == b,
            (before, sign) => before == sign,
        }
    }

    /// Whether a list needs no lines that hang to be one.
    fn is_sure(self) -> bool {
        matches!(self, Sign::Bullet(_))
    }

    fn marker(self) -> Marker {
        match self {
            Sign::Bullet(_) | Sign::Dash(_) => Marker::Bullet,
            Sign::Number(number, _) => Marker::Number(number),
        }
    }
}

/// What opens an item in a line, and the byte at which its words begin.
fn opener(text: &str) -> Option<(Sign, usize)> {
    let first = text.chars().next()?;
    let (sign, end) = match first {
        '*' | '•' | '·' | '◦' | '▪' | '●' | '‣' => (Sign::Bullet(first), first.len_utf8()),
        '-' | '–' | '+' | 'o' => (Sign::Dash(first), first.len_utf8()),
        '0'..='9' => {
            let figures = text.bytes().take_while(u8::is_ascii_digit).count();
            let stop = text[figures..].chars().next().filter(|c| matches!(c, '.' | ')'))?;
            (Sign::Number(text[..figures].parse().ok().filter(|_| figures <= 3)?, stop), figures + 1)
        }
        _ => return None,
    };
    let words = text[end..].trim_start();
    let parted = words.len() < text.len() - end && !words.is_empty();
    (parted && !paragraphs::is_rule(text)).then_some((sign, text.len() - words.len()))
}

/// Whether a line opens with a bullet, alone or not.
pub(super) fn is_bulleted(text: &str) -> bool {
    opener(text).is_some_and(|(sign, _)| matches!(sign, Sign::Bullet(_) | Sign::Dash(_)))
}

/// What looks like a list in lines that no blank one parts.
#[derive(Debug)]
struct Run {
    items: Vec<Item>,
    first: Sign,
    last: Sign,
    indent: u32,
    /// How many items it has, those inside them not counted.
    count: usize,
    /// Whether it is the whole of its lines.
    is_whole: bool,
    /// Whether lines hang below its items, and whether some do not.
    hangs: bool,
    sags: bool,
}

impl Run {
    /// Whether this goes on with the list of another.
    fn follows(&self, before: &Run) -> bool {
        self.first.follows(before.last) && self.indent == before.indent && self.is_whole
    }
}

/// The items of the lists in some lines, in order; `groups` are the lines that no blank one parts.
pub(super) fn find(lines: &[Line], groups: &[Range<usize>]) -> Vec<Item> {
    let runs: Vec<Option<Run>> = groups.iter().map(|group| run(lines, group.clone())).collect();
    let mut items = Vec::new();
    for (i, here) in runs.iter().enumerate() {
        let Some(run) = here else { continue };
        let before = i.checked_sub(1).and_then(|b| runs[b].as_ref()).filter(|before| run.follows(before));
        let behind = runs.get(i + 1).and_then(Option::as_ref).filter(|behind| behind.follows(run));
        let beside = || before.into_iter().chain(behind);
        let several = run.count > 1 || beside().next().is_some();
        let hangs = !run.sags && (run.hangs || beside().any(|other| other.hangs && !other.sags));
        if several && (hangs || run.first.is_sure()) {
            items.extend_from_slice(&run.items);
        }
    }
    items
}

/// The list among lines that no blank one parts: from the first of them, or behind a colon.
fn run(lines: &[Line], group: Range<usize>) -> Option<Run> {
    let leads = |at: usize| at == group.start || lines[at - 1].text.ends_with(':');
    let found = |at: usize| leads(at).then(|| opener(lines[at].text)).flatten();
    let (start, (first, _)) = group.clone().find_map(|at| Some((at, found(at)?)))?;
    let indent = lines[start].indent;
    let is_whole = start == group.start;
    let mut run =
        Run { items: Vec::new(), first, last: first, indent, count: 0, is_whole, hangs: false, sags: false };
    // The lists that an item stands in: the sign that came last, and the column of it.
    let mut open: Vec<(Sign, u32)> = Vec::new();
    for (at, line) in lines.iter().enumerate().take(group.end).skip(start) {
        if let Some((sign, words)) = opener(line.text) {
            let goes_on = |(last, column): &(Sign, u32)| line.indent == *column && sign.follows(*last);
            let inside = open
                .last()
                .is_none_or(|(_, column)| line.indent > *column && line.indent <= column + FARTHEST);
            let starts = !matches!(sign, Sign::Number(n, _) if n > 1 && !open.is_empty());
            if let Some(level) = open.iter().rposition(goes_on) {
                open.truncate(level);
                open.push((sign, line.indent));
            } else if inside && starts {
                open.push((sign, line.indent));
            } else {
                run.sags |= line.indent <= indent;
                continue;
            }
            if open.len() == 1 {
                run.count += 1;
                run.last = sign;
            }
            let level = open.len().min(usize::from(u8::MAX)) as u8;
            run.items.push(Item { line: at, marker: sign.marker(), words, level });
        } else if open.last().is_some_and(|(_, column)| line.indent > *column) {
            run.hangs = true;
        } else {
            run.sags = true;
        }
    }
    Some(run)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    /// Checks which lines open items: the line, from 1, its marker, the first of its words and its level.
    fn check(text: &str, told: &[(usize, Marker, &str, u8)]) {
        let lines = split(text);
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            match groups.last_mut().filter(|_| line.blanks == 0) {
                Some(group) => group.end = i + 1,
                None => groups.push(i..i + 1),
            }
        }
        let items = find(&lines, &groups);
        let word = |item: &Item| lines[item.line].text[item.words..].split(' ').next().unwrap_or_default();
        let got: Vec<_> = items.iter().map(|i| (lines[i.line].number, i.marker, word(i), i.level)).collect();
        assert_eq!(got, told, "{text}");
    }

    const B: Marker = Marker::Bullet;

    fn n(number: u64) -> Marker {
        Marker::Number(number)
    }

    #[test]
    fn bullets_make_a_list_where_there_are_two() {
        check("* oil\n* wicks", &[(1, B, "oil", 1), (2, B, "wicks", 1)]);
        check("* oil\n\n* wicks", &[(1, B, "oil", 1), (3, B, "wicks", 1)]);
        check("He bought:\n• oil\n  and rags\n• wicks", &[(2, B, "oil", 1), (4, B, "wicks", 1)]);
        check("* oil", &[]);
        check("* oil\n\nIt was cold.\n\n* wicks", &[]);
        check("*oil\n*wicks", &[]);
        check("* * *\n\n* * *", &[]);
    }

    #[test]
    fn dashes_and_figures_need_lines_that_hang() {
        check("- oil for the lamp\n  and rags\n- wicks", &[(1, B, "oil", 1), (3, B, "wicks", 1)]);
        check("- Who is there? asked\nthe keeper.\n- I am.", &[]);
        check("- Who is there?\n- I am.", &[]);
        check("1. Of oil\n2. Of wicks", &[]);
        check("1. Of oil\n\n2. Of wicks", &[]);
        check("1. oil for\n   the lamp\n2. wicks", &[(1, n(1), "oil", 1), (3, n(2), "wicks", 1)]);
        check("1) oil for\n   the lamp\n\n2) wicks", &[(1, n(1), "oil", 1), (4, n(2), "wicks", 1)]);
        check("1. oil for\n   the lamp\n3. wicks", &[]);
        check("1848. In the year\n   of the storm\n1849. He slept", &[]);
    }

    #[test]
    fn lists_stand_in_lists() {
        check(
            "* oil\n  - for the lamp\n  - for the\n    door\n* wicks",
            &[(1, B, "oil", 1), (2, B, "for", 2), (3, B, "for", 2), (5, B, "wicks", 1)],
        );
    }
}
