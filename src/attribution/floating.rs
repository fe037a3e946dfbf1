//! Speech that no pattern covers: whose words it is, or nobody's.

use rapidhash::RapidHashMap;

use super::candidates::Candidates;
use super::full_names::FullNames;
use super::model::{AttributionKind, Basis, Form};
use super::pronouns::clause_subject;
use super::subject::{form, subject};
use super::voice::{BlockReading, Node, Voice};
use crate::scan::{Region, View};
use crate::segment::quotation::{Quotation, QuotationClass};
use crate::text::span::Span;
use crate::text::token::Mark;

/// A voice and the reading that it came from: block and index.
type Told = (Voice, Option<(usize, usize)>);

/// Fewest words of a quotation that is told to have no speaker.
const SHORTEST_ORPHAN: usize = 4;

/// Gives the uncovered speech of a block to its speakers. A sentence of speech right behind an attributed one goes on
/// there; another one belongs to the last speaker of the paragraph, or of the one before; a quotation inside a sentence
/// is its subject's; the rest has no speaker. `out[first_new..]` are the block's own voices.
pub fn floating(
    block: &BlockReading<'_>,
    at: usize,
    out: &mut Vec<Told>,
    first_new: usize,
    names: &FullNames<'_>,
    candidates: &Candidates<'_, '_>,
) {
    let view = &block.view;
    if block.place.title || block.place.caption {
        return;
    }
    let mut own = Own::new(view, at, out, first_new);
    for quotation in view.quotations.iter().filter(|q| q.class == QuotationClass::Speech && view.depth_around(q) == 0) {
        let span = view.span(quotation.open, quotation.end);
        let region = view.sentence_index(quotation.open).filter(|_| !own.covers(span));
        let Some(region) = region else { continue };
        let alone = stands_alone(view, &view.regions[region], quotation);
        let announced = alone && quotation.open == 0 && !block.quoted;
        if announced && let Some(host) = out[..first_new].iter().rposition(|(v, _)| v.announces && v.at + 1 == at) {
            let voice = &mut out[host].0;
            voice.content = vec![span];
            voice.form = form(view, &voice.content);
            (voice.ends_at, voice.announces) = (at, false);
            own.note_quoted(view, &out[host].0, host);
            own.last_given = Some(host);
            continue;
        }
        let opens = || own.first.is_none() && region == 0;
        let earlier = || above(block, quotation, at, &out[..first_new]).filter(|_| opens());
        if alone && let Some(host) = goes_on(view, region, quotation, at, out, first_new, &own).or_else(earlier) {
            give(&mut out[host].0, span);
            out[host].0.ends_at = at;
            own.note_quoted(view, &out[host].0, host);
            continue;
        }
        let voice = if alone {
            let speaker = own.speaker(out, span, quotation).or_else(|| labelled(out));
            speaker.map(|v| carried(view, &view.regions[region], at, span, &v))
        } else {
            of_subject(view, &view.regions[region], at, span, quotation, names, candidates)
        };
        // Behind a reading of the same clause that stopped short of it, it is that speaker's: "he called the plan, in a
        // letter, “a betrayal of the valley”".
        if voice.is_none()
            && !alone
            && let Some(host) = just_before(view, span, quotation, &out[first_new..]).map(|i| first_new + i)
        {
            give(&mut out[host].0, span);
            out[host].0.form = form(view, &out[host].0.content);
            own.note_quoted(view, &out[host].0, host);
            continue;
        }
        // A sentence that quotes, in which nobody speaks, goes on with whoever was quoted right before.
        if voice.is_none()
            && !alone
            && let Some(host) = region.checked_sub(1).and_then(|before| own.quoted_in.get(&before).copied())
            && !out[first_new..]
                .iter()
                .any(|(v, _)| v.sentence == view.span(view.regions[region].first, view.regions[region].last))
        {
            let sentence = &view.regions[region];
            let stop = usize::from(view.tokens[sentence.last - 1].is(Mark::Stop));
            let whole = view.span(sentence.first, (sentence.last - stop).max(quotation.end));
            give(&mut out[host].0, whole);
            out[host].0.form = form(view, &out[host].0.content);
            out[host].0.ends_at = at;
            own.note_quoted(view, &out[host].0, host);
            continue;
        }
        let words = quotation.inside().filter(|&t| view.tokens[t].is_wordlike()).count();
        let orphaned = || (words >= SHORTEST_ORPHAN).then(|| orphan(view, &view.regions[region], at, span, alone));
        if let Some(voice) = voice.or_else(orphaned) {
            own.note(view, &voice, out.len());
            out.push((voice, None));
        }
    }
}

