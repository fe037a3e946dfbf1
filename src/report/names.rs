//! Chain ids as people read them.

use std::collections::HashMap;

use crate::rules::pack::{ClassEntry, CountryEntry, RuleSet, SourceEntry};

/// The language of the reports themselves.
const REPORT_LANGUAGE: &str = "en";

/// Looks up what a chain's ids stand for.
#[derive(Debug)]
pub struct Names<'a> {
    sources: HashMap<&'a str, &'a SourceEntry>,
    classes: HashMap<&'a str, &'a ClassEntry>,
    countries: HashMap<&'a str, &'a CountryEntry>,
    languages: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    /// Names by these rules.
    pub fn new(rules: &'a RuleSet) -> Names<'a> {
        let mut countries = HashMap::new();
        for country in &rules.countries {
            countries.insert(country.id.as_str(), country);
            countries.insert(country.code.as_str(), country);
        }
        Names {
            sources: rules.sources.iter().map(|s| (s.id.as_str(), s)).collect(),
            classes: rules.classes.iter().map(|c| (c.id.as_str(), c)).collect(),
            countries,
            languages: rules.languages.iter().map(|l| (l.tag.as_str(), l.name.as_str())).collect(),
        }
    }

    /// The name of a chain id.
    pub fn of(&self, id: &str) -> String {
        if let Some(source) = self.sources.get(id) {
            return source.name.clone();
        }
        let Some((kind, rest)) = id.split_once(':') else {
            return if id == "unknown" { "not known".to_string() } else { id.to_string() };
        };
        let (name, country) = match rest.split_once('@') {
            Some((name, code)) => (name, Some(self.country(code))),
            None => (rest, None),
        };
        let name = match kind {
            "class" => self.class(name),
            "anonymous" => format!("unnamed {}", name.replace('-', " ")),
            "government" => format!("government of {}", self.country(name)),
            _ => return rest.to_string(),
        };
        match country {
            Some(country) => format!("{name} ({country})"),
            None => name,
        }
    }

    /// The name of a language by its tag; the tag where no pack has it.
    pub fn language(&self, tag: &str) -> String {
        self.languages.get(tag).map_or_else(|| tag.to_string(), |name| (*name).to_string())
    }

    fn class(&self, kind: &str) -> String {
        let names = self.classes.get(kind).map(|class| &class.names);
        let name = names.and_then(|names| names.get(REPORT_LANGUAGE).or_else(|| names.values().next()));
        name.cloned().unwrap_or_else(|| kind.replace('-', " "))
    }

    fn country(&self, id: &str) -> String {
        let names = self.countries.get(id).map(|country| &country.names);
        let name = names.and_then(|names| names.get(REPORT_LANGUAGE).or_else(|| names.values().next()));
        name.and_then(|names| names.first()).cloned().unwrap_or_else(|| id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_kind_of_id_has_words() {
        let country = CountryEntry {
            id: "ruritania".to_string(),
            code: "rr".to_string(),
            names: BTreeMap::from([("en".to_string(), vec!["Ruritania".to_string()])]),
            capitals: BTreeMap::new(),
            adjectives: BTreeMap::new(),
        };
        let class = ClassEntry {
            id: "state-media".to_string(),
            names: BTreeMap::from([("en".to_string(), "state media".to_string())]),
            carries_news: true,
            weasel: false,
        };
        let rules = RuleSet { countries: vec![country], classes: vec![class], ..RuleSet::default() };
        let names = Names::new(&rules);
        assert_eq!(names.of("class:state-media@rr"), "state media (Ruritania)");
        assert_eq!(names.of("anonymous:senior-official@xx"), "unnamed senior official (xx)");
        assert_eq!(names.of("government:ruritania"), "government of Ruritania");
        assert_eq!(names.of("name:Ada Quill: Reporter"), "Ada Quill: Reporter");
        assert_eq!(names.of("unknown"), "not known");
        assert_eq!(names.of("harbour-post"), "harbour-post");
    }
}
