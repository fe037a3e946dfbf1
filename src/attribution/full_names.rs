//! The full names of people that an article gives: what a surname alone, or a name in another case, stands for.

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::compiled::language::Language;
use crate::rules::pack::{NameTest, SourceKind};
use crate::scan::View;
use crate::sources::bare::is_common;
use crate::sources::morphology::folded;
use crate::sources::name_words::person_start;
use crate::sources::names::{NameHit, NameTarget};
use crate::text::span::Span;
use crate::text::token::{Kind, Mark};

/// Most words of a full name.
const LONGEST_NAME: usize = 3;
/// Most people of one surname that are told apart.
const MOST_NAMESAKES: usize = 8;

/// Full names of people that an article gives, by all that their last word may be in its base form.
#[derive(Debug, Default)]
pub struct FullNames<'a> {
    full: Vec<FullName<'a>>,
    by_stem: RapidHashMap<String, Vec<usize>>,
    /// Registry persons that the article names: last word → registry index, and the first word of the name.
    known: RapidHashMap<String, (u32, &'a str)>,
    /// Last words of the names of outlets of several words that the article gives → the outlet; `None` where two have it.
    outlets: RapidHashMap<&'a str, Option<u32>>,
    /// Words with a capital that no rule knows, where the language writes endings onto names.
    seen: RapidHashSet<&'a str>,
    /// Those of them that stand elsewhere than at the start of a sentence.
    inside: RapidHashSet<&'a str>,
}

#[derive(Debug)]
struct FullName<'a> {
    words: Vec<&'a str>,
    span: Span,
}

/// What a slot found to be the ending of a name.
pub struct Ending<'e> {
    /// The last word without it.
    pub base: String,
    /// The endings of the case.
    pub endings: &'e [String],
    /// What the base form has in place of each.
    pub bases: &'e [String],
}

impl<'a> FullNames<'a> {
    /// Notes by what word alone an outlet goes where its name has several: "the Post".
    fn note_outlet(&mut self, view: &View<'a>, hit: &NameHit) {
        let NameTarget::Source(index) = hit.target else { return };
        let first = hit.first as usize;
        let bare = first + usize::from(view.is(first, view.language.roles.determiner));
        if (hit.last as usize) < bare + 2 || !view.registry.source(index).is_some_and(|s| s.kind.carries_news()) {
            return;
        }
        let known = self.outlets.entry(view.word(hit.last as usize - 1)).or_insert(Some(index));
        if *known != Some(index) {
            *known = None;
        }
    }

    /// The outlet that the article names in full and that goes by this word alone.
    pub fn outlet(&self, word: &str) -> Option<u32> {
        self.outlets.get(word).copied().flatten()
    }

