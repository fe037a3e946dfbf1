//! All phrases of a language as one trie, and what it finds at every token of a block in one pass.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Atom, Lex, Surface};
use super::lex_bits;
use crate::text::token::{Kind, Mark, Token};

/// An entry of a lexicon.
#[derive(Debug)]
pub struct Phrase {
    /// Its lexicon.
    pub lex: Lex,
    /// Its words.
    pub atoms: Vec<Atom>,
}

/// Phrases that start alike share their start.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct PhraseTrie {
    nodes: Vec<Node>,
    starts: Starts,
    /// Lexicons that other lexicons' phrases start with, each after those that its own phrases start with.
    lex_starts: Vec<(Lex, u32)>,
    /// One bit a lexicon: it stands in `lex_starts`.
    leads: Vec<u64>,
    /// One bit a lexicon: it is a noun, of which every length counts and not only the longest.
    every_length: Vec<u64>,
}

/// What each word is and begins, by surface: ranges of two lists that all words share.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Starts {
    /// Where the ranges of a word start; the last place is where those of the last word end.
    places: Vec<(u32, u32)>,
    /// Lexicons of which the word alone is an entry: most entries are one word.
    alone: Vec<Lex>,
    /// Nodes behind it from which a phrase goes on.
    nodes: Vec<u32>,
}

impl Starts {
    fn close_word(&mut self) {
        self.places.push((self.alone.len() as u32, self.nodes.len() as u32));
    }

    fn alone(&self, word: Surface) -> &[Lex] {
        let end = self.places.get(word as usize + 1).map_or(0, |place| place.0 as usize);
        self.places.get(word as usize).and_then(|place| self.alone.get(place.0 as usize..end)).unwrap_or_default()
    }

