//! Words whose endings tell that a phrase ends with them, or before them.

use crate::rules::pack::NounKind;
use crate::scan::{Region, View};
use crate::sources::names::NameHit;
use crate::text::token::Mark;

/// Most words of a listed entry that are looked at.
const MOST_ENTRY_WORDS: usize = 4;

/// True for a word whose ending tells that no subject goes on behind it.
pub fn ends_phrase(view: &View<'_>, at: usize) -> bool {
    if view.in_other_marks(at) && goes_on_in_marks(view, at) {
        return false;
    }
    // An ending behind an apostrophe is one whatever else it means as a word.
    if at > 0 && view.tokens[at - 1].is(Mark::Apostrophe) && !view.tokens[at].spaced {
        let ending = view.word(at);
        let apart = |end: &String| end.strip_prefix('\'').is_some_and(|letters| letters == ending);
        if view.language.pack.morphology.phrase_ends.iter().any(apart) {
            return true;
        }
    }
    view.language.ends_phrase(view.word(at)) && is_ending_word(view, at)
}

/// The case of whose words tell whose something is.
const OWNER: &str = "gen";

/// True for an ending behind a hyphen that makes another case of a name of the registry than that of an owner: such a name
/// is no part of a subject. Only where endings tell where phrases end.
pub fn is_told(view: &View<'_>, at: usize) -> bool {
    let morphology = &view.language.pack.morphology;
    if at < 2 || morphology.phrase_ends.is_empty() || view.tokens[at].spaced || view.tokens[at - 1].spaced {
        return false;
    }
    let letters = view.word(at);
    let borne = |endings: &[String]| endings.iter().any(|ending| ending.trim_start_matches('-') == letters);
    view.tokens[at - 1].is(Mark::Hyphen)
        && view.name(at - 2).is_some()
        && morphology.cases.iter().any(|(case, endings)| case != OWNER && borne(endings))
        && !morphology.cases.get(OWNER).is_some_and(|endings| borne(endings))
}

/// True for a word of a quoted name that is not the last of it, and for the last of one whose noun stands before the mark:
/// that noun bears the ending of the whole.
fn goes_on_in_marks(view: &View<'_>, at: usize) -> bool {
    if !view.tokens.get(at + 1).is_some_and(|t| t.is(Mark::Quote)) {
        return true;
    }
    let before = view.quotation_to(at + 1).and_then(|q| q.open.checked_sub(1));
    before.is_some_and(|noun| {
        view.tokens[noun].is_wordlike() && view.noun_at(noun).is_some() && view.language.is_listed(view.word(noun))
    })
}

/// True for a word whose ending tells that it is the last of its phrase.
pub fn is_last(view: &View<'_>, at: usize) -> bool {
    view.language.is_last_of_phrase(view.word(at)) && is_ending_word(view, at)
}

/// True where the ending of a word is one, and not letters of a name or of a word that rules know as it stands.
fn is_ending_word(view: &View<'_>, at: usize) -> bool {
    match view.name(at) {
        Some(hit) => hit.last as usize == at + 1 && inflected(view, hit),
        None => {
            let given = view.tokens[at].capital
                && view.name(at + 1).is_none()
                && view.tokens.get(at + 1).is_some_and(|next| next.capital && next.spaced);
            // A word of an entry of several words, as that has it, is none by itself.
            let of_entry = || {
                (0..MOST_ENTRY_WORDS).filter_map(|n| at.checked_sub(n)).any(|first| {
                    let longer = |end: usize| end > at && end > first + 1;
                    view.phrases.further(first).iter().any(|hit| longer(hit.end as usize))
                })
            };
            let word = view.word(at);
            let known = view.language.is_listed(word) || view.language.is_written(word) && of_entry();
            !given && !known
        }
    }
}

/// True where a registry name is not written as the registry has it.
pub fn inflected(view: &View<'_>, hit: &NameHit) -> bool {
    let written = view.span(hit.first as usize, hit.last as usize).of(view.text);
    view.registry.target_by_name(written).is_none()
}

/// True where what ends before token `end` owns what follows: "Monday's vote" is no date.
pub fn is_possessor(view: &View<'_>, end: usize) -> bool {
    view.tokens.get(end).is_some_and(|t| t.is(Mark::Apostrophe) && !t.spaced)
}

/// True where "and" at token `at` joins two listed nouns for people: "friends and advisers".
pub fn joins_people(view: &View<'_>, region: &Region, start: usize, at: usize) -> bool {
    let people = |t: usize| {
        view.noun_at(t).filter(|(n, _)| matches!(n.kind, NounKind::Class | NounKind::Anonymous | NounKind::Role))
    };
    let before = (start..at).any(|t| people(t).is_some_and(|(_, end)| end == at));
    before && at + 1 < region.last && people(at + 1).is_some() && !view.title_case
}
