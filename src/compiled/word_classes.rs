//! What words are by themselves: those that are entries of the same lexicons alone share a class.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Lex, Surface};
use super::lex_bits;

/// The class of each word, and the lexicons of each class.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct WordClasses {
    /// The class of each word, by surface.
    of: Vec<u32>,
    /// Where the lexicons of each class end in `lexes`.
    ends: Vec<u32>,
    lexes: Vec<Lex>,
    /// The same as rows of bits.
    rows: Vec<u64>,
    stride: usize,
}

/// The class of words that are no entry alone, and of marks.
pub const NO_ENTRY: u32 = 0;

impl WordClasses {
    /// The classes of words with these lexicons, by surface from 0; `stride` is the length of a row of bits.
    pub fn new(words: impl Iterator<Item = Vec<Lex>>, stride: usize) -> WordClasses {
        let mut classes = WordClasses { stride, ..WordClasses::default() };
        let mut known = BTreeMap::new();
        classes.take(&mut known, Vec::new());
        for mut lexes in words {
            lexes.sort_unstable();
            lexes.dedup();
            let class = classes.take(&mut known, lexes);
            classes.of.push(class);
        }
        classes
    }

    fn take(&mut self, known: &mut BTreeMap<Vec<Lex>, u32>, lexes: Vec<Lex>) -> u32 {
        if let Some(class) = known.get(&lexes) {
            return *class;
        }
        let class = self.ends.len() as u32;
        let mut row = vec![0; self.stride];
        lexes.iter().for_each(|&lex| lex_bits::add(&mut row, lex));
        self.rows.extend(row);
        self.lexes.extend(&lexes);
        self.ends.push(self.lexes.len() as u32);
        known.insert(lexes, class);
        class
    }

    /// How many classes there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The length of a row, in words of 64 bits.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// The class of a word.
    #[inline]
    pub fn class(&self, word: Surface) -> u32 {
        self.of.get(word as usize).copied().unwrap_or(NO_ENTRY)
    }

    /// The lexicons of a class, sorted.
    pub fn lexes(&self, class: u32) -> &[Lex] {
        let end = self.ends.get(class as usize).map_or(0, |&end| end as usize);
        let start =
            class.checked_sub(1).and_then(|before| self.ends.get(before as usize)).map_or(0, |&end| end as usize);
        self.lexes.get(start..end).unwrap_or_default()
    }

    /// One bit for each lexicon of a class.
    #[inline]
    pub fn row(&self, class: u32) -> &[u64] {
        let start = class as usize * self.stride;
        self.rows.get(start..start + self.stride).unwrap_or_default()
    }

    /// The bits of the first 64 lexicons of a class.
    #[inline]
    pub fn first_bits(&self, class: u32) -> u64 {
        self.rows.get(class as usize * self.stride).copied().unwrap_or(0)
    }

    /// True where the words of a class are entries of the lexicon.
    #[inline]
    pub fn has(&self, class: u32, lex: Lex) -> bool {
        let word = usize::from(lex) / 64;
        let bits = self.rows.get(class as usize * self.stride + word);
        bits.is_some_and(|bits| word < self.stride && bits >> (lex % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_the_same_lexicons_share_a_class() {
        let words = [vec![], vec![70, 2], vec![2], vec![2, 70, 2], vec![]];
        let classes = WordClasses::new(words.into_iter(), lex_bits::stride(100));
        let of: Vec<u32> = (0..6).map(|word| classes.class(word)).collect();
        assert_eq!(of, [NO_ENTRY, 1, 2, 1, NO_ENTRY, NO_ENTRY], "a word that is not known is no entry");
        assert_eq!(
            (classes.count(), classes.lexes(1), classes.lexes(2), classes.lexes(NO_ENTRY).len()),
            (3, &[2, 70][..], &[2][..], 0)
        );
        assert!(classes.has(1, 70) && classes.has(2, 2) && !classes.has(2, 70) && !classes.has(NO_ENTRY, 2));
        assert!(!classes.has(1, 128) && !classes.has(9, 2), "beyond the rows there is nothing");
        assert_eq!((classes.first_bits(1), classes.row(1)), (1 << 2, &[1 << 2, 1 << 6][..]));
    }
}
