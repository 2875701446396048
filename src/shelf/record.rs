//! One record: a line of JSON in the file of a device.
//!
//! ```text
//! {"ibid":1,"n":1,"t":"file","device":"anna-laptop-7k2q"}
//! {"n":2,"t":"seen","text":"sha256:…","norm":1,"path":"/home/anna/on-style.md","title":"On Style","len":81234,"sketch":"…","at":"…"}
//! {"n":3,"t":"put","id":"06c1…","v":1,"kind":"bookmark","label":"…","a":{"exact":"…",…},"at":"…"}
//! {"n":3,"t":"put","id":"06c2…","v":1,"kind":"highlight","colour":"green","a":{…},"note":"…","at":"…"}
//! {"n":4,"t":"del","id":"06c1…","v":2,"at":"…"}
//! ```
//!
//! `n` numbers the lines of a file, `v` the versions of one thing. What a later version of ibid adds is kept: unknown
//! fields in `extra`, unknown types as the line they came in.

use super::{id::Id, identity::Sketch, json};
use crate::document::anchor::Anchor;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The version of the format: fields and types may be added under the same number, nothing may change its meaning.
pub const MAJOR: u32 = 1;

/// The longest line, in bytes, that is written or understood. Longer ones stay in their file unread.
pub const LONGEST: usize = 64 * 1024;

/// What a line says, without its number.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// The first line of a file.
    File(Header),
    /// A text as it was seen by a device.
    Seen(Seen),
    /// A bookmark, mark or highlight as it is from this version on.
    Put(Arc<Put>),
    /// The same, taken away.
    Del(Del),
    /// A line that a later version of ibid understands.
    Other(Box<str>),
}

/// Who writes a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The name of the device.
    pub device: String,
}

/// A text as it was seen: how it is known again when it is edited or moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// [`Identity::hash`](super::identity::Identity::hash).
    pub text: String,
    /// The version under which `text` and `sketch` were made.
    #[serde(default)]
    pub norm: u32,
    /// Where it lay; empty if it came through a pipe.
    #[serde(default)]
    pub path: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Bytes of the normalised text.
    #[serde(default)]
    pub len: u64,
    /// Its words in small.
    #[serde(default)]
    pub sketch: Sketch,
    /// When, in RFC 3339; shown, never compared.
    #[serde(default)]
    pub at: String,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A bookmark, mark or highlight, whole: a later version of it replaces every field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Put {
    /// What is put.
    pub id: Id,
    /// Its version, from 1.
    #[serde(default = "first")]
    pub v: u64,
    /// What it is.
    pub kind: Kind,
    /// The letter of a mark; empty for other kinds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What the reader calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The colour of a highlight; empty for other kinds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// The words it stands on.
    pub a: Footing,
    /// What the reader has to say about them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When, in RFC 3339; shown, never compared.
    #[serde(default)]
    pub at: String,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// An anchor with what a later version knows of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Footing {
    /// The place.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl From<Anchor> for Footing {
    /// Keeps six digits of the fraction: enough for a place, and read back as they were written.
    fn from(mut anchor: Anchor) -> Footing {
        anchor.frac = (anchor.frac * 1e6).round() / 1e6;
        Footing { anchor, extra: Map::new() }
    }
}

/// Something taken away. It can be put again under a higher version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Del {
    /// What is taken away.
    pub id: Id,
    /// The version it had, and one.
    #[serde(default = "first")]
    pub v: u64,
    /// When, in RFC 3339; shown, never compared.
    #[serde(default)]
    pub at: String,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What is put on a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Kind {
    /// A place with a label.
    Bookmark,
    /// A place under a letter.
    Mark,
    /// Words set off, perhaps with a comment.
    Highlight,
    /// A kind of a later version, by its name.
    Other(String),
}

impl From<String> for Kind {
    fn from(name: String) -> Kind {
        match name.as_str() {
            "bookmark" => Kind::Bookmark,
            "mark" => Kind::Mark,
            "highlight" => Kind::Highlight,
            _ => Kind::Other(name),
        }
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> String {
        match kind {
            Kind::Bookmark => "bookmark".into(),
            Kind::Mark => "mark".into(),
            Kind::Highlight => "highlight".into(),
            Kind::Other(name) => name,
        }
    }
}

const fn first() -> u64 {
    1
}

/// A line taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in its file; 0 if it has none.
    pub n: u64,
    /// The version of the format, on the first line of a file.
    pub major: Option<u32>,
    /// What it says.
    pub record: Record,
}

/// How a line is written: number and type first, then the record.
#[derive(Serialize)]
struct Written<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ibid: Option<u32>,
    n: u64,
    t: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

impl Record {
    /// The record as the line number `n` of a file, without the line end. A record of another version is its old line.
    ///
    /// # Errors
    /// None for records made or read here; see [`json::line`].
    pub fn line(&self, n: u64) -> serde_json::Result<String> {
        match self {
            Record::File(body) => json::line(&Written { ibid: Some(MAJOR), n, t: "file", body }),
            Record::Seen(body) => json::line(&Written { ibid: None, n, t: "seen", body }),
            Record::Put(body) => json::line(&Written { ibid: None, n, t: "put", body: &**body }),
            Record::Del(body) => json::line(&Written { ibid: None, n, t: "del", body }),
            Record::Other(line) => Ok(line.to_string()),
        }
    }

