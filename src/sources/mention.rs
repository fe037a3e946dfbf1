//! Where a phrase that names a source starts and ends, next to a cue.

use crate::rules::pack::{NounKind, SourceKind};
use crate::scan::{Region, View};
use crate::sources::denote::{Denotes, denote};
use crate::sources::names::NameTarget;
use crate::text::token::{Kind, Mark};

/// A phrase that names somebody; token indexes of its block.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First token, appositions included.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The noun phrase without appositions, relative clauses and what follows a preposition.
    pub core: (usize, usize),
    /// Who it is.
    pub denotes: Denotes,
    /// Letters of its first and last words that are no part of its base form.
    pub affix: Affix,
}

/// What a slot found glued to a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Affix {
    /// Bytes of the first token that are a proclitic.
    pub head: u32,
    /// Tokens at the end that are an ending (`'`, `s`).
    pub tail_tokens: u32,
    /// Bytes of the last token before those that are an ending.
    pub tail: u32,
    /// One past the token that bears the ending.
    pub at: usize,
}

/// What a token can be in a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Word,
    Determiner,
    Linker,
    Coordinator,
    Glue,
    Stop,
}

/// Most tokens of a phrase on one side of its cue.
const LONGEST_PHRASE: usize = 45;
/// Most tokens between the commas of an apposition.
const LONGEST_APPOSITION: usize = 32;

fn part(view: &View<'_>, region: &Region, at: usize) -> Part {
    let token = &view.tokens[at];
    let roles = &view.language.roles;
    if view.name(at).is_some() && token.is_wordlike() {
        return Part::Word;
    }
    match token.kind {
        Kind::Number => Part::Word,
        Kind::Mark(mark) => match mark {
            Mark::Apostrophe | Mark::Markup => Part::Glue,
            Mark::Hyphen | Mark::Slash if !token.spaced => Part::Glue,
            Mark::Quote if view.transparent(at) => Part::Glue,
            // Inside a sentence a full stop ends an abbreviation.
            Mark::Stop if !token.spaced && at + 1 < region.last && !is_closer(view, at + 1) => Part::Glue,
            Mark::Other if matches!(view.word(at), "&" | "%" | "$" | "€" | "£" | "@" | "#" | "№") => Part::Glue,
            _ => Part::Stop,
        },
        Kind::Word => {
            let known = view.surfaces[at];
            if known == 0 {
                return Part::Word;
            }
            if view.is(at, roles.determiner) || view.is(at, roles.quantifier) {
                // Inside a sentence a capital makes it a part of a name: "CBS This Morning".
                if token.capital && at > region.first && !view.title_case && !token_follows_break(view, at) {
                    return Part::Word;
                }
                Part::Determiner
            } else if view.is(at, roles.linker) {
                Part::Linker
            } else if view.is(at, roles.coordinator) {
                Part::Coordinator
            } else if view.language.noun_at(&view.tokens, &view.surfaces, at).is_some()
                || view.is(at, roles.honorific)
                || view.is(at, roles.name_particle)
            {
                Part::Word
            } else if view.is(at, roles.never_in_name)
                || view.is(at, roles.auxiliary)
                || view.is(at, roles.cue)
                || view.is(at, roles.cue_part)
                || view.is(at, roles.between)
                || view.is(at, roles.subordinator)
                || view.is(at, roles.complementiser)
                || view.is(at, roles.opens_adverbial)
                || view.language.pronoun(known).is_some()
            {
                // A capital inside a sentence makes a name of a word that is otherwise none (`May`, `Will`).
                if token.capital && at > region.first && !view.title_case { Part::Word } else { Part::Stop }
            } else {
                Part::Word
            }
        }
    }
}

/// True for the first word behind a quotation mark or a colon: its capital tells nothing.
fn token_follows_break(view: &View<'_>, at: usize) -> bool {
    at == 0
        || matches!(view.tokens[at - 1].mark(), Some(Mark::Quote | Mark::Colon | Mark::Dash | Mark::Stop | Mark::Open))
}

fn is_closer(view: &View<'_>, at: usize) -> bool {
    matches!(view.tokens[at].mark(), Some(Mark::Quote | Mark::Close))
}

