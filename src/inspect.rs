//! How a sentence was read, and what each stage made of an article: for people who ask why.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::attribution::model::Attribution;
use crate::attribution::patterns::read;
use crate::attribution::pipeline::Read;
use crate::attribution::reading::{Miss, Reading};
use crate::attribution::voice::BlockReading;
use crate::compiled::atoms::Atom;
use crate::rules::template::{Anchor, SlotKind};
use crate::scan::View;
use crate::text::lines::LineIndex;
use crate::text::span::Span;

/// A stage that can be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named after what it makes")]
pub enum Stage {
    Lines,
    Blocks,
    Tokens,
    Sentences,
    Quotations,
    Hits,
    Mentions,
    Readings,
    Attributions,
    Chains,
}

impl Stage {
    /// Every stage with its name on the command line, in the order of the pipeline.
    pub const NAMES: [(&'static str, Stage); 10] = [
        ("lines", Stage::Lines),
        ("blocks", Stage::Blocks),
        ("tokens", Stage::Tokens),
        ("sentences", Stage::Sentences),
        ("quotations", Stage::Quotations),
        ("hits", Stage::Hits),
        ("mentions", Stage::Mentions),
        ("readings", Stage::Readings),
        ("attributions", Stage::Attributions),
        ("chains", Stage::Chains),
    ];
}

/// How one sentence was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceReading {
    /// The sentence; spans are bytes of it.
    pub text: String,
    /// The readings that stand.
    pub readings: Vec<ReadingView>,
    /// The readings that lost against another.
    pub lost: Vec<ReadingView>,
    /// The rules that came near without matching, each once, nearest first.
    pub near: Vec<NearMiss>,
}

/// One reading of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingView {
    /// Id of the rule.
    pub rule: String,
    /// What the rule means.
    pub means: String,
    /// Slot (or `cue`) and its bytes in the text.
    pub parts: Vec<(String, Span)>,
    /// Chain ids, origin first.
    pub chain: Vec<String>,
    /// Why it lost; `None` where it stands.
    pub why_lost: Option<String>,
}

/// A rule that matched a part of its words and stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// Id of the rule.
    pub rule: String,
    /// What it matched, in bytes of the text.
    pub matched: Span,
    /// The byte where it stopped.
    pub stopped_at: usize,
    /// Why.
    pub why: String,
    /// True where it matched, and one of its own exceptions kept it away.
    pub exception: bool,
}

/// How the blocks of a short text were read.
pub fn sentence(text: &str, found: &Read<'_>, attributions: &[Attribution]) -> SentenceReading {
    let mut out = SentenceReading { text: text.to_owned(), readings: Vec::new(), lost: Vec::new(), near: Vec::new() };
    let mut misses: Vec<(usize, usize, NearMiss)> = Vec::new();
    let mut standing: BTreeSet<&str> = BTreeSet::new();
    for block in &found.blocks {
        for reading in &block.standing {
            standing.insert(&block.view.language.pack.patterns[reading.pattern as usize].id);
            out.readings.push(view_of(block, reading, attributions, None));
        }
        for (reading, why) in &block.lost {
            out.lost.push(view_of(block, reading, attributions, Some(why.told(&block.view.language.pack))));
        }
        for region in &block.view.regions {
            let mut found = Vec::new();
            read(&block.view, region, block.place, Some(&mut found));
            for miss in found {
                let flat = &block.view.language.flats[miss.flat as usize];
                misses.push((miss.matched.len(), usize::MAX - flat.atoms.len(), near(&block.view, &miss)));
            }
        }
    }
    for attribution in attributions.iter().filter(|a| a.rule.starts_with("engine/")) {
        let mut parts: Vec<(String, Span)> = attribution.content.iter().map(|s| ("content".to_owned(), *s)).collect();
        parts.extend(attribution.source.as_ref().map(|s| ("source".to_owned(), s.span)));
        out.readings.push(ReadingView {
            rule: attribution.rule.clone(),
            means: "quotation".into(),
            parts,
            chain: attribution.chain.nodes.clone(),
            why_lost: None,
        });
    }
    misses.retain(|(_, _, m)| !standing.contains(m.rule.as_str()));
    misses.sort_by(|a, b| (b.0, b.1, &a.2.rule).cmp(&(a.0, a.1, &b.2.rule)));
    let mut seen = BTreeSet::new();
    out.near = misses.into_iter().map(|(_, _, m)| m).filter(|m| seen.insert(m.rule.clone())).collect();
    out
}

/// The exceptions (`but-not`, as written) that keep the pattern with this id away from words that it would read.
pub fn exceptions_met(found: &Read<'_>, pattern: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for block in &found.blocks {
        let language = block.view.language;
        for region in &block.view.regions {
            let mut misses = Vec::new();
            read(&block.view, region, block.place, Some(&mut misses));
            for guard in misses.iter().filter_map(|miss| language.flats.get(miss.guard? as usize)) {
                if language.pack.patterns[guard.pattern as usize].id == pattern {
                    out.insert(guard.written.clone());
                }
            }
        }
    }
    out
}

fn view_of(
    block: &BlockReading<'_>,
    reading: &Reading,
    attributions: &[Attribution],
    why_lost: Option<String>,
) -> ReadingView {
    let view = &block.view;
    let pattern = &view.language.pack.patterns[reading.pattern as usize];
    let cue = view.span(reading.cue.0, reading.cue.1);
    let mut parts: Vec<(String, Span)> =
        reading.fills.iter().map(|f| (slot_name(f.kind).to_owned(), f.span(view))).collect();
    parts.push(("cue".to_owned(), cue));
    parts.sort_by_key(|(_, span)| (span.start, span.end));
    let chain = attributions.iter().find(|a| a.rule == pattern.id && a.cue == Some(cue)).or_else(|| {
        attributions.iter().find(|a| a.chain.hops.iter().any(|h| h.rule == pattern.id && h.span.overlaps(cue)))
    });
    ReadingView {
        rule: pattern.id.clone(),
        means: pattern.means.word().to_owned(),
        parts,
        chain: chain.map(|a| a.chain.nodes.clone()).unwrap_or_default(),
        why_lost,
    }
}

