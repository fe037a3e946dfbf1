//! The answer of a web server as it was stored: header, chunks, packings.

use std::io::{Read, Write};

use flate2::write::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// Where the header ends and what follows starts; `None` where there is no blank line.
pub fn head_end(bytes: &[u8]) -> Option<usize> {
    let strict = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4);
    let loose = memchr::memmem::find(bytes, b"\n\n").map(|at| at + 2);
    match (strict, loose) {
        (Some(strict), Some(loose)) => Some(strict.min(loose)),
        (strict, loose) => strict.or(loose),
    }
}

/// The value of a field of the header; `name` in lower case.
pub fn header(head: &[u8], name: &str) -> Option<String> {
    head.split(|b| *b == b'\n').find_map(|line| {
        let at = memchr::memchr(b':', line)?;
        let field = line[..at].trim_ascii();
        field
            .eq_ignore_ascii_case(name.as_bytes())
            .then(|| String::from_utf8_lossy(line[at + 1..].trim_ascii()).into_owned())
    })
}

/// The encoding that a content type names.
pub fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(|c| matches!(c, '"' | '\''));
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// What an answer carries, its chunks joined and unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The bytes, `most` of them at most.
    pub bytes: Vec<u8>,
    /// True where there were more, or the last of them are missing.
    pub cut: bool,
}

/// The bytes that stand behind `head` in an answer as `body`; `most` of them at most.
///
/// # Errors
/// What is wrong: a packing that is not read, or data that are damaged from the start. Stored answers often say that they
/// are packed or in chunks and are not any more: such are taken as they are.
pub fn carried(head: &[u8], body: &[u8], most: usize) -> Result<Carried, String> {
    let coded = header(head, "transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let chunks = if coded.contains("chunked") { joined(body) } else { None };
    let body = chunks.as_deref().unwrap_or(body);
    let packing = header(head, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    match packing.trim() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            unpacked(body, most, &mut GzDecoder::new(Room::new(most)))
        }
        "deflate" if body.starts_with(b"\x78") => unpacked(body, most, &mut ZlibDecoder::new(Room::new(most))),
        "deflate" if !is_text(body) => unpacked(body, most, &mut DeflateDecoder::new(Room::new(most))),
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            let mut bytes = Vec::new();
            let stream = super::stream::Stream::new(body);
            let read =
                super::zstd::Unzstd::new(stream, Default::default()).take(most as u64 + 1).read_to_end(&mut bytes);
            let cut = bytes.len() > most || read.is_err();
            bytes.truncate(most);
            match read {
                Err(error) if bytes.is_empty() => Err(error.to_string()),
                _ => Ok(Carried { bytes, cut }),
            }
        }
        packing @ ("br" | "compress") if !is_text(body) => {
            Err(format!("the page is packed with {packing}, which is not read"))
        }
        _ => Ok(Carried { bytes: body[..body.len().min(most)].to_vec(), cut: body.len() > most }),
    }
}

fn is_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// A place for bytes that is full at some point.
struct Room {
    bytes: Vec<u8>,
    most: usize,
}

impl Room {
    fn new(most: usize) -> Room {
        Room { bytes: Vec::new(), most }
    }
}

impl Write for Room {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = (self.most + 1).saturating_sub(self.bytes.len());
        if room == 0 {
            return Err(std::io::ErrorKind::WriteZero.into());
        }
        let count = room.min(bytes.len());
        self.bytes.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A decoder that writes into a [`Room`].
trait Unpack: Write {
    fn room(&mut self) -> &mut Room;
    /// Writes what is left.
    ///
    /// # Errors
    /// Where the data are not at their end.
    fn end(&mut self) -> std::io::Result<()>;
}

impl Unpack for GzDecoder<Room> {
    fn room(&mut self) -> &mut Room {
        self.get_mut()
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.try_finish()
    }
}

impl Unpack for ZlibDecoder<Room> {
    fn room(&mut self) -> &mut Room {
        self.get_mut()
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.try_finish()
    }
}

impl Unpack for DeflateDecoder<Room> {
    fn room(&mut self) -> &mut Room {
        self.get_mut()
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.try_finish()
    }
}

fn unpacked(body: &[u8], most: usize, decoder: &mut dyn Unpack) -> Result<Carried, String> {
    let written = decoder.write_all(body).and_then(|()| decoder.end());
    let mut bytes = std::mem::take(&mut decoder.room().bytes);
    let full = bytes.len() > most;
    bytes.truncate(most);
    match written {
        Err(error) if bytes.is_empty() => Err(format!("the page can't be unpacked: {error}")),
        written => Ok(Carried { bytes, cut: full || written.is_err() }),
    }
}

/// The chunks of a body in one; `None` where it is in none. What is damaged or missing at the end is left out.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let size = rest[..end].split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(size).ok().filter(|s| (1..=8).contains(&s.len()));
        let Some(size) = size.and_then(|s| usize::from_str_radix(s, 16).ok()) else { break };
        rest = &rest[end + 1..];
        if size == 0 {
            break;
        }
        let taken = size.min(rest.len());
        out.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn chunks_and_packings_are_undone() {
        let page = b"<p>The quay is shut, the harbour master said.</p>";
        let chunked = [
            b"10\r\n",
            &page[..16],
            b"\r\n",
            format!("{:x};a=b\r\n", page.len() - 16).as_bytes(),
            &page[16..],
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        let got = |head: &str, body: &[u8]| carried(head.as_bytes(), body, 1000).map(|c| c.bytes);
        assert_eq!(got("Transfer-Encoding: chunked\r\n", &chunked), Ok(page.to_vec()));
        assert_eq!(got("Transfer-Encoding: chunked\r\n", page), Ok(page.to_vec()), "says so and is not");
        assert_eq!(got("Content-Encoding: gzip\r\n", &gzip(page)), Ok(page.to_vec()));
        assert_eq!(got("Content-Encoding: gzip\r\n", page), Ok(page.to_vec()));
        assert!(got("Content-Encoding: br\r\n", b"\x8b\x01").unwrap_err().contains("br"));
    }

    #[test]
    fn a_page_never_grows_beyond_the_limit() {
        let bomb = gzip(&vec![b'a'; 50 << 20]);
        let got = carried(b"Content-Encoding: gzip\r\n", &bomb, 1000).unwrap();
        assert_eq!((got.bytes.len(), got.cut), (1000, true));
        let cut = gzip(b"<p>The quay is shut, the harbour master said on Monday.</p>");
        assert!(carried(b"Content-Encoding: gzip\r\n", &cut[..cut.len() - 12], 1000).is_ok_and(|c| c.cut));
    }

    #[test]
    fn fields_are_found_whatever_their_case() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html; Charset=\"windows-1251\"\r\n\r\nrest";
        assert_eq!(head_end(head), Some(head.len() - 4));
        assert_eq!(header(head, "content-type").as_deref().and_then(charset).as_deref(), Some("windows-1251"));
        assert_eq!(charset("text/html"), None);
    }
}
