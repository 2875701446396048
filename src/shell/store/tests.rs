//! Which text is it, where was it left, and what is said of it: told with two devices and a few texts.

use super::faulty::scratch;
use super::*;
use crate::shelf::{Draft, identity};
use std::fs;
use std::path::Path;

/// A device: its state folder is its own, the data folder may be shared.
struct Device {
    store: Store,
}

impl Device {
    fn new(home: &Path, name: &str) -> Device {
        let folders = Folders {
            config: home.join("config"),
            data: home.join("data"),
            state: home.join(format!("state-{name}")),
        };
        let base = Base::new(Arc::new(Local), Some(folders), name.into());
        Device { store: Store { base: Arc::new(base) } }
    }

    fn open(&self, text: &str, path: &str) -> Opened {
        self.store.open(&identity(text), &Source::from_key(path), "On Style: a “Study”")
    }

    fn keep(&self, text: &str, path: &str, label: &str) {
        let news =
            self.open(text, path).drawer.keep(&Draft::Bookmark { at: at(text, 0), label: label.into() });
        assert!(matches!(news, News::Kept(Ok(_))), "{news:?}");
    }

    fn leave(&self, text: &str, path: &str, byte: usize) {
        self.open(text, path).drawer.place(at(text, byte)).unwrap();
    }
}

fn at(text: &str, byte: usize) -> Anchor {
    let frac = byte as f64 / text.len() as f64;
    Anchor { pos: (byte, byte), frac, text: identity(text).hash, ..Anchor::default() }
}

fn labels(opened: &Opened) -> Vec<&str> {
    opened.shelf.items().iter().map(|item| item.label).collect()
}

fn byte(place: &Option<Place>) -> Option<usize> {
    place.as_ref().map(|place| place.a.anchor.pos.0)
}

/// A text of a thousand words, the first `edits` of which are others.
fn prose(edits: usize) -> String {
    (0..1000).map(|i| if i < edits { format!("new{i} ") } else { format!("word{i} ") }).collect()
}

fn all_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<String> = entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { all_files(&path) } else { vec![path.to_string_lossy().into_owned()] }
        })
        .collect();
    files.sort();
    files
}

#[test]
fn nothing_is_written_before_the_first_thing_is_kept() {
    let home = scratch();
    let anna = Device::new(home.path(), "anna");
    let opened = anna.open(&prose(0), "/a.md");
    assert!(opened.place.is_none() && opened.complaints.is_empty() && labels(&opened).is_empty());
    assert_eq!(all_files(home.path()), Vec::<String>::new());
}

