//! `secondhand dump`: what one stage makes of a file.

use std::io::Write;

use secondhand::ingest::error::InputError;
use secondhand::inspect::Stage;
use secondhand::sources::lookup::RegistryLookup;

use crate::args::DumpArgs;
use crate::failure::{Failure, Status};
use crate::inputs::Articles;
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Prints the stage, one JSON value for each article of the file.
///
/// # Errors
/// Where the rules as a whole can't be used or the output can't be written.
pub fn run(args: &DumpArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, None, messages)?;
    let stage = Stage::NAMES.iter().find(|(name, _)| *name == args.stage).map(|(_, stage)| *stage);
    let stage = stage.ok_or_else(|| Failure::usage("no such stage", "see secondhand dump --help"))?;
    let mut out = output::raw();
    let mut status = session.status();
    let mut written: Result<(), Failure> = Ok(());
    let lookup = RegistryLookup::new(session.auditor.registry());
    Articles::new(&args.reading, &session, &lookup).each(&args.file, &mut |item| match item {
        Ok(article) if written.is_ok() => {
            let value = session.auditor.dump(stage, &article);
            written =
                serde_json::to_writer_pretty(&mut out, &value).map_err(Failure::from).and_then(|()| Ok(writeln!(out)?));
        }
        Ok(_) => {}
        Err(error) => tell(&error, &mut status, messages),
    });
    written?;
    out.flush()?;
    Ok(status)
}

fn tell(error: &InputError, status: &mut Status, messages: &Messages) {
    messages.input(error);
    *status = Status::Unusable;
}
