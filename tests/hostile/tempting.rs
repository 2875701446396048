//! Documents that name other files, and places on the network, in every way that has made a program fetch one.

use crate::binder::{Book, bind, member, stored};

/// What each of them would like to have opened; on the network there is nobody of this name.
const BAIT: [&str; 6] = [
    "/etc/passwd",
    "bait.txt",
    "../bait.txt",
    "file:///etc/passwd",
    "http://bait.invalid/x",
    "//bait.invalid/x",
];

const MARKDOWN: &str = "---\ntitle: T\nbibliography: BAIT\ninclude: BAIT\ncss: BAIT\n---\n\n# One\n\n![a](BAIT) [b](BAIT) ![c][r] <BAIT> \
    {{< include BAIT >}} {!BAIT!} !include BAIT\n\n[r]: BAIT\n\n<img src=\"BAIT\"><script src=\"BAIT\"></script>\n\n\
    <!--#include file=\"BAIT\"-->\n\nCalled.[^1]\n\n[^1]: ![d](BAIT)\n";

const HTML: &str = "<!DOCTYPE html SYSTEM \"BAIT\"><html><head><base href=\"BAIT\"><link rel=\"stylesheet\" href=\"BAIT\">\
    <link rel=\"import\" href=\"BAIT\"><meta http-equiv=\"refresh\" content=\"0; url=BAIT\"><script src=\"BAIT\"></script>\
    <style>@import url(BAIT); @font-face { src: url(BAIT) }</style></head><body background=\"BAIT\"><h1>One</h1>\
    <p style=\"background: url(BAIT)\"><img src=\"BAIT\" srcset=\"BAIT 2x\"><a href=\"BAIT\" ping=\"BAIT\">a</a>\
    <iframe src=\"BAIT\"></iframe><object data=\"BAIT\"></object><embed src=\"BAIT\"><video poster=\"BAIT\" src=\"BAIT\"></video>\
    <audio src=\"BAIT\"></audio><svg><image xlink:href=\"BAIT\"/><use href=\"BAIT\"/></svg><math href=\"BAIT\"/>\
    <applet code=\"BAIT\"></applet><input type=\"image\" src=\"BAIT\"><blockquote cite=\"BAIT\">b</blockquote>\
    <template><img src=\"BAIT\"></template><noscript><img src=\"BAIT\"></noscript></body></html>";

const XHTML: &str = "<?xml version=\"1.0\"?><?xml-stylesheet href=\"BAIT\"?><!DOCTYPE html SYSTEM \"BAIT\" [<!ENTITY % p SYSTEM \"BAIT\">\
    %p;<!ENTITY e SYSTEM \"BAIT\"><!ENTITY pub PUBLIC \"x\" \"BAIT\"><!NOTATION n SYSTEM \"BAIT\"><!ENTITY u SYSTEM \"BAIT\" NDATA n>]>\
    <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:xi=\"http://www.w3.org/2001/XInclude\" xsi:schemaLocation=\"x BAIT\">\
    <head><title>T</title><link href=\"BAIT\"/></head><body xml:base=\"BAIT\"><h1>One</h1><p>&e;&pub;&u;<xi:include href=\"BAIT\" \
    parse=\"text\"/><img src=\"BAIT\"/><a href=\"BAIT\">x</a></p></body></html>";

const TEXT: &str =
    "ONE\n\n［＃挿絵（BAIT）入る］\n.. include:: BAIT\n#include \"BAIT\"\n\\input{BAIT}\n[BAIT]\n\nBAIT\n";

const ORG: &str = "#+TITLE: T\n#+INCLUDE: \"BAIT\"\n#+SETUPFILE: BAIT\n#+BIBLIOGRAPHY: BAIT\n\n* One\n[[BAIT]] [[file:BAIT]]\n";

const RST: &str = "One\n===\n\n.. include:: BAIT\n\n.. raw:: html\n   :file: BAIT\n\n.. csv-table:: t\n   :file: BAIT\n\n.. image:: BAIT\n\n\
    .. literalinclude:: BAIT\n";

const LATEX: &str = "\\documentclass{article}\n\\usepackage{BAIT}\n\\begin{document}\n\\section{One}\n\\input{BAIT} \\include{BAIT} \
    \\includegraphics{BAIT} \\lstinputlisting{BAIT} \\bibliography{BAIT} \\openin1=BAIT\n\\end{document}\n";

/// A book whose papers and pages lead outside.
fn book(bait: &str) -> Vec<u8> {
    let mut members = Book::of(&[("1.xhtml", "")])
        .metadata("<dc:title>T</dc:title><link rel='record' href='BAIT'/><meta name='cover' content='b'/>")
        .nav("<nav epub:type='toc'><ol><li><a href='BAIT'>One</a></li><li><a href='1.xhtml'>Two</a></li></ol></nav>")
        .ncx(&[(1, "One", "BAIT"), (1, "Two", "1.xhtml#x")])
        .guide("<guide><reference type='cover' href='BAIT'/><reference type='toc' href='BAIT'/></guide>")
        .members();
    let added = "<item id='b' href='BAIT' media-type='application/xhtml+xml' fallback='b' media-overlay='b'/></manifest>";
    for member in &mut members {
        let words = String::from_utf8(member.bytes.clone()).unwrap();
        let words = match &*member.name {
            b"META-INF/container.xml" => words.replacen(
                "<rootfiles>",
                "<!DOCTYPE c SYSTEM 'BAIT'><rootfiles><rootfile full-path='BAIT'/><rootfile full-path='../BAIT'/>",
                1,
            ),
            b"OEBPS/content.opf" => words
                .replacen("</manifest>", added, 1)
                .replacen("</spine>", "<itemref idref='b'/></spine>", 1),
            b"OEBPS/1.xhtml" => XHTML.to_owned(),
            _ => words,
        };
        member.bytes = words.replace("BAIT", bait).into_bytes();
    }
    for name in [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\bait.txt",
        "OEBPS/../../bait.txt",
        "\u{1b}]0;x\u{7}\n\u{202e}",
    ] {
        members.push(member(name, "x"));
    }
    let mut link = stored("OEBPS/link.xhtml", bait);
    link.attributes = 0o120_777 << 16;
    members.push(link);
    bind(&members)
}

/// Whether pandoc is needed to read a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Ibid,
    Pandoc,
}

/// Every document, with the ending of its name and who reads it, made for one bait.
fn with(bait: &str) -> Vec<(&'static str, Reader, Vec<u8>)> {
    let filled = |text: &str| text.replace("BAIT", bait).into_bytes();
    vec![
        ("md", Reader::Ibid, filled(MARKDOWN)),
        ("html", Reader::Ibid, filled(HTML)),
        ("xhtml", Reader::Ibid, filled(XHTML)),
        ("txt", Reader::Ibid, filled(TEXT)),
        ("epub", Reader::Ibid, book(bait)),
        ("org", Reader::Pandoc, filled(ORG)),
        ("rst", Reader::Pandoc, filled(RST)),
        ("tex", Reader::Pandoc, filled(LATEX)),
    ]
}

/// The documents with each bait.
pub fn documents() -> Vec<(&'static str, Reader, Vec<u8>)> {
    BAIT.iter().flat_map(|bait| with(bait)).collect()
}

/// The same documents, with nothing in them to be fetched.
pub fn innocent() -> Vec<(&'static str, Reader, Vec<u8>)> {
    with("")
}
