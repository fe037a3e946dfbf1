//! All phrases of a language as one trie, and what it finds at every token of a block in one pass.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Atom, Lex, Surface};
use super::lex_bits;
use super::phrase_hits::PhraseHits;
use super::word_classes::WordClasses;
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
    /// Lexicons of which each word alone is an entry: most entries are one word.
    classes: WordClasses,
    /// For each word, the node behind it from which phrases go on; 0 where none does.
    starts: Vec<u32>,
    /// Lexicons that other lexicons' phrases start with, each after those that its own phrases start with.
    lex_starts: Vec<(Lex, u32)>,
    /// One bit a lexicon: it stands in `lex_starts`.
    leads: Vec<u64>,
    /// The classes of words that are an entry of one of them.
    leading: Vec<bool>,
    /// One bit a lexicon: it is a noun, of which every length counts and not only the longest.
    every_length: Vec<u64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Node {
    /// The [`word_bit`]s of `words` and one bit for each class of `marks`: most tokens lead on from no node.
    word_bits: u64,
    mark_bits: u32,
    /// Words and the nodes behind them, sorted.
    words: Vec<(Surface, u32)>,
    marks: Vec<(Mark, bool, u32)>,
    numbers: Vec<u32>,
    lexes: Vec<(Lex, u32)>,
    ends: Vec<Lex>,
}

/// One of 64 bits for a word; words share them. None for a word that no rule knows.
#[inline]
fn word_bit(word: Surface) -> u64 {
    u64::from(word != 0) << (word % u64::BITS)
}

#[inline]
fn mark_bit(mark: Mark) -> u32 {
    1 << mark as u32
}

impl PhraseTrie {
    /// A trie of `phrases` over `surfaces` interned words and `lexes` lexicons; `nouns` are those of which every length counts.
    pub fn new(phrases: &[Phrase], nouns: impl Iterator<Item = Lex>, surfaces: usize, lexes: usize) -> PhraseTrie {
        let stride = lex_bits::stride(lexes);
        let mut trie = PhraseTrie {
            nodes: vec![Node::default()],
            classes: WordClasses::default(),
            starts: vec![0; surfaces + 1],
            lex_starts: Vec::new(),
            leads: vec![0; stride],
            leading: Vec::new(),
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
                Step::Number => node.numbers.push(to),
            }
        }
        let mut root = std::mem::take(&mut trie.nodes[0].words);
        root.sort_unstable();
        let mut alone = vec![Vec::new(); surfaces + 1];
        let mut merged = BTreeMap::new();
        for behind in root.chunk_by(|a, b| a.0 == b.0) {
            let word = behind[0].0 as usize;
            let nodes = || behind.iter().map(|(_, to)| *to);
            alone[word] = nodes().flat_map(|to| trie.nodes[to as usize].ends.iter().copied()).collect();
            let open: Vec<u32> = nodes().filter(|&to| !trie.nodes[to as usize].is_last()).collect();
            trie.starts[word] = trie.merged(open, &mut merged);
        }
        trie.classes = WordClasses::new(alone.into_iter(), stride);
        trie.nodes.iter_mut().for_each(Node::close);
        trie.order_leads();
        let leads = |class| lex_bits::meet(trie.classes.row(class), &trie.leads);
        trie.leading = (0..trie.classes.count() as u32).map(leads).collect();
        trie
    }

    /// One node from which all goes on that goes on from each of some; 0 where there are none.
    fn merged(&mut self, nodes: Vec<u32>, known: &mut BTreeMap<Vec<u32>, u32>) -> u32 {
        if let [] | [_] = nodes.as_slice() {
            return nodes.first().copied().unwrap_or(0);
        }
        let next = self.nodes.len() as u32;
        *known.entry(nodes).or_insert_with_key(|nodes| {
            let mut all = Node::default();
            for node in nodes.iter().map(|&node| &self.nodes[node as usize]) {
                all.words.extend(&node.words);
                all.marks.extend(&node.marks);
                all.numbers.extend(&node.numbers);
                all.lexes.extend(&node.lexes);
            }
            self.nodes.push(all);
            next
        })
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
            todo.extend(words.chain(node.marks.iter().map(|(.., to)| *to)));
            todo.extend(&node.numbers);
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
        for (word, &node) in self.starts.iter().enumerate() {
            let word = word as Surface;
            let mut found = if node == 0 { Vec::new() } else { self.ends_below(node) };
            found.extend(self.alone(word));
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
        let nodes = root.marks.iter().map(|(.., to)| *to).chain(root.numbers.iter().copied());
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
        self.classes.lexes(self.classes.class(word))
    }

    /// What each word is alone.
    pub fn classes(&self) -> &WordClasses {
        &self.classes
    }

    /// Finds every entry of every lexicon in a block, of whose tokens the words and their classes are known. Markup between the words of an entry is passed over.
    pub fn find<'t>(&'t self, tokens: &[Token], surfaces: &[Surface], classes: &[u32]) -> PhraseHits<'t> {
        let mut search = Search { trie: self, tokens, surfaces, at: 0, found: PhraseHits::new(&self.classes, classes) };
        // From the end, so that the entries which stand inside an entry are known when it is tried.
        for at in (0..tokens.len()).rev() {
            search.start(at);
        }
        search.found.close();
        search.found
    }
}

