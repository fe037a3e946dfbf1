//! One input cut into documents: a file is one, a line of JSONL is one. Reads in a stream, with bounded memory.

use std::io::{BufRead, Read};

use super::error::InputError;
use super::form::InputForm;
use super::origin::Origin;

/// Bytes of one article, not decoded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The path as given; `-` for standard input.
    pub input: String,
    /// How the bytes are to be read.
    pub form: InputForm,
    /// Number of the record, from 1, in JSONL; `None` for other forms.
    pub record: Option<u64>,
    /// The line (from 1) on which the document starts.
    pub line: u64,
    /// Where its bytes start in the input.
    pub offset: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// True where it was longer than the size limit and was cut.
    pub truncated: bool,
    /// True where the file named `input` holds these very bytes from `offset` on, so that they can be read there again.
    pub alone: bool,
}

/// Where documents and errors go, in input order.
pub type DocumentSink<'a> = &'a mut dyn FnMut(Result<Document, InputError>);

/// Reads `reader` to its end and hands out its documents. `form` is what an option or the file's name says; where it is `None`,
/// the first line decides. No document is longer than `most_bytes`: an article is cut there, a record is skipped with an
/// error.
pub fn documents(
    reader: &mut dyn BufRead,
    origin: &Origin<'_>,
    form: Option<InputForm>,
    most_bytes: usize,
    sink: DocumentSink<'_>,
) {
    let input = origin.name;
    let first = match take_line(reader, most_bytes) {
        Ok(Some(line)) => line,
        Ok(None) => return sink(Err(InputError::new(input, "empty", "there is no text in it"))),
        Err(error) => return sink(Err(InputError::io(input, &error))),
    };
    match form.unwrap_or_else(|| InputForm::of_first_line(&first.bytes)) {
        InputForm::Jsonl => records(reader, origin, first, most_bytes, sink),
        form => {
            let (mut bytes, mut truncated) = (first.bytes, first.cut);
            if !truncated {
                // One byte more than the limit tells whether there is more.
                let room = (most_bytes + 1).saturating_sub(bytes.len()) as u64;
                if let Err(error) = reader.take(room).read_to_end(&mut bytes) {
                    return sink(Err(InputError::io(input, &error)));
                }
                truncated = bytes.len() > most_bytes;
                bytes.truncate(most_bytes);
            }
            sink(Ok(Document {
                input: input.to_owned(),
                form,
                record: None,
                line: 1,
                offset: 0,
                bytes,
                truncated,
                alone: origin.alone,
            }));
        }
    }
}

