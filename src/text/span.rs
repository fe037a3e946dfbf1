//! Half-open byte ranges into a text.

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of UTF-8 bytes into one text. Both ends are character boundaries of that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`, in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// As a range of `usize`, to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` under the span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// True where `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The least span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends in `text`.
    pub fn trimmed(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        let end = self.end as usize - (words.len() - words.trim_end().len());
        Span::new(start, end.max(start))
    }
}

/// Articles are limited to far less than 4 GiB when they are read, so this never cuts in practice.
fn clamp(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_keeps_words_and_character_boundaries() {
        let text = "a \u{a0}Ընդ \u{a0}b";
        let span = Span::new(1, text.len() - 1).trimmed(text);
        assert_eq!(span.of(text), "Ընդ");
    }

    #[test]
    fn a_span_outside_the_text_is_empty_words_and_no_panic() {
        assert_eq!(Span::new(3, 9).of("abc"), "");
        assert_eq!(Span::new(1, 2).of("ß"), "");
    }
}
