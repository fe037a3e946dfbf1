//! The words of a phrase that are a name: a run of capitals, or what stands in marks or behind its noun.

use crate::rules::pack::{NameTest, Needs, NounKind, SourceKind};
use crate::scan::{Region, View};
use crate::sources::bare::is_common;
use crate::sources::morphology::same_script;
use crate::sources::names::NameTarget;
use crate::sources::phrase::Noun;
use crate::sources::plain_names::{at_end, in_phrase};
use crate::sources::tie::{inside_name, is_initial};
use crate::text::token::{Kind, Mark};

/// True where an apostrophe with its ending follows, and more of the phrase after that.
pub fn is_possessive(view: &View<'_>, last: usize, end: usize) -> bool {
    if last >= end || !view.tokens[last].is(Mark::Apostrophe) || view.tokens[last].spaced {
        return false;
    }
    // The letters behind the apostrophe are the ending; without more behind them it may be one of any case.
    let glued = view.tokens.get(last + 1).is_some_and(|t| t.is_wordlike() && !t.spaced);
    // Letters that are no ending belong to the word, as in names and compounds.
    if glued && !view.language.is_possessive_ending(view.word(last + 1)) {
        return false;
    }
    last + 1 + usize::from(glued) < end
}

/// The last run of capitalised words of the core that are no role, honorific or adjective of a country.
pub fn capital_run(
    view: &View<'_>,
    region: &Region,
    core: (usize, usize),
    head: Option<&Noun>,
) -> Option<(usize, usize)> {
    if view.language.pack.name_test != NameTest::Capitals {
        return quoted_or_behind_noun(view, core, head);
    }
    let roles = &view.language.roles;
    let head_first = view.language.pack.head_first;
    let mut best: Option<(usize, usize)> = None;
    let mut start = None;
    let mut at = core.0;
    let flush = |start: &mut Option<usize>, at: usize, best: &mut Option<(usize, usize)>| {
        if let Some(first) = start.take()
            && first < at
            && !is_possessive(view, at, core.1)
        {
            *best = Some((behind_letters(view, head, first, at), at));
        }
    };
    while at < core.1 {
        let token = &view.tokens[at];
        let name = view.name(at);
        let adjective = name.is_some_and(|hit| matches!(hit.target, NameTarget::Adjective(_)));
        let noun = view.noun_at(at).filter(|(n, _)| {
            matches!(n.kind, NounKind::Role | NounKind::Anonymous | NounKind::Outlet | NounKind::Class)
                || head_first && n.kind == NounKind::Institution
        });
        // Behind a given name a noun with a capital is a surname: "the deputy Ana Pastor".
        let surname = head_first && start.is_some() && token.capital && head.is_some_and(|(_, _, end)| *end < at);
        let noun = noun.filter(|_| !surname);
        let owner = head_first && (owns(view, at) || view.in_other_marks(at));
        if token.kind == Kind::Word
            && token.capital
            && !adjective
            && !owner
            && noun.is_none()
            && !view.is(at, roles.honorific)
            && !view.is(at, roles.determiner)
        {
            let sentence_start = at == region.first && is_common(view, at) && name.is_none() && !is_initial(view, at);
            if start.is_none() && of_other_noun(view, head, at) {
                // The name of the body that a later noun names: it is passed over.
                while at < core.1
                    && view.tokens[at].capital
                    && view.tokens[at].kind == Kind::Word
                    && view.noun_at(at).is_none()
                {
                    at += 1;
                }
                continue;
            }
            if !sentence_start {
                start.get_or_insert(at);
            }
            at += 1;
        } else if start.is_some() && joins_name(view, at, core.1) && !owned_by_body(view, at, core.1) {
            at += 1;
        } else {
            let end = trim_marks(view, start.unwrap_or(at), at);
            flush(&mut start, end, &mut best);
            at = noun.map_or(at + 1, |(_, end)| end.max(at + 1));
        }
    }
    let end = trim_marks(view, start.unwrap_or(core.1), core.1);
    flush(&mut start, end, &mut best);
    best
}

/// True for the mark behind a state or a body of the registry that owns the name which follows: "Germany's Friedrich Voss".
/// An outlet's own people are its eyes.
fn owned_by_body(view: &View<'_>, at: usize, end: usize) -> bool {
    let Some(hit) = at.checked_sub(1).and_then(|t| view.name(t)).filter(|hit| hit.last as usize == at) else {
        return owns_full_name(view, at, end);
    };
    let owns = match hit.target {
        NameTarget::Country(_) | NameTarget::Capital(_) => true,
        NameTarget::Source(i) => view.registry.source(i).is_some_and(|s| !s.kind.carries_news()),
        NameTarget::Adjective(_) => false,
    };
    owns && is_possessive(view, at, end)
}

/// True for the mark behind a name that no list has, where nothing but a name of two words or more follows up to token `end`:
/// "Harwick's Ana Bell".
fn owns_full_name(view: &View<'_>, at: usize, end: usize) -> bool {
    let plain = |t: usize| {
        let token = &view.tokens[t];
        token.kind == Kind::Word && token.capital && token.spaced && view.noun_at(t).is_none() && view.name(t).is_none()
    };
    let first = at + 2;
    !view.title_case
        && !view.language.pack.head_first
        && is_possessive(view, at, end)
        && first + 2 <= end
        && (first..end).all(plain)
}

