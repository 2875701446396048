//! The ways in which plain texts mark and keep their notes, a small text for each.

use crate::document::report::ChangeKind;
use crate::document::{Document, Mark};
use crate::import::{Options, import, show};

fn read(text: &str) -> Document {
    let format = Some(crate::document::report::Format::Text);
    import(text.as_bytes(), "a.txt", &Options { format, ..Options::default() }).unwrap()
}

/// Lines of a text that was broken to a width, so that short texts have a shape.
const BEFORE: &str = "The keeper of the light climbed the stair at the same hour every evening,\n\
    and every evening he counted the steps, as if one of them might have gone\n\
    in the night, which it never had; and then he came down to write the log.\n\
    The wind had been from the north since noon, and the sea was so high that\n\
    the spray fell on the panes, though they stood a hundred feet above it, as\n\
    the inspector had measured with a cord and a stone; and the keeper, who in\n\
    all his years had never seen it so, wrote down what he had seen that day.\n\n";

/// Checks what a text comes to behind a first paragraph: its blocks, `{n}` where note n is called.
fn check(text: &str, told: &[&str]) {
    let document = read(&format!("{BEFORE}{text}"));
    let shown = show(&document);
    assert_eq!(shown[1..], *told, "{text}\n{:?}", document.report().problems);
}

