//! The files that clean rules came from: to point at a rule, and at words in it, once it is read.

use crate::rules::diagnostic::{Diagnostic, Severity};
use crate::rules::files::RuleFile;
use crate::rules::pack::Location;
use crate::text::span::Span;

/// All rule files of a run, in the order of layers and paths.
#[derive(Debug, Clone, Default)]
pub struct RuleFiles(Vec<RuleFile>);

impl RuleFiles {
    /// These files.
    pub fn new(files: Vec<RuleFile>) -> RuleFiles {
        RuleFiles(files)
    }

    /// The file of a place. Folders may hold files of the same name: a rule keeps its own file's path, not a copy.
    fn of(&self, location: &Location) -> Option<&RuleFile> {
        let same = |file: &&RuleFile| std::sync::Arc::ptr_eq(&file.path, &location.file);
        self.0.iter().find(same).or_else(|| self.0.iter().rev().find(|file| file.path == location.file))
    }

    /// The file of a place, as a reader can find it.
    pub fn shown(&self, location: &Location) -> String {
        self.of(location).map_or_else(|| location.file.to_string(), |file| file.shown.clone())
    }

    /// Which folder of rules a place lies in: 0 is built in, later ones override.
    pub fn layer(&self, location: &Location) -> usize {
        self.of(location).map_or(0, |file| file.layer)
    }

    /// True where a file, named as a reader can find it, is one of those that come with the program.
    pub fn is_built_in(&self, shown: &str) -> bool {
        self.0.iter().any(|file| file.layer == 0 && file.shown == shown)
    }

    /// The highest layer that has a file.
    pub fn last_layer(&self) -> usize {
        self.0.last().map_or(0, |file| file.layer)
    }

    /// Where the string `written` stands in the rule at `location`, which ends where the next table of its kind starts; the
    /// rule's own place where it is written otherwise, with escapes.
    pub fn words(&self, location: &Location, written: &str) -> Location {
        let found = self.of(location).and_then(|file| {
            let from = location.span.start as usize;
            let rest = file.text.get(from..)?;
            let header = rest.lines().next().filter(|line| line.starts_with("[["));
            let end =
                header.and_then(|header| rest.get(1..)?.find(&format!("\n{header}"))).map_or(rest.len(), |at| at + 1);
            let rest = rest.get(..end)?;
            let quoted = ["\"", "'"].map(|mark| format!("{mark}{written}{mark}"));
            let (at, length) = quoted.iter().find_map(|quoted| Some((rest.find(quoted.as_str())?, quoted.len())))?;
            let span = Span::new(from + at, from + at + length);
            Some(Location { line: file.lines.line(span.start), span, file: location.file.clone() })
        });
        found.unwrap_or_else(|| location.clone())
    }

    /// A fault at a place.
    pub fn fault(
        &self,
        location: &Location,
        severity: Severity,
        code: &'static str,
        message: String,
        hint: Option<String>,
    ) -> Diagnostic {
        let file = self.of(location);
        Diagnostic {
            severity,
            code,
            file: self.shown(location),
            span: location.span,
            line: location.line,
            column: file.map_or(1, |file| file.lines.column(&file.text, location.span.start)),
            message,
            hint,
            source: file.map_or_else(|| "".into(), |file| file.text.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_their_own_rule_and_in_their_own_file() {
        let text = "[[pattern]]\nid = \"a\"\nbut-not = [\"far\"]\n[[pattern]]\nid = \"b\"\nbut-not = ['near']\n";
        let file = |layer| RuleFile::new("languages/xx/a.toml".into(), format!("{layer}/a.toml"), text.into(), layer);
        let files = RuleFiles::new(vec![file(0), file(1)]);
        let first = Location { file: files.0[0].path.clone(), span: Span::new(0, 11), line: 1 };
        assert_eq!((files.words(&first, "far").line, files.words(&first, "near").line), (3, 1));
        let second = Location { span: Span::new(40, 51), line: 4, ..first.clone() };
        assert_eq!(files.words(&second, "near").line, 6);
        assert_eq!((files.shown(&first).as_str(), files.layer(&first)), ("0/a.toml", 0));
        let other = Location { file: files.0[1].path.clone(), ..first };
        assert_eq!((files.shown(&other).as_str(), files.last_layer()), ("1/a.toml", 1));
        let fault = files.fault(&files.words(&other, "far"), Severity::Warning, "x", "m".into(), None);
        assert_eq!((fault.line, fault.column, fault.span.of(&fault.source)), (3, 12, "\"far\""));
    }
}
