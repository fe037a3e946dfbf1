//! Whole articles through the library: what is read in them, with which chains; and that languages are data.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use secondhand::article::{Article, BlockKind};
use secondhand::attribution::model::Attribution;
use secondhand::attribution::words::kind_word;
use secondhand::auditor::{Auditor, plain};
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::record::{ArticleRecord, Status};
use secondhand::rules::load::{RuleSources, load};
use secondhand::rules::rule_files::RuleFiles;
use secondhand::selftest;
use secondhand::sources::lookup::RegistryLookup;
use secondhand::workbench::choice::Choice;
use serde::Deserialize;

/// A file of articles and of what must be read in them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    article: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the article shows, in a sentence.
    shows: String,
    /// The article in English, for those who can't read it.
    #[serde(default, rename = "gloss")]
    _gloss: String,
    /// A file under `fixtures/articles`; without it, `text` is a record of the publisher `kallam`.
    file: Option<String>,
    #[serde(default)]
    text: String,
    /// Everything that must be found.
    attribution: Vec<Expected>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    /// The source's words; empty where there is none.
    source: String,
    /// The cue's words, where the case is about them.
    cue: Option<String>,
    /// The pieces of the content.
    content: Vec<String>,
    /// Origin first, publisher last, parted by ` > `.
    chain: String,
    /// Why the program does not read it so yet; the test fails when it does, so that the line is taken out.
    not_yet: Option<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn builtin() -> &'static Auditor {
    static AUDITOR: OnceLock<Auditor> = OnceLock::new();
    AUDITOR.get_or_init(|| Auditor::new(load(&RuleSources::default()).rules))
}

fn invented() -> &'static Auditor {
    static AUDITOR: OnceLock<Auditor> = OnceLock::new();
    AUDITOR.get_or_init(|| {
        let loaded = load(&RuleSources { builtin: false, dirs: vec![root().join("tests/packs/invented")] });
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        Auditor::new(loaded.rules)
    })
}

fn read(auditor: &Auditor, path: &Path) -> Vec<Article> {
    let lookup = RegistryLookup::new(auditor.registry());
    let reader = Reader::new(ReadOptions::default(), auditor.outlines(), &lookup);
    let mut out = Vec::new();
    reader.read(&[path.to_str().unwrap().to_owned()], &mut |article| out.push(article.unwrap()));
    out
}

/// The article of a case, audited.
fn audited(auditor: &Auditor, case: &Case) -> ArticleRecord {
    let folder = tempfile::tempdir().unwrap();
    let path = match &case.file {
        Some(file) => root().join("fixtures/articles").join(file),
        None => {
            let record =
                serde_json::json!({ "id": "1", "language": "qin", "outlet": "kallam", "text": case.text.trim() });
            let path = folder.path().join("case.jsonl");
            fs::write(&path, record.to_string()).unwrap();
            path
        }
    };
    let article = read(auditor, &path).into_iter().next().unwrap();
    auditor.audit(article)
}

fn matches(expected: &Expected, got: &Attribution, text: &str) -> bool {
    let source = got.source.as_ref().map_or("", |s| s.span.of(text));
    let content: Vec<&str> = got.content.iter().map(|c| c.of(text)).collect();
    expected.kind == kind_word(got.kind)
        && expected.source == source
        && expected.cue.as_ref().is_none_or(|cue| got.cue.is_some_and(|c| c.of(text) == cue))
        && expected.content == content
        && same_chain(&expected.chain, &got.chain.nodes)
}

/// A kind alone (`anonymous`, `class:media`) stands for each of its kind.
fn same_chain(expected: &str, got: &[String]) -> bool {
    let expected: Vec<&str> = expected.split(" > ").collect();
    let same = |(want, have): (&&str, &String)| {
        want == have || have.strip_prefix(want).is_some_and(|rest| rest.starts_with([':', '@']))
    };
    expected.len() == got.len() && expected.iter().zip(got).all(same)
}

fn shown(got: &Attribution, text: &str) -> String {
    let source = got.source.as_ref().map_or("", |s| s.span.of(text));
    let cue = got.cue.map_or("", |c| c.of(text));
    let content: Vec<&str> = got.content.iter().map(|c| c.of(text)).collect();
    format!("{} {source:?} [{cue}] {content:?} {} ({})", kind_word(got.kind), got.chain.nodes.join(" > "), got.rule)
}

