//! Sources that go by several names in a story: bodies named in short, and roles whose holder is named elsewhere in the article.

use std::collections::{BTreeMap, BTreeSet};

use crate::attribution::model::{Attribution, SourceClass, SourceRef};
use crate::rules::pack::SourceKind;
use crate::sources::registry::Registry;
use crate::story::digest::Digest;
use crate::story::model::At;
use crate::story::terms::{TermKind, id_key};
use crate::text::span::Span;
use crate::text::token::tokens;

/// Fewest letters of a word that tells bodies apart, if it is no abbreviation.
const LEAST_WORD: usize = 4;
/// Fewest letters that a short name of a body has.
const LEAST_NAME: usize = 3;
/// Fewest letters that two forms of one word begin with, and of ten letters of the longer one as many.
const BEGIN: (usize, usize) = (4, 6);
/// Most words of a phrase for a person who is named elsewhere.
const ROLE: usize = 6;

/// Bodies outside the registry, by their ids → the entry that each is: the only one that has all words of its phrase in its
/// name, among those that the story names, else among those of its publishers' country.
pub fn bodies(registry: &Registry, digests: &[Digest]) -> BTreeMap<String, String> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut named: BTreeMap<&str, Vec<(&Digest, &SourceRef)>> = BTreeMap::new();
    for digest in digests {
        for source in digest.attributions.iter().filter_map(|a| a.source.as_ref()) {
            if source.id.starts_with("name:") {
                if source.class == SourceClass::Institution {
                    named.entry(&source.id).or_default().push((digest, source));
                }
            } else if registry.by_id(&source.id).is_some() {
                seen.insert(&source.id);
            }
        }
    }
    let mut out = BTreeMap::new();
    for (id, places) in named {
        let found: BTreeSet<Option<&str>> =
            places.iter().map(|(digest, source)| entry(registry, digest, source, &seen)).collect();
        // All places must agree.
        if let [Some(body)] = found.into_iter().collect::<Vec<_>>().as_slice() {
            out.insert(id.to_owned(), (*body).to_owned());
        }
    }
    out
}

/// The entry that a body's phrase in one article means.
fn entry<'r>(registry: &'r Registry, digest: &Digest, source: &SourceRef, seen: &BTreeSet<&str>) -> Option<&'r str> {
    let countries: Vec<&str> = {
        let names = digest.terms_in(source.span).filter(|t| t.kind == TermKind::Name);
        let all = registry.countries();
        names.filter_map(|t| all.iter().find(|c| id_key(&c.id) == t.key)).map(|c| c.code.as_str()).collect()
    };
    let country_words: Vec<Span> = digest
        .terms_in(source.span)
        .filter(|t| t.kind == TermKind::Name && registry.countries().iter().any(|c| id_key(&c.id) == t.key))
        .map(|t| t.span)
        .collect();
    let words = telling(&digest.article.buffer, source.span, &country_words);
    if words.iter().map(|w| w.chars().count()).sum::<usize>() < LEAST_NAME {
        return None;
    }
    let home = registry.by_id(digest.publisher()).and_then(|i| registry.source(i)).map(|e| e.country.as_str());
    let fits = |e: &&crate::rules::pack::SourceEntry| {
        let names = e.names.get(digest.language()).into_iter().flatten();
        let place = countries.is_empty() || countries.contains(&e.country.as_str());
        e.kind == SourceKind::Institution && place && names.chain([&e.name]).any(|name| holds(name, &words))
    };
    let only = |of: &dyn Fn(&crate::rules::pack::SourceEntry) -> bool| {
        let mut all = registry.sources().iter().filter(|e| of(e)).filter(fits);
        let first = all.next()?;
        all.next().is_none().then_some(first.id.as_str())
    };
    only(&|e| seen.contains(e.id.as_str()))
        .or_else(|| countries.first().and_then(|code| only(&|e| e.country == *code)))
        .or_else(|| only(&|e| home.is_some_and(|home| !home.is_empty() && e.country == home)))
}

/// The words of a phrase that tell which body it is, in lower case.
fn telling(text: &str, span: Span, without: &[Span]) -> Vec<String> {
    let all = tokens(text, span.range());
    let words = all.iter().filter(|t| t.is_wordlike() && !without.iter().any(|w| w.overlaps(t.span)));
    let tells =
        |word: &&str| word.chars().count() >= LEAST_WORD || word.chars().filter(|c| c.is_uppercase()).count() > 1;
    words.map(|t| t.span.of(text)).filter(tells).map(str::to_lowercase).collect()
}

