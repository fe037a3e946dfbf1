//! Noun phrases, walked to the left and to the right.

use crate::rules::pack::NounKind;
use crate::rules::pack::StandsFor;
use crate::scan::{Region, View};
use crate::segment::quotation::{Quotation, QuotationClass};
use crate::sources::attribute::{attribute_end, attribute_start};
use crate::sources::part::{Part, part};
use crate::sources::phrase_end::{ends_phrase, is_last, is_possessor, is_told, joins_people};
use crate::sources::subject_form::is_place_of_role;
use crate::text::token::{Kind, Mark};

/// Kind, name and one past the last token of the noun that heads a phrase.
pub type Noun = (NounKind, String, usize);

/// Most tokens of a phrase on one side of its cue.
pub const LONGEST_PHRASE: usize = 45;

/// Most tokens of a quoted name, marks included.
const LONGEST_QUOTED_NAME: usize = 10;

/// Most tokens of a listed noun that ends with a number.
const LONGEST_NUMBERED: usize = 4;

/// The end of a stretch without the markup at its end.
pub fn skip_transparent_left(view: &View<'_>, floor: usize, end: usize) -> usize {
    let mut end = end;
    while end > floor && view.tokens[end - 1].is(Mark::Markup) {
        end -= 1;
    }
    end
}

/// The start of a stretch without the markup at its start.
pub fn skip_transparent_right(view: &View<'_>, limit: usize, at: usize) -> usize {
    let mut at = at;
    while at < limit && view.tokens[at].is(Mark::Markup) {
        at += 1;
    }
    at
}

/// True for a word in small letters that is no noun, where all nouns have capitals.
fn is_small(view: &View<'_>, at: usize) -> bool {
    let token = &view.tokens[at];
    view.language.pack.noun_capitals
        && token.kind == Kind::Word
        && !token.capital
        && (token.spaced || at == 0)
        && view.name(at).is_none()
        && view.noun_at(at).is_none()
        && !view.is(at, view.language.roles.name_particle)
        && !view.is(at, view.language.roles.honorific)
}

/// True for a number behind a listed noun or a name of the registry, where all nouns have capitals: it counts what follows.
fn counts_what_follows(view: &View<'_>, start: usize, at: usize) -> bool {
    view.language.pack.noun_capitals
        && view.tokens[at].kind == Kind::Number
        && view.name(at).is_none()
        && view.tokens[at].spaced
        && (view.name(at - 1).is_some_and(|hit| hit.last as usize == at)
            || (start..at).any(|t| view.noun_at(t).is_some_and(|(_, end)| end == at)))
}

/// One past a quoted name whose mark opens at token `at`, where all nouns have capitals: its words may be any.
fn quoted_name_end(view: &View<'_>, at: usize) -> Option<usize> {
    if !view.language.pack.noun_capitals || !view.tokens[at].is(Mark::Quote) || !view.transparent(at) {
        return None;
    }
    let name = |q: &Quotation| {
        matches!(q.class, QuotationClass::Name | QuotationClass::Title)
            || view.tokens.get(q.open + 1).is_some_and(|t| t.capital)
    };
    let named = |q: &&Quotation| q.open == at && q.closed && q.end - at <= LONGEST_QUOTED_NAME && name(q);
    view.quotations.iter().find(named).map(|q| q.end)
}

