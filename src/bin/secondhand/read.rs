//! `secondhand read`: how one sentence is read.

use std::io::Write;

use secondhand::report::read::render;

use crate::args::ReadArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Reads the sentence.
///
/// # Errors
/// Where the rules as a whole can't be used or the output can't be written.
pub fn run(args: &ReadArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, messages)?;
    let reading = session.auditor.explain(&args.sentence, args.language.as_deref());
    let mut out = output::styled(messages.colour());
    out.write_all(render(&reading, session.rules(), output::width(args.width))?.as_bytes())?;
    out.flush()?;
    Ok(session.status())
}
