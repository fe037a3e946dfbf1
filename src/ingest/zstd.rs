//! Unpacks zstd: one frame after another, going on behind a damaged one.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::gzip::find;
use super::limits::{Damaged, limit_of};
use super::stream::Stream;

const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// A frame that may be skipped; WARC files keep their dictionary in one of the kind `…5D`.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// Most memory that a frame may ask for to look back in.
const MOST_WINDOW: u64 = 64 << 20;
/// Longest dictionary.
const MOST_DICTIONARY: usize = 8 << 20;

/// The bytes of all frames of a zstd stream. A damaged frame is an error ([`Damaged`]); the read after it goes on with the next
/// frame.
pub struct Unzstd<'a> {
    stream: Stream<'a>,
    decoder: FrameDecoder,
    origin: Rc<Cell<u64>>,
    inside: bool,
    /// Bytes that the current frame gave.
    given: u64,
    lost: bool,
    failed: bool,
}

/// True where a frame starts.
pub fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&MAGIC) || is_skippable(head)
}

fn is_frame(head: &[u8]) -> bool {
    head.starts_with(&MAGIC)
}

fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [kind, 0x2a, 0x4d, 0x18, ..] if kind & 0xf0 == 0x50)
}

impl<'a> Unzstd<'a> {
    /// Unpacks `stream`. `origin` always tells where the current frame starts.
    pub fn new(stream: Stream<'a>, origin: Rc<Cell<u64>>) -> Unzstd<'a> {
        Unzstd { stream, decoder: decoder(), origin, inside: false, given: 0, lost: false, failed: false }
    }

    /// The error of a damaged frame. A damaged length may have taken in the frames behind it, so they are looked for.
    fn damaged(&mut self, why: String) -> io::Error {
        self.inside = false;
        self.lost = true;
        Damaged { packing: "zstd", offset: self.origin.get(), why }.into()
    }

    /// Goes to the next frame; false at the end.
    fn enter(&mut self) -> io::Result<bool> {
        if self.lost {
            self.lost = false;
            // What follows the damage may have been taken for a part of it.
            self.stream.go_back();
            if !find(&mut self.stream, MAGIC[0], is_frame)? {
                return Ok(false);
            }
        }
        loop {
            self.origin.set(self.stream.offset());
            let head = self.stream.peek(8);
            if head.is_empty() {
                // An error may stand behind what could be looked at.
                return self.stream.fill_buf().map(|_| false);
            }
            if let (true, Some(length)) = (is_skippable(head), head.get(4..8)) {
                let length = length.iter().rev().fold(0u64, |all, byte| all << 8 | u64::from(*byte));
                let dictionary = head.starts_with(&DICTIONARY);
                self.stream.skip(8)?;
                if dictionary {
                    self.dictionary(length)?;
                } else {
                    self.stream.skip(length)?;
                }
                continue;
            }
            if !is_frame(head) {
                return Err(self.damaged("no zstd frame starts there".to_owned()));
            }
            self.stream.mark();
            return match self.decoder.reset(&mut self.stream) {
                Ok(()) => {
                    (self.inside, self.given) = (true, 0);
                    Ok(true)
                }
                Err(error) => Err(self.damaged(error.to_string())),
            };
        }
    }

    fn dictionary(&mut self, length: u64) -> io::Result<()> {
        if length > MOST_DICTIONARY as u64 {
            self.stream.skip(length)?;
            return Err(self.damaged("its dictionary is too long".to_owned()));
        }
        let mut raw = Vec::new();
        (&mut self.stream).take(length).read_to_end(&mut raw)?;
        if is_frame(&raw) {
            let mut plain = Vec::new();
            let mut inner = decoder();
            let unpacked = inner.reset(raw.as_slice()).map_err(|error| error.to_string()).and_then(|()| {
                Unzstd::new(Stream::new(raw.as_slice()), Rc::default())
                    .take(MOST_DICTIONARY as u64)
                    .read_to_end(&mut plain)
                    .map_err(|error| error.to_string())
            });
            if let Err(why) = unpacked {
                return Err(self.damaged(format!("its dictionary can't be unpacked: {why}")));
            }
            raw = plain;
        }
        let taken = Dictionary::decode_dict(&raw)
            .map_err(|error| error.to_string())
            .and_then(|dictionary| self.decoder.add_dict(dictionary).map_err(|error| error.to_string()));
        taken.map_err(|why| self.damaged(format!("its dictionary can't be used: {why}")))
    }
}

fn decoder() -> FrameDecoder {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(MOST_WINDOW);
    decoder
}

impl Read for Unzstd<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() || self.failed {
            return Ok(0);
        }
        loop {
            if !self.inside {
                match self.enter() {
                    Ok(true) => {}
                    Ok(false) => return Ok(0),
                    Err(error) => {
                        self.failed = limit_of(&error).is_some();
                        return Err(error);
                    }
                }
            }
            while self.decoder.can_collect() < into.len() && !self.decoder.is_finished() {
                let wanted = into.len() - self.decoder.can_collect();
                let step = self.decoder.decode_blocks(&mut self.stream, BlockDecodingStrategy::UptoBytes(wanted));
                if let Err(error) = step {
                    return Err(self.damaged(error.to_string()));
                }
            }
            let count = self.decoder.read(into)?;
            self.given += count as u64;
            if count > 0 {
                return Ok(count);
            }
            self.inside = false;
            let (told, found) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
            if told.is_some() && found.is_some() && told != found {
                return Err(self.damaged("the checksum is another one".to_owned()));
            }
            let (promised, given) = (self.decoder.content_size(), self.given);
            if promised > 0 && promised != given {
                return Err(self.damaged(format!("it holds {given} bytes, and promises {promised}")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::super::limits::read_past_damage;
    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
    }

    fn read(bytes: &[u8]) -> (String, Vec<u64>) {
        read_past_damage(Unzstd::new(Stream::new(bytes), Rc::default()))
    }

    #[test]
    fn frames_follow_each_other_and_skippable_ones_are_skipped() {
        let mut bytes = packed("The quay is shut.\n");
        bytes.extend([0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
        bytes.extend(packed("The ferry is out.\n"));
        assert_eq!(read(&bytes), ("The quay is shut.\nThe ferry is out.\n".to_owned(), vec![]));
    }

    #[test]
    fn a_damaged_frame_is_told_with_its_place_and_the_next_one_is_read() {
        let first = packed("The quay is shut.\n");
        let at = first.len() as u64;
        let mut bytes = first;
        bytes.extend([0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        bytes.extend(packed("The dock is dry.\n"));
        let (text, faults) = read(&bytes);
        assert!(text.starts_with("The quay is shut.\n") && text.ends_with("The dock is dry.\n"), "{text}");
        assert_eq!(faults, [at]);
        let whole = packed(&"The quay is shut, the harbour master said. ".repeat(40));
        assert_eq!(read(&whole[..whole.len() - 5]).1, [0], "a cut frame");
    }

    #[test]
    fn a_frame_that_took_in_the_one_behind_it_gives_it_back() {
        // A frame without a checksum whose only block is said not to be the last, nor as short as it is.
        let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x20, 4, 8 << 3, 0, 0];
        bytes.extend(b"quay");
        let next = packed("The ferry is out.\n");
        bytes.extend(&next);
        let (text, faults) = read(&bytes);
        assert!(text.ends_with("The ferry is out.\n") && faults == [0], "{text} {faults:?}");
        // The same where the damaged block ends by chance where the next frame does.
        let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x20, 4, ((4 + next.len() as u8) << 3) | 1, 0, 0];
        bytes.extend(b"quay");
        bytes.extend(&next);
        let (text, faults) = read(&bytes);
        assert!(text.ends_with("The ferry is out.\n") && faults == [0], "{text} {faults:?}");
    }
}
