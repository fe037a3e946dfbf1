//! What the comparison shows, put before policies: one observation for each article that it touches.

use crate::story::chains::Circle;
use crate::story::digest::Digest;
use crate::story::model::{
    At, Claim, Conflict, ConflictKind, Member, Mention, Reuse, ReuseVerdict, Side, Utterance, Verdict,
};
use crate::story::observation::{Observation, said, shared};
use crate::story::origin::Sources;
use crate::story::reuse::relays;
use crate::story::voices::NamedElsewhere;
use crate::text::span::Span;

/// Most other articles that a message names.
const NAMED: usize = 3;

/// Everything that the comparison came to.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "named as in the model")]
pub struct Shown<'s> {
    pub claims: &'s [Claim],
    pub utterances: &'s [Utterance],
    pub reuse: &'s [Reuse],
    pub conflicts: &'s [Conflict],
    pub circles: &'s [Circle],
    pub named: &'s [NamedElsewhere],
}

/// What policies are asked about, in no particular order.
pub fn observations(
    shown: &Shown<'_>,
    digests: &[Digest],
    members: &[Member],
    sources: &Sources<'_>,
) -> Vec<Observation> {
    let writer = Writer { digests, members, sources };
    let mut out = Vec::new();
    out.extend(shown.claims.iter().take(1).filter_map(|claim| writer.claim(claim)));
    out.extend(shown.claims.iter().flat_map(|claim| writer.sisters(claim)));
    out.extend(shown.utterances.iter().flat_map(|utterance| writer.utterance(utterance)));
    out.extend(shown.reuse.iter().filter_map(|reuse| writer.reuse(reuse)));
    out.extend(shown.reuse.iter().filter_map(|reuse| writer.lost_credit(reuse)));
    out.extend(shown.conflicts.iter().flat_map(|conflict| writer.conflict(conflict)));
    out.extend(shown.circles.iter().filter_map(|circle| writer.circle(circle)));
    out.extend(shown.named.iter().map(|named| writer.named(named)));
    // Articles of the archive are only compared with.
    out.retain(|o| !members[o.article].archive);
    out
}

struct Writer<'s> {
    digests: &'s [Digest],
    members: &'s [Member],
    sources: &'s Sources<'s>,
}

