//! The mouse, for who asks for it; and the contents that stand beside the text.

#[allow(dead_code, reason = "each test binary uses its part of it")]
mod common {
    pub mod grammar;
    pub mod journey;
    pub mod pty;
}

use common::journey::{Journey, journey};
use common::pty::Stage;
use ibid::import::{Options, import};
use ibid::reader::{Event, Hit, Pointer, Target};
use ibid::view;

const TEXT: &str = "\
# A Title

Opening.[^1] And a [link](https://example.org) in it.

## First

One.[^2]

## Second

Two.

[^1]: The note of the opening.
[^2]: Another note.
";

fn reader(columns: u16) -> Journey {
    journey(import(TEXT.as_bytes(), "a.md", &Options::default()).expect("a text"), (columns, 24))
}

/// The first cell in which these words are painted.
#[track_caller]
fn cell_of(journey: &Journey, words: &str) -> (u16, u16) {
    let screen = journey.screen();
    let found = screen
        .lines()
        .enumerate()
        .find_map(|(y, line)| line.find(words).map(|x| (line[..x].chars().count() as u16, y as u16)));
    found.unwrap_or_else(|| panic!("{words:?} is not on the screen:\n{screen}"))
}

/// Presses on the words that are painted.
#[track_caller]
fn press(mut journey: Journey, words: &str) -> Journey {
    let (x, y) = cell_of(&journey, words);
    let hit = view::hit(&journey.state, x, y).unwrap_or_else(|| panic!("nothing lies under {words:?}"));
    journey.send(Event::Pointed(Pointer::Pressed(hit)));
    journey
}

#[test]
fn a_click_opens_what_lies_under_it() {
    press(reader(80), "¹").shows("Note 1").shows("The note of the opening.");
    // A figure is small: beside it counts as well.
    press(reader(80), ".¹").shows("Note 1");
    press(reader(80), "link").foot("https://example.org");
    press(reader(80), "The note of the opening").shows("─ Note 1");
    let open = press(reader(80), "¹");
    press(open, "Opening").hides("─ Note 1");
}

#[test]
fn a_click_takes_an_entry_of_a_list() {
    press(reader(80).keys("t"), "Second").top("Second");
    press(reader(80).keys("/ \"note\" Enter &"), "Another").shows("─ Note 2");
}

#[test]
fn the_wheel_scrolls_and_nothing_lies_under_the_margins() {
    let mut turned = reader(80).resize(80, 10);
    turned.send(Event::Pointed(Pointer::Wheel(1)));
    turned.top("One");
    assert_eq!(view::hit(&reader(80).state, 0, 5), None);
    assert_eq!(view::hit(&reader(80).state, 79, 23), None);
    assert_eq!(view::hit(&reader(10).state, 1, 1), None);
    let (x, y) = cell_of(&reader(80), "¹");
    assert_eq!(view::hit(&reader(80).state, x, y), Some(Hit::Target(Target::Reference(0))));
}

#[test]
fn the_contents_stand_beside_the_text_where_there_is_room() {
    let beside = reader(100)
        .keys("T")
        .foot("contents beside the text")
        .shows("› A Title")
        .shows("First")
        .shows("Second");
    let gone = press(beside, "Second").top("Second").shows("› Second");
    gone.keys("T").hides("› Second");
    reader(80).keys("T").foot("the contents need 93 columns").hides("›");
}

#[test]
fn at_every_size_the_contents_leave_the_text_its_room() {
    for columns in 20..180 {
        let state = reader(columns).keys("T").state;
        let frame = state.frame();
        if let Some(panel) = frame.panel {
            assert!(
                panel.x + panel.columns < frame.text.x && frame.text.columns == 66,
                "{columns}: {frame:?}"
            );
        }
        assert!(frame.text.x + frame.text.columns <= columns, "{columns}");
    }
}

#[test]
fn the_mouse_is_the_terminals_unless_asked_for() {
    let home = tempfile::tempdir().expect("a folder");
    let text = home.path().join("a.md");
    std::fs::write(&text, TEXT).expect("a text");
    let stage = Stage::of(["ibid", &text.display().to_string()]);
    let stage = ["CONFIG", "DATA", "STATE"].iter().fold(stage, |stage, name| {
        stage.env(&format!("IBID_{name}_DIR"), home.path().join(name).display().to_string())
    });
    let mut session = stage.start();
    session.shows("A Title");
    let asked =
        |session: &common::pty::Session| String::from_utf8_lossy(&session.bytes()).contains("\x1b[?1000h");
    assert!(!asked(&session));
    session.keys(": \"settings\" Enter / \"mouse\" Enter Enter").shows("all texts").keys("Esc Esc Esc");
    session.settles();
    assert!(asked(&session));
    // The wheel, as xterm tells it.
    session.keys("\"\x1b[<65;20;10M\"").settles();
    session.keys("q");
    assert_eq!(session.shell(), 0);
    let written = String::from_utf8_lossy(&session.bytes()).into_owned();
    assert!(written.rfind("\x1b[?1000l") > written.rfind("\x1b[?1000h"), "the mouse is given back");
}
