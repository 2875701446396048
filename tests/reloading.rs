//! The file of a text changes while it is read (faults 37, 91, 92, 95, 96): told key by key, and in a real terminal.

#[allow(dead_code, reason = "this test uses its part of it")]
mod common {
    pub mod journey;
    pub mod pty;
}

use common::journey::{Journey, journey};
use common::pty::{Session, Stage};
use ibid::document::Document;
use ibid::import::{Options, import};
use ibid::reader::{Event, Text};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

const SCREEN: (u16, u16) = (80, 24);

fn essay() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("text/essay.md")).expect("the essay")
}

fn markdown(text: &str) -> Document {
    import(text.as_bytes(), "essay.md", &Options::default()).expect("a text")
}

trait Rewrite {
    fn rewrite(self, text: &str) -> Journey;
}

impl Rewrite for Journey {
    /// The file holds another text from now on.
    fn rewrite(mut self, text: &str) -> Journey {
        let text = Text::new(markdown(text), format!("after {}", self.effects.len()), "essay.md".to_owned());
        self.send(Event::Reloaded(Box::new(text)));
        self
    }
}

/// The essay with an addition before its text, a mended word, and paragraphs that were moved behind the rest.
fn edited() -> String {
    let essay = essay().replace("rancorous", "rancourous");
    let (front, body) = essay.split_once("\n\n").expect("front matter");
    let added = "Here stands a paragraph that was not there when the reader began to read.";
    format!("{front}\n\n{added}\n\n{added}\n\n{body}")
}

#[test]
fn the_word_at_the_top_stays_and_so_does_all_that_stands_on_words() {
    let there = journey(markdown(&essay()), SCREEN)
        .keys("] ] } m x Space Space a \"here\" Enter / \"stalin\" Enter n n");
    let (top, found) = (there.words(), there.state.search.clone());
    let word = |there: &Journey| {
        let place = there.state.place.byte();
        there.state.document().text()[place..].chars().take(60).collect::<String>()
    };
    let before = word(&there);
    let there = there.rewrite(&edited()).foot("reloaded: essay.md has changed");
    assert_eq!(word(&there), before, "{top}");
    let matched = there.state.search.current_match().expect("a match").clone();
    let was = found.current_match().expect("a match").clone();
    let (then, now) = (markdown(&essay()), there.state.document());
    assert_eq!(then.text()[was.start..][..40], now.text()[matched.start..][..40]);
    assert_eq!(there.state.search.matches.len(), found.matches.len());
    there
        .keys("' x")
        .check(|j| assert!(word(j).len() > 20))
        .keys("Ctrl-o")
        .check(|j| assert_eq!(word(j), before))
        .keys("B")
        .shows("here")
        .hides("not found");
}

#[test]
fn places_come_back_through_the_leaps_of_before() {
    let way_back = |mut there: Journey| {
        let mut words = Vec::new();
        for _ in 0..5 {
            there = there.keys("Ctrl-o");
            let place = there.state.place.byte();
            words.push(there.state.document().text()[place..].chars().take(60).collect::<String>());
        }
        words
    };
    let there = || journey(markdown(&essay()), SCREEN).keys("] } d ] ] d G Space / \"stalin\" Enter d [ [");
    let (before, after) = (way_back(there()), way_back(there().rewrite(&edited())));
    assert_eq!(before[..3], after[..3]);
    assert!(before[0] != before[1] && before[1] != before[2], "{before:?}");
}

#[test]
fn an_open_note_stays_open_and_one_that_is_gone_closes() {
    let text = "One.[^a] Two.[^b]\n\n[^a]: The first note, about the lamp.\n\n[^b]: The second note, about the log.\n";
    let swapped = "Two.[^b] One.[^a]\n\n[^b]: The second note, about the log.\n\n[^a]: The first note, about the lamp.\n";
    let open = || journey(markdown(text), SCREEN).keys("Tab Enter").shows("about the lamp");
    open().rewrite(swapped).shows("about the lamp").check(|j| {
        let (note, _) = j.state.pane().expect("a pane");
        assert_eq!(&*j.state.document().notes()[note].mark, "2");
    });
    open()
        .rewrite("Two.[^b]\n\n[^b]: The second note, about the log.\n")
        .check(|j| assert!(j.state.pane().is_none()));
}

#[test]
fn what_is_being_typed_chosen_or_looked_up_is_finished_first() {
    for (keys, after) in [("/ \"stal", "Esc"), ("t", "Esc"), ("?", "Esc"), ("v", "Esc"), ("t ?", "Esc Esc")] {
        let keys = if keys.contains('"') { format!("{keys}\"") } else { keys.to_owned() };
        journey(markdown(&essay()), SCREEN)
            .keys(&keys)
            .rewrite(&edited())
            .check(|j| assert!(!j.state.document().text().contains("when the reader began"), "{keys}"))
            .keys(after)
            .check(|j| assert!(j.state.document().text().contains("when the reader began"), "{keys}"))
            .foot("reloaded");
    }
}

