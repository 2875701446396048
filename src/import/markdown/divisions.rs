//! Divisions that pandoc and its kin fence with colons, `::: {.epigraph}` … `:::`: the fences are not for reading, what
//! they fence is.

use std::ops::Range;

/// A text with its fences blanked, byte for byte, and where they are; `None` if it has none.
pub(super) fn blank(text: &str) -> Option<(String, Vec<Range<usize>>)> {
    let fences = fences(text);
    let mut blanked = String::with_capacity(text.len());
    for fence in &fences {
        blanked.push_str(&text[blanked.len()..fence.start]);
        blanked.extend(std::iter::repeat_n(' ', fence.len()));
    }
    blanked.push_str(&text[blanked.len()..]);
    (!fences.is_empty()).then_some((blanked, fences))
}

/// The bytes of the fences of a text, in order.
pub(super) fn fences(text: &str) -> Vec<Range<usize>> {
    if memchr::memmem::find(text.as_bytes(), b":::").is_none() {
        return Vec::new();
    }
    let mut open: Vec<Option<Range<usize>>> = Vec::new();
    let mut fences = Vec::new();
    let mut code: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let inner = behind_marker(line.trim_start_matches([' ', '>']));
        if let Some(fence) = code {
            code = Some(fence).filter(|fence| !ends_code(inner, fence));
            continue;
        }
        code = begins_code(inner);
        let range = start + line.len() - inner.len()..start + line.len();
        match inner.strip_prefix(":::").map(|rest| rest.trim_start_matches(':').trim()) {
            Some("") => {
                // A fence that nothing opened is a line of colons; so is one whose first is a line of words.
                if let Some(Some(first)) = open.pop() {
                    fences.extend([first, range]);
                }
            }
            Some(said) => open.push(names(said).then_some(range)),
            None => {}
        }
    }
    fences.sort_by_key(|fence| fence.start);
    fences
}

/// A line without the mark of an item: an item may begin with a fence.
fn behind_marker(line: &str) -> &str {
    let figures = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let signs: &[char] = if figures.len() < line.len() { &['.', ')'] } else { &['-', '*', '+'] };
    let item = figures.strip_prefix(signs).filter(|rest| rest.starts_with(' '));
    item.map_or(line, |rest| rest.trim_start_matches(' '))
}

/// Whether what stands behind colons names a division: one word, or attributes, or both.
fn names(said: &str) -> bool {
    let said = said.trim_end_matches(':').trim_end();
    let (word, attributes) = said.split_at(said.find('{').unwrap_or(said.len()));
    let word = word.trim_end();
    (attributes.is_empty() || attributes.len() > 1 && attributes.find('}') == Some(attributes.len() - 1))
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The fence that begins a block of code.
fn begins_code(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    (length >= 3 && !(sign == '`' && line[length..].contains('`'))).then_some(&line[..length])
}

fn ends_code(line: &str, fence: &str) -> bool {
    line.starts_with(fence) && line.trim_start_matches(&fence[..1]).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_of_divisions_are_blanked() {
        for (text, told) in [
            ("::: {.epigraph}\na\n:::\n", Some("               \na\n   \n")),
            ("::: note\n:::: {#x} ::::\na\n::::\n:::", Some("        \n              \na\n    \n   ")),
            (":::{note} \r\na\r\n:::\r\n", Some("          \r\na\r\n   \r\n")),
            ("> ::: a\n> b\n> :::", Some(">      \n> b\n>    ")),
            ("::: {.a}\n::: two words\nb\n:::\n:::", Some("        \n::: two words\nb\n:::\n   ")),
            (":::\na\n", None),
            ("1.  ::: {#a}\n    b\n    :::\n", Some("1.          \n    b\n       \n")),
            ("::: a\nb", None),
            ("::: two words\na\n:::", None),
            ("```\n::: a\n:::\n```", None),
            ("a ::: b", None),
        ] {
            let told = told.map(str::to_owned);
            assert_eq!(blank(text).map(|(text, _)| text), told, "{text}");
        }
    }
}
