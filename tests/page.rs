//! The page: how it is filled, turned and set, told as journeys and kept as pictures.

mod common;
use common::raggedness;

use common::journey::{Journey, journey};
use ibid::document::Document;
use ibid::import::{Options, import};
use ibid::layout::{Ambiguous, Spacing};
use ibid::reader::{Columns, NotesPlace};
use proptest::prelude::*;
use ratatui::style::Modifier;

fn essay() -> Document {
    let bytes = include_bytes!("../text/essay.md");
    import(bytes, "essay.md", &Options::default()).expect("a text")
}

fn markdown(source: &str) -> Document {
    import(source.as_bytes(), "text.md", &Options::default()).expect("a text")
}

/// Changes what the page is set by, as a kept setting would.
fn set(mut j: Journey, change: impl FnOnce(&mut ibid::reader::Options)) -> Journey {
    change(&mut j.state.options);
    let (columns, rows) = (j.state.size.columns, j.state.size.rows);
    j.resize(columns, rows)
}

/// The figures that `cargo bench --bench page` tells in full. Without hyphens textwrap's optimal fit is the oracle; what
/// hyphens win is measured against greedy breaking.
#[track_caller]
fn check_edge(document: &Document, most: f64) {
    let paragraphs = raggedness::paragraphs(document);
    for measure in [40, 66, 80] {
        let ours = raggedness::ours(document, measure);
        let greedy = raggedness::greedy(&paragraphs, measure);
        assert!(greedy.lines > 300, "{greedy:?}");
        assert!(ours.squares <= greedy.squares * most, "at {measure}: {ours:?} against {greedy:?}");
        assert!(measure != 66 || ours.hyphens <= 12.0, "at {measure}: {ours:?}");
        assert!(ours.ladder <= 1, "at {measure}: {ours:?}");
        let plain = raggedness::ours_without_hyphens(document, measure);
        let oracle = raggedness::textwrap(&paragraphs, measure, true);
        assert!(plain.squares <= oracle.squares, "at {measure}: {plain:?} against {oracle:?}");
    }
}

/// The study edition has plain words, mostly too short to be parted.
#[test]
fn the_right_edge_is_even() {
    check_edge(&essay(), 0.62);
}

#[test]
fn the_right_edge_of_the_whole_essay_is_twice_as_even_as_greedy_breaking_makes_it() {
    let Some(file) = common::shared("essay/essay.txt") else { return };
    let bytes = std::fs::read(file).expect("the essay");
    check_edge(&import(&bytes, "essay.txt", &Options::default()).expect("a text"), 0.5);
}

#[test]
fn notes_go_from_the_foot_to_the_margin_and_off() {
    let beside = |j: &Journey| j.screen().lines().any(|l| l.contains("³") && l.contains("       ³ "));
    journey(essay(), (120, 40))
        .keys("] ] ] ]")
        .check(|j| assert!(!beside(j)))
        .keys("F")
        .foot("notes in the margin")
        .check(|j| assert!(j.state.frame().margin.is_some()))
        .keys("F")
        .foot("notes off")
        .keys("F")
        .foot("notes at the foot");
    // Without room the margin is skipped, with a word why.
    journey(essay(), (100, 30)).keys("F").foot("notes off (a margin needs 103 columns)");
}

#[test]
fn a_margin_goes_and_comes_back_with_the_room_for_it() {
    let wide = journey(essay(), (120, 40)).keys("] ] F Space");
    let before = wide.screen();
    wide.resize(90, 40)
        .check(|j| assert!(j.state.frame().margin.is_none()))
        .check(|j| assert_eq!(j.state.options.notes, NotesPlace::Margin))
        .resize(120, 40)
        .check(|j| assert_eq!(j.screen().lines().next(), before.lines().next()))
        .check(|j| assert!(j.state.frame().margin.is_some()));
}

/// The reversed cells of the screen, as text.
fn reversed(j: &Journey) -> String {
    let (buffer, _) = j.buffer();
    let lit = buffer.content.iter().filter(|c| c.modifier.contains(Modifier::REVERSED));
    lit.map(|c| c.symbol()).collect()
}

