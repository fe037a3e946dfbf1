//! What the engine hands over for one article.

use crate::article::Article;
use crate::attribution::model::Attribution;

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

/// Something in an article that a policy flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {}

/// An article with all that was read in it. It depends on nothing but the article and the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRecord {
    /// The article as it was read from the input.
    pub article: Article,
    /// Who said what, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// What policies flag.
    pub findings: Vec<Finding>,
    /// How much was audited.
    pub status: Status,
}
