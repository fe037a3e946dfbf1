//! Ways of claims across articles: chains go on through the articles of the outlets they cite; links, and circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::BlockKind;
use crate::attribution::model::{Attribution, AttributionKind};
use crate::story::claims::Group;
use crate::story::digest::Digest;
use crate::story::model::{At, Claim, Edge, EdgeKind, Member, Mention, Path, Reuse, ReuseVerdict};
use crate::story::origin::Sources;
use crate::story::rarity::Rarity;
use crate::story::repeated::{by_innermost, one_speaker};
use crate::story::standing::Standing;
use crate::story::terms::TermKind;
use crate::text::span::Span;

/// Most links of a way: what is longer is a circle that nobody saw.
const LONGEST: usize = 12;

/// What ids of states start with: many speak for a state, so that nobody is meant by it.
const STATE: &str = "government:";

/// One claim with the ways of its articles.
pub fn claim(group: &Group, digests: &[Digest], sources: &Sources<'_>, rarity: &Rarity) -> Claim {
    let told = &by_innermost(group, digests, sources);
    let mut articles: Vec<At> = group.mentions.iter().map(|m| m.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let own: BTreeMap<At, Way> =
        articles.iter().filter_map(|&at| Some((at, way(told, at, &digests[at], sources)?))).collect();
    let ways: BTreeMap<At, (Vec<String>, usize)> =
        own.iter().map(|(&at, way)| (at, extended(way, at, &own, digests, sources))).collect();
    let (mut named, mut vague) = (Vec::new(), Vec::new());
    for (nodes, _) in ways.values() {
        let Some(origin) = nodes.first() else { continue };
        // An outlet that cites others itself, and still comes first, stands in a circle: it is no origin.
        let circles = |(at, way): (&At, &Way)| digests[*at].publisher() == origin && way.nodes.len() > 1;
        if sources.is_outlet(origin) && own.iter().any(circles) {
            continue;
        }
        if sources.is_named(origin) {
            // The page as its own origin names nobody.
            named.push(origin.clone());
        } else if origin != "unknown" {
            vague.push(origin.clone());
        }
    }
    for origin in further(told, digests, sources, &ways) {
        named.push(origin);
    }
    let one = one_speaker(group, digests, sources);
    for origin in &mut named {
        if let Some(speaker) = one.get(origin) {
            origin.clone_from(speaker);
        }
    }
    let named = by_count(named);
    let (mut origins, mut uncounted) = sources.counted_once(&named);
    if origins.len() > 1 {
        let (kept, left) = Standing::new(told, digests, sources, rarity, &one).apart(&origins);
        origins = kept;
        uncounted.extend(left);
    }
    let shown = |id: &String| {
        let id = one.get(id).unwrap_or(id);
        origins.iter().find(|o| sources.same_body(o, id)).cloned().unwrap_or_else(|| id.clone())
    };
    let mut paths: Vec<Path> = Vec::new();
    for (at, (nodes, inferred)) in &ways {
        let mut nodes = nodes.clone();
        if let Some(first) = nodes.first_mut() {
            *first = shown(first);
        }
        // Speaker and body next to each other are one link.
        nodes.dedup_by(|b, a| a == b);
        let declared_by = own.get(at).and_then(|way| way.declared_by).map(|span| (*at, span));
        match paths.iter_mut().find(|p| p.nodes == nodes && nodes.last().is_some_and(|n| n != "unknown")) {
            Some(path) => path.articles.push(*at),
            None => paths.push(Path { nodes, articles: vec![*at], inferred: *inferred, declared_by }),
        }
    }
    vague.sort();
    vague.dedup();
    let unsourced = articles.iter().copied().filter(|at| !own.contains_key(at)).collect();
    Claim {
        text: text(group, digests),
        mentions: group.mentions.clone(),
        independent: origins.len(),
        articles,
        origins,
        uncounted,
        vague,
        paths,
        unsourced,
    }
}

/// The commonest first.
fn by_count(ids: Vec<String>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    ids.into_iter().for_each(|id| *counts.entry(id).or_default() += 1);
    let mut out: Vec<(String, usize)> = counts.into_iter().collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.into_iter().map(|(id, _)| id).collect()
}

/// The chain that an article gives for a claim.
#[derive(Debug, Clone)]
struct Way {
    nodes: Vec<String>,
    declared_by: Option<Span>,
}

/// The best chain of an article: from a source with a name, then the longest, then the first.
fn way(group: &Group, at: At, digest: &Digest, sources: &Sources<'_>) -> Option<Way> {
    let voices = group.mentions.iter().filter(|m| m.article == at).filter_map(|m| m.voice);
    let attributions = voices.filter_map(|v| {
        let attribution = digest.attributions.get(v)?;
        Some((attribution, sources.chain(at, v, attribution)))
    });
    let (best, mut nodes) = attributions.min_by_key(|(a, nodes)| {
        let origin = nodes.first().map_or("unknown", String::as_str);
        // Who says it goes before who reports that it is said.
        let report = a.kind == AttributionKind::Report;
        // A body tells more than the state that it is of.
        let state = origin.starts_with(STATE);
        let title = a.content.first().is_some_and(|c| in_title(*c, digest));
        (!sources.is_named(origin), origin == "unknown", report, state, std::cmp::Reverse(a.chain.nodes.len()), title)
    })?;
    // A person who speaks for the body in the same article is whom it means.
    if let Some(speaker) = nodes.first().and_then(|body| spokesman(digest, body, sources)) {
        nodes[0] = speaker;
    }
    Some(Way { nodes, declared_by: declared_by(best) })
}

fn in_title(span: Span, digest: &Digest) -> bool {
    digest.sentence_at(span.start).is_some_and(|i| digest.sentences[i].kind == BlockKind::Title)
}

fn declared_by(attribution: &Attribution) -> Option<Span> {
    let hop = attribution.chain.hops.last().map(|hop| hop.span);
    hop.or_else(|| attribution.source.as_ref().map(|s| attribution.cue.map_or(s.span, |cue| s.span.join(cue))))
        .filter(|span| span.len() < 160)
        .or(attribution.cue)
}

/// The one person who speaks for a body in an article.
fn spokesman(digest: &Digest, body: &str, sources: &Sources<'_>) -> Option<String> {
    if sources.is_person(body) || body.starts_with(STATE) || !sources.is_named(body) {
        return None;
    }
    let speakers: BTreeSet<String> = digest
        .attributions
        .iter()
        .filter(|a| a.kind == AttributionKind::Statement)
        .filter_map(|a| a.source.as_ref())
        .map(|s| sources.canonical(&s.id))
        .filter(|id| sources.is_person(id) && sources.same_body(id, body))
        .collect();
    let mut speakers = speakers.into_iter();
    speakers.next().filter(|_| speakers.next().is_none())
}

/// The way of an article as far as the other articles know it: where its first link is an outlet whose own article tells where
/// it has the claim from, that comes before it. Also the number of links that were added.
fn extended(
    way: &Way,
    at: At,
    ways: &BTreeMap<At, Way>,
    digests: &[Digest],
    sources: &Sources<'_>,
) -> (Vec<String>, usize) {
    let (mut nodes, mut added) = (way.nodes.clone(), 0);
    let mut seen = BTreeSet::from([at]);
    while nodes.len() < LONGEST {
        let Some(first) = nodes.first().filter(|id| sources.is_outlet(id)) else { break };
        let upstream = ways
            .iter()
            .find(|(other, way)| !seen.contains(other) && digests[**other].publisher() == first && way.nodes.len() > 1);
        let Some((&other, upstream)) = upstream else { break };
        seen.insert(other);
        // Its own last link is the outlet itself.
        let before: Vec<String> = upstream.nodes[..upstream.nodes.len() - 1].to_vec();
        if before.iter().any(|id| nodes.contains(id)) {
            break;
        }
        added += before.len();
        nodes.splice(0..0, before);
    }
    (nodes, added)
}

/// Origins with a name beside those of the ways: of a claim that an article gives as two sources' words.
fn further(
    group: &Group,
    digests: &[Digest],
    sources: &Sources<'_>,
    ways: &BTreeMap<At, (Vec<String>, usize)>,
) -> Vec<String> {
    let mut out = Vec::new();
    for mention in &group.mentions {
        let Some(voice) = mention.voice else { continue };
        let Some(attribution) = digests[mention.article].attributions.get(voice) else { continue };
        let Some(origin) = sources.chain(mention.article, voice, attribution).into_iter().next() else { continue };
        // A headline names in short whom the text below it names.
        let named = |nodes: &(Vec<String>, usize)| nodes.0.first().is_some_and(|id| sources.is_named(id));
        if in_title(mention.span, &digests[mention.article]) && ways.get(&mention.article).is_some_and(named) {
            continue;
        }
        let publisher = digests[mention.article].publisher();
        let outlet_at_hand = sources.is_outlet(&origin)
            && ways.keys().any(|at| digests[*at].publisher() == origin && *at != mention.article);
        if sources.is_named(&origin) && origin != publisher && !outlet_at_hand {
            out.push(origin);
        }
    }
    out
}

/// The claim in the fewest words that say most of what the articles say, a lead first.
fn text(group: &Group, digests: &[Digest]) -> String {
    // In the language of most of them.
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    group.mentions.iter().for_each(|m| *languages.entry(digests[m.article].language()).or_default() += 1);
    let most = languages.iter().max_by_key(|(tag, n)| (**n, std::cmp::Reverse(**tag))).map_or("", |(tag, _)| *tag);
    let own: Vec<&Mention> = group.mentions.iter().filter(|m| digests[m.article].language() == most).collect();
    let terms = |m: &Mention| digests[m.article].terms_in(m.span).map(|t| t.key).collect::<BTreeSet<u64>>();
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    own.iter().flat_map(|m| terms(m)).for_each(|key| *counts.entry(key).or_default() += 1);
    counts.retain(|_, n| *n * 3 >= own.len());
    let says = |m: &Mention| terms(m).iter().filter_map(|key| counts.get(key)).sum::<usize>();
    let all = own.iter().map(|m| says(m)).max().unwrap_or(0);
    let mention = own.iter().min_by_key(|m| {
        let sentence = digests[m.article].sentence_at(m.span.start).map(|i| &digests[m.article].sentences[i]);
        let title = sentence.is_some_and(|s| s.kind == BlockKind::Title);
        let lead = sentence.is_some_and(|s| s.paragraph <= 2);
        let little = says(m) * 4 < all * 3;
        // Nor in a number that few give.
        let own_number = |t: &crate::story::terms::Term| t.kind == TermKind::Number && !counts.contains_key(&t.key);
        let odd = digests[m.article].terms_in(m.span).any(own_number);
        (title, little, odd, !lead, m.voice.is_none(), m.span.len(), m.article)
    });
    mention.map_or_else(String::new, |m| {
        digests[m.article].article.words(m.span).split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// All links of the claims' ways, each once, with the articles that they rest on.
pub fn edges(claims: &[Claim]) -> Vec<Edge> {
    let mut all: BTreeMap<(String, String), (EdgeKind, BTreeSet<At>)> = BTreeMap::new();
    for path in claims.iter().flat_map(|c| &c.paths) {
        for (i, pair) in path.nodes.windows(2).enumerate() {
            let kind = if i < path.inferred { EdgeKind::Inferred } else { EdgeKind::Declared };
            let entry = all.entry((pair[0].clone(), pair[1].clone())).or_insert((kind, BTreeSet::new()));
            entry.0 = entry.0.min(kind);
            entry.1.extend(&path.articles);
        }
    }
    let edge = |((from, to), (kind, articles)): ((String, String), (EdgeKind, BTreeSet<At>))| Edge {
        from,
        to,
        kind,
        articles: articles.into_iter().collect(),
    };
    all.into_iter().map(edge).collect()
}

/// A circle: outlets that give each other as where they have a claim from, with the articles that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Ids, the first one once more at the end.
    pub nodes: Vec<String>,
    /// The articles whose words make it, in the order of the links.
    pub articles: Vec<At>,
    /// Where each of them says so.
    pub spans: Vec<Span>,
}

/// The circles of a claim. An outlet that names a source behind the one it cites closes none.
pub fn circles(group: &Group, digests: &[Digest], sources: &Sources<'_>) -> Vec<Circle> {
    // Who cites whom as the origin.
    let mut cites: BTreeMap<String, Vec<(String, At, Span)>> = BTreeMap::new();
    for at in group.mentions.iter().map(|m| m.article).collect::<BTreeSet<At>>() {
        let digest = &digests[at];
        let Some(way) = way(group, at, digest, sources) else { continue };
        let publisher = digest.publisher().to_owned();
        let Some(origin) = way.nodes.first().filter(|id| sources.is_outlet(id) && **id != publisher) else { continue };
        if publisher == "unknown" || !sources.is_named(origin) {
            continue;
        }
        let span = way.declared_by.unwrap_or_default();
        cites.entry(publisher).or_default().push((origin.clone(), at, span));
    }
    let mut out: Vec<Circle> = Vec::new();
    for start in cites.keys() {
        let mut path: Vec<(String, At, Span)> = Vec::new();
        let mut at = start.clone();
        while let Some((origin, article, span)) = cites.get(&at).and_then(|list| list.first()) {
            path.push((at.clone(), *article, *span));
            at.clone_from(origin);
            if at == *start || path.len() > LONGEST {
                break;
            }
        }
        // Each circle once, from its first id on.
        let least = path.iter().map(|(id, ..)| id).min();
        if at == *start && path.len() > 1 && least == Some(start) {
            let mut nodes: Vec<String> = path.iter().map(|(id, ..)| id.clone()).collect();
            nodes.reverse();
            let last = nodes.first().cloned().unwrap_or_default();
            nodes.push(last);
            out.push(Circle {
                nodes,
                articles: path.iter().map(|(_, a, _)| *a).collect(),
                spans: path.iter().map(|(.., s)| *s).collect(),
            });
        }
    }
    out
}

/// Links that shared text shows and the later article does not name.
pub fn missing(reuse: &[Reuse], members: &[Member]) -> Vec<Edge> {
    let bare = reuse.iter().filter(|r| r.verdict == ReuseVerdict::Uncredited);
    let node = |at: At| match members[at].publisher.as_str() {
        "unknown" => members[at].key.clone(),
        id => id.to_owned(),
    };
    let edge =
        |r: &Reuse| Edge { from: node(r.from), to: node(r.to), kind: EdgeKind::Missing, articles: vec![r.from, r.to] };
    bare.map(edge).collect()
}
