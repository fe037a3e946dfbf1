//! One article read by two sets of rules: what the second reads and flags newly, no longer, or otherwise.

use crate::article::Article;
use crate::attribution::model::Attribution;
use crate::record::{ArticleRecord, Finding};
use crate::text::span::Span;

/// How a reading or finding changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is there now and was not before.
    New,
    /// It was there before and is no longer.
    Gone,
    /// It is there both times, and not the same.
    Other,
}

/// An attribution or finding as it is shown; spans are bytes of the article's buffer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The rule that read it, or the code of the policy.
    pub rule: String,
    /// Source, cue and content; `marked` for the words of a finding.
    pub parts: Vec<(String, Span)>,
    /// The chain, origin first; empty for findings.
    pub chain: Vec<String>,
    /// What the finding says; empty for attributions.
    pub message: String,
    /// How much the finding matters; empty for attributions.
    pub severity: &'static str,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How it changed.
    pub change: Change,
    /// True for a finding, false for an attribution.
    pub finding: bool,
    /// As the first rules have it.
    pub before: Option<Seen>,
    /// As the second rules have it.
    pub after: Option<Seen>,
}

/// All differences in one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The article, as the second rules see it.
    pub article: Article,
    /// In the order of the text, attributions first.
    pub differences: Vec<Difference>,
    /// Attributions that are the same both times.
    pub same: usize,
    /// Those of them that another rule reads now.
    pub by_another_rule: usize,
}

impl Difference {
    /// All that it rests on.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.before.iter().chain(&self.after).flat_map(|seen| seen.parts.iter().map(|(_, span)| *span))
    }

    fn start(&self) -> u32 {
        self.spans().map(|span| span.start).min().unwrap_or(0)
    }
}

/// Compares what two sets of rules make of one article.
pub fn compare(before: &ArticleRecord, after: ArticleRecord) -> Compared {
    let mut differences = Vec::new();
    let (mut same, mut by_another_rule) = (0, 0);
    let paired = pairs(&before.attributions, &after.attributions, alike, meets);
    for (old, new) in paired {
        let (old, new) = (old.map(|i| &before.attributions[i]), new.map(|i| &after.attributions[i]));
        match (old, new) {
            (Some(old), Some(new)) if alike(old, new) => {
                same += 1;
                by_another_rule += usize::from(old.rule != new.rule);
            }
            (old, new) => differences.extend(difference(old.map(attribution), new.map(attribution), false)),
        }
    }
    differences.sort_by_key(Difference::start);
    let equal = |a: &Finding, b: &Finding| a.code == b.code && a.span == b.span;
    let near = |a: &Finding, b: &Finding| a.code == b.code && a.span.overlaps(b.span);
    let mut findings = Vec::new();
    for (old, new) in pairs(&before.findings, &after.findings, equal, near) {
        let (old, new) = (old.map(|i| finding(&before.findings[i])), new.map(|i| finding(&after.findings[i])));
        if old != new {
            findings.extend(difference(old, new, true));
        }
    }
    findings.sort_by_key(Difference::start);
    differences.append(&mut findings);
    Compared { article: after.article, differences, same, by_another_rule }
}

/// Pairs of the same thing, surest first: those for which `equal` holds, then those for which `near` does; what is left stands
/// alone.
fn pairs<T>(
    old: &[T],
    new: &[T],
    equal: impl Fn(&T, &T) -> bool,
    near: impl Fn(&T, &T) -> bool,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut partner: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for sure in [true, false] {
        for (i, a) in old.iter().enumerate().filter(|(i, _)| partner.get(*i) == Some(&None)).collect::<Vec<_>>() {
            let fits = |b: &T| if sure { equal(a, b) } else { near(a, b) };
            if let Some(k) = (0..new.len()).find(|&k| !taken[k] && fits(&new[k])) {
                partner[i] = Some(k);
                taken[k] = true;
            }
        }
    }
    let mut out: Vec<_> = partner.into_iter().enumerate().map(|(i, k)| (Some(i), k)).collect();
    out.extend((0..new.len()).filter(|&k| !taken[k]).map(|k| (None, Some(k))));
    out
}

/// True for attributions with the same words in the same parts, and the same chain.
fn alike(a: &Attribution, b: &Attribution) -> bool {
    a.source == b.source
        && a.cue == b.cue
        && a.content == b.content
        && a.chain.nodes == b.chain.nodes
        && a.kind == b.kind
}

/// True for attributions by the same cue; where one has none, of the same content.
fn meets(a: &Attribution, b: &Attribution) -> bool {
    match (a.cue, b.cue) {
        (Some(a), Some(b)) => a.overlaps(b),
        _ => a.content.iter().any(|x| b.content.contains(x)),
    }
}

fn difference(before: Option<Seen>, after: Option<Seen>, finding: bool) -> Option<Difference> {
    let change = match (&before, &after) {
        (None, Some(_)) => Change::New,
        (Some(_), None) => Change::Gone,
        (Some(_), Some(_)) => Change::Other,
        (None, None) => return None,
    };
    Some(Difference { change, finding, before, after })
}

fn attribution(it: &Attribution) -> Seen {
    let mut parts: Vec<(String, Span)> = it.content.iter().map(|span| ("content".to_owned(), *span)).collect();
    parts.extend(it.cue.map(|span| ("cue".to_owned(), span)));
    parts.extend(it.source.as_ref().map(|source| ("source".to_owned(), source.span)));
    parts.sort_by_key(|(_, span)| (span.start, span.end));
    Seen { rule: it.rule.clone(), parts, chain: it.chain.nodes.clone(), message: String::new(), severity: "" }
}

fn finding(it: &Finding) -> Seen {
    Seen {
        rule: it.code.clone(),
        parts: vec![("marked".to_owned(), it.span)],
        chain: Vec::new(),
        message: it.message.clone(),
        severity: it.severity.word(),
    }
}

/// How many differences of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Newly read, no longer read, read otherwise.
    pub attributions: [usize; 3],
    /// Newly flagged, no longer flagged, flagged otherwise.
    pub findings: [usize; 3],
    /// Articles in all.
    pub articles: usize,
    /// Articles with some difference.
    pub touched: usize,
    /// Attributions that are the same both times, and those of them that another rule reads.
    pub same: (usize, usize),
}

impl Counts {
    /// Adds one article.
    pub fn add(&mut self, compared: &Compared) {
        self.articles += 1;
        self.touched += usize::from(!compared.differences.is_empty());
        self.same.0 += compared.same;
        self.same.1 += compared.by_another_rule;
        for difference in &compared.differences {
            let list = if difference.finding { &mut self.findings } else { &mut self.attributions };
            let at = match difference.change {
                Change::New => 0,
                Change::Gone => 1,
                Change::Other => 2,
            };
            list[at] += 1;
        }
    }
}
