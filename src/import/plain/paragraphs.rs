//! Lines put together to paragraphs, verse, quotations and breaks.

use super::hyphens::Hyphens;
use super::items::{self, Item};
use super::lines::Line;
use super::shape::{self, Shape};
use crate::document::Kind;
use crate::import::seam;
use std::borrow::Cow;
use std::ops::Range;

/// How far a block is set in beyond the margin to be set apart.
const SET_IN: u32 = 2;

/// A line set in farther than this is centred, not quoted.
const CENTRED: u32 = 16;

/// How far lines of prose may fall short of the width, as those of a narrow quotation do.
const SLACK: usize = 12;

/// Lines of verse in a text whose paragraphs are one line each.
const SHORT: usize = 60;

/// So many blanks part the columns of a table.
pub(super) const COLUMN: &str = "   ";

/// A paragraph of the source, or what is set like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph<'a> {
    /// What it is: first by its form alone, later by what stands around it.
    pub kind: Kind,
    /// How many quotations it stands in.
    pub depth: u8,
    /// The line of the source it starts on, from 1.
    pub line: usize,
    /// The blank lines before it.
    pub blanks: u32,
    /// Whether it goes on in the block of the paragraph before it, as the second line of a title does.
    pub joins: bool,
    /// Its words; a `\n` is a line end to be kept.
    pub text: Cow<'a, str>,
    /// Where lines were lifted out of it: the byte at which it goes on, and the line.
    pub torn: Vec<(usize, usize)>,
}

impl<'a> Paragraph<'a> {
    fn new(kind: Kind, depth: u8, first: &Line<'a>, text: impl Into<Cow<'a, str>>) -> Paragraph<'a> {
        Paragraph {
            kind,
            depth,
            line: first.number,
            blanks: first.blanks,
            joins: false,
            text: text.into(),
            torn: Vec::new(),
        }
    }

    /// A paragraph of some words, by itself.
    pub fn plain(text: String, line: usize) -> Paragraph<'static> {
        let (kind, text) = (Kind::Paragraph, Cow::Owned(text));
        Paragraph { kind, depth: 0, line, blanks: 0, joins: false, text, torn: Vec::new() }
    }

    /// The line of the source a byte of it stands on, or the last line before that which is known.
    pub fn line_at(&self, byte: usize) -> usize {
        let after = self.torn.partition_point(|(at, _)| *at <= byte);
        after.checked_sub(1).map_or(self.line, |i| self.torn[i].1)
    }

    /// Its lines, where it has several.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n').map(str::trim)
    }

    /// Whether it is shorter than `limit` characters; looks no further than that.
    pub fn is_shorter(&self, limit: usize) -> bool {
        self.text.chars().nth(limit).is_none()
    }
}

/// The paragraphs of some lines of a text that has this shape.
pub(super) fn form<'a>(lines: &[Line<'a>], shape: Shape, hyphens: &Hyphens) -> Vec<Paragraph<'a>> {
    let quoted = lines.iter().any(|l| l.text.starts_with('>'));
    let (lines, depths) = if quoted { unquote(lines) } else { (Cow::Borrowed(lines), Vec::new()) };
    let depth = |line: usize| depths.get(line).copied().unwrap_or(0);
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if line.blanks == 0 && depth(group.start) == depth(i) => group.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    let items = match shape {
        Shape::Unwrapped { .. } => {
            items::find(&lines, &(0..lines.len()).map(|i| i..i + 1).collect::<Vec<_>>())
        }
        Shape::Wrapped { .. } => items::find(&lines, &groups),
    };
    let mut former = Former { shape, hyphens, item: None, out: Vec::with_capacity(groups.len()) };
    let mut items = &items[..];
    for group in groups {
        let here = items.partition_point(|item| item.line < group.end);
        let (inside, rest) = items.split_at(here);
        let at = depth(group.start);
        former.group(&lines[group.clone()], group.start, inside, at);
        items = rest;
    }
    former.out
}

