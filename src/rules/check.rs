//! From merged tables to clean rules: every fault is noted, every broken rule left out.

use crate::rules::check_language::{Known, check_language};
use crate::rules::check_place::check_places;
use crate::rules::check_policy::check_policies;
use crate::rules::check_source::{check_classes, check_countries, check_sources};
use crate::rules::files::Faults;
use crate::rules::overlay::Merged;
use crate::rules::rule_set::{Beyond, RuleSet};

/// The clean rules, which may name those `beyond`; their hash is left empty.
pub fn check(merged: &Merged, beyond: &Beyond, faults: &mut Faults<'_>) -> RuleSet {
    let known = Known {
        patterns: merged
            .languages
            .values()
            .flat_map(|language| language.patterns.keys())
            .chain(&beyond.patterns)
            .map(String::as_str)
            .collect(),
        classes: merged.classes.keys().chain(&beyond.classes).map(String::as_str).collect(),
    };
    let languages =
        merged.languages.iter().map(|(folder, language)| check_language(folder, language, &known, faults)).collect();
    RuleSet {
        languages,
        sources: check_sources(merged, faults),
        classes: check_classes(merged, faults),
        countries: check_countries(merged, faults),
        places: check_places(merged, faults),
        policies: check_policies(merged, faults),
        hash: String::new(),
    }
}
