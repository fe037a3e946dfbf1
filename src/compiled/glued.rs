//! Letters that a language writes together with words, and nouns that only such letters tell.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::atoms::{Atom, Lex, Surface};
use super::phrase_trie::Phrase;
use crate::rules::pack::{LanguagePack, NameTest};
use crate::text::ending::Endings;
use crate::text::word_table::WordTable;

/// Letters that the language writes together with words.
#[derive(Debug, Serialize, Deserialize)]
pub struct Glued {
    proclitics: Vec<String>,
    /// Those of the proclitics that are prepositions: they stand before no verb.
    before_nouns: Vec<String>,
    /// Endings, each with what the base form has in its place; the longest first.
    pub endings: Endings,
    /// Letters that make a possessor of the word before an apostrophe.
    pub possessives: Vec<String>,
}

impl Glued {
    /// The letters that `pack` lists.
    pub fn new(pack: &LanguagePack) -> Glued {
        let letters = |s: &str| !s.is_empty() && s.chars().all(char::is_alphabetic);
        let morphology = &pack.morphology;
        let mut proclitics: Vec<String> = morphology.proclitics.iter().filter(|s| letters(s)).cloned().collect();
        proclitics.sort_by_key(|s| std::cmp::Reverse(s.len()));
        proclitics.dedup();
        let suffixes = morphology.suffixes.iter().map(|suffix| (suffix.as_str(), ""));
        let endings = suffixes.chain(morphology.endings()).filter(|(ending, _)| letters(ending));
        let mut endings: Vec<(String, String)> = endings.map(|(e, b)| (e.to_owned(), b.to_owned())).collect();
        endings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        endings.dedup();
        let possessives = morphology.suffixes.iter().filter_map(|s| s.strip_prefix(['\'', '\u{2019}']));
        Glued {
            proclitics,
            before_nouns: morphology.before_nouns.clone(),
            endings: Endings::new(endings),
            possessives: possessives.map(str::to_owned).collect(),
        }
    }

    /// True where the language writes nothing onto words.
    pub fn is_empty(&self) -> bool {
        self.proclitics.is_empty() && self.endings.is_empty()
    }

    /// A word without each of the proclitics that it may start with: those letters, and two letters or more behind them.
    pub fn rests<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let rests = self.proclitics.iter().filter_map(move |p| Some((p.as_str(), word.strip_prefix(p.as_str())?)));
        rests.filter(|(_, rest)| rest.chars().nth(1).is_some())
    }

    /// True for a proclitic that is a preposition.
    pub fn is_before_nouns(&self, proclitic: &str) -> bool {
        self.before_nouns.iter().any(|other| other == proclitic)
    }

    /// What `known` makes of the base form of a word with an ending, the longest ending first; it is told whether letters of
    /// the base form were added.
    pub fn stem<T>(&self, word: &str, known: impl Fn(&str, bool) -> Option<T>) -> Option<T> {
        let mut rebuilt = String::new();
        let stems = self.endings.of(word).filter(|(stem, ..)| stem.chars().nth(2).is_some());
        stems.into_iter().find_map(|(stem, _, base)| known(with_base(stem, base, &mut rebuilt), !base.is_empty()))
    }
}

/// A stem with the letters of its base form; `room` is written only where there are any.
fn with_base<'s>(stem: &'s str, base: &str, room: &'s mut String) -> &'s str {
    if base.is_empty() {
        return stem;
    }
    room.clear();
    room.push_str(stem);
    room.push_str(base);
    room
}

/// Words that lists have as a part of longer entries alone.
#[derive(Debug, Default)]
pub struct Hidden {
    /// All of them, sorted.
    pub words: Vec<Surface>,
    /// Those that are a listed noun with an ending: each as an entry of its noun's lists.
    pub nouns: Vec<Phrase>,
}