    /// Reads one line. `None` if it is no JSON object, that is, damaged; an object that is not understood is
    /// [`Record::Other`].
    pub fn read(line: &[u8]) -> Option<Line> {
        let mut map: Map<String, Value> = serde_json::from_slice(line).ok()?;
        let number = |value: Option<&Value>| value.and_then(Value::as_u64);
        let n = number(map.get("n")).unwrap_or(0);
        let major = number(map.get("ibid")).map(|major| u32::try_from(major).unwrap_or(u32::MAX));
        let known = |mut map: Map<String, Value>, t: &str| {
            map.retain(|key, _| !matches!(key.as_str(), "ibid" | "n" | "t"));
            let body = Value::Object(map);
            Some(match t {
                "file" => Record::File(serde_json::from_value(body).ok()?),
                "seen" => Record::Seen(serde_json::from_value(body).ok()?),
                "put" => Record::Put(Arc::new(serde_json::from_value(body).ok()?)),
                "del" => Record::Del(serde_json::from_value(body).ok()?),
                _ => return None,
            })
        };
        let t = map.get_mut("t").map(Value::take);
        let record = t.as_ref().and_then(Value::as_str).and_then(|t| known(map, t));
        let record = record.or_else(|| Some(Record::Other(std::str::from_utf8(line).ok()?.into())))?;
        Some(Line { n, major, record })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub fn any_anchor() -> impl Strategy<Value = Anchor> {
        (any::<String>(), "[a-z ]{0,32}", any::<(u32, u8)>(), 0.0..1.0).prop_map(
            |(exact, prefix, at, frac)| {
                let start = at.0 as usize;
                let pos = (start, start + usize::from(at.1));
                Anchor { exact, prefix, pos, frac, text: "sha256:0".into(), ..Anchor::default() }
            },
        )
    }

    pub fn any_id() -> impl Strategy<Value = Id> {
        "[ab]".prop_map(|id| Id::try_from(id).unwrap())
    }

    pub fn any_put() -> impl Strategy<Value = Put> {
        let kind = prop_oneof![
            Just(Kind::Bookmark),
            Just(Kind::Mark),
            Just(Kind::Highlight),
            Just(Kind::Other("pebble".into()))
        ];
        (any_id(), 1..5_u64, kind, "[xy]?", any::<String>(), any_anchor()).prop_map(
            |(id, v, kind, name, label, anchor)| {
                let extra = Map::from_iter([("later".into(), Value::from(v))]);
                let (colour, note, at) = (name.clone(), label.clone(), "t".into());
                Put { id, v, kind, name, label, colour, a: anchor.into(), note, at, extra }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(put in any_put(), n in 1..u64::MAX) {
            let record = Record::Put(put.into());
            let line = record.line(n).unwrap();
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(Record::read(line.as_bytes()).unwrap(), Line { n, major: None, record });
        }

        #[test]
        fn no_line_is_too_odd(line in any::<Vec<u8>>(), json in "[{}\\[\\]\",:a-z0-9 ]{0,40}") {
            let _ = (Record::read(&line), Record::read(json.as_bytes()));
        }
    }

    #[test]
    fn the_keys_stand_in_order() {
        let header = Record::File(Header { device: "anna-7k2q".into() });
        assert_eq!(header.line(1).unwrap(), r#"{"ibid":1,"n":1,"t":"file","device":"anna-7k2q"}"#);
        let anchor = Anchor { exact: "Nobody read it.".into(), frac: 0.123_456_789, ..Anchor::default() };
        let put = Put {
            id: Id::of_mark('x'),
            v: 2,
            kind: Kind::Mark,
            name: "x".into(),
            label: String::new(),
            colour: String::new(),
            a: anchor.into(),
            note: String::new(),
            at: "2026-09-23T10:15:00Z".into(),
            extra: Map::new(),
        };
        let line = concat!(
            r#"{"n":3,"t":"put","id":"mark-x","v":2,"kind":"mark","name":"x","#,
            r#""a":{"exact":"Nobody read it.","prefix":"","suffix":"","pos":[0,0],"sec":"","frac":0.123457,"text":""},"#,
            r#""at":"2026-09-23T10:15:00Z"}"#
        );
        assert_eq!(Record::Put(put.into()).line(3).unwrap(), line);
    }

    #[test]
    fn what_a_later_version_adds_is_kept() {
        let put = concat!(
            r#"{"n":3,"t":"put","id":"b","v":1,"kind":"pebble","a":{"exact":"x","prefix":"","suffix":"","pos":[0,1],"#,
            r#""sec":"","frac":0.5,"text":"","page":"iv"},"at":"t","shape":{"deep":[1,2],"name":"egg"}}"#
        );
        let read = Record::read(put.as_bytes()).unwrap();
        assert_eq!(read.record.line(read.n).unwrap(), put);
        for other in [
            r#"{ "t": "fold", "n": 9,  "big": 123456789012345678901234567890, "x": 1.50 }"#,
            r#"{"n":4,"t":"put","id":"No Such Id","v":1,"kind":"mark","a":{"exact":""}}"#,
            r#"{"n":4,"t":"put","id":"b","a":{"of another shape":1},"kind":"mark"}"#,
            r#"{"no":"type"}"#,
        ] {
            let read = Record::read(other.as_bytes()).unwrap();
            assert_eq!(read.record, Record::Other(other.into()), "{other}");
            assert_eq!(read.record.line(77).unwrap(), other);
        }
    }

    #[test]
    fn a_line_written_by_hand_needs_little() {
        let read =
            Record::read(br#"{"t":"put","id":"mine","kind":"bookmark","a":{"exact":"the lamp"}}"#).unwrap();
        let Record::Put(put) = read.record else { panic!("{read:?}") };
        assert_eq!((read.n, put.v, put.a.anchor.exact.as_str()), (0, 1, "the lamp"));
    }

    #[test]
    fn what_is_no_object_is_damaged() {
        for line in ["", "x", "[1]", r#"{"n":3,"t":"pu"#, "{\"n\":1}{", &"[".repeat(100_000)] {
            assert_eq!(Record::read(line.as_bytes()), None, "{line:.20}");
        }
    }
}