#[test]
fn the_chosen_reference_and_its_note_light_up_together() {
    for keys in ["] ] Tab", "] ] F Tab", "] ] W Tab"] {
        journey(essay(), (140, 40)).keys(keys).check(|j| {
            let lit = reversed(j);
            let half = lit.chars().count() / 2;
            assert!(half > 0, "nothing is lit after {keys}");
            let (a, b): (String, String) =
                (lit.chars().take(half).collect(), lit.chars().skip(half).collect());
            assert_eq!(a, b, "the figure in the text and that of the note, after {keys}");
        });
    }
}

#[test]
fn two_pages_are_read_as_a_spread() {
    let one = journey(essay(), (160, 45)).keys("]");
    let after_two = one.keys("Space Space").state.place;
    let two = journey(essay(), (160, 45)).keys("] W").foot("two pages");
    assert!(two.state.frame().right.is_some());
    let two = two.keys("Space");
    // Two pages at once; what stands at their feet may shift the edge by a few lines.
    assert!(two.state.place.byte().abs_diff(after_two.byte()) < 800);
    two.keys("b").check(|j| assert_eq!(j.state.document().name_of(j.state.place), "§1"));
    journey(essay(), (60, 24)).keys("W").foot("two pages need 74 columns").check(|j| {
        assert_eq!(j.state.options.columns, Columns::One);
    });
}

#[test]
fn a_chosen_reference_on_the_second_page_has_the_cursor() {
    let j = journey(essay(), (160, 45)).keys("] ] W Tab");
    let on_right = |j: &Journey| j.buffer().1.0 >= j.state.frame().right.expect("a second page").x;
    let mut j = j;
    for _ in 0..12 {
        if on_right(&j) {
            let first = reversed(&j).chars().next().expect("a lit figure").to_string();
            j.cursor_on(&first);
            return;
        }
        j = j.keys("Tab");
    }
    panic!("no reference on a second page");
}

#[test]
fn half_a_page_on_the_eye_finds_where_to_go_on() {
    let marked = |j: &Journey| j.screen().lines().filter(|l| l.trim_start().starts_with('›')).count();
    let next = journey(essay(), (80, 24)).keys("] Space").state.place;
    journey(essay(), (80, 24))
        .keys("] d")
        .check(|j| assert_eq!((j.state.resume, marked(j)), (Some(next), 1)))
        .keys("i")
        .check(|j| assert_eq!(marked(j), 1, "asking is no move"))
        .keys("j")
        .check(|j| assert_eq!(marked(j), 0));
}

#[test]
fn lines_are_shown_again_on_the_next_page_if_one_likes() {
    let j = set(journey(essay(), (80, 24)).keys("]"), |o| o.overlap = 2);
    let screen = j.screen();
    let last =
        screen.lines().rev().skip(1).map(str::trim).find(|l| !l.is_empty()).expect("a line").to_owned();
    let j = j.keys("Space");
    let shown: Vec<String> = j.screen().lines().map(|l| l.trim().to_owned()).collect();
    assert_eq!(shown.iter().position(|l| *l == last), Some(3), "{}", j.screen());
    assert!(shown[4].starts_with('›') || shown[5].starts_with('›'), "{}", j.screen());
    j.keys("b").check(|j| assert_eq!(j.screen(), screen));
}