/// Every expected attribution is there and no other; what is missing or too much, in words.
fn differences(auditor: &Auditor, case: &Case) -> String {
    let record = audited(auditor, case);
    let text = &record.article.buffer;
    let mut left: Vec<&Attribution> = record.attributions.iter().collect();
    let mut out = String::new();
    for expected in &case.attribution {
        let found = left.iter().position(|got| matches(expected, got, text));
        if let Some(found) = found {
            left.remove(found);
        }
        match (found, &expected.not_yet) {
            (None, None) => writeln!(out, "  missing: {expected:?}").unwrap(),
            (Some(_), Some(_)) => writeln!(out, "  is read now, take `not_yet` out: {expected:?}").unwrap(),
            _ => {}
        }
    }
    // What is read otherwise than it should be stands in place of what is not read yet.
    let waiting = case.attribution.iter().filter(|e| e.not_yet.is_some()).count();
    if left.len() > waiting {
        left.iter().for_each(|got| writeln!(out, "  too much: {}", shown(got, text)).unwrap());
    }
    out
}

fn check(auditor: &Auditor, cases: &Path) {
    let file: CaseFile = toml::from_str(&fs::read_to_string(cases).unwrap()).unwrap();
    let mut wrong = String::new();
    for case in &file.article {
        let told = differences(auditor, case);
        if !told.is_empty() {
            write!(wrong, "{}{}:\n{told}", case.file.as_deref().unwrap_or(""), case.shows).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn an_article_whose_time_is_over_is_told_to_be_read_in_part() {
    let article = plain("The quay is shut, the port said.\n\nIt opens on Friday, Ann Oak said.", "en", BlockKind::Body);
    let auditor = Auditor::new(load(&RuleSources::default()).rules).with_time_limit(Some(Duration::ZERO));
    let record = auditor.audit(article.clone());
    assert_eq!(record.status, Status::Partly);
    assert!(record.attributions.len() < 2);
    let limit = record.article.limits.iter().find(|limit| limit.code == "time-limit").unwrap();
    assert!(limit.message.contains("(--time-limit)"), "{}", limit.message);
    assert_eq!(builtin().audit(article).attributions.len(), 2);
}

#[test]
fn a_language_that_does_not_exist_is_read_by_its_pack_alone() {
    check(invented(), &root().join("tests/packs/invented.toml"));
}

#[test]
fn the_sentences_beside_the_invented_rules_are_read_as_they_say() {
    let tested = selftest::run(invented(), &Choice::default(), &RuleFiles::default());
    assert!(tested.failures.is_empty(), "{:#?}", tested.failures);
    assert!(tested.passed >= 40, "{}", tested.passed);
}

#[test]
fn the_fixtures_are_read_with_their_chains() {
    let languages = fs::read_dir(root().join("fixtures/articles")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = languages.map(|folder| folder.join("expected.toml")).filter(|f| f.exists()).collect();
    files.sort();
    assert!(!files.is_empty());
    files.iter().for_each(|file| check(builtin(), file));
}

fn fixtures() -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![root().join("fixtures/articles")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "txt" || e == "md") {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

#[test]
fn without_rules_nothing_is_read_and_nothing_is_found() {
    let empty = tempfile::tempdir().unwrap();
    let loaded = load(&RuleSources { builtin: false, dirs: vec![empty.path().to_owned()] });
    assert!(loaded.diagnostics.is_empty());
    let auditor = Auditor::new(loaded.rules);
    assert!(fixtures().len() >= 5);
    for path in fixtures() {
        for article in read(&auditor, &path) {
            let record = auditor.audit(article);
            assert_eq!(record.status, Status::NotAudited, "{}", path.display());
            assert!(record.attributions.is_empty() && record.findings.is_empty(), "{}", path.display());
        }
    }
}

/// A pack that names its language and nothing else.
#[test]
fn a_language_without_words_yields_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bare = "[language]\ntag = \"en\"\nname = \"English\"\nscript = \"Latn\"\ndirection = \"ltr\"\n";
    fs::create_dir_all(folder.path().join("languages/en")).unwrap();
    fs::write(folder.path().join("languages/en/language.toml"), bare).unwrap();
    let loaded = load(&RuleSources { builtin: false, dirs: vec![folder.path().to_owned()] });
    let auditor = Auditor::new(loaded.rules);
    for path in fixtures() {
        for article in read(&auditor, &path) {
            let record = auditor.audit(article);
            assert!(record.attributions.is_empty() && record.findings.is_empty(), "{}", path.display());
        }
    }
}

#[cfg(feature = "cli")]
#[test]
fn the_report_is_the_same_for_any_number_of_threads() {
    let run = |jobs: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_secondhand"));
        command.args(["audit", "--format", "jsonl", "--jobs", jobs, "fixtures/articles"]).current_dir(root());
        let out = command.output().unwrap();
        assert!(!out.stdout.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
        out.stdout
    };
    let one = run("1");
    assert!(one.iter().filter(|&&byte| byte == b'\n').count() > 5, "an article a line, and the end");
    assert!(one == run("2"), "two threads gave another report");
    assert!(one == run("5"), "five threads gave another report");
}
