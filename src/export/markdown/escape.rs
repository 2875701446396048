//! Words as they have to be written in Markdown to be read as words.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// What stands around words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    /// They begin a line.
    pub starts_line: bool,
    /// They stand behind the call of a note, where a colon or a bracket would make something else of it.
    pub follows_call: bool,
    /// What follows them begins with a bracket.
    pub before_bracket: bool,
    /// They stand in a heading.
    pub in_heading: bool,
    /// They stand in a cell.
    pub in_cell: bool,
}

/// Writes words so that they mean themselves. They hold no line end.
pub(super) fn escape(out: &mut String, words: &str, around: Around) {
    let start = if around.starts_line { line_start(words) } else { None };
    let mut before = None;
    let mut characters = words.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, c)| *c);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '~' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_none_or(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
            '&' => is_entity(&words[at..]),
            '!' => next.map_or(around.before_bracket, |n| n == '['),
            '|' => around.in_cell || start == Some(at),
            '#' => around.in_heading || start == Some(at),
            // What programs that make pages are told: `{{< … >}}`, `{: … }`, `\index{…}`.
            '{' => {
                let told = next.is_some_and(|n| matches!(n, '{' | ':')) || words[..at].ends_with("\\index");
                around.in_heading || told || before == Some('{')
            }
            ':' | '(' => {
                around.follows_call && at == 0 || start == Some(at) || c == ':' && before == Some('{')
            }
            _ => start == Some(at),
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// The character that would make something else of a line which begins with these words. Where they end before it can
/// be told, it is taken for one that would.
fn line_start(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    let rest = &words[first.len_utf8()..];
    let blank = rest.is_empty() || rest.starts_with([' ', '\t']);
    match first {
        '#' | '>' | '=' | '|' => Some(0),
        '-' => (!rest.starts_with(char::is_alphanumeric)).then_some(0),
        '+' => blank.then_some(0),
        ':' => (blank || rest.starts_with('-')).then_some(0),
        '0'..='9' => {
            let figures = words.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &words[figures..];
            let behind = rest.strip_prefix(['.', ')'])?;
            let item = figures <= 9 && (behind.is_empty() || behind.starts_with([' ', '\t']));
            item.then_some(figures)
        }
        _ => None,
    }
}

/// Whether an `&` would begin an entity: `&amp;`, `&#8212;`.
pub(super) fn is_entity(words: &str) -> bool {
    let name = words[1..].trim_start_matches('#');
    let end = name.bytes().take(40).position(|b| !b.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// What a character is to the rules of emphasis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A blank, or the edge of a line.
    Blank,
    /// Punctuation by every reading of the rules.
    Punctuation,
    /// A symbol, which newer rules count as punctuation and older do not.
    Symbol,
    /// Anything else.
    Letter,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    if c.is_whitespace() {
        return Class::Blank;
    }
    if c.is_ascii() {
        return if c.is_ascii_punctuation() { Class::Punctuation } else { Class::Letter };
    }
    match c.general_category_group() {
        GeneralCategoryGroup::Punctuation => Class::Punctuation,
        GeneralCategoryGroup::Symbol => Class::Symbol,
        _ => Class::Letter,
    }
}

/// Whether marks of emphasis between these two begin it, by every reading of the rules.
pub(super) fn can_open(before: Class, after: Class, in_word: bool) -> bool {
    let apart = matches!(before, Class::Blank | Class::Punctuation);
    match after {
        Class::Blank => false,
        Class::Letter => apart || in_word,
        Class::Punctuation | Class::Symbol => apart,
    }
}

/// Whether marks of emphasis between these two end it.
pub(super) fn can_close(before: Class, after: Class, in_word: bool) -> bool {
    can_open(after, before, in_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_markup_is_escaped() {
        let line = Around { starts_line: true, ..Around::default() };
        let inside = Around::default();
        for (words, around, told) in [
            ("# a # b", line, "\\# a # b"),
            ("# a", inside, "# a"),
            ("> a", line, "\\> a"),
            ("- a - b", line, "\\- a - b"),
            ("-5 degrees", line, "-5 degrees"),
            ("---", line, "\\---"),
            ("+ a", line, "\\+ a"),
            ("+1", line, "+1"),
            ("1. a 2. b", line, "1\\. a 2. b"),
            ("1) a", line, "1\\) a"),
            ("1.", line, "1\\."),
            ("1.5 m", line, "1.5 m"),
            ("1990. A year", line, "1990\\. A year"),
            ("===", line, "\\==="),
            ("| a", line, "\\| a"),
            (": a", line, "\\: a"),
            ("*a* _b_ snake_case `c` ~d~ \\", inside, "\\*a\\* \\_b\\_ snake_case \\`c\\` \\~d\\~ \\\\"),
            ("[1] [a](b)", inside, "\\[1\\] \\[a\\](b)"),
            ("1 < 2 <b> </b> <!-- x", inside, "1 < 2 \\<b> \\</b> \\<!-- x"),
            ("A&B &amp; &#8212; R&D;", inside, "A&B \\&amp; \\&#8212; R\\&D;"),
            ("a|b", inside, "a|b"),
            ("{a} {{< b >}} {: .c}", inside, "{a} \\{\\{< b >}} \\{\\: .c}"),
            ("\\index{a}", inside, "\\\\index\\{a}"),
            ("a|b", Around { in_cell: true, ..inside }, "a\\|b"),
            ("A {#x} #", Around { in_heading: true, ..inside }, "A \\{\\#x} \\#"),
            (": a", Around { follows_call: true, ..inside }, "\\: a"),
            ("(a)", Around { follows_call: true, ..inside }, "\\(a)"),
            ("no!", Around { before_bracket: true, ..inside }, "no\\!"),
        ] {
            let mut out = String::new();
            escape(&mut out, words, around);
            assert_eq!(out, told, "{words}");
        }
    }

    #[test]
    fn emphasis_begins_and_ends_where_all_agree() {
        use Class::{Blank, Letter, Punctuation, Symbol};
        for (before, after, star, score) in [
            (Blank, Letter, true, true),
            (Letter, Letter, true, false),
            (Letter, Punctuation, false, false),
            (Punctuation, Punctuation, true, true),
            (Symbol, Letter, true, false),
            (Symbol, Punctuation, false, false),
            (Letter, Blank, false, false),
        ] {
            let both = [can_open(before, after, true), can_open(before, after, false)];
            assert_eq!(both, [star, score], "{before:?} {after:?}");
        }
    }
}
