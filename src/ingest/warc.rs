//! Cuts a web archive (WARC) into its pages, going on behind a damaged record.

use std::io::{self, BufRead};

use super::document::{Document, DocumentSink};
use super::error::InputError;
use super::form::InputForm;
use super::http::{head_end, header};
use super::limits::damage_of;
use super::origin::Origin;
use super::stream::Stream;

/// Longest header of a record.
const LONGEST_HEADER: usize = 64 << 10;
/// Bytes of a record's block that belong to no page: the header of the server's answer.
const ANSWER: usize = 64 << 10;
/// Bytes by which the start of a record is told.
const START: usize = 16;

/// A record as it was cut out.
struct Raw {
    /// Header and block; the block cut at the limit.
    bytes: Vec<u8>,
    /// Where the block starts in `bytes`.
    block: usize,
    /// True where the block was longer.
    truncated: bool,
}

/// What was met.
enum Step {
    Record(Raw),
    Skipped,
    Broken(String),
    End,
}

/// Hands out the pages in `stream`, each `most` bytes at most.
pub fn warc(stream: &mut Stream<'_>, origin: &Origin<'_>, most: usize, sink: DocumentSink<'_>) {
    let (mut number, mut pages, mut broken) = (0u64, 0u64, 0u64);
    loop {
        let step = step(stream, most);
        let fault = match step {
            Ok(Step::End) => break,
            Ok(Step::Skipped) => {
                number += 1;
                continue;
            }
            Ok(Step::Record(raw)) => {
                number += 1;
                pages += 1;
                sink(Ok(Document {
                    input: origin.name.to_owned(),
                    form: InputForm::Warc,
                    record: Some(number),
                    line: 1,
                    offset: 0,
                    bytes: raw.bytes,
                    truncated: raw.truncated,
                    alone: false,
                }));
                continue;
            }
            Ok(Step::Broken(why)) => InputError::new(origin.name, "bad-record", why),
            Err(error) if damage_of(&error).is_some() => InputError::io(origin.name, &error),
            Err(error) => return sink(Err(InputError::io(origin.name, &error).at(Some(number + 1), None, None))),
        };
        number += 1;
        broken += 1;
        sink(Err(fault.at(Some(number), None, None)));
        if let Err(error) = resume(stream) {
            return sink(Err(InputError::io(origin.name, &error).at(Some(number + 1), None, None)));
        }
    }
    if pages == 0 && broken == 0 {
        sink(Err(InputError::new(origin.name, "no-articles", "there is no page in this web archive")));
    }
}

fn is_record(head: &[u8]) -> bool {
    head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.")
}

/// Where the first record starts in `bytes`: its version, and a field of its header.
fn next_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/1.").find(|at| {
        let rest = &bytes[at + 7..];
        matches!(rest, [b'0'..=b'9', b'\r', b'\n', b'A'..=b'Z', ..])
    })
}

/// Goes to the next line that starts a record.
fn resume(stream: &mut Stream<'_>) -> io::Result<()> {
    loop {
        match super::gzip::find(stream, b'W', is_record) {
            Ok(_) => return Ok(()),
            // The next read goes on behind the damage.
            Err(error) if damage_of(&error).is_some() => {}
            Err(error) => return Err(error),
        }
    }
}

fn step(stream: &mut Stream<'_>, most: usize) -> io::Result<Step> {
    loop {
        match stream.fill_buf()?.first() {
            None => return Ok(Step::End),
            Some(b'\r' | b'\n') => stream.consume(1),
            Some(_) => break,
        }
    }
    let place = stream.place();
    let broken = |what: &str| Ok(Step::Broken(format!("the record at byte {place} {what}")));
    if !is_record(stream.peek(8)) {
        // Told apart from the next record, which is looked for behind it.
        stream.consume(1);
        return broken("does not start with a WARC version");
    }
    let mut ahead = 1 << 10;
    let head = loop {
        let head = stream.peek(ahead);
        match head_end(head) {
            Some(end) => break Some(head[..end].to_vec()),
            None if head.len() < ahead || ahead >= LONGEST_HEADER => break None,
            None => ahead *= 2,
        }
    };
    let Some(head) = head else {
        stream.consume(4);
        return broken("has no end of its header");
    };
    let end = head.len();
    let length = header(&head, "content-length").and_then(|value| value.trim().parse::<u64>().ok());
    let Some(length) = length else {
        stream.consume(4);
        return broken("does not say how long it is");
    };
    let wanted = is_page(&head);
    stream.consume(end);
    let mut raw = Raw { block: end, bytes: head, truncated: false };
    let room = if wanted { most.saturating_add(ANSWER) } else { 0 };
    match block(stream, length, room, &mut raw)? {
        Ended::Whole => {}
        Ended::Early(found) => return broken(&format!("is cut: it has {found} of {length} bytes")),
        Ended::Unparted => {
            return broken("is longer than it says, or what follows it is damaged");
        }
    }
    // What the server answered is known only now.
    Ok(if wanted && holds_page(&raw) { Step::Record(raw) } else { Step::Skipped })
}

/// How a block ended.
enum Ended {
    Whole,
    /// The next record, or the end of the file, came before.
    Early(u64),
    /// No blank line behind it.
    Unparted,
}

