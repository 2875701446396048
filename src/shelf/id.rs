//! By what a thing is called in every record about it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a thing in all its versions: 1 to 64 of `a`–`z`, `0`–`9`, `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl TryFrom<String> for Id {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Id, &'static str> {
        let fits =
            matches!(id.len(), 1..=64) && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if fits { Ok(Id(id)) } else { Err("an id is 1 to 64 of a-z, 0-9 and -") }
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Id {
    /// The one id of the mark under a letter, the same on every device: so two of them are versions of one thing.
    pub fn of_mark(name: char) -> Id {
        Id(format!("mark-{name}"))
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_part_of_a_path_and_of_a_message() {
        for (id, fits) in [
            ("06c1x-9", true),
            ("mark-a", true),
            ("", false),
            ("A", false),
            ("../x", false),
            ("a\u{1b}", false),
        ] {
            assert_eq!(Id::try_from(id.to_owned()).is_ok(), fits, "{id:?}");
        }
        assert!(Id::try_from("x".repeat(64)).is_ok() && Id::try_from("x".repeat(65)).is_err());
    }
}
