//! What a draft of rules would change, for programs.

use serde::Serialize;

use super::rules_json::{PartOut, parts};
use crate::workbench::compare::{Change, Compared, Counts, Difference, Seen};

/// The name of the form.
const SCHEMA: &str = "secondhand/rules-try/v1";

/// The outcome of `rules try`.
#[derive(Debug, Serialize)]
pub struct TryOut<'a> {
    schema: &'static str,
    rules_before: &'a str,
    rules_after: &'a str,
    counts: CountsOut,
    articles: Vec<ArticleOut<'a>>,
}

#[derive(Debug, Serialize)]
struct CountsOut {
    articles: usize,
    touched: usize,
    attributions: KindsOut,
    findings: KindsOut,
    same: usize,
    by_another_rule: usize,
}

#[derive(Debug, Serialize)]
struct KindsOut {
    new: usize,
    gone: usize,
    otherwise: usize,
}

impl From<[usize; 3]> for KindsOut {
    fn from([new, gone, otherwise]: [usize; 3]) -> KindsOut {
        KindsOut { new, gone, otherwise }
    }
}

#[derive(Debug, Serialize)]
struct ArticleOut<'a> {
    key: &'a str,
    path: Option<&'a str>,
    record: Option<u64>,
    differences: Vec<DifferenceOut<'a>>,
}

#[derive(Debug, Serialize)]
struct DifferenceOut<'a> {
    change: &'static str,
    what: &'static str,
    before: Option<SeenOut<'a>>,
    after: Option<SeenOut<'a>>,
}

#[derive(Debug, Serialize)]
struct SeenOut<'a> {
    rule: &'a str,
    parts: Vec<PartOut<'a>>,
    chain: &'a [String],
    severity: Option<&'a str>,
    message: Option<&'a str>,
}

impl<'a> TryOut<'a> {
    /// The articles with differences, between the rules whose hashes are given.
    pub fn new(hashes: (&'a str, &'a str), counts: &Counts, articles: &'a [Compared]) -> TryOut<'a> {
        TryOut {
            schema: SCHEMA,
            rules_before: hashes.0,
            rules_after: hashes.1,
            counts: CountsOut {
                articles: counts.articles,
                touched: counts.touched,
                attributions: counts.attributions.into(),
                findings: counts.findings.into(),
                same: counts.same.0,
                by_another_rule: counts.same.1,
            },
            articles: articles.iter().map(ArticleOut::from).collect(),
        }
    }
}

impl<'a> From<&'a Compared> for ArticleOut<'a> {
    fn from(it: &'a Compared) -> ArticleOut<'a> {
        let one = |difference: &'a Difference| DifferenceOut {
            change: match difference.change {
                Change::New => "new",
                Change::Gone => "gone",
                Change::Other => "otherwise",
            },
            what: if difference.finding { "finding" } else { "attribution" },
            before: difference.before.as_ref().map(|seen| SeenOut::new(seen, &it.article.buffer)),
            after: difference.after.as_ref().map(|seen| SeenOut::new(seen, &it.article.buffer)),
        };
        ArticleOut {
            key: &it.article.key,
            path: it.article.path.as_deref(),
            record: it.article.record,
            differences: it.differences.iter().map(one).collect(),
        }
    }
}

impl<'a> SeenOut<'a> {
    fn new(seen: &'a Seen, text: &'a str) -> SeenOut<'a> {
        SeenOut {
            rule: &seen.rule,
            parts: parts(&seen.parts, text),
            chain: &seen.chain,
            severity: Some(seen.severity).filter(|word| !word.is_empty()),
            message: Some(seen.message.as_str()).filter(|message| !message.is_empty()),
        }
    }
}
