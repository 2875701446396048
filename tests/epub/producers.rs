//! Books as the programs of publishers write them: the same small book in the markup of each.

use crate::binder::Book;
use crate::{check, check_clean};

const META: &str =
    "<dc:title>On Lamps</dc:title><dc:creator>Ann Keeper</dc:creator><dc:language>en</dc:language>";

/// A table of contents of EPUB 3.
fn toc(lines: &[(&str, &str)]) -> String {
    let lines: String =
        lines.iter().map(|(title, href)| format!("<li><a href='{href}'>{title}</a></li>")).collect();
    format!("<nav epub:type='toc'><ol>{lines}</ol></nav>")
}

/// Adobe InDesign: no heading is a heading, the table leads to the line above the title.
#[test]
fn indesign() {
    let title = "<div id='_idContainer000'><p class='Title'><span>On Lamps</span></p><p class='Author'>Ann Keeper</p></div>";
    let chapter = "<div id='_idContainer002'><p class='ChapNum' id='toc-anchor'>Chapter One</p>\
        <p class='ChapTitle'><span class='CharOverride-1'>Of Oil</span></p><p class='Body'>Lit.<span class='CharOverride-2'>\
        <span id='footnote-002-backlink'><a class='_idFootnoteLink _idGenColorInherit' href='2.xhtml#footnote-002'>1</a></span></span> \
        Out.</p></div><section class='_idFootnotes' epub:type='footnotes'><aside id='footnote-002' class='_idFootnote' \
        epub:type='footnote'><p class='Footnote'><a class='_idFootnoteAnchor' href='2.xhtml#footnote-002-backlink'>1</a>\t\
        Smith, <span class='Italic'>Oil</span>.</p></aside></section>";
    check_clean(
        &Book::of(&[("1.xhtml", title), ("2.xhtml", chapter)])
            .metadata(META)
            .nav(&toc(&[("Of Oil", "2.xhtml#toc-anchor")])),
        &[
            "Title On Lamps",
            "Author Ann Keeper",
            "Heading(1) Of Oil",
            "Paragraph Chapter One",
            "Paragraph Lit.{1:0} Out.",
            "0=1: Paragraph Smith, Oil.",
        ],
    );
}

/// Calibre, of a DOCX file.
#[test]
fn calibre() {
    let one = "<h1 class='block_2' id='c1'><span class='text_'>Chapter 1</span></h1><p class='block_3'>Lit.\
        <sup class='calibre3' id='back_note_1'><a href='9.html#note_1' title='1' class='noteref'>1</a></sup></p>";
    let notes = "<h1 class='notes-header'>Notes</h1><dl id='note_1' class='footnote'><dt class='calibre7'>[\
        <a href='2.html#back_note_1' title='1' class='calibre8'>←1</a>]</dt><dd class='calibre9'><p class='footnote-text'> Smith, \
        <i class='calibre1'>Oil</i>.</p></dd></dl>";
    let title = "<p class='block_'>On Lamps</p><p class='block_1'>Keeper, Ann</p>";
    check_clean(
        &Book::of(&[("1.html", title), ("2.html", one), ("9.html", notes)])
            .metadata(META)
            .ncx(&[(1, "Chapter 1", "2.html#c1"), (1, "Notes", "9.html")]),
        &[
            "Title On Lamps",
            "Author Ann Keeper",
            "Heading(1) Chapter 1",
            "Paragraph Lit.{1:0}",
            "0=1: Paragraph Smith, Oil.",
        ],
    );
}

