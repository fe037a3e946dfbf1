//! Cuts a tar archive into its files, going on behind a damaged header.

use std::io::{self, BufRead, Read};

use tar::{EntryType, Header};

use super::limits::{Damaged, damage_of};
use super::stream::Stream;

const BLOCK: usize = 512;
/// Longest name that is taken from an extended header.
const LONGEST_NAME: u64 = 64 << 10;

/// True where a header with a right checksum stands at the start.
pub fn is_tar(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(|block| header(block).is_some())
}

fn header(block: &[u8]) -> Option<Header> {
    let header = Header::from_byte_slice(block);
    let sum = block.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) });
    (block[0] != 0 && header.cksum().ok()? == sum.sum::<u32>()).then(|| header.clone())
}

/// Hands each file of the archive to `file`: its name and its bytes, of which it need not read all. What is damaged goes to
/// `fault`, with its place, and reading goes on at the next file.
///
/// # Errors
/// Where nothing more can be read.
pub fn files(
    stream: &mut Stream<'_>,
    file: &mut dyn FnMut(&str, &mut dyn Read) -> io::Result<()>,
    fault: &mut dyn FnMut(io::Error),
) -> io::Result<()> {
    let mut long_name: Option<String> = None;
    let mut lost = false;
    loop {
        let offset = stream.offset();
        let block = stream.peek(BLOCK).to_vec();
        if block.is_empty() {
            // An error may stand behind what could be looked at.
            match stream.fill_buf() {
                Ok(_) => return Ok(()),
                Err(error) if damage_of(&error).is_some() => {
                    fault(error);
                    continue;
                }
                Err(error) => return Err(error),
            }
        }
        stream.consume(block.len());
        if block.iter().all(|b| *b == 0) {
            continue;
        }
        let Some(header) = Some(block.as_slice()).filter(|b| b.len() == BLOCK).and_then(header) else {
            // Told once for all blocks up to the next header.
            if !std::mem::replace(&mut lost, true) {
                fault(Damaged { packing: "tar", offset, why: "no header of a file stands there".to_owned() }.into());
            }
            continue;
        };
        lost = false;
        let Ok(size) = header.entry_size() else {
            lost = true;
            fault(Damaged { packing: "tar", offset, why: "the size of a file can't be read".to_owned() }.into());
            continue;
        };
        let mut part = Read::take(&mut *stream, size);
        match header.entry_type() {
            EntryType::GNULongName | EntryType::XHeader => {
                let mut bytes = Vec::new();
                (&mut part).take(LONGEST_NAME).read_to_end(&mut bytes)?;
                long_name =
                    if header.entry_type() == EntryType::XHeader { pax_name(&bytes) } else { Some(text(&bytes)) };
            }
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
                let name = long_name.take().unwrap_or_else(|| text(&header.path_bytes()));
                file(&name, &mut part)?;
            }
            _ => long_name = None,
        }
        let left = part.limit();
        let padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        skip(stream, left.saturating_add(padding), fault)?;
    }
}

/// Passes over the rest of a file; damage in it is told, and what comes behind is taken for what follows.
fn skip(stream: &mut Stream<'_>, count: u64, fault: &mut dyn FnMut(io::Error)) -> io::Result<()> {
    match stream.skip(count) {
        Ok(_) => Ok(()),
        Err(error) if damage_of(&error).is_some() => {
            fault(error);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// The name in an extended header: lines of `LENGTH path=NAME`.
fn pax_name(bytes: &[u8]) -> Option<String> {
    bytes.split(|b| *b == b'\n').find_map(|line| {
        let at = memchr::memmem::find(line, b" path=")?;
        line[..at].iter().all(u8::is_ascii_digit).then(|| text(&line[at + 6..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut out = tar::Builder::new(Vec::new());
        for (name, words) in files {
            let mut header = Header::new_gnu();
            header.set_size(words.len() as u64);
            header.set_mode(0o644);
            out.append_data(&mut header, name, words.as_bytes()).unwrap();
        }
        out.into_inner().unwrap()
    }

    fn read(bytes: &[u8]) -> (Vec<(String, String)>, usize) {
        let (mut found, mut faults) = (Vec::new(), 0);
        let mut take = |name: &str, part: &mut dyn Read| {
            let mut words = String::new();
            part.read_to_string(&mut words)?;
            found.push((name.to_owned(), words));
            Ok(())
        };
        files(&mut Stream::new(bytes), &mut take, &mut |_| faults += 1).unwrap();
        (found, faults)
    }

    #[test]
    fn files_come_with_their_names_however_long() {
        let long = format!("{}/quay.txt", "harbour".repeat(40));
        let (found, faults) = read(&archive(&[("a.txt", "One."), (&long, "Two."), ("c.txt", "Three.")]));
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, faults), (vec!["a.txt", long.as_str(), "c.txt"], 0));
        assert_eq!(found[1].1, "Two.");
    }

    #[test]
    fn a_damaged_header_costs_its_own_file_and_no_other() {
        let mut bytes = archive(&[("a.txt", "One."), ("b.txt", &"Two. ".repeat(300)), ("c.txt", "Three.")]);
        bytes[1024 + 130] ^= 0x10;
        let (found, faults) = read(&bytes);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, faults), (vec!["a.txt", "c.txt"], 1));
    }

    #[test]
    fn a_text_is_no_archive() {
        assert!(is_tar(&archive(&[("a.txt", "One.")])));
        assert!(!is_tar("The quay is shut. ".repeat(100).as_bytes()));
        assert!(!is_tar(&[0; 2000]));
    }
}
