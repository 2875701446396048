//! What is nested deeper than anybody reads: nothing climbs down into it by calling itself, so a small stack is enough for
//! all that is done with a text.

use crate::binder::{Book, bind, member, page};
use crate::child;
use ibid::export::{html, json, markdown, whole};
use ibid::import::{Options, import};
use ibid::layout::{Galley, Style};
use ibid::search::{Index, Query};
use ibid::{apparatus, export};
use std::{fs, thread};

/// The stack of a thread, in bytes: whatever called itself once for each step down would need twenty times as much.
const STACK: usize = 256 << 10;

/// How often a thing is put into itself.
const DEPTH: usize = 20_000;

/// Opening and closing, the ending of the name they are read by.
const NESTS: [(&str, &str, &str); 28] = [
    ("<div>", "</div>", "html"),
    ("<b>", "</b>", "html"),
    ("<ul><li>", "</li></ul>", "html"),
    ("<table><tr><td>", "</td></tr></table>", "html"),
    ("<svg><g>", "</g></svg>", "html"),
    ("<math><mrow>", "</mrow></math>", "html"),
    ("<template>", "</template>", "html"),
    ("<a><b><font>", "", "html"),
    ("<blockquote>", "", "html"),
    ("<section role='doc-endnotes'><ol><li id='n'>", "", "html"),
    ("<span class='sidenote'>", "</span>", "html"),
    ("> ", "", "md"),
    ("- ", "", "md"),
    ("1. ", "", "md"),
    ("[", "](x)", "md"),
    ("![", "](x)", "md"),
    ("*a **b ", "", "md"),
    ("[^a", "]", "md"),
    ("^[", "]", "md"),
    ("`", "", "md"),
    ("<div>", "</div>", "md"),
    ("---\na: ", "", "md"),
    ("---\ntitle: [", "", "md"),
    ("---\ntitle: {a: ", "", "md"),
    ("[Footnote 1: ", "]", "txt"),
    ("((", "))", "txt"),
    ("_=/", "/=_", "txt"),
    ("［＃ここから２字下げ］《", "》", "txt"),
];

/// Everything that is done with a text: it is read, resolved, looked over, searched, set, printed and converted, and let go.
fn everything(bytes: &[u8], name: &str) -> usize {
    let document = import(bytes, name, &Options::default()).unwrap();
    let standings = apparatus::resolve(&document);
    let findings = apparatus::check(&document, &standings);
    let found =
        Index::default().find(&document, &Query { pattern: "word".to_owned(), regular: false }).unwrap();
    let galley = Galley::new(&document, Style::at(66));
    let rows = galley.rows_from(&document, document.position(0)).count();
    let forms = [
        markdown::markdown(&document),
        html::html(&document, &standings),
        json(&whole::whole(&document, &standings, name)),
        export::spoken::whole(&document, &standings, true),
        export::summary::summary(&document, &standings, name, true),
    ];
    assert!(document.text().contains("word"), "{name}");
    findings.len() + found.len() + rows + forms.iter().map(String::len).sum::<usize>()
}

/// What a child does with a file: everything, on a thread with little room.
pub fn climb(bytes: &[u8], name: &str) -> usize {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || everything(bytes, name));
        worker.unwrap().join().unwrap()
    })
}

#[track_caller]
fn check(what: &str, ending: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("deep.{ending}"));
    fs::write(&file, bytes).unwrap();
    let output = child::run("climb", &file);
    assert!(output.status.success(), "{what} in {ending}: {output:?}");
    assert!(child::said(&output, "came back").parse::<usize>().unwrap() > 0);
}

/// 20, 21: texts.
#[test]
fn deep_texts_need_no_deep_stack() {
    for (open, close, ending) in NESTS {
        let text = format!("{}\nword\n{}\n\nword\n", open.repeat(DEPTH), close.repeat(DEPTH));
        check(open, ending, text.as_bytes());
    }
}

/// 20, 21, 28: books, in each of their papers.
#[test]
fn deep_books_need_no_deep_stack() {
    let nest = |tag: &str, words: &str| {
        format!("{}{words}{}", format!("<{tag}>").repeat(DEPTH), format!("</{tag}>").repeat(DEPTH))
    };
    let whole = || Book::of(&[("1.xhtml", "<h1>One</h1><p>word</p>")]);
    let list = "<ol><li><a href='1.xhtml'>x</a>".repeat(DEPTH);
    check("page", "epub", &Book::of(&[("1.xhtml", &nest("div", "word"))]).bind());
    check(
        "notes",
        "epub",
        &Book::of(&[("1.xhtml", &nest("aside epub:type='footnote' id='a'", "word"))]).bind(),
    );
    check("contents", "epub", &whole().nav(&format!("<nav epub:type='toc'>{list}</nav>")).bind());
    let lines: Vec<(usize, &str, &str)> = (1..5_000).map(|level| (level, "x", "1.xhtml")).collect();
    check("ncx", "epub", &whole().ncx(&lines).bind());
    check("package", "epub", &whole().metadata(&nest("dc:title", "T")).bind());
    let mut members = whole().members();
    members.push(member("META-INF/encryption.xml", page(&nest("EncryptedData", "x"))));
    check("encryption", "epub", &bind(&members));
}

/// 20: what is too deep is read without its nesting, and that is said.
#[test]
fn what_is_flattened_is_said() {
    let text = format!("<h1>One</h1>{}<p>word</p>", "<div>".repeat(100_000));
    let document = import(text.as_bytes(), "a.html", &Options::default()).unwrap();
    let said: Vec<&str> = document.report().problems.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(document.text(), "One\nword");
    assert!(
        matches!(&*said, [one] if one.ends_with("elements nested too deep, read without their nesting")),
        "{said:?}"
    );
}
