//! The table of all names: a trie over interned words that finds the longest name at a token.

use serde::{Deserialize, Serialize};

use super::morphology::{SHORTEST_STEM, folded};
use super::step_table::StepTable;
use crate::rules::pack::Needs;
use crate::text::token::{Mark, Token, tokens};
use crate::text::word_table::{WordKey, WordTable};

/// Whom or what a name names. The numbers are indexes into the rule set's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NameTarget {
    /// A source of the registry.
    Source(u32),
    /// A country by its name.
    Country(u32),
    /// A country by its capital.
    Capital(u32),
    /// A country by an adjective or a word for its people.
    Adjective(u32),
}

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameHit {
    /// Whom it names.
    pub target: NameTarget,
    /// Its first token.
    pub first: u32,
    /// One past its last token. An ending that is a token of its own (`’s`) stays outside.
    pub last: u32,
    /// What must stand near before the name counts.
    pub need: Needs,
}

/// In which languages a name counts: one bit for each language that the registry has names in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listed {
    /// Languages that it is listed for by themselves; none for those of a script.
    pub own: u64,
    /// Languages that have other names for the same, so that it is not looked up there.
    pub hidden: u64,
}

/// What stands at the end of a name in the trie.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Named {
    /// `None` for a phrase that only holds a name, and means nobody.
    pub(super) target: Option<NameTarget>,
    pub(super) need: Needs,
    listed: Listed,
    /// The next one with the same words, or [`NONE`].
    next: u32,
}

impl Named {
    /// Takes in another one that names the same; false where it does not.
    fn joins(&mut self, other: &Named) -> bool {
        let same = self.target == other.target;
        if same {
            self.listed.own |= other.listed.own;
            self.listed.hidden &= other.listed.hidden;
        }
        same
    }
}

/// No word, no node.
const NONE: u32 = u32::MAX;
/// The number of what is no word of any name.
pub const NO_WORD: u32 = NONE;
/// Set in symbols that stand for a class of marks; the class is in the low bits.
const MARK: u32 = 1 << 31;
/// Set in symbols of marks without a class of their own; the character is in the low bits.
const CHARACTER: u32 = 1 << 30;
/// Set in symbols of tokens that are written without white space before them.
const GLUED: u32 = 1 << 29;

/// Number of the bits of [`NameTable::may_start_with`], as a power of two.
const HEAD_BITS: u32 = 17;
const HEADS: usize = 1 << HEAD_BITS;

/// A number for the first letters of a word, as many as the shortest stem has that an ending may leave.
fn head(word: &str) -> usize {
    let bytes = word.as_bytes();
    if let Some(&[a, b, c]) = bytes.first_chunk::<SHORTEST_STEM>()
        && (a | b | c).is_ascii()
    {
        let letters = u32::from(a) | u32::from(b) << 7 | u32::from(c) << 14;
        return (letters.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HEAD_BITS)) as usize;
    }
    let (mut at, mut hash) = (0, 0u32);
    for _ in 0..SHORTEST_STEM {
        let Some(&lead) = bytes.get(at) else { break };
        let stop = at + if lead.is_ascii() { 1 } else { lead.leading_ones() as usize };
        for &byte in &bytes[at..stop.min(bytes.len())] {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        at = stop;
    }
    (hash ^ hash >> 15) as usize & (HEADS - 1)
}

/// All names, cut into words by the tokeniser that cuts texts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NameTable {
    words: WordTable,
    /// Word → the node behind it at the start of a name, or [`NONE`].
    starts: Vec<u32>,
    steps: StepTable,
    ends: Vec<Option<Named>>,
    /// Further ones with the words of an earlier name.
    others: Vec<Named>,
    /// One bit for the first letters of each name's first word: most words start like none of them.
    heads: Vec<u64>,
}

impl NameTable {
    /// Adds a name that counts in every language.
    pub fn insert(&mut self, name: &str, target: NameTarget, need: Needs) {
        self.insert_for(name, Some(target), need, Listed::default());
    }

