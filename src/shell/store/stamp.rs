//! Ids and dates for what is new: the only place where the store asks for the time and for chance.

use crate::shelf::{Id, Stamp, base32};
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The last second of the year 9999, the last that RFC 3339 can write.
const LAST_SECOND: u64 = 253_402_300_799;

/// A new id and the time it is.
pub fn stamp() -> Stamp {
    let now = since_epoch(SystemTime::now());
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&(now.as_millis() as u64).to_be_bytes()[2..]);
    bytes[6..14].copy_from_slice(&random().to_be_bytes());
    bytes[14..].copy_from_slice(&random().to_be_bytes()[..2]);
    let at = date(now);
    match Id::try_from(base32::encode(&bytes)) {
        Ok(id) => Stamp { id, at },
        Err(_) => unreachable!("base32 is made of the characters of ids"),
    }
}

/// The time it is in RFC 3339, in whole seconds of UTC.
pub fn now() -> String {
    date(since_epoch(SystemTime::now()))
}

/// 64 bits that no other call gets: the standard library seeds its hashers from the system.
pub fn random() -> u64 {
    RandomState::new().hash_one((std::process::id(), since_epoch(SystemTime::now())))
}

/// A clock set before 1970 counts as 1970: times are shown and never compared.
fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn date(since_epoch: Duration) -> String {
    let seconds = Duration::from_secs(since_epoch.as_secs().min(LAST_SECOND));
    humantime::format_rfc3339_seconds(UNIX_EPOCH + seconds).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_all_different_and_sort_by_time() {
        let ids: BTreeSet<Id> = (0..10_000).map(|_| stamp().id).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| id.as_str().len() == 26));
        let early = stamp().id;
        std::thread::sleep(Duration::from_millis(3));
        assert!(early < stamp().id);
    }

    #[test]
    fn no_clock_is_too_wrong() {
        assert_eq!(date(since_epoch(UNIX_EPOCH - Duration::from_secs(9))), "1970-01-01T00:00:00Z");
        assert_eq!(date(Duration::from_secs(u64::MAX)), "9999-12-31T23:59:59Z");
        assert_eq!(date(Duration::from_secs(1_790_158_500)), "2026-09-23T10:15:00Z");
    }
}
