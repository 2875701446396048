//! What a book says of itself: its package document.

use super::path;
use crate::import::address;
use crate::import::xml::{Element, Tree};
use std::collections::{HashMap, HashSet};

/// How many steps a chain of substitutes may have.
const MOST_FALLBACKS: usize = 16;

/// How many things a book may say of itself.
const MOST_SAID: usize = 4096;

/// The package: what the book is, what belongs to it, and in which order it is read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Package {
    /// Its main title.
    pub title: Option<String>,
    /// Its second title.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The series it stands in.
    pub series: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The pages, in reading order; those beside it (`linear="no"`) too.
    pub spine: Vec<Leaf>,
    /// The member with the table of contents, of EPUB 3 and of EPUB 2.
    pub nav: Option<String>,
    /// The same, of EPUB 2.
    pub ncx: Option<String>,
    /// Pages that it points out, by what they are: `cover`, `toc`.
    pub guide: Vec<(String, String)>,
}

/// A page of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Its member.
    pub path: String,
    /// Whether it is read on to; notes and answers may stand beside the order.
    pub linear: bool,
}

/// What belongs to a book.
#[derive(Debug)]
struct Item<'a> {
    path: String,
    media: &'a str,
    properties: &'a str,
    fallback: Option<&'a str>,
}

/// The package documents that a `container.xml` names, the first first.
pub(super) fn packages(container: &str) -> Vec<String> {
    let tree = Tree::read(container);
    tree.all("rootfile").filter_map(|r| path::member(r.attribute("full-path")?)).collect()
}

impl Package {
    /// Reads the package document that is the member `at`.
    pub fn read(source: &str, at: &str) -> Package {
        let tree = Tree::read(source);
        let about = About::of(&tree);
        let mut items: HashMap<&str, Item> = HashMap::new();
        let mut order = Vec::new();
        for item in tree.all("item") {
            let (Some(id), Some(href)) = (item.attribute("id"), item.attribute("href")) else { continue };
            let Some((path, _)) = address::link(at, href) else { continue };
            let said = |name| item.attribute(name).unwrap_or_default();
            let (media, properties) = (said("media-type"), said("properties"));
            items.insert(id, Item { path, media, properties, fallback: item.attribute("fallback") });
            order.push(id);
        }
        let has = |item: &Item, word: &str| item.properties.split_whitespace().any(|p| p == word);
        let spine = tree.all("spine").next();
        let toc = spine.and_then(|s| s.attribute("toc")).and_then(|id| items.get(id));
        let ncx = toc.or_else(|| items.values().find(|i| i.media == "application/x-dtbncx+xml"));
        let mut seen = HashSet::new();
        let mut leaves: Vec<Leaf> = tree
            .all("itemref")
            .filter_map(|leaf| {
                let item = page(&items, leaf.attribute("idref")?)?;
                let linear = leaf.attribute("linear") != Some("no");
                seen.insert(&item.path).then(|| Leaf { path: item.path.clone(), linear })
            })
            .collect();
        if leaves.is_empty() {
            let pages = order.iter().filter_map(|id| items.get(id)).filter(|i| is_page(i));
            let pages = pages.filter(|i| !has(i, "nav") && seen.insert(&i.path));
            leaves = pages.map(|i| Leaf { path: i.path.clone(), linear: true }).collect();
        }
        let guide = tree.all("reference").filter_map(|r| {
            let (path, _) = address::link(at, r.attribute("href")?)?;
            Some((r.attribute("type")?.to_ascii_lowercase(), path))
        });
        Package {
            title: about.title(),
            subtitle: about.subtitle(),
            authors: about.authors(),
            series: about.series(),
            language: about.language(),
            nav: order.iter().filter_map(|id| items.get(id)).find(|i| has(i, "nav")).map(|i| i.path.clone()),
            ncx: ncx.map(|i| i.path.clone()),
            guide: guide.take(MOST_SAID).collect(),
            spine: leaves,
        }
    }
}

/// The page with an id, or what stands in for it where it is none.
fn page<'a>(items: &'a HashMap<&str, Item<'a>>, id: &str) -> Option<&'a Item<'a>> {
    let mut item = items.get(id)?;
    for _ in 0..MOST_FALLBACKS {
        if is_page(item) {
            return Some(item);
        }
        item = items.get(item.fallback?)?;
    }
    None
}

