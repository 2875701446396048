//! Notices that the file of a text has changed while it is read, and reads it again.
//!
//! Its folder is watched, not the file: most editors put a new file in the place of the old one, and whoever watches the
//! old one hears nothing more. Where the system tells nothing, on a network's disk, [`Watch::look`] is asked now and then
//! when a key was pressed. Between the two the thread sleeps: an idle reader costs nothing.
//!
//! A file is read when it has lain still for a moment. What is gone, empty or no text any more is told once; the reader
//! goes on with what it has.

use super::store::Source;
use super::texts;
use crate::document::Document;
use crate::import::Options;
use crate::shelf::{self, Identity};
use notify::{RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, SystemTime};

/// How long a file must have lain still before it is read.
const STILL: Duration = Duration::from_millis(150);

/// How often that is waited for. An editor that takes a file away brings it back within this time.
const PATIENCE: u32 = 10;

/// What became of the file.
#[derive(Debug)]
pub enum Reread {
    /// It was read again.
    Text(Box<Document>, Identity),
    /// It could not be; why.
    Lost(String),
}

/// By what it is seen that a file is not the one it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    changed: Option<SystemTime>,
    file: (u64, u64, i64),
}

impl Stamp {
    /// The stamp of what a text is read from, if that is a file.
    pub fn of_source(source: &Source) -> Option<Stamp> {
        match source {
            Source::File(path) => Stamp::of(path),
            Source::Carried(_) | Source::Piped => None,
        }
    }

    /// The stamp of a file; `None` if there is none, or it is no regular file.
    pub fn of(path: &Path) -> Option<Stamp> {
        let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp { len: about.len(), changed: about.modified().ok(), file: file(&about) })
    }
}

/// Which file it is, and when anything about it was last changed.
#[cfg(unix)]
fn file(about: &fs::Metadata) -> (u64, u64, i64) {
    use std::os::unix::fs::MetadataExt;
    (about.dev(), about.ino(), about.ctime_nsec())
}

#[cfg(not(unix))]
fn file(_: &fs::Metadata) -> (u64, u64, i64) {
    (0, 0, 0)
}

/// Watches one file until it is dropped.
pub struct Watch {
    looks: Sender<()>,
    /// Sends looks of its own, for as long as it is held.
    _watcher: Option<notify::RecommendedWatcher>,
}

impl Watch {
    /// Watches a file that had the stamp `seen` before it was read. Calls `tell` from a thread of its own. `None` if there
    /// is no thread to be had: the text is read all the same.
    pub fn start(
        path: PathBuf,
        seen: Stamp,
        options: Options,
        tell: impl Fn(Reread) + Send + 'static,
    ) -> Option<Watch> {
        let (looks, inbox) = mpsc::channel();
        let watcher = watcher(&path, looks.clone());
        let eye = Eye { path, seen: Some(seen), options, tell: Box::new(tell) };
        thread::Builder::new().name("watch".into()).spawn(move || eye.run(&inbox)).ok()?;
        // It may have changed since it was read.
        let watch = Watch { looks, _watcher: watcher };
        watch.look();
        Some(watch)
    }

    /// Has a look at the file.
    pub fn look(&self) {
        // The thread ends when this is dropped, and by a panic, which ends the program.
        let _ = self.looks.send(());
    }
}

/// Asks the system to tell of a file: of the name it was opened by, and of the file that a link leads to.
fn watcher(path: &Path, looks: Sender<()>) -> Option<notify::RecommendedWatcher> {
    let names = [Some(path.to_owned()), fs::canonicalize(path).ok()];
    let names: Vec<PathBuf> = names.into_iter().flatten().collect();
    let watched = names.clone();
    let concerns = move |event: &notify::Event| {
        let is_named = |p: &PathBuf| watched.iter().any(|name| name.file_name() == p.file_name());
        !event.kind.is_access() && (event.paths.is_empty() || event.paths.iter().any(is_named))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.map_or(true, |event| concerns(&event)) {
            let _ = looks.send(());
        }
    })
    .ok()?;
    for folder in names.iter().filter_map(|name| name.parent()) {
        watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    }
    Some(watcher)
}

/// What the thread has.
struct Eye {
    path: PathBuf,
    /// The stamp of what was read, or looked at in vain.
    seen: Option<Stamp>,
    options: Options,
    tell: Box<dyn Fn(Reread) + Send>,
}

impl Eye {
    fn run(mut self, looks: &Receiver<()>) {
        while looks.recv().is_ok() {
            while looks.try_recv().is_ok() {}
            if Stamp::of(&self.path) != self.seen {
                self.look();
            }
        }
    }