/// Takes the `>` off lines that are quoted by them, and says how many each had. A lone `>` is a blank line.
fn unquote<'a>(lines: &[Line<'a>]) -> (Cow<'a, [Line<'a>]>, Vec<u8>) {
    let mut inner = Vec::with_capacity(lines.len());
    let mut depths = Vec::with_capacity(lines.len());
    let mut blanks = 0;
    for line in lines {
        let text = line.text.trim_start_matches(['>', ' ']);
        let marks = &line.text[..line.text.len() - text.len()];
        let quoted = marks.starts_with('>') && (text.is_empty() || marks.ends_with(' '));
        if quoted && text.is_empty() {
            blanks += line.blanks + 1;
            continue;
        }
        let depth = marks.matches('>').count().min(usize::from(u8::MAX)) as u8;
        depths.push(if quoted { depth } else { 0 });
        inner.push(if quoted {
            Line { text, indent: 0, blanks: line.blanks + blanks, ..*line }
        } else {
            Line { blanks: line.blanks + blanks, ..*line }
        });
        blanks = 0;
    }
    (Cow::Owned(inner), depths)
}

/// Forms the paragraphs of a text, one group of lines after the other.
struct Former<'a, 'b> {
    shape: Shape,
    hyphens: &'b Hyphens,
    /// The column and the depth of the item that was formed last, while its list goes on.
    item: Option<(u32, u8)>,
    out: Vec<Paragraph<'a>>,
}

