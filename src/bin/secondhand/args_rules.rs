//! What the command line of `rules` takes.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Subcommand, ValueEnum};
use secondhand::rules::catalogue::Kind;
use secondhand::rules::explained::{MEANS, STATUS};
use secondhand::rules::pack::Means;
use secondhand::rules::schema::FILE_FORMS;
use secondhand::workbench::sample::Sample;

use crate::args::{ReadingArgs, RuleArgs};

/// `rules`.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Check all rules and tell their faults, with file, line and a hint
    Check(CheckArgs),
    /// Check all rules, then read the sentences that stand beside them (`reads`, `ignores`)
    Test(TestArgs),
    /// Print a commented sample that passes its own tests, to change into yours; with --to, write it
    New(NewArgs),
    /// Lay rule files out: order of keys, spaces, indents; comments stay, and no rule changes
    Fmt(FmtArgs),
    /// Propose a rule that would read a sentence, ready to paste
    Learn(LearnArgs),
    /// Show what a draft of rules would newly read and flag in articles, no longer, and otherwise
    Try(TryArgs),
    /// List the rules in force, each with what it is and where it stands
    List(ListArgs),
    /// Show one rule as it is written: its file and line, what it overrides, and what it means in plain sentences
    Show(ShowArgs),
    /// Print the JSON Schema of a kind of rule file, by which editors complete and underline
    Schema(SchemaArgs),
}

/// Forms of reports on rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    /// For people
    Table,
    /// One JSON object
    Json,
}

/// `rules check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// A folder of rules to take over the built-in ones, like --rules, or a file in one
    pub path: Option<PathBuf>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table")]
    pub format: ReportForm,
    /// Show all doubts, not only the first few of each kind
    #[arg(long)]
    pub all: bool,
    /// Doubts count as faults: exit status 2 for warnings, too
    #[arg(long)]
    pub strict: bool,
}

/// `rules test`.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// A folder of rules to take over the built-in ones, like --rules; of a file in one, only its own rules are tested
    pub path: Option<PathBuf>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Only rules with this in their id; `*` stands for any letters. May be given several times
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    /// Only patterns of this language. May be given several times
    #[arg(long, value_name = "TAG")]
    pub language: Vec<String>,
    /// Only the rules that stand in PATH, not those that they extend
    #[arg(long, requires = "path")]
    pub own: bool,
    /// Tell what the sentences exercise: wordings, variants, lexicon entries, word orders, kinds of slots
    #[arg(long)]
    pub coverage: bool,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table")]
    pub format: ReportForm,
    /// With --coverage: list all that no sentence exercises
    #[arg(short, long)]
    pub verbose: bool,
    /// Columns of the table, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `rules new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// What to show a sample of
    #[arg(value_parser = PossibleValuesParser::new(Sample::NAMES.map(|(name, _)| name)))]
    pub kind: String,
    /// The language, as a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// The name of a new language, in English
    #[arg(long)]
    pub name: Option<String>,
    /// Write the sample into this file (of a language: this folder of rules), where nothing stands yet
    #[arg(long, value_name = "PATH")]
    pub to: Option<PathBuf>,
}

/// `rules fmt`.
#[derive(Debug, clap::Args)]
pub struct FmtArgs {
    /// Folders of rules, or files in them; those that secondhand.toml names by default
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing; exit status 1 where something would change
    #[arg(long)]
    pub check: bool,
}

/// `rules list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Rules with this in their id
    pub id: Option<String>,
    /// Rules of this language, by tag
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Patterns that declare this
    #[arg(long, hide_possible_values = true, value_parser = PossibleValuesParser::new(MEANS.map(|(word, _)| word)))]
    pub means: Option<String>,
    /// Rules of this kind; may be given several times
    #[arg(long, value_parser = PossibleValuesParser::new(Kind::NAMES.map(|(word, _)| word)))]
    pub kind: Vec<String>,
    /// Rules in this state
    #[arg(long, value_parser = PossibleValuesParser::new(STATUS.map(|(word, _)| word)))]
    pub status: Option<String>,
    /// Rules of this pack
    #[arg(long, value_name = "NAME")]
    pub pack: Option<String>,
    /// What overrides what, what is out of force, whose severity is changed
    #[arg(long)]
    pub overrides: bool,
    /// The packs in the order of loading
    #[arg(long, conflicts_with = "overrides")]
    pub packs: bool,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `rules show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// The id, as `rules list` and reports name it: en/says, meduza, vague-source, en/lexicon.say
    pub id: String,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
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

/// `rules try`.
#[derive(Debug, clap::Args)]
pub struct TryArgs {
    /// The draft: a file or a folder of rules, taken over the rules in force
    pub draft: PathBuf,
    /// Articles to hold it against: files, folders, or - for standard input
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub on: Vec<String>,
    /// How they are read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Which severities apply: newsroom, strict, or a file
    #[arg(long, default_value = "newsroom")]
    pub profile: String,
    /// Most differences that are shown; 20 by default
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table")]
    pub format: ReportForm,
    /// Columns of the table, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `rules learn`.
#[derive(Debug, clap::Args)]
pub struct LearnArgs {
    /// The sentence, its parts labelled as in `reads`: "{content: The quay is shut}, {source: the mayor} let it be known."
    #[arg(allow_hyphen_values = true)]
    pub sentence: String,
    /// Articles in which to look for what a proposal would read besides: files, folders, or - for standard input
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub on: Vec<String>,
    /// How they are read; --language is the language of the sentence, too.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// What the wording declares, as in `means`; told from the labels by default
    #[arg(long, value_name = "MEANS", value_parser = PossibleValuesParser::new(Means::NAMES.map(|(word, _)| word)))]
    pub means: Option<String>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Most proposals that are shown
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub max: usize,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table")]
    pub format: ReportForm,
    /// Columns of the table, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}
