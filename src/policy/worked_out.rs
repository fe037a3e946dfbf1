//! Room for what facts ask of the whole article again and again: each is worked out when it is first asked for.

use std::cell::{Cell, OnceCell};

use rapidhash::RapidHashSet;

use crate::text::span::Span;

/// Answers that stay the same for the whole article; what each is stands with the question in [`super::gathered`].
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "each is explained by the question of the same name")]
pub struct WorkedOut {
    pub years: OnceCell<(Vec<Option<u32>>, Option<u32>)>,
    pub attributed: OnceCell<Vec<Span>>,
    pub lower: OnceCell<String>,
    pub persons: OnceCell<Vec<u32>>,
    pub first_name: OnceCell<u32>,
    pub first_sources: OnceCell<[Option<(usize, u32)>; 2]>,
    pub inner_words: OnceCell<RapidHashSet<String>>,
    pub tags: OnceCell<Vec<Span>>,
    /// The number of independent origins that policies are told: `None` where no story was compared.
    pub origins: Cell<Option<u32>>,
}