/// The start of the line that holds a byte.
fn line_at(j: &Journey, byte: usize) -> ibid::document::Position {
    let document = j.state.document();
    let at = document.position(byte.min(document.body().end - 1));
    j.state.text.galley.starts_from(document, at).next().expect("a line")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Pages turned on and then back lead through the same places, whatever the page.
    #[test]
    fn back_leads_where_one_came_from(
        columns in 20u16..200, rows in 6u16..60, turns in 1usize..8, overlap in 0u16..4, two: bool, from in 0usize..70_000,
    ) {
        let mut j = set(journey(essay(), (columns, rows)), |o| {
            o.overlap = overlap;
            o.columns = if two { Columns::Two } else { Columns::One };
        });
        j.state.place = line_at(&j, from);
        let mut tops = Vec::new();
        for _ in 0..turns {
            let top = j.state.place;
            j = j.keys("Space");
            if j.state.place == top {
                break;
            }
            tops.push(top);
        }
        for top in tops.into_iter().rev() {
            j = j.keys("b");
            prop_assert_eq!(j.state.place, top);
        }
    }

    /// From the smallest terminal on there are three rows of text, and one of notes where one is cited and there is room.
    #[test]
    fn text_and_notes_have_their_room(
        columns in 20u16..=200, rows in 6u16..=60, two: bool, margin: bool, from in 0usize..70_000,
    ) {
        let j = set(journey(essay(), (columns, rows)), |o| {
            o.columns = if two { Columns::Two } else { Columns::One };
            o.notes = if margin { NotesPlace::Margin } else { NotesPlace::Foot };
        });
        let place = line_at(&j, from);
        let mut state = j.state;
        state.place = place;
        let spread = state.spread();
        let notes_in = state.document().references_in(&spread.range(state.document(), &state.text.galley)).len();
        let full = spread.next().is_some();
        for page in spread.pages() {
            prop_assert!(!full || page.rows.len() >= 3, "{} rows of text", page.rows.len());
            // Where the third row of text cites the first note there may be room for no more than the rule.
            let shows = page.foot.notes.iter().any(|n| n.rows > 0) || page.rows.len() <= 3;
            prop_assert!(page.foot.is_empty() || shows, "{} rows of text and a rule", page.rows.len());
        }
        if state.frame().margin.is_some() && notes_in > 0 {
            prop_assert!(!state.aside().notes.is_empty());
        }
    }
}

/// A heading, verse with a line that turns over, a quotation and long notes.
const MIXED: &str = "\
# A Book of Days

## On the Sea

The log was kept by lamplight.[^1] It was a book of days, and whoever kept it knew that nobody would read it who had
not been there; and so the hand grows smaller from month to month, until the last pages can be read with a glass only.

O Rose thou art sick.  
  The invisible worm,  
That flies in the night, and in the night alone, for in the day it is a worm like any other,  
  In the howling storm  

> A quotation is set in from both sides, so that one sees at once whose words they are, and where they end.[^2]

The oil ran out in March.[^3]

[^1]: It is kept in the library of the town, where it may be seen on Tuesdays by those who have written beforehand.
[^2]: Ibid., p. 4.
[^3]: See the list of stores, p. 12, which gives the oil as sixty-two gallons, and the entry of 3 March.
";

#[test]
fn pages_are_kept_as_pictures() {
    for (name, size, keys) in
        [("margin", (110, 30), "F Tab"), ("two-pages", (100, 20), "W Tab"), ("verse", (60, 40), "")]
    {
        insta::assert_snapshot!(name, journey(markdown(MIXED), size).keys(keys).dump());
    }
    insta::assert_snapshot!("margin-of-the-essay", journey(essay(), (120, 36)).keys("] ] F Tab").dump());
    insta::assert_snapshot!("two-pages-of-the-essay", journey(essay(), (160, 45)).keys("] ] W").dump());
}

/// Hebrew, with figures, a Latin name, brackets, a quotation, a list and an English paragraph.
const HEBREW: &str = "\
# ישראל והים

## הפלגה ראשונה

בשנת 1948 יצאה הספינה מן הנמל, ועל סיפונה שלוש מאות נוסעים (רובם ילדים) שבאו מאירופה.[^1] רב־החובל, שנולד בעיר \
Hamburg, ידע רק מילים מעטות בעברית, ובכל זאת הבינו אותו כולם.[^2]

> מי שיוצא לים אינו יודע מתי ישוב, וטוב לו שלא ידע.

- פריט ראשון

The English paragraph with שלום in it stands at the left.

[^1]: ראו הספינה, עמ' 182.
[^2]: שם, עמ' 183.
";

