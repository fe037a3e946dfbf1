//! Sources, classes and countries: from tables as written to clean entries, with everything about them checked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::rules::check_meta::check_meta;
use crate::rules::check_names::check_names;
use crate::rules::clean::{check_id, expanded, forms, forms_by_language, is_date, is_language, one_of, sentences};
use crate::rules::files::{At, Faults, Text};
use crate::rules::labelled::Braces;
use crate::rules::overlay::Merged;
use crate::rules::pack::{ClassEntry, CountryEntry, Fact, Needs, SourceEntry, SourceKind};
use crate::rules::raw_source::{RawClass, RawCountry, RawFact, RawSource};
use crate::rules::suggest::did_you_mean;
use crate::text::token::tokens;

/// The word for what is not known, which is told as such.
const UNKNOWN: &str = "unknown";

/// The clean sources, ordered by id.
pub fn check_sources(merged: &Merged, faults: &mut Faults<'_>) -> Vec<SourceEntry> {
    let derived: Vec<String> = merged.countries.keys().map(|id| format!("government:{id}")).collect();
    let ids: BTreeSet<&str> =
        merged.sources.keys().map(String::as_str).chain(derived.iter().map(String::as_str)).collect();
    let mut sources = Vec::with_capacity(merged.sources.len());
    let mut hosts: HashMap<String, At> = HashMap::new();
    for stack in merged.sources.values() {
        sources.extend(stack.iter().find_map(|source| check_source(source, &ids, &mut hosts, faults)));
    }
    check_names(&sources, merged, faults);
    sources
}

/// The clean classes, ordered by id.
pub fn check_classes(merged: &Merged, faults: &mut Faults<'_>) -> Vec<ClassEntry> {
    merged.classes.values().filter_map(|stack| stack.iter().find_map(|class| check_class(class, faults))).collect()
}

/// The clean countries, ordered by id.
pub fn check_countries(merged: &Merged, faults: &mut Faults<'_>) -> Vec<CountryEntry> {
    let mut codes: HashMap<String, At> = HashMap::new();
    let mut countries = Vec::with_capacity(merged.countries.len());
    for stack in merged.countries.values() {
        countries.extend(stack.iter().find_map(|country| check_country(country, &mut codes, faults)));
    }
    countries
}

fn check_class(raw: &RawClass, faults: &mut Faults<'_>) -> Option<ClassEntry> {
    let before = faults.errors();
    check_id(&raw.id, &[], faults);
    let mut names = BTreeMap::new();
    for (language, list) in &raw.names {
        check_language(language, faults);
        match list.as_slice() {
            [name] => {
                names.insert(language.value.clone(), name.value.clone());
            }
            _ => faults.error(language.at, "wrong-type", "a class has one name in each language", None),
        }
    }
    let sound = !raw.broken && faults.errors() == before;
    sound.then(|| ClassEntry {
        id: raw.id.value.clone(),
        names,
        carries_news: raw.carries_news,
        weasel: raw.weasel,
        public: raw.public,
    })
}

fn check_country(raw: &RawCountry, codes: &mut HashMap<String, At>, faults: &mut Faults<'_>) -> Option<CountryEntry> {
    let before = faults.errors();
    check_id(&raw.id, &[], faults);
    if let Some(code) = &raw.code {
        check_country_code(code, faults);
        if let Some(first) = codes.get(&code.value) {
            let hint = Some(format!("the first stands at {}", faults.place(*first)));
            faults.error(code.at, "code-twice", format!("`{}` is another country's code already", code.value), hint);
        }
    }
    let names = forms_by_language(&raw.names, faults);
    let capitals = forms_by_language(&raw.capitals, faults);
    let adjectives = forms_by_language(&raw.adjectives, faults);
    if names.is_empty() && !raw.broken {
        faults.error(raw.id.at, "missing-key", "a country needs `names`", Some("write `names.en = […]`".to_owned()));
    }
    let code = raw.code.as_ref()?;
    if raw.broken || faults.errors() > before {
        return None;
    }
    codes.insert(code.value.clone(), code.at);
    Some(CountryEntry { id: raw.id.value.clone(), code: code.value.clone(), names, capitals, adjectives })
}

