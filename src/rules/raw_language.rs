//! The tables of a language folder as they are written, each string with its place.

use toml::de::{DeTable, DeValue};

use crate::rules::fields::{Fields, keys, lists_of, place, texts_of, wrong_type};
use crate::rules::files::{At, Faults, Text};
use crate::rules::form::{Form, Shape};
use crate::rules::forms::{LANGUAGE, LANGUAGE_FILE, MORPHOLOGY, PAGE, PATTERN, PRONOUN};
use crate::rules::raw_meta::RawMeta;

/// The value of a key of `[language]`, `[morphology]` or `[page]`.
#[derive(Debug, Clone)]
pub enum RawValue {
    /// One string.
    Text(Text),
    /// Strings.
    Texts(Vec<Text>),
    /// `true` or `false`.
    Flag(bool),
    /// Pairs of strings.
    Pairs(Vec<(Text, Text)>),
    /// Strings under names.
    Lists(Vec<(Text, Vec<Text>)>),
}

/// One key of `[language]`, `[morphology]` or `[page]`.
#[derive(Debug, Clone)]
pub struct RawSetting {
    /// The table and the key.
    pub key: (&'static str, &'static str),
    /// Where the value stands.
    pub at: At,
    /// What it is set to.
    pub value: RawValue,
}