#[test]
fn lines_from_right_to_left_are_read_chosen_and_searched() {
    let hebrew = || journey(markdown(HEBREW), (60, 24));
    insta::assert_snapshot!("hebrew", hebrew().keys("Tab / \"Hamburg\" Enter").dump());
    // The cursor stands on the mark, at the left of the word that it follows.
    hebrew().keys("Tab").cursor_on("¹");
    hebrew().keys("/ \"Hamburg\" Enter").cursor_on("Hamburg");
    // The first letter of a word that runs to the left is its rightmost.
    hebrew().keys("/ \"ספינה\" Enter").cursor_on("ס").cursor_on("סה ");
}

/// Verse in a plain text keeps its indents.
const VERSE: &str = "\
THE SICK ROSE

    O Rose thou art sick.
      The invisible worm,
    That flies in the night, and in the night alone, for in the day it is a worm like any other,
      In the howling storm,

    Has found out thy bed
      Of crimson joy,
";

#[test]
fn settings_of_the_page_are_kept_as_pictures() {
    insta::assert_snapshot!("justified", journey(essay(), (80, 30)).keys("] ] J").dump());
    let plain = import(VERSE.as_bytes(), "rose.txt", &Options::default()).expect("a text");
    insta::assert_snapshot!("verse-of-a-plain-text", journey(plain, (50, 20)).dump());
    let indented = set(journey(essay(), (60, 24)).keys("] }"), |o| o.spacing = Spacing::Indented);
    insta::assert_snapshot!("indented", indented.dump());
}

/// Where a terminal gives `—` and `“` two cells, so does the page: what follows stands where it is painted.
#[test]
fn ambiguous_characters_may_take_two_cells() {
    let text = "“One” — two — three — “four” — and on — and on.[^1]\n\n[^1]: Note.\n";
    let j = set(journey(markdown(text), (40, 12)), |o| o.ambiguous = Ambiguous::Wide).keys("/ \"two\" Enter");
    let (buffer, cursor) = j.buffer();
    let row: Vec<&str> = (0..40).map(|x| buffer[(x, cursor.1)].symbol()).collect();
    let x = row.windows(3).position(|w| w == ["t", "w", "o"]).expect("the match");
    assert_eq!(usize::from(cursor.0), x);
    // A mark of two cells, three letters, another, a blank, a dash of two cells, a blank.
    assert_eq!(x - row.iter().position(|s| *s == "“").expect("a mark"), 2 + 3 + 2 + 1 + 2 + 1);
    assert_eq!(row[x - 2], " ", "the second cell of the dash");
}

/// On the smallest screen a list says what matters: values before where they come from, its title before a counter.
#[test]
fn the_smallest_lists_say_what_matters() {
    for (keys, words) in [
        (": \"settings\" Enter", "measure 66"),
        (": \"report\" Enter", "What was recognised"),
        ("?", "one line down"),
    ] {
        journey(essay(), (20, 6)).keys(keys).shows(words);
    }
}

/// Beside justified text the notes of the margin stay ragged: their lines are too short to be filled.
#[test]
fn notes_in_the_margin_stay_ragged() {
    let j = journey(essay(), (120, 36)).keys("] ] ] F J");
    assert!(j.state.text.galley.style().justify);
    assert!(j.screen().contains("Political developments of these"), "{}", j.screen());
}

/// The head of a table does not stand alone at the foot of a page.
#[test]
fn tables_are_not_parted_behind_their_heads() {
    let table = "| Year | Ship |\n|---|---|\n| 1948 | Exodus |\n| 1949 | Hamburg |\n| 1950 | Galil |\n";
    for (before, height) in (1..8).flat_map(|before| (10..20).map(move |height| (before, height))) {
        let text = format!("{}\n{table}", "A line.\n\n".repeat(before));
        let j = journey(markdown(&text), (40, height));
        let rows: Vec<String> = j.screen().lines().map(|line| line.trim().to_owned()).collect();
        let at = rows.iter().position(|row| row.starts_with("Year"));
        assert!(at.is_none_or(|at| rows[at + 1].starts_with("1948")), "{before} at {height}: {rows:?}");
    }
}

