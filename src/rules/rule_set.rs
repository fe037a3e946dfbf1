//! All rules in force: packs, sources and policies together.

use super::pack::{ClassEntry, CountryEntry, LanguagePack, SourceEntry};
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
    /// What to flag, ordered by code.
    pub policies: Vec<Policy>,
    /// Hash of all rule files in force, in hexadecimal digits.
    pub hash: String,
}
