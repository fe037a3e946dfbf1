//! Slots as the engine asks for them: what narrows one as bits, the case it asks for as a number.

use serde::{Deserialize, Serialize};

use crate::rules::pack::NounKind;
use crate::rules::template::{Slot, SlotKind};
use crate::rules::word_forms::Morphology;
use crate::rules::words::{
    CLAUSE, CLOSE, HEAD, MANY, NAME, NOMINAL, OBJECT, PERSON, PREDICATE, QUOTED, SPEAKER, THING,
};

/// What a slot may be narrowed to besides a case and a kind of noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Narrowing {
    /// `{content:quoted}`
    Quoted,
    /// `{content:thing}`
    Thing,
    /// `{content:clause}`
    Clause,
    /// `{content:nominal}`
    Nominal,
    /// `{content:predicate}`
    Predicate,
    /// `{source:speaker}`
    Speaker,
    /// `{source:many}`
    Many,
    /// `{via:name}`
    Name,
    /// `{source:person}`
    Person,
    /// `{source:head}`
    Head,
    /// `{source:gen:close}`
    Close,
    /// `{source:object}`
    Object,
}

impl Narrowing {
    /// The words of rules.
    const NAMES: [(&'static str, Narrowing); 12] = [
        (QUOTED, Narrowing::Quoted),
        (THING, Narrowing::Thing),
        (CLAUSE, Narrowing::Clause),
        (NOMINAL, Narrowing::Nominal),
        (PREDICATE, Narrowing::Predicate),
        (SPEAKER, Narrowing::Speaker),
        (MANY, Narrowing::Many),
        (NAME, Narrowing::Name),
        (PERSON, Narrowing::Person),
        (HEAD, Narrowing::Head),
        (CLOSE, Narrowing::Close),
        (OBJECT, Narrowing::Object),
    ];
}

/// A slot of a flat template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlotAtom {
    /// What it takes.
    pub kind: SlotKind,
    /// One bit for each [`Narrowing`].
    narrowed: u16,
    /// The kind of noun asked for (`{source:footage}`).
    pub noun: Option<NounKind>,
    /// The case asked for: its place among those of the language, sorted by their names.
    pub case: Option<u16>,
    /// Letters written without a space before the slot; any one of them.
    pub prefix: Vec<String>,
    /// Letters written without a space behind the slot; any one of them.
    pub suffix: Vec<String>,
    /// [`last_letters`] of `suffix`.
    pub suffix_letters: u64,
}

impl SlotAtom {
    /// The slot of a template in a language with these cases.
    pub fn new(slot: &Slot, cases: &[String]) -> SlotAtom {
        let has = |(word, narrowing): &(&str, Narrowing)| {
            if slot.narrowings().any(|own| own == *word) { 1 << *narrowing as u16 } else { 0 }
        };
        let noun = NounKind::NAMES.iter().find(|(name, _)| slot.narrowings().any(|own| own == *name));
        let case = slot.narrowings().find_map(|own| cases.iter().position(|case| case == own));
        SlotAtom {
            kind: slot.kind,
            narrowed: Narrowing::NAMES.iter().fold(0, |bits, named| bits | has(named)),
            noun: noun.map(|(_, kind)| *kind),
            case: case.map(|place| place as u16),
            prefix: slot.prefix.clone(),
            suffix: slot.suffix.clone(),
            suffix_letters: last_letters(&slot.suffix),
        }
    }

    /// True where it is narrowed so.
    pub fn asks(&self, narrowing: Narrowing) -> bool {
        self.narrowed >> narrowing as u16 & 1 == 1
    }
}

/// A case of the language: the endings of its names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its name in rules.
    pub name: String,
    /// Its endings.
    pub endings: Vec<String>,
    /// What the first form has instead of each ending, where the pack tells it.
    pub bases: Vec<String>,
    /// [`last_letters`] of the endings.
    pub letters: u64,
}

/// The cases of a language, sorted by their names.
pub fn cases(morphology: &Morphology) -> Vec<Case> {
    let case = |(name, endings): (&String, &Vec<String>)| Case {
        name: name.clone(),
        endings: endings.clone(),
        bases: morphology.bases.get(name).cloned().unwrap_or_default(),
        letters: last_letters(endings),
    };
    morphology.cases.iter().map(case).collect()
}

/// Set where an ending may be nothing at all.
const NOTHING: u64 = u64::MAX;

/// A bit for the last letter of `word`; letters share them.
pub fn last_letter(word: &str) -> u64 {
    word.chars().next_back().map_or(NOTHING, |c| 1 << (c as u32 & 63))
}

/// A bit for the last letter of each ending: most words end in none of them.
fn last_letters(endings: &[String]) -> u64 {
    endings.iter().fold(0, |bits, ending| bits | last_letter(ending.trim_start_matches(is_joint)))
}

/// True for the marks that join an ending to its word.
pub fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\'' | '\u{2019}' | '\u{2010}' | '\u{2011}' | '\u{58a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(case: Option<&str>, also: &[&str]) -> Slot {
        Slot {
            kind: SlotKind::Source,
            case: case.map(str::to_owned),
            also: also.iter().map(|word| (*word).to_owned()).collect(),
            prefix: Vec::new(),
            suffix: Vec::new(),
        }
    }

    #[test]
    fn a_case_a_kind_of_noun_and_a_narrowing_stand_side_by_side() {
        let cases = ["acc".to_owned(), "gen".to_owned()];
        let asked = SlotAtom::new(&slot(Some("gen"), &["footage", CLOSE]), &cases);
        assert_eq!((asked.case, asked.noun), (Some(1), Some(NounKind::Footage)));
        assert!(asked.asks(Narrowing::Close) && !asked.asks(Narrowing::Head));
        let bare = SlotAtom::new(&slot(None, &[]), &cases);
        assert_eq!((bare.case, bare.noun, bare.asks(Narrowing::Quoted)), (None, None, false));
        assert_eq!(SlotAtom::new(&slot(Some("gen"), &[]), &[]).case, None, "a language without that case");
    }

    #[test]
    fn a_word_that_ends_in_no_ending_shares_no_letter_with_them() {
        let letters = last_letters(&["-ом".to_owned(), "а".to_owned()]);
        assert!(letters & last_letter("Песковом") != 0 && letters & last_letter("Пескова") != 0);
        assert_eq!(letters & last_letter("Пескове"), 0);
        assert_eq!(last_letters(&["-".to_owned()]), NOTHING, "no letter at all fits any word");
    }
}
