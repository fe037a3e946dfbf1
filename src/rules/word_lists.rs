//! Lexicons as they are asked: which entry starts at a token, and what a noun makes of its phrase.

use std::collections::{BTreeMap, BTreeSet};

use super::atoms::{Atom, Lex, Surface};
use super::pack::NounKind;
use crate::text::token::{Kind, Mark, Token};

/// An entry of a lexicon.
#[derive(Debug)]
pub struct Phrase {
    /// Its lexicon.
    pub lex: Lex,
    /// Its words.
    pub atoms: Vec<Atom>,
}

/// What a lexicon of nouns makes of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounInfo {
    /// Kind of source.
    pub kind: NounKind,
    /// Name of the class or group (`media`).
    pub name: String,
}

/// Longest phrase of a lexicon, in tokens.
pub const LONGEST_PHRASE: usize = 12;

/// All lexicons of a language.
#[derive(Debug)]
pub struct WordLists {
    singles: Vec<Vec<Lex>>,
    /// Phrases by the word they start with, each with its lexicon, in the order of lexicons.
    starts: Vec<Vec<(Lex, u32)>>,
    /// Nouns of several words by the word they start with.
    noun_starts: Vec<Vec<u32>>,
    number_starts: Vec<u32>,
    mark_starts: BTreeMap<Mark, Vec<u32>>,
    phrases: Vec<Phrase>,
    longest: Vec<u8>,
    nouns: BTreeMap<Lex, NounInfo>,
    /// One bit a lexicon for each word: whether an entry starts with it. Most questions end here.
    may_start: Vec<u64>,
    stride: usize,
}

impl WordLists {
    /// Indexes `phrases` over `surfaces` interned words and `lexes` lexicons.
    pub fn new(phrases: Vec<Phrase>, nouns: BTreeMap<Lex, NounInfo>, surfaces: usize, lexes: usize) -> WordLists {
        let stride = lexes.div_ceil(64).max(1);
        let mut lists = WordLists {
            singles: vec![Vec::new(); surfaces + 1],
            starts: vec![Vec::new(); surfaces + 1],
            noun_starts: vec![Vec::new(); surfaces + 1],
            number_starts: Vec::new(),
            mark_starts: BTreeMap::new(),
            phrases: Vec::new(),
            longest: vec![0; lexes],
            nouns,
            may_start: vec![0; (surfaces + 1) * stride],
            stride,
        };
        lists.index_phrases(phrases);
        lists.sort_starts();
        lists
    }

    /// True where an entry of the lexicon starts with this word.
    pub fn starts(&self, surface: Surface, lex: Lex) -> bool {
        let at = surface as usize * self.stride + lex as usize / 64;
        self.may_start.get(at).is_some_and(|bits| bits >> (lex % 64) & 1 == 1)
    }

    fn index_phrases(&mut self, phrases: Vec<Phrase>) {
        // Single words first: longer phrases may start with a lexicon, and are then found by its words.
        let (single, mut many): (Vec<_>, Vec<_>) =
            phrases.into_iter().partition(|p| matches!(p.atoms.as_slice(), [Atom::Word(_)]));
        for phrase in single {
            self.longest[phrase.lex as usize] = self.longest[phrase.lex as usize].max(1);
            if let [Atom::Word(words)] = phrase.atoms.as_slice() {
                for &word in words.iter() {
                    if !self.singles[word as usize].contains(&phrase.lex) {
                        self.singles[word as usize].push(phrase.lex);
                    }
                }
            }
        }
        // A phrase that starts with a lexicon of phrases is found by the first words of those: so those come first.
        // Cycles are faults that the check reports; the bound keeps them harmless here.
        for _ in 0..4 {
            let mut rest = Vec::new();
            let waiting: BTreeSet<Lex> = many
                .iter()
                .filter(|p| p.atoms.len() > 1 || matches!(p.atoms[..], [Atom::Lex(_)]))
                .map(|p| p.lex)
                .collect();
            for phrase in many {
                let blocked = matches!(phrase.atoms[0], Atom::Lex(lex) if lex != phrase.lex && waiting.contains(&lex));
                if blocked { rest.push(phrase) } else { self.index_phrase(phrase) }
            }
            many = rest;
            if many.is_empty() {
                return;
            }
            let still: Vec<Phrase> = std::mem::take(&mut many);
            let (now, later): (Vec<_>, Vec<_>) = still.into_iter().partition(|p| match p.atoms[0] {
                Atom::Lex(lex) => self.longest[lex as usize] > 0,
                _ => true,
            });
            many = later;
            now.into_iter().for_each(|phrase| self.index_phrase(phrase));
        }
    }

    fn index_phrase(&mut self, phrase: Phrase) {
        let id = self.phrases.len() as u32;
        let longest: usize = phrase
            .atoms
            .iter()
            .map(|atom| if let Atom::Lex(lex) = atom { self.longest[*lex as usize].max(1) as usize } else { 1 })
            .sum();
        let slot = &mut self.longest[phrase.lex as usize];
        *slot = (*slot).max(longest.min(3 * LONGEST_PHRASE) as u8);
        match &phrase.atoms[0] {
            Atom::Word(words) => words.iter().for_each(|&w| self.starts[w as usize].push((phrase.lex, id))),
            Atom::Number => self.number_starts.push(id),
            Atom::Mark(mark, _) => self.mark_starts.entry(*mark).or_default().push(id),
            Atom::Lex(lex) => {
                let lex = *lex;
                for word in 1..self.starts.len() {
                    let starts =
                        self.singles[word].contains(&lex) || self.starts[word].iter().any(|(other, _)| *other == lex);
                    if starts {
                        self.starts[word].push((phrase.lex, id));
                    }
                }
                if self.number_starts.iter().any(|&p| self.phrases[p as usize].lex == lex) {
                    self.number_starts.push(id);
                }
            }
            _ => {}
        }
        self.phrases.push(phrase);
    }

