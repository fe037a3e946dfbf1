//! What every output form does, and what all of them tell at the end of a run.

use std::io;

use serde::Serialize;

use super::tally::Tally;
use crate::ingest::error::InputError;
use crate::record::ArticleRecord;
use crate::rules::rule_set::Edition;
use crate::story::digest::Digest;
use crate::story::model::Story;

/// One output form. Articles are rendered on many threads and written in input order, so a form keeps no state
/// between them.
pub trait Form: Sync {
    /// What stands before the first article.
    ///
    /// # Errors
    /// Where `out` can't be written.
    fn start(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// One article.
    ///
    /// # Errors
    /// Where the article can't be put in this form.
    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>>;

    /// What stands between two articles.
    fn separator(&self) -> &'static str {
        ""
    }

    /// True where people read it as it is.
    fn for_people(&self) -> bool {
        true
    }

    /// What stands between the articles and the first story; `compared` is false where articles were not compared.
    ///
    /// # Errors
    /// Where `out` can't be written.
    fn stories(&self, out: &mut dyn io::Write, compared: bool) -> io::Result<()> {
        let _ = (out, compared);
        Ok(())
    }

    /// One story, with the digests of its articles in its order.
    ///
    /// # Errors
    /// Where the story can't be put in this form.
    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        let _ = (story, digests);
        Ok(Vec::new())
    }

    /// What stands between two stories.
    fn between_stories(&self) -> &'static str {
        ""
    }

    /// What stands after the last story.
    ///
    /// # Errors
    /// Where `out` can't be written.
    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()>;
}

/// What is known at the end of a run.
#[derive(Debug, Clone, Default)]
pub struct Closing {
    /// Rules that are left out, and why.
    pub broken_rules: Vec<InputError>,
    /// Inputs and records that could not be used, in their order.
    pub errors: Vec<InputError>,
    /// Whether articles were compared with each other.
    pub compared: bool,
    /// Why they were not; what limits the comparison where they were.
    pub stories_reason: String,
    /// True where the run went through all inputs.
    pub complete: bool,
    /// Counts of articles, findings and limits.
    pub tally: Tally,
}

/// Opens the list of stories in a report for programs, which the closing object's other members follow.
pub(super) fn open_stories(out: &mut dyn io::Write, compared: bool) -> io::Result<()> {
    write!(out, "\"stories\":{}", if compared { "[" } else { "null" })
}

/// Closes it, and writes the other members and the end of the object.
pub(super) fn close_stories(out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
    let rest = serde_json::to_string(&ClosingOut::from(closing))?;
    let end = if closing.compared { "]" } else { "" };
    writeln!(out, "{end},{}", rest.strip_prefix('{').unwrap_or(&rest))
}

/// Which program wrote a report, and by which rules.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ToolOut<'a> {
    name: &'static str,
    version: &'static str,
    rules: &'a str,
}

impl<'a> ToolOut<'a> {
    pub(super) fn new(edition: &'a Edition) -> ToolOut<'a> {
        ToolOut { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules: &edition.hash }
    }
}

/// The end of a report for programs.
#[derive(Debug, Serialize)]
pub(super) struct ClosingOut<'a> {
    stories_reason: Option<&'a str>,
    errors: Vec<ErrorOut<'a>>,
    /// How many findings were left out as known, where there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<usize>,
    complete: bool,
}

impl<'a> From<&'a Closing> for ClosingOut<'a> {
    fn from(closing: &'a Closing) -> ClosingOut<'a> {
        ClosingOut {
            stories_reason: Some(closing.stories_reason.as_str()).filter(|reason| !reason.is_empty()),
            errors: closing.broken_rules.iter().chain(&closing.errors).map(ErrorOut::from).collect(),
            known: Some(closing.tally.known).filter(|known| *known > 0),
            complete: closing.complete,
        }
    }
}

#[derive(Debug, Serialize)]
struct ErrorOut<'a> {
    input: &'a str,
    record: Option<u64>,
    code: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    line: Option<u64>,
    column: Option<u64>,
}

impl<'a> From<&'a InputError> for ErrorOut<'a> {
    fn from(error: &'a InputError) -> ErrorOut<'a> {
        ErrorOut {
            input: &error.input,
            record: error.record,
            code: error.code,
            message: &error.message,
            hint: error.hint.as_deref(),
            line: error.line,
            column: error.column,
        }
    }
}
