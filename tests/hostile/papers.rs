//! The papers of a book, in whatever order and of whatever sense: something is read, and nothing panics or hangs.

use crate::binder::{Book, bind};
use ibid::import::{Options, import};
use proptest::prelude::*;

/// What papers are made of.
const PIECES: &[&str] = &[
    "<item id='a' href='1.xhtml' fallback='b' media-type='application/xhtml+xml'/>",
    "<item id='b' href='2.xhtml' fallback='a' properties='nav'/>",
    "<item id='c' href='../../x' media-type='application/x-dtbncx+xml'/>",
    "<item id='a' href='nav.xhtml' properties='nav'/>",
    "<itemref idref='a'/>",
    "<itemref idref='b' linear='no'/>",
    "<itemref idref='nowhere'/>",
    "<manifest>",
    "</manifest>",
    "<spine toc='c'>",
    "</spine>",
    "<metadata>",
    "</metadata>",
    "<dc:title id='t'>First</dc:title>",
    "<meta refines='#t' property='title-type'>subtitle</meta>",
    "<meta refines='#t' property='display-seq'>99999999999</meta>",
    "<reference type='toc' href='1.xhtml'/>",
    "<reference type='cover' href='2.xhtml#x'/>",
    "<nav epub:type='toc'>",
    "<nav epub:type='page-list'>",
    "</nav>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<a href='1.xhtml#p'>One</a>",
    "<a href='2.xhtml'>Chapter One</a>",
    "<a href='#'>Two</a>",
    "<span>Part</span>",
    "<navMap>",
    "<navPoint><navLabel><text>One</text></navLabel><content src='2.xhtml#p'/>",
    "</navPoint>",
    "<pageTarget value='7'><navLabel><text>7</text></navLabel><content src='1.xhtml#p'/></pageTarget>",
    "<h1>One</h1>",
    "<h2 id='p'>Two</h2>",
    "<h5>Chapter One</h5>",
    "<p id='p'>One</p>",
    "<p>Chapter One</p>",
    "<p>First</p>",
    "<hgroup>",
    "</hgroup>",
    "<a epub:type='noteref' href='2.xhtml#n'>1</a>",
    "<a epub:type='noteref' href='2.xhtml'>2</a>",
    "<aside epub:type='footnote' id='n'><p>Note.</p></aside>",
    "<span epub:type='pagebreak' title='3'/>",
    "<img src='cover.png' alt='One'/>",
    "<b>",
    "</p>",
    "&e;",
    "<!--",
    "]]>",
];

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// 28, 34: papers and pages made of the right pieces in the wrong order.
    #[test]
    fn no_papers_make_it_panic(package in words(), nav in words(), ncx in words(), one in words(), two in words()) {
        let mut members = Book::of(&[("1.xhtml", &one), ("2.xhtml", &two)]).nav(&nav).ncx(&[]).members();
        for member in &mut members {
            match &*member.name {
                b"OEBPS/content.opf" if package.len() % 2 == 0 => member.bytes = format!("<package>{package}</package>").into_bytes(),
                b"OEBPS/content.opf" => {
                    let said = String::from_utf8_lossy(&member.bytes).replace("<manifest>", &format!("<manifest>{package}"));
                    member.bytes = said.into_bytes();
                }
                b"OEBPS/toc.ncx" => member.bytes = format!("<ncx>{ncx}</ncx>").into_bytes(),
                _ => {}
            }
        }
        let Ok(document) = import(&bind(&members), "a.epub", &Options::default()) else { return Ok(()) };
        let end = document.text().len();
        prop_assert!(document.references().iter().all(|r| r.at.byte() <= end));
        prop_assert!(document.pages().iter().all(|p| p.at.byte() <= end));
        prop_assert!(document.sections().windows(2).all(|s| s[0].range.end == s[1].range.start));
    }
}
