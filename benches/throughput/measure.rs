//! Runs the program and tells what a run cost: processor time, wall-clock time, peak memory. Reads `/proc`, so Linux only.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_secondhand");
/// Clock ticks a second in `/proc`: the same on all Linux systems that Rust runs on.
const TICKS: f64 = 100.0;
/// How often a running program's memory is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Seconds of processor time, of all threads, in user and kernel mode.
    pub cpu: f64,
    /// Seconds from start to end.
    pub wall: f64,
    /// Most bytes in memory.
    pub peak: u64,
}

/// Audits `file` to JSONL with `jobs` threads (`None`: as many as there are processors); the report is thrown away.
pub fn audit(file: &Path, jobs: Option<u16>) -> Cost {
    let mut command = Command::new(PROGRAM);
    command.args(["audit", "--format", "jsonl", "--story", "off", "--allow-unsupported"]);
    if let Some(jobs) = jobs {
        command.args(["--jobs", &jobs.to_string()]);
    }
    command.arg(file);
    cost(command)
}

/// Compares the articles of `file` with all processors; the stories are thrown away.
#[allow(dead_code, reason = "the other benchmark asks for this")]
pub fn stories(file: &Path) -> Cost {
    let mut command = Command::new(PROGRAM);
    command.args(["story", "--format", "json"]).arg(file);
    cost(command)
}

/// Runs a command to its end; its output is thrown away.
fn cost(mut command: Command) -> Cost {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let before = children_cpu();
    let start = Instant::now();
    let mut child = command.spawn().expect("the program can be started");
    let (status, wall, peak) = watched(&mut child, start);
    // 1 only tells that there are findings.
    assert!(matches!(status.code(), Some(0 | 1)), "the program ended with {status}: {command:?}");
    Cost { cpu: children_cpu() - before, wall, peak }
}

/// The middle one of an odd number of figures.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Waits for the end; tells how it ended, the seconds since `start` and the peak of the resident memory.
fn watched(child: &mut Child, start: Instant) -> (ExitStatus, f64, u64) {
    let status = format!("/proc/{}/status", child.id());
    let (peak, ended) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // The kernel keeps the peak itself; looking often only matters for the last moments of a run.
            while !ended.load(Ordering::Relaxed) {
                let now = fs::read_to_string(&status).ok().and_then(|s| high_water(&s)).unwrap_or(0);
                peak.fetch_max(now, Ordering::Relaxed);
                sleep(LOOK);
            }
        });
        let end = child.wait().expect("the program can be waited for");
        let wall = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (end, wall, peak.load(Ordering::Relaxed))
    })
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Processor time of all children that have ended.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("/proc can be read: this benchmark needs Linux");
    // The name in brackets may hold spaces; behind it, children's user and system time are the 14th and 15th field.
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().expect("a number of ticks");
    (ticks(13) + ticks(14)) / TICKS
}
