//! Keeps the keys of articles unique in a run.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::error::InputError;
use crate::article::Article;

/// The keys given out so far, as hashes: a run may have millions.
#[derive(Debug, Default)]
pub struct Keys {
    seen: HashSet<u64>,
}

impl Keys {
    /// Takes the article's key. Where another article has it, the article gets the next free one, and the error that tells of
    /// the doubled id comes back. Call it in input order.
    pub fn claim(&mut self, article: &mut Article) -> Option<InputError> {
        if self.seen.insert(xxh3_64(article.key.as_bytes())) {
            return None;
        }
        let (first, id) = (article.key.clone(), article.id.clone());
        let mut n = 2u64;
        loop {
            let key = format!("{first}~{n}");
            if self.seen.insert(xxh3_64(key.as_bytes())) {
                article.key = key;
                break;
            }
            n += 1;
        }
        let input = article.path.clone().unwrap_or_default();
        // A file named twice on the command line is no fault in it.
        article.record.map(|record| {
            InputError::new(
                &input,
                "duplicate-id",
                format!("the id \"{id}\" stands in an earlier record; this one is reported as \"{}\"", article.key),
            )
            .hint("give each record of a file an id of its own")
            .at(Some(record), None, None)
        })
    }
}