/// What is left of a book for the Kindle: places named by their bytes, titles in bold.
#[test]
fn kindle() {
    let one = "<div class='calibre_'><a id='filepos1234'/><p class='calibre_3'><b>1</b></p><p class='calibre_3'><b>Of Oil</b></p>\
        <p>Lit.<a id='filepos1300'/><sup><small><a href='9.xhtml#filepos9000'>1</a></small></sup></p><p>Out.</p></div>";
    let notes = "<div class='calibre_'><p class='calibre_3'><b>Notes</b></p><p><a id='filepos9000'/>\
        <a href='1.xhtml#filepos1300'>1</a> Smith.</p></div>";
    check_clean(
        &Book::of(&[("1.xhtml", one), ("9.xhtml", notes)])
            .ncx(&[(1, "1 Of Oil", "1.xhtml#filepos1234"), (1, "Notes", "9.xhtml")]),
        &["Heading(1) 1: Of Oil", "Paragraph Lit.{1:0}", "Paragraph Out.", "0=1: Paragraph Smith."],
    );
}

/// O'Reilly's HTMLBook: the title stands on two pages, every section has an `h1`, boxes have small headings.
#[test]
fn htmlbook() {
    let title = "<section epub:type='titlepage'><div class='titlepage'><h1>On Lamps</h1><p class='subtitle'>A Treatise</p>\
        <p class='author'>Ann Keeper</p></div></section>";
    let rights = "<section epub:type='copyright-page'><div><h1>On Lamps</h1><p class='copyright'>© Ann Keeper.</p></div></section>";
    let chapter = "<section epub:type='chapter'><div class='chapter' id='oil'><h1><span class='label'>Chapter 1. </span>Of Oil</h1>\
        <p>Lit.<sup><a data-type='noteref' id='idm46-marker' href='3.html#idm46'>1</a></sup></p><section data-type='sect1'>\
        <div id='w'><h1>Wicks</h1><p>Out.</p><div epub:type='note'><h6>Note</h6><p>Mind.</p></div></div></section>\
        <div data-type='footnotes'><p data-type='footnote' id='idm46'><sup><a href='3.html#idm46-marker'>1</a></sup> Smith.</p></div>\
        </div></section>";
    let nav = "<nav epub:type='toc'><ol><li><a href='3.html#oil'>1. Of Oil</a><ol><li><a href='3.html#w'>Wicks</a></li></ol></li></ol></nav>";
    check_clean(
        &Book::of(&[("1.html", title), ("2.html", rights), ("3.html", chapter)]).metadata(META).nav(nav),
        &[
            "Title On Lamps",
            "Subtitle A Treatise",
            "Author Ann Keeper",
            "Paragraph On Lamps",
            "Paragraph © Ann Keeper.",
            "Heading(1) Chapter 1. Of Oil",
            "Paragraph Lit.{1:0}",
            "Heading(2) Wicks",
            "Paragraph Out.",
            "Paragraph Note",
            "Paragraph Mind.",
            "0=1: Paragraph Smith.",
        ],
    );
}

/// DocBook's stylesheets: subtitle and author are headings.
#[test]
fn docbook() {
    let title = "<div class='book'><div class='titlepage'><div><h1 class='title'><a id='i'></a>On Lamps</h1></div>\
        <div><h2 class='subtitle'>A Treatise</h2></div><div class='author'><h3 class='author'><span>Ann</span> <span>Keeper</span></h3>\
        </div></div></div>";
    let chapter = "<section epub:type='chapter' id='c'><div class='titlepage'><h1 class='title'>Chapter 1. Of Oil</h1></div>\
        <p>Lit.<a href='#ftn.id5' class='footnote' id='id5'><sup class='footnote'>[1]</sup></a></p><div class='footnotes'><br/><hr/>\
        <div id='ftn.id5' class='footnote'><p><a href='#id5' class='para'><sup class='para'>[1] </sup></a>Smith.</p></div></div></section>";
    check_clean(
        &Book::of(&[("1.xhtml", title), ("2.xhtml", chapter)])
            .metadata(META)
            .nav(&toc(&[("On Lamps", "1.xhtml"), ("1. Of Oil", "2.xhtml")])),
        &[
            "Title On Lamps",
            "Subtitle A Treatise",
            "Author Ann Keeper",
            "Heading(1) Chapter 1. Of Oil",
            "Paragraph Lit.{1:0}",
            "0=1: Paragraph Smith.",
        ],
    );
}

