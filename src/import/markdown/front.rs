//! Front matter: what a Markdown file says of itself before its text begins, in YAML between `---`, in TOML between
//! `+++`, or in the bare lines `Title: …` of MultiMarkdown.

use crate::document::Kind;
use crate::document::builder::Builder;
use crate::document::report::ChangeKind;
use yaml_rust2::parser::{Event, Parser};

/// More than this is no front matter.
const LONGEST: usize = 64 * 1024;

/// YAML nested deeper than this is somebody's joke.
const DEEPEST: usize = 16;

/// The front matter of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Front {
    /// The title.
    pub title: Option<String>,
    /// The second title.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The book, series or site it stands in.
    pub source: Option<String>,
    /// The tag of its language.
    pub language: Option<String>,
    /// What else it says, which is not shown.
    pub rest: Vec<String>,
    /// The byte at which the text begins.
    pub end: usize,
}

impl Front {
    /// Tells the builder what is said of the text without standing on its page.
    pub fn tell(&self, builder: &mut Builder) {
        if !self.rest.is_empty() {
            builder.change(ChangeKind::Dropped, &self.rest.join("; "), "front matter that is not shown");
        }
        let meta = builder.meta();
        meta.authors.clone_from(&self.authors);
        meta.subtitle.clone_from(&self.subtitle);
        meta.source.clone_from(&self.source);
    }

    /// Writes what stands above the title, and the title itself where the text does not have it.
    pub fn write(&self, builder: &mut Builder, titled: bool) {
        if let Some(source) = &self.source {
            builder.block(Kind::Source, 0, source);
        }
        if !titled {
            if let Some(title) = &self.title {
                builder.block(Kind::Title, 0, title);
            }
            self.write_below_title(builder);
        }
    }

    /// Writes what stands below the title: the second title and the authors.
    pub fn write_below_title(&self, builder: &mut Builder) {
        if let Some(subtitle) = &self.subtitle {
            builder.block(Kind::Subtitle, 0, subtitle);
        }
        if !self.authors.is_empty() {
            builder.block(Kind::Author, 0, &self.authors.join(", "));
        }
    }
}

/// Reads the front matter of a text; an empty one if it has none.
pub(super) fn read(text: &str) -> Front {
    let yaml = |(yaml, end)| Some((fields(yaml).or_else(|| lines(yaml))?, end));
    let toml = |(toml, end)| Some((table(toml).or_else(|| lines(&equated(toml)))?, end));
    let fenced = block(text, "---", &["---", "..."]).and_then(yaml);
    let fenced = fenced.or_else(|| block(text, "+++", &["+++"]).and_then(toml));
    let Some((fields, end)) = fenced.or_else(|| bare(text)) else { return Front::default() };
    let mut front = Front { end, ..Front::default() };
    for (key, values) in fields {
        let first = || values.first().filter(|v| !v.trim().is_empty()).cloned();
        match &*key.to_lowercase() {
            "title" => front.title = first(),
            "subtitle" => front.subtitle = first(),
            "author" | "authors" => front.authors = values,
            "source" => front.source = first(),
            "lang" | "language" => front.language = first(),
            _ => front.rest.push(format!("{key}: {}", values.join(", "))),
        }
    }
    front
}

/// What stands between a line `open` and one of those that `close`, and where the text behind it begins.
fn block<'a>(text: &'a str, open: &str, close: &[&str]) -> Option<(&'a str, usize)> {
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let mut end = 0;
    let mut start = None;
    for line in head.split_inclusive('\n') {
        end += line.len();
        match (start, line.trim_end()) {
            (None, fence) if fence == open => start = Some(end),
            (None, _) => return None,
            (Some(start), fence) if close.contains(&fence) => {
                return Some((&text[start..end - line.len()], end));
            }
            (Some(_), _) => {}
        }
    }
    None
}

/// The lines `Key: value` with which a text begins, up to a blank one, if a title is among them.
fn bare(text: &str) -> Option<(Vec<Field>, usize)> {
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let end = head.find("\n\n").or_else(|| head.find("\n\r\n"))? + 1;
    let head = &head[..end];
    let fields = lines(head)?;
    let all = fields.len() == head.lines().count();
    let titled = fields.iter().any(|(key, _)| key.eq_ignore_ascii_case("title"));
    (all && titled).then_some((fields, end))
}

/// The fields of TOML: words and lists of words; of its tables only that they are there.
fn table(toml: &str) -> Option<Vec<Field>> {
    let words = |value: &toml::Value| match value {
        toml::Value::String(words) => words.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Datetime(time) => time.to_string(),
        toml::Value::Array(_) | toml::Value::Table(_) => "…".to_owned(),
    };
    let field = |(key, value): (String, toml::Value)| match value {
        toml::Value::Array(values) => (key, values.iter().map(words).collect()),
        value => (key, vec![words(&value)]),
    };
    let table: toml::Table = toml.parse().ok()?;
    (!table.is_empty()).then(|| table.into_iter().map(field).collect())
}

/// Broken TOML, written as one writes broken YAML.
fn equated(toml: &str) -> String {
    toml.lines().map(|line| line.replacen(" = ", ": ", 1) + "\n").collect()
}

/// A key of the outermost mapping, and the words it holds.
type Field = (String, Vec<String>);

