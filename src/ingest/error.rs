//! What can be wrong with one input, and what to do about it.

use super::limits::{damage_of, limit_of};

/// An input, or a record of one, that could not be used. The other inputs go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{input}: {message}")]
pub struct InputError {
    /// The path as given; `-` for standard input.
    pub input: Box<str>,
    /// Number of the record in its file, from 1; `None` where the whole input is meant.
    pub record: Option<u64>,
    /// A stable name of the fault (`not-found`, `bad-record`).
    pub code: &'static str,
    /// The sentence for people.
    pub message: String,
    /// What to do about it.
    pub hint: Option<Box<str>>,
    /// Line of the input, from 1.
    pub line: Option<u64>,
    /// Column, from 1, in code points.
    pub column: Option<u64>,
}

impl InputError {
    /// An error of the input as a whole.
    pub fn new(input: &str, code: &'static str, message: impl Into<String>) -> InputError {
        InputError {
            input: input.into(),
            record: None,
            code,
            message: message.into(),
            hint: None,
            line: None,
            column: None,
        }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Into<Box<str>>) -> InputError {
        self.hint = Some(hint.into());
        self
    }

    /// The same, of one record.
    pub fn at(mut self, record: Option<u64>, line: Option<u64>, column: Option<u64>) -> InputError {
        (self.record, self.line, self.column) = (record, line, column);
        self
    }

    /// The error of a failed read.
    pub fn io(input: &str, error: &std::io::Error) -> InputError {
        use std::io::ErrorKind;
        if let Some(limit) = limit_of(error) {
            return InputError::new(input, limit.code, limit.message.clone()).hint(limit.hint.clone());
        }
        if let Some(damage) = damage_of(error) {
            return InputError::new(input, "damaged", damage.to_string())
                .hint("what stands behind the damage is read where it can be found");
        }
        match error.kind() {
            ErrorKind::NotFound => InputError::new(input, "not-found", "there is no such file or folder"),
            ErrorKind::PermissionDenied => InputError::new(input, "no-access", "no right to read it")
                .hint("change its access rights, or run as a user who may read it"),
            _ => InputError::new(input, "unreadable", format!("it could not be read: {error}")),
        }
    }
}