fn check_source(
    raw: &RawSource,
    ids: &BTreeSet<&str>,
    hosts: &mut HashMap<String, At>,
    faults: &mut Faults<'_>,
) -> Option<SourceEntry> {
    let before = faults.errors();
    check_id(&raw.id, &[':'], faults);
    let kind = raw.kind.as_ref().and_then(|kind| one_of(kind, "kind", &SourceKind::NAMES, faults));
    if let Some(country) = raw.country.as_ref().filter(|country| !country.value.is_empty()) {
        check_country_code(country, faults);
    }
    if let Some(group) = raw.group.as_ref() {
        check_id(group, &[], faults);
    }
    if let Some(zone) = raw.time_zone.as_ref().filter(|zone| !is_zone(&zone.value)) {
        let hint = Some("write an IANA name (`Europe/Riga`) or `unknown`".to_owned());
        faults.error(zone.at, "bad-time-zone", format!("`{}` is no time zone", zone.value), hint);
    }
    if let Some(language) = &raw.speaks {
        check_language(language, faults);
    }
    if let Some(other) = &raw.speaks_for {
        check_speaks_for(other, ids, faults);
    }
    check_meta(&raw.meta, &raw.id.value, ids.iter().copied(), faults);
    let names = forms_by_language(&raw.names, faults);
    let own_names = forms(&raw.own_names, faults);
    let but_not = forms(&raw.but_not, faults);
    if names.values().all(Vec::is_empty) && own_names.is_empty() && !raw.broken {
        let hint = Some("write `names.en = […]`, a list for each language or script".to_owned());
        faults.error(raw.id.at, "missing-key", "a source needs `names`", hint);
    }
    let needs = raw.needs.as_ref().and_then(|needs| one_of(needs, "needs", &Needs::NAMES, faults)).unwrap_or_default();
    let names_need = check_names_need(raw, &names, faults);
    let facts = raw.facts.iter().filter_map(|fact| check_fact(fact, faults)).collect();
    let reads = sentences(&raw.reads, Braces::Names, faults);
    check_tests(raw, needs, &names, faults);
    let broken = raw.broken || faults.errors() > before;
    // Last, so that a source with another fault does not take a host from a sound one.
    let domains = check_domains(&raw.domains, !broken, hosts, faults);
    if broken || faults.errors() > before {
        return None;
    }
    let value = |text: &Option<Text>, default: &str| text.as_ref().map_or(default, |text| &text.value).to_owned();
    Some(SourceEntry {
        id: raw.id.value.clone(),
        name: value(&raw.name, &raw.id.value),
        kind: kind?,
        country: value(&raw.country, ""),
        group: value(&raw.group, UNKNOWN),
        domains,
        time_zone: value(&raw.time_zone, UNKNOWN),
        names,
        own_names,
        but_not,
        needs,
        names_need,
        speaks_for: raw.speaks_for.as_ref().map(|text| text.value.clone()),
        speaks: raw.speaks.as_ref().map(|text| text.value.clone()),
        metonym: raw.metonym,
        uncertain: raw.uncertain,
        facts,
        reads,
        ignores: raw.ignores.iter().map(|text| (text.value.clone(), faults.location(text.at))).collect(),
        location: faults.location(raw.at),
    })
}

/// Notes an id that no source has. Governments come from the list of countries; without one, any may be meant.
fn check_speaks_for(other: &Text, ids: &BTreeSet<&str>, faults: &mut Faults<'_>) {
    const GOVERNMENT: &str = "government:";
    let listed = ids.iter().any(|id| id.starts_with(GOVERNMENT));
    let any_government = other.value.starts_with(GOVERNMENT) && !listed;
    if !ids.contains(other.value.as_str()) && !any_government {
        let hint = did_you_mean(&other.value, ids.iter().copied());
        faults.error(other.at, "unknown-source", format!("there is no source `{}`", other.value), hint);
    }
}

