//! What holds whatever the user's file says.

use proptest::prelude::*;

use super::*;

/// Whatever the file: quit and help have keys, Ctrl-c gets out, no sequence begins another, nothing that
/// a terminal would obey is said, and the map read back from its own words is the same.
fn holds(user: &str) {
    let (map, said) = read(user);
    for context in Context::ALL {
        check(&map, context, "Ctrl-c", interrupt(context).name());
        for command in [Command::Quit, Command::Help].into_iter().filter(|_| context != Prompt) {
            assert!(!map.keys_for(context, command).is_empty(), "{command:?} in {context:?}");
        }
        for (keys, command) in map.mode(context) {
            assert_eq!(map.lookup(context, keys), Lookup::Command(*command), "{keys}");
            for beginning in 1..keys.len() {
                assert_eq!(map.lookup(context, &keys[..beginning]), Lookup::Pending, "{keys}");
            }
        }
    }
    assert!(said.iter().all(|said| !said.contains(char::is_control)), "{said:#?}");
    same_map(&map, &good(&map.to_toml()));
}

/// Files such as people write, mistakes included.
fn files() -> impl Strategy<Value = String> {
    let names: Vec<&str> =
        Command::all().map(Command::name).chain([NOTHING, NOTHING, "quit", "help", "qit"]).collect();
    let key = proptest::sample::select(vec![
        "?", "F1", "q", "Ctrl-c", "Esc", "g", "G", "Tab", "Ctrl-i", "x", "z", "h", "5", "é", "\\\"",
        "Ctrl-x", "gg",
    ]);
    let table = proptest::sample::select(vec!["any", "reading", "note", "list", "prompt", "help", "hlep"]);
    let entry = (proptest::collection::vec(key, 1..4), proptest::sample::select(names))
        .prop_map(|(keys, name)| format!("\"{}\" = \"{name}\"\n", keys.join(" ")));
    let section = (table, proptest::collection::vec(entry, 0..12))
        .prop_map(|(table, entries)| format!("[{table}]\n{}", entries.concat()));
    (any::<bool>(), proptest::collection::vec(section, 0..7)).prop_map(|(less, sections)| {
        let preset = if less { "preset = \"less\"\n" } else { "" };
        format!("{preset}{}", sections.concat())
    })
}

proptest! {
    #[test]
    fn any_text_leaves_a_map_that_holds(user in any::<String>()) {
        holds(&user);
    }

    #[test]
    fn any_keymap_leaves_a_map_that_holds(user in files()) {
        holds(&user);
    }
}
