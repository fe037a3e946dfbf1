//! Runs of words that quotations share: the very same words of somebody, whoever is said to have said them.

use rapidhash::RapidHashMap;

use crate::story::digest::{Digest, Quote};
use crate::story::model::{At, Mention};

/// Fewest words that two quotations share one behind the other to be one person's words.
pub const LEAST: usize = 6;

/// The quotations of a place that are long enough to be told by their words.
pub fn quotes<'d>(mention: &Mention, digests: &'d [Digest]) -> impl Iterator<Item = &'d Quote> {
    let voice = mention.voice;
    let all = digests[mention.article].quotes.iter();
    all.filter(move |q| Some(q.voice) == voice && q.words.len() >= LEAST)
}

/// True where some words stand in both, one behind the other.
pub fn share_run(a: &[String], b: &[String]) -> bool {
    a.windows(LEAST).any(|run| b.windows(LEAST).any(|other| run == other))
}

/// Lists of places of which two articles quote the very same words: pairs, the later list and an earlier one.
pub fn sharing<'m>(lists: impl Iterator<Item = (usize, &'m [Mention])>, digests: &[Digest]) -> Vec<(usize, usize)> {
    let mut seen: RapidHashMap<&[String], (usize, At)> = RapidHashMap::default();
    let mut out = Vec::new();
    for (list, mentions) in lists {
        for mention in mentions {
            for run in quotes(mention, digests).flat_map(|quote| quote.words.windows(LEAST)) {
                let (first, article) = *seen.entry(run).or_insert((list, mention.article));
                if first != list && article != mention.article {
                    out.push((list, first));
                }
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_words_one_behind_the_other_are_a_run_and_five_are_none() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(share_run(
            &words("we will never sell the old pier to them"),
            &words("he will never sell the old pier")
        ));
        assert!(!share_run(&words("we will never sell the old"), &words("will never sell the old mill")));
    }
}
