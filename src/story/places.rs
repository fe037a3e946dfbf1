//! Places that rules know, and which lies in which: so that no place is held against one that it is a part of.

use rapidhash::RapidHashMap;

use crate::rules::pack::{CountryEntry, PlaceEntry};
use crate::text::token::tokens;

/// Most places that lie in each other.
const DEPTH: usize = 8;

/// The places of the rules in force.
#[derive(Debug)]
pub struct Places {
    list: Vec<PlaceEntry>,
    names: RapidHashMap<String, u32>,
    ids: RapidHashMap<String, u32>,
}

impl Places {
    /// The places in `list`, and countries, ready to be looked up by any of their names. A capital lies in its country.
    pub fn new(list: &[PlaceEntry], countries: &[CountryEntry]) -> Places {
        let whole = |c: &CountryEntry| PlaceEntry { id: c.id.clone(), names: c.names.clone(), within: Vec::new() };
        let capital = |c: &CountryEntry| PlaceEntry {
            id: format!("{}:capital", c.id),
            names: c.capitals.clone(),
            within: vec![c.id.clone()],
        };
        let countries = countries.iter().flat_map(|c| [whole(c), capital(c)]);
        let list: Vec<PlaceEntry> = list.iter().cloned().chain(countries).collect();
        let mut names = RapidHashMap::default();
        for (i, place) in (0u32..).zip(&list) {
            for name in place.names.values().flatten() {
                names.entry(plain(name)).or_insert(i);
            }
        }
        let ids = (0u32..).zip(&list).map(|(i, place)| (place.id.clone(), i)).collect();
        Places { list, names, ids }
    }

    /// The place that some words name, case and marks aside; a word behind the name may say what it is.
    pub fn named(&self, words: &str) -> Option<u32> {
        let plain = plain(words);
        let mut rest = plain.as_str();
        loop {
            if let Some(&place) = self.names.get(rest) {
                return Some(place);
            }
            rest = rest.rsplit_once(' ')?.0;
        }
    }

    /// Its id.
    pub fn id(&self, place: u32) -> &str {
        self.list.get(place as usize).map_or("", |p| p.id.as_str())
    }

    /// True where the one lies in the other, or is it, or may lie in it because rules don't say where it lies.
    pub fn within(&self, place: u32, other: u32) -> bool {
        let mut open = vec![place];
        for _ in 0..DEPTH {
            let mut next = Vec::new();
            for at in open {
                if at == other {
                    return true;
                }
                let around = self.list.get(at as usize).map_or(&[][..], |p| p.within.as_slice());
                next.extend(around.iter().filter_map(|id| self.ids.get(id.as_str()).copied()));
            }
            open = next;
        }
        false
    }
}

/// The words in lower case, parted by spaces.
fn plain(name: &str) -> String {
    let all = tokens(name, 0..name.len());
    let words: Vec<String> = all.iter().filter(|t| t.is_wordlike()).map(|t| t.span.of(name).to_lowercase()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn place(id: &str, names: &[&str], within: &[&str]) -> PlaceEntry {
        let names = names.iter().map(|n| n.to_string()).collect();
        PlaceEntry {
            id: id.into(),
            names: BTreeMap::from([("en".to_owned(), names)]),
            within: within.iter().map(|w| w.to_string()).collect(),
        }
    }

    #[test]
    fn a_part_is_no_other_place_and_a_neighbour_is() {
        let list = [
            place("upland", &["Upland", "the Uplands"], &[]),
            place("moss", &["Moss"], &["upland"]),
            place("north-moss", &["North Moss"], &["moss"]),
            place("fen", &["Fen"], &["upland"]),
        ];
        let places = Places::new(&list, &[]);
        let at = |name: &str| places.named(name).unwrap();
        assert!(places.within(at("North Moss"), at("Upland")) && !places.within(at("Upland"), at("Moss")));
        assert!(!places.within(at("Fen"), at("North Moss")) && places.within(at("Fen"), at("Fen")));
        assert_eq!(places.named("NORTH Moss region"), places.named("North-Moss"));
        assert_eq!(places.named("Elsewhere"), None);
    }
}
