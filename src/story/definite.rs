//! Which sources outside the registry a name of their own tells: those that any number of people may be count as one at most.

use std::collections::{BTreeMap, BTreeSet};

use crate::attribution::model::{SourceClass, SourceRef};
use crate::sources::registry::Registry;
use crate::story::digest::{Digest, Nouns};
use crate::story::terms::{TermKind, id_key};
use crate::text::token::is_small;

/// Fewest letters of a word all in capitals that may be a common one: shorter ones are abbreviations.
const LEAST_SHOUTED: usize = 5;

/// Sources that are told by what they are, or by a place, and not by who they are.
#[derive(Debug, Default)]
pub struct Indefinite {
    /// Ids that name nobody: a document or a person by description, a place, a common word, a thing.
    pub nameless: BTreeSet<String>,
    /// Ids of bodies that a common noun stands for: the police, the ministry.
    pub described: BTreeSet<String>,
    /// Ids that may rest on whoever else is named: papers, and persons of whom only one word is told.
    pub leaning: BTreeSet<String>,
}

impl Indefinite {
    /// The ones among the sources of a story.
    pub fn new(registry: &Registry, digests: &[Digest]) -> Indefinite {
        // What the places of a source tell of it together.
        let mut all: BTreeMap<&str, Told<'_>> = BTreeMap::new();
        for digest in digests {
            for (source, nouns) in digest.attributions.iter().map(|a| a.source.as_ref()).zip(&digest.nouns) {
                let Some(source) = source.filter(|s| s.id.starts_with("name:")) else { continue };
                let told = all.entry(&source.id).or_insert(Told { digest, source, nouns: Nouns::default() });
                told.nouns.body |= nouns.body;
                told.nouns.person |= nouns.person;
            }
        }
        let mut out = Indefinite::default();
        for (id, told) in all {
            let name = id.strip_prefix("name:").unwrap_or(id);
            let list = match told.standing(name, registry, digests) {
                Standing::Somebody => continue,
                Standing::Leaning => &mut out.leaning,
                Standing::Described => &mut out.described,
                Standing::Nameless => &mut out.nameless,
            };
            list.insert(id.to_owned());
        }
        out
    }
}

/// How well a source is told by its id.
enum Standing {
    /// It is somebody.
    Somebody,
    /// It may have what it says from whoever else is named.
    Leaning,
    /// A body by a common noun.
    Described,
    /// Nobody.
    Nameless,
}

/// A source with one of its places, and the nouns of all.
struct Told<'d> {
    digest: &'d Digest,
    source: &'d SourceRef,
    nouns: Nouns,
}

impl Told<'_> {
    fn standing(&self, name: &str, registry: &Registry, digests: &[Digest]) -> Standing {
        let small = |word: &str| word.chars().any(is_small) && !word.chars().any(char::is_uppercase);
        let plain = small(name);
        let one = !name.contains(' ');
        let letter = name.chars().filter(|c| c.is_alphanumeric()).count() < 2;
        // "BuzzFeed's explosive", cut off before its noun.
        let ends_small = name.split_whitespace().next_back().is_some_and(small);
        let place = || is_place(registry, self.digest, self.source);
        match self.source.class {
            SourceClass::Document if plain || letter => Standing::Nameless,
            SourceClass::Document => Standing::Leaning,
            // Somebody by description: "an unseen announcer".
            SourceClass::Person if plain || letter || ends_small || name.chars().any(char::is_numeric) => {
                Standing::Nameless
            }
            SourceClass::Person if place() || is_common(name, digests) => Standing::Nameless,
            SourceClass::Person if one && !self.nouns.person => Standing::Leaning,
            SourceClass::Institution if !self.nouns.body && (ends_small || letter || place()) => Standing::Nameless,
            SourceClass::Institution if plain => Standing::Described,
            SourceClass::Institution if is_common(name, digests) => {
                if self.nouns.body {
                    Standing::Described
                } else {
                    Standing::Nameless
                }
            }
            _ => Standing::Somebody,
        }
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
