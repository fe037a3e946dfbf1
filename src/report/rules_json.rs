//! What tests of rules came to, for programs.

use serde::Serialize;

use crate::inspect::{NearMiss, ReadingView};
use crate::rules::rule_files::RuleFiles;
use crate::selftest::{Counted, Failure, SelfTest};
use crate::text::span::Span;
use crate::workbench::coverage::{Combination, LanguageCoverage};

/// The name of the form.
const SCHEMA: &str = "secondhand/rules-test/v1";

/// The outcome of `rules test`.
#[derive(Debug, Serialize)]
pub struct TestOut<'a> {
    schema: &'static str,
    rules: &'a str,
    passed: usize,
    failed: usize,
    languages: Vec<LanguageOut<'a>>,
    failures: Vec<FailureOut<'a>>,
    coverage: Option<Vec<CoverageOut<'a>>>,
}

impl<'a> TestOut<'a> {
    /// The outcome of a run with the rules whose hash is `rules`.
    pub fn new(
        rules: &'a str,
        tested: &'a SelfTest,
        coverage: Option<&'a [LanguageCoverage]>,
        files: &RuleFiles,
    ) -> TestOut<'a> {
        TestOut {
            schema: SCHEMA,
            rules,
            passed: tested.passed,
            failed: tested.failures.len(),
            languages: tested.languages.iter().map(LanguageOut::from).collect(),
            failures: tested.failures.iter().map(|failed| FailureOut::new(failed, files)).collect(),
            coverage: coverage.map(|languages| languages.iter().map(CoverageOut::from).collect()),
        }
    }
}

#[derive(Debug, Serialize)]
struct LanguageOut<'a> {
    tag: &'a str,
    name: &'a str,
    patterns: usize,
    reads: usize,
    ignores: usize,
    failed: usize,
}

impl<'a> From<&'a Counted> for LanguageOut<'a> {
    fn from(it: &'a Counted) -> LanguageOut<'a> {
        LanguageOut {
            tag: &it.tag,
            name: &it.name,
            patterns: it.patterns,
            reads: it.reads,
            ignores: it.ignores,
            failed: it.failed,
        }
    }
}

/// A part of a sentence: bytes of it, and its words.
#[derive(Debug, Serialize)]
pub struct PartOut<'a> {
    part: &'a str,
    text: &'a str,
    start: u32,
    end: u32,
}

/// The parts of a reading of `text`.
pub fn parts<'a>(list: &'a [(String, Span)], text: &'a str) -> Vec<PartOut<'a>> {
    let part = |(name, span): &'a (String, Span)| PartOut {
        part: name,
        text: span.of(text),
        start: span.start,
        end: span.end,
    };
    list.iter().map(part).collect()
}

#[derive(Debug, Serialize)]
struct FailureOut<'a> {
    rule: &'a str,
    key: &'a str,
    file: String,
    line: u32,
    sentence: &'a str,
    expected: Vec<PartOut<'a>>,
    read: Option<ReadOut<'a>>,
    why: &'a [String],
    near: Option<NearOut<'a>>,
}

impl<'a> FailureOut<'a> {
    fn new(it: &'a Failure, files: &RuleFiles) -> FailureOut<'a> {
        FailureOut {
            rule: &it.rule,
            key: it.key,
            file: files.shown(&it.location),
            line: it.location.line,
            sentence: &it.sentence,
            expected: parts(&it.expected, &it.sentence),
            read: it.read.as_ref().map(|read| ReadOut::new(read, &it.sentence)),
            why: &it.why,
            near: it.near.as_ref().map(|near| NearOut::new(near, &it.sentence)),
        }
    }
}

/// How a rule read a sentence.
#[derive(Debug, Serialize)]
pub struct ReadOut<'a> {
    rule: &'a str,
    means: &'a str,
    parts: Vec<PartOut<'a>>,
    chain: &'a [String],
    lost: Option<&'a str>,
}