/// The mention that ends right before token `end`, looking no further left than the region.
pub fn before(view: &View<'_>, region: &Region, end: usize) -> Option<Mention> {
    let floor = region.first.max(end.saturating_sub(LONGEST_PHRASE));
    let end = skip_transparent_left(view, floor, end);
    if end <= floor {
        return None;
    }
    // An object is no subject: "groups that have endorsed him say".
    if !view.is(end - 1, view.language.roles.object)
        && let Some(pronoun) = pronoun_at(view, end - 1)
    {
        return Some(pronoun);
    }
    let mut last = end;
    let mut tail = end;
    // Appositions and relative clauses between commas: "Peskov, the spokesman for …, said".
    for _ in 0..3 {
        if tail > floor && matches!(view.tokens[tail - 1].mark(), Some(Mark::Comma | Mark::Dash | Mark::Close)) {
            let Some(open) = opening(view, region, floor, tail - 1) else { break };
            if last == end && tail == end {
                last = end - 1 + usize::from(view.tokens[tail - 1].is(Mark::Close));
            }
            tail = open;
        } else if tail < end && view.tokens[tail].is(Mark::Comma) && tail > floor {
            // "Brandt, 58, a former paratrooper, said": two insertions share a comma.
            let Some(open) =
                opening(view, region, floor, tail).filter(|&open| is_short_insertion(view, open + 1, tail))
            else {
                break;
            };
            tail = open;
        } else {
            break;
        }
    }
    let (mut first, mut core_last) = walk_left(view, region, floor, tail)?;
    // "Hajiyev, the president's top aide" without a comma behind it: the apposition stands next to the cue.
    if tail == end
        && first > floor + 1
        && view.tokens[first - 1].is(Mark::Comma)
        && heads_apposition(view, first, core_last)
        && let Some((name_first, name_last)) = walk_left(view, region, floor, first - 1)
        && name_last == first - 1
        && is_bare_name(view, name_first, name_last)
        && stands_in_apposition(view, region, (first, core_last), (name_first, name_last))
    {
        first = name_first;
        core_last = name_last;
    }
    finish(view, region, first, last.max(core_last), core_last)
}

/// The mention that starts at token `at`. `apposition`: take appositions behind it, too.
pub fn after(view: &View<'_>, region: &Region, at: usize, apposition: bool) -> Option<Mention> {
    let at = skip_transparent_right(view, region.last, at);
    if at >= region.last {
        return None;
    }
    if let Some(pronoun) = pronoun_at(view, at) {
        return Some(pronoun);
    }
    let core_last = walk_right(view, region, at)?;
    let mut last = core_last;
    for _ in 0..2 {
        if !apposition || last >= region.last {
            break;
        }
        let Some(end) = closing_apposition(view, region, last) else { break };
        last = end;
    }
    finish(view, region, at, last, core_last)
}

/// The mention that the words from token `first` to before token `last` are, if they are one.
pub fn exact(view: &View<'_>, region: &Region, first: usize, last: usize) -> Option<Mention> {
    if first >= last || last > region.last {
        return None;
    }
    if first + 1 == last
        && let Some(pronoun) = pronoun_at(view, first)
    {
        return Some(pronoun);
    }
    let starts = !matches!(part(view, region, first), Part::Stop | Part::Linker | Part::Coordinator);
    let ends = matches!(part(view, region, last - 1), Part::Word | Part::Glue);
    if starts && ends { finish(view, region, first, last, last) } else { None }
}

fn finish(view: &View<'_>, region: &Region, first: usize, last: usize, walk_last: usize) -> Option<Mention> {
    // The head stands before the first preposition.
    let roles = &view.language.roles;
    // "a number of users": the head stands behind the quantity.
    let head = view.lex_at(first, roles.quantifier).filter(|end| *end < walk_last).unwrap_or(first);
    let noun_end =
        view.language.noun_within(&view.tokens, &view.surfaces, head, walk_last).map_or(head + 1, |(_, end)| end);
    let linker =
        (noun_end..walk_last).find(|&t| view.is(t, roles.linker) && view.name(t).is_none_or(|n| n.first as usize == t));
    let core = (head, linker.unwrap_or(walk_last));
    // Determiners and numbers alone name nobody.
    let listed = view.language.noun_within(&view.tokens, &view.surfaces, first, walk_last).is_some();
    if !listed && !(first..walk_last).any(|t| part(view, region, t) == Part::Word && view.tokens[t].kind == Kind::Word)
    {
        return None;
    }
    let denotes = denote(view, region, core, (first, walk_last))?;
    let denotes = named_in_apposition(view, region, &denotes, walk_last, last).unwrap_or(denotes);
    Some(Mention { first, last, core, denotes, affix: Affix::default() })
}

