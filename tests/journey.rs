//! What a reader sees, key by key.

mod common;

use common::journey::{journey, with_keys};
use ibid::document::builder::Builder;
use ibid::document::report::Format;
use ibid::document::{Document, Kind};
use ibid::import::{Options, import};
use ibid::keymap::Keymap;
use ibid::reader::{Effect, Message};

fn read(path: &str) -> Document {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let bytes = std::fs::read(&file).expect(path);
    import(&bytes, path, &Options::default()).expect(path)
}

fn essay() -> Document {
    read("text/essay.md")
}

fn sample() -> Document {
    read("tests/texts/scraped.txt")
}

fn markdown(text: &str) -> Document {
    import(text.as_bytes(), "text.md", &Options::default()).expect("a text")
}

const SCREEN: (u16, u16) = (80, 24);

#[test]
fn a_new_reader_opens_the_essay_and_is_told_what_to_press() {
    journey(essay(), SCREEN)
        .shows("Sources of the Sino-Soviet Dispute A study edition")
        .shows("Ordinary diplomacy is a conversation between offices.")
        .foot("Space page")
        .foot("? all keys")
        .foot("0%")
        .foot("min left")
        .keys("Space")
        .shows("The theory is older than the states")
        .keys("Space")
        .shows("they were not supposed to have resigned from the camp.¹")
        .shows("¹ For a full ideological account");
}

#[test]
fn pages_turn_without_a_line_lost_and_back_again() {
    let mut there = journey(essay(), SCREEN);
    let mut places = vec![there.state.place];
    loop {
        let here = there.state.place;
        there = there.keys("Space");
        if there.state.place == here {
            break;
        }
        places.push(there.state.place);
    }
    there.foot("the text ends here").keys("<").check(|j| assert_eq!(j.state.place.byte(), 0));
    assert!(places.len() > 15);
}

#[test]
fn one_scrolls_by_lines_with_counts_and_no_further_than_the_ends() {
    journey(sample(), SCREEN)
        .keys("k")
        .foot("the text starts here")
        .keys("5 j")
        .keys("5 k")
        .check(|j| assert_eq!(j.state.place.byte(), 0))
        .keys("9 9 9 9 j")
        .foot("100%")
        .keys("j")
        .foot("the text ends here");
}

#[test]
fn the_pages_of_the_printed_book_are_places() {
    let mut book = Builder::new(Format::Epub, "UTF-8");
    book.block(Kind::Heading(1), 0, "One");
    for number in 1..=40 {
        book.page(&number.to_string());
        book.block(Kind::Paragraph, 0, &format!("What stands on page {number}."));
    }
    journey(book.finish(), SCREEN)
        .keys(": \"p20\" Enter")
        .top("What stands on page 20.")
        .keys("i")
        .foot("§1 ¶20 · p. 20 · One")
        .keys(": \"p. 99\" Enter")
        .foot("there is no page 99");
    journey(sample(), SCREEN)
        .keys(": \"p1\" Enter")
        .foot("this text does not name the pages of a printed book")
        .keys("i")
        .foot("title · 0%");
}

#[test]
fn sections_are_stops_the_title_first() {
    let essay = essay();
    let titles: Vec<String> = (0..3).map(|s| essay.section_title(s).to_owned()).collect();
    journey(essay, SCREEN)
        .keys("]")
        .top(&titles[0])
        .keys("2 ]")
        .top(&titles[2])
        .keys("j j j [")
        .top(&titles[2])
        .keys("[ [ [")
        .check(|j| assert_eq!(j.state.place.byte(), 0))
        .keys("[")
        .foot("the text starts here")
        .keys("] G")
        .hides("100%")
        .keys("g")
        .top(&titles[0])
        .keys(">")
        .foot("100%");
}

#[test]
fn paragraphs_are_steps() {
    journey(essay(), SCREEN)
        .keys("} }")
        .top("Where Communist parties rule")
        .keys("{")
        .top("Ordinary diplomacy")
        .keys("3 }")
        .top("Tito made");
}

#[test]
fn a_reference_is_chosen_its_note_opened_and_closed_and_the_place_never_moves() {
    journey(essay(), SCREEN)
        .keys("Space Tab")
        .cursor_on("¹")
        .foot("Enter open")
        .keys("Enter")
        .shows("─── Note 1 ───")
        .shows("in English")
        .keys("Esc")
        .hides("─── Note 1")
        .shows("they were not supposed to have resigned from the camp.¹");
}