/// Whether an item is a page of text. Media types are often wrong; names seldom are.
fn is_page(item: &Item) -> bool {
    let media = item.media.split(';').next().unwrap_or_default().trim();
    matches!(
        media,
        "application/xhtml+xml" | "text/html" | "application/x-dtbook+xml" | "text/x-oeb1-document"
    ) || path::is_page(&item.path)
}

/// The metadata: what is said, and what is said of what is said.
#[derive(Debug)]
struct About<'a> {
    said: Vec<Element<'a>>,
    /// By the id of what is refined: property and value.
    refined: HashMap<&'a str, Vec<(&'a str, String)>>,
}

impl<'a> About<'a> {
    fn of(tree: &'a Tree) -> About<'a> {
        let said: Vec<Element> =
            tree.all("metadata").take(1).flat_map(Element::inside).take(MOST_SAID).collect();
        let mut refined: HashMap<&str, Vec<(&str, String)>> = HashMap::new();
        for meta in said.iter().filter(|e| e.name() == "meta") {
            let (Some(what), Some(property)) = (meta.attribute("refines"), meta.attribute("property")) else {
                continue;
            };
            refined.entry(what.trim_start_matches('#')).or_default().push((property, meta.words()));
        }
        About { said, refined }
    }

    /// Everything of a name that has words, in the order it is to be shown.
    fn named(&self, name: &'a str) -> Vec<(Element<'a>, String)> {
        let mut named: Vec<_> =
            self.said.iter().filter(|e| e.name() == name).map(|e| (*e, e.words())).collect();
        named.retain(|(_, words)| !words.is_empty());
        named.sort_by_cached_key(|(e, _)| {
            self.of_it(*e, "display-seq").next().and_then(|n| n.parse().ok()).unwrap_or(u32::MAX)
        });
        named
    }

    /// What is said of an element by a property.
    fn of_it<'b>(&'b self, element: Element<'a>, property: &'b str) -> impl Iterator<Item = &'b str> {
        let refined = element.attribute("id").and_then(|id| self.refined.get(id)).into_iter().flatten();
        refined.filter(move |(p, _)| *p == property).map(|(_, value)| value.as_str())
    }

    fn titles(&self, kind: &str) -> Option<String> {
        let typed = |e| self.of_it(e, "title-type").any(|t| t == kind);
        self.named("title").into_iter().find(|(e, _)| typed(*e)).map(|(_, words)| words)
    }

    fn title(&self) -> Option<String> {
        let untyped = || {
            let named = self.named("title").into_iter();
            let mut named = named.filter(|(e, _)| self.of_it(*e, "title-type").next().is_none());
            named.next().map(|(_, words)| words)
        };
        self.titles("main").or_else(untyped).or_else(|| self.named("title").into_iter().next().map(|t| t.1))
    }

    fn subtitle(&self) -> Option<String> {
        let called = |(e, _): &(Element, String)| e.attribute("id").is_some_and(|id| id.contains("subtitle"));
        self.titles("subtitle").or_else(|| self.named("title").into_iter().find(called).map(|t| t.1))
    }

    /// Those who wrote it; where nobody is said to have, whoever made it: who put it together, at least.
    fn authors(&self) -> Vec<String> {
        let roles = |e: Element<'a>| -> Vec<String> {
            let refined = self.of_it(e, "role").map(str::to_owned);
            e.attribute("role").map(str::to_owned).into_iter().chain(refined).collect()
        };
        let wrote = |roles: &[String]| roles.iter().any(|r| r == "aut");
        let creators: Vec<_> = self.named("creator").into_iter().map(|(e, name)| (roles(e), name)).collect();
        let helpers = self.named("contributor").into_iter().map(|(e, name)| (roles(e), name));
        let writers = creators.iter().filter(|(r, _)| r.is_empty() || wrote(r)).cloned();
        let mut authors: Vec<String> =
            writers.chain(helpers.filter(|(r, _)| wrote(r))).map(|(_, n)| n).collect();
        if authors.is_empty() {
            let others = creators.into_iter().filter(|(r, _)| !r.iter().any(|r| r == "pbl" || r == "bkp"));
            authors = others.map(|(_, name)| name).collect();
        }
        let mut seen = HashSet::new();
        authors.retain(|name| !name.eq_ignore_ascii_case("unknown") && seen.insert(name.to_lowercase()));
        authors
    }

    fn series(&self) -> Option<String> {
        let metas = || self.said.iter().filter(|e| e.name() == "meta");
        let collections = || metas().filter(|e| e.attribute("property") == Some("belongs-to-collection"));
        let series = collections().find(|e| self.of_it(**e, "collection-type").any(|t| t == "series"));
        let calibre = || metas().find(|e| e.attribute("name") == Some("calibre:series"));
        // A set (`The hundred best novels`) is made by others than those who made the book.
        let untyped = || collections().find(|e| self.of_it(**e, "collection-type").next().is_none());
        let named = series.or_else(untyped).map(|e| e.words());
        named.or_else(|| Some(calibre()?.attribute("content")?.to_owned())).filter(|s| !s.is_empty())
    }

    fn language(&self) -> Option<String> {
        let tag =
            |t: &str| t.starts_with(|c: char| c.is_ascii_alphabetic()) && !t.eq_ignore_ascii_case("und");
        let mut said = self.named("language").into_iter().map(|(_, words)| words);
        said.find(|t| tag(t) && t.len() <= 35).map(|t| t.replace('_', "-"))
    }
}

