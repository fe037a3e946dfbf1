//! The whole run as one JSON object (`secondhand/audit/v1`), one article a line inside it.

use std::io;

use super::article_json::ArticleJson;
use super::form::{Closing, ClosingOut, Form, ToolOut};
use crate::record::ArticleRecord;
use crate::rules::rule_set::Edition;

/// The schema's name.
pub const SCHEMA: &str = "secondhand/audit/v1";

/// The form `json`. Articles are written as they come, so that the program holds no more of them than for `jsonl`.
#[derive(Debug)]
pub struct Json {
    json: ArticleJson,
    tool: String,
}

impl Json {
    /// `with_text` adds each article's text.
    ///
    /// # Errors
    /// Where the head of the report can't be written as JSON.
    pub fn new(edition: &Edition, with_text: bool) -> io::Result<Json> {
        Ok(Json { json: ArticleJson::new(edition, with_text), tool: serde_json::to_string(&ToolOut::new(edition))? })
    }
}

impl Form for Json {
    fn start(&self, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{{\"schema\":\"{SCHEMA}\",\"tool\":{},\"articles\":[", self.tool)
    }

    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        Ok(serde_json::to_vec(&self.json.article(record, None))?)
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn for_people(&self) -> bool {
        false
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        let closing = serde_json::to_string(&ClosingOut::from(closing))?;
        // The closing object's members go on in the object that `start` opened.
        writeln!(out, "\n],{}", closing.strip_prefix('{').unwrap_or(&closing))
    }
}
