//! Runs the sentences that rules carry as their tests.

use crate::article::{Article, BlockKind};
use crate::auditor::Auditor;
use crate::ingest::document::Document;
use crate::ingest::error::InputError;
use crate::ingest::form::InputForm;
use crate::ingest::read::{ReadOptions, Reader};
use crate::inspect::{NearMiss, ReadingView};
use crate::policy::facts::Stage;
use crate::record::Finding;
use crate::rules::check_policy::FALLBACK;
use crate::rules::pack::{LabelledSentence, Location, Needs, Pattern, Place, SourceEntry};
use crate::rules::policy::Policy;
use crate::rules::rule_files::RuleFiles;
use crate::sources::lookup::RegistryLookup;
use crate::sources::morphology::Affixes;
use crate::sources::names::NameTarget;
use crate::text::span::Span;
use crate::text::token::tokens;
use crate::workbench::choice::Choice;

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct SelfTest {
    /// The number of sentences that were read as they say.
    pub passed: usize,
    /// Those that were not.
    pub failures: Vec<Failure>,
    /// What was tested of each language, in the order of their tags; those without a rule that was asked for are left out.
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
    /// The key that the sentence stands under: `reads`, `ignores`, `flags-in`, `silent-in`.
    pub key: &'static str,
    /// Where the sentence stands.
    pub location: Location,
    /// The sentence; spans are bytes of it.
    pub sentence: String,
    /// What must be read in it, by the names of its labels; empty for a near miss.
    pub expected: Vec<(String, Span)>,
    /// What was read instead, the rule's own reading before others'; `None` where nothing was.
    pub read: Option<ReadingView>,
    /// What is different, in words.
    pub why: Vec<String>,
    /// How far the rule itself came, where it did not match; where it did not start and no other rule reads the sentence,
    /// the nearest of these.
    pub near: Option<NearMiss>,
}

/// What came of one sentence: nothing to tell, or what went wrong.
type Verdict = Result<(), Box<Wrong>>;

/// What went wrong with one sentence.
struct Wrong {
    read: Option<ReadingView>,
    why: Vec<String>,
    near: Option<NearMiss>,
}

/// Reads every sentence of `reads` and `ignores` of the rules that are asked for.
pub fn run(auditor: &Auditor, choice: &Choice, files: &RuleFiles) -> SelfTest {
    let mut out = SelfTest::default();
    for pack in &auditor.rules().languages {
        let asked = |p: &&Pattern| choice.takes(&p.id, Some(&pack.tag), &p.location, files);
        let patterns: Vec<&Pattern> = pack.patterns.iter().filter(asked).collect();
        if patterns.is_empty() {
            continue;
        }
        let failed = out.failures.len();
        for pattern in &patterns {
            for sentence in &pattern.reads {
                out.note(("reads", &pattern.id), sentence, reads(auditor, &pack.tag, pattern, sentence));
            }
            for (sentence, location) in &pattern.ignores {
                let verdict = ignores(auditor, &pack.tag, pattern, sentence);
                out.note(("ignores", &pattern.id), &unlabelled(sentence, location), verdict);
            }
        }
        out.languages.push(Counted {
            tag: pack.tag.clone(),
            name: pack.name.clone(),
            patterns: patterns.len(),
            reads: patterns.iter().map(|p| p.reads.len()).sum(),
            ignores: patterns.iter().map(|p| p.ignores.len()).sum(),
            failed: out.failures.len() - failed,
        });
    }
    let mut affixes = vec![Affixes::default()];
    affixes.extend(auditor.rules().languages.iter().map(|pack| Affixes::new(Some(&pack.morphology))));
    let asked = |s: &&SourceEntry| choice.takes(&s.id, None, &s.location, files);
    for source in auditor.rules().sources.iter().filter(asked) {
        for sentence in &source.reads {
            out.note(("reads", &source.id), sentence, names(auditor, &affixes, source, sentence));
        }
        for (sentence, location) in &source.ignores {
            let verdict = not_named(auditor, source, sentence);
            out.note(("ignores", &source.id), &unlabelled(sentence, location), verdict);
        }
    }
    policies(auditor, choice, files, &mut out);
    out
}

