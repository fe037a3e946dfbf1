//! Who is who, for those who keep the registry: how a name resolves and why, and what stands in its way.

use std::collections::{BTreeMap, BTreeSet};

use any_ascii::any_ascii;

use crate::rules::pack::{Needs, SourceEntry};
use crate::rules::rule_set::RuleSet;
use crate::rules::template::Element;
use crate::sources::names::NameTarget;
use crate::sources::registry::Registry;

/// One way in which a phrase leads to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Index of the source.
    pub source: usize,
    /// The name as the registry has it.
    pub name: String,
    /// The language or script that it stands under; empty for ids, own names and hosts.
    pub under: String,
    /// How it leads there.
    pub how: How,
    /// What must stand near it in a text.
    pub needs: Needs,
}

/// How a phrase leads to a source; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is the source's id.
    Id,
    /// It is one of its names, letter by letter.
    Name,
    /// It is a host of its pages.
    Host,
    /// It is a name that counts on its own page only.
    OwnName,
    /// It is one of its names but for capitals and marks: enough for metadata, not in a text.
    Alike,
    /// It sounds like one of its names in another script: not enough anywhere.
    OtherScript,
}

/// All ways from a phrase to sources, the surest first; the first of those by [`How::Name`] that `wins` names is taken in texts.
pub fn ways(phrase: &str, rules: &RuleSet) -> Vec<Way> {
    let host = plain_host(phrase);
    let (plain, sound) = (plain(phrase), sound(phrase));
    let mut found: Vec<Way> = Vec::new();
    for (source, entry) in rules.sources.iter().enumerate() {
        let mut best: Option<Way> = None;
        let mut offer = |name: &str, under: &str, how: How, needs: Needs| {
            if best.as_ref().is_none_or(|best| how < best.how) {
                best = Some(Way { source, name: name.to_owned(), under: under.to_owned(), how, needs });
            }
        };
        if entry.id == phrase {
            offer(phrase, "", How::Id, Needs::Nothing);
        }
        for (under, names) in &entry.names {
            for name in names {
                let how = if name == phrase {
                    How::Name
                } else if self::plain(name) == plain {
                    How::Alike
                } else if self::sound(name) == sound && !sound.is_empty() {
                    How::OtherScript
                } else {
                    continue;
                };
                offer(name, under, how, need(entry, name));
            }
        }
        if entry.own_names.iter().any(|name| name == phrase) {
            offer(phrase, "", How::OwnName, Needs::Nothing);
        }
        for domain in entry.domains.iter().filter(|domain| host == **domain || host.ends_with(&format!(".{domain}"))) {
            offer(domain, "", How::Host, Needs::Nothing);
        }
        found.extend(best);
    }
    found.sort_by_key(|way| (way.how, rank(way.needs), way.source));
    found
}

/// Whom a text means by `phrase`: the index of a source, or words for a country; `None` where nobody is meant.
pub fn wins(phrase: &str, registry: &Registry) -> Option<Result<usize, String>> {
    let country = |index: u32, what: &str| {
        registry
            .country(index)
            .map(|country| Err(format!("{what} of the country {}: government:{}", country.id, country.id)))
    };
    match registry.target_by_name(phrase)? {
        NameTarget::Source(index) => Some(Ok(index as usize)),
        NameTarget::Country(index) => country(index, "the name"),
        NameTarget::Capital(index) => country(index, "the capital"),
        NameTarget::Adjective(index) => country(index, "an adjective"),
    }
}

/// What a fact-checker may want to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Which kind.
    pub kind: DoubtKind,
    /// Ids of the sources.
    pub sources: Vec<String>,
    /// What is found, in words.
    pub says: String,
}

/// Kinds of doubts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// One name belongs to two sources.
    SameName,
    /// Names of two sources differ in script alone.
    SameSound,
    /// A name is a common word, and needs nothing beside it.
    CommonWord,
    /// A host lies within another source's.
    HostWithin,
    /// A fact was never checked, or nobody is named for it.
    Fact,
}

impl DoubtKind {
    /// Every kind with a heading and what to do.
    pub const NAMES: [(DoubtKind, &'static str, &'static str); 5] = [
        (
            DoubtKind::SameName,
            "One name, two sources",
            "keep it for one of them, or make one need something: `names-need`",
        ),
        (
            DoubtKind::SameSound,
            "Two sources, names that differ in script alone",
            "make sure that they are two; else put the names together",
        ),
        (
            DoubtKind::CommonWord,
            "Names that are common words",
            "write `needs = \"cue\"`, or `names-need` for this name, and a near miss",
        ),
        (
            DoubtKind::HostWithin,
            "Hosts within another source's host",
            "right where it is a section with a name of its own",
        ),
        (DoubtKind::Fact, "Facts that nobody checked", "look it up, and write the day into `checked`"),
    ];
}

