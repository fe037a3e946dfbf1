//! Where a phrase that names a source starts and ends, next to a cue.

use crate::rules::pack::{NameTest, NounKind};
use crate::scan::{Region, View};
use crate::sources::apposition::{
    closing_apposition, heads_apposition, is_bare_name, is_short_insertion, named_in_apposition, opening,
    stands_in_apposition,
};
use crate::sources::attribute::attribute_end;
use crate::sources::denote::{Denotes, denote};
use crate::sources::object_form::object_start;
use crate::sources::part::{Part, part};
use crate::sources::phrase::{LONGEST_PHRASE, skip_transparent_left, skip_transparent_right, walk_left, walk_right};
use crate::sources::subject_form::subject_start;
use crate::sources::tie::{inside_name, is_linker};
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
    /// The case that was asked for, and its ending that was found: their places in the language's lists.
    pub ending: Option<(u16, u16)>,
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
    // "Reed (D-R.I.), said": the comma behind the bracket closes nothing.
    if tail > floor + 1 && view.tokens[tail - 1].is(Mark::Comma) && view.tokens[tail - 2].is(Mark::Close) {
        tail -= 1;
        last = tail;
    }
    let end = tail;
    // Appositions and relative clauses between commas: "Peskov, the spokesman for …, said".
    for _ in 0..5 {
        if tail > floor && matches!(view.tokens[tail - 1].mark(), Some(Mark::Comma | Mark::Dash | Mark::Close)) {
            let Some(open) = opening(view, region, floor, tail - 1) else { break };
            if last == end && tail == end {
                // What was so while he spoke is no part of who spoke.
                let aside = view.lex_at(open + 1, view.language.roles.aside).is_some()
                    && !view.tokens[tail - 1].is(Mark::Close);
                last = if aside { open } else { end - 1 + usize::from(view.tokens[tail - 1].is(Mark::Close)) };
            }
            tail = open;
        } else if tail < end && view.tokens[tail].is(Mark::Comma) && tail > floor {
            // "Brandt, 58, a former paratrooper, said": two insertions share a comma.
            // "At noon, the mayor, Ana Pell, said": the role is what the name stands beside, no insertion.
            let name = tail + 1 < end && is_bare_name(view, tail + 1, end - 1);
            let inserted = |open: usize| {
                is_short_insertion(view, open + 1, tail)
                    && (!(name && heads_apposition(view, open + 1, tail))
                        || full_name_before(view, region, floor, open))
            };
            let Some(open) = opening(view, region, floor, tail).filter(|&open| inserted(open)) else { break };
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
    // "The minister, Giorgi Bero said": where endings tell that both are one phrase, no second comma is needed.
    if tail == end
        && first > floor + 1
        && view.tokens[first - 1].is(Mark::Comma)
        && is_bare_name(view, first, core_last)
        && let Some((role_first, role_last)) = walk_left(view, region, floor, first - 1)
        && role_last == first - 1
        && names_role(view, region, (role_first, role_last), core_last)
    {
        return finish(view, region, role_first, last.max(core_last), role_last);
    }
    // "After the talks the minister said": what a preposition leads to is no part of the subject, comma or none.
    let led = first > region.first && {
        let roles = &view.language.roles;
        let leads = |t: usize| view.is(t, roles.opens_adverbial) || view.is(t, roles.linker);
        // "After a visit [of] the mine": what an adverbial of several words goes on with.
        let adverbial = || view.lex_before(region.first, first, roles.when).filter(|&start| start + 1 < first);
        leads(first - 1) || adverbial().is_some()
    };
    let first = subject_start(view, region, first, core_last, led).unwrap_or(first);
    // "The mayor Jan Bur [the] council blames": an object between the two is no part of the subject.
    if tail == end
        && last == end
        && let Some(object) = object_start(view, first, core_last)
    {
        return finish(view, region, first, object, object);
    }
    finish(view, region, first, last.max(core_last), core_last)
}

/// True where the phrase ends with a role in the case of the name that ends before token `name_end`; one in the first form
/// must open its clause.
fn names_role(view: &View<'_>, region: &Region, phrase: (usize, usize), name_end: usize) -> bool {
    let (language, roles) = (view.language, &view.language.roles);
    if language.pack.name_test != NameTest::GivenNames {
        return false;
    }
    let role = (phrase.0..phrase.1).find_map(|t| view.noun_at(t).filter(|(_, end)| *end == phrase.1));
    if !role.is_some_and(|(noun, _)| matches!(noun.kind, NounKind::Role | NounKind::Anonymous)) {
        return false;
    }
    let opens = phrase.0 <= region.first
        || view.lex_before(region.first, phrase.0, roles.sentence_opener) == Some(region.first)
        || view.lex_before(region.first, phrase.0, roles.when) == Some(region.first);
    let case_of = |at: usize| language.pack.morphology.case_of(view.word(at));
    let (Some((of_role, first_form)), Some((of_name, _))) = (case_of(phrase.1 - 1), case_of(name_end - 1)) else {
        return false;
    };
    of_role == of_name && (opens || !first_form)
}

/// True where a name of two words or more ends before token `end` and no preposition asks for it: what stands behind it is
/// about it.
fn full_name_before(view: &View<'_>, region: &Region, floor: usize, end: usize) -> bool {
    let roles = &view.language.roles;
    walk_left(view, region, floor, end).is_some_and(|(first, last)| {
        let free =
            first <= region.first || !(view.is(first - 1, roles.linker) || view.is(first - 1, roles.opens_adverbial));
        free && last == end
            && last >= first + 2
            && view.tokens[first].capital
            && is_bare_name(view, first, last)
            && (first..last).all(|t| view.noun_at(t).is_none())
    })
}

/// Most appositions behind one mention.
pub const MOST_APPOSITIONS: usize = 2;

/// The mention that starts at token `at`, with so many appositions behind it as stand there, `appositions` at most.
pub fn after(view: &View<'_>, region: &Region, at: usize, appositions: usize) -> Option<Mention> {
    let at = skip_transparent_right(view, region.last, at);
    if at >= region.last {
        return None;
    }
    // A possessive that is a pronoun, too, opens a phrase where a noun follows.
    let possessive = view.is(at, view.language.roles.determiner)
        && at + 1 < region.last
        && part(view, region, at + 1) == Part::Word
        && view.noun_at(at + 1).is_some();
    if let Some(pronoun) = pronoun_at(view, at).filter(|_| !possessive) {
        return Some(pronoun);
    }
    let core_last = walk_right(view, region, at)?;
    let mut last = if appositions > 0 { past_bracket(view, region, core_last) } else { core_last };
    for _ in 0..appositions {
        if last >= region.last {
            break;
        }
        let Some(end) = closing_apposition(view, region, last) else { break };
        last = end;
    }
    finish(view, region, with_opening_mark(view, region, at, last), last, core_last)
}

/// Most tokens of a short name in brackets.
const LONGEST_BRACKET: usize = 5;

/// One past a bracket that opens at token `at` and holds another name of what stands before it: "the press agency (SPA)".
fn past_bracket(view: &View<'_>, region: &Region, at: usize) -> usize {
    if !view.tokens.get(at).is_some_and(|t| t.is(Mark::Open)) {
        return at;
    }
    let limit = region.last.min(at + 2 + LONGEST_BRACKET);
    let close = (at + 1..limit).find(|&t| view.tokens[t].is(Mark::Close));
    let fits = |t: usize| matches!(part(view, region, t), Part::Word | Part::Glue);
    // Where names have capitals, a remark has none; elsewhere it is longer than a name.
    let named = |close: usize| match view.language.pack.name_test {
        NameTest::Capitals => view.tokens[at + 1].capital,
        _ => close <= at + 3,
    };
    close.filter(|&close| close > at + 1 && named(close) && (at + 1..close).all(fits)).map_or(at, |close| close + 1)
}

/// The first token of a phrase with the mark before it that closes inside the phrase: that of a quoted name.
fn with_opening_mark(view: &View<'_>, region: &Region, first: usize, last: usize) -> usize {
    let mark = first.checked_sub(1).filter(|&m| m >= region.first && view.tokens[m].is(Mark::Quote));
    let closes = |m: usize| (first..last).any(|t| view.quotation_to(t).is_some_and(|q| q.open == m));
    mark.filter(|&m| view.transparent(m) && closes(m)).unwrap_or(first)
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

/// The same with the marks around a name that is these words.
pub fn in_marks(view: &View<'_>, region: &Region, first: usize, last: usize) -> Option<Mention> {
    let closes = last < region.last && view.quotation_to(last).is_some_and(|q| q.open + 1 == first);
    if closes && first > region.first && view.transparent(last) {
        return finish(view, region, first - 1, last + 1, last + 1);
    }
    exact(view, region, first, last)
}

fn finish(view: &View<'_>, region: &Region, first: usize, last: usize, walk_last: usize) -> Option<Mention> {
    // The head stands before the first preposition.
    let roles = &view.language.roles;
    // "a number of users": the head stands behind the quantity.
    let head = view.lex_at(first, roles.quantifier).filter(|end| *end < walk_last).unwrap_or(first);
    // Behind the words that its adjective has of its own.
    let attribute = attribute_end(view, region, head, walk_last);
    let head = attribute.or_else(|| attribute_end(view, region, head + 1, walk_last)).unwrap_or(head);
    // A noun of several words may have a preposition in it: "chief of staff".
    let bare = (head..walk_last)
        .find(|&t| view.tokens[t].is_wordlike() && !view.is(t, roles.determiner))
        .filter(|&t| view.noun_within(t, walk_last).is_some());
    let noun_end = view.noun_within(bare.unwrap_or(head), walk_last).map_or(head + 1, |(_, end)| end);
    let linker = (noun_end..walk_last)
        .find(|&t| is_linker(view, t) && view.name(t).is_none_or(|n| n.first as usize == t) && !inside_name(view, t));
    let core = (head, linker.unwrap_or(walk_last));
    // Determiners and numbers alone name nobody.
    let listed = view.noun_within(first, walk_last).is_some();
    if !listed && !(first..walk_last).any(|t| part(view, region, t) == Part::Word && view.tokens[t].kind == Kind::Word)
    {
        return None;
    }
    let denotes = denote(view, region, core, (first, walk_last))?;
    let denotes = named_in_apposition(view, region, &denotes, walk_last, last).unwrap_or(denotes);
    Some(Mention { first, last, core, denotes, affix: Affix::default() })
}

fn pronoun_at(view: &View<'_>, at: usize) -> Option<Mention> {
    let entry = view.language.pronoun(*view.surfaces.get(at)?)?;
    // Letters glued to a hyphen, an apostrophe or a closing mark are an ending, whatever else they mean as a word.
    let glued = at > 0 && !view.tokens[at].spaced && view.language.is_ending(view.word(at)) && {
        let before = &view.tokens[at - 1];
        !before.spaced && matches!(before.mark(), Some(Mark::Hyphen | Mark::Apostrophe | Mark::Quote))
    };
    if view.name(at).is_some() || entry.forms.is_empty() || glued {
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
