//! The tables of policies as they are written, each string with its place.

use toml::de::{DeTable, DeValue};

use crate::rules::fields::{Fields, Lists, keys, place, texts_of, wrong_type};
use crate::rules::files::{At, Faults, Text};
use crate::rules::forms::{POLICIES_FILE, POLICY};
use crate::rules::raw_meta::RawMeta;

/// A policy.
#[derive(Debug, Clone)]
pub struct RawPolicy {
    /// Its header.
    pub at: At,
    /// Its code.
    pub code: Text,
    /// The question, by language.
    pub title: Lists,
    /// What is looked at.
    pub flags: Option<Text>,
    /// Whose words are marked.
    pub marks: Option<Text>,
    /// What makes two findings one.
    pub once_per: Option<Text>,
    /// When it flags.
    pub when: Option<RawCondition>,
    /// When it does not.
    pub unless: Option<RawCondition>,
    /// What to do with what can't be told.
    pub unknown: Option<Text>,
    /// Profile → severity.
    pub severity: Vec<(Text, Text)>,
    /// Other severities.
    pub severity_when: Vec<RawSeverityWhen>,
    /// What was found, by language.
    pub say: Lists,
    /// What to do, by language.
    pub help: Lists,
    /// When to leave it.
    pub ignore_when: Option<Text>,
    /// Newsroom standards.
    pub standards: Vec<Text>,
    /// Articles to flag.
    pub flags_in: Vec<Text>,
    /// Articles to be silent in.
    pub silent_in: Vec<Text>,
    /// What it says of itself; `why` is told by `explain`.
    pub meta: RawMeta,
    /// True where something in it could not be read.
    pub broken: bool,
}

/// `{ when = { … }, newsroom = "note" }`
#[derive(Debug, Clone)]
pub struct RawSeverityWhen {
    /// Where it stands.
    pub at: At,
    /// The condition.
    pub when: Option<RawCondition>,
    /// Profile → severity.
    pub severity: Vec<(Text, Text)>,
}

/// `{ about = "blame", hedged = false }`
#[derive(Debug, Clone)]
pub struct RawCondition(pub Vec<(Text, RawTest)>);

/// What stands behind a fact's name.
#[derive(Debug, Clone)]
pub enum RawTest {
    /// A word or several.
    Words(Vec<Text>),
    /// `true` or `false`.
    Flag(bool),
    /// `{ at-least = 2 }`, `{ at-most = 3 }`: whether it is the least, and the number.
    Bound(bool, u32),
    /// `any-of = [{ … }, { … }]`
    AnyOf(Vec<RawCondition>),
    /// `not = { … }`
    Not(RawCondition),
}

/// The key under which one of several conditions must hold.
pub const ANY_OF: &str = "any-of";
/// The key under which a condition must not hold.
pub const NOT: &str = "not";
/// The key of a bound from below.
pub const AT_LEAST: &str = "at-least";
/// The key of a bound from above.
pub const AT_MOST: &str = "at-most";

/// Reads the document of one file.
pub fn read_policies(document: &DeTable<'_>, file: usize, faults: &mut Faults<'_>) -> Vec<RawPolicy> {
    let mut fields = Fields::new(document, place(file, 0..0), &POLICIES_FILE);
    let tables = fields.tables("policy", faults);
    let policies = tables.into_iter().filter_map(|(at, table)| policy(table, at, faults)).collect();
    fields.finish(faults);
    policies
}

fn policy(table: &DeTable<'_>, at: At, faults: &mut Faults<'_>) -> Option<RawPolicy> {
    let before = faults.errors();
    let mut fields = Fields::new(table, at, &POLICY);
    let code = fields.needed("code", faults);
    let title = by_language(&mut fields, "title", faults);
    let flags = fields.needed("flags", faults);
    let marks = fields.text("at", faults);
    let once_per = fields.text("once-per", faults);
    let when = fields.value("when").and_then(|(at, value)| condition("when", at, value, faults));
    let unless = fields.value("unless").and_then(|(at, value)| condition("unless", at, value, faults));
    let unknown = fields.text("unknown", faults);
    let severity =
        fields.value("severity").map(|(at, value)| severities("severity", at, value, faults)).unwrap_or_default();
    let severity_when = fields.value("severity-when").map(|(at, value)| changes(at, value, faults)).unwrap_or_default();
    let (say, help) = (by_language(&mut fields, "say", faults), by_language(&mut fields, "help", faults));
    let ignore_when = fields.text("ignore-when", faults);
    let standards = fields.texts("standards", faults).unwrap_or_default();
    let flags_in = fields.texts("flags-in", faults).unwrap_or_default();
    let silent_in = fields.texts("silent-in", faults).unwrap_or_default();
    let meta = RawMeta::read(&mut fields, faults);
    fields.finish(faults);
    let broken = faults.errors() > before;
    code.map(|code| RawPolicy {
        at,
        code,
        title,
        flags,
        marks,
        once_per,
        when,
        unless,
        unknown,
        severity,
        severity_when,
        say,
        help,
        ignore_when,
        standards,
        flags_in,
        silent_in,
        meta,
        broken,
    })
}

