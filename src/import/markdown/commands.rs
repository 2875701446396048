//! What stands in the words of a Markdown text for a program that makes pages of it: `{{< figure >}}`, `{: .class}`,
//! `\index{…}`. It is not for reading.

use std::borrow::Cow;

/// How such commands begin and end.
const COMMANDS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{:", "}"), ("\\index{", "}")];

/// Longer ones are words, in bytes.
const LONGEST: usize = 600;

/// Words without commands, and those that stood in them. Where a backslash stands before the words, none begins with them.
pub(super) fn strip(words: &str, escaped: bool) -> (Cow<'_, str>, Vec<&str>) {
    let mut kept = String::new();
    let mut found = Vec::new();
    let (mut at, mut from) = (0, usize::from(escaped && words.starts_with(['{', '\\'])));
    while let Some(next) = memchr::memchr2(b'{', b'\\', &words.as_bytes()[from..]).map(|i| from + i) {
        match command(&words[next..]) {
            Some(end) => {
                kept.push_str(&words[at..next]);
                found.push(&words[next..next + end]);
                (at, from) = (next + end, next + end);
            }
            None => from = next + 1,
        }
    }
    if found.is_empty() { (Cow::Borrowed(words), found) } else { (Cow::Owned(kept + &words[at..]), found) }
}

/// Where the command ends that begins a text.
fn command(text: &str) -> Option<usize> {
    let (open, close) = COMMANDS.into_iter().find(|(open, _)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    // `{: .class}` but not `{:-)`
    let meant =
        open != "{:" || inner.starts_with([' ', '.', '#', ':']) || inner.starts_with(char::is_alphabetic);
    let end = inner[..inner.floor_char_boundary(LONGEST)].find(close).filter(|_| meant)?;
    Some(open.len() + end + close.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_words() {
        for (text, told, count) in [
            ("Global options\\index{Global Options}", "Global options", 1),
            ("a {{< figure src=\"x\" >}} b {{% c %}}", "a  b ", 2),
            ("Words.{: .lead #a}", "Words.", 1),
            ("a {x} {:-) \\emph{b} {{<", "a {x} {:-) \\emph{b} {{<", 0),
        ] {
            let (kept, found) = strip(text, false);
            assert_eq!((&*kept, found.len()), (told, count), "{text}");
        }
        for text in ["{: .lead} is written so", "\\index{a} too", "{{< a >}}"] {
            assert_eq!(strip(text, true), (Cow::Borrowed(text), Vec::new()), "{text}");
        }
    }
}