/// Project Gutenberg: `BY` and the author are headings, and stand in the table.
#[test]
fn ebookmaker() {
    let body = "<h1 id='a'>ON LAMPS</h1><h3 id='b'>BY</h3><h2 id='c'>ANN KEEPER</h2><p>LONDON</p><div class='chapter'>\
        <h2 class='nobreak' id='d'>CHAPTER I<br/><br/><small>OF OIL</small></h2></div>\
        <p>Lit.<a id='FNanchor_1'></a><a href='#Footnote_1' class='fnanchor pginternal'>[1]</a></p><div class='footnotes'>\
        <h3 id='e'>FOOTNOTES:</h3><div class='footnote'><p><a id='Footnote_1'></a><a href='#FNanchor_1' class='pginternal'>\
        <span class='label'>[1]</span></a> Smith.</p></div></div>";
    let lines = [
        (1, "ON LAMPS", "1.xhtml#a"),
        (2, "BY ANN KEEPER", "1.xhtml#b"),
        (2, "CHAPTER I OF OIL", "1.xhtml#d"),
        (3, "FOOTNOTES:", "1.xhtml#e"),
    ];
    check_clean(
        &Book::of(&[("1.xhtml", body)]).metadata(META).ncx(&lines),
        &[
            "Title ON LAMPS",
            "Author Ann Keeper",
            "Paragraph LONDON",
            "Heading(1) CHAPTER I OF OIL",
            "Paragraph Lit.{1:0}",
            "0=1: Paragraph Smith.",
        ],
    );
}

/// Word, and the notes of its pages, numbered anew in each.
#[test]
fn word() {
    let page = |n: u8| {
        format!(
            "<div class='WordSection1'><h1><a id='_Toc{n}'></a>{n}. Of Oil</h1><p class='MsoNormal'>Lit.<a href='#_ftn1' id='_ftnref1' \
             title=''><span class='MsoFootnoteReference'><span>[1]</span></span></a></p></div><div><br clear='all'/><hr/>\
             <div id='ftn1'><p class='MsoFootnoteText'><a href='#_ftnref1' id='_ftn1' title=''><span class='MsoFootnoteReference'>\
             [1]</span></a> Note {n}.</p></div></div>"
        )
    };
    let book = Book::of(&[("1.xhtml", &page(1)), ("2.xhtml", &page(2))]);
    check(
        &book.ncx(&[(1, "1. Of Oil", "1.xhtml#_Toc1"), (1, "2. Of Oil", "2.xhtml#_Toc2")]),
        &[
            "Heading(1) 1. Of Oil",
            "Paragraph Lit.{1:0}",
            "Heading(1) 2. Of Oil",
            "Paragraph Lit.{1:1}",
            "0=1: Paragraph Note 1.",
            "1=1: Paragraph Note 2.",
        ],
    );
}

