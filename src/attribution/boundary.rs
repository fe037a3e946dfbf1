//! Where contents start and end, and where clauses do.

use crate::rules::pack::{NameTest, StandsFor};
use crate::scan::{Region, View};
use crate::sources::denote::Denotes;
use crate::sources::mention;
use crate::sources::part::closes_with_comma;
use crate::text::token::{Kind, Mark};

/// Token range of a content that ends before token `end` (a comma or a cue), or `None` where nothing there can be one.
pub fn content_before(view: &View<'_>, region: &Region, end: usize, clause_like: bool) -> Option<(usize, usize)> {
    let roles = &view.language.roles;
    let mut first = region.first;
    if let Some(after) = view.lex_at(first, roles.sentence_opener) {
        first = after.min(end);
        if first < end && view.tokens[first].is(Mark::Comma) {
            first += 1;
        }
    }
    // What stands before a semicolon is another clause.
    if let Some(at) = (first..end).rev().find(|&t| view.depth[t] == region.depth && view.tokens[t].is(Mark::Semicolon))
    {
        first = at + 1;
    }
    while first < end
        && matches!(
            view.tokens[first].mark(),
            Some(Mark::Comma | Mark::Dash | Mark::Colon | Mark::Bar | Mark::Stop | Mark::Close)
        )
    {
        first += 1;
    }
    let last = trim_end(view, first, end);
    if first >= last || !(first..last).any(|t| view.tokens[t].is_wordlike()) {
        return None;
    }
    let quoted = view.speech_from(first).is_some() || region.quotation.is_some() && first == region.first;
    if clause_like && !quoted && opens_adverbial(view, first) && !has_comma(view, region, first, last) {
        return None;
    }
    Some((first, last))
}

/// Token range of a content that starts at token `at`, or `None`. `clause_like`: it must look like a clause, since nothing
/// else (a complementiser, a preposition) introduced it.
pub fn content_after(view: &View<'_>, region: &Region, at: usize, clause_like: bool) -> Option<(usize, usize)> {
    let roles = &view.language.roles;
    let mut first = at;
    let mut introduced = false;
    while first < region.last && view.tokens[first].is(Mark::Markup) {
        first += 1;
    }
    if let Some(after) = view.lex_at(first, roles.complementiser) {
        first = after;
        introduced = true;
    }
    // "said that, by then, the dam had cracked"
    let parted = first > region.first && first < region.last && view.tokens[first].is(Mark::Comma);
    if parted && view.is(first - 1, roles.complementiser) && has_comma(view, region, first + 1, region.last) {
        first += 1;
    }
    if first >= region.last {
        return None;
    }
    let opening_mark = view.tokens[first].mark();
    if matches!(opening_mark, Some(m) if !matches!(m, Mark::Quote | Mark::Other | Mark::Open | Mark::Markup)) {
        return None;
    }
    if clause_like && !introduced && view.speech_from(first).is_none() {
        // A verb may be a noun as well: "confirmed reports about".
        let noun = view.noun_at(first).is_some();
        let never = !noun && view.lex_at(first, roles.never_starts_content).is_some();
        // Behind a comma a clause may start with its adverbial, if more than that follows.
        let parted = first > region.first && view.tokens[first - 1].is(Mark::Comma);
        let follows = || (first..region.last).filter(|&t| view.tokens[t].is_wordlike()).nth(LONGEST_DATE).is_some();
        if never || opens_adverbial(view, first) && !(parted && follows()) {
            return None;
        }
    }
    let end = end_of_content(view, region, first);
    let last = trim_end(view, first, end);
    // One word alone is an adverb or a name, no clause.
    let words = (first..last).filter(|&t| view.tokens[t].is_wordlike()).count();
    let enough = words >= 2 || words == 1 && (!clause_like || introduced || view.speech_from(first).is_some());
    (first < last && enough).then_some((first, last))
}

/// Most words of an adverbial that stands alone next to a comma.
pub(super) const LONGEST_DATE: usize = 3;

/// Most tokens between the start of a clause and its auxiliary.
const LONGEST_SUBJECT: usize = 12;

/// True where a clause starts at token `at` by its looks: a pronoun as its subject, or an auxiliary near its start.
pub fn looks_like_clause(view: &View<'_>, region: &Region, at: usize) -> bool {
    let roles = &view.language.roles;
    let subject = view.language.pronoun(view.surfaces.get(at).copied().unwrap_or(0)).is_some_and(|p| !p.relative);
    let complement = view.lex_at(at, roles.complementiser).is_some() || view.speech_from(at).is_some();
    complement
        || subject && !view.is(at, roles.object)
        || (at..region.last.min(at + LONGEST_SUBJECT))
            .take_while(|&t| !matches!(view.tokens[t].mark(), Some(Mark::Comma | Mark::Semicolon | Mark::Dash)))
            .any(|t| t > at && has_auxiliary(view, t) && view.name(t).is_none())
}

