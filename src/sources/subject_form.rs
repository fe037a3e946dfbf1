//! Where the subject starts in a phrase whose first words stand in another case: "after the talks of the ministers the
//! spokesman", in languages that put no comma there.

use crate::rules::pack::NounKind;
use crate::scan::{Region, View};
use crate::sources::bare::is_common;
use crate::sources::names::NameTarget;
use crate::sources::phrase_end::inflected;
use crate::sources::tie::is_linker;
use crate::text::token::Kind;

/// The first token of the subject of a phrase that does not start with it: a listed noun for somebody in its first form, with
/// the adjectives before it. `None` where the phrase may be all one.
///
/// `led`: a preposition stands right before the phrase, so that its first words are no subject.
pub fn subject_start(view: &View<'_>, region: &Region, first: usize, last: usize, led: bool) -> Option<usize> {
    let pack = &view.language.pack;
    if !pack.head_first || !pack.morphology.names_agree || first + 1 >= last {
        return None;
    }
    let noun = |t: usize| view.noun_within(t, last).filter(|_| view.name(t).is_none());
    let (mut at, mut oblique, mut linked) = (first, false, false);
    // One past the noun that was found last.
    let mut behind = first;
    // A name with a preposition behind it is no subject that another noun could be one with.
    let named = view.tokens[first].capital && view.noun_at(first).is_none() && !is_common(view, first);
    while at < last {
        linked |= at > first && is_linker(view, at);
        let Some((info, end)) = noun(at) else {
            at += 1;
            continue;
        };
        let person = matches!(info.kind, NounKind::Role | NounKind::Anonymous | NounKind::Class);
        match first_form(view, end - 1) {
            Some(true) if !led && at == first => return None,
            Some(true) => {
                // A body right behind another noun may be whose that is: its first form is often like a case.
                let body = || oblique && info.kind == NounKind::Institution && behind != at;
                let other = led || linked && (oblique || named);
                if !other || !(person || body()) || !view.tokens[at].spaced {
                    behind = end;
                    at = end.max(at + 1);
                    continue;
                }
                let start = (first..at).rev().take_while(|&t| agrees(view, region, t)).last().unwrap_or(at);
                // What has nothing but its adjectives before it is the phrase itself.
                return (start > first).then_some(start);
            }
            // The plural of a group is like a case of it.
            Some(false) => oblique |= info.kind != NounKind::Class || led,
            None => {}
        }
        behind = end;
        at = end.max(at + 1);
    }
    None
}

/// Most tokens between a role and the place behind it.
const LONGEST_ROLE: usize = 8;

/// True where the place that starts at token `start`, with its preposition, belongs to a role in its first form before it, and
/// the name that starts at token `name` to both: "the spokeswoman of the police in Nysa Anna Kos".
pub fn is_place_of_role(view: &View<'_>, floor: usize, start: usize, name: usize) -> bool {
    let capital = |t: usize| view.tokens.get(t).is_some_and(|t| t.capital && t.kind == Kind::Word);
    if !view.language.pack.morphology.names_agree || !capital(name) || !capital(start + 1) || !is_linker(view, start) {
        return false;
    }
    let floor = floor.max(start.saturating_sub(LONGEST_ROLE));
    let before = (floor..start).rev().take_while(|&t| view.tokens[t].kind == Kind::Word);
    before.into_iter().any(|t| {
        let role = view.noun_within(t, start).filter(|(n, _)| matches!(n.kind, NounKind::Role | NounKind::Anonymous));
        role.is_some_and(|(_, end)| first_form(view, end - 1) == Some(true))
    })
}

/// Whether a listed noun stands in its first form: it does where others are made of it and it is made of none. `None` where
/// lists don't tell.
pub fn first_form(view: &View<'_>, at: usize) -> Option<bool> {
    let (language, word) = (view.language, view.word(at));
    let word = word.to_lowercase();
    let morphology = &language.pack.morphology;
    let (mut gives, mut comes) = (false, false);
    for (case, endings) in &morphology.cases {
        let bases = morphology.bases.get(case).map_or(&[][..], Vec::as_slice);
        for (i, ending) in endings.iter().enumerate() {
            let base = bases.get(i).map_or("", String::as_str);
            if ending == base || ending.is_empty() {
                continue;
            }
            let made = |from: &str, to: &str| {
                let stem = word.strip_suffix(from).filter(|stem| stem.chars().nth(1).is_some());
                stem.is_some_and(|stem| language.is_noun(&format!("{stem}{to}")))
            };
            gives |= made(base, ending);
            comes |= made(ending, base);
        }
    }
    (gives != comes).then_some(gives)
}

/// True for an adjective in its first form before the noun: one of a country as the registry has it, one that a list has, or a
/// word that ends as first forms of adjectives do.
fn agrees(view: &View<'_>, region: &Region, at: usize) -> bool {
    if view.tokens[at].kind != Kind::Word {
        return !view.tokens[at].spaced && !view.tokens[at + 1].spaced;
    }
    if let Some(hit) = view.name(at) {
        return matches!(hit.target, NameTarget::Adjective(_)) && !inflected(view, hit);
    }
    let roles = &view.language.roles;
    if view.is(at, roles.adjective) || view.is(at, roles.determiner) {
        return true;
    }
    let plain = view.noun_at(at).is_none() && (!view.tokens[at].capital || at == region.first);
    plain && ends_as_adjective(view, view.word(at))
}

/// True where the letters at the end of the word are those of an adjective's first form: those that cases have three letters
/// or more, or two quite different ones, instead of.
pub fn ends_as_adjective(view: &View<'_>, word: &str) -> bool {
    let morphology = &view.language.pack.morphology;
    let adjectival = |ending: &str, base: &str| {
        let (long, short) = (ending.chars().count(), base.chars().count());
        let differ = ending.chars().next() != base.chars().next();
        (1..=2).contains(&short) && (long >= 3 && long > short || long == 2 && short == 2 && differ)
    };
    morphology.cases.iter().any(|(case, endings)| {
        let bases = morphology.bases.get(case).map_or(&[][..], Vec::as_slice);
        let mut pairs = endings.iter().zip(bases).filter(|(ending, base)| adjectival(ending, base));
        pairs.any(|(_, base)| word.strip_suffix(base.as_str()).is_some_and(|stem| stem.chars().nth(2).is_some()))
    })
}
