//! Slots that ask for letters before or behind a name, or for a case: where such a mention stands, and its base form.

use super::mentions::{Found, InCase, Mentions};
use crate::compiled::slot::{SlotAtom, is_joint, last_letter};
use crate::scan::{Region, View};
use crate::sources::mention::{Affix, Mention};
use crate::sources::morphology::folded;
use crate::sources::phrase_end::ends_phrase;
use crate::text::token::Mark;

/// Most shorter phrases that are tried where the longest one doesn't end as the slot asks.
const MOST_CUTS: usize = 8;

/// Most words of a noun before one of its own.
const MOST_NOUN_WORDS: usize = 4;

/// What a slot asks of the letters around a mention.
pub struct Asked<'s> {
    prefixes: &'s [String],
    endings: &'s [String],
    /// What the first form has instead of each ending, where the pack tells it.
    bases: &'s [String],
    /// The case that is asked for, and its place among those of the language.
    case: Option<(u16, &'s str)>,
    /// A bit for the last letter of each ending: most words end in none of them.
    last_letters: u64,
}

impl<'s> Asked<'s> {
    /// What `slot` asks; `None` where any mention will do.
    pub fn new(view: &View<'s>, slot: &'s SlotAtom) -> Option<Asked<'s>> {
        let place = slot.case.filter(|_| slot.suffix.is_empty());
        let asked = match place.and_then(|place| Some((place, view.language.cases.get(usize::from(place))?))) {
            Some((place, case)) => Asked {
                prefixes: &slot.prefix,
                endings: &case.endings,
                bases: &case.bases,
                case: Some((place, &case.name)),
                last_letters: case.letters,
            },
            None => Asked {
                prefixes: &slot.prefix,
                endings: &slot.suffix,
                bases: &[],
                case: None,
                last_letters: slot.suffix_letters,
            },
        };
        (!asked.prefixes.is_empty() || !asked.endings.is_empty()).then_some(asked)
    }

    /// The mentions that start at token `at` (letters before it included), each with one past its last token, endings of
    /// their own included; the longest first, then the shortest.
    pub fn from(&self, mentions: &Mentions<'_, '_>, at: usize) -> Found {
        self.remembered(mentions, at, false, || self.found_from(mentions, at))
    }

    /// Of the letters that a case has by itself what was found stands for all templates.
    fn remembered(
        &self,
        mentions: &Mentions<'_, '_>,
        at: usize,
        before: bool,
        find: impl FnOnce() -> Vec<(Mention, usize)>,
    ) -> Found {
        match self.case.filter(|_| self.prefixes.is_empty()) {
            Some((case, _)) => mentions.in_case(InCase { case, at, before }, find),
            None => find().into(),
        }
    }

    fn found_from(&self, mentions: &Mentions<'_, '_>, at: usize) -> Vec<(Mention, usize)> {
        let (view, region) = (mentions.view, mentions.region);
        let Some((start, head)) = self.behind_prefix(view, region, at) else { return Vec::new() };
        let mut out: Vec<(Mention, usize)> = Vec::new();
        let long = mentions.after(start, true);
        let short = mentions.after(start, false);
        let mut reach = start;
        for found in [long, short].into_iter().flatten() {
            reach = found.last;
            if let Some((affix, end)) = self.ended(view, region, &found) {
                out.push((Mention { affix: Affix { head, ..affix }, ..found }, end));
            }
        }
        if let Some((affix, found)) = self.past_end(mentions, start, reach) {
            let next = found.last;
            out.insert(0, (Mention { affix: Affix { head, ..affix }, ..found }, next));
        }
        // A name that bears the ending, too, stays with what stands before it.
        let named = |end: usize| {
            view.person_at(end).is_some_and(|(first, last)| {
                first < end || first == end && last < reach && self.ending(view, first, last).is_some()
            })
        };
        let cuts = (start + 1..reach).filter(|&end| !named(end)).filter_map(|end| {
            let affix = self.ending(view, start, end)?;
            let found = mentions.in_marks(start, end)?;
            let next = found.last.max(end);
            Some((Mention { affix: Affix { head, ..affix }, ..found }, next))
        });
        out.extend(cuts.take(MOST_CUTS));
        out
    }

    /// The phrase that goes on over a word behind which no subject does, where that bears the ending or something behind it
    /// does: "of the union for enlargement the commissioner".
    fn past_end(&self, mentions: &Mentions<'_, '_>, start: usize, reach: usize) -> Option<(Affix, Mention)> {
        let (view, region) = (mentions.view, mentions.region);
        if reach <= start || reach >= region.last || !ends_phrase(view, reach) {
            return None;
        }
        let to = |end: usize| self.ending(view, start, end).zip(mentions.exact(start, end));
        // Only where a noun or a name that bears it follows: the rest of a clause is no phrase.
        let behind = || {
            let last = mentions.after(reach, false)?.last;
            let head = (reach..last).any(|t| view.noun_at(t).is_some() || view.person_at(t).is_some());
            to(last).filter(|_| head && self.case.is_some())
        };
        to(reach + 1).or_else(behind)
    }

    /// True where the word at token `at` bears what is asked for.
    pub fn is_borne(&self, view: &View<'_>, at: usize) -> bool {
        self.ending(view, at, at + 1).is_some()
    }

    /// True for a word whose first form bears the case, too.
    pub fn is_borne_by_first_form(&self, word: &str) -> bool {
        let mut same = self.endings.iter().zip(self.bases).filter(|(ending, base)| ending == base && !base.is_empty());
        same.any(|(ending, _)| word.ends_with(ending.as_str()))
    }

    /// What a word that stands in its first form would be in the case that is asked for: for each ending of that case
    /// whose first form ends as the word does.
    pub fn others_of<'w>(&'w self, word: &'w str) -> impl Iterator<Item = String> + 'w {
        let pairs = self.endings.iter().zip(self.bases);
        pairs.filter(|(ending, base)| !base.is_empty() && ending != base).filter_map(|(ending, base)| {
            let stem = word.strip_suffix(base.as_str())?;
            stem.chars().nth(1).map(|_| format!("{stem}{ending}"))
        })
    }

    /// The mentions that end before token `end`, each with its first token, letters before it included; the longest
    /// first, then the shortest.
    pub fn to(&self, mentions: &Mentions<'_, '_>, end: usize) -> Found {
        self.remembered(mentions, end, true, || self.found_to(mentions, end))
    }

    fn found_to(&self, mentions: &Mentions<'_, '_>, end: usize) -> Vec<(Mention, usize)> {
        let (view, region) = (mentions.view, mentions.region);
        let Some(found) = mentions.before(end) else { return Vec::new() };
        let Some(affix) = self.ending_of(view, &found) else { return Vec::new() };
        let last = found.last;
        let mut out = Vec::new();
        let mut starts = vec![found.first];
        if found.core.0 > found.first {
            starts.push(found.core.0);
        }
        // The mark of a quoted name belongs to it.
        let quoted = |t: usize| {
            let mark = t.checked_sub(1).filter(|&m| m > found.first && view.tokens[m].is(Mark::Quote));
            mark.filter(|&m| {
                view.transparent(m) && (t..last).any(|e| view.quotation_to(e).is_some_and(|q| q.open == m))
            })
        };
        // Letters behind a hyphen or an apostrophe, or glued to a quoted name, start nothing.
        let starts_word = |t: usize| {
            let joint = || matches!(view.tokens[t - 1].mark(), Some(Mark::Hyphen | Mark::Apostrophe));
            // Nor does a later word of a noun of several words.
            let inside = || (1..t.min(MOST_NOUN_WORDS)).any(|n| view.noun_at(t - n).is_some_and(|(_, end)| end > t));
            view.tokens[t].is_wordlike()
                && (view.tokens[t].spaced || !joint() && !closes_name(view, t - 1))
                && !inside()
        };
        let words = (found.first + 1..last).rev().filter(|&t| starts_word(t));
        starts.extend(words.take(MOST_CUTS).map(|t| quoted(t).unwrap_or(t)));
        for start in starts {
            let Some((first, head)) = self.behind_prefix(view, region, start).filter(|(first, _)| *first < last) else {
                continue;
            };
            let mention =
                if start == found.first && first == start { Some(found.clone()) } else { mentions.exact(first, last) };
            out.extend(mention.map(|m| (Mention { affix: Affix { head, ..affix }, ..m }, start)));
        }
        out
    }

    /// The first token of a mention whose letters before it start at token `at`, and how many bytes of that token are
    /// such letters.
    fn behind_prefix(&self, view: &View<'_>, region: &Region, at: usize) -> Option<(usize, u32)> {
        if self.prefixes.is_empty() {
            return Some((at, 0));
        }
        self.prefixes.iter().find_map(|prefix| {
            let apart = literal_run(view, region, prefix, at);
            if let Some(next) = apart.filter(|&next| view.tokens.get(next).is_some_and(|t| !t.spaced)) {
                return Some((next, 0));
            }
            let glued = view.word(at).strip_prefix(prefix.as_str()).is_some_and(|rest| !rest.is_empty());
            (glued && at < region.last).then_some((at, prefix.len() as u32))
        })
    }

    /// The ending of the phrase, in it or right behind it, and one past the last token of both.
    fn ended(&self, view: &View<'_>, region: &Region, found: &Mention) -> Option<(Affix, usize)> {
        let last = found.last;
        if let Some(affix) = self.ending_of(view, found) {
            return Some((affix, last));
        }
        let behind = self.endings.iter().find_map(|ending| literal_run(view, region, ending, last));
        behind.filter(|_| view.tokens.get(last).is_some_and(|t| !t.spaced)).map(|end| (Affix::default(), end))
    }

    /// The ending that a mention bears: its last word, or its head where a complement follows that.
    pub fn ending_of(&self, view: &View<'_>, found: &Mention) -> Option<Affix> {
        self.ending(view, found.first, found.last).or_else(|| self.ending(view, found.core.0, found.core.1))
    }

    /// The ending that the phrase from token `first` to before token `last` bears.
    pub fn ending(&self, view: &View<'_>, first: usize, last: usize) -> Option<Affix> {
        if self.endings.is_empty() {
            return Some(Affix::default());
        }
        // The ending may stand inside the marks of a quoted name.
        let marks = (first..last).rev().take_while(|&t| view.tokens[t].is(Mark::Quote) && view.transparent(t)).count();
        let last = last - marks;
        if self.last_letters & last_letter(view.word(last.checked_sub(1)?)) == 0 {
            return None;
        }
        // The longest ending that fits is the one that is meant; of two bases the first.
        let fitting = self.endings.iter().enumerate().filter_map(|(i, ending)| {
            let affix = bears(view, first, last, ending)?;
            Some((ending.len(), i, affix)).filter(|_| !ending.is_empty() || self.bears_no_other(view, first, last))
        });
        let (len, i, affix) = fitting.max_by_key(|(len, i, _)| (*len, std::cmp::Reverse(*i)))?;
        let i = self.listed_base(view, last - 1, affix, len).unwrap_or(i);
        // A word stands in the case whose ending takes most of it, unless endings of one word differ with its kind.
        let longer = |(ending, _): &(String, String)| ending.len() > len && bears(view, first, last, ending).is_some();
        let fusional = view.language.pack.morphology.names_agree;
        let near = || view.language.case_endings.near(view.word(last - 1));
        if self.case.is_some() && !fusional && len > 0 && near().any(longer) {
            return None;
        }
        Some(Affix { ending: self.case.map(|(place, _)| (place, i as u16)), ..affix })
    }

    /// Of several bases that the ending of the word may have, the one that makes a listed noun of it.
    fn listed_base(&self, view: &View<'_>, at: usize, affix: Affix, len: usize) -> Option<usize> {
        let word = view.word(at);
        let stem = word.get(..word.len().checked_sub(affix.tail as usize)?).filter(|stem| stem.len() < word.len())?;
        let ending = &word[stem.len()..];
        let mut same =
            self.endings.iter().zip(self.bases).enumerate().filter(|(_, (e, _))| e.len() == len && *e == ending);
        same.clone().nth(1)?;
        same.find(|(_, (_, base))| view.language.is_noun(&format!("{stem}{base}"))).map(|(i, _)| i)
    }

    /// No ending is the ending that is asked for: then the word bears none of another case either. A pronoun and a word
    /// that rules know as it stands are what they are.
    fn bears_no_other(&self, view: &View<'_>, first: usize, last: usize) -> bool {
        let Some(at) = last.checked_sub(1) else { return false };
        let known = view.language.pronoun(view.surfaces[at]).is_some()
            || view.tokens[at].spaced && view.language.is_listed(view.word(at));
        let near = view.language.case_endings.near(view.word(at));
        let mut others = near.filter(|(_, case)| self.case.is_none_or(|(_, of)| of != case.as_str()));
        known || !others.any(|(ending, _)| bears(view, first, last, ending).is_some())
    }
}