#[test]
fn words_that_are_gone_for_a_moment_are_come_back_to() {
    let there = journey(markdown(&essay()), SCREEN).keys("] ] ] } d");
    let place = there.state.place;
    let half: String = essay().chars().take(3000).collect();
    there
        .rewrite(&half)
        .foot("the words at the top are gone")
        .rewrite(&essay())
        .check(|j| assert_eq!(j.state.place, place));
}

#[test]
fn marks_whose_words_are_gone_are_counted_and_stay_in_the_list() {
    let half: String = essay().chars().take(3000).collect();
    journey(markdown(&essay()), SCREEN)
        .keys("a \"the first\" Enter ] ] ] } a \"the last\" Enter < ")
        .rewrite(&half)
        .foot("the words of 1 mark are not found")
        .keys("B")
        .shows("the first")
        .shows("the last")
        .shows("words not found");
}

/// A file that is open in the reader.
struct Open {
    home: TempDir,
    session: Session,
}

impl Open {
    fn new(text: &str) -> Open {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("text/essay.md");
        fs::create_dir(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, text).expect("a text");
        let stage = Stage::of(["ibid", &file.display().to_string()]);
        let folders = [("IBID_CONFIG_DIR", "config"), ("IBID_DATA_DIR", "data"), ("IBID_STATE_DIR", "state")];
        let stage = folders.iter().fold(stage, |stage, (name, folder)| {
            stage.env(name, home.path().join(folder).display().to_string())
        });
        Open { session: stage.start(), home }
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("text/essay.md")
    }

    /// As most editors save.
    fn replace(&self, text: impl AsRef<[u8]>) {
        let new = self.home.path().join("text/.essay.md.new");
        fs::write(&new, text).expect("a text");
        fs::rename(new, self.file()).expect("a text");
    }
}

#[test]
fn an_editor_saves_the_file_and_the_reader_keeps_the_word() {
    let mut open = Open::new(&essay());
    open.session.shows("Ordinary diplomacy").keys("] ] }").shows("¶").settles();
    let top = |session: &Session| session.screen().lines().nth(2).unwrap_or_default().trim().to_owned();
    let word = top(&open.session);
    open.replace(edited());
    open.session.shows("reloaded: essay.md has changed").settles();
    assert_eq!(top(&open.session), word);
    // Again, and written over in place.
    fs::write(open.file(), essay()).expect("a text");
    open.session.keys("i").shows("§").settles();
    open.session.shows(&word).keys("<").hides("when the reader began");
    assert_eq!(open.session.keys("q").shell(), 0);
}

#[test]
fn a_file_that_is_cut_off_emptied_taken_away_or_no_text_leaves_the_old_one() {
    let mut open = Open::new(&essay());
    open.session.shows("Ordinary diplomacy");
    fs::write(open.file(), "").expect("a text");
    open.session.shows("essay.md: it is empty; the text stays as it was read").shows("Ordinary diplomacy");
    open.replace([0_u8; 8000]);
    open.session.shows("essay.md: not a text").shows("Ordinary diplomacy");
    fs::remove_file(open.file()).expect("a text");
    open.session.shows("essay.md: it is gone; the text stays").keys("Space").shows("The theory is older");
    open.replace(edited());
    open.session.shows("reloaded: essay.md has changed").keys("<").shows("when the reader began");
    assert_eq!(open.session.keys("q").shell(), 0);
}

#[test]
fn a_file_that_grows_and_shrinks_without_end_never_breaks_the_reader() {
    let mut open = Open::new(&essay());
    open.session.shows("Ordinary diplomacy").keys("] ] }").settles();
    let essay = essay();
    for cut in [100, 9000, 1, 20000, 0, 3000, 12345] {
        let end = (cut..).find(|&at| essay.is_char_boundary(at)).unwrap_or(0);
        fs::write(open.file(), &essay[..end]).expect("a text");
        std::thread::sleep(Duration::from_millis(60));
        open.session.keys("Space b");
    }
    fs::write(open.file(), edited()).expect("a text");
    open.session.shows("reloaded").keys("<").shows("when the reader began");
    assert_eq!(open.session.keys("q").shell(), 0);
}

#[test]
fn waiting_for_the_file_to_change_costs_nothing() {
    let mut open = Open::new(&essay());
    open.session.shows("Ordinary diplomacy").settles();
    let before = open.session.cpu();
    std::thread::sleep(Duration::from_secs(2));
    assert!(open.session.cpu() - before < Duration::from_millis(20));
    assert_eq!(open.session.keys("q").shell(), 0);
}
