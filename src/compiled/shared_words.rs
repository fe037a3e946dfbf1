//! Words that mean the same in every language: acts (`act-…`), ideas (`idea-…`) and numbers (`count-…`, `times-…`), by the names
//! of their lexicons. They are looked up by themselves, so that no list of theirs changes how a language is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::rules::pack::LanguagePack;
use crate::rules::template::Element;
use crate::rules::words::{ACT, COUNT, IDEA, TIMES};

/// Letters of a word that make its stem, endings taken off before.
const STEM: usize = 6;
/// Fewest letters that an ending leaves.
const LEAST_STEM: usize = 3;
/// Most words of an entry.
const LONGEST: usize = 4;

/// A number, or the stretch that a vague one leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// The least it can be.
    pub low: f64,
    /// The most it can be.
    pub high: f64,
}

/// What some words mean in any language.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Meaning {
    /// An act, by a key that is the same in every language.
    Act(u64),
    /// An idea, likewise.
    Idea(u64),
    /// A number.
    Count(Stretch),
    /// What multiplies the number before it.
    Times(f64),
}

/// The words of a language that can be compared with those of another.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SharedWords {
    /// Acts and ideas by the stems of their words, parted by spaces.
    stems: BTreeMap<String, Meaning>,
    /// Numbers by their words in lower case.
    numbers: BTreeMap<String, Meaning>,
    /// Endings of common words, the longest first.
    endings: Vec<String>,
    /// Written forms of the months in lower case: 1 to 12.
    months: BTreeMap<String, i8>,
    /// Written forms of the days of the week in lower case: 1 (Monday) to 7.
    weekdays: BTreeMap<String, i8>,
}

impl SharedWords {
    /// Those of a pack. A name that holds no number where one belongs is passed over.
    pub fn new(pack: &LanguagePack) -> SharedWords {
        let mut endings = pack.morphology.word_endings.clone();
        endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        let mut out = SharedWords {
            endings,
            months: numbered(&pack.months),
            weekdays: numbered(&pack.weekdays),
            ..SharedWords::default()
        };
        for (name, lexicon) in &pack.lexicons {
            let Some(meaning) = meaning(name) else { continue };
            let templates = lexicon.entries.iter().flat_map(|entry| entry.forms.values().flatten());
            for flat in templates.filter_map(|template| template.expanded()).flatten() {
                let mut phrases = vec![Vec::new()];
                for element in &flat {
                    if let Element::Word(forms) = element {
                        let longer = |phrase: &Vec<String>| {
                            forms.iter().map(|form| [&phrase[..], &[form.to_lowercase()]].concat()).collect::<Vec<_>>()
                        };
                        phrases = phrases.iter().flat_map(longer).collect();
                    }
                }
                for phrase in phrases.into_iter().filter(|p| !p.is_empty() && p.len() <= LONGEST) {
                    out.insert(&phrase, meaning);
                }
            }
        }
        out
    }

    fn insert(&mut self, phrase: &[String], meaning: Meaning) {
        if matches!(meaning, Meaning::Count(_) | Meaning::Times(_)) {
            self.numbers.entry(phrase.join(" ")).or_insert(meaning);
        } else {
            let stems: Vec<String> = phrase.iter().map(|word| self.stem(word)).collect();
            self.stems.entry(stems.join(" ")).or_insert(meaning);
        }
    }

    /// The act or idea that the first of some words name, and how many of them.
    pub fn idea<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<(Meaning, usize)> {
        longest(&self.stems, words.map(|word| self.stem(word)))
    }

    /// The number that the first of some words write, or multiply by, and how many of them.
    pub fn number<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<(Meaning, usize)> {
        longest(&self.numbers, words.map(str::to_lowercase))
    }

    /// A common word without its ending, cut to its first letters.
    pub fn stem(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        let cut = self.endings.iter().filter_map(|ending| lower.strip_suffix(ending.as_str()));
        let short = cut.into_iter().find(|rest| rest.chars().count() >= LEAST_STEM);
        short.unwrap_or(&lower).chars().take(STEM).collect()
    }