/// Walks left over a noun phrase that ends before `end`: its first token and one past its last.
pub fn walk_left(view: &View<'_>, region: &Region, floor: usize, end: usize) -> Option<(usize, usize)> {
    let roles = &view.language.roles;
    let mut first = end;
    let mut at = end;
    let mut linked = 0;
    // A determiner or a number right before the verb makes an adjective of it: "an alleged incident".
    let edge = skip_transparent_left(view, floor, end);
    let counted = edge > floor && view.noun_at(edge - 1).is_none() && {
        let adjective = part(view, region, edge - 1) == Part::Determiner;
        // A listed noun may end with a number: "one in three said".
        if adjective || view.tokens[edge - 1].kind == Kind::Number {
            let near = floor.max(edge.saturating_sub(LONGEST_NUMBERED))..edge;
            let listed = near.into_iter().find(|&t| view.noun_at(t).is_some_and(|(_, last)| last == edge));
            if let Some(start) = listed {
                let numbered = start > floor && view.tokens[start - 1].kind == Kind::Number;
                let start = if numbered { start - 1 } else { start };
                return Some((view.lex_before(floor, start, roles.quantifier).unwrap_or(start), end));
            }
        }
        adjective
    };
    if counted {
        return None;
    }
    while at > floor {
        let quoted = view.quotation_to(at - 1).filter(|q| q.closed && q.open >= floor);
        if let Some(open) = quoted.map(|q| q.open).filter(|&open| quoted_name_end(view, open) == Some(at)) {
            (at, first) = (open, open);
            continue;
        }
        // Dates belong to no name: "on Wednesday officials said".
        if let Some(start) = view.lex_before(floor, at, roles.when)
            && (start..at).all(|t| view.name(t).is_none())
            && !(first == at && is_place_of_role(view, floor, start, at))
            && !is_possessor(view, at)
        {
            break;
        }
        let linker = view.lex_before(floor, at, roles.linker).filter(|&start| first < end && start + 1 < at);
        let found = if linker.is_some() { Part::Linker } else { part(view, region, at - 1) };
        match found {
            Part::Word
                if first < end && (ends_phrase(view, at - 1) || is_last(view, at - 1) || is_told(view, at - 1)) =>
            {
                break;
            }
            // Where nouns have capitals, a small word is no noun, and nothing but an adjective before one.
            Part::Word if is_small(view, at - 1) && first == end => break,
            Part::Word if !is_small(view, at - 1) && first < end && first == at && is_small(view, first) => break,
            Part::Word => {
                at -= 1;
                first = at;
            }
            Part::Glue => at -= 1,
            Part::Determiner => {
                at -= 1;
                first = at;
                // A determiner closes the phrase, unless a preposition ties it to a noun before it.
                while at > floor && part(view, region, at - 1) == Part::Determiner {
                    at -= 1;
                    first = at;
                }
                let several = || view.lex_before(floor, at, roles.linker).is_some_and(|start| start + 1 < at);
                if at > floor && part(view, region, at - 1) != Part::Linker && !several() {
                    // Where whose it is stands behind its noun as it is: "the lawyer [of] this reporter".
                    if owns_determined(view, at, first, end) {
                        continue;
                    }
                    // "The mayor and her deputy said": both are the subject.
                    if let Some(start) = joined_before(view, region, floor, at) {
                        first = start;
                        break;
                    }
                    // The object of a relative clause: "voters who backed the plan said".
                    match personal_clause(view, region, floor, at) {
                        Some(start) => at = start,
                        None => break,
                    }
                }
            }
            Part::Linker if first < end && view.lex_before(floor, at, roles.quantifier).is_some() => {
                // "one of his aides": the quantity opens the phrase.
                if let Some(start) = view.lex_before(floor, at, roles.quantifier) {
                    first = start;
                }
                break;
            }
            Part::Linker => {
                let start = linker.unwrap_or(at - 1);
                let mut left = skip_transparent_left(view, floor, start);
                // The closing mark of a name: «Name» in …
                while left > floor && view.tokens[left - 1].is(Mark::Quote) && view.transparent(left - 1) {
                    left -= 1;
                }
                let noun_before = left > floor
                    && linked < 4
                    && first < end
                    && (part(view, region, left - 1) == Part::Word
                        || participle_behind_noun(view, region, floor, left))
                    && view.language.pronoun(view.surfaces[left - 1]).is_none();
                if !noun_before {
                    break;
                }
                linked += 1;
                at = start;
            }
            Part::Coordinator => {
                let joins = at >= floor + 2
                    && first < end
                    && part(view, region, at - 2) == Part::Word
                    && (view.tokens[at - 2].capital == view.tokens[first].capital || at - 2 == region.first)
                    && (view.tokens[first].capital || view.noun_at(at - 2).is_some());
                let adjectives = || {
                    at >= floor + 2
                        && first == at
                        && first + 1 < end
                        && are_adjectives(view, region, (at - 2, at - 1), first)
                };
                if !joins && !adjectives() {
                    break;
                }
                at -= 1;
            }
            Part::Stop => {
                // A participle behind its noun: "a statement posted on the website".
                if at >= floor + 2
                    && first < end
                    && view.is(at - 1, roles.participle)
                    && part(view, region, at) == Part::Linker
                    && part(view, region, at - 2) == Part::Word
                {
                    at -= 1;
                    continue;
                }
                // A relative clause inside the phrase: "people who were there said".
                if let Some(start) = relative_start(view, region, floor, at) {
                    at = start;
                    continue;
                }
                break;
            }
        }
    }
    first = attribute_start(view, region, floor, (first, end)).unwrap_or(first);
    // Marks at the left edge belong to what stands before, but for the mark of a quoted name.
    if first < end
        && first > floor
        && view.tokens[first - 1].is(Mark::Quote)
        && view.transparent(first - 1)
        && (first..end).any(|t| view.quotation_to(t).is_some_and(|q| q.open + 1 == first))
    {
        first -= 1;
    }
    (first < end).then_some((first, end))
}

