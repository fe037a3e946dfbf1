//! Appositions and insertions: what stands between commas beside a name.

use crate::rules::pack::{NameTest, NounKind, SourceKind};
use crate::scan::{Region, View};
use crate::sources::denote::{Denotes, denote};
use crate::sources::names::NameTarget;
use crate::sources::part::{Part, part};
use crate::sources::phrase::walk_right;
use crate::sources::plain_names::is_bare;
use crate::text::token::{Kind, Mark};

/// Most tokens between the commas of an apposition.
const LONGEST_APPOSITION: usize = 32;

/// Most tokens of a party's letters and a place.
const LONGEST_AFFILIATION: usize = 6;
/// Most bytes of a party's letters.
const LONGEST_PARTY: usize = 4;

/// A role that an apposition behind it names: "the minister, Karin Dahl,".
pub fn named_in_apposition(
    view: &View<'_>,
    region: &Region,
    role: &Denotes,
    from: usize,
    last: usize,
) -> Option<Denotes> {
    // A trade that no list has is a person's where a full name stands behind it: "the band's drummer, Paul Berg,".
    let unlisted = matches!(role, Denotes::Unknown { determined: true, .. }) && !view.language.pack.noun_capitals;
    let described = matches!(role, Denotes::Role { .. } | Denotes::Anonymous(..)) || unlisted;
    let mut first = from;
    while first < last && !view.tokens[first].is_wordlike() {
        first += 1;
    }
    let mut end = last;
    while end > first && !view.tokens[end - 1].is_wordlike() {
        end -= 1;
    }
    if !described || first == from || first >= end {
        return None;
    }
    // Where the named one works stands behind the name: "the author, Anna Keller of the University of Leeds,".
    let full_name = full_name_end(view, first, end);
    if unlisted && (full_name.unwrap_or(end) < first + 2 || (first..end).any(|t| view.noun_at(t).is_some())) {
        return None;
    }
    let end = full_name.unwrap_or(end);
    // A rank before the name is as good as the name alone: "the commander, colonel Diego Ruiz,".
    let ranked = view.noun_at(first).is_some_and(|(n, behind)| {
        matches!(n.kind, NounKind::Role | NounKind::Anonymous) && behind < end && is_bare_name(view, behind, end)
    });
    if !ranked && !is_bare_name(view, first, end) {
        return None;
    }
    let named = denote(view, region, (first, end), (first, end))?;
    let person = match &named {
        Denotes::Source(i) => view.registry.source(*i).is_some_and(|s| s.kind == SourceKind::Person),
        Denotes::Name { person, .. } => *person,
        _ => false,
    };
    person.then_some(named)
}

/// True for an age, or a description that starts with a determiner.
pub fn is_short_insertion(view: &View<'_>, first: usize, last: usize) -> bool {
    let number = last == first + 1 && view.tokens[first].kind == Kind::Number;
    let roles = &view.language.roles;
    number
        || is_affiliation(view, first, last)
        || is_place_behind_place(view, first, last)
        || (!view.tokens[first].capital && (view.is(first, roles.determiner) || view.is(first, roles.linker)))
}

/// Most tokens of the name of a state or country behind a place.
const LONGEST_STATE: usize = 3;

/// True for a name in capitals right behind the comma of another one: "Jackson, Miss.," in "a voter from Jackson, Miss.,".
fn is_place_behind_place(view: &View<'_>, first: usize, last: usize) -> bool {
    first >= 3
        && last - first <= LONGEST_STATE
        && view.tokens[first].capital
        && is_bare_name(view, first, last)
        && view.tokens[first - 1].is(Mark::Comma)
        && view.tokens[first - 2].capital
        && (first.saturating_sub(5)..first - 2).any(|t| view.is(t, view.language.roles.linker))
}

/// True for letters of a party or a place joined by a hyphen: "R-Fla.".
fn is_affiliation(view: &View<'_>, first: usize, last: usize) -> bool {
    let hyphen = first + 1;
    hyphen + 1 < last
        && last - first <= LONGEST_AFFILIATION
        && view.tokens[hyphen].is(Mark::Hyphen)
        && !view.tokens[hyphen].spaced
        && view.tokens[first].span.len() <= LONGEST_PARTY
        && is_bare_name(view, first, last)
}

