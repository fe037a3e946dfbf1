//! `secondhand rules show`: one rule as it is written, and what it means.

use std::io::Write;

use secondhand::report::rule_card::RuleCard;
use secondhand::rules::catalogue::Catalogue;
use secondhand::rules::suggest::did_you_mean;

use crate::args_rules::ShowArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::{Session, sources};

/// Shows the rule.
///
/// # Errors
/// Where a folder of rules can't be used, no rule has the id, or the output can't be written.
pub fn run(args: &ShowArgs, messages: &Messages) -> Result<Status, Failure> {
    let catalogue = Catalogue::new(&sources(&args.rules, None)?);
    let found = catalogue.find(&args.id);
    if found.is_empty() {
        let hint = did_you_mean(&args.id, catalogue.rules.iter().map(|rule| rule.id.as_str()))
            .unwrap_or_else(|| format!("`secondhand rules list {}` shows ids with these letters", part(&args.id)));
        return Err(Failure::usage(format!("there is no rule `{}`", args.id), hint));
    }
    let session = Session::open(&args.rules, None, None, messages)?;
    let text = RuleCard::new(&catalogue, session.rules(), output::width(args.width)).show(&found)?;
    let mut out = output::styled(messages.colour());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(session.status())
}

/// The last part of an id, to look for.
fn part(id: &str) -> &str {
    id.rsplit(['/', '.', ':']).next().unwrap_or(id)
}
