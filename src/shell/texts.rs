//! Where texts come from: files, standard input, and the two that ibid carries.

use super::pandoc::{self, NoAnswer};
use super::signals::contained;
use super::store::Source;
use super::terminal::take_text;
use super::trouble::{Exit, Trouble};
use crate::document::Document;
use crate::document::clean::{Place, clean};
use crate::document::report::Format;
use crate::import::{self, ImportError, Options};
use crate::keymap::Keymap;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::thread;

/// The study edition of the essay.
const ESSAY: &str = include_str!("../../text/essay.md");

/// The tutorial.
const GUIDE: &str = include_str!("../../text/guide.md");

/// The largest text, in bytes.
const LARGEST: u64 = 1 << 30;

/// The stack of the thread that imports, in bytes.
const STACK: usize = 64 << 20;

/// What `FILE` on the command line names: `-` is standard input, `ibid:essay` and `ibid:guide` what ibid carries.
pub fn named(file: &Path) -> Source {
    match file.to_str().map(Source::from_key) {
        Some(carried @ Source::Carried(_)) if exists(&carried) => carried,
        _ if file == Path::new("-") => Source::Piped,
        _ => Source::file(file),
    }
}

/// The essay that ibid carries.
pub fn essay() -> Source {
    Source::Carried("essay".to_owned())
}

/// The tutorial that ibid carries.
pub fn guide() -> Source {
    Source::Carried("guide".to_owned())
}

/// What a source is called on the screen and in what is printed.
pub fn name(source: &Source) -> String {
    match source {
        Source::File(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            clean(&name, Place::Name).into_owned()
        }
        Source::Piped => "standard input".to_owned(),
        Source::Carried(name) => format!("the {}", clean(name, Place::Name)),
    }
}

/// Whether a source can be opened again.
pub fn exists(source: &Source) -> bool {
    match source {
        Source::File(path) => path.is_file(),
        Source::Piped => false,
        Source::Carried(name) => carried(name).is_some(),
    }
}

fn carried(name: &str) -> Option<&'static str> {
    match name {
        "essay" => Some(ESSAY),
        "guide" => Some(GUIDE),
        _ => None,
    }
}

/// Reads a source and recognises what is in it. The tutorial names the keys in force.
///
/// # Errors
/// When it cannot be read, or is not a text.
pub fn open(source: &Source, options: &Options, keymap: &Keymap) -> Result<Document, Trouble> {
    let markdown = Options { format: Some(Format::Markdown), ..Options::default() };
    let (bytes, name, options) = match source {
        Source::File(path) => return file(path, options),
        Source::Piped => {
            let bytes = piped().map_err(|error| Trouble::reading(Path::new("standard input"), &error))?;
            (bytes, name(source), options)
        }
        Source::Carried(name) => {
            let Some(text) = carried(name) else {
                return Err(Trouble::reading(Path::new(name), &io::ErrorKind::NotFound.into()));
            };
            (keymap.fill(text).into_bytes(), format!("{name}.md"), &markdown)
        }
    };
    understand(&bytes, &name, options)
}

/// Reads a file and recognises what is in it.
///
/// # Errors
/// When it cannot be read, or is not a text.
pub fn file(path: &Path, options: &Options) -> Result<Document, Trouble> {
    let bytes = read(path).map_err(|error| Trouble::reading(path, &error))?;
    understand(&bytes, &path.to_string_lossy(), options)
}

fn understand(bytes: &[u8], name: &str, options: &Options) -> Result<Document, Trouble> {
    match apart(|| recognise(bytes, name, options)) {
        Ok(recognised) => recognised,
        Err(_) => {
            let what = "it could not be understood: internal error";
            Err(Trouble::new(Exit::Input, name, what, "the file is unchanged; please report it"))
        }
    }
}

/// Recognises what is in a text, asking pandoc where it is pandoc that reads it. Where there is no answer, a text that a
/// person can read as it is written is shown so, and says why.
fn recognise(bytes: &[u8], name: &str, options: &Options) -> Result<Document, Trouble> {
    let complain = |error| Trouble::importing(name, &error);
    let Some(errand) = import::errand(bytes, name, options) else {
        return import::import(bytes, name, options).map_err(complain);
    };
    let title = errand.format.title();
    let why = match pandoc::ask(errand.format.name(), &errand.text) {
        Ok(json) => return import::answer(&errand, &json, options).map_err(complain),
        Err(NoAnswer::NotInstalled) if !errand.format.is_legible() => {
            return Err(complain(ImportError::NeedsPandoc(errand.format)));
        }
        Err(NoAnswer::NotInstalled) => {
            format!("this is {title}, shown as it is written: pandoc, which reads it, is not installed")
        }
        Err(NoAnswer::Failed(why)) if !errand.format.is_legible() => {
            let what = format!("this is {title}, which pandoc could not read: {why}");
            return Err(Trouble::new(Exit::Input, name, what, "is it damaged?"));
        }
        Err(NoAnswer::Failed(why)) => {
            format!("this is {title}, shown as it is written: pandoc could not read it ({why})")
        }
    };
    let format = Some(Format::Foreign(errand.format));
    import::import(bytes, name, &Options { format, unread: Some(why), ..options.clone() }).map_err(complain)
}

/// Does work that is fed by strangers on a thread of its own, with room for whatever depth; what it panics with is
/// answered, and ends nothing.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().name("import".to_owned()).stack_size(STACK);
        let worker = worker.spawn_scoped(scope, || contained(work)).map_err(|error| error.to_string())?;
        worker.join().unwrap_or_else(|_| Err(String::new()))
    })
}

/// What comes through standard input. Where the text is to be painted, the keyboard takes its place afterwards.
fn piped() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if io::stdin().is_terminal() {
        super::warn("reading what is typed; Ctrl-d on an empty line ends it");
    }
    if io::stdin().is_terminal() || !io::stdout().is_terminal() {
        io::stdin().lock().take(LARGEST).read_to_end(&mut bytes)?;
    } else {
        take_text()?.take(LARGEST).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The bytes of a file, a pipe or a process substitution; not of a device that never ends.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = about.file_type();
        if kind.is_char_device() || kind.is_block_device() || kind.is_socket() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
    }
    if about.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_is_always_there() {
        let keymap = Keymap::default();
        for source in [essay(), guide()] {
            let document = open(&source, &Options::default(), &keymap).unwrap();
            assert!(document.notes().len() >= 6 && document.sections().len() >= 3);
            assert!(exists(&source));
            assert!(!document.text().contains("{{"), "a key was not filled in");
        }
    }

    /// Fault 34.
    #[test]
    fn what_goes_wrong_in_an_importer_stays_there() {
        fn deep(n: usize) -> usize {
            let room = std::hint::black_box([n; 512]);
            if n == 0 { 0 } else { 1 + deep(n - 1).min(room[0]) }
        }
        assert_eq!(apart(|| deep(4_000)), Ok(4_000));
        let failed = apart(|| assert_eq!(deep(1), 7));
        assert!(failed.is_err());
    }

    /// Fault 17.
    #[test]
    fn what_is_no_text_file_is_said_to_be_none() {
        let error = |path: &str| {
            open(&Source::File(path.into()), &Options::default(), &Keymap::default()).unwrap_err().to_string()
        };
        assert!(error("/").starts_with("/: this is a folder; "));
        assert!(error("/dev/zero").contains("not a regular file"));
        assert!(error("/nowhere/at all").contains("there is no such file"));
    }
}
