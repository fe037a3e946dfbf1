//! Policies held against an article: what each flags, repeats folded into one.

use rapidhash::RapidHashMap;

use crate::policy::ask::{ask, at_stake};
use crate::policy::condition::{Truth, holds};
use crate::policy::facts::{Fact, Stage, SubjectKind};
use crate::policy::finding::{fingerprint, normalised, spoken};
use crate::policy::page::Page;
use crate::policy::profile::Profile;
use crate::policy::stakes::weight;
use crate::policy::subject::{Subject, marked, subjects};
use crate::record::{Finding, Related, Severity};
use crate::rules::policy::{Condition, OncePer, Policy};
use crate::text::span::Span;

/// What the policies flag in an article by `profile`, in the order of the text.
pub fn findings(page: &Page<'_>, policies: &[Policy], profile: &Profile) -> Vec<Finding> {
    let mut known: RapidHashMap<SubjectKind, Vec<Subject>> = RapidHashMap::default();
    let mut out = Vec::new();
    for policy in policies {
        if policy.stage == Stage::Story || profile.is_off(policy) {
            continue;
        }
        let subjects = known.entry(policy.flags).or_insert_with(|| subjects(page, policy.flags));
        let flagged: Vec<Flagged> =
            subjects.iter().filter_map(|subject| flag(page, policy, profile, subject)).collect();
        out.extend(fold(page, policy, flagged));
    }
    out.sort_by(|a, b| (a.span, &a.code).cmp(&(b.span, &b.code)));
    fingerprint(&mut out, &page.article.id, &page.article.buffer);
    out
}

/// What a policy flags, not yet put into words, with what it may be folded by.
pub struct Flagged {
    /// What it is folded by; `None`: nothing.
    pub key: Option<String>,
    subject: Subject,
    severity: Severity,
    span: Span,
    stakes: u8,
}

