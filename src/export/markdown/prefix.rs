//! What stands before each line of a block: the marks of the quotations and lists that it stands in.

use crate::document::Kind;
use crate::export::nesting::{Container, Nesting};

/// The largest number that an item of Markdown can have.
const LARGEST: u64 = 999_999_999;

/// The marks of the quotations and lists that are open.
#[derive(Debug, Default)]
pub(super) struct Prefix {
    nesting: Nesting,
    marks: Vec<Mark>,
    /// Whether the block before began an item.
    item: bool,
}

/// The mark of a quotation or an item.
#[derive(Debug)]
struct Mark {
    /// Before the first line.
    first: String,
    /// Before the others.
    next: String,
    /// What stands behind the number of an item.
    sign: char,
}

/// What stands before the lines of one block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Before {
    /// The line that parts it from the block before, if one has to.
    pub blank: Option<String>,
    /// Before its first line.
    pub first: String,
    /// Before its further lines.
    pub next: String,
}

impl Prefix {
    /// What stands before a block of this kind that stands in `depth` quotations and lists.
    pub fn before(&mut self, kind: Kind, depth: u8) -> Before {
        let was = self.nesting.depth();
        let step = self.nesting.step(kind, depth);
        let last = self.marks.get(step.kept).map(|mark| mark.sign);
        self.marks.truncate(step.kept);
        let around: String = self.marks.iter().map(|mark| &*mark.next).collect();
        // Items that follow each other are not parted.
        let close = self.item && step.goes_on && step.opened.len() == 1 && was == step.kept + 1;
        self.item = matches!(kind, Kind::Item(_));
        for (i, container) in step.opened.iter().enumerate() {
            self.marks.push(Mark::of(*container, last.filter(|_| i == 0), step.goes_on));
        }
        let opened = &self.marks[step.kept..];
        let first: String = opened.iter().map(|mark| &*mark.first).collect();
        let next: String = opened.iter().map(|mark| &*mark.next).collect();
        Before {
            blank: (!close).then(|| around.trim_end().to_owned()),
            first: format!("{around}{first}"),
            next: format!("{around}{next}"),
        }
    }
}

impl Mark {
    /// The mark of a container; `last` is the sign of the item before, in whose list it may stand. Where numbers begin
    /// anew, another sign begins another list.
    fn of(container: Container, last: Option<char>, goes_on: bool) -> Mark {
        let sign = match (last, goes_on) {
            (None, _) => '.',
            (Some(sign), true) => sign,
            (Some('.'), false) => ')',
            (Some(_), false) => '.',
        };
        let first = match container {
            Container::Quotation => return Mark { first: "> ".to_owned(), next: "> ".to_owned(), sign: ' ' },
            Container::Item(Some(number)) if number <= LARGEST => format!("{number}{sign} "),
            Container::Item(_) => "- ".to_owned(),
        };
        Mark { next: " ".repeat(first.len()), first, sign }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Marker;

    #[test]
    fn quotations_and_lists_stand_before_their_lines() {
        let number = |n| Kind::Item(Marker::Number(n));
        let bullet = Kind::Item(Marker::Bullet);
        let mut prefix = Prefix::default();
        for (kind, depth, blank, first, next) in [
            (Kind::Paragraph, 0, Some(""), "", ""),
            (Kind::Quotation, 1, Some(""), "> ", "> "),
            (Kind::Quotation, 2, Some(">"), "> > ", "> > "),
            (Kind::Quotation, 1, Some(">"), "> ", "> "),
            (bullet, 1, Some(""), "- ", "  "),
            (bullet, 1, None, "- ", "  "),
            (number(9), 2, Some(""), "  9. ", "     "),
            (number(10), 2, None, "  10. ", "      "),
            (Kind::Paragraph, 2, Some(""), "      ", "      "),
            (number(1), 2, Some(""), "  1) ", "     "),
            (bullet, 1, Some(""), "- ", "  "),
            (Kind::Paragraph, 0, Some(""), "", ""),
            (Kind::Verse, 1, Some(""), "> ", "> "),
            (Kind::Heading(1), 1, Some(""), "", ""),
        ] {
            let before = prefix.before(kind, depth);
            let told = (before.blank.as_deref(), &*before.first, &*before.next);
            assert_eq!(told, (blank, first, next), "{kind:?} {depth}");
        }
    }
}
