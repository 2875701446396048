//! HTML: one page as it was saved, or the pages of a book.
//!
//! The tree is built by the ecosystem's parser ([`tokens`]); then it is looked over by several readers, each of which
//! puts into a [`plan::Plan`] what it knows: what calls a note and what is one, what belongs to the page and not to the
//! text, what the title is. One walk ([`writer`]) carries the plan out. Nothing is fetched, nothing is run.

mod article;
mod byline;
mod contents;
mod draft;
mod frame;
mod grid;
mod gutenberg;
mod head;
mod leavings;
mod links;
mod lists;
mod measures;
pub(super) mod names;
mod notes;
mod outline;
mod pages;
mod pictures;
mod plan;
mod sink;
mod tables;
mod title_page;
mod tokens;
pub(in crate::import) mod tree;
mod writer;
mod xhtml;

use super::{Scribe, Source, xml};
use crate::document::builder::Builder;
use crate::document::report::{Format, ProblemKind};
use crate::document::{Document, Kind, Meta};
use head::Head;
use links::Links;
use plan::Plan;
use tree::Tree;
use writer::Writer;

/// A page of a book.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Where it stands in the book, by which its neighbours link to it: `text/chapter-1.xhtml`.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// What is wrong with it, if it does not go as far as it should.
    pub damage: Option<String>,
}

/// A page that has been looked over, and what is to become of it.
struct Looked {
    tree: Tree,
    flattened: usize,
    head: Head,
    plan: Plan,
}

/// Brings an HTML page to a document.
pub(super) fn read(source: &Source) -> Document {
    let looked = Looked::over(source.text, None);
    let mut scribe = Scribe::new(Format::Html, source);
    scribe.line(1);
    let meta = scribe.builder.meta();
    meta.authors.clone_from(&looked.head.authors);
    meta.source.clone_from(&looked.head.site);
    meta.language = source.language(looked.head.language.as_deref());
    looked.write(scribe)
}

/// Brings a text that was rendered as a page to a document, if notes are found in it; `lines` are the lines of its source
/// for each line of the page. `scribe` begins the document.
pub(super) fn read_rendered<'s>(
    page: &str,
    lines: &[u32],
    scribe: impl FnOnce() -> Scribe<'s>,
) -> Option<Document> {
    let looked = Looked::over(page, Some(lines));
    (!looked.plan.notes.is_empty()).then(|| looked.write(scribe()))
}

impl Looked {
    /// Looks over a page; one that was rendered has `lines` of its own, and nothing around its text.
    fn over(page: &str, lines: Option<&[u32]>) -> Looked {
        let mut tree = Tree::default();
        let flattened = tokens::parse(&mut tree, page, true);
        if let Some(lines) = lines {
            tree.number_lines(lines);
        }
        tree.seal();
        let mut head = head::read(&tree, tree.pages[0]);
        // A page of our own is taken at its word.
        if !head.own {
            gutenberg::set_apart_sidenotes(&mut tree);
            notes::prepare(&mut tree);
        }
        let mut plan = plan(&tree, &[], !head.own && lines.is_none());
        plan.exact = head.own;
        let (title, named) = if head.own {
            (outline::of_own(&tree, &mut plan, &head), Vec::new())
        } else {
            outline::outline(&tree, &mut plan, &head)
        };
        if head.authors.is_empty() {
            head.authors = named;
        }
        if let Some(title) = title {
            plan.before.insert(tree.pages[0], vec![(Kind::Title, title)]);
        }
        Looked { tree, flattened, head, plan }
    }

    /// Writes what was found.
    fn write(self, mut scribe: Scribe) -> Document {
        write(&self.tree, &self.plan, &mut scribe, self.flattened, &[]);
        scribe.finish()
    }
}

