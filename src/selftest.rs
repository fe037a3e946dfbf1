//! Runs the sentences that rules carry as their tests.

use crate::article::{Article, BlockKind};
use crate::auditor::Auditor;
use crate::ingest::document::Document;
use crate::ingest::error::InputError;
use crate::ingest::form::InputForm;
use crate::ingest::read::{ReadOptions, Reader};
use crate::inspect::ReadingView;
use crate::record::Finding;
use crate::rules::check_policy::FALLBACK;
use crate::rules::pack::{LabelledSentence, Location, Needs, Pattern, Place, SourceEntry};
use crate::rules::policy::Policy;
use crate::sources::lookup::RegistryLookup;
use crate::sources::morphology::Affixes;
use crate::sources::names::NameTarget;
use crate::text::span::Span;
use crate::text::token::tokens;

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct SelfTest {
    /// The number of sentences that were read as they say.
    pub passed: usize,
    /// Those that were not.
    pub failures: Vec<Failure>,
    /// What was tested of each language, in the order of their tags.
    pub languages: Vec<Counted>,
}

/// How much of a language was tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its tag.
    pub tag: String,
    /// Its name in English.
    pub name: String,
    /// The number of its patterns.
    pub patterns: usize,
    /// The number of sentences that its patterns must read.
    pub reads: usize,
    /// The number of near misses that they must leave alone.
    pub ignores: usize,
    /// The number of sentences of both kinds that were not read as they say.
    pub failed: usize,
}

/// A sentence that was not read as its rule says.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Id of the rule.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// Line of the sentence in the file, from 1.
    pub line: u32,
    /// The sentence.
    pub sentence: String,
    /// What the rule asks for.
    pub expected: String,
    /// What was read.
    pub got: String,
}

/// Reads every sentence of `reads` and `ignores` of all rules in force.
pub fn run(auditor: &Auditor) -> SelfTest {
    let mut out = SelfTest::default();
    for pack in &auditor.rules().languages {
        let failed = out.failures.len();
        for pattern in &pack.patterns {
            for sentence in &pattern.reads {
                let verdict = reads(auditor, &pack.tag, pattern, sentence);
                out.note(&pattern.id, &sentence.location, &sentence.text, verdict);
            }
            for (sentence, location) in &pattern.ignores {
                let verdict = ignores(auditor, &pack.tag, pattern, sentence);
                out.note(&pattern.id, location, sentence, verdict);
            }
        }
        out.languages.push(Counted {
            tag: pack.tag.clone(),
            name: pack.name.clone(),
            patterns: pack.patterns.len(),
            reads: pack.patterns.iter().map(|p| p.reads.len()).sum(),
            ignores: pack.patterns.iter().map(|p| p.ignores.len()).sum(),
            failed: out.failures.len() - failed,
        });
    }
    let mut affixes = vec![Affixes::default()];
    affixes.extend(auditor.rules().languages.iter().map(|pack| Affixes::new(Some(&pack.morphology))));
    for source in &auditor.rules().sources {
        for sentence in &source.reads {
            out.note(&source.id, &sentence.location, &sentence.text, names(auditor, &affixes, source, sentence));
        }
        for (sentence, location) in &source.ignores {
            out.note(&source.id, location, sentence, not_named(auditor, source, sentence));
        }
    }
    policies(auditor, &mut out);
    out
}

/// Holds the articles beside policies against them.
fn policies(auditor: &Auditor, out: &mut SelfTest) {
    let lookup = RegistryLookup::new(auditor.registry(), auditor.rules());
    let options = ReadOptions { language: Some(FALLBACK.to_owned()), ..ReadOptions::default() };
    let reader = Reader::new(options, &auditor.rules().languages, &lookup);
    for policy in &auditor.rules().policies {
        for article in &policy.flags_in {
            let verdict = flags(auditor, &reader, policy, article);
            out.note(&policy.code, &article.location, &article.text, verdict);
        }
        for (article, location) in &policy.silent_in {
            let verdict = silent(auditor, &reader, policy, article);
            out.note(&policy.code, location, article, verdict);
        }
    }
}

