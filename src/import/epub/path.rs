//! Names of members. A name is a key into a map in memory, never a file.

/// The name of a member as a key, `OEBPS/text/1.xhtml`; `None` if it would lead outside the book.
pub(super) fn member(name: &str) -> Option<String> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let steps = || name.split(['/', '\\']);
    let outside = name.starts_with(['/', '\\']) || drive || steps().any(|step| step == "..");
    let inside = || steps().filter(|s| !s.is_empty() && *s != ".").collect::<Vec<_>>().join("/");
    (!outside).then(inside).filter(|name| !name.is_empty())
}

/// Whether a member of this name is a page of text.
pub(super) fn is_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["xhtml", "html", "htm", "xht"].iter().any(|page| page.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_inside() {
        for (name, key) in [
            ("a/b.xhtml", Some("a/b.xhtml")),
            ("./a//b", Some("a/b")),
            ("a\\b", Some("a/b")),
            ("../x", None),
            ("a/../../x", None),
            ("a\\..\\b", None),
            ("/etc/passwd", None),
            ("\\x", None),
            ("C:\\x", None),
            ("C:x", None),
            ("", None),
            ("./", None),
        ] {
            assert_eq!(member(name).as_deref(), key, "{name}");
        }
    }
}