#[test]
fn tab_moves_the_page_on_and_back() {
    let mut j = journey(essay(), SCREEN);
    for note in ["¹", "²", "³", "⁴"] {
        j = j.keys("Tab").cursor_on(note);
    }
    for note in ["³", "²", "¹"] {
        j = j.keys("Shift-Tab").cursor_on(note);
    }
    j.keys("Shift-Tab").foot("no reference before");
}

#[test]
fn a_note_is_opened_by_its_number_and_the_pane_goes_through_the_notes() {
    journey(essay(), SCREEN)
        .keys("9 Enter")
        .shows("─── Note 9 ───")
        .shows("Ibid., p. 182.")
        .keys("]")
        .shows("─── Note 10 ───")
        .keys("2 [")
        .shows("Djilas, Conversations with Stalin")
        .keys("Esc : \"12\" Enter")
        .shows("Khrushchev Remembers")
        .keys("]")
        .foot("this is the last note")
        .keys("Esc 9 9 Enter")
        .foot("there is no note 99");
}

#[test]
fn enter_with_nothing_chosen_opens_the_first_note_on_the_screen_or_says_there_is_none() {
    journey(essay(), SCREEN)
        .keys("Enter")
        .foot("no note is cited on this screen")
        .keys("Space Space Enter")
        .shows("─── Note 1 ───");
}

#[test]
fn searching_leon_blum_lands_on_léon_blum_and_one_leap_leads_back() {
    journey(essay(), SCREEN)
        .keys("Space Space / \"leon bl\"")
        .foot("/leon bl")
        .foot("1/1")
        .shows("Léon Blum")
        .keys("\"um\" Enter")
        .cursor_on("Léon Blum")
        .foot("leon blum 1/1".split(' ').next().expect("a word"))
        .keys("Ctrl-o")
        .hides("Léon Blum")
        .keys("Space k Alt-Right");
}

#[test]
fn leaving_a_search_returns_to_where_it_began() {
    journey(essay(), SCREEN)
        .keys("Space Space / \"manchuria\"")
        .check(|j| assert!(j.state.search.matches.len() > 5))
        .keys("Esc")
        .shows("they were not supposed")
        .check(|j| assert!(j.state.search.matches.is_empty()));
}

#[test]
fn matches_are_gone_through_in_text_and_notes_and_around() {
    journey(essay(), SCREEN)
        .keys("/ \"djilas\" Enter")
        .check(|j| {
            assert!(j.state.search.matches.len() >= 3);
            assert_eq!(j.state.search.current, Some(0));
        })
        .keys("N")
        .shows("─── Note 8 ───")
        .foot("from the end again")
        .keys("n")
        .foot("from the top again")
        .hides("─── Note")
        .keys("2 n")
        .foot("3/");
}

#[test]
fn a_wrong_expression_is_explained_while_it_is_typed() {
    journey(essay(), SCREEN)
        .keys("/ Ctrl-r \"194[\"")
        .foot("unclosed character class")
        .keys("\"45]\"")
        .foot("1/")
        .keys("Enter /")
        .keys("Up")
        .shows("regular expression: 194[45]")
        .keys("Esc / Enter")
        .foot("194[45]");
}

#[test]
fn nothing_found_is_said_and_the_place_kept() {
    journey(essay(), SCREEN)
        .keys("Space Space / \"zeppelin\"")
        .foot("no match")
        .keys("Enter")
        .foot("no match for zeppelin")
        .shows("they were not supposed");
}

#[test]
fn leaps_are_gone_back_and_forward_through() {
    journey(essay(), SCREEN)
        .keys("] ] Ctrl-o")
        .top("Evolution")
        .keys("Backspace")
        .check(|j| assert_eq!(j.state.place.byte(), 0))
        .keys("Backspace")
        .foot("no place to go back to")
        .keys(") )")
        .top("Stalin and the International")
        .keys("' '")
        .top("Evolution")
        .keys("' '")
        .top("Stalin and the International");
}

#[test]
fn the_contents_show_where_one_is_and_lead_on() {
    journey(essay(), SCREEN)
        .keys("] t")
        .shows("Contents")
        .shows("2 of 5")
        .shows("12 notes")
        .keys("j j Enter")
        .top("Stalin and the Chinese")
        .keys("t / \"international\"")
        .shows("1 of 1")
        .keys("Enter Enter")
        .top("Stalin and the International")
        .keys("t Esc")
        .top("Stalin and the International");
}

