//! The study edition is written in words of its own.

mod common;

use std::collections::HashMap;
use std::path::Path;

/// The longest run of words that two texts on one subject may share by chance and by names.
const RUN: usize = 8;

/// The words of a text, case, punctuation and markup folded away.
fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '’' | '\'' => '\'',
            c if c.is_alphanumeric() => c.to_lowercase().next().unwrap_or(c),
            _ => ' ',
        })
        .collect();
    folded.split_whitespace().map(str::to_owned).collect()
}

/// The running text of the edition: headings, notes and front matter aside.
fn running(markdown: &str) -> String {
    let body = markdown.splitn(3, "---\n").nth(2).expect("front matter");
    let prose = body.lines().filter(|l| !l.starts_with('#') && !l.starts_with("[^"));
    prose.collect::<Vec<_>>().join("\n")
}

#[test]
fn it_shares_no_run_of_eight_words_with_the_original() {
    let Some(original) = common::shared("essay/essay.txt") else { return };
    let original = words(&std::fs::read_to_string(original).expect("the original"));
    let edition = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("text/essay.md"));
    let edition = words(&running(&edition.expect("the edition")));
    let runs: HashMap<&[String], usize> = original.windows(RUN).enumerate().map(|(i, w)| (w, i)).collect();
    let shared: Vec<String> =
        edition.windows(RUN).filter(|w| runs.contains_key(w)).map(|w| w.join(" ")).collect();
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn it_is_of_the_length_and_has_the_apparatus_it_is_to_have() {
    let edition = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("text/essay.md"));
    let edition = edition.expect("the edition");
    let count = words(&running(&edition)).len();
    assert!((4_000..=5_200).contains(&count), "{count} words");
    for note in 1..=12 {
        assert_eq!(
            edition.matches(&format!("[^{note}]")).count(),
            2,
            "note {note} is cited once and defined once"
        );
    }
    assert_eq!(edition.matches("Léon Blum").count(), 1);
}