fn check_names_need(
    raw: &RawSource,
    names: &BTreeMap<String, Vec<String>>,
    faults: &mut Faults<'_>,
) -> Vec<(String, Needs)> {
    let mut all = Vec::new();
    for (name, need) in &raw.names_need {
        let need = one_of(need, "needs", &Needs::NAMES, faults);
        for form in expanded(name, faults) {
            if !names.values().flatten().any(|known| *known == form) {
                let hint = did_you_mean(&form, names.values().flatten().map(String::as_str));
                faults.error(name.at, "unknown-name", format!("`{form}` is none of the names of this source"), hint);
            }
            all.extend(need.map(|need| (form, need)));
        }
    }
    all
}

fn check_fact(raw: &RawFact, faults: &mut Faults<'_>) -> Option<Fact> {
    let Some(as_of) = &raw.as_of else {
        let hint = Some("write when it held: `as-of = \"2026-11\"`".to_owned());
        faults.error(raw.at, "fact-without-date", "a fact needs the key `as-of`", hint);
        return None;
    };
    // Nobody checked where `checked` is empty.
    let checked = raw.checked.as_ref().filter(|date| !date.value.is_empty());
    for date in [Some(as_of), checked].into_iter().flatten() {
        if !is_date(&date.value) {
            let hint = Some("write `2026`, `2026-11` or `2026-11-22`".to_owned());
            faults.error(date.at, "bad-date", format!("`{}` is no date", date.value), hint);
        }
    }
    Some(Fact {
        kind: raw.kind.as_ref()?.value.clone(),
        says: raw.says.as_ref()?.value.clone(),
        by: raw.by.as_ref()?.value.clone(),
        as_of: as_of.value.clone(),
        checked: raw.checked.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
    })
}

fn check_tests(raw: &RawSource, needs: Needs, names: &BTreeMap<String, Vec<String>>, faults: &mut Faults<'_>) {
    if raw.broken {
        return;
    }
    if raw.reads.is_empty() {
        let hint = Some("add a sentence that names it in braces: `reads = [\"…, {NAME} reported.\"]`".to_owned());
        faults.error(raw.id.at, "rule-without-test", "this source has no sentence in `reads`", hint);
    }
    if raw.ignores.is_empty() && (needs != Needs::Nothing || !raw.names_need.is_empty() || !raw.but_not.is_empty()) {
        let hint = Some("add a near miss: a sentence with the name in which something else is meant".to_owned());
        let message = "a name of this source needs something near it, but no sentence in `ignores` shows why";
        faults.error(raw.id.at, "rule-without-test", message, hint);
    }
    if raw.ignores.is_empty() {
        return;
    }
    // What a reader may take for the name: parts of its names, of the name shown and of the id.
    let shown = raw.name.iter().chain([&raw.id]).chain(&raw.own_names).map(|text| text.value.as_str());
    let words: BTreeSet<String> =
        names.values().flatten().map(String::as_str).chain(shown).flat_map(words_of).collect();
    for text in &raw.ignores {
        if !words_of(&text.value).iter().any(|word| words.iter().any(|part| alike(part, word))) {
            let hint = Some("a near miss has a word like the name, and means something else".to_owned());
            faults.warn(text.at, "near-miss-too-far", "this sentence has no word like any name of the source", hint);
        }
    }
}

/// The words of `text` in lower case.
fn words_of(text: &str) -> Vec<String> {
    let cut = tokens(text, 0..text.len());
    cut.iter().filter(|token| token.is_wordlike()).map(|token| token.span.of(text).to_lowercase()).collect()
}

/// True for words that start alike: `state` and `statement`, `iran` and `iranian`.
fn alike(one: &str, other: &str) -> bool {
    const ENOUGH: usize = 3;
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    common >= ENOUGH || one == other
}

