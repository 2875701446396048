//! Books as publishers bind them, and as nobody should: what is read of them. The numbers are those of the project's list
//! of faults.

// Helpers of tests may do what tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "epub/binder.rs"]
mod binder;
#[path = "epub/producers.rs"]
mod producers;

use binder::{Book, Member, bind, member, page, stored};
use ibid::document::report::{ChangeKind, Format, ProblemKind};
use ibid::document::{Block, Document};
use ibid::import::{Options, import};

fn read(bytes: &[u8]) -> Document {
    import(bytes, "book.epub", &Options::default()).unwrap()
}

fn error(bytes: &[u8]) -> String {
    import(bytes, "book.epub", &Options::default()).unwrap_err().to_string()
}

/// Each block on a line: the note it belongs to, its kind and its words, `{n}` where a note is called.
fn told(document: &Document) -> Vec<String> {
    let told = |block: &Block| {
        let mut words = document.text()[block.range.clone()].to_owned();
        for call in document.references_in(&block.range).iter().rev() {
            let note = call.note.map_or("?".to_owned(), |note| note.to_string());
            words.insert_str(call.at.byte() - block.range.start, &format!("{{{}:{note}}}", call.label));
        }
        let note = document.note_at(document.position(block.range.start));
        let note = note.map_or_else(String::new, |n| format!("{n}={}: ", document.notes()[n].label));
        format!("{note}{:?} {words}", block.kind)
    };
    document.blocks().iter().map(told).collect()
}

#[track_caller]
fn check(book: &Book, wanted: &[&str]) -> Document {
    let document = read(&book.bind());
    assert_eq!(document.report().format, Format::Epub);
    assert_eq!(told(&document), wanted);
    document
}

#[track_caller]
fn check_clean(book: &Book, wanted: &[&str]) -> Document {
    let document = check(book, wanted);
    assert_eq!(document.report().problems, []);
    document
}

const TITLE: &str = "<dc:title>T</dc:title><dc:creator>A. Writer</dc:creator><dc:language>en</dc:language>";

// ---- notes ----

#[test]
fn notes_of_epub_3_stand_in_their_page() {
    let body = "<h1>One</h1><p>Word<a epub:type='noteref' href='#n1'>1</a> and.<a epub:type='noteref' href='#n2'>2</a></p>\
        <section epub:type='footnotes'><aside epub:type='footnote' id='n1'><p>First.</p></aside>\
        <aside epub:type='footnote' id='n2'><p>Second.</p><p>More.</p></aside></section>";
    check_clean(
        &Book::of(&[("1.xhtml", body)])
            .nav("<nav epub:type='toc'><ol><li><a href='1.xhtml'>One</a></li></ol></nav>"),
        &[
            "Heading(1) One",
            "Paragraph Word{1:0} and.{2:1}",
            "0=1: Paragraph First.",
            "1=2: Paragraph Second.",
            "1=2: Paragraph More.",
        ],
    );
}

#[test]
fn notes_pop_up_from_an_aside_in_the_text() {
    let body = "<h1>One</h1><p>Word<a epub:type='noteref' href='#n1'>*</a> and more.</p>\
        <aside epub:type='footnote' id='n1'><p>First.</p></aside><p>Text goes on.</p>";
    check_clean(
        &Book::of(&[("1.xhtml", body)]),
        &[
            "Heading(1) One",
            "Paragraph Word{*:0} and more.",
            "Paragraph Text goes on.",
            "0=*: Paragraph First.",
        ],
    );
}