/// A near miss as a sentence in which nothing must be read.
fn unlabelled(sentence: &str, location: &Location) -> LabelledSentence {
    let (text, location) = (sentence.to_owned(), location.clone());
    LabelledSentence { text, labels: Vec::new(), chain: Vec::new(), location }
}

/// Holds the articles beside policies against them.
fn policies(auditor: &Auditor, choice: &Choice, files: &RuleFiles, out: &mut SelfTest) {
    let lookup = RegistryLookup::new(auditor.registry());
    let options = ReadOptions { language: Some(FALLBACK.to_owned()), ..ReadOptions::default() };
    let reader = Reader::new(options, auditor.outlines(), &lookup);
    let asked = |p: &&Policy| choice.takes(&p.code, None, &p.location, files);
    for policy in auditor.rules().policies.iter().filter(asked) {
        for article in &policy.flags_in {
            out.note(("flags-in", &policy.code), article, flags(auditor, &reader, policy, article));
        }
        for (article, location) in &policy.silent_in {
            let verdict = silent(auditor, &reader, policy, article);
            out.note(("silent-in", &policy.code), &unlabelled(article, location), verdict);
        }
    }
}

/// The article of a test: a page in Markdown where it starts with a headline, else running text.
fn article(reader: &Reader<'_>, text: &str) -> Result<Article, InputError> {
    if !text.starts_with("# ") {
        return Ok(reader.article_from_sentences(text));
    }
    let form = InputForm::Markdown;
    let document = Document {
        input: "test".into(),
        form,
        record: None,
        line: 1,
        offset: 0,
        bytes: text.into(),
        truncated: false,
        alone: false,
    };
    reader.article(&document)
}

/// Every labelled stretch must be marked, by a finding or by a place related to it.
fn flags(auditor: &Auditor, reader: &Reader<'_>, policy: &Policy, test: &LabelledSentence) -> Verdict {
    let wanted: Vec<Span> = test.labels.iter().map(|(_, span)| bare(*span, &test.text)).collect();
    if policy.stage == Stage::Story {
        let found = story_marks(auditor, policy, &test.text).map_err(Wrong::because)?;
        return all_marked(policy, test, &wanted, &found);
    }
    let article = article(reader, &test.text).map_err(|error| Wrong::because(error.to_string()))?;
    let found = marked(&auditor.flags(&article, policy), &test.text);
    all_marked(policy, test, &wanted, &found)
}

/// That every wanted stretch is among those that a policy marked.
fn all_marked(policy: &Policy, test: &LabelledSentence, wanted: &[Span], found: &[Span]) -> Verdict {
    let missed: Vec<&Span> = wanted.iter().filter(|span| !found.contains(span)).collect();
    if missed.is_empty() {
        return Ok(());
    }
    let why = missed.into_iter().map(|span| format!("“{}” must be marked", span.of(&test.text))).collect();
    Err(Box::new(Wrong { read: named(&policy.code, MARKED, found), why, near: None }))
}

fn silent(auditor: &Auditor, reader: &Reader<'_>, policy: &Policy, text: &str) -> Verdict {
    if policy.stage == Stage::Story {
        let found = story_marks(auditor, policy, text).map_err(Wrong::because)?;
        return none_marked(policy, &found);
    }
    let article = article(reader, text).map_err(|error| Wrong::because(error.to_string()))?;
    none_marked(policy, &marked(&auditor.flags(&article, policy), text))
}

/// That a policy marked nothing.
fn none_marked(policy: &Policy, found: &[Span]) -> Verdict {
    let why = || vec![format!("{} must be silent here", policy.code)];
    if found.is_empty() {
        Ok(())
    } else {
        Err(Box::new(Wrong { read: named(&policy.code, MARKED, found), why: why(), near: None }))
    }
}

/// What is shown under words that a policy marks.
const MARKED: &str = "marked";
/// What is shown under names of the registry.
const NAME: &str = "name";
/// Parts the articles of a story's test.
const NEXT_ARTICLE: &str = "=====";