/// Reads a block of `length` bytes and what parts it from the next record, and keeps the first `room` bytes.
fn block(stream: &mut Stream<'_>, length: u64, room: usize, raw: &mut Raw) -> io::Result<Ended> {
    let mut left = length;
    while left > 0 {
        stream.peek(START * 2);
        let ready = stream.fill_buf()?;
        if ready.is_empty() {
            return Ok(Ended::Early(length - left));
        }
        let count = (ready.len() as u64).min(left) as usize;
        // A record inside a record is the next one: this one is cut.
        if let Some(at) = next_record(ready).filter(|at| *at < count) {
            stream.consume(at);
            return Ok(Ended::Early(length - left + at as u64));
        }
        // What parts two records may stand across two reads.
        let step = if count == ready.len() && count > START { count - START } else { count };
        let kept = raw.bytes.len() - raw.block;
        let keep = step.min(room.saturating_sub(kept));
        raw.bytes.extend_from_slice(&ready[..keep]);
        raw.truncated |= keep < step;
        stream.consume(step);
        left -= step as u64;
    }
    let behind = stream.peek(8);
    let blank = behind.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    // Two line ends as the standard has them hardly stand there by chance: what follows them may be damaged.
    let parted = behind.starts_with(b"\r\n\r\n");
    if parted || behind.is_empty() || (blank > 0 && (blank == behind.len() || behind[blank..].starts_with(b"W"))) {
        return Ok(Ended::Whole);
    }
    Ok(Ended::Unparted)
}

/// True for records that may hold a page.
fn is_page(head: &[u8]) -> bool {
    let kind = header(head, "warc-type").unwrap_or_default();
    let content = header(head, "content-type").unwrap_or_default().to_ascii_lowercase();
    match kind.trim() {
        "response" => content.is_empty() || content.starts_with("application/http"),
        "resource" => content.is_empty() || is_html(&content),
        "conversion" => content.starts_with("text/plain"),
        _ => false,
    }
}

fn is_html(content: &str) -> bool {
    content.starts_with("text/html") || content.starts_with("application/xhtml")
}

/// True where the block is a page: the server gave one, as HTML.
fn holds_page(raw: &Raw) -> bool {
    let block = &raw.bytes[raw.block..];
    if header(&raw.bytes[..raw.block], "warc-type").as_deref().map(str::trim) != Some("response") {
        return !block.is_empty();
    }
    let status = block.split(|b| *b == b'\n').next().unwrap_or_default();
    let ok = status.starts_with(b"HTTP/")
        && status.split(|b| *b == b' ').nth(1).is_some_and(|code| code.trim_ascii() == b"200");
    let Some(end) = head_end(block) else { return false };
    let content = header(&block[..end], "content-type").unwrap_or_default().trim().to_ascii_lowercase();
    ok && (content.is_empty() || is_html(&content)) && block.len() > end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, block: &str) -> String {
        let content = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://bay.example/1\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn page(words: &str) -> String {
        record("response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{words}</p>"))
    }

    fn read(text: &str, most: usize) -> Vec<Result<String, (&'static str, Option<u64>)>> {
        let mut out = Vec::new();
        let origin = Origin::asked("a.warc");
        warc(&mut Stream::new(text.as_bytes()), &origin, most, &mut |document| {
            let last = |d: Document| String::from_utf8(d.bytes).unwrap().rsplit("\r\n").next().unwrap().to_owned();
            out.push(document.map(last).map_err(|e| (e.code, e.record)));
        });
        out
    }

    #[test]
    fn pages_are_handed_out_and_other_records_skipped() {
        let text = [
            record("warcinfo", "software: x"),
            record("request", "GET /1 HTTP/1.1\r\n\r\n"),
            page("A"),
            record("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone</p>"),
            record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx"),
            record("conversion", "Plain words"),
        ];
        assert_eq!(read(&text.concat(), 1000), [Ok("<p>A</p>".into()), Ok("Plain words".into())]);
        assert_eq!(read(&text[0], 1000), [Err(("no-articles", None))]);
    }

    #[test]
    fn a_damaged_record_costs_no_other() {
        let (a, b, c) = (page("A"), page("B"), page("C"));
        let good = |words: &str| Ok(format!("<p>{words}</p>"));
        for (damaged, what) in [
            (b.replace("WARC/1.0", "WXRC/1.0"), "its version"),
            (b.replace("WARC/1.0", "XARC/1.0"), "its first byte"),
            (b.replace("Content-Length", "Content-Lxngth"), "its length"),
            (b.replace("Content-Length: 5", "Content-Length: 95"), "a length too long"),
            (b.replace("Content-Length: 5", "Content-Length: "), "a length too short"),
            (b.replace("Content-Length: 5", "Content-Length: 9999999"), "a length beyond the file"),
            (b[..b.len() - 20].to_owned(), "its end"),
        ] {
            let found = read(&format!("{a}{damaged}{c}"), 1000);
            let errors = found.iter().filter(|f| f.is_err()).count();
            assert_eq!((found.first(), found.last()), (Some(&good("A")), Some(&good("C"))), "{what}: {found:?}");
            assert!((1..=2).contains(&errors), "{what}: {found:?}");
        }
    }

    #[test]
    fn a_page_over_the_limit_is_cut_and_the_next_one_read() {
        let found = read(&format!("{}{}", page(&"x".repeat(300_000)), page("B")), 100);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], Ok("<p>B</p>".into()));
    }
}
