//! Persons that articles name in full, in short, or in another script: one name for one person.

use std::collections::{BTreeMap, BTreeSet};

use crate::story::digest::Digest;
use crate::story::model::At;
use crate::story::terms::skeleton;

/// Shortest family name that names of several scripts are joined by.
const SHORTEST: usize = 4;
/// Fewest consonants of a given name that persons with different titles are joined by.
const SHORTEST_GIVEN: usize = 3;
/// Most letters of a word behind a family name: `Jr`, `III`.
const SUFFIX: usize = 3;

/// Names outside the registry, by their ids → the fullest name in the story for the same person.
pub fn full_names(digests: &[Digest]) -> BTreeMap<String, String> {
    let mut places: BTreeMap<&str, BTreeSet<At>> = BTreeMap::new();
    for (at, digest) in digests.iter().enumerate() {
        for source in digest.attributions.iter().filter_map(|a| a.source.as_ref()) {
            if let Some(name) = source.id.strip_prefix("name:") {
                places.entry(name).or_default().insert(at);
            }
        }
    }
    let mut names: Vec<&str> = places.keys().copied().collect();
    // The fullest names first, so that shorter ones find them.
    names.sort_by_key(|name| (std::cmp::Reverse(name.split_whitespace().count()), *name));
    let mut fuller = BTreeMap::new();
    let mut known: Vec<(Parts, &str)> = Vec::new();
    for name in names {
        let parts = Parts::new(name);
        let plain: Vec<&str> = known.iter().filter(|(full, _)| full.holds(&parts)).map(|(_, full)| *full).collect();
        // Behind the family name may stand what parts a son from his father: no article may name both with a given name.
        let apart = |full: &str| parts.given.is_empty() || places[full].is_disjoint(&places[name]);
        let with_suffix = || {
            let all = known
                .iter()
                .filter(|(full, name)| full.without_suffix().is_some_and(|f| f.holds(&parts)) && apart(name));
            all.map(|(_, full)| *full).collect::<Vec<&str>>()
        };
        // A given name alone is that of the one person who bears it, where every article with it names that one in full.
        let by_given = || {
            let bears = |full: &str| full.split_whitespace().rev().skip(1).any(|word| word == name);
            let all = known.iter().map(|(_, full)| *full).filter(|full| bears(full));
            all.filter(|full| places[name].is_subset(&places[full])).collect::<Vec<&str>>()
        };
        let mut found = if plain.is_empty() { with_suffix() } else { plain };
        if found.is_empty() && !name.contains(' ') {
            found = by_given();
        }
        match found.as_slice() {
            [full] => {
                fuller.insert(format!("name:{name}"), format!("name:{full}"));
            }
            _ => known.push((parts, name)),
        }
    }
    fuller
}

/// What a name is told by in any script.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    /// The initials of the words before the family name.
    given: Vec<char>,
    /// The consonants of those words, of the last one behind.
    before: Option<String>,
    /// The consonants of the family name.
    family: String,
    /// Letters of the last word.
    letters: usize,
}

impl Parts {
    fn new(name: &str) -> Parts {
        let words: Vec<&str> = name.split_whitespace().collect();
        let (family, given) = words.split_last().map_or(("", &[][..]), |(family, given)| (*family, given));
        let initial = |word: &&str| {
            let latin = word.chars().next().map(any_ascii::any_ascii_char)?;
            latin.chars().find(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase())
        };
        Parts {
            given: given.iter().filter_map(initial).collect(),
            before: given.last().map(|word| skeleton(word)),
            family: skeleton(family),
            letters: family.chars().count(),
        }
    }

    /// The same without what stands behind the family name, where something may.
    fn without_suffix(&self) -> Option<Parts> {
        let (_, given) = self.given.split_last()?;
        let family = self.before.clone().filter(|_| self.letters <= SUFFIX && !given.is_empty())?;
        Some(Parts { given: given.to_vec(), before: None, family, letters: self.letters })
    }

    /// True where a shorter or equal name may be that of this one: the family names agree, and a given name where both have
    /// them. Given names have too many forms: the first letter parts those that a story names.
    fn holds(&self, name: &Parts) -> bool {
        if self.family != name.family
            || name.family.chars().count() < SHORTEST && name.given.is_empty() && self.given.is_empty()
        {
            return false;
        }
        // Titles may stand before both: what tells is the name right before the family name.
        let nearest = name
            .before
            .as_ref()
            .is_some_and(|before| before.chars().count() >= SHORTEST_GIVEN && self.before.as_ref() == Some(before));
        nearest || name.given.first().is_none_or(|initial| self.given.contains(initial) || self.given.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(full: &str, name: &str) -> bool {
        Parts::new(full).holds(&Parts::new(name))
    }

    #[test]
    fn a_family_name_is_the_full_name_and_another_given_name_is_another_person() {
        let full = "Viktor Lebedenko";
        assert!(holds(full, "Lebedenko"));
        assert!(holds(
            full,
            "\u{412}\u{456}\u{43a}\u{442}\u{43e}\u{440} \u{41b}\u{435}\u{431}\u{435}\u{434}\u{435}\u{43d}\u{43a}\u{43e}"
        ));
        assert!(!holds(full, "Olga Lebedenko"));
        assert!(!holds(full, "Petrenko"));
    }

    #[test]
    fn a_title_before_the_given_name_makes_no_other_person() {
        assert!(holds("Warden Ada Quill", "Ada Quill"));
        assert!(!holds("Warden Ada Quill", "Otto Quill"));
        assert!(holds("Harbour Warden Martin Quill", "Sir Martin Quill"), "a title before both");
        assert!(!holds("Harbour Warden Martin Quill", "Sir Otto Quill"));
    }

    #[test]
    fn what_parts_a_son_from_his_father_stands_behind_the_family_name() {
        let son = Parts::new("Theo K. Marsh Jr");
        assert!(!son.holds(&Parts::new("Theo Marsh")), "not by its last word");
        let plain = son.without_suffix().unwrap();
        assert!(plain.holds(&Parts::new("Theo Marsh")) && plain.holds(&Parts::new("Marsh")));
        assert!(!plain.holds(&Parts::new("Ida Marsh")));
        assert_eq!(Parts::new("Theo Marsh").without_suffix(), None);
        assert_eq!(Parts::new("Ma Li").without_suffix(), None, "two words are a name");
    }
}
