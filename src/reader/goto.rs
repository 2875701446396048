//! What can be typed behind `:`.

use super::list::Kind;
use super::{Effect, State};
use crate::document::Locator;

/// A place or a thing to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Order {
    Note(String),
    Place(Locator),
    Page(String),
    Percent(f64),
    Open(String),
    List(Kind),
    Quit,
}

/// Understands `12`, `s2`, `§2`, `s2.5`, `p12`, `p. xii`, `40%`, `open FILE`, `recent`, `report`, `settings`, `q`.
pub(super) fn order(line: &str) -> Option<Order> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match word {
        "open" | "o" | "e" if !rest.is_empty() => return Some(Order::Open(rest.to_owned())),
        "recent" => return Some(Order::List(Kind::Recent)),
        "report" => return Some(Order::List(Kind::Report)),
        "settings" => return Some(Order::List(Kind::Settings)),
        "contents" => return Some(Order::List(Kind::Contents)),
        "check" => return Some(Order::List(Kind::Check)),
        "concordance" => return Some(Order::List(Kind::Concordance)),
        "bookmarks" | "marks" => return Some(Order::List(Kind::Bookmarks)),
        "q" | "quit" => return Some(Order::Quit),
        _ => {}
    }
    if let Some(number) = line.strip_suffix('%') {
        let percent: f64 = number.trim().parse().ok()?;
        return (0.0..=100.0).contains(&percent).then_some(Order::Percent(percent));
    }
    if let Some(place) = line.strip_prefix(['s', 'S', '§']) {
        let (section, paragraph) = place.split_once(['.', '¶', ' ']).unwrap_or((place, "0"));
        let paragraph = paragraph.trim().trim_start_matches('¶');
        return Some(Order::Place(Locator {
            section: section.trim().parse().ok()?,
            paragraph: paragraph.parse().ok()?,
        }));
    }
    if let Some(paragraph) = line.strip_prefix('¶') {
        return Some(Order::Place(Locator { section: 0, paragraph: paragraph.trim().parse().ok()? }));
    }
    if let Some(page) = page(line) {
        return Some(Order::Page(page.to_owned()));
    }
    (!line.is_empty() && !line.contains(char::is_whitespace)).then(|| Order::Note(line.to_owned()))
}

/// The label of a page of the printed book: `p12`, `p. 12`, `p xii`. Without a dot or a blank only what counts pages.
fn page(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['p', 'P'])?;
    let label = rest.trim_start_matches('.').trim_start();
    let counts = label.starts_with(|c: char| c.is_ascii_digit())
        || label.chars().all(|c| "ivxlcdm".contains(c.to_ascii_lowercase()));
    (!label.is_empty() && (counts || label.len() < rest.len())).then_some(label)
}

/// Carries out what was typed.
pub(super) fn go(state: &mut State, line: &str) -> Vec<Effect> {
    if line.is_empty() {
        return Vec::new();
    }
    match order(line) {
        Some(Order::Note(mark)) => match state.note_called(&mark) {
            Some(note) => {
                state.follow_to_note(note);
                Vec::new()
            }
            None => state
                .fail(format!("{mark}: no such note; type 12, s2, s2.5, 40%, open FILE, recent, report, q")),
        },
        Some(Order::Place(locator)) => match state.document().find(locator) {
            Some(at) => {
                state.leap(at);
                Vec::new()
            }
            None => state.fail(format!("there is no {locator}")),
        },
        Some(Order::Page(label)) => {
            let document = state.document();
            let page = document.page_called(&label).map(|at| (at, document.note_at(at)));
            match (page, state.note_called(line)) {
                (Some((_, Some(note))), _) | (None, Some(note)) => state.follow_to_note(note),
                (Some((at, None)), _) => state.leap(at),
                (None, None) if state.document().pages().is_empty() => {
                    return state.fail("this text does not name the pages of a printed book".to_owned());
                }
                (None, None) => return state.fail(format!("there is no page {label}")),
            }
            Vec::new()
        }
        Some(Order::Percent(percent)) => {
            let body = state.document().body();
            let byte = (body.end as f64 * percent / 100.0) as usize;
            let at = state.document().position(byte.min(body.end.saturating_sub(1)));
            state.leap(at);
            Vec::new()
        }
        Some(Order::Open(path)) => vec![Effect::Open(path)],
        Some(Order::List(kind)) => match kind {
            Kind::Recent => vec![Effect::Recent],
            Kind::Settings => vec![Effect::Settings],
            Kind::Report => {
                state.open_report();
                Vec::new()
            }
            Kind::Contents => {
                state.open_contents();
                Vec::new()
            }
            Kind::Citing => {
                state.open_citing();
                Vec::new()
            }
            Kind::Concordance => state.concordance(),
            Kind::Check => {
                state.open_check();
                Vec::new()
            }
            Kind::Bookmarks => {
                state.open_bookmarks();
                vec![Effect::Refresh]
            }
        },
        Some(Order::Quit) => vec![Effect::Quit],
        None => state
            .fail(format!("{line}: not understood; type 12, s2, s2.5, 40%, open FILE, recent, report, q")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_understood() {
        let place = |section, paragraph| Some(Order::Place(Locator { section, paragraph }));
        for (line, expected) in [
            ("12", Some(Order::Note("12".into()))),
            ("*", Some(Order::Note("*".into()))),
            ("s2", place(2, 0)),
            ("§2", place(2, 0)),
            ("s2.5", place(2, 5)),
            ("§2 ¶5", place(2, 5)),
            ("40%", Some(Order::Percent(40.0))),
            ("400%", None),
            ("p12", Some(Order::Page("12".into()))),
            ("p. A-3", Some(Order::Page("A-3".into()))),
            ("pxii", Some(Order::Page("xii".into()))),
            ("preface", Some(Order::Note("preface".into()))),
            ("p", Some(Order::Note("p".into()))),
            ("open a b.txt", Some(Order::Open("a b.txt".into()))),
            ("recent", Some(Order::List(Kind::Recent))),
            ("check", Some(Order::List(Kind::Check))),
            ("q", Some(Order::Quit)),
            ("s", None),
            ("go there", None),
        ] {
            assert_eq!(order(line), expected, "{line}");
        }
    }
}
