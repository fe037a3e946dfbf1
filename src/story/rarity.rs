//! How much the terms of one story tell its claims apart: what most of its articles write about says little.

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::story::digest::Digest;
use crate::story::terms::TermKind;

/// Fewest articles of a story of which it can be told what all of them write about.
const LEAST: usize = 10;
/// Share of the articles below which a term tells as much as any.
const RARE: f64 = 0.1;
/// Share of the articles from which on a term is what the story is about.
const COMMON: f64 = 0.5;
/// What is left of the weight of a term that the story is about.
const LEFT: f64 = 0.5;

/// In how many articles of a story each term stands. Of a few articles all terms count alike.
#[derive(Debug, Default)]
pub struct Rarity {
    articles: RapidHashMap<u64, u32>,
    all: usize,
}

impl Rarity {
    /// Counts the terms of a story's articles.
    pub fn new(digests: &[Digest]) -> Rarity {
        if digests.len() < LEAST {
            return Rarity::default();
        }
        let lists = digests.iter().map(|d| d.sentences.iter().flat_map(|s| &s.terms).map(|t| t.key).collect());
        Rarity::of(lists)
    }

    fn of(lists: impl Iterator<Item = RapidHashSet<u64>>) -> Rarity {
        let mut out = Rarity::default();
        for keys in lists {
            out.all += 1;
            keys.into_iter().for_each(|key| *out.articles.entry(key).or_default() += 1);
        }
        out
    }

    /// True where the story has so many articles that it can be told what all of them write about.
    pub fn is_known(&self) -> bool {
        self.all > 0
    }

    /// The share of the articles that have a term, from 0 to 1; 0 for all in a story of a few articles.
    pub fn share(&self, key: u64) -> f64 {
        if self.all == 0 {
            return 0.0;
        }
        f64::from(self.articles.get(&key).copied().unwrap_or(0)) / self.all as f64
    }

    /// What a term weighs in a comparison of claims.
    pub fn weight(&self, key: u64, kind: TermKind) -> f64 {
        let common = ((self.share(key) - RARE) / (COMMON - RARE)).clamp(0.0, 1.0);
        weight(kind) * (1.0 - common * (1.0 - LEFT))
    }
}

/// What a term of a kind weighs where nothing tells how common it is.
pub fn weight(kind: TermKind) -> f64 {
    match kind {
        TermKind::Act => 1.8,
        TermKind::Idea => 1.5,
        TermKind::Name => 1.2,
        TermKind::Number => 1.2,
        TermKind::Word => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_articles_write_about_weighs_less_and_in_a_few_articles_all_weigh_alike() {
        // Term 1 stands in all of twenty articles, term 2 in one of them.
        let lists = (0..20).map(|i| RapidHashSet::from_iter([1u64].into_iter().chain((i == 0).then_some(2))));
        let rarity = Rarity::of(lists);
        assert!(rarity.weight(1, TermKind::Word) < 0.6 * rarity.weight(2, TermKind::Word));
        assert!(rarity.weight(2, TermKind::Word) >= weight(TermKind::Word) * 0.99, "as much as any");
        let few = Rarity::default();
        assert!(!few.is_known() && (few.weight(1, TermKind::Act) - weight(TermKind::Act)).abs() < 1e-9);
    }
}
