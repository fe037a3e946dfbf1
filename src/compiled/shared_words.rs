//! Words that mean the same in every language: ideas (`idea-…`), acts (`act-…`) and numbers (`count-…`, `times-…`), by the names of their lexicons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::atoms::Lex;
use crate::rules::pack::LanguagePack;

/// Prefixes of the names of such lexicons.
const IDEA: &str = "idea-";
const ACT: &str = "act-";
const COUNT: &str = "count-";
const TIMES: &str = "times-";

/// A number, or the stretch that a vague one leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// The least it can be.
    pub low: f64,
    /// The most it can be.
    pub high: f64,
}

/// The lexicons of a language that can be compared with those of another.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SharedWords {
    /// Ideas and acts: a key that is the same in every language, whether it is an act, and the list of words.
    pub ideas: Vec<(u64, bool, Lex)>,
    /// Numbers written as words.
    pub counts: Vec<(Stretch, Lex)>,
    /// What multiplies the number before it.
    pub times: Vec<(f64, Lex)>,
    /// One bit for each of these lexicons.
    pub mask: Vec<u64>,
    /// Written forms of the months in lower case: 1 to 12.
    months: BTreeMap<String, i8>,
    /// Written forms of the days of the week in lower case: 1 (Monday) to 7.
    weekdays: BTreeMap<String, i8>,
}

impl SharedWords {
    /// Those among a language's lexicons, by name. A name that holds no number where one belongs is passed over.
    pub fn new(lexicons: &BTreeMap<String, Lex>, pack: &LanguagePack) -> SharedWords {
        let mut out =
            SharedWords { months: numbered(&pack.months), weekdays: numbered(&pack.weekdays), ..Default::default() };
        for (name, &lex) in lexicons {
            if let Some(idea) = name.strip_prefix(IDEA) {
                out.ideas.push((idea_key(idea), false, lex));
            } else if let Some(act) = name.strip_prefix(ACT) {
                out.ideas.push((idea_key(act), true, lex));
            } else if let Some(stretch) = name.strip_prefix(COUNT).and_then(stretch) {
                out.counts.push((stretch, lex));
            } else if let Some(times) = name.strip_prefix(TIMES).and_then(|times| times.parse().ok()) {
                out.times.push((times, lex));
            }
        }
        out
    }

    /// The month that a word names, from 1.
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(&word.to_lowercase()).copied()
    }

    /// The day of the week that a word names, Monday 1.
    pub fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(&word.to_lowercase()).copied()
    }

    /// All of them.
    pub fn lexicons(&self) -> Vec<Lex> {
        let ideas = self.ideas.iter().map(|(.., lex)| *lex);
        ideas.chain(self.counts.iter().map(|(_, lex)| *lex)).chain(self.times.iter().map(|(_, lex)| *lex)).collect()
    }
}

fn numbered(lists: &[Vec<String>]) -> BTreeMap<String, i8> {
    let forms = (1..).zip(lists).flat_map(|(number, forms)| forms.iter().map(move |form| (form, number)));
    forms.map(|(form, number)| (form.trim_end_matches('.').to_lowercase(), number)).collect()
}

/// The key of an idea, the same in every language.
pub fn idea_key(idea: &str) -> u64 {
    xxh3_64(idea.as_bytes())
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
    fn names_of_lexicons_tell_ideas_and_numbers() {
        let names = ["act-deploy", "count-12", "count-2000-9999", "times-1000", "count-few", "say"];
        let lexicons = (1..).zip(names).map(|(lex, name)| (name.to_owned(), lex)).collect();
        let months = vec![vec!["Jan.".to_owned(), "January".to_owned()], vec!["Feb".to_owned()]];
        let words = SharedWords::new(&lexicons, &LanguagePack { months, ..LanguagePack::default() });
        assert_eq!((words.month("january"), words.month("Feb"), words.month("Mai")), (Some(1), Some(2), None));
        assert_eq!(words.ideas, [(idea_key("deploy"), true, 1)]);
        assert_eq!(words.counts.len(), 2, "a name without a number is none");
        assert!(words.counts.contains(&(Stretch { low: 2000.0, high: 9999.0 }, 3)));
        assert_eq!(words.times, [(1000.0, 4)]);
        assert_eq!(words.lexicons().len(), 4);
    }
}
