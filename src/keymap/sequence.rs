//! Sequences: keys typed one after the other, as one entry of a keymap binds them.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use super::key::{Key, UnknownKey};

/// Keys pressed one after the other, written with a space between them; mostly one alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence(Vec<Key>);

impl Deref for Sequence {
    type Target = [Key];

    fn deref(&self) -> &[Key] {
        &self.0
    }
}

impl FromStr for Sequence {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let keys: Vec<Key> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(UnknownKey(text.to_owned()));
        }
        Ok(Self(keys))
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_keys_with_blanks_between() {
        #[track_caller]
        fn check(text: &str, shown: &str, length: usize) {
            let keys: Sequence = text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!((keys.to_string().as_str(), keys.len()), (shown, length));
        }
        check("g", "g", 1);
        check("  g   Shift-g ", "g G", 2);
        check("Ctrl-x Ctrl-c", "Ctrl-x Ctrl-c", 2);
        check("Space Space", "Space Space", 2);
    }

    #[test]
    fn the_key_that_is_none_is_named() {
        for (text, unknown) in [("", ""), (" ", " "), ("g Foo", "Foo"), ("gg", "gg")] {
            assert_eq!(text.parse::<Sequence>(), Err(UnknownKey(unknown.to_owned())));
        }
    }
}
