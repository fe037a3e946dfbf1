//! A stream of bytes that can be looked at before it is read, and that knows how far it has come.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::limits::Ledger;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;

/// Bytes behind the mark that are kept.
const MOST_KEPT: usize = 1 << 20;
/// Marks that are kept of where data were unpacked from.
const MOST_MARKS: usize = 4096;

/// A buffered stream with a view ahead.
pub struct Stream<'a> {
    inner: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    start: usize,
    /// Offset of `buffer[start]` in the stream.
    at: u64,
    /// Where the packed part that is being unpacked starts in the file, where this is unpacked from one.
    origin: Option<Rc<Cell<u64>>>,
    /// From which byte of the stream on which part of the file was unpacked.
    marks: VecDeque<(u64, u64)>,
    /// An error met while looking ahead, for the next read.
    error: Option<io::Error>,
    /// Where in the buffer reading may go back to.
    marked: Option<usize>,
}

impl<'a> Stream<'a> {
    /// The bytes of `inner`.
    pub fn new(inner: impl Read + 'a) -> Stream<'a> {
        Stream {
            inner: Box::new(inner),
            buffer: Vec::new(),
            start: 0,
            at: 0,
            origin: None,
            marks: VecDeque::new(),
            error: None,
            marked: None,
        }
    }

    /// The same for bytes that are unpacked: `origin` is where their packed part starts in the file.
    pub fn unpacked(inner: impl Read + 'a, origin: Rc<Cell<u64>>) -> Stream<'a> {
        Stream { origin: Some(origin), ..Stream::new(inner) }
    }

    /// The next bytes, `wanted` at most; fewer only before the end, or before an error, which the next read tells.
    pub fn peek(&mut self, wanted: usize) -> &[u8] {
        while self.buffer.len() - self.start < wanted && self.error.is_none() {
            match self.more() {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => self.error = Some(error),
            }
        }
        let end = self.buffer.len().min(self.start + wanted);
        &self.buffer[self.start..end]
    }

    /// Where the next byte stands in the stream.
    pub fn offset(&self) -> u64 {
        self.at
    }

    /// Where the next byte stands in the file, as near as can be told: of packed data the start of their part.
    pub fn place(&mut self) -> u64 {
        while self.marks.get(1).is_some_and(|(from, _)| *from <= self.at) {
            self.marks.pop_front();
        }
        self.marks.front().map_or(self.at, |(_, origin)| *origin)
    }

    /// Passes over `count` bytes; fewer at the end.
    ///
    /// # Errors
    /// Where they can't be read.
    pub fn skip(&mut self, mut count: u64) -> io::Result<u64> {
        let mut passed = 0;
        while count > 0 {
            let ready = self.fill_buf()?.len() as u64;
            if ready == 0 {
                break;
            }
            let step = ready.min(count);
            self.consume(step as usize);
            count -= step;
            passed += step;
        }
        Ok(passed)
    }

    /// Keeps what is read from here on, as long as it isn't too much, so that [`Stream::go_back`] can go back to it.
    pub fn mark(&mut self) {
        self.marked = Some(self.start);
    }

    /// Goes back to the byte behind the mark; where that is too far, nothing changes.
    pub fn go_back(&mut self) {
        if let Some(marked) = self.marked.take().filter(|marked| *marked < self.start) {
            self.at -= (self.start - marked - 1) as u64;
            self.start = marked + 1;
        }
    }

    fn more(&mut self) -> io::Result<usize> {
        self.marked = self.marked.filter(|marked| self.start - marked <= MOST_KEPT);
        let used = self.marked.unwrap_or(self.start);
        if used > 0 {
            self.buffer.drain(..used);
            self.start -= used;
            self.marked = self.marked.map(|_| 0);
        }
        let before = self.buffer.len();
        self.buffer.resize(before + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(before + read.as_ref().map_or(0, |n| *n));
        if let (Some(origin), Ok(1..)) = (&self.origin, &read)
            && self.marks.back().is_none_or(|(_, last)| *last != origin.get())
        {
            self.marks.push_back((self.at + before as u64, origin.get()));
            if self.marks.len() > MOST_MARKS {
                self.marks.pop_front();
            }
        }
        read
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.buffer.len() {
            if let Some(error) = self.error.take() {
                return Err(error);
            }
            self.more()?;
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.start);
        self.start += count;
        self.at += count as u64;
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// Counts what is read through it.
pub struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    /// Counts into `count`.
    pub fn new(inner: R, count: Rc<Cell<u64>>) -> Counted<R> {
        Counted { inner, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Holds what comes out of a packing against the limits.
pub struct Metered<'l, R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    out: u64,
    ledger: &'l Ledger,
}

impl<'l, R: Read> Metered<'l, R> {
    /// `packed` counts what went into the packing.
    pub fn new(inner: R, packed: Rc<Cell<u64>>, ledger: &'l Ledger) -> Metered<'l, R> {
        Metered { inner, packed, out: 0, ledger }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.out += read as u64;
        self.ledger.unpacked(read as u64, self.packed.get(), self.out)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time, then fails once.
    struct Dripping(Vec<u8>, bool);

    impl Read for Dripping {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return if std::mem::take(&mut self.1) { Err(io::Error::other("gone")) } else { Ok(0) };
            }
            let count = self.0.len().min(3).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    #[test]
    fn looking_ahead_takes_nothing_away() {
        let mut stream = Stream::new(Dripping(b"0123456789".to_vec(), false));
        assert_eq!(stream.peek(5), b"01234");
        assert_eq!(stream.skip(2).unwrap(), 2);
        assert_eq!((stream.offset(), stream.peek(100)), (2, &b"23456789"[..]));
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert_eq!((rest.as_slice(), stream.offset()), (&b"23456789"[..], 10));
    }

    #[test]
    fn reading_goes_back_behind_the_mark() {
        let mut stream = Stream::new(Dripping(b"0123456789".to_vec(), false));
        stream.skip(2).unwrap();
        stream.mark();
        stream.skip(6).unwrap();
        stream.go_back();
        assert_eq!((stream.offset(), stream.peek(100)), (3, &b"3456789"[..]));
        stream.go_back();
        assert_eq!(stream.offset(), 3, "once");
    }

    #[test]
    fn an_error_met_while_looking_ahead_is_told_once_what_stands_before_it_was_read() {
        let mut stream = Stream::new(Dripping(b"01234".to_vec(), true));
        assert_eq!(stream.peek(100), b"01234");
        assert_eq!(stream.skip(5).unwrap(), 5);
        assert!(stream.fill_buf().is_err());
        assert!(stream.fill_buf().unwrap().is_empty());
    }
}