    fn look(&mut self) {
        let before = self.seen;
        let Some(stamp) = self.settled() else {
            if before.is_some() {
                self.seen = None;
                (self.tell)(Reread::Lost("it is gone".to_owned()));
            }
            return;
        };
        self.seen = Some(stamp);
        let reread = match texts::file(&self.path, &self.options) {
            Ok(document) if document.text().is_empty() => Reread::Lost("it is empty".to_owned()),
            Ok(document) => {
                let identity = shelf::identity(document.text());
                Reread::Text(Box::new(document), identity)
            }
            Err(trouble) => Reread::Lost(trouble.what().to_owned()),
        };
        // What changed while it was read is told of by the system, or seen at the next look: the stamp is the older one.
        (self.tell)(reread);
    }

    /// The stamp of the file when it has come to rest; `None` if it stays away. One that is empty may be about to be filled.
    fn settled(&self) -> Option<Stamp> {
        let mut last = Stamp::of(&self.path);
        for _ in 0..PATIENCE {
            thread::sleep(STILL);
            let now = Stamp::of(&self.path);
            if now == last && now.is_some_and(|stamp| stamp.len > 0) {
                break;
            }
            last = now;
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::RecvTimeoutError;
    use std::time::Instant;

    const LONG: Duration = Duration::from_secs(20);

    struct Watched {
        home: tempfile::TempDir,
        news: Receiver<Reread>,
        watch: Watch,
    }

    impl Watched {
        fn new(text: &str) -> Watched {
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join("essay.txt");
            fs::write(&path, text).unwrap();
            let seen = Stamp::of(&path).unwrap();
            let (tell, news) = mpsc::channel();
            let watch = Watch::start(path, seen, Options::default(), move |n| drop(tell.send(n))).unwrap();
            Watched { home, news, watch }
        }

        fn file(&self) -> PathBuf {
            self.home.path().join("essay.txt")
        }

        #[track_caller]
        fn tells(&self, words: &str) {
            match self.news.recv_timeout(LONG).unwrap() {
                Reread::Text(document, _) => assert_eq!(document.text(), words),
                Reread::Lost(why) => assert_eq!(why, words),
            }
        }
    }

    #[test]
    fn what_is_written_over_replaced_or_brought_back_is_read_again() {
        let watched = Watched::new("one\n");
        fs::write(watched.file(), "two\n").unwrap();
        watched.tells("two");
        let new = watched.home.path().join(".essay.txt.swp");
        for words in ["three", "four"] {
            fs::write(&new, words).unwrap();
            fs::rename(&new, watched.file()).unwrap();
            watched.tells(words);
        }
        fs::remove_file(watched.file()).unwrap();
        watched.tells("it is gone");
        fs::write(watched.file(), "five\n").unwrap();
        watched.tells("five");
    }

    #[test]
    fn what_is_no_text_any_more_is_told_once() {
        let watched = Watched::new("one\n");
        fs::write(watched.file(), "").unwrap();
        watched.tells("it is empty");
        fs::write(watched.file(), [0_u8; 4000]).unwrap();
        let Reread::Lost(why) = watched.news.recv_timeout(LONG).unwrap() else { panic!("read") };
        assert!(why.starts_with("not a text"), "{why}");
        watched.watch.look();
        assert_eq!(watched.news.recv_timeout(STILL * 4).unwrap_err(), RecvTimeoutError::Timeout);
        fs::write(watched.file(), "two\n").unwrap();
        watched.tells("two");
    }

    #[test]
    fn a_save_in_pieces_is_read_when_it_is_whole() {
        use std::io::Write;
        let watched = Watched::new("one\n");
        let mut file = fs::File::create(watched.file()).unwrap();
        let start = Instant::now();
        for _ in 0..8 {
            writeln!(file, "piece\n").unwrap();
            thread::sleep(STILL / 4);
        }
        if start.elapsed() < STILL * 3 {
            watched.tells(&["piece"; 8].join("\n"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_watched_at_both_its_ends() {
        let watched = Watched::new("one\n");
        let far = tempfile::tempdir().unwrap();
        let (path, target) = (far.path().join("link.txt"), watched.file());
        std::os::unix::fs::symlink(&target, &path).unwrap();
        let (tell, news) = mpsc::channel();
        let seen = Stamp::of(&path).unwrap();
        let _watch = Watch::start(path, seen, Options::default(), move |n| drop(tell.send(n))).unwrap();
        fs::write(&target, "two\n").unwrap();
        assert!(matches!(news.recv_timeout(LONG).unwrap(), Reread::Text(..)));
    }
}