/// The mark that opens the insertion which closes with the mark `close`: a comma for a comma, a dash for a dash.
pub fn opening(view: &View<'_>, region: &Region, floor: usize, close: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let wanted = match view.tokens[close].mark()? {
        Mark::Close => Mark::Open,
        mark => mark,
    };
    let floor = floor.max(close.saturating_sub(LONGEST_APPOSITION));
    let mut at = close;
    while at > floor + 1 {
        at -= 1;
        if view.speech_to(at).is_some() {
            return None;
        }
        if view.tokens[at].is(wanted) {
            let start = at + 1;
            if start >= close {
                return None;
            }
            // "…, when asked about it, said" is an insertion as well; a coordinated clause is none.
            let relative = view.language.pronoun(view.surfaces[start]).is_some_and(|p| p.relative);
            let opens_clause = view.is(start, roles.coordinator) || view.is(start, roles.complementiser) && !relative;
            // A number between commas is an age; a name or noun is a role; a relative pronoun starts a clause about it.
            // In brackets letters of a party may be a word as well: "(I-Vt.)".
            let pronoun =
                wanted != Mark::Open && view.language.pronoun(view.surfaces[start]).is_some_and(|p| !p.relative);
            if opens_clause || pronoun {
                return None;
            }
            // The stop of an abbreviation belongs to its word: "Miss., …".
            let stop = view.tokens[at - 1].is(Mark::Stop) && !view.tokens[at - 1].spaced && at > floor + 1;
            let noun_before = part(view, region, at - 1 - usize::from(stop)) == Part::Word
                || view.tokens[at - 1].is(Mark::Close)
                || view.tokens[at - 1].is(Mark::Markup);
            return noun_before.then_some(at);
        }
    }
    None
}

/// True where the phrase is a role or a description, so that it can stand in apposition to a name.
pub fn heads_apposition(view: &View<'_>, first: usize, last: usize) -> bool {
    let roles = &view.language.roles;
    view.is(first, roles.determiner)
        || (first..last)
            .any(|t| view.noun_at(t).is_some_and(|(noun, _)| matches!(noun.kind, NounKind::Role | NounKind::Anonymous)))
}

/// True where the phrase next to the cue can describe the name before it: it names nobody itself, and the name is no
/// outlet or body that a preposition or another cue asks for.
pub fn stands_in_apposition(view: &View<'_>, region: &Region, phrase: (usize, usize), name: (usize, usize)) -> bool {
    let roles = &view.language.roles;
    let nameless = denote(view, region, phrase, phrase)
        .is_some_and(|d| matches!(d, Denotes::Role { .. } | Denotes::Anonymous(..) | Denotes::Unknown { .. }));
    let person = view.name(name.0).is_none_or(|hit| match hit.target {
        NameTarget::Source(i) => view.registry.source(i).is_some_and(|s| s.kind == SourceKind::Person),
        _ => false,
    });
    let free = name.0 <= region.first || {
        let before = name.0 - 1;
        !(view.is(before, roles.linker) || view.is(before, roles.opens_adverbial) || view.is(before, roles.cue))
    };
    nameless && person && free
}

/// One past the full name that starts at token `first` and that a comma or a preposition follows before token `last`.
fn full_name_end(view: &View<'_>, first: usize, last: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let goes_on = |t: usize| view.tokens[t].capital || view.is(t, roles.name_particle);
    let end = (first..last).find(|&t| !goes_on(t))?;
    let ends = view.tokens[end].is(Mark::Comma) || view.is(end, roles.linker) || view.is(end, roles.opens_adverbial);
    (!view.title_case && end >= first + 2 && ends && view.tokens[end - 1].capital).then_some(end)
}

/// True where nothing but capitalised words and particles of names stands between the tokens.
pub fn is_bare_name(view: &View<'_>, first: usize, last: usize) -> bool {
    if view.language.pack.name_test == NameTest::GivenNames {
        return is_bare(view, first, last);
    }
    !view.title_case
        && last - first <= 6
        && (first..last).all(|t| {
            view.tokens[t].capital || !view.tokens[t].is_wordlike() || view.is(t, view.language.roles.name_particle)
        })
}