/// A role that an apposition behind it names: "the minister, Karin Dahl,".
fn named_in_apposition(view: &View<'_>, region: &Region, role: &Denotes, from: usize, last: usize) -> Option<Denotes> {
    let spokesman = matches!(role, Denotes::Role { .. } | Denotes::Anonymous(..));
    let mut first = from;
    while first < last && !view.tokens[first].is_wordlike() {
        first += 1;
    }
    let mut end = last;
    while end > first && !view.tokens[end - 1].is_wordlike() {
        end -= 1;
    }
    if !spokesman || first == from || !is_bare_name(view, first, end) {
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

fn pronoun_at(view: &View<'_>, at: usize) -> Option<Mention> {
    let entry = view.language.pronoun(*view.surfaces.get(at)?)?;
    if view.name(at).is_some() || entry.forms.is_empty() {
        return None;
    }
    let all = &view.language.pack.pronouns;
    let index = all.iter().position(|p| std::ptr::eq(p, entry))? as u32;
    Some(Mention {
        first: at,
        last: at + 1,
        core: (at, at + 1),
        denotes: Denotes::Pronoun(index),
        affix: Affix::default(),
    })
}

fn skip_transparent_left(view: &View<'_>, floor: usize, end: usize) -> usize {
    let mut end = end;
    while end > floor && view.tokens[end - 1].is(Mark::Markup) {
        end -= 1;
    }
    end
}

fn skip_transparent_right(view: &View<'_>, limit: usize, at: usize) -> usize {
    let mut at = at;
    while at < limit && view.tokens[at].is(Mark::Markup) {
        at += 1;
    }
    at
}

/// Walks left over a noun phrase that ends before `end`: its first token and one past its last.
fn walk_left(view: &View<'_>, region: &Region, floor: usize, end: usize) -> Option<(usize, usize)> {
    let roles = &view.language.roles;
    let mut first = end;
    let mut at = end;
    let mut linked = 0;
    // A determiner or a number right before the verb makes an adjective of it: "an alleged incident".
    let edge = skip_transparent_left(view, floor, end);
    let adjective = edge > floor && {
        let listed = view.language.noun_at(&view.tokens, &view.surfaces, edge - 1).is_some();
        part(view, region, edge - 1) == Part::Determiner && !listed
    };
    if adjective {
        return None;
    }
    while at > floor {
        // Dates belong to no name: "on Wednesday officials said".
        if let Some(start) = view.lex_before(floor, at, roles.when)
            && (start..at).all(|t| view.name(t).is_none())
        {
            break;
        }
        match part(view, region, at - 1) {
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
                if at > floor && part(view, region, at - 1) != Part::Linker {
                    break;
                }
            }
            Part::Linker => {
                let left = skip_transparent_left(view, floor, at - 1);
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
                at -= 1;
            }
            Part::Coordinator => {
                let joins = at >= floor + 2
                    && first < end
                    && part(view, region, at - 2) == Part::Word
                    && view.tokens[at - 2].capital == view.tokens[first].capital
                    && (view.tokens[first].capital
                        || view.language.noun_at(&view.tokens, &view.surfaces, at - 2).is_some());
                if !joins {
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

/// True where a participle that belongs to the noun before it ends at token `end`: "footage posted on …".
fn participle_behind_noun(view: &View<'_>, region: &Region, floor: usize, end: usize) -> bool {
    end >= floor + 2 && view.is(end - 1, view.language.roles.participle) && part(view, region, end - 2) == Part::Word
}

/// The place before the relative pronoun of a clause that ends before `end`, where a noun precedes it.
fn relative_start(view: &View<'_>, region: &Region, floor: usize, end: usize) -> Option<usize> {
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

/// True for an age, or a description that starts with a determiner.
fn is_short_insertion(view: &View<'_>, first: usize, last: usize) -> bool {
    let number = last == first + 1 && view.tokens[first].kind == Kind::Number;
    let roles = &view.language.roles;
    number || (!view.tokens[first].capital && (view.is(first, roles.determiner) || view.is(first, roles.linker)))
}

/// The mark that opens the insertion which closes with the mark `close`: a comma for a comma, a dash for a dash.
fn opening(view: &View<'_>, region: &Region, floor: usize, close: usize) -> Option<usize> {
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
            let opens_clause = view.is(start, roles.coordinator) || view.is(start, roles.complementiser);
            // A number between commas is an age; a name or noun is a role; a relative pronoun starts a clause about it.
            if opens_clause || (view.language.pronoun(view.surfaces[start]).is_some_and(|p| !p.relative)) {
                return None;
            }
            let noun_before = part(view, region, at - 1) == Part::Word
                || view.tokens[at - 1].is(Mark::Close)
                || view.tokens[at - 1].is(Mark::Markup);
            return noun_before.then_some(at);
        }
    }
    None
}

/// True where the phrase is a role or a description, so that it can stand in apposition to a name.
fn heads_apposition(view: &View<'_>, first: usize, last: usize) -> bool {
    let roles = &view.language.roles;
    view.is(first, roles.determiner)
        || (first..last).any(|t| {
            view.language
                .noun_at(&view.tokens, &view.surfaces, t)
                .is_some_and(|(noun, _)| matches!(noun.kind, NounKind::Role | NounKind::Anonymous))
        })
}

/// True where the phrase next to the cue can describe the name before it: it names nobody itself, and the name is no
/// outlet or body that a preposition or another cue asks for.
fn stands_in_apposition(view: &View<'_>, region: &Region, phrase: (usize, usize), name: (usize, usize)) -> bool {
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

fn is_bare_name(view: &View<'_>, first: usize, last: usize) -> bool {
    !view.title_case
        && last - first <= 6
        && (first..last).all(|t| {
            view.tokens[t].capital || !view.tokens[t].is_wordlike() || view.is(t, view.language.roles.name_particle)
        })
}

/// Walks right over a noun phrase that starts at `at`: one past its last token.
fn walk_right(view: &View<'_>, region: &Region, start: usize) -> Option<usize> {
    let roles = &view.language.roles;
    let limit = region.last.min(start + LONGEST_PHRASE);
    let mut at = start;
    let mut last = start;
    while at < limit {
        if at > start && view.lex_at(at, roles.when).is_some() && view.name(at).is_none() {
            break;
        }
        match part(view, region, at) {
            Part::Word => {
                at += 1;
                last = at;
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
            Part::Linker => {
                let joins = last == at
                    && at > start
                    && at + 1 < limit
                    && matches!(part(view, region, at + 1), Part::Word | Part::Determiner)
                    && !view.tokens[at + 1].is(Mark::Comma);
                if !joins {
                    break;
                }
                at += 1;
            }
            Part::Coordinator => {
                let joins = last == at
                    && at + 1 < limit
                    && part(view, region, at + 1) == Part::Word
                    && view.tokens[at + 1].capital
                    && view.tokens[at - 1].capital
                    && !view.title_case;
                if !joins {
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
        && view.quotation_to(last).is_some_and(|q| q.open >= start)
    {
        last += 1;
    }
    (last > start).then_some(last)
}

/// One past an apposition that starts with the comma at `at` and closes with a comma, or ends its sentence.
fn closing_apposition(view: &View<'_>, region: &Region, at: usize) -> Option<usize> {
    let roles = &view.language.roles;
    if !view.tokens.get(at)?.is(Mark::Comma) || at + 1 >= region.last {
        return None;
    }
    let start = at + 1;
    let relative = view.language.pronoun(view.surfaces[start]).is_some_and(|p| p.relative);
    let near = start..(start + 5).min(region.last);
    let role = near.clone().any(|t| view.language.noun_at(&view.tokens, &view.surfaces, t).is_some());
    let determined = view.is(start, roles.determiner) && role;
    let aged = view.tokens[start].kind == Kind::Number;
    // "said Keller, a fisherman.": nothing else can follow.
    let closing = view.is(start, roles.determiner)
        && walk_right(view, region, start).is_some_and(|end| ends_sentence(view, region, end));
    let named = !view.title_case
        && view.tokens[start].capital
        && walk_right(view, region, start).is_some_and(|end| {
            is_bare_name(view, start, end)
                && view.tokens.get(end).is_some_and(|t| t.is(Mark::Comma))
                && heads_apposition(view, region.first.max(at.saturating_sub(8)), at)
        });
    if !(relative || determined || aged || closing || named || role && !view.tokens[start].is_wordlike()) {
        return None;
    }
    let end = if relative {
        (start..region.last.min(start + LONGEST_APPOSITION))
            .find(|&t| view.tokens[t].is(Mark::Comma) || ends_sentence(view, region, t))
    } else {
        walk_right(view, region, start)
    }?;
    let closed =
        end >= region.last || matches!(view.tokens[end].mark(), Some(Mark::Comma)) || ends_sentence(view, region, end);
    closed.then_some(end)
}

fn ends_sentence(view: &View<'_>, region: &Region, at: usize) -> bool {
    at + 1 >= region.last
        || (view.tokens[at].mark().is_some() && (at..region.last).all(|t| view.tokens[t].mark().is_some()))
}
