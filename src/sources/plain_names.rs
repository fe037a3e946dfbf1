//! Names of people where letters have no capitals: told by given names, by endings of surnames, behind forms of address, by
//! what the article has introduced, and behind a role by words that no list knows.

use std::collections::HashSet;

use crate::rules::pack::{NameTest, NounKind, SourceKind};
use crate::scan::View;
use crate::sources::names::NameTarget;
use crate::sources::phrase::Noun;
use crate::text::token::{Kind, Mark};

/// Most words of such a name.
const LONGEST_NAME: usize = 5;

/// The names of people in a block, in order: first token and one past the last.
fn persons(view: &View<'_>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let roles = &view.language.roles;
    let mut at = 0;
    while at < view.tokens.len() {
        let given = view.lex_at(at, roles.given_name).filter(|_| is_free(view, at));
        let addressed = at > 0 && view.is(at - 1, roles.honorific) && is_plain(view, at);
        let end = match given {
            Some(end) => extended(view, at, end),
            None if addressed => extended(view, at, at + 1),
            None if is_surname(view, at) => at + 1,
            None => at,
        };
        let words = (at..end).filter(|&t| view.tokens[t].is_wordlike()).count();
        if end > at && (words > 1 || addressed || given.is_none()) {
            out.push((at, end));
        }
        at = end.max(at + 1);
    }
    for name in (0..view.tokens.len()).filter_map(|at| behind_role(view, at)) {
        if !out.iter().any(|(first, last)| *first < name.1 && name.0 < *last) {
            out.push(name);
        }
    }
    out.sort_unstable();
    out
}

/// Most words between a role and the name behind it: whose the role is.
const LONGEST_BODY: usize = 8;

/// The name behind the role that starts at token `at` and what says whose it is: two words or more that no list knows, with a
/// verb of speech or a conjunction right behind them.
fn behind_role(view: &View<'_>, at: usize) -> Option<(usize, usize)> {
    let roles = &view.language.roles;
    if !view.language.pack.head_first {
        return None;
    }
    let (noun, end) = view.noun_at(at)?;
    if !matches!(noun.kind, NounKind::Role | NounKind::Anonymous) {
        return None;
    }
    let bare = |t: usize| is_unlisted(view, t) && !view.language.is_definite(view.word(t));
    let whose = |t: usize| {
        let described = view.is(t, roles.adjective) || view.is(t, roles.linker);
        described || view.name(t).is_some() || view.noun_at(t).is_some() || view.language.is_definite(view.word(t))
    };
    let limit = view.tokens.len().min(end + LONGEST_BODY);
    let first = (end..limit).find(|&t| bare(t) || !whose(t)).filter(|&t| bare(t))?;
    let last = (first..view.tokens.len()).find(|&t| !is_unlisted(view, t)).unwrap_or(view.tokens.len());
    let said = |t: usize| view.lex_at(t, roles.complementiser).is_some() || view.is(t, roles.cue);
    ((2..=LONGEST_NAME).contains(&(last - first)) && last < view.tokens.len() && said(last)).then_some((first, last))
}

/// The people whom an article has named in full so far: all words of their names but the first, in their base forms.
#[derive(Debug, Default)]
pub struct Introduced {
    words: HashSet<String>,
}

impl Introduced {
    /// Tells a block the names in it, those of people who were named in full before included, and notes its own.
    pub fn tell(&mut self, view: &mut View<'_>) {
        if view.language.pack.name_test != NameTest::GivenNames {
            return;
        }
        view.persons = persons(view);
        for &(first, last) in &view.persons {
            let words = (first + 1..last).filter(|&t| view.tokens[t].is_wordlike());
            self.words.extend(words.flat_map(|t| view.language.bases(view.word(t))));
        }
        let again = self.known_again(view);
        view.persons.extend(again);
        view.persons.sort_unstable();
    }

