//! Reports that hold stories and no articles: one JSON object.

use std::io;

use super::form::{Closing, Form, ToolOut, close_stories, open_stories};
use super::story_json::StoryOut;
use crate::record::ArticleRecord;
use crate::rules::rule_set::Edition;
use crate::story::digest::Digest;
use crate::story::model::Story;

/// The schema's name.
pub const SCHEMA: &str = "secondhand/story/v1";

/// The form `json` of stories.
#[derive(Debug)]
pub struct StoryJson {
    tool: String,
}

impl StoryJson {
    /// Stories as one object.
    ///
    /// # Errors
    /// Where the head of the report can't be written as JSON.
    pub fn new(edition: &Edition) -> io::Result<StoryJson> {
        Ok(StoryJson { tool: serde_json::to_string(&ToolOut::new(edition))? })
    }
}

impl Form for StoryJson {
    fn start(&self, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{{\"schema\":\"{SCHEMA}\",\"tool\":{},", self.tool)
    }

    fn article(&self, _: &ArticleRecord) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn for_people(&self) -> bool {
        false
    }

    fn stories(&self, out: &mut dyn io::Write, compared: bool) -> io::Result<()> {
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