/// The search through one block.
struct Search<'t, 'b> {
    trie: &'t PhraseTrie,
    tokens: &'b [Token],
    surfaces: &'b [Surface],
    /// The token that entries start at now.
    at: usize,
    found: PhraseHits<'t>,
}

impl<'t> Search<'t, '_> {
    /// Finds the entries of several tokens, or of a number or a mark, that start at token `at`.
    fn start(&mut self, at: usize) {
        let trie = self.trie;
        self.at = at;
        match self.tokens[at].kind {
            Kind::Mark(mark) => self.over_mark(&trie.nodes[0], mark, at),
            kind => {
                let surface = self.surfaces.get(at).copied().unwrap_or(0);
                let node = trie.starts.get(surface as usize).copied().unwrap_or(0);
                if node != 0 {
                    self.go_on(node, at + 1);
                }
                if kind == Kind::Number {
                    trie.nodes[0].numbers.iter().for_each(|&node| self.walk(node, at + 1));
                }
            }
        }
        let (class, further) = self.found.at(at);
        let leads = trie.leading.get(class as usize).is_some_and(|leads| *leads)
            || !further.is_empty() && lex_bits::meet(self.found.row(at), &trie.leads);
        if leads {
            for &(lead, node) in &trie.lex_starts {
                if let Some(end) = self.found.longest(at, lead) {
                    self.walk(node, end);
                }
            }
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

    /// Goes on from `node` with the token `next`, where that may lead on.
    #[inline]
    fn go_on(&mut self, node: u32, next: usize) {
        let node = &self.trie.nodes[node as usize];
        let Some(token) = self.tokens.get(next) else { return };
        let leads = match token.kind {
            Kind::Mark(mark) => mark == Mark::Markup || node.mark_bits & mark_bit(mark) != 0,
            Kind::Word => node.word_bits & word_bit(self.surfaces[next]) != 0,
            Kind::Number => true,
        };
        if leads || !node.lexes.is_empty() && !self.found.is_none(next) {
            self.go_over(node, next);
        }
    }

    fn go_over(&mut self, node: &'t Node, next: usize) {
        let mut next = next;
        while self.tokens.get(next).is_some_and(|t| t.is(Mark::Markup)) {
            next += 1;
        }
        let Some(token) = self.tokens.get(next) else { return };
        match token.kind {
            Kind::Mark(mark) => self.over_mark(node, mark, next),
            kind => {
                let surface = self.surfaces[next];
                if node.word_bits & word_bit(surface) != 0 {
                    let first = node.words.partition_point(|(word, _)| *word < surface);
                    for &(_, to) in node.words[first..].iter().take_while(|(word, _)| *word == surface) {
                        self.walk(to, next + 1);
                    }
                }
                if kind == Kind::Number {
                    node.numbers.iter().for_each(|&to| self.walk(to, next + 1));
                }
            }
        }
        if !node.lexes.is_empty() && !self.found.is_none(next) {
            for &(lex, to) in &node.lexes {
                if let Some(end) = self.found.longest(next, lex) {
                    self.walk(to, end);
                }
            }
        }
    }

    /// Goes on from `node` over the mark that is token `at`.
    fn over_mark(&mut self, node: &'t Node, mark: Mark, at: usize) {
        if node.mark_bits & mark_bit(mark) == 0 {
            return;
        }
        for &(wanted, glued, to) in &node.marks {
            if wanted == mark && !(glued && self.tokens[at].spaced) {
                self.walk(to, at + 1);
            }
        }
    }

    /// Notes an entry of `lex` that ends before token `end`.
    fn note(&mut self, lex: Lex, end: usize) {
        let every = lex_bits::has(&self.trie.every_length, lex);
        self.found.note(self.at, lex, end, every);
    }
}

impl Node {
    /// True where no phrase goes on from here.
    fn is_last(&self) -> bool {
        self.words.is_empty() && self.marks.is_empty() && self.lexes.is_empty() && self.numbers.is_empty()
    }

    /// Orders what leads on from here.
    fn close(&mut self) {
        self.words.sort_unstable();
        self.word_bits = self.words.iter().fold(0, |bits, (word, _)| bits | word_bit(*word));
        self.mark_bits = self.marks.iter().fold(0, |bits, (mark, ..)| bits | mark_bit(*mark));
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