/// Brings the pages of a book, in their order, to a document. What the book says of itself, the builder knows already;
/// what it says of its pages, it says by changing their tree in `prepare`, before they are looked over. A note is known
/// by page and name: a call may stand in one page and its note in another. The source of a page is let go once it is in
/// the tree: a long book does not stand in memory twice.
pub(super) fn read_pages(
    mut builder: Builder,
    mut pages: Vec<Page>,
    prepare: impl FnOnce(&mut Tree),
) -> Document {
    let mut tree = Tree::default();
    let mut flattened = 0;
    for page in &mut pages {
        let source = std::mem::take(&mut page.text);
        let sound = xml::is_sound(&source) || page.damage.is_some() && xml::is_declared(&source);
        flattened +=
            if sound { xhtml::parse(&mut tree, &source) } else { tokens::parse(&mut tree, &source, false) };
    }
    tree.forget_lines();
    tree.seal();
    prepare(&mut tree);
    tree.seal();
    gutenberg::set_apart_sidenotes(&mut tree);
    let paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let mut plan = plan(&tree, &paths, false);
    if !outline::of_book(&tree, &mut plan, builder.meta())
        && let Some(first) = tree.pages.first()
    {
        plan.before.insert(*first, title_page(builder.meta()));
    }

    let mut scribe = Scribe::over(builder);
    write(&tree, &plan, &mut scribe, flattened, &pages);
    scribe.finish()
}

/// What stands before a book whose pages do not show its title.
fn title_page(meta: &Meta) -> Vec<(Kind, String)> {
    let Some(title) = meta.title.clone() else { return Vec::new() };
    let subtitle = meta.subtitle.clone().map(|subtitle| (Kind::Subtitle, subtitle));
    let authors = (!meta.authors.is_empty()).then(|| (Kind::Author, meta.authors.join(", ")));
    [Some((Kind::Title, title)), subtitle, authors].into_iter().flatten().collect()
}

/// What is to become of a tree, but for its headings. `framed` is whether there may be more on a page than its text.
fn plan(tree: &Tree, paths: &[&str], framed: bool) -> Plan {
    let mut plan = Plan { layout: tables::layout(tree), ..Plan::default() };
    let links = Links::find(tree, paths);
    pages::find(tree, &mut plan);
    notes::find(tree, &links, &mut plan);
    gutenberg::leave_out(tree, &mut plan);
    article::leave_out(tree, &links, &mut plan, !framed);
    leavings::leave_out(tree, &mut plan);
    plan
}

fn write(tree: &Tree, plan: &Plan, scribe: &mut Scribe<'_>, flattened: usize, pages: &[Page]) {
    if flattened > 0 {
        let words = format!("{flattened} elements nested too deep, read without their nesting");
        scribe.builder.problem(ProblemKind::Damaged, &words);
    }
    let mut writer = Writer::new(tree, plan, scribe);
    for (i, page) in tree.pages.iter().enumerate() {
        // A page that is a note is written among the notes.
        if !plan.lifted.contains(page) {
            writer.page(*page);
        }
        if let Some(damage) = pages.get(i).and_then(|page| page.damage.as_deref()) {
            writer.damaged(damage);
        }
    }
    writer.notes();
}

#[cfg(test)]
mod tests {
    use super::{Page, read_pages};
    use crate::document::Document;
    use crate::document::builder::Builder;
    use crate::document::report::Format;
    use crate::import::{Options, import, show};

    fn read(text: &str) -> Document {
        let options = Options { format: Some(Format::Html), ..Options::default() };
        import(text.as_bytes(), "a.html", &options).unwrap()
    }

    /// Checks what a page comes to: each block with its kind, depth and words, `{n}` where note n is called.
    fn check(text: &str, told: &[&str]) {
        assert_eq!(show(&read(text)), told, "{text}");
    }

    #[test]
    fn blocks_have_kinds_and_depths() {
        check(
            "<p>one\ntwo<hr><pre>\ncode\n  more\n</pre>",
            &["Paragraph one two", "Break * * *", "Code code\n  more"],
        );
        check(
            "<blockquote>one<blockquote><p>two</blockquote><ul><li>three</ul></blockquote>",
            &["Quotation/1 one", "Quotation/2 two", "Item(Bullet)/2 three"],
        );
        check(
            "<ul><li>one<ul><li>two</ul><li><p>three<p>four</ul>five",
            &[
                "Item(Bullet)/1 one",
                "Item(Bullet)/2 two",
                "Item(Bullet)/1 three",
                "Paragraph/1 four",
                "Paragraph five",
            ],
        );
        check(
            "<ol start=3><li>one<li value=7>two<li>three</ol>",
            &["Item(Number(3))/1 one", "Item(Number(7))/1 two", "Item(Number(8))/1 three"],
        );
        check("<ol reversed><li>one<li>two</ol>", &["Item(Number(2))/1 one", "Item(Number(1))/1 two"]);
        check(
            "<dl><dt>one<dd>two<dd><p>three</dl>",
            &["Paragraph one", "Paragraph/1 two", "Paragraph/1 three"],
        );
        check("<em>one<p>two</em> three", &["Paragraph one", "Paragraph two three"]);
    }

