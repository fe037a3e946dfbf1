//! What it costs to group and compare many articles: `cargo bench --bench stories`.
//!
//! | option | |
//! |---|---|
//! | `--sizes N,N,…` | how many articles there are in each run (1000,10000,100000) |
//! | `--runs N` | runs of each size; medians are taken (1) |
//! | `--write FILE` | puts the results between the marks of this document, too |

#![allow(clippy::panic, dead_code, reason = "a benchmark that cannot measure has nothing else to do")]

#[path = "../throughput/generator.rs"]
mod generator;
#[path = "../throughput/measure.rs"]
mod measure;
mod noise;
#[path = "../throughput/stock.rs"]
mod stock;

use std::fs;
use std::path::Path;

use measure::{Cost, median};

/// Marks that stand around the results in the document.
const MARKS: (&str, &str) = ("<!-- stories: begin -->", "<!-- stories: end -->");

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs benchmarks without this argument, and wants no figures.
    if !args.iter().any(|arg| arg == "--bench") {
        println!("{} bytes", noise::write(&mut std::io::sink(), 50));
        return;
    }
    let asked = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"));
    let sizes: Vec<u64> = asked("--sizes").map_or("1000,10000,100000", |s| s.as_str()).split(',').map(number).collect();
    let runs = asked("--runs").map_or(1, |runs| number(runs));
    let rows: Vec<String> = sizes.iter().map(|size| row(*size, runs)).collect();
    let head = "| articles | distinct | JSONL | CPU seconds | milliseconds of CPU an article | wall-clock seconds | peak memory |";
    let results = format!("{head}\n|---|---|---|---|---|---|---|\n{}", rows.join("\n"));
    println!("{results}");
    if let Some(path) = asked("--write") {
        put(Path::new(path), &results);
    }
}

/// One size, measured.
fn row(articles: u64, runs: u64) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("articles.jsonl");
    let bytes = noise::write(&mut fs::File::create(&file).expect("the articles' file can be made"), articles);
    let costs: Vec<Cost> = (0..runs).map(|_| measure::stories(&file)).collect();
    let of = |what: fn(&Cost) -> f64| median(costs.iter().map(what));
    let cpu = of(|cost| cost.cpu);
    format!(
        "| {articles} | {} | {} MB | {cpu:.1} | {:.2} | {:.1} | {:.0} MB |",
        articles / noise::COPIES,
        bytes / 1_000_000,
        cpu * 1000.0 / articles as f64,
        of(|cost| cost.wall),
        of(|cost| cost.peak as f64) / 1e6,
    )
}

/// Puts `results` between the marks of a document.
fn put(path: &Path, results: &str) {
    let document = fs::read_to_string(path).expect("the document can be read");
    let inner = document.split_once(MARKS.0).and_then(|(head, rest)| Some((head, rest.split_once(MARKS.1)?.1)));
    let (head, tail) = inner.unwrap_or_else(|| panic!("{} has no marks for the results", path.display()));
    let written = format!("{head}{}\n\n{results}\n\n{}{tail}", MARKS.0, MARKS.1);
    fs::write(path, written).expect("the document can be written");
}
