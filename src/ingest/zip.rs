//! Cuts a zip archive into its files, going on behind a damaged one; and tells documents that are zip archives.

use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::read::read_zipfile_from_stream;
use zip::result::ZipError;

use super::limits::{Ledger, LimitReached};

/// The end of an archive, behind which only a comment of this length may stand.
const TAIL: u64 = (1 << 16) + 22;
/// Bytes that are looked through for entries at once, where the directory of an archive is damaged.
const WINDOW: usize = 1 << 16;

/// A file that can be read from any place.
pub trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// A zip archive that was opened.
pub struct Zip<'a> {
    archive: ZipArchive<Box<dyn Seekable + 'a>>,
}

/// Why an archive, or a file in it, can't be read.
#[derive(Debug)]
pub enum ZipFault {
    /// Its directory is damaged; single files may still be found.
    Directory(String),
    /// A file in it is damaged or can't be unpacked: its name and why.
    File(String, String),
    /// There are too many files in it.
    Limit(LimitReached),
}

/// What becomes of one file of an archive.
pub type FileSink<'s> = &'s mut dyn FnMut(&str, &mut dyn Read, u64);

impl<'a> Zip<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Where its directory is damaged, or names more than `most` files.
    pub fn open(mut file: Box<dyn Seekable + 'a>, ledger: &Ledger) -> Result<Zip<'a>, ZipFault> {
        let count = count(&mut file).map_err(|error| ZipFault::Directory(error.to_string()))?;
        ledger.fits(count).map_err(ZipFault::Limit)?;
        let archive = ZipArchive::new(file).map_err(|error| ZipFault::Directory(error.to_string()))?;
        Ok(Zip { archive })
    }

    /// True where the archive has a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The file of this name as text, `most` bytes at most; `None` where there is none.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn part(&mut self, name: &str, most: usize) -> Result<Option<String>, String> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let mut file = self.archive.by_index(index).map_err(|error| why(&error))?;
        text_part(&mut file, name, most).map(Some)
    }

    /// What the archive says of itself, where it is a document of some office program.
    pub fn kind(&mut self) -> Option<String> {
        self.part("mimetype", 200).ok().flatten().map(|kind| kind.trim().to_owned())
    }

    /// Hands each file to `sink` with its packed size, and each that can't be read to `fault`.
    pub fn files(&mut self, ledger: &Ledger, sink: FileSink<'_>, fault: &mut dyn FnMut(ZipFault)) {
        for index in 0..self.archive.len() {
            let mut damage = None;
            if let Err(limit) = ledger.entry() {
                return fault(ZipFault::Limit(limit));
            }
            match self.archive.by_index(index) {
                Ok(file) if file.is_dir() => {}
                Ok(mut file) => {
                    let name = file_name(file.name_raw());
                    let packed = file.compressed_size();
                    sink(&name, &mut file, packed);
                }
                Err(error) => damage = Some(why(&error)),
            }
            if let Some(why) = damage {
                let name = self.archive.by_index_raw(index).map(|file| file_name(file.name_raw()));
                fault(ZipFault::File(name.unwrap_or_else(|_| format!("entry {}", index + 1)), why));
            }
        }
    }
}