/// All doubts about the registry, by kind.
pub fn doubts(rules: &RuleSet) -> Vec<Doubt> {
    let mut all = Vec::new();
    names_alike(rules, &mut all);
    common_words(rules, &mut all);
    hosts(rules, &mut all);
    for source in &rules.sources {
        for fact in source.facts.iter().filter(|fact| fact.checked.is_empty() || fact.by.trim().is_empty()) {
            let says = format!("{}: {} (by {}, as of {})", fact.kind, fact.says, fact.by, fact.as_of);
            all.push(Doubt { kind: DoubtKind::Fact, sources: vec![source.id.clone()], says });
        }
    }
    all.sort_by(|a, b| (a.kind, &a.sources, &a.says).cmp(&(b.kind, &b.sources, &b.says)));
    all.dedup();
    all
}

fn names_alike(rules: &RuleSet, all: &mut Vec<Doubt>) {
    let mut exact: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut by_sound: BTreeMap<String, BTreeMap<usize, &str>> = BTreeMap::new();
    for (index, source) in rules.sources.iter().enumerate() {
        for name in source.names.values().flatten() {
            exact.entry(name).or_default().insert(index);
            by_sound.entry(sound(name)).or_default().entry(index).or_insert(name);
        }
    }
    let id = |index: &usize| rules.sources[*index].id.clone();
    for (name, indexes) in exact.iter().filter(|(_, indexes)| indexes.len() > 1) {
        let sources: Vec<String> = indexes.iter().map(id).collect();
        all.push(Doubt { kind: DoubtKind::SameName, sources, says: (*name).to_owned() });
    }
    let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
    for (sound, names) in by_sound.iter().filter(|(sound, names)| !sound.is_empty() && names.len() > 1) {
        let different: BTreeSet<&&str> = names.values().collect();
        let together =
            names.keys().any(|a| names.keys().any(|b| a != b && belong(&rules.sources[*a], &rules.sources[*b])));
        if different.len() < names.len()
            || together
            || sound.len() < SHORTEST
            || !told.insert(names.keys().copied().collect())
        {
            continue;
        }
        let says = names.values().copied().collect::<Vec<_>>().join(" = ");
        all.push(Doubt { kind: DoubtKind::SameSound, sources: names.keys().map(id).collect(), says });
    }
}

/// Shorter sounds, in letters, are alike by chance.
const SHORTEST: usize = 3;

/// True where one speaks for the other, or both are of one group: that their names are alike is no accident.
fn belong(a: &SourceEntry, b: &SourceEntry) -> bool {
    let speaks = |one: &SourceEntry, other: &SourceEntry| one.speaks_for.as_deref() == Some(other.id.as_str());
    speaks(a, b) || speaks(b, a) || (a.group == b.group && a.group != "unknown") || a.group == b.id || b.group == a.id
}

fn common_words(rules: &RuleSet, all: &mut Vec<Doubt>) {
    let mut words: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for pack in &rules.languages {
        let lexicons =
            pack.lexicons.values().flat_map(|lexicon| &lexicon.entries).flat_map(|entry| entry.forms.values());
        let nouns = pack.nouns.iter().map(|nouns| &nouns.forms);
        for template in lexicons.chain(nouns).flatten() {
            if let [Element::Word(forms)] = template.elements.as_slice() {
                // What has capitals in a list of words is a name there, too.
                for form in forms.iter().filter(|form| **form == form.to_lowercase()) {
                    words.entry(form.clone()).or_default().insert(&pack.tag);
                }
            }
        }
    }
    for source in &rules.sources {
        for (under, names) in &source.names {
            for name in names.iter().filter(|name| need(source, name) == Needs::Nothing) {
                let Some(tags) = words.get(&name.to_lowercase()) else { continue };
                // A name of one language is a word of that language; a name of a script of any that is written in it.
                let tags: Vec<&str> = tags
                    .iter()
                    .copied()
                    .filter(|tag| {
                        *tag == under || rules.languages.iter().any(|pack| pack.tag == **tag && pack.script == *under)
                    })
                    .collect();
                if !tags.is_empty() {
                    let says = format!("{name} is a word of {}", tags.join(", "));
                    all.push(Doubt { kind: DoubtKind::CommonWord, sources: vec![source.id.clone()], says });
                }
            }
        }
    }
}

