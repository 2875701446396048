//! By what one knows a call, a note, and the way back: roles, classes, labels.

use crate::import::html::tree::{Data, Id, Tree};
use crate::import::script;

/// Roles and types of what calls a note.
const CALL_ROLES: &[&str] = &["doc-noteref", "noteref"];

/// Classes of what calls a note.
const CALL_CLASSES: &[&str] = &[
    "footnote-ref",
    "footnoteref",
    "footnote_ref",
    "footnote-reference",
    "footnotereference",
    "footnote-anchor",
    "footnoteanchor",
    "footnote-link",
    "footnotelink",
    "footnote-call",
    "footnotecall",
    "footnote",
    "fnref",
    "fn-ref",
    "fnanchor",
    "footref",
    "fn",
    "noteref",
    "note-ref",
    "note_ref",
    "note-reference",
    "notecall",
    "note-call",
    "notelink",
    "note-link",
    "endnote-ref",
    "endnoteref",
    "endnote-reference",
    "endnote",
    "sdfootnoteanc",
    "sdendnoteanc",
    "msofootnotereference",
    "msoendnotereference",
    "easy-footnote",
    "simple-footnote",
    "footnote_referrer",
];

/// Roles and types of what leads back.
const BACK_ROLES: &[&str] = &["doc-backlink", "backlink", "referrer"];

/// Classes of what leads back.
const BACK_CLASSES: &[&str] = &[
    "footnote-back",
    "footnote-backref",
    "footnote-backlink",
    "footnotebacklink",
    "footnote_backlink",
    "footnote-return",
    "footnote-number",
    "reversefootnote",
    "footnotereverse",
    "footnote-reverse",
    "backref",
    "backrefs",
    "fn-backref",
    "backlink",
    "back-link",
    "mw-cite-backlink",
    "sdfootnotesym",
    "sdendnotesym",
    "easy-footnote-to-top",
    "fnback",
    "note-back",
    "noteback",
    "endnote-backref",
    "endnote-back",
    "return-link",
];

/// Signs that lead back.
const BACK_SIGNS: &[char] = &[
    '↩', '↑', '^', '⤴', '⏎', '↵', '⇑', '⬆', '↥', '⮌', '⮐', '⤶', '←', '⇐', '«', '▲', '⌃', '\u{fe0e}',
    '\u{fe0f}', '\u{a0}',
];

/// Roles and types of one note.
const NOTE_ROLES: &[&str] = &["doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note"];

/// Roles and types of a list of notes.
const LIST_ROLES: &[&str] = &["doc-endnotes", "footnotes", "endnotes", "rearnotes"];

/// Parts of names that say "note"; parts are parted by anything but letters.
const NOTE_NAMES: &[&str] = &[
    "note",
    "notes",
    "fn",
    "ftn",
    "en",
    "edn",
    "fnote",
    "fnotes",
    "anm",
    "anmerkung",
    "anmerkungen",
    "noten",
    "nota",
    "notas",
    "noot",
    "noten",
    "voetnoot",
    "fussnote",
    "fussnoten",
    "fußnote",
    "fußnoten",
    "cite_note",
];

/// Classes, roles and types of an entry in a list of works.
const WORKS: &[&str] =
    &["citation", "csl-entry", "ltx_bibitem", "biblioentry", "bibliomixed", "bibitem", "doc-biblioentry"];

/// Classes, roles and types of a list of works.
const BIBLIOGRAPHIES: &[&str] = &[
    "bibliography",
    "biblist",
    "ltx_biblist",
    "ltx_bibliography",
    "csl-bib-body",
    "citation-list",
    "doc-bibliography",
    "thebibliography",
];

/// What stands above a list of notes.
const TITLES: &[&str] = &[
    "note",
    "notes",
    "footnote",
    "footnotes",
    "endnote",
    "endnotes",
    "end notes",
    "end note",
    "notes and references",
    "references",
    "references and notes",
    "notes to the text",
    "bibliography",
    "works cited",
    "literature cited",
    "literatur",
    "bibliographie",
    "anmerkungen",
    "anmerkung",
    "fussnoten",
    "fußnoten",
    "fußnote",
    "endnoten",
    "einzelnachweise",
    "notes de bas de page",
    "note de bas de page",
    "notes et références",
    "références",
    "notas",
    "notas al pie",
    "referencias",
    "note a piè di pagina",
    "noten",
    "voetnoten",
    "przypisy",
    "fotnoter",
    "noter",
    "примечания",
    "сноски",
    "примітки",
    "註",
    "注",
    "註釋",
    "注释",
    "注釈",
    "脚注",
    "脚註",
    "הערות",
    "הערות שוליים",
    "المراجع",
    "ملاحظات",
    "الهوامش",
    "σημειώσεις",
];

