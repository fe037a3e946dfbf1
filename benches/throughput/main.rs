//! How much text the program audits a second, and what that takes: `cargo bench --bench throughput`.
//!
//! | option | |
//! |---|---|
//! | `--articles N` | articles of a corpus (5000) |
//! | `--runs N` | alternating runs, an odd number (5) |
//! | `--megabytes N` | JSONL of the run whose memory is watched (100; 0: none) |
//! | `--gigabyte` | the same as `--megabytes 1000` |
//! | `--longest N` | KB of the longest sentence (1024) |
//! | `--write FILE` | puts the results between the marks of this document, too |
//! | `--out FILE` | only writes the articles; with `--language en`, `uk`, `ru`, `hy`, `az` or `mixed` |

#![allow(clippy::panic, reason = "a benchmark that cannot measure has nothing else to do")]

mod corpus;
mod generator;
mod measure;
mod sentence;
mod stages;
mod stock;
mod table;

use std::fs::File;
use std::path::{Path, PathBuf};

use corpus::{Corpus, Totals, Until};
use secondhand::auditor::Auditor;
use secondhand::rules::load::{RuleSources, load};
use secondhand::rules::rule_set::RuleSet;
use table::{Large, Results, Throughput};

/// Articles whose stages are timed one by one.
const STAGED: usize = 1000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs benchmarks without this argument, and wants no figures.
    if !args.iter().any(|arg| arg == "--bench") {
        return check();
    }
    let options = Options::of(&args);
    if let Some(path) = &options.out {
        println!("{}", written(&Corpus::of(&options.language), path, Until::Articles(options.articles)));
        return;
    }
    let results = measured(&options).markdown();
    println!("{results}");
    if let Some(path) = &options.write {
        table::put(path, &results);
    }
}

/// What is asked for on the command line.
struct Options {
    articles: u64,
    runs: u64,
    megabytes: u64,
    longest: usize,
    language: String,
    write: Option<PathBuf>,
    out: Option<PathBuf>,
    asked: String,
}

impl Options {
    fn of(args: &[String]) -> Options {
        let mut options = Options {
            articles: 5000,
            runs: 5,
            megabytes: 100,
            longest: 1024,
            language: "en".to_owned(),
            write: None,
            out: None,
            asked: String::new(),
        };
        let mut args = args.iter().filter(|arg| *arg != "--bench");
        while let Some(arg) = args.next() {
            options.asked = format!("{} {arg}", options.asked);
            if arg == "--gigabyte" {
                options.megabytes = 1000;
                continue;
            }
            let value = args.next().unwrap_or_else(|| panic!("{arg} wants a value"));
            options.asked = format!("{} {value}", options.asked);
            let number = || value.parse().unwrap_or_else(|_| panic!("{arg} wants a number, not {value:?}"));
            match arg.as_str() {
                "--articles" => options.articles = number(),
                "--runs" => options.runs = number(),
                "--megabytes" => options.megabytes = number(),
                "--longest" => options.longest = number() as usize,
                "--language" => options.language.clone_from(value),
                "--write" => options.write = Some(value.into()),
                "--out" => options.out = Some(value.into()),
                _ => panic!("there is no option {arg}"),
            }
        }
        options
    }
}

/// Measures everything.
fn measured(options: &Options) -> Results {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rules = load(&RuleSources::default()).rules;
    let mut corpora = ["en", "mixed"].map(|language| throughput(language, options, folder.path(), &rules));
    for run in 1..=options.runs {
        for (language, corpus) in ["en", "mixed"].iter().zip(&mut corpora) {
            eprintln!("run {run} of {}: {}", options.runs, corpus.name);
            let file = folder.path().join(language);
            corpus.one.push(measure::audit(&file, Some(1)));
            corpus.two.push(measure::audit(&file, Some(2)));
        }
    }
    Results {
        command: format!("cargo bench --bench throughput --{}", options.asked),
        corpora: corpora.into(),
        large: (options.megabytes > 0).then(|| large(folder.path(), options.megabytes)),
        sentences: sentence::costs(&Auditor::new(rules), options.longest << 10),
    }
}

/// A corpus on disk, with the shares of the stages; the runs follow.
fn throughput(language: &str, options: &Options, folder: &Path, rules: &RuleSet) -> Throughput {
    let corpus = Corpus::of(language);
    let totals = written(&corpus, &folder.join(language), Until::Articles(options.articles));
    let lines = corpus.lines(STAGED.min(options.articles as usize));
    // An article of each language and nothing else: what is left is the start.
    let few = folder.join("few");
    written(&corpus, &few, Until::Articles(corpus.stocks()));
    Throughput {
        name: if language == "en" { "English" } else { "mixed" }.to_owned(),
        holds: format!("{}. {totals}", corpus.languages(|tag| rules.languages.iter().any(|pack| pack.tag == tag))),
        text: totals.text,
        start: measure::median((0..options.runs).map(|_| measure::audit(&few, Some(1)).cpu)),
        one: Vec::new(),
        two: Vec::new(),
        shares: stages::shares(rules, &lines),
    }
}

/// The run over a large file, which is written for it and deleted afterwards.
fn large(folder: &Path, megabytes: u64) -> Large {
    eprintln!("one file of {megabytes} MB");
    let file = folder.join("large.jsonl");
    let totals = written(&Corpus::of("en"), &file, Until::Bytes(megabytes * 1_000_000));
    let cost = measure::audit(&file, None);
    std::fs::remove_file(&file).expect("the file can be deleted");
    Large { file: totals.file, articles: totals.articles, cost }
}

fn written(corpus: &Corpus, path: &Path, until: Until) -> Totals {
    corpus.write(&mut File::create(path).expect("the articles' file can be made"), until)
}

/// That the benchmark would run: stocks are sound, articles dense enough, and all stages take them.
fn check() {
    let rules = load(&RuleSources::default()).rules;
    let corpus = Corpus::of("mixed");
    println!("{}", corpus.write(&mut std::io::sink(), Until::Articles(50)));
    stages::shares(&rules, &corpus.lines(5));
}
