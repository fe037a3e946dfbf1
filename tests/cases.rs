//! Short texts with the attributions that a careful reader finds in them: source, content, chain and hand. A text without any
//! is a near miss, in which nothing may be read.
//!
//! Only texts that are read rightly are kept: they guard what works. How well unseen texts are read is not measured here.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail")]

use std::fs;
use std::path::{Path, PathBuf};

use secondhand::article::Article;
use secondhand::attribution::model::{Attribution, AttributionKind};
use secondhand::attribution::words::hand_word;
use secondhand::auditor::Auditor;
use secondhand::ingest::document::Document;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::rules::load::{RuleSources, load};
use secondhand::sources::lookup::RegistryLookup;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    source: String,
    content: Option<String>,
    /// Origin first; `us` is the publisher, a kind without a country stands for each of its kind.
    chain: Vec<String>,
    hand: String,
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Share of words that both have, counted with repeats: 1 where they are the same.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let shared = a.iter().filter(|w| b.iter().position(|x| x == *w).map(|i| b.remove(i)).is_some()).count();
    if all == 0 { 1.0 } else { 2.0 * shared as f64 / all as f64 }
}

fn same_node(want: &str, have: &str, publisher: &str) -> bool {
    let last_word = |node: &str| words(node).last().cloned();
    want == have
        || want == "us" && have == publisher
        || have.strip_prefix(want).is_some_and(|rest| rest.starts_with('@'))
        || want.starts_with("name:") && have.starts_with("name:") && last_word(want) == last_word(have)
}

fn fits(expected: &Expected, found: &Attribution, article: &Article, publisher: &str) -> bool {
    let source = found.source.as_ref().map_or("", |s| article.words(s.span));
    let content: Vec<&str> = found.content.iter().map(|c| article.words(*c)).collect();
    likeness(&expected.source, source) >= 0.8
        && expected.content.as_ref().is_none_or(|want| likeness(want, &content.join(" ")) >= 0.9)
        && expected.chain.len() == found.chain.nodes.len()
        && expected.chain.iter().zip(&found.chain.nodes).all(|(want, have)| same_node(want, have, publisher))
        && expected.hand == hand_word(found.chain.hand)
}

/// The files of cases: one a language, and one of phrases in all of them.
fn files() -> Vec<PathBuf> {
    let folder = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    files
}

#[test]
fn each_case_is_read_as_a_careful_reader_reads_it() {
    let loaded = load(&RuleSources { builtin: true, dirs: Vec::new() });
    let auditor = Auditor::new(loaded.rules);
    let lookup = RegistryLookup::new(auditor.registry());
    let reader = Reader::new(ReadOptions::default(), auditor.outlines(), &lookup);
    let wrong: Vec<String> = files().iter().flat_map(|file| mistakes(file, &auditor, &reader)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is read otherwise than the cases of one file say.
fn mistakes(file: &Path, auditor: &Auditor, reader: &Reader<'_>) -> Vec<String> {
    let language = file.file_stem().unwrap().to_str().unwrap();
    let mut wrong = Vec::new();
    for (i, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
        let case: Case = serde_json::from_str(line).unwrap();
        let document = Document {
            input: "cases".to_owned(),
            form: InputForm::Jsonl,
            record: Some(i as u64 + 1),
            line: i as u64 + 1,
            offset: 0,
            bytes: line.as_bytes().to_vec(),
            truncated: false,
            alone: false,
        };
        let record = auditor.audit(reader.article(&document).unwrap());
        let publisher = record.article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
        // What is expected or seems so by nobody's account is nobody's word: the cases are about somebody's.
        let nobodys = |a: &&Attribution| a.source.is_none() && a.kind == AttributionKind::Belief;
        let mut free: Vec<&Attribution> = record.attributions.iter().filter(|a| !nobodys(a)).collect();
        for expected in &case.expect {
            match free.iter().position(|a| fits(expected, a, &record.article, publisher)) {
                Some(place) => drop(free.remove(place)),
                None => wrong.push(format!("{language} {}: {} is not read", case.id, expected.source)),
            }
        }
        let line_of_credit = |a: &&Attribution| {
            matches!(a.kind, AttributionKind::RelayLine | AttributionKind::Contribution) && !case.expect.is_empty()
        };
        for extra in free.into_iter().filter(|a| !line_of_credit(a)) {
            wrong.push(format!("{language} {}: {} reads something that is not there", case.id, extra.rule));
        }
    }
    wrong
}
