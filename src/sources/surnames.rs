//! Words of a person's name that lists know as a place or a noun: *Marco Colombo*, *Ana Pastor*, *Santiago Ruiz*.

use crate::compiled::atoms::Surface;
use crate::compiled::language::Language;
use crate::rules::pack::{NameTest, NounKind};
use crate::sources::names::{NameHit, NameTarget};
use crate::text::token::{Kind, Mark, Token};

/// Takes out of `names` the countries and capitals that are a part of a person's name, and gives the tokens of words that no
/// noun of people starts with, in order.
///
/// `own`: for each token, the engine's lists that it is an entry of. A word with a capital right behind a given name of the
/// pack belongs to it, and one behind any capital that no list knows where names stand behind their nouns and words have no cases; so does a given name
/// of the pack right before a capital that no list knows. `title_case`: capitals tell nothing.
pub fn tell(
    tokens: &[Token],
    surfaces: &[Surface],
    own: &[u64],
    language: &Language,
    title_case: bool,
    names: &mut Vec<NameHit>,
) -> Vec<usize> {
    let pack = &language.pack;
    let mut out = Vec::new();
    if pack.name_test != NameTest::Capitals {
        return out;
    }
    let given = |t: usize| own[t] >> language.roles.given_name & 1 == 1;
    let hit_at = |names: &[NameHit], t: usize| {
        let i = names.partition_point(|hit| hit.last as usize <= t);
        names.get(i).filter(|hit| hit.first as usize <= t).map(|_| i)
    };
    let is_place = |hit: &NameHit| {
        hit.last == hit.first + 1 && matches!(hit.target, NameTarget::Country(_) | NameTarget::Capital(_))
    };
    // "Dursun Özbek": who belongs to a country may be a surname, too, where the given name is listed.
    let is_people = |hit: &NameHit| hit.last == hit.first + 1 && matches!(hit.target, NameTarget::Adjective(_));
    let in_sentence = |t: usize| t > 0 && (tokens[t - 1].is_wordlike() || tokens[t - 1].is(Mark::Comma));
    // Where words have cases, what stands behind a name may be another phrase.
    let by_position = pack.head_first && !pack.noun_capitals && !title_case && pack.morphology.cases.is_empty();
    let word = |t: &Token| t.kind == Kind::Word && t.capital;
    for at in 1..tokens.len() {
        let before = at - 1;
        if !word(&tokens[at]) || !word(&tokens[before]) || !tokens[at].spaced {
            continue;
        }
        let (mine, earlier) = (hit_at(names, at), hit_at(names, before));
        let unknown = |t: usize| surfaces[t] == 0;
        if given(before) {
            let nobody = mine.is_none() && (unknown(at) || given(at));
            if let Some(i) = earlier.filter(|&i| nobody && is_place(&names[i])) {
                names.remove(i);
            }
            if nobody && language.lists.is_noun(surfaces[before]) {
                out.push(before);
            }
        }
        let (mine, earlier) = (hit_at(names, at), hit_at(names, before));
        let behind_name = earlier.is_none() && (given(before) || by_position && unknown(before) && in_sentence(before));
        if !behind_name {
            continue;
        }
        if let Some(i) = mine.filter(|&i| is_place(&names[i]) || given(before) && is_people(&names[i])) {
            names.remove(i);
        } else if mine.is_none() && language.lists.is_noun(surfaces[at]) {
            out.push(at);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// True where the word at a token is one of `surnames`, so that no noun for people stands there.
pub fn holds(surnames: &[usize], at: usize, kind: NounKind) -> bool {
    matches!(kind, NounKind::Role | NounKind::Anonymous) && surnames.binary_search(&at).is_ok()
}
