//! What can befall the files that ibid keeps, told with real files and real processes. The numbers are those of the
//! project's list of faults.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells its figures"
)]

#[path = "faults/child.rs"]
mod child;
#[path = "faults/folders.rs"]
mod folders;
#[path = "faults/kill.rs"]
mod kill;
#[path = "faults/lines.rs"]
mod lines;
#[path = "faults/many.rs"]
mod many;
#[path = "faults/travel.rs"]
mod travel;
#[path = "faults/windows.rs"]
mod windows;

use ibid::document::anchor::Anchor;
use ibid::shelf::{Draft, Identity, Shelf, identity};
use ibid::shell::store::{Folders, Keeper, News, Opened, Reason, Source, Store};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use tempfile::TempDir;

const TEXT: &str =
    "The keeper wrote his log by lamplight, and nobody read it until the winter the light went out.";
const LONG: Duration = Duration::from_secs(20);

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn text() -> Identity {
    identity(TEXT)
}

fn open(home: &Path) -> Opened {
    Store::new(Some(Folders::under(home))).open(&text(), &Source::File("/home/anna/log.md".into()), "The Log")
}

/// A window on the text.
struct Window {
    keeper: Keeper,
    news: Receiver<News>,
}

impl Window {
    fn open(home: &Path) -> Window {
        let (tell, news) = mpsc::channel();
        let keeper = Keeper::start(open(home).drawer, move |n| drop(tell.send(n))).unwrap();
        Window { keeper, news }
    }

    /// Keeps a bookmark and returns the ids of what is on the disk now, or why it is not.
    fn keep(&self, label: &str) -> Result<Vec<String>, Reason> {
        self.keeper.keep(Draft::Bookmark { at: at(4), label: label.into() });
        match self.news.recv_timeout(LONG).unwrap() {
            News::Kept(Ok(receipt)) => {
                Ok(receipt.records.iter().map(|record| id(&record.line(0).unwrap())).collect())
            }
            News::Kept(Err(unsaved)) => Err(unsaved.reason),
            news => panic!("{news:?}"),
        }
    }
}

fn at(byte: usize) -> Anchor {
    Anchor {
        exact: TEXT[byte..byte + 6].into(),
        pos: (byte, byte + 6),
        text: text().hash,
        ..Anchor::default()
    }
}

fn id(line: &str) -> String {
    line.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn labels(shelf: &Shelf) -> BTreeSet<String> {
    shelf.items().iter().map(|item| item.label.to_owned()).collect()
}

fn set(labels: &[&str]) -> BTreeSet<String> {
    labels.iter().map(|label| label.to_string()).collect()
}

/// The folder of the text.
fn folder(home: &Path) -> PathBuf {
    fs::read_dir(home.join("data/docs")).unwrap().next().unwrap().unwrap().path()
}

/// The file of records, where there is one.
fn sheet(home: &Path) -> PathBuf {
    let mut names = fs::read_dir(folder(home)).unwrap().map(|entry| entry.unwrap().path());
    names.find(|path| path.extension().is_some_and(|e| e == "jsonl")).unwrap()
}

fn sheets(home: &Path) -> usize {
    let names = fs::read_dir(folder(home)).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).count()
}