fn records(reader: &mut dyn BufRead, origin: &Origin<'_>, first: Line, most_bytes: usize, sink: DocumentSink<'_>) {
    let input = origin.name;
    let (mut number, mut record, mut offset, mut next) = (0u64, 0u64, 0u64, Some(first));
    if next.as_ref().is_some_and(|l| l.bytes.starts_with(b"\xFF\xFE") || l.bytes.starts_with(b"\xFE\xFF")) {
        let error = InputError::new(input, "not-utf8", "JSONL must be UTF-8, and this is UTF-16")
            .hint("convert the file to UTF-8");
        return sink(Err(error));
    }
    while let Some(line) = next {
        number += 1;
        let start = offset;
        offset += line.length;
        let marked = number == 1 && line.bytes.starts_with(MARK);
        let bytes = if marked { line.bytes[MARK.len()..].to_vec() } else { line.bytes };
        if line.cut {
            record += 1;
            let message = format!("the record is longer than the limit of {most_bytes} bytes");
            let error = InputError::new(input, "record-too-long", message).hint("split it, or raise --max-bytes");
            sink(Err(error.at(Some(record), Some(number), None)));
        } else if !bytes.trim_ascii().is_empty() {
            record += 1;
            sink(Ok(Document {
                input: input.to_owned(),
                form: InputForm::Jsonl,
                record: Some(record),
                line: number,
                offset: start + if marked { MARK.len() as u64 } else { 0 },
                bytes,
                truncated: false,
                alone: origin.alone,
            }));
        }
        next = match take_line(reader, most_bytes) {
            Ok(line) => line,
            Err(error) => return sink(Err(InputError::io(input, &error).at(None, Some(number + 1), None))),
        };
    }
    if record == 0 {
        sink(Err(InputError::new(input, "empty", "there is no record in it")));
    }
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

struct Line {
    /// Its bytes, the line end included.
    bytes: Vec<u8>,
    /// True where it was longer than the limit; the rest was skipped.
    cut: bool,
    /// Bytes that it takes in the input, those that were skipped included.
    length: u64,
}

/// The next line; `None` at the end. Keeps at most `most` bytes of it in memory.
fn take_line(reader: &mut dyn BufRead, most: usize) -> std::io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let (mut cut, mut length) = (false, 0);
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok((!bytes.is_empty() || cut).then_some(Line { bytes, cut, length }));
        }
        let end = buffer.iter().position(|&b| b == b'\n');
        let used = end.map_or(buffer.len(), |n| n + 1);
        let room = most.saturating_sub(bytes.len());
        // The line end itself doesn't count.
        let wanted = end.unwrap_or(used);
        bytes.extend_from_slice(&buffer[..if wanted <= room { used } else { room }]);
        cut |= wanted > room;
        reader.consume(used);
        length += used as u64;
        if end.is_some() {
            return Ok(Some(Line { bytes, cut, length }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], form: Option<InputForm>, most: usize) -> Vec<Result<Document, InputError>> {
        let mut out = Vec::new();
        documents(&mut &bytes[..], &Origin::asked("x"), form, most, &mut |d| out.push(d));
        out
    }

    #[test]
    fn the_first_line_decides_the_form_and_is_not_lost() {
        let found = read(b"{\"id\": 1}\n\n{\"id\": 2}", None, 100);
        let lines: Vec<_> = found.iter().map(|d| d.as_ref().map(|d| (d.record, d.line)).unwrap()).collect();
        assert_eq!(lines, [(Some(1), 1), (Some(2), 3)]);
        let found = read(b"One.\nTwo.", None, 100);
        assert_eq!(found[0].as_ref().unwrap().bytes, b"One.\nTwo.");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_record_over_the_limit_is_an_error_and_the_next_one_is_read() {
        let found = read(b"{\"text\": \"0123456789\"}\n{\"id\": 2}\n", Some(InputForm::Jsonl), 12);
        let error = found[0].as_ref().unwrap_err();
        assert_eq!((error.code, error.record, error.line), ("record-too-long", Some(1), Some(1)));
        assert_eq!(found[1].as_ref().unwrap().record, Some(2));
    }

    #[test]
    fn each_record_can_be_read_again_where_it_stands() {
        let input = b"\xEF\xBB\xBF{\"id\": 1}\n\n{\"text\": \"far too long\"}\n{\"id\": 2}";
        let found: Vec<Document> = read(input, Some(InputForm::Jsonl), 13).into_iter().flatten().collect();
        assert_eq!(found.len(), 2);
        for document in found {
            let at = document.offset as usize;
            assert_eq!(input[at..at + document.bytes.len()], document.bytes);
        }
    }

    #[test]
    fn an_article_is_cut_at_the_limit_and_only_above_it() {
        let found = read(b"One.\nTwo.", Some(InputForm::Text), 9);
        assert!(!found[0].as_ref().unwrap().truncated);
        let found = read(b"One.\nTwo.", Some(InputForm::Text), 8);
        assert_eq!((found[0].as_ref().unwrap().truncated, found[0].as_ref().unwrap().bytes.len()), (true, 8));
        let found = read(b"One long line\nTwo.", None, 4);
        assert_eq!((found[0].as_ref().unwrap().truncated, found[0].as_ref().unwrap().bytes.len()), (true, 4));
    }

    #[test]
    fn nothing_is_an_error() {
        assert_eq!(read(b"", None, 9)[0].as_ref().unwrap_err().code, "empty");
        assert_eq!(read(b"\n\n", Some(InputForm::Jsonl), 9)[0].as_ref().unwrap_err().code, "empty");
    }
}
