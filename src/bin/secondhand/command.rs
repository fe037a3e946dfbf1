//! The command line as a whole: its commands, and what goes with all of them.

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};

use crate::args::{AuditArgs, DumpArgs, ExplainArgs, ReadArgs, StoryArgs, TraceArgs};
use crate::args_rules::RulesCommand;
use crate::args_sources::SourcesCommand;

/// A linter for sourcing in news articles: who said what, through whom it reached the page, and what is not sourced.
///
/// Exit status: 0 nothing to tell; 1 a finding at or above --fail-on; 2 the program, its rules or an input could not be
/// used (what could be audited still is).
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: When,
}

impl Args {
    /// When to use colours.
    pub fn colour(&self) -> ColorChoice {
        match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }
}

/// When to do it.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    /// On terminals
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit articles and report what their sourcing declares
    Audit(AuditArgs),
    /// Compare articles on one event: how many independent origins are there, who says what through whom, what differs
    Story(StoryArgs),
    /// Show the chains of articles: origin → … → publisher, with the words that declare each hop
    Trace(TraceArgs),
    /// Show how one sentence is read, and why other readings lost
    Read(ReadArgs),
    /// Tell what a code means, why it matters, how to mend it and when to leave it; without a code, list all
    Explain(ExplainArgs),
    /// Print what one stage makes of a file, as JSON
    Dump(DumpArgs),
    /// Work on rules
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Work on the registry of sources
    #[command(subcommand)]
    Sources(SourcesCommand),
}
