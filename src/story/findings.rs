//! Policies of the story stage, held against what the comparison shows.

use std::collections::{BTreeMap, HashMap};

use xxhash_rust::xxh3::xxh3_128;

use crate::policy::condition::{Truth, holds};
use crate::policy::facts::{Fact, Stage, SubjectKind};
use crate::policy::finding::normalised;
use crate::policy::pending::Pending;
use crate::policy::profile::Profile;
use crate::rules::check_policy::FALLBACK;
use crate::rules::policy::{Condition, OncePer, Policy};
use crate::story::digest::Digest;
use crate::story::model::{At, Claim, Mention, StoryFinding};
use crate::story::observation::Observation;

/// What the policies flag in a story by `profile`, in the order of articles and words.
pub fn findings(
    seen: &[Observation],
    digests: &[Digest],
    settled: Vec<StoryFinding>,
    policies: &[Policy],
    profile: &Profile,
) -> Vec<StoryFinding> {
    let mut out: Vec<StoryFinding> = Vec::new();
    for policy in policies.iter().filter(|p| p.stage == Stage::Story && p.flags == SubjectKind::Story) {
        if profile.is_off(policy) {
            continue;
        }
        for observation in seen {
            let Some(finding) = flag(policy, profile, observation, digests) else { continue };
            let one = |other: &&mut StoryFinding| {
                other.code == finding.code
                    && other.article == finding.article
                    && (other.span == finding.span || policy.once_per == OncePer::Article)
            };
            // The same words once; what else they rest on is kept.
            match out.iter_mut().find(one) {
                Some(first) => {
                    for related in finding.related {
                        let known = first.related.iter().any(|r| (r.0, r.1) == (related.0, related.1));
                        if !known && (related.0, related.1) != (first.article, first.span) {
                            first.related.push(related);
                        }
                    }
                }
                None => out.push(finding),
            }
        }
    }
    out.extend(settled);
    out.sort_by(|a, b| (a.article, a.span, &a.code).cmp(&(b.article, b.span, &b.code)));
    fingerprint(&mut out, digests);
    out
}

/// What policies of single articles flag once the number of independent origins is known. `archive` tells of each article
/// whether it only serves to compare with.
pub fn settled(digests: &[Digest], claims: &[Claim], archive: &[bool]) -> Vec<StoryFinding> {
    let mut out: Vec<StoryFinding> = Vec::new();
    for (at, digest) in digests.iter().enumerate().filter(|(at, _)| !archive.get(*at).copied().unwrap_or(false)) {
        // Of findings that are one, the gravest stands, then the first; the others become related places.
        let mut folded: Vec<(Option<&str>, StoryFinding)> = Vec::new();
        for one in &digest.pending {
            let origins = origins(at, one, claims).map(|n| n.min(one.most));
            let Some((_, finding)) = one.by_origins.iter().find(|(count, _)| *count == origins) else { continue };
            let told = StoryFinding {
                article: at,
                code: finding.code.clone(),
                severity: finding.severity,
                title: finding.title.clone(),
                message: finding.message.clone(),
                help: finding.help.clone(),
                span: finding.span,
                attribution: finding.attribution,
                related: Vec::new(),
                policy: finding.policy.clone(),
                fingerprint: String::new(),
            };
            let key = one.key.as_deref();
            let same = |(other, first): &&mut (Option<&str>, StoryFinding)| {
                first.code == told.code && (first.span == told.span || key.is_some() && *other == key)
            };
            match folded.iter_mut().find(same) {
                Some((_, first)) => {
                    let (kept, other) =
                        if told.severity > first.severity { (told, first.clone()) } else { (first.clone(), told) };
                    let title = other.title.clone();
                    *first = kept;
                    first.related.extend(other.related);
                    if other.span != first.span {
                        first.related.push((at, other.span, title));
                    }
                }
                None => folded.push((key, told)),
            }
        }
        out.extend(folded.into_iter().map(|(_, finding)| finding));
    }
    out
}

/// How many independent origins the claim has that a subject is, or stands in; `None` where no other article has it.
fn origins(at: At, one: &Pending, claims: &[Claim]) -> Option<u32> {
    let mentions = |of: &dyn Fn(&Mention) -> bool| {
        claims.iter().find(|claim| claim.mentions.iter().any(|m| m.article == at && of(m)))
    };
    let by_voice = one.voice.and_then(|voice| mentions(&|m| m.voice == Some(voice)));
    let claim = by_voice.or_else(|| mentions(&|m| m.span.overlaps(one.span)))?;
    u32::try_from(claim.independent).ok()
}

fn flag(policy: &Policy, profile: &Profile, seen: &Observation, digests: &[Digest]) -> Option<StoryFinding> {
    let asked = |condition: &Condition| -> Truth { holds(condition, &|fact: &'static Fact| seen.ask(fact)) };
    let flags = match (asked(&policy.when), policy.unless.as_ref().map(asked)) {
        (Some(false), _) | (_, Some(Some(true))) => false,
        (Some(true), None | Some(Some(false))) => true,
        // Something can't be told: the policy says what to make of that.
        _ => policy.flag_unknown,
    };
    if !flags || seen.span.is_empty() {
        return None;
    }
    let severity = profile.severity(policy, |change| asked(&change.when) == Some(true))?;
    let article = &digests.get(seen.article)?.article;
    let tag = article.language.tag.as_str();
    let spoken = |by: &BTreeMap<String, String>| spoken(by, tag, seen, article.words(seen.span));
    let name = |at: usize| {
        let publisher = digests.get(at).and_then(|d| d.article.publisher.as_ref());
        publisher.map_or_else(|| digests.get(at).map_or(String::new(), |d| d.article.key.clone()), |p| p.name.clone())
    };
    Some(StoryFinding {
        article: seen.article,
        code: policy.code.clone(),
        severity,
        title: spoken(&policy.title),
        message: spoken(&policy.say),
        help: spoken(&policy.help),
        span: seen.span,
        attribution: seen.attribution,
        related: seen.related.iter().map(|&(at, span)| (at, span, name(at))).collect(),
        policy: format!("{}:{}", policy.location.file, policy.code),
        fingerprint: String::new(),
    })
}

/// The text for the article's language, its placeholders filled.
fn spoken(by_language: &BTreeMap<String, String>, tag: &str, seen: &Observation, words: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag);
    let text = [tag, primary, FALLBACK].iter().find_map(|tag| by_language.get(*tag)).or(by_language.values().next());
    let Some(text) = text else { return String::new() };
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else { break };
        match name {
            "words" => out.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" ")),
            _ => out.push_str(seen.value(name)),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn fingerprint(findings: &mut [StoryFinding], digests: &[Digest]) {
    let mut known: HashMap<String, u32> = HashMap::new();
    for finding in findings {
        let Some(article) = digests.get(finding.article).map(|d| &d.article) else { continue };
        let words = normalised(&article.buffer, finding.span);
        let key = format!("{}\u{0}{}\u{0}{words}", finding.code, article.id);
        let ordinal = known.entry(key.clone()).or_insert(0);
        let hashed = format!("{key}\u{0}{ordinal}");
        *ordinal += 1;
        finding.fingerprint = format!("f1:{:032x}", xxh3_128(hashed.as_bytes()));
    }
}
