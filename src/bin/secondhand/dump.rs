//! `secondhand dump`: what one stage makes of a file.

use std::io::Write;

use secondhand::inspect::Stage;
use secondhand::ingest::error::InputError;

use crate::args::DumpArgs;
use crate::failure::{Failure, Status};
use crate::inputs::{self, Inputs};
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Prints the stage, one JSON value for each article of the file.
///
/// # Errors
/// Where the rules as a whole can't be used or the output can't be written.
pub fn run(args: &DumpArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, messages)?;
    let stage = Stage::NAMES.iter().find(|(name, _)| *name == args.stage).map(|(_, stage)| *stage);
    let stage = stage.ok_or_else(|| Failure::usage("no such stage", "see secondhand dump --help"))?;
    let mut out = output::raw();
    let mut status = session.status();
    let lookup = inputs::lookup(&session);
    let inputs = Inputs::new(&args.reading, &session, &lookup)?;
    let mut written: Result<(), Failure> = Ok(());
    inputs.batches(std::slice::from_ref(&args.file), &mut |batch| {
        for opened in batch {
            match opened.and_then(|document| inputs.article(&document)) {
                Ok(article) if written.is_ok() => {
                    let value = session.auditor.dump(stage, &article);
                    written = serde_json::to_writer_pretty(&mut out, &value)
                        .map_err(Failure::from)
                        .and_then(|()| Ok(writeln!(out)?));
                }
                Ok(_) => {}
                Err(error) => tell(&error, &mut status, messages),
            }
        }
        written.is_ok()
    });
    written?;
    out.flush()?;
    Ok(status)
}

fn tell(error: &InputError, status: &mut Status, messages: &Messages) {
    messages.input(error);
    *status = Status::Unusable;
}
