//! The library's front door: rules in, articles in, records out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

use crate::article::{Article, Block, BlockKind, Field, Limit, Part};
use crate::attribution::model::Attribution;
use crate::attribution::pipeline::{
    Read, Tongues, attributions, behind_dateline, read_blocks, scan_blocks, sourcing, with_dateline,
};
use crate::compiled::language::Language;
use crate::in_force::rules::InForce;
use crate::inspect::{SentenceReading, Stage, dump, exceptions_met, sentence};
use crate::language::otherwise;
use crate::policy::evaluate::findings;
use crate::policy::lexicons::Lexicons;
use crate::policy::page::Page;
use crate::policy::pending::pending;
use crate::policy::profile::{Base, Profile};
use crate::record::{ArticleRecord, Finding, Severity, Status};
use crate::rules::load::load;
use crate::rules::outline::Outline;
use crate::rules::pack::LanguagePack;
use crate::rules::policy::Policy;
use crate::rules::rule_set::{Edition, RuleSet};
use crate::sources::registry::Registry;
use crate::story::build::Comparer;
use crate::story::digest::{Detail, Digest};
use crate::text::span::Span;

/// Most attributions of an article that policies are asked about: a hundred times those of a long one.
const MOST_VOICES: usize = 4000;

/// The engine with its rules, ready to read any number of articles from any number of threads.
#[derive(Debug)]
pub struct Auditor {
    in_force: InForce,
    /// All rules as text has them, read when somebody asks for them.
    whole: OnceLock<RuleSet>,
    /// A language is taken up when an article in it is met: most runs meet one or two.
    languages: Vec<OnceLock<Option<(Language, Lexicons)>>>,
    /// For languages without a pack: their names are still found when articles are compared.
    nameless: OnceLock<(Language, Lexicons)>,
    time_limit: Option<Duration>,
    profile: Profile,
}

/// A profile in which a policy flags, whatever it is by itself.
fn switched_on(policy: &Policy) -> Profile {
    let on = BTreeMap::from([(policy.code.clone(), Some(Severity::Warning))]);
    Profile { base: Base::Strict, own: on }
}

impl Auditor {
    /// An auditor that works by `rules`.
    pub fn new(rules: RuleSet) -> Auditor {
        Auditor::by(InForce::of(rules))
    }

    /// An auditor that works by the rules in force.
    pub fn by(in_force: InForce) -> Auditor {
        let languages = in_force.outlines.iter().map(|_| OnceLock::new()).collect();
        Auditor {
            in_force,
            whole: OnceLock::new(),
            languages,
            nameless: OnceLock::new(),
            time_limit: None,
            profile: Profile::default(),
        }
    }

    /// The same, giving up on an article after `limit`; what was read by then is kept and the record says so.
    pub fn with_time_limit(self, limit: Option<Duration>) -> Auditor {
        Auditor { time_limit: limit, ..self }
    }

    /// The same with the severities of `profile`; without it, those of `newsroom` apply.
    pub fn with_profile(self, profile: Profile) -> Auditor {
        Auditor { profile, ..self }
    }

    /// The rules in force with everything that belongs to them. Those that the build prepared are read from text for it,
    /// which takes its time: an audit asks for what it needs instead.
    pub fn rules(&self) -> &RuleSet {
        match &self.in_force.others {
            None => &self.in_force.read,
            Some(sources) => self.whole.get_or_init(|| load(sources).rules),
        }
    }

    /// Which rules are in force.
    pub fn edition(&self) -> &Edition {
        &self.in_force.edition
    }

    /// The languages that have rules, ordered by tag.
    pub fn outlines(&self) -> &[Outline] {
        &self.in_force.outlines
    }

    /// What to flag, ordered by code.
    pub fn policies(&self) -> &[Policy] {
        &self.in_force.read.policies
    }

    /// Who is who.
    pub fn registry(&self) -> &Registry {
        &self.in_force.registry
    }

    /// The pack of a language with the lists that policies ask for.
    fn language(&self, tag: &str) -> Option<(&Language, &Lexicons)> {
        let primary = tag.split('-').next().unwrap_or(tag);
        let by = |tag: &str| self.outlines().iter().position(|outline| outline.tag == tag);
        let at = by(tag).or_else(|| by(primary))?;
        let taken_up = self.languages.get(at)?.get_or_init(|| {
            let language = self.in_force.take_up(at)?;
            let lexicons = Lexicons::new(&language);
            Some((language, lexicons))
        });
        taken_up.as_ref().map(|(language, lexicons)| (language, lexicons))
    }

    /// The language of words in an article in the language `own`, where it is surely another one with a pack.
    fn other(&self, text: &str, own: &Language, unfamiliar: bool) -> Option<&Language> {
        let pack = otherwise(text, &own.pack.tag, self.outlines(), unfamiliar)?;
        self.language(&pack.tag).map(|(language, _)| language)
    }