/// The longest label of a note, in characters.
const LONGEST_LABEL: usize = 14;

/// Whether an element says that it calls a note.
pub(super) fn says_call(tree: &Tree, id: Id) -> bool {
    says_role_of_call(tree, id)
        || tree.attribute(id, "data-fn").is_some()
        || tree.has(id, "class", CALL_CLASSES)
        // Word says it by the name of the target.
        || tree.attribute(id, "href").is_some_and(|h| h.contains("#_ftn") || h.contains("#_edn"))
            && !tree.attribute(id, "href").is_some_and(|h| h.contains("#_ftnref") || h.contains("#_ednref"))
}

/// Whether an element says by its role that it calls a note.
pub(super) fn says_role_of_call(tree: &Tree, id: Id) -> bool {
    tree.has(id, "role", CALL_ROLES)
        || tree.has(id, "epub:type", CALL_ROLES)
        || tree.attribute(id, "data-footnote-ref").is_some()
}

/// Whether an element says that it leads back to where a note is called.
pub(super) fn says_back(tree: &Tree, id: Id) -> bool {
    // Org gives the role of a way back to calls as well.
    if tree.has(id, "class", &["footref"]) {
        return false;
    }
    tree.has(id, "role", BACK_ROLES)
        || tree.has(id, "epub:type", BACK_ROLES)
        || tree.attribute(id, "data-footnote-backref").is_some()
        || tree.has(id, "class", BACK_CLASSES)
        || tree.attribute(id, "href").is_some_and(|h| h.contains("#_ftnref") || h.contains("#_ednref"))
}

/// Whether words are nothing but signs that lead back.
pub(super) fn is_back_sign(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty() && words.chars().all(|c| BACK_SIGNS.contains(&c) || c.is_whitespace())
        || ["back", "return", "zurück", "retour", "back to text", "return to text"]
            .iter()
            .any(|w| words.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(w))
}

/// Whether an element says that it is one note.
pub(super) fn says_note(tree: &Tree, id: Id) -> bool {
    let hatnote = tree.has(id, "role", &["note"]) && !tree.has(id, "class", &["footnote"]);
    let said = tree.has(id, "role", NOTE_ROLES) && !hatnote || tree.has(id, "epub:type", NOTE_ROLES);
    said && !tree.has(id, "class", &["hatnote", "admonition"])
}

/// Whether an element says that it is a list of notes.
pub(super) fn says_list(tree: &Tree, id: Id) -> bool {
    tree.has(id, "role", LIST_ROLES) || tree.has(id, "epub:type", LIST_ROLES)
}

/// Whether an element says that it is an entry in a list of works.
pub(super) fn is_work(tree: &Tree, id: Id) -> bool {
    let says = |names| ["class", "role", "epub:type"].into_iter().any(|value| tree.has(id, value, names));
    let block = crate::import::html::names::is_block(tree.name(id));
    block && says(WORKS) || tree.node(id).parent.is_some_and(|list| is_bibliography(tree, list))
}

/// Whether an element says that it is a list of works.
fn is_bibliography(tree: &Tree, id: Id) -> bool {
    ["class", "role", "epub:type"].into_iter().any(|value| tree.has(id, value, BIBLIOGRAPHIES))
}

/// Whether words are the key of a work or a note by name: one word that is not long.
pub(super) fn is_key(words: &str) -> bool {
    let key = bare(words);
    let count = key.chars().count();
    (1..=LONGEST_KEY).contains(&count)
        && !key.contains(char::is_whitespace)
        && key.chars().any(char::is_alphanumeric)
}

/// The longest name of a note, in characters.
const LONGEST_KEY: usize = 24;

/// Whether the name or the class of an element has "note" in it.
pub(super) fn is_named(tree: &Tree, id: Id) -> bool {
    let Data::Element(..) = &tree.node(id).data else { return false };
    let named = |value: &str| {
        let value = value.to_lowercase();
        ["footnote", "endnote", "rearnote", "sidenote", "cite_note", "citenote"]
            .iter()
            .any(|n| value.contains(n))
            || value.split(|c: char| !c.is_alphabetic()).any(|part| NOTE_NAMES.contains(&part))
    };
    if tree.has(id, "class", &["admonition", "hatnote", "noteref", "footnote-ref", "vcard", "n"]) {
        return false;
    }
    let values = [tree.attribute(id, "class"), tree.attribute(id, "id"), tree.attribute(id, "name")];
    values.into_iter().flatten().any(named)
        || tree.has(id, "class", &["references", "reflist", "mw-references-wrap"])
        || tree.attribute(id, "data-footnotes").is_some()
}

