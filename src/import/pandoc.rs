//! What pandoc makes of a file, brought to a document: the formats that pandoc reads, ibid reads through it.
//!
//! This is the pure half: JSON in, a document out; who runs pandoc is the shell's business. The JSON is walked as it
//! comes. A node that a newer pandoc has and this does not know is looked into for words, and is no reason to fail.

mod blocks;
mod inlines;
mod node;
mod outline;
mod table;

use super::{ImportError, Scribe, Source};
use crate::document::report::{ChangeKind, Format};
use crate::document::{Document, Kind, Marker};
use node::Node;
use outline::Outline;
use serde_json::Value;

/// How much of the text its language is guessed from, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Brings what pandoc made of a file to a document.
///
/// # Errors
/// When it is not pandoc's JSON, or when blocks stand in each other more than some forty deep: what reads JSON goes no
/// deeper, so that nobody's file makes the stack overflow.
pub(super) fn read(json: &[u8], format: Format, language: Option<&str>) -> Result<Document, ImportError> {
    let unusable = |why: String| ImportError::Answer(why);
    let answer: Value = serde_json::from_slice(json).map_err(|error| unusable(error.to_string()))?;
    let blocks = answer.get("blocks").and_then(Value::as_array).map(Vec::as_slice);
    let blocks = blocks.ok_or_else(|| unusable("it holds no text".to_owned()))?;
    let meta = answer.get("meta").unwrap_or(&Value::Null);
    let sample = node::sample(blocks, SAMPLE);
    let source = Source { text: &sample, encoding: "UTF-8", language, repairs: &[], unread: None };
    let said = meta.get("lang").map(node::words).filter(|tag| !tag.is_empty());
    let language = source.language(said.as_deref());
    let title = meta.get("title").map(node::words);
    let mut walk = Walk {
        scribe: Scribe::new(format, &source),
        outline: Outline::of(blocks, title.as_deref()),
        quotes: Quotes::of(language.as_deref()),
        containers: Vec::new(),
        kind: Kind::Paragraph,
        in_note: false,
        notes: Vec::new(),
    };
    walk.scribe.builder.meta().language = language;
    walk.front(meta);
    walk.blocks(blocks);
    walk.notes();
    Ok(walk.scribe.finish())
}

/// What a block stands in.
#[derive(Clone, Copy, Debug)]
enum Container {
    Quotation,
    /// An item; its mark waits for its first block.
    Item(Option<Marker>),
    /// What a term of a list is said to mean.
    Meaning,
}

/// The walk through pandoc's tree. Its depth is that of the JSON, which is bounded.
#[derive(Debug)]
struct Walk<'a> {
    scribe: Scribe<'a>,
    outline: Outline<'a>,
    quotes: Quotes,
    containers: Vec<Container>,
    /// The kind of the block that is open.
    kind: Kind,
    in_note: bool,
    /// The notes as they are called; their words are written behind the text.
    notes: Vec<&'a Value>,
}

impl<'a> Walk<'a> {
    /// Writes what the file says of itself: its titles and authors, and an abstract, which pandoc keeps here.
    fn front(&mut self, meta: &'a Value) {
        for (field, kind) in [("title", Kind::Title), ("subtitle", Kind::Subtitle)] {
            if let Some(value) = meta.get(field) {
                self.open(kind);
                self.inlines(node::inlines(value));
                self.scribe.builder.close();
            }
        }
        let authors = meta.get("author").map(node::list).unwrap_or_default();
        // Some formats have one field for all.
        let names = authors.iter().map(|author| node::words(author));
        let names = names.flat_map(|names| names.split("; ").map(str::to_owned).collect::<Vec<_>>());
        self.scribe.builder.meta().authors = names.filter(|name| !name.is_empty()).collect();
        if !authors.is_empty() {
            self.open(Kind::Author);
            for (i, author) in authors.into_iter().enumerate() {
                self.scribe.builder.text(if i > 0 { ", " } else { "" });
                self.inlines(node::inlines(author));
            }
            self.scribe.builder.close();
        }
        for (field, value) in meta.as_object().into_iter().flatten() {
            match &**field {
                "title" | "subtitle" | "author" | "lang" => {}
                "abstract" if Node::of(value).name == "MetaBlocks" => {
                    self.blocks(Node::of(value).list());
                }
                field => {
                    let words = node::words(value);
                    if !words.is_empty() {
                        let said = format!("{field}: {words}");
                        self.scribe.builder.change(ChangeKind::Dropped, &said, "not shown");
                    }
                }
            }
        }
    }

