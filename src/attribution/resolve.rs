//! From readings to voices: sources named, pronouns and roles resolved, floating quotations given to their speaker.

use super::candidates::{Candidate, Candidates, RoleWord, role_words};
use super::floating::floating;
use super::full_names::FullNames;
use super::model::{AttributionKind, Basis, Form, SourceClass};
use super::names::node;
use super::pronouns::{pronoun, pronoun_subject};
use super::reading::Reading;
use super::reported::reported;
use super::subject::{form, subject};
use super::voice::{BlockReading, Node, Voice};
use crate::rules::pack::{Means, NounKind, Side, Unit};
use crate::rules::template::SlotKind;
use crate::scan::{Region, View};
use crate::sources::denote::{Denotes, GOVERNMENT};
use crate::sources::mention::Mention;
use crate::text::span::Span;
use crate::text::token::Mark;

/// The voices of an article, in the order of the text, with the reading (block index, reading index) each came from.
pub fn voices(blocks: &[BlockReading<'_>], names: &FullNames<'_>) -> Vec<(Voice, Option<(usize, usize)>)> {
    let mut out: Vec<(Voice, Option<(usize, usize)>)> = Vec::new();
    let mut candidates = Candidates::new(blocks, names);
    for (at, block) in blocks.iter().enumerate() {
        let first_new = out.len();
        candidates.open(at);
        let mut order: Vec<usize> = (0..block.standing.len()).collect();
        order.sort_by_key(|&i| (block.standing[i].region.depth, block.standing[i].cue.0));
        for i in order {
            let reading = &block.standing[i];
            if !makes_voice(reading.means) {
                continue;
            }
            if reading.region.depth > 0 && !relays_inside_speech(reading) {
                continue;
            }
            let voice = from_reading(blocks, at, reading, names, &candidates, &out[first_new..]);
            // Who only carries or is named in a label is nobody's "he".
            let quoted = reading.means == Means::QuotedBy && reading.fill(SlotKind::Source).is_none();
            let speaks = |node: &Node| match reading.means {
                Means::Label | Means::Contribution => false,
                // "About this told the mayor": who is no outlet has spoken.
                Means::ClosingLine => !node.outlet,
                _ => !quoted,
            };
            if let Some((spoken, node)) = voice.source.as_ref().filter(|(_, node)| speaks(node)) {
                let span = voice.antecedent.unwrap_or(*spoken);
                candidates.push(Candidate { at, depth: voice.depth, span, phrase: Some(*spoken), node: node.clone() });
            }
            out.push((voice, Some((at, i))));
        }
        floating(block, at, &mut out, first_new, names, &candidates);
        reported(block, at, &mut out, first_new, names);
        out[first_new..].sort_by_key(|(v, _)| (v.start(), v.sentence.start));
    }
    // What was announced and did not follow.
    for (voice, _) in out.iter_mut().filter(|(v, _)| v.announces) {
        voice.content.clear();
        voice.stands = false;
    }
    out
}

/// True for what gives an attribution; the rest gives scopes or marks.
pub fn makes_voice(means: Means) -> bool {
    matches!(
        means,
        Means::Says
            | Means::AccordingTo
            | Means::Citing
            | Means::Told
            | Means::RelayTag
            | Means::Reaction
            | Means::Belief
            | Means::Silence
            | Means::Footage
            | Means::Contribution
            | Means::QuotedBy
            | Means::ClosingLine
            | Means::Label
            | Means::Impersonal
    )
}

/// Inside somebody's speech only what names a further source counts: what "we hope" there is the speaker's own.
fn relays_inside_speech(reading: &Reading) -> bool {
    let reports = matches!(
        reading.means,
        Means::Says | Means::AccordingTo | Means::Told | Means::Citing | Means::QuotedBy | Means::RelayTag
    );
    let named = reading
        .mention(SlotKind::Source)
        .is_some_and(|m| !matches!(m.denotes, Denotes::Pronoun(_) | Denotes::Unknown { .. } | Denotes::Role { .. }));
    reports && named
}

fn from_reading(
    blocks: &[BlockReading<'_>],
    at: usize,
    reading: &Reading,
    names: &FullNames<'_>,
    candidates: &Candidates<'_, '_>,
    earlier: &[(Voice, Option<(usize, usize)>)],
) -> Voice {
    let view = &blocks[at].view;
    let region = &reading.region;
    let pattern = &view.language.pack.patterns[reading.pattern as usize];
    let sentence = view.span(region.first, region.last);
    let mut basis = Basis::Pattern;
    let mut antecedent = None;
    let mut return_node = None;
    let fill = reading.fill(SlotKind::Source).or_else(|| reading.fill(SlotKind::Via));
    let says = matches!(reading.means, Means::Says | Means::Citing | Means::Told);
    let drops = view.language.pack.drops_subject;
    let attitude = matches!(reading.means, Means::Belief | Means::Reaction);
    let acts = attitude || drops && matches!(reading.means, Means::Silence | Means::AccordingTo);
    let source = match fill.and_then(|f| f.mention.as_ref().map(|m| (f.span(view), m))) {
        Some((span, found)) => match node(view, found, names) {
            Some((node, elsewhere)) => {
                if let Some(known) = by_role(view, found, span, candidates) {
                    antecedent = Some(known.span);
                    basis = Basis::Carried;
                    return_node = Some(known.node);
                } else if let Some(full) = elsewhere {
                    antecedent = Some(full);
                    basis = Basis::Carried;
                }
                Some((span, return_node.unwrap_or(node)))
            }
            None => {
                let resolved = pronoun(view, at, found, region, span, candidates, names);
                basis = if resolved.is_some() { Basis::Carried } else { Basis::Inferred };
                antecedent = resolved.as_ref().map(|c| c.span);
                let node = resolved.map_or_else(Node::unknown, |c| c.node);
                Some((span, node))
            }
        },
        None if points_back(view, reading) => {
            let known = |c: &&Candidate| c.depth == 0 && !c.node.is_unknown();
            let known = nearest_before(at, sentence.start, candidates, known);
            basis = if known.is_some() { Basis::Carried } else { Basis::Inferred };
            antecedent = known.as_ref().map(|c| c.span);
            Some((view.span(reading.cue.0, reading.cue.1), known.map_or_else(Node::unknown, |c| c.node)))
        }
        // A participle has the subject of its sentence: "…, saying that". So has a verb whose subject is left out: "praised the
        // crew and asked for patience".
        None if says || acts => {
            let here = |v: &&Voice| v.sentence == sentence && v.depth == region.depth;
            // Whose claim it is does nothing else: "…, saying" goes on with the subject.
            let suffixes = &view.language.pack.morphology.suffixes;
            let owns = |v: &&Voice| {
                let words = v.source.as_ref().map_or("", |(span, _)| span.of(view.text));
                suffixes.iter().any(|s| s.len() > 1 && words.ends_with(s.as_str()))
            };
            let mut before = earlier.iter().rev().map(|(v, _)| v).take_while(here);
            let before = before.find(|v| v.source.is_some() && !owns(v));
            let found = match before {
                Some(voice) => {
                    antecedent = voice.antecedent;
                    voice.source.clone()
                }
                None => {
                    // A noun of the content is no subject of the cue.
                    let told = |span: Span| reading.contents().any(|f| view.span(f.first, f.last).overlaps(span));
                    let own = || subject(view, region, names).filter(|(span, _)| !told(*span));
                    let own = if says || !drops { own() } else { None };
                    let own = own.or_else(|| {
                        let cue = reading.cue.0;
                        let (found, whom) = pronoun_subject(view, at, region, cue, candidates, names)?;
                        antecedent = whom;
                        Some(found)
                    });
                    own.or_else(|| dropped(view, at, region, candidates, &mut antecedent))
                }
            };
            basis = if says || found.is_some() { Basis::Carried } else { basis };
            found
        }
        None => None,
    };
    let announces = reading.contents().any(|f| f.last == view.tokens.len() && view.tokens[f.first].is(Mark::Colon));
    let mut content: Vec<Span> =
        reading.contents().map(|f| view.span(f.first, f.last)).filter(|s| !s.is_empty()).collect();
    // A turn of a transcript goes on to the end of its paragraph.
    if let (Some((Side::After, Unit::Paragraph)), Some(last)) = (pattern.covers, content.last_mut()) {
        last.end = view.tokens.last().map_or(last.end, |t| t.span.end);
    }
    let told = |next: &Span| content.iter().any(|known| known.overlaps(*next));
    if let Some(next) = continued(&blocks[at], reading).filter(|next| !told(next)) {
        content.push(next);
    }
    if let Some((Side::Before, unit @ (Unit::Sentence | Unit::Paragraph))) = pattern.covers
        && content.is_empty()
    {
        content.extend(said_before(blocks, at, region, unit == Unit::Paragraph, earlier));
    }
    content.sort();
    let form = form(view, &content);
    // Where subjects are left out, a clause that nobody can be found for is nobody's.
    let lost = source.is_none() && fill.is_none() && (drops && form == Form::Indirect || attitude && !drops);
    Voice {
        at,
        ends_at: at,
        announces,
        closes: false,
        sentence,
        kind: kind(reading.means, source.as_ref().map(|(_, n)| n)),
        form,
        source,
        cue: Some(view.span(reading.cue.0, reading.cue.1)),
        content,
        antecedent,
        basis,
        rule: pattern.id.clone(),
        means: Some(reading.means),
        depth: region.depth,
        links: Vec::new(),
        stands: !lost,
    }
}

/// True for an account whose cue stands for its source as well: "demnach".
fn points_back(view: &View<'_>, reading: &Reading) -> bool {
    reading.means == Means::AccordingTo
        && reading.fill(SlotKind::Source).is_none()
        && view.is(reading.cue.0, view.language.roles.points_back_account)
}

/// Who fits and was named or spoke last before byte `before`, in the paragraph `at` or alone in the one above.
fn nearest_before(
    at: usize,
    before: u32,
    candidates: &Candidates<'_, '_>,
    fits: impl Fn(&&Candidate) -> bool,
) -> Option<Candidate> {
    let nearest = candidates.in_paragraph(at, before).filter(&fits).max_by_key(|c| c.span.end).cloned();
    nearest.or_else(|| candidates.alone_above(at, fits))
}

/// Whom a verb without a subject goes on with, where the language leaves subjects out: the last one of the paragraph, or the
/// only one of the paragraph before.
fn dropped(
    view: &View<'_>,
    at: usize,
    region: &Region,
    candidates: &Candidates<'_, '_>,
    antecedent: &mut Option<Span>,
) -> Option<(Span, Node)> {
    if !view.language.pack.drops_subject {
        return None;
    }
    let speaks = |c: &&Candidate| {
        c.depth <= region.depth
            && matches!(c.node.class, SourceClass::Person | SourceClass::Anonymous | SourceClass::Institution)
    };
    // The nearest one, whether it spoke or only acted: a wrong speaker is worse than none.
    let before = view.span(region.first, region.last).start;
    let found = nearest_before(at, before, candidates, speaks)?;
    *antecedent = Some(found.span);
    Some((found.span, found.node))
}

/// What a sentence reports that points back at the one before it, or at the `whole` of its paragraph up to there; at the
/// head of a paragraph, at the one above. Nothing where that is somebody's already.
fn said_before(
    blocks: &[BlockReading<'_>],
    at: usize,
    region: &Region,
    whole: bool,
    earlier: &[(Voice, Option<(usize, usize)>)],
) -> Option<Span> {
    let own = &blocks[at].view;
    let sentence = own.sentence_index(region.first).filter(|_| region.depth == 0)?;
    let (view, last) = match sentence.checked_sub(1) {
        Some(before) => (own, before),
        None => {
            let above = blocks.get(at.checked_sub(1)?).filter(|b| !b.place.title && !b.place.caption)?;
            (&above.view, above.view.regions.iter().take_while(|r| r.depth == 0).count().checked_sub(1)?)
        }
    };
    let first = view.regions.get(if whole { 0 } else { last })?.first;
    let mut end = view.regions.get(last)?.last;
    while end > first && view.tokens[end - 1].is(Mark::Stop) {
        end -= 1;
    }
    let span = view.span(first, end);
    let taken = earlier.iter().any(|(v, _)| v.source.is_some() && v.content.iter().any(|c| c.overlaps(span)));
    (!span.is_empty() && !taken).then_some(span)
}

fn kind(means: Means, source: Option<&Node>) -> AttributionKind {
    match means {
        Means::Silence => AttributionKind::Silence,
        Means::Reaction => AttributionKind::Reaction,
        Means::Belief | Means::Impersonal => AttributionKind::Belief,
        Means::Footage => AttributionKind::Media,
        Means::Contribution => AttributionKind::Contribution,
        Means::Label | Means::ClosingLine => AttributionKind::RelayLine,
        _ if source.is_some_and(|n| n.outlet) => AttributionKind::Report,
        _ => AttributionKind::Statement,
    }
}

/// A quotation that goes on right behind the cue: `"…," she said, "…"`.
fn continued(block: &BlockReading<'_>, reading: &Reading) -> Option<Span> {
    let view = &block.view;
    let content = reading.contents().next()?;
    if content.last > reading.cue.0 || reading.contents().count() > 1 {
        return None;
    }
    let (_, end) = reading.extent();
    let next = (end..(end + 14).min(reading.region.last)).find(|&t| view.speech_from(t).is_some())?;
    // Only an adverbial or a bare mark may stand between.
    let glued = view
        .tokens
        .get(next.checked_sub(1)?)
        .is_some_and(|t| matches!(t.mark(), Some(Mark::Comma | Mark::Colon | Mark::Stop | Mark::Dash)));
    let starts_quoted = view.speech_from(content.first).is_some();
    let other_cue =
        (end..next).any(|t| view.is(t, view.language.roles.cue) || view.is(t, view.language.roles.complementiser));
    // What another cue has for its content is said anew: `…, adding: "…"`.
    let taken = block
        .standing
        .iter()
        .any(|other| other.cue != reading.cue && other.contents().any(|content| content.first == next));
    let quotation = view.speech_from(next)?;
    (glued && starts_quoted && !other_cue && !taken).then(|| view.span(quotation.open, quotation.end))
}

/// Whom a role with a definite determiner stands for: the last one named by that role.
fn by_role(view: &View<'_>, found: &Mention, span: Span, candidates: &Candidates<'_, '_>) -> Option<Candidate> {
    let nameless = match &found.denotes {
        Denotes::Role { country, of, .. } => country.is_none() && of.is_none(),
        Denotes::Anonymous(_, country) => country.is_none(),
        _ => false,
    };
    // A bare noun points back where there are no articles; one of the plural names no one.
    let no_articles = view.language.pack.no_articles;
    let office =
        || view.language.roles.offices().iter().any(|&list| view.lex_at(found.first, list) == Some(found.last));
    let bare = no_articles
        && (view.noun_at(found.first).is_some_and(|(_, end)| end == found.last && found.core.1 == found.last)
            || office());
    let articled = view.language.is_definite(view.word(found.first)) && view.noun_at(found.first).is_some();
    let definite = bare || articled || view.is(found.first, view.language.roles.definite);
    if !definite {
        return (no_articles && nameless).then(|| by_office(view, found, span, candidates)).flatten();
    }
    // "the agency": the outlet that was named last.
    let outlet_noun = matches!(found.denotes, Denotes::Class(_, None))
        && (found.core.0..found.core.1).any(|t| {
            let noun = view.noun_at(t);
            noun.is_some_and(|(noun, _)| noun.kind == NounKind::Outlet)
        });
    if outlet_noun {
        let named =
            |c: &&Candidate| c.span.end <= span.start && c.node.outlet && c.node.class != SourceClass::Collective;
        return candidates.latest().find(named).cloned();
    }
    if articled && matches!(found.denotes, Denotes::Body { document: false, .. }) {
        return by_head(view, found, span, candidates);
    }
    if !nameless {
        return None;
    }
    let wanted = role_words(view, view.span(found.core.0, found.core.1));
    let same = |role: &RoleWord| wanted.iter().any(|w| w.is_of(role));
    let person = |c: &&Candidate| c.span.end <= span.start && c.node.class == SourceClass::Person;
    candidates.latest().filter(person).find(|c| candidates.roles(c).iter().any(same)).cloned()
}

/// Whom an office named again in full stands for: the last person named in a phrase with all its words.
fn by_office(view: &View<'_>, found: &Mention, span: Span, candidates: &Candidates<'_, '_>) -> Option<Candidate> {
    let words: Vec<&str> =
        (found.first..found.last).filter(|&t| view.tokens[t].is_wordlike()).map(|t| view.word(t)).collect();
    let role = role_words(view, span);
    let person = |c: &&Candidate| {
        c.span.end <= span.start
            && c.node.class == SourceClass::Person
            && candidates.roles(c).iter().any(|role_word| role.contains(role_word))
            && candidates.has_words(c, &words)
    };
    (words.len() >= 2).then(|| candidates.latest().find(person).cloned()).flatten()
}

/// Whom the noun of a body stands for, alone and with the article that is written before it: the last body named whose phrase
/// starts with that noun and has more words.
fn by_head(view: &View<'_>, found: &Mention, span: Span, candidates: &Candidates<'_, '_>) -> Option<Candidate> {
    let (noun, end) = view.noun_at(found.first)?;
    if end != found.first + 1 || end != found.last || noun.name == GOVERNMENT {
        return None;
    }
    let head = view.language.pack.morphology.without_article(view.word(found.first));
    let body = |c: &&Candidate| c.span.end <= span.start && c.node.class == SourceClass::Institution;
    candidates.latest().filter(body).find(|c| candidates.starts_with(c, head)).cloned()
}