/// Whoever was quoted in the last sentence of the block before, where the block opens with this quotation.
fn above(block: &BlockReading<'_>, quotation: &Quotation, at: usize, before: &[Told]) -> Option<usize> {
    if quotation.open > 0 || block.quoted {
        return None;
    }
    let host = before.iter().rposition(|(v, _)| v.ends_at + 1 == at)?;
    let voice = &before[host].0;
    let end = voice.content.last().map_or(voice.sentence.end, |last| last.end.max(voice.sentence.end));
    let between = Span { start: end, end: block.view.span(quotation.open, quotation.end).start };
    let adjoins = between.start <= between.end && !between.of(block.view.text).contains(char::is_alphanumeric);
    (quoted(voice) && adjoins).then_some(host)
}

/// Most words between what somebody is read to say and a quotation of the same clause.
const NEAR: usize = 6;

/// The voice of this block whose words end a few words before the quotation, no mark but commas between.
fn just_before(view: &View<'_>, span: Span, quotation: &Quotation, own: &[Told]) -> Option<usize> {
    let ends = |v: &Voice| v.content.iter().chain(&v.cue).map(|s| s.end).max();
    let host = own.iter().enumerate().filter(|(_, (v, _))| ends(v).is_some_and(|end| end <= span.start));
    let (place, (voice, _)) = host.max_by_key(|(_, (v, _))| ends(v))?;
    let speaks = spoke(voice) && matches!(voice.kind, AttributionKind::Statement | AttributionKind::Reaction);
    let from = ends(voice)?;
    let between = (0..quotation.open).rev().take_while(|&t| view.tokens[t].span.start >= from);
    let (mut words, mut plain) = (0, true);
    for t in between {
        words += usize::from(view.tokens[t].is_wordlike());
        plain &= !view.tokens[t].mark().is_some_and(|m| m.parts_clauses() && m != Mark::Comma || m == Mark::Stop);
    }
    let same = voice.sentence.start <= span.start && span.start < voice.sentence.end;
    (speaks && same && plain && words <= NEAR).then_some(place)
}

/// Most bytes of the mark that ends a sentence.
const LONGEST_STOP: u32 = 4;

/// Most tokens of a heading before a quotation, its colon included: `Quote: “…”`.
const LONGEST_HEADING: usize = 3;

/// True where nothing but the quotation stands in its sentence, a heading with a colon aside.
fn stands_alone(view: &View<'_>, region: &Region, quotation: &Quotation) -> bool {
    let headed = quotation.open > region.first
        && quotation.open - region.first <= LONGEST_HEADING
        && view.tokens[quotation.open - 1].is(Mark::Colon);
    let first = if headed { quotation.open } else { region.first };
    (first..region.last).all(|t| quotation.holds(t) || view.depth[t] > 0 || view.tokens[t].mark().is_some())
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
    own: &Own,
) -> Option<usize> {
    if let Some(before) = region.checked_sub(1) {
        return own.quoted_in.get(&before).copied();
    }
    if quotation.open > 0 || at == 0 {
        return None;
    }
    let open = |v: &Voice| {
        let last = v.content.last().map(|c| c.of(view.text).trim_end()).unwrap_or_default();
        let closing = view.language.pack.quotations.iter().any(|(_, close)| last.ends_with(close.as_str()));
        // The writer's own words behind it ended it.
        let reaches_end = v.content.last().is_some_and(|c| c.end + LONGEST_STOP >= v.sentence.end);
        quoted(v) && v.ends_at + 1 == at && !last.is_empty() && !closing && reaches_end
    };
    (0..first_new).rev().take_while(|&i| out[i].0.ends_at + 1 >= at).find(|&i| open(&out[i].0))
}

