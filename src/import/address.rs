//! Addresses inside a text: what a link in one of its pages says of another. Everything stays inside: an address is a
//! key into what was read, never a file.

/// The page and the part of it that a link in the page `from` means; both without `%20`. An empty link means the page
/// itself. `None` for a link that leads out of the text.
pub(super) fn link(from: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let (path, part) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or_default();
    let part = decoded(part);
    if path.is_empty() {
        return Some((from.to_owned(), part));
    }
    if has_scheme(path) || path.starts_with("//") {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    let path = decoded(path);
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    (!steps.is_empty()).then(|| (steps.join("/"), part))
}

/// Whether a link names its scheme: `https:`, `mailto:`. One letter is a Windows drive, which is none.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// A name with its `%xx` put back, unless they make no words.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|d| std::str::from_utf8(d).ok());
        match digits.filter(|d| *first == b'%' && d.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(digits) => {
                bytes.push(u8::from_str_radix(digits, 16).unwrap_or(b'%'));
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages() {
        for (href, target) in [
            ("2.xhtml#n%201", Some(("OEBPS/text/2.xhtml", "n 1"))),
            ("../notes.xhtml", Some(("OEBPS/notes.xhtml", ""))),
            ("#a", Some(("OEBPS/text/1.xhtml", "a"))),
            ("", Some(("OEBPS/text/1.xhtml", ""))),
            ("a%20b.xhtml?x=1#y", Some(("OEBPS/text/a b.xhtml", "y"))),
            ("/x.xhtml", Some(("x.xhtml", ""))),
            ("%zz%C3.xhtml", Some(("OEBPS/text/%zz%C3.xhtml", ""))),
            ("../../x", Some(("x", ""))),
            ("../../../etc/passwd", None),
            ("..%2f..%2f..%2fetc/passwd", None),
            ("http://x.org/a", None),
            ("mailto:a@b", None),
            ("//x.org/a", None),
            ("../..", None),
        ] {
            let target = target.map(|(path, part)| (path.to_owned(), part.to_owned()));
            assert_eq!(link("OEBPS/text/1.xhtml", href), target, "{href}");
        }
    }
}
