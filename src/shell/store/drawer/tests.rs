//! Every call that a save makes, failing in every way: old or new, never neither, and always said.

use super::*;
use crate::shell::store::disk::{Disk, Local};
use crate::shell::store::faulty::{Fault, Faulty, scratch};
use crate::shell::store::{Folders, Opened, Source, Store};
use std::path::Path;

fn open(home: &Path, disk: impl Disk + 'static) -> Opened {
    let store = Store::with_disk(Some(Folders::under(home)), Arc::new(disk));
    let text =
        crate::shelf::identity("The keeper wrote his log by lamplight, and nobody read it until the winter.");
    store.open(&text, &Source::File("/home/anna/log.md".into()), "The Log")
}

/// The same folders on a disk that fails; the device has its name already.
fn on(home: &Path, disk: Faulty) -> Arc<Base> {
    let mut base = Base::new(Arc::new(Local), Some(Folders::under(home)), "host".into());
    assert!(base.known_device().is_some());
    base.disk = Arc::new(disk);
    Arc::new(base)
}

fn bookmark(label: &str) -> Draft {
    Draft::Bookmark { at: at(3), label: label.into() }
}

fn at(byte: usize) -> Anchor {
    Anchor { exact: "lamplight".into(), pos: (byte, byte + 9), ..Anchor::default() }
}

fn labels(shelf: &Shelf) -> Vec<&str> {
    let mut labels: Vec<&str> = shelf.items().iter().map(|item| item.label).collect();
    labels.sort_unstable();
    labels
}

fn saved(news: News) -> Result<Receipt, Unsaved> {
    match news {
        News::Kept(kept) => kept,
        other => panic!("{other:?}"),
    }
}

/// Runs a story once for each fault at each call that the story makes, on a folder that `before` has prepared.
fn every_fault(before: &dyn Fn(&Path), story: &dyn Fn(&Path, &Faulty, Fault)) -> usize {
    let mut runs = 0;
    for fault in Fault::ALL {
        for call in 1.. {
            let home = scratch();
            before(home.path());
            let disk = Faulty::new(call, fault);
            story(home.path(), &disk, fault);
            runs += 1;
            if !disk.struck() {
                break;
            }
        }
    }
    runs
}

#[test]
fn whatever_call_fails_the_old_stands_and_the_new_is_saved_or_said() {
    let one_is_kept = |home: &Path| drop(saved(open(home, Local).drawer.keep(&bookmark("one"))).unwrap());
    let runs = every_fault(&one_is_kept, &|home, disk, fault| {
        let mut drawer = open(home, disk.clone()).drawer;
        let kept = saved(drawer.keep(&bookmark("two")));
        let there = open(home, Local).shelf;
        assert!(labels(&there).contains(&"one"), "{fault:?}");
        match &kept {
            Ok(receipt) => {
                assert_eq!((labels(&there).contains(&"two"), receipt.records.len()), (true, 1), "{fault:?}");
            }
            Err(unsaved) => {
                assert!(unsaved.to_string().starts_with("NOT SAVED: ") && unsaved.records.len() == 1);
                assert!(labels(&unsaved.shelf).contains(&"two"), "the reader sees it");
            }
        }
        // Whatever it was is over, or it is not and is said again; nothing is doubled by trying again.
        match drawer.retry() {
            None => assert!(kept.is_ok()),
            Some(Ok(receipt)) => assert_eq!(receipt.records.len(), 1),
            Some(Err(_)) => {
                return assert!(matches!(fault, Fault::FullFromHere | Fault::DeniedFromHere | Fault::Torn));
            }
        }
        let opened = open(home, Local);
        assert_eq!((labels(&opened.shelf), opened.complaints), (vec!["one", "two"], vec![]), "{fault:?}");
    });
    assert!(runs > 80, "{runs}");
}

#[test]
fn whatever_call_fails_at_the_very_first_save() {
    let runs = every_fault(&|_| {}, &|home, disk, fault| {
        let kept = saved(open(home, disk.clone()).drawer.keep(&bookmark("one")));
        let mut opened = open(home, Local);
        assert!(kept.is_err() || labels(&opened.shelf) == ["one"], "{fault:?}");
        saved(opened.drawer.keep(&bookmark("two"))).unwrap();
        let opened = open(home, Local);
        assert!(labels(&opened.shelf).ends_with(&["two"]) && opened.complaints.is_empty(), "{fault:?}");
    });
    assert!(runs > 100, "{runs}");
}

