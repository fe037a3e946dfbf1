//! Rules in the form in which a build stores them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::rules::outline::Outline;
use crate::rules::rule_set::{Edition, RuleSet};
use crate::sources::registry::Registry;

/// All that a run needs of the rules before it meets a language, but for the policies.
#[derive(Debug, Serialize, Deserialize)]
pub struct Foundation {
    /// Which rules they are.
    pub edition: Edition,
    /// The languages, ordered by tag; their vocabularies are stored apart.
    pub outlines: Vec<Outline>,
    /// Who is who.
    pub registry: Registry,
    /// Ids of all patterns, ordered: what other rules may name.
    pub patterns: Vec<String>,
}

impl Foundation {
    /// That of `rules`.
    pub fn new(rules: &RuleSet) -> Foundation {
        let patterns = rules.languages.iter().flat_map(|language| &language.patterns);
        Foundation {
            edition: rules.edition(),
            outlines: rules.outlines(),
            registry: Registry::new(rules),
            patterns: patterns.map(|pattern| pattern.id.clone()).collect(),
        }
    }
}

/// A value in bytes; empty where it can't be written.
pub fn encoded<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}

/// A value out of the bytes that [`encoded`] made; `None` where they hold none.
pub fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::attribution::pipeline::{Tongues, attributions, read_blocks};
    use crate::auditor::plain;
    use crate::compiled::language::Language;
    use crate::rules::load::{RuleSources, load};

    #[test]
    fn stored_rules_read_as_those_that_they_were_made_of() {
        let rules = load(&RuleSources::default()).rules;
        let foundation = Foundation::new(&rules);
        let from_bytes: Foundation = decoded(&encoded(&foundation)).unwrap();
        assert_eq!(from_bytes.edition, foundation.edition);
        assert!(encoded(&from_bytes) == encoded(&foundation), "the same rules are the same bytes");
        // In debug builds it takes long to compile them all.
        for pack in rules.languages.iter().filter(|pack| ["en", "hy"].contains(&pack.tag.as_str())) {
            let made = Language::new(pack.clone());
            let bytes = encoded(&made);
            let stored: Language = decoded(&bytes).unwrap();
            assert!(encoded(&stored) == bytes, "{}", pack.tag);
            for sentence in pack.patterns.iter().flat_map(|pattern| &pattern.reads).step_by(9) {
                let article = plain(&sentence.text, &pack.tag, BlockKind::Body);
                let read = |language: &Language, registry: &Registry| {
                    let alone = Tongues { own: language, other: &|_, _| None };
                    format!("{:?}", attributions(&read_blocks(&article, &alone, registry, None), registry, "unknown"))
                };
                assert_eq!(read(&stored, &from_bytes.registry), read(&made, &foundation.registry), "{}", sentence.text);
            }
        }
        assert!(decoded::<Foundation>(b"no rules").is_none());
    }
}
