//! Raw HTML inside Markdown, taken apart: its words stay, its tags say where lines end, its comments are left out.

/// What a stretch of raw HTML holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Words, entities still in them.
    Words(&'a str),
    /// A tag: its name in lower case, whether it closes, and all of it.
    Tag(String, bool, &'a str),
    /// What no page shows: a comment, a script, a style.
    Hidden(&'a str),
}

/// Elements whose words are not for reading.
const UNREAD: &[&str] = &["script", "style", "template"];

/// The parts of raw HTML.
pub(super) fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let open = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if open > 0 {
            parts.push(Part::Words(&rest[..open]));
            rest = &rest[open..];
            continue;
        }
        let (part, end) = part(rest);
        parts.push(part);
        rest = &rest[end..];
    }
    parts
}

/// The part that a `<` begins, and where it ends.
fn part(html: &str) -> (Part<'_>, usize) {
    if html.starts_with("<!--") {
        let end = html.find("-->").map_or(html.len(), |i| i + 3);
        return (Part::Hidden(&html[..end]), end);
    }
    let Some((name, end)) = tag(html) else {
        // A `<` that opens nothing; what follows it up to the next is plain as well.
        let end = memchr::memchr(b'<', &html.as_bytes()[1..]).map_or(html.len(), |i| i + 1);
        return (Part::Words(&html[..end]), end);
    };
    let closing = name.starts_with('/');
    let name = name.trim_start_matches('/').to_ascii_lowercase();
    if UNREAD.contains(&&*name) && !closing {
        let closes =
            |at: &usize| html[at + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(&name));
        let end = memchr::memmem::find_iter(html.as_bytes(), b"</").find(closes).unwrap_or(html.len());
        return (Part::Hidden(&html[..end]), end);
    }
    (Part::Tag(name, closing, &html[..end]), end)
}

/// The name of a tag, with its slash if it closes, and where the tag ends. Quoted values may hold a `>`.
fn tag(html: &str) -> Option<(&str, usize)> {
    let inner = &html[1..];
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':');
    let slash = usize::from(inner.starts_with('/'));
    let name = inner[slash..].find(|c| !named(c)).map_or(inner, |end| &inner[..slash + end]);
    let declares = inner.starts_with(['!', '?']);
    if !declares && !inner[slash..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (i, byte) in html.bytes().enumerate().skip(1 + name.len()) {
        match (quote, byte) {
            (None, b'>') => return Some((name, i + 1)),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute of a tag.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, next) = match quote {
            Some(quote) => after[1..].split_once(quote)?,
            None => after.split_at(after.find([' ', '>', '/']).unwrap_or(after.len())),
        };
        if before.trim_end().rsplit(char::is_whitespace).next().is_some_and(|n| n.eq_ignore_ascii_case(name))
        {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// Words with the commonest entities decoded.
pub(super) fn decode(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';').unwrap_or(0);
        match entity(&rest[..end]) {
            Some(c) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that an entity, without its semicolon, stands for.
fn entity(entity: &str) -> Option<char> {
    let name = entity.strip_prefix('&')?;
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "copy" => Some('©'),
        "mdash" => Some('—'),
        "ndash" => Some('–'),
        "hellip" => Some('…'),
        name => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_taken_apart() {
        let tag = |name: &str, closing, all| Part::Tag(name.to_owned(), closing, all);
        for (html, told) in [
            ("a<BR/>b", vec![Part::Words("a"), tag("br", false, "<BR/>"), Part::Words("b")]),
            ("<!-- x > y -->z", vec![Part::Hidden("<!-- x > y -->"), Part::Words("z")]),
            (
                "<a title='>'>x</a>",
                vec![tag("a", false, "<a title='>'>"), Part::Words("x"), tag("a", true, "</a>")],
            ),
            ("<style>p{}</style>", vec![Part::Hidden("<style>p{}"), tag("style", true, "</style>")]),
            ("1 < 2", vec![Part::Words("1 "), Part::Words("< 2")]),
            ("<b", vec![Part::Words("<b")]),
            ("<!-- open", vec![Part::Hidden("<!-- open")]),
        ] {
            assert_eq!(parts(html), told, "{html}");
        }
    }

    #[test]
    fn attributes_and_entities_are_read() {
        assert_eq!(attribute("<img src=a.png alt=\"A lamp\">", "alt"), Some("A lamp"));
        assert_eq!(attribute("<img ALT='x'>", "alt"), Some("x"));
        assert_eq!(attribute("<img src=a.png>", "alt"), None);
        assert_eq!(decode("a &amp;&nbsp;b &#233;&#xe9; &c; &"), "a &\u{a0}b éé &c; &");
    }
}