    /// Runs of words that no list has and that belong to a name given before.
    fn known_again(&self, view: &View<'_>) -> Vec<(usize, usize)> {
        let known = |at: usize| view.language.bases(view.word(at)).iter().any(|base| self.words.contains(base));
        let mut out: Vec<(usize, usize)> = Vec::new();
        for at in 0..view.tokens.len() {
            if self.words.is_empty() || !is_plain(view, at) || view.person_at(at).is_some() || !known(at) {
                continue;
            }
            match out.last_mut() {
                Some(last) if last.1 == at => last.1 = at + 1,
                _ => out.push((at, at + 1)),
            }
        }
        out
    }
}

/// The words of the phrase `core` that are a person's name; `noun` is the noun that heads it.
pub fn in_phrase(view: &View<'_>, core: (usize, usize), noun: Option<&Noun>) -> Option<(usize, usize)> {
    let roles = &view.language.roles;
    let inside = || view.persons.iter().copied().filter(|(first, last)| *first >= core.0 && *last <= core.1);
    let Some((kind, _, end)) = noun else {
        // Without a noun the phrase is the name.
        let opens = |t: usize| view.is(t, roles.honorific) || view.is(t, roles.determiner);
        return inside().find(|(first, last)| (core.0..*first).all(opens) && *last == core.1);
    };
    if !matches!(kind, NounKind::Role | NounKind::Anonymous) {
        return None;
    }
    let behind = inside().rfind(|(first, _)| first >= end);
    // Before its role a name stands only where whose the role is stands behind it.
    let before = || inside().find(|(first, _)| *first == core.0).filter(|_| view.language.pack.head_first);
    let alone = || core.1.checked_sub(1).filter(|at| at == end && is_given(view, *at)).map(|at| (at, at + 1));
    behind
        .or_else(before)
        .or_else(alone)
        .or_else(|| unlisted_behind(view, *end, core.1))
        .or_else(|| unlisted_before(view, core.0, *end))
}

/// The name at the end of what a preposition leads to behind a role.
pub fn at_end(view: &View<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    let told = view.persons.iter().copied().find(|(first, last)| *first >= from && *last == end && last - first > 1);
    told.or_else(|| {
        let run = unlisted_behind(view, from, end)?;
        let linked = run.0 > 0 && view.lex_before(from.saturating_sub(1), run.0, view.language.roles.linker).is_some();
        (!linked).then_some(run)
    })
}

/// True where all words between the tokens are one name of a person.
pub fn is_bare(view: &View<'_>, first: usize, last: usize) -> bool {
    let registered = || {
        let hit = view.name(first).filter(|hit| hit.first as usize == first && hit.last as usize == last);
        hit.is_some_and(|hit| match hit.target {
            NameTarget::Source(index) => view.registry.source(index).is_some_and(|s| s.kind == SourceKind::Person),
            _ => false,
        })
    };
    let told = view.persons.iter().any(|(a, b)| *a == first && *b == last);
    told || first + 1 == last && is_given(view, first) || registered()
}

/// True for a given name in any of its cases.
fn is_given(view: &View<'_>, at: usize) -> bool {
    let (language, given) = (view.language, view.language.roles.given_name);
    is_free(view, at)
        && (view.is(at, given)
            || language.lists.is_none(view.surfaces[at])
                && language.bases(view.word(at)).iter().skip(1).any(|base| language.has(base, given)))
}

/// Two words or more that no list knows, at the end of a phrase.
fn unlisted_behind(view: &View<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    let first = (from..end)
        .rev()
        .take_while(|&t| is_unlisted(view, t))
        .filter(|&t| !view.language.is_definite(view.word(t)))
        .last()?;
    (2..=LONGEST_NAME).contains(&(end - first)).then_some((first, end))
}

