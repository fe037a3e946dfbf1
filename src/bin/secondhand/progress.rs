//! How far a long run has come: one line on standard error, where somebody sees it.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// A run that takes no longer shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two drawings.
const PAUSE: Duration = Duration::from_millis(200);

/// Columns of the bar itself.
const BAR: usize = 24;

/// Back to the first column, and nothing behind it.
const CLEAR: &str = "\r\u{1b}[K";

/// The line. That it can't be written is no reason to stop.
#[derive(Debug)]
pub struct Progress {
    seen: bool,
    start: Instant,
    drawn: Option<Instant>,
    articles: u64,
    bytes: u64,
    total: Option<u64>,
}

impl Progress {
    /// For a run over `paths`. Nothing is drawn where standard error is no terminal, or the report itself goes to one or to a
    /// pager.
    pub fn new(paths: &[String], for_people: bool) -> Progress {
        let paged = for_people && is_pipe();
        Progress {
            seen: io::stderr().is_terminal() && !io::stdout().is_terminal() && !paged,
            start: Instant::now(),
            drawn: None,
            articles: 0,
            bytes: 0,
            total: total(paths),
        }
    }

    /// Counts articles of so many bytes together, which are done.
    pub fn add(&mut self, articles: usize, bytes: usize) {
        self.articles += articles as u64;
        self.bytes += bytes as u64;
    }

    /// Draws the line where it is due.
    pub fn draw(&mut self) {
        let now = Instant::now();
        let elapsed = now - self.start;
        let due = self.drawn.map_or(elapsed >= PATIENCE, |drawn| now - drawn >= PAUSE);
        if self.seen && due {
            self.drawn = Some(now);
            write(&format!("{CLEAR}{}", line(self.articles, self.bytes, self.total, elapsed)));
        }
    }

    /// Takes the line away, so that something else can be told.
    pub fn clear(&mut self) {
        if self.drawn.is_some() {
            write(CLEAR);
        }
    }
}

fn write(text: &str) {
    let mut stream = io::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// The bytes of all inputs; `None` where that is not known beforehand.
fn total(paths: &[String]) -> Option<u64> {
    let size = |path: &String| std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len());
    paths.iter().map(size).sum::<Option<u64>>().filter(|total| *total > 0)
}

fn line(articles: u64, bytes: u64, total: Option<u64>, elapsed: Duration) -> String {
    let rate = (articles as f64 / elapsed.as_secs_f64().max(0.001)) as u64;
    let counts = format!("{articles} articles, {rate} a second");
    let Some(total) = total else { return counts };
    // Some bytes of a file belong to no article, and a file may grow.
    let share = (bytes as f64 / total as f64).min(1.0);
    let full = (share * BAR as f64) as usize;
    format!("[{}{}] {:>3} %  {counts}", "#".repeat(full), "-".repeat(BAR - full), (share * 100.0) as u32)
}

#[cfg(unix)]
fn is_pipe() -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata("/dev/stdout").is_ok_and(|it| it.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_total_gives_a_bar_and_an_unknown_one_only_counts() {
        let second = Duration::from_secs(2);
        assert_eq!(line(500, 50, Some(200), second), "[######------------------]  25 %  500 articles, 250 a second");
        assert_eq!(line(500, 50, None, second), "500 articles, 250 a second");
        assert!(line(1, 900, Some(200), second).contains("100 %"), "never more than all");
    }

    #[test]
    fn the_total_of_a_folder_is_not_known() {
        assert_eq!(total(&["Cargo.toml".into(), "src".into()]), None);
        assert_eq!(total(&["-".into()]), None);
    }
}
