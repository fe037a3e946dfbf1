//! Whether a mention is what a slot asks for.

use crate::compiled::slot::{Narrowing, SlotAtom};
use crate::rules::pack::{NameTest, NounKind, SourceKind, StandsFor};
use crate::rules::template::SlotKind;
use crate::scan::View;
use crate::sources::denote::{CORRESPONDENT, Denotes};
use crate::sources::mention::Mention;
use crate::sources::names::NameTarget;
use crate::sources::phrase_end::{ends_phrase, inflected};
use crate::text::token::Mark;

/// True where the slot asks for no kind of noun (`{source:footage}`), or the mention is of that kind.
pub fn kind_fits(view: &View<'_>, slot: &SlotAtom, mention: &Mention) -> bool {
    // Who was told must be somebody that names, lists or the registry know.
    if slot.kind == SlotKind::Recipient && matches!(mention.denotes, Denotes::Unknown { determined: false, .. }) {
        let told = view.lex_at(mention.first, view.language.roles.no_outlet) == Some(mention.core.1);
        return told;
    }
    // A possessor does not speak; templates that want one say so (`{source}'s`).
    if slot.suffix.is_empty() && possessive(view, mention) {
        return false;
    }
    // A word in such a case is no subject; slots that ask for a case or letters know what they want.
    let asks = !slot.suffix.is_empty() || slot.case.is_some();
    if !asks && slot.kind == SlotKind::Source && ends_phrase(view, mention.last.saturating_sub(1)) {
        return false;
    }
    if slot.asks(Narrowing::Head) && !ends_with_head(view, mention) {
        return false;
    }
    if slot.asks(Narrowing::Speaker) {
        return !matches!(
            mention.denotes,
            Denotes::Unknown { .. } | Denotes::Footage(..) | Denotes::Body { document: true, .. }
        );
    }
    if slot.asks(Narrowing::Many) {
        return means_many(view, mention);
    }
    if slot.asks(Narrowing::Person) {
        return match mention.denotes {
            Denotes::Source(i) => view.registry.source(i).is_some_and(|s| s.kind == SourceKind::Person),
            Denotes::Name { words: (first, last), person, .. } => person && last > first + 1,
            _ => false,
        };
    }
    if slot.asks(Narrowing::Name) {
        let bare = |at: usize| view.name(at).is_some() || !view.tokens[at].is_wordlike();
        let outlet = matches!(mention.denotes, Denotes::Source(i) if view.registry.source(i).is_some_and(|s| s.kind.carries_news()));
        return outlet && (mention.first..mention.last).all(bare);
    }
    // A document keeps its kind though its issuer is the source: "data from the …".
    let heads =
        |kind: NounKind| (mention.core.0..mention.core.1).any(|t| view.noun_at(t).is_some_and(|(n, _)| n.kind == kind));
    slot.noun.is_none_or(|kind| {
        mention.denotes.kind(view) == Some(kind)
            || matches!(kind, NounKind::Document | NounKind::Footage) && heads(kind)
    })
}

/// True for a class of people, a pronoun that may stand for many, and somebody whom "and" joins to somebody else.
fn means_many(view: &View<'_>, mention: &Mention) -> bool {
    match mention.denotes {
        Denotes::Class(..) => true,
        Denotes::Pronoun(index) => view
            .language
            .pack
            .pronouns
            .get(index as usize)
            .is_some_and(|p| p.stands_for.iter().any(|s| matches!(s, StandsFor::Many | StandsFor::Nobody))),
        Denotes::Unknown { .. } | Denotes::Footage(..) => false,
        _ => (mention.core.0..mention.core.1).any(|t| view.is(t, view.language.roles.coordinator)),
    }
}

/// True for the noun of a document behind its owner, in a language without capitals whose heads stand first.
fn is_document(view: &View<'_>, at: usize) -> bool {
    let pack = &view.language.pack;
    pack.head_first
        && pack.name_test == NameTest::GivenNames
        && view.noun_at(at).is_some_and(|(noun, _)| noun.kind == NounKind::Document)
}

