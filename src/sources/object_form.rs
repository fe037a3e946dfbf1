//! Where an object starts that stands between a subject with a name and its verb, in languages that put it there without a
//! mark: "the mayor Jan Bur [the] hall blames that".

use crate::rules::pack::{NounKind, SourceKind};
use crate::scan::View;
use crate::sources::names::NameTarget;
use crate::sources::phrase_end::inflected;
use crate::sources::subject_form::{ends_as_adjective, first_form};
use crate::sources::tie::is_linker;
use crate::text::token::Kind;

/// Most words of such an object.
const LONGEST_OBJECT: usize = 5;

/// The first token behind the name of a person in its first form that ends the subject, where small words follow it that
/// nothing ties to it. `None` where the phrase from token `first` to before token `last` may be all one.
pub fn object_start(view: &View<'_>, first: usize, last: usize) -> Option<usize> {
    let pack = &view.language.pack;
    if !pack.head_first || !pack.morphology.names_agree || view.tokens[last - 1].capital {
        return None;
    }
    let roles = &view.language.roles;
    let small = |t: usize| {
        let token = &view.tokens[t];
        token.kind == Kind::Word
            && !token.capital
            && token.spaced
            && view.name(t).is_none()
            && !is_linker(view, t)
            && !view.is(t, roles.coordinator)
            && !view.is(t, roles.name_particle)
    };
    let end = (first..last)
        .rev()
        .take_while(|&t| small(t))
        .last()
        .filter(|&end| end > first && last - end <= LONGEST_OBJECT)?;
    let somebody = |t: usize| {
        let noun = view
            .noun_within(t, last)
            .filter(|(noun, _)| matches!(noun.kind, NounKind::Role | NounKind::Anonymous | NounKind::Class));
        noun.is_some_and(|(_, behind)| first_form(view, behind - 1) == Some(true))
    };
    // Who has the role may follow it, and a listed noun may go on over the end of the name.
    if (end..last).any(somebody) || view.noun_reach(end).is_some_and(|reach| reach > end) {
        return None;
    }
    let capital = |t: usize| view.tokens[t].kind == Kind::Word && view.tokens[t].capital;
    let start = (first..end)
        .rev()
        .take_while(|&t| capital(t) && view.noun_at(t).is_none() && view.tokens[t].spaced | (t == first))
        .last()?;
    let role = (first..start).rev().find_map(|t| view.noun_within(t, start).filter(|(_, behind)| *behind <= start));
    let behind_role = role.is_some_and(|(noun, behind)| {
        matches!(noun.kind, NounKind::Role | NounKind::Anonymous) && first_form(view, behind - 1) != Some(false)
    });
    let person = |t: usize| {
        view.name(t).is_some_and(|hit| {
            let known = |i| view.registry.source(i).is_some_and(|s| s.kind == SourceKind::Person);
            matches!(hit.target, NameTarget::Source(i) if known(i)) && hit.last as usize == end && !inflected(view, hit)
        })
    };
    let depends = |t: usize| view.language.depends(view.word(t));
    // A surname may end as an adjective does, a given name does not.
    let plain = (start..end).all(|t| view.name(t).is_none()) && !depends(start);
    // A word that bears no ending of a case is in its first form, whatever it is.
    let bare = |t: usize| {
        view.language
            .case_endings
            .near(view.word(t))
            .all(|(ending, _)| ending.is_empty() || !view.word(t).ends_with(ending.as_str()))
    };
    let named = match end - start {
        1 => plain && behind_role && bare(start),
        _ if behind_role => plain,
        _ => {
            start == first
                && plain
                && (bare(start) || ends_as_adjective(view, view.word(end - 1)))
                && !(end..last).any(depends)
        }
    };
    (person(end - 1) || named).then_some(end)
}
