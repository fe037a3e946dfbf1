//! Which templates are worth trying where a word or a mark stands, and which exceptions over some words.

use rapidhash::RapidHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Atom, Flat, Lex, Surface};
use super::signature::Needed;
use super::word_lists::WordLists;
use crate::text::token::Mark;

/// A template that may match where its anchor stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Candidate {
    /// Its index in [`Language::flats`](super::language::Language::flats).
    pub flat: u32,
    /// What must stand around it.
    pub needed: Needed,
}

/// A `but-not` template.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Guard {
    /// Its index in [`Language::flats`](super::language::Language::flats).
    pub flat: u32,
    /// The [`word_bit`]s of the words that it starts from; all bits where it may start from something else.
    pub words: u128,
}

/// One of 128 bits for a word; words share them. None for a word that no rule knows.
pub fn word_bit(word: Surface) -> u128 {
    if word == 0 { 0 } else { 1 << (word % u128::BITS) }
}

/// The templates of a language by what matching starts from.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Anchors {
    /// By word: the place of its list in `candidates`. Forms of one verb share a list, which then stays at hand.
    words: Vec<u32>,
    marks: BTreeMap<Mark, u32>,
    candidates: Vec<Vec<Candidate>>,
    /// By pattern.
    guards: Vec<Vec<Guard>>,
}

impl Anchors {
    /// Those of `flats`, each with what it needs, over `words` interned words (0 included) and `patterns` patterns.
    pub fn new(flats: &[Flat], needed: &[Needed], lists: &WordLists, words: usize, patterns: usize) -> Anchors {
        // Words that entries of a lexicon start with.
        let mut starts: RapidHashMap<Lex, Vec<u32>> = RapidHashMap::default();
        lists.each_start(|word, lex| starts.entry(lex).or_default().push(word));
        let otherwise = lists.starts_without_word();
        let starts_of = |lex: &Lex| starts.get(lex).map_or(&[][..], Vec::as_slice);
        let mut out = Anchors { guards: vec![Vec::new(); patterns], ..Anchors::default() };
        let mut by_word: Vec<Vec<u32>> = vec![Vec::new(); words];
        let mut by_mark: BTreeMap<Mark, Vec<u32>> = BTreeMap::new();
        for (id, flat) in flats.iter().enumerate() {
            let id = id as u32;
            let pivot = &flat.atoms[flat.pivot];
            if flat.guard {
                let words = match pivot {
                    Atom::Word(words) => words.iter().fold(0, |all, &word| all | word_bit(word)),
                    Atom::Lex(lex) if !otherwise.contains(lex) => {
                        starts_of(lex).iter().fold(0, |all, &word| all | word_bit(word))
                    }
                    _ => u128::MAX,
                };
                out.guards[flat.pattern as usize].push(Guard { flat: id, words });
                continue;
            }
            match pivot {
                Atom::Word(words) => words.iter().for_each(|&w| by_word[w as usize].push(id)),
                Atom::Mark(mark, _) => by_mark.entry(*mark).or_default().push(id),
                Atom::Lex(lex) => starts_of(lex).iter().for_each(|&word| by_word[word as usize].push(id)),
                _ => {}
            }
        }
        let mut known: RapidHashMap<Vec<u32>, u32> = RapidHashMap::from_iter([(Vec::new(), 0)]);
        let mut candidates = vec![Vec::new()];
        let mut list_of = |flats: Vec<u32>| {
            let next = candidates.len() as u32;
            *known.entry(flats).or_insert_with_key(|flats| {
                candidates.push(flats.iter().map(|&flat| Candidate { flat, needed: needed[flat as usize] }).collect());
                next
            })
        };
        out.words = by_word.into_iter().map(&mut list_of).collect();
        out.marks = by_mark.into_iter().map(|(mark, flats)| (mark, list_of(flats))).collect();
        out.candidates = candidates;
        out
    }

    /// Templates that may match where this word stands.
    pub fn of_word(&self, word: Surface) -> &[Candidate] {
        let list = self.words.get(word as usize).and_then(|&list| self.candidates.get(list as usize));
        list.map_or(&[], Vec::as_slice)
    }

    /// Templates that may match where this mark stands.
    pub fn of_mark(&self, mark: Mark) -> &[Candidate] {
        self.marks.get(&mark).map_or(&[], |&list| self.candidates[list as usize].as_slice())
    }

    /// The `but-not` templates of a pattern.
    pub fn guards(&self, pattern: u32) -> impl Iterator<Item = &Guard> {
        self.guards.get(pattern as usize).into_iter().flatten()
    }
}
