//! Markdown: CommonMark with notes, tables, definitions and strikethrough, as most writers of notes mean it.
//!
//! The parser finds the structure; here it is told to the builder. Notes are taken out of the text first, for they may
//! stand anywhere, even in each other. A text whose notes are links was a page once, and is read as one ([`rendered`]).

mod attributes;
mod backlinks;
mod commands;
mod divisions;
mod front;
mod inplace;
mod lines;
mod notes;
mod outline;
mod pen;
mod piece;
mod raw;
mod rendered;
mod verse;
mod writer;

use super::{Scribe, Source, html, plain};
use crate::document::Document;
use crate::document::report::Format;
use front::Front;
use lines::Lines;
use outline::Outline;
use pen::Pen;
use pulldown_cmark::{Options, Parser};
use rendered::Rendered;
use writer::Writer;

/// A text with more meanings than these is no glossary, and their colons are words.
const MOST_MEANINGS: usize = 2000;

/// Brings a Markdown text to a document.
pub(super) fn read(source: &Source) -> Document {
    let front = front::read(source.text);
    if let Some(document) = linked(source, &front) {
        return document;
    }
    let written = &source.text[front.end..];
    // Notes that are kept by hand become Markdown's own; lines stay lines.
    let by_hand = plain::rewritten(written);
    let fenced = by_hand.as_deref().unwrap_or(written);
    let (blanked, fences) = divisions::blank(fenced).unzip();
    let text = blanked.as_deref().unwrap_or(fenced);
    let parts = notes::part(text, Parser::new_ext(text, options(text)).into_offset_iter());
    let outline = Outline::of(&parts.body, front.title.as_deref());

    let mut scribe = scribe(source, &front);
    front.write(&mut scribe.builder, outline.title.is_some());
    let lines = match &by_hand {
        Some(text) => Lines::of(&format!("{}{text}", &source.text[..front.end])),
        None => Lines::of(source.text),
    };
    let mut writer = Writer::new(Pen::new(scribe, &lines, front.end), text, &parts.notes);
    let fences = fences.into_iter().flatten().map(|fence| (fence.start, &fenced[fence]));
    writer.leave_out(fences.collect());
    writer.body(&parts.body, &outline, &front);
    for note in &parts.notes {
        writer.note(note, parts.of(note));
    }
    writer.finish()
}

/// Brings a text whose notes are links to a document, as the page that it is rendered to.
fn linked(source: &Source, front: &Front) -> Option<Document> {
    let options = options(&source.text[front.end..]);
    let Rendered { page, lines } = rendered::render(source.text, options, front)?;
    html::read_rendered(&page, &lines, || scribe(source, front))
}

fn scribe<'a>(source: &'a Source, front: &Front) -> Scribe<'a> {
    let mut scribe = Scribe::new(Format::Markdown, source);
    scribe.line(1);
    front.tell(&mut scribe.builder);
    scribe.builder.meta().language = source.language(front.language.as_deref());
    scribe
}

/// What is read beyond CommonMark.
fn options(text: &str) -> Options {
    let mut options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM;
    options.set(Options::ENABLE_DEFINITION_LIST, has_definitions(text));
    options
}

/// Whether colons that begin lines begin meanings: behind every one stands a blank. The parser takes `:-)` and `:smile:`
/// for such, too; and it looks through all of a list at the end of each meaning in it.
fn has_definitions(text: &str) -> bool {
    let starts = memchr::memchr_iter(b':', text.as_bytes()).filter(|at| {
        let before = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
        let line = text[..*at].trim_end_matches(before);
        line.is_empty() || line.ends_with('\n')
    });
    let mut count = 0;
    starts.take(MOST_MEANINGS + 1).all(|at| {
        count += 1;
        text[at + 1..].starts_with([' ', '\t'])
    }) && (1..=MOST_MEANINGS).contains(&count)
}

#[cfg(test)]
mod tests {
    use crate::document::report::ProblemKind;
    use crate::document::{Document, Mark};
    use crate::import::{Options, import, show};

    fn read(text: &str) -> Document {
        import(text.as_bytes(), "a.md", &Options::default()).unwrap()
    }

    /// Checks what a text comes to: each block with its kind, depth and words, `{n}` where note n is called.
    fn check(text: &str, told: &[&str]) {
        assert_eq!(show(&read(text)), told, "{text}");
    }