/// The article of a test: a page in Markdown where it starts with a headline, else running text.
fn article(reader: &Reader<'_>, text: &str) -> Result<Article, InputError> {
    if !text.starts_with("# ") {
        return Ok(reader.article_from_sentences(text));
    }
    let form = InputForm::Markdown;
    let document = Document { input: "test".into(), form, record: None, line: 1, bytes: text.into(), truncated: false };
    reader.article(&document)
}

/// Every labelled stretch must be marked, by a finding or by a place related to it.
fn flags(auditor: &Auditor, reader: &Reader<'_>, policy: &Policy, test: &LabelledSentence) -> Verdict {
    let wanted: Vec<Span> = test.labels.iter().map(|(_, span)| bare(*span, &test.text)).collect();
    let expected = || braced(&wanted, &test.text);
    let article = article(reader, &test.text).map_err(|error| (expected(), error.to_string()))?;
    let found = marked(&auditor.flags(&article, policy), &test.text);
    let missed = wanted.iter().any(|span| !found.contains(span));
    if missed { Err((expected(), braced(&found, &test.text))) } else { Ok(()) }
}

fn silent(auditor: &Auditor, reader: &Reader<'_>, policy: &Policy, text: &str) -> Verdict {
    let article = article(reader, text).map_err(|error| ("silence".to_owned(), error.to_string()))?;
    let found = marked(&auditor.flags(&article, policy), text);
    if found.is_empty() { Ok(()) } else { Err((format!("no {}", policy.code), braced(&found, text))) }
}

fn marked(findings: &[Finding], text: &str) -> Vec<Span> {
    let spans = findings.iter().flat_map(|f| std::iter::once(f.span).chain(f.related.iter().map(|r| r.span)));
    spans.map(|span| bare(span, text)).collect()
}

fn braced(spans: &[Span], text: &str) -> String {
    if spans.is_empty() {
        return "nothing".to_owned();
    }
    spans.iter().map(|span| format!("{{{}}}", span.of(text))).collect::<Vec<_>>().join(" ")
}

/// What was expected and what was got, where they differ.
type Verdict = Result<(), (String, String)>;

impl SelfTest {
    fn note(&mut self, rule: &str, location: &Location, sentence: &str, verdict: Verdict) {
        match verdict {
            Ok(()) => self.passed += 1,
            Err((expected, got)) => self.failures.push(Failure {
                rule: rule.to_owned(),
                file: location.file.to_string(),
                line: location.line,
                sentence: sentence.to_owned(),
                expected,
                got,
            }),
        }
    }
}

/// The kind of block in which a pattern's sentences are read.
fn block_kind(pattern: &Pattern) -> BlockKind {
    match pattern.places.first() {
        Some(Place::Title) => BlockKind::Title,
        Some(Place::Caption) => BlockKind::Caption,
        Some(Place::ArticleEnd) => BlockKind::Credit,
        _ => BlockKind::Body,
    }
}

fn reads(auditor: &Auditor, tag: &str, pattern: &Pattern, sentence: &LabelledSentence) -> Verdict {
    let found = auditor.explain_as(&sentence.text, tag, block_kind(pattern));
    let own: Vec<&ReadingView> = found.readings.iter().filter(|r| r.rule == pattern.id).collect();
    let matches = |r: &&&ReadingView| {
        let fits = sentence.labels.iter().all(|(label, span)| {
            let wanted = bare(*span, &sentence.text);
            r.parts.iter().any(|(name, got)| name == label && bare(*got, &sentence.text) == wanted)
        });
        fits && (sentence.chain.is_empty() || same_chain(&sentence.chain, &r.chain))
    };
    if own.iter().any(|r| matches(&r)) {
        return Ok(());
    }
    let labels: Vec<(String, Span)> = sentence.labels.clone();
    let expected = format!("{}: {}", pattern.id, shown(&labels, &sentence.chain, &sentence.text));
    let nearest = own.first().copied().or(found.readings.first()).or(found.lost.iter().find(|r| r.rule == pattern.id));
    let got = nearest.map_or_else(
        || "nothing".to_owned(),
        |r| {
            let why = r.why_lost.as_ref().map(|why| format!(" (lost: {why})")).unwrap_or_default();
            format!("{}: {}{why}", r.rule, shown(&r.parts, &r.chain, &sentence.text))
        },
    );
    Err((expected, got))
}