    /// Reads the blocks of an article, each in its language.
    fn read<'a>(&'a self, article: &'a Article, own: &'a Language, limit: Option<Duration>) -> Read<'a> {
        let other = |text: &str, unfamiliar: bool| self.other(text, own, unfamiliar);
        read_blocks(article, &Tongues { own, other: &other }, self.registry(), limit)
    }

    /// Reads one article.
    pub fn audit(&self, article: Article) -> ArticleRecord {
        self.audited(article, None).0
    }

    /// Reads one article and keeps what it takes to compare it with others, in as much detail as is wanted.
    pub fn audit_to_compare(&self, article: Article, detail: Detail) -> (ArticleRecord, Digest) {
        let (record, digest) = self.audited(article, Some(detail));
        let digest = digest.unwrap_or_else(|| self.digest(&record.article, detail));
        (record, digest)
    }

    /// The same without asking policies: the record tells what could not be read, and has no finding.
    pub fn read_to_compare(&self, article: Article, detail: Detail) -> (ArticleRecord, Digest) {
        let digest = self.digest(&article, detail);
        let whole = self.language(&article.language.tag).is_some();
        let partly = digest.article.limits.iter().any(|l| matches!(l.code, "truncated" | "time-limit"));
        let status = match (whole, partly) {
            (false, _) => Status::NotAudited,
            (true, true) => Status::Partly,
            (true, false) => Status::Audited,
        };
        let article = Article { limits: digest.article.limits.clone(), ..article };
        (ArticleRecord { article, attributions: Vec::new(), findings: Vec::new(), status }, digest)
    }

    /// What it takes to compare an article with others: policies are not asked. Of an article in a language without a pack, its
    /// names and numbers.
    pub fn digest(&self, article: &Article, detail: Detail) -> Digest {
        self.digest_by(article, detail, self.policies(), &self.profile)
    }

    /// The same for one policy, whatever the profile says of it; for the tests beside policies.
    pub fn digest_for(&self, article: &Article, policy: &Policy) -> Digest {
        self.digest_by(article, Detail::Whole, std::slice::from_ref(policy), &switched_on(policy))
    }

    fn digest_by(&self, article: &Article, detail: Detail, policies: &[Policy], profile: &Profile) -> Digest {
        let own = self.language(&article.language.tag);
        let (language, lexicons) = own.unwrap_or_else(|| {
            let (language, lexicons) = self.nameless.get_or_init(|| {
                let language = Language::new(LanguagePack::default());
                let lexicons = Lexicons::new(&language);
                (language, lexicons)
            });
            (language, lexicons)
        });
        let publisher = article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
        let other = |text: &str, unfamiliar: bool| own.and_then(|_| self.other(text, language, unfamiliar));
        let tongues = Tongues { own: language, other: &other };
        let (read, (found, scopes)) = match detail {
            Detail::Sketch => (scan_blocks(article, &tongues, self.registry()), (Vec::new(), Vec::new())),
            Detail::Whole => {
                let read = read_blocks(article, &tongues, self.registry(), self.time_limit);
                let (found, scopes) = sourcing(&read, self.registry(), publisher);
                let found = if found.len() > MOST_VOICES || own.is_none() { Vec::new() } else { found };
                (read, (found, scopes))
            }
        };
        let page = Page::new(article, &read, (&found, &scopes), self.registry(), (language, lexicons));
        let mut digest = Digest::new(&page, detail);
        if detail == Detail::Whole {
            digest.pending = pending(&page, policies, profile);
        }
        digest.article.limits.extend(self.cut_short(read.cut));
        digest
    }

    /// What compares the articles on one event, by the auditor's rules and profile; `zone` is the IANA zone of pages whose
    /// publisher has none in the registry.
    pub fn comparer(&self, zone: Option<String>) -> Comparer<'_> {
        Comparer::new(self.policies(), self.registry(), &self.profile, zone)
    }

    /// That the time was over, where it was.
    fn cut_short(&self, cut: bool) -> Option<Limit> {
        let limit = self.time_limit.filter(|_| cut)?;
        Some(Limit::time_over(limit, "the blocks behind were not read"))
    }

    fn audited(&self, article: Article, compared: Option<Detail>) -> (ArticleRecord, Option<Digest>) {
        let mut article = article;
        let Some((language, lexicons)) = self.language(&article.language.tag) else {
            let record =
                ArticleRecord { article, attributions: Vec::new(), findings: Vec::new(), status: Status::NotAudited };
            return (record, None);
        };
        let publisher = article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
        let read = self.read(&article, language, self.time_limit);
        let (mut found, scopes) = sourcing(&read, self.registry(), publisher);
        // What has this many voices is no article: policies compare them with each other, and would take hours.
        let unasked = found.len() > MOST_VOICES;
        let (findings, digest) = if unasked {
            (Vec::new(), None)
        } else {
            let page = Page::new(&article, &read, (&found, &scopes), self.registry(), (language, lexicons));
            (
                findings(&page, self.policies(), &self.profile),
                compared.map(|detail| {
                    let mut digest = Digest::new(&page, detail);
                    if detail == Detail::Whole {
                        digest.pending = pending(&page, self.policies(), &self.profile);
                    }
                    digest
                }),
            )
        };
        let blocks = with_dateline(&article.blocks, read.dateline, &article.buffer);
        behind_dateline(&mut found, read.dateline);
        let cut = read.cut;
        drop(read);
        article.blocks = blocks;
        article.limits.extend(self.cut_short(cut));
        if unasked {
            let message = format!(
                "There are {} attributions in it; above {MOST_VOICES} no policy is asked. Is it one article? Split it.",
                found.len()
            );
            article.limits.push(Limit { code: "too-many-attributions", message });
        }
        let partly =
            unasked || article.limits.iter().any(|l| matches!(l.code, "time-limit" | "truncated" | "summary-only"));
        let status = if partly { Status::Partly } else { Status::Audited };
        (ArticleRecord { article, attributions: found, findings, status }, digest)
    }

    /// What one policy flags in an article, whatever the profile says of it; for the tests beside policies. Empty where the
    /// article's language has no pack.
    pub fn flags(&self, article: &Article, policy: &Policy) -> Vec<Finding> {
        let Some((language, lexicons)) = self.language(&article.language.tag) else { return Vec::new() };
        let publisher = article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
        let read = self.read(article, language, self.time_limit);
        let (found, scopes) = sourcing(&read, self.registry(), publisher);
        let page = Page::new(article, &read, (&found, &scopes), self.registry(), (language, lexicons));
        let profile = switched_on(policy);
        findings(&page, std::slice::from_ref(policy), &profile)
    }

    /// What one policy flags in articles on one event, whatever the profile says of it: the article and the marked words; for
    /// the tests beside policies.
    pub fn story_flags(&self, digests: &[Digest], policy: &Policy) -> Vec<(usize, Span)> {
        let profile = switched_on(policy);
        let comparer = Comparer::new(self.policies(), self.registry(), &profile, None);
        let story = comparer.story(digests, &[]);
        let own = story.findings.into_iter().filter(|f| f.code == policy.code);
        own.map(|f| (f.article, f.span)).collect()
    }

    /// Tells how one sentence is read in the language `tag` (BCP 47); without a pack for it, nothing is.
    pub fn explain(&self, text: &str, tag: &str) -> SentenceReading {
        self.explain_as(text, tag, BlockKind::Body)
    }

    /// The same with the text standing in a headline, a caption or the body.
    pub fn explain_as(&self, text: &str, tag: &str, kind: BlockKind) -> SentenceReading {
        self.with_text(text, tag, kind, |read, found| sentence(text, read, found)).unwrap_or_else(|| SentenceReading {
            text: text.to_owned(),
            readings: Vec::new(),
            lost: Vec::new(),
            near: Vec::new(),
        })
    }

    /// The exceptions (`but-not`, as written) that keep the pattern with this id away from words of a text, which it would
    /// otherwise read.
    pub fn exceptions_met(&self, text: &str, tag: &str, kind: BlockKind, pattern: &str) -> BTreeSet<String> {
        self.with_text(text, tag, kind, |read, _| exceptions_met(read, pattern)).unwrap_or_default()
    }

    /// Reads a short text as blocks of one kind and hands on what was found; `None` without a pack for the language.
    pub(crate) fn with_text<T>(
        &self,
        text: &str,
        tag: &str,
        kind: BlockKind,
        then: impl FnOnce(&Read<'_>, &[Attribution]) -> T,
    ) -> Option<T> {
        let (language, _) = self.language(tag)?;
        let article = plain(text, tag, kind);
        let read = self.read(&article, language, None);
        let found = attributions(&read, self.registry(), "unknown");
        Some(then(&read, &found))
    }

    /// What one stage makes of an article, as JSON for people.
    pub fn dump(&self, stage: Stage, article: &Article) -> Value {
        let Some((language, _)) = self.language(&article.language.tag) else { return Value::Null };
        let publisher = article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
        let read = self.read(article, language, self.time_limit);
        let found = attributions(&read, self.registry(), publisher);
        let blocks = with_dateline(&article.blocks, read.dateline, &article.buffer);
        dump(stage, &article.buffer, &blocks, &read, &found)
    }
}

/// An article of blocks of one kind and nothing else, one a line.
pub fn plain(text: &str, tag: &str, kind: BlockKind) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        if !span.is_empty() {
            blocks.push(Block { kind, span });
        }
        at += line.len();
    }
    Article {
        key: "-".into(),
        id: "-".into(),
        path: None,
        record: None,
        url: None,
        buffer: text.to_owned(),
        parts: vec![Part { field: Field::Text, span: Span::new(0, text.len()) }],
        blocks,
        links: Vec::new(),
        machine_made: Vec::new(),
        language: crate::article::LanguageTag { tag: tag.to_owned(), confidence: 1.0 },
        publisher: None,
        published: None,
        byline: Vec::new(),
        limits: Vec::new(),
        page: false,
    }
}
