//! `secondhand rules`: are the rules sound, and do they read their own sentences as they say?

use std::io::Write;

use secondhand::report::terminal::plain;
use secondhand::rules::rule_set::RuleSet;
use secondhand::selftest::{self, Counted, Failure as Failed};
use unicode_width::UnicodeWidthStr;

use crate::args::RulesCommand;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Checks or tests the rules.
///
/// # Errors
/// Where a folder of rules can't be used or the output can't be written.
pub fn run(command: &RulesCommand, messages: &Messages) -> Result<Status, Failure> {
    let (args, test) = match command {
        RulesCommand::Check(args) => (args, false),
        RulesCommand::Test(args) => (args, true),
    };
    let session = Session::open(&args.rules, args.path.as_deref(), None, messages)?;
    session.doubtful.iter().for_each(|diagnostic| messages.diagnostic(diagnostic));
    let mut out = output::styled(messages.colour());
    writeln!(out, "{}: {}", counted(session.rules()), faults(session.broken.len()))?;
    let mut status = session.status();
    if test {
        let tested = selftest::run(&session.auditor);
        for failed in &tested.failures {
            tell(&mut out, failed)?;
        }
        by_language(&mut out, &tested.languages)?;
        writeln!(out, "{} sentences read as their rules say, {} not", tested.passed, tested.failures.len())?;
        if !tested.failures.is_empty() {
            status = status.max(Status::Found);
        }
    }
    out.flush()?;
    Ok(status)
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

fn counted(rules: &RuleSet) -> String {
    let patterns: usize = rules.languages.iter().map(|language| language.patterns.len()).sum();
    let counts = [
        (rules.languages.len(), "language", "languages"),
        (patterns, "pattern", "patterns"),
        (rules.sources.len(), "source", "sources"),
        (rules.policies.len(), "policy", "policies"),
    ];
    counts.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).join(", ")
}

fn faults(count: usize) -> String {
    match count {
        0 => "no faults".to_string(),
        1 => "1 fault; the rule is left out".to_string(),
        _ => format!("{count} faults; these rules are left out"),
    }
}

fn tell(out: &mut impl Write, failed: &Failed) -> std::io::Result<()> {
    writeln!(out, "{}:{}: {}", failed.file, failed.line, failed.rule)?;
    for (head, text) in [("sentence", &failed.sentence), ("expected", &failed.expected), ("read as", &failed.got)] {
        writeln!(out, "  {head:<9} {}", plain(text))?;
    }
    writeln!(out)
}
