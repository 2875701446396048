//! Binds books: a ZIP archive with whatever members, sound or not.
#![allow(dead_code, reason = "every test program uses a part of it")]

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

/// A member of an archive, and how it is told of.
#[derive(Clone)]
pub struct Member {
    pub name: Vec<u8>,
    pub bytes: Vec<u8>,
    /// What its own header calls it, if something else.
    pub local_name: Option<Vec<u8>>,
    pub method: u16,
    pub flags: u16,
    /// What the headers say of its unpacked length, if they lie.
    pub said: Option<u32>,
    pub crc: Option<u32>,
    /// How many bytes of its packed form are written and told.
    pub cut: Option<usize>,
    /// How many of these bytes the headers tell, if not as many.
    pub packed_said: Option<u32>,
    pub attributes: u32,
    /// The member whose place in the archive the directory gives for it, if not its own.
    pub over: Option<usize>,
}

/// A deflated member.
pub fn member(name: &str, bytes: impl AsRef<[u8]>) -> Member {
    Member {
        name: name.as_bytes().to_vec(),
        bytes: bytes.as_ref().to_vec(),
        local_name: None,
        method: 8,
        flags: 0,
        said: None,
        crc: None,
        cut: None,
        packed_said: None,
        attributes: 0,
        over: None,
    }
}

/// A member that is not packed.
pub fn stored(name: &str, bytes: impl AsRef<[u8]>) -> Member {
    Member { method: 0, ..member(name, bytes) }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What the directory says of a member that is at a place.
fn listed(member: &Member, middle: &[u8], at: u32) -> Vec<u8> {
    let mut line = b"PK\x01\x02\x14\x03".to_vec();
    line.extend(middle);
    line.extend((member.name.len() as u16).to_le_bytes());
    line.extend([0; 8]);
    line.extend(member.attributes.to_le_bytes());
    line.extend(at.to_le_bytes());
    line.extend(&member.name);
    line
}

/// The archive, with its directory.
pub fn bind(members: &[Member]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    let mut places: Vec<(u32, Vec<u8>)> = Vec::new();
    for member in members {
        if let Some(over) = member.over {
            let (at, middle) = places[over].clone();
            directory.extend(listed(member, &middle, at));
            places.push((at, middle));
            continue;
        }
        let mut packed = if member.method == 8 { deflated(&member.bytes) } else { member.bytes.clone() };
        packed.truncate(member.cut.unwrap_or(packed.len()));
        let crc = member.crc.unwrap_or_else(|| rawzip::crc32(&member.bytes));
        let said = member.said.unwrap_or(member.bytes.len() as u32);
        let packed_said = member.packed_said.unwrap_or(packed.len() as u32);
        let mut middle = Vec::new();
        for short in [20, member.flags, member.method, 0, 0x21] {
            middle.extend(u16::to_le_bytes(short));
        }
        for long in [crc, packed_said, said] {
            middle.extend(u32::to_le_bytes(long));
        }
        let own = member.local_name.as_ref().unwrap_or(&member.name);
        let at = archive.len() as u32;
        archive.extend(b"PK\x03\x04");
        archive.extend(&middle);
        archive.extend((own.len() as u16).to_le_bytes());
        archive.extend([0, 0]);
        archive.extend(own);
        archive.extend(&packed);
        directory.extend(listed(member, &middle, at));
        places.push((at, middle));
    }
    let (start, count) = (archive.len() as u32, members.len() as u16);
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// A page of XHTML with this body.
pub fn page(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml' \
         xmlns:epub='http://www.idpf.org/2007/ops'><head><title>x</title></head><body>{body}</body></html>"
    )
}

/// A book of EPUB 3 or 2.
#[derive(Clone, Default)]
pub struct Book {
    /// What its package says of it, beyond what it must.
    pub metadata: String,
    /// Its pages: name, body, and whether it stands beside the order.
    pub pages: Vec<(String, String, bool)>,
    /// The body of its navigation page.
    pub nav: Option<String>,
    /// The inside of its NCX.
    pub ncx: Option<String>,
    /// What more its package has.
    pub guide: String,
}

impl Book {
    /// A book of these pages.
    pub fn of(pages: &[(&str, &str)]) -> Book {
        let pages =
            pages.iter().map(|(name, body)| ((*name).to_owned(), (*body).to_owned(), false)).collect();
        Book { pages, ..Book::default() }
    }

    pub fn metadata(mut self, metadata: &str) -> Book {
        self.metadata = metadata.to_owned();
        self
    }

    /// Adds a page beside the order.
    pub fn beside(mut self, name: &str, body: &str) -> Book {
        self.pages.push((name.to_owned(), body.to_owned(), true));
        self
    }

    /// A table of contents as EPUB 3 has it.
    pub fn nav(mut self, lists: &str) -> Book {
        self.nav = Some(lists.to_owned());
        self
    }

    /// A table of contents as EPUB 2 has it: level, title, target.
    pub fn ncx(mut self, lines: &[(usize, &str, &str)]) -> Book {
        let mut map = String::new();
        let mut open = 0;
        for (level, title, target) in lines {
            while open >= *level {
                map.push_str("</navPoint>");
                open -= 1;
            }
            map.push_str(&format!(
                "<navPoint><navLabel><text>{title}</text></navLabel><content src='{target}'/>"
            ));
            open += 1;
        }
        map.push_str(&"</navPoint>".repeat(open));
        self.ncx = Some(format!("<navMap>{map}</navMap>"));
        self
    }

    pub fn guide(mut self, guide: &str) -> Book {
        self.guide = guide.to_owned();
        self
    }

    /// Its members, in the order of a proper archive.
    pub fn members(&self) -> Vec<Member> {
        let container = "<?xml version='1.0'?><container><rootfiles><rootfile full-path='OEBPS/content.opf' \
                         media-type='application/oebps-package+xml'/></rootfiles></container>";
        let mut manifest = String::new();
        let mut spine = String::new();
        for (i, (name, _, beside)) in self.pages.iter().enumerate() {
            manifest.push_str(&format!("<item id='p{i}' href='{name}' media-type='application/xhtml+xml'/>"));
            let linear = if *beside { " linear='no'" } else { "" };
            spine.push_str(&format!("<itemref idref='p{i}'{linear}/>"));
        }
        if self.nav.is_some() {
            manifest.push_str(
                "<item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>",
            );
        }
        if self.ncx.is_some() {
            manifest.push_str("<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>");
        }
        let metadata = format!("<metadata xmlns:dc='d' xmlns:opf='o'>{}</metadata>", self.metadata);
        let guide = &self.guide;
        let package = format!(
            "<?xml version='1.0'?><package>{metadata}<manifest>{manifest}</manifest><spine toc='ncx'>{spine}</spine>\
             {guide}</package>"
        );
        let mut members = vec![
            stored("mimetype", "application/epub+zip"),
            member("META-INF/container.xml", container),
            member("OEBPS/content.opf", package),
        ];
        members.extend(self.nav.iter().map(|nav| member("OEBPS/nav.xhtml", page(nav))));
        members.extend(self.ncx.iter().map(|ncx| member("OEBPS/toc.ncx", format!("<ncx>{ncx}</ncx>"))));
        let pages = self.pages.iter().map(|(name, body, _)| member(&format!("OEBPS/{name}"), page(body)));
        members.extend(pages);
        members
    }

    /// The book as a file.
    pub fn bind(&self) -> Vec<u8> {
        bind(&self.members())
    }
}
