//! The results as Markdown, and their place in the document that shows them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::measure::{Cost, median};
use crate::sentence::{Kind, LENGTHS};
use crate::stages::STAGES;

/// Between these lines of a document stand the results.
const MARKS: (&str, &str) = ("<!-- results: begin -->\n", "<!-- results: end -->\n");

/// What was measured of one corpus.
pub struct Throughput {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub holds: String,
    /// Bytes of its texts.
    pub text: u64,
    /// Runs on one thread.
    pub one: Vec<Cost>,
    /// Runs on two threads.
    pub two: Vec<Cost>,
    /// Seconds of processor time that go to the rules, which are read and compiled first.
    pub start: f64,
    /// The share of each stage.
    pub shares: [f64; STAGES.len()],
}

/// What was measured of a large file.
pub struct Large {
    /// Bytes of it.
    pub file: u64,
    /// Articles in it.
    pub articles: u64,
    /// The one run.
    pub cost: Cost,
}

/// All results.
pub struct Results {
    /// The command that makes them.
    pub command: String,
    /// The corpora.
    pub corpora: Vec<Throughput>,
    /// The large file, if there was one.
    pub large: Option<Large>,
    /// Sentences of all lengths.
    pub sentences: Vec<Kind>,
}

impl Results {
    /// The results as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("a string takes all");
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "Made by `{}`, {}.\n", self.command, machine())?;
        for corpus in &self.corpora {
            writeln!(out, "- {}: {}", corpus.name, corpus.holds)?;
        }
        writeln!(out, "\n| | {} |", self.columns(|c| c.name.clone()))?;
        writeln!(out, "|---|{}", "---|".repeat(self.corpora.len()))?;
        let row = |out: &mut String, name: &str, of: &dyn Fn(&Throughput) -> String| {
            writeln!(out, "| {name} | {} |", self.columns(of))
        };
        row(out, "MB of text a CPU second, one thread", &|c| speed(c, |cost| cost.cpu))?;
        row(out, "MB of text a second, one thread", &|c| rate(c.text, &c.one, |cost| cost.wall))?;
        row(out, "MB of text a second, two threads", &|c| rate(c.text, &c.two, |cost| cost.wall))?;
        row(out, "two threads against one", &|c| {
            let wall = |costs: &[Cost]| median(costs.iter().map(|cost| cost.wall));
            format!("{:.2} times", wall(&c.one) / wall(&c.two))
        })?;
        row(out, "CPU seconds of each run that go to the rules", &|c| format!("{:.2}", c.start))?;
        let runs = self.corpora[0].one.len();
        writeln!(out, "\nMedians of {runs} alternating runs; in brackets the least and the most.")?;
        if let Some(large) = &self.large {
            writeln!(out, "\n| one large file, all threads | |\n|---|---|")?;
            writeln!(out, "| size | {:.2} GB, {} articles |", large.file as f64 / 1e9, large.articles)?;
            writeln!(out, "| peak memory | {:.0} MB |", large.cost.peak as f64 / 1e6)?;
            writeln!(out, "| time | {:.0} s, {:.0} CPU seconds |", large.cost.wall, large.cost.cpu)?;
        }
        writeln!(out, "\n| share of each stage | {} |", self.columns(|c| c.name.clone()))?;
        writeln!(out, "|---|{}", "---|".repeat(self.corpora.len()))?;
        for (at, stage) in STAGES.iter().enumerate() {
            row(out, stage, &|c| format!("{:.0} %", c.shares[at] * 100.0))?;
        }
        let lengths: Vec<String> = LENGTHS.iter().map(|&length| bytes(length)).collect();
        writeln!(out, "\n| nanoseconds a byte of one sentence of | {} |", lengths.join(" | "))?;
        writeln!(out, "|---|{}", "---|".repeat(LENGTHS.len()))?;
        for kind in &self.sentences {
            let costs = kind.costs.map(|cost| if cost.is_nan() { "not run".into() } else { format!("{cost:.0}") });
            writeln!(out, "| {} | {} |", kind.name, costs.join(" | "))?;
        }
        Ok(())
    }

    fn columns(&self, of: impl Fn(&Throughput) -> String) -> String {
        self.corpora.iter().map(of).collect::<Vec<_>>().join(" | ")
    }
}

/// Puts `results` between the marks of the document at `path`.
pub fn put(path: &Path, results: &str) {
    let document = fs::read_to_string(path).expect("the document can be read");
    let inner = document.split_once(MARKS.0).and_then(|(head, rest)| Some((head, rest.split_once(MARKS.1)?.1)));
    let (head, tail) = inner.unwrap_or_else(|| panic!("{} has no marks for the results", path.display()));
    let written = format!("{head}{}\n{results}\n{}{tail}", MARKS.0, MARKS.1);
    fs::write(path, written).expect("the document can be written");
}

fn speed(corpus: &Throughput, of: impl Fn(&Cost) -> f64) -> String {
    let each: Vec<f64> = corpus.one.iter().map(|cost| corpus.text as f64 / 1e6 / of(cost)).collect();
    let least = each.iter().copied().fold(f64::INFINITY, f64::min);
    let most = each.iter().copied().fold(0.0, f64::max);
    format!("**{:.1}** ({least:.1} to {most:.1})", median(each))
}

fn rate(text: u64, costs: &[Cost], of: impl Fn(&Cost) -> f64) -> String {
    format!("{:.1}", text as f64 / 1e6 / median(costs.iter().map(of)))
}

fn bytes(length: usize) -> String {
    if length >> 20 > 0 { format!("{} MB", length >> 20) } else { format!("{} KB", length >> 10) }
}

/// The machine, as far as it tells.
fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(": ")).map_or("unknown", |m| m.1);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("on {cores} cores of: {model}")
}
