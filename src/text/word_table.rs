//! Words numbered in the order in which they come, in one piece of memory.

use rapidhash::v3::{DEFAULT_RAPID_SECRETS, rapidhash_v3_nano_inline};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Each word once, with its number from 0.
#[derive(Debug, Clone, Default)]
pub struct WordTable {
    /// All words, one behind the other.
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    /// A part of the word's hash and its number plus 1, 0 where the slot is free; a power of two of them, at most half taken.
    slots: Vec<(u32, u32)>,
}

/// Fewest slots.
const LEAST: usize = 16;

/// The slots to start looking from, and the part of the hash that is kept. The words are the rules' own: nobody can choose
/// them so that their hashes meet.
fn hash(word: &str) -> (usize, u32) {
    let hash = rapidhash_v3_nano_inline::<true, false>(word.as_bytes(), &DEFAULT_RAPID_SECRETS);
    (hash as usize, (hash >> 32) as u32)
}

impl WordTable {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of a word; `None` where it is not in the table.
    pub fn get(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let (start, kept) = hash(word);
        let mask = self.slots.len() - 1;
        let mut at = start & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return None,
                (other, number) if other == kept && self.word(number - 1) == word => return Some(number - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The number of a word, which is taken up where it is new.
    pub fn intern(&mut self, word: &str) -> u32 {
        if let Some(known) = self.get(word) {
            return known;
        }
        let number = self.ends.len() as u32;
        self.letters.push_str(word);
        self.ends.push(self.letters.len() as u32);
        if (self.ends.len() * 2) > self.slots.len() {
            self.fill();
        } else {
            self.place(number);
        }
        number
    }

    /// All words in the order of their numbers.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.word(number))
    }

    fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.letters[start..self.ends[number] as usize]
    }

    /// Gives all words slots, of which there are enough afterwards.
    fn fill(&mut self) {
        let slots = (self.ends.len() * 3).next_power_of_two().max(LEAST);
        self.slots.clear();
        self.slots.resize(slots, (0, 0));
        (0..self.ends.len() as u32).for_each(|number| self.place(number));
    }

    fn place(&mut self, number: u32) {
        let (start, kept) = hash(self.word(number));
        let mask = self.slots.len() - 1;
        let mut at = start & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (kept, number + 1);
    }
}

impl Serialize for WordTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.letters, &self.ends).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WordTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WordTable, D::Error> {
        let (letters, ends) = <(String, Vec<u32>)>::deserialize(deserializer)?;
        let mut start = 0;
        for &end in &ends {
            if letters.get(start as usize..end as usize).is_none() {
                return Err(serde::de::Error::custom("words that don't lie in their letters"));
            }
            start = end;
        }
        let mut table = WordTable { letters, ends, slots: Vec::new() };
        table.fill();
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_keep_their_numbers_and_unknown_ones_have_none() {
        let mut table = WordTable::default();
        assert_eq!((table.get("quay"), table.is_empty()), (None, true));
        let numbers: Vec<u32> = ["quay", "ferry", "quay", "", "порт"].iter().map(|word| table.intern(word)).collect();
        assert_eq!(numbers, [0, 1, 0, 2, 3]);
        assert_eq!((table.get("порт"), table.get(""), table.get("qua"), table.len()), (Some(3), Some(2), None, 4));
    }

    proptest! {
        #[test]
        fn a_stored_table_answers_as_before(words in prop::collection::vec("[a-eж]{0,4}", 0..80)) {
            let mut table = WordTable::default();
            words.iter().for_each(|word| { table.intern(word); });
            let text = serde_json::to_string(&table).unwrap();
            let stored: WordTable = serde_json::from_str(&text).unwrap();
            for word in words.iter().map(String::as_str).chain(["quay"]) {
                prop_assert_eq!(stored.get(word), table.get(word));
            }
        }
    }

    #[test]
    fn a_table_that_was_written_amiss_is_refused() {
        assert!(serde_json::from_str::<WordTable>(r#"["quay",[2,9]]"#).is_err());
        assert!(serde_json::from_str::<WordTable>(r#"["quay",[3,2]]"#).is_err());
    }
}
