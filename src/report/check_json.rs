//! Faults of rules, for editors and other programs.

use serde::Serialize;

use crate::rules::diagnostic::{Diagnostic, Severity};
use crate::text::lines::LineIndex;

/// The name of the form.
const SCHEMA: &str = "secondhand/rules-check/v1";

/// The outcome of `rules check`.
#[derive(Debug, Serialize)]
pub struct CheckOut<'a> {
    schema: &'static str,
    rules: &'a str,
    errors: usize,
    warnings: usize,
    faults: Vec<FaultOut<'a>>,
}

impl<'a> CheckOut<'a> {
    /// The faults of the rules whose hash is `rules`.
    pub fn new(rules: &'a str, faults: &'a [Diagnostic]) -> CheckOut<'a> {
        let count = |severity| faults.iter().filter(|fault| fault.severity == severity).count();
        CheckOut {
            schema: SCHEMA,
            rules,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            faults: faults.iter().map(FaultOut::from).collect(),
        }
    }
}

/// A fault; lines and columns count from 1, columns in code points, `start` and `end` in bytes of the file.
#[derive(Debug, Serialize)]
struct FaultOut<'a> {
    severity: &'static str,
    code: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> From<&'a Diagnostic> for FaultOut<'a> {
    fn from(it: &'a Diagnostic) -> FaultOut<'a> {
        let lines = LineIndex::new(&it.source);
        let known = it.source.get(it.span.range()).is_some_and(|words| !words.is_empty());
        FaultOut {
            severity: match it.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: it.code,
            file: &it.file,
            line: it.line,
            column: it.column,
            end_line: if known { lines.line(it.span.end) } else { it.line },
            end_column: if known { lines.column(&it.source, it.span.end) } else { it.column },
            start: it.span.start,
            end: it.span.end,
            message: &it.message,
            hint: it.hint.as_deref(),
        }
    }
}
