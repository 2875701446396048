//! What stands before each line of a block: the marks of the quotations and lists that it stands in.

use crate::document::{Kind, Marker};

/// What a block stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Container {
    Quotation,
    Item(Item),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    /// Its number and what stands behind it, if it is numbered.
    number: Option<(u64, char)>,
    /// The columns by which its further lines are set in.
    indent: usize,
}

/// The quotations and lists that are open.
#[derive(Debug, Default)]
pub(super) struct Prefix {
    open: Vec<Container>,
    /// Whether the block before was an item without anything behind it.
    item: bool,
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

/// The largest number that an item of Markdown can have.
const LARGEST: u64 = 999_999_999;

/// The most quotations and lists in each other that are written.
const DEEPEST: usize = 32;

impl Prefix {
    /// What stands before a block of this kind that stands in `depth` quotations and lists.
    pub fn before(&mut self, kind: Kind, depth: u8) -> Before {
        let depth = usize::from(depth).min(DEEPEST);
        let (depth, item) = match kind {
            Kind::Source | Kind::Title | Kind::Subtitle | Kind::Author | Kind::Heading(_) => (0, None),
            Kind::Quotation => (depth.max(1), None),
            Kind::Item(Marker::Bullet) => (depth.max(1), Some(None)),
            Kind::Item(Marker::Number(n)) if n <= LARGEST => (depth.max(1), Some(Some(n))),
            Kind::Item(Marker::Number(_)) => (depth.max(1), Some(None)),
            Kind::Paragraph | Kind::Verse | Kind::Code | Kind::Table | Kind::Break => (depth, None),
        };
        let before = match item {
            None => {
                let mut kept = self.open.len().min(depth);
                if kind == Kind::Quotation && kept == depth && self.open[depth - 1] != Container::Quotation {
                    kept -= 1;
                }
                self.change(kept, vec![Container::Quotation; depth - kept], true)
            }
            Some(number) => {
                let kept = self.open.len().min(depth - 1);
                let sibling = match self.open.get(depth - 1) {
                    Some(Container::Item(item)) => Some(item.clone()),
                    Some(Container::Quotation) | None => None,
                };
                let mut new = vec![Container::Quotation; depth - 1 - kept];
                let (number, goes_on) = numbered(number, sibling.as_ref());
                let indent = number.map_or(2, |(n, _)| n.to_string().len() + 2);
                new.push(Container::Item(Item { number, indent }));
                // Items that follow each other are not parted.
                let close = self.item && goes_on && self.open.len() == depth;
                self.change(kept, new, !close)
            }
        };
        self.item = item.is_some();
        before
    }

    /// Keeps the outermost `kept` containers and opens others in them.
    fn change(&mut self, kept: usize, new: Vec<Container>, parted: bool) -> Before {
        self.open.truncate(kept);
        let around: String = self.open.iter().map(Container::next).collect();
        let blank = parted.then(|| around.trim_end().to_owned());
        let first = new.iter().map(Container::first).collect::<String>();
        let next = new.iter().map(Container::next).collect::<String>();
        self.open.extend(new);
        Before { blank, first: format!("{around}{first}"), next: format!("{around}{next}") }
    }
}

impl Container {
    fn first(&self) -> String {
        match self {
            Container::Quotation => "> ".to_owned(),
            Container::Item(Item { number: None, .. }) => "- ".to_owned(),
            Container::Item(Item { number: Some((number, sign)), .. }) => format!("{number}{sign} "),
        }
    }

    fn next(&self) -> String {
        match self {
            Container::Quotation => "> ".to_owned(),
            Container::Item(item) => " ".repeat(item.indent),
        }
    }
}

/// The number of an item with its sign, and whether it goes on with the list of the item before. Where a list is
/// numbered anew, another sign begins it.
fn numbered(number: Option<u64>, before: Option<&Item>) -> (Option<(u64, char)>, bool) {
    let number_before = before.and_then(|b| b.number);
    match (number, number_before) {
        (None, _) => (None, before.is_some_and(|b| b.number.is_none())),
        (Some(n), None) => (Some((n, '.')), false),
        (Some(n), Some((last, sign))) if last.checked_add(1) == Some(n) => (Some((n, sign)), true),
        (Some(n), Some((_, '.'))) => (Some((n, ')')), false),
        (Some(n), Some(_)) => (Some((n, '.')), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (number(9), 2, Some(" ".trim()), "  9. ", "     "),
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
