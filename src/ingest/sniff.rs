//! Tells from its first bytes what an input is, where they leave no doubt.

use std::path::Path;

use super::form::InputForm;
use super::gzip::is_gzip;
use super::table::is_header;
use super::tar::is_tar;
use super::zstd::is_zstd;

/// Bytes that are looked at.
pub const HEAD: usize = 4096;

/// What an input is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Packed with gzip.
    Gzip,
    /// Packed with zstd.
    Zstd,
    /// A tar archive.
    Tar,
    /// A zip archive, or a document that is one.
    Zip,
    /// One of the forms that are read.
    Form(InputForm),
    /// A known form that is not read: what it is, and what to do.
    Refused(&'static str, &'static str),
    /// Nothing that can be told for sure.
    Open,
}

const SAVE: &str = "save it as .docx or as plain text, or paste its text into `secondhand audit -`";
const PICTURE: (&str, &str) = ("this is a picture, and no text", "paste the words into `secondhand audit -`");
const MEDIA: (&str, &str) = ("this is sound or film, and no text", "paste the words into `secondhand audit -`");

/// Beginnings of files that are known and not read.
const REFUSED: [(&[u8], (&str, &str)); 12] = [
    (b"%PDF-", ("this is a PDF, which is not read", "pipe its text in: pdftotext FILE.pdf - | secondhand audit -")),
    (b"{\\rtf", ("this is RTF, which is not read", SAVE)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("this is an old Office file (.doc), which is not read", SAVE)),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", MEDIA),
    (b"OggS", MEDIA),
    (b"ID3", MEDIA),
    (
        b"7z\xbc\xaf\x27\x1c",
        ("this is a 7z archive, which is not read", "unpack it first, or pack it as zip, tar or gzip"),
    ),
];

/// Packings that are known and not read.
const PACKED: [(&[u8], &str); 2] = [
    (b"BZh", "this is packed with bzip2, which is not read"),
    (b"\xfd7zXZ\0", "this is packed with xz, which is not read"),
];

/// What `head`, the first bytes of an input ([`HEAD`] of them, or all), are.
pub fn sniff(head: &[u8]) -> Told {
    if is_gzip(head) {
        return Told::Gzip;
    }
    if is_zstd(head) {
        return Told::Zstd;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Told::Zip;
    }
    if let Some((_, (message, hint))) = REFUSED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Told::Refused(message, hint);
    }
    if let Some((_, message)) = PACKED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Told::Refused(message, "unpack it first, or pack it with gzip or zstd");
    }
    if is_tar(head) {
        return Told::Tar;
    }
    let head: Vec<u8> = match head {
        // UTF-16: the letters that matter here are ASCII.
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => rest.iter().copied().filter(|b| *b != 0).collect(),
        _ => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).to_vec(),
    };
    let start = head.trim_ascii_start();
    if start.starts_with(b"WARC/") {
        return Told::Form(InputForm::Warc);
    }
    match start.first() {
        Some(b'<') => markup(start),
        Some(b'{' | b'[') => json(start).map_or(Told::Open, Told::Form),
        _ => Told::Open,
    }
}

/// The form that the content promises where the name promises none: JSON and tables are told by their first line.
pub fn unnamed(head: &[u8]) -> Option<InputForm> {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = start.split(|b| *b == b'\n').next().unwrap_or(start).trim_ascii_end();
    // An object that goes on over lines, or a list of objects.
    let list = start.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"));
    let object = line == b"{" && start[1..].trim_ascii_start().starts_with(b"\"");
    if list || object {
        return Some(InputForm::Json);
    }
    is_header(line)
}

/// Elements at the root of XML files that are known and not read.
const OTHER_XML: [(&[u8], &str); 4] = [
    (b"nitf", "this is NITF, which is not read"),
    (b"NewsML", "this is NewsML 1, which is not read"),
    (b"urlset", "this is a list of addresses (sitemap), and holds no article"),
    (b"opml", "this is a list of feeds, and holds no article"),
];

fn markup(text: &[u8]) -> Told {
    let Some(name) = root(text) else { return Told::Open };
    let local = name.rsplit(|b| *b == b':').next().unwrap_or(name);
    match local {
        b"rss" | b"RDF" | b"feed" => Told::Form(InputForm::Feed),
        b"newsItem" | b"newsMessage" | b"packageItem" => Told::Form(InputForm::NewsMl),
        _ => match OTHER_XML.iter().find(|(name, _)| *name == local) {
            Some((_, message)) => {
                Told::Refused(message, "give the articles as NewsML-G2, ninjs, a feed, JSONL or text")
            }
            None => Told::Open,
        },
    }
}