#[test]
fn notes_stand_in_a_page_of_their_own() {
    let one = "<h1>One</h1><p>Word.<a id='r1' epub:type='noteref' href='notes.xhtml#n1'>1</a></p>";
    let two = "<h1>Two</h1><p>Word,<a id='r2' href='notes.xhtml#n2' role='doc-noteref'>2</a> too.</p>";
    let notes = "<section epub:type='endnotes'><h2>Endnotes</h2><ol>\
        <li id='n1' epub:type='endnote'><p>First. <a href='1.xhtml#r1' epub:type='backlink'>↩</a></p></li>\
        <li id='n2' epub:type='endnote'><p>Second. <a href='2.xhtml#r2' epub:type='backlink'>↩</a></p></li></ol></section>";
    let nav = "<nav epub:type='toc'><ol><li><a href='1.xhtml'>One</a></li><li><a href='2.xhtml'>Two</a></li>\
        <li><a href='notes.xhtml'>Endnotes</a></li></ol></nav>";
    let wanted = [
        "Heading(1) One",
        "Paragraph Word.{1:0}",
        "Heading(1) Two",
        "Paragraph Word,{2:1} too.",
        "0=1: Paragraph First.",
        "1=2: Paragraph Second.",
    ];
    let pages = [("1.xhtml", one), ("2.xhtml", two), ("notes.xhtml", notes)];
    check_clean(&Book::of(&pages).nav(nav), &wanted);
    check_clean(&Book::of(&pages[..2]).beside("notes.xhtml", notes).nav(nav), &wanted);
    // Beside the order, but in the middle of it.
    let mut book = Book::of(&pages[..1]).beside("notes.xhtml", notes).nav(nav);
    book.pages.push(("2.xhtml".to_owned(), two.to_owned(), false));
    check_clean(&book, &wanted);
    // In no order at all.
    let mut members = Book::of(&pages[..2]).nav(nav).members();
    members.push(member("OEBPS/notes.xhtml", page(notes)));
    assert_eq!(told(&read(&bind(&members))), wanted);
}

#[test]
fn notes_of_plain_links_are_found_in_other_pages() {
    let one = "<h2>One</h2><p>Word<a id='f1' href='notes.html#fn1'>[1]</a> and word.<a id='f2' href='notes.html#fn2'>[2]</a></p>";
    let notes = "<h2>Notes</h2><p id='fn1'><a href='1.html#f1'>[1]</a> First.</p><p id='fn2'><a href='1.html#f2'>[2]</a> Second.</p>";
    check_clean(
        &Book::of(&[("1.html", one), ("notes.html", notes)])
            .ncx(&[(1, "One", "1.html"), (1, "Notes", "notes.html")]),
        &[
            "Heading(1) One",
            "Paragraph Word{1:0} and word.{2:1}",
            "0=1: Paragraph First.",
            "1=2: Paragraph Second.",
        ],
    );
}

#[test]
fn labels_may_all_be_alike() {
    let chapter = |n: u8| {
        format!(
            "<h1>C{n}</h1><p>Word<a epub:type='noteref' href='#a'>*</a> and<a epub:type='noteref' href='#b'>*</a>.</p>\
             <aside epub:type='footnote' id='a'><p>* {n} a.</p></aside><aside epub:type='footnote' id='b'><p>* {n} b.</p></aside>"
        )
    };
    let (one, two) = (chapter(1), chapter(2));
    check_clean(
        &Book::of(&[("1.xhtml", &one), ("2.xhtml", &two)]),
        &[
            "Heading(1) C1",
            "Paragraph Word{*:0} and{*:1}.",
            "Heading(1) C2",
            "Paragraph Word{*:2} and{*:3}.",
            "0=*: Paragraph 1 a.",
            "1=*: Paragraph 1 b.",
            "2=*: Paragraph 2 a.",
            "3=*: Paragraph 2 b.",
        ],
    );
}

#[test]
fn numbers_may_start_again_in_each_page() {
    let chapter = |n: u8| {
        format!(
            "<h1>C{n}</h1><p>Word<sup><a id='r1' href='#n1'>1</a></sup> and<sup><a id='r2' href='#n2'>2</a></sup>.</p>\
             <div class='footnotes'><p id='n1'><a href='#r1'>1</a>. {n} one.</p><p id='n2'><a href='#r2'>2</a>. {n} two.</p></div>"
        )
    };
    let (one, two) = (chapter(1), chapter(2));
    check_clean(
        &Book::of(&[("1.xhtml", &one), ("2.xhtml", &two)]),
        &[
            "Heading(1) C1",
            "Paragraph Word{1:0} and{2:1}.",
            "Heading(1) C2",
            "Paragraph Word{1:2} and{2:3}.",
            "0=1: Paragraph 1 one.",
            "1=2: Paragraph 1 two.",
            "2=1: Paragraph 2 one.",
            "3=2: Paragraph 2 two.",
        ],
    );
}