/// What a policy flags in the articles of a text, taken for articles on one event: the marked words, in bytes of the text.
fn story_marks(auditor: &Auditor, policy: &Policy, text: &str) -> Result<Vec<Span>, String> {
    let lookup = RegistryLookup::new(auditor.registry());
    let reader = Reader::new(ReadOptions::default(), auditor.outlines(), &lookup);
    let (mut at, mut starts, mut digests) = (0, Vec::new(), Vec::new());
    for part in text.split(NEXT_ARTICLE) {
        let skipped = part.len() - part.trim_start().len();
        let document = Document {
            input: format!("article {}", digests.len() + 1),
            form: InputForm::Markdown,
            record: None,
            line: 1,
            offset: 0,
            bytes: part.trim_start().into(),
            truncated: false,
            alone: false,
        };
        let article = reader.article(&document).map_err(|error| error.to_string())?;
        starts.push(at + skipped);
        digests.push(auditor.digest_for(&article, policy));
        at += part.len() + NEXT_ARTICLE.len();
    }
    let found = auditor.story_flags(&digests, policy);
    Ok(found
        .iter()
        .map(|(article, span)| {
            let start = starts.get(*article).copied().unwrap_or(0);
            bare(Span::new(start + span.start as usize, start + span.end as usize), text)
        })
        .collect())
}

fn marked(findings: &[Finding], text: &str) -> Vec<Span> {
    let spans = findings.iter().flat_map(|f| std::iter::once(f.span).chain(f.related.iter().map(|r| r.span)));
    spans.map(|span| bare(span, text)).collect()
}

/// What something other than a pattern read; `None` where that is nothing.
fn named(rule: &str, what: &str, spans: &[Span]) -> Option<ReadingView> {
    let parts: Vec<(String, Span)> = spans.iter().map(|span| (what.to_owned(), *span)).collect();
    let view = ReadingView { rule: rule.to_owned(), means: String::new(), parts, chain: Vec::new(), why_lost: None };
    (!view.parts.is_empty()).then_some(view)
}

impl Wrong {
    fn because(why: String) -> Box<Wrong> {
        Box::new(Wrong { read: None, why: vec![why], near: None })
    }
}