fn quoted(v: &Voice) -> bool {
    v.depth == 0 && v.source.is_some() && matches!(v.form, Form::Direct | Form::Mixed)
}

/// True where the cue stands behind all that was said: "The dam is old, Keller said."
fn said_behind(v: &Voice) -> bool {
    let behind = v.cue.zip(v.content.last()).is_some_and(|(cue, last)| last.end <= cue.start);
    behind && spoke(v) && v.kind == AttributionKind::Statement
}

fn spoke(v: &Voice) -> bool {
    v.source.as_ref().is_some_and(|(_, n)| !n.is_unknown())
        && v.depth == 0
        && !matches!(v.kind, AttributionKind::RelayLine | AttributionKind::Contribution | AttributionKind::Media)
}

/// Gives a voice more words, unless it has them already: a sentence may quote twice.
fn give(voice: &mut Voice, span: Span) {
    if !voice.content.iter().any(|known| known.overlaps(span)) {
        voice.content.push(span);
    }
}

/// What is asked of a block's voices for each of its quotations, so that none has to walk over all of them.
struct Own {
    /// Words that readings cover: disjoint, in order.
    covered: Vec<Span>,
    /// (first byte, latest of the speakers up to it), in order.
    speakers: Vec<(u32, usize)>,
    /// The first speaker of the block.
    first: Option<usize>,
    /// The last one who was given a quotation here.
    last_given: Option<usize>,
    /// The last speaker of the block before.
    previous: Option<usize>,
    /// Sentence (index of its region) → the latest voice whose quoted content ends in it.
    quoted_in: RapidHashMap<usize, usize>,
}

impl Own {
    fn new(view: &View<'_>, at: usize, out: &[Told], first_new: usize) -> Own {
        let voices = || out.iter().enumerate().skip(first_new).map(|(i, (v, _))| (i, v));
        let spans = voices().flat_map(|(_, v)| v.content.iter().copied().chain(v.source.as_ref().map(|(s, _)| *s)));
        let mut spans: Vec<Span> = spans.filter(|s| !s.is_empty()).collect();
        spans.sort_unstable();
        let mut covered: Vec<Span> = Vec::new();
        for span in spans {
            match covered.last_mut() {
                Some(last) if span.start < last.end => *last = last.join(span),
                _ => covered.push(span),
            }
        }
        let mut speakers: Vec<(u32, usize)> = voices().filter(|(_, v)| spoke(v)).map(|(i, v)| (v.start(), i)).collect();
        let first = speakers.iter().map(|(_, i)| *i).min();
        speakers.sort_unstable();
        let mut latest = 0;
        for (_, i) in &mut speakers {
            latest = latest.max(*i);
            *i = latest;
        }
        let before = out[..first_new].iter().enumerate().rev().take_while(|(_, (v, _))| v.ends_at + 1 >= at);
        let previous = before.filter(|(_, (v, _))| spoke(v)).map(|(i, _)| i).next();
        let mut own = Own { covered, speakers, first, last_given: None, previous, quoted_in: RapidHashMap::default() };
        voices().for_each(|(i, v)| own.note_quoted(view, v, i));
        own
    }

    fn covers(&self, span: Span) -> bool {
        let i = self.covered.partition_point(|c| c.end <= span.start);
        self.covered.get(i).is_some_and(|c| c.overlaps(span))
    }

