//! Files of tests as data: texts, bytes, fixtures, and archives made of them.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde::Deserialize;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What a file holds.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub enum Contents {
    /// A text.
    Text(String),
    /// Bytes as hexadecimal digits, `times` over.
    Hex { hex: String, times: Option<usize> },
    /// A text, `times` over, between two others.
    Repeat { repeat: String, times: usize, before: Option<String>, after: Option<String> },
    /// A folder that nobody may read.
    Locked { locked: bool },
    /// A file of `fixtures/inputs`.
    Fixture { fixture: String },
    /// Files one after another in members of their own.
    Gzip { gzip: Vec<Contents> },
    /// The same in frames.
    Zstd { zstd: Vec<Contents> },
    /// An archive of named files.
    Zip { zip: BTreeMap<String, Contents> },
    /// The same.
    Tar { tar: BTreeMap<String, Contents> },
    /// A web archive: one page a record.
    Warc { warc: Vec<String> },
    /// A draft whose paragraphs these are, as markup.
    Docx { docx: String },
    /// Other contents with one byte changed, so far from the end of the first place where `behind` stands.
    Damaged { damaged: Box<Contents>, behind: String, by: usize },
    /// Other contents without their last bytes.
    Cut { cut: Box<Contents>, bytes: usize },
}

impl Contents {
    /// The bytes; empty for a folder.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Contents::Text(text) => text.clone().into_bytes(),
            Contents::Hex { hex, times } => digits(hex).repeat(times.unwrap_or(1)),
            Contents::Repeat { repeat, times, before, after } => {
                let around = |text: &Option<String>| text.clone().unwrap_or_default();
                format!("{}{}{}", around(before), repeat.repeat(*times), around(after)).into_bytes()
            }
            Contents::Locked { .. } => Vec::new(),
            Contents::Fixture { fixture } => std::fs::read(inputs().join(fixture)).unwrap(),
            Contents::Gzip { gzip } => gzip.iter().flat_map(|part| gzipped(&part.bytes())).collect(),
            Contents::Zstd { zstd } => zstd
                .iter()
                .flat_map(|part| compress_to_vec(part.bytes().as_slice(), CompressionLevel::Fastest))
                .collect(),
            Contents::Zip { zip } => zipped(zip.iter().map(|(name, part)| (name.as_str(), part.bytes()))),
            Contents::Tar { tar } => tarred(tar.iter().map(|(name, part)| (name.as_str(), part.bytes()))),
            Contents::Warc { warc } => warc.iter().enumerate().flat_map(|(n, page)| response(n + 1, page)).collect(),
            Contents::Docx { docx } => draft(docx),
            Contents::Damaged { damaged, behind, by } => {
                let mut bytes = damaged.bytes();
                let at = memchr::memmem::find(&bytes, behind.as_bytes()).unwrap() + behind.len() + by;
                bytes[at] ^= 0x2a;
                bytes
            }
            Contents::Cut { cut, bytes } => {
                let mut whole = cut.bytes();
                whole.truncate(whole.len() - bytes);
                whole
            }
        }
    }
}

/// The folder of fixtures of all forms.
pub fn inputs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inputs")
}

fn digits(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

/// A member of gzip.
pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A zip archive.
pub fn zipped<'n>(files: impl Iterator<Item = (&'n str, Vec<u8>)>) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A tar archive.
pub fn tarred<'n>(files: impl Iterator<Item = (&'n str, Vec<u8>)>) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        out.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    out.into_inner().unwrap()
}

/// A record of a web archive with the answer of a server that gave `page`.
pub fn response(number: usize, page: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:page-{number}>\r\nWARC-Target-URI: https://kyivindependent.com/page-{number}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

/// A draft of a word processor.
pub fn draft(paragraphs: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    let kinds =
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let files = [("[Content_Types].xml", kinds.as_bytes().to_vec()), ("word/document.xml", document.into_bytes())];
    zipped(files.into_iter())
}
