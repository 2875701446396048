//! Several windows on one text.

use crate::{LONG, Window, at, home, labels, open, set, sheets, text};
use ibid::shelf::{Draft, Id};
use ibid::shell::store::News;
use std::fs;
use std::time::{Duration, Instant};

/// 59: two windows add bookmarks at once, and both keep theirs, in one file.
#[test]
fn two_windows_keep_both_their_bookmarks() {
    let home = home();
    let windows = ["left", "right"].map(|name| {
        let window = Window::open(home.path());
        std::thread::spawn(move || (0..20).for_each(|i| drop(window.keep(&format!("{name} {i}")).unwrap())))
    });
    windows.into_iter().for_each(|window| window.join().unwrap());
    let opened = open(home.path());
    assert_eq!((opened.shelf.items().len(), opened.complaints, sheets(home.path())), (40, vec![], 1));
}

/// 59: and each sees what the other has put there with whatever it keeps next.
#[test]
fn a_window_sees_the_others_bookmarks() {
    let home = home();
    let (one, two) = (Window::open(home.path()), Window::open(home.path()));
    one.keep("one").unwrap();
    two.keeper.keep(Draft::Bookmark { at: at(0), label: "two".into() });
    let Ok(News::Kept(Ok(receipt))) = two.news.recv_timeout(LONG) else { panic!("not kept") };
    assert_eq!(labels(&receipt.shelf), set(&["one", "two"]));
}

/// 60: what one window has deleted, another does not bring back by giving it a name.
#[test]
fn a_stale_window_does_not_bring_back_what_was_deleted() {
    let home = home();
    let (one, two) = (Window::open(home.path()), Window::open(home.path()));
    let id: Id = one.keep("one").unwrap()[0].clone().try_into().unwrap();
    two.keeper.keep(Draft::Delete { id: id.clone() });
    two.keeper.flush(LONG).unwrap();
    one.keeper.keep(Draft::Rename { id: id.clone(), label: "still here".into() });
    assert!(matches!(one.news.recv_timeout(LONG), Ok(News::Refused(_))));
    assert!(open(home.path()).shelf.get(&id).is_none());
    one.keeper.keep(Draft::Restore { id: id.clone() });
    one.keeper.flush(LONG).unwrap();
    assert_eq!(open(home.path()).shelf.get(&id).unwrap().label, "one");
}

/// 61: a lock that is never given back costs a quarter of a second and no bookmark.
#[test]
fn a_lock_that_is_held_for_ever_is_not_waited_for() {
    let home = home();
    let window = Window::open(home.path());
    window.keep("one").unwrap();
    let lock = fs::File::open(home.path().join("state/lock").join(text().docid)).unwrap();
    lock.lock().unwrap();
    let start = Instant::now();
    window.keep("two").unwrap();
    assert!(start.elapsed() < Duration::from_millis(900), "{:?}", start.elapsed());
    assert_eq!(sheets(home.path()), 2);
    lock.unlock().unwrap();
    window.keep("three").unwrap();
    let opened = open(home.path());
    assert_eq!((labels(&opened.shelf), opened.complaints), (set(&["one", "two", "three"]), vec![]));
}
