//! The registry: who is who, by id, domain and name, and who belongs together.

use rapidhash::RapidHashMap;
use serde::{Deserialize, Serialize};

use super::find;
use super::morphology::Affixes;
use super::name_languages::{NameLanguages, names_of, rank, with_capital};
use super::names::{Listed, NameHit, NameTable, NameTarget};
use crate::rules::pack::{ClassEntry, CountryEntry, Needs, PlaceEntry, SourceEntry};
use crate::rules::rule_set::RuleSet;
use crate::text::in_order::in_order;
use crate::text::token::{JOINT, Token, tokens};
use crate::text::word_table::WordTable;

/// Most links that are followed from a speaker to the body he speaks for; rules may close a circle by mistake.
const MOST_LINKS: usize = 8;

/// Stands in a class's display name for the country's adjective.
const COUNTRY_SLOT: &str = "{country}";

/// The language of display names.
const DISPLAY_LANGUAGE: &str = "en";

/// Names with case and marks taken off: for metadata, where a name can be nothing else.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct PlainNames {
    names: WordTable,
    /// The source of each.
    sources: Vec<u32>,
}

/// Sources, classes and countries, ready to be looked up and found in texts. The written names are in its tables, and left
/// out of the entries.
///
/// Where one name belongs to several, a source comes before a country, a country before a capital, a capital before an
/// adjective; of two sources, the one whose name needs less beside it; then the lower index, which is the order of ids.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Registry {
    sources: Vec<SourceEntry>,
    classes: Vec<ClassEntry>,
    countries: Vec<CountryEntry>,
    places: Vec<PlaceEntry>,
    #[serde(serialize_with = "in_order")]
    ids: RapidHashMap<String, u32>,
    #[serde(serialize_with = "in_order")]
    domains: RapidHashMap<String, u32>,
    plain_names: PlainNames,
    names: NameTable,
    languages: NameLanguages,
}

impl Registry {
    /// Builds the registry of `rules`; indexes are those of its lists.
    pub fn new(rules: &RuleSet) -> Registry {
        let mut registry = Registry {
            sources: rules.sources.iter().map(without_tests).collect(),
            classes: rules.classes.clone(),
            countries: rules.countries.clone(),
            places: rules.places.clone(),
            languages: NameLanguages::of(rules),
            ..Registry::default()
        };
        registry.index_sources();
        registry.fill_names();
        registry.fill_plain_names();
        for entry in &mut registry.sources {
            entry.names.clear();
            entry.but_not.clear();
        }
        for country in &mut registry.countries {
            country.names.clear();
            country.capitals.clear();
            country.adjectives.retain(|language, _| language == DISPLAY_LANGUAGE);
        }
        registry
    }

    fn index_sources(&mut self) {
        for (i, entry) in self.sources.iter().enumerate() {
            self.ids.entry(entry.id.clone()).or_insert(i as u32);
            for domain in &entry.domains {
                self.domains.entry(plain_host(domain)).or_insert(i as u32);
            }
        }
    }

    fn fill_plain_names(&mut self) {
        let numbered = || self.sources.iter().enumerate().map(|(i, entry)| (i as u32, entry));
        let shown = numbered().map(|(i, entry)| (i, entry.name.as_str()));
        let named = numbered().flat_map(|(i, entry)| names_of(entry).map(move |(_, name, _)| (i, name)));
        let own = numbered().flat_map(|(i, entry)| entry.own_names.iter().map(move |name| (i, name.as_str())));
        let mut plain = PlainNames::default();
        for (i, name) in shown.chain(named).chain(own) {
            let key = plain_name(name);
            // The first source with a name keeps it.
            if !key.is_empty() && plain.names.intern(&key) as usize == plain.sources.len() {
                plain.sources.push(i);
            }
        }
        self.plain_names = plain;
    }