    #[test]
    fn a_book_has_its_notes_in_another_page() {
        let pages = [
            ("text/one.xhtml", "<h2>One</h2><p>a<a epub:type='noteref' href='../notes.xhtml#n1'>1</a>"),
            (
                "text/two.xhtml",
                "<h2>Two</h2><p>b<a epub:type='noteref' href='../notes.xhtml#n2'>1</a> and <a href='one.xhtml'>One</a><p id=n1>c",
            ),
            (
                "notes.xhtml",
                "<section epub:type='endnotes'><h2>Notes</h2><ol><li id=n1>First. <a href='text/one.xhtml' epub:type='backlink'>↩</a>
                 <li id=n2>Second.</ol></section>",
            ),
        ];
        let page =
            |(path, text): (&str, &str)| Page { path: path.to_owned(), text: text.to_owned(), damage: None };
        let pages = pages.map(page).to_vec();
        let document = read_pages(Builder::new(Format::Epub, "UTF-8"), pages, |_| {});
        assert_eq!(
            show(&document),
            [
                "Heading(1) One",
                "Paragraph a{1}",
                "Heading(1) Two",
                "Paragraph b{1} and One",
                "Paragraph c",
                "1: Paragraph First.",
                "1: Paragraph Second.",
            ]
        );
        assert_eq!(document.references().iter().map(|r| r.note).collect::<Vec<_>>(), [Some(0), Some(1)]);
    }

    #[test]
    fn tables_are_rows_and_cells() {
        check(
            "<table><caption>Sums</caption><tr><th>a<th>b<th>c<tr><td>1<td><td><p>3<tr><td colspan=2>x <i>y</i><td>z<br>z</table>",
            &["Paragraph Sums", "Table a\tb\tc\n1\t\t3\nx y\t\tz z"],
        );
        check(
            "<table><tr><th>a<th>b<th>c<tr><td rowspan=2>1<td>2<td rowspan=3>3<tr><td>4<tr><td colspan=2>5</table>",
            &["Table a\tb\tc\n1\t2\t3\n\t4\t\n5\t\t"],
        );
    }

    #[test]
    fn broken_lines_are_verse_or_paragraphs() {
        check(
            "<p>O rose<br>thou art <i>sick<br>The</i> worm<br></p>",
            &["Verse O rose\nthou art sick\nThe worm"],
        );
        check("<p>a<br>b<br><br>c<br>d", &["Verse a\nb", "Verse c\nd"]);
        let long = "a long line of prose ".repeat(6);
        let long = long.trim();
        check(&format!("<p>{long}<br>{long}"), &[&format!("Paragraph {long}"), &format!("Paragraph {long}")]);
        check(
            "<div class=poem><div class=stanza><span class=i0>O rose<br></span>\n<span class=i2>thou art sick<br></span></div></div>",
            &["Verse O rose\n  thou art sick"],
        );
        check(
            "<div class=poetry><div class=stanza>\n<div class='verse indent0'>O rose</div>\n<div class='verse indent2'>thou</div></div></div>",
            &["Verse O rose\n  thou"],
        );
    }

    #[test]
    fn words_are_as_they_are_read() {
        check("<p>5 km<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup>", &["Paragraph 5 km², H₂O, 1st"]);
        check("<p>a&shy;b &lt;&amp;&eacute;&nbsp;x <q>y</q>", &["Paragraph a\u{ad}b <&é\u{a0}x “y”"]);
        check("<p>管仲\n夷吾 and\nmore", &["Paragraph 管仲夷吾 and more"]);
        check("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", &["Paragraph 漢《かん》"]);
        check("<p><img src=x alt='A lamp'><img src=y.png><img alt='x.png'>", &["Paragraph [A lamp]"]);
        check("<script>a</script><p>b<!-- c --><style>d</style>", &["Paragraph b"]);
        check(
            "<p>a <math alttext='x^{2}'><msup><mi>x</mi><mn>2</mn></msup></math> <math><mi>y</mi></math>",
            &["Paragraph a x^{2} y"],
        );
        check("<p>a <img alt='{\\displaystyle x}'> b", &["Paragraph a x b"]);
    }
}