#[test]
fn bookmarks_are_kept_listed_renamed_deleted_and_brought_back() {
    journey(essay(), SCREEN)
        .keys("] ] a")
        .foot("bookmark:")
        .keys("\"purges\" Enter")
        .foot("saved")
        .keys("] a Enter < B")
        .shows("purges §2")
        .shows("of 2")
        .keys("g r Ctrl-u \"the purges\" Enter")
        .shows("the purges §2")
        .keys("d")
        .hides("the purges")
        .keys("u")
        .shows("the purges §2")
        .keys("/ \"purg\" Enter Enter")
        .top("Stalin and the International");
}

#[test]
fn marks_are_set_and_found_by_a_letter() {
    journey(essay(), SCREEN)
        .keys("] ] m")
        .foot("m …")
        .keys("x")
        .foot("saved")
        .keys("< ' x")
        .top("Stalin and the International")
        .keys("' q")
        .foot("no mark q is set")
        .keys("m 1")
        .foot("marks are called a to z");
}

#[test]
fn what_could_not_be_saved_is_said_until_it_is() {
    journey(essay(), SCREEN)
        .full_disk(true)
        .keys("m a")
        .foot("NOT SAVED: disk full")
        .keys("j")
        .foot("NOT SAVED: disk full")
        .full_disk(false)
        .keys("m a")
        .foot("saved")
        .keys("j")
        .check(|j| assert!(!j.screen().contains("SAVED")));
}

#[test]
fn places_can_be_typed() {
    journey(essay(), SCREEN)
        .keys(": \"s2\" Enter")
        .top("Stalin and the International")
        .keys(": \"s2.2\" Enter")
        .foot("§2 ¶2")
        .keys(": \"50%\" Enter")
        .foot("50%")
        .keys(": \"s9\" Enter")
        .foot("there is no §9")
        .keys(": \"nonsense here\" Enter")
        .shows("not understood")
        .keys(": \"q\" Enter")
        .check(|j| assert!(j.effects.contains(&Effect::Quit)));
}

#[test]
fn the_place_is_told_and_counts_and_sequences_stand_on_the_foot() {
    journey(essay(), SCREEN)
        .keys("] j j i")
        .shows("§1 ¶1 · Evolution of Soviet Foreign Policy")
        .keys("1 2")
        .foot("12")
        .keys("Esc");
}

#[test]
fn help_is_of_the_mode_one_is_in_and_of_the_keys_in_force() {
    let (keymap, complaints) = Keymap::read(Some(("keymap.toml", "[reading]\n\"x\" = \"contents\"\n")));
    assert!(complaints.is_empty());
    with_keys(essay(), (100, 60), keymap)
        .keys("?")
        .shows("one line down")
        .shows("x t")
        .keys("? x ?")
        .shows("rename the entry")
        .keys("Esc Esc")
        .hides("rename the entry");
}

#[test]
fn a_key_without_a_meaning_says_where_help_is() {
    journey(essay(), SCREEN).keys("Q").foot("Q does nothing here; ? shows the keys").keys("j").check(|j| {
        assert!(!j.screen().contains("does nothing"));
    });
}

#[test]
fn a_new_size_keeps_the_word_and_the_old_size_the_screen() {
    let before = journey(essay(), (100, 30)).keys("] Space 7 j");
    let (place, screen) = (before.state.place, before.screen());
    before.resize(37, 11).check(|j| assert_eq!(j.state.place, place)).resize(1, 1).resize(100, 30).check(
        |j| {
            assert_eq!(j.state.place, place);
            assert_eq!(j.screen(), screen);
        },
    );
}

#[test]
fn the_measure_is_changed_and_the_place_kept() {
    journey(essay(), (100, 30))
        .keys("] Space")
        .check(|j| {
            assert_eq!(j.state.text.galley.style().measure, 66);
        })
        .keys("- -")
        .foot("62 columns")
        .keys("=")
        .foot("66 columns")
        .keys("5 +")
        .foot("76 columns");
}

#[test]
fn the_notes_leave_the_foot_and_come_home() {
    journey(essay(), SCREEN)
        .keys("Space Space F")
        .foot("notes off")
        .hides("For a full ideological")
        .keys("F")
        .shows("For a full ideological");
}

