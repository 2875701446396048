//! What is wrong with a file that the user writes, said so that its writer can mend it.
//!
//! The keymap and the themes speak through it alike: where the mistake is, what it is, what was probably meant.

use std::fmt;

/// One mistake in a file that the user writes: where it is, what it is, what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file, as it is to be shown.
    pub file: String,
    /// The line, from 1; none when it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The end of a message that knows what was probably meant.
pub fn did_you_mean(name: Option<&str>) -> Option<String> {
    name.map(|name| format!("did you mean `{name}`?"))
}

/// More of a name than this tells a person nothing.
const LONGEST_SHOWN: usize = 40;

/// Words from the file, fit for a message: short, on one line, nothing in them that a terminal would obey.
pub fn shown(text: &str) -> String {
    let clean = |c: char| if printable(c) { c.to_string() } else { c.escape_unicode().to_string() };
    let mut shown: String = text.chars().take(LONGEST_SHOWN).map(clean).collect();
    if text.chars().nth(LONGEST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The name that was probably meant: the nearest one, if no more than a third of it is mistyped.
pub fn nearest<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > LONGEST_SHOWN {
        return None;
    }
    let name = name.to_lowercase();
    among
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= length / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a character may be shown as it is: no control, nothing invisible, nothing that changes its
/// neighbours.
pub fn printable(c: char) -> bool {
    matches!(c, '"' | '\'' | '\\') || c.escape_debug().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_short_and_harmless() {
        assert_eq!(shown("line-dwn"), "line-dwn");
        assert_eq!(shown("it's \"é\" \\"), "it's \"é\" \\");
        assert_eq!(shown("a\u{1b}[31m\n\u{202e}b"), "a\\u{1b}[31m\\u{a}\\u{202e}b");
        assert_eq!(shown(&"x".repeat(1000)), format!("{}…", "x".repeat(40)));
    }

    #[test]
    fn the_nearest_name_is_near() {
        #[track_caller]
        fn check(name: &str, near: Option<&str>) {
            assert_eq!(nearest(name, ["line-down", "line-up", "quit", "help"]), near, "{name}");
        }
        check("line-dwn", Some("line-down"));
        check("Line-Down", Some("line-down"));
        check("linedown", Some("line-down"));
        check("qiut", Some("quit"));
        check("up", None);
        check("contents", None);
        check(&"line-down".repeat(9), None);
    }
}
