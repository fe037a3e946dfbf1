//! Lines and columns of byte offsets.

/// Where each line of a text starts, to tell lines and columns of byte offsets.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`; a line ends at `\n`, at `\r\n` and at a lone `\r`.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at as u32 + 1);
            }
        }
        LineIndex { starts }
    }

    /// The line (from 1) of byte `at`.
    pub fn line(&self, at: u32) -> u32 {
        self.starts.partition_point(|&start| start <= at) as u32
    }

    /// The column (from 1, in code points) of byte `at` in `text`, which is the text that was indexed.
    pub fn column(&self, text: &str, at: u32) -> u32 {
        let start = self.starts[self.line(at) as usize - 1] as usize;
        text.get(start..at as usize).map_or(1, |before| before.chars().count() as u32 + 1)
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
