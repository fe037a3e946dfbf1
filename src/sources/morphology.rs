//! Written forms of words: spelling variants made one, and a language's endings and proclitics taken off.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::rules::word_forms::Morphology;
use crate::text::ending::Endings;
use crate::text::letter::{FOLDS, LETTER, Lookup, NUMERIC, flags, is_dropped, is_presentation};

/// Shortest stem, in characters, that an ending may leave: below that, what is cut is rarely an ending.
pub const SHORTEST_STEM: usize = 3;

/// The endings and proclitics of one language, ready to be taken off words.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Affixes {
    /// Endings written onto the word, shortest first.
    endings: Endings,
    /// Endings whose base form has other letters in their place, with those letters.
    changed: Endings,
    /// Endings that are listed with a hyphen before them, without that hyphen.
    after_hyphen: Vec<String>,
    /// Proclitics written onto the word, shortest first.
    proclitics: Vec<String>,
    /// Proclitics that are written together with the start of the word, with what the word starts with by itself.
    merged: Vec<(String, String)>,
    /// Proclitics that are listed with a hyphen after them, without that hyphen.
    before_hyphen: Vec<String>,
}

impl Affixes {
    /// The affixes of `morphology`; none where the language is not known.
    pub fn new(morphology: Option<&Morphology>) -> Affixes {
        let mut out = Affixes::default();
        let Some(morphology) = morphology else { return out };
        let suffixes = morphology.suffixes.iter().map(|suffix| (suffix.as_str(), ""));
        let (mut endings, mut changed) = (Vec::new(), Vec::new());
        for (ending, base) in suffixes.chain(morphology.endings()) {
            if !base.is_empty() {
                changed.push((ending.to_owned(), base.to_owned()));
                continue;
            }
            match ending.strip_prefix(is_hyphen) {
                Some(letters) => push_letters(&mut out.after_hyphen, letters),
                None => push_letters(&mut endings, ending),
            }
        }
        for proclitic in &morphology.proclitics {
            if let Some((written, base)) = proclitic.split_once('>') {
                out.merged.push((written.to_owned(), base.to_owned()));
                continue;
            }
            match proclitic.strip_suffix(is_hyphen) {
                Some(letters) => push_letters(&mut out.before_hyphen, letters),
                None => push_letters(&mut out.proclitics, proclitic),
            }
        }
        endings.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        endings.dedup();
        out.endings = Endings::new(endings.into_iter().map(|ending| (ending, String::new())));
        out.changed = Endings::new(changed);
        out.proclitics.sort_unstable_by_key(|proclitic| proclitic.len());
        out.proclitics.dedup();
        out
    }

    /// True where the language has nothing to take off a word.
    pub fn is_empty(&self) -> bool {
        self.endings.is_empty() && self.proclitics.is_empty() && self.merged.is_empty() && self.changed.is_empty()
    }

    /// What `word` is without one ending and with the letters of its base form, one after the other in `room`, until
    /// `take` finds something.
    pub fn rebuilt<T>(&self, word: &str, room: &mut String, take: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.changed.of(word).find_map(|(stem, ending, base)| {
            let joined = same_script(stem.chars().next_back()?, ending.chars().next()?);
            if !joined || stem.chars().nth(SHORTEST_STEM - 1).is_none() {
                return None;
            }
            room.clear();
            room.push_str(stem);
            room.push_str(base);
            take(room)
        })
    }

    /// What is left of `word` without one ending, the longest stem first. The ending has the script of the letter
    /// before it, and the stem has three characters or more.
    pub fn stems<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a str> {
        self.endings.of(word).filter_map(|(stem, ending, _)| {
            let joined = same_script(stem.chars().next_back()?, ending.chars().next()?);
            (joined && stem.chars().nth(SHORTEST_STEM - 1).is_some()).then_some(stem)
        })
    }

    /// True where the language writes something before words.
    pub fn has_proclitics(&self) -> bool {
        !self.proclitics.is_empty() || !self.merged.is_empty()
    }

    /// What `word` is by itself where a proclitic is written together with its start, one after the other in `room`, until
    /// `take` finds something.
    pub fn parted<T>(&self, word: &str, room: &mut String, take: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.merged.iter().find_map(|(written, base)| {
            let rest = word.strip_prefix(written.as_str()).filter(|rest| rest.chars().nth(1).is_some())?;
            room.clear();
            room.push_str(base);
            room.push_str(rest);
            take(room)
        })
    }

    /// What is left of `word` without one proclitic, the longest rest first.
    pub fn rests<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a str> {
        self.proclitics.iter().filter_map(move |proclitic| {
            let rest = word.strip_prefix(proclitic.as_str())?;
            let joined = same_script(proclitic.chars().next_back()?, rest.chars().next()?);
            (joined && rest.chars().nth(1).is_some()).then_some(rest)
        })
    }

