//! The floor that acts: files, the clock, the environment, threads, the terminal. What is asked for on the command line
//! is done here; what may be read without a terminal is printed, the rest is a `session`.

mod abilities;
mod clipboard;
mod commands;
mod convert;
mod editor;
mod keys;
mod linear;
mod links;
pub mod painter;
mod pandoc;
mod recents;
mod session;
pub mod signals;
pub mod store;
pub mod terminal;
mod texts;
pub mod trouble;
mod upkeep;
mod watch;

use crate::cli::{self, Cli, Command};
use crate::complaint::Complaint;
use crate::document::Document;
use crate::import;
use crate::keymap::Keymap;
use crate::theme::{self, Theme};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use store::{Folders, Source, Store};
use trouble::{Exit, Trouble};

/// How much of a file that the user writes is looked at, in bytes.
const USERS_FILE_BYTES: u64 = 1 << 20;

/// What every command finds: the keys in force, ibid's own files, and how texts are to be read.
pub struct House {
    folders: Option<Folders>,
    store: Store,
    keymap: Rc<Keymap>,
    themes: Rc<[Theme]>,
    complaints: Vec<Complaint>,
    options: import::Options,
}

/// Does what the command line asks for.
///
/// # Errors
/// When it cannot be done; the words and the exit code are for the person who asked.
pub fn run(cli: Cli) -> Result<Exit, Trouble> {
    let house = || House::open(&cli.source);
    let Some(command) = cli.command else {
        let house = house()?;
        return show(&house, house.source(cli.text.file.as_deref()), cli.linear);
    };
    if let Some(file) = &cli.text.file {
        let what = "a text is named before the command";
        let next = format!("say `ibid {} FILE`", command.name());
        return Err(Trouble::new(Exit::Usage, &file.to_string_lossy(), what, next));
    }
    match command {
        Command::Guide => show(&house()?, texts::guide(), cli.linear),
        Command::Print { text, width, section, notes } => {
            commands::print(&house()?.read(&text)?.1, width, section, notes)
        }
        Command::Inspect { text, json, all } => {
            let (from, document) = house()?.read(&text)?;
            commands::inspect(&document, &from, json, all)
        }
        Command::Check { text, json } => commands::check(&house()?.read(&text)?.1, json),
        Command::Find { pattern, text, regex, scope, json } => {
            commands::find(&house()?.read(&text)?.1, &pattern, regex, scope, json)
        }
        Command::Notes { text, json } => commands::notes(&house()?.read(&text)?.1, json),
        Command::Convert { text, to, output } => {
            let (from, document) = house()?.read(&text)?;
            convert::convert(&document, &from, to, output.as_deref())
        }
        Command::Marks { merge: Some(folder), .. } => upkeep::merge(&house()?.store, &folder),
        Command::Marks { verify: true, .. } => upkeep::verify(&house()?.store),
        Command::Marks { restore: Some(day), .. } => upkeep::restore(&house()?.store, day.as_deref()),
        Command::Marks { text, form, merge: None, verify: false, restore: None } => {
            let house = house()?;
            let (from, document) = house.read(&text)?;
            commands::marks(&house.store, &from, &document, form)
        }
        Command::Settings { text } => {
            let house = house()?;
            let (from, document) = house.read(&text)?;
            commands::settings(&house, &from, &document)
        }
        Command::Recent { number } => recent(&house()?, number),
        Command::Keys { default } => {
            let house = house()?;
            house.complaints.iter().for_each(|c| warn(&c.to_string()));
            let printed = commands::keys(&house.keymap, default)?;
            Ok(if house.complaints.is_empty() { printed } else { Exit::Own })
        }
        Command::Completions { shell } => commands::write(cli::completions(shell)),
        Command::Man => commands::write(cli::manual().map_err(|error| Trouble::printing(&error))?),
    }
}

impl House {
    fn open(source: &cli::Source) -> Result<House, Trouble> {
        let folders = Folders::from_env();
        let file = |name| folders.as_ref().map(|f| f.config.join(name));
        let (keymap, mut complaints) = keymap(file("keymap.toml").as_deref());
        let (themes, more) = themes(file("themes.toml").as_deref());
        complaints.extend(more);
        let options = import::Options {
            format: source.format,
            encoding: source.encoding.clone(),
            language: source.lang.clone(),
            unread: None,
        };
        let store = Store::new(folders.clone());
        Ok(House { folders, store, keymap: Rc::new(keymap), themes: themes.into(), complaints, options })
    }

