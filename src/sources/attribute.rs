//! What stands between an article and its noun besides adjectives: "die am Montag vorgelegte Studie".

use crate::scan::{Region, View};
use crate::sources::part::{Part, part};
use crate::text::token::{Kind, Mark};

/// Most tokens between the article and the adjective that they belong to.
const LONGEST_ATTRIBUTE: usize = 12;

/// Where the adjective starts that the words from token `at` belong to, right behind an article: with its own ending, in
/// small letters and right before a noun. They start with a date or a preposition and have a noun of their own. `None` where
/// there is no such attribute, or the language has none.
pub fn attribute_end(view: &View<'_>, region: &Region, at: usize, limit: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let articled = at > region.first && view.is(at - 1, roles.determiner);
    if !view.language.has_attributes() || !articled || at >= limit {
        return None;
    }
    let dated = view.lex_at(at, roles.when);
    let led = view.is(at, roles.linker) || view.is(at, roles.opens_adverbial);
    if dated.is_none() && !led || view.is(at, roles.determiner) {
        return None;
    }
    let limit = limit.min(at + LONGEST_ATTRIBUTE);
    let mut named = dated.is_some();
    for t in dated.unwrap_or(at + 1)..limit {
        let token = &view.tokens[t];
        // Between commas stands the name of a state, or another adjective.
        if matches!(token.mark(), Some(mark) if mark != Mark::Comma && mark != Mark::Hyphen) {
            return None;
        }
        let plain = token.kind == Kind::Word && !token.capital && part(view, region, t) == Part::Word;
        let noun = || view.tokens.get(t + 1).is_some_and(|next| next.capital && next.kind == Kind::Word && next.spaced);
        if named && plain && t + 1 < limit && noun() && view.language.is_attribute(view.word(t)) {
            return Some(t);
        }
        // A finite verb or a pronoun is no part of it.
        let other = view.is(t, roles.cue) || view.is(t, roles.auxiliary) || view.is(t, roles.subordinator);
        if !token.capital && (other || view.language.pronoun(view.surfaces[t]).is_some()) {
            return None;
        }
        named |= token.capital || view.name(t).is_some();
    }
    None
}

/// The article of a phrase that starts with such an adjective, where the words that belong to that stand in between.
pub fn attribute_start(view: &View<'_>, region: &Region, floor: usize, phrase: (usize, usize)) -> Option<usize> {
    let (first, end) = phrase;
    let adjective = view.language.has_attributes() && first < end && view.tokens[first].kind == Kind::Word;
    if !adjective || view.tokens[first].capital || !view.language.is_attribute(view.word(first)) {
        return None;
    }
    let floor = floor.max(first.saturating_sub(LONGEST_ATTRIBUTE));
    (floor..first).rev().find(|&t| attribute_end(view, region, t + 1, end) == Some(first))
}