/// The name of the first element: behind the declaration, comments and the document type.
fn root(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = text.trim_ascii_start();
        let end: &[u8] = match text {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => {
                text = &text[doctype(text)?..];
                continue;
            }
            [b'<', rest @ ..] => {
                let length = rest.iter().position(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())?;
                return Some(&rest[..length]).filter(|name| !name.is_empty());
            }
            _ => return None,
        };
        let at = memchr::memmem::find(text, end)?;
        text = &text[at + end.len()..];
    }
}

/// Where a document type declaration ends, its brackets included.
fn doctype(text: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// JSON that says what it is.
fn json(text: &[u8]) -> Option<InputForm> {
    let has = |word: &[u8]| memchr::memmem::find(text, word).is_some();
    (has(b"jsonfeed.org/version") && has(b"\"version\"")).then_some(InputForm::Json)
}

/// The name under a packing's ending: `a.txt.gz` → `a.txt`, `a.tgz` → `a.tar`; the name itself where it has none.
pub fn unpacked_name(name: &str) -> String {
    let path = Path::new(name);
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let stem = &name[..name.len().saturating_sub(ending.len() + 1)];
    match ending.as_str() {
        "gz" | "zst" | "zstd" => stem.to_owned(),
        "tgz" | "tzst" => format!("{stem}.tar"),
        _ => name.to_owned(),
    }
}

/// The packing that the ending of a name promises: where the first bytes are damaged, the rest may be sound.
pub fn packing_of_name(name: &str) -> Option<Told> {
    let ending = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "gz" | "tgz" => Some(Told::Gzip),
        "zst" | "zstd" | "tzst" => Some(Told::Zstd),
        "tar" => Some(Told::Tar),
        "zip" => Some(Told::Zip),
        _ => None,
    }
}

/// True where the ending of a name promises an archive or a packing that is opened.
pub fn is_packed_name(path: &Path) -> bool {
    path.to_str().is_some_and(|name| packing_of_name(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_what_names_may_hide() {
        for (head, told) in [
            (&b"\x1f\x8b\x08\x00abc"[..], Told::Gzip),
            (b"\x28\xb5\x2f\xfd....", Told::Zstd),
            (b"PK\x03\x04....", Told::Zip),
            (b"WARC/1.0\r\n", Told::Form(InputForm::Warc)),
            (b"<?xml version=\"1.0\"?>\n<!-- a --><rss version=\"2.0\">", Told::Form(InputForm::Feed)),
            (b"<!DOCTYPE rss [<!ENTITY a \"<x>\">]><rss>", Told::Form(InputForm::Feed)),
            (b"\xff\xfe<\0r\0s\0s\0>\0", Told::Form(InputForm::Feed)),
            (b"<atom:feed xmlns:atom=\"x\">", Told::Form(InputForm::Feed)),
            (b"<newsMessage>", Told::Form(InputForm::NewsMl)),
            (b"{\"version\": \"https://jsonfeed.org/version/1.1\"", Told::Form(InputForm::Json)),
            (b"<p>The quay</p>", Told::Open),
            (b"The quay is shut.", Told::Open),
            (b"<3 is a heart", Told::Open),
            (b"", Told::Open),
        ] {
            assert_eq!(sniff(head), told, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn what_is_not_read_is_told_with_what_to_do() {
        for head in [&b"%PDF-1.7"[..], b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"GIF89a", b"BZh9", b"<nitf>"] {
            let Told::Refused(message, hint) = sniff(head) else { panic!("{head:?} is read") };
            assert!(message.starts_with("this is") && !hint.is_empty());
        }
        assert!(matches!(sniff(b"%PDF-1.4"), Told::Refused(_, hint) if hint.contains("pdftotext")));
    }

    #[test]
    fn without_a_name_json_and_tables_are_told_by_their_first_line() {
        assert_eq!(unnamed(b"{\n  \"uri\": \"a\""), Some(InputForm::Json));
        assert_eq!(unnamed(b"[ {\"text\": \"a\"} ]"), Some(InputForm::Json));
        assert_eq!(unnamed(b"[Updated] The quay is shut."), None);
        assert_eq!(unnamed(b"{\"id\": 1}\n"), None, "that is for the first line of JSONL");
        assert_eq!(unnamed(b"title,text,url\n"), Some(InputForm::Csv));
        assert_eq!(unnamed(b"Text, and more text\n"), None);
    }

    #[test]
    fn a_packed_name_hides_another_one() {
        assert_eq!(unpacked_name("a/b.TXT.GZ"), "a/b.TXT");
        assert_eq!(unpacked_name("a.tgz"), "a.tar");
        assert_eq!(unpacked_name("gz"), "gz");
        assert!(is_packed_name(Path::new("a.Zip")) && !is_packed_name(Path::new("zip")));
    }
}
