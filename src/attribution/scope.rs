//! Which words carry whose: scopes made of the readings that name outlets, and the voices that turn out to be relays.

use rapidhash::RapidHashMap;

use super::full_names::FullNames;
use super::model::{AttributionKind, SourceClass};
use super::names::{class_of, node};
use super::reading::{Fill, Reading};
use super::voice::{BlockReading, Level, Link, Node, Reach, Scope, Voice};
use crate::rules::pack::{Means, NounKind, Side, Unit};
use crate::rules::template::SlotKind;
use crate::sources::denote::Denotes;
use crate::sources::names::NameTarget;
use crate::text::span::Span;

/// The group of anonymous nouns that mean a source of whoever is named beside it.
const SOURCE: &str = "source";

/// Where a voice came from: block and reading, if a pattern read it.
pub type Origin = Option<(usize, usize)>;

/// Makes scopes of the readings, gives `told X` and `X, citing` to their voices, and turns voices that carry others into
/// scopes (their `stands` becomes false). Scopes come in no order; [`Level`] sorts them.
pub fn scopes(blocks: &[BlockReading<'_>], voices: &mut [(Voice, Origin)], names: &FullNames<'_>) -> Vec<Scope> {
    let mut out = Vec::new();
    let places = Places::new(voices);
    let ends = label_ends(blocks);
    for i in 0..voices.len() {
        let Some((at, reading)) = voices[i].1 else { continue };
        let block = &blocks[at];
        let reading = &block.standing[reading];
        let links = Links { block, reading, names };
        if let Some(link) = links.owner() {
            voices[i].0.links.push(link);
        }
        match reading.means {
            Means::Told => {
                if let Some(link) = links.carrier(SlotKind::Recipient) {
                    voices[i].0.links.push(link);
                }
            }
            Means::Citing => citing(&links, voices, &places, i, &mut out),
            Means::QuotedBy => quoted_by(&links, voices, i, &mut out),
            Means::Label | Means::ClosingLine => label(&ends, &links, voices, i, &mut out),
            _ => {
                if let Some(link) = links.carrier(SlotKind::Recipient) {
                    voices[i].0.links.push(link);
                }
                if reading.fill(SlotKind::Source).is_some()
                    && let Some(link) = links.carrier(SlotKind::Via)
                {
                    voices[i].0.links.push(link);
                }
            }
        }
    }
    told_on(blocks, voices, &places);
    relays(blocks, voices, &places, &mut out);
    for block in blocks {
        for reading in &block.standing {
            let links = Links { block, reading, names };
            if matches!(reading.means, Means::Dateline | Means::Credit) {
                let carried: Vec<Link> = [SlotKind::Source, SlotKind::Via, SlotKind::Via2]
                    .into_iter()
                    .filter_map(|slot| links.any(slot))
                    .collect();
                if !carried.is_empty() {
                    out.push(Scope { level: Level::Dateline, links: carried, reach: Reach::Article, from: None });
                }
            }
        }
    }
    out
}

/// What somebody adds in the sentence in which he tells an outlet something is told to it as well: "told X that …, adding".
fn told_on(blocks: &[BlockReading<'_>], voices: &mut [(Voice, Origin)], places: &Places) {
    let is_told = |origin: &Origin| {
        origin.is_some_and(|(at, reading)| blocks[at].standing[reading].fill(SlotKind::Recipient).is_some())
    };
    for i in 0..voices.len() {
        let (told, origin) = &voices[i];
        if told.links.is_empty() || !is_told(origin) {
            continue;
        }
        let (links, sentence, spoken, cue) = (told.links.clone(), told.sentence, told.source.clone(), told.cue);
        for &k in places.sentence(sentence) {
            let (voice, origin) = &mut voices[k];
            let goes_on = spoken.is_some() && voice.source == spoken && voice.cue > cue && voice.links.is_empty();
            if goes_on && !is_told(origin) {
                voice.links.clone_from(&links);
            }
        }
    }
}

/// Where voices stand, so that none has to look at all others.
struct Places {
    /// Voices by their sentence, in order.
    by_sentence: RapidHashMap<Span, Vec<usize>>,
    /// (block, first byte of the cue, voice), sorted.
    cues: Vec<(usize, u32, usize)>,
}

impl Places {
    fn new(voices: &[(Voice, Origin)]) -> Places {
        let mut by_sentence: RapidHashMap<Span, Vec<usize>> = RapidHashMap::default();
        let mut cues = Vec::new();
        for (i, (v, _)) in voices.iter().enumerate() {
            by_sentence.entry(v.sentence).or_default().push(i);
            cues.extend(v.cue.map(|c| (v.at, c.start, i)));
        }
        cues.sort_unstable();
        Places { by_sentence, cues }
    }

    /// The voices of this very sentence.
    fn sentence(&self, span: Span) -> &[usize] {
        self.by_sentence.get(&span).map_or(&[], Vec::as_slice)
    }

    /// The voices of block `at` whose cue starts inside one of the spans.
    fn cues_in(&self, at: usize, spans: &[Span]) -> impl Iterator<Item = usize> {
        spans.iter().flat_map(move |span| {
            let from = self.cues.partition_point(|(a, start, _)| (*a, *start) < (at, span.start));
            self.cues[from..].iter().take_while(move |(a, start, _)| (*a, *start) < (at, span.end)).map(|(_, _, i)| *i)
        })
    }
}

struct Links<'b, 'a> {
    block: &'b BlockReading<'a>,
    reading: &'b Reading,
    names: &'b FullNames<'b>,
}

impl Links<'_, '_> {
    fn node(&self, fill: &Fill) -> Option<Node> {
        let mention = fill.mention.as_ref()?;
        node(&self.block.view, mention, self.names).map(|(node, _)| node)
    }

    fn words(&self, fill: &Fill) -> Span {
        let cue = self.block.view.span(self.reading.cue.0, self.reading.cue.1);
        let own = fill.span(&self.block.view);
        // The cue and the outlet together where they stand side by side.
        if own.end + 2 >= cue.start && cue.end + 12 >= own.start { cue.join(own) } else { own }
    }

    fn link(&self, fill: &Fill, node: Node) -> Link {
        Link { node, span: self.words(fill), rule: self.rule() }
    }

    /// The id of the rule that read it.
    fn rule(&self) -> String {
        self.block.view.language.pack.patterns[self.reading.pattern as usize].id.clone()
    }

    /// The link of a slot, where an outlet fills it.
    fn carrier(&self, slot: SlotKind) -> Option<Link> {
        let fill = self.reading.fill(slot)?;
        // Reporters at large, a briefing: nobody stands in between.
        if self.is_nobody(fill) {
            return None;
        }
        let node = self.node(fill)?;
        node.outlet.then(|| self.link(fill, node))
    }

    /// True for reporters at large and the like, wherever they were told: "a press conference in …"; not where an outlet is
    /// named behind them.
    fn is_nobody(&self, fill: &Fill) -> bool {
        let view = &self.block.view;
        let Some(end) = view.lex_at(fill.first, view.language.roles.no_outlet) else { return false };
        let head = fill.mention.as_ref().map_or(fill.last, |mention| mention.core.1);
        let outlet = |t: usize| match view.name(t).map(|hit| hit.target) {
            Some(NameTarget::Source(i)) => view.registry.source(i).is_some_and(|s| s.kind.carries_news()),
            _ => false,
        };
        end == fill.last || end == head && !(end..fill.last).any(outlet)
    }

    /// The outlet whose source an unnamed source is: "two Reuters sources".
    fn owner(&self) -> Option<Link> {
        let (view, fill) = (&self.block.view, self.reading.fill(SlotKind::Source)?);
        let mention = fill.mention.as_ref()?;
        let names_source = matches!(&mention.denotes, Denotes::Anonymous(kind, _) if kind == SOURCE);
        if !names_source || matches!(self.reading.means, Means::Label | Means::ClosingLine) {
            return None;
        }
        let (first, end) = (mention.first..mention.last).find_map(|t| {
            let noun = view.noun_at(t).filter(|(noun, _)| noun.kind == NounKind::Anonymous && noun.name == SOURCE);
            noun.map(|(_, end)| (t, end))
        })?;
        // Right behind the noun, where the head stands first, or right before it; marks of its name between.
        let behind = (end..mention.last).find(|&t| !view.transparent(t));
        let before = (mention.first..first).rev().find(|&t| !view.transparent(t));
        let hit = |t: usize| match view.name(t)?.target {
            NameTarget::Source(index) => view.registry.source(index).filter(|s| s.kind.carries_news()).map(|s| (t, s)),
            _ => None,
        };
        let (at, source) =
            behind.and_then(hit).or_else(|| before.filter(|_| !view.language.pack.head_first).and_then(hit))?;
        let name = view.name(at)?;
        let span = view.span(name.first as usize, name.last as usize);
        Some(Link { node: Node::new(source.id.clone(), class_of(source.kind), true), span, rule: self.rule() })
    }

    /// The link of a slot, whoever fills it: for places where only carriers stand.
    fn any(&self, slot: SlotKind) -> Option<Link> {
        let fill = self.reading.fill(slot)?;
        let node = self.node(fill)?;
        (node.id != "unknown").then(|| self.link(fill, Node { outlet: true, ..node }))
    }
}

/// `{via}, citing {source}`: the source is nearer the content.
fn citing(links: &Links<'_, '_>, voices: &mut [(Voice, Origin)], places: &Places, i: usize, out: &mut Vec<Scope>) {
    let via = links.carrier(SlotKind::Via);
    let own_source = links.reading.fill(SlotKind::Source).and_then(|f| links.node(f));
    whole_item(links, own_source.as_ref(), via.as_ref(), &voices[i].0, i, out);
    if let Some(link) = via {
        // The carrier's own verb was read as well: it says nothing more.
        let (sentence, depth, content) = (voices[i].0.sentence, voices[i].0.depth, voices[i].0.content.clone());
        for (k, (v, _)) in voices.iter_mut().enumerate() {
            let same = v.source.as_ref().is_some_and(|(_, n)| n.id == link.node.id);
            let shared = v.content.iter().any(|a| content.iter().any(|b| a.overlaps(*b)));
            if k != i && v.sentence == sentence && v.depth == depth && same && shared {
                v.stands = false;
            }
        }
        voices[i].0.links.push(link);
        voices[i].0.links.extend(links.carrier(SlotKind::Via2));
        return;
    }
    let Some(source) = own_source else { return };
    // Without a carrier of its own it hangs on whoever speaks in the sentence: "Interfax reported, citing a source".
    let sentence = voices[i].0.sentence;
    let host = places.sentence(sentence).iter().copied().filter(|&k| k != i).find(|&k| {
        let v = &voices[k].0;
        v.stands
            && v.means.is_some_and(|m| matches!(m, Means::Says | Means::RelayTag | Means::AccordingTo | Means::Told))
            && v.source.as_ref().is_some_and(|(_, n)| n.outlet)
    });
    match host {
        Some(k) => {
            let (span, node) = voices[k].0.source.clone().unwrap_or_default_link();
            let rule = voices[k].0.rule.clone();
            let (content, form) = (voices[k].0.content.clone(), voices[k].0.form);
            let voice = &mut voices[i].0;
            voice.links.push(Link { node, span: voices_span(span, voice.cue), rule });
            if voice.content.is_empty() {
                voice.content = content;
            }
            voice.form = form;
            voices[k].0.stands = false;
        }
        None if source.outlet => {
            // The page itself cites: the outlet carries whoever else speaks in the sentence, or is the origin.
            let governed = governed(voices, places, i, sentence);
            if governed {
                let link = links.reading.fill(SlotKind::Source).map(|f| links.link(f, source));
                out.push(Scope {
                    level: Level::Clause,
                    links: link.into_iter().collect(),
                    reach: Reach::Stretch(sentence),
                    from: Some(i),
                });
                voices[i].0.stands = false;
            }
        }
        None => {}
    }
}

/// "A reports, citing B" at the head of an item may stand for all of it, as a label does, where the rule says so.
fn whole_item(
    links: &Links<'_, '_>,
    source: Option<&Node>,
    via: Option<&Link>,
    voice: &Voice,
    i: usize,
    out: &mut Vec<Scope>,
) {
    let pattern = &links.block.view.language.pack.patterns[links.reading.pattern as usize];
    let reach = match pattern.covers {
        Some((_, Unit::Article)) => Reach::Article,
        Some((_, Unit::Paragraph)) => Reach::Paragraph { at: voice.at, sentence: voice.sentence },
        _ => return,
    };
    let cited = source.filter(|node| node.outlet).and_then(|node| {
        let fill = links.reading.fill(SlotKind::Source)?;
        Some(links.link(fill, node.clone()))
    });
    let carried: Vec<Link> = cited.into_iter().chain(via.cloned()).chain(links.carrier(SlotKind::Via2)).collect();
    if !carried.is_empty() {
        out.push(Scope { level: Level::Label, links: carried, reach, from: Some(i) });
    }
}

trait OrLink {
    fn unwrap_or_default_link(self) -> (Span, Node);
}

impl OrLink for Option<(Span, Node)> {
    fn unwrap_or_default_link(self) -> (Span, Node) {
        self.unwrap_or_else(|| (Span::default(), Node { outlet: true, ..Node::unknown() }))
    }
}

fn voices_span(source: Span, cue: Option<Span>) -> Span {
    cue.map_or(source, |c| if c.start >= source.end && c.start - source.end < 40 { source.join(c) } else { source })
}

/// True where another voice of the stretch speaks that an outlet could carry.
fn governed(voices: &[(Voice, Origin)], places: &Places, i: usize, stretch: Span) -> bool {
    places.sentence(stretch).iter().any(|&k| {
        let v = &voices[k].0;
        k != i
            && v.stands
            && v.depth == voices[i].0.depth
            && is_speech(v)
            && v.source.as_ref().is_none_or(|(_, n)| !n.outlet)
    })
}

fn is_speech(v: &Voice) -> bool {
    !matches!(v.kind, AttributionKind::RelayLine | AttributionKind::Contribution)
}

/// `as cited by {via}`
fn quoted_by(links: &Links<'_, '_>, voices: &mut [(Voice, Origin)], i: usize, out: &mut Vec<Scope>) {
    let sentence = voices[i].0.sentence;
    let pattern = &links.block.view.language.pack.patterns[links.reading.pattern as usize];
    let carried: Vec<Link> = [SlotKind::Via, SlotKind::Via2].into_iter().filter_map(|s| links.any(s)).collect();
    if links.reading.fill(SlotKind::Source).is_some() {
        // "X, quoted by Y": the voice is X's own.
        voices[i].0.links.extend(carried);
        return;
    }
    voices[i].0.stands = false;
    if carried.is_empty() {
        return;
    }
    let wide = matches!(pattern.covers, Some((_, Unit::Paragraph)));
    let reach = if wide { Reach::Paragraph { at: voices[i].0.at, sentence } } else { Reach::Stretch(sentence) };
    let level = if wide { Level::Tag } else { Level::Clause };
    out.push(Scope { level, links: carried, reach, from: Some(i) });
}

/// For each block, the next one with a label or a line that ends labels, or the number of blocks.
fn label_ends(blocks: &[BlockReading<'_>]) -> Vec<usize> {
    let mut ends = vec![blocks.len(); blocks.len()];
    let mut next = blocks.len();
    for (at, block) in blocks.iter().enumerate().rev() {
        ends[at] = next;
        if block.standing.iter().any(|r| matches!(r.means, Means::EndsLabel | Means::Label)) {
            next = at;
        }
    }
    ends
}

/// `Source: {via}, citing {source}` and closing lines. `ends`: where the reach of a label in each block ends.
fn label(ends: &[usize], links: &Links<'_, '_>, voices: &mut [(Voice, Origin)], i: usize, out: &mut Vec<Scope>) {
    let reading = links.reading;
    let mut carried = Vec::new();
    if let Some(fill) = reading.fill(SlotKind::Source)
        && let Some(node) = links.node(fill)
        && (node.outlet
            || reading.fill(SlotKind::Via).is_none() && matches!(node.class, SourceClass::Outlet | SourceClass::Wire))
    {
        carried.push(links.link(fill, node));
    }
    let has_origin = carried.is_empty() && reading.fill(SlotKind::Source).is_some();
    carried.extend([SlotKind::Via, SlotKind::Via2].into_iter().filter_map(|s| links.any(s)));
    let at = voices[i].0.at;
    if let (Some(first), false) = (carried.first(), has_origin) {
        // The line itself stands for its innermost outlet; its chain keeps what lies outside.
        voices[i].0.source = voices[i]
            .0
            .source
            .take()
            .map(|(span, _)| (span, first.node.clone()))
            .or(Some((first.span, first.node.clone())));
        if let Some(via) = reading.fill(SlotKind::Via) {
            let span = links.block.view.span(via.first, via.last);
            voices[i].0.source = Some((span, first.node.clone()));
        }
    }
    if carried.is_empty() {
        return;
    }
    let covers = links.block.view.language.pack.patterns[reading.pattern as usize].covers;
    let end = ends.get(at).copied().unwrap_or(at + 1);
    let reach = match (reading.means, covers) {
        (_, Some((_, Unit::Paragraph))) => Reach::Paragraph { at, sentence: voices[i].0.sentence },
        (_, Some((_, Unit::Sentence))) => Reach::Stretch(voices[i].0.sentence),
        (Means::ClosingLine, Some((_, Unit::Above)) | None) | (_, Some((Side::Before, _))) => Reach::Item(0, at + 1),
        (_, Some((_, Unit::Below))) => Reach::Item(at, end),
        _ => Reach::Item(0, end),
    };
    if has_origin {
        voices[i].0.links.extend(carried.iter().cloned());
    }
    out.push(Scope { level: Level::Label, links: carried, reach, from: has_origin.then_some(i) });
}

/// Voices of outlets that carry another voice: "Peskov said …, Interfax reported", "according to Meduza".
fn relays(blocks: &[BlockReading<'_>], voices: &mut [(Voice, Origin)], places: &Places, out: &mut Vec<Scope>) {
    for i in 0..voices.len() {
        let (voice, origin) = &voices[i];
        let Some((at, reading)) = *origin else { continue };
        let outlet = voice.source.as_ref().is_some_and(|(_, n)| n.outlet);
        let relaying = matches!(voice.means, Some(Means::Says | Means::AccordingTo | Means::RelayTag | Means::Citing));
        if !voice.stands || !outlet || !relaying || voice.kind == AttributionKind::Silence {
            continue;
        }
        let (sentence, depth) = (voice.sentence, voice.depth);
        // A class that reports is a source, unless it carries somebody: "local media quoted him".
        let collective = voice.source.as_ref().is_some_and(|(_, n)| n.class == SourceClass::Collective);
        let content = voice.content.clone();
        let carries = |v: &Voice| {
            v.stands
                && is_speech(v)
                && v.depth >= depth
                && v.cue.is_some_and(|c| content.iter().any(|span| span.contains(c)))
                && v.source.as_ref().is_some_and(|(_, n)| !n.outlet)
        };
        let nested = places.cues_in(at, &content).any(|k| k != i && carries(&voices[k].0));
        let beside = voice.means == Some(Means::AccordingTo)
            && places.sentence(sentence).iter().any(|&k| {
                let v = &voices[k].0;
                k != i
                    && v.stands
                    && v.depth == depth
                    && is_speech(v)
                    && v.source.as_ref().is_some_and(|(_, n)| !n.outlet)
                    && v.content.iter().any(|a| content.iter().any(|b| a.overlaps(*b)))
            });
        let last = closes_sentence(&blocks[at], &blocks[at].standing[reading]);
        if !(nested || !collective && beside) {
            continue;
        }
        let Some((span, node)) = voice.source.clone() else { continue };
        let words = voice.cue.map_or(span, |c| c.join(span));
        let words = if words.len() < span.len() + 80 { words } else { span };
        let mut links: Vec<Link> = vec![Link { node, span: words, rule: voice.rule.clone() }];
        links.extend(voice.links.iter().cloned());
        let tag = last && voice.means != Some(Means::AccordingTo) && content.iter().all(|c| c.end <= span.start);
        let (level, reach) = if tag {
            (Level::Tag, Reach::Paragraph { at, sentence })
        } else {
            (Level::Clause, Reach::Stretch(sentence))
        };
        out.push(Scope { level, links, reach, from: Some(i) });
        voices[i].0.stands = false;
    }
}

/// True where nothing but marks follows the reading in its sentence.
fn closes_sentence(block: &BlockReading<'_>, reading: &Reading) -> bool {
    let (_, last) = reading.extent();
    (last..reading.region.last).all(|t| block.view.tokens[t].mark().is_some())
}