    /// The month that a word names, from 1.
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(&word.to_lowercase()).copied()
    }

    /// The day of the week that a word names, Monday 1.
    pub fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(&word.to_lowercase()).copied()
    }
}

/// The meaning of the longest run of the first words that has one.
fn longest(map: &BTreeMap<String, Meaning>, words: impl Iterator<Item = String>) -> Option<(Meaning, usize)> {
    let mut phrase = String::new();
    let mut found = None;
    for (i, word) in words.take(LONGEST).enumerate() {
        if i > 0 {
            phrase.push(' ');
        }
        phrase += &word;
        if let Some(meaning) = map.get(&phrase) {
            found = Some((*meaning, i + 1));
        }
    }
    found
}

fn numbered(lists: &[Vec<String>]) -> BTreeMap<String, i8> {
    let forms = (1..).zip(lists).flat_map(|(number, forms)| forms.iter().map(move |form| (form, number)));
    forms.map(|(form, number)| (form.trim_end_matches('.').to_lowercase(), number)).collect()
}

/// True for the name of a lexicon that articles are compared by.
pub fn is_shared(name: &str) -> bool {
    meaning(name).is_some()
}

fn meaning(name: &str) -> Option<Meaning> {
    if let Some(idea) = name.strip_prefix(IDEA) {
        return Some(Meaning::Idea(xxh3_64(idea.as_bytes())));
    }
    if let Some(act) = name.strip_prefix(ACT) {
        return Some(Meaning::Act(xxh3_64(act.as_bytes())));
    }
    if let Some(count) = name.strip_prefix(COUNT) {
        return stretch(count).map(Meaning::Count);
    }
    name.strip_prefix(TIMES).and_then(|times| times.parse().ok()).map(Meaning::Times)
}

/// `12` or `2000-9999`.
fn stretch(written: &str) -> Option<Stretch> {
    let (low, high) = written.split_once('-').unwrap_or((written, written));
    let (low, high) = (low.parse().ok()?, high.parse().ok()?);
    (low <= high).then_some(Stretch { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lexicons_tell_what_their_words_mean() {
        assert!(
            matches!(meaning("act-deploy"), Some(Meaning::Act(_)))
                && matches!(meaning("idea-x"), Some(Meaning::Idea(_)))
        );
        assert_eq!(meaning("count-2000-9999"), Some(Meaning::Count(Stretch { low: 2000.0, high: 9999.0 })));
        assert_eq!(meaning("times-1000"), Some(Meaning::Times(1000.0)));
        assert_eq!((meaning("count-few"), meaning("say")), (None, None), "a name without a number is none");
    }

    #[test]
    fn words_are_found_in_any_of_their_forms_and_the_longest_phrase_wins() {
        let months = vec![vec!["Jan.".to_owned(), "January".to_owned()], vec!["Feb".to_owned()]];
        let mut pack = LanguagePack { months, ..LanguagePack::default() };
        pack.morphology.word_endings = vec!["s".into(), "al".into(), "ing".into()];
        let mut words = SharedWords::new(&pack);
        let word = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        words.insert(&word("withdraw"), Meaning::Act(1));
        words.insert(&word("pull out"), Meaning::Act(1));
        words.insert(&word("several thousand"), Meaning::Count(Stretch { low: 3000.0, high: 9999.0 }));
        let idea = |text: &str| words.idea(text.split(' '));
        assert_eq!(idea("Withdrawal of guards"), Some((Meaning::Act(1), 1)));
        assert_eq!(idea("pulling out now"), Some((Meaning::Act(1), 2)));
        assert_eq!(idea("pull the rope"), None);
        assert_eq!(words.number("Several thousand guards".split(' ')).map(|found| found.1), Some(2));
        assert_eq!((words.month("january"), words.month("Feb"), words.month("Mai")), (Some(1), Some(2), None));
    }
}
