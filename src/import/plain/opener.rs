//! The label that opens a note at the start of a line.

use super::label::{self, Label};
use super::paragraphs;
use crate::import::script;

/// What stands before the number of a note that says what it is.
const WORDS: [&str; 6] = ["Note ", "NOTE ", "Footnote ", "FOOTNOTE ", "Endnote ", "Anmerkung "];

/// How a label stands before a note: the surest way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Style {
    /// `[Footnote 1: Text]`, `*[Footnote.] Text`
    Named,
    /// `[1] Text`, `^[1] Text`, `{1} Text`, `【一】Text`: the brackets.
    Bracketed(Bracket),
    /// `① Text`
    Circled,
    /// `* Text`
    Sign,
    /// `¹ Text`
    Raised,
    /// `1. Text`
    Dot,
    /// `1) Text`
    Half,
    /// `1 Text`
    Bare,
}

impl Style {
    /// Whether a line that opens so may be a note once its label was seen in the text.
    pub const fn may_be_seen(self) -> bool {
        self.is_strong() || matches!(self, Style::Bracketed(Bracket::Round | Bracket::WideRound))
    }

    /// Whether a line that opens so is hardly anything but a note, once its label was seen in the text.
    pub const fn is_strong(self) -> bool {
        match self {
            Style::Dot | Style::Half | Style::Bare => false,
            Style::Bracketed(bracket) => bracket.is_strong(),
            Style::Raised | Style::Circled | Style::Sign | Style::Named => true,
        }
    }
}

/// The brackets about a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Bracket {
    /// `[1]`, `^[1]`
    Square,
    /// `{1}`
    Curly,
    /// `(1)`
    Round,
    /// `（1）`
    WideRound,
    /// `［1］`
    WideSquare,
    /// `〔1〕`
    Tortoise,
    /// `【1】`
    Lenticular,
    /// `<1>`
    Angle,
}

impl Bracket {
    /// All of them.
    pub const ALL: [Bracket; 8] = [
        Bracket::Square,
        Bracket::Curly,
        Bracket::Round,
        Bracket::WideRound,
        Bracket::WideSquare,
        Bracket::Tortoise,
        Bracket::Lenticular,
        Bracket::Angle,
    ];

    /// Its two ends.
    pub const fn ends(self) -> (char, char) {
        match self {
            Bracket::Square => ('[', ']'),
            Bracket::Curly => ('{', '}'),
            Bracket::Round => ('(', ')'),
            Bracket::WideRound => ('（', '）'),
            Bracket::WideSquare => ('［', '］'),
            Bracket::Tortoise => ('〔', '〕'),
            Bracket::Lenticular => ('【', '】'),
            Bracket::Angle => ('<', '>'),
        }
    }

    /// Whether hardly anything but a label stands in them alone. Round ones hold years, asides and the items of a list.
    pub const fn is_strong(self) -> bool {
        !matches!(self, Bracket::Round | Bracket::WideRound)
    }

    /// The bracket that a character opens.
    pub fn opened(c: char) -> Option<Bracket> {
        Bracket::ALL.into_iter().find(|b| b.ends().0 == c)
    }
}

/// The label a line opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opener<'a> {
    /// What it names.
    pub label: Label,
    /// The label as it is printed.
    pub printed: &'a str,
    /// How it stands there.
    pub style: Style,
    /// The byte at which the words begin.
    pub words: usize,
}

/// The label that a line opens with, if it may open a note.
pub(super) fn opener(text: &str) -> Option<Opener<'_>> {
    let first = text.chars().next()?;
    // Cheap first: every line of the text is asked.
    if first.is_alphabetic() && first.is_ascii() {
        return worded(text);
    }
    let found = match first {
        '^' => figures(&text[1..]).filter(|o| o.style == Style::Bare).map(|o| Opener {
            style: Style::Raised,
            words: o.words + 1,
            ..o
        }),
        '*' | '†' | '‡' | '§' | '#' => signed(text),
        _ => None,
    };
    found.or_else(|| bracketed(text)).or_else(|| figures(text))
}

/// `[1] Text`, `^[1] Text`, `{18a}  Text`, `【一】Text`
fn bracketed(text: &str) -> Option<Opener<'_>> {
    let open = text.strip_prefix('^').unwrap_or(text).trim_start();
    let bracket = Bracket::opened(open.chars().next()?)?;
    let (left, right) = bracket.ends();
    let inner = &open[left.len_utf8()..];
    let reach = inner.floor_char_boundary(label::LONGEST);
    let close = inner[..reach].find(right)?;
    // `[*Footnote.] Text`
    let bare = inner[..close].trim_end_matches('.');
    let starred = || bare.strip_suffix("Footnote").filter(|s| s.starts_with('*'));
    let printed = starred().unwrap_or(&inner[..close]).trim_matches(['_', ' ']);
    let label = Label::read(printed)?;
    let rest = &inner[close + right.len_utf8()..];
    // `[1](…)` is a link.
    if bracket == Bracket::Square && rest.starts_with('(') || bracket == Bracket::Angle && rest.is_empty() {
        return None;
    }
    let style = match label.kind() {
        label::Kind::Sign if starred().is_some() => Style::Named,
        label::Kind::Sign => Style::Sign,
        _ => Style::Bracketed(bracket),
    };
    let words = rest.trim_start_matches([':', '.', '_']).trim_start();
    Some(Opener { label, printed, style, words: text.len() - words.len() })
}