    /// Adds a name. Where the same words are there already, the one that is listed for the language asked goes first, then
    /// the earlier one. Marks around a name are no part of it, but for a full stop at its end (`U.S.`). A name without a word
    /// or number at its start is left out. A name without a target hides those inside it.
    pub fn insert_for(&mut self, name: &str, target: Option<NameTarget>, need: Needs, listed: Listed) {
        let cut = tokens(name, 0..name.len());
        let first = cut.iter().position(Token::is_wordlike);
        let last = cut.iter().rposition(|t| t.is_wordlike() || t.is(Mark::Stop));
        let (Some(first), Some(last)) = (first, last) else { return };
        let mut scratch = String::new();
        self.heads.resize(HEADS / 64, 0);
        let head = head(folded(cut[first].span.of(name), &mut scratch));
        self.heads[head / 64] |= 1 << (head % 64);
        let mut node = NONE;
        for (i, token) in cut.iter().enumerate().take(last + 1).skip(first) {
            let symbol = if token.is_wordlike() {
                self.intern(folded(token.span.of(name), &mut scratch))
            } else {
                mark_symbol(name, token)
            };
            node = if i == first { self.start(symbol) } else { self.step(node, glue(symbol, token)) };
        }
        let new = Named { target, need, listed, next: NONE };
        let Some(first) = self.ends.get_mut(node as usize) else { return };
        let Some(known) = first else {
            *first = Some(new);
            return;
        };
        if known.joins(&new) {
            return;
        }
        let further = self.others.len() as u32;
        let mut at = known.next;
        if at == NONE {
            known.next = further;
        }
        while let Some(known) = self.others.get_mut(at as usize) {
            if known.joins(&new) {
                return;
            }
            at = known.next;
            if at == NONE {
                known.next = further;
            }
        }
        self.others.push(new);
    }

    fn intern(&mut self, word: &str) -> u32 {
        let id = self.words.intern(word);
        self.starts.resize(self.words.len(), NONE);
        id
    }

    fn node(&mut self) -> u32 {
        self.ends.push(None);
        self.ends.len() as u32 - 1
    }

    fn start(&mut self, word: u32) -> u32 {
        match self.starts.get(word as usize) {
            Some(&NONE) => {
                let node = self.node();
                self.starts[word as usize] = node;
                node
            }
            Some(&node) => node,
            None => NONE,
        }
    }

    fn step(&mut self, node: u32, symbol: u32) -> u32 {
        if let Some(next) = self.steps.get(node, symbol) {
            return next;
        }
        let next = self.node();
        self.steps.insert(node, symbol, next);
        next
    }

    /// Whom exactly these words name, letter for letter; `None` where they are no name. Marks around them are ignored.
    pub fn get(&self, phrase: &str) -> Option<NameTarget> {
        let cut = tokens(phrase, 0..phrase.len());
        let first = cut.iter().position(Token::is_wordlike)?;
        let last = cut.iter().rposition(|t| t.is_wordlike() || t.is(Mark::Stop))?;
        let mut scratch = String::new();
        let mut node = self.start_of(self.word(cut[first].span.of(phrase), &mut scratch)?)?;
        for token in cut.get(first + 1..=last)? {
            let word = if token.is_wordlike() { self.word(token.span.of(phrase), &mut scratch) } else { None };
            node = self.step_over(node, phrase, token, word)?;
        }
        self.ends.get(node as usize)?.and_then(|named| named.target)
    }

    /// The number of a word as names write it; `None` where no name has it. `scratch` is room to fold it in.
    pub(super) fn word(&self, written: &str, scratch: &mut String) -> Option<u32> {
        self.id(folded(written, scratch))
    }

    /// The same for a word that is folded already.
    pub(super) fn id(&self, folded: &str) -> Option<u32> {
        self.words.get(folded)
    }

    /// The number of a written word as names write it, [`NO_WORD`] where no name has it; `key` is the word's, `plain` is that of
    /// its token.
    #[inline]
    pub fn number_of(&self, word: &str, key: WordKey, plain: bool) -> u32 {
        let known = if plain { self.words.get_by(key, word) } else { self.word(word, &mut String::new()) };
        known.unwrap_or(NO_WORD)
    }

    /// The node behind a word at the start of a name.
    #[inline]
    pub(super) fn start_of(&self, word: u32) -> Option<u32> {
        self.starts.get(word as usize).copied().filter(|&node| node != NONE)
    }

    /// True where a name ends at `node`, in whatever language.
    #[inline]
    pub(super) fn is_end(&self, node: u32) -> bool {
        self.ends.get(node as usize).is_some_and(Option::is_some)
    }

    /// The node behind `node` over a token of `text`; `word` is the number of its word, if it is one that names have.
    pub(super) fn step_over(&self, node: u32, text: &str, token: &Token, word: Option<u32>) -> Option<u32> {
        let symbol = if token.is_wordlike() { word? } else { mark_symbol(text, token) };
        self.steps.get(node, glue(symbol, token))
    }

