//! `secondhand rules check`: are the rules sound?

use std::io::Write;

use secondhand::rules::rule_set::RuleSet;

use crate::args_rules::CheckArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Checks the rules.
///
/// # Errors
/// Where a folder of rules can't be used or the output can't be written.
pub fn run(args: &CheckArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, args.path.as_deref(), None, messages)?;
    session.doubtful.iter().for_each(|diagnostic| messages.diagnostic(diagnostic));
    let mut out = output::styled(messages.colour());
    writeln!(out, "{}", summary(&session))?;
    out.flush()?;
    Ok(session.status())
}

/// How many rules there are, and how many are faulty.
pub fn summary(session: &Session) -> String {
    format!("{}: {}", counted(session.rules()), faults(session.broken.len()))
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
