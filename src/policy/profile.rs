//! Which severity of a policy applies: the built-in profiles, and a house's own on top of one.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::record::Severity;
use crate::rules::check_policy::SEVERITIES;
use crate::rules::pack::RuleStatus;
use crate::rules::policy::{BySeverity, Policy, SeverityWhen};
use crate::rules::suggest::did_you_mean;

/// A built-in profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    /// For daily work on a desk.
    #[default]
    Newsroom,
    /// For audits.
    Strict,
}

/// Which severities apply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// The built-in profile.
    pub base: Base,
    /// Code → severity that holds whatever the policy says; `None` is off.
    pub own: BTreeMap<String, Option<Severity>>,
}

/// A profile that can't be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProfileError {
    /// The file is no TOML, or has other keys than a profile.
    #[error("this is no profile: {0}")]
    Syntax(String),
    /// A word that is none of those that may stand there.
    #[error("`{word}` is no {what}{hint}")]
    Word {
        /// What is written.
        word: String,
        /// What should stand there.
        what: &'static str,
        /// What may be meant, as an end of the message.
        hint: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    extends: Option<String>,
    #[serde(default)]
    severity: BTreeMap<String, String>,
}

impl Base {
    /// Both with their names.
    pub const NAMES: [(&'static str, Base); 2] = [("newsroom", Base::Newsroom), ("strict", Base::Strict)];

    /// The profile with this name.
    pub fn named(name: &str) -> Option<Base> {
        Base::NAMES.iter().find(|(known, _)| *known == name).map(|(_, base)| *base)
    }
}

impl Profile {
    /// A built-in profile as it is.
    pub fn built_in(base: Base) -> Profile {
        Profile { base, own: BTreeMap::new() }
    }

    /// The profile in a file's text: `extends = "newsroom"`, and under `[severity]` codes with `error`, `warning`, `note` or
    /// `off`. `codes` are those of the policies in force.
    ///
    /// # Errors
    /// What is no TOML, an unknown profile, code or severity: a slip must not switch a policy off in silence.
    pub fn parse(text: &str, codes: &[&str]) -> Result<Profile, ProfileError> {
        let written: Written =
            toml::from_str(text).map_err(|error| ProfileError::Syntax(error.message().to_owned()))?;
        let base = match &written.extends {
            None => Base::default(),
            Some(name) => {
                Base::named(name).ok_or_else(|| unknown(name, "profile", Base::NAMES.map(|(n, _)| n).to_vec()))?
            }
        };
        let mut own = BTreeMap::new();
        for (code, word) in written.severity {
            if !codes.contains(&code.as_str()) {
                return Err(unknown(&code, "code of a policy", codes.to_vec()));
            }
            let severity = SEVERITIES.iter().find(|(known, _)| *known == word).map(|(_, severity)| *severity);
            let severity = severity.ok_or_else(|| unknown(&word, "severity", SEVERITIES.map(|(n, _)| n).to_vec()))?;
            own.insert(code, severity);
        }
        Ok(Profile { base, own })
    }

    /// The severity of `policy` where `holds` tells which of its changes hold; `None`: it is off.
    pub fn severity(&self, policy: &Policy, holds: impl Fn(&SeverityWhen) -> bool) -> Option<Severity> {
        if let Some(own) = self.own.get(&policy.code) {
            return *own;
        }
        if policy.status == RuleStatus::Experimental && !policy.by_name {
            return None;
        }
        let plain = self.of(&policy.severity);
        let changed = policy.severity_when.iter().filter_map(|change| Some((change, self.change(change)?)));
        changed.into_iter().find(|(change, _)| holds(change)).map_or(plain, |(_, severity)| severity)
    }

    /// True where the policy can't give a finding in this profile.
    pub fn is_off(&self, policy: &Policy) -> bool {
        match self.own.get(&policy.code) {
            Some(own) => own.is_none(),
            None => {
                policy.status == RuleStatus::Experimental && !policy.by_name
                    || self.of(&policy.severity).is_none()
                        && !policy.severity_when.iter().any(|change| self.change(change).flatten().is_some())
            }
        }
    }

    fn of(&self, severity: &BySeverity) -> Option<Severity> {
        match self.base {
            Base::Newsroom => severity.newsroom,
            Base::Strict => severity.strict,
        }
    }

    fn change(&self, change: &SeverityWhen) -> Option<Option<Severity>> {
        match self.base {
            Base::Newsroom => change.newsroom,
            Base::Strict => change.strict,
        }
    }
}

fn unknown(word: &str, what: &'static str, known: Vec<&str>) -> ProfileError {
    let hint = did_you_mean(word, known).map_or(String::new(), |hint| format!("; {hint}"));
    ProfileError::Word { word: word.to_owned(), what, hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 2] = ["vague-source", "secondhand"];

    #[test]
    fn a_house_changes_single_codes_of_a_built_in_profile() {
        let text = "extends = \"strict\"\n[severity]\nvague-source = \"error\"\nsecondhand = \"off\"\n";
        let profile = Profile::parse(text, &CODES).unwrap();
        assert_eq!(profile.base, Base::Strict);
        assert_eq!(profile.own["vague-source"], Some(Severity::Error));
        assert_eq!(profile.own["secondhand"], None);
        assert_eq!(Profile::parse("", &CODES).unwrap(), Profile::default());
    }

    #[test]
    fn slips_are_told_with_what_may_be_meant() {
        let fault = |text: &str| Profile::parse(text, &CODES).unwrap_err().to_string();
        assert_eq!(fault("extends = \"newsrom\""), "`newsrom` is no profile; did you mean `newsroom`?");
        assert!(fault("[severity]\nvague-sauce = \"note\"").ends_with("did you mean `vague-source`?"));
        assert!(fault("[severity]\nvague-source = \"warn\"").starts_with("`warn` is no severity"));
        assert!(fault("severities = 1").starts_with("this is no profile"));
    }
}
