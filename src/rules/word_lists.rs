//! Lexicons as they are asked: which entry starts at a token, and what a noun makes of its phrase.

use std::collections::BTreeMap;

use super::atoms::{Atom, Lex, Surface};
use super::lex_bits;
use super::pack::NounKind;
use super::phrase_trie::{Phrase, PhraseHits, PhraseTrie};
use crate::text::token::Token;

/// What a lexicon of nouns makes of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounInfo {
    /// Kind of source.
    pub kind: NounKind,
    /// Name of the class or group (`media`).
    pub name: String,
}

/// Longest phrase of a lexicon, in atoms.
pub const LONGEST_PHRASE: usize = 12;

/// All lexicons of a language.
#[derive(Debug)]
pub struct WordLists {
    phrases: PhraseTrie,
    nouns: Vec<Option<NounInfo>>,
    /// One bit a lexicon: it holds nouns.
    any_noun: Vec<u64>,
    /// One bit a lexicon for each word: the word alone is an entry.
    single: Vec<u64>,
    /// One bit a lexicon for each word: an entry starts with it.
    may_start: Vec<u64>,
    stride: usize,
}

impl WordLists {
    /// Indexes `phrases` over `surfaces` interned words and `lexes` lexicons.
    pub fn new(phrases: Vec<Phrase>, nouns: BTreeMap<Lex, NounInfo>, surfaces: usize, lexes: usize) -> WordLists {
        let stride = lex_bits::stride(lexes);
        let mut lists = WordLists {
            phrases: PhraseTrie::new(&phrases, nouns.keys().copied(), surfaces, lexes),
            nouns: vec![None; lexes],
            any_noun: vec![0; stride],
            single: vec![0; (surfaces + 1) * stride],
            may_start: vec![0; (surfaces + 1) * stride],
            stride,
        };
        for (lex, info) in nouns {
            lists.nouns[lex as usize] = Some(info);
            lex_bits::add(&mut lists.any_noun, lex);
        }
        let row = |word: Surface| word as usize * stride..(word as usize + 1) * stride;
        for phrase in &phrases {
            if let [Atom::Word(words)] = phrase.atoms.as_slice() {
                words.iter().for_each(|&word| lex_bits::add(&mut lists.single[row(word)], phrase.lex));
            }
        }
        lists.phrases.each_start(|word, lex| lex_bits::add(&mut lists.may_start[row(word)], lex));
        lists
    }

    fn has(&self, bits: &[u64], surface: Surface, lex: Lex) -> bool {
        let at = surface as usize * self.stride;
        bits.get(at..at + self.stride).is_some_and(|row| lex_bits::has(row, lex))
    }

    /// True where an entry of the lexicon starts with this word.
    pub fn starts(&self, surface: Surface, lex: Lex) -> bool {
        self.has(&self.may_start, surface, lex)
    }

    /// True where this one word is a noun that the pack lists.
    pub fn is_noun(&self, surface: Surface) -> bool {
        (0..self.nouns.len()).any(|lex| self.nouns[lex].is_some() && self.is_in(surface, lex as Lex))
    }

    /// True where this one word is an entry of the lexicon.
    pub fn is_in(&self, surface: Surface, lex: Lex) -> bool {
        surface != 0 && self.has(&self.single, surface, lex)
    }

    /// One bit for each of `lexes`, as [`PhraseHits::any`] asks for them.
    pub fn mask(&self, lexes: &[Lex]) -> Vec<u64> {
        let mut mask = vec![0; self.stride];
        lexes.iter().for_each(|&lex| lex_bits::add(&mut mask, lex));
        mask
    }

    /// Every entry of every lexicon in a block.
    pub fn find(&self, tokens: &[Token], surfaces: &[Surface]) -> PhraseHits {
        self.phrases.find(tokens, surfaces)
    }

    /// What the noun that starts at token `at` makes of its phrase, and one past its last token: the longest one that ends
    /// at token `limit` or before; of a single word, the surest kind.
    pub fn noun_within(&self, hits: &PhraseHits, at: usize, limit: usize) -> Option<(&NounInfo, usize)> {
        if !hits.any(at, &self.any_noun) {
            return None;
        }
        let nouns = hits.at(at).iter().filter_map(|hit| {
            let info = self.nouns.get(hit.lex as usize)?.as_ref()?;
            let end = hit.end as usize;
            (end <= limit || end == at + 1).then_some((info, end, hit.lex))
        });
        let best = nouns.max_by(|(a, a_end, a_lex), (b, b_end, b_lex)| {
            let kind = if *a_end == at + 1 { b.kind.cmp(&a.kind) } else { std::cmp::Ordering::Equal };
            a_end.cmp(b_end).then(kind).then(b_lex.cmp(a_lex))
        })?;
        Some((best.0, best.1))
    }
}
