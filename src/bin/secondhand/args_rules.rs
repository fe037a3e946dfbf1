//! What the command line of `rules` takes.

use std::path::PathBuf;

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use secondhand::rules::schema::FILE_FORMS;

use crate::args::RuleArgs;

/// `rules`.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Check all rules and tell their faults, with file, line and a hint
    Check(CheckArgs),
    /// Check all rules, then read the sentences that stand beside them (`reads`, `ignores`)
    Test(TestArgs),
    /// Print the JSON Schema of a kind of rule file, by which editors complete and underline
    Schema(SchemaArgs),
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

/// `rules schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// The kind of file
    #[arg(required_unless_present = "to", value_parser = PossibleValuesParser::new(FILE_FORMS.map(|file| file.name)))]
    pub form: Option<String>,
    /// Write KIND.schema.json of each kind into this folder, over what stands there
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}
