//! The text told from the page around it.
//!
//! What is left out says by its element, its role or its name that it is no part of the text, and holds little prose
//! beside what the page has; what is unsure stays. Whatever holds a note stays. All of it is told.

use super::contents::{self, CONTENTS};
use super::frame;
use super::links::Links;
use super::measures::{Measured, Measures};
use super::names;
use super::plan::{Plan, Why};
use super::tree::{Data, Id, Step, Tree};

/// How much prose is too much to be a banner.
const SOME: usize = 250;

/// Roles of what is not the text.
const ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "menu",
    "menubar",
    "toolbar",
    "dialog",
    "alertdialog",
    "tablist",
    "doc-toc",
    "doc-pagelist",
];

/// Types of what is not the text of a book.
const TYPES: &[&str] = &["toc", "landmarks", "page-list", "lot", "loi"];

/// Classes of formulas that stand on the page once more, in another way.
const TWICE: &[&str] = &[
    "katex-html",
    "MathJax_Preview",
    "mwe-math-mathml-inline",
    "mwe-math-mathml-display",
    "mwe-math-mathml-a11y",
];

/// Puts what is not the text into the plan. In a book nothing but its own contents is looked for: it has no banners.
pub(super) fn leave_out(tree: &Tree, links: &Links, plan: &mut Plan, book: bool) {
    let measured = Measured::new(tree, plan);
    for page in tree.pages.clone() {
        let main = if book { None } else { main(tree, &measured, page) };
        let mut walk = tree.walk(page);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if plan.left_out.contains_key(&id) || plan.lifted.contains(&id) {
                walk.jump(id);
                continue;
            }
            if !matches!(tree.node(id).data, Data::Element(..)) {
                continue;
            }
            let why = why(tree, links, &measured, id, book).or_else(|| outside(tree, &measured, main, id));
            if why.is_none() && is_hidden(tree, id) {
                plan.unhidden.insert(id);
            }
            match why {
                Some(why) if !measured.holds_notes(tree, id) => {
                    plan.left_out.insert(id, why);
                    walk.jump(id);
                }
                Some(_) | None => {}
            }
        }
    }
}

/// Why an element is left out, if it is.
fn why(tree: &Tree, links: &Links, measured: &Measured, id: Id, book: bool) -> Option<Why> {
    let name = tree.name(id);
    if matches!(name, "html" | "head" | "body" | "main" | "article") {
        return None;
    }
    if frame::is_beside_heading(tree, measured, id) || tree.has(id, "class", TWICE) {
        return Some(Why::Silent);
    }
    if frame::is_skip(tree, id) {
        return Some(Why::Told("navigation"));
    }
    let Measures { words, linked, prose } = measured.of(tree, id);
    let dense = linked * 2 > words;
    let little = prose * 4 <= measured.prose;
    if is_hidden(tree, id) && prose < SOME {
        return Some(Why::Told("hidden on the page"));
    }
    if words < SOME && frame::is_unseen(tree, id) {
        return Some(Why::Told("for screen readers alone"));
    }
    if tree.has(id, "role", ROLES) && tree.has(id, "role", &["doc-toc", "doc-pagelist"])
        || tree.has(id, "epub:type", TYPES)
    {
        return Some(Why::Told(CONTENTS));
    }
    if book {
        return None;
    }
    let titled = measured.titles(tree, id) > 0;
    // An article may have its title in its own header, as a lower heading.
    let own = || tree.ancestors(id).skip(1).any(|a| matches!(tree.name(a), "article" | "main"));
    let headed =
        |id| tree.within(id).take(64).any(|h| names::heading(tree, h).is_some_and(|level| level <= 3));
    if contents::lists_headings(tree, links, measured, id) && !titled {
        return Some(Why::Told(CONTENTS));
    }
    let told = |why| Some(Why::Told(why));
    if words < SOME && prose == 0 && frame::leads_on(tree, id) {
        return told("navigation");
    }
    match name {
        "nav" if little => return told("navigation"),
        "form" if little && prose < SOME => return told("form"),
        "header"
            if !(titled || own() && headed(id))
                && prose < SOME
                && little
                && !measured.in_quotation(tree, id) =>
        {
            return told("frame of the page");
        }
        "footer" if little && !titled && !measured.in_quotation(tree, id) => {
            return told("frame of the page");
        }
        "aside" if dense && little && !titled => return told("side of the page"),
        _ => {}
    }
    if tree.has(id, "role", ROLES) && (dense || prose < SOME) && little && !titled {
        return told("frame of the page");
    }
    let reason = frame::reason(tree, id)?;
    // An `<a class="share">` or a `<span>` in a sentence says little; a block says what it is.
    let block = names::is_block(name);
    (block && !titled && little && (dense || prose < SOME || reason == "comments of readers"))
        .then_some(Why::Told(reason))
}

