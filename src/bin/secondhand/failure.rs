//! How a run ends: the exit status, and what stopped it before its end.

use std::io;
use std::process::ExitCode;

/// The exit status of a run that reached its end; the worst of several counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing to tell.
    Clean,
    /// A finding at or above the limit, or a rule that does not read its own sentences.
    Found,
    /// The rules or an input could not be used.
    Unusable,
}

impl Status {
    /// As an exit status: 0, 1 or 2.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Status::Clean => 0,
            Status::Found => 1,
            Status::Unusable => 2,
        })
    }
}

/// What stopped a run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The program was called in a way, or in a place, that it can't work with.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// The report can't be written.
    #[error("the report could not be written: {0}")]
    Output(#[from] io::Error),
    /// The report can't be laid out.
    #[error("the report could not be laid out")]
    Layout(#[from] std::fmt::Error),
    /// The report can't be put in JSON.
    #[error("the report could not be put in JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Failure {
    /// A failure of use.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::Usage { message: message.into(), hint: hint.into() }
    }

    /// True where the reader of the output closed it, which is no error.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Failure::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            Failure::Json(error) => error.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }

    /// The exit status: always 2.
    pub fn code(&self) -> ExitCode {
        Status::Unusable.code()
    }
}
