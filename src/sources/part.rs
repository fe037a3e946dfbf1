//! What a token can be in a noun phrase: a word of it, what opens or ties it, what ends it.

use crate::compiled::atoms::Lex;
use crate::scan::{Region, View};
use crate::segment::quotation::Quotation;
use crate::sources::tie::{inside_name, inside_noun, is_initial, leads_to_place, ties};
use crate::text::token::{Kind, Mark};

/// What a token can be in a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A word that can stand in a name.
    Word,
    /// A determiner or a quantity.
    Determiner,
    /// A preposition that ties phrases together.
    Linker,
    /// And, or.
    Coordinator,
    /// A mark inside a phrase.
    Glue,
    /// Where phrases end.
    Stop,
}

/// What the token at `at` can be in a noun phrase.
pub fn part(view: &View<'_>, region: &Region, at: usize) -> Part {
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
            // A dash inside a quoted name parts no clauses.
            Mark::Dash if view.in_other_marks(at) => Part::Glue,
            // Inside a sentence a full stop ends an abbreviation.
            Mark::Stop if !token.spaced && at + 1 < region.last && !is_closer(view, at + 1) => Part::Glue,
            Mark::Other if matches!(view.word(at), "&" | "%" | "$" | "€" | "£" | "@" | "#" | "№") => Part::Glue,
            _ => Part::Stop,
        },
        Kind::Word => {
            // An ending behind a hyphen, whatever else it means as a word.
            if !token.spaced && at > region.first && is_ending(view, at) {
                return Part::Word;
            }
            let known = view.surfaces[at];
            // A small word inside a hyphenated name: "Pas-de-Calais".
            let hyphenated = !token.spaced && at > region.first && view.tokens[at - 1].is(Mark::Hyphen);
            if hyphenated && at > 1 && view.tokens[at - 2].capital && view.language.pronoun(known).is_none() {
                return Part::Word;
            }
            // The second half of a compound: "a self-described socialist".
            let inner = hyphenated && !view.tokens[at - 1].spaced && at > 1 && view.tokens[at - 2].is_wordlike();
            if inner && view.is(at, roles.cue) && view.tokens.get(at + 1).is_some_and(|t| t.spaced && t.is_wordlike()) {
                return Part::Word;
            }
            if known == 0 {
                if !token.spaced
                    && at > region.first
                    && view.tokens[at - 1].is(Mark::Apostrophe)
                    && is_no_name(view, at)
                {
                    return Part::Stop;
                }
                return Part::Word;
            }
            let lists = view.own_lists(at);
            let own = |lex: Lex| lists >> lex & 1 == 1;
            // The first half of a compound, whatever else it means: "the then-mayor".
            let verb = own(roles.cue) || own(roles.auxiliary) || view.language.pronoun(known).is_some();
            if !token.capital && !verb && opens_compound(view, at) {
                return Part::Word;
            }
            if token.capital && is_initial(view, at) || lists != 0 && !token.capital && inside_noun(view, at) {
                return Part::Word;
            }
            if own(roles.linker) && inside_name(view, at) {
                return Part::Glue;
            }
            let opens = own(roles.determiner) || own(roles.quantifier);
            if opens && !(own(roles.linker) && ties(view, region, at)) {
                // Inside a sentence a capital makes it a part of a name: "CBS This Morning".
                if token.capital && at > region.first && !view.title_case && !token_follows_break(view, at) {
                    return Part::Word;
                }
                Part::Determiner
            } else if own(roles.linker) || own(roles.place_linker) && leads_to_place(view, at) {
                Part::Linker
            } else if own(roles.coordinator) {
                Part::Coordinator
            } else if view.noun_at(at).is_some() || own(roles.honorific) || own(roles.name_particle) {
                Part::Word
            } else if own(roles.never_in_name)
                || own(roles.auxiliary)
                || own(roles.cue)
                || own(roles.cue_part)
                || own(roles.between)
                || own(roles.subordinator)
                || own(roles.complementiser)
                || own(roles.opens_adverbial)
                || view.language.pronoun(known).is_some()
            {
                // A capital inside a sentence makes a name of a word that is otherwise none (`May`, `Will`).
                let tells = token.capital && at > region.first && !view.title_case && !token_follows_break(view, at);
                if tells { Part::Word } else { Part::Stop }
            } else {
                Part::Word
            }
        }
    }
}

/// True for the last part of a word with an apostrophe that a list of words in no name has.
fn is_no_name(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    let lists = [roles.never_in_name, roles.auxiliary, roles.cue, roles.cue_part, roles.between, roles.subordinator];
    let floor = at.saturating_sub(2);
    lists.iter().any(|&lex| view.lex_before(floor, at + 1, lex) == Some(floor))
}

/// True for an ending of the language that is glued to a hyphen, an apostrophe or the closing mark of a name.
fn is_ending(view: &View<'_>, at: usize) -> bool {
    let joint = match view.tokens[at - 1].mark() {
        Some(Mark::Hyphen | Mark::Apostrophe) => true,
        Some(Mark::Quote) => view.transparent(at - 1) && view.quotation_to(at - 1).is_some(),
        _ => false,
    };
    joint && view.language.is_ending(view.word(at))
}

/// True where a hyphen ties the word at token `at` to the one behind it. One letter is a form of a pronoun or joins one to its
/// verb: "l-a primit", "explique-t-on".
fn opens_compound(view: &View<'_>, at: usize) -> bool {
    let glued = |t: usize| view.tokens.get(t).filter(|t| !t.spaced);
    view.word(at).chars().nth(1).is_some()
        && glued(at + 1).is_some_and(|t| t.is(Mark::Hyphen))
        && glued(at + 2).is_some_and(|t| t.is_wordlike())
}

/// True for the closing mark of a quotation that ends with a comma: its sentence goes on.
pub fn closes_with_comma(view: &View<'_>, at: usize) -> bool {
    let ends = |q: &Quotation| q.closed && q.open + 2 < q.end && view.tokens[q.end - 2].is(Mark::Comma);
    view.tokens[at].is(Mark::Quote) && view.quotation_to(at).is_some_and(ends)
}

/// True for the first word behind a quotation mark or a colon: its capital tells nothing, unless the quotation ended with a
/// comma.
fn token_follows_break(view: &View<'_>, at: usize) -> bool {
    at == 0
        || !closes_with_comma(view, at - 1)
            && matches!(
                view.tokens[at - 1].mark(),
                Some(Mark::Quote | Mark::Colon | Mark::Dash | Mark::Stop | Mark::Open)
            )
}

fn is_closer(view: &View<'_>, at: usize) -> bool {
    matches!(view.tokens[at].mark(), Some(Mark::Quote | Mark::Close))
}
