//! `secondhand audit`: the report on articles.

use secondhand::report::json::Json;
use secondhand::report::jsonl::{Jsonl, Rows};
use secondhand::report::trace::Trace;

use crate::args::{AuditArgs, OnlyRows, OutputForm, Story};
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::setup::Session;
use crate::{drive, output};

/// Audits what `args` names.
///
/// # Errors
/// Where the options don't go together, or the report can't be written.
pub fn run(args: &AuditArgs, messages: &Messages) -> Result<Status, Failure> {
    if args.only.is_some() && args.format != OutputForm::Jsonl {
        return Err(Failure::usage("--only gives rows, one a line", "add --format jsonl"));
    }
    let mut session =
        Session::open(&args.rules, None, args.input.time_limit, messages)?.with_profile(&args.profile)?;
    session.fail_on = Some(args.fail_on.into());
    let rules = session.rules();
    let stories = stories_reason(args.story);
    match args.format {
        OutputForm::Table => {
            let form = Trace::new(session.names(), output::width(args.width));
            drive::run(&session, &args.input, &form, stories, &mut output::styled(messages.colour()), messages)
        }
        OutputForm::Json => {
            let form = Json::new(rules, args.with_text)?;
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
        OutputForm::Jsonl => {
            let form = Jsonl::new(rules, rows(args.only), args.with_text);
            drive::run(&session, &args.input, &form, stories, &mut output::raw(), messages)
        }
    }
}

fn rows(only: Option<OnlyRows>) -> Rows {
    match only {
        None => Rows::Articles,
        Some(OnlyRows::Attributions) => Rows::Attributions,
        Some(OnlyRows::Hops) => Rows::Hops,
        Some(OnlyRows::Findings) => Rows::Findings,
    }
}

fn stories_reason(story: Story) -> &'static str {
    match story {
        Story::Off => "switched off by --story off",
        Story::Auto | Story::One => "this version does not compare articles",
    }
}
