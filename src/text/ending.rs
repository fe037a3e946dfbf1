//! Endings of a language, found by the last letter of a word: a word is held against few of them.

use serde::{Deserialize, Serialize};

/// Endings, each with the letters that the base form has in its place; in each answer in the order they were given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(String, String)>", into = "Vec<(String, String)>")]
pub struct Endings {
    /// By the last letter, several letters sharing a place.
    places: Vec<Vec<Ending>>,
    /// All of them in the order given.
    list: Vec<(String, String)>,
}

/// One ending, ready to be held against words.
#[derive(Debug, Clone)]
struct Ending {
    /// Its last [`TAIL`] bytes, the last one lowest, and the bits that they fill.
    tail: u64,
    mask: u64,
    /// Its length in bytes.
    len: usize,
    /// Its place in the list.
    number: u32,
}

/// Number of places; a power of two.
const PLACES: usize = 64;
/// Bytes at the end of a word that are compared at once.
const TAIL: usize = 8;

fn place(letter: char) -> usize {
    letter as usize & (PLACES - 1)
}

/// The last bytes of a word, the last one lowest.
#[inline]
fn tail(word: &str) -> u64 {
    match word.as_bytes().last_chunk::<TAIL>() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => word.bytes().fold(0, |bits, byte| bits << 8 | u64::from(byte)),
    }
}

impl From<Vec<(String, String)>> for Endings {
    fn from(list: Vec<(String, String)>) -> Endings {
        Endings::new(list)
    }
}

impl From<Endings> for Vec<(String, String)> {
    fn from(endings: Endings) -> Vec<(String, String)> {
        endings.list
    }
}

impl Endings {
    /// The endings in the order of `list`; empty ones are left out.
    pub fn new(list: impl IntoIterator<Item = (String, String)>) -> Endings {
        let list: Vec<(String, String)> = list.into_iter().filter(|(ending, _)| !ending.is_empty()).collect();
        let mut places = vec![Vec::new(); if list.is_empty() { 0 } else { PLACES }];
        for (number, (ending, _)) in (0..).zip(&list) {
            let Some(last) = ending.chars().next_back() else { continue };
            let mask = u64::MAX >> (8 * TAIL.saturating_sub(ending.len()));
            places[place(last)].push(Ending { tail: tail(ending), mask, len: ending.len(), number });
        }
        Endings { places, list }
    }

    /// Endings that nothing stands beside.
    pub fn alone(endings: &[String]) -> Endings {
        Endings::new(endings.iter().map(|ending| (ending.clone(), String::new())))
    }

    /// True where a word of two letters more at least has one of them.
    pub fn has(&self, word: &str) -> bool {
        self.of(word).any(|(stem, ..)| stem.chars().nth(1).is_some())
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn place_of(&self, word: &str) -> &[Ending] {
        let last = if self.places.is_empty() { None } else { word.chars().next_back() };
        last.and_then(|letter| self.places.get(place(letter))).map_or(&[], Vec::as_slice)
    }

    /// The endings, each with what stands beside it, among which all are that the word may end in.
    pub fn near(&self, word: &str) -> impl Iterator<Item = &(String, String)> {
        self.place_of(word).iter().filter_map(|ending| self.list.get(ending.number as usize))
    }

    /// The word without each of its endings: stem, ending, and what the base form has in its place.
    #[inline]
    pub fn of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        let bits = tail(word);
        let near = self.place_of(word).iter();
        near.filter(move |ending| (ending.tail ^ bits) & ending.mask == 0).filter_map(move |found| {
            let (ending, base) = self.list.get(found.number as usize)?;
            // Where nothing of it lies before what was compared, it ends the word.
            let stem = match found.len <= TAIL {
                true => word.get(..word.len().checked_sub(found.len)?)?,
                false => word.strip_suffix(ending.as_str())?,
            };
            Some((stem, ending.as_str(), base.as_str()))
        })
    }

    /// True where this is one of them, whatever the base form has in its place.
    pub fn contains(&self, ending: &str) -> bool {
        self.of(ending).any(|(stem, ..)| stem.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_parted_from_each_of_its_endings_in_the_order_given() {
        let list = ["ом", "м", "а", "", "ого"].map(|e| (e.to_owned(), String::new()));
        let endings = Endings::new(list);
        let stems: Vec<&str> = endings.of("Песковом").map(|(stem, ..)| stem).collect();
        assert_eq!(stems, ["Песков", "Песково"]);
        assert_eq!(endings.of("Песков").count(), 0);
        assert!(endings.contains("ого") && !endings.contains("го") && !endings.contains(""));
        assert!(Endings::default().of("слово").next().is_none());
        let long = Endings::alone(&["увати".to_owned(), "ating".to_owned(), "ing".to_owned(), "educating".to_owned()]);
        let stems = |word| long.of(word).map(|(stem, ..)| stem).collect::<Vec<_>>();
        assert_eq!(stems("очікувати"), ["очік"], "longer than what is compared at once");
        assert!(stems("очікивати").is_empty() && stems("ng").is_empty() && stems("").is_empty());
        assert_eq!((stems("educating"), stems("ing")), (vec!["educ", "educat", ""], vec![""]));
    }
}
