//! A name in the genitive behind a noun for people: whose lawyer, spokesman or brother speaks, and not who does.

use crate::rules::pack::{NameTest, NounKind, SourceKind};
use crate::scan::{Region, View};
use crate::sources::denote::{Denotes, denote};
use crate::sources::mention::Mention;
use crate::sources::names::NameTarget;

/// The case of those whom something belongs to.
const GENITIVE: &str = "gen";

/// Fewest letters of an ending that only a genitive of names has, whatever the name: that of adjectives.
const PLAIN_ENDING: usize = 3;

/// The subject `mention` without the name of whom its noun belongs to: "the lawyer [of] Jan Bur" is a lawyer. For languages
/// whose names have a genitive and stand behind their nouns.
pub fn subject(view: &View<'_>, region: &Region, mention: Mention) -> Mention {
    let pack = &view.language.pack;
    let behind =
        pack.head_first && pack.name_test == NameTest::Capitals && pack.morphology.cases.contains_key(GENITIVE);
    let Some((first, last)) = named(view, &mention).filter(|_| behind) else { return mention };
    let people = |t: usize| {
        let noun = view.noun_at(t).filter(|(noun, _)| matches!(noun.kind, NounKind::Role | NounKind::Anonymous));
        noun.map(|(_, end)| (t, end))
    };
    let mut nouns = (mention.core.0..first).filter_map(people);
    let Some(head) = nouns.next() else { return mention };
    let beside = head.1 == first || nouns.any(|(_, end)| end == first);
    // Of a noun in the genitive the name is its bearer's; at the start of a clause stands the subject.
    let starts = mention.first <= region.first || view.tokens[mention.first - 1].mark().is_some();
    let oblique = is_genitive(view, view.word(head.1 - 1)) && !starts;
    if !beside || oblique || !is_owner(view, &mention, (first, last)) {
        return mention;
    }
    let without = (mention.core.0, first);
    match denote(view, region, without, without) {
        Some(denotes @ (Denotes::Role { .. } | Denotes::Anonymous(..))) => Mention { denotes, ..mention },
        _ => mention,
    }
}

/// The tokens of the person's name that the phrase ends with.
fn named(view: &View<'_>, mention: &Mention) -> Option<(usize, usize)> {
    match mention.denotes {
        Denotes::Name { words, person: true, .. } => Some(words),
        Denotes::Source(source) if view.registry.source(source)?.kind == SourceKind::Person => {
            let hit = (mention.core.0..mention.core.1).find_map(|t| {
                view.name(t).filter(|hit| matches!(hit.target, NameTarget::Source(of) if of == source))
            })?;
            Some((hit.first as usize, hit.last as usize))
        }
        _ => None,
    }
}

/// True where the name is in the genitive: in no other case is it who the mention denotes, a given name of the pack, or an
/// adjective's form.
fn is_owner(view: &View<'_>, mention: &Mention, (first, last): (usize, usize)) -> bool {
    let language = view.language;
    let given = |word: &str| language.has(word, language.roles.given_name);
    let surname = view.word(last - 1);
    if let Denotes::Source(source) = mention.denotes {
        let own = |name: &str| view.registry.target_by_name(name) == Some(NameTarget::Source(source));
        let whole = last == first + 1;
        return bases(view, surname).any(|base| {
            own(&base) || !whole && bases(view, view.word(first)).any(|before| own(&format!("{before} {base}")))
        });
    }
    let word = view.word(first);
    if last > first + 1 && given(word) {
        return false;
    }
    if last > first + 1 && bases(view, word).any(|base| given(&base)) && is_genitive(view, surname) {
        return true;
    }
    // Of an adjective: nothing of the first form is left in it.
    let adjective = |(ending, base): (&str, &str)| {
        let (long, short) = (ending.chars().count(), base.chars().count());
        long >= PLAIN_ENDING && short < long && !base.is_empty() && !ending.starts_with(base) && ends(surname, ending)
    };
    !given(surname) && genitives(view).any(adjective)
}

fn is_genitive(view: &View<'_>, word: &str) -> bool {
    genitives(view).any(|(ending, _)| ends(word, ending))
}

fn ends(word: &str, ending: &str) -> bool {
    word.strip_suffix(ending).is_some_and(|stem| stem.chars().nth(1).is_some())
}

/// The endings of the genitive, each with what the first form has in its place.
fn genitives<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'v str, &'v str)> {
    let endings = view.language.pack.morphology.endings_of(GENITIVE);
    endings.filter(|(ending, base)| !ending.is_empty() && ending != base)
}

/// The first forms that a word may be the genitive of.
fn bases<'v>(view: &'v View<'_>, word: &'v str) -> impl Iterator<Item = String> + 'v {
    genitives(view).filter(|(ending, _)| ends(word, ending)).map(|(ending, base)| {
        let stem = word.strip_suffix(ending).unwrap_or(word);
        format!("{stem}{base}")
    })
}