// ---- headings ----

#[test]
fn the_table_of_contents_heads_what_has_no_heading() {
    let nav = "<nav epub:type='toc'><ol><li><span>Part I</span><ol><li><a href='1.xhtml'>One</a></li>\
        <li><a href='1.xhtml#two'>Two</a></li></ol></li></ol></nav>";
    check_clean(
        &Book::of(&[("1.xhtml", "<p>First.</p><p>Still.</p><p><a id='two'/>Second.</p>")]).nav(nav),
        &[
            "Heading(1) Part I",
            "Heading(2) One",
            "Paragraph First.",
            "Paragraph Still.",
            "Heading(2) Two",
            "Paragraph Second.",
        ],
    );
}

#[test]
fn pages_beside_the_order_come_last() {
    let mut book = Book::of(&[]).beside("answers.xhtml", "<p>Answer.</p>").ncx(&[
        (1, "One", "1.xhtml"),
        (2, "Under it", "1.xhtml#a"),
        (1, "Answers", "answers.xhtml"),
    ]);
    book.pages.push(("1.xhtml".to_owned(), "<p>x</p><p id='a'>y</p>".to_owned(), false));
    check_clean(
        &book,
        &[
            "Heading(1) One",
            "Paragraph x",
            "Heading(2) Under it",
            "Paragraph y",
            "Heading(1) Answers",
            "Paragraph Answer.",
        ],
    );
}

#[test]
fn headings_are_what_the_table_of_contents_says() {
    for (body, titles) in [
        // Two make one.
        ("<h2>I</h2><h3>Of Ideas</h3><p>x</p>", vec!["I: Of Ideas"]),
        ("<h2>I</h2><h3>Of Ideas <sup><a href='#n'>9</a></sup></h3><p>x</p>", vec!["I: Of Ideas ⁹"]),
        ("<hgroup><h2>I</h2><p epub:type='title'>Of Ideas</p></hgroup><p>x</p>", vec!["I: Of Ideas"]),
        // The page says more, or less.
        ("<h4>Chapter I. Of Ideas</h4><p>x</p>", vec!["Chapter I. Of Ideas"]),
        ("<h4>Of Ideas</h4><p>x</p>", vec!["Of Ideas"]),
        // One above it is no section, nor is a small one below.
        ("<h5>First part</h5><h3>I: Of Ideas</h3><p>x</p><h6>small</h6><p>y</p>", vec!["I: Of Ideas"]),
        // Something else stands where it should.
        ("<h3>Something else</h3><p>x</p>", vec!["Something else"]),
        ("<p>x</p><h3>Something else</h3><p>y</p>", vec!["I: Of Ideas", "Something else"]),
    ] {
        let nav = "<nav epub:type='toc'><ol><li><a href='1.xhtml'>I: Of Ideas</a></li></ol></nav>";
        let document = read(&Book::of(&[("1.xhtml", body)]).nav(nav).bind());
        let told: Vec<&str> = (0..document.sections().len()).map(|s| document.section_title(s)).collect();
        assert_eq!(told, titles, "{body}");
        assert_eq!(document.sections()[0].level, 1, "{body}");
    }
}

#[test]
fn a_useless_table_of_contents_changes_no_levels() {
    let body: String = (1..9).map(|i| format!("<h2>C{i}</h2><p>x</p><h4>S{i}</h4><p>y</p>")).collect();
    let nav = "<nav epub:type='toc'><ol><li><a href='1.xhtml'>C1</a></li></ol></nav>";
    let document = read(&Book::of(&[("1.xhtml", &body)]).nav(nav).bind());
    assert_eq!(document.sections().len(), 16);
}

// ---- what else a book has ----

