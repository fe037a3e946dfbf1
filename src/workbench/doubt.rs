//! The list of doubts found so far, each with its place.

use crate::rules::diagnostic::{Diagnostic, Severity};
use crate::rules::pack::Location;
use crate::rules::rule_files::RuleFiles;
use crate::workbench::choice::Choice;

/// What stands in a proposed rule where its writer must put a sentence of his own.
pub const TO_WRITE: &str = "FILL IN";

/// The doubts found so far.
pub struct Doubts<'d> {
    choice: &'d Choice,
    /// The files that the rules stand in.
    pub files: &'d RuleFiles,
    list: Vec<(usize, Diagnostic)>,
}

impl<'d> Doubts<'d> {
    /// No doubt yet about the rules that are asked for.
    pub fn new(choice: &'d Choice, files: &'d RuleFiles) -> Doubts<'d> {
        Doubts { choice, files, list: Vec::new() }
    }

    /// True where the rule is asked for.
    pub fn asks(&self, id: &str, language: Option<&str>, location: &Location) -> bool {
        self.choice.takes(id, language, location, self.files)
    }

    /// Notes a doubt at a place.
    pub fn add(&mut self, location: &Location, code: &'static str, message: String, hint: Option<String>) {
        let diagnostic = self.files.fault(location, Severity::Warning, code, message, hint);
        let layer = self.files.layer(location);
        // Two variants of one string are one doubt.
        let known =
            |(_, d): &(usize, Diagnostic)| d.code == code && d.span == diagnostic.span && d.file == diagnostic.file;
        if !self.list.iter().any(known) {
            self.list.push((layer, diagnostic));
        }
    }

    /// All of them in the order of folders, files and lines.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut list = self.list;
        list.sort_by(|a, b| (a.0, &a.1.file, a.1.span).cmp(&(b.0, &b.1.file, b.1.span)));
        list.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}
