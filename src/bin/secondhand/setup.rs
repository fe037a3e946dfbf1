//! What every command starts with: the project's file, the rules, and the auditor that works by them.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::Duration;

use secondhand::auditor::Auditor;
use secondhand::in_force::rules::{InForce, TakenUp};
use secondhand::ingest::error::InputError;
use secondhand::ingest::limits::TIME_LIMIT;
use secondhand::policy::baseline::Baseline;
use secondhand::policy::profile::{Base, Profile};
use secondhand::record;
use secondhand::report::names::Names;
use secondhand::rules::diagnostic::{Diagnostic, Severity};
use secondhand::rules::load::{Drafts, Loaded, RuleSources, load_with};
use secondhand::rules::rule_files::RuleFiles;
use secondhand::rules::rule_set::RuleSet;

use crate::args::RuleArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::project::{Project, ProjectLimits};

/// A run's fixed parts.
#[derive(Debug)]
pub struct Session {
    /// The engine with its rules; it ends with the process, and taking it apart before would be work for nothing.
    pub auditor: ManuallyDrop<Auditor>,
    /// Id of the house that the articles are written in, where the project's file names one.
    pub newsroom: Option<String>,
    /// IANA time zone of pages whose publisher has none in the registry, where the project's file names one.
    pub zone: Option<String>,
    /// How much is read of an input, where the project's file says so.
    pub limits: ProjectLimits,
    /// Time for one article; `None`: no limit.
    pub time_limit: Option<Duration>,
    /// Rules that are left out, each as an error of the report.
    pub broken: Vec<InputError>,
    /// The faults of these rules, in full.
    pub faulty: Vec<Diagnostic>,
    /// Rules that are in force, but hardly as they are meant: to be told to those who work on rules.
    pub doubtful: Vec<Diagnostic>,
    /// The files that the rules stand in.
    pub files: RuleFiles,
    /// Findings that are known, and left out.
    pub baseline: Baseline,
    /// The least severity of a finding that the exit status tells of; `None`: findings don't count.
    pub fail_on: Option<record::Severity>,
}

impl Session {
    /// Takes up the rules and tells the faults of those that are read. `further` is one more folder of rules; an article is
    /// given up after `seconds`.
    ///
    /// # Errors
    /// Where the project's file, or a folder of rules as a whole, can't be used.
    pub fn open(
        args: &RuleArgs,
        further: Option<&Path>,
        seconds: Option<u32>,
        messages: &Messages,
    ) -> Result<Session, Failure> {
        Session::start(args, further, seconds, messages, InForce::load)
    }

    /// The same with the built-in rules checked once more: for those who work on rules.
    ///
    /// # Errors
    /// As for [`Session::open`].
    pub fn open_checked(args: &RuleArgs, further: Option<&Path>, messages: &Messages) -> Result<Session, Failure> {
        Session::start(args, further, None, messages, InForce::read)
    }

    /// The same with drafts over the rules, and without limit.
    ///
    /// # Errors
    /// As for [`Session::open`].
    pub fn open_with(
        args: &RuleArgs,
        further: Option<&Path>,
        drafts: &Drafts,
        messages: &Messages,
    ) -> Result<Session, Failure> {
        Session::start(args, further, None, messages, |sources| {
            let Loaded { rules, diagnostics, files } = load_with(sources, drafts);
            TakenUp { rules: InForce::of(rules), diagnostics, files }
        })
    }

    fn start(
        args: &RuleArgs,
        further: Option<&Path>,
        seconds: Option<u32>,
        messages: &Messages,
        load: impl FnOnce(&RuleSources) -> TakenUp,
    ) -> Result<Session, Failure> {
        let project = Project::find()?;
        let TakenUp { rules, diagnostics, files } = load(&of_project(&project, args, further)?);
        let (broken, doubtful): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(|d| d.severity == Severity::Error);
        broken.iter().for_each(|diagnostic| messages.diagnostic(diagnostic));
        let (faulty, broken) = (broken.clone(), broken.iter().map(as_error).collect());
        let seconds = seconds.or(project.limits.time_limit).unwrap_or(TIME_LIMIT);
        let time_limit = (seconds > 0).then(|| Duration::from_secs(u64::from(seconds)));
        let auditor = ManuallyDrop::new(Auditor::by(rules).with_time_limit(time_limit));
        Ok(Session {
            auditor,
            newsroom: project.newsroom.id,
            zone: project.newsroom.time_zone,
            limits: project.limits,
            time_limit,
            broken,
            faulty,
            doubtful,
            files,
            baseline: Baseline::default(),
            fail_on: None,
        })
    }

    /// The same with the severities of a profile: `newsroom`, `strict`, or a file.
    ///
    /// # Errors
    /// Where there is no such profile, or its file can't be used.
    pub fn with_profile(self, name: &str) -> Result<Session, Failure> {
        let hint =
            "give newsroom, strict, or a file with `extends = \"newsroom\"` and, under [severity], `CODE = \"off\"`";
        let profile = match Base::named(name) {
            Some(base) => Profile::built_in(base),
            None => {
                let text = std::fs::read_to_string(name)
                    .map_err(|error| Failure::usage(format!("--profile {name}: {error}"), hint))?;
                let codes: Vec<&str> = self.auditor.policies().iter().map(|policy| policy.code.as_str()).collect();
                Profile::parse(&text, &codes).map_err(|error| Failure::usage(format!("{name}: {error}"), hint))?
            }
        };
        let auditor = ManuallyDrop::into_inner(self.auditor).with_profile(profile);
        Ok(Session { auditor: ManuallyDrop::new(auditor), ..self })
    }

    /// The same without the findings that a report of before has.
    ///
    /// # Errors
    /// Where that report can't be read.
    pub fn with_baseline(self, report: Option<&Path>) -> Result<Session, Failure> {
        let Some(report) = report else { return Ok(self) };
        let text = std::fs::read(report).map_err(|error| {
            let hint = "make one: secondhand audit --format jsonl --only findings PATH… > known.jsonl";
            Failure::usage(format!("--baseline {}: {error}", report.display()), hint)
        })?;
        Ok(Session { baseline: Baseline::of(&String::from_utf8_lossy(&text)), ..self })
    }

    /// The rules in force.
    pub fn rules(&self) -> &RuleSet {
        self.auditor.rules()
    }

    /// Names for people.
    pub fn names(&self) -> Names<'_> {
        Names::new(self.auditor.registry(), self.auditor.outlines())
    }

    /// The exit status as far as the rules decide it.
    pub fn status(&self) -> Status {
        if self.broken.is_empty() { Status::Clean } else { Status::Unusable }
    }
}

/// Where the rules of a run in this folder come from. `further` is one more folder of rules.
///
/// # Errors
/// Where the project's file, or a folder of rules as a whole, can't be used.
pub fn sources(args: &RuleArgs, further: Option<&Path>) -> Result<RuleSources, Failure> {
    of_project(&Project::find()?, args, further)
}

fn of_project(project: &Project, args: &RuleArgs, further: Option<&Path>) -> Result<RuleSources, Failure> {
    let mut dirs = project.rules.clone();
    dirs.extend(args.rules.iter().cloned());
    dirs.extend(further.map(Path::to_path_buf));
    dirs.iter().try_for_each(|dir| require_folder(dir))?;
    Ok(RuleSources { builtin: !args.no_builtin_rules, dirs })
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
