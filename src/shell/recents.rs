//! The texts that were read lately: how they are named, and how a list shows them.

use super::store::{Recent, Source};
use super::texts;
use crate::document::clean::excerpt;
use crate::reader::list::{Goal, Item};
use std::time::SystemTime;

/// A text as it is named behind `:open`, or as the list of recent texts names it.
pub fn named(name: &str) -> Source {
    match Source::from_key(name) {
        Source::File(path) => {
            let home =
                path.strip_prefix("~").ok().and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
            Source::file(&home.unwrap_or(path))
        }
        other => other,
    }
}

/// A text in the list of those.
pub fn item(recent: &Recent) -> Item {
    let title = if recent.title.is_empty() { texts::name(&recent.source) } else { recent.title.clone() };
    let aside = format!("{}%  {}", recent.percent, ago(recent.at, SystemTime::now()));
    let goal = if texts::exists(&recent.source) { Goal::Text(recent.source.key()) } else { Goal::Nowhere };
    let gone = if goal == Goal::Nowhere { " (not here)" } else { "" };
    let name = texts::name(&recent.source);
    let name = if name == title { String::new() } else { format!(" ({name})") };
    Item::new(format!("{}{name}{gone}", excerpt(&title, 100)), aside, goal)
}

/// How long ago, in the largest unit that says enough.
pub fn ago(then: SystemTime, now: SystemTime) -> String {
    let seconds = now.duration_since(then).map_or(0, |d| d.as_secs());
    let told = |n: u64, unit: &str| format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" });
    match seconds {
        0..60 => "just now".to_owned(),
        60..3_600 => told(seconds / 60, "minute"),
        3_600..86_400 => told(seconds / 3_600, "hour"),
        86_400..2_592_000 => told(seconds / 86_400, "day"),
        // Older than a month: the day itself says more.
        _ => humantime::format_rfc3339_seconds(then).to_string()[..10].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_told_in_the_unit_that_says_enough() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        for (seconds, words) in [
            (5, "just now"),
            (60, "1 minute ago"),
            (7_300, "2 hours ago"),
            (90_000, "1 day ago"),
            (40 * 86_400, "2026-12-06"),
        ] {
            assert_eq!(ago(now - Duration::from_secs(seconds), now), words);
        }
        assert_eq!(ago(now + Duration::from_secs(99), now), "just now");
    }
}
