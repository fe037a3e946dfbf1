//! What every command starts with: the project's file, the rules, and the auditor that works by them.

use std::path::Path;
use std::time::Duration;

use secondhand::auditor::Auditor;
use secondhand::ingest::error::InputError;
use secondhand::report::names::Names;
use secondhand::rules::diagnostic::{Diagnostic, Severity};
use secondhand::rules::load::{Loaded, RuleSources, load};
use secondhand::rules::pack::RuleSet;

use crate::args::RuleArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::project::Project;

/// A run's fixed parts.
#[derive(Debug)]
pub struct Session {
    /// The engine with its rules.
    pub auditor: Auditor,
    /// Id of the house that the articles are written in, where the project's file names one.
    pub newsroom: Option<String>,
    /// Rules that are left out, each as an error of the report.
    pub broken: Vec<InputError>,
    /// Rules that are in force, but hardly as they are meant: to be told to those who work on rules.
    pub doubtful: Vec<Diagnostic>,
}

impl Session {
    /// Loads the rules and tells their faults. `further` is one more folder of rules; an article is given up after `seconds`.
    ///
    /// # Errors
    /// Where the project's file, or a folder of rules as a whole, can't be used.
    pub fn open(
        args: &RuleArgs,
        further: Option<&Path>,
        seconds: Option<u32>,
        messages: &Messages,
    ) -> Result<Session, Failure> {
        let project = Project::find()?;
        let mut dirs = project.rules;
        dirs.extend(args.rules.iter().cloned());
        dirs.extend(further.map(Path::to_path_buf));
        for dir in &dirs {
            require_folder(dir)?;
        }
        let Loaded { rules, diagnostics } = load(&RuleSources { builtin: !args.no_builtin_rules, dirs });
        let (broken, doubtful): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(|d| d.severity == Severity::Error);
        broken.iter().for_each(|diagnostic| messages.diagnostic(diagnostic));
        let broken = broken.iter().map(as_error).collect();
        let limit = seconds.map(|seconds| Duration::from_secs(u64::from(seconds)));
        let auditor = Auditor::new(rules).with_time_limit(limit);
        Ok(Session { auditor, newsroom: project.newsroom.id, broken, doubtful })
    }

    /// The rules in force.
    pub fn rules(&self) -> &RuleSet {
        self.auditor.rules()
    }

    /// Names for people.
    pub fn names(&self) -> Names<'_> {
        Names::new(self.auditor.registry(), &self.rules().languages)
    }

    /// The exit status as far as the rules decide it.
    pub fn status(&self) -> Status {
        if self.broken.is_empty() { Status::Clean } else { Status::Unusable }
    }
}

fn require_folder(dir: &Path) -> Result<(), Failure> {
    if dir.is_dir() {
        return Ok(());
    }
    let hint = "give the folder that holds `languages`, `sources` or `policies`";
    Err(Failure::usage(format!("{}: there is no such folder of rules", dir.display()), hint))
}

fn as_error(diagnostic: &Diagnostic) -> InputError {
    InputError {
        input: diagnostic.file.as_str().into(),
        record: None,
        code: diagnostic.code,
        message: diagnostic.message.clone(),
        hint: diagnostic.hint.as_deref().map(Into::into),
        line: Some(u64::from(diagnostic.line)),
        column: Some(u64::from(diagnostic.column)),
    }
}