/// True where all words stand in a name, in any of their forms.
fn holds(name: &str, words: &[String]) -> bool {
    let all = tokens(name, 0..name.len());
    let own: Vec<String> = all.iter().filter(|t| t.is_wordlike()).map(|t| t.span.of(name).to_lowercase()).collect();
    words.iter().all(|word| own.iter().any(|other| is_one_word(word, other)))
}

/// True for two forms of one word.
fn is_one_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    common >= BEGIN.0 && common * 10 >= longer * BEGIN.1
}

/// Attributions to somebody without a name → the one person of the same article whose role has the same word: "the governor",
/// and further below "Governor Ada Quill".
pub fn roles(registry: &Registry, digests: &[Digest]) -> BTreeMap<(At, usize), String> {
    let mut out = BTreeMap::new();
    for (at, digest) in digests.iter().enumerate() {
        let persons: Vec<(&str, Vec<String>)> = digest
            .attributions
            .iter()
            .filter_map(|a| a.source.as_ref())
            .filter(|s| {
                s.class == SourceClass::Person && s.id != "unknown" && !s.id.contains(':')
                    || s.id.starts_with("name:") && s.class == SourceClass::Person
            })
            .map(|s| (s.id.as_str(), spoken(digest, s.span)))
            .collect();
        if persons.is_empty() {
            continue;
        }
        for (voice, attribution) in digest.attributions.iter().enumerate() {
            let titled = digest.nouns.get(voice).is_some_and(|nouns| nouns.person);
            let namesake = || namesake(registry, attribution, titled, digest, &persons);
            if let Some(id) = holder(attribution, digest, &persons).or_else(namesake) {
                out.insert((at, voice), id.to_owned());
            }
        }
    }
    out
}

fn holder<'p>(attribution: &Attribution, digest: &Digest, persons: &'p [(&'p str, Vec<String>)]) -> Option<&'p str> {
    let source = attribution.source.as_ref().filter(|s| s.class == SourceClass::Anonymous)?;
    if !source.id.starts_with("anonymous:") {
        return None;
    }
    let role = plain(digest, source.span);
    let long = tokens(&digest.article.buffer, source.span.range()).iter().filter(|t| t.is_wordlike()).count() > ROLE;
    if long || role.is_empty() {
        return None;
    }
    // `Gov.` is a governor.
    let short = |full: &str, b: &str| b.chars().count() >= LEAST_NAME && full.starts_with(b);
    let same = |a: &String, b: &String| is_one_word(a, b) || short(a, b);
    let mut found: Vec<&str> = persons
        .iter()
        .filter(|(_, words)| role.iter().any(|r| words.iter().any(|w| same(r, w))))
        .map(|(id, _)| *id)
        .collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [id] => Some(id),
        _ => None,
    }
}

/// The person of the article whose family name an outlet has: where one word stands for it, or one behind a word for persons.
fn namesake<'p>(
    registry: &Registry,
    attribution: &Attribution,
    titled: bool,
    digest: &Digest,
    persons: &'p [(&'p str, Vec<String>)],
) -> Option<&'p str> {
    let source = attribution.source.as_ref().filter(|s| registry.is_outlet(&s.id))?;
    let mut phrase = spoken(digest, source.span);
    let word = phrase.pop().filter(|_| phrase.is_empty() || titled)?;
    let bears = |words: &[String]| words.len() > 1 && words.last() == Some(&word);
    let mut found: Vec<&str> = persons.iter().filter(|(_, words)| bears(words)).map(|(id, _)| *id).collect();
    found.dedup();
    let [id] = found.as_slice() else { return None };
    Some(id)
}

/// The words of a phrase that are no names, in lower case: its nouns and adjectives.
fn plain(digest: &Digest, span: Span) -> Vec<String> {
    let terms = digest.terms_in(span).filter(|t| matches!(t.kind, TermKind::Word | TermKind::Idea));
    terms.map(|t| digest.article.words(t.span).to_lowercase()).filter(|w| w.chars().count() >= LEAST_WORD).collect()
}

/// All words of a phrase in lower case.
fn spoken(digest: &Digest, span: Span) -> Vec<String> {
    let text = &digest.article.buffer;
    tokens(text, span.range()).iter().filter(|t| t.is_wordlike()).map(|t| t.span.of(text).to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_stands_in_the_long_one_in_any_of_its_forms() {
        let words = |text: &str| telling(text, Span { start: 0, end: text.len() as u32 }, &[]);
        assert!(holds("General Staff of the Armed Forces", &words("The General Staff")));
        assert!(holds("Moss Roads Ministry", &words("the roads ministry")));
        assert!(!holds("Moss Roads Ministry", &words("the health ministry")));
        assert!(is_one_word("ministry", "ministry's") && !is_one_word("minister", "miners"));
    }
}
