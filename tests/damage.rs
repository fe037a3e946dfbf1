//! Damaged copies of the fixtures of every form: nothing fails on them, and what stands beside the damage is still read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::ops::Range;

use contents::{draft, gzipped, inputs, response, tarred, zipped};
use secondhand::auditor::Auditor;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::rules::load::{RuleSources, load};
use secondhand::sources::lookup::RegistryLookup;

#[path = "common/contents.rs"]
#[allow(dead_code, reason = "the command line's tests use the rest")]
mod contents;

/// Damaged copies that the test reads; `SECONDHAND_DAMAGED` sets another number.
const COPIES: u64 = 300;

/// A small generator of numbers, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below.max(1)
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: [&[u8]; 24] = [
    b"<item>",
    b"</item>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE a [",
    b"&#x110000;",
    b"&a;",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n\r\n",
    b"{",
    b"}",
    b"\\u",
    b"\0",
    b"\xff\xfe",
    b"\xc3",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"WARC/1.0",
    b"-1",
    b"18446744073709551615",
    b"\x28\xb5\x2f\xfd",
];

/// Damages some bytes in `range`. `same`: nothing behind it moves.
fn damage(bytes: &mut Vec<u8>, range: Range<usize>, same: bool, numbers: &mut Numbers) {
    let mut range = range;
    for _ in 0..=numbers.next(3) {
        let at = range.start + numbers.next(range.len());
        match numbers.next(if same { 3 } else { 6 }) {
            0 => bytes[at] ^= 1 << numbers.next(8),
            1 => bytes[at] = [0, 0xff, b' ', b'<', b'"', b'\n'][numbers.next(6)],
            2 => {
                let piece = PIECES[numbers.next(PIECES.len())];
                let room = piece.len().min(range.end - at);
                bytes[at..at + room].copy_from_slice(&piece[..room]);
            }
            3 => {
                let piece = PIECES[numbers.next(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
                range.end += piece.len();
            }
            4 => {
                let end = (at + 1 + numbers.next(60)).min(range.end);
                bytes.drain(at..end);
                range.end -= end - at;
            }
            _ => {
                let end = (at + 1 + numbers.next(200)).min(range.end);
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
                range.end += end - at;
            }
        }
        if range.is_empty() {
            return;
        }
    }
}

fn page(words: &str) -> String {
    let more = "Two cranes were damaged in the storm that came ashore in the night, and new cables have to be brought from the yard.";
    format!(
        "<!doctype html><html><head><title>{words}</title><meta property='og:type' content='article'></head><body><article><h1>{words}</h1><p>The quay of {words} is shut, the port told Reuters on Monday.</p><p>{more}</p></article></body></html>"
    )
}

/// The fixtures of every form, with their names.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<(String, Vec<u8>)> = std::fs::read_dir(inputs())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    out.sort();
    let warc: Vec<u8> = (1..4).flat_map(|n| response(n, &page(&format!("Harbour {n}")))).collect();
    let packed: Vec<u8> = (1..4).flat_map(|n| gzipped(&response(n, &page(&format!("Harbour {n}"))))).collect();
    let texts = || out.iter().map(|(name, bytes)| (name.as_str(), bytes.clone()));
    let more = vec![
        ("page.html".to_owned(), page("Harbour").into_bytes()),
        ("all.zip".to_owned(), zipped(texts())),
        ("all.tar.gz".to_owned(), gzipped(&tarred(texts()))),
        ("draft.docx".to_owned(), draft("<w:p><w:r><w:t>The quay is shut, the port told Reuters.</w:t></w:r></w:p>")),
        ("a.warc".to_owned(), warc),
        ("b.warc.gz".to_owned(), packed),
    ];
    out.extend(more);
    out
}

fn with_reader(then: impl FnOnce(&Reader<'_>, &Auditor)) {
    let auditor = Auditor::new(load(&RuleSources::default()).rules);
    let lookup = RegistryLookup::new(auditor.registry());
    let options = ReadOptions { most_bytes: 1 << 20, ..ReadOptions::default() };
    then(&Reader::new(options, auditor.outlines(), &lookup), &auditor);
}

#[test]
fn nothing_fails_on_damaged_copies() {
    let copies = std::env::var("SECONDHAND_DAMAGED").ok().and_then(|n| n.parse().ok()).unwrap_or(COPIES);
    let fixtures = fixtures();
    with_reader(|reader, auditor| {
        for seed in 1..=copies {
            let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let (name, bytes) = &fixtures[numbers.next(fixtures.len())];
            let mut bytes = bytes.clone();
            let all = 0..bytes.len();
            damage(&mut bytes, all, false, &mut numbers);
            if numbers.next(8) == 0 {
                bytes.truncate(numbers.next(bytes.len()));
            }
            let (mut told, mut read) = (0, 0);
            reader.documents_in(&bytes, name, &mut |document| match document.and_then(|d| reader.article(&d)) {
                Ok(article) => {
                    let record = auditor.audit(article);
                    let article = &record.article;
                    let whole = |span: &secondhand::text::span::Span| article.buffer.get(span.range()).is_some();
                    assert!(article.blocks.iter().all(|b| whole(&b.span)), "{name}, seed {seed}");
                    read += 1;
                }
                Err(error) => {
                    assert!(error.code != "internal", "{name}, seed {seed}: {error}");
                    told += 1;
                }
            });
            assert!(told + read > 0, "{name}, seed {seed}: neither an article nor an error");
        }
    });
}

/// Articles of one container: its name, what stands before them, each with its id, what stands behind them, and true where nothing
/// may move.
struct Container {
    name: &'static str,
    bytes: Vec<u8>,
    parts: Vec<Range<usize>>,
    ids: Vec<String>,
    fixed: bool,
}

/// Five articles one after another.
fn joined(name: &'static str, before: &str, between: &str, after: &str, part: &dyn Fn(usize) -> Vec<u8>) -> Container {
    let mut bytes = before.as_bytes().to_vec();
    let mut parts = Vec::new();
    for n in 1..=5 {
        let start = bytes.len();
        bytes.extend(part(n));
        parts.push(start..bytes.len());
        bytes.extend(if n < 5 { between.as_bytes() } else { after.as_bytes() });
    }
    let fixed = name.ends_with("gz") || name.ends_with("zst");
    let ids = (1..=5).map(|n| format!("n{n}")).collect();
    Container { name, bytes, parts, ids, fixed }
}

/// An archive of five files, whose bytes and headers are found by their names.
fn archive(name: &'static str, bytes: Vec<u8>, header: usize, length: usize) -> Container {
    let parts = (1..=5).map(|n| {
        let at = memchr::memmem::find(&bytes, format!("n{n}.txt").as_bytes()).unwrap();
        at - header..at - header + length
    });
    let parts = parts.collect();
    let ids = (1..=5).map(|n| format!("{name}/n{n}.txt")).collect();
    Container { name, bytes, parts, ids, fixed: true }
}

fn containers() -> Vec<Container> {
    let words = |n: usize| format!("The quay of harbour {n} is shut, the port told Reuters on Monday.");
    let row =
        |n: usize| format!("{{\"id\": \"n{n}\", \"title\": \"Harbour {n}\", \"text\": \"{}\"}}", words(n)).into_bytes();
    let item = |n: usize| {
        format!(
            "<item><title>Harbour {n}</title><guid>n{n}</guid><description><![CDATA[<p>{}</p>]]></description></item>",
            words(n)
        )
        .into_bytes()
    };
    let news = |n: usize| {
        format!(
            "<newsItem guid=\"n{n}\"><contentMeta><headline>Harbour {n}</headline></contentMeta><contentSet><inlineData>{}</inlineData></contentSet></newsItem>",
            words(n)
        )
        .into_bytes()
    };
    let answer = |n: usize| {
        let whole = String::from_utf8(response(n, &page(&format!("Harbour {n}")))).unwrap();
        whole.replace(&format!("<urn:uuid:page-{n}>"), &format!("n{n}")).trim_end().as_bytes().to_vec()
    };
    let member = |n: usize| gzipped(&[answer(n), b"\r\n\r\n".to_vec()].concat());
    let frame = |n: usize| {
        let bytes = [answer(n), b"\r\n\r\n".to_vec()].concat();
        ruzstd::encoding::compress_to_vec(bytes.as_slice(), ruzstd::encoding::CompressionLevel::Fastest)
    };
    let files: Vec<(String, Vec<u8>)> = (1..=5).map(|n| (format!("n{n}.txt"), words(n).into_bytes())).collect();
    let named = || files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone()));
    vec![
        joined("a.jsonl", "", "\n", "\n", &row),
        joined("a.json", "[", ",\n", "]\n", &row),
        joined("a.rss", "<rss><channel><title>A</title>\n", "\n", "\n</channel></rss>\n", &item),
        joined("a.newsml", "<newsMessage><itemSet>\n", "\n", "\n</itemSet></newsMessage>\n", &news),
        joined("a.csv", "id,title,text\n", "\n", "\n", &|n| format!("n{n},Harbour {n},\"{}\"", words(n)).into_bytes()),
        joined("a.warc", "", "\r\n\r\n", "\r\n\r\n", &answer),
        joined("a.warc.gz", "", "", "", &member),
        joined("a.warc.zst", "", "", "", &frame),
        // Of an archive's directory nothing is damaged here.
        archive("a.tar", tarred(named()), 0, 600),
        archive("a.zip", zipped(named()), 30, 90),
    ]
}

