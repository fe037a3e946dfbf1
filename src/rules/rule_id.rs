//! Ids of rules, as `rules list` shows them and `[disable]` names them.

use crate::rules::overlay::Merged;
use crate::rules::suggest::nearest;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleId {
    /// `en/says`: the language, and the whole id.
    Pattern(String, String),
    /// `en/lexicon.say.confirm`, or without the entry the whole lexicon: language, lexicon, entry.
    Lexicon(String, String, Option<String>),
    /// `en/nouns.class.media`: language, kind, name.
    Nouns(String, String, String),
    /// `meduza`; `source:meduza` where a policy has that name, too.
    Source(String),
    /// `class:media`
    Class(String),
    /// `country:armenia`
    Country(String),
    /// `vague-source`; `policy:vague-source` where a source has that name, too.
    Policy(String),
}

/// An id that names no rule, or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId {
    /// Short name of the fault.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl RuleId {
    /// The rule of `merged` with this id.
    ///
    /// # Errors
    /// Where there is none, or where two kinds of rules have it.
    pub fn parse(id: &str, merged: &Merged) -> Result<RuleId, BadId> {
        let found = match id.split_once('/') {
            Some((tag, rest)) => of_language(id, tag, rest, merged),
            None => {
                let (source, policy) = (merged.sources.contains_key(id), merged.policies.contains_key(id));
                if source && policy {
                    let hint = Some(format!("write `source:{id}` or `policy:{id}`"));
                    return Err(BadId {
                        code: "ambiguous-id",
                        message: format!("a source and a policy have the id `{id}`"),
                        hint,
                    });
                }
                match id.split_once(':') {
                    _ if source => Some(RuleId::Source(id.to_owned())),
                    _ if policy => Some(RuleId::Policy(id.to_owned())),
                    Some(("source", id)) if merged.sources.contains_key(id) => Some(RuleId::Source(id.to_owned())),
                    Some(("policy", id)) if merged.policies.contains_key(id) => Some(RuleId::Policy(id.to_owned())),
                    Some(("class", id)) if merged.classes.contains_key(id) => Some(RuleId::Class(id.to_owned())),
                    Some(("country", id)) if merged.countries.contains_key(id) => Some(RuleId::Country(id.to_owned())),
                    _ => None,
                }
            }
        };
        found.ok_or_else(|| BadId {
            code: "unknown-id",
            message: format!("there is no rule `{id}`"),
            hint: Some(match nearest(id, all(merged).iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`secondhand rules list` shows all ids".to_owned(),
            }),
        })
    }
}

fn of_language(id: &str, tag: &str, rest: &str, merged: &Merged) -> Option<RuleId> {
    let language = merged.languages.get(tag)?;
    if language.patterns.contains_key(id) {
        return Some(RuleId::Pattern(tag.to_owned(), id.to_owned()));
    }
    let (kind, rest) = rest.split_once('.')?;
    let (name, entry) = rest.split_once('.').map_or((rest, None), |(name, entry)| (name, Some(entry.to_owned())));
    match (kind, entry) {
        ("lexicon", entry) => {
            let lexicon = language.lexicons.get(name)?;
            let known = entry.as_ref().is_none_or(|entry| lexicon.entries.contains_key(entry));
            known.then(|| RuleId::Lexicon(tag.to_owned(), name.to_owned(), entry))
        }
        ("nouns", Some(entry)) => language
            .nouns
            .contains_key(&(name.to_owned(), entry.clone()))
            .then(|| RuleId::Nouns(tag.to_owned(), name.to_owned(), entry)),
        _ => None,
    }
}

/// All ids, as they are written.
fn all(merged: &Merged) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for (tag, language) in &merged.languages {
        ids.extend(language.patterns.keys().cloned());
        for (name, lexicon) in &language.lexicons {
            ids.push(format!("{tag}/lexicon.{name}"));
            ids.extend(lexicon.entries.keys().map(|entry| format!("{tag}/lexicon.{name}.{entry}")));
        }
        ids.extend(language.nouns.keys().map(|(kind, name)| format!("{tag}/nouns.{kind}.{name}")));
    }
    ids.extend(merged.sources.keys().cloned());
    ids.extend(merged.policies.keys().cloned());
    ids.extend(merged.classes.keys().map(|id| format!("class:{id}")));
    ids.extend(merged.countries.keys().map(|id| format!("country:{id}")));
    ids
}