#[test]
fn a_small_terminal_still_shows_text_and_a_note() {
    let j = journey(essay(), (20, 6)).keys("Tab");
    let rows: Vec<&str> = j.state.document().text().lines().collect();
    assert!(rows.len() > 10);
    let screen = j.screen();
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[..3].iter().all(|l| !l.is_empty()), "{screen}");
    assert!(lines[3].starts_with("──"), "{screen}");
    assert!(lines[4].contains('¹'), "{screen}");
    j.keys("Enter").shows("Note 1").resize(19, 6).shows("too small").resize(1, 1).keys("j q");
}

#[test]
fn links_show_their_address_before_they_are_opened() {
    journey(markdown("See [the log](https://example.org/log) now.\n"), SCREEN)
        .keys("Tab")
        .cursor_on("the log")
        .keys("Enter")
        .foot("https://example.org/log")
        .check(|j| assert!(j.effects.is_empty()))
        .keys("Enter")
        .check(|j| assert_eq!(j.effects, [Effect::Follow("https://example.org/log".to_owned())]));
}

#[test]
fn one_note_cited_twice_stands_once_at_the_foot() {
    let j = journey(markdown("One.[^a] Two.[^b] Three.[^a]\n\n[^a]: Alpha.\n[^b]: Beta.\n"), SCREEN);
    let screen = j.screen();
    assert_eq!(screen.matches("Alpha").count(), 1, "{screen}");
    j.shows("One.¹ Two.² Three.¹").shows("¹ Alpha. ² Beta.");
}

#[test]
fn an_empty_text_can_be_looked_at_and_left() {
    journey(markdown(""), SCREEN)
        .keys("j k Space b ] [ } { g G < > Tab Enter t B / \"x\" Enter n ? q")
        .check(|j| {
            assert!(j.effects.contains(&Effect::Quit));
        });
}

#[test]
fn the_report_leads_to_what_was_dropped() {
    journey(sample(), SCREEN)
        .keys(": \"report\" Enter")
        .shows("6 notes")
        .shows("left out: web page residue: This site uses cookies")
        .keys("G Enter")
        .check(|j| assert!(j.state.place.byte() > 0))
        .keys("Ctrl-o")
        .shows("left out: web page residue");
}

#[test]
fn pasted_text_is_typed_on_one_line_and_never_a_command() {
    let mut j = journey(essay(), SCREEN).keys("/");
    j.send(ibid::reader::Event::Pasted("Léon\nBlum\u{1b}[31m".to_owned()));
    let mut j = j.foot("/Léon Blum").keys("Esc");
    j.effects.clear();
    j.send(ibid::reader::Event::Pasted("qqq".to_owned()));
    assert!(j.effects.is_empty());
    assert!(!matches!(j.state.message, Some(Message::Failed(_))));
}

#[test]
fn what_ibid_stands_for_is_told_under_the_note_and_followed() {
    journey(essay(), SCREEN)
        .keys("9 Enter")
        .shows("─── Note 9 ───")
        .shows("→ 8: Milovan Djilas, Conversations with Stalin")
        .foot("Enter follow")
        .keys("Enter")
        .shows("─── Note 8 ───")
        .keys("Ctrl-o")
        .shows("─── Note 9 ───")
        .keys("]")
        .shows("→ 9 → 8: Milovan Djilas")
        .keys("Enter")
        .shows("─── Note 8 ───")
        .keys("Enter")
        .foot("points to nothing that can be followed")
        .keys("R")
        .shows("Cited by")
        .shows("note 9")
        .shows("note 10")
        .keys("Enter")
        .hides("Cited by");
}

#[test]
fn the_gloss_stands_at_the_foot_too() {
    let mut j = journey(essay(), SCREEN);
    while !j.words().contains("Ibid., p. 182") {
        j = j.keys("Tab");
    }
    j.shows("→ 8: Milovan Djilas");
}

#[test]
fn where_a_note_may_mean_several_works_a_key_goes_through_them() {
    let text = "One.[^1] Two.[^2]\n\n[^1]: Ann Smith, *Tides*, 1901, p. 3; Bob Jones, *Winds*, 1902, p. 4, and Cy Brown, *Rain*, 1903.\n[^2]: Ibid., p. 9.\n";
    journey(markdown(text), SCREEN)
        .keys("2 Enter")
        .shows("→ 1 of 3 it may be")
        .keys("x")
        .shows("→ 2 of 3")
        .keys("x x")
        .shows("→ 1 of 3");
}

