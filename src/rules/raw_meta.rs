//! What a rule says of itself, as written: how far it is proven, who wrote it, when and why.

use crate::rules::fields::Fields;
use crate::rules::files::{Faults, Text};

/// Metadata of a rule, or defaults for a whole pack.
#[derive(Debug, Clone, Default)]
pub struct RawMeta {
    /// Its state.
    pub status: Option<Text>,
    /// Ids to use in its place.
    pub replaced_by: Vec<Text>,
    /// Who wrote it.
    pub author: Vec<Text>,
    /// When.
    pub added: Option<Text>,
    /// Why.
    pub why: Option<Text>,
    /// What it rests on.
    pub references: Vec<Text>,
}

impl RawMeta {
    /// Reads the keys that all rules share.
    pub fn read(fields: &mut Fields<'_, '_>, faults: &mut Faults<'_>) -> RawMeta {
        RawMeta {
            replaced_by: fields.texts("replaced-by", faults).unwrap_or_default(),
            why: fields.text("why", faults),
            ..RawMeta::read_defaults(fields, faults)
        }
    }

    /// Reads the keys that a pack may set for all its rules.
    pub fn read_defaults(fields: &mut Fields<'_, '_>, faults: &mut Faults<'_>) -> RawMeta {
        RawMeta {
            status: fields.text("status", faults),
            author: fields.texts("author", faults).unwrap_or_default(),
            added: fields.text("added", faults),
            references: fields.texts("references", faults).unwrap_or_default(),
            ..RawMeta::default()
        }
    }

    /// What is missing here is taken from `defaults`.
    pub fn or(&mut self, defaults: &RawMeta) {
        let list = |own: &mut Vec<Text>, other: &[Text]| {
            if own.is_empty() {
                own.extend_from_slice(other);
            }
        };
        self.status = self.status.take().or_else(|| defaults.status.clone());
        self.added = self.added.take().or_else(|| defaults.added.clone());
        list(&mut self.author, &defaults.author);
        list(&mut self.references, &defaults.references);
    }
}