/// Rows of a screen as they stand, without the blanks behind them.
fn rows(j: &Journey) -> Vec<String> {
    j.screen().lines().map(|row| row.trim_end().to_owned()).collect()
}

/// A line of code that is too long is turned over behind a blank, further in than it begins; one without blanks anywhere.
#[test]
fn long_lines_of_code_are_turned_over_further_in() {
    for (code, expected) in [
        ("let x = one(two);", &["    let x = one(two);"][..]),
        (
            "let words = first_name(second_name, third);",
            &["    let words = first_name(second_name,", "        third);"],
        ),
        (
            "  print(\"the sea is calm tonight, the tide is full\")",
            &["      print(\"the sea is calm tonight,", "          the tide is full\")"],
        ),
        (
            "abcdefghijklmnopqrstuvwxyz0123456789abcdefghij",
            &["    abcdefghijklmnopqrstuvwxyz0123456789", "        abcdefghij"],
        ),
    ] {
        let j = journey(markdown(&format!("Words.\n\n```\n{code}\n```\n\nEnd.\n")), (42, 12));
        let rows = rows(&j);
        let at = rows.iter().position(|row| row.contains("Words.")).expect("words") + 2;
        let shown: Vec<&str> = rows[at..at + expected.len()].iter().map(|row| &row[1..]).collect();
        assert_eq!(shown, expected, "{}", j.screen());
        assert_eq!(rows[at + expected.len()], "", "{}", j.screen());
    }
}

/// Where a table is too wide each row is a record; its first cell stands further out than the others.
#[test]
fn the_rows_of_a_wide_table_are_told_apart() {
    let table = "| Ship | Tons | What became of her |\n|---|---|---|\n| Exodus | 4,000 | Burnt in the harbour of Haifa |\n\
                 | Galil | 7,000 | Sold |\n";
    let j = journey(markdown(&format!("Words.\n\n{table}")), (42, 14));
    let rows: Vec<String> = rows(&j).into_iter().filter(|row| row.contains(':')).collect();
    let begins: Vec<usize> = rows.iter().map(|row| row.len() - row.trim_start().len()).collect();
    assert_eq!(begins, [1, 3, 3, 1, 3, 3], "{}", j.screen());
}

/// The halves of the running head are not read as one, however long they are.
#[test]
fn the_halves_of_the_head_stand_apart() {
    for section in ["Two", "A Chapter on the Sea and Ships", "A Chapter on the Sea and Ships, Ports and Men"]
    {
        let text =
            format!("---\ntitle: A title of some length\n---\n\n# One\n\nWords.\n\n# {section}\n\nWords.\n");
        let j = journey(markdown(&text), (50, 12)).keys("] ] ]");
        let head = rows(&j)[0].trim().to_owned();
        let (title, section) = head.split_once("    ").expect("a gap");
        assert!(title.starts_with("A title") && !section.trim().is_empty(), "{head}");
    }
}

/// A message over the text has nothing of the ink of what it covers.
#[test]
fn messages_take_no_ink_from_what_they_cover() {
    let text = format!("{}\n", "**loud words all of them** ".repeat(40));
    let j = journey(markdown(&text), (20, 6)).keys("W").shows("two pages need");
    let (buffer, _) = j.buffer();
    for x in 0..20 {
        assert_eq!(buffer[(x, 4)].modifier, Modifier::empty(), "{}", j.dump());
    }
}

/// On the smallest screen an open note has two lines, and so has the text.
#[test]
fn the_smallest_screen_shares_with_an_open_note() {
    let text = "Some words with a call[^1] and more words that go on for some lines of the text.\n\n\
                [^1]: A note of several lines on a screen that has but six rows of twenty cells.\n";
    journey(markdown(text), (20, 6))
        .keys("Tab Enter")
        .shows("A note of")
        .shows("several")
        .shows("Some words");
}
