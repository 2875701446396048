//! What a terminal is able to, as far as its environment tells: whether it turns lines that run from right to left, and
//! whether it shows raised figures.

use crate::layout::{Bidi, Figures};
use crate::reader::Options;

/// How one reads where nothing is settled.
pub fn options() -> Options {
    Options { figures: figures(), bidi: bidi(|name| std::env::var(name).ok()), ..Options::default() }
}

/// Who reorders lines that run from right to left: the terminals that do it by themselves say who they are.
fn bidi(var: impl Fn(&str) -> Option<String>) -> Bidi {
    let is = |name: &str, value: &str| var(name).is_some_and(|v| v == value);
    // Within a multiplexer the terminal shows what that has placed, in pieces it cannot reorder well.
    if var("TMUX").is_some() || var("TERM").is_some_and(|term| term.starts_with("screen")) {
        return Bidi::Ours;
    }
    let vte = var("VTE_VERSION").and_then(|v| v.parse::<u32>().ok()).is_some_and(|v| v >= 5800);
    let konsole = var("KONSOLE_VERSION").is_some();
    let named = is("TERM_PROGRAM", "mintty") || is("TERM_PROGRAM", "Apple_Terminal") || is("TERM", "mlterm");
    if vte || konsole || named { Bidi::Terminal } else { Bidi::Ours }
}

/// Raised figures where the locale can show them.
fn figures() -> Figures {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    let utf8 = |locale: &String| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    // Without a locale most terminals speak UTF-8 all the same; the Linux console lacks the raised figures.
    let console = std::env::var("TERM").is_ok_and(|term| term == "linux");
    if console || locale.as_ref().is_some_and(|l| !utf8(l) && !matches!(l.as_str(), "C" | "POSIX")) {
        Figures::Brackets
    } else {
        Figures::Superscript
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_that_reorder_are_known_by_what_they_say_of_themselves() {
        for (vars, expected) in [
            (&[("TERM", "xterm-256color")][..], Bidi::Ours),
            (&[("VTE_VERSION", "7600")], Bidi::Terminal),
            (&[("VTE_VERSION", "5202")], Bidi::Ours),
            (&[("VTE_VERSION", "7600"), ("TMUX", "/tmp/tmux")], Bidi::Ours),
            (&[("KONSOLE_VERSION", "230800")], Bidi::Terminal),
            (&[("TERM", "mlterm")], Bidi::Terminal),
            (&[("TERM_PROGRAM", "mintty")], Bidi::Terminal),
        ] {
            let var = |name: &str| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
            assert_eq!(bidi(var), expected, "{vars:?}");
        }
    }
}