/// What a policy flags in one subject; `None` where it is silent.
pub fn flag(page: &Page<'_>, policy: &Policy, profile: &Profile, subject: &Subject) -> Option<Flagged> {
    let asked = |condition: &Condition| -> Truth { holds(condition, &|fact: &'static Fact| ask(page, subject, fact)) };
    let when = asked(&policy.when);
    if when == Some(false) {
        return None;
    }
    let flags = match (when, policy.unless.as_ref().map(asked)) {
        (_, Some(Some(true))) => false,
        (Some(true), None | Some(Some(false))) => true,
        // Something can't be told: the policy says what to make of that.
        _ => policy.flag_unknown,
    };
    if !flags {
        return None;
    }
    let severity = profile.severity(policy, |change| asked(&change.when) == Some(true))?;
    let span = marked(page, subject, policy.at);
    let stakes = weight(&at_stake(page, subject));
    Some(Flagged { key: key(page, policy.once_per, subject, span), subject: *subject, severity, span, stakes })
}

/// The finding that something flagged is.
pub fn finding(page: &Page<'_>, policy: &Policy, flagged: &Flagged) -> Finding {
    let Flagged { subject, span, .. } = flagged;
    Finding {
        code: policy.code.clone(),
        severity: flagged.severity,
        title: spoken(&policy.title, page, subject, *span),
        message: spoken(&policy.say, page, subject, *span),
        help: spoken(&policy.help, page, subject, *span),
        span: *span,
        attribution: subject.voice,
        related: Vec::new(),
        stakes: flagged.stakes,
        policy: format!("{}:{}", policy.location.file, policy.code),
        fingerprint: String::new(),
    }
}

/// What makes it one with others; `None`: nothing does.
fn key(page: &Page<'_>, once_per: OncePer, subject: &Subject, span: Span) -> Option<String> {
    let voice = subject.voice.map(|i| &page.attributions[i]);
    let words = || normalised(&page.article.buffer, span);
    match once_per {
        OncePer::Each => None,
        OncePer::Article => Some(String::new()),
        OncePer::Words => Some(words()),
        OncePer::Sentence => subject.sentence.map(|i| i.to_string()),
        OncePer::Paragraph => subject.sentence.map(|i| page.sentences[i].paragraph.to_string()),
        OncePer::Source => {
            let id = voice.and_then(|a| a.chain.nodes.first()).filter(|id| *id != "unknown");
            Some(id.cloned().unwrap_or_else(words))
        }
        OncePer::Relay => voice.map(|a| {
            let nodes = &a.chain.nodes;
            nodes.get(1..nodes.len().saturating_sub(1)).unwrap_or(&[]).join(" > ")
        }),
    }
}

/// Of findings that are one, the gravest stands (then the one with most at stake, then one of the body, then the first);
/// the others become related places.
fn fold(page: &Page<'_>, policy: &Policy, flagged: Vec<Flagged>) -> Vec<Finding> {
    let mut groups: Vec<(Option<String>, Vec<Flagged>)> = Vec::new();
    for one in flagged {
        let same = |(key, list): &(Option<String>, Vec<Flagged>)| {
            let repeated = list.iter().any(|other| other.span == one.span);
            key.is_some() && *key == one.key || repeated
        };
        match groups.iter_mut().find(|group| same(group)) {
            Some((_, list)) => list.push(one),
            None => groups.push((one.key.clone(), vec![one])),
        }
    }
    let mut out = Vec::new();
    for (_, mut list) in groups {
        let rank = |one: &Flagged| {
            let in_body = one.subject.sentence.is_some_and(|i| page.sentences[i].paragraph > 0);
            (std::cmp::Reverse(one.severity), std::cmp::Reverse(one.stakes), !in_body, one.span.start)
        };
        list.sort_by_key(rank);
        let mut list = list.into_iter();
        let Some(mut finding) = list.next().map(|first| finding(page, policy, &first)) else { continue };
        let mut spans: Vec<Span> = list.map(|other| other.span).filter(|span| *span != finding.span).collect();
        spans.sort_unstable();
        spans.dedup();
        finding.related = spans.into_iter().map(|span| Related { span, message: policy_title(policy, page) }).collect();
        out.push(finding);
    }
    out
}

/// What a repeat has to do with its finding: the same question.
fn policy_title(policy: &Policy, page: &Page<'_>) -> String {
    let tag = page.article.language.tag.as_str();
    policy.title.get(tag).or_else(|| policy.title.values().next()).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, BlockKind};
    use crate::auditor::{Auditor, plain};
    use crate::policy::profile::{Base, Profile};
    use crate::record::{Finding, Severity};
    use crate::rules::load::{RuleSources, load};

    fn audit(text: &str, profile: Profile) -> (Article, Vec<Finding>) {
        let rules = load(&RuleSources::default()).rules;
        let record = Auditor::new(rules).with_profile(profile).audit(plain(text, "en", BlockKind::Body));
        (record.article, record.findings)
    }

    fn of<'f>(findings: &'f [Finding], code: &str) -> Vec<&'f Finding> {
        findings.iter().filter(|f| f.code == code).collect()
    }

    const TWICE: &str = "Armenian media reported that the post was shut.\n\nThe road was empty.\n\nThe gate stood open.\n\nThe guards had left.\n\nArmenian media said four drivers had been killed.";

    #[test]
    fn repeats_fold_into_the_one_with_most_at_stake() {
        let (article, findings) = audit(TWICE, Profile::default());
        let vague = of(&findings, "vague-source");
        assert_eq!(vague.len(), 1, "{findings:#?}");
        assert_eq!((vague[0].severity, vague[0].related.len()), (Severity::Warning, 1));
        assert!(vague[0].span.start > vague[0].related[0].span.start, "the toll stands, the report folds into it");
        assert_eq!(article.words(vague[0].span), "Armenian media");
        assert!(vague[0].message.contains("Armenian media") && vague[0].stakes > 0);
    }

    #[test]
    fn a_profile_switches_single_codes_off_and_on() {
        let mut own = Profile::built_in(Base::Newsroom);
        own.own.insert("vague-source".to_owned(), None);
        assert!(of(&audit(TWICE, own).1, "vague-source").is_empty());
        let late = "The pier is shut.\nThe boats lie idle.\nThe cranes stand still.\nIt will stay so, the mayor said.";
        assert!(of(&audit(late, Profile::default()).1, "late-attribution").is_empty());
        assert_eq!(of(&audit(late, Profile::built_in(Base::Strict)).1, "late-attribution").len(), 1);
    }

    #[test]
    fn a_named_source_gives_nothing() {
        let (_, findings) =
            audit("The pier is shut, harbour master Anna Keller said on 3 May 2024.", Profile::default());
        assert_eq!(findings, []);
    }
}