/// True where the phrase from token `first`, which a determiner opens, says whose the person or body before token `at` is: in a
/// language that ties nouns without a word and has no articles.
fn owns_determined(view: &View<'_>, at: usize, first: usize, end: usize) -> bool {
    let pack = &view.language.pack;
    let somebody = |t: usize| {
        view.noun_at(t).filter(|(noun, _)| {
            matches!(noun.kind, NounKind::Role | NounKind::Anonymous | NounKind::Class | NounKind::Institution)
        })
    };
    pack.head_first
        && pack.no_articles
        && pack.morphology.cases.is_empty()
        && at > 0
        && somebody(at - 1).is_some_and(|(_, noun_end)| noun_end == at)
        && (first + 1..end).find(|&t| view.tokens[t].is_wordlike()).is_some_and(|t| somebody(t).is_some())
}

/// Where somebody starts whom "and" before token `at` joins to the phrase behind it, and with whom the clause opens.
fn joined_before(view: &View<'_>, region: &Region, floor: usize, at: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let joint = at.checked_sub(1).filter(|&t| t > floor && view.is(t, roles.coordinator) && !view.title_case)?;
    let (first, last) = walk_left(view, region, floor, joint)?;
    let opens = first <= region.first
        || view.tokens[first - 1].is(Mark::Comma)
        || view.lex_before(region.first, first, roles.sentence_opener) == Some(region.first);
    let people = |t: usize| {
        let kinds = [NounKind::Role, NounKind::Anonymous, NounKind::Class, NounKind::Institution];
        view.noun_at(t).is_some_and(|(noun, end)| end == last && kinds.contains(&noun.kind))
    };
    let somebody = view.tokens[last - 1].capital || (first..last).any(people);
    (opens && last == joint && somebody).then_some(first)
}

/// True where a participle that belongs to the noun before it ends at token `end`: "footage posted on …".
fn participle_behind_noun(view: &View<'_>, region: &Region, floor: usize, end: usize) -> bool {
    end >= floor + 2 && view.is(end - 1, view.language.roles.participle) && part(view, region, end - 2) == Part::Word
}

/// The place before the relative pronoun of a clause that ends before `end`, where a noun precedes it.
pub fn relative_start(view: &View<'_>, region: &Region, floor: usize, end: usize) -> Option<usize> {
    let mut at = end;
    // "that Mr. Obama warned": the verb is the clause's own, and the phrase ends at the pronoun.
    if end > floor && view.language.pronoun(view.surfaces[end - 1]).is_some_and(|p| p.relative) {
        return None;
    }
    while at > floor && end - at < 14 {
        at -= 1;
        let token = &view.tokens[at];
        if matches!(token.mark(), Some(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Dash))
            || view.speech_to(at).is_some()
        {
            return None;
        }
        if view.language.pronoun(view.surfaces[at]).is_some_and(|p| p.relative) {
            let noun =
                at > floor && part(view, region, at - 1) == Part::Word && !view.is(at - 1, view.language.roles.between);
            return noun.then_some(at);
        }
    }
    None
}

/// The place before a relative pronoun that stands for persons, where its clause goes on to token `end` and its verb stands
/// between: no subordinate or coordinate clause in between.
fn personal_clause(view: &View<'_>, region: &Region, floor: usize, end: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let start = relative_start(view, region, floor, end)?;
    let personal = view
        .language
        .pronoun(view.surfaces[start])
        .is_some_and(|p| p.stands_for.contains(&StandsFor::Person) && p.stands_for.contains(&StandsFor::Many));
    let joins =
        |t: usize| view.is(t, roles.subordinator) || view.is(t, roles.complementiser) || view.is(t, roles.coordinator);
    let plain = (start + 1..end).all(|t| !joins(t));
    (personal && plain && end > start + 1).then_some(start)
}

