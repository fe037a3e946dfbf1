//! Reported speech that goes on without a cue: the mood of its verb tells that somebody else says it.

use super::floating::{carried, orphan};
use super::full_names::FullNames;
use super::model::{AttributionKind, Basis, SourceClass};
use super::subject::{form, subject};
use super::voice::{BlockReading, Node, Voice};
use crate::compiled::atoms::Lex;
use crate::scan::{Region, View};
use crate::text::span::Span;
use crate::text::token::Mark;

/// What read these sentences.
const RULE: &str = "engine/reported-mood";

/// A voice and the reading that it came from: block and index.
type Told = (Voice, Option<(usize, usize)>);

/// Gives sentences whose verb stands in the reporting mood to whoever spoke in the sentence right before, over the border
/// of a paragraph as well; else, where the verb can be nothing but reported, to whom that sentence is about, or to the last
/// speaker of the paragraph. `out[first_new..]` are the block's own voices.
pub fn reported(block: &BlockReading<'_>, at: usize, out: &mut Vec<Told>, first_new: usize, names: &FullNames<'_>) {
    let view = &block.view;
    let (mood, sure) = (view.language.roles.reported_mood, view.language.roles.surely_reported);
    if block.place.title || block.place.caption || block.quoted {
        return;
    }
    // Who spoke in the sentence before: at first, in the last sentence of the paragraph before.
    let mut speaker = out[..first_new].iter().rposition(|(v, _)| v.ends_at + 1 == at && v.closes && speaks(v));
    // The sentence before, where nobody spoke in it.
    let mut silent: Option<&Region> = None;
    for region in view.regions.iter().filter(|r| r.depth == 0) {
        let before = silent.replace(region);
        let sentence = view.span(region.first, region.last);
        let told = |v: &Voice| v.sentence.overlaps(sentence) || v.content.iter().any(|c| c.overlaps(sentence));
        let own = |loose: bool| (first_new..out.len()).rev().find(|&i| told(&out[i].0) && is_loose(&out[i].0) == loose);
        if let Some(own) = own(false) {
            silent = None;
            speaker = speaks(&out[own].0).then_some(own);
            continue;
        }
        let loose = own(true);
        let stands = |mood: Lex| stands_in(view, region, mood);
        // A verb of saying of its own makes somebody else speak, whether a rule read it or not.
        if !stands(mood) || has_cue(view, region, mood) {
            speaker = None;
            continue;
        }
        let content = without_stop(view, region);
        // What can be nothing but somebody's word goes on further than from one sentence to the next: whom the sentence before
        // is about comes first, then the last one who spoke.
        // What is told there itself names nobody who tells it.
        let tells = |before: &&Region| stands(sure) && (!stands_in(view, before, mood) || has_cue(view, before, mood));
        let told_of = || before.filter(tells).and_then(|before| about(view, before, names));
        let subject = if speaker.is_some() { None } else { told_of() };
        let carried = match (speaker, subject) {
            (None, Some(source)) => {
                let antecedent = Some(source.0);
                Voice {
                    source: Some(source),
                    antecedent,
                    basis: Basis::Inferred,
                    ..orphan(view, region, at, content, true)
                }
            }
            (speaker, _) => {
                let Some(host) = speaker.or_else(|| latest(out, first_new, sentence).filter(|_| stands(sure))) else {
                    continue;
                };
                carried(view, region, at, content, &out[host].0)
            }
        };
        silent = None;
        let voice = Voice { form: form(view, &[content]), rule: RULE.to_owned(), ..carried };
        // Sentences side by side that are told in this way are told at once.
        let goes_on = speaker.filter(|&i| loose.is_none() && i >= first_new && out[i].0.rule == RULE);
        if let Some(i) = goes_on {
            out[i].0.content.push(content);
            out[i].0.form = form(view, &out[i].0.content);
            continue;
        }
        // A quotation of the sentence that had no speaker is part of it.
        match loose {
            Some(i) => {
                out[i].0 = voice;
                speaker = Some(i);
            }
            None => {
                speaker = Some(out.len());
                out.push((voice, None));
            }
        }
    }
    // Whether the paragraph's last sentence has a speaker, for the next one.
    let last = view.regions.iter().rev().find(|r| r.depth == 0).map(|r| view.span(r.first, r.last));
    if let (Some(last), Some(host)) = (last, speaker)
        && (out[host].0.sentence.overlaps(last) || out[host].0.content.iter().any(|c| c.overlaps(last)))
    {
        out[host].0.closes = true;
    }
}

/// True where a verb of this mood rules the sentence.
fn stands_in(view: &View<'_>, region: &Region, mood: Lex) -> bool {
    (region.first..region.last)
        .any(|t| view.depth[t] == 0 && view.is(t, mood) && view.name(t).is_none() && !subordinate(view, region, t))
}

/// True where a verb of saying stands in the sentence.
fn has_cue(view: &View<'_>, region: &Region, mood: Lex) -> bool {
    (region.first..region.last).any(|t| {
        view.depth[t] == 0 && view.is(t, view.language.roles.cue) && !view.is(t, mood) && view.name(t).is_none()
    })
}

/// Who the sentence is about, where that is somebody who can speak.
fn about(view: &View<'_>, region: &Region, names: &FullNames<'_>) -> Option<(Span, Node)> {
    let speaks = |class: SourceClass| class != SourceClass::Document;
    subject(view, region, names).filter(|(_, node)| !node.is_unknown() && speaks(node.class))
}

/// True for a quotation without a speaker.
fn is_loose(v: &Voice) -> bool {
    v.source.is_none() && v.means.is_none()
}

/// The last one who spoke in the paragraph before the sentence.
fn latest(out: &[Told], first_new: usize, sentence: Span) -> Option<usize> {
    (first_new..out.len()).rev().find(|&i| speaks(&out[i].0) && out[i].0.sentence.end <= sentence.start)
}

fn speaks(v: &Voice) -> bool {
    let reports = matches!(
        v.kind,
        AttributionKind::Statement | AttributionKind::Report | AttributionKind::Belief | AttributionKind::Reaction
    );
    v.depth == 0 && v.stands && reports && v.source.as_ref().is_some_and(|(_, node)| !node.is_unknown())
}

/// True where the word stands in a clause that a subordinator opened: its mood belongs to that clause.
fn subordinate(view: &View<'_>, region: &Region, at: usize) -> bool {
    let start = (region.first..at).rev().find(|&t| view.tokens[t].mark().is_some_and(Mark::parts_clauses));
    let first = start.map_or(region.first, |t| t + 1);
    let roles = &view.language.roles;
    let relative = view.language.pronoun(view.surfaces[first]).is_some_and(|p| p.relative);
    // At the head of the sentence a word of both kinds opens the subject.
    // A verb that closes a clause behind a comma stands in a relative one, where an article opens that.
    let closes = || {
        let next = view.tokens.get(at + 1).and_then(|t| t.mark());
        next.is_some_and(Mark::parts_clauses) || at + 1 >= region.last || next == Some(Mark::Stop)
    };
    let plain = view.language.pack.noun_capitals && !view.is(at, roles.surely_reported);
    let attribute = || plain && view.is(first, roles.determiner) && closes();
    (relative || start.is_some() && attribute()) && first > region.first
        || view.is(first, roles.subordinator) && !(first == region.first && view.is(first, roles.determiner))
}

fn without_stop(view: &View<'_>, region: &Region) -> Span {
    let mut end = region.last;
    while end > region.first && view.tokens[end - 1].is(Mark::Stop) {
        end -= 1;
    }
    view.span(region.first, end)
}