    /// Groups the phrases behind each word by lexicon, so that asking for one looks at no other.
    fn sort_starts(&mut self) {
        for (word, starts) in self.starts.iter_mut().enumerate() {
            starts.sort_unstable();
            starts.dedup();
            self.noun_starts[word] =
                starts.iter().filter(|(lex, _)| self.nouns.contains_key(lex)).map(|(_, id)| *id).collect();
            for lex in starts.iter().map(|(lex, _)| *lex).chain(self.singles[word].iter().copied()) {
                self.may_start[word * self.stride + lex as usize / 64] |= 1 << (lex % 64);
            }
        }
    }

    /// True where this one word is a noun that the pack lists.
    pub fn is_noun(&self, surface: Surface) -> bool {
        self.singles[surface as usize].iter().any(|lex| self.nouns.contains_key(lex))
    }

    /// True where this one word is an entry of the lexicon.
    pub fn is_in(&self, surface: Surface, lex: Lex) -> bool {
        surface != 0 && self.starts(surface, lex) && self.singles[surface as usize].contains(&lex)
    }

    /// One past the last token of the longest entry of `lex` that starts at token `at`.
    pub fn lex_at(&self, tokens: &[Token], surfaces: &[Surface], at: usize, lex: Lex) -> Option<usize> {
        let surface = *surfaces.get(at)?;
        let by_word = surface != 0 && self.starts(surface, lex);
        if !by_word && tokens[at].kind == Kind::Word {
            return None;
        }
        let mut best = (by_word && self.is_in(surface, lex)).then_some(at + 1);
        let by_kind: &[u32] = match tokens[at].kind {
            Kind::Number => &self.number_starts,
            Kind::Mark(mark) => self.mark_starts.get(&mark).map_or(&[], Vec::as_slice),
            Kind::Word => &[],
        };
        let own: &[(Lex, u32)] = if by_word { &self.starts[surface as usize] } else { &[] };
        let first = own.partition_point(|(other, _)| *other < lex);
        let own = own[first..].iter().take_while(|(other, _)| *other == lex).map(|(_, id)| *id);
        for id in by_kind.iter().copied().chain(own) {
            let phrase = &self.phrases[id as usize];
            if phrase.lex == lex
                && let Some(end) = self.phrase_at(tokens, surfaces, at, &phrase.atoms, 0)
                && best.is_none_or(|b| end > b)
            {
                best = Some(end);
            }
        }
        best
    }

    /// The first token of the longest entry of `lex` that ends before token `end` and starts at `floor` or later.
    pub fn lex_before(
        &self,
        tokens: &[Token],
        surfaces: &[Surface],
        floor: usize,
        end: usize,
        lex: Lex,
    ) -> Option<usize> {
        let reach = self.longest.get(lex as usize).copied().unwrap_or(0) as usize;
        (floor.max(end.saturating_sub(reach))..end).find(|&at| self.lex_at(tokens, surfaces, at, lex) == Some(end))
    }

    fn phrase_at(&self, tokens: &[Token], surfaces: &[Surface], at: usize, atoms: &[Atom], depth: u8) -> Option<usize> {
        let mut at = at;
        for (k, atom) in atoms.iter().enumerate() {
            while k > 0 && tokens.get(at)?.is(Mark::Markup) {
                at += 1;
            }
            let token = tokens.get(at)?;
            match atom {
                Atom::Word(words) if words.contains(&surfaces[at]) => at += 1,
                Atom::Mark(mark, glued) if token.is(*mark) && !(*glued && token.spaced) => at += 1,
                Atom::Number if token.kind == Kind::Number => at += 1,
                Atom::Lex(lex) if depth < 4 => at = self.lex_at(tokens, surfaces, at, *lex)?,
                _ => return None,
            }
        }
        Some(at)
    }

    /// What the noun that starts at token `at` makes of its phrase, and one past its last token: the longest one that ends
    /// at token `limit` or before.
    pub fn noun_within(
        &self,
        tokens: &[Token],
        surfaces: &[Surface],
        at: usize,
        limit: usize,
    ) -> Option<(&NounInfo, usize)> {
        let surface = *surfaces.get(at)?;
        if surface == 0 {
            return None;
        }
        let mut best: Option<(&NounInfo, usize)> = None;
        for lex in &self.singles[surface as usize] {
            if let Some(info) = self.nouns.get(lex)
                && best.is_none_or(|(b, _)| info.kind < b.kind)
            {
                best = Some((info, at + 1));
            }
        }
        for &id in &self.noun_starts[surface as usize] {
            let phrase = &self.phrases[id as usize];
            if let Some(info) = self.nouns.get(&phrase.lex)
                && let Some(end) = self.phrase_at(tokens, surfaces, at, &phrase.atoms, 0)
                && end <= limit
                && best.is_none_or(|(_, b)| end > b)
            {
                best = Some((info, end));
            }
        }
        best
    }
}