    #[test]
    fn blocks_have_kinds_and_depths() {
        check(
            "one\ntwo\n\n***\n\n    code\n     more\n",
            &["Paragraph one two", "Break * * *", "Code code\n more"],
        );
        check(
            "> one\n>\n> > two\n\n> - three\n",
            &["Quotation/1 one", "Quotation/2 two", "Item(Bullet)/2 three"],
        );
        check(
            "- one\n  - two\n- three\n\n  four\n",
            &["Item(Bullet)/1 one", "Item(Bullet)/2 two", "Item(Bullet)/1 three", "Paragraph/1 four"],
        );
        check("3. one\n4. two\n", &["Item(Number(3))/1 one", "Item(Number(4))/1 two"]);
        check("```\na\n\n  b\n```\n", &["Code a\n\n  b"]);
    }

    #[test]
    fn terms_have_meanings() {
        check(
            "Lamp\n: A light.[^1]\n: A word.\n\nWick *of* it\n: Cotton.\n\n  - more\n\n[^1]: Of oil.\n",
            &[
                "Paragraph Lamp",
                "Paragraph/1 A light.{1}",
                "Paragraph/1 A word.",
                "Paragraph Wick of it",
                "Paragraph/1 Cotton.",
                "Item(Bullet)/2 more",
                "1: Paragraph Of oil.",
            ],
        );
        check("Lamp\n:a light\n", &["Paragraph Lamp :a light"]);
        let many = |count: usize| read(&"a\n: b\n\n".repeat(count)).blocks().len();
        assert_eq!((many(2000), many(2001)), (4000, 2001));
        check("Lamp\n: a light\n\nHe\n:-)\n", &["Paragraph Lamp : a light", "Paragraph He :-)"]);
    }

    #[test]
    fn alerts_say_what_they_are() {
        check("> [!NOTE]\n> Mind the *wick*.\n", &["Quotation/1 Note", "Quotation/1 Mind the wick."]);
        check("> [!LAMP]\n> a\n", &["Quotation/1 [!LAMP] a"]);
    }

    #[test]
    fn tables_are_rows_and_cells() {
        check("|a|b|c|\n|-|-|-|\n|1||3|\n|x *y*|z<br>z||\n", &["Table a\tb\tc\n1\t\t3\nx y\tz z\t"]);
    }

    #[test]
    fn hard_breaks_make_verse() {
        check("O rose  \nthou art sick\n", &["Verse O rose\nthou art sick"]);
        check("> O rose\\\n> thou art sick\n", &["Verse/1 O rose\nthou art sick"]);
        check("O rose  \nthou art\nsick\n", &["Paragraph O rose\nthou art sick"]);
        check("O rose<br>\nthou art sick\n", &["Verse O rose\nthou art sick"]);
        check(
            "| O *rose*\n|   thou art\n|\n| sick[^1]\n| *The* worm\n\n[^1]: a\n",
            &["Verse O rose\n  thou art", "Verse sick{1}\nThe worm", "1: Paragraph a"],
        );
        check("| a | b |\n| c | d |\n", &["Paragraph | a | b | | c | d |"]);
        for text in ["管仲\n夷吾\n", "管仲\n*夷吾*\n", "*管仲*\n夷吾\n", "*管\n仲*夷&#x543E;\n"]
        {
            check(text, &["Paragraph 管仲夷吾"]);
        }
        check("> a *b*\n> c\n> d\\\\\n> e\n", &["Quotation/1 a b c d\\ e"]);
    }

    #[test]
    fn the_title_is_the_one_heading_above_all() {
        check("# A\n\n## B\n\n### C\n", &["Title A", "Heading(1) B", "Heading(2) C"]);
        check("# A\n\n# B\n", &["Heading(1) A", "Heading(1) B"]);
        check("## A\n\n#### B\n", &["Heading(1) A", "Heading(3) B"]);
        check("---\ntitle: A\nauthor: [X, Y]\n---\n## B\n", &["Title A", "Author X, Y", "Heading(1) B"]);
        check(
            "---\ntitle: A!\nsubtitle: S\nsource: J\n---\n# *A*\n\n# B\n",
            &["Source J", "Title A", "Subtitle S", "Heading(1) B"],
        );
        check(
            "---\ntitle: A\n---\n### Series\n\n# A\n\n## B\n",
            &["Heading(2) Series", "Title A", "Heading(1) B"],
        );
        check("> # A\n\nb\n", &["Quotation/1 A", "Paragraph b"]);
        check("# A {#a .b}\n\n## {x} B{y}\n", &["Title A", "Heading(1) {x} B{y}"]);
    }