#[test]
fn what_a_book_says_of_itself_is_told() {
    let metadata = "<dc:title id='t'>Ideas</dc:title><dc:title id='s'>A Treatise</dc:title>\
        <meta refines='#t' property='title-type'>main</meta><meta refines='#s' property='title-type'>subtitle</meta>\
        <dc:creator id='a'>A. One</dc:creator><dc:creator id='b'>B. Two</dc:creator><dc:creator id='c'>C. Three</dc:creator>\
        <meta refines='#a' property='role'>aut</meta><meta refines='#b' property='role'>aut</meta>\
        <meta refines='#c' property='role'>trl</meta><dc:publisher>P</dc:publisher><dc:source>http://s</dc:source>\
        <dc:language>fr-CA</dc:language>";
    let document = read(&Book::of(&[("1.xhtml", "<h1>I</h1><p>x</p>")]).metadata(metadata).bind());
    let meta = document.meta();
    assert_eq!(meta.title.as_deref(), Some("Ideas"));
    assert_eq!(meta.subtitle.as_deref(), Some("A Treatise"));
    assert_eq!(meta.authors, ["A. One", "B. Two"]);
    assert_eq!((meta.source.as_deref(), meta.language.as_deref()), (None, Some("fr-ca")));
}

#[test]
fn a_title_that_no_page_shows_stands_before_them() {
    let book = |body| Book::of(&[("1.xhtml", body), ("2.xhtml", "<h2>One</h2><p>x</p>")]).metadata(TITLE);
    check_clean(
        &book("<p>y</p>"),
        &["Title T", "Author A. Writer", "Paragraph y", "Heading(1) One", "Paragraph x"],
    );
    check_clean(&book("<h1>T</h1><p>y</p>"), &["Title T", "Paragraph y", "Heading(1) One", "Paragraph x"]);
}

#[test]
fn the_frame_of_project_gutenberg_is_set_aside() {
    let start = "<div><p>The Project Gutenberg eBook of T</p><p>*** START OF THE PROJECT GUTENBERG EBOOK T ***</p>\
        <h2>One</h2><p>x</p></div>";
    let end = "<h2>Two</h2><p>y</p><p>End of Project Gutenberg's T</p><p>*** END OF THIS PROJECT GUTENBERG EBOOK T ***</p>\
        <p>Updated editions</p>";
    let licence = "<h2>LICENSE</h2><p>Please read</p>";
    let old = Book::of(&[("1.xhtml", start), ("2.xhtml", end), ("3.xhtml", licence)]);
    let start = "<section class='pg-boilerplate pgheader' id='pg-header'><h2>The Project Gutenberg eBook of T</h2></section>\
        <h2>One</h2><p>x</p>";
    let end = "<h2>Two</h2><p>y</p><section class='pg-boilerplate pgfooter' id='pg-footer'><p>*** END</p></section>";
    let new = Book::of(&[("1.xhtml", start), ("2.xhtml", end), ("3.xhtml", licence)]);
    for book in [old, new] {
        let document =
            check_clean(&book, &["Heading(1) One", "Paragraph x", "Heading(1) Two", "Paragraph y"]);
        let changes = &document.report().changes;
        assert!(changes.iter().any(|c| c.text.contains("Please read")), "{changes:?}");
        assert!(changes.iter().all(|c| c.why == "frame of Project Gutenberg"), "{changes:?}");
    }
}

#[test]
fn lines_of_right_to_left_books_are_kept_in_reading_order() {
    let body = "<h1>אחת</h1><p dir='rtl'>שלום עולם, 12 ABC (סוף).</p>";
    let document = check_clean(
        &Book::of(&[("1.xhtml", body)]),
        &["Heading(1) אחת", "Paragraph שלום עולם, 12 ABC (סוף)."],
    );
    assert_eq!(document.report().changes, []);
}

#[test]
fn the_pages_of_the_printed_book_are_kept() {
    let body = "<h1>One</h1><p>First <span epub:type='pagebreak' id='p1' title='1'/>page.</p>\
        <p>Second <a id='p2'/>page, <span role='doc-pagebreak' aria-label='Page 3' id='p3'/>third.</p>";
    let list = "<nav epub:type='page-list'><ol><li><a href='1.xhtml#p1'>1</a></li><li><a href='1.xhtml#p2'>2</a></li>\
        <li><a href='1.xhtml#p3'>3</a></li></ol></nav>";
    let document = check_clean(
        &Book::of(&[("1.xhtml", body)]).nav(list),
        &["Heading(1) One", "Paragraph First page.", "Paragraph Second page, third."],
    );
    let pages: Vec<_> = document.pages().iter().map(|p| (&*p.label, document.after(p.at, 5))).collect();
    assert_eq!(pages, [("1", "page."), ("2", "page,"), ("3", "third")]);
}

