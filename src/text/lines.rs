//! Lines and columns of byte offsets.

use memchr::memchr2_iter;

/// Where each line of a text starts, to tell lines and columns of byte offsets.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The number of code points before every [`STEP`]th byte, so that a column on a long line costs no walk along it.
    points: Vec<u32>,
}

/// Bytes between two counts of code points.
const STEP: usize = 4096;

/// The number of code points that start in `bytes`.
fn points_in(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

impl LineIndex {
    /// Indexes `text`; a line ends at `\n`, at `\r\n` and at a lone `\r`.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        let mut points = vec![0];
        for part in bytes.chunks(STEP) {
            points.push(points.last().copied().unwrap_or(0) + points_in(part));
        }
        LineIndex { starts, points }
    }

    /// The line (from 1) of byte `at`.
    pub fn line(&self, at: u32) -> u32 {
        self.starts.partition_point(|&start| start <= at) as u32
    }

    /// The column (from 1, in code points) of byte `at` in `text`, which is the text that was indexed.
    pub fn column(&self, text: &str, at: u32) -> u32 {
        let start = self.starts[self.line(at) as usize - 1];
        if !text.is_char_boundary(at as usize) {
            return 1;
        }
        if at - start <= STEP as u32 {
            return text.as_bytes().get(start as usize..at as usize).map_or(0, points_in) + 1;
        }
        (self.points_before(text, at) - self.points_before(text, start)) + 1
    }

    fn points_before(&self, text: &str, at: u32) -> u32 {
        let step = at as usize / STEP;
        let rest = text.as_bytes().get(step * STEP..at as usize).map_or(0, points_in);
        self.points.get(step).map_or(0, |counted| counted + rest)
    }

    /// The number of lines.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: an empty text has one line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_count_code_points() {
        let text = format!("ab\n{}", "я".repeat(9000));
        let index = LineIndex::new(&text);
        for n in [0, 1, 2046, 2047, 2048, 4095, 8999] {
            assert_eq!(index.column(&text, 3 + 2 * n), n + 1, "{n}");
        }
        assert_eq!((index.column(&text, 1), index.line(3), index.column(&text, 3)), (2, 2, 1));
    }

    #[test]
    fn lines_end_at_each_kind_of_line_end_once() {
        let text = "a\r\nb\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.len(), 4);
        let lines: Vec<u32> = ["a", "b", "c", "d"].iter().map(|w| index.line(text.find(w).unwrap() as u32)).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn columns_count_code_points() {
        let text = "x\nԵրևան said";
        let index = LineIndex::new(text);
        assert_eq!(index.column(text, text.find("said").unwrap() as u32), 7);
    }
}