    /// Notes the names of one block.
    pub fn note(&mut self, view: &View<'a>) {
        let language = view.language;
        for hit in &view.names {
            self.note_outlet(view, hit);
            if let NameTarget::Source(index) = hit.target
                && view.registry.source(index).is_some_and(|s| s.kind == SourceKind::Person)
            {
                for base in language.bases(view.word(hit.last as usize - 1)) {
                    self.known.entry(base).or_insert((index, view.word(hit.first as usize)));
                }
            }
        }
        if language.pack.name_test != NameTest::Capitals || view.title_case {
            return self.note_plain(view);
        }
        let roles = &language.roles;
        let capital = |t: usize| {
            let token = &view.tokens[t];
            token.kind == Kind::Word && token.capital && token.span.len() > 1 && view.name(t).is_none()
        };
        let plain = |t: usize| {
            capital(t)
                && !view.is(t, roles.honorific)
                && !view.is(t, roles.determiner)
                && language.pronoun(view.surfaces[t]).is_none()
                && view.noun_at(t).is_none()
                // "the minister of Health Ana Pell": a word of the office is none of her name.
                && view.noun_reach(t).is_none_or(|end| end <= t)
        };
        let mut starts: Vec<usize> = view.regions.iter().map(|r| r.first).collect();
        starts.sort_unstable();
        if language.inflects() {
            for at in (0..view.tokens.len()).filter(|&t| capital(t)) {
                self.seen.insert(view.word(at));
                if starts.binary_search(&at).is_err() {
                    self.inside.insert(view.word(at));
                }
            }
        }
        let mut at = 0;
        let mut run: Vec<(usize, usize)> = Vec::new();
        while at < view.tokens.len() {
            run.clear();
            let first = at;
            while at < view.tokens.len() && plain(at) && (at == first || view.tokens[at].spaced) {
                let end = word_end(view, at);
                run.push((at, end));
                at = end;
            }
            if run.len() < 2 {
                at = at.max(first + 1);
                continue;
            }
            // A word that only opens its sentence is no given name.
            let opens = starts.binary_search(&first).is_ok() && is_common(view, first);
            let words = run.get(usize::from(opens)..).unwrap_or_default();
            // Behind a place or a firm the given name starts anew: "the mayor of Nîmes Jean Roux".
            let start = words.first().zip(words.last()).map(|(a, b)| person_start(view, a.0, b.1));
            let words = &words[words.iter().position(|w| Some(w.0) == start).unwrap_or(0)..];
            if (2..=LONGEST_NAME).contains(&words.len()) {
                let span = view.span(words[0].0, words[words.len() - 1].1);
                let words = words.iter().map(|&(first, end)| view.span(first, end).of(view.text)).collect();
                self.add(language, FullName { words, span });
            }
            at = at.max(first + 1);
        }
    }

    /// Notes the names of people in a block without capitals, and what of each may be the whole of it.
    fn note_plain(&mut self, view: &View<'a>) {
        for &(first, last) in &view.persons {
            let mut words = Vec::new();
            let mut at = first;
            while at < last {
                let end = word_end(view, at);
                words.push((at, end));
                at = end;
            }
            let written = |&(first, end): &(usize, usize)| view.span(first, end).of(view.text);
            self.seen.extend(words.iter().map(written));
            for len in 2..=words.len() {
                let name = &words[..len];
                let span = view.span(name[0].0, name[len - 1].1);
                self.add(view.language, FullName { words: name.iter().map(written).collect(), span });
            }
        }
    }

    /// The full name whose last words these are, and where it was given first.
    pub fn full_of_last(&self, language: &Language, words: &[&str]) -> Option<(String, Span)> {
        let last = words.last()?;
        let list = language.bases(last).into_iter().find_map(|base| self.by_stem.get(&base))?;
        let others = &words[..words.len() - 1];
        let ends = |i: &&usize| {
            let full = &self.full[**i].words;
            let before = full.get(..full.len() - 1).unwrap_or_default();
            full.len() > words.len() && before.ends_with(others)
        };
        let full = &self.full[*list.iter().find(ends)?];
        Some((self.basic(language, &full.words, None), full.span))
    }

    /// Adds a name, or makes it the form of one that is there in another case, where it is the more basic one.
    fn add(&mut self, language: &Language, name: FullName<'a>) {
        let Some(last) = name.words.last() else { return };
        let bases = language.bases(last);
        if let Some(there) = self.same(language, &bases, &name.words) {
            let letters = |words: &[&str]| words.iter().map(|w| w.len()).sum::<usize>();
            if letters(&name.words) < letters(&self.full[there].words) {
                self.full[there].words = name.words;
            }
            return;
        }
        let index = self.full.len();
        for base in bases {
            let namesakes = self.by_stem.entry(base).or_default();
            if namesakes.len() < MOST_NAMESAKES {
                namesakes.push(index);
            }
        }
        self.full.push(name);
    }

