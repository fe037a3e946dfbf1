//! Packs among each other: which can be read, what each needs, what holds for all its rules, what it takes out of force.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::check_policy::{SEVERITIES, both_profiles};
use crate::rules::clean::{check_id, is_date, one_of};
use crate::rules::files::{Faults, RuleFile, Text};
use crate::rules::overlay::{Merged, Stack};
use crate::rules::pack::RuleStatus;
use crate::rules::policy::Policy;
use crate::rules::raw::Raw;
use crate::rules::raw_meta::RawMeta;
use crate::rules::raw_pack::RawPack;
use crate::rules::rule_id::RuleId;
use crate::rules::suggest::did_you_mean;

/// What packs call the program itself, in `requires`.
const PROGRAM: &str = "secondhand";

/// Checks names, versions, requirements, languages and defaults of the packs, which stand in the order of their layers.
pub fn check_packs(packs: &[RawPack], files: &[RuleFile], faults: &mut Faults<'_>) {
    let mut names: BTreeMap<&str, &RawPack> = BTreeMap::new();
    for pack in packs {
        for text in &pack.requires {
            check_requirement(text, &names, packs, faults);
        }
        if let Some(version) = pack.version.as_ref().filter(|version| number(&version.value).is_none()) {
            let hint = Some("write numbers with stops between them: `1.2`".to_owned());
            faults.error(version.at, "bad-version", format!("`{}` is no version", version.value), hint);
        }
        check_languages(pack, files, faults);
        check_defaults(&pack.defaults, faults);
        let Some(name) = &pack.name else { continue };
        check_id(name, &[], faults);
        if let Some(first) = names.get(name.value.as_str()).and_then(|first| first.name.as_ref()) {
            let hint = Some(format!("the first stands at {}; is one folder given twice?", faults.place(first.at)));
            faults.warn(name.at, "duplicate-pack", format!("two packs have the name `{}`", name.value), hint);
        } else {
            names.insert(&name.value, pack);
        }
    }
}

/// `dutch`, or `dutch 1.2` for that version or a later one; what is needed must have been loaded before.
fn check_requirement(text: &Text, before: &BTreeMap<&str, &RawPack>, all: &[RawPack], faults: &mut Faults<'_>) {
    let mut words = text.value.split_whitespace();
    let (Some(name), least, None) = (words.next(), words.next(), words.next()) else {
        let hint = Some("write a name and the least version: `dutch 1.2`".to_owned());
        faults.error(text.at, "bad-requirement", "this is no name of a pack with a version", hint);
        return;
    };
    if let Some(least) = least.filter(|least| number(least).is_none()) {
        let hint = Some("write numbers with stops between them: `dutch 1.2`".to_owned());
        faults.error(text.at, "bad-requirement", format!("`{least}` is no version"), hint);
        return;
    }
    let version = match before.get(name) {
        _ if name == PROGRAM => Some(env!("CARGO_PKG_VERSION")),
        Some(pack) => pack.version.as_ref().map(|version| version.value.as_str()),
        None => {
            let later = all.iter().any(|pack| pack.name.as_ref().is_some_and(|other| other.value == name));
            let hint = if later {
                "it is loaded after this one: name its folder first".to_owned()
            } else {
                did_you_mean(name, before.keys().copied())
                    .unwrap_or_else(|| "add its folder to `rules` in secondhand.toml, before this one".to_owned())
            };
            faults.error(text.at, "missing-pack", format!("this pack needs the pack `{name}`"), Some(hint));
            return;
        }
    };
    let Some(least) = least else { return };
    let enough = version.and_then(number) >= number(least);
    if !enough {
        let has = version.map_or("it names no version".to_owned(), |version| format!("it is {version}"));
        let message = format!("this pack needs `{name}` from version {least}; {has}");
        faults.error(text.at, "old-pack", message, Some(format!("update `{name}`")));
    }
}

/// The numbers of a version, without noughts at its end; `None` where it is none.
fn number(version: &str) -> Option<Vec<u32>> {
    let mut parts: Vec<u32> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}

fn check_languages(pack: &RawPack, files: &[RuleFile], faults: &mut Faults<'_>) {
    let Some(named) = &pack.languages else { return };
    let layer = faults.layer(pack.at);
    let own = files.iter().filter(|file| file.layer == layer);
    let folders: BTreeSet<&str> =
        own.filter_map(|file| file.path.strip_prefix("languages/")?.split_once('/')).map(|(tag, _)| tag).collect();
    for tag in named.iter().filter(|tag| !folders.contains(tag.value.as_str())) {
        let message = format!("this pack has no folder languages/{}", tag.value);
        faults.warn(tag.at, "no-such-language", message, did_you_mean(&tag.value, folders.iter().copied()));
    }
    for folder in folders.iter().filter(|folder| named.iter().all(|tag| tag.value != **folder)) {
        let at = named.first().map_or(pack.at, |tag| tag.at);
        let message = format!("this pack has a folder languages/{folder} that `languages` does not name");
        faults.warn(at, "language-not-named", message, Some(format!("add \"{folder}\"")));
    }
}