/// True where the words `before` and the one at `behind` are adjectives that "and" joins before their noun: "current and
/// former officials". Determiners may stand before them.
fn are_adjectives(view: &View<'_>, region: &Region, before: (usize, usize), behind: usize) -> bool {
    let plain = |t: usize| {
        let token = &view.tokens[t];
        token.kind == Kind::Word
            && (!token.capital || t == region.first)
            && view.name(t).is_none()
            && view.noun_at(t).is_none()
            && part(view, region, t) == Part::Word
    };
    let first = (before.0..before.1).find(|&t| part(view, region, t) != Part::Determiner);
    !view.language.pack.head_first && first.is_some_and(|first| (first..before.1).all(plain)) && plain(behind)
}

/// Walks right over a noun phrase that starts at `at`: one past its last token.
pub fn walk_right(view: &View<'_>, region: &Region, start: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let limit = region.last.min(start + LONGEST_PHRASE);
    // "one of the engineers": the quantity opens the phrase, its preposition included.
    let several = view.lex_at(start, roles.quantifier).filter(|&end| end > start + 1 && end < limit);
    let opened = start;
    let start = several.unwrap_or(start);
    let mut at = start;
    let mut last = start;
    while at < limit {
        let aside = |lex| view.lex_at(at, lex).is_some_and(|end| !is_possessor(view, end));
        if last == start
            && let Some(end) = attribute_end(view, region, at, limit)
        {
            at = end;
            continue;
        }
        if at > start && view.name(at).is_none() && (aside(roles.when) || aside(roles.venue)) {
            break;
        }
        if let Some(end) = quoted_name_end(view, at).filter(|&end| end <= limit) {
            (at, last) = (end, end);
            continue;
        }
        let several = || view.lex_at(at, roles.linker).is_some_and(|end| end > at + 1);
        let found = if at > start && last == at && several() { Part::Linker } else { part(view, region, at) };
        match found {
            Part::Word if at > start && ends_phrase(view, at) => break,
            Part::Word if at > start && last == at && counts_what_follows(view, start, at) => break,
            // Where nouns have capitals, a small word behind one ends the phrase; before one it is an adjective.
            Part::Word if is_small(view, at) => {
                if at > start && last == at {
                    break;
                }
                at += 1;
            }
            Part::Word => {
                at += 1;
                last = at;
                if is_last(view, at - 1) {
                    break;
                }
            }
            Part::Glue => {
                // Letters glued behind an apostrophe belong to the word: a possessive, a case ending.
                at += 1;
            }
            Part::Determiner => {
                if at > start && last == at && !view.is(at - 1, roles.determiner) && !view.is(at - 1, roles.quantifier)
                {
                    break;
                }
                at += 1;
            }
            // A cue of several words that starts with a preposition's letters: the Romanian "general *a spus*".
            Part::Linker if view.lex_at(at, roles.cue).is_some_and(|end| end > at + 1) => break,
            Part::Linker => {
                // Where whose it is stands behind a noun without a preposition, one behind a bare name tells where it was.
                let described = !view.language.pack.no_articles && view.is(start, roles.determiner);
                let bare =
                    view.language.pack.head_first && !described && (start..at).all(|t| view.noun_at(t).is_none());
                let mut next = view.lex_at(at, roles.linker).unwrap_or(at + 1);
                // An elided preposition: "d'Orléans".
                if next < limit && view.tokens[next].is(Mark::Apostrophe) && !view.tokens[next].spaced {
                    next += 1;
                }
                let joins = last == at
                    && at > start
                    && !bare
                    && next < limit
                    && matches!(part(view, region, next), Part::Word | Part::Determiner)
                    && !view.tokens[next].is(Mark::Comma);
                if !joins {
                    break;
                }
                at = next;
            }
            Part::Coordinator => {
                let joins = last == at
                    && at > start
                    && at + 1 < limit
                    && part(view, region, at + 1) == Part::Word
                    && view.tokens[at + 1].capital
                    && view.tokens[at - 1].capital
                    && !view.title_case;
                let adjectives = || {
                    last == at
                        && at + 2 < limit
                        && part(view, region, at + 2) == Part::Word
                        && are_adjectives(view, region, (start, at), at + 1)
                };
                if !joins && !adjectives() && !joins_people(view, region, start, at) {
                    break;
                }
                at += 1;
            }
            Part::Stop => {
                break;
            }
        }
    }
    // A quotation mark that closes a name belongs to it.
    while last < limit
        && view.tokens[last].is(Mark::Quote)
        && view.transparent(last)
        && view.quotation_to(last).is_some_and(|q| q.open + 1 >= opened)
    {
        last += 1;
    }
    (last > start).then_some(last)
}