fn hosts(rules: &RuleSet, all: &mut Vec<Doubt>) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for source in &rules.sources {
        owners.extend(source.domains.iter().map(|domain| (domain.as_str(), source.id.as_str())));
    }
    for (domain, owner) in &owners {
        let mut rest = *domain;
        while let Some((_, outer)) = rest.split_once('.') {
            if let Some(other) = owners.get(outer).filter(|other| *other != owner) {
                let sources = vec![(*owner).to_owned(), (*other).to_owned()];
                all.push(Doubt { kind: DoubtKind::HostWithin, sources, says: format!("{domain} lies within {outer}") });
                break;
            }
            rest = outer;
        }
    }
}

/// What a name of a source needs beside it.
pub fn need(source: &SourceEntry, name: &str) -> Needs {
    let own = source.names_need.iter().find(|(named, _)| named == name).map(|(_, need)| *need);
    own.unwrap_or(source.needs)
}

fn rank(needs: Needs) -> u8 {
    match needs {
        Needs::Nothing => 0,
        Needs::OrganisationNoun => 1,
        Needs::Cue => 2,
    }
}

/// Letters and digits in small letters.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The same in Latin letters, whatever the script.
pub fn sound(text: &str) -> String {
    plain(&any_ascii(text))
}

fn plain_host(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    text.split(['/', ':']).next().unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::load::load_from;

    fn rules(sources: &str) -> RuleSet {
        let language = "[language]\ntag = \"en\"\nname = \"English\"\nscript = \"Latn\"\ndirection = \"ltr\"\n[lexicon.say]\nreport = \"report[s]\"\n";
        let files = [("languages/en/l.toml", language), ("sources/s.toml", sources)];
        load_from(files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec()).rules
    }

    fn source(id: &str, more: &str) -> String {
        format!("[[source]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"outlet\"\nreads = [\"{{X}} said so.\"]\n{more}\n")
    }

    fn kinds(sources: &str) -> Vec<(DoubtKind, String)> {
        doubts(&rules(sources)).into_iter().map(|doubt| (doubt.kind, doubt.says)).collect()
    }

    #[test]
    fn names_are_compared_within_and_across_scripts() {
        let two = |a: &str, b: &str| kinds(&(source("one", a) + &source("two", b)));
        assert_eq!(two("names.en = [\"Quay\"]", "names.en = [\"Quay\"]")[0], (DoubtKind::SameName, "Quay".into()));
        assert_eq!(
            two("names.en = [\"Lumera\"]", "names.Cyrl = [\"Лумера\"]"),
            [(DoubtKind::SameSound, "Lumera = Лумера".into())]
        );
        assert!(two("names.en = [\"Lumera\"]", "names.Cyrl = [\"Лумена\"]").is_empty());
        // Of one house: no accident.
        assert!(two("group = \"g\"\nnames.en = [\"Lumera\"]", "group = \"g\"\nnames.Cyrl = [\"Лумера\"]").is_empty());
    }

    #[test]
    fn a_name_that_is_a_word_asks_for_something_beside_it() {
        let plain = kinds(&source("one", "names.en = [\"Report\"]"));
        assert_eq!(plain, [(DoubtKind::CommonWord, "Report is a word of en".into())]);
        assert!(
            kinds(&source("one", "names.en = [\"Report\"]\nneeds = \"cue\"\nignores = [\"The report was late.\"]"))
                .is_empty()
        );
        assert!(kinds(&source("one", "names.uk = [\"Report\"]")).is_empty());
    }

    #[test]
    fn hosts_and_facts_are_looked_at() {
        let hosts = source("one", "names.en = [\"One\"]\ndomains = [\"one.example\"]")
            + &source("two", "names.en = [\"Two\"]\ndomains = [\"two.one.example\"]");
        assert_eq!(kinds(&hosts)[0].0, DoubtKind::HostWithin);
        let fact = "names.en = [\"One\"]\nfacts = [{ kind = \"seat\", says = \"in Riga\", by = \"its site\", as-of = \"2026\" }]";
        assert_eq!(kinds(&source("one", fact))[0].0, DoubtKind::Fact);
        assert!(kinds(&source("one", &fact.replace("\"2026\"", "\"2026\", checked = \"2026-11\""))).is_empty());
    }

    #[test]
    fn a_phrase_leads_to_its_source_by_the_surest_way() {
        let rules =
            rules(&(source("quay", "names.en = [\"The Quay\"]\ndomains = [\"quay.example\"]\nown-names = [\"TQ\"]")));
        let way = |phrase: &str| ways(phrase, &rules).first().map(|way| way.how);
        assert_eq!(way("quay"), Some(How::Id));
        assert_eq!(way("The Quay"), Some(How::Name));
        assert_eq!(way("the quay"), Some(How::Alike));
        assert_eq!(way("https://www.quay.example/a"), Some(How::Host));
        assert_eq!(way("TQ"), Some(How::OwnName));
        assert_eq!(way("Тхе Куаы"), None);
        assert_eq!(way("dock"), None);
    }
}
