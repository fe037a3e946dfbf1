//! Checks that all kinds of rules share: words of closed lists, ids, dates, lists in notation, templates.

use std::collections::BTreeMap;

use crate::rules::files::{Faults, Text};
use crate::rules::labelled::{Braces, parse_labelled};
use crate::rules::notation::{self, unique};
use crate::rules::pack::LabelledSentence;
use crate::rules::parse_template::{Allowed, parse_template};
use crate::rules::suggest::did_you_mean;
use crate::rules::template::Template;

/// What `text` stands for among `names`; another word is noted.
pub fn one_of<T: Copy>(text: &Text, key: &str, names: &[(&'static str, T)], faults: &mut Faults<'_>) -> Option<T> {
    let found = names.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
    if found.is_none() {
        let hint = did_you_mean(&text.value, names.iter().map(|(name, _)| *name));
        faults.error(text.at, "unknown-value", format!("`{}` is no word for `{key}`", text.value), hint);
    }
    found
}

/// All forms of a list in notation, each once; faults are noted and their strings left out.
pub fn forms(list: &[Text], faults: &mut Faults<'_>) -> Vec<String> {
    unique(list.iter().flat_map(|text| expanded(text, faults)).collect())
}

/// The forms of one string in notation; empty where it has a fault, which is noted.
pub fn expanded(text: &Text, faults: &mut Faults<'_>) -> Vec<String> {
    match notation::expand(&text.value) {
        Ok(forms) => forms,
        Err(fault) => {
            faults.notation(text, fault);
            Vec::new()
        }
    }
}

/// Lists in notation under language tags or scripts.
pub fn forms_by_language(lists: &[(Text, Vec<Text>)], faults: &mut Faults<'_>) -> BTreeMap<String, Vec<String>> {
    let mut by_language = BTreeMap::new();
    for (key, list) in lists {
        if !is_language(&key.value) && !is_script(&key.value) {
            let hint = Some("write a language tag (`en`) or an ISO 15924 script (`Cyrl`)".to_owned());
            faults.error(key.at, "bad-language", format!("`{}` is no language and no script", key.value), hint);
        }
        by_language.insert(key.value.clone(), forms(list, faults));
    }
    by_language
}

/// The templates of a list; faults are noted and their strings left out.
pub fn templates(list: &[Text], allowed: Allowed, faults: &mut Faults<'_>) -> Vec<Template> {
    let mut all = Vec::with_capacity(list.len());
    for text in list {
        match parse_template(&text.value, allowed) {
            Ok(template) => all.push(template),
            Err(fault) => faults.notation(text, fault),
        }
    }
    all
}

/// The labelled sentences of a list; faults are noted and their strings left out.
pub fn sentences(list: &[Text], braces: Braces, faults: &mut Faults<'_>) -> Vec<LabelledSentence> {
    let mut all = Vec::with_capacity(list.len());
    for text in list {
        match parse_labelled(&text.value, braces, faults.location(text.at)) {
            Ok(sentence) => all.push(sentence),
            Err(fault) => faults.notation(text, fault),
        }
    }
    all
}

/// Notes an id with other signs than a to z, digits, hyphens and those of `more`.
pub fn check_id(id: &Text, more: &[char], faults: &mut Faults<'_>) {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || more.contains(&c);
    if id.value.is_empty() || !id.value.chars().all(sound) {
        let hint = Some("ids have letters a to z, digits and hyphens".to_owned());
        faults.error(id.at, "bad-id", format!("`{}` is no id", id.value), hint);
    }
}

/// True for a BCP 47 tag as rules write it: `uk`, `pt-br`.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    let lower = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (2..=3).contains(&first.len()) && lower(first) && parts.all(|part| lower(part) && part.len() <= 8)
        || tag.starts_with("x-")
}

/// True for an ISO 15924 code: `Cyrl`.
pub fn is_script(code: &str) -> bool {
    code.len() == 4
        && code.bytes().enumerate().all(|(i, b)| if i == 0 { b.is_ascii_uppercase() } else { b.is_ascii_lowercase() })
}

/// True for `2026`, `2026-11` and `2026-11-22`.
pub fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let number = |part: &str, len: usize, range: std::ops::RangeInclusive<u32>| {
        part.len() == len && part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n| range.contains(&n))
    };
    match parts.as_slice() {
        [year] => number(year, 4, 1000..=9999),
        [year, month] => number(year, 4, 1000..=9999) && number(month, 2, 1..=12),
        [year, month, day] => number(year, 4, 1000..=9999) && number(month, 2, 1..=12) && number(day, 2, 1..=31),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_scripts_and_dates_are_told_from_slips() {
        assert!(is_language("en") && is_language("pt-br") && is_language("zh-hant"));
        assert!(!is_language("English") && !is_language("EN") && !is_language("e") && !is_language(""));
        assert!(is_script("Cyrl") && !is_script("cyrl") && !is_script("Cyrillic"));
        assert!(is_date("2026") && is_date("2026-11") && is_date("2026-11-22"));
        assert!(!is_date("22.11.2026") && !is_date("2026-13") && !is_date("26-11") && !is_date(""));
    }
}
