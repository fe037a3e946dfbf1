//! Unpacks gzip: one member after another, going on behind a damaged one.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::limits::{Damaged, limit_of};
use super::stream::Stream;

/// The bytes of all members of a gzip stream. A damaged member is an error ([`Damaged`]); the read after it goes on with the next
/// member.
pub struct Gunzip<'a> {
    state: State<'a>,
    origin: Rc<Cell<u64>>,
    /// True once a member was met.
    any: bool,
}

enum State<'a> {
    Between(Stream<'a>),
    Inside(Box<GzDecoder<Stream<'a>>>),
    Lost(Stream<'a>),
    Done,
}

/// True where a member starts: the magic, deflate, and flags that exist.
pub fn is_gzip(head: &[u8]) -> bool {
    matches!(head, [0x1f, 0x8b, 8, flags, ..] if flags & 0xe0 == 0)
}

impl<'a> Gunzip<'a> {
    /// Unpacks `stream`. `origin` always tells where the current member starts.
    pub fn new(stream: Stream<'a>, origin: Rc<Cell<u64>>) -> Gunzip<'a> {
        Gunzip { state: State::Between(stream), origin, any: false }
    }

    fn damaged(&self, why: &str) -> io::Error {
        Damaged { packing: "gzip", offset: self.origin.get(), why: why.to_owned() }.into()
    }

    fn enter(&mut self, mut stream: Stream<'a>) {
        stream.mark();
        self.origin.set(stream.offset());
        self.any = true;
        self.state = State::Inside(Box::new(GzDecoder::new(stream)));
    }
}

impl Read for Gunzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut stream) => {
                    // Some programs fill the last block with zeros.
                    while self.any && stream.fill_buf()?.first() == Some(&0) {
                        let zeros = stream.fill_buf()?.iter().take_while(|b| **b == 0).count();
                        stream.consume(zeros);
                    }
                    if stream.fill_buf()?.is_empty() {
                        continue;
                    }
                    if is_gzip(stream.peek(4)) {
                        self.enter(stream);
                    } else {
                        self.origin.set(stream.offset());
                        self.state = State::Lost(stream);
                        return Err(self.damaged("no gzip member starts there"));
                    }
                }
                State::Inside(mut decoder) => match decoder.read(into) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(count) => {
                        self.state = State::Inside(decoder);
                        return Ok(count);
                    }
                    Err(error) if limit_of(&error).is_some() => return Err(error),
                    Err(error) => {
                        self.state = State::Lost(decoder.into_inner());
                        return Err(self.damaged(&error.to_string()));
                    }
                },
                State::Lost(mut stream) => {
                    // What follows the damage may have been taken for a part of it.
                    stream.go_back();
                    if find(&mut stream, 0x1f, is_gzip)? {
                        self.enter(stream);
                    }
                }
            }
        }
    }
}

/// Passes over bytes until `is` holds of the next eight, which start with `first`; false at the end.
///
/// # Errors
/// Where they can't be read.
pub fn find(stream: &mut Stream<'_>, first: u8, is: fn(&[u8]) -> bool) -> io::Result<bool> {
    loop {
        let ready = stream.fill_buf()?;
        if ready.is_empty() {
            return Ok(false);
        }
        let length = ready.len();
        match memchr::memchr(first, ready) {
            None => stream.consume(length),
            Some(at) => {
                stream.consume(at);
                if is(stream.peek(8)) {
                    return Ok(true);
                }
                stream.consume(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::limits::read_past_damage;
    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> (String, Vec<u64>) {
        read_past_damage(Gunzip::new(Stream::new(bytes), Rc::default()))
    }

    #[test]
    fn members_follow_each_other_and_zeros_at_the_end_are_no_fault() {
        let mut bytes = packed("The quay is shut.\n");
        bytes.extend(packed("The ferry is out.\n"));
        bytes.extend([0; 300]);
        assert_eq!(read(&bytes), ("The quay is shut.\nThe ferry is out.\n".to_owned(), vec![]));
    }

    #[test]
    fn a_damaged_member_is_told_with_its_place_and_the_next_one_is_read() {
        let first = packed("The quay is shut.\n");
        let mut second = packed("The ferry is out.\n");
        let damaged = first.len() as u64;
        second[12] ^= 0x55;
        second[13] ^= 0xff;
        let mut bytes = first;
        bytes.extend(second);
        bytes.extend(packed("The dock is dry.\n"));
        let (text, faults) = read(&bytes);
        assert!(text.starts_with("The quay is shut.\n") && text.ends_with("The dock is dry.\n"), "{text}");
        assert_eq!(faults, [damaged]);
    }

    #[test]
    fn a_cut_member_and_rubbish_are_told() {
        let bytes = packed("The quay is shut, the harbour master said on Monday.\n");
        assert_eq!(read(&bytes[..bytes.len() - 4]).1, [0]);
        let mut bytes = packed("The quay is shut.\n");
        let end = bytes.len() as u64;
        bytes.extend(b"rubbish");
        assert_eq!(read(&bytes).1, [end]);
    }
}
