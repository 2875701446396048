//! Selecting, copying, highlighting: what a reader sees and takes away, key by key.

mod common;

use common::journey::{Journey, journey};
use ibid::document::Document;
use ibid::import::{Options, import};
use ibid::reader::{Effect, Event};

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

#[test]
fn a_selection_is_highlighted_and_coloured_by_the_same_key() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter v w w !")
        .foot("saved")
        .check(|j| assert!(j.state.selected().is_none()))
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 0, false)]))
        .keys("! !")
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 2, false)]))
        .keys("! !")
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 0, false)]))
        // Away from what was just made it is the focus that counts, and the focus is in the same highlight.
        .keys("i !")
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 1, false)]))
        // The next one has the colour that was used last.
        .keys("/ \"nobody\" Enter !")
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 1, false), ("Nobody", 1, false)]));
}

/// What is lit, in which colour, and whether there is a comment on it.
fn lit(j: &Journey) -> Vec<(&str, u8, bool)> {
    let shades = j.state.highlights.shades().iter();
    shades.map(|s| (&j.state.document().text()[s.range.clone()], s.colour, s.remarked)).collect()
}

#[test]
fn a_highlight_without_a_selection_is_the_sentence_at_the_focus_in_the_text_and_in_a_note() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter !")
        .check(|j| assert_eq!(lit(j)[0].0, "Mr. North kept the log."))
        .keys("2 Enter v ) !")
        .shows("─── Note 2")
        .check(|j| assert_eq!(lit(j)[1].0, "Ibid., p. 9."));
}

#[test]
fn comments_are_typed_told_changed_and_taken_away() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter v w w C")
        .foot("comment:")
        .foot("Ctrl-x: in the editor")
        .keys("\"who is he?\" Enter")
        .foot("saved")
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 0, true)]))
        .keys("i")
        .foot("yellow: who is he?")
        .keys("C")
        .foot("comment: who is he?")
        .keys("Ctrl-u Enter i")
        .check(|j| assert!(j.screen().contains("· yellow") && !j.screen().contains("who")))
        .keys("v w w C Esc")
        .check(|j| assert!(j.state.selected().is_some()))
        .keys("Esc")
        .check(|j| assert_eq!(lit(j), [("Mr. North kept", 0, false)]));
}

#[test]
fn highlights_stand_in_the_list_of_bookmarks_and_are_told_from_them() {
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter a \"a place\" Enter m x v w w C \"who?\" Enter B")
        .shows("a place §1 ¶1")
        .shows("'x Mr. North")
        .shows("who? “Mr. North kept” yellow §1 ¶1")
        .keys("/ \"yellow\" Enter !")
        .foot("saved")
        .keys("Esc / \"green\" Enter r")
        .foot("comment: who?")
        .keys("Ctrl-u \"the keeper\" Enter")
        .shows("the keeper “Mr. North kept” green §1 ¶1")
        .keys("d")
        .hides("the keeper")
        .check(|j| assert!(lit(j).is_empty()))
        .keys("u")
        .shows("the keeper “Mr. North kept” green")
        .keys("Esc / \"place\" Enter !")
        .check(|j| assert_eq!(lit(j).len(), 1))
        .keys("e")
        .foot("only highlights have comments");
}

