//! Small words that tie: a word that may open a phrase as well as join it to another, a preposition inside a name or a listed
//! noun; letters that stand for a given name.

use crate::rules::pack::SourceKind;
use crate::scan::{Region, View};
use crate::sources::names::NameTarget;
use crate::text::token::{Kind, Mark};

/// True where a word that may open a phrase or tie it to another one ties it: a noun stands right before it.
pub fn ties(view: &View<'_>, region: &Region, at: usize) -> bool {
    let roles = &view.language.roles;
    if at <= region.first {
        return false;
    }
    let before = at - 1;
    let token = &view.tokens[before];
    if view.noun_at(before).is_some() || view.name(before).is_some() {
        return true;
    }
    let lists = [
        roles.determiner,
        roles.quantifier,
        roles.linker,
        roles.coordinator,
        roles.cue,
        roles.cue_part,
        roles.auxiliary,
        roles.between,
        roles.complementiser,
        roles.subordinator,
        roles.never_in_name,
        roles.opens_adverbial,
    ];
    token.kind == Kind::Word
        && (token.capital || !view.language.pack.noun_capitals)
        && view.lex_before(region.first, at, roles.when).is_none()
        && view.language.pronoun(view.surfaces[before]).is_none()
        && !lists.iter().any(|&list| view.is(before, list))
}

/// Most tokens between somebody who is posted and the preposition before the place.
const LONGEST_POST: usize = 6;

/// True where a state, a place or a body that the registry knows stands right behind token `at`, and somebody who is posted
/// to one before it: "the ambassador of Iran in Moscow".
pub fn leads_to_place(view: &View<'_>, at: usize) -> bool {
    let posted = (at.saturating_sub(LONGEST_POST)..at).any(|t| view.is(t, view.language.roles.posted));
    posted
        && view.name(at + 1).is_some_and(|hit| match hit.target {
            NameTarget::Source(index) => view.registry.source(index).is_some_and(|s| s.kind == SourceKind::Institution),
            NameTarget::Country(_) | NameTarget::Capital(_) => true,
            NameTarget::Adjective(_) => false,
        })
}

/// True for a preposition that ties what stands behind it to the phrase before.
pub fn is_linker(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    if is_initial(view, at) {
        return false;
    }
    view.lex_at(at, roles.linker).is_some() || view.is(at, roles.place_linker) && leads_to_place(view, at)
}

/// True for a later word of a listed noun of several words, whatever else it means: "ministry of trade *and* industry".
pub fn inside_noun(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    let opens = || [roles.determiner, roles.linker, roles.coordinator].iter().any(|&list| view.is(at, list));
    view.noun_reach(at).is_some_and(|end| end > at + 1 || end == at + 1 && !opens())
}

/// True for a capital letter that stands for a given name, before a stop and the name, or before an apostrophe and the rest of
/// it: "A. Kern", "Tim O'Hara".
pub fn is_initial(view: &View<'_>, at: usize) -> bool {
    let (Some(letter), Some(mark), Some(next)) =
        (view.tokens.get(at), view.tokens.get(at + 1), view.tokens.get(at + 2))
    else {
        return false;
    };
    let named = letter.capital && !mark.spaced && next.capital && next.kind == Kind::Word;
    if !named || view.word(at).chars().nth(1).is_some() {
        return false;
    }
    let behind_name = || letter.spaced && at > 0 && view.tokens[at - 1].capital && view.tokens[at - 1].is_wordlike();
    match mark.mark() {
        Some(Mark::Stop) => true,
        Some(Mark::Apostrophe) => !next.spaced && behind_name(),
        _ => false,
    }
}

/// Most particles in a row inside a name: "de la".
const MOST_PARTICLES: usize = 3;

/// True for a preposition between two words with capitals that no list knows: a particle of a name.
pub fn inside_name(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    let of_name = |t: usize| {
        let person = view.name(t).is_none_or(|hit| match hit.target {
            NameTarget::Source(i) => view.registry.source(i).is_some_and(|s| s.kind == SourceKind::Person),
            _ => false,
        });
        view.tokens[t].kind == Kind::Word && view.tokens[t].capital && person && view.noun_at(t).is_none()
    };
    if at == 0 || view.title_case || !view.is(at, roles.name_particle) || !of_name(at - 1) {
        return false;
    }
    if view.is(at - 1, roles.determiner) || view.is(at - 1, roles.linker) {
        return false;
    }
    let particle = |t: usize| {
        let glued = view.tokens[t].is(Mark::Apostrophe) && !view.tokens[t].spaced;
        glued || !view.tokens[t].capital && view.is(t, roles.name_particle)
    };
    let next = (at + 1..view.tokens.len().min(at + 1 + MOST_PARTICLES)).find(|&t| !particle(t));
    next.is_some_and(of_name)
}
