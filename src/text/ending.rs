//! Endings of a language, found by the last letter of a word: a word is held against few of them.

use serde::{Deserialize, Serialize};

/// Endings, each with the letters that the base form has in its place; in each answer in the order they were given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Endings {
    /// By the last letter, several letters sharing a place.
    places: Vec<Vec<(String, String)>>,
}

/// Number of places; a power of two.
const PLACES: usize = 64;

fn place(letter: char) -> usize {
    letter as usize & (PLACES - 1)
}

impl Endings {
    /// The endings in the order of `list`; empty ones are left out.
    pub fn new(list: impl IntoIterator<Item = (String, String)>) -> Endings {
        let mut places = Vec::new();
        for (ending, base) in list {
            let Some(last) = ending.chars().next_back() else { continue };
            places.resize(PLACES, Vec::new());
            places[place(last)].push((ending, base));
        }
        Endings { places }
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

    /// The endings, each with what stands beside it, among which all are that the word may end in.
    pub fn near(&self, word: &str) -> &[(String, String)] {
        let last = word.chars().next_back();
        last.and_then(|letter| self.places.get(place(letter))).map_or(&[], Vec::as_slice)
    }

    /// The word without each of its endings: stem, ending, and what the base form has in its place.
    pub fn of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        self.near(word).iter().filter_map(move |(ending, base)| {
            let stem = word.strip_suffix(ending.as_str())?;
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
    }
}
