//! `secondhand rules list`: which rules there are, and what overrides what.

use std::io::Write;

use secondhand::report::rule_list::{Filter, RuleList};
use secondhand::rules::catalogue::{Catalogue, Kind};

use crate::args_rules::ListArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::sources;

/// Lists rules or packs.
///
/// # Errors
/// Where a folder of rules can't be used or the output can't be written.
pub fn run(args: &ListArgs, messages: &Messages) -> Result<Status, Failure> {
    let catalogue = Catalogue::new(&sources(&args.rules, None)?);
    let list = RuleList::new(&catalogue, output::width(args.width));
    let asked = |(word, _): &&(&str, Kind)| args.kind.iter().any(|kind| kind == word);
    let filter = Filter {
        id: args.id.clone(),
        language: args.language.clone(),
        means: args.means.clone(),
        kinds: Kind::NAMES.iter().filter(asked).map(|(_, kind)| *kind).collect(),
        status: args.status.clone(),
        pack: args.pack.clone(),
    };
    let text = if args.packs {
        list.packs()?
    } else if args.overrides {
        list.overrides(&filter)?
    } else {
        list.rules(&filter)?
    };
    let mut out = output::styled(messages.colour());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Status::Clean)
}