#[test]
fn covers_and_tables_of_contents_are_set_aside_and_told() {
    let cover = "<div><img src='c.jpg' alt='Cover'/></div>";
    let contents = "<h1>Contents</h1><ul><li><a href='1.xhtml'>One</a></li></ul>";
    let book = Book::of(&[
        ("cover.xhtml", cover),
        ("toc.xhtml", contents),
        ("1.xhtml", "<h1>One</h1><p>x</p>"),
    ])
    .guide(
        "<guide><reference type='cover' href='cover.xhtml'/><reference type='toc' href='toc.xhtml'/></guide>",
    );
    let document = check_clean(&book, &["Heading(1) One", "Paragraph x"]);
    let changes: Vec<_> = document.report().changes.iter().map(|c| (c.kind, &*c.text, &*c.why)).collect();
    assert_eq!(
        changes,
        [
            (ChangeKind::Dropped, "[Cover]", "the cover"),
            (ChangeKind::Dropped, "Contents One", "the table of contents"),
        ]
    );
    let cover = "<div><img src='c.jpg' alt='A ship in full sail, off Haifa'/></div>";
    let book = Book::of(&[("cover.xhtml", cover), ("1.xhtml", "<h1>One</h1><p>x</p>")])
        .guide("<guide><reference type='cover' href='cover.xhtml'/></guide>");
    check_clean(&book, &["Paragraph [A ship in full sail, off Haifa]", "Heading(1) One", "Paragraph x"]);
}

#[test]
fn pictures_are_told_by_their_words_and_verse_keeps_its_lines() {
    let body = "<h1>One</h1><figure><img src='a.png' alt='A map'/><figcaption>The coast</figcaption></figure>\
        <blockquote epub:type='z3998:verse'><p><span>O rose</span><br/><span class='i1'>thou art sick</span></p></blockquote>";
    let document = read(&Book::of(&[("1.xhtml", body)]).bind());
    let told = told(&document);
    assert!(told.iter().any(|line| line.contains("[A map]")), "{told:?}");
    assert!(
        told.iter().any(|line| line.starts_with("Verse O rose\n") && line.ends_with("thou art sick")),
        "{told:?}"
    );
}

#[test]
fn xhtml_is_no_html() {
    for (body, wanted) in [
        ("<p>a<a id='x'/>b <i/>c</p><p>d</p>", vec!["Paragraph ab c", "Paragraph d"]),
        ("<p>a<title/>b</p><script/><p>c</p>", vec!["Paragraph ab", "Paragraph c"]),
        ("<p>&nbsp;&eacute;&#233;<![CDATA[ <b> & ]]></p>", vec!["Paragraph éé <b> &"]),
        ("<p>a<?pi x?>b<!-- c --></p>", vec!["Paragraph ab"]),
        ("<div>a<p>b</p>c</div>", vec!["Paragraph a", "Paragraph b", "Paragraph c"]),
        // HTML that calls itself XHTML.
        ("<p>a<br>b</p><p>c <a id='x'/>d & e", vec!["Paragraph a b", "Paragraph c d & e"]),
    ] {
        let document = read(&Book::of(&[("1.xhtml", body)]).bind());
        let words = told(&document)
            .iter()
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>();
        let wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        let plain =
            |lines: &[String]| lines.iter().map(|l| l.replacen("Verse", "Paragraph", 1)).collect::<Vec<_>>();
        assert_eq!(plain(&words), wanted, "{body}");
    }
}

// ---- books that are not as they should be ----

/// A book of two chapters, to be spoiled.
fn sound() -> Vec<Member> {
    Book::of(&[("1.xhtml", "<h1>One</h1><p>First words.</p>"), ("2.xhtml", "<h1>Two</h1><p>Last words.</p>")])
        .members()
}

