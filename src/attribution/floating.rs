//! Speech that no pattern covers: whose words it is, or nobody's.

use super::model::{AttributionKind, Basis, Form};
use super::names::FullNames;
use super::resolve::{form, subject};
use super::voice::{BlockReading, Node, Voice};
use crate::scan::{Region, View};
use crate::segment::quotation::{Quotation, QuotationClass};
use crate::text::span::Span;

/// A voice and the reading that it came from: block and index.
type Told = (Voice, Option<(usize, usize)>);

/// Fewest words of a quotation that is told to have no speaker.
const SHORTEST_ORPHAN: usize = 4;

/// Gives the uncovered speech of a block to its speakers. A sentence of speech right behind an attributed one goes on
/// there; another one belongs to the last speaker of the paragraph, or of the one before; a quotation inside a sentence
/// is its subject's; the rest has no speaker. `out[first_new..]` are the block's own voices.
pub fn floating(block: &BlockReading<'_>, at: usize, out: &mut Vec<Told>, first_new: usize, names: &FullNames) {
    let view = &block.view;
    if block.place.title || block.place.caption {
        return;
    }
    for quotation in view.quotations.iter().filter(|q| q.class == QuotationClass::Speech && view.depth[q.open] == 0) {
        let span = view.span(quotation.open, quotation.end);
        let covered = out[first_new..].iter().any(|(v, _)| {
            v.content.iter().any(|c| c.overlaps(span)) || v.source.as_ref().is_some_and(|(s, _)| s.overlaps(span))
        });
        let region =
            view.regions.iter().position(|r| r.depth == 0 && r.first <= quotation.open && quotation.open < r.last);
        let Some(region) = region.filter(|_| !covered) else { continue };
        let alone = stands_alone(view, &view.regions[region], quotation);
        if alone && let Some(host) = goes_on(view, region, quotation, at, &out[..], first_new) {
            let voice = &mut out[host].0;
            voice.content.push(span);
            continue;
        }
        let voice = if alone {
            speaker(out, first_new, at, span, quotation).map(|v| carried(view, &view.regions[region], at, span, &v))
        } else {
            of_subject(view, &view.regions[region], at, span, quotation, names)
        };
        let words = quotation.inside().filter(|&t| view.tokens[t].is_wordlike()).count();
        match voice {
            Some(voice) => out.push((voice, None)),
            None if words >= SHORTEST_ORPHAN => {
                let voice = orphan(view, &view.regions[region], at, span, alone);
                out.push((voice, None));
            }
            None => {}
        }
    }
}

/// True where nothing but the quotation stands in its sentence.
fn stands_alone(view: &View<'_>, region: &Region, quotation: &Quotation) -> bool {
    (region.first..region.last).all(|t| quotation.holds(t) || view.depth[t] > 0 || view.tokens[t].mark().is_some())
}

/// The voice whose quotation goes on in this one: it spoke in the sentence right before, in quotation marks, or its
/// quotation was left open at the end of the paragraph before.
fn goes_on(
    view: &View<'_>,
    region: usize,
    quotation: &Quotation,
    at: usize,
    out: &[Told],
    first_new: usize,
) -> Option<usize> {
    let regions: Vec<&Region> = view.regions.iter().filter(|r| r.depth == 0).collect();
    let place = regions.iter().position(|r| **r == view.regions[region])?;
    let quoted = |v: &Voice| v.depth == 0 && v.source.is_some() && matches!(v.form, Form::Direct | Form::Mixed);
    if let Some(before) = place.checked_sub(1).map(|i| view.span(regions[i].first, regions[i].last)) {
        return (first_new..out.len()).rev().find(|&i| {
            let v = &out[i].0;
            // The last piece of its content stands in the sentence before, or is that sentence.
            quoted(v) && v.content.last().is_some_and(|c| before.contains(*c)) && v.kind != AttributionKind::RelayLine
        });
    }
    if quotation.open > 0 || at == 0 {
        return None;
    }
    let open = |v: &Voice| {
        let last = v.content.last().map(|c| c.of(view.text).trim_end()).unwrap_or_default();
        let closing = view.language.pack.quotations.iter().any(|(_, close)| last.ends_with(close.as_str()));
        quoted(v) && v.at + 1 == at && !last.is_empty() && !closing
    };
    (0..first_new).rev().take_while(|&i| out[i].0.at + 1 >= at).find(|&i| open(&out[i].0))
}

/// The last speaker before the quotation in its paragraph, the first one behind it, or the last of the paragraph before.
fn speaker(out: &[Told], first_new: usize, at: usize, span: Span, quotation: &Quotation) -> Option<Voice> {
    let spoke = |v: &&Voice| {
        v.source.as_ref().is_some_and(|(_, n)| !n.is_unknown())
            && v.depth == 0
            && !matches!(v.kind, AttributionKind::RelayLine | AttributionKind::Contribution | AttributionKind::Media)
    };
    let own = || out[first_new..].iter().map(|(v, _)| v);
    let before = own().rev().filter(|v| v.start() < span.start).find(spoke);
    let behind = own().find(spoke);
    let previous = out[..first_new].iter().rev().map(|(v, _)| v).take_while(|v| v.at + 1 >= at).find(spoke);
    let previous = previous.filter(|v| v.form != Form::Indirect || quotation.open == 0);
    before.or(behind).or(previous).cloned()
}

fn carried(view: &View<'_>, region: &Region, at: usize, span: Span, speaker: &Voice) -> Voice {
    let antecedent = speaker.antecedent.or(speaker.source.as_ref().map(|(s, _)| *s));
    let kind =
        if speaker.kind == AttributionKind::Report { AttributionKind::Report } else { AttributionKind::Statement };
    Voice {
        kind,
        source: speaker.source.clone(),
        antecedent,
        basis: Basis::Carried,
        rule: "engine/floating-quotation".to_owned(),
        links: speaker.links.clone(),
        ..orphan(view, region, at, span, true)
    }
}

/// A quotation inside a sentence without a cue: its subject's, where that is somebody.
fn of_subject(
    view: &View<'_>,
    region: &Region,
    at: usize,
    span: Span,
    quotation: &Quotation,
    names: &FullNames,
) -> Option<Voice> {
    let (source, node): (Span, Node) = subject(view, region, names)?;
    let before = source.end <= span.start
        && !view.tokens[region.first..quotation.open]
            .iter()
            .any(|t| t.mark().is_some_and(crate::text::token::Mark::parts_clauses));
    before.then(|| Voice {
        source: Some((source, node)),
        rule: "engine/quotation-of-subject".to_owned(),
        ..orphan(view, region, at, span, false)
    })
}

fn orphan(view: &View<'_>, region: &Region, at: usize, span: Span, alone: bool) -> Voice {
    Voice {
        at,
        sentence: view.span(region.first, region.last),
        kind: AttributionKind::Statement,
        form: if alone { form(view, &[span]) } else { Form::Mixed },
        source: None,
        cue: None,
        content: vec![span],
        antecedent: None,
        basis: Basis::Quotation,
        rule: "engine/quotation".to_owned(),
        means: None,
        depth: 0,
        links: Vec::new(),
        stands: true,
    }
}
