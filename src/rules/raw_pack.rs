//! `pack.toml`: what a folder of rules says of itself, and what it changes of the packs before it, as written.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use crate::rules::fields::{Fields, keys, place, texts_of, wrong_type};
use crate::rules::files::{At, Faults, Text};
use crate::rules::forms::{DEFAULTS, DISABLE, PACK_FILE};
use crate::rules::raw_meta::RawMeta;

/// The file's name, in the root of the folder.
pub const PACK: &str = "pack.toml";

/// The latest format of rules that this program reads.
pub const FORMAT: u32 = 1;

/// The code of a policy, and what is set: a profile (or, without one, all of them) and a severity.
pub type RawSeverity = (Text, Vec<(Option<Text>, Text)>);

/// A pack.
#[derive(Debug, Clone)]
pub struct RawPack {
    /// The whole file.
    pub at: At,
    /// Its name.
    pub name: Option<Text>,
    /// Its version.
    pub version: Option<Text>,
    /// The format that its rules are written in, and where that stands; `None`: the first.
    pub format: Option<(At, u32)>,
    /// Under which licence it may be used.
    pub licence: Option<Text>,
    /// Who answers for it.
    pub maintainers: Vec<Text>,
    /// Languages that it has folders for; `None`: not named.
    pub languages: Option<Vec<Text>>,
    /// Packs that it needs.
    pub requires: Vec<Text>,
    /// Who went through it.
    pub review: Option<Text>,
    /// What holds for all its rules.
    pub defaults: RawMeta,
    /// Ids of rules of earlier packs that are out of force.
    pub disable: Vec<Text>,
    /// Why they are.
    pub disable_why: Option<Text>,
    /// Severities of policies that it sets.
    pub severity: Vec<RawSeverity>,
}

/// Reads the document of a `pack.toml`.
pub fn read_pack(document: &DeTable<'_>, file: usize, faults: &mut Faults<'_>) -> RawPack {
    let at = place(file, 0..0);
    let mut fields = Fields::new(document, at, &PACK_FILE);
    let name = fields.needed("name", faults);
    let (version, licence) = (fields.text("version", faults), fields.text("licence", faults));
    let format = fields.number("format", faults);
    let maintainers = fields.texts("maintainers", faults).unwrap_or_default();
    let languages = fields.texts("languages", faults);
    let requires = fields.texts("requires", faults).unwrap_or_default();
    let review = fields.text("review", faults);
    let defaults = fields.table("defaults", faults).map(|(at, table)| {
        let mut fields = Fields::new(table, at, &DEFAULTS);
        let meta = RawMeta::read_defaults(&mut fields, faults);
        fields.finish(faults);
        meta
    });
    let (disable, disable_why) = fields.table("disable", faults).map_or((Vec::new(), None), |(at, table)| {
        let mut fields = Fields::new(table, at, &DISABLE);
        let ids = fields.texts("ids", faults);
        if ids.is_none() {
            faults.error(
                at,
                "missing-key",
                "`[disable]` needs the key `ids`",
                Some("write `ids = [\"en/says\"]`".into()),
            );
        }
        let why = fields.text("why", faults);
        fields.finish(faults);
        (ids.unwrap_or_default(), why)
    });
    let severity = fields.table("severity", faults).map(|(_, table)| severities(table, file, faults));
    fields.finish(faults);
    RawPack {
        at,
        name,
        version,
        format,
        licence,
        maintainers,
        languages,
        requires,
        review,
        defaults: defaults.unwrap_or_default(),
        disable,
        disable_why,
        severity: severity.unwrap_or_default(),
    }
}

/// Layers whose pack is in a format that is not known: their rules are not read. Each is noted.
pub fn unreadable(packs: &[RawPack], faults: &mut Faults<'_>) -> BTreeSet<usize> {
    let mut layers = BTreeSet::new();
    for pack in packs {
        let Some((at, format)) = pack.format.filter(|(_, format)| *format != FORMAT) else { continue };
        let newer = format > FORMAT;
        let hint = if newer {
            "the pack is newer than the program: update secondhand, or use an earlier version of the pack"
        } else {
            "formats are counted from 1; leave the key out for the first"
        };
        let message =
            format!("this pack is in format {format}; this program reads format {FORMAT}. None of its rules is read");
        faults.error(at, "unknown-format", message, Some(hint.to_owned()));
        layers.insert(faults.layer(at));
    }
    layers
}

/// `vague-source = "error"`, or `{ newsroom = "error", strict = "error" }`.
fn severities(table: &DeTable<'_>, file: usize, faults: &mut Faults<'_>) -> Vec<RawSeverity> {
    let mut all = Vec::new();
    for (code, at) in keys(table, file) {
        let Some(value) = table.get(code.as_str()) else { continue };
        let value_at = place(file, value.span());
        let set = match value.get_ref() {
            DeValue::String(word) => vec![(None, Text { value: word.to_string(), at: value_at })],
            DeValue::Table(by_profile) => {
                let of = |(profile, at): (String, At), faults: &mut Faults<'_>| {
                    let value = by_profile.get(profile.as_str())?;
                    let word = texts_of(&profile, place(file, value.span()), value.get_ref(), faults).pop()?;
                    Some((Some(Text { value: profile, at }), word))
                };
                keys(by_profile, file).into_iter().filter_map(|key| of(key, faults)).collect()
            }
            other => {
                wrong_type(&code, value_at, other, "a severity, or one for each profile", faults);
                continue;
            }
        };
        all.push((Text { value: code, at }, set));
    }
    all
}