impl<'a> ReadOut<'a> {
    /// The reading of `text`.
    pub fn new(read: &'a ReadingView, text: &'a str) -> ReadOut<'a> {
        ReadOut {
            rule: &read.rule,
            means: &read.means,
            parts: parts(&read.parts, text),
            chain: &read.chain,
            lost: read.why_lost.as_deref(),
        }
    }
}

#[derive(Debug, Serialize)]
struct NearOut<'a> {
    rule: &'a str,
    matched: &'a str,
    stopped: usize,
    why: &'a str,
}

impl<'a> NearOut<'a> {
    fn new(near: &'a NearMiss, text: &'a str) -> NearOut<'a> {
        NearOut { rule: &near.rule, matched: near.matched.of(text), stopped: near.stopped_at, why: &near.why }
    }
}

#[derive(Debug, Serialize)]
struct CoverageOut<'a> {
    language: &'a str,
    sentences: usize,
    combinations: usize,
    wordings: ShareOut,
    variants: ShareOut,
    entries: ShareOut,
    patterns: Vec<PatternOut<'a>>,
    unread_entries: Vec<EntryOut<'a>>,
}

#[derive(Debug, Serialize)]
struct ShareOut {
    all: usize,
    read: usize,
}

impl From<(usize, usize)> for ShareOut {
    fn from((all, read): (usize, usize)) -> ShareOut {
        ShareOut { all, read }
    }
}

#[derive(Debug, Serialize)]
struct PatternOut<'a> {
    id: &'a str,
    sentences: usize,
    wordings: Vec<WordingOut<'a>>,
    combinations: Vec<CombinationOut<'a>>,
}

#[derive(Debug, Serialize)]
struct WordingOut<'a> {
    written: &'a str,
    variants: ShareOut,
    unread: &'a [String],
}

#[derive(Debug, Serialize)]
struct CombinationOut<'a> {
    wording: &'a str,
    variant: usize,
    entries: &'a [String],
    order: &'a [&'static str],
    kinds: Vec<KindOut>,
}

#[derive(Debug, Serialize)]
struct KindOut {
    slot: &'static str,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct EntryOut<'a> {
    lexicon: &'a str,
    entry: &'a str,
    form: &'a str,
    written: &'a str,
}

impl<'a> From<&'a LanguageCoverage> for CoverageOut<'a> {
    fn from(it: &'a LanguageCoverage) -> CoverageOut<'a> {
        let sums = it.sums();
        let pattern = |p: &'a crate::workbench::coverage::PatternCoverage| PatternOut {
            id: &p.id,
            sentences: p.sentences,
            wordings: p
                .wordings
                .iter()
                .map(|w| WordingOut { written: &w.written, variants: (w.variants, w.read).into(), unread: &w.unread })
                .collect(),
            combinations: p.combinations.iter().map(CombinationOut::from).collect(),
        };
        let entry = |(e, _): &'a (crate::workbench::entries::Entry, bool)| EntryOut {
            lexicon: &e.lexicon,
            entry: &e.id,
            form: &e.form,
            written: &e.written,
        };
        CoverageOut {
            language: &it.tag,
            sentences: sums.sentences,
            combinations: sums.combinations,
            wordings: sums.wordings.into(),
            variants: sums.variants.into(),
            entries: sums.entries.into(),
            patterns: it.patterns.iter().map(pattern).collect(),
            unread_entries: it.entries.iter().filter(|(_, met)| !met).map(entry).collect(),
        }
    }
}

impl<'a> From<&'a Combination> for CombinationOut<'a> {
    fn from(it: &'a Combination) -> CombinationOut<'a> {
        CombinationOut {
            wording: &it.wording,
            variant: it.variant,
            entries: &it.entries,
            order: &it.order,
            kinds: it.kinds.iter().map(|(slot, kind)| KindOut { slot, kind }).collect(),
        }
    }
}
