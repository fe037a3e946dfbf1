//! How the words of a language change in writing, as its pack tells it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How words change in writing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Morphology {
    /// Letters written before a word without a space (`l'`, `و`).
    pub proclitics: Vec<String>,
    /// Case name → endings that a name may take (`gen` → `а`, `у`).
    pub cases: BTreeMap<String, Vec<String>>,
    /// Case name → what the base form has in place of each of those endings: mostly nothing.
    pub bases: BTreeMap<String, Vec<String>>,
    /// Endings that any name may take whatever the case (`'s`).
    pub suffixes: Vec<String>,
    /// Letters with upper and lower case that Unicode pairs otherwise (`i`/`İ`).
    pub case_pairs: Vec<(String, String)>,
    /// True where each word of a name takes the ending, not only the last one.
    pub names_agree: bool,
    /// Endings of words that end a noun phrase, unless they end the phrase of a source.
    pub phrase_ends: Vec<String>,
    /// Endings of words that are the last of their phrase.
    pub phrase_last: Vec<String>,
    /// Endings of adjectives and participles that may have a phrase of their own before them, between an article and its
    /// noun.
    pub attribute_endings: Vec<String>,
    /// Endings of adverbs: a common word with one that no list has stands between a source and its verb, and names nobody.
    pub adverb_endings: Vec<String>,
    /// Endings without which an unlisted common word names nobody, unless a determiner stands before it; empty where any may.
    pub bare_endings: Vec<String>,
    /// Letters written before a word that make it definite: such a word starts no name.
    pub articles: Vec<String>,
    /// Those of the proclitics that stand before nouns and no verb.
    pub before_nouns: Vec<String>,
    /// Words whose letters are not made one with others, since they tell them from another word.
    pub spelled_apart: Vec<String>,
    /// Endings of nouns that are complete without an article: what has one behind them is no part of their phrase.
    pub complete_endings: Vec<String>,
    /// Endings that tell a surname where names have no capitals.
    pub surname_endings: Vec<String>,
    /// Endings of common words that belong to a role before them.
    pub dependents: Vec<String>,
    /// Endings of verb forms that make a noun of their clause.
    pub clause_ends: Vec<String>,
    /// Endings of common words that do not part one word from another when texts are compared.
    pub word_endings: Vec<String>,
}

impl Morphology {
    /// True where the letters are an ending of common words or of surnames.
    pub fn is_ending(&self, letters: &str) -> bool {
        self.word_endings.iter().chain(&self.surname_endings).any(|ending| ending == letters)
    }

    /// The word without the article that it starts with, if any.
    pub fn without_article<'w>(&self, word: &'w str) -> &'w str {
        self.articles.iter().find_map(|article| word.strip_prefix(article.as_str())).unwrap_or(word)
    }

    /// True for a noun that is complete without an article, by its ending.
    pub fn is_complete(&self, word: &str) -> bool {
        let borne =
            |ending: &String| word.strip_suffix(ending.as_str()).is_some_and(|stem| stem.chars().nth(1).is_some());
        self.complete_endings.iter().any(borne)
    }

    /// The case whose ending takes most of a word, and whether a first form ends so; `None` for a word without any.
    pub fn case_of(&self, word: &str) -> Option<(&str, bool)> {
        let endings = self.cases.iter().flat_map(|(case, endings)| {
            let bases = self.bases.get(case).map_or(&[][..], Vec::as_slice);
            endings.iter().enumerate().map(move |(i, ending)| (case.as_str(), ending, bases.get(i)))
        });
        let borne = |ending: &str| word.strip_suffix(ending).is_some_and(|stem| stem.chars().nth(1).is_some());
        let fitting = endings.filter(|(_, ending, _)| !ending.is_empty() && borne(ending));
        let (case, ending, base) = fitting.max_by_key(|(_, ending, _)| ending.len())?;
        Some((case, base.is_some_and(|base| base == ending)))
    }

    /// Endings of all cases, each with what the base form has in its place.
    pub fn endings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cases.keys().flat_map(|case| self.endings_of(case))
    }

    /// The endings of one case, each with what the base form has in its place; none where the language lacks it.
    pub fn endings_of(&self, case: &str) -> impl Iterator<Item = (&str, &str)> {
        let endings = self.cases.get(case).map_or(&[][..], Vec::as_slice);
        let bases = self.bases.get(case).map_or(&[][..], Vec::as_slice);
        endings.iter().enumerate().map(|(i, ending)| (ending.as_str(), bases.get(i).map_or("", String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_come_off_and_some_nouns_are_complete_without_one() {
        let list = |of: &str| vec![of.to_owned()];
        let morphology = Morphology { articles: list("al"), complete_endings: list("un"), ..Morphology::default() };
        assert_eq!((morphology.without_article("almudir"), morphology.without_article("mudir")), ("mudir", "mudir"));
        assert!(
            morphology.is_complete("nashitun") && !morphology.is_complete("sukkan") && !morphology.is_complete("un")
        );
    }

    #[test]
    fn a_word_stands_in_the_case_whose_ending_takes_most_of_it() {
        let list = |of: &[&str]| of.iter().map(|e| (*e).to_owned()).collect::<Vec<_>>();
        let morphology = Morphology {
            cases: BTreeMap::from([("erg".to_owned(), list(&["ma"])), ("nom".to_owned(), list(&["a", "i"]))]),
            bases: BTreeMap::from([("erg".to_owned(), list(&["i"])), ("nom".to_owned(), list(&["a", "i"]))]),
            ..Morphology::default()
        };
        assert_eq!(morphology.case_of("meri"), Some(("nom", true)));
        assert_eq!(morphology.case_of("merma"), Some(("erg", false)));
        assert_eq!(morphology.case_of("ma"), None, "nothing would be left of it");
        assert_eq!(morphology.case_of("mero"), None);
    }
}
