//! Where a text was left, on one device, and whether another device has read on.
//!
//! Each device keeps its own place and a number that grows whenever the place moves. Beside its place it notes the
//! numbers of the others as it knew them: the point up to which they agree. A device whose number has grown since has
//! read on, and its place is offered; it is never taken by itself, and never because it is further on.

use super::json;
use super::record::{Footing, MAJOR};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The place where a text was left, as a small file of its own holds it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The version of the format.
    #[serde(default)]
    pub ibid: u32,
    /// The device.
    #[serde(default)]
    pub device: String,
    /// How often the place has moved to another.
    #[serde(default)]
    pub n: u64,
    /// The words at the place.
    pub a: Footing,
    /// Where the text lay; empty if it came through a pipe.
    #[serde(default)]
    pub path: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// The numbers of the other devices when this place was kept.
    #[serde(default)]
    pub met: BTreeMap<String, u64>,
    /// When, in RFC 3339; shown, and sorts the texts read lately.
    #[serde(default)]
    pub at: String,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Place {
    /// Reads a place. `None` if it is damaged.
    pub fn read(file: &[u8]) -> Option<Place> {
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        serde_json::from_slice(file).ok()
    }

    /// The place as its file holds it, line end included.
    ///
    /// # Errors
    /// None for places made or read here; see [`json::line`].
    pub fn file(&self) -> serde_json::Result<String> {
        json::line(&Place { ibid: MAJOR, ..self.clone() }).map(|line| line + "\n")
    }

    /// How much of the text lies before it, from 0 to 100.
    pub fn percent(&self) -> u8 {
        (self.a.anchor.frac.clamp(0.0, 1.0) * 100.0).round() as u8
    }

    /// Whether it stands on the same words as another.
    pub fn is_at(&self, other: &Footing) -> bool {
        let (a, b) = (&self.a.anchor, &other.anchor);
        (a.pos.0, &a.text) == (b.pos.0, &b.text)
    }
}

/// The place of another device that has read on since the last common point: the latest, if there are several.
/// `own` is the place of this device, if it has one.
pub fn elsewhere<'a>(own: Option<&Place>, others: &'a [Place]) -> Option<&'a Place> {
    let moved = |other: &&Place| match own {
        None => true,
        Some(own) => other.n > own.met.get(&other.device).copied().unwrap_or(0) && !other.is_at(&own.a),
    };
    others.iter().filter(moved).max_by(|a, b| (&a.at, a.n, &a.device).cmp(&(&b.at, b.n, &b.device)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::anchor::Anchor;

    fn place(device: &str, n: u64, byte: usize, met: &[(&str, u64)]) -> Place {
        let anchor =
            Anchor { pos: (byte, byte + 3), frac: 0.618, text: "sha256:0".into(), ..Anchor::default() };
        let met = met.iter().map(|&(device, n)| (device.to_owned(), n)).collect();
        Place { device: device.into(), n, a: anchor.into(), met, at: format!("day {n}"), ..Place::default() }
    }

    #[test]
    fn another_device_is_offered_once_it_has_read_on() {
        let bert = [place("bert", 7, 620, &[])];
        let check = |own: Option<Place>, offered: Option<u64>| {
            assert_eq!(elsewhere(own.as_ref(), &bert).map(|p| p.n), offered, "{own:?}");
        };
        check(None, Some(7));
        check(Some(place("anna", 3, 100, &[])), Some(7));
        check(Some(place("anna", 3, 100, &[("bert", 5)])), Some(7));
        // Declined, and read on from one's own place; or further on than the other: rereading is no mistake.
        check(Some(place("anna", 3, 100, &[("bert", 7)])), None);
        check(Some(place("anna", 3, 900, &[("bert", 5)])), Some(7));
        // Both are at the same words.
        check(Some(place("anna", 3, 620, &[])), None);
    }

    #[test]
    fn of_several_the_latest_is_offered() {
        let others = [place("bert", 7, 10, &[]), place("carl", 9, 20, &[]), place("dora", 8, 30, &[])];
        assert_eq!(elsewhere(None, &others).unwrap().device, "carl");
        let own = place("anna", 1, 0, &[("carl", 9)]);
        assert_eq!(elsewhere(Some(&own), &others).unwrap().device, "dora");
    }

    #[test]
    fn it_is_written_in_order_and_read_back() {
        let place =
            Place { ibid: 1, title: "On\u{1b} Style".into(), ..place("anna", 3, 100, &[("bert", 5)]) };
        let file = place.file().unwrap();
        assert_eq!(
            file,
            concat!(
                r#"{"ibid":1,"device":"anna","n":3,"#,
                r#""a":{"exact":"","prefix":"","suffix":"","pos":[100,103],"sec":"","frac":0.618,"text":"sha256:0"},"#,
                r#""path":"","title":"On\u001b Style","met":{"bert":5},"at":"day 3"}"#,
                "\n"
            )
        );
        assert_eq!(Place::read(file.as_bytes()), Some(place.clone()));
        assert_eq!(place.percent(), 62);
        for damaged in ["", "{", "[]", "{}", "\0\0"] {
            assert_eq!(Place::read(damaged.as_bytes()), None);
        }
    }
}
