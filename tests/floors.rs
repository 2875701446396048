//! The floors of the house: every arrow points down, and every library has its room.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. A module imports only from floors below its own.
const FLOORS: [&[&str]; 7] = [
    &["document"],
    &["import", "layout", "search", "apparatus", "command", "complaint"],
    &["keymap", "shelf", "theme"],
    &["export"],
    &["reader"],
    &["view", "cli"],
    &["shell"],
];

/// Libraries and the rooms where their names may be said (tests beside the code aside).
const ROOMS: &[(&str, &[&str])] = &[
    ("ratatui", &["view", "shell"]),
    ("crossterm", &["shell"]),
    ("clap", &["cli", "main"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("toml", &["import", "keymap", "theme"]),
    ("pulldown_cmark", &["import"]),
    ("yaml_rust2", &["import"]),
    ("html5gum", &["import"]),
    ("html5ever", &["import"]),
    ("rawzip", &["import"]),
    ("flate2", &["import"]),
    ("quick_xml", &["import"]),
    ("encoding_rs", &["import"]),
    ("chardetng", &["import"]),
    ("icu_segmenter", &["layout"]),
    ("hypher", &["layout"]),
    ("unicode_bidi", &["layout"]),
    ("unicode_bidi_mirroring", &["layout"]),
    ("textwrap", &["layout", "shell"]),
    ("regex", &["search"]),
    ("regex_syntax", &["search"]),
    ("signal_hook", &["shell"]),
    ("tui_input", &["reader"]),
    ("tempfile", &["shell"]),
    ("shell_words", &["shell"]),
    ("etcetera", &["shell"]),
    ("humantime", &["shell"]),
    ("rustix", &["shell"]),
    ("nix", &["shell"]),
    ("notify", &["shell"]),
    ("strsim", &["complaint"]),
    ("sha2", &["shelf", "shell"]),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The top module a file belongs to, and what of it is not its tests.
fn modules() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let module = |path: &Path| {
        let inside = path.strip_prefix(&root).expect("inside src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        first.trim_end_matches(".rs").to_owned()
    };
    let tests =
        |path: &Path| path.components().any(|c| c.as_os_str() == "tests" || c.as_os_str() == "tests.rs");
    files
        .into_iter()
        .filter(|path| !tests(path))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source");
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned();
            let code: String = code
                .lines()
                .filter(|l| !l.trim_start().starts_with("//"))
                .map(|l| format!("{l}\n"))
                .collect();
            (module(&path), path, code)
        })
        .collect()
}

/// The top modules that `super::` reaches from a file: from a module of the first rank each of its names is one.
fn looked_up<'a>(path: &Path, code: &'a str) -> Vec<&'a str> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let depth = path.strip_prefix(&root).map_or(0, |inside| inside.components().count());
    let prefix = "super::".repeat(depth);
    let ranks =
        |at: usize| code[..at].rsplit(|c: char| !(c.is_alphanumeric() || c == ':' || c == '_')).next();
    let whole = code.match_indices(prefix.as_str()).filter(|(at, _)| ranks(*at) == Some(""));
    let starts: Vec<usize> = whole.map(|(at, _)| at + prefix.len()).collect();
    starts.into_iter().flat_map(|at| named_at(&code[at..])).filter(|name| *name != "super").collect()
}

/// The names at the start of a path: one, or those of a group in braces.
fn named_at(rest: &str) -> Vec<&str> {
    let name = |s: &str| s.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(s.len());
    let Some(group) = rest.strip_prefix('{') else { return vec![&rest[..name(rest)]] };
    let (mut depth, mut from, mut names) = (1, 0, Vec::new());
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if (c == ',' && depth == 1) || depth == 0 {
            let one = group[from..i].trim_start();
            names.push(&one[..name(one)]);
            from = i + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The names that follow `prefix` in a code: `crate::` finds `document` in `use crate::document::Position`.
fn named_after<'a>(code: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(prefix)
        .flat_map(move |(at, _)| named_at(&code[at + prefix.len()..]))
        .filter(|name| !name.is_empty())
}

#[test]
fn paths_are_read_as_they_are_written() {
    let code =
        "use crate::{document::{Kind, Mark}, layout};\nuse super::reader::State;\ncrate::view::draw();";
    assert_eq!(named_after(code, "crate::").collect::<Vec<_>>(), ["document", "layout", "view"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(looked_up(&root.join("document.rs"), code), ["reader"]);
    assert!(looked_up(&root.join("layout/set.rs"), code).is_empty());
}

#[test]
fn every_arrow_points_down() {
    let floor: BTreeMap<&str, usize> =
        FLOORS.iter().enumerate().flat_map(|(i, names)| names.iter().map(move |n| (*n, i))).collect();
    let mut wrong = Vec::new();
    for (module, path, code) in modules() {
        let Some(&own) = floor.get(module.as_str()) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{module} stands on no floor");
            continue;
        };
        for target in named_after(&code, "crate::").chain(looked_up(&path, &code)).filter(|t| *t != module) {
            match floor.get(target) {
                Some(&there) if there < own => {}
                Some(_) => wrong.push(format!("{}: {module} looks up to {target}", path.display())),
                None => wrong.push(format!("{}: {target} is no module", path.display())),
            }
        }
        if module != "shell" && named_after(&code, "crate::").any(|t| t == "import") && module != "import" {
            wrong.push(format!("{}: import is called by the shell alone", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_library_has_its_room() {
    let mut wrong = Vec::new();
    for (module, path, code) in modules() {
        for &(library, rooms) in ROOMS {
            let said = code.match_indices(library).any(|(at, _)| {
                let before = code[..at].chars().next_back().unwrap_or(' ');
                let after = &code[at + library.len()..];
                !before.is_alphanumeric() && !matches!(before, '_' | ':') && after.starts_with("::")
            });
            if said && !rooms.contains(&module.as_str()) {
                wrong.push(format!("{}: {library} belongs to {rooms:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_shell_is_ever_called() {
    for (_, path, code) in modules() {
        for forbidden in ["sh -c", "Command::new(\"sh\")", "Command::new(\"bash\")"] {
            assert!(!code.contains(forbidden), "{}: {forbidden}", path.display());
        }
    }
}

/// Faults 29 and 31: nothing that speaks to the network or decodes a picture is built in, and no cipher.
#[test]
fn no_library_fetches_or_decodes_pictures() {
    const NOT_HERE: &[&str] = &[
        "attohttpc",
        "aws-lc-rs",
        "curl",
        "gif",
        "h2",
        "h3",
        "hickory-resolver",
        "http",
        "hyper",
        "image",
        "isahc",
        "jpeg-decoder",
        "minreq",
        "native-tls",
        "openssl",
        "png",
        "quinn",
        "reqwest",
        "resvg",
        "ring",
        "rustls",
        "socket2",
        "surf",
        "tiff",
        "tokio",
        "ttf-parser",
        "tungstenite",
        "ureq",
        "usvg",
        "webp",
        "zune-jpeg",
    ];
    let lock =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("Cargo.lock");
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    let wrong: Vec<&str> = names.filter(|name| NOT_HERE.contains(name)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Fault 29: and no source of ours opens a socket.
#[test]
fn no_socket_is_ever_opened() {
    for (_, path, code) in modules() {
        for forbidden in ["std::net", "std::os::unix::net", "TcpStream", "UdpSocket", "UnixStream"] {
            assert!(!code.contains(forbidden), "{}: {forbidden}", path.display());
        }
    }
}