#[test]
fn a_comment_is_written_in_the_editor_and_keeps_its_lines() {
    let edit = |j: &Journey| match j.effects.last() {
        Some(Effect::Edit(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    let mut j = journey(log(), SCREEN).keys(": \"s1.1\" Enter v w w C \"why\" Ctrl-x");
    assert_eq!(edit(&j), "why");
    j.send(Event::Edited(Ok("Why?\u{1b}[31m\n\nSecond thoughts.\n".to_owned())));
    let mut j = j.foot("saved").keys("B").shows("Why?␛[31m Second thoughts. “Mr. North kept”").keys("G e");
    assert_eq!(edit(&j), "Why?␛[31m\n\nSecond thoughts.");
    j.send(Event::Edited(Err("the editor gave up; the comment is as it was".to_owned())));
    j.foot("the editor gave up").shows("Why?").keys("Esc C Enter B").shows("Second thoughts.");
}

#[test]
fn a_highlight_comes_back_where_the_text_was_edited_and_not_where_it_was_not() {
    use ibid::shelf::{Colour, Draft, Id, Shelf, Stamp};
    let before = log();
    let words = "He wrote it twice";
    let at = before.text().find(words).expect("the words");
    let at = ibid::document::anchor::Anchor::new(&before, at..at + words.len(), "before");
    let mut shelf = Shelf::default();
    let draft = Draft::Highlight { at, colour: Colour::Pink, note: "so?\u{9b}31m".into() };
    let stamp = Stamp { id: Id::try_from("one".to_owned()).expect("an id"), at: String::new() };
    shelf.add(&"here".into(), shelf.record(&draft, &stamp).expect("a record"));
    let mut after = journey(
        markdown(
            "A new beginning.\n\nMr. North kept a log. “He wrote it *twice*,” she said. Nobody read it.\n",
        ),
        SCREEN,
    );
    after.send(Event::Shelved(std::sync::Arc::new(shelf.clone())));
    after
        .check(|j| assert_eq!(lit(j), [(words, 3, true)]))
        .keys("B")
        .shows("so?�31m “He wrote it twice” pink");
    let mut other = journey(markdown("Quite another text, about something else.\n"), SCREEN);
    other.send(Event::Shelved(std::sync::Arc::new(shelf)));
    other
        .check(|j| assert!(lit(j).is_empty()))
        .keys("B")
        .shows("so?�31m “He wrote it twice”")
        .shows("words not found");
}

#[test]
fn a_selection_is_copied_with_its_source_in_the_style_of_the_keymap() {
    use common::journey::with_keys;
    use ibid::keymap::Keymap;
    let styled = |style: &str| {
        let (keymap, complaints) = Keymap::read(Some((
            "keymap.toml",
            &format!("citation = \"{style}\"\n[select]\n\"Y\" = \"copy-cited\"\n"),
        )));
        assert!(complaints.is_empty(), "{complaints:?}");
        with_keys(log(), SCREEN, keymap)
    };
    journey(log(), SCREEN)
        .keys(": \"s1.1\" Enter Y")
        .copied("“Mr. North kept the log.”\n— Ann Smith, The Keeper’s Log, §1 ¶1")
        .foot("copied 5 words with their source (text)")
        .keys("2 Enter Y")
        .copied("“Ibid., p. 9.”\n— Ann Smith, The Keeper’s Log, note 2 (stands for Ann Smith, Tides, 1901 (note 1), p. 9)");
    styled("markdown")
        .keys(": \"s1.1\" Enter v ) ) Y")
        .copied("> Mr. North kept the log. “He wrote it twice,” she said.\n>\n> — Ann Smith, *The Keeper’s Log*, §1 ¶1");
    styled("bibtex").keys("/ \"nobody\" Enter Y").copied(
        "@misc{smith-keepers,\n  author = {Ann Smith},\n  title = {{The Keeper’s Log}},\n  note = {§1 ¶1},\n  annote = {Nobody}\n}",
    );
    styled("csl-json").keys("/ \"nobody\" Enter Y").check(|j| {
        let Some(Effect::Copy(csl)) = j.effects.last() else { panic!("{:?}", j.effects) };
        assert!(csl.starts_with("[\n  {\n    \"id\": \"smith-keepers\""), "{csl}");
    });
}

#[test]
fn the_work_that_was_chosen_for_a_note_is_the_one_that_is_cited() {
    let text = "One.[^1] Two.[^2]\n\n[^1]: Ann Smith, *Tides*, 1901, p. 3; Bob Jones, *Winds*, 1902, p. 4, and Cy Brown, *Rain*, 1903.\n[^2]: Ibid., p. 9.\n";
    journey(markdown(text), SCREEN)
        .keys("2 Enter Y")
        .check(|j| {
            assert!(
                matches!(j.effects.last(), Some(Effect::Copy(t)) if t.contains("may stand for Ann Smith"))
            )
        })
        .keys("x Y")
        .check(|j| {
            let copied = j.effects.last();
            assert!(
                matches!(copied, Some(Effect::Copy(t)) if t.contains("(taken to stand for Bob Jones")),
                "{copied:?}"
            );
        });
}

#[test]
fn no_count_keeps_one_waiting_in_an_endless_paragraph() {
    let begun = std::time::Instant::now();
    journey(markdown(&"word, and ".repeat(40_000)), SCREEN)
        .keys("v 9 9 9 9 9 9 w 9 9 9 9 9 9 b 9 9 9 9 9 9 l 9 9 9 9 9 9 )")
        .keys("9 9 9 9 9 9 j 9 9 9 9 9 9 k > <")
        .check(|j| assert!(j.state.selected().is_some()));
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
