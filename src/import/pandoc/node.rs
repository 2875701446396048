//! Nodes of pandoc's tree: `{"t": name, "c": contents}`.

use serde_json::Value;

/// A node. What is not there is empty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// What it is called.
    pub name: &'a str,
    contents: &'a Value,
}

impl<'a> Node<'a> {
    /// The node that a value is.
    pub fn of(value: &'a Value) -> Node<'a> {
        let name = value.get("t").and_then(Value::as_str).unwrap_or_default();
        Node { name, contents: value.get("c").unwrap_or(&Value::Null) }
    }

    /// All that it holds, if it is a list.
    pub fn list(&self) -> &'a [Value] {
        array(self.contents)
    }

    /// One of the things it holds.
    pub fn part(&self, index: usize) -> &'a Value {
        self.list().get(index).unwrap_or(&Value::Null)
    }

    /// A list among what it holds.
    pub fn parts(&self, index: usize) -> &'a [Value] {
        array(self.part(index))
    }

    /// The words it holds, if it holds nothing else.
    pub fn text(&self) -> &'a str {
        self.contents.as_str().unwrap_or_default()
    }

    /// Words among what it holds.
    pub fn text_at(&self, index: usize) -> &'a str {
        self.part(index).as_str().unwrap_or_default()
    }
}

/// A list; of anything else nothing.
pub(super) fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The values of a field of the metadata: the entries of a list, or the one thing it is.
pub(super) fn list(value: &Value) -> Vec<&Value> {
    match Node::of(value) {
        Node { name: "MetaList", contents } => array(contents).iter().collect(),
        _ => vec![value],
    }
}

/// The inlines of a field of the metadata, those of its paragraphs if it has paragraphs.
pub(super) fn inlines(value: &Value) -> &[Value] {
    match Node::of(value) {
        node @ Node { name: "MetaInlines", .. } => node.list(),
        Node { name: "MetaBlocks", contents } => {
            array(contents).first().map(|b| Node::of(b).list()).unwrap_or_default()
        }
        // A string of the metadata looks like a node of words.
        _ => std::slice::from_ref(value),
    }
}

/// The words in a value, notes left out, blanks as single spaces.
pub(super) fn words(value: &Value) -> String {
    let mut words = String::new();
    gather(value, usize::MAX, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words of a text, as many as fit into so many bytes, and a little more.
pub(super) fn sample(blocks: &[Value], bytes: usize) -> String {
    let mut words = String::new();
    for block in blocks {
        gather(block, bytes, &mut words);
        words.push('\n');
    }
    words
}

fn gather(value: &Value, bytes: usize, out: &mut String) {
    if out.len() >= bytes {
        return;
    }
    let node = Node::of(value);
    match node.name {
        "Note" | "RawInline" | "RawBlock" => {}
        "Str" | "MetaString" => out.push_str(node.text()),
        "Space" | "SoftBreak" | "LineBreak" => out.push(' '),
        "Code" | "Math" | "CodeBlock" => out.push_str(node.text_at(1)),
        "" => match value {
            Value::Array(values) => values.iter().for_each(|value| gather(value, bytes, out)),
            Value::Object(fields) => fields.values().for_each(|value| gather(value, bytes, out)),
            // Names and numbers of attributes are no words.
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        },
        _ => gather(node.contents, bytes, out),
    }
}