    #[test]
    fn notes_stand_behind_the_text() {
        check(
            "x [^1], y.[^n]\n\n[^n]: one\n\n    two\n[^1]: three[^n]\n",
            &["Paragraph x{1}, y.{n}", "n: Paragraph one", "n: Paragraph two", "1: Paragraph three{n}"],
        );
        check(
            "- a\n\n  [^1]: one\n- b[^1]\n",
            &["Item(Bullet)/1 a", "Item(Bullet)/1 b{1}", "1: Paragraph one"],
        );
        check("x^[one *two*] y\n", &["Paragraph x{1} y", "1: Paragraph one two"]);
        check("x^[one] y[^a]\n\n[^a]: two\n", &["Paragraph x{} y{a}", ": Paragraph one", "a: Paragraph two"]);
        check("x[^a]\n\n[^a]: one\n[^A]: two\n", &["Paragraph x{a}", "a: Paragraph one", "A: Paragraph two"]);
        check("x[^a]\n", &["Paragraph x[^a]"]);
    }

    #[test]
    fn notes_may_be_kept_by_hand() {
        for (one, two) in
            [("<sup>1</sup>", "<sup>2</sup>"), ("\\[1\\]", "\\[2\\]"), ("[1]", "[2]"), ("¹", "²")]
        {
            check(
                &format!(
                    "# A\n\nThe oil{one} was\ncold, the *wick*{two} short.\n\n## Notes\n\n1. Of *whales*.\n2. Of cotton.\n"
                ),
                &[
                    "Title A",
                    "Paragraph The oil{1} was cold, the wick{2} short.",
                    "1: Paragraph Of whales.",
                    "2: Paragraph Of cotton.",
                ],
            );
        }
    }

    #[test]
    fn notes_may_be_links() {
        let told = [
            "Title A",
            "Paragraph The oil{1} was cold,{2} he says.",
            "1: Paragraph Of whales.",
            "2: Paragraph Of cotton.",
        ];
        let calls = |one: &str, two: &str| format!("# A\n\nThe oil{one} was cold,{two} he says.\n\n");
        for (one, two, notes) in [
            // Where a page was turned into Markdown by a program that keeps its places.
            (
                "<span id=\"r1\"></span><a href=\"#n1\" class=\"x\">[1]</a>",
                "<span id=\"r2\"></span><a href=\"#n2\" class=\"x\">[2]</a>",
                "<span id=\"n1\"></span>[\\[1\\]](#r1) Of whales.\n\n<span id=\"n2\"></span>[\\[2\\]](#r2) Of cotton.\n",
            ),
            (
                "[]{#r1}[\\[1\\]](#n1){.x}",
                "[\\[2\\]](#n2){#r2 .x}",
                "1.  ::: {#n1}\n    Of whales. [↩](#r1){.y}\n    :::\n\n2.  [Of cotton. [↩](#r2){.y}]{#n2}\n",
            ),
            // And by one that loses them.
            (
                "[1](https://a.org/b#fn1)",
                "[2](https://a.org/b#fn2)",
                "1. Of whales. [↩](https://a.org/b#fnref1)\n2. Of cotton. [↩](https://a.org/b#fnref2)\n",
            ),
            (
                "[[1]](https://a.org/b#cite_note-1)",
                "[[2]](https://a.org/b#cite_note-2)",
                "1. **[^](https://a.org/b#cite_ref-1)**Of whales.\n2. **[^](https://a.org/b#cite_ref-2)** Of cotton.\n",
            ),
            (
                "[1](https://a.org/b#footnote-1)",
                "[2](https://a.org/b#footnote-2)",
                "[1](https://a.org/b#footnote-anchor-1)\n\nOf whales.\n\n[2](https://a.org/b#footnote-anchor-2)\n\nOf cotton.\n",
            ),
            (
                "[\\[1\\]](#_ftn1)",
                "[\\[2\\]](#_ftn2)",
                "[\\[1\\]](#_ftnref1) Of whales.\n\n[\\[2\\]](#_ftnref2) Of cotton.\n",
            ),
        ] {
            check(&(calls(one, two) + notes), &told);
        }
        // Lines and what the text says of itself are those of the source.
        let text = format!(
            "---\ntitle: T\nauthor: [X]\ndate: D\n---\n{}[\\[1\\]](#r1) Of whales.\n",
            calls("[\\[1\\]](#n1)", " <!-- c --> <script>s</script>")
        );
        let document = read(&text);
        assert_eq!(
            (document.meta().title.as_deref(), &*document.meta().authors),
            (Some("T"), &["X".to_owned()][..])
        );
        let changes: Vec<_> = document.report().changes.iter().map(|c| (c.line, &*c.text)).collect();
        assert_eq!(changes, [(1, "date: D")]);
    }

