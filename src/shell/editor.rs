//! The reader's own editor, for a comment that wants more than a line.
//!
//! It is called without a shell, with the name of a file that nobody else can read as its last argument.

use std::env;
use std::io::{self, Read, Write};
use std::process::{Child, Command};
use tempfile::NamedTempFile;

/// The most that is read back, in bytes; more could not be kept.
const MOST: u64 = 64 * 1024;

/// Why nothing came back from the editor.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// What the environment names is no command line.
    #[error("{0} is not well formed: a quotation mark is left open")]
    Malformed(&'static str),
    /// The editor is not there.
    #[error("{0} could not be started: {1}")]
    Start(String, io::Error),
    /// The file could not be written or read.
    #[error("the comment could not be handed over: {0}")]
    File(#[from] io::Error),
    /// The editor said that what it leaves is not meant.
    #[error("the editor gave up; the comment is as it was")]
    GaveUp,
}

/// A text that is being edited.
pub struct Editing {
    file: NamedTempFile,
}

/// Starts the editor on a text. It has the terminal until it ends: [`Editing::finish`] then reads what it left.
///
/// # Errors
/// When there is no editor, or no file to be had.
pub fn start(text: &str) -> Result<(Editing, Child), EditorError> {
    let (program, arguments) = command(|name| env::var(name).ok())?;
    // Created for its owner alone (0600), under a name that nobody can foresee.
    let mut file = tempfile::Builder::new().prefix("ibid-comment-").suffix(".md").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let child = Command::new(&program).args(arguments).arg(file.path()).spawn();
    let child = child.map_err(|error| EditorError::Start(program, error))?;
    Ok((Editing { file }, child))
}

/// The editor and its arguments: what the environment names, else the one that every Unix has.
fn command(variable: impl Fn(&str) -> Option<String>) -> Result<(String, Vec<String>), EditorError> {
    for name in ["VISUAL", "EDITOR"] {
        let Some(line) = variable(name).filter(|line| !line.trim().is_empty()) else { continue };
        let mut words = shell_words::split(&line).map_err(|_| EditorError::Malformed(name))?.into_iter();
        if let Some(program) = words.next() {
            return Ok((program, words.collect()));
        }
    }
    Ok(("vi".to_owned(), Vec::new()))
}

impl Editing {
    /// What the editor left, which ended well or not. The file is gone afterwards.
    ///
    /// # Errors
    /// When it did not end well, or what it left cannot be read.
    pub fn finish(self, ended_well: bool) -> Result<String, EditorError> {
        if !ended_well {
            return Err(EditorError::GaveUp);
        }
        let mut bytes = Vec::new();
        // Many editors put another file in the place of the first; so it is read by its name.
        std::fs::File::open(self.file.path())?.take(MOST).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editor_is_split_into_words_and_never_interpreted() {
        let named = |visual: &str, editor: &str| {
            let variable = |name: &str| match name {
                "VISUAL" => Some(visual.to_owned()),
                _ => Some(editor.to_owned()),
            };
            command(variable).map_err(|error| error.to_string())
        };
        let is = |program: &str, arguments: &[&str]| {
            Ok((program.to_owned(), arguments.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()))
        };
        assert_eq!(named("", "nano"), is("nano", &[]));
        assert_eq!(named(" ", ""), is("vi", &[]));
        assert_eq!(named("code --wait", "vi"), is("code", &["--wait"]));
        assert_eq!(named("'/opt/my editor' -c 'set tw=66'", ""), is("/opt/my editor", &["-c", "set tw=66"]));
        assert_eq!(named("vi; rm -rf $HOME", ""), is("vi;", &["rm", "-rf", "$HOME"]));
        let open = "VISUAL is not well formed: a quotation mark is left open".to_owned();
        assert_eq!(named("vi 'x", ""), Err(open));
    }
}