/// True where an auxiliary or a part of a cue starts at the token; a contraction (`don't`) is several tokens.
fn has_auxiliary(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    let contracted = || {
        view.tokens.get(at + 1).is_some_and(|t| t.is(Mark::Apostrophe) && !t.spaced)
            && (view.lex_at(at, roles.auxiliary).is_some() || view.lex_at(at, roles.cue_part).is_some())
    };
    view.is(at, roles.auxiliary) || view.is(at, roles.cue_part) || contracted()
}

/// One past the last token of a content that starts at `first`.
fn end_of_content(view: &View<'_>, region: &Region, first: usize) -> usize {
    let roles = &view.language.roles;
    let mut at = first;
    let mut open = 0i32;
    while at < region.last {
        if let Some(q) = view.speech_from(at) {
            let end = q.end.max(at + 1);
            // A quotation that ends its sentence ends the content: what follows has its own cue.
            if at == first && (end >= region.last || !view.tokens[end].is_wordlike()) {
                return end;
            }
            at = end;
            continue;
        }
        match view.tokens[at].mark() {
            Some(Mark::Open) => open += 1,
            Some(Mark::Close) => {
                open -= 1;
                if open < 0 {
                    return at;
                }
            }
            Some(Mark::Semicolon) if open <= 0 => return at,
            _ => {}
        }
        if at > first
            && open <= 0
            && (view.lex_at(at, roles.content_ends).is_some() || another_speaks(view, region, first, at))
        {
            return at;
        }
        at += 1;
    }
    region.last
}

/// True where a clause is joined at token `at`, with or without a comma, in which somebody else speaks: ", but residents
/// said …", ", while residents said …".
fn another_speaks(view: &View<'_>, region: &Region, first: usize, at: usize) -> bool {
    let roles = &view.language.roles;
    if view.tokens[at].is(Mark::Colon) {
        return speaks_at(view, region, at + 1);
    }
    let joint = if view.tokens[at].is(Mark::Comma) { at + 1 } else { at };
    let joins = |t: usize| view.is(t, roles.coordinator) || t > at && view.is(t, roles.contrast);
    if joint + 1 >= region.last || !joins(joint) {
        return false;
    }
    // Without a comma two subjects may share the verb behind them, unless a clause stands before already.
    if joint == at && !(first..at).any(|t| view.is(t, roles.auxiliary) || view.is(t, roles.cue)) {
        return false;
    }
    speaks_at(view, region, joint + 1)
}

/// True where somebody with a cue behind him starts at token `at`.
fn speaks_at(view: &View<'_>, region: &Region, at: usize) -> bool {
    let roles = &view.language.roles;
    if at + 1 >= region.last {
        return false;
    }
    let Some(found) = mention::after(view, region, at, 0) else { return false };
    // A possessive that is a pronoun as well: "her spokeswoman said".
    let owner = matches!(found.denotes, Denotes::Pronoun(_)) && view.noun_at(found.last).is_some();
    let owned = if owner { mention::after(view, region, found.last, 0) } else { None };
    let found = owned.unwrap_or(found);
    let mut next = found.last;
    while let Some(end) = view.lex_at(next, roles.cue_part).or_else(|| view.lex_at(next, roles.between)) {
        next = end;
    }
    next < region.last && view.is(next, roles.cue) && view.name(next).is_none()
}

/// Without terminators and commas at the end; a closing quotation mark of a speech stays.
fn trim_end(view: &View<'_>, first: usize, end: usize) -> usize {
    let mut end = end;
    while end > first {
        let at = end - 1;
        let trailing = matches!(
            view.tokens[at].mark(),
            Some(
                Mark::Stop
                    | Mark::Comma
                    | Mark::Dash
                    | Mark::Colon
                    | Mark::Semicolon
                    | Mark::Question
                    | Mark::Exclamation
                    | Mark::Ellipsis
            )
        );
        // The stop of an abbreviation, and the one inside quotation marks, belong to the content.
        if !trailing {
            break;
        }
        end -= 1;
    }
    end
}

