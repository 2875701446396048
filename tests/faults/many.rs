//! Much of everything.

use crate::{TEXT, Window, folder, home, id, open, sheet, text};
use ibid::shelf::identity;
use ibid::shell::store::{Folders, Store};
use std::fs;
use std::time::Instant;

/// 68: many texts, and many bookmarks on one. `cargo test --test faults many -- --ignored --nocapture`
#[test]
#[ignore = "takes half a minute; prints figures"]
fn many_texts_and_many_bookmarks() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    let (from, lines) = (folder(home.path()), fs::read_to_string(sheet(home.path())).unwrap());
    let place =
        "{\"ibid\":1,\"device\":\"d\",\"n\":1,\"a\":{\"exact\":\"\"},\"at\":\"2026-09-23T10:15:00Z\"}\n";
    for i in 0..10_000 {
        let other = identity(&format!("{TEXT} {i}"));
        let to = from.with_file_name(format!("text-{i}--{}", other.docid));
        fs::create_dir(&to).unwrap();
        let mut lines = lines.replace(&text().hash, &other.hash).replace("log.md", &format!("{i}.md"));
        let put = lines.lines().last().unwrap().to_owned() + "\n";
        (0..9).for_each(|_| lines += &put);
        fs::write(to.join("d.jsonl"), lines).unwrap();
        fs::write(to.join("d.pos.json"), place).unwrap();
    }
    let time = |what: &str, run: &dyn Fn()| {
        run();
        let start = Instant::now();
        run();
        println!("{what}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    };
    time("open one of 10,000 texts", &|| drop(open(home.path())));
    time("recent", &|| assert_eq!(Store::new(Some(Folders::under(home.path()))).recent().len(), 10_000));
    let put = lines.lines().last().unwrap();
    let many: String = (4..100_000).map(|n| put.replace(&id(put), &format!("id-{n}")) + "\n").collect();
    fs::write(sheet(home.path()), lines.clone() + &many).unwrap();
    time("open a text with 100,000 bookmarks", &|| assert!(open(home.path()).shelf.items().len() > 99_000));
    let window = Window::open(home.path());
    window.keep("first").unwrap();
    time("a bookmark more", &|| drop(window.keep("more").unwrap()));
}
