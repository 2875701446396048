//! What a keymap answers: the built-in one, and those that users make of it.

mod complaints;
mod properties;

use super::*;
use Context::{Help, List, Note, Prompt, Reading, Select};

fn keys(text: &str) -> Sequence {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// The map that a user's file makes, and what is said of it.
fn read(user: &str) -> (Keymap, Vec<String>) {
    let (map, complaints) = Keymap::read(Some(("keymap.toml", user)));
    (map, complaints.iter().map(Complaint::to_string).collect())
}

/// The map of a file that has no mistakes.
fn good(user: &str) -> Keymap {
    let (map, complaints) = read(user);
    assert!(complaints.is_empty(), "{user}\n{complaints:#?}");
    map
}

/// What a map answers, by the names a keymap uses: a command, `nothing` or `pending`.
#[track_caller]
fn check(map: &Keymap, context: Context, typed: &str, answer: &str) {
    let found = match map.lookup(context, &keys(typed)) {
        Lookup::Command(command) => command.name(),
        Lookup::Pending => "pending",
        Lookup::Unbound => NOTHING,
    };
    assert_eq!(found, answer, "{typed} in {context:?}");
}

#[test]
fn the_built_in_keys_are_those_that_the_program_promises() {
    let map = Keymap::default();
    let text: &[Context] = &[Reading, Note];
    let moving: &[Context] = &[Reading, Note, List, Help];
    for (contexts, typed, command) in [
        (moving, "? F1", "help"),
        (moving, "q Ctrl-c", "quit"),
        (moving, "Esc", "leave"),
        (moving, "Ctrl-l", "redraw"),
        (moving, "Ctrl-z", "suspend"),
        (moving, "j Down", "line-down"),
        (moving, "k Up", "line-up"),
        (moving, "Space f Ctrl-f PageDown", "page-down"),
        (moving, "b Ctrl-b PageUp", "page-up"),
        (&[Reading, Note, Help], "d Ctrl-d", "half-page-down"),
        (&[Reading, Note, Help], "u Ctrl-u", "half-page-up"),
        (text, "] L", "next-section"),
        (text, "[ H", "previous-section"),
        (&[Reading], "}", "next-paragraph"),
        (&[Reading], "{", "previous-paragraph"),
        (text, "g Home", "section-start"),
        (text, "G End", "section-end"),
        (&[Reading], "<", "text-start"),
        (&[Reading], ">", "text-end"),
        (&[List, Help], "g Home <", "text-start"),
        (&[List, Help], "G End >", "text-end"),
        (text, "t", "contents"),
        (text, ":", "go-to"),
        (text, "Tab", "next-reference"),
        (text, "Shift-Tab", "previous-reference"),
        (text, "Enter", "open"),
        (text, "F", "notes-place"),
        (text, "Ctrl-o Backspace Ctrl-h Alt-Left", "back"),
        (text, "Alt-Right )", "forward"),
        (text, "m", "set-mark"),
        (text, "' `", "go-to-mark"),
        (text, "a", "add-bookmark"),
        (text, "B", "bookmarks"),
        (text, "/", "search"),
        (text, "n", "next-match"),
        (text, "N", "previous-match"),
        (&[Reading, Note, List], "&", "concordance"),
        (text, "+", "wider"),
        (text, "-", "narrower"),
        (text, "=", "default-measure"),
        (text, "c", "next-theme"),
        (text, "T", "contents-panel"),
        (text, "i Ctrl-g", "where"),
        (&[Reading], "o", "take-offer"),
        (&[List, Prompt], "Enter", "accept"),
        (&[List], "r", "rename"),
        (&[List], "d", "delete"),
        (&[List], "u", "restore"),
        (&[List], "/", "filter"),
        (&[List], "p", "for-this-text"),
        (&[List], "s", "sort"),
        (&[List], "Ctrl-o Alt-Left", "back"),
        (&[Prompt], "Esc Ctrl-c", "leave"),
        (&[Prompt], "Up", "earlier"),
        (&[Prompt], "Down", "later"),
        (&[Prompt], "Ctrl-r", "regular-expression"),
        (&[Prompt], "Backspace Ctrl-h", "delete-back"),
        (&[Prompt], "Delete", "delete-forward"),
        (&[Prompt], "Ctrl-w", "delete-word"),
        (&[Prompt], "Ctrl-u", "delete-line"),
        (&[Prompt], "Left Ctrl-b", "cursor-left"),
        (&[Prompt], "Right Ctrl-f", "cursor-right"),
        (&[Prompt], "Home Ctrl-a", "cursor-start"),
        (&[Prompt], "End Ctrl-e", "cursor-end"),
        (&[Prompt], "Alt-b Ctrl-Left", "word-left"),
        (&[Prompt], "Alt-f Ctrl-Right", "word-right"),
        (&[Prompt], "F1", "help"),
        (&[Reading, Note, Select], "v", "select"),
        (&[Reading, Note, Select], "y", "copy"),
        (&[Reading, Note, Select], "Y", "copy-cited"),
        (&[Reading, Note, Select, List], "!", "highlight"),
        (&[Reading, Note, Select, List], "C", "comment"),
        (&[List], "e", "editor"),
        (&[Prompt], "Ctrl-x", "editor"),
        (&[Select], "l Right", "next-unit"),
        (&[Select], "h Left", "previous-unit"),
        (&[Select], "w e", "next-word"),
        (&[Select], "b", "previous-word"),
        (&[Select], ")", "next-sentence"),
        (&[Select], "(", "previous-sentence"),
        (&[Select], "}", "next-paragraph"),
        (&[Select], "{", "previous-paragraph"),
        (&[Select], "0", "line-start"),
        (&[Select], "$", "line-end"),
        (&[Select], "o", "swap-ends"),
        (&[Reading, Note], "J", "justify"),
        (&[Reading, Note], "W", "columns"),
        (&[Note], "x", "next-candidate"),
        (&[Note], "R", "citing-places"),
        // Bound nowhere, or not there.
        (moving, "0 1 9", NOTHING),
        (&[Reading], "x R", NOTHING),
        (&[Note, List, Help], "} {", NOTHING),
        (&[List, Help], "t a B m n c Tab Backspace", NOTHING),
        (&[Prompt], "q ? j g 5 Space / Tab", NOTHING),
    ] {
        for context in contexts {
            typed.split(' ').for_each(|key| check(&map, *context, key, command));
        }
    }
    assert_eq!(map.lookup(Reading, &[]), Lookup::Unbound);
}

#[test]
fn every_command_has_a_key_where_it_applies_but_the_one_that_less_brings() {
    let map = Keymap::default();
    for command in Command::all() {
        for context in Context::ALL.into_iter().filter(|context| command.applies(*context)) {
            let bound = !map.keys_for(context, command).is_empty();
            assert_eq!(bound, command != Command::SearchBackward, "{command:?} in {context:?}");
        }
    }
}

#[test]
fn nothing_is_wrong_with_the_files_that_are_built_in() {
    good(DEFAULT);
    good(include_str!("less.toml"));
    good("preset = \"less\"");
}

#[test]
fn the_users_file_is_laid_over_the_built_in_one() {
    let map =
        good("[any]\n'Ctrl-n' = 'line-down'\nq = 'nothing'\n[reading]\ns = 'search'\nj = 'next-paragraph'\n");
    check(&map, List, "Ctrl-n", "line-down");
    check(&map, List, "j", "line-down");
    check(&map, Reading, "q", NOTHING);
    check(&map, Reading, "Ctrl-c", "quit");
    // The note pane looks in [reading], and passes over what means nothing in it.
    check(&map, Note, "s", "search");
    check(&map, Reading, "j", "next-paragraph");
    check(&map, Note, "j", "line-down");
    assert_eq!(map.keys_for(Reading, Command::Search), ["s", "/"], "one's own keys come first");
    assert_eq!(map.keys_for(Reading, Command::LineDown), ["Ctrl-n", "Down"]);
}

#[test]
fn what_the_user_says_of_any_mode_goes_before_what_is_built_in_for_one() {
    let map = good("[any]\ng = 'contents'\nd = 'page-down'\nt = 'nothing'\n[note]\nt = 'where'");
    check(&map, Reading, "g", "contents");
    check(&map, List, "g", "text-start");
    check(&map, List, "d", "page-down");
    check(&map, Reading, "t", "nothing");
    check(&map, Note, "t", "where");
}

#[test]
fn nothing_takes_a_key_away_from_the_tables_beneath_too() {
    let map = good("[reading]\nSpace = 'nothing'\n[note]\nt = 'nothing'");
    check(&map, Reading, "Space", NOTHING);
    check(&map, Note, "Space", NOTHING);
    check(&map, List, "Space", "page-down");
    check(&map, Reading, "t", "contents");
    check(&map, Note, "t", NOTHING);
}

#[test]
fn the_less_preset_lies_between_the_two() {
    let map = good("preset = 'less'\n[reading]\ne = 'contents'");
    check(&map, Reading, "?", "search-backward");
    check(&map, Note, "?", "search-backward");
    check(&map, List, "?", "help");
    for context in [Reading, Note, List, Help] {
        check(&map, context, "h", "help");
        check(&map, context, "y", "line-up");
        check(&map, context, "w", "page-up");
    }
    check(&map, Reading, "e", "contents");
    check(&map, List, "e", "line-down");
    check(&map, List, "r", "rename");
    check(&map, Prompt, "h", NOTHING);
    assert_eq!(map.keys_for(Reading, Command::Help), ["h", "F1"]);
}

#[test]
fn a_sequence_is_decided_by_its_last_key() {
    let map =
        good("[reading]\ng = 'nothing'\n'g g' = 'text-start'\n'g e' = 'text-end'\n'Ctrl-x Ctrl-c' = 'quit'");
    check(&map, Reading, "g", "pending");
    check(&map, Reading, "g g", "text-start");
    check(&map, Reading, "g e", "text-end");
    check(&map, Reading, "g x", NOTHING);
    check(&map, Reading, "g g g", NOTHING);
    check(&map, List, "g", "text-start");
    check(&map, Reading, "Ctrl-x", "pending");
    check(&map, Reading, "Ctrl-x Ctrl-c", "quit");
    check(&map, Reading, "g Ctrl-c", "quit");
    assert_eq!(map.keys_for(Reading, Command::TextStart), ["g g", "<"]);
}

#[test]
fn a_mistaken_entry_leaves_the_default_and_the_rest_in_force() {
    let (map, said) =
        read("[reading]\nj = 'line-dwn'\n'g g' = 'search'\nTab = 'open'\nCtrl-i = 'back'\nz = 'contents'");
    assert_eq!(said.len(), 3);
    check(&map, Reading, "j", "line-down");
    check(&map, Reading, "g", "section-start");
    check(&map, Reading, "Tab", "open");
    check(&map, Reading, "z", "contents");
    // What is written twice is no reason to lose the rest either.
    let (map, said) = read("[list]\nx = 'delete'\nx = 'rename'\n[any]\n[list]\nz = 'restore'");
    assert_eq!(said.len(), 2);
    check(&map, List, "x", "delete");
    check(&map, List, "z", "restore");
    // A file that is no TOML counts for nothing.
    let (map, _) = read("[reading]\nj = 'contents'\n[");
    check(&map, Reading, "j", "line-down");
}

#[test]
fn a_sequence_is_refused_only_in_the_modes_where_it_cannot_be_typed() {
    let (map, said) = read("[any]\n't t' = 'redraw'");
    assert_eq!(said.len(), 1);
    check(&map, Reading, "t", "contents");
    check(&map, Help, "t t", "redraw");
}

#[test]
fn quit_and_help_come_back() {
    let (map, said) =
        read("[any]\nq = 'nothing'\n'?' = 'search'\nF1 = 'nothing'\n[list]\nq = 'rename'\n'? x' = 'rename'");
    assert_eq!(said.len(), 2, "{said:#?}");
    for context in [Reading, Note, List, Help] {
        check(&map, context, "?", "help");
        check(&map, context, "Ctrl-c", "quit");
    }
    // A list kept its `?`, so there F1 stays away.
    check(&map, Reading, "F1", "help");
    check(&map, List, "F1", NOTHING);
    // With the preset, the keys that it has for help are the ones that come back.
    let (map, _) = read("preset = 'less'\n[any]\nh = 'nothing'\n'?' = 'nothing'\nF1 = 'nothing'");
    assert_eq!(map.keys_for(Reading, Command::Help), ["h", "F1"]);
    assert_eq!(map.keys_for(List, Command::Help), ["h", "?", "F1"]);
}

#[test]
fn files_from_elsewhere_are_read_and_floods_are_not() {
    let map = good("\u{feff}# by hand\r\n[reading]\r\nx = 'search'\r\n");
    check(&map, Reading, "x", "search");
    assert_eq!(read("\u{feff}[reading]\r\n\r\nj = 'x'\r\n").1.len(), 1);
    assert!(read("\u{feff}[reading]\r\n\r\nj = 'x'\r\n").1[0].starts_with("keymap.toml:3: "));

    let bindings: String = (0..100_000).map(|i| format!("'Ctrl-x {i}' = 'search'\n")).collect();
    assert_eq!(
        read(&format!("[any]\n{bindings}")).1,
        ["keymap.toml: longer than 64 KiB, so it is not read; the default keys stay"]
    );
    let depth = 8_000;
    let inline = |braces| {
        let opening = format!("{{{} = ", vec!["a"; 79].join("."));
        format!("a = {}1{}", opening.repeat(braces), "}".repeat(braces))
    };
    for deep in [
        format!("[{}]", vec!["a"; depth].join(".")),
        format!("{} = 1", vec!["a"; depth].join(".")),
        format!("a = {}{}", "[".repeat(depth), "]".repeat(depth)),
        inline(16),
        inline(79),
        "\0".to_owned(),
        "[any]\n'\0' = 'help'".to_owned(),
    ] {
        let (map, said) = read(&deep);
        assert_eq!(said.len(), 1, "{said:#?}");
        check(&map, Reading, "q", "quit");
    }
}

#[test]
fn help_lists_what_can_be_typed_in_the_mode_in_the_words_of_the_mode() {
    let map = good("[note]\n'z z' = 'next-section'\nL = 'nothing'");
    let line = |context, command| map.help(context).into_iter().find(|line| line.command == command);
    let next = line(Note, Command::NextSection).expect("bound");
    assert_eq!(
        (next.keys, next.does, next.group.title()),
        (vec!["z z".into(), "]".into()], "next note", "moving")
    );
    assert_eq!(line(Note, Command::SearchBackward), None, "no key");
    assert_eq!(line(List, Command::NextSection), None, "no meaning");
    assert_eq!(map.help(Reading)[0].keys, ["j", "Down"], "the commonest first");
    assert_eq!(map.help(Prompt).last().map(|line| line.command), Some(Command::Suspend));
}

#[test]
fn a_text_is_filled_with_the_keys_in_force() {
    let map = good("[any]\n'z z' = 'quit'\nCtrl-l = 'nothing'");
    let text = "{{quit}}, {{line-down}}, {{rename}}, {{earlier}}, {{redraw}}, {{no-such}}, {{ {{help}} }} {{";
    assert_eq!(map.fill(text), "z z, j, r, Up, [redraw: no key], {{no-such}}, {{ ? }} {{");
}

#[test]
fn the_map_in_force_is_written_mode_by_mode() {
    let map = good("[any]\n'\"' = 'help'\n'\\' = 'redraw'\nq = 'nothing'\n[note]\n']' = 'nothing'");
    let toml = map.to_toml();
    assert!(
        toml.starts_with(
            r#"# The keys in force, mode by mode.

[reading]
"j"         = "line-down"
"Down"      = "line-down"
"k"         = "line-up"
"#
        ),
        "{toml}"
    );
    let reading = &toml[..toml.find("[note]").expect("a table")];
    for line in [r#""\""        = "help""#, r#""\\"        = "redraw""#, r#""q"         = "nothing""#] {
        assert!(reading.lines().any(|written| written == line), "{line} in {reading}");
    }
    let note = &toml[toml.find("[note]").expect("a table")..toml.find("[select]").expect("a table")];
    assert!(note.ends_with("\"]\"         = \"nothing\"\n\"q\"         = \"nothing\"\n\n"), "{note}");
    same_map(&map, &good(&toml));
    same_map(&Keymap::default(), &good(&Keymap::default().to_toml()));
}

#[test]
fn the_style_of_citations_is_chosen_above_the_tables() {
    assert_eq!(Keymap::default().citation(), Citation::Text);
    for style in Citation::ALL {
        let map = good(&format!("citation = \"{}\"\n[any]\nX = \"help\"\n", style.name()));
        assert_eq!(map.citation(), style);
        assert_eq!(good(&map.to_toml()).citation(), style);
    }
}

#[track_caller]
fn same_map(one: &Keymap, other: &Keymap) {
    for context in Context::ALL {
        assert_eq!(one.help(context), other.help(context), "{}", one.to_toml());
    }
}

#[test]
fn a_sequence_that_one_mode_cannot_type_is_taken_away_there_when_the_map_is_printed() {
    let (map, complaints) = read("[any]\n'x Ctrl-c' = 'quit'");
    assert_eq!(complaints.len(), 1, "`x` is bound in [note]: {complaints:?}");
    let again = good(&map.to_toml());
    check(&again, Reading, "x Ctrl-c", "quit");
    check(&again, Note, "x", "next-candidate");
}
