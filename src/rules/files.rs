//! Rule files as they were read, places in them, and the list of faults found so far.

use std::sync::Arc;

use crate::rules::diagnostic::{Diagnostic, Severity};
use crate::rules::notation::NotationError;
use crate::rules::pack::Location;
use crate::rules::quoted::inner_span;
use crate::text::lines::LineIndex;
use crate::text::span::Span;

/// One rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Relative to its rules folder, with `/`.
    pub path: Arc<str>,
    /// As a reader can find it.
    pub shown: String,
    /// Its contents.
    pub text: Arc<str>,
    /// Where its lines start.
    pub lines: LineIndex,
    /// Which folder it came from: a later layer overrides an earlier one.
    pub layer: usize,
}

impl RuleFile {
    /// A file of `layer`, shown as `shown`.
    pub fn new(path: String, shown: String, text: String, layer: usize) -> RuleFile {
        RuleFile { path: path.into(), shown, lines: LineIndex::new(&text), text: text.into(), layer }
    }
}

/// A place in one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Index of the file.
    pub file: usize,
    /// Bytes in the file.
    pub span: Span,
}

/// A string of a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it stands for, escapes resolved.
    pub value: String,
    /// Where it stands, quotation marks included; for a key, the key.
    pub at: At,
}

/// Faults found so far.
#[derive(Debug)]
pub struct Faults<'f> {
    files: &'f [RuleFile],
    list: Vec<(At, Diagnostic)>,
    errors: usize,
}

impl<'f> Faults<'f> {
    /// No fault yet in `files`.
    pub fn new(files: &'f [RuleFile]) -> Faults<'f> {
        Faults { files, list: Vec::new(), errors: 0 }
    }

    /// Notes an error: the rule at `at` is left out.
    pub fn error(&mut self, at: At, code: &'static str, message: impl Into<String>, hint: Option<String>) {
        self.errors += 1;
        self.add(Severity::Error, at, code, message.into(), hint);
    }

    /// Notes a warning: the rule stays.
    pub fn warn(&mut self, at: At, code: &'static str, message: impl Into<String>, hint: Option<String>) {
        self.add(Severity::Warning, at, code, message.into(), hint);
    }

    /// Notes a fault inside the string `text`.
    pub fn notation(&mut self, text: &Text, fault: NotationError) {
        self.error(self.within(text, fault.at), fault.code, fault.message, fault.hint);
    }

    /// The place in the file of a part (bytes) of the value of `text`.
    pub fn within(&self, text: &Text, part: Span) -> At {
        let raw = self.files.get(text.at.file).map_or("", |file| text.at.span.of(&file.text));
        // A key without quotation marks has no escapes either.
        if !raw.starts_with(['"', '\'']) {
            let start = text.at.span.start;
            return At { span: Span { start: start + part.start, end: start + part.end }, ..text.at };
        }
        At { span: inner_span(raw, text.at.span.start as usize, part), ..text.at }
    }

    /// How many errors there are: to see whether a rule had any.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The place as clean rules keep it.
    pub fn location(&self, at: At) -> Location {
        let file = self.files.get(at.file);
        Location {
            file: file.map_or_else(|| Arc::from(""), |file| file.path.clone()),
            span: at.span,
            line: file.map_or(1, |file| file.lines.line(at.span.start)),
        }
    }

    /// `file:line` of a place, for hints.
    pub fn place(&self, at: At) -> String {
        let file = self.files.get(at.file);
        file.map_or_else(String::new, |file| format!("{}:{}", file.shown, file.lines.line(at.span.start)))
    }

    /// The layer of the file that `at` lies in.
    pub fn layer(&self, at: At) -> usize {
        self.files.get(at.file).map_or(0, |file| file.layer)
    }

    /// True where a later folder may have changed what the rule at `at` builds on.
    pub fn is_built_upon(&self, at: At) -> bool {
        self.files.last().is_some_and(|last| last.layer > self.layer(at))
    }

    /// All faults in the order of files and lines.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|(at, diagnostic)| (at.file, at.span.start, diagnostic.severity));
        self.list.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    fn add(&mut self, severity: Severity, at: At, code: &'static str, message: String, hint: Option<String>) {
        let Some(file) = self.files.get(at.file) else { return };
        let diagnostic = Diagnostic {
            severity,
            code,
            file: file.shown.clone(),
            span: at.span,
            line: file.lines.line(at.span.start),
            column: file.lines.column(&file.text, at.span.start),
            message,
            hint,
            source: file.text.clone(),
        };
        self.list.push((at, diagnostic));
    }
}
