//! What the command line of `sources` takes.

use std::path::PathBuf;

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use secondhand::rules::explained::KINDS;

use crate::args::RuleArgs;

/// `sources`.
#[derive(Debug, Subcommand)]
pub enum SourcesCommand {
    /// List who is known: id, kind, country, group, names
    List(SourcesListArgs),
    /// Tell whom a name, id or host leads to, and why
    Show(SourcesShowArgs),
    /// Look for what a fact-checker should look at: names of two, names that are words, hosts, facts nobody checked
    Check(SourcesCheckArgs),
    /// Turn a spreadsheet of outlets (CSV) into a registry file
    Import(ImportArgs),
}

/// `sources list`.
#[derive(Debug, clap::Args)]
pub struct SourcesListArgs {
    /// Sources with this in their id or name
    pub part: Option<String>,
    /// Sources of this kind
    #[arg(long, value_parser = PossibleValuesParser::new(KINDS.map(|(word, _)| word)))]
    pub kind: Option<String>,
    /// Sources of this country, by its two letters
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Sources of this owner or group, by id
    #[arg(long, value_name = "ID")]
    pub group: Option<String>,
    /// Only entries that nobody has confirmed
    #[arg(long)]
    pub uncertain: bool,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `sources show`.
#[derive(Debug, clap::Args)]
pub struct SourcesShowArgs {
    /// A name as a text writes it, an id, or the address of a page
    pub name: String,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `sources check`.
#[derive(Debug, clap::Args)]
pub struct SourcesCheckArgs {
    /// A folder of rules to take over the others; only what concerns its sources is told
    pub path: Option<PathBuf>,
    /// Tell all, not the first five of each kind
    #[arg(long)]
    pub all: bool,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `sources import`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Columns: name, id, kind, country, group, domains, time-zone, names.TAG (one for each language or \
script), needs, speaks-for, uncertain, reads, ignores, fact-kind, fact-says, fact-by, fact-as-of, fact-checked. \
Only name must be there. The handbook (rules/README.md) tells what each holds."
)]
pub struct ImportArgs {
    /// The sheet, saved as CSV in UTF-8: commas, semicolons or tabs
    pub sheet: PathBuf,
    /// Write the registry file here, where nothing stands yet; to standard output by default
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
}