/// True where an adverbial starts at token `at`: a preposition, a subordinator, a date.
pub fn opens_adverbial(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    // "about 40 people", "about half of them", "at least a dozen" are quantities.
    let counted = |end: usize| {
        end > at + 1 || view.tokens.get(end).is_some_and(|t| t.kind == Kind::Number) || view.is(end, roles.quantifier)
    };
    let counts = view.lex_at(at, roles.quantifier).is_some_and(counted);
    !counts
        && view.name(at).is_none()
        && (view.lex_at(at, roles.opens_adverbial).is_some() || view.lex_at(at, roles.when).is_some())
}

/// True where a comma stands between the tokens, outside of speech.
fn has_comma(view: &View<'_>, region: &Region, first: usize, last: usize) -> bool {
    (first..last).any(|t| view.depth[t] == region.depth && view.tokens[t].is(Mark::Comma))
}

/// True where a clause ends at token `at`.
pub fn clause_ends(view: &View<'_>, region: &Region, at: usize) -> bool {
    if at >= region.last {
        return true;
    }
    matches!(
        view.tokens[at].mark(),
        Some(
            Mark::Comma
                | Mark::Semicolon
                | Mark::Dash
                | Mark::Close
                | Mark::Stop
                | Mark::Question
                | Mark::Exclamation
                | Mark::Ellipsis
                | Mark::Open
        )
    ) || opens_adverbial(view, at)
        || view.is(at, view.language.roles.coordinator)
        || view.speech_from(at).is_some() && view.tokens[at - 1].is(Mark::Comma)
}

/// Most dates and openers before a clause.
const MOST_OPENERS: usize = 3;

/// True where a clause starts at token `at`.
pub fn clause_starts(view: &View<'_>, region: &Region, at: usize) -> bool {
    let roles = &view.language.roles;
    let mut at = at;
    // Dates and openers before it are no part of it.
    for _ in 0..MOST_OPENERS {
        // Behind an opener of several words a genitive may go on, "am Rande des Gipfels"; where names have no capitals the
        // verb mostly stands last, and openers are listed whole.
        let stressed = || view.lex_before(region.first, at, roles.focus);
        let opener = view.lex_before(region.first, at, roles.when).or_else(stressed).or_else(|| {
            let whole = view.language.pack.name_test == NameTest::GivenNames;
            view.lex_before(region.first, at, roles.sentence_opener).filter(|&start| whole || start + 1 == at)
        });
        match opener.filter(|&start| start < at) {
            Some(start) => at = start,
            None => break,
        }
    }
    at <= region.first
        || matches!(
            view.tokens[at - 1].mark(),
            Some(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Dash | Mark::Open | Mark::Bar)
        ) && !view.in_other_marks(at - 1)
        || closes_with_comma(view, at - 1) && view.speech_to(at - 1).is_none()
        || view.is(at - 1, view.language.roles.coordinator)
        || view.is(at - 1, view.language.roles.sentence_opener)
}

/// True where the token is a relative pronoun that stands for persons, or a subordinator before it opens its sentence.
pub fn opens_clause(view: &View<'_>, region: &Region, at: usize) -> bool {
    let pronoun = view.surfaces.get(at).and_then(|&s| view.language.pronoun(s));
    follows_opening_subordinator(view, region, at)
        || pronoun.is_some_and(|p| {
            p.relative && p.stands_for.contains(&StandsFor::Person) && p.stands_for.contains(&StandsFor::Many)
        })
}

/// True where the word before token `at` opens a clause inside its sentence: "… as she urged the party to act".
pub fn follows_subordinator(view: &View<'_>, region: &Region, at: usize) -> bool {
    let roles = &view.language.roles;
    let before = at.checked_sub(1).filter(|&t| t >= region.first && view.name(t).is_none());
    before.is_some_and(|t| view.is(t, roles.subordinator) && !view.is(t, roles.complementiser))
}

/// True where the clause that starts at token `at` comes before the main clause of its sentence: "While the mayor …, …".
pub fn follows_opening_subordinator(view: &View<'_>, region: &Region, at: usize) -> bool {
    let roles = &view.language.roles;
    let Some(before) = at.checked_sub(1).filter(|&t| t >= region.first) else { return false };
    let heads = before == region.first || view.lex_at(region.first, roles.sentence_opener) == Some(before);
    heads
        && view.is(before, roles.subordinator)
        && !view.is(before, roles.complementiser)
        && view.name(before).is_none()
}

/// Where a clause before the main one ends, from token `first`: the first comma at its depth.
pub fn clause_comma(view: &View<'_>, region: &Region, first: usize, last: usize) -> Option<usize> {
    let mut open = 0i32;
    (first + 1..last).find(|&t| {
        match view.tokens[t].mark() {
            Some(Mark::Open) => open += 1,
            Some(Mark::Close) => open -= 1,
            _ => {}
        }
        open <= 0 && view.depth[t] == region.depth && view.tokens[t].is(Mark::Comma)
    })
}

