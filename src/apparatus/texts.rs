//! What the real texts' notes stand for, against the rows that people wrote down. Skipped where the texts are not at
//! hand; `IBID_SHARED` says where they are.

use super::*;
use crate::document::{Kind, builder::Builder, report::Format};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of shared texts, or a word that it is missing.
pub(super) fn shared() -> Option<PathBuf> {
    let set = std::env::var_os("IBID_SHARED").map(PathBuf::from);
    let path = set.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    if !path.is_dir() {
        println!("skipped: no shared texts at {}", path.display());
        return None;
    }
    Some(path)
}

/// A text, whatever its encoding: each byte that is not UTF-8 is Latin-1.
pub(super) fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    String::from_utf8(bytes).unwrap_or_else(|e| e.as_bytes().iter().map(|&b| char::from(b)).collect())
}

/// The notes of a text as its truth lists them, with their references and the headings between.
fn document(folder: &Path, truth: &Value) -> Document {
    let source = text(&folder.join(truth["file"].as_str().unwrap()));
    let lines: Vec<&str> = source.lines().collect();
    let mut body: BTreeMap<(u64, usize), (Option<&str>, usize)> = BTreeMap::new();
    let rows =
        |value: &'static str, of: &'static str| truth[value][of].as_array().cloned().unwrap_or_default();
    let (sections, references) = (rows("sections", "list"), rows("refs", "list"));
    for (at, row) in sections.iter().enumerate() {
        body.insert((row[2].as_u64().unwrap_or(0), at), (row[1].as_str(), 0));
    }
    for (at, row) in references.iter().enumerate() {
        if let Some(note) = row[2].as_u64() {
            body.insert((row[1].as_u64().unwrap_or(u64::MAX), sections.len() + at), (None, note as usize));
        }
    }
    let notes = rows("notes", "list");
    let mut b = Builder::new(Format::Text, "UTF-8");
    for (title, note) in body.values() {
        match title {
            Some(title) => b.block(Kind::Heading(1), 0, title),
            None => {
                b.open(Kind::Paragraph, 0);
                b.text("word");
                b.reference(notes[note - 1][0].as_str().unwrap(), &note.to_string());
            }
        }
    }
    for (at, row) in notes.iter().enumerate() {
        let start = row[2].as_str().unwrap();
        let words = match row[1].as_u64() {
            Some(line) => {
                let from = line as usize - 1;
                let to =
                    notes.get(at + 1).and_then(|n| n[1].as_u64()).map_or(lines.len(), |n| n as usize - 1);
                let note = lines[from..to.max(from + 1)].iter().take_while(|l| !l.trim().is_empty());
                let note = note.copied().collect::<Vec<_>>().join(" ");
                let head: String = start.chars().take(6).collect();
                note[note.find(&head).unwrap_or(0)..].trim_end_matches(']').to_owned()
            }
            None => start.to_owned(),
        };
        b.open_note(row[0].as_str().unwrap(), &(at + 1).to_string());
        super::tests::emphasised(&mut b, &words, &['*', '_']);
        b.close_note();
    }
    b.finish()
}

#[test]
fn the_chains_of_the_real_texts_are_found() {
    let Some(shared) = shared() else { return };
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(shared.join("texts")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.push(shared.join("essay"));
    folders.sort();
    let (mut right, mut wrong, mut asked) = (0, 0, 0);
    for folder in folders {
        let Ok(truth) = std::fs::read_to_string(folder.join("truth.json")) else { continue };
        let truth: Value = serde_json::from_str(&truth).unwrap();
        if truth["notes"]["list"].is_null() {
            continue;
        }
        let document = document(&folder, &truth);
        let standings = resolve(&document);
        let rows = truth["ibid"].as_array().cloned().unwrap_or_default();
        let at = |value: &Value| value.as_u64().unwrap() as usize - 1;
        let (mut hits, mut misses) = (0, 0);
        for row in &rows {
            match &standings[at(&row["ordinal"])] {
                Some(Standing::One { note, via, .. }) => {
                    let way = row["via"].as_array().unwrap().len();
                    let hit = *note == at(&row["stands_for_ordinal"]) && via.len() == way;
                    hits += usize::from(hit);
                    misses += usize::from(!hit);
                }
                other => println!("  {}: {other:?}", row["says"]),
            }
        }
        let asked_here: Vec<usize> = rows.iter().map(|r| at(&r["ordinal"])).collect();
        println!("{}: {hits} right, {misses} wrong of {}", folder.file_name().unwrap().display(), rows.len());
        let mut beyond = 0;
        for (note, standing) in
            standings.iter().enumerate().filter(|(n, s)| s.is_some() && !asked_here.contains(n))
        {
            let words =
                |range: &Range<usize>| document.text()[range.clone()].chars().take(90).collect::<String>();
            println!(
                "  beyond the rows: {} {:?}\n     {:?}",
                note + 1,
                words(&document.notes()[note].range),
                standing
            );
            if let Some(Standing::One { text, .. }) = standing {
                println!("     {:?}", words(text));
            }
            beyond += 1;
        }
        assert!(
            folder.file_name().is_some_and(|n| n != "essay") || beyond == 0,
            "the essay's notes say nothing more"
        );
        (right, wrong, asked) = (right + hits, wrong + misses, asked + rows.len());
    }
    println!("all: {right} right, {wrong} wrong of {asked}");
    assert!(right * 100 >= (right + wrong) * 98 && right * 10 >= asked * 9);
}