#[test]
fn the_files_are_where_they_are_said_to_be() {
    let home = scratch();
    let anna = Device::new(home.path(), "anna");
    anna.keep(&prose(0), "/a.md", "one");
    anna.leave(&prose(0), "/a.md", 10);
    let device = anna.store.base.known_device().unwrap();
    let docid = identity(&prose(0)).docid;
    let root = format!("{}/", home.path().display());
    let files: Vec<_> = all_files(home.path()).iter().map(|file| file.replace(&root, "")).collect();
    let folder = format!("data/docs/on-style-a-study--{docid}");
    assert_eq!(
        files,
        [
            "data/README".to_owned(),
            format!("{folder}/{device}.jsonl"),
            format!("{folder}/{device}.pos.json"),
            "state-anna/device".to_owned(),
            format!("state-anna/lock/{docid}"),
            "state-anna/lock/device".to_owned(),
        ]
    );
    let lines = fs::read_to_string(home.path().join(&files[1])).unwrap();
    let numbers: Vec<_> = lines.lines().map(|line| line.split("\"t\"").next().unwrap()).collect();
    assert_eq!(numbers, [r#"{"ibid":1,"n":1,"#, r#"{"n":2,"#, r#"{"n":3,"#], "{lines}");
}

#[test]
fn a_text_is_found_again_moved_or_edited() {
    let home = scratch();
    let anna = Device::new(home.path(), "anna");
    anna.keep(&prose(0), "/a.md", "one");
    anna.leave(&prose(0), "/a.md", 10);
    for (edits, path, found) in [
        (0, "/a.md", true),
        (0, "/moved.md", true),
        (0, "", true),
        (300, "/a.md", true),
        (300, "/moved.md", false),
        (900, "/a.md", false),
    ] {
        let opened = anna.open(&prose(edits), path);
        assert_eq!((labels(&opened).len() == 1, opened.place.is_some()), (found, found), "{edits} {path}");
        assert!(opened.offer.is_none());
    }
    // Once it was kept under its new path and in its new wording, it is known by these.
    anna.leave(&prose(300), "/a.md", 20);
    anna.leave(&prose(0), "/moved.md", 20);
    assert_eq!(labels(&anna.open(&prose(300), "/elsewhere.md")), ["one"]);
    assert_eq!(labels(&anna.open(&prose(450), "/moved.md")), ["one"]);
    assert_eq!(fs::read_dir(home.path().join("data/docs")).unwrap().count(), 1);
}

#[test]
fn a_moved_and_edited_text_is_asked_about_once() {
    let home = scratch();
    let anna = Device::new(home.path(), "anna");
    anna.keep(&prose(0), "/a.md", "one");
    anna.leave(&prose(0), "/a.md", 10);
    let mut opened = anna.open(&prose(30), "/b.md");
    assert!(labels(&opened).is_empty() && opened.place.is_none());
    let offer = opened.offer.take().unwrap();
    assert_eq!((offer.source, offer.shelf.items().len()), (Source::File("/a.md".into()), 1));
    assert_eq!(offer.place.unwrap().pos.0, 10);
    assert_eq!(opened.drawer.carry(&offer.shelf).unwrap().records.len(), 1);
    assert_eq!(opened.drawer.carry(&offer.shelf).unwrap().records.len(), 0, "twice is once");
    let again = anna.open(&prose(30), "/b.md");
    assert_eq!((labels(&again), again.offer.is_none()), (vec!["one"], true));
    assert_eq!(labels(&anna.open(&prose(0), "/a.md")), ["one"], "the other keeps its own");
}

#[test]
fn two_devices_see_each_others_bookmarks_and_offer_their_places() {
    let home = scratch();
    let (anna, bert) = (Device::new(home.path(), "anna"), Device::new(home.path(), "bert"));
    let text = prose(0);
    anna.keep(&text, "/a.md", "anna's");
    anna.leave(&text, "/a.md", 10);
    let opened = bert.open(&text, "/b.md");
    assert_eq!(labels(&opened), ["anna's"]);
    assert_eq!((byte(&opened.place), byte(&opened.elsewhere)), (None, Some(10)));
    bert.keep(&text, "/b.md", "bert's");
    bert.leave(&text, "/b.md", 500);
    assert_eq!(byte(&bert.open(&text, "/b.md").elsewhere), None, "it was met, and left");
    let opened = anna.open(&text, "/a.md");
    assert_eq!(labels(&opened).len(), 2);
    assert_eq!((byte(&opened.place), byte(&opened.elsewhere)), (Some(10), Some(500)));
    anna.leave(&text, "/a.md", 20);
    assert_eq!(byte(&anna.open(&text, "/a.md").elsewhere), None, "declined by reading on");
    assert_eq!(byte(&bert.open(&text, "/b.md").elsewhere), Some(20));
}

#[test]
fn two_devices_that_met_a_text_apart_come_together() {
    let (home, other) = (scratch(), scratch());
    let (anna, bert) = (Device::new(home.path(), "anna"), Device::new(other.path(), "bert"));
    anna.keep(&prose(0), "/a.md", "old wording");
    anna.leave(&prose(30), "/a.md", 7);
    bert.keep(&prose(30), "/b.md", "new wording");
    let docs = |home: &Path| home.join("data/docs");
    let folder = fs::read_dir(docs(other.path())).unwrap().next().unwrap().unwrap();
    fs::rename(folder.path(), docs(home.path()).join(folder.file_name())).unwrap();
    let mut opened = anna.open(&prose(30), "/a.md");
    assert_eq!(labels(&opened).len(), 2);
    let id = opened.shelf.items().iter().find(|item| item.label == "new wording").unwrap().id.clone();
    assert!(matches!(opened.drawer.keep(&Draft::Delete { id }), News::Kept(Ok(_))));
    assert_eq!(labels(&anna.open(&prose(30), "/a.md")), ["old wording"]);
}

#[test]
fn texts_read_lately() {
    let home = scratch();
    let (anna, bert) = (Device::new(home.path(), "anna"), Device::new(home.path(), "bert"));
    let text = prose(0);
    assert_eq!((anna.store.recent(), anna.store.last()), (vec![], None));
    bert.leave(&text, "/b.md", text.len() / 2);
    let recent = anna.store.recent();
    assert_eq!((recent[0].percent, &recent[0].source), (50, &Source::File("/b.md".into())));
    assert_eq!(recent[0].device, bert.store.base.known_device().map(|d| d.to_string()));
    anna.leave(&text, "ibid:essay", text.len() / 4);
    anna.leave(&prose(900), "/other.md", 3);
    let recent = anna.store.recent();
    assert_eq!(recent.len(), 2);
    let essay = recent.iter().find(|r| r.source == Source::Carried("essay".into())).unwrap();
    assert_eq!((essay.percent, &essay.device, essay.title.as_str()), (25, &None, "On Style: a “Study”"));
    let essay = essay.clone();
    for file in all_files(&home.path().join("data")).iter().filter(|file| file.ends_with(".pos.json")) {
        fs::write(file, fs::read_to_string(file).unwrap().replace("\"at\":\"20", "\"at\":\"19")).unwrap();
    }
    anna.leave(&text, "ibid:essay", text.len() / 4);
    assert_eq!(anna.store.recent()[0].source, essay.source, "opened again, and not moved");
    anna.store.set_last(&Source::Carried("essay".into())).unwrap();
    anna.store.set_last(&Source::Piped).unwrap();
    assert_eq!((anna.store.last(), bert.store.last()), (Some(Source::Carried("essay".into())), None));
}

#[test]
fn without_a_home_one_reads_and_is_told() {
    let store = Store::new(None);
    let text = prose(0);
    let mut opened = store.open(&identity(&text), &Source::File("/a.md".into()), "On Style");
    assert_eq!(opened.complaints, [Complaint::NotSaving(Reason::Homeless)]);
    let News::Kept(Err(unsaved)) = opened.drawer.keep(&Draft::Mark { name: 'x', at: at(&text, 3) }) else {
        panic!("saved nowhere")
    };
    assert_eq!(unsaved.to_string(), "NOT SAVED: no home folder; IBID_DATA_DIR can name one");
    assert!(unsaved.shelf.mark('x').is_some(), "it serves while the program runs");
    assert_eq!(opened.drawer.place(at(&text, 3)), Err(Reason::Homeless));
    assert_eq!((store.recent(), store.last()), (vec![], None));
    assert_eq!(store.set_last(&Source::Carried("x".into())), Err(Reason::Homeless));
}