    /// Notes a voice that was given a quotation, at its place in the list of voices.
    fn note(&mut self, view: &View<'_>, voice: &Voice, place: usize) {
        if spoke(voice) {
            self.last_given = Some(place);
            self.first = self.first.or(Some(place));
        }
        self.note_quoted(view, voice, place);
    }

    /// The last piece of a content stands in one sentence, or is that sentence: a quotation may go on behind it.
    fn note_quoted(&mut self, view: &View<'_>, voice: &Voice, place: usize) {
        let goes_on = quoted(voice) || said_behind(voice);
        let Some(last) = voice.content.last().filter(|_| goes_on && voice.kind != AttributionKind::RelayLine) else {
            return;
        };
        let token = view.tokens.partition_point(|t| t.span.start < last.start);
        if let Some(sentence) = view.sentence_index(token)
            && view.regions.get(sentence).is_some_and(|r| view.span(r.first, r.last).contains(*last))
        {
            let latest = self.quoted_in.entry(sentence).or_insert(place);
            *latest = place.max(*latest);
        }
    }

    /// The last speaker before the quotation in its paragraph, the first one behind it, or the last of the paragraph before.
    fn speaker(&self, out: &[Told], span: Span, quotation: &Quotation) -> Option<Voice> {
        let i = self.speakers.partition_point(|(start, _)| *start < span.start);
        let before = i.checked_sub(1).and_then(|i| self.speakers.get(i)).map(|(_, voice)| *voice);
        let previous = self.previous.filter(|&i| out[i].0.form != Form::Indirect || quotation.open == 0);
        let found = self.last_given.or(before).or(self.first).or(previous)?;
        out.get(found).map(|(v, _)| v.clone())
    }
}

/// Who speaks by the article's own label, where that is no outlet: `Source: the minister on Telegram`.
fn labelled(out: &[Told]) -> Option<Voice> {
    let speaks = |v: &&Voice| {
        v.kind == AttributionKind::RelayLine && v.source.as_ref().is_some_and(|(_, n)| !n.outlet && !n.is_unknown())
    };
    out.iter().rev().map(|(v, _)| v).find(speaks).map(|v| Voice { links: Vec::new(), ..v.clone() })
}

/// A voice that goes on with an earlier one's speaker.
pub fn carried(view: &View<'_>, region: &Region, at: usize, span: Span, speaker: &Voice) -> Voice {
    let antecedent = speaker.antecedent.or(speaker.source.as_ref().map(|(s, _)| *s));
    // A word that is source and cue at once stands for somebody in its own sentence only.
    let own = |span: Span| if speaker.cue == Some(span) { antecedent.unwrap_or(span) } else { span };
    let source = speaker.source.as_ref().map(|(span, node)| (own(*span), node.clone()));
    let kind =
        if speaker.kind == AttributionKind::Report { AttributionKind::Report } else { AttributionKind::Statement };
    Voice {
        kind,
        source,
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
    names: &FullNames<'_>,
    candidates: &Candidates<'_, '_>,
) -> Option<Voice> {
    let whole = || {
        let (source, node): (Span, Node) = subject(view, region, names)?;
        let before = source.end <= span.start
            && !view.tokens[region.first..quotation.open].iter().any(|t| t.mark().is_some_and(Mark::parts_clauses));
        before.then_some(((source, node), None))
    };
    let found = clause_subject(view, at, region, quotation.open, candidates, names).or_else(whole);
    found.map(|(source, antecedent)| Voice {
        source: Some(source),
        antecedent,
        rule: "engine/quotation-of-subject".to_owned(),
        ..orphan(view, region, at, span, false)
    })
}

/// A voice that nobody is known for yet.
pub fn orphan(view: &View<'_>, region: &Region, at: usize, span: Span, alone: bool) -> Voice {
    Voice {
        at,
        ends_at: at,
        announces: false,
        closes: false,
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
