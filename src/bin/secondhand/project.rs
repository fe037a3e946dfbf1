//! `secondhand.toml`: what a project says once for all runs in its folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::Failure;

/// The file's name.
const NAME: &str = "secondhand.toml";

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Project {
    /// Folders of rules, relative to the file.
    #[serde(default)]
    pub rules: Vec<PathBuf>,
    /// Whose drafts these are.
    #[serde(default)]
    pub newsroom: Newsroom,
    /// How much is read of an input.
    #[serde(default)]
    pub limits: ProjectLimits,
}

/// Limits that hold where the command line gives none.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProjectLimits {
    /// Longest article in bytes.
    pub max_bytes: Option<usize>,
    /// Archives and packings inside each other.
    pub max_depth: Option<u32>,
    /// Times its packed size that an input may unpack to.
    pub max_ratio: Option<u64>,
    /// Bytes that one input may unpack to.
    pub max_unpacked: Option<u64>,
    /// Entries of the archives of one input.
    pub max_entries: Option<u64>,
    /// Seconds after which an article is given up; 0: never.
    pub time_limit: Option<u32>,
}

/// The house that the articles are written in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Newsroom {
    /// Its registry id.
    pub id: Option<String>,
    /// The IANA zone of its clock, for pages whose publisher has none in the registry.
    pub time_zone: Option<String>,
}

impl Project {
    /// The project that holds the current folder: the nearest file upward; empty where there is none.
    ///
    /// # Errors
    /// Where the file can't be read or understood: a run by other rules than the house's would mislead.
    pub fn find() -> Result<Project, Failure> {
        let Ok(here) = std::env::current_dir() else { return Ok(Project::default()) };
        // Told from here, so that messages stay short.
        let mut folder = PathBuf::new();
        for _ in here.ancestors() {
            let file = folder.join(NAME);
            if file.is_file() {
                return Project::load(&file, &folder);
            }
            folder.push("..");
        }
        Ok(Project::default())
    }

    fn load(file: &Path, folder: &Path) -> Result<Project, Failure> {
        let unusable = |why: String| {
            let hint = "it may hold `rules = [\"folder\"]`, under `[newsroom]` `id = \"registry-id\"` and `time-zone`, and under `[limits]` the limits of the command line (`max-bytes`)";
            Failure::usage(format!("{}: {why}", file.display()), hint)
        };
        let text = std::fs::read_to_string(file).map_err(|error| unusable(error.to_string()))?;
        let mut project: Project = toml::from_str(&text).map_err(|error| unusable(place(&text, &error)))?;
        for rules in &mut project.rules {
            *rules = folder.join(&*rules);
        }
        Ok(project)
    }
}

/// The error with its line and column.
fn place(text: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return message.to_string() };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(1, |last| last.chars().count() + 1);
    format!("line {line}, column {column}: {message}")
}
