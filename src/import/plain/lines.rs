//! The lines of a plain text that have something on them.

use super::wording;

/// A line that is not blank. Blank ones are counted, not kept: a file can hold millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number in the source, from 1.
    pub number: usize,
    /// Its words, without the blanks at both ends.
    pub text: &'a str,
    /// The columns of blank before them.
    pub indent: u32,
    /// The blank lines before it.
    pub blanks: u32,
}

impl Line<'_> {
    /// The column at which the line ends.
    pub fn end(&self) -> usize {
        self.indent as usize + wording::columns(self.text, usize::MAX - 1)
    }
}

/// The lines of a text. Where it has no line feed, carriage returns end its lines, as they once did.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let feed = if memchr::memchr(b'\n', text.as_bytes()).is_some() { '\n' } else { '\r' };
    let mut lines = Vec::new();
    let mut blanks = 0;
    for (i, whole) in text.split(feed).enumerate() {
        let start = whole.trim_start();
        if start.is_empty() {
            blanks += 1;
            continue;
        }
        let indent = indent(&whole[..whole.len() - start.len()]);
        lines.push(Line { number: i + 1, text: start.trim_end(), indent, blanks });
        blanks = 0;
    }
    lines
}

fn indent(blank: &str) -> u32 {
    blank.chars().fold(0, |column, c| match c {
        '\t' => (column / 8 + 1) * 8,
        '\u{3000}' => column + 2,
        '\r' | '\u{b}' | '\u{c}' => column,
        _ => column + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_and_indents_measured() {
        let lines = split("one\r\n\r\n \t\r\n  two \n\tthree\n\u{c}four");
        let told: Vec<_> = lines.iter().map(|l| (l.number, l.text, l.indent, l.blanks)).collect();
        assert_eq!(told, [(1, "one", 0, 0), (4, "two", 2, 2), (5, "three", 8, 0), (6, "four", 0, 0)]);
    }

    #[test]
    fn lines_end_at_a_column() {
        for (text, column) in [("oil", 3), ("  oil", 5), ("灯台 oil", 8), ("Öl", 2)] {
            assert_eq!(split(text)[0].end(), column, "{text}");
        }
    }

    #[test]
    fn carriage_returns_end_the_lines_of_old_files() {
        assert_eq!(split("one\rtwo").iter().map(|l| l.text).collect::<Vec<_>>(), ["one", "two"]);
    }
}
