//! What the commands of the command line take.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::limits::{MOST_DEPTH, MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED, TIME_LIMIT};
use secondhand::ingest::read::MOST_BYTES;
use secondhand::ingest::record::FieldMap;
use secondhand::inspect::Stage;
use secondhand::record;
use secondhand::rules::check_policy::FALLBACK;

/// Which rules are in force.
#[derive(Debug, clap::Args)]
pub struct RuleArgs {
    /// A folder of rules that extends or overrides the built-in ones; may be given several times
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// Leave the built-in rules out
    #[arg(long)]
    pub no_builtin_rules: bool,
}

/// Which articles are read, and how.
#[derive(Debug, clap::Args)]
pub struct InputArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// How they are read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Threads; as many as there are processors by default. The output is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Stop reading an article after this time; what was read by then is reported. 0: never
    #[arg(long, value_name = "SECONDS", help = format!("Stop reading an article after this time; what was read by then is reported. 0: never [default: {TIME_LIMIT}]"))]
    pub time_limit: Option<u32>,
    /// Take articles in a language without rules as they are, instead of exit status 2
    #[arg(long)]
    pub allow_unsupported: bool,
}

/// How inputs become articles.
#[derive(Debug, clap::Args)]
pub struct ReadingArgs {
    /// The form of all inputs; told from each one's name and content by default
    #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(InputForm::NAMES.map(|(name, _)| name)))]
    pub input_format: Option<String>,
    /// Fields of records, or columns of tables, under other names: text=body,published=date
    #[arg(long, value_name = "FIELD=NAME,…", value_parser = FieldMap::parse)]
    pub map: Option<FieldMap>,
    /// The publisher of all articles: a registry id or a name
    #[arg(long, value_name = "ID")]
    pub publisher: Option<String>,
    /// The language of all articles, as a BCP 47 tag; detected by default
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Longest article in bytes; what is longer is cut, and the report says so
    #[arg(long, value_name = "N", help = format!("Longest article in bytes; what is longer is cut, and the report says so [default: {MOST_BYTES}]"))]
    pub max_bytes: Option<usize>,
    /// Archives and packings inside each other
    #[arg(long, value_name = "N", help = format!("Archives and packings inside each other that are opened [default: {MOST_DEPTH}]"))]
    pub max_depth: Option<u32>,
    /// Times its packed size that an input may unpack to
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help = format!("Times its packed size that an input may unpack to [default: {MOST_RATIO}]"))]
    pub max_ratio: Option<u64>,
    /// Bytes that one input may unpack to
    #[arg(long, value_name = "N", help = format!("Bytes that one input may unpack to [default: {MOST_UNPACKED}]"))]
    pub max_unpacked: Option<u64>,
    /// Entries of the archives of one input
    #[arg(long, value_name = "N", help = format!("Entries of the archives of one input [default: {MOST_ENTRIES}]"))]
    pub max_entries: Option<u64>,
}

/// `audit`.
#[derive(Debug, clap::Args)]
pub struct AuditArgs {
    /// The articles.
    #[command(flatten)]
    pub input: InputArgs,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table")]
    pub format: OutputForm,
    /// Rows of one kind in place of whole articles; goes with --format jsonl
    #[arg(long, value_enum, value_name = "ROWS")]
    pub only: Option<OnlyRows>,
    /// Print each article's text in the report
    #[arg(long)]
    pub with_text: bool,
    /// Which severities apply: newsroom, strict, or a file
    #[arg(long, default_value = "newsroom")]
    pub profile: String,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "error")]
    pub fail_on: Severity,
    /// A report of before (JSON, JSON lines or SARIF): what it found is known, and left out
    #[arg(long, value_name = "REPORT")]
    pub baseline: Option<PathBuf>,
    /// Whether articles are compared with each other
    #[arg(long, value_enum, default_value = "auto")]
    pub story: Story,
    /// Days between articles on one event
    #[arg(long, value_name = "DAYS", default_value_t = 3)]
    pub window: u32,
    /// Most articles that are compared in one run
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    pub story_limit: u64,
    /// Columns of the table, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
    /// Most findings shown of an article: 3 in the table, all in `full` and with -v by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max: Option<u32>,
    /// Show notes too
    #[arg(short, long)]
    pub verbose: bool,
}

