//! All rules in force: packs, sources and policies together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::outline::Outline;
use super::pack::{ClassEntry, CountryEntry, LanguagePack, PlaceEntry, RuleStatus, SourceEntry};
use super::policy::Policy;

/// All rules in force.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// Languages, ordered by tag.
    pub languages: Vec<LanguagePack>,
    /// Agencies, outlets, institutions and people, ordered by id.
    pub sources: Vec<SourceEntry>,
    /// Kinds of unnamed sources, ordered by id.
    pub classes: Vec<ClassEntry>,
    /// Countries, ordered by id.
    pub countries: Vec<CountryEntry>,
    /// Regions and cities, ordered by id.
    pub places: Vec<PlaceEntry>,
    /// What to flag, ordered by code.
    pub policies: Vec<Policy>,
    /// Hash of all rule files in force, in hexadecimal digits.
    pub hash: String,
}

impl RuleSet {
    /// What reports tell of the rules themselves.
    pub fn edition(&self) -> Edition {
        let patterns = self.languages.iter().flat_map(|language| &language.patterns);
        let unproven = patterns.filter(|pattern| pattern.status != RuleStatus::default());
        Edition {
            hash: self.hash.clone(),
            statuses: unproven.map(|pattern| (pattern.id.clone(), pattern.status)).collect(),
        }
    }

    /// The languages in outline.
    pub fn outlines(&self) -> Vec<Outline> {
        self.languages.iter().map(Outline::new).collect()
    }
}

/// Which rules are in force, as reports tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Hash of all rule files, in hexadecimal digits.
    pub hash: String,
    /// Patterns that are not stable.
    pub statuses: BTreeMap<String, RuleStatus>,
}

impl Edition {
    /// The status of a pattern. The engine's own steps are no rules of a pack; they are as stable as the engine.
    pub fn status(&self, pattern: &str) -> RuleStatus {
        self.statuses.get(pattern).copied().unwrap_or_default()
    }
}

/// Ids of rules in force that are not among the files at hand, which these may name.
#[derive(Debug, Clone, Default)]
pub struct Beyond {
    /// Of patterns.
    pub patterns: Vec<String>,
    /// Of classes of unnamed sources.
    pub classes: Vec<String>,
}
