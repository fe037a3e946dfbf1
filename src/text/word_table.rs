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
    /// A power of two of them, at most half taken.
    slots: Vec<Slot>,
    /// How far a key's product is shifted to leave the number of a slot.
    shift: u32,
}

/// A word's place in a table.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Those of the word's key.
    bits: u64,
    /// The word's length in bytes.
    len: u32,
    /// The word's number plus 1; 0 where the slot is free.
    number: u32,
}

/// What a word is looked up by, so that it is read once for several tables: the word itself where it is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordKey {
    /// The bytes of a word of up to [`SHORT`] of them, the first one lowest; a hash of a longer one.
    bits: u64,
    /// Its length in bytes.
    len: u32,
}

/// Most bytes of a word that is its own key.
const SHORT: usize = 8;
/// Fewest slots.
const LEAST: usize = 16;
/// An odd number whose products spread what differs in any byte of a key over their high bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl WordKey {
    /// The key of a word. The words of tables are the rules' own: nobody can choose them so that their keys meet.
    #[inline]
    pub fn of(word: &str) -> WordKey {
        let bytes = word.as_bytes();
        let bits = if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            if bytes.len() <= SHORT {
                // Where the halves overlap they have the same bytes.
                let behind = 8 * (bytes.len() - 4);
                u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << behind
            } else {
                rapidhash_v3_nano_inline::<true, false>(bytes, &DEFAULT_RAPID_SECRETS)
            }
        } else {
            bytes.iter().rev().fold(0, |bits, &byte| bits << 8 | u64::from(byte))
        };
        WordKey { bits, len: bytes.len() as u32 }
    }
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
        self.get_by(WordKey::of(word), word)
    }

    /// The same where the word's key is known.
    #[inline]
    pub fn get_by(&self, key: WordKey, word: &str) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.first_slot(key);
        loop {
            let slot = self.slots.get(at)?;
            if slot.number == 0 {
                return None;
            }
            let number = slot.number - 1;
            if slot.bits == key.bits && slot.len == key.len && (word.len() <= SHORT || self.word(number) == word) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn first_slot(&self, key: WordKey) -> usize {
        ((key.bits ^ u64::from(key.len)).wrapping_mul(SPREAD) >> self.shift) as usize
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
        self.slots.resize(slots, Slot::default());
        self.shift = u64::BITS - slots.trailing_zeros();
        (0..self.ends.len() as u32).for_each(|number| self.place(number));
    }

    fn place(&mut self, number: u32) {
        let key = WordKey::of(self.word(number));
        let mask = self.slots.len() - 1;
        let mut at = self.first_slot(key);
        while self.slots[at].number != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { bits: key.bits, len: key.len, number: number + 1 };
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
        let mut table = WordTable { letters, ends, ..WordTable::default() };
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
    fn words_of_up_to_eight_bytes_are_their_own_keys() {
        let words = ["", "a", "ab", "abc", "abcd", "abcde", "abcdefg", "abcdefgh", "ф", "фу", "a\0", "ba"];
        for (i, word) in words.iter().enumerate() {
            let mut bytes = [0; SHORT];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            assert_eq!(WordKey::of(word).bits, u64::from_le_bytes(bytes), "{word}");
            assert!(words[..i].iter().all(|other| WordKey::of(other) != WordKey::of(word)), "{word}");
        }
        let mut table = WordTable::default();
        ["quayside", "quaysides", "quayside ferry"].iter().for_each(|word| {
            table.intern(word);
        });
        assert_eq!((table.get("quaysides"), table.get("quaysidez"), table.get("quaysid")), (Some(1), None, None));
    }

    #[test]
    fn a_table_that_was_written_amiss_is_refused() {
        assert!(serde_json::from_str::<WordTable>(r#"["quay",[2,9]]"#).is_err());
        assert!(serde_json::from_str::<WordTable>(r#"["quay",[3,2]]"#).is_err());
    }
}