/// Whether an element is not shown.
fn is_hidden(tree: &Tree, id: Id) -> bool {
    let style = tree.attribute(id, "style").unwrap_or_default();
    let unseen = style.split(';').filter_map(|d| d.split_once(':')).any(|(name, value)| {
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        name == "display" && value.starts_with("none") || name == "visibility" && value.starts_with("hidden")
    });
    unseen || tree.attribute(id, "hidden").is_some_and(|h| !h.eq_ignore_ascii_case("until-found"))
}

/// The element that says it holds the text, if most of the prose is in it.
fn main(tree: &Tree, measured: &Measured, page: Id) -> Option<Id> {
    let most = |id: &Id| measured.of(tree, *id).prose * 5 > measured.prose * 3;
    let elements = || tree.within(page).filter(|id| matches!(tree.node(*id).data, Data::Element(..)));
    let main =
        elements().find(|id| (tree.name(*id) == "main" || tree.has(*id, "role", &["main"])) && most(id));
    let article = |root: Id| tree.within(root).find(|id| tree.name(*id) == "article" && most(id));
    main.map(|main| article(main).unwrap_or(main)).or_else(|| article(page))
}

/// Why an element outside the main one is left out, if it is.
fn outside(tree: &Tree, measured: &Measured, main: Option<Id>, id: Id) -> Option<Why> {
    let main = main?;
    if tree.contains(id, main) || tree.contains(main, id) || !names::is_block(tree.name(id)) {
        return None;
    }
    let Measures { words, prose, .. } = measured.of(tree, id);
    let titled = measured.titles(tree, id) > 0 && measured.titles(tree, main) == 0;
    (!titled && (prose < SOME || prose * 2 < words)).then_some(Why::Told("outside the article"))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::document::report::{ChangeKind, Format};
    use crate::import::{Options, import, show};

    /// Prose of so many sentences.
    fn prose(sentences: usize) -> String {
        "The lamp was lit at dusk, and the keeper wrote down the hour in his book. "
            .repeat(sentences)
            .trim()
            .to_owned()
    }

    fn read(text: &str) -> Document {
        let options = Options { format: Some(Format::Html), ..Options::default() };
        import(text.as_bytes(), "a.html", &options).unwrap()
    }

    /// What a page comes to: its blocks, paragraphs of prose as `…`, and why something was left out.
    fn check(what: &str, text: &str, told: &[&str], dropped: &[&str]) {
        let document = read(text);
        let blocks: Vec<String> =
            show(&document).iter().map(|b| b.replace(&prose(8), "…").replace(&prose(4), "…")).collect();
        assert_eq!(blocks, told, "{what}");
        let changes = document.report().changes.iter().filter(|c| c.kind == ChangeKind::Dropped);
        assert_eq!(changes.map(|c| &*c.why).collect::<Vec<_>>(), dropped, "{what}");
    }

    #[test]
    fn the_article_is_told_from_the_page() {
        let (long, short) = (prose(8), prose(4));
        check(
            "a blog",
            &format!(
                "<title>A title | The Site</title><body class='has-sidebar'><a class=skip-link href=#m>Skip to content</a>
                <header class=site-header><p class=site-title><a href=/>The Site</a></p><nav><ul><li><a href=/a>About</a></ul></nav></header>
                <div class=cookie-banner><p>We use cookies. <button>Accept</button></div>
                <main id=m><article><header><h1>A title</h1><p class=byline>By Ann B.</p></header><p>{long}</p><h2>Part</h2><p>{short}</p><p>Short.</p>
                <div class=sharedaddy><h3>Share this:</h3><ul><li><a href=t>Twitter</a></ul></div>
                <footer><p>Filed under <a href=x>Lamps</a></p></footer></article>
                <section id=comments><h2>2 thoughts</h2><ol><li><p>A fine text, and I have read many of them in my life.</ol></section></main>
                <aside id=secondary class=widget-area><h2>Recent posts</h2><ul><li><a href=b>B</a></ul></aside><footer id=colophon>Powered by X</footer>"
            ),
            &["Title A title", "Author By Ann B.", "Paragraph …", "Heading(1) Part", "Paragraph …", "Paragraph Short."],
            &[
                "navigation",
                "frame of the page",
                "notice of cookies",
                "buttons to share",
                "frame of the page",
                "comments of readers",
                "side of the page",
                "frame of the page",
            ],
        );
        check(
            "an old page without any of it",
            &format!(
                "<title>Old</title><center><h1>Old</h1></center><table><tr><td><a href=1>One</a><br><a href=2>Two</a></td><td><p>{long}<p>{long}</td></tr></table>"
            ),
            &["Title Old", "Verse One\nTwo", "Paragraph …", "Paragraph …"],
            &[],
        );
        check(
            "prose in an element with a doubtful name",
            &format!(
                "<div id=content-with-sidebar><div class=promo><p>{long}</p><p>{long}</p></div></div><div class=ad>Buy!</div>"
            ),
            &["Paragraph …", "Paragraph …"],
            &["advertisement"],
        );
    }

    #[test]
    fn notes_outside_the_article_are_kept() {
        let long = prose(8);
        check(
            "notes in the footer",
            &format!(
                "<main><p>{long}<sup><a href=#fn1 id=r1>1</a></sup></p></main><footer class=footer><ol class=footnotes><li id=fn1>A note. <a href=#r1>↩</a></ol><p>© The Site</footer>"
            ),
            &["Paragraph …{1}", "1: Paragraph A note."],
            &["outside the article"],
        );
    }

    #[test]
    fn contents_and_what_stands_beside_headings_are_left_out() {
        let long = prose(8);
        check(
            "contents",
            &format!(
                "<h1>T</h1><h2>Contents</h2><ul><li><a href=#a>A</a><li><a href=#b>B</a><li><a href=#c>C</a><li><a href=#d>D</a></ul>
                <h2 id=a>A<a class=headerlink href=#a>¶</a></h2><p>{long}<h2 id=b>B <span class=mw-editsection>[<a href=e>edit</a>]</span></h2><p>{long}
                <h2 id=c>C <a href=#c>#</a></h2><p>{long}<a name=d></a><h2>D</h2><p>{long}<a href=#top>Back to top</a>"
            ),
            &[
                "Title T", "Heading(1) A", "Paragraph …", "Heading(1) B", "Paragraph …", "Heading(1) C", "Paragraph …",
                "Heading(1) D", "Paragraph …",
            ],
            &["table of contents; the headings make one", "navigation"],
        );
        check(
            "contents with pages, and ways to other pages",
            &format!(
                "<h1>T</h1><div><p>Next: <a href=2.html rel=next>Two</a>, Up: <a href=0.html rel=up>All</a></p></div><h2>Contents</h2>
                <table><tr><td>I.<td><a href=#a>The first lamp</a><td><a href=#p1>1</a><tr><td>II.<td><a href=#b>The second lamp</a><td><a href=#p2>2</a></table>
                <p id=p1>{long}<h2 id=a>A</h2><p id=p2>{long}<h2 id=b>B</h2><p>{long}"
            ),
            &["Title T", "Paragraph …", "Heading(1) A", "Paragraph …", "Heading(1) B", "Paragraph …"],
            &["navigation", "table of contents; the headings make one"],
        );
        check(
            "Texinfo's contents, over parts that begin with the ways to others",
            &format!(
                "<h1>T</h1><div class=element-contents id=SEC_Contents><h2>Table of Contents</h2><div class=contents><ul><li><a id=toc-A href=#A>1 A</a><li><a id=toc-B href=#B>2 B</a></ul></div></div>
                <div id=A><div class=nav-panel><p>Next: <a href=#B rel=next>B</a>, Up: <a href=#Top rel=up>T</a> [<a href=#SEC_Contents rel=contents>Contents</a>]</p></div><hr><h2 id=A-1><span>1 A<a class=copiable-link href=#A-1> ¶</a></span></h2><p>{long}</div>
                <div id=B><div class=nav-panel><p>Previous: <a href=#A rel=prev>A</a></p></div><hr><h2>2 B</h2><p>{long}</div>"
            ),
            &[
                "Title T", "Break * * *", "Heading(1) 1 A", "Paragraph …", "Break * * *", "Heading(1) 2 B", "Paragraph …",
            ],
            &["table of contents; the headings make one", "navigation", "navigation"],
        );
        check(
            "contents that are called navigation, under their heading",
            &format!(
                "<h1>T</h1><h2>Table of Contents</h2><nav><a href=#a>A</a></nav><h2 id=a>A</h2><p>{long}"
            ),
            &["Title T", "Heading(1) A", "Paragraph …"],
            &["navigation"],
        );
        check(
            "what is hidden",
            "<p>Seen. <span style='display: none'>Unseen.</span><span hidden>Nor this.</span><b class=sr-only>Said.</b></p>",
            &["Paragraph Seen."],
            &["hidden on the page", "hidden on the page", "for screen readers alone"],
        );
    }

    #[test]
    fn sidenotes_of_printed_books_stand_above_their_paragraphs() {
        check(
            "Gutenberg",
            "<div class=pg-boilerplate>About</div><p><a href=#n1 id=r1>[1]</a>One <span class=sidenote>Of <i>one</i></span>two.<p class=footnote id=n1><a href=#r1>[1]</a> A.</p>",
            &["Paragraph Of one", "Paragraph {1}One two.", "1: Paragraph A."],
            &["frame of Project Gutenberg"],
        );
    }

    #[test]
    fn the_frame_of_gutenberg_is_left_out() {
        let long = prose(8);
        check(
            "old",
            &format!(
                "<title>The Project Gutenberg eBook of Lamps, by Ann B.</title><body><pre>The Project Gutenberg EBook of Lamps\n*** START OF THIS PROJECT GUTENBERG EBOOK LAMPS ***\nProduced by C</pre>
                <h1>LAMPS</h1><h3>by</h3><h2>ANN B.</h2><p>{long}<pre>End of the Project Gutenberg EBook\n*** END OF THIS PROJECT GUTENBERG EBOOK LAMPS ***</pre><p>Licence"
            ),
            &["Title LAMPS", "Author by", "Author ANN B.", "Paragraph …"],
            &["frame of Project Gutenberg"; 3],
        );
        check(
            "new",
            &format!(
                "<title>Lamps | Project Gutenberg</title><section class='pg-boilerplate pgheader' id=pg-header><h2>The Project Gutenberg eBook of <span>Lamps</span></h2></section><h1>Lamps</h1><p>{long}<section class='pg-boilerplate pgfooter' id=pg-footer>*** END OF THE PROJECT GUTENBERG EBOOK LAMPS ***</section>"
            ),
            &["Title Lamps", "Paragraph …"],
            &["frame of Project Gutenberg"; 2],
        );
    }
}
