//! What the comparison shows in one article, as policies ask for it.

use crate::policy::condition::Value;
use crate::policy::facts::{Fact, FactId};
use crate::story::model::{At, ReuseVerdict, Verdict};
use crate::text::span::Span;

/// Something that only the comparison of articles shows, in one of them.
#[derive(Debug, Clone, Default)]
pub struct Observation {
    /// A word of the fact `found`.
    pub found: &'static str,
    /// A word of the fact `verdict`.
    pub verdict: Option<&'static str>,
    /// The article whose words it is about.
    pub article: At,
    /// Those words, in bytes of the article's buffer.
    pub span: Span,
    /// Index of the attribution it is about.
    pub attribution: Option<usize>,
    /// Other places that it rests on, and what they have to do with it.
    pub related: Vec<(At, Span)>,
    /// How many articles it rests on.
    pub articles: usize,
    /// Of a claim: its independent origins.
    pub independent: Option<usize>,
    /// Whether it is told which article is the earlier one.
    pub ordered: Option<bool>,
    /// Of an utterance: whether it was said in another language.
    pub foreign: Option<bool>,
    /// Of shared text: the share of the later article, in percent.
    pub share: Option<u32>,
    /// Of shared text: words of the longest run.
    pub longest: Option<u32>,
    /// Of a claim: whether its one origin can be asked and is no outlet.
    pub competent: Option<bool>,
    /// What placeholders stand for.
    pub values: Vec<(&'static str, String)>,
}

impl Observation {
    /// What a fact is of it.
    pub fn ask(&self, fact: &Fact) -> Value<'_> {
        let number =
            |n: Option<usize>| n.map_or(Value::Unknown, |n| Value::Number(u32::try_from(n).unwrap_or(u32::MAX)));
        let flag = |f: Option<bool>| f.map_or(Value::Unknown, Value::Flag);
        match fact.id {
            FactId::Found => Value::Word(self.found),
            FactId::Verdict => Value::perhaps(self.verdict),
            FactId::Articles => number(Some(self.articles)),
            FactId::IndependentOrigins => number(self.independent),
            FactId::Ordered => flag(self.ordered),
            FactId::Foreign => flag(self.foreign),
            FactId::SharedPercent => self.share.map_or(Value::Unknown, Value::Number),
            FactId::LongestRun => self.longest.map_or(Value::Unknown, Value::Number),
            FactId::Competent => flag(self.competent),
            _ => Value::Unknown,
        }
    }

    /// What a placeholder stands for; empty where it says nothing here.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }
}

/// The word of a verdict on an utterance.
pub fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Translated => "translated",
        Verdict::Mismatch => "mismatch",
    }
}

/// The word of a verdict on shared text.
pub fn shared(verdict: ReuseVerdict) -> &'static str {
    match verdict {
        ReuseVerdict::Credited => "credited",
        ReuseVerdict::Uncredited => "uncredited",
        ReuseVerdict::Syndicated => "syndicated",
        ReuseVerdict::Undated => "undated",
    }
}