const WHOLE: [&str; 4] =
    ["Heading(1) One", "Paragraph First words.", "Heading(1) Two", "Paragraph Last words."];

/// The members with one of them changed, by the end of its name.
fn spoiled(name: &str, spoil: impl Fn(&mut Member)) -> Vec<Member> {
    let mut members = sound();
    members.iter_mut().filter(|m| m.name.ends_with(name.as_bytes())).for_each(spoil);
    members
}

/// What is read of an archive, and what is said to be damaged in it.
fn damaged(archive: &[u8]) -> (Vec<String>, Vec<String>) {
    let document = read(archive);
    let problems = document.report().problems.iter();
    let damages = problems.filter(|p| p.kind == ProblemKind::Damaged).map(|p| p.text.clone());
    (told(&document), damages.collect())
}

/// 26, 36: what headers say of lengths and names counts for nothing against the directory and the bytes.
#[test]
fn lying_headers_are_not_believed() {
    let liar = |said: u32| spoiled("1.xhtml", move |m| m.said = Some(said));
    for members in [
        sound(),
        liar(1),
        liar(u32::MAX - 1),
        spoiled("1.xhtml", |m| m.local_name = Some(b"other".to_vec())),
        spoiled("1.xhtml", |m| m.local_name = Some(vec![b'x'; 4000])),
    ] {
        assert_eq!(damaged(&bind(&members)), (WHOLE.map(str::to_owned).to_vec(), vec![]));
    }
    let (text, said) = damaged(&bind(&spoiled("1.xhtml", |m| m.crc = Some(7))));
    assert_eq!(text, WHOLE);
    assert_eq!(said, ["OEBPS/1.xhtml: its checksum is wrong"]);
}

/// 26: data behind the archive, and an archive whose end is gone.
#[test]
fn what_stands_around_the_archive_does_no_harm() {
    let archive = bind(&sound());
    assert_eq!(told(&read(&[&archive[..], b"behind it"].concat())), WHOLE);
    assert_eq!(told(&read(&[&archive[..archive.len() - 40], b""].concat())), WHOLE);
}

/// 32: a stream that is cut or corrupt is read up to the damage, which is told at its place.
#[test]
fn a_damaged_chapter_goes_as_far_as_it_goes() {
    let long =
        "<h1>One</h1>".to_owned() + &(0..2000).map(|i| format!("<p>Words {i} and.</p>")).collect::<String>();
    let book = Book::of(&[("1.xhtml", &long), ("2.xhtml", "<h1>Two</h1><p>Last words.</p>")]);
    let spoil = |spoil: fn(&mut Member)| {
        let mut members = book.members();
        members.iter_mut().filter(|m| m.name.ends_with(b"1.xhtml")).for_each(spoil);
        damaged(&bind(&members))
    };
    for (what, (text, said)) in [
        ("it breaks off", spoil(|m| m.cut = Some(2000))),
        (
            "its packing is damaged",
            spoil(|m| {
                m.cut = Some(2000);
                m.packed_said = Some(2600);
            }),
        ),
    ] {
        assert!(text.len() > 20 && text.contains(&"Paragraph Words 10 and.".to_owned()), "{}", text.len());
        assert_eq!(text.last().unwrap(), "Paragraph Last words.");
        assert_eq!(said, [format!("OEBPS/1.xhtml: {what}")]);
    }
    // A download that broke off: no directory at all.
    let archive = bind(&book.members());
    let (text, said) = damaged(&archive[..archive.len() / 2]);
    assert!(text.len() > 20);
    assert_eq!(
        said,
        [
            "the directory of the archive is damaged; its parts were sought one by one",
            "OEBPS/2.xhtml: a page that is missing",
            "OEBPS/1.xhtml: it breaks off",
        ]
    );
}

