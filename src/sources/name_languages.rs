//! Which names of an entry count in a text of which language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::Listed;
use crate::rules::pack::{Needs, SourceEntry};
use crate::rules::rule_set::RuleSet;

/// Most letters of a language's tag; longer ones are of scripts.
const LONGEST_TAG: usize = 3;

/// The languages that names are listed for, each with a bit. Those behind the last bit have none: all names count in them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NameLanguages {
    tags: Vec<String>,
}

impl NameLanguages {
    /// The languages of all names of `rules`.
    pub fn of(rules: &RuleSet) -> NameLanguages {
        let sources = rules.sources.iter().flat_map(|source| source.names.keys());
        let countries = rules
            .countries
            .iter()
            .flat_map(|country| country.names.keys().chain(country.capitals.keys()).chain(country.adjectives.keys()));
        let mut tags: Vec<String> = sources.chain(countries).filter(|tag| tag.len() <= LONGEST_TAG).cloned().collect();
        tags.sort_unstable();
        tags.dedup();
        tags.truncate(u64::BITS as usize);
        NameLanguages { tags }
    }

    /// The bit of a language; 0 where no name is listed for it.
    pub fn bit(&self, tag: &str) -> u64 {
        self.tags.iter().position(|known| known == tag).map_or(0, |at| 1 << at)
    }

    /// Where a name of a source counts: everywhere.
    pub fn everywhere(&self, tag: &str) -> Listed {
        Listed { own: self.bit(tag), hidden: 0 }
    }

    /// Where a name that `words` list for the language `tag` counts: not in the other languages that they list names for,
    /// unless it is one of a script.
    pub fn only_own(&self, words: &BTreeMap<String, Vec<String>>, tag: &str) -> Listed {
        let own = self.bit(tag);
        let others = words.keys().fold(0, |bits, other| bits | self.bit(other));
        Listed { own, hidden: if tag.len() <= LONGEST_TAG { others & !own } else { 0 } }
    }
}

/// The names of an entry that texts use, each with its language or script and what it needs.
pub fn names_of(entry: &SourceEntry) -> impl Iterator<Item = (&str, &str, Needs)> {
    entry.names.iter().flat_map(|(tag, names)| names.iter().map(move |name| (tag.as_str(), name.as_str()))).map(
        |(tag, name)| {
            let special = entry.names_need.iter().find(|(of, _)| of == name).map(|(_, need)| *need);
            (tag, name, special.unwrap_or(entry.needs))
        },
    )
}

/// A phrase as it stands at the start of a sentence.
pub fn with_capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The order of needs: names that need less go first.
pub fn rank(need: Needs) -> u8 {
    match need {
        Needs::Nothing => 0,
        Needs::OrganisationNoun => 1,
        Needs::Cue => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(of: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
        of.iter().map(|(tag, name)| (tag.to_string(), vec![name.to_string()])).collect()
    }

    #[test]
    fn a_name_is_hidden_where_its_language_has_another() {
        let languages = NameLanguages { tags: vec!["it".to_owned(), "pl".to_owned(), "ro".to_owned()] };
        let capital = words(&[("pl", "Haga"), ("ro", "Haga"), ("Latn", "Den Haag")]);
        let polish = languages.only_own(&capital, "pl");
        assert_eq!(polish.own, languages.bit("pl"));
        assert_eq!(polish.hidden, languages.bit("ro"), "and not in Italian, which has none");
        assert_eq!(languages.only_own(&capital, "Latn"), Listed::default());
        assert_eq!(languages.bit("fi"), 0);
    }
}
