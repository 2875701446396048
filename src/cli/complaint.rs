//! Arguments that were not understood, in words for a person: one line, what is wrong and what to do next.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What to do where nothing better is known.
const HELP: &str = "`ibid --help` shows what can be said";

/// What is wrong with the arguments, and what to do next.
pub fn complaint(error: &clap::Error) -> (String, String) {
    let words = error.render().to_string();
    let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let said = lines.next().unwrap_or("not understood").trim_start_matches("error: ").to_owned();
    // A value that looks like an option is hardly meant.
    let tip = lines.find_map(|line| line.strip_prefix("tip: ")).filter(|tip| !tip.starts_with("to pass "));
    let tip = tip.map(str::to_owned);
    let (what, next) = match error.kind() {
        // The parser says which on lines of their own.
        ErrorKind::MissingRequiredArgument => (missing(error), form(error)),
        ErrorKind::InvalidValue => (None, one_of(error)),
        ErrorKind::UnknownArgument => (None, behind_the_text(error)),
        _ => (None, None),
    };
    (what.unwrap_or(said), tip.or(next).unwrap_or_else(|| HELP.to_owned()))
}

/// Which arguments are missing.
fn missing(error: &clap::Error) -> Option<String> {
    let names = strings(error, ContextKind::InvalidArg)?;
    let is = if names.len() == 1 { "is" } else { "are" };
    Some(format!("{} {is} missing", names.join(" and ")))
}

/// How the command is to be written.
fn form(error: &clap::Error) -> Option<String> {
    let ContextValue::StyledStr(usage) = error.get(ContextKind::Usage)? else { return None };
    let usage = usage.to_string();
    Some(format!("write `{}`", usage.trim().strip_prefix("Usage: ")?.trim()))
}

/// The values there are.
fn one_of(error: &clap::Error) -> Option<String> {
    let values = strings(error, ContextKind::ValidValue).filter(|values| !values.is_empty())?;
    Some(format!("it takes one of {}", values.join(", ")))
}

/// What to do about a word where nothing more is taken: no option, for those have tips of their own.
fn behind_the_text(error: &clap::Error) -> Option<String> {
    let ContextValue::String(word) = error.get(ContextKind::InvalidArg)? else { return None };
    let next = "one text is read at a time, and a command is the first word: `ibid --help` lists them";
    (!word.starts_with('-')).then(|| next.to_owned())
}

fn strings(error: &clap::Error, kind: ContextKind) -> Option<&[String]> {
    match error.get(kind)? {
        ContextValue::Strings(strings) => Some(strings),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::Parser;

    #[test]
    fn a_complaint_says_what_is_wrong_and_what_to_write() {
        for (args, expected) in [
            ("find", "<PATTERN> is missing; write `ibid find <PATTERN> [FILE]`"),
            ("convert a.md", "--to <FORM> is missing; write `ibid convert --to <FORM> <FILE>`"),
            (
                "convert --to pdf a.md",
                "invalid value 'pdf' for '--to <FORM>'; it takes one of markdown, html, json",
            ),
            (
                "convert --to htm a.md",
                "invalid value 'htm' for '--to <FORM>'; a similar value exists: 'html'",
            ),
            (
                "pirnt a.md",
                "unexpected argument 'a.md' found; one text is read at a time, and a command is the first word: \
                 `ibid --help` lists them",
            ),
            ("--wide", "unexpected argument '--wide' found; `ibid --help` shows what can be said"),
            ("print --wdith 40", "unexpected argument '--wdith' found; a similar argument exists: '--width'"),
            (
                "print --width 0",
                "invalid value '0' for '--width <WIDTH>': 0 is not in 8..=1000; `ibid --help` shows what can be said",
            ),
        ] {
            let words = std::iter::once("ibid").chain(args.split(' '));
            let (what, next) = complaint(&Cli::try_parse_from(words).expect_err(args));
            assert_eq!(format!("{what}; {next}"), expected, "{args}");
        }
    }
}