fn check_defaults(meta: &RawMeta, faults: &mut Faults<'_>) {
    if let Some(status) = &meta.status {
        one_of(status, "status", &RuleStatus::NAMES, faults);
    }
    if let Some(added) = meta.added.as_ref().filter(|added| !is_date(&added.value)) {
        let hint = Some("write `2026`, `2026-11` or `2026-11-22`".to_owned());
        faults.error(added.at, "bad-date", format!("`{}` is no date", added.value), hint);
    }
}

/// Gives every rule what its pack says for all of them.
pub fn apply_defaults(raw: &mut Raw, faults: &Faults<'_>) {
    let defaults: BTreeMap<usize, &RawMeta> =
        raw.packs.iter().map(|pack| (faults.layer(pack.at), &pack.defaults)).collect();
    if defaults.is_empty() {
        return;
    }
    let set = |layer: usize, meta: &mut RawMeta| {
        if let Some(defaults) = defaults.get(&layer) {
            meta.or(defaults);
        }
    };
    for pattern in raw.languages.iter_mut().flat_map(|language| &mut language.patterns) {
        set(faults.layer(pattern.at), &mut pattern.meta);
    }
    for source in raw.registries.iter_mut().flat_map(|registry| &mut registry.sources) {
        set(faults.layer(source.at), &mut source.meta);
    }
    for policy in &mut raw.policies {
        set(faults.layer(policy.at), &mut policy.meta);
    }
}

/// Takes what packs disable out of the layers before them. Ids stay known, so that rules may still name them.
pub fn disable(packs: &[RawPack], merged: &mut Merged, faults: &mut Faults<'_>) {
    for pack in packs {
        let layer = faults.layer(pack.at);
        for text in &pack.disable {
            match RuleId::parse(&text.value, merged) {
                Ok(id) => {
                    if !take_out(&id, layer, merged, faults) {
                        let message = format!("no pack before this one has the rule `{}`", text.value);
                        let hint = "a pack disables rules of packs that are loaded before it".to_owned();
                        faults.error(text.at, "unknown-id", message, Some(hint));
                    }
                }
                Err(unknown) => faults.error(text.at, unknown.code, unknown.message, unknown.hint),
            }
        }
    }
}

/// False where no layer before `layer` has the rule.
fn take_out(id: &RuleId, layer: usize, merged: &mut Merged, faults: &Faults<'_>) -> bool {
    fn from<T>(stack: Option<&mut Stack<T>>, earlier: impl Fn(&T) -> bool) -> bool {
        let Some(stack) = stack else { return false };
        let before = stack.len();
        stack.retain(|item| !earlier(item));
        stack.len() < before
    }
    let earlier = |at| faults.layer(at) < layer;
    match id {
        RuleId::Pattern(tag, id) => {
            let language = merged.languages.get_mut(tag);
            from(language.and_then(|it| it.patterns.get_mut(id)), |it| earlier(it.at))
        }
        RuleId::Lexicon(tag, name, entry) => {
            let language = merged.languages.get_mut(tag);
            let Some(lexicon) = language.and_then(|it| it.lexicons.get_mut(name)) else { return false };
            let mut any = false;
            for (key, stack) in &mut lexicon.entries {
                if entry.as_ref().is_none_or(|entry| entry == key) {
                    any |= from(Some(stack), |it| earlier(it.id.at));
                }
            }
            any
        }
        RuleId::Nouns(tag, kind, name) => {
            let language = merged.languages.get_mut(tag);
            from(language.and_then(|it| it.nouns.get_mut(&(kind.clone(), name.clone()))), |it| earlier(it.name.at))
        }
        RuleId::Source(id) => from(merged.sources.get_mut(id), |it| earlier(it.at)),
        RuleId::Class(id) => from(merged.classes.get_mut(id), |it| earlier(it.id.at)),
        RuleId::Country(id) => from(merged.countries.get_mut(id), |it| earlier(it.id.at)),
        RuleId::Policy(code) => from(merged.policies.get_mut(code), |it| earlier(it.at)),
    }
}

/// Sets the severities that packs give, the later pack's last. A policy whose severity a pack sets is in force by it, though
/// it is experimental.
pub fn severities(packs: &[RawPack], policies: &mut [Policy], faults: &mut Faults<'_>) {
    for (code, set) in packs.iter().flat_map(|pack| &pack.severity) {
        let known: Vec<String> = policies.iter().map(|policy| policy.code.clone()).collect();
        let Some(policy) = policies.iter_mut().find(|policy| policy.code == code.value) else {
            let hint = did_you_mean(&code.value, known.iter().map(String::as_str));
            faults.error(code.at, "unknown-code", format!("no policy has the code `{}`", code.value), hint);
            continue;
        };
        for (profile, word) in set {
            let Some(severity) = one_of(word, "severity", &SEVERITIES, faults) else { continue };
            let profiles = match profile {
                Some(profile) => both_profiles(profile, faults),
                None => (true, true),
            };
            if profiles.0 {
                policy.severity.newsroom = severity;
                policy.severity_when.iter_mut().for_each(|change| change.newsroom = None);
            }
            if profiles.1 {
                policy.severity.strict = severity;
                policy.severity_when.iter_mut().for_each(|change| change.strict = None);
            }
            policy.by_name |= profiles.0 || profiles.1;
        }
    }
}
