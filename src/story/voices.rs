//! What one article says in its own voice, or plainly, and others only as somebody's words, or with distance; sources without
//! a name that another article names; who showed the pictures.

use crate::article::BlockKind;
use crate::attribution::model::{Attribution, AttributionKind};
use crate::rules::pack::SourceKind;
use crate::story::digest::{Digest, Sentence};
use crate::story::model::{At, Conflict, ConflictKind, Side};
use crate::story::origin::Sources;
use crate::story::rarity::Rarity;
use crate::story::terms::{Term, TermKind, id_key};
use crate::text::span::Span;

/// Least likeness of two accounts of the same pictures.
const SAME_PICTURES: f64 = 0.26;
/// Fewest terms that they share.
const LEAST_PICTURES: usize = 2;
/// Least likeness of two sentences that blame somebody for the same.
const SAME_BLAME: f64 = 0.22;
/// Fewest terms that they share, and names among those.
const LEAST_BLAME: (usize, usize) = (3, 2);
/// Days between a report and the day of another that may be the same.
const DAYS: i32 = 4;

/// The likeness of two lists of terms, and how many they share: all, and names.
pub fn likeness(a: &[&Term], b: &[&Term], rarity: &Rarity) -> (f64, usize, usize) {
    let keys = |list: &[&Term]| {
        let mut out: Vec<(u64, TermKind)> = list.iter().map(|t| (t.key, t.kind)).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let (a, b) = (keys(a), keys(b));
    let sum = |list: &[(u64, TermKind)]| list.iter().map(|(key, kind)| rarity.weight(*key, *kind)).sum::<f64>();
    let shared: Vec<(u64, TermKind)> = a.iter().filter(|t| b.binary_search(t).is_ok()).copied().collect();
    let all = sum(&a) + sum(&b);
    let names = shared.iter().filter(|(_, kind)| *kind == TermKind::Name).count();
    (if all > 0.0 { 2.0 * sum(&shared) / all } else { 0.0 }, shared.len(), names)
}

/// An account of pictures: footage that somebody published.
#[derive(Debug, Clone)]
pub struct Pictures {
    /// The article.
    pub article: At,
    /// Index of the attribution.
    pub voice: usize,
    /// The words that a finding marks: source and cue, or cue and content.
    pub span: Span,
    /// Chain id of who is said to have published them.
    pub poster: String,
    /// Where the account keeps its distance.
    pub hedge: Option<Span>,
}

/// Accounts of the same pictures, in groups of two articles or more.
pub fn pictures(digests: &[Digest], sources: &Sources<'_>, rarity: &Rarity) -> Vec<Vec<Pictures>> {
    let mut all: Vec<(Pictures, Vec<Term>)> = Vec::new();
    for (article, digest) in digests.iter().enumerate() {
        for (voice, attribution) in digest.attributions.iter().enumerate() {
            if attribution.kind != AttributionKind::Media {
                continue;
            }
            let Some(content) = attribution.content.iter().copied().reduce(Span::join) else { continue };
            let Some(sentence) = digest.sentence_at(content.start).map(|i| &digest.sentences[i]) else { continue };
            let poster =
                attribution.chain.nodes.first().map_or_else(|| "unknown".to_owned(), |id| sources.canonical(id));
            let span = attribution.source.as_ref().map_or(content, |s| s.span.join(content));
            let terms = digest.terms_in(content).copied().collect();
            all.push((Pictures { article, voice, span, poster, hedge: sentence.hedge }, terms));
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in 0..all.len() {
        let like = |j: &usize| {
            let (a, b) = (all[i].1.iter().collect::<Vec<_>>(), all[*j].1.iter().collect::<Vec<_>>());
            let (likeness, shared, _) = likeness(&a, &b, rarity);
            likeness >= SAME_PICTURES && shared >= LEAST_PICTURES
        };
        match groups.iter_mut().find(|group| group.iter().any(like)) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    let groups = groups.into_iter().map(|g| g.into_iter().map(|i| all[i].0.clone()).collect::<Vec<_>>());
    groups.filter(|g| g.iter().any(|p| p.article != g[0].article)).collect()
}

/// Whether two posters can't both be meant: outlets on one side, what anybody can write in on the other.
pub fn posters_differ(a: &str, b: &str, sources: &Sources<'_>) -> bool {
    let kind = |id: &str| -> Option<bool> {
        let registry = sources.registry();
        if let Some(class) = id.strip_prefix("class:") {
            let class = registry.class(class.split('@').next().unwrap_or(class))?;
            return if class.public { Some(false) } else { class.carries_news.then_some(true) };
        }
        let entry = registry.by_id(id).and_then(|i| registry.source(i))?;
        (entry.kind.carries_news() && entry.kind != SourceKind::Channel).then_some(true)
    };
    matches!((kind(a), kind(b)), (Some(x), Some(y)) if x != y)
}

/// Who published the pictures, where accounts can't both be right; and accounts without the distance that others keep.
pub fn picture_conflicts(groups: &[Vec<Pictures>], sources: &Sources<'_>) -> Vec<Conflict> {
    let mut out = Vec::new();
    for group in groups {
        let side = |p: &Pictures, value: String| Side { article: p.article, span: p.span, value };
        if group
            .iter()
            .any(|a| group.iter().any(|b| a.article != b.article && posters_differ(&a.poster, &b.poster, sources)))
        {
            let told = group.iter().filter(|p| p.poster != "unknown");
            out.push(Conflict {
                kind: ConflictKind::Source,
                members: told.map(|p| side(p, p.poster.clone())).collect(),
            });
        }
        let bare: Vec<&Pictures> = group.iter().filter(|p| p.hedge.is_none()).collect();
        let hedged: Vec<&Pictures> = group.iter().filter(|p| p.hedge.is_some()).collect();
        let own = |p: &&Pictures| hedged.iter().all(|h| h.article != p.article);
        let bare: Vec<&Pictures> = bare.into_iter().filter(own).collect();
        if !bare.is_empty() && !hedged.is_empty() {
            let plain = bare.iter().map(|p| side(p, String::new()));
            let distant =
                hedged.iter().filter_map(|p| Some(Side { article: p.article, span: p.hedge?, value: "hedged".into() }));
            out.push(Conflict { kind: ConflictKind::Hedge, members: plain.chain(distant).collect() });
        }
    }
    out
}

/// Blame in an article's own voice that another gives as somebody's words.
pub fn blame_conflicts(digests: &[Digest], rarity: &Rarity) -> Vec<Conflict> {
    let mut out = Vec::new();
    for (article, digest) in digests.iter().enumerate() {
        let own = digest.sentences.iter().filter(|s| {
            s.kind == BlockKind::Body
                && s.blame.is_some()
                && !s.sourced
                && !s.agentless
                && s.hedge.is_none()
                && !digest.opinion
        });
        for sentence in own {
            let Some(blame) = sentence.blame else { continue };
            let mut sides: Vec<Side> = Vec::new();
            let another = |peer: &Digest| peer.publisher() != digest.publisher() || peer.publisher() == "unknown";
            for (other, peer) in digests.iter().enumerate().filter(|(o, peer)| *o != article && another(peer)) {
                let told = peer.attributions.iter().filter(|a| blames(a, peer));
                let found = told.filter_map(|a| {
                    let span = a.content.iter().copied().reduce(Span::join)?;
                    let terms: Vec<&Term> = peer.terms_in(span).collect();
                    let (likeness, shared, names) =
                        likeness(&sentence.terms.iter().collect::<Vec<_>>(), &terms, rarity);
                    let fits = likeness >= SAME_BLAME && shared >= LEAST_BLAME.0 && names >= LEAST_BLAME.1;
                    fits.then_some((likeness, a))
                });
                if let Some((_, a)) = found.max_by(|x, y| x.0.total_cmp(&y.0)) {
                    let span = a
                        .source
                        .as_ref()
                        .map_or_else(|| a.cue.unwrap_or_default(), |s| a.cue.map_or(s.span, |c| s.span.join(c)));
                    let value = a.chain.nodes.first().cloned().unwrap_or_default();
                    sides.push(Side { article: other, span, value });
                }
            }
            if !sides.is_empty() {
                sides.insert(0, Side { article, span: blame, value: String::new() });
                out.push(Conflict { kind: ConflictKind::Voice, members: sides });
            }
        }
    }
    out
}

/// True where somebody with a name, a body or a government is given as the one who blames.
fn blames(a: &Attribution, digest: &Digest) -> bool {
    let told = a.source.as_ref().is_some_and(|s| s.id != "unknown" && !s.id.starts_with("class:"));
    let says = matches!(a.kind, AttributionKind::Statement | AttributionKind::Reaction | AttributionKind::Belief);
    let near = |sentence: &Sentence| sentence.blame.is_some();
    let at = a.cue.or_else(|| a.content.first().copied()).and_then(|s| digest.sentence_at(s.start));
    told && says && at.is_some_and(|i| near(&digest.sentences[i]))
}

/// A source without a name, and an article that has one for it.
#[derive(Debug, Clone)]
pub struct NamedElsewhere {
    /// The article with the vague source.
    pub article: At,
    /// Index of its attribution.
    pub voice: usize,
    /// The words that name nobody.
    pub span: Span,
    /// Chain id of the outlet that a peer names.
    pub name: String,
    /// That peer, and its words.
    pub peers: Vec<(At, Span)>,
}

/// Outlets without a name that another article names: of the same country, with a report on the same, on days that agree.
pub fn named_elsewhere(digests: &[Digest], sources: &Sources<'_>) -> Vec<NamedElsewhere> {
    let registry = sources.registry();
    let mut out: Vec<NamedElsewhere> = Vec::new();
    let reports = |digest: &Digest| {
        let own = digest.publisher().to_owned();
        let all = digest
            .attributions
            .iter()
            .enumerate()
            .filter(|(_, a)| a.kind == AttributionKind::Report && !a.content.is_empty());
        all.filter(move |(_, a)| {
            a.chain.nodes.first() == a.source.as_ref().map(|s| &s.id) && a.source.as_ref().is_some_and(|s| s.id != own)
        })
        .map(|(i, a)| (i, a.clone()))
        .collect::<Vec<_>>()
    };
    let all: Vec<Vec<(usize, Attribution)>> = digests.iter().map(reports).collect();
    for (article, list) in all.iter().enumerate() {
        for (voice, vague) in list {
            let Some(source) = vague.source.as_ref() else { continue };
            let Some((kind, country)) = source.id.strip_prefix("class:").and_then(|class| class.split_once('@')) else {
                continue;
            };
            if !registry.class(kind).is_some_and(|class| class.carries_news && !class.public) {
                continue;
            }
            let mut found: Vec<(String, At, Span)> = Vec::new();
            for (peer, others) in all.iter().enumerate().filter(|(peer, _)| *peer != article) {
                for (_, named) in others {
                    let Some(name) = named.source.as_ref().map(|s| (&s.id, s.span)) else { continue };
                    let entry = registry.by_id(name.0).and_then(|i| registry.source(i));
                    let fits = entry.is_some_and(|e| e.kind.carries_news() && e.country == country);
                    if fits && same_report((&digests[article], vague), (&digests[peer], named), country, sources) {
                        found.push((name.0.clone(), peer, name.1));
                    }
                }
            }
            // Several names: nobody can say which is meant.
            let Some(name) = found.first().map(|(name, ..)| name.clone()) else { continue };
            if found.iter().all(|(other, ..)| *other == name)
                && !out.iter().any(|o| o.article == article && o.span == source.span)
            {
                let peers = found.into_iter().map(|(_, at, span)| (at, span)).collect();
                out.push(NamedElsewhere { article, voice: *voice, span: source.span, name, peers });
            }
        }
    }
    out
}

/// True where two reports may be of the same: they share what they are about besides the outlets' country, and their days agree.
fn same_report(a: (&Digest, &Attribution), b: (&Digest, &Attribution), country: &str, sources: &Sources<'_>) -> bool {
    let own = sources.registry().country_by_code(country).map(|c| id_key(&c.id));
    let terms = |(digest, attribution): (&Digest, &Attribution)| -> Vec<u64> {
        let content = attribution.content.iter().flat_map(|span| digest.terms_in(*span));
        let kinds = content.filter(|t| t.kind != TermKind::Word && Some(t.key) != own);
        let mut out: Vec<u64> = kinds.map(|t| t.key).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let (x, y) = (terms(a), terms(b));
    let shared = x.iter().filter(|key| y.binary_search(key).is_ok()).count();
    // Of a short note all must agree, else most of the shorter.
    let enough = shared >= 2 || shared == 1 && x.len().min(y.len()) == 1;
    let day = |(digest, attribution): (&Digest, &Attribution)| {
        let at = attribution.source.as_ref().map(|s| s.span.start).and_then(|at| digest.sentence_at(at))?;
        digest.sentences[at].dates.iter().filter_map(|d| d.full()).min().or(digest.day)
    };
    let near = match (day(a), day(b)) {
        (Some(x), Some(y)) => x.since(y).is_ok_and(|span| span.get_days().abs() <= DAYS),
        _ => true,
    };
    enough && near
}
