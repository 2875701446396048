//! A case for each producer of annotated pages whose markup is known.

use crate::document::report::Format;
use crate::import::{Options, import, show};

/// Checks what a page comes to: each block with its kind, depth and words, `{n}` where note n is called.
fn check(producer: &str, text: &str, told: &[&str]) {
    let options = Options { format: Some(Format::Html), ..Options::default() };
    let document = import(text.as_bytes(), "a.html", &options).unwrap();
    assert_eq!(show(&document), told, "{producer}");
}

#[test]
fn publishing_roles() {
    check(
        "pandoc",
        r##"<p>One<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>, two.<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a></p>
        <section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr/><ol>
        <li id="fn1"><p>First.</p><p>More.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>
        <li id="fn2"><p>Second.<a href="#fnref2" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>"##,
        &["Paragraph One{1}, two.{2}", "1: Paragraph First.", "1: Paragraph More.", "2: Paragraph Second."],
    );
    check(
        "EPUB",
        r##"<p>One<a epub:type="noteref" href="#n1">*</a> two.</p><aside epub:type="footnote" id="n1"><p>* A note.</p></aside><p>Three.</p>"##,
        &["Paragraph One{*} two.", "Paragraph Three.", "*: Paragraph A note."],
    );
    check(
        "a note that nothing calls",
        r##"<p>One<a role="doc-noteref" href="#n1">1</a>.</p><aside role="doc-footnote" id="n1">A.</aside><aside role="doc-footnote" id="n2">2. B.</aside>"##,
        &["Paragraph One{1}.", "1: Paragraph A.", "2: Paragraph B."],
    );
    check(
        "GitHub",
        r##"<p>One<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref aria-describedby="footnote-label">1</a></sup> two.</p>
        <section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol><li id="user-content-fn-1">
        <p>A note. <a href="#user-content-fnref-1" data-footnote-backref aria-label="Back to reference 1" class="data-footnote-backref">↩</a></p></li></ol></section>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
}

#[test]
fn wikis() {
    check(
        "MediaWiki",
        r##"<p>One.<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1"><span class="cite-bracket">[</span>1<span class="cite-bracket">]</span></a></sup><sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup>
        Two.<sup id="cite_ref-a_1-1" class="reference"><a href="#cite_note-a-1">[1]</a></sup> Three.<sup class="reference" id="cite_ref-3"><a href="#cite_note-3">[note 1]</a></sup></p>
        <h2><span class="mw-headline" id="Notes">Notes</span></h2><div class="reflist"><ol class="references"><li id="cite_note-3"><span class="mw-cite-backlink"><b><a href="#cite_ref-3">^</a></b></span> <span class="reference-text">An aside.<sup id="cite_ref-4" class="reference"><a href="#cite_note-4">[3]</a></sup></span></li></ol></div>
        <h2>References</h2><ol class="references"><li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-a_1-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text">Smith, <i>Book</i>.</span></li>
        <li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2" aria-label="Jump up">↑</a></b></span> <span class="reference-text">Jones.</span></li>
        <li id="cite_note-4"><span class="mw-cite-backlink"><b><a href="#cite_ref-4">^</a></b></span> <span class="reference-text">Brown.</span></li></ol><h2>See also</h2><p>Four.</p>"##,
        &[
            "Paragraph One.{1}{2} Two.{1} Three.{note 1}",
            "Heading(1) See also",
            "Paragraph Four.",
            "note 1: Paragraph An aside.{3}",
            "1: Paragraph Smith, Book.",
            "2: Paragraph Jones.",
            "3: Paragraph Brown.",
        ],
    );
}

#[test]
fn pages_that_link_to_themselves_in_full() {
    check(
        "Parsoid",
        r##"<p>One.<sup class="mw-ref reference" id="cite_ref-5"><a href="./Lamps#cite_note-5"><span class="mw-reflink-text">[1]</span></a></sup> See <a href="./Oil#History">oil</a>.</p><h2 id="History">History</h2><p>Two.</p>
        <ol class="mw-references references"><li id="cite_note-5"><a href="./Lamps#cite_ref-5" rel="mw:referencedBy"><span class="mw-linkback-text">↑ </span></a> <span class="mw-reference-text">Smith.</span></li></ol>"##,
        &["Paragraph One.{1} See oil.", "Heading(1) History", "Paragraph Two.", "1: Paragraph Smith."],
    );
    check(
        "Texinfo, saved",
        r##"<p>One.<a class="footnote" id="DOCF2" href="https://a.org/Lamps.html#FOOT2"><sup>2</sup></a></p><div class="footnotes-segment"><hr><h4 class="footnotes-heading">Footnotes</h4>
        <h5 class="footnote-body-heading"><a id="FOOT2" href="https://a.org/Lamps.html#DOCF2">(2)</a></h5><p>A note.</p></div>"##,
        &["Paragraph One.{2}", "2: Paragraph A note."],
    );
}

#[test]
fn notes_inside_the_sentence() {
    check(
        "Tufte",
        r##"<p>One<label for="sn-a" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-a" class="margin-toggle"/><span class="sidenote">A <em>note</em>.</span>, two.
        <label for="mn-b" class="margin-toggle">&#8853;</label><input type="checkbox" id="mn-b" class="margin-toggle"/><span class="marginnote">Beside.</span> Three.
        <span class="newthought">Four<label for="sn-c" class="margin-toggle sidenote-number"></label></span><input type="checkbox" id="sn-c" class="margin-toggle"/><span class="sidenote">C.</span></p>"##,
        &[
            "Paragraph One{1}, two.{⊕} Three. Four{2}",
            "1: Paragraph A note.",
            "⊕: Paragraph Beside.",
            "2: Paragraph C.",
        ],
    );
    check(
        "LaTeXML",
        r##"<p class="ltx_p">One<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>A note.</span></span></span> two.</p>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "Modern Footnotes for WordPress",
        r##"<p>One<sup class="modern-footnotes-footnote " data-mfn="1"><a href="javascript:void(0)" role="button">1</a></sup><span id="mfn-content-1" role="tooltip" class="modern-footnotes-footnote__note" tabindex="0">A note.</span> two.</p>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
}

#[test]
fn printed_books() {
    check(
        "Project Gutenberg",
        r##"<p>One.<a name="FNanchor_1_1" id="FNanchor_1_1"></a><a href="#Footnote_1_1" class="fnanchor">[1]</a> Two. See <a href="#Footnote_1_1">note 1</a>, and <a href="#Footnote_1_1">1</a>.</p>
        <div class="footnotes"><h3>FOOTNOTES:</h3><div class="footnote"><p><a name="Footnote_1_1" id="Footnote_1_1"></a><a href="#FNanchor_1_1"><span class="label">[1]</span></a> A note.</p><p>More of it.</p></div></div>"##,
        &["Paragraph One.{1} Two. See note 1, and 1.", "1: Paragraph A note.", "1: Paragraph More of it."],
    );
    check(
        "Project Gutenberg, later",
        r##"<p>One.<a id="FNanchor_1"></a><a href="#Footnote_1" class="fnanchor">[A]</a></p><p>Two.<a id="FNanchor_2"></a><a href="#Footnote_2" class="fnanchor">[B]</a></p>
        <div class="footnote"><p><a id="Footnote_1"></a><a href="#FNanchor_1" class="label">[A]</a> Note A.</p></div><div class="footnote"><p><a id="Footnote_2"></a><a href="#FNanchor_2" class="label">[B]</a> Note B.</p></div><p>Three.</p>"##,
        &[
            "Paragraph One.{A}",
            "Paragraph Two.{B}",
            "Paragraph Three.",
            "A: Paragraph Note A.",
            "B: Paragraph Note B.",
        ],
    );
    check(
        "DocBook",
        r##"<p>One<a href="#ftn.idm1" class="footnote" id="idm1"><sup class="footnote">[1]</sup></a> two.</p><div class="footnotes"><br /><hr style="width:100" /><div id="ftn.idm1" class="footnote"><p><a href="#idm1" class="para"><sup class="para">[1] </sup></a>A note.</p></div></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "Texinfo",
        r##"<p>One<a class="footnote" id="DOCF1" href="#FOOT1"><sup>1</sup></a> two.<a class="footnote" id="DOCF2" href="#FOOT2"><sup>2</sup></a></p><div class="footnotes-segment"><hr><h4 class="footnotes-heading">Footnotes</h4>
        <h5 class="footnote-body-heading"><a id="FOOT1" href="#DOCF1">(1)</a></h5><p>A note.</p><p>More.</p><h5 class="footnote-body-heading"><a id="FOOT2" href="#DOCF2">(2)</a></h5><p>Another.</p></div>"##,
        &["Paragraph One{1} two.{2}", "1: Paragraph A note.", "1: Paragraph More.", "2: Paragraph Another."],
    );
    check(
        "Texinfo, old",
        r##"<p>One<a name="DOCF1" href="#FOOT1"><sup>1</sup></a> two.</p><div class="footnote"><hr><h4 class="footnotes-heading">Footnotes</h4><h3><a name="FOOT1" href="#DOCF1">(1)</a></h3><p>A note.</p></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "docutils, old",
        r##"<p>One <a class="footnote-reference" href="#id3" id="id1">[1]</a> two <a class="footnote-reference" href="#id3" id="id2">[1]</a>.</p>
        <table class="docutils footnote" frame="void" id="id3" rules="none"><colgroup><col class="label" /><col /></colgroup><tbody valign="top"><tr><td class="label">[1]</td><td><em>(<a class="fn-backref" href="#id1">1</a>, <a class="fn-backref" href="#id2">2</a>)</em> A note.</td></tr></tbody></table>"##,
        &["Paragraph One{1} two{1}.", "1: Paragraph A note."],
    );
    check(
        "docutils, HTML 5",
        r##"<p>One <a class="footnote-reference brackets" href="#id2" id="id1">1</a> two.</p><p class="rubric">Footnotes</p><dl class="footnote brackets"><dt class="label" id="id2"><span class="brackets"><a class="fn-backref" href="#id1">1</a></span></dt><dd><p>A note.</p><p>More.</p></dd></dl>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note.", "1: Paragraph More."],
    );
    check(
        "Sphinx",
        r##"<p>One <a class="footnote-reference brackets" href="#id3" id="id1" role="doc-noteref"><span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a>.</p>
        <aside class="footnote-list brackets"><aside class="footnote brackets" id="id3" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span><p>A note.</p></aside>
        <aside class="footnote brackets" id="id4" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span>2<span class="fn-bracket">]</span></span><span class="backrefs">(<a role="doc-backlink" href="#id1">1</a>,<a role="doc-backlink" href="#id1">2</a>)</span><p>Another.</p></aside></aside>"##,
        &["Paragraph One{1}.", "1: Paragraph A note.", "2: Paragraph Another."],
    );
}

#[test]
fn blogs() {
    check(
        "kramdown",
        r##"<p>One<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup> two.</p><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>A note. <a href="#fnref:1" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li></ol></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "WordPress",
        r##"<p>One<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">1</a></sup> two.</p><ol class="wp-block-footnotes"><li id="u1">A note. <a href="#u1-link" aria-label="Jump to footnote reference 1">↩︎</a></li></ol>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "Easy Footnotes",
        r##"<p>One<span id="easy-footnote-1-12" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a href="#easy-footnote-bottom-1-12" title="A note."><sup>1</sup></a></span> two.</p><ol class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-12" class="easy-footnote-margin-adjust"></span>A note.<a class="easy-footnote-to-top" href="#easy-footnote-1-12"></a></li></ol>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "Footnotes for WordPress",
        r##"<p>One<span class="footnote_referrer"><a role="button" tabindex="0" onclick="footnote_moveToReference_9_1('footnote_plugin_reference_9_1_1');"><sup id="footnote_plugin_tooltip_9_1_1" class="footnote_plugin_tooltip_text">[1]</sup></a><span id="footnote_plugin_tooltip_text_9_1_1" class="footnote_tooltip">A no … <span>Continue reading</span></span></span> two.</p>
        <div class="speaker-mute footnotes_reference_container"><div class="footnote_container_prepare"><p><span role="button" tabindex="0">Footnotes</span></p></div><div id="footnote_references_container_9_1"><table class="footnotes_table footnote-reference-container"><caption class="accessibility">Footnotes</caption><tbody>
        <tr class="footnotes_plugin_reference_row"><th scope="row" class="footnote_plugin_index pointer" onclick="footnote_moveToAnchor_9_1('footnote_plugin_tooltip_9_1_1');"><a id="footnote_plugin_reference_9_1_1" class="footnote_backlink"><span class="footnote_index_arrow">&#8593;</span>1</a></th> <td class="footnote_plugin_text">A note.</td></tr></tbody></table></div></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "mdBook",
        r##"<p>One.<sup class="footnote-reference" id="fr-1-1"><a href="#footnote-1">1</a></sup></p><hr><ol class="footnote-definition"><li id="footnote-1"><p>A note. <a href="#fr-1-1">↩</a></p></li></ol>"##,
        &["Paragraph One.{1}", "1: Paragraph A note."],
    );
    check(
        "mdBook, old",
        r##"<p>One.<sup class="footnote-reference"><a href="#1">1</a></sup></p><div class="footnote-definition" id="1"><sup class="footnote-definition-label">1</sup><p>A note.</p></div>"##,
        &["Paragraph One.{1}", "1: Paragraph A note."],
    );
    check(
        "Distill",
        r##"<p>One<d-footnote>A <em>note</em>.</d-footnote> two.</p>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "FD Footnotes",
        r##"<p>One<sup class='footnote'><a href='#fn-12-1' id='fnref-12-1'>1</a></sup>.</p><div class='footnotes' id='footnotes-12'><div class='footnotedivider'></div><ol><li id='fn-12-1'>A note. <span class='footnotereverse'><a href='#fnref-12-1'>&#8617;</a></span></li></ol></div>"##,
        &["Paragraph One{1}.", "1: Paragraph A note."],
    );
    check(
        "Org",
        r##"<p>One<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup> two.</p><div id="footnotes"><h2 class="footnotes">Footnotes: </h2><div id="text-footnotes"><div class="footdef"><sup><a id="fn.1" class="footnum" href="#fnr.1" role="doc-backlink">1</a></sup> <div class="footpara" role="doc-footnote"><p class="footpara">A note.</p></div></div></div></div><p>Made with Org.</p>"##,
        &["Paragraph One{1} two.", "Paragraph Made with Org.", "1: Paragraph A note."],
    );
    check(
        "a way back in words",
        r##"<p>One<sup id="r1"><a href="#f1" rel="footnote">1</a></sup> two.</p><ol class="footnotes"><li id="f1">A note. <a href="#r1">Jump back to footnote 1 in the text.</a></li></ol>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "Goldmark",
        r##"<p>One<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>, two<sup id="fnref1:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>.</p><div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>A note.&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;</a>&#160;<a href="#fnref1:1" class="footnote-backref" role="doc-backlink">&#x21a9;</a></p></li></ol></div>"##,
        &["Paragraph One{1}, two{1}.", "1: Paragraph A note."],
    );
    check(
        "Substack",
        r##"<p>One<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a> two.</p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>A note.</p><p>More.</p></div></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note.", "1: Paragraph More."],
    );
    check(
        "Asciidoctor",
        r##"<p>One.<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1" title="View footnote.">1</a>]</sup> Two.</p><div id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. A note.</div></div>"##,
        &["Paragraph One.{1} Two.", "1: Paragraph A note."],
    );
    check(
        "Word",
        r##"<p class=MsoNormal>One<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span>[1]</span></span></a> two.</p><div><br clear=all><hr align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> A note.</p></div></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "LibreOffice",
        r##"<p>One<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> two.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>A note.</p></div>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
}

#[test]
fn plain_links() {
    check(
        "by their ways back",
        r##"<p>One <a name="r1" href="#n1">[1]</a> two.</p><p>Three<sup><a name="r2" href="#n2">2</a></sup>.</p><p><b>Notes</b></p><p><a name="n1" href="#r1">[1]</a> A note.</p><p>More of it.</p><p><a name="n2" href="#r2">2</a>. Another.</p>"##,
        &[
            "Paragraph One{1} two.",
            "Paragraph Three{2}.",
            "1: Paragraph A note.",
            "1: Paragraph More of it.",
            "2: Paragraph Another.",
        ],
    );
    check(
        "brackets outside the link",
        r##"<p>One [<a id="r1" href="#n1">1</a>] two.</p><ol><li id="n1">A note. <a href="#r1">^</a></li></ol>"##,
        &["Paragraph One{1} two.", "1: Paragraph A note."],
    );
    check(
        "several calls in one",
        r##"<p>One<sup><a id="r1" href="#fn1">1</a>, <a id="r2" href="#fn2">2</a></sup> two.</p><ol class="footnotes"><li id="fn1">A. <a href="#r1">↩</a></li><li id="fn2">B. <a href="#r2">↩</a></li></ol>"##,
        &["Paragraph One{1}{2} two.", "1: Paragraph A.", "2: Paragraph B."],
    );
    check(
        "names given twice",
        r##"<p>One<sup><a href="#fn1">1</a></sup></p><ol class="footnotes"><li id="fn1">A.</li></ol><p>Two<sup><a href="#fn1">1</a></sup></p><ol class="footnotes"><li id="fn1">B.</li></ol>"##,
        &["Paragraph One{1}", "Paragraph Two{1}", "1: Paragraph A.", "1: Paragraph B."],
    );
}

#[test]
fn works_that_are_cited_by_number_or_key() {
    check(
        "docutils",
        r##"<p>One <a class="citation-reference" href="#knuth-1984a" id="id1" role="doc-biblioref">[Knuth-1984a]</a>.</p><h2>References</h2><div role="list" class="citation-list">
        <div class="citation" id="knuth-1984a" role="doc-biblioentry"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">Knuth-1984a</a><span class="fn-bracket">]</span></span><p>A book.</p></div>
        <div class="citation" id="other" role="doc-biblioentry"><span class="label"><span class="fn-bracket">[</span>Other<span class="fn-bracket">]</span></span><p>Another.</p></div></div>"##,
        &["Paragraph One{Knuth-1984a}.", "Knuth-1984a: Paragraph A book.", "Other: Paragraph Another."],
    );
    check(
        "docutils, old",
        r##"<p>One <a class="citation-reference" href="#cit" id="id1">[Cit]</a>.</p><table class="docutils citation" id="cit"><tbody><tr><td class="label"><a class="fn-backref" href="#id1">[Cit]</a></td><td>A book.</td></tr></tbody></table>
        <table class="docutils citation" id="other"><tbody><tr><td class="label">[Other]</td><td>Another.</td></tr></tbody></table>"##,
        &["Paragraph One{Cit}.", "Cit: Paragraph A book.", "Other: Paragraph Another."],
    );
    check(
        "LaTeXML",
        r##"<p>One <cite class="ltx_cite">[<a href="#bib.bib1" class="ltx_ref">1</a>, <a href="#bib.bib2" class="ltx_ref">2</a>]</cite>, in Section <a href="#S2" class="ltx_ref">2</a>.</p><section id="S2"><h2>Two</h2><p>Words.</p></section>
        <section class="ltx_bibliography"><h2>References</h2><ul class="ltx_biblist"><li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[1]</span> <span class="ltx_bibblock">A book.</span></li><li id="bib.bib2" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[2]</span> <span class="ltx_bibblock">Another.</span></li></ul></section>"##,
        &[
            "Paragraph One{1}{2}, in Section 2.",
            "Heading(1) Two",
            "Paragraph Words.",
            "1: Paragraph A book.",
            "2: Paragraph Another.",
        ],
    );
    check(
        "citeproc",
        r##"<p>One <span class="citation">[<a href="#ref-a" role="doc-biblioref">1</a>]</span>.</p><h2>References</h2><div id="refs" class="references csl-bib-body" role="doc-bibliography"><div id="ref-a" class="csl-entry" role="doc-biblioentry"><div class="csl-left-margin">[1] </div><div class="csl-right-inline">A book.</div></div>
        <div id="ref-b" class="csl-entry" role="doc-biblioentry"><div class="csl-left-margin">[2] </div><div class="csl-right-inline">Another.</div></div></div>"##,
        &["Paragraph One{1}.", "1: Paragraph A book.", "2: Paragraph Another."],
    );
    check(
        "Asciidoctor",
        r##"<p>One <a href="#knuth">[knuth]</a>.</p><h2>References</h2><div class="ulist bibliography"><ul class="bibliography"><li><p><a id="knuth"></a>[knuth] A book.</p></li></ul></div>"##,
        &["Paragraph One{knuth}.", "knuth: Paragraph A book."],
    );
    check(
        "by names and years, which are words of the sentence",
        r##"<p>As Smith (<a href="#b1">2001</a>) and <a href="#b2">Jones 2002</a> say.</p><h2>References</h2><ul class="ltx_biblist"><li id="b1" class="ltx_bibitem">Smith. A book.</li><li id="b2" class="ltx_bibitem">Jones.</li></ul>"##,
        &[
            "Paragraph As Smith (2001) and Jones 2002 say.",
            "Heading(1) References",
            "Item(Bullet)/1 Smith. A book.",
            "Item(Bullet)/1 Jones.",
        ],
    );
}

#[test]
fn notes_by_what_stands_around_them() {
    check(
        "under a heading of notes",
        r##"<p>One.<sup><a href="#1">1</a></sup></p><h2>Notes</h2><p><a name="1"></a>1. A.</p><h2>Works</h2><p><a name="2"></a>2. B, as <a href="#2">2</a>.</p>"##,
        &["Paragraph One.{1}", "Heading(1) Works", "Paragraph 2. B, as 2.", "1: Paragraph A."],
    );
    check(
        "a note that nothing calls among others",
        r##"<p>One <a href="#a" id="ra">[1]</a> and <a href="#c" id="rc">[3]</a>.</p><ol><li id="a">A note. <a href="#ra">↑</a></li><li>Another.</li><li id="c">A third. <a href="#rc">↑</a></li></ol>"##,
        &[
            "Paragraph One{1} and{3}.",
            "1: Paragraph A note.",
            "2: Paragraph Another.",
            "3: Paragraph A third.",
        ],
    );
    check(
        "a name for a label",
        r##"<p>One.<sup><a href="#fn-smith" id="r1">smith-2001</a></sup></p><ol class="footnotes"><li id="fn-smith">A. <a href="#r1">↩</a></li></ol>"##,
        &["Paragraph One.{smith-2001}", "smith-2001: Paragraph A."],
    );
}

#[test]
fn notes_that_no_link_leads_to() {
    for (what, text, told) in [
        (
            "raised numbers, and a list of paragraphs",
            "<p>One.<sup>1</sup> Two.<sup>2</sup> Two again.<sup>2</sup></p><h2>Part</h2><p>Three <sup>[3]</sup></p><h3>Notes</h3><p><sup>1</sup> A.</p><p>More.</p><p><sup>2</sup> B.</p><p><sup>3</sup> C.</p>",
            &[
                "Paragraph One.{1} Two.{2} Two again.{2}",
                "Heading(1) Part",
                "Paragraph Three{3}",
                "1: Paragraph A.",
                "1: Paragraph More.",
                "2: Paragraph B.",
                "3: Paragraph C.",
            ][..],
        ),
        (
            "raised numbers, and a list",
            "<p>Words.<sup>1</sup> 5 km<sup>2</sup> of words,<sup>2</sup> and <sup>3</sup>He.</p><hr><h4>Footnotes:</h4><ol><li>A.<li>B.</ol>",
            &["Paragraph Words.{1} 5 km² of words,{2} and ³He.", "1: Paragraph A.", "2: Paragraph B."],
        ),
        (
            "brackets without a heading",
            "<p>One[1] and <i>two[2]</i>.<hr><p>[1] A.<p>[2] B.",
            &["Paragraph One{1} and two{2}.", "1: Paragraph A.", "2: Paragraph B."],
        ),
        (
            "notes by chapters, all at the end",
            "<h2>I</h2><p>One.<sup>1</sup> Two.<sup>2</sup><h2>II</h2><p>Three.<sup>1</sup> Four.<sup>2</sup><h2>Notes</h2><h3>I</h3><p>1. A.<p>2. B.<h3>II</h3><p>1. C.<p>2. D.",
            &[
                "Heading(1) I",
                "Paragraph One.{1} Two.{2}",
                "Heading(1) II",
                "Paragraph Three.{1} Four.{2}",
                "1: Paragraph A.",
                "2: Paragraph B.",
                "1: Paragraph C.",
                "2: Paragraph D.",
            ],
        ),
        (
            "notes behind each chapter",
            "<h2>I</h2><p>One.<sup>1</sup> Two.<sup>2</sup><p>1. A.<p>2. B.<h2>II</h2><p>Three.<sup>1</sup> Four.<sup>2</sup><p>1. C.<p>2. D.",
            &[
                "Heading(1) I",
                "Paragraph One.{1} Two.{2}",
                "Heading(1) II",
                "Paragraph Three.{1} Four.{2}",
                "1: Paragraph A.",
                "2: Paragraph B.",
                "1: Paragraph C.",
                "2: Paragraph D.",
            ],
        ),
        (
            "steps, which nothing calls",
            "<p>Do it thus:<p>1. One.<p>2. Two.<p>Then 3 m<sup>2</sup>.",
            &["Paragraph Do it thus:", "Paragraph 1. One.", "Paragraph 2. Two.", "Paragraph Then 3 m²."],
        ),
        (
            "works of which few are called by number",
            "<p>As shown.[4]<h2>References</h2><ol><li>A.<li>B.<li>C.<li>D.</ol>",
            &[
                "Paragraph As shown.[4]",
                "Heading(1) References",
                "Item(Number(1))/1 A.",
                "Item(Number(2))/1 B.",
                "Item(Number(3))/1 C.",
                "Item(Number(4))/1 D.",
            ],
        ),
    ] {
        check(what, text, told);
    }
}

#[test]
fn headings_stay_where_a_note_follows_them() {
    check(
        "a title with a note",
        r##"<h1>A title<a href="#n1" id="r1">*</a></h1><div class="footnote" id="n1"><a href="#r1">*</a> First printed here.</div><h2>One</h2><p>Two.</p>"##,
        &["Title A title{*}", "Heading(1) One", "Paragraph Two.", "*: Paragraph First printed here."],
    );
    check(
        "a chapter of notes of which one part is none",
        r##"<h2>One</h2><p>Two.<sup><a href="#n1" id="r1">1</a></sup></p><div class=mw-heading><h2>References</h2></div><h3>Citations</h3><ol class="notes"><li id="n1">A. <a href="#r1">↩</a></li></ol><h3>Sources</h3><p>Three.</p>"##,
        &[
            "Heading(1) One",
            "Paragraph Two.{1}",
            "Heading(1) References",
            "Heading(2) Sources",
            "Paragraph Three.",
            "1: Paragraph A.",
        ],
    );
    check(
        "notes by chapters",
        r##"<h2>One</h2><p>Two.<sup><a href="#n1" id="r1">1</a></sup> Five.<sup><a href="#n2" id="r2">1</a></sup></p><h2>Notes</h2><h3>Chapter 1</h3><ol class="notes"><li id="n1">A. <a href="#r1">↩</a></li></ol><h3>Chapter 2</h3><ol class="notes"><li id="n2">B. <a href="#r2">↩</a></li></ol><h2>Three</h2><p>Four.</p>"##,
        &[
            "Heading(1) One",
            "Paragraph Two.{1} Five.{1}",
            "Heading(1) Three",
            "Paragraph Four.",
            "1: Paragraph A.",
            "1: Paragraph B.",
        ],
    );
}

#[test]
fn what_is_no_note() {
    for (what, text, told) in [
        (
            "contents",
            r##"<p><a id="t1" href="#c1">I</a> <a id="t2" href="#c2">II</a></p><h2 id="c1"><a href="#t1">I</a></h2><p>One.</p><h2 id="c2"><a href="#t2">II</a></h2><p>Two.</p>"##,
            &["Paragraph I II", "Heading(1) I", "Paragraph One.", "Heading(1) II", "Paragraph Two."][..],
        ),
        (
            "an index of pages",
            r##"<p>Long words before <span id="Page_12"></span>and more words after the page.</p><p>Index: love, <a href="#Page_12">12</a>.</p>"##,
            &["Paragraph Long words before and more words after the page.", "Paragraph Index: love, 12."],
        ),
        (
            "a bibliography",
            r##"<p>As shown [<a href="#b1">1</a>].</p><h2>Works</h2><ol><li id="b1">Smith.</li></ol>"##,
            &["Paragraph As shown [1].", "Heading(1) Works", "Item(Number(1))/1 Smith."],
        ),
        ("a power", "<p>5 km<sup>2</sup> and <sup>14</sup>C</p>", &["Paragraph 5 km² and ¹⁴C"]),
    ] {
        check(what, text, told);
    }
}

#[test]
fn notes_typed_by_hand() {
    for (how, text, told) in [
        (
            "raised digits, paragraphs behind a rule",
            "<p>One¹ of 5 km², two.²</p><hr><p>¹ See A.</p><p>² See B.</p>",
            &["Paragraph One{1} of 5 km², two.{2}", "1: Paragraph See A.", "2: Paragraph See B."][..],
        ),
        (
            "raised digits, a list under a heading",
            "<h1>T</h1><p>One¹, two.²</p><h2>Notes</h2><ol><li>See A.</li><li>See B.</li></ol>",
            &["Title T", "Paragraph One{1}, two.{2}", "1: Paragraph See A.", "2: Paragraph See B."],
        ),
        (
            "lines of one block",
            "<p>One<sup>1</sup>, two.<sup>2</sup></p><hr><p><sup>1</sup> See A.<br><sup>2</sup> See B,<br>and C.<br><br>By D.</p>",
            &[
                "Paragraph One{1}, two.{2}",
                "Break * * *",
                "Paragraph By D.",
                "1: Paragraph See A.",
                "2: Verse See B,\nand C.",
            ],
        ),
        (
            "lines of the page itself, with links, under a line that says what they are",
            "One [<a href=#f1>1</a>] two.<br><br><b>Notes</b><br><br>[<a name=f1>1</a>] See A.<br><br><b>Thanks</b> to B.",
            &["Verse One{1} two.", "Verse Thanks to B.", "1: Paragraph See A."],
        ),
        (
            "numbers in round brackets, and glued ones, where all of them agree",
            "<h1>T</h1><p>One (1), in 1849, two (2).</p><h2>Notes</h2><p>(1) See A.</p><p>(2) See B.</p>",
            &["Title T", "Paragraph One{1}, in 1849, two{2}.", "1: Paragraph See A.", "2: Paragraph See B."],
        ),
        (
            "glued",
            "<h1>T</h1><p>One.1 In vol. 3, two,2 and.</p><h2>Notes</h2><p>1. See A.</p><p>2. See B.</p>",
            &[
                "Title T",
                "Paragraph One.{1} In vol. 3, two,{2} and.",
                "1: Paragraph See A.",
                "2: Paragraph See B.",
            ],
        ),
        (
            "an enumeration is none",
            "<h1>T</h1><p>First (1) a, then (2) b, and (4) c.</p><h2>References</h2><p>(1) See A.</p><p>(2) B.</p><p>(3) C.</p>",
            &[
                "Title T",
                "Paragraph First (1) a, then (2) b, and (4) c.",
                "Heading(1) References",
                "Paragraph (1) See A.",
                "Paragraph (2) B.",
                "Paragraph (3) C.",
            ],
        ),
        (
            "verse that is numbered is none",
            "<p>a<br>b</p><p>1. One<br>2. Two<br>3. Three</p>",
            &["Verse a\nb", "Verse 1. One\n2. Two\n3. Three"],
        ),
        (
            "Gutenberg's hands",
            "<p>One.<a href=#n1 id=r1><small>1</small></a></p><p class=footnote><a id=n1></a><br>1 (<a href=#r1>return</a>)<br>[ See [A] there.]</p>",
            &["Paragraph One.{1}", "1: Paragraph See [A] there."],
        ),
    ] {
        check(how, text, told);
    }
}

#[test]
fn notes_that_are_shown_where_one_points() {
    for (how, text, told) in [
        (
            "raised",
            "<p>One<sup title='See A, p. 1.'>1</sup>, two<sup><a href='#' title='See B, p. 2.'>2</a></sup>.</p>",
            &["Paragraph One{1}, two{2}.", "1: Paragraph See A, p. 1.", "2: Paragraph See B, p. 2."][..],
        ),
        (
            "what but counts says nothing, nor does what is no number",
            "<p>One<sup title='View this footnote 1 below'>1</sup> two<sup title='View this footnote 2 below'>2</sup> <abbr title='Doctor of the law'>Dr</abbr> <sup title='It is a trade mark'>TM</sup>",
            &["Paragraph One¹ two² Dr TM"],
        ),
        (
            "where the note stands on the page it is read there",
            "<p>One<a title='See A, p. 1 &c.' id=r1 href=#n1 class=footnote><sup>1</sup></a></p><div class=footnotes><ol><li id=n1>See <i>A</i>. [<a href=#r1>↩</a>]</ol></div>",
            &["Paragraph One{1}", "1: Paragraph See A."],
        ),
    ] {
        check(how, text, told);
    }
}

#[test]
fn notes_above_which_no_heading_stands() {
    check(
        "what is folded away",
        "<p>One<sup><a href=#n1>1</a></sup>.</p><details><summary>Notes</summary><ol><li id=n1>See A.</ol></details>",
        &["Paragraph One{1}.", "1: Paragraph See A."],
    );
}