    /// True where `word` is an ending that may follow a name and a hyphen.
    pub fn follows_hyphen(&self, word: &str) -> bool {
        self.after_hyphen.iter().any(|ending| ending == word) || self.endings.contains(word)
    }

    /// True where `word` is a proclitic that may stand before a hyphen and a name.
    pub fn precedes_hyphen(&self, word: &str) -> bool {
        self.before_hyphen.iter().any(|proclitic| proclitic == word)
    }
}

/// Keeps what consists of letters; affixes with other marks in them (`'s`) are tokens of their own in a text.
fn push_letters(list: &mut Vec<String>, letters: &str) {
    if !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() || is_combining_vowel(c)) {
        list.push(letters.to_owned());
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{58a}')
}

/// Vowel signs of scripts that write them as marks on consonants.
fn is_combining_vowel(c: char) -> bool {
    matches!(c, '\u{93a}'..='\u{94f}' | '\u{64b}'..='\u{652}')
}

/// The script of most letters of `text` among the first `most`, told by one of its letters: those of words without a
/// capital, since the others are mostly names, and outside quotation marks, as far as enough stands there.
pub fn leading_script(text: &str, most: usize) -> Option<char> {
    let (mut all, mut outside) = (Tally::default(), Tally::default());
    let (mut before, mut name, mut quoted) = (' ', false, false);
    for c in text.chars() {
        if is_quotation_mark(c) {
            quoted = !quoted;
        }
        let letter = flags(c) & LETTER != 0;
        if letter && flags(before) & (LETTER | NUMERIC) == 0 {
            name = c.is_uppercase();
        }
        before = c;
        if !letter || name {
            continue;
        }
        all.add(c);
        if !quoted {
            outside.add(c);
        }
        if outside.letters.max(all.letters / 4) >= most {
            break;
        }
    }
    if outside.letters >= FEWEST_LETTERS { outside.leader() } else { all.leader() }
}

/// True where next to no letter of `text` has another script than `letter`: what [`leading_script`] need not be asked about.
pub fn is_of_script(text: &str, letter: char) -> bool {
    let own = script(letter);
    if own == 0 && text.is_ascii() {
        return true;
    }
    let (mut of_own, mut others) = (0, 0);
    for c in text.chars().take(LOOKED_AT) {
        if flags(c) & LETTER != 0 {
            if script(c) == own { of_own += 1 } else { others += 1 }
        }
    }
    others * 2 < FEWEST_LETTERS && of_own > others
}

/// Characters of a text whose scripts are looked at.
const LOOKED_AT: usize = 1000;

/// Fewest letters outside quotation marks that tell the script of the whole.
const FEWEST_LETTERS: usize = 10;

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '\u{201c}'..='\u{201f}')
}

/// Letters counted by script; of more scripts than these, the later ones are not told apart.
#[derive(Default)]
struct Tally {
    scripts: [(u32, usize, char); 4],
    letters: usize,
}

impl Tally {
    fn add(&mut self, c: char) {
        let of = script(c);
        if let Some(place) = self.scripts.iter_mut().find(|(s, n, _)| *s == of || *n == 0) {
            *place = (of, place.1 + 1, c);
        }
        self.letters += 1;
    }

    /// A letter of the script that more than half of all have.
    fn leader(&self) -> Option<char> {
        let (_, n, c) = self.scripts.into_iter().max_by_key(|(_, n, _)| *n)?;
        (n * 2 > self.letters).then_some(c)
    }
}

/// True where two letters belong to one script, as far as blocks of Unicode tell.
pub fn same_script(a: char, b: char) -> bool {
    script(a) == script(b)
}

/// A number for the script of a letter: equal for letters of one script.
fn script(c: char) -> u32 {
    match c as u32 {
        0..=0x24f | 0x1e00..=0x1eff => 0,
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f | 0x1c80..=0x1c8f => 2,
        0x531..=0x58f => 3,
        0x590..=0x5ff => 4,
        0x600..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => 5,
        0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2f => 6,
        0x900..=0x97f => 7,
        other => 0x100 + (other >> 7),
    }
}