/// Who keeps a book from being read: the members of `META-INF` that say so, by what is in them.
pub(super) fn protection(encryption: &str) -> HashSet<String> {
    const FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let tree = Tree::read(encryption);
    let mut locked = HashSet::new();
    for data in tree.all("encrypteddata") {
        let method = data.children_named("encryptionmethod").find_map(|m| m.attribute("Algorithm"));
        if method.is_some_and(|m| FONTS.contains(&m)) {
            continue;
        }
        let reference = data
            .inside()
            .take(MOST_FALLBACKS)
            .find(|e| e.name() == "cipherreference")
            .and_then(|r| r.attribute("URI"));
        locked.extend(reference.and_then(|uri| address::link("", uri)).map(|(path, _)| path));
    }
    locked
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<package><metadata xmlns:dc='d' xmlns:opf='o'>";

    fn package(metadata: &str) -> Package {
        Package::read(&format!("{HEAD}{metadata}</metadata></package>"), "OEBPS/content.opf")
    }

    #[test]
    fn titles_are_told_apart() {
        for (metadata, title, subtitle) in [
            ("<dc:title>A  B</dc:title>", Some("A B"), None),
            ("<dc:title/><dc:Title>A</dc:Title><dc:title>B</dc:title>", Some("A"), None),
            (
                "<dc:title id='s'>S</dc:title><dc:title id='m'>M</dc:title><dc:title id='f'>M: S</dc:title>\
                 <meta refines='#s' property='title-type'>subtitle</meta>\
                 <meta refines='#m' property='title-type'>main</meta>\
                 <meta refines='#f' property='title-type'>expanded</meta>",
                Some("M"),
                Some("S"),
            ),
            (
                "<dc:title id='c'>C</dc:title><dc:title>T</dc:title>\
                 <meta refines='#c' property='title-type'>collection</meta>",
                Some("T"),
                None,
            ),
            ("<dc:title id='title'>T</dc:title><dc:title id='subtitle'>S</dc:title>", Some("T"), Some("S")),
            ("<dc:publisher>P</dc:publisher>", None, None),
        ] {
            let package = package(metadata);
            assert_eq!(
                (package.title.as_deref(), package.subtitle.as_deref()),
                (title, subtitle),
                "{metadata}"
            );
        }
    }

    #[test]
    fn authors_are_those_who_wrote() {
        let role = |id: &str, role: &str| {
            format!("<meta refines='#{id}' property='role' scheme='marc:relators'>{role}</meta>")
        };
        let by_id = |id: &str, name: &str| format!("<dc:creator id='{id}'>{name}</dc:creator>");
        for (metadata, authors) in [
            (
                "<dc:creator opf:role='aut'>A</dc:creator><dc:creator opf:role='trl'>T</dc:creator>".into(),
                vec!["A"],
            ),
            (
                "<dc:creator>A</dc:creator><dc:creator>B</dc:creator><dc:creator>a</dc:creator>".into(),
                vec!["A", "B"],
            ),
            ("<dc:creator opf:role='edt'>E</dc:creator><dc:publisher>P</dc:publisher>".into(), vec!["E"]),
            ("<dc:creator>Unknown</dc:creator>".into(), vec![]),
            (by_id("a", "A") + &role("a", "ann") + &role("a", "aut"), vec!["A"]),
            (
                by_id("a", "A")
                    + &by_id("b", "B")
                    + "<meta refines='#b' property='display-seq'>1</meta>\
                       <meta refines='#a' property='display-seq'>2</meta>",
                vec!["B", "A"],
            ),
            (
                by_id("a", "A") + &role("a", "ill") + "<dc:contributor opf:role='aut'>C</dc:contributor>",
                vec!["C"],
            ),
        ] {
            assert_eq!(package(&metadata).authors, authors, "{metadata}");
        }
    }

    #[test]
    fn the_rest_is_told() {
        let told = package(
            "<dc:language>und</dc:language><dc:language>en_GB</dc:language><dc:source>http://x</dc:source>\
             <meta property='belongs-to-collection' id='a'>Set</meta>\
             <meta property='belongs-to-collection' id='b'>Series</meta>\
             <meta refines='#b' property='collection-type'>series</meta>",
        );
        assert_eq!((told.language.as_deref(), told.series.as_deref()), (Some("en-GB"), Some("Series")));
        let told = package(
            "<x-metadata><dc:language>de</dc:language></x-metadata><meta name='calibre:series' content='S'/>",
        );
        assert_eq!((told.language.as_deref(), told.series.as_deref()), (Some("de"), Some("S")));
        let set = "<meta property='belongs-to-collection' id='a'>The Hundred Best</meta>\
             <meta refines='#a' property='collection-type'>set</meta>";
        assert_eq!(package(set).series, None);
    }

    #[test]
    fn the_order_is_that_of_the_spine() {
        let manifest = "<manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
             <item id='b' href='t/b%20c.htm' media-type='x/y'/><item id='nav' href='nav.xhtml' properties='x nav'/>\
             <item id='n' href='n.ncx' media-type='application/x-dtbncx+xml'/><item id='p' href='p.png' fallback='q'/>\
             <item id='q' href='q.svg' fallback='a'/><item id='l' href='l.svg' fallback='l'/>\
             <item id='o' href='../../o.xhtml'/><item href='z.xhtml'/></manifest>";
        let read = |spine: &str| {
            let package = Package::read(&format!("<package>{manifest}{spine}</package>"), "OEBPS/c.opf");
            let mut told: Vec<String> = package
                .spine
                .iter()
                .map(|l| format!("{}{}", l.path, if l.linear { "" } else { " beside" }))
                .collect();
            told.extend(package.nav.iter().chain(&package.ncx).cloned());
            told.extend(package.guide.iter().map(|(kind, path)| format!("{kind}={path}")));
            told.join(" ")
        };
        assert_eq!(
            read(
                "<spine toc='n'><itemref idref='b'/><itemref idref='p' linear='no'/><itemref idref='b'/>\
                 <itemref idref='l'/><itemref idref='none'/><itemref/></spine>\
                 <guide><reference type='cover' href='a.xhtml#x'/></guide>"
            ),
            "OEBPS/t/b c.htm OEBPS/a.xhtml beside OEBPS/nav.xhtml OEBPS/n.ncx cover=OEBPS/a.xhtml"
        );
        assert_eq!(read(""), "OEBPS/a.xhtml OEBPS/t/b c.htm OEBPS/nav.xhtml OEBPS/n.ncx");
    }

    #[test]
    fn fonts_in_disguise_are_no_protection() {
        let data = |method: &str, uri: &str| {
            format!(
                "<enc:EncryptedData><enc:EncryptionMethod Algorithm='{method}'/><enc:CipherData>\
                 <enc:CipherReference URI='{uri}'/></enc:CipherData></enc:EncryptedData>"
            )
        };
        let all =
            data("http://www.idpf.org/2008/embedding", "f.ttf") + &data("http://x#aes", "OEBPS/a%20b.xhtml");
        let locked = protection(&format!("<encryption>{all}</encryption>"));
        assert_eq!(locked, HashSet::from(["OEBPS/a b.xhtml".to_owned()]));
    }
}