    /// The full name that these words are in this or another case; `bases` are those of the last word.
    fn same(&self, language: &Language, bases: &[String], words: &[&str]) -> Option<usize> {
        let alike = |a: &str, b: &str| {
            a == b
                || language.pack.morphology.names_agree && {
                    let of_a = language.bases(a);
                    language.bases(b).iter().any(|base| of_a.contains(base))
                }
        };
        let others = |index: &&usize| {
            let full = &self.full[**index].words;
            full.len() == words.len() && full.iter().zip(words).take(words.len() - 1).all(|(a, b)| alike(a, b))
        };
        bases.iter().filter_map(|base| self.by_stem.get(base)).find_map(|list| list.iter().find(others)).copied()
    }

    /// True where the article writes the word with a capital inside a sentence.
    pub fn is_written_inside(&self, word: &str) -> bool {
        self.inside.contains(word)
    }

    /// The registry person whom a surname stands for.
    pub fn known(&self, language: &Language, surname: &str) -> Option<u32> {
        language.bases(surname).iter().find_map(|base| self.known.get(base)).map(|(index, _)| *index)
    }

    /// The registry person whom an initial and a surname stand for.
    pub fn known_by_initial(&self, language: &Language, initial: &str, surname: &str) -> Option<u32> {
        let known = language.bases(surname).into_iter().find_map(|base| self.known.get(&base).copied());
        known.filter(|(_, given)| given.starts_with(initial)).map(|(index, _)| index)
    }

    /// The full name that an initial and a surname stand for, and where it was given first.
    pub fn full_by_initial(
        &self,
        language: &Language,
        initial: &str,
        surname: &str,
        borne: Option<&Ending<'_>>,
    ) -> Option<(String, Span)> {
        let list = language.bases(surname).into_iter().find_map(|base| self.by_stem.get(&base))?;
        let given = |i: &&usize| self.full[**i].words.first().is_some_and(|given| given.starts_with(initial));
        let full = &self.full[*list.iter().find(given)?];
        Some((self.basic(language, &full.words, borne), full.span))
    }

    /// The full name that a surname stands for, and where it was given first.
    pub fn full(&self, language: &Language, surname: &str, borne: Option<&Ending<'_>>) -> Option<(String, Span)> {
        let list = language.bases(surname).into_iter().find_map(|base| self.by_stem.get(&base))?;
        let exact = list.iter().find(|&&i| self.full[i].words.last() == Some(&surname));
        let full = &self.full[*exact.or_else(|| list.first())?];
        // Two forms of one surname tell what it is without their endings.
        let last = *full.words.last()?;
        let (of_full, of_surname) = (language.bases(last), language.bases(surname));
        let shared =
            of_surname.iter().find(|base| of_full.contains(base)).filter(|base| Some(*base) != of_full.first());
        let ending = shared.map(|base| Ending { base: base.clone(), endings: &[], bases: &[] });
        // One form in both places: the slot tells its ending.
        let borne = borne.filter(|_| last == surname);
        Some((self.basic(language, &full.words, ending.as_ref().or(borne)), full.span))
    }

    /// A name in its base form, as far as the article, or the ending that a slot found, tells it.
    pub fn base(&self, language: &Language, words: &[&str], ending: Option<&Ending<'_>>) -> String {
        let Some(last) = words.last() else { return String::new() };
        let given = if words.len() > 1 { self.same(language, &language.bases(last), words) } else { None };
        match given {
            Some(index) => self.basic(language, &self.full[index].words, ending),
            None => self.basic(language, words, ending),
        }
    }

    /// The base form of a name: its last word without an ending, where the article has it so elsewhere and means nobody
    /// else by it, or else without the ending that a slot found; where names agree, the other words likewise.
    fn basic(&self, language: &Language, words: &[&str], ending: Option<&Ending<'_>>) -> String {
        let Some((last, others)) = words.split_last() else { return String::new() };
        let bases = language.bases(last);
        let free = |base: &&String| {
            let namesake = |&i: &usize| self.full[i].words.last() == Some(&base.as_str());
            self.seen.contains(base.as_str())
                && !self.by_stem.get(base.as_str()).is_some_and(|list| list.iter().any(namesake))
        };
        let elsewhere = bases.iter().skip(1).find(free);
        let borne = ending.filter(|ending| bases.contains(&ending.base) || last.starts_with(&ending.base));
        let Some(base) = elsewhere.or_else(|| borne.map(|ending| &ending.base)) else {
            return self.with_given_name(language, words);
        };
        let mut out = String::new();
        for word in others {
            let plain =
                language.pack.morphology.names_agree.then(|| self.agreeing(language, word, (last, base), ending));
            out.push_str(plain.flatten().as_deref().unwrap_or(word));
            out.push(' ');
        }
        out + &as_written(last, base)
    }

