//! Keys by their names.

/// Keys parted by blanks; what stands in double quotes is one.
pub fn split(keys: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = keys.trim_start();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"').and_then(|text| text.find('"')) {
            Some(end) => end + 2,
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        all.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    all
}

/// What a terminal sends for a key.
pub fn bytes_of(key: &str) -> Vec<u8> {
    let named = match key {
        "Esc" => "\x1b",
        "Enter" => "\r",
        "Tab" => "\t",
        "Shift-Tab" => "\x1b[Z",
        "Space" => " ",
        "Backspace" => "\x7f",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "Insert" => "\x1b[2~",
        "Delete" => "\x1b[3~",
        "PageUp" => "\x1b[5~",
        "PageDown" => "\x1b[6~",
        "Alt-Up" => "\x1b[1;3A",
        "Alt-Down" => "\x1b[1;3B",
        "Alt-Right" => "\x1b[1;3C",
        "Alt-Left" => "\x1b[1;3D",
        "F1" => "\x1bOP",
        "F2" => "\x1bOQ",
        "F3" => "\x1bOR",
        "F4" => "\x1bOS",
        _ => "",
    };
    let only = |text: &str| text.chars().count() == 1;
    match (key.strip_prefix("Ctrl-"), key.strip_prefix("Alt-"), key.strip_prefix('"')) {
        _ if !named.is_empty() => named.into(),
        _ if only(key) => key.into(),
        (Some(letter), ..) if only(letter) => vec![letter.as_bytes()[0].to_ascii_uppercase() & 0x1f],
        (_, Some(letter), _) if only(letter) => format!("\x1b{letter}").into(),
        (.., Some(text)) => text.trim_end_matches('"').into(),
        _ => panic!("no key is called {key}"),
    }
}