impl<'a> Former<'a, '_> {
    /// The paragraphs of lines without a blank one between them; the first is line `start` of the text.
    fn group(&mut self, group: &[Line<'a>], start: usize, items: &[Item], depth: u8) {
        let first = items.first().map_or(group.len(), |item| item.line - start);
        if first > 0 {
            self.plain(&group[..first], depth);
        }
        for (i, item) in items.iter().enumerate() {
            let end = items.get(i + 1).map_or(group.len(), |next| next.line - start);
            let mut lines = &group[item.line - start..end];
            if self.shape.is_unwrapped() {
                lines = &lines[..1];
            }
            self.item(lines, item, depth);
            if lines.len() < end - (item.line - start) {
                self.plain(&group[item.line - start + 1..end], depth);
            }
        }
    }

    /// An item of a list.
    fn item(&mut self, lines: &[Line<'a>], item: &Item, depth: u8) {
        let mut lines = lines.to_vec();
        let column = lines[0].indent;
        lines[0].text = &lines[0].text[item.words..];
        let depth = depth.saturating_add(item.level);
        let paragraph = self.joined(&lines, Kind::Item(item.marker), depth);
        self.out.push(paragraph);
        self.item = Some((column, depth));
    }

    /// The paragraphs of lines that are no list.
    fn plain(&mut self, group: &[Line<'a>], depth: u8) {
        if let Some((column, inner)) = self.item
            && !self.shape.is_unwrapped()
            && group.iter().all(|l| l.indent > column && l.indent <= column + CENTRED)
            && !is_table(group)
        {
            let paragraph = self.joined(group, Kind::Paragraph, inner);
            return self.out.push(paragraph);
        }
        self.item = None;
        match self.shape {
            Shape::Unwrapped { spaced } => {
                let stanza =
                    spaced && group.len() > 1 && group.iter().all(|l| l.end() <= SHORT && !is_rule(l.text));
                if stanza {
                    self.out.push(keep_lines(Kind::Verse, group, depth));
                } else {
                    self.out.extend(group.iter().map(|line| {
                        if is_rule(line.text) {
                            Paragraph::new(Kind::Break, depth, line, line.text)
                        } else {
                            Paragraph::new(set(depth), depth, line, line.text)
                        }
                    }));
                }
            }
            Shape::Wrapped { width, margin, indented } => {
                let opens = |a: &Line, b: &Line| indented && shape::opens_paragraph(a, b);
                for run in group.chunk_by(|a, b| !is_rule(a.text) && !is_rule(b.text) && !opens(a, b)) {
                    let paragraph = self.run(run, depth, (width, margin));
                    self.out.push(paragraph);
                }
            }
        }
    }

    /// The one paragraph of lines that were broken to a width.
    fn run(&self, run: &[Line<'a>], depth: u8, (width, margin): (usize, u32)) -> Paragraph<'a> {
        let first = &run[0];
        if is_rule(first.text) {
            return Paragraph::new(Kind::Break, depth, first, first.text);
        }
        let set_in = run.iter().all(|l| l.indent >= margin + SET_IN);
        let inner = depth.saturating_add(1);
        let (kind, depth) = match set_in {
            false => (set(depth), depth),
            true if first.indent > margin + CENTRED => (set(depth), depth),
            true if items::is_bulleted(first.text) => (set(depth), inner),
            true => (Kind::Quotation, inner),
        };
        if run.len() > 1 && is_table(run) {
            keep_lines(Kind::Code, run, depth)
        } else if run.len() > 1 && is_ragged(run, width) {
            keep_lines(Kind::Verse, run, depth)
        } else {
            self.joined(run, kind, depth)
        }
    }

    fn joined(&self, run: &[Line<'a>], kind: Kind, depth: u8) -> Paragraph<'a> {
        let mut torn = Vec::new();
        let text = join(run, self.hyphens, &mut torn);
        Paragraph { torn, ..Paragraph::new(kind, depth, &run[0], text) }
    }
}

/// What plain words are at a depth of quotations.
fn set(depth: u8) -> Kind {
    if depth > 0 { Kind::Quotation } else { Kind::Paragraph }
}

/// Whether most lines have columns: then every blank counts.
fn is_table(run: &[Line]) -> bool {
    run.iter().filter(|l| l.text.contains(COLUMN)).count() * 2 > run.len()
}

/// Whether most lines end before they had to: verse, an address, a table.
fn is_ragged(run: &[Line], width: usize) -> bool {
    let pairs = run.len() - 1;
    let full = |width: usize| {
        run.windows(2).filter(|pair| shape::is_full(pair[0].end(), pair[1].text, width)).count()
    };
    let own = run.iter().map(Line::end).max().unwrap_or(width);
    // A narrow block of prose is full by its own measure.
    let narrow = run.len() >= 4 && full(own) * 20 >= pairs * 17;
    full(width.saturating_sub(SLACK)) * 2 < pairs && !narrow
}

/// A block whose line ends stay, and its indents beyond the least of them.
fn keep_lines<'a>(kind: Kind, lines: &[Line<'a>], depth: u8) -> Paragraph<'a> {
    let least = lines.iter().map(|l| l.indent).min().unwrap_or(0);
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.extend(std::iter::repeat_n(' ', (line.indent - least).min(40) as usize));
        text.push_str(line.text);
    }
    Paragraph::new(kind, depth, &lines[0], text)
}

/// The lines as one; says where some were lifted out.
fn join<'a>(run: &[Line<'a>], hyphens: &Hyphens, torn: &mut Vec<(usize, usize)>) -> Cow<'a, str> {
    let [first, ..] = run else { return Cow::Borrowed("") };
    let mut text = Cow::Borrowed(first.text);
    for pair in run.windows(2) {
        let (before, line) = (&pair[0], &pair[1]);
        let seam = seam::between(&text, line.text);
        let printers = hyphens.is_printers(before.text, line.text);
        let text = text.to_mut();
        if printers {
            text.pop();
        }
        text.push_str(seam);
        if line.number != before.number + 1 {
            torn.push((text.len(), line.number));
        }
        text.push_str(line.text);
    }
    text
}