/// True where the phrase goes on to its head and no further, told from its first word: a head is a name of the registry or
/// a listed noun as it stands, or words with a capital and without an ending.
fn ends_with_head(view: &View<'_>, mention: &Mention) -> bool {
    let attributive = |word: &str| {
        view.language.pack.morphology.cases.get("gen").is_some_and(|endings| {
            endings.iter().any(|e| {
                !e.is_empty() && word.strip_suffix(e.as_str()).is_some_and(|stem| stem.chars().nth(2).is_some())
            })
        })
    };
    // A capital before another one: a given name, whatever its last letters.
    let given = |at: usize| view.tokens.get(at + 1).is_some_and(|next| next.capital && next.spaced);
    let (mut at, mut seen) = (mention.first, false);
    // Behind the name of a state or a person another state is what the clause is about.
    let mut named = false;
    while at < view.tokens.len() && (at < mention.last || seen) {
        let word = view.word(at);
        // A given name that a list has is a name all the same.
        let known = view.surfaces[at] != 0 && !view.is(at, view.language.roles.given_name);
        if let Some(hit) = view.name(at).filter(|hit| hit.first as usize == at) {
            let last = hit.last as usize;
            let glued = view
                .tokens
                .get(last)
                .is_some_and(|t| !t.spaced && matches!(t.mark(), Some(Mark::Hyphen | Mark::Apostrophe)));
            let head = !inflected(view, hit) && !glued && !matches!(hit.target, NameTarget::Adjective(_));
            let state = matches!(hit.target, NameTarget::Country(_) | NameTarget::Capital(_));
            if seen && (!head || named && state) {
                break;
            }
            seen |= head;
            named = true;
            at = last.max(at + 1);
        } else if let Some((_, end)) = view.noun_at(at).filter(|(_, end)| {
            view.language.is_listed(view.word(*end - 1))
                || *end > at + 1 && view.language.is_written(view.word(*end - 1))
        }) {
            // Where whose it is stands behind a noun, a document behind somebody is what the clause is about.
            if seen && is_document(view, at) {
                break;
            }
            seen = true;
            at = end;
        } else if view.transparent(at) {
            at += 1;
        } else if view.tokens[at].capital && !known && (given(at) || !ends_phrase(view, at) && !attributive(word)) {
            seen = true;
            at += 1;
        } else if seen {
            break;
        } else {
            at += 1;
        }
    }
    // Letters glued behind it belong to the word.
    let goes_on =
        view.tokens.get(at).is_some_and(|t| !t.spaced && matches!(t.mark(), Some(Mark::Hyphen | Mark::Apostrophe)));
    seen && at == mention.last && !goes_on
}

fn behind_preposition(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    let lists = [roles.opens_adverbial, roles.place_linker];
    at.checked_sub(1).is_some_and(|before| lists.iter().any(|&list| view.is(before, list)))
}

/// The same where the mention is that name and nothing else: slots that ask for letters take shorter phrases, too.
pub fn by_slot_alone(view: &View<'_>, slot: &SlotAtom, mention: Mention) -> Mention {
    match mention.denotes {
        Denotes::Name { words: (first, _), .. } if first != mention.core.0 => mention,
        _ => by_slot(view, slot, mention),
    }
}

/// A slot for outlets is as good as the noun that an ambiguous name needs beside it: "told Bild", "Bild reported".
pub fn by_slot(view: &View<'_>, slot: &SlotAtom, mention: Mention) -> Mention {
    let for_outlets = matches!(slot.kind, SlotKind::Via | SlotKind::Via2 | SlotKind::Recipient)
        || slot.asks(Narrowing::Name)
        || slot.noun == Some(NounKind::Outlet);
    let (first, last) = match mention.denotes {
        Denotes::Name { words, .. } => words,
        // Behind a preposition a word that is a name as well is what it means.
        Denotes::Unknown { words, .. } if slot.kind == SlotKind::Recipient || !behind_preposition(view, words.0) => {
            words
        }
        _ => return mention,
    };
    // What stands behind a role says whose it is; an outlet's correspondent is its eyes.
    let role = |t: usize| {
        view.noun_at(t).is_some_and(|(noun, _)| {
            matches!(noun.kind, NounKind::Role | NounKind::Anonymous) && noun.name != CORRESPONDENT
        })
    };
    if (mention.core.0..first).any(role) {
        return mention;
    }
    let hit = view.name(first).filter(|h| h.first as usize == first && h.last as usize == last);
    match hit.map(|h| h.target) {
        Some(NameTarget::Source(i))
            if for_outlets && view.registry.source(i).is_some_and(|s| s.kind.carries_news()) =>
        {
            Mention { denotes: Denotes::Source(i), ..mention }
        }
        _ => mention,
    }
}

/// True where the mention ends in an apostrophe, or in one with a short ending glued to it.
fn possessive(view: &View<'_>, mention: &Mention) -> bool {
    let last = mention.last.saturating_sub(1);
    let apostrophe = |t: usize| view.tokens[t].is(Mark::Apostrophe);
    let glued = last > mention.first
        && !view.tokens[last].spaced
        && !view.tokens[last].capital
        && apostrophe(last - 1)
        && view.language.is_possessive_ending(view.word(last));
    // An ending that the language lists as a case is told by the slots that ask for the case.
    let cases = &view.language.pack.morphology.cases;
    if glued && cases.values().flatten().any(|ending| ending == view.word(last)) {
        return false;
    }
    mention.last > mention.first && view.name(last).is_none() && (apostrophe(last) || glued)
}

/// True where the mark at the token is of this class; a hyphen and a dash stand for each other.
pub fn mark_fits(view: &View<'_>, at: usize, mark: Mark) -> bool {
    match view.tokens[at].mark() {
        Some(found) => {
            found == mark || mark == Mark::Hyphen && found == Mark::Dash || mark == Mark::Dash && found == Mark::Hyphen
        }
        None => false,
    }
}
