//! `secondhand read`: how one sentence is read.

use std::io::Write;

use secondhand::language::{declared, detect};
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
    let declared = args.language.as_deref().map(|tag| declared(tag, &session.rules().languages));
    let language = declared.unwrap_or_else(|| detect(&args.sentence, &session.rules().languages));
    let reading = session.auditor.explain(&args.sentence, &language.tag);
    let mut out = output::styled(messages.colour());
    out.write_all(render(&reading, session.rules(), output::width(args.width))?.as_bytes())?;
    out.flush()?;
    Ok(session.status())
}
