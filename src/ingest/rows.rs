//! Cuts a table into rows and cells, with bounded memory.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::error::InputError;
use super::stream::Stream;

/// Most columns of a table.
pub const MOST_COLUMNS: usize = 1000;
/// Damaged rows may be read again, so that they cost no others; in all so many times the longest row.
const TRIES: usize = 16;

/// A row, or why there is none.
#[derive(Debug)]
pub struct Row {
    /// Its first line, from 1.
    pub line: u64,
    /// What stands in it.
    pub cells: Result<Vec<String>, RowFault>,
}

/// Why a row can't be used.
#[derive(Debug)]
pub enum RowFault {
    /// It is longer than the limit.
    Long,
    /// It has too many columns.
    Wide,
    /// A quotation mark in it is never closed.
    Open,
    /// Too many rows are damaged.
    Damaged,
    /// It can't be read.
    Io(std::io::Error),
}

impl RowFault {
    /// True where nothing is read behind it.
    pub fn ends(&self) -> bool {
        matches!(self, RowFault::Damaged | RowFault::Io(_))
    }

    /// The error for people; `most` is the limit in bytes.
    pub fn error(&self, input: &str, most: usize) -> InputError {
        match self {
            RowFault::Long => {
                let message = format!(
                    "the row is longer than the limit of {most} bytes, or a quotation mark in it is never closed"
                );
                InputError::new(input, "record-too-long", message)
                    .hint("close the quotation mark, or raise --max-bytes")
            }
            RowFault::Wide => {
                InputError::new(input, "bad-record", format!("the row has more than {MOST_COLUMNS} columns"))
                    .hint("keep the columns that hold articles")
            }
            RowFault::Open => {
                InputError::new(input, "bad-record", "a quotation mark is opened in this row and never closed")
                    .hint("a cell in quotation marks ends with one; marks inside it are doubled")
            }
            RowFault::Damaged => {
                InputError::new(input, "bad-record", "too many rows are damaged; the rest was left out")
            }
            RowFault::Io(error) => InputError::io(input, error),
        }
    }
}

/// Rows one after another, with bounded memory. A row whose quotation mark is never closed is given up after its first line,
/// so that it swallows no others.
pub struct Rows<'r, 'a> {
    stream: &'r mut Stream<'a>,
    delimiter: u8,
    /// Tables with tabs have no quotation marks but around whole cells.
    tabs: bool,
    most: usize,
    /// Bytes that were read and are not used up.
    held: Vec<u8>,
    from: usize,
    line: u64,
    ended: bool,
    budget: usize,
    failed: Option<std::io::Error>,
}

impl<'r, 'a> Rows<'r, 'a> {
    /// The rows of `stream`, none longer than `most` bytes.
    pub fn new(stream: &'r mut Stream<'a>, delimiter: u8, tabs: bool, most: usize) -> Rows<'r, 'a> {
        let budget = most.saturating_mul(TRIES);
        Rows { stream, delimiter, tabs, most, held: Vec::new(), from: 0, line: 1, ended: false, budget, failed: None }
    }

    /// Reads more bytes; false where there are none.
    fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        self.held.drain(..std::mem::take(&mut self.from));
        match self.stream.fill_buf() {
            Ok([]) => self.ended = true,
            Ok(bytes) => {
                let count = bytes.len();
                self.held.extend_from_slice(bytes);
                self.stream.consume(count);
            }
            Err(error) => {
                self.ended = true;
                self.failed = Some(error);
            }
        }
        !self.ended
    }

    /// The next row; `None` at the end.
    pub fn row(&mut self) -> Option<Row> {
        let line = self.line;
        let mut parser: Reader = ReaderBuilder::new().delimiter(self.delimiter).quoting(!self.tabs).build();
        let mut out = Vec::new();
        let mut ends = Vec::new();
        let (mut used, mut written, mut columns) = (0, 0, 0);
        loop {
            let input = &self.held[self.from + used..];
            if input.is_empty() && self.more() {
                continue;
            }
            let input = &self.held[self.from + used..];
            out.resize(written + input.len() + 64, 0);
            ends.resize(columns + 64, 0);
            let (result, read, wrote, ended) = parser.read_record(input, &mut out[written..], &mut ends[columns..]);
            used += read;
            written += wrote;
            columns += ended;
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => {
                    return self.failed.take().map(|error| Row { line, cells: Err(RowFault::Io(error)) });
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
            if used > self.most || columns > MOST_COLUMNS {
                let fault = if used > self.most { RowFault::Long } else { RowFault::Wide };
                return Some(self.give_up(line, used, fault));
            }
        }
        if used > self.most {
            return Some(self.give_up(line, used, RowFault::Long));
        }
        let bytes = &self.held[self.from..self.from + used];
        let lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        // Cells of several lines must be in order: otherwise a mark is missing, and other rows were swallowed.
        if lines > 1 && !self.tabs && !is_sound(bytes, self.delimiter) {
            return Some(self.give_up(line, used, RowFault::Open));
        }
        self.line += lines;
        self.from += used;
        let mut cells = Vec::with_capacity(columns);
        let mut start = 0;
        for end in &ends[..columns] {
            let cell = String::from_utf8_lossy(&out[start..*end]).into_owned();
            cells.push(if self.tabs { unquoted(cell) } else { cell });
            start = *end;
        }
        Some(Row { line, cells: Ok(cells) })
    }

    /// Passes over the first line of a row that took `used` bytes.
    fn give_up(&mut self, line: u64, used: usize, fault: RowFault) -> Row {
        let row = &self.held[self.from..self.from + used];
        let ended = memchr::memchr(b'\n', row);
        let first = ended.map_or(used, |at| at + 1);
        let ended = ended.is_some();
        self.line += u64::from(ended);
        self.from += first;
        self.budget = self.budget.saturating_sub(used);
        let fault = if self.budget == 0 { RowFault::Damaged } else { fault };
        if !ended {
            self.skip_line();
        }
        Row { line, cells: Err(fault) }
    }

    /// Passes over the rest of a line that is too long.
    fn skip_line(&mut self) {
        loop {
            match memchr::memchr(b'\n', &self.held[self.from..]) {
                Some(at) => {
                    self.from += at + 1;
                    self.line += 1;
                    return;
                }
                None => {
                    self.from = self.held.len();
                    if !self.more() {
                        return;
                    }
                }
            }
        }
    }
}

/// True where every cell that starts with a quotation mark ends with one.
fn is_sound(row: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    while at < row.len() {
        if row[at] == b'"' {
            at += 1;
            loop {
                let Some(next) = memchr::memchr(b'"', &row[at..]) else { return false };
                at += next + 1;
                if row.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            if row.get(at).is_some_and(|b| *b != delimiter && !matches!(b, b'\r' | b'\n')) {
                return false;
            }
        }
        match row[at..].iter().position(|b| *b == delimiter || *b == b'\n') {
            Some(next) => at += next + 1,
            None => return true,
        }
    }
    true
}

/// A cell without the marks around it, where there are some.
fn unquoted(cell: String) -> String {
    let trimmed = cell.trim();
    match trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        // Marks inside are doubled where the outer ones only hold the cell.
        Some(inside) if !inside.replace("\"\"", "").contains('"') => inside.replace("\"\"", "\""),
        _ => cell,
    }
}