/// `* Text`, `†Text`, `*[Footnote.] Text`
fn signed(text: &str) -> Option<Opener<'_>> {
    let first = text.chars().next()?;
    let end = text.find(|c| c != first).filter(|end| *end <= 8)?;
    let (printed, rest) = text.split_at(end);
    if paragraphs::is_rule(text) {
        return None;
    }
    let label = Label::read(printed)?;
    let named = ["[Footnote.]", "[Footnote]", "[Note.]"].iter().find_map(|word| rest.strip_prefix(word));
    let words = named.unwrap_or(rest).trim_start();
    // `*emphasis* at the start of a line` opens nothing.
    let closed = named.is_none() && !rest.starts_with(' ') && rest.contains(first);
    (!closed && !words.is_empty()).then(|| Opener {
        label,
        printed,
        style: if named.is_some() { Style::Named } else { Style::Sign },
        words: text.len() - words.len(),
    })
}

/// `1. Text`, `1) Text`, `1 Text`, `¹ Text`, `① Text`, `一　Text`
fn figures(text: &str) -> Option<Opener<'_>> {
    let first = text.chars().next()?;
    if label::circled(first).is_some() {
        let (printed, rest) = text.split_at(first.len_utf8());
        let words = text.len() - rest.trim_start().len();
        return Some(Opener { label: Label::read(printed)?, printed, style: Style::Circled, words });
    }
    let is_figure = |c: char| c.is_ascii_digit() || script::raised(c).is_some();
    let end = text.find(|c: char| !is_figure(c)).unwrap_or(text.len());
    if end == 0 {
        return in_han(text);
    }
    let (printed, rest) = text.split_at(end);
    let label = Label::number(label::digits(printed)?);
    let (style, rest) = match rest.chars().next() {
        _ if !printed.is_ascii() => (Style::Raised, rest.strip_prefix('.').unwrap_or(rest)),
        Some('.') => (Style::Dot, &rest[1..]),
        Some(')') => (Style::Half, &rest[1..]),
        Some(c) if c.is_whitespace() => (Style::Bare, rest),
        _ => return None,
    };
    let words = rest.trim_start();
    // `1.5 million` and `1.e4` open nothing; `1.See` has lost a blank.
    let parted = words.len() < rest.len() || style == Style::Raised || words.starts_with(char::is_uppercase);
    let opens = if words.is_empty() { style != Style::Bare } else { parted };
    opens.then(|| Opener { label, printed, style, words: text.len() - words.len() })
}

/// `Note 1. Text`, `FOOTNOTE 1: Text`
fn worded(text: &str) -> Option<Opener<'_>> {
    let word = WORDS.iter().find(|word| text.starts_with(**word))?;
    let rest = &text[word.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let (printed, rest) = rest.split_at(end);
    let label = Label::number(label::digits(printed)?);
    let rest = rest.strip_prefix([':', '.', ')'])?;
    let words = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—'));
    let opens = words.len() < rest.len() && !words.is_empty();
    opens.then(|| Opener { label, printed, style: Style::Dot, words: text.len() - words.len() })
}

/// `一　Text`, `十二、Text`
fn in_han(text: &str) -> Option<Opener<'_>> {
    let reach = text.floor_char_boundary(24);
    let end = text[..reach].find(['　', '、', '．'])?;
    let (printed, rest) = text.split_at(end);
    let label = Label::read(printed)?;
    let words = rest.trim_start_matches(['　', '、', '．', ' ']);
    let style = if rest.starts_with('　') { Style::Bare } else { Style::Dot };
    (!words.is_empty()).then(|| Opener { label, printed, style, words: text.len() - words.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_nothing() {
        for text in [
            "1.5 million",
            "1,000 men",
            "[1",
            "[sic] y",
            "0. zero",
            "12345. much",
            "1",
            "1st",
            "one",
            "Note 1 says",
            "Notes 1. One",
            "[1](http://example.org)",
            "* * *",
            "***",
            "*Emphasis* opens it.",
            "(see below) and",
            "一日、",
        ] {
            assert_eq!(opener(text), None, "{text}");
        }
    }

    #[test]
    fn what_opens_a_note() {
        use Bracket::{Curly, Lenticular, Round, Square, Tortoise};
        for (text, printed, style, words) in [
            ("1. One", "1", Style::Dot, "One"),
            ("24.See", "24", Style::Dot, "See"),
            ("1.", "1", Style::Dot, ""),
            ("1) One", "1", Style::Half, "One"),
            ("1 One", "1", Style::Bare, "One"),
            ("¹².One", "¹²", Style::Raised, "One"),
            ("[1] One", "1", Style::Bracketed(Square), "One"),
            ("[1]: One", "1", Style::Bracketed(Square), "One"),
            ("^[1] One", "1", Style::Bracketed(Square), "One"),
            ("{18a}  One", "18a", Style::Bracketed(Curly), "One"),
            ("(_A_) One", "A", Style::Bracketed(Round), "One"),
            ("[Note 3] One", "Note 3", Style::Bracketed(Square), "One"),
            ("【一二】游", "一二", Style::Bracketed(Lenticular), "游"),
            ("〔1〕游", "1", Style::Bracketed(Tortoise), "游"),
            ("^1 One", "1", Style::Raised, "One"),
            ("Note 1. One", "1", Style::Dot, "One"),
            ("NOTE 12.—One", "12", Style::Dot, "One"),
            ("①　游", "①", Style::Circled, "游"),
            ("一　游", "一", Style::Bare, "游"),
            ("十二、游", "十二", Style::Dot, "游"),
            ("* One", "*", Style::Sign, "One"),
            ("†One", "†", Style::Sign, "One"),
            ("[*] One", "*", Style::Sign, "One"),
            ("*[Footnote.] One", "*", Style::Named, "One"),
            ("[*Footnote.] One", "*", Style::Named, "One"),
        ] {
            let found = opener(text).unwrap();
            assert_eq!((found.printed, found.style, &text[found.words..]), (printed, style, words), "{text}");
        }
    }
}
