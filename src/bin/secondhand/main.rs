//! The command line of `secondhand`: a thin shell around the library.

mod args;
mod args_rules;
mod args_sources;
mod audit;
mod command;
mod drive;
mod dump;
mod explain;
mod failure;
mod held;
mod inputs;
mod interrupt;
mod messages;
mod output;
mod progress;
mod project;
mod read;
mod rules;
mod rules_check;
mod rules_fmt;
mod rules_learn;
mod rules_list;
mod rules_new;
mod rules_path;
mod rules_schema;
mod rules_show;
mod rules_test;
mod rules_try;
mod setup;
mod sources;
mod stories;
mod story;
mod trace;

use std::process::ExitCode;

use clap::Parser;

use crate::command::{Args, Command};
use crate::messages::Messages;

/// Articles are read by many short-lived lists; the system's allocator takes twice as long over them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let messages = Messages::new(args.colour());
    let outcome = match &args.command {
        Command::Audit(it) => audit::run(it, &messages),
        Command::Story(it) => story::run(it, &messages),
        Command::Trace(it) => trace::run(it, &messages),
        Command::Read(it) => read::run(it, &messages),
        Command::Dump(it) => dump::run(it, &messages),
        Command::Explain(it) => explain::run(it, &messages),
        Command::Rules(it) => rules::run(it, &messages),
        Command::Sources(it) => sources::run(it, &messages),
    };
    match outcome {
        Ok(status) => status.code(),
        // Whoever read the output has had enough of it.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            messages.failure(&failure);
            failure.code()
        }
    }
}
