//! The tables of the source registry as they are written, each string with its place.

use toml::de::DeTable;

use crate::rules::fields::{Fields, Lists, place};
use crate::rules::files::{At, Faults, Text};
use crate::rules::forms::{CLASS, COUNTRY, FACT, PLACE, SOURCE, SOURCES_FILE};
use crate::rules::raw_meta::RawMeta;

/// A fact about a source.
#[derive(Debug, Clone)]
pub struct RawFact {
    /// Where it stands.
    pub at: At,
    /// What it is about.
    pub kind: Option<Text>,
    /// The fact.
    pub says: Option<Text>,
    /// Who says so.
    pub by: Option<Text>,
    /// When it held.
    pub as_of: Option<Text>,
    /// When it was checked.
    pub checked: Option<Text>,
}

/// A source.
#[derive(Debug, Clone)]
pub struct RawSource {
    /// Its header.
    pub at: At,
    /// Its id.
    pub id: Text,
    /// Name to show.
    pub name: Option<Text>,
    /// What it is.
    pub kind: Option<Text>,
    /// ISO country.
    pub country: Option<Text>,
    /// Group of publishers.
    pub group: Option<Text>,
    /// Hosts.
    pub domains: Vec<Text>,
    /// IANA zone.
    pub time_zone: Option<Text>,
    /// Names by language or script.
    pub names: Lists,
    /// Names that count only as the publisher's own.
    pub own_names: Vec<Text>,
    /// Phrases in which its names mean something else.
    pub but_not: Vec<Text>,
    /// What all names need near them.
    pub needs: Option<Text>,
    /// What single names need.
    pub names_need: Vec<(Text, Text)>,
    /// Whom it speaks for.
    pub speaks_for: Option<Text>,
    /// Its language.
    pub speaks: Option<Text>,
    /// A place that stands for a government.
    pub metonym: bool,
    /// Not confirmed yet.
    pub uncertain: bool,
    /// Facts.
    pub facts: Vec<RawFact>,
    /// What it says of itself.
    pub meta: RawMeta,
    /// Sentences that name it.
    pub reads: Vec<Text>,
    /// Near misses.
    pub ignores: Vec<Text>,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// A class of unnamed sources.
#[derive(Debug, Clone)]
pub struct RawClass {
    /// Its header.
    pub at: At,
    /// Its id.
    pub id: Text,
    /// Names to show, by language.
    pub names: Lists,
    /// True where it carries news.
    pub carries_news: bool,
    /// True for believers without number.
    pub weasel: bool,
    /// True where anybody can publish.
    pub public: bool,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// A country.
#[derive(Debug, Clone)]
pub struct RawCountry {
    /// Its header.
    pub at: At,
    /// Its id.
    pub id: Text,
    /// ISO 3166 code.
    pub code: Option<Text>,
    /// Names by language.
    pub names: Lists,
    /// Capitals by language.
    pub capitals: Lists,
    /// Adjectives by language.
    pub adjectives: Lists,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// A region or a city.
#[derive(Debug, Clone)]
pub struct RawPlace {
    /// Its id.
    pub id: Text,
    /// Ids of the places and countries that it lies in.
    pub within: Vec<Text>,
    /// Names by language.
    pub names: Lists,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// One file of the registry.
#[derive(Debug, Clone, Default)]
pub struct RawRegistry {
    /// Sources.
    pub sources: Vec<RawSource>,
    /// Classes.
    pub classes: Vec<RawClass>,
    /// Countries.
    pub countries: Vec<RawCountry>,
    /// Regions and cities.
    pub places: Vec<RawPlace>,
}

/// Reads the document of one file.
pub fn read_registry(document: &DeTable<'_>, file: usize, faults: &mut Faults<'_>) -> RawRegistry {
    let mut raw = RawRegistry::default();
    let mut fields = Fields::new(document, place(file, 0..0), &SOURCES_FILE);
    for (at, table) in fields.tables("source", faults) {
        raw.sources.extend(source(table, at, faults));
    }
    for (at, table) in fields.tables("class", faults) {
        let before = faults.errors();
        let mut fields = Fields::new(table, at, &CLASS);
        let id = fields.needed("id", faults);
        let names = fields.lists("names", faults).unwrap_or_default();
        let carries_news = fields.flag("carries-news", faults).unwrap_or(false);
        let weasel = fields.flag("weasel", faults).unwrap_or(false);
        let public = fields.flag("public", faults).unwrap_or(false);
        fields.finish(faults);
        let broken = faults.errors() > before;
        raw.classes.extend(id.map(|id| RawClass { at, id, names, carries_news, weasel, public, broken }));
    }
    for (at, table) in fields.tables("country", faults) {
        let before = faults.errors();
        let mut fields = Fields::new(table, at, &COUNTRY);
        let (id, code) = (fields.needed("id", faults), fields.needed("code", faults));
        let mut lists = |key, faults: &mut Faults<'_>| fields.lists(key, faults).unwrap_or_default();
        let (names, capitals) = (lists("names", faults), lists("capitals", faults));
        let adjectives = lists("adjectives", faults);
        fields.finish(faults);
        let broken = faults.errors() > before;
        raw.countries.extend(id.map(|id| RawCountry { at, id, code, names, capitals, adjectives, broken }));
    }
    for (at, table) in fields.tables("place", faults) {
        let before = faults.errors();
        let mut fields = Fields::new(table, at, &PLACE);
        let id = fields.needed("id", faults);
        let within = fields.texts("within", faults).unwrap_or_default();
        let names = fields.lists("names", faults).unwrap_or_default();
        fields.finish(faults);
        let broken = faults.errors() > before;
        raw.places.extend(id.map(|id| RawPlace { id, within, names, broken }));
    }
    fields.finish(faults);
    raw
}

fn source(table: &DeTable<'_>, at: At, faults: &mut Faults<'_>) -> Option<RawSource> {
    let before = faults.errors();
    let mut fields = Fields::new(table, at, &SOURCE);
    let id = fields.needed("id", faults);
    let (name, kind) = (fields.needed("name", faults), fields.needed("kind", faults));
    let (country, group) = (fields.text("country", faults), fields.text("group", faults));
    let domains = fields.texts("domains", faults).unwrap_or_default();
    let time_zone = fields.text("time-zone", faults);
    let names = fields.lists("names", faults).unwrap_or_default();
    let own_names = fields.texts("own-names", faults).unwrap_or_default();
    let but_not = fields.texts("but-not", faults).unwrap_or_default();
    let needs = fields.text("needs", faults);
    let names_need = fields.pairs("names-need", faults).unwrap_or_default();
    let (speaks_for, speaks) = (fields.text("speaks-for", faults), fields.text("speaks", faults));
    let metonym = fields.flag("metonym", faults).unwrap_or(false);
    let uncertain = fields.flag("uncertain", faults).unwrap_or(false);
    let facts = fields.tables("facts", faults).into_iter().map(|(at, table)| fact(table, at, faults)).collect();
    let reads = fields.texts("reads", faults).unwrap_or_default();
    let ignores = fields.texts("ignores", faults).unwrap_or_default();
    let meta = RawMeta::read(&mut fields, faults);
    fields.finish(faults);
    let broken = faults.errors() > before;
    Some(RawSource {
        at,
        id: id?,
        name,
        kind,
        country,
        group,
        domains,
        time_zone,
        names,
        own_names,
        but_not,
        needs,
        names_need,
        speaks_for,
        speaks,
        metonym,
        uncertain,
        facts,
        meta,
        reads,
        ignores,
        broken,
    })
}

fn fact(table: &DeTable<'_>, at: At, faults: &mut Faults<'_>) -> RawFact {
    let mut fields = Fields::new(table, at, &FACT);
    let (kind, says, by) = (fields.needed("kind", faults), fields.needed("says", faults), fields.needed("by", faults));
    let (as_of, checked) = (fields.text("as-of", faults), fields.text("checked", faults));
    fields.finish(faults);
    RawFact { at, kind, says, by, as_of, checked }
}