/// 26, 27: doubled names, names and links that lead outside, symbolic links.
#[test]
fn members_are_told_apart_and_stay_inside() {
    let mut twice = sound();
    twice.push(member("OEBPS/2.xhtml", page("<h1>Two</h1><p>Newer words.</p>")));
    twice.push(member("OEBPS/2.XHTML", page("<h1>Two</h1><p>Other words.</p>")));
    let (text, said) = damaged(&bind(&twice));
    assert_eq!(text[3], "Paragraph Newer words.");
    assert_eq!(said, ["OEBPS/2.xhtml: there twice, the last one counts"]);
    for name in
        ["../x.xhtml", "/etc/x.xhtml", "C:\\x.xhtml", "a\\..\\..\\x.xhtml", "..\u{1b}[2J\u{202e}\n.xhtml/.."]
    {
        let mut members = sound();
        members.push(member(name, page("<p>outside</p>")));
        let (text, said) = damaged(&bind(&members));
        assert_eq!(text, WHOLE);
        assert!(
            said.len() == 1 && said[0].ends_with(": a name that leads outside the book, left out"),
            "{said:?}"
        );
        assert!(!said[0].contains(['\u{1b}', '\u{202e}', '\n']));
    }
    let (text, said) = damaged(&bind(&spoiled("1.xhtml", |m| m.attributes = 0o120_777 << 16)));
    assert_eq!(text, WHOLE[2..]);
    assert_eq!(said[0], "OEBPS/1.xhtml: a link to somewhere else, not followed");
    // What leads outside leads nowhere.
    let mut book = Book::of(&[("1.xhtml", "<p>x <a href='../../../etc/passwd'>y</a></p>")]);
    book.pages.push(("../../etc/passwd".to_owned(), String::new(), false));
    let mut members = book.members();
    members.pop();
    assert_eq!(damaged(&bind(&members)).0, ["Paragraph x y"]);
}

/// 28: no container, no package, no order.
#[test]
fn books_that_lack_their_papers_are_read_all_the_same() {
    let without = |names: &[&str]| {
        let keep = |m: &Member| !names.iter().any(|name| m.name.ends_with(name.as_bytes()));
        sound().into_iter().filter(keep).collect::<Vec<_>>()
    };
    for members in [
        without(&["mimetype"]),
        without(&["container.xml"]),
        without(&["container.xml", "content.opf"]),
        spoiled("content.opf", |m| m.bytes = b"<package><manifest/>".to_vec()),
        spoiled("container.xml", |m| m.bytes = b"<rootfile full-path='nowhere.opf'/>".to_vec()),
    ] {
        assert_eq!(damaged(&bind(&members)).0, WHOLE);
    }
    // Its type packed, and last.
    let mut members = without(&["mimetype"]);
    members.push(member("mimetype", "application/epub+zip"));
    assert_eq!(damaged(&bind(&members)).0, WHOLE);
    let (text, said) = damaged(&bind(&without(&["1.xhtml"])));
    assert_eq!(text, WHOLE[2..]);
    assert_eq!(said, ["OEBPS/1.xhtml: a page that is missing"]);
}

/// 28: fallbacks in a circle, an order of eighty thousand, tables that lead to themselves.
#[test]
fn tables_that_go_in_circles_end() {
    let item =
        "<item id='a' href='1.xhtml' fallback='b' media-type='x/y'/><item id='b' href='x.svg' fallback='b'/>";
    let refs = "<itemref idref='a'/><itemref idref='b'/>".repeat(40_000);
    let package = format!("<package><manifest>{item}</manifest><spine>{refs}</spine></package>");
    let members = spoiled("content.opf", |m| m.bytes = package.clone().into_bytes());
    assert_eq!(damaged(&bind(&members)).0, WHOLE[..2]);
    let lines = "<li><a href='#'>x</a></li><li><a href='nav.xhtml'>y</a></li>".repeat(20_000);
    let nav = format!("<nav epub:type='toc'><ol>{lines}</ol></nav>");
    let book = Book::of(&[("1.xhtml", "<h1>One</h1><p>x</p>")]).nav(&nav);
    assert_eq!(told(&read(&book.bind())), ["Heading(1) One", "Paragraph x"]);
    let lines = "<li><a href='1.xhtml'>x</a></li>".repeat(20_000);
    let book =
        Book::of(&[("1.xhtml", "<p>y</p>")]).nav(&format!("<nav epub:type='toc'><ol>{lines}</ol></nav>"));
    assert_eq!(told(&read(&book.bind())), ["Heading(1) x", "Paragraph y"]);
}