/// Where the events of YAML are.
enum Frame {
    Mapping(Option<String>),
    Sequence,
}

/// The fields of a mapping: plain words, lists of words, and the names in lists of mappings. Read event by event, so that
/// neither depth nor aliases, which can stand for millions of words, cost anything.
fn fields(yaml: &str) -> Option<Vec<Field>> {
    let mut parser = Parser::new_from_str(yaml);
    let mut fields: Vec<Field> = Vec::new();
    let mut frames: Vec<Frame> = Vec::new();
    loop {
        let value = match parser.next_token().ok()?.0 {
            Event::MappingStart(..) => {
                frames.push(Frame::Mapping(None));
                continue;
            }
            Event::SequenceStart(..) if !frames.is_empty() => {
                frames.push(Frame::Sequence);
                continue;
            }
            Event::SequenceStart(..) => return None,
            Event::MappingEnd | Event::SequenceEnd => {
                frames.pop();
                None
            }
            Event::Scalar(value, ..) if !frames.is_empty() => Some(value),
            Event::Scalar(..) => return None,
            Event::Alias(_) => None,
            Event::DocumentEnd | Event::StreamEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart => continue,
        };
        if frames.len() > DEEPEST {
            return None;
        }
        let outermost = frames.len() == 1;
        let name = match frames.last_mut() {
            Some(Frame::Mapping(key @ None)) => {
                let name = value.unwrap_or_default();
                if outermost {
                    fields.push((name.clone(), Vec::new()));
                }
                *key = Some(name);
                continue;
            }
            Some(Frame::Mapping(key)) => key.take(),
            Some(Frame::Sequence) | None => None,
        };
        let said = outermost || name.is_none_or(|n| n == "name");
        if let (Some(value), Some(field), true) = (value, fields.last_mut(), said) {
            field.1.push(value);
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// The fields of YAML that is broken, as people write it: `title: Lamps: a history`.
fn lines(yaml: &str) -> Option<Vec<Field>> {
    let field = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']);
        let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        named.then(|| (key.to_owned(), vec![value.to_owned()]))
    };
    let fields: Vec<Field> = yaml.lines().filter_map(field).collect();
    (!fields.is_empty()).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, title: Option<&str>, authors: &[&str], rest: &[&str]) {
        let text = format!("---\n{yaml}\n---\nText");
        let front = read(&text);
        assert_eq!(front.title.as_deref(), title, "{yaml}");
        assert_eq!(front.authors, authors, "{yaml}");
        assert_eq!(front.rest, rest, "{yaml}");
        assert_eq!(&text[front.end..], "Text");
    }

    #[test]
    fn fields_are_read() {
        check("title: Lamps\nauthor: A. Keeper", Some("Lamps"), &["A. Keeper"], &[]);
        check("title: \"Lamps: a “history”\"\nauthor: [A, B]", Some("Lamps: a “history”"), &["A", "B"], &[]);
        check(
            "author:\n- name: A\n  mail: a@b\n- name: B\ntags:\n- x\n- y",
            None,
            &["A", "B"],
            &["tags: x, y"],
        );
        check("title: >\n  Two\n  lines\ndraft: true", Some("Two lines\n"), &[], &["draft: true"]);
        check("title: Lamps: a history\nauthor: A", Some("Lamps: a history"), &["A"], &[]);
    }

    #[test]
    fn it_may_be_toml_or_bare_lines() {
        for (head, rest) in [
            ("+++\ntitle = \"Lamps\"\nauthors = ['A', \"B\"]\ndraft = true\n[menu]\nmain = 1\n+++\n", true),
            ("+++\ntitle = Lamps\nauthor = \"A\"\n+++\n", false),
            ("Title:  Lamps\nAuthor: A\n", false),
        ] {
            let text = format!("{head}\nText");
            let front = read(&text);
            assert_eq!(front.title.as_deref(), Some("Lamps"), "{head}");
            assert_eq!(front.authors[0], "A", "{head}");
            assert_eq!(!front.rest.is_empty(), rest, "{head}");
            assert_eq!(text[front.end..].trim_start(), "Text");
        }
    }

    #[test]
    fn what_is_no_front_matter_stays() {
        for text in [
            "",
            "Text",
            "---\n",
            "---\nno key\n---\nText",
            "---\n- a\n- b\n---\n",
            "---\ntitle: never closed\n",
            "+++\ntitle = \"never closed\"\n",
            "Title: what one may call it\nand how it goes on.\n\nText",
            "Note: he slept.\n\nText",
        ] {
            assert_eq!(read(text), Front::default(), "{text}");
        }
    }

    #[test]
    fn bombs_do_not_go_off() {
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, of) in "bcdefghij".chars().zip("abcdefghi".chars()) {
            let aliases = vec![format!("*{of}"); 9].join(", ");
            bomb.push_str(&format!("{name}: &{name} [{aliases}]\n"));
        }
        check(
            &format!("{bomb}title: Lamps"),
            Some("Lamps"),
            &[],
            &["a: x, x, x, x, x, x, x, x, x", "b: ", "c: ", "d: ", "e: ", "f: ", "g: ", "h: ", "i: ", "j: "],
        );
        read(&format!("---\n{}\n---\n", "- ".repeat(20_000)));
        read(&format!("---\na: {}\n---\n", "[".repeat(20_000)));
    }
}
