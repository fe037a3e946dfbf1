//! Reads inputs and hands their articles on, one after another.
// TEMPORARY: a placeholder until the readers are merged; it takes plain text files only.

use crate::article::{Article, Block, BlockKind, Field, LanguageTag, Limit, Part, Publisher};
use crate::rules::pack::RuleSet;
use crate::text::span::Span;

/// How inputs are to be read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The form of all inputs; `None` tells it from each one's content and name.
    pub format: Option<String>,
    /// Renamed fields of records: (ours, theirs).
    pub map: Vec<(String, String)>,
    /// The publisher of all articles, as a registry id.
    pub publisher: Option<String>,
    /// The language of all articles, BCP 47.
    pub language: Option<String>,
    /// Longest article in bytes.
    pub max_bytes: Option<u64>,
}

/// An input, or one record of it, that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// The path as given.
    pub input: String,
    /// Number of the record, from 1.
    pub record: Option<u64>,
    /// A word for programs.
    pub code: &'static str,
    /// The sentence for people.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Column, from 1, in code points.
    pub column: Option<u32>,
}

/// Reads the file, folder or standard input (`-`) at `path`.
pub fn read_path(
    path: &str,
    options: &ReadOptions,
    rules: &RuleSet,
    sink: &mut dyn FnMut(Result<Article, InputError>),
) {
    let _ = rules;
    match std::fs::read_to_string(path) {
        Ok(buffer) => {
            let span = Span::new(0, buffer.len());
            sink(Ok(Article {
                key: format!("{path}#1"),
                id: path.to_string(),
                path: Some(path.to_string()),
                record: None,
                url: None,
                parts: vec![Part { field: Field::Text, span }],
                blocks: vec![Block { kind: BlockKind::Body, span }],
                language: LanguageTag { tag: "und".to_string(), confidence: 0.0 },
                publisher: options.publisher.clone().map(|id| Publisher { name: id.clone(), id, evidence: None }),
                published: None,
                byline: Vec::new(),
                limits: vec![Limit { code: "date-unknown", message: "No date was found.".to_string() }],
                page: false,
                buffer,
            }));
        }
        Err(error) => sink(Err(InputError {
            input: path.to_string(),
            record: None,
            code: "unreadable",
            message: error.to_string(),
            hint: "check the path".to_string(),
            line: None,
            column: None,
        })),
    }
}
