//! Selecting, copying, highlighting: what a reader sees and takes away, key by key.

mod common;

use common::journey::{Journey, journey};
use ibid::document::Document;
use ibid::import::{Options, import};
use ibid::reader::Effect;

const SCREEN: (u16, u16) = (80, 24);

fn markdown(text: &str) -> Document {
    import(text.as_bytes(), "text.md", &Options::default()).expect("a text")
}

/// Two paragraphs, verse, and notes.
fn log() -> Document {
    markdown(
        "---\ntitle: The Keeper’s Log\nauthor: Ann Smith\n---\n\n# Oil\n\nMr. North kept the log.[^1] “He wrote it \
         *twice*,” she said. Nobody read it.\n\nThe second paragraph co\u{ad}operates.\n\nO Rose thou art \
         sick.  \nThe invisible worm\n\n[^1]: Ann Smith, *Tides*, 1901, p. 3.\n[^2]: Ibid., p. 9.\n",
    )
}

fn essay() -> Document {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("text/essay.md");
    import(&std::fs::read(file).expect("the essay"), "essay.md", &Options::default()).expect("a text")
}

impl Journey {
    /// What was copied last.
    #[track_caller]
    fn copied(self, words: &str) -> Journey {
        let copied = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        assert_eq!(copied, Some(words));
        self
    }

    /// What is selected now.
    #[track_caller]
    fn selects(self, words: &str) -> Journey {
        let range = self.state.selected().expect("a selection");
        assert_eq!(&self.state.document().text()[range], words);
        self
    }
}

#[test]
fn the_sentence_at_the_focus_is_copied_without_note_marks() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter y")
        .copied("Mr. North kept the log.")
        .foot("copied 5 words")
        .keys("/ \"nobody\" Enter y")
        .copied("Nobody")
        .foot("copied 1 word")
        .keys("Esc Tab y")
        .copied("Mr. North kept the log.");
}

#[test]
fn words_are_selected_extended_and_taken_back() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter v")
        .selects("Mr")
        .foot("by word: 1 word")
        .cursor_on("r. North")
        .keys("l")
        .selects("Mr.")
        .keys("2 w")
        .selects("Mr. North kept")
        .keys("b")
        .selects("Mr. North")
        .keys(")")
        .selects("Mr. North kept the log.")
        .keys("(")
        .selects("Mr")
        .keys("3 w o")
        .cursor_on("Mr. North")
        .keys("w")
        .selects("North kept the")
        .keys("y")
        .copied("North kept the")
        .foot("copied 3 words")
        .check(|j| assert!(j.state.selected().is_none()))
        .keys("v Esc y")
        .copied("Mr. North kept the log.");
}

#[test]
fn sentences_lines_and_paragraphs_are_selected() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter v v")
        .selects("Mr. North kept the log.")
        .foot("by sentence")
        .keys("l l")
        .selects("Mr. North kept the log. “He wrote it twice,” she said. Nobody read it.")
        .keys("h")
        .selects("Mr. North kept the log. “He wrote it twice,” she said.")
        .keys("v")
        .selects("Mr. North kept the log. “He wrote it twice,” she said. Nobody")
        .foot("by line")
        .keys("j")
        .selects("Mr. North kept the log. “He wrote it twice,” she said. Nobody read it.")
        .keys("v }")
        .foot("by word")
        .keys("y")
        .copied(
            "Mr. North kept the log. “He wrote it twice,” she said. Nobody read it.\n\nThe second paragraph cooperates.",
        )
        .keys("} v G y")
        .copied("The second paragraph cooperates.\n\nO Rose thou art sick.\nThe invisible worm")
        .keys("v {")
        .selects("Mr. North kept the log. “He wrote it twice,” she said. Nobody read it.\nThe");
}

#[test]
fn a_selection_stays_in_its_note_and_scrolls_the_pane() {
    let long: String = (0..40).map(|i| format!("Sentence {i} of a long note. ")).collect();
    journey(markdown(&format!("Word.[^1] And on.\n\n[^1]: {long}\n")), SCREEN)
        .keys("1 Enter v")
        .selects("Sentence")
        .cursor_on("e 0 of")
        .keys("v l")
        .selects("Sentence 0 of a long note. Sentence 1 of a long note.")
        .keys("5 0 l")
        .shows("Sentence 39 of a long note.")
        .cursor_on(".")
        .keys("g")
        .shows("Sentence 0 of")
        .selects("Sentence 0 of a long note.")
        .keys("y")
        .copied("Sentence 0 of a long note.")
        .shows("─── Note 1");
}

#[test]
fn the_page_follows_the_moving_end_and_stays_there() {
    let j = journey(essay(), SCREEN).keys("] } v 4 0 j");
    let place = j.state.place;
    j.check(|j| assert!(j.state.shows(j.state.focus())))
        .keys("Esc")
        .check(|j| assert_eq!(j.state.place, place));
    journey(essay(), SCREEN)
        .keys("] } v Space Space o")
        .check(|j| assert!(j.state.shows(j.state.focus())))
        .keys("? ?")
        .foot("by word")
        .resize(40, 12)
        .check(|j| assert!(j.state.selected().is_some()));
}

#[test]
fn what_is_too_much_for_a_clipboard_is_not_copied() {
    journey(markdown(&"Words and words.\n\n".repeat(9000)), SCREEN)
        .keys("v > y")
        .foot("too much for a clipboard")
        .check(|j| assert!(j.effects.is_empty()))
        .foot("KB");
    journey(markdown(""), SCREEN).keys("v").foot("there are no words here").keys("y").foot("no words here");
}

#[test]
fn any_keys_may_be_pressed_in_a_selection() {
    for size in [SCREEN, (20, 6), (1, 1), (200, 3)] {
        for text in [essay(), log(), markdown("x"), markdown("* * *\n\n| a | b |\n|---|---|\n| c | d |\n")] {
            journey(text, size)
                .keys("v j k l h w b ) ( } { 0 $ o G g < > Space b d u v 9 9 l v 9 9 h v 3 j F1 F1 : x y")
                .keys("2 Enter v $ 9 9 w } } j j j k o ( ( v ) v Esc Esc");
        }
    }
}
