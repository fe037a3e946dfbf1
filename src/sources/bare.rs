//! Words that name nobody by themselves: adverbs, and common words where a noun wants its article.

use crate::scan::View;
use crate::text::token::Kind;

/// True for a word that no list has, in small letters and with the ending of an adverb.
pub fn is_adverb(view: &View<'_>, at: usize) -> bool {
    is_plain(view, at) && view.language.ends_adverb(view.word(at))
}

/// True where a phrase without a determiner, of words that no list has, ends in one that is no noun for somebody: an adverb,
/// or a word without the ending that a noun without an article has.
pub fn names_nobody(view: &View<'_>, words: (usize, usize), determined: bool) -> bool {
    let Some(last) = words.1.checked_sub(1).filter(|last| *last >= words.0) else { return false };
    let glued = last > 0 && !view.tokens[last].spaced;
    let small = !glued && is_plain(view, last) && !(words.0..words.1).any(|t| view.tokens[t].capital);
    small
        && !determined
        && (view.language.ends_adverb(view.word(last)) || !view.language.may_stand_bare(view.word(last)))
}

fn is_plain(view: &View<'_>, at: usize) -> bool {
    view.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital && t.spaced)
        && view.surfaces[at] == 0
        && view.name(at).is_none()
}

/// True for a word that a list knows, and not as a given name.
pub fn is_common(view: &View<'_>, at: usize) -> bool {
    view.surfaces[at] != 0 && !view.is(at, view.language.roles.given_name)
}
