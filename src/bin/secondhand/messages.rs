//! What is told on standard error: errors with their place and a hint.

use std::io::Write;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use secondhand::ingest::error::InputError;
use secondhand::report::terminal::plain;
use secondhand::rules::diagnostic::Diagnostic;

use crate::failure::Failure;

/// Columns where standard error is no terminal.
const WIDTH: usize = 140;
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = Style::new().bold();

/// Writes to standard error; that it can't be written to is no reason to stop.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    colour: ColorChoice,
    silent: bool,
}

impl Messages {
    /// None at all: for runs whose output says everything.
    pub fn quiet() -> Messages {
        Messages { colour: ColorChoice::Never, silent: true }
    }

    /// With colours as asked for.
    pub fn new(colour: ColorChoice) -> Messages {
        Messages { colour, silent: false }
    }

    /// Whether output has colours.
    pub fn colour(&self) -> ColorChoice {
        self.colour
    }

    /// Why the run stopped.
    pub fn failure(&self, failure: &Failure) {
        let hint = match failure {
            Failure::Usage { hint, .. } => Some(hint.as_str()),
            _ => None,
        };
        self.tell(ERROR, "error", &failure.to_string(), hint);
    }

    /// An input or record that could not be used.
    pub fn input(&self, error: &InputError) {
        let mut place = plain(&error.input);
        if let Some(record) = error.record {
            place.push_str(&format!(", record {record}"));
        }
        if let Some(line) = error.line {
            place.push_str(&format!(", line {line}"));
        }
        if let Some(column) = error.column {
            place.push_str(&format!(", column {column}"));
        }
        let message = format!("{place}: {}", error.message);
        self.tell(ERROR, &format!("error[{}]", error.code), &message, error.hint.as_deref());
    }

    /// A fault in a rule file.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) {
        // The stream strips what it must not show.
        let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(WIDTH, |(width, _)| usize::from(width.0));
        self.write(&format!("{}\n\n", diagnostic.render_with(self.colour != ColorChoice::Never, width)));
    }

    /// Something to know that does not stop the run.
    pub fn warning(&self, message: &str, hint: Option<&str>) {
        self.tell(WARNING, "warning", message, hint);
    }

    fn tell(&self, style: Style, head: &str, message: &str, hint: Option<&str>) {
        let mut text = format!("{style}{head}{style:#}: {}\n", plain(message));
        if let Some(hint) = hint {
            text.push_str(&format!("  {HINT}hint{HINT:#}: {}\n", plain(hint)));
        }
        self.write(&text);
    }

    fn write(&self, text: &str) {
        if self.silent {
            return;
        }
        let mut stream = AutoStream::new(std::io::stderr().lock(), self.colour);
        let _ = stream.write_all(text.as_bytes());
    }
}
