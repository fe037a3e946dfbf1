//! The subject of a sentence, and how much of a content is quoted: what several steps of resolution ask.

use super::boundary::opens_adverbial;
use super::full_names::FullNames;
use super::model::Form;
use super::names::node;
use super::voice::Node;
use crate::scan::{Region, View};
use crate::sources::denote::Denotes;
use crate::sources::mention;
use crate::sources::phrase::ends_phrase;
use crate::text::span::Span;
use crate::text::token::Mark;

/// Most tokens of an adverbial before the subject of its sentence.
const LONGEST_ADVERBIAL: usize = 20;

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

/// The subject of a sentence that starts with a name.
pub fn subject(view: &View<'_>, region: &Region, names: &FullNames<'_>) -> Option<(Span, Node)> {
    let mut first = region.first;
    if let Some(after) = view.lex_at(first, view.language.roles.sentence_opener) {
        first = after;
    }
    // Behind an adverbial: "In his speech, Keller …".
    if first < region.last && opens_adverbial(view, first) {
        let comma = (first..region.last.min(first + LONGEST_ADVERBIAL))
            .find(|&t| view.depth[t] == region.depth && view.tokens[t].is(Mark::Comma))?;
        first = comma + 1;
    }
    let found = mention::after(view, region, first, true)?;
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
    let (node, _) = node(view, &found, names)?;
    Some((view.span(found.first, found.last), node))
}
