//! What the engine hands over for one article.

use crate::article::Article;
use crate::attribution::model::Attribution;
use crate::text::span::Span;

/// How much of an article was audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// All of it.
    Audited,
    /// A part of it; the article's limits say what was left out.
    Partly,
    /// Nothing of it; the article's limits say why.
    NotAudited,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For information.
    Note,
    /// Should be looked at.
    Warning,
    /// Must be settled.
    Error,
}

impl Severity {
    /// The word in rules and reports.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A further place that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its words, in bytes of the buffer.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
}

/// Something in an article that a policy flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the policy: `vague-source`.
    pub code: String,
    /// As the profile in force and the stakes have it.
    pub severity: Severity,
    /// The question that the editor is asked.
    pub title: String,
    /// What was found, in the article's language where the policy has it.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The marked words, in bytes of the buffer.
    pub span: Span,
    /// Index of the attribution it is about.
    pub attribution: Option<usize>,
    /// Repeats of the same finding and other places it rests on.
    pub related: Vec<Related>,
    /// How much is at stake, for ranking: 0 nothing, more is worse.
    pub stakes: u8,
    /// Id of the policy, with its file.
    pub policy: String,
    /// `f1:` and a hash of code, article and words (contract.md).
    pub fingerprint: String,
}

impl Finding {
    /// Further places where the same was found: related places that say nothing but the question.
    pub fn repeats(&self) -> impl Iterator<Item = &Related> {
        self.related.iter().filter(|related| self.is_repeat(related))
    }

    /// True where a related place is a repeat of this finding and no other thing it rests on.
    pub fn is_repeat(&self, related: &Related) -> bool {
        related.message.is_empty() || related.message == self.title
    }
}

/// An article with all that was read in it. It depends on nothing but the article and the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRecord {
    /// The article, its blocks completed by the dateline.
    pub article: Article,
    /// Who said what, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// What policies flag.
    pub findings: Vec<Finding>,
    /// How much was audited.
    pub status: Status,
}