    /// Writes the notes. One may call others, which then stand behind it.
    fn notes(&mut self) {
        let mut written = 0;
        while let Some(blocks) = self.notes.get(written).copied() {
            written += 1;
            let label = written.to_string();
            self.scribe.builder.open_note(&label, &label);
            self.in_note = true;
            self.blocks(node::array(blocks));
            self.scribe.builder.close_note();
        }
    }

    fn open(&mut self, kind: Kind) {
        self.kind = kind;
        let depth = u8::try_from(self.containers.len()).unwrap_or(u8::MAX);
        self.scribe.builder.open(kind, depth);
    }
}

/// The marks that stand for *quoted*, double and single.
#[derive(Clone, Copy, Debug)]
struct Quotes([&'static str; 4]);

impl Quotes {
    fn of(language: Option<&str>) -> Quotes {
        Quotes(match language.and_then(|tag| tag.split('-').next()) {
            Some("de" | "cs" | "sk") => ["„", "“", "‚", "‘"],
            Some("fr") => ["«\u{a0}", "\u{a0}»", "“", "”"],
            Some("it" | "es" | "pt" | "ru" | "uk") => ["«", "»", "“", "”"],
            Some("pl") => ["„", "”", "‚", "’"],
            Some("ja" | "zh") => ["「", "」", "『", "』"],
            Some(_) | None => ["“", "”", "‘", "’"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Mark;
    use crate::document::report::Foreign;
    use crate::import::show;
    use serde_json::json;

    const FORMAT: Format = Format::Foreign(Foreign::Docx);

    fn tree(meta: &Value, blocks: &Value) -> Document {
        let json = json!({"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks});
        read(json.to_string().as_bytes(), FORMAT, None).unwrap()
    }

    /// Words as pandoc parts them.
    fn words(text: &str) -> Vec<Value> {
        let mut inlines = Vec::new();
        for word in text.split(' ') {
            if !inlines.is_empty() {
                inlines.push(json!({"t": "Space"}));
            }
            inlines.push(json!({"t": "Str", "c": word}));
        }
        inlines
    }

    fn para(text: &str) -> Value {
        json!({"t": "Para", "c": words(text)})
    }

    fn header(level: u8, text: &str) -> Value {
        json!({"t": "Header", "c": [level, ["", [], []], words(text)]})
    }

    /// Checks what blocks come to: each with its kind, depth and words, `{n}` where note n is called.
    #[track_caller]
    fn check(blocks: &Value, told: &[&str]) {
        assert_eq!(show(&tree(&json!({}), blocks)), told);
    }

    /// Checks what the inlines of a paragraph come to.
    #[track_caller]
    fn check_inlines(inlines: &Value, told: &str) {
        assert_eq!(tree(&json!({}), &json!([{"t": "Para", "c": inlines}])).text(), told);
    }

    #[test]
    fn notes_are_notes() {
        let inner = json!({"t": "Note", "c": [para("inner")]});
        let note = json!({"t": "Note", "c": [
            {"t": "Para", "c": [{"t": "Str", "c": "outer"}, inner]},
            {"t": "BlockQuote", "c": [para("two")]},
        ]});
        check(
            &json!([
                {"t": "Para", "c": [{"t": "Str", "c": "One"}, note, {"t": "Str", "c": "."}]},
                {"t": "Plain", "c": [{"t": "Str", "c": "x"}, {"t": "Note", "c": [para("last")]}]},
            ]),
            &[
                "Paragraph One{1}.",
                "Paragraph x{2}",
                "1: Paragraph outer{3}",
                "1: Quotation/1 two",
                "2: Paragraph last",
                "3: Paragraph inner",
            ],
        );
    }

    #[test]
    fn every_block_has_its_kind() {
        let item = |text: &str| json!([{"t": "Plain", "c": words(text)}]);
        check(
            &json!([
                header(2, "A"),
                header(4, "B"),
                {"t": "BlockQuote", "c": [para("one"), {"t": "BlockQuote", "c": [para("two")]}, header(1, "C")]},
                {"t": "BulletList", "c": [item("three"), [para("four"), para("five")]]},
                {"t": "OrderedList", "c": [[3, {"t": "Decimal"}, {"t": "Period"}], [item("six"), item("seven")]]},
                {"t": "DefinitionList", "c": [[words("term"), [[para("meaning")]]]]},
                {"t": "LineBlock", "c": [words("O rose"), words("\u{a0}\u{a0}thou art")]},
                {"t": "CodeBlock", "c": [["", [], []], "a\n  b"]},
                {"t": "HorizontalRule"},
                {"t": "Div", "c": [["", [], []], [header(2, "D"), para("eight")]]},
                {"t": "Figure", "c": [["", [], []], [null, [para("caption")]], [para("picture")]]},
                {"t": "Null"},
                {"t": "Novelty", "c": [para("nine")]},
            ]),
            &[
                "Heading(1) A",
                "Heading(3) B",
                "Quotation/1 one",
                "Quotation/2 two",
                "Quotation/1 C",
                "Item(Bullet)/1 three",
                "Item(Bullet)/1 four",
                "Paragraph/1 five",
                "Item(Number(3))/1 six",
                "Item(Number(4))/1 seven",
                "Paragraph term",
                "Paragraph/1 meaning",
                "Verse O rose\n  thou art",
                "Code a\n  b",
                "Break * * *",
                "Heading(1) D",
                "Paragraph eight",
                "Paragraph picture",
                "Paragraph caption",
                "Paragraph nine",
            ],
        );
    }

    #[test]
    fn tables_are_rows_and_cells_in_either_shape() {
        let attr = json!(["", [], []]);
        let cell =
            |text: &str| json!([attr, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": words(text)}]]);
        let row = |cells: &[&str]| json!([attr, cells.iter().map(|c| cell(c)).collect::<Vec<_>>()]);
        let head = json!([attr, [row(&["a", "b"])]]);
        let bodies = json!([[attr, 0, [], [row(&["1", "2"])]]]);
        let caption = json!([null, [para("Lamps")]]);
        let new = json!({"t": "Table", "c": [attr, caption, [], head, bodies, [attr, []]]});
        check(&json!([new]), &["Paragraph Lamps", "Table a\tb\n1\t2"]);
        let old_cell = |text: &str| json!([{"t": "Plain", "c": words(text)}]);
        let (head, rows) = (json!([old_cell("a"), old_cell("b")]), json!([[old_cell("1"), old_cell("2")]]));
        let old = json!({"t": "Table", "c": [words("Lamps"), [], [], head, rows]});
        check(&json!([old]), &["Paragraph Lamps", "Table a\tb\n1\t2"]);
    }

    #[test]
    fn every_inline_has_its_words() {
        let attr = json!(["", [], []]);
        for (inline, told) in [
            (json!({"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("a b")]}), "“a b”"),
            (json!({"t": "Quoted", "c": [{"t": "SingleQuote"}, words("a")]}), "‘a’"),
            (json!({"t": "SmallCaps", "c": words("a")}), "a"),
            (json!({"t": "Superscript", "c": words("2")}), "²"),
            (json!({"t": "Subscript", "c": words("2")}), "₂"),
            (json!({"t": "Superscript", "c": words("th")}), "th"),
            (json!({"t": "Cite", "c": [[{"citationId": "x"}], words("(Smith 1901)")]}), "(Smith 1901)"),
            (json!({"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}), "x^2"),
            (json!({"t": "Image", "c": [attr, words("A lamp"), ["img/lamp.png", ""]]}), "[A lamp]"),
            (json!({"t": "Image", "c": [attr, [], ["img/lamp.png", ""]]}), "[lamp.png]"),
            (json!({"t": "RawInline", "c": ["latex", "\\clearpage"]}), ""),
            (json!({"t": "Span", "c": [attr, words("a")]}), "a"),
            (json!({"t": "SoftBreak"}), ""),
            (json!({"t": "Novelty", "c": [words("a b")]}), "a b"),
        ] {
            check_inlines(&json!([inline]), told);
        }
        let (han, next) = (json!({"t": "Str", "c": "管"}), json!({"t": "SoftBreak"}));
        check_inlines(&json!([han, next, han, next, {"t": "Str", "c": "a"}]), "管管 a");
    }

    #[test]
    fn spans_are_marked() {
        let attr = json!(["", [], []]);
        let mut inlines = Vec::new();
        for name in ["Emph", "Strong", "Strikeout", "Underline"] {
            inlines.extend([json!({"t": name, "c": words(name)}), json!({"t": "Space"})]);
        }
        inlines.push(json!({"t": "Code", "c": [attr, "code"]}));
        inlines.push(json!({"t": "Link", "c": [attr, words("link"), ["https://a.org", ""]]}));
        let document = tree(&json!({}), &json!([{"t": "Para", "c": inlines}]));
        let spans: Vec<_> =
            document.spans().iter().map(|s| (&document.text()[s.range.clone()], &s.mark)).collect();
        let link = Mark::Link("https://a.org".into());
        assert_eq!(
            spans,
            [
                ("Emph", &Mark::Emphasis),
                ("Strong", &Mark::Strong),
                ("Strikeout", &Mark::Struck),
                ("Underline", &Mark::Emphasis),
                ("code", &Mark::Code),
                ("link", &link),
            ]
        );
    }

    #[test]
    fn short_lines_broken_by_the_author_are_verse() {
        let lines = |lines: &[&str]| {
            let lines: Vec<Value> = lines.iter().map(|l| json!(words(l))).collect();
            let mut inlines = Vec::new();
            for line in lines {
                if !inlines.is_empty() {
                    inlines.push(json!({"t": "LineBreak"}));
                }
                inlines.extend(line.as_array().cloned().unwrap_or_default());
            }
            json!([{"t": "Para", "c": inlines}])
        };
        check(&lines(&["O rose", "thou art", "sick"]), &["Verse O rose\nthou art\nsick"]);
        check(&lines(&["A. Keeper", "Penhallow"]), &["Paragraph A. Keeper\nPenhallow"]);
    }

    #[test]
    fn the_file_speaks_of_itself() {
        let inlines = |text: &str| json!({"t": "MetaInlines", "c": words(text)});
        let meta = json!({
            "title": {"t": "MetaInlines", "c": [{"t": "Str", "c": "Lamps"}, {"t": "Note", "c": [para("thanks")]}]},
            "subtitle": {"t": "MetaString", "c": "A history"},
            "author": {"t": "MetaList", "c": [inlines("A. Keeper"), inlines("B. Keeper")]},
            "lang": {"t": "MetaInlines", "c": words("de-AT")},
            "date": inlines("1901"),
            "abstract": {"t": "MetaBlocks", "c": [para("Of lamps.")]},
        });
        let quoted =
            json!({"t": "Para", "c": [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("Licht")]}]});
        let document = tree(&meta, &json!([quoted]));
        let told = [
            "Title Lamps{1}",
            "Subtitle A history",
            "Author A. Keeper, B. Keeper",
            "Paragraph Of lamps.",
            "Paragraph „Licht“",
            "1: Paragraph thanks",
        ];
        assert_eq!(show(&document), told);
        let about = document.meta();
        assert_eq!((about.title.as_deref(), about.language.as_deref()), (Some("Lamps"), Some("de-at")));
        assert_eq!(about.authors, ["A. Keeper", "B. Keeper"]);
        assert_eq!(document.report().changes[0].text, "date: 1901");
        assert_eq!(document.report().format.name(), "docx");
    }

    #[test]
    fn the_one_heading_above_all_is_the_title() {
        check(
            &json!([header(1, "A"), header(2, "B"), header(3, "C")]),
            &["Title A", "Heading(1) B", "Heading(2) C"],
        );
        check(&json!([header(1, "A"), header(1, "B")]), &["Heading(1) A", "Heading(1) B"]);
    }

    #[test]
    fn a_title_may_be_a_line_or_be_said_twice() {
        let body = [para("The oil was cold."), header(2, "B")];
        let page = [para("The Lamp"), para("Ann Lee"), header(1, "A"), body[0].clone(), header(1, "C")];
        check(
            &json!(page),
            &[
                "Title The Lamp",
                "Paragraph Ann Lee",
                "Heading(1) A",
                "Paragraph The oil was cold.",
                "Heading(1) C",
            ],
        );
        check(
            &json!([para("It was cold."), header(2, "A"), header(2, "B")]),
            &["Paragraph It was cold.", "Heading(1) A", "Heading(1) B"],
        );
        let said = json!({
            "title": {"t": "MetaInlines", "c": words("The Lamp")},
            "author": {"t": "MetaInlines", "c": words("Ann Lee; Bo Rey")}
        });
        let document = tree(&said, &json!([header(1, "The Lamp"), body[0].clone(), body[1].clone()]));
        assert_eq!(
            show(&document),
            ["Title The Lamp", "Author Ann Lee; Bo Rey", "Paragraph The oil was cold.", "Heading(1) B"]
        );
        assert_eq!(document.meta().authors, ["Ann Lee", "Bo Rey"]);
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        let error = |json: &str| read(json.as_bytes(), FORMAT, None).unwrap_err().to_string();
        assert!(error("pandoc: oops").starts_with("what pandoc answers cannot be used: "));
        assert_eq!(error("{}"), "what pandoc answers cannot be used: it holds no text");
        let deep = format!("{{\"blocks\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(error(&deep).contains("recursion limit exceeded"));
        // As deep as JSON is read, blocks in each other are no trouble.
        let mut quotation = para("x");
        for _ in 0..40 {
            quotation = json!({"t": "BlockQuote", "c": [quotation]});
        }
        check(&json!([quotation]), &["Quotation/40 x"]);
    }
}
