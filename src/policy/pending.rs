//! Policies of single articles that ask what only the story knows: what each would flag, for every answer that makes a
//! difference. The story stage picks the one that holds.

use crate::policy::evaluate::{finding, flag};
use crate::policy::facts::{FactId, Stage, SubjectKind};
use crate::policy::page::Page;
use crate::policy::profile::Profile;
use crate::policy::subject::subjects;
use crate::record::Finding;
use crate::rules::policy::{Condition, Policy, Test};
use crate::text::span::Span;

/// What a policy makes of one subject, as far as the article alone tells.
#[derive(Debug, Clone)]
pub struct Pending {
    /// What it is folded by with other subjects of the policy; `None`: nothing.
    pub key: Option<String>,
    /// The subject's words, in bytes of the buffer.
    pub span: Span,
    /// Index of the attribution that it is, or belongs to.
    pub voice: Option<usize>,
    /// What is flagged, by the number of independent origins: `None` where the story doesn't know it, the last number for more.
    pub by_origins: Vec<(Option<u32>, Finding)>,
    /// The last number that makes a difference.
    pub most: u32,
}

/// What the policies that ask the story may flag in an article.
pub fn pending(page: &Page<'_>, policies: &[Policy], profile: &Profile) -> Vec<Pending> {
    let mut out = Vec::new();
    for policy in policies {
        if policy.stage != Stage::Story || policy.flags == SubjectKind::Story || profile.is_off(policy) {
            continue;
        }
        let changes = policy.severity_when.iter().map(|change| &change.when);
        let most =
            std::iter::once(&policy.when).chain(&policy.unless).chain(changes).map(largest).max().unwrap_or(0) + 1;
        for subject in subjects(page, policy.flags) {
            let mut one = Pending { key: None, span: subject.span, voice: subject.voice, by_origins: Vec::new(), most };
            for count in std::iter::once(None).chain((0..=most).map(Some)) {
                page.worked_out.origins.set(count);
                if let Some(flagged) = flag(page, policy, profile, &subject) {
                    one.by_origins.push((count, finding(page, policy, &flagged)));
                    one.key = flagged.key.map(|key| format!("{}\u{0}{key}", policy.code));
                }
            }
            page.worked_out.origins.set(None);
            if !one.by_origins.is_empty() {
                out.push(one);
            }
        }
    }
    out
}

/// The largest number that a condition holds the story's number against.
fn largest(condition: &Condition) -> u32 {
    let of = |test: &Test| match test {
        Test::AtLeast(fact, number) | Test::AtMost(fact, number) if fact.id == FactId::IndependentOrigins => *number,
        Test::AnyOf(conditions) => conditions.iter().map(largest).max().unwrap_or(0),
        Test::Not(condition) => largest(condition),
        _ => 0,
    };
    condition.0.iter().map(of).max().unwrap_or(0).min(MOST)
}

/// Origins beyond which a policy's number makes no difference any more.
const MOST: u32 = 20;