impl SelfTest {
    fn note(&mut self, (key, rule): (&'static str, &str), sentence: &LabelledSentence, verdict: Verdict) {
        match verdict {
            Ok(()) => self.passed += 1,
            Err(wrong) => self.failures.push(Failure {
                rule: rule.to_owned(),
                key,
                location: sentence.location.clone(),
                sentence: sentence.text.clone(),
                expected: sentence.labels.clone(),
                read: wrong.read,
                why: wrong.why,
                near: wrong.near,
            }),
        }
    }
}

/// The kind of block in which a pattern's sentences are read.
pub fn block_kind(pattern: &Pattern) -> BlockKind {
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
    if own.iter().any(|r| is_read_so(sentence, r)) {
        return Ok(());
    }
    // Of several readings of its own, the one that has most right is the one to look at.
    let fitting = |r: &&&ReadingView| sentence.labels.iter().filter(|label| has(r, label, &sentence.text)).count();
    if let Some(read) = own.iter().max_by_key(fitting) {
        return Err(Box::new(Wrong { why: differences(sentence, read), read: Some((*read).clone()), near: None }));
    }
    let lost = found.lost.iter().find(|r| r.rule == pattern.id);
    let own_near = found.near.iter().find(|miss| miss.rule == pattern.id);
    let read = found.readings.iter().max_by_key(|r| fitting(&r)).or(lost).cloned();
    let mut why = vec![match found.readings.is_empty() {
        true => "no rule reads this sentence".to_owned(),
        false => format!("{} does not read it", pattern.id),
    }];
    why.extend(lost.and_then(|r| r.why_lost.as_ref()).map(|reason| format!("its own reading lost: {reason}")));
    if lost.is_none() && own_near.is_none() {
        why.push("none of its wordings finds its words here".to_owned());
    }
    // Where nothing else was read, the nearest rule of all may show what the writer took for his own.
    let near = own_near.or(found.near.first().filter(|_| read.is_none())).filter(|_| lost.is_none()).cloned();
    Err(Box::new(Wrong { read, why, near }))
}

/// True where a reading has the parts and the chain that a labelled sentence asks for.
pub fn is_read_so(sentence: &LabelledSentence, read: &ReadingView) -> bool {
    sentence.labels.iter().all(|label| has(read, label, &sentence.text))
        && (sentence.chain.is_empty() || same_chain(&sentence.chain, &read.chain))
}

fn has(read: &ReadingView, (label, span): &(String, Span), text: &str) -> bool {
    let wanted = bare(*span, text);
    read.parts.iter().any(|(name, got)| name == label && bare(*got, text) == wanted)
}

/// What a reading has otherwise than the sentence asks for, in words.
fn differences(sentence: &LabelledSentence, read: &ReadingView) -> Vec<String> {
    let text = &sentence.text;
    let mut out = Vec::new();
    for label in sentence.labels.iter().filter(|label| !has(read, label, text)) {
        let got: Vec<String> = read
            .parts
            .iter()
            .filter(|(name, _)| *name == label.0)
            .map(|(_, span)| format!("“{}”", span.of(text)))
            .collect();
        let got = if got.is_empty() { "nothing".to_owned() } else { got.join(" and ") };
        out.push(format!("{}: “{}” expected, {got} read", label.0, label.1.of(text)));
    }
    if out.is_empty() {
        out.push(format!("chain: {} expected, {} read", sentence.chain.join(" > "), read.chain.join(" > ")));
    }
    out
}

fn ignores(auditor: &Auditor, tag: &str, pattern: &Pattern, sentence: &str) -> Verdict {
    let found = auditor.explain_as(sentence, tag, block_kind(pattern));
    match found.readings.into_iter().find(|r| r.rule == pattern.id) {
        None => Ok(()),
        Some(r) => Err(Box::new(Wrong {
            why: vec![format!("{} must leave this sentence alone", pattern.id)],
            read: Some(r),
            near: None,
        })),
    }
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
    let hits: Vec<_> = affixes.iter().flat_map(|a| auditor.registry().hits(&sentence.text, &all, a, "")).collect();
    for (_, wanted) in &sentence.labels {
        let hit = hits.iter().find(|hit| {
            let span = all[hit.first as usize].span.join(all[hit.last as usize - 1].span);
            span.start <= wanted.start && wanted.end <= span.end && is(auditor, hit.target, source)
        });
        if hit.is_none() {
            let spans: Vec<Span> =
                hits.iter().map(|hit| all[hit.first as usize].span.join(all[hit.last as usize - 1].span)).collect();
            let over: Vec<Span> = spans.into_iter().filter(|span| span.overlaps(*wanted)).collect();
            let other = hits
                .iter()
                .find(|hit| all[hit.first as usize].span.overlaps(*wanted))
                .map(|hit| id_of(auditor, hit.target));
            let why = match &other {
                Some(Some(id)) => format!("“{}” is read as a name of {id}", wanted.of(&sentence.text)),
                _ => format!(
                    "“{}” is found as no name: is it among its `names`, with this ending?",
                    wanted.of(&sentence.text)
                ),
            };
            let rule = other.flatten().unwrap_or_else(|| source.id.clone());
            return Err(Box::new(Wrong { read: named(&rule, NAME, &over), why: vec![why], near: None }));
        }
    }
    Ok(())
}

fn not_named(auditor: &Auditor, source: &SourceEntry, sentence: &str) -> Verdict {
    let all = tokens(sentence, 0..sentence.len());
    let hits = auditor.registry().hits(sentence, &all, &Affixes::default(), "");
    // A name that needs something beside it is told by that: its near miss may hold the bare word.
    let hit = hits.iter().find(|hit| is(auditor, hit.target, source) && hit.need == Needs::Nothing);
    match hit {
        None => Ok(()),
        Some(hit) => {
            let span = all[hit.first as usize].span.join(all[hit.last as usize - 1].span);
            let why = vec![format!("{} must not be found here", source.id)];
            Err(Box::new(Wrong { read: named(&source.id, NAME, &[span]), why, near: None }))
        }
    }
}

fn is(auditor: &Auditor, target: NameTarget, source: &SourceEntry) -> bool {
    matches!(target, NameTarget::Source(i) if auditor.registry().source(i).is_some_and(|s| s.id == source.id))
}

/// The id of the source that a name leads to; `None` where it is no source's.
fn id_of(auditor: &Auditor, target: NameTarget) -> Option<String> {
    match target {
        NameTarget::Source(index) => auditor.registry().source(index).map(|source| source.id.clone()),
        _ => None,
    }
}
