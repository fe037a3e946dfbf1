//! Small words that tie: a word that may open a phrase as well as join it to another, a preposition inside a name.

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
