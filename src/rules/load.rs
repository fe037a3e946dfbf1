//! Loads the rules in force.
// TEMPORARY: a placeholder until the loader is merged.

use std::path::PathBuf;

use super::diagnostic::Diagnostic;
use super::pack::RuleSet;

/// Where rules come from.
#[derive(Debug, Clone, Default)]
pub struct RuleSources {
    /// True takes the built-in rules.
    pub builtin: bool,
    /// Folders laid over them, in order.
    pub dirs: Vec<PathBuf>,
}

/// Rules with the faults that were found on the way.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The rules that can be used.
    pub rules: RuleSet,
    /// The faults of those that can't.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads and checks all rules of `sources`.
pub fn load(sources: &RuleSources) -> Loaded {
    let _ = sources;
    Loaded::default()
}
