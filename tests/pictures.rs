//! The pictures in the README are screens of the program itself. Where one has changed, IBID_PICTURES=new takes it anew.

mod common;

use common::journey::journey;
use common::picture::svg;
use ibid::import::{Options, import};

#[test]
fn the_pictures_show_the_program_as_it_is() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let essay = std::fs::read(root.join("text/essay.md")).expect("the essay");
    let mut stale = Vec::new();
    for (name, size, keys, words) in [
        (
            "page",
            (80, 26),
            "] ] ] Tab",
            "A page of an essay; the notes that it cites stand at its foot, under a rule.",
        ),
        ("search", (80, 26), "/ \"leon\"", "A search for leon, which has found Léon Blum."),
    ] {
        let document = import(&essay, "essay.md", &Options::default()).expect("a text");
        let journey = journey(document, size).keys(keys);
        let picture = svg(&journey.buffer().0, words);
        let file = root.join("tests/pictures").join(name).with_extension("svg");
        if std::env::var_os("IBID_PICTURES").is_some_and(|v| v == "new") {
            std::fs::create_dir_all(root.join("tests/pictures")).expect("a folder");
            std::fs::write(&file, &picture).expect("the picture");
        } else if std::fs::read_to_string(&file).ok().as_deref() != Some(&picture) {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "stale pictures: {stale:?}; IBID_PICTURES=new cargo test --test pictures takes them anew"
    );
}