    fn nodes(&self, word: Surface) -> &[u32] {
        let end = self.places.get(word as usize + 1).map_or(0, |place| place.1 as usize);
        self.places.get(word as usize).and_then(|place| self.nodes.get(place.1 as usize..end)).unwrap_or_default()
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Node {
    /// Words and the nodes behind them, sorted.
    words: Vec<(Surface, u32)>,
    marks: Vec<(Mark, bool, u32)>,
    number: Option<u32>,
    lexes: Vec<(Lex, u32)>,
    ends: Vec<Lex>,
}

/// An entry of a lexicon found at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its lexicon.
    pub lex: Lex,
    /// One past its last token.
    pub end: u32,
}

/// What all lexicons have at each token of a block.
#[derive(Debug, Default)]
pub struct PhraseHits {
    hits: Vec<Hit>,
    /// Where the hits of each token stand in `hits`.
    places: Vec<Place>,
    /// One bit a lexicon for each token.
    has: Vec<u64>,
    stride: usize,
    /// The longest entries of more than one token: one past their last token, their first one, and their lexicon; sorted.
    longer: Vec<(u32, u32, Lex)>,
}

/// Where the hits of one token stand.
#[derive(Debug, Default, Clone, Copy)]
struct Place {
    start: u32,
    /// How many there are.
    all: u16,
    /// How many of them, at the start, are entries that the token's word is alone.
    alone: u16,
}

impl PhraseTrie {
    /// A trie of `phrases` over `surfaces` interned words and `lexes` lexicons; `nouns` are those of which every length counts.
    pub fn new(phrases: &[Phrase], nouns: impl Iterator<Item = Lex>, surfaces: usize, lexes: usize) -> PhraseTrie {
        let stride = lex_bits::stride(lexes);
        let mut trie = PhraseTrie {
            nodes: vec![Node::default()],
            starts: Starts::default(),
            lex_starts: Vec::new(),
            leads: vec![0; stride],
            every_length: vec![0; stride],
        };
        nouns.for_each(|lex| lex_bits::add(&mut trie.every_length, lex));
        // Children by what leads to them; words that stand for each other are one step.
        let mut steps: BTreeMap<(u32, Step<'_>), u32> = BTreeMap::new();
        for phrase in phrases {
            let mut node = 0;
            for atom in &phrase.atoms {
                let Some(step) = Step::new(atom) else { break };
                let next = trie.nodes.len() as u32;
                node = *steps.entry((node, step)).or_insert(next);
                if node == next {
                    trie.nodes.push(Node::default());
                }
            }
            let ends = &mut trie.nodes[node as usize].ends;
            if node != 0 && !ends.contains(&phrase.lex) {
                ends.push(phrase.lex);
            }
        }
        for (&(from, step), &to) in &steps {
            let node = &mut trie.nodes[from as usize];
            match step {
                Step::Word(words) => node.words.extend(words.iter().map(|&w| (w, to))),
                Step::Mark(mark, glued) => node.marks.push((mark, glued, to)),
                Step::Lex(lex) => node.lexes.push((lex, to)),
                Step::Number => node.number = Some(to),
            }
        }
        for node in &mut trie.nodes {
            node.words.sort_unstable();
        }
        let root = std::mem::take(&mut trie.nodes[0].words);
        let mut roots = root.chunk_by(|a, b| a.0 == b.0).peekable();
        for word in 0..=surfaces as Surface {
            trie.starts.close_word();
            let Some(behind) = roots.next_if(|behind| behind[0].0 == word) else { continue };
            let nodes = || behind.iter().map(|(_, to)| *to);
            let mut alone: Vec<Lex> = nodes().flat_map(|to| trie.nodes[to as usize].ends.iter().copied()).collect();
            alone.sort_unstable();
            alone.dedup();
            trie.starts.alone.extend(alone);
            trie.starts.nodes.extend(nodes().filter(|&to| !trie.nodes[to as usize].is_last()));
        }
        trie.starts.close_word();
        trie.order_leads();
        trie
    }

    /// A phrase that starts with a lexicon is looked for when that lexicon's own entries are known: those come first. Lexicons
    /// that lead to each other in a circle are a fault that the check reports; here they only come in some order.
    fn order_leads(&mut self) {
        let mut waiting = std::mem::take(&mut self.nodes[0].lexes);
        waiting.iter().for_each(|(lex, _)| lex_bits::add(&mut self.leads, *lex));
        while !waiting.is_empty() {
            let made: Vec<Vec<Lex>> = waiting.iter().map(|(_, node)| self.ends_below(*node)).collect();
            let free = |at: usize| {
                let needed = waiting[at].0;
                !made.iter().enumerate().any(|(other, ends)| waiting[other].0 != needed && ends.contains(&needed))
            };
            let next = (0..waiting.len()).find(|&at| free(at)).unwrap_or(0);
            self.lex_starts.push(waiting.remove(next));
        }
    }

    fn ends_below(&self, node: u32) -> Vec<Lex> {
        let mut out = Vec::new();
        let mut todo = vec![node];
        while let Some(at) = todo.pop() {
            let node = &self.nodes[at as usize];
            out.extend(&node.ends);
            let words = node.words.iter().map(|(_, to)| *to);
            todo.extend(words.chain(node.marks.iter().map(|(.., to)| *to)).chain(node.number));
            todo.extend(node.lexes.iter().map(|(_, to)| *to));
            todo.sort_unstable();
            todo.dedup();
        }
        out
    }

    /// For each word, the lexicons of which an entry starts with it: `note` is called with both, perhaps more than once.
    pub fn each_start(&self, mut note: impl FnMut(Surface, Lex)) {
        let below: Vec<(Lex, Vec<Lex>)> =
            self.lex_starts.iter().map(|(lex, node)| (*lex, self.ends_below(*node))).collect();
        for word in 0..self.starts.places.len().saturating_sub(1) as Surface {
            let mut found: Vec<Lex> = self.starts.nodes(word).iter().flat_map(|&node| self.ends_below(node)).collect();
            found.extend(self.starts.alone(word));
            for (lead, ends) in &below {
                if found.contains(lead) {
                    found.extend(ends);
                }
            }
            found.sort_unstable();
            found.dedup();
            found.into_iter().for_each(|lex| note(word, lex));
        }
    }

    /// Lexicons of which some entry starts with a number or a mark.
    pub fn starts_without_word(&self) -> Vec<Lex> {
        let root = &self.nodes[0];
        let nodes = root.marks.iter().map(|(.., to)| *to).chain(root.number);
        let mut found: Vec<Lex> = nodes.flat_map(|node| self.ends_below(node)).collect();
        for (lead, node) in &self.lex_starts {
            if found.contains(lead) {
                found.extend(self.ends_below(*node));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Lexicons of which this one word is an entry, sorted.
    pub fn alone(&self, word: Surface) -> &[Lex] {
        self.starts.alone(word)
    }

    /// Finds every entry of every lexicon in a block. Markup between the words of an entry is passed over.
    pub fn find(&self, tokens: &[Token], surfaces: &[Surface]) -> PhraseHits {
        let stride = self.leads.len();
        let found = PhraseHits {
            hits: Vec::with_capacity(tokens.len() * 3),
            places: vec![Place::default(); tokens.len()],
            has: vec![0; tokens.len() * stride],
            stride,
            longer: Vec::new(),
        };
        let mut search = Search { trie: self, tokens, surfaces, at: 0, first: 0, noted: false, found };
        // From the end, so that the entries which stand inside an entry are known when it is tried.
        for at in (0..tokens.len()).rev() {
            search.start(at);
        }
        let mut found = search.found;
        found.longer.sort_unstable();
        found
    }
}

/// The search through one block.
struct Search<'t> {
    trie: &'t PhraseTrie,
    tokens: &'t [Token],
    surfaces: &'t [Surface],
    /// The token that entries start at now.
    at: usize,
    /// The first hit there.
    first: usize,
    /// True where something else starts there than what its word is alone.
    noted: bool,
    found: PhraseHits,
}

impl<'t> Search<'t> {
    /// Finds the entries that start at token `at`.
    fn start(&mut self, at: usize) {
        let trie = self.trie;
        (self.at, self.first) = (at, self.found.hits.len());
        self.noted = false;
        let mut own = 0;
        match self.tokens[at].kind {
            Kind::Mark(mark) => self.over_mark(&trie.nodes[0], mark, at),
            kind => {
                let surface = self.surfaces.get(at).copied().unwrap_or(0);
                if surface != 0 {
                    let alone = trie.starts.alone(surface);
                    let row = self.found.row_mut(at);
                    alone.iter().for_each(|&lex| lex_bits::add(row, lex));
                    self.found.hits.extend(alone.iter().map(|&lex| Hit { lex, end: at as u32 + 1 }));
                    own = alone.len();
                    trie.starts.nodes(surface).iter().for_each(|&node| self.go_on(node, at + 1));
                }
                if let Some(node) = trie.nodes[0].number.filter(|_| kind == Kind::Number) {
                    self.walk(node, at + 1);
                }
            }
        }
        if self.found.hits.len() > self.first && lex_bits::meet(self.found.row(at), &trie.leads) {
            for &(lead, node) in &trie.lex_starts {
                if !lex_bits::has(self.found.row(at), lead) {
                    continue;
                }
                let own = self.found.hits[self.first..].iter();
                if let Some(end) = own.filter(|h| h.lex == lead).map(|h| h.end).max() {
                    self.walk(node, end as usize);
                }
            }
        }
        let found = &mut self.found;
        let (first, all) = (self.first, found.hits.len() - self.first);
        found.places[at] = Place { start: first as u32, all: all as u16, alone: own as u16 };
        if self.noted {
            let ends = found.hits[first..].iter().filter(|hit| hit.end as usize > at + 1);
            found.longer.extend(ends.map(|hit| (hit.end, at as u32, hit.lex)));
        }
    }

    /// Notes what ends at `node`, before the token `next`, and goes on from there.
    fn walk(&mut self, node: u32, next: usize) {
        let ended = &self.trie.nodes[node as usize];
        ended.ends.iter().for_each(|&lex| self.note(lex, next));
        if !ended.is_last() {
            self.go_on(node, next);
        }
    }

    /// Goes on from `node` with the token `next`.
    fn go_on(&mut self, node: u32, next: usize) {
        let node = &self.trie.nodes[node as usize];
        let mut next = next;
        while self.tokens.get(next).is_some_and(|t| t.is(Mark::Markup)) {
            next += 1;
        }
        let Some(token) = self.tokens.get(next) else { return };
        match token.kind {
            Kind::Mark(mark) => self.over_mark(node, mark, next),
            kind => {
                let surface = self.surfaces[next];
                if surface != 0 {
                    let first = node.words.partition_point(|(word, _)| *word < surface);
                    for &(_, to) in node.words[first..].iter().take_while(|(word, _)| *word == surface) {
                        self.walk(to, next + 1);
                    }
                }
                if let Some(to) = node.number.filter(|_| kind == Kind::Number) {
                    self.walk(to, next + 1);
                }
            }
        }
        for &(lex, to) in &node.lexes {
            if let Some(end) = self.found.longest(next, lex) {
                self.walk(to, end);
            }
        }
    }

    /// Goes on from `node` over the mark that is token `at`.
    fn over_mark(&mut self, node: &'t Node, mark: Mark, at: usize) {
        for &(wanted, glued, to) in &node.marks {
            if wanted == mark && !(glued && self.tokens[at].spaced) {
                self.walk(to, at + 1);
            }
        }
    }

    /// Notes an entry of `lex` that ends before token `end`.
    fn note(&mut self, lex: Lex, end: usize) {
        let end = end as u32;
        self.noted = true;
        let row = self.found.row_mut(self.at);
        if lex_bits::has(row, lex) {
            let every = lex_bits::has(&self.trie.every_length, lex);
            let mut known = self.found.hits[self.first..].iter_mut();
            if let Some(hit) = known.find(|h| h.lex == lex && (!every || h.end == end)) {
                hit.end = hit.end.max(end);
                return;
            }
        } else {
            lex_bits::add(row, lex);
        }
        self.found.hits.push(Hit { lex, end });
    }
}

impl Node {
    /// True where no phrase goes on from here.
    fn is_last(&self) -> bool {
        self.words.is_empty() && self.marks.is_empty() && self.lexes.is_empty() && self.number.is_none()
    }
}

impl PhraseHits {
    /// All entries that start at token `at`.
    pub fn at(&self, at: usize) -> &[Hit] {
        let place = self.places.get(at).copied().unwrap_or_default();
        &self.hits[place.start as usize..][..usize::from(place.all)]
    }

    /// Those of them that [`PhraseTrie::alone`] doesn't tell of the token's word.
    pub fn beside_alone(&self, at: usize) -> &[Hit] {
        let own = self.places.get(at).map_or(0, |place| place.alone);
        self.at(at).get(usize::from(own)..).unwrap_or_default()
    }

    /// One bit a lexicon of which an entry starts at token `at`.
    pub fn row(&self, at: usize) -> &[u64] {
        self.has.get(at * self.stride..(at + 1) * self.stride).unwrap_or_default()
    }

    fn row_mut(&mut self, at: usize) -> &mut [u64] {
        &mut self.has[at * self.stride..(at + 1) * self.stride]
    }

    /// The length of a row, in words of 64 bits.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// The first token of the longest entry of `lex` that ends before token `end` and starts at `floor` or later; of those
    /// that start at one token only the longest counts.
    pub fn longest_before(&self, floor: usize, end: usize, lex: Lex) -> Option<usize> {
        let fits = |start: usize| start >= floor && self.longest(start, lex) == Some(end);
        let from = self.longer.partition_point(|(other, ..)| (*other as usize) < end);
        let ending = self.longer[from..].iter().take_while(|(other, ..)| *other as usize == end);
        let mut starts = ending.filter(|(.., of)| *of == lex).map(|(_, start, _)| *start as usize);
        starts.find(|&start| fits(start)).or_else(|| end.checked_sub(1).filter(|&start| fits(start)))
    }

    /// The tokens that entries of several tokens start at, some more than once.
    pub fn longer_starts(&self) -> impl Iterator<Item = usize> {
        self.longer.iter().map(|(_, first, _)| *first as usize)
    }

    /// True where an entry of one of the lexicons of `mask` starts at token `at`.
    pub fn any(&self, at: usize, mask: &[u64]) -> bool {
        lex_bits::meet(self.row(at), mask)
    }

    /// One past the last token of the longest entry of `lex` that starts at token `at`.
    pub fn longest(&self, at: usize, lex: Lex) -> Option<usize> {
        let word = usize::from(lex) / 64;
        let bits = self.has.get(at * self.stride + word).filter(|_| word < self.stride)?;
        if bits >> (lex % 64) & 1 == 0 {
            return None;
        }
        self.at(at).iter().filter(|hit| hit.lex == lex).map(|hit| hit.end as usize).max()
    }
}

/// What leads from one node to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step<'p> {
    Word(&'p [Surface]),
    Mark(Mark, bool),
    Lex(Lex),
    Number,
}

impl<'p> Step<'p> {
    fn new(atom: &'p Atom) -> Option<Step<'p>> {
        match atom {
            Atom::Word(words) => Some(Step::Word(words)),
            Atom::Mark(mark, glued) => Some(Step::Mark(*mark, *glued)),
            Atom::Lex(lex) => Some(Step::Lex(*lex)),
            Atom::Number => Some(Step::Number),
            _ => None,
        }
    }
}