fn near(view: &View<'_>, miss: &Miss) -> NearMiss {
    let flat = &view.language.flats[miss.flat as usize];
    let rule = view.language.pack.patterns[flat.pattern as usize].id.clone();
    if let Some(guard) = miss.guard.and_then(|guard| view.language.flats.get(guard as usize)) {
        let why = format!("its exception “{}” keeps it away", guard.written);
        return NearMiss { rule, matched: miss.matched, stopped_at: miss.matched.start as usize, why, exception: true };
    }
    let wanted = match flat.atoms.get(miss.wanted) {
        Some(Atom::Slot(slot)) => format!("nothing there can be {{{}}}", slot_name(slot.kind)),
        Some(Atom::Word(_)) => "another word stands there".to_owned(),
        Some(Atom::Lex(_)) => "no word of its list stands there".to_owned(),
        Some(Atom::Mark(..)) => "another mark stands there".to_owned(),
        Some(Atom::Anchor(Anchor::ClauseEnd)) => "the clause goes on there".to_owned(),
        Some(Atom::Anchor(_)) => "it stands in another place of its block".to_owned(),
        _ => "what stands before the cue can't be read as its source or content".to_owned(),
    };
    let stopped = view.tokens.get(miss.stopped_at).map_or(miss.matched.end, |t| t.span.start);
    NearMiss {
        rule,
        matched: miss.matched,
        stopped_at: stopped as usize,
        why: format!("{wanted}, in “{}”", flat.written),
        exception: false,
    }
}

/// The name of a slot, as templates write it.
pub fn slot_name(kind: SlotKind) -> &'static str {
    SlotKind::NAMES.iter().find(|(_, k)| *k == kind).map_or("slot", |(name, _)| name)
}

/// What a stage made of the article, as JSON for people: spans with their line and words.
pub fn dump(
    stage: Stage,
    text: &str,
    blocks: &[crate::article::Block],
    found: &Read<'_>,
    attributions: &[Attribution],
) -> Value {
    let lines = LineIndex::new(text);
    let place = |span: Span| json!({ "line": lines.line(span.start), "start": span.start, "end": span.end, "text": span.of(text) });
    let per_block =
        |f: &dyn Fn(&BlockReading<'_>) -> Vec<Value>| -> Value { found.blocks.iter().flat_map(f).collect() };
    match stage {
        Stage::Lines => text.lines().enumerate().map(|(i, line)| json!({ "line": i + 1, "text": line })).collect(),
        Stage::Blocks => blocks.iter().map(|b| json!({ "kind": format!("{:?}", b.kind), "at": place(b.span) })).collect(),
        Stage::Tokens => per_block(&|b| {
            b.view.tokens.iter().enumerate().map(|(i, t)| json!({ "token": i, "text": t.span.of(text), "kind": format!("{:?}", t.kind), "known": b.view.surfaces[i] != 0 })).collect()
        }),
        Stage::Sentences => per_block(&|b| {
            b.view.regions.iter().map(|r| json!({ "depth": r.depth, "at": place(b.view.span(r.first, r.last)) })).collect()
        }),
        Stage::Quotations => per_block(&|b| {
            b.view.quotations.iter().map(|q| json!({ "class": format!("{:?}", q.class), "closed": q.closed, "at": place(b.view.span(q.open, q.end)) })).collect()
        }),
        Stage::Hits => per_block(&|b| {
            b.view.names.iter().map(|n| json!({ "target": format!("{:?}", n.target), "at": place(b.view.span(n.first as usize, n.last as usize)) })).collect()
        }),
        Stage::Mentions => per_block(&|b| {
            let fills = b.standing.iter().flat_map(|r| &r.fills).filter_map(|f| f.mention.as_ref());
            fills.map(|m| json!({ "denotes": format!("{:?}", m.denotes), "at": place(b.view.span(m.first, m.last)) })).collect()
        }),
        Stage::Readings => per_block(&|b| {
            let standing = b.standing.iter().map(|r| (r, None));
            let lost = b.lost.iter().map(|(r, why)| (r, Some(why.told(&b.view.language.pack))));
            standing
                .chain(lost)
                .map(|(r, why)| {
                    let v = view_of(b, r, attributions, why);
                    let parts: Vec<Value> = v.parts.iter().map(|(name, span)| json!({ "part": name, "at": place(*span) })).collect();
                    json!({ "rule": v.rule, "means": v.means, "parts": parts, "lost": v.why_lost })
                })
                .collect()
        }),
        Stage::Attributions | Stage::Chains => attributions
            .iter()
            .map(|a| {
                let source = a.source.as_ref().map(|s| json!({ "id": s.id, "at": place(s.span) }));
                if stage == Stage::Chains {
                    let hops: Vec<Value> = a.chain.hops.iter().map(|h| json!({ "from": h.from, "to": h.to, "rule": h.rule, "at": place(h.span) })).collect();
                    json!({ "chain": a.chain.nodes, "hand": format!("{:?}", a.chain.hand), "hops": hops, "source": source })
                } else {
                    let content: Vec<Value> = a.content.iter().map(|c| place(*c)).collect();
                    json!({ "rule": a.rule, "kind": format!("{:?}", a.kind), "source": source, "cue": a.cue.map(place), "content": content })
                }
            })
            .collect(),
    }
}