/// Hosts as they are compared: each may belong to one source. They are claimed only where `claim`.
fn check_domains(list: &[Text], claim: bool, hosts: &mut HashMap<String, At>, faults: &mut Faults<'_>) -> Vec<String> {
    let mut all = Vec::with_capacity(list.len());
    for text in list {
        let host = &text.value;
        let sound = host.contains('.')
            && !host.starts_with(['.', '-'])
            && !host.ends_with('.')
            && !host.starts_with("www.")
            && host.chars().all(|c| {
                c == '.' || c == '-' || c.is_lowercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_uppercase())
            });
        if !sound {
            let bare = host.to_lowercase();
            let bare = bare.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
            let hint = bare.split('/').next().filter(|host| host.contains('.')).map(|host| format!("write `{host}`"));
            faults.error(text.at, "bad-domain", format!("`{host}` is no host in lower case without `www.`"), hint);
            continue;
        }
        if claim {
            if let Some(first) = hosts.get(host) {
                let hint = Some(format!("the first stands at {}", faults.place(*first)));
                faults.error(text.at, "domain-twice", format!("`{host}` belongs to another source already"), hint);
                continue;
            }
            hosts.insert(host.clone(), text.at);
        }
        all.push(host.clone());
    }
    all
}

fn check_country_code(code: &Text, faults: &mut Faults<'_>) {
    if code.value.len() != 2 || !code.value.bytes().all(|b| b.is_ascii_lowercase()) {
        let hint = Some("write the ISO 3166 code in lower case: `lv`".to_owned());
        faults.error(code.at, "bad-country", format!("`{}` is no code of a country", code.value), hint);
    }
}

fn check_language(tag: &Text, faults: &mut Faults<'_>) {
    if !is_language(&tag.value) {
        let hint = Some("write a language tag: `en`".to_owned());
        faults.error(tag.at, "bad-language", format!("`{}` is no language", tag.value), hint);
    }
}

