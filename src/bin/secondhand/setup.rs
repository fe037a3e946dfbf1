//! What every command starts with: the project's file, the rules, and the auditor that works by them.

use std::path::Path;
use std::sync::Arc;

use secondhand::auditor::Auditor;
use secondhand::ingest::error::InputError;
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
    pub auditor: Arc<Auditor>,
    /// Id of the house that the articles are written in, where the project's file names one.
    pub newsroom: Option<String>,
    /// Rules that are left out, each as an error of the report.
    pub broken: Vec<InputError>,
}

impl Session {
    /// Loads the rules and tells their faults.
    ///
    /// # Errors
    /// Where the project's file, or a folder of rules as a whole, can't be used.
    pub fn open(args: &RuleArgs, further: Option<&Path>, messages: &Messages) -> Result<Session, Failure> {
        let project = Project::find()?;
        let mut dirs = project.rules;
        dirs.extend(args.rules.iter().cloned());
        dirs.extend(further.map(Path::to_path_buf));
        for dir in &dirs {
            require_folder(dir)?;
        }
        let Loaded { rules, diagnostics } = load(&RuleSources { builtin: !args.no_builtin_rules, dirs });
        for diagnostic in &diagnostics {
            messages.diagnostic(diagnostic);
        }
        let broken = diagnostics.iter().filter(|d| d.severity == Severity::Error).map(as_error).collect();
        Ok(Session { auditor: Arc::new(Auditor::new(rules)), newsroom: project.newsroom.id, broken })
    }

    /// The rules in force.
    pub fn rules(&self) -> &RuleSet {
        self.auditor.rules()
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
