//! One line of JSON that is safe to `cat`: whatever acts on a terminal, or hides on it, is written as an escape.

use crate::document::clean::{Class, class};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// A value on one line, without the line end. The keys stand in the order of the fields.
///
/// # Errors
/// Only if a type cannot be said in JSON (a map whose keys are not strings).
pub fn line(value: &impl Serialize) -> serde_json::Result<String> {
    let mut out = Vec::with_capacity(256);
    value.serialize(&mut Serializer::with_formatter(&mut out, Escaped))?;
    String::from_utf8(out).map_err(|e| serde::ser::Error::custom(e.utf8_error()))
}

/// Compact JSON in which only what can be seen stands as itself.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut shown = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| !is_shown(c)) {
            out.write_all(&fragment.as_bytes()[shown..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            shown = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[shown..])
    }
}

fn is_shown(c: char) -> bool {
    match class(c) {
        Class::Safe | Class::Combining | Class::Variation => true,
        Class::LineEnd
        | Class::Tab
        | Class::Control
        | Class::HighControl
        | Class::Turn
        | Class::Break
        | Class::Joiner
        | Class::Tag
        | Class::Invisible
        | Class::Unknown => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_acts_or_hides_is_escaped() {
        for (text, written) in [
            ("Léon “x” 二 \u{301}", "Léon “x” 二 \u{301}"),
            ("\u{1b}]0;x\u{7}", "\\u001b]0;x\\u0007"),
            ("\u{7f}\u{9b}", "\\u007f\\u009b"),
            ("a\u{202e}b\u{200b}c\u{ad}", "a\\u202eb\\u200bc\\u00ad"),
            ("\u{e0041}", "\\udb40\\udc41"),
            ("\u{2028}\u{85}", "\\u2028\\u0085"),
            ("\n\t\"\\", "\\n\\t\\\"\\\\"),
        ] {
            assert_eq!(line(&text).unwrap(), format!("\"{written}\""));
        }
    }

    proptest! {
        #[test]
        fn it_is_one_safe_line_and_reads_back(text in any::<String>()) {
            let written = line(&text).unwrap();
            prop_assert!(written.chars().all(is_shown));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