/// Whether a line is a break between parts: `* * *`, `-----`.
pub(super) fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| *c != ' ');
    let Some(mark) =
        marks.next().filter(|c| matches!(c, '*' | '-' | '_' | '=' | '~' | '#' | '•' | '—' | '─' | '═' | '⁂'))
    else {
        return false;
    };
    let least = if matches!(mark, '-' | '—' | '_' | '─' | '═') { 1 } else { 2 };
    mark == '⁂' && text.len() == '⁂'.len_utf8() || marks.clone().all(|c| c == mark) && marks.count() >= least
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn check(text: &str, shape: Shape, told: &[(Kind, u8, &str)]) {
        let formed = form(&split(text), shape, &Hyphens::default());
        let got: Vec<_> = formed.iter().map(|p| (p.kind, p.depth, &*p.text)).collect();
        assert_eq!(got, told, "{text}");
    }

    const WRAPPED: Shape = Shape::Wrapped { width: 40, margin: 0, indented: false };
    const P: Kind = Kind::Paragraph;
    const Q: Kind = Kind::Quotation;
    const V: Kind = Kind::Verse;

    #[test]
    fn lines_that_were_broken_are_joined() {
        check(
            "The keeper of the light had climbed the\nstair at the same well-\nknown hour.\n\nHe came down.",
            WRAPPED,
            &[
                (P, 0, "The keeper of the light had climbed the stair at the same well-known hour."),
                (P, 0, "He came down."),
            ],
        );
    }

    #[test]
    fn an_indent_may_open_a_paragraph() {
        let shape = Shape::Wrapped { width: 40, margin: 0, indented: true };
        check(
            "   The keeper of the light climbed the\nstair.\n   He came down as slowly as he had gone\nup.",
            shape,
            &[
                (P, 0, "The keeper of the light climbed the stair."),
                (P, 0, "He came down as slowly as he had gone up."),
            ],
        );
    }

    #[test]
    fn blocks_that_are_set_in_are_quoted_or_verse() {
        check(
            "He wrote in the log which lay before\nhim:\n\n    The wind is from the north-west and\n    it is cold.\n\n    \
             O rose\n      thou art sick\n    the worm\n",
            WRAPPED,
            &[
                (P, 0, "He wrote in the log which lay before him:"),
                (Q, 1, "The wind is from the north-west and it is cold."),
                (V, 1, "O rose\n  thou art sick\nthe worm"),
            ],
        );
    }

    #[test]
    fn a_mark_before_each_line_quotes_it() {
        check(
            "He wrote in the log, as he had to do:\n> The wind is from the north-west and the\n> sea is high.\n>\n\
             > All is well.\nThat was all of it.",
            WRAPPED,
            &[
                (P, 0, "He wrote in the log, as he had to do:"),
                (Q, 1, "The wind is from the north-west and the sea is high."),
                (Q, 1, "All is well."),
                (P, 0, "That was all of it."),
            ],
        );
    }

    #[test]
    fn lines_stay_where_they_end_early() {
        check("London\nFelling-on-Tyne\nMelbourne", WRAPPED, &[(V, 0, "London\nFelling-on-Tyne\nMelbourne")]);
        let spaced = Shape::Unwrapped { spaced: true };
        check("A line of\nverse\n\nAnother", spaced, &[(V, 0, "A line of\nverse"), (P, 0, "Another")]);
        let close = Shape::Unwrapped { spaced: false };
        check("One.\nTwo.\n> Three.", close, &[(P, 0, "One."), (P, 0, "Two."), (Q, 1, "Three.")]);
    }

    #[test]
    fn tables_keep_their_blanks() {
        let table = "oil     40 gallons\nwicks    2 dozen\nsoup     none";
        check(table, WRAPPED, &[(Kind::Code, 0, table)]);
    }

    #[test]
    fn breaks_are_known() {
        check(
            "One.\n* * *\nTwo.\n\n-----",
            WRAPPED,
            &[(P, 0, "One."), (Kind::Break, 0, "* * *"), (P, 0, "Two."), (Kind::Break, 0, "-----")],
        );
        for (text, rule) in
            [("--", true), ("**", false), ("*", false), ("- a -", false), ("⁂", true), ("", false)]
        {
            assert_eq!(is_rule(text), rule, "{text}");
        }
    }
}
