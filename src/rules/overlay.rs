//! One set of rules out of several folders: what a later folder gives extends or overrides the earlier, by id.

use std::collections::BTreeMap;

use crate::rules::files::{At, Faults, Text};
use crate::rules::raw::Raw;
use crate::rules::raw_language::{RawEntry, RawLanguage, RawNouns, RawPattern, RawPronoun, RawSetting};
use crate::rules::raw_policy::RawPolicy;
use crate::rules::raw_source::{RawClass, RawCountry, RawPlace, RawSource};

/// Rules of one id, those of the latest layer first. The first that is sound is in force.
pub type Stack<T> = Vec<T>;

/// A language out of all folders.
#[derive(Debug, Clone, Default)]
pub struct MergedLanguage {
    /// Index of its first file.
    pub file: usize,
    /// `[language]` headers.
    pub heads: Vec<At>,
    /// Keys of `[language]`, `[morphology]` and `[page]`.
    pub settings: BTreeMap<(&'static str, &'static str), Stack<RawSetting>>,
    /// Lexicons by name.
    pub lexicons: BTreeMap<String, MergedLexicon>,
    /// Nouns by kind and name.
    pub nouns: BTreeMap<(String, String), Stack<RawNouns>>,
    /// Pronouns.
    pub pronouns: Vec<RawPronoun>,
    /// Patterns by id.
    pub patterns: BTreeMap<String, Stack<RawPattern>>,
}

/// A lexicon out of all folders.
#[derive(Debug, Clone, Default)]
pub struct MergedLexicon {
    /// Included lexicons.
    pub includes: Vec<Text>,
    /// Entries by id.
    pub entries: BTreeMap<String, Stack<RawEntry>>,
}

/// All rules, by id.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// Languages by folder name.
    pub languages: BTreeMap<String, MergedLanguage>,
    /// Sources.
    pub sources: BTreeMap<String, Stack<RawSource>>,
    /// Classes.
    pub classes: BTreeMap<String, Stack<RawClass>>,
    /// Countries.
    pub countries: BTreeMap<String, Stack<RawCountry>>,
    /// Regions and cities.
    pub places: BTreeMap<String, Stack<RawPlace>>,
    /// Policies.
    pub policies: BTreeMap<String, Stack<RawPolicy>>,
}

/// The subject of policies that are asked when articles are compared.
const STORY: &str = "story";

/// Merges what was read, files in the order of layers. An id given twice in one layer is noted, and the first stays.
pub fn merge(raw: Raw, faults: &mut Faults<'_>) -> Merged {
    let mut merged = Merged::default();
    for language in raw.languages {
        let file = language.file;
        let into = merged
            .languages
            .entry(language.folder.clone())
            .or_insert_with(|| MergedLanguage { file, ..MergedLanguage::default() });
        merge_language(into, language, faults);
    }
    for policy in raw.policies {
        // One code may name what an article shows by itself and what only a comparison shows.
        let story = policy.flags.as_ref().is_some_and(|flags| flags.value == STORY);
        let key = format!("{}{}", if story { "story:" } else { "" }, policy.code.value);
        let at = policy.code.at;
        stack(&mut merged.policies, key, policy, at, |other| other.code.at, faults);
    }
    for registry in raw.registries {
        for source in registry.sources {
            let (key, at) = (source.id.value.clone(), source.id.at);
            stack(&mut merged.sources, key, source, at, |other| other.id.at, faults);
        }
        for class in registry.classes {
            let (key, at) = (class.id.value.clone(), class.id.at);
            stack(&mut merged.classes, key, class, at, |other| other.id.at, faults);
        }
        for country in registry.countries {
            let (key, at) = (country.id.value.clone(), country.id.at);
            stack(&mut merged.countries, key, country, at, |other| other.id.at, faults);
        }
        for place in registry.places {
            let (key, at) = (place.id.value.clone(), place.id.at);
            stack(&mut merged.places, key, place, at, |other| other.id.at, faults);
        }
    }
    merged
}

fn merge_language(into: &mut MergedLanguage, raw: RawLanguage, faults: &mut Faults<'_>) {
    if let Some(head) = raw.head {
        let first = into.heads.iter().find(|other| faults.layer(**other) == faults.layer(head)).copied();
        match first {
            Some(first) => {
                let hint = Some(format!("the first stands at {}", faults.place(first)));
                faults.error(head, "duplicate-table", "`[language]` stands twice in this folder", hint);
            }
            None => into.heads.push(head),
        }
    }
    for setting in raw.settings {
        let (key, at) = (setting.key, setting.at);
        stack(&mut into.settings, key, setting, at, |other| other.at, faults);
    }
    for name in raw.lexicons {
        into.lexicons.entry(name.value).or_default();
    }
    for includes in raw.includes {
        into.lexicons.entry(includes.lexicon.value).or_default().includes.extend(includes.names);
    }
    for entry in raw.entries {
        let (key, at) = (entry.id.value.clone(), entry.id.at);
        let lexicon = into.lexicons.entry(entry.lexicon.value.clone()).or_default();
        stack(&mut lexicon.entries, key, entry, at, |other| other.id.at, faults);
    }
    for nouns in raw.nouns {
        let (key, at) = ((nouns.kind.value.clone(), nouns.name.value.clone()), nouns.name.at);
        stack(&mut into.nouns, key, nouns, at, |other| other.name.at, faults);
    }
    into.pronouns.extend(raw.pronouns);
    for pattern in raw.patterns {
        let (key, at) = (pattern.id.value.clone(), pattern.id.at);
        stack(&mut into.patterns, key, pattern, at, |other| other.id.at, faults);
    }
}

fn stack<K: Ord + std::fmt::Debug, T>(
    map: &mut BTreeMap<K, Stack<T>>,
    key: K,
    item: T,
    at: At,
    place_of: impl Fn(&T) -> At,
    faults: &mut Faults<'_>,
) {
    let items = map.entry(key).or_default();
    if let Some(first) = items.first().map(place_of).filter(|first| faults.layer(*first) == faults.layer(at)) {
        let hint = Some(format!("the first stands at {}; give this one another id", faults.place(first)));
        faults.error(at, "duplicate-id", "this id is given twice", hint);
        return;
    }
    items.insert(0, item);
}