/// `word` with its spelling variants made one, so that names and texts meet: composed letters, no invisible
/// characters, no vowel signs of Arabic, no Armenian marks over a vowel, no marks of stress, one form of letters that are
/// written in two ways.
/// Case is kept. `scratch` is written only where something changes.
pub fn folded<'a>(word: &'a str, scratch: &'a mut String) -> &'a str {
    let mut lookup = Lookup::default();
    if word.is_ascii() || !word.chars().any(|c| !c.is_ascii() && lookup.flags(c) & FOLDS != 0) {
        return word;
    }
    scratch.clear();
    // Letters that stand as they look at their place in a word.
    let plain: String;
    let word = match word.chars().any(is_presentation) {
        true => {
            plain = word.nfkc().collect();
            plain.as_str()
        }
        false => word,
    };
    for c in word.nfc() {
        match c {
            '\u{643}' => scratch.push('\u{6a9}'),
            '\u{64a}' | '\u{649}' | '\u{626}' | '\u{6d2}' => scratch.push('\u{6cc}'),
            // Signs over and under letters are left out in most texts.
            '\u{623}' | '\u{625}' | '\u{671}' => scratch.push('\u{627}'),
            '\u{624}' => scratch.push('\u{648}'),
            '\u{629}' | '\u{6c0}' | '\u{6c1}' | '\u{6d5}' => scratch.push('\u{647}'),
            '\u{660}'..='\u{669}' => scratch.push(digit(c, '\u{660}')),
            '\u{6f0}'..='\u{6f9}' => scratch.push(digit(c, '\u{6f0}')),
            '\u{587}' => scratch.push_str("\u{565}\u{582}"),
            // Its dots are left out in most texts.
            '\u{451}' => scratch.push('\u{435}'),
            '\u{401}' => scratch.push('\u{415}'),
            dropped if is_dropped(dropped) => {}
            kept => scratch.push(kept),
        }
    }
    scratch
}

/// The ASCII digit that `c` is among those from `zero` on.
fn digit(c: char, zero: char) -> char {
    char::from_digit((c as u32).saturating_sub(zero as u32), 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn morphology(suffixes: &[&str], proclitics: &[&str]) -> Morphology {
        Morphology {
            suffixes: suffixes.iter().map(|s| s.to_string()).collect(),
            proclitics: proclitics.iter().map(|s| s.to_string()).collect(),
            cases: BTreeMap::from([("gen".to_string(), vec!["а".to_string()])]),
            ..Morphology::default()
        }
    }

    #[test]
    fn stems_keep_script_and_length() {
        let morphology = morphology(&["ом", "'s", "ov"], &[]);
        let affixes = Affixes::new(Some(&morphology));
        assert_eq!(affixes.stems("Песковом").collect::<Vec<_>>(), ["Песков"]);
        assert_eq!(affixes.stems("Reutersом").count(), 0, "a Cyrillic ending on a Latin stem");
        assert_eq!(affixes.stems("Дома").count(), 1);
        assert_eq!(affixes.stems("Дом").count(), 0, "one letter is no stem");
    }

    #[test]
    fn proclitics_leave_a_word_of_two_letters_or_more() {
        let morphology = morphology(&[], &["و", "l'"]);
        let affixes = Affixes::new(Some(&morphology));
        assert_eq!(affixes.rests("وموسكو").collect::<Vec<_>>(), ["موسكو"]);
        assert_eq!(affixes.rests("وا").count(), 0);
    }

    #[test]
    fn an_ending_behind_a_hyphen_is_known_with_and_without_it() {
        let morphology = morphology(&["-ի", "ը"], &[]);
        let affixes = Affixes::new(Some(&morphology));
        assert!(affixes.follows_hyphen("ի") && affixes.follows_hyphen("ը"));
        assert!(!affixes.follows_hyphen("Украина"));
    }

    #[test]
    fn folding_joins_spellings_and_keeps_case() {
        let mut scratch = String::new();
        assert_eq!(folded("Երևա՞ն", &mut scratch), "Երեւան");
        let mut other = String::new();
        assert_eq!(folded("كييف", &mut scratch), folded("کییف", &mut other));
        assert_eq!(folded("\u{fed7}\u{fe8e}\u{fedd}", &mut scratch), folded("قال", &mut other), "presentation forms");
        assert_eq!(folded("أعلنت", &mut scratch), folded("اعلنت", &mut other));
        assert_eq!(folded("وكالة", &mut scratch), folded("وكاله", &mut other));
        assert_eq!(folded("رويتـــرز", &mut scratch), folded("رویترز", &mut other));
        assert_eq!(folded("۱۴", &mut scratch), "14");
        assert_eq!(folded("آن", &mut scratch), "آن", "a letter of its own");
        assert_eq!(folded("Inter\u{ad}fax", &mut scratch), "Interfax");
        assert_eq!(folded("Киі\u{308}в", &mut scratch), "Київ");
        assert_eq!(folded("MEDUZA", &mut scratch), "MEDUZA");
        assert_eq!(folded("Королёв", &mut scratch), "Королев");
        assert_eq!(folded("за\u{301}мок", &mut scratch), "замок");
        assert_eq!(folded("Jose\u{301}", &mut scratch), "José", "a letter of its own keeps its accent");
    }
}
