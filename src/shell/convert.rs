//! `ibid convert`: the recognised text in a clean form, on standard output or in a file.

use super::commands::write;
use super::store::Source;
use super::texts;
use super::trouble::{Exit, Trouble};
use crate::document::Document;
use crate::export::{html, json, markdown, whole};
use crate::{apparatus, cli};
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a text in a form to a file, or to standard output. A file that is there is replaced whole: whoever looks finds
/// the old one or the new one.
///
/// # Errors
/// When the file is the text itself, or the output does not take it.
pub(super) fn convert(
    document: &Document,
    source: &Source,
    form: cli::Form,
    output: Option<&Path>,
) -> Result<Exit, Trouble> {
    let output = output.filter(|path| *path != Path::new("-"));
    if let (Some(output), Source::File(text)) = (output, source)
        && is_same(output, text)
    {
        let what = "this is the text itself";
        let next = "name another file: what was read is never written over";
        return Err(Trouble::new(Exit::Usage, &output.to_string_lossy(), what, next));
    }
    let converted = match form {
        cli::Form::Markdown => markdown::markdown(document),
        cli::Form::Html => html::html(document, &apparatus::resolve(document)),
        cli::Form::Json => json(&whole::whole(document, &apparatus::resolve(document), &texts::name(source))),
    };
    let Some(output) = output else { return write(converted) };
    match replace(output, converted.as_bytes()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) => Err(Trouble::writing(output, &error)),
    }
}

/// Whether two names are those of one file.
fn is_same(one: &Path, other: &Path) -> bool {
    fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// Replaces a file, or makes it. What is no regular file, a pipe or a terminal, is written to.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(|about| !about.is_file()) {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    // A name that leads to a file stays, and the file it leads to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = beside(folder, there.map(|about| about.permissions()))?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(&path)?;
    Ok(())
}

/// A file that is written beside the one it will replace, with the permissions of that one or those of any new file.
fn beside(folder: &Path, permissions: Option<Permissions>) -> io::Result<tempfile::NamedTempFile> {
    let mut new = tempfile::Builder::new();
    new.prefix(".ibid-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask takes away from it is taken away.
        new.permissions(Permissions::from_mode(0o666));
    }
    let new = new.tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_keeps_what_it_was() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("out.md"), home.path().join("link.md"));
        replace(&file, b"one").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"one");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
            std::os::unix::fs::symlink(&file, &link).unwrap();
            replace(&link, b"two").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
            assert_eq!(fs::read(&file).unwrap(), b"two");
            assert!(is_same(&link, &file));
        }
        assert!(replace(&home.path().join("nowhere/out.md"), b"x").is_err());
        assert!(!is_same(&file, &home.path().join("other.md")));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
    }
}
