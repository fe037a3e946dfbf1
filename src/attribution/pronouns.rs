//! Whom pronouns stand for, and the subject of the clause that something stands in.

use super::candidates::{Candidate, Candidates};
use super::full_names::FullNames;
use super::model::SourceClass;
use super::names::node;
use super::subject::subject_place;
use super::voice::Node;
use crate::rules::pack::{NounKind, StandsFor};
use crate::scan::{Region, View};
use crate::sources::denote::Denotes;
use crate::sources::mention::{self, Mention};
use crate::text::span::Span;
use crate::text::token::Mark;

/// Whom a pronoun stands for.
pub fn pronoun(
    view: &View<'_>,
    at: usize,
    found: &Mention,
    region: &Region,
    span: Span,
    candidates: &Candidates<'_, '_>,
    names: &FullNames<'_>,
) -> Option<Candidate> {
    let Denotes::Pronoun(index) = found.denotes else { return None };
    let entry = view.language.pack.pronouns.get(index as usize)?;
    if entry.stands_for.contains(&StandsFor::Nobody) {
        return None;
    }
    let agrees = |c: &&Candidate| entry.stands_for.iter().any(|s| fits(*s, &c.node)) && c.depth <= region.depth;
    // "who said": the noun right before it, or before its comma.
    if entry.relative {
        let comma = found.first.checked_sub(1).filter(|&t| t > region.first && view.tokens[t].is(Mark::Comma));
        let antecedent = mention::before(view, region, comma.unwrap_or(found.first))?;
        let (node, _) = node(view, &antecedent, names)?;
        return Some(Candidate {
            at,
            depth: region.depth,
            span: view.span(antecedent.first, antecedent.last),
            node,
            phrase: None,
        });
    }
    // A collective named earlier in the same sentence, subject or not: "as activists protest what they claim".
    if entry.stands_for.contains(&StandsFor::Many)
        && let Some(near) = collective_before(view, region, found.first, names)
    {
        return Some(Candidate { at, depth: region.depth, ..near });
    }
    let sentence = view.tokens.get(region.first).map_or(0, |t| t.span.start);
    let here = candidates.nearest(at, (sentence, span.start), agrees);
    here.or_else(|| candidates.alone_above(at, agrees))
}

fn fits(stands_for: StandsFor, node: &Node) -> bool {
    match stands_for {
        StandsFor::Man | StandsFor::Woman | StandsFor::Person => {
            matches!(node.class, SourceClass::Person | SourceClass::Anonymous)
        }
        StandsFor::Thing => matches!(
            node.class,
            SourceClass::Institution
                | SourceClass::Outlet
                | SourceClass::Wire
                | SourceClass::Document
                | SourceClass::Metonym
        ),
        StandsFor::Many => matches!(node.class, SourceClass::Collective | SourceClass::Institution),
        StandsFor::Nobody => false,
    }
}

fn collective_before(view: &View<'_>, region: &Region, end: usize, names: &FullNames<'_>) -> Option<Candidate> {
    let at = (region.first..end)
        .rev()
        .find(|&t| view.depth[t] == region.depth && view.noun_at(t).is_some_and(|(n, _)| n.kind == NounKind::Class))?;
    let (_, noun_end) = view.noun_at(at)?;
    let found = mention::before(view, region, noun_end)?;
    let (node, _) = node(view, &found, names)?;
    (node.class == SourceClass::Collective).then(|| Candidate {
        at: 0,
        depth: region.depth,
        span: view.span(found.first, found.last),
        node,
        phrase: None,
    })
}

/// The pronoun that is the subject of the sentence before its cue, and whom it stands for.
pub fn pronoun_subject(
    view: &View<'_>,
    at: usize,
    region: &Region,
    cue: usize,
    candidates: &Candidates<'_, '_>,
    names: &FullNames<'_>,
) -> Option<((Span, Node), Option<Span>)> {
    let first = subject_place(view, region).filter(|&first| first < cue)?;
    let found = mention::after(view, region, first, 0)?;
    let Denotes::Pronoun(index) = found.denotes else { return None };
    let entry = view.language.pack.pronouns.get(index as usize)?;
    if entry.relative || entry.stands_for.contains(&StandsFor::Nobody) || view.is(first, view.language.roles.object) {
        return None;
    }
    let span = view.span(found.first, found.last);
    let known = pronoun(view, at, &found, region, span, candidates, names);
    let whom = known.as_ref().map(|c| c.span);
    Some(((span, known.map_or_else(Node::unknown, |c| c.node)), whom))
}

/// Most tokens between the subject of a clause and what stands in it.
const LONGEST_CLAUSE: usize = 40;

/// The subject of the clause that token `at` stands in, found from there leftwards, where it is a pronoun that can be
/// nothing else; whom it stands for.
pub fn clause_subject(
    view: &View<'_>,
    block: usize,
    region: &Region,
    at: usize,
    candidates: &Candidates<'_, '_>,
    names: &FullNames<'_>,
) -> Option<((Span, Node), Option<Span>)> {
    let roles = &view.language.roles;
    let floor = region.first.max(at.saturating_sub(LONGEST_CLAUSE));
    for t in (floor..at).rev().filter(|&t| view.depth[t] == region.depth) {
        if let Some(personal) = personal(view, region, t) {
            let told = t > floor && (view.is(t - 1, roles.complementiser) || view.is(t - 1, roles.subordinator));
            if told {
                return None;
            }
            let span = view.span(personal.first, personal.last);
            let known = pronoun(view, block, &personal, region, span, candidates, names);
            let whom = known.as_ref().map(|c| c.span);
            return Some(((span, known.map_or_else(Node::unknown, |c| c.node)), whom));
        }
        // Behind a mark something else may go on than the clause before it.
        if view.tokens[t].mark().is_some_and(Mark::parts_clauses) {
            return None;
        }
        // What somebody says of somebody is no clause of his own: "Keller said that he was “too old”".
        if view.is(t, roles.subordinator) && view.name(t).is_none() {
            return None;
        }
    }
    None
}

/// A pronoun that stands for one person and is a subject wherever it stands.
fn personal(view: &View<'_>, region: &Region, at: usize) -> Option<Mention> {
    let entry = view.language.pronoun(view.surfaces[at])?;
    let one = |s: &StandsFor| matches!(s, StandsFor::Man | StandsFor::Woman | StandsFor::Person);
    let subject = !entry.relative && entry.stands_for.iter().all(one) && !view.is(at, view.language.roles.object);
    mention::after(view, region, at, 0).filter(|m| subject && matches!(m.denotes, Denotes::Pronoun(_)))
}
