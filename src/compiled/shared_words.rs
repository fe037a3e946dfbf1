//! Words that mean the same in every language: acts (`act-…`), ideas (`idea-…`) and numbers (`count-…`, `times-…`), by the names
//! of their lexicons. They are looked up by themselves, so that no list of theirs changes how a language is read.

use std::collections::BTreeMap;

use rapidhash::RapidHashMap;
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
#[serde(from = "Lists", into = "Lists")]
pub struct SharedWords {
    lists: Lists,
    /// Acts and ideas by the stem of their first word.
    ideas: Phrases,
    /// Numbers by their first word.
    numbers: Phrases,
    /// Endings of common words by their last byte, the longest first.
    endings: RapidHashMap<u8, Vec<String>>,
    /// Month (1 to 12) and day of the week (Monday 1) of a word in lower case.
    calendar: RapidHashMap<String, (Option<i8>, Option<i8>)>,
}

/// What they are made of, in an order that is always the same.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Lists {
    /// Acts and ideas by the stems of their words, parted by spaces.
    ideas: BTreeMap<String, Meaning>,
    /// Numbers by their words in lower case.
    numbers: BTreeMap<String, Meaning>,
    /// Endings of common words.
    endings: Vec<String>,
    /// Written forms of the months in lower case: 1 to 12.
    months: BTreeMap<String, i8>,
    /// Written forms of the days of the week in lower case: 1 (Monday) to 7.
    weekdays: BTreeMap<String, i8>,
}

/// First word → the words behind it, how many words that is, and what they mean; the longest first.
type Phrases = RapidHashMap<String, Vec<(String, usize, Meaning)>>;

fn phrases(list: &BTreeMap<String, Meaning>) -> Phrases {
    let mut out = Phrases::default();
    for (phrase, meaning) in list {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        let count = phrase.split(' ').count();
        out.entry(first.to_owned()).or_default().push((rest.to_owned(), count, *meaning));
    }
    out.values_mut().for_each(|list| list.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count)));
    out
}

impl From<Lists> for SharedWords {
    fn from(lists: Lists) -> SharedWords {
        let mut endings: RapidHashMap<u8, Vec<String>> = RapidHashMap::default();
        for ending in &lists.endings {
            if let Some(last) = ending.bytes().last() {
                endings.entry(last).or_default().push(ending.clone());
            }
        }
        endings.values_mut().for_each(|list| list.sort_by_key(|ending| std::cmp::Reverse(ending.len())));
        let mut calendar: RapidHashMap<String, (Option<i8>, Option<i8>)> = RapidHashMap::default();
        lists.months.iter().for_each(|(word, month)| calendar.entry(word.clone()).or_default().0 = Some(*month));
        lists.weekdays.iter().for_each(|(word, day)| calendar.entry(word.clone()).or_default().1 = Some(*day));
        SharedWords { ideas: phrases(&lists.ideas), numbers: phrases(&lists.numbers), endings, calendar, lists }
    }
}

impl From<SharedWords> for Lists {
    fn from(words: SharedWords) -> Lists {
        words.lists
    }
}

impl SharedWords {
    /// Those of a pack. A name that holds no number where one belongs is passed over.
    pub fn new(pack: &LanguagePack) -> SharedWords {
        let endings = pack.morphology.word_endings.clone();
        let (months, weekdays) = (numbered(&pack.months), numbered(&pack.weekdays));
        let bare = SharedWords::from(Lists { endings, months, weekdays, ..Lists::default() });
        let mut lists = bare.lists.clone();
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
                    bare.insert(&phrase, meaning, &mut lists);
                }
            }
        }
        SharedWords::from(lists)
    }

    /// Adds a phrase in lower case to `lists`.
    fn insert(&self, phrase: &[String], meaning: Meaning, lists: &mut Lists) {
        if matches!(meaning, Meaning::Count(_) | Meaning::Times(_)) {
            lists.numbers.entry(phrase.join(" ")).or_insert(meaning);
        } else {
            let stems: Vec<&str> = phrase.iter().map(|word| self.stem(word)).collect();
            lists.ideas.entry(stems.join(" ")).or_insert(meaning);
        }
    }

    /// The act or idea that the first of some words name, and how many of them; `stem` gives the stem of each.
    pub fn idea<'w>(&self, stem: impl Fn(usize) -> Option<&'w str>) -> Option<(Meaning, usize)> {
        longest(&self.ideas, stem)
    }

    /// The number that the first of some words write, or multiply by, and how many of them; `word` gives each in lower case.
    pub fn number<'w>(&self, word: impl Fn(usize) -> Option<&'w str>) -> Option<(Meaning, usize)> {
        longest(&self.numbers, word)
    }

    /// A common word in lower case without its ending, cut to its first letters.
    pub fn stem<'w>(&self, lower: &'w str) -> &'w str {
        let endings = lower.bytes().last().and_then(|last| self.endings.get(&last));
        let mut cut = endings.into_iter().flatten().filter_map(|ending| lower.strip_suffix(ending.as_str()));
        let short = cut.find(|rest| rest.chars().nth(LEAST_STEM - 1).is_some()).unwrap_or(lower);
        short.char_indices().nth(STEM).map_or(short, |(end, _)| &short[..end])
    }

    /// The month that a word in lower case names, from 1.
    pub fn month(&self, lower: &str) -> Option<i8> {
        self.calendar.get(lower)?.0
    }

    /// The day of the week that a word in lower case names, Monday 1.
    pub fn weekday(&self, lower: &str) -> Option<i8> {
        self.calendar.get(lower)?.1
    }
}

/// The meaning of the longest run of the first words that has one.
fn longest<'w>(phrases: &Phrases, word: impl Fn(usize) -> Option<&'w str>) -> Option<(Meaning, usize)> {
    let found = phrases.get(word(0)?)?;
    let fits = |rest: &str| rest.is_empty() || rest.split(' ').zip(1..).all(|(part, n)| word(n) == Some(part));
    found.iter().find(|(rest, ..)| fits(rest)).map(|(_, count, meaning)| (*meaning, *count))
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
        let bare = SharedWords::new(&pack);
        let word = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut lists = bare.lists.clone();
        bare.insert(&word("withdraw"), Meaning::Act(1), &mut lists);
        bare.insert(&word("pull out"), Meaning::Act(1), &mut lists);
        bare.insert(&word("several thousand"), Meaning::Count(Stretch { low: 3000.0, high: 9999.0 }), &mut lists);
        let words = SharedWords::from(lists);
        let idea = |text: &str| {
            let lower: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
            words.idea(|n| lower.get(n).map(|word| words.stem(word)))
        };
        assert_eq!(idea("Withdrawal of guards"), Some((Meaning::Act(1), 1)));
        assert_eq!(idea("pulling out now"), Some((Meaning::Act(1), 2)));
        assert_eq!(idea("pull the rope"), None);
        let number = ["several", "thousand", "guards"];
        assert_eq!(words.number(|n| number.get(n).copied()).map(|found| found.1), Some(2));
        assert_eq!((words.month("january"), words.month("feb"), words.month("mai")), (Some(1), Some(2), None));
    }
}