fn is_zone(zone: &str) -> bool {
    let letters = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
    };
    zone == UNKNOWN || zone == "UTC" || (zone.contains('/') && zone.split('/').all(letters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::{fault, faults, files, is, with};

    #[test]
    fn words_of_closed_lists_are_told_from_slips() {
        assert_eq!(fault("\"outlet\"", "\"oulet\""), is("unknown-value", 4, 8, "\"oulet\"", "did you mean `outlet`?"));
        assert_eq!(fault("\"cue\"", "\"clue\""), is("unknown-value", 10, 26, "\"clue\"", "did you mean `cue`?"));
        assert_eq!(
            fault("country = \"lv\"", "country = \"LV\""),
            is("bad-country", 5, 11, "\"LV\"", "write the ISO 3166 code in lower case: `lv`")
        );
        assert_eq!(fault("\"Europe/Riga\"", "\"Riga\"").4, "write an IANA name (`Europe/Riga`) or `unknown`");
        assert_eq!(
            fault("names.Cyrl", "names.cyrl"),
            is("bad-language", 9, 7, "cyrl", "write a language tag (`en`) or an ISO 15924 script (`Cyrl`)")
        );
    }

    #[test]
    fn who_is_spoken_for_must_be_known() {
        assert_eq!(
            fault("\"government:latvia\"", "\"government:latwia\""),
            is("unknown-source", 11, 14, "\"government:latwia\"", "did you mean `government:latvia`?")
        );
        assert!(faults("\"government:latvia\"", "\"lumera\"").is_empty());
    }

    #[test]
    fn a_fact_has_a_date() {
        let fact = "{ kind = \"seat\", says = \"edited in Riga\", by = \"its own site\" }";
        assert_eq!(
            fault(", as-of = \"2026-11\"", ""),
            is("fact-without-date", 12, 10, fact, "write when it held: `as-of = \"2026-11\"`")
        );
        assert_eq!(fault("\"2026-11\"", "\"11/2026\"").0, "bad-date");
        assert_eq!(fault("\"2026-11\"", "\"\"").0, "bad-date");
        assert!(faults("\"2026-11\"", "\"2026-11\", checked = \"\"").is_empty());
        assert_eq!(fault("by = \"its own site\", ", "").0, "missing-key");
    }

    #[test]
    fn a_source_needs_its_tests() {
        let reads = "reads = [\"The bridge closed, {Lumera} reported.\"]\n";
        assert_eq!(
            fault(reads, ""),
            is(
                "rule-without-test",
                2,
                6,
                "\"lumera\"",
                "add a sentence that names it in braces: `reads = [\"…, {NAME} reported.\"]`"
            )
        );
        let near_miss = "ignores = [\"A lumera is a jellyfish.\"]\n";
        assert_eq!((fault(near_miss, "").0, fault(near_miss, "").1), ("rule-without-test", 2));
        assert_eq!(
            fault("{Lumera}", "Lumera"),
            is("unlabelled", 13, 11, "The bridge closed, Lumera reported.", "put the name in braces: `{NAME}`")
        );
    }

    #[test]
    fn a_name_that_needs_nothing_needs_no_near_miss() {
        let mut files = files();
        files[3].1 =
            files[3].1.replace("names-need = [[\"Lumera\", \"cue\"]]\n", "").replace("ignores = ", "references = ");
        assert!(crate::rules::load::load_from(files).diagnostics.is_empty());
    }

    #[test]
    fn a_near_miss_of_another_thing_is_a_warning() {
        let loaded = with("A lumera is a jellyfish.", "It rained.");
        assert_eq!(loaded.diagnostics[0].code, "near-miss-too-far");
        assert_eq!(loaded.rules.sources.len(), 1);
        assert!(faults("A lumera is a jellyfish.", "Jellyfish are lumenas.").is_empty());
    }

    #[test]
    fn needs_of_single_names_are_of_names_it_has() {
        assert_eq!(
            fault("[[\"Lumera\",", "[[\"Lumena\","),
            is("unknown-name", 10, 16, "\"Lumena\"", "did you mean `Lumera`?")
        );
    }

    #[test]
    fn a_host_is_bare_and_belongs_to_one_source() {
        assert_eq!(
            fault("\"lumera.io\"", "\"https://www.Lumera.io/en\""),
            is("bad-domain", 6, 12, "\"https://www.Lumera.io/en\"", "write `lumera.io`")
        );
        assert_eq!(fault("\"lumera.io\"", "\"lumera\"").0, "bad-domain");
        assert!(faults("\"lumera.io\"", "\"лумера.рф\"").is_empty());
        let mut files = files();
        let second =
            files[3].1.split("[[class]]").next().unwrap_or("").replace("id = \"lumera\"", "id = \"lumera-two\"");
        files.push(("sources/two.toml".to_owned(), second));
        let loaded = crate::rules::load::load_from(files);
        let first = &loaded.diagnostics[0];
        assert_eq!(
            (first.code, first.file.as_str(), first.line, first.column),
            ("domain-twice", "sources/two.toml", 6, 12)
        );
        assert_eq!(first.hint.as_deref(), Some("the first stands at sources/sources.toml:6"));
        assert_eq!(loaded.rules.sources.len(), 1);
    }

    #[test]
    fn ids_have_plain_letters() {
        assert_eq!(fault("id = \"lumera\"", "id = \"Lumera LV\"").4, "ids have letters a to z, digits and hyphens");
        assert_eq!(faults("id = \"latvia\"", "id = \"Latvia\"")[1].0, "bad-id");
    }

    #[test]
    fn countries_have_a_code_of_their_own_and_names() {
        let second = "[[country]]\nid = \"letland\"\ncode = \"lv\"\nnames.en = [\"Letland\"]\n[[class]]";
        let twice = faults("[[class]]", second);
        assert_eq!(twice.len(), 1);
        assert_eq!(twice[0].0, "code-twice");
        assert_eq!(faults("names.en = [\"Latvia\"]\n", "")[0].4, "write `names.en = […]`");
    }

    #[test]
    fn zones_are_told_from_names_of_places() {
        assert!(is_zone("Europe/Riga") && is_zone("America/Argentina/Buenos_Aires") && is_zone("unknown"));
        assert!(is_zone("UTC") && !is_zone("Riga") && !is_zone("europe/riga") && !is_zone(""));
    }
}
