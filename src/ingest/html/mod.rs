//! Pages in HTML.

pub mod content;
pub mod extract;
pub mod facts;
pub mod headline;
pub mod json_ld;
pub mod page;
pub mod prune;
pub mod tidy;
pub mod verdict;
pub mod walk;
pub mod words;