#[test]
fn references_in_a_table_are_painted_measured_and_chosen_where_they_stand() {
    let text = "| a | b |\n|---|---|\n| x[^1][^2][^3][^4][^5] | y |\n| z | [^1] |\n| y | [^2]w |\n\n\
                [^1]: One.\n[^2]: Two.\n[^3]: Three.\n[^4]: Four.\n[^5]: Five.\n";
    let j = journey(markdown(text), SCREEN).shows("x¹,²,³,⁴,⁵ y");
    let rows: Vec<String> = j.screen().lines().map(str::to_owned).collect();
    assert!(rows.iter().any(|r| r.trim() == "z            ¹"), "{}", j.screen());
    assert!(rows.iter().any(|r| r.trim() == "y            ²w"), "{}", j.screen());
    j.keys("Tab")
        .cursor_on("¹")
        .keys("Tab")
        .cursor_on("²")
        .keys("3 Tab")
        .cursor_on("⁵")
        .keys("Tab")
        .cursor_on("¹");
}

#[test]
fn paging_a_note_shows_every_line_of_it() {
    let paragraphs: String = (0..20).map(|i| format!("    Paragraph {i} of a long note.\n\n")).collect();
    let mut j =
        journey(markdown(&format!("Word.[^1]\n\n[^1]: Begins.\n\n{paragraphs}")), SCREEN).keys("1 Enter");
    let mut seen = String::new();
    for _ in 0..12 {
        seen.push_str(&j.words());
        j = j.keys("Space");
    }
    assert!((0..20).all(|i| seen.contains(&format!("Paragraph {i} of"))), "{seen}");
    j.keys("b b b b b b b b b").shows("Begins.");
}

#[test]
fn the_next_match_is_found_again_after_the_lights_were_put_out() {
    journey(essay(), SCREEN).keys("/ \"djilas\" Enter Esc n").foot("1/6").keys("Esc Esc n").foot("djilas");
}

#[test]
fn what_is_chosen_is_on_the_screen_or_nothing_is() {
    let text = "One [link](http://e.org/a) here.[^1]\n\n[^1]: A note with a [second](http://e.org/b).\n";
    journey(markdown(text), SCREEN)
        .keys("1 Enter Tab")
        .cursor_on("second")
        .keys("i")
        .foot("note 1")
        .keys("Esc")
        .check(|j| assert!(j.state.chosen.is_none()));
    journey(essay(), SCREEN).keys("Tab").resize(80, 8).check(|j| {
        let shown = j.words().contains('¹');
        assert_eq!(j.state.chosen.is_some(), shown);
    });
}

#[test]
fn one_comes_back_from_the_citing_places_to_the_list_over_the_note() {
    journey(essay(), SCREEN)
        .keys("8 Enter R Enter")
        .keys("Ctrl-o")
        .shows("Cited by")
        .keys("Esc")
        .shows("─── Note 8");
}

#[test]
fn escape_takes_back_a_count_and_no_more() {
    journey(essay(), SCREEN)
        .keys("9 Enter 1 2")
        .foot("12")
        .keys("Esc")
        .shows("─── Note 9")
        .keys("m Esc j Esc")
        .hides("─── Note 9");
}

#[test]
fn an_expression_comes_back_from_the_history_as_one() {
    journey(essay(), SCREEN)
        .keys("/ Ctrl-r \"194[45]\" Enter / \"stalin\" Enter / Up Up")
        .shows("regular expression: 194[45]")
        .hides("no match");
}

#[test]
fn a_work_is_chosen_for_one_note_alone() {
    let text = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: Ann Smith, *Tides*, 1901, p. 3; Bob Jones, *Winds*, 1902, p. 4, and Cy Brown, *Rain*, 1903.\n[^2]: Ibid., p. 9.\n[^3]: Ibid., p. 10.\n";
    let screen = journey(markdown(text), SCREEN).keys("2 Enter x Esc").screen();
    assert_eq!(screen.matches("→ 2 of").count(), 1, "{screen}");
}

#[test]
fn help_shows_something_after_every_change_of_size() {
    journey(essay(), (40, 12)).keys("? G").resize(120, 40).shows("one line down");
}

