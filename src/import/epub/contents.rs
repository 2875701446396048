//! The table of contents of a book, and the pages of the printed one: of EPUB 3 (`nav`) and of EPUB 2 (NCX).

use crate::import::address;
use crate::import::xml::{Element, Tree};

/// How many lines of a table are read.
const MOST_LINES: usize = 50_000;

/// How many elements are looked through for the link of a line.
const NEAR: usize = 64;

/// What a book lists of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// The table of contents, in its order.
    pub chapters: Vec<Line>,
    /// The pages of the printed book.
    pub pages: Vec<Line>,
    /// Members that are no text of the book, by what they are: `cover`, `toc`.
    pub landmarks: Vec<(String, Target)>,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What it says.
    pub title: String,
    /// How deep it stands; 1 is the highest.
    pub level: u8,
    /// Where it leads. A line that only heads others leads where the first of them does.
    pub target: Target,
}

/// A place in the book: a member and an id in it, which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Target {
    /// The member.
    pub path: String,
    /// The id of an element in it.
    pub part: String,
}

impl Contents {
    /// Reads the navigation page of EPUB 3 that is the member `at`.
    pub fn of_nav(source: &str, at: &str) -> Contents {
        let tree = Tree::read(source);
        let navs: Vec<Element> = tree.all("nav").collect();
        let typed = |kind: &str| {
            let is = |nav: &&Element| {
                nav.attribute("type").is_some_and(|t| t.split_whitespace().any(|t| t == kind))
            };
            navs.iter().find(is).copied()
        };
        let untyped = navs.iter().find(|nav| nav.attribute("type").is_none()).copied();
        let lines = |nav: Option<Element>| nav.map(|nav| lines(nav, at)).unwrap_or_default();
        let landmarks = typed("landmarks").into_iter().flat_map(|nav| nav.all("a")).filter_map(|a| {
            let kind = a.attribute("type")?.split_whitespace().next()?;
            Some((kind.to_owned(), target(a.attribute("href")?, at)?))
        });
        Contents {
            chapters: lines(typed("toc").or(untyped)),
            pages: lines(typed("page-list")),
            landmarks: landmarks.take(MOST_LINES).collect(),
        }
    }

    /// Reads the NCX of EPUB 2 that is the member `at`.
    pub fn of_ncx(source: &str, at: &str) -> Contents {
        let tree = Tree::read(source);
        let line = |point: Element, level: usize| {
            let label = point.children_named("navlabel").next()?.words();
            let target = target(point.children_named("content").next()?.attribute("src")?, at)?;
            (!label.is_empty()).then(|| Line { title: label, level: level_of(level), target })
        };
        let map = tree.all("navmap").take(1).flat_map(|map| map.nested("navpoint", "navpoint"));
        let pages = tree.all("pagetarget").filter_map(|page| {
            let mut line = line(page, 1)?;
            // What is printed on it goes before what the list calls it.
            if let Some(value) = page.attribute("value").filter(|v| line.title.ends_with(v) && !v.is_empty())
            {
                line.title = value.to_owned();
            }
            Some(line)
        });
        Contents {
            chapters: map.filter_map(|(point, depth)| line(point, depth + 1)).take(MOST_LINES).collect(),
            pages: pages.take(MOST_LINES).collect(),
            landmarks: Vec::new(),
        }
    }
}

/// The lines of a list in a list.
fn lines(nav: Element, at: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // Lines without a link wait for the first that has one.
    let mut waiting = 0;
    for (item, depth) in nav.nested("li", "ol").take(MOST_LINES) {
        let said = item.children().find(|c| matches!(c.name(), "a" | "span"));
        let link = said.and_then(|s| {
            if s.name() == "a" { Some(s) } else { s.inside().take(NEAR).find(|e| e.name() == "a") }
        });
        let Some(title) = said.map(Element::words).filter(|words| !words.is_empty()) else { continue };
        let target = link.and_then(|a| target(a.attribute("href")?, at));
        match &target {
            Some(target) => lines
                .iter_mut()
                .rev()
                .take(std::mem::take(&mut waiting))
                .for_each(|l| l.target = target.clone()),
            None => waiting += 1,
        }
        lines.push(Line { title, level: level_of(depth), target: target.unwrap_or_default() });
    }
    lines.truncate(lines.len() - waiting);
    lines
}