    /// False where no name starts with this word, folded, or with what is left of it without an ending.
    pub(super) fn may_start_with(&self, word: &str) -> bool {
        let head = head(word);
        self.heads.get(head / 64).is_some_and(|bits| bits >> (head % 64) & 1 == 1)
    }

    /// What a name that ends at `node` names in a text of `language`, its bit.
    pub(super) fn end(&self, node: u32, language: u64) -> Option<Named> {
        let first = self.ends.get(node as usize).copied().flatten()?;
        if first.next == NONE {
            return (first.listed.hidden & language == 0).then_some(first);
        }
        let mut all = std::iter::successors(Some(first), |named| self.others.get(named.next as usize).copied());
        let own = all.clone().find(|named| named.listed.own & language != 0);
        own.or_else(|| all.find(|named| named.listed.hidden & language == 0))
    }
}

/// The symbol of a mark, its glue not yet in it.
fn mark_symbol(text: &str, token: &Token) -> u32 {
    let class = match token.mark() {
        Some(Mark::Other) | None => {
            return MARK | CHARACTER | token.span.of(text).chars().next().map_or(0, |c| c as u32);
        }
        // A dash without white space around it is a hyphen that somebody typed too long.
        Some(Mark::Dash) if !token.spaced => Mark::Hyphen,
        Some(mark) => mark,
    };
    MARK | class as u32
}

fn glue(symbol: u32, token: &Token) -> u32 {
    if token.spaced { symbol } else { symbol | GLUED }
}

#[cfg(test)]
impl NameTable {
    /// Each name stands for the source of its place in the list.
    pub(super) fn of(names: &[&str]) -> NameTable {
        let mut table = NameTable::default();
        for (i, name) in names.iter().enumerate() {
            table.insert(name, NameTarget::Source(i as u32), Needs::Nothing);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_names_know_case_marks_and_glue() {
        let table = NameTable::of(&["RFE/RL's Armenian Service", "U.S.", "RIA-Novosti"]);
        assert_eq!(table.get("RFE/RL’s Armenian Service"), Some(NameTarget::Source(0)));
        assert_eq!(table.get("“U.S.”"), Some(NameTarget::Source(1)));
        assert_eq!(table.get("RIA\u{2011}Novosti"), Some(NameTarget::Source(2)));
        assert_eq!(table.get("RIA–Novosti"), Some(NameTarget::Source(2)), "a dash typed for the hyphen");
        assert_eq!(table.get("RFE / RL's Armenian Service"), None);
        assert_eq!(table.get("ria-novosti"), None);
        assert_eq!(table.get("RIA"), None, "the start of a name is no name");
        assert_eq!(table.get("…"), None);
    }

    #[test]
    fn the_first_name_of_two_that_are_written_alike_stays() {
        let table = NameTable::of(&["Առաջին ալիք", "Առաջին ալիք"]);
        assert_eq!(table.get("Առաջին ալիք"), Some(NameTarget::Source(0)));
    }

    #[test]
    fn of_names_written_alike_that_of_the_language_goes_first_and_hidden_ones_are_passed_over() {
        let mut table = NameTable::default();
        let (it, ro) = (1, 2);
        let listed = |own, hidden| Listed { own, hidden };
        table.insert_for("Lima", Some(NameTarget::Capital(1)), Needs::Nothing, listed(it, ro));
        table.insert_for("Lima", Some(NameTarget::Capital(2)), Needs::Nothing, listed(ro, 0));
        table.insert_for("Lima", Some(NameTarget::Capital(2)), Needs::Nothing, listed(4, ro));
        table.insert_for("Bern", Some(NameTarget::Capital(3)), Needs::Nothing, listed(it, ro));
        let named = |name: &str, language: u64| {
            let mut room = String::new();
            let node = table.start_of(table.word(name, &mut room)?)?;
            table.end(node, language).and_then(|named| named.target)
        };
        assert_eq!(named("Lima", it), Some(NameTarget::Capital(1)));
        assert_eq!(named("Lima", ro), Some(NameTarget::Capital(2)));
        assert_eq!(named("Lima", 4), Some(NameTarget::Capital(2)), "listed for it, too");
        assert_eq!(named("Lima", 8), Some(NameTarget::Capital(1)), "the first where none is its own");
        assert_eq!(named("Bern", ro), None, "hidden");
        assert_eq!(named("Bern", 0), Some(NameTarget::Capital(3)));
    }

    #[test]
    fn a_name_of_marks_alone_is_left_out() {
        assert_eq!(NameTable::of(&["—", ""]).get("—"), None);
    }
}