    fn fill_names(&mut self) {
        let mut all: Vec<(Needs, u32, &str, &str)> = Vec::new();
        for (i, entry) in self.sources.iter().enumerate() {
            all.extend(names_of(entry).map(|(tag, name, need)| (need, i as u32, name, tag)));
        }
        all.sort_by_key(|(need, i, ..)| (rank(*need), *i));
        for (need, i, name, tag) in all {
            self.names.insert_for(name, Some(NameTarget::Source(i)), need, self.languages.everywhere(tag));
        }
        for phrase in self.sources.iter().flat_map(|entry| &entry.but_not) {
            for written in [phrase, &with_capital(phrase)] {
                self.names.insert_for(written, None, Needs::Nothing, Listed::default());
            }
        }
        // One kind after the other: what is first in the table stays.
        let numbered = || (0u32..).zip(&self.countries);
        let names = numbered().map(|(i, country)| (&country.names, NameTarget::Country(i)));
        let capitals = numbered().map(|(i, country)| (&country.capitals, NameTarget::Capital(i)));
        let adjectives = numbered().map(|(i, country)| (&country.adjectives, NameTarget::Adjective(i)));
        for (words, target) in names.chain(capitals).chain(adjectives) {
            for (tag, names) in words {
                let listed = self.languages.only_own(words, tag);
                names.iter().for_each(|name| self.names.insert_for(name, Some(target), Needs::Nothing, listed));
            }
        }
    }

    /// All sources, in the order of their indexes.
    pub fn sources(&self) -> &[SourceEntry] {
        &self.sources
    }

    /// All countries, in the order of their indexes.
    pub fn countries(&self) -> &[CountryEntry] {
        &self.countries
    }

    /// All classes of unnamed sources, in the order of their ids.
    pub fn classes(&self) -> &[ClassEntry] {
        &self.classes
    }

