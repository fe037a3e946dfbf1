//! Streams in other encodings as UTF-8: by byte order mark, by what the file declares, or by a guess from its first bytes.

use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use super::stream::Stream;

/// Bytes that a guess is made from.
const SAMPLE: usize = 1 << 16;
/// Bytes in which a file declares its encoding.
const DECLARATION: usize = 200;

/// The stream as UTF-8, without a byte order mark. What is UTF-8 is handed on as it is, faults included.
pub fn utf8<'s>(stream: &'s mut Stream<'_>) -> Stream<'s> {
    let sample = stream.peek(SAMPLE);
    let (encoding, mark) = match Encoding::for_bom(sample) {
        Some((encoding, mark)) => (encoding, mark),
        None => (declared(sample).unwrap_or_else(|| guessed(sample)), 0),
    };
    stream.consume(mark);
    if encoding == UTF_8 {
        return Stream::new(stream);
    }
    Stream::new(Transcoded {
        stream,
        decoder: encoding.new_decoder_without_bom_handling(),
        ready: Vec::new(),
        given: 0,
        ended: false,
    })
}

/// The encoding that an XML declaration names. A file that is plainly not UTF-16 does not become it by saying so.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(DECLARATION)];
    if !head.trim_ascii_start().starts_with(b"<?xml") {
        return None;
    }
    let declaration = &head[..memchr::memmem::find(head, b"?>")?];
    let rest = &declaration[memchr::memmem::find(declaration, b"encoding")? + 8..];
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = *rest.first().filter(|q| matches!(q, b'"' | b'\''))?;
    let label = rest[1..].split(|b| *b == quote).next()?;
    Encoding::for_label(label).filter(|found| found.is_ascii_compatible())
}

fn guessed(sample: &[u8]) -> &'static Encoding {
    let valid = match std::str::from_utf8(sample) {
        Ok(_) => true,
        // A letter that the sample cuts is no fault, and one fault among many letters is a scar.
        Err(error) => error.error_len().is_none() || mostly_utf8(sample),
    };
    if valid {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad
}

struct Transcoded<'s, 'a> {
    stream: &'s mut Stream<'a>,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Read for Transcoded<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            let bytes = self.stream.fill_buf()?;
            self.ended = bytes.is_empty();
            let used = bytes.len();
            self.ready.clear();
            self.given = 0;
            let mut from = 0;
            loop {
                let room = self.decoder.max_utf8_buffer_length(used - from).unwrap_or(4096).max(64);
                let start = self.ready.len();
                self.ready.resize(start + room, 0);
                let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                    &bytes[from..],
                    &mut self.ready[start..],
                    self.ended,
                );
                self.ready.truncate(start + written);
                from += read;
                match result {
                    DecoderResult::InputEmpty => break,
                    DecoderResult::OutputFull => {}
                    DecoderResult::Malformed(..) => self.ready.extend_from_slice("\u{fffd}".as_bytes()),
                }
            }
            self.stream.consume(used);
        }
        let count = (self.ready.len() - self.given).min(into.len());
        into[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut stream = Stream::new(bytes);
        let mut out = Vec::new();
        utf8(&mut stream).read_to_end(&mut out).unwrap();
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn declared_marked_and_guessed_encodings_become_utf8() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><title>Завод остановлен</title>";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(read(&bytes), text);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Ձայն, ձայն".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&utf16), "Ձայն, ձայն");
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Завод остановлен, сообщил министр журналистам во вторник.");
        assert_eq!(read(&bytes), "Завод остановлен, сообщил министр журналистам во вторник.");
        assert_eq!(read("\u{feff}Слово".as_bytes()), "Слово");
    }

    #[test]
    fn utf8_stays_as_it_is_whatever_is_declared_of_utf16() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><title>Hafen gesperrt – für wie lange?</title>";
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(b"M\xc3\xbcller und \xff"), "Müller und \u{fffd}");
    }

    #[test]
    fn long_streams_are_cut_nowhere() {
        let text = "Слово за слово. ".repeat(20_000);
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&text);
        assert_eq!(read(&bytes), text);
    }
}
