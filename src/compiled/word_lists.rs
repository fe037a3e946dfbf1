//! Lexicons as they are asked: which entry starts at a token, and what a noun makes of its phrase.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Lex, Surface};
use super::lex_bits;
use super::phrase_trie::{Phrase, PhraseHits, PhraseTrie};
use crate::rules::pack::NounKind;
use crate::text::token::Token;

/// What a lexicon of nouns makes of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NounInfo {
    /// Kind of source.
    pub kind: NounKind,
    /// Name of the class or group (`media`).
    pub name: String,
}

/// Longest phrase of a lexicon, in atoms.
pub const LONGEST_PHRASE: usize = 12;

/// All lexicons of a language.
#[derive(Debug, Serialize, Deserialize)]
pub struct WordLists {
    phrases: PhraseTrie,
    nouns: Vec<Option<NounInfo>>,
    /// One bit a lexicon: it holds nouns.
    any_noun: Vec<u64>,
    /// For each word, one bit for each of the first [`FIRST`] lexicons that it is an entry of alone: the engine asks for these
    /// of every word next to a cue, over and over.
    first: Vec<u64>,
    stride: usize,
}

/// How many lexicons have a bit in [`WordLists::first_of`]. Those that the engine asks for have the lowest numbers.
pub const FIRST: Lex = 64;

impl WordLists {
    /// Indexes `phrases` over `surfaces` interned words and `lexes` lexicons.
    pub fn new(phrases: &[Phrase], nouns: BTreeMap<Lex, NounInfo>, surfaces: usize, lexes: usize) -> WordLists {
        let stride = lex_bits::stride(lexes);
        let mut lists = WordLists {
            phrases: PhraseTrie::new(phrases, nouns.keys().copied(), surfaces, lexes),
            nouns: vec![None; lexes],
            any_noun: vec![0; stride],
            first: Vec::new(),
            stride,
        };
        let bits = |word: Surface| {
            let own = lists.phrases.alone(word).iter().filter(|&&lex| lex < FIRST);
            own.fold(0, |bits, lex| bits | 1 << lex)
        };
        lists.first = (0..=surfaces as Surface).map(bits).collect();
        for (lex, info) in nouns {
            lists.nouns[lex as usize] = Some(info);
            lex_bits::add(&mut lists.any_noun, lex);
        }
        lists
    }

    /// For each word, the lexicons of which an entry starts with it: `note` is called with both, perhaps more than once.
    pub fn each_start(&self, note: impl FnMut(Surface, Lex)) {
        self.phrases.each_start(note);
    }

    /// Lexicons of which some entry starts with a number or a mark.
    pub fn starts_without_word(&self) -> Vec<Lex> {
        self.phrases.starts_without_word()
    }

    /// Lexicons of which this one word is an entry, sorted.
    pub fn alone(&self, surface: Surface) -> &[Lex] {
        self.phrases.alone(surface)
    }

    /// True where this one word is a noun that the pack lists.
    pub fn is_noun(&self, surface: Surface) -> bool {
        self.phrases.alone(surface).iter().any(|&lex| lex_bits::has(&self.any_noun, lex))
    }

    /// True where no list has this word as an entry by itself.
    pub fn is_none(&self, surface: Surface) -> bool {
        self.phrases.alone(surface).is_empty()
    }

    /// One bit for each lexicon with a number below [`FIRST`] of which this one word is an entry.
    pub fn first_of(&self, surface: Surface) -> u64 {
        self.first.get(surface as usize).copied().unwrap_or(0)
    }

    /// True where this one word is an entry of the lexicon.
    pub fn is_in(&self, surface: Surface, lex: Lex) -> bool {
        if lex < FIRST {
            return self.first_of(surface) >> lex & 1 == 1;
        }
        self.phrases.alone(surface).contains(&lex)
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
