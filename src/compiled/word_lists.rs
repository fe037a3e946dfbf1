//! Lexicons as they are asked: which entry starts at a token, and what a noun makes of its phrase.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Lex, Surface};
use super::lex_bits;
use super::phrase_hits::PhraseHits;
use super::phrase_trie::{Phrase, PhraseTrie};
use super::word_classes::NO_ENTRY;
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
    /// For each class of words, the lexicon of the surest noun that such a word is alone.
    class_nouns: Vec<Option<Lex>>,
}

/// How many lexicons have a bit in [`WordLists::first_of`]. Those that the engine asks for have the lowest numbers.
pub const FIRST: Lex = 64;

impl WordLists {
    /// Indexes `phrases` over `surfaces` interned words and `lexes` lexicons.
    pub fn new(phrases: &[Phrase], nouns: BTreeMap<Lex, NounInfo>, surfaces: usize, lexes: usize) -> WordLists {
        let mut lists = WordLists {
            phrases: PhraseTrie::new(phrases, nouns.keys().copied(), surfaces, lexes),
            nouns: vec![None; lexes],
            any_noun: vec![0; lex_bits::stride(lexes)],
            class_nouns: Vec::new(),
        };
        for (lex, info) in nouns {
            lists.nouns[lex as usize] = Some(info);
            lex_bits::add(&mut lists.any_noun, lex);
        }
        let classes = lists.phrases.classes();
        let surest = |class| {
            let own = classes.lexes(class).iter().filter_map(|&lex| Some((lists.noun(lex)?.kind, lex)));
            own.min().map(|(_, lex)| lex)
        };
        lists.class_nouns = (0..classes.count() as u32).map(surest).collect();
        lists
    }

    fn noun(&self, lex: Lex) -> Option<&NounInfo> {
        self.nouns.get(lex as usize)?.as_ref()
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
        let class = self.phrases.classes().class(surface);
        self.class_nouns.get(class as usize).is_some_and(Option::is_some)
    }

    /// True where no list has this word as an entry by itself.
    pub fn is_none(&self, surface: Surface) -> bool {
        self.class(surface) == NO_ENTRY
    }

    /// One bit for each lexicon with a number below [`FIRST`] of which this one word is an entry.
    pub fn first_of(&self, surface: Surface) -> u64 {
        self.first_of_class(self.class(surface))
    }

    /// True where this one word is an entry of the lexicon.
    pub fn is_in(&self, surface: Surface, lex: Lex) -> bool {
        self.phrases.classes().has(self.class(surface), lex)
    }

    /// One bit for each of `lexes`, as [`PhraseHits::any`] asks for them.
    pub fn mask(&self, lexes: &[Lex]) -> Vec<u64> {
        let mut mask = vec![0; self.any_noun.len()];
        lexes.iter().for_each(|&lex| lex_bits::add(&mut mask, lex));
        mask
    }

    /// The class of a word, which it shares with those that are alone entries of the same lexicons.
    #[inline]
    pub fn class(&self, surface: Surface) -> u32 {
        self.phrases.classes().class(surface)
    }

    /// [`WordLists::first_of`] for all words of a class.
    #[inline]
    pub fn first_of_class(&self, class: u32) -> u64 {
        self.phrases.classes().first_bits(class)
    }

    /// Every entry of every lexicon in a block, of whose tokens the words and their classes are known.
    pub fn find<'t>(&'t self, tokens: &[Token], surfaces: &[Surface], classes: &[u32]) -> PhraseHits<'t> {
        self.phrases.find(tokens, surfaces, classes)
    }

    /// What the noun that starts at token `at` makes of its phrase, and one past its last token: the longest one that ends
    /// at token `limit` or before; of a single word, the surest kind.
    pub fn noun_within(&self, hits: &PhraseHits<'_>, at: usize, limit: usize) -> Option<(&NounInfo, usize)> {
        let (class, further) = hits.at(at);
        let own = self.class_nouns.get(class as usize).copied().flatten();
        if own.is_none() && further.is_empty() {
            return None;
        }
        let own = own.and_then(|lex| Some((self.noun(lex)?, at + 1, lex)));
        if further.is_empty() {
            return own.map(|(noun, end, _)| (noun, end));
        }
        let nouns = further.iter().filter_map(|hit| {
            let info = self.noun(hit.lex)?;
            let end = hit.end as usize;
            (end <= limit || end == at + 1).then_some((info, end, hit.lex))
        });
        let best = nouns.chain(own).max_by(|(a, a_end, a_lex), (b, b_end, b_lex)| {
            let kind = if *a_end == at + 1 { b.kind.cmp(&a.kind) } else { std::cmp::Ordering::Equal };
            a_end.cmp(b_end).then(kind).then(b_lex.cmp(a_lex))
        })?;
        Some((best.0, best.1))
    }
}
