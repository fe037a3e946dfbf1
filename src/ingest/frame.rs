//! Cuts the items out of an XML stream (`<item>`, `<entry>`, `<newsItem>`), so that a damaged one spoils no other.

use std::io::{self, BufRead};

use super::stream::Stream;

/// Bytes of a tag that are looked at.
const TAG: usize = 80;
/// Bytes before the first item that are kept: what they say holds for all items.
const MOST_HEAD: usize = 1 << 18;

/// A piece of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What stands before the first item; handed out once, before it, or at the end where there is none.
    Head(Vec<u8>),
    /// An item, from its start tag to its end tag.
    Item {
        /// Its bytes.
        bytes: Vec<u8>,
        /// The line of its start tag, from 1.
        line: u64,
    },
    /// An item that can't be used.
    Fault {
        /// What is wrong.
        why: ItemFault,
        /// The line of its start tag, from 1.
        line: u64,
    },
}

/// What is wrong with an item as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemFault {
    /// The next item, or the end of the file, comes before its end tag.
    Open,
    /// An end tag without a start tag.
    Headless,
    /// It is longer than the limit.
    Long,
}

struct Cutter<'k> {
    names: &'k [&'k str],
    most: usize,
    head: Option<Vec<u8>>,
    /// The item that is open: its bytes, its line, and true where it is too long.
    open: Option<(Vec<u8>, u64, bool)>,
    line: u64,
}

impl Cutter<'_> {
    fn keep(&mut self, bytes: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        match (&mut self.open, &mut self.head) {
            (Some((item, _, long)), _) => {
                if item.len() + bytes.len() > self.most {
                    *long = true;
                    item.clear();
                } else if !*long {
                    item.extend_from_slice(bytes);
                }
            }
            (None, Some(head)) if head.len() + bytes.len() <= MOST_HEAD => head.extend_from_slice(bytes),
            _ => {}
        }
    }

    fn close(&mut self, whole: bool, sink: &mut dyn FnMut(Piece)) {
        if let Some((bytes, line, long)) = self.open.take() {
            sink(match (long, whole) {
                (true, _) => Piece::Fault { why: ItemFault::Long, line },
                (false, true) => Piece::Item { bytes, line },
                (false, false) => Piece::Fault { why: ItemFault::Open, line },
            });
        }
    }

    fn open(&mut self, sink: &mut dyn FnMut(Piece)) {
        self.close(false, sink);
        if let Some(head) = self.head.take() {
            sink(Piece::Head(head));
        }
        self.open = Some((Vec::new(), self.line, false));
    }
}

/// Cuts `stream` (UTF-8) into its head and the elements with one of these local names, each `most` bytes at most.
///
/// # Errors
/// Where the stream can't be read; what was whole before was handed out.
pub fn items(stream: &mut Stream<'_>, names: &[&str], most: usize, sink: &mut dyn FnMut(Piece)) -> io::Result<()> {
    let mut cutter = Cutter { names, most, head: Some(Vec::new()), open: None, line: 1 };
    let ended = cut(stream, &mut cutter, sink);
    cutter.close(false, sink);
    if let Some(head) = cutter.head.take() {
        sink(Piece::Head(head));
    }
    ended
}