    /// The files and folders that ibid looks into: what each is called, where it is, what is to be known of it.
    fn files(&self) -> Vec<(&'static str, PathBuf, &'static str)> {
        let Some(folders) = &self.folders else { return Vec::new() };
        let users = |name: &str| folders.config.join(name);
        let aside = |file: &Path| if file.exists() { "yours" } else { "not there" };
        let (keymap, themes) = (users("keymap.toml"), users("themes.toml"));
        let (keys, colours) = (aside(&keymap), aside(&themes));
        vec![
            ("keymap", keymap, keys),
            ("themes", themes, colours),
            ("data", folders.data.clone(), "bookmarks and places"),
            ("state", folders.state.clone(), "settings and locks"),
        ]
    }

    /// The text that a command names, and what is in it.
    fn read(&self, text: &cli::Text) -> Result<(Source, Document), Trouble> {
        let from = self.source(text.file.as_deref());
        let document = texts::open(&from, &self.options, &self.keymap)?;
        Ok((from, document))
    }

    /// The text that FILE names; without FILE the text read last, and if that is gone the essay.
    fn source(&self, file: Option<&Path>) -> Source {
        match file {
            Some(file) => texts::named(file),
            None => self.store.last().filter(texts::exists).unwrap_or_else(texts::essay),
        }
    }
}

/// What the user has written into a file of theirs, if it is there.
fn users_file(file: &Path) -> Option<Result<String, Complaint>> {
    if !file.exists() {
        return None;
    }
    let mut bytes = Vec::new();
    // A pipe or a device would keep the reader waiting: only a file counts.
    let read = if file.is_file() {
        std::fs::File::open(file).and_then(|f| f.take(USERS_FILE_BYTES).read_to_end(&mut bytes))
    } else {
        Err(io::Error::other("not a regular file"))
    };
    Some(match read {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => {
            let message = format!("{error}; what is built in holds");
            Err(Complaint { file: file.to_string_lossy().into_owned(), line: None, message })
        }
    })
}

/// The keys in force: the user's file, if there is one, over the built-in ones.
fn keymap(file: Option<&Path>) -> (Keymap, Vec<Complaint>) {
    match file.and_then(|file| Some((file.to_string_lossy(), users_file(file)?))) {
        None => Keymap::read(None),
        Some((name, Ok(text))) => Keymap::read(Some((&name, &text))),
        Some((_, Err(complaint))) => (Keymap::default(), vec![complaint]),
    }
}

/// The themes to choose from: the user's, if there are any, beside the built-in ones.
fn themes(file: Option<&Path>) -> (Vec<Theme>, Vec<Complaint>) {
    let (users, complaints) = match file.and_then(|file| Some((file.to_string_lossy(), users_file(file)?))) {
        None => (Vec::new(), Vec::new()),
        Some((name, Ok(text))) => theme::read(&name, &text),
        Some((_, Err(complaint))) => (Vec::new(), vec![complaint]),
    };
    (theme::all(users), complaints)
}

/// Opens a text on the terminal, or prints it where there is none to read on.
fn show(house: &House, source: Source, linear: bool) -> Result<Exit, Trouble> {
    let seen = watch::Stamp::of_source(&source);
    let document = texts::open(&source, &house.options, &house.keymap)?;
    if linear {
        return linear::sit(house, &source, document);
    }
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let terminal = io::stdout().is_terminal();
    if dumb && terminal {
        warn("this terminal cannot be painted on (TERM=dumb): printing; --linear reads line by line");
    }
    if dumb || !terminal {
        return commands::print(&document, crate::reader::MEASURE, None, cli::Notes::Foot);
    }
    session::sit(house, source, document, seen)
}

/// `ibid recent`, and `ibid recent N`.
fn recent(house: &House, number: Option<usize>) -> Result<Exit, Trouble> {
    let recent = house.store.recent();
    let Some(number) = number else { return commands::recent(&recent) };
    match number.checked_sub(1).and_then(|i| recent.get(i)) {
        Some(text) if texts::exists(&text.source) => show(house, text.source.clone(), false),
        Some(text) => {
            let what = "it cannot be opened again";
            Err(Trouble::new(Exit::Input, &texts::name(&text.source), what, "open the file itself"))
        }
        None => {
            let next = format!("`ibid recent` lists {}", recent.len());
            Err(Trouble::new(Exit::Usage, "recent", format!("there is no text {number}"), next))
        }
    }
}

/// Something to know that stops nothing.
fn warn(words: &str) {
    use io::Write;
    let _ = writeln!(io::stderr(), "ibid: {words}");
}
