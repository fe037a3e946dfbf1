//! What the command line of `rules` takes.

use std::path::PathBuf;

use clap::Subcommand;

use crate::args::RuleArgs;

/// `rules`.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Check all rules and tell their faults, with file, line and a hint
    Check(CheckArgs),
    /// Check all rules, then read the sentences that stand beside them (`reads`, `ignores`)
    Test(TestArgs),
}

/// `rules check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// A folder of rules to take over the built-in ones, like --rules
    pub path: Option<PathBuf>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `rules test`.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// A folder of rules to take over the built-in ones, like --rules
    pub path: Option<PathBuf>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
}
