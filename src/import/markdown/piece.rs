//! What a Markdown text is made of, one piece after the other: what the parser saw, without what nobody here asks for.
//! A text has as many pieces as words in the worst case, so they are small.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::borrow::Cow;

/// A piece and the byte at which it begins.
pub(super) type Placed<'a> = (Piece<'a>, usize);

/// A piece of the text, or what stands in it for a note.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// The start of a block, or of words that are set apart.
    Start(Start<'a>),
    /// The end of one.
    End(TagEnd),
    /// Words, with the line ends between them. A piece of them begins anew behind a backslash: its first character means
    /// itself.
    Words(Cow<'a, str>),
    /// Lines of a block of code.
    Lines(Cow<'a, str>),
    /// Code between words.
    Code(CowStr<'a>),
    /// A line or more of a block of raw HTML.
    Html(CowStr<'a>),
    /// A tag of raw HTML between words.
    Tag(CowStr<'a>),
    /// The end of a line that is to be kept.
    Break,
    /// A break between parts.
    Rule,
    /// A call of the note with this label.
    Call(CowStr<'a>),
    /// A call of the note that was written at this place: its number among those.
    Inline(usize),
    /// The label of a call that no note answers; its words stand in the text.
    Unanswered(&'a str),
}

/// What starts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start<'a> {
    /// A heading.
    Heading(HeadingLevel),
    /// A paragraph.
    Paragraph,
    /// A block quotation, and what it is called where it is an alert: `[!NOTE]`.
    Quotation(Option<BlockQuoteKind>),
    /// A list, and the number of its first item.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A term, in a list of definitions.
    Term,
    /// What a term means.
    Meaning,
    /// A block of code.
    Code,
    /// A table.
    Table,
    /// A row of a table, its head aside.
    Row,
    /// A cell of a table.
    Cell,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Words struck out.
    Struck,
    /// A link, and where it leads.
    Link(CowStr<'a>),
    /// A picture, and where it is.
    Image(CowStr<'a>),
}

impl<'a> Piece<'a> {
    /// The piece that an event is; `None` for one that says nothing here. Words and notes are not told event by event.
    pub fn of(event: Event<'a>) -> Option<Piece<'a>> {
        Some(match event {
            Event::Start(tag) => Piece::Start(Start::of(tag)?),
            Event::End(tag) => Piece::End(tag),
            Event::Code(words) => Piece::Code(words),
            Event::Html(html) => Piece::Html(html),
            Event::InlineHtml(html) => Piece::Tag(html),
            Event::FootnoteReference(label) => Piece::Call(label),
            Event::HardBreak => Piece::Break,
            Event::Rule => Piece::Rule,
            _ => return None,
        })
    }

    /// The words of the piece, if it has some.
    pub fn words(&self) -> Option<&str> {
        match self {
            Piece::Words(words) => Some(words),
            Piece::Code(words) => Some(words),
            Piece::Start(_)
            | Piece::End(_)
            | Piece::Lines(_)
            | Piece::Html(_)
            | Piece::Tag(_)
            | Piece::Break
            | Piece::Rule
            | Piece::Call(_)
            | Piece::Inline(_)
            | Piece::Unanswered(_) => None,
        }
    }
}

impl<'a> Start<'a> {
    fn of(tag: Tag<'a>) -> Option<Start<'a>> {
        Some(match tag {
            Tag::Heading { level, .. } => Start::Heading(level),
            Tag::Paragraph => Start::Paragraph,
            Tag::BlockQuote(alert) => Start::Quotation(alert),
            Tag::DefinitionListTitle => Start::Term,
            Tag::DefinitionListDefinition => Start::Meaning,
            Tag::List(first) => Start::List(first),
            Tag::Item => Start::Item,
            Tag::CodeBlock(_) => Start::Code,
            Tag::Table(_) => Start::Table,
            Tag::TableRow => Start::Row,
            Tag::TableCell => Start::Cell,
            Tag::Emphasis => Start::Emphasis,
            Tag::Strong => Start::Strong,
            Tag::Strikethrough => Start::Struck,
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Start::Link(format!("mailto:{dest_url}").into())
            }
            Tag::Link { dest_url, .. } => Start::Link(dest_url),
            Tag::Image { dest_url, .. } => Start::Image(dest_url),
            _ => return None,
        })
    }

    /// Whether it stands between words.
    pub fn is_inline(&self) -> bool {
        match self {
            Start::Emphasis | Start::Strong | Start::Struck | Start::Link(_) | Start::Image(_) => true,
            Start::Heading(_)
            | Start::Paragraph
            | Start::Quotation(_)
            | Start::List(_)
            | Start::Item
            | Start::Term
            | Start::Meaning
            | Start::Code
            | Start::Table
            | Start::Row
            | Start::Cell => false,
        }
    }
}

/// Whether what ends here stood between words.
pub(super) fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Words as the parser gives them, for as long as the source lasts where they stand in it.
pub(super) fn words(words: CowStr) -> Cow<str> {
    match words {
        CowStr::Borrowed(words) => Cow::Borrowed(words),
        CowStr::Boxed(words) => Cow::Owned(words.into()),
        CowStr::Inlined(words) => Cow::Owned(words.to_string()),
    }
}

/// Appends words to others. Those that stand side by side in the source, whose `both` they are, need no copy.
pub(super) fn join<'a>(before: &mut Cow<'a, str>, words: Cow<'a, str>, both: Option<&'a str>) {
    match (&before, &words, both) {
        (Cow::Borrowed(first), Cow::Borrowed(second), Some(both))
            if first.as_ptr() == both.as_ptr()
                && first.as_bytes().as_ptr_range().end == second.as_ptr()
                && first.len() + second.len() == both.len() =>
        {
            *before = Cow::Borrowed(both);
        }
        _ => before.to_mut().push_str(&words),
    }
}

/// A part of words, which begins and ends at these bytes.
pub(super) fn part<'a>(words: &Cow<'a, str>, range: std::ops::Range<usize>) -> Cow<'a, str> {
    match words {
        Cow::Borrowed(words) => Cow::Borrowed(&words[range]),
        Cow::Owned(words) => Cow::Owned(words[range].to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_small() {
        assert!(size_of::<Placed>() <= 5 * size_of::<usize>());
    }

    #[test]
    fn words_are_copied_only_where_they_must_be() {
        let source = "one\ntwo three";
        let mut words = Cow::Borrowed(&source[..3]);
        join(&mut words, Cow::Borrowed(&source[3..4]), source.get(..4));
        assert!(matches!(words, Cow::Borrowed("one\n")));
        join(&mut words, Cow::Borrowed("four"), source.get(..8));
        assert_eq!(words, "one\nfour");
        join(&mut words, Cow::Borrowed(&source[8..]), Some(source));
        assert_eq!(words, "one\nfourthree");
    }
}