impl Writer<'_> {
    fn words(&self, at: At, span: Span) -> String {
        self.digests[at].article.words(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn name(&self, id: &str) -> String {
        self.sources.registry().display_name(id)
    }

    fn publisher(&self, at: At) -> String {
        self.members[at].name.clone()
    }

    /// The publishers of some articles, each once, the first few by name.
    fn publishers(&self, articles: impl IntoIterator<Item = At>) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in articles.into_iter().map(|at| self.publisher(at)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let listed = names.join(", ");
        if more > 0 { format!("{listed} +{more}") } else { listed }
    }

    fn chain(&self, nodes: &[String]) -> String {
        nodes.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(" → ")
    }

    /// The claim that most articles carry, at the first that does.
    fn claim(&self, claim: &Claim) -> Option<Observation> {
        let mut firsts: Vec<&Mention> = Vec::new();
        for mention in claim.mentions.iter().filter(|m| !self.members[m.article].archive) {
            if firsts.iter().all(|m| m.article != mention.article) {
                firsts.push(mention);
            }
        }
        let first = firsts.first()?;
        let origins = claim.origins.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ");
        let competent = claim.origins.first().is_some_and(|id| !self.sources.is_outlet(id));
        Some(Observation {
            found: "claim",
            article: first.article,
            span: first.span,
            attribution: first.voice,
            related: firsts[1..].iter().map(|m| (m.article, m.span)).collect(),
            articles: claim.articles.len(),
            // Beside an outlet that doesn't tell where it has the claim from, nobody can say that it has one origin.
            independent: (claim.uncounted.iter().all(|id| !self.sources.is_outlet(id))).then_some(claim.independent),
            competent: Some(competent),
            values: vec![
                ("count", claim.articles.len().to_string()),
                ("origins", origins),
                ("publisher", self.publisher(first.article)),
                ("peer", self.publishers(firsts[1..].iter().map(|m| m.article))),
            ],
            ..Observation::default()
        })
    }

    /// Articles that give a title of their own house as the only origin.
    fn sisters(&self, claim: &Claim) -> Vec<Observation> {
        let mut out: Vec<Observation> = Vec::new();
        for path in &claim.paths {
            let [origin, between @ .., publisher] = path.nodes.as_slice() else { continue };
            let own = origin != publisher && self.sources.same_group(origin, publisher);
            let Some((article, span)) = path.declared_by.filter(|_| own && between.is_empty() && path.inferred == 0)
            else {
                continue;
            };
            out.push(Observation {
                found: "sister-title",
                article,
                span,
                articles: claim.articles.len(),
                independent: Some(claim.independent),
                values: vec![
                    ("origins", self.name(origin)),
                    ("publisher", self.name(publisher)),
                    ("path", self.chain(&path.nodes)),
                ],
                ..Observation::default()
            });
        }
        out
    }

    fn utterance(&self, utterance: &Utterance) -> Vec<Observation> {
        let all = &utterance.renderings;
        let one = all.iter().map(|rendering| {
            let digest = &self.digests[rendering.article];
            let foreign = utterance.spoken.as_deref().map(|spoken| spoken != digest.language());
            let others: Vec<_> = all.iter().filter(|r| r.article != rendering.article).collect();
            // The peer whose words differ most is the one to look at.
            let peer = others.iter().find(|r| utterance.verdict != Verdict::Mismatch || !r.different.is_empty());
            let quote = digest.quotes.iter().find(|q| q.span == rendering.span);
            let differs = utterance.verdict != Verdict::Mismatch || !rendering.different.is_empty();
            differs.then(|| Observation {
                found: "utterance",
                verdict: Some(said(utterance.verdict)),
                article: rendering.article,
                span: rendering.span,
                attribution: quote.map(|q| q.voice),
                related: others.iter().map(|r| (r.article, r.span)).collect(),
                articles: all.len(),
                foreign,
                values: vec![
                    ("speaker", self.name(&utterance.speaker)),
                    ("peer", peer.map_or(String::new(), |r| self.publisher(r.article))),
                    ("other", peer.map_or(String::new(), |r| self.words(r.article, r.span))),
                    ("publisher", self.publisher(rendering.article)),
                    ("count", all.len().to_string()),
                ],
                ..Observation::default()
            })
        });
        one.flatten().collect()
    }

    fn reuse(&self, reuse: &Reuse) -> Option<Observation> {
        let longest = reuse.runs.iter().max_by_key(|(_, here)| here.len())?;
        let (from, to) = (&self.members[reuse.from], &self.members[reuse.to]);
        let percent = (reuse.containment * 100.0).round() as u32;
        let ordered = match (from.moment, to.moment) {
            (Some(a), Some(b)) => a.is_before(&b),
            _ => false,
        };
        Some(Observation {
            found: "shared-text",
            verdict: Some(shared(reuse.verdict)),
            article: reuse.to,
            span: longest.1,
            related: vec![(reuse.from, longest.0)],
            articles: 2,
            ordered: Some(ordered),
            share: Some(percent),
            longest: u32::try_from(reuse.longest_run).ok(),
            values: vec![
                ("peer", from.name.clone()),
                ("publisher", to.name.clone()),
                ("share", percent.to_string()),
                ("other", self.words(reuse.from, longest.0)),
                ("count", reuse.longest_run.to_string()),
            ],
            ..Observation::default()
        })
    }

    /// Shared text that one article gives an outlet for, and the other none.
    fn lost_credit(&self, reuse: &Reuse) -> Option<Observation> {
        if !matches!(reuse.verdict, ReuseVerdict::Uncredited | ReuseVerdict::Undated) {
            return None;
        }
        let seen = self.reuse(reuse)?;
        let outlets = |at: At| -> Vec<String> {
            let carried = relays(&self.digests[at]);
            carried.into_iter().filter(|id| self.sources.is_outlet(id) && self.sources.is_named(id)).collect()
        };
        let (theirs, ours) = (outlets(reuse.from), outlets(reuse.to));
        // Where neither is known to be earlier, the one without a credit is meant.
        let (article, span, related, names) = if ours.is_empty() && !theirs.is_empty() {
            (reuse.to, seen.span, seen.related.clone(), theirs)
        } else if theirs.is_empty() && !ours.is_empty() && reuse.verdict == ReuseVerdict::Undated {
            let (at, there) = seen.related.first().copied()?;
            (at, there, vec![(reuse.to, seen.span)], ours)
        } else {
            return None;
        };
        let names = names.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ");
        let peer = related.first().map_or(String::new(), |(at, _)| self.publisher(*at));
        Some(Observation {
            found: "link",
            article,
            span,
            related,
            values: vec![("peer", peer), ("origins", names), ("publisher", self.publisher(article))],
            ..seen
        })
    }

    fn conflict(&self, conflict: &Conflict) -> Vec<Observation> {
        // What one side lacks is told of that side alone; other differences of each side.
        let lone = matches!(conflict.kind, ConflictKind::Hedge | ConflictKind::Voice | ConflictKind::Chain);
        let told = conflict.members.iter().filter(|side| match conflict.kind {
            ConflictKind::Hedge => side.value.is_empty(),
            ConflictKind::Voice | ConflictKind::Chain => Some(*side) == conflict.members.first(),
            _ => !lone,
        });
        let observation = |side: &Side| {
            let others: Vec<&Side> =
                conflict.members.iter().filter(|o| o.article != side.article && o.value != side.value).collect();
            let peer = others.first();
            let origin = peer.map_or(String::new(), |o| match conflict.kind {
                ConflictKind::Source | ConflictKind::Voice | ConflictKind::Chain => self.name(&o.value),
                _ => o.value.clone(),
            });
            Observation {
                found: conflict.kind.word(),
                article: side.article,
                span: side.span,
                related: others.iter().map(|o| (o.article, o.span)).collect(),
                articles: conflict.members.len(),
                values: vec![
                    ("peer", self.publishers(others.iter().map(|o| o.article))),
                    ("other", peer.map_or(String::new(), |o| self.words(o.article, o.span))),
                    ("origins", origin),
                    ("publisher", self.publisher(side.article)),
                ],
                ..Observation::default()
            }
        };
        told.map(observation).filter(|o| !o.related.is_empty()).collect()
    }

    fn circle(&self, circle: &Circle) -> Option<Observation> {
        let (&article, &span) = circle.articles.first().zip(circle.spans.first())?;
        let moments: Vec<_> = circle.articles.iter().map(|at| self.members[*at].moment).collect();
        let dated = moments.iter().all(Option::is_some);
        let related = circle.articles.iter().zip(&circle.spans).skip(1).map(|(a, s)| (*a, *s)).collect();
        Some(Observation {
            found: "circle",
            article,
            span,
            related,
            articles: circle.articles.len(),
            ordered: Some(dated),
            values: vec![
                ("path", self.chain(&circle.nodes)),
                ("publisher", self.publisher(article)),
                ("peer", self.publishers(circle.articles.iter().skip(1).copied())),
            ],
            ..Observation::default()
        })
    }

    fn named(&self, named: &NamedElsewhere) -> Observation {
        let peers: Vec<At> = named.peers.iter().map(|(at, _)| *at).collect();
        Observation {
            found: "name",
            article: named.article,
            span: named.span,
            attribution: Some(named.voice),
            related: named.peers.clone(),
            articles: peers.len() + 1,
            values: vec![
                ("origins", self.name(&named.name)),
                ("peer", self.publishers(peers)),
                ("publisher", self.publisher(named.article)),
            ],
            ..Observation::default()
        }
    }
}