#[test]
fn notes_below_their_paragraph() {
    let text = "The oil[1] was cold, and the wick,[2] which he had cut at noon, was too short\nto burn.\n\n";
    let told = ["1: Paragraph Of whales.", "2: Paragraph Of cotton."];
    let body =
        ["Paragraph The oil{1} was cold, and the wick,{2} which he had cut at noon, was too short to burn."];
    let with = |last: &[&'static str]| [&body[..], last, &told].concat();
    check(&format!("{text}[1] Of whales.\n\n[2] Of cotton.\n\nHe slept.\n"), &with(&["Paragraph He slept."]));
    check(&format!("{text}[1] Of whales.\n[2] Of cotton.\n"), &with(&[]));
    check(
        &format!("{text}[Footnote 1: Of whales.]\n\n[Footnote 2: Of cotton.]\n\nHe slept.\n"),
        &with(&["Paragraph He slept."]),
    );
    check(&format!("{text}[Note 1 : Of whales.]\n[Note 2 : Of cotton.]\n"), &with(&[]));
    let round = text.replace('[', "(").replace(']', ")");
    check(&format!("{round}(1) Of whales.\n\n(2) Of cotton.\n"), &with(&[]));
    let raised = text.replace("[1]", "¹").replace("[2]", "²");
    let told = ["¹: Paragraph Of whales.", "²: Paragraph Of cotton."];
    let body = body[0].replace("{1}", "{¹}").replace("{2}", "{²}");
    check(&format!("{raised}¹ Of whales.\n\n² Of cotton.\n"), &[&[&*body][..], &told].concat());
    check(&format!("{text}NOTES.\n\n1. Of whales.\n\n2. Of cotton.\n"), &with(&[]));
    check(&format!("{text}FOOTNOTES:\n\n[1] Of whales.\n\n[2] Of cotton.\n"), &with(&[]));
    check(&format!("{text}       ----------\n\n[1] Of whales.\n\n[2] Of cotton.\n"), &with(&[]));
}

#[test]
fn labels_of_every_kind() {
    for (one, two) in [
        ("[A]", "[B]"),
        ("{17}", "{18a}"),
        ("*", "†"),
        ("[*]", "[**]"),
        ("^[1]", "^[2]"),
        ("①", "②"),
        ("[i]", "[ii]"),
        ("[FN#1]", "[FN#2]"),
        ("^1", "^2"),
    ] {
        let document = read(&format!(
            "{BEFORE}The oil{one} was cold, and the wick{two} was too short.\n\nNOTES\n\n{one} Of whales.\n\n{two} Of cotton.\n"
        ));
        let words = |r: &crate::document::Reference| document.before(r.at, 4);
        let before: Vec<&str> = document.references().iter().map(words).collect();
        assert_eq!(before, [" oil", "wick"], "{one}");
        let called: Vec<Option<usize>> = document.references().iter().map(|r| r.note).collect();
        assert_eq!(called, [Some(0), Some(1)], "{one}");
        assert_eq!(document.report().problems, [], "{one}");
    }
}

#[test]
fn a_note_may_stand_in_brackets_with_its_label() {
    let told = [
        "Paragraph The oil{1} was cold.",
        "Paragraph He slept.",
        "1: Paragraph Of whales, as the log [p. 7] says.",
    ];
    for body in ["[1: Of whales, as the log [p. 7] says.]", "[1. Of whales, as the log [p. 7] says.]"] {
        check(&format!("The oil[1] was cold.\n\n{body}\n\nHe slept.\n"), &told);
    }
    // Nothing calls them: what was torn at a line end does not, nor what stands in code.
    for text in [
        "The oil was cold.\n\n[1: the lamp]\n",
        "They lit it. [1996\nThe lamp was out. ]\n\n[1996 update: it was lit.]\n",
        "select=\"/*[1]/node()\" is the log.\n\n[1: the lamp]\n",
    ] {
        let document = read(&format!("{BEFORE}{text}"));
        assert_eq!((document.notes().len(), document.references().len()), (0, 0), "{text}");
    }
}

#[test]
fn notes_may_stand_close_together() {
    let document = read(&format!(
        "{BEFORE}The oil[1] was cold, and the wick[2] was short,[3] too.\n\n[1] Of whales, as the log of the ship says on its last page.\n\
         [2] Of cotton.\n[3] An inch.\n"
    ));
    assert_eq!(document.notes().len(), 3);
    assert_eq!(document.report().problems, []);
}

#[test]
fn starred_notes_of_several_paragraphs_do_not_reach_for_others() {
    let starred = "The oil* was cold, and the wick** was short,*** too.\n\n* Of whales.\n\n** Of cotton.\n\n*** An inch.\n\n";
    let document = read(&format!("{BEFORE}{starred}{BEFORE}{starred}{BEFORE}"));
    assert_eq!((document.notes().len(), document.references().len()), (6, 6));
    assert!(document.references().iter().enumerate().all(|(i, r)| r.note == Some(i)));
}

#[test]
fn numbering_starts_again() {
    // On every page, in letters.
    check(
        "The oil[A] was cold.\n\n[Footnote A: Of whales.]\n\nThe wick[A] was short,[B] too.\n\n[Footnote A: Of cotton.]\n\n\
         [Footnote B: An inch.]\n",
        &[
            "Paragraph The oil{A} was cold.",
            "Paragraph The wick{A} was short,{B} too.",
            "A: Paragraph Of whales.",
            "A: Paragraph Of cotton.",
            "B: Paragraph An inch.",
        ],
    );
    // In every chapter, each with its list.
    check(
        "CHAPTER I\n\nThe oil[1] was cold.\n\nNOTES\n\n[1] Of whales.\n\nCHAPTER II\n\nThe wick[1] was short.\n\nNOTES\n\n\
         [1] Of cotton.\n",
        &[
            "Heading(1) CHAPTER I",
            "Paragraph The oil{1} was cold.",
            "Heading(1) CHAPTER II",
            "Paragraph The wick{1} was short.",
            "1: Paragraph Of whales.",
            "1: Paragraph Of cotton.",
        ],
    );
    // In every chapter, all the lists behind the last.
    let document = read(&format!(
        "{BEFORE}The oil[1] was cold.[2]\n\n{BEFORE}The wick[1] was short.[2]\n\nNOTES TO CHAPTER I\n\n[1] Of whales.\n\n\
         [2] Of ice.\n\nNOTES TO CHAPTER II\n\n[1] Of cotton.\n\n[2] An inch.\n"
    ));
    let called: Vec<Option<usize>> = document.references().iter().map(|r| r.note).collect();
    assert_eq!(called, [Some(0), Some(1), Some(2), Some(3)]);
}

#[test]
fn chapters_of_few_notes_have_them_together_at_the_end() {
    let chapters: String = (0..9).map(|_| format!("{BEFORE}The oil[1] was cold.\n\n")).collect();
    let lists = |title: fn(usize) -> String| -> String {
        (1..10).map(|n| format!("{}\n\n[1] Note {n}.\n\n", title(n))).collect()
    };
    let titled = format!("NOTES\n\n{}", lists(|n| format!("Chapter {n}")));
    for notes in [titled, lists(|n| format!("NOTES TO CHAPTER {n}"))] {
        let document = read(&format!("{chapters}{notes}"));
        let called: Vec<Option<usize>> = document.references().iter().map(|r| r.note).collect();
        assert_eq!(called, (0..9).map(Some).collect::<Vec<_>>());
        assert_eq!(document.sections().len(), 0, "{:?}", show(&document));
    }
}

#[test]
fn a_title_with_a_list_below_it_is_no_title_of_notes_unless_they_are_called() {
    let text = "The oil1 was cold.2 So.3\n\nNotes\n\n1. Of whales.\n\n2. In winter.\n\n3. So he said.\n\nThe Stair\n\n\
        1. He climbs it.\n\n2. He counts it.\n\n";
    let document = read(&format!("{BEFORE}{text}"));
    assert_eq!(document.notes().len(), 3);
    let shown = show(&document);
    assert!(shown.contains(&"Paragraph 1. He climbs it.".to_owned()), "{shown:?}");
}

#[test]
fn a_rule_parts_the_notes_of_a_chapter() {
    let chapter = |mark: &str| format!("{BEFORE}The oil{mark} was cold.\n\n-----\n\n1. Of whales.\n\n");
    for (mark, notes) in [("[1]", 3), (",1", 3), ("", 0)] {
        let document = read(&chapter(mark).repeat(3));
        let called: Vec<Option<usize>> = document.references().iter().map(|r| r.note).collect();
        assert_eq!(called, (0..notes).map(Some).collect::<Vec<_>>(), "{mark}");
    }
    // Figures glued to one name call no list, even below a rule.
    let document = read(&format!("{BEFORE}Copy libgomp1 here.\n\n-----\n\n1. Copy it.\n\n2. Run it.\n"));
    assert_eq!(document.notes().len(), 0);
}

#[test]
fn two_systems_at_once() {
    check(
        "The oil[1] was cold,* and the wick[2] was short.\n\n* In winter.\n\nNOTES\n\n[1] Of whales.\n\n[2] Of cotton.\n",
        &[
            "Paragraph The oil{1} was cold,{*} and the wick{2} was short.",
            "*: Paragraph In winter.",
            "1: Paragraph Of whales.",
            "2: Paragraph Of cotton.",
        ],
    );
}

#[test]
fn two_systems_with_the_same_numbers() {
    check(
        "The oil(1) was cold.(2)\n\n(1) Of whales.\n\n(2) In winter.\n\nThe wick[1] was short.\n\n[1] Of cotton.\n\n[2] Not called.\n",
        &[
            "Paragraph The oil{1} was cold.{2}",
            "Paragraph The wick{1} was short.",
            "1: Paragraph Of whales.",
            "2: Paragraph In winter.",
            "1: Paragraph Of cotton.",
            "2: Paragraph Not called.",
        ],
    );
    let document = read(&format!(
        "{BEFORE}The oil(1) was cold.\n\n(1) Of whales.\n\nThe wick[1] was short.\n\n[1] Of cotton.\n"
    ));
    let called: Vec<Option<usize>> = document.references().iter().map(|r| r.note).collect();
    assert_eq!(called, [Some(0), Some(1)]);
}

#[test]
fn works_that_no_number_calls_are_no_notes() {
    let works = "REFERENCES\n\n1. Ann Keeper, On Oil.\n\n2. Ann Keeper, On Cotton.\n";
    check(
        &format!("The oil was cold (Keeper, 1821).\n\n{works}"),
        &[
            "Paragraph The oil was cold (Keeper, 1821).",
            "Heading(1) REFERENCES",
            "Paragraph 1. Ann Keeper, On Oil.",
            "Paragraph 2. Ann Keeper, On Cotton.",
        ],
    );
    check(
        &format!("The oil[1] was cold.[2]\n\n{works}"),
        &[
            "Paragraph The oil{1} was cold.{2}",
            "1: Paragraph Ann Keeper, On Oil.",
            "2: Paragraph Ann Keeper, On Cotton.",
        ],
    );
}

#[test]
fn the_title_once_more_above_the_first_chapter_is_no_section() {
    let prose = BEFORE.trim_end();
    let text = format!(
        "On Lamps\n\nby Ann Keeper\n\n\nPREFACE\n\n{prose}\n\n\nON LAMPS\n\n\nCHAPTER I\n\n{prose}\n\n\nCHAPTER II\n\n{prose}\n"
    );
    let document = read(&text);
    let titles: Vec<&str> = (0..document.sections().len()).map(|i| document.section_title(i)).collect();
    assert_eq!(titles, ["PREFACE", "CHAPTER I", "CHAPTER II"], "{:?}", show(&document));
    assert!(document.text().contains("ON LAMPS"));
}

#[test]
fn sidenotes_are_set_apart() {
    check(
        "[Sidenote: Of oil.]\n\nThe oil[1] was cold [Sidenote: In\nwinter.] and thick, and it stank as it had never done in all the \
         years; and\nthe wick, which he had cut with the small scissors at noon of that day, and\n\n[Sidenote: Of wicks.]\n\n\
         in haste, was short.\n\n[Footnote 1: Of whales.]\n",
        &[
            "Paragraph Of oil.",
            "Paragraph In winter.",
            "Paragraph Of wicks.",
            "Paragraph The oil{1} was cold and thick, and it stank as it had never done in all the years; and the wick, \
             which he had cut with the small scissors at noon of that day, and in haste, was short.",
            "1: Paragraph Of whales.",
        ],
    );
    let document = read(&format!("{BEFORE}[Sidenote: Of oil.]\n\nIt was cold.\n"));
    assert_eq!(document.spans().len(), 1);
    assert_eq!(document.report().changes[0].text, "Of oil.");
    // What calls a note stays where it is.
    let document =
        read(&format!("{BEFORE}[Sidenote: Of oil.[1]]\n\nIt was cold.\n\n[Footnote 1: Of whales.]\n"));
    assert_eq!(document.references()[0].note, Some(0));
}

#[test]
fn places_of_pictures_are_left_out() {
    let document =
        read(&format!("{BEFORE}[Illustration]\n\nThe oil was cold.\n\n[Illustration: The stair.]\n"));
    assert_eq!(show(&document)[1..], ["Paragraph The oil was cold.", "Paragraph [Illustration: The stair.]"]);
    assert_eq!(document.report().changes[0].text, "[Illustration]");
}

#[test]
fn notes_in_their_sentence() {
    check(
        "Smith, who came in the boat with the oil and the bread [Footnote: Later a\njudge.] and Brown[Footnote 2: A clerk.] came up the stair to him.\n",
        &[
            "Paragraph Smith, who came in the boat with the oil and the bread{} and Brown{2} came up the stair to him.",
            ": Paragraph Later a judge.",
            "2: Paragraph A clerk.",
        ],
    );
    // One whose label was printed before its words stands for that.
    check(
        "Smith[1] came up the stair to him, and he went down. [Footnote 1: A judge.]\n",
        &["Paragraph Smith{1} came up the stair to him, and he went down.", "1: Paragraph A judge."],
    );
    let document = read(&format!("{BEFORE}Smith [Footnote: A judge.] came.\n"));
    assert_eq!(document.report().changes[0].kind, ChangeKind::Moved);
}

#[test]
fn notes_of_several_paragraphs() {
    check(
        "The oil[1] was cold.\n\n[Footnote 1: Of whales.\n\n    It was cold [sic] and thick, and it stank as it had never done in all\n    the years before.\n\nSo he said.]\n\nHe slept.\n",
        &[
            "Paragraph The oil{1} was cold.",
            "Paragraph He slept.",
            "1: Paragraph Of whales.",
            "1: Quotation/1 It was cold [sic] and thick, and it stank as it had never done in all the years before.",
            "1: Paragraph So he said.",
        ],
    );
}

#[test]
fn torn_and_damaged_marks() {
    let list = "\n\nNOTES\n\n[1] One.\n\n[2] Two.\n\n[3] Three.\n\n[4] Four.\n";
    let notes = ["1: Paragraph One.", "2: Paragraph Two.", "3: Paragraph Three.", "4: Paragraph Four."];
    let told = |body: &'static str| [&[body][..], &notes].concat();
    check(
        &format!(
            "He had written in the log of the oil[1] and, behind it, of the cotton wick ^\n[2] and glass[3] and soot[4]{list}"
        ),
        &told(
            "Paragraph He had written in the log of the oil{1} and, behind it, of the cotton wick{2} and glass{3} and soot{4}",
        ),
    );
    // A bracket is lost.
    check(
        &format!("Oil[1] and 2]wick and glass. [3 And soot[4] too.{list}"),
        &told("Paragraph Oil{1} and{2} wick and glass.{3} And soot{4} too."),
    );
    // One stands out of order, one is called twice.
    check(
        &format!("Oil[1] and wick[3] and glass[2] and soot[4] and oil[1].{list}"),
        &told("Paragraph Oil{1} and wick{3} and glass{2} and soot{4} and oil{1}."),
    );
    // One has lost its call, one its note.
    let document = read(&format!("{BEFORE}Oil[1] and glass[3] and soot[4] and log[5].{list}"));
    let labels: Vec<(&str, Option<usize>)> =
        document.references().iter().map(|r| (&*r.label, r.note)).collect();
    assert_eq!(labels, [("1", Some(0)), ("3", Some(2)), ("4", Some(3)), ("5", None)]);
    assert_eq!(document.report().problems.len(), 2);
}

#[test]
fn a_note_in_the_middle_of_a_sentence_does_not_part_it() {
    check(
        "The oil[1] was cold, and the wick, which he had cut at noon with the small\n\n[Footnote 1: Of whales.]\n\n\
         scissors, was too short.\n",
        &[
            "Paragraph The oil{1} was cold, and the wick, which he had cut at noon with the small scissors, was too short.",
            "1: Paragraph Of whales.",
        ],
    );
}

#[test]
fn what_is_no_note() {
    // A text without notes has none, whatever it brackets and counts.
    check(
        "1. Oil is not light [sic].\n\n2. Wicks are not light [30].\n\n3. Light is [as he says] light.*\n\n* * *\n\n* item\n\n* item\n",
        &[
            "Paragraph 1. Oil is not light [sic].",
            "Paragraph 2. Wicks are not light [30].",
            "Paragraph 3. Light is [as he says] light.*",
            "Break * * *",
            "Item(Bullet)/1 item",
            "Item(Bullet)/1 item",
        ],
    );
}

#[test]
fn numbers_in_one_place_call_no_list_that_is_guessed() {
    check(
        "It is found as light = oil1 + oil2 * wick3 by this:\n\n1. The oil is cold.\n\n2. The wick is cut.\n\n3. The log is kept.\n",
        &[
            "Paragraph It is found as light = oil1 + oil2 * wick3 by this:",
            "Paragraph 1. The oil is cold.",
            "Paragraph 2. The wick is cut.",
            "Paragraph 3. The log is kept.",
        ],
    );
}

#[test]
fn a_short_list_that_is_guessed_wants_all_its_callers() {
    let list = "1. The oil is cold.\n\n2. The wick is cut.\n\n3. The log is kept.\n";
    let plain =
        ["Paragraph 1. The oil is cold.", "Paragraph 2. The wick is cut.", "Paragraph 3. The log is kept."];
    check(
        &format!("Copy libgomp1 here.\n\nThen copy libgcc2 here.\n\n{list}"),
        &[&["Paragraph Copy libgomp1 here.", "Paragraph Then copy libgcc2 here."][..], &plain].concat(),
    );
    check(
        &format!("He climbed the stair.1 He wrote.2\n\nHe slept at last.3\n\n{list}"),
        &[
            "Paragraph He climbed the stair.{1} He wrote.{2}",
            "Paragraph He slept at last.{3}",
            "1: Paragraph The oil is cold.",
            "2: Paragraph The wick is cut.",
            "3: Paragraph The log is kept.",
        ],
    );
}

#[test]
fn numbers_of_pages_call_no_notes_that_others_call() {
    let page = |n: usize| format!("{{{n}}} The oil was cold.");
    let text: String = (1..13).map(|n| format!("{BEFORE}{}\n\n", page(n))).collect();
    let notes = "NOTES\n\n1. Of whales.\n\n2. In winter.\n";
    let document = read(&format!("{text}The wick was cut(1) by hand.\n\n{{13}} It was short.(2)\n\n{notes}"));
    let before: Vec<&str> = document.references().iter().map(|r| document.before(r.at, 5)).collect();
    assert_eq!(before, ["s cut", "hort."]);
    assert_eq!(document.pages().len(), 13);
}

#[test]
fn a_long_list_may_be_called_behind_letters() {
    let calls: String = (1..15).map(|n| format!("{BEFORE}It was as cold as oil{n} could be.\n\n")).collect();
    let notes: String = (1..15).map(|n| format!("{n}. Note {n}.\n\n")).collect();
    let document = read(&format!("{calls}{notes}"));
    assert_eq!((document.notes().len(), document.references().len()), (14, 14));
}

#[test]
fn notes_may_stand_among_numbered_headings() {
    check(
        "1. THE OIL\n\nIt was cold(1) and thick.\n\n(1) In winter.\n\n2. THE WICK\n\nIt was cut(2) by hand.\n\n(2) By the \
         keeper.\n\n3. THE LOG\n\nIt was kept.(3)\n\n(3) By his wife.\n",
        &[
            "Heading(1) 1. THE OIL",
            "Paragraph It was cold{1} and thick.",
            "Heading(1) 2. THE WICK",
            "Paragraph It was cut{2} by hand.",
            "Heading(1) 3. THE LOG",
            "Paragraph It was kept.{3}",
            "1: Paragraph In winter.",
            "2: Paragraph By the keeper.",
            "3: Paragraph By his wife.",
        ],
    );
}

#[test]
fn a_guess_that_counts_on_is_judged_with_what_it_goes_on() {
    let chapter = |n: usize| {
        let calls: String = (n..n + 3).map(|n| format!("{BEFORE}The oil was cold.{n}\n\n")).collect();
        let notes: String = (n..n + 3).map(|n| format!("{n}. Note {n}.\n\n")).collect();
        calls + &notes
    };
    let document = read(&format!("{}{}{BEFORE}", chapter(1), chapter(4)));
    let called: Vec<Option<usize>> = document.references().iter().map(|r| r.note).collect();
    assert_eq!(called, (0..6).map(Some).collect::<Vec<_>>());
}

#[test]
fn letters_that_do_not_count_are_words() {
    check(
        "It was oil [UK] and wicks.\n\n[UK] Unspecified stuff.\n",
        &["Paragraph It was oil [UK] and wicks.", "Paragraph [UK] Unspecified stuff."],
    );
}

#[test]
fn what_calls_notes_may_stand_in_a_plain_list() {
    check(
        "1. The oil was cold.  [1]\n\n2. The wick was cut.  [2]\n\n3. The log was kept.\n\nSo it went.\n\n[1] Of whales.\n\n[2] Of cotton.\n",
        &[
            "Paragraph 1. The oil was cold.{1}",
            "Paragraph 2. The wick was cut.{2}",
            "Paragraph 3. The log was kept.",
            "Paragraph So it went.",
            "1: Paragraph Of whales.",
            "2: Paragraph Of cotton.",
        ],
    );
}

#[test]
fn roman_numbers_stand_over_titles_or_below() {
    let headings = |text: String| -> Vec<String> {
        show(&read(&text)).into_iter().filter(|line| line.starts_with("Heading")).collect()
    };
    assert_eq!(
        headings(format!("{BEFORE}I\n\nTHE OIL\n\n{BEFORE}II\n\nTHE WICK\n\n{BEFORE}")),
        ["Heading(1) I THE OIL", "Heading(1) II THE WICK"],
    );
    assert_eq!(
        headings(format!("{BEFORE}THE OIL\n\nI\n\n{BEFORE}II\n\n{BEFORE}THE WICK\n\n{BEFORE}")),
        ["Heading(2) THE OIL", "Heading(1) I", "Heading(1) II", "Heading(2) THE WICK"],
    );
}

#[test]
fn equals_signs_make_headings() {
    check(
        "== The Oil ==\nIt was cold.\n\n\n=== Of whales ===\nIt was.\n\n\n== The wick ==\n\nIt was short.\n",
        &[
            "Heading(1) The Oil",
            "Paragraph It was cold.",
            "Heading(2) Of whales",
            "Paragraph It was.",
            "Heading(1) The wick",
            "Paragraph It was short.",
        ],
    );
}

#[test]
fn underlined_lines_are_headings() {
    check(
        "The Oil\n=======\n\nOf Whales\n---------\nIt was cold.\n\nThe Wick\n========\n\nIt was short.\n\nNOT ONE\n\nIt was cut by \
         hand, and it had been cut by hand since the light was\nbuilt, as all the wicks of that coast had been.\n",
        &[
            "Heading(1) The Oil",
            "Heading(2) Of Whales",
            "Paragraph It was cold.",
            "Heading(1) The Wick",
            "Paragraph It was short.",
            "Paragraph NOT ONE",
            "Paragraph It was cut by hand, and it had been cut by hand since the light was built, as all the wicks of \
             that coast had been.",
        ],
    );
}

#[test]
fn stars_under_a_heading_of_notes_may_be_those_of_a_list() {
    let list = "Notes\n\n* The oil is cold at noon.\n\n* The wick is cut by hand.\n\n* The log is kept.\n";
    check(
        list,
        &[
            "Heading(1) Notes",
            "Item(Bullet)/1 The oil is cold at noon.",
            "Item(Bullet)/1 The wick is cut by hand.",
            "Item(Bullet)/1 The log is kept.",
        ],
    );
    // `.. note::` is a heading of its own paragraph only.
    check(
        ".. note::\n    It is cold.\n\n* The oil.\n\n* The wick.\n",
        &["Verse .. note::\n    It is cold.", "Item(Bullet)/1 The oil.", "Item(Bullet)/1 The wick."],
    );
    check(
        "The oil* was cold.\n\nNotes\n\n* Of whales.\n",
        &["Paragraph The oil{*} was cold.", "*: Paragraph Of whales."],
    );
}

#[test]
fn lists_are_known() {
    check(
        "He bought, for the winter:\n\n  - oil for the lamp, and for the door of the\n    boat house, which creaked\n  - wicks\n\n    \
         These were too short.\n\nSo it went.\n",
        &[
            "Paragraph He bought, for the winter:",
            "Item(Bullet)/1 oil for the lamp, and for the door of the boat house, which creaked",
            "Item(Bullet)/1 wicks",
            "Paragraph/1 These were too short.",
            "Paragraph So it went.",
        ],
    );
    check(
        "Three things:\n1. The oil, which was cold at noon and at\n   night.\n2. The wick.\n   a. of cotton\n\n- Who is there?\n\n- I am.\n",
        &[
            "Paragraph Three things:",
            "Item(Number(1))/1 The oil, which was cold at noon and at night.",
            "Item(Number(2))/1 The wick. a. of cotton",
            "Paragraph - Who is there?",
            "Paragraph - I am.",
        ],
    );
}

#[test]
fn pages_are_kept_as_places() {
    let numbers: String = (30..40)
        .map(|n| format!("[{n}] went down the stair and up again to the lamp, and then he\n"))
        .collect();
    let document = read(&format!("{BEFORE}He\n\n[29]\n\nclimbed, {numbers}\n"));
    let pages: Vec<&str> = document.pages().iter().map(|p| &*p.label).collect();
    assert_eq!(pages, ["29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39"]);
    assert!(document.text().contains("\nHe climbed, went down"), "{}", document.text());
    assert_eq!(document.references().len(), 0);
}

#[test]
fn pages_and_notes_may_have_the_same_numbers() {
    let text: String = (1..12)
        .map(|n| format!("{{{n}}} He went down the stair,[{n}] and up again to the lamp, and then he\n"))
        .collect();
    let notes: String = (1..12).map(|n| format!("[{n}] Note.\n\n")).collect();
    let document = read(&format!("{BEFORE}{text}\nNOTES\n\n{notes}"));
    assert_eq!(
        (document.pages().len(), document.references().len(), document.report().problems.len()),
        (11, 11, 0)
    );
}

#[test]
fn words_are_set_apart() {
    let document = read(&format!(
        "{BEFORE}He read, when the wind was from the south, and the lamp burned well, _Moby\nDick_,[1] and a light-\nhouse is a lighthouse.\n\nNOTES\n\n[1] _Ibid.,_ p. 2.\n"
    ));
    let span = |s: &crate::document::Span| (document.text()[s.range.clone()].to_owned(), s.mark.clone());
    let spans: Vec<_> = document.spans().iter().map(span).collect();
    assert_eq!(spans, [("Moby Dick".to_owned(), Mark::Emphasis), ("Ibid.,".to_owned(), Mark::Emphasis)]);
    assert!(document.text().contains("Moby Dick, and a lighthouse is a lighthouse."));
}

#[test]
fn headings_may_carry_marks() {
    check(
        "ON LAMPS.[1]\n\nThe oil was cold, and the wick, which he had cut at noon with the small\npair of scissors, was too short to burn.\n\nNOTES\n\n[1] Of whales.\n",
        &[
            "Heading(1) ON LAMPS.{1}",
            "Paragraph The oil was cold, and the wick, which he had cut at noon with the small pair of scissors, was too short to burn.",
            "1: Paragraph Of whales.",
        ],
    );
}