/// A trade book: notes at the end under the names of the chapters and numbered anew in each, headings that lead back to
/// the contents, a number above each title, an index whose numbers are pages and no notes.
#[test]
fn trade() {
    let chapter = |n: u8, title: &str| {
        format!(
            "<h1 class='cn'><a href='contents.xhtml#toc'>{n}</a></h1><h1 class='ct'><a href='contents.xhtml#toc'>{title}</a></h1>\
             <p>Lit.<a id='r{n}a'></a><a href='notes.xhtml#n{n}a'><sup>1</sup></a><span epub:type='pagebreak' id='page_{n}' title='{n}'/> \
             Out.<a id='r{n}b'></a><a href='notes.xhtml#n{n}b'><sup>2</sup></a></p>"
        )
    };
    let notes = |n: u8, title: &str| {
        let note = |l: &str, label: u8, words: &str| {
            format!("<p class='nt'><a id='n{n}{l}'></a><a href='c{n}.xhtml#r{n}{l}'>{label}</a>. {words}</p>")
        };
        format!(
            "<h2><a href='c{n}.xhtml'>{n}. {title}</a></h2>{}{}<p class='nt'>More of it.</p>",
            note("a", 1, "First."),
            note("b", 2, "Second.")
        )
    };
    let cover = "<div><img src='images/9781.jpg' alt='Cover for On Lamps by Ann Keeper'/></div>";
    let title = "<p class='bktitle'>On <br/>Lamps</p><p class='bkauthor'>ANN KEEPER</p><p>Lamp Press</p>";
    let index = "<h1><a href='contents.xhtml#toc'>INDEX</a></h1><p>oil, <a href='c1.xhtml#page_1'>1</a>, <a href='c2.xhtml#page_2'>2</a></p>";
    let all = format!("<h1>NOTES</h1>{}{}", notes(1, "Of Oil"), notes(2, "Of Wicks"));
    let (one, two) = (chapter(1, "OF OIL"), chapter(2, "OF WICKS"));
    let pages = [
        ("cover.xhtml", cover),
        ("title.xhtml", title),
        ("c1.xhtml", &one),
        ("c2.xhtml", &two),
        ("notes.xhtml", &all),
        ("index.xhtml", index),
    ];
    let table = [
        ("Cover", "cover.xhtml"),
        ("Title Page", "title.xhtml"),
        ("1. Of Oil", "c1.xhtml"),
        ("2. Of Wicks", "c2.xhtml"),
        ("Notes", "notes.xhtml"),
        ("Index", "index.xhtml"),
    ];
    let document = check_clean(
        &Book::of(&pages).metadata(META).nav(&toc(&table)),
        &[
            "Title On Lamps",
            "Author Ann Keeper",
            "Paragraph Lamp Press",
            "Heading(1) 1: OF OIL",
            "Paragraph Lit.{1:0} Out.{2:1}",
            "Heading(1) 2: OF WICKS",
            "Paragraph Lit.{1:2} Out.{2:3}",
            "Heading(1) INDEX",
            "Paragraph oil, 1, 2",
            "0=1: Paragraph First.",
            "1=2: Paragraph Second.",
            "1=2: Paragraph More of it.",
            "2=1: Paragraph First.",
            "3=2: Paragraph Second.",
            "3=2: Paragraph More of it.",
        ],
    );
    let pages: Vec<&str> = document.pages().iter().map(|page| &*page.label).collect();
    assert_eq!(pages, ["1", "2"]);
}

/// A heading that is a picture is told by the table; each note may have a page of its own beside the order.
#[test]
fn pictures_for_headings_and_pages_for_notes() {
    let one = "<h1><img src='one.png' alt='Chapter One'/></h1><p>Lit.<a epub:type='noteref' href='n1.xhtml'>1</a> \
        Out.<a epub:type='noteref' href='n2.xhtml#n2'>2</a></p>";
    check_clean(
        &Book::of(&[("1.xhtml", one)])
            .beside("n1.xhtml", "<aside epub:type='footnote' id='n1'><p>First.</p></aside>")
            .beside("n2.xhtml", "<aside epub:type='footnote' id='n2'><p>Second.</p></aside>")
            .nav(&toc(&[("Chapter One", "1.xhtml")])),
        &[
            "Heading(1) Chapter One",
            "Paragraph Lit.{1:0} Out.{2:1}",
            "0=1: Paragraph First.",
            "1=2: Paragraph Second.",
        ],
    );
}