fn target(href: &str, at: &str) -> Option<Target> {
    address::link(at, href).map(|(path, part)| Target { path, part })
}

fn level_of(depth: usize) -> u8 {
    u8::try_from(depth).unwrap_or(u8::MAX).clamp(1, 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[Line]) -> Vec<String> {
        let told = |l: &Line| format!("{} {} {}#{}", l.level, l.title, l.target.path, l.target.part);
        lines.iter().map(told).collect()
    }

    #[test]
    fn the_navigation_of_epub_3_is_read() {
        let nav = "<html><body><nav epub:type='page-list'><ol><li><a href='1.xhtml#p1'>1</a></li></ol></nav>\
            <nav epub:type='landmarks'><ol><li><a epub:type='cover' href='c.xhtml'>Cover</a></li></ol></nav>\
            <nav epub:type='toc'><h2>Contents</h2><ol><li><span>Part I</span><ol>\
            <li><a href='1.xhtml'><b>I</b>: One</a></li>\
            <li><a href='2.xhtml#a'>Two</a><ol><li><a href='2.xhtml#b'>Three</a></li></ol></li></ol></li>\
            <li><a href='http://x.org'>Out</a></li><li><a href='../../x'>Away</a></li><li></li></ol></nav>";
        let contents = Contents::of_nav(nav, "O/nav.xhtml");
        assert_eq!(
            told(&contents.chapters),
            ["1 Part I O/1.xhtml#", "2 I: One O/1.xhtml#", "2 Two O/2.xhtml#a", "3 Three O/2.xhtml#b"]
        );
        assert_eq!(told(&contents.pages), ["1 1 O/1.xhtml#p1"]);
        assert_eq!(contents.landmarks[0].0, "cover");
        let plain = Contents::of_nav("<nav><ol><li><a href='a'>A</a></li></ol></nav>", "n");
        assert_eq!(told(&plain.chapters), ["1 A a#"]);
    }

    #[test]
    fn the_ncx_of_epub_2_is_read() {
        let point = |label: &str, src: &str, inside: &str| {
            format!(
                "<navPoint><navLabel><text>{label}</text></navLabel><content src='{src}'/>{inside}</navPoint>"
            )
        };
        let map = point("One", "1.html", &point("Two", "1.html#a", "")) + &point("Three", "3.html", "");
        let ncx = format!(
            "<ncx:ncx><navMap>{map}</navMap><pageList><pageTarget value='xii'><navLabel><text>p. xii</text></navLabel>\
             <content src='1.html#p'/></pageTarget></pageList></ncx>"
        );
        let contents = Contents::of_ncx(&ncx, "toc.ncx");
        assert_eq!(told(&contents.chapters), ["1 One 1.html#", "2 Two 1.html#a", "1 Three 3.html#"]);
        assert_eq!(told(&contents.pages), ["1 xii 1.html#p"]);
    }

    #[test]
    fn forests_of_lists_are_read_in_time() {
        let deep = "<nav epub:type='toc'>".to_owned() + &"<ol><li><a href='#'>x</a>".repeat(20_000);
        assert_eq!(Contents::of_nav(&deep, "n").chapters.len(), 20_000);
        let deep =
            "<ncx><navMap>".to_owned() + &"<navPoint><navLabel>x</navLabel><content src='#'/>".repeat(20_000);
        assert_eq!(Contents::of_ncx(&deep, "n").chapters.len(), 20_000);
    }
}
