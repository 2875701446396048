//! What an import recognised, held against what a person counted: precision and recall as one figure.

use ibid::document::Document;
use regex::Regex;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// How well a document agrees with its truth; each from 0 to 1.
#[derive(Debug, PartialEq)]
pub struct Score {
    /// Whether the title is right.
    pub title: bool,
    /// The headings.
    pub sections: f64,
    /// The notes, by their first words.
    pub notes: f64,
    /// The references, by their note and the words around them.
    pub references: f64,
}

/// Holds a document against the truth that was counted for it.
pub fn score(document: &Document, truth: &Value) -> Score {
    let meta = document.meta();
    let title = letters(meta.title.as_deref().unwrap_or_default());
    let both = format!("{title}{}", letters(meta.subtitle.as_deref().unwrap_or_default()));
    let mut titles = strings(&truth["title"]["alt"]);
    titles.push(letters(truth["title"]["text"].as_str().unwrap_or_default()));
    let pairs = pair_notes(document, truth);
    Score {
        title: titles.iter().any(|t| *t == title || *t == both),
        sections: sections(document, truth, &titles),
        notes: f1(pairs.len(), document.notes().len(), rows(&truth["notes"]).len()),
        references: references(document, truth, &pairs),
    }
}

fn sections(document: &Document, truth: &Value, titles: &[String]) -> f64 {
    let mut wanted: Vec<String> = rows(&truth["sections"]).iter().map(|r| letters(text(&r[1]))).collect();
    let count = wanted.len();
    let optional: Vec<String> = strings(&truth["sections"]["optional"]);
    let (mut right, mut extra) = (0, 0);
    for section in 0..document.sections().len() {
        let title = letters(document.section_title(section));
        if let Some(found) = wanted.iter().position(|w| *w == title) {
            wanted.swap_remove(found);
            right += 1;
        } else if !optional.contains(&title) && !titles.contains(&title) {
            extra += 1;
        }
    }
    f1(right, right + extra, count)
}

/// For each note that was found its row in the truth, paired by their first letters in order.
fn pair_notes(document: &Document, truth: &Value) -> HashMap<usize, usize> {
    let text_of = |i: usize| letters(&document.text()[document.notes()[i].range.clone()]);
    let mut found: Vec<Option<String>> = (0..document.notes().len()).map(|i| Some(text_of(i))).collect();
    let mut pairs = HashMap::new();
    let mut last = 0;
    for (row, wanted) in rows(&truth["notes"]).iter().enumerate() {
        let wanted: String = letters(text(&wanted[2])).chars().take(24).collect();
        let agrees = |note: &Option<String>| {
            note.as_deref().is_some_and(|note| {
                let shared = note.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
                let (short, long) = (note.chars().count().min(24), wanted.chars().count());
                shared == short.min(long) && (shared >= 6 || short == long)
            })
        };
        let behind = (last..found.len()).find(|i| agrees(&found[*i]));
        if let Some(note) = behind.or_else(|| (0..last).find(|i| agrees(&found[*i]))) {
            pairs.insert(note, row);
            found[note] = None;
            last = note;
        }
    }
    pairs
}

fn references(document: &Document, truth: &Value, pairs: &HashMap<usize, usize>) -> f64 {
    let mut found: Vec<_> = document.references().iter().filter(|r| r.note.is_some()).collect();
    let claimed = found.len();
    let rows = rows(&truth["refs"]);
    let wanted: Vec<&Value> = rows.iter().filter(|r| r[2].is_u64()).collect();
    let mut right = 0;
    for row in &wanted {
        let note = row[2].as_u64().map(|n| n as usize - 1);
        let (before, after) = (letters(text(&row[3])), letters(text(&row[4])));
        let hit = found.iter().position(|r| {
            let agrees = r.note.and_then(|n| pairs.get(&n).copied()) == note;
            let (left, right) = (letters(document.before(r.at, 28)), letters(document.after(r.at, 16)));
            let behind = left.chars().rev().zip(before.chars().rev()).take(10);
            let ahead = right.chars().zip(after.chars()).take(8);
            agrees && (same(behind, 4) || same(ahead, 4) || before.is_empty() && after.is_empty())
        });
        if let Some(hit) = hit {
            found.remove(hit);
            right += 1;
        }
    }
    f1(right, claimed, wanted.len())
}

fn same(pairs: impl Iterator<Item = (char, char)>, least: usize) -> bool {
    let (mut count, mut alike) = (0, true);
    for (a, b) in pairs {
        count += 1;
        alike &= a == b;
    }
    alike && count >= least
}

fn f1(right: usize, found: usize, wanted: usize) -> f64 {
    if found + wanted == 0 { 1.0 } else { 2.0 * right as f64 / (found + wanted) as f64 }
}

fn rows(list: &Value) -> Vec<Value> {
    list["list"].as_array().cloned().unwrap_or_default()
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|s| letters(text(s))).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Letters and figures alone, in small letters; note marks and the marks of ruby left out.
pub fn letters(text: &str) -> String {
    static MARKS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let marks = [r"［＃[^］]*］|《[^》]*》|[｜※]", r"\[\^?[\w :.]{0,8}\]|\{[\w:]{1,5}\}|\^\[\d+\]"];
        marks.iter().map(|m| Regex::new(m).unwrap()).collect()
    });
    let text = MARKS.iter().fold(text.to_owned(), |text, mark| mark.replace_all(&text, "").into_owned());
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