/// Where a content that is a thing ends: before a date or a place of speech, what describes it behind a comma, and another
/// verb of the same subject.
pub fn end_of_thing(view: &View<'_>, region: &Region, first: usize, last: usize) -> usize {
    let roles = &view.language.roles;
    let mut end = last;
    for t in first + 1..last {
        if view.depth[t] != region.depth {
            continue;
        }
        // A date with more of the thing behind it is a part of it: "his June visit to the dam".
        let joined = |end: usize| view.is(end, roles.coordinator) && joins_clause(view, region, end, last);
        let dated =
            |end: usize| end >= last || view.tokens[end].mark().is_some() || opens_adverbial(view, end) || joined(end);
        let aside = view.lex_at(t, roles.when).is_some_and(dated)
            || view.lex_at(t, roles.venue).is_some()
            || view.tokens[t].is(Mark::Dash)
            || view.lex_at(t, roles.thing_ends).is_some()
            || view.tokens[t].is(Mark::Comma) && describes(view, region, t + 1);
        if aside || view.is(t, roles.coordinator) && joins_clause(view, region, t, last) {
            end = t;
            break;
        }
    }
    trim_end(view, first, end)
}

/// Most tokens between the commas around what describes a subject.
const LONGEST_DESCRIPTION: usize = 45;

/// True where all that stands between the commas at the tokens `open` and `close` describes the phrase before them: what
/// follows each comma starts as a description or a name does, and nothing else is joined to it.
pub fn is_description(view: &View<'_>, region: &Region, open: usize, close: usize) -> bool {
    let roles = &view.language.roles;
    if close - open > LONGEST_DESCRIPTION || close <= open + 1 {
        return false;
    }
    let relative = |t: usize| view.language.pronoun(view.surfaces[t]).is_some_and(|p| p.relative);
    (open..close).all(|t| {
        if view.depth[t] != region.depth {
            return true;
        }
        match view.tokens[t].mark() {
            Some(Mark::Semicolon | Mark::Colon | Mark::Question | Mark::Exclamation) => return false,
            Some(Mark::Comma) => {}
            _ => return view.speech_from(t).is_none(),
        }
        let next = t + 1;
        let word = &view.tokens[next];
        let other = view.language.pronoun(view.surfaces[next]).is_some_and(|p| !p.relative)
            || view.is(next, roles.coordinator)
            || view.is(next, roles.complementiser) && !relative(next);
        let starts = view.is(next, roles.determiner)
            || relative(next)
            || word.kind == Kind::Number
            || word.capital
            || view.noun_at(next).is_some()
            || if t == open { view.surfaces[next] == 0 } else { relative(open + 1) };
        next < close && starts && !other
    })
}

/// True where a relative clause or an apposition starts at the token.
fn describes(view: &View<'_>, region: &Region, at: usize) -> bool {
    let Some(&surface) = view.surfaces.get(at).filter(|_| at < region.last) else { return false };
    view.language.pronoun(surface).is_some_and(|p| p.relative)
        || view.is(at, view.language.roles.determiner)
        || view.is(at, view.language.roles.subordinator)
}

/// True where the coordinator at token `at` joins a verb of the same subject, or behind a comma a clause of its own.
fn joins_clause(view: &View<'_>, region: &Region, at: usize, last: usize) -> bool {
    let roles = &view.language.roles;
    let mut next = at + 1;
    while let Some(end) = view.lex_at(next, roles.cue_part).filter(|&end| end < last) {
        // "and has been", "and did not": what follows is a verb whatever it is.
        if (next..end).any(|t| view.is(t, roles.auxiliary)) {
            return true;
        }
        next = end;
    }
    if next >= last {
        return false;
    }
    let verb = |t: usize| view.name(t).is_none() && view.noun_at(t).is_none();
    let cue = view.is(next, roles.cue) && verb(next);
    cue || view.is(next, roles.auxiliary)
        || view.tokens[at - 1].is(Mark::Comma) && looks_like_clause(view, region, next)
}

/// True where only terminators and closing marks stand from token `at` to the end of the block.
pub fn block_ends(view: &View<'_>, at: usize) -> bool {
    view.tokens[at.min(view.tokens.len())..].iter().all(|t| t.mark().is_some())
}

/// True where only marks stand before token `at` in the block.
pub fn block_starts(view: &View<'_>, at: usize) -> bool {
    view.tokens[..at.min(view.tokens.len())].iter().all(|t| matches!(t.mark(), Some(m) if m != Mark::Open))
}
