//! `secondhand rules check`: are the rules sound, and what in them is hardly meant as it stands?

use std::collections::BTreeMap;
use std::io::Write;

use secondhand::report::check_json::CheckOut;
use secondhand::rules::diagnostic::Diagnostic;
use secondhand::rules::rule_set::RuleSet;
use secondhand::workbench::choice::Choice;
use secondhand::workbench::doubts::doubts;

use crate::args_rules::{CheckArgs, ReportForm};
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::rules_path::asked;
use crate::setup::Session;

/// Checks the rules: all for faults, those of PATH (without it, all) for what can't be meant.
///
/// # Errors
/// Where a folder of rules can't be used or the output can't be written.
pub fn run(args: &CheckArgs, messages: &Messages) -> Result<Status, Failure> {
    let path = asked(args.path.as_deref())?;
    let quiet = Messages::quiet();
    let told = if args.format == ReportForm::Json { &quiet } else { messages };
    let session = Session::open_checked(&args.rules, path.folder.as_deref(), told)?;
    let choice = Choice { place: path.within, ..Choice::default() };
    let further = doubts(&session.auditor, &choice, &session.files);
    let doubtful: Vec<&Diagnostic> = told_of(&session, args.path.is_some()).into_iter().chain(&further).collect();
    match args.format {
        ReportForm::Table => {
            tell(&doubtful, args.all, messages);
            let mut out = output::styled(messages.colour());
            writeln!(out, "{}", summary(&session, doubtful.len()))?;
            out.flush()?;
        }
        ReportForm::Json => {
            let all: Vec<Diagnostic> = session.faulty.iter().chain(doubtful.iter().copied()).cloned().collect();
            let mut out = output::raw();
            serde_json::to_writer(&mut out, &CheckOut::new(&session.rules().hash, &all))?;
            writeln!(out)?;
            out.flush()?;
        }
    }
    let strict = args.strict && !doubtful.is_empty();
    Ok(if strict { Status::Unusable } else { session.status() })
}

/// Doubts that loading told: with a folder of one's own those about the built-in rules are others' work.
pub fn told_of(session: &Session, own: bool) -> Vec<&Diagnostic> {
    let theirs = |doubt: &&Diagnostic| own && session.files.is_built_in(&doubt.file);
    session.doubtful.iter().filter(|doubt| !theirs(doubt)).collect()
}

/// Most doubts of one kind that are shown, where not all are asked for.
const MOST: usize = 8;

/// Shows doubts, of each kind a few, and counts the others.
fn tell(doubts: &[&Diagnostic], all: bool, messages: &Messages) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for doubt in doubts {
        let count = counts.entry(doubt.code).or_default();
        *count += 1;
        if all || *count <= MOST {
            messages.diagnostic(doubt);
        }
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| !all && *count > MOST) {
        messages.warning(&format!("{} more doubts of the kind {code}", count - MOST), Some("--all shows them"));
    }
}

/// How many rules there are, how many are faulty, and how many doubts there are about them.
pub fn summary(session: &Session, doubts: usize) -> String {
    let doubts = match doubts {
        0 => String::new(),
        1 => "; 1 doubt".to_owned(),
        many => format!("; {many} doubts"),
    };
    format!("{}: {}{doubts}", counted(session.rules()), faults(session.faulty.len()))
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