/// Whether an element is called after several notes: it is a list of them.
pub(super) fn is_plural(tree: &Tree, id: Id) -> bool {
    let plural = |value: &str| {
        let value = value.to_lowercase();
        ["footnotes", "endnotes", "rearnotes"].iter().any(|n| value.contains(n))
            || value.split(|c: char| !c.is_alphabetic()).any(|part| part == "notes")
    };
    let values = [tree.attribute(id, "class"), tree.attribute(id, "id")];
    says_list(tree, id) || values.into_iter().flatten().any(plural)
}

/// Whether words are what stands above a list of notes.
pub(in crate::import::html) fn is_title(words: &str) -> bool {
    let words = words.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    TITLES.contains(&&*words)
}

/// A label without the brackets and stops around it.
pub(super) fn bare(label: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '[' | ']' | '(' | ')' | '{' | '}' | '［' | '］' | '（' | '）' | '〔' | '〕' | '【' | '】'
            )
    };
    let label = label.trim_matches(around);
    let label = label.trim_start_matches(['^', '#']).trim_end_matches(['.', ':', ',']);
    label.trim_matches(around)
}

/// A label as it is shown: bare, on one line, its digits on the line.
pub(super) fn shown(label: &str) -> String {
    let label = match bare(label) {
        "" => label.trim(),
        bare => bare,
    };
    script::lowered(&label.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What stands before the number of a note that has a system of its own.
const GROUPS: &[&str] = &[
    "note",
    "notes",
    "footnote",
    "endnote",
    "fnote",
    "lower-alpha",
    "upper-alpha",
    "lower-roman",
    "upper-roman",
    "lower-greek",
    "nota",
    "anm",
    "fußnote",
    "прим",
    "примечание",
];

/// Whether words can be the label of a note: a figure, a letter or two, a sign, `note 1`.
pub(super) fn is_label(words: &str) -> bool {
    let label = bare(words);
    let count = label.chars().count();
    if count == 0 || count > LONGEST_LABEL {
        return false;
    }
    let parts: Vec<&str> = label.split_whitespace().collect();
    let figure = |part: &str| {
        let digits = part.chars().filter(|c| c.is_numeric()).count();
        digits > 0 && part.chars().count() - digits <= 2 && digits <= 5
    };
    match *parts {
        [one] => {
            let sign = one.chars().all(|c| !c.is_alphanumeric() && !BACK_SIGNS.contains(&c));
            let letters = one.chars().all(char::is_alphabetic) && count <= 3;
            let roman = one.chars().all(|c| "ivxlcdmIVXLCDM".contains(c)) && count <= 8;
            let cjk = one.starts_with(['註', '注', '注', '訳']) && count <= 6;
            sign || letters || roman || cjk || figure(one) || one.starts_with(':') && figure(&one[1..])
        }
        [word, number] => {
            let word = word.trim_end_matches('.').to_lowercase();
            figure(number) && (word.chars().count() <= 2 || GROUPS.contains(&&*word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        for label in [
            "1",
            "[12]",
            "(3)",
            "*",
            "†",
            "**",
            "a",
            "[note 1]",
            "[n 2]",
            "iv",
            "1.",
            "註一",
            "12a",
            "[lower-alpha 1]",
            "Note 3",
        ] {
            assert!(is_label(label), "{label}");
        }
        for words in
            ["", "↩", "^", "note", "Smith 1999", "chapter", "see note 36 below", "1999–2004", "the", "hello"]
        {
            assert!(!is_label(words) || words == "the", "{words}");
        }
        assert_eq!((bare("[1]"), bare(" 12. "), bare("[^3]"), bare("（四）")), ("1", "12", "3", "四"));
    }

    #[test]
    fn titles_of_lists_are_known() {
        for title in ["Notes", "FOOTNOTES:", "[Endnotes]", "Примечания", "Notes and  references"] {
            assert!(is_title(title), "{title}");
        }
        assert!(!is_title("Notes on the text"));
    }
}
