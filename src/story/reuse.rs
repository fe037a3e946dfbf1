//! Text that articles share: short runs of words looked up in one index, made long by alignment with gaps, each article held
//! against the earliest only. Quotations, names and what many articles have are no evidence.

use std::collections::BTreeMap;

use rapidhash::RapidHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::BlockKind;
use crate::attribution::model::AttributionKind;
use crate::story::digest::Digest;
use crate::story::model::{At, Member, Reuse, ReuseVerdict};
use crate::story::origin::Sources;
use crate::story::terms::TermKind;
use crate::text::span::Span;
use crate::text::token::{Kind, tokens};

/// Words of the runs that are looked up.
const RUN: usize = 5;
/// Most articles that one run leads to: the earliest ones.
const EARLIEST: usize = 4;
/// Fewest runs that make two articles worth aligning.
const LEAST_RUNS: usize = 4;
/// Most words between two parts of one run: what an editor changes.
const GAP: usize = 4;
/// Fewest words of a run that is told, those of names not counted.
const LEAST_WORDS: usize = 10;
/// Fewest words of the longest run of a pair that is told.
const LONG: usize = 16;
/// The share of an article in shared runs above which shorter runs are told, too.
const SHARE: f64 = 0.25;
/// Fewest words in such shorter runs: one sentence on what happened is worded alike by many.
const ENOUGH: usize = 24;

/// One word of an article's own text.
#[derive(Debug, Clone, Copy)]
struct Word {
    hash: u64,
    span: Span,
    name: bool,
}

/// The text that articles share, each article with its best earlier source.
pub fn reuse(digests: &[Digest], members: &[Member], sources: &Sources<'_>) -> Vec<Reuse> {
    let texts: Vec<Vec<Word>> = digests.iter().map(words).collect();
    // The earliest first; what has no date comes last.
    let mut order: Vec<At> = (0..digests.len()).collect();
    order.sort_by_key(|&i| (members[i].moment.is_none(), members[i].moment, i));
    let rank = |at: At| order.iter().position(|&i| i == at).unwrap_or(at);
    let ranks: Vec<usize> = (0..digests.len()).map(rank).collect();
    let mut index: RapidHashMap<u64, Vec<(At, u32)>> = RapidHashMap::default();
    let mut pairs: BTreeMap<(At, At), usize> = BTreeMap::new();
    for &at in &order {
        for (run, position) in runs(&texts[at]) {
            let list = index.entry(run).or_default();
            for (earlier, _) in list.iter().filter(|(earlier, _)| *earlier != at) {
                *pairs.entry((*earlier, at)).or_default() += 1;
            }
            if list.len() < EARLIEST && list.last().is_none_or(|(last, _)| *last != at) {
                list.push((at, position));
            }
        }
    }
    let mut best: BTreeMap<At, Reuse> = BTreeMap::new();
    for ((from, to), count) in pairs {
        if count < LEAST_RUNS || is_one_house(&members[from], &members[to], sources) {
            continue;
        }
        let Some(found) = aligned(&texts, from, to) else { continue };
        let better = best.get(&to).is_none_or(|other| {
            found.containment > other.containment * 1.05
                || found.containment > other.containment * 0.95 && ranks[found.from] < ranks[other.from]
        });
        if better {
            best.insert(to, found);
        }
    }
    let mut out: Vec<Reuse> = best.into_values().collect();
    for reuse in &mut out {
        reuse.verdict = verdict(reuse, digests, members, sources);
    }
    out.sort_by(|a, b| b.containment.total_cmp(&a.containment).then((a.from, a.to).cmp(&(b.from, b.to))));
    out
}

/// The words of an article's own running text.
fn words(digest: &Digest) -> Vec<Word> {
    let text = &digest.article.buffer;
    let mut out = Vec::new();
    let mut last = None;
    for sentence in &digest.sentences {
        if !matches!(sentence.kind, BlockKind::Body | BlockKind::Standfirst) || last == Some(sentence.span) {
            continue;
        }
        last = Some(sentence.span);
        let quoted = |span: Span| digest.quotes.iter().any(|q| q.span.contains(span));
        let mut terms = sentence.terms.iter().peekable();
        for token in tokens(text, sentence.span.range()) {
            if !matches!(token.kind, Kind::Word | Kind::Number) || quoted(token.span) {
                continue;
            }
            while terms.peek().is_some_and(|t| t.span.end <= token.span.start) {
                terms.next();
            }
            let name = terms
                .peek()
                .is_some_and(|t| t.span.contains(token.span) && matches!(t.kind, TermKind::Name | TermKind::Number));
            let hash = xxh3_64(token.span.of(text).to_lowercase().as_bytes());
            out.push(Word { hash, span: token.span, name });
        }
    }
    out
}

/// The short runs of a text with their places; those that are names for the most part say nothing.
fn runs(words: &[Word]) -> impl Iterator<Item = (u64, u32)> {
    words.windows(RUN).enumerate().filter(|(_, run)| run.iter().filter(|w| w.name).count() * 2 < RUN).map(
        |(at, run)| {
            let hash =
                run.iter().fold(0u64, |hash, w| hash.rotate_left(9).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ w.hash);
            (hash, at as u32)
        },
    )
}