fn cut(stream: &mut Stream<'_>, cutter: &mut Cutter<'_>, sink: &mut dyn FnMut(Piece)) -> io::Result<()> {
    loop {
        let ready = stream.fill_buf()?;
        if ready.is_empty() {
            return Ok(());
        }
        let before = memchr::memchr(b'<', ready).unwrap_or(ready.len());
        if before > 0 {
            cutter.keep(&ready[..before]);
            stream.consume(before);
            continue;
        }
        let tag = stream.peek(TAG);
        let (closing, name) = match tag {
            [b'<', b'/', rest @ ..] => (true, name(rest)),
            [_, rest @ ..] => (false, name(rest)),
            [] => (false, &[][..]),
        };
        let named = cutter.names.iter().any(|n| n.as_bytes() == name);
        match (named, closing) {
            (false, _) => {
                cutter.keep(b"<");
                stream.consume(1);
            }
            (true, false) => {
                cutter.open(sink);
                let (length, cut) = tag_end(tag).unwrap_or((1, false));
                let empty = !cut && length > 1 && tag[length - 2] == b'/';
                cutter.keep(&tag[..length]);
                if cut {
                    cutter.keep(b">");
                }
                stream.consume(length);
                if empty {
                    cutter.close(true, sink);
                }
            }
            (true, true) => {
                let (length, cut) = tag_end(tag).unwrap_or((tag.len(), true));
                if cutter.open.is_none() {
                    sink(Piece::Fault { why: ItemFault::Headless, line: cutter.line });
                }
                cutter.keep(&tag[..length]);
                if cut {
                    cutter.keep(b">");
                }
                stream.consume(length);
                cutter.close(true, sink);
            }
        }
    }
}

/// Where the tag that `text` starts with ends, and false: behind its `>`; or, where it has none, before the next tag, and true.
fn tag_end(text: &[u8]) -> Option<(usize, bool)> {
    let at = 1 + memchr::memchr2(b'>', b'<', text.get(1..)?)?;
    Some(if text[at] == b'>' { (at + 1, false) } else { (at, true) })
}

/// The local name at the start of what stands behind `<` or `</`.
fn name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| matches!(b, b'>' | b'<' | b'/') || b.is_ascii_whitespace()).unwrap_or(tag.len());
    let whole = &tag[..end];
    whole.iter().rposition(|b| *b == b':').map_or(whole, |at| &whole[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_up(text: &str, most: usize) -> Vec<Piece> {
        let mut out = Vec::new();
        items(&mut Stream::new(text.as_bytes()), &["item", "entry"], most, &mut |piece| out.push(piece)).unwrap();
        out
    }

    fn item(text: &str, line: u64) -> Piece {
        Piece::Item { bytes: text.into(), line }
    }

    #[test]
    fn items_are_cut_out_whole() {
        let found = cut_up("<rss><items/>\n<item>\n<title>A</title></item><x:item a='b'>C</x:item><item/></rss>", 99);
        assert_eq!(
            found,
            [
                Piece::Head("<rss><items/>\n".into()),
                item("<item>\n<title>A</title></item>", 2),
                item("<x:item a='b'>C</x:item>", 3),
                item("<item/>", 3)
            ]
        );
    }

    #[test]
    fn an_item_without_its_end_or_start_costs_no_other() {
        let found = cut_up("<item>A<item>B</item>\nC</item><item>D</item><item>E", 99);
        let fault = |why, line| Piece::Fault { why, line };
        assert_eq!(
            found[1..],
            [
                fault(ItemFault::Open, 1),
                item("<item>B</item>", 1),
                fault(ItemFault::Headless, 2),
                item("<item>D</item>", 2),
                fault(ItemFault::Open, 2)
            ]
        );
    }

    #[test]
    fn a_tag_that_is_not_closed_does_not_take_the_next_one_along() {
        let found = cut_up("<item>A</item\n<item>B</item<item <title>C</title></item>", 99);
        assert_eq!(
            found[1..],
            [item("<item>A</item\n>", 1), item("<item>B</item>", 2), item("<item ><title>C</title></item>", 2)]
        );
    }

    #[test]
    fn an_item_over_the_limit_is_left_out() {
        let found = cut_up(&format!("<item>{}</item><item>B</item>", "x".repeat(100)), 50);
        assert_eq!(found[1..], [Piece::Fault { why: ItemFault::Long, line: 1 }, item("<item>B</item>", 1)]);
    }

    #[test]
    fn without_items_there_is_only_a_head() {
        assert_eq!(cut_up("The quay", 99), [Piece::Head("The quay".into())]);
    }
}
