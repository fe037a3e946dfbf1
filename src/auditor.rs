//! The library's front door: rules in, articles in, records out.
// TEMPORARY: bodies are placeholders until the engine is merged.

use crate::article::Article;
use crate::record::{ArticleRecord, Status};
use crate::rules::pack::RuleSet;
use crate::text::span::Span;

/// The engine with its rules.
#[derive(Debug)]
pub struct Auditor {
    rules: RuleSet,
}

impl Auditor {
    /// An auditor that works by `rules`.
    pub fn new(rules: RuleSet) -> Auditor {
        Auditor { rules }
    }

    /// The rules in force.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Reads one article.
    pub fn audit(&self, article: Article) -> ArticleRecord {
        ArticleRecord { article, attributions: Vec::new(), findings: Vec::new(), status: Status::Audited }
    }

    /// Tells how one sentence is read; `language` is BCP 47, `None` detects it.
    pub fn explain(&self, sentence: &str, language: Option<&str>) -> SentenceReading {
        let _ = language;
        SentenceReading { text: sentence.to_string(), readings: Vec::new(), lost: Vec::new(), near: Vec::new() }
    }

    /// What one stage makes of an article.
    pub fn dump(&self, stage: Stage, article: Article) -> serde_json::Value {
        let _ = (stage, article);
        serde_json::Value::Null
    }
}

/// A stage that can be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named after what it makes")]
pub enum Stage {
    Lines,
    Blocks,
    Tokens,
    Sentences,
    Quotations,
    Hits,
    Mentions,
    Readings,
    Attributions,
    Chains,
}

impl Stage {
    /// Every stage with its name on the command line, in the order of the pipeline.
    pub const NAMES: [(&'static str, Stage); 10] = [
        ("lines", Stage::Lines),
        ("blocks", Stage::Blocks),
        ("tokens", Stage::Tokens),
        ("sentences", Stage::Sentences),
        ("quotations", Stage::Quotations),
        ("hits", Stage::Hits),
        ("mentions", Stage::Mentions),
        ("readings", Stage::Readings),
        ("attributions", Stage::Attributions),
        ("chains", Stage::Chains),
    ];
}

/// How one sentence was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceReading {
    /// The sentence; spans are bytes of it.
    pub text: String,
    /// The readings that stand.
    pub readings: Vec<ReadingView>,
    /// The readings that lost against another.
    pub lost: Vec<ReadingView>,
    /// The rules that came nearest without matching.
    pub near: Vec<NearMiss>,
}

/// One reading of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingView {
    /// Id of the rule.
    pub rule: String,
    /// What the rule means.
    pub means: String,
    /// Slot (or `cue`) and its bytes in the sentence.
    pub parts: Vec<(String, Span)>,
    /// Chain ids, origin first.
    pub chain: Vec<String>,
    /// Why it lost; `None` where it stands.
    pub why_lost: Option<String>,
}

/// A rule that matched a part of its words and stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// Id of the rule.
    pub rule: String,
    /// What it matched, in bytes of the sentence.
    pub matched: Span,
    /// The byte where it stopped.
    pub stopped_at: usize,
    /// Why.
    pub why: String,
}