/// True for two pages of one outlet, or of one group.
fn is_one_house(a: &Member, b: &Member, sources: &Sources<'_>) -> bool {
    a.publisher != "unknown" && (a.publisher == b.publisher || sources.same_group(&a.publisher, &b.publisher))
}

/// The runs that two articles share.
fn aligned(texts: &[Vec<Word>], from: At, to: At) -> Option<Reuse> {
    let (ours, theirs) = (&texts[to], &texts[from]);
    let mut places: RapidHashMap<u64, Vec<u32>> = RapidHashMap::default();
    runs(theirs).for_each(|(run, at)| places.entry(run).or_default().push(at));
    // Stretches that agree word by word: start here, start there, length.
    let mut exact: Vec<(usize, usize, usize)> = Vec::new();
    for (run, at) in runs(ours) {
        let at = at as usize;
        let Some(list) = places.get(&run) else { continue };
        let goes_on =
            exact.last().copied().filter(|(s, t, n)| at <= s + n && list.iter().any(|p| *p as usize + s == at + t));
        if let (Some(_), Some(stretch)) = (goes_on, exact.last_mut()) {
            stretch.2 = at + RUN - stretch.0;
            continue;
        }
        // Of several places, the first behind the last stretch.
        let behind = exact.last().map_or(0, |(_, t, n)| t + n);
        let place = list.iter().find(|p| **p as usize >= behind).or(list.first());
        exact.extend(place.map(|p| (at, *p as usize, RUN)));
    }
    // Stretches with little between them on both sides are one run.
    let mut joined: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for (s, t, n) in exact {
        match joined.last_mut() {
            Some((here, there)) if s <= here.1 + GAP && t >= there.0 && t <= there.1 + GAP => {
                here.1 = here.1.max(s + n);
                there.1 = there.1.max(t + n);
            }
            _ => joined.push(((s, s + n), (t, t + n))),
        }
    }
    let own = |(first, last): (usize, usize)| ours[first..last].iter().filter(|w| !w.name).count();
    joined.retain(|(here, _)| own(*here) >= LEAST_WORDS);
    let shared: usize = joined.iter().map(|((first, last), _)| last - first).sum();
    let longest = joined.iter().map(|(here, _)| own(*here)).max()?;
    let containment = (shared as f64 / ours.len().max(1) as f64).min(1.0);
    if longest < LONG && (containment < SHARE || shared < ENOUGH) {
        return None;
    }
    let span = |words: &[Word], (first, last): (usize, usize)| words[first].span.join(words[last - 1].span);
    let runs = joined.iter().map(|(here, there)| (span(theirs, *there), span(ours, *here))).collect();
    let longest_run = joined.iter().map(|((first, last), _)| last - first).max().unwrap_or(0);
    Some(Reuse { from, to, containment, longest_run, verdict: ReuseVerdict::Undated, runs })
}

/// What is made of shared text: whom the later article credits, and which is the earlier one.
fn verdict(reuse: &Reuse, digests: &[Digest], members: &[Member], sources: &Sources<'_>) -> ReuseVerdict {
    let (from, to) = (&members[reuse.from], &members[reuse.to]);
    let (theirs, ours) = (credits(&digests[reuse.from]), credits(&digests[reuse.to]));
    let named = |list: &[String], id: &str| {
        id != "unknown" && list.iter().any(|c| c == id || sources.same_group(c, id) || sources.same_body(c, id))
    };
    if named(&ours, &from.publisher) || named(&theirs, &to.publisher) {
        return ReuseVerdict::Credited;
    }
    let agency = |id: &&String| sources.is_outlet(id) && sources.is_named(id);
    if ours.iter().filter(agency).any(|id| theirs.contains(id)) {
        return ReuseVerdict::Syndicated;
    }
    match (from.moment, to.moment) {
        (Some(a), Some(b)) if a.is_before(&b) => ReuseVerdict::Uncredited,
        _ => ReuseVerdict::Undated,
    }
}

/// The outlets that carry what an article says: the links between origins and publisher, and outlets that are origins.
pub fn relays(digest: &Digest) -> Vec<String> {
    let nodes = digest.attributions.iter().flat_map(|a| a.chain.hops.iter().map(|hop| hop.to.clone()));
    let lines = digest
        .attributions
        .iter()
        .filter(|a| a.kind == AttributionKind::RelayLine || a.kind == AttributionKind::Contribution);
    let mut out: Vec<String> = nodes.chain(lines.filter_map(|a| a.chain.nodes.first().cloned())).collect();
    out.sort();
    out.dedup();
    out.retain(|id| id != digest.publisher());
    out
}

/// Whom an article names anywhere as an outlet, a source or a contributor.
fn credits(digest: &Digest) -> Vec<String> {
    let voices = digest.attributions.iter();
    let mut out: Vec<String> = voices
        .flat_map(|a| {
            let nodes = &a.chain.nodes;
            let inner = nodes.get(..nodes.len().saturating_sub(1)).unwrap_or_default();
            inner.iter().cloned().chain(a.source.iter().map(|s| s.id.clone()))
        })
        .collect();
    out.sort();
    out.dedup();
    out
}
