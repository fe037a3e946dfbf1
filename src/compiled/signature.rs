//! Which words, lexicons and marks a stretch must hold before a template can match in it: one bit each, so that most
//! templates are ruled out by one comparison.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::atoms::{Atom, Flat, Lex, Surface};
use super::phrase_hits::Hit;
use super::slot::Narrowing;
use crate::rules::template::SlotKind;
use crate::text::token::Mark;

/// A set of bits, each for something that may stand in a stretch.
pub type Signature = u128;

/// Set where somebody's words in quotation marks start.
pub const SPEECH_OPENS: Signature = 1 << 127;
/// Set where they end.
pub const SPEECH_CLOSES: Signature = 1 << 126;
/// Bits for words, lexicons and marks; where there are more of these, some share a bit.
const BITS: usize = 126;

/// The bits of a language.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Signatures {
    words: Vec<Signature>,
    lexes: Vec<Signature>,
    marks: BTreeMap<Mark, Signature>,
}

/// What must stand before and behind the place that matching starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Needed {
    /// Before it.
    pub before: Signature,
    /// Behind it.
    pub behind: Signature,
    /// Right behind it, but for what may stand in between: dates, adverbs, markup.
    pub next: Signature,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Word(&'a [Surface]),
    Lex(Lex),
    Mark(Mark),
}

impl<'a> Key<'a> {
    fn new(atom: &'a Atom) -> Option<Key<'a>> {
        match atom {
            Atom::Word(words) => Some(Key::Word(words)),
            Atom::Lex(lex) => Some(Key::Lex(*lex)),
            // A hyphen and a dash stand for each other.
            Atom::Mark(Mark::Hyphen, _) => Some(Key::Mark(Mark::Dash)),
            Atom::Mark(mark, _) => Some(Key::Mark(*mark)),
            _ => None,
        }
    }
}

impl Signatures {
    /// The bits for `flats`, and what each of these needs; `surfaces` and `lexes` are how many there are.
    pub fn new(flats: &[Flat], surfaces: usize, lexes: usize) -> (Signatures, Vec<Needed>) {
        let mut count: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        let others = flats.iter().flat_map(|f| f.atoms.iter().enumerate().filter(|(k, _)| *k != f.pivot));
        others.filter_map(|(_, atom)| Key::new(atom)).for_each(|key| *count.entry(key).or_default() += 1);
        // What many templates need has a bit of its own.
        let mut keys: Vec<(Key<'_>, usize)> = count.into_iter().collect();
        keys.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let bits: BTreeMap<Key<'_>, Signature> =
            keys.iter().enumerate().map(|(i, (key, _))| (*key, 1 << (i % BITS))).collect();
        let mut out = Signatures { words: vec![0; surfaces + 1], lexes: vec![0; lexes], marks: BTreeMap::new() };
        for (key, bit) in &bits {
            match key {
                Key::Word(words) => words.iter().for_each(|&word| out.words[word as usize] |= bit),
                Key::Lex(lex) => out.lexes[usize::from(*lex)] |= bit,
                Key::Mark(mark) => *out.marks.entry(*mark).or_default() |= bit,
            }
        }
        let needed = flats.iter().map(|flat| needed(flat, &bits)).collect();
        (out, needed)
    }

    /// Adds to the bits of each word those of the lexicons that it is an entry of alone.
    pub fn add_alone<'l>(&mut self, alone: impl Fn(Surface) -> &'l [Lex]) {
        for (word, bits) in self.words.iter_mut().enumerate() {
            let own = alone(word as Surface).iter().filter_map(|lex| self.lexes.get(usize::from(*lex)));
            *bits = own.fold(*bits, |all, bits| all | bits);
        }
    }

    /// The bits of a word with the further entries that start at it.
    pub fn of_word(&self, surface: Surface, hits: &[Hit]) -> Signature {
        let word = self.words.get(surface as usize).copied().unwrap_or(0);
        hits.iter().fold(word, |bits, hit| bits | self.lexes.get(usize::from(hit.lex)).copied().unwrap_or(0))
    }

    /// The bits of a mark with the entries that start at it.
    pub fn of_mark(&self, mark: Mark, hits: &[Hit]) -> Signature {
        let mark = if mark == Mark::Hyphen { Mark::Dash } else { mark };
        self.marks.get(&mark).copied().unwrap_or(0) | self.of_word(0, hits)
    }
}

fn needed(flat: &Flat, bits: &BTreeMap<Key<'_>, Signature>) -> Needed {
    let mut out = Needed::default();
    for (k, atom) in flat.atoms.iter().enumerate().filter(|(k, _)| *k != flat.pivot) {
        let behind = k > flat.pivot;
        let bit = match atom {
            // A comma before the cue may be another mark inside the closing quotation mark.
            Atom::Mark(Mark::Comma, _) if !behind => 0,
            Atom::Slot(slot) if slot.kind == SlotKind::Content && slot.asks(Narrowing::Quoted) => {
                if behind {
                    SPEECH_OPENS
                } else {
                    SPEECH_CLOSES
                }
            }
            other => Key::new(other).and_then(|key| bits.get(&key)).copied().unwrap_or(0),
        };
        if behind { out.behind |= bit } else { out.before |= bit }
    }
    let next = flat.atoms.get(flat.pivot + 1).and_then(Key::new);
    out.next = next.and_then(|key| bits.get(&key)).copied().unwrap_or(0);
    out
}
