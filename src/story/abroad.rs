//! Whose words may have been translated before they were written: speakers of another country than the one that is written for.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::registry::Registry;
use crate::story::digest::Digest;
use crate::story::terms::{Term, TermKind, id_key};

/// Countries by what the story compares: of speakers by the words that name them, of articles by what they are about.
#[derive(Debug, Default)]
pub struct Abroad {
    /// Speaker, by the id that stands for it in the story → codes of the countries that its phrases name.
    speakers: BTreeMap<String, BTreeSet<String>>,
    /// Of each article, the country that it is about and that of its publisher.
    articles: Vec<(Option<String>, Option<String>)>,
}

impl Abroad {
    /// Looks the countries up; `canonical` gives the id that stands for a source in the story.
    pub fn new(registry: &Registry, digests: &[Digest], canonical: &dyn Fn(&str) -> String) -> Abroad {
        let codes: BTreeMap<u64, &str> =
            registry.countries().iter().map(|c| (id_key(&c.id), c.code.as_str())).collect();
        let code = |t: &Term| (t.kind == TermKind::Name).then(|| codes.get(&t.key).copied()).flatten();
        let mut out = Abroad::default();
        for digest in digests {
            for source in digest.attributions.iter().filter_map(|a| a.source.as_ref()) {
                let named: Vec<String> =
                    digest.terms_in(source.span).filter_map(|t| code(t).map(str::to_owned)).collect();
                if !named.is_empty() {
                    out.speakers.entry(canonical(&source.id)).or_default().extend(named);
                }
            }
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            let all = digest.sentences.iter().flat_map(|s| &s.terms).filter_map(code);
            all.for_each(|code| *counts.entry(code).or_default() += 1);
            let about = counts.into_iter().max_by_key(|(code, n)| (*n, std::cmp::Reverse(*code)));
            let publisher = registry.by_id(digest.publisher()).and_then(|i| registry.source(i));
            let home = publisher.map(|p| p.country.clone()).filter(|country| !country.is_empty());
            out.articles.push((about.map(|(code, _)| code.to_owned()), home));
        }
        out
    }

    /// True where an article may give a speaker's words in translation: the speaker is of another country than the publisher, or
    /// nothing tells of which and the article is about another country.
    pub fn may_translate(&self, speaker: &str, article: usize) -> bool {
        let Some((about, Some(home))) = self.articles.get(article) else { return false };
        match self.speakers.get(speaker) {
            Some(countries) => !countries.contains(home),
            None => about.as_ref().is_some_and(|about| about != home),
        }
    }
}