/// 23: entities that a document declares are shown as they are written.
#[test]
fn entities_do_not_multiply() {
    let laughs =
        "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>";
    let page = format!("<?xml version='1.0'?>{laughs}<html><body><p>&b;&c; &amp;</p></body></html>");
    let members = spoiled("1.xhtml", |m| m.bytes = page.clone().into_bytes());
    assert_eq!(damaged(&bind(&members)).0[0], "Paragraph &b;&c; &");
}

/// 26: what is encrypted or packed in an unknown way is said to be.
#[test]
fn what_is_locked_is_said_to_be() {
    let lock = |uris: &[&str], method: &str| {
        let data = |uri: &&str| {
            format!(
                "<EncryptedData><EncryptionMethod Algorithm='{method}'/><CipherData><CipherReference URI='{uri}'/>\
                 </CipherData></EncryptedData>"
            )
        };
        member(
            "META-INF/encryption.xml",
            format!("<encryption>{}</encryption>", uris.iter().map(data).collect::<String>()),
        )
    };
    let both = ["OEBPS/1.xhtml", "OEBPS/2.xhtml"];
    for (file, lock_name) in [
        ("META-INF/rights.xml", "Adobe ADEPT"),
        ("META-INF/license.lcpl", "Readium LCP"),
        ("META-INF/sinf.xml", "Apple FairPlay"),
        ("META-INF/other.xml", "encryption"),
    ] {
        let mut members = sound();
        members.extend([lock(&both, "http://www.w3.org/2001/04/xmlenc#aes128-cbc"), member(file, "<x/>")]);
        assert_eq!(
            error(&bind(&members)),
            format!(
                "this EPUB is locked ({lock_name}), and ibid opens no locks; read it where it was bought"
            )
        );
    }
    let mut members = sound();
    members.push(lock(&both[..1], "http://www.w3.org/2001/04/xmlenc#aes128-cbc"));
    let (text, said) = damaged(&bind(&members));
    assert_eq!(
        (text, said),
        (
            WHOLE[2..].iter().map(|l| (*l).to_owned()).collect(),
            vec!["OEBPS/1.xhtml: a page that is encrypted".to_owned()]
        )
    );
    let mut members = sound();
    members.push(lock(&["OEBPS/font.ttf", "OEBPS/1.xhtml"], "http://www.idpf.org/2008/embedding"));
    assert_eq!(damaged(&bind(&members)).1, Vec::<String>::new());
    let (_, said) = damaged(&bind(&spoiled("1.xhtml", |m| m.flags = 1)));
    assert_eq!(said, ["OEBPS/1.xhtml: it is encrypted"]);
    let (_, said) = damaged(&bind(&spoiled("1.xhtml", |m| m.method = 14)));
    assert_eq!(said, ["OEBPS/1.xhtml: it is packed in a way that ibid does not know (14 (LZMA))"]);
}

#[test]
fn an_archive_that_is_no_book_is_none() {
    let archive = bind(&[member("a.txt", "x")]);
    let elsewhere = import(&archive, "book.zip", &Options::default()).unwrap_err().to_string();
    assert_eq!(
        elsewhere,
        "this is a ZIP archive, which ibid does not read; convert it to plain text or Markdown first"
    );
    // Of what is called a book one is told what is wrong with it.
    for (bytes, wrong) in [
        (&*archive, "there is no page in it"),
        (&bind(&[stored("mimetype", "application/epub+zip")]), "there is no page in it"),
        (b"PK\x03\x04", "nothing is left in its archive that can be read"),
    ] {
        assert_eq!(error(bytes), format!("this EPUB cannot be read: {wrong}; a sound copy may help"));
    }
}

/// 32, 34: whatever byte is wrong, and wherever the file ends.
#[test]
fn what_is_cut_anywhere_is_read_or_said_to_be_none() {
    let book = bind(&sound());
    for end in (0..book.len()).step_by(7) {
        let _ = import(&book[..end], "book.epub", &Options::default());
        let mut spoiled = book.clone();
        spoiled[end] ^= 0x55;
        let _ = import(&spoiled, "book.epub", &Options::default());
    }
}
