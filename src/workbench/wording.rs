//! The wording of a labelled sentence as a template: slots for its labels, its other words as they are or by their lexicons.

use crate::article::BlockKind;
use crate::auditor::Auditor;
use crate::compiled::roles::ROLE_NAMES;
use crate::rules::check_lexicon::PLAIN;
use crate::scan::View;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark, Token};
use crate::workbench::entries::{Asked, Entries};
use crate::workbench::lesson::Lesson;

/// A wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The template.
    pub template: String,
    /// Its own words, as the sentence has them.
    pub words: String,
    /// True where words stand for all of their lexicon.
    pub general: bool,
}

/// A piece of a wording.
struct Piece {
    written: String,
    /// Words of the sentence that stand for themselves.
    own: Option<String>,
    glued: bool,
}

/// The wording of the sentence in its own words, and with lexicons in place of those that are in one.
pub fn wordings(auditor: &Auditor, lesson: &Lesson, entries: &Entries) -> Vec<Wording> {
    let read = |general: bool| {
        auditor.with_text(&lesson.sentence.text, &lesson.tag, BlockKind::Body, |read, _| {
            let view = read.blocks.first().map(|block| &block.view)?;
            wording(view, lesson, general.then_some(entries))
        })
    };
    let mut out: Vec<Wording> = Vec::new();
    for found in [read(false), read(true)].into_iter().flatten().flatten() {
        if !out.iter().any(|known| known.template == found.template) {
            out.push(found);
        }
    }
    out
}

fn wording(view: &View<'_>, lesson: &Lesson, entries: Option<&Entries>) -> Option<Wording> {
    let slots = lesson.slots();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut general = false;
    let mut at = 0;
    while let Some(token) = view.tokens.get(at) {
        if let Some((name, slot)) = slots.iter().find(|(_, slot)| slot.contains(token.span)) {
            pieces.push(Piece { written: format!("{{{name}}}"), own: None, glued: false });
            at = view.tokens.partition_point(|t| t.span.start < slot.end);
            continue;
        }
        // What may stand between a cue and its slots need not be named.
        let roles = &view.language.roles;
        let skipped = [roles.between, roles.when].into_iter().filter_map(|lex| view.lex_at(at, lex)).max();
        if let Some(end) = skipped.filter(|_| !in_cue(lesson, token.span)) {
            at = end;
            continue;
        }
        if let Some((lexicon, end)) = entries.and_then(|entries| lexicon_at(view, at, entries, &slots)) {
            let own = view.span(at, end).of(view.text).to_owned();
            pieces.push(Piece { written: lexicon, own: Some(own), glued: false });
            general = true;
            at = end;
            continue;
        }
        pieces.extend(literal(view, token, at));
        at += 1;
    }
    // A mark at the end closes the sentence, and no wording.
    while pieces.last().is_some_and(|piece| piece.own.is_none() && piece.glued) {
        pieces.pop();
    }
    // Runs of its own words, with a gap where a slot or mark stands between them.
    let runs = pieces.split(|piece| piece.own.is_none());
    let runs = runs.map(|run| run.iter().filter_map(|piece| piece.own.as_deref()).collect::<Vec<_>>().join(" "));
    let own: Vec<String> = runs.filter(|run| !run.is_empty()).collect();
    if own.is_empty() || entries.is_some() && !general {
        return None;
    }
    let mut template = String::new();
    for piece in &pieces {
        if !template.is_empty() && !piece.glued {
            template.push(' ');
        }
        template.push_str(&piece.written);
    }
    // What ends with its own words ends the clause: otherwise something else may go on there.
    if pieces.last().is_some_and(|piece| piece.own.is_some()) {
        template.push_str(" $");
    }
    Some(Wording { template, words: own.join(" … "), general })
}

fn in_cue(lesson: &Lesson, span: Span) -> bool {
    lesson.cue().is_some_and(|cue| cue.contains(span))
}

/// A word or mark as a template writes it; `None` for marks that templates need not name.
fn literal(view: &View<'_>, token: &Token, at: usize) -> Option<Piece> {
    let word = token.span.of(view.text);
    match token.kind {
        Kind::Word => {
            // A capital at the start of the sentence is not the word's own.
            let lower = at == 0 && !word.chars().skip(1).any(char::is_uppercase);
            let written = if lower { word.to_lowercase() } else { word.to_owned() };
            Some(Piece { written, own: Some(word.to_owned()), glued: false })
        }
        Kind::Number => Some(Piece { written: "{number}".to_owned(), own: None, glued: false }),
        Kind::Mark(mark) => {
            let sign = match mark {
                Mark::Comma => ",",
                Mark::Colon => ":",
                Mark::Semicolon => ";",
                Mark::Dash => return Some(Piece { written: "-".to_owned(), own: None, glued: false }),
                _ => return None,
            };
            Some(Piece { written: sign.to_owned(), own: None, glued: true })
        }
    }
}

/// The lexicon of which an entry starts at a token, as templates ask for it, and where the entry ends. Of several the one with
/// the longest entry, then the one with the most entries.
fn lexicon_at(view: &View<'_>, at: usize, entries: &Entries, slots: &[(&str, Span)]) -> Option<(String, usize)> {
    let free = |end: usize| {
        let span = view.span(at, end);
        !slots.iter().any(|(_, slot)| slot.overlaps(span))
    };
    let longest = |(name, form): &Asked| {
        let ends = (at + 1..(at + 6).min(view.tokens.len() + 1)).rev();
        ends.filter(|&end| free(end)).find(|&end| {
            let words = view.span(at, end).of(view.text);
            entries.find(name, form, words).is_some()
        })
    };
    // The engine's own lists, of auxiliaries and the like, are no verbs of a kind.
    let own = entries.asked().filter(|(name, _)| !ROLE_NAMES.contains(&name.as_str()));
    let found = own.filter_map(|asked| Some((longest(asked)?, entries.of(&asked.0, &asked.1).len(), asked)));
    let (end, _, (name, form)) = found.max_by_key(|(end, count, _)| (*end, *count))?;
    let plain = form == PLAIN;
    Some((if plain { format!("{{{name}}}") } else { format!("{{{name}.{form}}}") }, end))
}