/// Forms of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputForm {
    /// For people, a few rows an article
    Table,
    /// For people, every finding in its text, with its chain
    Full,
    /// For a browser: one page, the text beside its findings
    Html,
    /// One JSON object
    Json,
    /// One JSON object a line
    Jsonl,
    /// SARIF 2.1.0, for services that show findings beside the text
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines
    Github,
}

/// Rows that can stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnlyRows {
    /// Who said what
    Attributions,
    /// Links of chains
    Hops,
    /// What policies flag
    Findings,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Severity {
    /// Must be settled
    Error,
    /// Should be looked at
    Warning,
    /// For information
    Note,
}

impl From<Severity> for record::Severity {
    fn from(severity: Severity) -> record::Severity {
        match severity {
            Severity::Error => record::Severity::Error,
            Severity::Warning => record::Severity::Warning,
            Severity::Note => record::Severity::Note,
        }
    }
}

/// Whether articles are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Story {
    /// By event
    Auto,
    /// All articles are on one event
    One,
    /// Not at all
    Off,
}

/// `story`.
#[derive(Debug, clap::Args)]
pub struct StoryArgs {
    /// The articles.
    #[command(flatten)]
    pub input: InputArgs,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table")]
    pub format: StoryForm,
    /// Files or folders of earlier articles that these are held against; they are not reported themselves
    #[arg(long, value_name = "PATH")]
    pub against: Vec<String>,
    /// Take all articles for articles on one event
    #[arg(long)]
    pub one: bool,
    /// Days between articles on one event
    #[arg(long, value_name = "DAYS", default_value_t = 3)]
    pub window: u32,
    /// Most articles that are compared in one run
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    pub story_limit: u64,
    /// Which severities apply: newsroom, strict, or a file
    #[arg(long, default_value = "newsroom")]
    pub profile: String,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "error")]
    pub fail_on: Severity,
    /// A report of before (JSON, JSON lines or SARIF): what it found is known, and left out
    #[arg(long, value_name = "REPORT")]
    pub baseline: Option<PathBuf>,
    /// Leave nothing out of the table: the same as --format full
    #[arg(short, long)]
    pub verbose: bool,
    /// Columns of the table, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// Forms of reports on stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StoryForm {
    /// For people: the claims that most carry, with their origins, and what to settle
    Table,
    /// For people: all claims, every way, every finding
    Full,
    /// One JSON object
    Json,
    /// The links between origins, outlets and publishers, for Graphviz
    Dot,
    /// The same for Mermaid
    Mermaid,
    /// The same as a picture
    Svg,
    /// The same for programs that draw and count graphs
    Graphml,
}

/// `trace`.
#[derive(Debug, clap::Args)]
pub struct TraceArgs {
    /// The articles.
    #[command(flatten)]
    pub input: InputArgs,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `read`.
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// The sentence
    #[arg(allow_hyphen_values = true)]
    pub sentence: String,
    /// Its language, as a BCP 47 tag; detected by default
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The code, as reports name it
    pub code: Option<String>,
    /// The language of the explanation, as a BCP 47 tag, where the policy has it
    #[arg(long, value_name = "TAG", default_value = FALLBACK)]
    pub language: String,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Columns of the output, 40 to 200; the terminal's by default
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `dump`.
#[derive(Debug, clap::Args)]
pub struct DumpArgs {
    /// The stage
    #[arg(value_parser = PossibleValuesParser::new(Stage::NAMES.map(|(name, _)| name)))]
    pub stage: String,
    /// A file, or - for standard input
    pub file: String,
    /// How it is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleArgs,
}