/// True for a name in another script right behind a noun, where the head stands first: behind the noun of a body or outlet
/// it is that one's name, and one word alone is a firm's behind any noun.
fn of_other_noun(view: &View<'_>, head: Option<&Noun>, at: usize) -> bool {
    let Some((kind, _, head_end)) = head else { return false };
    let before = at.checked_sub(1).filter(|&b| view.language.pack.head_first && b + 1 >= *head_end);
    let Some((b, (noun, end))) = before.and_then(|b| Some((b, view.noun_at(b)?))) else { return false };
    let first = |t: usize| view.word(t).chars().next();
    let foreign = first(b).zip(first(at)).is_some_and(|(a, b)| !same_script(a, b));
    let alone = !view.tokens.get(at + 1).is_some_and(|next| next.capital);
    let person = matches!(kind, NounKind::Role | NounKind::Anonymous);
    let body = matches!(noun.kind, NounKind::Institution | NounKind::Outlet | NounKind::Class);
    person && foreign && end == at && (alone || body && end > *head_end)
}

/// Fewest letters of an abbreviation that is a body's; two may be somebody's initials.
const FEWEST_LETTERS: usize = 3;

/// Where the name of a run of capitals starts behind a role, where the head stands first: words all in capitals, and such in
/// another script than the last one, tell whose the role is.
fn behind_letters(view: &View<'_>, head: Option<&Noun>, first: usize, end: usize) -> usize {
    let role = head
        .is_some_and(|(kind, _, noun_end)| matches!(kind, NounKind::Role | NounKind::Anonymous) && *noun_end <= first);
    if !role || !view.language.pack.head_first {
        return first;
    }
    let letter = |t: usize| view.word(t).chars().next();
    let capitals = |t: usize| view.word(t).chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
    let Some(last) = (first..end).rev().find(|&t| view.tokens[t].is_wordlike() && view.tokens[t].capital) else {
        return first;
    };
    let abbreviation = |t: usize| capitals(t) && view.word(t).chars().nth(FEWEST_LETTERS - 1).is_some();
    let owner = |t: usize| {
        let foreign = letter(t).zip(letter(last)).is_some_and(|(a, b)| !same_script(a, b));
        view.tokens[t].is_wordlike() && (foreign || abbreviation(t))
    };
    if abbreviation(last) {
        return first;
    }
    let owners = (first..last).take_while(|&t| owner(t) || !view.tokens[t].is_wordlike()).count();
    (first + owners..last).find(|&t| view.tokens[t].is_wordlike()).unwrap_or(if owners > 0 { last } else { first })
}

/// Where a person's name starts in a run of three capitals or more: at a listed given name that does not open the run, as what
/// stands before it tells whose the role is, "the mayor of Nîmes Jean Roux".
pub fn person_start(view: &View<'_>, first: usize, end: usize) -> usize {
    let given = |t: usize| view.tokens[t].capital && view.is(t, view.language.roles.given_name);
    let words: Vec<usize> =
        (first..end).filter(|&t| view.tokens[t].is_wordlike() && (t == first || view.tokens[t].spaced)).collect();
    match words.as_slice() {
        [head, inner @ .., _] if !inner.is_empty() && !given(*head) => {
            inner.iter().copied().find(|&t| given(t)).unwrap_or(first)
        }
        _ => first,
    }
}

/// The name at the end of a phrase, behind what the head's preposition leads to: two words or more with a capital.
pub fn name_at_end(view: &View<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    if view.language.pack.name_test == NameTest::GivenNames {
        return at_end(view, from, end);
    }
    if !view.language.pack.head_first || from >= end {
        return None;
    }
    let plain = |t: usize| {
        let token = &view.tokens[t];
        token.kind == Kind::Word
            && token.capital
            && !owns(view, t)
            && !view.in_other_marks(t)
            && view.noun_at(t).is_none()
    };
    let joint = |t: usize| {
        let hyphen = view.tokens[t].is(Mark::Hyphen) && !view.tokens[t].spaced && t + 1 < end;
        hyphen && !view.tokens[t + 1].spaced
    };
    let first = (from..end).rev().take_while(|&t| plain(t) || joint(t)).last()?;
    // The words of the run, each with the parts that hyphens join to it.
    let words: Vec<usize> = (first..end).filter(|&t| plain(t) && (t == first || view.tokens[t].spaced)).collect();
    let before = first.checked_sub(1)?;
    // An elided preposition or article as well: "l'Ain".
    let linked = view.is(before, view.language.roles.linker) || view.tokens[before].is(Mark::Apostrophe);
    let person = person_start(view, first, end);
    let cased = !view.language.pack.morphology.cases.is_empty();
    match words.len() {
        3.. if person > first => Some((person, end)),
        // Where words have cases, what the preposition leads to is no part of the name: "in Nysa Anna Kos".
        3.. if linked && cased => Some((words[words.len() - 2], end)),
        2.. if !linked => Some((first, end)),
        _ => None,
    }
}