    #[test]
    fn links_that_are_no_notes_stay() {
        check(
            "# A\n\n1. [One](#one)\n2. [2](#two)\n\n## One\n\nSee [2](#two), and figure [1](#f).\n\n## Two\n\nWords.\n",
            &[
                "Title A",
                "Item(Number(1))/1 One",
                "Item(Number(2))/1 2",
                "Heading(1) One",
                "Paragraph See 2, and figure 1.",
                "Heading(1) Two",
                "Paragraph Words.",
            ],
        );
    }

    #[test]
    fn commands_to_programs_are_left_out() {
        check(
            "# A\\index{A}\n\nWords.\n{: .lead}\n\n{{< figure src=\"x\" >}}\n\nMore.\n",
            &["Title A", "Paragraph Words.", "Paragraph More."],
        );
        let document = read("Words.{: .lead}\n");
        let told: Vec<&str> = document.report().changes.iter().map(|c| &*c.text).collect();
        assert_eq!(told, ["{: .lead}"]);
    }

    #[test]
    fn fences_of_divisions_are_left_out() {
        let document = read("a\n\n::: {.epigraph}\n> b\n:::\nc[^1]\n\n[^1]: d\n\n::: note\ne\n:::\n");
        assert_eq!(
            show(&document),
            ["Paragraph a", "Quotation/1 b", "Paragraph c{1}", "Paragraph e", "1: Paragraph d"]
        );
        let told = document.report().changes.iter().map(|c| (c.line, &*c.text, c.at.byte()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [(3, "::: {.epigraph}", 1), (5, ":::", 3), (10, "::: note", 5), (12, ":::", 7)]
        );
    }

    #[test]
    fn spans_are_marked() {
        let document = read("a *b **c*** `d` ~~e~~ [f](g) <h@i.org> ![j](k) ![](l/m.png)\n");
        assert_eq!(document.text(), "a b c d e f h@i.org [j] [m.png]");
        let spans: Vec<_> =
            document.spans().iter().map(|s| (&document.text()[s.range.clone()], s.mark.clone())).collect();
        assert_eq!(
            spans,
            [
                ("b c", Mark::Emphasis),
                ("c", Mark::Strong),
                ("d", Mark::Code),
                ("e", Mark::Struck),
                ("f", Mark::Link("g".into())),
                ("h@i.org", Mark::Link("mailto:h@i.org".into())),
            ]
        );
    }

    #[test]
    fn raw_html_leaves_its_words() {
        check("a<br>b m<sup>2</sup> <!-- no --><b>c</b> &amp; d\n", &["Verse a\nb m² c & d"]);
        check(
            "<div align=\"center\">\n<p>a &mdash; b</p><img src=x alt=\"c\">\n</div>\n\n<!-- d -->\n",
            &["Paragraph a — b", "Paragraph [c]"],
        );
        let changes =
            |text| read(text).report().changes.iter().map(|c| (c.line, c.text.clone())).collect::<Vec<_>>();
        assert_eq!(changes("a\n\n<!-- b -->\n"), [(3, "<!-- b -->".to_owned())]);
    }

    #[test]
    fn the_report_tells_lines() {
        let document = read("---\ndraft: yes\n---\n\nx[^a]\n\n[^b]: one\n[^b]: two\n");
        let problems: Vec<_> =
            document.report().problems.iter().map(|p| (p.kind, p.line, &*p.text)).collect();
        assert_eq!(
            problems,
            [
                (ProblemKind::ReferenceWithoutNote, 5, "a"),
                (ProblemKind::NoteWithoutReference, 7, "b"),
                (ProblemKind::DoubledNote, 8, "b"),
                (ProblemKind::NoteWithoutReference, 8, "b"),
            ]
        );
        assert_eq!(document.report().changes[0].text, "draft: yes");
    }
}