/// One past an apposition that starts with the comma at `at` and closes with a comma, or ends its sentence.
pub fn closing_apposition(view: &View<'_>, region: &Region, at: usize) -> Option<usize> {
    let roles = &view.language.roles;
    if !view.tokens.get(at)?.is(Mark::Comma) || at + 1 >= region.last {
        return None;
    }
    let start = at + 1;
    // ", whom the agency quotes": what was so while he spoke is no part of who spoke.
    if view.lex_at(start, roles.aside).is_some() {
        return None;
    }
    let relative = view.language.pronoun(view.surfaces[start]).is_some_and(|p| p.relative)
        || view.language.pack.head_first && view.lex_at(start, roles.participle).is_some();
    let near = start..(start + 5).min(region.last);
    let role = near.clone().any(|t| view.noun_at(t).is_some());
    // "Rosa Mamani, leader of the village": a role behind a name needs no article.
    let behind_name = view.tokens[at - 1].capital && view.noun_at(at - 1).is_none();
    let bare_role = behind_name
        && !view.title_case
        && (!view.tokens[start].capital || view.language.pack.noun_capitals)
        && view.noun_at(start).is_some_and(|(n, _)| matches!(n.kind, NounKind::Role | NounKind::Anonymous));
    let determined = view.is(start, roles.determiner) && role;
    let aged = view.tokens[start].kind == Kind::Number
        || view.is(start, roles.linker) && view.tokens.get(start + 1).is_some_and(|t| t.kind == Kind::Number);
    // "said Keller, a fisherman.": nothing else can follow.
    let closing = view.is(start, roles.determiner)
        && walk_right(view, region, start).is_some_and(|end| ends_sentence(view, region, end));
    // A rank before it is a part of the name: "the commander, colonel Diego Ruiz,".
    let rank = view.noun_at(start).filter(|(n, _)| matches!(n.kind, NounKind::Role | NounKind::Anonymous));
    let rank_end = rank.map(|(_, end)| end).filter(|&end| !view.tokens[start].capital && end < region.last);
    let ranked = rank_end.is_some_and(|first| {
        view.tokens[first].capital
            && walk_right(view, region, start).is_some_and(|end| {
                end >= first + 2
                    && view.tokens.get(end).is_some_and(|t| t.is(Mark::Comma))
                    && is_bare_name(view, first, end)
                    && heads_apposition(view, region.first.max(at.saturating_sub(8)), at)
            })
    });
    let named = !view.title_case
        && view.tokens[start].capital
        && walk_right(view, region, start).is_some_and(|end| {
            let parted = view.tokens.get(end).is_some_and(|t| t.is(Mark::Comma));
            // The last words of their clause, too, where they are a full name.
            let last = end >= start + 2
                && (ends_sentence(view, region, end) || view.tokens[end].is(Mark::Close) || is_adverbial(view, end));
            let name_end = full_name_end(view, start, end).unwrap_or(end);
            is_bare_name(view, start, name_end)
                && (parted || last && (start..name_end).all(|t| view.noun_at(t).is_none()))
                && heads_apposition(view, region.first.max(at.saturating_sub(8)), at)
        });
    if !(relative
        || determined
        || aged
        || closing
        || named
        || ranked
        || bare_role
        || role && !view.tokens[start].is_wordlike())
    {
        return None;
    }
    let end = if relative {
        (start..region.last.min(start + LONGEST_APPOSITION))
            .find(|&t| view.tokens[t].is(Mark::Comma) || ends_sentence(view, region, t))
    } else {
        walk_right(view, region, start)
    }?;
    let closed = end >= region.last
        || matches!(view.tokens[end].mark(), Some(Mark::Comma | Mark::Close | Mark::Dash))
        || ends_sentence(view, region, end)
        || (named || bare_role) && is_adverbial(view, end);
    closed.then_some(end)
}

/// True where an adverbial, a date or a place of speech starts at the token.
fn is_adverbial(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    view.is(at, roles.opens_adverbial) || view.lex_at(at, roles.when).or_else(|| view.lex_at(at, roles.venue)).is_some()
}

fn ends_sentence(view: &View<'_>, region: &Region, at: usize) -> bool {
    at + 1 >= region.last
        || (view.tokens[at].mark().is_some() && (at..region.last).all(|t| view.tokens[t].mark().is_some()))
}
