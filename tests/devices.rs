//! Two devices whose data folder is synchronised, each in a terminal of its own; and a file that was moved.

#[allow(dead_code, reason = "this test uses its part of it")]
mod common {
    pub mod pty;
}

use common::pty::{Session, Stage};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What two devices share: the data folder, and the text.
struct Shared(TempDir);

impl Shared {
    fn new() -> Shared {
        let home = tempfile::tempdir().expect("a folder");
        let essay = Path::new(env!("CARGO_MANIFEST_DIR")).join("text/essay.md");
        fs::copy(essay, home.path().join("essay.md")).expect("the essay");
        Shared(home)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Opens a file on a device.
    fn open(&self, device: &str, name: &str) -> Session {
        let stage = Stage::of(["ibid", &self.file(name).display().to_string()]);
        let folders = [
            ("IBID_CONFIG_DIR", format!("{device}/config")),
            ("IBID_DATA_DIR", "data".to_owned()),
            ("IBID_STATE_DIR", format!("{device}/state")),
        ];
        let stage = folders
            .into_iter()
            .fold(stage, |stage, (name, folder)| stage.env(name, self.file(&folder).display().to_string()));
        stage.start()
    }
}

#[track_caller]
fn quit(mut session: Session) {
    assert_eq!(session.keys("q").shell(), 0);
}

#[test]
fn a_device_that_has_read_on_is_offered_and_never_followed_by_itself() {
    let shared = Shared::new();
    let mut anna = shared.open("anna", "essay.md");
    anna.shows("Ordinary diplomacy")
        .keys("a \"anna's\" Enter")
        .shows("saved")
        .keys("Space")
        .shows("The theory is older");
    quit(anna);
    // Bert has never read it: he begins at the beginning, and may go where anna is.
    let mut bert = shared.open("bert", "essay.md");
    bert.shows("Ordinary diplomacy").shows("is at").keys("o").shows("The theory is older");
    bert.keys("] ] ]").shows("Stalin and").keys("a \"bert's\" Enter").shows("saved");
    quit(bert);
    // Anna is where she was; what she leaves is not offered again.
    let mut anna = shared.open("anna", "essay.md");
    anna.shows("The theory is older")
        .shows("is at")
        .keys("j")
        .hides("is at")
        .keys("k B")
        .shows("anna's")
        .shows("bert's");
    anna.keys("Esc").shows("The theory is older");
    quit(anna);
    let mut anna = shared.open("anna", "essay.md");
    anna.shows("The theory is older").settles();
    assert!(!anna.screen().contains("is at"), "{}", anna.screen());
    quit(anna);
}

/// 90, 94: a file that was moved has its marks; an edited copy elsewhere is offered them.
#[test]
fn a_file_that_was_moved_keeps_its_marks_and_an_edited_copy_is_offered_them() {
    let shared = Shared::new();
    let mut anna = shared.open("anna", "essay.md");
    anna.shows("Ordinary diplomacy").keys("a \"mine\" Enter").shows("saved");
    quit(anna);
    fs::rename(shared.file("essay.md"), shared.file("moved.md")).expect("moved");
    let mut anna = shared.open("anna", "moved.md");
    anna.shows("Ordinary diplomacy").keys("B").shows("mine").keys("Esc");
    quit(anna);
    let text = fs::read_to_string(shared.file("moved.md")).expect("the essay");
    for (copy, key, said, listed) in
        [("taken.md", "o", "saved", "mine"), ("left.md", "j", "", "no bookmarks yet")]
    {
        fs::write(
            shared.file(copy),
            text.replace(if key == "o" { "Khrushchev" } else { "Trotsky" }, "Somebody"),
        )
        .expect("a copy");
        let mut anna = shared.open("anna", copy);
        anna.shows("take its marks — press o")
            .keys(key)
            .hides("take its marks")
            .shows(said)
            .keys("B")
            .shows(listed);
        anna.keys("Esc");
        quit(anna);
    }
}