/// `say.en = "…"`, each language with its one string.
fn by_language(fields: &mut Fields<'_, '_>, key: &'static str, faults: &mut Faults<'_>) -> Lists {
    fields.lists(key, faults).unwrap_or_default()
}

fn severities(key: &str, at: At, value: &DeValue<'_>, faults: &mut Faults<'_>) -> Vec<(Text, Text)> {
    let Some(table) = value.as_table() else {
        wrong_type(key, at, value, "a table: `{ newsroom = \"note\", strict = \"warning\" }`", faults);
        return Vec::new();
    };
    profiles(table, at, &[], faults)
}

/// Profile → severity, as written; keys of `but` are read elsewhere.
fn profiles(table: &DeTable<'_>, at: At, but: &[&str], faults: &mut Faults<'_>) -> Vec<(Text, Text)> {
    let mut out = Vec::new();
    for (name, name_at) in keys(table, at.file) {
        if but.contains(&name.as_str()) {
            continue;
        }
        if let Some(value) = table.get(name.as_str()) {
            let words = texts_of(&name, place(at.file, value.span()), value.get_ref(), faults);
            out.extend(words.into_iter().map(|word| (Text { value: name.clone(), at: name_at }, word)));
        }
    }
    out
}

fn changes(at: At, value: &DeValue<'_>, faults: &mut Faults<'_>) -> Vec<RawSeverityWhen> {
    let must_be = "a list: `[{ when = { … }, newsroom = \"note\" }]`";
    let Some(list) = value.as_array() else {
        wrong_type("severity-when", at, value, must_be, faults);
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in list.iter() {
        let item_at = place(at.file, item.span());
        let Some(table) = item.get_ref().as_table() else {
            wrong_type("severity-when", item_at, item.get_ref(), must_be, faults);
            continue;
        };
        let when = table
            .get("when")
            .and_then(|value| condition("when", place(at.file, value.span()), value.get_ref(), faults));
        let severity = profiles(table, item_at, &["when"], faults);
        out.push(RawSeverityWhen { at: item_at, when, severity });
    }
    out
}

/// A table of facts and what they must be; `None` where it is none.
fn condition(key: &str, at: At, value: &DeValue<'_>, faults: &mut Faults<'_>) -> Option<RawCondition> {
    let Some(table) = value.as_table() else {
        wrong_type(key, at, value, "a table of facts: `{ about = \"blame\", hedged = false }`", faults);
        return None;
    };
    let mut tests = Vec::new();
    for (name, name_at) in keys(table, at.file) {
        let Some(value) = table.get(name.as_str()) else { continue };
        let value_at = place(at.file, value.span());
        if let Some(test) = test(&name, value_at, value.get_ref(), faults) {
            tests.push((Text { value: name, at: name_at }, test));
        }
    }
    Some(RawCondition(tests))
}

fn test(name: &str, at: At, value: &DeValue<'_>, faults: &mut Faults<'_>) -> Option<RawTest> {
    match (name, value) {
        (NOT, _) => condition(name, at, value, faults).map(RawTest::Not),
        (ANY_OF, DeValue::Array(list)) => Some(RawTest::AnyOf(
            list.iter()
                .filter_map(|item| condition(name, place(at.file, item.span()), item.get_ref(), faults))
                .collect(),
        )),
        (ANY_OF, _) => {
            wrong_type(name, at, value, "a list of conditions: `[{ … }, { … }]`", faults);
            None
        }
        (_, DeValue::Boolean(flag)) => Some(RawTest::Flag(*flag)),
        (_, DeValue::Table(table)) => bound(name, at, table, faults),
        _ => Some(RawTest::Words(texts_of(name, at, value, faults))),
    }
}

fn bound(name: &str, at: At, table: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<RawTest> {
    let hint = || Some(format!("write `{name} = {{ at-least = 2 }}` or `{name} = {{ at-most = 2 }}`"));
    let [(key, key_at)] = keys(table, at.file).try_into().ok().or_else(|| {
        faults.error(at, "wrong-type", format!("`{name}` takes one bound"), hint());
        None
    })?;
    if key != AT_LEAST && key != AT_MOST {
        faults.error(key_at, "unknown-key", format!("a bound has no key `{key}`"), hint());
        return None;
    }
    let value = table.get(key.as_str())?;
    let number = match value.get_ref() {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    if number.is_none() {
        let message = format!("`{key}` must be a whole number from 0");
        faults.error(place(at.file, value.span()), "wrong-type", message, None);
    }
    number.map(|number| RawTest::Bound(key == AT_LEAST, number))
}
