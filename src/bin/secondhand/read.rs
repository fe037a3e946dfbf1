//! `secondhand read`: how one sentence is read.

use std::io::Write;

use secondhand::language::{declared, detect, packed};
use secondhand::report::read::render;

use crate::args::ReadArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Reads the sentence.
///
/// # Errors
/// Where the rules as a whole can't be used, the language has none, or the output can't be written.
pub fn run(args: &ReadArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, None, messages)?;
    let packs = session.auditor.outlines();
    let language = match &args.language {
        Some(tag) => declared(tag, packs),
        None => detect(&args.sentence, packs),
    };
    if !packed(&language.tag, packs) {
        let hint = "name a language that has rules with --language";
        return Err(Failure::usage(
            format!("there are no rules for the language of this sentence ({})", language.tag),
            hint,
        ));
    }
    let reading = session.auditor.explain(&args.sentence, &language.tag);
    let mut out = output::styled(messages.colour());
    out.write_all(render(&reading, &session.names(), output::width(args.width))?.as_bytes())?;
    out.flush()?;
    Ok(session.status())
}
