//! The whole run as one JSON object (`secondhand/audit/v1`), one article a line inside it.

use std::io;

use super::article_json::ArticleJson;
use super::form::{Closing, Form, ToolOut, close_stories, open_stories};
use super::story_json::StoryOut;
use crate::record::ArticleRecord;
use crate::rules::rule_set::Edition;
use crate::story::digest::Digest;
use crate::story::model::Story;

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

    fn stories(&self, out: &mut dyn io::Write, compared: bool) -> io::Result<()> {
        // The closing object's members go on in the object that `start` opened.
        write!(out, "\n],")?;
        open_stories(out, compared)
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        Ok(serde_json::to_vec(&StoryOut::new(story, digests))?)
    }

    fn between_stories(&self) -> &'static str {
        ",\n"
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        close_stories(out, closing)
    }
}
