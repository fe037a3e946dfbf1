//! The subject of a sentence, and how much of a content is quoted: what several steps of resolution ask.

use super::boundary::opens_adverbial;
use super::full_names::FullNames;
use super::model::Form;
use super::names::node;
use super::voice::Node;
use crate::rules::pack::NameTest;
use crate::scan::{Region, View};
use crate::sources::denote::Denotes;
use crate::sources::mention::{self, Affix, Mention};
use crate::sources::phrase_end::ends_phrase;
use crate::text::span::Span;
use crate::text::token::Mark;

/// Most tokens of an adverbial before the subject of its sentence.
const LONGEST_ADVERBIAL: usize = 20;

/// Most places and times before the subject of a sentence.
const MOST_PLACES: usize = 3;

/// How much of the content is in speech quotations.
pub fn form(view: &View<'_>, content: &[Span]) -> Form {
    let (mut inside, mut outside) = (0, 0);
    for span in content {
        let (quoted, plain) = view.quoted_words(*span);
        inside += quoted;
        outside += plain;
    }
    match (inside, outside) {
        (0, 0) => Form::None,
        (0, _) => Form::Indirect,
        (_, 0) => Form::Direct,
        _ => Form::Mixed,
    }
}

/// Where the subject of a sentence can start: behind words that open it, and behind an adverbial.
pub fn subject_place(view: &View<'_>, region: &Region) -> Option<usize> {
    let mut first = region.first;
    if let Some(after) = view.lex_at(first, view.language.roles.sentence_opener) {
        first = after;
        if view.tokens.get(first).is_some_and(|t| t.is(Mark::Comma)) {
            first += 1;
        }
    }
    // Behind a date, with or without a comma: "On Sunday the mayor …".
    if let Some(after) = view.lex_at(first, view.language.roles.when).filter(|&end| end < region.last) {
        first = after + usize::from(view.tokens[after].is(Mark::Comma));
    }
    // A place or time in a case of its own is no subject.
    for _ in 0..MOST_PLACES {
        if first + 1 >= region.last || view.name(first).is_some() || !ends_phrase(view, first) {
            break;
        }
        first += 1;
    }
    // Behind an adverbial: "In his speech, Keller …", "Walking to the gate, Keller …".
    if first < region.last && (opens_adverbial(view, first) || opens_with_verb(view, region, first)) {
        let comma = (first..region.last.min(first + LONGEST_ADVERBIAL))
            .find(|&t| view.depth[t] == region.depth && view.tokens[t].is(Mark::Comma))?;
        first = comma + 1;
    }
    Some(first)
}

/// True for a capital word that no list knows, with what no name has behind it: a determiner or a preposition.
fn opens_with_verb(view: &View<'_>, region: &Region, first: usize) -> bool {
    let roles = &view.language.roles;
    let next = first + 1;
    first == region.first
        && next < region.last
        && view.surfaces[first] == 0
        && view.name(first).is_none()
        && (view.is(next, roles.determiner) || view.is(next, roles.linker))
}

/// A name without the small word behind it that no list knows: its verb, as often as not.
fn without_verb(view: &View<'_>, region: &Region, found: Mention) -> Mention {
    let Some(last) = found.last.checked_sub(1).filter(|&last| last > found.first && found.core.1 == found.last) else {
        return found;
    };
    let unknown = view.surfaces[last] == 0 && view.name(last).is_none() && !view.tokens[last].capital;
    let named = view.tokens[last - 1].capital && view.tokens[last].spaced && view.name(last - 1).is_none();
    if view.language.pack.noun_capitals || view.language.inflects() || !(unknown && named) {
        return found;
    }
    mention::exact(view, region, found.first, last).unwrap_or(found)
}

/// The subject of a sentence that starts with a name.
pub fn subject(view: &View<'_>, region: &Region, names: &FullNames<'_>) -> Option<(Span, Node)> {
    let first = subject_place(view, region)?;
    let found = mention::after(view, region, first, mention::MOST_APPOSITIONS)?;
    let found = without_verb(view, region, found);
    if matches!(found.denotes, Denotes::Pronoun(_) | Denotes::Unknown { .. } | Denotes::Footage(..)) {
        return None;
    }
    // A place or time in a case of its own is no subject.
    if ends_phrase(view, found.last.saturating_sub(1)) {
        return None;
    }
    // A common word that opens its sentence has a capital as well.
    if let Denotes::Name { words: (first, last), .. } = found.denotes
        && first == region.first
        && last == first + 1
        && view.language.inflects()
        && !names.is_written_inside(view.word(first))
    {
        return None;
    }
    let (node, _) = node(view, &in_its_case(view, &found), names)?;
    Some((view.span(found.first, found.last), node))
}

/// The mention with the ending of the case that its name bears, where names have no capitals and a subject may stand in
/// another form than the first one.
fn in_its_case(view: &View<'_>, found: &Mention) -> Mention {
    let pack = &view.language.pack;
    let Denotes::Name { words: (_, last), person: true, .. } = found.denotes else { return found.clone() };
    if pack.name_test != NameTest::GivenNames || found.affix != Affix::default() {
        return found.clone();
    }
    let word = view.word(last - 1);
    let mut longest: Option<(usize, Affix)> = None;
    for (case, (name, endings)) in pack.morphology.cases.iter().enumerate() {
        let bases = pack.morphology.bases.get(name).map_or(&[][..], Vec::as_slice);
        for (i, ending) in endings.iter().enumerate() {
            let stem = word.strip_suffix(ending.as_str()).filter(|stem| stem.chars().nth(1).is_some());
            let first_form = bases.get(i).is_some_and(|base| base == ending);
            if stem.is_none() || first_form || longest.as_ref().is_some_and(|(len, _)| *len >= ending.len()) {
                continue;
            }
            let affix = Affix {
                tail: ending.len() as u32,
                at: last,
                ending: Some((case as u16, i as u16)),
                ..Affix::default()
            };
            longest = Some((ending.len(), affix));
        }
    }
    let affix = longest.filter(|(len, _)| *len > 0).map_or(found.affix, |(_, affix)| affix);
    Mention { affix, ..found.clone() }
}