fn ignores(auditor: &Auditor, tag: &str, pattern: &Pattern, sentence: &str) -> Verdict {
    let found = auditor.explain_as(sentence, tag, block_kind(pattern));
    match found.readings.iter().find(|r| r.rule == pattern.id) {
        None => Ok(()),
        Some(r) => Err((format!("no reading by {}", pattern.id), shown(&r.parts, &r.chain, sentence))),
    }
}

fn shown(parts: &[(String, Span)], chain: &[String], text: &str) -> String {
    let parts: Vec<String> = parts.iter().map(|(name, span)| format!("{{{name}: {}}}", span.of(text))).collect();
    let chain = if chain.is_empty() { String::new() } else { format!(" => {}", chain.join(" > ")) };
    parts.join(" ") + &chain
}

/// Without white space and the marks that may stand on either side of a label.
fn bare(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';');
    let start = words.len() - words.trim_start_matches(edge).len();
    let end = words.trim_end_matches(edge).len().max(start);
    Span::new(span.start as usize + start, span.start as usize + end)
}

/// `us` is the publisher; a kind alone (`anonymous`, `class:media`) stands for each of its kind.
fn same_chain(expected: &[String], got: &[String]) -> bool {
    expected.len() == got.len()
        && expected.iter().zip(got).all(|(want, have)| {
            want == have
                || (want == "us" && have == "unknown")
                || have.strip_prefix(want.as_str()).is_some_and(|rest| rest.starts_with([':', '@']))
        })
}

/// Every labelled name must be found with the affixes of one of the languages.
fn names(auditor: &Auditor, affixes: &[Affixes], source: &SourceEntry, sentence: &LabelledSentence) -> Verdict {
    let all = tokens(&sentence.text, 0..sentence.text.len());
    let hits: Vec<_> = affixes.iter().flat_map(|a| auditor.registry().hits(&sentence.text, &all, a)).collect();
    for (_, wanted) in &sentence.labels {
        let hit = hits.iter().find(|hit| {
            let span = all[hit.first as usize].span.join(all[hit.last as usize - 1].span);
            span.start <= wanted.start && wanted.end <= span.end && is(auditor, hit.target, source)
        });
        if hit.is_none() {
            return Err((
                format!("{} in {{{}}}", source.id, wanted.of(&sentence.text)),
                "another name, or none".to_owned(),
            ));
        }
    }
    Ok(())
}

fn not_named(auditor: &Auditor, source: &SourceEntry, sentence: &str) -> Verdict {
    let all = tokens(sentence, 0..sentence.len());
    let hits = auditor.registry().hits(sentence, &all, &Affixes::default());
    // A name that needs something beside it is told by that: its near miss may hold the bare word.
    let hit = hits.iter().find(|hit| is(auditor, hit.target, source) && hit.need == Needs::Nothing);
    match hit {
        None => Ok(()),
        Some(hit) => {
            let span = all[hit.first as usize].span.join(all[hit.last as usize - 1].span);
            Err((format!("no {}", source.id), format!("{{{}}}", span.of(sentence))))
        }
    }
}

fn is(auditor: &Auditor, target: NameTarget, source: &SourceEntry) -> bool {
    matches!(target, NameTarget::Source(i) if auditor.registry().source(i).is_some_and(|s| s.id == source.id))
}
