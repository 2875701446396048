//! Markup made to cost time, to hide, or to run.

use ibid::document::report::{ChangeKind, Format};
use ibid::document::{Document, Mark};
use ibid::import::{Options, import};

fn html(text: &str) -> Document {
    let options = Options { format: Some(Format::Html), ..Options::default() };
    import(text.as_bytes(), "a.html", &options).unwrap()
}

/// 22: attributes without end, of whatever length, and the same one twice.
#[test]
fn attributes_are_read_as_far_as_they_are_wanted() {
    let many: String = (0..80_000).map(|i| format!(" a{i}=x")).collect();
    let spaces: String = (0..300).map(|i| format!(" xmlns:n{i}='u:{i}'")).collect();
    let long = "x".repeat(1 << 20);
    for tag in [
        format!("<p{many}>"),
        format!("<p{spaces}>"),
        format!("<p class='{long}'>"),
        format!("<p title=\"{long}\" {long}>"),
        "<p style=x style=y STYLE=z>".to_owned(),
    ] {
        let document = html(&format!("<!DOCTYPE html><h1>One</h1>{tag}word</p>"));
        assert_eq!(document.text(), "One\nword", "{}", &tag[..20]);
    }
    let link = html("<p><a href='https://a.example/' href='https://b.example/'>word</a></p>");
    assert_eq!(link.spans()[0].mark, Mark::Link("https://a.example/".into()));
}

/// 29, 31: what would be fetched, run or decoded leaves no more than its words.
#[test]
fn nothing_is_run_and_no_picture_is_looked_into() {
    let document = html(
        "<h1>One</h1><script>document.write('script')</script><p onclick='x()'>word<img src='data:image/png;base64,AAAA' alt='A map'>\
         <img src='b.png' onerror='x()'></p><object data='a.swf'>object</object><iframe src='a.html'>frame</iframe>\
         <meta http-equiv=refresh content='0;url=http://a.example'><style>p:after { content: 'style' }</style>",
    );
    let text = document.text();
    assert!(text.contains("word") && text.contains("A map"), "{text}");
    assert!(["script", "style", "base64", "frame"].iter().all(|word| !text.contains(word)), "{text}");
}

/// 33: what a page hides is not lost: it is shown, or told to be hidden, with its words.
#[test]
fn hidden_words_are_told() {
    for hidden in [
        "<p style='display:none'>secret words</p>",
        "<p style='visibility: hidden'>secret words</p>",
        "<p hidden>secret words</p>",
        "<p style='font-size:0'>secret words</p>",
        "<p style='color:#fff'>secret words</p>",
    ] {
        let document = html(&format!("<h1>One</h1><p>word</p>{hidden}<p>word</p>"));
        let told = |kind: ChangeKind| matches!(kind, ChangeKind::Dropped | ChangeKind::Hidden);
        let listed =
            document.report().changes.iter().any(|c| told(c.kind) && c.text.contains("secret words"));
        assert!(document.text().contains("secret words") || listed, "{hidden}");
    }
}