/// True for the closing mark of a quoted name: an ending may be glued to it.
fn closes_name(view: &View<'_>, at: usize) -> bool {
    view.tokens[at].is(Mark::Quote) && view.transparent(at) && view.quotation_to(at).is_some()
}

/// How the phrase bears one ending: as a token of its own behind a hyphen or apostrophe, or glued to its last word.
fn bears(view: &View<'_>, first: usize, last: usize, ending: &str) -> Option<Affix> {
    let at = last.checked_sub(1).filter(|&at| at >= first && view.tokens[at].is_wordlike())?;
    // Most endings are told from a word by one byte; what is a joint alone ends no word either, and is asked below.
    if view.word(at).as_bytes().last() != ending.as_bytes().last() && !ending.ends_with(is_joint) && !ending.is_empty()
    {
        return None;
    }
    let letters = ending.trim_start_matches(is_joint);
    if letters.is_empty() {
        return Some(Affix::default());
    }
    let word = view.word(at);
    // Either way the written word ends in these letters, and most words do not.
    if !word.as_bytes().ends_with(letters.as_bytes()) {
        return None;
    }
    let joint = at > first
        && !view.tokens[at].spaced
        && (matches!(view.tokens[at - 1].mark(), Some(Mark::Hyphen | Mark::Apostrophe)) || closes_name(view, at - 1))
        && !view.tokens[at - 1].spaced;
    if joint && word == letters {
        return Some(Affix { tail_tokens: 2, at: last, ..Affix::default() });
    }
    let stem = word.strip_suffix(letters).filter(|_| letters.len() == ending.len())?;
    (stem.chars().nth(1).is_some()).then_some(Affix { tail: letters.len() as u32, at: last, ..Affix::default() })
}

/// One past the tokens that spell `letters` from token `at`; typewriter and typographic apostrophes are one, and so are
/// hyphens.
fn literal_run(view: &View<'_>, region: &Region, letters: &str, at: usize) -> Option<usize> {
    let mut rest = letters;
    let mut at = at;
    while !rest.is_empty() {
        let token = view.tokens.get(at).filter(|_| at < region.last)?;
        rest = if token.is(Mark::Apostrophe) {
            rest.strip_prefix(['\'', '\u{2019}'])
        } else if token.is(Mark::Hyphen) {
            rest.strip_prefix(is_joint)
        } else {
            let mut room = String::new();
            rest.strip_prefix(folded(view.word(at), &mut room)).filter(|_| !token.span.is_empty())
        }?;
        at += 1;
    }
    Some(at)
}
