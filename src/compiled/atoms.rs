//! Words interned, and templates as flat sequences of atoms.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::slot::SlotAtom;
use crate::rules::template::{Anchor, Element};
use crate::sources::morphology::folded;
use crate::text::token::{Kind, Mark, tokens};
use crate::text::word_table::WordTable;

/// A word as written, interned; 0 is any word that no rule knows.
pub type Surface = u32;
/// A lexicon in one of its forms.
pub type Lex = u16;

/// One place of a flat sequence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Atom {
    /// Any of these written words (sorted).
    Word(Box<[Surface]>),
    /// A mark of this class; `true` where it must be glued to what stands before it.
    Mark(Mark, bool),
    /// Any entry of a lexicon form.
    Lex(Lex),
    /// Any number.
    Number,
    /// A slot.
    Slot(SlotAtom),
    /// Any words of the same clause.
    Gap,
    /// A place.
    Anchor(Anchor),
}

/// A template without options, ready to match.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Flat {
    /// Index of the pattern in the pack.
    pub pattern: u32,
    /// True for a `but-not` template.
    pub guard: bool,
    /// The sequence.
    pub atoms: Vec<Atom>,
    /// Index of the atom that matching starts from.
    pub pivot: usize,
    /// Number of literal words.
    pub literals: u8,
    /// Number of lexicons.
    pub lexicons: u8,
    /// The template, as written.
    pub written: String,
}

impl Flat {
    /// A flat template with the place to start matching from; `None` where it has none.
    pub fn new(pattern: u32, guard: bool, atoms: Vec<Atom>, written: &str, elements: &[Element]) -> Option<Flat> {
        // Matching starts where the fewest places come into question: a long literal, then a lexicon, then a mark.
        let weight = |i: usize| match (&atoms[i], elements.get(i)) {
            (Atom::Word(_), Some(Element::Word(forms))) => {
                let letters = forms.iter().map(|f| f.chars().count()).min().unwrap_or(0);
                if letters > 4 { 40 + letters.min(20) } else { 10 + letters }
            }
            // Words that open any sentence tell nothing.
            (Atom::Lex(_), Some(Element::Lexicon { name, .. })) if name == "sentence-opener" => 2,
            (Atom::Lex(_), _) => 30,
            (Atom::Mark(..), _) => 1,
            _ => 0,
        };
        let pivot = (0..atoms.len()).rev().max_by_key(|&i| weight(i)).filter(|&i| weight(i) > 0)?;
        let literals = atoms.iter().filter(|a| matches!(a, Atom::Word(_))).count() as u8;
        let lexicons = atoms.iter().filter(|a| matches!(a, Atom::Lex(_))).count() as u8;
        Some(Flat { pattern, guard, atoms, pivot, literals, lexicons, written: written.to_owned() })
    }
}

/// Interns the words and lexicons of a pack while it is compiled.
#[derive(Debug, Default)]
pub struct Builder {
    /// Words as written.
    pub surfaces: WordTable,
    /// Lexicon and form → its number.
    pub lexes: BTreeMap<(String, String), Lex>,
    /// Letters that Unicode pairs otherwise.
    pub case_pairs: Vec<(String, String)>,
    /// Words that keep their spelling, besides the one that is made one with others.
    pub spelled_apart: Vec<String>,
    /// The names of the language's cases, sorted.
    pub cases: Vec<String>,
}

impl Builder {
    /// The number of a written word.
    pub fn surface(&mut self, word: &str) -> Surface {
        let mut scratch = String::new();
        self.surfaces.intern(folded(word, &mut scratch)) + 1
    }

    /// Every written form that a template's word stands for.
    pub fn word(&mut self, forms: &[String]) -> Box<[Surface]> {
        let mut out = BTreeSet::new();
        for form in forms {
            let form: Cow<'_, str> = if is_nfc(form) { Cow::Borrowed(form) } else { Cow::Owned(form.nfc().collect()) };
            out.insert(self.surface(&form));
            if self.spelled_apart.iter().any(|apart| *apart == form) {
                out.insert(self.surfaces.intern(&form) + 1);
            }
            if !form.chars().any(char::is_uppercase) {
                let capitalised = self.capitalised(&form);
                out.insert(self.surface(&capitalised));
                let upper = self.upper(&form);
                out.insert(self.surface(&upper));
            }
        }
        out.into_iter().collect()
    }

    /// Appends the capital of `c`, as the language pairs them.
    fn push_upper(&self, c: char, out: &mut String) {
        let mut buffer = [0; 4];
        let as_text: &str = c.encode_utf8(&mut buffer);
        match self.case_pairs.iter().find(|(lower, _)| lower == as_text) {
            Some((_, upper)) => out.push_str(upper),
            None => out.extend(c.to_uppercase()),
        }
    }

    fn capitalised(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len() + 2);
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            self.push_upper(first, &mut out);
        }
        out.push_str(chars.as_str());
        out
    }

    fn upper(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len() + 2);
        word.chars().for_each(|c| self.push_upper(c, &mut out));
        out
    }

    /// The number of a lexicon in one of its forms.
    pub fn lex(&mut self, name: &str, form: &str) -> Lex {
        let next = self.lexes.len() as Lex + 1;
        *self.lexes.entry((name.to_owned(), form.to_owned())).or_insert(next)
    }

    /// A flat sequence of elements with its words interned.
    pub fn atoms(&mut self, flat: &[Element]) -> Vec<Atom> {
        flat.iter()
            .filter_map(|element| {
                Some(match element {
                    Element::Word(forms) => Atom::Word(self.word(forms)),
                    Element::Mark(mark, glued) => Atom::Mark(*mark, *glued),
                    Element::Lexicon { name, form } => Atom::Lex(self.lex(name, form.as_deref().unwrap_or("finite"))),
                    Element::Number => Atom::Number,
                    Element::Slot(slot) => Atom::Slot(SlotAtom::new(slot, &self.cases)),
                    Element::Gap => Atom::Gap,
                    Element::Anchor(anchor) => Atom::Anchor(*anchor),
                    Element::Optional(_) | Element::Choice(_) => return None,
                })
            })
            .collect()
    }

    /// A plain string as atoms, for month names and the like.
    pub fn plain(&mut self, written: &str) -> Vec<Atom> {
        tokens(written, 0..written.len())
            .iter()
            .map(|token| match token.kind {
                Kind::Mark(mark) => Atom::Mark(mark, !token.spaced),
                Kind::Number => Atom::Number,
                Kind::Word => {
                    let word = token.span.of(written).to_owned();
                    Atom::Word(self.word(&[word]))
                }
            })
            .collect()
    }
}
