//! How a plain text marks its paragraphs, told from the lengths of its lines.

use super::lines::Line;
use crate::import::seam;

/// Lines longer than this were broken by no one.
const WIDEST: usize = 140;

/// Lines shorter than this may be verse.
const NARROWEST: usize = 36;

/// How a text marks its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Each line is a paragraph.
    Unwrapped {
        /// Whether blank lines stand between them, so that lines without one belong together.
        spaced: bool,
    },
    /// Lines were broken to a width; blank lines part the paragraphs.
    Wrapped {
        /// The column at which lines end.
        width: usize,
        /// The column at which most lines start.
        margin: u32,
        /// Whether an indented line opens a paragraph, too.
        indented: bool,
    },
}

impl Shape {
    /// The shape of a text.
    pub fn of(lines: &[Line]) -> Shape {
        let ends: Vec<usize> = lines.iter().map(Line::end).collect();
        let width = percentile(&ends, 95);
        let (mut pairs, mut broken) = (0_usize, 0_usize);
        for (i, pair) in lines.windows(2).enumerate().filter(|(_, pair)| pair[1].blanks == 0) {
            pairs += 1;
            broken += usize::from(is_full(ends[i], pair[1].text, width) && !ends_sentence(pair[0].text));
        }
        if (NARROWEST..=WIDEST).contains(&width) && broken * 10 > pairs * 3 {
            return Shape::Wrapped { width, margin: margin(lines), indented: opens_by_indent(lines) };
        }
        let long = lines.iter().zip(&ends).skip(1).filter(|(_, end)| **end >= 80);
        let (all, apart) =
            long.fold((0, 0), |(all, apart), (l, _)| (all + 1, apart + usize::from(l.blanks > 0)));
        Shape::Unwrapped { spaced: apart * 10 >= all * 8 }
    }

    /// The same shape for lines that start at another column.
    pub fn with_margin(self, margin: u32) -> Shape {
        match self {
            Shape::Wrapped { width, indented, .. } => Shape::Wrapped { width, margin, indented },
            Shape::Unwrapped { .. } => self,
        }
    }

    /// Whether each line is a paragraph.
    pub fn is_unwrapped(self) -> bool {
        matches!(self, Shape::Unwrapped { .. })
    }
}

/// Whether a line that ends at `end` had no room for the first word of the next.
pub(super) fn is_full(end: usize, next: &str, width: usize) -> bool {
    let first = next.chars().next().is_some_and(seam::is_cjk);
    // A character of two columns stands for a word, and no blank before it.
    let word = if first { 1 } else { next.split(' ').next().map_or(0, |w| w.chars().take(width).count()) };
    end + 1 + word > width
}

/// Whether a line ends with the end of a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    // The mark of a note may stand behind the stop, in brackets or without.
    let closers = |c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | '(' | ')' | ']' | '[' | '{' | '}' | '^' | '_' | '*' | ' ')
            || c.is_numeric()
    };
    let stops = |c: char| matches!(c, '.' | '!' | '?' | '…' | ':' | '。' | '！' | '？' | '」' | '』');
    text.trim_end_matches(closers).ends_with(stops)
}

/// The column at which most lines start.
fn margin(lines: &[Line]) -> u32 {
    let mut counts = [0_usize; 16];
    for line in lines {
        if let Some(count) = counts.get_mut(line.indent as usize) {
            *count += 1;
        }
    }
    counts.iter().enumerate().max_by_key(|(i, n)| (**n, std::cmp::Reverse(*i))).map_or(0, |(i, _)| i as u32)
}

/// Whether paragraphs open by an indent: a line set in, behind the end of a sentence and before one that is not.
fn opens_by_indent(lines: &[Line]) -> bool {
    let opens = |l: &&[Line]| {
        l[1].blanks == 0 && l[2].blanks == 0 && opens_paragraph(&l[0], &l[1]) && l[2].indent < l[1].indent
    };
    let opening = lines.windows(3).filter(opens).count();
    opening >= 2 && opening * 50 >= lines.len()
}

/// Whether a line is set in behind a line that ends a sentence and is not.
pub(super) fn opens_paragraph(before: &Line, line: &Line) -> bool {
    line.indent > before.indent && line.indent <= before.indent + 8 && ends_sentence(before.text)
}

fn percentile(values: &[usize], percent: usize) -> usize {
    let mut sorted = values.to_vec();
    let at = (sorted.len().saturating_sub(1) * percent).div_ceil(100);
    if sorted.is_empty() { 0 } else { *sorted.select_nth_unstable(at).1 }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    const WRAPPED: &str = "The keeper of the light climbed the stair at the same\n\
        hour every evening, and every evening he counted the\nsteps, as if one of them might have gone.\n";

    fn check(text: &str, shape: Shape) {
        assert_eq!(Shape::of(&split(text)), shape, "{text}");
    }

    #[test]
    fn broken_lines_are_told_from_paragraphs() {
        let line = "A paragraph that runs on and on without a break. ".repeat(8);
        check(&format!("{line}\n{line}more\n{line}\n"), Shape::Unwrapped { spaced: false });
        check(&format!("{line}\n\n{line}more\n\n{line}\n"), Shape::Unwrapped { spaced: true });
        let wrapped = |margin, indented| Shape::Wrapped { width: 53, margin, indented };
        check(WRAPPED, wrapped(0, false));
        check(&format!("{WRAPPED}\n{WRAPPED}"), wrapped(0, false));
        check(
            &format!("   {WRAPPED}   {WRAPPED}   {WRAPPED}"),
            Shape::Wrapped { width: 56, margin: 0, indented: true },
        );
    }

    #[test]
    fn verse_and_short_sentences_are_not_broken_lines() {
        check(
            "O rose, thou art sick!\nThe invisible worm\nThat flies in the night",
            Shape::Unwrapped { spaced: true },
        );
        let sentence = "This is one sentence that stands on a line.";
        check(&format!("{sentence}\n{sentence}\n{sentence}\n"), Shape::Unwrapped { spaced: true });
    }

    #[test]
    fn han_is_broken_anywhere() {
        let line = "管仲夷吾者颍上人也少时常与鲍叔牙游鲍叔知其贤管仲贫困常欺鲍叔鲍叔终善遇之不以为言";
        check(&format!("{line}\n{line}\n{line}\n"), Shape::Wrapped { width: 80, margin: 0, indented: false });
    }
}
