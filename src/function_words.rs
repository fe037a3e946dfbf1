//! The small words of every pack: in running text they tell the language before anything else has to be asked.

use rapidhash::RapidHashMap;

use crate::rules::outline::Outline;
use crate::text::token::{Kind, tokens};

/// Shorter words stand in too many languages.
const SHORTEST: usize = 3;
/// Fewest different words of a language by which it is told.
const FEWEST: usize = 5;
/// They make up at least one in so many words of the text,
const SHARE: usize = 8;
/// and those that another pack lacks are so many times those that only the other one has: near relatives share many.
const LEAD: usize = 3;
/// Fewest words that another pack lacks.
const APART: usize = 3;

/// The small words of all packs.
#[derive(Debug, Clone, Default)]
pub struct FunctionWords {
    /// Each word, with one bit for each of the packs that have it.
    words: RapidHashMap<String, u64>,
    packs: usize,
}

impl FunctionWords {
    /// Those of `languages`; of the first 64.
    pub fn new(languages: &[Outline]) -> FunctionWords {
        let mut out = FunctionWords { words: RapidHashMap::default(), packs: languages.len().min(64) };
        for (bit, language) in languages.iter().take(64).enumerate() {
            for word in language.small_words.iter().filter(|word| word.chars().count() >= SHORTEST) {
                *out.words.entry(word.clone()).or_default() |= 1 << bit;
            }
        }
        out
    }

    /// The place among the packs of the one whose small words leave no doubt; `None` where they do.
    pub fn tell(&self, sample: &str) -> Option<usize> {
        let cut = tokens(sample, 0..sample.len());
        let words = cut.iter().filter(|t| t.kind == Kind::Word);
        let mut all = 0;
        let mut seen: Vec<(&str, u64)> = Vec::new();
        for word in words.map(|t| t.span.of(sample)) {
            all += 1;
            if let Some(&packs) = self.words.get(word)
                && seen.iter().all(|(other, _)| *other != word)
            {
                seen.push((word, packs));
            }
        }
        let count = |bit: usize| seen.iter().filter(|(_, packs)| packs >> bit & 1 == 1).count();
        let (most, best) = (0..self.packs).map(|bit| (count(bit), bit)).max()?;
        let only =
            |a: usize, b: usize| seen.iter().filter(|(_, packs)| packs >> a & 1 == 1 && packs >> b & 1 == 0).count();
        let leads = |other: usize| {
            let own = only(best, other);
            own >= APART && own >= LEAD * only(other, best)
        };
        let clear = || (0..self.packs).filter(|bit| *bit != best).all(leads);
        (most >= FEWEST && most * SHARE >= all && clear()).then_some(best)
    }
}
