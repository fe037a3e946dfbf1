//! The comparison as a whole: from the digests of the articles on one event to the story's record.

use xxhash_rust::xxh3::xxh3_64;

use crate::article::BlockKind;
use crate::policy::profile::Profile;
use crate::rules::policy::Policy;
use crate::sources::registry::Registry;
use crate::story::digest::Digest;
use crate::story::findings::{findings, settled};
use crate::story::first::{first, order};
use crate::story::model::{Conflict, ConflictKind, Member, Story};
use crate::story::order::Moment;
use crate::story::origin::Sources;
use crate::story::places::Places;
use crate::story::rarity::Rarity;
use crate::story::seen::{Shown, observations};
use crate::story::{chains, claims, conflict, reuse, utterance, voices};

/// What stories are built with.
#[derive(Debug)]
pub struct Comparer<'r> {
    policies: &'r [Policy],
    registry: &'r Registry,
    profile: &'r Profile,
    places: Places,
    /// Time zone of publishers that the registry has none for: the newsroom's.
    zone: Option<String>,
}

impl<'r> Comparer<'r> {
    /// A comparer by these policies; `zone` is the IANA zone of pages whose publisher has none in the registry.
    pub fn new(
        policies: &'r [Policy],
        registry: &'r Registry,
        profile: &'r Profile,
        zone: Option<String>,
    ) -> Comparer<'r> {
        Comparer { policies, registry, profile, places: Places::new(registry.places(), registry.countries()), zone }
    }

    /// The time zone of an article's clock, as far as it is known.
    pub fn zone(&self, digest: &Digest) -> Option<&str> {
        let entry = self.registry.by_id(digest.publisher()).and_then(|i| self.registry.source(i));
        let own = entry.map(|e| e.time_zone.as_str()).filter(|zone| !zone.is_empty() && *zone != "unknown");
        own.or(self.zone.as_deref())
    }

    /// The story of these articles. `archive` tells of each whether it only serves to compare with.
    pub fn story(&self, digests: &[Digest], archive: &[bool]) -> Story {
        let members: Vec<Member> = digests
            .iter()
            .enumerate()
            .map(|(i, digest)| self.member(digest, archive.get(i).copied().unwrap_or(false)))
            .collect();
        let sources = Sources::new(self.registry, digests);
        let rarity = Rarity::new(digests);
        let groups = claims::claims(digests, &rarity);
        let told: Vec<_> = groups.iter().map(|group| chains::claim(group, digests, &sources, &rarity)).collect();
        let circles: Vec<chains::Circle> = {
            let mut all: Vec<chains::Circle> =
                groups.iter().flat_map(|group| chains::circles(group, digests, &sources)).collect();
            all.sort_by(|a, b| a.nodes.cmp(&b.nodes));
            all.dedup_by(|a, b| a.nodes == b.nodes);
            all
        };
        let shared = reuse::reuse(digests, &members, &sources);
        let utterances = utterance::utterances(digests, &sources);
        let pictures = voices::pictures(digests, &sources, &rarity);
        let mut conflicts: Vec<Conflict> = conflict::figures(digests, &rarity);
        conflicts.extend(conflict::dates(digests, &rarity));
        conflicts.extend(conflict::places(&pictures, digests, &self.places));
        conflicts.extend(voices::picture_conflicts(&pictures, &sources));
        conflicts.extend(voices::blame_conflicts(digests, &rarity));
        conflicts.extend(contradicted(&told, &members, &sources));
        conflicts.sort_by(|a, b| {
            let key = |c: &Conflict| (c.kind, c.members.first().map(|m| (m.article, m.span)));
            key(a).cmp(&key(b))
        });
        let named = voices::named_elsewhere(digests, &sources);
        let order = order(&members);
        let shown = Shown {
            claims: &told,
            utterances: &utterances,
            reuse: &shared,
            conflicts: &conflicts,
            circles: &circles,
            named: &named,
        };
        let seen = observations(&shown, digests, &members, &sources);
        let mut edges = chains::edges(&told);
        edges.extend(chains::missing(&shared, &members));
        let keys: Vec<&str> = members.iter().map(|m| m.key.as_str()).collect();
        Story {
            id: format!("s1:{:016x}", xxh3_64(keys.join("\u{0}").as_bytes())),
            first: first(digests, &members, &order, &told, &sources),
            order,
            cycles: circles.into_iter().map(|c| c.nodes).collect(),
            findings: findings(&seen, digests, settled(digests, &told, archive), self.policies, self.profile),
            ungrouped: ungrouped(&told, &members, self.registry),
            claims: told,
            utterances,
            reuse: shared,
            conflicts,
            edges,
            articles: members,
        }
    }

    fn member(&self, digest: &Digest, archive: bool) -> Member {
        let article = &digest.article;
        let opening = || article.blocks.iter().find(|b| b.kind == BlockKind::Body).map(|b| b.span);
        let title = article.title().or_else(opening).map_or("", |span| article.words(span));
        let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
        let published = article.published.as_ref().map(|p| p.iso.clone());
        Member {
            key: article.key.clone(),
            publisher: digest.publisher().to_owned(),
            name: article.publisher.as_ref().map_or_else(|| article.key.clone(), |p| p.name.clone()),
            language: article.language.tag.clone(),
            title,
            moment: published.as_deref().and_then(|iso| Moment::new(iso, self.zone(digest))),
            published,
            read: !article.limits.iter().any(|limit| limit.code == "language-unsupported"),
            archive,
        }
    }
}

/// Outlets of the story that the registry knows no group of.
fn ungrouped(claims: &[crate::story::model::Claim], members: &[Member], registry: &Registry) -> Vec<String> {
    let nodes = claims.iter().flat_map(|c| &c.paths).flat_map(|p| p.nodes.iter());
    let outlets = nodes.filter(|id| registry.is_outlet(id) && !id.starts_with("class:"));
    let mut out: Vec<String> = outlets.chain(members.iter().map(|m| &m.publisher)).cloned().collect();
    out.sort();
    out.dedup();
    out.retain(|id| id != "unknown" && registry.group(id).is_none());
    out
}

/// Chains that an article declares through an outlet whose own article gives another origin for the same.
fn contradicted(claims: &[crate::story::model::Claim], members: &[Member], sources: &Sources<'_>) -> Vec<Conflict> {
    use crate::story::model::Side;
    let mut out: Vec<Conflict> = Vec::new();
    for claim in claims {
        for path in &claim.paths {
            let [origin, .., last, _] = path.nodes.as_slice() else { continue };
            if path.inferred > 0 || !sources.is_named(origin) || sources.is_outlet(origin) {
                continue;
            }
            // What the cited outlet's own articles say of the same.
            let upstream = claim.paths.iter().filter(|p| p.nodes.last() == Some(last) && p.nodes.len() > 1);
            let own: Vec<_> = upstream.collect();
            let other = |p: &&&crate::story::model::Path| {
                p.nodes
                    .first()
                    .is_some_and(|o| sources.is_named(o) && !sources.is_outlet(o) && !sources.same_body(o, origin))
            };
            if own.is_empty() || !own.iter().all(|p| other(&p)) {
                continue;
            }
            let side = |p: &crate::story::model::Path| {
                let (article, span) = p.declared_by?;
                Some(Side { article, span, value: p.nodes.first().cloned().unwrap_or_default() })
            };
            let members_of: Vec<Side> = side(path).into_iter().chain(own.iter().filter_map(|p| side(p))).collect();
            if members_of.len() > 1 && members_of.iter().all(|s| s.article < members.len()) {
                out.push(Conflict { kind: ConflictKind::Chain, members: members_of });
            }
        }
    }
    out
}