#[test]
fn damage_to_one_article_of_a_container_costs_no_other() {
    let copies = std::env::var("SECONDHAND_DAMAGED").ok().and_then(|n| n.parse().ok()).unwrap_or(COPIES);
    let containers = containers();
    with_reader(|reader, _| {
        let ids_in = |container: &Container, bytes: &[u8]| {
            let mut found: Vec<String> = Vec::new();
            reader.documents_in(bytes, container.name, &mut |document| {
                if let Ok(article) = document.and_then(|d| reader.article(&d)) {
                    found.push(article.id);
                }
            });
            found
        };
        for container in &containers {
            assert_eq!(ids_in(container, &container.bytes), container.ids, "{}", container.name);
        }
        for seed in 1..=copies {
            let mut numbers = Numbers(seed.wrapping_mul(0xd134_2543_de82_ef95));
            let container = &containers[numbers.next(containers.len())];
            let hit = numbers.next(5);
            let mut bytes = container.bytes.clone();
            let mut part = container.parts[hit].clone();
            // Its first bytes tell what a file is: with those of another form there it is one of that form.
            part.start = part.start.max(8);
            damage(&mut bytes, part, container.fixed, &mut numbers);
            let found = ids_in(container, &bytes);
            for (n, id) in container.ids.iter().enumerate().filter(|(n, _)| *n != hit) {
                assert!(
                    found.contains(id),
                    "{}, seed {seed}: damage to {} cost {}: {found:?}",
                    container.name,
                    hit + 1,
                    n + 1
                );
            }
        }
    });
}
