//! How one knows the frame around a text: what names, and the words of links, say of banners, buttons and ways about the
//! page.

use super::measures::Measured;
use super::names;
use super::tree::{Id, Tree};

/// Parts of names that say what is not the text, and why it is left out. A name has parts where it has hyphens, figures
/// or capitals.
const PARTS: &[(&str, &str)] = &[
    (
        "navigation",
        "nav navbar navbox navigation menu menubar breadcrumb breadcrumbs pagination pager pagenav prevnext skiplink skip jump sitenav topnav subnav catlinks",
    ),
    ("buttons to share", "share sharing sharedaddy social addtoany addthis jp-relatedposts"),
    ("notice of cookies", "cookie cookies consent gdpr"),
    ("offer to subscribe", "newsletter subscribe subscription signup popup modal overlay paywall"),
    ("advertisement", "ad ads advert advertisement adsense sponsor sponsored promo promotion"),
    ("related pages", "related recommended recommendations recirc trending"),
    ("comments of readers", "comments disqus respond commentlist comment-respond"),
    ("side of the page", "sidebar widget widgets rail"),
    (
        "frame of the page",
        "footer colophon masthead siteheader sitefooter printfooter sitesub contentsub noprint metadata sistersitebox portalbox tagcloud postmeta postamble banner indicators",
    ),
];

/// Classes of words that only screen readers say.
const UNSEEN: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "assistive-text",
    "skip-link",
    "skiplink",
];

/// Classes of links beside headings that edit them or give their address.
const BESIDE_HEADINGS: &[&str] = &[
    "mw-editsection",
    "editsection",
    "headerlink",
    "header-anchor",
    "heading-anchor",
    "anchorjs-link",
    "permalink",
    "anchor-link",
    "headline-anchor",
    "heading-link",
    "hash-link",
];

/// How many words stand beside a heading and are no part of it.
const BESIDE: usize = 24;

/// What the names of an element say that it is, if they say that it is no part of the text.
pub(super) fn reason(tree: &Tree, id: Id) -> Option<&'static str> {
    let names = [tree.attribute(id, "class"), tree.attribute(id, "id")];
    for name in names.into_iter().flatten().flat_map(str::split_ascii_whitespace).take(16) {
        let parts = name.split(|c: char| !c.is_alphabetic()).filter(|p| !p.is_empty() && p.len() < 64);
        for part in parts.flat_map(|part| std::iter::once(part.to_lowercase()).chain(humps(part))) {
            let known = PARTS.iter().find(|(_, parts)| parts.split(' ').any(|p| p == part));
            if let Some((reason, _)) = known {
                return Some(reason);
            }
        }
    }
    None
}

/// The parts of a name that its capitals make, in small letters.
fn humps(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut last = ' ';
    for c in name.chars() {
        if c.is_uppercase() && last.is_lowercase() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(c.to_lowercase());
        }
        last = c;
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// Whether only screen readers say what is in an element.
pub(super) fn is_unseen(tree: &Tree, id: Id) -> bool {
    tree.has(id, "class", UNSEEN) && names::heading(tree, id).is_none()
}

/// Whether an element stands beside a heading to edit it or to give its address.
pub(super) fn is_beside_heading(tree: &Tree, measured: &Measured, id: Id) -> bool {
    tree.has(id, "class", BESIDE_HEADINGS) && measured.of(tree, id).words < BESIDE || is_permalink(tree, id)
}

/// Whether a link is the address of the heading it stands beside: `¶`, `#`.
fn is_permalink(tree: &Tree, id: Id) -> bool {
    tree.name(id) == "a"
        && tree.attribute(id, "href").is_some_and(|h| h.contains('#'))
        && tree
            .within(id)
            .take(8)
            .filter_map(|i| tree.words(i))
            .collect::<String>()
            .trim()
            .chars()
            .all(|c| matches!(c, '¶' | '#' | '§' | '🔗' | '⚓'))
        && tree.within(id).take(8).any(|i| tree.words(i).is_some_and(|w| !w.trim().is_empty()))
}

/// Whether a link leads over the banner to the text, or back to its top.
pub(super) fn is_skip(tree: &Tree, id: Id) -> bool {
    const SKIPS: &[&str] = &[
        "skip to",
        "jump to",
        "back to top",
        "to top",
        "top of page",
        "return to top",
        "zum inhalt",
        "nach oben",
        "aller au contenu",
        "haut de page",
    ];
    tree.name(id) == "a"
        && tree.attribute(id, "href").is_some_and(|h| h.starts_with('#'))
        && tree.short(id, 40).is_some_and(|words| {
            let words = words.trim().to_lowercase();
            SKIPS.iter().any(|skip| words.starts_with(skip))
        })
}

/// Whether all links of a block lead to the pages before and behind, and up.
pub(super) fn leads_on(tree: &Tree, id: Id) -> bool {
    const WAYS: &[&str] = &["prev", "previous", "next", "up", "start", "contents", "index", "first", "last"];
    if !names::is_block(tree.name(id)) {
        return false;
    }
    let mut links =
        tree.within(id).take(128).filter(|inner| tree.attribute(*inner, "href").is_some()).peekable();
    links.peek().is_some() && links.all(|link| tree.has(link, "rel", WAYS))
}
