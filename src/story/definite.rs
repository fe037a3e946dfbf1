//! Which sources outside the registry a name of their own tells: those that any number of people may be count as one at most.

use std::collections::BTreeSet;

use crate::attribution::model::{SourceClass, SourceRef};
use crate::sources::registry::Registry;
use crate::story::digest::Digest;
use crate::story::terms::{TermKind, id_key};
use crate::text::token::is_small;

/// Fewest letters of a word all in capitals that may be a common one: shorter ones are abbreviations.
const LEAST_SHOUTED: usize = 5;

/// Sources that are told by what they are, or by a place, and not by who they are.
#[derive(Debug, Default)]
pub struct Indefinite {
    /// Ids that name nobody: a document or a person by description, a place, a common word.
    pub nameless: BTreeSet<String>,
    /// Ids of bodies that a common noun stands for: the police, the ministry.
    pub described: BTreeSet<String>,
}

impl Indefinite {
    /// The ones among the sources of a story.
    pub fn new(registry: &Registry, digests: &[Digest]) -> Indefinite {
        let mut out = Indefinite::default();
        for digest in digests {
            for source in digest.attributions.iter().filter_map(|a| a.source.as_ref()) {
                let Some(name) = source.id.strip_prefix("name:") else { continue };
                if out.nameless.contains(&source.id) || out.described.contains(&source.id) {
                    continue;
                }
                let plain = name.chars().any(is_small) && !name.chars().any(char::is_uppercase);
                match source.class {
                    SourceClass::Document if name.chars().next().is_some_and(char::is_lowercase) => {
                        out.nameless.insert(source.id.clone());
                    }
                    // Somebody by description: "an unseen announcer".
                    SourceClass::Person if plain || is_place(registry, digest, source) || is_common(name, digests) => {
                        out.nameless.insert(source.id.clone());
                    }
                    SourceClass::Institution if plain || is_common(name, digests) => {
                        out.described.insert(source.id.clone());
                    }
                    _ => {}
                }
            }
        }
        out
    }
}

/// True for one word that names a country, its capital or its people.
fn is_place(registry: &Registry, digest: &Digest, source: &SourceRef) -> bool {
    let one = !source.id.contains(' ');
    one && digest
        .terms_in(source.span)
        .any(|t| t.kind == TermKind::Name && registry.countries().iter().any(|c| id_key(&c.id) == t.key))
}

/// True for one word that the story's articles write as a common one, too.
fn is_common(name: &str, digests: &[Digest]) -> bool {
    let shouted = name.chars().filter(|c| c.is_uppercase()).count() > 1;
    if !name.chars().all(char::is_alphabetic) || shouted && name.chars().count() < LEAST_SHOUTED {
        return false;
    }
    let lower = name.to_lowercase();
    lower != name && digests.iter().any(|d| holds_word(&d.article.buffer, &lower))
}

/// True where a text has a word as it is, between what is no letter.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '@' || c == '/');
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_between_other_words_and_in_none() {
        assert!(holds_word("They met meanwhile, and left.", "meanwhile"));
        assert!(!holds_word("The harbourmaster spoke.", "harbour"));
        assert!(!holds_word("See example.org/harbour", "harbour"), "an address is no text");
        assert!(!holds_word("Meanwhile they met.", "meanwhile"));
    }
}
