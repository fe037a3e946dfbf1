//! `secondhand audit`: the report on articles.

use secondhand::report::annotations::Annotations;
use secondhand::report::full::Full;
use secondhand::report::html::page::Html;
use secondhand::report::json::Json;
use secondhand::report::jsonl::{Jsonl, Rows};
use secondhand::report::ranking::Choice;
use secondhand::report::sarif::Sarif;
use secondhand::report::table::Table;

use crate::args::{AuditArgs, OnlyRows, OutputForm, Story};
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::setup::Session;
use crate::stories::Comparing;
use crate::{drive, output};

/// Rows of an article in the table, where nothing else is asked for.
const ROWS: usize = 3;

/// Audits what `args` names.
///
/// # Errors
/// Where the options don't go together, or the report can't be written.
pub fn run(args: &AuditArgs, messages: &Messages) -> Result<Status, Failure> {
    if args.only.is_some() && args.format != OutputForm::Jsonl {
        return Err(Failure::usage("--only gives rows, one a line", "add --format jsonl"));
    }
    let session = Session::open(&args.rules, None, args.input.time_limit, messages)?.with_profile(&args.profile)?;
    let mut session = session.with_baseline(args.baseline.as_deref())?;
    session.fail_on = Some(args.fail_on.into());
    let edition = session.auditor.edition();
    let stories = comparing(args);
    match args.format {
        OutputForm::Table => {
            let form = Table::new(session.names(), output::width(args.width), choice(args, Some(ROWS)));
            drive::run(&session, &args.input, &form, stories, &mut output::styled(messages.colour()), messages)
        }
        OutputForm::Full => {
            let form = Full::new(session.names(), output::width(args.width), choice(args, None));
            drive::run(&session, &args.input, &form, stories, &mut output::styled(messages.colour()), messages)
        }
        OutputForm::Html => {
            let form = Html::new(session.names(), choice(args, None));
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
        OutputForm::Json => {
            let form = Json::new(edition, args.with_text)?;
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
        OutputForm::Jsonl => {
            let form = Jsonl::new(edition, rows(args.only), args.with_text);
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
        OutputForm::Sarif => {
            let form = Sarif::new(edition, session.auditor.policies(), session.names(), args.verbose);
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
        OutputForm::Github => {
            let form = Annotations::new(args.verbose);
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
    }
}

/// What is shown: as asked for, else `usual` many findings, and all where notes are wanted too.
fn choice(args: &AuditArgs, usual: Option<usize>) -> Choice {
    let asked = args.max.map(|max| usize::try_from(max).unwrap_or(usize::MAX));
    Choice { most: asked.or(if args.verbose { None } else { usual }), notes: args.verbose }
}

fn rows(only: Option<OnlyRows>) -> Rows {
    match only {
        None => Rows::Articles,
        Some(OnlyRows::Attributions) => Rows::Attributions,
        Some(OnlyRows::Hops) => Rows::Hops,
        Some(OnlyRows::Findings) => Rows::Findings,
    }
}

fn comparing(args: &AuditArgs) -> Result<Comparing, &'static str> {
    match args.story {
        Story::Off => Err("switched off by --story off"),
        Story::Auto | Story::One => Ok(Comparing {
            one: args.story == Story::One,
            window: args.window,
            most: args.story_limit,
            against: Vec::new(),
            only: false,
        }),
    }
}