/// Lines above a title belong to its chapter, those that end the chapter before do not.
#[test]
fn lines_above_a_title_are_of_its_chapter() {
    for (body, href, wanted) in [
        (
            "<p>Chapter Two</p><h2 id='a'>Of Wicks</h2><p>x</p>",
            "2.xhtml#a",
            ["Heading(1) Of Wicks", "Paragraph Chapter Two"],
        ),
        (
            "<p>CHAPTER II.</p><h2>Of Wicks</h2><p>x</p>",
            "2.xhtml",
            ["Heading(1) Of Wicks", "Paragraph CHAPTER II."],
        ),
        (
            "<h1>Chapter 2</h1><h2>Of Wicks</h2><p>x</p>",
            "2.xhtml",
            ["Heading(1) Of Wicks", "Paragraph Chapter 2"],
        ),
        (
            "<div><p><b>Chapter 2</b></p></div><p>Of Wicks</p><p>x</p>",
            "2.xhtml",
            ["Heading(1) Of Wicks", "Paragraph Chapter 2"],
        ),
        (
            "<p>and so it ends.</p><h2 id='a'>Of Wicks</h2><p>x</p>",
            "2.xhtml#a",
            ["Paragraph and so it ends.", "Heading(1) Of Wicks"],
        ),
        (
            "<h1>Part Two</h1><h2>Chapter 5</h2><p>x</p>",
            "2.xhtml",
            ["Heading(1) Part Two", "Heading(1) Chapter 5"],
        ),
    ] {
        let title = if body.contains("Chapter 5") { "Chapter 5" } else { "Of Wicks" };
        let book = Book::of(&[("1.xhtml", "<h2>Of Oil</h2><p>w</p>"), ("2.xhtml", body)]);
        let [first, second] = wanted;
        check_clean(
            &book.nav(&toc(&[("Of Oil", "1.xhtml"), (title, href)])),
            &["Heading(1) Of Oil", "Paragraph w", first, second, "Paragraph x"],
        );
    }
}

/// What is below the headings that a table knows is a heading where no level is left out above it.
#[test]
fn small_headings_head_where_all_levels_are_in_use() {
    let body = "<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><p>x</p><h6>E</h6><p>y</p>";
    let nav = toc(&[("A", "1.xhtml")]);
    check_clean(
        &Book::of(&[("1.xhtml", body)]).nav(&nav),
        &[
            "Heading(1) A",
            "Heading(2) B",
            "Heading(3) C",
            "Heading(4) D",
            "Paragraph x",
            "Paragraph E",
            "Paragraph y",
        ],
    );
}

/// The title, however it is set.
#[test]
fn title_pages_are_told_by_the_papers_of_the_book() {
    let meta = "<dc:title id='t'>On Lamps</dc:title><dc:title id='s'>A Treatise</dc:title>\
        <meta refines='#t' property='title-type'>main</meta><meta refines='#s' property='title-type'>subtitle</meta>\
        <dc:creator>Ann Keeper</dc:creator><dc:creator>Ben Wick</dc:creator>";
    let whole = ["Title On Lamps", "Subtitle A Treatise", "Author Ann Keeper, Ben Wick"];
    for (body, first) in [
        ("<h1>On Lamps</h1><h2>A Treatise</h2><p>by Ann Keeper and Ben Wick</p>", &whole[..]),
        ("<p>On Lamps</p><p>A Treatise</p><p>By</p><p>Ann Keeper</p><p>Ben Wick</p>", &whole),
        ("<h1>On Lamps: A Treatise</h1><p>Ann Keeper</p><p>Ben Wick</p>", &whole),
        (
            "<h3>Ann Keeper, Ben Wick</h3><h1>On Lamps</h1>",
            &["Author Ann Keeper, Ben Wick", "Title On Lamps"],
        ),
        ("<h1>ON LAMPS</h1><p>Text on lamps.</p>", &["Title ON LAMPS", "Paragraph Text on lamps."]),
    ] {
        let book = Book::of(&[("1.xhtml", body), ("2.xhtml", "<h1>One</h1><p>x</p>")]).metadata(meta);
        let wanted = [first, &["Heading(1) One", "Paragraph x"]].concat();
        let document = check_clean(&book.nav(&toc(&[("One", "2.xhtml")])), &wanted);
        assert_eq!(document.meta().authors, ["Ann Keeper", "Ben Wick"]);
    }
}
