//! Addresses of links, in Markdown.

use super::escape::is_entity;

/// Whether an address can stand between angles as its own text.
pub(super) fn is_plain(address: &str) -> bool {
    let scheme = ["http://", "https://"].iter().any(|s| address.starts_with(s));
    scheme && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>&|\\`*_".contains(c))
}

/// An address as it stands behind the words of a link: bare where it can be, else between angles.
pub(super) fn destination(address: &str, in_cell: bool) -> String {
    let bare = !address.is_empty()
        && !address.starts_with('<')
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')'));
    let mut out = String::with_capacity(address.len() + 2);
    if !bare {
        out.push('<');
    }
    for (at, c) in address.char_indices() {
        let special = match c {
            '\\' | '<' | '>' => true,
            '&' => is_entity(&address[at..]),
            '|' => in_cell,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    if !bare {
        out.push('>');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_so_that_they_are_read() {
        for (address, told) in [
            ("https://a.org/b?c=d&e=f", "https://a.org/b?c=d&e=f"),
            ("https://a.org/b?c=d&copy;", "https://a.org/b?c=d\\&copy;"),
            ("a b", "<a b>"),
            ("a_(b)", "<a_(b)>"),
            ("", "<>"),
            ("a<b>\\c", "a\\<b\\>\\\\c"),
        ] {
            assert_eq!(destination(address, false), told);
        }
        assert_eq!(destination("a|b", true), "a\\|b");
        assert!(is_plain("https://a.org/b") && !is_plain("a.org") && !is_plain("https://a.org/b c"));
    }
}
