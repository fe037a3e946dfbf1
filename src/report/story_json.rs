//! A story as JSON: the members of `stories` in reports for programs.

use serde::Serialize;

use super::article_json::{LineOut, Lines, WordsOut, place, words};
use crate::story::digest::Digest;
use crate::story::model::{At, Claim, Conflict, Edge, EdgeKind, FirstBasis, Reuse, Story, StoryFinding, Utterance};
use crate::story::observation::{said, shared};
use crate::text::span::Span;

/// One story; field order is the order of the keys.
#[derive(Debug, Serialize)]
pub struct StoryOut<'a> {
    id: &'a str,
    articles: Vec<&'a str>,
    first: Option<FirstOut<'a>>,
    order: OrderOut<'a>,
    claims: Vec<ClaimOut<'a>>,
    utterances: Vec<UtteranceOut<'a>>,
    reuse: Vec<ReuseOut<'a>>,
    conflicts: Vec<ConflictOut<'a>>,
    cycles: &'a [Vec<String>],
    edges: Vec<EdgeOut<'a>>,
    ownership_unknown: &'a [String],
    findings: Vec<FindingOut<'a>>,
}

#[derive(Debug, Serialize)]
struct FirstOut<'a> {
    who: &'a str,
    when: Option<&'a str>,
    basis: &'static str,
    articles: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct OrderOut<'a> {
    told: bool,
    articles: Vec<&'a str>,
    undated: Vec<&'a str>,
    inexact: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ClaimOut<'a> {
    text: &'a str,
    articles: Vec<&'a str>,
    origins: &'a [String],
    vague: &'a [String],
    uncounted: &'a [String],
    independent: usize,
    paths: Vec<&'a [String]>,
    unsourced: Vec<&'a str>,
    mentions: Vec<InArticle<'a>>,
}

/// Words of an article: they are repeated in full, with their place.
#[derive(Debug, Serialize)]
struct InArticle<'a> {
    article: &'a str,
    #[serde(flatten)]
    words: WordsOut<'a>,
}

#[derive(Debug, Serialize)]
struct UtteranceOut<'a> {
    speaker: &'a str,
    language: Option<&'a str>,
    verdict: &'static str,
    renderings: Vec<RenderingOut<'a>>,
}

#[derive(Debug, Serialize)]
struct RenderingOut<'a> {
    #[serde(flatten)]
    at: InArticle<'a>,
    via: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    different: Vec<[u32; 2]>,
}

#[derive(Debug, Serialize)]
struct ReuseOut<'a> {
    from: &'a str,
    to: &'a str,
    containment: f64,
    longest_run_words: usize,
    verdict: &'static str,
    runs: Vec<RunOut>,
}

#[derive(Debug, Serialize)]
struct RunOut {
    from: [u32; 2],
    to: [u32; 2],
}

#[derive(Debug, Serialize)]
struct ConflictOut<'a> {
    kind: &'static str,
    members: Vec<SideOut<'a>>,
}

#[derive(Debug, Serialize)]
struct SideOut<'a> {
    #[serde(flatten)]
    at: InArticle<'a>,
    value: &'a str,
}

#[derive(Debug, Serialize)]
struct EdgeOut<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'static str,
    articles: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct FindingOut<'a> {
    article: &'a str,
    code: &'a str,
    severity: &'static str,
    title: &'a str,
    message: &'a str,
    help: &'a str,
    span: LineOut,
    attribution: Option<usize>,
    related: Vec<RelatedOut<'a>>,
    policy: &'a str,
    fingerprint: &'a str,
}

#[derive(Debug, Serialize)]
struct RelatedOut<'a> {
    article: &'a str,
    #[serde(flatten)]
    span: LineOut,
    message: &'a str,
}

/// The word of an edge's kind.
pub fn edge_word(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Declared => "declared",
        EdgeKind::Inferred => "inferred",
        EdgeKind::Missing => "missing",
    }
}