    /// A name whose last word has no ending, its first one in the form that the language lists among given names: "Anny Nowak".
    fn with_given_name(&self, language: &Language, words: &[&str]) -> String {
        let (list, agrees) = (language.roles.given_name, language.pack.morphology.names_agree);
        let Some((first, others)) = words.split_first().filter(|(_, others)| agrees && !others.is_empty()) else {
            return words.join(" ");
        };
        let listed = |word: &str| language.has(word, list);
        let base = language.bases(first).into_iter().skip(1).find(|base| !listed(first) && listed(base));
        let first = base.as_deref().unwrap_or(first);
        format!("{first} {}", others.join(" "))
    }

    /// The base form of another word of the name whose `last` word has this base form.
    fn agreeing(
        &self,
        language: &Language,
        word: &str,
        (last, base): (&str, &str),
        ending: Option<&Ending<'_>>,
    ) -> Option<String> {
        let seen = language.bases(word).into_iter().skip(1).find(|base| self.seen.contains(base.as_str()));
        let of_case = || {
            let ending = ending?;
            let fitting = ending.endings.iter().enumerate().filter_map(|(i, letters)| {
                let stem = word
                    .strip_suffix(letters.as_str())
                    .filter(|s| !letters.is_empty() && s.chars().nth(1).is_some())?;
                Some((
                    letters.len(),
                    std::cmp::Reverse(i),
                    format!("{stem}{}", ending.bases.get(i).map_or("", String::as_str)),
                ))
            });
            fitting.max_by_key(|(len, i, _)| (*len, *i)).map(|(.., base)| base)
        };
        let same_ending = || {
            let letters = last.strip_prefix(base).filter(|letters| !letters.is_empty())?;
            word.strip_suffix(letters).filter(|stem| stem.chars().nth(1).is_some()).map(str::to_owned)
        };
        seen.or_else(of_case).or_else(same_ending)
    }
}

/// A base form in the letters of the word that it was made from: what is compared has variants of letters made one.
fn as_written(word: &str, base: &str) -> String {
    let (mut room, mut out) = (String::new(), base.to_owned());
    if folded(word, &mut room) == word {
        return out;
    }
    for (at, letter) in word.char_indices() {
        let stem = &word[..at + letter.len_utf8()];
        if let Some(rest) = base.strip_prefix(folded(stem, &mut room)) {
            out = format!("{stem}{rest}");
        }
    }
    out
}

/// One past the last token of the written word that starts at token `at`, parts behind a hyphen or an apostrophe included.
pub fn word_end(view: &View<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while let (Some(joint), Some(next)) = (view.tokens.get(end), view.tokens.get(end + 1)) {
        let joins = !joint.spaced
            && next.kind == Kind::Word
            && !next.spaced
            && match joint.mark() {
                Some(Mark::Hyphen) => next.capital,
                Some(Mark::Apostrophe) => !view.language.is_possessive_ending(view.word(end + 1)),
                _ => false,
            };
        if !joins {
            break;
        }
        end += 2;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_form_keeps_the_letters_of_its_word() {
        let mut room = String::new();
        assert_eq!(as_written("الحياري", folded("الحياري", &mut room)), "الحياري");
        assert_eq!(as_written("Լևիթը", folded("Լևիթ", &mut room)), "Լևիթ");
        assert_eq!(as_written("ჩიკვაიძემ", "ჩიკვაიძე"), "ჩიკვაიძე");
    }
}