#[test]
fn the_guide_keeps_its_promises() {
    let source =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("text/guide.md"));
    let filled = Keymap::default().fill(&source.expect("the guide"));
    let guide = || import(filled.as_bytes(), "guide.md", &Options::default()).expect("a text");
    let matches = |pattern: &str, count: usize| {
        journey(guide(), SCREEN).keys(&format!("/ \"{pattern}\"")).foot(&format!("1/{count}"));
    };
    matches("heron", 3);
    matches("leon", 2);
    matches("turn back and see which", 2);
    journey(guide(), SCREEN).keys("/ Ctrl-r \"1[89]\\d\\d\"").foot("1/2");
    journey(guide(), SCREEN).keys("] } }").foot("§1 ¶2");
    journey(guide(), SCREEN).keys("4 Enter").shows("→ 3: Léon Marchepied").keys("Enter").shows("─── Note 3");
    journey(guide(), SCREEN)
        .keys("< / \"heron\" Enter n n")
        .shows("─── Note 3")
        .keys("N")
        .hides("─── Note 3");
    journey(guide(), SCREEN).keys(": \"s3.2\" Enter").foot("§3 ¶2");
    journey(guide(), SCREEN).keys("2 Enter").shows("more ↓").keys("9 9 j").shows("you may close it");
    journey(guide(), SCREEN).keys("3 ] < > Ctrl-o Ctrl-o").foot("§3");
}

#[test]
fn a_concordance_lists_every_match_and_one_comes_back_to_it() {
    journey(essay(), (100, 30))
        .keys("] ] / \"camp\" Enter &")
        .shows("Concordance: camp")
        .shows("by place")
        .shows("Stalin and the Chinese Communists")
        .cursor_on("camp")
        // To a match: a leap that leaves the list with the place.
        .keys("< Enter")
        .hides("Concordance")
        .cursor_on("camp")
        .foot("camp  1/7")
        .keys("n")
        .foot("camp  2/7")
        .keys("Ctrl-o")
        .shows("Concordance: camp")
        .keys("Esc")
        .check(|j| assert_eq!(j.state.document().section_at(j.state.place), Some(1)))
        .hides("Concordance");
}