impl Hidden {
    /// The words of `phrases` and templates that no entry is alone. None where names have capitals: there a word that some
    /// entry has in a form is rarely met as the head of a phrase in that form, and packs list it where it is.
    pub fn new(
        pack: &LanguagePack,
        glued: &Glued,
        surfaces: &WordTable,
        phrases: &[Phrase],
        is_noun: impl Fn(&Lex) -> bool,
    ) -> Hidden {
        let mut out = Hidden::default();
        if pack.name_test == NameTest::Capitals || glued.endings.is_empty() {
            return out;
        }
        let (mut own, mut nouns) = (BTreeSet::new(), BTreeMap::<Surface, Vec<Lex>>::new());
        for phrase in phrases {
            let [Atom::Word(words)] = phrase.atoms.as_slice() else { continue };
            own.extend(words.iter().copied());
            if is_noun(&phrase.lex) {
                words.iter().for_each(|&word| nouns.entry(word).or_default().push(phrase.lex));
            }
        }
        let pronouns: BTreeSet<&str> = pack.pronouns.iter().flat_map(|p| &p.forms).map(String::as_str).collect();
        for (word, surface) in surfaces.words().zip(1..) {
            if own.contains(&surface) {
                continue;
            }
            out.words.push(surface);
            if pronouns.contains(word) {
                continue;
            }
            let lexes = glued.stem(word, |base, _| surfaces.get(base).and_then(|known| nouns.get(&(known + 1))));
            let atom = || vec![Atom::Word([surface].into())];
            out.nouns.extend(lexes.into_iter().flatten().map(|&lex| Phrase { lex, atoms: atom() }));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiled::atoms::Builder;
    use crate::rules::word_forms::Morphology;
    use std::collections::BTreeMap;

    fn pack(name_test: NameTest) -> LanguagePack {
        let morphology = Morphology {
            proclitics: vec!["v".to_owned(), "b".to_owned()],
            before_nouns: vec!["b".to_owned()],
            cases: BTreeMap::from([("gen".to_owned(), vec!["isi".to_owned(), "os".to_owned()])]),
            bases: BTreeMap::from([("gen".to_owned(), vec!["i".to_owned(), String::new()])]),
            ..Morphology::default()
        };
        LanguagePack { name_test, morphology, ..LanguagePack::default() }
    }

    /// The lists are: 1, a list of two words, "sasalar tormisi"; 2, a list of nouns, "tormi".
    fn hidden(name_test: NameTest) -> (Vec<Surface>, usize) {
        let (pack, mut builder) = (pack(name_test), Builder::default());
        let word = |written: &str, builder: &mut Builder| Atom::Word([builder.surface(written)].into());
        let entry = vec![word("sasalar", &mut builder), word("tormisi", &mut builder)];
        let noun = vec![word("tormi", &mut builder)];
        let phrases = [Phrase { lex: 1, atoms: entry }, Phrase { lex: 2, atoms: noun }];
        let found = Hidden::new(&pack, &Glued::new(&pack), &builder.surfaces, &phrases, |&lex| lex == 2);
        let nouns = found.nouns.iter().filter(|noun| noun.lex == 2 && noun.atoms == [Atom::Word([2].into())]);
        (found.words.clone(), nouns.count())
    }

    #[test]
    fn a_noun_that_stands_inside_a_longer_entry_is_a_noun_too() {
        assert_eq!(
            hidden(NameTest::GivenNames),
            (vec![1, 2], 1),
            "both are inside, the second is a noun with an ending"
        );
        assert_eq!(
            hidden(NameTest::Capitals),
            (Vec::new(), 0),
            "where names have capitals, lists are taken as they are"
        );
    }

    #[test]
    fn proclitics_leave_two_letters_and_prepositions_are_told() {
        let glued = Glued::new(&pack(NameTest::GivenNames));
        assert_eq!(glued.rests("vormi").collect::<Vec<_>>(), [("v", "ormi")]);
        assert_eq!(glued.rests("vo").count(), 0);
        assert!(glued.is_before_nouns("b") && !glued.is_before_nouns("v"));
        assert_eq!(glued.stem("tormisi", |base, rebuilt| (rebuilt && base == "tormi").then_some(())), Some(()));
    }
}