/// The same at the start of a phrase, before its noun: "Esmail Baghaei spokesman of the ministry".
fn unlisted_before(view: &View<'_>, first: usize, noun_end: usize) -> Option<(usize, usize)> {
    if !view.language.pack.head_first {
        return None;
    }
    let run = (first..noun_end).take_while(|&t| is_unlisted(view, t)).count();
    let end = first + run;
    (!view.language.is_definite(view.word(first)) && (2..LONGEST_NAME).contains(&run) && view.noun_at(end).is_some())
        .then_some((first, end))
}

/// One past the name that goes on behind token `end`.
fn extended(view: &View<'_>, first: usize, end: usize) -> usize {
    let mut end = end;
    let mut words = 1;
    if is_surname(view, end - 1) && end - 1 > first {
        return end;
    }
    // Where names bear cases, only their last word does: a given name, others, and one word more.
    let cased = !view.language.pack.morphology.cases.is_empty();
    let named = |t: usize| view.is(t, view.language.roles.given_name) || view.is(t, view.language.roles.name_particle);
    let articled = |t: usize| view.language.is_definite(view.word(t));
    let given_end = end;
    while words < LONGEST_NAME && end < view.tokens.len() {
        if cased && end - 1 > first && !named(end - 1) && !view.tokens[end].is(Mark::Hyphen) {
            break;
        }
        let joined = view.tokens[end].is(Mark::Hyphen) && !view.tokens[end].spaced;
        let next = end + usize::from(joined);
        // A word with an article stands right behind given names, and ends the name. A particle at its start makes a given
        // name of what it leads to.
        let led = end == first + 2 && view.is(first, view.language.roles.name_particle);
        let behind_given = end == given_end || led || named(end - 1);
        if articled(next) && !behind_given || articled(end - 1) && !behind_given && !named(next) {
            break;
        }
        let fits = is_plain(view, next) || behind_given && articled(next) && is_noun_alone(view, next);
        if !fits || view.tokens[next].spaced == joined {
            break;
        }
        end = next + 1;
        words += 1;
        // A surname that its ending tells is the last word.
        if is_surname(view, next) && !view.tokens.get(end).is_some_and(|t| t.is(Mark::Hyphen) && !t.spaced) {
            break;
        }
    }
    // A particle leads to a name and ends none.
    while end > first + 1 && view.is(end - 1, view.language.roles.name_particle) {
        end -= 1;
    }
    end
}

/// True for a word that no name of the registry and no noun has.
fn is_free(view: &View<'_>, at: usize) -> bool {
    view.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
        && view.name(at).is_none()
        && view.noun_at(at).is_none()
        && view.language.pronoun(view.surfaces[at]).is_none()
}

/// True for a word that may stand in a name: no list has it as a word of its own, but for those of names.
fn is_plain(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    is_free(view, at)
        && (view.language.lists.is_none(view.surfaces[at])
            || view.is(at, roles.given_name)
            || view.is(at, roles.name_particle))
}

/// True for a listed role of one word that is nothing else: behind a given name it is a surname.
fn is_noun_alone(view: &View<'_>, at: usize) -> bool {
    view.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
        && view.name(at).is_none()
        && view
            .noun_at(at)
            .is_some_and(|(noun, end)| end == at + 1 && matches!(noun.kind, NounKind::Role | NounKind::Anonymous))
        && view.own_lists(at) == 0
}

/// True for a word that no list has.
fn is_unlisted(view: &View<'_>, at: usize) -> bool {
    is_free(view, at) && view.language.lists.is_none(view.surfaces[at])
}

/// True for a word that its ending tells to be a surname.
fn is_surname(view: &View<'_>, at: usize) -> bool {
    let endings = &view.language.pack.morphology.surname_endings;
    !endings.is_empty() && at < view.tokens.len() && is_plain(view, at) && {
        let fits = |base: &String| {
            let stem = |end: &String| base.strip_suffix(end.as_str()).is_some_and(|s| s.chars().nth(1).is_some());
            endings.iter().any(stem)
        };
        view.language.bases(view.word(at)).iter().any(fits)
    }
}