#[test]
fn whatever_call_fails_the_place_is_the_old_or_the_new() {
    let left_at_3 = |home: &Path| open(home, Local).drawer.place(at(3)).unwrap();
    every_fault(&left_at_3, &|home, disk, fault| {
        let placed = open(home, disk.clone()).drawer.place(at(70));
        let place = open(home, Local).place.map(|place| place.a.anchor.pos.0);
        assert!(
            place == Some(70) || (place == Some(3) && placed.is_err()),
            "{fault:?}: {placed:?}, {place:?}"
        );
    });
}

#[test]
fn a_disk_that_cannot_be_read_loses_nothing_that_was_read() {
    let home = scratch();
    let mut drawer = open(home.path(), Local).drawer;
    saved(drawer.keep(&bookmark("one"))).unwrap();
    for call in 1..40 {
        let mut opened = open(home.path(), Local);
        opened.drawer.base = on(home.path(), Faulty::new(call, Fault::Broken));
        opened.drawer.refresh();
        assert_eq!(labels(opened.drawer.shelf()), ["one"]);
    }
}

#[test]
fn a_full_disk_is_said_until_there_is_room() {
    let home = scratch();
    let mut drawer = open(home.path(), Local).drawer;
    saved(drawer.keep(&bookmark("one"))).unwrap();
    let good = Arc::clone(&drawer.base);
    drawer.base = on(home.path(), Faulty::new(1, Fault::FullFromHere));
    for (label, pending) in [("two", 1), ("three", 2)] {
        let unsaved = saved(drawer.keep(&bookmark(label))).unwrap_err();
        assert_eq!((unsaved.to_string().as_str(), unsaved.records.len()), ("NOT SAVED: disk full", pending));
    }
    assert_eq!(labels(&open(home.path(), Local).shelf), ["one"]);
    drawer.base = good;
    assert_eq!(saved(drawer.keep(&bookmark("four"))).unwrap().records.len(), 3);
    let opened = open(home.path(), Local);
    assert_eq!((labels(&opened.shelf), opened.complaints), (vec!["four", "one", "three", "two"], vec![]));
}

#[test]
fn where_there_are_no_locks_each_window_has_a_file_of_its_own() {
    let home = scratch();
    let mut windows = [(); 2].map(|()| open(home.path(), Faulty::new(1, Fault::NoLocks)).drawer);
    for label in ["one", "two"] {
        windows.iter_mut().for_each(|window| drop(saved(window.keep(&bookmark(label))).unwrap()));
    }
    let names = Local.names(windows[0].home.path()).unwrap();
    assert!(names.len() == 2 && names.iter().all(|name| name.contains('~')), "{names:?}");
    assert_eq!(labels(&open(home.path(), Local).shelf), ["one", "one", "two", "two"]);
}

#[test]
fn a_file_that_may_have_swallowed_a_record_is_not_written_to_again() {
    let len = |drawer: &Drawer| {
        let main = drawer.home.path().join(format!("{}.jsonl", drawer.base.device()));
        std::fs::metadata(main).unwrap().len()
    };
    // The first call that leaves the record in both files is the flush of the first.
    let (home, mut drawer) = (1..40)
        .find_map(|call| {
            let home = scratch();
            let mut drawer = open(home.path(), Local).drawer;
            saved(drawer.keep(&bookmark("one"))).unwrap();
            let good = Arc::clone(&drawer.base);
            drawer.base = on(home.path(), Faulty::new(call, Fault::Broken));
            let before = len(&drawer);
            saved(drawer.keep(&bookmark("two"))).ok()?;
            drawer.base = good;
            let files = Local.names(drawer.home.path()).unwrap().len();
            (len(&drawer) > before && files == 2).then_some((home, drawer))
        })
        .unwrap();
    let before = len(&drawer);
    saved(drawer.keep(&bookmark("three"))).unwrap();
    assert_eq!(len(&drawer), before, "it went to the other file");
    assert_eq!(labels(&open(home.path(), Local).shelf), ["one", "three", "two"]);
}