/// True for a name of the registry that is no person's: behind a noun it tells whose that is.
fn owns(view: &View<'_>, at: usize) -> bool {
    view.name(at).is_some_and(|hit| match hit.target {
        NameTarget::Source(index) => {
            hit.need != Needs::OrganisationNoun
                && view.registry.source(index).is_some_and(|s| s.kind != SourceKind::Person)
        }
        _ => true,
    })
}

fn trim_marks(view: &View<'_>, first: usize, end: usize) -> usize {
    let mut end = end;
    while end > first
        && (!view.tokens[end - 1].is_wordlike()
            || view.is(end - 1, view.language.roles.name_particle) && !view.tokens[end - 1].capital)
    {
        end -= 1;
    }
    // A possessive ending is no part of the name.
    let letters = view.tokens[end.saturating_sub(2)..end].last();
    let ending = letters.is_some_and(|t| !t.capital)
        && (!view.tokens[end.saturating_sub(2)].is(Mark::Apostrophe)
            || view.language.is_possessive_ending(view.word(end - 1)));
    if end >= first + 2 && ending && view.tokens[end - 2].mark().is_some() {
        end -= 2;
    }
    end.max(first)
}

/// Most particles in a row inside a name: "von der".
const MOST_PARTICLES: usize = 3;

fn joins_name(view: &View<'_>, at: usize, end: usize) -> bool {
    let token = &view.tokens[at];
    if view.is(at, view.language.roles.linker) && inside_name(view, at) {
        return true;
    }
    // The rest of several particles: "de la Fuente".
    let particle = |t: usize| view.is(t, view.language.roles.name_particle) && !view.tokens[t].capital;
    if at > 0 && particle(at) && particle(at - 1) && at + 1 < end {
        return true;
    }
    let next_capital = view.tokens.get(at + 1).is_some_and(|t| t.capital) && at + 1 < end;
    let leads = || {
        let next = (at + 1..end.min(at + 1 + MOST_PARTICLES)).find(|&t| !particle(t));
        particle(at) && next.is_some_and(|t| view.tokens[t].capital && view.tokens[t].kind == Kind::Word)
    };
    match token.kind {
        Kind::Number => true,
        Kind::Word => leads() || view.is(at, view.language.roles.name_particle) && next_capital || !token.spaced,
        Kind::Mark(_) => !token.spaced && at + 1 < end && (!view.tokens[at + 1].spaced || next_capital),
    }
}

/// Without capitals a name stands in quotation marks, or behind its noun.
fn quoted_or_behind_noun(view: &View<'_>, core: (usize, usize), noun: Option<&Noun>) -> Option<(usize, usize)> {
    let person = noun.filter(|(kind, ..)| matches!(kind, NounKind::Role | NounKind::Anonymous));
    let given_names = view.language.pack.name_test == NameTest::GivenNames;
    // A person's name goes before a quoted one, and a quoted one before the role is whose it is.
    if let Some(name) = person.filter(|_| given_names).and_then(|_| in_phrase(view, core, noun)) {
        return Some(name);
    }
    let from = person.map_or(core.0, |(.., end)| *end);
    let quoted = view.quotations.iter().find(|q| q.open >= from && q.end <= core.1);
    if let Some(q) = quoted {
        let inside = q.inside();
        return Some((inside.start, inside.end));
    }
    let outlet = noun.is_some_and(|(kind, ..)| *kind == NounKind::Outlet);
    if given_names && !outlet {
        return in_phrase(view, core, noun);
    }
    let (kind, _, end) = noun?;
    let behind = matches!(kind, NounKind::Role | NounKind::Outlet | NounKind::Anonymous) && *end < core.1;
    behind.then_some((*end, core.1))
}

/// One past the name of a body whose head noun ends before token `at` and stands first: "the ministry of the Interior". It
/// goes on behind a particle as long as words with capitals follow.
pub fn body_end(view: &View<'_>, at: usize, end: usize) -> usize {
    let roles = &view.language.roles;
    let mut last = at;
    if !view.language.pack.head_first {
        return at;
    }
    while last < end && view.is(last, roles.linker) && view.is(last, roles.name_particle) {
        let small = |t: usize| {
            view.tokens[t].is(Mark::Apostrophe)
                || !view.tokens[t].capital && (view.is(t, roles.determiner) || view.is(t, roles.name_particle))
        };
        let Some(first) = (last + 1..end).find(|&t| !small(t)).filter(|&t| view.tokens[t].capital) else { break };
        let joined = |t: usize| view.tokens[t].capital && view.tokens[t].kind == Kind::Word || !view.tokens[t].spaced;
        let mut next = (first..end).find(|&t| !joined(t)).unwrap_or(end);
        // "Security and Public Works"
        while next + 1 < end && view.is(next, roles.coordinator) && view.tokens[next + 1].capital {
            next = (next + 1..end).find(|&t| !joined(t)).unwrap_or(end);
        }
        last = next;
    }
    last
}