    /// Regions and cities, ordered by id.
    pub fn places(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// The source at `index`; `None` where there is no such index.
    pub fn source(&self, index: u32) -> Option<&SourceEntry> {
        self.sources.get(index as usize)
    }

    /// The country at `index`; `None` where there is no such index.
    pub fn country(&self, index: u32) -> Option<&CountryEntry> {
        self.countries.get(index as usize)
    }

    /// The index of the source with this id; `None` where the registry doesn't have it.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// The index of the source whose page a host is: the longest of the registry's domains that the host ends in. A
    /// scheme, `www.`, port and path are ignored. `None` where no domain fits.
    pub fn by_domain(&self, host: &str) -> Option<u32> {
        let host = plain_host(host);
        let mut rest = host.as_str();
        loop {
            if let Some(&index) = self.domains.get(rest) {
                return Some(index);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The index of the source that `phrase` names as a whole, case and marks aside: for metadata such as a record's
    /// outlet. Needs don't count here, own names do. `None` where no source is named so.
    pub fn by_name(&self, phrase: &str) -> Option<u32> {
        match self.names.get(phrase) {
            Some(NameTarget::Source(index)) => Some(index),
            _ => {
                let known = self.plain_names.names.get(&plain_name(phrase))?;
                self.plain_names.sources.get(known as usize).copied()
            }
        }
    }

    /// Whom `phrase` names as a whole, exactly as written: a source, a country, a capital or an adjective.
    pub fn target_by_name(&self, phrase: &str) -> Option<NameTarget> {
        self.names.get(phrase)
    }

    /// True for a word whose parts, joined by a mark that doesn't show, are a name when parted by spaces.
    pub fn is_name_written_apart(&self, word: &str) -> bool {
        self.target_by_name(&word.replace(JOINT, " ")).is_some()
    }

    /// The names in `tokens` of `text`: leftmost, longest, none over another, in order. With a language's affixes the
    /// ends of names may be inflected by it. In a text of `language`, its names go first, and a country that has names in it
    /// is looked up by no others; an empty tag asks for all names. A hit whose need isn't met is for the caller to drop.
    pub fn hits(&self, text: &str, tokens: &[Token], affixes: &Affixes, language: &str) -> Vec<NameHit> {
        find::hits(&self.names, text, tokens, affixes, self.languages.bit(language))
    }

    /// The table of all names, and the bit that a language has in it.
    pub fn names_in(&self, language: &str) -> (&NameTable, u64) {
        (&self.names, self.languages.bit(language))
    }

    /// True where two ids of chains are one body: equal, or one speaks for the other, directly or through others.
    pub fn same_body(&self, a: &str, b: &str) -> bool {
        a == b || self.speaks_for(a, b) || self.speaks_for(b, a)
    }

    fn speaks_for(&self, speaker: &str, body: &str) -> bool {
        let mut at = speaker;
        for _ in 0..MOST_LINKS {
            let Some(next) = self.entry(at).and_then(|entry| entry.speaks_for.as_deref()) else { return false };
            if next == body {
                return true;
            }
            at = next;
        }
        false
    }

    /// The group of publishers that a source belongs to; `None` where that is not known, or the id is not of a source.
    pub fn group(&self, id: &str) -> Option<&str> {
        self.entry(id).map(|entry| entry.group.as_str()).filter(|group| !group.is_empty() && *group != "unknown")
    }

    /// True for what carries news: a source of such a kind, or an unnamed class of such sources.
    pub fn is_outlet(&self, id: &str) -> bool {
        match id.strip_prefix("class:") {
            Some(class) => self.class(kind_and_code(class).0).is_some_and(|class| class.carries_news),
            None => self.entry(id).is_some_and(|entry| entry.kind.carries_news()),
        }
    }

    /// The class of unnamed sources with this id.
    pub fn class(&self, id: &str) -> Option<&ClassEntry> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The country with this id.
    pub fn country_by_id(&self, id: &str) -> Option<&CountryEntry> {
        self.countries.iter().find(|country| country.id == id)
    }

    /// The country with this ISO 3166 code, in lower case.
    pub fn country_by_code(&self, code: &str) -> Option<&CountryEntry> {
        self.countries.iter().find(|country| country.code == code)
    }

    /// The name to show for an id of a chain. What the rules have no name for is shown by its id.
    pub fn display_name(&self, id: &str) -> String {
        if let Some(entry) = self.entry(id) {
            return entry.name.clone();
        }
        match id.split_once(':') {
            Some(("name", name)) => name.to_string(),
            Some(("class" | "anonymous", class)) => {
                let (kind, code) = kind_and_code(class);
                self.class_name(kind, code.and_then(|code| self.country_by_code(code)))
            }
            Some(("government", country)) => match self.country_by_id(country) {
                Some(country) => self.class_name("government", Some(country)),
                None => country.to_string(),
            },
            _ => self.class(id).map_or_else(|| id.to_string(), |_| self.class_name(id, None)),
        }
    }

    fn class_name(&self, kind: &str, country: Option<&CountryEntry>) -> String {
        let written = self
            .class(kind)
            .and_then(|class| class.names.get(DISPLAY_LANGUAGE).or_else(|| class.names.values().next()))
            .map_or_else(|| kind.replace('-', " "), Clone::clone);
        let adjective = country.map(adjective).unwrap_or_default();
        let named = if written.contains(COUNTRY_SLOT) {
            written.replace(COUNTRY_SLOT, adjective)
        } else {
            format!("{adjective} {written}")
        };
        named.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn entry(&self, id: &str) -> Option<&SourceEntry> {
        self.by_id(id).and_then(|index| self.source(index))
    }
}

/// The entry without the sentences that are its tests.
fn without_tests(entry: &SourceEntry) -> SourceEntry {
    SourceEntry { reads: Vec::new(), ignores: Vec::new(), ..entry.clone() }
}

/// The word to put before a class: the first adjective, or the shorter form that it is a plural of.
fn adjective(country: &CountryEntry) -> &str {
    let Some(forms) = country.adjectives.get(DISPLAY_LANGUAGE) else { return "" };
    let Some(first) = forms.first() else { return "" };
    forms.iter().filter(|form| first.starts_with(form.as_str())).min_by_key(|form| form.len()).unwrap_or(first)
}

/// `media@az` → `media`, `az`.
fn kind_and_code(class: &str) -> (&str, Option<&str>) {
    match class.split_once('@') {
        Some((kind, code)) => (kind, Some(code)),
        None => (class, None),
    }
}

/// A host in lower case, without scheme, user, port, path, `www.` and final dot.
fn plain_host(written: &str) -> String {
    let host = written.split_once("://").map_or(written, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    let host = host.rsplit_once('@').map_or(host, |(_, rest)| rest);
    let host = host.split(':').next().unwrap_or(host).trim().trim_end_matches('.').to_lowercase();
    host.strip_prefix("www.").map(str::to_string).unwrap_or(host)
}

/// The words of a name in lower case, parted by spaces.
fn plain_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for token in tokens(name, 0..name.len()).iter().filter(|token| token.is_wordlike()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.span.of(name).to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pack::SourceKind;
    use crate::rules::sample;
    use std::collections::BTreeMap;

    fn source(id: &str, kind: SourceKind, names: &[&str]) -> SourceEntry {
        SourceEntry { names: english(names), ..sample::source(id, names.first().unwrap_or(&id), kind) }
    }

    fn english(names: &[&str]) -> BTreeMap<String, Vec<String>> {
        BTreeMap::from([("en".to_string(), names.iter().map(|name| name.to_string()).collect())])
    }

    fn class(id: &str, name: &str, carries_news: bool) -> ClassEntry {
        let names = BTreeMap::from([("en".to_string(), name.to_string())]);
        ClassEntry { id: id.to_string(), names, carries_news, weasel: false, public: false }
    }

    fn rules() -> RuleSet {
        let mut sources = vec![
            SourceEntry {
                domains: vec!["alpha.org".to_string()],
                group: "house".to_string(),
                ..source("alpha", SourceKind::Wire, &["Alpha", "The Alpha Post"])
            },
            SourceEntry {
                domains: vec!["en.alpha.org".to_string(), "www.beta.co.uk".to_string()],
                names_need: vec![("Alpha".to_string(), Needs::Cue)],
                own_names: vec!["BT".to_string()],
                ..source("beta", SourceKind::Channel, &["Beta News", "Alpha"])
            },
            SourceEntry { speaks_for: Some("palace".to_string()), ..source("ada", SourceKind::Person, &["Ada Moss"]) },
            SourceEntry {
                speaks_for: Some("government:arland".to_string()),
                needs: Needs::OrganisationNoun,
                ..source("palace", SourceKind::Institution, &["Palace"])
            },
            SourceEntry { speaks_for: Some("loop".to_string()), ..source("loop", SourceKind::Person, &["Loop"]) },
        ];
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        RuleSet {
            sources,
            classes: vec![
                class("government", "government", false),
                class("media", "media outlets", true),
                class("official", "an unnamed {country} official", false),
            ],
            countries: vec![CountryEntry {
                id: "arland".to_string(),
                code: "xa".to_string(),
                names: english(&["Arland", "Palace"]),
                capitals: english(&["Arlton", "Arland"]),
                adjectives: english(&["Arlanders", "Arlander"]),
            }],
            ..RuleSet::default()
        }
    }

    fn registry() -> Registry {
        Registry::new(&rules())
    }

    fn id_of(registry: &Registry, index: Option<u32>) -> Option<&str> {
        index.and_then(|index| registry.source(index)).map(|entry| entry.id.as_str())
    }

    #[test]
    fn the_longest_domain_wins_and_a_part_of_a_label_is_none() {
        let registry = registry();
        for (host, id) in [
            ("alpha.org", Some("alpha")),
            ("www.alpha.org", Some("alpha")),
            ("news.ALPHA.org.", Some("alpha")),
            ("en.alpha.org", Some("beta")),
            ("https://m.en.alpha.org:8080/a?b", Some("beta")),
            ("beta.co.uk", Some("beta")),
            ("notalpha.org", None),
            ("co.uk", None),
            ("", None),
        ] {
            assert_eq!(id_of(&registry, registry.by_domain(host)), id, "{host}");
        }
    }

    #[test]
    fn a_name_in_metadata_needs_nothing_beside_it() {
        let registry = registry();
        assert_eq!(id_of(&registry, registry.by_name("the ALPHA post")), Some("alpha"));
        assert_eq!(id_of(&registry, registry.by_name("«Palace»")), Some("palace"));
        assert_eq!(id_of(&registry, registry.by_name("BT")), Some("beta"), "own names count for the publisher");
        assert_eq!(registry.by_name("Alpha Post of Beta"), None);
        assert_eq!(registry.by_name(""), None);
    }

    #[test]
    fn shared_names_go_to_the_one_that_needs_less_then_by_kind() {
        let registry = registry();
        let alpha = registry.by_id("alpha").map(NameTarget::Source);
        assert_eq!(registry.target_by_name("Alpha"), alpha);
        assert_eq!(registry.target_by_name("Palace"), registry.by_id("palace").map(NameTarget::Source));
        assert_eq!(registry.target_by_name("Arland"), Some(NameTarget::Country(0)), "before the capital of that name");
        assert_eq!(registry.target_by_name("Arlton"), Some(NameTarget::Capital(0)));
        assert_eq!(registry.target_by_name("BT"), None, "own names are never found in texts");
    }

    #[test]
    fn hits_carry_what_their_name_needs() {
        let registry = registry();
        let text = "Arlander media and the Palace told Beta News";
        let hits = registry.hits(text, &tokens(text, 0..text.len()), &Affixes::default(), "en");
        let needs: Vec<_> = hits.iter().map(|hit| (hit.first, hit.last, hit.need)).collect();
        assert_eq!(needs, [(0, 1, Needs::Nothing), (4, 5, Needs::OrganisationNoun), (6, 8, Needs::Nothing)]);
        assert_eq!(hits[0].target, NameTarget::Adjective(0));
    }

    #[test]
    fn speakers_and_bodies_are_one_through_any_number_of_links() {
        let registry = registry();
        assert!(registry.same_body("ada", "palace") && registry.same_body("palace", "ada"));
        assert!(registry.same_body("ada", "government:arland"));
        assert!(registry.same_body("name:Kim", "name:Kim"));
        assert!(!registry.same_body("ada", "alpha") && !registry.same_body("name:Kim", "name:Lee"));
        assert!(!registry.same_body("loop", "palace"), "a circle ends");
    }

    #[test]
    fn unknown_groups_are_none() {
        let registry = registry();
        assert_eq!(registry.group("alpha"), Some("house"));
        assert_eq!(registry.group("beta"), None);
        assert_eq!(registry.group("class:media"), None);
    }

    #[test]
    fn every_id_of_a_chain_has_a_name_to_show() {
        let registry = registry();
        for (id, name) in [
            ("ada", "Ada Moss"),
            ("class:media@xa", "Arlander media outlets"),
            ("class:media", "media outlets"),
            ("class:media@zz", "media outlets"),
            ("anonymous:official@xa", "an unnamed Arlander official"),
            ("anonymous:official", "an unnamed official"),
            ("class:rail-workers", "rail workers"),
            ("government:arland", "Arlander government"),
            ("government:nowhere", "nowhere"),
            ("name:Kim: the Second", "Kim: the Second"),
            ("unknown", "unknown"),
        ] {
            assert_eq!(registry.display_name(id), name, "{id}");
        }
    }

    #[test]
    fn outlets_carry_news() {
        let registry = registry();
        assert!(registry.is_outlet("alpha") && registry.is_outlet("beta") && registry.is_outlet("class:media@xa"));
        assert!(
            !registry.is_outlet("palace") && !registry.is_outlet("class:official") && !registry.is_outlet("name:X")
        );
    }
}