/// The file `part` of this name as text, `most` bytes at most.
///
/// # Errors
/// What is wrong with it.
pub fn text_part(part: &mut dyn Read, name: &str, most: usize) -> Result<String, String> {
    let mut bytes = Vec::new();
    part.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > most {
        return Err(format!("{name} is longer than {most} bytes (--max-bytes)"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn file_name(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).trim_start_matches("./").replace('\\', "/")
}

fn why(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(why) => format!("it can't be unpacked: {why}"),
        other => other.to_string(),
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// How many files the end of an archive promises; 0 where it has none.
fn count(file: &mut Box<dyn Seekable + '_>) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    // Every file takes 46 bytes of the directory.
    let directory = memchr::memmem::rfind(&tail, b"PK\x05\x06").and_then(|at| tail.get(at + 10..at + 16));
    let large = memchr::memmem::rfind(&tail, b"PK\x06\x06").and_then(|at| tail.get(at + 32..at + 40));
    Ok(large.map(number).or_else(|| directory.map(|d| number(&d[..2]))).unwrap_or(0))
}

/// Looks for files where the directory of an archive is damaged: each starts with a header of its own.
///
/// # Errors
/// Where the archive can't be read, or holds too many files.
pub fn salvage(file: &mut dyn Seekable, ledger: &Ledger, sink: FileSink<'_>) -> io::Result<()> {
    let mut at = 0u64;
    let mut window = vec![0; WINDOW];
    loop {
        file.seek(SeekFrom::Start(at))?;
        let mut filled = 0;
        while filled < window.len() {
            match file.read(&mut window[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        let Some(found) = memchr::memmem::find(&window[..filled], b"PK\x03\x04") else {
            if filled < window.len() {
                return Ok(());
            }
            // A header may stand across two windows.
            at += (filled - 3) as u64;
            continue;
        };
        at += found as u64;
        ledger.entry()?;
        file.seek(SeekFrom::Start(at))?;
        let mut packed = 0;
        if let Ok(Some(mut entry)) = read_zipfile_from_stream(&mut &mut *file) {
            packed = entry.compressed_size();
            if !entry.is_dir() {
                let name = file_name(entry.name_raw());
                sink(&name, &mut entry, packed);
            }
        }
        // Where the next header follows at once, the size was right, and nothing inside the file is taken for another one.
        let named = window.get(found + 26..found + 30).map_or(0, |l| number(&l[..2]) + number(&l[2..]));
        let end = at + 30 + named + packed.min(1 << 40);
        let mut next = [0; 2];
        file.seek(SeekFrom::Start(end))?;
        if file.read_exact(&mut next).is_ok() && next == *b"PK" {
            at = end;
            continue;
        }
        at += 4;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::super::limits::Limits;
    use super::*;

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, words) in files {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(words.as_bytes()).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn take<'t>(out: &'t mut Vec<(String, Option<String>)>) -> impl FnMut(&str, &mut dyn Read, u64) + 't {
        |name, file, _| {
            let mut words = String::new();
            let read = file.read_to_string(&mut words);
            out.push((name.to_owned(), read.is_ok().then_some(words)));
        }
    }

    const FILES: [(&str, &str); 3] = [
        ("a.txt", "The quay is shut, he said."),
        ("d/b.txt", "The ferry is out, she said."),
        ("c.txt", "The dock is dry."),
    ];

    #[test]
    fn files_are_handed_out_and_a_damaged_one_costs_no_other() {
        let ledger = Ledger::new(Limits::default());
        let mut bytes = archive(&FILES);
        let mut out = Vec::new();
        Zip::open(Box::new(Cursor::new(&bytes)), &ledger).unwrap().files(&ledger, &mut take(&mut out), &mut |_| {});
        assert_eq!(out[1], ("d/b.txt".to_owned(), Some("The ferry is out, she said.".to_owned())));
        let at = memchr::memmem::find(&bytes, b"d/b.txt").unwrap() + 20;
        bytes[at] ^= 0x40;
        let mut out = Vec::new();
        Zip::open(Box::new(Cursor::new(&bytes)), &ledger).unwrap().files(&ledger, &mut take(&mut out), &mut |_| {});
        assert_eq!(out.iter().map(|f| f.1.is_some()).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn without_a_directory_files_are_still_found() {
        let ledger = Ledger::new(Limits::default());
        let bytes = archive(&FILES);
        let end = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        assert!(matches!(Zip::open(Box::new(Cursor::new(&bytes[..end])), &ledger), Err(ZipFault::Directory(_))));
        let mut out = Vec::new();
        salvage(&mut Cursor::new(&bytes[..end]), &ledger, &mut take(&mut out)).unwrap();
        let names: Vec<&str> = out.iter().filter(|f| f.1.is_some()).map(|f| f.0.as_str()).collect();
        assert_eq!(names, ["a.txt", "d/b.txt", "c.txt"]);
    }

    #[test]
    fn an_archive_of_too_many_files_is_not_opened() {
        let ledger = Ledger::new(Limits { most_entries: 2, ..Limits::default() });
        let opened = Zip::open(Box::new(Cursor::new(archive(&FILES))), &ledger);
        assert!(matches!(opened, Err(ZipFault::Limit(limit)) if limit.code == "too-many-entries"));
    }
}
