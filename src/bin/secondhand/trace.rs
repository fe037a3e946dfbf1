//! `secondhand trace`: the chains of articles, for people.

use secondhand::report::trace::Trace;

use crate::args::TraceArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::setup::Session;
use crate::{drive, output};

/// Traces what `args` names.
///
/// # Errors
/// Where the rules as a whole can't be used or the report can't be written.
pub fn run(args: &TraceArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, args.input.time_limit, messages)?;
    let form = Trace::new(session.names(), output::width(args.width));
    drive::run(&session, &args.input, &form, Err(""), &mut output::styled(messages.colour()), messages)
}