/// An entry of a lexicon.
#[derive(Debug, Clone)]
pub struct RawEntry {
    /// Name of the lexicon.
    pub lexicon: Text,
    /// Its key.
    pub id: Text,
    /// Forms: name and templates.
    pub forms: Vec<(Text, Vec<Text>)>,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// `includes` of a lexicon.
#[derive(Debug, Clone)]
pub struct RawIncludes {
    /// Name of the lexicon.
    pub lexicon: Text,
    /// Names of lexicons that belong to it.
    pub names: Vec<Text>,
}

/// A group of nouns.
#[derive(Debug, Clone)]
pub struct RawNouns {
    /// `class`, `institution`, …
    pub kind: Text,
    /// The class or kind, or a name for the group.
    pub name: Text,
    /// The nouns.
    pub forms: Vec<Text>,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// A pronoun.
#[derive(Debug, Clone)]
pub struct RawPronoun {
    /// Its header.
    pub at: At,
    /// Written forms.
    pub forms: Vec<Text>,
    /// Whom it may stand for.
    pub stands_for: Vec<Text>,
    /// True where it joins a relative clause.
    pub relative: bool,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// A pattern.
#[derive(Debug, Clone)]
pub struct RawPattern {
    /// Its header.
    pub at: At,
    /// Its id.
    pub id: Text,
    /// What it declares.
    pub means: Option<Text>,
    /// Its templates.
    pub templates: Vec<Text>,
    /// Its reach.
    pub covers: Option<Text>,
    /// Where it may match.
    pub places: Vec<Text>,
    /// Where it does not match.
    pub but_not: Vec<Text>,
    /// Ids that lose against it.
    pub instead_of: Vec<Text>,
    /// What it says of itself.
    pub meta: RawMeta,
    /// Sentences that it reads.
    pub reads: Vec<Text>,
    /// Near misses.
    pub ignores: Vec<Text>,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// One file of a language folder.
#[derive(Debug, Clone, Default)]
pub struct RawLanguage {
    /// Name of the folder.
    pub folder: String,
    /// Index of the file.
    pub file: usize,
    /// Keys of `[language]`, `[morphology]` and `[page]`.
    pub settings: Vec<RawSetting>,
    /// Where `[language]` stands, if it does.
    pub head: Option<At>,
    /// Names of all its lexicons, with places.
    pub lexicons: Vec<Text>,
    /// Entries of lexicons.
    pub entries: Vec<RawEntry>,
    /// Includes of lexicons.
    pub includes: Vec<RawIncludes>,
    /// Groups of nouns.
    pub nouns: Vec<RawNouns>,
    /// Pronouns.
    pub pronouns: Vec<RawPronoun>,
    /// Patterns.
    pub patterns: Vec<RawPattern>,
}

/// Reads the document of one file of the folder `folder`.
pub fn read_language(document: &DeTable<'_>, file: usize, folder: &str, faults: &mut Faults<'_>) -> RawLanguage {
    let mut raw = RawLanguage { folder: folder.to_owned(), file, ..RawLanguage::default() };
    let mut fields = Fields::new(document, place(file, 0..0), &LANGUAGE_FILE);
    if let Some((at, table)) = fields.table("language", faults) {
        raw.head = Some(at);
        settings("language", &LANGUAGE, table, at, faults, &mut raw.settings);
    }
    if let Some((at, table)) = fields.table("morphology", faults) {
        settings("morphology", &MORPHOLOGY, table, at, faults, &mut raw.settings);
    }
    if let Some((at, table)) = fields.table("page", faults) {
        settings("page", &PAGE, table, at, faults, &mut raw.settings);
    }
    if let Some((_, table)) = fields.table("lexicon", faults) {
        each_table(table, file, "[lexicon.NAME]", faults, |name, table, faults| {
            lexicon(&name, table, faults, &mut raw)
        });
    }
    if let Some((_, table)) = fields.table("nouns", faults) {
        each_table(table, file, "[nouns.KIND]", faults, |kind, table, faults| {
            for (name, value) in in_order(table, file) {
                let before = faults.errors();
                let forms = texts_of(&name.value, value.0, value.1, faults);
                let broken = faults.errors() > before;
                raw.nouns.push(RawNouns { kind: kind.clone(), name, forms, broken });
            }
        });
    }
    for (at, table) in fields.tables("pronoun", faults) {
        raw.pronouns.push(pronoun(table, at, faults));
    }
    for (at, table) in fields.tables("pattern", faults) {
        raw.patterns.extend(pattern(table, at, faults));
    }
    fields.finish(faults);
    raw
}

type Value<'t, 'i> = (At, &'t DeValue<'i>);

fn in_order<'t, 'i>(table: &'t DeTable<'i>, file: usize) -> Vec<(Text, Value<'t, 'i>)> {
    let entry = |(key, at): (String, At)| {
        let value = table.get(key.as_str())?;
        Some((Text { value: key, at }, (place(file, value.span()), value.get_ref())))
    };
    keys(table, file).into_iter().filter_map(entry).collect()
}

fn each_table<'t, 'i>(
    table: &'t DeTable<'i>,
    file: usize,
    written: &str,
    faults: &mut Faults<'_>,
    mut read: impl FnMut(Text, &'t DeTable<'i>, &mut Faults<'_>),
) {
    for (name, (at, value)) in in_order(table, file) {
        match value.as_table() {
            Some(inner) => read(name, inner, faults),
            None => wrong_type(&name.value, at, value, &format!("a table: `{written}`"), faults),
        }
    }
}

fn settings(
    name: &'static str,
    form: &'static Form,
    table: &DeTable<'_>,
    at: At,
    faults: &mut Faults<'_>,
    out: &mut Vec<RawSetting>,
) {
    let mut fields = Fields::new(table, at, form);
    for known in form.keys() {
        let (key, before) = (known.name, faults.errors());
        let value = match known.shape {
            Shape::Texts => fields.texts(key, faults).map(RawValue::Texts),
            Shape::Flag => fields.flag(key, faults).map(RawValue::Flag),
            Shape::Pairs => fields.pairs(key, faults).map(RawValue::Pairs),
            Shape::Lists => fields.lists(key, faults).map(RawValue::Lists),
            _ => fields.text(key, faults).map(RawValue::Text),
        };
        let place = fields.value(key).map_or(at, |(at, _)| at);
        // A key at fault is left out alone.
        if let Some(value) = value.filter(|_| faults.errors() == before) {
            out.push(RawSetting { key: (name, key), at: place, value });
        }
    }
    fields.finish(faults);
}

fn lexicon(name: &Text, table: &DeTable<'_>, faults: &mut Faults<'_>, raw: &mut RawLanguage) {
    raw.lexicons.push(name.clone());
    for (id, (at, value)) in in_order(table, name.at.file) {
        let before = faults.errors();
        if id.value == "includes" {
            let names = texts_of("includes", at, value, faults);
            raw.includes.push(RawIncludes { lexicon: name.clone(), names });
            continue;
        }
        let forms = match value {
            DeValue::Table(forms) => lists_of(forms, at.file, faults),
            _ => {
                let finite = Text { value: "finite".to_owned(), at: id.at };
                vec![(finite, texts_of(&id.value, at, value, faults))]
            }
        };
        let broken = faults.errors() > before;
        raw.entries.push(RawEntry { lexicon: name.clone(), id, forms, broken });
    }
}

fn pronoun(table: &DeTable<'_>, at: At, faults: &mut Faults<'_>) -> RawPronoun {
    let before = faults.errors();
    let mut fields = Fields::new(table, at, &PRONOUN);
    let forms = fields.texts("forms", faults).unwrap_or_default();
    let stands_for = fields.texts("stands-for", faults).unwrap_or_default();
    let relative = fields.flag("relative", faults).unwrap_or(false);
    fields.finish(faults);
    RawPronoun { at, forms, stands_for, relative, broken: faults.errors() > before }
}

fn pattern(table: &DeTable<'_>, at: At, faults: &mut Faults<'_>) -> Option<RawPattern> {
    let before = faults.errors();
    let mut fields = Fields::new(table, at, &PATTERN);
    let id = fields.needed("id", faults);
    let means = fields.needed("means", faults);
    let mut texts = |key, faults: &mut Faults<'_>| fields.texts(key, faults).unwrap_or_default();
    let (templates, places, but_not) = (texts("match", faults), texts("in", faults), texts("but-not", faults));
    let (instead_of, reads, ignores) = (texts("instead-of", faults), texts("reads", faults), texts("ignores", faults));
    let covers = fields.text("covers", faults);
    let meta = RawMeta::read(&mut fields, faults);
    fields.finish(faults);
    let broken = faults.errors() > before;
    Some(RawPattern {
        at,
        id: id?,
        means,
        templates,
        covers,
        places,
        but_not,
        instead_of,
        meta,
        reads,
        ignores,
        broken,
    })
}
