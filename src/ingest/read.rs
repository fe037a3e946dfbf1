//! Reads inputs and hands their articles on, one after another.
// TEMPORARY: a placeholder until the readers are merged; it takes plain text files only.

use crate::article::{Article, Block, BlockKind, Field, LanguageTag, Limit, Part, Publisher};
use crate::ingest::error::InputError;
use crate::ingest::form::InputForm;
use crate::rules::pack::RuleSet;
use crate::text::span::Span;

/// How inputs are to be read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The form of all inputs; `None` tells it from each one's content and name.
    pub format: Option<InputForm>,
    /// Renamed fields of records: (ours, theirs).
    pub map: Vec<(String, String)>,
    /// The publisher of all articles, as a registry id.
    pub publisher: Option<String>,
    /// The language of all articles, BCP 47.
    pub language: Option<String>,
    /// Longest article in bytes.
    pub max_bytes: Option<usize>,
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
        Err(error) => sink(Err(InputError::io(path, &error))),
    }
}
