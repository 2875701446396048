//! The commands that print and end.

use super::recents::ago;
use super::store::{Recent, Source, Store};
use super::trouble::{Exit, Trouble};
use super::{House, abilities, texts};
use crate::document::Document;
use crate::document::clean::{Place, clean, excerpt};
use crate::export::find::{self, Dress, Found};
use crate::export::{annotation, check, inspect, json, marks, print, summary};
use crate::keymap::{self, Keymap};
use crate::layout::ink::{Role, Run};
use crate::layout::{Bidi, Style};
use crate::reader::settings::Setting;
use crate::search::{Index, Query};
use crate::{apparatus, cli, shelf};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::time::SystemTime;

/// Writes to standard output. A reader that has seen enough and closed the pipe is no error.
///
/// # Errors
/// When the output does not take it for any other reason.
pub fn write(text: impl AsRef<[u8]>) -> Result<Exit, Trouble> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => Err(Trouble::printing(&error)),
    }
}

/// The columns of the terminal one prints to, or those of a page.
fn columns() -> u16 {
    let terminal = io::stdout().is_terminal().then(|| crossterm::terminal::size().ok()).flatten();
    terminal.map_or(100, |(columns, _)| columns.max(20))
}

/// Whether what is printed may stand out: on a terminal that can show it and a person who wants it.
fn coloured() -> bool {
    io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// `ibid print`.
///
/// # Errors
/// When there is no such section, or the output does not take it.
pub fn print(
    document: &Document,
    width: u16,
    section: Option<usize>,
    notes: cli::Notes,
) -> Result<Exit, Trouble> {
    let section = match section {
        Some(number) if number == 0 || number > document.sections().len() => {
            let what = format!("there is no section {number}");
            let next = match document.sections().len() {
                0 => "the text has none".to_owned(),
                n => format!("the text has sections 1 to {n}"),
            };
            return Err(Trouble::new(Exit::Usage, "--section", what, next));
        }
        other => other.map(|number| number - 1),
    };
    let notes = match notes {
        cli::Notes::Foot => print::Notes::Foot,
        cli::Notes::End => print::Notes::End,
        cli::Notes::None => print::Notes::None,
    };
    let coloured = coloured();
    let show = |run: &Run| if coloured { dressed(run) } else { run.text.clone() };
    write(print::print(document, Style { bidi: bidi(), ..Style::at(width) }, section, notes, show))
}

/// Who brings what runs from right to left into order: of a terminal what is known of it. A file, or another program, gets
/// it in the order in which it is read.
fn bidi() -> Bidi {
    if io::stdout().is_terminal() { abilities::options().bidi } else { Bidi::Terminal }
}

/// A run with the attributes that any terminal shows.
fn dressed(run: &Run) -> String {
    let mut codes = Vec::new();
    let ink = run.ink;
    if ink.strong || matches!(ink.role, Role::Title | Role::Heading) {
        codes.push("1");
    }
    if ink.emphasis || ink.role == Role::Front {
        codes.push("3");
    }
    if ink.link {
        codes.push("4");
    }
    if matches!(ink.role, Role::Reference | Role::Lead) {
        codes.push("36");
    }
    if codes.is_empty() { run.text.clone() } else { format!("\x1b[{}m{}\x1b[0m", codes.join(";"), run.text) }
}

/// `ibid inspect`.
///
/// # Errors
/// When the output does not take it.
pub fn inspect(document: &Document, source: &Source, as_json: bool, all: bool) -> Result<Exit, Trouble> {
    let name = texts::name(source);
    let standings = apparatus::resolve(document);
    if as_json {
        write(json(&inspect::inspect(document, &standings, &name)))
    } else {
        write(summary::summary(document, &standings, &name, all))
    }
}

/// `ibid check`.
///
/// # Errors
/// When the output does not take it.
pub fn check(document: &Document, as_json: bool) -> Result<Exit, Trouble> {
    let findings = apparatus::check(document, &apparatus::resolve(document));
    let told = check::check(document, &findings);
    write(if as_json { json(&told) } else { told.lines() })?;
    Ok(if check::fails(&findings) { Exit::Findings } else { Exit::Done })
}

/// `ibid notes`.
///
/// # Errors
/// When the output does not take it.
pub fn notes(document: &Document, as_json: bool) -> Result<Exit, Trouble> {
    let standings = apparatus::resolve(document);
    if as_json {
        return write(json(&inspect::notes_only(document, &standings)));
    }
    let mut out = String::new();
    let columns = columns().min(100);
    for (i, note) in document.notes().iter().enumerate() {
        let places: Vec<String> = document.citations(i).map(|r| document.locator(r.at).to_string()).collect();
        let places = if places.is_empty() { "never cited".to_owned() } else { places.join(", ") };
        let text = document.text()[note.range.clone()].replace('\n', " ");
        let head = format!("{:>4}  ", note.mark);
        let options =
            textwrap::Options::new(usize::from(columns)).initial_indent(&head).subsequent_indent("      ");
        out.push_str(&textwrap::fill(&format!("{text}  ({places})"), options));
        out.push('\n');
        let standing = standings.get(i).and_then(Option::as_ref);
        let room = usize::from(columns.saturating_sub(8));
        for told in standing.into_iter().flat_map(|standing| standing.all_words(document, room)) {
            out.push_str(&format!("      → {told}\n"));
        }
    }
    write(out)
}

/// `ibid find`.
///
/// # Errors
/// When the pattern is no pattern, or the output does not take it.
pub fn find(
    document: &Document,
    pattern: &str,
    regular: bool,
    scope: cli::Scope,
    as_json: bool,
) -> Result<Exit, Trouble> {
    let query = Query { pattern: pattern.to_owned(), regular };
    let found = Index::default().find(document, &query);
    let found = found.map_err(|error| Trouble::new(Exit::Usage, pattern, error, "mend the pattern"))?;
    let scope = match scope {
        cli::Scope::All => find::Scope::All,
        cli::Scope::Text => find::Scope::Text,
        cli::Scope::Notes => find::Scope::Notes,
    };
    let found = Found::new(document, query, found, scope);
    // Headings and light are for people; a line stays a match where another program counts them.
    let dress = Dress { headings: io::stdout().is_terminal(), lit: coloured(), bidi: bidi() };
    write(if as_json { json(&found.told()) } else { found.lines(columns(), dress) })?;
    Ok(if found.count() > 0 { Exit::Done } else { Exit::Findings })
}

/// `ibid keys`.
///
/// # Errors
/// When the output does not take it.
pub fn keys(keymap: &Keymap, default: bool) -> Result<Exit, Trouble> {
    if default { write(keymap::DEFAULT) } else { write(keymap.to_toml()) }
}

/// `ibid marks`.
///
/// # Errors
/// When the output does not take it.
pub fn marks(
    store: &Store,
    source: &Source,
    document: &Document,
    form: cli::MarksForm,
) -> Result<Exit, Trouble> {
    let identity = shelf::identity(document.text());
    let title = document.meta().title.clone().unwrap_or_else(|| texts::name(source));
    let opened = store.open(&identity, source, &title);
    for complaint in &opened.complaints {
        super::warn(&complaint.to_string());
    }
    let marks = marks::marks(document, &opened.shelf, &identity.hash);
    let printed = write(match form {
        cli::MarksForm { json: true, .. } => json(&marks),
        cli::MarksForm { markdown: true, .. } => marks.markdown(document, &texts::name(source)),
        cli::MarksForm { annotation: true, .. } => {
            let of = source.iri(&identity.docid);
            json(&annotation::collection(document, &marks, &of, &identity.docid))
        }
        cli::MarksForm { .. } => marks.lines(),
    })?;
    Ok(if opened.complaints.is_empty() { printed } else { Exit::Own })
}

/// `ibid settings`.
///
/// # Errors
/// When the output does not take it.
pub fn settings(house: &House, source: &Source, document: &Document) -> Result<Exit, Trouble> {
    let title = document.meta().title.clone().unwrap_or_else(|| texts::name(source));
    let opened = house.store.open(&shelf::identity(document.text()), source, &title);
    let settled = opened.settings;
    let options = settled.over(abilities::options(), &house.themes);
    let mut out = String::new();
    for setting in Setting::ALL {
        let (value, origin) = (setting.value(&options, &house.themes), settled.origin(setting).words());
        out.push_str(&format!("{:<14} {value:<12} {origin:<10} {}\n", setting.name(), setting.does()));
    }
    out.push('\n');
    for (name, path, aside) in house.files() {
        out.push_str(&format!("{name:<14} {}  ({aside})\n", clean(&path.to_string_lossy(), Place::Name)));
    }
    write(out)
}

/// `ibid recent`.
///
/// # Errors
/// When the output does not take it.
pub fn recent(recent: &[Recent]) -> Result<Exit, Trouble> {
    let now = SystemTime::now();
    let mut out = String::new();
    for (i, text) in recent.iter().enumerate() {
        let title = if text.title.is_empty() { texts::name(&text.source) } else { text.title.clone() };
        let device = text.device.as_ref().map_or_else(String::new, |d| format!(", on {}", excerpt(d, 40)));
        let path = match &text.source {
            Source::File(path) => clean(&path.to_string_lossy(), Place::Name).into_owned(),
            Source::Carried(name) => format!("the {name} that ibid carries"),
            Source::Piped => "standard input".to_owned(),
        };
        out.push_str(&format!("{:>3}  {}\n", i + 1, excerpt(&title, 100)));
        out.push_str(&format!("     {}%, {}{device}: {path}\n", text.percent, ago(text.at, now)));
    }
    if recent.is_empty() {
        out.push_str("nothing was read yet\n");
    }
    write(out)
}