#[test]
fn a_concordance_is_sorted_by_the_words_beside_and_filtered() {
    let found = |j: &common::journey::Journey| {
        let screen = j.screen();
        screen
            .lines()
            .skip(4)
            .take(40)
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    let mut place = Vec::new();
    journey(essay(), (120, 60))
        .keys("& \"camp\" Enter")
        .check(|j| place = found(j))
        .keys("s")
        .foot("by the words to the left")
        .hides("Stalin and the Chinese Communists")
        .check(|j| assert_ne!(found(j), place))
        .keys("s")
        .foot("by the words to the right")
        .keys("s")
        .check(|j| assert_eq!(found(j), place))
        .keys("/ \"hostile\" Enter")
        .shows("1 of 1, 7 in all")
        .hides("rectification")
        .keys("Esc")
        .shows("1 of 7")
        .shows("rectification")
        .keys("t")
        .foot("does nothing here");
    journey(sample(), SCREEN).keys("t s").foot("this list has one order only");
}

#[test]
fn without_a_pattern_the_concordance_asks_for_one() {
    journey(sample(), SCREEN)
        .keys("&")
        .foot("&")
        .keys("Enter")
        .foot("nothing was searched for yet")
        .keys("& \"no such word\" Enter")
        .foot("no match for no such word")
        .keys("& \"penhallow\"")
        .foot("1/4")
        .keys("Enter")
        .shows("Concordance: penhallow")
        // Another pattern from within one: Esc leaves the first as it was.
        .keys("& \"ibid\" Esc")
        .shows("Concordance: penhallow")
        .keys("& \"ibid\" Enter")
        .shows("Concordance: ibid")
        .shows("Notes")
        .keys("Enter")
        .shows("─── Note")
        .keys("Ctrl-o Esc")
        .hides("Concordance");
}

#[test]
fn one_comes_back_to_whatever_list_one_leapt_from() {
    journey(essay(), SCREEN)
        .keys("t j j Enter Ctrl-o")
        .shows("Contents")
        .keys("Esc")
        .check(|j| assert_eq!(j.state.place.byte(), 0))
        .keys("a \"here\" Enter > B Enter Ctrl-o")
        .shows("Bookmarks")
        .keys("Esc")
        .foot("100%")
        // From a list one goes on back.
        .keys("< t j Enter t j Enter Ctrl-o Ctrl-o")
        .shows("Contents")
        .keys("Esc")
        .check(|j| assert_eq!(j.state.place.byte(), 0));
}

#[test]
fn a_rail_shows_where_the_page_and_the_matches_are_while_a_search_is_live() {
    let rail = |j: &common::journey::Journey| -> String {
        let (buffer, _) = j.buffer();
        (0..buffer.area.height).map(|y| buffer[(buffer.area.width - 1, y)].symbol().to_owned()).collect()
    };
    journey(essay(), SCREEN)
        .check(|j| assert_eq!(rail(j).trim(), ""))
        .keys("/ \"stalin\"")
        .check(|j| assert!(rail(j).contains('┤'), "as it is typed: {}", rail(j)))
        .keys("Enter")
        .check(|j| {
            let rail = rail(j);
            assert_eq!(rail.matches('◄').count(), 1, "{rail}");
            assert!(rail.contains('┤') && rail.contains('│'), "{rail}");
        })
        // A match in a note counts where the note is cited.
        .keys("Esc < / \"ibid\" Enter")
        .shows("─── Note")
        .check(|j| assert_eq!(rail(j).matches(['◄', '┫', '┤']).count(), 1, "{}", rail(j)))
        // Nothing where something covers the text, nor where nothing is looked for.
        .keys("Esc t")
        .check(|j| assert!(!rail(j).contains('│')))
        .keys("Esc Esc")
        .check(|j| assert_eq!(rail(j).trim(), ""));
    // Where there is no room for a blank between, there is none.
    journey(essay(), (40, 12)).keys("/ \"stalin\" Enter").check(|j| assert!(!rail(j).contains('│')));
}

#[test]
fn a_mistake_in_an_expression_is_shown_under_it_at_its_place() {
    let caret = |j: &common::journey::Journey| {
        let screen = j.screen();
        let mut rows = screen.lines().rev();
        let (foot, line) = (rows.next().expect("a foot"), rows.next().expect("a line"));
        let at = foot.chars().position(|c| c == '^').expect("a caret");
        line.chars().nth(at)
    };
    journey(sample(), SCREEN)
        .keys("/ Ctrl-r \"a(b\"")
        .foot("^ unclosed group")
        .check(|j| assert_eq!(caret(j), Some('(')))
        .keys("\")\"")
        .foot("1/4")
        .keys("Ctrl-u \"keeper[\"")
        .check(|j| assert_eq!(caret(j), Some('[')))
        .keys("Enter")
        .foot("unclosed character class");
    // Too low for two rows, the words stand beside the line.
    journey(sample(), (60, 6)).keys("/ Ctrl-r \"a(b\"").foot("a(b").foot("unclosed group");
}

#[test]
fn what_looks_amiss_is_listed_and_gone_to() {
    let text =
        "One.[^1] Two.[^2] Three.[^5]\n\n[^1]: Ibid., p. 4.\n[^2]: Ann Smith, *Tides*, 1901.\n[^5]: Ibid.\n";
    journey(markdown(text), SCREEN)
        .keys(": \"check\" Enter")
        .shows("What looks amiss")
        .shows("unresolved: 1. Ibid., p. 4.")
        .shows("note 1")
        .keys("Enter")
        .shows("─── Note 1")
        .keys("Ctrl-o")
        .shows("What looks amiss");
    journey(sample(), SCREEN).keys(": \"check\" Enter").foot("nothing is amiss");
}

#[test]
fn what_a_note_stands_for_keeps_its_pages_however_little_room_there_is() {
    for size in [(80, 24), (44, 24)] {
        journey(essay(), size).keys("1 0 Enter").shows("→ 9 → 8: ").shows("[183]");
    }
}

#[test]
fn what_is_found_is_right_at_every_letter_typed_and_taken_back() {
    let mut j = journey(essay(), SCREEN).keys("/");
    let mut typed = String::new();
    for key in
        ["s", "t", "a", "Backspace", "Backspace", "S", "o", "v", "Ctrl-u", "l", "e", "o", "n", "Space", "b"]
    {
        match key {
            "Backspace" => drop(typed.pop()),
            "Ctrl-u" => typed.clear(),
            "Space" => typed.push(' '),
            letter => typed.push_str(letter),
        }
        j = j.keys(key);
        let query = ibid::search::Query { pattern: typed.clone(), regular: false };
        let fresh = ibid::search::Index::default().find(j.state.document(), &query).expect("a pattern");
        assert_eq!(&j.state.search.matches[..], &fresh[..], "{typed:?}");
    }
    j.foot("1/1");
}
