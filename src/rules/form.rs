//! What the tables of rule files may hold: each key with its type and a sentence, for the checker, the schema and `fmt` alike.

/// Words of a closed list, each with a plain sentence; empty where the word speaks for itself.
pub type Choice = fn() -> Vec<(&'static str, &'static str)>;

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string.
    Text,
    /// A string or a list of strings.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// `2026`, `2026-11` or `2026-11-22`, as a string.
    Date,
    /// One word of a closed list.
    Word(Choice),
    /// Words of a closed list.
    Words(Choice),
    /// A side and a reach, or a reach alone.
    Covers,
    /// A list of pairs of strings.
    Pairs,
    /// Strings or lists of strings under names of the writer's choice.
    Lists,
    /// One string for each language.
    Spoken,
    /// A table written `[key]`.
    Table(&'static Form),
    /// Tables written `[[key]]`, or in one line.
    Tables(&'static Form),
    /// `[lexicon.NAME]`: entries of strings, lists or tables of forms.
    Lexicons,
    /// `[nouns.KIND]`: lists under names.
    Nouns(Choice),
    /// Tests of facts.
    Condition,
    /// A severity for each profile.
    Severity,
    /// Severities for each profile where a condition holds.
    SeverityWhen,
    /// Codes of policies, each with a severity or one for each profile.
    Severities,
}

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// True where a table without it is at fault.
    pub needed: bool,
    /// What it is for, in a plain sentence.
    pub says: &'static str,
}

/// One kind of table.
#[derive(Debug)]
pub struct Form {
    /// What it is called in messages: "a pattern".
    pub what: &'static str,
    /// Its keys, in the order in which they are written; in groups, as several kinds share some.
    pub groups: &'static [&'static [Key]],
}

impl Form {
    /// Its keys in the order in which they are written.
    pub fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// The key of this name; `None` where it has none.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

/// A key that may be missing.
pub const fn key(name: &'static str, shape: Shape, says: &'static str) -> Key {
    Key { name, shape, needed: false, says }
}

/// A key that must be there.
pub const fn needed(name: &'static str, shape: Shape, says: &'static str) -> Key {
    Key { name, shape, needed: true, says }
}