impl<'a> StoryOut<'a> {
    /// The story, with the digests of its articles in its order.
    pub fn new(story: &'a Story, digests: &'a [Digest]) -> StoryOut<'a> {
        let reader = Reader { story, digests };
        let lines: Vec<Lines<'_>> = digests.iter().map(|d| Lines::new(&d.article)).collect();
        StoryOut {
            id: &story.id,
            articles: story.articles.iter().map(|m| m.key.as_str()).collect(),
            first: story.first.as_ref().map(|first| FirstOut {
                who: &first.who,
                when: first.when.as_deref(),
                basis: match first.basis {
                    FirstBasis::Named => "named",
                    FirstBasis::Unnamed => "unnamed",
                    FirstBasis::Published => "published",
                },
                articles: reader.keys(&first.articles),
            }),
            order: OrderOut {
                told: story.order.told,
                articles: reader.keys(&story.order.articles),
                undated: reader.keys(&story.order.undated),
                inexact: reader.keys(&story.order.unzoned),
            },
            claims: story.claims.iter().map(|c| reader.claim(c)).collect(),
            utterances: story.utterances.iter().map(|u| reader.utterance(u)).collect(),
            reuse: story.reuse.iter().map(|r| reader.reuse(r)).collect(),
            conflicts: story.conflicts.iter().map(|c| reader.conflict(c)).collect(),
            cycles: &story.cycles,
            edges: story.edges.iter().map(|e| reader.edge(e)).collect(),
            ownership_unknown: &story.ungrouped,
            findings: story.findings.iter().filter_map(|f| reader.finding(f, &lines)).collect(),
        }
    }
}

struct Reader<'a> {
    story: &'a Story,
    digests: &'a [Digest],
}

impl<'a> Reader<'a> {
    fn key(&self, at: At) -> &'a str {
        self.story.articles.get(at).map_or("", |m| m.key.as_str())
    }

    fn keys(&self, list: &[At]) -> Vec<&'a str> {
        list.iter().map(|&at| self.key(at)).collect()
    }

    fn at(&self, at: At, span: Span) -> Option<InArticle<'a>> {
        let digest = self.digests.get(at)?;
        Some(InArticle { article: self.key(at), words: words(&digest.article, span) })
    }

    fn bytes(&self, at: At, span: Span) -> [u32; 2] {
        self.digests.get(at).map_or([0, 0], |digest| {
            let (start, end, _) = place(&digest.article, span);
            [start, end]
        })
    }

    fn claim(&self, claim: &'a Claim) -> ClaimOut<'a> {
        ClaimOut {
            text: &claim.text,
            articles: self.keys(&claim.articles),
            origins: &claim.origins,
            vague: &claim.vague,
            uncounted: &claim.uncounted,
            independent: claim.independent,
            paths: claim.paths.iter().map(|p| p.nodes.as_slice()).collect(),
            unsourced: self.keys(&claim.unsourced),
            mentions: claim.mentions.iter().filter_map(|m| self.at(m.article, m.span)).collect(),
        }
    }

    fn utterance(&self, utterance: &'a Utterance) -> UtteranceOut<'a> {
        let renderings = utterance.renderings.iter().filter_map(|r| {
            let different = r.different.iter().map(|&span| self.bytes(r.article, span)).collect();
            Some(RenderingOut { at: self.at(r.article, r.span)?, via: &r.via, different })
        });
        UtteranceOut {
            speaker: &utterance.speaker,
            language: utterance.spoken.as_deref(),
            verdict: said(utterance.verdict),
            renderings: renderings.collect(),
        }
    }

    fn reuse(&self, reuse: &'a Reuse) -> ReuseOut<'a> {
        let run =
            |(from, to): &(Span, Span)| RunOut { from: self.bytes(reuse.from, *from), to: self.bytes(reuse.to, *to) };
        ReuseOut {
            from: self.key(reuse.from),
            to: self.key(reuse.to),
            containment: (reuse.containment * 1000.0).round() / 1000.0,
            longest_run_words: reuse.longest_run,
            verdict: shared(reuse.verdict),
            runs: reuse.runs.iter().map(run).collect(),
        }
    }

    fn conflict(&self, conflict: &'a Conflict) -> ConflictOut<'a> {
        let side =
            |s: &'a crate::story::model::Side| Some(SideOut { at: self.at(s.article, s.span)?, value: &s.value });
        ConflictOut { kind: conflict.kind.word(), members: conflict.members.iter().filter_map(side).collect() }
    }

    fn edge(&self, edge: &'a Edge) -> EdgeOut<'a> {
        EdgeOut { from: &edge.from, to: &edge.to, kind: edge_word(edge.kind), articles: self.keys(&edge.articles) }
    }

    fn finding(&self, finding: &'a StoryFinding, lines: &[Lines<'_>]) -> Option<FindingOut<'a>> {
        let related = finding.related.iter().filter_map(|(at, span, message)| {
            Some(RelatedOut { article: self.key(*at), span: lines.get(*at)?.place(*span), message })
        });
        Some(FindingOut {
            article: self.key(finding.article),
            code: &finding.code,
            severity: finding.severity.word(),
            title: &finding.title,
            message: &finding.message,
            help: &finding.help,
            span: lines.get(finding.article)?.place(finding.span),
            attribution: finding.attribution,
            related: related.collect(),
            policy: &finding.policy,
            fingerprint: &finding.fingerprint,
        })
    }
}
