//! `secondhand rules test`: do the rules read their own sentences as they say?

use std::io::Write;

use secondhand::report::terminal::plain;
use secondhand::selftest::{self, Counted, Failure as Failed};
use unicode_width::UnicodeWidthStr;

use crate::args_rules::TestArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::rules_check::summary;
use crate::setup::Session;

/// Checks the rules and reads their sentences.
///
/// # Errors
/// Where a folder of rules can't be used or the output can't be written.
pub fn run(args: &TestArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, args.path.as_deref(), None, messages)?;
    session.doubtful.iter().for_each(|diagnostic| messages.diagnostic(diagnostic));
    let mut out = output::styled(messages.colour());
    writeln!(out, "{}", summary(&session))?;
    let tested = selftest::run(&session.auditor);
    for failed in &tested.failures {
        tell(&mut out, failed)?;
    }
    by_language(&mut out, &tested.languages)?;
    writeln!(out, "{} sentences read as their rules say, {} not", tested.passed, tested.failures.len())?;
    out.flush()?;
    Ok(if tested.failures.is_empty() { session.status() } else { session.status().max(Status::Found) })
}

/// One line a language: how much of it is tested.
fn by_language(out: &mut impl Write, languages: &[Counted]) -> std::io::Result<()> {
    let width = languages.iter().map(|it| it.name.width()).max().unwrap_or(0);
    for it in languages {
        let pad = width - it.name.width();
        let failed = if it.failed == 0 { String::new() } else { format!("  {} not read so", it.failed) };
        writeln!(
            out,
            "{:<4}{}{:pad$}{:>6} patterns{:>7} sentences to read{:>7} near misses{failed}",
            it.tag,
            plain(&it.name),
            "",
            it.patterns,
            it.reads,
            it.ignores
        )?;
    }
    Ok(())
}

fn tell(out: &mut impl Write, failed: &Failed) -> std::io::Result<()> {
    writeln!(out, "{}:{}: {}", failed.file, failed.line, failed.rule)?;
    for (head, text) in [("sentence", &failed.sentence), ("expected", &failed.expected), ("read as", &failed.got)] {
        writeln!(out, "  {head:<9} {}", plain(text))?;
    }
    writeln!(out)
}
