//! Which rules are asked for: by language, by id, by the file or folder that they stand in.

use crate::rules::pack::Location;
use crate::rules::rule_files::RuleFiles;

/// Rules that are asked for; what is empty asks for all.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Tags of languages; sources and policies then are left out.
    pub languages: Vec<String>,
    /// Parts of ids; `*` stands for any letters.
    pub ids: Vec<String>,
    /// Only rules of the last folder, or of one file in it: its path, relative to its folder of rules.
    pub place: Option<Within>,
}

/// Where rules must stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// In the folder that was loaded last.
    LastFolder,
    /// In this file of it.
    File(String),
}

impl Choice {
    /// True where the rule is asked for; `language` is `None` for sources and policies.
    pub fn takes(&self, id: &str, language: Option<&str>, location: &Location, files: &RuleFiles) -> bool {
        let tongue = self.languages.is_empty() || language.is_some_and(|tag| self.languages.iter().any(|t| t == tag));
        let named = self.ids.is_empty() || self.ids.iter().any(|part| fits(part, id));
        let placed = match &self.place {
            None => true,
            Some(within) => {
                let own = files.last_layer() > 0 && files.layer(location) == files.last_layer();
                own && match within {
                    Within::LastFolder => true,
                    Within::File(path) => *location.file == **path,
                }
            }
        };
        tongue && named && placed
    }

    /// True where all rules are asked for.
    pub fn is_all(&self) -> bool {
        self.languages.is_empty() && self.ids.is_empty() && self.place.is_none()
    }
}

/// True where the parts of `wanted` between its `*` stand in `id` in this order; without `*`, where it is a part of the id.
fn fits(wanted: &str, id: &str) -> bool {
    if !wanted.contains('*') {
        return id.contains(wanted);
    }
    let mut parts = wanted.split('*');
    let Some(mut rest) = id.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut last = "";
    for part in parts {
        last = part;
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || last.is_empty() || id.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_asked_for_by_a_part_or_with_stars() {
        assert!(fits("says", "en/says-quote") && fits("en/", "en/says") && !fits("uk/", "en/says"));
        assert!(fits("en/*quote", "en/says-quote") && fits("*/says", "uk/says") && fits("en/*", "en/x"));
        assert!(!fits("*/says", "uk/says-quote") && !fits("says*", "en/says"));
    }
}
