//! `secondhand rules test`: do the rules read their own sentences as they say?

use std::io::Write;

use secondhand::report::terminal::{ERROR, plain};
use secondhand::report::{coverage, failed, rules_json};
use secondhand::selftest::{self, Counted, SelfTest};
use secondhand::workbench::choice::Choice;
use secondhand::workbench::coverage::{LanguageCoverage, measure};
use unicode_width::UnicodeWidthStr;

use crate::args_rules::{ReportForm, TestArgs};
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::rules_check::{summary, told_of};
use crate::rules_path::asked;
use crate::setup::Session;

/// Checks the rules and reads their sentences.
///
/// # Errors
/// Where a folder of rules can't be used, nothing is asked for, or the output can't be written.
pub fn run(args: &TestArgs, messages: &Messages) -> Result<Status, Failure> {
    let path = asked(args.path.as_deref())?;
    let session = Session::open_checked(&args.rules, path.folder.as_deref(), messages)?;
    let doubtful = told_of(&session, args.path.is_some());
    doubtful.iter().for_each(|diagnostic| messages.diagnostic(diagnostic));
    let doubts = doubtful.len();
    let file = path.within.filter(|within| args.own || *within != secondhand::workbench::choice::Within::LastFolder);
    let choice = Choice { languages: args.language.clone(), ids: args.only.clone(), place: file };
    let tested = selftest::run(&session.auditor, &choice, &session.files);
    if !choice.is_all() && tested.passed + tested.failures.len() == 0 && session.broken.is_empty() {
        let hint = "`secondhand rules test` without filters runs all; ids are matched by any part of them";
        return Err(Failure::usage("no rule with sentences is asked for", hint));
    }
    let coverage = args.coverage.then(|| measure(&session.auditor, &choice, &session.files));
    match args.format {
        ReportForm::Table => table(args, (&session, doubts), &choice, (&tested, coverage.as_deref()), messages)?,
        ReportForm::Json => {
            let mut out = output::raw();
            let report = rules_json::TestOut::new(&session.rules().hash, &tested, coverage.as_deref(), &session.files);
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
            out.flush()?;
        }
    }
    Ok(if tested.failures.is_empty() { session.status() } else { session.status().max(Status::Found) })
}

fn table(
    args: &TestArgs,
    (session, doubts): (&Session, usize),
    choice: &Choice,
    (tested, coverage): (&SelfTest, Option<&[LanguageCoverage]>),
    messages: &Messages,
) -> Result<(), Failure> {
    let width = output::width(args.width);
    let mut out = output::styled(messages.colour());
    let names = session.names();
    for failure in &tested.failures {
        out.write_all(failed::render(failure, &session.files, &names, width)?.as_bytes())?;
    }
    if let Some(languages) = coverage {
        out.write_all(coverage::render(languages, args.verbose || !choice.is_all(), width)?.as_bytes())?;
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(session, doubts))?;
    by_language(&mut out, &tested.languages, width)?;
    let wrong = tested.failures.len();
    let style = if wrong == 0 { anstyle::Style::new() } else { ERROR };
    let right = tested.passed;
    let sentences = if right == 1 { "sentence" } else { "sentences" };
    writeln!(out, "{right} {sentences} read as their rules say, {style}{wrong} not{style:#}")?;
    out.flush()?;
    Ok(())
}

/// Columns that one line a language takes, its name aside.
const COLUMNS: usize = 70;

/// One line a language, or two where the terminal is narrow: how much of it is tested.
fn by_language(out: &mut impl Write, languages: &[Counted], columns: usize) -> std::io::Result<()> {
    let width = languages.iter().map(|it| it.name.width()).max().unwrap_or(0);
    for it in languages {
        let failed =
            if it.failed == 0 { String::new() } else { format!("  {ERROR}{} not read so{ERROR:#}", it.failed) };
        let pad = width - it.name.width();
        write!(out, "{:<4}{}{:pad$}", it.tag, plain(&it.name), "")?;
        let place = if columns < COLUMNS + width { "\n    " } else { "" };
        let columns = [
            (it.patterns, 6, "pattern ", "patterns"),
            (it.reads, 7, "sentence to read ", "sentences to read"),
            (it.ignores, 7, "near miss", "near misses"),
        ];
        let columns =
            columns.map(|(count, wide, one, many)| format!("{count:>wide$} {}", if count == 1 { one } else { many }));
        writeln!(out, "{place}{}{failed}", columns.concat())?;
    }
    Ok(())
}
